from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import networkx
import openpyxl
import pyoxigraph
import pytest
import rdflib
import typer
from tests.docs.console import README, ROOT
from tests.docs.reference import MARK, PAGE, commands, reference

from command import COMMUNIQUE, Commands, Done
from communique.ask import catalogue
from communique.cli import app
from communique.export import FORMATS
from communique.read import MAX_BYTES
from communique.store import Store

TEXTS = {
    "protest.txt": (
        "Varenia protests over detentions\n\nTarsk, 4 March 2031\n\n"
        "The Foreign Ministry of the Republic of Varenia issued a statement of protest. The statement was sent to the "
        "UN Security Council and the OSCE.\n\n"
        "Ostmark border troops detained six shepherds on 2 March 2031.\n\n"
        "The Ministry calls on the OSCE to secure the release of the shepherds.\n"
    ),
    "thanks.md": (
        "# Thanks\n\nThe Foreign Ministry of Varenia welcomes the decision of the United Nations. It was sent to the "
        "UN Secretary-General.\n"
    ),
    "page.html": (
        "<html lang='en'><head><title>Message</title></head><body><article><h1>Message</h1><p>"
        "President Orlan Dask of Ostmark expressed condolences to the people of Varenia after the floods of February "
        "2031, his office announced on Monday. Rivers had risen for a week before the dams near Lower Brenn gave way."
        "</p></article></body></html>"
    ),
    "my stätements/été 1.txt": "The OSCE announced a meeting in Vienna on 3 May 2031.\n",
}
GRAPHS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}

Run = Callable[..., Done]


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def letters(count: int) -> dict[str, str]:
    return {f"{n:02}.txt": f"Statement {n}.\n\nThe OSCE announced meeting {n} in Vienna.\n" for n in range(count)}


def facts(output: Path) -> list[str]:
    """Return the sorted N-Quads of a build but for its provenance."""
    with Store.open(output / "store") as store:
        return sorted(str(q) for name in store.graphs() if name != "provenance" for q in store.quads(name))


