"""What a caller may choose about an export."""

from __future__ import annotations

from dataclasses import dataclass

from communique import ask
from communique.errors import UsageError
from communique.export.selection import Selection
from communique.network import Network, build_network
from communique.store import Store

_PERIOD = """# Statements of a period
#
# @param since date any
# @param until date any
SELECT DISTINCT ?statement WHERE {
  VALUES ?since { "" } VALUES ?until { "" }
  ?statement a cq:Statement ; dcterms:issued ?date .
  FILTER(?since = "" || SUBSTR(?since, 1, STRLEN(STR(?date))) <= STR(?date))
  FILTER(?until = "" || SUBSTR(STR(?date), 1, STRLEN(?until)) <= ?until)
}"""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of an export; each writer uses those that concern it.

    ``view`` is the network's (:data:`communique.network.VIEWS`), ``profile`` how much of the graph an RDF format
    holds, ``without_text`` leaves out documents' words: ``nif:isString``, ``nif:anchorOf`` and ``schema:text``.
    ``groups`` says whether a network shows groups that are only described. ``since`` and ``until`` (YYYY, YYYY-MM or
    YYYY-MM-DD) and ``where`` (a query, or the name of one, whose column ``statement`` has them) choose the statements.
    ``measures`` gives the nodes of a network theirs (:mod:`communique.measures`).
    """

    view: str = "addresses"
    profile: str = "facts"
    without_text: bool = False
    groups: bool = False
    since: str = ""
    until: str = ""
    where: str = ""
    measures: bool = False

    def network(self, store: Store) -> Network:
        """Return the network that these choices mean."""
        only = self._where(store)
        network = build_network(
            store, self.view, groups=self.groups, since=self.since, until=self.until, statements=only
        )
        if self.measures:
            # Only here, since the libraries behind it take a while to load.
            from communique import measures

            measures.attach(network)
        return network

    def selection(self, store: Store) -> Selection:
        """Return the part of the graph that these choices mean."""
        return Selection(store, self.profile, without_text=self.without_text, statements=self.statements(store))

    def statements(self, store: Store) -> frozenset[str] | None:
        """Return the IRIs of the statements that are chosen; None where all are.

        Raises:
            UsageError: ``since`` or ``until`` is no date, or ``where`` is no query with a column ``statement``.
            QueryError: the query of ``where`` is malformed or refused, or fails.
        """
        only = self._where(store)
        if not (self.since or self.until):
            return only
        period = {name: value for name, value in (("since", self.since), ("until", self.until)) if value}
        within = frozenset(row["statement"] for row in ask.rows(store, _PERIOD, period))
        return within if only is None else within & only

    def _where(self, store: Store) -> frozenset[str] | None:
        if not self.where:
            return None
        answer = ask.ask(store, self.where)
        if "statement" not in answer.variables:
            raise UsageError(
                "the query chooses no statements", where="--where", remedy="let it SELECT a column ?statement"
            )
        return frozenset(record["statement"] for record in answer.records())
