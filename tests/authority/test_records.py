"""Finding records by key, name, country code and demonym; reading a user's own records."""

from pathlib import Path

import pytest

from communique.authority.records import Authority
from communique.errors import DataError
from communique.model import EntityType

AUTHORITY = Authority.load()


def _keys(name: str) -> list[str]:
    return [record.key for record in AUTHORITY.by_name(name)]


def test_a_body_is_found_by_each_of_its_names() -> None:
    for name in ("UN Security Council", "the Security Council", "U.N. Security Council", "UNSC", "U.N.S.C."):
        assert _keys(name) == ["org/un-security-council"]


def test_spelling_case_and_accents_make_no_difference() -> None:
    assert _keys("ORGANISATION FOR SECURITY AND COOPERATION IN EUROPE") == ["org/osce"]
    assert _keys("Medecins Sans Frontieres") == ["org/msf"]
    assert _keys("Cote d’Ivoire") == ["place/ci"]


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert _keys("Amnesty International's") == ["org/amnesty-international"]
    assert _keys("the United Nations’") == ["org/un"]


def test_acronyms_count_only_as_they_are_written() -> None:
    assert _keys("WHO") == ["org/world-health-organization"]
    assert _keys("who") == []
    assert _keys("us") == []
    assert _keys("U.S.") == ["place/us"]


def test_an_acronym_of_several_bodies_gives_all_of_them() -> None:
    assert set(_keys("ICJ")) == {"org/international-court-of-justice", "org/international-commission-of-jurists"}


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("Kenyan armed forces", EntityType.ORG, "org/ke-armed-forces"),
        ("Norway's Foreign Ministry", EntityType.ORG, "org/norway-ministry-of-foreign-affairs"),
        ("Ministry of Defense of the Kingdom of Norway", EntityType.ORG, "org/no-ministry-of-defence"),
        ("Permanent Mission of Kenya to the United Nations", EntityType.ORG, "org/ke-permanent-mission-to-the-un"),
        ("President of the Republic of Kenya", EntityType.OFFICE, "office/ke-president"),
        ("Armenian armed forces", EntityType.ORG, "org/armenia-armed-forces"),
        ("Soviet Foreign Ministry", EntityType.ORG, "org/soviet-union-ministry-of-foreign-affairs"),
    ],
)
def test_what_every_state_has_is_found_by_the_state_and_the_thing(name: str, kind: EntityType, key: str) -> None:
    record = AUTHORITY.national(name, kind)
    assert record is not None
    assert record.key == key
    assert key in AUTHORITY


@pytest.mark.parametrize("name", ["Korean army", "armed forces", "Kenyan Bankers", "Orrin Parliament", ""])
def test_what_is_of_no_single_state_or_no_usual_body_has_no_record(name: str) -> None:
    assert AUTHORITY.national(name, EntityType.ORG) is None


def test_a_made_office_is_held_in_the_kept_body() -> None:
    assert AUTHORITY.get("office/no-deputy-foreign-minister").post_in == "org/norway-ministry-of-foreign-affairs"


def test_an_office_is_found_by_its_title_and_its_body() -> None:
    post = AUTHORITY.post("Secretary of State", "org/us-department-of-state")
    assert post is not None
    assert post.key == "office/us-secretary-of-state"
    assert AUTHORITY.post("Secretary of State", "org/osce") is None
    assert AUTHORITY.post("Secretary", "org/us-department-of-defense") is None


def test_a_body_is_of_the_state_that_its_name_begins_or_ends_with() -> None:
    assert AUTHORITY.owner("Kenyan coast guard") == "KE"
    assert AUTHORITY.owner("Geological Survey of Norway") == "NO"
    assert AUTHORITY.owner("Turkish Cypriot Chamber") == ""
    assert AUTHORITY.owner("Harbour Pilots") == ""


def test_native_names_are_names() -> None:
    assert _keys("Azərbaycan") == _keys("Azerbaijan") == ["place/az"]
    assert _keys("საქართველო") == ["place/ge"]


def test_what_no_longer_exists_says_until_when() -> None:
    court = AUTHORITY.get("org/icty")
    assert (court.since, court.until) == ("1993", "2017")
    assert court.existed("2001-03-04")
    assert not court.existed("2019-01-01")
    assert court.existed("")


def test_a_state_is_found_by_its_code() -> None:
    state = AUTHORITY.state("AZ")
    assert state is not None
    assert (state.label, state.formal, state.iso3) == ("Azerbaijan", "Republic of Azerbaijan", "AZE")
    assert AUTHORITY.state("QQ") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Azerbaijani", "AZ"),
        ("Armenians", "AM"),
        ("British", "GB"),
        ("US", "US"),
        ("U.S.", "US"),
        ("Greeks", "GR"),
        ("South Korean", "KR"),
        ("Ivorian", "CI"),
        ("polish", ""),
        ("Congolese", ""),
        ("Monday", ""),
    ],
)
def test_demonyms(word: str, code: str) -> None:
    assert AUTHORITY.demonym(word) == code


def test_a_demonym_of_two_states_names_both() -> None:
    assert {record.country for record in AUTHORITY.demonyms("Congolese")} == {"CD", "CG"}


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        AUTHORITY.get("org/none-such")


def test_own_records_are_added(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "# invented\n"
        "key,type,label,names,demonyms,country,parent\n"
        'place/xv,state,Varenia,"Republic of Varenia|Varenian Republic",Varenian,XV,\n'
        "org/varenia-ombudsman,,Ombudsman Office of Varenia,,,XV,place/xv\n",
        encoding="utf-8",
    )
    authority = Authority.load([path])
    assert authority.get("place/xv").type == "state"
    assert authority.demonym("Varenians") == "XV"
    assert authority.state("XV") is authority.get("place/xv")
    assert [m.records[0].key for m in authority.matches("The Republic of Varenia and the UN met.")] == [
        "place/xv",
        "org/un",
    ]
    assert "place/xv" not in Authority.load()


def test_an_own_record_takes_the_place_of_one_with_its_key(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("key,label\norg/un,United Nations Organization\n", encoding="utf-8")
    assert Authority.load([path]).get("org/un").label == "United Nations Organization"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Org/Bad Key,Some Body,,,", "is no key"),
        ("org/body,,,,", "no label"),
        ("org/body,Some Body,P 5,,", "wikidata"),
        ("org/body,Some Body,,org/missing,", "org/missing is no record"),
        ("org/body,Some Body,,,Other", "is none of its names"),
        ("org/body,Some Body,,", "4 cells where the header has 5"),
    ],
)
def test_a_malformed_row_is_refused_with_its_place(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"key,label,wikidata,parent,weak\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=complaint) as caught:
        Authority.load([path])
    assert "line 2" in str(caught.value) or "org/body" in str(caught.value)


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("key,label,colour\norg/body,Some Body,red\n", encoding="utf-8")
    with pytest.raises(DataError, match="unknown column colour"):
        Authority.load([path])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Authority.load([tmp_path / "none.csv"])
