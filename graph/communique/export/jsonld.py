"""The graph as JSON-LD with readable keys, by the terms of ``context.jsonld`` (inside each file, so that it is whole).

A document of one flat ``@graph``: one node a line, each with every fact about it from all graphs, in reading order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from communique.export.options import Options
from communique.export.rdf import nodes
from communique.resources import asset
from communique.store import Store
from communique.vocab import RDF, XSD

Json = str | dict[str, str]


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write JSON-LD."""
    base = store.base
    context = {"@base": base, **json.loads(asset("export", "context.jsonld"))["@context"]}
    compaction = _Compaction(context, base)
    out.write(b'{"@context": ' + _dump(context) + b',\n"@graph": [')
    for number, (_, node) in enumerate(nodes(store, options)):
        out.write((b",\n" if number else b"\n") + _dump(compaction.node(node)))
    out.write(b"\n]}\n")


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class _Compaction:
    """Shortens IRIs and values by a context, as JSON-LD 1.1 expands them again."""

    def __init__(self, context: Mapping[str, object], base: str) -> None:
        self._base = base
        spaces = {key: value for key, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))}
        spaces.pop("@base")
        self._prefixes = sorted(((space, key) for key, space in spaces.items()), key=lambda pair: -len(pair[0]))
        self._terms: dict[str, tuple[str, Mapping[str, str]]] = {}
        for key, rule in context.items():
            if isinstance(rule, dict):
                self._terms[self._expand(rule["@id"], spaces)] = (key, self._rule(rule, spaces))

    def node(self, facts: list[Triple]) -> dict[str, object]:
        """Return one subject with all that is said of it."""
        subject = facts[0].subject
        node: dict[str, object] = {"id": self._reference(subject)}
        values: dict[str, list[Json]] = {}
        for fact in facts:
            if fact.predicate.value == RDF + "type":
                values.setdefault("type", []).append(self._symbol(str(fact.object)[1:-1]))
                continue
            key, rule = self._terms.get(fact.predicate.value, (self._symbol(fact.predicate.value), {}))
            values.setdefault(key, []).append(self._value(fact.object, rule))
        node.update({key: found[0] if len(found) == 1 else found for key, found in values.items()})
        return node

    def _value(self, term: object, rule: Mapping[str, str]) -> Json:
        if isinstance(term, Literal):
            return self._literal(term, rule)
        reference = self._reference(term)
        return reference if rule.get("@type") == "@id" else {"id": reference}

    def _literal(self, term: Literal, rule: Mapping[str, str]) -> Json:
        if term.language:
            plain = rule.get("@language") == term.language
            return term.value if plain else {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == XSD + "string":
            return {"@value": term.value} if rule else term.value
        return term.value if rule.get("@type") == datatype else {"@value": term.value, "@type": self._symbol(datatype)}

    def _reference(self, term: object) -> str:
        """Return an IRI in a place that resolves against ``@base``."""
        if isinstance(term, BlankNode):
            return str(term)
        iri = term.value if isinstance(term, NamedNode) else str(term)
        path = iri.removeprefix(self._base)
        relative = path != iri and path[:1].isalnum() and ":" not in path and "./" not in path
        return path if relative else self._symbol(iri)

    def _symbol(self, iri: str) -> str:
        """Return an IRI as ``prefix:name`` where a prefix of the context fits."""
        for space, prefix in self._prefixes:
            if iri.startswith(space) and not iri[len(space) :].startswith("//"):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    @staticmethod
    def _expand(name: str, spaces: Mapping[str, str]) -> str:
        prefix, _, local = name.partition(":")
        return spaces[prefix] + local

    @classmethod
    def _rule(cls, rule: Mapping[str, str], spaces: Mapping[str, str]) -> Mapping[str, str]:
        kind = rule.get("@type", "")
        full = {"@type": cls._expand(kind, spaces)} if kind and kind != "@id" else {}
        return {key: value for key, value in rule.items() if key != "@id"} | full
