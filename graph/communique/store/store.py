"""The graph on disk or in memory: named graphs, changed one transaction at a time.

One process writes a store at a time and has it locked; any number of processes read, also while it writes: each gets
the latest checkpoint, which a writer makes when it closes the store (:mod:`communique.store.folder`). Oxigraph's own
read-only mode is undefined beside a writer; nobody can write to a checkpoint.

Oxigraph canonicalises literals when it stores them; the one change that the model would notice, the datatype of the
offsets, is undone on the way out (:func:`as_declared`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from communique.errors import StoreError
from communique.store import folder, manifest
from communique.store.folder import MARKER, UNFINISHED, Mode, mapping
from communique.store.manifest import Entry
from communique.store.spool import Spool
from communique.store.trig import WithoutHeader, header
from communique.vocab import CQ, DCTERMS, DEFAULT_BASE, NIF, PREFIXES, PROV, RDF, XSD

FORMATS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}

_DOCUMENT = re.compile(r"[0-9a-f]{32}")
_TYPE = NamedNode(RDF + "type")
_SOURCE = NamedNode(DCTERMS + "source")
_GENERATED = NamedNode(PROV + "wasGeneratedBy")
_REVISION = NamedNode(CQ + "revision")
_SETTLED = NamedNode(CQ + "settled")
_UNLINKED = NamedNode(CQ + "unlinked")
_INTEGER, _BOOLEAN = NamedNode(XSD + "integer"), NamedNode(XSD + "boolean")
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


_Subject = NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one source: it is committed whole or not at all.

    ``entry`` is what is on record of it from now on, ``None`` for a source that is withdrawn. ``graphs`` are the graphs
    of its documents that are new or are to replace those that the store has, as N-Quads; documents of the entry that
    are not among them are in the store already. ``quads`` go along: provenance, and the sources of such documents.
    """

    location: str
    entry: Entry | None = None
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    quads: Sequence[Quad] = ()


