"""Mentions of one event brought together: light verbs with their nouns, repeated words, one deed in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from communique.extract.events.candidates import Candidate
from communique.extract.events.lexicon import HARM, NOUN, VERB
from communique.extract.events.modality import ASSERTED, DENIED, HYPOTHETICAL, PLANNED
from communique.extract.events.roles import Participants
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Phrase
from communique.extract.grammar.clauses import Voice
from communique.extract.grammar.inflections import beside_forms, harming_forms
from communique.model import EntityType, Mention, TimeRef
from communique.resources import lexicon, words
from communique.vocab import time_bounds

_TARGETING = frozenset({"on", "upon", "against", "into", "at", "towards", "toward"})
_SCENES = frozenset({"vote", "disaster"})
_HOSTILE = frozenset({"assault", "coerce", "mobilize", "threaten", "sanction", "reject", "accuse", "protest"})
_ROOT = 4
_OWN_DEED = 3  # salience from which a verb is a deed of its own beside its subject ("the strike killed ...")
_MOST_PARTICIPANTS = 40
_MEMORY = 60  # how many events back a mention may point: keeps the work on long documents linear
_SUFFIX = re.compile(r"(?:ations?|itions?|tions?|sions?|ments?|ances?|ences?|ures?|ings?|ed|als?|ions?|es|e|s|y)$")
_ONE_PER_SENTENCE = frozenset({"aid", "vote", "consult", "cooperate", "sanction", "commemorate"})


@dataclass
class Cluster:
    """The mentions of one event, and what they say together, kept up as mentions join."""

    members: list[Candidate] = field(default_factory=list)
    agents: list[Mention] = field(default_factory=list)
    patients: list[Mention] = field(default_factory=list)
    lemmas: dict[str, None] = field(default_factory=dict)
    times: dict[str, None] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    type: str = ""
    """The event type that the mentions speak for, the more concrete ones louder."""
    _first: Candidate | None = None

    def add(self, candidates: Sequence[Candidate]) -> None:
        """Let mentions join."""
        for candidate in candidates:
            self.members.append(candidate)
            if self._first is None and not candidate.title:
                self._first = candidate
            _extend(self.agents, candidate.people.agents)
            _extend(self.patients, candidate.people.patients)
            self.lemmas[candidate.sense.lemma] = None
            if candidate.time is not None:
                self.times[candidate.time.value] = None
            kind = candidate.sense.type
            self.weights[kind] = self.weights.get(kind, 0.0) + candidate.sense.salience
        self.type = max(self.weights, key=lambda name: self.weights[name])

    @property
    def head(self) -> Candidate:
        """The mention that names the event: the first, one in the running text before one in the headline."""
        return self._first or self.members[0]

    @property
    def doers(self) -> list[Mention]:
        """Who does it, by the first mention that says so: later ones may speak of a part of the event only.

        A bare noun ("under violence") borrows nobody from another sentence.
        """
        head = self.head
        told = [c for c in self.in_order if c.people.agents and (c.parse is head.parse or not _bare(head))]
        return told[0].people.agents if told else []

    @property
    def sufferers(self) -> list[Mention]:
        """Who suffers it, by the first mention that says so, without those who do it."""
        acting = {m.key or m.name for m in self.agents}
        told = ([m for m in c.people.patients if (m.key or m.name) not in acting] for c in self.in_order)
        return next((found for found in told if found), [])

    @property
    def time(self) -> TimeRef | None:
        """When it was: the time of the first mention that has one, or a more exact one within it.

        What a verb tells as a fact is not of the day of a plan ("has been named; the formal act will follow on 3 May").
        """
        told = self.head.sense.pos == VERB and self.head.modality == ASSERTED
        dating = [c for c in self.in_order if not (told and c.modality == PLANNED)]
        times = [c.time for c in dating if c.time is not None]
        if not times:
            return None
        return min((t for t in times if _holds(times[0].value, t.value)), key=lambda t: _days(t.value))

    @property
    def in_order(self) -> list[Candidate]:
        """The mentions, the head first."""
        return [self.head, *(c for c in self.members if c is not self.head)]


def merge(candidates: Sequence[Candidate]) -> list[Cluster]:
    """Return clusters of candidates that are one event, in the order of their first mention."""
    absorbed = _light_links(candidates)
    absorbed |= {light: noun for light, noun in _chained(candidates).items() if light not in absorbed}
    carried: dict[int, list[int]] = {}
    for light in sorted(absorbed):
        carried.setdefault(_carrier(absorbed, light), []).append(light)
    clusters: list[Cluster] = []
    for number, candidate in enumerate(candidates):
        if number in absorbed:
            continue
        group = [candidate, *(candidates[light] for light in carried.get(number, ()))]
        near = clusters[-_MEMORY:]
        same = next((c for c in near if _may_be_one(c, candidate) and _one_event(c, candidate)), None)
        if same is None:
            same = Cluster()
            clusters.append(same)
        same.add(group)
    return clusters


def _may_be_one(cluster: Cluster, candidate: Candidate) -> bool:
    """Return whether a cluster and a candidate have a word or, for some types, the type in common: most have not."""
    sense = candidate.sense
    if sense.type in _ONE_PER_SENTENCE and cluster.type == sense.type:
        return True
    if (sense.type in _HOSTILE) is not (cluster.type in _HOSTILE):
        return False
    for other in cluster.lemmas:
        if other == sense.lemma or akin(other, sense.lemma) or _share_a_row(other, sense.lemma):
            return True
    return False


@cache
def akin(first: str, second: str) -> bool:
    """Return whether two lemmas are a verb and its noun, or the same word ("close" and "closure")."""
    a, b = _stem(first), _stem(second)
    if a == b or _families().get(first, first) == _families().get(second, second):
        return True
    return min(len(a), len(b)) >= _ROOT and (a.startswith(b) or b.startswith(a))


def _light_links(candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return which candidates (by index) only carry another one: "committed" in "atrocities committed by ..."."""
    out: dict[int, int] = {}
    for number, verb in enumerate(candidates):
        if verb.sense.pos == NOUN and _decides(candidates, number):
            out[number] = number + 1
            if verb.people.agents:  # who decides does it, not who speaks of the decision
                candidates[number + 1].people.agents = list(verb.people.agents)
        if verb.sense.pos != VERB:
            continue
        noun = _carried(candidates, number)
        if noun is not None and (
            verb.sense.type == candidates[noun].sense.type or verb.sense.salience == 1 or _light(verb)
        ):
            out[number] = noun
            _inherit(candidates[noun], verb)
    return out


