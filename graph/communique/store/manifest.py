"""The bookkeeping of a store: which sources were read, when, by which program, into which documents, with what success.

It stands in the store itself, in the graph ``manifest``, so that it changes in the same transaction as the documents it
speaks of. It is no part of the graph of statements: exports, dumps and counts leave it out. Each source has one node
with its entry as JSON (``cq:entry``) and a ``cq:yielded`` for each document, by which the sources that hold a document
are found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from communique.vocab import CQ

ENTRY = NamedNode(CQ + "entry")
YIELDED = NamedNode(CQ + "yielded")
FAILURE = NamedNode(CQ + "failure")
OPTIONS = NamedNode(CQ + "options")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is on record of one source.

    ``location`` is where it was read from (an absolute path), ``source`` what its documents call it. ``sha256``,
    ``size`` and ``modified`` (nanoseconds) are those of its bytes when it was read; ``extractor`` names the version of
    the program and its data. ``documents`` are the ids of what it holds, each with the ``dcterms:source`` that it gave
    the document: those of the last reading that succeeded. ``stage`` and ``reason`` say why a reading failed.
    """

    location: str
    source: str
    sha256: str = ""
    size: int = 0
    modified: int = 0
    extractor: str = ""
    time: str = ""
    validated: bool = True
    documents: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    stage: str = ""
    reason: str = ""

    @property
    def failed(self) -> bool:
        """Whether the last reading failed."""
        return bool(self.stage)

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON has it."""
        return asdict(self) | {"status": "failed" if self.failed else "read"}


def node(base: str, location: str) -> NamedNode:
    """Return the node of a source by its location."""
    return NamedNode(f"{base}manifest/{hashlib.sha256(location.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}")


def quads(entry: Entry, base: str, graph: NamedNode) -> Iterator[Quad]:
    """Yield what the manifest says of a source."""
    subject = node(base, entry.location)
    text = json.dumps(asdict(entry), sort_keys=True)  # ASCII: a path need not be Unicode
    yield Quad(subject, ENTRY, Literal(text), graph)
    for document in entry.documents:
        yield Quad(subject, YIELDED, NamedNode(f"{base}doc/{document}"), graph)
    if entry.failed:
        yield Quad(subject, FAILURE, Literal(entry.stage), graph)


def parsed(text: str) -> Entry:
    """Return the entry that a text of JSON holds."""
    return Entry(**json.loads(text))
