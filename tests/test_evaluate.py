"""The figures, on three annotated documents and a graph of two of them that is wrong in many ways.

The documents, annotations and graph are in ``tests/evaluate``; the expected figures were computed once by another
implementation of the same definitions.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import Commands, Done
from communique.build import build
from communique.errors import DataError, UsageError
from communique.evaluate import FIELDS, Corpus, Evaluation, Mistake, evaluate, load_corpus, minimum
from communique.evaluate.likeness import best_likeness, likeness, overlap, pair, tokens

SAMPLE = Path(__file__).parent / "evaluate"
GRAPH = SAMPLE / "graph.trig"
PAGE = Path(__file__).parents[1] / "docs" / "evaluation.md"

# field: precision, recall, F1, annotated, found
EXPECTED = {
    "title": (0.5, 0.333, 0.4, 3, 2),
    "publisher": (0.0, 0.0, 0.0, 1, 1),
    "published": (1.0, 1.0, 1.0, 1, 1),
    "issuer": (1.0, 0.8, 0.889, 5, 4),
    "issuer_office": (0.0, 0.0, 0.0, 2, 1),
    "issuer_body": (1.0, 0.4, 0.571, 5, 2),
    "kind": (0.6, 0.5, 0.545, 6, 5),
    "recipient": (0.5, 0.333, 0.4, 3, 2),
    "place": (0.75, 0.6, 0.667, 10, 8),
    "place_country": (0.833, 0.833, 0.833, 6, 6),
    "event": (0.714, 0.714, 0.714, 7, 7),
    "event_type": (0.8, 0.8, 0.8, 5, 5),
    "event_modality": (0.667, 1.0, 0.8, 2, 3),
    "event_agent": (0.75, 1.0, 0.857, 3, 4),
    "event_patient": (0.667, 0.667, 0.667, 3, 3),
    "event_place": (0.75, 1.0, 0.857, 3, 4),
    "event_date": (0.5, 0.5, 0.5, 2, 2),
    "demand": (0.667, 0.667, 0.667, 3, 3),
    "demand_addressee": (0.5, 0.5, 0.5, 2, 2),
    "quote": (0.5, 1.0, 0.667, 1, 2),
    "quote_speaker": (0.0, 0.0, 0.0, 1, 1),
    "cite": (1.0, 1.0, 1.0, 1, 1),
}

PARTS = [*"abé İə-'.U N", "the ", "un ", "united nations ", "deputy ", "north "]
NAMES = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(SAMPLE / "gold", SAMPLE / "texts")


@pytest.fixture(scope="module")
def measured(corpus: Corpus) -> Evaluation:
    return evaluate(corpus, graph=GRAPH)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample, to spoil."""
    shutil.copytree(SAMPLE, tmp_path / "sample")
    return tmp_path / "sample"


def change(folder: Path, name: str, **values: Any) -> None:
    """Give an annotation other values; ``None`` takes a key away."""
    path = folder / "gold" / f"{name}.json"
    data = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    found = load_corpus(folder / "gold", folder / "texts").findings
    return [f"{finding.source}: {finding.message}" for finding in found]


# -- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_the_figures_are_those_of_the_definitions(measured: Evaluation, field: str) -> None:
    row = measured.figures[field]
    assert (round(row.precision, 3), round(row.recall, 3), round(row.f1, 3), row.gold, row.found) == EXPECTED[field]


def test_a_document_that_the_graph_lacks_is_missed_whole(measured: Evaluation) -> None:
    bridge = next(each for each in measured.comparisons if each.file == "bridge.txt")
    assert not bridge.present
    assert {count.found for count in bridge.counts.values()} == {0}
    assert bridge.counts["place"].gold == 2


