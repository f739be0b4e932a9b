"""Reading commands about items: list, history."""

from typing import Annotated

import typer

from recreg.cli.filters import (
    Closed,
    NotOurs,
    NoUpdateSince,
    OfBoard,
    OfInspection,
    OfKind,
    OfOwner,
    OfParent,
    OfPortfolio,
    OfRag,
    OfStatus,
    chosen_items,
)
from recreg.cli.footer import footer
from recreg.cli.options import AsOf, AsRecorded, Form, Ref, reading
from recreg.cli.outgoing import going_out
from recreg.cli.printer import Format, form_of, print_rows
from recreg.questions.columns import HISTORY, ITEM, LISTED

app = typer.Typer()


@app.command("list")
def list_items(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS…]",
                     help="In titles, texts, notes, evidence and inspections.")] = None,
    kind: OfKind = None, status: OfStatus = None, rag: OfRag = None, owner: OfOwner = None, board: OfBoard = None,
    portfolio: OfPortfolio = None, inspection: OfInspection = None, parent: OfParent = None,
    no_update_since: NoUpdateSince = None, not_ours: NotOurs = False, closed: Closed = False,
    every: Annotated[bool, typer.Option("--all", help="Closed ones and those not ours, too.")] = False,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
) -> None:  # fmt: skip
    """recreg list --owner "Head of PPU" --rag red

    List items: open and ours unless told otherwise. WORDS must all be found.
    """
    from recreg.questions.items import for_people, items, items_by_turns

    chosen = chosen_items(
        words=words, kind=kind, status=status, rag=rag, owner=owner, board=board, portfolio=portfolio,
        inspection=inspection, parent=parent, no_update_since=no_update_since,
        closed=_closed(closed, every, status), ours=None if every else not not_ours,
    )  # fmt: skip
    if form_of(form) != Format.TABLE:
        with going_out() as put, reading() as db:
            print_rows(items_by_turns(db, chosen), ITEM, form, order=LISTED, put=put)
        return
    with reading() as db:
        rows = items(db, chosen)
        lines = footer(db, None, form, f"{len(rows)} listed")
    print_rows(map(for_people, rows), ITEM, form, order=LISTED, title="Items", footer=lines or ())


@app.command("history")
def history(ref: Ref, _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
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
