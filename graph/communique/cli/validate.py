"""``communique validate``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.app import DEFAULT_STORE, StoreOption, app, err, examples, open_store
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.model import Finding


@app.command(
    short_help="Check a graph against the shapes.",
    epilog=examples(
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
    """Check a graph against the SHACL shapes; exit status 1 where it has violations.

    Findings are printed as they come, document by document: nothing is held back, however many there are.
    """
    from communique import check

    if form not in ("table", "json", "report"):
        raise UsageError(f"there is no format {form!r}", remedy="table, json or report")
    counts: Counter[str] = Counter()
    if graph == "store" or Path(graph).is_dir():
        with open_store(store if graph == "store" else Path(graph)) as opened:
            _print(check.check_store(opened.dataset, opened.base), form, counts)
    else:
        _print(check.check_file(Path(graph)), form, counts)
    if form == "table":
        others = counts.total() - counts["error"]
        told = f"{counts['error']} violations, {others} warnings and notes"
        err(told if counts else "no findings: the graph conforms")
    raise typer.Exit(1 if counts["error"] else 0)


def _print(findings: Iterable[Finding], form: str, counts: Counter[str]) -> None:
    """Print findings as they come, and count them by severity."""
    from communique.check import report_turtle

    def counted() -> Iterator[Finding]:
        for finding in findings:
            counts[finding.severity] += 1
            yield finding

    match form:
        case "report":
            for part in report_turtle(counted()):
                typer.echo(part, nl=False)
        case "json":
            before = "[\n"
            for finding in counted():
                typer.echo(before + json.dumps(asdict(finding), ensure_ascii=False), nl=False)
                before = ",\n"
            typer.echo("\n]" if counts else "[]")
        case _:
            for finding in counted():
                typer.echo(_line(finding))


def _line(finding: Finding) -> str:
    place = f"{finding.begin}-{finding.end}" if finding.begin >= 0 else ""
    where = ":".join(part for part in (finding.source or finding.document, place) if part)
    words = f" [{finding.words[:80]}]" if finding.words else ""
    return f"{finding.severity}: {where}: {finding.message}{words}"
