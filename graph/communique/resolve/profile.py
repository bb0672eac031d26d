"""A profile: what is compared of an entity. Entities with equal profiles are compared once, however many there are.

Names are compared folded (ASCII, lower case, hyphens). Whether a profile is ``distinctive`` decides whether bearers of
it in different documents are one: "Mira Solenko" is, "Solenko" and "the Foreign Ministry" are not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property

from communique import resources
from communique.resolve.entities import Entity, fold
from communique.resolve.weights import short_forms
from communique.resources import words, words_of

SMALL_WORDS = frozenset({"of", "for", "the", "and", "in", "on", "to", "at", "de", "la"})
_IS = re.compile(r"is(?=(?:ation|ations|ing|ed|er|ers)$)")
_CAPITAL = re.compile(r"[A-Z]|[0-9]{3}")
_DOCUMENT = re.compile(r"^[0-9a-f]{32}-")
_RAW_ACRONYM = re.compile(r"[A-Z][A-Z&.-]*[A-Z]")
_SHORT = tuple(
    (re.compile(rf"\b{long}\b"), short)
    for long, short in (
        ("united-nations", "un"),
        ("united-states", "us"),
        ("united-kingdom", "uk"),
        ("european-union", "eu"),
    )
)
_STATES = frozenset(short for _, short in _SHORT)
_LONG = 4
"""So many telling words make a name long."""
_SPECIFIC = 3
"""So many words besides those that every state's bodies have make a name one of a kind."""
_MINISTRIES = frozenset({"ministry", "ministries", "minister", "embassy", "embassies", "mission"})
"""Words for bodies of which every state has one for each matter: no words make these one of a kind."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "sir", "dame", "lord", "lady", "hon", "honorable", "honourable", "he", "pres")
)
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"dzh|dj|zh"), "j"),
    (re.compile(r"tch|tsch"), "ch"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"(?:iy|yi|ij|ii|yy|[yji])+"), "i"),
    (re.compile(r"(?<=[aeou])i(?=[aeou])"), ""),
    (re.compile(r"(?<=i)(?=e)|(?<=[^aeiou])i(?=e)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True)
class Profile:
    """What is compared.

    ``acronym`` is whether the text writes the name in capitals, as one short word; ``described`` whether it is no
    proper name ("agreement between ..."). ``record`` is the IRI of an entity that has an authority record; ``own``
    that of an entity that a person has judged, and which is therefore compared alone.
    """

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    post: str = ""
    titles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    acronym: bool = False
    described: bool = False
    record: str = ""
    own: str = ""

    @property
    def signature(self) -> str:
        """The profile as text: equal for equal profiles, and their order."""
        return json.dumps(
            [
                *(self.type, self.name, self.aliases, self.country, self.post, self.titles, self.bodies),
                *(self.acronym, self.described, self.record, self.own),
            ],
            separators=(",", ":"),
        )

    @classmethod
    def parsed(cls, signature: str) -> Profile:
        """Return the profile of a signature."""
        kind, name, aliases, country, post, titles, bodies, *rest = json.loads(signature)
        return cls(kind, name, tuple(aliases), country, post, tuple(titles), tuple(bodies), *rest)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of the name; of a person's, without honorifics and "Jr."."""
        parts = tuple(part for part in self.name.split("-") if part)
        if self.type != "person":
            return parts
        while len(parts) > 1 and parts[0] in _HONORIFICS:
            parts = parts[1:]
        while len(parts) > 1 and parts[-1] in _SUFFIXES:
            parts = parts[:-1]
        return parts

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """The words of the name in one spelling for the ways in which it is transliterated."""
        return tuple(sound(part) for part in self.parts)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words of the name without small ones, "-ization" for "-isation", without plural's s, sorted."""
        return tuple(sorted(stem(part) for part in spelled(self.type, self.name).split("-") if part not in SMALL_WORDS))

    @cached_property
    def spelled(self) -> str:
        """The name in one spelling."""
        return spelled(self.type, self.name)

    @cached_property
    def bare(self) -> str:
        """The name in one spelling without a state's or union's before it ("U.S. Department of ...")."""
        first, _, rest = self.spelled.partition("-")
        return rest if first in _STATES and rest else self.spelled

    @cached_property
    def initials(self) -> frozenset[str]:
        """The first letters of the words of the name, with and without its small words."""
        return initials(self.name) if self.type == "org" else frozenset()

    @cached_property
    def distinctive(self) -> bool:
        """Whether the name says enough that another document's like is the same thing."""
        if self.record or self.own:
            return True
        match self.type:
            case "state":
                return True
            case "place":
                return len(self.name) > 2
            case "office":
                return len(self.parts) > 1 and bool(self.country or self.post)
            case "org":
                return len(self.parts) > 1 and bool(self.country or _one_of_a_kind(self.parts))
            case "person":
                return len(self.parts) > 1 and len(self.parts[0]) > 1 and len(self.parts[-1]) > 1
            case _:
                return len(self.parts) > 1 and not self.described and bool(set(self.parts) - _common_in_titles())


