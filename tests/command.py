"""Runs the command line in processes of its own, quickly: each is forked from one that has imported everything.

What a process is given and what it does to the outside (arguments, folder, environment, streams, files, exit status) is
real; only the second that Python needs to start and import is saved. Tests of that, of signals and of terminals start
the installed ``communique`` itself: :data:`COMMUNIQUE`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

COMMUNIQUE = str(Path(sys.executable).with_name("communique"))


@dataclass(frozen=True)
class Done:
    """What a command did: exit status, standard output as bytes, standard error as text."""

    status: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        return self.output.decode("utf-8")

    @property
    def error(self) -> str:
        """The one line on standard error, without its line end."""
        assert self.errors.count("\n") == 1, self.errors
        return self.errors.removesuffix("\n")


class Commands:
    """A process that has imported the command line, and forks for each command."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def run(
        self,
        *arguments: str,
        folder: Path,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        kill: float | None = None,
    ) -> Done:
        """Run ``communique ARGUMENTS`` in a folder, for so many seconds at most before it is killed with signal 9."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as name:
            streams = [str(Path(name) / stream) for stream in ("in", "out", "err")]
            for path, given in zip(streams, (stdin, b"", b""), strict=True):
                Path(path).write_bytes(given)  # also those that a killed command never came to open
            print(json.dumps([arguments, str(folder), env or {}, streams, kill]), file=self._server.stdin, flush=True)
            status = int(self._server.stdout.readline())
            return Done(status, Path(streams[1]).read_bytes(), Path(streams[2]).read_text(encoding="utf-8"))

    def close(self) -> None:
        """End the process."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait(timeout=10)
        self._server.stdout.close()


def _warm_up() -> None:
    """Import what commands import when they run, and load what builds and checks keep for the life of a process."""
    import trafilatura  # noqa: F401

    import communique.build
    import communique.export
    import communique.show

    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        page.write_text("<html><body><article><p>The OSCE met on 3 May 2031 in Vienna.</p></article></body></html>")
        communique.build.build([page])


def _serve() -> None:
    _warm_up()
    for line in sys.stdin:
        *given, kill = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(*given)
        print(os.waitstatus_to_exitcode(_waited(child, kill)), flush=True)


def _waited(child: int, kill: float | None) -> int:
    end = time.monotonic() + (kill or 0.0)
    while kill is not None and time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(0.0005)
    if kill is not None:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _become(arguments: Sequence[str], folder: str, env: dict[str, str], streams: list[str]) -> NoReturn:
    from communique.cli import main

    for number, (path, flags) in enumerate(
        zip(streams, (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT), strict=True)
    ):
        os.dup2(os.open(path, flags), number)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
    os.chdir(folder)
    os.environ.update(env)
    sys.argv = ["communique", *arguments]
    status: Any = 1
    try:
        main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)


if __name__ == "__main__":
    _serve()
