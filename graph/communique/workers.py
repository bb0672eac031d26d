"""Asks queries in processes of their own, which can be killed: Oxigraph has no way to stop a query that it has begun.

A worker opens the store once, for reading, and answers one query after the other. Where a query runs out of time, its
process is killed and another takes its place in the background. A result that outgrows its limits ends in the worker
while it is computed, so that neither side ever holds all of it. What a worker may use of the machine's memory is
limited too: a query that wants more ends its own process and no other.
"""

from __future__ import annotations

import builtins
import contextlib
import multiprocessing
import os
import pickle
import re
import signal
import struct
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

from communique import ask
from communique.confidence import at_least
from communique.errors import CommuniqueError, QueryError, QueryLimitError, QueryTimeoutError, StoreError, UsageError
from communique.sparql import Found, Graphs, failing
from communique.store import Store

_START = 60.0
"""Seconds in which a process must have opened the store."""

_CHUNK = 1 << 16
# What the first byte of a message from a worker says: a piece of the answer, how it ended, or both in one (how it
# ended, its length before it, then the last piece).
_PIECE, _END, _LAST = b"+", b".", b"!"
_LENGTH = struct.Struct(">I")
# In results in JSON: objects in arrays, once there are no strings.
_OBJECT = re.compile(rb"[\[,]\{")
# A string, or one whose end is not there yet: of that its quote is kept, and the begin of an escape at its end.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(")[^"\\]*+(?:\\.[^"\\]*+)*+(\\?)\Z')


