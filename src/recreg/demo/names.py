"""Who answers for what in the demo: roles only, and made up."""

from collections.abc import Iterator

from recreg.demo.diary import Step, step
from recreg.register import Done, Register

PPU = "Head of PPU"
INVESTIGATIONS = "Head of Investigations"
CRIMINAL_JUSTICE = "Head of Criminal Justice"
STANDARDS = "Head of Professional Standards"
CONTACT = "Head of Force Contact"
CRIME_LEAD = "Chief Officer for Crime"
STANDARDS_LEAD = "Chief Officer for Standards"

#: The paper's own role: with whom evidence is shared, and who meets an owner in need of support.
LIAISON_LEAD = "HMICFRS Force Liaison Lead"

VULNERABILITY = "Vulnerability Board"
CRIME = "Investigations Board"
INTEGRITY = "Integrity Board"

PROTECTION_PORTFOLIO = "Public Protection"
CRIME_PORTFOLIO = "Crime"
STANDARDS_PORTFOLIO = "Professional Standards"

_DAY = "2019-04-12"
_OWNERS = (PPU, INVESTIGATIONS, CRIMINAL_JUSTICE, STANDARDS, CONTACT)
_LEADS = (CRIME_LEAD, STANDARDS_LEAD)
_BOARDS = {VULNERABILITY: CRIME_LEAD, CRIME: CRIME_LEAD, INTEGRITY: STANDARDS_LEAD}
_PORTFOLIOS = {PROTECTION_PORTFOLIO: PPU, CRIME_PORTFOLIO: INVESTIGATIONS, STANDARDS_PORTFOLIO: STANDARDS}


def steps() -> Iterator[Step]:
    """The names, taken on before anything rests on them."""
    yield from (_person(name, "Recommendation owner") for name in _OWNERS)
    yield from (_person(name, "Portfolio lead") for name in _LEADS)
    yield from (_board(name, lead) for name, lead in _BOARDS.items())
    yield from (_portfolio(name, lead) for name, lead in _PORTFOLIOS.items())


def _person(name: str, role: str) -> Step:
    email = f"{name.lower().replace(' ', '.')}@force.example"
    return step(_DAY, lambda register: register.add_person(name, role=role, email=email))


def _board(name: str, lead: str) -> Step:
    def act(register: Register) -> Done:
        return register.add_board(name, lead=lead)

    return step(_DAY, act)


def _portfolio(name: str, lead: str) -> Step:
    def act(register: Register) -> Done:
        return register.add_portfolio(name, lead=lead)

    return step(_DAY, act)
