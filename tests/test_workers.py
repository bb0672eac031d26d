"""Queries in processes of their own: same answers, limits that hold, and nothing left behind."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from communique import ask
from communique.errors import NoStoreError, QueryError, QueryLimitError, QueryTimeoutError, StoreError, UsageError
from communique.store import Store
from communique.workers import QueryWorkers

SAMPLE = Path(__file__).parent / "queries" / "sample.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FOUR = "SELECT * { VALUES ?x { 1 2 3 4 } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workers") / "store"
    with Store.open(path, "write") as store:
        store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    return path


@pytest.fixture(scope="module")
def workers(folder: Path) -> Iterator[QueryWorkers]:
    with QueryWorkers(folder, jobs=2, seconds=20, rows=1000, bytes=2_000_000) as opened:
        yield opened


def processes() -> int:
    """Return how many processes this one's fork server has."""
    mine, children = os.getpid(), {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = path.read_text().split(" (", 1)
        except OSError:
            continue
        children.setdefault(int(rest.rsplit(") ", 1)[1].split()[1]), []).append(int(number))
    return sum(len(children.get(child, ())) for child in children.get(mine, ()))


def test_a_worker_answers_as_the_store_itself_does(workers: QueryWorkers, folder: Path) -> None:
    texts = [
        "addresses",
        "SELECT * { ?s cq:issuer ?o . OPTIONAL { ?s cq:nothing ?n } } ORDER BY ?s ?o",
        'SELECT ?x { VALUES ?x { UNDEF 1.50 1e3 "a\\tb\\n\\"q\\"\\\\"@en "007"^^xsd:integer <x:é> UNDEF true } }',
        "SELECT * {}",
        "ASK { ?s a cq:Statement }",
        "ASK { ?s a cq:Nothing }",
        "CONSTRUCT { ?s rdfs:label ?l } { ?s rdfs:label ?l }",
    ]
    with Store.open(folder) as store:
        for text in texts:
            here, there = ask.ask(store, text), workers.ask(text)
            assert (there.kind, there.variables, there.rows) == (here.kind, here.variables, here.rows)
            assert there.payload == here.payload
        parameters = {"recipient": "OSCE"}
        assert workers.ask("addresses", parameters).rows == ask.ask(store, "addresses", parameters).rows


def test_a_query_out_of_time_is_stopped_and_the_next_one_answered(workers: QueryWorkers) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.2 s"):
        workers.ask(ENDLESS, seconds=0.2)
    assert time.monotonic() - begin < 5
    assert len(workers.ask(FOUR).rows) == 4


def test_the_start_of_another_worker_holds_no_query_past_its_limit(folder: Path) -> None:
    with QueryWorkers(folder, jobs=1) as workers:
        for _ in range(3):
            with pytest.raises(QueryTimeoutError):
                workers.ask(ENDLESS, seconds=0.1)
            begin = time.monotonic()
            with pytest.raises(QueryTimeoutError):
                workers.ask(FOUR, seconds=0.001)
            assert time.monotonic() - begin < 1
        assert len(workers.ask(FOUR).rows) == 4


def test_while_all_workers_are_busy_others_wait_their_time(workers: QueryWorkers) -> None:
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(workers.ask, ENDLESS, seconds=1.5) for _ in range(2)]
        time.sleep(0.5)
        with pytest.raises(QueryTimeoutError, match="no worker was free"):
            workers.ask(FOUR, seconds=0.2)
        assert all(isinstance(each.exception(), QueryTimeoutError) for each in running)


