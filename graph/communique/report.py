"""What a build did, for people (Markdown) and programs (JSON): documents, totals, findings, rates."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from communique.errors import StoreError
from communique.model import Finding
from communique.resolve.entities import type_counts
from communique.store import Entry, Store, plain
from communique.vocab import CQ, RDFS

TOP = 10
"""How many issuers and recipients a report names."""

SEVERITIES = ("error", "warning", "info")
STATES = ("new", "changed", "unchanged", "repeated", "withdrawn", "failed")

KEPT = 1_000
"""So many findings and failures a bounded report holds; it counts them all."""

COUNTED = 2_000
"""Up to so many documents a report says what the whole graph holds; it costs a look at every entity."""


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
    ``repeated`` (equal to a document read before), ``withdrawn`` (no longer in its source), ``failed``. ``findings``
    and ``failures`` are all of them, or in a ``bounded`` report the first :data:`KEPT`; ``noted`` counts them all.
    ``totals`` and ``entities`` count what the whole graph holds now; ``issuers`` and ``recipients`` are the most
    frequent ones with their numbers of statements. ``seconds`` says where the time went; with several jobs the stages'
    seconds add up over all of them.
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
    bounded: bool = False
    noted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))

    def note(self, findings: Iterable[Finding]) -> None:
        """Take in findings."""
        for finding in findings:
            self.noted[finding.severity] += 1
            if not self.bounded or len(self.findings) < KEPT:
                self.findings.append(finding)

    def fail(self, failure: Failure) -> None:
        """Take in a failure."""
        if not self.bounded or len(self.failures) < KEPT:
            self.failures.append(failure)

    @property
    def severities(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return dict(self.noted)

    @property
    def rate(self) -> float:
        """Documents a second of work from reading to quads, 0 where none was read."""
        spent = self.seconds.get("read", 0.0) + self.seconds.get("extract", 0.0) + self.seconds.get("triples", 0.0)
        done = self.documents["new"] + self.documents["changed"]
        return done / spent if spent > 0 else 0.0

    def count(self, store: Store) -> None:
        """Fill in what the whole graph holds; of a large one, the number of documents only."""
        if (documents := len(store.document_ids())) > COUNTED:
            self.totals = {"documents": documents}
            return
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
        del data["bounded"], data["noted"]
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


def write_failures(path: Path, failed: Sequence[Entry]) -> None:
    """Write the dead letters: one line of JSON for each source whose last reading failed; no file where there is none.

    Raises:
        StoreError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if not failed:
            path.unlink(missing_ok=True)
            return
        with partial.open("w", encoding="utf-8", errors="replace") as out:
            for entry in failed:
                out.write(json.dumps(entry.as_dict(), ensure_ascii=False) + "\n")
        partial.replace(path)
    except OSError as error:
        raise StoreError(
            f"the list of failures cannot be written: {error.strerror}",
            where=str(path),
            remedy="check permissions and free space",
        ) from error


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
