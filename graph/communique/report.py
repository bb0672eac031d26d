"""What a build did, for people (Markdown) and programs (JSON): documents, totals, findings, rates."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from communique.errors import StoreError
from communique.model import Finding
from communique.resolve.entities import type_counts
from communique.store import Store, plain
from communique.vocab import CQ, RDFS

TOP = 10
"""How many issuers and recipients a report names."""

SEVERITIES = ("error", "warning", "info")
STATES = ("new", "changed", "unchanged", "repeated", "failed")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is not in the graph, and why: the source, the stage that failed (``read``, ``extract``, ...)."""

    source: str
    stage: str
    reason: str


@dataclass(slots=True)
class Report:
    """What one build did.

    ``documents`` counts the input: ``new``, ``changed`` (read again since the program changed), ``unchanged``,
    ``repeated`` (equal to a document read before), ``failed``. ``totals`` and ``entities`` count what the whole graph
    holds now; ``issuers`` and ``recipients`` are the most frequent ones with their numbers of statements. ``seconds``
    says where the time went; with several jobs the stages' seconds add up over all of them.
    """

    version: str
    output: str = ""
    files: dict[str, str] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    totals: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    issuers: list[tuple[str, int]] = field(default_factory=list)
    recipients: list[tuple[str, int]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    started: str = ""
    ended: str = ""
    interrupted: bool = False

    @property
    def severities(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {name: found[name] for name in SEVERITIES}

    @property
    def rate(self) -> float:
        """Documents a second of work from reading to quads, 0 where none was read."""
        spent = self.seconds.get("read", 0.0) + self.seconds.get("extract", 0.0) + self.seconds.get("triples", 0.0)
        done = self.documents["new"] + self.documents["changed"]
        return done / spent if spent > 0 else 0.0

    def count(self, store: Store) -> None:
        """Fill in what the whole graph holds."""
        self.totals = {**store.counts(), "quads": len(store)}
        self.entities = type_counts(store)
        links = store.graph_name("links")
        labels, canonical = (
            {
                plain(quad.subject): plain(quad.object)
                for quad in store.dataset.quads_for_pattern(None, NamedNode(predicate), None, links)
            }
            for predicate in (RDFS + "label", CQ + "canonical")
        )
        self.issuers = _top(store, "issuer", canonical, labels)
        self.recipients = _top(store, "recipient", canonical, labels)

    def to_json(self) -> str:
        """Return the report as JSON."""
        data = asdict(self)
        data |= {"severities": self.severities, "rate": round(self.rate, 1)}
        data["seconds"] = {name: round(value, 3) for name, value in self.seconds.items()}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def to_markdown(self) -> str:
        """Return the report as a page of Markdown."""
        return "\n\n".join(filter(None, self._sections())) + "\n"

    def write(self, folder: Path) -> None:
        """Write ``report.json`` and ``report.md`` into a folder.

        Raises:
            StoreError: they cannot be written.
        """
        for name, text in (("report.json", self.to_json()), ("report.md", self.to_markdown())):
            partial = folder / f".{name}.{os.getpid()}"
            try:
                partial.write_text(text, encoding="utf-8", errors="replace")  # a file name need not be Unicode
                partial.replace(folder / name)
            except OSError as error:
                raise StoreError(
                    f"the report cannot be written: {error.strerror}",
                    where=str(folder / name),
                    remedy="check permissions and free space",
                ) from error

    def _sections(self) -> Iterable[str]:
        yield "# Report of a build"
        if self.interrupted:
            yield "**The build was interrupted.** What is counted here is kept; run it again for the rest."
        yield f"communique {self.version}, {self.started} to {self.ended}."
        yield "## Documents\n\n" + _table(("state", "documents"), self.documents.items())
        yield "## The graph now\n\n" + _table(("what", "number"), self.totals.items())
        yield "## Entities\n\n" + _table(("type", "number"), self.entities.items())
        yield self._ranking("Issuers", self.issuers)
        yield self._ranking("Recipients", self.recipients)
        yield "## Findings\n\n" + _table(("severity", "number"), self.severities.items())
        if self.failures:
            rows = ((failure.source, f"{failure.stage}: {failure.reason}") for failure in self.failures)
            yield "## Documents that are not in the graph\n\n" + _table(("source", "reason"), rows)
        rest = [finding for finding in self.findings if finding.severity != "error"]
        if rest:
            rows = ((f"{finding.source}{_at(finding)}", finding.message) for finding in rest)
            yield "## Other findings\n\n" + _table(("where", "what"), rows)
        times = ((name, f"{value:.2f}") for name, value in self.seconds.items())
        rate = f"{self.rate:.0f} documents a second from reading to quads."
        yield f"## Time\n\n{_table(('stage', 'seconds'), times)}\n\n{rate}"
        yield "## Files\n\n" + _table(("file", "where"), self.files.items())

    @staticmethod
    def _ranking(title: str, rows: list[tuple[str, int]]) -> str:
        return f"## {title}\n\n" + _table(("name", "statements"), rows) if rows else ""


def _at(finding: Finding) -> str:
    return f" at {finding.begin}" if finding.begin >= 0 else ""


def _table(head: tuple[str, str], rows: Iterable[tuple[str, object]]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|"]
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def _top(store: Store, predicate: str, canonical: dict[str, str], labels: dict[str, str]) -> list[tuple[str, int]]:
    """Return the labels of the most frequent objects of a property by canonical node, ties by label."""
    pairs = {
        (plain(quad.subject), canonical.get(plain(quad.object), plain(quad.object)))
        for quad in store.dataset.quads_for_pattern(None, NamedNode(CQ + predicate), None, None)
    }
    counts = Counter(entity for _, entity in pairs)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], labels.get(item[0], item[0]), item[0]))
    return [(labels.get(iri, iri), number) for iri, number in ranked[:TOP]]
