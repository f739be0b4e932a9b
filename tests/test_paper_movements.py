"""Between two final papers everything adds up, whatever was done, dated back, undone and put right."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recreg.domain.vocabulary import Kind, PaperForm
from recreg.paper.drawing import Wanted, drawn, opened, sha256
from recreg.paper.facts import Facts, gathered
from recreg.paper.period import Asked, period
from recreg.questions.account import DoesNotAddUp
from recreg.questions.figures import figures
from recreg.register import Register
from recreg.register.meetings import Final
from recreg.store.file import reading_at
from test_undo import TODAY, Deed, prepared

FIRST, SECOND = TODAY - timedelta(days=20), TODAY
deeds = st.lists(
    st.tuples(st.integers(0, 26), st.integers(0, 60), st.integers(0, 60), st.sampled_from([0, 0, 5, 25, 40])),
    max_size=25,
)


def facts_of(path: Path, meeting: str) -> Facts:
    return gathered(path, period(path, TODAY, Asked(meeting)))


def made_final(path: Path, meeting: str) -> Facts:
    """Draw a meeting's paper and record it."""
    facts = facts_of(path, meeting)
    hashed = sha256(drawn(facts, Wanted(PaperForm.MD, is_final=True), "today"))
    final = Final(facts.period.since, facts.period.until, facts.period.changeset, PaperForm.MD, hashed, opened(facts))
    Register(path, by="Officer", today=TODAY).record_final(meeting, final)
    return facts


def open_at(path: Path, facts: Facts) -> dict[str, int]:
    """What the register's own figures say was open at the end of the paper's period."""
    with reading_at(path, facts.period.now) as db:
        return figures(db).by_kind


def two_papers(empty_register: Path, before: list[Deed], between: list[Deed], after: list[Deed]) -> None:
    """Two final papers with deeds before, between and after; each adds up, and each can be drawn again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        for deed in before:
            officer.does(*deed)
        clerk = Register(path, by="Clerk", today=TODAY)
        clerk.add_meeting("First", str(FIRST))
        first = made_final(path, "First")
        for deed in between:
            officer.does(*deed)
        clerk.add_meeting("Second", str(SECOND))
        second = made_final(path, "Second")
        for deed in after:
            officer.does(*deed)
        assert second.period.since == FIRST + timedelta(days=1)
        assert {s.kind: s.before for s in second.account.statements} == opened(first)
        for facts in (first, second):
            assert all(statement.adds_up for statement in facts.account.statements)
            assert opened(facts) == open_at(path, facts)
            again = facts_of(path, "First" if facts is first else "Second")
            wanted = Wanted(PaperForm.MD, is_final=True)
            assert drawn(again, wanted, "today") == drawn(facts, wanted, "today")
        rows = [*second.account.moved, *second.account.put_right]
        for kind in Kind:
            assert (
                opened(first)[kind] + sum(row["count"] for row in rows if row["kind"] == kind) == opened(second)[kind]
            )


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds, deeds, deeds)
def test_two_papers_add_up_whatever_was_done(
    empty_register: Path, before: list[Deed], between: list[Deed], after: list[Deed]
) -> None:
    two_papers(empty_register, before, between, after)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds, deeds, deeds)
def test_many_pairs_of_papers_add_up(
    empty_register: Path, before: list[Deed], between: list[Deed], after: list[Deed]
) -> None:
    two_papers(empty_register, before, between, after)


def test_a_paper_that_does_not_add_up_is_not_drawn(empty_register: Path, tmp_path: Path) -> None:
    """What cannot fail proves nothing: a recorded figure that is false stops the next paper."""
    path = Path(shutil.copy(empty_register, tmp_path / "register.db"))
    prepared(path)
    clerk = Register(path, by="Clerk", today=TODAY)
    clerk.add_meeting("First", str(FIRST))
    clerk.add_meeting("Second", str(SECOND))
    facts = facts_of(path, "First")
    false = opened(facts) | {Kind.AREA_FOR_IMPROVEMENT: 7}
    clerk.record_final("First", Final(facts.period.since, FIRST, facts.period.changeset, PaperForm.MD, "0" * 64, false))
    with pytest.raises(DoesNotAddUp):
        facts_of(path, "Second")
