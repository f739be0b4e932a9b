"""What boards and portfolios have in common: each has a name and a lead."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, Form, New, On, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.questions.columns import BODY

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.")]
Lead = Annotated[str | None, typer.Option("--lead", metavar="PERSON", help="Who leads it.")]
NewLead = Annotated[str, typer.Option("--lead", metavar="PERSON", help="Who leads it; an empty name for nobody.")]


def body_commands(noun: str, plural: str, example: str) -> typer.Typer:
    """The commands add, edit and list of that noun."""
    app = typer.Typer(help=f'recreg {noun} add "{example}" --lead "ACC Crime"\n\nAdd, edit and list {plural.lower()}.')

    def add(
        name: Name, lead: Lead = None, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False
    ) -> None:
        tell(getattr(acting(on, by, dry_run), f"add_{noun}")(name, lead=lead, new=new))

    def edit(
        name: Name, lead: NewLead, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False
    ) -> None:
        tell(getattr(acting(on, by, dry_run), f"edit_{noun}")(name, lead=lead, new=new))

    def list_bodies(form: Form = None) -> None:
        from recreg.questions.names import bodies

        with reading() as db:
            rows = bodies(db, plural.lower())
        print_rows(rows, BODY, form, title=plural)

    add_example = f'recreg {noun} add "{example}" --lead "ACC Crime"'
    edit_example = f'recreg {noun} edit "{example}" --lead "ACC Local Policing"'
    app.command("add", short_help=f"Add a {noun}.", help=f"{add_example}\n\nAdd a {noun}, with its lead.")(add)
    app.command("edit", short_help="Say who leads it.", help=f"{edit_example}\n\nSay who leads a {noun}.")(edit)
    app.command("list", short_help=f"List the {noun}s.", help=f"recreg {noun} list\n\nList the {noun}s.")(list_bodies)
    return app
