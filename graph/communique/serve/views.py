"""The networks' edges, from the parts of an index: the same views as the queries ``view-NAME``, each with its facts.

The queries define the views, and a test holds the two together. They are not asked here because they do over the whole
store, for labels and types, what the index has done already; and they do not say which fact an edge rests on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from communique.serve.reading import Reading
from communique.vocab import CQ, ETYPE, SEM

ACCUSING = frozenset(ETYPE + name for name in ("assault", "coerce", "mobilize", "threaten", "sanction"))


class Row(NamedTuple):
    """One statement's support of an edge; ``fact`` is the mark in its fact's IRI, 0 where the edge has none."""

    source: str
    target: str
    relation: str
    modality: str
    statement: str
    claimant: str
    fact: int


def rows(reading: Reading, view: str) -> Iterator[Row]:
    """Yield the rows of a view; an entity stands for all that share its canonical node."""
    for row in _VIEWS[view](reading):
        source, target, claimant = (reading.whole(node) for node in (row.source, row.target, row.claimant))
        if source != target and not (view == "accuses" and claimant == target):
            yield row._replace(source=source, target=target, claimant=claimant)


def mark(subject: str, predicate: str, target: str) -> int:
    """Return the mark that tells a fact from others of its document (see :meth:`communique.vocab.Minter.fact`)."""
    return int.from_bytes(hashlib.sha256("\x00".join((subject, predicate, target)).encode()).digest()[:8], "big")


def _named(reading: Reading, nodes: list[str]) -> list[str]:
    """Return the nodes without groups that are only described."""
    return [node for node in nodes if reading.types.get(node) != "group"]


def _addresses(reading: Reading) -> Iterator[Row]:
    for statement in reading.statements:
        issuers = _named(reading, reading.ends("issuer", statement))
        recipients = _named(reading, reading.ends("recipient", statement))
        for issuer, recipient in product(issuers, recipients):
            fact = mark(statement, CQ + "recipient", recipient)
            yield Row(issuer, recipient, "addresses", "", statement, issuer, fact)


def _co_addressed(reading: Reading) -> Iterator[Row]:
    for statement in reading.statements:
        recipients = _named(reading, reading.ends("recipient", statement))
        claimants = reading.ends("issuer", statement) or [statement]
        for one, other in product(recipients, recipients):
            if reading.whole(one) < reading.whole(other):
                for claimant, end in product(claimants, (one, other)):
                    fact = mark(statement, CQ + "recipient", end)
                    yield Row(one, other, "co-addressed", "", statement, claimant, fact)


def _mentions(reading: Reading) -> Iterator[Row]:
    for statement in reading.statements:
        issuers = _named(reading, reading.ends("issuer", statement))
        mentioned = _named(reading, reading.ends("mentions", statement))
        for issuer, node in product(issuers, mentioned):
            yield Row(issuer, node, "mentions", "", statement, issuer, mark(statement, CQ + "mentions", node))


def _accuses(reading: Reading) -> Iterator[Row]:
    for statement in reading.statements:
        for event in reading.ends("reports", statement):
            modality = reading.one("modality", event)
            if modality == CQ + "denied" or not ACCUSING.intersection(reading.ends("eventType", event)):
                continue
            for agent in _named(reading, reading.ends("agent", event)):
                fact = mark(event, CQ + "agent", agent)
                for source, claimant in _accusers(reading, statement, event, agent):
                    yield Row(source, agent, "accuses", modality, statement, claimant, fact)


def _accusers(reading: Reading, statement: str, event: str, agent: str) -> Iterator[tuple[str, str]]:
    """Yield who accuses and who says so: the source that the statement names, else who issues it."""
    if named := reading.ends("attributedTo", event):
        yield from ((node, node) for node in _named(reading, named))
        return
    if agent in (*reading.ends("issuer", statement), *reading.ends("onBehalfOf", statement)):
        return
    for attribution in reading.ends("attribution", statement):
        speakers = reading.ends("attributed", attribution)
        voices = dict.fromkeys((*speakers, *reading.ends("onBehalfOf", attribution)))
        yield from product(_named(reading, list(voices)), speakers)


def _all(reading: Reading) -> Iterator[Row]:
    yield from _addresses(reading)
    for statement in reading.statements:
        issuers = _named(reading, reading.ends("issuer", statement))
        yield from _spoken_for(reading, statement)
        for demand, issuer in product(reading.ends("demands", statement), issuers):
            for node in _named(reading, reading.ends("addressee", demand)):
                fact = mark(demand, CQ + "addressee", node)
                yield Row(issuer, node, "demands of", "", statement, issuer, fact)
        for event in reading.ends("reports", statement):
            modality = reading.one("modality", event)
            for issuer in issuers:
                yield Row(issuer, event, "reports", modality, statement, issuer, 0)
            yield from _event(reading, statement, event, modality)


def _spoken_for(reading: Reading, statement: str) -> Iterator[Row]:
    for attribution in reading.ends("attribution", statement):
        speakers = _named(reading, reading.ends("attributed", attribution))
        bodies = _named(reading, reading.ends("onBehalfOf", attribution))
        for speaker, body in product(speakers, bodies):
            fact = mark(statement, CQ + "onBehalfOf", body)
            yield Row(speaker, body, "speaks for", "", statement, speaker, fact)


def _event(reading: Reading, statement: str, event: str, modality: str) -> Iterator[Row]:
    claimants = reading.ends("issuer", statement) or [statement]
    edges = (("agent", CQ + "agent", "agent"), ("patient", CQ + "patient", "patient"))
    for name, predicate, relation in (*edges, ("hasPlace", SEM + "hasPlace", "place")):
        for node, claimant in product(_named(reading, reading.ends(name, event)), claimants):
            yield Row(event, node, relation, modality, statement, claimant, mark(event, predicate, node))


_VIEWS: dict[str, Callable[[Reading], Iterator[Row]]] = {
    "addresses": _addresses,
    "accuses": _accuses,
    "co-addressed": _co_addressed,
    "mentions": _mentions,
    "all": _all,
}
