"""Acts on inspections, and on people, boards and portfolios."""

from dataclasses import dataclass
from datetime import date

from recreg.domain.dates import pcc_comments_due, spoken
from recreg.domain.models import Board, Inspection, Person, Portfolio
from recreg.domain.text import clean_line, shell_word
from recreg.domain.vocabulary import InspectionType, OurPart, word
from recreg.errors import Mistyped, Refused
from recreg.register.acts import Acts, Done, one_line, taken_on, verbatim
from recreg.register.fields import settle_deadline
from recreg.store.repositories import Named, Names
from recreg.store.visit import Visit


@dataclass
class InspectionFields:
    """What may be typed of an inspection. None is what was not typed; an empty text empties the field."""

    title: str | None = None
    type: str | None = None
    publishers: list[str] | None = None
    published: str | date | None = None
    expected: str | None = None
    our_part: str | None = None
    url: str | None = None
    summary: str | None = None
    pcc_comments_on: str | date | None = None
    pcc_applies: bool | None = None

    def anything(self) -> bool:
        """Whether anything was typed."""
        return any(value is not None for value in vars(self).values())


class NameActs(Acts):
    """What items come from, and who answers for them."""

    def add_inspection(self, code: str, typed: InspectionFields) -> Done:
        """Take in an inspection: one that was published, or one to come with its vague words."""
        code = clean_line(code, "code")
        if not typed.title or not typed.type:
            raise Mistyped("An inspection needs a title and a type.", 'Add --title "…" --type thematic.')
        with self.visit("inspection add") as visit:
            if visit.inspections.has(code):
                changing = f"recreg inspection edit {shell_word(code)} changes it."
                raise Refused(f"There is an inspection {code} already.", changing)
            inspection = Inspection(code=code, title="", type=word(InspectionType, typed.type, "inspection type"))
            self.fill_inspection(inspection, typed)
            visit.inspections.add(inspection)
            visit.say(_inspection_told(inspection))
        return self.done(visit, [code])

    def edit_inspection(self, code: str, typed: InspectionFields) -> Done:
        """Put an inspection right; deadlines follow a corrected publication day, and are told."""
        if not typed.anything():
            raise Mistyped(
                f"Nothing was given to change of {code}.", "recreg inspection edit --help lists what can be."
            )
        with self.visit("inspection edit") as visit:
            inspection = visit.inspections.get(code)
            self.fill_inspection(inspection, typed)
            visit.say(_inspection_told(inspection))
            if typed.pcc_comments_on:
                _say_from_when(visit, inspection)
            follow_publication(visit, inspection)
        return self.done(visit)

    def add_person(self, name: str, *, role: str | None = None, email: str | None = None, new: bool = False) -> Done:
        """Take on a person, who may be a role."""
        with self.visit("person add") as visit:
            person = _new(visit, visit.people, name, sure=new)
            fill_person(person, role, email)
        return self.done(visit, [person.name])

    def edit_person(self, name: str, *, role: str | None = None, email: str | None = None) -> Done:
        """Put right a person's role or address."""
        if role is None and email is None:
            raise Mistyped(f"Nothing was given to change of {name}.", "Add --role or --email.")
        with self.visit("person edit") as visit:
            person = visit.people.get(name)
            fill_person(person, role, email)
            visit.say(f"The person “{person.name}” is put right.")
        return self.done(visit)

    def add_board(self, name: str, *, lead: str | None = None, new: bool = False) -> Done:
        """Take on a governance board, with the person who leads it."""
        with self.visit("board add") as visit:
            board = _new(visit, visit.boards, name, sure=new)
            say_who_leads(visit, board, lead, sure=new)
        return self.done(visit, [board.name])

    def edit_board(self, name: str, *, lead: str, new: bool = False) -> Done:
        """Say who leads a board; an empty name says nobody does."""
        with self.visit("board edit") as visit:
            say_who_leads(visit, visit.boards.get(name), lead, sure=new)
            visit.say(f"The board “{name}” is put right.")
        return self.done(visit)

    def add_portfolio(self, name: str, *, lead: str | None = None, new: bool = False) -> Done:
        """Take on a portfolio, with the person who leads it."""
        with self.visit("portfolio add") as visit:
            portfolio = _new(visit, visit.portfolios, name, sure=new)
            say_who_leads(visit, portfolio, lead, sure=new)
        return self.done(visit, [portfolio.name])

    def edit_portfolio(self, name: str, *, lead: str, new: bool = False) -> Done:
        """Say who leads a portfolio; an empty name says nobody does."""
        with self.visit("portfolio edit") as visit:
            say_who_leads(visit, visit.portfolios.get(name), lead, sure=new)
            visit.say(f"The portfolio “{name}” is put right.")
        return self.done(visit)

    def fill_inspection(self, inspection: Inspection, typed: InspectionFields) -> None:
        """Give an inspection what was typed of it; raises `Mistyped`."""
        if typed.title is not None:
            inspection.title = clean_line(typed.title, "title")
        if typed.type is not None:
            inspection.type = word(InspectionType, typed.type, "inspection type")
            # For super-complaints the 56 days are assumed not to apply, unless told.
            inspection.pcc_applies = inspection.type != InspectionType.SUPER_COMPLAINT
        if typed.publishers is not None:
            inspection.publishers = "; ".join(clean_line(p, "publisher") for p in typed.publishers if p.strip()) or None
        if typed.our_part is not None:
            inspection.our_part = word(OurPart, typed.our_part, "part of ours")
        if typed.url is not None:
            inspection.url = one_line(typed.url, "url")
        if typed.summary is not None:
            inspection.summary = verbatim(typed.summary, "summary")
        self._fill_days(inspection, typed)

    def _fill_days(self, inspection: Inspection, typed: InspectionFields) -> None:
        if typed.published is not None:
            inspection.published_on = self.past_day(typed.published, "publication day") if typed.published else None
        if typed.expected is not None:
            inspection.expected_words = one_line(typed.expected, "text of --expected")
        if typed.pcc_applies is not None:
            inspection.pcc_applies = typed.pcc_applies
        if typed.pcc_comments_on is not None:
            given = typed.pcc_comments_on
            inspection.pcc_comments_on = self.past_day(given, "day of the comments") if given else None


