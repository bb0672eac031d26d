"""Finding the names of records in running text."""

import time

from hypothesis import given
from hypothesis import strategies as st

from communique.authority.records import Authority

AUTHORITY = Authority.load()
SENTENCE = (
    "The Ombudsman wrote to the UN Security Council, the U.N. High Commissioner for Refugees, the Council of Europe\n"
    "Commissioner for Human Rights, Médecins Sans Frontières and WHO; Ostmark's envoy in Côte d'Ivoire was told."
)


def _found(text: str, upper: bool = False) -> list[str]:
    return [match.records[0].key for match in AUTHORITY.matches(text, upper=upper)]


def test_names_are_found_in_order() -> None:
    assert _found(SENTENCE) == [
        "org/un-security-council",
        "office/un-high-commissioner-for-refugees",
        "office/coe-commissioner-for-human-rights",
        "org/msf",
        "org/world-health-organization",
        "place/ci",
    ]


def test_offsets_are_code_points_of_the_text() -> None:
    text = "😀 Déjà: the Organisation of Islamic Cooperation’s view"
    (match,) = AUTHORITY.matches(text)
    assert text[match.begin : match.end] == "Organisation of Islamic Cooperation"


def test_only_whole_words_count() -> None:
    assert _found("UNESCOs, Nigerians, Iranian and EUROPEANS") == []


def test_a_shorter_name_is_found_where_the_longer_one_breaks_off() -> None:
    assert _found("in Guinea-Bissauan waters") == ["place/gn"]


def test_the_longest_name_wins() -> None:
    assert _found("Papua New Guinea, Equatorial Guinea and Guinea") == ["place/pg", "place/gq", "place/gn"]


def test_acronyms_are_found_as_written_only() -> None:
    assert _found("those who told us") == []
    assert _found("a US-led mission") == ["place/us"]


def test_capitals_are_read_where_the_text_is_in_capitals() -> None:
    text = "SAN MARINO AND THE UNITED NATIONS HIGH COMMISSIONER FOR REFUGEES"
    assert _found(text) == []
    assert _found(text, upper=True) == ["place/sm", "office/un-high-commissioner-for-refugees"]


def test_weak_names_are_marked() -> None:
    strong, weak = AUTHORITY.matches("The UN General Assembly met; the General Assembly voted.")
    assert (strong.weak, weak.weak) == (False, True)
    assert strong.records == weak.records


def test_of_several_bearers_the_one_without_need_of_support_comes_first() -> None:
    (match,) = AUTHORITY.matches("a ruling of the ICJ")
    assert match.acronym
    assert [r.key for r in match.records] == [
        "org/international-court-of-justice",
        "org/international-commission-of-jurists",
    ]


@given(st.text(max_size=60), st.sampled_from(["Azerbaijan", "the United Nations", "OSCE"]), st.text(max_size=60))
def test_matches_lie_in_the_text_in_order_and_apart(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    at = 0
    for match in AUTHORITY.matches(text, upper=True):
        assert at <= match.begin < match.end <= len(text)
        at = match.end


def test_two_thousand_characters_take_less_than_five_milliseconds() -> None:
    text = (SENTENCE * 10)[:2000]
    AUTHORITY.matches(text)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        AUTHORITY.matches(text)
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.005
