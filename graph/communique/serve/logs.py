"""The log: one line of JSON for each request on standard error. No text of a document or a query is ever in it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def log(event: str, **facts: object) -> None:
    """Write one line."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
    sys.stderr.write(json.dumps(line) + "\n")


class Logged:
    """The middleware that logs requests: method, path, how long the query string is, status, bytes and time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = monotonic(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            log(
                "request",
                method=scope["method"],
                path=scope["path"][:200],
                query_bytes=len(scope["query_string"]),
                status=status,
                bytes=size,
                ms=round(1000 * (monotonic() - began), 1),
            )
