"""Whose an act of speech is: the statement's own ("we condemn"), or one that it tells of somebody else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from communique.extract.demands.cues import is_adverb
from communique.extract.grammar.phrase_table import word_pattern, word_set
from communique.extract.text import Context, Sentence, Token
from communique.model import Attribution, EntityType, Mention, Span
from communique.resources import words

_MOST_TOKENS, _MOST_CHARACTERS = 80, 500
_OPENING_MARKS = frozenset("“\"«‘'")
_BULLETS = frozenset("*-•–·")
_SPOKEN_OF = frozenset({"he", "she", "they"})
_ACTORS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.STATE, EntityType.OFFICE})


class Own:
    """Tells whether somebody named in a document, or an act of speech in it, belongs to who makes the statement."""

    def __init__(self, context: Context, attributions: Sequence[Attribution] = ()) -> None:
        """Take the issuers, their offices and the bodies and states that they speak for as the statement's own."""
        self._context = context
        roles = [r for a in attributions for r in (a.issuer, a.capacity, a.on_behalf_of) if r is not None]
        self._keys = {r.mention.key for r in roles} - {""}
        self._words = [set(r.mention.name.lower().split()) for r in roles]
        self._countries = {r.mention.country for r in roles if _is_state(r.mention)} - {""}
        self.known = bool(attributions)
        self._by_person = any(a.issuer.mention.type is EntityType.PERSON for a in attributions)
        self._several = len(attributions) > 1
        self._for_somebody = any(a.on_behalf_of is not None for a in attributions)

    def names(self, mention: Mention) -> bool:
        """Return whether a mention is one of an issuer, its office, or the body or state that it speaks for."""
        if mention.key and mention.key in self._keys:
            return True
        if mention.country in self._countries and mention.type is not EntityType.PERSON:
            return mention.type is EntityType.STATE or bool(word_pattern("bodies_of_state").search(mention.name))
        name = set(mention.name.lower().split())
        return bool(name) and any(name <= own or own <= name for own in self._words)

    def performs(self, cue: Span) -> bool:
        """Return whether the act of speech at ``cue`` is the statement's own: by "we", an issuer, or nobody else."""
        sentence = self._context.text.sentence_at(cue.begin)
        if sentence is None:
            return False
        place = bisect_left(sentence.tokens, cue.begin, key=lambda t: t.begin)
        before = sentence.tokens[max(0, place - _MOST_TOKENS) : place]
        low = [t.lower for t in before]
        passive = self._context.text.of(cue).split()[0].lower().endswith("ed") and set(low[-3:]) & word_set("be")
        opens = sentence.tokens[0].lower
        if opens in _OPENING_MARKS and sentence.tokens[1:2] and sentence.tokens[1].lower in _SPOKEN_OF:
            return False  # who speaks does not call herself "she"
        if opens in _BULLETS and place == 1 and sentence.tokens[1].text.islower():
            return self._leads_points(sentence)
        if (opens == "they" and self._several) or (opens in {"he", "she"} and self._by_person):
            return True  # the parties of a joint statement; who speaks throughout
        if passive or set(low[-3:]) & {"they", "who", "which", "many", "some", "others"}:
            return False
        if set(low[-3:]) & {"he", "she"}:
            return self._by_person
        if self._by_described_others(before):
            return False
        begin = max(sentence.span.begin, cue.begin - _MOST_CHARACTERS)
        named = [m for m in self._context.mentions_in(Span(begin, cue.begin)) if m.type is not EntityType.PLACE]
        if set(low) & {"we", "i", "our", "my"} or not named or any(self.names(m) for m in named):
            return True
        return self._may_be_own(named[-1], cue)

    def _leads_points(self, point: Sentence) -> bool:
        """Return whether whose deeds a list of points tells ("The Board has: - urged ...") makes the statement."""
        sentences = self._context.text.sentences
        at = point.index - 1
        while at >= 0 and sentences[at].tokens[0].lower in _BULLETS:
            at -= 1
        if at < 0:
            return True
        named = [m for m in self._context.mentions_in(sentences[at].span) if m.type in _ACTORS]
        own = {t.lower for t in sentences[at].tokens} & {"we", "i", "our", "my"}
        return bool(own) or not named or any(self.names(m) for m in named)

    def _may_be_own(self, subject: Mention, cue: Span) -> bool:
        """Return whether a subject that is not known to be an issuer may be one."""
        if self.known and subject.type in _ACTORS:
            present = self._context.text.of(cue).split()[0].lower().endswith("s")
            may = self._by_person and not self._for_somebody
            speaks_for_it = may and subject.type is EntityType.STATE and present
            return speaks_for_it or (subject.type is EntityType.OFFICE and self._is_office(subject))
        opening = self._opening()
        named_first = [m for m in self._context.mentions_in(opening) if m.type in _ACTORS]
        same_state = bool(subject.country) and any(m.country == subject.country for m in named_first)
        return same_state or opening.overlaps(subject.span) or any(_same(subject.name, m.name) for m in named_first)

    def _is_office(self, office: Mention) -> bool:
        """Return whether an office ("the Commissioner") is one that stands beside an issuer's name somewhere."""
        beside: set[int] = set()
        for other in self._context.mentions:
            if other.type is EntityType.OFFICE and other.name.casefold() == office.name.casefold():
                beside |= {other.span.end + 1, other.span.end + 2, other.span.end + 4}
        holders = (m for m in self._context.mentions if m.type is EntityType.PERSON and self.names(m))
        return any(m.span.begin in beside for m in holders)

    def _by_described_others(self, before: Sequence[Token]) -> bool:
        """Return whether the subject straight before an act is described and is not who makes the statement."""
        at = len(before) - 1
        while at >= 0 and (before[at].lower in word_set("before_act") or is_adverb(before[at])):
            at -= 1
        if at < 0 or not before[at].text.islower() or self._context.mention_at(before[at].begin) is not None:
            return False
        noun = before[at].lower
        known = noun in words("actor_nouns") or noun in words("people_nouns")
        several = noun.endswith("s") and not {t.lower for t in before[max(0, at - 4) : at]} & word_set("those_who_sign")
        own = any(noun in named for named in self._words)
        return known and not own and (noun not in word_set("own_bodies") or several)

    def _opening(self) -> Span:
        """Return headline and first two sentences of the running text."""
        title, begin = self._context.header.title, self._context.header.body.begin
        first = self._context.text.sentence_at(begin)
        at = 0 if first is None else first.index
        following = [s for s in self._context.text.sentences[at : at + 3] if s.span.end > begin][:2]
        end = following[-1].span.end if following else begin
        return Span(title.begin if title is not None else begin, end)


def _is_state(mention: Mention) -> bool:
    return mention.type is EntityType.STATE or (
        mention.type in {EntityType.ORG, EntityType.OFFICE}
        and word_pattern("bodies_of_state").search(mention.name) is not None
    )


def _same(one: str, other: str) -> bool:
    a, b = set(one.lower().split()), set(other.lower().split())
    return bool(a and b) and (a <= b or b <= a)
