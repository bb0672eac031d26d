"""Reads the read index: columns of numbers in memory, what has words in it from the file when it is asked for."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from communique.errors import StoreError
from communique.serve.arrays import Floats, Hashes, Ints, Mask, Pairs
from communique.serve.indexing import FACETS, LAYOUT


@dataclass(frozen=True, slots=True)
class Node:
    """A canonical entity, a reported event or a concept."""

    id: int
    iri: str
    label: str
    type: str
    country: str
    lat: float | None
    lon: float | None
    statements: int


@dataclass(frozen=True, slots=True)
class Edges:
    """A network: its edges by number, and what each rests on, sorted by edge and statement."""

    source: Ints
    target: Ints
    relation: Ints
    modality: Ints
    relations: list[str]
    modalities: list[str]
    edge: Ints
    statement: Ints
    claimant: Ints
    fact: Hashes
    first: Mask
    """Whether a row of support is the first of its edge and statement, so that each statement counts once."""
    placed: Ints
    points: Floats


class _Connection(sqlite3.Connection):
    """A connection that goes with its thread: servers end idle threads and start others."""


class Index:
    """The read index of a store. Threads may share it: each gets a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open an index.

        Raises:
            StoreError: the file is no index, or one of another layout.
        """
        self.path = path
        self._local = threading.local()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        try:
            self.meta = dict(self.rows("SELECT key, value FROM meta"))
            self._columns = {name: self._column(name) for (name,) in self.rows("SELECT name FROM numbers")}
        except sqlite3.Error as error:
            raise StoreError(f"is no read index: {error}", where=str(path), remedy="delete it") from error
        if self.meta.get("layout") != str(LAYOUT):
            raise StoreError("the read index has another layout", where=str(path), remedy="delete it")
        self.base = str(self.meta["base"])
        self.revision = str(self.meta["revision"])
        self.identity = str(self.meta["identity"])
        self.quads = int(json.loads(self.meta["counts"])["quads"])
        self.size = len(self.ints("day"))
        self.node_count = int(self.rows("SELECT count(*) FROM node")[0][0])
        self.facets = {name: self._pairs(name) for name in (*FACETS, "entity")}

    def close(self) -> None:
        """Close all connections."""
        for connection in list(self._connections):
            connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            address = f"{self.path.absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=_Connection)
            self._local.connection = connection
            self._connections.add(connection)
        return connection.execute(sql, parameters).fetchall()

    # -- numbers ------------------------------------------------------------------------------------------------

    def _column(self, name: str) -> Any:
        kind, data = self.rows("SELECT kind, data FROM numbers WHERE name = ?", (name,))[0]
        return np.frombuffer(data, dtype=np.dtype(kind))

    def ints(self, name: str) -> Ints:
        """Return a column of integers."""
        column: Ints = self._columns[name]
        return column

    def _pairs(self, name: str) -> Pairs:
        return Pairs(self.ints(f"facet/{name}/statement"), self.ints(f"facet/{name}/value"))

    @property
    def confidence(self) -> Floats:
        """The confidence of each statement."""
        column: Floats = self._columns["confidence"]
        return column

    @cached_property
    def latest_day(self) -> Ints:
        """The last day that a statement may have been issued: 20219999 for one of the year 2021, -1 where unknown."""
        day = self.ints("day")
        open_month = np.where(day % 10000 == 0, day + 9999, np.where(day % 100 == 0, day + 99, day))
        return np.where(day == 0, -1, open_month).astype(np.int32)

    def edges(self, view: str) -> Edges:
        """Return a network."""
        if view not in self._edges:
            self._edges[view] = self._read_edges(view)
        return self._edges[view]

    @cached_property
    def _edges(self) -> dict[str, Edges]:
        return {}

    def _read_edges(self, view: str) -> Edges:
        names = json.loads(self.meta[f"view/{view}"])
        column = {
            name: self._columns[f"view/{view}/{name}"]
            for name in (
                *("source", "target", "relation", "modality", "edge", "statement", "claimant"),
                *("fact", "placed", "points"),
            )
        }
        edge, statement = column["edge"], column["statement"]
        first = np.ones(len(edge), dtype=np.bool_)
        first[1:] = (edge[1:] != edge[:-1]) | (statement[1:] != statement[:-1])
        return Edges(**column, first=first, relations=names["relations"], modalities=names["modalities"])

    # -- things by number or IRI --------------------------------------------------------------------------------

    def nodes(self, ids: Iterable[int]) -> dict[int, Node]:
        """Return nodes by number."""
        wanted = json.dumps([int(each) for each in ids])
        found = self.rows(f"SELECT {_NODE} FROM node WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
        return {row[0]: Node(*row) for row in found}

    def names(self, ids: Sequence[int]) -> list[tuple[str, str, str]]:
        """Return IRI, label and type of nodes by number, in their order."""
        wanted = json.dumps(sorted(int(each) for each in ids))
        found = self.rows(
            "SELECT id, iri, label, type FROM node WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        )
        known = {number: (iri, label, kind) for number, iri, label, kind in found}
        return [known[each] for each in ids]

    def node(self, iri: str) -> Node | None:
        """Return a node by its IRI."""
        found = self.rows(f"SELECT {_NODE} FROM node WHERE iri = ?", (iri,))
        return Node(*found[0]) if found else None

    def statements(self, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return statements by number, as rows of the table."""
        wanted = json.dumps([int(each) for each in ids])
        found = self.rows("SELECT id, row FROM statement WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
        return {number: json.loads(row) for number, row in found}

    def statement_number(self, iri: str) -> int | None:
        """Return the number of a statement."""
        found = self.rows("SELECT id FROM statement WHERE iri = ?", (iri,))
        return int(found[0][0]) if found else None


_NODE = "id, iri, label, type, country, lat, lon, statements"
