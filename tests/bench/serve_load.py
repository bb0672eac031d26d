"""How fast ``communique serve`` answers on a store of many documents, and whether it holds under load.

Run as ``python -m tests.bench.serve_load [--documents 10000] [--minutes 5] [--store DIR]``. Without ``--store`` the
documents are made (:mod:`tests.bench.documents`) and built first; ``--only mixed`` leaves out all but one part. Each
figure stands beside its aim, and the exit status is 1 where one was missed. What a person waits for in a browser is
measured by :mod:`tests.bench.serve_browser`. It measures, over real sockets against the program itself:

- the time from its start until the first screen has all it shows;
- facet clicks (counts, network, timeline, map and table under a new filter), edges, nodes, documents, and a network of
  10,000 nodes;
- how many SELECTs of ten rows it answers a second, beside Oxigraph's own server (PyPI: ``oxigraph``) over the same
  store, asked by the same client in turns;
- a mixed load of eight clients for some minutes, one request in fifty a query that would never end: the memory of all
  its processes, every status, and how long each such query ran past its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from tests.bench.documents import make_authority, make_documents

from communique.build import build
from communique.vocab import PREFIXES

BIN = Path(sys.executable).parent
CLIENTS = 8
LIMIT = 3.0  # seconds that a query may take in the mixed load
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("cq", "rdfs", "dcterms"))
TEN = (
    _PROLOGUE
    + "SELECT ?statement ?label ?date { ?statement a cq:Statement ; rdfs:label ?label ; dcterms:issued ?date } LIMIT 10"
)


MISSED: list[str] = []
"""What did not reach its aim."""


def aimed(reached: bool, told: str) -> None:
    """Print a figure, and whether it reached its aim."""
    if not reached:
        MISSED.append(told)
    print(f"{'ok  ' if reached else 'MISS'} {told}", flush=True)


def main() -> int:
    """Measure and print; return 1 where an aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--only", choices=("index", "latencies", "rates", "mixed", "first"), action="append")
    chosen = parser.parse_args()
    parts = chosen.only or ["index", "latencies", "rates", "mixed", "first"]
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or made_store(Path(folder), chosen.documents)
        if "index" in parts:
            index_time(store)
        with serving(store, "--timeout", str(LIMIT)) as (address, process):
            with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
                summary = client.get("api/summary").json()
                print(f"store: {summary['counts']}")
                if "latencies" in parts:
                    latencies(client)
            if "rates" in parts:
                rates(store, address, process.pid)
            if "mixed" in parts:
                mixed(address, process.pid, chosen.minutes)
        if "first" in parts:
            first_screen(store)
    return 1 if MISSED else 0


def made_store(folder: Path, count: int) -> Path:
    """Build a store of documents that are made for it."""
    make_documents(folder / "documents", count)
    make_authority(folder / "authority.csv")
    build([folder / "documents"], folder / "out", authority=[folder / "authority.csv"], validate=False)
    return folder / "out" / "store"


