"""The index of resolution: what documents name, by whom it may be meant, and what was found; a SQLite file.

It stands in the store's folder and holds nothing that cannot be made anew from the graph. With it, new documents cost
what their own candidates cost, not what all documents do. For a store in memory the index is in memory too.

A node is a profile with all entities that bear it. Edges lead between nodes that may be one; keys say which nodes are
to be compared.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from communique.errors import StoreError
from communique.resolve.clusters import Edge, Node
from communique.resolve.profile import Profile

FILE = "resolution.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entity (
  iri TEXT PRIMARY KEY, document TEXT, node INTEGER, label TEXT, language TEXT, type TEXT, canonical TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entity_document ON entity (document);
CREATE INDEX IF NOT EXISTS entity_node ON entity (node, iri);
CREATE TABLE IF NOT EXISTS named (iri TEXT, document TEXT, entity TEXT, PRIMARY KEY (iri, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_document ON named (document);
CREATE TABLE IF NOT EXISTS node (
  id INTEGER PRIMARY KEY, signature TEXT UNIQUE, size INTEGER, canonical TEXT, score REAL, reason TEXT, certain INTEGER
);
CREATE TABLE IF NOT EXISTS key (key TEXT, node INTEGER, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_node ON key (node);
CREATE TABLE IF NOT EXISTS edge (a INTEGER, b INTEGER, score REAL, reason TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_b ON edge (b);
CREATE TABLE IF NOT EXISTS candidate (
  a TEXT, b TEXT, score REAL, reason TEXT, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS candidate_b ON candidate (b);
"""
_TABLES = ("meta", "entity", "named", "node", "key", "edge", "candidate")
_MANY = 500
"""So many values go into one query."""


