"""``communique review``, ``merge`` and ``split``: people decide who is who."""

from __future__ import annotations

import getpass
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from communique.cli.app import DEFAULT_STORE, JsonOption, StoreOption, app, err, examples, open_store
from communique.errors import NoStoreError, StoreError, UsageError

if TYPE_CHECKING:
    from communique.resolve.decisions import Decision, Decisions
    from communique.resolve.review import Pair, Party
    from communique.store import Store

DecisionsOption = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", help="The file of decisions (default: decisions.jsonl beside the store)."
    ),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides (default: your login name).")]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")]
_KEYS = {"s": "same", "d": "different", "u": "unsure"}
_HELP = "s same, d different, u unsure, z undo, q quit; a note may follow after a space"
_CHOICES = "same (s), different (d), unsure (u), undo (z), quit (q)"
_AT_END = "undo the last (z), quit (q)"
_TYPES = ("person", "org", "office", "state", "place", "instrument")


@app.command(
    short_help="Decide which entities are one.",
    epilog=examples(
        "communique review",
        "communique review --type person --limit 10",
        "communique review --list",
        "communique review --undo 5f0c1e7a9b3d2c48",
        "communique review --export decided.jsonl",
        "communique review --import theirs.jsonl",
        "echo 's one seal' | communique review --by mira",
    ),
)
def review(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="So many pairs at most; 0 for all.")] = 20,
    kind: Annotated[
        str,
        typer.Option("--type", metavar="TYPE", help="Only person, org, office, state, place or instrument."),
    ] = "",
    list_all: Annotated[bool, typer.Option("--list", help="List what was decided, with ids, and exit.")] = False,
    undo: Annotated[str, typer.Option("--undo", metavar="ID", help="Take a decision back, and exit.")] = "",
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all decisions to a file, and exit.")
    ] = None,
    take: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take over the decisions of a file, and exit.")
    ] = None,
    by: ByOption = "",
    as_json: JsonOption = False,
    decisions: DecisionsOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Go through the pairs of entities that may be one, the likeliest first, each with the sentences that name both.

    A key answers each: s same, d different, u unsure, z undo the last, q quit. Decisions go into one plain file, and
    the links of the graph follow. With --json the pairs are listed and nothing is asked.
    """
    if kind and kind not in _TYPES:
        raise UsageError(f"there is no type {kind!r}", where="--type", remedy=f"one of {', '.join(_TYPES)}")
    decided = _decisions(decisions, store)
    who = by or _login()
    if export is not None:
        decided.write(export)
        err(f"{len(decided)} decisions written to {export}")
    elif take is not None:
        _take_over(decided, take)
        _follow(store, decided)
    elif undo:
        decided.undo(undo, by=who)
        err(f"taken back: {undo}")
        _follow(store, decided)
    elif list_all:
        _list(decided.standing(), as_json)
    else:
        _review(store, decided, limit, kind, who, as_json)


def _take_over(decided: Decisions, file: Path) -> None:
    from communique.resolve.decisions import Decisions

    if not file.is_file():
        raise UsageError("there is no such file", where=str(file), remedy="name a file that --export wrote")
    theirs = Decisions.load(file)
    err(f"{decided.add(theirs.entries)} new decisions of {len(theirs)}")


def _review(store: Path, decided: Decisions, limit: int, kind: str, who: str, as_json: bool) -> None:
    from communique.resolve.review import uncertain

    with open_store(store) as opened:
        pairs = uncertain(opened, decided, limit, kind)
        if as_json:
            typer.echo(json.dumps([pair.as_dict() for pair in pairs], ensure_ascii=False, indent=1))
            return
        if not pairs:
            err("no pairs are left to decide")
            return
        made = _ask(pairs, decided, who, opened.base)
    if made:
        _follow(store, decided)


def _ask(pairs: list[Pair], decided: Decisions, who: str, base: str) -> bool:
    """Ask about each pair; return whether anything was decided."""
    made: list[tuple[int, str]] = []
    changed, at = False, 0
    while True:
        last = at == len(pairs)  # all are decided, and the last answer can still be taken back
        typer.echo("\nThat was the last pair." if last else _shown(pairs[at], f"{at + 1} of {len(pairs)}", base))
        key, note = _answer(_AT_END if last else _CHOICES)
        if key == "q":
            break
        if key == "z":
            if made:
                at, id = made.pop()
                decided.undo(id, by=who)
            else:
                err("nothing to undo")
        elif key in _KEYS and not last:
            a, b = pairs[at].a.iri, pairs[at].b.iri
            said = decided.judge(_KEYS[key], a, b, by=who, note=note)  # type: ignore[arg-type]
            made.append((at, said.id))
            changed, at = True, at + 1
        else:
            err(f"{key or 'an empty line'} is no answer here: {_AT_END if last else _HELP}")
    err(f"{len(made)} decided")
    return changed


def _answer(choices: str) -> tuple[str, str]:
    """Return the key that was pressed, and the note after it where lines are read; q at the end of input."""
    if sys.stdin.isatty():
        typer.echo(f"{choices}? ", nl=False)
        key = click.getchar().lower()
        typer.echo(key)
        return key, ""
    line = sys.stdin.readline()
    key, _, note = line.strip().partition(" ")
    return (key.lower(), note.strip()) if line else ("q", "")


def _shown(pair: Pair, place: str, base: str) -> str:
    lines = [f"\n{place}: score {pair.score:.2f}: {'; '.join(pair.reasons)}"]
    for mark, each in (("A", pair.a), ("B", pair.b)):
        lines += [
            f"  {mark}  {line}" if not number else f"     {line}" for number, line in enumerate(_about(each, base))
        ]
    return "\n".join(lines)


def _about(party: Party, base: str) -> list[str]:
    country = f", {party.country}" if party.country else ""
    documents = "1 document" if party.documents == 1 else f"{party.documents} documents"
    lines = [f"{party.label} ({party.type}{country}, {documents})  {party.iri.removeprefix(base)}"]
    if party.names:
        lines.append(f"also: {'; '.join(party.names)}")
    for each in party.contexts:
        where = ", ".join(part for part in (each.date, each.title) if part)
        lines.append(f"«{each.sentence}»{f' ({where})' if where else ''}")
    return lines


def _list(standing: list[Decision], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([each.as_dict() for each in standing], ensure_ascii=False, indent=1))
        return
    if standing:
        err("`communique review --undo ID` takes one back; the id comes first")
    for each in standing:
        typer.echo(f"{each.id}  {each.kind}, {each.time[:10]}, {each.by}{f': {each.note}' if each.note else ''}")
        for end in filter(None, (each.a, each.b)):
            typer.echo(f"    {_short(end)}")


def _short(iri: str) -> str:
    """Return an entity's IRI without what all IRIs of a graph begin with."""
    return "/".join(iri.split("/")[-2:])


