"""``make bench``: measures all of it on growing data and writes ``docs/benchmarks.md`` and ``docs/benchmarks.svg``.

::

    python -m tests.bench                       # 10,000, 100,000 and 1,000,000 triples; a quarter of an hour
    python -m tests.bench --sizes 1e7           # a large one; half an hour and 10 GB of disk
    python -m tests.bench --quick               # a small one in seconds; writes nothing into docs/
    python -m tests.bench --sizes 1e5 --parts queries --dry     # some parts only

What is promised stands beside its bound; the exit status is 1 where one is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import page
from tests.bench.figures import PARTS, Bench, Figure, large_network, measured_networks

BOUNDS = {
    ("load", "pyoxigraph bulk_load"): 1.3,
    ("queries", "pyoxigraph"): 1.15,
    ("queries", "rdflib"): 0.1,
    ("validation", "pyshacl"): 1 / 15,
    ("exports", "pyoxigraph"): 1.5,
}
"""How many times the baseline's time each part may take, of queries all ten together."""
_JUDGED = 100_000  # triples from which on a ratio is no matter of milliseconds


def measure(sizes: list[int], parts: list[str], *, quick: bool) -> Iterator[Figure]:
    """Measure all sizes, and networks apart from any data."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as name:
        for size in sizes:
            yield from Bench(Path(name), size, 1 if quick else 7).run(parts)
            shutil.rmtree(Path(name) / str(size))
    if quick:
        yield from measured_networks(100, 500, beside=True)
        yield from large_network(1000)
    elif "networks" in parts:
        yield from measured_networks(1000, 5000, beside=True)
        yield from measured_networks(4000, 20_000, beside=False)
        yield from measured_networks(20_000, 100_000, beside=False)
        yield from large_network(100_000)
        yield from large_network(1_000_000)


def verdict(figure: Figure) -> str:
    """Return whether a figure is within its bound, nothing where it has none."""
    bound = BOUNDS.get((figure.part, figure.baseline))
    if figure.what.startswith("same rows as rdflib"):
        return "MISS" if figure.note.startswith("not the same") else "pass"
    if bound is None or figure.size < _JUDGED or (figure.part == "queries" and figure.what != "all ten"):
        return ""
    return f"{'pass' if figure.ratio <= bound else 'MISS'} (at most {bound:.3g})"


def line(figure: Figure) -> str:
    """Return a figure as a line of text."""
    ratio = f"  {figure.base:8.3f} s {figure.baseline} -> {figure.ratio:.3f}" if figure.base else ""
    wall = f"  (wall {figure.wall:.3f}{f' : {figure.base_wall:.3f}' if figure.base_wall else ''})"
    told = f"{figure.part:10} {figure.size:>9,} {figure.what:36} {figure.ours:8.3f} s{ratio}{wall} {figure.note}"
    return f"{told}  {verdict(figure)}".rstrip()


def main() -> None:
    """Measure, print each figure as it is known, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1e4,1e5,1e6", help="numbers of triples, with commas between")
    parser.add_argument("--quick", action="store_true", help="a small one only; write no page")
    parser.add_argument("--dry", action="store_true", help="write no page")
    parser.add_argument("--parts", default=",".join(PARTS), help="what to measure beside loading (writes no page)")
    given = parser.parse_args()
    parts = given.parts.split(",")
    sizes = [1000] if given.quick else [int(float(size)) for size in given.sizes.split(",")]
    figures: list[Figure] = []
    for figure in measure(sizes, parts, quick=given.quick):
        figures.append(figure)
        print(line(figure), flush=True)
        if not (given.quick or given.dry or len(parts) < len(PARTS)):  # as far as it is known, should it be stopped
            page.write(figures)
    missed = [f"{each.part} {each.size:,} {each.what}" for each in figures if verdict(each).startswith("MISS")]
    print(f"missed: {'; '.join(missed)}" if missed else "all kept")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
