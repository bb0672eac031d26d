"""Resolution as a whole: however documents and decisions come, the links are those of a build from nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from communique.check import check_store
from communique.resolve import resolve
from communique.resolve.decisions import Decision, Decisions
from communique.resolve.index import FILE
from communique.resolve.review import uncertain
from communique.store import Store
from communique.vocab import CQ, DEFAULT_BASE, FOAF, ITSRDF, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, slug

CLASSES = {
    "person": FOAF + "Person",
    "org": ORG + "Organization",
    "office": ORG + "Post",
    "place": SCHEMA + "Place",
    "instrument": CQ + "Instrument",
    "group": CQ + "DescribedGroup",
}
Named = tuple[str, str, str]
"""Type, label and country; a person's "President Oake" is an office right before a name."""


def iri(number: int, name: Named) -> str:
    return f"{DEFAULT_BASE}{name[0]}/{number:032x}-{slug(name[1])}"


def add(store: Store, number: int, *names: Named, also: tuple[str, ...] = (), run: int = 0) -> None:
    """Store a document that names entities; other names are those of the first."""
    graph = store.graph_name(f"{number:032x}")
    quads = []

    def say(subject: str, predicate: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, graph))

    at = 0
    for kind, label, country in names:
        node = iri(number, (kind, label, country))
        say(node, RDF + "type", NamedNode(CLASSES[kind]))
        say(node, RDFS + "label", Literal(label, language="en"))
        if country and kind != "person":
            say(node, CQ + "countryCode", Literal(country))
        elif country:
            office = iri(number, ("office", country, ""))
            say(office, RDF + "type", NamedNode(CLASSES["office"]))
            say(office, RDFS + "label", Literal(country, language="en"))
            span = f"{DEFAULT_BASE}doc/{number:032x}#char={at},{at + len(country)}"
            say(span, ITSRDF + "taIdentRef", NamedNode(office))
            at += len(country) + 1
        span = f"{DEFAULT_BASE}doc/{number:032x}#char={at},{at + len(label)}"
        say(span, ITSRDF + "taIdentRef", NamedNode(node))
        at += len(label) + 2
    for other in also:
        say(iri(number, names[0]), SKOS + "altLabel", Literal(other, language="en"))
    made = Quad(
        graph,
        NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy"),
        NamedNode(f"{DEFAULT_BASE}run/{run}"),
        store.graph_name("provenance"),
    )
    store.add_document(f"{number:032x}", quads, [made])


def canonical(store: Store) -> dict[str, str]:
    pairs = store.dataset.quads_for_pattern(None, NamedNode(CQ + "canonical"), None, store.graph_name("links"))
    return {quad.subject.value: quad.object.value for quad in pairs}


def one(*documents: tuple[Named, ...] | Named, decisions: Decisions | None = None) -> bool:
    """Return whether the first entity of each document has the same canonical node."""
    store = Store.memory()
    firsts = []
    for number, names in enumerate(documents):
        listed = (names,) if isinstance(names[0], str) else names
        add(store, number, *listed)  # type: ignore[arg-type]
        firsts.append(iri(number, listed[0]))  # type: ignore[arg-type]
    resolve(store, decisions)
    found = canonical(store)
    return len({found[each] for each in firsts}) == 1


