"""Whom a recommendation addresses: the bodies of which its words say that they should do something."""

import re

#: The bodies that HMICFRS addresses: how each is written, its short form among them.
_BODIES = (
    r"[Cc]hief [Cc]onstables?|\bCCs\b",
    r"[Pp]olice(?:, [Ff]ire)? (?:and|&) [Cc]rime [Cc]ommissioners?|PCCs?\b",
    r"[Dd]eputy [Mm]ayors?|[Mm]ayors?",
    r"College of Policing|(?<=the )College\b",
    r"National Police Chiefs[’']? Council|NPCC\b",
    r"Crown Prosecution Service|CPS\b",
    r"Home Office|Home Secretary",
    r"Ministry of Justice|MoJ\b|MOJ\b",
    r"Independent Office for Police Conduct|IOPC\b",
    r"National Crime Agency|NCA\b",
    r"HM Courts (?:and|&) Tribunals Service|HMCTS\b",
    r"HM Prison (?:and|&) Probation Service|HMPPS\b",
    r"[Pp]olicing [Mm]inister|[Tt]he [Gg]overnment",
    r"(?:[Aa]ll )?(?:[Pp]olice )?[Ff]orces",
    r"[Tt]he [Ff]orce\b",
    r"(?:[A-Z]\w+ ){1,4}(?:Police|Constabulary)\b",
)
_BODY = "|".join(_BODIES)
_NAMED = rf"(?:{_BODY})(?:\s*\([^()]{{1,40}}\))?(?:[’']s)?(?:\s+leads?)?"
_AND = r"\s*,\s*(?:and\s+)?|\s+(?:and|&|or|with|working with|in consultation with|together with)\s+"
_SUBJECT = re.compile(
    rf"(?P<who>(?:{_NAMED})(?:(?:{_AND})(?:[Tt]he\s+|all\s+)?(?:{_NAMED}))*)"
    r"(?:,?\s+(?![.;:])[a-z’']+){0,5}?,?\s+(?:should|must|needs?\s+to)\b"
)


def addressees(text: str) -> list[str]:
    """The bodies that the text says should do something, each once, as they are first written."""
    found: dict[int, str] = {}
    for subject in _SUBJECT.finditer(" ".join(text.split())):
        for named in re.finditer(_BODY, re.sub(r"\([^()]*\)", "", subject["who"])):
            found.setdefault(_which(named[0]), re.sub(r"^[Aa]ll ", "", named[0]))
    return list(found.values())


def _which(name: str) -> int:
    return next(place for place, body in enumerate(_BODIES) if re.search(body, f"the {name}"))
