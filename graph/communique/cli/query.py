"""``communique query``."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.app import DEFAULT_STORE, ConfidenceOption, StoreOption, app, examples, open_store
from communique.errors import QueryError, UsageError

if TYPE_CHECKING:
    from communique.ask import Answer


@app.command(
    short_help="Ask the graph.",
    epilog=examples(
        "communique query --list",
        "communique query addresses --describe",
        "communique query addresses -p recipient='Security Council'",
        "communique query my.rq --format csv --timeout 60",
        "communique query demands --min-confidence 0.8",
        "echo 'SELECT * { ?s a cq:Statement }' | communique query -",
    ),
)
def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME|FILE.rq|-", help="A named query, a file, or - for standard input.")
    ] = "",
    parameters: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of a named query.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json, jsonl, xml or markdown.")
    ] = "table",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Print so many rows at most; 0 for all.")
    ] = 0,
    list_all: Annotated[bool, typer.Option("--list", help="List the named queries and exit.")] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="Say what a named query answers and takes, and exit.")
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0, help="Stop the query after so long; 0 for never.")
    ] = 0.0,
    in_memory: Annotated[
        bool,
        typer.Option("--in-memory", help="Ask a copy in memory: worth its making where a query adds up all of it."),
    ] = False,
    min_confidence: ConfidenceOption = 0.0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Ask the graph: a named query with parameters, or SPARQL of your own (prefixes are known)."""
    from communique import ask

    if list_all:
        width = max(len(q.name) for q in ask.catalogue())
        for each in ask.catalogue():
            typer.echo(f"{each.name:{width}}  {each.title}")
        return
    if not name:
        raise UsageError("no query given", remedy="name one (see `communique query --list`), a .rq file, or -")
    text, where = query_text(name)
    if describe:
        typer.echo(ask.help_text(ask.parse_query(where, text) if where else ask.named_query(name)))
        return
    if form not in ask.FORMATS:
        raise UsageError(f"there is no format {form!r}", remedy=f"one of {', '.join(ask.FORMATS)}")
    asked = _Asked(text, dict(_pair(p) for p in parameters or []), form, limit, min_confidence)
    try:
        if timeout:
            _ask_worker(store, asked, timeout, in_memory)
        else:
            _ask_here(store, asked, in_memory)
    except QueryError as error:
        error.where = (where or f"query {name}") + error.where.removeprefix("query")
        raise


@dataclass(frozen=True)
class _Asked:
    """What was asked, and how the answer is to be written."""

    text: str
    parameters: dict[str, str]
    form: str
    limit: int
    min_confidence: float

    @property
    def streams(self) -> bool:
        """Whether rows are written while they are computed."""
        from communique import ask

        return self.form in ask.STREAMED and not self.limit

    def write(self, answer: Answer, base: str) -> None:
        """Write a whole answer."""
        from communique import ask

        ask.format_answer(answer.head(self.limit) if self.limit else answer, self.form, sys.stdout, base)


def _ask_here(store: Path, asked: _Asked, in_memory: bool) -> None:
    from communique import ask

    with open_store(store, asked.min_confidence) as opened:
        source = opened.in_memory() if in_memory and not asked.min_confidence else opened
        # The store is only read, and a query runs outside Python, where no exception can end it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if asked.streams:
            ask.write_found(ask.evaluate(source, asked.text, asked.parameters), asked.form, sys.stdout.buffer)
        else:
            asked.write(ask.ask(source, asked.text, asked.parameters), source.base)


def _ask_worker(store: Path, asked: _Asked, seconds: float, in_memory: bool) -> None:
    from communique.workers import QueryWorkers

    with open_store(store) as opened:
        base = opened.base
    with QueryWorkers(
        store,
        jobs=1,
        seconds=seconds,
        rows=None,
        bytes=None,
        memory=None,
        in_memory=in_memory,
        min_confidence=asked.min_confidence,
    ) as workers:
        if asked.streams:
            sys.stdout.buffer.writelines(workers.stream(asked.text, asked.parameters, format=asked.form))
        else:
            asked.write(workers.ask(asked.text, asked.parameters), base)


def query_text(name: str) -> tuple[str, str]:
    """Return a query given as a file or on standard input with where it is from; a name comes back as it is."""
    if name == "-":
        text, where = sys.stdin.read(), "standard input"
    elif "{" in name:
        return name, "the query"
    elif name.endswith(".rq") or os.sep in name or Path(name).is_file():
        text, where = _file_text(name), name
    else:
        return name, ""
    if not text.strip():
        raise UsageError("there is no query in it", where=where, remedy="write one in SPARQL")
    return text, where


def _file_text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(
            f"the query cannot be read: {reason}", where=name, remedy="give a file of SPARQL in UTF-8"
        ) from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"-p {text} has no value", remedy="write -p NAME=VALUE")
    return name.strip(), value
