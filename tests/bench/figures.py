"""Measures the graph wing on statement data of one size, each figure beside its baseline in the same run.

Seconds are CPU time of this process (all threads), which other programs on the machine disturb less than the clock on
the wall; ``wall`` is there beside it. What is compared takes turns, so that a slow moment hits both.
"""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import perf_counter, process_time
from typing import Any

import networkx as nx
import pyoxigraph
from pyoxigraph import RdfFormat, serialize
from rdflib.namespace import SH
from tests.bench import corpus
from tests.bench.rdflib_worker import digest

from communique import ask, check, measures, network, vocab
from communique.build import BATCH
from communique.export import Options, export
from communique.resolve import resolve
from communique.store import Change, Entry, Store

QUERIES = (
    *("addresses", "recipients", "issuers", "demands", "allegations"),
    *("quotes", "events-by-type", "timeline", "co-addressed", "view-addresses"),
)
PARTS = ("queries", "validation", "exports", "networks")
TURNS = 7
_SAMPLED = 20  # documents that pyshacl validates, of a large store those of so many triples
_EXTRAPOLATED = 100_000
_A_STATEMENT = "SELECT ?s { ?s a cq:Statement } ORDER BY ?s LIMIT 1"
_A_STATE = "SELECT ?s { ?e a cq:State ; rdfs:label ?s } ORDER BY ?s LIMIT 1"
_PATIENCE = 90  # seconds that rdflib gets for one query


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured: seconds of ours and of the baseline, both 0 where there is none."""

    part: str
    size: int
    what: str
    ours: float
    base: float = 0.0
    baseline: str = ""
    wall: float = 0.0
    base_wall: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours by the baseline's."""
        return self.ours / self.base if self.base else 0.0


@dataclass(slots=True)
class Spent:
    """CPU seconds, seconds on the wall, and what came of it."""

    cpu: float
    wall: float
    result: Any = None


def spend(work: Callable[[], Any]) -> Spent:
    """Do some work and return what it took."""
    wall, cpu = perf_counter(), process_time()
    result = work()
    return Spent(process_time() - cpu, perf_counter() - wall, result)


def in_turns(ours: Callable[[], Any], base: Callable[[], Any], turns: int) -> tuple[Spent, Spent]:
    """Do both several times in turns; return the medians (of each clock)."""
    runs: tuple[list[Spent], list[Spent]] = ([], [])
    for _ in range(turns):
        for work, spent in zip((ours, base), runs, strict=True):
            spent.append(spend(work))
            spent[-1].result = None
    mine, raw = (Spent(*(statistics.median(getattr(s, clock) for s in r) for clock in ("cpu", "wall"))) for r in runs)
    return mine, raw


