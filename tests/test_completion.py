"""The tab key offers references with their titles, names, and the field's words, in the shell one has."""

import os
import pty
import select
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import INSTALLED, Typed

BASH = """
eval "$(recreg --show-completion bash)"
while IFS= read -r typed; do
    read -ra COMP_WORDS <<< "$typed"
    COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
    _recreg_completion recreg
    IFS=$'\\t'; printf '%s\\n' "${COMPREPLY[*]}"; unset IFS
done
"""


@pytest.fixture
def known(register: Path, recreg: Typed) -> Path:
    """A register with two items, people and a board; one title is a trap."""
    for words in (
        ["inspection", "add", "OLD-1", "--title", "Older people", "--type", "thematic", "--published", "2022-02-01"],
        ["add", "--kind", "rec", "--title", "Needs $(touch trapped) `touch trapped` [red]; \\'\"", "--hmicfrs-ref", "10618",
         "--inspection", "OLD-1", "--owner", "Head of PPU", "--board", "Vulnerability Board"],
        ["add", "--kind", "afi", "--title", "Custody", "--owner", "Head of Custody & Cells; touch trapped"],
        ["person", "add", "O'Brien $(touch trapped)"],
        ["meeting", "add", "JAC September 2022", "15/09/2022"],
    ):  # fmt: skip
        assert recreg(*words).code == 0, words
    return register


def surroundings(folder: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{INSTALLED.parent}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm"}


def bash(typed: list[str], folder: Path) -> list[list[str]]:
    """What bash would offer for each line, the last word of which is begun."""
    lines = "".join(f"{line}\n" for line in typed)
    ended = subprocess.run(["bash", "--norc", "-c", BASH], input=lines, capture_output=True, text=True, cwd=folder,
                           env=surroundings(folder), check=True)  # fmt: skip
    assert ended.stderr == ""
    return [line.split("\t") for line in ended.stdout.splitlines()]


def test_bash_offers_commands_references_names_and_words_ready_to_be_typed(known: Path, tmp_path: Path) -> None:
    expected = {
        "recreg overd": ["overdue"],
        "recreg show R-0": ["R-0001", "R-0002"],
        "recreg show 106": ["10618"],
        "recreg list --owner Head": [r"Head\ of\ Custody\ \&\ Cells\;\ touch\ trapped", r"Head\ of\ PPU"],
        "recreg board edit Vul": [r"Vulnerability\ Board"],
        "recreg minute board.xlsx --meeting J": [r"JAC\ September\ 2022"],
        "recreg rag a": ["amber"],
        "recreg review R-0001 --outcome on": ["on-track"],
        "recreg list --inspection O": ["OLD-1"],
        "recreg --register /nowhere/at-all.db show R": [""],
        "recreg list --owner O": [""],  # A name that some shell would misread is left to be typed.
    }
    assert dict(zip(expected, bash(list(expected), tmp_path), strict=True)) == expected
    assert not list(tmp_path.glob("trapped*"))


def test_fish_offers_them_with_their_titles_and_is_commanded_by_none(known: Path, tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed: apt-get install fish")
    script = "recreg --show-completion fish | source; complete -C 'recreg show R-'; complete -C 'recreg list --owner H'"
    ended = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, cwd=tmp_path,
                           env=surroundings(tmp_path), check=True)  # fmt: skip
    assert "R-0001\tNeeds touch trapped touch trapped red" in ended.stdout
    assert "Head of PPU" in ended.stdout
    assert not list(tmp_path.glob("trapped*"))


def test_zsh_puts_down_the_one_name_that_begins_so_and_is_commanded_by_no_title(known: Path, tmp_path: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed: apt-get install zsh")
    setting_up = 'autoload -U compinit; compinit -u; eval "$(recreg --show-completion zsh)"; print rea""dy\n'
    at_a_terminal(["zsh", "-f", "-i"], tmp_path, {
        setting_up: "ready\r\n",
        "recreg list --owner Head\\ of\\ P\t": r"Head\ of\ PPU",
        "\x15recreg show R-\t\t": "Needs touch trapped touch trapped red",
    })  # fmt: skip
    assert not list(tmp_path.glob("trapped*"))


def at_a_terminal(shell: list[str], folder: Path, typed: dict[str, str]) -> None:
    """Type at a shell at a terminal, each bit until it answers what is expected."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        shell, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=surroundings(folder)
    ) as it:
        os.close(theirs)
        try:
            for bit, answer in typed.items():
                os.write(ours, bit.encode())
                _until(ours, answer)
        finally:
            it.kill()
    os.close(ours)


def _until(terminal: int, answer: str) -> None:
    seen = ""
    while answer not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, f"no {answer!r} in {seen!r}"
        seen += os.read(terminal, 65536).decode(errors="replace")


def test_powershell_is_given_quoted_names_and_lines_that_say_no_more_than_letters(
    known: Path, tmp_path: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_RECREG_COMPLETE", "complete_powershell")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "recreg list --owner Head")
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "Head")
    assert "'Head of PPU':::" in recreg().out
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "recreg show R-0001")
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "R-0001")
    assert recreg().out == "R-0001:::Needs touch trapped touch trapped red\n"