class QueryWorkers:
    """Killable processes that answer queries over a store's folder.

    Safe to call from several threads; each call has a worker to itself, and waits for one within its time limit.
    """

    def __init__(
        self,
        store_path: str | Path,
        *,
        jobs: int = 2,
        seconds: float = 30.0,
        rows: int | None = 100_000,
        bytes: int | None = 50_000_000,
        memory: int | None = 4_000_000_000,
        in_memory: bool = False,
        min_confidence: float = 0.0,
        wait: bool = True,
        nice: int = 0,
    ) -> None:
        """Start the processes and wait until each has opened the store, unless told otherwise.

        Args:
            store_path: the store's folder.
            jobs: how many queries may run at the same time.
            seconds: how long a query may take, the wait for a free worker included.
            rows: how many rows an answer may have.
            bytes: how many bytes an answer's payload may have.
            memory: how many bytes of memory a worker may take (where the system can limit it).
            in_memory: copy the store into each worker's memory first: large aggregates take a fraction of the time.
            min_confidence: ask only what is at least so sure (see :mod:`communique.confidence`), in memory as well.
            wait: start the processes and wait for them; else :meth:`start` or the queries do, which learn what keeps
                them from opening the store.
            nice: how far they step back behind other processes (where the system knows that), from 0 to 19.

        Raises:
            StoreError: the store cannot be opened.
        """
        self._path = Path(store_path)
        self._jobs, self._seconds = max(1, jobs), seconds
        limits = _Limits(rows, bytes, memory, in_memory, min_confidence, nice)
        self._make = partial(_Worker, limits=limits)
        self._watchdog = _Watchdog()
        self._changed = threading.Condition()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._count = 0  # of workers, those that are starting included
        self._closed = False
        if not wait:
            return
        started = [self._make(self._path) for _ in range(self._jobs)]  # side by side, before any is waited for
        self._count = len(started)
        try:
            for worker in started:
                worker.wait_until_open()
        except BaseException:
            for worker in started:
                worker.kill()
                worker.bury()
            raise
        self._idle = started

    def start(self) -> None:
        """Start, in the background, all processes that are missing."""
        for _ in range(self._jobs):
            _aside(self._fill)

    def __enter__(self) -> Self:
        """Return the workers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the workers."""
        self.close()

    def close(self) -> None:
        """End all processes; queries under way fail."""
        with self._changed:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        self._watchdog.close()
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.bury()

    def ask(
        self,
        name_or_text: str,
        parameters: Mapping[str, str] | None = None,
        *,
        seconds: float | None = None,
        graphs: Graphs | None = None,
    ) -> ask.Answer:
        """Ask as :func:`communique.ask.ask` does.

        Args:
            name_or_text: the name of a query, or SPARQL.
            parameters: values by parameter name.
            seconds: how long it may take, where not as long as all others.
            graphs: the graphs that the query sees, where not all.

        Raises:
            UsageError: there is no such query, or a parameter is unknown, missing or of the wrong type.
            QueryTimeoutError: it took too long, or no worker was free in time.
            QueryLimitError: the answer has too many rows or bytes.
            QueryError: the query is malformed or refused, fails, or used up the memory of its process.
        """
        with self._worker(seconds) as call:
            pieces = call(("ask", name_or_text, dict(parameters or {}), graphs))
            payload = bytearray()
            kind, variables = yield_from_into(pieces, payload.extend)
        return ask.Answer(kind, variables, bytes(payload))

    def begin(
        self,
        name_or_text: str,
        parameters: Mapping[str, str] | None = None,
        *,
        seconds: float | None = None,
        graphs: Graphs | None = None,
    ) -> Call | None:
        """Begin to ask as :meth:`ask` does, without waiting: for who serves many readers in one thread.

        Returns:
            the call, or nothing where no worker is idle.
        """
        with self._changed:
            worker = self._idle.pop() if self._idle and not self._closed else None
            if worker is None:
                return None
            self._busy.add(worker)
        limit = self._seconds if seconds is None else seconds
        call = Call(worker, limit, self._watchdog, self._release, self._discard)
        call.send(("ask", name_or_text, dict(parameters or {}), graphs))
        return call

    def stream(
        self,
        name_or_text: str,
        parameters: Mapping[str, str] | None = None,
        *,
        format: str = "csv",
        seconds: float | None = None,
    ) -> Iterator[bytes]:
        """Ask, and yield the answer piece by piece in a format of :data:`communique.ask.STREAMED`.

        The answer may have any number of rows and bytes; the time limit holds for the whole of it, as long as the
        reader takes. Where the reader stops early, the query is ended.

        Raises:
            UsageError, QueryTimeoutError, QueryError: as :meth:`ask`; after some pieces, too.
        """
        if format not in ask.STREAMED:
            raise UsageError(f"there is no stream in format {format!r}", remedy=f"one of {', '.join(ask.STREAMED)}")
        with self._worker(seconds) as call:
            yield from call(("stream", name_or_text, dict(parameters or {}), format))

    def reopen(self, store_path: str | Path) -> None:
        """Go over to another folder (a newer snapshot); return when no worker uses the old one any more.

        Queries that come in meanwhile are answered; those under way finish over the old folder.

        Raises:
            StoreError: the new folder cannot be opened; queries will say so too.
        """
        path = Path(store_path)
        with self._changed:
            self._path = path
        while worker := self._stale(path):
            self._renew(worker)

    # -- the pool -----------------------------------------------------------------------------------------------

    @contextmanager
    def _worker(self, seconds: float | None) -> Iterator[Callable[[tuple[Any, ...]], Pieces]]:
        limit = self._seconds if seconds is None else seconds
        deadline = monotonic() + limit
        worker = self._acquire(deadline, limit)
        try:
            yield partial(worker.call, deadline=deadline, seconds=limit)
        finally:
            if worker.ready:
                self._release(worker)
            else:  # out of time, dead, or the caller gave up: what it is at now would go on
                self._discard(worker)

    def _acquire(self, deadline: float, limit: float) -> _Worker:
        while True:
            with self._changed:
                self._wait_for_one(deadline, limit)
                worker = self._idle.pop() if self._idle else None
                if worker is None:
                    self._count += 1
                else:
                    self._busy.add(worker)
            if worker is None:
                worker = self._started(deadline, limit)
                with self._changed:
                    self._busy.add(worker)
            if worker.alive:
                return worker
            self._discard(worker)

    def _wait_for_one(self, deadline: float, limit: float) -> None:
        """Wait until a worker is idle or may be started; the caller holds the lock."""
        while not self._closed and not self._idle and self._count >= self._jobs:
            if not self._changed.wait(max(0.0, deadline - monotonic())) and deadline <= monotonic():
                raise QueryTimeoutError(
                    f"no worker was free within {limit:g} s",
                    where="query",
                    remedy="try again later, or allow more queries at the same time",
                )
        if self._closed:
            raise StoreError("the query workers were closed", where=str(self._path), remedy="open them again")

    def _started(self, deadline: float = inf, limit: float = _START) -> _Worker:
        """Start a worker whose place is counted already; give the place back where that fails.

        One that is not ready in time takes its place later.
        """
        while True:
            path = self._path
            worker = self._make(path)
            try:
                worker.wait_until_open(deadline, limit)
            except BaseException as error:
                if isinstance(error, QueryTimeoutError) and limit < _START:
                    _aside(self._adopt, worker)
                    raise
                worker.kill()
                worker.bury()
                if isinstance(error, StoreError) and path != self._path:
                    continue  # the folder was left meanwhile, and removed
                self._forget()
                raise
            return worker

    def _adopt(self, worker: _Worker) -> None:
        """Let a worker that still starts be used once it has."""
        try:
            worker.wait_until_open()
        except CommuniqueError:  # the next query tries again, and its caller learns why it fails
            worker.kill()
            worker.bury()
            self._forget()
            return
        self._release(worker)

    def _forget(self) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def _release(self, worker: _Worker) -> None:
        if worker.path != self._path:
            self._renew(worker)
            return
        with self._changed:
            self._busy.discard(worker)
            if not self._closed:
                self._idle.append(worker)
            self._changed.notify_all()
        if self._closed:
            worker.kill()
            worker.bury()

    def _discard(self, worker: _Worker) -> None:
        """End a worker at once; see to what is left of it, and start another, in the background."""
        worker.kill()
        with self._changed:
            self._busy.discard(worker)
            self._count -= 1
            self._changed.notify_all()
            closed = self._closed
        if not closed:
            _aside(self._fill)
        _aside(worker.bury)

    def _fill(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, 0.1)  # whoever asks one query closes now: start nothing for it
            if self._closed or self._count >= self._jobs:
                return
            self._count += 1
        try:
            self._release(self._started())
        except CommuniqueError:
            return  # the next query tries again, and its caller learns why it fails

    def _stale(self, path: Path) -> _Worker | None:
        """Return an idle worker of another folder, now busy; wait for busy ones; None where none is left."""
        with self._changed:
            while True:
                for worker in self._idle:
                    if worker.path != path:
                        self._idle.remove(worker)
                        self._busy.add(worker)
                        return worker
                if self._closed or all(worker.path == path for worker in self._busy):
                    return None
                self._changed.wait()

    def _renew(self, worker: _Worker) -> None:
        """Have a worker open the present folder, and let it go."""
        try:
            worker.open(self._path)
        except BaseException:
            self._discard(worker)
            raise
        self._release(worker)


