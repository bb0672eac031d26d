"""What stands before every request: whose it may be, how large, and which headers go with every answer."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "communique-token"
_HEADERS = 16_384  # bytes of all headers of a request
_ADDRESS = 65_536  # bytes of its address
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may ask.

    ``hosts`` are the names that the server goes by: a request for any other comes by way of a name that somebody else
    made point here. ``token`` opens what writes; where ``closed``, it opens everything.
    """

    hosts: frozenset[str]
    token: str = ""
    closed: bool = False

    def knows(self, host: str) -> bool:
        """Return whether the server goes by a name (with or without port)."""
        name = re.sub(r":\d+\Z", "", host.strip().lower())
        return name in self.hosts or "*" in self.hosts

    def admits(self, headers: Headers) -> bool:
        """Return whether a request has the token."""
        if not self.token:
            return False
        kind, _, value = headers.get("authorization", "").partition(" ")
        given = value.strip() if kind.lower() == "bearer" else _cookie(headers.get("cookie", ""))
        return hmac.compare_digest(given.encode(), self.token.encode())


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def loopback() -> frozenset[str]:
    """Return the names of this machine to itself."""
    return frozenset(("localhost", "127.0.0.1", "[::1]"))


class Guard:
    """The middleware that refuses what the policy does not admit and adds the headers that keep pages safe."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        expert = scope["path"].rstrip("/").endswith("/expert")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *(_EDITOR if expert else _STRICT)]
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """Return the answer to a request that is refused."""
        headers = Headers(scope=scope)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADERS:
            return error(431, "the headers are too large", f"at most {_HEADERS} bytes")
        if len(scope["path"]) + len(scope["query_string"]) > _ADDRESS:
            return error(414, "the address is too long", "send a long query in the body of a POST")
        if not self._policy.knows(headers.get("host", "")):
            return error(421, "this server does not go by that name", "start it with --allow-host NAME")
        if (origin := headers.get("origin")) and not self._own(origin):
            return error(403, "requests from pages of other sites are refused", "open the server's own pages")
        if self._policy.closed and not self._policy.admits(headers):
            return self._entry(scope) or error(
                401, "a token is needed", "send Authorization: Bearer TOKEN, or open /?token=TOKEN once"
            )
        return self._entry(scope)

    def _own(self, origin: str) -> bool:
        return origin != "null" and self._policy.knows(urlsplit(origin).netloc)

    def _entry(self, scope: Scope) -> ASGIApp | None:
        """Return the answer to ``?token=``: the token goes into a cookie and out of the address."""
        if b"token=" not in scope["query_string"]:
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if not given or scope["method"] != "GET" or not self._policy.token:
            return None
        if not hmac.compare_digest(given[-1].encode(), self._policy.token.encode()):
            return error(401, "the token is not the right one", "take it from the terminal where the server runs")
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        root = scope.get("root_path", "")
        response = RedirectResponse(f"{scope['path']}{'?' if rest else ''}{rest}", status_code=303)
        response.set_cookie(COOKIE, self._policy.token, httponly=True, samesite="strict", path=root or "/")
        return response


def _fixed(style: str) -> list[tuple[bytes, bytes]]:
    """Return the headers that go with every answer."""
    headers = {
        "content-security-policy": _POLICY.format(style=style),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-cache",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


_STRICT = _fixed("")
_EDITOR = _fixed(" 'unsafe-inline'")  # the editor of the expert page sets styles on its elements; no other page does


def error(status: int, message: str, remedy: str = "") -> JSONResponse:
    """Return an error as every part of the server writes it: one line, and what to do."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": message, "remedy": remedy}, status_code=status, headers=headers)


def names(host: str, allowed: Collection[str]) -> frozenset[str]:
    """Return the names that a server goes by which binds to ``host``."""
    bound = f"[{host}]" if ":" in host else host
    return loopback() | {bound.lower()} | {each.lower() for each in allowed}
