"""The command line: options, printing, and from error to exit status. Everything else is in the modules it calls.

Exit status: 0 fine; 1 problems were found (a document failed, the graph has violations, a query failed); 2 wrong use;
130 interrupted. Answers go to standard output; progress, summaries of writing and errors to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from communique.errors import CommuniqueError, UsageError
from communique.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from communique.model import Finding
    from communique.report import Report
    from communique.store import Store

app = typer.Typer(
    name="communique",
    help="Reads official statements into an RDF knowledge graph: who said what, about which event, where, when, "
    "to whom, in which words.",
    epilog="Start with: communique build FOLDER, then communique query --list",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

StoreOption = Annotated[Path, typer.Option("--store", help="The store to read.", show_default=True)]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
DEFAULT_STORE = Path("output/store")


class Profile(StrEnum):
    """How much of the graph an RDF export holds."""

    facts = "facts"
    entities = "entities"
    full = "full"


class View(StrEnum):
    """Which network is meant (see docs/networks.md)."""

    addresses = "addresses"
    accuses = "accuses"
    co_addressed = "co-addressed"
    mentions = "mentions"
    all = "all"


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from communique import __version__

        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.command(
    epilog="Examples: communique build statements/ | communique build a.txt b.html -o out --jobs 2 | "
    "cat letter.txt | communique build -"
)
def build(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs; - for standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where graph, store and report go.")] = Path("output"),
    base: Annotated[
        str | None, typer.Option("--base", help=f"What the IRIs of things begin with (default {DEFAULT_BASE}).")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes read documents.")] = 1,
    authority: Annotated[
        list[Path] | None, typer.Option("--authority", help="Your own authority records (CSV); may be given again.")
    ] = None,
    validate: Annotated[bool, typer.Option(help="Check each document's graph before it is stored.")] = True,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read documents (.txt, .md, .html) and write graph.trig, a store and a report.

    What was read before and has not changed is skipped; a document that fails is listed and the rest is built.
    """
    from communique.build import BuildInterruptedError
    from communique.build import build as run

    try:
        with _progress(quiet or as_json) as progress:
            graph = run(paths, output, base, jobs, validate, progress, authority=authority or [], keep=False)
    except BuildInterruptedError as interrupt:
        graph = interrupt.graph
    report = graph.report
    if as_json:
        typer.echo(report.to_json(), nl=False)
    elif not quiet:
        _print_summary(report, output)
    for failure in report.failures:
        _err(f"{failure.source}: {failure.stage} failed: {failure.reason}")
    if report.interrupted:
        _err("interrupted: what was finished is kept; run the same command again for the rest")
        raise typer.Exit(130)
    raise typer.Exit(1 if report.failures or report.severities["error"] else 0)


@app.command(
    epilog='Examples: communique query --list | communique query addresses -p recipient="Security Council" | '
    "communique query my.rq --format csv | echo 'SELECT * {?s a cq:Statement}' | communique query -"
)
def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME|FILE.rq|-", help="A named query, a file, or - for standard input.")
    ] = "",
    parameters: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of a named query.")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml or markdown.")] = "table",
    limit: Annotated[int, typer.Option("--limit", min=0, help="Print so many rows at most; 0 for all.")] = 0,
    list_all: Annotated[bool, typer.Option("--list", help="List the named queries and exit.")] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="Say what a named query answers and takes, and exit.")
    ] = False,
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
    if describe:
        typer.echo(ask.help_text(ask.named_query(name)))
        return
    if form not in ask.FORMATS:
        raise UsageError(f"there is no format {form!r}", remedy=f"one of {', '.join(ask.FORMATS)}")
    pairs = dict(_pair(p) for p in parameters or [])
    with _open(store) as opened:
        answer = ask.ask(opened, _query_text(name), pairs)
        if limit:
            answer = answer.head(limit)
        ask.format_answer(answer, form, sys.stdout, opened.base)


def _query_text(name: str) -> str:
    """Return the text of a query given as a file or on standard input, else the name itself."""
    if name == "-":
        return sys.stdin.read()
    if name.endswith(".rq") or os.sep in name:
        try:
            return Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"the query cannot be read: {error}", where=name, remedy="give a file of SPARQL in UTF-8"
            ) from error
    return name


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"-p {text} has no value", remedy="write -p NAME=VALUE")
    return name.strip(), value


