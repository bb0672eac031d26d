"""The events that a statement reports: found by triggers, merged, ranked, the main ones kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from communique.extract.events.candidates import Candidate, find_candidates
from communique.extract.events.lexicon import HARM, NOUN, VERB
from communique.extract.events.merge import Cluster, merge
from communique.extract.events.modality import ASSERTED, DENIED, HYPOTHETICAL, PLANNED
from communique.extract.events.roles import Focus
from communique.extract.grammar.clauses import Voice
from communique.extract.text import Context
from communique.model import EntityType, Event, Mention, Quotation, Role, Span, TimeRef

_MOST = 10
_LEAST = 0.9
_LABEL = 80
_INFERRED = 0.35
_OF_PATIENTS, _OF_PLACES = 0.8, 0.9
"""How much less sure than its doer it is whom an event meets, and where it is (measured on documents not tuned for)."""
_DOUBT, _WEIGHT, _SUREST = 2.1, 0.95, 0.95
_ATTACHED = 0.8
"""How sure it is that a time in the clause is the event's (measured: about seven in ten)."""
_NOUNS_SAY = {ASSERTED: 0.0, DENIED: 1.0, PLANNED: 0.8, HYPOTHETICAL: 0.6}
_LOCAL = frozenset({"assault", "coerce", "mobilize", "vote", "disaster"})
_SET = frozenset({"assault", "coerce", "vote", "disaster"})
_PLACES = frozenset({EntityType.PLACE, EntityType.STATE})
_AT_HOME = frozenset({"coerce", "adjudicate", "vote"})
_ABROAD = frozenset({"assault", "mobilize"})
_SPOKEN = frozenset({"accuse", "request", "support"})


def find_events(
    context: Context,
    times: list[TimeRef],
    exclude: Sequence[Span],
    speakers: Sequence[Mention] = (),
    quotations: Sequence[Quotation] = (),
) -> list[Event]:
    """Return the main events of a document, at most ten, in the order of the text.

    ``exclude`` are spans of what is demanded and of the issuer's own speech acts. ``speakers`` are the mentions of the
    issuers, the body that "we" means first; their own speech acts are no events. ``quotations`` say who else says "we".
    """
    focus = Focus(tuple(speakers), tuple(quotations))
    candidates = find_candidates(context, times, exclude, focus)
    clusters = merge(candidates)
    homes = _frequent_places(context, speakers)
    away = {m.country for c in clusters if c.type in _ABROAD for m in c.doers if m.country}
    first = context.header.body.begin
    length = max(1, context.header.body.end - first)
    scored = [(score(c, (c.head.span.begin - first) / length), c) for c in clusters]
    ranked = sorted(scored, key=lambda s: (-s[0], s[1].head.span.begin))
    kept = [(value, c) for value, c in ranked[:_MOST] if value >= _LEAST]
    return [_event(context, c, value, homes, away) for value, c in sorted(kept, key=lambda k: k[1].head.span.begin)]


def score(cluster: Cluster, position: float) -> float:
    """Return how much a cluster is a main event of its document."""
    members = cluster.members
    titled = any(c.title for c in members)
    placed = any(c.places or c.elsewhere for c in members)
    dated = any(c.time is not None for c in members)
    value = 0.8 * max([c.sense.salience for c in members])
    value += 0.3 * titled
    value += 0.5 * bool(cluster.agents) + 0.5 * bool(cluster.patients)
    value += 0.4 * placed + 1.0 * dated
    value += 0.5 * math.log(len(members))
    value -= 0.4 * max(0.0, position)
    value -= 0.8 * all(c.demanded for c in members)
    if not (cluster.agents or cluster.patients or placed or dated or titled):
        value -= 0.5
    if all(c.voice is Voice.ADJECTIVE for c in members):
        value -= 0.6
    value -= 0.3 * (_modality(cluster) == HYPOTHETICAL)
    if cluster.type in _SPOKEN:
        value -= 0.4 + 0.8 * (not cluster.agents)
    return value


def _sureness(value: float) -> float:
    """Return how often an event that scores so is one of those that a reader would list.

    A logistic curve, fitted to events of documents that no rule was written for (see ``docs/extraction.md``).
    """
    return round(min(_SUREST, 1 / (1 + math.exp(_DOUBT - _WEIGHT * value))), 2)


def _event(context: Context, cluster: Cluster, value: float, homes: Sequence[Mention], away: set[str]) -> Event:
    head = cluster.head
    sure = _sureness(value)
    agents = [_role(context, m, head, sure) for m in cluster.doers]
    places, said = _places(context, cluster, homes, away)
    where = [_role(context, m, head, _OF_PLACES * sure) for m in places[:1]]
    time = cluster.time
    return Event(
        trigger=head.span,
        evidence=head.sentence.span,
        type=cluster.type,
        modality=_modality(cluster),
        label=_label(context, head),
        agents=tuple(agents),
        patients=tuple(_role(context, m, head, _OF_PATIENTS * sure) for m in cluster.sufferers),
        places=tuple(where if said else (replace(r, confidence=_INFERRED) for r in where)),
        times=(replace(time, confidence=round(_ATTACHED * time.confidence, 2)),) if time is not None else (),
        also=tuple(sorted(c.span for c in cluster.members if c is not head)),
        confidence=sure,
        source=_source(cluster),
    )


