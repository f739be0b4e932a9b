"""The wheel is whole: installed away from the checkout it makes, fills and reads a register."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout."""
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", made, ROOT],
        check=True,
        capture_output=True,
    )
    (file,) = made.glob("*.whl")
    return file


def test_the_wheel_holds_the_migrations_and_the_questions_sql(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"recreg/migrations/env.py", "recreg/migrations/versions/0001_register.py"} <= names
    assert {"recreg/docs/register-file.md", "recreg/exchange/browse/pages/database.html"} <= names
    here = {str(file.relative_to(ROOT / "src")) for file in (ROOT / "src/recreg/questions").rglob("*.sql")}
    assert here <= names
    assert not [name for name in names if "test" in name.lower()]


def test_installed_elsewhere_it_makes_fills_and_reads_a_register(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        installed,
        wheel,
    ]
    subprocess.run(pip, check=True, capture_output=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "RECREG_REGISTER": str(tmp_path / "r.db"),
        "RECREG_TODAY": "2022-12-30",
    }

    def recreg(*words: str) -> str:
        command = [sys.executable, "-c", "import sys; from recreg.cli import main; main(sys.argv[1:])", *words]
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return ended.stdout

    where = [sys.executable, "-c", "import recreg; print(recreg.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert found.startswith(str(installed)), "the wheel is tried, not the checkout"
    recreg("init")
    assert recreg("add", "--kind", "rec", "--title", "Needs", "--on", "2022-09-29") == "R-0001\n"
    assert recreg("overdue").startswith("R-0001\t\trecommendation\tNeeds")


def test_the_version_is_said_once(wheel: Path) -> None:
    from recreg import __version__

    assert wheel.name.split("-")[1] == __version__


def test_what_is_installed_here_is_what_the_constraints_say() -> None:
    from importlib.metadata import version

    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    assert {name: version(name) for name in pinned} == pinned
