"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from communique.errors import CommuniqueError
from communique.resolve.decisions import beside
from communique.serve import api, describe
from communique.serve.edition import Editions
from communique.serve.judging import Judging
from communique.serve.linked import LinkedData
from communique.serve.logs import Logged
from communique.serve.protocol import Endpoint
from communique.serve.security import Guard, Policy, error

STATIC = Path(__file__).with_name("static")
PAGES = {"/": "index.html", "/document": "document.html", "/expert": "expert.html", "/review": "review.html"}

NOT_BUILT = "the pages are not built: run `make web` (it needs npm) and start again; the API answers all the same"


def built() -> bool:
    """Return whether the pages have been built into the package."""
    return (STATIC / "index.html").is_file()


def application(editions: Editions, policy: Policy, decisions: Path | None = None, root_path: str = "") -> Starlette:
    """Return the application that serves a store.

    Raises:
        DataError: a line of the file of decisions (that beside the store, where no other is named) is none.
    """
    judging = Judging(decisions or beside(editions.path))
    return Starlette(
        routes=[
            Route("/sparql", Endpoint(editions)),
            *(Route(path, _page(file)) for path, file in PAGES.items()),
            Route("/document/{path:path}", _page("document.html")),
            Route("/.well-known/void", partial(describe.dataset, editions)),
            *api.routes(editions, policy, judging),
            *([Mount("/static", StaticFiles(directory=STATIC))] if built() else []),
            *LinkedData(editions, root_path).routes(),
        ],
        middleware=[Middleware(Logged), Middleware(Guard, policy=policy)],
        exception_handlers={CommuniqueError: api.failed, HTTPException: _refused},
    )


def _page(file: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        if not built():
            return PlainTextResponse(NOT_BUILT + "\n", 503)
        return FileResponse(STATIC / file, media_type="text/html")

    return endpoint


def _refused(request: Request, problem: Exception) -> Response:
    """Return what the router refuses (no such address, no such method) as all errors are."""
    assert isinstance(problem, HTTPException)
    response = error(problem.status_code, problem.detail.lower(), "the addresses are listed at /api/openapi.json")
    response.headers.update(problem.headers or {})
    return response
