"""``communique show``, ``remove``, ``backup``, ``restore``, ``status`` and ``info``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.app import (
    DEFAULT_STORE,
    ConfidenceOption,
    JsonOption,
    StoreOption,
    app,
    err,
    examples,
    open_store,
)
from communique.model import Ner


@app.command(
    short_help="Say what the graph knows of somebody or something.",
    epilog=examples("communique show 'UN Security Council'", "communique show org/un-security-council --json"),
)
def show(
    what: Annotated[str, typer.Argument(metavar="IRI|NAME", help="An entity or statement, by IRI or by name.")],
    as_json: JsonOption = False,
    min_confidence: ConfidenceOption = 0.0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say what the graph knows of an entity or a statement, each fact with the words it rests on."""
    from communique import show as showing

    with open_store(store, min_confidence) as opened:
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

    A build of the same files reads them again: remove the files too, or build without them.
    """
    from communique.build import withdraw

    for each in withdraw(output, documents):
        err(f"removed doc/{each}")


@app.command(
    short_help="Copy a store.",
    epilog=examples("communique backup backups/2026-05-01", "communique backup /media/disk/store --store out/store"),
)
def backup(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Copy a store as it is now into a new folder, also while a build runs.

    On the same file system the copy shares the files that never change (hard links): it takes no time and hardly any
    space, but it does not save you from a broken disk.
    """
    from communique.upkeep import backup as run

    err(f"{run(store, target)} documents kept in {target}")


@app.command(
    short_help="Put a copy in the place of a store.",
    epilog=examples("communique restore backups/2026-05-01", "communique restore backups/2026-05-01 --store out/store"),
)
def restore(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="What `communique backup` wrote.")],
    store: Annotated[Path, typer.Option("--store", metavar="DIR", help="The store to replace.")] = DEFAULT_STORE,
) -> None:
    """Put what a backup holds in the place of a store, whole or not at all; what the store held is gone then."""
    from communique.upkeep import restore as run

    err(f"{run(source, store)} documents in {store}")


@app.command(
    short_help="Say what was read, what failed and what is out of date.",
    epilog=examples("communique status", "communique status --json"),
)
def status(
    authority: Annotated[
        list[Path] | None,
        typer.Option(
            "--authority",
            metavar="FILE",
            help="Your own authority records, where they are others than at the last build.",
        ),
    ] = None,
    ner: Annotated[
        Ner | None, typer.Option("--ner", help="The model, where it is another than at the last build.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say how a store stands to its sources as they are now: how many, which failed and why, which are out of date.

    Every file is hashed. Documents count as out of date too where the program, its data or the authority records that
    the last build was given have changed since. Exit status 1 says that some failed or are out of date.
    """
    from communique.build import fingerprint
    from communique.upkeep import status as found

    with open_store(store) as opened:
        last = opened.options()
        records = authority if authority is not None else [Path(name) for name in last.get("authority", [])]
        now = found(opened, fingerprint(records, ner or Ner(last.get("ner", "none"))))
    if as_json:
        typer.echo(json.dumps(now.as_dict(), ensure_ascii=False, indent=1))
    else:
        typer.echo(f"revision   {now.revision}\ndocuments  {now.documents}\nsources    {now.sources}")
        typer.echo(f"failed     {len(now.failed)}\nstale      {len(now.stale)}")
        said = ", ".join(f"{number} {severity}" for severity, number in sorted(now.findings.items()))
        typer.echo(f"findings   {said or 'none'}")
        for entry in now.failed:
            typer.echo(f"{entry.source}: {entry.stage} failed: {entry.reason}")
        for each in now.stale:
            typer.echo(f"{each.source}: {each.reason}")
        if now.unrecorded:
            typer.echo(f"{now.unrecorded} documents have no source on record")
    raise typer.Exit(1 if now.failed or now.stale else 0)


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