def _aside(act: Callable[..., None], *given: _Worker) -> None:
    threading.Thread(target=act, args=given, name="communique query worker", daemon=True).start()


Pieces = Generator[bytes, None, Any]


def yield_from_into(pieces: Pieces, take: Callable[[bytes], object]) -> Any:
    """Pass all pieces on and return what their generator returns."""
    while True:
        try:
            take(next(pieces))
        except StopIteration as end:
            return end.value


class Call:
    """A query under way in a worker: wait until its file can be read, then receive, until there is an answer."""

    def __init__(
        self,
        worker: _Worker,
        seconds: float,
        watchdog: _Watchdog,
        release: Callable[[_Worker], None],
        discard: Callable[[_Worker], None],
    ) -> None:
        """Take a busy worker, who watches it, and what to do with it in the end."""
        self.seconds = seconds
        self._worker = worker
        self._watchdog = watchdog
        self._release, self._discard = release, discard
        self._payload = bytearray()

    def fileno(self) -> int:
        """Return the file that can be read when there is something to receive."""
        return self._worker.fileno()

    def send(self, request: tuple[Any, ...]) -> None:
        """Send the request; where the worker is dead, receiving will say so."""
        self._worker.ready = False
        self._watchdog.watch(self._worker, monotonic() + self.seconds)
        self._worker.send(request)

    def receive(self) -> ask.Answer | None:
        """Take what has arrived; return the answer when it is whole.

        Raises:
            UsageError, QueryTimeoutError, QueryLimitError, QueryError: as :meth:`QueryWorkers.ask`.
        """
        try:
            whole, piece, outcome = self._worker.receive()
        except QueryError:
            if self._worker.overdue:
                raise _late(self.seconds) from None
            raise
        self._payload += piece
        if not whole:
            return None
        kind, variables = outcome
        return ask.Answer(kind, variables, bytes(self._payload))

    def abandon(self) -> QueryTimeoutError:
        """End the query with its process, which takes no time; return the error that says so."""
        self._watchdog.leave(self._worker)
        self._discard(self._worker)
        return _late(self.seconds)

    def end(self) -> None:
        """Let the worker go, once there is an answer or an error and nobody waits for its file any more."""
        self._watchdog.leave(self._worker)
        (self._release if self._worker.ready and not self._worker.overdue else self._discard)(self._worker)


