"""The head of a TriG file, the same for the same graph: Oxigraph's serialiser writes its prefixes in random order."""

from __future__ import annotations

from typing import IO

from communique.vocab import PREFIXES


def header(base: str) -> bytes:
    """Return the head of a TriG file: base and prefixes, whole and sorted (the serialiser's come in random order)."""
    lines = [f"@base <{base}> .", *(f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items()))]
    return ("\n".join(lines) + "\n\n").encode()


class WithoutHeader:
    """A binary stream that drops the lines of the serialiser's own head and passes on everything after it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Pass on what comes after the head."""
        if self._head is None:
            return self._out.write(data)
        self._head += data
        self._pass(last=False)
        return len(data)

    def flush(self) -> None:
        """Pass on what is held back, for there is no more of a head to come."""
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
