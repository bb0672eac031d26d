"""Both SHACL engines on documents of 100,000 triples with one triple in a hundred made wrong: ``make agree``.

Exit status 1 where the gate passes a document that the authority fails, or the two tell of different faults.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path
from time import process_time

from pyoxigraph import RdfFormat, parse, serialize
from tests.bench.statements import make_documents
from tests.faults import compared, with_faults

from communique.build import Options, Work, process
from communique.check import authority_report, dataset, gate_report
from communique.read import find_sources

TRIPLES = 100_000


def _ntriples(quads: bytes) -> bytes:
    triples = (quad.triple for quad in parse(quads, format=RdfFormat.N_QUADS))
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def main() -> None:
    """Compare, print what differs, and how long each engine took."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    done = differing = faults = 0
    seconds = {"gate": 0.0, "authority": 0.0}
    with tempfile.TemporaryDirectory() as name:
        make_documents(Path(name), wanted // 500)
        for seed, source in enumerate(find_sources([name])):
            if done >= wanted:
                break
            (outcome,) = process(source, Work(Options(validate=False)))
            clean = _ntriples(outcome.quads)
            begin = process_time()
            gate_report(clean, "document-shapes")
            middle = process_time()
            authority_report(dataset(clean), "document-shapes")
            seconds["gate"] += middle - begin
            seconds["authority"] += process_time() - middle
            gate, authority = compared(with_faults(clean, 0.01, seed), "document-shapes")
            done, faults = done + clean.count(b"\n"), faults + len(authority)
            if gate != authority:
                differing += 1
                print(f"{source.name}: only the gate: {gate - authority}; only the authority: {authority - gate}")
    print(f"{done:,} triples, {faults} faults found by pyshacl, {differing} documents with differences")
    print(f"CPU seconds: gate {seconds['gate']:.1f}, authority {seconds['authority']:.1f}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
