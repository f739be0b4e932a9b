"""How an item stands, what may hang on what, and what is accepted."""

from datetime import date

import pytest

from recreg.domain.lifecycle import (
    mandatory_by_type,
    object_to_parent,
    object_to_target,
    object_unless_in_force_hands,
    object_unless_live,
    settle_acceptance,
)
from recreg.domain.models import Inspection, Item
from recreg.domain.status import status_of
from recreg.domain.vocabulary import Acceptance, InspectionType, Kind, Status
from recreg.errors import Objections, Refused

ADDED = date(2022, 9, 29)
REC, AFI, COC = Kind.RECOMMENDATION, Kind.AREA_FOR_IMPROVEMENT, Kind.CAUSE_OF_CONCERN


def item_of(kind: Kind = REC, number: int | None = None) -> Item:
    """A plain item; a numbered one has been in the register before."""
    ref = f"R-{number:04}" if number else None
    return Item(id=number, ref=ref, kind=kind, title="Victims", added_on=ADDED, review_anchor_on=ADDED)


def objections_to(item: Item, parent: Item, *ancestors: Item) -> list[str]:
    objections = Objections()
    object_to_parent(item, parent, ancestors, objections)
    return objections.sentences


def acceptance_of(item: Item) -> list[str | None]:
    return [item.acceptance, item.acceptance_why, item.acceptance_by]


def test_an_item_is_new_until_it_has_an_owner_and_a_board() -> None:
    item = item_of()
    assert status_of(item) == Status.NEW
    item.owner_id = 1
    assert status_of(item) == Status.NEW
    item.owner_id, item.board_id = None, 1
    assert status_of(item) == Status.NEW


def test_an_item_with_owner_and_board_is_in_progress() -> None:
    item = item_of()
    item.owner_id, item.board_id = 1, 2
    assert status_of(item) == Status.IN_PROGRESS


def test_complete_submitted_and_closed_follow_on_each_other() -> None:
    item = item_of()
    item.owner_id, item.board_id = 1, 2
    item.completed_on = date(2022, 10, 1)
    assert status_of(item) == Status.COMPLETE
    item.submitted_on = date(2022, 10, 2)
    assert status_of(item) == Status.SUBMITTED
    item.closed_on = date(2022, 10, 3)
    assert status_of(item) == Status.CLOSED


def test_an_item_may_be_closed_without_having_been_anything_else() -> None:
    item = item_of()
    item.closed_on = date(2022, 10, 3)
    assert status_of(item) == Status.CLOSED


def test_a_complete_item_stays_complete_without_its_owner() -> None:
    item = item_of()
    item.completed_on = date(2022, 10, 1)
    assert status_of(item) == Status.COMPLETE


def test_a_returned_item_stands_by_its_owner_and_board() -> None:
    item = item_of()
    item.completed_on = item.submitted_on = date(2022, 10, 2)
    item.completed_on = item.submitted_on = None
    assert status_of(item) == Status.NEW
    item.owner_id, item.board_id = 1, 2
    assert status_of(item) == Status.IN_PROGRESS


def test_neither_rating_nor_lateness_changes_where_an_item_stands() -> None:
    item = item_of()
    item.owner_id, item.board_id = 1, 2
    item.deadline_on = item.target_on = item.next_review_on = date(2000, 1, 1)
    assert status_of(item) == Status.IN_PROGRESS


def test_an_act_on_an_open_item_meets_no_objection() -> None:
    objections = Objections()
    object_unless_in_force_hands(item_of(number=1), objections, "deferred")
    objections.settle()
    assert objections.sentences == []


def test_a_withdrawn_item_takes_no_further_act() -> None:
    item, objections = item_of(number=1), Objections()
    item.withdrawn_on = date(2022, 10, 3)
    object_unless_live(item, objections, "rated")
    with pytest.raises(Refused, match="R-0001 was withdrawn on 3 October 2022: it cannot be rated"):
        objections.settle()


def test_a_closed_item_takes_no_further_act() -> None:
    item, objections = item_of(number=1), Objections()
    item.closed_on = date(2022, 10, 3)
    object_unless_live(item, objections, "rated")
    with pytest.raises(Refused, match="R-0001 was closed on 3 October 2022: it cannot be rated"):
        objections.settle()


def test_an_item_with_hmicfrs_is_live_but_not_in_the_forces_hands() -> None:
    item, objections = item_of(number=1), Objections()
    item.submitted_on = date(2022, 10, 3)
    object_unless_live(item, objections, "noted")
    assert objections.sentences == []
    object_unless_in_force_hands(item, objections, "deferred")
    with pytest.raises(Refused, match="with HMICFRS since 3 October 2022: it cannot be deferred"):
        objections.settle()


