"""Makes any number of different statements for measuring, from the samples in ``examples/``; the same each time.

A document is a sample with paragraphs of its neighbours until it has 120 words (about 800 quads). Its states, places,
persons and dates are replaced by others: states are drawn from 36 invented ones, the first far more often than the last
(Zipf), persons from a few hundred names, dates from seven years. So bodies, places and persons are shared among
documents as they are in real collections. :func:`make_authority` writes the records of those states, by the pattern of
the samples' own.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WORDS = 120
YEARS = range(2019, 2026)

_STEMS = (
    "Varen",
    "Kestr",
    "Tolm",
    "Sarun",
    "Bolgar",
    "Cadren",
    "Delmor",
    "Estav",
    "Falcor",
    "Gadrin",
    "Helmar",
    "Ilver",
    "Jorast",
    "Kolden",
    "Lumar",
    "Mordav",
    "Nelor",
    "Ostrav",
    "Pelgar",
    "Quent",
    "Rovan",
    "Selvor",
    "Tavor",
    "Ulmar",
    "Vestar",
    "Welgor",
    "Yorvan",
    "Zelmar",
    "Ardov",
    "Brevan",
    "Corvan",
    "Durmar",
    "Eldrav",
    "Fenmar",
    "Gorvan",
    "Hestor",
)
_CODES = [f"X{chr(c)}" for c in range(ord("A"), ord("Z") + 1)] + [f"Q{chr(c)}" for c in range(ord("M"), ord("Z") + 1)]
_ROLES = ("Varen", "Kestr", "Tolm", "Sarun")
_PLACES = {
    "Varen": ("Sollin", "Orrin", "Hadrin", "Bele"),
    "Kestr": ("Dramov", "Tarve", "Sorel", "Gavrin"),
    "Tolm": ("Selu", "Gant"),
    "Sarun": ("Marenne", "Ister", "Oldbridge"),
}
_FIRST = (
    "Ana",
    "Boris",
    "Clara",
    "Daniel",
    "Elena",
    "Felix",
    "Greta",
    "Hugo",
    "Irena",
    "Jonas",
    "Karla",
    "Leon",
    "Mirela",
    "Nadia",
    "Oskar",
    "Petra",
    "Ruben",
    "Sonia",
)
_LAST = (
    "Dosta",
    "Lindqvist",
    "Marsh",
    "Amaro",
    "Keller",
    "Novak",
    "Ortega",
    "Petrov",
    "Quist",
    "Rademacher",
    "Sorensen",
    "Tamm",
    "Ulrich",
    "Varga",
    "Winter",
)
_PERSONS = (
    "Mirela Dosta",
    "Petra Lindqvist-Amaro",
    "Tadeo Marsh",
    "Oren Basi",
    "Lani Teru",
    "Anselm Corvo",
    "Olave Prentiss",
    "Doria Castellan",
    "Irma Vance",
    "Ilko Brandt",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (20\d\d))?\b")
_YEAR = re.compile(r"\b20[12]\d\b")


def make_documents(folder: Path, count: int) -> int:
    """Write ``count`` documents into a folder, a thousand in each subfolder; return how many words they hold in all."""
    samples = [p.read_text(encoding="utf-8").split("\n\n") for p in sorted(EXAMPLES.glob("*.txt"))]
    total = 0
    for number in range(count):
        if number % 1000 == 0:
            (folder / f"{number // 1000:03}").mkdir(parents=True, exist_ok=True)
        text = _varied(_joined(samples, number), number)
        total += len(text.split())
        (folder / f"{number // 1000:03}" / f"{number:06}.txt").write_text(text + "\n", encoding="utf-8")
    return total


def make_authority(path: Path) -> None:
    """Write the authority records of all states that documents may speak of."""
    head, *rows = [
        line for line in (EXAMPLES / "authority.csv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    ]
    records: dict[str, str] = {}
    for place, (stem, code) in enumerate(zip(_STEMS, _CODES, strict=False)):
        for role in _ROLES:
            others = {other: _STEMS[(place + at + 1) % len(_STEMS)] for at, other in enumerate(_ROLES) if other != role}
            for row in rows:
                own = _own_role(row)
                if own == role or (own is None and place == 0):
                    record = _renamed(_coded(row, code), {role: stem, **({} if own else others)})
                    records.setdefault(record.partition(",")[0], record)
    path.write_text("\n".join([head, *records.values()]) + "\n", encoding="utf-8")


def _own_role(row: str) -> str | None:
    """Return which of the four states of the samples a record belongs to."""
    for role in _ROLES:
        names = (role, *_PLACES[role])
        if any(re.search(rf"(?i)\b{name}", row) for name in names):
            return role
    return None


def _coded(row: str, code: str) -> str:
    row = re.sub(r"^place/x[vrts],", f"place/{code.lower()},", row)
    return re.sub(r",X[VRTS],", f",{code},", row)


def _joined(samples: list[list[str]], number: int) -> str:
    parts = list(samples[number % len(samples)])
    other = number
    while sum(len(part.split()) for part in parts) < WORDS:
        other += 1 + number // len(samples)
        parts += [part for part in samples[other % len(samples)][2:] if len(part.split()) > 8]
    return "\n\n".join([*parts, f"Reference {number}."])


def _varied(text: str, number: int) -> str:
    chance = random.Random(number)
    weights = [1 / (rank + 1) for rank in range(len(_STEMS))]
    stems: list[str] = []
    while len(stems) < len(_ROLES):
        (stem,) = chance.choices(_STEMS, weights)
        if stem not in stems:
            stems.append(stem)
    text = _renamed(text, dict(zip(_ROLES, stems, strict=True)))
    for name in _PERSONS:
        text = text.replace(name, f"{chance.choice(_FIRST)} {chance.choice(_LAST)}")
    year, shift = str(chance.choice(YEARS)), chance.randrange(12)

    def moved(found: re.Match[str]) -> str:
        month = _MONTHS[(_MONTHS.index(found[2]) + shift) % 12]
        return f"{min(int(found[1]), 28)} {month}" + (f" {year}" if found[3] else "")

    return _YEAR.sub(year, _DATE.sub(moved, text))


def _renamed(text: str, stems: dict[str, str]) -> str:
    """Return a text or record with the states of the samples replaced, and their places with them."""
    for role, stem in stems.items():
        if role == stem:
            continue
        if role == "Sarun":
            text = re.sub(r"\bSarunese\b", f"{stem}ian", text)
            text = re.sub(r"\bSarune\b", f"{stem}ia", text)
            text = re.sub(r"\bsarune\b", f"{stem.lower()}ia", text)
        text = text.replace(role, stem).replace(role.lower(), stem.lower())
        for place in _PLACES[role]:
            text = re.sub(rf"\b{place}", stem[:3] + place.lower(), text)
            text = re.sub(rf"\b{place.lower()}", (stem[:3] + place).lower(), text)
    return text
