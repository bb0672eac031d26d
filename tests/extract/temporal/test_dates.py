"""The grammar of written dates."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.temporal.dates import PartialDate, find_dates

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()  # noqa: SIM905
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def ordinal(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


STYLES: dict[str, Callable[[date], str]] = {
    "day first": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "weekday": lambda d: f"{DAYS[d.weekday()]}, {d.day} {MONTHS[d.month - 1]} {d.year}",
    "weekday, month first": lambda d: f"{DAYS[d.weekday()]} {MONTHS[d.month - 1]} {d.day}, {d.year}",
    "ordinal": lambda d: f"{d.day}{ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    "two digits": lambda d: f"{d.day:02d} {MONTHS[d.month - 1]} {d.year}",
    "abbreviated": lambda d: f"{SHORT[d.month - 1]} {d.day}, {d.year}",
    "capitals": lambda d: f"{d.day} {MONTHS[d.month - 1].upper()} {d.year}",
    "run together": lambda d: f"{d.day}{MONTHS[d.month - 1]}{d.year}",
    "ISO": lambda d: d.isoformat(),
    "dotted": lambda d: f"{d.day}.{d.month}.{d.year}",
}


@pytest.mark.parametrize("style", STYLES)
@given(day=DATES)
def test_a_date_in_any_style_is_read_back(style: str, day: date) -> None:
    written = STYLES[style](day)
    text = f"It was issued on {written} in Selm."
    (found,) = find_dates(text)
    assert found.first.iso == day.isoformat()
    assert found.span.of(text) == written


@given(day=DATES)
def test_a_date_without_its_year_leaves_the_year_open(day: date) -> None:
    (found,) = find_dates(f"on {MONTHS[day.month - 1]} {day.day} the council met")
    assert found.first == PartialDate(0, day.month, day.day)


@given(st.text(alphabet="0123456789 ,.-–/MayJune stofthapril\n", max_size=60))
def test_no_impossible_date_is_ever_found(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.span.begin < found.span.end <= len(text)
        for said in (found.first, found.last):
            if said is not None:
                date(said.year or 2000, said.month or 1, said.day or 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("21-23 May 2021", "2021-05-21", "2021-05-23"),
        ("21 to 23 May 2021", "2021-05-21", "2021-05-23"),
        ("May 21–23, 2021", "2021-05-21", "2021-05-23"),
        ("between 3 and 5 May 2021", "2021-05-03", "2021-05-05"),
    ],
)
def test_a_range_of_days_has_two_ends(text: str, first: str, last: str) -> None:
    (found,) = find_dates(text)
    assert found.last is not None
    assert (found.first.iso, found.last.iso) == (first, last)


def test_two_days_of_one_month_are_two_dates() -> None:
    assert [d.first.iso for d in find_dates("on 24 and 25 March 2021")] == ["2021-03-24", "2021-03-25"]


def test_a_year_of_two_digits_counts_beside_capitals_and_an_apostrophe_only() -> None:
    assert find_dates("SELM, 12 DEC 89 (RADIO X)")[0].first.iso == "1989-12-12"
    assert find_dates("on 12 December '89, in Selm")[0].first.iso == "1989-12-12"
    assert find_dates("on 12 December 89 people came")[0].first == PartialDate(0, 12, 12)


def test_months_of_other_languages_count_between_day_and_year() -> None:
    assert find_dates("den 10 november 2022")[0].first.iso == "2022-11-10"
    assert find_dates("el 12 de marzo de 2024")[0].first.iso == "2024-03-12"
    assert find_dates("ils ont mai 2020") == []


@pytest.mark.parametrize("text", ["31 February 2020", "29 February 2021", "2021-13-01", "May 10,000 people", "40 May"])
def test_what_is_no_day_gives_no_day(text: str) -> None:
    assert all(not d.first.day for d in find_dates(text))


def test_slashes_are_day_first_unless_that_is_impossible() -> None:
    assert find_dates("03/05/2002")[0].first.iso == "2002-05-03"
    assert find_dates("05/23/2002")[0].first.iso == "2002-05-23"
