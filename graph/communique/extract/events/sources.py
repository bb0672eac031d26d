"""Who vouches for an event where that is not the issuer: who alleges, reports, claims or denies it.

A claim of another that is given as the issuer's own puts words into its mouth: so a sentence is searched for a verb or
noun of claiming that governs the trigger, before it ("Varenia alleges that") or behind it (", the police said").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.extract.events.denials import (
    DENIALS,
    WINDOW,
    breaks,
    claim_verbs,
    closed_relative,
    cues,
    governs,
    in_clause,
    negated_verb,
)
from communique.extract.events.issuers import is_issuer, names_issuer
from communique.extract.events.lexicon import Sense
from communique.extract.events.roles import Focus, actors_of
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse, Phrase
from communique.extract.grammar.clauses import Voice
from communique.extract.text import Context
from communique.model import EntityType, Mention, Role
from communique.resources import lexicon, words, words_of

_SURE = 0.7
_REACH = 10
_ACTORS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE})
_BY = frozenset({"by", "from"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A word of claiming (token index) and the phrases that name who claims."""

    cue: int
    phrases: tuple[Phrase, ...]


def find_source(context: Context, parse: Parse, at: int, denied: int | None, sense: Sense, focus: Focus) -> Role | None:
    """Return who asserts or denies the trigger at a token, or ``None`` where the issuer itself does.

    ``denied`` is the word that denies the trigger, if any: then its source is who denies it.
    """
    if not _claims_made(parse):
        return None
    for claim in _claims(parse, at, denied):
        mention = _third(context, parse, at, claim, sense, focus)
        if mention is not None:
            return Role(mention, parse.sentence.span, parse.tokens[claim.cue].span, _SURE)
        if parse.classes[claim.cue] != "G":  # "said this, adding that": who says is named farther on
            return None
    return None


@lru_cache(maxsize=4)
def _claims_made(parse: Parse) -> bool:
    """Return whether a sentence holds a word of claiming at all: asked for by every trigger."""
    return not _signals().isdisjoint(parse.words)


@cache
def _signals() -> frozenset[str]:
    """Return the words without one of which in a sentence nobody claims anything there."""
    return claim_verbs() | _nouns() | DENIALS | frozenset(cues("deny")) | {"according"}


def _claims(parse: Parse, at: int, denied: int | None) -> Iterator[_Claim]:
    """Yield the claims that a trigger is subject to, the nearest first, those before it before the one behind it."""
    denying = parse.words[denied] if denied is not None else ""
    if denied is not None and (denying in cues("deny") or denying in DENIALS):
        claim = _of_noun(parse, denied) if denying in DENIALS else _of_verb(parse, denied)
        yield from (claim,) if claim is not None else ()
    elif not _answers(parse, at):
        yield from _before(parse, at if denied is None else denied)
        claim = _behind(parse, at)
        yield from (claim,) if claim is not None else ()


def _answers(parse: Parse, at: int) -> bool:
    """Return whether a trigger is what somebody answers to the claim before it (", a charge that Varenia denies")."""
    if parse.words[at] not in cues("deny"):
        return False
    near = range(max(1, at - _REACH), at)
    claim = cues("claim")
    return any(
        parse.classes[i] == "W" and (parse.tokens[i - 1].text == "," or parse.words[i - 1] in claim) for i in near
    )


def _third(context: Context, parse: Parse, at: int, claim: _Claim, sense: Sense, focus: Focus) -> Mention | None:
    """Return who claims, unless it is the issuer, a thing, or nobody sure (a pronoun)."""
    if not claim.phrases or any(parse.classes[p.begin] == "R" for p in claim.phrases):
        return None
    named = actors_of(context, parse, at, sense, focus, claim.phrases) or _reporting(parse, claim)
    apposed = _apposed(parse, claim.cue)
    named = [apposed] if apposed is not None else named
    inside = [m for p in claim.phrases for m in parse.mentions[p.begin : p.end] if m and m.type is EntityType.PERSON]
    if not named or any(_own(m, focus.speakers) for m in (*named, *inside)):
        return None
    return None if _own_office(parse, claim.phrases[0], focus.speakers) else named[0]


def _own_office(parse: Parse, phrase: Phrase, speakers: Sequence[Mention]) -> bool:
    """Return whether a phrase means an office of the issuer: "the ministry", "Varenia's foreign minister"."""
    end = clauses.chain_end(parse, phrase)
    inside = [m for m in parse.mentions[phrase.begin : end] if m is not None and m.country]
    if not inside:
        return end == phrase.end and names_issuer(parse, phrase)
    official = parse.words[phrase.head] in words("issuer_nouns")
    return official and any(_own(m, speakers) for m in inside)


