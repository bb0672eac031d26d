"""One thing to read: a file or standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from communique.errors import ReadError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read; it can be handed to another process.

    ``name`` is the path relative to the input's root, with ``/`` between its parts: what ``dcterms:source`` says where
    no URL is known. ``path`` is the file as the caller can open it, ``-`` for standard input. ``suffix`` is lower-case.
    """

    name: str
    path: str
    suffix: str = ""

    def load(self, limit: int) -> bytes:
        """Return the bytes, at most ``limit`` of them.

        Raises:
            ReadError: the file cannot be read, or is larger than ``limit``.
        """
        try:
            if self.path == STDIN:
                data = sys.stdin.buffer.read(limit + 1)
            else:
                with Path(self.path).open("rb") as file:  # at most one byte too many: a device or pipe may never end
                    data = file.read(limit + 1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ReadError(
                f"cannot be read: {reason}", where=self.path, remedy="check that it is a file and its permissions"
            ) from error
        if len(data) > limit:
            remedy = "a statement is shorter; split a collection into its documents"
            raise ReadError(f"larger than the {limit:,} bytes allowed", where=self.path, remedy=remedy)
        return data
