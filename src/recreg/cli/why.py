"""The command that explains where an item stands: why."""

import shutil
import sys
import textwrap
from collections.abc import Iterator

import typer

from recreg.cli import settings
from recreg.cli.options import AsOf, AsRecorded, Form, Ref, reading
from recreg.cli.printer import Format, is_terminal, print_rows, put_lines
from recreg.questions.columns import WHY

app = typer.Typer()


@app.command("why")
def why(ref: Ref, _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg why 10618

    Explain where an item stands, in a paragraph: each clock, its rating, its status, with the rule
    that each follows from and the act behind it. In json, jsonl and csv a row for each.
    """
    from recreg.questions.why import why as told_of
    from recreg.store.references import items_meant

    with reading() as db:
        told = [told_of(db, each.id, today=settings.today()) for each in items_meant(db, ref)]
    if form in {None, Format.TABLE, Format.PLAIN}:
        from recreg.paper.why import paragraph

        put_lines(_folded("\n\n".join(paragraph(rows, settings.today()) for rows in told)))
    else:
        print_rows([row for rows in told for row in rows], WHY, form)


def _folded(text: str) -> Iterator[str]:
    """At a terminal, lines no wider than it, broken between words; in a pipe each paragraph is a line."""
    width = max(20, shutil.get_terminal_size().columns)
    for line in text.split("\n"):
        folded = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        yield from (folded or [""]) if is_terminal(sys.stdout) else [line]
