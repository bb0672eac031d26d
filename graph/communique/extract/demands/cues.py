"""The cues of demands (``demand_cues.csv``) and the verbs that say what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from communique.extract.grammar.phrase_table import PhraseTable, word_set
from communique.extract.text import Token
from communique.resources import lexicon


@dataclass(frozen=True, slots=True)
class CueRow:
    """A line of ``demand_cues.csv``."""

    frame: str
    bare_object: bool
    that: bool
    appeal: bool
    care: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence: the places of its first token and of the token after it, and its row in the lexicon."""

    first: int
    after: int
    row: CueRow

    @property
    def frame(self) -> str:
        """The kind of construction that the cue opens."""
        return self.row.frame


@cache
def _lines() -> tuple[tuple[str, CueRow], ...]:
    columns = ("bare_object", "that", "appeal", "care")
    return tuple(
        (line["cue"], CueRow(line["frame"], *(line[c] == "yes" for c in columns))) for line in lexicon("demand_cues")
    )


@cache
def _table() -> PhraseTable[CueRow]:
    return PhraseTable(_lines())


def cue_rows(words: str) -> list[CueRow]:
    """Return the rows of the lexicon that list a cue, given as it stands in a text."""
    return _table().get(words.lower().split())


@cache
def asking_verbs() -> frozenset[str]:
    """The verbs that ask somebody else for something."""
    asking = (line.split()[0].split("/") for line, row in _lines() if row.frame in {"addressee", "thing"})
    return frozenset(word for forms in asking for word in forms) - {"put", "puts", "putting", "time"}


def cues_in(tokens: Sequence[Token]) -> list[Cue]:
    """Return the cues of a sentence, in order."""
    return [Cue(first, after, rows[0]) for first, after, rows in _table().find(tokens)]


@cache
def action_verbs() -> dict[str, bool]:
    """Return the verbs, in their plain form, and whether each is a noun as often."""
    return {row["word"]: row["noun"] == "yes" for row in lexicon("action_verbs")}


@cache
def third_person_verbs() -> frozenset[str]:
    """Return the third person of every verb of :func:`action_verbs`."""
    return frozenset(_with_s(verb) for verb in action_verbs())


def _with_s(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def is_adverb(token: Token) -> bool:
    """Return whether a token may stand between an auxiliary or "to" and its verb."""
    return (token.lower.endswith("ly") and token.lower not in word_set("adverb_no")) or token.lower in word_set(
        "between"
    )
