"""The command that says what items have to do with each other."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, On, Ref, acting, tell

app = typer.Typer()


@app.command("link")
def link(
    ref: Ref,
    repeats: Annotated[str | None, typer.Option("--repeats", metavar="REF", help="It asks the same as that.")] = None,
    escalated_from: Annotated[str | None, typer.Option("--escalated-from", metavar="REF",
                              help="The area for improvement this cause of concern was.")] = None,
    related: Annotated[str | None, typer.Option("--related", metavar="REF", help="It bears on that.")] = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg link R-0012 --repeats R-0003

    Say what an item has to do with another one: it repeats it, was escalated from it, or is related.
    Neither changes otherwise; show, why and check know of it.
    """
    tell(acting(on, by, dry_run).link(ref, repeats=repeats, escalated_from=escalated_from, related=related))
