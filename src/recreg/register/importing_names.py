"""Rows of the key, of people, boards and portfolios, and of inspections, by the rules of their own commands."""

from collections.abc import Container
from datetime import date
from typing import Any

from recreg.domain.dates import pcc_comments_due
from recreg.domain.models import Board, Inspection, Person, Portfolio, RagKey
from recreg.domain.noun_rows import DAYS, NounRow
from recreg.domain.text import name_key
from recreg.domain.vocabulary import InspectionType, Rag
from recreg.register.arriving_nouns import Taking
from recreg.register.names import InspectionFields, NameActs, fill_person, follow_publication, say_who_leads
from recreg.store.references import names, refuse_a_slip
from recreg.store.repositories import Names


class TakingKey(Taking):
    """What each colour means, by the colour."""

    def take(self) -> None:
        """Take every row."""
        for row in self.sound_rows():
            if not self.lacks(row):
                self._one(row, Rag(row.says["colour"]))

    def _one(self, row: NounRow, colour: Rag) -> None:
        known = self.visit.key.of(colour)
        if known is None:
            self.visit.key.add(RagKey(colour=colour, words=row.says["words"]))
            self.tally.added += 1
        elif self.differs(row, {"words": known.words}, f"The colour {colour}"):
            known.words = row.says["words"]


class TakingNames(Taking):
    """People, boards or portfolios, by their names."""

    def take(self) -> None:
        """Take every row: first all the names, since a slip is looked for among those of before."""
        repository = self._repository()
        before = names(self.visit.db, repository.noun)
        for row in self.sound_rows():
            if not self.lacks(row):
                self.attempt(row, lambda row=row: self._one(row, repository, before))  # type: ignore[misc]

    def _repository(self) -> Names[Any]:
        kept: dict[str, Names[Any]] = {
            "people": self.visit.people, "boards": self.visit.boards, "portfolios": self.visit.portfolios,
        }  # fmt: skip
        return kept[self.noun]

    def _one(self, row: NounRow, repository: Names[Any], before: Container[str]) -> None:
        name = row.says["name"]
        if repository.has(name):
            known = repository.get(name)
            held = self._held(known)
            if self.differs(row, held, f"The {repository.noun} “{known.name}”"):
                self._fill(known, row)
            return
        if not self.sure:
            refuse_a_slip(self.visit.db, repository.noun, name, among=before)
        self._fill(repository.new(name, sure=True), row)
        self.tally.added += 1

    def _held(self, known: Any) -> dict[str, Any]:
        if isinstance(known, Person):
            return {"role": known.role, "email": known.email}
        return {"lead": self.visit.people.by_id(known.lead_id).name if known.lead_id else None}

    def _fill(self, known: Any, row: NounRow) -> None:
        given = {key: row.says.get(key, "" if key in row.cleared else None) for key in ("role", "email", "lead")}
        if isinstance(known, Person):
            fill_person(known, given["role"], given["email"])
        elif isinstance(known, Board | Portfolio):
            say_who_leads(self.visit, known, given["lead"], sure=self.sure)
        self.visit.session.flush()

    def differs(self, row: NounRow, held: dict[str, Any], called: str, cure: str = "") -> bool:
        """Whether a row says otherwise: a lead is the same whatever the case of the name."""
        lead, stored = row.says.get("lead"), held.get("lead")
        if lead and stored and name_key(lead) == name_key(stored):
            held = held | {"lead": lead}
        return super().differs(row, held, called, cure)


class TakingInspections(Taking):
    """Inspections, by their codes."""

    #: The act that fills one; given by the act that takes the file.
    acts: NameActs

    def take(self) -> None:
        """Take every row."""
        for row in self.sound_rows():
            if "code" not in row.says:
                self.object(row, "code", "An inspection has its code.")
            else:
                self.attempt(row, lambda row=row: self._one(row))  # type: ignore[misc]

    def _one(self, row: NounRow) -> None:
        code = row.says["code"]
        if self.visit.inspections.has(code):
            known = self.visit.inspections.get(code)
            held = _held(known)
            if self.differs(row, held, f"The inspection {known.code}"):
                self.acts.fill_inspection(known, _typed(row, held))
                follow_publication(self.visit, known)
            return
        if self.lacks(row):
            return
        inspection = Inspection(code=code, title="", type=InspectionType(row.says["type"]))
        self.acts.fill_inspection(inspection, _typed(row, {}))
        due = _held(inspection)["pcc_due_on"]
        if row.says.get("pcc_due_on", due) != due:
            self.object(row, "pcc_due_on", f"It follows from published_on, which gives {due or 'none'}.")
            return
        self.visit.inspections.add(inspection)
        self.tally.added += 1


def _held(known: Inspection) -> dict[str, Any]:
    """An inspection as a row says it."""
    held = {
        key: value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else value
        for key, value in ((key, getattr(known, key)) for key in _KEYS)
    }
    due = pcc_comments_due(known.published_on) if known.published_on and known.pcc_applies else None
    return held | {"pcc_due_on": due.isoformat() if due else None}


_KEYS = "title type publishers published_on expected_words our_part url summary pcc_applies pcc_comments_on".split()
_OPTIONS = {"published_on": "published", "expected_words": "expected"}


def _typed(row: NounRow, held: dict[str, Any]) -> InspectionFields:
    """A row as `recreg inspection add` or `edit` would have it, but for what is held already."""
    typed = InspectionFields()
    for key in _KEYS:
        if key in row.cleared or (key in row.says and row.says[key] != held.get(key)):
            setattr(typed, _OPTIONS.get(key, key), _as_typed(key, row.says.get(key)))
    return typed


def _as_typed(key: str, value: Any) -> Any:
    if key == "publishers":
        return (value or "").split("; ")
    if key == "pcc_applies":
        return bool(value)
    if key in DAYS["inspections"] and value:
        return date.fromisoformat(value)
    return "" if value is None else value
