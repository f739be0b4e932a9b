"""Which items: the options by which they are chosen, and what was chosen by them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from recreg.cli import settings
from recreg.domain.vocabulary import Kind, Rag, Status, word

if TYPE_CHECKING:
    from recreg.questions.items import Chosen

Names = Sequence[str] | None


def _filter(name: str, metavar: str, says: str) -> Any:
    return typer.Option(f"--{name}", metavar=metavar, help=f"{says} May be repeated.")


OfKind: TypeAlias = Annotated[list[str] | None, _filter("kind", "WORD", "recommendation, afi or coc.")]
OfStatus: TypeAlias = Annotated[list[str] | None, _filter("status", "WORD", "new, in-progress, complete, submitted.")]
OfRag: TypeAlias = Annotated[list[str] | None, _filter("rag", "COLOUR", "red, amber, green or unrated.")]
OfOwner: TypeAlias = Annotated[list[str] | None, _filter("owner", "NAME", "Whose they are.")]
OfBoard: TypeAlias = Annotated[list[str] | None, _filter("board", "NAME", "Which board's.")]
OfPortfolio: TypeAlias = Annotated[list[str] | None, _filter("portfolio", "NAME", "Which portfolio's.")]
OfInspection: TypeAlias = Annotated[list[str] | None, _filter("inspection", "CODE", "Which inspection's.")]
OfParent: TypeAlias = Annotated[list[str] | None, _filter("parent", "REF", "Children and parts of it.")]
NoUpdateSince: TypeAlias = Annotated[
    str | None,
    typer.Option("--no-update-since", metavar="DAY", help="Without note, review or evidence since."),
]
NotOurs: TypeAlias = Annotated[bool, typer.Option("--not-ours", help="Those that are not ours.")]
Closed: TypeAlias = Annotated[bool, typer.Option("--closed", help="Those that are closed.")]


def chosen_items(
    *, kind: Names, status: Names, rag: Names, owner: Names, board: Names, portfolio: Names, inspection: Names,
    parent: Names, no_update_since: str | None, closed: bool | None, ours: bool | None, words: Names = None,
) -> "Chosen":  # fmt: skip
    """What was chosen by the options; raises `Mistyped` for a word that is none. None lifts closed and ours."""
    from recreg.questions.items import Chosen

    return Chosen(
        words=tuple(words or ()), kind=tuple(word(Kind, k, "kind") for k in kind or ()),
        status=tuple(word(Status, s, "status") for s in status or ()),
        rag=tuple(word(Rag, r, "RAG rating") for r in rag or ()), owner=tuple(owner or ()),
        board=tuple(board or ()), portfolio=tuple(portfolio or ()), inspection=tuple(inspection or ()),
        parent=tuple(parent or ()), closed=closed, ours=ours, no_update_since=_day(no_update_since),
    )  # fmt: skip


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    from recreg.domain.typed_days import understand

    return understand(typed, today=settings.today()).on
