"""The JSON that the pages are made of. Each answer says how much there is and how much was left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from communique import __version__, ask
from communique.errors import CommuniqueError, UsageError
from communique.network import VIEWS
from communique.serve import documents, evidence, facets, networks, nodes, pages, spelling
from communique.serve.edition import Edition, Editions
from communique.serve.filters import Filter, select
from communique.serve.judging import Judging, written
from communique.serve.security import Policy, error
from communique.vocab import PREFIXES

Answer = Callable[[Edition, "Asked"], Any]

_MOST_ROWS = 500
_MOST_NODES = 20_000


class Asked:
    """The parameters of a request."""

    def __init__(self, request: Request) -> None:
        self._parameters = request.query_params
        self.filter = Filter.of(request.query_params.multi_items())

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as it is."""
        return self._parameters.get(name, default)

    def number(self, name: str, default: int, most: int) -> int:
        """Return a parameter that is a number from 0 to ``most``."""
        value = self._parameters.get(name, str(default))
        if not value.isdecimal() or len(value) > 9:
            raise UsageError(f"{value[:40]!r} is no number", where=name, remedy=f"write a number up to {most}")
        return min(int(value), most)

    def all(self, name: str) -> list[str]:
        """Return all values of a parameter."""
        return self._parameters.getlist(name)

    def view(self) -> str:
        """Return which network is meant."""
        view = self.text("view", "addresses")
        if view not in VIEWS:
            raise UsageError(f"there is no view {view[:40]!r}", where="view", remedy=f"one of: {', '.join(VIEWS)}")
        return view


def summary(edition: Edition, asked: Asked) -> dict[str, Any]:
    """Return what the graph holds."""
    index = edition.index
    day = index.ints("day")
    dated = day[day > 0]
    return {
        "name": edition.name,
        "base": index.base,
        "counts": json.loads(index.meta["counts"]),
        "revision": index.revision,
        "version": __version__,
        "first": facets.as_date(int(dated.min())) if len(dated) else None,
        "last": facets.as_date(int(dated.max())) if len(dated) else None,
        "views": [{"name": view.name, "title": view.title, "directed": view.directed} for view in VIEWS.values()],
    }


def _facets(edition: Edition, asked: Asked) -> dict[str, Any]:
    return facets.facets(edition.index, asked.filter)


def _suggest(edition: Edition, asked: Asked) -> list[dict[str, Any]]:
    return facets.suggest(edition.index, asked.text("q")[:200], asked.number("limit", 12, 50))


def _network(edition: Edition, asked: Asked) -> dict[str, Any]:
    index = edition.index
    focus = [node.id for node in map(index.node, asked.all("focus")) if node]
    mask = select(index, asked.filter)
    limit = asked.number("limit", 60, _MOST_NODES)
    if asked.text("form") == "columns":
        return networks.columns(index, mask, asked.view(), limit)
    return networks.network(index, mask, asked.view(), limit, tuple(focus))


def _timeline(edition: Edition, asked: Asked) -> dict[str, Any]:
    return facets.timeline(edition.index, asked.filter)


def _map(edition: Edition, asked: Asked) -> dict[str, Any]:
    return facets.places(edition.index, asked.filter, asked.number("limit", 500, 5000))


def _table(edition: Edition, asked: Asked) -> dict[str, Any]:
    offset, limit = asked.number("offset", 0, 10**8), asked.number("limit", 50, _MOST_ROWS)
    sort = asked.text("sort", "-date")
    if sort not in facets.SORTS:
        raise UsageError(f"cannot sort by {sort[:40]!r}", where="sort", remedy=f"one of: {', '.join(facets.SORTS)}")
    return facets.table(edition.index, asked.filter, offset, limit, sort)


def _paths(edition: Edition, asked: Asked) -> dict[str, Any]:
    ends = [edition.index.node(asked.text(name)) for name in ("from", "to")]
    if ends[0] is None or ends[1] is None:
        raise UsageError("the graph has no such node", where="from, to", remedy="give the IRIs of two nodes")
    mask = select(edition.index, asked.filter)
    return networks.paths(edition.index, mask, asked.view(), ends[0].id, ends[1].id)


def _edge(edition: Edition, asked: Asked) -> dict[str, Any]:
    mask = select(edition.index, asked.filter)
    ends = asked.text("source"), asked.text("target")
    offset, limit = asked.number("offset", 0, 10**8), asked.number("limit", 50, 50)
    return evidence.edge(edition.store, edition.index, mask, asked.view(), ends, offset, limit)