class Index:
    """One open index; what is done in a ``with`` block is kept as a whole, or not at all."""

    def __init__(self, path: Path | None) -> None:
        """Open the index in a store's folder, or one in memory.

        Raises:
            StoreError: the file cannot be opened.
        """
        self.path = path / FILE if path is not None else None
        try:
            self._base = sqlite3.connect(str(self.path or ":memory:"), isolation_level=None)
            self._base.executescript("PRAGMA journal_mode = WAL; PRAGMA cache_size = -200000;" + _SCHEMA)
        except sqlite3.DatabaseError:
            self._base = self._anew()

    def _anew(self) -> sqlite3.Connection:
        """Replace a file that is damaged."""
        if self.path is None:
            raise StoreError("the index of resolution cannot be opened", where="memory", remedy="free some memory")
        try:
            self.path.unlink(missing_ok=True)
            base = sqlite3.connect(str(self.path), isolation_level=None)
            base.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"the index of resolution cannot be opened: {error}",
                where=str(self.path),
                remedy="check the path, its permissions and the free space",
            ) from error
        return base

    def __enter__(self) -> Self:
        """Begin a change."""
        self._base.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep the change, or drop it where an error ended it; close the file."""
        self._base.execute("COMMIT" if kind is None else "ROLLBACK")
        self._base.close()

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._base.execute(f"DELETE FROM {table}")

    # -- values -------------------------------------------------------------------------------------------------

    def value(self, name: str) -> str:
        """Return a named value, or nothing."""
        found = self._base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set_value(self, name: str, value: str) -> None:
        """Set a named value."""
        self._base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # -- documents and entities ---------------------------------------------------------------------------------

    def entities_of(self, document: str) -> list[str]:
        """Return the IRIs of a document's own entities."""
        return [row[0] for row in self._base.execute("SELECT iri FROM entity WHERE document = ?", (document,))]

    def named_in(self, document: str) -> list[str]:
        """Return the IRIs of the entities with records that a document names."""
        return [row[0] for row in self._base.execute("SELECT iri FROM named WHERE document = ?", (document,))]

    def add_named(self, iri: str, document: str, entity: str) -> None:
        """Note that a document names an entity that has a record, and how."""
        self._base.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", (iri, document, entity))

    def remove_named(self, document: str) -> None:
        """Forget which entities with records a document names."""
        self._base.execute("DELETE FROM named WHERE document = ?", (document,))

    def named_as(self, iri: str) -> list[str]:
        """Return each distinct way in which documents name an entity with a record, sorted."""
        found = self._base.execute("SELECT DISTINCT entity FROM named WHERE iri = ? ORDER BY entity", (iri,))
        return [row[0] for row in found]

    def records(self) -> dict[str, int]:
        """Return the node of every entity with a record, by IRI."""
        return dict(self._base.execute("SELECT iri, node FROM entity WHERE document = ''"))

    def entity(self, iri: str) -> tuple[str, int | None, str, str, str, str] | None:
        """Return an entity's document, node, label, language, type and published canonical node."""
        row = self._base.execute(
            "SELECT document, node, label, language, type, canonical FROM entity WHERE iri = ?", (iri,)
        ).fetchone()
        return row if row is None else tuple(row)

    def put_entity(
        self, iri: str, document: str, node: int | None, label: str, language: str, type: str, canonical: str = ""
    ) -> None:
        """Add an entity, or change it."""
        self._base.execute(
            "INSERT OR REPLACE INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)",
            (iri, document, node, label, language, type, canonical),
        )

    def remove_entity(self, iri: str) -> None:
        """Forget an entity."""
        self._base.execute("DELETE FROM entity WHERE iri = ?", (iri,))

    def bearers(self, node: int) -> list[tuple[str, str, str, str]]:
        """Return IRI, label, language and published canonical node of a node's entities, sorted by IRI."""
        found = self._base.execute(
            "SELECT iri, label, language, canonical FROM entity WHERE node = ? ORDER BY iri", (node,)
        )
        return found.fetchall()

    def some_bearers(self, node: int, iris: Iterable[str]) -> list[tuple[str, str, str, str]]:
        """Return what :meth:`bearers` does, of those of a node's entities that are named."""
        query = "SELECT iri, label, language, canonical FROM entity WHERE iri = ? AND node = ?"
        found = (self._base.execute(query, (iri, node)).fetchone() for iri in sorted(set(iris)))
        return [tuple(row) for row in found if row is not None]

    def first_bearer(self, node: int) -> str:
        """Return the first IRI of a node's entities."""
        return str(self._base.execute("SELECT MIN(iri) FROM entity WHERE node = ?", (node,)).fetchone()[0])

    def set_canonical(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note canonical nodes, each given before the IRI of its entity."""
        self._base.executemany("UPDATE entity SET canonical = ? WHERE iri = ?", pairs)

    # -- nodes --------------------------------------------------------------------------------------------------

    def node_for(self, profile: Profile) -> tuple[int, bool]:
        """Return the node of a profile, made where there is none, and whether it was made."""
        signature = profile.signature
        found = self._base.execute("SELECT id FROM node WHERE signature = ?", (signature,)).fetchone()
        if found:
            return int(found[0]), False
        made = self._base.execute(
            "INSERT INTO node (signature, size, canonical, score, reason, certain) VALUES (?, 0, '', 0, '', 0)",
            (signature,),
        )
        return int(made.lastrowid or 0), True

    def nodes(self, ids: Iterable[int]) -> list[Node]:
        """Return nodes with their profiles and sizes."""
        found = self._each("SELECT id, signature, size FROM node WHERE id IN ({})", sorted(ids))
        return [Node(id, Profile.parsed(signature), size) for id, signature, size in found]

    def count(self, ids: Iterable[int]) -> None:
        """Count the entities of nodes anew; those of none are left for :meth:`drop_empty`."""
        self._base.executemany(
            "UPDATE node SET size = (SELECT COUNT(*) FROM entity WHERE node = ?1) WHERE id = ?1", ((id,) for id in ids)
        )

    def drop_empty(self, ids: Iterable[int]) -> set[int]:
        """Forget those of the nodes that no entity bears any more, with keys and edges; return them."""
        gone = {row[0] for row in self._each("SELECT id FROM node WHERE size = 0 AND id IN ({})", sorted(ids))}
        for statement in (
            "DELETE FROM node WHERE id = ?",
            "DELETE FROM key WHERE node = ?",
            "DELETE FROM edge WHERE a = ?",
            "DELETE FROM edge WHERE b = ?",
        ):
            self._base.executemany(statement, ((id,) for id in gone))
        return gone

    def published(self, node: int) -> tuple[str, float, str, bool]:
        """Return the link that was written for a node's entities: canonical node, score, reason, whether certain."""
        row = self._base.execute("SELECT canonical, score, reason, certain FROM node WHERE id = ?", (node,)).fetchone()
        return (str(row[0]), float(row[1]), str(row[2]), bool(row[3]))

    def publish(self, node: int, canonical: str, score: float, reason: str, certain: bool) -> None:
        """Note the link that is written for a node's entities."""
        self._base.execute(
            "UPDATE node SET canonical = ?, score = ?, reason = ?, certain = ? WHERE id = ?",
            (canonical, score, reason, int(certain), node),
        )

    # -- candidates and edges -----------------------------------------------------------------------------------

    def add_keys(self, node: int, keys: Iterable[str]) -> None:
        """Note under which keys a node is found."""
        self._base.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", ((key, node) for key in sorted(keys)))

    def sharing(self, node: int) -> set[int]:
        """Return the other nodes that share a key with a node."""
        found = self._base.execute(
            "SELECT DISTINCT other.node FROM key JOIN key AS other ON other.key = key.key WHERE key.node = ?", (node,)
        )
        return {row[0] for row in found} - {node}

    def add_edges(self, edges: Iterable[tuple[int, int, float, str]]) -> None:
        """Add edges."""
        rows = ((min(a, b), max(a, b), score, reason) for a, b, score, reason in edges)
        self._base.executemany("INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?)", rows)

    def edges(self, ids: Iterable[int], least: float) -> Iterator[Edge]:
        """Yield the edges of nodes from a score on; an edge between two of them twice."""
        listed = sorted(ids)
        for end in ("a", "b"):
            query = f"SELECT a, b, score, reason FROM edge WHERE {end} IN ({{}}) AND score >= {least}"
            for row in self._each(query, listed):
                yield Edge(*row)

    def candidates(self, nodes: Iterable[int], entities: Iterable[str]) -> dict[tuple[str, str], tuple[float, str]]:
        """Return the pairs that were left to people in which an entity of these nodes stands, or one of these entities.

        Each pair comes by its two canonical nodes, with its score and reason.
        """
        listed, named = sorted(nodes), sorted(entities)
        found: dict[tuple[str, str], tuple[float, str]] = {}
        for end in ("a", "b"):
            query = f"SELECT c.a, c.b, c.score, c.reason FROM entity e CROSS JOIN candidate c ON c.{end} = e.iri"
            rows = self._each(query + " WHERE e.node IN ({})", listed)
            for a, b, score, reason in (*rows, *self._each(f"SELECT * FROM candidate WHERE {end} IN ({{}})", named)):
                found[a, b] = (score, reason)
        return found

    def set_candidates(self, old: Iterable[tuple[str, str]], new: dict[tuple[str, str], tuple[float, str]]) -> None:
        """Forget pairs that were left to people, and note others."""
        self._base.executemany("DELETE FROM candidate WHERE a = ? AND b = ?", old)
        rows = ((*pair, *said) for pair, said in sorted(new.items()))
        self._base.executemany("INSERT OR REPLACE INTO candidate VALUES (?, ?, ?, ?)", rows)

    def _each(self, query: str, values: Sequence[Any]) -> Iterator[Any]:
        for at in range(0, len(values), _MANY):
            part = values[at : at + _MANY]
            yield from self._base.execute(query.format(",".join("?" * len(part))), part).fetchall()


def judged(text: str) -> dict[str, Any]:
    """Return what people had decided when links were last written, from its JSON."""
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}
