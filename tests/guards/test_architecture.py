"""Imports run one way, and what is slow to load stays where it belongs."""

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/recreg"

#: Each layer may import those after it, and `errors` by all.
LAYERS = ["cli", "demo", "paper", "exchange", "questions", "register", "store", "domain", "errors"]

#: A library, and the only places that may import it.
ONLY = {
    "typer": ["cli"],
    "rich": ["cli/tables.py", "cli/bar.py"],
    "alembic": ["store/schema.py"],
    "platformdirs": ["cli/settings.py"],
    "sqlmodel": ["domain/models.py", "domain/changes.py", "questions", "store/repositories.py", "store/visit.py"],
    "sqlalchemy": ["domain/models.py", "questions", "store/engine.py", "store/schema.py"],
    "dateutil": ["domain/dates.py", "domain/typed_days.py"],
    "openpyxl": ["exchange"],
    "datasette": ["exchange/browse/served.py"],
    "uvicorn": ["exchange/browse/served.py"],
    "icalendar": ["exchange/calendar.py"],
    "pypdf": ["exchange/report_files.py"],
    "docx": ["paper/docx.py"],
    "lxml": ["paper/word/marks.py"],
}


@cache
def imports(file: Path) -> frozenset[str]:
    """Every module that a file names in an import, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(SOURCE)) for file in FILES])
def test_a_module_imports_only_what_lies_below_it(file: Path) -> None:
    layer = file.relative_to(SOURCE).parts[0].removesuffix(".py")
    if layer == "__init__":
        return
    below = LAYERS[LAYERS.index(layer) :]
    named = {name.split(".")[1] for name in imports(file) if name.startswith("recreg.")}
    assert named - {"__version__"} <= set(below)


@pytest.mark.parametrize("library", ONLY)
def test_a_library_is_imported_in_its_own_place_only(library: str) -> None:
    users = {
        str(file.relative_to(SOURCE))
        for file in FILES
        if any(name == library or name.startswith(f"{library}.") for name in imports(file))
    }
    assert users, f"{library} is not used"
    assert {user for user in users if not any(user.startswith(place) for place in ONLY[library])} == set()


def test_click_is_never_imported_since_typer_carries_its_own() -> None:
    assert not [file for file in FILES if any(name.split(".")[0] == "click" for name in imports(file))]


def test_no_file_is_long_and_no_function_is() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, f"{file} is long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
                assert node.end_lineno - first.lineno < 30, f"{file}:{node.lineno} {node.name} is long"
