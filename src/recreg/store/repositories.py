"""One repository per noun, read as speech: ``items.get("10618")``, ``people.called("Head of PPU")``."""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection as Driver
from typing import ClassVar, Generic, TypeVar

from sqlmodel import Session, col, select

from recreg.domain.models import (
    Board,
    Evidence,
    EvidenceItem,
    ImportFile,
    Inspection,
    Item,
    Link,
    Meeting,
    Note,
    Person,
    Portfolio,
    RagKey,
    Review,
    Row,
)
from recreg.domain.text import name_key
from recreg.domain.vocabulary import Rag, Relation
from recreg.errors import NotFound
from recreg.store import references
from recreg.store.engine import driver

Kept = TypeVar("Kept", bound=Row)
Named = TypeVar("Named", Person, Board, Portfolio)


class Repository(Generic[Kept]):
    """The rows of one noun."""

    row: type[Kept]

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def db(self) -> Driver:
        """The plain connection, within the same transaction."""
        return driver(self.session.connection())

    def add(self, row: Kept) -> Kept:
        """Take the row in; its number is known from here on."""
        self.session.add(row)
        self.session.flush()
        return row

    def by_id(self, number: int) -> Kept:
        """The row of that number, which is known to be there."""
        return self.session.get_one(self.row, number)

    def all(self) -> list[Kept]:
        """Every row, in the order they came."""
        return list(self.session.exec(select(self.row).order_by(col(self.row.id))))


class Items(Repository[Item]):
    """The items."""

    row = Item

    def get(self, ref: str) -> Item:
        """The item of that R- reference or HMICFRS number; raises `NotFound`, also where it means several."""
        return self.by_id(references.item_meant(self.db, ref).id)

    def get_all(self, refs: Iterable[str]) -> list[Item]:
        """The items of these references, each once; raises `NotFound` naming every one that is not there."""
        found: dict[int, Item] = {}
        missing: list[NotFound] = []
        for ref in refs:
            try:
                item = self.get(ref)
                found[item.known_id] = item
            except NotFound as error:
                missing.append(error)
        if missing:
            hints = dict.fromkeys(e.hint for e in missing if e.hint)
            raise NotFound([s for e in missing for s in e.sentences], "\n".join(hints))
        return list(found.values())

    def children(self, item: Item) -> list[Item]:
        """What a cause contains, or the parts of another item; withdrawn ones left out."""
        query = select(Item).where(Item.parent_id == item.id, col(Item.withdrawn_on).is_(None))
        return list(self.session.exec(query.order_by(col(Item.id))))

    def ancestors(self, item: Item) -> Iterator[Item]:
        """Its parent, the parent's parent, and so on."""
        seen = {item.id}
        while item.parent_id and item.parent_id not in seen:
            seen.add(item.parent_id)
            item = self.by_id(item.parent_id)
            yield item

    def of_inspection(self, inspection: Inspection) -> list[Item]:
        """Every item of an inspection's report, closed and withdrawn ones among them."""
        query = select(Item).where(Item.inspection_id == inspection.id)
        return list(self.session.exec(query.order_by(col(Item.id))))

    def of_owner(self, person: Person) -> list[Item]:
        """Every item that a person owns, closed and withdrawn ones among them."""
        query = select(Item).where(Item.owner_id == person.id)
        return list(self.session.exec(query.order_by(col(Item.id))))

    def holders_of(self, hmicfrs_ref: str) -> list[Item]:
        """Every item of that HMICFRS number, in any case."""
        query = select(Item).where(Item.hmicfrs_ref == hmicfrs_ref, col(Item.withdrawn_on).is_(None))
        return list(self.session.exec(query))

    def numbered(self, item: Item) -> Item | None:
        """Another item in the very place of this one in its report: kind, parent and number."""
        query = select(Item).where(
            Item.inspection_id == item.inspection_id,
            Item.number == item.number,
            Item.kind == item.kind,
            col(Item.parent_id).is_not_distinct_from(item.parent_id),
            Item.id != (item.id or 0),
            col(Item.withdrawn_on).is_(None),
        )
        return self.session.exec(query).first()


class Inspections(Repository[Inspection]):
    """The inspections and their reports."""

    row = Inspection

    def get(self, code: str) -> Inspection:
        """The inspection of that code; raises `NotFound` with the nearest."""
        return self.by_id(references.inspection_meant(self.db, code))

    def has(self, code: str) -> bool:
        """Whether that code is taken, in any case."""
        return self.session.exec(select(Inspection).where(Inspection.code == code)).first() is not None


