"""The command that takes in a file from a spreadsheet or a script."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recreg.cli.options import By, DryRun, New, On, taking_in, tell
from recreg.cli.printer import say
from recreg.cli.waiting import waiting_for
from recreg.errors import Mistyped

if TYPE_CHECKING:
    from recreg.cli.waiting import Work
    from recreg.exchange.arriving import Arriving
    from recreg.register import Done
    from recreg.register.arriving_rows import RowsRefused
    from recreg.register.importing_documents import DocumentActs

app = typer.Typer()


@app.command("import")
def import_file(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, JSON, JSONL; - is stdin.")] = None,
    what: Annotated[str | None, typer.Option("--what", metavar="NOUN", help="items, reviews, notes, evidence, "
                    "inspections, people, boards, portfolios, links or key; every one a document has unless given.",
                    show_default=False)] = None,
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

    Take in a file of items, or of another noun, whole or not at all. A dry run shows the plan: what is
    added, changed and unchanged, row by row. Columns are known by their key or their usual name.
    """
    if template is not None:
        _write_template(template)
        return
    if file is None:
        raise Mistyped("No file was given.", "recreg import FILE, or - for stdin; --template FILE writes an empty one.")
    from recreg.domain.vocabulary import word
    from recreg.exchange.arriving import arriving_from
    from recreg.exchange.headings import mapping_given
    from recreg.questions.everything import Noun
    from recreg.register.arriving_rows import OnConflict

    how, noun = word(OnConflict, on_conflict, "way to settle a conflict"), word(Noun, what, "noun") if what else None
    register = taking_in(on, by, dry_run)
    with (
        waiting_for(file, "Taking in") as work,
        arriving_from(file, mapping_given(maps or []), noun=noun, sheet=sheet) as brought,
    ):
        for arriving in brought.values():
            arriving.reading = work.reading
        with _rejects_kept(file, rejects, brought, work):
            done = _taken(register, brought, on_conflict=how, opening=opening, again=again, sure=new)
    for notice in next(iter(brought.values())).table.notices:
        say(notice)
    tell(done)


def _taken(register: "DocumentActs", brought: dict[str, "Arriving"], **settled: Any) -> "Done":
    """Take in what a file brings."""
    if set(brought) == {"items"}:
        return register.import_items(brought["items"], **settled)
    return register.import_nouns(brought, **settled)


@contextmanager
def _rejects_kept(file: str, rejects: Path | None, brought: dict[str, "Arriving"], work: "Work") -> Iterator[None]:
    """Keep the bad rows of what is refused meanwhile, where they are asked for."""
    from recreg.register.arriving_rows import RowsRefused

    try:
        yield
    except RowsRefused as refused:
        work.end()
        if rejects is not None:
            _keep_rejects(file, rejects, brought, refused)
        raise


def _keep_rejects(file: str, rejects: Path, brought: dict[str, "Arriving"], refused: "RowsRefused") -> None:
    """Read the file once more for its bad rows; what came by stdin is gone."""
    from recreg.exchange.arriving import put_rejects
    from recreg.exchange.tables import opened

    if file == "-":
        say("What came in by stdin cannot be read twice: no rejects were kept.")
        return
    if len(brought) > 1:
        say("The rejects of several nouns cannot stand in one file: name the noun by --what.")
        return
    ((noun, arriving),) = brought.items()
    with opened(file, sheet=arriving.sheet if arriving.table.counted == "row" else None, noun=noun) as table:
        count = put_rejects(rejects, table, refused.rows)
    say(f"{count} bad rows are in {rejects}, each with what is wrong.")


def _write_template(file: Path) -> None:
    from recreg.exchange.arriving import template

    template(file)
    say(f"An empty sheet is at {file}: fill it in, then recreg import {file} --dry-run.")
