"""Answers questions: named queries with typed parameters, and queries of the user's own.

A named query is a file ``queries/NAME.rq``: complete SPARQL that runs anywhere as it stands, headed by comments that
say what it answers and which parameters it takes::

    # Who addresses whom, and how often
    #
    # One row for each pair of an issuer and a recipient.
    #
    # @param issuer name any only statements of this issuer
    # @returns issuer who speaks
    # @example communique query addresses -p issuer="Human Rights Commissioner"

A parameter constrains the variable of the same name through a clause ``VALUES ?issuer { UNDEF }`` of the query, whose
content is replaced by the value as a term: values are never pasted into a query as text. What a query holds itself
(``UNDEF`` or ``""``) is the default ``any``.

Queries see the union of all graphs. As one triple may stand in many documents' graphs, and the union holds it once for
each, they count distinct things and take names from a sub-select that groups by entity.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from communique import resources, vocab
from communique.errors import DataError, UsageError
from communique.sparql import Found, Graphs, failing, run
from communique.store import Store

if TYPE_CHECKING:
    from rich.console import Console

Term = NamedNode | BlankNode | Literal

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "xml", "markdown")
STREAMED = ("csv", "tsv", "json", "jsonl", "xml")
"""Formats of which a row can be written before the next one is known."""

TYPES = ("string", "name", "iri", "date", "integer", "kind", "event-type", "modality", "enum(a|b|...)")

_CONCEPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "kind": (vocab.KIND, tuple(vocab.KINDS)),
    "event-type": (vocab.ETYPE, tuple(vocab.EVENT_TYPES)),
    "modality": (vocab.CQ, vocab.MODALITIES),
}
_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_JSON_VALUES: dict[str, Callable[[str], int | float | bool]] = {
    vocab.XSD + "integer": int,
    vocab.XSD + "decimal": float,
    vocab.XSD + "double": float,
    vocab.XSD + "boolean": "true".__eq__,
}
_GRAPHS = {"json": RdfFormat.JSON_LD, "xml": RdfFormat.RDF_XML}
_ENTITY_CLASSES = frozenset(
    {
        vocab.FOAF + "Person",
        vocab.ORG + "Organization",
        vocab.ORG + "Post",
        vocab.SCHEMA + "Place",
        vocab.CQ + "State",
        vocab.CQ + "DescribedGroup",
        vocab.CQ + "Instrument",
    }
)
_NARROW = 14  # letters, borders among them: a table whose columns get less on a terminal cannot be read
_CANONICAL = NamedNode(vocab.CQ + "canonical")
_TYPE = NamedNode(vocab.RDF + "type")


# -- the catalogue ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: ``default`` is ``any`` (no restriction), ``required``, or a value."""

    name: str
    type: str
    default: str
    description: str

    @property
    def required(self) -> bool:
        """Whether the query cannot be asked without it."""
        return self.default == "required"

    @property
    def choices(self) -> tuple[str, ...]:
        """The values it may take, or nothing where it is open."""
        if self.type in _CONCEPTS:
            return _CONCEPTS[self.type][1]
        listed = re.fullmatch(r"enum\((.+)\)", self.type)
        return tuple(listed[1].split("|")) if listed else ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its help: what it answers, its parameters, its columns (name, meaning), and a call to try."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    returns: tuple[tuple[str, str], ...] = ()
    examples: tuple[str, ...] = ()


@cache
def _names() -> tuple[str, ...]:
    return tuple(resources.query_names())


@cache
def _named(name: str) -> Query:
    return parse_query(name, resources.query(name))


def catalogue() -> list[Query]:
    """Return all named queries, sorted by name."""
    return [_named(name) for name in _names()]


def named_query(name: str) -> Query:
    """Return one named query.

    Raises:
        UsageError: there is none of that name; the error names those whose names come near.
    """
    names = _names()
    if name in names:
        return _named(name)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    remedy = f"did you mean {' or '.join(near)}?" if near else "`communique query --list` shows all"
    raise UsageError(f"there is no query named {name!r}", remedy=remedy)


