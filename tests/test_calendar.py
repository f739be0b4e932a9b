"""What is due in other people's calendars: each event once, on its own day, moved when the day moves."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from conftest import INSTALLED, TODAY, Said, Typed, run
from recreg import cli

Entry = dict[str, str]


def read(content: bytes) -> tuple[Entry, list[Entry]]:
    """The calendar's own properties and its events, by a reader that shares no code with the one that wrote them."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    stack: list[Entry] = [{}]
    events: list[Entry] = []
    for line in content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        name, value = re.split(r"(?:;[^:]*)?:", line, maxsplit=1)
        if name == "BEGIN":
            stack.append({})
        elif name == "END":
            ended = stack.pop()
            if value == "VEVENT":
                events.append(ended)
            else:
                stack.append(ended)
        else:
            assert name not in stack[-1], f"{name} twice"
            stack[-1][name] = re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)
    return stack[-1], events


def on(event: Entry) -> date:
    """The day of an event, which is a whole day and that one alone."""
    first, last = (datetime.strptime(event[key], "%Y%m%d").date() for key in ("DTSTART", "DTEND"))  # noqa: DTZ007
    assert last - first == timedelta(days=1)
    return first


class Reader:
    """A calendar program that knows an event again by its UID, and takes the newest of it."""

    def __init__(self) -> None:
        self.kept: dict[str, Entry] = {}

    def take(self, content: bytes) -> None:
        """Import a file."""
        for event in read(content)[1]:
            known = self.kept.get(event["UID"])
            if known is None or int(event["SEQUENCE"]) >= int(known["SEQUENCE"]):
                self.kept[event["UID"]] = event

    def shown(self) -> list[str]:
        """What it shows: a day and a line each."""
        live = [event for event in self.kept.values() if event["STATUS"] == "CONFIRMED"]
        return sorted(f"{on(event)} {event['SUMMARY']}" for event in live)


