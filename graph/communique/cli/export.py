"""``communique export``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import DEFAULT_STORE, ConfidenceOption, StoreOption, app, err, examples, open_store
from communique.cli.query import query_text
from communique.errors import UsageError

_BINARY = frozenset({"png"})


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


GroupsOption = Annotated[
    bool,
    typer.Option("--groups", help="Show groups in the network that are described, not named (civilians), too."),
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Only statements of this day, month or year or later.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="Only statements of this day, month or year or earlier.")
]
WhereOption = Annotated[
    str,
    typer.Option(
        "--where",
        metavar="QUERY",
        help="Only statements that a query has in its column ?statement: SPARQL, a file, or a query's name.",
    ),
]


@app.command(
    short_help="Write the graph as RDF, network, table, picture or page.",
    epilog=examples(
        "communique export turtle -o graph.ttl",
        "communique export gexf --view accuses -o allegations.gexf",
        "communique export svg --view accuses --since 2021-05 --until 2021-06",
        "communique export table -o statements.xlsx",
        "communique export turtle --where denials --since 2021",
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
    groups: GroupsOption = False,
    since: SinceOption = "",
    until: UntilOption = "",
    where: WhereOption = "",
    measures: Annotated[
        bool,
        typer.Option(
            "--measures",
            help="Write degree, betweenness, PageRank and community of nodes (graphml gexf node-link csv).",
        ),
    ] = False,
    profile: Annotated[
        Profile,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="How much of the graph (turtle and other RDF): facts, entities or full.",
        ),
    ] = Profile.facts,
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave out the words of the documents.")] = False,
    min_confidence: ConfidenceOption = 0.0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph as RDF, as a network, as a table, a picture or one HTML page.

    --view and --groups concern networks: graphml gexf node-link csv dot svg png html. --since, --until and --where
    choose statements, in RDF with all that belongs to them.
    """
    from communique.export import Options, unheeded
    from communique.export import export as run

    if output == Path("-"):
        output = None
    if output is None and form in _BINARY and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", remedy="name a file with -o, or send it down a pipe")
    options = Options(
        view.value, profile.value, without_text, groups, since, until, where and query_text(where)[0], measures
    )
    for name in unheeded(form, options):
        err(f"note: {form} does not heed --{name.replace('_', '-')}")
    with open_store(store, min_confidence) as opened:
        for written in run(opened, form, output, options):
            err(f"wrote {written}")
        if options.statements(opened) == frozenset():
            err("note: no statement is of --since, --until and --where: what was written holds none")
