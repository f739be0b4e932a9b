"""The command that takes back what owners filled in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli.options import By, DryRun, On, acting
from recreg.cli.printer import say
from recreg.cli.taking import left_out, not_read, refuse_of_another, take

if TYPE_CHECKING:
    from recreg.exchange.returned import Incoming
    from recreg.register import Done

app = typer.Typer()


@app.command("returns")
def returns(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Filled sheets (.xlsx), or the mails (.eml) that "
                     "carry them.")],
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Whose words they are, where a sheet "
                     "does not say.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take them without asking.")] = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg returns head-of-ppu.xlsx reply.eml --by "Liaison Officer"

    Take back the sheets that owners filled in, as one act: a note on each item, in its owner's words. What
    an owner claims rates, reviews and closes nothing. At a terminal every row is shown first, and you are
    asked; elsewhere they are taken at once.
    """
    from recreg.exchange.returned import incoming

    came = {file: incoming(file) for file in files}
    sheets = [sheet for each in came.values() for sheet in each.sheets]
    told = [sentence for file, each in came.items() for sentence in _of_file(file, each)]
    if not any(filled.rows for _, filled in sheets):
        for sentence in [*told, f"Nothing was filled in on {', '.join(map(str, files))}: nothing was taken."]:
            say(sentence)
        return
    refuse_of_another(sheets)

    def act(dry: bool) -> "Done":
        register = acting(on, by, dry)
        from recreg.register.returns import Returned

        return register.returns([Returned(str(f), filled.owner, filled.rows) for f, filled in sheets], owner)

    take(act, lambda done: [*told, *done.said], yes=yes, dry_run=dry_run)


def _of_file(file: Path, came: "Incoming") -> list[str]:
    """What is told of a file: rows without an answer, and what else is attached, which may be evidence."""
    filled = [each for _, each in came.sheets]
    told = [f"{file}: {sentence}" for each in filled for sentence in not_read(each)]
    told += [f"{file}: {sentence}" for sentence in left_out(sum(each.left_out for each in filled))]
    if came.others:
        are = "is" if len(came.others) == 1 else "are"
        filed = "recreg evidence add FILE --for REF files what is evidence."
        told.append(f"{file}: {', '.join(came.others)} {are} attached too; {filed}")
    return told