@contextmanager
def serving(store: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the address of ``communique serve`` and its process."""
    port = free_port()
    command = [str(BIN / "communique"), "serve", str(store), "--port", str(port), "--token", "load", *options]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stderr=log)
        try:
            wait(f"http://127.0.0.1:{port}/api/summary", process)
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def listening(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens at a port."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"the server ended with status {process.returncode}")


def wait(address: str, process: subprocess.Popen[bytes] | None) -> None:
    """Wait until an address answers, for as long as its process runs."""
    while process is None or process.poll() is None:
        try:
            if httpx.get(address, trust_env=False, timeout=600).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise SystemExit(f"the server ended with status {process.returncode if process else '?'}")


# -- latencies --------------------------------------------------------------------------------------------------------


def index_time(store: Path) -> None:
    """Print how long the read index takes, from nothing."""
    shutil.rmtree(store.with_name(f"{store.name}.index"), ignore_errors=True)
    begin = time.monotonic()
    with serving(store):
        print(f"index and start: {time.monotonic() - begin:.1f} s")


def first_screen(store: Path) -> None:
    """Print how long it takes from the start of the program until the first screen has all it shows."""
    times = []
    for _ in range(5):
        begin = time.monotonic()
        with serving(store) as (address, _), httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
            for path in ("api/summary", "api/facets", "api/network?limit=60"):
                client.get(path).raise_for_status()
            times.append(time.monotonic() - begin)
    told = f"{statistics.median(times):.2f} s (median of 5; {min(times):.2f} to {max(times):.2f}; aim 2 s)"
    aimed(statistics.median(times) <= 2, f"what the first screen asks for is answered after {told}")


def latencies(client: httpx.Client) -> None:
    """Print how long clicks take."""
    chance = random.Random(6)
    filters = list(clicks(client, chance, 60))
    report("facet click", [timed(lambda f=f: click(client, f)) for f in filters], 500, 1500)
    edges = client.get("api/network", params={"limit": 200}).json()["edges"]
    ends = [{"source": e["source"], "target": e["target"]} for e in [*edges[:20], *chance.sample(edges, 20)]]
    report("edge evidence", [timed(lambda e=e: client.get("api/edge", params=e).raise_for_status()) for e in ends], 300)
    nodes = client.get("api/network", params={"limit": 200}).json()["nodes"]
    report("node panel", [timed(lambda n=n: client.get("api/node", params={"iri": n["id"]})) for n in nodes[:40]])
    rows = client.get("api/table", params={"limit": 40}).json()["rows"]
    report("document", [timed(lambda r=r: client.get("api/document", params={"iri": r["document"]})) for r in rows])
    large: list[dict[str, Any]] = [
        {"view": "all", "limit": 10_000, "form": "columns", "until": str(2030 + turn)} for turn in range(5)
    ]
    report("network of 10,000 nodes", [timed(lambda f=f: client.get("api/network", params=f)) for f in large], 3000)


def clicks(client: httpx.Client, chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """Yield filters as a reader comes to them: one to three facets, each value one that is shown."""
    for _ in range(count):
        chosen: dict[str, Any] = {}
        for _ in range(chance.randint(1, 3)):
            found = client.get("api/facets", params=chosen).json()
            name = chance.choice(("issuer", "recipient", "kind", "etype", "place", "publisher"))
            if values := [each["value"] for each in found[name][:20] if each["count"]]:
                chosen[name] = chance.choice(values)
        yield chosen


def click(client: httpx.Client, chosen: dict[str, Any]) -> None:
    """Ask what a page asks after a click: the counts and the views."""
    for name in ("facets", "network", "timeline", "map", "table"):
        client.get(f"api/{name}", params=chosen).raise_for_status()


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    begin = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begin)


def report(what: str, times: list[float], most: float = inf, most_high: float = inf) -> None:
    """Print median, 95th percentile and maximum beside what is aimed at for the first two."""
    ordered = sorted(times)
    middle, high = statistics.median(ordered), ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    aims = ", ".join(f"{each:.0f}" for each in (most, most_high) if each < inf)
    told = f"{what}: median {middle:.0f} ms, 95 % {high:.0f} ms, worst {ordered[-1]:.0f} ms"
    aimed(middle <= most and high <= most_high, told + (f" (aim {aims})" if aims else ""))


# -- requests a second ------------------------------------------------------------------------------------------------


def rates(store: Path, address: str, pid: int) -> None:
    """Print SELECTs of ten rows a second, ours beside Oxigraph's own server over the same store, in turns."""
    readers = sorted((store / "readers").glob("[0-9]*"))
    port = free_port()
    command = [str(BIN / "oxigraph"), "serve-read-only", "--location", str(readers[-1] if readers else store)]
    other = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--union-default-graph"], stderr=subprocess.DEVNULL
    )
    try:
        wait(f"http://127.0.0.1:{port}/", other)
        found: dict[str, list[float]] = {"ours": [], "oxigraph": []}
        spent = {"ours": 0.0, "oxigraph": 0.0}
        servers = (("ours", f"{address}sparql", pid), ("oxigraph", f"http://127.0.0.1:{port}/query", other.pid))
        for turn in range(5):
            for name, where, process in servers:
                before = cpu(process)
                found[name].append(rate(where, turn))
                spent[name] += cpu(process) - before
        ours, theirs = (statistics.median(found[name]) for name in ("ours", "oxigraph"))
        cost = {name: 1000 * spent[name] / (3.0 * sum(found[name])) for name in spent}
        told = f"{ours:.0f} a second, Oxigraph's server {theirs:.0f}; ratio {ours / theirs:.2f} (aim 0.33)"
        aimed(ours >= theirs / 3, f"SELECT of ten rows: {told}")
        again = rate(servers[0][1], None) / rate(servers[1][1], None)
        print(f"  the same query again and again, which ours remembers: ratio {again:.2f}")
        print(f"  CPU for each: {cost['ours']:.2f} ms in all our processes, {cost['oxigraph']:.2f} ms in Oxigraph's")
    finally:
        other.terminate()
        other.wait(10)