def _apposed(parse: Parse, verb: int) -> Mention | None:
    """Return the person named in apposition right before a verb ("the League's adviser, Mara Orrin, said")."""
    index = verb - 1
    while index >= 0 and (parse.classes[index] in "AH" or parse.tokens[index].text == ","):
        index -= 1
    mention = parse.mentions[index] if index >= 0 else None
    return mention if mention is not None and mention.type is EntityType.PERSON else None


def _reporting(parse: Parse, claim: _Claim) -> list[Mention]:
    """Return whose report it is ("according to a Lantern League report", "according to figures of the ministry")."""
    if parse.words[claim.cue] != "according":
        return []
    phrase = claim.phrases[0]
    if parse.words[phrase.head] not in _nouns():
        return []
    end = clauses.chain_end(parse, phrase)
    if parse.tokens[end : end + 1] and parse.words[end] in _BY and (maker := parse.phrase_from(end + 1)):
        end = clauses.chain_end(parse, maker)
    return [m for m in parse.mentions[phrase.begin : end] if m is not None and m.type in _ACTORS][:1]


def _own(mention: Mention, speakers: Sequence[Mention]) -> bool:
    """Return whether a mention is an issuer; a state is so where its government speaks, not a body at home in it."""
    if mention.type is EntityType.STATE:
        speakers = [s for s in speakers if mention.key == s.key or s.type is not EntityType.ORG or _governs(s)]
    return is_issuer(mention, speakers)


def _governs(speaker: Mention) -> bool:
    return any(word in words("state_bodies") for word in speaker.name.lower().split())


def _before(parse: Parse, at: int) -> Iterator[_Claim]:
    """Yield the words of claiming before a token that govern it, the nearest first."""
    signals = _signals()
    for index in range(at - 1, max(-1, at - WINDOW), -1):
        if breaks(parse, index):
            return
        claim = _claim_at(parse, index, at) if parse.words[index] in signals else None
        if claim is not None:
            yield claim


def _claim_at(parse: Parse, index: int, at: int) -> _Claim | None:
    lower = parse.words[index]
    if lower == "according" and parse.words[index + 1] == "to":
        phrase = parse.phrase_from(index + 2)
        return _Claim(index, (phrase,)) if phrase is not None and phrase.end <= at else None
    if parse.mentions[index] is not None:
        return None
    accusing = lower in claim_verbs("accuse")
    if accusing or lower in _said():
        verbal = parse.classes[index] in "VEG" and parse.phrase_at(index) is None
        if (verbal or _misread(parse, index)) and not negated_verb(parse, index) and _says(parse, index, at, accusing):
            return _of_verb(parse, index)
    if lower in _nouns() and parse.classes[index] == "N":
        return _of_noun(parse, index) if governs(parse, index, at) else None
    return None


def _misread(parse: Parse, index: int) -> bool:
    """Return whether a verb was taken for the head of its subject ("Varenia claims that")."""
    phrase = parse.phrase_at(index)
    if parse.classes[index] != "N" or parse.mentions[index] is not None or phrase is None or phrase.head != index:
        return False
    before = parse.words[index - 1] if index else ""
    if phrase.begin == index:  # "Varenia, for its part, claims that"
        return before == "," and index + 1 < len(parse.tokens) and parse.words[index + 1] == "that"
    return parse.mentions[index - 1] is not None or before in words_of("people_nouns", "actor_nouns")


def _of_verb(parse: Parse, verb: int) -> _Claim | None:
    """Return the claim of who is the subject of a verb, or its agent in the passive."""
    phrase = parse.phrase_at(verb)
    if phrase is not None and phrase.begin < verb and _misread(parse, verb):
        return _Claim(verb, (Phrase(phrase.begin, verb, phrase.before),))
    if clauses.voice(parse, verb) is not Voice.ACTIVE:
        return _Claim(verb, clauses.by_phrase(parse, verb))
    subject = clauses.subject(parse, verb)
    return _Claim(verb, clauses.coordinated_left(parse, subject)) if subject is not None else None


def _of_noun(parse: Parse, noun: int) -> _Claim | None:
    """Return the claim of who possesses or makes it ("Varenia's allegation", "accusations levelled by the army")."""
    phrase = parse.phrase_at(noun)
    if phrase is None:
        return None
    marks = [i for i in range(phrase.begin, noun) if parse.words[i] in {"'s", "’s", "'", "’"}]
    if marks:
        return _Claim(noun, (Phrase(phrase.begin, marks[-1], phrase.before),))
    index = phrase.end
    while index < len(parse.classes) and parse.classes[index] in "EA":
        index += 1
    maker = parse.phrase_from(index + 1)
    made = maker is not None and parse.words[index] in _BY
    return _Claim(noun, clauses.coordinated(parse, maker)) if made and maker is not None else None


