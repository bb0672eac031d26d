"""Runs SPARQL on a dataset so that it reads and reaches nothing else: no updates, no other machine, no foreign graphs.

Oxigraph carries out ``SERVICE`` over the network and cannot be told not to, so such queries are refused before they
run. Which words are clauses and which stand in a string, a comment or a name, only a parser can say, and only
Oxigraph's own says what Oxigraph will do: see :func:`_refuse_service`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from communique import vocab
from communique.errors import QueryError

Found: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
"""What a query gives: solutions come one by one while they are asked for, and in the thread that ran the query."""

_SPACE = r"(?:\s|\#[^\n\r]*[\n\r])*"
_SERVICE = re.compile(rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:[<?$]|[\w.-]*:)", re.IGNORECASE)
_WORD = re.compile("service", re.IGNORECASE)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_SIGNS = (".", ";", "}", ")")
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'|"
    r'(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)|'
    r"\#[^\n\r]*",
    re.DOTALL,
)
_COMMENTS = re.compile(r"^[ \t]*#.*", re.MULTILINE)
_FROM_WORD = re.compile(r"(?<![?$\w])FROM\b", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?(?:<(?P<iri>[^>]*)>|(?P<prefix>[\w.-]*):(?P<local>[\w.-]*))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that a query sees where whoever asks says so beside the query, as the SPARQL protocol lets them."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether any is named."""
        return bool(self.default or self.named)


def run(dataset: pyoxigraph.Store, text: str, beside: Graphs = Graphs()) -> Found:
    """Run a query over the union of all graphs or, where its own FROM clauses name graphs, over those.

    Graphs named beside the query take the place of those in it. The prefixes of :data:`communique.vocab.PREFIXES` need
    no declaration.

    Raises:
        QueryError: the query is malformed, would change the graph or reach out to the network, names a graph that the
            dataset has not, or fails.
    """
    _refuse_service(text)
    graphs = [*beside.default, *beside.named] or _from_graphs(text)
    for graph in graphs:
        if not dataset.contains_named_graph(NamedNode(graph)):
            raise QueryError(
                f"<{graph}>: the store has no such graph, and nothing is fetched",
                where="query",
                remedy="leave FROM out to ask all graphs",
            )
    with failing():
        try:
            if beside:
                return dataset.query(
                    text,
                    prefixes=vocab.PREFIXES,
                    default_graph=[NamedNode(graph) for graph in beside.default],
                    named_graphs=[NamedNode(graph) for graph in beside.named],
                )
            return dataset.query(text, prefixes=vocab.PREFIXES, use_default_graph_as_union=not graphs)
        except SyntaxError as error:
            raise _syntax_error(text, str(error)) from None


@contextmanager
def failing() -> Iterator[None]:
    """Turn what Oxigraph raises while it computes solutions into a :class:`QueryError`."""
    try:
        yield
    except BrokenPipeError:  # whoever reads the answer has seen enough: no failure of the query
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}", where="query", remedy="simplify the query") from None


def _refuse_service(text: str) -> None:
    r"""Refuse a query with a SERVICE clause.

    A query without the word and what can name a service after it has none. In any other, the word gives way to one
    that is no keyword and stands nowhere in the query: if Oxigraph still parses it, the word stood in strings,
    comments or names only, and no clause was lost. ``\u0053ERVICE`` is no keyword for Oxigraph; it is refused all the
    same, as the standard would have it one.
    """
    if "service" not in text.lower() and "\\" not in text:
        return  # the way of nearly every query: a few microseconds
    found = _SERVICE.search(text)
    resolved = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _code_point, text)
    hidden = len(_SERVICE.findall(resolved)) > len(_SERVICE.findall(text))
    if not hidden and (not found or _parses(_WORD.sub(_other_word(text), text))):
        return
    where, begin = (text, found.start()) if found else (resolved, _SERVICE.search(resolved).start())  # type: ignore[union-attr]
    line, column = where.count("\n", 0, begin) + 1, begin - where.rfind("\n", 0, begin)
    raise QueryError(
        "SERVICE is refused: queries reach no other machine",
        where=f"query, line {line}, column {column}",
        remedy="load other data into the store first",
    )


def _other_word(text: str) -> str:
    """Return a word of the length of ``service`` that does not stand in a text."""
    lower = text.lower()
    return next(word for word in (f"serv{number:03}" for number in range(1000)) if word not in lower)


def _parses(text: str) -> bool:
    try:
        pyoxigraph.Store().query(text, prefixes=vocab.PREFIXES)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def _code_point(found: re.Match[str]) -> str:
    value = int(found[1] or found[2], 16)
    return chr(value) if value <= 0x10FFFF else found[0]


def _bare(text: str) -> str:
    """Return a query without its comments and strings."""
    return _SKIPPED.sub(lambda found: found["iri"] or " ", text)


def _from_graphs(text: str) -> list[str]:
    """Return the IRIs of the graphs that a query's FROM clauses name."""
    commands = _COMMENTS.sub("", text)
    if "from" not in commands.lower() or not _FROM_WORD.search(commands):
        return []  # without the cost of what follows
    bare = _bare(text)
    declared = dict(re.findall(r"PREFIX\s+([\w.-]*):\s*<([^>]*)>", bare, re.IGNORECASE))
    prefixes = {**vocab.PREFIXES, **declared}
    return [
        found["iri"] if found["iri"] is not None else prefixes.get(found["prefix"], "") + found["local"]
        for found in _FROM.finditer(bare)
    ]


def _syntax_error(text: str, message: str) -> QueryError:
    """Map a syntax error: name the place, keep what was expected short, and say so where the query is an update."""
    prologue = re.compile(r"(\s|PREFIX\s+[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)
    bare = _bare(text)
    first = re.match(r"\w*", prologue.sub("", bare, count=1))
    if first and first[0].upper() in _UPDATES:
        return QueryError(
            f"{first[0].upper()} is refused: queries do not change the graph",
            where="query",
            remedy="`communique build` writes the graph; ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return QueryError(message, where="query", remedy="correct the query")
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    whole = lines[min(line, len(lines)) - 1]
    return QueryError(
        f"syntax error near {whole.strip()[:80]!r}: {_amiss(first[0] if first else '', whole[column - 1 :], found[3])}",
        where=f"query, line {line}, column {column}",
        remedy="correct the query; prefixes of the graph need no declaration",
    )


def _amiss(first: str, rest: str, expected: str) -> str:
    """Say what is wrong at a place.

    The parser tells the farthest place that it came to and what might go on there; only signs are worth repeating,
    since words may belong to another reading of what stands before.
    """
    if first.upper() not in _FORMS:
        return f"a query begins with {', '.join(_FORMS)}, not {first or 'this'}"
    if "Prefix not found" in expected:
        return "a prefix before this place is not declared"
    place = f"before {rest.strip()[:30]!r}" if rest.strip() else "before the end"
    signs = [sign for sign in _SIGNS if f'"{sign}"' in expected]
    return f"something is missing or wrong {place}" + (f", such as {' '.join(signs)}" if signs else "")
