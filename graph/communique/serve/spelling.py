"""The SPARQL behind a page: what it shows, as a query that anybody can run and change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.errors import UsageError
from communique.serve.filters import Filter, iri
from communique.vocab import PREFIXES

# How a statement comes to the values of each part of the filter, as a property path.
_PATHS = {
    "issuer": "(cq:issuer|cq:capacity|cq:onBehalfOf)/cq:canonical",
    "recipient": "cq:recipient/cq:canonical",
    "kind": "cq:kind",
    "etype": "cq:reports/sem:eventType",
    "publisher": "cq:reportedIn/dcterms:publisher/cq:canonical",
    "entity": (
        "(cq:issuer|cq:capacity|cq:onBehalfOf|cq:recipient|cq:mentions|cq:cites|cq:demands/cq:addressee|"
        "cq:reports/(cq:agent|cq:patient|sem:hasPlace|cq:attributedTo)|cq:reportedIn/dcterms:publisher)/cq:canonical"
    ),
}
_EDGES = {
    "addresses": "?statement cq:issuer/cq:canonical ?source ; cq:recipient/cq:canonical ?target .",
    "accuses": (
        "?statement cq:reports ?event . ?event sem:eventType ?type ; cq:modality ?modality ; "
        "cq:agent/cq:canonical ?target .\n"
        "  VALUES ?type { etype:assault etype:coerce etype:mobilize etype:threaten etype:sanction }\n"
        "  FILTER(?modality != cq:denied)\n"
        "  OPTIONAL { ?event cq:attributedTo/cq:canonical ?named }\n"
        "  OPTIONAL { ?statement prov:qualifiedAttribution/(prov:agent|cq:onBehalfOf)/cq:canonical ?speaker }\n"
        "  BIND(COALESCE(?named, ?speaker) AS ?source)"
    ),
    "co-addressed": ("?statement cq:recipient/cq:canonical ?source , ?target . FILTER(STR(?source) < STR(?target))"),
    "mentions": "?statement cq:issuer/cq:canonical ?source ; cq:mentions/cq:canonical ?target .",
    "all": (
        "{ ?statement cq:issuer/cq:canonical ?source ; cq:recipient/cq:canonical ?target }\n"
        "  UNION { ?statement cq:issuer/cq:canonical ?source ; cq:demands/cq:addressee/cq:canonical ?target }\n"
        "  UNION { ?statement cq:issuer/cq:canonical ?source ; cq:reports ?target }\n"
        "  UNION { ?statement cq:reports ?source . ?source (cq:agent|cq:patient|sem:hasPlace)/cq:canonical ?target }"
    ),
}
PAGES = ("table", "network", "timeline", "map", "edge", "node", "document", "review")


def spell(base: str, page: str, chosen: Filter, view: str, things: Mapping[str, str]) -> str:
    """Return the query behind a page.

    Args:
        base: what the IRIs of things begin with.
        page: one of :data:`PAGES`.
        chosen: the filter.
        view: the network that the page shows.
        things: the ends of an edge (``source``, ``target``), or the node or document shown (``iri``).

    Raises:
        UsageError: there is no such page, or it needs something that is not given.
    """
    if page not in PAGES:
        raise UsageError(f"there is no page {page[:40]!r}", where="page", remedy=f"one of: {', '.join(PAGES)}")
    needed = {"edge": ("source", "target"), "node": ("iri",), "document": ("iri",)}.get(page, ())
    terms = {name: _term(base, name, things.get(name, "")) for name in needed}
    limits = "\n".join(f"  {line}" for line in _limits(base, chosen))
    text = _WRITTEN[page].format(limits=limits, edge=_EDGES[view], **terms)
    body = "\n".join(line for line in text.splitlines() if line.strip())
    used = [f"PREFIX {name}: <{namespace}>" for name, namespace in PREFIXES.items() if f"{name}:" in body]
    return "\n".join([*used, "", body, ""])


_NETWORK = """SELECT ?source ?sourceLabel ?target ?targetLabel (COUNT(DISTINCT ?statement) AS ?statements)
WHERE {{
  {edge}
{limits}
  FILTER(?source != ?target)
  {{ SELECT ?source (MIN(STR(?s)) AS ?sourceLabel) {{ ?source rdfs:label ?s }} GROUP BY ?source }}
  {{ SELECT ?target (MIN(STR(?t)) AS ?targetLabel) {{ ?target rdfs:label ?t }} GROUP BY ?target }}
}}
GROUP BY ?source ?sourceLabel ?target ?targetLabel
ORDER BY DESC(?statements) ?sourceLabel ?targetLabel
LIMIT 200"""

_WRITTEN = {
    "table": """SELECT DISTINCT ?statement ?statementLabel ?date
WHERE {{
  ?statement a cq:Statement ; rdfs:label ?statementLabel .
  OPTIONAL {{ ?statement dcterms:issued ?date }}
{limits}
}}
ORDER BY DESC(?date) ?statement""",
    "network": _NETWORK,
    "timeline": """SELECT ?month ?kind (COUNT(DISTINCT ?statement) AS ?statements)
