"""Records of a user's Turtle file: SKOS, ORG, FOAF, schema.org and GeoSPARQL terms, read as the columns of a CSV file.

A subject becomes a record where its type is one that records have. What it has beside the terms below is left alone, so
that a file made for another purpose can be used as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from communique.authority.names import slug
from communique.errors import DataError
from communique.vocab import CQ, DCTERMS, DEFAULT_BASE, FOAF, GEO, ORG, OWL, RDF, RDFS, SCHEMA, SKOS

_MOST_BYTES = 64 * 1024 * 1024
_WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_TYPES = {
    CQ + "State": "place",
    SCHEMA + "Country": "place",
    SCHEMA + "Place": "place",
    SCHEMA + "AdministrativeArea": "place",
    SCHEMA + "City": "place",
    ORG + "Organization": "org",
    ORG + "FormalOrganization": "org",
    ORG + "OrganizationalUnit": "org",
    FOAF + "Organization": "org",
    SCHEMA + "Organization": "org",
    SCHEMA + "GovernmentOrganization": "org",
    SCHEMA + "NGO": "org",
    SCHEMA + "NewsMediaOrganization": "org",
    ORG + "Post": "office",
    FOAF + "Person": "person",
    SCHEMA + "Person": "person",
    CQ + "Instrument": "instrument",
    SCHEMA + "Legislation": "instrument",
}
_STATES = (CQ + "State", SCHEMA + "Country")
_LABELS = (SKOS + "prefLabel", RDFS + "label", FOAF + "name", SCHEMA + "name")
_NAMES = (*_LABELS, SKOS + "altLabel", SCHEMA + "alternateName", SCHEMA + "legalName")
_WEAK = (SKOS + "hiddenLabel",)
_SAME = (OWL + "sameAs", SCHEMA + "sameAs", SKOS + "exactMatch")
_VALUES: Mapping[str, tuple[str, ...]] = {
    "country": (CQ + "countryCode", SCHEMA + "addressCountry"),
    "kind": (ORG + "classification", DCTERMS + "type"),
    "since": (SCHEMA + "foundingDate", SCHEMA + "startDate"),
    "until": (SCHEMA + "dissolutionDate", SCHEMA + "endDate"),
    "lat": (SCHEMA + "latitude", _WGS84 + "lat"),
    "lon": (SCHEMA + "longitude", _WGS84 + "long"),
}
_LINKS: Mapping[str, tuple[str, ...]] = {
    "parent": (ORG + "subOrganizationOf", ORG + "unitOf", SCHEMA + "parentOrganization", SCHEMA + "containedInPlace"),
    "post_in": (ORG + "postIn",),
}
_REGISTERS = {
    "wikidata": re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)/?"),
    "geonames": re.compile(r"https?://(?:sws|www)\.geonames\.org/(\d+)(?:/.*)?"),
}
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,9}")
_POINT = re.compile(r"POINT ?\(\s*(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\s*\)")

_Value = NamedNode | Literal
_Subject = Mapping[str, list[_Value]]


def rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Read a user's Turtle file: each record as a row of columns, with the place it stands at.

    Raises:
        DataError: the file cannot be read, is no Turtle, or a subject of a known type has no name.
    """
    subjects = _subjects(path)
    keys = {iri: _key(iri, about, f"{path}, <{iri}>") for iri, about in subjects.items() if _kind(about)}
    first: dict[str, str] = {}
    for iri, key in keys.items():
        if first.setdefault(key, iri) != iri:
            raise DataError(
                f"<{iri}> and <{first[key]}> both become {key}",
                where=str(path),
                remedy=f"give one of them an IRI of its own, such as <{key}-2>",
            )
        yield _row(key, subjects[iri], keys, subjects), f"{path}, <{iri}>"


