from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from tests.docs.console import README, ROOT, Block, blocks, run

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples in it, as a clone has them."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[str, str]:
    """What each command of the README prints, run in the README's order."""
    return {block.command: run(block.command, folder) for block in blocks()}


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.command[:50])
def test_the_readme_shows_what_a_command_prints(block: Block, printed: dict[str, str]) -> None:
    assert block.output == block.shown(printed[block.command]), "paste anew: python -m tests.docs.console"


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert code is not None
    (folder / "readme.py").write_text(code[1], encoding="utf-8")
    assert "sent to United Nations Security Council" in run("python readme.py", folder)


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [README, *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for line in project["dependencies"]:
        name = re.match(r"[\w-]+", line)
        assert name is not None
        assert f"\n| {name[0]} |" in page, f"say in docs/dependencies.md why {name[0]} is here"


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [line for line in project["dependencies"] if ">=" not in line or "<" not in line] == []


def test_the_examples_are_many_and_varied() -> None:
    found = [p for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".md", ".html")]
    assert len(found) >= 20
    assert {p.suffix for p in found} == {".txt", ".md", ".html"}


def test_the_changelog_names_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"[{version}]" in text or "[Unreleased]" in text