def _source(cluster: Cluster) -> Role | None:
    """Return who else than the issuer says that it was so; nobody, where the issuer gives it as a fact elsewhere."""
    own = (c.source is None and c.sense.pos == VERB and c.parse is not cluster.head.parse for c in cluster.members)
    return None if any(own) else cluster.head.source


def _modality(cluster: Cluster) -> str:
    """Return the modality that weighs most, a denial in a tie; the head, which introduces the event, weighs double.

    A noun without a cue says little of talks or elections, however often it stands there, more of harm, which is spoken
    of when it has been done.
    """
    harmful = cluster.type in HARM or cluster.type == "disaster"
    weights = {DENIED: 0.08, HYPOTHETICAL: 0.01, PLANNED: 0.01, ASSERTED: 0.0}
    for member in cluster.members:
        said = 1.05 if member.sense.pos == VERB else _NOUNS_SAY[member.modality]
        weights[member.modality] += said * (2 if member is cluster.head else 1)
    bare = sum(m.modality == ASSERTED and m.sense.pos == NOUN for m in cluster.members)
    weights[ASSERTED] += 0.7 * bare if harmful else min(0.8, 0.2 * bare)
    return max(weights, key=lambda name: weights[name])


def _role(context: Context, mention: Mention, head: Candidate, sure: float) -> Role:
    return Role(mention, context.text.evidence(mention.span), head.span, round(sure * mention.score, 2))


def _places(context: Context, cluster: Cluster, homes: Sequence[Mention], away: set[str]) -> tuple[list[Mention], bool]:
    """Return where the event was, and whether the text says so.

    It says so in the clause of a mention, by a state or town acted upon, or elsewhere in the sentence. Else the place
    is inferred: the text's setting; but force against others is not set in a country (of ``away``) that uses it.
    """
    kind = cluster.type
    acting = {m.key or m.name for m in cluster.agents}
    found: list[Mention] = []
    for candidate in cluster.in_order:
        struck = [m for m in candidate.people.patients if m.type in _PLACES and (m.key or m.name) not in acting]
        found += sorted([*candidate.places, *(struck if kind in _LOCAL else ())], key=_distance(candidate))
    found = found or [p for c in cluster.in_order for p in c.elsewhere]
    if found:
        return found, True
    inside = _at_home(context, cluster) if kind in _AT_HOME else []
    if inside or kind not in _SET:
        return inside, False
    return [m for m in homes if kind not in _ABROAD or m.country not in away], False


def _at_home(context: Context, cluster: Cluster) -> list[Mention]:
    """Return the state whose own bodies do what only a state's bodies do there: arrest, judge, hold a vote.

    Not where those whom it meets are of another state.
    """
    doing = {m.country for m in cluster.doers if m.country and m.type is not EntityType.PERSON}
    meeting = {m.country for m in cluster.sufferers if m.country}
    if len(doing) != 1 or meeting - doing:
        return []
    return [m for m in context.mentions if m.type is EntityType.STATE and m.country in doing][:1]


def _distance(candidate: Candidate) -> Callable[[Mention], int]:
    """Return how far a mention stands from a trigger; what is before it counts double."""

    def measure(mention: Mention) -> int:
        behind = mention.span.begin - candidate.span.end
        return behind if behind >= 0 else 20 + 2 * (candidate.span.begin - mention.span.end)

    return measure


def _frequent_places(context: Context, speakers: Sequence[Mention]) -> list[Mention]:
    """Return the first mention of each place that the text names twice or more, but for the issuer's own country."""
    own = {s.country for s in speakers if s.country}
    named = [m for m in context.mentions if m.type in _PLACES and m.country not in own]
    counts = Counter(m.key or m.name for m in named)
    firsts: dict[str, Mention] = {}
    for mention in named:
        firsts.setdefault(mention.key or mention.name, mention)
    return [
        firsts[name] for name in sorted(firsts, key=lambda n: (-counts[n], firsts[n].span.begin)) if counts[name] > 1
    ]


def _label(context: Context, head: Candidate) -> str:
    """Return the trigger with what follows it, cut at a clause mark or at a word near the limit."""
    begin, end = head.span.begin, head.sentence.span.end
    words = context.text.string[begin:end].split()
    out = ""
    for word in words:
        if out and (len(out) + len(word) >= _LABEL or out[-1] in ',;:.”"»'):
            break
        out = f"{out} {word}".strip()
    return out.rstrip(',;:.”"» ')
