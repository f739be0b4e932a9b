"""The command that writes the audit committee's paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import day_shown
from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Why, acting, tell
from recreg.cli.printer import Format, print_rows, say
from recreg.domain.vocabulary import PaperForm, counted
from recreg.errors import Mistyped
from recreg.questions.columns import FIGURES_EXPLAINED

if TYPE_CHECKING:
    from recreg.paper.drawing import Wanted
    from recreg.paper.facts import Facts

app = typer.Typer()


class Form(StrEnum):
    """What the paper is drawn as; with --explain, how its figures are listed."""

    MD = "md"
    DOCX = "docx"
    HTML = "html"
    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


_DRAWN = {form.value for form in PaperForm}

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Into a file that ends in .docx, .html or .md.")
]


@app.command("paper")
def paper(
    meeting: Annotated[str | None, typer.Argument(metavar="[MEETING]", help="The next one unless named.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY|MEETING", help="From that day on, or from the "
                     "day after that meeting's cut-off.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DAY|MEETING", help="To the end of that day.")] = None,
    form: Annotated[Form | None, typer.Option("--format", "-f", help="md unless FILE says; with --explain as of a "
                    "list.")] = None,
    output: Output = None,
    words: Annotated[Path | None, typer.Option("--words", metavar="FILE.md", help="Your own words for its sections.")]
    = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE.docx", help="Your force's own styles.")]
    = None,
    public: Annotated[bool, typer.Option("--public", help="For everyone: people by role, no marked text.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="The references behind every figure, instead.")] = False,
    final: Annotated[bool, typer.Option("--final", help="Record it as the meeting's final paper.")] = False,
    replaces_final: Annotated[bool, typer.Option("--replaces-final", help="In place of the final one; needs --why.")]
    = False,
    why: Why = None, _as_of: AsOf = None, _as_recorded: AsRecorded = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg paper "JAC September 2022" -o paper.docx

    Write the audit committee's paper, from the day after the last final paper's cut-off to the meeting's
    own. It only reads, and a final paper is drawn again as it was; --final records it.
    """
    from recreg.paper.drawing import Wanted, drawn, is_as_recorded
    from recreg.paper.facts import gathered
    from recreg.paper.period import Asked, period

    moment, path, today = settings.moment(), settings.register_file(), settings.today()
    asked = Asked(meeting, since, to, moment.number if moment else None, anew=final or replaces_final)
    _refuse_what_does_not_go(final=final, replaces=replaces_final, explain=explain, why=why, to=to)
    if explain and (output or words or template or public):
        raise Mistyped("--explain lists the figures alone.", "Leave --output, --words, --template and --public out.")
    meant = period(path, today, asked)
    facts = gathered(path, meant)
    if explain:
        _explain(facts, form)
        return
    recorded = final or replaces_final
    wanted = Wanted(_form_of(form, output), words, template, public, recorded or meant.again is not None)
    same = is_as_recorded(facts, wanted)
    wanted = replace(wanted, is_final=wanted.is_final and same is not False)
    content = drawn(facts, wanted, day_shown(settings.real_today()))
    with _handing_out(content, wanted.form, output, dry_run=dry_run):
        if recorded:
            _record(facts, wanted, content, by=by, dry_run=dry_run, replaces=replaces_final, why=why)
    _tell(facts, wanted, output, same=same)


def _refuse_what_does_not_go(*, final: bool, replaces: bool, explain: bool, why: str | None, to: str | None) -> None:
    """Raise `Mistyped` for options that contradict each other."""
    recorded = final or replaces
    if recorded:
        settings.must_be_now("A final paper")
    if recorded and explain:
        raise Mistyped("--explain lists the figures and records nothing.", "Leave --final out.")
    if recorded and to is not None:
        raise Mistyped("A final paper counts to its meeting's cut-off.", "Leave --to out.")
    if why is not None and not replaces:
        raise Mistyped("--why is the reason for --replaces-final.", "Leave --why out, or add --replaces-final.")


