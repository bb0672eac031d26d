"""What people have decided about entities and facts: one plain file that is only ever appended to.

Each line of the file is one decision as JSON, so that it can be shared, versioned and reviewed like code::

    {"id": "5f0c...", "time": "2026-03-02T09:15:00.000000Z", "by": "mira", "kind": "same", "a": "...", "b": "..."}

What stands is defined by the *set* of lines, whatever their order (see ``docs/resolution.md``):

- ``same``, ``different`` and ``unsure`` judge a pair of entities, ``a`` and ``b``, by IRI; of several judgements of one
  pair the latest counts (by time, then by id);
- ``split`` takes one entity, ``a``, out of whatever it was joined with: earlier judgements ``same`` of it no longer
  count, and it joins others again only where a later one says so;
- ``flag`` says that a fact, ``a``, is wrong or doubtful, and why (``note``);
- ``undo`` takes back the decision whose id ``undoes`` names, be it an ``undo`` too.

A line is written and flushed to the disk as a whole. Where a process was killed while it wrote, the torn last line is
left out and cut off by the next write: no other decision is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Self, get_args

from communique.errors import DataError, StoreError, UsageError

Kind = Literal["same", "different", "unsure", "split", "flag", "undo"]
Pair = tuple[str, str]
"""Two IRIs, the smaller one first."""

FILE = "decisions.jsonl"
MAX_LINE = 20_000
"""Bytes that a line may have: what is longer was not written by this program."""
MAX_NOTE = 4_000
_PAIRED = ("same", "different", "unsure")
_FIELDS = ("id", "time", "by", "kind", "a", "b", "note", "undoes")
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One line of the file; decisions sort by time, then by id."""

    time: str
    id: str
    kind: Kind = field(compare=False)
    by: str = field(compare=False)
    a: str = field(default="", compare=False)
    b: str = field(default="", compare=False)
    note: str = field(default="", compare=False)
    undoes: str = field(default="", compare=False)

    @property
    def pair(self) -> Pair:
        """The two entities that are judged, the smaller IRI first."""
        return (self.a, self.b) if self.a <= self.b else (self.b, self.a)

    def as_dict(self) -> dict[str, str]:
        """Return what the line holds; empty fields are left out."""
        return {name: value for name in _FIELDS if (value := str(getattr(self, name)))}

    @property
    def told(self) -> str:
        """Who decided it and when, in words, with the note."""
        return f"decided by {self.by} on {self.time[:10]}" + (f": {self.note}" if self.note else "")


def beside(store: Path) -> Path:
    """Return where the decisions about a store on disk are kept unless another file is named: beside its folder."""
    return Path(store).resolve().parent / FILE


