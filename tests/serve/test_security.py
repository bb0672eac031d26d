"""What the server refuses, and what goes with every answer."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from communique.build import build
from communique.errors import UsageError
from communique.serve.app import application
from communique.serve.edition import Editions, Limits
from communique.serve.running import Running, listen
from communique.serve.security import Policy, names
from serve.conftest import TOKEN, Served

PAGES = ("/", "/api/summary", "/sparql", "/static/none.js", "/api/none", "/id/org/none")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_scripts_of_others_and_frames(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
def test_other_names_are_refused(client: httpx.Client, host: str) -> None:
    """A page of another site that has its own name point here (DNS rebinding) gets nothing."""
    assert client.get("/api/summary", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost.evil.example"])
def test_pages_of_other_sites_are_refused(client: httpx.Client, origin: str) -> None:
    token = {"Authorization": f"Bearer {TOKEN}", "Origin": origin}
    assert client.post("/api/flag", json={"fact": "https://example.org/f"}, headers=token).status_code == 403
    assert client.get("/api/summary", headers={"Origin": origin}).status_code == 403


def test_own_pages_are_not(client: httpx.Client, served: Served) -> None:
    assert client.get("/api/summary", headers={"Origin": served.address}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/id/../x",
    ],
)
def test_no_path_leads_out_of_the_static_files(served: Served, path: str) -> None:
    status, body = raw(served, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert status in (400, 404)
    assert b"import" not in body


def raw(served: Served, request: str) -> tuple[int, bytes]:
    """Send a request as it stands, which no client would."""
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return int(answer.split(b" ", 2)[1]), answer


def test_large_headers_addresses_and_bodies_are_refused(client: httpx.Client, served: Served) -> None:
    assert client.get("/", headers={"X-Long": "x" * 20_000}).status_code == 431
    assert client.get("/api/facets", params={"q": "x" * 2_000}).status_code == 400
    assert client.get("/api/facets", params={"issuer": ["x"] * 60}).status_code == 400
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/api/flag", json={"fact": "x" * 70_000}, headers=token).status_code == 413
    status, _ = raw(served, "GET / HTTP/1.1\r\nnonsense\r\n\r\n")
    assert status == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/data?default", "/sparql", "/api/summary", "/"])
def test_nothing_can_be_written_by_other_methods(client: httpx.Client, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 405


def test_the_token_may_come_by_address_once(served: Served) -> None:
    with served.client() as client:
        answer = client.get("/", params={"token": TOKEN, "kind": "protest"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/?kind=protest")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.post("/api/undo", json={"id": "none"}).status_code == 400  # not 401: the cookie opens it
        assert client.get("/", params={"token": "wrong"}).status_code == 401


BASE = "http://graph.example.org/graph/kg/"
HOSTILE = """<script>alert("x")</script> Agency

Varenian Ombudsman <img src=x onerror=alert(1)> protests against shelling of Hadrin

14 March 2023

Commissioner for Human Rights of the Republic of Varenia (Ombudsman) Mirela Dosta protested on Tuesday against the
shelling of Hadrin by Kestrian armed forces. Copies were sent to the UN Security Council.
"""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over one hostile document, of which everything needs the token, behind a prefix."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    records = Path(__file__).resolve().parents[2] / "examples" / "authority.csv"
    build([folder / "hostile.txt"], folder / "out", authority=[records], base=BASE, validate=False)
    listener = listen("127.0.0.1", 0)
    store = folder / "out" / "store"
    editions = Editions(store, limits=Limits(jobs=1))
    policy = Policy(names("127.0.0.1", ["graph.example.org"]), TOKEN, closed=True)
    running = Running(application(editions, policy, root_path="/graph"), listener, root_path="/graph")
    thread = threading.Thread(target=running.run)
    thread.start()
    assert running.ready.wait(20)
    yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", store)
    running.stop()
    thread.join(20)
    editions.close()


def test_a_closed_server_wants_the_token_for_everything(closed: Served) -> None:
    with closed.client() as client:
        for path in PAGES:
            assert client.get(path).status_code == 401
        proxied = {"Authorization": f"Bearer {TOKEN}", "Host": "graph.example.org"}
        assert client.get("/api/summary", headers=proxied).status_code == 200
        entry = client.get("/", params={"token": TOKEN})
        assert entry.headers["location"] == "/graph/"
        assert "path=/graph" in entry.headers["set-cookie"].lower()
        cookie = {"Cookie": entry.headers["set-cookie"].partition(";")[0]}
        assert client.get("/api/summary", headers=cookie).status_code == 200


def test_iris_of_the_own_address_answer_for_themselves(closed: Served) -> None:
    """The proxy takes its prefix off, and the server's own part of the base is left."""
    with closed.client(headers={"Authorization": f"Bearer {TOKEN}", "Host": "graph.example.org"}) as client:
        row = client.get("/api/table").json()["rows"][0]
        assert row["iri"].startswith(f"{BASE}statement/")
        answer = client.get(row["iri"].removeprefix("http://graph.example.org/graph"))
        assert answer.status_code == 200
        assert row["iri"] in answer.text
        page = client.get("/kg/org/un-security-council", headers={"Accept": "text/html"})
        assert page.headers["location"].startswith("/graph/?node=http%3A%2F%2Fgraph.example.org%2Fgraph%2Fkg%2F")


def test_text_with_markup_stays_text(closed: Served) -> None:
    with closed.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        row = client.get("/api/table").json()["rows"][0]
        answer = client.get("/api/document", params={"iri": row["document"]})
        assert answer.headers["content-type"] == "application/json"
        assert "<script>" in answer.json()["text"]
        page = client.get("/api/download", params={"format": "html"}).text
        assert "<script>alert" not in page
        assert "<img" not in page
        picture = client.get("/api/download", params={"format": "svg", "view": "all"}).text
        assert "<script" not in picture
        assert "<img" not in picture


def test_the_log_has_no_words_of_queries(client: httpx.Client, capfd: pytest.CaptureFixture[str]) -> None:
    client.get("/sparql", params={"query": "SELECT * { ?secretword a cq:Statement } LIMIT 1"})
    client.get("/api/table", params={"q": "secretword"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {line["path"] for line in lines} == {"/sparql", "/api/table"}
    assert all(line["status"] == 200 and line["ms"] >= 0 for line in lines)
    assert "secretword" not in json.dumps(lines)


def test_a_port_in_use_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])
