"""Time expressions and the events they belong to."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.temporal.times import attach_time, find_times, time_expressions
from communique.extract.text import Text
from communique.model import Span

THURSDAY = "2021-05-27"


def values(string: str, anchor: str = THURSDAY) -> list[str]:
    return [t.value for t in find_times(Text(string), anchor, Span(0, len(string)))]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on 24 March 2021", "2021-03-24"),
        ("on March 24", "2021-03-24"),
        ("on December 24", "2020-12-24"),
        ("in September 2020", "2020-09"),
        ("in April", "2021-04"),
        ("in June", "2020-06"),
        ("in early 2021", "2021"),
        ("in late November", "2020-11"),
        ("since 27 September 2020", "2020-09-27--2021-05-27"),
        ("since March", "2021-03-01--2021-05-27"),
        ("over the past three weeks", "2021-05-06--2021-05-27"),
        ("in the last year", "2020-05-27--2021-05-27"),
        ("two days ago", "2021-05-25"),
        ("in 1998", "1998"),
        ("the 2008 war", "2008"),
        ("yesterday", "2021-05-26"),
        ("today", "2021-05-27"),
        ("this morning", "2021-05-27"),
        ("last night", "2021-05-26"),
        ("tomorrow", "2021-05-28"),
        ("on Tuesday", "2021-05-25"),
        ("on Thursday", "2021-05-27"),
        ("last Thursday", "2021-05-20"),
        ("next Monday", "2021-05-31"),
        ("last week", "2021-05-17--2021-05-23"),
        ("earlier this week", "2021-05-24--2021-05-30"),
        ("last month", "2021-04"),
        ("last year", "2020"),
        ("three days ago", "2021-05-24"),
        ("two years ago", "2019"),
        ("between 27 September and 10 November 2020", "2020-09-27--2020-11-10"),
        ("from 27 September to 10 November 2020", "2020-09-27--2020-11-10"),
        ("from 28 December to 3 January 2021", "2020-12-28--2021-01-03"),
        ("from March to May 2021", "2021-03-01--2021-05-31"),
        ("between 2015 and 2018", "2015-01-01--2018-12-31"),
        ("on 21-23 May 2021", "2021-05-21--2021-05-23"),
    ],
)
def test_an_expression_has_the_value_that_its_words_and_the_issue_fix(words: str, value: str) -> None:
    assert values(f"Shells fell on the town {words}, the ministry said.") == [value]


def test_capitals_make_no_difference() -> None:
    assert values("TROOPS LAUNCHED AN OFFENSIVE ON 16 MAY AND WITHDREW YESTERDAY.") == ["2021-05-16", "2021-05-26"]


@pytest.mark.parametrize(
    "words", ["in recent days", "in spring", "soon", "in the 1990s", "2000 people", "may march", "Ms May", "12:30"]
)
def test_what_fixes_no_time_is_left_out(words: str) -> None:
    assert values(f"Shells fell {words} on the town.") == []


def test_a_sentence_that_looks_ahead_puts_a_date_after_the_issue() -> None:
    assert values("The council will meet on July 3.") == ["2021-07-03"]
    assert values("The upcoming vote on January 15 matters.") == ["2022-01-15"]
    assert values("The talks will resume on Monday.") == ["2021-05-31"]


def test_without_a_date_of_issue_only_what_is_said_in_full_counts() -> None:
    text = "On 24 March 2021 and on 3 May, yesterday and on Monday, shells fell."
    assert values(text, anchor="") == ["2021-03-24"]


def test_a_date_of_issue_with_a_time_of_day_will_do() -> None:
    assert values("It happened yesterday.", anchor="2021-05-27T17:33:00+04:00") == ["2021-05-26"]


def test_only_the_part_asked_for_is_read() -> None:
    string = "Selm, 3 May 2021. Shells fell on 2 May 2021."
    assert [t.value for t in find_times(Text(string), "", Span(18, len(string)))] == ["2021-05-02"]


def test_the_evidence_is_the_sentence() -> None:
    string = "Nothing new. Shells fell on 2 May 2021. Nobody was hurt."
    (time,) = find_times(Text(string), "", Span(0, len(string)))
    assert (time.span.of(string), time.evidence.of(string)) == ("2 May 2021", "Shells fell on 2 May 2021.")


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_a_past_date_without_its_year_is_found_again(issued: date, back: int) -> None:
    day = issued - timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    assert values(f"Shells fell on {day:%B} {day.day}.", issued.isoformat()) == [day.isoformat()]


WORDS = st.sampled_from(
    "on in May March 3 31 2020 Monday yesterday last week from to between and - , . ; will 1998".split(" ")  # noqa: SIM905
)


@given(st.lists(WORDS, max_size=20), st.sampled_from(["", "2021", "2021-05", "2021-05-31", "2020-02-29"]))
def test_values_are_real_dates_in_order_without_overlaps(words: list[str], anchor: str) -> None:
    string = " ".join(words)
    times = find_times(Text(string), anchor, Span(0, len(string)))
    assert all(a.span.end <= b.span.begin for a, b in pairwise(times))
    for time in times:
        ends = [
            date.fromisoformat(f"{part}-01-01"[:10] if len(part) == 4 else f"{part}-01"[:10])
            for part in time.value.split("--")
        ]
        assert ends == sorted(ends)


def attached(string: str, trigger: str) -> str | None:
    text = Text(string)
    at = string.index(trigger)
    times = find_times(text, THURSDAY, Span(0, len(string)))
    sentence = text.sentence_at(at)
    assert sentence is not None
    time = attach_time(times, Span(at, at + len(trigger)), sentence)
    return time.value if time is not None else None


@pytest.mark.parametrize(
    ("string", "trigger", "value"),
    [
        ("Ostmark shelled the town on 3 May and seized the bridge on 5 May.", "shelled", "2021-05-03"),
        ("Ostmark shelled the town on 3 May and seized the bridge on 5 May.", "seized", "2021-05-05"),
        ("On 3 May, the army of Ostmark shelled the town.", "shelled", "2021-05-03"),
        ("The court on May 3 overturned the ban.", "overturned", "2021-05-03"),
        ("We condemn the May 25 launches.", "launches", "2021-05-25"),
        ("The minister said on Monday that troops crossed the border.", "crossed", None),
        ("Troops crossed the border; the council met on Monday.", "crossed", None),
        ("Troops withdrew after the council met on Monday.", "withdrew", None),
        ("“Troops crossed the border,” the minister said today.", "crossed", None),
        ("The arrest on 3 May and the sentence were condemned.", "sentence", None),
        ("Shelling has gone on since 3 May.", "Shelling", "2021-05-03--2021-05-27"),
    ],
)
def test_a_trigger_takes_the_time_of_its_own_clause(string: str, trigger: str, value: str | None) -> None:
    assert attached(string, trigger) == value


@given(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"])
)
def test_the_past_so_many_units_end_at_the_issue_and_begin_before_it(issued: date, number: int, unit: str) -> None:
    (value,) = values(f"Shells fell over the past {number} {unit}s.", issued.isoformat())
    begin, end = value.split("--")
    assert end == issued.isoformat()
    least = {"day": 1, "week": 7, "month": 28, "year": 365}[unit]
    assert (
        least * number
        <= (issued - date.fromisoformat(begin)).days
        <= (least + (unit in {"month", "year"}) * 3) * number
    )


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 300))
def test_since_opens_an_interval_that_the_issue_closes(issued: date, back: int) -> None:
    day = issued - timedelta(days=back)
    found = values(f"Shells have fallen since {day.day} {day:%B} {day.year}.", issued.isoformat())
    assert found == [f"{day.isoformat()}--{issued.isoformat()}"]
    assert values(f"Shells have fallen since {day.day} {day:%B} {day.year}.", "") == []


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{m} {y}", "{y}"]))
def test_a_value_is_never_more_exact_than_its_words(day: date, pattern: str) -> None:
    said = pattern.format(d=day.day, m=f"{day:%B}", y=day.year)
    parts = 1 + ("{m}" in pattern) + ("{d}" in pattern)
    assert values(f"Shells fell in {said}.", "2091-01-01") == ["-".join(day.isoformat().split("-")[:parts])]


@pytest.mark.parametrize(("words", "value"), [("the next day", "2021-05-04"), ("two days earlier", "2021-05-01")])
def test_a_story_counts_from_the_day_that_it_named_last(words: str, value: str) -> None:
    assert values(f"Shells fell on 3 May. The council met {words}.") == ["2021-05-03", value]
    assert values(f"Shells fell. The council met {words}.") == []


def test_what_nothing_fixes_is_an_expression_without_a_value() -> None:
    text = Text("Shells fell in recent days, and on Monday the council met.")
    found = time_expressions(text, "", Span(0, len(text.string)))
    assert [(t.span.of(text.string), t.value) for t in found] == [("in recent days", ""), ("Monday", "")]
