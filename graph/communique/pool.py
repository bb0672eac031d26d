"""Processes that share the work on a list of items and give the results back in the list's order."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")

_AHEAD = 4
"""How many items a process may be ahead of the result that is waited for: bounds the memory that results take."""
_FURTHER, _BYTES = 64, 400_000
"""So many items it may be ahead as long as they are small, all together: whoever takes the results may be busy."""

# What the function of this process is and what it shares with all calls; set once, when the process starts.
_function: Callable[[Any, Any], Any] | None = None
_shared: Any = None


class Pool(Generic[Item, Shared, Result]):
    """Applies a function to items in several processes.

    The function and what it shares must pickle. Memory holds a few results for each process and no more. A process
    that dies (out of memory, a crash in native code) costs its item only: ``lost`` gives the result in its place.
    """

    def __init__(
        self,
        function: Callable[[Item, Shared], Result],
        shared: Shared,
        lost: Callable[[Item], Result],
        jobs: int,
        preload: Iterable[str] = (),
        size: Callable[[Item], int] = lambda item: _BYTES,
    ) -> None:
        """Prepare; processes start with the first item.

        ``preload`` names modules that every process needs, ``size`` says how many bytes an item stands for.
        """
        self._size = size
        self._function, self._shared, self._lost, self._jobs = function, shared, lost, jobs
        self._context = _context(list(preload))

    def map(self, items: Iterable[Item]) -> Generator[tuple[Item, Result]]:
        """Yield each item with its result, in order; closing the iterator cancels what has not begun.

        Items are taken as they are needed, never all at once.
        """
        rest, waiting = iter(items), deque[Item]()
        while True:
            try:
                yield from self._mapped(waiting, rest, self._jobs)
                return
            except BrokenProcessPool:
                # Which of the items in work did it, nobody knows: the first one gets a process of its own.
                yield from self._alone(waiting.popleft())

    def _alone(self, item: Item) -> Iterator[tuple[Item, Result]]:
        try:
            yield from self._mapped(deque([item]), iter(()), 1)
        except BrokenProcessPool:
            yield item, self._lost(item)

    def _mapped(self, waiting: deque[Item], rest: Iterator[Item], jobs: int) -> Iterator[tuple[Item, Result]]:
        """Work through a queue and what comes after it; an item leaves the queue when its result is there."""
        self._fill(waiting, rest, jobs)
        if not waiting:
            return
        executor = ProcessPoolExecutor(
            min(jobs, len(waiting)),
            mp_context=self._context,
            initializer=_prepare,
            initargs=(self._function, self._shared),
        )
        ahead: deque[Future[Result]] = deque()
        try:
            while waiting:
                for item in islice(waiting, len(ahead), None):
                    ahead.append(executor.submit(_call, item))
                result = ahead.popleft().result()
                yield waiting.popleft(), result
                self._fill(waiting, rest, jobs)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _fill(self, waiting: deque[Item], rest: Iterator[Item], jobs: int) -> None:
        """Take as many items as may wait."""
        total = sum(map(self._size, waiting))
        while len(waiting) < _AHEAD * jobs or (len(waiting) < _FURTHER * jobs and total < _BYTES):
            item = next(rest, None)
            if item is None:
                return
            waiting.append(item)
            total += self._size(item)


def _context(preload: list[str]) -> BaseContext:
    """Return the way to start processes: never a plain fork, which copies the locks of other threads as they stand."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(preload)
    return context


def _prepare(function: Callable[[Any, Any], Any], shared: Any) -> None:
    global _function, _shared
    _function, _shared = function, shared
    # Ctrl-C goes to the whole group; the parent alone decides what is finished and what is dropped.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(item: Any) -> Any:
    if _function is None:
        raise RuntimeError("the process was not prepared")
    return _function(item, _shared)
