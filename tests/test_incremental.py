"""Builds upon builds: what is skipped, replaced, withdrawn and tried again, and that a store says so."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import communique
from communique.build import fingerprint, withdraw
from communique.errors import UsageError
from communique.store import Store
from communique.upkeep import gone, status
from communique.vocab import document_id

FIRST = "Statement by the Ministry of Fisheries of Norway\n\n3 May 2031\n\nWe condemn the raid on Oslo.\n"
SECOND = "The Ombudsman of Kenya called on the Council of Europe to send observers to Nairobi on 4 May 2031.\n"
THIRD = "The OSCE announced on 5 May 2031 that its observers will travel to Tbilisi.\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST)
    (folder / "b.txt").write_text(SECOND)
    return folder


def run(folder: Path, *paths: Path | str, **options: Any) -> dict[str, int]:
    """Build into ``out`` beside a folder; return the documents by state, those that are not 0."""
    graph = communique.build([*paths] or [folder], folder.parent / "out", keep=False, **options)
    return {state: number for state, number in graph.report.documents.items() if number}


def held(folder: Path) -> list[str]:
    """The facts of the store, without who made them when."""
    with Store.open(folder.parent / "out" / "store") as store:
        names = [name for name in store.graphs() if name != "provenance"]
        return [str(quad) for name in names for quad in store.quads(name)]


def anew(folder: Path, where: Path) -> list[str]:
    """The facts of a store that never saw anything but what the folder holds now."""
    graph = communique.build([folder], where, keep=False)
    with graph.open() as store:
        names = [name for name in store.graphs() if name != "provenance"]
        return [str(quad) for name in names for quad in store.quads(name)]


def test_what_has_not_changed_is_not_even_parsed(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(inputs) == {"new": 2}
    before = Store.published(inputs.parent / "out" / "store")
    monkeypatch.setattr("communique.build.read", lambda source: pytest.fail("it was read"))
    assert run(inputs) == {"unchanged": 2}
    os.utime(inputs / "a.txt", (1, 1))
    assert run(inputs) == {"unchanged": 2}
    assert Store.published(inputs.parent / "out" / "store") == before


def test_a_change_of_bytes_is_seen_whatever_size_and_time_say(inputs: Path) -> None:
    run(inputs)
    known = (inputs / "a.txt").stat()
    (inputs / "a.txt").write_text(FIRST.replace("Oslo", "Oran"))
    os.utime(inputs / "a.txt", ns=(known.st_atime_ns, known.st_mtime_ns))
    assert run(inputs) == {"new": 1, "unchanged": 1, "withdrawn": 1}


def test_an_edited_file_s_document_takes_the_place_of_the_old_one(inputs: Path, tmp_path: Path) -> None:
    run(inputs)
    (inputs / "a.txt").write_text(THIRD)
    assert run(inputs) == {"new": 1, "unchanged": 1, "withdrawn": 1}
    assert held(inputs) == anew(inputs, tmp_path / "other")


def test_a_document_stays_as_long_as_one_file_holds_it(inputs: Path, tmp_path: Path) -> None:
    (inputs / "copy.txt").write_text(FIRST)
    assert run(inputs) == {"new": 2, "repeated": 1}
    (inputs / "a.txt").write_text(THIRD)
    assert run(inputs) == {"new": 1, "unchanged": 2}
    assert held(inputs) == anew(inputs, tmp_path / "other")
    (inputs / "copy.txt").unlink()
    assert run(inputs, prune=True) == {"unchanged": 2, "withdrawn": 1}
    assert held(inputs) == anew(inputs, tmp_path / "third")


def test_two_files_that_change_places_lose_nothing(inputs: Path, tmp_path: Path) -> None:
    run(inputs)
    (inputs / "a.txt").write_text(SECOND)
    (inputs / "b.txt").write_text(FIRST)
    run(inputs)
    assert held(inputs) == anew(inputs, tmp_path / "other")


def test_one_file_by_two_names_is_one_source(inputs: Path) -> None:
    run(inputs, inputs / "a.txt")
    run(inputs, inputs.parent / "in")
    run(inputs, inputs.parent)
    with Store.open(inputs.parent / "out" / "store") as store:
        assert store.sources(document_id(FIRST.encode())[0]) == ["in/a.txt"]
        assert len(list(store.entries())) == 2
    before = held(inputs)
    assert run(inputs, inputs / "a.txt") == {"unchanged": 1}
    assert held(inputs) == before


def test_prune_takes_what_is_gone_from_the_paths_given_and_nothing_else(inputs: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "c.txt").write_text(THIRD)
    run(inputs, inputs, other)
    (inputs / "a.txt").unlink()
    (other / "c.txt").unlink()
    assert run(inputs) == {"unchanged": 1}
    assert run(inputs, inputs, prune=True) == {"unchanged": 1, "withdrawn": 1}
    assert run(inputs, inputs, prune=True) == {"unchanged": 1}
    with pytest.raises(UsageError, match="no documents in this folder"):
        run(inputs, other)
    assert run(inputs, other, prune=True) == {"withdrawn": 1}
    assert held(inputs) == anew(inputs, tmp_path / "third")


def test_prune_knows_which_files_a_glob_means(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = inputs / "sub"
    deep.mkdir()
    (deep / "c.txt").write_text(THIRD)
    run(inputs)
    for path in (inputs / "a.txt", deep / "c.txt"):
        path.unlink()
    monkeypatch.chdir(inputs.parent)
    with Store.open("out/store") as store:

        def found(*paths: str) -> list[str]:
            return sorted(entry.source for entry in gone(store, paths))

        assert found("in/*.txt") == found(str(inputs / "?.txt")) == ["a.txt"]
        assert found("in/**/*.txt") == found("in") == ["a.txt", "sub/c.txt"]
        assert found("in/b*.txt") == found("-") == found("out") == []
        assert found("in/a.txt") == ["a.txt"]


def test_force_reads_everything_again(inputs: Path) -> None:
    run(inputs)
    before = held(inputs)
    assert run(inputs, force=True) == {"changed": 2}
    assert held(inputs) == before


def test_what_was_stored_unchecked_is_checked_by_the_next_build_that_checks(inputs: Path) -> None:
    run(inputs, validate=False)
    assert run(inputs, validate=False) == {"unchanged": 2}
    assert run(inputs) == {"changed": 2}
    assert run(inputs) == {"unchanged": 2}


def test_what_fails_is_on_record_and_tried_again(inputs: Path) -> None:
    (inputs / "c.txt").write_bytes(b"")
    assert run(inputs) == {"new": 2, "failed": 1}
    letters = inputs.parent / "out" / "failed.jsonl"
    (line,) = letters.read_text().splitlines()
    letter = json.loads(line)
    assert (letter["source"], letter["stage"], letter["status"]) == ("c.txt", "read", "failed")
    assert letter["reason"].startswith("the file is empty")
    assert run(inputs) == {"unchanged": 2, "failed": 1}
    (inputs / "c.txt").write_text(THIRD)
    assert run(inputs) == {"new": 1, "unchanged": 2}
    assert not letters.exists()


def test_a_file_that_can_no_longer_be_read_keeps_its_document_and_is_called_stale(inputs: Path) -> None:
    run(inputs)
    before = held(inputs)
    (inputs / "a.txt").write_bytes(b"\x00\x01\x02")
    assert run(inputs) == {"unchanged": 1, "failed": 1}
    assert held(inputs) == before
    with Store.open(inputs.parent / "out" / "store") as store:
        now = status(store, fingerprint())
        assert [(entry.source, entry.stage) for entry in now.failed] == [("a.txt", "read")]
        assert [(each.source, each.reason[:19]) for each in now.stale] == [("a.txt", "the file was edited")]


def test_status_says_what_is_out_of_date(inputs: Path) -> None:
    run(inputs)
    (inputs / "a.txt").write_text(THIRD)
    (inputs / "b.txt").unlink()
    with Store.open(inputs.parent / "out" / "store") as store:
        assert status(store, fingerprint()).stale[0].reason == "the file was edited since"
        assert status(store, fingerprint()).stale[1].reason == "the file is gone"
        assert len(status(store, "another").stale) == 4
        shown = status(store, fingerprint()).as_dict()
    assert (shown["documents"], shown["sources"], shown["failed"], shown["unrecorded"]) == (2, 2, [], 0)


def test_removed_documents_are_off_the_record(inputs: Path, tmp_path: Path) -> None:
    (inputs / "copy.txt").write_text(FIRST)
    run(inputs)
    withdraw(inputs.parent / "out", ["copy.txt"])
    with Store.open(inputs.parent / "out" / "store") as store:
        assert [entry.source for entry in store.entries()] == ["b.txt"]
        assert store.document_ids() == [document_id(SECOND.encode())[0]]
    assert run(inputs) == {"new": 1, "repeated": 1, "unchanged": 1}
    assert held(inputs) == anew(inputs, tmp_path / "other")


def test_what_a_killed_removal_left_undone_is_done_by_the_next(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(inputs)
    with monkeypatch.context() as patch:
        patch.setattr("communique.build.resolve", lambda *_: pytest.exit("killed"))
        with pytest.raises(pytest.exit.Exception):
            withdraw(inputs.parent / "out", ["a.txt"])
    with pytest.raises(UsageError, match="no such document"):
        withdraw(inputs.parent / "out", ["a.txt"])
    undone = held(inputs)
    assert not [quad for quad in undone if document_id(FIRST.encode())[0] in quad]
    with Store.open(inputs.parent / "out" / "store") as store:
        assert store.settled()


def test_a_large_graph_is_not_written_to_one_file_unasked(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.build.TRIG_DOCUMENTS", 1)
    file = inputs.parent / "out" / "graph.trig"
    run(inputs, inputs / "a.txt")
    assert file.exists()
    graph = communique.build([inputs], inputs.parent / "out", keep=False)
    assert not file.exists()
    assert "build with --trig" in graph.findings[0].message
    run(inputs, trig=True)
    assert file.exists()
    (inputs / "a.txt").write_text(THIRD)
    run(inputs, trig=False)
    assert not file.exists()


def test_a_bounded_report_counts_what_it_does_not_hold(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.report.KEPT", 2)
    for number in range(4):
        (inputs / f"{number}.txt").write_bytes(b"")
    graph = communique.build([inputs], inputs.parent / "out", keep=False)
    assert (len(graph.report.failures), len(graph.findings)) == (2, 2)
    assert (graph.report.documents["failed"], graph.report.severities["error"]) == (4, 4)
    assert len((inputs.parent / "out" / "failed.jsonl").read_text().splitlines()) == 4


def test_a_file_that_failed_by_name_and_is_gone_is_struck_off(inputs: Path) -> None:
    (inputs / "c.txt").write_text("")
    assert run(inputs, inputs, inputs / "c.txt") == {"new": 2, "failed": 1}
    (inputs / "c.txt").unlink()
    assert run(inputs) == {"unchanged": 2}
    assert not (inputs.parent / "out" / "failed.jsonl").exists()


def test_a_store_knows_the_options_of_its_last_build_and_a_build_says_when_they_change(inputs: Path) -> None:
    records = inputs.parent / "own.csv"
    records.write_text("key,type,label\norg/valley-union,org,Valley Union\n")
    assert run(inputs, authority=[records]) == {"new": 2}
    with Store.open(inputs.parent / "out" / "store") as store:
        assert store.options() == {"authority": [str(records)], "ner": "none"}
    graph = communique.build([inputs], inputs.parent / "out", keep=False)
    assert graph.report.documents["changed"] == 2
    assert [f.message for f in graph.findings] == [
        "Built before with another --authority: all documents are read again as they come."
    ]


def test_records_that_are_not_there_are_named() -> None:
    with pytest.raises(UsageError, match="no such file"):
        fingerprint([Path("nosuch.csv")])
