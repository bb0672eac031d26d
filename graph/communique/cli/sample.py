"""``communique evaluate-links`` and ``sample``: how well entities are told apart, counted by anybody."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from communique.cli.app import DEFAULT_STORE, JsonOption, StoreOption, app, err, examples, open_store

_ERRORS = 20


@app.command(
    name="evaluate-links",
    short_help="Measure who was taken for whom.",
    epilog=examples(
        "communique evaluate-links clusters.csv",
        "communique evaluate-links clusters.csv --store out/store --errors 100",
        "communique evaluate-links clusters.csv --json",
    ),
)
def evaluate_links(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns entity (an IRI) and cluster.")],
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="So many errors are listed.")] = _ERRORS,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Compare canonical nodes with clusters that people made: pairwise and B3 precision and recall, and the errors.

    Each row of the file says to which cluster (any name) an entity belongs; `communique sample links` and
    `communique query entities` give entities. Other columns are free.
    """
    from communique.evaluate.clusters import measure_store

    with open_store(store) as opened:
        found = measure_store(opened, file)
        base = opened.base
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{found.entities} entities in {found.clusters} clusters")
    for name, figures in (("pairwise", found.pairwise), ("B3", found.b3)):
        typer.echo(f"{name:9} precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}")
    for each in found.errors[:errors]:
        labels = each.labels[0] if each.kind == "missed" else " and ".join(each.labels)
        ends = ", ".join(end.removeprefix(base) for end in each.example)
        typer.echo(f"{each.kind}: {labels} ({each.pairs} pairs): {ends}")
    if found.unknown:
        err(f"{len(found.unknown)} entities of the file are not in the graph, {found.unknown[0]} for one")


@app.command(
    short_help="Draw entities or links for a person to judge.",
    epilog=examples(
        "communique sample entities --count 500 --seed 7 > entities.csv",
        "communique sample links --count 200 --seed 7 > links.csv",
    ),
)
def sample(
    what: Annotated[Literal["entities", "links"], typer.Argument(metavar="entities|links", help="What is drawn.")],
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help="How many.")] = 500,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed draws the same.")] = 0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a random sample as CSV, each row with the sentences that it rests on and an empty column to fill in.

    `entities` draws canonical nodes (are they junk?), `links` draws entities with what they were joined with (is that
    wrong?). Counting the filled column gives the share of errors on a corpus of your own.
    """
    from communique.evaluate.sample import sample_entities, sample_links

    with open_store(store) as opened:
        drawn = (sample_entities if what == "entities" else sample_links)(opened, count, seed, sys.stdout)
    err(f"{drawn} {what} drawn")
