"""Who is let in: whoever opens the link first, in that browser, and nobody else on this machine.

Every account of a machine reaches its loopback address. The link works once and leaves a cookie, which
lasts as long as the command does. Only what reads is let through.
"""

import csv
import hmac
import io
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from recreg.exchange.browse.tables import NAME
from recreg.exchange.cells import csv_cell

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Pages = Callable[[Message, Receive, Send], Awaitable[None]]

#: The browser loads nothing from elsewhere, tells nobody where it was, and shows the pages in no other page.
_GUARDED = {
    "content-security-policy": "default-src 'none'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_OUTSIDE = "This page opens by the link that recreg browse prints, and the link works once. Type recreg browse again."


class Gate:
    """Stands before the pages: lets the first who brings the link in, by a cookie of this one address."""

    def __init__(self, pages: Pages, port: int) -> None:
        self._pages = pages
        self._cookie = f"recreg-{port}"
        self._key = secrets.token_urlsafe(32)
        self._entrance: str | None = f"/open/{secrets.token_urlsafe(32)}"
        self.link = f"http://127.0.0.1:{port}{self._entrance}"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or have the pages answer it."""
        path, method = str(scope["path"]), scope.get("method")
        if method not in {"GET", "HEAD"}:
            await _answer(send, 405, "These pages can be read, and nothing can be written through them.")
        elif self._is_known(scope):
            await self._let_in(path, scope, receive, send)
        elif method == "GET" and self._entrance and hmac.compare_digest(path.encode(), self._entrance.encode()):
            self._entrance = None
            cookie = f"{self._cookie}={self._key}; Path=/; HttpOnly; SameSite=Lax"
            await _answer(send, 303, "", {"location": f"/{NAME}", "set-cookie": cookie})
        else:
            await _answer(send, 403, _OUTSIDE)

    async def _let_in(self, path: str, scope: Message, receive: Receive, send: Send) -> None:
        if path == "/" or path.startswith("/open/"):
            await _answer(send, 303, "", {"location": f"/{NAME}"})
        elif path.startswith("/-/") and not path.startswith("/-/static/"):
            await _answer(send, 404, "There is no such page.")
        else:
            await self._pages(scope, receive, _guarded(send))

    def _is_known(self, scope: Message) -> bool:
        """Whether the request brings the cookie."""
        brought = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
        try:
            morsel = SimpleCookie("; ".join(brought)).get(self._cookie)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._key.encode())


def _guarded(send: Send) -> Send:
    """What sends an answer on with the headers that keep it here, and cells of CSV that are harmless."""
    is_csv = False

    async def sending(message: Message) -> None:
        nonlocal is_csv
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            is_csv = kind.startswith((b"text/csv", b"text/plain"))
            message["headers"] = [*message["headers"], *_encoded(_GUARDED)]
        elif is_csv:
            message["body"] = _harmless_rows(message.get("body", b""))
        await send(message)

    return sending


def _harmless_rows(rows: bytes) -> bytes:
    """Rows of CSV, as Datasette sends each whole, in which no cell is taken for a formula."""
    read = csv.reader(io.StringIO(rows.decode("utf-8"), newline=""))
    return "".join(",".join(csv_cell(cell) for cell in row) + "\r\n" for row in read).encode()


async def _answer(send: Send, status: int, text: str, headers: dict[str, str] | None = None) -> None:
    told = {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"} | _GUARDED | (headers or {})
    await send({"type": "http.response.start", "status": status, "headers": _encoded(told)})
    await send({"type": "http.response.body", "body": text.encode()})


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
