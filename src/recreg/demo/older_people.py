"""Crimes against older people, 17 July 2019: a cause of concern with 10618 and 9962 under it."""

from collections.abc import Iterator

from recreg.demo.diary import Step, added, aimed, filed, judged, noted, rated, reported, reviewed, shared
from recreg.demo.names import LIAISON_LEAD, PPU, PROTECTION_PORTFOLIO, VULNERABILITY
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields

CODE = "CAOP-2019"
# References follow the order of days: the two items before it are on stalking and harassment.
CAUSE = "R-0003"

_NEEDS = """\
Chief constables have six months to see to it that a ‘victim needs assessment’ is done in each and \
every case – not in most of them."""

_REFERRALS = """\
Chief constables have three months to see to it that no safeguarding referral is missed where one is \
called for; what the steps are, and how to follow them, is for the NPCC to advise."""


def steps() -> Iterator[Step]:
    """The report, its items, and three years of reviews."""
    yield reported(
        "2019-07-22",
        CODE,
        InspectionFields(
            title="Crimes against older people",
            type="joint",
            publishers=["HMICFRS", "HMCPSI"],
            published="2019-07-17",
            summary="Illustrative: the day of the commissioner’s comments is made up.",
            pcc_comments_on="2019-09-09",
        ),
    )
    yield from _items()
    yield from _reviews_of_all()
    yield from _reviews_of_2022()
    yield from _ratings()
    yield from _evidence()


def _items() -> Iterator[Step]:
    yield _logged(Fields(kind="cause_of_concern", title="Crimes against older people"))
    yield _logged(
        Fields(
            kind="recommendation",
            hmicfrs_ref="10618",
            parent=CAUSE,
            title="Victim needs assessments in every case",
            text=_NEEDS,
            deadline="Within six months",
            addressees=["Chief Constables"],
        )
    )
    yield _logged(
        Fields(
            kind="recommendation",
            hmicfrs_ref="9962",
            parent=CAUSE,
            title="Safeguarding referrals, and advice on how they are made",
            text=_REFERRALS,
            deadline="Within three months",
            addressees=["Chief Constables", "NPCC"],
        )
    )


def _logged(typed: Fields) -> Step:
    typed.inspection, typed.portfolio = CODE, PROTECTION_PORTFOLIO
    typed.owner, typed.board = PPU, VULNERABILITY
    return added("2019-07-22", typed)


_HELD = {
    "2019-10-22": "a lead for older victims is named in each district.",
    "2020-07-28": "the April review was not held in the first months of the pandemic; work goes on.",
    "2020-10-27": "the assessment is part of the crime record from this month.",
    "2021-01-26": "new officers are taught the assessment; refresher courses follow.",
    "2021-04-27": "a dip sample of files is agreed for the summer.",
    "2021-07-27": "the dip sample is done; its findings go to the board.",
    "2021-10-26": "referrals are good; assessments lag in two districts.",
    "2022-02-22": "held a month late for want of the owner; a second dip sample is asked for.",
}


def _reviews_of_all() -> Iterator[Step]:
    for day, note in _HELD.items():
        yield reviewed(day, CAUSE, "on_track", note)
    note = "the assessment is done in fewer than half of the files; the owner asks how others do it."
    yield reviewed("2020-01-21", CAUSE, "support_needed", note, met=LIAISON_LEAD)


def _reviews_of_2022() -> Iterator[Step]:
    yield reviewed("2022-05-24", CAUSE, "on_track", "referrals near closure, assessments not.", alone=True)
    note = "the second dip sample is no better than the first; guidance was given on what is looked for."
    yield reviewed("2022-05-24", "10618", "support_needed", note, met=LIAISON_LEAD)
    yield reviewed("2022-05-31", "9962", "on_track", "every district refers; the audit is booked.")
    # On the last day of August: the next one falls due on the last day of November.
    note = "the audit found no missed referral; closure is proposed to the board."
    yield reviewed("2022-08-31", "9962", "propose_closure", note)


def _ratings() -> Iterator[Step]:
    yield rated("2019-10-22", "amber", [CAUSE, "10618", "9962"], "leads are named, nothing is measured yet.")
    yield rated("2020-01-21", "red", [CAUSE, "10618"], "fewer than half of the files have an assessment.")
    yield rated("2020-10-27", "amber", [CAUSE, "10618"], "the crime record now asks for the assessment.")
    yield rated("2022-05-24", "red", ["10618"], "one file in three still has no assessment.")
    yield rated("2022-08-31", "green", ["9962"], "an audit of three months found no missed referral.")
    yield aimed("2022-02-22", "10618", "2022-08-31")
    yield aimed("2022-02-22", "9962", "2022-11-30")


def _evidence() -> Iterator[Step]:
    yield filed(
        "2021-07-28",
        ["10618"],
        "dip sample of files of older victims",
        name="dip-sample-2021.txt",
        says="sixty files of older victims were read; thirty-eight had an assessment.",
        sender=PPU,
    )
    yield shared("2021-08-03", "E-0002")
    yield judged("2021-08-10", "E-0002", "insufficient", "it shows the gap, not that the gap is closed.")
    yield noted("2022-06-20", "10618", "supervisors check the assessment before a file is closed.")
    yield filed(
        "2022-08-31",
        ["9962"],
        "audit of safeguarding referrals",
        name="audit-of-referrals-2022.txt",
        says="every case of older victims from May to July was checked; no referral was missed.",
        sender=PPU,
    )
    yield shared("2022-09-06", "E-0004")
    yield judged("2022-09-13", "E-0004", "sufficient")
