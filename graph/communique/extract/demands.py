"""Demands: what somebody is asked, urged or told to do, and who that somebody is.

A cue from ``demand_cues.csv`` opens a frame: verb + addressee + "to" + action ("urges Varenia to release X"), verb +
thing ("calls for an inquiry"), "that" + clause, or subject + modal ("Varenia must ..."). The action is cut where its
clause ends and split where a new verb is coordinated; a demand inside a demand ("asks X to urge Y to ...") is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from communique.extract.actors import acting_head, actors_in, means, shares_head
from communique.extract.phrase_table import PhraseTable
from communique.extract.text import Context, Sentence, Token
from communique.model import Demand, EntityType, Role, Span
from communique.resources import lexicon

_NO_VERB = frozenset(
    "the a an this that these those our their its his her my your all any some both each every whom which what who whose "
    "one two three four five date some other others such it them him us me you be-all and or in of for on at by with from to".split()
)
_NOUN_BEFORE = frozenset("the a an this their its our his her my your of no any such in on at 's ’s".split())
_BE = frozenset("is are was were be been being am".split())
_SUBORDINATE = frozenset("where when if whether because how why what unless until although though since".split())
_REPORTING = frozenset("says said say saying believe believes believed think thinks stressed noted adding added reiterate emphasized".split())
_DASHES = frozenset({"–", "—", "-"})
_CLOSING = frozenset({"”", "»", '"'})
_OPENING = frozenset({"“", "«", '"'})
_BETWEEN = frozenset("also again instead then thereby therefore further furthermore once now".split())
_COMPLEMENT = frozenset("of for to in on between with by against into from toward towards".split())
_ENDING_VERBS = frozenset("end stop cease continue remain prevail stand begin start".split())
_PRONOUNS = frozenset("it they them he she him her you".split())
_OWN = frozenset("we i us me one".split())
_DIRECTIONS = frozenset("contact see visit note click call email add find refer follow check direct".split())
_NO_OBJECT = frozenset("in by whether if why how about of from made and or which who is are was were has have".split())
_STATED = frozenset("recalled noted said stressed remembered emphasized emphasised mentioned understood clear surprising added acknowledged".split())
_RELATIVE = frozenset("which who whose whom while whereas although but because since adding saying noting thus so".split())
_ADVERB_NO = frozenset("apply supply family reply assembly rely comply july italy only ally multiply imply".split())
_SAID = re.compile(r",?\s*(?:[\w.’'-]+\s+){0,5}(?:said|says|added|adds|stated|told|stressed|noted|suggested)\b[^,]*$")
_ITEM = re.compile(r"\s*(?:[-•*–·.]|\(?[\divxa-h]{1,4}[.)])\s+|\s*(?=to\s)", re.IGNORECASE)
_SALUTATION = re.compile(r"^\s*Dear\s+", re.MULTILINE)
_MOST_WORDS = 90
_LIST_ITEMS = 25


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of ``demand_cues.csv``."""

    frame: str
    bare_object: bool
    that: bool
    appeal: bool
    care: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue in a sentence: the places of its first token and of the token after it, and its row in the lexicon."""

    first: int
    after: int
    row: _Row

    @property
    def frame(self) -> str:
        return self.row.frame


def find_demands(context: Context, issuer: Role | None) -> list[Demand]:
    """Return the demands of a document in order, one for each separate action.

    Args:
        context: the document and what was found in it so far.
        issuer: who makes the statement; never the addressee of a demand by "it must".
    """
    found: list[Demand] = []
    for sentence in context.text.sentences:
        if sentence.span.begin < context.header.body.end:
            found += _Reader(context, sentence, issuer, found).demands()
    return _without_repeats(context, found)


def appealed(demands: Sequence[Demand], context: Context, issuer: Role | None = None) -> list[Role]:
    """Return the named addressees whom the statement itself calls on, urges, asks or warns: they are recipients.

    "Must" and "should" alone address nobody, nor does an appeal that the document only relays from a third party.
    """
    found: list[Role] = []
    for demand in demands:
        if is_own_appeal(context, demand, issuer) and demand.cue and any(r.appeal for r in _cue_rows(context, demand.cue)):
            found += [r for r in demand.addressees if r.mention.type is not EntityType.GROUP]
    found += [r for r in _warned(context, issuer) if r.mention.type is not EntityType.GROUP]
    seen: set[tuple[str, str]] = set()
    out: list[Role] = []
    for role in sorted(found, key=lambda r: r.mention.span):
        key = (role.mention.type, role.mention.key or role.mention.name.casefold())
        if key not in seen:
            seen.add(key)
            out.append(role)
    return out


# -- cues -------------------------------------------------------------------------------------------------------------


@cache
def _lines() -> tuple[tuple[str, _Row], ...]:
    columns = ("bare_object", "that", "appeal", "care")
    return tuple((line["cue"], _Row(line["frame"], *(line[c] == "yes" for c in columns))) for line in lexicon("demand_cues"))


@cache
def _table() -> PhraseTable[_Row]:
    return PhraseTable(_lines())


@cache
def _asking() -> frozenset[str]:
    """The verbs that ask somebody else for something."""
    asking = (line.split()[0].split("/") for line, row in _lines() if row.frame in {"addressee", "thing"})
    return frozenset(word for forms in asking for word in forms) - {"put", "puts", "putting", "time"}


def _cues(tokens: Sequence[Token]) -> list[_Cue]:
    return [_Cue(first, after, rows[0]) for first, after, rows in _table().find(tokens)]


@cache
def _verbs() -> dict[str, bool]:
    return {row["word"]: row["noun"] == "yes" for row in lexicon("action_verbs")}


@cache
def _third() -> frozenset[str]:
    """The forms of the verbs in the third person."""
    return frozenset(_with_s(verb) for verb in _verbs())


def _with_s(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _adverb(token: Token) -> bool:
    return token.lower.endswith("ly") and token.lower not in _ADVERB_NO or token.lower in _BETWEEN


# -- one sentence -----------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the demands of one sentence."""

    def __init__(self, context: Context, sentence: Sentence, issuer: Role | None, before: Sequence[Demand]) -> None:
        self.context, self.sentence, self.issuer, self.before = context, sentence, issuer, before
        self.tokens = sentence.tokens
        self.cues: list[_Cue] = []
        self.found: list[Demand] = []

    def demands(self) -> list[Demand]:
        """Return the demands, in order."""
        self.cues = [c for c in _cues(self.tokens) if not self._other_use(c)]
        reach = 0
        for cue in self.cues:
            if self.tokens[cue.first].begin < reach:
                continue
            frame = {"modal": self._modal, "addressee": self._addressee, "thing": self._thing, "clause": self._clause, "bare": self._bare, "relayed": self._relayed}
            self.found += frame[cue.frame](cue)
            reach = max([reach, *(d.action.end for d in self.found)])
        return self.found

    # -- what is no demand ---------------------------------------------------------------------------------------------

    def _other_use(self, cue: _Cue) -> bool:
        """Return whether the cue is a noun, negated, in a purpose or relative clause, or part of a name."""
        first = self.tokens[cue.first]
        if self.context.mention_at(first.begin) is not None and not self.context.text.mostly_upper:
            return True
        before = self._before(cue.first)
        if cue.frame == "modal":
            return first.lower == "need" and before in _NOUN_BEFORE | {"urgent", "clear", "pressing"}
        if before in {"not", "n't", "never", "without", "no"}:
            return True
        single = cue.after - cue.first == 1
        if single and before in _NOUN_BEFORE and cue.frame != "bare":
            return True
        if cue.row.care and (before == "to" and not self._willing(cue.first) or before in {"who", "which", "that"}):
            return True
        following = self.tokens[cue.after].lower if cue.after < len(self.tokens) else ""
        return following in _NO_OBJECT and cue.frame in {"thing", "addressee"}

    def _before(self, at: int) -> str:
        at -= 1
        while at >= 0 and _adverb(self.tokens[at]):
            at -= 1
        return self.tokens[at].lower if at >= 0 else ""

    def _willing(self, at: int) -> bool:
        """Return whether "to urge" hangs on a verb of intent: "continue to", "wish to", "would like to"."""
        earlier = {t.lower for t in self.tokens[max(0, at - 4) : at]}
        return bool(earlier & {"continue", "continues", "wish", "wishes", "like", "want", "wants", "continued"})

    # -- frames --------------------------------------------------------------------------------------------------------

    def _addressee(self, cue: _Cue) -> list[Demand]:
        limit = self._limit(cue)
        if self._passive(cue):
            start = self._infinitive(cue.after, min(limit, cue.after + 2))
            end = cue.first
            while end and (self.tokens[end - 1].lower in _BE | {"has", "have", "had"} or _adverb(self.tokens[end - 1])):
                end -= 1
            roles = self._roles(self._subject_begin(end), end, cue)
            return self._actions(start, limit, roles, cue) if start is not None else []
        start = self._infinitive(cue.after, limit)
        if start is not None and cue.row.care and self.tokens[start].lower == "be":
            return []
        that = self._find(cue.after, limit, {"that"}) if cue.row.that else None
        if that is not None and (start is None or that < start):
            roles = self._roles(cue.after, that, cue) if that > cue.after else ()
            return self._in_clause(that + 1, limit, roles, cue)
        if start is not None:
            phrase_end = self._to_before(start)
            if phrase_end <= cue.after:
                return self._actions(start, limit, (), cue) if not cue.row.care else []
            return self._asked(cue, phrase_end, start, limit)
        listed = self._listed(cue, limit)
        if listed:
            return listed
        return self._without_infinitive(cue, limit)

    def _asked(self, cue: _Cue, phrase_end: int, start: int, limit: int) -> list[Demand]:
        phrase = self.tokens[cue.after : phrase_end]
        acting = acting_head(self.context, _bare(phrase)) or phrase[0].lower in _PRONOUNS
        if cue.row.care and not acting:
            return self._things(cue.after, limit, (), cue) if cue.row.bare_object and self._opens_thing(cue.after, limit) else []
        if cue.row.bare_object and not acting and means(phrase):
            return self._things(cue.after, limit, (), cue)
        if len(phrase) > 30:
            return []
        return self._each_actor(cue, start, limit)

    def _without_infinitive(self, cue: _Cue, limit: int) -> list[Demand]:
        """Read "urge restraint", "call on X for restraint"."""
        wanted = self._find(cue.after, limit, {"for"})
        if cue.row.appeal and not cue.row.bare_object and wanted is not None and wanted > cue.after and not cue.row.care:
            return self._things(wanted + 1, limit, self._roles(cue.after, wanted, cue), cue)
        if cue.row.bare_object and self._opens_thing(cue.after, limit) and not acting_head(self.context, _bare(self.tokens[cue.after : cue.after + 3])):
            return self._things(cue.after, limit, (), cue)
        return []

    def _opens_thing(self, at: int, limit: int) -> bool:
        return at < limit and self.tokens[at].lower not in {"and", "or", "of", "that", "to", ",", "by", "for", "with", ".", "those"}

    def _thing(self, cue: _Cue) -> list[Demand]:
        limit = self._limit(cue)
        if cue.after >= limit:
            return self._listed(cue, limit)
        if self.tokens[cue.after].lower == "that":
            return self._in_clause(cue.after + 1, limit, (), cue)
        start = self._infinitive(cue.after, limit)
        if start is not None:
            phrase = _bare(self.tokens[cue.after : self._to_before(start)])
            passive = self.tokens[start].lower == "be"
            if phrase and len(phrase) < 25 and (acting_head(self.context, phrase) or not (passive or cue.row.care or means(phrase) or len(phrase) > 6)):
                return self._each_actor(cue, start, limit)
            if passive and 0 < len(phrase) < 15:
                return [self._demand(self._span(cue.after, limit), (), cue)]
        if cue.after < limit and self.tokens[cue.after].lower == "to":
            return self._actions(cue.after + 1, limit, (), cue) if start == cue.after + 1 else []
        listed = self._listed(cue, limit)
        return listed or self._things(cue.after, limit, (), cue)

    def _each_actor(self, cue: _Cue, start: int, limit: int) -> list[Demand]:
        """Read "for X to do A as well as for Y to do B", "on X to do A and on Y to do B"."""
        preposition = self.tokens[cue.after - 1].lower
        again = next(
            (i for i in range(start, limit - 1) if self.tokens[i].lower == preposition and self.tokens[i - 1].lower in {"and", "as", "well"}), None
        )
        second = self._infinitive(again + 1, limit) if again is not None else None
        if again is None or second is None or not acting_head(self.context, _bare(self.tokens[again + 1 : self._to_before(second)])):
            return self._actions(start, limit, self._roles(cue.after, self._to_before(start), cue), cue)
        joint = again - 1
        while self.tokens[joint - 1].lower in {"as", "well", ",", "and"}:
            joint -= 1
        first = self._actions(start, max(start + 1, joint), self._roles(cue.after, self._to_before(start), cue), cue)
        return first + self._actions(second, limit, self._roles(again + 1, self._to_before(second), cue), cue)

    def _clause(self, cue: _Cue) -> list[Demand]:
        limit = self._limit(cue)
        if cue.after < limit and self.tokens[cue.after].lower == "that":
            return self._in_clause(cue.after + 1, limit, (), cue)
        if cue.row.care and not (cue.after < limit and self._names_actor(cue.after)):
            return []
        return self._in_clause(cue.after, limit, (), cue)

    def _names_actor(self, at: int) -> bool:
        token = self.tokens[at]
        return token.lower in {"we", "they"} or self.context.mention_at(token.begin) is not None

    def _bare(self, cue: _Cue) -> list[Demand]:
        limit = self._limit(cue)
        start = cue.after
        while start < limit and _adverb(self.tokens[start]):
            start += 1
        if start >= limit or self.tokens[start].lower not in _verbs() or self.tokens[start].lower in _DIRECTIONS:
            return []
        return self._actions(cue.after, limit, self._appealed_before(cue) or self._last_addressees(), cue)

    def _appealed_before(self, cue: _Cue) -> tuple[Role, ...]:
        """Return whom the same sentence appealed to before ("appeals to X ..., with a request to ...")."""
        earlier = [c for c in self.cues if c.first < cue.first and c.frame == "addressee"]
        if not earlier:
            return ()
        begin = earlier[-1].after
        end = next((i for i in range(begin, cue.first) if self.tokens[i].lower in {"in", ";", "with", "("}), cue.first)
        return self._roles(begin, end, cue)

    def _relayed(self, cue: _Cue) -> list[Demand]:
        """Read "calls from X for Y", "appeals by X to do Y"."""
        limit = self._limit(cue)
        wanted = self._find(cue.after, min(limit, cue.after + 14), {"for"})
        if wanted is not None:
            return self._things(wanted + 1, limit, (), cue)
        start = self._infinitive(cue.after, min(limit, cue.after + 14))
        return self._actions(start, limit, (), cue) if start is not None else []

    def _modal(self, cue: _Cue) -> list[Demand]:
        begin = self._subject_begin(cue.first)
        subject = list(self.tokens[begin : cue.first])
        while subject and subject[-1].text == ",":
            subject.pop()
        limit = self._limit(cue)
        start = cue.after
        while start < limit and (_adverb(self.tokens[start]) or self.tokens[start].lower in {"not", "all"}):
            start += 1
        if start >= limit or not self._asks(cue, begin, subject, start):
            return []
        low = [t.lower for t in subject]
        if not subject or low[-1] in _PRONOUNS:
            roles = self._of_pronoun(low[-1] if low else "it", cue)
            if not roles:
                return []
            return [] if self._is_passive(start, limit) else self._actions(cue.after, limit, roles, cue)
        if self._is_passive(start, limit) or not acting_head(self.context, _bare(subject)):
            return self._whole(begin, limit, start, cue)
        return self._actions(cue.after, limit, self._roles(begin, cue.first, cue), cue)

    def _asks(self, cue: _Cue, begin: int, subject: Sequence[Token], start: int) -> bool:
        """Return whether subject + modal + verb asks for something (not "we must admit", "should have", "it should be noted")."""
        low = [t.lower for t in subject]
        if low and low[-1] in _OWN | {"this", "that", "which", "who", "there"} and not (low[-1] == "there" and self.tokens[start].lower == "be"):
            return False
        verb = self.tokens[start].lower
        if verb == "have" or verb in _NO_VERB or not self.tokens[start].text[0].isalpha():
            return False
        if self.tokens[start].lower == "be" and any(t.lower in _STATED for t in self.tokens[start + 1 : start + 3]):
            return False
        before = self.tokens[begin - 1].lower if begin else ""
        if before in _SUBORDINATE | {"which", "who", "whom"} or (cue.row.care and before == "that"):
            return False
        earlier = {t.lower for t in self.tokens[max(0, begin - 4) : begin]}
        return not (before == "that" and "not" in earlier)

    def _whole(self, begin: int, limit: int, start: int, cue: _Cue) -> list[Demand]:
        """Return a clause whose subject is no actor as one demand: "the detainees must be freed", "the raids must end"."""
        verb = self.tokens[start].lower
        if not (self._is_passive(start, limit) or verb in _ENDING_VERBS or verb == "be" or verb == "come"):
            return []
        if not any(t.text[0].isalpha() for t in self.tokens[begin : cue.first]):
            return []
        return [self._demand(self._span(begin, limit), (), cue)]

    def _is_passive(self, start: int, limit: int) -> bool:
        if self.tokens[start].lower not in {"be", "get"}:
            return False
        for token in self.tokens[start + 1 : min(limit, start + 4)]:
            if not _adverb(token):
                return token.lower.endswith(("ed", "en", "held", "brought", "made", "put", "met", "kept", "done", "sent")) and token.lower not in {
                    "prepared",
                    "concerned",
                    "committed",
                    "united",
                }
        return False

    def _passive(self, cue: _Cue) -> bool:
        """Return whether X "is urged to" do something."""
        following = self.tokens[cue.after].lower if cue.after < len(self.tokens) else ""
        return self._before(cue.first) in _BE and following in {"to", "not"} and cue.first > 0

    # -- clauses -------------------------------------------------------------------------------------------------------

    def _in_clause(self, begin: int, limit: int, roles: tuple[Role, ...], cue: _Cue) -> list[Demand]:
        """Read the clause after "that": the verb phrase where its subject is an actor, else the whole clause(s)."""
        if begin >= limit:
            return []
        verb = self._finite(begin, limit)
        subject = _bare(self.tokens[begin:verb]) if verb is not None else []
        if verb is None or not (acting_head(self.context, subject) or subject and subject[0].lower in {"it", "they", "he", "she"}):
            return self._clauses(begin, limit, roles, cue)
        if verb < limit and self._is_passive(verb, limit):
            return self._clauses(begin, limit, roles, cue)
        own = self._roles(begin, verb, cue) if subject and subject[0].lower not in _PRONOUNS else ()
        start = verb
        if self.tokens[start].lower in {"should", "must", "will", "can", "may"} and start + 1 < limit:
            start += 1
        return self._actions(start, limit, own or roles or self._of_pronoun("it", cue), cue)

    def _clauses(self, begin: int, limit: int, roles: tuple[Role, ...], cue: _Cue) -> list[Demand]:
        """Split "that A be stopped, B evacuated, and C can be supplied" at subjects that bring their own verb."""
        cuts = [begin]
        for at in range(begin + 2, limit):
            if self.tokens[at - 1].text == "," or self.tokens[at - 1].lower == "and":
                if self.tokens[at].lower in {"the", "all", "any", "its", "their"} and self._passive_clause(at, limit) and self._passive_clause(cuts[-1], at):
                    cuts.append(at)
        spans = [self._span(a, b) for a, b in pairwise([*cuts, limit])]
        return [self._demand(s, roles, cue) for s in spans if len(s) > 8]

    def _passive_clause(self, begin: int, end: int) -> bool:
        low = [t.lower for t in self.tokens[begin : min(end, begin + 10)]]
        return "be" in low or "are" in low or "is" in low

    def _finite(self, begin: int, limit: int) -> int | None:
        """Return the place of the verb of a clause: a modal, a form of "be", or a verb after an actor."""
        for at in range(begin + 1, min(limit, begin + 25)):
            token = self.tokens[at]
            if self.context.mention_at(token.begin) is not None and not self.context.text.mostly_upper:
                continue
            low = token.lower
            if low in _BE or low in {"should", "must", "will", "can", "may"}:
                return at
            known = low in _verbs() or low in _third() or low in {"does", "do"}
            if known and acting_head(self.context, _bare(self.tokens[begin:at])) and self.tokens[at - 1].lower not in _COMPLEMENT | {"the", "and"}:
                return at - 1 if _adverb(self.tokens[at - 1]) else at
        return None

    # -- actions -------------------------------------------------------------------------------------------------------

    def _actions(self, start: int, limit: int, roles: tuple[Role, ...], cue: _Cue) -> list[Demand]:
        """Return one demand for each verb phrase of ``start`` to ``limit``."""
        limit = self._phrase_end(start, limit)
        cuts = [start, *self._verb_cuts(start, limit)]
        demands = []
        for begin, end in pairwise([*cuts, limit + 1]):
            span = self._span(self._skip_joints(begin), min(end, limit))
            if len(span) > 2:
                demands.append(self._demand(span, roles, cue))
        return demands

    def _verb_cuts(self, start: int, limit: int) -> list[int]:
        """Return where further actions begin in a verb phrase."""
        head = start
        while head < limit and (_adverb(self.tokens[head]) or self.tokens[head].lower in {"not", "to"}):
            head += 1
        if head >= limit or self._asks_again(head):
            return []
        finite = self.tokens[head].lower in _third() and self.tokens[head].lower not in _verbs()
        cuts: list[int] = []
        relative = False
        depth = 0
        for at in range(head + 1, limit):
            token = self.tokens[at]
            depth += (token.text in "([") - (token.text in ")]")
            if token.lower in {"that", "which", "who"} and at + 1 < limit and (self.tokens[at + 1].lower in _verbs() or self.tokens[at + 1].lower in _BE):
                relative = True
            if depth or not self._joint(at):
                continue
            verb, marked = self._verb_after(at, limit, finite)
            if verb is None or (relative and not marked) or verb - head < 3:
                continue
            if token.text == "," and not (marked or self._series(at, limit, finite)):
                continue
            if not cuts or at > cuts[-1] + 1:
                cuts.append(at)
                relative = relative and not marked
            if self.tokens[verb].lower in _asking():
                break
        return cuts

    def _asks_again(self, head: int) -> bool:
        """Return whether the action is itself a demand ("ask X to urge Y to ..."): then it is one, whatever it holds."""
        return self.tokens[head].lower in _asking()

    def _joint(self, at: int) -> bool:
        return self.tokens[at].lower in {"and", ";"} or self.tokens[at].text == ","

    def _verb_after(self, at: int, limit: int, finite: bool) -> tuple[int | None, bool]:
        """Return the place of the verb that a joint leads to, and whether "to" or an adverb marks it as one."""
        marked = False
        at += 1
        while at < limit and (self.tokens[at].lower in {"and", "to", "not", "in", "particular", ",", "must", "should"} or _adverb(self.tokens[at])):
            word = self.tokens[at].lower
            if word == "in" and self.tokens[at + 1].lower != "particular":
                return None, False
            marked = marked or word in {"to", "not", "must", "should"} or _adverb(self.tokens[at])
            at += 1
        if at + 2 < limit and self.tokens[at].lower == "that" and self.tokens[at + 1].lower in _PRONOUNS:
            at, marked = at + 2, True
        if at >= limit:
            return None, False
        low = self.tokens[at].lower
        known = low in _third() if finite else low in _verbs()
        if self.tokens[at - 1].lower == "to" and low not in _NO_VERB and low.isalpha() and self.tokens[at].text[0].islower():
            return at, True
        if not known or (self.context.mention_at(self.tokens[at].begin) is not None and not self.context.text.mostly_upper):
            return None, False
        noun = _verbs().get(low, False) or finite
        following = self.tokens[at + 1].lower if at + 1 < limit else "."
        if noun and not marked and (following in _COMPLEMENT | {"and", "or"} or not following[0].isalnum()):
            return None, False
        return at, marked

    def _series(self, at: int, limit: int, finite: bool) -> bool:
        """Return whether a comma belongs to a series of verbs that "and" closes, not one that "or" does."""
        for later in range(at + 1, limit):
            word = self.tokens[later].lower
            if word == "or" and self.tokens[later - 1].text == ",":
                return False
            if word in {"and", ";"} and self._verb_after(later, limit, finite)[0] is not None:
                return True
        return False

    def _skip_joints(self, at: int) -> int:
        while at < len(self.tokens) and (self.tokens[at].lower in {",", ";", "and", "to", "must", "should", "also"}):
            at += 1
        if self.tokens[at].lower == "that" and self.tokens[min(at + 1, len(self.tokens) - 1)].lower in _PRONOUNS:
            at += 2
        if self.tokens[at].lower == "in" and self.tokens[min(at + 1, len(self.tokens) - 1)].lower == "particular":
            return self._skip_joints(at + 2)
        return at

    def _things(self, begin: int, limit: int, roles: tuple[Role, ...], cue: _Cue) -> list[Demand]:
        """Return the noun phrases asked for, one for each: "an inquiry into A and the release of B" is two."""
        limit = self._phrase_end(begin, limit)
        limit = next((i for i in range(begin + 1, limit - 2) if self._joint(i) and self._infinitive_joins(i)), limit)
        cuts = [begin]
        for at in range(begin + 1, limit):
            if (self._joint(at) or self._as_well(at)) and self._new_thing(cuts[-1], at, limit):
                cuts.append(at)
        if len(cuts) > 1:
            commas = self._list_commas(cuts)
            ends = [*commas, cuts[-1] - (self.tokens[cuts[-1] - 1].text == ",")]
            if any(b - a < 3 for a, b in pairwise(ends)):
                commas, cuts = [], [begin]
            cuts = sorted({*cuts, *commas})
        demands = []
        for a, b in pairwise([*cuts, limit]):
            span = self._span(self._skip_things(a), b)
            if len(span) > 3:
                demands.append(self._demand(span, roles, cue))
        return demands

    def _infinitive_joins(self, at: int) -> bool:
        """Return whether "and to" + verb follows: a further verb beside the cue, no part of what is asked for."""
        at += self.tokens[at + 1].lower == "and"
        return self.tokens[at + 1].lower == "to" and at + 2 < len(self.tokens) and self.tokens[at + 2].lower not in _NO_VERB

    def _as_well(self, at: int) -> bool:
        return [t.lower for t in self.tokens[at : at + 3]] == ["as", "well", "as"]

    def _skip_things(self, at: int) -> int:
        while at < len(self.tokens) - 1 and self.tokens[at].lower in {",", ";", "and", "for", "as", "well", "also"}:
            at += 1
        return at

    def _new_thing(self, begin: int, at: int, limit: int) -> bool:
        """Return whether a conjunction leads to a further thing with a complement of its own."""
        rest = [t.lower for t in self.tokens[at + 1 : min(limit, at + 9)]]
        if self._as_well(at):
            return rest[2:3] == ["for"]
        if not rest or rest[0] not in {"the", "a", "an", "for", "full", "immediate", "respect", "release"} and self.tokens[at].text == ",":
            return False
        if self.tokens[at].lower != "and" and rest[0] != "and":
            return False
        rest = rest[1:] if rest[0] == "and" else rest
        before = [t.lower for t in self.tokens[begin:at]]
        if rest[:1] == ["for"]:
            return True
        if "between" in before and "and" not in before:
            return False
        if not any(w in _COMPLEMENT for w in rest[1:6]):
            return False
        complete = any(w in _COMPLEMENT for w in before) or before[:1] in (["a"], ["an"], ["the"]) or "," in before
        return rest[0] in {"the", "a", "an"} and complete or bool(complete and rest[1:2] and rest[1] in {"for", "of", "to"})

    def _list_commas(self, cuts: Sequence[int]) -> list[int]:
        """Return the commas of a list whose last item stands apart: "democracy, respect for X, and the end of Y"."""
        first, last = cuts[0], cuts[-1]
        inside = [t.lower for t in self.tokens[first:last]]
        if {"including", "such", "especially"} & set(inside):
            return []
        return [at for at in range(first + 1, last - 1) if self.tokens[at].text == "," and self.tokens[at + 1].lower != "and"]

    # -- limits --------------------------------------------------------------------------------------------------------

    def _limit(self, cue: _Cue) -> int:
        """Return the place where the reach of a cue ends: the sentence's end, or before a cue in a coordinate clause."""
        for other in self.cues:
            if other.first <= cue.first or other.first < cue.after + 1:
                continue
            joint = self._coordinate(cue, other)
            if joint is not None:
                return joint
        return len(self.tokens)

    def _coordinate(self, cue: _Cue, other: _Cue) -> int | None:
        """Return where the clause of a later cue is joined on, if it does not stand inside what the first one asks for."""
        before = self._before(other.first)
        if before == "to" and other.frame != "modal":
            return self._beside(cue, other)
        if before in {"not", "who", "which", "that", "will"} and other.frame != "modal":
            return None
        if cue.frame == "modal" and other.frame != "modal" and before in {"and", ","}:
            return None
        begin = self._subject_begin(other.first) if other.frame == "modal" else other.first
        if other.frame == "modal" and begin and self.tokens[begin - 1].lower in _SUBORDINATE | {"that", "which", "who"}:
            return None
        for at in range(other.first - 1, max(cue.after, other.first - 14), -1):
            low = self.tokens[at].lower
            if low in {"and", ";", "but", "while"} or low in _DASHES or low == ",":
                if at <= begin or other.frame != "modal":
                    return at - 1 if low == "and" and self.tokens[at - 1].text == "," else at
            elif low in {"to", "that"}:
                return None
        return None

    def _beside(self, cue: _Cue, other: _Cue) -> int | None:
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

    def _phrase_end(self, start: int, limit: int) -> int:
        """Return where a phrase ends: at a closing quotation mark, a dash, or a clause that comments on it."""
        quoted = 0
        for at in range(start, limit):
            token = self.tokens[at]
            if token.text in _OPENING and not (token.text == '"' and quoted):
                quoted += 1
            elif token.text in _CLOSING:
                if not quoted:
                    return at
                quoted -= 1
            elif at > start and self._comments(at, limit):
                return at
        return min(limit, start + _MOST_WORDS)

    def _comments(self, at: int, limit: int) -> bool:
        token = self.tokens[at]
        if token.text in _DASHES:
            text = self.context.text.string
            return text[token.begin - 1].isspace() and text[token.end : token.end + 1].isspace()
        if token.text != "," or at + 1 >= limit:
            return False
        following = self.tokens[at + 1].lower
        if following in _RELATIVE:
            return True
        rest = self.context.text.string[token.begin : self.sentence.span.end]
        return len(rest) < 90 and bool(_SAID.match(rest.rstrip(".!?\"”» ")))

    def _span(self, begin: int, end: int) -> Span:
        """Return the span of tokens, closing punctuation left out."""
        last = end - 1
        while last > begin and self.tokens[last].text in {".", ",", ";", ":", "!", "?", "”", '"', "»", "“", "_", "and", "-", "–", "—"}:
            last -= 1
        while begin < last and self.tokens[begin].text in {"“", '"', "«", ",", ":"}:
            begin += 1
        return Span(self.tokens[begin].begin, self.tokens[last].end) if begin <= last else Span(0, 0)

    # -- who -----------------------------------------------------------------------------------------------------------

    def _subject_begin(self, end: int) -> int:
        """Return the place where the subject before a modal begins."""
        at = end
        while at > 0:
            token = self.tokens[at - 1]
            if token.text == ")" and (opening := self._opening(at - 1)) is not None:
                at = opening
                continue
            low = token.lower
            inside = self.context.mention_at(token.begin)
            if inside is None or inside.span.begin == token.begin:
                if token.text in {";", ":", "“", '"', "«", "”", "("} or low in _DASHES and self._comments(at - 1, len(self.tokens)):
                    return at
                if low in _SUBORDINATE | _REPORTING | {"that", "but", "while", "which", "who", "as", "so"}:
                    return at
                if (token.text == "," or low in {"and", "or"}) and at < end and self._stands_alone(at, end):
                    return at
                if low in _BE and at < end and self.tokens[end - 1].lower != "and":
                    return at
            at -= 1
        return 0

    def _opening(self, at: int) -> int | None:
        """Return the place of the bracket that the one at ``at`` closes."""
        return next((i for i in range(at, max(-1, at - 25), -1) if self.tokens[i].text == "("), None)

    def _stands_alone(self, at: int, end: int) -> bool:
        """Return whether what follows a comma or "and" is a whole subject: an actor, and a clause before it has its verb."""
        subject = _bare([t for t in self.tokens[at:end] if t.text != ","])
        if not subject or self.tokens[at].lower in {"in", "including", "particularly", "especially"}:
            return False
        if at > 1 and shares_head(self.context, self.tokens[at - 2]):
            return False
        if subject[0].lower in _PRONOUNS | _OWN | {"there"}:
            return True
        earlier = self.tokens[max(0, at - 30) : at - 1]
        verbal = any(
            t.lower in _BE | _verbs().keys() | _third() | {"has", "have", "had", "can", "will", "should", "must", "to"} or t.lower.endswith("ed")
            for t in earlier
        )
        return verbal and acting_head(self.context, subject)

    def _roles(self, begin: int, end: int, cue: _Cue) -> tuple[Role, ...]:
        if begin >= end:
            return ()
        tokens = self.tokens[begin:end]
        if len(tokens) <= 2 and tokens[0].lower in _PRONOUNS | _OWN:
            return self._of_pronoun(tokens[0].lower, cue)
        return actors_in(self.context, Span(tokens[0].begin, tokens[-1].end), self.sentence.span, self._cue_span(cue))

    def _of_pronoun(self, pronoun: str, cue: _Cue) -> tuple[Role, ...]:
        if pronoun in _OWN:
            return ()
        if pronoun in {"you", "your"}:
            return _saluted(self.context, self.sentence.span, self._cue_span(cue))
        if self.found and self.found[-1].addressees:
            return self.found[-1].addressees
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

    def _cue_span(self, cue: _Cue) -> Span:
        return Span(self.tokens[cue.first].begin, self.tokens[cue.after - 1].end)

    def _demand(self, span: Span, roles: tuple[Role, ...], cue: _Cue) -> Demand:
        action = " ".join(self.context.text.of(span).split())
        short = action if len(action) <= 90 else action[:90].rsplit(" ", 1)[0] + " …"
        label = f"{', '.join(r.mention.name for r in roles)}: {short}" if roles else short
        evidence = Span(self.sentence.span.begin, max(self.sentence.span.end, span.end))
        return Demand(span, evidence, label, roles, self._cue_span(cue), 0.6 if cue.frame == "modal" or cue.row.care else 0.75)

    # -- infinitives and lists -----------------------------------------------------------------------------------------

    def _infinitive(self, begin: int, limit: int) -> int | None:
        """Return the place after the first "to" that leads to a verb ("not" and adverbs included)."""
        for at in range(begin, min(limit, begin + 45)):
            if self.tokens[at].lower == "to" and not self._inside_name(at):
                verb = at + 1
                while verb < limit and (_adverb(self.tokens[verb]) or self.tokens[verb].lower in {"not", ",", "if", "necessary"}):
                    verb += 1
                if verb < limit and self._verbal(verb):
                    return at - 1 if at > begin and self.tokens[at - 1].lower == "not" else at + 1
        return None

    def _verbal(self, at: int) -> bool:
        token = self.tokens[at]
        if token.lower in _verbs():
            following = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
            return not (_verbs()[token.lower] and following in {"of", "."} and following != "")
        if token.lower in _NO_VERB or not token.text[0].isalpha() or self.context.mention_at(token.begin) is not None:
            return False
        return token.text[0].islower() and token.lower.endswith(("ate", "ise", "ize", "ify", "en", "fully"))

    def _inside_name(self, at: int) -> bool:
        mention = self.context.mention_at(self.tokens[at].begin)
        return mention is not None and mention.span.begin < self.tokens[at].begin and mention.span.end > self.tokens[at].end

    def _to_before(self, start: int) -> int:
        """Return the place of the "to" (or "not to") before an action."""
        return start - 1 if self.tokens[start - 1].lower == "to" else start

    def _find(self, begin: int, limit: int, wanted: set[str]) -> int | None:
        return next((at for at in range(begin, min(limit, begin + 30)) if self.tokens[at].lower in wanted and not self._inside_name(at)), None)

    def _listed(self, cue: _Cue, limit: int) -> list[Demand]:
        """Read the items of a list that a cue leads in with a colon."""
        if limit < len(self.tokens) or self.tokens[-1].text != ":":
            return []
        rest = [t for t in self.tokens[cue.after :] if t.text != ":"]
        if rest and rest[-1].lower in {"to", "that", "for"}:
            rest.pop()
        if len(rest) > 25:
            return []
        roles = self._roles(cue.after, cue.after + len(rest), cue) if rest and cue.frame == "addressee" else ()
        spans = _items(self.context, self.sentence.span.end)
        return [self._demand(span, roles, cue) for span in spans if cue.frame != "addressee" or self._is_action(span)]

    def _is_action(self, span: Span) -> bool:
        """Return whether an item of a list begins with a verb in its plain form."""
        found = [w.lower() for w in re.findall(r"[^\W\d_][\w-]*", self.context.text.of(span)[:60])]
        while found and (found[0].endswith("ly") or found[0] in {"not", "also", "and"}):
            found.pop(0)
        return bool(found) and found[0] in _verbs()


