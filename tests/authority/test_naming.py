"""What is no name, and what names too little to be listed."""

import re

import pytest

from communique.authority.names import is_name
from communique.authority.naming import is_participant, is_telling
from communique.model import EntityType, Mention, Span
from communique.resources import lexicon, shape


def _mention(name: str, kind: EntityType, source: str = "pattern", country: str = "", key: str = "") -> Mention:
    return Mention(Span(0, len(name)), name, kind, name, source, 0.8, key, country)


@pytest.mark.parametrize(
    "name", ["He", "march", "the Government", "Dear Sir", "Press Release", "COMMUNITY", " the  Council "]
)
def test_pronouns_months_headings_and_bare_nouns_are_no_names(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize("name", ["March Institute", "Orrin", "Council of Orrin", "Government House"])
def test_names_are_names(name: str) -> None:
    assert is_name(name)


def test_the_shape_has_the_words_of_the_list() -> None:
    found = re.search(
        r'shape:entity-name .*?sh:pattern "\^\(the \)\?\(([^"]*)\)\$"', shape("document-shapes"), re.DOTALL
    )
    assert found is not None
    assert found[1].split("|") == [row["word"] for row in lexicon("no_names")]


@pytest.mark.parametrize(
    ("name", "kind", "source"),
    [
        ("Orrin Harbour Pilots Association", EntityType.ORG, "pattern"),
        ("National Park Service", EntityType.ORG, "pattern"),
        ("Department of Housing and Urban Development", EntityType.ORG, "pattern"),
        ("Hezmira", EntityType.ORG, "pattern"),
        ("Dora Orrin", EntityType.PERSON, "given-name"),
        ("Orrin", EntityType.PERSON, "title"),
        ("Commissioner for Human Rights", EntityType.OFFICE, "office"),
        ("Orrin Valley", EntityType.PLACE, "pattern"),
    ],
)
def test_what_names_one_thing_is_listed(name: str, kind: EntityType, source: str) -> None:
    assert is_telling(_mention(name, kind, source))


@pytest.mark.parametrize(
    ("name", "kind", "source"),
    [
        ("Mentoring Program", EntityType.ORG, "pattern"),
        ("Sustainable Communities", EntityType.ORG, "pattern"),
        ("Department of Housing and Urban", EntityType.ORG, "pattern"),
        ("which the Administration", EntityType.ORG, "pattern"),
        ("Expand Clean Energy Partnership", EntityType.ORG, "pattern"),
        ("Mary Orrin Department of Trade", EntityType.ORG, "pattern"),
        ("QZRT", EntityType.ORG, "alias"),
        ("Hospital", EntityType.ORG, "pattern"),
        ("Chicago", EntityType.ORG, "alias"),
        ("Hence Orrin", EntityType.PERSON, "given-name"),
        ("Orrin", EntityType.PERSON, "guess"),
        ("EST", EntityType.PERSON, "title"),
        ("Orrin Valley City", EntityType.PERSON, "given-name"),
        ("Prime Minister", EntityType.OFFICE, "office"),
        ("Senior Advisor", EntityType.OFFICE, "office"),
        ("Coordinating Officer for federal", EntityType.OFFICE, "office"),
        ("General of the Department", EntityType.OFFICE, "office"),
        ("A.M", EntityType.OFFICE, "office"),
        ("Constitution", EntityType.PLACE, "pattern"),
        ("Small Island", EntityType.PLACE, "pattern"),
        ("Orrin Accords", EntityType.PERSON, "given-name"),
        ("Merry Christmas", EntityType.PERSON, "given-name"),
        ("Verdad y Orrin", EntityType.PERSON, "given-name"),
        ("Orrin Nationals", EntityType.ORG, "pattern"),
        ("Freely Chosen Government", EntityType.ORG, "pattern"),
        ("Orrin Clinics Program for COVID", EntityType.ORG, "pattern"),
        ("first Orrinian president", EntityType.OFFICE, "office"),
        ("Orrinian official to Hezmira", EntityType.OFFICE, "office"),
    ],
)
def test_what_names_too_little_is_not_listed(name: str, kind: EntityType, source: str) -> None:
    assert not is_telling(_mention(name, kind, source))


def test_a_record_or_a_country_is_enough() -> None:
    assert is_telling(_mention("Opposition", EntityType.ORG, key="org/orrin-opposition"))
    assert is_telling(_mention("Prime Minister", EntityType.OFFICE, country="NO"))


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("COVID", EntityType.ORG, False),
        ("Secretary-General", EntityType.ORG, False),
        ("Nationals", EntityType.ORG, False),
        ("QZRT", EntityType.ORG, True),
        ("Dora", EntityType.PERSON, False),
        ("Orrin", EntityType.PERSON, True),
        ("Orrin Accords", EntityType.PERSON, False),
        ("Dora Orrin", EntityType.PERSON, True),
        ("President", EntityType.OFFICE, True),
    ],
)
def test_who_has_a_part_is_described_where_no_name_is_told(name: str, kind: EntityType, named: bool) -> None:
    assert is_participant(_mention(name, kind, "alias")) is named
