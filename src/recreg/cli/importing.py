"""The command that takes in a file from a spreadsheet or a script."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli.options import By, DryRun, New, On, acting, tell
from recreg.cli.printer import say
from recreg.errors import Mistyped

if TYPE_CHECKING:
    from recreg.exchange.arriving import Arriving
    from recreg.register.importing import RowsRefused

app = typer.Typer()


@app.command("import")
def import_file(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, JSON, JSONL; - is stdin.")] = None,
    on_conflict: Annotated[str, typer.Option("--on-conflict", metavar="WORD",
                           help="What is known and differs: error, skip or update.")] = "error",
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=KEY",
                    help="What a column is; may be repeated. Or a file of such lines.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="Which sheet of a workbook.")] = None,
    opening: Annotated[bool, typer.Option("--opening", help="The rows stood before this register began.")] = False,
    rejects: Annotated[Path | None, typer.Option("--rejects", metavar="FILE", help="Where to keep bad rows.")] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help="Write an empty sheet.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Take a file that was taken before.")] = False,
    new: New = False, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg import items.csv --dry-run

    Take in a file of items, whole or not at all. A dry run shows the plan: what is added, changed and
    unchanged, row by row. Columns are known by their key or their usual name.
    """
    if template is not None:
        _write_template(template)
        return
    if file is None:
        raise Mistyped("No file was given.", "recreg import FILE, or - for stdin; --template FILE writes an empty one.")
    from recreg.domain.vocabulary import word
    from recreg.exchange.arriving import Arriving
    from recreg.exchange.tables import opened
    from recreg.register.importing import OnConflict, RowsRefused

    how = word(OnConflict, on_conflict, "way to settle a conflict")
    register = acting(on, by, dry_run)
    with opened(file, sheet=sheet) as table:
        arriving = Arriving(table, _given(maps or []))
        try:
            done = register.import_items(arriving, on_conflict=how, opening=opening, again=again, sure=new)
        except RowsRefused as refused:
            if rejects is not None:
                _keep_rejects(file, rejects, arriving, refused)
            raise
        for notice in table.notices:
            say(notice)
    tell(done)


def _given(maps: list[str]) -> dict[str, str]:
    """What the officer says the columns are: COLUMN=KEY, or a file of such lines."""
    from recreg.exchange.headings import mapping_file

    given: dict[str, str] = {}
    for each in maps:
        column, equals, key = each.rpartition("=")
        given |= {column.strip(): key.strip()} if equals else dict(mapping_file(Path(each)))
    return given


def _keep_rejects(file: str, rejects: Path, arriving: "Arriving", refused: "RowsRefused") -> None:
    """Read the file once more for its bad rows; what came by stdin is gone."""
    from recreg.exchange.arriving import put_rejects
    from recreg.exchange.tables import opened

    if file == "-":
        say("What came in by stdin cannot be read twice: no rejects were kept.")
        return
    with opened(file, sheet=arriving.sheet) as table:
        count = put_rejects(rejects, table, refused.rows)
    say(f"{count} bad rows are in {rejects}, each with what is wrong.")


def _write_template(file: Path) -> None:
    from recreg.exchange.arriving import template

    template(file)
    say(f"An empty sheet is at {file}: fill it in, then recreg import {file} --dry-run.")
