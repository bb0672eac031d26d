"""Commands that write are killed, and files cannot grow: the short version of ``make crash``."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.statements import statement
from command import Commands
from communique.store import Store
from crashes import COMMANDS, Scene, facts


@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_run_again_leaves_what_an_uninterrupted_one_leaves(tmp_path: Path, command: str) -> None:
    commands, chance = Commands(), Random(7)
    scene = Scene(tmp_path / "scene", commands, documents=6)
    expected, seconds = scene.uninterrupted(command)
    for _ in range(2):
        assert scene.interrupted(command, chance.uniform(0.0, seconds), expected) == ""
    commands.close()


def test_files_that_cannot_grow_end_a_build_with_a_message_and_an_intact_store(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0.txt").write_text(statement(0))
    code = (
        "import resource, sys\n"
        "from communique.cli import main\n"
        "if int(sys.argv[1]): resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
        "sys.argv = ['communique', 'build', 'in', '-q']\n"
        "main()\n"
    )

    def build(limit: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(limit)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert build(0).returncode == 0
    before = facts(tmp_path / "output" / "store")
    for number in range(1, 9):
        (folder / f"{number}.txt").write_text(statement(number))
    told = build(200_000)
    assert told.returncode == 1
    assert told.stderr.startswith("communique: output/store: cannot be opened or written: ")
    assert "File too large" in told.stderr
    assert told.stderr.count("\n") == 1
    assert facts(tmp_path / "output" / "store") == before
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert build(0).returncode == 0
    with Store.open(tmp_path / "output" / "store") as store:
        assert store.counts()["documents"] == 9