class Null(io.RawIOBase):
    """A binary stream that counts and forgets."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


class Bench:
    """Statement data of one size in a folder, and what is measured on it."""

    def __init__(self, folder: Path, size: int, turns: int = TURNS) -> None:
        self.folder, self.size, self.turns = folder / str(size), size, turns
        self.folder.mkdir(parents=True)
        self.file = self.folder / "graph.nq"
        self.documents: list[tuple[str, int, int]] = []  # id, where its N-Quads begin in the file, how many bytes

    def run(self, parts: Collection[str] = PARTS) -> Iterator[Figure]:
        """Measure some parts, or everything."""
        yield from self.making()
        yield from self.loading()
        measures = {"queries": self.asking, "validation": self.validating}
        measures |= {"exports": self.exporting, "networks": self.networks}
        with Store.open(self.folder / "store") as store:
            for part, measure in measures.items():
                if part in parts:
                    yield from measure(store)

    def figure(self, part: str, what: str, ours: Spent, base: Spent | None = None, **more: Any) -> Figure:
        base = base or Spent(0.0, 0.0)
        return Figure(part, self.size, what, ours.cpu, base.cpu, wall=ours.wall, base_wall=base.wall, **more)

    # -- data and store -----------------------------------------------------------------------------------------

    def making(self) -> Iterator[Figure]:
        """Make the data: readings to quads by the real ``triples``, then N-Quads."""

        def make() -> int:
            total = 0
            with self.file.open("wb") as out:
                for name, quads in corpus.documents(self.size):
                    begin = out.tell()
                    serialize(quads, out, RdfFormat.N_QUADS)
                    self.documents.append((name, begin, out.tell() - begin))
                    total += len(quads)
            return total

        spent = spend(make)
        yield self.figure("data", "readings made and written as quads", spent, note=f"{len(self.documents)} documents")

    def loading(self) -> Iterator[Figure]:
        """Load the N-Quads: in batches of documents with their entries, as builds do; at once, as Oxigraph does."""
        base = spend(self._load_raw)
        shutil.rmtree(self.folder / "raw")
        with Store.open(self.folder / "store", "write") as store:
            ours = spend(lambda: self._add_all(store))
            yield self.figure("load", "documents with their entries", ours, base, baseline="pyoxigraph bulk_load")
            yield self.figure("load", "links between entities", spend(lambda: resolve(store)))

    def _load_raw(self) -> None:
        pyoxigraph.Store(str(self.folder / "raw")).bulk_load(path=str(self.file), format=RdfFormat.N_QUADS)

    def _add_all(self, store: Store) -> None:
        with self.file.open("rb") as file:
            for name, begin, length in self.documents:
                file.seek(begin)
                entry = Entry(f"/{name}.txt", f"{name}.txt", documents={name: f"{name}.txt"})
                store.collect(Change(entry.location, entry, {name: file.read(length)}))
                if store.collected >= BATCH:
                    store.flush()
        store.flush()

    # -- queries ------------------------------------------------------------------------------------------------

    def asking(self, store: Store) -> Iterator[Figure]:
        """Ask ten named queries; of rdflib only what it answers in time."""
        totals = [Spent(0.0, 0.0), Spent(0.0, 0.0)]
        for name in QUERIES:
            text = ask.bind(ask.named_query(name), {}, store)
            first = spend(lambda name=name: ask.ask(store, name))
            turns = self.turns if first.cpu < 0.5 else min(3, self.turns)
            spent = in_turns(
                lambda name=name: ask.ask(store, name).rows, lambda text=text: raw_rows(store, text), turns
            )
            for total, each in zip(totals, spent, strict=True):
                total.cpu, total.wall = total.cpu + each.cpu, total.wall + each.wall
            note = f"{len(first.result.rows)} rows"
            yield self.figure("queries", name, *spent, baseline="pyoxigraph", note=note)
        yield self.figure("queries", "all ten", *totals, baseline="pyoxigraph")
        if self.size <= 100_000:
            yield from self.beside_rdflib(store, totals[0])
        copied = spend(lambda: _copy(store))
        memory = Store(copied.result, store.base, writes=False)
        spent = in_turns(lambda: [ask.ask(memory, q).rows for q in QUERIES], lambda: None, 1)
        yield self.figure("queries", "all ten in memory", spent[0], totals[0], baseline="from disk")
        yield self.figure("queries", "copying into memory", copied)

    def beside_rdflib(self, store: Store, ours: Spent) -> Iterator[Figure]:
        """Ask rdflib all named queries of the same quads: how long the ten take, and whether all rows are the same."""
        seconds, state = 0.0, ask.rows(store, _A_STATE)[0]["s"]
        given = {"place": state, "entity": state, "of": ask.rows(store, _A_STATEMENT)[0]["s"]}
        same, late, other = list[str](), list[str](), list[str]()
        with closing(_Rdflib(self._all(store))) as oracle:
            for query in ask.catalogue():
                parameters = {each.name: given[each.name] for each in query.parameters if each.required}
                spent, mark = oracle.answer(ask.bind(query, parameters, store))
                seconds += spent * (query.name in QUERIES)
                mine = digest(row.values() for row in ask.rows(store, query.name, parameters))
                (late if not mark else same if mark == mine else other).append(query.name)
        note = f"rdflib's stopped after {_PATIENCE} s: {', '.join(late)}" if late else ""
        yield self.figure("queries", "all ten", ours, Spent(seconds, seconds), baseline="rdflib", note=note)
        note = f"not the same: {', '.join(other)}" if other else "of all that rdflib answered in time"
        asked = len(same) + len(other)
        yield Figure("queries", self.size, f"same rows as rdflib: {len(same)} of {asked} queries", 0.0, note=note)

    def _all(self, store: Store) -> Path:
        """Write the store whole, links and all, for rdflib."""
        file = self.folder / "whole.nq"
        store.dataset.dump(str(file), RdfFormat.N_QUADS)
        return file

    # -- validation ---------------------------------------------------------------------------------------------

    def validating(self, store: Store) -> Iterator[Figure]:
        """Validate the whole store; pyshacl validates every so many documents, and its time is extrapolated."""
        first = store.quads(self.documents[0][0])
        check.check_document(first)  # shapes are compiled once a process
        ours = spend(lambda: sum(1 for _ in check.check_store(store.dataset, store.base)))
        wanted = _SAMPLED
        if self.size > _EXTRAPOLATED:
            wanted = max(wanted, len(self.documents) * _EXTRAPOLATED // self.size)
        every = max(1, len(self.documents) // wanted)
        sample = [name for name, _, _ in self.documents[::every]]

        def authority() -> int:
            found = 0
            for name in sample:
                graph = store.graph_name(name)
                data = pyoxigraph.Store()
                data.extend(
                    # No name for what is read here: pyshacl leaves frames to the collector, which may run in any
                    # thread, and Oxigraph's iterators may be dropped only in their own.
                    pyoxigraph.Quad(q.subject, q.predicate, q.object)
                    for q in store.dataset.quads_for_pattern(None, None, None, graph)
                )
                found += len(list(check.authority_report(data, "document-shapes").objects(None, SH.result)))
            return found

        spent = spend(authority)
        scale = len(self.documents) / len(sample)
        base = Spent(spent.cpu * scale, spent.wall * scale)
        note = (
            f"{ours.result} findings; pyshacl {spent.result}, extrapolated from {len(sample)} of "
            f"{len(self.documents)} documents"
        )
        yield self.figure("validation", "whole store", ours, base, baseline="pyshacl", note=note)

    # -- exports ------------------------------------------------------------------------------------------------

    def exporting(self, store: Store) -> Iterator[Figure]:
        """Export everything as RDF, beside what Oxigraph writes without prefixes and order."""
        turns = min(3, self.turns) if self.size < 1_000_000 else 1
        for format, raw in (
            ("turtle", raw_turtle),
            ("ntriples", raw_ntriples),
            ("nquads", raw_nquads),
            ("trig", raw_trig),
        ):
            spent = in_turns(
                lambda format=format: export(store, format, Null(), Options(profile="full")),  # type: ignore[arg-type]
                lambda raw=raw: raw(store),
                turns,
            )
            yield self.figure("exports", format, *spent, baseline="pyoxigraph")
        for format in ("jsonld", "table"):
            yield self.figure("exports", format, spend(lambda format=format: export(store, format, Null())))  # type: ignore[arg-type]
        if self.size <= 100_000:
            graph = _Rdflib(self._all(store))
            yield self.figure(
                "exports",
                "turtle",
                spend(lambda: export(store, "turtle", Null(), Options(profile="full"))),  # type: ignore[arg-type]
                Spent(graph.turtle(), 0.0),
                baseline="rdflib",
            )

    # -- networks -----------------------------------------------------------------------------------------------

    def networks(self, store: Store) -> Iterator[Figure]:
        """Build the network of everything, measure it, write it."""
        built = spend(lambda: network.build_network(store, "all"))
        made = built.result
        note = f"{made.number_of_nodes()} nodes, {made.number_of_edges()} edges"
        yield self.figure("networks", "view all", built, note=note)
        yield self.figure("networks", "measures of view all", spend(lambda: measures.measure(made)), note=note)
        written = spend(lambda: export(store, "graphml", Null(), Options(view="all")))  # type: ignore[arg-type]
        yield self.figure("networks", "view all as GraphML", written)


def measured_networks(nodes: int, edges: int, *, beside: bool) -> Iterator[Figure]:
    """Measure a random directed network; ``beside`` networkx, which needs minutes for a few thousand nodes."""
    plain = nx.gnm_random_graph(nodes, edges, seed=1, directed=True)
    made: network.Network = nx.MultiDiGraph()
    made.add_nodes_from(f"n{node}" for node in plain)
    for number, (source, target) in enumerate(plain.edges):
        made.add_edge(f"n{source}", f"n{target}", weight=1 + number % 3)
    ours = spend(lambda: measures.measure(made))
    base, note = Spent(0.0, 0.0), ""
    if beside:
        base = spend(lambda: _by_networkx(made))
        away = max(
            abs(getattr(ours.result[node], name) - value)
            for name, values in base.result.items()
            for node, value in values.items()
        )
        note = f"betweenness and PageRank differ by {away:.0e} at most"
    yield Figure(
        "measures",
        edges,
        f"{nodes:,} nodes, {edges:,} edges",
        ours.cpu,
        base.cpu,
        "networkx" if beside else "",
        ours.wall,
        base.wall,
        note,
    )


def _by_networkx(made: network.Network) -> dict[str, dict[str, float]]:
    simple = nx.DiGraph(made)
    nx.community.louvain_communities(simple, seed=1)
    ranks = nx.pagerank(simple, weight="weight", tol=1e-10, max_iter=1000)
    return {"betweenness": nx.betweenness_centrality(simple), "pagerank": ranks}


def large_network(edges: int) -> Iterator[Figure]:
    """Add up and write a network of so many edges, each from one row."""
    rows = (
        {
            "source": f"https://example.org/a/{number % 5003}",
            "sourceLabel": f"A {number % 5003}",
            "sourceType": "person",
            "target": f"https://example.org/b/{number}",
            "targetLabel": f"B {number}",
            "targetType": "organization",
            "relation": "addresses",
            "statement": f"https://example.org/s/{number}",
            "date": "2031-05-01",
            "claimant": f"https://example.org/a/{number % 5003}",
            "claimantLabel": f"A {number % 5003}",
            "modality": "",
        }
        for number in range(edges)
    )
    spent = spend(lambda: network.add_up(rows, network.VIEWS["addresses"], {}))
    yield Figure("networks", edges, f"{edges:,} rows added up", spent.cpu, wall=spent.wall)
    from communique.export import graphs

    for name, write in (("GraphML", graphs.write_graphml), ("GEXF", graphs.write_gexf), ("CSV", graphs.write_edges)):
        written = spend(lambda write=write: write(spent.result, Null()))
        yield Figure("networks", edges, f"{edges:,} edges as {name}", written.cpu, wall=written.wall)


# -- baselines --------------------------------------------------------------------------------------------------------


def raw_rows(store: Store, text: str) -> list[Any]:
    """Ask Oxigraph itself."""
    return list(store.dataset.query(text, prefixes=vocab.PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type]


def _construct(store: Store, form: RdfFormat) -> None:
    found: Any = store.dataset.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    found.serialize(Null(), format=form)


def raw_turtle(store: Store) -> None:
    """Write the union as Oxigraph does."""
    _construct(store, RdfFormat.TURTLE)


def raw_ntriples(store: Store) -> None:
    """Write the union as Oxigraph does."""
    _construct(store, RdfFormat.N_TRIPLES)


def raw_nquads(store: Store) -> None:
    """Dump all graphs as Oxigraph does."""
    store.dataset.dump(Null(), RdfFormat.N_QUADS)  # type: ignore[arg-type]


def raw_trig(store: Store) -> None:
    """Dump all graphs as Oxigraph does."""
    store.dataset.dump(Null(), RdfFormat.TRIG)  # type: ignore[arg-type]


def _copy(store: Store) -> pyoxigraph.Store:
    copied = pyoxigraph.Store()
    copied.bulk_extend(store.dataset)
    return copied


class _Rdflib:
    """rdflib in a process of its own, which can be stopped."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process: subprocess.Popen[str] | None = None

    def _call(self, request: dict[str, str], patience: float) -> tuple[float, str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.rdflib_worker", str(self._file)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._process.stdout
            self._process.stdout.readline()  # it has loaded the graph
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        timer = Timer(patience, self._process.kill)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        if not line:
            self.close()
            return patience, ""
        seconds, mark = json.loads(line)
        return float(seconds), str(mark)

    def answer(self, text: str) -> tuple[float, str]:
        """Return the CPU seconds of a query and a digest of its rows; the patience and nothing where it outlasts it."""
        return self._call({"query": text}, _PATIENCE)

    def turtle(self) -> float:
        """Return the CPU seconds of writing Turtle."""
        try:
            return self._call({"turtle": ""}, 600)[0]
        finally:
            self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