def _subjects(path: Path) -> dict[str, dict[str, list[_Value]]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DataError("larger than 64 MiB", where=str(path), remedy="keep only the records you need")
        found: dict[str, dict[str, list[_Value]]] = defaultdict(lambda: defaultdict(list))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE, base_iri=DEFAULT_BASE):
            if isinstance(quad.object, NamedNode | Literal):
                found[_plain(quad.subject)][quad.predicate.value].append(quad.object)
            else:  # a geometry or an address without a name of its own
                found[_plain(quad.subject)][quad.predicate.value].append(NamedNode(_plain(quad.object)))
        return found
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise DataError(f"is no Turtle: {error.msg}", where=f"{path}{line}", remedy="correct it there") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path), remedy="give a Turtle file in UTF-8") from error


def _plain(node: object) -> str:
    """Return a node's IRI, or for a node without a name one that no file can hold."""
    return node.value if isinstance(node, NamedNode) else f"blank:{getattr(node, 'value', node)}"


def _kind(about: _Subject) -> str:
    types = {type_.value for type_ in about.get(RDF + "type", ())}
    return next((kind for type_, kind in _TYPES.items() if type_ in types), "")


def _key(iri: str, about: _Subject, where: str) -> str:
    """Return a record's key: the IRI below the base, else its kind and its name."""
    label, _ = _label(about)
    if not label:
        raise DataError(
            "no name", where=where, remedy="give it a skos:prefLabel or rdfs:label, in English if it has one"
        )
    own = iri.removeprefix(DEFAULT_BASE)
    return own if own != iri else f"{_kind(about)}/{slug(label)}"


def _label(about: _Subject) -> tuple[str, str]:
    """Return the name to show and its language: English or without a language before others."""
    found = [value for predicate in _LABELS for value in about.get(predicate, ()) if isinstance(value, Literal)]
    best = sorted(found, key=lambda value: not _is_english(value))
    return (best[0].value, best[0].language or "") if best else ("", "")


def _is_english(value: Literal) -> bool:
    return (value.language or "en").split("-")[0] == "en"


def _row(key: str, about: _Subject, keys: Mapping[str, str], subjects: Mapping[str, _Subject]) -> dict[str, str]:
    label, _ = _label(about)
    names, weak = list(_texts(about, _NAMES)), list(_texts(about, _WEAK))
    english = [value.value for value in (*names, *weak) if _is_english(value) and value.value != label]
    acronyms = [name for name in english if _ACRONYM.fullmatch(name)]
    row = {
        "key": key,
        "type": "state" if any(NamedNode(type_) in about.get(RDF + "type", ()) for type_ in _STATES) else "",
        "label": label,
        "names": _joined(name for name in english if name not in acronyms),
        "acronyms": _joined(acronyms),
        "weak": _joined(value.value for value in weak),
        "native": _joined(f"{v.language}={v.value}" for v in names if not _is_english(v) and v.value != label),
        "demonyms": _joined(value.value for value in _texts(about, (CQ + "demonym",))),
    }
    for column, predicates in _VALUES.items():
        row[column] = next((value.value for value in _texts(about, predicates)), "")
    for column, predicates in _LINKS.items():
        targets = [v.value for predicate in predicates for v in about.get(predicate, ()) if isinstance(v, NamedNode)]
        row[column] = next((keys.get(iri, iri.removeprefix(DEFAULT_BASE)) for iri in targets), "")
    if not row["lat"]:
        row["lon"], row["lat"] = _point(about, subjects)
    return row | _identifiers(about)


def _texts(about: _Subject, predicates: Iterable[str]) -> Iterator[Literal]:
    for predicate in predicates:
        yield from (value for value in about.get(predicate, ()) if isinstance(value, Literal))


def _joined(values: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(" ".join(value.replace("|", " ").split()) for value in values))


def _identifiers(about: _Subject) -> dict[str, str]:
    found = {}
    for column, form in _REGISTERS.items():
        same = (form.fullmatch(value.value) for predicate in _SAME for value in about.get(predicate, ()))
        found[column] = next((match[1] for match in same if match), "")
    return found


def _point(about: _Subject, subjects: Mapping[str, _Subject]) -> tuple[str, str]:
    """Return the longitude and latitude of a GeoSPARQL geometry that is a point."""
    for geometry in about.get(GEO + "hasGeometry", ()):
        for wkt in subjects.get(geometry.value, {}).get(GEO + "asWKT", ()):
            if match := _POINT.search(wkt.value):
                return match[1], match[2]
    return "", ""
