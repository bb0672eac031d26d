"""Communique reads official statements into an RDF knowledge graph.

::

    import communique

    graph = communique.build(["statement.txt"])
    for statement in graph.statements:
        print(statement.label, statement.issued)
    print(len(graph.graph), "triples")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from communique.build import BuildInterruptedError, Graph, build, document_quads, read_document
    from communique.errors import CommuniqueError
    from communique.model import (
        Attribution,
        Characterization,
        Demand,
        Document,
        Entity,
        EntityType,
        Event,
        Finding,
        Header,
        Kind,
        Mention,
        Metadata,
        Quotation,
        Reading,
        Role,
        Span,
        Statement,
        TimeRef,
    )
    from communique.report import Report
    from communique.store import Store

# Where each public name is defined: loaded when it is first asked for, so that importing the package costs nothing.
_HOMES = {
    "communique.build": ("BuildInterruptedError", "Graph", "build", "document_quads", "read_document"),
    "communique.errors": ("CommuniqueError",),
    "communique.model": (
        *(
            "Attribution",
            "Characterization",
            "Demand",
            "Document",
            "Entity",
            "EntityType",
            "Event",
            "Finding",
            "Header",
        ),
        *("Kind", "Mention", "Metadata", "Quotation", "Reading", "Role", "Span", "Statement", "TimeRef"),
    ),
    "communique.report": ("Report",),
    "communique.store": ("Store",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Attribution",
    "BuildInterruptedError",
    "Characterization",
    "CommuniqueError",
    "Demand",
    "Document",
    "Entity",
    "EntityType",
    "Event",
    "Finding",
    "Graph",
    "Header",
    "Kind",
    "Mention",
    "Metadata",
    "Quotation",
    "Reading",
    "Report",
    "Role",
    "Span",
    "Statement",
    "Store",
    "TimeRef",
    "__version__",
    "build",
    "document_quads",
    "read_document",
]


def __getattr__(name: str) -> Any:
    """Return a public name, importing the module that defines it."""
    if name not in _HOME:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    module = import_module(_HOME[name])
    if name == "build":
        return module  # which is callable, so that it makes no difference what has been imported before
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
