"""Writes the read index: one SQLite file beside the store, made from it alone, and made anew when the store changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import numpy as np
from pyoxigraph import NamedNode

from communique import vocab
from communique.network import VIEWS
from communique.serve import views
from communique.serve.arrays import Pairs, ints
from communique.serve.placing import place
from communique.serve.reading import Progress, Reading, read
from communique.store import Store
from communique.vocab import CQ, ETYPE, KIND

LAYOUT = 2
"""Version of the index's layout; an index of another one is made anew."""

FACETS = ("issuer", "recipient", "kind", "etype", "place", "publisher")
RELATIONS = ("postIn", "parent", "within", "sameAs", "closeMatch", "exactMatch")
"""How entities hang together, and other names for them elsewhere."""
UNKNOWN = 0
"""The confidence of a statement that no fact gives one."""

_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE node(id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, type TEXT, country TEXT, lat REAL, lon REAL,
  statements INTEGER, names TEXT);
CREATE TABLE attribution(statement INTEGER, agent INTEGER, post INTEGER, body INTEGER);
CREATE TABLE demand(iri TEXT, statement INTEGER, addressee INTEGER, action TEXT);
CREATE TABLE characterization(iri TEXT, statement INTEGER, event INTEGER, said TEXT);
CREATE TABLE relation(node INTEGER, kind TEXT, other TEXT);
CREATE VIRTUAL TABLE name USING fts5(label, node UNINDEXED, prefix='2 3', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE document(id INTEGER PRIMARY KEY, iri TEXT UNIQUE, title TEXT, statements TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE statement(id INTEGER PRIMARY KEY, iri TEXT UNIQUE, document INTEGER, date TEXT, row TEXT);
CREATE INDEX attribution_agent ON attribution(agent);
CREATE INDEX attribution_post ON attribution(post);
CREATE INDEX attribution_body ON attribution(body);
CREATE INDEX demand_statement ON demand(statement);
CREATE INDEX demand_addressee ON demand(addressee);
CREATE INDEX characterization_statement ON characterization(statement);
CREATE INDEX relation_node ON relation(node);
CREATE TABLE numbers(name TEXT PRIMARY KEY, kind TEXT, data BLOB);
CREATE TABLE page(address TEXT PRIMARY KEY, data BLOB);
"""


def write_index(store: Store, path: Path, progress: Progress | None = None) -> None:
    """Write the index of a store into a new file."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        _Writer(read(store, progress), connection, store).write(progress)
        meta = {
            "layout": str(LAYOUT),
            "revision": str(store.revision),
            "base": store.base,
            "identity": store.identity,
            "counts": json.dumps({**store.counts(), "quads": len(store)}),
        }
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.commit()


class _Writer:
    def __init__(self, reading: Reading, connection: sqlite3.Connection, store: Store) -> None:
        self.reading = reading
        self.connection = connection
        self.store = store
        dates = {iri: reading.one("issued", iri)[:10] for iri in reading.statements}
        # The latest first, those without a date last: the order of every list, so that ids alone sort them.
        ordered = sorted(reading.statements)
        ordered.sort(key=lambda iri: dates[iri], reverse=True)
        self.dates = dates
        self.statements = {iri: number for number, iri in enumerate(ordered)}
        self.documents = {iri: number for number, iri in enumerate(reading.documents)}
        self.nodes: dict[str, int] = {}

    def write(self, progress: Progress | None) -> None:
        """Write all tables."""
        networks = {view: list(views.rows(self.reading, view)) for view in VIEWS}
        facets = {name: list(self.facet(name)) for name in (*FACETS, "entity")}
        concepts = [*(KIND + name for name in vocab.KINDS), *(ETYPE + name for name in vocab.EVENT_TYPES)]
        used = {node for rows in networks.values() for row in rows for node in (row.source, row.target, row.claimant)}
        used |= {value for found in facets.values() for _, value in found}
        used |= {event for found in self.reading.edges["characterizes"].values() for event in found}
        entities = {self.reading.whole(node) for node in self.reading.types}
        self.nodes = {iri: number for number, iri in enumerate(sorted({*used, *entities, *concepts}))}
        pairs = {name: Pairs.of((s, self.nodes[iri]) for s, iri in found) for name, found in facets.items()}
        for name, found in pairs.items():
            self.numbers(f"facet/{name}/statement", found.statement)
            self.numbers(f"facet/{name}/value", found.value)
        self.write_nodes(pairs["entity"])
        self.write_statements()
        self.write_documents()
        self.write_parts()
        for number, (view, rows) in enumerate(networks.items()):
            if progress:
                progress(f"network {view}", number, len(networks))
            self.write_network(view, rows)

    # -- facets -------------------------------------------------------------------------------------------------

    def facet(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield statement and value of a facet, each value by its canonical node."""
        for iri, number in self.statements.items():
            for value in self.values(name, iri):
                yield number, self.reading.whole(value)

    def values(self, name: str, statement: str) -> Iterable[str]:
        """Return what a statement has in a facet."""
        ends = self.reading.ends
        events = ends("reports", statement)
        if name == "issuer":  # who speaks, in which office, for which body: a reader looks for any of them
            return [node for edge in ("issuer", "capacity", "onBehalfOf") for node in ends(edge, statement)]
        if name == "etype":
            return [kind for event in events for kind in ends("eventType", event)]
        if name == "place":
            places = [node for event in events for node in ends("hasPlace", event)]
            return places + [n for n in ends("mentions", statement) if self.reading.types.get(n) in ("place", "state")]
        if name == "publisher":
            return [node for document in ends("reportedIn", statement) for node in ends("publisher", document)]
        if name == "entity":
            return self.everybody(statement)
        return ends(name, statement)

    def everybody(self, statement: str) -> list[str]:
        """Return whoever and whatever has a part in a statement."""
        ends = self.reading.ends
        direct = ("issuer", "capacity", "onBehalfOf", "recipient", "mentions", "cites")
        found = [node for edge in direct for node in ends(edge, statement)]
        for event in ends("reports", statement):
            roles = ("agent", "patient", "hasPlace", "attributedTo")
            found += [event, *(node for edge in roles for node in ends(edge, event))]
        found += [node for demand in ends("demands", statement) for node in ends("addressee", demand)]
        return found + list(self.values("publisher", statement))

    # -- tables -------------------------------------------------------------------------------------------------

    def numbers(self, name: str, column: np.ndarray[tuple[int], np.dtype[np.generic]]) -> None:
        """Write a column."""
        row = (name, column.dtype.str, column.tobytes())
        self.connection.execute("INSERT INTO numbers VALUES (?, ?, ?)", row)

    def label(self, iri: str) -> str:
        """Return the label of a node, or the end of its IRI."""
        return self.reading.labels.get(iri) or iri.rpartition("/")[2].rpartition("#")[2]

    def kind(self, iri: str) -> str:
        """Return the type of a node."""
        for namespace, name in ((KIND, "kind"), (ETYPE, "etype")):
            if iri.startswith(namespace):
                return name
        for name in ("event", "statement"):
            if iri.startswith(f"{self.reading.base}{name}/"):
                return name
        return self.reading.types.get(iri, "other")

    def write_nodes(self, everybody: Pairs) -> None:
        """Write nodes and their names."""
        counts = np.bincount(everybody.value, minlength=len(self.nodes))
        reading = self.reading
        self.connection.executemany(
            "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, iri, self.label(iri), self.kind(iri), reading.countries.get(iri, ""))
                + (reading.located.get(iri) or (None, None))
                + (int(counts[number]), json.dumps(sorted(reading.names.get(iri, ()))))
                for iri, number in self.nodes.items()
            ),
        )
        self.connection.executemany(
            "INSERT INTO name VALUES (?, ?)",
            (
                (name, self.nodes[iri])
                for iri, names in sorted(reading.names.items())
                if iri in self.nodes and self.kind(iri) != "group"
                for name in sorted(names)
            ),
        )

    def write_statements(self) -> None:
        """Write statements as rows of a table, their days and their confidence."""
        reading = self.reading
        rows = []
        for iri, number in self.statements.items():
            document = reading.one("reportedIn", iri)
            rows.append((number, iri, self.documents.get(document), self.dates[iri], json.dumps(self.row(iri))))
        self.connection.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", rows)
        days = (int(self.dates[iri].replace("-", "").ljust(8, "0") or 0) for iri in self.statements)
        self.numbers("day", ints(days))
        of_document = (self.documents.get(reading.one("reportedIn", iri), -1) for iri in self.statements)
        self.numbers("document", ints(of_document))
        confidence = np.fromiter((self.confidence(iri) for iri in self.statements), dtype=np.float32)
        self.numbers("confidence", confidence)

    def row(self, iri: str) -> dict[str, object]:
        """Return a statement as a row of the table."""
        ends = self.reading.ends
        document = self.reading.one("reportedIn", iri)
        return {
            "iri": iri,
            "date": self.dates[iri],
            "label": self.label(iri),
            "issuers": self.people(ends("issuer", iri)),
            "offices": self.people(ends("capacity", iri)),
            "bodies": self.people(ends("onBehalfOf", iri)),
            "recipients": self.people(ends("recipient", iri)),
            "places": self.people(self.values("place", iri)),
            "kinds": sorted(kind.removeprefix(KIND) for kind in ends("kind", iri)),
            "document": document,
            "title": self.reading.one("title", document),
            "publisher": next(iter(self.people(ends("publisher", document))), None),
            "sources": sorted(ends("source", document)),
        }

    def people(self, nodes: Iterable[str]) -> list[dict[str, str]]:
        """Return canonical nodes with their labels, each once."""
        whole = dict.fromkeys(self.reading.whole(node) for node in nodes)
        found = [{"iri": node, "label": self.label(node), "type": self.kind(node)} for node in whole]
        return sorted(found, key=lambda each: (each["label"], each["iri"]))

    def confidence(self, statement: str) -> float:
        """Return the lowest confidence among who speaks, to whom, and what the statement does."""
        found = []
        document = self.reading.one("reportedIn", statement).rpartition("/")[2]
        mint = vocab.Minter(self.store.base, document)
        for edge in ("issuer", "recipient", "kind"):
            for node in self.reading.ends(edge, statement):
                fact = NamedNode(mint.fact(statement, CQ + edge, node))
                for quad in self.store.dataset.quads_for_pattern(fact, NamedNode(CQ + "confidence"), None, None):
                    found.append(float(getattr(quad.object, "value", UNKNOWN)))
        return min(found, default=UNKNOWN)

    def write_documents(self) -> None:
        """Write documents and the words in them."""
        inside: dict[str, list[int]] = {}
        for iri, number in self.statements.items():
            inside.setdefault(self.reading.one("reportedIn", iri), []).append(number)
        for iri, number in self.documents.items():
            title = self.reading.one("title", iri)
            row = (number, iri, title, json.dumps(inside.get(iri, [])))
            self.connection.execute("INSERT INTO document VALUES (?, ?, ?, ?)", row)
            words = (number, title, self.reading.texts.get(iri, ""))
            self.connection.execute("INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)", words)

    def write_parts(self) -> None:
        """Write attributions, demands and characterizations by statement, and how entities hang together."""
        ends, node = self.reading.ends, self.number
        insert = self.connection.executemany
        for iri, number in self.statements.items():
            for attribution in ends("attribution", iri):
                agents = ends("attributed", attribution) or [""]
                posts, bodies = ends("capacity", attribution) or [""], ends("onBehalfOf", attribution) or [""]
                rows = ((number, node(a), node(p), node(b)) for a, p, b in product(agents, posts, bodies))
                insert("INSERT INTO attribution VALUES (?, ?, ?, ?)", rows)
            for demand in ends("demands", iri):
                action = self.reading.one("action", demand) or self.label(demand)
                told = ((demand, number, node(each), action) for each in ends("addressee", demand) or [""])
                insert("INSERT INTO demand VALUES (?, ?, ?, ?)", told)
            for view in ends("characterization", iri):
                said = self.reading.one("characterizedAs", view) or self.label(view)
                of = ((view, number, node(each), said) for each in ends("characterizes", view))
                insert("INSERT INTO characterization VALUES (?, ?, ?, ?)", of)
        for kind in RELATIONS:
            pairs = (
                (self.number(s), kind, self.reading.whole(o))
                for s, found in self.reading.edges[kind].items()
                for o in found
            )
            insert("INSERT INTO relation VALUES (?, ?, ?)", sorted({pair for pair in pairs if pair[0] is not None}))

    def number(self, iri: str) -> int | None:
        """Return the number of the canonical node of an entity."""
        return self.nodes.get(self.reading.whole(iri))

    # -- networks -----------------------------------------------------------------------------------------------

    def write_network(self, view: str, rows: list[views.Row]) -> None:
        """Write the edges of a view and what each rests on, sorted by edge and statement."""
        known = {
            row: number
            for number, row in enumerate(sorted({(r.source, r.target, r.relation, r.modality) for r in rows}))
        }
        support = sorted(
            {
                (
                    known[r.source, r.target, r.relation, r.modality],
                    self.statements[r.statement],
                    self.nodes[r.claimant],
                    r.fact,
                )
                for r in rows
            }
        )
        relations = sorted({edge[2] for edge in known})
        modalities = sorted({edge[3] for edge in known})
        self.connection.execute(
            "INSERT INTO meta VALUES (?, ?)",
            (f"view/{view}", json.dumps({"relations": relations, "modalities": modalities})),
        )
        source = ints(self.nodes[edge[0]] for edge in known)
        target = ints(self.nodes[edge[1]] for edge in known)
        columns: dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]] = {
            "source": source,
            "target": target,
            "relation": ints(relations.index(edge[2]) for edge in known),
            "modality": ints(modalities.index(edge[3]) for edge in known),
            "edge": ints(row[0] for row in support),
            "statement": ints(row[1] for row in support),
            "claimant": ints(row[2] for row in support),
            "fact": np.fromiter((row[3] for row in support), dtype=np.uint64),
        }
        for name, column in columns.items():
            self.numbers(f"view/{view}/{name}", column)
        nodes, points = place(source, target)
        self.numbers(f"view/{view}/placed", nodes)
        self.numbers(f"view/{view}/points", points)
