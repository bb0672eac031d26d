"""How fast documents enter a store, and what that costs as it grows: the figures of building in docs/benchmarks.md.

``python -m tests.bench.building [DOCUMENTS]``. Documents are those of :mod:`tests.bench.statements`. Measured are one
process and two (read, checked by the gate, committed; links, report and ``graph.trig`` apart), the first thousand
against the last, loading of 1,000,000 triples through the store's own path against pyoxigraph's bulk load of the same,
and the most memory that was used. Rates by CPU time are those of a core of which nobody else takes a part.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pyoxigraph
from pyoxigraph import RdfFormat
from tests.bench.statements import make_documents

from communique.build import BATCH, Options, Work, build, process
from communique.read import find_sources
from communique.store import Change, Entry, Store

DOCUMENTS = 5_000
TRIPLES = 1_000_000


def cpu() -> float:
    """Return the CPU seconds of this process and of those children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def built(texts: Path, output: Path, jobs: int) -> tuple[float, float, float, float]:
    """Build; return wall and CPU seconds for all documents, and CPU seconds of the first and the last fifth."""
    marks: list[tuple[float, float]] = []
    began = perf_counter()
    graph = build(
        [texts], output, jobs=jobs, keep=False, trig=False, progress=lambda *_: marks.append((perf_counter(), cpu()))
    )
    assert not graph.report.failures, graph.report.failures[:3]
    fifth = len(marks) // 5
    wall = marks[-1][0] - began - graph.report.seconds["start"]
    quads = graph.report.totals.get("quads", 0) / len(marks)
    print(f"  {jobs} process(es): {len(marks) / wall:6.1f} documents a second by the clock, {quads:.0f} quads each")
    stages = {name: round(1000 * value / len(marks), 2) for name, value in graph.report.seconds.items()}
    print(f"  ms a document by stage, by the clock: {stages}")
    return wall, marks[-1][1] - marks[0][1], marks[fifth][1] - marks[0][1], marks[-1][1] - marks[-1 - fifth][1]


def segments(texts: Path, wanted: int) -> list[tuple[str, bytes]]:
    """Return documents' graphs as N-Quads until there are so many quads."""
    found: list[tuple[str, bytes]] = []
    total = 0
    for source in find_sources([texts]):
        for outcome in process(source, Work(Options(validate=False))):
            found.append((outcome.document, outcome.quads))
            total += outcome.quads.count(b"\n")
        if total >= wanted:
            break
    return found


def loaded(found: list[tuple[str, bytes]], folder: Path) -> None:
    """Load through the store's own path: sources with their entries in the manifest."""
    with Store.open(folder, "write") as store:
        for name, quads in found:
            entry = Entry(f"/{name}", f"{name}.txt", documents={name: f"{name}.txt"})
            store.collect(Change(entry.location, entry, {name: quads}))
            if store.collected >= BATCH:
                store.flush()
        store.flush()


def raw(found: list[tuple[str, bytes]], folder: Path) -> None:
    """Load the same bytes by pyoxigraph's bulk load."""
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(b"".join(quads for _, quads in found), format=RdfFormat.N_QUADS)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    began, spent = perf_counter(), cpu()
    work()
    return perf_counter() - began, cpu() - spent


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        texts = top / "texts"
        texts.mkdir()
        words = make_documents(texts, count)
        print(f"{count} documents of {words / count:.0f} words")
        wall, spent, first, last = built(texts, top / "one", 1)
        print(f"  one process: {count / spent:.1f} documents a CPU second, read to committed")
        print(f"  the last fifth costs {last / first:.2f} times the first")
        print(f"  most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        two, *_ = built(texts, top / "two", 2)
        print(f"  two processes are {wall / two:.2f} times as fast as one")
        found = segments(texts, min(TRIPLES, count * 800))
        total = sum(quads.count(b"\n") for _, quads in found)
        ratios = []
        for number in range(3):
            base_wall, base_cpu = timed(lambda: raw(found, top / f"raw{number}"))  # noqa: B023
            own_wall, own_cpu = timed(lambda: loaded(found, top / f"own{number}"))  # noqa: B023
            ratios.append((own_wall / base_wall, own_cpu / base_cpu))
            print(f"  load of {total:,} quads: raw {base_wall:.1f} s, ours {own_wall:.1f} s")
            print(f"    CPU seconds: raw {base_cpu:.1f}, ours {own_cpu:.1f}")
        ratios.sort()
        print(
            f"  loading through the store's path: {ratios[1][0]:.2f} times raw by the clock, {ratios[1][1]:.2f} by CPU"
        )


if __name__ == "__main__":
    main()
