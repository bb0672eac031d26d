"""What a text names, and what it only describes."""

import pytest

from communique.link.named import is_body, is_heading, located, named, speaks
from communique.model import EntityType, Mention, Span


def mention(text: str, name: str, type: EntityType, source: str = "pattern", **more: str) -> Mention:
    begin = text.index(name)
    return Mention(Span(begin, begin + len(name)), name, type, name, source, 0.8, **more)


def told(text: str, name: str, type: EntityType, source: str = "pattern", **more: str) -> bool:
    return named([mention(text, name, type, source, **more)], text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was founded by the Kestrel Foundation in 1990.", "Kestrel Foundation"),
        ("He led the Orrin Harbour Pilots Union for years.", "Orrin Harbour Pilots Union"),
        ("the Federal Harbour Pilots Administration decided", "Federal Harbour Pilots Administration"),
        ("the Social Security and Pilots Administration", "Social Security and Pilots Administration"),
    ],
)
def test_a_body_is_named_by_its_head_and_a_whole_complement(text: str, name: str) -> None:
    assert told(text, name, EntityType.ORG)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("said the Executive Council today", "Executive Council"),
        ("the Varenian delegation", "Varenian delegation"),
        ("joined the Harbour Mentoring Program there", "Harbour Mentoring Program"),
        ("the Kestrel Foundation Prize went to", "Kestrel Foundation"),
        ("the National Women Harbour Center", "Harbour Center"),
        ("the Department of Housing and Urban Development", "Department of Housing"),
        ("the Pilots Union and Harbour Board met", "Pilots Union and Harbour Board"),
        ("the Harbour Coordinator and Kestrel Bureau official", "Harbour Coordinator and Kestrel Bureau"),
        ("a Kestrel Deal-style Harbour Corps today", "Kestrel Deal-style Harbour Corps"),
        ("a Latest Kestrel Harbour Council meeting", "Latest Kestrel Harbour Council"),
        ("a Ministry of Harbour Affairs somewhere", "Ministry of Harbour Affairs"),
        ("to the School of Law yesterday", "School of Law"),
        ("Mira Solenko Department of Labour, Dora", "Mira Solenko Department of Labour"),
        ("the REGIONAL ORGANIZATION of", "REGIONAL ORGANIZATION"),
        ("a Bureau of Harbour Learning-operated ferry", "Bureau of Harbour Learning-operated"),
        ("hosts the Council of Harbours Meeting here", "Council of Harbours Meeting"),
        ("asked the Bureau of Harbours Regional Consular officer", "Bureau of Harbours Regional Consular"),
        ("paid the Public Harbour Authorities on time", "Public Harbour Authorities"),
        ("called a Historically Kestrel College yesterday", "Historically Kestrel College"),
    ],
)
def test_cut_names_parts_programmes_and_bare_bodies_are_described(text: str, name: str) -> None:
    assert not told(text, name, EntityType.ORG)


def test_a_bare_body_is_named_by_its_state() -> None:
    assert told("a Ministry of Harbour Affairs there", "Ministry of Harbour Affairs", EntityType.ORG, country="AZ")


def test_an_acronym_that_the_text_explains_vouches_for_a_name() -> None:
    text = "the Office of Harbour Rules (OHR). The OHR said"
    whole = mention(text, "Office of Harbour Rules", EntityType.ORG)
    short = Mention(Span(25, 28), "OHR", EntityType.ORG, whole.name, "alias")
    assert named([whole, short], text)


@pytest.mark.parametrize(
    ("text", "name", "source", "expected"),
    [
        ("said Thomas Orrin yesterday", "Thomas Orrin", "given-name", True),
        ("said President Solenko yesterday", "Solenko", "apposition", True),
        ("the Second Circuit said", "Circuit", "apposition", False),
        ("paid by Morgan Stanley in May", "Morgan Stanley", "given-name", False),
        ("a Thomas Orrin Scholar spoke", "Thomas Orrin Scholar", "given-name", False),
        ("of Commerce Gina Orrin said", "Commerce Gina Orrin", "given-name", False),
    ],
)
def test_a_person_has_a_given_name_or_a_title(text: str, name: str, source: str, expected: bool) -> None:
    assert told(text, name, EntityType.PERSON, source) is expected


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("President", "", False),
        ("Secretary of State", "", False),
        ("Foreign Minister of Varenia", "VA", True),
        ("Chair of the Kestrel Foundation", "", True),
        ("NSC Spokesperson", "", True),
        ("Varenia and Prime Minister", "VA", False),
        ("Special Envoy to Advance", "VA", False),
        ("Senator", "VA", False),
    ],
)
def test_an_office_says_whose_it_is(name: str, country: str, expected: bool) -> None:
    assert told(f"as the {name} said", name, EntityType.OFFICE, "office", country=country) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("under the Harbour Pilots Protection Act today", "Harbour Pilots Protection Act", True),
        ("signed Executive Order 14100, which", "Executive Order 14100", True),
        ("a new agreement was", "new agreement", False),
        ("the Freedom to Vote Act was", "Vote Act", False),
        ("the Joint Statement was", "Joint Statement", False),
        ("the Harbour Act and Pilots Act were", "Harbour Act and Pilots Act", False),
    ],
)
def test_an_instrument_has_a_title_or_a_number(text: str, name: str, expected: bool) -> None:
    assert told(text, name, EntityType.INSTRUMENT) is expected


@pytest.mark.parametrize(
    ("text", "name", "key", "expected"),
    [
        ("born in Exton, a town", "Exton", "place/exton-5189022", True),
        ("the Exton Space Telescope", "Exton", "place/exton-5189022", False),
        ("GM, Exton, and others invest", "Exton", "place/exton-5189022", False),
        ("since the ruling in Exton v. Orrin", "Exton", "place/exton-5189022", False),
        ("at the law firm of Exton & Orrin", "Exton", "place/exton-5189022", False),
        ("across the Red Sea", "Red Sea", "place/red-sea", True),
    ],
)
def test_a_small_place_stands_where_places_stand(text: str, name: str, key: str, expected: bool) -> None:
    assert located([mention(text, name, EntityType.PLACE, key=key)], text) is expected


def test_headings_do_not_speak() -> None:
    assert speaks(Mention(Span(0, 5), "KESTREL", EntityType.ORG, "KESTREL", "pattern"))
    assert not speaks(Mention(Span(0, 5), "x", EntityType.ORG, "Meeting with the Pilots Union", "pattern"))
    assert is_heading("Meeting with the Pilots Union")
    assert not is_body("Meeting with the Pilots Union")


def test_a_county_is_not_called_by_its_bare_name_anywhere() -> None:
    name, key = "Brown", "place/brown-county-5246898"
    listed = "in the counties of Adams, Brown and"
    for text, expected in (("seventy years since Brown v. Board", False), (listed, True)):
        assert located([mention(text, name, EntityType.PLACE, key=key)], text) is expected


def test_a_time_zone_is_nobody_and_a_title_before_a_place_is_part_of_it() -> None:
    assert not told("at 9:49 A.M. EDT", "EDT", EntityType.PERSON, "title")
    assert not told("served as Assistant District attorney", "Assistant District", EntityType.PLACE)
    assert not told("over the King Orrin Bridge today", "Orrin Bridge", EntityType.PLACE)
    assert told("over the Orrin Bridge today", "Orrin Bridge", EntityType.PLACE)
