"""One item's whole life as an officer typed it, told once for the tests that ask about it."""

from typing import Any, TypeAlias

import pytest

from conftest import After, Typed, Typing

#: A day and the words typed on it, for each command.
Story: TypeAlias = list[list[str]]

#: The day, then what was typed on it; FILE stands for a file of evidence.
STORY: list[tuple[str, str]] = [
    ("2022-01-09", "inspection|add|CAOP|--title|Older people|--type|thematic|--published|2021-11-01"),
    ("2022-01-10", ("add|--kind|rec|--title|Needs|--hmicfrs-ref|10618|--inspection|CAOP|--deadline|within six months"
                   "|--text|First line,\n  *second* line.")),
    ("2022-01-11", "inspection|edit|CAOP|--published|2021-12-01"),
    ("2022-01-12", "assign|10618|--owner|Head of PPU|--board|Vulnerability Board|--portfolio|Public Protection"),
    ("2022-02-01", "edit|10618|--deadline|by 31 July 2022|--letter|HMI/2022/3"),
    ("2022-02-02", "edit|10618|--deadline|by 31 August 2022|--why|the letter says August"),
    ("2022-04-10", "review|10618|--outcome|on-track|--note|leads are named"),
    ("2022-05-05", "rag|amber|10618|--why|nothing is measured yet"),
    ("2022-07-08", "review|10618|--outcome|support-needed|--note|help is asked for|--met|Head of PPU"),
    ("2022-07-09", "reassign|Head of PPU|Head of Vulnerability"),
    ("2022-07-10", "rag|green|10618|--why|the audit is running"),
    ("2022-07-11", "note|10618|Half of the districts are done"),
    ("2022-09-01", "rag|red|10618|--why|typed for another item"),
    ("2022-09-01", "undo"),
    ("2022-10-05", "review|10618|--outcome|on-track|--note|going well"),
    ("2022-10-06", "evidence|add|FILE|--for|10618|--from|Head of Vulnerability"),
    ("2022-10-06", "evidence|share|E-0001"),
    ("2022-10-06", "evidence|judge|E-0001|partial|--why|two of five districts"),
    ("2022-10-07", "edit|10618|--target|2022-11-30"),
    ("2022-10-08", "edit|10618|--target|2022-10-31|--why|the board said October"),
    ("2022-10-09", "defer|10618|--to|2022-12-31|--why|system late"),
    ("2022-11-01", "defer|10618|--to|2023-01-31|--why|later still|--approved-by|DCC"),
    ("2022-11-02", "complete|10618"),
    ("2022-11-03", "return|10618|--why|two districts missing"),
    ("2022-11-20", "complete|10618"),
    ("2022-11-21", "submit|10618|--agreed-by|Vulnerability Board|--level|2"),
    ("2023-02-06", "return|10618|--why|cases of this quarter wanted"),
    ("2023-03-01", "complete|10618"),
    ("2023-03-02", "submit|10618|--agreed-by|Vulnerability Board"),
    ("2023-05-18", "sign-off|10618|--letter|HMI/2023/9"),
    ("2024-01-09", "reopen|10618|--why|the revisit found it undone"),
    ("2024-01-10", "add|--kind|rec|--title|Needs anew|--hmicfrs-ref|20001"),
    ("2024-01-11", "link|20001|--repeats|10618"),
    ("2024-02-01", "close|10618|--as|superseded|--why|asked anew|--decided-by|hmicfrs|--of|20001|--letter|HMI/2024/1"),
]  # fmt: skip


class Life:
    """The story, told up to a day as the tests need it."""

    def __init__(self, recreg: Typed, monkeypatch: pytest.MonkeyPatch, register_after: After, story: Story) -> None:
        self.recreg, self.monkeypatch, self.register_after = recreg, monkeypatch, register_after
        self.told_of: Story = []
        self.to_come = list(story)
        self.register = register_after([])
        self.as_told = self.register.read_bytes()

    def until(self, day: str) -> None:
        """Type what was typed up to that day, which is today from then on."""
        count = sum(1 for on, *_ in self.to_come if on <= day)
        due, self.to_come = self.to_come[:count], self.to_come[count:]
        self.told_of += due
        if self.register.read_bytes() == self.as_told:
            self.as_told = self.register_after(self.told_of).read_bytes()
        else:  # The test did something of its own: the story goes on from there.
            for on, *words in due:
                self.type(on, *words)
        self.monkeypatch.setenv("RECREG_TODAY", day)

    def type(self, on: str, *words: str) -> None:
        """Type a command on a day; it must be taken."""
        self.monkeypatch.setenv("RECREG_TODAY", on)
        said = self.recreg(*words)
        assert said.code == 0, (words, said.err)

    def told(self, *words: str) -> str:
        """What a command prints."""
        said = self.recreg(*words)
        assert (said.code, said.err) == (0, ""), said
        return said.out

    def shown(self, ref: str = "10618") -> dict[str, Any]:
        """The dossier, as JSON."""
        return dict(self.recreg("show", ref, "-f", "json").json)


@pytest.fixture
def life(recreg: Typed, monkeypatch: pytest.MonkeyPatch, register_after: After, typing: Typing) -> Life:
    """A register in which nothing of the story has happened yet."""
    file = typing.folder / "audit.txt"
    file.write_text("the audit", encoding="utf-8")
    story = [[day, *(str(file) if word == "FILE" else word for word in typed.split("|"))] for day, typed in STORY]
    return Life(recreg, monkeypatch, register_after, story)
