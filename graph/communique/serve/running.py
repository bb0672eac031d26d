"""Runs the server until it is told to stop."""

from __future__ import annotations

import ctypes
import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from communique.errors import UsageError
from communique.serve.connection import Connection

_CONNECTIONS = 200  # at a time; more are told to come back
_M_ARENA_MAX, _ARENAS = -8, 2  # glibc, mallopt(3)
_GRACE = 5  # seconds that requests under way may still take once the server is told to stop


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; ``port`` 0 takes a free one.

    Raises:
        UsageError: the port is in use, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _mapped(error, host, port) from error
    return listener


def _mapped(error: OSError | OverflowError, host: str, port: int) -> UsageError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return UsageError("the port is in use", where=f"{host}:{port}", remedy="choose another one with --port")
    if number == errno.EACCES:
        return UsageError(
            "the port needs rights of an administrator", where=f"{host}:{port}", remedy="take --port 8010"
        )
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return UsageError(f"cannot listen: {reason}", where=f"{host}:{port}", remedy="choose another --host or --port")


class Running:
    """A server: :meth:`run` serves until SIGINT, SIGTERM or :meth:`stop`; requests under way are finished first."""

    def __init__(
        self, app: ASGIApp, listener: socket.socket, *, root_path: str = "", told: Callable[[], None] | None = None
    ) -> None:
        """Set up a server.

        Args:
            app: the application.
            listener: the socket of :func:`listen`.
            root_path: the path under which a reverse proxy offers the server.
            told: called when the server answers; :attr:`ready` is set then too.
        """
        config = uvicorn.Config(
            app,
            http=Connection,
            root_path=root_path,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE,
            timeout_keep_alive=30,
            limit_concurrency=_CONNECTIONS,
        )
        self.ready = threading.Event()
        self._listener = listener
        self._server = _Server(config, self.ready, told)

    def run(self) -> None:
        """Serve."""
        _share_arenas()
        self._server.run(sockets=[self._listener])

    def stop(self) -> None:
        """Have the server stop, from another thread."""
        self._server.should_exit = True


def _share_arenas() -> None:
    """Let threads share their heaps: glibc gives each one of its own, which grows to the largest that it ever held."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event, told: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready
        self._told = told

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal, and leave it at that: uvicorn's own would raise it again and end the process halfway."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready.set()
            if self._told:
                self._told()
