"""A server over a small store built from the samples, in a thread, asked over a real socket."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from communique.build import build
from communique.serve.app import application
from communique.serve.edition import Editions
from communique.serve.running import Running, listen
from communique.serve.security import Policy, names

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TOKEN = "a-token-for-tests"
# A document that would like to be markup, with characters that JavaScript counts twice.
MARKUP = """Varenia 🕊 protests <script>window.cracked = 1</script> & "asks" for help

ORRIN, Varenia, June 4, 2023 (Islands Wire) - The Foreign Ministry of Varenia on Sunday condemned the shelling of \
Lower Orrin.

"🕊 Nobody may fire at a school <img src=x onerror=window.cracked=1>," the Foreign Ministry of Varenia said in the \
statement. The ministry called on the United Nations Security Council to stop the <b>shelling</b> 🕊 without delay.
"""

LETTER = """{name} appeals to the {body}

ORRIN, Varenia, {day}, 2023 - {name} on Sunday appealed to the {body} over the arrests of two teachers in Lower Orrin.

"The teachers must be released," {name} said. He called on the {body} to send observers.
"""
LETTERS = (("Tolvan Mirenko", "July 9", "Council of Europe"), ("T. Mirenko", "July 19", "OSCE"))


@dataclass(frozen=True)
class Served:
    """A server that runs: its address, and the store behind it."""

    address: str
    store: Path

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=30, trust_env=False, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all samples, and of a document full of markup."""
    folder = tmp_path_factory.mktemp("served")
    markup = tmp_path_factory.mktemp("markup") / "markup.txt"
    markup.write_text(MARKUP, encoding="utf-8")
    build([EXAMPLES, markup], folder, authority=[EXAMPLES / "authority.csv"], validate=False)
    return folder / "store"


@contextmanager
def serving(store: Path, *, watching: bool = False) -> Iterator[Served]:
    """A server over a store, as ``communique serve`` starts it; ``watching`` goes over to what builds write."""
    listener = listen("127.0.0.1", 0)
    editions = Editions(store)
    if watching:
        editions.watch()
    policy = Policy(names("127.0.0.1", ()), TOKEN)
    running = Running(application(editions, policy, store.parent / "decisions.jsonl"), listener)
    thread = threading.Thread(target=running.run)
    thread.start()
    assert running.ready.wait(20)
    yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", store)
    running.stop()
    thread.join(20)
    editions.close()


@pytest.fixture(scope="session")
def served(store: Path) -> Iterator[Served]:
    """A server over the store of all samples."""
    with serving(store) as found:
        yield found


@pytest.fixture
def doubtful(tmp_path: Path) -> Iterator[Served]:
    """A server over a store in which two names may be those of one person."""
    inputs = tmp_path / "letters"
    inputs.mkdir()
    for number, (name, day, body) in enumerate(LETTERS):
        (inputs / f"{number}.txt").write_text(LETTER.format(name=name, day=day, body=body), encoding="utf-8")
    build([inputs], tmp_path / "out", validate=False)
    with serving(tmp_path / "out" / "store", watching=True) as found:
        yield found


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client
