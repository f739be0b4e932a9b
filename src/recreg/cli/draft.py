"""The command that reads a published report and drafts what to import."""

from pathlib import Path
from typing import Annotated

import typer

from recreg.cli.printer import put_lines, say
from recreg.cli.waiting import Work, waiting
from recreg.errors import Mistyped

app = typer.Typer()


@app.command("draft")
def draft(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report or paper, as plain text or PDF.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE",
                      help="Into a file that ends in .csv; stdout unless given.")] = None,
) -> None:  # fmt: skip
    """recreg draft report.pdf -o draft.csv

    Draft rows to import from a published report or paper: what looks like recommendations, areas for
    improvement and causes of concern, in HMICFRS's own words. Nothing is recorded: correct them first.
    """
    from recreg.exchange.draft import drafted, put_draft

    if output is not None and output.suffix.casefold() != ".csv":
        raise Mistyped(f"{output} does not end in .csv, as a draft does.", f"Give -o {output.stem}.csv.")
    if output is not None and output.exists() and file.exists() and output.samefile(file):
        raise Mistyped(f"{output} is the report itself.", "Give the draft another name.")
    with waiting(Work(f"Reading {file.name}", prints=output is None)):
        made = drafted(file)
    if output is None:
        put_lines(made.lines)
    else:
        put_draft(output, made)
    for sentence in made.said:
        say(sentence)
