"""Commands on backups of the register: backup, restore."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import By, DryRun
from recreg.cli.printer import say
from recreg.cli.waiting import Work, waiting
from recreg.domain.vocabulary import counted
from recreg.errors import Mistyped

if TYPE_CHECKING:
    from recreg.store.restore import Restored

app = typer.Typer()

#: So many pieces of evidence are named one by one.
_NAMED = 10


@app.command("backup")
def backup(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A file, or a folder for it.")] = None,
) -> None:
    """recreg backup

    Back up the register and its evidence to one ZIP file, which is proved before it has its name: in the
    folder of backups beside the register unless FILE is given.
    """
    from recreg.store.backup import back_up
    from recreg.store.heads import printed

    with waiting(Work("Backing up the register")):
        made = back_up(settings.register_file(), _place(file))
    say(f"The backup {made.path} is made and proved, with {counted(made.files, 'file')} of evidence.")
    for missing in made.missing:
        say(f"Not in it: the file of {missing}. recreg check tells how to put it right.")
    say(f"Register head: {printed(made.head)}")


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or a bare register.")],
    force: Annotated[bool, typer.Option("--force", help="Give up what the register has and the backup lacks.")] = False,
    by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg restore register.db.backups/2026-11-23T070000.000000Z.zip

    Put a backup back, once it is proved: the register, and the evidence that is missing. It is refused over a
    register with changes that the backup lacks, unless --force; a copy of what it replaces is kept.
    """
    from recreg.domain.text import clean_line
    from recreg.store.log import Act
    from recreg.store.restore import restore as put_back

    act = Act("restore", clean_line(settings.who(by), "name of who acts"), settings.today())
    with waiting(Work("Restoring the backup")):
        restored = put_back(settings.register_file(), file, act, force=force, dry_run=dry_run)
    _tell(restored, file, dry_run=dry_run)


def _place(named: str | None) -> Path | None:
    """The file or folder that was named; raises `Mistyped` for a folder that is not there, as of no mounted share."""
    if named is not None and named.endswith(("/", os.sep)) and not Path(named).is_dir():
        raise Mistyped(f"There is no folder {named}.", "Make it, or mount it, first; recreg backup FILE names a file.")
    if named and not Path(named).suffix and not Path(named).exists():
        raise Mistyped(
            f"There is no folder {named}, and a backup's own name ends in .zip.", f"recreg backup {named}.zip"
        )
    return Path(named) if named else None


def _tell(restored: "Restored", file: Path, *, dry_run: bool) -> None:
    from recreg.store.heads import printed

    if not restored.written and not dry_run:
        say(f"Nothing was changed: the register is what {file} holds already.")
        _tell_lost(restored)
        return
    say(f"The register is as {file} has it, up to {printed(restored.backup)}.")
    if restored.files:
        say(f"Put back: {counted(restored.files, 'file')} of evidence.")
    _tell_lost(restored)
    _tell_given_up(restored)
    if restored.kept:
        say(f"As the register was before: {restored.kept}")
    if dry_run:
        say("Dry run: nothing was written.")


def _tell_given_up(restored: "Restored") -> None:
    """Say what the register had that the backup lacks, and what was wrong with it."""
    from recreg.store.heads import printed

    if restored.held.head and restored.held.head[0] > restored.held.shared:
        gone = restored.held.head[0] - restored.held.shared
        is_lost = restored.held.is_gone or restored.held.is_damaged
        was = "Lost, as a later backup shows" if is_lost else "Replaced"
        say(f"{was}: a log up to {printed(restored.held.head)}, with {counted(gone, 'changeset')} that this one lacks.")
    if any(command == "redact" for _, command, _ in restored.held.lacking):
        say("Words that were redacted since are in it again: recreg redact takes them out once more.")
    if restored.held.is_unsound:
        say("The register did not stand its proof any more: something else had written to it, or the disk failed.")


def _tell_lost(restored: "Restored") -> None:
    """Say of which evidence there is no whole file, in the backup or here."""
    if restored.lost:
        more = f", and {len(restored.lost) - _NAMED:,} more" if len(restored.lost) > _NAMED else ""
        named = ", ".join(restored.lost[:_NAMED])
        say(f"Of some evidence there is no whole file, in the backup or here: {named}{more}.")
        say("recreg check tells how to put it right.")