def report(output: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((output / "report.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[Commands]:
    started = Commands()
    yield started
    started.close()


@pytest.fixture(scope="module")
def clone(server: Commands, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents in ``in/`` and the graph of them in ``output/``."""
    folder = tmp_path_factory.mktemp("clone")
    write(folder / "in", TEXTS)
    assert server.run("build", "in", "--quiet", folder=folder) == Done(0, b"", "")
    return folder


@pytest.fixture
def ask(server: Commands, clone: Path) -> Run:
    """Runs a command where there is a graph."""
    return lambda *arguments, **more: server.run(*arguments, folder=clone, **more)


@pytest.fixture
def here(server: Commands, tmp_path: Path) -> Run:
    """Runs a command in an empty folder."""
    return lambda *arguments, **more: server.run(*arguments, folder=tmp_path, **more)


# -- build: what it reads -------------------------------------------------------------------------------------------


def test_build_writes_graph_store_and_reports_and_says_so(clone: Path, ask: Run) -> None:
    done = ask("build", "in")
    assert done.status == 0
    assert done.text.startswith("Documents   4 unchanged\nThe graph   4 documents, 4 statements")
    assert "\nRecipients  Organization for Security and Co-operation in Europe (1);" in done.text
    for name in ("graph.trig", "store", "report.md", "report.json"):
        assert (clone / "output" / name).exists()
        assert f"output/{name}\n" in done.text


def test_build_takes_files_folders_globs_and_standard_input(here: Run, tmp_path: Path) -> None:
    write(tmp_path, TEXTS)
    done = here("build", "protest.txt", "my stätements", "*.h*", "-", "-q", stdin=TEXTS["thanks.md"].encode())
    assert (done.status, done.output, done.errors) == (0, b"", "")
    with Store.open(tmp_path / "output" / "store") as store:
        found = sorted(source for name in store.document_ids() for source in store.sources(name))
    assert found == ["page.html", "protest.txt", "stdin", "été 1.txt"]


def test_order_processes_and_repetition_make_no_difference(here: Run, tmp_path: Path, clone: Path) -> None:
    write(tmp_path, TEXTS)
    assert here("build", "my */*", "thanks.md", "page.html", "protest.txt", "-o", "a", "-q").status == 0
    done = subprocess.run(
        [COMMUNIQUE, "build", "protest.txt", "page.html", "thanks.md", "my */*", "-o", "b", "--jobs", "2", "-q"],
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0
    assert facts(tmp_path / "a") == facts(tmp_path / "b") == facts(clone / "output")


def test_a_second_build_changes_nothing_and_new_input_adds_only_itself(here: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", letters(2))
    assert here("build", "in", "-q").status == 0
    before, written = facts(tmp_path / "output"), (tmp_path / "output" / "graph.trig").read_bytes()
    assert here("build", "in").text.startswith("Documents   2 unchanged\n")
    assert (tmp_path / "output" / "graph.trig").read_bytes() == written
    write(tmp_path / "in", {"new.txt": TEXTS["protest.txt"]})
    assert here("build", "in").text.startswith("Documents   1 new, 2 unchanged\n")
    assert [quad for quad in before if "graph/links" not in quad] == [
        quad for quad in facts(tmp_path / "output") if quad in set(before) and "graph/links" not in quad
    ]


def test_build_json_is_the_report(here: Run, tmp_path: Path) -> None:
    write(tmp_path, letters(1))
    done = here("build", "00.txt", "--json")
    assert (done.status, done.errors) == (0, "")
    assert json.loads(done.text) == report(tmp_path / "output")


def test_another_base_and_records_of_ones_own(here: Run, tmp_path: Path) -> None:
    write(tmp_path, letters(1))
    (tmp_path / "mine.csv").write_text("key,type,label\norg/brenn-board,org,Brenn Board\n")
    assert here("build", "00.txt", "--base", "https://id.example.org/", "--authority", "mine.csv", "-q").status == 0
    assert json.loads(here("info", "--json").text)["base"] == "https://id.example.org/"


# -- build: bad input -----------------------------------------------------------------------------------------------

BAD = {
    "empty.txt": (b"", "the file is empty"),
    "white.txt": (b" \n\t\r\n", "nothing but white space"),
    "binary.txt": (bytes(range(256)) * 9, "binary data"),
    "scan.txt": (b"%PDF-1.7\n", "not a text but a PDF"),
    "sixteen.txt": ("No mark says that this is UTF-16.".encode("utf-16-le"), "binary data"),
    "script.html": (b"<html><body><script>var said = 1</script></body></html>", "no running text in the page"),
}


def test_each_bad_file_gets_a_line_and_the_rest_is_built(here: Run, tmp_path: Path) -> None:
    write(tmp_path / "in", letters(1))
    for name, (data, _) in BAD.items():
        (tmp_path / "in" / name).write_bytes(data)
    with (tmp_path / "in" / "huge.txt").open("wb") as huge:
        huge.truncate(20_000_000)
    (tmp_path / "in" / "dangling.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "in" / "pipe.txt")  # nobody writes into it
    done = here("build", "in")
    assert done.status == 1
    assert done.text.startswith("Documents   1 new, 8 failed\n")
    lines = done.errors.splitlines()
    expected = {name: said for name, (_, said) in BAD.items()}
    expected |= {"huge.txt": f"larger than the {MAX_BYTES:,} bytes", "dangling.txt": "no such file"}
    assert len(lines) == len(expected)
    for line in lines:
        name, said = line.split(": read failed: ")
        assert said.startswith(expected.pop(name)) or "no such file" in said
        assert re.search(r" \([a-z].*\)$", said), "no remedy"
    assert {each["source"] for each in report(tmp_path / "output")["failures"]} == {
        line.split(":")[0] for line in lines
    }


@pytest.mark.parametrize(
    ("encoding", "noted"), [("cp1252", "letter.txt: info: not UTF-8; read as Windows-1252\n"), ("utf-16", "")]
)
def test_other_encodings_are_read_and_a_guess_is_said(here: Run, tmp_path: Path, encoding: str, noted: str) -> None:
    text = "The Ministry of Défense of Varenia announced “Café Day” on 3 May 2031.\n"
    (tmp_path / "letter.txt").write_bytes(text.encode(encoding))
    done = here("build", "letter.txt", "-q")
    assert (done.status, done.errors) == (0, "")
    assert here("build", "letter.txt", "-o", "b").errors == noted
    found = here("query", "-", "--format", "csv", stdin=b"SELECT ?text { ?context nif:isString ?text }").text
    assert "“Café Day”" in found


def test_what_is_not_there_is_said_and_the_rest_is_built(here: Run, tmp_path: Path) -> None:
    write(tmp_path, letters(1))
    (tmp_path / "void").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    done = here("build", "00.txt", "void", "nosuch.txt", "*.doc", "loop")
    assert done.status == 1
    assert done.text.startswith("Documents   1 new, 1 failed\n")
    assert [line.split(" (")[0] for line in done.errors.splitlines()] == [
        "void: find failed: no documents in this folder",
        "nosuch.txt: find failed: no such file or folder",
        "*.doc: find failed: no file matches",
        "loop: read failed: cannot be read: too many levels of symbolic links",
    ]


@pytest.mark.parametrize("path", ["void", "nosuch.txt", "*.doc"])
def test_nothing_to_read_at_all_is_wrong_use_and_leaves_nothing_behind(here: Run, tmp_path: Path, path: str) -> None:
    (tmp_path / "void").mkdir()
    done = here("build", path)
    assert done.status == 2
    assert done.error.startswith(f"communique: {path}: no ")
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("output", ["00.txt", "00.txt/below", "/proc/nowhere"])
def test_an_output_that_takes_no_files_is_refused(here: Run, tmp_path: Path, output: str) -> None:
    write(tmp_path, letters(1))
    done = here("build", "00.txt", "-o", output)
    assert done.status == 1
    assert done.error.startswith(f"communique: {output}: the output folder cannot be written: ")
    assert done.error.endswith(" (choose another with -o)")
    assert (tmp_path / "00.txt").read_text() == letters(1)["00.txt"]


def test_an_output_inside_the_input_is_not_read(here: Run, tmp_path: Path) -> None:
    write(tmp_path, {**letters(1), "store/notes.md": "These are notes on a meeting in Vienna.\n"})
    assert here("build", ".", "-o", "out", "-q").status == 0
    assert here("build", ".", "-o", "out").text.startswith("Documents   2 unchanged\n")


def test_a_folder_with_other_things_in_it_does_not_become_a_store(here: Run, tmp_path: Path) -> None:
    write(tmp_path, {**letters(1), "out/store/precious.txt": "Keep this.\n"})
    done = here("build", "00.txt", "-o", "out")
    assert done.status == 1
    assert "holds something else than a store" in done.error
    assert (tmp_path / "out/store/precious.txt").read_text() == "Keep this.\n"


def test_a_store_in_use_is_left_alone(here: Run, tmp_path: Path) -> None:
    write(tmp_path, letters(1))
    with Store.open(tmp_path / "output" / "store", "write"):
        for command in (("build", "00.txt"), ("info",)):
            done = here(*command)
            assert done.status == 1
            assert done.error.startswith("communique: output/store: the store is in use by another process (")
    assert here("build", "00.txt", "-q").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--base", "nonsense"], 2, "communique: 'nonsense' is no base for IRIs (give an absolute IRI"),
        (["--authority", "nosuch.csv"], 1, "communique: nosuch.csv: cannot be read: No such file or directory (give"),
        (["--authority", "00.txt"], 1, "communique: 00.txt"),
    ],
)
def test_wrong_options_of_build(here: Run, tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    write(tmp_path, letters(1))
    done = here("build", "00.txt", *arguments)
    assert done.status == status
    assert done.error.startswith(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["build"], "Missing argument 'PATH'"),
        (["build", "--nonsense", "x"], "No such option"),
        (["build", "x", "--jobs", "0"], "Invalid value for '--jobs' / '-j'"),
        (["export", "gexf", "--view", "nope"], "'co-addressed'"),
        (["export", "turtle", "--profile", "nope"], "'entities'"),
    ],
)
def test_wrong_calls_say_what_is_right(here: Run, arguments: list[str], said: str) -> None:
    done = here(*arguments)
    assert (done.status, done.output) == (2, b"")
    assert said in done.errors
    assert "Try 'communique" in done.errors
    assert "Traceback" not in done.errors


# -- build: cut short -----------------------------------------------------------------------------------------------


def stop(folder: Path, sent: signal.Signals) -> tuple[int, str, str]:
    """Send a signal to a build of ``in/`` that waits for a last file; return its exit status, output and errors."""
    pipe = folder / "zz.txt"
    os.mkfifo(pipe)
    command = [COMMUNIQUE, "build", "in", "zz.txt"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        writer = opened_by_reader(pipe, process)
        process.send_signal(sent)
        output, errors = process.communicate(timeout=30)
        os.close(writer)
    pipe.unlink()
    return process.returncode, output, errors


def opened_by_reader(pipe: Path, process: subprocess.Popen[str]) -> int:
    """Return the writing end of a pipe once a process has opened it to read."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads it yet
            time.sleep(0.02)
    raise AssertionError(process.communicate()[1])


def program(folder: Path, *arguments: str) -> Done:
    """Run the installed command, as :func:`stop` does."""
    done = subprocess.run([COMMUNIQUE, *arguments], cwd=folder, capture_output=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def test_ctrl_c_keeps_what_was_finished_and_the_same_command_completes_it(tmp_path: Path) -> None:
    write(tmp_path / "in", letters(12))
    status, output, errors = stop(tmp_path, signal.SIGINT)
    assert status == 130
    assert errors.splitlines()[-1] == "interrupted: what was finished is kept; run the same command again for the rest"
    assert output.startswith("Documents   12 new\n")
    assert report(tmp_path / "output")["interrupted"]
    assert "interrupted" in (tmp_path / "output" / "report.md").read_text()
    assert json.loads(program(tmp_path, "info", "--json").text)["documents"] == 12
    write(tmp_path, {"zz.txt": TEXTS["protest.txt"]})
    again = program(tmp_path, "build", "in", "zz.txt")
    assert again.status == 0
    assert again.text.startswith("Documents   1 new, 12 unchanged\n")
    assert not report(tmp_path / "output")["interrupted"]
    assert program(tmp_path, "build", "in", "zz.txt", "-o", "whole", "-q").status == 0
    assert facts(tmp_path / "output") == facts(tmp_path / "whole")


def test_a_killed_build_loses_nothing_and_the_same_command_completes_it(tmp_path: Path) -> None:
    write(tmp_path, {"first.txt": TEXTS["protest.txt"]})
    assert program(tmp_path, "build", "first.txt", "-q").status == 0
    write(tmp_path / "in", letters(12))
    assert stop(tmp_path, signal.SIGKILL)[0] == -signal.SIGKILL
    assert json.loads(program(tmp_path, "info", "--json").text)["documents"] == 13
    again = program(tmp_path, "build", "in", "first.txt")
    assert again.status == 0
    assert again.text.startswith("Documents   13 unchanged\n")
    assert program(tmp_path, "build", "in", "first.txt", "-o", "whole", "-q").status == 0
    assert facts(tmp_path / "output") == facts(tmp_path / "whole")
    graph = {str(quad) for quad in pyoxigraph.parse(path=str(tmp_path / "output" / "graph.trig"))}
    assert set(facts(tmp_path / "output")) <= graph, "graph.trig lags behind the store"


def test_ctrl_c_ends_a_query_that_runs_away(clone: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?g) }"
    with subprocess.Popen(
        [COMMUNIQUE, "query", text], cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        time.sleep(1.5)
        assert run.poll() is None
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=5)
    assert run.returncode in (-signal.SIGINT, 130)
    assert b"Traceback" not in errors


def test_ctrl_c_ends_a_query_within_its_time_and_its_process(clone: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?g) }"
    with subprocess.Popen(
        [COMMUNIQUE, "query", text, "--timeout", "600"],
        cwd=clone,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    ) as run:
        while not any(map(children, children(run.pid))):  # until the worker is there
            assert run.poll() is None
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        _, errors = run.communicate(timeout=5)  # ends when no process holds the pipes any more
    assert run.returncode == 130
    assert errors == b"communique: interrupted\n"


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def test_a_large_stream_takes_no_memory_and_ends_with_its_reader(clone: Path) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # a hundred gigabytes
    for more in ([], ["--timeout", "600"]):
        with subprocess.Popen(
            [COMMUNIQUE, "query", text, "--format", "csv", *more], cwd=clone, stdout=subprocess.PIPE
        ) as run:
            assert run.stdout is not None
            assert len(run.stdout.read(20_000_000)) == 20_000_000
            status = Path(f"/proc/{run.pid}/status").read_text()
            run.stdout.close()
            assert run.wait(timeout=10) == 0
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert peak is not None
        assert int(peak[1]) < 200_000


# -- query ----------------------------------------------------------------------------------------------------------


def test_a_table_in_a_pipe_is_plain_and_whole(ask: Run) -> None:
    done = ask("query", "statements", env={"COLUMNS": "40"})
    assert (done.status, done.errors) == (0, "")
    head, *rows = done.text.splitlines()
    assert head.split()[:2] == ["date", "issuers"]
    assert len(rows) == 4
    assert max(map(len, rows)) > 120
    assert "\x1b" not in done.text
    assert "…" not in done.text


def test_query_csv_and_tsv(ask: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("query", "recipients", "--format", "csv").text)))
    assert "United Nations Security Council" in [row["recipientLabel"] for row in rows]
    head, *lines = ask("query", "recipients", "-f", "tsv").text.splitlines()
    assert head.startswith("?recipient\t?recipientLabel\t")
    assert len(lines) == len(rows)


def test_query_json_xml_and_markdown(ask: Run) -> None:
    found = json.loads(ask("query", "kinds", "--format", "json").text)
    number = len(found["results"]["bindings"])
    tree = ET.fromstring(ask("query", "kinds", "--format", "xml").text)
    assert len(tree.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == number
    table = ask("query", "kinds", "--format", "markdown").text.splitlines()
    assert table[:2] == ["| issuer | kind | statements |", "| --- | --- | --- |"]
    assert len(table) == number + 2


def test_query_json_lines(ask: Run) -> None:
    lines = [json.loads(line) for line in ask("query", "kinds", "--format", "jsonl").text.splitlines()]
    assert len(lines) == len(list(csv.DictReader(io.StringIO(ask("query", "kinds", "--format", "csv").text))))
    assert all(isinstance(line["statements"], int) and isinstance(line["issuerLabel"], str) for line in lines)


@pytest.mark.parametrize("form", ["csv", "jsonl", "table"])
def test_a_query_within_its_time_or_from_memory_answers_as_any_other(ask: Run, form: str) -> None:
    plain = ask("query", "addresses", "--format", form).output
    assert ask("query", "addresses", "--format", form, "--in-memory").output == plain
    assert ask("query", "addresses", "--format", form, "--timeout", "60").output == plain


def test_a_query_out_of_time_says_so(ask: Run) -> None:
    done = ask("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.5")
    assert done.status == 1
    assert done.error == (
        "communique: the query: stopped after 0.5 s (ask for less (a period, a name, a LIMIT), or allow more time)"
    )


def test_an_export_of_some_statements(ask: Run, tmp_path: Path) -> None:
    own = tmp_path / "denials.rq"
    own.write_text("SELECT ?statement { ?statement cq:kind kind:denial }", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(ask("export", "table", "--where", str(own)).text)))
    assert [row["kinds"] for row in rows if "denial" not in row["kinds"]] == []
    assert rows == list(csv.DictReader(io.StringIO(ask("export", "table", "--where", own.read_text()).text)))


def test_an_export_of_no_statement_says_so(ask: Run) -> None:
    done = ask("export", "turtle", "--since", "2999")
    assert done.status == 0
    assert done.error == "note: no statement is of --since, --until and --where: what was written holds none"


def test_network_ranks_nodes_and_exports_carry_the_measures(ask: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("network", "all", "--by", "degree", "--format", "csv").text)))
    assert 0 < len(rows) <= 20
    assert [int(row["degree"]) for row in rows] == sorted((int(row["degree"]) for row in rows), reverse=True)
    assert ask("network", "all", "--limit", "1").text.splitlines()[0].split()[:3] == ["node", "type", "degree"]
    ask("export", "graphml", "--view", "all", "--measures", "-o", str(tmp_path / "all.graphml"))
    network = networkx.read_graphml(tmp_path / "all.graphml")
    assert {row["node"]: int(row["community"]) for row in rows}.items() <= dict(network.nodes.data("community")).items()
    wrong = ask("network", "--by", "fame")
    assert (wrong.status, "there is no measure 'fame' (one of degree" in wrong.error) == (2, True)


