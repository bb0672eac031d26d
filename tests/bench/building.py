"""How fast documents enter a store, and what that costs as it grows: the figures of building in docs/benchmarks.md.

``python -m tests.bench.building [DOCUMENTS]``. Documents are those of :mod:`tests.bench.statements`. Measured are one
process and two (read, checked by the gate, committed; and the whole build with links and report), the first fifth
against the last, loading of 1,000,000 triples through the store's own path against pyoxigraph's bulk load of the same,
and the most memory that was used. Each figure that is promised stands beside its bound, and the exit status is 1 where
one is missed. What is done in parallel and by the clock says something only on a machine that has nothing else to do.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
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
RATE, SPEEDUP, GROWTH, LOAD, MEMORY = 40, 1.5, 1.15, 1.3, 500

Moment = tuple[int, float, float]
"""How many documents were done, the clock on the wall, CPU seconds."""


@dataclass(slots=True)
class Verdicts:
    """What was promised, and whether it was kept."""

    missed: list[str] = field(default_factory=list)

    def say(self, what: str, value: float, bound: float, *, least: bool = False) -> None:
        """Print a figure beside its bound."""
        kept = value >= bound if least else value <= bound
        if not kept:
            self.missed.append(what)
        print(
            f"  {'pass' if kept else 'MISS'}  {what}: {value:.2f} (at {'least' if least else 'most'} {bound})",
            flush=True,
        )


def cpu() -> float:
    """Return the CPU seconds of this process, RocksDB's threads included, and of those children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@dataclass(slots=True)
class Built:
    """A build: when it had read the first document, when commits ended, when all was done."""

    first: Moment
    commits: list[Moment]
    whole: Moment
    quads: float

    def spent(self, begin: Moment, end: Moment) -> tuple[float, float]:
        """Return the milliseconds a document between two moments, by the clock and of CPU time."""
        done = max(1, end[0] - begin[0])
        return 1000 * (end[1] - begin[1]) / done, 1000 * (end[2] - begin[2]) / done

    def edges(self, fifth: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return what a document costs in the first and in the last fifth, from commit to commit."""
        last = self.commits[-1]
        early = next(each for each in self.commits if each[0] >= min(fifth, last[0]))
        late = next((each for each in reversed(self.commits) if each[0] <= last[0] - fifth), self.first)
        return self.spent(self.first, early), self.spent(late, last)


def built(texts: Path, output: Path, jobs: int) -> Built:
    """Build, and note when each commit was through."""
    told: list[Moment] = []
    commits: list[Moment] = []
    done, honest = 0, Store.flush

    def progress(number: int, total: int, source: str) -> None:
        nonlocal done
        done = number
        if not told:
            told.append((number, perf_counter(), cpu()))

    def flush(store: Store) -> None:
        honest(store)
        commits.append((min(done + 1, expected), perf_counter(), cpu()))  # the last one is told of afterwards

    expected = sum(1 for _ in texts.iterdir())
    Store.flush = flush  # type: ignore[method-assign]
    try:
        graph = build([texts], output, jobs=jobs, keep=False, trig=False, progress=progress)
    finally:
        Store.flush = honest  # type: ignore[method-assign]
    assert not graph.report.failures, graph.report.failures[:3]
    stages = {name: round(1000 * value / expected, 2) for name, value in graph.report.seconds.items()}
    print(f"  ms a document by stage, by the clock: {stages}")
    with Store.open(output / "store") as store:
        quads = len(store) / expected
    return Built(told[0], commits, (expected, perf_counter(), cpu()), quads)


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


def builds(top: Path, texts: Path, verdicts: Verdicts) -> None:
    """Build with one process and with two."""
    walls = []
    for jobs in (1, 2):
        print(f"{jobs} process(es)")
        made = built(texts, top / f"jobs{jobs}", jobs)
        wall, spent = made.spent(made.first, made.commits[-1])
        walls.append(wall)
        print(f"  {made.quads:.0f} quads a document, links and all")
        whole, most = made.spent(made.first, made.whole)
        print(
            f"  documents a second by the clock: {1000 / wall:.1f} committed, {1000 / whole:.1f} with links and report"
        )
        if jobs == 1:
            print(f"  documents a CPU second: {1000 / spent:.1f} committed, {1000 / most:.1f} with links and report")
            verdicts.say(
                "documents a CPU second, read to committed",
                1000 / spent,
                RATE,
                least=True,
            )
            first, last = made.edges(made.whole[0] // 5)
            verdicts.say("last fifth by the first, by the clock", last[0] / first[0], GROWTH)
            print(f"  (by CPU time, with what RocksDB merges meanwhile: {last[1] / first[1]:.2f})")
            verdicts.say(
                "megabytes of memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, MEMORY
            )
    verdicts.say("two processes against one, by the clock", walls[0] / walls[1], SPEEDUP, least=True)


def loads(top: Path, texts: Path, count: int, verdicts: Verdicts) -> None:
    """Load the same quads in turns."""
    found = segments(texts, min(TRIPLES, count * 800))
    total = sum(quads.count(b"\n") for _, quads in found)
    print(f"loading {total:,} quads of {len(found)} documents ({total / len(found):.0f} each)")
    ratios = []
    for number in range(3):
        base_wall, base_cpu = timed(lambda: raw(found, top / f"raw{number}"))  # noqa: B023
        own_wall, own_cpu = timed(lambda: loaded(found, top / f"own{number}"))  # noqa: B023
        ratios.append((own_cpu / base_cpu, own_wall / base_wall))
        print(f"  CPU seconds: raw {base_cpu:.1f}, ours {own_cpu:.1f}; by the clock: {base_wall:.1f}, {own_wall:.1f}")
    ratios.sort()
    verdicts.say("loading through the store's path by raw, CPU time", ratios[1][0], LOAD)


def main() -> None:
    """Measure, print, and say whether all was kept."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        texts = top / "texts"
        texts.mkdir()
        words = make_documents(texts, count)
        print(f"{count} documents of {words / count:.0f} words")
        builds(top, texts, verdicts)
        loads(top, texts, count, verdicts)
    print(f"missed: {', '.join(verdicts.missed)}" if verdicts.missed else "all kept")
    sys.exit(1 if verdicts.missed else 0)


if __name__ == "__main__":
    main()
