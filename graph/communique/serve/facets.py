"""Counts of a filtered set: by facet, by month, by place; and its statements as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from communique.serve.filters import FACET_NAMES, Filter, match, numbers, select
from communique.serve.index import Index, Node
from communique.vocab import ETYPE, KIND

CONFIDENCES = ("0.9", "0.75", "0.5")
_MOST_MONTHS = 480  # of a timeline; it shows years beyond that
_MOST = 100  # values of a facet that are listed


def facets(index: Index, chosen: Filter, most: int = _MOST) -> dict[str, Any]:
    """Return the values of every facet with how many statements have them.

    A facet's own choice does not narrow its own counts, so that a reader sees what else could be chosen.
    """
    whole = select(index, chosen)
    found: dict[str, Any] = {}
    left_out: dict[str, int] = {}
    for name in FACET_NAMES:
        mask = select(index, chosen, without=name) if getattr(chosen, name) else whole
        counts = index.facets[name].counts(mask, index.node_count)
        picked = numbers(index, name, getattr(chosen, name))
        found[name], left_out[name] = _top(index, counts, picked, most)
    found["confidence"] = _confidences(index, chosen)
    found["months"] = months(index, chosen)
    return found | {"left_out": left_out, "total": int(whole.sum()), "unfiltered": index.size}


def _top(index: Index, counts: np.ndarray[Any, Any], picked: Sequence[int], most: int) -> tuple[list[Any], int]:
    """Return the most frequent values with the picked ones among them, and how many are left out."""
    present = np.flatnonzero(counts)
    order = present[np.lexsort((present, -counts[present]))][:most]
    shown = dict.fromkeys((*(int(each) for each in order), *picked))
    nodes = index.nodes(shown)
    values: list[dict[str, Any]] = [
        {"value": code(nodes[number]), "label": nodes[number].label, "count": int(counts[number])} for number in shown
    ]
    values.sort(key=lambda each: (-each["count"], each["label"], each["value"]))
    return values, len(present) - len(order)


def code(node: Node) -> str:
    """Return how a filter names a node: concepts by their code, everything else by its IRI."""
    return node.iri.removeprefix(KIND).removeprefix(ETYPE)


def _confidences(index: Index, chosen: Filter) -> list[dict[str, Any]]:
    mask = select(index, chosen, without="confidence")
    confidence = index.confidence[mask]
    return [
        {"value": each, "label": f"at least {each}", "count": int((confidence >= float(each) - 1e-6).sum())}
        for each in CONFIDENCES
    ]


def months(index: Index, chosen: Filter) -> list[dict[str, Any]]:
    """Return the months of the set and how many statements each has, whatever period is chosen."""
    mask = select(index, chosen, without="period")
    day = index.ints("day")[mask]
    found, counts = np.unique(day[day % 10000 > 0] // 100, return_counts=True)
    return [
        {"month": f"{month // 100:04d}-{month % 100:02d}", "count": int(count)}
        for month, count in zip(found.tolist(), counts.tolist(), strict=True)
    ]


def timeline(index: Index, chosen: Filter) -> dict[str, Any]:
    """Return months (years where there are very many months) with how many statements of each kind they have."""
    mask = select(index, chosen)
    day = index.ints("day")
    unit, size = _unit(day[mask])
    kinds = index.facets["kind"]
    rows = mask[kinds.statement] & (day[kinds.statement] % unit > 0)
    pairs = np.stack((day[kinds.statement[rows]] // unit, kinds.value[rows]), axis=1)
    cells, counts = np.unique(pairs, axis=0, return_counts=True)
    nodes = index.nodes(set(cells[:, 1].tolist()))
    dated = mask & (day % unit > 0)
    units, totals = np.unique(day[dated] // unit, return_counts=True)
    said: dict[int, dict[str, int]] = {number: {} for number in units.tolist()}
    for (number, kind), count in zip(cells.tolist(), counts.tolist(), strict=True):
        said[number][code(nodes[kind])] = count
    rows_out = [
        {"unit": as_date(number * unit)[:size], "total": total, "counts": dict(sorted(said[number].items()))}
        for number, total in zip(units.tolist(), totals.tolist(), strict=True)
    ]
    total = int(mask.sum())
    return {
        "unit": "month" if size == 7 else "year",
        "kinds": sorted(code(node) for node in nodes.values()),
        "rows": rows_out,
        "undated": total - int(dated.sum()),
        "total": total,
        "left_out": 0,
    }


def _unit(day: np.ndarray[Any, Any]) -> tuple[int, int]:
    """Return what days are divided by to get the unit of a timeline, and how many letters of a date name it."""
    months = np.unique(day[day > 0] // 100)
    span = (months[-1] // 100 - months[0] // 100 + 1) * 12 if len(months) else 0
    return (10000, 4) if span > _MOST_MONTHS else (100, 7)


def as_date(day: int) -> str:
    """Return a day as YYYY-MM-DD, shorter where month or day are not known."""
    year, month, date = day // 10000, day // 100 % 100, day % 100
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{date:02d}" if date else "")


def places(index: Index, chosen: Filter, most: int = 500) -> dict[str, Any]:
    """Return the places of the set that have coordinates, the most frequent first."""
    mask = select(index, chosen)
    counts = index.facets["place"].counts(mask, index.node_count)
    present = np.flatnonzero(counts)
    nodes = index.nodes(present.tolist())
    located = [node for node in nodes.values() if node.lat is not None]
    located.sort(key=lambda node: (-int(counts[node.id]), node.iri))
    found = [
        {
            "iri": node.iri,
            "label": node.label,
            "type": node.type,
            "country": node.country,
            "lat": node.lat,
            "lon": node.lon,
            "count": int(counts[node.id]),
        }
        for node in located[:most]
    ]
    without = len(present) - len(located)
    return {
        "places": found,
        "total": len(present),
        "left_out": len(present) - len(found),
        "unlocated": without,
        "total_statements": int(mask.sum()),
    }


SORTS = ("date", "-date")


def table(index: Index, chosen: Filter, offset: int = 0, limit: int = 50, sort: str = "-date") -> dict[str, Any]:
    """Return statements as rows, the latest first, or the earliest where ``sort`` is ``date``."""
    ids = np.flatnonzero(select(index, chosen))
    if sort == "date":
        day = index.ints("day")[ids]
        ids = ids[np.lexsort((ids, day, day == 0))]
    shown = ids[offset : offset + limit].tolist()
    rows = index.statements(shown)
    left_out = len(ids) - len(shown)
    return {"rows": [rows[number] for number in shown], "total": len(ids), "offset": offset, "left_out": left_out}


def suggest(index: Index, text: str, limit: int = 12) -> list[dict[str, Any]]:
    """Return entities of which a name holds the words of a text, those of most statements first, then the words."""
    words = match(text)
    if not words:
        return []
    found = index.rows(
        "SELECT node.id, min(name.label) FROM name JOIN node ON node.id = name.node WHERE name MATCH ? AND "
        "node.statements > 0 GROUP BY node.id ORDER BY node.statements DESC, node.label, node.iri LIMIT ?",
        (words, limit),
    )
    nodes = index.nodes(number for number, _ in found)
    said = int(select(index, Filter(q=text)).sum())
    spoken = [{"type": "words", "label": text.strip(), "statements": said}] if said else []
    counted = {name: index.facets[name] for name in ("issuer", "recipient", "place")}
    return [
        {
            "iri": nodes[number].iri,
            "label": nodes[number].label,
            "type": nodes[number].type,
            "detail": matched if matched != nodes[number].label else "",
            "statements": nodes[number].statements,
            "counts": {
                **{name: int(pairs.having([number], index.size).sum()) for name, pairs in counted.items()},
                "any": nodes[number].statements,
            },
        }
        for number, matched in found
    ] + spoken