def test_too_many_rows_or_bytes_end_the_query_and_keep_the_worker(workers: QueryWorkers) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryLimitError, match="more than 1,000 rows"):
        workers.ask(LARGE)
    with pytest.raises(QueryLimitError, match="more than 1,000 rows"):
        workers.ask("CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with pytest.raises(QueryLimitError, match="more than 2,000,000 bytes"):
        workers.ask("SELECT * { VALUES ?x { '" + 100_000 * "y" + "' } { ?a ?b ?c } }")
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("value", ["", ",{", '"', "\\\\", '\\\\"},{"[{', 9000 * '",{', "é" * 5000 + "\\\\"])
def test_the_limit_of_rows_is_exact_whatever_the_rows_hold(folder: Path, value: str) -> None:
    literal = "'" + value.replace('"', '\\"') + "'"
    with QueryWorkers(folder, jobs=1, rows=30, bytes=None) as workers:
        for variables in ("?x ?y", "?x", "?none"):
            values = f"{{ VALUES ?x {{ {' '.join(str(n) for n in range(40))} }} BIND({literal} AS ?y) }}"
            assert len(workers.ask(f"SELECT {variables} {values} LIMIT 30").rows) == 30
            with pytest.raises(QueryLimitError, match="more than 30 rows"):
                workers.ask(f"SELECT {variables} {values} LIMIT 31")


def test_errors_of_the_query_come_back_as_they_are(workers: QueryWorkers) -> None:
    with pytest.raises(UsageError, match="no query named"):
        workers.ask("adresses")
    with pytest.raises(UsageError, match="no entity is named"):
        workers.ask("addresses", {"recipient": "Nobody At All"})
    with pytest.raises(QueryError, match="syntax error"):
        workers.ask("SELECT * { ?s ?p }")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        workers.ask("SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="LOAD is refused"):
        workers.ask("LOAD <http://localhost:9/data.ttl>")


def test_a_query_that_wants_too_much_memory_ends_its_own_process_only(folder: Path) -> None:
    with QueryWorkers(folder, jobs=1, memory=300_000_000) as workers:
        with pytest.raises(QueryError, match="more memory"):
            workers.ask(LARGE + " ORDER BY ?a ?f ?i")
        assert len(workers.ask(FOUR).rows) == 4


def test_a_stream_has_no_end_of_rows_and_stops_with_its_reader(workers: QueryWorkers) -> None:
    lines = [json.loads(line) for line in b"".join(workers.stream(FOUR, format="jsonl")).splitlines()]
    assert lines == [{"x": 1}, {"x": 2}, {"x": 3}, {"x": 4}]
    pieces = workers.stream(LARGE, format="csv")
    assert next(pieces).startswith(b"a,b,c,d,e,f,g,h,i\r\n")
    pieces.close()
    with pytest.raises(QueryTimeoutError):
        for _ in workers.stream(LARGE, format="tsv", seconds=0.3):
            pass
    assert len(workers.ask(FOUR).rows) == 4


def test_workers_go_over_to_a_newer_snapshot(folder: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    Store.open(newer, "write").close()
    with QueryWorkers(folder, jobs=2) as workers:
        assert workers.ask("ASK { ?s a cq:Statement }")
        with ThreadPoolExecutor(1) as threads:
            under_way = threads.submit(workers.ask, ENDLESS, seconds=1)
            time.sleep(0.2)
            workers.reopen(newer)
            assert isinstance(under_way.exception(timeout=5), QueryTimeoutError)
        assert not any(workers.ask("ASK { ?s a cq:Statement }") for _ in range(4))
        with pytest.raises(NoStoreError):
            workers.reopen(tmp_path / "nowhere")
        workers.reopen(newer)
        assert not workers.ask("ASK { ?s a cq:Statement }")


def test_a_query_out_of_time_is_killed_though_nobody_looks(folder: Path) -> None:
    """Whoever asks may be busy: the watchdog needs neither its thread nor its loop."""
    with QueryWorkers(folder, jobs=1) as workers:
        call = workers.begin(ENDLESS, seconds=0.3)
        assert call is not None
        begin = time.monotonic()
        with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.3 s"):
            call.receive()  # reads until the process is gone, without a time of its own
        assert time.monotonic() - begin < 1.3
        call.end()
        assert len(workers.ask(FOUR).rows) == 4


def test_a_store_can_be_asked_from_a_copy_in_memory(folder: Path) -> None:
    with QueryWorkers(folder, jobs=1, in_memory=True) as workers, Store.open(folder) as store:
        assert workers.ask("kinds").rows == ask.ask(store, "kinds").rows


def test_nothing_is_left_of_workers_that_were_closed(folder: Path) -> None:
    before, threads = processes(), threading.active_count()
    workers = QueryWorkers(folder, jobs=2)
    assert processes() == before + 2
    with pytest.raises(QueryTimeoutError):
        workers.ask(ENDLESS, seconds=0.1)
    workers.close()
    deadline = time.monotonic() + 10
    while (processes() != before or threading.active_count() != threads) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes() == before
    assert threading.active_count() == threads
    with pytest.raises(StoreError, match="were closed"):
        workers.ask(FOUR)


def test_a_folder_without_a_store_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="there is no store here"):
        QueryWorkers(tmp_path / "none")
