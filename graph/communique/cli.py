"""The command line: options, printing, and from error to exit status. Everything else is in the modules it calls.

Exit status: 0 fine; 1 problems were found (a document failed, the graph has violations, a query failed); 2 wrong use;
130 interrupted. Answers go to standard output; progress, summaries of writing and errors to standard error, each error
on one line. An error that nobody foresaw is one line too; with ``COMMUNIQUE_DEBUG=1`` in the environment it comes with
its traceback.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from communique.errors import CommuniqueError, QueryError, UsageError
from communique.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from communique.model import Finding
    from communique.report import Report
    from communique.store import Store

DEBUG = "COMMUNIQUE_DEBUG"
"""The environment variable that asks for the traceback of an unforeseen error."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_BINARY = frozenset({"png"})
_NOTES = 10  # warnings that a build prints; the report has them all


class _Commands(TyperGroup):
    """The commands, with the two ways to end them from outside that typer would take for something else."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever reads the output has seen enough, as ``head`` has
            _discard_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            _err("communique: interrupted")
            raise typer.Exit(130) from None


def _examples(*lines: str) -> str:
    r"""Return the end of a help text, its lines kept as they are (``\b`` asks typer for that)."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


app = typer.Typer(
    name="communique",
    cls=_Commands,
    help="Reads official statements into an RDF knowledge graph: who said what, about which event, where, when, "
    "to whom, in which words.",
    epilog=_examples("communique build FOLDER", "communique query --list", "communique build --help"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

StoreOption = Annotated[Path, typer.Option("--store", metavar="DIR", help="The store to read.")]
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
    short_help="Read documents into a graph.",
    epilog=_examples(
        "communique build statements/",
        "communique build a.txt 'letters/*.html' -o out --jobs 2",
        "cat letter.txt | communique build -",
    ),
)
def build(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, globs; - for standard input.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where graph, store and report go.")
    ] = Path("output"),
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="IRI", help=f"What the IRIs of things begin with (default {DEFAULT_BASE})."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, help="How many processes read documents.")
    ] = 1,
    authority: Annotated[
        list[Path] | None,
        typer.Option("--authority", metavar="FILE", help="Your own authority records (CSV); may be given again."),
    ] = None,
    validate: Annotated[bool, typer.Option(help="Check each document's graph before it is stored.")] = True,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read documents (.txt, .md, .html) and write graph.trig, a store and a report.

    What was read before and has not changed is skipped; a document that fails is listed and the rest is built. Exit
    status 1 says that something failed.
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
        _print_summary(report)
    if not quiet:
        _print_notes(report)
    for failure in report.failures:
        _err(f"{failure.source}: {failure.stage} failed: {failure.reason}")
    if report.interrupted:
        _err("interrupted: what was finished is kept; run the same command again for the rest")
        raise typer.Exit(130)
    raise typer.Exit(1 if report.failures or report.severities["error"] else 0)


@app.command(
    short_help="Ask the graph.",
    epilog=_examples(
        "communique query --list",
        "communique query addresses --describe",
        "communique query addresses -p recipient='Security Council'",
        "communique query my.rq --format csv",
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
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json, xml or markdown.")
    ] = "table",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Print so many rows at most; 0 for all.")
    ] = 0,
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
    text, where = _query_text(name)
    if describe:
        typer.echo(ask.help_text(ask.parse_query(where, text) if where else ask.named_query(name)))
        return
    if form not in ask.FORMATS:
        raise UsageError(f"there is no format {form!r}", remedy=f"one of {', '.join(ask.FORMATS)}")
    pairs = dict(_pair(p) for p in parameters or [])
    with _open(store) as opened:
        # The store is only read, and a query runs outside Python, where no exception can end it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            answer = ask.ask(opened, text, pairs)
        except QueryError as error:
            error.where = (where or f"query {name}") + error.where.removeprefix("query")
            raise
        if limit:
            answer = answer.head(limit)
        ask.format_answer(answer, form, sys.stdout, opened.base)


def _query_text(name: str) -> tuple[str, str]:
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


