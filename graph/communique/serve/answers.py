"""Remembers answers to queries for as long as the graph that they are about is served."""

from __future__ import annotations

import re
from collections import OrderedDict

from communique.ask import Answer
from communique.sparql import Graphs

_ROOM = 64_000_000  # bytes of all answers with their queries
_LARGEST = 1_000_000  # bytes of one
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)


class Answers:
    """The latest answers of one edition: the graph does not change, so they stay true."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: OrderedDict[tuple[str, Graphs], Answer] = OrderedDict()
        self._size = 0

    def get(self, query: str, graphs: Graphs) -> Answer | None:
        """Return the answer to a query, where it is remembered."""
        answer = self._known.get((query, graphs))
        if answer is not None:
            self._known.move_to_end((query, graphs))
        return answer

    def keep(self, query: str, graphs: Graphs, answer: Answer) -> None:
        """Remember an answer, unless it is large or another time would be another one."""
        size = len(query) + len(answer.payload)
        if size > _LARGEST or _CHANGING.search(query) or (query, graphs) in self._known:
            return
        self._known[query, graphs] = answer
        self._size += size
        while self._size > _ROOM:
            (old, _), forgotten = self._known.popitem(last=False)
            self._size -= len(old) + len(forgotten.payload)
