"""Remembers what the pages ask: an edition does not change, so an answer stays true; the first come with the index.

The first screen of a large graph is so ready before the server has looked at the graph at all.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from communique.network import VIEWS
from communique.serve import facets, networks
from communique.serve.filters import Filter, select
from communique.serve.index import Index

_ROOM = 24_000_000  # bytes of all answers
_LARGEST = 4_000_000  # bytes of one

FIRST_NODES = 60
"""Nodes of the network that the first screen shows."""


def key(name: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Return by what an answer is remembered."""
    return f"{name}?{urlencode(sorted(parameters))}"


def as_bytes(data: Any) -> bytes:
    """Return data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class Pages:
    """The latest answers of one edition."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, index: Index, address: str, make: Callable[[], Any]) -> bytes:
        """Return the answer to an address, from memory, from the index, or made."""
        with self._lock:
            if address in self._known:
                self._known.move_to_end(address)
                return self._known[address]
        stored = index.rows("SELECT data FROM page WHERE address = ?", (address,))
        data: bytes = stored[0][0] if stored else as_bytes(make())
        if len(data) <= _LARGEST:
            self._keep(address, data)
        return data

    def _keep(self, address: str, data: bytes) -> None:
        with self._lock:
            if address in self._known:
                return
            self._known[address] = data
            self._size += len(data)
            while self._size > _ROOM:
                _, forgotten = self._known.popitem(last=False)
                self._size -= len(forgotten)


def write(path: Path) -> None:
    """Write the answers of the first screen into an index that has all else."""
    index = Index(path)
    try:
        everything = select(index, Filter())
        made = {key("facets", ()): facets.facets(index, Filter())}
        for view in VIEWS:
            address = key("network", (("view", view), ("limit", str(FIRST_NODES))))
            made[address] = networks.network(index, everything, view, FIRST_NODES)
    finally:
        index.close()
    with closing(sqlite3.connect(path)) as connection:
        rows = [(address, as_bytes(answer)) for address, answer in made.items()]
        connection.executemany("INSERT INTO page VALUES (?, ?)", rows)
        connection.commit()
