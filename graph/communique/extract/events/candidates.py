"""Event triggers of a document with all that can be said of each alone, before mentions of one event are merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from communique.extract.events import places as event_places
from communique.extract.events import roles as event_roles
from communique.extract.events.dating import date_of
from communique.extract.events.denials import denial
from communique.extract.events.issuers import is_issuer, names_issuer
from communique.extract.events.lexicon import HARM, NOUN, VERB, Sense, event_nouns, readings, sense_at
from communique.extract.events.modality import ASSERTED, HYPOTHETICAL, PLANNED, modality
from communique.extract.events.roles import Focus, Participants
from communique.extract.events.sources import find_source
from communique.extract.grammar.chunks import Parse, parse
from communique.extract.grammar.clauses import Voice, headline_passive, subject, voice
from communique.extract.grammar.inflections import verb_forms
from communique.extract.text import Context, Sentence
from communique.model import EntityType, Mention, Role, Span, TimeRef
from communique.resources import words

_SPOKEN = frozenset({"request", "accuse", "other", "support"})
_TRANSITIVE = frozenset({"adjudicate", "assault", "coerce", "sanction"})
_SUDDEN = HARM | {"disaster"}
_DENIABLE = HARM | {"mobilize"}
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
    elsewhere: list[Mention]
    time: TimeRef | None
    source: Role | None = None
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


def find_candidates(
    context: Context, found: Sequence[TimeRef], exclude: Sequence[Span], focus: Focus
) -> list[Candidate]:
    """Return all triggers of headline and body, in order."""
    out: list[Candidate] = []
    asked = _Asked(exclude)
    title = context.header.title
    for sentence in context.text.sentences:
        in_title = title is not None and title.overlaps(sentence.span)
        if not in_title and not context.header.body.overlaps(sentence.span):
            continue
        parsed = parse(context, sentence, found)
        for candidate in _in_sentence(context, parsed, found, focus):
            candidate.title = in_title
            if not _kept_out(candidate, asked) and not _issuer_speaks(candidate, focus.speakers):
                out.append(candidate)
        focus.update(parsed)
    return out


def _in_sentence(context: Context, parsed: Parse, found: Sequence[TimeRef], focus: Focus) -> Iterator[Candidate]:
    known, mentions = readings(), parsed.mentions
    for at, word in enumerate(parsed.words):
        if word not in known or mentions[at] is not None:
            continue
        letter = parsed.classes[at]
        if (letter == "G" and not _heads(parsed, at)) or _bracketed(parsed, at):
            continue
        pos = VERB if letter in "VEG" else NOUN if letter == "N" else ""
        spoken = _voice(parsed, at) if pos == VERB else Voice.ACTIVE
        sense = sense_at(parsed, at, pos, spoken is not Voice.ACTIVE) if pos else None
        if sense is None and letter == "G" and _nominal_gerund(parsed, at):
            pos, sense = NOUN, sense_at(parsed, at, NOUN, False)
        if sense is None or (pos == NOUN and (not _heads(parsed, at) or _predicative(parsed, at))):
            continue
        if pos == VERB and spoken is Voice.ACTIVE and _judges_deed(parsed, at, sense):
            continue
        if pos == NOUN and sense.type in HARM and _in_a_title(parsed, at):
            continue
        if spoken is Voice.ACTIVE and _suffers(parsed, at, sense):
            spoken = Voice.PASSIVE
        people = (
            event_roles.verb_participants(context, parsed, at, sense, spoken, focus)
            if pos == VERB
            else event_roles.noun_participants(context, parsed, at, sense, focus)
        )
        time = date_of(parsed, at, pos, found)
        if time is not None and sense.type in _SUDDEN and time.value > context.header.issued[: len(time.value)]:
            time = None  # nobody dates harm ahead: a day without a year that was taken for the coming one
        denied = denial(parsed, at, pos == NOUN and sense.type in _DENIABLE)
        stance = _with_time(modality(parsed, at, pos, denied is not None), time, context.header.issued)
        own, far = event_places.places(context, parsed, at, sense)
        source = find_source(context, parsed, at, denied, sense, focus)
        yield Candidate(parsed, at, sense, spoken, stance, people, own, far, time, source)


def _with_time(stance: str, time: TimeRef | None, issued: str) -> str:
    """What is dated after the day of issue is planned."""
    if stance != ASSERTED or time is None or len(issued) < 10:
        return stance
    begin = time.value.partition("--")[0]
    return PLANNED if begin > issued[: len(begin)] else stance


def _heads(parsed: Parse, at: int) -> bool:
    """Return whether a noun heads its phrase, or stands before a word that adds nothing ("the election process")."""
    phrase = parsed.phrase_at(at)
    if phrase is None:
        return True
    rest = parsed.tokens[at + 1 : phrase.end]
    return all(t.lower in words("shell_nouns") for t in rest)


def _bracketed(parsed: Parse, at: int) -> bool:
    """Return whether a word stands alone in brackets, as editors' marks do ("[signed]")."""
    before = parsed.tokens[at - 1].text if at else ""
    after = parsed.tokens[at + 1].text if at + 1 < len(parsed.tokens) else ""
    return before in {"[", "("} and after in {"]", ")"}