def _bare(tokens: Sequence[Token]) -> list[Token]:
    """Drop articles, joints and adverbs before a noun phrase."""
    out = list(tokens)
    while out and (out[0].lower in {"the", "a", "an", "and", "also", "therefore", ",", "that", "both", "those", "second", "first", "third", ":"} or _adverb(out[0])):
        out.pop(0)
    while out and (out[-1].text == "," or _adverb(out[-1])):
        out.pop()
    return out


def _items(context: Context, offset: int) -> list[Span]:
    """Return the items after a colon: the lines that carry the same kind of list mark, or begin with "to"."""
    string = context.text.string
    spans: list[Span] = []
    end = min(len(string), context.header.body.end)
    for match in re.finditer(r"[^\n]+", string[offset:end]):
        line = match.group()
        mark = _ITEM.match(line)
        if mark is None:
            if line.strip():
                break
            continue
        begin = offset + match.start() + mark.end()
        text = string[begin : offset + match.end()]
        if text.lower().startswith("to "):
            begin, text = begin + 3, text[3:]
        text = re.sub(r"[\s;,.]*(?:\band)?[\s;,.]*$", "", text)
        if len(text) > 3:
            spans.append(Span(begin, begin + len(text)))
        if len(spans) >= _LIST_ITEMS:
            break
    return spans