class _Watchdog:
    """A thread that kills workers whose query is out of time, whatever else this process is at."""

    _TICK = 0.05  # seconds between two looks while anybody is watched: cheaper than to be woken for each query

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[_Worker, float] = {}
        self._thread: threading.Thread | None = None
        self._asleep = self._closed = False

    def watch(self, worker: _Worker, deadline: float) -> None:
        """Kill a worker at its deadline, unless it is left alone before."""
        with self._changed:
            self._watched[worker] = deadline
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="communique query watchdog", daemon=True)
                self._thread.start()
            elif self._asleep:
                self._changed.notify()

    def leave(self, worker: _Worker) -> None:
        """Leave a worker alone."""
        with self._changed:
            self._watched.pop(worker, None)

    def close(self) -> None:
        """Watch no more."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        idle = 0
        with self._changed:
            while not self._closed:
                now = monotonic()
                for worker in [worker for worker, deadline in self._watched.items() if deadline <= now]:
                    del self._watched[worker]
                    worker.overdue = True
                    worker.kill()
                idle = 0 if self._watched else idle + 1
                self._asleep = idle > 1  # not at once: the next query often comes within the tick
                self._changed.wait(None if self._asleep else max(0.0, self._next(now)))

    def _next(self, now: float) -> float:
        return min([self._TICK, *(deadline - now for deadline in self._watched.values())])


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a worker may use, and what it asks: the store, a copy of it in memory, or only what is sure enough."""

    rows: int | None
    bytes: int | None
    memory: int | None
    in_memory: bool
    min_confidence: float
    nice: int