def _nominal_gerund(parsed: Parse, at: int) -> bool:
    """Return whether an -ing form without an object may be a noun ("talks and mining continued")."""
    return at + 1 >= len(parsed.classes) or parsed.classes[at + 1] in "PSCB"


def _predicative(parsed: Parse, at: int) -> bool:
    """Return whether a noun only says what something else is ("amounts to a crime", "is a gross violation")."""
    phrase = parsed.phrase_at(at)
    if phrase is None or parsed.words[phrase.begin] not in {"a", "an", "another"}:
        return False
    before = parsed.previous(phrase.begin)
    if before < 0:
        return False
    word = parsed.words[before]
    return parsed.classes[before] == "B" or word in words("equating_words")


class _Asked:
    """The spans of what is demanded."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._longest = max(map(len, self._spans), default=0)

    def first(self, span: Span) -> int | None:
        """Return where the first of those begins that a span overlaps."""
        low = bisect_left(self._spans, Span(span.begin - self._longest, 0))
        high = bisect_left(self._spans, Span(span.end, 0))
        return next((asked.begin for asked in self._spans[low:high] if asked.overlaps(span)), None)


def _voice(parsed: Parse, at: int) -> Voice:
    """Return the voice of a verb; a past without auxiliary is no passive where the verb takes no object ("met")."""
    spoken = voice(parsed, at)
    bare = spoken is Voice.PASSIVE and parsed.words[at] in _intransitive() and not _agent_follows(parsed, at)
    return Voice.ACTIVE if bare and headline_passive(parsed, at) else spoken


def _agent_follows(parsed: Parse, at: int) -> bool:
    following = parsed.following(at)
    return following < len(parsed.tokens) and parsed.words[following] == "by"


@cache
def _intransitive() -> frozenset[str]:
    return frozenset(form for lemma in words("intransitive_verbs") for form, _ in verb_forms(lemma))


def _suffers(parsed: Parse, at: int, sense: Sense) -> bool:
    """Return whether a participle without an object leaves out "was": its verb does not go without an object."""
    transitive = sense.type in _TRANSITIVE and sense.lemma not in words("objectless_verbs")
    return transitive and headline_passive(parsed, at)


def _in_a_title(parsed: Parse, at: int) -> bool:
    """Return whether a noun is a word in a title that the text quotes ("the Plan to Reduce Violence against Women")."""
    if not parsed.tokens[at].text.istitle() or at == 0:
        return False
    before = parsed.tokens[at - 1]
    after = parsed.tokens[at + 1].text if at + 1 < len(parsed.tokens) else ""
    named = (before.text.istitle() and parsed.classes[at - 1] in "VG") or (after.istitle() and after.isalpha())
    return named and any(t.text.islower() and len(t.text) > 3 for t in parsed.tokens[:at])


def _judges_deed(parsed: Parse, at: int, sense: Sense) -> bool:
    """Return whether a verb with a deed as its subject only judges it ("these arrests violate the charter")."""
    if sense.lemma not in words("judged_deeds"):
        return False
    found = subject(parsed, at)
    if found is None or any(m is not None for m in parsed.mentions[found.begin : found.end]):
        return False
    head = parsed.words[found.head]
    event = head in event_nouns() and head not in words("actor_nouns")
    return event or head in words("deictic_nouns") or head in {"this", "these", "that", "those"}


def _kept_out(candidate: Candidate, asked: _Asked) -> bool:
    """Drop what is demanded; keep the wrongs that a demand presupposes ("stop shelling the towns")."""
    first = asked.first(candidate.span)
    if first is None:
        return False
    candidate.demanded = True
    if candidate.sense.type in _PRESUPPOSED and candidate.span.begin - first > 3:
        finite = candidate.sense.pos == VERB and candidate.parse.classes[candidate.at] == "V"
        if not finite:
            candidate.modality = ASSERTED if candidate.modality == HYPOTHETICAL else candidate.modality
            return False
    return True


def _issuer_speaks(candidate: Candidate, speakers: Sequence[Mention]) -> bool:
    """Return whether a trigger is the issuer's own speech act: by "we", the statement, a speaker, or nobody named."""
    if candidate.sense.pos == NOUN:
        spoken = candidate.title or _any_speaks(candidate, speakers) or _first_person_before(candidate)
        return candidate.sense.type in _SPOKEN and spoken
    if candidate.sense.lemma not in words("speech_acts", "lemma") or candidate.voice is not Voice.ACTIVE:
        return False
    if candidate.title and all(m.type is EntityType.GROUP for m in candidate.people.agents):
        return True
    found = subject(candidate.parse, candidate.at)
    if found is None:
        return True
    if candidate.parse.classes[found.begin] == "R":
        named = candidate.people.agents
        return candidate.parse.words[found.begin] in {"we", "i"} or any(is_issuer(m, speakers) for m in named)
    return names_issuer(candidate.parse, found) or _any_speaks(candidate, speakers)


def _first_person_before(candidate: Candidate) -> bool:
    """Return whether "we" or "our" stands shortly before a noun ("we make an appeal")."""
    before = candidate.parse.tokens[max(0, candidate.at - 6) : candidate.at]
    return not candidate.people.agents and any(t.lower in {"we", "our", "i", "my"} for t in before)


def _any_speaks(candidate: Candidate, speakers: Sequence[Mention]) -> bool:
    return any(is_issuer(m, speakers) for m in candidate.people.agents)
