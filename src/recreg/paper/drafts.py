"""The letters of a chase as drafts of mail: each with its text, its HTML and the owner's own sheet."""

from collections.abc import Iterator
from dataclasses import replace

from recreg.errors import Refused
from recreg.exchange.letters import Mail, eml, file_names, is_address
from recreg.exchange.sheet import MOST_ITEMS, drawn_sheet
from recreg.paper.document import Document
from recreg.paper.html import html
from recreg.paper.letter import Terms, letter, letter_to_lead, shortened, subject, subject_to_lead
from recreg.paper.plain import plain
from recreg.questions.agenda import Particulars
from recreg.questions.chase import Addressee, Chase, Chased

#: What stands behind the name of a lead's letter; no owner's can end so.
_OF_LEAD = "_lead"
Sender = tuple[str, str] | None


def drafts(found: Chase, told: Particulars, terms: Terms, sender: Sender = None) -> Iterator[tuple[str, bytes]]:
    """A draft for each owner, then for each lead, by the name of its file; each is made when it is asked for.

    Raises `Refused` where an owner has more items than a sheet can have.
    """
    _refuse_too_many(found)
    stems = file_names(found.people)
    return _drafts(found, stems, told, terms, sender)


def without_address(found: Chase) -> list[Addressee]:
    """Who should be written to and cannot be, for want of an address that mail can go to."""
    everyone = [*(chased.owner for chased in found.letters), *(led.lead for led in found.leads)]
    return [each for each in dict.fromkeys(everyone) if not is_address(each.email)]


def _refuse_too_many(found: Chase) -> None:
    """Raise `Refused` naming every owner who has more items than a sheet can have."""
    items = {chased.owner.name: len({row["ref"] for row in chased.asked}) for chased in found.letters}
    too_many = [
        f"{name} has {count:,} items to answer; {MOST_ITEMS:,} is the most that a sheet has. No letter was written."
        for name, count in items.items()
        if count > MOST_ITEMS
    ]
    if too_many:
        raise Refused(
            too_many,
            "Choose fewer by --clock, --within, --board or --portfolio, in a folder for each; or give some to another "
            "owner: recreg assign REF… --owner NAME",
        )


def _drafts(
    found: Chase, stems: dict[int, str], told: Particulars, terms: Terms, sender: Sender
) -> Iterator[tuple[str, bytes]]:
    for chased in found.letters:
        stem = stems[chased.owner.number]
        named = f"{stem}-{terms.today.isoformat()}.xlsx"
        mail = _mail(chased.owner, sender, subject(chased, terms), letter(chased, terms))
        yield f"{stem}.eml", eml(replace(mail, sheet=_sheet(chased, told, terms), sheet_name=named))
    for led in found.leads:
        # Without a sheet: it is the owners who answer.
        mail = _mail(led.lead, sender, subject_to_lead(led, terms), letter_to_lead(led, terms))
        yield f"{stems[led.lead.number]}{_OF_LEAD}.eml", eml(mail)


def _sheet(chased: Chased, told: Particulars, terms: Terms) -> bytes:
    whose = replace(told, owner=chased.owner.name)
    return drawn_sheet(shortened(chased.asked), whose, today=terms.today, until=terms.until)


def _mail(to: Addressee, sender: Sender, about: str, document: Document) -> Mail:
    """A draft to somebody, or to nobody where no address is known that mail can go to."""
    addressed = ((to.name, to.email),) if to.email and is_address(to.email) else ()
    return Mail(addressed, sender, about, plain(document), html(document))
