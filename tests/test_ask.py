"""Named queries answer what they say, with typed parameters; queries of the user's own stay on this machine."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from communique import ask, vocab
from communique.errors import DataError, QueryError, UsageError
from communique.store import Store

QUERIES = Path(__file__).parent / "queries"
ROOT = Path(__file__).parent.parent
SAMPLE = QUERIES / "sample.trig"


@cache
def sample() -> Store:
    """Six invented documents with their links and authority records."""
    store = Store.memory()
    store.dataset.load(path=str(SAMPLE), format=RdfFormat.TRIG)
    return store


@cache
def oracle() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=SAMPLE.read_text(encoding="utf-8"), format="trig")
    return dataset


def cases() -> dict[str, dict[str, str]]:
    """Every golden result with the parameters of its query; a case is named QUERY or QUERY--WHAT."""
    found: dict[str, dict[str, str]] = {path.stem: {} for path in sorted((QUERIES / "expected").glob("*.csv"))}
    with (QUERIES / "parameters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["case"]][row["parameter"]] = row["value"]
    return found


def written(answer: ask.Answer, format: str) -> str:
    stream = io.StringIO(newline="")
    ask.format_answer(answer, format, stream)
    return stream.getvalue()


NAMES = [query.name for query in ask.catalogue()]
each_case = pytest.mark.parametrize(("case", "parameters"), cases().items(), ids=cases())
each_query = pytest.mark.parametrize("query", ask.catalogue(), ids=NAMES)


# -- the named queries ------------------------------------------------------------------------------------------------


@each_case
def test_named_query_gives_its_golden_result(case: str, parameters: Mapping[str, str]) -> None:
    answer = ask.ask(sample(), case.partition("--")[0], parameters)
    expected = (QUERIES / "expected" / f"{case}.csv").read_bytes().decode()
    assert written(answer, "csv") == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own calls
@each_case
def test_an_independent_engine_gives_the_same_answer_in_the_same_order(
    case: str, parameters: Mapping[str, str]
) -> None:
    name = case.partition("--")[0]
    text = ask.bind(ask.named_query(name), parameters, sample())
    theirs = [tuple("" if term is None else str(term) for term in row) for row in oracle().query(text)]  # type: ignore[union-attr]
    assert theirs == [tuple(row.values()) for row in ask.rows(sample(), name, parameters)]


@each_case
def test_the_order_of_rows_does_not_hang_on_the_order_of_loading(case: str, parameters: Mapping[str, str]) -> None:
    name = case.partition("--")[0]
    assert ask.ask(reversed_sample(), name, parameters).payload == ask.ask(sample(), name, parameters).payload


@cache
def reversed_sample() -> Store:
    store = Store.memory()
    for quad in sorted(sample().dataset, key=str, reverse=True):
        store.dataset.add(quad)
    return store


def test_every_named_query_has_a_golden_result() -> None:
    assert {case.partition("--")[0] for case in cases()} == set(NAMES)


def test_there_are_queries_for_every_network_view() -> None:
    views = {"view-addresses", "view-accuses", "view-co-addressed", "view-mentions", "view-all"}
    assert views <= set(NAMES)
    assert len(NAMES) - len(views) >= 18


@each_query
def test_header_names_the_columns_of_the_answer(query: ask.Query) -> None:
    parameters = {each.name: "org/osce" for each in query.parameters if each.required}
    assert tuple(name for name, _ in query.returns) == ask.ask(sample(), query.name, parameters).variables


@each_query
def test_header_says_all_a_reader_needs(query: ask.Query) -> None:
    assert query.title
    assert query.description
    assert query.examples
    assert all(example.startswith(f"communique query {query.name}") for example in query.examples)
    assert all(each.description for each in query.parameters)
    assert all(meaning for _, meaning in query.returns)


@each_query
def test_query_file_is_complete_sparql_of_the_union(query: ask.Query) -> None:
    declared = dict(re.findall(r"PREFIX (\S+): <([^>]+)>", query.text))
    assert declared.items() <= vocab.PREFIXES.items()
    assert "ORDER BY" in query.text
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", re.sub(r"#.*", "", query.text))


@each_query
def test_defaults_in_the_file_are_those_of_the_header(query: ask.Query) -> None:
    for each in query.parameters:
        content = re.search(rf"VALUES\s+\?{each.name}\s*\{{\s*(.*?)\s*\}}", query.text)
        assert content is not None
        free = "UNDEF" if each.type in ("name", "iri", "kind", "event-type", "modality") else '""'
        if each.type in ("event-type", "modality") and content[1] != "UNDEF":  # a choice, which the description tells
            assert {term.partition(":")[2] for term in content[1].split()} < {*vocab.EVENT_TYPES, *vocab.MODALITIES}
            assert f"Without a {each.name}" in " ".join(query.description.split())
            continue
        assert content[1] == (free if each.default in ("any", "required") else f'"{each.default}"')


@each_query
def test_documentation_holds_the_query(query: ask.Query) -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert f"\n## {query.name}\n" in page, "write docs/queries.md anew from communique.ask.reference()"


def test_documentation_is_what_the_headers_say() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page.endswith(ask.reference()), "write docs/queries.md anew from communique.ask.reference()"


def test_without_links_every_entity_stands_for_itself() -> None:
    store = Store.memory()
    for quad in sample().dataset:
        if not quad.graph_name.value.endswith("graph/links"):
            store.dataset.add(quad)
    linked = ask.rows(sample(), "issuers")
    apart = ask.rows(store, "issuers")
    assert sum(int(row["statements"]) for row in apart) == sum(int(row["statements"]) for row in linked)
    assert len([row for row in apart if row["issuerLabel"] == "Ilva Morin"]) == 2
    assert len(ask.rows(store, "view-addresses")) == len(ask.rows(sample(), "view-addresses"))


def test_a_body_named_in_many_documents_is_counted_once_a_statement() -> None:
    rows = ask.rows(sample(), "recipients")
    osce = next(row for row in rows if row["recipient"].endswith("org/osce"))
    assert osce["statements"] == "3"


def test_what_a_claimant_denies_is_no_accusation() -> None:
    rows = ask.rows(sample(), "view-accuses")
    assert {row["relation"] for row in rows} == {"accuses"}
    assert vocab.CQ + "denied" not in {row["modality"] for row in rows}


def test_a_source_that_the_statement_names_is_the_claimant() -> None:
    store = Store.memory()
    for quad in sample().dataset:
        store.dataset.add(quad)
    row = ask.rows(store, "allegations")[0]
    event = NamedNode(row["event"])
    graph = next(sample().dataset.quads_for_pattern(event, None, None)).graph_name
    source = NamedNode(vocab.DEFAULT_BASE + "org/osce")
    store.dataset.add(Quad(event, NamedNode(vocab.CQ + "attributedTo"), source, graph))
    changed = [r for r in ask.rows(store, "allegations") if r["event"] == row["event"]]
    assert {r["claimant"] for r in changed} == {source.value}
    assert row["claimant"] != source.value
    edges = [r for r in ask.rows(store, "view-accuses", {"groups": "yes"}) if r["event"] == row["event"]]
    assert {r["source"] for r in edges} == {source.value}
    by = ask.ask(store, "allegations", {"by": "org/osce"}).records()
    assert row["event"] in {r["event"] for r in by}


def test_every_edge_from_an_event_carries_claimant_and_modality() -> None:
    about_events = ("accuses", "denies", "reports", "agent", "patient", "place")
    rows = [row for view in ("view-accuses", "view-all") for row in ask.rows(sample(), view, {"groups": "yes"})]
    edges = [row for row in rows if row["relation"] in about_events]
    assert edges
    assert all(row["claimantLabel"] and row["modality"] for row in edges)


def test_described_groups_are_left_out_of_views_unless_asked_for() -> None:
    assert not [row for row in ask.rows(sample(), "view-all") if "group" in (row["sourceType"], row["targetType"])]
    assert [row for row in ask.rows(sample(), "view-all", {"groups": "yes"}) if row["targetType"] == "group"]


# -- parameters -------------------------------------------------------------------------------------------------------


def test_unknown_query_names_those_that_come_near() -> None:
    with pytest.raises(UsageError, match="did you mean addresses"):
        ask.ask(sample(), "adresses")


def test_unknown_parameter_names_the_one_that_comes_near() -> None:
    with pytest.raises(UsageError, match="did you mean recipient"):
        ask.ask(sample(), "addresses", {"recipent": "OSCE"})


def test_missing_parameter_is_named_with_its_type() -> None:
    with pytest.raises(UsageError, match=r"place \(name.*is missing"):
        ask.ask(sample(), "about-place")


@pytest.mark.parametrize(
    ("query", "parameter", "value", "message"),
    [
        ("addresses", "since", "May 2031", "no date"),
        ("addresses", "since", "2031-02-30", "no date"),
        ("issuers", "kind", "protests", "did you mean protest"),
        ("allegations", "type", "attack", "not of type event-type"),
        ("allegations", "modality", "claimed", "one of asserted, denied, hypothetical, planned"),
        ("timeline", "what", "both", "one of all, statement, event"),
        ("evidence", "of", "<not an iri>", "no IRI"),
        ("mentions", "entity", "Kesel", "did you mean Kessel"),
    ],
)
def test_value_of_the_wrong_type_is_refused_with_a_remedy(query: str, parameter: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        ask.ask(sample(), query, {parameter: value})


def test_integer_parameter_takes_digits_only() -> None:
    text = "# T\n# @param least integer any\nSELECT ?x { VALUES ?least { 0 } BIND(?least AS ?x) }"
    assert ask.rows(sample(), text, {"least": "12"}) == [{"x": "12"}]
    with pytest.raises(UsageError, match="no integer"):
        ask.ask(sample(), text, {"least": "1; DROP ALL"})


@pytest.mark.parametrize("name", ["org/osce", "<https://w3id.org/communique/id/org/osce>", "OSCE", "osce"])
def test_a_name_may_be_an_iri_or_any_name_in_any_case(name: str) -> None:
    found = ask.rows(sample(), "addresses", {"recipient": name})
    assert {row["recipientLabel"] for row in found} == {"Organization for Security and Co-operation in Europe"}


def test_an_equal_name_goes_before_a_name_that_contains_it() -> None:
    values = [node.value for node in ask.entities_named(sample(), "Ostmark")]
    assert values == [vocab.DEFAULT_BASE + "place/xo"]


def test_a_name_that_nobody_bears_whole_means_those_that_contain_it() -> None:
    values = [node.value for node in ask.entities_named(sample(), "Alder Protocol")]
    assert [value.rpartition("-second")[2] for value in values] == ["-alder-protocol"]


def test_a_star_in_a_name_stands_for_any_letters() -> None:
    values = {node.value for node in ask.entities_named(sample(), "*Ostmark*")}
    assert len(values) == 3


def test_a_local_name_leads_to_the_canonical_entity() -> None:
    assert len(ask.entities_named(sample(), "Second Alder Protocol")) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_a_value_and_never_a_piece_of_the_query(text: str) -> None:
    found = ask.rows(sample(), "quotes", {"containing": text})
    wanted = text.strip().lower()
    assert all(wanted in row["text"].lower() for row in found)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_may_be_asked_as_a_name(text: str) -> None:
    assert isinstance(ask.entities_named(sample(), text), list)


def test_a_value_that_looks_like_a_service_clause_is_a_value() -> None:
    assert ask.rows(sample(), "quotes", {"containing": 'x" } SERVICE <http://localhost/> { ?s ?p "'}) == []


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("# @param x colour any", "unknown type"),
        ("# @param x", "too short"),
        ("# @param y string any", "no clause sets ?y"),
    ],
)
def test_malformed_header_is_reported_with_its_line(header: str, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        ask.parse_query("mine", f"# Mine\n{header}\nSELECT * {{ VALUES ?x {{ UNDEF }} }}")
    assert caught.value.where == "mine.rq, line 2"


# -- queries of the user's own ----------------------------------------------------------------------------------------


def test_prefixes_of_the_graph_need_no_declaration() -> None:
    found = ask.rows(sample(), "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cq:Statement ; cq:kind kind:appeal }")
    assert found == [{"n": "2"}]


def test_own_query_may_declare_parameters() -> None:
    text = "# Mine\n# @param k kind any\nSELECT ?s { VALUES ?k { UNDEF } ?s cq:kind ?k } ORDER BY ?s"
    assert len(ask.rows(sample(), text, {"k": "denial"})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://localhost:9/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent <http://localhost:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # a comment\n # and one more\n <http://localhost:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?g . SERVICE ?g { ?s ?p ?o } }",
        "PREFIX x: <http://localhost:9/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
        "PREFIX : <http://localhost:9/> SELECT * { SERVICE:y { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://localhost:9/> { ?s ?p ?o } }",
        # A scanner that takes <?b#> for an IRI would take what follows for one long string.
        'SELECT * { ?s ?p ?a, ?b . FILTER(?a<?b#>"""\n) SERVICE <http://localhost:9/> { ?s ?p ?o } #"""\n }',
        "SELECT * { { SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } } } }",
        "ASK { FILTER EXISTS { SERVICE <http://localhost:9/> { ?s ?p ?o } } }",
    ],
)
def test_service_is_refused_before_anything_runs(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        ask.ask(sample(), text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s schema:serviceType ?o . FILTER(?o = "customs service of Ostmark") }',
        "SELECT * { ?s schema:nothing ?o } # no SERVICE <http://localhost:9/> here",
        'SELECT * { ?s schema:nothing \'a service: <b>\', """Service\n?x""" }',
        "PREFIX service: <http://example.org/> SELECT * { ?s service:a ?o, service:b }",
        "SELECT * { ?s <http://example.org/service?x> ?service }",
    ],
)
def test_the_word_service_in_prose_or_in_a_name_is_no_clause(text: str) -> None:
    assert ask.rows(sample(), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://example.org/a> a cq:Statement }",
        "PREFIX x: <http://example.org/>\n# why not\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://localhost:9/data.ttl>",
        "CLEAR ALL ",
    ],
)
def test_updates_are_refused(text: str) -> None:
    before = len(sample())
    with pytest.raises(QueryError, match="queries do not change the graph"):
        ask.ask(sample(), text)
    assert len(sample()) == before