class Decisions:
    """The decisions of one file, and what stands of them.

    Several processes may write to one file: each takes a lock for the moment of writing, and first reads what others
    have added.
    """

    def __init__(self, entries: Iterable[Decision] = (), path: Path | None = None) -> None:
        """Hold decisions in memory; :meth:`load` reads a file and writes to it."""
        self.path = path
        self._known = {each.id: each for each in entries}
        self._read_to = 0
        self._lines = 0

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a file of decisions; one that does not exist is made by the first decision.

        Raises:
            DataError: a line is no decision; the error names it.
            StoreError: the file cannot be read.
        """
        found = cls(path=Path(path))
        found.refresh()
        return found

    @property
    def entries(self) -> list[Decision]:
        """All decisions, undone ones too, oldest first."""
        return sorted(self._known.values())

    def __len__(self) -> int:
        """Return how many decisions there are, undone ones too."""
        return len(self._known)

    def __contains__(self, id: object) -> bool:
        """Return whether there is a decision of this id."""
        return id in self._known

    def refresh(self) -> None:
        """Read what was added to the file since it was last read.

        Raises:
            DataError: a line is no decision.
            StoreError: the file cannot be read.
        """
        if self.path is None:
            return
        try:
            with self.path.open("rb") as handle:
                self._catch_up(handle.fileno())
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unusable(self.path, error) from error

    # -- deciding -----------------------------------------------------------------------------------------------

    def judge(self, kind: Kind, a: str, b: str, *, by: str, note: str = "") -> Decision:
        """Say that two entities are the ``same`` or ``different``, or that one cannot tell (``unsure``).

        Raises:
            UsageError: the kind is none of these, or the IRIs are not two.
            StoreError: the file cannot be written.
        """
        if kind not in _PAIRED:
            raise UsageError(f"{kind!r} is no judgement of a pair", remedy=f"one of {', '.join(_PAIRED)}")
        return self._decide(kind, by, a=a, b=b, note=note)

    def split(self, a: str, *, by: str, note: str = "") -> Decision:
        """Take an entity out of whatever it was joined with.

        Raises:
            UsageError: it is no IRI.
            StoreError: the file cannot be written.
        """
        return self._decide("split", by, a=a, note=note)

    def flag(self, fact: str, note: str, *, by: str) -> Decision:
        """Say that a fact is wrong or doubtful, and why.

        Raises:
            UsageError: it is no IRI.
            StoreError: the file cannot be written.
        """
        return self._decide("flag", by, a=fact, note=note)

    def undo(self, id: str, *, by: str = "") -> Decision:
        """Take back a decision.

        Raises:
            UsageError: there is no such decision, or it has been taken back already.
            StoreError: the file cannot be written.
        """
        self.refresh()
        if id not in self._known:
            raise UsageError(f"there is no decision {id!r}", remedy="`communique review --list` shows them with ids")
        if id not in self._standing():
            raise UsageError(f"the decision {id} has been taken back already", remedy="undo the undo to restore it")
        return self._decide("undo", by or self._known[id].by, undoes=id)

    def add(self, entries: Iterable[Decision]) -> int:
        """Take over decisions of another file; return how many of them were new."""
        with self._writing() as write:
            new = sorted({each.id: each for each in entries if each.id not in self._known}.values())
            write(new)
        return len(new)

    def write(self, path: str | Path) -> None:
        """Write all decisions to a file of their own, oldest first; it is complete or not there.

        Raises:
            StoreError: it cannot be written.
        """
        path = Path(path)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            partial.write_bytes(b"".join(map(_line, self.entries)))
            partial.replace(path)
        except OSError as error:
            raise _unusable(path, error) from error

    # -- what stands --------------------------------------------------------------------------------------------

    def standing(self) -> list[Decision]:
        """Return the decisions that nobody has taken back, without the undos, oldest first."""
        standing = self._standing()
        return sorted(each for each in self._known.values() if each.id in standing and each.kind != "undo")

    def pairs(self) -> dict[Pair, Decision]:
        """Return the judgement that counts of each judged pair, by pair.

        A later ``split`` of either entity sets a judgement ``same`` aside.
        """
        splits = self.splits()
        found: dict[Pair, Decision] = {}
        for each in self.standing():
            if each.kind in _PAIRED:
                found[each.pair] = each
        return {
            pair: each
            for pair, each in sorted(found.items())
            if each.kind != "same" or all(splits[end] < each for end in pair if end in splits)
        }

    def splits(self) -> dict[str, Decision]:
        """Return the latest split of each entity that was split off, by IRI."""
        return {each.a: each for each in self.standing() if each.kind == "split"}

    def flags(self) -> list[Decision]:
        """Return the flags that stand, oldest first."""
        return [each for each in self.standing() if each.kind == "flag"]

    def _standing(self) -> set[str]:
        """Return the ids of decisions that stand: no undo that stands names them. Undos in a circle do not stand."""
        undone_by: dict[str, list[str]] = {}
        for each in self._known.values():
            if each.kind == "undo":
                undone_by.setdefault(each.undoes, []).append(each.id)
        open_questions = {id: len(undone_by.get(id, ())) for id in self._known}
        undone: set[str] = set()
        settled = [id for id, count in open_questions.items() if not count]
        for id in settled:  # grows while it is read: a decision is settled once all undos of it are
            target = self._known[id].undoes
            if target not in open_questions:
                continue
            if id not in undone:
                undone.add(target)
            open_questions[target] -= 1
            if not open_questions[target]:
                settled.append(target)
        return set(settled) - undone

    # -- the file -----------------------------------------------------------------------------------------------

    def _decide(self, kind: Kind, by: str, a: str = "", b: str = "", note: str = "", undoes: str = "") -> Decision:
        with self._writing() as write:
            last = max((each.time for each in self._known.values()), default="")
            made = Decision(_after(last), secrets.token_hex(8), kind, by, a, b, note, undoes)
            fault = _fault(made)
            if fault:
                raise UsageError(fault, where=f"decision {kind}", remedy="name entities by their whole IRI")
            write([made])
        return made

    @contextlib.contextmanager
    def _writing(self) -> Iterator[_Write]:
        """Give a function that appends decisions, while no other process writes and all that others wrote is known."""
        if self.path is None:
            yield _Write(self._known, None)
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new = not self.path.exists()
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock(handle)
                self._catch_up(handle)
                yield _Write(self._known, handle)
                if new:
                    _sync_folder(self.path.parent)
            finally:
                os.close(handle)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _catch_up(self, handle: int) -> None:
        """Read on from where reading ended, and stand after the last decision; what is torn is the writer's to cut."""
        if os.fstat(handle).st_size < self._read_to:
            self._known, self._read_to, self._lines = {}, 0, 0  # another file was put in its place
        os.lseek(handle, self._read_to, os.SEEK_SET)
        data = b""
        while chunk := os.read(handle, 1 << 20):
            data += chunk
        *whole, last = data.split(b"\n")
        for line in whole:
            self._lines += 1
            if line.strip():
                self._keep(_parsed(line, f"{self.path}, line {self._lines}"))
        self._read_to += len(data) - len(last)
        with contextlib.suppress(DataError):  # torn; or whole, and only the line's end is missing
            self._keep(_parsed(last, str(self.path)))
            self._read_to += len(last)
        os.lseek(handle, self._read_to, os.SEEK_SET)

    def _keep(self, decision: Decision) -> None:
        self._known[decision.id] = decision


