from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique
from communique.authority import gazetteer
from communique.authority.records import Authority
from communique.build import (
    BuildInterruptedError,
    Graph,
    document_quads,
    fingerprint,
    read_document,
    records_in_use,
    withdraw,
)
from communique.check import check_store
from communique.errors import StoreError, UsageError
from communique.model import Document, Finding, Reading
from communique.store import Store
from communique.vocab import DEFAULT_BASE, document_id

BUILD = sys.modules["communique.build"]

TEXTS = {
    "protest.txt": (
        "Varenia protests over detentions\n\nTarsk, 4 March 2031\n\n"
        "The Foreign Ministry of the Republic of Varenia sent a protest to the UN Security Council and the OSCE.\n\n"
        "Ostmark border troops detained six shepherds on 2 March 2031.\n\n"
        "The Ministry calls on the OSCE to secure the release of the shepherds.\n"
    ),
    "thanks.md": "# Thanks\n\nThe Foreign Ministry of Varenia welcomes the decision of the United Nations.\n",
    "page.html": (
        "<html lang='en'><head><title>Message</title></head><body><article><h1>Message</h1><p>"
        "President Orlan Dask of Ostmark expressed condolences to the people of Varenia after the floods of February "
        "2031, his office announced on Monday. Rivers had risen for a week before the dams near Lower Brenn gave way."
        "</p></article></body></html>"
    ),
    "a folder/été 1.txt": "The OSCE announced a meeting in Vienna on 3 May 2031.\n",
}


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def facts(graph: Graph) -> list[str]:
    """Return the sorted N-Quads of everything but the provenance of the run."""
    store = graph.open()
    found = sorted(str(q) for name in store.graphs() if name != "provenance" for q in store.quads(name))
    if store.path is not None:
        store.close()
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.startswith("report")}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return write(tmp_path / "in", TEXTS)


def test_a_folder_becomes_a_graph_in_memory(inputs: Path) -> None:
    graph = communique.build([inputs])
    assert graph.report.documents == {
        "new": 4,
        "changed": 0,
        "unchanged": 0,
        "repeated": 0,
        "withdrawn": 0,
        "failed": 0,
    }
    assert len(graph.readings) == len(graph.statements) == 4
    assert graph.report.totals["documents"] == 4
    names = {Path(r.document.source).as_posix() for r in graph.readings}
    assert names == set(TEXTS)
    assert not [f for f in graph.findings if f.severity == "error"]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own, in each of its queries
def test_the_graph_is_an_rdflib_dataset_whose_default_graph_is_the_union(inputs: Path) -> None:
    graph = communique.build([inputs / "protest.txt"])
    rows = list(graph.graph.query("SELECT ?s WHERE { ?s a <https://w3id.org/communique/ns#Statement> }"))
    assert len(rows) == 1
    assert graph.graph is graph.graph