def test_a_closed_item_that_was_submitted_is_refused_as_closed_alone() -> None:
    item, objections = item_of(number=1), Objections()
    item.submitted_on, item.closed_on = date(2022, 10, 3), date(2022, 12, 1)
    object_unless_in_force_hands(item, objections, "deferred")
    assert objections.sentences == ["R-0001 was closed on 1 December 2022: it cannot be deferred."]


@pytest.mark.parametrize(("kind", "parent"), [(REC, COC), (REC, REC), (AFI, AFI)])
def test_a_cause_contains_recommendations_and_others_parts_of_their_kind(kind: Kind, parent: Kind) -> None:
    assert objections_to(item_of(kind, 2), item_of(parent, 1)) == []
    assert objections_to(item_of(kind), item_of(parent, 1)) == []


def test_a_cause_of_concern_contains_recommendations_only() -> None:
    assert objections_to(item_of(AFI), item_of(COC, 1)) == [
        "R-0001 is a cause of concern, and contains recommendations only."
    ]


@pytest.mark.parametrize("parent", [COC, REC, AFI])
def test_a_cause_of_concern_has_no_parent(parent: Kind) -> None:
    assert objections_to(item_of(COC, 2), item_of(parent, 1)) == [
        "A cause of concern has no parent: it contains recommendations."
    ]


def test_a_part_of_a_recommendation_is_a_recommendation() -> None:
    assert objections_to(item_of(AFI), item_of(REC, 1)) == ["A part of R-0001 is a recommendation as it is."]


def test_a_part_of_an_area_for_improvement_is_an_area_for_improvement() -> None:
    (sentence,) = objections_to(item_of(REC), item_of(AFI, 1))
    assert sentence == "A part of R-0001 is an area for improvement as it is."


def test_an_item_cannot_be_its_own_parent() -> None:
    item = item_of(REC, 1)
    assert objections_to(item, item) == ["R-0001 would be its own ancestor."]


def test_an_item_cannot_hang_on_one_of_its_own_parts() -> None:
    item, part, part_of_it = item_of(REC, 1), item_of(REC, 2), item_of(REC, 3)
    assert objections_to(item, part_of_it, part, item) == ["R-0001 would be its own ancestor."]


def test_a_part_may_have_parts_of_its_own() -> None:
    cause, recommendation, part = item_of(COC, 1), item_of(REC, 2), item_of(REC, 3)
    assert objections_to(part, recommendation, cause) == []


def test_an_item_not_yet_numbered_is_nobodys_ancestor() -> None:
    assert objections_to(item_of(REC), item_of(REC), item_of(REC)) == []


@pytest.mark.parametrize("sort", [sort for sort in InspectionType if sort != InspectionType.SUPER_COMPLAINT])
def test_what_an_inspection_recommends_is_mandatory(sort: InspectionType) -> None:
    assert mandatory_by_type(Inspection(code="A", title="A", type=sort))


def test_what_a_super_complaint_recommends_is_not_mandatory() -> None:
    assert not mandatory_by_type(Inspection(code="A", title="A", type=InspectionType.SUPER_COMPLAINT))


def test_an_item_of_no_inspection_is_mandatory() -> None:
    assert mandatory_by_type(None)


def test_acceptance_is_pending_until_it_is_decided() -> None:
    item = item_of()
    item.mandatory = False
    settle_acceptance(item)
    assert item.acceptance == Acceptance.PENDING


@pytest.mark.parametrize("decided", [each for each in Acceptance if each != Acceptance.PENDING])
def test_a_decided_acceptance_stays_with_its_reason(decided: Acceptance) -> None:
    item = item_of()
    item.mandatory = False
    item.acceptance, item.acceptance_why, item.acceptance_by = decided, "As agreed.", "ACC"
    settle_acceptance(item)
    assert acceptance_of(item) == [decided, "As agreed.", "ACC"]


def test_a_mandatory_item_has_nothing_to_accept() -> None:
    item = item_of()
    item.acceptance, item.acceptance_why, item.acceptance_by = Acceptance.NOT_ACCEPTED, "No funds.", "ACC"
    settle_acceptance(item)
    assert acceptance_of(item) == [None, None, None]


def test_a_target_cannot_lie_before_publication() -> None:
    objections = Objections()
    object_to_target(date(2022, 6, 29), date(2022, 6, 30), objections)
    with pytest.raises(Refused, match="29 June 2022, is before the publication day, 30 June 2022"):
        objections.settle()


@pytest.mark.parametrize("published_on", [date(2022, 6, 30), date(2019, 7, 17), None])
def test_a_target_on_or_after_publication_meets_no_objection(published_on: date | None) -> None:
    objections = Objections()
    object_to_target(date(2022, 6, 30), published_on, objections)
    assert objections.sentences == []
