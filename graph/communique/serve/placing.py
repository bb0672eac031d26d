"""Where nodes stand in pictures of networks: fast enough for ten thousand of them, the same every time.

Edges pull their ends together and nodes push each other away (Fruchterman and Reingold, "Graph drawing by
force-directed placement", 1991). In a large network each node is pushed away from a few others only, drawn at random
in every step (negative sampling, as in Tang et al., "Visualizing Large-scale and High-dimensional Data", WWW 2016). A
small one is spread until no two labels overlap.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from communique.serve.arrays import Floats, Ints

_STEPS = 200
_ALL = 400  # nodes up to which each is pushed away from all others
_OTHERS = 6  # nodes that each node is pushed away from in a step in larger networks
_SIDE = 4000.0  # of the square that the picture of a large network fills
_EM, _LINE, _ROOM = 7.0, 34.0, 14.0  # width of a letter, height of a node with its label, and the gap between two
_LETTERS = 28  # of a label that are shown

Points = NDArray[np.float64]


def place(source: Ints, target: Ints) -> tuple[Ints, Floats]:
    """Return the nodes of a network, sorted, and a point for each: two numbers a node, one after the other."""
    nodes, ends = np.unique(np.concatenate((source, target)), return_inverse=True)
    if not len(nodes):
        return nodes.astype(np.int32), np.zeros(0, dtype=np.float32)
    points = _spread(len(nodes), ends[: len(source)], ends[len(source) :])
    scaled = points / max(1e-9, float(np.abs(points).max())) * _SIDE / 2
    return nodes.astype(np.int32), scaled.astype(np.float32).round(1).reshape(-1)


def arrange(source: Ints, target: Ints, letters: Mapping[int, int]) -> dict[int, tuple[float, float]]:
    """Return a point for each node of a small network, so that no two labels overlap.

    Args:
        source: the edges' first ends.
        target: the edges' second ends.
        letters: how long the label of each node is.
    """
    nodes, ends = np.unique(np.concatenate((source, target)), return_inverse=True)
    if not len(nodes):
        return {}
    points = _spread(len(nodes), ends[: len(source)], ends[len(source) :])
    wide = np.array([min(letters[int(node)], _LETTERS) * _EM for node in nodes]) + _ROOM
    sizes = np.stack((np.maximum(wide, _LINE), np.full(len(nodes), _LINE)), axis=1)
    room = np.sqrt((sizes.prod(axis=1).sum() * 3) / len(nodes)) * np.sqrt(len(nodes))
    extent = max(1e-9, float((points.max(axis=0) - points.min(axis=0)).max()))
    points = _apart(points * (room / extent) * (1.5, 1.0), sizes)
    return {int(node): (round(x, 1), round(y, 1)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _spread(size: int, begin: NDArray[np.intp], end: NDArray[np.intp]) -> Points:
    chance = np.random.default_rng(size)
    degree = np.bincount(np.concatenate((begin, end)), minlength=size).astype(np.float64)
    points: Points = chance.normal(size=(size, 2)) * np.sqrt(size)
    for step in range(_STEPS):
        force: Points = _pushes(points, chance) - 0.02 * points
        pull = points[end] - points[begin]
        for axis in (0, 1):
            force[:, axis] += np.bincount(begin, pull[:, axis] / degree[begin], minlength=size)
            force[:, axis] -= np.bincount(end, pull[:, axis] / degree[end], minlength=size)
        length = np.sqrt((force**2).sum(axis=1, keepdims=True)) + 1e-9
        heat = np.sqrt(size) * 0.2 * (1 - step / _STEPS) + 0.01
        points += force / length * np.minimum(length, heat)
    return points


def _pushes(points: Points, chance: np.random.Generator) -> Points:
    """Return how nodes push each node away: all others, or a few of them that stand for all."""
    size = len(points)
    if size <= _ALL:
        away = points[:, None, :] - points[None, :, :]
        found: Points = (away / ((away**2).sum(axis=2, keepdims=True) + 0.1)).sum(axis=1)
        return found
    away = points[None, :, :] - points[chance.integers(size, size=(_OTHERS, size))]
    few: Points = (away / ((away**2).sum(axis=2, keepdims=True) + 0.1)).sum(axis=0) * (size / _OTHERS) ** 0.5
    return few


def _apart(points: Points, sizes: Points) -> Points:
    """Push boxes apart, each pair along the axis where they overlap less, until none do."""
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    itself = np.eye(len(points), dtype=np.bool_)
    for step in range(300):
        gap = points[:, None, :] - points[None, :, :]
        over = reach - np.abs(gap)
        overlap = (over > 0.01).all(axis=2) & ~itself
        if not overlap.any():
            break
        along = over.argmin(axis=2)
        side = np.where(gap > 0, 1.0, -1.0)
        side = np.where((gap == 0) & (np.triu(np.ones_like(itself)) > 0)[:, :, None], 1.0, side)
        for axis in (0, 1):
            move = np.where(overlap & (along == axis), over[:, :, axis] * side[:, :, axis], 0.0) * 0.3
            points[:, axis] += move.sum(axis=1)
        if step % 50 == 49:
            points *= 1.1
    return points
