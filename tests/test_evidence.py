"""Evidence: the file is kept under its hash before anything speaks of it, and can be checked for ever."""

import hashlib
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Typed, run
from promising import promise


@pytest.fixture
def audit(tmp_path: Path, recreg: Typed, register: Path) -> Path:
    """A file to file, and an item to file it for."""
    recreg("add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618")
    file = tmp_path / "audit of 60 cases.txt"
    file.write_text("58 of 60 complete\n")
    return file


def kept(register: Path) -> Path:
    return register.with_name("register.db.evidence")


@promise("F1")
def test_f1_a_file_is_copied_under_its_hash_for_its_owner_alone(recreg: Typed, register: Path, audit: Path) -> None:
    said = recreg("evidence", "add", audit, "--for", "10618", "--from", "Head of PPU", "--dated", "14/06/2022")
    assert said.code == 0
    assert "E-0001 “audit of 60 cases.txt”, dated 14 June 2022, is filed for R-0001" in said.err
    sha256 = hashlib.sha256(audit.read_bytes()).hexdigest()
    copy = kept(register) / sha256
    assert copy.read_bytes() == audit.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (row,) = recreg("evidence", "list", "-f", "json").json
    assert row == {
        "ref": "E-0001", "items": "R-0001", "title": "audit of 60 cases.txt", "file_name": "audit of 60 cases.txt",
        "link": None, "path": None, "sha256": sha256, "size_bytes": 18, "dated_on": "2022-06-14",
        "received_on": "2022-09-29", "received_from": "Head of PPU", "shared_on": None, "shared_with": None,
        "verdict": None, "verdict_why": None, "judged_on": None, "corrected_why": None,
    }  # fmt: skip


def test_the_same_file_filed_twice_is_kept_once(recreg: Typed, register: Path, audit: Path) -> None:
    for _ in range(2):
        recreg("evidence", "add", audit, "--for", "10618")
    assert len(list(kept(register).iterdir())) == 1
    assert len(recreg("evidence", "list", "-f", "json").json) == 2


def test_a_dry_run_keeps_no_file(recreg: Typed, register: Path, audit: Path) -> None:
    assert recreg("evidence", "add", audit, "--for", "10618", "-n").code == 0
    assert not kept(register).exists()


def test_in_place_keeps_the_path_and_the_hash_only(recreg: Typed, register: Path, audit: Path) -> None:
    recreg("evidence", "add", audit, "--for", "10618", "--in-place")
    assert not kept(register).exists()
    (row,) = recreg("evidence", "list", "-f", "json").json
    assert row["path"] == str(audit)
    assert recreg("evidence", "check").code == 0
    audit.write_text("60 of 60 complete\n")
    said = recreg("evidence", "check", "-f", "json")
    assert said.code == 6
    assert said.json == [
        {"ref": "E-0001", "items": "R-0001", "title": audit.name, "fault": "changed", "file": str(audit)}
    ]


def test_check_finds_what_is_missing_and_what_is_changed(recreg: Typed, register: Path, audit: Path) -> None:
    recreg("evidence", "add", audit, "--for", "10618")
    assert recreg("evidence", "check").code == 0
    (copy,) = kept(register).iterdir()
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    assert [row["fault"] for row in recreg("evidence", "check", "-f", "json").json] == ["changed"]
    copy.unlink()
    said = recreg("evidence", "check", "-f", "json")
    assert (said.code, [row["fault"] for row in said.json]) == (6, ["missing"])


def test_evidence_is_shared_and_judged_with_a_reason_unless_sufficient(
    recreg: Typed, register: Path, audit: Path
) -> None:
    recreg("evidence", "add", audit, "--for", "10618")
    assert recreg("evidence", "judge", "E-0001", "partial").code == 2
    recreg("evidence", "judge", "E-0001", "partial", "--why", "two districts of five", "--on", "2022-09-29")
    recreg("evidence", "share", "E-0001")
    (row,) = recreg("evidence", "list", "10618", "-f", "json").json
    assert (row["verdict"], row["verdict_why"], row["judged_on"]) == ("partial", "two districts of five", "2022-09-29")
    assert (row["shared_on"], row["shared_with"]) == ("2022-09-29", "HMICFRS Force Liaison Lead")


def test_a_name_that_came_with_a_file_is_never_used_as_a_path(recreg: Typed, register: Path, tmp_path: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "Needs")
    odd = tmp_path / "..%2f..%2fetc%2fpasswd"
    odd.write_text("x")
    assert recreg("evidence", "add", odd, "--for", "R-0001").code == 0
    assert [file.name for file in kept(register).iterdir()] == [hashlib.sha256(b"x").hexdigest()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_and_a_device_are_no_evidence(recreg: Typed, register: Path, tmp_path: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "Needs")
    subprocess.run(["mkfifo", tmp_path / "pipe"], check=True)
    for what in (tmp_path / "pipe", tmp_path):
        assert run("evidence", "add", what, "--for", "R-0001").code == 2


@pytest.mark.parametrize(
    "words",
    ["--for 10618 --received soon", "--for 10618 --on 2022-01-01", "--for 99999", "none.txt --for 10618",
     "--for 10618 --title \x1b"],
)  # fmt: skip
def test_a_refused_filing_leaves_no_file_behind(words: str, recreg: Typed, register: Path, audit: Path) -> None:
    said = recreg("evidence", "add", audit, *words.split(" "))
    assert said.code in {2, 3, 4}
    assert not kept(register).exists()


def test_evidence_hanging_on_an_item_keeps_it_from_being_withdrawn(recreg: Typed, register: Path, audit: Path) -> None:
    recreg("evidence", "add", audit, "--for", "10618")
    said = recreg("withdraw", "10618", "--why", "typed twice")
    assert said.code == 4
    assert "The evidence E-0001" in said.err
