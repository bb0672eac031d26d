"""Compares two profiles: which features speak for their being one, each with its weight and a reason in words.

A comparison looks at the two profiles alone, never at others, at counts or at order, so that the same pair always has
the same score. Where something rules out that the two are one (other types, other countries, other given names, two
authority records), there is no comparison at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from communique.resolve.profile import Profile, given, initials, sound, spelled
from communique.resolve.weights import ANY, probability, weight

_SHORT_ACRONYM = 3
_ALIKE_NAME = 90
"""Least likeness (0 to 100) of two names of bodies that differ by a letter or two."""
_ALIKE_WORD = 0.9
"""Least likeness (0 to 1, Jaro and Winkler) of two words that differ by a letter or two."""
_LONG_ENOUGH = 12
"""So many letters a name needs before a letter or two make no difference."""
_WORDS = 3
"""So many telling words a name needs before their order makes no difference."""
# Endings of surnames by which a woman's differs from a man's: they are different people, however alike the names.
_SEXES = (
    *(("ov", "ova"), ("ev", "eva"), ("yov", "yova"), ("in", "ina"), ("yn", "yna"), ("sky", "skaya"), ("skyi", "ska")),
    *(("skiy", "skaya"), ("ski", "ska"), ("skyy", "ska"), ("oy", "aya"), ("iy", "aya"), ("ny", "naya")),
)


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing about a pair: its name, its value, its weight in bits, and the reason in words."""

    name: str
    value: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of a pair from 0 to 1, and the features that it comes from, weightiest first."""

    score: float
    features: tuple[Feature, ...]

    @property
    def reason(self) -> str:
        """The reasons in words, as one."""
        return "; ".join(feature.reason for feature in self.features)


def compare(a: Profile, b: Profile) -> Comparison | None:
    """Return how likely it is that two profiles are of one entity, or nothing where they cannot be."""
    named = _feature_of_names(a, b)
    if named is None:
        return None
    features = [named, *_context(a, b)]
    bits = weight("prior", a.type)[0] + sum(feature.weight for feature in features)
    return Comparison(probability(bits), tuple(sorted(features, key=lambda each: -abs(each.weight))))


def compatible(a: Profile, b: Profile) -> bool:
    """Return whether nothing rules out that two profiles are of one entity, though nothing need speak for it."""
    if a.type != b.type or (a.record and b.record) or _other_country(a, b):
        return False
    if a.type != "person":
        return True
    if len(a.parts) == 1 or len(b.parts) == 1:
        return _bears_surname(a, b)
    return _name_of_person(a, b) is not None


def _feature_of_names(a: Profile, b: Profile) -> Feature | None:
    if a.type != b.type or (a.record and b.record):
        return None
    if a.type == "person":
        return _name_of_person(a, b)
    if _other_country(a, b) or _digits(a) != _digits(b):
        return None
    if a.record or b.record:
        return _name_of_record(a, b) if a.record else _name_of_record(b, a)
    if a.type == "org" and (a.acronym or b.acronym):
        return _acronym(a, b) if a.acronym else _acronym(b, a)
    if not (a.distinctive and b.distinctive) or (a.type == "office" and not _one_context(a, b)):
        return None
    return _name(a, b)


def _feature(name: str, type: str, value: str = "") -> Feature:
    bits, reason = weight(name, type)
    return Feature(name, value, bits, reason)


# -- names ----------------------------------------------------------------------------------------------------------


def _name(a: Profile, b: Profile) -> Feature | None:
    if a.spelled == b.spelled:
        return _feature("same-name", a.type, a.name)
    if a.spelled in _also(b) or b.spelled in _also(a):
        return _feature("also-called", a.type, a.name if a.spelled in _also(b) else b.name)
    if a.type == "office" and ("to" in a.parts) != ("to" in b.parts):
        return None  # the chief of staff to the deputy is not the deputy chief of staff
    if a.type == "org" and a.bare == b.bare:
        return _feature("state-before", "org", a.bare)
    if a.telling == b.telling and len(a.telling) >= (_WORDS if a.type != "office" else 2):
        return _feature("same-words", a.type, " ".join(a.telling))
    if a.type in ("org", "instrument") and _alike(a, b):
        return _feature("alike", a.type, f"{fuzz.ratio(a.name, b.name):.0f} of 100")
    return None


def _also(profile: Profile) -> set[str]:
    return {spelled(profile.type, alias) for alias in profile.aliases}


def _alike(a: Profile, b: Profile) -> bool:
    """Return whether two names of as many words differ by a letter or two of a word."""
    if len(a.parts) != len(b.parts) or min(len(a.name), len(b.name)) < _LONG_ENOUGH:
        return False
    other = [(one, two) for one, two in zip(a.parts, b.parts, strict=True) if one != two]
    return len(other) == 1 and _alike_words(*other[0]) and fuzz.ratio(a.name, b.name) >= _ALIKE_NAME


def _alike_words(one: str, two: str) -> bool:
    return min(len(one), len(two)) > 3 and JaroWinkler.similarity(one, two) >= _ALIKE_WORD


def _name_of_record(record: Profile, other: Profile) -> Feature | None:
    names = {record.spelled, *_also(record)}
    if other.acronym and len(other.name) > _SHORT_ACRONYM and other.name in record.aliases:
        return _feature("acronym", other.type, other.name)
    if other.type == "office" and not (record.country and record.country == other.country):
        return None
    return _feature("record-name", other.type, other.name) if other.distinctive and other.spelled in names else None


def _acronym(short: Profile, full: Profile) -> Feature | None:
    if full.acronym or not full.distinctive:
        return None
    if short.name not in full.aliases:
        fits = short.name in full.initials and len(short.name) > _SHORT_ACRONYM
        return _feature("initials-only", "org", short.name) if fits else None
    name = "acronym" if len(short.name) > _SHORT_ACRONYM else "short-acronym"
    return _feature(name, "org", short.name)


def _digits(profile: Profile) -> list[str]:
    return sorted(part for part in profile.parts if part.isdigit())


# -- people ---------------------------------------------------------------------------------------------------------


def _name_of_person(a: Profile, b: Profile) -> Feature | None:
    one, two = a.parts, b.parts
    if len(one) == 1 or len(two) == 1:
        shared = sorted(set(a.titles) & set(b.titles), key=lambda title: (-len(title), title))
        if len(one) == len(two) or not shared or not _bears_surname(a, b):
            return None
        return _feature("surname-title", "person", f"{shared[0]} {min(one, two, key=len)[0]}")
    if one == two:
        return _feature("same-name", "person", a.name) if a.distinctive else _feature("initials", "person", a.name)
    found = list(_ways(a, b))
    return min(found, key=lambda each: each.weight) if found else None


def _bears_surname(a: Profile, b: Profile) -> bool:
    """Return whether one of two names is the other's surname, which stands last, or first as in Hungary and Japan."""
    short, long = sorted((a.parts, b.parts), key=len)
    return short[0] in (long[0], long[-1])


