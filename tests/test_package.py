from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

import communique
from communique import errors
from communique.errors import CommuniqueError

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "graph" / "communique"
BUILT = CODE / "serve" / "static"  # the pages, built from web/; a clone has their sources only
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DATA = {".ttl", ".rq", ".csv", ".html", ".css", ".js", ".json", ".jsonld", ".md"}

# What a module needs from outside, imported before the fork so that each import alone takes milliseconds.
IMPORT_EACH = """
import os, sys, traceback
import networkx, openpyxl, pyoxigraph, pyshacl, rdflib, rich.table, rich.progress, shacl, trafilatura, typer
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            __import__(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name, flush=True)
"""
USE_ALL = """
import json, sys
import communique
from communique import ask, check, cli, resources
from communique.export import FORMATS, Options, export
import io
graph = communique.build([sys.argv[1]])
store = graph.open()
sizes = {}
for name in FORMATS:
    out = io.BytesIO()
    export(store, name, out, Options())
    sizes[name] = len(out.getvalue())
print(json.dumps({
    "home": communique.__file__,
    "recipients": [row["recipientLabel"] for row in ask.rows(store, "addresses")],
    "queries": len(ask.catalogue()),
    "errors": [f.message for f in check.check_store(store.dataset, store.base) if f.severity == "error"],
    "ontology": len(resources.shape("ontology")),
    "sizes": sizes,
}))
"""


def modules() -> list[str]:
    """Return the names of all modules of the package."""
    paths = sorted(CODE.rglob("*.py"))
    names = [".".join(("communique", *path.relative_to(CODE).with_suffix("").parts)) for path in paths]
    return [name.removesuffix(".__init__") for name in names]


def files(*folders: str) -> Iterator[Path]:
    """Yield the files of the repository's folders that a clone has."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            hidden = (
                {"__pycache__", ".venv", "node_modules"} & set(path.parts)
                or any(part.endswith(".egg-info") for part in path.parts)
                or path.is_relative_to(BUILT)
            )
            if path.is_file() and not hidden:
                yield path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what a clone has."""
    source = tmp_path_factory.mktemp("source")
    for path in files("graph", "shapes", "queries"):
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", "dist", "."]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (source / "dist").iterdir()
    return built


def test_the_listed_packages_are_the_folders() -> None:
    found = {".".join(path.parent.relative_to(CODE.parent).parts) for path in CODE.rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | {"communique.shapes", "communique.queries"}
    for name in ("shapes", "queries"):
        assert (ROOT / name / "__init__.py").exists()


def test_the_wheel_holds_all_code_and_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(CODE.parent).as_posix() for path in files("graph/communique") if path.suffix in DATA | {".py"}
    }
    expected |= {f"communique/{path.relative_to(ROOT).as_posix()}" for path in files("shapes", "queries")}
    assert expected | {"communique/py.typed"} <= held
    assert {Path(name).suffix for name in expected} >= {".py", ".ttl", ".rq", ".csv", ".html", ".css", ".js", ".jsonld"}
    (rest,) = {name.split("/")[0] for name in held} - {"communique"}
    assert f"{rest}/licenses/LICENSE" in held


def test_the_wheel_says_what_the_project_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("METADATA")]
        metadata = archive.read(name).decode("utf-8")
    assert f"\nVersion: {communique.__version__}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert "# Communique" in metadata


def test_the_unpacked_wheel_builds_checks_asks_and_exports(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Tarsk, 4 March 2031\n\nThe Foreign Ministry of the Republic of Varenia issued a statement. "
        "The statement was sent to the OSCE.\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-W", "error", "-c", USE_ALL, str(letter)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert Path(found["home"]).is_relative_to(site)
    assert found["recipients"] == ["Organization for Security and Co-operation in Europe"]
    assert found["errors"] == []
    assert found["queries"] >= 15
    assert found["ontology"] > 1000
    assert min(found["sizes"].values()) > 0


def test_every_module_imports_alone() -> None:
    command = [sys.executable, "-c", IMPORT_EACH, *modules()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_every_error_is_drawn_in_the_tree() -> None:
    drawn = re.findall(r"^ {4}[│├└─ ]*(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    defined = [name for name, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, CommuniqueError)]
    assert sorted(drawn) == sorted(defined)
    assert drawn[0] == "CommuniqueError"


def raised(path: Path) -> Iterator[tuple[str, set[str], int]]:
    """Yield each error of ours that a module makes: its class, the keywords it is given, the line."""
    ours = {name for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, CommuniqueError)}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            yield node.func.id, {each.arg or "" for each in node.keywords}, node.lineno


@pytest.mark.parametrize("path", sorted(CODE.rglob("*.py")), ids=lambda path: path.relative_to(CODE).as_posix())
def test_every_error_names_its_remedy_and_those_of_files_the_file(path: Path) -> None:
    for kind, given, line in raised(path):
        assert "remedy" in given, f"{path.name}, line {line}: {kind} without a remedy"
        if kind in ("ReadError", "DataError", "StoreError", "NoStoreError", "QueryError"):
            assert "where" in given, f"{path.name}, line {line}: {kind} without a place"


def test_an_error_says_where_what_and_the_remedy_on_one_line_and_survives_pickling() -> None:
    error = errors.ReadError("the file is empty", where="a.txt", remedy="leave it out")
    assert str(error) == "a.txt: the file is empty (leave it out)"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.where, again.remedy) == (
        errors.ReadError,
        str(error),
        "a.txt",
        "leave it out",
    )


def test_nothing_in_the_repository_is_bound_to_one_machine_or_registry() -> None:
    bound = re.compile(
        r"/(?:work|root|opt|Users|home/[a-z]+)/|"  # paths of a machine
        r"\.\./" + r"shared\b|"  # folders beside the repository
        r"(?:index|registry|files)\.?\w*\.(?:org|com|io|internal)\b|--(?:extra-)?index-url"
    )
    own = Path(__file__).name
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]  # a file in a work tree
    for path in [*tops, *files("graph", "shapes", "queries", "tests", "docs", "examples", "web", ".ci")]:
        if path.name != own and path.suffix != ".csv":
            found = bound.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{path.relative_to(ROOT)} names {found[0] if found else ''}"


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own, in each of its queries
def test_python_gets_statements_as_dataclasses_and_an_rdflib_dataset(tmp_path: Path) -> None:
    letter = tmp_path / "x.txt"
    letter.write_text(
        "Tarsk, 4 March 2031\n\nThe Foreign Ministry of the Republic of Varenia condemned the shelling.\n"
    )
    graph = communique.build([str(letter)])
    (statement,) = graph.statements
    assert isinstance(statement, communique.Statement)
    assert dataclasses.is_dataclass(statement)
    assert isinstance(graph.graph, rdflib.Dataset)
    issued = graph.graph.query(
        "PREFIX cq: <https://w3id.org/communique/ns#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?date { ?s a cq:Statement ; dcterms:issued ?date }"
    )
    assert [str(row[0]) for row in issued] == ["2031-03-04"]


def test_the_readme_call_works_in_a_fresh_process(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("The OSCE announced a meeting in Vienna on 3 May 2031.\n")
    code = "import communique; g = communique.build(['x.txt']); print(len(g.statements), len(g.graph) > 50)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1 True\n", "")
