"""The graph on disk or in memory: the only module that opens a dataset.

A store on disk is a folder of Oxigraph's (RocksDB) with one file of ours in it, ``communique.json``: the mark that the
folder is a store, which layout it has, and the base of its IRIs. The same file is the lock: a writer holds it alone,
readers share it. Oxigraph's own lock would let in one process only, and its read-only mode is undefined beside a
writer; with the shared lock, readers may use that mode, since none of them can meet a writer.

Oxigraph canonicalises literals when it stores them; the one change that the model would notice, the datatype of the
offsets, is undone on the way out (:func:`as_declared`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from communique.errors import NoStoreError, StoreError
from communique.vocab import CQ, DCTERMS, DEFAULT_BASE, NIF, PREFIXES, PROV, RDF, XSD

MARKER = "communique.json"
LAYOUT = 1
"""Version of the store's layout; a store of a later one is refused."""

FORMATS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}

Mode = Literal["read", "write"]

# What Oxigraph raises: a RuntimeError where RocksDB finds damage or an argument it does not like.
_FOREIGN = (OSError, RuntimeError)

_DOCUMENT = re.compile(r"[0-9a-f]{32}")
_TYPE = NamedNode(RDF + "type")
_SOURCE = NamedNode(DCTERMS + "source")
_GENERATED = NamedNode(PROV + "wasGeneratedBy")
_OFFSETS = frozenset((NIF + "beginIndex", NIF + "endIndex"))
_OFFSET_TYPE = NamedNode(XSD + "nonNegativeInteger")
_CLASSES = {
    "documents": CQ + "Document",
    "statements": CQ + "Statement",
    "events": CQ + "ReportedEvent",
    "demands": CQ + "Demand",
    "quotations": CQ + "Quotation",
    "characterizations": CQ + "Characterization",
}