def _node(edition: Edition, asked: Asked) -> dict[str, Any]:
    mask = select(edition.index, asked.filter)
    return nodes.node(edition.index, mask, asked.view(), asked.text("iri"))


def _queries(edition: Edition, asked: Asked) -> dict[str, Any]:
    return {
        "prefixes": PREFIXES,
        "queries": [
            {
                "name": query.name,
                "title": query.title,
                "text": query.text,
                "parameters": [
                    {"name": each.name, "type": each.type, "default": each.default, "about": each.description}
                    for each in query.parameters
                ],
            }
            for query in ask.catalogue()
        ],
    }


def _sparql_for(edition: Edition, asked: Asked) -> dict[str, str]:
    things = {name: asked.text(name) for name in ("source", "target", "iri")}
    page = asked.text("page", "table")
    return {"query": spelling.spell(edition.index.base, page, asked.filter, asked.view(), things)}


ANSWERS: dict[str, Answer] = {
    "suggest": _suggest,
    "facets": _facets,
    "network": _network,
    "timeline": _timeline,
    "map": _map,
    "table": _table,
    "paths": _paths,
    "edge": _edge,
    "node": _node,
    "queries": _queries,
    "sparql-for": _sparql_for,
}


def routes(editions: Editions, policy: Policy, judging: Judging) -> list[Route]:
    """Return the routes of the API."""

    def reviewed(edition: Edition, asked: Asked) -> Any:
        return judging.review(edition, asked.number("limit", 20, 200))

    def document(edition: Edition, asked: Asked) -> Any:
        return documents.document(edition.store, edition.index, asked.text("iri"), judging.flagged())

    def described(edition: Edition, asked: Asked) -> Any:
        return summary(edition, asked) | {"writable": bool(policy.token)}

    def links(edition: Edition, asked: Asked) -> Any:
        return judging.links(edition)

    changing = {
        "links": links,
        "review": reviewed,
        "document": document,
        "summary": described,
    }  # with decisions, and the server
    writes = {"review": judging.judge, "flag": judging.flag, "undo": judging.undo}
    return [
        *(Route(f"/api/{name}", _kept(editions, name, answer), methods=["GET"]) for name, answer in ANSWERS.items()),
        *(Route(f"/api/{name}", _endpoint(editions, answer), methods=["GET"]) for name, answer in changing.items()),
        Route("/api/openapi.json", _openapi, methods=["GET"]),
        Route("/api/download", _download(editions), methods=["GET"]),
        *(Route(f"/api/{name}", written(policy, write), methods=["POST"]) for name, write in writes.items()),
    ]


def _openapi(request: Request) -> Response:
    from communique.serve import openapi  # knows the formats of downloads

    return as_json(openapi.description())


def _download(editions: Editions) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        from communique.serve import downloads  # exports load libraries that no page needs: the server starts sooner

        asked = Asked(request)
        with editions.current() as edition:
            file = downloads.download(edition, asked.filter, asked.text("format"), asked.view())
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        if isinstance(file.data, bytes):
            return Response(file.data, headers=headers, media_type=file.media_type)
        gone = BackgroundTask(file.data.unlink, missing_ok=True)
        return FileResponse(file.data, headers=headers, media_type=file.media_type, background=gone)

    return endpoint


def _endpoint(editions: Editions, answer: Answer) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with editions.current() as edition:
            return as_json(answer(edition, Asked(request)))

    return endpoint


def _kept(editions: Editions, name: str, answer: Answer) -> Callable[[Request], Response]:
    """Return the endpoint of an answer that hangs on the graph and the address alone."""

    def endpoint(request: Request) -> Response:
        with editions.current() as edition:
            address = pages.key(name, request.query_params.multi_items())
            data = edition.pages.get(edition.index, address, lambda: answer(edition, Asked(request)))
        return Response(data, media_type="application/json")

    return endpoint


def as_json(data: Any) -> Response:
    """Return data as JSON, in UTF-8."""
    return Response(pages.as_bytes(data), media_type="application/json")


def failed(request: Request, problem: Exception) -> Response:
    """Return an error of ours as an answer: the caller's mistakes are 4xx."""
    assert isinstance(problem, CommuniqueError)
    message = f"{problem.where}: {problem.message}" if problem.where else problem.message
    return error(400 if isinstance(problem, UsageError) else 500, message, problem.remedy)
