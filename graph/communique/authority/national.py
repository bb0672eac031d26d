"""Records of what almost every state has: its ministries, parliament, armed forces, head of state.

They are patterns (``national.csv``), not files of records: a name is taken apart into the state and what is left of it
("Varenian" and "Foreign Ministry"), and the record is made when a text asks for it. So nothing is loaded for them, and
a state of the user's own has its bodies at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from communique.authority.names import name_key
from communique.authority.record import Record
from communique.model import EntityType
from communique.resources import authority

_MOST_WORDS = 4
"""The longest adjective of a nation has so many words ("South Georgian")."""
_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s+(?=to\s)", re.IGNORECASE)
_OWNER = re.compile(r"[’'`]s?$")
_BRACKETS = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Role:
    """One line of ``national.csv``: a body or office that states have."""

    name: str
    type: EntityType
    label: str
    names: tuple[str, ...]
    kind: str
    post_in: str


@cache
def roles() -> Mapping[str, Role]:
    """Return the bodies and offices of states by the last part of their keys."""
    return {
        row["role"]: Role(
            row["role"],
            EntityType(row["type"]),
            row["label"],
            tuple(filter(None, row["names"].split("|"))),
            row["kind"],
            row["post_in"],
        )
        for row in authority("national")
    }


@cache
def _forms() -> Mapping[tuple[EntityType, str], Role]:
    """Return the role of what is left of a name without its state, folded for comparison."""
    found: dict[tuple[EntityType, str], Role] = {}
    for row in authority("national"):
        role = roles()[row["role"]]
        for form in row["forms"].split("|"):
            found.setdefault((role.type, name_key(form)), role)
    return found


def record(role: Role, state: Record) -> Record:
    """Return the record of a state's body or office. Its key is the state's, and the role: ``org/az-parliament``."""
    demonym = state.demonyms[0] if state.demonyms else ""
    named = f"{state.article} {state.label}".strip()
    names = [name for name in role.names if demonym or "{demonym}" not in name]
    label = role.label if demonym or "{demonym}" not in role.label else role.names[0]
    return Record(
        f"{role.type}/{_stem(state)}-{role.name}",
        role.type,
        label.format(state=named, demonym=demonym),
        names=tuple(name.format(state=named, demonym=demonym) for name in names if name != label),
        kind=role.kind,
        country=state.country,
        post_in=_post_in(role, state),
    )


def of_key(key: str, states: Callable[[str], Record | None]) -> Record | None:
    """Return the record of a key, or ``None`` where it is none of a state's; ``states`` has the states by key."""
    kind, _, rest = key.partition("/")
    for name, role in roles().items():
        if kind == role.type and rest.endswith(f"-{name}"):
            state = states("place/" + rest.removesuffix(f"-{name}"))
            if state is not None:
                return record(role, state)
    return None


def of_name(name: str, type_: EntityType, states: Callable[[str], Record | None]) -> Record | None:
    """Return the record of a state's body or office by any of its usual names, or ``None``.

    ``states`` gives the state of a name or an adjective ("Varenia", "Varenian", "Republic of Varenia").
    """
    for owner, rest in _splits(" ".join(_BRACKETS.sub(" ", name).split())):
        role = _forms().get((type_, name_key(rest)))
        state = states(owner) if role is not None else None
        if role is not None and state is not None:
            return record(role, state)
    return None


def owner(name: str, states: Callable[[str], Record | None]) -> Record | None:
    """Return the state that a body's or office's name says it is of ("Varenian coast guard", "Diet of Varenia").

    Of two nations in a row ("Kestrian Varenian Society") neither is.
    """
    for part, rest in _splits(" ".join(name.split())):
        state = states(part)
        if state is not None:
            return state if states(rest.partition(" ")[0]) is None else None
    return None


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name's possible state and what is left: "X's Ministry", "Xian Ministry", "Ministry of X (to Y)"."""
    words = name.split(" ")
    for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1):
        yield _OWNER.sub("", " ".join(words[:count])), " ".join(words[count:])
    head, *away = _TO.split(name, maxsplit=1)
    for found in reversed(list(_OF.finditer(head))):
        yield head[found.end() :], " ".join([head[: found.start()], *away])


def _stem(state: Record) -> str:
    return state.key.partition("/")[2]


def _post_in(role: Role, state: Record) -> str:
    if role.type is not EntityType.OFFICE:
        return ""
    return state.key if role.post_in == "place" else f"org/{_stem(state)}-{role.post_in}"
