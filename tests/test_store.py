from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

import readings
from communique.errors import StoreError
from communique.model import Reading
from communique.store import MARKER, Store
from communique.triples import quads, source_quad
from communique.vocab import DCTERMS, DEFAULT_BASE, PROV

ALL = readings.all_readings()
RUN = NamedNode(f"{DEFAULT_BASE}run/1")


def fill(store: Store, chosen: list[Reading] = ALL) -> None:
    for reading in chosen:
        store.add_document(reading.document.id, quads(reading))


def lines(store: Store) -> list[str]:
    return sorted(store.nquads().decode().splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store on disk with the three sample documents."""
    with Store.open(tmp_path / "store", "write") as store:
        fill(store)
    return tmp_path / "store"


def test_what_goes_in_comes_out_as_the_model_declares_it() -> None:
    store = Store.memory()
    fill(store)
    assert set(store.quads()) == {quad for reading in ALL for quad in quads(reading)}


def test_documents_and_their_numbers(folder: Path) -> None:
    with Store.open(folder) as store:
        assert store.document_ids() == sorted(r.document.id for r in ALL)
        assert store.counts()["documents"] == 3
        assert store.counts()["events"] == 2
        assert ALL[0].document.id in store
        assert "0" * 32 not in store


def test_adding_a_document_again_replaces_its_graph_and_keeps_its_sources(folder: Path) -> None:
    reading = ALL[2]
    name = reading.document.id
    other = source_quad(name, "elsewhere/copy.txt")
    with Store.open(folder, "write") as store:
        before = set(store.quads())
        store.add([other])
        stray = Quad(
            NamedNode(f"{DEFAULT_BASE}doc/{name}"), NamedNode(DCTERMS + "subject"), Literal("stray"), other.graph_name
        )
        store.add([stray])
        store.add_document(name, quads(reading))
        assert set(store.quads()) == before | {other}
        assert store.sources(name) == ["elsewhere/copy.txt", "notices/notice.txt"]


def test_a_document_may_come_as_nquads() -> None:
    plain, packed = Store.memory(), Store.memory()
    fill(plain)
    for reading in ALL:
        packed.add_document(reading.document.id, serialize(quads(reading), format=RdfFormat.N_QUADS) or b"")
    assert lines(plain) == lines(packed)


def test_the_run_that_made_a_document_is_replaced_with_it() -> None:
    store = Store.memory()
    name = ALL[2].document.id
    for number in (1, 2):
        run = NamedNode(f"{DEFAULT_BASE}run/{number}")
        made = Quad(store.graph_name(name), NamedNode(PROV + "wasGeneratedBy"), run, store.graph_name("provenance"))
        store.add_document(name, quads(ALL[2]), [made])
        assert store.generator(name) == run.value


def test_removing_a_document_leaves_the_others(folder: Path) -> None:
    gone, *rest = ALL
    with Store.open(folder, "write") as store:
        assert store.remove(gone.document.id)
        assert not store.remove(gone.document.id)
        assert set(store.quads()) == {quad for reading in rest for quad in quads(reading)}


def test_replacing_a_shared_graph_tells_whether_it_changed() -> None:
    store = Store.memory()
    quad = Quad(
        RUN, NamedNode(DCTERMS + "title"), Literal('tricky "\\\n\u2028', language="en"), store.graph_name("links")
    )
    assert store.replace_graph("links", [quad])
    assert not store.replace_graph("links", [quad])
    assert list(store.quads("links")) == [quad]
    assert store.replace_graph("links", [])


def test_readers_go_on_while_a_writer_has_the_store(folder: Path) -> None:
    name = ALL[0].document.id
    with Store.open(folder) as before, Store.open(folder, "write") as writer:
        writer.remove(name)
        with Store.open(folder) as during:
            assert name in before
            assert name in during
            assert during.revision == before.revision == writer.revision - 1
        with pytest.raises(StoreError, match="in use by another process"):
            Store.open(folder, "write")
    with Store.open(folder) as after:
        assert name not in after


def test_a_store_that_is_being_written_for_the_first_time_cannot_be_read_yet(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", "write"), pytest.raises(StoreError, match="in use by another process"):
        Store.open(tmp_path / "store")


def test_checkpoints_that_nobody_reads_are_taken_away(folder: Path) -> None:
    def change() -> None:
        with Store.open(folder, "write") as store:
            store.add([source_quad(ALL[0].document.id, f"copy-{store.revision}.txt")])

    with Store.open(folder):
        change()
        assert len(list((folder / "readers").iterdir())) == 2
    change()
    assert [each.name for each in (folder / "readers").iterdir()] == [f"{Store.published(folder):012}"]


def test_every_change_raises_the_revision_and_nothing_else_does(folder: Path) -> None:
    before = Store.published(folder)
    quad = source_quad(ALL[0].document.id, "copy.txt")
    with Store.open(folder, "write") as store:
        seen = [store.revision]
        store.add([quad])
        seen.append(store.revision)
        store.replace_graph("links", [])
        seen.append(store.revision)
        store.add_document(ALL[0].document.id, quads(ALL[0]))
        seen.append(store.revision)
        store.remove(ALL[0].document.id)
        store.remove(ALL[0].document.id)
        seen.append(store.revision)
    assert seen == [before, before + 1, before + 1, before + 2, before + 3]
    with Store.open(folder, "write") as store:
        assert store.revision == before + 3
    assert Store.published(folder) == before + 3
    assert Store.published(folder.parent) == -1


def test_the_bookkeeping_is_no_part_of_the_graph(folder: Path) -> None:
    with Store.open(folder) as store:
        assert "manifest" not in store.graphs()
        assert len(store) == len(set(store.quads())) == len(store.nquads().splitlines())


def test_a_snapshot_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder, "write") as store:
        before = store.nquads()
        with store.snapshot(tmp_path / "snapshots" / "1") as snapshot:
            store.remove(ALL[0].document.id)
            assert snapshot.nquads() == before
            assert (snapshot.revision, snapshot.base) == (store.revision - 1, store.base)
        with pytest.raises(StoreError, match="exists already"):
            store.snapshot(tmp_path / "snapshots" / "1")
    with Store.open(folder) as reader, reader.snapshot(tmp_path / "snapshots" / "2") as snapshot:
        assert snapshot.nquads() == reader.nquads() != before
    with pytest.raises(StoreError, match="in memory"):
        Store.memory().snapshot(tmp_path / "snapshots" / "3")


def test_another_process_gets_the_lock_message(folder: Path) -> None:
    code = (
        "import sys; from communique.store import Store\n"
        "try: Store.open(sys.argv[1], 'write')\n"
        "except Exception as e: print(e)"
    )
    with Store.open(folder, "write"):
        told = subprocess.run(
            [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
        ).stdout
    assert told.startswith(f"{folder}: the store is in use by another process (wait")


def test_a_closed_store_says_so() -> None:
    store = Store.memory()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        len(store)


def test_reading_where_there_is_no_store_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store here \(run `communique build"):
        Store.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("chapter one")
    with pytest.raises(StoreError, match="something else than a store"):
        Store.open(tmp_path, "write")
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_path_below_a_file_cannot_be_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened or written"):
        Store.open(tmp_path / "file" / "store", "write")


def test_the_marker_decides_base_and_layout(folder: Path) -> None:
    with pytest.raises(StoreError, match="its IRIs begin with"):
        Store.open(folder, "write", "https://other.example/")
    marker = folder / MARKER
    later = json.loads(marker.read_text()) | {"layout": 99}
    marker.write_text(json.dumps(later))
    with pytest.raises(StoreError, match="later version"):
        Store.open(folder)
    marker.write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder)


def test_a_damaged_store_is_a_store_error(folder: Path) -> None:
    (folder / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError):
        Store.open(folder, "write")


def test_dumps_hold_everything_and_are_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    trig, nq = tmp_path / "graph.trig", tmp_path / "graph.nq"
    with Store.open(folder) as store:
        store.dump("trig", trig)
        store.dump("nquads", nq)
        first = trig.read_bytes()
        store.dump("trig", trig)
        everything = set(store.quads())
    assert trig.read_bytes() == first
    assert set(parse(path=str(trig), format=RdfFormat.TRIG)) == set(parse(path=str(nq))) == everything
    assert first.startswith(f"@base <{DEFAULT_BASE}> .\n@prefix cq: <https://w3id.org/communique/ns#> .".encode())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.nq", "graph.trig", "store"]


def test_an_empty_store_dumps_to_a_file_that_parses(tmp_path: Path) -> None:
    Store.memory().dump("trig", tmp_path / "empty.trig")
    assert list(parse(path=str(tmp_path / "empty.trig"), format=RdfFormat.TRIG)) == []


def test_a_failed_dump_keeps_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened or written"):
        Store.memory().dump("trig", tmp_path / "missing" / "graph.trig")


def test_what_a_killed_process_had_added_is_there(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; sys.path.insert(0, sys.argv[2]); import readings\n"
        "from communique.store import Store; from communique.triples import quads\n"
        "s = Store.open(sys.argv[1], 'write')\n"
        "[s.add_document(r.document.id, quads(r)) for r in readings.all_readings()]\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store"), str(Path(__file__).parent)], check=False
    )
    assert done.returncode == -9
    with Store.open(tmp_path / "store") as store:
        assert store.document_ids() == sorted(r.document.id for r in ALL)
    with Store.open(tmp_path / "store", "write") as store:
        assert store.document_ids() == sorted(r.document.id for r in ALL)


@settings(max_examples=20, deadline=None)
@given(st.permutations(ALL), st.lists(st.sampled_from(ALL), max_size=4))
def test_order_and_repetition_of_documents_make_no_difference(order: list[Reading], again: list[Reading]) -> None:
    plain, other = Store.memory(), Store.memory()
    fill(plain)
    fill(other, [*order, *again])
    assert other.nquads() == plain.nquads()
