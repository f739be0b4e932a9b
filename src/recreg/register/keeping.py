"""Acts on the force's own arrangements: its RAG key, names that change, owners who leave."""

from recreg.domain.models import Item, RagKey
from recreg.domain.status import status_of
from recreg.domain.text import clean_line, name_key
from recreg.domain.vocabulary import Rag, Status, word
from recreg.errors import Mistyped, Refused
from recreg.register.acts import Acts, Done, taken_on, titled
from recreg.store.repositories import Named, Names
from recreg.store.visit import Visit


class KeepingActs(Acts):
    """Nobody is ever deleted: a name may change, and what somebody owned may be another's."""

    def define(self, colour: str, words: str) -> Done:
        """Say what a colour means in this force; blue and white may be given once they are defined."""
        rag, meaning = word(Rag, colour, "RAG rating"), clean_line(words, "meaning")
        with self.visit("key") as visit:
            known = visit.key.of(rag)
            if known is None:
                visit.key.add(RagKey(colour=rag, words=meaning))
            else:
                known.words = meaning
            visit.say(f"{rag}: {meaning}")
        return self.done(visit)

    def reassign(self, old: str, new: str, *, sure: bool = False) -> Done:
        """Give every open item of one owner to another, in one act; no date is reset."""
        with self.visit("reassign") as visit:
            leaving = visit.people.get(old)
            if visit.people.has(new) and visit.people.get(new).id == leaving.id:
                raise Mistyped(f"{old} and {new} are one person.", "recreg reassign OLD NEW")
            theirs = [item for item in visit.items.of_owner(leaving) if _is_open(item)]
            if not theirs:
                visit.say(f"0 items: “{leaving.name}” owns no open item, so there is nothing to reassign.")
                return self.done(visit)
            following = taken_on(visit, visit.people, new, sure=sure)
            for item in theirs:
                item.owner_id = following.id
                visit.say(f"{titled(item)}: {leaving.name} → {following.name}.")
        return self.done(visit)

    def rename_person(self, old: str, new: str, *, sure: bool = False) -> Done:
        """Call a person otherwise, in every list from today."""
        with self.visit("person rename") as visit:
            _rename(visit, visit.people, old, new, sure=sure)
        return self.done(visit)

    def rename_board(self, old: str, new: str, *, sure: bool = False) -> Done:
        """Call a board otherwise, in every list from today."""
        with self.visit("board rename") as visit:
            _rename(visit, visit.boards, old, new, sure=sure)
        return self.done(visit)

    def rename_portfolio(self, old: str, new: str, *, sure: bool = False) -> Done:
        """Call a portfolio otherwise, in every list from today."""
        with self.visit("portfolio rename") as visit:
            _rename(visit, visit.portfolios, old, new, sure=sure)
        return self.done(visit)


def _is_open(item: Item) -> bool:
    return status_of(item) != Status.CLOSED and not item.withdrawn_on


def _rename(visit: Visit, names: Names[Named], old: str, new: str, *, sure: bool) -> None:
    row, name = names.get(old), clean_line(new, names.noun)
    if names.has(name) and names.get(name).id != row.id:
        raise Refused(f"There is a {names.noun} “{names.get(name).name}” already.", "Give another name.")
    if not names.has(name) and not sure:
        names.refuse_a_slip(name, apart_from=row)
    visit.say(f"The {names.noun} “{row.name}” is “{name}” from here on.")
    row.name, row.name_key = name, name_key(name)