class _Write:
    """Appends decisions to what is known and to the open file, which stands where its last whole line ends."""

    def __init__(self, known: dict[str, Decision], handle: int | None) -> None:
        self.known, self.handle = known, handle

    def __call__(self, entries: list[Decision]) -> None:
        if self.handle is not None and entries:
            end = os.lseek(self.handle, 0, os.SEEK_CUR)
            os.ftruncate(self.handle, end)
            if end and os.pread(self.handle, 1, end - 1) != b"\n":
                os.write(self.handle, b"\n")
            for each in entries:
                os.write(self.handle, _line(each))
            os.fsync(self.handle)
        self.known.update({each.id: each for each in entries})


def _line(decision: Decision) -> bytes:
    return json.dumps(decision.as_dict(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _parsed(line: bytes, where: str) -> Decision:
    """Return the decision of a line.

    Raises:
        DataError: it is none.
    """
    try:
        found = json.loads(line) if len(line) <= MAX_LINE else None
    except ValueError:
        found = None
    fault = "it is no JSON object with text in its fields"
    if isinstance(found, dict) and all(isinstance(found.get(name, ""), str) for name in _FIELDS):
        made = Decision(**{name: found.get(name, "") for name in _FIELDS})
        fault = _fault(made)
    if fault:
        raise DataError(f"no decision: {fault}", where=where, remedy="correct the line or delete it")
    return made


def _fault(decision: Decision) -> str:
    """Return what keeps a decision from being one, or nothing."""
    if decision.kind not in get_args(Kind):
        return f"{decision.kind!r} is none of the kinds {', '.join(get_args(Kind))}"
    if not decision.id or not _moment(decision.time) or not decision.by.strip():
        return "it needs an id, a time in UTC (2026-03-02T09:15:00.000000Z) and who decided (by)"
    if len(decision.note) > MAX_NOTE:
        return f"its note is longer than {MAX_NOTE} characters"
    if decision.kind == "undo":
        return "" if decision.undoes else "it names no decision that it undoes"
    named = (decision.a, decision.b) if decision.kind in _PAIRED else (decision.a,)
    if not all(_IRI.fullmatch(each) for each in named):
        return f"{next(each for each in named if not _IRI.fullmatch(each))!r} is no IRI"
    return "a and b are one entity" if decision.kind in _PAIRED and decision.a == decision.b else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME)
    except ValueError:
        return None


def _after(last: str) -> str:
    """Return the time now, or the moment after the last decision where a clock stands still or goes back."""
    now = datetime.now(UTC).replace(tzinfo=None)
    before = _moment(last)
    if before is not None and now <= before:
        now = before + timedelta(microseconds=1)
    return now.strftime(_TIME)


def _lock(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _sync_folder(folder: Path) -> None:
    """Flush a folder's own entries, so that a new file is there after a crash."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unusable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the file of decisions cannot be read or written: {error.strerror or error}",
        where=str(path),
        remedy="check the path, its permissions and the free space",
    )