def parse_query(name: str, text: str) -> Query:
    """Read the comment header of a query.

    Raises:
        DataError: a parameter's line is malformed or of unknown type, or the query has no ``VALUES`` clause for it.
    """
    prose: list[str] = []
    parameters: list[Parameter] = []
    returns: list[tuple[str, str]] = []
    examples: list[str] = []
    for number, line in enumerate(_header(text), start=1):
        tag, _, rest = line.partition(" ")
        if tag == "@param":
            parameters.append(_parameter(rest, text, f"{name}.rq, line {number}"))
        elif tag == "@returns":
            column, _, meaning = rest.strip().partition(" ")
            returns.append((column, meaning.strip()))
        elif tag == "@example":
            examples.append(rest.strip())
        else:
            prose.append(line)
    title, _, description = "\n".join(prose).strip().partition("\n")
    return Query(name, title, description.strip(), tuple(parameters), text, tuple(returns), tuple(examples))


def _header(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line[1:].strip()


def _parameter(line: str, text: str, where: str) -> Parameter:
    parts = line.split(maxsplit=3)
    if len(parts) < 3:
        raise DataError(f"@param {line}: too short", where=where, remedy="write `@param name type default description`")
    name, kind, default = parts[:3]
    if kind not in TYPES[:-1] and not re.fullmatch(r"enum\([^|()]+(\|[^|()]+)*\)", kind):
        raise DataError(f"@param {name}: unknown type {kind}", where=where, remedy=f"types: {', '.join(TYPES)}")
    if not _clause(name).search(text):
        raise DataError(
            f"@param {name}: no clause sets ?{name}",
            where=where,
            remedy=f"add `VALUES ?{name} {{ UNDEF }}` to the query",
        )
    return Parameter(name, kind, default, parts[3] if len(parts) == 4 else "")


def _clause(name: str) -> re.Pattern[str]:
    """Return a pattern for the clause whose content a parameter replaces."""
    return re.compile(rf"(VALUES\s+\?{re.escape(name)}\s*\{{)[^{{}}]*(\}})")


def reference() -> str:
    """Return the reference of all named queries in Markdown, one section a query: the body of ``docs/queries.md``."""
    return "\n".join(help_text(query) for query in catalogue())


def help_text(query: Query) -> str:
    """Return what a query answers, takes and returns, in Markdown."""
    lines = [f"## {query.name}", "", f"{query.title}.", ""]
    if query.description:
        lines += [query.description, ""]
    if query.parameters:
        lines += ["| parameter | type | default | |", "|---|---|---|---|"]
        for each in query.parameters:
            lines.append(f"| `{each.name}` | {_cell(each.type)} | {_cell(each.default)} | {_cell(each.description)} |")
        lines.append("")
    if query.returns:
        lines += ["| column | |", "|---|---|"]
        lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in query.returns]
        lines.append("")
    if query.examples:
        lines += ["```sh", *query.examples, "```", ""]
    return "\n".join(lines)


# -- binding parameters -----------------------------------------------------------------------------------------------


def bind(query: Query, parameters: Mapping[str, str], store: Store) -> str:
    """Return the text of a query with its parameters set.

    The store is needed to find which entities a name means and what relative IRIs are relative to.

    Raises:
        UsageError: a parameter is unknown, missing, of the wrong type, or names no entity.
    """
    known = {each.name: each for each in query.parameters}
    for name in parameters:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            remedy = f"did you mean {near[0]}?" if near else f"it takes: {', '.join(known) or 'none'}"
            raise UsageError(f"there is no parameter {name!r}", where=f"query {query.name}", remedy=remedy)
    text = query.text
    for each in query.parameters:
        given = parameters.get(each.name, "").strip()
        value = given or each.default
        if each.required and not given:
            raise UsageError(
                f"the parameter {each.name} ({each.type}: {each.description}) is missing",
                where=f"query {query.name}",
                remedy=f"add -p {each.name}=VALUE",
            )
        if value != "any":
            text = _set(text, each.name, _terms(each, value, store, query.name))
    return text


