"""The one inspection that the paper says is to come."""

from collections.abc import Iterator

from recreg.demo.diary import Step, reported
from recreg.register.names import InspectionFields


def steps() -> Iterator[Step]:
    """An inspection exists before its report, with its day in vague words."""
    yield reported(
        "2022-09-12",
        "ROCU-2022",
        InspectionFields(
            title="Thematic inspection of the ROCU",
            type="thematic",
            publishers=["HMICFRS"],
            expected="early October",
            our_part="fieldwork",
        ),
    )
