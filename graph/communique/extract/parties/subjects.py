"""The subject of a verb of speech: which of the words before or behind the verb say who speaks.

A name is a subject only where it heads the phrase: neither a possessive ("Orrin's book"), nor the complement of a
preposition ("a letter to Orrin") or of a verb ("for criticising Orrin") speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from communique.extract.demands.cues import action_verbs, is_adverb, third_person_verbs
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Token
from communique.model import EntityType, Mention, Span
from communique.resources import lexicon, words, words_of

_SPEAKERS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.GROUP})
_MARKS = frozenset('“”"«»„‘[]()')
_LONGEST_NAME = 4


@cache
def speech_verbs() -> frozenset[str]:
    """Return the words that attribute speech to their subject."""
    return frozenset(row["word"] for row in lexicon("quote_verbs") if row["frame"] == "verb")


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(row["past"] for row in lexicon("verb_forms"))


def clause_before(tokens: Sequence[Token], place: int) -> list[Token]:
    """Return the subject's part of the clause before the verb at ``place``."""
    begin = 0
    for at in range(place - 1, -1, -1):
        if tokens[at].lower in {"that", "but", "while", "as", "because", "when", "after", "although"}:
            begin = at + 1
            break
        if tokens[at].lower in {"which", "who"}:
            begin = max(0, at - 6)
            break
    clause = list(tokens[begin:place])
    return clause if len(clause) > 0 else list(tokens[:place])


def up_to_clause(tokens: Sequence[Token]) -> list[Token]:
    """Return the subject after an inverted verb, up to a further clause ("said X, as ...", "told Y that ...")."""
    for at, token in enumerate(tokens):
        if token.lower in {"that", "when", "while", "as", "who", "after", "before", "referring", "adding", "but"}:
            return list(tokens[:at])
    return list(tokens)


def main_subject(context: Context, tokens: Sequence[Token]) -> list[Token]:
    """Return the first noun phrase of a clause, up to its verb: whom a participle behind the clause belongs to."""
    begin = _after_opener(context, tokens)
    for at in range(begin, len(tokens)):
        if at > begin and _is_verb(context, tokens[at]):
            return list(tokens[begin:at])
    return list(tokens[begin:])


def _after_opener(context: Context, tokens: Sequence[Token]) -> int:
    """Return where the clause begins behind "On Monday, ..." or "Speaking in Lorn, ..."."""
    if not tokens or context.mention_at(tokens[0].begin) is not None:
        return 0
    opens = tokens[0].lower in word_set("sentence_openers") or tokens[0].lower.endswith(("ing", "ed"))
    comma = next((at for at, token in enumerate(tokens) if token.text == ","), None)
    return comma + 1 if opens and comma is not None and comma + 1 < len(tokens) else 0


def _is_verb(context: Context, token: Token) -> bool:
    """Return whether a word ends the subject of a clause: a verb, an adverb before it, a clause of its own."""
    shouted = context.text.mostly_upper and token.text.isupper()
    if context.mention_at(token.begin) is not None or not (token.text[0].islower() or shouted):
        return False
    low = token.lower
    if low in {"that", "whether", "which", "who"} or action_verbs().get(low) is False or is_adverb(token):
        return True
    if low in word_set("be") or low in {"has", "have", "had", "will", "would", "can", "may", "must", "should"}:
        return True
    return low in speech_verbs() or low in _past_forms() or low in third_person_verbs() or low.endswith("ed")


def speaking_mention(context: Context, tokens: Sequence[Token]) -> Mention | None:
    """Return the name that heads a subject: the first person that does, else the first of what else can speak."""
    span = Span(tokens[0].begin, tokens[-1].end)
    named = [m for m in context.mentions_in(span) if m.type in _SPEAKERS and not is_complement(context, tokens, m)]
    return next((m for m in named if m.type is EntityType.PERSON), named[0] if named else None)


def is_complement(context: Context, tokens: Sequence[Token], mention: Mention) -> bool:
    """Return whether a name is a possessive, or what a preposition or a verb before it governs."""
    string = context.text.string
    if string[mention.span.end : mention.span.end + 2] in {"'s", "’s"}:
        owned = string[mention.span.end + 2 : mention.span.end + 40].split()[:1]
        return owned == [] or owned[0].strip(",.").lower() not in word_set("documents")
    if string[mention.span.end : mention.span.end + 1] in {"'", "’"} and mention.name.endswith("s"):
        return True
    before = [t for t in tokens if t.end <= mention.span.begin]
    while before and _belongs(context, before[-1]):
        before.pop()
    if not before or before[-1].end < mention.span.begin - 60:
        return False
    low = before[-1].lower
    if mention.type is not EntityType.PERSON and low in {"of", "for", "from"}:
        # "a spokesman for the union": the phrase as a whole names who speaks.
        return mention.type is EntityType.STATE and low == "from"
    return low in word_set("governing") or (low.endswith("ing") and low.islower() and len(before) > 1)


def _belongs(context: Context, token: Token) -> bool:
    """Return whether a word before a name is part of the same phrase: an article, a title, an office."""
    mention = context.mention_at(token.begin)
    if mention is not None:
        return mention.type is EntityType.OFFICE
    known = words_of("honorifics", "office_titles")
    return token.lower in known or token.lower in word_set("determiners") or token.text == "."


def capitalised_name(context: Context, tokens: Sequence[Token]) -> Span | None:
    """Return the span of a name of one to four capitalised words that a subject begins with."""
    name: list[Token] = []
    for token in tokens[:6]:
        if token.text[0].isupper() and token.text[0].isalpha() and not _is_common(context, token, tokens):
            name.append(token)
        elif token.text != "." or not name:
            break
    if not 1 <= len(name) <= _LONGEST_NAME:
        return None
    following = [t.text for t in tokens if t.begin >= name[-1].end][:1]
    if following and (following[0] in {"’s", "'s"} or following[0][0].isdigit()):
        return None
    return Span(name[0].begin, name[-1].end)


def _is_common(context: Context, token: Token, tokens: Sequence[Token]) -> bool:
    """Return whether a capital makes no name: an ordinary word that opens the sentence, or a word in capitals."""
    if token.text.isupper() and len(token.text) > 1:
        return True
    return token is tokens[0] and token.lower in words("common_words")


def described_phrase(tokens: Sequence[Token]) -> list[Token]:
    """Return the noun phrase that describes a speaker, without what stands between it and the verb, or nothing."""
    phrase = list(tokens)
    if phrase and phrase[0].lower in word_set("be"):
        return []
    while phrase and (phrase[-1].lower in word_set("before_verb") or phrase[-1].text == "," or is_adverb(phrase[-1])):
        phrase.pop()
    if any(t.text in _MARKS for t in phrase) or not phrase or phrase[-1].lower in {"and", "or"}:
        return []
    return phrase
