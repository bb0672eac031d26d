"""Measures a graph, or the program itself, on documents that a person has annotated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from communique.build import build
from communique.errors import CommuniqueError, DataError, UsageError
from communique.evaluate.annotations import Annotation, check, load
from communique.evaluate.compare import FIELDS, Comparison, Mistake, compare
from communique.evaluate.figures import Bin, Figures, calibration, figures
from communique.evaluate.found import GraphReader
from communique.model import Document, Finding
from communique.read import find_sources, read
from communique.store import Store


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a graph compares with annotations.

    ``failures`` names the documents that could not be built. ``least`` is the confidence below which nothing counts.
    """

    comparisons: tuple[Comparison, ...]
    figures: dict[str, Figures]
    failures: tuple[Finding, ...] = ()
    least: float = 0.0

    @property
    def calibration(self) -> dict[str, dict[str, Bin]]:
        """For each field whose facts have a confidence: how many of each range there are, and how many are right."""
        return calibration(self.comparisons)

    def mistakes(self, name: str) -> list[Mistake]:
        """Return what is wrong in a field, by document."""
        return [each for comparison in self.comparisons for each in comparison.mistakes if each.field == name]

    def below(self, minima: Mapping[str, float]) -> list[str]:
        """Return the fields whose F1 is below what is asked of them."""
        return [name for name, least in minima.items() if self.figures[name].f1 < least]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotations with the documents they are about; ``findings`` is what is wrong with them.

    An annotation whose form is wrong, or whose document cannot be read, is not among ``pairs``, and the corpus then not
    ``usable``: figures that silently leave documents out would mislead.
    """

    pairs: tuple[tuple[Annotation, Document], ...]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    usable: bool = True


def load_corpus(gold: Path, texts: Path) -> Corpus:
    """Read annotations and their documents, and check both.

    Args:
        gold: the folder of the annotations (``*.json``).
        texts: the folder of their documents.

    Raises:
        UsageError: a folder is not there, or there are no annotations.
    """
    if not texts.is_dir():
        raise UsageError("no such folder", where=str(texts), remedy="name the folder of the annotated documents")
    found, findings = load(gold)
    pairs: list[tuple[Annotation, Document]] = []
    paths: list[Path] = []
    for annotation in found:
        path = texts / annotation.file
        try:
            document = _document(path)
        except CommuniqueError as error:
            findings.append(Finding(annotation.source, "error", f"file: {error}"))
            continue
        pairs.append((annotation, document))
        paths.append(path)
    usable = not findings
    for annotation, document in pairs:
        findings += check(annotation, document.text)
    return Corpus(tuple(pairs), tuple(paths), tuple(findings), usable)


def _document(path: Path) -> Document:
    return next(iter(read(next(find_sources([path])))))


def evaluate(
    corpus: Corpus,
    *,
    graph: Path | None = None,
    store: Path | None = None,
    authority: Sequence[Path] = (),
    ner: str = "none",
    min_confidence: float = 0.0,
    samples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Compare a graph with annotations: a file's, a store's, or one that is built from the documents here and now.

    Args:
        corpus: the annotations with their documents.
        graph: a file of RDF, by default none.
        store: the folder of a store, by default none.
        authority: files with further authority records (CSV, Turtle), for building.
        ner: which statistical model proposes names, for building.
        min_confidence: leave out what the graph gives a lower confidence.
        samples: how many samples of documents the intervals rest on; 0 for no intervals.
        seed: what the samples are drawn with.

    Raises:
        UsageError: both a graph and a store are named, or one that is not there.
        DataError: the graph is not well-formed, or annotations are such that they cannot be compared with anything.
        StoreError: the store cannot be opened.
    """
    if not corpus.usable:
        raise DataError(str(corpus.findings[0].message), where=corpus.findings[0].source, remedy="correct it first")
    compared, failures = opened(corpus.paths, graph, store, authority, ner)
    with compared:
        reader = GraphReader(compared, min_confidence)
        comparisons = tuple(
            compare(annotation, reader.document(document.sha256), document.text)
            for annotation, document in corpus.pairs
        )
    return Evaluation(comparisons, figures(comparisons, samples, seed), failures, min_confidence)


def opened(
    paths: Sequence[Path], graph: Path | None, store: Path | None, authority: Sequence[Path], ner: str = "none"
) -> tuple[Store, tuple[Finding, ...]]:
    """Return what is measured: a file's graph, a store, or what is built of ``paths``, and what could not be built.

    Raises:
        UsageError: both a graph and a store are named, or one that is not there.
        DataError: the graph is not well-formed.
        StoreError: the store cannot be opened.
    """
    if graph is not None and store is not None:
        raise UsageError("both a graph and a store to evaluate", remedy="name one of them")
    if graph is not None:
        return _loaded(graph), ()
    if store is not None:
        return Store.open(store), ()
    built = build(paths, authority=authority, keep=False, ner=ner)
    failures = (Finding(each.source, "error", f"{each.stage} failed: {each.reason}") for each in built.report.failures)
    return built.open(), tuple(failures)


def known_field(name: str) -> str:
    """Return the name of a field as it is.

    Raises:
        UsageError: there is no such field.
    """
    if name not in FIELDS:
        raise UsageError(f"there is no field {name!r}", remedy=f"one of {', '.join(FIELDS)}")
    return name


def minimum(text: str) -> tuple[str, float]:
    """Return the field and the least F1 that ``FIELD=F1`` asks for.

    Raises:
        UsageError: it is not of that form.
    """
    name, _, value = text.partition("=")
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise UsageError(f"--min {text} names no F1", remedy="write --min FIELD=F1, such as issuer=0.9")
    return known_field(name.strip()), least


def _loaded(path: Path) -> Store:
    """Return a file of RDF as a store in memory."""
    form = pyoxigraph.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise UsageError(
            f"{path.suffix or 'no suffix'} is no RDF format", where=str(path), remedy="give .trig, .nq, .ttl, .nt, .rdf"
        )
    store = Store.memory()
    try:
        store.dataset.bulk_load(path=str(path), format=form)
    except SyntaxError as error:
        raise DataError(f"not well-formed: {error}", where=str(path), remedy="build the graph again") from error
    except OSError as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="give the path of a graph") from error
    return store
