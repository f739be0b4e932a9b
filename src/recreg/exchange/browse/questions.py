"""The officer's questions as the pages ask them: the SQL of recreg.questions, with a form for its filters.

A form gives text, an empty one where nothing is typed, and the questions take NULL, numbers and JSON
lists. So what each field means is put before the question as a table of one row, ``asked``; the SQL of
the question is otherwise as it stands in its file, and the page shows it all.
"""

import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from recreg import questions
from recreg.domain.dates import add_months
from recreg.domain.vocabulary import Kind, Question, Rag, Status
from recreg.questions import check
from recreg.questions.ask import module_of
from recreg.questions.items import SEVERAL_FORMS

OVERDUE, ASKED, LISTS, WRONG = "What is overdue", "Asked of the whole register", "Lists", "What is wrong with the data"
#: The chapters of the first page, in their order.
CHAPTERS = (OVERDUE, ASKED, LISTS, WRONG)

#: The questions that are no module of their own, by the name of their SQL: chapter, title, and who tells of it.
_NAMED = {
    "overdue_review": (OVERDUE, "Three-month reviews that are overdue", "overdue"),
    "overdue_target": (OVERDUE, "Our own first targets that are past", "overdue"),
    "overdue_deadline": (OVERDUE, "HMICFRS's deadlines that are past", "overdue"),
    "overdue_pcc": (OVERDUE, "Reports that the commissioner has yet to comment on, in 56 days", "overdue"),
    "ask/causes_contain": (ASKED, "What stands under the open causes of concern", "ask.causes"),
    "items": (LISTS, "Items: open and ours unless told otherwise", "items"),
    "item": (LISTS, "Everything about one item", "item"),
    "history": (LISTS, "What happened to one item", "history"),
    "evidence": (LISTS, "Evidence, with the items it stands for", "evidence"),
    "inspections": (LISTS, "Inspections, with how many items came of each", "inspections"),
    "people": (LISTS, "People, with how many open items each owns", "names"),
    "boards": (LISTS, "Governance boards, with their leads and open items", "names"),
    "portfolios": (LISTS, "Portfolios, with their leads and open items", "names"),
    "log": (LISTS, "The log: every act ever recorded", "history"),
}


def _or_refused(typed: str, *cases: str, hint: str) -> str:
    """What a field means, case by case; an error that says what may be typed where it is none of them."""
    said = hint.replace("'", "''")
    return f"CASE WHEN :{typed} = '' THEN NULL {' '.join(cases)} ELSE json_extract('{{}}', '{said}') END"


def _day(name: str) -> str:
    return _or_refused(name, f"WHEN date(:{name}) = :{name} THEN :{name}", hint=f"{name}: a day, such as 2022-09-29")


def _yes_or_no(name: str, untyped: int) -> str:
    words = _or_refused(
        name, f"WHEN :{name} = 'yes' THEN 1 WHEN :{name} = 'no' THEN 0 WHEN :{name} = 'all' THEN NULL",
        hint=f"{name}: yes, no or all",
    )  # fmt: skip
    return words.replace("THEN NULL", f"THEN {untyped}", 1)


def _one_of(name: str, vocabulary: type[StrEnum]) -> str:
    allowed = ", ".join(f"'{word}'" for word in vocabulary)
    return _or_refused(
        name, f"WHEN :{name} IN ({allowed}) THEN json_array(:{name})", hint=f"{name}: one of {', '.join(vocabulary)}"
    )


def _called(name: str, table: str, like: str) -> str:
    found = f"FROM {table} WHERE {like}"
    return _or_refused(
        name, f"WHEN EXISTS (SELECT 1 {found}) THEN (SELECT json_group_array(id) {found})",
        hint=f"{name}: nothing in the register is called so",
    )  # fmt: skip


def _name_of(noun: str, table: str) -> str:
    return _called(noun, table, f"instr(lower(name), lower(:{noun})) > 0")


def _ref_of(field: str) -> str:
    return f"upper(:{field}) = ref OR :{field} = hmicfrs_ref"


def _holding() -> str:
    """The items that the words stand in, as `recreg list` finds them, but for letters that English has not."""
    found = (Path(questions.__file__).parent / "items_holding_spelt.sql").read_text(encoding="utf-8")
    escaped = ":words"
    for sign in "\\%_":
        escaped = f"replace({escaped}, '{sign}', '\\{sign}')"
    for sign in SEVERAL_FORMS:  # Any one sign may stand there.
        quoted = sign.replace("'", "''")
        escaped = f"replace({escaped}, '{quoted}', '_')"
    either = re.compile(r"(\S+) LIKE :like\s+AND \(\1 GLOB :word\)")
    each = either.sub(lambda match: f"{match[1]} LIKE ('%' || {escaped} || '%') ESCAPE '\\'", found)
    return f"CASE WHEN :words <> '' THEN (SELECT json_group_array(id) FROM ({each})) END"


