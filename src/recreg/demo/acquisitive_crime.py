"""“Finding time for crime”, 11 August 2022: two recommendations to all forces, by March 2023."""

from collections.abc import Iterator

from recreg.demo.diary import Step, added, assigned, noted, rated, reported
from recreg.demo.names import CONTACT, CRIME, CRIME_PORTFOLIO, INVESTIGATIONS
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields

CODE = "SAC-2022"
# References follow the order of days: five items of 2019 and the super-complaint's eight come before.
SCENES, SUPERVISION = "R-0014", "R-0015"

_LOGGED = "2022-08-18"

_SUMMARY = """\
How forces respond to serious acquisitive crime (‘SAC’): burglary of homes, robbery of persons, theft \
from persons, and theft of and from vehicles. Too few cases end in justice – many are closed with no \
suspect found, and charges have become much rarer. Victims may carry the harm for long, in fear or in \
debt. Where an offender is brought to court, something has to change in their lives, or the offending \
goes on: drugs are often behind it. The report asks what works, what has to change and what stands in \
the way."""

_SCENES = """\
By March 2023, what forces do at the scene of serious acquisitive crime follows the ‘APP’ on managing \
investigations – or they say why it does not. Part of it is:
• advice to victims that comes at once, in the first call, and is right for them; and
• an assessment of risk (‘THRIVE’, for one) that is written down plainly, with repeat victims marked \
out for more support."""

_SUPERVISION = """\
By March 2023, somebody directs and supervises each investigation of serious acquisitive crime, and \
does it well. What counts is that:
• supervisors know how, and have the time – supervision that ‘means something’;
• investigations are up to standard and end well, with what the victim thinks and wants among the \
reasons;
• codes of investigation are used as they should be; and
• the “Victims’ Code” is kept to, and the record shows it."""


def steps() -> Iterator[Step]:
    """The report, its two recommendations, and their first weeks."""
    yield reported(
        "2022-08-18",
        CODE,
        InspectionFields(
            title="Finding time for crime: the police response to serious acquisitive crime",
            type="spotlight",
            publishers=["HMICFRS"],
            published="2022-08-11",
            our_part="data_return",
            summary=_SUMMARY,
        ),
    )
    yield _recommended("1", "Crime scenes handled by the APP, or reasons given", _SCENES)
    yield _recommended("2", "Investigations supervised and directed", _SUPERVISION)
    yield assigned("2022-08-30", [SCENES], owner=CONTACT, board=CRIME)
    # No board yet, so this one is still new and unrated.
    yield assigned("2022-08-30", [SUPERVISION], owner=INVESTIGATIONS)
    yield rated("2022-09-06", "amber", [SCENES], "first calls go well; scenes were not looked at.")
    yield noted("2022-09-20", SUPERVISION, "which board takes this on is asked of the chief officers.")


def _recommended(number: str, title: str, text: str) -> Step:
    return added(
        _LOGGED,
        Fields(
            kind="recommendation",
            inspection=CODE,
            number=number,
            title=title,
            text=text,
            deadline="By March 2023",
            target="2023-02-28",
            addressees=["All forces"],
            portfolio=CRIME_PORTFOLIO,
        ),
    )
