"""Which entities of different documents are the same: candidates by folded name, scored, each with its reason.

The rules look at names and countries only, never at order: the same set of entities gives the same matches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.resolve.entities import Known
from communique.resources import words


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """An entity and the one that stands for it, with a score from 0 to 1 and the reason in words."""

    entity: str
    canonical: str
    score: float
    reason: str


_REASONS = {
    "person": (0.8, "same full name"),
    "org": (0.85, "same name, no other country"),
    "office": (0.85, "same title, same country or body"),
    "state": (0.9, "same name of a state"),
    "place": (0.75, "same name, no other country"),
    "instrument": (0.8, "same title"),
}
_SMALL_WORDS = frozenset({"of", "for", "the", "and", "in", "on", "to"})
_IS = re.compile(r"is(?=(?:ation|ations|ing|ed|er|ers)$)")
_LONG = 4
"""So many telling words make a name long, and so many letters an acronym that two bodies hardly share by chance."""
_RECORD = (0.9, "same name as the authority record")


def matches(entities: Iterable[Known]) -> list[Match]:
    """Return a match for every entity that another one stands for, sorted; entities of their own are not listed."""
    known = list(entities)
    records = _records(known)
    groups: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for entity in known:
        if entity.local and _distinctive(entity):
            groups[entity.type, _key(entity)].append(entity)
    for acronym, name in _acronyms(groups).items():
        groups["org", name] += [e for e in known if e.local and e.type == "org" and e.name == acronym]
    found: list[Match] = []
    for (kind, name), members in sorted(groups.items()):
        for same in _compatible(members):
            record = _record(records.get((kind, name), []), same)
            if record is not None:
                found += [Match(each.iri, record.iri, *_RECORD) for each in same]
            else:
                first, *others = sorted(each.iri for each in same)
                found += [Match(each, first, *_REASONS[kind]) for each in others]
    return sorted(found)


def _records(known: Iterable[Known]) -> dict[tuple[str, str], list[Known]]:
    """Return the entities that have an authority record, by type and each of their names."""
    found: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for entity in known:
        if not entity.local:
            for name in sorted({_spelled(entity.type, name) for name in entity.names}):
                found[entity.type, name].append(entity)
    return found


def _key(entity: Known) -> str:
    """Return what entities of one name share, however it is spelled."""
    return _spelled(entity.type, entity.name)


def _spelled(kind: str, name: str) -> str:
    """Return a body's name in one spelling: "-ization" for "-isation", and long names without their small words.

    A body is "Network for Orrin Harbour Pilots" here and "Network of ..." there; short names need every word.
    """
    if kind != "org":
        return name
    parts = [_IS.sub("iz", part) for part in name.split("-")]
    telling = [part for part in parts if part not in _SMALL_WORDS]
    return "-".join(telling if len(telling) >= _LONG else parts)


def _acronyms(groups: Mapping[tuple[str, str], Sequence[Known]]) -> dict[str, str]:
    """Return the acronyms that documents give of one body alone, with the key of its name.

    The letters must be those that the words of the name begin with; what two bodies are called is nobody's.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for (kind, key), members in groups.items():
        for entity in members if kind == "org" else ():
            for name in entity.names:
                if len(name) >= _LONG and name in _initials(entity.name):
                    found[name].add(key)
    return {name: min(keys) for name, keys in sorted(found.items()) if len(keys) == 1}


def _initials(name: str) -> set[str]:
    """Return the first letters of the words of a name, with and without its small words."""
    parts = name.split("-")
    return {"".join(p[0] for p in parts if p), "".join(p[0] for p in parts if p and p not in _SMALL_WORDS)}


def _distinctive(entity: Known) -> bool:
    """Return whether a name says enough that another document's like may be the same thing."""
    parts = entity.name.split("-")
    match entity.type:
        case "group":
            return False
        case "state":
            return True
        case "place":
            return len(entity.name) > 2
        case "office":
            return len(parts) > 1 and bool(entity.country or entity.post_in)
        case "org":
            return len(parts) > 1 and bool(entity.country or not words("generic_bodies").intersection(parts))
        case _:
            return len(parts) > 1


def _compatible(members: list[Known]) -> Iterator[list[Known]]:
    """Cut entities of one name into those that may be one: never two countries, or two bodies of a post, together.

    Where all known contexts agree, members without one join them; where several are known, nobody can say to which of
    them a member without belongs, and each such member stays alone.
    """
    by_context: dict[str, list[Known]] = defaultdict(list)
    for member in members:
        by_context[_context(member)].append(member)
    unknown = by_context.pop("", [])
    if len(by_context) <= 1:
        yield [*unknown, *(each for same in by_context.values() for each in same)]
        return
    yield from (by_context[context] for context in sorted(by_context))
    yield from ([each] for each in unknown)


def _context(entity: Known) -> str:
    """Return what tells bearers of one name apart: the country; for an office without one, its body's name."""
    if entity.type == "person":
        return ""
    if entity.country or entity.type != "office":
        return entity.country
    return entity.post_in.rpartition("/")[2].partition("-")[2] if entity.post_in else ""


def _record(records: list[Known], members: list[Known]) -> Known | None:
    """Return the one authority-keyed entity that bears the members' name and does not contradict their country."""
    countries = {each.country for each in members if each.country}
    fitting = [r for r in records if not r.country or not countries or r.country in countries]
    return fitting[0] if len(fitting) == 1 else None
