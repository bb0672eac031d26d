"""What an edge rests on: its statements, the latest first, each with the sentence and the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyoxigraph import NamedNode

from communique import ask
from communique.errors import UsageError
from communique.serve.arrays import Mask
from communique.serve.facets import as_date
from communique.serve.index import Edges, Index, Node
from communique.serve.networks import relation_of
from communique.serve.sheet import Range, Sheet, outermost, ranges
from communique.store import Store
from communique.vocab import CQ, ITSRDF, RDF, SEM, Minter

_PASSAGES = 5  # of one statement
_AROUND = 160  # letters of context on either side of a sentence
# What a mention is called that stands for the far end of an edge, by the predicate of its fact.
_ROLES = {
    CQ + "recipient": "recipient",
    CQ + "agent": "agent",
    CQ + "patient": "patient",
    CQ + "addressee": "recipient",
    CQ + "onBehalfOf": "issuer",
    SEM + "hasPlace": "place",
}
_HOW = {
    "addresses": "named as a recipient",
    "co-addressed": "named among the recipients",
    "accuses": "named as the one who did it",
    "mentions": "named in the text",
    "speaks for": "named as whom the speaker stands for",
    "demands of": "named as whom the demand is made of",
    "reports": "reported in the text",
    "agent": "named as the one who did it",
    "patient": "named as the one it was done to",
    "place": "named as where it happened",
}


def edge(
    store: Store, index: Index, mask: Mask, view: str, ends: tuple[str, str], offset: int = 0, limit: int = 50
) -> dict[str, Any]:
    """Return what the edges between two nodes rest on, within a set of statements.

    Raises:
        UsageError: the network has no such edge.
    """
    edges = index.edges(view)
    source, target = (_node(index, iri) for iri in ends)
    if view == "co-addressed" and source.id > target.id:
        source, target = target, source
    found = np.flatnonzero((edges.source == source.id) & (edges.target == target.id))
    rows = np.flatnonzero(np.isin(edges.edge, found) & mask[edges.statement])
    numbers = np.unique(edges.statement[rows])
    relations = [relation_of(edges, number) for number in found.tolist()]
    day = index.ints("day")[numbers]
    dated = day[day > 0]
    shown = numbers[offset : offset + limit].tolist()
    statements = index.statements(shown)
    labels = {n: node.label for n, node in index.nodes(set(edges.claimant[rows].tolist())).items()}
    reader = _Reader(store, index.base, source.iri, target.iri)
    told = []
    for number in shown:
        mine = rows[edges.statement[rows] == number]
        claimants = sorted({labels[claimant] for claimant in edges.claimant[mine].tolist()})
        told.append(reader.statement(statements[number], edges, mine) | {"claimants": claimants})
    relation = ", ".join(dict.fromkeys(relation for relation, _ in relations))
    return {
        "source": _as_dict(source),
        "target": _as_dict(target),
        "view": view,
        "relation": relation,
        "alleged": any(modality for _, modality in relations),
        "label": f"{source.label} {relation} {target.label}",
        "count": len(numbers),
        "first": as_date(int(dated.min())) if len(dated) else "",
        "last": as_date(int(dated.max())) if len(dated) else "",
        "statements": told,
        "total": len(numbers),
        "left_out": len(numbers) - len(shown),
    }


def _node(index: Index, iri: str) -> Node:
    if node := index.node(iri):
        return node
    raise UsageError(
        f"the graph has no node {iri[:200]!r}", where="source, target", remedy="give the IRIs of two nodes"
    )


def _as_dict(node: Node) -> dict[str, str]:
    return {"iri": node.iri, "label": node.label, "type": node.type}


@dataclass
class _Reader:
    store: Store
    base: str
    source: str
    target: str
    known: dict[str, str] = field(default_factory=dict)

    def statement(self, row: dict[str, Any], edges: Edges, rows: np.ndarray[Any, Any]) -> dict[str, Any]:
        """Return a statement with the evidence of an edge."""
        sheet = Sheet(self.store, row["document"])
        facts = self.facts(sheet, row["iri"], edges, rows)
        relation, modality = relation_of(edges, int(edges.edge[rows[0]]))
        bearers = facts or [row["iri"]]
        sure = [each for each in map(sheet.confidence, bearers) if each is not None]
        found = self.passages(sheet, bearers)
        return {
            "iri": row["iri"],
            "date": row["date"],
            "label": row["label"],
            "document": row["document"],
            "title": row["title"],
            "source_url": next((each for each in row["sources"] if each.startswith(("http://", "https://"))), ""),
            "sources": row["sources"],
            "publisher": row["publisher"],
            "confidence": max(sure, default=None),
            "how": self.how(sheet, bearers, relation),
            "relation": relation,
            "modality": modality,
            "evidence": found,
            "citation": citation(row, found),
        }

    def facts(self, sheet: Sheet, statement: str, edges: Edges, rows: np.ndarray[Any, Any]) -> list[str]:
        """Return the facts behind rows of support; for an edge to or from an event without one, the event."""
        mint = Minter(self.base, sheet.iri.rpartition("/")[2])
        marks = dict.fromkeys(f"{int(mark):016x}" for mark in edges.fact[rows] if mark)
        facts = [fact for mark in marks if sheet.about(fact := f"{mint.base}fact/{mint.document}-{mark}")]
        return facts or [node for node in (self.target, self.source) if "/event/" in node and sheet.about(node)]

    def passages(self, sheet: Sheet, bearers: list[str]) -> list[dict[str, Any]]:
        """Return the sentences that bear an edge, with what stands around them and the words that matter marked."""
        marks = [mark for bearer in bearers for mark in self.marks(sheet, bearer)]
        marks += self.named(sheet)
        text = sheet.text
        whole = outermost(each for bearer in bearers for each in sheet.evidence(bearer))
        return [_passage(text, each, marks) for each in whole[:_PASSAGES]]

    def marks(self, sheet: Sheet, bearer: str) -> list[tuple[Range, str]]:
        """Return the words that carry a fact, and the name of its far end."""
        role = _ROLES.get(sheet.value(bearer, RDF + "predicate"), "mention")
        cues = [(each, "cue") for each in ranges(sheet.values(bearer, CQ + "cue"))]
        names = [(each, role) for each in ranges(sheet.values(bearer, CQ + "mention"))]
        subject = sheet.value(bearer, RDF + "subject") or bearer
        triggers = [(each, "cue") for each in ranges(sheet.values(subject, CQ + "trigger"))]
        return [*cues, *names, *triggers]

    def named(self, sheet: Sheet) -> list[tuple[Range, str]]:
        """Return where the text names the ends of the edge."""
        issuers = {self.whole(entity) for _, entity in sheet.links(CQ + "issuer")}
        found = []
        for span, entity in sheet.links(ITSRDF + "taIdentRef"):
            whole = self.whole(entity)
            if whole in (self.source, self.target):
                role = "issuer" if whole == self.source and whole in issuers else "mention"
                found += [(each, role) for each in ranges([span])]
        return found

    def whole(self, entity: str) -> str:
        """Return the canonical node of an entity."""
        if entity not in self.known:
            self.known[entity] = ask.canonical(self.store, NamedNode(entity)).value
        return self.known[entity]

    @staticmethod
    def how(sheet: Sheet, bearers: list[str], relation: str) -> str:
        """Return how an edge was found, in words."""
        text = sheet.text
        spans = [each for bearer in bearers for each in ranges(sheet.values(bearer, CQ + "cue"))]
        cues = dict.fromkeys(text[each.begin : each.end] for each in spans)
        told = " and ".join(f"“{cue}”" for cue in cues)
        return _HOW.get(relation, relation) + (f", by the words {told}" if told else "")


def _passage(text: str, whole: Range, marks: list[tuple[Range, str]]) -> dict[str, Any]:
    before, after = text[max(0, whole.begin - _AROUND) : whole.begin], text[whole.end : whole.end + _AROUND]
    kept: dict[Range, str] = {}
    for mark, role in marks:
        if mark.within(whole) and kept.get(mark, "mention") == "mention":
            kept[mark] = role
    return {
        "before": before.rpartition("\n\n")[2] if whole.begin <= _AROUND else before.partition(" ")[2],
        "sentence": text[whole.begin : whole.end],
        "after": after if whole.end + _AROUND >= len(text) else after.rpartition(" ")[0],
        "begin": whole.begin,
        "end": whole.end,
        "marks": [mark.as_dict() | {"role": role} for mark, role in sorted(kept.items())],
    }


def citation(row: dict[str, Any], passages: list[dict[str, Any]]) -> str:
    """Return how to cite the words of a statement."""
    who = "; ".join(each["label"] for each in row["issuers"])
    publisher = (row["publisher"] or {}).get("label", "")
    title = f"“{row['title']}”" if row["title"] else row["label"]
    where = next(iter(row["sources"]), row["document"])
    at = f"characters {passages[0]['begin']}–{passages[0]['end']}" if passages else ""
    return ", ".join(part for part in (who, title, publisher, row["date"], where, at) if part) + "."
