"""Draws samples of canonical nodes and of links for a person to judge: how many are junk, how many are wrong."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from typing import TextIO

from pyoxigraph import NamedNode

from communique.resolve.review import Party, party
from communique.store import Store, plain
from communique.vocab import CQ, RDF

ENTITY_COLUMNS = ("entity", "type", "label", "names", "country", "documents", "context", "context 2", "junk")
_TYPE = NamedNode(RDF + "type")
_DESCRIBED = (NamedNode(CQ + "DescribedGroup"), NamedNode(CQ + "Described"))
LINK_COLUMNS = (
    *("entity", "label", "context", "canonical", "canonical label", "canonical context"),
    *("score", "reason", "wrong"),
)


def sample_entities(store: Store, count: int, seed: int, stream: TextIO) -> int:
    """Write a sample of the canonical nodes as CSV, with the sentences that name them and an empty column ``junk``.

    What is only described is left out: it is never canonical for anything but itself. Returns how many were drawn.
    """
    links = store.graph_name("links")
    found = store.dataset.quads_for_pattern(None, NamedNode(CQ + "canonical"), None, links)
    nodes = sorted({plain(quad.object) for quad in found})
    described = {
        plain(q.subject) for cls in _DESCRIBED for q in store.dataset.quads_for_pattern(None, _TYPE, cls, None)
    }
    return _write(
        ENTITY_COLUMNS,
        _entity_rows(store, _drawn([node for node in nodes if node not in described], count, seed)),
        stream,
    )


def sample_links(store: Store, count: int, seed: int, stream: TextIO) -> int:
    """Write a sample of the links as CSV, with the sentences that name either end and an empty column ``wrong``.

    Returns how many were drawn.
    """
    links = store.graph_name("links")
    found = store.dataset.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CQ + "Link"), links)
    return _write(LINK_COLUMNS, _link_rows(store, _drawn(sorted(plain(q.subject) for q in found), count, seed)), stream)


def _drawn(names: list[str], count: int, seed: int) -> list[str]:
    return sorted(random.Random(seed).sample(names, min(count, len(names))))


def _write(columns: tuple[str, ...], rows: Iterator[list[object]], stream: TextIO) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    listed = list(rows)
    writer.writerows(listed)
    return len(listed)


def _entity_rows(store: Store, nodes: list[str]) -> Iterator[list[object]]:
    for node in nodes:
        each = party(store, node)
        sentences = [context.sentence for context in each.contexts[:2]]
        sentences += [""] * (2 - len(sentences))
        names = "; ".join(each.names)
        yield [_short(store, node), each.type, each.label, names, each.country, each.documents, *sentences, ""]


def _link_rows(store: Store, links: list[str]) -> Iterator[list[object]]:
    for link in links:
        said: dict[str, str] = {}
        for quad in store.dataset.quads_for_pattern(NamedNode(link), None, None, store.graph_name("links")):
            said[quad.predicate.value] = plain(quad.object)
        one, two = (party(store, said[RDF + end], alone=True) for end in ("subject", "object"))
        ends = [*_end(store, one), *_end(store, two)]
        yield [*ends, said[CQ + "score"], said.get(CQ + "reason", ""), ""]


def _end(store: Store, each: Party) -> list[object]:
    return [_short(store, each.iri), each.label, each.contexts[0].sentence if each.contexts else ""]


def _short(store: Store, iri: str) -> str:
    return iri.removeprefix(store.base)
