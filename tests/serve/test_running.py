"""The server as a process: it starts, goes over to what a build adds, and stops when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from communique.build import build

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    build([EXAMPLES / "01-ombudsman-protest.txt"], tmp_path / "out", validate=False)
    return tmp_path / "out"


@pytest.fixture
def process(output: Path) -> Iterator[subprocess.Popen[str]]:
    command = [str(Path(sys.executable).with_name("communique")), "serve", str(output / "store"), "--port", "0"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield started
    started.kill()
    started.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"serves .* at (http://\S+)", line):
            return found[1]
    raise AssertionError("the server did not start")


def test_what_a_build_adds_is_served_without_a_restart(process: subprocess.Popen[str], output: Path) -> None:
    """The build is not blocked by the server, nor the server by the build; both answers are whole."""
    with httpx.Client(base_url=address(process), trust_env=False, timeout=30) as client:
        assert client.get("api/summary").json()["counts"]["documents"] == 1
        build([EXAMPLES / "02-foreign-ministry-denial.txt"], output, validate=False)
        deadline = time.monotonic() + 30
        while client.get("api/summary").json()["counts"]["documents"] != 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert client.get("api/summary").json()["counts"]["documents"] == 2
        count = {"query": "SELECT (COUNT(*) AS ?n) { ?d a cq:Document }"}
        assert client.get("sparql", params=count).json()["results"]["bindings"][0]["n"]["value"] == "2"
        index = output / "store.index"
        while len(list(index.glob("*.s*"))) != 2 and time.monotonic() < deadline:  # the old edition is closing
            time.sleep(0.05)
        assert sorted(each.suffix for each in index.iterdir()) == [".sqlite", ".store"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_an_interrupt_ends_it_without_a_word_too_many(process: subprocess.Popen[str]) -> None:
    httpx.get(f"{address(process)}api/summary", trust_env=False)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_an_answer_comes_in_one_packet_and_its_connection_stays_open(process: subprocess.Popen[str]) -> None:
    """Head and body are sent together, each request in its turn; who asks for the end gets all of the answer before."""
    found = httpx.URL(address(process))
    head = f"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: {found.host}\r\nAccept: application/sparql-results+json\r\n"
    with socket.create_connection((found.host, found.port or 80), timeout=30) as connection:
        for _ in range(3):
            connection.sendall(f"{head}\r\n".encode())
            answer = connection.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200")
            assert answer.endswith(b'{"head":{},"boolean":true}')
        connection.sendall(f"{head}\r\n{head}Connection: close\r\n\r\n".encode())
        rest = b"".join(iter(lambda: connection.recv(65536), b""))
    assert rest.count(b'"boolean":true') == 2
