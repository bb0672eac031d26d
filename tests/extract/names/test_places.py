from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.text import Context
from communique.model import EntityType

Make = Callable[[str], Context]


def places(context: Context) -> dict[str, str]:
    return {m.text: m.country for m in context.mentions if m.type in (EntityType.PLACE, EntityType.STATE)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Fighting went on in Kharkiv, Ukraine.", "Kharkiv", "UA"),
        ("Mines were found in the Kalbajar region of Azerbaijan.", "Kalbajar", "AZ"),
        ("Talks were held in Marrakesh and Morocco's king attended.", "Marrakesh", "MA"),
        ("They met near Gothenburg in Sweden.", "Gothenburg", "SE"),
    ],
)
def test_a_town_is_found_in_its_state(context: Make, text: str, name: str, country: str) -> None:
    assert places(context(text)).get(name) == country


def test_a_name_without_a_locative_word_is_no_place(context: Make) -> None:
    made = context("Sabina Marsh said that Reading was her joy. Nice work, March!")
    assert places(made) == {}


def test_a_state_inside_the_name_of_a_body_is_no_place(context: Make) -> None:
    assert "Sweden" not in places(context("The Royal Academy of Sweden met."))


def test_a_feature_word_makes_a_place(context: Make) -> None:
    assert "Lake Orrin" in places(context("Boats were seized near Lake Orrin at the border of Norway."))


def linked(context: Context) -> dict[str, str]:
    return {m.text: m.key for m in context.mentions if m.type == EntityType.PLACE}


@pytest.mark.parametrize("text", ["Shots fell in the village of Salem.", "Varenia shelled the town of Selm on Monday."])
def test_a_village_in_no_known_country_is_an_unlinked_place(context: Make, text: str) -> None:
    assert list(linked(context(text)).values()) == [""]
    assert set(places(context(text)).values()) == {""}


def test_a_village_is_no_city_of_its_name_in_another_country(context: Make) -> None:
    found = linked(context("Troops of Armenia went to the village of Salem near Goris."))
    assert found["Salem"] == ""
    assert found["Goris"].startswith("place/goris-")


def test_a_list_of_bodies_has_a_body_in_each_line(context: Make) -> None:
    made = context("They sign it.\n\nOrrin Rights Network\nFederation of Harbour Unions\n")
    assert [m.name for m in made.mentions] == ["Orrin Rights Network", "Federation of Harbour Unions"]
