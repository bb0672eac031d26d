"""Towns and regions by name, and which of them a document means."""

import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from communique.authority import gazetteer
from communique.errors import DataError


def _resolve(name: str, minimum: int = 1_000, **countries: int) -> tuple[str, str] | None:
    place = gazetteer.resolve(name, Counter(countries), minimum)
    return (place.label, place.country) if place else None


def test_a_town_is_found_in_other_spellings_and_scripts() -> None:
    for name in ("Kalbajar", "Kelbajar", "Kerbakhiar", "Кельбаджар"):
        assert _resolve(name, AZ=1) == ("Kalbajar", "AZ")


def test_a_large_city_is_meant_rather_than_the_region_of_its_name() -> None:
    assert _resolve("New York") == ("New York City", "US")
    assert _resolve("Oklahoma") == ("Oklahoma", "US")


def test_a_capital_is_meant_where_nothing_speaks_against_it() -> None:
    assert _resolve("Paris") == ("Paris", "FR")
    assert _resolve("Moscow") == ("Moscow", "RU")
    assert _resolve("San Jose", CR=2) == ("San José", "CR")


def test_the_country_that_the_document_speaks_of_decides() -> None:
    assert _resolve("Paris", US=5) == ("Paris", "US")
    assert _resolve("Tripoli", LB=4) == ("Tripoli", "LB")
    assert _resolve("Tripoli") == ("Tripoli", "LY")


def test_a_state_name_means_a_region_only_in_the_context_of_its_country() -> None:
    assert _resolve("Georgia", US=3) == ("Georgia", "US")
    assert _resolve("Georgia", GE=3) is None
    assert _resolve("Georgia", GE=1, US=1) is None
    assert _resolve("Mexico") is None


def test_common_words_and_given_names_are_no_places_without_support() -> None:
    for name in ("Nice", "Reading", "Council", "March", "Of", "Sabina", "Said"):
        assert _resolve(name) is None
    assert _resolve("March", GB=4) is None
    assert _resolve("Nice", FR=2) == ("Nice", "FR")
    assert _resolve("Reading", GB=2) == ("Reading", "GB")


def test_small_towns_of_other_countries_are_left_out() -> None:
    assert _resolve("Barda", AZ=1) == ("Barda", "AZ")
    assert _resolve("Cox", DE=1) is None


def test_regions_of_states_are_places() -> None:
    place = gazetteer.resolve("Queensland", Counter())
    assert place is not None
    assert (place.feature, place.country) == ("region", "AU")
    assert place.lat is not None
    assert -30 < place.lat < -10


def test_a_region_has_its_english_name() -> None:
    labels = {place.label for place in gazetteer.lookup("Basra")}
    assert "Basra Governorate" in labels


def test_a_place_carries_what_the_graph_needs() -> None:
    place = gazetteer.lookup("Baku")[0]
    assert place.key == f"place/baku-{place.geonameid}"
    assert place.feature == "capital"
    assert (place.country, place.lat, place.lon) == ("AZ", pytest.approx(40.4, abs=0.1), pytest.approx(49.9, abs=0.1))
    assert gazetteer.get(place.key) == place
    assert gazetteer.get("place/az") is None
    assert gazetteer.get("place/else-587084") is None


def test_unknown_names_give_nothing() -> None:
    assert gazetteer.lookup("Zzyzxqq") == ()
    assert gazetteer.lookup("") == ()
    assert _resolve("Zzyzxqq", AZ=1) is None


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(blocked / "cache"))
    with pytest.raises(DataError, match="COMMUNIQUE_CACHE"):
        gazetteer.prepare()


def test_worker_processes_read_the_same_index() -> None:
    gazetteer.lookup("Baku")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(gazetteer.lookup, ["Baku", "Paris"])
    assert found == [gazetteer.lookup("Baku"), gazetteer.lookup("Paris")]


def test_another_name_of_a_city_needs_the_country_where_it_is_a_town_of_its_own_elsewhere() -> None:
    assert _resolve("Bombay") == ("Mumbai", "IN")
    assert _resolve("Salem", AM=2) != ("Jerusalem", "IL")


def test_a_small_town_needs_its_country() -> None:
    assert _resolve("Goris", AM=1) == ("Goris", "AM")
    assert _resolve("Goris") is None


def test_what_the_text_calls_small_is_no_city() -> None:
    assert gazetteer.resolve("Paris", Counter(FR=2), small=True) is None
    assert gazetteer.resolve("Goris", Counter(AM=2), small=True) is not None


def test_a_town_lies_in_its_first_level_region() -> None:
    town = gazetteer.resolve("Zakho", Counter(IQ=1))
    assert town is not None
    region = gazetteer.by_number(town.region)
    assert region is not None
    assert (region.label, region.feature, region.region) == ("Duhok Governorate", "region", 0)


def test_what_the_text_calls_a_province_is_no_town() -> None:
    for name in ("Kalbajar", "Hamadan"):
        for countries in (Counter(AZ=2, IR=2),):
            region = gazetteer.resolve(name, countries, 1_000, region=True)
            assert region is not None
            assert region.feature == "region"


def test_a_province_spelled_unlike_its_record_is_found_by_the_town_of_its_name() -> None:
    place = gazetteer.resolve("Dohuk", Counter(IQ=1), 1_000, region=True)
    assert place is not None
    assert (place.label, place.feature) == ("Duhok Governorate", "region")
    goris = gazetteer.resolve("Goris", Counter(AM=1), 1_000, region=True)
    assert goris is not None
    assert goris.label != "Syunik"


@pytest.mark.parametrize(("one", "other"), [("Kalbajar", "Karvachar"), ("Khankendi", "Stepanakert"), ("Kyiv", "Київ")])
def test_each_side_has_its_name_for_a_place(one: str, other: str) -> None:
    assert {p.geonameid for p in gazetteer.lookup(one)} & {p.geonameid for p in gazetteer.lookup(other)}
