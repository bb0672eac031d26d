"""Documents a second from reading to quads, and with validation and commit, on one core.

Run with ``make bench`` (or ``python -m tests.bench.throughput [DOCUMENTS]``). The documents are made from the samples
in ``examples/``: paragraphs of a sample and of its neighbours until there are 300 words, so that each is different and
reads like a real statement. Loading of lexicons, records and shapes (start-up) is left out, as builds do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from communique.build import Options, build, document_quads
from communique.read import find_sources, read

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


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = make_documents(folder, count)
        options = Options(authority=(ROOT / "examples" / "authority.csv",))
        documents = [d for s in find_sources([folder]) for d in read(s)]
        document_quads(documents[0], options)  # start-up
        begin = perf_counter()
        quads = 0
        for source in find_sources([folder]):
            for document in read(source):
                quads += len(document_quads(document, options))
        reading = perf_counter() - begin
        begin = perf_counter()
        graph = build([folder], folder / "out", authority=[ROOT / "examples" / "authority.csv"], keep=False)
        whole = perf_counter() - begin - graph.report.seconds.get("start", 0.0)
    print(f"{count} documents, {words / count:.0f} words and {quads / count:.0f} quads each, one process")
    print(f"reading to quads                    {count / reading:7.1f} documents a second")
    print(f"with validation, commit and report  {count / whole:7.1f} documents a second")
    for stage, seconds in graph.report.seconds.items():
        print(f"  {stage:10} {1000 * seconds / count:6.2f} ms a document")
    if graph.report.failures:
        print(f"{len(graph.report.failures)} documents failed", file=sys.stderr)


if __name__ == "__main__":
    main()
