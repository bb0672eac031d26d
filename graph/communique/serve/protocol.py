"""``/sparql``: the query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/).

An answer is complete before its first byte is sent, so that its status is true. Queries run in processes that are
killed when their time is over.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import cast
from urllib.parse import parse_qsl

import pyoxigraph
from anyio import to_thread
from pyoxigraph import QueryResultsFormat, RdfFormat
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from communique import ask
from communique.errors import CommuniqueError, QueryLimitError, QueryTimeoutError
from communique.serve import describe
from communique.serve.edition import Editions
from communique.serve.negotiation import GRAPHS, RESULTS, Form, choose, prefers_html
from communique.serve.rdf import VARYING, written
from communique.serve.security import error
from communique.sparql import Graphs
from communique.workers import Call, QueryWorkers

LONGEST = 100_000
"""Letters that a query may have."""

_BODY = 3 * LONGEST  # bytes of a request's body: a form may write a letter as three
_QUEUE = 32  # queries that may wait for a worker
_SMALL = 100_000  # bytes of an answer that is written on the spot
_PATIENCE = 10.0  # seconds that they wait
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_UPDATES = "application/sparql-update"


class RefusedError(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with what the request says beside it."""

    query: str
    graphs: Graphs
    format: str
    seconds: float | None


class Endpoint:
    """Answers requests to ``/sparql``."""

    def __init__(self, editions: Editions) -> None:
        """Set up the endpoint over a store."""
        self._editions = editions
        self._turns = asyncio.Semaphore(editions.limits.jobs)
        self._waiting = 0
        self._seconds = editions.limits.seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        if request.method not in ("GET", "HEAD", "POST"):
            response: Response = error(405, "there is no such method here", "ask with GET or POST")
            response.headers["Allow"] = "GET, HEAD, POST"
        else:
            response = await self._led(request) or await self._timed(request)
        await response(scope, receive, send)

    async def _led(self, request: Request) -> Response | None:
        """Return the way to the page for browsers, and the service description where there is no query."""
        if request.method == "POST" or "update" in request.query_params:
            return None
        accept = request.headers.get("accept", "")
        if prefers_html(accept, (*RESULTS, *GRAPHS)) and not request.query_params.get("format"):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{request.scope.get('root_path', '')}/expert{query}", 303, headers=VARYING)
        if "query" not in request.query_params:
            return await to_thread.run_sync(describe.service, self._editions, request)
        return None

    async def _timed(self, request: Request) -> Response:
        """Return the answer, or why there is none, with how long it waited and ran."""
        times = [monotonic()]  # of arrival, of the worker's begin, of the end
        try:
            response = await self._answer(await operation(request), request.headers.get("accept", ""), times)
        except RefusedError as refused:
            response = error(refused.status, refused.message, refused.remedy)
        except QueryTimeoutError as problem:
            response = error(504, problem.message, problem.remedy)
        except QueryLimitError as problem:
            response = error(413, problem.message, problem.remedy)
        except CommuniqueError as problem:
            response = error(400, f"{problem.where}: {problem.message}", problem.remedy)
        times.append(monotonic())
        waited, ran = 1000 * (times[1] - times[0]), 1000 * (times[-1] - times[1])
        response.headers["Server-Timing"] = f"queue;dur={waited:.1f}, query;dur={ran if len(times) > 2 else 0:.1f}"
        return response

    async def _answer(self, asked: Operation, accept: str, times: list[float]) -> Response:
        if not choose((*RESULTS, *GRAPHS), accept, asked.format):
            raise _unacceptable(asked.format, (*RESULTS, *GRAPHS))
        with self._editions.current() as edition:
            answer = edition.answers.get(asked.query, asked.graphs)
            if answer is None:
                answer = await self._computed(edition.workers, asked, times)
                edition.answers.keep(asked.query, asked.graphs, answer)
        forms = GRAPHS if answer.kind == "construct" else RESULTS
        form = choose(forms, accept, asked.format)
        if form is None:
            raise _unacceptable(asked.format, forms)
        small = len(answer.payload) < _SMALL or form.writes == QueryResultsFormat.JSON
        body = write(answer, form) if small else await to_thread.run_sync(write, answer, form)
        return Response(body, headers=VARYING, media_type=form.content_type)

    async def _computed(self, workers: QueryWorkers, asked: Operation, times: list[float]) -> ask.Answer:
        await self._turn()
        times.append(monotonic())
        try:
            return await self._asked(workers, asked)
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        """Wait for a worker to be free, for a while: the time of a query is its own."""
        if not self._turns.locked():
            await self._turns.acquire()
            return
        if self._waiting >= _QUEUE:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1

    async def _asked(self, workers: QueryWorkers, asked: Operation) -> ask.Answer:
        """Return what a worker answers; no thread waits for it."""
        seconds = min(asked.seconds or self._seconds, self._seconds)
        call = workers.begin(asked.query, seconds=seconds, graphs=asked.graphs or None)
        if call is None:  # the worker of this turn is being replaced
            begin = partial(workers.ask, asked.query, seconds=seconds, graphs=asked.graphs or None)
            return await to_thread.run_sync(begin)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[ask.Answer] = loop.create_future()
        file = call.fileno()
        loop.add_reader(file, _receive, call, done)
        os.set_blocking(file, True)  # libuv makes it otherwise, but a message that has begun is read to its end
        timer = loop.call_later(seconds, _give_up, done)
        try:
            return await done
        except TimeoutError:
            loop.remove_reader(file)
            raise call.abandon() from None
        except asyncio.CancelledError:
            if done.cancelled():  # else the answer has come meanwhile, and the worker is free
                loop.remove_reader(file)
                call.abandon()
            raise
        finally:
            timer.cancel()


