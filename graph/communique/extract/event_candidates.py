"""Event triggers of a document with all that can be said of each alone, before mentions of one event are merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from communique.extract import event_roles, times
from communique.extract.chunks import Parse, parse
from communique.extract.clauses import Voice, complements, coordinated_left, subject, voice
from communique.extract.event_lexicon import NOUN, VERB, Sense, readings, sense_at
from communique.extract.event_modality import ASSERTED, HYPOTHETICAL, PLANNED, modality
from communique.extract.event_roles import Focus, Participants
from communique.extract.inflections import verb_forms
from communique.extract.text import Context, Sentence
from communique.model import EntityType, Mention, Span, TimeRef
from communique.resources import lexicon, words

_NAMES = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.PLACE, EntityType.INSTRUMENT})
_PRESUPPOSED = frozenset({"assault", "coerce", "mobilize", "disaster"})


@dataclass
class Candidate:
    """One trigger with its sense, roles, place, time and modality."""

    parse: Parse
    at: int
    sense: Sense
    voice: Voice
    modality: str
    people: Participants
    places: list[Mention]
    time: TimeRef | None
    title: bool = False
    demanded: bool = False
    links: list[int] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The trigger."""
        return self.parse.tokens[self.at].span

    @property
    def sentence(self) -> Sentence:
        """The sentence of the trigger."""
        return self.parse.sentence


def find_candidates(context: Context, found: Sequence[TimeRef], exclude: Sequence[Span], focus: Focus) -> list[Candidate]:
    """Return all triggers of headline and body, in order."""
    out: list[Candidate] = []
    title = context.header.title
    for sentence in context.text.sentences:
        in_title = title is not None and title.overlaps(sentence.span)
        if not in_title and not context.header.body.overlaps(sentence.span):
            continue
        parsed = parse(context, sentence)
        for candidate in _in_sentence(context, parsed, found, focus):
            if _kept_out(candidate, exclude) or _issuer_speaks(candidate, context, in_title):
                continue
            candidate.title = in_title
            out.append(candidate)
        focus.update(parsed)
    return out


def _in_sentence(context: Context, parsed: Parse, found: Sequence[TimeRef], focus: Focus) -> Iterator[Candidate]:
    for at, token in enumerate(parsed.tokens):
        if token.lower not in readings() or parsed.mentions[at] is not None:
            continue
        letter = parsed.classes[at]
        pos = VERB if letter in "VEG" else NOUN if letter == "N" else ""
        spoken = voice(parsed, at) if pos == VERB else Voice.ACTIVE
        sense = sense_at(parsed, at, pos, spoken is not Voice.ACTIVE) if pos else None
        if sense is None and letter == "G":
            pos, sense = NOUN, sense_at(parsed, at, NOUN, False)
        if sense is None or pos == NOUN and not _heads(parsed, at):
            continue
        people = (
            event_roles.verb_participants(context, parsed, at, sense, spoken, focus)
            if pos == VERB
            else event_roles.noun_participants(context, parsed, at, sense, focus)
        )
        time = times.attach_time(found, token.span, parsed.sentence)
        stance = _with_time(modality(parsed, at, pos), time, context.header.issued)
        yield Candidate(parsed, at, sense, spoken, stance, people, event_roles.places(parsed, at), time)


def _with_time(stance: str, time: TimeRef | None, issued: str) -> str:
    """What is dated after the day of issue is planned."""
    if stance != ASSERTED or time is None or len(issued) < 10 or "--" in time.value:
        return stance
    return PLANNED if time.value > issued[: len(time.value)] else stance


def _heads(parsed: Parse, at: int) -> bool:
    """Return whether a noun is the head of its phrase, or stands before a word that adds nothing ("the peace process")."""
    phrase = parsed.phrase_at(at)
    if phrase is None:
        return True
    rest = parsed.tokens[at + 1 : phrase.end]
    return all(t.lower in words("shell_nouns") for t in rest)


def _kept_out(candidate: Candidate, exclude: Sequence[Span]) -> bool:
    """Drop what is demanded; keep the wrongs that a demand presupposes ("stop shelling the towns")."""
    inside = [span for span in exclude if span.overlaps(candidate.span)]
    if not inside:
        return False
    candidate.demanded = True
    first = min(span.begin for span in inside)
    if candidate.sense.type in _PRESUPPOSED and candidate.span.begin - first > 3:
        finite = candidate.sense.pos == VERB and candidate.parse.classes[candidate.at] == "V"
        if not finite:
            candidate.modality = ASSERTED if candidate.modality == HYPOTHETICAL else candidate.modality
            return False
    return True


def _issuer_speaks(candidate: Candidate, context: Context, in_title: bool) -> bool:
    """Return whether a verb is the issuer's own speech act: first person, the statement itself, a speaker, no subject."""
    if candidate.sense.pos != VERB or candidate.sense.lemma not in _speech_acts() or candidate.voice is not Voice.ACTIVE:
        return False
    found = subject(candidate.parse, candidate.at)
    if found is None:
        return True
    phrases = coordinated_left(candidate.parse, found)
    return any(_is_speaker(candidate, context, candidate.parse.tokens[p.head].lower, p.begin, p.end) for p in phrases)


def _is_speaker(candidate: Candidate, context: Context, head: str, begin: int, end: int) -> bool:
    if head in words("issuer_nouns") or candidate.parse.classes[begin] == "R" and head in {"we", "i"}:
        return True
    return False


@cache
def _speech_acts() -> frozenset[str]:
    return words("speech_acts", "lemma")
