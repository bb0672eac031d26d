from __future__ import annotations

import pytest

from communique.extract.events.characterizations import find_characterizations
from communique.extract.events.events import find_events
from communique.extract.text import Context, Text
from communique.model import Document, Header, Span


def judged(text: str) -> list[tuple[str, str]]:
    """Return pairs of a trigger and what it is called."""
    context = Context(Document("d", "s", "t.txt", text), Header(Span(0, len(text))), Text(text), [])
    events = find_events(context, [], [])
    found = find_characterizations(context, events)
    return [(text[c.of.begin : c.of.end], text[c.span.begin : c.span.end]) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The shelling of the town constitutes a flagrant breach of the truce.",
            [("shelling", "a flagrant breach of the truce")],
        ),
        (
            "The arrest of the editors is a gross violation of the charter, the board said.",
            [("arrest", "a gross violation of the charter")],
        ),
        ("The deportation of the families is regarded as a crime.", [("deportation", "a crime")]),
        ("The league described the raid as an act of terror.", []),
        ("The league described the raid as a provocation.", [("raid", "a provocation")]),
        ("The barbaric bombing went on.", [("bombing", "barbaric bombing")]),
        ("The unprovoked and brutal invasion went on.", [("invasion", "unprovoked and brutal invasion")]),
        ("Guards killed two farmers.\n\nThis act is a disgrace.", [("killed", "a disgrace")]),
        ("The killing of the farmers is under review.", []),
        ("This act is a disgrace.", []),
    ],
)
def test_judgements(text: str, expected: list[tuple[str, str]]) -> None:
    assert judged(text) == expected


def test_the_cue_and_the_sentence_are_kept() -> None:
    text = "Rain fell. The massacre amounts to a war crime."
    context = Context(Document("d", "s", "t.txt", text), Header(Span(0, len(text))), Text(text), [])
    (found,) = find_characterizations(context, find_events(context, [], []))
    assert found.cue is not None
    assert text[found.cue.begin : found.cue.end] == "amounts to"
    assert text[found.evidence.begin : found.evidence.end] == "The massacre amounts to a war crime."