class Store:
    """A dataset of named graphs: one for each document, and the shared ones (links, authority, provenance).

    Open one with :meth:`open` or :meth:`memory`; close it, or use it in a ``with`` block, so that the next process can
    have it. Every change is one transaction: it happens whole or not at all, also when the process is killed.
    """

    def __init__(
        self, dataset: pyoxigraph.Store, base: str, path: Path | None = None, lock: IO[str] | None = None
    ) -> None:
        """Wrap an open dataset; use :meth:`open` or :meth:`memory` instead."""
        self._dataset: pyoxigraph.Store | None = dataset
        self._lock = lock
        self.base = base
        self.path = path

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> Self:
        """Return a new, empty store in memory."""
        return cls(pyoxigraph.Store(), base)

    @classmethod
    def open(cls, path: str | Path, mode: Mode = "read", base: str | None = None) -> Self:
        """Open a store on disk.

        Args:
            path: the store's folder.
            mode: ``read`` shares the store with other readers; ``write`` has it alone and makes it where missing.
            base: what its IRIs begin with; asked only of a new store, compared with that of an old one.

        Raises:
            NoStoreError: there is no store to read.
            StoreError: it is in use, it is of a later layout or another base, or it cannot be
                opened or written.
        """
        path = Path(path)
        marker = path / MARKER
        try:
            if mode == "write" and not marker.exists():
                _found(path, base or DEFAULT_BASE)
            elif not marker.exists():
                raise _missing(path)
            lock = _locked(marker, mode)
            with _closing_on_error(lock):
                described = _described(marker, base)
                opened = pyoxigraph.Store.read_only(str(path)) if mode == "read" else pyoxigraph.Store(str(path))
        except _FOREIGN as error:
            raise _mapped(error, path) from error
        return cls(opened, described, path, lock)

    @property
    def dataset(self) -> pyoxigraph.Store:
        """The dataset itself, for queries and exports.

        Raises:
            StoreError: the store was closed.
        """
        if self._dataset is None:
            raise StoreError("the store was closed", where=str(self.path or "memory"), remedy="open it again")
        return self._dataset

    def close(self) -> None:
        """Flush and let go of the store and its lock; closing twice does no harm."""
        self._dataset = None  # the last reference: RocksDB closes its files with it
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    # -- names --------------------------------------------------------------------------------------------------

    def graph_name(self, name: str) -> NamedNode:
        """Return the IRI of a graph by its short name: a document's id, ``links``, ``authority``, ``provenance``."""
        return NamedNode(f"{self.base}graph/{name}")

    def graphs(self) -> list[str]:
        """Return the short names of all graphs, sorted."""
        start = f"{self.base}graph/"
        return sorted(g.value.removeprefix(start) for g in self.dataset.named_graphs() if g.value.startswith(start))

    def document_ids(self) -> list[str]:
        """Return the ids of the documents that have a graph, sorted."""
        return [name for name in self.graphs() if _DOCUMENT.fullmatch(name)]

    def __contains__(self, document_id: str) -> bool:
        """Return whether a document has a graph."""
        return self.dataset.contains_named_graph(self.graph_name(document_id))

    # -- changes ------------------------------------------------------------------------------------------------

    def add_document(self, document_id: str, quads: Iterable[Quad] | bytes, run: Iterable[Quad] = ()) -> None:
        """Write a document's graph in one transaction, in place of any graph that it had; keep its known sources.

        Args:
            document_id: the document's id.
            quads: the quads of its graph, or the same as N-Quads.
            run: quads of the provenance graph that say what made it; they replace what was said before.

        Raises:
            StoreError: the store cannot be written.
        """
        mine = list(pyoxigraph.parse(quads, format=RdfFormat.N_QUADS)) if isinstance(quads, bytes) else list(quads)
        graph = self.graph_name(document_id)
        with _mapping(self.path):
            if document_id not in self:
                self.dataset.extend([*mine, *run])
                return
            mine += self.dataset.quads_for_pattern(None, _SOURCE, None, graph)
            provenance = self.graph_name("provenance")
            forget = f"DELETE WHERE {{ GRAPH {provenance} {{ {graph} {_GENERATED} ?run }} }} ;"
            self.dataset.update(f"{forget} {_replacement(graph, mine)} ; {_insertion(run)}")

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction."""
        with _mapping(self.path):
            self.dataset.extend(quads)

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> bool:
        """Make a shared graph hold exactly these quads, in one transaction; return whether that changed anything."""
        graph, new = self.graph_name(name), set(quads)
        with _mapping(self.path):
            if new == set(self._read(graph)):
                return False
            self.dataset.update(_replacement(graph, new))
        return True

    def remove(self, document_id: str) -> bool:
        """Remove a document's graph and what the provenance says of it; return whether it was there."""
        graph, there = self.graph_name(document_id), document_id in self
        with _mapping(self.path):
            provenance = self.graph_name("provenance")
            self.dataset.update(
                f"DROP SILENT GRAPH {graph} ; DELETE WHERE {{ GRAPH {provenance} {{ {graph} ?p ?o }} }}"
            )
        return there

    # -- reading ------------------------------------------------------------------------------------------------

    def quads(self, name: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph by its short name, or of all graphs; by graph, each graph sorted."""
        for each in [name] if name is not None else self.graphs():
            yield from sorted(self._read(self.graph_name(each)), key=_order)

    def _read(self, graph: NamedNode) -> Iterator[Quad]:
        return map(as_declared, self.dataset.quads_for_pattern(None, None, None, graph))

    def sources(self, document_id: str) -> list[str]:
        """Return where a document was found (URLs, paths), sorted."""
        graph = self.graph_name(document_id)
        return sorted(plain(q.object) for q in self.dataset.quads_for_pattern(None, _SOURCE, None, graph))

    def generators(self) -> dict[str, str]:
        """Return for each document's id the IRI of the run that made its graph."""
        start = f"{self.base}graph/"
        found = self.dataset.quads_for_pattern(None, _GENERATED, None, self.graph_name("provenance"))
        return {plain(q.subject).removeprefix(start): plain(q.object) for q in found}

    def counts(self) -> dict[str, int]:
        """Return how many documents, statements, events, demands, quotations and characterizations there are."""
        pattern = self.dataset.quads_for_pattern
        return {name: sum(1 for _ in pattern(None, _TYPE, NamedNode(iri))) for name, iri in _CLASSES.items()}

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self.dataset)

    def dump(self, format: str, path: str | Path) -> None:
        """Write all graphs to a file, which is complete or not there: sorted, the same for the same graph.

        Args:
            format: ``trig`` or ``nquads``.
            path: the file.

        Raises:
            StoreError: the file cannot be written.
        """
        path = Path(path)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        with _mapping(path):
            try:
                with partial.open("wb") as out:
                    if format == "trig":
                        out.write(_header(self.base))
                        out = _WithoutHeader(out)  # type: ignore[assignment]
                    kind = FORMATS[format]
                    names = PREFIXES if format == "trig" else None
                    base = self.base if format == "trig" else None
                    pyoxigraph.serialize(self.quads(), out, kind, prefixes=names, base_iri=base)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)

    def nquads(self) -> bytes:
        """Return all graphs as N-Quads, in the order of :meth:`quads`."""
        return pyoxigraph.serialize(self.quads(), format=RdfFormat.N_QUADS) or b""


def plain(term: object) -> str:
    """Return the IRI of a node or the lexical form of a literal; what is neither has no short form and stays whole."""
    return term.value if isinstance(term, NamedNode | pyoxigraph.Literal) else str(term)