def follow_publication(visit: Visit, inspection: Inspection) -> None:
    """Count the deadlines of a report's items anew from its publication day, and tell which moved."""
    with visit.session.no_autoflush:
        for item in visit.items.of_inspection(inspection):
            before = item.deadline_on
            if not item.withdrawn_on:
                settle_deadline(item, inspection)
            if item.deadline_on != before:
                was = spoken(before) if before else "none"
                now = spoken(item.deadline_on) if item.deadline_on else "none"
                visit.say(f"{item.ref}: its deadline follows, {was} → {now}.")
            if item.target_on and inspection.published_on and item.target_on < inspection.published_on:
                visit.say(f"{item.ref}: its target, {spoken(item.target_on)}, is now before publication.")
    visit.session.flush()


def _say_from_when(visit: Visit, inspection: Inspection) -> None:
    """Say that the comments count from the act's day alone, where they were published before it."""
    if inspection.pcc_comments_on and inspection.pcc_comments_on < visit.on:
        before, came = spoken(visit.on), inspection.pcc_comments_on
        again = f"recreg undo takes it back; typed again with --on {came} it counts from then."
        visit.say(f"Lists of days before {before} do not know of it. {again}")


def _inspection_told(inspection: Inspection) -> str:
    if inspection.published_on is None:
        expected = f", expected {inspection.expected_words}" if inspection.expected_words else ""
        return f"{inspection.code} “{inspection.title}” is not published yet{expected}."
    told = f"{inspection.code} “{inspection.title}” was published on {spoken(inspection.published_on)}"
    if not inspection.pcc_applies:
        return f"{told}."
    last = f"{spoken(pcc_comments_due(inspection.published_on))} (56 days beginning with publication)"
    if inspection.pcc_comments_on:
        came = spoken(inspection.pcc_comments_on)
        return f"{told}; the commissioner's comments were due by {last}, and were published on {came}."
    return f"{told}; the commissioner's comments are due by {last}."


def _new(visit: Visit, names: Names[Named], name: str, *, sure: bool) -> Named:
    name = clean_line(name, names.noun)
    if names.has(name):
        raise Refused(
            f"There is a {names.noun} “{names.get(name).name}” already.", f"recreg {names.noun} edit changes it."
        )
    made = names.new(name, sure=sure)
    visit.say(f"The {names.noun} “{name}” is taken on.")
    return made


def fill_person(person: Person, role: str | None, email: str | None) -> None:
    """Give a person what was typed of the role and address; raises `Mistyped`."""
    if role is not None:
        person.role = one_line(role, "role")
    if email is not None:
        if email and ("@" not in email or " " in email.strip()):
            raise Mistyped(f"“{email}” is not an e-mail address.", "An address is written name@force.police.uk.")
        person.email = one_line(email, "e-mail address")


def say_who_leads(visit: Visit, led: Board | Portfolio, lead: str | None, *, sure: bool) -> None:
    """Let a person lead a board or a portfolio; an empty name says nobody does."""
    if lead is not None:
        led.lead_id = taken_on(visit, visit.people, lead, sure=sure).id if lead.strip() else None
