"""``communique remove``, ``show`` and ``info``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.app import DEFAULT_STORE, JsonOption, StoreOption, app, err, examples, open_store


@app.command(
    short_help="Say what the graph knows of somebody or something.",
    epilog=examples("communique show 'UN Security Council'", "communique show org/un-security-council --json"),
)
def show(
    what: Annotated[str, typer.Argument(metavar="IRI|NAME", help="An entity or statement, by IRI or by name.")],
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say what the graph knows of an entity or a statement, each fact with the words it rests on."""
    from communique import show as showing

    with open_store(store) as opened:
        description = showing.describe(opened, what)
        if as_json:
            typer.echo(json.dumps(description.as_dict(), ensure_ascii=False, indent=1))
        else:
            typer.echo(showing.render(description, opened.base), nl=False)


@app.command(
    epilog=examples("communique remove letter.txt", "communique remove doc/0a1b2c... -o out"),
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
        err(f"removed doc/{each}")


@app.command(
    short_help="Say what a store holds.",
    epilog=examples("communique info", "communique info --store out/store --json"),
)
def info(as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """Say what a store holds: documents, statements, events, entities, and where it is."""
    from communique import __version__

    with open_store(store) as opened:
        facts: dict[str, Any] = {"version": __version__, "store": str(store), "base": opened.base, "quads": len(opened)}
        facts |= opened.counts()
    if as_json:
        typer.echo(json.dumps(facts, indent=1))
    else:
        width = max(map(len, facts))
        for key, value in facts.items():
            typer.echo(f"{key:{width}}  {value}")
