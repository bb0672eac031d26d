"""The OpenAPI description of the JSON API, made from what the parameters and answers are."""

from __future__ import annotations

from typing import Any, get_args

from communique import __version__
from communique.network import VIEWS
from communique.serve.downloads import NAMES
from communique.serve.facets import SORTS
from communique.serve.filters import FACET_NAMES
from communique.serve.following import State
from communique.serve.spelling import PAGES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_MANY: Schema = {"type": "array", "items": _TEXT}
_LEFT_OUT: Schema = {"type": "integer", "description": "how many more there are"}


def _object(description: str = "", /, **properties: Schema) -> Schema:
    found: Schema = {"type": "object", "properties": properties, "required": list(properties)}
    return found | ({"description": description} if description else {})


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _maybe(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


_SCHEMAS: dict[str, Schema] = {
    "Error": _object("what is wrong, and what to do about it", error=_TEXT, remedy=_TEXT),
    "Entity": _object("a canonical entity", iri=_TEXT, label=_TEXT, type=_TEXT),
    "Range": _object("a stretch of a document's text, in Unicode code points", begin=_NUMBER, end=_NUMBER),
    "Value": _object("a value of a facet", value=_TEXT, label=_TEXT, count=_NUMBER),
    "Row": _object(
        "a statement",
        **dict.fromkeys(("iri", "date", "label", "document", "title"), _TEXT),
        **{name: _list(_ref("Entity")) for name in ("issuers", "offices", "bodies", "recipients", "places")},
        kinds=_MANY,
        publisher=_maybe(_ref("Entity")),
        sources=_MANY,
    ),
    "Edge": _object(
        "statements that join two nodes; what comes from a reported event is alleged, and has a modality",
        **dict.fromkeys(("id", "source", "target", "relation", "modality", "first", "last"), _TEXT),
        alleged={"type": "boolean"},
        weight=_NUMBER,
        claimants=_MANY,
    ),
    "Passage": _object(
        "the words that something rests on, with the words around them",
        **dict.fromkeys(("before", "sentence", "after"), _TEXT),
        begin=_NUMBER,
        end=_NUMBER,
        marks=_list(_object(begin=_NUMBER, end=_NUMBER, role=_TEXT)),
    ),
    "Decision": _object("a line of the file of decisions", id=_TEXT, time=_TEXT, by=_TEXT, kind=_TEXT),
}

_ANSWERS: dict[str, Schema] = {
    "summary": _object(
        **dict.fromkeys(("name", "base", "revision", "version"), _TEXT),
        counts={"type": "object", "additionalProperties": _NUMBER},
        first=_maybe(_TEXT),
        last=_maybe(_TEXT),
        writable={"type": "boolean"},
        views=_list(_object(name=_TEXT, title=_TEXT, directed={"type": "boolean"})),
    ),
    "suggest": _list(_object(label=_TEXT, type=_TEXT, statements=_NUMBER)),
    "facets": _object(
        **{name: _list(_ref("Value")) for name in (*FACET_NAMES, "confidence")},
        months=_list(_object(month=_TEXT, count=_NUMBER)),
        left_out={"type": "object", "additionalProperties": _NUMBER},
        total=_NUMBER,
        unfiltered=_NUMBER,
    ),
    "network": _object(
        view=_TEXT,
        nodes=_list(_object(id=_TEXT, label=_TEXT, type=_TEXT, degree=_NUMBER, statements=_NUMBER)),
        edges=_list(_ref("Edge")),
        total_nodes=_NUMBER,
        total_edges=_NUMBER,
        left_out=_object(nodes=_LEFT_OUT, edges=_LEFT_OUT),
        statements=_NUMBER,
    ),
    "timeline": _object(
        unit=_TEXT,
        kinds=_MANY,
        rows=_list(_object(unit=_TEXT, total=_NUMBER, counts={"type": "object", "additionalProperties": _NUMBER})),
        undated=_NUMBER,
        total=_NUMBER,
        left_out=_LEFT_OUT,
    ),
    "map": _object(
        places=_list(_object(iri=_TEXT, label=_TEXT, lat={"type": "number"}, lon={"type": "number"}, count=_NUMBER)),
        total=_NUMBER,
        left_out=_LEFT_OUT,
        unlocated=_NUMBER,
        total_statements=_NUMBER,
    ),
    "table": _object(rows=_list(_ref("Row")), total=_NUMBER, offset=_NUMBER, left_out=_LEFT_OUT),
    "edge": _object(
        source=_ref("Entity"),
        target=_ref("Entity"),
        **dict.fromkeys(("view", "relation", "label", "first", "last"), _TEXT),
        alleged={"type": "boolean"},
        count=_NUMBER,
        statements=_list(_object(iri=_TEXT, date=_TEXT, evidence=_list(_ref("Passage")), citation=_TEXT)),
        total=_NUMBER,
        left_out=_LEFT_OUT,
    ),
    "node": _object(
        **dict.fromkeys(("iri", "label", "type", "country"), _TEXT),
        names=_MANY,
        identifiers=_list(_object(label=_TEXT, iri=_TEXT)),
        parents=_list(_ref("Entity")),
        offices=_list(_object(holder=_maybe(_ref("Entity")), post=_maybe(_ref("Entity")), body=_maybe(_ref("Entity")))),
        statements=_object(issued=_NUMBER, received=_NUMBER, mentioned=_NUMBER),
        partners=_object(**{"out": _list(_ref("Entity")), "in": _list(_ref("Entity"))}),
        **{name: _list({"type": "object"}) for name in ("demanded", "demanded_of", "characterizes", "co_addressed")},
        left_out={"type": "object", "additionalProperties": _NUMBER},
    ),
    "paths": _object(
        view=_TEXT,
        paths=_list(_object(nodes=_list(_ref("Entity")), hops=_list(_ref("Edge")))),
        total=_NUMBER,
        left_out=_LEFT_OUT,
    ),
    "document": _object(
        **dict.fromkeys(("iri", "title", "text", "date", "language"), _TEXT),
        source=_MANY,
        publisher=_maybe(_ref("Entity")),
        spans=_list(_object(begin=_NUMBER, end=_NUMBER, kind=_TEXT, role=_TEXT)),
        facts=_list(_object(iri=_TEXT, subject=_ref("Entity"), predicate=_TEXT, object=_ref("Entity"), label=_TEXT)),
        statements=_list(_object(iri=_TEXT, label=_TEXT, date=_TEXT)),
    ),
    "queries": _object(
        prefixes={"type": "object", "additionalProperties": _TEXT},
        queries=_list(_object(name=_TEXT, title=_TEXT, text=_TEXT, parameters=_list({"type": "object"}))),
    ),
    "sparql-for": _object(query=_TEXT),
    "links": _object(state={"type": "string", "enum": list(get_args(State))}, reason=_TEXT),
    "review": _object(
        pairs=_list({"type": "object"}),
        total=_NUMBER,
        left_out=_LEFT_OUT,
        judged=_NUMBER,
        links=_object(state=_TEXT, reason=_TEXT),
    ),
}
_TITLES = {
    "summary": "What the graph holds",
    "suggest": "Entities whose names hold the words of a text",
    "facets": "The values of each facet with counts, under a filter",
    "network": "The strongest nodes of a network and the edges among them, placed",
    "timeline": "Statements by month and kind",
    "map": "Places with coordinates",
    "table": "Statements, the latest first",
    "edge": "What the edges between two nodes rest on",
    "node": "What there is about an entity",
    "paths": "The shortest paths between two nodes",
    "document": "A document with its spans and facts",
    "queries": "The named queries and the prefixes",
    "sparql-for": "The SPARQL behind a page",
    "links": "How far the links of the graph have followed what was judged on the pages",
    "review": "Pairs of entities that may be the same",
}
_VIEW = ("view", {"type": "string", "enum": list(VIEWS), "default": "addresses"})
_LIMIT = ("limit", {"type": "integer", "minimum": 0})
_OFFSET = ("offset", {"type": "integer", "minimum": 0})
_OWN: dict[str, tuple[tuple[str, Schema], ...]] = {
    "suggest": (("q", _TEXT), _LIMIT),
    "network": (_VIEW, _LIMIT, ("focus", _MANY)),
    "map": (_LIMIT,),
    "table": (_OFFSET, _LIMIT, ("sort", {"type": "string", "enum": list(SORTS)})),
    "edge": (("source", _TEXT), ("target", _TEXT), _VIEW, _OFFSET, _LIMIT),
    "node": (("iri", _TEXT), _VIEW),
    "paths": (("from", _TEXT), ("to", _TEXT), _VIEW),
    "document": (("iri", _TEXT),),
    "sparql-for": (
        ("page", {"type": "string", "enum": list(PAGES)}),
        ("iri", _TEXT),
        ("source", _TEXT),
        ("target", _TEXT),
        _VIEW,
    ),
    "review": (_LIMIT,),
}
_FILTERED = frozenset(("facets", "network", "timeline", "map", "table", "edge", "node", "paths", "sparql-for"))
_NEEDED = frozenset(("iri", "source", "target", "from", "to", "format"))
_WRITES = {
    "review": ("Judge a pair of entities: same, different or unsure", ("a", "b", "kind")),
    "flag": ("Say that a fact is wrong", ("fact",)),
    "undo": ("Take a decision back", ("id",)),
}


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    paths: dict[str, Any] = {f"/api/{name}": {"get": _get(name, schema)} for name, schema in _ANSWERS.items()}
    paths["/api/download"] = {"get": _download()}
    for name, (title, needed) in _WRITES.items():
        paths.setdefault(f"/api/{name}", {})["post"] = _post(title, needed)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Communique", "version": __version__, "description": _ABOUT},
        "servers": [{"url": "../"}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {name: _parameter(name, schema) for name, schema in _FILTER.items()},
        },
    }


