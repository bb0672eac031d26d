"""Demands: what somebody is asked, urged or told to do, and who that somebody is.

A cue from ``demand_cues.csv`` opens a frame: verb + addressee + "to" + action ("urges Varenia to release X"), verb +
thing ("calls for an inquiry"), "that" + clause, or subject + modal ("Varenia must ..."). The action is cut where its
clause ends and split where a new verb is coordinated; a demand inside a demand ("asks X to urge Y to ...") is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from communique.extract.demands.cues import Cue, action_verbs, cues_in, is_adverb
from communique.extract.demands.lists import items
from communique.extract.demands.phrases import DASHES, OWN, SentencePhrases, bare_phrase
from communique.extract.demands.repeats import without_repeats
from communique.extract.grammar.actors import acting_head, actors_in, means, tokens_in
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Sentence, Token
from communique.model import Demand, EntityType, Role, Span

_ITEM_FOR = re.compile(r"(?P<who>[^\n:;“\"]{3,150}?)\s+to\s+(?P<action>[a-z])")
_SALUTATION = re.compile(r"^[^\S\n]*+Dear\s+", re.MULTILINE)
_HEAD = 6000
"""How far down a letter its salutation may stand."""
_LONGEST_SENTENCE = 250
_NEXT_CUES = 6


def find_demands(context: Context, issuer: Role | None) -> list[Demand]:
    """Return the demands of a document in order, one for each separate action.

    Args:
        context: the document and what was found in it so far.
        issuer: who makes the statement; never the addressee of a demand by "it must".
    """
    found: list[Demand] = []
    for sentence in context.text.sentences:
        if sentence.span.begin >= context.header.body.end:
            break
        for part in _parts(sentence):
            found += _Reader(context, part, issuer, found).demands()
    return without_repeats(context, found)


def _parts(sentence: Sentence) -> list[Sentence]:
    """Return the sentence, or pieces of it where it is longer than any sentence is (tables, text without stops)."""
    if len(sentence.tokens) <= _LONGEST_SENTENCE:
        return [sentence]
    parts = [sentence.tokens[i : i + _LONGEST_SENTENCE] for i in range(0, len(sentence.tokens), _LONGEST_SENTENCE)]
    return [Sentence(Span(p[0].begin, p[-1].end), sentence.index, sentence.paragraph, p) for p in parts]


class _Reader(SentencePhrases):
    """Reads the demands of one sentence."""

    def __init__(self, context: Context, sentence: Sentence, issuer: Role | None, before: Sequence[Demand]) -> None:
        super().__init__(context, sentence)
        self.issuer, self.before = issuer, before
        self.cues: list[Cue] = []
        self.found: list[Demand] = []

    def demands(self) -> list[Demand]:
        """Return the demands, in order."""
        self.cues = [c for c in cues_in(self.tokens) if not self._other_use(c)]
        reach = 0
        for cue in self.cues:
            if self.tokens[cue.first].begin < reach:
                continue
            frame = {
                "modal": self._modal,
                "addressee": self._addressee,
                "thing": self._thing,
                "clause": self._clause,
                "bare": self._bare,
                "relayed": self._relayed,
                "noun": self._thing,
            }
            self.found += frame[cue.frame](cue)
            reach = max([reach, *(d.action.end for d in self.found)])
        return self.found

    def _other_use(self, cue: Cue) -> bool:
        """Return whether the cue is a noun, negated, in a purpose or relative clause, or part of a name."""
        first = self.tokens[cue.first]
        if self.context.mention_at(first.begin) is not None and not self.context.text.mostly_upper:
            return True
        before = self._before(cue.first)
        if cue.row.care and cue.first and first.text[0].isupper() and self.tokens[cue.first - 1].text[0].islower():
            return True
        if cue.frame == "modal":
            return first.lower == "need" and before in word_set("noun_before") | {"urgent", "clear", "pressing"}
        if before in {"not", "n't", "never", "without", "no"}:
            return True
        single = cue.after - cue.first == 1
        gerund = first.lower.endswith("ing") and before in {"in", "by", "of", "on", "at", "while"}
        if single and before in word_set("noun_before") and cue.frame != "bare" and not gerund:
            return True
        if cue.row.care and ((before == "to" and not self._willing(cue.first)) or before in {"who", "which", "that"}):
            return True
        following = self.tokens[cue.after].lower if cue.after < len(self.tokens) else ""
        return following in word_set("no_object") and cue.frame in {"thing", "noun", "addressee"}

    def _willing(self, at: int) -> bool:
        """Return whether "to urge" hangs on a verb of intent: "continue to", "wish to", "would like to"."""
        earlier = {t.lower for t in self.tokens[max(0, at - 4) : at]}
        return bool(earlier & {"continue", "continues", "wish", "wishes", "like", "want", "wants", "continued"})

    def _addressee(self, cue: Cue) -> list[Demand]:
        limit = self._limit(cue)
        if self._passive(cue):
            start = self._infinitive(cue.after, min(limit, cue.after + 2))
            end = cue.first
            while end and (
                self.tokens[end - 1].lower in word_set("be") | {"has", "have", "had"} or is_adverb(self.tokens[end - 1])
            ):
                end -= 1
            roles = self._roles(self._subject_begin(end), end, cue)
            able = start is not None and [t.lower for t in self.tokens[start : start + 2]] == ["be", "able"]
            return self._actions(start, limit, roles, cue) if start is not None and not able else []
        start = self._infinitive(cue.after, limit)
        first = self.tokens[cue.first]
        if start is not None and cue.row.care and self.tokens[start].lower == "be":
            return []
        if first.lower.startswith("warn") and (start is None or self.tokens[start].lower != "not"):
            return []
        that = self._find(cue.after, limit, {"that"}) if cue.row.that else None
        if (
            not (cue.row.that or cue.row.bare_object)
            and cue.row.care
            and self._reports(cue, limit if start is None else start)
        ):
            return []
        if that is not None and not self._is_relative(that) and (start is None or that < start):
            roles = self._roles(cue.after, that, cue) if that > cue.after else ()
            return self._in_clause(that + 1, limit, roles, cue)
        if start is not None:
            phrase_end = self._to_before(start)
            if listed := self._measures(cue, phrase_end):
                return listed
            if phrase_end <= cue.after:
                return self._actions(start, limit, (), cue) if not cue.row.care else []
            return self._asked(cue, phrase_end, start, limit)
        listed = self._listed(cue, limit)
        if listed:
            return listed
        return self._without_infinitive(cue, limit)

    def _reports(self, cue: Cue, end: int) -> bool:
        """Return whether "that" behind a verb opens what was told, not what was asked ("told X that ...")."""
        that = self._find(cue.after, end, {"that"})
        return that is not None and that > cue.after and not self._is_relative(that)

    def _is_relative(self, that: int) -> bool:
        """Return whether "that" only tells which ones are meant: "the towns that have a pier"."""
        following = self.tokens[that + 1].lower if that + 1 < len(self.tokens) else ""
        if self.tokens[that - 1].lower == "fact":
            return True
        return following in word_set("be") | {"have", "has", "had", "can", "may", "will"}

    def _asked(self, cue: Cue, phrase_end: int, start: int, limit: int) -> list[Demand]:
        phrase = self.tokens[cue.after : phrase_end]
        acting = acting_head(self.context, bare_phrase(phrase)) or phrase[0].lower in word_set("pronouns")
        if cue.row.care and not acting:
            return (
                self._things(cue.after, limit, (), cue)
                if cue.row.bare_object and self._opens_thing(cue.after, limit)
                else []
            )
        if cue.row.bare_object and not acting and means(phrase):
            return self._things(cue.after, limit, (), cue)
        if len(phrase) > 30:
            return []
        if self._undergoes(start, limit):
            return [self._demand(self._span(cue.after, self._phrase_end(start, limit)), (), cue)]
        return self._each_actor(cue, start, limit)

    def _undergoes(self, start: int, limit: int) -> bool:
        """Return whether something is to be done to the subject ("to be released"): others are asked for it."""
        done = next((t.lower for t in self.tokens[start + 1 : min(limit, start + 4)] if not is_adverb(t)), "")
        return self.tokens[start].lower == "be" and done in word_set("undergone")

    def _without_infinitive(self, cue: Cue, limit: int) -> list[Demand]:
        """Read "urge restraint", "urge X disarm", "call on X for restraint"."""
        verb = self._finite(cue.after, min(limit, cue.after + 12)) if cue.row.that else None
        if verb is not None and self.tokens[verb].lower in action_verbs():
            return self._actions(verb, limit, self._roles(cue.after, verb, cue), cue)
        wanted = self._find(cue.after, limit, {"for"})
        if (
            cue.row.appeal
            and not cue.row.bare_object
            and wanted is not None
            and wanted > cue.after
            and not cue.row.care
        ):
            return self._things(wanted + 1, limit, self._roles(cue.after, wanted, cue), cue)
        if (
            cue.row.bare_object
            and self._opens_thing(cue.after, limit)
            and not acting_head(self.context, bare_phrase(self.tokens[cue.after : cue.after + 3]))
        ):
            return self._things(cue.after, limit, (), cue)
        return []

    def _opens_thing(self, at: int, limit: int) -> bool:
        return at < limit and self.tokens[at].lower not in {
            "and",
            "or",
            "of",
            "that",
            "to",
            ",",
            "by",
            "for",
            "with",
            ".",
            "those",
        }

    def _thing(self, cue: Cue) -> list[Demand]:
        limit = self._limit(cue)
        if cue.after >= limit:
            return self._listed(cue, limit)
        if self.tokens[cue.after].lower == "that":
            return self._in_clause(cue.after + 1, limit, (), cue)
        start = self._infinitive(cue.after, limit)
        if start is not None:
            phrase = bare_phrase(self.tokens[cue.after : self._to_before(start)])
            passive = self.tokens[start].lower == "be"
            if phrase and len(phrase) < 25 and self._undergoes(start, limit):
                return [self._demand(self._span(cue.after, self._phrase_end(start, limit)), (), cue)]
            if (
                phrase
                and len(phrase) < 25
                and (acting_head(self.context, phrase) or (self._may_act(phrase, cue) and not passive))
            ):
                return self._each_actor(cue, start, limit)
            if passive and 0 < len(phrase) < 15:
                return [self._demand(self._span(cue.after, limit), (), cue)]
        if cue.after < limit and self.tokens[cue.after].lower == "to":
            return self._actions(cue.after + 1, limit, (), cue) if start == cue.after + 1 else []
        listed = self._listed(cue, limit)
        return listed or self._things(cue.after, limit, (), cue)

    def _may_act(self, phrase: Sequence[Token], cue: Cue) -> bool:
        """Return whether a short unknown phrase before "to" + verb is somebody ("for the rebels to disarm")."""
        return (
            not cue.row.care
            and not means(phrase)
            and len(phrase) <= 6
            and all(t.lower not in {"and", "or", ","} for t in phrase)
        )

    def _each_actor(self, cue: Cue, start: int, limit: int) -> list[Demand]:
        """Read "for X to do A as well as for Y to do B", "on X to do A and on Y to do B"."""
        preposition = self.tokens[cue.after - 1].lower
        again = next(
            (
                i
                for i in range(start, limit - 1)
                if self.tokens[i].lower == preposition and self.tokens[i - 1].lower in {"and", "as", "well"}
            ),
            None,
        )
        second = self._infinitive(again + 1, limit) if again is not None else None
        if (
            again is None
            or second is None
            or not acting_head(self.context, bare_phrase(self.tokens[again + 1 : self._to_before(second)]))
        ):
            return self._actions(start, limit, self._roles(cue.after, self._to_before(start), cue), cue)
        joint = again - 1
        while self.tokens[joint - 1].lower in {"as", "well", ",", "and"}:
            joint -= 1
        first = self._actions(start, max(start + 1, joint), self._roles(cue.after, self._to_before(start), cue), cue)
        return first + self._actions(second, limit, self._roles(again + 1, self._to_before(second), cue), cue)

    def _clause(self, cue: Cue) -> list[Demand]:
        limit = self._limit(cue)
        if cue.after < limit and self.tokens[cue.after].lower == "that":
            return self._in_clause(cue.after + 1, limit, (), cue)
        if cue.row.care and not (cue.after < limit and self._names_actor(cue.after)):
            return []
        return self._in_clause(cue.after, limit, (), cue)

    def _names_actor(self, at: int) -> bool:
        token = self.tokens[at]
        return token.lower in {"we", "they"} or self.context.mention_at(token.begin) is not None

    def _bare(self, cue: Cue) -> list[Demand]:
        limit = self._limit(cue)
        if self.tokens[cue.first].lower == "please" and not _SALUTATION.search(self.context.text.string, 0, _HEAD):
            return []
        start = cue.after
        while start < limit and is_adverb(self.tokens[start]):
            start += 1
        if (
            start >= limit
            or self.tokens[start].lower not in action_verbs()
            or self.tokens[start].lower in word_set("directions")
        ):
            return []
        earlier = [c for c in self.cues if c.first < cue.first and c.frame == "addressee"]
        if not earlier:
            return self._actions(cue.after, limit, self._last_addressees(), cue)
        # "appeals to X in this matter, with a request to act": X was named by the first of the two cues.
        begin = earlier[-1].after
        end = next((i for i in range(begin, cue.first) if self.tokens[i].lower in {"in", ";", "with", "("}), cue.first)
        return self._actions(cue.after, limit, self._roles(begin, end, earlier[-1]), earlier[-1])

    def _relayed(self, cue: Cue) -> list[Demand]:
        """Read "calls from X for Y", "appeals by X to do Y"."""
        limit = self._limit(cue)
        wanted = self._find(cue.after, min(limit, cue.after + 14), {"for"})
        if wanted is not None:
            return self._things(wanted + 1, limit, (), cue)
        start = self._infinitive(cue.after, min(limit, cue.after + 14))
        return self._actions(start, limit, (), cue) if start is not None else []

    def _modal(self, cue: Cue) -> list[Demand]:
        begin = self._subject_begin(cue.first)
        subject = list(self.tokens[begin : cue.first])
        while subject and subject[-1].text == ",":
            subject.pop()
        limit = self._limit(cue)
        start = cue.after
        while start < limit and (is_adverb(self.tokens[start]) or self.tokens[start].lower in {"not", "all"}):
            start += 1
        if start >= limit or not self._asks(cue, begin, subject, start):
            return []
        low = [t.lower for t in subject]
        if not subject or low[-1] in word_set("pronouns"):
            roles = self._of_pronoun(low[-1] if low else "it", cue)
            if not roles:
                return []
            return [] if self._is_passive(start, limit) else self._actions(cue.after, limit, roles, cue)
        begin, subject = self._without_opener(begin, subject)
        stops = self.tokens[start].lower in {"stop", "end", "cease"} and not self._has_object(start, limit)
        if self._is_passive(start, limit) or stops or not acting_head(self.context, bare_phrase(subject)):
            return self._whole(begin, limit, start, cue)
        return self._actions(cue.after, limit, self._roles(begin, cue.first, cue), cue)

    def _asks(self, cue: Cue, begin: int, subject: Sequence[Token], start: int) -> bool:
        """Return whether subject + modal + verb ask for something, as "we must" and "should have" do not."""
        low = [t.lower for t in subject]
        if (
            low
            and low[-1] in OWN | {"this", "that", "which", "who", "there"}
            and not (low[-1] == "there" and self.tokens[start].lower == "be")
        ):
            return False
        verb = self.tokens[start].lower
        if verb == "have" or verb in word_set("no_verb") or not self.tokens[start].text[0].isalpha():
            return False
        if self.tokens[start].lower == "be" and any(
            t.lower in word_set("stated") for t in self.tokens[start + 1 : start + 3]
        ):
            return False
        if self._infers(cue, start) or (verb in word_set("knowing") and self._followed_by_that(start)):
            return False
        before = self.tokens[begin - 1].lower if begin else ""
        if before in word_set("subordinate") | {"which", "who", "whom"} or (cue.row.care and before == "that"):
            return False
        if before == "that" and start + 1 < len(self.tokens) and self.tokens[start + 1].text in {",", ".", ";"}:
            return False
        pronoun = len(low) == 1 and low[0] in word_set("pronouns")
        if pronoun and begin and self.tokens[cue.first].lower.startswith("need") and self._bears(begin - 1):
            return False  # "the equipment it needs to defend itself"
        if before == "that" and begin > 1 and pronoun and self.tokens[cue.first].lower.startswith("need"):
            return self.tokens[begin - 2].lower in word_set("reporting")  # else "the skills that they need to"
        earlier = {t.lower for t in self.tokens[max(0, begin - 4) : begin]}
        return not (before == "that" and "not" in earlier)

    def _followed_by_that(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].lower == "that"

    def _bears(self, at: int) -> bool:
        """Return whether a word may be a noun that a clause without "that" goes with."""
        word = self.tokens[at].lower
        joints = word_set("subordinate") | word_set("reporting") | {"that", "and", "but", "or", "so"}
        return word[0].isalpha() and word not in joints and not is_adverb(self.tokens[at])

    def _infers(self, cue: Cue, start: int) -> bool:
        """Return whether "must be doing" concludes that something is so, and asks for nothing."""
        if self.tokens[cue.first].lower != "must" or self.tokens[start].lower != "be":
            return False
        doing = next((t.lower for t in self.tokens[start + 1 : start + 4] if not is_adverb(t)), "")
        return doing.endswith("ing") and doing not in word_set("participial")

    def _whole(self, begin: int, limit: int, start: int, cue: Cue) -> list[Demand]:
        """Return a clause whose subject is no actor as one demand: "detainees must be freed", "the raids must end"."""
        verb = self.tokens[start].lower
        if not (self._is_passive(start, limit) or verb in word_set("ending_verbs") or verb == "be" or verb == "come"):
            return []
        if not any(t.text[0].isalpha() for t in self.tokens[begin : cue.first]):
            return []
        return [self._demand(self._span(begin, self._phrase_end(start, limit)), (), cue)]

    def _without_opener(self, begin: int, subject: list[Token]) -> tuple[int, list[Token]]:
        """Drop what a preposition leads in before the subject: "in these circumstances, the government must"."""
        first = next((i for i, t in enumerate(subject) if t.text == ","), None)
        if first is None or subject[0].lower not in word_set("sentence_openers"):
            return begin, subject
        rest = subject[first + 1 :]
        return (begin + first + 1, rest) if acting_head(self.context, bare_phrase(rest)) else (begin, subject)

    def _has_object(self, verb: int, limit: int) -> bool:
        """Return whether more than an adverb follows a verb, as in "stop the shelling" and not in "stop now"."""
        following = next((t for t in self.tokens[verb + 1 : limit] if not is_adverb(t)), None)
        return following is not None and following.text[0].isalpha() and following.lower not in {"at", "and"}

    def _passive(self, cue: Cue) -> bool:
        """Return whether X "is urged to" do something."""
        following = self.tokens[cue.after].lower if cue.after < len(self.tokens) else ""
        return self._before(cue.first) in word_set("be") and following in {"to", "not"} and cue.first > 0

    def _in_clause(self, begin: int, limit: int, roles: tuple[Role, ...], cue: Cue) -> list[Demand]:
        """Read the clause after "that": the verb phrase where its subject is an actor, else the whole clause(s)."""
        if begin >= limit:
            return []
        verb = self._finite(begin, limit)
        subject = bare_phrase(self.tokens[begin:verb]) if verb is not None else []
        if verb is None or not (
            acting_head(self.context, subject) or (subject and subject[0].lower in {"it", "they", "he", "she", "you"})
        ):
            return self._clauses(begin, limit, roles, cue)
        if verb < limit and self._is_passive(verb, limit):
            return self._clauses(begin, limit, roles, cue)
        own = self._roles(begin, verb, cue) if subject and subject[0].lower not in word_set("pronouns") else ()
        start = verb
        if self.tokens[start].lower in word_set("modals") and start + 1 < limit:
            start += 1
        pronoun = subject[0].lower if subject and subject[0].lower in word_set("pronouns") else "it"
        return self._actions(start, limit, own or roles or self._of_pronoun(pronoun, cue), cue)

    def _clauses(self, begin: int, limit: int, roles: tuple[Role, ...], cue: Cue) -> list[Demand]:
        """Split "that A be stopped, B evacuated, and C can be supplied" at subjects that bring their own verb."""
        limit = self._phrase_end(begin, limit)
        cuts = [begin]
        for at in range(begin + 2, limit):
            joined = self.tokens[at - 1].lower in {",", "and"}
            opens = joined and self.tokens[at].lower in {"the", "all", "any", "its", "their"}
            if opens and self._passive_clause(at, limit) and self._passive_clause(cuts[-1], at):
                cuts.append(at)
        spans = [self._span(a, b) for a, b in pairwise([*cuts, limit])]
        return [self._demand(s, roles, cue) for s in spans if len(s) > 8]

    def _actions(self, start: int, limit: int, roles: tuple[Role, ...], cue: Cue) -> list[Demand]:
        """Return one demand for each verb phrase of ``start`` to ``limit``."""
        limit = self._phrase_end(start, limit)
        cuts = [start, *self._verb_cuts(start, limit)]
        demands = []
        for begin, end in pairwise([*cuts, limit + 1]):
            span = self._span(self._skip_joints(begin), min(end, limit))
            if len(span) > 2:
                demands.append(self._demand(span, roles, cue))
        return demands

    def _things(self, begin: int, limit: int, roles: tuple[Role, ...], cue: Cue) -> list[Demand]:
        """Return the noun phrases asked for, one for each: "an inquiry into A and the release of B" is two."""
        cuts, limit = self._thing_cuts(begin, limit)
        spans = [self._span(self._skip_things(a), b) for a, b in pairwise([*cuts, limit])]
        return [self._demand(span, roles, cue) for span in spans if len(span) > 3]

    def _limit(self, cue: Cue) -> int:
        """Return where the reach of a cue ends: at the sentence's end, or before a cue in a coordinate clause."""
        place = bisect_left(self.cues, cue.after + 1, key=lambda c: c.first)
        for other in self.cues[place : place + _NEXT_CUES]:
            if other.frame == "addressee" and other.row.care and not self._asks_somebody(other):
                continue
            joint = self._coordinate(cue, other)
            if joint is not None:
                return joint
        return len(self.tokens)

    def _asks_somebody(self, cue: Cue) -> bool:
        """Return whether somebody and an infinitive follow a cue that has other uses ("direct", "order", "want")."""
        start = self._infinitive(cue.after, min(len(self.tokens), cue.after + 15))
        phrase = (
            self.tokens[cue.after : self._to_before(start)]
            if start is not None
            else self.tokens[cue.after : cue.after + 3]
        )
        return acting_head(self.context, bare_phrase(phrase))

    def _coordinate(self, cue: Cue, other: Cue) -> int | None:
        """Return where the clause of a later cue is joined on, unless it is part of what the first one asks for."""
        before = self._before(other.first)
        if before == "to" and other.frame != "modal":
            return self._beside(cue, other)
        if before in {"not", "who", "which", "that", "will"} and other.frame != "modal":
            return None
        if cue.frame == "modal" and other.frame != "modal" and before in {"and", ","}:
            return None
        begin = self._subject_begin(other.first) if other.frame == "modal" else other.first
        if other.frame == cue.frame == "modal" and (joint := self._that_again(begin)) is not None:
            return joint
        if (
            other.frame == "modal"
            and begin
            and self.tokens[begin - 1].lower in word_set("subordinate") | {"that", "which", "who"}
        ):
            return None
        for at in range(other.first - 1, max(cue.after, other.first - 14), -1):
            low = self.tokens[at].lower
            if low in {"and", ";", "but", "while"} or low in DASHES or low == ",":
                if at <= begin or other.frame != "modal":
                    return at - 1 if low == "and" and self.tokens[at - 1].text == "," else at
            elif low in {"to", "that"}:
                return None
        return None

    def _that_again(self, begin: int) -> int | None:
        """Return the joint before a second clause of "that A must ..., and that B must ..."."""
        if begin < 3 or [t.lower for t in self.tokens[begin - 2 : begin]] != ["and", "that"]:
            return None
        return begin - 3 if self.tokens[begin - 3].text == "," else begin - 2

    def _beside(self, cue: Cue, other: Cue) -> int | None:
        """Return the joint of two infinitives ("to call for X, as well as to press for Y"), if they are that."""
        at = other.first - 1
        while self.tokens[at].lower != "to":
            at -= 1
        joined = at > cue.after and self.tokens[at - 1].lower in {"and", "as", ","}
        if not joined or cue.frame != "thing" or self._before(cue.first) not in {"to", "and"}:
            return None
        at -= 1
        while at > cue.after and self.tokens[at - 1].lower in {"as", "well", ",", "and"}:
            at -= 1
        return at

    def _roles(self, begin: int, end: int, cue: Cue) -> tuple[Role, ...]:
        if begin >= end:
            return ()
        tokens = self.tokens[begin:end]
        if len(tokens) <= 2 and tokens[0].lower in word_set("pronouns") | OWN:
            return self._of_pronoun(tokens[0].lower, cue)
        return actors_in(self.context, Span(tokens[0].begin, tokens[-1].end), self.sentence.span, self._cue_span(cue))

    def _of_pronoun(self, pronoun: str, cue: Cue) -> tuple[Role, ...]:
        if pronoun in OWN:
            return ()
        if pronoun in {"you", "your"}:
            return _saluted(self.context, self.sentence.span, self._cue_span(cue))
        if pronoun in {"it", "they", "them"} and (meant := self._last_addressees()):
            return meant
        offset = self.tokens[cue.first].begin
        mentions = self.context.mentions
        last = bisect_left(mentions, offset, key=lambda m: m.span.begin)
        own = self.issuer.mention.name if self.issuer else ""
        types = {EntityType.PERSON} if pronoun in {"he", "she", "him", "her"} else {EntityType.ORG, EntityType.STATE}
        for mention in reversed(mentions[max(0, last - 6) : last]):
            if mention.type in types and mention.name != own and offset - mention.span.begin < 400:
                return (Role(mention, self.sentence.span, self._cue_span(cue), 0.5),)
        return ()

    def _last_addressees(self) -> tuple[Role, ...]:
        if self.found:
            return self.found[-1].addressees
        if self.before and self.sentence.span.begin - self.before[-1].evidence.end < 300:
            return self.before[-1].addressees
        return ()

    def _cue_span(self, cue: Cue) -> Span:
        return Span(self.tokens[cue.first].begin, self.tokens[cue.after - 1].end)

    def _demand(self, span: Span, roles: tuple[Role, ...], cue: Cue) -> Demand:
        action = " ".join(self.context.text.of(span).split())
        short = action if len(action) <= 90 else action[:90].rsplit(" ", 1)[0] + " …"
        label = f"{', '.join(r.mention.name for r in roles)}: {short}" if roles else short
        evidence = Span(self.sentence.span.begin, max(self.sentence.span.end, span.end))
        return Demand(
            span, evidence, label, roles, self._cue_span(cue), 0.6 if cue.frame == "modal" or cue.row.care else 0.75
        )

    def _listed(self, cue: Cue, limit: int) -> list[Demand]:
        """Read the items of a list that a cue leads in with a colon."""
        if limit < len(self.tokens) or self.tokens[-1].lower not in {":", "to"}:
            return []
        rest = [t for t in self.tokens[cue.after :] if t.text != ":"]
        if rest and rest[-1].lower in {"to", "that", "for"}:
            rest.pop()
        if len(rest) > 25:
            return []
        roles = self._roles(cue.after, cue.after + len(rest), cue) if rest and cue.frame == "addressee" else ()
        spans = items(self.context, self.sentence.span.end)
        if cue.frame != "addressee":
            return [self._demand(span, roles, cue) for span in spans]
        return [d for span in spans if (d := self._item(span, roles, cue)) is not None]

    def _measures(self, cue: Cue, phrase_end: int) -> list[Demand]:
        """Read the items of "urges X to take the following measures:", which say what the measures are."""
        if self.tokens[-1].text != ":" or not {t.lower for t in self.tokens[-6:]} & {"following", "these"}:
            return []
        roles = self._roles(cue.after, phrase_end, cue)
        spans = items(self.context, self.sentence.span.end)
        return [d for span in spans if (d := self._item(span, roles, cue)) is not None]

    def _item(self, span: Span, roles: tuple[Role, ...], cue: Cue) -> Demand | None:
        """Read an item that says what to do ("open the pier"), or also who shall do it ("the guards to open it")."""
        if self._is_action(span):
            return self._demand(span, roles, cue)
        own = _ITEM_FOR.match(self.context.text.string, span.begin, span.end)
        action = Span(own.start("action"), span.end) if own is not None else None
        if own is None or action is None or not self._is_action(action):
            return None
        who = Span(*own.span("who"))
        if not acting_head(self.context, bare_phrase(tokens_in(self.context, who))):
            return None
        return self._demand(action, actors_in(self.context, who, span, self._cue_span(cue)), cue)

    def _is_action(self, span: Span) -> bool:
        """Return whether an item of a list begins with a verb in its plain form."""
        found = [w.lower() for w in re.findall(r"[^\W\d_][\w-]*", self.context.text.of(span)[:60])]
        while found and (found[0].endswith("ly") or found[0] in {"not", "also", "and"}):
            found.pop(0)
        return bool(found) and found[0] in action_verbs()


def _saluted(context: Context, evidence: Span, cue: Span) -> tuple[Role, ...]:
    """Return whom a letter's "you" means: the one after "Dear"."""
    match = _SALUTATION.search(context.text.string, 0, _HEAD)
    if match is None:
        return ()
    line = context.text.string.find("\n", match.end())
    end = line if line >= 0 else len(context.text.string)
    named = [
        m
        for m in context.mentions_in(Span(match.start(), end))
        if m.type in {EntityType.PERSON, EntityType.OFFICE, EntityType.ORG}
    ]
    return tuple(Role(m, evidence, cue, 0.7) for m in named[:1])
