"""Annotated documents: what a person says that a text says, read from JSON and checked (``docs/evaluation.md``)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.errors import UsageError
from communique.model import Finding, Span
from communique.vocab import EVENT_TYPES, KINDS, MODALITIES

Names = tuple[str, ...]
"""Acceptable names of one thing, the fullest first."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_VARIANTS = str.maketrans("‘’“”„«»–—\xa0", '\'\'"""""-- ')


@dataclass(frozen=True, slots=True)
class AnnotatedIssuer:
    """Who makes the statement; ``office`` and ``body`` are empty where it has none."""

    names: Names
    office: Names
    body: Names


@dataclass(frozen=True, slots=True)
class AnnotatedPlace:
    """A place; ``country`` is an ISO 3166 alpha-2 code or ``""`` where none fits."""

    names: Names
    country: str


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """An event; ``mentions`` are its (sentence, trigger) pairs, the main one first."""

    mentions: tuple[tuple[str, str], ...]
    type: str
    agents: tuple[Names, ...]
    patients: tuple[Names, ...]
    places: tuple[Names, ...]
    date: str
    modality: str

    def spans(self, text: str) -> list[Span]:
        """Return where its triggers stand; those that are not in the text are left out."""
        return [span for mention in self.mentions if (span := locate(text, *mention)) is not None]


@dataclass(frozen=True, slots=True)
class AnnotatedDemand:
    """What is asked, verbatim, and of whom."""

    text: str
    addressees: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedQuote:
    """Direct speech, verbatim, and the acceptable names of its speaker."""

    text: str
    speaker: Names


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything annotated of one document; what it does not have is ``""`` or empty."""

    source: str
    file: str
    title: str
    publisher: Names
    published: str
    issuers: tuple[AnnotatedIssuer, ...]
    kinds: Names
    recipients: tuple[Names, ...]
    places: tuple[AnnotatedPlace, ...]
    events: tuple[AnnotatedEvent, ...]
    demands: tuple[AnnotatedDemand, ...]
    quotes: tuple[AnnotatedQuote, ...]
    cites: tuple[Names, ...]


def locate(text: str, sentence: str, trigger: str) -> Span | None:
    """Return where the trigger stands, as a whole word, in the first place that has the sentence."""
    begin = text.find(sentence)
    inside = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", sentence) if begin >= 0 else None
    return Span(begin + inside.start(), begin + inside.end()) if inside else None


# -- reading --------------------------------------------------------------------------------------------------------


def load(folder: Path) -> tuple[list[Annotation], list[Finding]]:
    """Read all annotations of a folder, sorted by file name; return them with everything that is wrong in their form.

    A file that has a fault gives no annotation, but all of its faults.

    Raises:
        UsageError: there is no such folder, or no JSON file in it.
    """
    if not folder.is_dir():
        raise UsageError("no such folder", where=str(folder), remedy="name the folder of the annotations (*.json)")
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UsageError("no annotations in this folder", where=str(folder), remedy="looked for *.json")
    annotations: list[Annotation] = []
    findings: list[Finding] = []
    annotated: dict[str, str] = {}
    for path in files:
        annotation, faults = _read(path)
        if annotation is not None:
            other = annotated.setdefault(annotation.file, path.name)
            if other != path.name:
                faults.append(f"file: {annotation.file} is annotated in {other} too")
        findings += [Finding(path.name, "error", fault) for fault in faults]
        if annotation is not None and not faults:
            annotations.append(annotation)
    return annotations, findings


