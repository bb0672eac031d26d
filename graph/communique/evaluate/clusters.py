"""Measures clusters of entities against clusters that people made: pairwise and B3 precision and recall, with errors.

Pairwise figures count pairs of entities that are, or should be, in one cluster. B3 (Bagga and Baldwin 1998, "Algorithms
for Scoring Coreference Chains") takes the mean over entities of how much of its cluster is right and how much of its
true cluster was found, so that large clusters do not outweigh all others.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from communique.errors import DataError, UsageError
from communique.store import Store, plain
from communique.vocab import CQ


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class ClusterError:
    """Two labels that are joined though they should not be (``wrong``), or not though they should (``missed``).

    ``pairs`` is how many pairs of entities that is; ``example`` are two of these.
    """

    kind: str
    labels: tuple[str, str]
    pairs: int
    example: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClusterMeasure:
    """How well clusters fit those that people made; ``unknown`` are labelled entities that the graph does not have."""

    entities: int
    clusters: int
    pairwise: Figures
    b3: Figures
    errors: tuple[ClusterError, ...]
    unknown: tuple[str, ...] = ()


def measure(found: Mapping[str, Hashable], gold: Mapping[str, str]) -> ClusterMeasure:
    """Compare where entities were found with where they belong; entities without a gold label do not count.

    Args:
        found: the cluster of each entity.
        gold: the true cluster of each entity.
    """
    known = sorted(gold.keys() & found.keys())
    cells = Counter((found[each], gold[each]) for each in known)
    columns, rows = Counter(found[each] for each in known), Counter(gold[each] for each in known)
    right = sum(map(_pairs, cells.values()))
    pairwise = Figures(
        _share(right, sum(map(_pairs, columns.values()))), _share(right, sum(map(_pairs, rows.values())))
    )
    b3 = Figures(
        _share(sum(n * n / columns[column] for (column, _), n in cells.items()), len(known)),
        _share(sum(n * n / rows[row] for (_, row), n in cells.items()), len(known)),
    )
    unknown = tuple(sorted(gold.keys() - found.keys()))
    return ClusterMeasure(len(known), len(rows), pairwise, b3, tuple(_errors(found, gold, known)), unknown)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _errors(found: Mapping[str, Hashable], gold: Mapping[str, str], known: Iterable[str]) -> list[ClusterError]:
    """Return the errors by the labels that they concern, the most pairs first."""
    by_found: dict[Hashable, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    by_gold: dict[str, dict[Hashable, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in known:
        by_found[found[each]][gold[each]].append(each)
        by_gold[gold[each]][found[each]].append(each)
    errors: list[ClusterError] = []
    for labels in by_found.values():
        listed = sorted(labels.items())
        for at, (one, ones) in enumerate(listed):
            for other, others in listed[at + 1 :]:
                errors.append(ClusterError("wrong", (one, other), len(ones) * len(others), (ones[0], others[0])))
    for label, parts in by_gold.items():
        first, *rest = sorted(parts.values(), key=lambda part: (-len(part), part))
        for part in rest:
            errors.append(ClusterError("missed", (label, label), len(first) * len(part), (first[0], part[0])))
    return sorted(errors, key=lambda each: (-each.pairs, each.kind, each.labels, each.example))


def read_clusters(path: str | Path, base: str) -> dict[str, str]:
    """Return the true cluster of each entity from a CSV file with the columns ``entity`` and ``cluster``.

    Entities are IRIs, absolute or relative to ``base``; rows without a cluster are left out, other columns are free.

    Raises:
        UsageError: there is no such file.
        DataError: the columns are missing, or an entity has two clusters.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), remedy="see `communique evaluate-links --help`")
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"entity", "cluster"} <= set(reader.fieldnames or ()):
            raise DataError(
                "it has no columns entity and cluster", where=str(path), remedy="name them in the first row"
            )
        for number, row in enumerate(reader, start=2):
            name, label = (row["entity"] or "").strip(), (row["cluster"] or "").strip()
            iri = name if ":" in name.partition("/")[0] else base + name
            if found.get(iri, label) != label:
                raise DataError(f"{name} has two clusters", where=f"{path}, row {number}", remedy="leave one")
            if label:
                found[iri] = label
    return found


def measure_store(store: Store, path: str | Path) -> ClusterMeasure:
    """Compare the canonical nodes of a graph with the clusters of a CSV file (see :func:`read_clusters`).

    Raises:
        UsageError: there is no such file.
        DataError: the file is malformed.
    """
    gold = read_clusters(path, store.base)
    links = store.graph_name("links")
    pattern = store.dataset.quads_for_pattern
    found = {
        each: plain(quad.object)
        for each in gold
        for quad in pattern(NamedNode(each), NamedNode(CQ + "canonical"), None, links)
    }
    return measure(found, gold)
