"""`show` tells what the graph says of a thing, each fact with the words it rests on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from communique import show, vocab
from communique.errors import UsageError
from communique.store import Store

SAMPLE = Path(__file__).parent / "queries" / "sample.trig"
PROTEST = "statement/0db153befcccfec808712b8ac3fa1999-67-196"
SHELLING = "event/0db153befcccfec808712b8ac3fa1999-233-240"


@cache
def sample() -> Store:
    store = Store.memory()
    store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    return store


def section(description: show.Description, title: str) -> tuple[show.ShownFact, ...]:
    return next(each.facts for each in description.sections if each.title == title)


def titles(description: show.Description) -> list[str]:
    return [each.title for each in description.sections]


def texts() -> dict[str, str]:
    """The text of each document, by its IRI."""
    found = sample().dataset.quads_for_pattern(None, NamedNode(vocab.NIF + "isString"), None)
    return {str(quad.subject.value).partition("#")[0]: quad.object.value for quad in found}  # type: ignore[union-attr]


def test_a_person_is_shown_across_documents() -> None:
    morin = show.describe(sample(), "Morin")
    assert (morin.label, morin.types, morin.names) == ("Ilva Morin", ("Person",), ("Morin",))
    assert [fact.date for fact in section(morin, "Statements issued")] == ["2031-05-13", "2032-02"]
    assert len({fact.document for fact in section(morin, "Statements issued")}) == 2
    assert [fact.label for fact in section(morin, "Demands it makes")] == ["send monitors to Kessel"]


def test_an_office_shows_who_held_it_and_a_person_its_offices() -> None:
    morin = show.describe(sample(), "Morin")
    assert [(each.label, each.first, each.last) for each in morin.offices] == [
        ("Human Rights Commissioner", "2031-05-13", "2031-05-13"),
        ("Minister of Justice", "2032-02", "2032-02"),
    ]
    assert morin.holders == ()
    office = show.describe(sample(), morin.offices[0].iri)
    assert [(each.label, len(each.statements)) for each in office.holders] == [("Ilva Morin", 1)]
    assert "Held by: Ilva Morin (2031-05-13; 1 statement)" in show.render(office)


def test_a_body_is_shown_with_what_it_received_and_is_asked() -> None:
    osce = show.describe(sample(), "OSCE")
    assert len(section(osce, "Statements received")) == 3
    assert {fact.label for fact in section(osce, "Asked to")} == {
        "send monitors to Kessel",
        "inspect both banks of the river",
    }


def test_identifiers_of_the_authority_record_are_shown() -> None:
    council = show.describe(sample(), "UN Security Council")
    assert council.identifiers == (vocab.WD + "Q37470",)


def test_an_event_never_stands_without_its_claimant_and_modality() -> None:
    ostmark = show.describe(sample(), "Ostmark")
    notes = [fact.note for fact in section(ostmark, "Said to have done")]
    assert "assault, asserted, according to Ilva Morin" in notes
    assert all("according to" in note for note in notes)


def test_a_statement_is_shown_with_all_its_parts() -> None:
    protest = show.describe(sample(), PROTEST)
    assert protest.date == "2031-05-13"
    assert [fact.label for fact in section(protest, "Issuer")] == ["Ilva Morin"]
    assert [fact.label for fact in section(protest, "Office")] == ["Human Rights Commissioner"]
    assert [fact.label for fact in section(protest, "On behalf of")] == [
        "Office of the Human Rights Commissioner of Varenia"
    ]
    assert len(section(protest, "Recipients")) == 3
    assert {"Kinds", "Events reported", "Demands", "Quotations", "Characterizations", "Cites"} <= set(titles(protest))


def test_an_event_is_shown_with_agents_places_and_what_it_is_called() -> None:
    event = show.describe(sample(), SHELLING)
    assert [fact.label for fact in section(event, "Agents")] == ["Ostmark"]
    assert [fact.label for fact in section(event, "Modality")] == ["asserted"]
    assert [fact.label for fact in section(event, "Characterized as")] == [
        "an open breach of the Second Alder Protocol"
    ]


@pytest.mark.parametrize("thing", ["Morin", "OSCE", "Kessel", "Ostmark", "Second Alder Protocol", PROTEST, SHELLING])
def test_every_fact_shows_words_that_stand_where_it_says(thing: str) -> None:
    description = show.describe(sample(), thing)
    facts = [fact for each in description.sections if each.title not in ("Type", "Modality") for fact in each.facts]
    known = texts()
    assert facts
    for fact in facts:
        assert fact.words, fact
        assert all(known[fact.document][words.begin : words.end] == words.text for words in fact.words)


def test_grounded_edges_show_how_sure_they_are() -> None:
    protest = show.describe(sample(), PROTEST)
    assert section(protest, "Issuer")[0].confidence == 0.97


def test_a_recipient_shows_the_word_that_carries_the_relation() -> None:
    words = section(show.describe(sample(), PROTEST), "Recipients")[0].words
    assert [each.role for each in words] == ["sentence", "name", "cue"]
    assert words[2].text == "sent"


@pytest.mark.parametrize("iri", ["place/xo", vocab.DEFAULT_BASE + "place/xo", f"<{vocab.DEFAULT_BASE}place/xo>"])
def test_an_iri_may_be_whole_or_relative(iri: str) -> None:
    assert show.describe(sample(), iri).label == "Ostmark"


def test_a_local_iri_leads_to_the_canonical_entity() -> None:
    local = show.describe(sample(), "person/212b53320ab4e86bc06e22459fd03349-ilva-morin")
    assert local == show.describe(sample(), "Ilva Morin")


def test_a_name_that_may_mean_several_gives_the_candidates() -> None:
    found = show.describe(sample(), "Minister")
    assert [each.label for each in found.candidates] == ["Foreign Minister", "Minister of Justice"]
    text = show.render(found)
    assert "'Minister' may mean 2 entities" in text
    assert "  Foreign Minister (Post)  office/" in text


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean Kessel"):
        show.describe(sample(), "Kessl")


@pytest.mark.parametrize("iri", ["statement/none", "https://example.org/none", ""])
def test_an_unknown_iri_is_refused(iri: str) -> None:
    with pytest.raises(UsageError):
        show.describe(sample(), iri)


def test_rendering_gives_each_fact_its_document_and_words() -> None:
    lines = show.render(show.describe(sample(), "Odile Hart")).splitlines()
    at = lines.index("Quoted as saying (1)")
    assert lines[at + 1].startswith("- The river must stay open,")
    assert lines[at + 3] == "    in “Inland Sea Council voices concern”, isc/letter.txt, 2031-05-15"
    assert lines[at + 4] == '    sentence 223-262: «"The river must stay open," Hart wrote.»'
    assert lines[at + 5].strip().startswith("name 251-255: «Hart»")


def test_a_document_without_title_date_or_issuer_can_be_shown() -> None:
    text = show.render(show.describe(sample(), "Kessel"))
    assert "in notes/undated.txt" in text
    assert "hypothetical, according to: Announcement without issuer or date" in text


def test_description_is_plain_data_for_json() -> None:
    data = json.loads(json.dumps(show.describe(sample(), PROTEST).as_dict()))
    assert data["sections"][0]["facts"][0]["words"][0]["role"] == "sentence"


def test_copies_in_other_graphs_change_nothing() -> None:
    store = Store.memory()
    store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    ostmark = NamedNode(vocab.DEFAULT_BASE + "place/xo")
    label = Literal("Ostmark", language="en")
    copies = list(store.dataset.quads_for_pattern(ostmark, NamedNode(vocab.RDFS + "label"), label))
    assert len(copies) > 1
    assert show.describe(store, "Ostmark").names == ("Ostmark Federation",)
