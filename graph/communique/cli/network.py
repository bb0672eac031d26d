"""``communique network``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from communique.cli.app import DEFAULT_STORE, ConfidenceOption, StoreOption, app, examples, open_store
from communique.cli.export import GroupsOption, SinceOption, UntilOption, View, WhereOption
from communique.cli.query import query_text
from communique.errors import UsageError


@app.command(
    short_help="Measure a network: who is central, who belongs together.",
    epilog=examples(
        "communique network",
        "communique network accuses --by betweenness",
        "communique network all --since 2031 --limit 0 --format csv",
    ),
)
def network(
    view: Annotated[
        View,
        typer.Argument(metavar="VIEW", help="Which network: addresses, accuses, co-addressed, mentions or all."),
    ] = View.addresses,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="MEASURE",
            help="What comes first: degree, in_degree, out_degree, statements, betweenness, pagerank or community.",
        ),
    ] = "pagerank",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Print so many nodes at most; 0 for all.")
    ] = 20,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json, jsonl, xml or markdown.")
    ] = "table",
    groups: GroupsOption = False,
    since: SinceOption = "",
    until: UntilOption = "",
    where: WhereOption = "",
    min_confidence: ConfidenceOption = 0.0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print the nodes of a network with degree, betweenness, PageRank and community.

    `communique export graphml --measures` (gexf, node-link, csv) writes them into the network.
    """
    from communique import ask, measures
    from communique.export import Options

    if form not in ask.FORMATS:
        raise UsageError(f"there is no format {form!r}", remedy=f"one of {', '.join(ask.FORMATS)}")
    options = Options(view.value, groups=groups, since=since, until=until, where=where and query_text(where)[0])
    with open_store(store, min_confidence) as opened:
        answer = measures.table(options.network(opened), by, limit)
        ask.format_answer(answer, form, sys.stdout, opened.base)
