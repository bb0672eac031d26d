"""Runs the ``console`` blocks of the README and compares, or pastes anew, what they print.

A block holds one command behind ``$`` and what it prints. A last line ``...`` says that more follows. Run
``python -m tests.docs.console`` to paste the output of all blocks anew (keeping twelve lines where a block is cut).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
KEPT = 12
_BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One command of the README and what the README says that it prints."""

    command: str
    output: str

    @property
    def cut(self) -> bool:
        """Whether the README shows the beginning only."""
        return self.output.rstrip("\n").endswith("...")

    def shown(self, printed: str) -> str:
        """Return so much of what was printed as the README shows."""
        if not self.cut:
            return printed
        kept = max(len(self.output.rstrip("\n").splitlines()) - 1, 0) or KEPT
        return "\n".join(printed.splitlines()[:kept]) + "\n...\n"


def blocks() -> list[Block]:
    """Return the console blocks of the README, in order."""
    return [Block(m["command"], m["output"]) for m in _BLOCK.finditer(README.read_text(encoding="utf-8"))]


def run(command: str, folder: Path) -> str:
    """Run a command as a user would who has activated the environment; return its standard output."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def main() -> None:
    """Paste the output of every block anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")

        def pasted(m: re.Match[str]) -> str:
            block = Block(m["command"], m["output"])
            return f"```console\n$ {block.command}\n{block.shown(run(block.command, folder))}```"

        README.write_text(_BLOCK.sub(pasted, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