def _ways(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield in which ways two full names differ though they may be one person's; nothing where they are two's."""
    one, two = a.parts, b.parts
    if _of_two_sexes(one[-1], two[-1]):
        return
    if a.sounds[-1] == b.sounds[-1]:
        ways = _given_names(one[:-1], two[:-1])
        if ways is not None:
            if one[-1] != two[-1]:
                ways.add("spelling")
            yield from (_feature(way, "person", f"{a.name}, {b.name}") for way in sorted(ways))
            return
    if sorted(a.sounds) == sorted(b.sounds):
        yield _feature("order", "person", f"{a.name}, {b.name}")
    elif len(one) != len(two) and min(len(one), len(two)) > 1 and _is_end(one, two):
        yield _feature("end-of-name", "person", min(a.name, b.name, key=len))
    elif len(one) == len(two) and all(x == y or _alike_words(x, y) for x, y in zip(one, two, strict=True)):
        yield _feature("alike", "person", f"{a.name}, {b.name}")


def _is_end(one: Sequence[str], two: Sequence[str]) -> bool:
    short, long = sorted((one, two), key=len)
    return long[-len(short) :] == short and all(len(part) > 1 for part in short)


def _given_names(one: Sequence[str], two: Sequence[str]) -> set[str] | None:
    """Return in which ways two rows of given names differ, or nothing where they cannot be one person's.

    The first ones must agree; of the others the shorter row must stand in the longer one.
    """
    first = _given_name(one[0], two[0])
    if first is None:
        return None
    ways = {first}
    short, long = sorted((one[1:], two[1:]), key=len)
    rest = iter(long)
    for name in short:
        if not any(_given_name(name, other) is not None for other in rest):
            return None
    if len(short) != len(long) or any(x != y for x, y in zip(short, long, strict=True)):
        ways.add("longer-name")
    return ways - {""} or {"longer-name"}


def _given_name(one: str, two: str) -> str | None:
    """Return in which way two given names differ ("" for not at all), or nothing where they are two."""
    if one == two:
        return ""
    if one[:1] == two[:1] and min(len(one), len(two)) == 1:
        return "initials"
    if given(one) == given(two):
        return "spelling" if sound(one) == sound(two) else "nickname"
    return "alike" if _alike_words(one, two) else None


def _of_two_sexes(one: str, two: str) -> bool:
    for man, woman in _SEXES:
        for him, her in ((one, two), (two, one)):
            if him.endswith(man) and her.endswith(woman) and not her.endswith(man):
                return True
    return False


# -- what stands around ---------------------------------------------------------------------------------------------


def _other_country(a: Profile, b: Profile) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def _one_context(a: Profile, b: Profile) -> bool:
    """Return whether two offices are known to be of one country or of one body."""
    return bool((a.country and a.country == b.country) or (a.post and a.post == b.post))


def _context(a: Profile, b: Profile) -> Iterator[Feature]:
    if a.type == "person":
        titles = set(a.titles) & set(b.titles)
        if titles and min(len(a.parts), len(b.parts)) > 1:
            yield _feature("same-title", "person", ", ".join(sorted(titles)))
        if a.bodies and b.bodies:
            shared = set(a.bodies) & set(b.bodies)
            yield _feature("same-body" if shared else "other-body", "person", ", ".join(sorted(shared)))
        return
    if a.country and b.country:
        yield _feature("same-country", a.type, a.country)
    elif a.country or b.country:
        yield _feature("one-country", a.type, a.country or b.country)
    if a.type == "office" and a.post and a.post == b.post:
        yield _feature("same-body", "office", a.post)


# -- candidates -----------------------------------------------------------------------------------------------------


def keys(profile: Profile) -> set[str]:
    """Return the keys of a profile: only profiles that share one are compared.

    Keys are names in one spelling, sets of words, words less one of them, acronyms and what they may stand for; of
    people the surname's sound with the initial of the given name, the last two names, the surname with a title.
    """
    kind = profile.type
    if kind == "person":
        return {f"person {key}" for key in _keys_of_person(profile)}
    if not (profile.distinctive or profile.acronym):
        return set()
    found = {f"n {name}" for name in (profile.spelled, profile.bare, *_also(profile))}
    if kind == "org":
        found |= {f"a {name}" for name in profile.initials if len(name) >= _SHORT_ACRONYM}
        found |= {f"a {name}" for name in (profile.name, *profile.aliases) if "-" not in name}
        for alias in profile.aliases if profile.record else ():
            found |= {f"a {name}" for name in initials(alias) if len(name) >= _SHORT_ACRONYM}
    words = profile.telling
    if len(words) >= 2 and not profile.record:
        found.add(f"w {' '.join(words)}")
        if len(words) > _WORDS and kind in ("org", "instrument"):
            found |= {f"w {' '.join(words[:at] + words[at + 1 :])}" for at in range(len(words))}
    return {f"{kind} {key}" for key in found}


def _keys_of_person(person: Profile) -> Iterator[str]:
    parts, sounds = person.parts, person.sounds
    for title in person.titles:
        yield from (f"s {end} {title}" for end in {parts[0], parts[-1]})
    if len(parts) > 1:
        yield f"f {sounds[-1]} {given(parts[0])[:1]}"
        yield f"w {' '.join(sorted(sounds))}"
        yield f"e {' '.join(parts[-2:])}"


def identical(profile: Profile) -> Comparison:
    """Return what speaks for it that bearers of one profile are one."""
    found = compare(profile, profile)
    if found is not None and not profile.record:
        return found
    return Comparison(1.0, (Feature("same-name", profile.name, 0.0, weight("same-name", ANY)[1]),))
