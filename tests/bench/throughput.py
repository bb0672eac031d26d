"""Documents a second from reading to quads, and with validation and commit, in one process.

Run with ``make bench`` (or ``python -m tests.bench.throughput [DOCUMENTS]``). The documents are made from the samples
in ``examples/``: paragraphs of a sample and of its neighbours until there are 300 words, so that each is different and
reads like a real statement. Loading of lexicons, records and shapes (start-up) is left out, as builds report it apart.
Times are CPU time of the process, which a busy machine inflates less than the clock on the wall.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import process_time

from communique.build import Options, Work, build, process
from communique.read import find_sources

ROOT = Path(__file__).resolve().parents[2]
WORDS = 300


def make_documents(folder: Path, count: int) -> int:
    """Write ``count`` documents of about 300 words; return how many words they hold in all."""
    samples = [p.read_text(encoding="utf-8").split("\n\n") for p in sorted((ROOT / "examples").glob("*.txt"))]
    total = 0
    for number in range(count):
        parts = list(samples[number % len(samples)])
        other = number
        while sum(len(p.split()) for p in parts) < WORDS:
            other += 1 + number // len(samples)
            parts += [p for p in samples[other % len(samples)][2:] if len(p.split()) > 8]
        text = "\n\n".join([*parts, f"Reference {number}."])
        total += len(text.split())
        (folder / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
    return total


def read_all(folder: Path, options: Options) -> int:
    """Take every document of a folder from bytes to quads, as a build does, and return how many quads there were."""
    outcomes = (outcome for source in find_sources([folder]) for outcome in process(source, Work(options)))
    return sum(outcome.quads.count(b"\n") for outcome in outcomes)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    authority = ROOT / "examples" / "authority.csv"
    options = Options(authority=(authority,), validate=False)
    read_all(ROOT / "examples" / "01-ombudsman-protest.txt", options)  # start-up
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = make_documents(folder, count)
        begin = process_time()
        quads = read_all(folder, options)
        reading = process_time() - begin
        begin = process_time()
        graph = build([folder], folder / "out", authority=[authority], keep=False)
        whole = process_time() - begin - graph.report.seconds.get("start", 0.0)
    print(f"{count} documents, {words / count:.0f} words and {quads / count:.0f} quads each, one process, CPU time")
    for what, spent in (("reading to quads", reading), ("with validation, commit and report", whole)):
        print(f"{what:34} {words / WORDS / spent:7.1f} documents of {WORDS} words a second")
    print("by the clock on the wall, for each document as it is:")
    for stage, seconds in graph.report.seconds.items():
        print(f"  {stage:10} {1000 * seconds / count:6.2f} ms")
    if graph.report.failures:
        print(f"{len(graph.report.failures)} documents failed", file=sys.stderr)


if __name__ == "__main__":
    main()