def test_from_an_unknown_graph_is_refused_and_not_fetched() -> None:
    with pytest.raises(QueryError, match="nothing is fetched"):
        ask.ask(sample(), "SELECT * FROM <http://localhost:9/data.ttl> { ?s ?p ?o }")


def test_from_a_known_graph_asks_that_graph_only() -> None:
    graph = vocab.DEFAULT_BASE + "graph/authority"
    found = ask.rows(sample(), f"SELECT DISTINCT ?p FROM <{graph}> {{ ?s ?p ?o }} ORDER BY ?p")
    assert vocab.RDF + "type" not in {row["p"] for row in found}
    assert vocab.OWL + "sameAs" in {row["p"] for row in found}


def test_syntax_error_names_line_and_column() -> None:
    with pytest.raises(QueryError) as caught:
        ask.ask(sample(), "SELECT ?s\nWHERE {\n  ?s a cq:Statement ;; }\nLIMIT many")
    assert caught.value.where == "query, line 4, column 7"
    assert "LIMIT many" in caught.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELCT ?s { ?s a ?c }", "a query begins with SELECT, ASK, CONSTRUCT, DESCRIBE, not SELCT"),
        ("SELECT ?s { ?s none:such ?c }", "a prefix before this place is not declared"),
        ("SELECT ?s { ?s a cq:Statement ", "something is missing or wrong before the end, such as . ; }"),
        ("SELECT s { ?s a ?c }", "something is missing or wrong before '?c }'"),
    ],
)
def test_syntax_error_says_what_is_amiss(text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask.ask(sample(), text)
    assert caught.value.message.endswith(said)


# -- writing answers --------------------------------------------------------------------------------------------------


def test_plain_table_is_aligned_and_uncut() -> None:
    lines = written(ask.ask(sample(), "demands"), "table").splitlines()
    assert lines[0].startswith("date")
    assert any(
        line.endswith("urged the OSCE and the UN Security Council to send monitors to Kessel.") for line in lines
    )


def test_table_on_a_terminal_is_drawn_to_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    ask.format_answer(ask.ask(sample(), "quotes"), "table", stream)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert "Morin" in stream.getvalue()


def test_tables_show_a_node_by_its_label() -> None:
    lines = written(ask.ask(sample(), "kinds"), "table").splitlines()
    assert lines[0].split() == ["issuer", "kind", "statements"]
    assert "Ilva Morin" in lines[1]


def test_tables_shorten_iris_to_what_show_takes() -> None:
    text = written(ask.ask(sample(), "SELECT ?who ?kind { ?s cq:issuer ?who ; cq:kind ?kind }"), "table")
    assert "kind:denial" in text
    assert "org/xo-mfa" in text
    assert vocab.DEFAULT_BASE not in text


def test_markdown_escapes_the_bar() -> None:
    answer = ask.ask(sample(), 'SELECT ?a ?b { VALUES (?a ?b) { ("x|y" "two\\nlines") (UNDEF 1) } } ORDER BY ?a')
    assert written(answer, "markdown") == "| a | b |\n| --- | --- |\n|  | 1 |\n| x\\|y | two lines |\n"


def test_json_xml_and_tsv_are_the_standard_formats() -> None:
    answer = ask.ask(sample(), "events-by-type")
    document = json.loads(written(answer, "json"))
    assert document["head"]["vars"] == list(answer.variables)
    assert document["results"]["bindings"][0]["type"]["value"] == vocab.ETYPE + "assault"
    tree = ElementTree.fromstring(written(answer, "xml"))
    assert len(tree.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == len(answer.rows)
    assert written(answer, "tsv").splitlines()[1].split("\t")[0] == f"<{vocab.ETYPE}assault>"


@pytest.mark.parametrize("format", ask.FORMATS)
def test_yes_and_no_can_be_written_in_every_format(format: str) -> None:
    answer = ask.ask(sample(), "ASK { ?s a cq:Statement }")
    assert bool(answer)
    assert "true" in written(answer, format)
    assert not ask.ask(sample(), "ASK { ?s a cq:Nothing }")


@pytest.mark.parametrize("format", ask.FORMATS)
def test_a_graph_can_be_written_in_every_format(format: str) -> None:
    answer = ask.ask(sample(), "CONSTRUCT { ?s rdfs:label ?l } { ?s a cq:Statement ; rdfs:label ?l }")
    text = written(answer, format)
    assert len(answer.rows) == 7
    assert "Denial by the Ministry of Foreign Affairs of Ostmark, 14 May 2031" in text
    if format in ("json", "xml"):
        back = parse(text.encode(), RdfFormat.JSON_LD if format == "json" else RdfFormat.RDF_XML)
        assert len(list(back)) == 7


@pytest.mark.parametrize("format", ask.STREAMED)
@pytest.mark.parametrize("text", ["kinds", "ASK { ?s a cq:Statement }", "CONSTRUCT WHERE { ?s cq:issuer ?o }"])
def test_a_stream_is_what_the_whole_answer_would_be(text: str, format: str) -> None:
    out = io.BytesIO()
    ask.write_found(ask.evaluate(sample(), text), format, out)
    assert out.getvalue().decode() == written(ask.ask(sample(), text), format)


def test_json_lines_have_numbers_and_truth_values_as_such() -> None:
    text = (
        'SELECT * { VALUES ?x { 7 1.5 2e3 true UNDEF "7" "NaN"^^xsd:double <http://example.org/> "x"^^xsd:integer } }'
    )
    values = [json.loads(line)["x"] for line in written(ask.ask(sample(), text), "jsonl").splitlines()]
    assert values == [7, 1.5, 2000.0, True, None, "7", "NaN", "http://example.org/", "x"]


def test_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="one of table, csv"):
        written(ask.ask(sample(), "kinds"), "yaml")


def test_answer_passes_between_processes() -> None:
    answer = ask.ask(sample(), "kinds")
    assert pickle.loads(pickle.dumps(answer)).rows == answer.rows