_ABOUT = (
    "What the pages of `communique serve` are made of. All lists say how much is left out. The filter's parameters may "
    "be given again: values of one are alternatives, all of them together conditions. SPARQL is at /sparql."
)
_FILTER: dict[str, Schema] = {
    "q": _TEXT,
    **dict.fromkeys((*FACET_NAMES, "entity", "statement"), _MANY),
    "since": {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"},
    "until": {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
}


def _parameter(name: str, schema: Schema) -> Schema:
    needed = {"required": True} if name in _NEEDED else {}
    return {"name": name, "in": "query", "schema": schema, **needed}


def _get(name: str, schema: Schema) -> Schema:
    shared = [{"$ref": f"#/components/parameters/{each}"} for each in _FILTER] if name in _FILTERED else []
    own = [_parameter(each, kind) for each, kind in _OWN.get(name, ())]
    if name == "sparql-for":
        own = [{key: value for key, value in each.items() if key != "required"} for each in own]
    return {"summary": _TITLES[name], "parameters": shared + own, "responses": _responses(schema)}


def _download() -> Schema:
    shared = [{"$ref": f"#/components/parameters/{each}"} for each in _FILTER]
    own = [_parameter("format", {"type": "string", "enum": list(NAMES)}), _parameter(*_VIEW)]
    file = {"description": "the file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    responses = {"200": file, "400": _error("a parameter is wrong, or there are too many statements")}
    return {"summary": "The filtered statements as a file", "parameters": shared + own, "responses": responses}


def _post(title: str, needed: tuple[str, ...]) -> Schema:
    body = _object(**dict.fromkeys(needed, _TEXT))
    body["properties"] |= {"note": _TEXT, "by": _TEXT}
    return {
        "summary": title,
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _responses(_ref("Decision")) | {"401": _error("the token is missing or wrong")},
    }


def _responses(schema: Schema) -> Schema:
    answer = {"description": "the answer", "content": {"application/json": {"schema": schema}}}
    return {"200": answer, "400": _error("a parameter is wrong")}


def _error(description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": _ref("Error")}}}
