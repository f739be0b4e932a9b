"""The command that shows recreg on the register of a real committee paper."""

import os
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import reading
from recreg.cli.printer import Format, say
from recreg.domain.dates import spoken

app = typer.Typer()


@app.command("demo")
def demo(
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FILE", help="Keep it there.")] = None,
) -> None:
    """recreg demo --keep demo.db

    Build the register of a real committee paper and show its tables, as on 29 September 2022.
    It is taken away again, unless kept with --keep.
    """
    if keep is not None:
        _build_and_show(keep)
        day, file = os.environ["RECREG_TODAY"], shlex.quote(str(keep))
        say(f"Next: RECREG_TODAY={day} recreg --register {file} overdue")
        return
    with TemporaryDirectory() as folder:
        _build_and_show(Path(folder) / "demo.db")
    say("The register is taken away again. To keep one and go on with it: recreg demo --keep demo.db")


def _build_and_show(path: Path) -> None:
    from recreg.demo import TODAY, build

    build(path)
    os.environ["RECREG_TODAY"] = TODAY.isoformat()
    settings.choose_register(str(path))
    say(f"It is {spoken(TODAY)}, the day of the paper.")
    say("Numbers, days, deadline words and addressees are the paper's; the texts are summaries of it.")
    say("Owners, boards, targets, ratings and the history are illustrative.")
    _show_tables()
    _say_what_it_holds()


def _show_tables() -> None:
    from recreg.cli.inspection import list_inspections
    from recreg.cli.lists import list_items
    from recreg.cli.overdue import overdue

    for show in (list_items, overdue, list_inspections):
        show(form=Format.TABLE)


def _say_what_it_holds() -> None:
    from recreg.questions.figures import figures

    with reading() as db:
        held = figures(db).sentence
    say("The paper speaks of 45 recommendations and 14 areas for improvement in all, not itemised:")
    say("the demo holds only the 8 recommendations and 2 causes of concern that the paper names.")
    say(f"Open and ours: {held}.")
