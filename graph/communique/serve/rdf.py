"""Answers in RDF, in the format that whoever asks prefers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple
from starlette.responses import Response

from communique.serve.negotiation import Form
from communique.serve.security import error
from communique.store import as_declared
from communique.vocab import PREFIXES

VARYING = {"Vary": "Accept"}
_PREFIXED = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)


def written(triples: Iterable[Triple], form: Form, prefixes: Mapping[str, str] | None = None) -> bytes:
    """Return triples in a format, those of the graph's prefixes that it can hold."""
    writes = cast(RdfFormat, form.writes)
    names = dict(prefixes or PREFIXES) if writes in _PREFIXED else None
    return pyoxigraph.serialize(triples, format=writes, prefixes=names) or b""


def distinct(quads: Iterable[Quad]) -> list[Triple]:
    """Return the triples of quads, each once, as the model declares them, in a fixed order."""
    return sorted({as_declared(quad).triple for quad in quads}, key=str)


def unacceptable(forms: Sequence[Form]) -> Response:
    """Return the answer to whoever accepts none of the formats."""
    known = ", ".join(form.names[0] for form in forms)
    remedy = f"add ?format= with one of: {known}; or accept {forms[0].types[0]}"
    return error(406, "there is no such format of this", remedy)
