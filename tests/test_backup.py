"""Copies of a store: taken beside a writer, put back whole or not at all; stores of older layouts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import readings
from communique.errors import NoStoreError, StoreError
from communique.store import LAYOUT, MARKER, Store
from communique.triples import quads
from communique.upkeep import backup, restore, status

ALL = readings.all_readings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store on disk with the sample documents."""
    with Store.open(tmp_path / "out" / "store", "write") as store:
        for reading in ALL:
            store.add_document(reading.document.id, quads(reading))
    return tmp_path / "out" / "store"


def facts(folder: Path) -> bytes:
    with Store.open(folder) as store:
        return store.nquads()


def test_a_backup_is_taken_beside_a_writer_and_can_be_put_back(folder: Path, tmp_path: Path) -> None:
    before, kept = facts(folder), tmp_path / "kept"
    with Store.open(folder, "write") as writer:
        assert backup(folder, kept) == len(ALL)
        writer.remove(ALL[0].document.id)
        with pytest.raises(StoreError, match="in use"):
            restore(kept, folder)
        revision = writer.revision
    assert facts(folder) != before == facts(kept)
    assert restore(kept, folder) == len(ALL)
    assert facts(folder) == before
    assert Store.published(folder) > revision
    with pytest.raises(StoreError, match="exists already"):
        backup(folder, kept)


def test_a_backup_can_be_put_where_no_store_is(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "kept")
    assert restore(tmp_path / "kept", tmp_path / "new" / "store") == len(ALL)
    with Store.open(tmp_path / "new" / "store", "write") as store:
        assert store.remove(ALL[0].document.id)
    assert facts(tmp_path / "kept") == facts(folder)


def test_what_is_no_backup_leaves_the_store_alone(folder: Path, tmp_path: Path) -> None:
    before = facts(folder)
    with pytest.raises(NoStoreError):
        restore(tmp_path / "nothing", folder)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_text("x")
    with pytest.raises(NoStoreError):
        restore(folder, tmp_path / "text")
    assert facts(folder) == before


def test_an_exchange_cut_short_is_undone(folder: Path, tmp_path: Path) -> None:
    before = facts(folder)
    folder.rename(folder.with_name(".store.replaced"))
    assert facts(folder) == before
    backup(folder, tmp_path / "kept")
    folder.rename(folder.with_name(".store.replaced"))
    assert restore(tmp_path / "kept", folder) == len(ALL)
    assert sorted(each.name for each in folder.parent.iterdir()) == ["store"]


def test_a_restored_store_makes_the_next_build_write_graph_trig(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "kept")
    (folder.parent / "graph.trig").write_text("old")
    restore(tmp_path / "kept", folder)
    assert (folder.parent / ".graph.trig.unwritten").exists()


def test_a_store_of_the_first_layout_is_read_and_is_migrated_by_its_next_writer(folder: Path) -> None:
    marker = folder / MARKER
    marker.write_text(json.dumps(json.loads(marker.read_text()) | {"layout": 1}))
    before = facts(folder)
    with Store.open(folder, "write") as store:
        with pytest.raises(StoreError, match="in use"):
            Store.open(folder, "write")
        assert store.nquads() == before
        assert status(store, "x").unrecorded == len(ALL)
    assert json.loads(marker.read_text())["layout"] == LAYOUT
    marker.write_text(json.dumps(json.loads(marker.read_text()) | {"layout": 0}))
    with pytest.raises(StoreError, match="build into a new folder"):
        Store.open(folder)


def test_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written(folder: Path) -> None:
    """Root may write anywhere, so the process becomes somebody else."""
    code = (
        "import fcntl, os, sys\n"
        "from communique.store import Store\n"
        "if os.geteuid() == 0: os.setegid(65534); os.seteuid(65534)\n"
        "with Store.open(sys.argv[1]) as store: print(len(store.document_ids()))\n"
        "try: Store.open(sys.argv[1], 'write')\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o555 if each.is_dir() else 0o444)
    folder.parent.chmod(0o755)
    command = [sys.executable, "-c", code, folder.name]  # relative: the folders above let nobody else through
    told = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o755)
    assert told.stdout.splitlines()[:1] == [str(len(ALL))], told.stderr
    assert "StoreError" in told.stdout
    assert "Permission denied (check the path, its permissions and the free space)" in told.stdout
