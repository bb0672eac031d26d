"""The package's own records and lexicons are well formed and agree with each other."""

import re
from collections import Counter, defaultdict

import pytest

from communique import resources
from communique.authority.names import acronym_key, name_key
from communique.authority.records import FILES, Authority, Record

AUTHORITY = Authority.load()


def test_no_key_stands_twice() -> None:
    keys = Counter(row["key"] for name in FILES for row in resources.authority(name))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("column", ["wikidata", "geonames", "iso3", "m49"])
def test_no_two_records_share_an_identifier(column: str) -> None:
    holders = Counter(value for record in AUTHORITY if (value := getattr(record, column)))
    assert [value for value, times in holders.items() if times > 1] == []


def test_wikidata_identifiers_have_their_form() -> None:
    assert [r.key for r in AUTHORITY if r.wikidata and not re.fullmatch(r"Q\d+", r.wikidata)] == []


def test_every_iso_entry_has_a_state_record() -> None:
    states = [record for record in AUTHORITY if record.type == "state"]
    iso = [record for record in states if record.country and record.country != "XK"]
    assert len(iso) == 249
    assert all(record.key == f"place/{record.country.lower()}" for record in iso)


def test_country_codes_are_those_of_states() -> None:
    assert [r.key for r in AUTHORITY if r.country and AUTHORITY.state(r.country) is None] == []


def test_parents_and_bodies_of_offices_exist() -> None:
    missing = [r.key for r in AUTHORITY for key in (r.parent, r.post_in) if key and key not in AUTHORITY]
    assert missing == []


def test_no_body_is_its_own_ancestor() -> None:
    for record in AUTHORITY:
        seen = [record.key]
        while record.parent:
            record = AUTHORITY.get(record.parent)
            assert record.key not in seen
            seen.append(record.key)


def test_names_do_not_clash_inside_a_type_unless_weak() -> None:
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in AUTHORITY:
        for key in _strong_keys(record):
            holders[record.type, key].append(record.key)
    assert {name: keys for name, keys in holders.items() if len(keys) > 1} == {}


def _strong_keys(record: Record) -> set[str]:
    weak = {name_key(name) for name in record.weak}
    names = {name_key(name) for name in (record.label, *record.names)} - weak
    return names | {f"acronym {acronym_key(a)}" for a in record.acronyms if a not in record.weak}


def test_records_made_from_patterns_have_keys_and_names_of_their_own() -> None:
    made = list(AUTHORITY.generated())
    keys = Counter(record.key for record in made)
    assert [key for key, times in keys.items() if times > 1 or key in AUTHORITY.records] == []
    names = Counter((r.type, r.country, name_key(name)) for r in made if r.country for name in r.all_names)
    assert [name for name, times in names.items() if times > 1] == []


def test_a_made_record_is_found_under_its_key_and_its_names() -> None:
    for record in AUTHORITY.generated():
        if record.country in ("NO", "KE", "XK", "NL", "KR"):
            assert AUTHORITY.get(record.key).label == record.label
            assert AUTHORITY.national(record.label, record.type) == AUTHORITY.get(record.key)


def test_what_a_made_office_is_held_in_exists() -> None:
    states = ("NO", "KE", "XK", "AZ", "US")
    offices = [AUTHORITY.get(r.key) for r in AUTHORITY.generated() if r.type == "office" and r.country in states]
    assert offices
    assert [r.key for r in offices if r.post_in not in AUTHORITY] == []


def test_there_are_enough_records() -> None:
    counts = Counter(record.key.partition("/")[0] for record in AUTHORITY)
    assert counts["org"] >= 1700
    assert counts["office"] >= 100
    assert counts["instrument"] >= 100


@pytest.mark.parametrize(
    "name",
    ["first_names", "honorifics", "office_titles", "body_heads", "place_stoplist", "region_words", "spellings"],
)
def test_lexicons_hold_no_line_twice(name: str) -> None:
    rows = [next(iter(row.values())) for row in resources.lexicon(name)]
    assert [word for word, times in Counter(rows).items() if times > 1] == []


def test_states_have_a_position_and_a_label_of_their_own() -> None:
    states = [r for r in AUTHORITY if r.type == "state" and r.kind == "state"]
    assert [r.key for r in states if r.lat is None or r.lon is None] == []
    assert len({r.label for r in states}) == len(states)
