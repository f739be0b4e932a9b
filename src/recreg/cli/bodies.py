"""What boards and portfolios have in common: each has a name and a lead."""

from typing import Annotated

import typer

from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, New, On, acting, reading, tell
from recreg.cli.printer import print_rows
from recreg.questions.columns import BODY

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.")]
Lead = Annotated[str | None, typer.Option("--lead", metavar="PERSON", help="Who leads it.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name from here on.")]
NewLead = Annotated[str, typer.Option("--lead", metavar="PERSON", help="Who leads it; an empty name for nobody.")]


def body_commands(noun: str, plural: str, example: str) -> typer.Typer:
    """The commands add, edit, rename and list of that noun."""
    spelt = f'recreg {noun} add "{example}" --lead "ACC Crime"'
    app = typer.Typer(help=f"{spelt}\n\nAdd, edit, rename and list {plural.lower()}.")
    _add_add(app, noun, spelt)
    _add_edit(app, noun, example)
    _add_rename(app, noun, example)
    _add_list(app, noun, plural)
    return app


def _add_add(app: typer.Typer, noun: str, spelt: str) -> None:
    @app.command("add", short_help=f"Add a {noun}.", help=f"{spelt}\n\nAdd a {noun}, with its lead.")
    def add(
        name: Name, lead: Lead = None, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False
    ) -> None:
        tell(getattr(acting(on, by, dry_run), f"add_{noun}")(name, lead=lead, new=new))


def _add_edit(app: typer.Typer, noun: str, example: str) -> None:
    spelt = f'recreg {noun} edit "{example}" --lead "ACC Local Policing"'

    @app.command("edit", short_help="Say who leads it.", help=f"{spelt}\n\nSay who leads a {noun}.")
    def edit(
        name: Name, lead: NewLead, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False
    ) -> None:
        tell(getattr(acting(on, by, dry_run), f"edit_{noun}")(name, lead=lead, new=new))


def _add_rename(app: typer.Typer, noun: str, example: str) -> None:
    spelt = f'recreg {noun} rename "{example}" "{example} and Delivery"'

    @app.command("rename", short_help=f"Call a {noun} otherwise.", help=f"{spelt}\n\nCall a {noun} otherwise.")
    def rename(
        old: Name, new_name: NewName, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False
    ) -> None:
        tell(getattr(acting(on, by, dry_run), f"rename_{noun}")(old, new_name, sure=new))


def _add_list(app: typer.Typer, noun: str, plural: str) -> None:
    @app.command("list", short_help=f"List the {plural.lower()}.", help=f"recreg {noun} list\n\nList the {noun}s.")
    def list_bodies(_as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
        from recreg.questions.names import bodies

        with reading() as db:
            rows = bodies(db, plural.lower())
        print_rows(rows, BODY, form, title=plural)
