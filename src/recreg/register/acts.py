"""What every act shares: who acts, the day it takes effect, one visit, and what it says when done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from recreg.domain.dates import spoken
from recreg.domain.models import Item
from recreg.domain.text import clean, clean_line
from recreg.domain.typed_days import Day, understand
from recreg.errors import Mistyped, Refused
from recreg.store.log import Act
from recreg.store.repositories import Named, Names
from recreg.store.visit import Visit, visiting


@dataclass(frozen=True)
class Done:
    """An act that was done: what to tell, and the references it made."""

    said: list[str]
    refs: list[str] = field(default_factory=list)
    written: bool = True


class Acts:
    """A register file with who acts on it and on what day.

    ``on`` is the day that acts take effect, today unless given; ``today`` is what counts as the
    future. With ``dry_run`` everything is done and then taken back.
    """

    def __init__(self, path: Path, *, by: str, today: date, on: date | None = None, dry_run: bool = False) -> None:
        self.path = path
        self.by = clean_line(by, "name of who acts")
        self.today = today
        self.on = on or today
        self.dry_run = dry_run
        self._visit: Visit | None = None

    @contextmanager
    def visit(self, command: str, before: Callable[[Connection], None] | None = None) -> Iterator[Visit]:
        """The register, open for one act; an act within another joins its visit.

        ``before`` is done on its connection while nobody is kept waiting yet.
        """
        if self._visit is not None:
            yield self._visit
            return
        if self.on > self.today:
            raise Refused(
                f"An act cannot take effect in the future, on {spoken(self.on)}.", "Give --on a day up to today."
            )
        act = Act(command, self.by, self.on)
        with visiting(self.path, act, self.today, dry_run=self.dry_run, before=before) as visit:
            self._visit = visit
            try:
                yield visit
            finally:
                self._visit = None

    def done(self, visit: Visit, refs: list[str] | None = None) -> Done:
        """What to tell of an act once its visit is over."""
        said = list(visit.said)
        if not visit.sealed:
            said.append("Nothing was changed: it stands so already.")
        elif self.dry_run:
            said.append("Dry run: nothing was written.")
        return Done(said, refs or [], written=bool(visit.sealed) and not self.dry_run)

    def day(self, typed: str | date, *, what: str = "day", published_on: date | None = None) -> date:
        """The day that was typed; raises `Mistyped` where it is none."""
        if isinstance(typed, date):
            return typed
        return self.understood(typed, what=what, published_on=published_on).on

    def understood(self, typed: str, *, what: str = "day", published_on: date | None = None) -> Day:
        """The day that was typed, with its precision."""
        return understand(typed, today=self.today, published_on=published_on, what=what)

    def past_day(self, typed: str | date, what: str) -> date:
        """A day that is not in the future, as of what has happened; raises `Mistyped` otherwise."""
        day = self.day(typed, what=what)
        if day > self.today:
            raise Mistyped(f"The {what}, {spoken(day)}, is in the future.", "Give a day up to today.")
        return day


def required(text: str | None, option: str, what: str) -> str:
    """The reason that an act must have; raises `Mistyped` naming the option where it is left out."""
    if text is None or not text.strip():
        raise Mistyped(f"{what} needs a reason.", f'Add {option} "…".')
    return clean(text, f"text of {option}").strip()


def one_line(text: str | None, what: str) -> str | None:
    """One cleaned line, or None for what was left out or given empty."""
    return clean_line(text, what) if text and text.strip() else None


def verbatim(text: str | None, what: str) -> str | None:
    """Text kept as it is, line breaks too, or None for what was left out or given empty."""
    return clean(text, what).strip("\n") if text and text.strip() else None


def taken_on(visit: Visit, names: Names[Named], name: str, *, sure: bool) -> Named:
    """The person, board or portfolio of that name; a new one is taken on, with a notice.

    Raises `Refused` where a new name is much like a known one, unless ``sure``.
    """
    name = clean_line(name, names.noun)
    if names.has(name):
        return names.get(name)
    visit.say(f"“{name}” is new, and is taken on as a {names.noun}.")
    return names.new(name, sure=sure)


def titled(item: Item) -> str:
    """An item as an echo names it: R-0001 10618 “Crimes against older people …”."""
    number = f" {item.hmicfrs_ref}" if item.hmicfrs_ref else ""
    return f"{item.ref}{number} “{item.title}”"