def _form_of(form: Form | None, output: Path | None) -> PaperForm:
    """The form asked for; else what the file's name says, else Markdown."""
    by_name = output.suffix.casefold().removeprefix(".") if output else "md"
    if form is not None and form.value not in _DRAWN:
        raise Mistyped(
            f"A paper is drawn as md, docx or html, not as {form}.", "With --explain its figures are listed."
        )
    if form is None and by_name not in _DRAWN:
        raise Mistyped(f"The name {output} does not say what the paper is.", "Name it FILE.docx, FILE.html or FILE.md.")
    chosen = PaperForm(form or by_name)
    if output and by_name in _DRAWN - {chosen}:
        raise Mistyped(
            f"{output} is named as {by_name}, and -f {chosen} is asked for.", "Leave -f out, or name it otherwise."
        )
    if chosen == PaperForm.DOCX and output is None:
        raise Mistyped("A paper for Word goes into a file.", "Add -o FILE.docx, or -f md to read it here.")
    return chosen


def _explain(facts: "Facts", form: Form | None) -> None:
    if form is not None and form.value in _DRAWN:
        raise Mistyped(f"The figures are listed, and not drawn as {form}.", "Give -f table, plain, json, jsonl or csv.")
    rows = [
        {"figure": name, "count": figure.count, "refs": "; ".join(figure.refs)}
        for name, figure in facts.figures.items()
    ]
    print_rows(rows, FIGURES_EXPLAINED, Format(form) if form else None, title="What the figures count")


def _record(
    facts: "Facts", wanted: "Wanted", content: bytes, *, by: str | None, dry_run: bool, replaces: bool, why: str | None
) -> None:
    from recreg.paper.drawing import opened, sha256

    meant, register = facts.period, acting(None, by, dry_run)
    from recreg.register.meetings import Final

    if meant.meeting is None:
        raise Mistyped("A final paper is a meeting's.", 'recreg meeting add "JAC September 2022" 29/09/2022 first.')
    final = Final(meant.since, meant.until, meant.changeset, wanted.form, sha256(content), opened(facts))
    tell(register.record_final(meant.meeting.name, final, replaces=replaces, why=why))


@contextmanager
def _handing_out(content: bytes, form: PaperForm, output: Path | None, *, dry_run: bool) -> Iterator[None]:
    """Hand the paper out once what is to be recorded is recorded; a file is written first and named last.

    So a place that cannot be written records nothing. A dry run hands nothing out.
    """
    if dry_run:
        yield
    elif output is None:
        yield
        from recreg.cli.showing import print_drawn

        print_drawn(content.decode(), html=form == PaperForm.HTML)
    else:
        from recreg.exchange.whole import whole

        with whole(output) as writing:
            writing.write(content)
            writing.flush()
            yield


def _tell(facts: "Facts", wanted: "Wanted", output: Path | None, *, same: bool | None) -> None:
    """On stderr: of which days it is, and whether a final paper drawn again is the one that was recorded."""
    from recreg.domain.dates import spoken

    meant = facts.period
    where = f"The paper is in {output}. " if output else ""
    say(f"{where}It counts from {spoken(meant.since)} to {spoken(meant.until)}, to changeset {meant.changeset}.")
    unnamed = sum(1 for row in facts.rated if row["owner"] and row["owner"] not in facts.roles)
    if wanted.is_public and unnamed:
        say(f"{counted(unnamed, 'item')} of owners without a role: recreg person edit NAME --role …")
    if meant.again is not None:
        say(_OF_FINAL[same].format(changeset=meant.again.changeset, sha256=meant.again.sha256))


_OF_FINAL = {
    True: "It is the final paper, as it was recorded, but for the line that says when it was drawn.",
    False: "It is marked as a draft, since it is not the file that was recorded (SHA-256 {sha256}): give the same "
    "--words, --template and --public as then.",
    None: "It is the final paper in another form, from the same changeset {changeset}.",
}
