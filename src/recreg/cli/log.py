"""The log: shown, and held against the register."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import AsOf, AsRecorded, Form, reading
from recreg.cli.printer import print_rows
from recreg.cli.waiting import Work, waiting
from recreg.domain.vocabulary import counted
from recreg.questions.columns import LOG, PROOF

if TYPE_CHECKING:
    from recreg.questions.proof import Proof

app = typer.Typer(invoke_without_command=True)


@app.callback()
def log(context: typer.Context, _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg log

    Show every act ever recorded, oldest first, with its hash.
    """
    if context.invoked_subcommand is not None:
        return
    from recreg.questions.history import log as whole_log

    with reading() as db:
        rows = whole_log(db)
    print_rows(rows, LOG, form, title="Log")


@app.command("verify", short_help="Prove that nothing was changed behind recreg's back.")
def verify(
    noted: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="N/HASH", help="A head that was printed or noted; may be repeated."),
    ] = None,
    form: Form = None,
) -> None:
    """recreg log verify --head 312/5e8c0a1f9b2d4477

    Prove that nothing was changed behind recreg's back: the file, every entry of the log and its hash, the
    tables against the log, the evidence, and the heads that backups and final papers hold. Exit code 6
    where something is found.
    """
    from recreg.questions.proof import proof_of
    from recreg.store.heads import understood

    settings.must_be_now("A proof")
    heads = [understood(typed) for typed in noted or []]
    with waiting(Work("Verifying the register", prints=True)), reading() as db:
        proof = proof_of(db, settings.register_file(), heads)
    print_rows(proof.faults, PROOF, form, title="Not as it was recorded", footer=_told(proof))
    if proof.faults:
        raise typer.Exit(6)


def _told(proof: "Proof") -> Iterator[str]:
    """What was looked at, what was redacted, and what no log can prove of itself."""
    from recreg.store.heads import printed
    from recreg.store.proof import day_of

    number = proof.head[0]
    if not number:
        return
    if not proof.faults:
        yield "Nothing is other than it was recorded."
    looked_at = [counted(number, "changeset"), f"{proof.changes:,} changes", counted(proof.heads, "noted head")]
    yield f"Held against each other: {', '.join(looked_at)}, every table, every file of evidence."
    for row in proof.redacted:
        act = f"Redacted by {row['by']} on {day_of(row['at'])} (changeset {row['changeset']})"
        yield f"{act}: {row['called']}, {row['fields']}."
    if not proof.heads:
        yield "That its end was not cut off, no log can prove of itself: note its head, or make a backup."
    yield f"Register head: {printed(proof.head)}"