def test_mistakes_say_what_is_missed_wrong_and_different(measured: Evaluation) -> None:
    assert measured.mistakes("recipient") == [
        Mistake("recipient", "bridge.txt", "missed", gold="Road Office"),
        Mistake("recipient", "trawlers.txt", "missed", gold="United Nations"),
        Mistake("recipient", "trawlers.txt", "wrong", found="Fisheries Board", confidence=0.5),
    ]
    assert measured.mistakes("place_country") == [
        Mistake("place_country", "trawlers.txt", "differs", gold="XO", found="XM", about="Ostmark")
    ]
    assert measured.mistakes("event_type") == [
        Mistake("event_type", "trawlers.txt", "differs", gold="coerce", found="accuse", about="'arrested'")
    ]


def test_mistakes_and_counts_agree(measured: Evaluation) -> None:
    for field, row in measured.figures.items():
        kinds = [mistake.what for mistake in measured.mistakes(field)]
        right = round(row.recall * row.gold)
        assert kinds.count("missed") + kinds.count("differs") == row.gold - right, field
        assert kinds.count("wrong") + kinds.count("differs") == row.found - right, field


def test_a_store_and_a_build_of_now_give_the_figures_of_their_graph(copy: Path) -> None:
    corpus = load_corpus(copy / "gold", copy / "texts")
    build(copy / "texts", copy / "out")
    now = evaluate(corpus)
    assert now.figures["title"].f1 == 1
    assert now.comparisons == evaluate(corpus, store=copy / "out" / "store").comparisons
    assert now.comparisons == evaluate(corpus, graph=copy / "out" / "graph.trig").comparisons


def test_records_of_ones_own_are_used_for_building(copy: Path, corpus: Corpus) -> None:
    records = copy / "mine.csv"
    records.write_text("key,type,label,country\nplace/varenia,state,Varenia,XV\n")
    before, after = evaluate(corpus), evaluate(corpus, authority=[records])
    assert after.figures["place_country"].f1 > before.figures["place_country"].f1


def test_intervals_hold_the_figure_and_come_out_the_same_for_the_same_seed(corpus: Corpus) -> None:
    one, same, other = (evaluate(corpus, graph=GRAPH, samples=200, seed=seed) for seed in (1, 1, 2))
    assert one.figures == same.figures
    assert one.figures != other.figures
    for row in one.figures.values():
        assert row.low is not None
        assert row.high is not None
        assert 0 <= row.low <= row.f1 <= row.high <= 1


def test_no_samples_no_intervals(corpus: Corpus) -> None:
    assert {row.low for row in evaluate(corpus, graph=GRAPH, samples=0).figures.values()} == {None}


# -- confidence -----------------------------------------------------------------------------------------------------


def test_calibration_counts_facts_and_right_ones_by_confidence(measured: Evaluation) -> None:
    table = measured.calibration
    assert {name: (each.facts, each.right) for name, each in table["place"].items()} == {
        "below 0.5": (0, 0),
        "0.5 to 0.7": (3, 1),
        "0.7 to 0.9": (1, 1),
        "0.9 and more": (4, 4),
    }
    # the same kind said twice, with 0.9 and with 0.6, is one thing with the better confidence
    assert (table["kind"]["0.9 and more"].facts, table["kind"]["0.9 and more"].right) == (4, 3)
    assert table["quote_speaker"]["0.7 to 0.9"].share == 0
    assert "title" not in table


def test_below_a_confidence_nothing_counts(corpus: Corpus) -> None:
    sure = evaluate(corpus, graph=GRAPH, min_confidence=0.7).figures
    assert (sure["recipient"].precision, sure["recipient"].found, sure["recipient"].gold) == (1, 1, 3)
    assert (sure["event"].precision, sure["event"].found, sure["event"].gold) == (1, 4, 7)
    assert sure["title"].found == 2, "what the graph gives no confidence stays"


def test_a_speaker_that_is_too_unsure_is_not_found_rather_than_wrong(corpus: Corpus) -> None:
    row = evaluate(corpus, graph=GRAPH, min_confidence=0.9).figures["quote_speaker"]
    assert (row.found, row.gold) == (0, 1)