# -- the whole document -----------------------------------------------------------------------------------------------


def _without_repeats(context: Context, demands: Sequence[Demand]) -> list[Demand]:
    """Drop what a headline only announces and what is said again in nearly the same words."""
    heads = [_is_heading(context, d.evidence) for d in demands]
    bags = [_bag(context, d.action) for d in demands]
    kept: list[Demand] = []
    for at, demand in enumerate(demands):
        rivals = [i for i in range(len(demands)) if i < at and heads[i] == heads[at] or heads[at] and not heads[i]]
        if not any(_repeats(bags[at], bags[i], 0.6 if heads[at] and not heads[i] else 0.85) for i in rivals):
            kept.append(demand)
    return kept


def _is_heading(context: Context, sentence: Span) -> bool:
    """Return whether a sentence is the headline or a line like one: above the running text, without a full stop."""
    title = context.header.title
    if title is not None and title.overlaps(sentence):
        return True
    words_of = context.text.of(sentence).rstrip()
    return sentence.begin < context.header.body.begin + 500 and len(words_of) < 160 and words_of[-1:].isalnum()


def _bag(context: Context, span: Span) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{3,}", context.text.of(span).lower())
    return frozenset(w[:6] for w in found if w not in {"the", "and", "for", "with", "its", "their"})


