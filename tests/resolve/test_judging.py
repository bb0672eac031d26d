"""``communique review``, ``merge`` and ``split``: what a person decides, links, queries and `show` follow at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique import ask, show
from communique.build import build
from communique.cli import app
from communique.store import Store

TEXTS = {
    "one": "Mira Solenko, Commissioner for Human Rights of Varenia, condemned the shelling of Brenn on 3 May 2031.\n",
    "two": "Mira J. Solenko, Commissioner for Human Rights of Varenia, appealed to the Orrin Union on 5 May 2031.\n",
    "three": "Tarn Oake, the Foreign Minister of Ostmark, protested to the Orrin Union on 7 May 2031.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "out")
    return tmp_path


def run(folder: Path, *words: str, typed: str = "", status: int = 0) -> str:
    command = [*words, "--store", str(folder / "out" / "store")]
    found = CliRunner().invoke(app, command, input=typed)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == status, found.output
    return found.output


def called(folder: Path, name: str) -> set[str]:
    with Store.open(folder / "out" / "store") as store:
        return {node.value.rpartition("/")[2] for node in ask.entities_named(store, name)}


def test_merged_entities_are_one_for_queries_and_show_and_stay_so_when_built_again(folder: Path) -> None:
    assert called(folder, "Mira Solenko") == called(folder, "Mira J. Solenko") != called(folder, "Tarn Oake")
    run(folder, "merge", "Tarn Oake", "Mira Solenko", "--by", "ilva", "--note", "an assumed name")
    assert called(folder, "Tarn Oake") == called(folder, "Mira J. Solenko") == called(folder, "Mira Solenko")
    build(sorted(folder.glob("*.txt")), folder / "out")
    assert called(folder, "Tarn Oake") == called(folder, "Mira J. Solenko")
    with Store.open(folder / "out" / "store") as store:
        said = show.render(show.describe(store, "Tarn Oake"))
    assert "Joined across documents" in said
    assert "decided by ilva on 20" in said
    assert "an assumed name" in said
    (line,) = (folder / "out" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["by"] == "ilva"


def test_what_was_merged_can_be_undone(folder: Path) -> None:
    before = called(folder, "Tarn Oake")
    id = run(folder, "merge", "Tarn Oake", "Mira Solenko").split()[0]
    assert id in run(folder, "review", "--list")
    run(folder, "review", "--undo", id)
    assert called(folder, "Tarn Oake") == before
    assert run(folder, "review", "--list") == ""


def test_a_split_entity_leaves_its_cluster(folder: Path) -> None:
    run(folder, "split", "Mira J. Solenko")
    assert called(folder, "Mira J. Solenko").isdisjoint(called(folder, "Mira Solenko"))


def test_wrong_uses_say_what_to_do(folder: Path) -> None:
    from communique.errors import UsageError

    for words, told in (
        (("merge", "Mira Solenko", "Mira J. Solenko"), "one already"),
        (("merge", "Mira Solenko", "Ostmark"), "two types|no entity"),
        (("merge", "Mira Solenko", "Nobody Known"), "no entity is named"),
        (("split", "Tarn Oake"), "joined with nothing"),
        (("split", "statement/nowhere"), "no entity"),
        (("review", "--undo", "feed"), "no decision"),
        (("review", "--import", "nowhere.jsonl"), "no such file"),
        (("review", "--type", "robot"), "no type"),
    ):
        with pytest.raises(UsageError, match=told):
            run(folder, *words)
    assert not (folder / "out" / "decisions.jsonl").exists()


def test_review_asks_about_each_pair_and_undoes(tmp_path: Path) -> None:
    for number, name in enumerate(("Mira Solenko", "M. Solenko", "Marina Dorn", "Marisa Dorn")):
        text = f"{name} condemned the shelling of Brenn on {number + 1} May 2031 in a statement.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "out")
    pairs = json.loads(run(tmp_path, "review", "--json"))
    assert {pairs[0]["a"]["label"], pairs[0]["b"]["label"]} == {"Mira Solenko", "M. Solenko"}
    assert "condemned the shelling" in pairs[0]["a"]["contexts"][0]["sentence"]
    shown = run(tmp_path, "review", "--by", "ilva", typed="x\nd\nz\ns one seal\nu\n")
    assert shown.count("score") >= 3
    assert called(tmp_path, "Mira Solenko") == called(tmp_path, "M. Solenko")
    assert json.loads(run(tmp_path, "review", "--json")) == []
    listed = json.loads(run(tmp_path, "review", "--list", "--json"))
    assert [(each["kind"], each.get("note")) for each in listed] == [("same", "one seal"), ("unsure", None)]


def test_the_last_answer_of_a_review_can_be_taken_back(tmp_path: Path) -> None:
    for number, name in enumerate(("Mira Solenko", "M. Solenko")):
        text = f"{name} condemned the shelling of Brenn on {number + 1} May 2031 in a statement.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "out")
    assert "1 decided" in run(tmp_path, "review", "--by", "ilva", typed="d\nz\ns\ns\nq\n")
    assert [each["kind"] for each in json.loads(run(tmp_path, "review", "--list", "--json"))] == ["same"]


def test_decisions_go_from_one_graph_to_another(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(folder, "merge", "Tarn Oake", "Mira Solenko")
    run(folder, "review", "--export", str(folder / "all.jsonl"))
    other = tmp_path_factory.mktemp("other")
    build(sorted(folder.glob("*.txt")), other / "out")
    assert "1 new" in run(other, "review", "--import", str(folder / "all.jsonl"))
    assert called(other, "Tarn Oake") == called(other, "Mira Solenko")
    assert "0 new" in run(other, "review", "--import", str(folder / "all.jsonl"))
