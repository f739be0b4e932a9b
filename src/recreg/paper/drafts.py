"""The letters of a chase as drafts of mail: each with its text, its HTML and the owner's own sheet."""

from dataclasses import replace

from recreg.exchange.letters import Mail, eml, file_names, is_address
from recreg.exchange.sheet import drawn_sheet
from recreg.paper.html import html
from recreg.paper.letter import Terms, letter, shortened, subject
from recreg.paper.plain import plain
from recreg.questions.agenda import Particulars
from recreg.questions.chase import Addressee, Chase, Chased


def drafts(found: Chase, told: Particulars, terms: Terms, sender: tuple[str, str] | None = None) -> dict[str, bytes]:
    """A draft for each owner, by the name of its file."""
    stems = file_names(found.people)
    return {
        f"{stems[chased.number]}.eml": eml(_mail(chased, stems[chased.number], told, terms, sender))
        for chased in found.letters
    }


def without_address(found: Chase) -> list[Addressee]:
    """Who should be written to and cannot be, for want of an address that mail can go to."""
    everyone = [each for chased in found.letters for each in (chased.owner, *(copied.lead for copied in chased.copied))]
    return [each for each in dict.fromkeys(everyone) if not is_address(each.email)]


def _mail(chased: Chased, stem: str, told: Particulars, terms: Terms, sender: tuple[str, str] | None) -> Mail:
    document = letter(chased, terms)
    sheet = drawn_sheet(
        shortened(chased.asked), replace(told, owner=chased.owner.name), today=terms.today, until=terms.until
    )
    return Mail(
        to=_addressed([chased.owner]),
        copies=_addressed([copied.lead for copied in chased.copied]),
        sender=sender,
        subject=subject(chased, terms),
        text=plain(document),
        html=html(document),
        sheet=sheet,
        sheet_name=f"{stem}-{terms.today.isoformat()}.xlsx",
    )


def _addressed(people: list[Addressee]) -> tuple[tuple[str, str], ...]:
    """Those that mail can go to, each once."""
    return tuple(dict.fromkeys((each.name, each.email) for each in people if each.email and is_address(each.email)))
