"""Who is the agent of a deed, and who only suffers it or stands near it."""

from __future__ import annotations

import pytest
from tests.extract.events.test_sources import events_of


def agents(text: str) -> dict[str, list[str]]:
    return {text[e.trigger.begin : e.trigger.end].lower(): [r.mention.name for r in e.agents] for e in events_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Kestria bombed the port, killing six sailors, injuring three more and destroying homes.",
        "Kestria bombed the port on Monday, killing six sailors in a school, injuring three more, destroying homes.",
    ],
)
def test_participles_share_the_subject_of_the_main_clause(text: str) -> None:
    found = agents(text)
    assert {verb: found[verb] for verb in ("bombed", "killing", "injuring", "destroying")} == {
        "bombed": ["Kestria"],
        "killing": ["Kestria"],
        "injuring": ["Kestria"],
        "destroying": ["Kestria"],
    }


def test_victims_do_not_act_in_capitals_either() -> None:
    found = agents("TROOPS BOMBED THE PORT, KILLING SIX PERSONS, WOUNDING THREE OTHERS AND DESTROYING HOMES.")
    assert found["wounding"] == found["destroying"] == ["TROOPS"]


def test_whose_exile_it_is_has_suffered_it() -> None:
    text = "The league regrets Professor Tarn's exile."
    event = next(e for e in events_of(text) if e.type == "coerce")
    assert (event.agents, [r.mention.name for r in event.patients]) == ((), ["Professor Tarn"])


@pytest.mark.parametrize(
    "text", ["The 1991 Gulf war went on in Kestria for weeks.", "Kestria, in May 1999, lived through its own war."]
)
def test_a_war_is_not_waged_by_what_it_is_named_after(text: str) -> None:
    assert agents(text).get("war", []) == []


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("Kestria on Sunday bombed the port.", "bombed", ["Kestria"]),
        ("Kestria earlier this week bombed the port.", "bombed", ["Kestria"]),
        ("The league deplored Kestria's brutal and unjust attack on the port.", "attack", ["Kestria"]),
        ("The rebels arrested two sailors with three guards paid by Kestria.", "arrested", ["rebels"]),
    ],
)
def test_what_stands_between_hides_nobody_and_adds_nobody(text: str, trigger: str, doers: list[str]) -> None:
    assert agents(text)[trigger] == doers


def test_a_deed_of_several_possessors_is_of_them_all() -> None:
    found = agents("We condemn Orrin, Tarn and Kestria's attack on the port.")
    assert found["attack"] == ["Orrin", "Tarn", "Kestria"]


def test_a_bounded_count_is_who_suffers() -> None:
    text = "Over a dozen sailors were arrested and up to 20 farmers were killed in Kestria."
    found = {text[e.trigger.begin : e.trigger.end]: [r.mention.name for r in e.patients] for e in events_of(text)}
    assert "sailors" in found["arrested"][0]
    assert "20 farmers" in found["killed"][0]


def test_victims_behind_a_comma_have_not_done_it() -> None:
    text = "The league names two sailors, Mara Orrin and Ivo Tarn, killed on Saturday."
    event = next(e for e in events_of(text) if text[e.trigger.begin : e.trigger.end] == "killed")
    assert event.agents == ()


def test_who_announces_it_of_itself_does_it() -> None:
    found = agents("The league waits for Kestria, which announced that it has arrested three sailors.")
    assert found["arrested"] == ["Kestria"]
