"""Demands that a text makes twice: in a headline and in full, or again in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.extract.text import Context
from communique.model import Demand, Span

_MOST_RIVALS = 150


def without_repeats(context: Context, demands: Sequence[Demand]) -> list[Demand]:
    """Drop what a headline only announces and what is said again in nearly the same words."""
    heads = [_is_heading(context, d.evidence) for d in demands]
    bags = [_bag(context, d.action) for d in demands]
    kept: list[Demand] = []
    for at, demand in enumerate(demands):
        nearby = range(max(0, at - _MOST_RIVALS), min(len(demands), at + _MOST_RIVALS))
        rivals = [i for i in nearby if (i < at and heads[i] == heads[at]) or (heads[at] and not heads[i])]
        if not any(_repeats(bags[at], bags[i], 0.6 if heads[at] and not heads[i] else 0.85) for i in rivals):
            kept.append(demand)
    return kept


def _is_heading(context: Context, sentence: Span) -> bool:
    """Return whether a sentence is the headline or a line like one: above the running text, without a full stop."""
    title = context.header.title
    if title is not None and title.overlaps(sentence):
        return True
    words_of = context.text.of(sentence).rstrip()
    return sentence.begin < context.header.body.begin + 500 and len(words_of) < 160 and words_of[-1:].isalnum()


def _bag(context: Context, span: Span) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{3,}", context.text.of(span).lower())
    return frozenset(w[:6] for w in found if w not in {"the", "and", "for", "with", "its", "their"})


def _repeats(one: frozenset[str], other: frozenset[str], least: float) -> bool:
    return bool(one) and len(one & other) >= least * len(one)