@pytest.fixture(scope="module")
def built(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, four items: one with every clock, one of another owner, one with HMICFRS, one closed."""
    file = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("calendar") / "register.db"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RECREG_TODAY", TODAY)
        patched.setenv("RECREG_BY", "Liaison Officer")
        for words in BUILT:
            assert cli.run(["--register", str(file), *words]) == 0, words
    return file


@pytest.fixture
def kept(built: Path, path: Path) -> Path:
    """A copy of it to type at."""
    return Path(shutil.copy(built, path))


BUILT = [
    ["inspection", "add", "SAC", "--title", "Finding time for crime", "--type", "spotlight",
     "--published", "11/08/2022"],
    ["inspection", "add", "OLD", "--title", "The poor relation", "--type", "super-complaint",
     "--published", "17/07/2019"],
    ["add", "--kind", "rec", "--title", "Victim needs assessments", "--hmicfrs-ref", "10618", "--inspection", "OLD",
     "--number", "1", "--deadline", "within six months", "--target", "30/11/2022", "--owner", "Head of PPU",
     "--board", "Vulnerability Board", "--portfolio", "Protecting"],
    ["add", "--kind", "rec", "--title", "Crime scenes", "--inspection", "SAC", "--number", "1",
     "--deadline", "By March 2023", "--owner", "Head of Crime", "--board", "Crime Board"],
    ["add", "--kind", "afi", "--title", "Sent", "--inspection", "OLD", "--number", "2", "--owner", "Head of PPU",
     "--deadline", "with immediate effect", "--board", "Vulnerability Board"],
    ["add", "--kind", "afi", "--title", "Done with", "--target", "01/12/2022", "--owner", "Head of PPU",
     "--board", "Vulnerability Board"],
    ["evidence", "add", "--link", "https://force.example/plan", "--title", "Plan", "--for", "R-0001", "--for", "R-0002",
     "--for", "R-0003"],
    ["complete", "R-0003"],
    ["submit", "R-0003", "--agreed-by", "Vulnerability Board"],
    ["close", "R-0004", "--as", "no-further-action", "--why", "overtaken", "--decided-by", "force",
     "--approved-by", "Head of PPU"],
]  # fmt: skip


Made = Callable[..., bytes]


@pytest.fixture
def made(recreg: Typed, tmp_path: Path) -> Made:
    """The calendar that these words make."""

    def calendar(*words: str) -> bytes:
        file = tmp_path / "made.ics"
        said = recreg("calendar", "-o", file, *words)
        assert (said.code, said.out) == (0, ""), said
        return file.read_bytes()

    return calendar


def live(content: bytes) -> list[Entry]:
    return [event for event in read(content)[1] if event["STATUS"] == "CONFIRMED"]


def cancelled(content: bytes) -> list[str]:
    return sorted(event["SUMMARY"] for event in read(content)[1] if event["STATUS"] == "CANCELLED")


def days(content: bytes) -> list[tuple[str, str]]:
    """Which clock's day of which row, as `recreg overdue` names them."""
    refs = [(event["SUMMARY"].split(": ")[1].split()[0], on(event).isoformat()) for event in live(content)]
    return sorted(refs)


@pytest.mark.usefixtures("kept")
def test_each_day_of_each_clock_is_an_event_of_a_whole_day_that_keeps_nobody_busy(made: Made) -> None:
    assert [(on(event).isoformat(), event["SUMMARY"], event["CATEGORIES"]) for event in live(made())] == [
        ("2020-01-17", "HMICFRS's deadline: R-0001 (HMICFRS 10618) Victim needs assessments", "deadline"),
        ("2022-10-05", "Commissioner's 56 days end: SAC Finding time for crime", "pcc"),
        ("2022-11-30", "Target: R-0001 (HMICFRS 10618) Victim needs assessments", "target"),
        ("2022-12-29", "Review due: R-0001 (HMICFRS 10618) Victim needs assessments", "review"),
        ("2022-12-29", "Review due: R-0002 Crime scenes", "review"),
        ("2023-03-31", "HMICFRS's deadline: R-0002 Crime scenes", "deadline"),
    ]
    assert {(event["TRANSP"], event["CLASS"]) for event in live(made())} == {("TRANSPARENT", "PRIVATE")}
    assert b"VALARM" not in made()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("clock", ["review", "deadline", "pcc"])
def test_its_days_are_those_of_overdue(clock: str, made: Made, recreg: Typed) -> None:
    rows = recreg("overdue", "--clock", clock, "--within", "9y", "-f", "json").json
    listed = sorted((row["ref"], row["due_on"]) for row in rows if not row["position"].startswith("submitted"))
    if clock == "deadline":
        listed = [each for each in listed if each[0] != "R-0003"]
    assert listed
    assert days(made("--clock", clock)) == listed


@pytest.mark.usefixtures("kept")
def test_a_target_stands_on_the_day_it_was_moved_to_and_says_where_it_stood_first(made: Made, recreg: Typed) -> None:
    recreg("defer", "R-0001", "--to", "2023-01-31", "--why", "courts")
    (row,) = recreg("overdue", "--clock", "target", "--within", "9y", "-f", "json").json
    assert row["due_on"] == "2022-11-30"
    (event,) = live(made("--clock", "target"))
    assert on(event) == date(2023, 1, 31)
    assert "Moved once: the original target was 30 November 2022." in event["DESCRIPTION"]
    assert "recreg complete R-0001, or recreg defer R-0001 --to DAY" in event["DESCRIPTION"]


@pytest.mark.usefixtures("kept")
def test_what_the_agenda_lists_is_in_it(made: Made, recreg: Typed) -> None:
    rows = recreg("agenda", "--until", "+9y", "-f", "json").json
    due = {(row["ref"], row["clock"]) for row in rows if row["status"] != "submitted"}
    uids = [event["UID"].split("-") for event in live(made("--clock", "all"))]
    assert {(f"R-{number}", clock) for _, number, clock, _ in uids} == due


@pytest.mark.usefixtures("kept")
def test_a_description_says_whose_it_is_how_it_stands_and_what_to_type(made: Made, recreg: Typed) -> None:
    recreg("review", "R-0001", "--outcome", "on-track", "--note", "A name that stays here", "--on", "2022-09-29")
    (event,) = [each for each in live(made("--clock", "review")) if "R-0001" in each["SUMMARY"]]
    assert event["DESCRIPTION"].splitlines() == [
        "OFFICIAL", "", "Owner: Head of PPU", "Board: Vulnerability Board", "RAG: unrated",
        "Status: in progress", "Last review: 29 September 2022", "",
        'recreg review R-0001 --outcome … --note "…"',
    ]  # fmt: skip
    content = made()
    assert "A name that stays here" not in content.decode()
    assert read(content)[0]["X-WR-CALDESC"].startswith("OFFICIAL\n\nWhat is due")


@pytest.mark.usefixtures("kept")
def test_a_deadline_of_a_month_is_its_last_day_and_an_immediate_one_the_publications(made: Made, recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "At once", "--inspection", "OLD", "--number", "7",
           "--deadline", "Immediately")  # fmt: skip
    told = {event["SUMMARY"].split(": ")[1]: event for event in live(made("--clock", "deadline"))}
    assert (
        "HMICFRS's words: By March 2023\nHMICFRS names no day: this is the month's last."
        in (told["R-0002 Crime scenes"]["DESCRIPTION"])
    )
    assert on(told["R-0005 At once"]) == date(2019, 7, 17)
    assert "Immediate: the day is that of publication." in told["R-0005 At once"]["DESCRIPTION"]
    assert "Owner: nobody" in told["R-0005 At once"]["DESCRIPTION"]


@pytest.mark.usefixtures("kept")
def test_taken_in_twice_each_event_is_there_once_and_a_deferred_target_has_moved(made: Made, recreg: Typed) -> None:
    reader = Reader()
    reader.take(made())
    before = reader.shown()
    reader.take(made())
    assert reader.shown() == before
    assert len(before) == 6
    recreg("defer", "R-0001", "--to", "2023-01-31", "--why", "courts")
    reader.take(made())
    assert sorted(set(reader.shown()) ^ set(before)) == [
        "2022-11-30 Target: R-0001 (HMICFRS 10618) Victim needs assessments",
        "2023-01-31 Target: R-0001 (HMICFRS 10618) Victim needs assessments",
    ]
    assert len(reader.shown()) == 6


#: Acts of all sorts, and undoing them.
ACTS = """rag red R-0001 --why late | assign R-0001 --owner Head_of_Crime | edit R-0001 --title Other_words
 person rename Head_of_Crime Head_of_Crime_Ops | board rename Vulnerability_Board Harm_Board | undo
 review R-0001 --outcome on-track --note fine --on 2022-09-29 | defer R-0001 --to 2023-01-31 --why x
 edit R-0001 --deadline within_a_year --why misread | inspection edit OLD --published 2019-07-18
 complete R-0001 | submit R-0001 --agreed-by Crime_Board | return R-0001 --why thin | undo | undo
 return R-0003 --why thin | reopen R-0004 --why again | withdraw R-0004 --why twice | undo
 inspection edit SAC --pcc-comments-on 2022-09-20 | undo | inspection edit SAC --title Other_title
 add --kind rec --title New --target 2022-12-01 | undo | edit R-0001 --not-ours --why theirs | undo"""


@pytest.mark.usefixtures("kept")
def test_whatever_is_done_an_event_that_changes_has_a_later_sequence_and_one_that_goes_is_cancelled(
    made: Made, recreg: Typed
) -> None:
    stamps = {"SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
    reader, last = Reader(), {event["UID"]: event for event in read(made())[1]}
    reader.take(made())
    for act in re.split(r" \| |\n ", ACTS):
        said = recreg(*[word.replace("_", " ") for word in act.split()])
        assert said.code == 0, (act, said.err)
        content = made()
        now = {event["UID"]: event for event in read(content)[1]}
        assert set(last) <= set(now), f"{act}: what was there is moved or cancelled, and never left out"
        for uid, event in last.items():
            same = {k: v for k, v in event.items() if k not in stamps} == {
                k: v for k, v in now[uid].items() if k not in stamps
            }
            grown = int(now[uid]["SEQUENCE"]) - int(event["SEQUENCE"])
            assert grown >= 0 if same else grown > 0, (act, event, now[uid])
        reader.take(content)
        assert reader.shown() == sorted(f"{on(event)} {event['SUMMARY']}" for event in live(content)), act
        last = now


@pytest.mark.usefixtures("kept")
def test_what_is_closed_or_with_hmicfrs_has_no_event_and_is_cancelled_without_its_title(
    made: Made, recreg: Typed
) -> None:
    content = made()
    assert cancelled(content) == [
        "No longer due: HMICFRS's deadline of R-0003",
        "No longer due: review of R-0003",
        "No longer due: review of R-0004",
        "No longer due: target of R-0004",
    ]
    assert b"Done with" not in content
    reader = Reader()
    reader.take(content)
    recreg("return", "R-0003", "--why", "thin")
    reader.take(made())
    assert "2022-12-29 Review due: R-0003 Sent" in reader.shown(), "what comes back is due again"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("opening", [[], ["--opening"]])
def test_what_came_in_closed_was_in_no_calendar_and_is_not_cancelled(
    opening: list[str], made: Made, recreg: Typed, tmp_path: Path
) -> None:
    before = read(made())[1]
    file = tmp_path / "old.csv"
    file.write_text(
        "kind,title,added_on,target_on,owner,board,status,completed_on,submitted_on,closed_on,closed_as,decided_by,"
        "closed_letter\nrecommendation,Long ago,2020-01-01,2021-01-01,Head of PPU,Vulnerability Board,closed,2020-05-01,"
        "2020-06-01,2021-06-01,signed_off,hmicfrs,L1\n"
    )
    said = recreg("import", file, *opening)
    assert said.code == 0, said.err
    assert recreg("show", "R-0005", "-f", "json").json["closed_on"] == "2021-06-01"
    assert read(made())[1] == before


@pytest.mark.usefixtures("kept")
def test_an_owners_calendar_holds_nothing_of_anybody_else(made: Made) -> None:
    content = made("--owner", "head of crime")
    assert [event["SUMMARY"] for event in read(content)[1]] == [
        "Review due: R-0002 Crime scenes",
        "HMICFRS's deadline: R-0002 Crime scenes",
    ]
    assert read(content)[0]["X-WR-CALNAME"] == "HMICFRS recommendations: Head of Crime"
    assert len(live(made("--owner", "Head of Crime", "--owner", "Head of PPU"))) == 5
    assert {event["UID"][:6] for event in live(made("--board", "Vulnerability Board"))} == {"R-0001"}
    assert {event["UID"][:6] for event in read(made("--portfolio", "Protecting"))[1]} == {"R-0001"}
    assert live(made("--portfolio", "Protecting", "--owner", "Head of Crime")) == []


@pytest.mark.usefixtures("kept")
def test_what_is_handed_over_is_cancelled_in_the_calendar_of_whose_it_was(made: Made, recreg: Typed) -> None:
    reader = Reader()
    reader.take(made("--owner", "Head of Crime"))
    recreg("assign", "R-0002", "--owner", "Head of PPU")
    recreg("edit", "R-0002", "--title", "Not for everybody")
    content = made("--owner", "Head of Crime")
    reader.take(content)
    assert reader.shown() == []
    assert cancelled(content) == ["No longer due: HMICFRS's deadline of R-0002", "No longer due: review of R-0002"]
    assert b"Not for everybody" not in content


@pytest.mark.usefixtures("kept")
def test_a_clock_is_chosen_and_the_56_days_are_nobodys(made: Made) -> None:
    def clocks(*words: str) -> set[str]:
        return {event["CATEGORIES"] for event in live(made(*words))}

    assert clocks() == {"review", "target", "deadline", "pcc"}
    assert clocks("--clock", "ALL") == {"review", "target", "deadline"}
    assert clocks("--clock", "pcc") == {"pcc"}
    assert clocks("--owner", "Head of PPU") == {"review", "target", "deadline"}
    assert [event["CATEGORIES"] for event in read(made("--clock", "target"))[1]] == ["target", "target"]


def overwrite(register: Path, *statements: tuple[str, tuple[str, ...]]) -> None:
    """Write into the file as no command would, past its guards."""
    with closing(sqlite3.connect(register, isolation_level=None)) as db:
        db.execute("BEGIN")
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement, values in statements:
            db.execute(statement, values)
        db.execute("COMMIT")


def test_what_went_over_a_year_before_the_newest_act_is_left_out(made: Made, kept: Path) -> None:
    recorded = "UPDATE changeset SET at = ? WHERE command = ?"
    overwrite(kept, ("UPDATE changeset SET at = '2019-01-01T00:00:00Z'", ()))
    overwrite(kept, (recorded, ("2021-09-30T00:00:00Z", "close")))
    assert cancelled(made()) == ["No longer due: review of R-0004", "No longer due: target of R-0004"]
    overwrite(kept, (recorded, ("2020-10-01T00:00:00Z", "submit")))
    assert "No longer due: review of R-0003" in cancelled(made())


def test_the_same_register_gives_the_same_bytes_whoever_makes_it_wherever_and_whenever(
    kept: Path, made: Made, tmp_path: Path
) -> None:
    content = made()
    elsewhere = shutil.copy(kept, tmp_path / "another name.db")
    other = {"TZ": "Pacific/Auckland", "RECREG_TODAY": "2031-07-01", "LC_ALL": "C", "RECREG_REGISTER": str(elsewhere)}
    file = tmp_path / "other.ics"
    assert run("calendar", "-o", file, **other).code == 0
    assert file.read_bytes() == content
    piped = subprocess.run([INSTALLED, "calendar"], capture_output=True, check=True, env={**os.environ, **other})
    assert (piped.stdout, piped.stderr) == (content, b""), "in a pipe the very same, lines ended by CR LF"


@pytest.mark.usefixtures("kept")
def test_its_stamps_are_those_of_the_log(made: Made, recreg: Typed) -> None:
    acts = {str(row["changeset"]): row for row in recreg("log", "-f", "json").json}
    for event in read(made())[1]:
        at = datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
        assert acts[event["SEQUENCE"]]["at"] == at
        assert event["LAST-MODIFIED"] == event["DTSTAMP"]


def test_two_registers_share_no_event(kept: Path, made: Made, recreg: Typed, tmp_path: Path) -> None:
    ours = {event["UID"] for event in read(made())[1]}
    other = tmp_path / "other.db"
    recreg("--register", other, "init")
    recreg("--register", other, "add", "--kind", "rec", "--title", "x", "--target", "2023-01-01")
    recreg("--register", other, "calendar", "-o", tmp_path / "other.ics")
    theirs = {event["UID"] for event in read((tmp_path / "other.ics").read_bytes())[1]}
    assert len(theirs) == 2
    assert not theirs & ours


@pytest.mark.usefixtures("register")
def test_an_owner_cannot_end_the_calendar(made: Made, recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--owner", "END:VCALENDAR")
    assert len(read(made("--owner", "END:VCALENDAR"))[1]) == 1


HOSTILE = [
    "a,b;c:d\\n \\N C:\\New \\\\ \"quoted\" 'too'", "BEGIN:VEVENT", "=1+1", "[/red] :smile:", "–“”…é日本🙂" * 12,
    "tab\tin it", "new\nline\nEND:VEVENT", "soft\u00adhyphen", "\\", ";", ",", "x" * 500,
]  # fmt: skip


def test_a_hostile_text_comes_out_as_it_is_on_one_line_and_forges_nothing(
    made: Made, recreg: Typed, register: Path
) -> None:
    texts = [f"{text}\x1b[31m\u202e" for text in HOSTILE]
    for _ in texts:
        recreg("add", "--kind", "rec", "--title", "x", "--deadline", "By March 2023")
    write = "UPDATE item SET title = ?, deadline_words = ? WHERE id = ?"
    overwrite(register, *((write, (text, text, str(number))) for number, text in enumerate(texts, 1)))
    recreg("assign", "R-0001", "--owner", "Head")
    overwrite(register, ("UPDATE person SET name = ?", (texts[0],)))
    content = made("--clock", "deadline", "--owner", "Head")
    assert read(content)[0]["X-WR-CALNAME"] == f"HMICFRS recommendations: {HOSTILE[0]}\\u001b[31m\\u202e"
    content = made("--clock", "deadline")
    assert len(read(content)[1]) == len(texts)
    for event, text in zip(sorted(live(content), key=lambda each: each["UID"]), HOSTILE, strict=True):
        shown = (
            text.replace("\t", "\\u0009").replace("\n", "\\u000a").replace("\u00ad", "\\u00ad") + "\\u001b[31m\\u202e"
        )
        assert event["SUMMARY"] == f"HMICFRS's deadline: {event['UID'][:6]} {shown}"
        assert f"HMICFRS's words: {shown}\n" in event["DESCRIPTION"]
    for line in content.split(b"\r\n"):
        assert len(line) <= 75, "lines are folded"
        assert line.decode().encode() == line, "and no character is cut in two"


@pytest.mark.usefixtures("kept")
def test_the_library_reads_it_back_as_the_other_reader_does(made: Made) -> None:
    calendar: Any = Calendar.from_ical(made())
    entries = read(made())[1]
    assert len(calendar.events) == len(entries)
    for event, entry in zip(calendar.events, entries, strict=True):
        for key in ("UID", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "CLASS"):
            assert str(event[key]) == entry[key]
        assert (event["DTSTART"].dt, event["SEQUENCE"]) == (on(entry), int(entry["SEQUENCE"]))
        assert not event.errors


def test_a_register_without_anything_due_gives_a_calendar_that_holds_a_time_zone_alone(
    made: Made, recreg: Typed, register: Path, tmp_path: Path
) -> None:
    """RFC 5545 (3.6) has no calendar without a component; one of a zone alone it has, and such no method is for."""
    content = made()
    assert read(content)[1] == []
    assert b"METHOD" not in content
    held: Any = Calendar.from_ical(content)
    (zone,) = held.subcomponents
    assert (zone.name, zone["TZID"], len(zone.subcomponents)) == ("VTIMEZONE", "Europe/London", 2)
    london = zone.to_tz(lookup_tzid=False)
    for day in (datetime(2022, 3, 27), datetime(2022, 10, 30), datetime(2022, 6, 1), datetime(2022, 12, 1)):  # noqa: DTZ001
        noon = day.replace(hour=12)
        assert noon.replace(tzinfo=london).utcoffset() == noon.replace(tzinfo=ZoneInfo("Europe/London")).utcoffset()
    said = recreg("calendar", "-o", tmp_path / "none.ics")
    assert said.err == f"0 events are in {tmp_path / 'none.ics'}.\n"


def test_it_says_how_many_events_there_are_and_how_many_are_cancelled(
    kept: Path, recreg: Typed, tmp_path: Path
) -> None:
    before = digest(kept)
    said = recreg("calendar", "-o", tmp_path / "due.ics")
    assert said.err == f"6 events are in {tmp_path / 'due.ics'}. It also cancels 4 that an earlier calendar may hold.\n"
    assert digest(kept) == before, "and the register is only read"


#: words, exit code, what the sentence says, what the hint says
BAD = [
    ("-o due.csv", 2, "due.csv does not end in .ics, as a calendar does.", "Give -o due.ics"),
    ("-o .ics", 2, ".ics does not end in .ics", "Give -o .ics.ics"),
    ("-o d.ics --clock hour", 2, "“hour” is not a clock.", "review, target, deadline, pcc, all"),
    ("-o d.ics --clock pcc --owner Head_of_PPU", 2, "The 56 days are of inspections", "Leave --owner"),
    ("-o d.ics --owner Nobody", 3, "There is no person “Nobody”.", "recreg person list"),
    ("-o d.ics --owner Head_of_PP", 3, "There is no person “Head of PP”.", "Head of PPU"),
    ("-o d.ics --board Nobody", 3, "There is no board “Nobody”.", "recreg board list"),
    ("-o d.ics --portfolio Nobody", 3, "There is no portfolio “Nobody”.", "recreg portfolio list"),
    ("-o none/d.ics", 74, "none/d.ics could not be written: No such file or directory.", "another name"),
    ("-o folder.ics", 74, "folder.ics is not a file.", "another name"),
    ("-o d.ics more", 2, "unexpected extra argument", "recreg calendar --help"),
    ("-f json", 2, "No such option: -f", "recreg calendar --help"),
]


@pytest.mark.parametrize(("words", "code", "sentence", "hint"), BAD, ids=[each[0] for each in BAD])
def test_bad_input_is_told_what_is_so_and_what_to_type(
    words: str, code: int, sentence: str, hint: str, kept: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kept.parent)
    (kept.parent / "folder.ics").mkdir()
    before, names = digest(kept), sorted(kept.parent.iterdir())
    said = recreg("calendar", *[word.replace("_", " ") for word in words.split()])
    assert (said.code, said.out) == (code, ""), said
    assert sentence in said.err
    assert hint in said.err
    assert (digest(kept), sorted(kept.parent.iterdir())) == (before, names)


def test_what_cannot_be_written_leaves_the_calendar_of_before(kept: Path, tmp_path: Path, recreg: Typed) -> None:
    file = tmp_path / "due.ics"
    assert recreg("calendar", "-o", file).code == 0
    before = file.read_bytes()
    assert recreg("--register", tmp_path / "none.db", "calendar", "-o", file).code == 5
    assert recreg("calendar", "-o", file, "--owner", "Nobody").code == 3
    assert file.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to here")
@pytest.mark.usefixtures("kept")
def test_stdout_that_takes_nothing_is_74() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([INSTALLED, "calendar"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 74
    assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no terminal to be had here")
@pytest.mark.usefixtures("kept")
def test_at_a_terminal_a_calendar_wants_a_file() -> None:
    ours, theirs = os.openpty()
    ended = subprocess.run([INSTALLED, "calendar"], stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    os.close(ours)
    said = Said(ended.returncode, "", ended.stderr.decode())
    assert (said.code, said.err) == (2, "A calendar goes into a file.\nAdd -o recreg.ics.\n")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
