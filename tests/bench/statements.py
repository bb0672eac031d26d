"""Makes statements to measure with: own-written sentences put together by chance, the same for the same number.

Names come from a few hundred, the first ones far more often than the last (as in Zipf's law), so that documents share
entities as those of an archive do. Each has about 260 words and gives about 800 quads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")
WORDS = 262
_FIRST = [
    "Anna",
    "Boris",
    "Clara",
    "Daniel",
    "Elena",
    "Farid",
    "Greta",
    "Hugo",
    "Irina",
    "Jonas",
    "Karima",
    "Leon",
    "Maria",
    "Nikos",
    "Olga",
    "Pavel",
    "Rosa",
    "Samir",
]
_LAST = [
    "Albrand",
    "Borrell",
    "Castane",
    "Dimov",
    "Ersan",
    "Falk",
    "Gorin",
    "Hallberg",
    "Ivarsen",
    "Jankov",
    "Keller",
    "Lindqvist",
    "Moran",
    "Novik",
    "Orsini",
]
_OFFICES = (
    "Foreign Minister",
    "Ombudsman",
    "President",
    "Prime Minister",
    "Minister of Defence",
    "Speaker of Parliament",
)
_STATES = (
    ("Armenia", "Yerevan"),
    ("Azerbaijan", "Baku"),
    ("Georgia", "Tbilisi"),
    ("Norway", "Oslo"),
    ("Kenya", "Nairobi"),
    ("Japan", "Tokyo"),
    ("Peru", "Lima"),
    ("Moldova", "Chisinau"),
    ("Ghana", "Accra"),
    ("Estonia", "Tallinn"),
)
_BODIES = (
    "UN Security Council",
    "Council of Europe",
    "Organization for Security and Co-operation in Europe",
    "European Union",
    "International Committee of the Red Cross",
    "Human Rights Council",
    "African Union",
    "World Health Organization",
)
_DEEDS = (
    "shelled the village of {place}",
    "detained eleven fishermen near {place}",
    "closed the crossing at {place}",
    "attacked a convoy on the road to {place}",
    "held talks with the mediators in {place}",
    "moved troops into the district of {place}",
    "released four prisoners in {place}",
)
_TAKEN = ("condemned", "strongly condemned", "protested against", "expressed deep concern about")
_ASKS = (
    "take effective measures to protect the families who remain there",
    "send observers to the area without delay",
    "put an end to these violations",
    "release all those who are held",
    "give humanitarian workers access to the camps",
)
_REST = (
    "A spokesperson for the Ministry of Foreign Affairs of {state} denied the accusations on the following day.",
    "Representatives of {body} visited {place} in {month} and spoke with the families of the missing.",
    "The parties signed an agreement on the exchange of prisoners in {capital} on {day}.",
    "{name} also thanked {body} for the aid that reached {place} last winter.",
)
_PLAIN = (
    "It had received letters from residents and would pass them on to those whom they concern.",
    "Two schools and a clinic need new roofs, and the winter is long in these valleys, where snow lies until spring.",
    "Bread is short, and what there is costs more than most of those who live by the river can pay.",
    "Nobody should have to choose between a house without windows and a road on which nothing is safe at night.",
    "The wells were tested again, but the results are not known yet and will be made public as soon as they are.",
    "Those who fled in autumn wish to come home before the fields have to be ploughed, if that is at all possible.",
)
_MONTHS = ("January", "March", "May", "July", "September", "November")


def make_documents(folder: Path, count: int) -> int:
    """Write so many documents into a folder; return how many words they hold in all."""
    total = 0
    for number in range(count):
        text = statement(number)
        total += len(text.split())
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return total


def statement(number: int) -> str:
    """Return the statement of a number."""
    chance = Random(number)
    state, capital = _often(chance, _STATES)
    other, _ = _often(chance, [each for each in _STATES if each[0] != state])
    name = f"{_often(chance, _FIRST)} {_often(chance, _LAST)}"
    day = date(2019, 1, 7) + timedelta(days=chance.randrange(1500))
    office, body = _often(chance, _OFFICES), _often(chance, _BODIES)

    def filled(sentence: str) -> str:
        return sentence.format(
            state=other,
            body=_often(chance, _BODIES),
            place=_often(chance, _STATES)[1],
            month=f"{chance.choice(_MONTHS)} {day.year - 1}",
            capital=capital,
            day=_written(day - timedelta(days=chance.randrange(3, 300))),
            name=name,
        )

    parts = [
        f"{office} of {state} {chance.choice(_TAKEN)} the events of {_written(day)}",
        f"{capital}, {_written(day)} - {office} of {state} {name} {chance.choice(_TAKEN)} the attack near "
        f"{_often(chance, _STATES)[1]} in a statement that was sent to {body}.",
        filled(f"The armed forces of {other} {chance.choice(_DEEDS)} on {_written(day - timedelta(days=2))}, he said."),
        f"{name} called on {body} to {chance.choice(_ASKS)}.",
        f'"We ask {body} to {chance.choice(_ASKS)}, and we shall not be silent number {number}," {name} said.',
    ]
    while len(" ".join(parts).split()) < WORDS - 12:
        kind = chance.random()
        told = _PLAIN if kind < 0.55 else _REST if kind < 0.85 else [f"{other} {deed}." for deed in _DEEDS]
        parts.append(filled(chance.choice(told)))
    return "\n\n".join(parts) + "\n"


def _often(chance: Random, of: Sequence[T]) -> T:
    """Return one of a list, the n-th so often as 1/n says."""
    return chance.choices(of, [1 / rank for rank in range(1, len(of) + 1)])[0]


def _written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
