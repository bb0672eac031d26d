"""The application: which address leads where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from communique.errors import CommuniqueError
from communique.serve import api
from communique.serve.edition import Editions
from communique.serve.security import Guard, Policy

STATIC = Path(__file__).with_name("static")
PAGES = {"/": "index.html", "/document": "document.html", "/expert": "expert.html", "/review": "review.html"}


def application(editions: Editions, policy: Policy, root_path: str = "") -> Starlette:
    """Return the application that serves a store."""
    return Starlette(
        routes=[
            *(Route(path, _page(file)) for path, file in PAGES.items()),
            *api.routes(editions),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, policy=policy)],
        exception_handlers={CommuniqueError: api.failed},
    )


def _page(file: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return FileResponse(STATIC / file, media_type="text/html")

    return endpoint
