"""What denies an event, and what only stands near it."""

from __future__ import annotations

import pytest
from tests.extract.events.test_sources import told


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("It is not true that Kestria bombed the dam.", "bombed", "denied"),
        ("It is false that Kestria bombed the dam.", "bombed", "denied"),
        ("The so-called massacre in the port is an invention of rebels.", "massacre", "denied"),
        ("The massacre in the port was a complete fabrication.", "massacre", "denied"),
        ("The massacre in the port is not a fabrication.", "massacre", "asserted"),
        ("Had Kestria bombed the dam, the valley would lie under water.", "bombed", "hypothetical"),
        ("Had Kestria not bombed the dam, the valley would be dry.", "bombed", "asserted"),
        ("Would Kestria have bombed the dam?", "bombed", "hypothetical"),
        ("Has Kestria bombed the dam?", "bombed", "hypothetical"),
        ("Kestria dismissed as baseless the claims that it had bombed the dam.", "bombed", "denied"),
        ("Kestria rejected the accusation of having bombed the dam.", "bombed", "denied"),
        ("There is no truth to reports that Kestria bombed the dam.", "bombed", "denied"),
        ("Kestria denied its troops had bombed the dam.", "bombed", "denied"),
        ("Kestria denied troop movements near the border.", "movements", "denied"),
    ],
)
def test_denials_and_questions_are_no_facts(text: str, trigger: str, modality: str) -> None:
    assert told(text, trigger)[0] == modality


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The false accusations made by rebels are a sign of pain after the bombing of the dam.", "bombing"),
        (
            "The claim that Kestria bombed the dam is a sign that rebels killed ten sailors, a false prophet says.",
            "killed",
        ),
        ("Kestria does not deny that its troops bombed the dam.", "bombed"),
        ("Kestria cannot deny that its troops bombed the dam.", "bombed"),
        ("Nobody denies that its troops bombed the dam.", "bombed"),
        ("Kestria rejects this claim and recalls the arrest of ten sailors.", "arrest"),
        ("Kestria rejects the claim that the sailors were not arrested.", "arrested"),
        ("The guards failed to prevent the killing of ten sailors.", "killing"),
        ("There is no evidence linking Tove Orrin to the bombings in the port.", "bombings"),
        ("The sailors find no recourse under the law approved in 2021.", "approved"),
        ("The council rejected the report of the visit to the port.", "visit"),
        ("Kestria denies any role in the bombing of the dam.", "bombing"),
        ("Alleged persecution of sailors in Kestria", "persecution"),
        ("Kestria denied the claim on Monday, a day after its troops bombed the dam.", "bombed"),
        ("Kestria denied that it holds Tove Orrin, two days after its troops bombed the dam.", "bombed"),
        ("Kestria denied the reports, while its troops bombed the dam.", "bombed"),
        ("Kestria denied that it holds Tove Orrin; its troops bombed the dam.", "bombed"),
        ("Kestria, which denies that it holds Tove Orrin, bombed the dam.", "bombed"),
        ("Kestria denies having anything to do with the killing of ten guards.", "killing"),
        ("The false accusations made by rebels are a sign that Kestria means to escalate its invasion.", "invasion"),
        ("There is no doubt that Kestria bombed the dam.", "bombed"),
    ],
)
def test_a_fact_beside_a_denial_stays_a_fact(text: str, trigger: str) -> None:
    assert told(text, trigger)[0] == "asserted"