class Names(Repository[Named]):
    """People, boards and portfolios: nobody is ever deleted, and one name is one of them."""

    noun: ClassVar[str]

    def get(self, name: str) -> Named:
        """The one of that name, whatever its case and spaces; raises `NotFound` with the nearest."""
        return self.by_id(references.name_meant(self.db, self.noun, name)[0])

    def has(self, name: str) -> bool:
        """Whether that name is known."""
        return name_key(name) in references.names(self.db, self.noun)

    def new(self, name: str, *, sure: bool) -> Named:
        """Take on a new name; raises `Refused` where it is much like a known one, unless ``sure``."""
        if not sure:
            references.refuse_a_slip(self.db, self.noun, name)
        return self.add(self.row(name=name, name_key=name_key(name)))

    def refuse_a_slip(self, name: str, *, apart_from: Named) -> None:
        """Raise `Refused` where a new name is much like a known one other than the row itself."""
        references.refuse_a_slip(self.db, self.noun, name, apart_from=apart_from.known_id)


class People(Names[Person]):
    """The owners and leads."""

    row, noun = Person, "person"


class Boards(Names[Board]):
    """The governance boards."""

    row, noun = Board, "board"


class Portfolios(Names[Portfolio]):
    """The portfolios."""

    row, noun = Portfolio, "portfolio"


class Meetings(Repository[Meeting]):
    """The audit committee's meetings."""

    row = Meeting

    def get(self, name: str) -> Meeting:
        """The meeting of that name; raises `NotFound` with the nearest."""
        return self.by_id(references.name_meant(self.db, "meeting", name)[0])


class Key(Repository[RagKey]):
    """What each colour means in this force."""

    row = RagKey

    def of(self, colour: Rag) -> RagKey | None:
        """The colour's words, where the force has defined it."""
        return self.session.exec(select(RagKey).where(RagKey.colour == colour)).first()


class Links(Repository[Link]):
    """What items have to do with each other."""

    row = Link

    def between(self, item: Item, relation: Relation, other: Item) -> Link | None:
        """The very link, where it is there."""
        wanted = (Link.item_id == item.id, Link.relation == relation, Link.other_id == other.id)
        return self.session.exec(select(Link).where(*wanted)).first()


class Imports(Repository[ImportFile]):
    """The files that were imported."""

    row = ImportFile

    def of(self, sha256: str, what: str) -> ImportFile | None:
        """The last import of a file of that content, where it stands."""
        query = select(ImportFile).where(ImportFile.sha256 == sha256, ImportFile.what == what)
        return self.session.exec(query.order_by(col(ImportFile.id).desc())).first()


class Reviews(Repository[Review]):
    """The three-month reviews that were held."""

    row = Review

    def of(self, item_id: int) -> list[Review]:
        """The reviews of an item, earliest first."""
        query = select(Review).where(Review.item_id == item_id)
        return list(self.session.exec(query.order_by(col(Review.held_on), col(Review.id))))


class Notes(Repository[Note]):
    """The owners' dated updates."""

    row = Note

    def of(self, item_id: int) -> list[Note]:
        """The notes on an item, in the order they came."""
        return list(self.session.exec(select(Note).where(Note.item_id == item_id).order_by(col(Note.id))))


class Files(Repository[Evidence]):
    """The evidence, and which item each piece stands for."""

    row = Evidence

    def get(self, ref: str) -> Evidence:
        """The piece of evidence E-0001; raises `NotFound`."""
        return self.by_id(references.row_meant(self.db, ref, "evidence")[1])

    def stand_for(self, evidence: Evidence, items: Iterable[Item]) -> None:
        """Let a piece of evidence stand for these items."""
        for item in items:
            self.session.add(EvidenceItem(evidence_id=evidence.known_id, item_id=item.known_id))

    def links(self, item_id: int) -> list[EvidenceItem]:
        """What ties evidence to an item."""
        return list(self.session.exec(select(EvidenceItem).where(EvidenceItem.item_id == item_id)))

    def of(self, item_id: int) -> list[Evidence]:
        """The evidence that stands for an item."""
        joined = select(Evidence).join(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
        return list(self.session.exec(joined.where(EvidenceItem.item_id == item_id).order_by(col(Evidence.id))))