def _receive(call: Call, done: asyncio.Future[ask.Answer]) -> None:
    """Take what a worker has sent; at the end let it go and settle the future, in one step of the loop."""
    problem: CommuniqueError | None = None
    answer: ask.Answer | None = None
    try:
        answer = call.receive()
    except CommuniqueError as found:
        problem = found
    if answer is None and problem is None:
        return
    done.get_loop().remove_reader(call.fileno())
    call.end()
    if problem:
        done.set_exception(problem)
    elif answer is not None:
        done.set_result(answer)


def _give_up(done: asyncio.Future[ask.Answer]) -> None:
    if not done.done():
        done.set_exception(TimeoutError())


def _busy() -> RefusedError:
    return RefusedError(503, "too many queries run at the moment", "try again in a few seconds")


def _unacceptable(name: str, forms: Sequence[Form]) -> RefusedError:
    known = ", ".join(form.names[0] for form in forms)
    what = f"format {name[:40]!r}" if name else "Accept header"
    remedy = f"add ?format= with one of: {known}; or accept {forms[0].types[0]}"
    return RefusedError(406, f"the answer has no form that fits the {what}", remedy)


async def operation(request: Request) -> Operation:
    """Return what a request asks, from its address and its body.

    Raises:
        RefusedError: it is no query operation of the protocol, or too large.
    """
    pairs = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _UPDATES:
            raise RefusedError(
                403, "updates are refused: the endpoint only reads", "`communique build` writes the graph"
            )
        if kind not in (_FORM, _DIRECT):
            raise RefusedError(415, f"the content type {kind[:60]!r} is not understood", f"send {_FORM} or {_DIRECT}")
        text = await _body(request)
        if kind == _DIRECT:
            pairs = [pair for pair in pairs if pair[0] != "query"] + [("query", text)]
        else:
            pairs += parse_qsl(text, keep_blank_values=True, max_num_fields=100)
    return _operation(pairs)


async def _body(request: Request) -> str:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY:
            raise RefusedError(413, "the request is too large", f"at most {_BODY:,} bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "the request is not in UTF-8", "encode it so") from None


def _operation(pairs: Sequence[tuple[str, str]]) -> Operation:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if "update" in found or "using-graph-uri" in found:
        raise RefusedError(403, "updates are refused: the endpoint only reads", "`communique build` writes the graph")
    queries = found.get("query", [])
    if len(queries) != 1 or not re.search(r"[{(]", queries[0]):
        raise RefusedError(400, "there must be exactly one query, in SPARQL", "give it as the parameter `query`")
    if len(queries[0]) > LONGEST:
        raise RefusedError(413, "the query is too long", f"at most {LONGEST:,} characters")
    graphs = Graphs(*(tuple(found.get(f"{name}-graph-uri", ())) for name in ("default", "named")))
    seconds = found.get("timeout", [""])[-1]
    if seconds and not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", seconds):
        raise RefusedError(400, f"the timeout {seconds[:20]!r} is no number of seconds", "write timeout=5, say")
    return Operation(queries[0], graphs, found.get("format", [""])[-1], float(seconds) if seconds else None)


def write(answer: ask.Answer, form: Form) -> bytes:
    """Return an answer in a format."""
    if answer.kind != "construct":
        if form.writes == QueryResultsFormat.JSON:
            return answer.payload
        found = pyoxigraph.parse_query_results(answer.payload, format=QueryResultsFormat.JSON)
        return found.serialize(format=cast(QueryResultsFormat, form.writes)) or b""
    triples = (quad.triple for quad in pyoxigraph.parse(answer.payload, RdfFormat.N_TRIPLES))
    return written(triples, form)