def _repeats(one: frozenset[str], other: frozenset[str], least: float) -> bool:
    return bool(one) and len(one & other) >= least * len(one)


def _saluted(context: Context, evidence: Span, cue: Span) -> tuple[Role, ...]:
    """Return whom a letter's "you" means: the one after "Dear"."""
    match = _SALUTATION.search(context.text.string)
    if match is None:
        return ()
    line = context.text.string.find("\n", match.end())
    end = line if line >= 0 else len(context.text.string)
    named = [m for m in context.mentions_in(Span(match.start(), end)) if m.type in {EntityType.PERSON, EntityType.OFFICE, EntityType.ORG}]
    return tuple(Role(m, evidence, cue, 0.7) for m in named[:1])


def _cue_rows(context: Context, cue: Span) -> list[_Row]:
    return _table().get(context.text.of(cue).lower().split())


def is_own_appeal(context: Context, demand: Demand, issuer: Role | None = None) -> bool:
    """Return whether the statement itself calls on somebody or for something, and does not relay what others ask."""
    if demand.cue is None or not any(r.frame in {"addressee", "thing"} for r in _cue_rows(context, demand.cue)):
        return False
    return _own_words(context, demand.cue, issuer)


def _own_words(context: Context, cue: Span, issuer: Role | None) -> bool:
    """Return whether an appeal is the statement's own: its subject is "we", the issuer, or whom headline or opening name."""
    sentence = context.text.sentence_at(cue.begin)
    if sentence is None:
        return False
    before = [t for t in sentence.tokens if t.begin < cue.begin]
    low = [t.lower for t in before]
    if set(low[-3:]) & (_BE | {"they", "he", "she", "who", "which", "many", "some", "others"}):
        return False
    named = [m for m in context.mentions_in(Span(sentence.span.begin, cue.begin)) if m.type is not EntityType.PLACE]
    if set(low) & {"we", "i", "our", "my"} or not named:
        return True
    subject = named[-1]
    if issuer is not None and any(_same(m.name, issuer.mention.name) for m in named):
        return True
    present = context.text.of(cue).split()[0].lower().endswith("s")
    if subject.type is EntityType.STATE and present and (issuer is None or issuer.mention.type is EntityType.PERSON):
        return True
    opening = _opening(context)
    named_first = context.mentions_in(opening)
    same_state = bool(subject.country) and any(m.country == subject.country and m.type is not EntityType.PLACE for m in named_first)
    return same_state or opening.overlaps(subject.span) or any(_same(subject.name, m.name) for m in named_first)


def _opening(context: Context) -> Span:
    """Return headline and first two sentences of the running text."""
    title = context.header.title
    first = [s for s in context.text.sentences if s.span.begin >= context.header.body.begin][:2]
    end = first[-1].span.end if first else context.header.body.begin
    return Span(title.begin if title is not None else context.header.body.begin, end)


def _same(one: str, other: str) -> bool:
    a, b = set(one.lower().split()), set(other.lower().split())
    return bool(a and b) and (a <= b or b <= a)


def _warned(context: Context, issuer: Role | None) -> list[Role]:
    """Return whom the statement warns ("warn the Ostmark against further attacks"): addressed, though no demand is made."""
    found: list[Role] = []
    for sentence in context.text.sentences:
        for at, token in enumerate(sentence.tokens):
            if token.lower in {"warn", "warns", "warned"} and token.begin < context.header.body.end:
                end = next((t.begin for t in sentence.tokens[at + 1 :] if t.lower in {"against", "not", "that", "of", "to"}), 0)
                if end and end - token.end < 120 and _own_words(context, token.span, issuer):
                    found += actors_in(context, Span(token.end, end), sentence.span, token.span)
    return found