#: What is typed into a field, and what it means; a field that is not here is taken as it is, or left out if empty.
_FIELDS = {
    "owner": ("part of a name", _name_of("owner", "person")),
    "board": ("part of its name", _name_of("board", "board")),
    "portfolio": ("part of its name", _name_of("portfolio", "portfolio")),
    "inspection": ("its code", _called("inspection", "inspection", "code = :inspection")),
    "parent": ("the reference of its cause of concern", _called("parent", "item", _ref_of("parent"))),
    "kind": ("recommendation, area_for_improvement or cause_of_concern", _one_of("kind", Kind)),
    "status": ("new, in_progress, complete, submitted or closed", _one_of("status", Status)),
    "rag": ("red, amber, green, unrated, blue or white", _one_of("rag", Rag)),
    "closed": ("yes, no or all; no unless typed", _yes_or_no("closed", 0)),
    "ours": ("yes, no or all; yes unless typed", _yes_or_no("ours", 1)),
    "code": ("its code", "nullif(:code, '')"),
    "words": ("words that stand in it", _holding()),
    "no_update_since": ("a day, such as 2022-09-29", _day("no_update_since")),
    "before": ("what fell due before that day; before today unless typed", f"coalesce({_day('before')}, '{{today}}')"),
    "since": ("a day; three months ago unless typed", f"coalesce({_day('since')}, '{{quarter}}')"),
    "today": ("a day; today unless typed", f"coalesce({_day('today')}, '{{today}}')"),
}  # fmt: skip
_ITEM = ("R-0001, or HMICFRS's number", _called("item", "item", _ref_of("item")).replace("json_group_array", "min"))


@cache
def canned(today: date) -> dict[str, dict[str, Any]]:
    """Every question, as Datasette takes it, by the name in its address."""
    every = (*_named(OVERDUE), *_asked(), *_named(ASKED), *_named(LISTS), *_checks())
    return {
        _address(name, chapter): {"name": _address(name, chapter), "chapter": chapter, "title": title}
        | _described(name, told, today)
        for name, chapter, title, told in every
    }


def _address(name: str, chapter: str) -> str:
    """A name that is no table's."""
    return f"list_{name}" if chapter == LISTS else name.replace("/", "_")


def _named(wanted: str) -> Iterator[tuple[str, str, str, str]]:
    for name, (chapter, title, module) in _NAMED.items():
        if chapter == wanted:
            yield name, chapter, title, _first_line(import_module(f"recreg.questions.{module}"))


def _asked() -> Iterator[tuple[str, str, str, str]]:
    """The questions of `recreg ask` that one select answers; the first sentence of each asks it."""
    for question in Question:
        if _file(f"ask/{question}").is_file():
            title, _, rest = _first_line(module_of(question)).partition("? ")
            yield f"ask/{question}", ASKED, title.rstrip("?") + "?", rest


def _checks() -> Iterator[tuple[str, str, str, str]]:
    """The rules of `recreg check` whose findings are the rows of the SQL that is named like them."""
    rules = {}
    for module in pkgutil.iter_modules(check.__path__):
        for name, rule in vars(import_module(f"recreg.questions.check.{module.name}")).items():
            if _file(f"check/{name}").is_file():
                code, _, told = _first_line(rule).partition(": ")
                rules[code] = f"check/{name}", WRONG, f"{code}: {check.CODES[code]}", told[:1].upper() + told[1:]
    yield from (rules[code] for code in sorted(rules))


def _first_line(told: Any) -> str:
    return (getattr(told, "__doc__", "") or "").partition("\n")[0].replace("*", "").replace("`", "")


def _file(name: str) -> Path:
    return Path(questions.__file__).parent / f"{name}.sql"


def _described(name: str, told: str, today: date) -> dict[str, Any]:
    sql = _file(name).read_text(encoding="utf-8")
    filters = list(dict.fromkeys(re.findall(r":(\w+)", sql)))
    typed = [{"item_id": "item", "holding": "words"}.get(each, each) for each in filters]
    return {
        "sql": _with_fields(sql, dict(zip(filters, typed, strict=True)), today),
        "params": typed,
        "description": told,
        "typed": {field: _meaning(field)[0] for field in typed},
    }


def _meaning(field: str) -> tuple[str, str]:
    return _ITEM if field == "item" else _FIELDS.get(field, ("left out where it is empty", f"nullif(:{field}, '')"))


def _with_fields(sql: str, fields: dict[str, str], today: date) -> str:
    """The question with what each of its fields means before it."""
    if not fields:
        return sql
    days = {"{today}": today.isoformat(), "{quarter}": add_months(today, -3).isoformat()}
    meanings = [f"  {_meaning(field)[1]} AS {name}" for name, field in fields.items()]
    asked = "WITH asked AS (SELECT\n" + ",\n".join(meanings) + "\n)\n"
    for mark, day in days.items():
        asked = asked.replace(mark, day)
    return asked + re.sub(r":(\w+)", r"(SELECT \1 FROM asked)", sql)
