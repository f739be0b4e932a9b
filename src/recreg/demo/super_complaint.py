"""The super-complaint on police perpetrated domestic abuse, 30 June 2022: three recommendations.

They do not bind as others do, and are accepted. The third goes to three bodies, so it is split into
parts; those of the commissioners and of the ministry are not ours.
"""

from collections.abc import Iterator

from recreg.demo import super_complaint_words as words
from recreg.demo.diary import (
    MARK,
    Step,
    added,
    assigned,
    filed,
    linked,
    noted,
    rated,
    reported,
    reviewed,
    shared,
    step,
)
from recreg.demo.names import INTEGRITY, LIAISON_LEAD, PPU, STANDARDS, STANDARDS_LEAD, STANDARDS_PORTFOLIO
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields

CODE = "PPDA-2022"
# References follow the order of days: five items of 2019 come before these.
AUDIT, INVESTIGATE, SUPPORT = "R-0006", "R-0007", "R-0008"
REVIEW_SUPPORT, UPDATES, INFORMATION = "R-0011", "R-0012", "R-0013"

_LOGGED = "2022-07-04"
_BODIES = ["Police and Crime Commissioners", "Ministry of Justice", "Chief Constables"]


def steps() -> Iterator[Step]:
    """The report, its recommendations and parts, and a first summer of work."""
    yield reported(
        _LOGGED,
        CODE,
        InspectionFields(
            title="Police perpetrated domestic abuse: report on a super-complaint",
            type="super_complaint",
            publishers=["HMICFRS", "College of Policing", "IOPC"],
            published="2022-06-30",
            our_part="data_return",
            summary=words.SUMMARY,
        ),
    )
    yield from _recommendations()
    yield from _parts()
    yield from _answered()
    yield from _progress()


def _recommendations() -> Iterator[Step]:
    yield _recommended(
        "1",
        "Audit of PPDA cases, and a letter on what follows from it",
        words.AUDIT,
        Fields(deadline="within six months", target="2022-12-02", review_every=1),
    )
    yield _recommended(
        "2",
        "Investigators with no link to anyone in the case",
        words.INVESTIGATE,
        Fields(target="2023-01-31", review_every=2),
    )
    yield _recommended(
        "3", "Support and guidance that fit victims of PPDA", words.SUPPORT_WHOLE, Fields(addressees=_BODIES)
    )


def _recommended(number: str, title: str, text: str, more: Fields) -> Step:
    more.kind, more.inspection, more.portfolio = "recommendation", CODE, STANDARDS_PORTFOLIO
    more.number, more.title, more.text = number, title, text
    more.addressees = more.addressees or ["Chief Constables"]
    return added(_LOGGED, more)


def _parts() -> Iterator[Step]:
    yield _part(
        1,
        "Commissioners: local services and PPDA",
        words.COMMISSIONERS,
        Fields(addressees=_BODIES[:1], ours=False, why="The commissioner answers for local services."),
    )
    yield _part(
        2,
        "Ministry of Justice: guidance for IDVAs",
        words.MINISTRY,
        Fields(addressees=_BODIES[1:2], ours=False, why="For the ministry: the guidance is its own."),
    )
    yield _part(3, "Support for victims reviewed", words.REVIEW_SUPPORT, Fields(target="2022-09-16"))
    yield _part(4, "Case updates, and one point of contact", words.UPDATES, Fields(target="2022-12-16"))
    yield _part(5, "Information on reporting and on help", words.INFORMATION, Fields(target="2022-11-18"))


def _part(bullet: int, title: str, text: str, more: Fields) -> Step:
    more.parent = SUPPORT
    return _recommended(f"3, bullet {bullet}", title, text, more)


def _answered() -> Iterator[Step]:
    standing_with_us = [AUDIT, INVESTIGATE, SUPPORT, REVIEW_SUPPORT, UPDATES, INFORMATION]
    yield assigned("2022-07-11", standing_with_us, owner=STANDARDS, board=INTEGRITY)
    yield assigned("2022-07-11", [REVIEW_SUPPORT, INFORMATION], owner=PPU)
    why = f"{MARK}agreed at the board, although the force is not bound."
    yield step(
        "2022-07-18",
        lambda register: register.accept(standing_with_us, why=why, decided_by=STANDARDS_LEAD),
    )


def _progress() -> Iterator[Step]:
    yield rated("2022-07-18", "amber", [AUDIT, SUPPORT], "the work is planned and people are found for it.")
    yield rated("2022-07-18", "green", [INVESTIGATE], "a plan is there already and needs little change.")
    yield reviewed("2022-08-04", AUDIT, "on_track", "the cases to be audited are listed.")
    yield filed(
        "2022-08-09",
        [AUDIT],
        "terms of reference of the audit",
        name="audit-terms.txt",
        says="which cases are audited, by whom, and what is asked of each.",
        sender=STANDARDS,
    )
    yield shared("2022-08-16", "E-0003")
    yield noted("2022-08-23", INVESTIGATE, "the plan was sent to a neighbouring force for an outside view.")
    note = "two auditors were called away; help with finding others was talked over."
    yield reviewed("2022-09-05", AUDIT, "support_needed", note, met=LIAISON_LEAD)
    yield reviewed("2022-09-13", REVIEW_SUPPORT, "escalate", "the staff associations have not answered yet.")
    yield rated("2022-09-13", "red", [REVIEW_SUPPORT], "its target passes without the answers it rests on.")
    yield linked(
        "2022-09-20",
        [AUDIT, UPDATES],
        "list of audited cases",
        link="https://records.force.example/ppda-audit",
        sender=STANDARDS,
    )
