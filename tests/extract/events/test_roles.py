"""Who is the agent of a deed, and who only suffers it or stands near it."""

from __future__ import annotations

import pytest
from tests.extract.events.test_sources import events_of


def agents(text: str) -> dict[str, list[str]]:
    return {text[e.trigger.begin : e.trigger.end].lower(): [r.mention.name for r in e.agents] for e in events_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Kestria bombed the port, killing six persons, wounding three others and destroying homes.",
        "Kestria bombed the port on Monday, killing six persons in a school, wounding three others, destroying homes.",
    ],
)
def test_participles_share_the_subject_of_the_main_clause(text: str) -> None:
    found = agents(text)
    assert {verb: found[verb] for verb in ("bombed", "killing", "wounding", "destroying")} == {
        "bombed": ["Kestria"],
        "killing": ["Kestria"],
        "wounding": ["Kestria"],
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