def test_query_with_parameters_and_a_limit(ask: Run) -> None:
    query = ("query", "addresses", "-f", "csv", "-p", "issuer=Foreign Ministry of the Republic of Varenia")
    whole = ask(*query).text.splitlines()
    assert len(whole) == 3
    assert ask(*query, "--limit", "1").text.splitlines() == whole[:2]
    assert len(ask(*query, "-p", "since=2032").text.splitlines()) == 1


def test_query_list_and_describe(ask: Run, tmp_path: Path) -> None:
    listed = [line.split()[0] for line in ask("query", "--list").text.splitlines()]
    assert listed == [query.name for query in catalogue()]
    for call in (("addresses", "--describe"), ("--describe", "addresses")):
        assert "| `issuer` | name | any |" in ask("query", *call).text
    own = tmp_path / "own.rq"
    own.write_text("# How many statements\nSELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cq:Statement }")
    assert "How many statements." in ask("query", str(own), "--describe").text


def test_a_query_comes_from_a_file_from_standard_input_or_stands_in_the_call(ask: Run, tmp_path: Path) -> None:
    text = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cq:Statement }"
    for name in ("own.rq", "own.sparql"):
        (tmp_path / name).write_text(text)
        assert ask("query", str(tmp_path / name)).text == "n\n4\n"
    assert ask("query", "-", stdin=text.encode()).text == "n\n4\n"
    assert ask("query", text).text == "n\n4\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["adresses"], "there is no query named 'adresses' (did you mean addresses"),
        (["zzz"], "there is no query named 'zzz' (`communique query --list` shows all)"),
        ([], "no query given (name one"),
        (["--describe"], "no query given (name one"),
        (["kinds", "-f", "yaml"], "there is no format 'yaml' (one of table, csv"),
        (["addresses", "-p", "isuer=x"], "query addresses: there is no parameter 'isuer' (did you mean issuer?)"),
        (["addresses", "-p", "issuer"], "-p issuer has no value (write -p NAME=VALUE)"),
        (
            ["addresses", "-p", "recipient=UN Security Concil"],
            "query addresses, parameter recipient: no entity is named 'UN Security Concil' (did you mean United ",
        ),
        (
            ["about-place"],
            "query about-place: the parameter place (name: the place, region or state) is missing (add -p",
        ),
        (["addresses", "-p", "since=May"], "query addresses, parameter since: 'May' is no date (write YYYY"),
        (["allegations", "-p", "type=asault"], "query allegations, parameter type: 'asault' is not of type event-type"),
        (["nosuch.rq"], "nosuch.rq: the query cannot be read: No such file or directory (give a file of SPARQL"),
        (["in/"], "in/: the query cannot be read: Is a directory (give a file of SPARQL"),
        (["-"], "standard input: there is no query in it (write one in SPARQL)"),
    ],
)
def test_wrong_calls_of_query_name_the_fault_and_the_remedy(ask: Run, arguments: list[str], said: str) -> None:
    done = ask("query", *arguments)
    assert (done.status, done.output) == (2, b"")
    assert done.error.startswith(f"communique: {said}")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("SELECT *\n{ ?s a cq:Statement .\n  ?s nope }", ", line 3, column ", "syntax error near '?s nope }'"),
        ("SELECT * {\n SERVICE <http://example.org/> { ?s ?p ?o } }", ", line 2, column 2", "SERVICE is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "", "DELETE is refused: queries do not change the graph"),
        ("LOAD <http://example.org/{x}>", "", "LOAD is refused"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "", "<http://example.org/>: the store has no such"),
    ],
)
def test_a_refused_query_names_its_file_and_the_place(
    ask: Run, tmp_path: Path, text: str, place: str, said: str
) -> None:
    own = tmp_path / "own.rq"
    own.write_text(text)
    for name, shown, stdin in ((str(own), str(own), b""), ("-", "standard input", text.encode())):
        done = ask("query", name, stdin=stdin)
        assert (done.status, done.output) == (1, b"")
        assert done.error.startswith(f"communique: {shown}{place}")
        assert said in done.error


