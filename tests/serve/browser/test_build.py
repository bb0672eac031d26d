"""The build of the pages: what it makes goes into a wheel, and it can be made again anywhere."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVE = ROOT / "graph" / "communique" / "serve"


def test_all_that_the_build_makes_goes_into_a_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["communique.serve"]
    made = [path.relative_to(SERVE) for path in (SERVE / "static").rglob("*") if path.is_file()]
    assert {"index.html", "THIRD-PARTY-LICENSES.txt", "explore.js"} <= {path.name for path in made}, "run make web"
    assert [path for path in made if not any(path.match(pattern) for pattern in patterns)] == []


def test_the_lock_file_names_no_address_to_download_from() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    assert len(lock["packages"]) > 10
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_the_licence_of_each_bundled_package_goes_along() -> None:
    text = (SERVE / "static" / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    for name in (
        "cytoscape",
        "d3-geo",
        "d3-brush",
        "world-atlas",
        "@zazuko/yasgui",
        "@zazuko/yasqe",
    ):
        assert f"\n{name} " in text, name
