from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

import readings
from communique.model import Attribution, Document, Entity, EntityType, Header, Mention, Reading, Role, Span, Statement
from communique.resolve import authority_keys, resolve
from communique.store import Store
from communique.triples import quads
from communique.vocab import CQ, DEFAULT_BASE, RDF, RDFS, SKOS, document_id, slug

PERSON, ORG, OFFICE = EntityType.PERSON, EntityType.ORG, EntityType.OFFICE
PLACE, GROUP, INSTRUMENT = EntityType.PLACE, EntityType.GROUP, EntityType.INSTRUMENT


def document(number: int, *entities: tuple[EntityType, str, str] | Entity) -> Reading:
    """Return a reading that mentions entities: local ones by type, label and country, or whole ones."""
    text = f"Text number {number} mentions them."
    name, digest = document_id(text.encode())
    span = Span(0, len(text))
    made = [
        e if isinstance(e, Entity) else Entity(f"{e[0].value}/{name}-{slug(e[1])}", e[0], e[1], country=e[2])
        for e in entities
    ]
    roles = tuple(Role(Mention(span, text, e.type, e.label, "pattern"), span, entity=e) for e in made)
    told = Statement(span, "Statement", attributions=(Attribution(roles[0]),), mentions=roles)
    return Reading(Document(name, digest, f"{number}.txt", text), Header(span), (told,), tuple(made))


def canonicals(*documents: Reading) -> dict[str, str]:
    """Return the canonical path of each entity's path, documents' ids replaced by their place in the call."""
    store = Store.memory()
    for each in documents:
        store.add_document(each.document.id, quads(each))
    resolve(store)
    found = {
        _short(q.subject.value, documents): _short(q.object.value, documents)
        for q in store.quads("links")
        if q.predicate.value == CQ + "canonical"
    }
    entities = {_short(DEFAULT_BASE + e.path, documents) for d in documents for e in d.entities}
    assert set(found) == entities
    return found


def _short(iri: str, documents: tuple[Reading, ...]) -> str:
    path = iri.removeprefix(DEFAULT_BASE)
    for number, each in enumerate(documents):
        path = path.replace(each.document.id, str(number))
    return path


def link_quads(store: Store) -> list[Quad]:
    """Return the graph of links, brought up to date."""
    resolve(store)
    return list(store.quads("links"))


def joined(*documents: Reading) -> bool:
    """Return whether the one entity of each document has the same canonical node."""
    return len(set(canonicals(*documents).values())) == 1


def test_people_of_one_full_name_are_one() -> None:
    assert joined(document(1, (PERSON, "Mira Solenko", "")), document(2, (PERSON, "MIRA  Solenkó", "")))


def test_a_surname_alone_links_nobody() -> None:
    assert not joined(document(1, (PERSON, "Solenko", "")), document(2, (PERSON, "Solenko", "")))


def test_people_and_bodies_of_one_name_stay_two() -> None:
    assert not joined(document(1, (PERSON, "Mira Solenko", "")), document(2, (ORG, "Mira Solenko", "")))


def test_bodies_of_one_name_are_one_unless_their_countries_differ() -> None:
    assert joined(document(1, (ORG, "Brenn Valley Watch", "")), document(2, (ORG, "The Brenn Valley Watch", "XV")))
    assert not joined(document(1, (ORG, "Brenn Valley Watch", "XO")), document(2, (ORG, "Brenn Valley Watch", "XV")))


def test_bodies_are_one_in_either_spelling_and_with_either_small_word() -> None:
    one, other = "Orrin Organisation for Harbour Pilots", "Orrin Organization of Harbour Pilots"
    assert joined(document(1, (ORG, one, "")), document(2, (ORG, other, "")))
    assert not joined(document(1, (ORG, "Union of Harbours", "")), document(2, (ORG, "Union for Harbours", "")))


def test_an_acronym_that_another_document_gives_of_one_body_is_that_body() -> None:
    def defined(number: int, name: str) -> Reading:
        path = f"org/{document_id(f'Text number {number} mentions them.'.encode())[0]}-{slug(name)}"
        return document(number, Entity(path, ORG, name, ("OHRN",)))

    pilots, rowers = "Orrin Harbour Rights Network", "Ostmark House of Rowing Nations"
    assert joined(document(1, (ORG, "OHRN", "")), defined(2, pilots))
    assert "1/ohrn" not in canonicals(document(1, (ORG, "OHRN", "")), defined(2, pilots), defined(3, rowers)).values()
    assert not joined(document(1, (ORG, "XHRN", "")), defined(2, pilots))


def test_a_body_that_every_state_has_needs_its_country() -> None:
    assert not joined(document(1, (ORG, "Foreign Ministry", "")), document(2, (ORG, "Foreign Ministry", "")))
    assert joined(document(1, (ORG, "Foreign Ministry", "XV")), document(2, (ORG, "Foreign Ministry", "XV")))


def test_where_two_countries_have_it_a_body_without_country_stays_alone() -> None:
    found = canonicals(
        document(1, (ORG, "Border Watch", "XV")),
        document(2, (ORG, "Border Watch", "XO")),
        document(3, (ORG, "Border Watch", "")),
    )
    assert len(set(found.values())) == 3


