"""Commands on the register file: init, migrate."""

from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import By
from recreg.cli.printer import say

app = typer.Typer()


@app.command("init")
def init(
    marking: Annotated[str, typer.Option("--marking", metavar="WORDS", help="Papers' marking.")] = "OFFICIAL",
    by: By = None,
) -> None:  # fmt: skip
    """recreg init

    Make a new register, readable by you alone: at --register FILE, or in your own data folder.
    """
    from recreg.domain.text import clean_line
    from recreg.store.log import Act
    from recreg.store.schema import create

    path = settings.register_file()
    act = Act("init", clean_line(settings.who(by), "name of who acts"), settings.today())
    create(path, {"marking": clean_line(marking, "marking")}, act)
    say(f"A new register is at {path}, marked {clean_line(marking, 'marking')}.")
    say(f'Next: {settings.register_word()} inspection add CODE --title "…" --type thematic --published DAY')


@app.command("migrate")
def migrate(by: By = None) -> None:
    """recreg migrate

    Bring an older register up to this recreg, whole or not at all, after a backup.
    """
    from recreg.domain.text import clean_line
    from recreg.store.log import Act
    from recreg.store.schema import migrate as bring_up

    path = settings.register_file()
    kept = bring_up(path, Act("migrate", clean_line(settings.who(by), "name of who acts"), settings.today()))
    if kept is None:
        say("Nothing was changed: the register is current.")
    else:
        say(f"The register {path} is current. As it was before: {kept}")
