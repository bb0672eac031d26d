"""Which event a date belongs to: never to one that only stands near it."""

from __future__ import annotations

import pytest
from tests.extract.events.test_events import events_of


def dates(text: str) -> dict[str, str]:
    """Return the dates of the events of a text issued on 10 May 2023, by trigger."""
    return {text[e.trigger.begin : e.trigger.end]: e.times[0].value if e.times else "" for e in events_of(text)}


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("Today we addressed the ongoing invasion of Kessel.", "invasion", ""),
        ("Those angered by the attack on Kessel will be marching on 20 May.", "attack", ""),
        ("The attack on Kessel killed five people on 3 May.", "attack", "2023-05-03"),
        ("The election in Dunmore was held on 3 May.", "election", "2023-05-03"),
        ("In recent weeks Ostmark arrested Mara Orrin, who was born in 1990.", "arrested", ""),
        ("At the meeting in Dunmore on 3 May, Ostmark arrested Mara Orrin.", "arrested", "2023-05-03"),
        ("After the elections of 3 May, Ostmark arrested Mara Orrin.", "arrested", ""),
        ("The council was founded as an agency in 1949.", "founded", "1949"),
        ("We near the tenth anniversary of the uprising on 20 May.", "uprising", "2013-05-20"),
        ("We near the tenth anniversary of the uprising on 20 May.", "anniversary", "2023-05-20"),
        ("Ostmark has detained farmers since 3 May.", "detained", "2023-05-03--2023-05-10"),
    ],
)
def test_a_date_goes_to_the_event_that_it_stands_with(text: str, trigger: str, value: str) -> None:
    assert dates(text)[trigger] == value


def test_what_begins_after_the_day_of_issue_is_planned() -> None:
    (event,) = [e for e in events_of("The elections of next week worry Ostmark.") if e.type == "vote"]
    assert event.modality == "planned"