def test_an_office_is_one_within_a_country() -> None:
    assert joined(document(1, (OFFICE, "Foreign Minister", "XV")), document(2, (OFFICE, "Foreign Minister", "XV")))
    assert not joined(document(1, (OFFICE, "Foreign Minister", "")), document(2, (OFFICE, "Foreign Minister", "")))


def test_an_office_is_one_within_a_body_of_one_record() -> None:
    union = Entity("org/varenian-union", ORG, "Varenian Union", key="org/varenian-union")

    def office(number: int) -> Reading:
        name = document(number, union).document.id
        return document(number, Entity(f"office/{name}-x", OFFICE, "Deputy Chair", post_in=union.path), union)

    found = canonicals(office(1), office(2))
    assert len({node for path, node in found.items() if path.startswith("office/")}) == 1


def test_places_and_instruments_of_one_name_are_one() -> None:
    assert joined(document(1, (PLACE, "Lower Brenn", "XV")), document(2, (PLACE, "Lower Brenn", "")))
    assert joined(document(1, (INSTRUMENT, "Brenn Protocol", "")), document(2, (INSTRUMENT, "Brenn Protocol", "")))


def test_groups_are_never_linked() -> None:
    assert not joined(document(1, (GROUP, "six shepherds", "")), document(2, (GROUP, "six shepherds", "")))


def test_an_entity_with_a_record_stands_for_itself_and_for_its_namesakes() -> None:
    record = Entity("org/varenian-union", ORG, "Varenian Union", ("Union of Varenia",), key="org/varenian-union")
    found = canonicals(document(1, record), document(2, (ORG, "Union of Varenia", "")))
    assert set(found.values()) == {"org/varenian-union"}


def test_two_records_of_one_name_claim_nobody() -> None:
    one = Entity("org/one", ORG, "Brenn Union", key="org/one")
    two = Entity("org/two", ORG, "Brenn Union", key="org/two")
    found = canonicals(document(1, one), document(2, two), document(3, (ORG, "Brenn Union", "")))
    assert found["org/2-brenn-union"] == "org/2-brenn-union"


def test_a_link_explains_itself_and_the_canonical_node_is_labelled() -> None:
    store = Store.memory()
    for each in (document(1, (PERSON, "Mira Solenko", "")), document(2, (PERSON, "Mira Solenko", ""))):
        store.add_document(each.document.id, quads(each))
    found = link_quads(store)
    (link,) = [q.subject for q in found if q.predicate.value == RDF + "type" and q.object.value == CQ + "Link"]
    said = {q.predicate.value: q.object.value for q in found if q.subject == link}
    assert said[CQ + "score"] == "0.9188"
    assert said[CQ + "reason"] == "same full name"
    assert said[RDF + "predicate"] == SKOS + "closeMatch"
    (canonical,) = {q.object.value for q in found if q.predicate.value == CQ + "canonical"}
    assert [q.object.value for q in found if q.subject.value == canonical and q.predicate.value == RDFS + "label"] == [
        "Mira Solenko"
    ]


def test_the_keys_of_records_in_use_are_found() -> None:
    store = Store.memory()
    for reading in readings.all_readings():
        store.add_document(reading.document.id, quads(reading))
    assert authority_keys(store) == ["org/osce", "org/un-security-council", "place/xo", "place/xv"]


def test_links_follow_a_document_that_is_gone() -> None:
    store = Store.memory()
    one, two = document(1, (PERSON, "Mira Solenko", "")), document(2, (PERSON, "Mira Solenko", ""))
    for each in (one, two):
        store.add_document(each.document.id, quads(each))
    resolve(store)
    first = min(one, two, key=lambda d: d.document.id)
    store.remove(first.document.id)
    assert resolve(store)
    assert not [q for q in store.quads("links") if first.document.id in str(q)]


NAMES = st.sampled_from(["Mira Solenko", "mira solenko", "Brenn Watch", "Foreign Ministry", "Solenko"])
COUNTRIES = st.sampled_from(["", "XV", "XO"])
ENTITIES = st.tuples(st.sampled_from([PERSON, ORG, OFFICE, PLACE, GROUP, INSTRUMENT]), NAMES, COUNTRIES)
RECORDS = st.just(Entity("org/brenn-watch", ORG, "Brenn Watch", country="XV", key="org/brenn-watch"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(ENTITIES, RECORDS), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_every_entity_has_one_canonical_node_in_any_order(entities: list[object], random: object) -> None:
    documents = [document(number, entity) for number, entity in enumerate(entities)]  # type: ignore[arg-type]
    stores = [Store.memory(), Store.memory()]
    for store in stores:
        for each in documents:
            store.add_document(each.document.id, quads(each))
        random.shuffle(documents)  # type: ignore[attr-defined]
    one, two = (link_quads(store) for store in stores)
    assert one == two
    canonical = [(q.subject, q.object) for q in one if q.predicate == NamedNode(CQ + "canonical")]
    assert len(canonical) == len(dict(canonical))
    assert all(dict(canonical)[node] == node for _, node in canonical)
