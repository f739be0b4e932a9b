"""Commands on evidence."""

from pathlib import Path
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, On, Why, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.cli.waiting import Work, waiting
from recreg.questions.columns import EVIDENCE, EVIDENCE_FAULT

app = typer.Typer(help="recreg evidence add audit.pdf --for 10618\n\nFile evidence, share it, judge it, check it.")

Evidence = Annotated[list[str], typer.Argument(metavar="E…", help="E-0001.")]


@app.command("add", short_help="File evidence for items.")
def add(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE…", help="Copied under its hash.")] = None,
    refs: Annotated[list[str] | None, typer.Option("--for", metavar="REF", help="For what; may be repeated.")] = None,
    link: Annotated[str | None, typer.Option("--link", metavar="URL", help="What is kept elsewhere.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The file's name unless given.")] = None,
    dated: Annotated[str | None, typer.Option("--dated", metavar="DAY", help="The day on it.")] = None,
    received: Annotated[str | None, typer.Option("--received", metavar="DAY", help="Today unless given.")] = None,
    received_from: Annotated[str | None, typer.Option("--from", metavar="WHO", help="Who sent it.")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Keep only its path and hash.")] = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg evidence add audit.pdf --for 10618 --for 9962 --from "Head of PPU" --dated 14/06/2022

    File evidence for items. Each file is copied under its hash into the folder beside the register.
    """
    register = acting(on, by, dry_run)
    from recreg.register.evidence import EvidenceFields

    typed = EvidenceFields(title=title, dated=dated, received=received, received_from=received_from)
    with waiting(Work("Filing the evidence")):
        done = register.add_evidence(files or [], refs or [], typed, link=link, in_place=in_place)
    tell(done)


@app.command("list", short_help="List the evidence, or an item's.")
def list_evidence(
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="Only what stands for this item.")] = None,
    _as_of: AsOf = None,
    _as_recorded: AsRecorded = None,
    form: Form = None,
) -> None:
    """recreg evidence list 10618

    List the evidence with the items it stands for, or an item's only.
    """
    from recreg.questions.evidence import evidence
    from recreg.store.references import item_meant

    with reading() as db:
        rows = evidence(db, item_meant(db, ref).id if ref else None)
    print_rows(rows, EVIDENCE, form, title="Evidence")


@app.command("share", short_help="Record that evidence was shared.")
def share(
    refs: Evidence,
    shared_with: Annotated[str | None, typer.Option("--with", metavar="WHO", help="HMICFRS unless given.")] = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg evidence share E-0001 E-0002 --on 20/06/2022

    Record that evidence was shared with the HMICFRS Force Liaison Lead, or with whom you name.
    """
    tell(acting(on, by, dry_run).share_evidence(refs, shared_with=shared_with))


@app.command("judge", short_help="Judge evidence sufficient, partial or insufficient.")
def judge(
    words: Annotated[list[str], typer.Argument(metavar="E… VERDICT", help="sufficient, partial or insufficient.")],
    why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg evidence judge E-0001 partial --why "covers two of five districts"

    Judge evidence sufficient, partial or insufficient; the last two need --why.
    """
    from recreg.errors import Mistyped

    if len(words) < 2:
        raise Mistyped("A judgement needs evidence and a verdict.", "recreg evidence judge E-0001 sufficient")
    tell(acting(on, by, dry_run).judge_evidence(words[:-1], words[-1], why=why))


@app.command("check", short_help="Check that each file is as it was filed.")
def check(form: Form = None) -> None:
    """recreg evidence check

    Check that each file is there and as it was filed; exit code 6 where one is not.
    """
    from recreg.questions.evidence import evidence_faults

    with waiting(Work("Checking the files", prints=True)), reading() as db:
        faults = evidence_faults(db, settings.register_file())
    print_rows(faults, EVIDENCE_FAULT, form, title="Evidence that is not as it was filed")
    if faults:
        raise typer.Exit(6)