@app.command(
    short_help="Say that two entities are one.",
    epilog=examples(
        "communique merge 'Mira Solenko' 'M. Solenko'",
        "communique merge person/0a1b...-mira person/9f8e...-m --note 'one seal'",
    ),
)
def merge(
    a: Annotated[str, typer.Argument(metavar="A", help="An entity, by IRI or by name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    note: NoteOption = "",
    by: ByOption = "",
    decisions: DecisionsOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Decide that two entities are one; the links of the graph follow at once. `communique review --undo` undoes it."""
    from communique.resolve.judge import judge_same
    from communique.resolve.review import canonical_of

    decided = _decisions(decisions, store)
    with open_store(store) as opened:
        one, two = _entity(opened, a), _entity(opened, b)
        made = judge_same(opened, decided, one, two, by=by or _login(), note=note)
    typer.echo(f"{made.id}  {made.kind}  {one}  {two}")
    if _follow(store, decided):
        with open_store(store) as opened:
            if canonical_of(opened, one) != canonical_of(opened, two):
                err("they stay apart: another decision says that something in them is different, or has been split off")
                raise typer.Exit(1)


@app.command(
    short_help="Take an entity out of what it was joined with.",
    epilog=examples(
        "communique split person/0a1b...-mira-solenko",
        "communique split 'M. Solenko' --note 'another commissioner'",
    ),
)
def split(
    a: Annotated[str, typer.Argument(metavar="A", help="An entity, by IRI, or by the name that its document uses.")],
    note: NoteOption = "",
    by: ByOption = "",
    decisions: DecisionsOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Decide that an entity of one document is not what it was joined with; the links of the graph follow at once.

    A name that several documents use means several entities: they are listed then, and nothing is decided.
    """
    from communique.resolve.judge import bearers, judge_split

    decided = _decisions(decisions, store)
    with open_store(store) as opened:
        if _is_iri(a):
            iri = _entity(opened, a)
        else:
            found = bearers(opened, _entity(opened, a), a)
            if len(found) != 1:
                for each in found:
                    typer.echo("\n".join(_about(each, opened.base)))
                raise UsageError(f"{len(found)} entities are called so", where=a, remedy="name one by its IRI")
            iri = found[0].iri
        made = judge_split(opened, decided, iri, by=by or _login(), note=note)
    typer.echo(f"{made.id}  {made.kind}  {iri}")
    _follow(store, decided)


def _is_iri(text: str) -> bool:
    return re.fullmatch(r"<.*>|https?://\S+|[a-z]+/\S+", text.strip()) is not None


def _entity(store: Store, text: str) -> str:
    """Return the entity that an IRI or a name means.

    Raises:
        UsageError: it means none, or several.
    """
    from communique import ask
    from communique.resolve.review import party, type_of

    if _is_iri(text):
        iri = ask.resolve_iri(store, text.strip()).value
        if not type_of(store, iri):
            raise UsageError("it is no entity", where=text, remedy="`communique query entities` lists entities")
        return iri
    found = ask.entities_named(store, text)
    if not found:
        raise ask.no_such_name(store, text)
    if len(found) > 1:
        for node in found:
            typer.echo("\n".join(_about(party(store, node.value), store.base)))
        raise UsageError(f"{len(found)} entities are called so", where=text, remedy="name one by its IRI")
    return found[0].value


def _decisions(path: Path | None, store: Path) -> Decisions:
    from communique.resolve.decisions import Decisions, beside

    return Decisions.load(path if path is not None else beside(store))


def _follow(store: Path, decided: Decisions) -> bool:
    """Bring the links up to date; where another process writes, they follow with the next build."""
    from communique.resolve.judge import relink
    from communique.upkeep import TRIG_MARK

    try:
        if relink(store, decided):
            (store.parent / TRIG_MARK).touch()
            err("the links are up to date; graph.trig follows with the next build")
    except StoreError as error:
        if isinstance(error, NoStoreError):
            raise
        err(f"{error}; what was decided stands, and the links follow with the next build")
        return False
    return True


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user here: containers often have none
        return "unknown"
