"""Resolution at scale: time, memory, precision and recall on made entities whose truth is known, beside two baselines.

Run with ``python -m tests.bench.resolution [DOCUMENTS]``, for baselines with ``--baselines [DOCUMENTS]`` (needs
``pip install 'splink>=5'``). People, bodies and offices are made of syllables and the patterns that real names follow:
full names with and without a middle initial, a surname with a title, another transliteration, another order of names;
bodies with and without their country, in two spellings, by an acronym that some documents explain; sister ministries of
many states; namesakes and people of one surname. How often each is named follows Zipf's law.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from communique.evaluate.clusters import ClusterMeasure, measure
from communique.resolve import resolve
from communique.resolve.compare import compare
from communique.resolve.entities import document_entities
from communique.resolve.profile import profile
from communique.store import Store
from communique.vocab import CQ, DEFAULT_BASE, FOAF, ITSRDF, ORG, PROV, RDF, RDFS, SKOS, slug

CLASSES = {"person": FOAF + "Person", "org": ORG + "Organization", "office": ORG + "Post"}
COUNTRIES = [a + b for a in "BCDFGHKLMNPRSTV" for b in "AEIOU"][:60]
TITLES = ("President", "Foreign Minister", "Prime Minister", "Spokesperson", "Ambassador", "Commissioner", "Governor")
MATTERS = ("Foreign Affairs", "Defence", "Justice", "Health", "Labour and Trade", "Education", "Finance", "Transport")
HEADS = ("Network", "Union", "Foundation", "Institute", "Alliance", "Forum", "Centre", "Federation")
THEMES = ("Human Rights", "Press Freedom", "Harbour Safety", "Fair Elections", "Clean Water", "Rural Schools")
VARIANTS = (("y", "iy"), ("ei", "ey"), ("kh", "h"), ("v", "w"), ("i", "y"))
PER_DOCUMENT = 10
MOST_SECONDS, MOST_GIGABYTES, MOST_FOR_MORE = 600, 4, 10
Form = tuple[str, str, tuple[str, ...], str]
"""A label, a country, other names, and the title that stands before a name."""


@dataclass(frozen=True)
class Thing:
    """A person, body or office, and the ways to name it, the usual one first."""

    type: str
    forms: tuple[Form, ...]


def _word(chance: random.Random, syllables: int) -> str:
    made = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(syllables))
    return (made + chance.choice(("", "n", "r", "k", "v"))).capitalize()


def world(chance: random.Random, size: int) -> list[Thing]:
    """Return things to name: three fifths people, the rest bodies and offices."""
    given = [_word(chance, 2) for _ in range(300)]
    surnames = [_word(chance, chance.choice((2, 3, 3))) for _ in range(max(200, size // 3))]
    made = [_person(chance, given, surnames) for _ in range(size * 3 // 5)]
    made += [_body(chance) for _ in range(size // 5)]
    made += [_ministry(country, matter) for country in COUNTRIES for matter in MATTERS]
    made += [_office(country, title) for country in COUNTRIES for title in TITLES]
    chance.shuffle(made)
    return made


def _person(chance: random.Random, given: list[str], surnames: list[str]) -> Thing:
    first, last, title = chance.choice(given), chance.choice(surnames), chance.choice(TITLES)
    middle = chance.choice("ABCDEFGHJKLMNPRST")
    other = next((last.replace(a, b) for a, b in VARIANTS if a in last), last)
    names = (f"{first} {last}", f"{first} {middle}. {last}", f"{first} {other}", f"{first[0]}. {last}", last)
    return Thing("person", tuple((name, "", (), title if at != 1 else "") for at, name in enumerate(names)))


def _body(chance: random.Random) -> Thing:
    place, head, theme = _word(chance, 3), chance.choice(HEADS), chance.choice(THEMES)
    name = f"{place} {head} for {theme}"
    acronym = "".join(word[0] for word in name.split() if word[0].isupper())
    country = chance.choice(COUNTRIES)
    forms: list[Form] = [(name, "", (acronym,), ""), (name, country, (), ""), (acronym, "", (), "")]
    return Thing("org", (*forms, (f"{theme} {head} of {place}", "", (), "")))


def _ministry(country: str, matter: str) -> Thing:
    return Thing("org", ((f"Ministry of {matter}", country, (), ""), (f"{matter} Ministry", country, (), "")))


def _office(country: str, title: str) -> Thing:
    return Thing("office", ((f"{title} of the Republic", country, (), ""), (f"{title} of Republic", country, (), "")))


def documents(
    things: list[Thing], count: int, chance: random.Random
) -> Iterator[tuple[str, list[Quad], dict[str, str]]]:
    """Yield documents: id, quads, and the thing that each entity is."""
    weights = [1 / (rank + 5) for rank in range(len(things))]
    for _ in range(count):
        id = f"{chance.getrandbits(128):032x}"
        quads: list[Quad] = []
        truth: dict[str, str] = {}
        picked = dict.fromkeys(chance.choices(range(len(things)), weights, k=PER_DOCUMENT))
        for at in picked:
            thing = things[at]
            form = thing.forms[0] if chance.random() < 0.6 else chance.choice(thing.forms)
            iri = f"{DEFAULT_BASE}{thing.type}/{id}-{slug(form[0])}"
            if iri not in truth:
                truth[iri] = str(at)
                quads += _quads(id, iri, thing.type, form, len(quads) * 100)
        yield id, quads, truth


def _quads(id: str, iri: str, type: str, form: Form, at: int) -> Iterator[Quad]:
    label, country, others, title = form
    graph, node = NamedNode(f"{DEFAULT_BASE}graph/{id}"), NamedNode(iri)
    yield Quad(node, NamedNode(RDF + "type"), NamedNode(CLASSES[type]), graph)
    yield Quad(node, NamedNode(RDFS + "label"), Literal(label, language="en"), graph)
    if country:
        yield Quad(node, NamedNode(CQ + "countryCode"), Literal(country), graph)
    for other in others:
        yield Quad(node, NamedNode(SKOS + "altLabel"), Literal(other, language="en"), graph)
    if title:
        office = NamedNode(f"{DEFAULT_BASE}office/{id}-{slug(title)}")
        yield Quad(office, NamedNode(RDF + "type"), NamedNode(CLASSES["office"]), graph)
        yield Quad(office, NamedNode(RDFS + "label"), Literal(title, language="en"), graph)
        for named, begin, end in ((office, at, at + len(title)), (node, at + len(title) + 1, at + 90)):
            span = NamedNode(f"{DEFAULT_BASE}doc/{id}#char={begin},{end}")
            yield Quad(span, NamedNode(ITSRDF + "taIdentRef"), named, graph)


def load(store: Store, made: list[tuple[str, list[Quad], dict[str, str]]]) -> dict[str, str]:
    """Put documents into a store; return what each entity is."""
    provenance, run = store.graph_name("provenance"), NamedNode(f"{DEFAULT_BASE}run/1")
    truth: dict[str, str] = {}
    for at in range(0, len(made), 5000):
        part = made[at : at + 5000]
        quads = [quad for _, listed, _ in part for quad in listed]
        quads += [Quad(store.graph_name(id), NamedNode(PROV + "wasGeneratedBy"), run, provenance) for id, _, _ in part]
        store.add_many(quads)
        for _, _, told in part:
            truth |= told
    return truth


def figures(store: Store, truth: dict[str, str]) -> ClusterMeasure:
    """Measure the links of a store; what nobody could tell (a surname that several people bear) counts as missed."""
    found = store.dataset.quads_for_pattern(None, NamedNode(CQ + "canonical"), None, store.graph_name("links"))
    return measure({quad.subject.value: quad.object.value for quad in found}, truth)


def told(name: str, found: ClusterMeasure, seconds: float) -> str:
    """Return a row of the table."""
    p, b = found.pairwise, found.b3
    return f"| {name} | {seconds:.1f} | {p.precision:.3f} | {p.recall:.3f} | {b.precision:.3f} | {b.recall:.3f} |"


def at_scale(count: int, more: int = 100) -> None:
    """Resolve documents' entities, then those of some more documents."""
    chance = random.Random(1)
    things = world(chance, max(200, count // 4))
    with tempfile.TemporaryDirectory() as name, Store.open(Path(name) / "store", "write") as store:
        truth = load(store, list(documents(things, count, chance)))
        print(f"{count} documents, {len(truth)} entities of {len(set(truth.values()))} things")
        wall, cpu = time.perf_counter(), time.process_time()
        resolve(store)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"from nothing: {wall:.0f} s, {cpu:.0f} s of CPU, {peak:.2f} GB at most (with the store)")
        print(_verdict(wall <= MOST_SECONDS and peak <= MOST_GIGABYTES, f"{MOST_SECONDS} s and {MOST_GIGABYTES} GB"))
        for id, quads, told_of in documents(things, more, chance):
            store.add_document(id, quads)
            truth |= told_of
        wall, cpu = time.perf_counter(), time.process_time()
        resolve(store)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{more} documents more: {wall:.1f} s, {cpu:.1f} s of CPU")
        print(_verdict(wall <= MOST_FOR_MORE, f"{MOST_FOR_MORE} s"))
        print(told("communique", figures(store, truth), wall))


def _verdict(met: bool, bound: str) -> str:
    return f"  {'met' if met else 'MISSED'}: at most {bound} by the clock, meant for 100,000 documents"


def baselines(count: int) -> None:
    """Compare with all pairs, and with splink, on fewer documents."""
    chance = random.Random(1)
    things = world(chance, max(200, count // 4))
    store = Store.memory()
    made = list(documents(things, count, chance))
    truth = load(store, made)
    print(f"{count} documents, {len(truth)} entities")
    print(
        "| | CPU seconds | pairwise precision | pairwise recall | B3 precision | B3 recall |\n|---|---|---|---|---|---|"
    )
    begin = time.process_time()
    resolve(store)
    print(told("communique", figures(store, truth), time.process_time() - begin))
    begin = time.process_time()
    found = _all_pairs(store, [id for id, _, _ in made], truth)
    print(told("all pairs, joined from 0.8", measure(found, truth), time.process_time() - begin))
    begin = time.process_time()
    found = _splink(store, [id for id, _, _ in made], truth)
    print(told("splink", measure(found, truth), time.process_time() - begin))


class _Union(dict[str, str]):
    """Clusters that grow by joining two at a time."""

    def find(self, name: str) -> str:
        while self.setdefault(name, name) != name:
            self[name] = self[self[name]]
            name = self[name]
        return name


def _all_pairs(store: Store, ids: list[str], truth: dict[str, str]) -> dict[str, str]:
    """Compare every entity with every other, and join what scores 0.8 or more, whatever else is in a cluster."""
    what = [(e.iri, profile(e)) for id in ids for e in document_entities(store, id) if e.iri in truth]
    union = _Union()
    for at, (iri, one) in enumerate(what):
        for other, two in what[:at]:
            said = compare(one, two) if one is not None and two is not None else None
            if said is not None and said.score >= 0.8:
                union[union.find(iri)] = union.find(other)
    return {iri: union.find(iri) for iri in truth}


def _splink(store: Store, ids: list[str], truth: dict[str, str]) -> dict[str, str]:
    """Resolve with splink over DuckDB: names by Jaro and Winkler, weights by expectation maximisation."""
    import pandas
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = []
    for id in ids:
        for e in document_entities(store, id):
            if e.iri in truth:
                words = e.label.value.lower().split()
                rows.append(
                    {
                        "unique_id": e.iri,
                        "type": e.type,
                        "name": e.label.value.lower(),
                        "last": words[-1],
                        "first": words[0],
                    }
                    | {"initial": words[0][0], "country": e.country or None, "title": min(e.titles, default=None)}
                )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.9, 0.8]),
            cl.ExactMatch("country"),
            cl.ExactMatch("title"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("type", "last", "initial"),
            block_on("type", "name"),
            block_on("type", "first"),
        ],
    )
    linker = Linker(DuckDBAPI().register(pandas.DataFrame(rows)), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("type", "name")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("type", "last"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("type", "name"))
    pairs = linker.inference.predict(threshold_match_probability=0.8)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.8)
    return dict(clusters.as_pandas_dataframe()[["unique_id", "cluster_id"]].itertuples(index=False))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Resolution at scale")
    parser.add_argument("documents", type=int, nargs="?", default=100_000)
    parser.add_argument("--baselines", action="store_true")
    options = parser.parse_args()
    (baselines if options.baselines else at_scale)(options.documents)


if __name__ == "__main__":
    main()