@app.command(
    epilog="Examples: communique validate | communique validate graph.trig --format json | "
    "communique validate --format report > report.ttl"
)
def validate(
    graph: Annotated[str, typer.Argument(metavar="[GRAPH|store]", help="A file of RDF, or the word store.")] = "store",
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, json, or report (sh:ValidationReport in Turtle).")
    ] = "table",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check a graph against the SHACL shapes; exit status 1 where it has violations."""
    from communique import check

    if form not in ("table", "json", "report"):
        raise UsageError(f"there is no format {form!r}", remedy="table, json or report")
    if graph == "store":
        with _open(store) as opened:
            findings = list(check.check_store(opened.dataset, opened.base))
    else:
        findings = list(check.check_file(Path(graph)))
    if form == "report":
        typer.echo(check.report_turtle(findings), nl=False)
    elif form == "json":
        typer.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=1))
    else:
        _print_findings(findings)
    raise typer.Exit(1 if any(f.severity == "error" for f in findings) else 0)


def _print_findings(findings: list[Finding]) -> None:
    for f in findings:
        place = f"{f.begin}-{f.end}" if f.begin >= 0 else ""
        where = ":".join(part for part in (f.source or f.document, place) if part)
        words = f" [{f.words[:80]}]" if f.words else ""
        typer.echo(f"{f.severity}: {where}: {f.message}{words}")
    errors = sum(f.severity == "error" for f in findings)
    others = len(findings) - errors
    _err(f"{errors} violations, {others} warnings and notes" if findings else "no findings: the graph conforms")


@app.command(
    epilog="Examples: communique export turtle -o graph.ttl | communique export gexf --view accuses -o net.gexf | "
    "communique export table -o statements.xlsx | communique export csv -o net.csv"
)
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="turtle trig ntriples nquads jsonld rdfxml graphml gexf node-link csv dot svg png html table.",
        ),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output without it.")] = None,
    view: Annotated[
        View, typer.Option("--view", help="Which network (graphml gexf node-link csv dot svg png html).")
    ] = View.addresses,
    profile: Annotated[
        Profile, typer.Option("--profile", help="How much of the graph (turtle and other RDF).")
    ] = Profile.facts,
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave out the words of the documents.")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph as RDF, as a network, as a table, a picture or one HTML page."""
    from communique.export import Options
    from communique.export import export as run

    options = Options(view=view.value, profile=profile.value, without_text=without_text)
    with _open(store) as opened:
        for written in run(opened, form, output, options):
            _err(f"wrote {written}")


@app.command(epilog="Examples: communique show 'UN Security Council' | communique show statement/0a1b-12-90 --json")
def show(
    what: Annotated[str, typer.Argument(metavar="IRI|NAME", help="An entity or statement, by IRI or by name.")],
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say what the graph knows of an entity or a statement, each fact with the words it rests on."""
    from communique import show as showing

    with _open(store) as opened:
        description = showing.describe(opened, what)
        if as_json:
            typer.echo(json.dumps(description.as_dict(), ensure_ascii=False, indent=1))
        else:
            typer.echo(showing.render(description, opened.base), nl=False)


@app.command(epilog="Examples: communique info | communique info --json")
def info(as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """Say what a store holds: documents, statements, events, entities, and where it is."""
    from communique import __version__

    with _open(store) as opened:
        facts: dict[str, Any] = {"version": __version__, "store": str(store), "base": opened.base, "quads": len(opened)}
        facts |= opened.counts()
    if as_json:
        typer.echo(json.dumps(facts, indent=1))
    else:
        width = max(map(len, facts))
        for key, value in facts.items():
            typer.echo(f"{key:{width}}  {value}")


@contextmanager
def _open(path: Path) -> Iterator[Store]:
    from communique.store import Store

    with Store.open(path) as opened:
        yield opened


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield a function (done, total, source) that draws a bar on a terminal; ``None`` where nothing is to be drawn."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[source]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, source="")

        def update(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, source=source[-50:])

        yield update


def _print_summary(report: Report, output: Path) -> None:
    documents = ", ".join(f"{n} {state}" for state, n in report.documents.items() if n)
    totals, severities = report.totals, report.severities
    lines = [
        f"Documents   {documents or 'none'}",
        f"The graph   {', '.join(f'{n:,} {what}' for what, n in totals.items())}",
        f"Entities    {', '.join(f'{n} {kind}' for kind, n in report.entities.items())}",
        f"Findings    {', '.join(f'{n} {name}' for name, n in severities.items())}",
    ]
    for title, rows in (("Issuers", report.issuers[:5]), ("Recipients", report.recipients[:5])):
        lines.append(f"{title:11} " + "; ".join(f"{name} ({n})" for name, n in rows))
    lines += [f"{what:11} {path}" for what, path in report.files.items()]
    typer.echo("\n".join(lines))


def _err(text: str) -> None:
    typer.echo(text, err=True)


def main() -> None:
    """Run the command line and turn errors into one line on standard error and an exit status."""
    try:
        app(standalone_mode=True)
    except CommuniqueError as error:
        _err(f"communique: {error}")
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        _err("communique: interrupted")
        sys.exit(130)
    except BrokenPipeError:
        _silence(sys.stdout)
        sys.exit(0)


def _silence(stream: IO[str]) -> None:
    """Point a closed pipe at nothing, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
