"""What a caller may choose about an export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of an export; each writer uses those that concern it.

    ``view`` is the network's (:data:`communique.network.VIEWS`), ``profile`` how much of the graph an RDF format
    holds, ``without_text`` leaves out documents' words: ``nif:isString``, ``nif:anchorOf`` and ``schema:text``.
    """

    view: str = "addresses"
    profile: str = "facts"
    without_text: bool = False
