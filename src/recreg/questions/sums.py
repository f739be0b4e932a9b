"""The rows of a list summed by whose they are: by owner, board or portfolio."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recreg.domain.vocabulary import Bearer, in_words
from recreg.questions import Answer
from recreg.questions.columns import Column


@dataclass(frozen=True)
class Sorting:
    """What the rows of a list are told apart by: a key with its words, and a key of days, each if there is one."""

    by: str = ""
    sorts: Sequence[str] = ()
    days: str = ""

    def columns(self, bearer: Bearer) -> tuple[Column, ...]:
        """The columns of the sums."""
        named = Column(str(bearer), str(bearer).capitalize(), listed=True, weight=9, least=12)
        items = Column("items", "Items", listed=True, weight=8)
        sorts = [Column(str(s), in_words(s).capitalize(), listed=True, least=max(4, len(s))) for s in self.sorts]
        longest = [Column("longest_days", "Longest, days", listed=True, least=8)] if self.days else []
        return (named, items, *sorts, *longest, Column("refs", "References", listed=True, weight=6, least=12))

    def sums(self, rows: Answer, bearer: Bearer) -> Answer:
        """A row for each owner, board or portfolio, nobody's last; a part is named there and counts in none."""
        groups: dict[str | None, Answer] = defaultdict(list)
        for row in rows:
            groups[row[bearer]].append(row)
        names = sorted(groups, key=lambda name: (name is None, name or ""))
        return [{str(bearer): name} | self._sum(groups[name]) for name in names]

    def _sum(self, rows: Answer) -> dict[str, Any]:
        counting = [row for row in rows if row["counts"]]
        sums: dict[str, Any] = {"items": len({row["ref"] for row in counting})}
        sums |= {str(sort): sum(row[self.by] == sort for row in counting) for sort in self.sorts}
        if self.days:
            sums["longest_days"] = max((row[self.days] or 0 for row in rows), default=0)
        return sums | {"refs": ", ".join(dict.fromkeys(row["ref"] for row in rows))}


def for_people(rows: Answer, columns: Sequence[Column]) -> tuple[Answer, tuple[Column, ...]]:
    """Sums as a table shows them: nobody's under a name of its own, and no column in which all is nought."""
    by = columns[0].key
    shown = [row if row[by] else row | {by: f"no {by}"} for row in rows]
    aside = {by, "items", "longest_days", "refs"}
    return shown, tuple(c for c in columns if c.key in aside or any(row[c.key] for row in rows))
