"""Redaction: words gone for good, from the tables, the log and the evidence; the chain whole, and the act on record."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import Typed, type_all

HINT = "recreg history"


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An item, two notes, a review and two pieces of evidence that say too much."""
    folder = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, folder / "register.db"))
    (folder / "statement.txt").write_text("What Jane Roe says.\n")
    return type_all(path, (
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--text", "Jane\nRoe is “at risk”;\tso is Zoë"],
        ["note", "10618", 'Jane Roe said "yes", \\ and meant it'],
        ["note", "10618", "Nothing about anybody"],
        ["review", "10618", "--outcome", "on-track", "--note", "With Jane Roe of Elm Street"],
        ["evidence", "add", str(folder / "statement.txt"), "--for", "10618", "--title", "Statement of Jane Roe"],
        ["evidence", "add", "--link", "https://force.example/jane-roe", "--for", "10618", "--title", "Page"],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copyfile(made, path)
    shutil.copytree(f"{made}.evidence", f"{path}.evidence")
    monkeypatch.chdir(path.parent)
    return path


def shown(recreg: Typed) -> Any:
    return recreg("show", "10618", "-f", "json").json


@pytest.mark.parametrize(
    ("ref", "words", "left"),
    [
        ("N-0001", ["Jane Roe"], '[redacted] said "yes", \\ and meant it'),
        ("N-0001", ['"yes", \\ and'], "Jane Roe said [redacted] meant it"),
        ("n-0001", ["JANE ROE", "YES"], '[redacted] said "[redacted]", \\ and meant it'),
        ("N-0001", ["said", 'Jane Roe said "yes"'], "[redacted], \\ and meant it"),
    ],
)
def test_words_are_gone_from_the_table_the_log_and_the_file(
    ref: str, words: list[str], left: str, filled: Path, recreg: Typed
) -> None:
    said = recreg("redact", ref, *(each for word in words for each in ("--words", word)), "--why", "personal")
    assert (said.code, said.out) == (0, "")
    assert "Redacted of N-0001, in the tables and in every entry of the log: text.\n" in said.err
    assert said.err.endswith("Exports, papers, letters and backups kept elsewhere are not reached by this.\n")
    assert shown(recreg)["notes"][0]["text"] == left
    entries = [row for row in recreg("history", "10618", "-f", "json").json if row["field"] == "N-0001 text"]
    assert {row["after"] for row in entries} == {left}
    if "Jane Roe" not in left:
        assert b"Jane Roe said" not in filled.read_bytes()
    assert recreg("log", "verify").code == 0


def test_words_are_found_across_lines_and_in_letters_of_any_language(filled: Path, recreg: Typed) -> None:
    assert recreg("redact", "10618", "--words", "jane roe", "--words", "ZOË", "--why", "personal").code == 0
    assert shown(recreg)["text"] == "[redacted] is “at risk”;\tso is [redacted]"
    assert "Zoë".encode() not in filled.read_bytes()


def test_only_the_field_that_is_named_is_redacted(filled: Path, recreg: Typed) -> None:
    said = recreg("redact", "R-0001", "--field", "Text", "--why", "personal")
    assert "Redacted of R-0001, in the tables and in every entry of the log: text." in said.err
    assert (shown(recreg)["title"], shown(recreg)["text"]) == ("Needs", "[redacted]")


def test_it_is_on_record_who_took_what_out_and_why(filled: Path, recreg: Typed) -> None:
    recreg("redact", "N-0001", "V-0001", "--words", "Jane Roe", "--why", "names a victim", "--by", "Data Officer")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    footer = recreg("log", "verify", "-f", "table").err
    assert "Redacted by Data Officer on " in footer
    assert f"(changeset {number}): N-0001, text." in footer
    assert f"(changeset {number}): V-0001, note." in footer
    assert recreg("history", "10618", "-f", "json").json[-1]["command"] == "redact"


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        (["N-0001"], 2, "A redaction needs a reason.", 'Add --why "…".'),
        ([], 2, "Missing argument 'REF…'.", "recreg redact --help"),
        (["N-0009", "--why", "x"], 3, "There is no note N-0009.", HINT),
        (["R-0009", "--why", "x"], 3, "There is no item R-0009.", HINT),
        (["10619", "--why", "x"], 3, "There is no item 10619.", "Nearest: 10618 (R-0001)"),
        (["P-0001", "--why", "x"], 3, "There is no item P-0001.", "R-0001"),
        (["N-0001", "--words", " ", "--why", "x"], 2, "The words to redact is empty.", "some words"),
        (["N-0001", "--words", "John Doe", "--why", "x"], 3, "N-0001 never held “John Doe”; nothing was", HINT),
        (["N-0001", "--words", "Jane Roe", "--words", "Jnae", "--why", "x"], 3, "never held “Jnae”", HINT),
        (["N-0001", "N-0002", "--words", "Jane Roe", "--why", "x"], 3, "N-0002 does not hold “Jane Roe”.", HINT),
        (["N-0001", "--field", "kind", "--why", "x"], 2, "“kind” is no field of N-0001 that holds words.", "text, corr"),
        (["10618", "--field", "rag", "--why", "x"], 2, "“rag” is no field of R-0001 that holds words.", "title, text"),
        (["N-0001", "--on", "2022-09-01", "--why", "x"], 2, "No such option: --on", "recreg redact --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_bad_input_is_told_plainly_and_takes_nothing_out(
    words: list[str], code: int, sentence: str, hint: str, filled: Path, recreg: Typed
) -> None:
    before = filled.read_bytes()
    said = recreg("redact", *words)
    assert (said.code, said.out) == (code, ""), said
    assert sentence in said.err
    assert hint in said.err
    assert filled.read_bytes() == before


def test_a_dry_run_takes_nothing_out(filled: Path, recreg: Typed) -> None:
    before = filled.read_bytes()
    said = recreg("redact", "E-0001", "--why", "personal", "-n")
    assert said.err == (
        "Redacted of E-0001, in the tables and in every entry of the log: file_name, title.\n"
        "Dry run: nothing was written.\n"
    )
    assert filled.read_bytes() == before
    assert len(list(Path("register.db.evidence").iterdir())) == 1


def test_the_file_of_evidence_goes_too_unless_only_some_words_do(filled: Path, recreg: Typed) -> None:
    assert recreg("redact", "E-0001", "--words", "Jane Roe", "--why", "personal").code == 0
    assert recreg("evidence", "list", "-f", "json").json[0]["title"] == "Statement of [redacted]"
    assert recreg("evidence", "check").code == 0
    said = recreg("redact", "E-0001", "E-0002", "--why", "personal")
    assert "… is gone from the evidence folder." in said.err
    assert not list(Path("register.db.evidence").glob("*"))
    told = recreg("evidence", "list", "-f", "json").json
    assert [(row["title"], row["link"], row["sha256"]) for row in told] == [("[redacted]", "[redacted]", None)] * 2
    assert recreg("log", "verify").code == 0
    assert recreg("evidence", "check").code == 0


def test_a_file_that_stands_for_other_evidence_too_is_not_taken_from_under_it(filled: Path, recreg: Typed) -> None:
    Path("again.txt").write_text("What Jane Roe says.\n")
    assert recreg("evidence", "add", "again.txt", "--for", "10618").code == 0
    said = recreg("redact", "E-0001", "--why", "personal")
    assert (said.code, said.out) == (4, "")
    assert "E-0001 is the very same file as E-0003." in said.err
    assert "Name them all in one command." in said.err
    assert recreg("redact", "E-0003", "E-0001", "--why", "personal").code == 0
    assert recreg("log", "verify").code == 0


def test_evidence_in_its_own_place_is_left_there_and_said_to_be(filled: Path, recreg: Typed) -> None:
    Path("own.txt").write_text("Elsewhere\n")
    recreg("evidence", "add", "own.txt", "--for", "10618", "--in-place")
    said = recreg("redact", "E-0003", "--why", "personal")
    assert "The file of E-0003 was kept in its own place, and is there still." in said.err
    assert Path("own.txt").is_file()
    assert str(Path("own.txt").resolve()).encode() not in filled.read_bytes()


def test_what_was_undone_withdrawn_or_put_right_is_redacted_too(filled: Path, recreg: Typed) -> None:
    for words in (
        ["note", "10618", "Secret one"], ["undo"],
        ["correct", "N-0002", "--note", "Secret two", "--why", "mistyped"],
        ["correct", "N-0002", "--note", "Nothing", "--why", "mistyped"],
        ["add", "--kind", "rec", "--title", "Secret three"], ["withdraw", "R-0002", "--why", "typed twice"],
    ):  # fmt: skip
        assert recreg(*words).code == 0
    for ref in ("N-0003", "N-0002", "R-0002"):
        assert recreg("redact", ref, "--words", "secret", "--why", "personal").code == 0
    assert b"ecret" not in filled.read_bytes()
    assert recreg("log", "verify").code == 0
    assert recreg("list", "--as-of", "2022-09-28", "-f", "ids").code == 0


def test_no_other_day_and_no_undo_brings_them_back(filled: Path, recreg: Typed) -> None:
    recreg("edit", "10618", "--title", "Jane Roe needs")
    recreg("edit", "10618", "--title", "Needs all the same")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    assert recreg("redact", "10618", "--words", "Jane Roe", "--why", "personal").code == 0
    told = recreg("show", "10618", "--as-recorded", number - 1, "-f", "json").json
    assert told["title"] == "[redacted] needs"
    assert recreg("undo").code == 4
    assert recreg("undo", number).code == 0, "it wrote the title, which no redaction touched as it stands"
    assert shown(recreg)["title"] == "[redacted] needs"
    said = recreg("undo", 2)
    assert said.code == 4
    assert f"Changeset {number + 1} (redact) is never undone, and rests on it." in said.err
    assert recreg("log", "verify").code == 0


def test_it_says_where_else_the_same_words_stand_and_which_backups_hold_them(filled: Path, recreg: Typed) -> None:
    recreg("person", "add", "Jane Roe of Elm Street")
    recreg("note", "10618", "Seen with\nJane ROE of Elm Street")
    recreg("backup")
    said = recreg("redact", "V-0001", "--words", "jane roe of elm street", "--why", "personal")
    assert "The same words stand in N-0003: redact them too if they must go." in said.err
    assert "They stand too where recreg cannot redact them: The person “Jane Roe of Elm Street”." in said.err
    assert "These backups in " in said.err
    assert " hold it still, and are for you to deal with: " in said.err


def test_twice_is_once(filled: Path, recreg: Typed) -> None:
    assert recreg("redact", "N-0001", "n-0001", "--words", "Jane Roe", "--why", "personal").code == 0
    recreg("redact", "N-0001", "--why", "personal")
    before = filled.read_bytes()
    assert recreg("redact", "N-0001", "--why", "personal").err == "Nothing was changed: it stands so already.\n"
    assert filled.read_bytes() == before
