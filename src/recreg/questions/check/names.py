"""Two names that are likely one person, board or portfolio.

Nobody is ever deleted, so a name counts only while it is in use: somebody owns, holds or leads
something open under it.
"""

from collections.abc import Iterator
from typing import Any

from recreg.domain.likeness import alike_names
from recreg.domain.text import shell_word
from recreg.questions import answer
from recreg.questions.check.finding import Asked, Finding

_LISTED = 8


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files: each noun's names with the open items of each."""
    from sqlalchemy import func, literal
    from sqlmodel import and_, col

    from recreg.domain.models import Board, Item, Person, Portfolio
    from recreg.questions.selects import is_open, select_of

    def used(noun: Any, pointer: Any, *more: Any) -> Any:
        items = (func.count(col(Item.id)).label("items"), func.group_concat(Item.ref, " ").label("refs"))
        query = select_of(noun.name, *items, *more).outerjoin(Item, and_(pointer == noun.id, is_open()))
        return query.group_by(noun.id).order_by(noun.id)

    def led(body: Any) -> Any:
        return select_of(func.min(body.name)).where(body.lead_id == Person.id).scalar_subquery()

    nothing = (literal(None).label("leads_board"), literal(None).label("leads_portfolio"))
    leads = (led(Board).label("leads_board"), led(Portfolio).label("leads_portfolio"))
    return {
        "used_person": used(Person, col(Item.owner_id), *leads),
        "used_board": used(Board, col(Item.board_id), *nothing),
        "used_portfolio": used(Portfolio, col(Item.portfolio_id), *nothing),
    }


def alike(asked: Asked) -> Iterator[Finding]:
    """RR112: one may be a slip for the other."""
    for noun in ("person", "board", "portfolio"):
        rows = answer(asked.db, f"check/used_{noun}")
        used = {row["name"]: row for row in rows if row["items"] or row["leads_board"] or row["leads_portfolio"]}
        for first, second in alike_names(used):
            more, less = sorted((first, second), key=lambda name: -used[name]["items"])
            said = f"The {noun} “{less}” is much like the {noun} “{more}”, and both are in use."
            cure = _merged(noun, used[less], more)
            yield {"ref": None, "hmicfrs_ref": None, "message": said, "cure": cure}


def _merged(noun: str, less: dict[str, Any], more: str) -> str:
    """What leaves nothing under the name that is less in use."""
    if noun == "person" and less["items"]:
        return f"recreg reassign {shell_word(less['name'])} {shell_word(more)}"
    for led in ("board", "portfolio"):
        if less[f"leads_{led}"]:
            return f"recreg {led} edit {shell_word(less[f'leads_{led}'])} --lead {shell_word(more)}"
    refs = less["refs"].split()
    listed = " ".join(refs[:_LISTED]) + (" …" if len(refs) > _LISTED else "")
    return f"recreg assign {listed} --{noun} {shell_word(more)}"
