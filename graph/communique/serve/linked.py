"""Linked data: every IRI of the graph answers, as a page or as RDF; and the graphs, by the Graph Store Protocol.

An IRI that begins with the base answers at the base's own path where the server runs there, and below ``/id/``
anywhere. Entities are no documents (W3C, "Cool URIs for the Semantic Web"): a page about one is where a 303 leads, RDF
about one says with Content-Location where it lies.
"""

from __future__ import annotations

from itertools import islice
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode, Quad
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from communique.serve.edition import Edition, Editions
from communique.serve.negotiation import GRAPHS, choose, prefers_html
from communique.serve.rdf import VARYING, distinct, unacceptable, written
from communique.serve.security import error

MIRROR = "/id/"
_MOST = 200_000  # quads of a graph that are written
_INCOMING = 1_000  # edges to a thing that are told with it
_LOCAL = ("doc", "statement", "attribution", "event", "demand", "quote", "view", "fact", "graph")


class LinkedData:
    """Answers requests for IRIs and graphs."""

    def __init__(self, editions: Editions, root_path: str = "") -> None:
        """Set up the answers over a store; ``root_path`` is what a reverse proxy takes off the path."""
        self._editions = editions
        self._root = root_path.rstrip("/")

    def routes(self) -> list[Route]:
        """Return the routes: ``/id/...``, the path of the base, and ``/data``."""
        with self._editions.current() as edition:
            own = urlsplit(edition.store.base)
        path = own.path.removeprefix(self._root)
        places = [MIRROR]
        if own.scheme in ("http", "https") and path.endswith("/") and path not in (MIRROR, "/"):
            places.append(path)
        found = [Route(f"{place}{{path:path}}", self.thing, methods=["GET"]) for place in places]
        if path == "/":  # things lie beside the pages: only what the graph names things by
            found += [Route("/{kind:str}/{path:path}", self.thing, methods=["GET"])]
        return [*found, Route("/data", self.graph, methods=["GET"])]

    def thing(self, request: Request) -> Response:
        """Answer with what the graph says of an IRI."""
        kind = request.path_params.get("kind", "")
        path = f"{kind}/{request.path_params['path']}" if kind else request.path_params["path"]
        accept, name = request.headers.get("accept", ""), request.query_params.get("format", "")
        with self._editions.current() as edition:
            iri = edition.store.base + path
            if path.startswith("graph/"):
                return _graph(edition, iri, request)
            quads = _about(edition, iri)
            if not quads:
                return error(404, f"the graph says nothing of {iri[:200]}", "search for it at /")
            if not name and prefers_html(accept, GRAPHS):
                return RedirectResponse(_page(request, iri, path), 303, headers=VARYING)
            form = choose(GRAPHS, accept, name)
            if form is None:
                return unacceptable(GRAPHS)
            where = f"{quote(request.scope['path'])}?format={form.names[0]}"
            headers = VARYING | {"Content-Location": where}
            return Response(written(distinct(quads), form), headers=headers, media_type=form.content_type)

    def graph(self, request: Request) -> Response:
        """Answer with a graph: ``?graph=IRI``, or ``?default``, the union of all (Graph Store Protocol, 4)."""
        asked = request.query_params
        if ("graph" in asked) == ("default" in asked):
            return error(400, "it does not say which graph is meant", "ask /data?graph=IRI, or /data?default")
        with self._editions.current() as edition:
            return _graph(edition, asked.get("graph", ""), request)


def _graph(edition: Edition, iri: str, request: Request) -> Response:
    """Return a graph, or the union of all where ``iri`` is empty."""
    form = choose(GRAPHS, request.headers.get("accept", ""), request.query_params.get("format", ""))
    if form is None:
        return unacceptable(GRAPHS)
    dataset = edition.store.dataset
    if iri and not _is_iri(iri):
        return error(400, "the graph's name is no IRI", "ask for one of those that /sparql lists")
    name = NamedNode(iri) if iri else None
    if name and not dataset.contains_named_graph(name):
        return error(404, f"there is no graph {iri[:200]}", "SELECT DISTINCT ?g { GRAPH ?g {} } lists them")
    quads = list(islice(dataset.quads_for_pattern(None, None, None, name), _MOST + 1))
    if len(quads) > _MOST:
        return error(
            413, f"the graph has more than {_MOST:,} triples", "ask /sparql for a part, or use `communique export`"
        )
    return Response(written(distinct(quads), form), headers=VARYING, media_type=form.content_type)


def _about(edition: Edition, iri: str) -> list[Quad]:
    """Return what the graph says of an IRI, with the edges that lead to it."""
    if not _is_iri(iri):
        return []
    node, dataset = NamedNode(iri), edition.store.dataset
    found = list(dataset.quads_for_pattern(node, None, None, None))
    return found + list(islice(dataset.quads_for_pattern(None, None, node, None), _INCOMING))


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _page(request: Request, iri: str, path: str) -> str:
    """Return the address of the page about a thing."""
    root = request.scope.get("root_path", "").rstrip("/")
    if path.partition("/")[0] in _LOCAL:
        return f"{root}/document?iri={quote(iri, safe='')}"
    return f"{root}/?node={quote(iri, safe='')}"
