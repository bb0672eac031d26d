"""Mentions of one event brought together: light verbs with their nouns, repeated words, the same deed in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from communique.extract import clauses
from communique.extract.clauses import Voice
from communique.extract.event_candidates import Candidate
from communique.extract.event_lexicon import NOUN, VERB
from communique.model import Mention, TimeRef
from communique.resources import lexicon, words

_ROOT = 4
_SUFFIX = re.compile(r"(?:ations?|itions?|tions?|sions?|ments?|ances?|ences?|ures?|ings?|ed|als?|ions?|es|e|s|y)$")
_ONE_PER_SENTENCE = frozenset({"aid", "vote", "consult", "cooperate", "disaster", "sanction", "commemorate"})


@dataclass
class Cluster:
    """The mentions of one event; the first is the one that names it."""

    members: list[Candidate]

    @property
    def head(self) -> Candidate:
        """The mention that names the event."""
        return self.members[0]

    def agents(self) -> list[Mention]:
        """The agents of all mentions, each once."""
        return _distinct([m for c in self.members for m in c.people.agents])

    def patients(self) -> list[Mention]:
        """The patients of all mentions, each once."""
        return _distinct([m for c in self.members for m in c.people.patients])


def merge(candidates: Sequence[Candidate]) -> list[Cluster]:
    """Return clusters of candidates that are one event, in the order of their first mention."""
    absorbed = _light_links(candidates)
    absorbed |= {light: noun for light, noun in _chained(candidates).items() if light not in absorbed}
    clusters: list[Cluster] = []
    for number, candidate in enumerate(candidates):
        if number in absorbed:
            continue
        group = [candidate, *(candidates[light] for light in sorted(absorbed) if _carrier(absorbed, light) == number)]
        same = next((c for c in clusters if _one_event(c, candidate)), None)
        if same is None:
            clusters.append(Cluster(group))
        else:
            same.members += group
    return clusters


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
        if verb.sense.pos != VERB:
            continue
        noun = _carried(candidates, number)
        if noun is not None and (verb.sense.type == candidates[noun].sense.type or verb.sense.salience == 1 or _light(verb)):
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


def _chained(candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return which nouns only introduce the next one: "offers of assistance", "a war of aggression"."""
    out: dict[int, int] = {}
    for number, (first, second) in enumerate(pairwise(candidates)):
        if first.parse is not second.parse or NOUN not in {first.sense.pos} or second.sense.pos != NOUN:
            continue
        phrase = first.parse.phrase_at(first.at)
        if phrase is None or first.sense.type != second.sense.type:
            continue
        following = first.parse.phrase_from(phrase.end + 1)
        if first.parse.tokens[phrase.end : phrase.end + 1] and first.parse.tokens[phrase.end].lower == "of":
            if following is not None and following.begin <= second.at < following.end:
                out[number] = number + 1
                second.people.add("agent", first.people.agents)
    return out


def _carried(candidates: Sequence[Candidate], number: int) -> int | None:
    """Return the noun candidate that is the object of an active verb or the subject of a passive one."""
    verb = candidates[number]
    phrase = clauses.subject(verb.parse, verb.at) if verb.voice is Voice.PASSIVE else next(iter(clauses.objects(verb.parse, verb.at)), None)
    if phrase is None:
        return None
    inside = (phrase.begin, clauses.chain_end(verb.parse, phrase))
    for other in (*range(number + 1, min(number + 4, len(candidates))), *range(number - 1, max(-1, number - 4), -1)):
        candidate = candidates[other]
        if candidate.parse is verb.parse and candidate.sense.pos == NOUN and inside[0] <= candidate.at < inside[1]:
            return other
    return None


def _inherit(noun: Candidate, verb: Candidate) -> None:
    noun.people.add("agent", verb.people.agents)
    if verb.sense.type == noun.sense.type:
        noun.people.add("patient", verb.people.patients)
    if noun.time is None:
        noun.time = verb.time
    noun.places += [p for p in verb.places if all(p.name != q.name for q in noun.places)]


def _light(candidate: Candidate) -> bool:
    return candidate.sense.lemma in words("light_verbs", "lemma")


def _one_event(cluster: Cluster, candidate: Candidate) -> bool:
    head = cluster.head
    related = any(akin(c.sense.lemma, candidate.sense.lemma) for c in cluster.members)
    same_type = head.sense.type == candidate.sense.type
    if same_type and head.sense.type in _ONE_PER_SENTENCE and any(c.parse is candidate.parse for c in cluster.members):
        return True
    synonyms = any(_synonyms(c.sense.lemma) & _synonyms(candidate.sense.lemma) for c in cluster.members)
    if not related and not synonyms:
        return False
    if {head.modality, candidate.modality} == {"asserted", "denied"}:
        return False
    if not all(_one_time(c.time, candidate.time) for c in cluster.members):
        return False
    agents = _compatible(cluster.agents(), candidate.people.agents)
    patients = _compatible(cluster.patients(), candidate.people.patients)
    return agents and patients


def _one_time(first: TimeRef | None, second: TimeRef | None) -> bool:
    if first is None or second is None:
        return True
    return first.value.startswith(second.value) or second.value.startswith(first.value)


def _compatible(first: list[Mention], second: list[Mention]) -> bool:
    """Return whether two lists of participants can be those of one event: either is empty, or they share one."""
    return not first or not second or any(_alike(a, b) for a in first for b in second)


def _alike(first: Mention, second: Mention) -> bool:
    if first.key and first.key == second.key or first.country and first.country == second.country:
        return True
    a, b = set(first.name.lower().split()), set(second.name.lower().split())
    return bool(a & b) and (a <= b or b <= a)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in mentions:
        if not any(mention.name == m.name or mention.key and mention.key == m.key for m in out):
            out.append(mention)
    return out


@cache
def _stem(lemma: str) -> str:
    return _SUFFIX.sub("", lemma) or lemma


def _synonyms(lemma: str) -> frozenset[int]:
    return _synonym_rows().get(lemma, frozenset())


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
