"""redact: words that must not be kept are gone for good."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, Why, acting, tell

app = typer.Typer()


@app.command("redact")
def redact(
    refs: Annotated[list[str], typer.Argument(metavar="REF…", help="N-0003, V-0002, E-0001, R-0001 or 10618.")],
    words: Annotated[
        list[str] | None, typer.Option("--words", metavar="TEXT", help="Only these words; may be repeated.")
    ] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--field", metavar="FIELD", help="Only this field; may be repeated.")
    ] = None,
    why: Why = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg redact N-0003 --words "a name" --why "names a victim"

    Redact all words of an item, a note, a review or evidence, or only some, from the register and its log, for
    good: nothing puts them back. The file of evidence goes too. It is written down who did it, when and why.
    """
    tell(acting(None, by, dry_run).redact(refs, why=why, fields=fields, words=words))
