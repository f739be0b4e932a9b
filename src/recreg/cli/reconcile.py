"""The command that holds somebody's list against the register."""

from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import Form, reading
from recreg.cli.printer import print_rows, say
from recreg.cli.waiting import waiting_for
from recreg.questions.columns import RECONCILE

app = typer.Typer()


@app.command("reconcile")
def reconcile(
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, JSON, JSONL; - is stdin.")],
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=KEY",
                    help="What a column is; may be repeated. Or a file of such lines.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="Which sheet of a workbook.")] = None,
    form: Form = None,
) -> None:  # fmt: skip
    """recreg reconcile hmicfrs.csv --map "Rec ID=hmicfrs_ref"

    List where somebody's list differs from ours, HMICFRS's own for one: what they have and we have not, what we
    have and they have not, and what both have but not alike, each with the command that cures it. Nothing is
    recorded; exit code 6 when something differs.
    """
    from recreg.domain.vocabulary import counted
    from recreg.exchange.headings import mapping_given
    from recreg.exchange.reconciling import TheirList, left_out
    from recreg.exchange.tables import opened
    from recreg.questions.reconcile import for_people

    today = settings.today()
    with waiting_for(file, "Comparing", prints=True) as work:
        with opened(file, sheet=sheet) as table:
            theirs = TheirList(table, mapping_given(maps or []), today, work.reading)
        with reading() as db:
            rows = theirs.differences(db)
            lines = footer(db, today, form, counted(len(rows), "difference") if rows else "Nothing differs")
    for notice in (*left_out(theirs.strange), *table.notices):
        say(notice)
    shown = [for_people(row) for row in rows] if lines is not None else rows
    print_rows(shown, RECONCILE, form, title=f"{theirs.name} against the register", footer=lines or ())
    if rows:
        raise typer.Exit(6)