def _read(path: Path) -> tuple[Annotation | None, list[str]]:
    faults: list[str] = []
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return None, [f"cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        return None, ["not UTF-8"]
    except json.JSONDecodeError as error:
        return None, [f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}"]
    if not isinstance(data, dict):
        return None, ["not an object with the fields of an annotation"]
    entry = _Entry(data, "", faults.append)
    annotation = Annotation(
        source=path.name,
        file=entry.string("file"),
        title=entry.optional("title"),
        publisher=entry.names("publisher"),
        published=entry.optional("published", _DATE, "a date"),
        issuers=tuple(
            AnnotatedIssuer(each.names("names", least=1), each.names("office"), each.names("body"))
            for each in entry.entries("issuers")
        ),
        kinds=entry.chosen_list("kinds", KINDS),
        recipients=_named(entry, "recipients"),
        places=tuple(
            AnnotatedPlace(each.names("names", least=1), each.optional("country", _COUNTRY, "an ISO 3166 alpha-2 code"))
            for each in entry.entries("places")
        ),
        events=tuple(map(_event, entry.entries("events"))),
        demands=tuple(
            AnnotatedDemand(each.string("text"), each.lists("addressees")) for each in entry.entries("demands")
        ),
        quotes=tuple(AnnotatedQuote(each.string("text"), each.names("speaker")) for each in entry.entries("quotes")),
        cites=_named(entry, "cites"),
    )
    entry.close()
    return annotation, faults


def _named(entry: _Entry, key: str) -> tuple[Names, ...]:
    return tuple(each.names("names", least=1) for each in entry.entries(key))


def _event(entry: _Entry) -> AnnotatedEvent:
    return AnnotatedEvent(
        mentions=((entry.string("sentence"), entry.string("trigger")), *entry.mentions("also")),
        type=entry.chosen("type", EVENT_TYPES),
        agents=entry.lists("agents"),
        patients=entry.lists("patients"),
        places=entry.lists("places"),
        date=entry.optional("date", _DATE, "a date"),
        modality=entry.chosen("modality", MODALITIES, "asserted"),
    )


class _Entry:
    """One JSON object while it is read: hands out values of the type asked for, and notes what is not as it should be.

    A value of another type comes out empty, so that reading goes on and all faults of a file are told at once.
    """

    def __init__(self, values: Mapping[str, object], place: str, note: Callable[[str], None]) -> None:
        self._values, self._place, self._note = values, place, note
        self._asked: set[str] = set()
        self._inside: list[_Entry] = []

    def _fault(self, key: str, message: str) -> None:
        self._note(f"{self._place}{key}: {message}")

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def string(self, key: str) -> str:
        """Return a string that must be there."""
        value = self._get(key)
        if isinstance(value, str) and value:
            return value
        self._fault(key, "missing" if key not in self._values else "not a string with something in it")
        return ""

    def optional(self, key: str, form: re.Pattern[str] | None = None, wanted: str = "") -> str:
        """Return a string that may be missing or null, ``""`` then."""
        value = self._get(key)
        if value is None or value == "":
            return ""
        if not isinstance(value, str):
            self._fault(key, "neither a string nor null")
            return ""
        if form is not None and not form.fullmatch(value):
            self._fault(key, f"{value!r} is not {wanted}")
        return value

    def chosen(self, key: str, choices: tuple[str, ...] | list[str], default: str = "") -> str:
        """Return one of a fixed list of words."""
        value = self.optional(key) or default
        if value not in choices:
            self._fault(key, f"{value!r} is none of {', '.join(choices)}" if value else "missing")
        return value

    def names(self, key: str, least: int = 0) -> Names:
        """Return a list of strings; one that must hold something must be there."""
        value = self._get(key)
        names = _strings([] if value is None and not least else value)
        if names is None or len(names) < least:
            self._fault(key, "not a list of names" if names is None else "no name in it")
        return names or ()

    def chosen_list(self, key: str, choices: list[str]) -> Names:
        """Return a list of words of a fixed list."""
        names = _strings(self._get(key))
        if names is None:
            self._fault(key, self._no_list(key))
        for name in names or ():
            if name not in choices:
                self._fault(key, f"{name!r} is none of {', '.join(choices)}")
        return names or ()

    def lists(self, key: str) -> tuple[Names, ...]:
        """Return a list of lists of names; missing is empty."""
        value = self._get(key)
        found = [_strings(each) for each in value] if isinstance(value, list) else [None]
        if value is not None and not all(found):
            self._fault(key, "not a list of lists of names, such as [[name, other name], [name]]")
        return tuple(names for names in found if names)

    def mentions(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a list of pairs of sentence and trigger; missing is empty."""
        pairs = self.lists(key)
        if any(len(pair) != 2 for pair in pairs):
            self._fault(key, "not a list of pairs [sentence, trigger]")
            return ()
        return tuple((pair[0], pair[1]) for pair in pairs)

    def entries(self, key: str) -> list[_Entry]:
        """Return a list of objects that must be there, if empty."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fault(key, self._no_list(key))
            return []
        inside = [_Entry(each, f"{self._place}{key}[{at}].", self._note) for at, each in enumerate(value)]
        self._inside += inside
        return inside

    def _no_list(self, key: str) -> str:
        return "not a list as it should be" if key in self._values else "missing; write [] where the text has none"

    def close(self) -> None:
        """Note the keys that nobody asked for, which are misspelt more often than not."""
        for key in self._values:
            if key not in self._asked:
                self._fault(key, "no field of an annotation")
        for entry in self._inside:
            entry.close()


def _strings(value: object) -> Names | None:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        return None
    return tuple(value)


# -- checking against the text --------------------------------------------------------------------------------------


def check(annotation: Annotation, text: str) -> list[Finding]:
    """Return what an annotation gives as verbatim although its document has other words."""
    faults = [(place, words, absence) for place, words in _verbatim(annotation) if (absence := _absence(words, text))]
    for at, event in enumerate(annotation.events):
        for number, (sentence, trigger) in enumerate(event.mentions):
            place = f"events[{at}].also[{number - 1}]" if number else f"events[{at}].sentence"
            if absence := _absence(sentence, text):
                faults.append((place, sentence, absence))
            elif locate(text, sentence, trigger) is None:
                faults.append((place, sentence, f"the trigger {trigger!r} is no word of this sentence"))
    return [Finding(annotation.source, "error", f"{place}: {fault}", words=words) for place, words, fault in faults]


def _absence(words: str, text: str) -> str:
    """Return in which way the words are missing from the text; ``""`` where they stand in it."""
    if words in text:
        return ""
    if _alike(words) in _alike(text):
        return "not in the text letter for letter: spaces, quotation marks or dashes differ"
    return "not in the text"


def _verbatim(annotation: Annotation) -> Iterator[tuple[str, str]]:
    """Yield each string that must stand in the text, with its place in the annotation."""
    yield "title", annotation.title
    for key, names in (
        ("issuers", [issuer.names for issuer in annotation.issuers]),
        ("recipients", annotation.recipients),
        ("places", [place.names for place in annotation.places]),
        ("cites", annotation.cites),
    ):
        for at, each in enumerate(names):
            yield f"{key}[{at}].names[0]", each[0]
    for at, demand in enumerate(annotation.demands):
        yield f"demands[{at}].text", demand.text
    for at, quote in enumerate(annotation.quotes):
        yield f"quotes[{at}].text", quote.text


def _alike(text: str) -> str:
    return " ".join(text.translate(_VARIANTS).split())
