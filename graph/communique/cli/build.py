"""``communique build`` and what it prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.app import AuthorityOption, JsonOption, NerOption, app, err, examples
from communique.model import Ner
from communique.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from communique.report import Report

_EVERY = 10.0  # seconds between two lines of progress in a log
_NOTES = 10  # warnings that a build prints; the report has them all


@app.command(
    short_help="Read documents into a graph.",
    epilog=examples(
        "communique build statements/",
        "communique build a.txt 'letters/*.html' -o out --jobs 2",
        "communique build statements/ --prune",
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
    authority: AuthorityOption = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", metavar="FILE", help="What people have decided (default: decisions.jsonl beside the store)."
        ),
    ] = None,
    ner: NerOption = Ner.NONE,
    validate: Annotated[bool, typer.Option(help="Check each document's graph before it is stored.")] = True,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Read everything again, changed or not.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Withdraw the documents of files that are gone from the paths given.")
    ] = False,
    trig: Annotated[
        bool | None,
        typer.Option("--trig/--no-trig", help="Write graph.trig (default: for up to 2,000 documents)."),
    ] = None,
) -> None:
    """Read documents (.txt, .md, .html) and write graph.trig, a store and a report.

    What was read before and has not changed is skipped; an edited file's document takes the place of its old one; a
    document that fails is listed and tried again next time, and the rest is built. Exit status 1 says that something
    failed.
    """
    from communique.build import BuildInterruptedError
    from communique.build import build as run

    try:
        with _progress(quiet or as_json) as progress:
            graph = run(
                paths,
                output,
                base,
                jobs,
                validate,
                progress,
                authority=authority or [],
                decisions=decisions,
                keep=False,
                ner=ner.value,
                force=force,
                prune=prune,
                trig=trig,
            )
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
        err(f"{failure.source}: {failure.stage} failed: {failure.reason}")
    if report.documents["failed"] > len(report.failures):
        err(f"{report.documents['failed'] - len(report.failures)} more failed: see {report.files['failed']}")
    if report.interrupted:
        err("interrupted: what was finished is kept; run the same command again for the rest")
        raise typer.Exit(130)
    raise typer.Exit(1 if report.failures or report.severities["error"] else 0)


class _Lines:
    """Progress for a log: a line now and then, none for a build of seconds.

    The rate is that since the line before: what is on record already is passed over in no time, and says nothing of
    what is to be read.
    """

    def __init__(self) -> None:
        self._at, self._done = monotonic(), 0

    def __call__(self, done: int, total: int, source: str) -> None:
        now = monotonic()
        if done == 1:
            self._at, self._done = now, done  # everything is loaded
        elif now - self._at >= _EVERY:
            rate = (done - self._done) / (now - self._at)
            self._at, self._done = now, done
            err(f"{done:,} of {total:,} sources, {rate:.0f} a second, about {(total - done) / rate:.0f} s left")


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield a function (done, total, source) that draws a bar on a terminal; ``None`` where nothing is to be drawn."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[source]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, source="", rate="")

        def update(done: int, total: int, source: str) -> None:
            speed = bar.tasks[0].speed  # of the last half minute
            rate = f"{speed:.0f}/s" if speed else ""
            bar.update(task, completed=done, total=total, source=source[-50:], rate=rate)

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
        err(f"{note.source}{at}: {note.severity}: {note.message}{words}")
    if len(notes) > _NOTES:
        err(f"{len(notes) - _NOTES} more warnings and notes: see {report.files['report']}")