def rate(address: str, turn: int | None, seconds: float = 3.0, connections: int = 4) -> float:
    """Return how many requests a second a server answers to a few clients that keep their connections.

    Each query is another text (a comment ends it), so that no answer can be remembered, unless ``turn`` is None.
    """
    found = re.fullmatch(r"http://([\d.]+):(\d+)(/\S*)", address)
    assert found is not None
    accept = "application/sparql-results+json"
    head, rest = (
        f"GET {found[3]}?query={quote(TEN)}",
        f" HTTP/1.1\r\nHost: {found[1]}:{found[2]}\r\nAccept: {accept}\r\n\r\n",
    )
    done = [0] * connections
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        with socket.create_connection((found[1], int(found[2]))) as connection:
            while time.monotonic() < end:
                mark = f"%23{turn}.{number}.{done[number]}" if turn is not None else ""
                connection.sendall(f"{head}{mark}{rest}".encode())
                assert received(connection).startswith(b"HTTP/1.1 200")
                done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def received(connection: socket.socket) -> bytes:
    """Return one answer, by its length or by its chunks."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while (len(body) < int(length[1])) if length else not body.endswith(b"0\r\n\r\n"):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


# -- mixed load -------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What the clients of the mixed load met."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def mixed(address: str, pid: int, minutes: float) -> None:
    """Ask all kinds of things with eight clients for some minutes, and print what came of it."""
    tally, stop = Tally(), threading.Event()
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        filters = list(clicks(client, random.Random(8), 30))
        edges = client.get("api/network", params={"limit": 200}).json()["edges"]
        rows = client.get("api/table", params={"limit": 100}).json()["rows"]
    threads = [
        threading.Thread(target=load, args=(address, number, (filters, edges, rows), tally, stop))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    memory = []
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        time.sleep(2)
        memory.append(resident(pid))
    stop.set()
    for thread in threads:
        thread.join()
    told(tally, memory, minutes)


def told(tally: Tally, memory: list[int], minutes: float) -> None:
    """Print what came of a mixed load."""
    quarter = len(memory) // 4
    before, after = statistics.mean(memory[quarter : 2 * quarter]), statistics.mean(memory[-quarter:])
    total = sum(tally.statuses.values())
    print(f"mixed load: {total:,} requests in {minutes:g} minutes, {total / 60 / minutes:.0f} a second")
    print("  answers: " + ", ".join(f"{n:,} {what} {status}" for (what, status), n in sorted(tally.statuses.items())))
    change = f"{before / 2**20:.0f} MB in the second quarter, {after / 2**20:.0f} MB in the last"
    aimed(abs(after / before - 1) <= 0.1, f"memory of all processes: {change} ({after / before - 1:+.1%}; aim 10 %)")
    if late := sorted(tally.late):
        told_late = f"{late[-1]:.2f} s after it at the latest (median {statistics.median(late):.2f} s; aim 1 s)"
        aimed(late[-1] <= 1, f"{len(late)} runaway queries with a limit of {LIMIT:g} s: stopped {told_late}")
    aimed(not tally.wrong, f"wrong answers: {tally.wrong[:5] or 'none'}")


def load(address: str, number: int, things: tuple[Any, Any, Any], tally: Tally, stop: threading.Event) -> None:
    """Be one client."""
    filters, edges, rows = things
    chance = random.Random(number)
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        while not stop.is_set():
            if chance.randrange(50) == 0:
                runaway(client, tally)
                continue
            what = chance.choice(("facets", "network", "table", "edge", "document", "sparql", "bad", "page"))
            edge = chance.choice(edges)
            asked: dict[str, tuple[str, dict[str, Any], int]] = {
                "facets": ("api/facets", chance.choice(filters), 200),
                "network": ("api/network", chance.choice(filters), 200),
                "table": ("api/table", {"limit": 50, "offset": chance.randrange(1000)}, 200),
                "edge": ("api/edge", {"source": edge["source"], "target": edge["target"], "limit": 20}, 200),
                "document": ("api/document", {"iri": chance.choice(rows)["document"]}, 200),
                "sparql": ("sparql", {"query": TEN}, 200),
                "bad": ("sparql", {"query": "SELECT * { ?s ?p }"}, 400),
                "page": ("id/org/un-security-council", {"format": "turtle"}, 200),
            }
            path, parameters, expected = asked[what]
            answer = client.get(path, params=parameters)
            tally.statuses[what, answer.status_code] += 1
            busy = answer.status_code == 503 and path == "sparql"  # all workers are taken, and it says so
            if not busy and (answer.status_code != expected or not whole(answer)):
                tally.wrong.append(f"{path} {answer.status_code}")


def runaway(client: httpx.Client, tally: Tally) -> None:
    """Ask what never ends, and note how long after its limit it was stopped, the wait for a worker aside."""
    answer = client.get("sparql", params={"query": RUNAWAY})
    tally.statuses["runaway", answer.status_code] += 1
    if answer.status_code == 504:
        ran = re.search(r"query;dur=([\d.]+)", answer.headers["server-timing"])
        assert ran is not None
        tally.late.append(float(ran[1]) / 1000 - LIMIT)
    elif answer.status_code != 503:
        tally.wrong.append(f"runaway {answer.status_code}")


def whole(answer: httpx.Response) -> bool:
    """Return whether the body is what its type says."""
    if "json" in answer.headers["content-type"]:
        try:
            json.loads(answer.content)
        except ValueError:
            return False
    return bool(answer.content)


def resident(pid: int) -> int:
    """Return the memory of a process and of all that it started, shared pages counted once (Linux).

    Pages of files do not count: the system keeps them for as long as nobody else needs the room.
    """
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has ended meanwhile
            continue
        total += 1024 * int(next(line.split()[1] for line in lines.splitlines() if line.startswith("Pss_Anon:")))
    return total


def cpu(pid: int) -> float:
    """Return how many seconds of CPU a process and all that it started have used (Linux)."""
    total = 0
    for each in family(pid):
        stat = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        total += int(stat[11]) + int(stat[12])
    return total / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(stat[1]), []).append(int(folder.name))
    found = [pid]
    for each in found:
        found.extend(parents.get(each, ()))
    return found


if __name__ == "__main__":
    os.environ.pop("http_proxy", None)
    sys.exit(main())
