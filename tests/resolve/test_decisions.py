"""Decisions: what stands is defined by the set of lines, and a torn last line is all that a kill can take."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import DataError, UsageError
from communique.resolve.decisions import Decision, Decisions, beside

A, B, C = (f"https://w3id.org/communique/id/person/{letter}" for letter in "abc")


def kinds(decisions: Decisions) -> dict[tuple[str, str], str]:
    return {pair: each.kind for pair, each in decisions.pairs().items()}


def test_the_file_is_beside_the_store() -> None:
    assert beside(Path("/data/output/store")) == Path("/data/output/decisions.jsonl")


def test_a_judgement_is_read_back_and_the_latest_of_a_pair_counts(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.jsonl"
    decisions = Decisions.load(path)
    decisions.judge("same", B, A, by="mira", note="same seal")
    decisions.judge("different", A, B, by="oren")
    decisions.judge("unsure", A, C, by="oren")
    assert kinds(decisions) == kinds(Decisions.load(path)) == {(A, B): "different", (A, C): "unsure"}
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert first.items() >= {"by": "mira", "kind": "same", "a": B, "b": A, "note": "same seal"}.items()


def test_an_undo_restores_what_was_judged_before_and_can_be_undone(tmp_path: Path) -> None:
    decisions = Decisions.load(tmp_path / "d.jsonl")
    decisions.judge("same", A, B, by="mira")
    second = decisions.judge("different", A, B, by="mira")
    undo = decisions.undo(second.id)
    assert kinds(decisions) == {(A, B): "same"}
    with pytest.raises(UsageError, match="already"):
        decisions.undo(second.id)
    decisions.undo(undo.id)
    assert kinds(decisions) == {(A, B): "different"}


def test_a_split_sets_earlier_judgements_aside_and_a_later_one_joins_again(tmp_path: Path) -> None:
    decisions = Decisions.load(tmp_path / "d.jsonl")
    decisions.judge("same", A, B, by="mira")
    decisions.split(A, by="mira")
    assert kinds(decisions) == {}
    assert set(decisions.splits()) == {A}
    decisions.judge("same", A, B, by="mira")
    assert kinds(decisions) == {(A, B): "same"}


def test_flags_stand_until_they_are_undone(tmp_path: Path) -> None:
    decisions = Decisions.load(tmp_path / "d.jsonl")
    flag = decisions.flag(A, "the commissioner did not say so", by="mira")
    assert [each.note for each in decisions.flags()] == ["the commissioner did not say so"]
    decisions.undo(flag.id)
    assert decisions.flags() == []


def test_wrong_judgements_are_refused(tmp_path: Path) -> None:
    decisions = Decisions.load(tmp_path / "d.jsonl")
    for a, b in ((A, A), (A, "no iri"), ("", B)):
        with pytest.raises(UsageError):
            decisions.judge("same", a, b, by="mira")
    with pytest.raises(UsageError, match="no judgement"):
        decisions.judge("split", A, B, by="mira")
    with pytest.raises(UsageError, match="no decision"):
        decisions.undo("feed")
    with pytest.raises(UsageError, match="who decided"):
        decisions.judge("same", A, B, by=" ")
    assert not (tmp_path / "d.jsonl").exists() or not (tmp_path / "d.jsonl").read_bytes()


def test_a_line_that_is_no_decision_is_named(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    Decisions.load(path).judge("same", A, B, by="mira")
    good = path.read_text(encoding="utf-8")
    for bad in ("{}", "[1]", '{"id": 3}', "no json", '{"kind":"sames"}', "x" * 30_000):
        path.write_text(f"{good}{bad}\n{good}", encoding="utf-8")
        with pytest.raises(DataError, match="line 2"):
            Decisions.load(path)


def test_a_torn_last_line_is_left_out_and_cut_off_by_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    decisions = Decisions.load(path)
    decisions.judge("same", A, B, by="mira")
    whole = path.read_bytes()
    decisions.judge("same", A, C, by="mira")
    for cut in range(len(whole), len(path.read_bytes())):
        torn = path.read_bytes()[:cut]
        other = tmp_path / "torn.jsonl"
        other.write_bytes(torn)
        found = Decisions.load(other)
        assert len(found) in (1, 2)
        found.judge("different", B, C, by="mira")
        assert kinds(Decisions.load(other))[B, C] == "different"
        assert len(Decisions.load(other)) == len(found)


def test_a_last_line_without_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    Decisions.load(path).judge("same", A, B, by="mira")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    Decisions.load(path).judge("same", A, C, by="mira")
    assert set(kinds(Decisions.load(path))) == {(A, B), (A, C)}


def test_two_writers_see_each_others_decisions(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    one, two = Decisions.load(path), Decisions.load(path)
    one.judge("same", A, B, by="mira")
    two.judge("different", A, B, by="oren")
    assert kinds(two) == {(A, B): "different"}
    one.judge("same", A, C, by="mira")
    assert kinds(one) == {(A, B): "different", (A, C): "same"}


def test_decisions_of_another_file_are_taken_over_once(tmp_path: Path) -> None:
    theirs = Decisions.load(tmp_path / "theirs.jsonl")
    theirs.judge("same", A, B, by="oren")
    mine = Decisions.load(tmp_path / "mine.jsonl")
    mine.judge("different", A, C, by="mira")
    assert mine.add(theirs.entries) == 1
    assert mine.add(theirs.entries) == 0
    mine.write(tmp_path / "all.jsonl")
    assert kinds(Decisions.load(tmp_path / "all.jsonl")) == {(A, B): "same", (A, C): "different"}


_KILLED = """
import sys
from communique.resolve.decisions import Decisions
decisions = Decisions.load(sys.argv[1])
for number in range(100_000):
    decisions.judge("same", f"https://x.example/{number}", "https://x.example/z", by="mira", note="n" * 500)
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_of_writing_loses_at_most_that_decision(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / f"{attempt}.jsonl"
        process = subprocess.Popen([sys.executable, "-c", _KILLED, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 * (attempt + 1))
        os.kill(process.pid, signal.SIGKILL)
        told = 1 + process.stdout.read().count("\n")
        process.wait()
        process.stdout.close()
        assert told <= len(Decisions.load(path)) <= told + 1


PEOPLE = [f"https://x.example/{number}" for number in range(12)]


def _history(seed: int, count: int) -> list[Decision]:
    """Return random decisions of some people whose clocks do not agree."""
    chance = random.Random(seed)
    made: list[Decision] = []
    for number in range(count):
        kind = chance.choice(["same", "different", "unsure", "split", "flag", "undo"])
        a, b = chance.sample(PEOPLE, 2)
        undoes = chance.choice(made).id if kind == "undo" and made else ""
        moment = f"2026-01-01T00:00:{chance.randrange(60):02}.000000Z"
        if kind != "undo" or undoes:
            made.append(Decision(moment, f"{number:04}", kind, "mira", a, b, "", undoes))
    return made


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_what_stands_is_defined_by_the_set_of_decisions(seed: int) -> None:
    entries = _history(seed, 1000)
    shuffled = random.Random(seed + 1).sample(entries, len(entries))
    one, two = Decisions(entries), Decisions(shuffled)
    assert one.standing() == two.standing()
    assert (one.pairs(), one.splits(), one.flags()) == (two.pairs(), two.splits(), two.flags())
    undone = {each.undoes for each in one.entries if each.kind == "undo"}
    assert {each.id for each in entries if each.kind != "undo"} - undone <= {each.id for each in one.standing()}


def test_undos_that_name_each_other_do_not_stand() -> None:
    loop = [
        Decision("2026-01-01T00:00:01.000000Z", "1", "undo", "mira", undoes="2"),
        Decision("2026-01-01T00:00:02.000000Z", "2", "undo", "mira", undoes="1"),
    ]
    judged = Decision("2026-01-01T00:00:00.000000Z", "0", "same", "mira", A, B)
    third = Decision("2026-01-01T00:00:03.000000Z", "3", "undo", "mira", undoes="0")
    assert set(Decisions([judged, *loop]).pairs()) == {(A, B)}
    assert set(Decisions([judged, *loop, third]).pairs()) == set()
