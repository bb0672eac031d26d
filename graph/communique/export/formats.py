"""The registry of formats: name -> writer. A new format is one function and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from communique.export import dot, graphs, jsonld, page, png, rdf, svg, table
from communique.export.options import Options
from communique.store import Store

Writer = Callable[[Store, BinaryIO, Options], None]
Files = Callable[[Store, Path, Options], dict[Path, bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, what its files end in, which options it heeds, and what writes it.

    ``files`` is there where a file asked for becomes several, or another form than the stream has; ``also`` names
    other endings that such files go by.
    """

    name: str
    suffix: str
    media_type: str
    heeds: tuple[str, ...]
    write: Writer
    files: Files | None = None
    also: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """What the names of its files may end in, the usual one first."""
        return (self.suffix, *self.also)


_CHOICE = ("since", "until", "where")
_RDF, _VIEW = ("profile", "without_text", *_CHOICE), ("view", "groups", *_CHOICE)
_MEASURED = (*_VIEW, "measures")

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("turtle", ".ttl", "text/turtle", _RDF, rdf.turtle),
        Format("trig", ".trig", "application/trig", _RDF, rdf.trig),
        Format("ntriples", ".nt", "application/n-triples", _RDF, rdf.ntriples),
        Format("nquads", ".nq", "application/n-quads", _RDF, rdf.nquads),
        Format("jsonld", ".jsonld", "application/ld+json", _RDF, jsonld.write, also=(".json",)),
        Format("rdfxml", ".rdf", "application/rdf+xml", _RDF, rdf.rdfxml, also=(".xml", ".owl")),
        Format("graphml", ".graphml", "application/graphml+xml", _MEASURED, graphs.graphml, also=(".xml",)),
        Format("gexf", ".gexf", "application/gexf+xml", _MEASURED, graphs.gexf, also=(".xml",)),
        Format("node-link", ".json", "application/json", _MEASURED, graphs.node_link),
        Format("csv", ".csv", "text/csv", _MEASURED, graphs.edges_csv, graphs.csv_files),
        Format("dot", ".dot", "text/vnd.graphviz", _VIEW, dot.write, also=(".gv",)),
        Format("svg", ".svg", "image/svg+xml", _VIEW, svg.write),
        Format("png", ".png", "image/png", _VIEW, png.write),
        Format("html", ".html", "text/html", (*_VIEW, "without_text"), page.write, also=(".htm",)),
        Format("table", ".csv", "text/csv", _CHOICE, table.write_csv, table.files, (".xlsx",)),
    )
}
TAKEN = frozenset(
    (".xls", ".xlsm", ".xlsb", ".ods", ".tsv", *(ending for each in FORMATS.values() for ending in each.endings))
)
"""Endings that promise something: a format from here, or a spreadsheet that nothing here writes."""
