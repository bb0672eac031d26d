"""Columns of numbers as the read index keeps them: which statement has which value, which edge rests on which.

Statements, nodes and edges are numbered from 0; a relation between two of them is two columns of equal length. Counting
under a filter is then one pass over a column, whatever the filter is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Hashes: TypeAlias = NDArray[np.uint64]
Floats: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.bool_]


def ints(values: Iterable[int] | Sequence[int]) -> Ints:
    """Return a column of 32-bit integers."""
    return np.fromiter(values, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which statement has which values: two columns, sorted by value."""

    statement: Ints
    value: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Pairs:
        """Return the columns of pairs of statement and value; each pair counts once."""
        ordered = sorted({(value, statement) for statement, value in pairs})
        return cls(ints(statement for _, statement in ordered), ints(value for value, _ in ordered))

    def having(self, values: Iterable[int], size: int) -> Mask:
        """Return which of ``size`` statements have any of the values."""
        found = np.zeros(size, dtype=np.bool_)
        for value in values:
            begin, end = np.searchsorted(self.value, (value, value + 1))
            found[self.statement[begin:end]] = True
        return found

    def counts(self, mask: Mask, size: int) -> NDArray[np.int64]:
        """Return for each of ``size`` values how many of the statements of a mask have it."""
        return np.bincount(self.value[mask[self.statement]], minlength=size)

    def of_statement(self, statement: int) -> list[int]:
        """Return the values of one statement."""
        return [int(value) for value in self.value[self.statement == statement]]
