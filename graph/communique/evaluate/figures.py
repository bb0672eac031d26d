"""From comparisons to figures: precision, recall, F1 with its interval, and what a confidence is worth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.evaluate.compare import FIELDS, Comparison, Count

BINS = (("below 0.5", 0.0), ("0.5 to 0.7", 0.5), ("0.7 to 0.9", 0.7), ("0.9 and more", 0.9))
"""The ranges of confidence that calibration tells apart: name and lower bound."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one field over all documents; ``low`` and ``high`` bound F1, ``None`` where nothing bounds it."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """How many facts have a confidence in a range, and how many of them are right."""

    facts: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        """The share that is right; ``None`` where there are none."""
        return self.right / self.facts if self.facts else None


def figures(comparisons: Sequence[Comparison], samples: int, seed: int) -> dict[str, Figures]:
    """Return the figures of every field, micro-averaged over the documents, with a 95 % interval of F1.

    The interval is a percentile bootstrap over documents: as many documents as there are, drawn with replacement,
    ``samples`` times over. No samples, no interval; the same seed gives the same interval.
    """
    intervals = _intervals(comparisons, samples, seed)
    out: dict[str, Figures] = {}
    for name in FIELDS:
        total = sum((comparison.counts[name] for comparison in comparisons), Count())
        precision = total.right / total.found if total.found else 0.0
        recall = total.right / total.gold if total.gold else 0.0
        low, high = intervals.get(name, (None, None))
        out[name] = Figures(precision, recall, _f1(total), total.gold, total.found, low, high)
    return out


def _f1(count: Count) -> float:
    """Return the harmonic mean of precision and recall, which is the share of right ones in both lists together."""
    both = count.found + count.gold
    return 2 * count.right / both if both else 0.0


def _intervals(comparisons: Sequence[Comparison], samples: int, seed: int) -> dict[str, tuple[float, float]]:
    source = random.Random(seed)
    documents = range(len(comparisons))
    columns = {
        name: ([2 * c.counts[name].right for c in comparisons], [_size(c.counts[name]) for c in comparisons])
        for name in FIELDS
    }
    drawn: dict[str, list[float]] = {name: [] for name in FIELDS}
    for _ in range(samples):
        sample = source.choices(documents, k=len(documents))
        for name, (right, both) in columns.items():
            # A sample without anything to find, and nothing found, has no F1.
            if size := sum(map(both.__getitem__, sample)):
                drawn[name].append(sum(map(right.__getitem__, sample)) / size)
    return {name: _percentiles(values) for name, values in drawn.items() if values}


def _size(count: Count) -> int:
    return count.found + count.gold


def _percentiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]


def calibration(comparisons: Iterable[Comparison]) -> dict[str, dict[str, Bin]]:
    """Return for each field whose facts have a confidence how many of each range there are, and how many are right."""
    counted: dict[str, dict[str, Bin]] = {}
    for grade in (grade for comparison in comparisons for grade in comparison.grades):
        bins = counted.setdefault(grade.field, {name: Bin() for name, _ in BINS})
        name = next(name for name, lower in reversed(BINS) if grade.confidence >= lower)
        bins[name] = Bin(bins[name].facts + 1, bins[name].right + grade.right)
    return {name: counted[name] for name in FIELDS if name in counted}
