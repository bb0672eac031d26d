"""Whether words name something well enough to be listed among what a text mentions.

What is no name at all (:func:`communique.authority.names.is_name`) never becomes an entity that is linked. What names
too little ("Senior Advisor", "Mentoring Program", capitals that nothing explains) is not listed; where it has a part in
what the text says, it stays.
"""

from __future__ import annotations

import re
from functools import cache

from communique.authority import gazetteer
from communique.authority.names import is_name
from communique.model import EntityType, Mention
from communique.resources import lexicon, words, words_of

_LINK = re.compile(r"\b(?:of|for|to|on)\b")
_JOINING = re.compile(r"\b(?:of|for|and|on)\b")
_TAILS = frozenset({"general", "plenipotentiary", "jr", "sr"})
"""What stands at the end of a title, never at its beginning ("Attorney General")."""
_COUNTED = frozenset({"first", "second", "third", "another", "only", "youngest", "oldest"})
_TOWN = 100_000
_CUT = re.compile(r"\b(?:of|for|to|on|in|and|the|with|by|at|from|between)(?:\s+\d+|\s+[a-z]+)?$")


def is_telling(mention: Mention) -> bool:
    """Return whether a mention without a record names one thing well enough to be listed among those mentioned."""
    if mention.key:
        return True
    parts = _parts(mention.name)
    if not parts or not is_name(mention.name) or parts[0].lower() in _function_words():
        return False
    match mention.type:
        case EntityType.PERSON:
            return _is_person(mention, parts)
        case EntityType.ORG:
            return _is_body(mention, parts)
        case EntityType.OFFICE:
            return _is_office(mention, parts)
        case EntityType.PLACE:
            if len(parts) > 1:
                return not all(part.lower() in words_of("common_words", "place_heads") for part in parts)
            return parts[0].lower() not in words_of("common_words", "place_stoplist")
        case _:
            return True


def is_participant(mention: Mention) -> bool:
    """Return whether a person or body without a record that has a part in what a text says has a name.

    What is not listed by :func:`is_telling` only for want of support (unexplained capitals, a surname) has one here.
    """
    if mention.key or mention.type not in (EntityType.PERSON, EntityType.ORG):
        return True
    parts = _parts(mention.name)
    if len(parts) != 1:
        return is_telling(mention)
    word = parts[0].lower()
    if mention.type is EntityType.ORG:
        return word not in words_of("no_body", "office_titles") and _weak_heads().get(word) != "ever"
    return word not in words("first_names")  # "Prime Minister Hossein" and more that was not read


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-’'.][^\W_]+)*", name)


@cache
def _function_words() -> frozenset[str]:
    """Return the words that no name begins with; articles, numerals and "May" are not among them."""
    kinds = set("PCRWFBHOXTA")
    return frozenset(
        word for row in lexicon("closed_classes") if row["class"] in kinds for word in row["words"].split()
    ) | {"hence", "thus", "dear"}


def _is_person(mention: Mention, parts: list[str]) -> bool:
    if len(parts) == 1:  # a surname that the text has no full name for: a title or an office before it vouches for it
        known = mention.source in ("title", "apposition")
        return known and not parts[0].isupper() and parts[0].lower() not in words("common_words")
    last = parts[-1].lower()
    if parts[1].lower() == "y" and parts[0].lower() not in words("first_names"):  # "Justicia y Paz"
        return False
    return last not in words("no_person") and (last in words("surname_heads") or last not in words("body_heads"))


def _is_body(mention: Mention, parts: list[str]) -> bool:
    if len(parts) == 1:
        return _is_single_body(parts[0], mention.source == "alias")
    if _is_cut(mention.name, parts) or _names_a_person(parts):
        return False
    if parts[0].lower() in _verbs():
        return False
    head = _weak_heads().get(parts[-1].lower())
    if head == "ever":
        return False
    plain = all(part.lower() in words("common_words") for part in parts[:-1])
    return not (plain and (head == "any" or (head == "two" and len(parts) == 2)))


def _is_single_body(word: str, alias: bool) -> bool:
    """Return whether one word may be a body's name: no unexplained capitals, no common word, no large town."""
    if (word.isupper() and alias) or word.lower() in words_of("common_words", "body_heads", "no_body"):
        return False
    return all(place.population < _TOWN for place in gazetteer.lookup(word))


@cache
def _verbs() -> frozenset[str]:
    """Return the verbs that are no nouns: a heading begins with one ("Expand Clean Energy Partnerships"), no name."""
    return frozenset(row["word"] for row in lexicon("action_verbs") if row["noun"] == "no")


@cache
def _weak_heads() -> dict[str, str]:
    return {row["word"]: row["use"] for row in lexicon("weak_heads")}


def _is_cut(name: str, parts: list[str]) -> bool:
    """Return whether a name lacks its end ("Department of Housing and Urban", "Coordinating Officer for federal")."""
    joined = len(parts) > 2 and _JOINING.search(name) is not None
    return _CUT.search(name) is not None or (joined and parts[-1].lower() in words_of("cut_words", "no_body"))


def _names_a_person(parts: list[str]) -> bool:
    """Return whether a person's name runs into a body's, as in lists ("Dora Orrin Department of Trade")."""
    heads = [i for i, part in enumerate(parts) if part.lower() in words("body_heads")]
    leads = bool(heads) and heads[0] > 1 and parts[0].lower() in words("first_names") and "of" in parts[heads[0] :]
    return leads or (len(parts) > 4 and parts[-2].lower() in words("first_names") and heads[-1:] != [len(parts) - 1])


def _is_office(mention: Mention, parts: list[str]) -> bool:
    initials = all(len(part.replace(".", "")) < 3 for part in parts)
    tail = parts[0].lower() in _TAILS and parts[1:2] in (["of"], ["for"])
    if initials or tail or _is_cut(mention.name, parts) or _is_one_of_many(mention.name, parts):
        return False
    if mention.country or mention.within or _LINK.search(mention.name):
        return True
    known = words_of("common_words", "office_titles", "name_modifiers")
    return any(part.lower() not in known and part.lower() not in _TAILS for part in parts)


def _is_one_of_many(name: str, parts: list[str]) -> bool:
    """Return whether words tell what somebody is, not a post ("first Varenian president", "Varenian official to X")."""
    head = _LINK.split(name)[0].lower().split()[-1:]
    return parts[0] in _COUNTED or bool(words("generic_posts").intersection(head))
