"""The weights of features and the two thresholds, from ``weights.csv``; short forms of given names."""

from __future__ import annotations

import math
from functools import cache

from communique import resources
from communique.errors import DataError

ANY = "any"


@cache
def _weights() -> dict[tuple[str, str], tuple[float, str]]:
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for row in resources.table("resolve", "weights"):
        try:
            found[row["feature"], row["type"]] = (float(row["weight"]), row["reason"])
        except (KeyError, ValueError) as error:
            remedy = "write feature,type,bits,reason"
            raise DataError(f"no weight: {row}", where="weights.csv", remedy=remedy) from error
    return found


def weight(feature: str, type: str) -> tuple[float, str]:
    """Return the bits of a feature for a type of entity, and the reason in words.

    Raises:
        DataError: the table has no such feature.
    """
    table = _weights()
    found = table.get((feature, type)) or table.get((feature, ANY))
    if found is None:
        raise DataError(f"there is no weight of {feature!r}", where="weights.csv", remedy="add a row for it")
    return found


def probability(bits: float) -> float:
    """Return the probability that bits of evidence stand for, to four digits."""
    return round(1 / (1 + math.exp2(-bits)), 4)


def join_from() -> float:
    """Return the score from which two entities are joined."""
    return weight("join", ANY)[0]


def review_from() -> float:
    """Return the score from which a person is asked about a pair."""
    return weight("review", ANY)[0]


@cache
def short_forms() -> dict[str, str]:
    """Return for short forms of given names the form that they are compared by."""
    return {row["form"]: row["name"] for row in resources.table("resolve", "nicknames")}
