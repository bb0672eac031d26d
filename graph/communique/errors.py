"""One hierarchy of errors; foreign errors are mapped once, at the boundary where they arise.

::

    CommuniqueError              exit status 1
    ├── UsageError               exit status 2: the call is wrong (unknown query, bad option, no such file)
    ├── ReadError                a document cannot be read: empty, binary, too large, no text in it
    ├── DataError                a data file is malformed (authority records, lexicon, query header)
    ├── StoreError               the store cannot be opened, is locked, or cannot be written
    │   └── NoStoreError         exit status 2: there is no store where one is to be read
    ├── QueryError               a SPARQL query is malformed, refused or fails
    │   ├── QueryTimeoutError    it ran past its time limit
    │   └── QueryLimitError      its answer is larger than allowed
    └── ExportError              a format cannot be written (missing renderer, empty selection)

Every error says three things: what file or object, where in it, and what to do about it.
"""

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of all errors that a user can act on.

    ``message`` says what is wrong, ``where`` names the file and the place in it, ``remedy`` says what to do.
    ``exit_status`` is what the command line ends with.
    """

    exit_status = 1

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Return ``where: message (remedy)`` on one line, leaving out what is empty."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.remedy})" if self.remedy else head

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keyword arguments, so that an error keeps its place when a worker process raises it."""
        return (_rebuild, (type(self), self.message, self.where, self.remedy))


def _rebuild(kind: type[CommuniqueError], message: str, where: str, remedy: str) -> CommuniqueError:
    return kind(message, where=where, remedy=remedy)


class UsageError(CommuniqueError):
    """The call itself is wrong: an unknown name, a bad option, a path that does not exist."""

    exit_status = 2


class ReadError(CommuniqueError):
    """A document cannot be read: empty, binary, too large, or without text."""


class DataError(CommuniqueError):
    """A data file (authority records, lexicon, query header, shapes) is malformed."""


class StoreError(CommuniqueError):
    """The store cannot be opened, is locked by another process, or cannot be written."""


class NoStoreError(StoreError):
    """There is no store where one is to be read."""

    exit_status = 2


class QueryError(CommuniqueError):
    """A SPARQL query is malformed, refused, or fails."""


class QueryTimeoutError(QueryError):
    """A SPARQL query ran past its time limit."""


class QueryLimitError(QueryError):
    """A SPARQL query's answer has more rows or bytes than allowed."""


class ExportError(CommuniqueError):
    """A format cannot be written: a renderer is missing or there is nothing to write."""
