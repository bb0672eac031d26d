"""The panel of a node: names, offices over time, partners, demands, and how it characterizes what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.errors import UsageError
from communique.serve.arrays import Mask
from communique.serve.facets import as_date
from communique.serve.index import Index, Node
from communique.serve.networks import weigh

_MOST = 20  # of everything that is listed
_PLACE = re.compile(r"-(\d+)-(\d+)\Z")
_ELSEWHERE = (
    ("http://www.wikidata.org/entity/", "Wikidata"),
    ("https://sws.geonames.org/", "GeoNames"),
    ("http://sws.geonames.org/", "GeoNames"),
)


def node(index: Index, mask: Mask, view: str, iri: str) -> dict[str, Any]:
    """Return what a set of statements says of an entity.

    Raises:
        UsageError: the graph has no such node.
    """
    found = index.node(iri)
    if found is None:
        raise UsageError(f"the graph has no node {iri[:200]!r}", where="iri", remedy="take one from /api/suggest")
    return _Panel(index, mask, found).as_dict(view)


class _Panel:
    def __init__(self, index: Index, mask: Mask, shown: Node) -> None:
        self.index = index
        self.mask = mask
        self.node = shown
        self.left_out: dict[str, int] = {}

    def as_dict(self, view: str) -> dict[str, Any]:
        """Return the panel for JSON."""
        index, shown = self.index, self.node
        names = json.loads(index.rows("SELECT names FROM node WHERE id = ?", (shown.id,))[0][0])
        related = index.rows("SELECT kind, other FROM relation WHERE node = ? ORDER BY kind, other", (shown.id,))
        return {
            "iri": shown.iri,
            "label": shown.label,
            "type": shown.type,
            "country": shown.country,
            "lat": shown.lat,
            "lon": shown.lon,
            "names": [name for name in names if name != shown.label],
            "identifiers": [_identifier(other) for kind, other in related if kind in ("sameAs", "exactMatch")],
            "similar": self.entities(other for kind, other in related if kind == "closeMatch"),
            "parents": self.entities(other for kind, other in related if kind in ("postIn", "parent", "within")),
            "offices": self.offices(),
            "statements": {
                "issued": self.count("issuer"),
                "received": self.count("recipient"),
                "mentioned": self.count("entity"),
            },
            "partners": self.partners(view),
            "demanded": self.demands(issued=True),
            "demanded_of": self.demands(issued=False),
            "characterizes": self.characterizations(),
            "co_addressed": self.co_addressed(),
            "left_out": self.left_out,
        }

    def count(self, facet: str) -> int:
        """Return in how many statements the node has a part."""
        return int((self.having(facet) & self.mask).sum())

    def having(self, facet: str) -> Mask:
        """Return the statements in which the node has a part."""
        return self.index.facets[facet].having([self.node.id], self.index.size)

    def entities(self, iris: Iterable[str]) -> list[dict[str, str]]:
        """Return other entities with their labels; what the index does not know goes by its IRI."""
        known = ((iri, self.index.node(iri)) for iri in dict.fromkeys(iris))
        return [
            {"iri": iri, "label": other.label if other else iri, "type": other.type if other else "other"}
            for iri, other in known
        ]

    def cut(self, name: str, rows: Sequence[Any]) -> Sequence[Any]:
        """Return the first of some rows, and note how many are left out."""
        self.left_out[name] = max(0, len(rows) - _MOST)
        return rows[:_MOST]

    # -- offices ------------------------------------------------------------------------------------------------

    def offices(self) -> list[dict[str, Any]]:
        """Return who held which office of which body, and on which days they spoke in it."""
        found = self.index.rows(
            "SELECT agent, post, body, statement FROM attribution "
            "WHERE agent = ?1 AND (post IS NOT NULL OR body <> ?1) "
            "UNION SELECT agent, post, body, statement FROM attribution WHERE post = ?1 "
            "UNION SELECT agent, post, body, statement FROM attribution WHERE body = ?1 AND agent <> ?1",
            (self.node.id,),
        )
        day = self.index.ints("day")
        held: dict[tuple[int | None, int | None, int | None], list[int]] = {}
        for agent, post, body, statement in found:
            if self.mask[statement]:
                held.setdefault((agent, post, body), []).append(int(day[statement]))
        labels = self.index.nodes({each for key in held for each in key if each is not None})
        rows = sorted(held.items(), key=lambda item: (-max(item[1]), -len(item[1]), str(item[0])))
        return [
            {
                "holder": self.entity(labels, agent),
                "post": self.entity(labels, post),
                "body": self.entity(labels, body),
                **_period(days),
                "count": len(days),
            }
            for (agent, post, body), days in self.cut("offices", rows)
        ]

    @staticmethod
    def entity(labels: dict[int, Node], number: int | None) -> dict[str, str] | None:
        """Return a node for JSON."""
        if number is None:
            return None
        return {"iri": labels[number].iri, "label": labels[number].label, "type": labels[number].type}

    # -- partners -----------------------------------------------------------------------------------------------

    def partners(self, view: str) -> dict[str, list[dict[str, Any]]]:
        """Return whom the node's edges lead to and come from, the strongest first."""
        edges = self.index.edges(view)
        weights = weigh(self.index, edges, self.mask).edge
        found = {}
        for name, near, far in (("out", edges.source, edges.target), ("in", edges.target, edges.source)):
            mine = np.flatnonzero((near == self.node.id) & (weights > 0))
            strength = np.bincount(far[mine], weights[mine], minlength=self.index.node_count)
            found[name] = self.ranked(
                f"partners {name}", strength, lambda other, mine=mine, far=far: mine[far[mine] == other], view
            )
        return found

    def co_addressed(self) -> list[dict[str, Any]]:
        """Return who is addressed together with the node."""
        edges = self.index.edges("co-addressed")
        weights = weigh(self.index, edges, self.mask).edge
        mine = np.flatnonzero(((edges.source == self.node.id) | (edges.target == self.node.id)) & (weights > 0))
        far = np.where(edges.source[mine] == self.node.id, edges.target[mine], edges.source[mine])
        strength = np.bincount(far, weights[mine], minlength=self.index.node_count)
        return self.ranked("co_addressed", strength, lambda other: mine[far == other], "co-addressed")

    def ranked(self, name: str, strength: NDArray[Any], edges_to: Any, view: str) -> list[dict[str, Any]]:
        """Return the strongest other ends with their counts and days."""
        present = np.flatnonzero(strength)
        order = self.cut(name, present[np.lexsort((present, -strength[present]))].tolist())
        nodes = self.index.nodes(order)
        edges, day = self.index.edges(view), self.index.ints("day")
        found = []
        for number in order:
            begin, end = (
                np.searchsorted(edges.edge, edges_to(number)),
                np.searchsorted(edges.edge, edges_to(number) + 1),
            )
            statements = np.concatenate([edges.statement[b:e] for b, e in zip(begin, end, strict=True)])
            days = day[statements[self.mask[statements]]].tolist()
            found.append(self.entity(nodes, number) | {"count": int(strength[number])} | _period(days))  # type: ignore[operator]
        return found

    # -- demands and views --------------------------------------------------------------------------------------

    def demands(self, *, issued: bool) -> list[dict[str, Any]]:
        """Return what the node demanded, or what was demanded of it, the latest first."""
        if issued:
            numbers = np.flatnonzero(self.having("issuer") & self.mask).tolist()
            rows = self.index.rows(
                "SELECT iri, statement, addressee, action FROM demand "
                "WHERE statement IN (SELECT value FROM json_each(?)) ORDER BY statement, iri",
                (json.dumps(numbers),),
            )
        else:
            rows = self.index.rows(
                "SELECT iri, statement, addressee, action FROM demand WHERE addressee = ? ORDER BY statement, iri",
                (self.node.id,),
            )
            rows = [row for row in rows if self.mask[row[1]]]
        shown = self.cut("demanded" if issued else "demanded_of", rows)
        statements = self.index.statements({row[1] for row in shown})
        labels = self.index.nodes({row[2] for row in shown if row[2] is not None})
        found = []
        for iri, number, addressee, action in shown:
            by = next(iter(statements[number]["issuers"]), None)
            end = {"addressee": self.entity(labels, addressee)} if issued else {"by": by}
            found.append({"action": action, **end, **_passage(iri, statements[number])})
        return found

    def characterizations(self) -> list[dict[str, Any]]:
        """Return what the node calls which event, the latest first."""
        numbers = np.flatnonzero(self.having("issuer") & self.mask).tolist()
        rows = self.index.rows(
            "SELECT iri, statement, event, said FROM characterization "
            "WHERE statement IN (SELECT value FROM json_each(?)) ORDER BY statement, iri",
            (json.dumps(numbers),),
        )
        shown = self.cut("characterizes", rows)
        statements = self.index.statements({row[1] for row in shown})
        labels = self.index.nodes({row[2] for row in shown if row[2] is not None})
        return [
            {"event": labels[event].label if event is not None else "", "as": said, **_passage(iri, statements[number])}
            for iri, number, event, said in shown
        ]


def _passage(iri: str, statement: dict[str, Any]) -> dict[str, Any]:
    """Return where something stands that its IRI names by its place."""
    at = _PLACE.search(iri)
    return {
        "iri": iri,
        "date": statement["date"],
        "statement": statement["iri"],
        "document": statement["document"],
        "begin": int(at[1]) if at else 0,
        "end": int(at[2]) if at else 0,
    }


def _period(days: Sequence[int]) -> dict[str, str]:
    known = [day for day in days if day]
    return {"first": as_date(min(known)), "last": as_date(max(known))} if known else {"first": "", "last": ""}


def _identifier(iri: str) -> dict[str, str]:
    for start, name in _ELSEWHERE:
        if iri.startswith(start):
            return {"label": f"{name} {iri[len(start) :].strip('/')}", "iri": iri}
    return {"label": iri, "iri": iri}
