"""The page of promises, made from the tests: which test proves which, at which sizes, and when it last ran in full."""

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
LAST_FULL = TESTS / "promises/last_full.json"

_TOP = """# Promises

What recreg promises, the tests that prove it, and when each last ran at its full size. This page is made
from the tests by `make docs`; `make soak` runs the full sizes and notes what came of them, and a promise
without a size is tried as a whole each time. What recreg does *not* promise is in the README's limits.

A test that cannot fail proves nothing: each harness here is also turned on a recreg that was spoilt on
purpose, and has to find it.
"""


@dataclass(frozen=True)
class Proved:
    """A test that proves a promise: where it is, and how much of what it tries in the suite and in the soak."""

    number: str
    file: str
    name: str
    of: str
    ci: int
    full: int


def page() -> str:
    """The whole page."""
    sys.path.insert(0, str(TESTS))
    from promising import PROMISES

    tests = list(_proofs())
    return "\n".join([_TOP, *(line for each, says in PROMISES.items() for line in _promise(each, says, tests))])


def _promise(number: str, says: str, tests: list[Proved]) -> Iterator[str]:
    yield f"## {number}. {says}\n"
    for test in tests:
        if test.number == number:
            yield f"- `{test.file}`, `{test.name}`{_sizes(test)}"
    yield ""


def _sizes(test: Proved) -> str:
    if not test.ci:
        return "."
    return f": {test.ci:,} {test.of} each time, {test.full:,} in full. {_last(test)}"


def _last(test: Proved) -> str:
    known = json.loads(LAST_FULL.read_text(encoding="utf-8")) if LAST_FULL.exists() else {}
    last = known.get(f"tests/{test.file}::{test.name}[{test.full}]")
    if last is None:
        return "Not run in full yet."
    return f"Last in full on {last['on']}: {last['outcome']} in {last['seconds']:,} seconds."


def _proofs() -> Iterator[Proved]:
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield from _proved(file, node)


def _proved(file: Path, node: ast.FunctionDef) -> Iterator[Proved]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "promise":
            sizes = {key.arg: ast.literal_eval(key.value) for key in mark.keywords}
            of, ci, full = sizes.get("of", ""), sizes.get("ci", 0), sizes.get("full", 0)
            yield Proved(ast.literal_eval(mark.args[0]), file.relative_to(TESTS).as_posix(), node.name, of, ci, full)