def person(name: str, title: str = "") -> Named:
    return ("person", name, title)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("Mira Solenko"), person("Mira J. Solenko")),
        (person("Mira Solenko"), person("Mira Jana Solenko")),
        (person("Mira J. Solenko"), person("Mira Jana Solenko")),
        (person("Sergei Zelenskiy"), person("Sergey Zelenskyy")),
        (person("Solenko Mira"), person("Mira Solenko")),
        (person("Mira Solenko", "Minister"), person("M. Solenko", "Minister")),
        (person("Thomas Oake", "Governor"), person("Tom Oake", "Governor")),
        (person("Mira Solenko", "President"), person("Solenko", "President")),
        (person("Solenko Mira", "President"), person("Solenko", "President")),
        (("org", "U.S. Harbour Pilots Network", ""), ("org", "Harbour Pilots Network", "")),
        (("office", "Minister of Foreign Affairs", "XV"), ("office", "Foreign Affairs Minister", "XV")),
    ],
)
def test_a_person_or_office_named_in_two_ways_is_one(left: Named, right: Named) -> None:
    assert one(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("Sabina Aliyeva"), person("Leyla Aliyeva")),
        (person("Ilham Orlov"), person("Ilham Orlova")),
        (person("Mira A. Solenko"), person("Mira B. Solenko")),
        (person("Solenko", "President"), person("Solenko", "President")),
        (person("M. Solenko"), person("Mira Solenko")),
        (person("Mira Solenko"), person("Solenko")),
        (("org", "Ministry of Harbours", "XV"), ("org", "Ministry of Harbours", "XO")),
        (("org", "Ministry of Harbours", ""), ("org", "Ministry of Harbours", "")),
        (("office", "Chief of Staff to the Deputy", "XV"), ("office", "Deputy Chief of Staff", "XV")),
        (("instrument", "Harbour Accord of 2019", ""), ("instrument", "Harbour Accord of 2020", "")),
        (("instrument", "Joint Statement", ""), ("instrument", "Joint Statement", "")),
        (("place", "Brenn", "XV"), ("place", "Brenn", "XO")),
    ],
)
def test_what_may_be_two_stays_two(left: Named, right: Named) -> None:
    assert not one(left, right)


def test_successive_holders_of_an_office_stay_two_and_the_office_is_one() -> None:
    store = Store.memory()
    office = ("office", "Foreign Minister", "XV")
    add(store, 1, person("Mira Solenko", "Foreign Minister"), office)
    add(store, 2, person("Tarn Oake", "Foreign Minister"), office)
    resolve(store)
    found = canonical(store)
    assert found[iri(1, office)] == found[iri(2, office)]
    assert found[iri(1, person("Mira Solenko"))] != found[iri(2, person("Tarn Oake"))]


def test_a_surname_and_title_that_two_people_share_is_nobodys() -> None:
    store = Store.memory()
    names = [person("Mira Solenko", "President"), person("Tarn Solenko", "President"), person("Solenko", "President")]
    for number, name in enumerate(names):
        add(store, number, name)
    resolve(store)
    assert len(set(canonical(store).values())) == 4 + 2  # three people, and an office in each document


def test_a_surname_and_title_belong_to_whom_nearly_everybody_means_by_them() -> None:
    store = Store.memory()
    for number in range(40):
        add(store, number, person("Mira Solenko", "President"))
    add(store, 40, person("Tarn Solenko", "President"))
    add(store, 41, person("Solenko", "President"))
    resolve(store)
    found = canonical(store)
    assert found[iri(41, person("Solenko"))] == found[iri(0, person("Mira Solenko"))]
    assert found[iri(40, person("Tarn Solenko"))] != found[iri(0, person("Mira Solenko"))]


def test_a_person_of_two_initials_does_not_join_two_people() -> None:
    store = Store.memory()
    for number, name in enumerate(("Mira A. Solenko", "Mira B. Solenko", "Mira Solenko")):
        add(store, number, person(name))
    resolve(store)
    found = canonical(store)
    assert found[iri(0, person("Mira A. Solenko"))] != found[iri(1, person("Mira B. Solenko"))]


# -- incremental ----------------------------------------------------------------------------------------------------

NAMES: list[Named] = [
    *(person("Mira Solenko"), person("Mira J. Solenko", "President"), person("M. Solenko", "President")),
    *(person("Solenko", "President"), person("Tarn Solenko", "President"), person("Tarn Solenko")),
    *(("org", "Orrin Harbour Rights Network", ""), ("org", "OHRN", ""), ("org", "Orrin Harbor Rights Network", "XO")),
    *(("org", "Harbour Rights Network of Orrin", "XV"), ("org", "Ministry of Harbours", "XV")),
    *(("org", "Ministry of Harbours", ""), ("office", "Minister of Harbours", "XV"), ("place", "Brenn", "XV")),
    *(
        ("place", "Brenn", "XO"),
        ("place", "Brenn", ""),
        ("instrument", "Brenn Harbour Accord", ""),
        ("group", "crews", ""),
    ),
]
DOCUMENT = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(tuple)


