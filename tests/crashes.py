"""Kills commands that write at random moments, runs them again, and compares: ``make crash`` does so fifty times.

Each trial starts from a copy of the same output folder. After the kill the store must open, and each document in it
must be whole: as it was before, or as it is afterwards. After the same command has run to its end, the graph must be
the one that an uninterrupted run leaves, but for who made it when. Last, a disk (a small tmpfs) fills up during a
build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from pyoxigraph import NamedNode
from tests.bench.statements import make_documents, statement
from tests.command import Commands

from communique.store import Store, plain
from communique.vocab import CQ

Facts = dict[str, list[str]]
"""The quads of each graph, sorted; of the provenance only which graphs it speaks of."""

COMMANDS = {
    "build": ("build", "in", "--prune", "--authority", "own.csv"),
    "remove": ("remove", "000.txt", "001.txt", "005.txt"),
    "merge": ("merge", "{one}", "{other}", "--by", "me"),
    "restore": ("restore", "kept", "--store", "output/store"),
}
_DONE = {"remove": "no such document", "merge": "the two are one already"}
"""What a command that is run again says where the kill came after all was done."""
_CANONICAL = NamedNode(CQ + "canonical")
_RECORDS = "key,type,label\norg/valley-union,org,Valley Union\n"


def facts(store: Path) -> Facts:
    """Return what a store holds."""
    with Store.open(store) as opened:
        found = {name: [str(quad) for quad in opened.quads(name)] for name in opened.graphs()}
        found["provenance"] = [name for name in opened.document_ids() if opened.generator(name)]
    return {name: quads for name, quads in found.items() if quads}


class Scene:
    """An output folder with some documents in it, and an input that has changed since."""

    def __init__(self, folder: Path, commands: Commands, documents: int = 12) -> None:
        """Build it; ``kept`` is a backup of an earlier state."""
        self.folder, self.commands = folder, commands
        texts = folder / "in"
        texts.mkdir(parents=True)
        (folder / "own.csv").write_text(_RECORDS)
        for number in range(documents):
            (texts / f"{number:03}.txt").write_text(statement(number))
        self.must("build", "in", "-q")
        self.must("backup", "kept")
        (texts / "000.txt").write_text(statement(900))
        self.must("build", "in", "-q")
        for number in range(documents // 2):
            (texts / f"{500 + number}.txt").write_text(statement(500 + number))
        (texts / "002.txt").unlink()
        (texts / "003.txt").write_text(statement(901))
        (texts / "004.txt").write_text(statement(1))  # equal to another
        self.before = facts(folder / "output" / "store")
        self.one, self.other = _two_people(folder / "output" / "store")

    def arguments(self, command: str) -> list[str]:
        """Return a command with its arguments."""
        return [each.format(one=self.one, other=self.other) for each in COMMANDS[command]]

    def must(self, *arguments: str) -> None:
        done = self.commands.run(*arguments, folder=self.folder)
        assert done.status == 0, done

    @contextmanager
    def trial(self) -> Iterator[Path]:
        """Yield a copy of the folder."""
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as name:
            copy = Path(name) / "trial"
            shutil.copytree(self.folder, copy)
            yield copy

    def uninterrupted(self, command: str) -> tuple[Facts, float]:
        """Return what a command leaves behind, and how long it takes."""
        with self.trial() as folder:
            began = time.monotonic()
            done = self.commands.run(*self.arguments(command), folder=folder)
            assert done.status == 0, done
            return facts(folder / "output" / "store"), time.monotonic() - began

    def interrupted(self, command: str, after: float, expected: Facts) -> str:
        """Kill a command after so many seconds and run it again; return what is not as it should be."""
        with self.trial() as folder:
            killed = self.commands.run(*self.arguments(command), folder=folder, kill=after)
            store = folder / "output" / "store"
            half = [
                name
                for name, quads in facts(store).items()
                if _document(name) and quads not in self._known(name, expected)
            ]
            if half:
                return f"half a document: {half}"
            again = self.commands.run(*self.arguments(command), folder=folder)
            done_before = command in _DONE and _DONE[command] in again.errors
            if again.status != 0 and not done_before:
                return f"{killed.status}, then {again.status}: {again.errors}"
            left = facts(store)
            differing = [name for name in {*left, *expected} if left.get(name) != expected.get(name)]
            return f"other graphs than an uninterrupted run leaves: {differing}" if differing else ""

    def _known(self, name: str, expected: Facts) -> list[list[str] | None]:
        """Return what a document may be; one of the backup may be back as well, and lack a source or have one more."""
        kept = facts(self.folder / "kept")
        return [self.before.get(name), expected.get(name), kept.get(name)]


def _two_people(store: Path) -> tuple[str, str]:
    """Return two persons that are not joined."""
    with Store.open(store) as opened:
        nodes = {plain(q.object) for q in opened.dataset.quads_for_pattern(None, _CANONICAL, None)}
    one, other = sorted(node for node in nodes if "/person/" in node)[:2]
    return one, other


def _document(name: str) -> bool:
    return len(name) == 32


_FULL = """
set -e
mount -t tmpfs -o size=64m tmpfs "$1"
cd "$1"
run() { python="$1"; shift; "$python" -c 'from communique.cli import main; main()' "$@"; }
mkdir in
cp "$3"/00000?.txt in
run "$2" build in -q
cp "$3"/*.txt in
head -c $(( $(df --output=avail -k . | tail -1) * 1024 - 600000 )) /dev/zero > ballast
set +e
run "$2" build in -q
test $? = 1 || exit 2
run "$2" info --json
run "$2" validate || exit 3
rm ballast
run "$2" build in -q || exit 4
run "$2" info --json
"""


def full_disk() -> str:
    """Let a disk fill up during a build; return what is not as it should be."""
    with tempfile.TemporaryDirectory() as name:
        texts, disk = Path(name) / "texts", Path(name) / "disk"
        texts.mkdir()
        disk.mkdir()
        make_documents(texts, 40)
        command = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", _FULL, "bash"]
        told = subprocess.run(
            [*command, str(disk), sys.executable, str(texts)], capture_output=True, text=True, check=False
        )
    if "unshare" in told.stderr or "mount" in told.stderr:
        return f"cannot be tried here: {told.stderr.strip()}"
    documents = re.findall(r'"documents": (\d+)', told.stdout)
    said = "No space left on device" in told.stderr
    return "" if said and documents == ["10", "40"] and told.returncode == 0 else f"{told}"


def main(kills: int, seed: int) -> int:
    """Kill commands so often, print what went wrong, return how often that was."""
    chance, wrong = Random(seed), 0
    commands = Commands()
    with tempfile.TemporaryDirectory() as name:
        scene = Scene(Path(name) / "scene", commands)
        plans = {command: scene.uninterrupted(command) for command in COMMANDS}
        for number in range(kills):
            command = list(COMMANDS)[number % len(COMMANDS)]
            expected, seconds = plans[command]
            after = chance.uniform(0.0, seconds)
            fault = scene.interrupted(command, after, expected)
            wrong += bool(fault)
            print(
                f"{number + 1:3} {command:8} killed after {after:5.2f} of {seconds:5.2f} s: {fault or 'fine'}",
                flush=True,
            )
    commands.close()
    fault = full_disk()
    wrong += bool(fault)
    print(f"    a disk that fills up: {fault or 'fine'}")
    print(f"{kills} kills and a full disk, {wrong} of them left something wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(
        1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, int(sys.argv[2]) if len(sys.argv) > 2 else 1) else 0
    )