# -- validate -------------------------------------------------------------------------------------------------------


def test_the_store_and_each_kind_of_file_conform(ask: Run, tmp_path: Path) -> None:
    assert ask("export", "nquads", "--profile", "full", "-o", str(tmp_path / "g.nq")).status == 0
    for graph in ((), ("store",), ("output/store",), ("output/graph.trig",), (str(tmp_path / "g.nq"),)):
        done = ask("validate", *graph, "--format", "json")
        assert (done.status, done.errors) == (0, "")
        assert [each for each in json.loads(done.text) if each["severity"] == "error"] == []


@pytest.fixture(scope="module")
def broken(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("broken") / "broken.trig"
    lines = (clone / "output" / "graph.trig").read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "cq:modality" not in line), encoding="utf-8")
    return path


def test_a_broken_graph_is_found_out_in_every_format(ask: Run, broken: Path) -> None:
    table = ask("validate", str(broken))
    assert table.status == 1
    violation = next(line for line in table.text.splitlines() if line.startswith("error: protest.txt"))
    assert re.fullmatch(r"error: protest\.txt:\d+-\d+: An event has exactly one cq:modality.* \[\w+\]", violation)
    assert re.match(r"\d+ violations, \d+ warnings and notes", table.error)
    listed = ask("validate", str(broken), "--format", "json")
    errors = [each for each in json.loads(listed.text) if each["severity"] == "error"]
    assert (listed.status, listed.errors) == (1, "")
    assert {each["source"] for each in errors} >= {"protest.txt"}
    for graph, status in ((str(broken), 1), ("store", 0)):
        done = ask("validate", graph, "--format", "report")
        assert done.status == status
        parsed = rdflib.Graph().parse(data=done.text, format="turtle")
        (conforms,) = parsed.objects(None, rdflib.SH.conforms)
        assert conforms.toPython() == (not list(parsed.objects(None, rdflib.SH.result)))
        assert ((None, rdflib.SH.resultSeverity, rdflib.SH.Violation) in parsed) == bool(status)


