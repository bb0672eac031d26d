"""One entry of the authority: what is known of a body, office, state, place, person or instrument."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import EntityType


@dataclass(frozen=True, slots=True)
class Record:
    """One body, office, state, region, person or instrument that the authority knows.

    ``names`` are the names beside ``label``, ``acronyms`` those that are matched as written in capitals. ``weak`` are
    the names and acronyms among them that need support from the text around ("the Council", "CAR"). ``kind`` is what
    sort of thing it is (``court``, ``news agency``, ``sea``). ``parent`` is the key of the body it belongs to,
    ``post_in`` the key of the body or state an office is held in. ``country`` is an ISO 3166 alpha-2 code, or ``""``
    where none or several hold; ``m49`` is the code of the United Nations Statistics Division. ``native`` are names in
    the languages of a state, each with its BCP 47 tag. ``article`` is ``the`` where English puts it before a state's
    name. ``since`` and ``until`` are the first and the last year, month or day of what no longer exists or is young.
    ``lat`` and ``lon`` are degrees, ``None`` where unknown.
    """

    key: str
    type: EntityType
    label: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    iso3: str = ""
    m49: str = ""
    formal: str = ""
    capital: str = ""
    parent: str = ""
    post_in: str = ""
    wikidata: str = ""
    geonames: str = ""
    native: tuple[tuple[str, str], ...] = ()
    article: str = ""
    since: str = ""
    until: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def all_names(self) -> tuple[str, ...]:
        """The label, the other names and the acronyms, each once, in this order."""
        return tuple(dict.fromkeys((self.label, *self.names, *self.acronyms)))

    def existed(self, date: str) -> bool:
        """Return whether the thing existed on a date (ISO 8601, as precise as it is); yes where nothing is known."""
        return not (_before(date, self.since) or _before(self.until, date))


def _before(one: str, other: str) -> bool:
    """Return whether one date is before another, as far as both say it; an unknown one is before none."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
