"""Sums by owner, board or portfolio, printed as every other list is."""

import sys
from collections.abc import Iterable

from recreg.cli.printer import Format, is_terminal, print_rows
from recreg.domain.vocabulary import Bearer
from recreg.questions import Answer
from recreg.questions.sums import Sorting, for_people


def print_sums(
    rows: Answer, sorting: Sorting, by: Bearer, form: Format | None, *, title: str, footer: Iterable[str]
) -> None:
    """Print the rows of a list summed by whose they are; a table leaves out what is nought throughout."""
    sums, columns = sorting.sums(rows, by), sorting.columns(by)
    if form == Format.TABLE or (form is None and is_terminal(sys.stdout)):
        sums, columns = for_people(sums, columns)
    print_rows(sums, columns, form, title=title, footer=footer)
