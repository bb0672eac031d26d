"""Direct speech: what stands between quotation marks, and who says it.

Two steps. First the marks of every paragraph are paired into passages (`passages`: nested, or left open where
the speech runs on into the next paragraph). Then each passage of five words or more gets its speaker: from the words
after it ("...", said X), from those before it (X added: "..."), from the chain of paragraphs that it belongs to, from
the quotation before it, else from the statement's issuer. Reported speech without marks is no quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, islice

from communique.extract.demands.cues import is_adverb
from communique.extract.grammar.actors import actors_in, described, tokens_in
from communique.extract.grammar.phrase_table import word_set
from communique.extract.parties.passages import Passage, passages_of
from communique.extract.parties.subjects import (
    capitalised_name,
    clause_before,
    described_phrase,
    is_complement,
    main_subject,
    speaking_mention,
    speech_verbs,
    up_to_clause,
)
from communique.extract.text import Context, Token
from communique.model import EntityType, Mention, Quotation, Role, Span
from communique.resources import words

LEAST_WORDS = 5
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_STOP = re.compile(r"(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])[.!?](?=\s|$)|;")
_SOURCE = re.compile(r"\b(?:according to|in the words of|as told by)\s+", re.IGNORECASE)
_MAN = frozenset({"he", "she"})
_THING = frozenset({"it", "they"})
_SPEAKERS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.GROUP})
_LONGEST_LEAD = 400
_LONGEST_SUBJECT = 8
_MOST_VERBS = 8
_LONGEST_CHAIN = 40
_NEAR = 800


def find_quotations(context: Context, issuer: Role | None) -> list[Quotation]:
    """Return the direct speech of a document, in order, with speakers.

    Args:
        context: the document and what was found in it so far.
        issuer: who makes the statement, the speaker where the text names no other.
    """
    passages = passages_of(context)
    speech = [_is_speech(context, p) for p in passages]
    found: list[Quotation] = []
    seen: set[str] = set()
    for at, (speaker, confidence) in enumerate(_Speakers(context, passages, speech, issuer).all()):
        passage = passages[at]
        words_of = " ".join(context.text.of(passage.span).split())
        if not speech[at] or words_of in seen:
            continue
        seen.add(words_of)
        evidence = _evidence(context, passage, speaker)
        found.append(Quotation(passage.span, evidence, _label(words_of, speaker), speaker, confidence))
    return found


def _label(text: str, speaker: Role | None) -> str:
    short = text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"
    return f"{speaker.mention.name}: {short}" if speaker else short


def _evidence(context: Context, passage: Passage, speaker: Role | None) -> Span:
    """The sentences of the quotation, and the attribution where it stands in the same paragraph."""
    span = context.text.evidence(passage.span)
    if (
        speaker
        and speaker.cue
        and passage.paragraph.holds(speaker.cue)
        and passage.paragraph.holds(speaker.mention.span)
    ):
        begin = min(span.begin, speaker.cue.begin, speaker.mention.span.begin)
        return Span(begin, max(span.end, speaker.cue.end, speaker.mention.span.end))
    return span


def _is_speech(context: Context, passage: Passage) -> bool:
    text = context.text.of(passage.span)
    found = _WORD.findall(text)
    title = context.header.title
    if len(found) < LEAST_WORDS or (title is not None and title.holds(passage.span)):
        return False
    long_words = [w for w in found if len(w) > 3 and w not in word_set("small")]
    titled = len(long_words) > 1 and all(w[0].isupper() or w[0].isdigit() for w in long_words)
    return not titled or context.text.mostly_upper


class _Speakers:
    """Finds the speaker of each passage of one document."""

    def __init__(
        self, context: Context, passages: Sequence[Passage], speech: Sequence[bool], issuer: Role | None
    ) -> None:
        self.context, self.passages, self.speech, self.issuer = context, passages, speech, issuer
        self.string = context.text.string
        main = [number if p.outer < 0 and speech[number] else -1 for number, p in enumerate(passages)]
        self.earlier = [-1, *accumulate(main, max)]  # the quotation before each passage
        self.own: list[Role | None] = []
        self.unknown: set[int] = set()  # somebody speaks, but the text does not say who
        self.spoken: list[tuple[Role | None, float]] = []

    def all(self) -> list[tuple[Role | None, float]]:
        """Return a speaker and how sure it is, for each passage."""
        for at in range(len(self.passages)):
            self.own.append(self._attributed(at))
        self.spoken = [(role, 0.9 if role else 0.0) for role in self.own]
        for at, role in enumerate(self.own):
            if role is None:
                self.spoken[at] = self._inherited(at)
        return self.spoken

    def _attributed(self, at: int) -> Role | None:
        """Read the words around a passage; the nearer and firmer attribution wins."""
        lead = self._lead(at)
        role: Role | None = None
        if lead and self._leads_in(lead):
            role = self._from_lead(lead, at)
        role = role or self._from_tail(at) or (self._from_lead(lead, at) if lead else None)
        return role or (self._from_sentence_before(lead, at) if lead else None)

    def _from_sentence_before(self, lead: Span, at: int) -> Role | None:
        """Read the sentence before a passage that only a connective leads in ("As such, ...")."""
        words_at = (
            lead.begin + len(self.string[lead.begin : lead.end]) - len(self.string[lead.begin : lead.end].lstrip())
        )
        sentence = self.context.text.sentence_at(words_at)
        if sentence is None or sentence.index == 0 or len(_WORD.findall(self.string[lead.begin : lead.end])) > 4:
            return None
        before = self.context.text.sentences[sentence.index - 1]
        return self._from_lead(before.span, at) if before.paragraph == sentence.paragraph else None

    def _inherited(self, at: int) -> tuple[Role | None, float]:
        """Return the speaker of the same speech, else of the quotation before, else the issuer."""
        passage = self.passages[at]
        if at in self.unknown:
            return None, 0.0
        if passage.outer >= 0:
            return self._fallback(at)
        for member in self._chain(at):
            if self.own[member] is not None:
                return self.own[member], 0.85
        before = self.earlier[at]
        same = before >= 0 and self.passages[before].paragraph == passage.paragraph
        if before >= 0 and (same or passage.starts_paragraph):
            if self.spoken[before][0] is not None:
                return self.spoken[before][0], 0.8
            if same and before in self.unknown:
                return None, 0.0
        if passage.starts_paragraph and self.issuer is None:
            return next(((role, 0.6) for role in self.own[at + 1 : at + 20] if role is not None), (None, 0.0))
        return self._fallback(at)

    def _fallback(self, at: int) -> tuple[Role | None, float]:
        outer = self.passages[at].outer
        if outer >= 0 and self.spoken[outer][0] is not None:
            return self.spoken[outer][0], 0.5
        return self.issuer, 0.6 if self.issuer else 0.0

    def _chain(self, at: int) -> list[int]:
        """Return the passages of the same speech: paragraphs that end without a closing mark run on."""
        first = last = at
        while first > max(0, at - _LONGEST_CHAIN) and not self.passages[first - 1].closed:
            first -= 1
        while last + 1 < min(len(self.passages), at + _LONGEST_CHAIN) and not self.passages[last].closed:
            last += 1
        return [i for i in range(first, last + 1) if self.passages[i].outer < 0]

    def _lead(self, at: int) -> Span | None:
        """Return the words before a passage: from the last full stop or quotation; a line before ending in a colon."""
        passage = self.passages[at]
        begin = passage.paragraph.begin
        if passage.outer >= 0:
            begin = self.passages[passage.outer].span.begin
        else:
            spoken = [
                p.span.end + 1
                for i, p in enumerate(self.passages[max(0, at - 6) : at], max(0, at - 6))
                if self.speech[i]
            ]
            begin = max([begin, *spoken])
        end = passage.span.begin - 1
        if passage.outer < 0 and passage.starts_paragraph:
            before = self.string[max(0, passage.paragraph.begin - _LONGEST_LEAD) : passage.paragraph.begin].rstrip()
            if not before.endswith(":"):
                return None
            end = max(0, passage.paragraph.begin - _LONGEST_LEAD) + len(before)
            begin = max(0, end - _LONGEST_LEAD)
        begin = max(begin, end - _LONGEST_LEAD)
        stops = [m.end() for m in _STOP.finditer(self.string, begin, end) if self.string[m.start()] != ";"]
        breaks = self.string.rfind("\n\n", begin, end)
        begin = max([begin, breaks + 2 if breaks >= 0 else 0, *stops])
        return Span(begin, end) if self.string[begin:end].strip(' \n\t,."”“»«_') else None

    def _leads_in(self, lead: Span) -> bool:
        """Return whether the words before a passage end as an attribution does: a colon, a comma, a verb, "that"."""
        text = self.string[lead.begin : lead.end].rstrip(' \n\t"“«_([')
        if text.endswith((":", ",")):
            return True
        last = _WORD.findall(text[-30:])
        return bool(last) and (last[-1].lower() in speech_verbs() or last[-1].lower() == "that")

    def _from_lead(self, lead: Span, at: int) -> Role | None:
        tokens = tokens_in(self.context, lead)
        source = self._source(lead, lead)
        if source is not None:
            return source
        spoken = [place for place in range(len(tokens) - 1, -1, -1) if self._speaks(tokens, place)]
        for place in islice(spoken, _MOST_VERBS):
            by = self._by(tokens, place, at)
            if by is not None or self._passive(tokens, place):
                return by or self._of_issuer(tokens[place])
            inverted = place == 0 or (place == 1 and tokens[0].lower in word_set("before_verb") | {"and", "but"})
            if inverted and (after := self._subject(up_to_clause(tokens[place + 1 :]), tokens[place], at)):
                return after
            if self._hangs_on(tokens, place, spoken):
                continue
            role = self._subject(self._before(tokens, place, at), tokens[place], at)
            if role is not None or at in self.unknown:
                return role
        if self.string[lead.begin : lead.end].rstrip().endswith(":"):
            return self._subject(tokens, None, at)
        return None

    def _hangs_on(self, tokens: Sequence[Token], place: int, spoken: Sequence[int]) -> bool:
        """Return whether a participle shares the subject of a verb of speech before it ("said ..., adding")."""
        return _participle(tokens, place) and any(
            other < place and not tokens[other].lower.endswith("ing") for other in spoken
        )

    def _before(self, tokens: Sequence[Token], place: int, at: int) -> list[Token]:
        """Return the subject's part of the words before a verb of speech."""
        if not tokens[place].lower.endswith("ing"):
            return (
                main_subject(self.context, tokens[:place])
                if _coordinate(tokens, place)
                else clause_before(tokens, place)
            )
        if not _participle(tokens, place) and {t.lower for t in tokens[max(0, place - 8) : place]} & word_set("got"):
            self.unknown.add(at)  # "received a threat saying": whoever sent it
            return []
        return main_subject(self.context, tokens[:place])

    def _speaks(self, tokens: Sequence[Token], place: int) -> bool:
        """Return whether a token is a verb of speech, not part of a name or a noun after an article."""
        token = tokens[place]
        if token.lower not in speech_verbs() or self.context.mention_at(token.begin) is not None:
            return False
        return not (
            place
            and tokens[place - 1].lower
            in {"the", "a", "an", "its", "their", "his", "her", "these", "of", "to", "media"}
        )

    def _passive(self, tokens: Sequence[Token], place: int) -> bool:
        auxiliaries = {"is", "was", "are", "were", "been", "be", "being", "it"}
        return any(t.lower in auxiliaries for t in tokens[max(0, place - 2) : place]) and not tokens[
            place
        ].lower.endswith("ing")

    def _by(self, tokens: Sequence[Token], place: int, at: int) -> Role | None:
        if place + 2 < len(tokens) and tokens[place + 1].lower == "by":
            return self._subject(tokens[place + 2 :], tokens[place], at)
        return None

    def _of_issuer(self, cue: Token) -> Role | None:
        return replace(self.issuer, cue=cue.span) if self.issuer else None

    def _from_tail(self, at: int) -> Role | None:
        """Read the words after a passage: "said X", "X, head of Y, said", "according to X"."""
        tail = self._tail(at)
        if tail is None:
            return None
        if (source := self._source(tail, tail)) is not None:
            return source
        tokens = [t for t in tokens_in(self.context, tail) if t.text not in {"_", "*"}]
        while tokens and not tokens[0].text[0].isalnum():
            tokens.pop(0)
        for place in range(min(len(tokens), 30)):
            if self._speaks(tokens, place):
                if place <= 1 and (place == 0 or tokens[0].lower in {"also", "then", "has", "had"}):
                    return self._subject(up_to_clause(tokens[place + 1 :]), tokens[place], at)
                if tokens[0].lower in {
                    "and",
                    "but",
                    "while",
                    "in",
                    "as",
                    "when",
                    "which",
                    "to",
                    "for",
                    "on",
                    "of",
                    "with",
                }:
                    return None
                return self._subject(tokens[:place], tokens[place], at)
        return None

    def _tail(self, at: int) -> Span | None:
        passage = self.passages[at]
        if not passage.closed:
            return None
        begin, end = passage.span.end + 1, passage.paragraph.end
        if passage.outer >= 0:
            end = self.passages[passage.outer].span.end
        later = range(at + 1, min(len(self.passages), at + 8))
        following = next(
            (self.passages[i].span.begin - 1 for i in later if self.passages[i].span.begin > begin and self.speech[i]),
            end,
        )
        end = min(end, following, begin + _LONGEST_LEAD)
        text = self.string[begin:end]
        begin += len(text) - len(text.lstrip(" \n\t.,\"”»’'_*"))
        stop = _STOP.search(self.string, begin, end)
        end = stop.start() if stop else end
        if following == end and self.string[begin:end].rstrip().endswith(":"):
            return None
        return Span(begin, end) if begin < end else None

    def _source(self, area: Span, evidence: Span) -> Role | None:
        match = _SOURCE.search(self.string, area.begin, area.end)
        if match is None:
            return None
        rest = Span(match.end(), area.end)
        comma = self.string.find(",", rest.begin, rest.end)
        return self._pick(
            tokens_in(self.context, Span(rest.begin, comma if comma > 0 else rest.end)), match.span(), evidence
        )

    def _pick(self, tokens: Sequence[Token], cue: tuple[int, int], evidence: Span) -> Role | None:
        if not tokens:
            return None
        roles = actors_in(self.context, Span(tokens[0].begin, tokens[-1].end), evidence, Span(*cue))
        person = next((r for r in roles if r.mention.type is EntityType.PERSON), None)
        if person is not None and is_complement(self.context, tokens, person.mention):
            phrase = described_phrase(tokens)  # "according to the family of Orrin"
            return self._described(phrase, evidence, Span(*cue)) if 0 < len(phrase) <= _LONGEST_SUBJECT else None
        return person or (roles[0] if roles else None)

    def _subject(self, tokens: Sequence[Token], verb: Token | None, at: int) -> Role | None:
        """Return whom the subject of a verb of speech means: a name, a pronoun, "the ministry", "the statement"."""
        tokens = [t for t in tokens if t.text not in {"_", "*", "#"}]
        if not tokens:
            return None
        span = Span(tokens[0].begin, tokens[-1].end)
        cue = verb.span if verb else None
        evidence = self.context.text.evidence(span)
        mention = speaking_mention(self.context, tokens)
        if mention is not None and self._is_location(mention):
            mention = None
        if mention is not None and mention.type is EntityType.PERSON:
            return Role(mention, evidence, cue, 0.9)
        if mention is not None:
            roles = actors_in(self.context, span, evidence, cue)
            return (
                roles[0]
                if roles and roles[0].mention.span.overlaps(mention.span)
                else Role(mention, evidence, cue, 0.85)
            )
        role = self._unnamed(tokens, evidence, cue, at)
        if role is None and verb is not None:
            self.unknown.add(at)
        return role

    def _unnamed(self, tokens: Sequence[Token], evidence: Span, cue: Span | None, at: int) -> Role | None:
        """Return whom a subject without a name means: "he", "the statement", "we", "the ministry", "a farmer"."""
        span = Span(tokens[0].begin, tokens[-1].end)
        low = [t.lower for t in tokens]
        if any(w in _MAN for w in low):
            return self._person_before(at, span.begin, evidence, cue)
        if any(w in word_set("documents") for w in low) or any(w in {"i", "we"} for w in low):
            return replace(self.issuer, cue=cue) if self.issuer else None
        return self._common(tokens, evidence, cue, at)

    def _is_location(self, mention: Mention) -> bool:
        before = self.string[max(0, mention.span.begin - 9) : mention.span.begin].lower().split()
        return (
            mention.type is EntityType.STATE
            and bool(before)
            and before[-1] in {"in", "from", "at", "to", "across", "inside"}
        )

    def _common(self, tokens: Sequence[Token], evidence: Span, cue: Span | None, at: int) -> Role | None:
        """Resolve "the ministry", "the organization", "it": a name before that has the noun, else a described group."""
        if tokens[0].lower in _THING and len(tokens) <= 3:
            return replace(self.issuer, cue=cue) if self.issuer is not None else None
        heads = [t for t in tokens if t.lower in words("actor_nouns") or t.lower in word_set("personal")]
        phrase = described_phrase(tokens)
        if not phrase:
            return None
        if heads and tokens[0].lower not in {"his", "her", "their"}:
            return self._with_head(heads[-1], phrase, evidence, cue, at)
        if any(t.lower in word_set("kin") for t in phrase):
            return self._described(phrase, evidence, cue)
        if tokens[0].lower in {"a", "an", "one"}:
            comma = next((i for i, t in enumerate(phrase) if t.text == ","), len(phrase))
            return self._described(phrase[:comma], evidence, cue) if len(tokens) <= 2 * _LONGEST_SUBJECT else None
        if tokens[0].lower == "the" and len(phrase) > 1 and all(t.text[0].isupper() for t in phrase[1:]):
            return self._described(phrase, evidence, cue)
        name = capitalised_name(self.context, tokens)
        if name is not None:
            text = self.context.text.of(name)
            return Role(Mention(name, text, EntityType.PERSON, text, "pattern", 0.5), evidence, cue, 0.6)
        return None

    def _with_head(
        self, head: Token, phrase: Sequence[Token], evidence: Span, cue: Span | None, at: int
    ) -> Role | None:
        """Resolve a subject by its noun for somebody: a name that has the noun, the person before, the issuer."""
        named = self._with_noun(head.lower, phrase[0].begin)
        if named is not None:
            return Role(named, evidence, cue, 0.8)
        definite = phrase[0].lower == "the"
        if head.lower in word_set("personal") and definite and phrase[-1] is head:
            return self._person_before(at, phrase[0].begin, evidence, cue)
        if self.issuer is not None and (definite or phrase == [head]) and head.lower not in word_set("personal"):
            return replace(self.issuer, cue=cue)
        bare = phrase == [head] and not head.lower.endswith("s") and head.lower not in {"police", "people", "youth"}
        return self._described(phrase, evidence, cue) if len(phrase) <= _LONGEST_SUBJECT and not bare else None

    def _described(self, phrase: Sequence[Token], evidence: Span, cue: Span | None) -> Role:
        return Role(described(self.context, Span(phrase[0].begin, phrase[-1].end)), evidence, cue, 0.6)

    def _with_noun(self, noun: str, before: int) -> Mention | None:
        mentions = self.context.mentions
        last = bisect_left(mentions, before, key=lambda m: m.span.begin)
        return next(
            (
                m
                for m in reversed(mentions[max(0, last - 60) : last])
                if m.type in _SPEAKERS and noun in m.name.lower().split()
            ),
            None,
        )

    def _person_before(self, at: int, offset: int, evidence: Span, cue: Span | None) -> Role | None:
        """Return whom "he" or "the minister" means: the speaker before where a person, else the person named last."""
        mentions = self.context.mentions
        last = bisect_left(mentions, offset, key=lambda m: m.span.begin)
        said = self.passages[at].span
        persons = [
            m
            for m in reversed(mentions[max(0, last - 60) : last])
            if m.type is EntityType.PERSON and not said.holds(m.span)
        ]
        spoken = next(
            (
                i
                for i in range(at - 1, max(-1, at - 6), -1)
                if (r := self.own[i]) and r.mention.type is EntityType.PERSON
            ),
            None,
        )
        if (fresh := self._just_named(offset)) is not None:
            return Role(fresh, evidence, cue, 0.6)
        if spoken is not None and offset - self.passages[spoken].span.end < _NEAR:
            newer = (m for m in persons if m.span.begin > self.passages[spoken].span.end and self._opens_sentence(m))
            role = self.own[spoken]
            return Role(next(newer, role.mention if role else persons[0]), evidence, cue, 0.75)
        if persons:
            return Role(persons[0], evidence, cue, 0.7)
        return replace(self.issuer, cue=cue) if self.issuer else None

    def _just_named(self, offset: int) -> Mention | None:
        """Return the person whose name opens the sentence before, where nothing recognised it ("Ada Vell, head of")."""
        sentence = self.context.text.sentence_at(offset)
        if sentence is None or sentence.index == 0:
            return None
        before = self.context.text.sentences[sentence.index - 1]
        if before.paragraph != sentence.paragraph or self.context.mention_at(before.tokens[0].begin) is not None:
            return None
        opening = before.tokens[:5]
        name = capitalised_name(self.context, opening)
        if name is None or self.context.mentions_in(name):
            return None
        named = [t for t in opening if t.end <= name.end]
        if len(named) < 2 or all(t.lower in words("common_words") for t in named):
            return None
        text = self.context.text.of(name)
        return Mention(name, text, EntityType.PERSON, text, "pattern", 0.5)

    def _opens_sentence(self, mention: Mention) -> bool:
        sentence = self.context.text.sentence_at(mention.span.begin)
        return sentence is not None and mention.span.begin - sentence.span.begin < 25


def _coordinate(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a verb has no subject of its own but that of the clause before it ("came, and later said")."""
    at = place - 1
    while at > 0 and (tokens[at].lower in word_set("before_verb") or is_adverb(tokens[at])):
        at -= 1
    return at > 0 and tokens[at].lower in {"and", "but"}


def _participle(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a verb is a participle that a comma or a conjunction sets apart from its clause."""
    return tokens[place].lower.endswith("ing") and place > 0 and tokens[place - 1].lower in {",", "and", "–", "—"}
