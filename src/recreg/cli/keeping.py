"""Commands on the force's own arrangements: key, reassign."""

from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, New, On, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.errors import Mistyped
from recreg.questions.columns import KEY

app = typer.Typer()


@app.command("key")
def key(
    colour: Annotated[str | None, typer.Argument(metavar="[COLOUR", help="The colour to define.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="WORDS]", help="What it means in this force.")] = None,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg key blue "complete, waiting for HMICFRS to sign off"

    Say what a colour means in this force; alone, show what each colour means. Blue and white can be
    given once they are defined.
    """
    if colour is not None and words is None:
        raise Mistyped(f"{colour} has no meaning given.", f'recreg key {colour} "what it means"')
    if colour is not None and words is not None:
        settings.must_be_now("What a colour means from now on")
        tell(acting(on, by, dry_run).define(colour, words))
        return
    from recreg.questions.key import key as whole_key

    with reading() as db:
        rows = whole_key(db)
    print_rows(rows, KEY, form, title="RAG key")


@app.command("reassign")
def reassign(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The owner who leaves.")],
    new_owner: Annotated[str, typer.Argument(metavar="NEW", help="The owner who follows.")],
    new: New = False, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg reassign "Head of PPU" "Head of Vulnerability"

    Give every open item of one owner to another, in one act. No date is reset.
    """
    tell(acting(on, by, dry_run).reassign(old, new_owner, sure=new))
