"""What every request passes and every answer carries: size, origin, and headers that keep pages to themselves."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES: Final = 262_144  # of a request's body
HEADER: Final = "x-khazri"  # a foreign page cannot send it without being asked first, and nobody is asked
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
REPORT_POLICY: Final = (  # a report is one file: its style and pictures stand in it; it runs no script of its own
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Shield:
    """Around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is foreign or too large; else pass on, and mark what comes back."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not same_origin(headers):
            await self._turn_away(scope, receive, send, 403)
        elif scope["type"] == "websocket":
            await self._app(scope, receive, send)
        elif scope["method"] not in SAFE_METHODS and headers.get(HEADER) != "1":
            await self._turn_away(scope, receive, send, 403)
        elif int(headers.get("content-length", "0") or 0) > MOST_BYTES:
            await self._turn_away(scope, receive, send, 413)
        else:
            await self._app(scope, _counted(receive), _marked(send))

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send, status: int) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        code = "not_allowed" if status == 403 else "server"
        params = {} if status == 403 else {"status": status}
        response = JSONResponse({"refusal": {"code": code, "params": params}}, status_code=status)
        await response(scope, receive, _marked(send))


def same_origin(headers: Headers) -> bool:
    """Whether the page that asks is one of ours (a program that is no browser sends no origin)."""
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # no address at all
        return False


def _counted(receive: Receive) -> Receive:
    """A body that names no length is cut off where it grows too large."""
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > MOST_BYTES:
                return {"type": "http.disconnect"}
        return message

    return counting


def _marked(send: Send) -> Send:
    async def marking(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", POLICY)
            headers.setdefault("cache-control", "no-store")
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "no-referrer"
            headers["cross-origin-opener-policy"] = "same-origin"
            headers["cross-origin-resource-policy"] = "same-origin"
        await send(message)

    return marking