class Store:
    """A dataset of named graphs: one for each document, and the shared ones (links, authority, provenance).

    Open one with :meth:`open` or :meth:`memory`; close it, or use it in a ``with`` block, so that the next process can
    have it. Every change is one transaction: it happens whole or not at all, also when the process is killed.
    """

    def __init__(
        self,
        dataset: pyoxigraph.Store,
        base: str,
        path: Path | None = None,
        lock: IO[str] | None = None,
        *,
        writes: bool = True,
    ) -> None:
        """Wrap an open dataset; use :meth:`open` or :meth:`memory` instead."""
        self._dataset: pyoxigraph.Store | None = dataset
        self._lock = lock
        self._writes = writes
        self.base = base
        self.path = path
        self._book = self.graph_name("manifest")
        self._revision = max(self._ticks(), default=0)
        self._spool = Spool(path)

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> Self:
        """Return a new, empty store in memory."""
        return cls(pyoxigraph.Store(), base)

    @classmethod
    def open(cls, path: str | Path, mode: Mode = "read", base: str | None = None) -> Self:
        """Open a store on disk.

        Args:
            path: the store's folder.
            mode: ``read`` opens what the last writer left, also while another one writes; ``write`` has the store
                alone and makes it where missing.
            base: what its IRIs begin with; asked only of a new store, compared with that of an old one.

        Raises:
            NoStoreError: there is no store to read.
            StoreError: another process writes, it is of a later layout or another base, or it cannot be opened or
                written.
        """
        path = Path(path)
        try:
            folder.recover(path)
            if not (path / MARKER).exists():
                if mode == "read":
                    raise folder.missing(path)
                folder.found(path, base or DEFAULT_BASE)
            described, layout = folder.described(path, base)
            if mode == "read":
                where, lock = folder.to_read(path)
                with folder.closing_on_error(lock):
                    return cls(pyoxigraph.Store.read_only(str(where)), described, path, lock, writes=False)
            lock = folder.locked(path, "write")
            if layout < folder.LAYOUT:
                lock = folder.migrated(path, described, lock)
            with folder.closing_on_error(lock):
                (path / UNFINISHED).touch()
                folder.tidy(path)
                return cls(pyoxigraph.Store(str(path)), described, path, lock)
        except folder.FOREIGN as error:
            raise folder.mapped(error, path) from error

    def snapshot(self, folder_path: str | Path, *, bookkeeping: bool = True) -> Self:
        """Write a checkpoint of the store as it is now into a new folder, and return that, open to read.

        On the store's own file system that takes milliseconds and hardly any space (hard links to files that never
        change); elsewhere it is a copy. Whatever happens to this store then, the checkpoint stays as it is; its folder
        is the caller's to remove. Without ``bookkeeping`` it holds no manifest: for whoever must not learn the paths of
        the files that were read. Its revision is not known then.

        Raises:
            StoreError: the folder exists or cannot be written, or the store is one in memory.
        """
        target = Path(folder_path)
        if self.path is None:
            raise StoreError("a store in memory has no checkpoints", where="memory", remedy="build it into a folder")
        if target.exists():
            raise StoreError("it exists already", where=str(target), remedy="name a new folder")
        with mapping(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            folder.copy(target, self.base, self.dataset.backup if bookkeeping else self._backup_without_book)
        return type(self).open(target)

    def _backup_without_book(self, target: str) -> None:
        self.dataset.backup(target)
        copied = pyoxigraph.Store(target)
        copied.remove_graph(self._book)
        copied.flush()

    @classmethod
    def restore(cls, backup: str | Path, path: str | Path) -> None:
        """Put the store of a backup in the place of another, or where none is yet: whole or not at all.

        Its revision becomes higher than that of either, so that whoever watches it sees that something has changed.

        Raises:
            NoStoreError: the backup is no store.
            StoreError: another process writes one of the two, or something cannot be written.
        """
        path = Path(path)
        fresh = path.with_name(f".{path.name}.restored")
        with mapping(path):
            folder.recover(path)
            with contextlib.ExitStack() as stack:
                kept, revision = stack.enter_context(cls.open(backup)), 0
                if path.exists():
                    with cls.open(path) as before:
                        revision = before.revision
                    stack.enter_context(folder.locked(path, "write"))
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.rmtree(fresh, ignore_errors=True)
                folder.copy(fresh, kept.base, kept.dataset.backup)
                with cls.open(fresh, "write") as store:
                    store._revision = max(kept.revision, revision)
                    store._commit([])
                folder.exchange(fresh, path)

    def in_memory(self) -> Self:
        """Close the store and return a copy of it in memory, where aggregates over all of it are much faster."""
        copied = pyoxigraph.Store()
        copied.bulk_extend(self.dataset)
        self.close()
        return type(self)(copied, self.base, writes=False)

    @property
    def revision(self) -> int:
        """How often the store has been changed: every committed change raises it."""
        return self._revision

    @staticmethod
    def published(path: str | Path) -> int:
        """Return the revision that readers of a store would see now, -1 where it has never been written to the end.

        Costs a look into a folder: ask as often as you like whether there is something new to read.
        """
        return folder.published(Path(path))

    @property
    def identity(self) -> str:
        """What tells a store on disk from all others that are no copies of it; nothing for one in memory."""
        with contextlib.suppress(OSError):
            return (self.path / "IDENTITY").read_text(encoding="ascii").strip() if self.path else ""
        return ""

    @staticmethod
    def discard(snapshot: str | Path) -> bool:
        """Take a snapshot away, unless somebody reads it; return whether it is gone."""
        with contextlib.suppress(StoreError, OSError):
            if (Path(snapshot) / MARKER).exists():
                folder.locked(Path(snapshot), "write").close()
            shutil.rmtree(snapshot)
            return True
        return False

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
        """Let go of the store and its lock, after leaving readers a checkpoint; closing twice does no harm.

        What was collected and never flushed is dropped.
        """
        self._spool.drop()
        if self._writes and self.path is not None and self._dataset is not None:
            self._publish(self.path, self._dataset)
        self._dataset = None  # the last reference: RocksDB closes its files with it
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _publish(self, path: Path, dataset: pyoxigraph.Store) -> None:
        """Leave a checkpoint; where that fails (no space), the mark stays and readers take the store itself."""
        with contextlib.suppress(*folder.FOREIGN):
            if folder.published(path) != self._revision:
                folder.publish(path, self.base, self._revision, dataset.backup)
            (path / UNFINISHED).unlink(missing_ok=True)

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
        """Return the short names of all graphs, sorted, without the store's own bookkeeping (``manifest``)."""
        start = f"{self.base}graph/"
        names = (graph.value for graph in self.dataset.named_graphs() if graph != self._book)
        return sorted(name.removeprefix(start) for name in names if name.startswith(start))

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
        run = [*run, *self._to_link([document_id])]
        if document_id not in self:
            self._commit([*mine, *run])
            return
        with mapping(self.path):
            mine += self.dataset.quads_for_pattern(None, _SOURCE, None, graph)
        provenance = self.graph_name("provenance")
        forget = f"DELETE WHERE {{ GRAPH {provenance} {{ {graph} {_GENERATED} ?run }} }}"
        self._commit([*mine, *run], f"DROP SILENT GRAPH {graph} ; {forget}")

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction."""
        self._commit(quads)

    def change(self, remove: Iterable[Quad], add: Iterable[Quad]) -> None:
        """Remove quads and add quads in one transaction.

        Raises:
            StoreError: the store cannot be written.
        """
        self._commit(add, _deletion(remove))

    def add_many(self, quads: Iterable[Quad]) -> None:
        """Add very many quads, much faster than :meth:`add` but not as one transaction: for what can be made anew.

        Raises:
            StoreError: the store cannot be written.
        """
        with mapping(self.path):
            self.dataset.bulk_extend(quads)
        self._commit(())

    def clear_graph(self, name: str) -> None:
        """Remove all quads of a shared graph in one transaction."""
        self._commit((), f"DROP SILENT GRAPH {self.graph_name(name)}")

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> bool:
        """Make a shared graph hold exactly these quads, in one transaction; return whether that changed anything."""
        new = set(quads)
        with mapping(self.path):
            old = set(self._read(self.graph_name(name)))
        if new == old:
            return False
        self._commit([*(new - old), *self._to_link([name])], _deletion(old - new))
        return True

    def remove(self, document_id: str) -> bool:
        """Remove a document's graph and what the provenance says of it; return whether it was there."""
        if document_id not in self:
            return False
        self._commit(self._to_link([document_id]), " ; ".join(self._dropped(document_id)))
        return True

    def commit(self, changes: Sequence[Change]) -> None:
        """Make the changes of some sources: each is one transaction; together they are one where nothing has to go.

        A document that a source no longer yields goes with its graph, unless another source on record holds it.

        Raises:
            StoreError: the store cannot be written (no space, for example): what was committed before stays.
        """
        if all(map(self.only_adds, changes)):
            for change in changes:
                self.collect(change)
            self.flush()
            return
        for change in changes:
            self._commit(self._added(change), " ; ".join(self._cleared(change)))

    def collect(self, change: Change) -> None:
        """Take in a change that only adds; :meth:`flush` commits it with all others that were collected.

        Raises:
            StoreError: the disk is full.
        """
        said = pyoxigraph.serialize(self._said(change), format=RdfFormat.N_QUADS) or b""
        with mapping(self.path):
            self._spool.write(b"".join((*change.graphs.values(), said)))

    @property
    def collected(self) -> int:
        """How many quads wait to be committed."""
        return self._spool.quads

    def flush(self) -> None:
        """Commit what was collected, at once: RocksDB takes in all files of a bulk load or none.

        Raises:
            StoreError: the store cannot be written (no space, for example): what was committed before stays.
        """
        if not self.collected:
            return
        tick = self._revision + 1
        with mapping(self.path):
            self._spool.write(pyoxigraph.serialize([self._tick(tick)], format=RdfFormat.N_QUADS) or b"")
            self._spool.load(self.dataset)
        self._revision = tick

    def only_adds(self, change: Change) -> bool:
        """Return whether a change takes nothing away: many such are committed together at half the cost."""
        node = manifest.node(self.base, change.location)
        known = any(self.dataset.quads_for_pattern(node, manifest.ENTRY, None, self._book))
        return change.entry is not None and not known and not any(name in self for name in change.graphs)

    def withdraw(self, documents: Iterable[str]) -> None:
        """Take documents out, in one transaction, and off the record of every source that holds them."""
        gone, before, entries = set(documents), [], {}
        for name in sorted(gone):
            before += self._dropped(name)
            for holder in self._holders(name):
                entries[holder.location] = holder
        kept: list[Quad] = []
        for entry in entries.values():
            before.append(self._forgotten(entry.location))
            rest = {name: source for name, source in entry.documents.items() if name not in gone}
            if rest:
                kept += manifest.quads(replace(entry, documents=rest), self.base, self._book)
        self._commit([*kept, *self._to_link(gone)], " ; ".join(before))

    def _added(self, change: Change) -> list[Quad]:
        found = list(self._said(change))
        for name, graph in change.graphs.items():
            found += pyoxigraph.parse(graph, format=RdfFormat.N_QUADS)
            found += self.dataset.quads_for_pattern(None, _SOURCE, None, self.graph_name(name))
        old = self.entry(change.location)
        found += self._to_link(old.documents if old is not None else ())
        left = {quad for name in old.documents for quad in self._left(name, change, old)} if old else set()
        return [quad for quad in found if quad not in left]

    def _said(self, change: Change) -> Iterator[Quad]:
        yield from change.quads
        yield from self._to_link(change.graphs)
        if change.entry is not None:
            yield from manifest.quads(change.entry, self.base, self._book)

    def _cleared(self, change: Change) -> Iterator[str]:
        """Yield the updates that make room for a change."""
        old, new = self.entry(change.location), change.entry.documents if change.entry is not None else {}
        if old is not None:
            yield self._forgotten(old.location)
            for name in old.documents:
                if name in new or self._others(name, old.location):
                    if data := _data(self._left(name, change, old)):
                        yield f"DELETE DATA {{ {data} }}"
                else:
                    yield from self._dropped(name)
        provenance = self.graph_name("provenance")
        for name in change.graphs:
            graph = self.graph_name(name)
            yield f"DROP SILENT GRAPH {graph}"
            yield f"DELETE WHERE {{ GRAPH {provenance} {{ {graph} {_GENERATED} ?run }} }}"

    def _left(self, name: str, change: Change, old: Entry) -> list[Quad]:
        """Return the quad by which a document names a source of its that it no longer has."""
        source = old.documents[name]
        kept = {entry.documents.get(name) for entry in self._others(name, old.location)}
        kept.add(change.entry.documents.get(name) if change.entry is not None else None)
        if source in kept:
            return []
        found = self.dataset.quads_for_pattern(None, _SOURCE, None, self.graph_name(name))
        return [quad for quad in found if plain(quad.object) == source]

    def _dropped(self, name: str) -> list[str]:
        graph, provenance = self.graph_name(name), self.graph_name("provenance")
        return [f"DROP SILENT GRAPH {graph}", f"DELETE WHERE {{ GRAPH {provenance} {{ {graph} ?p ?o }} }}"]

    def _forgotten(self, location: str) -> str:
        return f"DELETE WHERE {{ GRAPH {self._book} {{ {manifest.node(self.base, location)} ?p ?o }} }}"

    def _others(self, name: str, location: str) -> list[Entry]:
        return [entry for entry in self._holders(name) if entry.location != location]

    def _holders(self, name: str) -> list[Entry]:
        """Return the entries of the sources that hold a document."""
        document = NamedNode(f"{self.base}doc/{name}")
        found = self.dataset.quads_for_pattern(None, manifest.YIELDED, document, self._book)
        nodes = [quad.subject for quad in found]
        return [manifest.parsed(plain(quad.object)) for node in nodes for quad in self._entries(node)]

    def _entries(self, node: _Subject | None) -> Iterator[Quad]:
        return iter(self.dataset.quads_for_pattern(node, manifest.ENTRY, None, self._book))

    def _commit(self, quads: Iterable[Quad], before: str = "") -> None:
        """Make one transaction of a SPARQL update (if any), the quads to add after it, and the next revision."""
        tick = self._revision + 1
        added = [*quads, self._tick(tick)]
        with mapping(self.path):
            if before:
                old = f"DELETE WHERE {{ GRAPH {self._book} {{ {self._book} {_REVISION} ?old }} }}"
                self.dataset.update(f"{before} ; {old} ; {_insertion(added)}")
            else:  # much the faster way, but it can only add: older ticks stay until the next update
                self.dataset.extend(added)
        self._revision = tick

    def _tick(self, number: int) -> Quad:
        return Quad(self._book, _REVISION, pyoxigraph.Literal(str(number), datatype=_INTEGER), self._book)

    # -- bookkeeping --------------------------------------------------------------------------------------------

    def entry(self, location: str) -> Entry | None:
        """Return what is on record of a source."""
        node = manifest.node(self.base, location)
        return next((manifest.parsed(plain(quad.object)) for quad in self._entries(node)), None)

    def entries(self) -> Iterator[Entry]:
        """Yield what is on record of every source, in no order."""
        return (manifest.parsed(plain(quad.object)) for quad in self._entries(None))

    def held(self, document_id: str, *, beside: str) -> bool:
        """Return whether another source than the one at a location holds a document."""
        return bool(self._others(document_id, beside))

    def failures(self) -> list[Entry]:
        """Return the entries of the sources whose last reading failed, by source."""
        nodes = [q.subject for q in self.dataset.quads_for_pattern(None, manifest.FAILURE, None, self._book)]
        found = [manifest.parsed(plain(quad.object)) for node in nodes for quad in self._entries(node)]
        return sorted(found, key=lambda entry: (entry.source, entry.location))

    def settled(self, by: str = "") -> bool:
        """Return whether the shared graphs are up to date: by the given means, or by any."""
        found = self.dataset.quads_for_pattern(self._book, _SETTLED, None, self._book)
        marks = [plain(quad.object).split(" ", 1) for quad in found]
        return any(revision == str(self._revision) and by in ("", means) for revision, means in marks)

    def settle(self, by: str, quads: Iterable[Quad] = ()) -> None:
        """Put on record that the shared graphs are up to date, and by what means; ``quads`` go along."""
        mark = pyoxigraph.Literal(f"{self._revision + 1} {by}")
        old = f"DELETE WHERE {{ GRAPH {self._book} {{ {self._book} {_SETTLED} ?old }} }}"
        self._commit([*quads, Quad(self._book, _SETTLED, mark, self._book)], old)

    def unlinked(self) -> list[str]:
        """Return the short names of the graphs that came, changed or went since :meth:`note_linked`, sorted."""
        start = f"{self.base}graph/"
        found = self.dataset.quads_for_pattern(None, _UNLINKED, None, self._book)
        return sorted({plain(quad.subject).removeprefix(start) for quad in found})

    def note_linked(self, quads: Iterable[Quad] = ()) -> None:
        """Put on record that the links are those of all graphs as they are now; ``quads`` go along."""
        self._commit(quads, f"DELETE WHERE {{ GRAPH {self._book} {{ ?graph {_UNLINKED} ?any }} }}")

    def _to_link(self, names: Iterable[str]) -> Iterator[Quad]:
        """Yield what puts on record that the links of graphs have to be made anew."""
        yes = pyoxigraph.Literal("true", datatype=_BOOLEAN)
        return (Quad(self.graph_name(name), _UNLINKED, yes, self._book) for name in names)

    def options(self) -> dict[str, Any]:
        """Return the options of the last build that decide how documents are read; empty where none is on record."""
        found = self.dataset.quads_for_pattern(self._book, manifest.OPTIONS, None, self._book)
        return next((dict(json.loads(plain(quad.object))) for quad in found), {})

    def remember(self, options: Mapping[str, Any]) -> None:
        """Put on record the options that decide how documents are read, in place of those before.

        Raises:
            StoreError: the store cannot be written.
        """
        if options != self.options():
            text = pyoxigraph.Literal(json.dumps(options, sort_keys=True))
            old = f"DELETE WHERE {{ GRAPH {self._book} {{ {self._book} {manifest.OPTIONS} ?old }} }}"
            self._commit([Quad(self._book, manifest.OPTIONS, text, self._book)], old)

    def _ticks(self) -> Iterator[int]:
        found = self.dataset.quads_for_pattern(self._book, _REVISION, None, self._book)
        return (int(plain(quad.object)) for quad in found)

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

    def generator(self, document_id: str) -> str:
        """Return the IRI of the run that made a document's graph, empty where nothing says so."""
        found = self.dataset.quads_for_pattern(
            self.graph_name(document_id), _GENERATED, None, self.graph_name("provenance")
        )
        return next((plain(quad.object) for quad in found), "")

    def counts(self) -> dict[str, int]:
        """Return how many documents, statements, events, demands, quotations and characterizations there are."""
        pattern = self.dataset.quads_for_pattern
        return {name: sum(1 for _ in pattern(None, _TYPE, NamedNode(iri))) for name, iri in _CLASSES.items()}

    def __len__(self) -> int:
        """Return the number of quads in all graphs but the bookkeeping."""
        return len(self.dataset) - sum(1 for _ in self.dataset.quads_for_pattern(None, None, None, self._book))

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
        with mapping(path):
            try:
                with partial.open("wb") as out:
                    if format == "trig":
                        out.write(header(self.base))
                        out = WithoutHeader(out)  # type: ignore[assignment]
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


def _insertion(quads: Iterable[Quad]) -> str:
    return f"INSERT DATA {{ {_data(quads)} }}"


def _deletion(quads: Iterable[Quad]) -> str:
    """Return the update that takes quads away; nothing for none."""
    data = _data(quads)
    return f"DELETE DATA {{ {data} }}" if data else ""


def _data(quads: Iterable[Quad]) -> str:
    """Return quads as SPARQL Update has them; N-Triples terms are SPARQL terms too."""
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