@pytest.mark.parametrize(
    ("graph", "status", "said"),
    [
        ("nosuch.trig", 2, "nosuch.trig: cannot be read: "),
        ("in/thanks.md", 2, "in/thanks.md: "),
        ("output", 2, "output: there is no store here (did you mean output/store?)"),
        ("in/page.ttl", 1, "in/page.ttl: not well-formed: "),
    ],
)
def test_what_is_no_graph_cannot_be_validated(ask: Run, clone: Path, graph: str, status: int, said: str) -> None:
    (clone / "in" / "page.ttl").write_text("this is no Turtle")
    done = ask("validate", graph)
    (clone / "in" / "page.ttl").unlink()
    assert (done.status, done.output) == (status, b"")
    assert done.error.startswith(f"communique: {said}")


def test_validate_knows_three_formats(ask: Run) -> None:
    done = ask("validate", "--format", "yaml")
    assert (done.status, done.error) == (2, "communique: there is no format 'yaml' (table, json or report)")


# -- export ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_standard_output_and_to_a_file_alike(ask: Run, tmp_path: Path, name: str) -> None:
    streamed = ask("export", name)
    assert (streamed.status, streamed.errors) == (0, "")
    dashed = ask("export", name, "-o", "-")
    assert dashed.output == streamed.output
    path = tmp_path / "new folder" / f"ä{FORMATS[name].suffix}"
    done = ask("export", name, "--output", str(path))
    assert done.status == 0
    written = [line.removeprefix("wrote ") for line in done.errors.splitlines()]
    assert sorted(written) == sorted(str(each) for each in path.parent.iterdir())
    if name != "csv":
        assert written == [str(path)]
    assert Path(written[-1]).read_bytes() == streamed.output


