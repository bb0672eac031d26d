from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.extract.names.casing import truecase


def test_a_line_in_capitals_gets_the_case_of_running_text() -> None:
    assert truecase("MINISTER CONDEMNS ATTACK ON TARVE BY KESTRIAN TROOPS").startswith(
        "Minister condemns attack on Tarve by Kestrian"
    )


def test_mixed_lines_stay_as_they_are() -> None:
    text = "The UN met in Sollin.\nA NATO envoy came."
    assert truecase(text) == text


def test_acronyms_in_brackets_keep_their_capitals() -> None:
    assert "(OLF)" in truecase("THE ORRIN LIBERATION FRONT (OLF) REJECTS THE OFFER")


@given(st.text(max_size=300))
def test_no_offset_moves(text: str) -> None:
    cased = truecase(text)
    assert len(cased) == len(text)
    assert cased.casefold() == text.casefold()