# -- likeness -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the U.N. Security Council", "United Nations Security Council"),
        ("Foreign Ministry of Varenia", "Varenia’s Ministry of Foreign Affairs"),
        ("Organisation for Defence", "ORGANIZATION FOR DEFENSE"),
        ("Kəlbəcər", "Kelbecer"),
        ("Mr. José Várez", "Jose Varez"),
    ],
)
def test_spelling_articles_and_synonyms_make_no_difference(one: str, other: str) -> None:
    assert likeness(one, other) == 1


def test_a_name_within_a_longer_one_is_alike_where_it_is_three_fifths_of_it() -> None:
    assert likeness("Brenn Fisheries Agreement", "Fisheries Agreement") == pytest.approx(2 / 3)
    assert likeness("Brenn Upland Fisheries Agreement", "Fisheries Agreement") == 0
    assert likeness("Fisheries Board", "Fisheries Agreement") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Deputy Foreign Minister", "Foreign Minister"), ("North Varenia", "Varenia"), ("the", "the"), ("", "")],
)
def test_words_that_tell_things_apart_and_names_of_nothing(one: str, other: str) -> None:
    assert likeness(one, other) == 0


@given(NAMES, NAMES)
def test_likeness_and_overlap_are_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert overlap(one, other) == overlap(other, one)
    assert likeness(one, other) == 0 or likeness(one, other) >= 0.6
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, one) == bool(tokens(one))


@given(st.lists(NAMES, max_size=5), st.lists(NAMES, max_size=5))
def test_pairs_are_one_to_one_and_leave_no_pair_that_fits(gold: list[str], found: list[str]) -> None:
    pairs = pair(gold, found, likeness, 1e-9)
    left, right = [i for i, _ in pairs], [j for _, j in pairs]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    rest = [name for j, name in enumerate(found) if j not in right]
    assert all(best_likeness([name], rest) == 0 for i, name in enumerate(gold) if i not in left)


def test_the_best_pair_goes_first() -> None:
    assert pair(
        ["Brenn Fisheries Agreement"], ["Fisheries Agreement", "Brenn Fisheries Agreement"], likeness, 1e-9
    ) == [(0, 1)]


# -- annotations ----------------------------------------------------------------------------------------------------


def test_the_sample_is_sound(corpus: Corpus) -> None:
    assert corpus.findings == ()
    assert [annotation.file for annotation, _ in corpus.pairs] == ["bridge.txt", "reply.txt", "trawlers.txt"]


def test_every_verbatim_string_must_stand_in_the_text(copy: Path) -> None:
    change(
        copy,
        "bridge",
        title="Bridge over the Brenn closes",
        recipients=[{"names": ["Roads Office"]}],
        demands=[{"text": "repair the  northern bank", "addressees": []}],
        events=[
            {"sentence": "the reopening of the old bridge", "trigger": "open", "type": "other"},
            {
                "sentence": "the reopening of the old bridge",
                "trigger": "reopening",
                "type": "other",
                "also": [["Bridge over the Brent reopens", "reopens"]],
            },
        ],
    )
    assert faults(copy) == [
        "bridge.json: title: not in the text",
        "bridge.json: recipients[0].names[0]: not in the text",
        "bridge.json: demands[0].text: not in the text letter for letter: spaces, quotation marks or dashes differ",
        "bridge.json: events[0].sentence: the trigger 'open' is no word of this sentence",
        "bridge.json: events[1].also[0]: not in the text",
    ]