def test_exported_graphs_parse(ask: Run) -> None:
    sizes = {}
    for name, form in GRAPHS.items():
        sizes[name] = len(set(pyoxigraph.parse(ask("export", name).output, form)))
    sizes["rdfxml"] = len(rdflib.Graph().parse(data=ask("export", "rdfxml").output, format="xml"))
    assert sizes["turtle"] == sizes["ntriples"] == sizes["rdfxml"] > 100
    assert sizes["trig"] == sizes["nquads"]
    assert json.loads(ask("export", "jsonld").text)["@context"]["cq"] == "https://w3id.org/communique/ns#"


def test_exported_networks_parse(ask: Run) -> None:
    graph = networkx.parse_graphml(ask("export", "graphml").text)
    assert {data["label"] for _, data in graph.nodes(data=True)} >= {"United Nations Security Council"}
    assert len(json.loads(ask("export", "node-link").text)["nodes"]) == len(graph)
    assert len(list(csv.DictReader(io.StringIO(ask("export", "csv").text)))) == graph.number_of_edges()
    assert ET.fromstring(ask("export", "gexf").output).tag.endswith("gexf")
    assert ET.fromstring(ask("export", "svg").output).tag.endswith("svg")
    assert ask("export", "dot").text.startswith('digraph "addresses" {')
    assert ask("export", "png").output.startswith(b"\x89PNG")
    assert ask("export", "html").text.startswith("<!DOCTYPE html>")


def test_view_profile_and_texts_are_chosen(ask: Run) -> None:
    views = {ask("export", "node-link", "--view", view).text for view in ("addresses", "mentions", "all")}
    assert len(views) == 3
    assert len(ask("export", "csv", "--view", "all", "--groups").output) > len(
        ask("export", "csv", "--view", "all").output
    )
    assert ask("export", "csv", "--since", "2999").text.count("\n") == 1
    sizes = [len(ask("export", "ntriples", "--profile", each).output) for each in ("entities", "facts", "full")]
    assert sizes == sorted(sizes)
    assert "shepherds" in ask("export", "turtle", "--profile", "full").text
    assert "border troops detained" not in ask("export", "turtle", "--profile", "full", "--without-text").text


