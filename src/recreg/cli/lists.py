"""Reading commands about items: list, history."""

from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import Form, Ref, reading
from recreg.cli.printer import print_rows
from recreg.domain.dates import understand
from recreg.domain.vocabulary import Kind, Rag, Status, word
from recreg.questions.columns import HISTORY, ITEM, LISTED

app = typer.Typer()


def _filter(name: str, metavar: str, says: str) -> object:
    return typer.Option(f"--{name}", metavar=metavar, help=f"{says} May be repeated.")


@app.command("list")
def list_items(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS…]",
                     help="In titles, texts, notes, evidence and inspections.")] = None,
    kind: Annotated[list[str] | None, _filter("kind", "WORD", "recommendation, afi or coc.")] = None,
    status: Annotated[list[str] | None, _filter("status", "WORD", "new, in-progress, complete, submitted.")] = None,
    rag: Annotated[list[str] | None, _filter("rag", "COLOUR", "red, amber, green or unrated.")] = None,
    owner: Annotated[list[str] | None, _filter("owner", "NAME", "Whose they are.")] = None,
    board: Annotated[list[str] | None, _filter("board", "NAME", "Which board's.")] = None,
    portfolio: Annotated[list[str] | None, _filter("portfolio", "NAME", "Which portfolio's.")] = None,
    inspection: Annotated[list[str] | None, _filter("inspection", "CODE", "Which inspection's.")] = None,
    parent: Annotated[list[str] | None, _filter("parent", "REF", "Children and parts of it.")] = None,
    no_update_since: Annotated[str | None, typer.Option("--no-update-since", metavar="DAY",
                               help="Without note, review or evidence since.")] = None,
    not_ours: Annotated[bool, typer.Option("--not-ours", help="Those that are not ours.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Those that are closed.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Closed ones and those not ours, too.")] = False,
    form: Form = None,
) -> None:  # fmt: skip
    """recreg list --owner "Head of PPU" --rag red

    List items: open and ours unless told otherwise. WORDS must all be found.
    """
    from recreg.questions.items import Chosen, for_people, items

    chosen = Chosen(
        words=tuple(words or ()), kind=tuple(word(Kind, k, "kind") for k in kind or ()),
        status=tuple(word(Status, s, "status") for s in status or ()),
        rag=tuple(word(Rag, r, "RAG rating") for r in rag or ()), owner=tuple(owner or ()),
        board=tuple(board or ()), portfolio=tuple(portfolio or ()), inspection=tuple(inspection or ()),
        parent=tuple(parent or ()), closed=_closed(closed, every, status), ours=None if every else not not_ours,
        no_update_since=_day(no_update_since),
    )  # fmt: skip
    with reading() as db:
        rows = items(db, chosen)
        lines = footer(db, settings.today(), form, f"{len(rows)} listed")
    shown = [for_people(row) for row in rows] if lines is not None else rows
    print_rows(shown, ITEM, form, order=LISTED, title="Items", footer=lines or ())


@app.command("history")
def history(ref: Ref, form: Form = None) -> None:
    """recreg history 10618

    Show what happened to an item, oldest first: who did what, when, and what stood before and after.
    """
    from recreg.questions.history import history as of_item
    from recreg.store.references import items_meant

    with reading() as db:
        found = items_meant(db, ref)
        rows = [row for each in found for row in of_item(db, each.id)]
    print_rows(rows, HISTORY, form, title=f"History of {', '.join(each.ref for each in found)}")


def _closed(closed: bool, every: bool, status: list[str] | None) -> bool | None:
    """Whether closed items are wanted; a status that is asked for decides by itself."""
    return None if every or (status and not closed) else closed


def _day(typed: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a day or none
    return understand(typed, today=settings.today()).on if typed is not None else None
