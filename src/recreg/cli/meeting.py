"""Commands on the audit committee's meetings."""

from typing import Annotated

import typer

from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, On, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.questions.columns import MEETING

app = typer.Typer(
    help='recreg meeting add "JAC September 2022" 29/09/2022 --cutoff 15/09/2022\n\n'
    "Add, edit and list the audit committee's meetings."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The meeting's own name, such as “JAC September 2022”.")]
Cutoff = Annotated[str | None, typer.Option("--cutoff", metavar="DAY", help="The day to whose end its paper counts.")]


@app.command("add", short_help="Add a meeting, with the cut-off day of its paper.")
def add(
    name: Name, day: Annotated[str, typer.Argument(metavar="DAY", help="The day it meets.")], cutoff: Cutoff = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg meeting add "JAC September 2022" 29/09/2022 --cutoff 15/09/2022

    Add a meeting. Papers are drawn a week or two before it: its paper counts to the end of --cutoff, the
    meeting's own day unless given.
    """
    tell(acting(on, by, dry_run).add_meeting(name, day, cutoff=cutoff))


@app.command("edit", short_help="Put a meeting's days right.")
def edit(
    name: Name, day: Annotated[str | None, typer.Option("--day", metavar="DAY", help="The day it meets.")] = None,
    cutoff: Cutoff = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg meeting edit "JAC September 2022" --cutoff 16/09/2022

    Put a meeting's days right. The cut-off of a paper that is final stays as it is.
    """
    tell(acting(on, by, dry_run).edit_meeting(name, held_on=day, cutoff=cutoff))


@app.command("list", short_help="List the meetings, and which has its final paper.")
def list_meetings(_as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg meeting list

    List the meetings with their cut-off days, and the changeset that each final paper was drawn from.
    """
    from recreg.questions.meetings import rows

    with reading() as db:
        found = rows(db)
    print_rows(found, MEETING, form, title="Meetings")
