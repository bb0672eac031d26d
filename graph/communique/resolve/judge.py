"""What a person names and decides: entities by name or IRI, and links that follow a decision at once."""

from __future__ import annotations

from pathlib import Path

from communique.errors import UsageError
from communique.resolve.decisions import Decision, Decisions
from communique.resolve.entities import is_local
from communique.resolve.links import resolve
from communique.resolve.review import Party, canonical_of, members_of, party, type_of
from communique.store import Store


def relink(path: Path, decisions: Decisions) -> bool:
    """Bring the links of a store on disk up to date with what people decided; return whether they changed.

    Raises:
        StoreError: there is no store, or another process writes to it: what was decided stands, and the links follow
            with the next build.
    """
    with Store.open(path, "write") as store:
        return resolve(store, decisions)


def judge_same(store: Store, decisions: Decisions, a: str, b: str, *, by: str, note: str = "") -> Decision:
    """Decide that two entities are one.

    Raises:
        UsageError: they are one already, of two types, two authority records, or described groups.
    """
    one, two = canonical_of(store, a), canonical_of(store, b)
    if one == two:
        raise UsageError("the two are one already", where=_label(store, a), remedy="`communique show` says why")
    kinds = [type_of(store, each) for each in (a, b)]
    if kinds[0] != kinds[1] or "" in kinds:
        told = " and ".join(kind or "no entity" for kind in kinds)
        raise UsageError(
            f"they are of two types: {told}",
            where=f"{_label(store, a)}, {_label(store, b)}",
            remedy="name two entities of one type",
        )
    if kinds[0] == "group":
        raise UsageError(
            "a described group has no name and is never joined", where=_label(store, a), remedy="name another entity"
        )
    if not (is_local(store, one) or is_local(store, two)):
        remedy = "two records of one thing are to be made one record"
        raise UsageError(
            "both have an authority record", where=f"{_label(store, a)}, {_label(store, b)}", remedy=remedy
        )
    return decisions.judge("same", a, b, by=by, note=note)


def judge_split(store: Store, decisions: Decisions, a: str, *, by: str, note: str = "") -> Decision:
    """Decide that an entity is not what it is joined with.

    Raises:
        UsageError: it is joined with nothing, or is no entity.
    """
    if not type_of(store, a):
        raise UsageError("it is no entity", where=a, remedy="`communique query entities` lists entities")
    if len(members_of(store, canonical_of(store, a))) < 2:
        raise UsageError("it is joined with nothing", where=_label(store, a), remedy="nothing is to be done")
    return decisions.split(a, by=by, note=note)


def bearers(store: Store, node: str, name: str) -> list[Party]:
    """Return those entities of a cluster that are called by a name in their own document, sorted by IRI."""
    wanted = " ".join(name.split()).casefold()
    parties = [party(store, each, alone=True) for each in members_of(store, node)]
    return [each for each in parties if wanted in {text.casefold() for text in (each.label, *each.names)}]


def _label(store: Store, iri: str) -> str:
    return party(store, iri, alone=True).label