@app.command(
    short_help="Check a graph against the shapes.",
    epilog=_examples(
        "communique validate",
        "communique validate graph.trig --format json",
        "communique validate --format report > report.ttl",
    ),
)
def validate(
    graph: Annotated[
        str, typer.Argument(metavar="GRAPH|store", help="A file of RDF, a store's folder, or the word store.")
    ] = "store",
    form: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table, json, or report (sh:ValidationReport in Turtle)."
        ),
    ] = "table",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check a graph against the SHACL shapes; exit status 1 where it has violations."""
    from communique import check

    if form not in ("table", "json", "report"):
        raise UsageError(f"there is no format {form!r}", remedy="table, json or report")
    if graph == "store" or Path(graph).is_dir():
        with _open(store if graph == "store" else Path(graph)) as opened:
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
    short_help="Measure a graph on annotated documents.",
    epilog=_examples(
        "communique evaluate gold/ texts/",
        "communique evaluate gold/ texts/ --graph output/graph.trig",
        "communique evaluate gold/ texts/ --errors recipient --calibration",
        "communique evaluate gold/ texts/ --min issuer=0.9 --min event=0.6",
        "communique evaluate gold/ texts/ --check",
    ),
)
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The folder of the annotations (JSON).")],
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="The folder of the documents they are about.")],
    graph: Annotated[
        Path | None,
        typer.Option("--graph", metavar="FILE", help="A graph to measure; without it the documents are built now."),
    ] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to measure.")] = None,
    authority: Annotated[
        list[Path] | None,
        typer.Option("--authority", metavar="FILE", help="Your own authority records (CSV); may be given again."),
    ] = None,
    errors: Annotated[
        list[str] | None,
        typer.Option("--errors", metavar="FIELD", help="List what is missed and wrong in a field; may be given again."),
    ] = None,
    minima: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="FIELD=F1", help="End with status 1 below this F1; may be given again."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", metavar="X", min=0, max=1, help="Leave out what is less sure than this."),
    ] = 0.0,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Say how many facts of each confidence are right.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the annotations against their documents, and measure nothing.")
    ] = False,
    bootstrap: Annotated[
        int,
        typer.Option("--bootstrap", metavar="N", min=0, help="Samples for the 95 % intervals; 0 for no intervals."),
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="What the samples are drawn with.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Compare a graph with what people have annotated: precision, recall and F1 of each field.

    Without --graph or --store the documents are built in memory, by this version. Exit status 1 says that an F1 is
    below its --min, or that annotations are unsound.
    """
    from communique import evaluate as evaluation

    fields = [evaluation.known_field(each) for each in errors or []]
    least = dict(evaluation.minimum(each) for each in minima or [])
    corpus = evaluation.load_corpus(gold, texts)
    for finding in corpus.findings:
        _print_fault(finding)
    if check or not corpus.usable:
        if not corpus.findings:
            typer.echo(f"{len(corpus.pairs)} annotations are sound")
        raise typer.Exit(1 if corpus.findings else 0)
    measured = evaluation.evaluate(
        corpus,
        graph=graph,
        store=store,
        authority=authority or [],
        min_confidence=min_confidence,
        samples=bootstrap,
        seed=seed,
    )
    for finding in measured.failures:
        _print_fault(finding)
    written = evaluation.as_json if as_json else evaluation.text
    typer.echo(written(measured, fields, calibration), nl=False)
    short = measured.below(least)
    for name in short:
        _err(f"{name} falls short: F1 is {measured.figures[name].f1:.3f}, not {least[name]:g}")
    raise typer.Exit(1 if short or corpus.findings else 0)


def _print_fault(finding: Finding) -> None:
    words = f" [{finding.words[:80]}]" if finding.words else ""
    _err(f"{finding.source}: {finding.message}{words}")


