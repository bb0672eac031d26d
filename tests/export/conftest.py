"""A small graph of invented statements, and programs of other authors that read back what was written."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.export import Options, export
from communique.store import Store

Run = Callable[..., str]


@pytest.fixture(scope="session")
def store() -> Store:
    """Three documents: an appeal that alleges, a denial, and a second appeal with a name full of markup."""
    store = Store.memory()
    store.dataset.load(path=str(Path(__file__).with_name("sample.trig")))
    return store


@pytest.fixture(scope="session")
def written(store: Store) -> Callable[..., bytes]:
    """Return what an export writes to a stream."""

    def write(format: str, **options: object) -> bytes:
        out = io.BytesIO()
        export(store, format, out, Options(**options))
        return out.getvalue()

    return write


@pytest.fixture(scope="session")
def program() -> Run:
    """Run a program of the system on some input; without it the test is left out, in CI it fails."""

    def run(name: str, *arguments: str, given: bytes) -> str:
        if shutil.which(name) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{name} is not installed, and in CI nothing is left out")
            pytest.skip(f"{name} is not installed")
        done = subprocess.run([name, *arguments], input=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run