def profile(entity: Entity, *, own: bool = False, names: set[str] | None = None) -> Profile | None:
    """Return what is compared of an entity; of what is only described nothing is.

    Args:
        entity: the entity; one with an authority record is compared by that alone.
        own: whether a person has judged it, so that it is compared alone.
        names: the names of its authority record; without them its names in texts serve.
    """
    if entity.type == "group" or entity.described:
        return None
    label = entity.label.value
    name = fold(label)
    others = {fold(each) for each in (entity.names if names is None else names)} - {name}
    if not entity.local:
        kept = {each for each in others if "-" in each or len(each) > 2}
        return Profile(entity.type, name, tuple(sorted(kept)), entity.country, record=entity.iri)
    return Profile(
        entity.type,
        name,
        tuple(sorted(each for each in others if _telling_alias(entity.type, name, each))),
        "" if entity.type == "person" else entity.country,
        _DOCUMENT.sub("", entity.post_in.rpartition("/")[2]) if entity.type == "office" else "",
        tuple(sorted(entity.titles)) if entity.type == "person" else (),
        tuple(sorted(entity.bodies)) if entity.type == "person" else (),
        entity.type == "org" and _RAW_ACRONYM.fullmatch(label) is not None and len(name) <= 8,
        entity.type == "instrument" and not (_CAPITAL.search(label) and label[:1] == label[:1].upper()),
        own=entity.iri if own else "",
    )


def spelled(kind: str, name: str) -> str:
    """Return a name in one spelling: "UN" for "United Nations", of bodies "-ization" for "-isation".

    Long names of bodies lose their small words: one is "Network for Orrin Harbour Pilots" here and "Network of ..."
    there; short names need every word.
    """
    for long, short in _SHORT:
        name = long.sub(short, name)
    if kind != "org":
        return name
    parts = [_IS.sub("iz", part) for part in name.split("-")]
    telling = [part for part in parts if part not in SMALL_WORDS]
    return "-".join(telling if len(telling) >= _LONG else parts)


def stem(word: str) -> str:
    """Return a word of a name without the s of a plural, "z" for "s" in "-isation", "er" for a final "re"."""
    word = _IS.sub("iz", word)
    if len(word) > _LONG and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-2] + "er" if len(word) > _LONG and word.endswith("tre") else word


def initials(name: str) -> frozenset[str]:
    """Return the first letters of the words of a folded name, with and without its small words."""
    parts = [part for part in spelled("", name).split("-") if part]
    firsts = [(part, part if part in _STATES else part[0]) for part in parts]
    return frozenset(("".join(f for _, f in firsts), "".join(f for part, f in firsts if part not in SMALL_WORDS)))


def sound(word: str) -> str:
    """Return a folded word in one spelling for the ways in which names are transliterated."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def given(word: str) -> str:
    """Return the form by which a given name is compared, in one spelling."""
    return sound(short_forms().get(word, word))


@cache
def _common_in_titles() -> frozenset[str]:
    """Return the words that tell no instrument from another."""
    return SMALL_WORDS | {row["word"] for row in resources.table("resolve", "generic_titles")}


def _one_of_a_kind(parts: tuple[str, ...]) -> bool:
    """Return whether a body's name without a country is hardly borne by two states' bodies."""
    generic = words("generic_bodies").intersection(parts)
    if not generic:
        return True
    rest = set(parts) - generic - SMALL_WORDS
    telling = not rest <= words_of("common_words", "untelling_words", "name_modifiers")  # "Orrin Administration"
    return not _MINISTRIES.intersection(parts) and (telling or len(rest) >= _SPECIFIC)


def _telling_alias(kind: str, name: str, alias: str) -> bool:
    """Return whether another name of an entity in a text says enough to be compared."""
    if kind not in ("org", "instrument"):
        return False
    if "-" not in alias:
        return kind == "org" and len(alias) > 2 and any(each.endswith(alias) for each in initials(name))
    parts = tuple(alias.split("-"))
    return len(parts) > 2 and _one_of_a_kind(parts)
