"""What a caller may choose about an export."""

from __future__ import annotations

from dataclasses import dataclass

from communique.network import Network, build_network
from communique.store import Store


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of an export; each writer uses those that concern it.

    ``view`` is the network's (:data:`communique.network.VIEWS`), ``profile`` how much of the graph an RDF format
    holds, ``without_text`` leaves out documents' words: ``nif:isString``, ``nif:anchorOf`` and ``schema:text``.
    ``groups``, ``since`` and ``until`` are the network's too: whether it shows groups that are only described, and the
    period of its statements (YYYY, YYYY-MM or YYYY-MM-DD).
    """

    view: str = "addresses"
    profile: str = "facts"
    without_text: bool = False
    groups: bool = False
    since: str = ""
    until: str = ""

    def network(self, store: Store) -> Network:
        """Return the network that these choices mean."""
        return build_network(store, self.view, groups=self.groups, since=self.since, until=self.until)