@app.command(
    short_help="Write the graph as RDF, network, table, picture or page.",
    epilog=_examples(
        "communique export turtle -o graph.ttl",
        "communique export gexf --view accuses -o allegations.gexf",
        "communique export svg --view accuses --since 2021-05 --until 2021-06",
        "communique export table -o statements.xlsx",
        "communique export nquads --profile full | sort > graph.nq",
    ),
)
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="turtle trig ntriples nquads jsonld rdfxml graphml gexf node-link csv dot svg png html table.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file; standard output without it, or for -."),
    ] = None,
    view: Annotated[
        View,
        typer.Option(
            "--view",
            metavar="VIEW",
            help="Which network (graphml gexf node-link csv dot svg png html): addresses, accuses, co-addressed, "
            "mentions or all.",
        ),
    ] = View.addresses,
    groups: Annotated[
        bool,
        typer.Option("--groups", help="Show groups in the network that are described, not named (civilians), too."),
    ] = False,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE", help="Only statements of this day, month or year or later in the network."
        ),
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            "--until", metavar="DATE", help="Only statements of this day, month or year or earlier in the network."
        ),
    ] = "",
    profile: Annotated[
        Profile,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="How much of the graph (turtle and other RDF): facts, entities or full.",
        ),
    ] = Profile.facts,
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave out the words of the documents.")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph as RDF, as a network, as a table, a picture or one HTML page.

    --view, --groups, --since and --until concern networks: graphml gexf node-link csv dot svg png html.
    """
    from communique.export import Options, unheeded
    from communique.export import export as run

    if output == Path("-"):
        output = None
    if output is None and form in _BINARY and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", remedy="name a file with -o, or send it down a pipe")
    options = Options(view.value, profile.value, without_text, groups, since, until)
    for name in unheeded(form, options):
        _err(f"note: {form} does not heed --{name.replace('_', '-')}")
    with _open(store) as opened:
        for written in run(opened, form, output, options):
            _err(f"wrote {written}")


@app.command(
    short_help="Say what the graph knows of somebody or something.",
    epilog=_examples("communique show 'UN Security Council'", "communique show org/un-security-council --json"),
)
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


@app.command(
    epilog=_examples("communique remove letter.txt", "communique remove doc/0a1b2c... -o out"),
)
def remove(
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT...", help="Sources as the graph has them, ids or IRIs.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder that a build wrote.")
    ] = Path("output"),
) -> None:
    """Take documents out of a graph, with all that rests on them.

    A file that was edited between two builds is two documents to the graph: remove it, then build again.
    """
    from communique.build import withdraw

    for each in withdraw(output, documents):
        _err(f"removed doc/{each}")


@app.command(
    short_help="Say what a store holds.",
    epilog=_examples("communique info", "communique info --store out/store --json"),
)
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


def _print_summary(report: Report) -> None:
    documents = ", ".join(f"{n} {state}" for state, n in report.documents.items() if n)
    totals, severities = report.totals, report.severities
    lines = [
        f"Documents   {documents or 'none'}",
        f"The graph   {', '.join(f'{n:,} {what if n != 1 else what[:-1]}' for what, n in totals.items())}",
        f"Entities    {', '.join(f'{n} {kind}' for kind, n in report.entities.items()) or 'none'}",
        f"Findings    {', '.join(f'{n} {name}' for name, n in severities.items())}",
    ]
    for title, rows in (("Issuers", report.issuers[:5]), ("Recipients", report.recipients[:5])):
        lines.append(f"{title:11} " + ("; ".join(f"{name} ({n})" for name, n in rows) or "none"))
    lines += [f"{what:11} {path}" for what, path in report.files.items()]
    typer.echo("\n".join(lines))


def _print_notes(report: Report) -> None:
    """Print what is not as it should be but stopped no document, so much of it as one can read."""
    notes = [finding for finding in report.findings if finding.severity != "error"]
    for note in notes[:_NOTES]:
        at = f" at {note.begin}" if note.begin >= 0 else ""
        words = f" [{note.words[:80]}]" if note.words else ""
        _err(f"{note.source}{at}: {note.severity}: {note.message}{words}")
    if len(notes) > _NOTES:
        _err(f"{len(notes) - _NOTES} more warnings and notes: see {report.files['report']}")


def _err(text: str) -> None:
    """Print one line on standard error, whatever characters a file's name or a parser's message brings along."""
    typer.echo(_CONTROL.sub(" ", text), err=True)


# -- the process ----------------------------------------------------------------------------------------------------


def main() -> None:
    """Run the command line and turn errors into one line on standard error and an exit status."""
    _prepare_streams()
    status = _status()
    try:
        sys.stdout.flush()
    except OSError as error:
        status = status if isinstance(error, BrokenPipeError) else _output_failed(error)
        _discard_output()
    sys.exit(status)


def _status() -> int:
    try:
        app()
    except SystemExit as end:  # typer always ends with one
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except CommuniqueError as error:
        _err(f"communique: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        _err("communique: interrupted")
        return 130
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return _output_failed(error)
        _err(
            f"communique: unforeseen {type(error).__name__}: {error} "
            f"(please report it; with {DEBUG}=1 in the environment the traceback is shown)"
        )
        return 1
    return 0


def _output_failed(error: OSError) -> int:
    where = error.filename or "standard output"
    _err(f"communique: {where}: cannot be written: {error.strerror} (free some space, or write elsewhere)")
    return 1


def _prepare_streams() -> None:
    """Open the null device in place of closed streams; write UTF-8 into files and pipes, whatever the locale."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="replace")


def _discard_output() -> None:
    """Point a closed pipe at nothing, so that the interpreter's last flush does not complain."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nothing, stream.fileno())
