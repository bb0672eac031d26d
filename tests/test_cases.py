"""Whole documents with the graph and the findings that they must give: each folder under ``cases/`` is a test.

``input.*`` is the document, ``expected.nq`` the quads of its graph (sorted), ``expected-findings.json`` what the shapes
find. A change to extraction that is meant changes them: ``python -m tests.test_cases`` writes them anew, and the
difference is to be read like code.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from communique.build import Options, document_quads
from communique.check import check_document
from communique.read import find_sources, read

CASES = Path(__file__).parent / "cases"
RECORDS = Path(__file__).parents[1] / "examples" / "authority.csv"
FOLDERS = sorted(p for p in CASES.iterdir() if p.is_dir())


def made(folder: Path) -> tuple[str, str]:
    """Return the quads and findings of a case, as its files hold them."""
    (path,) = folder.glob("input.*")
    (document,) = (d for source in find_sources([path]) for d in read(source))
    quads = document_quads(document, Options(authority=(RECORDS,)))
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().splitlines())
    findings = [
        {k: v for k, v in asdict(f).items() if k in ("severity", "message", "words")} for f in check_document(quads)
    ]
    return "\n".join(lines) + "\n", json.dumps(findings, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_document_gives_the_graph_and_findings_that_are_written_down(folder: Path) -> None:
    quads, findings = made(folder)
    assert quads == (folder / "expected.nq").read_text(encoding="utf-8"), "meant? python -m tests.test_cases"
    assert findings == (folder / "expected-findings.json").read_text(encoding="utf-8")


def main() -> None:
    """Write what all cases give now."""
    for folder in FOLDERS:
        quads, findings = made(folder)
        (folder / "expected.nq").write_text(quads, encoding="utf-8")
        (folder / "expected-findings.json").write_text(findings, encoding="utf-8")


if __name__ == "__main__":
    main()
