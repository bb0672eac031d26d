"""``communique validate``."""

from __future__ import annotations

import json
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
    """Check a graph against the SHACL shapes; exit status 1 where it has violations."""
    from communique import check

    if form not in ("table", "json", "report"):
        raise UsageError(f"there is no format {form!r}", remedy="table, json or report")
    if graph == "store" or Path(graph).is_dir():
        with open_store(store if graph == "store" else Path(graph)) as opened:
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
    err(f"{errors} violations, {others} warnings and notes" if findings else "no findings: the graph conforms")