def test_the_table_is_csv_or_a_spreadsheet(ask: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("export", "table").text)))
    assert len(rows) == 4
    assert ask("export", "table", "-o", str(tmp_path / "t.xlsx")).status == 0
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0].max_row == 5


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["pdf"], 2, "there is no format 'pdf' (choose one of: turtle, trig"),
        (["svg", "--since", "soon"], 2, "query view-addresses, parameter since: 'soon' is no date"),
        (["turtle", "-o", "t.xlsx"], 2, "t.xlsx: turtle is not written to a file that ends in .xlsx"),
        (["turtle", "-o", "in"], 1, "in: cannot be written: Is a directory (name another file)"),
        (["csv", "-o", "in/thanks.md/x.csv"], 1, "in/thanks.md/x.csv: cannot be written: "),
        (["turtle", "-o", "/dev/full"], 1, "/dev/full: cannot be written: No space left on device (name another file)"),
    ],
)
def test_wrong_calls_of_export(ask: Run, arguments: list[str], status: int, said: str) -> None:
    done = ask("export", *arguments)
    assert (done.status, done.output) == (status, b"")
    assert done.error.startswith(f"communique: {said}")


def test_a_pipe_by_name_is_written_to_and_stays_a_pipe(ask: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        assert ask("export", "nquads", "-o", str(pipe)).status == 0
        assert read.result(timeout=10) == ask("export", "nquads").output
    assert pipe.is_fifo()


# -- show and info --------------------------------------------------------------------------------------------------


def test_show_takes_names_and_iris(ask: Run) -> None:
    by_name = ask("show", "UN Security Council")
    assert (by_name.status, by_name.errors) == (0, "")
    assert by_name.text.startswith("United Nations Security Council (Organization)\n")
    assert "«The statement was sent to the UN Security Council" in by_name.text
    iri = by_name.text.splitlines()[1]
    for call in (iri, f"<{iri}>", "org/un-security-council"):
        assert ask("show", call).text == by_name.text
    found = json.loads(ask("show", "OSCE", "--json").text)
    assert found["label"] == "Organization for Security and Co-operation in Europe"
    statement = found["sections"][0]["facts"][0]["statement"]
    assert ask("show", statement).text.startswith("Announcement") or "(Statement)" in ask("show", statement).text


def test_show_lists_what_an_ambiguous_name_may_mean(ask: Run) -> None:
    done = ask("show", "United Nations Se*")
    assert done.status == 0
    assert re.match(r"'United Nations Se\*' may mean \d entities:", done.text) or "(Organization)" in done.text
    several = ask("show", "Varenia")
    assert several.status == 0


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("Foregn Ministry", "no entity is named 'Foregn Ministry' (did you mean Foreign Ministry"),
        ("zzzzz", "no entity is named 'zzzzz' (`communique query entities` lists all)"),
        ("statement/0000-1-2", "the graph says nothing of https://w3id.org/communique/id/statement/0000-1-2 ("),
    ],
)
def test_show_says_what_it_does_not_know(ask: Run, what: str, said: str) -> None:
    done = ask("show", what)
    assert (done.status, done.output) == (2, b"")
    assert done.error.startswith(f"communique: {said}")


def test_info_counts_what_the_store_holds(ask: Run) -> None:
    found = json.loads(ask("info", "--json").text)
    assert (found["store"], found["documents"], found["statements"]) == ("output/store", 4, 4)
    assert f"quads              {found['quads']}\n" in ask("info").text


@pytest.mark.parametrize("command", ["query kinds", "validate", "export turtle", "show OSCE", "info"])
def test_without_a_store_the_remedy_is_named(here: Run, tmp_path: Path, command: str) -> None:
    done = here(*command.split())
    remedy = "run `communique build PATH...` first, or name the folder of one"
    assert (done.status, done.error) == (2, f"communique: output/store: there is no store here ({remedy})")
    assert list(tmp_path.iterdir()) == []


def test_an_option_that_a_format_does_not_heed_is_pointed_out(ask: Run) -> None:
    done = ask("export", "turtle", "--view", "accuses", "--groups")
    assert done.status == 0
    assert done.errors.splitlines() == ["note: turtle does not heed --view", "note: turtle does not heed --groups"]
    assert ask("export", "graphml", "--view", "accuses", "--groups").errors == ""


def test_an_output_folder_given_for_the_store_leads_to_it(ask: Run) -> None:
    done = ask("info", "--store", "output")
    assert (done.status, done.error.split("store here ")[1]) == (2, "(did you mean output/store?)")