def as_declared(quad: Quad) -> Quad:
    """Return a quad as the model declares it: Oxigraph keeps an ``xsd:nonNegativeInteger`` as an ``xsd:integer``."""
    if quad.predicate.value not in _OFFSETS or not isinstance(quad.object, pyoxigraph.Literal):
        return quad
    return Quad(
        quad.subject, quad.predicate, pyoxigraph.Literal(quad.object.value, datatype=_OFFSET_TYPE), quad.graph_name
    )


def _order(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), quad.predicate.value, str(quad.object)


def _replacement(graph: NamedNode, quads: Iterable[Quad]) -> str:
    return f"DROP SILENT GRAPH {graph} ; {_insertion(quads)}"


def _insertion(quads: Iterable[Quad]) -> str:
    """Return an INSERT DATA; N-Triples terms are SPARQL terms too."""
    inner = "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
    return f"INSERT DATA {{ {inner} }}"


# -- the folder ---------------------------------------------------------------------------------------------------


def _found(path: Path, base: str) -> None:
    """Make a new store's folder and its marker; a folder with other things in it is left alone."""
    if path.is_dir() and any(path.iterdir()):
        raise StoreError(
            "the folder holds something else than a store", where=str(path), remedy="choose another output folder"
        )
    path.mkdir(parents=True, exist_ok=True)
    _write_marker(path, base)


def _write_marker(path: Path, base: str) -> None:
    text = json.dumps({"format": "communique store", "layout": LAYOUT, "base": base}, indent=1)
    (path / MARKER).write_text(f"{text}\n", encoding="utf-8")


def _described(marker: Path, base: str | None) -> str:
    """Return the base that a marker names; refuse another layout or base."""
    where = str(marker.parent)
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
        layout, known = int(found["layout"]), str(found["base"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"its file {MARKER} is damaged: {error}", where=where, remedy="build into a new folder"
        ) from error
    if layout > LAYOUT:
        raise StoreError("a later version of communique made it", where=where, remedy="update communique")
    if base is not None and base != known:
        raise StoreError(
            f"its IRIs begin with {known}, not {base}",
            where=where,
            remedy=f"build with --base {known}, or into another folder",
        )
    return known


def _locked(marker: Path, mode: Mode) -> IO[str]:
    """Return the marker, open and locked: alone for a writer, shared among readers."""
    handle = marker.open("r+" if mode == "write" else "r", encoding="utf-8")
    if sys.platform != "win32":
        import fcntl

        with _closing_on_error(handle):
            try:
                fcntl.flock(handle, (fcntl.LOCK_EX if mode == "write" else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise _busy(marker.parent) from error
    return handle


def _missing(path: Path) -> StoreError:
    """Return the error for a folder that is no store; an output folder has one in it."""
    inside = path / "store"
    near = f"did you mean {inside}?" if (inside / MARKER).exists() else ""
    return NoStoreError(
        "there is no store here",
        where=str(path),
        remedy=near or "run `communique build PATH...` first, or name one with --store",
    )


def _busy(path: Path) -> StoreError:
    return StoreError(
        "the store is in use by another process", where=str(path), remedy="wait until it has finished, or stop it"
    )


@contextlib.contextmanager
def _closing_on_error(handle: IO[str]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        handle.close()
        raise


@contextlib.contextmanager
def _mapping(path: Path | None) -> Iterator[None]:
    try:
        yield
    except _FOREIGN as error:
        raise _mapped(error, path) from error


def _mapped(error: OSError | RuntimeError, path: Path | None) -> StoreError:
    """Return a system error as a :class:`StoreError` that says what to do."""
    text = str(error)
    if path is not None and ("lock hold" in text or "While lock file" in text):
        return _busy(path)
    reason = (error.strerror if isinstance(error, OSError) else None) or text
    return StoreError(
        f"cannot be opened or written: {reason}",
        where=str(path or "memory"),
        remedy="check the path, its permissions and the free space",
    )


# -- TriG ---------------------------------------------------------------------------------------------------------


def _header(base: str) -> bytes:
    """Return the head of a TriG file: base and prefixes, whole and sorted (the serialiser's come in random order)."""
    lines = [f"@base <{base}> .", *(f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items()))]
    return ("\n".join(lines) + "\n\n").encode()


class _WithoutHeader:
    """A binary stream that drops the lines of the serialiser's own head and passes on everything after it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._head is None:
            return self._out.write(data)
        self._head += data
        self._pass(last=False)
        return len(data)

    def flush(self) -> None:
        if self._head is not None:
            self._pass(last=True)
        self._out.flush()

    def _pass(self, *, last: bool) -> None:
        lines = (self._head or b"").splitlines(keepends=True)
        for at, line in enumerate(lines):
            if not line.endswith(b"\n") and not last:
                self._head = b"".join(lines[at:])
                return
            if not line.startswith((b"@base", b"@prefix")):
                self._out.write(b"".join(lines[at:]))
                self._head = None
                return
        self._head = b""
