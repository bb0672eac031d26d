"""What people decide on the pages: which entities are the same, and which facts are wrong.

All of it goes into the file of decisions, never into a document's graph; the links follow judgements in the background
(:mod:`communique.serve.following`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from communique.errors import UsageError
from communique.serve.edition import Edition
from communique.serve.following import Following
from communique.serve.security import Policy, error
from communique.store import Store

if TYPE_CHECKING:
    from communique.resolve.decisions import Decisions

_BODY = 65_536  # bytes of a decision
_NOTE = 2_000  # letters of its note
_BY = "workbench"
_FILE = "decisions.jsonl"


class Judging:
    """The decisions of one file, read and written."""

    def __init__(self, store: Path, path: Path | None = None) -> None:
        """Take the store's folder and the file, where not the one beside the store; read it if it is there.

        Raises:
            DataError: a line of it is no decision.
        """
        self._store = store
        self._path = path or store.resolve().parent / _FILE
        self._lock = threading.RLock()
        self._following = Following(store, self._path)
        self._loaded: Decisions | None = None
        if self._path.exists():
            self._decisions.refresh()

    @property
    def _decisions(self) -> Decisions:
        """The decisions; what reads them is slow to load and the first screen does without."""
        from communique.resolve.decisions import Decisions

        with self._lock:
            if self._loaded is None:
                self._loaded = Decisions.load(self._path)
            return self._loaded

    def flagged(self) -> frozenset[str]:
        """Return the facts that somebody has flagged."""
        if self._loaded is None and not self._path.exists():
            return frozenset()
        with self._lock:
            self._decisions.refresh()
            return frozenset(each.a for each in self._decisions.flags())

    def links(self, edition: Edition) -> dict[str, str]:
        """Return how far the links of the graph have followed what was judged here."""
        return self._following.state(edition.revision, Store.published(self._store))

    def review(self, edition: Edition, limit: int) -> dict[str, Any]:
        """Return the likeliest of the pairs that nobody has judged."""
        from communique.resolve.review import remaining, uncertain

        with self._lock:
            self._decisions.refresh()
            pairs = uncertain(edition.store, self._decisions, limit=max(1, limit))
            total = remaining(edition.store, self._decisions)
            judged = len(self._decisions.pairs())
        found: list[dict[str, Any]] = [pair.as_dict() for pair in pairs]
        for pair in found:
            for side in (pair["a"], pair["b"]):
                node = edition.index.node(side["iri"])
                side["statements"] = node.statements if node else 0
        return {
            "pairs": found,
            "total": total,
            "left_out": total - len(found),
            "judged": judged,
            "links": self.links(edition),
        }

    def judge(self, sent: dict[str, str]) -> dict[str, str]:
        """Write down that two entities are the same, different, or that one cannot tell."""
        kind = sent.get("kind", "")
        if kind not in ("same", "different", "unsure"):
            raise UsageError(f"{kind[:40]!r} is no judgement", where="kind", remedy="one of: same, different, unsure")
        ends = sent.get("a", ""), sent.get("b", "")
        with self._lock:
            made = self._decisions.judge(kind, *ends, by=sent.get("by") or _BY, note=sent.get("note", ""))  # type: ignore[arg-type]
        self._following.soon()
        return made.as_dict()

    def flag(self, sent: dict[str, str]) -> dict[str, str]:
        """Write down that a fact is wrong."""
        with self._lock:
            made = self._decisions.flag(sent.get("fact", ""), sent.get("note", ""), by=sent.get("by") or _BY)
        return made.as_dict()

    def undo(self, sent: dict[str, str]) -> dict[str, str]:
        """Take a decision back."""
        with self._lock:
            made = self._decisions.undo(sent.get("id", ""), by=sent.get("by") or _BY)
        self._following.soon()
        return made.as_dict()


def written(policy: Policy, write: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[Request], Any]:
    """Return the endpoint that takes a decision as JSON from whoever has the token."""

    async def endpoint(request: Request) -> Response:
        if not policy.admits(request.headers):
            return error(401, "a token is needed to write", "send Authorization: Bearer TOKEN; the terminal shows it")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return error(415, "the content type is not understood", "send application/json")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > _BODY:
                return error(413, "the decision is too large", f"at most {_BODY:,} bytes")
        return JSONResponse(await run_in_threadpool(write, _parsed(bytes(body))))

    return endpoint


def _parsed(body: bytes) -> dict[str, str]:
    try:
        sent = json.loads(body)
    except ValueError:
        raise UsageError("it is no JSON", where="body", remedy="send an object of strings") from None
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise UsageError("it is no object of strings", where="body", remedy='send {"a": "...", "b": "..."}, say')
    if any(len(value) > _NOTE for value in sent.values()):
        raise UsageError("a value is too long", where="body", remedy=f"at most {_NOTE} letters each")
    return sent