def rebuilt(documents: dict[int, tuple[Named, ...]], decisions: Decisions | None = None) -> set[str]:
    store = Store.memory()
    for number, names in documents.items():
        add(store, number, *names, also=("OHRN",))
    resolve(store, decisions)
    return {str(quad) for quad in store.quads("links")}


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(st.lists(DOCUMENT, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_links_are_the_same_however_documents_come_and_go(
    tmp_path_factory: pytest.TempPathFactory, documents: list[tuple[Named, ...]], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("links")
    held: dict[int, tuple[Named, ...]] = {}
    with Store.open(folder / "store", "write") as store:
        for run, names in enumerate(documents):
            number = chance.randrange(8)
            if number in held and chance.random() < 0.3:
                store.remove(f"{number:032x}")
                del held[number]
            else:
                add(store, number, *names, also=("OHRN",), run=run + 1)
                held[number] = names
            if chance.random() < 0.7:
                resolve(store)
        resolve(store)
        assert not resolve(store)
        assert {str(quad) for quad in store.quads("links")} == rebuilt(held)


def test_links_conform_to_their_shapes() -> None:
    store = Store.memory()
    for number in range(len(NAMES)):
        add(store, number, NAMES[number], NAMES[number - 1])
    resolve(store)
    found = check_store(store.dataset, store.base)
    assert [finding.message for finding in found if "canonical" in finding.message or "link" in finding.message] == []


def test_an_index_that_is_lost_or_behind_is_made_anew(tmp_path: Path) -> None:
    names = [(person("Mira Solenko"),), (person("Mira J. Solenko"),), (person("Tarn Oake"),)]
    with Store.open(tmp_path / "store", "write") as store:
        add(store, 0, *names[0])
        resolve(store)
        behind = (tmp_path / "store" / FILE).read_bytes()
        add(store, 1, *names[1])
        resolve(store)
        for damage in (behind, b"", b"no database" * 1000):
            (tmp_path / "store" / FILE).write_bytes(damage)
            store.remove(f"{2:032x}")
            add(store, 2, *names[2])
            resolve(store)
            assert {str(q) for q in store.quads("links")} == rebuilt(dict(enumerate(names)))


# -- decisions ------------------------------------------------------------------------------------------------------

A, B, C, D = (
    iri(number, person(name)) for number, name in enumerate(("Mira Solenko", "Tarn Oake", "Ilva Dorn", "Remy Ash"))
)


def people(decisions: Decisions) -> tuple[Store, dict[str, str]]:
    store = Store.memory()
    for number, name in enumerate(("Mira Solenko", "Tarn Oake", "Ilva Dorn", "Remy Ash")):
        add(store, number, person(name))
    resolve(store, decisions)
    return store, canonical(store)


def test_a_judgement_same_joins_for_certain_and_says_who_decided() -> None:
    decisions = Decisions()
    decisions.judge("same", A, B, by="mira", note="one seal")
    store, found = people(decisions)
    assert found[A] == found[B]
    quads = [quad for quad in store.quads("links") if quad.predicate.value == OWL + "sameAs"]
    assert len(quads) == 1
    (reason,) = {q.object.value for q in store.quads("links") if q.predicate.value == CQ + "reason"}
    assert reason.startswith("decided by mira on 20")
    assert reason.endswith(": one seal")


def test_different_holds_against_what_follows_from_other_judgements_and_the_older_gives_way() -> None:
    decisions = Decisions()
    decisions.judge("same", A, B, by="mira")
    decisions.judge("same", B, C, by="mira")
    decisions.judge("different", A, C, by="mira")
    found = people(decisions)[1]
    assert found[B] == found[C] != found[A]


def test_different_keeps_bearers_of_one_name_apart_and_whoever_goes_with_them() -> None:
    store = Store.memory()
    for number in range(6):
        add(store, number, person("Mira Solenko"))
    first, second = iri(0, person("Mira Solenko")), iri(1, person("Mira Solenko"))
    decisions = Decisions()
    decisions.judge("different", first, second, by="mira")
    resolve(store, decisions)
    found = canonical(store)
    assert found[first] != found[second]
    assert len(set(found.values())) == 2


def test_a_split_leaves_its_cluster_and_stays_alone() -> None:
    store = Store.memory()
    for number in range(4):
        add(store, number, person("Mira Solenko"))
    gone = iri(2, person("Mira Solenko"))
    decisions = Decisions()
    decisions.split(gone, by="mira")
    resolve(store, decisions)
    found = canonical(store)
    assert [each for each in found if found[each] == gone] == [gone]
    assert len(set(found.values())) == 2


def test_records_and_types_are_never_joined_whatever_is_decided() -> None:
    store = Store.memory()
    add(store, 0, person("Mira Solenko"))
    add(store, 1, ("org", "Harbour Watch", ""))
    decisions = Decisions()
    decisions.judge("same", iri(0, person("Mira Solenko")), iri(1, ("org", "Harbour Watch", "")), by="mira")
    resolve(store, decisions)
    assert all(entity == node for entity, node in canonical(store).items())


def test_decisions_about_entities_that_are_not_there_wait_for_them() -> None:
    decisions = Decisions()
    decisions.judge("same", A, B, by="mira")
    store = Store.memory()
    add(store, 0, person("Mira Solenko"))
    resolve(store, decisions)
    add(store, 1, person("Tarn Oake"))
    resolve(store, decisions)
    assert canonical(store)[A] == canonical(store)[B]


@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10_000))
def test_a_thousand_decisions_in_any_order_lead_to_what_their_set_defines(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    documents = {number: (NAMES[number % len(NAMES)], NAMES[(number * 5 + 1) % len(NAMES)]) for number in range(16)}
    nodes = sorted({iri(number, name) for number, names in documents.items() for name in names})
    entries: list[Decision] = []
    for number in range(1000):
        kind = chance.choice(("same", "same", "different", "split", "undo", "undo"))
        a, b = chance.sample(nodes, 2)
        moment = f"2026-01-01T00:{chance.randrange(60):02}:00.000000Z"
        undoes = chance.choice(entries).id if kind == "undo" and entries else ""
        if kind != "undo" or undoes:
            entries.append(Decision(moment, f"{number:04}", kind, "mira", a, b, "", undoes))  # type: ignore[arg-type]
    wanted = rebuilt(documents, Decisions(entries))
    chance.shuffle(entries)
    with Store.open(tmp_path_factory.mktemp("decided") / "store", "write") as store:
        for number, names in documents.items():
            add(store, number, *names, also=("OHRN",))
        for until in sorted({chance.randrange(1000) for _ in range(6)} | {len(entries)}):
            resolve(store, Decisions(entries[:until]))
        assert {str(quad) for quad in store.quads("links")} == wanted


# -- review ---------------------------------------------------------------------------------------------------------


def test_uncertain_pairs_are_shown_best_first_until_they_are_judged() -> None:
    store = Store.memory()
    for number, name in enumerate(("M. Solenko", "Mira Solenko", "Marina Dorn", "Marisa Dorn")):
        add(store, number, person(name))
    resolve(store)
    decisions = Decisions()
    pairs = uncertain(store, decisions)
    assert [{pair.a.label, pair.b.label} for pair in pairs] == [
        {"M. Solenko", "Mira Solenko"},
        {"Marina Dorn", "Marisa Dorn"},
    ]
    assert pairs[0].score > pairs[1].score
    assert "initial" in " ".join(pairs[0].reasons)
    assert uncertain(store, decisions, limit=1) == pairs[:1]
    assert uncertain(store, decisions, type="org") == []
    decisions.judge("unsure", pairs[0].a.iri, pairs[0].b.iri, by="mira")
    assert uncertain(store, decisions) == pairs[1:]
    decisions.judge("different", pairs[1].a.iri, pairs[1].b.iri, by="mira")
    resolve(store, decisions)
    assert uncertain(store, Decisions()) == pairs[:1]
