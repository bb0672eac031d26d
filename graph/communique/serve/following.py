"""Has the links of the graph follow what people judge on the pages, as ``communique review`` does on a terminal.

That happens in the background, in a process of its own, once nobody has judged for a moment; where a build writes to
the store meanwhile, it is tried again. The server goes over to the new links as to any other change of the store.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from communique.errors import CommuniqueError
from communique.serve.logs import log

State = Literal["current", "waiting", "applying", "shown soon", "postponed"]

_QUIET = 2.0  # seconds without a judgement before the links are made anew
_AGAIN = 15.0  # seconds until the next try where another process writes to the store
_NICE = 5


class Following:
    """Brings links up to date after judgements, one process at a time."""

    def __init__(self, store: Path, decisions: Path) -> None:
        """Take the store that is written and the file of decisions; nothing happens until :meth:`soon`."""
        self._store, self._decisions = store, decisions
        self._changed = threading.Condition()
        self._asked = 0
        self._state: State = "current"
        self._reason = ""
        self._thread: threading.Thread | None = None

    def soon(self) -> None:
        """Note that something was decided."""
        with self._changed:
            self._asked += 1
            self._state, self._reason = "waiting", ""
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="communique links", daemon=True)
                self._thread.start()
            self._changed.notify()

    def state(self, revision: int, published: int) -> dict[str, str]:
        """Return how far the links have followed, for an edition of a revision and the store's present one."""
        with self._changed:
            state: State = self._state
            if state == "current" and published not in (-1, revision):
                state = "shown soon"
            return {"state": state, "reason": self._reason}

    def _run(self) -> None:
        done = 0
        while True:
            with self._changed:
                while self._asked == done:
                    self._changed.wait()
                while self._changed.wait(_QUIET):
                    pass  # somebody still judges
                done = self._asked
                self._state = "applying"
            problem = _relinked(self._store, self._decisions)
            log("links", problem=problem)
            with self._changed:
                if self._asked != done:
                    continue
                self._state, self._reason = ("postponed", problem) if problem else ("current", "")
                if problem and not self._changed.wait(_AGAIN):
                    done -= 1


def _relinked(store: Path, decisions: Path) -> str:
    """Bring the links up to date; return what kept that from being done, or nothing."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_relink, args=(store, decisions, there), daemon=True)
    process.start()
    there.close()
    try:
        return str(here.recv())
    except EOFError:
        return "its process has ended"
    finally:
        process.join()
        here.close()


def _relink(store: Path, decisions: Path, connection: Connection) -> None:
    """Do it; a process of its own, since resolving takes memory and time."""
    from communique.resolve.decisions import Decisions
    from communique.resolve.judge import relink
    from communique.upkeep import TRIG_MARK

    if sys.platform != "win32":
        os.nice(_NICE)
    try:
        if relink(store, Decisions.load(decisions)):
            (store.parent / TRIG_MARK).touch()
        connection.send("")
    except CommuniqueError as error:
        connection.send(error.message)
