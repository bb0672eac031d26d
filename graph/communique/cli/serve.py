"""``communique serve``."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import DEFAULT_STORE, app, err, examples

_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


@app.command(
    short_help="Look at a graph in a browser; answer SPARQL.",
    epilog=examples(
        "communique serve",
        "communique serve out/store --port 8080",
        "communique serve --host 0.0.0.0 --allow-host graph.example.org",
        "communique serve --root-path /graph",
    ),
)
def serve(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store to serve.")] = DEFAULT_STORE,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0: a free one.")] = 8010,
    token: Annotated[
        str,
        typer.Option(
            "--token",
            metavar="TOKEN",
            envvar="COMMUNIQUE_TOKEN",
            help="What whoever writes must show; made up and printed where none is given.",
        ),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Another name of this server; may be given again."),
    ] = None,
    root_path: Annotated[
        str, typer.Option("--root-path", metavar="PATH", help="The path at which a reverse proxy offers the server.")
    ] = "",
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Where the read index is kept (default STORE.index).")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="FILE", help="Where flags and reviews go (default: beside the store)."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="SPARQL queries at a time.")] = 2,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long a SPARQL query may take.")
    ] = 30.0,
) -> None:
    """Serve a graph: pages to look at it, a SPARQL endpoint at /sparql, and linked data.

    It listens to this machine only and changes nothing, unless you say otherwise; at any other address everybody needs
    the token. The read index is made from the store when it is missing or the store has changed.
    """
    from communique.serve.app import NOT_BUILT, application, built
    from communique.serve.edition import Editions, Limits
    from communique.serve.running import Running, listen
    from communique.serve.security import Policy, names

    listener = listen(host, port)
    token = token or secrets.token_urlsafe(18)
    closed = host not in _LOOPBACK
    with _progress() as progress:
        editions = Editions(store, index, Limits(jobs=jobs, seconds=timeout), progress)
    policy = Policy(names(host, allow_host or []), token, closed)
    bound = listener.getsockname()[1]
    address = f"http://{f'[{host}]' if ':' in host else host}:{bound}{root_path}/"

    def ready() -> None:
        if not built():
            err(f"Note: {NOT_BUILT}")
        err(f"Communique serves {store} at {address}  (Ctrl-C stops it)")
        err(f"To write (flags, review), or from other machines: {address}?token={token}")

    try:
        editions.watch()
        Running(application(editions, policy, decisions, root_path), listener, root_path=root_path, told=ready).run()
    finally:
        editions.close()


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows what is being done to make the index: a bar on a terminal, else a line at first."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn("making the read index"), BarColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None, visible=False)
            yield lambda what, done, total: bar.update(
                task, description=what, completed=done, total=total, visible=True
            )
        return
    told: list[str] = []

    def tell(what: str, done: int, total: int) -> None:
        if not told:
            err("making the read index ...")
            told.append(what)

    yield tell
