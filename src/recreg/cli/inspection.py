"""Commands on inspections."""

import sys
from typing import Annotated

import typer

from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, On, acting, reading, tell, text_from
from recreg.cli.printer import Format, is_terminal, plain_fields, print_rows, put_lines, put_one
from recreg.questions.columns import INSPECTION

app = typer.Typer(
    help='recreg inspection add SAC-2022 --title "Finding time for crime" --type spotlight --published 11/08/2022\n\n'
    "Add, edit, list and show inspections and their reports."
)

Code = Annotated[str, typer.Argument(metavar="CODE", help="A short name of your own, such as SAC-2022.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title of the report.")]
Type = Annotated[
    str | None,
    typer.Option("--type", metavar="WORD", help="peel, thematic, super-complaint, joint, spotlight, revisit or other."),
]
Publishers = Annotated[list[str] | None, typer.Option("--publisher", metavar="WHO", help="May be repeated.")]
Published = Annotated[str | None, typer.Option("--published", metavar="DAY", help="The publication day.")]
Expected = Annotated[str | None, typer.Option("--expected", metavar="WORDS", help="When, while it is to come.")]
OurPart = Annotated[str | None, typer.Option("--our-part", metavar="WORD", help="fieldwork, data-return or none.")]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the report is.")]
SummaryFile = Annotated[str | None, typer.Option("--summary-file", metavar="FILE", help="Your summary; - is stdin.")]
CommentsOn = Annotated[str | None, typer.Option("--pcc-comments-on", metavar="DAY", help="When they were published.")]
Applies = Annotated[
    bool | None,
    typer.Option("--pcc-applies/--no-pcc-applies", help="Whether the 56 days run; not for a super-complaint."),
]


@app.command("add", short_help="Add an inspection, published or to come.")
def add(
    code: Code, title: Title = None, type_: Type = None, publisher: Publishers = None, published: Published = None,
    expected: Expected = None, our_part: OurPart = None, url: Url = None, summary_file: SummaryFile = None,
    pcc_comments_on: CommentsOn = None, pcc_applies: Applies = None, on: On = None, by: By = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg inspection add ROCU-2022 --title "Thematic Inspection of ROCU" --type thematic --expected "early October"

    Add an inspection: one that was published, or one to come.
    """
    register = acting(on, by, dry_run)
    typed = _fields(
        title=title, type=type_, publishers=publisher, published=published, expected=expected, our_part=our_part,
        url=url, summary=text_from(summary_file) if summary_file else None, pcc_comments_on=pcc_comments_on,
        pcc_applies=pcc_applies,
    )  # fmt: skip
    tell(register.add_inspection(code, typed))


@app.command("edit", short_help="Put an inspection right; deadlines follow its publication day.")
def edit(
    code: Code, title: Title = None, type_: Type = None, publisher: Publishers = None, published: Published = None,
    expected: Expected = None, our_part: OurPart = None, url: Url = None, summary_file: SummaryFile = None,
    pcc_comments_on: CommentsOn = None, pcc_applies: Applies = None, on: On = None, by: By = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg inspection edit CAOP-2019 --published 17/07/2019

    Put an inspection right. Deadlines follow a corrected publication day, and are told.
    """
    register = acting(on, by, dry_run)
    typed = _fields(
        title=title, type=type_, publishers=publisher, published=published, expected=expected, our_part=our_part,
        url=url, summary=text_from(summary_file) if summary_file else None, pcc_comments_on=pcc_comments_on,
        pcc_applies=pcc_applies,
    )  # fmt: skip
    tell(register.edit_inspection(code, typed))


@app.command("list", short_help="List the inspections.")
def list_inspections(_as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg inspection list

    List the inspections with their items and the end of their 56 days.
    """
    from recreg.questions.inspections import inspections

    with reading() as db:
        rows = inspections(db)
    print_rows(rows, INSPECTION, form, title="Inspections")


@app.command("show", short_help="Show an inspection.")
def show(code: Code, _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None) -> None:
    """recreg inspection show SAC-2022

    Show everything about an inspection.
    """
    from recreg.questions.inspections import inspections
    from recreg.store.references import inspection_meant

    with reading() as db:
        inspection_meant(db, code)
        (row,) = inspections(db, code.strip())
    if form == Format.TABLE or (form is None and is_terminal(sys.stdout)):
        from recreg.cli.showing import show_pairs

        show_pairs(row, INSPECTION, f"{row['code']} {row['title']}")
    elif form == Format.JSON:
        put_one({column.key: row[column.key] for column in INSPECTION})
    elif form in {Format.PLAIN, None}:
        put_lines(plain_fields(row))
    else:
        print_rows([row], INSPECTION, form)


def _fields(**typed: object):  # type: ignore[no-untyped-def]  # noqa: ANN202 - its class is loaded late
    from recreg.register.names import InspectionFields

    return InspectionFields(**typed)  # type: ignore[arg-type]
