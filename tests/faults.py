"""Documents' graphs with faults in them, for tests of the gate: a share of the triples dropped, bent or added to."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import BNode, Graph
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH

from communique.check import authority_report, dataset, gate_report
from communique.errors import DataError

Row = tuple[str, ...]
Term = NamedNode | BlankNode | Literal


def with_faults(triples: bytes, share: float, seed: int) -> bytes:
    """Return N-Triples with so many of them dropped, given a further object, or another object.

    Another object is of the old one's kind and datatype: of what cannot be compared, each engine thinks its own.
    """
    chance, found = Random(seed), list(parse(triples, format=RdfFormat.N_TRIPLES))
    alike: dict[object, list[Term]] = defaultdict(list)
    for quad in found:
        alike[_kind(quad.object)].append(quad.object)
    kept: list[Triple] = []
    for quad in found:
        way = chance.randrange(5) if chance.random() < share else -1
        if way <= 1:  # none, or a further object beside it
            kept.append(quad.triple)
        if way >= 0 and way != 4:
            other = _bent(quad.object, chance) if way % 2 else chance.choice(alike[_kind(quad.object)])
            kept.append(Triple(quad.subject, quad.predicate, other))
    return serialize(kept, format=RdfFormat.N_TRIPLES) or b""


def _kind(term: object) -> object:
    return (term.datatype, bool(term.language)) if isinstance(term, Literal) else None


def _bent(term: Term, chance: Random) -> Term:
    """Return a term that is a little wrong: another number, day, language or word."""
    if not isinstance(term, Literal):
        return NamedNode(f"https://example.org/{chance.randrange(9)}")
    if term.language:
        return chance.choice([Literal("", language="en"), Literal(f"{term.value} x", language="fr")])
    match term.datatype.value.rpartition("#")[2]:
        case "integer" | "nonNegativeInteger":
            value = str(max(0, int(term.value) + chance.choice((-1, 1, 100_000))))
        case "decimal":
            value = "7.5"
        case "date":
            value = "1066-10-14"
        case _:
            value = chance.choice(["", f"{term.value} x"])
    return Literal(value, datatype=term.datatype)


def results(report: Graph | None) -> set[Row]:
    """Return what a report says, without its wording: shape, component, severity, focus, value."""
    if report is None:
        return set()
    said = (SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity, SH.focusNode, SH.value)
    found = report.objects(predicate=SH.result)
    return {tuple(_plain(report.value(node, predicate)) for predicate in said) for node in found}


def _plain(term: object) -> str:
    if term is None or isinstance(term, BNode):
        return ""
    return f"{term}@{term.language}" if isinstance(term, RdfLiteral) and term.language else str(term)


def compared(triples: bytes, name: str) -> tuple[set[Row], set[Row]]:
    """Return what the gate and what the authority find in N-Triples.

    Where the authority breaks down (rdflib's SPARQL raises on some data), it is taken to find what the gate finds, if
    that is anything.
    """
    gate = results(gate_report(triples, name))
    try:
        return gate, results(authority_report(dataset(triples), name))
    except DataError:
        return gate, gate or {("the authority broke down where the gate saw nothing",)}
