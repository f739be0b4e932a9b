"""Commands on the life of an item: complete, submit, return, sign-off, reopen, close, defer."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, On, Ref, Refs, Why, acting, tell

app = typer.Typer()

Letter = Annotated[str | None, typer.Option("--letter", metavar="REFERENCE", help="HMICFRS's letter.")]
ApprovedBy = Annotated[str | None, typer.Option("--approved-by", metavar="NAME", help="Who approved it for the force.")]


@app.command("complete")
def complete(refs: Refs, on: On = None, by: By = None, dry_run: DryRun = False) -> None:
    """recreg complete 10618 --on 30/06/2022

    Record that the owner says an item is done. It needs an owner, a board and evidence.
    """
    tell(acting(on, by, dry_run).complete(refs))


@app.command("submit")
def submit(
    refs: Refs,
    agreed_by: Annotated[str | None, typer.Option("--agreed-by", metavar="BOARD", help="Which board agreed.")] = None,
    level: Annotated[str | None, typer.Option("--level", metavar="TEXT", help="HMICFRS's sign-off level.")] = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg submit 10618 --agreed-by "Vulnerability Board"

    Record that complete items went to HMICFRS, with the board's agreement. Target and review stand
    still until they come back.
    """
    tell(acting(on, by, dry_run).submit(refs, agreed_by=agreed_by, level=level))


@app.command("return")
def return_(refs: Refs, why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False) -> None:
    """recreg return 10618 --why "HMICFRS asks for cases of this quarter"

    Record that an item came back: from complete we send it back, from submitted HMICFRS does.
    """
    tell(acting(on, by, dry_run).return_(refs, why=why))


@app.command("sign-off")
def sign_off(
    refs: Refs, letter: Letter = None,
    direct: Annotated[bool, typer.Option("--direct", help="Without a submission, as at a revisit.")] = False,
    with_children: Annotated[bool, typer.Option("--with-children", help="The same letter closes them.")] = False,
    leaving_children_open: Annotated[
        bool, typer.Option("--leaving-children-open", help="They stay open; needs --why.")
    ] = False,
    why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg sign-off 10618 --letter HMI/2022/118 --on 14/09/2022

    Record that HMICFRS signed items off, by its letter. A cause of concern with an open child is
    refused, unless told what becomes of the child.
    """
    register = acting(on, by, dry_run)
    tell(
        register.sign_off(
            refs, letter=letter, direct=direct, with_children=with_children,
            leaving_children_open=leaving_children_open, why=why,
        )
    )  # fmt: skip


@app.command("reopen")
def reopen(ref: Ref, why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False) -> None:
    """recreg reopen 10618 --why "the revisit found it undone"

    Open a closed item again. Its review counts from here.
    """
    tell(acting(on, by, dry_run).reopen(ref, why=why))


@app.command("close")
def close(
    ref: Ref,
    basis: Annotated[str, typer.Option("--as", metavar="BASIS",
                     help="superseded, duplicate, no-further-action, not-applicable or not-accepted.")],
    decided_by: Annotated[str, typer.Option("--decided-by", metavar="WHO", help="hmicfrs or force.")],
    why: Why = None,
    of: Annotated[str | None, typer.Option("--of", metavar="REF", help="What supersedes it, or it repeats.")] = None,
    letter: Letter = None, approved_by: ApprovedBy = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg close R-0012 --as duplicate --of R-0009 --why "one finding twice" --decided-by force --approved-by DCC

    Close an item on another basis than a sign-off. HMICFRS's decision has its letter, the force's an
    approver. A duplicate's evidence and notes move to the item it repeats.
    """
    register = acting(on, by, dry_run)
    tell(
        register.close(ref, basis=basis, why=why, decided_by=decided_by, of=of, letter=letter, approved_by=approved_by)
    )


@app.command("defer")
def defer(
    refs: Refs,
    to: Annotated[str, typer.Option("--to", metavar="DAY", help="The new target.")],
    why: Why = None, approved_by: ApprovedBy = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg defer 10618 --to 31/12/2022 --why "the new custody system comes in November"

    Move the force's own target. The first one is kept for ever; from the second move on an approver
    is needed.
    """
    tell(acting(on, by, dry_run).defer(refs, to=to, why=why, approved_by=approved_by))
