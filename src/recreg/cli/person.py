"""Commands on people: the owners and leads."""

from typing import Annotated

import typer

from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, New, On, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.questions.columns import PERSON

app = typer.Typer(
    help='recreg person add "Head of PPU" --email head.ppu@force.example\n\nAdd, edit, rename and list people.'
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name or a role.")]
Role = Annotated[str | None, typer.Option("--role", metavar="TEXT", help="What they are in the force.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="Where letters to them go.")]


@app.command("add", short_help="Add a person.")
def add(
    name: Name, role: Role = None, email: Email = None, new: New = False, on: On = None, by: By = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg person add "Head of PPU" --role "Detective Superintendent" --email head.ppu@force.example

    Add a person, who may be a role.
    """
    tell(acting(on, by, dry_run).add_person(name, role=role, email=email, new=new))


@app.command("edit", short_help="Put a person's role or address right.")
def edit(
    name: Name, role: Role = None, email: Email = None, on: On = None, by: By = None, dry_run: DryRun = False
) -> None:
    """recreg person edit "Head of PPU" --email ppu.head@force.example

    Put a person's role or address right. An empty text empties it.
    """
    tell(acting(on, by, dry_run).edit_person(name, role=role, email=email))


@app.command("rename", short_help="Call a person otherwise.")
def rename(
    old: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The name from here on.")],
    new: New = False, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg person rename "Head of PPU" "Head of Vulnerability"

    Call a person otherwise, in every list from here on. What they own stays theirs.
    """
    tell(acting(on, by, dry_run).rename_person(old, new_name, sure=new))


@app.command("list", short_help="List the people.")
def list_people(_as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg person list

    List the people with how many open items each owns.
    """
    from recreg.questions.names import people

    with reading() as db:
        rows = people(db)
    print_rows(rows, PERSON, form, title="People")
