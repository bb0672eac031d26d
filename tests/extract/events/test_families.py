"""Families of expressions that fresh documents showed to be read wrong, each with an invented sentence."""

from __future__ import annotations

import pytest
from tests.extract.events.test_events import names, only


@pytest.mark.parametrize(
    ("text", "trigger", "agents"),
    [
        ("The Lantern League condemned Varenia for its launch of two missiles.", "launch", ["Varenia"]),
        ("The Lantern League imposed a fine on Ostmark for its blockade of the port.", "blockade", ["Ostmark"]),
        ("We deplore this harassment on the part of the Varenia police.", "harassment", ["Varenia police"]),
        (
            "Those angered by Ostmark, Varenia, and Mara Orrin will be marching through Kessel.",
            "marching",
            [],
        ),
        ("Dozens were beaten by the army of Varenia.", "beaten", ["army of Varenia"]),
    ],
)
def test_the_doer(text: str, trigger: str, agents: list[str]) -> None:
    assert names(only(text, trigger).agents) == agents


@pytest.mark.parametrize(
    ("text", "trigger", "patients"),
    [
        ("Mara Orrin's appointment as judge pleased everybody in Dunmore.", "appointment", ["Mara Orrin"]),
        ("Hundreds were arrested in Dunmore on Monday.", "arrested", ["Hundreds"]),
        ("We think of those of the many others who were killed in Kessel.", "killed", ["many others"]),
        ("The Lantern League criticised the deployment to Varenia of forty tanks.", "deployment", []),
        ("Mara Orrin visited Ostmark last week.", "visited", []),
        ("The ministry is designating Mara Orrin, who runs a shipyard.", "designating", ["Mara Orrin"]),
    ],
)
def test_whom_it_meets(text: str, trigger: str, patients: list[str]) -> None:
    assert names(only(text, trigger).patients) == patients


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("The lifting of the curfew after the takeover would help.", "takeover", "asserted"),
        ("They spoke of the summit which will be held in Dunmore.", "summit", "planned"),
        ("Snow dims the prospects of resuming talks between Varenia and Ostmark.", "talks", "hypothetical"),
        ("Observers may attend the elections in Dunmore. The elections began on 2 May 2023.", "elections", "asserted"),
        (
            "Varenia will provide 3 million in aid to Kessel. This aid, and other aid of the past, is for farms.",
            "provide",
            "planned",
        ),
        ("Varenia repeated its promise to protect Kessel and condemned Ostmark for the raid.", "raid", "asserted"),
        ("The Lantern League has the right to protect Kessel and visited Ostmark in May.", "visited", "asserted"),
        ("Guards arrived not only to arrest Mara Orrin.", "arrest", "asserted"),
        ("Ostmark will send three boats to Varenia to evacuate Kessel.", "evacuate", "planned"),
        ("Ostmark sent three boats to Varenia to evacuate Kessel.", "evacuate", "asserted"),
        ("We fear any racist, bigoted or sectarian attacks in Kessel.", "attacks", "hypothetical"),
        ("Varenia could allow the deployment of two battalions.", "deployment", "hypothetical"),
        ("They spoke of the importance of holding elections in Varenia.", "elections", "hypothetical"),
        ("Varenia and Ostmark will promote closer cooperation in Kessel.", "cooperation", "planned"),
    ],
)
def test_the_stance(text: str, trigger: str, modality: str) -> None:
    assert only(text, trigger).modality == modality


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("The army lifted the siege after the 4 May takeover of Kessel.", "lifted", None),
        ("In January this year Mara Orrin visited Dunmore.", "visited", "2023-01"),
        (
            "In April, the envoy of Varenia for the river towns and the envoy of Ostmark for the coast met in Kessel.",
            "met",
            "2023-04",
        ),
        ("We welcome the agreement on a timetable starting in March 2024.", "agreement", None),
        ("During the talks in Dunmore on 3 May, the army of Varenia launched an offensive.", "offensive", "2023-05-03"),
        ("Mara Orrin has been named judge. Her formal naming will follow on 20 May.", "named", None),
        ("On May 3, crowds joined peaceful demonstrations in Dunmore.", "demonstrations", "2023-05-03"),
    ],
)
def test_the_date(text: str, trigger: str, value: str | None) -> None:
    times = only(text, trigger).times
    assert (times[0].value if times else None) == value


def test_a_national_emergency_is_no_disaster() -> None:
    assert only("Varenia extends the national emergency until June.", "emergency").type == "adjudicate"


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Mara Orrin had the opportunity to meet the mayor of Dunmore.", "meet", "asserted"),
        ("The guards of Varenia broke in, in order to kill the mayor of Dunmore.", "kill", "planned"),
        ("We imposed sanctions on Ostmark. These sanctions will take effect slowly.", "sanctions", "asserted"),
        ("We denounce the decision of Varenia to expel the Lantern League.", "expel", "asserted"),
    ],
)
def test_what_was_done_and_what_is_meant_to_be(text: str, trigger: str, modality: str) -> None:
    assert only(text, trigger).modality == modality


@pytest.mark.parametrize(
    ("text", "trigger", "agents"),
    [
        ("The head of the union of potters, Mara Orrin, visited Dunmore.", "visited", ["Mara Orrin"]),
        ("Mara Orrin, Jr. declared that an emergency exists in Dunmore.", "declared", ["Mara Orrin"]),
    ],
)
def test_the_person_behind_commas(text: str, trigger: str, agents: list[str]) -> None:
    assert names(only(text, trigger).agents) == agents