class _Worker:
    """One process, seen from the one that started it."""

    def __init__(self, path: Path, limits: _Limits) -> None:
        context = _context()
        self.path = path
        self.ready = False
        self.overdue = False
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, path, limits), daemon=True)  # type: ignore[attr-defined]
        try:
            with _deaf(), _alone():
                self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()

    def wait_until_open(self, deadline: float = inf, seconds: float = _START) -> None:
        """Wait until it has opened its store; raise what keeps it from that."""
        self._read(self._receive(min(deadline, monotonic() + _START), seconds))

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return bool(self._process.is_alive())

    def open(self, path: Path) -> None:
        """Open another store in place of the present one."""
        self.path = path
        yield_from_into(self.call(("open", path), monotonic() + _START, _START), lambda piece: None)

    def call(self, request: tuple[Any, ...], deadline: float, seconds: float) -> Pieces:
        """Send a request; yield the pieces of the answer and return how it ended."""
        self.ready = False
        try:
            self._connection.send_bytes(pickle.dumps(request))
        except OSError:
            raise _died() from None
        while True:
            whole, piece, outcome = self._read(self._receive(deadline, seconds))
            if piece:
                yield piece
            if whole:
                return outcome

    def fileno(self) -> int:
        """Return the file that its messages come by."""
        return self._connection.fileno()

    def send(self, request: tuple[Any, ...]) -> None:
        """Send a request."""
        with contextlib.suppress(OSError):  # it is dead: whoever receives learns so
            self._connection.send_bytes(pickle.dumps(request))

    def receive(self) -> tuple[bool, builtins.bytes, Any]:
        """Return whether the next message is the last one, the piece of the answer in it, and how the call ended."""
        try:
            message = self._connection.recv_bytes()
        except (EOFError, ConnectionError):
            raise _died() from None
        return self._read(message)

    def _receive(self, deadline: float, seconds: float) -> builtins.bytes:
        try:
            if not self._connection.poll(max(0.0, deadline - monotonic())):
                raise _late(seconds)
            return self._connection.recv_bytes()
        except (EOFError, ConnectionError):
            raise _died() from None

    def _read(self, message: builtins.bytes) -> tuple[bool, builtins.bytes, Any]:
        kind, begin = message[:1], 1
        if kind == _PIECE:
            return False, message[1:], None
        self.ready = True
        if kind == _LAST:
            begin += _LENGTH.size + _LENGTH.unpack_from(message, 1)[0]
        outcome = pickle.loads(message[1 + _LENGTH.size : begin] if kind == _LAST else message[1:])
        if isinstance(outcome, CommuniqueError):
            raise outcome
        return True, message[begin:] if kind == _LAST else b"", outcome

    def kill(self) -> None:
        """End the process, whatever it is at, and do not wait for that."""
        self._process.kill()

    def bury(self) -> None:
        """Wait until the process has ended, and give back what it held."""
        self._process.join()
        self._connection.close()


def _late(seconds: float) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"stopped after {seconds:g} s",
        where="query",
        remedy="ask for less (a period, a name, a LIMIT), or allow more time",
    )


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, not even while they begin: it goes to all, and the parent decides."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_STARTING = threading.Lock()


@contextmanager
def _alone() -> Iterator[None]:
    """Start processes that do not load the program's main module: that takes longer than all that they need."""
    main = sys.modules["__main__"]
    with _STARTING:
        known: dict[str, Any] = {
            name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__
        }
        main.__spec__ = None
        try:
            yield
        finally:
            main.__dict__.update(known)


def _died() -> QueryError:
    return QueryError(
        "its process has ended before the answer",
        where="query",
        remedy="the query may want more memory than it is allowed: ask for less",
    )


def _context() -> BaseContext:
    """Return the way to start processes: never a plain fork, which would copy a store's threads and locks halfway."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # heeded by the first process only: then each starts in milliseconds
    return context


# -- in the worker ----------------------------------------------------------------------------------------------------


def _serve(connection: Connection, path: Path, limits: _Limits) -> None:
    """Open the store, then answer requests until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where no mask can be inherited
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if limits.nice and sys.platform != "win32":
        os.nice(limits.nice)
    if limits.memory and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    service = _Service(connection, limits)
    request: tuple[Any, ...] = ("open", path)
    while True:
        outcome: object
        try:
            outcome = getattr(service, request[0])(*request[1:])
        except CommuniqueError as error:
            outcome = error
        except MemoryError:
            outcome = _died()
        service.end(pickle.dumps(outcome))
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return