def test_output_holds_graph_store_and_reports(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    graph = communique.build([inputs], output=out)
    assert sorted(p.name for p in out.iterdir()) == ["graph.trig", "report.json", "report.md", "store"]
    report = json.loads((out / "report.json").read_text())
    assert report["documents"]["new"] == 4
    assert report["severities"]["error"] == 0
    assert "## Documents" in (out / "report.md").read_text()
    with graph.open() as store:
        assert {"authority", "links", "provenance"} < set(store.graphs())
        assert len(store.document_ids()) == 4


def test_what_is_built_conforms_to_all_shapes(inputs: Path, tmp_path: Path) -> None:
    graph = communique.build([inputs], output=tmp_path / "out")
    with graph.open() as store:
        assert [f.message for f in check_store(store.dataset, store.base) if f.severity == "error"] == []


def test_every_document_graph_says_which_run_made_it(inputs: Path, tmp_path: Path) -> None:
    graph = communique.build([inputs], output=tmp_path / "out")
    with graph.open() as store:
        made = [store.generator(name) for name in store.document_ids()]
        assert all(made)
        assert len(set(made)) == 1


def test_a_second_build_changes_nothing(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    communique.build([inputs], output=out)
    before = files(out)
    again = communique.build([inputs], output=out)
    assert again.report.documents["unchanged"] == 4
    assert again.report.documents["new"] == 0
    assert files(out) == before
    assert len(again.readings) == 4


def test_without_keeping_readings_known_documents_are_not_read_again(inputs: Path, tmp_path: Path) -> None:
    communique.build([inputs], output=tmp_path / "out", keep=False)
    again = communique.build([inputs], output=tmp_path / "out", keep=False)
    assert again.readings == ()
    assert "extract" not in again.report.seconds


def test_new_input_adds_only_itself(inputs: Path, tmp_path: Path) -> None:
    parts = communique.build([inputs / "protest.txt", inputs / "thanks.md"], output=tmp_path / "out")
    assert parts.report.documents["new"] == 2
    whole = communique.build([inputs], output=tmp_path / "out")
    assert whole.report.documents["new"] == 2
    assert whole.report.documents["unchanged"] == 2
    assert facts(whole) == facts(communique.build([inputs]))


def test_another_version_of_the_program_reads_again(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = communique.build([inputs], output=tmp_path / "out")
    before = facts(one)
    monkeypatch.setattr(BUILD, "fingerprint", lambda *_: "00000000")
    again = communique.build([inputs], output=tmp_path / "out")
    assert again.report.documents["changed"] == 4
    assert facts(again) == before


def test_two_processes_give_the_same_graph(inputs: Path, tmp_path: Path) -> None:
    one = communique.build([inputs], output=tmp_path / "one")
    two = communique.build([inputs], output=tmp_path / "two", jobs=2)
    assert facts(one) == facts(two)
    assert [r.document.id for r in one.readings] == [r.document.id for r in two.readings]


def test_equal_documents_are_one_with_all_their_sources(inputs: Path, tmp_path: Path) -> None:
    copy = inputs / "copies" / "same.txt"
    copy.parent.mkdir()
    copy.write_bytes((inputs / "protest.txt").read_bytes())
    graph = communique.build([inputs], output=tmp_path / "out")
    assert graph.report.documents["repeated"] == 1
    assert len(graph.statements) == 4
    name, _ = document_id(copy.read_bytes())
    with graph.open() as store:
        assert store.sources(name) == ["copies/same.txt", "protest.txt"]


def test_bad_files_are_reported_and_the_rest_is_built(inputs: Path, tmp_path: Path) -> None:
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "binary.txt").write_bytes(b"\x00\x01\x02\x03")
    (inputs / "scripts.html").write_text("<html><body><script>var x = 1;</script></body></html>")
    graph = communique.build([inputs], output=tmp_path / "out")
    assert graph.report.documents["failed"] == 3
    assert graph.report.documents["new"] == 4
    assert [f.source for f in graph.report.failures] == ["binary.txt", "empty.txt", "scripts.html"]
    assert all(f.stage == "read" and f.reason for f in graph.report.failures)
    assert "empty.txt" in (tmp_path / "out" / "report.md").read_text()


def test_an_error_of_ours_in_one_document_stops_nothing(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = BUILD.read_statement

    def faulty(document: Document, *given: Any) -> Reading:
        if document.source == "thanks.md":
            raise KeyError("shepherd")
        return honest(document, *given)

    monkeypatch.setattr(BUILD, "read_statement", faulty)
    graph = communique.build([inputs])
    assert graph.report.documents["new"] == 3
    (failure,) = graph.report.failures
    assert (failure.source, failure.stage) == ("thanks.md", "extract")
    assert failure.reason.startswith("internal error, please report it: KeyError: 'shepherd' (build.py, line")


def test_a_document_that_breaks_a_shape_is_left_out(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def strict(triples: str) -> list[Finding]:
        return [Finding("protest.txt", "error", "No such luck.")] if "Varenia protests" in triples else []

    monkeypatch.setattr(BUILD, "check_document", strict)
    graph = communique.build([inputs])
    assert graph.report.documents["failed"] == 1
    assert [(f.source, f.stage, f.reason) for f in graph.report.failures] == [
        ("protest.txt", "validate", "No such luck.")
    ]
    assert graph.report.totals["documents"] == 3
    assert communique.build([inputs], validate=False).report.documents["new"] == 4


def test_warnings_are_kept_with_the_document(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BUILD, "check_document", lambda quads: [Finding("", "warning", "Look here.", begin=7)])
    graph = communique.build([inputs / "protest.txt"])
    assert graph.report.documents["new"] == 1
    assert [(f.source, f.message) for f in graph.findings] == [("protest.txt", "Look here.")]
    assert "protest.txt at 7" in graph.report.to_markdown()


def test_an_unwritable_output_is_refused_before_anything_is_read(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BUILD, "read", lambda source: pytest.fail("it was read"))
    with pytest.raises(StoreError, match="the output folder cannot be written"):
        communique.build([inputs], output=inputs / "protest.txt")


def test_a_store_in_use_is_left_alone(inputs: Path, tmp_path: Path) -> None:
    communique.build([inputs / "thanks.md"], output=tmp_path / "out")
    with Store.open(tmp_path / "out" / "store", "write"), pytest.raises(StoreError, match="in use"):
        communique.build([inputs], output=tmp_path / "out")
    with Store.open(tmp_path / "out" / "store") as reader:
        communique.build([inputs], output=tmp_path / "out")
        assert reader.counts()["documents"] == 1


def test_a_wrong_path_leaves_no_output_behind(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        communique.build([tmp_path / "nothing.txt"], output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_builds_wrote_is_no_input(inputs: Path) -> None:
    communique.build([inputs], output=inputs / "out")
    again = communique.build([inputs], output=inputs / "out")
    assert again.report.documents["unchanged"] == 4
    assert again.report.documents["new"] == 0
    with pytest.raises(UsageError, match="nothing to read but what builds wrote"):
        communique.build([inputs / "out"], output=inputs / "out")


def test_another_base_moves_all_iris(inputs: Path, tmp_path: Path) -> None:
    base = "https://data.example.org/x/"
    graph = communique.build([inputs / "protest.txt"], output=tmp_path / "out", base=base)
    assert not [line for line in facts(graph) if DEFAULT_BASE in line]
    assert communique.build([inputs], output=tmp_path / "out").report.documents["unchanged"] == 1
    with pytest.raises(StoreError, match="its IRIs begin with"):
        communique.build([inputs], output=tmp_path / "out", base=DEFAULT_BASE)


@pytest.mark.parametrize("base", ["example.org/", "https://example.org", "https://exa mple.org/", ""])
def test_what_is_no_base_is_refused(inputs: Path, base: str) -> None:
    with pytest.raises(UsageError, match="is no base for IRIs"):
        communique.build([inputs], base=base)


def test_one_path_needs_no_list(inputs: Path) -> None:
    assert len(communique.build(inputs / "protest.txt").statements) == 1
    assert len(communique.build(str(inputs / "protest.txt")).statements) == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are always UTF-8 there")
def test_a_file_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:
        file.write(TEXTS["protest.txt"])
    with open(os.fsencode(tmp_path) + b"/vid\xe9.txt", "w"):
        pass
    graph = communique.build([tmp_path], output=tmp_path / "out")
    assert (graph.report.documents["new"], graph.report.documents["failed"]) == (1, 1)
    assert "caf\ufffd.txt" in (tmp_path / "out" / "graph.trig").read_text(encoding="utf-8")


def test_progress_is_told_after_each_source(inputs: Path) -> None:
    told: list[tuple[int, int, str]] = []
    communique.build([inputs], progress=lambda *now: told.append(now))
    assert [(done, total) for done, total, _ in told] == [(n, 4) for n in (1, 2, 3, 4)]


def test_an_interrupt_keeps_and_reports_what_was_finished(inputs: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int, source: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(BuildInterruptedError) as caught:
        communique.build([inputs], output=tmp_path / "out", progress=stop)
    assert isinstance(caught.value, KeyboardInterrupt)
    report = caught.value.graph.report
    assert report.interrupted
    assert report.documents["new"] == 2
    assert json.loads((tmp_path / "out" / "report.json").read_text())["interrupted"]
    rest = communique.build([inputs], output=tmp_path / "out")
    assert rest.report.documents["unchanged"] == 2
    assert facts(rest) == facts(communique.build([inputs]))


def test_a_document_is_stored_and_counted_or_neither(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Store.flush

    def interrupted(*arguments: Any) -> None:
        honest(*arguments)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(BUILD, "BATCH", 1)
    monkeypatch.setattr(Store, "flush", interrupted)
    with pytest.raises(BuildInterruptedError) as caught:
        communique.build([inputs], output=tmp_path / "out")
    assert caught.value.graph.report.documents["new"] == 1
    assert caught.value.graph.report.totals["documents"] == 1


def test_ctrl_c_in_a_build_with_several_processes_keeps_what_was_finished(tmp_path: Path) -> None:
    write(tmp_path / "in", {f"{n:03}.txt": f"Statement {n}.\n\nThe OSCE announced meeting {n}.\n" for n in range(200)})
    code = (
        "import sys, communique\n"
        "if __name__ == '__main__':\n"
        "    said = lambda done, total, source: print(done, flush=True)\n"
        "    try: communique.build([sys.argv[1]], output=sys.argv[2], jobs=2, progress=said)\n"
        "    except KeyboardInterrupt as stop:\n"
        "        print('kept', stop.graph.report.documents['new'], flush=True)\n"
        "        sys.exit(130)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    command = [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        last = process.stdout.read().splitlines()[-1]
    assert process.returncode == 130
    with Store.open(tmp_path / "out" / "store") as store:
        assert last == f"kept {len(store.document_ids())}"
        assert 0 < len(store.document_ids()) < 200
    assert json.loads((tmp_path / "out" / "report.json").read_text())["interrupted"]


def test_one_document_goes_down_the_path_alone() -> None:
    text = TEXTS["protest.txt"]
    document = Document(*document_id(text.encode()), "protest.txt", text)
    reading = read_document(document)
    assert reading.document == document
    assert all(role.entity is not None for s in reading.statements for role in (*s.recipients, *s.mentions))
    assert document_quads(document) == document_quads(replace(document))


def test_a_town_comes_with_its_region_and_state() -> None:
    found = {record.key: record for record in records_in_use(Authority.load(), ["place/zaxo-89570"])}
    assert found["place/zaxo-89570"].parent == "place/duhok-governorate-97270"
    assert found["place/duhok-governorate-97270"].parent == "place/iq"
    assert found["place/iq"].geonames == "99237"


def test_records_in_use_come_with_all_they_belong_to() -> None:
    authority = Authority.load()
    child = next(record for record in authority if record.parent and record.parent in authority)
    found = [record.key for record in records_in_use(authority, [child.key, "org/of-nobody"])]
    assert child.key in found
    assert child.parent in found
    assert found == sorted(found)


def test_a_place_of_the_gazetteer_has_a_record_inside_its_state() -> None:
    (town, *_) = gazetteer.lookup("Vienna")
    records = {record.key: record for record in records_in_use(Authority.load(), [town.key])}
    assert records[town.key].geonames == str(town.geonameid)
    assert records[records[town.key].parent].country == town.country


def test_authority_files_of_the_user_count_in_the_fingerprint(tmp_path: Path) -> None:
    extra = tmp_path / "varenia.csv"
    extra.write_text("key,label\nplace/xv,Varenia\n")
    one = fingerprint([extra])
    extra.write_text("key,label\nplace/xv,Republic of Varenia\n")
    assert len({fingerprint(), one, fingerprint([extra])}) == 3


def test_records_of_the_user_name_entities(inputs: Path, tmp_path: Path) -> None:
    extra = tmp_path / "varenia.csv"
    extra.write_text("key,type,label,country\nplace/xv,state,Varenia,XV\n")
    graph = communique.build([inputs / "protest.txt"], authority=[extra])
    assert any(f"<{DEFAULT_BASE}place/xv>" in line for line in facts(graph))


def test_the_function_is_callable_whatever_was_imported_before() -> None:
    import communique.build as module

    assert callable(communique.build)
    assert module.build is communique.build.build  # type: ignore[attr-defined]


def test_importing_the_package_is_quick() -> None:
    code = "import time; t = time.perf_counter(); import communique; print(time.perf_counter() - t)"
    best = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3))
    assert best < 0.3


def test_every_public_name_can_be_had() -> None:
    for name in communique.__all__:
        assert getattr(communique, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = communique.nonsense  # type: ignore[attr-defined]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(sorted(TEXTS)), st.integers(0, 4))
def test_any_order_in_any_number_of_builds_gives_one_graph(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], cut: int
) -> None:
    folder = write(tmp_path_factory.mktemp("in"), TEXTS)
    out = tmp_path_factory.mktemp("out") / "o"
    for part in (order[:cut], order[cut:]):
        if part:
            last = communique.build([folder / name for name in part], output=out)
    whole = communique.build([folder / name for name in sorted(order)])
    assert facts(last) == facts(whole)


def test_a_document_takes_milliseconds(inputs: Path) -> None:
    text = TEXTS["protest.txt"] * 4
    document = Document(*document_id(text.encode()), "long.txt", text)
    document_quads(document)
    since = time.process_time()
    for _ in range(5):
        document_quads(document)
    assert (time.process_time() - since) / 5 < 0.25


def test_a_withdrawn_document_leaves_the_graph_as_if_it_had_never_been(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    first = "Statement by the Ministry of Fisheries of Norway\n\n3 May 2031\n\nWe condemn the raid on Oslo.\n"
    (folder / "a.txt").write_text(first)
    communique.build([folder], tmp_path / "one")
    (folder / "b.txt").write_text("The Orrin Farmers Party calls on the Government of Norway to open the port.\n")
    communique.build([folder], tmp_path / "two")
    removed = withdraw(tmp_path / "two", ["b.txt"])
    assert len(removed) == 1
    with Store.open(tmp_path / "one" / "store") as one, Store.open(tmp_path / "two" / "store") as two:
        for name in one.document_ids():
            assert set(one.quads(name)) == set(two.quads(name))
        assert set(one.quads("links")) <= set(two.quads("links"))
        assert two.document_ids() == one.document_ids()
    with pytest.raises(UsageError, match="no such document"):
        withdraw(tmp_path / "two", ["b.txt"])