def _set(text: str, name: str, terms: Sequence[NamedNode | Literal]) -> str:
    """Return a query with its clause for a parameter filled with terms, which write themselves with due escapes."""
    content = " ".join(map(str, terms))
    return _clause(name).sub(lambda found: f"{found[1]} {content} {found[2]}", text)


def _terms(parameter: Parameter, value: str, store: Store, query: str) -> list[NamedNode] | list[Literal]:
    """Return the terms that a value means."""
    where = f"query {query}, parameter {parameter.name}"
    if parameter.choices and value not in parameter.choices:
        near = difflib.get_close_matches(value, parameter.choices, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(
            f"{value!r} is not of type {parameter.type}",
            where=where,
            remedy=f"{hint}one of {', '.join(parameter.choices)}",
        )
    if parameter.type in _CONCEPTS:
        return [NamedNode(_CONCEPTS[parameter.type][0] + value)]
    if parameter.type == "iri":
        return [resolve_iri(store, value, where)]
    if parameter.type == "name":
        return _entities(store, value, where)
    if parameter.type == "date" and not _is_date(value):
        raise UsageError(f"{value!r} is no date", where=where, remedy="write YYYY, YYYY-MM or YYYY-MM-DD")
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise UsageError(f"{value!r} is no integer", where=where, remedy="write digits only")
        return [Literal(int(value))]
    return [Literal(value)]


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return False
    try:
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def resolve_iri(store: Store, text: str, where: str = "") -> NamedNode:
    """Return the node that an IRI means: absolute, ``<in brackets>``, prefixed, or relative to the store's base.

    Raises:
        UsageError: it is no IRI.
    """
    value = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = value.partition(":")
    if colon and prefix in vocab.PREFIXES:
        value = vocab.PREFIXES[prefix] + local
    elif not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value):
        value = store.base + value
    try:
        return NamedNode(value)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no IRI: {error}", where=where, remedy="write <https://...> or statement/..."
        ) from None


def canonical(store: Store, node: NamedNode) -> NamedNode:
    """Return the node that stands for an entity across documents; the entity itself where nothing links it."""
    for quad in store.dataset.quads_for_pattern(node, _CANONICAL, None):
        if isinstance(quad.object, NamedNode):
            return quad.object
    return node


_NAMED = """
SELECT DISTINCT ?entity WHERE {
  VALUES ?property { rdfs:label skos:altLabel }
  VALUES ?pattern { "" }
  ?entity ?property ?name
  FILTER(REGEX(STR(?name), ?pattern, "i"))
}
"""


def entities_named(store: Store, name: str) -> list[NamedNode]:
    """Return the canonical nodes of the entities that a name means, sorted.

    A name means the entities whose label or other name equals it, whatever the case; where there is none, those whose
    label or other name contains it. ``*`` in a name stands for any letters (``*Ostmark*``), and then only the whole
    name counts.
    """
    wanted = " ".join(name.split())
    pattern = ".*".join(re.sub(r"([\\.+?()|\[\]{}^$])", r"\\\1", part) for part in wanted.split("*"))
    return _names_like(store, f"^{pattern}$") or ([] if "*" in wanted else _names_like(store, pattern))


def _names_like(store: Store, pattern: str) -> list[NamedNode]:
    found = run(store.dataset, _set(_NAMED, "pattern", [Literal(pattern)]))
    nodes = {row[0] for row in found} if isinstance(found, QuerySolutions) else set()
    entities = {canonical(store, node) for node in nodes if isinstance(node, NamedNode) and is_entity(store, node)}
    return sorted(entities, key=lambda node: node.value)


def is_entity(store: Store, node: NamedNode) -> bool:
    """Return whether a node is a person, body, office, place, state, group or instrument."""
    return any(
        isinstance(quad.object, NamedNode) and quad.object.value in _ENTITY_CLASSES
        for quad in store.dataset.quads_for_pattern(node, _TYPE, None)
    )


def _entities(store: Store, value: str, where: str) -> list[NamedNode]:
    """Return what a parameter of type name means: an IRI or a relative IRI of an entity, or a name."""
    if re.fullmatch(r"<.*>|https?://.*|(person|org|office|place|group|instrument)/\S+", value):
        return [canonical(store, resolve_iri(store, value, where))]
    found = entities_named(store, value)
    if not found:
        raise no_such_name(store, value, where)
    return found


