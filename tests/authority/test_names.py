"""Keys and variants of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.authority.names import acronym_forms, acronym_key, fold, name_key, plain_key, slug, variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Gambia", "gambia"),
        ("Kəlbəcər", "Kelbecer"),
        ("U.N. Office", "United Nations Office"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("People’s Council", "Peoples Council"),
        ("Labour Centre", "labor center"),
        ("St. Lucia", "St Lucia"),
    ],
)
def test_writings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_in_other_scripts_keep_their_letters() -> None:
    assert plain_key("БАКУ") == plain_key("Баку") == "баку"


@given(st.text(max_size=40))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.from_regex(r"[A-Za-z ]{1,30}", fullmatch=True))
def test_the_fast_way_for_plain_letters_gives_the_same_key(text: str) -> None:
    assert plain_key(text) == plain_key(f"{text}!")


def test_variants_hold_the_name_first_and_the_usual_spellings() -> None:
    found = variants("United Nations Programme")
    assert found[0] == "United Nations Programme"
    assert {"UN Programme", "U.N. Programme", "UN Program"} <= set(found)


def test_a_single_word_has_no_variants() -> None:
    assert variants("Labour") == ("Labour",)


def test_acronyms_are_also_written_with_dots() -> None:
    assert acronym_forms("UN") == ("UN", "U.N.")
    assert acronym_forms("UNESCO") == ("UNESCO",)
    assert acronym_key("the U.N.'s") == "UN"


def test_slugs_are_plain_ascii() -> None:
    assert slug("São Tomé & Príncipe") == "sao-tome-principe"
    assert slug("Баку") == ""
