"""Records of a user's Turtle file."""

from pathlib import Path

import pytest

from communique.authority.records import Authority
from communique.errors import DataError
from communique.model import EntityType

EXAMPLE = Path(__file__).parents[2] / "docs" / "authority.ttl"
HEAD = """@prefix cq: <https://w3id.org/communique/ns#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


def _load(folder: Path, body: str) -> Authority:
    path = folder / "own.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return Authority.load([path])


def test_the_example_gives_a_state_a_body_an_office_and_a_place() -> None:
    authority = Authority.load([EXAMPLE])
    state, body = authority.get("place/xd"), authority.get("org/meridia-harbour-council")
    assert (state.type, state.country, state.demonyms) == (EntityType.STATE, "XD", ("Meridian",))
    assert state.native == (("sl", "Meridija"),)
    assert (state.lat, state.lon) == (44.2, 21.5)
    assert (body.acronyms, body.weak, body.since, body.until) == (("MHCO",), ("Harbour Council",), "1998", "2019")
    assert authority.get("office/meridia-harbour-council-chair").post_in == body.key
    assert authority.get("place/port-tessin").parent == "place/xd"
    assert [m.records[0].key for m in authority.matches("The MHCO met in Port Tessin")] == [
        body.key,
        "place/port-tessin",
    ]


def test_a_state_of_ones_own_has_the_bodies_that_states_have() -> None:
    record = Authority.load([EXAMPLE]).national("Meridian Foreign Ministry", EntityType.ORG)
    assert record is not None
    assert (record.key, record.country) == ("org/xd-ministry-of-foreign-affairs", "XD")


def test_identifiers_geometry_and_links_by_foreign_iris_are_read(tmp_path: Path) -> None:
    authority = _load(
        tmp_path,
        """<https://example.org/union> a schema:Organization ; rdfs:label "Orrin Pilots Union" ;
            owl:sameAs wd:Q999999001 .
        <https://example.org/branch> a org:OrganizationalUnit ; foaf:name "Orrin Pilots Union, Northern Branch" ;
            org:unitOf <https://example.org/union> .
        <https://example.org/bay> a schema:Place ; rdfs:label "Orrin Bay" ;
            schema:sameAs <https://sws.geonames.org/999999002/> ;
            geo:hasGeometry [ geo:asWKT "POINT(10.5 -3.25)"^^geo:wktLiteral ] .""",
    )
    union = authority.get("org/orrin-pilots-union")
    assert union.wikidata == "Q999999001"
    assert authority.get("org/orrin-pilots-union-northern-branch").parent == union.key
    bay = authority.get("place/orrin-bay")
    assert (bay.geonames, bay.lon, bay.lat) == ("999999002", 10.5, -3.25)


def test_what_is_no_record_is_left_alone(tmp_path: Path) -> None:
    authority = _load(tmp_path, '<https://example.org/list> a skos:ConceptScheme ; rdfs:label "Our list" .')
    assert len(authority) == len(Authority.load())


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<org/a> a org:Organization .", "<https://w3id.org/communique/id/org/a>: no name"),
        ('<org/a> a org:Organization ; rdfs:label "A" ', "line 10"),
        ('<body/a> a org:Organization ; rdfs:label "A" .', "'body/a' is no key"),
        ('<org/a> a org:Organization ; rdfs:label "A" ; schema:foundingDate "spring" .', "since is 'spring'"),
        ('<org/a> a org:Organization ; rdfs:label "A" ; cq:countryCode "Varenia" .', "country is 'Varenia'"),
        ('<office/a> a org:Post ; rdfs:label "A" ; org:postIn <org/none> .', "org/none is no record"),
        (
            '<https://a.example/1> a foaf:Person ; rdfs:label "A" . '
            '<https://a.example/2> a foaf:Person ; rdfs:label "A" .',
            "both become person/a",
        ),
    ],
)
def test_faults_name_the_file_and_the_subject_or_line(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(DataError) as caught:
        _load(tmp_path, body)
    assert fault in str(caught.value)
    assert caught.value.remedy


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Authority.load([tmp_path / "none.ttl"])
