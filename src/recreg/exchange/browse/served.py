"""Datasette, in this process, on the loopback address: loaded by `recreg browse` alone, with no plugin of others.

Its connections are recreg's own reading ones, on which SQLite refuses to write,
to open another file or to be set otherwise.
"""

import logging
import os
import re
import socket
import sqlite3
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from recreg.errors import Mistyped, RecregError
from recreg.exchange.browse.gate import Gate
from recreg.exchange.browse.questions import CHAPTERS, canned
from recreg.exchange.browse.tables import NAME, Shown, metadata
from recreg.store.file import connect_for_reading

# Datasette loads the plugins of the environment while it is imported, unless it is told so.
sys._called_from_test = True  # type: ignore[attr-defined]  # noqa: SLF001 - Datasette's own name for it
import datasette.plugins  # noqa: E402 - with the line above
from datasette import hookimpl  # noqa: E402
from datasette.app import Datasette  # noqa: E402
from datasette.database import Database  # noqa: E402
from datasette.utils.asgi import Base400, Response  # noqa: E402
from datasette.views.base import DatasetteError  # noqa: E402

del sys._called_from_test  # type: ignore[attr-defined]  # noqa: SLF001
import uvicorn  # noqa: E402

_SETTINGS = {
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 2000,
    "suggest_facets": False,
    "allow_download": False,
    "allow_signed_tokens": False,
}
_ELSEWHERE = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
#: What takes a name and only tells.
_PRAGMAS = {"table_info", "table_xinfo", "foreign_key_list", "index_list", "index_info", "index_xinfo"}


class _Register(Database):  # type: ignore[misc]  # Datasette has no types.
    """The register, which Datasette can only read."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection of recreg's own, which reads this one file."""
        if write:
            raise sqlite3.OperationalError("The register is read here, and not written.")
        db = connect_for_reading(self.path)
        db.set_authorizer(_only_here)
        return db

    async def execute(self, *asked: Any, **options: Any) -> Any:
        """The answer; what SQLite says against a question is for its page, not for stderr."""
        try:
            return await super().execute(*asked, **options | {"log_sql_errors": False})
        except sqlite3.OperationalError as error:
            refused = re.fullmatch(r"(?:JSON path error near|bad JSON path:) '(.*)'", str(error))
            raise sqlite3.OperationalError(refused[1].replace("''", "'") if refused else str(error)) from error


class _Browsed(Datasette):  # type: ignore[misc]  # Datasette has no types.
    """Datasette over one register, with the officer's questions as of the day that it is."""

    def __init__(self, path: Path, register: Shown, today: Callable[[], date]) -> None:
        here = Path(__file__).parent
        super().__init__(
            files=[], metadata=metadata(register), settings=_SETTINGS,
            template_dir=str(here / "pages"), static_mounts=[("static", str(here / "static"))],
        )  # fmt: skip
        self._today = today
        self.remove_database("_memory")
        self.add_database(_Register(self, path=path), name=NAME)
        self.jinja_env.globals |= {"marking": register.marking, "chapters": CHAPTERS}

    async def get_canned_queries(self, database_name: str, actor: Any) -> dict[str, Any]:  # noqa: ARG002 - Datasette's
        """The questions, where it is the register that is asked."""
        return canned(self._today()) if database_name == NAME else {}


class _Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config, when_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_up = when_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self._when_up()


def listening(port: int | None) -> socket.socket:
    """A socket of this machine's own loopback address; raises `Mistyped` for a port that is not to be had."""
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # Else the port of a browse that has just ended is not to be had again for a minute.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port or 0))
    except OSError as error:
        held.close()
        said = f"Port {port} of this machine cannot be had: {error.strerror}."
        raise Mistyped(said, "Leave --port out for one that is free.") from error
    return held


def serve(
    path: Path, register: Shown, *, at: socket.socket, today: Callable[[], date], up: Callable[[str], None]
) -> None:
    """Show the register until Ctrl-C; ``up`` is given the link as soon as it can be opened."""
    canned(today())  # A bug in them is told before there is a page.
    browsed = _Browsed(path, register, today)
    gate = Gate(browsed.app(), at.getsockname()[1])
    config = uvicorn.Config(
        gate, log_config=None, log_level=logging.CRITICAL + 1, access_log=False, lifespan="off", ws="none", http="h11",
        loop="asyncio", server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):  # It is how the pages are ended.
        _Server(config, lambda: up(gate.link)).run(sockets=[at])


def _only_here(action: int, name: str | None, value: str | None, *_where: object) -> int:
    """What SQLite asks before it does anything: no other file is read, and no setting of the connection is changed."""
    sets = action == sqlite3.SQLITE_PRAGMA and value is not None and name not in _PRAGMAS
    return sqlite3.SQLITE_DENY if sets or action in _ELSEWHERE else sqlite3.SQLITE_OK


class _Sentences:
    """What a page says where something is wrong, in place of Datasette's own, which tells the terminal everything."""

    __name__ = "recreg"

    @hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types.
    def handle_exception(self, datasette: Datasette, request: Any, exception: Exception) -> Any:
        """The page, or the JSON, that says it."""
        status, said = _told(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": said, "status": status}, status=status)
        shown = {"ok": False, "error": said, "status": status, "title": None, "urls": datasette.urls}
        more = {"app_css_hash": datasette.app_css_hash(), "menu_links": list}

        async def page() -> Any:
            template = datasette.jinja_env.get_template("error.html")
            return Response.html(await template.render_async(shown | more), status=status)

        return page


def _told(error: Exception) -> tuple[int, str]:
    """An HTTP status, and a sentence without anything that the register holds."""
    if isinstance(error, RecregError):
        return 503, f"{error} {error.hint}"
    if isinstance(error, Base400 | DatasetteError):
        return error.status, str(getattr(error, "message", error))
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return 500, f"This is a bug in recreg ({where}); nothing was written."


datasette.plugins.pm.unregister(name="datasette.handle_exception")
datasette.plugins.pm.register(_Sentences(), "recreg")
