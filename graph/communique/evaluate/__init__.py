"""How good a graph is: what it says against what people have annotated, field by field.

::

    annotations + documents -> Corpus -> evaluate (graph, store or a build of now) -> Evaluation -> report

``docs/evaluation.md`` describes the annotations and defines the figures.
"""

from communique.evaluate.compare import FIELDS, Comparison, Count, Grade, Mistake
from communique.evaluate.evaluation import Corpus, Evaluation, evaluate, known_field, load_corpus, minimum
from communique.evaluate.figures import Bin, Figures
from communique.evaluate.report import as_json, text

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
    "as_json",
    "evaluate",
    "known_field",
    "load_corpus",
    "minimum",
    "text",
]
