"""The application: which address leads where."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from communique.errors import CommuniqueError
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
    judging = Judging(editions.path, decisions)
    return Starlette(
        routes=[
            Route("/sparql", Endpoint(editions)),
            *(Route(path, _page(file)) for path, file in PAGES.items()),
            Route("/document/{path:path}", _page("document.html")),
            Route("/.well-known/void", partial(describe.dataset, editions)),
            *api.routes(editions, policy, judging),
            *([Mount("/static", Assets(directory=STATIC))] if built() else []),
            *LinkedData(editions, root_path).routes(),
        ],
        middleware=[Middleware(Logged), Middleware(Guard, policy=policy)],
        exception_handlers={CommuniqueError: api.failed, HTTPException: _refused},
    )


class Assets(StaticFiles):
    """The files of the pages: compressed where the build has left that beside them, and kept by browsers.

    A file with a hash in its name never changes; all others are asked about again, and not sent again.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        response = await super().get_response(path, scope)
        if response.status_code == 200 and "gzip" in accepted and (STATIC / f"{path}.gz").is_file():
            kind = response.media_type
            response = await super().get_response(f"{path}.gz", scope)
            response.headers["Content-Type"] = f"{kind}; charset=utf-8" if str(kind).startswith("text/") else str(kind)
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        lasting = re.search(r"-[0-9A-Z]{8}\.js$", path)
        response.headers["Cache-Control"] = "max-age=31536000, immutable" if lasting else "no-cache"
        return response


def _page(file: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        if not built():
            return PlainTextResponse(NOT_BUILT + "\n", 503)
        return FileResponse(STATIC / file, media_type="text/html", headers={"Cache-Control": "no-cache"})

    return endpoint


def _refused(request: Request, problem: Exception) -> Response:
    """Return what the router refuses (no such address, no such method) as all errors are."""
    assert isinstance(problem, HTTPException)
    response = error(problem.status_code, problem.detail.lower(), "the addresses are listed at /api/openapi.json")
    response.headers.update(problem.headers or {})
    return response