def no_such_name(store: Store, name: str, where: str = "") -> UsageError:
    """Return the error for a name that no entity bears, with the names that come near."""
    labels: dict[str, str] = {}
    found = run(store.dataset, "SELECT DISTINCT ?name { ?entity cq:canonical/rdfs:label ?name }")
    for row in found if isinstance(found, QuerySolutions) else ():
        labels.setdefault(row[0].value.lower(), row[0].value)
    near = difflib.get_close_matches(name.lower(), sorted(labels), n=3, cutoff=0.5)
    remedy = (
        f"did you mean {' or '.join(labels[each] for each in near)}?"
        if near
        else "`communique query entities` lists all"
    )
    return UsageError(f"no entity is named {name!r}", where=where, remedy=remedy)


# -- asking -----------------------------------------------------------------------------------------------------------


class Answer:
    """What a query answered, whole and apart from the store.

    ``kind`` is ``select``, ``ask`` or ``construct`` (``DESCRIBE`` counts as the latter). ``payload`` holds the answer
    as SPARQL results in JSON or, for ``construct``, as sorted N-Triples, so that an answer passes between processes.
    """

    def __init__(
        self, kind: str, variables: tuple[str, ...], payload: bytes = b"", found: Sequence[Iterable[Any]] | None = None
    ) -> None:
        """Take the answer as its payload or as rows, of which the other is made where it is asked for."""
        self.kind = kind
        self.variables = variables
        self._payload = payload
        self._found = found

    @property
    def payload(self) -> bytes:
        """The answer in the form in which it is sent."""
        if not self._payload:
            if self.kind == "construct":
                self._payload = "".join(f"{' '.join(map(str, row))} .\n" for row in self.rows).encode()
            else:
                lines = ("\t".join("" if term is None else str(term) for term in row) for row in self.rows)
                self._payload = self._json("\n".join(("\t".join(f"?{name}" for name in self.variables), *lines, "")))
        return self._payload

    def _json(self, tsv: str) -> bytes:
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)}, separators=(",", ":")).encode()
        found = parse_query_results(tsv.encode(), format=QueryResultsFormat.TSV)
        return found.serialize(format=QueryResultsFormat.JSON) or b""

    @cached_property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The rows, each with one term or None for each variable; the triples of a graph; one row for yes or no."""
        if self._found is not None:
            return [tuple(row) for row in self._found]
        if self.kind == "construct":
            return [tuple(triple)[:3] for triple in parse(self._payload, RdfFormat.N_TRIPLES)]
        found = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return [(Literal(bool(found)),)]
        return [tuple(row) for row in found]

    def records(self) -> list[dict[str, str]]:
        """Return the rows as mappings from variable to IRI or lexical form, ``""`` where nothing is bound."""
        return [dict(zip(self.variables, map(_plain, row), strict=True)) for row in self.rows]

    def head(self, count: int) -> Answer:
        """Return the answer cut to its first ``count`` rows."""
        return self if self.kind == "ask" else Answer(self.kind, self.variables, found=self.rows[:count])

    def __bool__(self) -> bool:
        """Return whether there is a row; for ``ASK`` whether the answer is yes."""
        return _plain(self.rows[0][0]) == "true" if self.kind == "ask" else bool(self.rows)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the payload."""
        return (Answer, (self.kind, self.variables, self.payload))


def _plain(term: Term | None) -> str:
    return "" if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)


