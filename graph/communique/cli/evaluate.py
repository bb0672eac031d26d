"""``communique evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.app import AuthorityOption, JsonOption, NerOption, app, err, examples
from communique.model import Ner

if TYPE_CHECKING:
    from communique.model import Finding

_TextsArgument = Annotated[Path, typer.Argument(metavar="TEXTS", help="The folder of the documents they are about.")]
_GraphOption = Annotated[
    Path | None,
    typer.Option("--graph", metavar="FILE", help="A graph to measure; without it the documents are built now."),
]
_MeasuredOption = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="A store to measure.")]


@app.command(
    short_help="Measure a graph on annotated documents.",
    epilog=examples(
        "communique evaluate gold/ texts/",
        "communique evaluate gold/ texts/ --graph output/graph.trig",
        "communique evaluate gold/ texts/ --errors recipient --calibration",
        "communique evaluate gold/ texts/ --min issuer=0.9 --min event=0.6",
        "communique evaluate gold/ texts/ --check",
    ),
)
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The folder of the annotations (JSON).")],
    texts: _TextsArgument,
    graph: _GraphOption = None,
    store: _MeasuredOption = None,
    authority: AuthorityOption = None,
    ner: NerOption = Ner.NONE,
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
        ner=ner.value,
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
        err(f"{name} falls short: F1 is {measured.figures[name].f1:.3f}, not {least[name]:g}")
    raise typer.Exit(1 if short or corpus.findings else 0)


def _print_fault(finding: Finding) -> None:
    words = f" [{finding.words[:80]}]" if finding.words else ""
    err(f"{finding.source}: {finding.message}{words}")


@app.command(
    "evaluate-places",
    short_help="Measure how places are linked to GeoNames.",
    epilog=examples(
        "communique evaluate-places places.csv texts/",
        "communique evaluate-places places.csv texts/ --errors",
        "communique evaluate-places places.csv texts/ --store output/store --min 0.9",
    ),
)
def evaluate_places(
    labels: Annotated[
        Path, typer.Argument(metavar="CSV", help="Places of documents, by hand: document, name, country, geonames.")
    ],
    texts: _TextsArgument,
    graph: _GraphOption = None,
    store: _MeasuredOption = None,
    authority: AuthorityOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the places that are linked wrongly, or not.")] = False,
    least: Annotated[
        float,
        typer.Option("--min", metavar="X", min=0, max=1, help="End with status 1 where less is right."),
    ] = 0.0,
    as_json: JsonOption = False,
) -> None:
    """Compare the GeoNames entries and countries of a graph's places with those that a person wrote beside them.

    Without --graph or --store the documents are built in memory, by this version. Exit status 1 says that the share of
    right entries, or of right countries, is below --min.
    """
    from communique import evaluate as evaluation

    found = evaluation.evaluate_places(
        evaluation.load_place_labels(labels), texts, graph=graph, store=store, authority=authority or []
    )
    typer.echo((evaluation.places_json if as_json else evaluation.places_text)(found, errors), nl=False)
    short = min(found.precision, found.country_share) < least
    raise typer.Exit(1 if short else 0)
