"""How a statement judges the events that it reports: "a gross violation of ...", "this barbaric attack"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from communique.extract.grammar.chunks import Parse, Phrase, parse
from communique.extract.grammar.clauses import chain_end
from communique.extract.text import Context
from communique.model import Characterization, Event, Span
from communique.resources import lexicon, words

_LABEL = 90
_MOST_TOKENS = 24
_DEIXIS = frozenset({"this", "these", "such", "that", "those"})
_SURE = {"equate": 0.8, "regard": 0.75, "be": 0.7}
_STOPS = frozenset("WFVMBHS")


def find_characterizations(context: Context, events: Sequence[Event]) -> list[Characterization]:
    """Return the judgements that a document passes on its events, in the order of the text.

    A judgement is a predicate or an adjective with a word of judgement in it, tied to an event by a verb
    ("constitutes", "is regarded as") or by standing before its trigger. "This act" means the event spoken of last.
    """
    triggers = sorted((span, event.trigger) for event in events for span in (event.trigger, *event.also))
    out: dict[tuple[Span, Span], Characterization] = {}
    for sentence in context.body:
        lowers = {t.lower for t in sentence.tokens}
        if not lowers & _judgements():
            continue
        parsed = parse(context, sentence)
        for found in (*_predicates(context, parsed, triggers), *_adjectives(context, parsed, triggers)):
            out.setdefault((found.span, found.of), found)
    return sorted(out.values(), key=lambda c: (c.span, c.of))


def _predicates(context: Context, parsed: Parse, triggers: Sequence[tuple[Span, Span]]) -> Iterator[Characterization]:
    """Find judgements joined to an event by a verb or "as"."""
    for at, token in enumerate(parsed.tokens):
        kind, width = _cue(parsed, at)
        if not kind:
            continue
        begin, end = at + width, _predicate_end(parsed, at + width)
        if end <= begin or not _judges(parsed, begin, end) or (kind == "be" and parsed.classes[begin] in "EG"):
            continue
        event = _judged(parsed, at, triggers)
        span = parsed.span(begin, end)
        if event is not None and not any(
            trigger.begin >= span.begin and trigger.end <= span.end for trigger in [event]
        ):
            cue = Span(token.begin, parsed.tokens[at + width - 1].end)
            yield _characterization(context, parsed, span, event, cue, _SURE[kind])


def _adjectives(context: Context, parsed: Parse, triggers: Sequence[tuple[Span, Span]]) -> Iterator[Characterization]:
    """Find words of judgement in front of an event noun, in its own noun phrase."""
    begins = [t.begin for t in parsed.tokens]
    for mention, event in _within(triggers, parsed.sentence.span):
        at = bisect_left(begins, mention.begin)
        phrase = parsed.phrase_at(at) if at < len(begins) else None
        if phrase is None:
            continue
        first = _first_judgement(parsed, phrase, at)
        if first is not None:
            yield _characterization(context, parsed, parsed.span(first, at + 1), event, None, 0.6)


def _first_judgement(parsed: Parse, phrase: Phrase, at: int) -> int | None:
    """Return the first word of judgement before a trigger, also one joined to its phrase ("unprovoked and brutal")."""
    begin = phrase.begin
    if phrase.before == "C" and begin >= 2 and parsed.words[begin - 2] in _adjectives_of_judgement():
        begin -= 2
    return next((i for i in range(begin, at) if parsed.words[i] in _adjectives_of_judgement()), None)


def _cue(parsed: Parse, at: int) -> tuple[str, int]:
    """Return the kind of the cue that begins at a token and how many tokens it has; two words win over one."""
    tokens = parsed.tokens
    if at + 1 < len(tokens):
        pair = f"{tokens[at].lower} {tokens[at + 1].lower}"
        if pair in _cues():
            return _cues()[pair], 2
    kind = _cues().get(tokens[at].lower, "")
    if tokens[at].lower == "as" and (not _judging_verb(parsed, at) or (at and f"{tokens[at - 1].lower} as" in _cues())):
        return "", 0
    return kind, 1


def _judging_verb(parsed: Parse, at: int) -> bool:
    """Return whether "as" belongs to a verb of judging with the event as its object ("condemns the attack as ...")."""
    before = {t.lower for t in parsed.tokens[max(0, at - 12) : at]}
    return bool(before & words("judging_verbs"))


def _predicate_end(parsed: Parse, begin: int) -> int:
    """Return where a predicate ends: at a mark, a subordinate clause or the next finite verb."""
    end = begin
    limit = min(len(parsed.tokens), begin + _MOST_TOKENS)
    while end < limit:
        phrase = parsed.phrase_from(end)
        if phrase is not None:
            end = chain_end(parsed, phrase)
        elif parsed.classes[end] in _STOPS or _joins_clause(parsed, end):
            break
        else:
            end += 1
    while end > begin and parsed.classes[end - 1] in "PCDTA":
        end -= 1
    return min(end, limit)


def _joins_clause(parsed: Parse, at: int) -> bool:
    """Return whether a conjunction opens a new clause: a verb follows it, or a phrase and a verb."""
    if parsed.classes[at] != "C":
        return False
    phrase = parsed.phrase_from(at + 1)
    index = chain_end(parsed, phrase) if phrase is not None else at + 1
    return index < len(parsed.classes) and parsed.classes[index] in "VMBHE"


def _judges(parsed: Parse, begin: int, end: int) -> bool:
    """Return whether a predicate holds a word of judgement: its first noun, or an adjective before it."""
    phrase = next((p for p in parsed.phrases if p.begin >= begin and p.end <= end), None)
    stop = phrase.end if phrase is not None else end
    lowers = [t.lower for t in parsed.tokens[begin:stop]]
    return any(word in _adjectives_of_judgement() for word in lowers) or (
        bool(lowers) and lowers[-1] in _nouns_of_judgement()
    )


def _judged(parsed: Parse, at: int, triggers: Sequence[tuple[Span, Span]]) -> Span | None:
    """Return the event that a predicate is about: one before the cue in its sentence, or what "this act" means."""
    cue = parsed.tokens[at].begin
    inside = [(mention, event) for mention, event in _within(triggers, parsed.sentence.span) if mention.end <= cue]
    if inside:
        nearest = parsed.words[at] == "as" or parsed.classes[parsed.previous(at)] == "W"
        return inside[-1 if nearest else 0][1]
    if not _points_back(parsed, at):
        return None
    earlier = bisect_right(triggers, (Span(parsed.sentence.span.begin, parsed.sentence.span.begin), Span(0, 0))) - 1
    return triggers[earlier][1] if earlier >= 0 else None


def _points_back(parsed: Parse, at: int) -> bool:
    """Return whether the subject before a cue is "this", or "this" with a noun for what happened."""
    for index in range(at - 1, max(-1, at - _MOST_TOKENS), -1):
        if parsed.words[index] in _DEIXIS:
            phrase = parsed.phrase_at(index)
            alone = phrase is None or phrase.head == index
            return (alone and index == at - 1) or (
                phrase is not None and parsed.words[phrase.head] in words("deictic_nouns")
            )
    return False


def _within(triggers: Sequence[tuple[Span, Span]], area: Span) -> Sequence[tuple[Span, Span]]:
    low = bisect_right(triggers, (Span(area.begin, area.begin), Span(0, 0)))
    high = bisect_right(triggers, (Span(area.end, area.end), Span(0, 0)))
    return triggers[low:high]


def _characterization(
    context: Context, parsed: Parse, span: Span, event: Span, cue: Span | None, sure: float
) -> Characterization:
    text = " ".join(context.text.of(span).split())
    label = text if len(text) <= _LABEL else text[:_LABEL].rsplit(" ", 1)[0] + " …"
    return Characterization(span, parsed.sentence.span, label, event, cue, sure)


@cache
def _cues() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in lexicon("characterizing_cues")}


@cache
def _nouns_of_judgement() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("evaluative_words") if row["pos"] == "noun")


@cache
def _adjectives_of_judgement() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("evaluative_words") if row["pos"] == "adjective")


@cache
def _judgements() -> frozenset[str]:
    return _nouns_of_judgement() | _adjectives_of_judgement()
