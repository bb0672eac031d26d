"""Cuts a sentence into units, each with a class that the grammar of names is written in.

A unit is a token, or the words of an authority record. Its class is one letter:

====  ==================================================  ====  ===================================================
``S``  a state, by its name                               ``N``  a given name
``G``  a body that has a record                           ``T``  a title before a name (Mr, Dr, the Hon)
``F``  an office that has a record                        ``C``  another capitalised word
``I``  an instrument that has a record                    ``A``  a word in capitals, two to eight letters
``P``  a place that has a record                          ``i``  an initial
``D``  a demonym (Armenian)                               ``r``  a particle inside names (de, van, bin)
``H``  head of a body's name, ``h`` the same lower-case   ``f``  of
``O``  head of an office, ``o`` the same lower-case       ``g``  for, on, against
``K``  letters behind a name (MP, OAM)
``c``  a capitalised word that is common English           ``p``  to
``M``  a word before such a head, ``m`` lower-case        ``t``  the
``&``  and                                                ``'``  a possessive
``q``  a number                                           ``x``  any other word; marks stand for themselves
====  ==================================================  ====  ===================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from communique.authority.records import Authority, Match, Record
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Sentence, Token
from communique.model import EntityType, Span
from communique.resources import lexicon, words

_RECORD_CLASS = {
    EntityType.STATE: "S",
    EntityType.ORG: "G",
    EntityType.OFFICE: "F",
    EntityType.INSTRUMENT: "I",
    EntityType.PLACE: "P",
}
_SMALL = {"of": "f", "the": "t", "and": "&", "&": "&", "'s": "'", "’s": "'", "`s": "'", "’": "'", "'": "'"}
_DOUBTFUL = word_set("rank_or_office")
_LEARNED = word_set("learned_titles")
_RANKS = word_set("hyphened_ranks")
_LINKS = {"for": "g", "on": "g", "against": "g", "to": "p"}


@dataclass(slots=True)
class Unit:
    """One unit: its class, its place, and the records it names, where it stands for any."""

    symbol: Final[str]
    span: Final[Span]
    lower: Final[str]
    match: Final[Match[Record] | None] = None


@cache
def _classes() -> dict[str, str]:
    """Return the class of each lexicon word; the later line wins where a word is in two lexicons."""
    out: dict[str, str] = {}
    for row in lexicon("first_names"):
        out[row["word"].lower()] = "N"
    for row in lexicon("name_modifiers"):
        out[row["word"].lower()] = "M"
    out |= dict.fromkeys(_singular("body_heads"), "H")
    out |= dict.fromkeys(words("party_names"), "H")
    out |= dict.fromkeys(_singular("office_titles"), "O")
    for row in lexicon("name_modifiers"):
        if row["use"] == "rank":
            out[row["word"].lower()] = "M"
    for row in lexicon("honorifics"):
        out[row["word"].lower().rstrip(".")] = "T"
    for row in lexicon("post_nominals"):
        out[row["word"].lower()] = "K"
    for row in lexicon("name_particles"):
        out[row["word"].lower()] = "r"
    return out


def _singular(name: str) -> set[str]:
    """Return the words of a lexicon of heads without the plurals that several bodies or offices share."""
    known = words(name)

    def shared(word: str) -> bool:
        singular = re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"s$", "", word)
        return word != singular and singular in known and word not in words("plural_names")

    return {w for w in known if not shared(w) and not w.endswith(("men", "people"))}


@cache
def _function_words() -> frozenset[str]:
    """Return words that are part of no name, even with the capital that headlines give them."""
    return frozenset(
        word for row in lexicon("closed_classes") if row["class"] not in "UA" for word in row["words"].split()
    )


@cache
def _calendar() -> frozenset[str]:
    """Return the English names of months and weekdays, which are never names of anything else here."""
    return frozenset(row["word"].lower() for row in lexicon("calendar") if row["language"] == "en")


def units(sentence: Sentence, cased: str, matches: list[Match[Record]], authority: Authority) -> list[Unit]:
    """Return the units of one sentence; ``cased`` is the text with capitals made regular, ``matches`` lie inside it."""
    out: list[Unit] = []
    position = 0
    tokens = sentence.tokens
    for match in [*matches, None]:
        limit = match.begin if match else sentence.span.end
        while position < len(tokens) and tokens[position].begin < limit:
            opens = not out or out[-1].symbol in ':"“«[(•*-–'
            out.append(_unit(tokens, position, cased, opens, authority))
            position += 1
        if match:
            symbol = _RECORD_CLASS[match.records[0].type]
            out.append(Unit(symbol, Span(match.begin, match.end), match.name.lower(), match))
            while position < len(tokens) and tokens[position].begin < match.end:
                position += 1
    return _settled(out)


def _settled(row: list[Unit]) -> list[Unit]:
    """Settle words that are both rank and office ("General Orrin", "general offensive"), or both acronym and name."""
    out = list(row)
    for i, unit in enumerate(row):
        follow = row[i + 1].symbol if i + 1 < len(row) else "."
        leads = not i or row[i - 1].symbol not in "Oo"
        joined = i > 0 and row[i - 1].symbol == "&"
        if unit.symbol in "Oo" and leads and unit.lower in _DOUBTFUL and (joined or follow not in "NCfp,(i."):
            out[i] = replace(unit, symbol="M" if unit.symbol == "O" else "m")
        elif unit.symbol == "O" and unit.lower in _LEARNED and follow in "NCi":
            out[i] = replace(unit, symbol="T")
        elif unit.symbol == "A" and i and row[i - 1].symbol == "N" and unit.lower.isalpha():
            out[i] = replace(unit, symbol="C")  # a family name set in capitals ("Dora ORRIN")
    return out


def _unit(tokens: tuple[Token, ...], at: int, cased: str, opens: bool, authority: Authority) -> Unit:
    token = tokens[at]
    symbol = _symbol(token.lower, cased[token.begin : token.end], opens, authority)
    if (
        symbol == "x"
        and (opens or token.lower in _calendar())
        and at + 1 < len(tokens)
        and _classes().get(token.lower) == "N"
    ):
        follow = tokens[at + 1]
        if cased[follow.begin].isupper() and follow.lower not in words("common_words"):
            symbol = "N"
    return Unit(symbol, Span(token.begin, token.end), token.lower)


@lru_cache(maxsize=16_384)
def _symbol(lower: str, word: str, opens: bool, authority: Authority) -> str:
    """Return the class of a word by itself; ``lower`` is its lower-case form as it stands in the text."""
    small = _SMALL.get(lower)
    if small:
        return small
    first = word[0]
    if not first.isalnum():
        return first
    if first.isdigit():
        return "q"
    known = _known(lower)
    if "-" in word and not first.isupper() and _particle_name(word):
        return "C"
    if first.isupper():
        return _capital(word, lower, known, opens, authority)
    if lower in _LINKS:
        return _LINKS[lower]
    if known == "H" or lower in words("lower_heads"):
        return "h" if lower in words("lower_heads") else "x"
    return {"O": "o", "M": "m", "r": "r"}.get(known, "x")


def _known(lower: str) -> str:
    """Return the class of a lexicon word; of "co-leader" and "ex-minister" that of the word behind the hyphen."""
    known = _classes().get(lower.replace(".", "") if lower.count(".") > 1 else lower, "")
    if not known and lower.endswith("minister") and len(lower) > 10:  # "socialminister" in Germanic languages
        return "O"
    if not known and "-" in lower:
        rank, _, rest = lower.partition("-")
        if rank in _RANKS and _classes().get(rest) == "O":
            return "O"
    return known


def _particle_name(word: str) -> bool:
    """Return whether a hyphened word is a name behind its particle ("al-Orrini")."""
    particle, _, rest = word.partition("-")
    return rest[:1].isupper() and _classes().get(particle) == "r"


def _capital(word: str, lower: str, known: str, opens: bool, authority: Authority) -> str:
    if lower in _LINKS:
        return "x" if opens else _LINKS[lower]
    if len(word) == 1:
        return "x" if lower in ("i", "a") else "i"
    if authority.demonym(word):
        return "D"
    if known == "K":
        return known if word.isupper() else "c"
    if any(c.isdigit() for c in word):
        return "A"
    if known in ("H", "O", "M", "T"):
        return known
    common = lower in words("common_words")
    if (opens and common) or lower in _calendar() or lower in _function_words():
        return "x"
    if known:
        return "C" if known == "r" else known
    if common:
        return "c"
    return "A" if word.isupper() and 2 <= len(word) <= 8 else "C"
