"""How good a graph is: what it says against what people have annotated, field by field.

::

    annotations + documents -> Corpus -> evaluate (graph, store or a build of now) -> Evaluation -> report

``docs/evaluation.md`` describes the annotations and defines the figures.
"""

from communique.evaluate.compare import FIELDS, Comparison, Count, Grade, Mistake
from communique.evaluate.evaluation import Corpus, Evaluation, evaluate, known_field, load_corpus, minimum
from communique.evaluate.figures import Bin, Figures
from communique.evaluate.places import PlaceFigures, PlaceLabel, PlaceMistake, evaluate_places, load_place_labels
from communique.evaluate.report import as_json, places_json, places_text, text

__all__ = [
    "FIELDS",
    "Bin",
    "Comparison",
    "Corpus",
    "Count",
    "Evaluation",
    "Figures",
    "Grade",
    "Mistake",
    "PlaceFigures",
    "PlaceLabel",
    "PlaceMistake",
    "as_json",
    "evaluate",
    "evaluate_places",
    "known_field",
    "load_corpus",
    "load_place_labels",
    "minimum",
    "places_json",
    "places_text",
    "text",
]