def _carrier(absorbed: dict[int, int], number: int) -> int:
    """Return the candidate that carries the event in the end, along a chain of links."""
    seen = {number}
    while number in absorbed and absorbed[number] not in seen:
        number = absorbed[number]
        seen.add(number)
    return number


def _decides(candidates: Sequence[Candidate], number: int) -> bool:
    """Return whether a noun of deciding is followed by the deed decided on ("the decision not to grant ...")."""
    if candidates[number].sense.lemma not in words("deciding_nouns") or number + 1 >= len(candidates):
        return False
    noun, deed = candidates[number], candidates[number + 1]
    between = noun.parse.classes[noun.at + 1 : deed.at] if noun.parse is deed.parse else ""
    return deed.sense.pos == VERB and between.rstrip("A") in {"T", "XT"}


def _chained(candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return which nouns only introduce the next one: "offers of assistance", "a war of aggression"."""
    out: dict[int, int] = {}
    for number, (first, second) in enumerate(pairwise(candidates)):
        nouns = first.sense.pos == second.sense.pos == NOUN and first.sense.type == second.sense.type
        if first.parse is second.parse and nouns and _introduces(first, second):
            out[number] = number + 1
            second.people.add("agent", first.people.agents)
    return out


def _introduces(first: Candidate, second: Candidate) -> bool:
    """Return whether "of" and the phrase of the second noun follow right behind the phrase of the first."""
    phrase = first.parse.phrase_at(first.at)
    if phrase is None or phrase.end >= len(first.parse.tokens) or first.parse.words[phrase.end] != "of":
        return False
    following = first.parse.phrase_from(phrase.end + 1)
    return following is not None and following.begin <= second.at < following.end


def _carried(candidates: Sequence[Candidate], number: int) -> int | None:
    """Return the event noun that is the object of a verb or the subject of a passive or weak one ("the strike hit")."""
    verb = candidates[number]
    if verb.voice is Voice.PASSIVE:
        return _noun_within(candidates, number, clauses.subject(verb.parse, verb.at))
    found = _noun_within(candidates, number, next(iter(clauses.objects(verb.parse, verb.at)), None))
    if found is None and verb.sense.salience < _OWN_DEED:
        found = _noun_within(candidates, number, clauses.subject(verb.parse, verb.at))
    return found


def _noun_within(candidates: Sequence[Candidate], number: int, phrase: Phrase | None) -> int | None:
    """Return the noun candidate near another one that stands in a phrase or its "of" chain."""
    verb = candidates[number]
    if phrase is None:
        return None
    inside = (phrase.begin, clauses.chain_end(verb.parse, phrase))
    near: list[int] = [
        *range(number + 1, min(number + 4, len(candidates))),
        *range(number - 1, max(-1, number - 4), -1),
    ]
    for other in near:
        candidate = candidates[other]
        if candidate.parse is verb.parse and candidate.sense.pos == NOUN and inside[0] <= candidate.at < inside[1]:
            return other
    return None


def _inherit(noun: Candidate, verb: Candidate) -> None:
    if verb.modality == HYPOTHETICAL and verb.parse.words[verb.at] in beside_forms():
        verb.modality = noun.modality  # who may watch an election does not call it in question
    if verb.modality == DENIED and verb.parse.words[verb.at] in beside_forms():
        verb.modality = noun.modality  # who did not attend a summit neither denies it nor takes part
        verb.people = Participants()
        return
    if noun.sense.type in HARM and noun.modality == ASSERTED and not _light(verb) and _given(noun):
        verb.modality = ASSERTED  # who means to escalate "its war" already wages it
    same = verb.sense.type == noun.sense.type
    if not same:
        harms = noun.sense.type in HARM and verb.parse.words[verb.at] not in harming_forms()
        if harms or noun.sense.type in _SCENES or not _light(verb):
            verb.people.agents.clear()  # who announces harm, holds an election or opposes a truce does not do it
        verb.people.patients.clear()
    noun.people.add("agent", verb.people.agents)
    noun.people.add("patient", verb.people.patients)
    if noun.time is None and (same or _light(verb)):
        noun.time = verb.time
    noun.places += [p for p in verb.places if all(p.name != q.name for q in noun.places)]
    noun.elsewhere += verb.elsewhere


def _given(noun: Candidate) -> bool:
    """Return whether a noun is spoken of as known: "the war", "its war"."""
    phrase = noun.parse.phrase_at(noun.at)
    lower = noun.parse.words[phrase.begin] if phrase is not None else ""
    return lower in {"the", "its", "their", "his", "her", "this", "these"}


def _light(candidate: Candidate) -> bool:
    return candidate.sense.lemma in words("light_verbs", "lemma")


def _one_event(cluster: Cluster, candidate: Candidate) -> bool:
    """Return whether a candidate is one more mention of the event of a cluster."""
    kind = candidate.sense.type
    if kind in _ONE_PER_SENTENCE and cluster.type == kind and _one_clause(cluster.members[-1], candidate):
        return not _at_odds(cluster, candidate) and _compatible(cluster.agents, candidate.people.agents)
    lemma = candidate.sense.lemma
    if (kind in _HOSTILE) is not (cluster.type in _HOSTILE):
        return False
    if lemma in cluster.lemmas and kind not in cluster.weights and candidate.sense.pos == NOUN:
        return False  # the same word in another sense ("restrictions on the press", "visa restrictions")
    related = any(akin(other, lemma) for other in cluster.lemmas)
    if not related and not any(_share_a_row(other, lemma) for other in cluster.lemmas):
        return False
    if not related and kind not in _HOSTILE and kind != cluster.type:
        return False
    if _at_odds(cluster, candidate) or not _timely(cluster, candidate.time):
        return False
    headline = related and kind not in _HOSTILE and all(c.title for c in cluster.members)
    if not headline and not _compatible(cluster.agents, candidate.people.agents):
        return False
    if related:
        return _compatible(_named(cluster.patients), _named(candidate.people.patients))
    return _compatible(cluster.patients, candidate.people.patients) and not _aimed(candidate)


def _aimed(candidate: Candidate) -> bool:
    """Return whether a noun names a target that is no participant, so that it may be another deed ("rockets into")."""
    if candidate.sense.pos != NOUN or candidate.people.patients:
        return False
    complements = clauses.complements(candidate.parse, candidate.at)
    return any(c.preposition in _TARGETING for c in complements)


def _bare(candidate: Candidate) -> bool:
    """Return whether a trigger is a noun without determiner, participants, place and time ("under violence")."""
    if candidate.sense.pos != NOUN or candidate.title or candidate.people.agents or candidate.people.patients:
        return False
    phrase = candidate.parse.phrase_at(candidate.at)
    begin = phrase.begin if phrase is not None else candidate.at
    return candidate.parse.classes[begin] != "D" and not (candidate.places or candidate.time)


def _one_clause(first: Candidate, second: Candidate) -> bool:
    """Return whether no clause begins between two triggers of one sentence."""
    if first.parse is not second.parse:
        return False
    low, high = sorted((first.at, second.at))
    return not any(letter in "WF" for letter in first.parse.classes[low:high])


def _at_odds(cluster: Cluster, candidate: Candidate) -> bool:
    """Return whether one is denied and the other not, or verbs call one a fact and the other a plan or a guess."""
    if {cluster.head.modality, candidate.modality} == {ASSERTED, DENIED}:
        return True
    if candidate.sense.pos == NOUN:
        return False
    told = {c.modality for c in cluster.members if c.sense.pos == VERB}
    return bool(told) and candidate.modality not in told and ASSERTED in {*told, candidate.modality}


def _timely(cluster: Cluster, time: TimeRef | None) -> bool:
    """Return whether a time is one of a cluster's, or a part of one ("2024" and "2024-06")."""
    if time is None:
        return True
    return all(_holds(time.value, value) or _holds(value, time.value) for value in cluster.times)


def _holds(outer: str, inner: str) -> bool:
    """Return whether one time lies within another."""
    (begin, end), (first, last) = time_bounds(outer), time_bounds(inner)
    return begin <= first and last <= end


def _days(value: str) -> int:
    """Return how many days a time spans."""
    begin, end = time_bounds(value)
    return (date.fromisoformat(end) - date.fromisoformat(begin)).days


def _compatible(first: list[Mention], second: list[Mention]) -> bool:
    """Return whether two lists of participants can be those of one event: either is empty, or they share one."""
    return not first or not second or any(_alike(a, b) for a in first for b in second)


def _named(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that name somebody: descriptions of the same people differ too much to tell events apart."""
    return [m for m in mentions if m.type is not EntityType.GROUP]


def _alike(first: Mention, second: Mention) -> bool:
    if (first.key and first.key == second.key) or (first.country and first.country == second.country):
        return True
    a, b = set(first.name.lower().split()), set(second.name.lower().split())
    return bool(a & b) and (a <= b or b <= a)


def _extend(held: list[Mention], mentions: Sequence[Mention]) -> None:
    """Add mentions that are not there yet by name or record, up to a limit."""
    for mention in mentions:
        known = any(mention.name == m.name or (mention.key and mention.key == m.key) for m in held)
        if not known and len(held) < _MOST_PARTICIPANTS:
            held.append(mention)


@cache
def _stem(lemma: str) -> str:
    return _SUFFIX.sub("", lemma) or lemma


@cache
def _share_a_row(first: str, second: str) -> bool:
    """Return whether two lemmas stand in one row of synonyms."""
    return not _synonym_rows().get(first, frozenset()).isdisjoint(_synonym_rows().get(second, frozenset()))


@cache
def _synonym_rows() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(lexicon("event_synonyms")):
        for word in row["words"].split():
            rows.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in rows.items()}


@cache
def _families() -> dict[str, str]:
    return {word: row["family"] for row in lexicon("word_families") for word in row["family"].split()}