def test_all_faults_of_form_are_told_at_once(copy: Path) -> None:
    change(
        copy,
        "bridge",
        published="May 2031",
        recipients=None,
        recipient=[],
        kinds=["welcome", "praise"],
        places=[{"names": [], "country": "Varenia"}],
        events=[{"sentence": "the reopening", "type": "opening", "agents": ["Tarsk"], "modality": "sure"}],
        cites="none",
    )
    assert faults(copy) == [
        "bridge.json: published: 'May 2031' is not a date",
        "bridge.json: kinds: 'praise' is none of protest, condemnation, concern, appeal, condolence, congratulation, "
        "welcome, denial, warning, announcement, report, commemoration, position",
        "bridge.json: recipients: missing; write [] where the text has none",
        "bridge.json: places[0].names: no name in it",
        "bridge.json: places[0].country: 'Varenia' is not an ISO 3166 alpha-2 code",
        "bridge.json: events[0].trigger: missing",
        "bridge.json: events[0].type: 'opening' is none of agree, consult, support, concede, cooperate, aid, retreat, "
        "request, accuse, reject, threaten, protest, sanction, mobilize, coerce, assault, disaster, adjudicate, vote, "
        "commemorate, other",
        "bridge.json: events[0].agents: not a list of lists of names, such as [[name, other name], [name]]",
        "bridge.json: events[0].modality: 'sure' is none of asserted, denied, hypothetical, planned",
        "bridge.json: cites: not a list as it should be",
        "bridge.json: recipient: no field of an annotation",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes in line 1, column 2"),
        (b"[]", "not an object with the fields of an annotation"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_annotation_is_said(copy: Path, content: bytes, said: str) -> None:
    (copy / "gold" / "bridge.json").write_bytes(content)
    assert faults(copy) == [f"bridge.json: {said}"]


def test_a_document_must_be_there_and_is_annotated_once(copy: Path) -> None:
    change(copy, "bridge", file="tunnel.txt")
    shutil.copy(copy / "gold" / "reply.json", copy / "gold" / "second.json")
    found = faults(copy)
    assert found[0] == "second.json: file: reply.txt is annotated in reply.json too"
    assert found[1].startswith("bridge.json: file: ")
    assert "tunnel.txt: no such file or folder" in found[1]


def test_annotations_that_cannot_be_used_give_no_figures(copy: Path) -> None:
    change(copy, "bridge", file="tunnel.txt")
    with pytest.raises(DataError, match=r"bridge\.json: file: .*tunnel\.txt"):
        evaluate(load_corpus(copy / "gold", copy / "texts"), graph=GRAPH)


@pytest.mark.parametrize("text", ["issuer", "issuer=much", "issuer=90", "=0.5", "sender=0.5"])
def test_a_minimum_names_a_field_and_a_figure(text: str) -> None:
    assert minimum("issuer=0.9") == ("issuer", 0.9)
    with pytest.raises(UsageError):
        minimum(text)


# -- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Commands]:
    started = Commands()
    yield started
    started.close()


def run(server: Commands, *options: str, folder: Path = SAMPLE) -> Done:
    return server.run("evaluate", "gold", "texts", *options, folder=folder)


def test_the_report_is_a_table_of_figures(server: Commands) -> None:
    done = run(server, "--graph", "graph.trig")
    assert (done.status, done.errors) == (0, "")
    assert done.text.startswith("3 documents, 1 of them not in the graph\n  bridge.txt\n\nfield ")
    assert "\nplace                 0.750   0.600   0.667   0.000 to 0.750     10      8\n" in done.text


def test_mistakes_and_calibration_are_printed_when_asked_for(server: Commands) -> None:
    done = run(server, "--graph", "graph.trig", "--errors", "recipient", "--errors", "cite", "--calibration")
    assert done.text.endswith(
        "recipient: 2 missed, 1 wrong\n"
        "  bridge.txt: missed   Road Office\n"
        "  trawlers.txt: missed   United Nations\n"
        "  trawlers.txt: wrong    Fisheries Board (0.5)\n\n"
        "cite: no mistakes\n"
    )
    row = next(line for line in done.text.splitlines() if line.startswith("recipient  ") and "of" in line)
    assert row.split() == ["recipient", "-", "0", "of", "1", "0.000", "-", "1", "of", "1", "1.000"]


def test_a_field_with_nothing_to_find_and_nothing_found_has_no_figure(server: Commands) -> None:
    done = run(server, "--graph", "graph.trig", "--bootstrap", "0", "--min-confidence", "1")
    rows = {line.split()[0]: line.split()[1:] for line in done.text.splitlines() if line}
    assert rows["event_modality"] == ["-", "-", "-", "0", "0"]


def test_json_holds_the_same(server: Commands) -> None:
    data = json.loads(run(server, "--graph", "graph.trig", "--json", "--errors", "recipient", "--calibration").text)
    assert (data["documents"], data["missing"]) == (3, 1)
    assert list(data["fields"]) == list(FIELDS)
    assert data["fields"]["place"]["f1"] == pytest.approx(2 / 3)
    assert data["calibration"]["place"]["0.9 and more"] == {"facts": 4, "right": 4}
    assert data["errors"]["recipient"][0]["gold"] == "Road Office"


def test_a_figure_below_its_minimum_ends_with_status_1(server: Commands) -> None:
    options = ("--graph", "graph.trig", "--min", "issuer=0.8")
    assert run(server, *options).status == 0
    done = run(server, *options, "--min", "recipient=0.5")
    assert (done.status, done.error) == (1, "recipient falls short: F1 is 0.400, not 0.5")


def test_check_looks_at_the_annotations_only(server: Commands, copy: Path) -> None:
    assert run(server, "--check") == Done(0, b"3 annotations are sound\n", "")
    change(copy, "bridge", title="Bridge closes")
    done = run(server, "--check", folder=copy)
    assert (done.status, done.output) == (1, b"")
    assert done.error == "bridge.json: title: not in the text [Bridge closes]"


def test_words_that_are_not_in_the_text_are_said_beside_the_figures(server: Commands, copy: Path) -> None:
    change(copy, "bridge", title="Bridge closes")
    done = run(server, "--graph", "graph.trig", folder=copy)
    assert (done.status, done.error) == (1, "bridge.json: title: not in the text [Bridge closes]")
    assert "\nplace  " in done.text


def test_the_page_shows_what_the_command_prints(server: Commands) -> None:
    printed = run(server, "--graph", "graph.trig", "--calibration").text.splitlines()
    for block in re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            assert line in [*printed, "..."]


def test_the_annotation_on_the_page_is_sound(copy: Path) -> None:
    example = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    (copy / "gold" / "trawlers.json").write_text(example[1], encoding="utf-8")
    assert faults(copy) == []


def test_a_graph_that_is_not_well_formed_is_a_problem_of_the_graph(server: Commands, copy: Path) -> None:
    (copy / "graph.trig").write_text("<a> <b>", encoding="utf-8")
    done = run(server, "--graph", "graph.trig", folder=copy)
    assert done.status == 1
    assert done.error.startswith("communique: graph.trig: not well-formed")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gold", "texts", "--errors", "sender"), "there is no field 'sender'"),
        (("gold", "texts", "--min", "issuer"), "--min issuer names no F1"),
        (("none", "texts"), "none: no such folder"),
        (("gold", "none"), "none: no such folder"),
        (("texts", "texts"), "texts: no annotations in this folder"),
        (("gold", "texts", "--graph", "a.trig", "--store", "b"), "both a graph and a store"),
        (("gold", "texts", "--graph", "none.trig"), "none.trig: cannot be read"),
        (("gold", "texts", "--graph", "gold"), "gold: no suffix is no RDF format"),
        (("gold", "texts", "--store", "none"), "none: there is no store here"),
    ],
)
def test_wrong_calls_say_what_is_right(server: Commands, arguments: tuple[str, ...], said: str) -> None:
    done = server.run("evaluate", *arguments, folder=SAMPLE)
    assert (done.status, done.output) == (2, b"")
    assert said in done.error
