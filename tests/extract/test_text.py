from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.text import Text
from communique.model import Span


def sentences(string: str) -> list[str]:
    return [string[s.span.begin : s.span.end] for s in Text(string).sentences]


def test_abbreviations_initials_and_acronyms_do_not_end_a_sentence() -> None:
    text = "Mr. J. B. Orrin met Gen. Vell in the U.S. Embassy on Sept. 3. They talked."
    assert sentences(text) == ["Mr. J. B. Orrin met Gen. Vell in the U.S. Embassy on Sept. 3.", "They talked."]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences("“We will not go.” He left.") == ["“We will not go.”", "He left."]


def test_points_of_a_list_are_sentences() -> None:
    assert sentences("We ask that:\n- A stops;\n- B starts.") == ["We ask that:", "- A stops;", "- B starts."]


@pytest.mark.parametrize(
    ("string", "tokens"),
    [
        ("Varenia's army", ["Varenia", "'s", "army"]),
        ("the U.S. envoy", ["the", "U.S.", "envoy"]),
        ("al-Orrini said", ["al-Orrini", "said"]),
        ("O'Vell, 1,200", ["O'Vell", ",", "1,200"]),
        ("D'ESCARA", ["D'ESCARA"]),
    ],
)
def test_tokens(string: str, tokens: list[str]) -> None:
    assert [t.text for s in Text(string).sentences for t in s.tokens] == tokens


@given(st.text(max_size=400))
def test_every_offset_points_at_its_own_words(string: str) -> None:
    text = Text(string)
    for sentence in text.sentences:
        assert 0 <= sentence.span.begin < sentence.span.end <= len(string)
        for token in sentence.tokens:
            assert string[token.begin : token.end] == token.text
            assert sentence.span.holds(token.span)


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_do_not_overlap(string: str) -> None:
    spans = [s.span for s in Text(string).sentences]
    assert all(a.end <= b.begin for a, b in pairwise(spans))


def test_evidence_is_the_sentence_around_a_span() -> None:
    string = "First one. Second one here. Third."
    text = Text(string)
    assert text.of(text.evidence(Span(18, 21))) == "Second one here."


def test_a_blank_line_in_mid_sentence_ends_none() -> None:
    text = Text("The board said that the ferries of the valley would be\n\nfree from May. It met on Monday.")
    assert [text.of(s.span)[-5:] for s in text.sentences] == [" May.", "nday."]


def test_no_sentence_runs_across_a_cut() -> None:
    text = Text("LOCKS CLOSE The board met.", cuts=(11,))
    assert [text.of(s.span) for s in text.sentences] == ["LOCKS CLOSE", "The board met."]