def _says(parse: Parse, verb: int, at: int, accusing: bool) -> bool:
    """Return whether a verb of claiming governs a trigger, by "that", "of" or "to have", or with nothing between."""
    if closed_relative(parse, verb, at):
        return False
    if _parenthetic(parse, verb):
        return True
    begin = parse.following(verb)
    for index in range(begin, min(begin + _REACH, at)):
        lower = parse.words[index]
        if lower == "that" and (parse.classes[index] == "W" or index == begin):
            return in_clause(parse, index, at)
        if accusing and lower in {"of", "for"}:
            auxiliary = parse.words[index + 1] in {"having", "being"}
            return in_clause(parse, index + auxiliary, at, 0)
        if parse.classes[index] in "VGMBHOWF" or parse.tokens[index].text in {";", ":"}:
            break
    if accusing or begin > at:
        return False
    if parse.classes[begin] == "T":
        return in_clause(parse, begin, at, 0)
    if parse.tokens[begin].text in {":", "“", '"'}:
        return in_clause(parse, verb, at)
    plain = parse.phrase_from(begin) is not None or begin == at
    return plain and _without_that(parse, verb, at) and in_clause(parse, verb, at)


def _parenthetic(parse: Parse, verb: int) -> bool:
    """Return whether commas set a claim apart inside the clause it is about ("the army, Varenia says, shelled")."""
    if verb + 1 >= len(parse.tokens) or parse.tokens[verb + 1].text != "," or parse.words[verb] not in _said():
        return False
    phrase = parse.phrase_at(verb) or parse.phrase_at(verb - 1)
    if phrase is None or phrase.begin < 2:
        return False
    return parse.tokens[clauses.chain_begin(parse, phrase) - 1].text == ","


def _without_that(parse: Parse, verb: int, at: int) -> bool:
    """Return whether what follows a verb of claiming is a clause, or the event itself ("alleged torture")."""
    lower = parse.words[verb]
    if lower in claim_verbs("told"):
        return not any(t.lower in cues("part") for t in parse.tokens[verb:at])
    if lower not in claim_verbs("verb"):
        return False
    for index in range(verb + 1, len(parse.tokens)):
        if parse.classes[index] in "WF":
            return False  # "said on the eve of the vote that"
        if parse.classes[index] in "MBHO" or (parse.classes[index] in "VE" and parse.phrase_at(index) is None):
            return True
    return False


def _behind(parse: Parse, at: int) -> _Claim | None:
    """Return the claim that ends the clause of a trigger (", the police said", ", according to officials")."""
    for index in range(at + 1, min(at + WINDOW, len(parse.tokens))):
        if breaks(parse, index):
            return None
        token = parse.tokens[index]
        if token.lower == "according" and (phrase := parse.phrase_from(index + 2)) is not None:
            return _Claim(index, (phrase,))
        if token.text == "," and (claim := _set_off(parse, index + 1)) is not None:
            return claim
    return None


def _set_off(parse: Parse, index: int) -> _Claim | None:
    """Return the claim that stands alone from a token on: subject and verb in either order, and no clause behind."""
    if index < len(parse.tokens) and parse.tokens[index].text in {"”", '"', "»"}:
        index += 1
    if index >= len(parse.tokens):
        return None
    if parse.words[index] in _said() and (behind := parse.phrase_from(index + 1)) is not None:
        return _Claim(index, (behind,)) if _ends(parse, clauses.chain_end(parse, behind)) else None
    first = last = parse.phrase_from(index)
    if first is None or last is None:
        return None
    end = clauses.chain_end(parse, first)
    while parse.classes[end : end + 1] == "P" and (last := parse.phrase_from(end + 1)) is not None:
        end = clauses.chain_end(parse, last)
    while parse.classes[end : end + 1] and parse.classes[end] in "AH":
        end += 1
    if end < len(parse.tokens) and parse.words[end] in _said() and _ends(parse, end + 1):
        return _Claim(end, (first,))
    verb = end - 1
    if verb > index and _misread(parse, verb) and parse.words[verb] in _said() and _ends(parse, end):
        own = first.head == verb
        return _Claim(verb, (Phrase(first.begin, verb, first.before) if own else first,))
    return None


def _ends(parse: Parse, index: int) -> bool:
    """Return whether no clause follows: a mark, a preposition or a time, but no "that"."""
    if any(t.lower == "that" for t in parse.tokens[index:]):
        return False
    return index >= len(parse.classes) or parse.classes[index] in "SPAU" or parse.words[index].endswith("day")


def _said() -> frozenset[str]:
    return claim_verbs("told", "verb", "that")


@cache
def _nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("claiming_words") if row["frame"] == "noun")
