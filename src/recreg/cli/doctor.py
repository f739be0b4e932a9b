"""doctor: how the register file and its surroundings are, and what to do about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import Form
from recreg.cli.printer import print_rows, say
from recreg.cli.waiting import Work, waiting
from recreg.domain.vocabulary import counted
from recreg.errors import RecregError, Unusable
from recreg.questions import Answer
from recreg.questions.columns import DOCTOR

if TYPE_CHECKING:
    from recreg.store.surroundings import Finding

app = typer.Typer()


@app.command("doctor")
def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Put right what can be without touching a record.")] = False,
    form: Form = None,
) -> None:
    """recreg doctor --fix

    Look after the register file: versions, places, permissions, journal, disk, backups, damage, triggers and
    what commands that were cut off left, each with advice where there is something to do. No word of the
    records is told. Exit code 5 where the file is damaged or cannot be opened.
    """
    with waiting(Work("Looking the register over", prints=True)):
        done, findings, error = _looked_over(fix=fix)
    for sentence in done:
        say(sentence)
    rows = [vars(finding) for finding in findings]
    print_rows(rows, DOCTOR, form, title="The register and its surroundings", footer=[_told(rows)])
    if error is not None:
        raise error


def _looked_over(*, fix: bool) -> "tuple[list[str], list[Finding], RecregError | None]":
    """What was put right, what is found after that, and why the register cannot be used, where it cannot."""
    from recreg.store.health import health, nowhere
    from recreg.store.mending import mended

    try:
        register = settings.register_file().absolute()
    except Unusable as error:
        return [], nowhere(error), error
    done = ([*mended(register)] or ["Nothing was to be put right."]) if fix else []
    return done, *health(register, settings.link_to_register())


def _told(rows: Answer) -> str:
    advised = sum(row["advice"] is not None for row in rows)
    return f"{counted(advised, 'thing')} to see to." if advised else "Nothing to see to."
