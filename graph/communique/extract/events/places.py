"""Where an event was, and which state an adjective of nation stands for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from communique.authority.records import Authority, Record
from communique.extract.events.lexicon import HARM, NOUN, Sense, readings
from communique.extract.grammar.chunks import Parse
from communique.extract.text import Context
from communique.model import EntityType, Mention, Span
from communique.resources import words

_PLACES = frozenset({EntityType.PLACE, EntityType.STATE})
_WINDOW = 60
_SETTLED = frozenset({"assault", "coerce", "mobilize", "vote", "disaster"})
_VIOLENT = HARM | {"disaster", "mobilize", "protest"}
_CLOSE = 30
_SPOT = 8
_SAID = frozenset({"accuse", "reject", "request", "support"})
_GOING = frozenset({"consult", "aid", "mobilize", "retreat"})


def places(context: Context, parse: Parse, at: int, sense: Sense) -> tuple[list[Mention], list[Mention]]:
    """Return the places behind a locative preposition in the sentence: of the trigger's clause, and of others.

    Each list has the place that stands nearest first. Others count only for deeds that happen at one place.
    """
    own: list[tuple[int, int, Mention]] = []
    far: list[tuple[int, int, Mention]] = []
    if sense.pos == NOUN and (sense.type == "consult" or scenic(sense)):
        own += [(-1, index, mention) for index, mention in _modifying_places(context, parse, at)]
    for index, mention in _sites(parse):
        if not at - _WINDOW <= index < at + _WINDOW:
            continue
        if _locative(parse, index, sense.type) and not _of_gathering(parse, at, index, sense):
            distance = index - at if index > at else 2 * (at - index) + 4
            barriers = _barriers(parse, at, index)
            if not barriers and (sense.type in _SETTLED or distance < (_SPOT if sense.type in _SAID else _CLOSE)):
                own.append((distance, index, mention))
            elif sense.type in _SETTLED:
                far.append((distance + 8 * barriers, index, mention))
    return _nearest(own), _nearest(far)


@lru_cache(maxsize=4)
def _sites(parse: Parse) -> tuple[tuple[int, Mention], ...]:
    """Return the places and states named in a sentence, each with its first token: asked for by every trigger."""
    named = enumerate(zip((None, *parse.mentions), parse.mentions, strict=False))
    return tuple(
        (index, mention)
        for index, (before, mention) in named
        if mention is not None and mention is not before and mention.type in _PLACES
    )


def _nearest(found: list[tuple[int, int, Mention]]) -> list[Mention]:
    return [mention for _, _, mention in sorted(found, key=lambda f: f[:2])]


def scenic(sense: Sense) -> bool:
    """Return whether a state before the noun is where the event is and not who does it ("the Varenian crisis")."""
    return sense.lemma in words("located_deeds") or sense.type in {"vote", "disaster"}


def _modifying_places(context: Context, parse: Parse, at: int) -> Iterator[tuple[int, Mention]]:
    phrase = parse.phrase_at(at)
    for index in range(phrase.begin if phrase is not None else at, at):
        mention = parse.mentions[index] or demonym_mention(context, parse, index)
        adjective = parse.mentions[index] is None
        if mention is not None and (
            mention.type is EntityType.PLACE or (mention.type is EntityType.STATE and (adjective or index + 1 == at))
        ):
            yield index, mention


def demonym_mention(context: Context, parse: Parse, index: int) -> Mention | None:
    """Return the state that an adjective at a token stands for ("Varenian attack"), or ``None``."""
    token = parse.tokens[index]
    word = (
        token.text.capitalize()
        if context.text.mostly_upper or (token.text.isupper() and len(token.text) > 3)
        else token.text
    )
    records = Authority.load().demonyms(word)
    return _of_state(token.span, token.text, records[0]) if len(records) == 1 else None


def _of_state(span: Span, text: str, record: Record) -> Mention:
    return Mention(span, text, record.type, record.label, "authority", 0.8, record.key, record.country)


def _locative(parse: Parse, index: int, event_type: str) -> bool:
    """Return whether a locative preposition governs the phrase of a place, or the head noun of its "of" phrase."""
    phrase = parse.phrase_at(index)
    if phrase is None:
        return False
    begin = phrase.begin
    while begin >= 2 and parse.words[begin - 1] in {"of", "and", ","}:
        earlier = parse.phrase_at(begin - 2)
        if earlier is None:
            break
        begin = earlier.begin
    preposition = parse.words[begin - 1] if begin > 0 else ""
    if preposition in words("locative_prepositions") or (preposition == "to" and event_type in _GOING):
        return True
    return preposition == "from" and event_type == "retreat"


def _of_gathering(parse: Parse, at: int, index: int, sense: Sense) -> bool:
    """Return whether a place is that of talks, a vote or aid beside violence ("talks in Dunmore to end the war")."""
    if sense.type not in _VIOLENT:
        return False
    phrase = parse.phrase_at(index)
    before = parse.previous(phrase.begin - 1) if phrase is not None else -1
    if before < 0 or before == at or parse.phrase_at(before) is None:
        return False
    found = [s.type for r in readings().get(parse.words[before], ()) if r.pos == NOUN for s in r.senses]
    return bool(found) and not set(found) & _VIOLENT


def _barriers(parse: Parse, at: int, index: int) -> int:
    """Count what parts a place from a trigger: clause marks, subordinators and finite verbs between them."""
    low, high = sorted((at, index))
    return sum(letter in "WF" for letter in parse.classes[low + 1 : high]) + sum(
        t.text in {";", ":"} for t in parse.tokens[low + 1 : high]
    )
