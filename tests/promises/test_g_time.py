"""What falls due is due on the right day, whatever zone the machine is in."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conftest import Said, Typed, run, type_all
from promising import promise
from recreg.domain.dates import today_in_london

ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/New_York"]
ASKED = [["overdue", "--as-of", "2022-07-01", "--clock", "all"], ["list", "--as-of", "2022-06-30"], ["agenda", "--until", "2022-12-31"],
         ["calendar"], ["log", "-f", "json"], ["history", "R-0001", "-f", "json"], ["paper", "--to", "today"]]  # fmt: skip


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Items whose reviews, targets and deadlines fall due around the end of June."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made") / "register.db"))
    return type_all(path, (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "2021-12-31"],
        *(["add", "--kind", "rec", "--title", f"of {day}", "--inspection", "OLD-1", "--deadline", "within six months",
           "--target", f"2022-{day}", "--on", "2022-03-30", "--owner", "Head of PPU"] for day in ("06-29", "06-30", "07-01")),
    ))  # fmt: skip


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A machine that can be moved into another zone."""
    with monkeypatch.context() as surroundings:
        yield surroundings
    time.tzset()


def answers(recreg: Typed, register: Path, zone: str, surroundings: pytest.MonkeyPatch) -> list[Said]:
    """What is answered there."""
    surroundings.setenv("TZ", zone)
    time.tzset()
    return [recreg("--register", register, *asked) for asked in ASKED]


@promise("G2")
def test_g2_the_answer_is_the_same_in_every_zone(recreg: Typed, made: Path, in_zone: pytest.MonkeyPatch) -> None:
    first, *others = (answers(recreg, made, zone, in_zone) for zone in ZONES)
    assert [said.code for said in first] == [0] * len(ASKED)
    assert first[0].out.count("\n") > 3
    assert others == [first] * len(others)


@promise("G2")
@pytest.mark.parametrize("zone", ZONES[1:3])
def test_g2_today_is_londons_day_at_every_hour_of_a_year(zone: str, in_zone: pytest.MonkeyPatch) -> None:
    """London is an hour ahead of UTC from the last Sunday of March to the last of October, at one o'clock in UTC."""
    in_zone.setenv("TZ", zone)
    time.tzset()
    begins, ends = datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)
    hours = [datetime(2024, 1, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hour) for hour in range(366 * 24)]
    wrong = [
        moment
        for moment in hours
        if today_in_london(moment) != (moment + timedelta(hours=begins <= moment < ends)).date()
        or today_in_london(moment.astimezone()) != today_in_london(moment)
    ]
    assert wrong == []
    assert sum(today_in_london(moment) != moment.date() for moment in hours) == 210


@promise("G2")
def test_g2_a_day_that_is_not_given_is_londons_and_not_the_machines(made: Path) -> None:
    told = {run("--register", made, "overdue", "--always", TZ=zone, RECREG_TODAY="").out for zone in ZONES[1:3]}
    before, after = (datetime.now(UTC) + timedelta(hours=hours) for hours in (0, 1))
    assert len(told) == 1 or today_in_london(before) != today_in_london(after), told


def test_a_clock_that_follows_the_machine_would_be_noticed(
    recreg: Typed, made: Path, in_zone: pytest.MonkeyPatch
) -> None:
    in_zone.delenv("RECREG_TODAY")
    in_zone.setattr("recreg.cli.settings.real_today", lambda: datetime.now().date())  # noqa: DTZ005 - as it must not be
    assert answers(recreg, made, ZONES[1], in_zone) != answers(recreg, made, ZONES[2], in_zone)
