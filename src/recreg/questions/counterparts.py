"""Which item of ours each row of somebody's list is: as an import finds it, but with nothing written.

By the register's own reference, else by HMICFRS's number, else by its number in the report.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from recreg.domain.rows import Wrong
from recreg.questions import Answer

Item = dict[str, Any]


@dataclass(frozen=True)
class Theirs:
    """A row of their list: its number, and what its cells say; ``closed_as`` where they say that it is closed."""

    number: int
    says: dict[str, Any]
    closed_as: str | None = None

    def key(self, name: str) -> str:
        """What the row says under a key, as it is compared: case is no difference."""
        return str(self.says.get(name) or "").casefold()


@dataclass
class Counterparts:
    """The items of ours by what they are known by, and those that rows turned out to be."""

    of: dict[int, Item] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing known."""
        self._by_ref: dict[str, Item] = {}
        self._by_number: dict[str, list[Item]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[Item]] = defaultdict(list)
        self._codes: dict[str, list[str]] = defaultdict(list)

    def know(self, items: Answer, inspections: Answer) -> None:
        """Take in what the register holds; withdrawn items are known by their own reference only."""
        for item in items:
            self._by_ref[item["ref"]] = item
            if not item["withdrawn_on"]:
                if item["hmicfrs_ref"]:
                    self._by_number[item["hmicfrs_ref"].casefold()].append(item)
                if item["inspection"] and item["number"]:
                    self._by_place[item["inspection"], item["number"].casefold()].append(item)
        for each in inspections:
            self._codes[each["code"].casefold()] = [each["code"]]
        for each in inspections:
            if each["title"].casefold() != each["code"].casefold():
                self._codes[each["title"].casefold()].append(each["code"])

    def code(self, row: Theirs) -> str | None:
        """The code of the row's report, where the register has it."""
        found = self._codes.get(row.key("inspection"), [])
        return found[0] if len(found) == 1 else None

    def settle(self, rows: Iterable[Theirs]) -> None:
        """Find the item of each row; a number whose kind differs means what no other row is."""
        rows = list(rows)
        for row in rows:
            self._refuse_unclear(row)
            self._give(row, self._same(row))
        claimed = {item["ref"] for item in self.of.values()}
        for row in rows:
            if row.number not in self.of and not row.says.get("ref"):
                numbered = self._by_number.get(row.key("hmicfrs_ref"), [])
                left = [item for item in numbered if item["ref"] not in claimed]
                self._give(row, left if len(left) == 1 else [])
        self._refuse_doubles()

    def _same(self, row: Theirs) -> list[Item]:
        if row.says.get("ref"):
            found = self._by_ref.get(row.says["ref"])
            return [found] if found else []
        numbered = _of_kind(self._by_number.get(row.key("hmicfrs_ref"), []), row)
        return numbered or _of_kind(self._by_place.get((self.code(row) or "", row.key("number")), []), row)

    def _give(self, row: Theirs, found: list[Item]) -> None:
        if len(found) == 1:
            self.of[row.number] = found[0]
        elif found:
            key = "hmicfrs_ref" if row.says.get("hmicfrs_ref") else "number"
            refs = ", ".join(item["ref"] for item in found)
            sentence = f"It means several items ({refs}): give its kind, or the R- reference in a column ref."
            self.wrong.append(Wrong(row.number, key, row.says[key], sentence))

    def _refuse_unclear(self, row: Theirs) -> None:
        """Note a row that nothing is known by, or whose report may be one of several."""
        if not (row.says.get("ref") or row.says.get("hmicfrs_ref") or (row.key("inspection") and row.key("number"))):
            sentence = "It has no reference, no HMICFRS number, and no report with its number: it could be any item."
            self.wrong.append(Wrong(row.number, "", "", sentence))
        if len(self._codes.get(row.key("inspection"), [])) > 1:
            sentence = "Several reports have this title: give the code. recreg inspection list shows them."
            self.wrong.append(Wrong(row.number, "inspection", row.says["inspection"], sentence))

    def _refuse_doubles(self) -> None:
        first: dict[str, int] = {}
        for number, item in sorted(self.of.items()):
            if first.setdefault(item["ref"], number) != number:
                sentence = f"It is the same item as row {first[item['ref']]}: an item has one row."
                self.wrong.append(Wrong(number, "", item["ref"], sentence))


def _of_kind(items: list[Item], row: Theirs) -> list[Item]:
    """A cause and its children share a number, so the kind tells them apart where it is given."""
    return [item for item in items if row.says.get("kind") in {None, item["kind"]}]