WHERE {{
  ?statement cq:kind ?kind ; dcterms:issued ?date .
{limits}
  BIND(SUBSTR(STR(?date), 1, 7) AS ?month)
}}
GROUP BY ?month ?kind
ORDER BY ?month ?kind""",
    "map": """SELECT ?place ?placeLabel ?point (COUNT(DISTINCT ?statement) AS ?statements)
WHERE {{
  ?statement (cq:mentions|cq:reports/sem:hasPlace)/cq:canonical ?place .
{limits}
  ?place a schema:Place ; geo:hasGeometry/geo:asWKT ?point .
  {{ SELECT ?place (MIN(STR(?p)) AS ?placeLabel) {{ ?place rdfs:label ?p }} GROUP BY ?place }}
}}
GROUP BY ?place ?placeLabel ?point
ORDER BY DESC(?statements) ?placeLabel""",
    "edge": """SELECT DISTINCT ?date ?statement ?statementLabel
WHERE {{
  {edge}
  VALUES ?source {{ {source} }} VALUES ?target {{ {target} }}
  ?statement rdfs:label ?statementLabel .
  OPTIONAL {{ ?statement dcterms:issued ?date }}
{limits}
}}
ORDER BY DESC(?date) ?statement""",
    "node": """SELECT DISTINCT ?date ?statement ?statementLabel ?role
WHERE {{
  ?member cq:canonical {iri} .
  ?statement ?role ?member ; a cq:Statement ; rdfs:label ?statementLabel .
  OPTIONAL {{ ?statement dcterms:issued ?date }}
{limits}
}}
ORDER BY DESC(?date) ?statement ?role""",
    "review": """SELECT ?score ?reason ?one ?oneLabel ?other ?otherLabel
WHERE {{
  ?pair a cq:Candidate ; rdf:subject ?one ; rdf:object ?other ; cq:score ?score ; cq:reason ?reason .
  {{ SELECT ?one (MIN(STR(?a)) AS ?oneLabel) {{ ?one rdfs:label ?a }} GROUP BY ?one }}
  {{ SELECT ?other (MIN(STR(?b)) AS ?otherLabel) {{ ?other rdfs:label ?b }} GROUP BY ?other }}
}}
ORDER BY DESC(?score) ?oneLabel""",
    "document": """SELECT DISTINCT ?fact ?subject ?predicate ?object ?confidence ?words
WHERE {{
  ?span nif:referenceContext ?text . ?statement cq:reportedIn {iri} ; cq:evidence/nif:referenceContext ?text .
  ?fact cq:evidence ?span ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    cq:confidence ?confidence .
  ?span nif:anchorOf ?words .
{limits}
}}
ORDER BY ?fact""",
}


def _term(base: str, name: str, value: str) -> str:
    """Return an IRI as SPARQL writes it; nothing in it can end it."""
    whole = iri(base, name, value)
    if not value or any(letter in '<>"{}|^`\\' or letter <= " " for letter in whole):
        raise UsageError("it is no IRI", where=name, remedy="give the IRI of something in the graph")
    return f"<{whole}>"


def _limits(base: str, chosen: Filter) -> Iterator[str]:
    """Yield the patterns that say what the filter says."""
    for name, values in chosen.values().items():
        if not values:
            continue
        terms = " ".join(_term(base, name, value) for value in values)
        yield f"VALUES ?{name}Chosen {{ {terms} }}"
        if name == "place":
            yield f"?statement (cq:mentions|cq:reports/sem:hasPlace)/cq:canonical ?{name}Chosen ."
        else:
            yield f"?statement {_PATHS[name]} ?{name}Chosen ."
    if chosen.statement:
        yield f"VALUES ?statement {{ {' '.join(_term(base, 'statement', each) for each in chosen.statement)} }}"
    yield from _period(chosen)
    if chosen.confidence:
        yield (
            "FILTER NOT EXISTS { VALUES ?told { cq:issuer cq:recipient cq:kind } ?doubted rdf:subject ?statement ; "
            f"rdf:predicate ?told ; cq:confidence ?sure . FILTER(?sure < {chosen.confidence}) }}"
        )
    yield from _words(chosen.q)


def _period(chosen: Filter) -> Iterator[str]:
    if chosen.since or chosen.until:
        yield "?statement dcterms:issued ?day ."
    if chosen.since:
        yield f'FILTER(SUBSTR("{chosen.since}", 1, STRLEN(STR(?day))) <= STR(?day))'
    if chosen.until:
        yield f'FILTER(SUBSTR(STR(?day), 1, {len(chosen.until)}) <= "{chosen.until}")'


def _words(text: str) -> Iterator[str]:
    """Yield patterns for the words of a search; the index also finds words that begin so, and ignores accents."""
    words = [word for word in text.replace('"', " ").replace("\\", " ").split() if any(map(str.isalnum, word))]
    if words:
        yield "?statement cq:evidence/nif:referenceContext/nif:isString ?said ."
    for word in words:
        yield f'FILTER(CONTAINS(LCASE(?said), "{word.lower()}"))'
