"""What the selects of several questions share. Loaded only to compile them, never to answer."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, or_, union
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, exists, not_, select

from recreg.domain.models import (
    Board,
    Evidence,
    EvidenceItem,
    Inspection,
    Item,
    Note,
    Person,
    Portfolio,
    Review,
)

parent: Any = aliased(Item, name="parent")
closed_of: Any = aliased(Item, name="closed_of")
agreed_by: Any = aliased(Board, name="agreed_by")


def select_of(*columns: Any) -> Any:
    """A SQLModel select of these columns; its own signatures stop at four."""
    return select(*columns)


def named(filter_name: str) -> Any:
    """A filter that the reader fills in, open in the SQL as ``:name``."""
    return bindparam(filter_name, type_=String)


def among(column: Any, filter_name: str) -> ColumnElement[bool]:
    """True where the filter is left out, or its JSON list holds the column's value."""
    listed = func.json_each(named(filter_name)).table_valued("value", name=f"each_{filter_name}")
    return or_(named(filter_name).is_(None), column.in_(select(listed.c.value)))


def equal_or_any(column: Any, filter_name: str) -> ColumnElement[bool]:
    """True where the filter is left out or is the column's value."""
    return or_(named(filter_name).is_(None), column == named(filter_name))


def item_in_words(*, withdrawn_too: bool = False) -> Any:
    """Every item, those withdrawn left out unless asked for, with the keys of the machine formats."""
    columns: list[Any] = [
        Item.ref, Item.hmicfrs_ref, Item.kind, col(Inspection.code).label("inspection"), Item.number,
        parent.ref.label("parent"), Item.title, Item.text, Item.addressees, Item.ours, Item.waiting_on,
        Item.mandatory, Item.acceptance, Item.deadline_words, Item.deadline_on, Item.deadline_precision,
        Item.target_on, Item.original_target_on, Item.times_deferred, col(Person.name).label("owner"),
        col(Board.name).label("board"), col(Portfolio.name).label("portfolio"), Item.status, Item.rag, Item.rag_why,
        Item.review_every_months, Item.last_review_on, Item.next_review_on, Item.added_on, Item.submitted_on,
        Item.closed_on, Item.closed_as, Item.closed_letter, Item.closed_why, Item.decided_by, Item.approved_by,
        closed_of.ref.label("closed_of"),
    ]  # fmt: skip
    query = select_of(*columns).select_from(Item)
    query = query.outerjoin(Inspection, col(Inspection.id) == Item.inspection_id)
    query = query.outerjoin(parent, parent.id == Item.parent_id)
    query = query.outerjoin(closed_of, closed_of.id == Item.closed_of_id)
    query = with_names(query)
    return query if withdrawn_too else query.where(col(Item.withdrawn_on).is_(None))


def with_names(query: Any) -> Any:
    """The query with the owner, board and portfolio of its items joined on."""
    query = query.outerjoin(Person, col(Person.id) == Item.owner_id)
    query = query.outerjoin(Board, col(Board.id) == Item.board_id)
    return query.outerjoin(Portfolio, col(Portfolio.id) == Item.portfolio_id)


def chosen() -> list[ColumnElement[bool]]:
    """The filters that every list of items takes."""
    return [
        or_(named("closed").is_(None), col(Item.closed_on).is_not(None) == named("closed")),
        equal_or_any(col(Item.ours), "ours"),
        among(col(Item.kind), "kind"),
        among(col(Item.status), "status"),
        among(col(Item.rag), "rag"),
        among(col(Item.owner_id), "owner"),
        among(col(Item.board_id), "board"),
        among(col(Item.portfolio_id), "portfolio"),
        among(col(Item.inspection_id), "inspection"),
        among(col(Item.parent_id), "parent"),
        or_(named("no_update_since").is_(None), not_(updated_since())),
        among(col(Item.id), "holding"),
    ]


