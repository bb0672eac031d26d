"""The process around the commands: streams, interrupts, and from error to exit status."""

from __future__ import annotations

import errno
import io
import os
import sys

from communique.cli.app import app, discard_output, err
from communique.errors import CommuniqueError

DEBUG = "COMMUNIQUE_DEBUG"
"""The environment variable that asks for the traceback of an unforeseen error."""


def main() -> None:
    """Run the command line and turn errors into one line on standard error and an exit status."""
    _prepare_streams()
    status = _status()
    try:
        sys.stdout.flush()
    except OSError as error:
        status = status if isinstance(error, BrokenPipeError) else _output_failed(error)
        discard_output()
    sys.exit(status)


def _status() -> int:
    try:
        app()
    except SystemExit as end:  # typer always ends with one
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except CommuniqueError as error:
        err(f"communique: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        err("communique: interrupted")
        return 130
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return _output_failed(error)
        err(
            f"communique: unforeseen {type(error).__name__}: {error} "
            f"(please report it; with {DEBUG}=1 in the environment the traceback is shown)"
        )
        return 1
    return 0


def _output_failed(error: OSError) -> int:
    where = error.filename or "standard output"
    err(f"communique: {where}: cannot be written: {error.strerror} (free some space, or write elsewhere)")
    return 1


def _prepare_streams() -> None:
    """Open the null device in place of closed streams; write UTF-8 into files and pipes, whatever the locale."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="replace")
