"""Damage: bits that flipped in the register, and files of evidence that are not what was filed."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lived import lived, put

from conftest import Typed
from promising import promise
from recreg.store import evidence_files, proof
from recreg.store.evidence_files import folder_of

BUG = 1
#: What is asked of a register that passed its proof, and must be true then.
ASKED = ("list -f json --all", "log -f json", "show R-0002", "")


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(empty_register, tmp_path_factory)


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    return put(made, path)


def answers(recreg: Typed) -> list[tuple[int, str]]:
    return [(said.code, said.out) for said in (recreg(*asked.split()) for asked in ASKED)]


def flipped(path: Path, made: Path, recreg: Typed, size: int) -> tuple[int, list[str]]:
    """Flip so many bits, one in each copy: how many were reported, and what went wrong with any.

    They are bits of what the register holds: half of so small a one is room, where a bit says nothing.
    """
    whole, chance = made.read_bytes(), random.Random(size)
    held = [place for place, byte in enumerate(whole) if byte]
    true, reported, wrong = answers(recreg), 0, []
    for number in range(size):
        bits = bytearray(whole)
        bits[chance.choice(held)] ^= 1 << chance.randrange(8)
        path.write_bytes(bits)
        verified, told = recreg("log", "verify"), answers(recreg)
        reported += verified.code in {5, 6} or 5 in {code for code, _ in told}
        if BUG in {verified.code, *(code for code, _ in told)}:
            wrong.append(f"{number}: a traceback")
        if verified.code == 0 and told != true:
            wrong.append(f"{number}: proved, and wrong")
    return reported, wrong


@promise("C5", of="flipped bits", ci=16, full=400)
def test_c5_damage_is_reported_and_no_wrong_figure_is_proved(
    filled: Path, made: Path, recreg: Typed, size: int
) -> None:
    reported, wrong = flipped(filled, made, recreg, size)
    assert wrong == []
    assert reported >= 0.9 * size


def test_a_recreg_that_trusts_sqlites_own_checks_is_found_out(
    filled: Path, made: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("trigger_faults", "_chain", "_history", "_numbers"):
        monkeypatch.setattr(proof, part, lambda _: iter(()))
    reported, _ = flipped(filled, made, recreg, 10)
    assert reported < 9


def removed(file: Path, chance: random.Random) -> None:
    file.unlink()


def swapped(file: Path, chance: random.Random) -> None:
    others = [each for each in file.parent.iterdir() if each != file]
    file.write_bytes(chance.choice(others).read_bytes())


def altered(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def cut_short(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def evidence_not_found_out(path: Path, recreg: Typed, size: int) -> list[str]:
    """Spoil a file of evidence so many times, and say when that was not found by its reference."""
    chance, unseen = random.Random(size), []
    refs = {row["sha256"]: row["ref"] for row in recreg("evidence", "list", "-f", "json").json}
    for number in range(size):
        spoil: Callable[[Path, random.Random], None] = chance.choice([removed, swapped, altered, cut_short])
        file = chance.choice(sorted(folder_of(path).iterdir()))
        content = file.read_bytes()
        spoil(file, chance)
        for words in (["log", "verify"], ["evidence", "check"]):
            said = recreg(*words, "-f", "json")
            if said.code != 6 or [row["ref"] for row in said.json] != [refs[file.name]]:
                unseen.append(f"{number}: {spoil.__name__}, {words}: {said.code} {said.out}")
        file.write_bytes(content)
    return unseen


@promise("C6", of="files of evidence that were changed, cut, swapped or removed", ci=10, full=100)
def test_c6_evidence_that_is_not_what_was_filed_is_found(filled: Path, recreg: Typed, size: int) -> None:
    assert evidence_not_found_out(filled, recreg, size) == []
    assert recreg("log", "verify").code == 0, "all as it was"


def test_a_recreg_that_only_looks_whether_a_file_is_there_is_found_out(
    filled: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files, "fault_of", lambda file, _: None if file.exists() else "missing")
    assert len(evidence_not_found_out(filled, recreg, 10)) > 5


@promise("C6")
def test_c6_evidence_that_is_kept_in_its_own_place_is_held_to_its_hash(
    filled: Path, tmp_path: Path, recreg: Typed
) -> None:
    own = tmp_path / "own.txt"
    own.write_text("As filed.\n")
    assert recreg("evidence", "add", own, "--for", "10618", "--in-place").code == 0
    own.write_text("As filed!\n")
    said = recreg("log", "verify", "-f", "json")
    assert (said.code, said.json[0]["ref"]) == (6, "E-0004")
