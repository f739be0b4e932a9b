"""Stalking and harassment, 10 April 2019: a cause of concern with recommendation 9472 under it.

9472 is addressed to the NPCC and CPS leads, and is *ours* all the same: the force counts its cause
and reviews it.
"""

from collections.abc import Iterator

from recreg.demo.diary import Step, added, filed, judged, noted, rated, reported, reviewed, shared
from recreg.demo.names import CRIMINAL_JUSTICE, PROTECTION_PORTFOLIO, VULNERABILITY
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields

CODE = "STALKING-2019"
# References follow the order of days: this cause is the first item of the demo.
CAUSE = "R-0001"

_TEXT = """\
The national leads of the NPCC and of the CPS are asked, within six months, to weigh up whether more \
can be done to bring home to officers and lawyers that a broken order matters – on its own, as part \
of a ‘wider pattern’, and wherever it points to stalking or harassment."""


def steps() -> Iterator[Step]:
    """The report, its items, and three years of reviews kept to the twelfth of the month."""
    yield reported(
        "2019-04-12",
        CODE,
        InspectionFields(
            title="Stalking and harassment",
            type="thematic",
            publishers=["HMICFRS"],
            published="2019-04-10",
            summary="Illustrative: the day of the commissioner’s comments is made up.",
            pcc_comments_on="2019-05-30",
        ),
    )
    yield _logged(Fields(kind="cause_of_concern", title="Stalking and harassment"))
    yield _logged(
        Fields(
            kind="recommendation",
            hmicfrs_ref="9472",
            parent=CAUSE,
            title="Breaches of orders: tell officers and lawyers what they show",
            text=_TEXT,
            deadline="Within six months",
            addressees=["NPCC lead", "CPS lead"],
            waiting_on="NPCC and CPS leads",
        )
    )
    yield from _reviews()
    yield from _progress()


def _logged(typed: Fields) -> Step:
    typed.inspection, typed.portfolio = CODE, PROTECTION_PORTFOLIO
    typed.owner, typed.board = CRIMINAL_JUSTICE, VULNERABILITY
    return added("2019-04-12", typed)


_HELD = {
    "2019-07-16": "the cause is explained to every district; national advice is awaited.",
    "2019-10-15": "a local briefing on breaches of orders is drafted with prosecutors.",
    "2020-01-14": "the briefing is out; nothing has come from the national leads yet.",
    "2020-07-14": "the April review was not held in the first months of the pandemic; work goes on.",
    "2020-10-13": "breaches are flagged on the crime system from this month.",
    "2021-01-12": "flags are used in half of the districts.",
    "2021-04-13": "flags are used everywhere; quality is next.",
    "2021-07-13": "a first check of flagged cases finds most of them right.",
    "2021-10-12": "charging decisions on breaches are followed month by month.",
    "2022-01-11": "prosecutors and the unit meet once a month on open cases.",
    "2022-04-12": "a second check of flagged cases is agreed for the autumn.",
}


def _reviews() -> Iterator[Step]:
    for day, note in _HELD.items():
        yield reviewed(day, CAUSE, "on_track", note, keep_schedule=True)
    # The cause alone, so that its recommendation is left overdue.
    note = "held a week late, without the owner of 9472, whose own review is still to be held."
    yield reviewed("2022-07-19", CAUSE, "on_track", note, keep_schedule=True, alone=True)


def _progress() -> Iterator[Step]:
    yield noted("2019-04-24", "9472", "for national leads, yet ours: we count its cause and review it.")
    yield rated("2019-07-16", "amber", [CAUSE, "9472"], "the force depends on advice that is not there yet.")
    yield rated("2019-10-15", "red", ["9472"], "the deadline has passed without national advice.")
    yield filed(
        "2020-01-14",
        ["9472"],
        "briefing on breaches of orders",
        name="briefing-on-breaches.txt",
        says="a one-page briefing for officers on what a breach of an order can show.",
        sender=CRIMINAL_JUSTICE,
    )
    yield shared("2020-01-21", "E-0001")
    yield judged("2020-02-04", "E-0001", "partial", "it reaches officers; lawyers have their own training.")
    yield rated("2021-04-13", "amber", ["9472"], "flags are in use in every district.")
    yield noted("2022-08-02", "9472", "the national leads were asked once more when advice can be expected.")