def _end_with_parent() -> None:
    """End this process when its parent is gone, even in the middle of a query."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Service:
    """What a worker can be asked for."""

    def __init__(self, connection: Connection, limits: _Limits) -> None:
        self._connection = connection
        self._limits = limits
        self._store: Store | None = None
        self._last = b""  # a piece that goes with the end

    def end(self, outcome: builtins.bytes) -> None:
        """Send how a request ended, with the last piece of its answer."""
        last, self._last = self._last, b""
        head = _LAST + _LENGTH.pack(len(outcome)) if last else _END
        self._connection.send_bytes(b"".join((head, outcome, last)))

    def open(self, path: Path) -> None:
        """Open a store, in place of any other."""
        if self._store is not None:
            self._store.close()
            self._store = None
        self._store = Store.open(path)
        if self._limits.min_confidence:
            self._store = at_least(self._store, self._limits.min_confidence)
        elif self._limits.in_memory:
            self._store = self._store.in_memory()

    def ask(self, text: str, parameters: dict[str, str], graphs: Graphs | None) -> tuple[str, tuple[str, ...]]:
        """Send an answer's payload; return its kind and variables."""
        found = ask.evaluate(self._opened, text, parameters, graphs)
        payload = self._payload(found)
        for begin in range(0, len(payload) - _CHUNK, _CHUNK):
            self._send(payload[begin : begin + _CHUNK])
        shape = ask.shape(found)
        self._last = payload[-(len(payload) % _CHUNK or _CHUNK) :]
        return shape

    def stream(self, text: str, parameters: dict[str, str], form: str) -> None:
        """Send an answer as it is computed."""
        out = _Stream(self._send)
        ask.write_found(ask.evaluate(self._opened, text, parameters), form, out)  # type: ignore[arg-type]
        out.close()

    @property
    def _opened(self) -> Store:
        if self._store is None:
            raise StoreError("the store could not be opened", where="query worker", remedy="open another")
        return self._store

    def _send(self, piece: bytes) -> None:
        self._connection.send_bytes(_PIECE + piece)

    def _payload(self, found: Found) -> bytes:
        """Return the payload, which never grows past the limits."""
        with failing():
            if isinstance(found, QueryBoolean):
                return found.serialize(format=QueryResultsFormat.JSON) or b""
            if isinstance(found, QueryTriples):
                lines = _Bounded(self._limits.rows, self._limits.bytes)
                found.serialize(lines, format=RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
                return b"".join(sorted(lines.content().splitlines(keepends=True)))
            results = _Results(self._limits.rows, self._limits.bytes)
            found.serialize(results, format=QueryResultsFormat.JSON)  # type: ignore[arg-type]
            return results.content()


def _too_large(what: str, limit: int) -> QueryLimitError:
    return QueryLimitError(
        f"the answer has more than {limit:,} {what}",
        where="query",
        remedy="ask for less (a period, a name, a LIMIT), or export instead",
    )


class _Bounded:
    """A binary stream that keeps what is written and ends it when it has too many lines or bytes."""

    def __init__(self, rows: int | None, bytes: int | None) -> None:
        self._pieces: list[builtins.bytes] = []
        self._rows, self._bytes = rows, bytes
        self._count, self._size = 0, 0

    def write(self, data: builtins.bytes) -> int:
        self._pieces.append(data)
        self._size += len(data)
        if self._rows is not None and self._more_than(self._rows, data):
            raise _too_large("rows", self._rows)
        if self._bytes is not None and self._size > self._bytes:
            raise _too_large("bytes", self._bytes)
        return len(data)

    def _more_than(self, rows: int, data: builtins.bytes) -> bool:
        self._count += data.count(b"\n")
        return self._count > rows

    def flush(self) -> None:
        """Do nothing: all is kept."""

    def content(self) -> builtins.bytes:
        """Return all that was written."""
        return b"".join(self._pieces)


class _Results(_Bounded):
    """The same for SPARQL results in JSON, where a row is an object in an array; there are no other such objects."""

    def __init__(self, rows: int | None, bytes: int | None) -> None:
        super().__init__(rows, bytes)
        self._uncounted = b""

    def _more_than(self, rows: int, data: builtins.bytes) -> bool:
        if self._size <= 3 * rows:  # a row takes three bytes at least (`{},`): the way of small answers
            self._uncounted += data
            return False
        bare, quote, escape = _STRING.sub(rb"\1\2", self._uncounted + data).partition(b'"')
        self._count += len(_OBJECT.findall(bare))
        self._uncounted = (bare[-1:] if bare[-1:] in (b"[", b",") else b"") + quote + escape
        return self._count > rows


class _Stream:
    """A binary stream that sends what is written in pieces of a good size."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        if len(self._waiting) >= _CHUNK:
            self.close()
        return len(data)

    def writelines(self, lines: Iterator[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def close(self) -> None:
        """Send what waits."""
        if self._waiting:
            self._send(bytes(self._waiting))
            self._waiting.clear()