def ask(store: Store, name_or_text: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """Ask a named query, or a query of the user's own in SPARQL, over the union of all graphs.

    A query of the user's own may declare parameters in its header as named queries do, may use the prefixes of
    :data:`communique.vocab.PREFIXES` without declaring them, and reaches no other machine.

    Args:
        store: the graph.
        name_or_text: the name of a query of :func:`catalogue`, or SPARQL.
        parameters: values by parameter name.

    Raises:
        UsageError: there is no such query, or a parameter is unknown, missing or of the wrong type.
        QueryError: the query is malformed, would change the graph or reach out to the network, or fails.
    """
    return _answer(evaluate(store, name_or_text, parameters))


def evaluate(
    store: Store, name_or_text: str, parameters: Mapping[str, str] | None = None, graphs: Graphs | None = None
) -> Found:
    """Ask as :func:`ask` does and return what Oxigraph gives, from which rows come while they are computed.

    ``graphs`` limits what the query sees to some graphs.

    Read it in the thread that asked, and before the store is closed.
    """
    if re.fullmatch(r"\s*[\w-]*\s*", name_or_text):
        query = named_query(name_or_text.strip())
    else:
        query = parse_query("query", name_or_text)
    return run(store.dataset, bind(query, parameters or {}, store), graphs or Graphs())


def rows(store: Store, name_or_text: str, parameters: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """Ask as :func:`ask` does; return each row as a mapping from variable to IRI or lexical form."""
    return list(records(store, name_or_text, parameters))


def records(store: Store, name_or_text: str, parameters: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Ask as :func:`rows` does, and yield the rows while they are computed; read them before the store is closed."""
    found = evaluate(store, name_or_text, parameters)
    if not isinstance(found, QuerySolutions):
        yield from _answer(found).records()
        return
    variables = shape(found)[1]
    with failing():
        for row in found:
            yield dict(zip(variables, map(_plain, row), strict=True))


def _answer(found: Found) -> Answer:
    kind, variables = shape(found)
    with failing():
        if isinstance(found, QueryBoolean):
            return Answer(kind, variables, found=[(Literal(bool(found)),)])
        rows = list(found)
    return Answer(kind, variables, found=sorted(rows, key=_statement) if kind == "construct" else rows)


def _statement(triple: object) -> str:
    return f"{triple} ."


def shape(found: Found) -> tuple[str, tuple[str, ...]]:
    """Return the kind and the variables of what a query gives."""
    if isinstance(found, QueryBoolean):
        return "ask", ("answer",)
    if isinstance(found, QueryTriples):
        return "construct", ("subject", "predicate", "object")
    return "select", tuple(variable.value for variable in found.variables)


# -- writing answers --------------------------------------------------------------------------------------------------


def format_answer(answer: Answer, format: str, stream: TextIO, base: str = vocab.DEFAULT_BASE) -> None:
    """Write an answer to a text stream.

    ``csv``, ``tsv``, ``json`` and ``xml`` are the W3C formats of SPARQL results (for a graph: JSON-LD, RDF/XML, and
    three columns). ``jsonl`` is one JSON object a row: numbers and truth values as such, IRIs and all other literals
    as text, null where nothing is bound. ``table`` and ``markdown`` are for reading: a node whose label is a column too
    is shown by it alone, other IRIs are shortened to a prefixed name or relative to ``base``; a table is drawn to fit a
    terminal, and plain and uncut where the stream is none.

    Raises:
        UsageError: there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}", where="query", remedy=f"one of {', '.join(FORMATS)}")
    if format in ("table", "markdown"):
        variables, rows = _readable(answer, base)
        if format == "markdown":
            _write_markdown(variables, rows, stream)
        elif stream.isatty():
            _write_rich(variables, rows, stream)
        else:
            _write_plain(variables, rows, stream)
    elif format == "jsonl":
        stream.writelines(line.decode() for line in _json_lines(answer.variables, answer.rows))
    elif answer.kind == "construct":
        _write_graph(answer, format, stream)
    else:
        found = parse_query_results(answer.payload, format=QueryResultsFormat.JSON)
        stream.write((found.serialize(format=_RESULTS[format]) or b"").decode())


def write_found(found: Found, format: str, out: BinaryIO) -> None:
    """Write what a query gives row by row in one of the formats :data:`STREAMED`; memory holds a few rows.

    A graph (``CONSTRUCT``, ``DESCRIBE``) is sorted, which takes all of it, and goes through :func:`format_answer`.

    Raises:
        QueryError: the query fails while its rows are computed.
    """
    if isinstance(found, QueryTriples):
        text = io.StringIO(newline="")
        format_answer(_answer(found), format, text)
        out.write(text.getvalue().encode())
        return
    with failing():
        if format != "jsonl":
            found.serialize(out, format=_RESULTS[format])
        elif isinstance(found, QueryBoolean):
            out.writelines(_json_lines(("answer",), [(Literal(bool(found)),)]))
        else:
            out.writelines(_json_lines(shape(found)[1], found))


def _json_lines(variables: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    for row in rows:
        record = dict(zip(variables, map(_json_value, row), strict=True))
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _json_value(term: Term | None) -> str | int | float | bool | None:
    """Return a term as JSON has it: numbers and truth values as such, everything else as text, null for nothing."""
    if term is None:
        return None
    reading = _JSON_VALUES.get(term.datatype.value) if isinstance(term, Literal) else None
    if reading is None:
        return _plain(term)
    try:
        value = reading(term.value)
    except ValueError:  # not what its datatype says
        return term.value
    return value if math.isfinite(value) else term.value


def _readable(answer: Answer, base: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return columns and cells for reading: ``issuer`` gives way to ``issuerLabel``, which takes its name."""
    labelled = {name.removesuffix("Label") for name in answer.variables if name.endswith("Label")}
    kept = [i for i, name in enumerate(answer.variables) if name not in labelled]
    names = (answer.variables[i] for i in kept)
    heads = tuple(n.removesuffix("Label") if n.removesuffix("Label") in labelled else n for n in names)
    return heads, [[_short(row[i], base) for i in kept] for row in answer.rows]


def _short(term: Term | None, base: str) -> str:
    if not isinstance(term, NamedNode):
        return _plain(term)
    if term.value.startswith(base):
        return term.value[len(base) :]
    for prefix, namespace in vocab.PREFIXES.items():
        local = term.value[len(namespace) :]
        if term.value.startswith(namespace) and re.fullmatch(r"[\w.-]+", local):
            return f"{prefix}:{local}"
    return term.value


def _write_rich(variables: tuple[str, ...], rows: list[list[str]], stream: TextIO) -> None:
    """Draw a table that fits a terminal; where its columns would be too narrow to read, write a block a row."""
    from rich.console import Console  # slow to load, and most who ask draw no table
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream)
    bold = "" if os.environ.get("NO_COLOR") else "bold"
    if len(variables) * _NARROW > console.width:
        _write_blocks(variables, rows, console, bold)
        return
    table = Table(show_edge=False, header_style=bold)
    for variable in variables:
        table.add_column(variable, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_line(cell)) for cell in row))
    console.print(table)


def _write_blocks(variables: tuple[str, ...], rows: list[list[str]], console: Console, bold: str) -> None:
    """Write each row as a block, a column a line, its value wrapped at words; empty cells are left out."""
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(rows):
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style=bold, no_wrap=True)
        block.add_column(overflow="fold")
        for variable, cell in zip(variables, row, strict=True):
            if cell:
                block.add_row(Text(variable), Text(_line(cell)))
        if number:
            console.print()
        console.print(block)


def _write_plain(variables: tuple[str, ...], rows: list[list[str]], stream: TextIO) -> None:
    lines = [list(variables), *([_line(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        stream.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")


def _write_markdown(variables: tuple[str, ...], rows: list[list[str]], stream: TextIO) -> None:
    for line in (variables, ["---"] * len(variables), *rows):
        stream.write("| " + " | ".join(map(_cell, line)) + " |\n")


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(text.split())


def _write_graph(answer: Answer, format: str, stream: TextIO) -> None:
    if format in _GRAPHS:
        triples = parse(answer.payload, RdfFormat.N_TRIPLES)
        triple = (quad.triple for quad in triples)
        stream.write((serialize(triple, format=_GRAPHS[format]) or b"").decode())
        return
    writer = csv.writer(stream, delimiter="," if format == "csv" else "\t")
    writer.writerow(answer.variables)
    writer.writerows([_plain(term) if format == "csv" else str(term) for term in row] for row in answer.rows)
