"""A register that stands as the committee's real paper of 29 September 2022 says, built by typing commands."""

import csv
from pathlib import Path

import pytest

from recreg import cli

JUNE, SEPTEMBER = "JAC June 2022", "JAC September 2022"
HEADINGS = "kind inspection hmicfrs_ref parent title added_on owner board".split()


def build(path: Path) -> None:
    """Open before: 101 recommendations, 14 areas for improvement, five causes; then what the paper says happened.

    61 recommendations and three causes were signed off, two reports brought five recommendations, one
    inspection is to come: 45 recommendations, 14 areas for improvement and two causes remain.
    """
    rows = path.with_name("legacy.csv")
    _write(rows)

    def on(day: str, *words: object) -> None:
        with pytest.MonkeyPatch.context() as surroundings:
            surroundings.setenv("RECREG_TODAY", day)
            surroundings.setenv("RECREG_BY", "Liaison Officer")
            assert cli.run(["--register", str(path), *map(str, words)]) == 0, words

    on("2022-06-01", "init")
    for code, title, published in (
        ("CAOP-2019", "Crimes against older people", "2019-07-17"),
        ("STALK-2019", "Stalking and harassment", "2019-04-10"),
        ("PEEL-2019", "PEEL 2018/19", "2019-09-27"),
    ):
        on("2022-06-01", "inspection", "add", code, "--title", title, "--type", "thematic", "--published", published)
    on("2022-06-01", "import", rows, "--opening")
    on("2022-06-10", "meeting", "add", JUNE, "2022-06-23", "--cutoff", "2022-06-10")
    on("2022-06-10", "paper", JUNE, "--final", "-o", path.with_name("june.md"))
    on("2022-07-20", "sign-off", *[f"R-{n:04d}" for n in range(41, 102)], "--letter", "HMI/22/61", "--direct")
    on("2022-07-21", "sign-off", "R-0118", "R-0119", "R-0120", "--letter", "HMI/22/64", "--direct")
    on("2022-07-04", "inspection", "add", "PPDA-2022", "--title", "Police perpetrated domestic abuse", "--type",
       "super-complaint", "--published", "30/06/2022", "--our-part", "data-return")  # fmt: skip
    on("2022-08-15", "inspection", "add", "SAC-2022", "--title", "Finding time for crime", "--type", "spotlight",
       "--published", "11/08/2022", "--our-part", "data-return")  # fmt: skip
    on("2022-09-01", "inspection", "add", "ROCU-2022", "--title", "Thematic inspection of the ROCU", "--type",
       "thematic", "--expected", "early October")  # fmt: skip
    for code, number in (("PPDA-2022", 1), ("PPDA-2022", 2), ("PPDA-2022", 3), ("SAC-2022", 1), ("SAC-2022", 2)):
        on("2022-08-20", "add", "--kind", "rec", "--inspection", code, "--number", number, "--title",
           f"{code} {number}", "--text", f"What recommendation {number} of {code} says, verbatim.")  # fmt: skip
    rated = {"amber": range(3, 24), "green": [2, *range(24, 41), *range(102, 110)]}
    for day, colour, whose in (("2022-06-02", "amber", [116, 117]), *(("2022-07-01", c, r) for c, r in rated.items())):
        on(day, "rag", colour, *[f"R-{number:04d}" for number in whose], "--why", "as the board saw it")
    on("2022-09-12", "rag", "red", "R-0001", "--why", "One force area in three has no audit yet")
    on("2022-09-15", "meeting", "add", SEPTEMBER, "2022-09-29", "--cutoff", "2022-09-15")


def _write(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        written = csv.DictWriter(out, HEADINGS)
        written.writeheader()
        for number in range(101):
            under = {0: "9001", 1: "9001", 2: "9002"}.get(number)
            written.writerow(_row("recommendation", f"Recommendation {number}", parent=under))
        for number in range(14):
            written.writerow(_row("area_for_improvement", f"Area {number}"))
        for number, title in enumerate(("Older people", "Stalking", "Custody", "Crime recording", "Vetting"), 9001):
            written.writerow(_row("cause_of_concern", title) | {"hmicfrs_ref": str(number)})


def _row(kind: str, title: str, parent: str | None = None) -> dict[str, str | None]:
    return {"kind": kind, "title": title, "parent": parent, "inspection": "PEEL-2019", "added_on": "2019-10-01",
            "owner": "Head of Crime", "board": "Vulnerability Board"}  # fmt: skip