def asked_of(*more: Any, ours: int | None = 1) -> Any:
    """Every open item, ours or not or (None) both, with the keys that each answer of `recreg ask` begins with."""
    columns = [
        Item.id, Item.ref, Item.hmicfrs_ref, Item.kind, Item.title, col(Person.name).label("owner"),
        col(Board.name).label("board"), col(Portfolio.name).label("portfolio"), Item.rag, Item.status,
        counts().label("counts"), *more,
    ]  # fmt: skip
    query = with_names(select_of(*columns).select_from(Item)).outerjoin(parent, parent.id == Item.parent_id)
    either = () if ours is None else (col(Item.ours) == ours,)
    return query.where(is_open(), *either, *whose()).order_by(col(Item.id))


def whose() -> tuple[ColumnElement[bool], ...]:
    """The filters by whose the items are."""
    pointers = {"owner": Item.owner_id, "board": Item.board_id, "portfolio": Item.portfolio_id}
    return tuple(among(col(pointer), name) for name, pointer in pointers.items())


def latest(day: Any, *conditions: Any) -> Any:
    """The latest day of what fulfils the conditions, or empty."""
    return select_of(func.coalesce(func.max(day), "")).where(*conditions).scalar_subquery()


def last_evidence() -> Any:
    """When evidence of an item was last received or shared, or empty."""
    hangs = (col(EvidenceItem.item_id) == Item.id, col(EvidenceItem.evidence_id) == Evidence.id)
    received, shared = (latest(day, *hangs) for day in (Evidence.received_on, Evidence.shared_on))
    return func.nullif(func.max(received, shared), "")


def updated_since() -> ColumnElement[bool]:
    """Whether a note, a review or evidence came on or after the day ``:no_update_since``."""
    since = named("no_update_since")
    return or_(
        exists().where(col(Note.item_id) == Item.id, col(Note.noted_on) >= since),
        exists().where(col(Review.item_id) == Item.id, col(Review.held_on) >= since),
        exists().where(
            col(EvidenceItem.item_id) == Item.id,
            col(EvidenceItem.evidence_id) == Evidence.id,
            col(Evidence.received_on) >= since,
        ),
    )


def holding_word() -> Any:
    """The items that ``:word`` stands in: in their texts, their notes, the titles of their evidence and report.

    The long texts are asked for ``:tail`` first, an end of the word that is sooner known not to be there.
    """
    word = named("word")
    return _holding(lambda text: text.like(word), and_(col(Item.text).like(named("tail")), col(Item.text).like(word)))


def holding_spelt() -> Any:
    """The same of a word whose letters and signs have several forms, as a pattern of GLOB.

    GLOB is slow, and asked only where ``:like``, which holds wherever the word does, finds something.
    """
    return _holding(lambda text: and_(text.like(named("like")), text.op("GLOB")(named("word"))))


def _holding(stands_in: Callable[[Any], Any], in_text: Any = None) -> Any:
    """The items in which something stands; ``in_text`` where their long text is asked in a way of its own."""
    short = (stands_in(col(each)) for each in (Item.title, Item.hmicfrs_ref))
    own = or_(*short, stands_in(col(Item.text)) if in_text is None else in_text)
    reports = select_of(Inspection.id).where(stands_in(col(Inspection.title)))
    titled = col(EvidenceItem.evidence_id) == Evidence.id, stands_in(col(Evidence.title))
    return union(
        select_of(Item.id).where(own),
        select_of(Item.id).where(col(Item.inspection_id).in_(reports)),
        select_of(Note.item_id).where(stands_in(col(Note.text))),
        select_of(EvidenceItem.item_id).where(*titled),
    )


def counts() -> ColumnElement[bool]:
    """Whether an item counts in a figure: a part, whose parent is no cause of concern, never does."""
    return or_(col(Item.parent_id).is_(None), parent.kind == "cause_of_concern")


def is_open() -> ColumnElement[bool]:
    """Open, and not withdrawn."""
    return and_(col(Item.closed_on).is_(None), col(Item.withdrawn_on).is_(None))


def counting(pointer: Any, target: Any, *, open_only: bool = True) -> Any:
    """How many items point at a row: open and ours, or all; parts and withdrawn ones never count."""
    condition = and_(is_open(), col(Item.ours) == 1) if open_only else col(Item.withdrawn_on).is_(None)
    query = select_of(func.count()).select_from(Item).outerjoin(parent, parent.id == Item.parent_id)
    return query.where(pointer == target, condition, counts()).scalar_subquery()
