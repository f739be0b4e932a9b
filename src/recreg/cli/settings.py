"""Where the register is, who acts, and what day it is: option, then environment, then default."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from recreg.domain.dates import today_in_london
from recreg.errors import Mistyped, Unusable

if TYPE_CHECKING:
    from recreg.store.rewind import Moment

_chosen: list[str | None] = [None]
_day: list[date | None] = [None]
_number: list[int | None] = [None]


def choose_register(file: str | None) -> None:
    """Take the register that ``--register`` names, as it stands now unless told otherwise."""
    _chosen[0], _day[0], _number[0] = file, None, None


def look_back_to(typed: str | None) -> str | None:
    """Take the day of ``--as-of``, which is today for every clock; raises `Mistyped` for one to come."""
    if typed is not None:
        from recreg.domain.typed_days import understand

        day = understand(typed, today=today()).on
        if day > today():
            hint = (
                "recreg agenda --until DAY lists what falls due, and recreg overdue --within 30d what is soon overdue."
            )
            raise Mistyped(f"“{typed}” is in the future.", hint)
        _day[0] = day
    return typed


def look_back_to_changeset(number: int | None) -> int | None:
    """Take the changeset of ``--as-recorded``."""
    _number[0] = number
    return number


def must_be_now(what: str) -> None:
    """Raise `Mistyped` where another moment than now is looked back to."""
    if moment() is not None:
        raise Mistyped(f"{what} is of the register as it stands now.", "Leave --as-of and --as-recorded out.")


def moment() -> "Moment | None":
    """The moment that was asked for; None for now."""
    if _day[0] is None and _number[0] is None:
        return None
    from recreg.store.rewind import Moment

    return Moment(_day[0], _number[0])


def register_file() -> Path:
    """The register: ``--register``, RECREG_REGISTER, or the platform's place for a user's data."""
    named = _chosen[0] or os.environ.get("RECREG_REGISTER")
    if named:
        return Path(named).resolve() if _is_link(Path(named)) else Path(named)
    from platformdirs import user_data_path

    try:
        return user_data_path("recreg", appauthor=False) / "register.db"
    except RuntimeError as error:
        hint = "recreg --register FILE, or RECREG_REGISTER, names the register."
        raise Unusable("This account has no home folder to look for a register in.", hint) from error


def link_to_register() -> Path | None:
    """The link that the register was named by; None where it was named itself."""
    named = _chosen[0] or os.environ.get("RECREG_REGISTER")
    return Path(named) if named and _is_link(Path(named)) else None


def _is_link(named: Path) -> bool:
    with suppress(OSError):  # In a folder that this account may not enter: opening it will tell.
        return named.is_symlink()
    return False


def register_word() -> str:
    """What to type before a command so that it works on this very register."""
    import shlex

    return f"recreg --register {shlex.quote(_chosen[0])}" if _chosen[0] else "recreg"


def today() -> date:
    """The day looked back to, else the real one."""
    return _day[0] or real_today()


def real_today() -> date:
    """Today in London, or the day that RECREG_TODAY sets for everything but the UTC stamps."""
    set_day = os.environ.get("RECREG_TODAY")
    if not set_day:
        return today_in_london()
    from recreg.domain.typed_days import understand

    return understand(set_day, today=today_in_london(), what="day in RECREG_TODAY").on


def today_is_set() -> bool:
    """Whether RECREG_TODAY says what day it is, and no other day is looked back to."""
    return bool(os.environ.get("RECREG_TODAY")) and _day[0] is None


def who(by: str | None) -> str:
    """Who is recorded as acting: ``--by``, RECREG_BY, or the login."""
    named = by or os.environ.get("RECREG_BY") or _login()
    if not named.strip():
        raise Mistyped("Nobody is named as acting.", "Add --by NAME, or set RECREG_BY.")
    return named


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"account {os.getuid()}" if hasattr(os, "getuid") else ""