# -- the process: pipes, terminals, faults --------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["query addresses", "export nquads --profile full", "build in --json -q", "--help"])
def test_a_reader_that_has_seen_enough_is_no_error(clone: Path, command: str) -> None:
    line = f"set -o pipefail; '{COMMUNIQUE}' {command} | head -1"
    done = subprocess.run(["bash", "-c", line], cwd=clone, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_a_full_disk_is_an_error(clone: Path) -> None:
    for command in (["info"], ["query", "kinds"], ["export", "turtle"], ["--version"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([COMMUNIQUE, *command], cwd=clone, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith(b"communique: standard output: cannot be written: No space left on device (")
        assert done.stderr.count(b"\n") == 1


def test_closed_streams_do_no_harm(clone: Path) -> None:
    line = f"'{COMMUNIQUE}' query kinds >&- 2>&- <&-"
    assert subprocess.run(["bash", "-c", line], cwd=clone, check=False).returncode == 0


def test_output_is_utf_8_whatever_the_locale(clone: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([COMMUNIQUE, "show", "OSCE"], cwd=clone, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert "«OSCE»" in done.stdout.decode("utf-8")


FAULT = """
import sys
from communique import cli, show
def describe(*_): raise ValueError("this was\\nnot foreseen")
show.describe = describe
sys.argv = ["communique", "show", "OSCE"]
cli.main()
"""


def test_an_unforeseen_error_is_one_line_and_its_traceback_can_be_had(clone: Path) -> None:
    def run(**more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **more}
        command = [sys.executable, "-c", FAULT]
        return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 1
    assert done.stderr.startswith(
        "communique: unforeseen ValueError: this was not foreseen (please report it; with COM"
    )
    assert done.stderr.count("\n") == 1
    assert "Traceback" in run(COMMUNIQUE_DEBUG="1").stderr


def on_terminal(command: list[str], folder: Path, **more: str) -> tuple[int, str]:
    """Run a command on a pseudo-terminal of 60 columns; return its exit status and what the terminal got."""
    ours, theirs = pty.openpty()
    termios_size = struct.pack("HHHH", 24, 60, 0, 0)
    import fcntl
    import termios

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, termios_size)
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    environment |= {"TERM": "xterm-256color", **more}
    got = b""
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        while select.select([ours], [], [], 20)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            got += chunk
    os.close(ours)
    return process.returncode, got.decode("utf-8")


def test_a_terminal_gets_a_table_that_fits_and_no_color_is_heeded(clone: Path) -> None:
    status, got = on_terminal([COMMUNIQUE, "query", "kinds"], clone)
    assert status == 0
    assert "\x1b[1m" in got
    assert "│" in got
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in got.splitlines()) <= 60
    assert "\x1b" not in on_terminal([COMMUNIQUE, "query", "kinds"], clone, NO_COLOR="1")[1]


def test_a_terminal_too_narrow_for_a_table_gets_a_block_a_row(clone: Path) -> None:
    status, got = on_terminal([COMMUNIQUE, "query", "statements"], clone, NO_COLOR="1")
    assert status == 0
    assert "│" not in got
    assert re.search(r"^document +doc/[0-9a-f]{32}", got, re.MULTILINE)
    assert max(map(len, got.splitlines())) <= 60


def test_a_terminal_gets_no_picture(clone: Path) -> None:
    status, got = on_terminal([COMMUNIQUE, "export", "png"], clone)
    assert status == 2
    assert got == "communique: png is no text for a terminal (name a file with -o, or send it down a pipe)\r\n"


def test_a_terminal_gets_a_progress_bar_unless_quiet(tmp_path: Path) -> None:
    write(tmp_path / "in", letters(5))
    status, got = on_terminal([COMMUNIQUE, "build", "in"], tmp_path)
    assert status == 0
    assert "reading" in got
    assert "5/5" in got
    assert on_terminal([COMMUNIQUE, "build", "in", "--quiet"], tmp_path) == (0, "")


# -- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *commands()])
def test_help_describes_each_option_gives_examples_and_fits_80_columns(here: Run, name: str) -> None:
    done = here(*name.split(), "--help", env={"COLUMNS": "80"})
    assert (done.status, done.errors) == (0, "")
    assert here(*name.split(), "-h", env={"COLUMNS": "80"}).output == done.output
    assert max(map(len, done.text.splitlines())) <= 80
    examples = done.text.split("\n  Examples:\n")[1].splitlines()
    assert len(examples) >= 2
    assert all(re.match(r"    (communique|cat|echo) ", line) for line in examples)
    command: Any = commands()[name] if name else typer.main.get_command(app)
    assert command.help
    for parameter in command.params:
        assert parameter.help, f"{parameter.name} is not explained"
        assert parameter.param_type_name == "argument" or max(parameter.opts, key=len) in done.text


def test_examples_in_the_help_texts_are_calls_that_parse(ask: Run) -> None:
    for name, command in commands().items():
        for line in command.epilog.splitlines():
            call = re.search(rf"communique {name}( [^|>]*)?", line)
            if call is None:
                continue
            known = {option for each in command.params for option in each.opts}
            assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", call[1] or "")) <= known, line


def test_the_reference_is_in_step_with_the_commands() -> None:
    assert PAGE.read_text(encoding="utf-8").partition(MARK)[2] == f"\n{reference()}", "python -m tests.docs.reference"


def test_every_command_and_option_is_documented() -> None:
    pages = PAGE.read_text(encoding="utf-8") + README.read_text(encoding="utf-8")
    top: Any = typer.main.get_command(app)
    for command in (top, *top.commands.values()):
        for parameter in command.params:
            if parameter.param_type_name == "option":
                for option in (*parameter.opts, *parameter.secondary_opts):
                    assert option in pages
    for name in FORMATS:
        assert name in pages


def test_the_exit_statuses_of_the_page_are_those_of_the_program() -> None:
    table = re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert table == ["0", "1", "2", "130"]


def test_version(here: Run) -> None:
    assert re.fullmatch(r"communique \d+\.\d+\.\d+\n", here("--version").text)


def test_a_copied_folder_of_the_examples_builds_without_failures(here: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = here("build", "examples", "--authority", "examples/authority.csv", "--json")
    assert (done.status, json.loads(done.text)["failures"]) == (0, [])
