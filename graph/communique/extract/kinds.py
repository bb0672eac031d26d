"""What a statement does: one to three of the thirteen kinds, from weighted cues.

Each occurrence of a cue is a piece of evidence of its kind, weighed by where it stands (headline, opening, body) and,
for acts of speech, by who performs it. Pieces combine as independent evidence: ``1 - (1 - a)(1 - b)``. Demands are the
evidence of an appeal. The surest kinds are kept, three at most; where none is sure, the text is a view or a report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from communique.extract.demands.appeals import is_own_appeal, own_words
from communique.extract.grammar.phrase_table import PhraseTable, word_set
from communique.extract.text import QUOTED, Context, Token
from communique.model import Attribution, Demand, EntityType, Kind, Role, Span
from communique.resources import lexicon, words
from communique.vocab import KINDS

# How sure the first, second and third kind must be: most statements have two, so the second may be less sure.
THRESHOLDS = (0.4, 0.25, 0.45)
_TITLE_GAIN, _OPENING_GAIN, _THIRD_PARTY, _DILUTION = 1.25, 1.15, 0.35, 0.9
_OPENING_SENTENCES = 3
# A body of more sentences than this says more of everything, so that each of its words says less of its purpose.
_USUAL_LENGTH = 16
_LONGEST = 120
# Acts that reports of a quarrel relay from the other side as often as a statement performs them.
_JUDGING = frozenset({"denial", "condemnation"})
_BODIES = frozenset({EntityType.ORG, EntityType.STATE, EntityType.OFFICE})
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
_OWN_APPEAL, _OTHER_DEMAND, _TITLE_APPEAL, _TOLD_EARLY = 0.6, 0.2, 0.6, 0.4
_DECAY = 0.6
"""What each further occurrence of the same words counts: they are no independent evidence."""
_PERFORMED = 0.85
"""What an act that the issuer performs ("we condemn") gains at least, however late and long the text."""
_READOUT = re.compile(r"(?i)\b(?:readout|call with|meeting|meets|travel|talks)\b")
_IN_READOUT = 0.5
"""What views count in the readout of a meeting, which reports them."""
_PLANNED_SENTENCES, _PLANNED_SHARE, _PLANS = 12, 0.3, 0.55
_FAR = 20_000

_Piece = tuple[str, float, Span, Span]
"""A kind, the weight of a piece of evidence of it, its cue and its sentence."""


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    weight: float
    scope: str


@dataclass(slots=True)
class _Evidence:
    """What speaks for one kind: the combined weight and the heaviest piece."""

    doubt: float = 1.0
    best: float = 0.0
    cue: Span | None = None
    sentence: Span | None = None

    def add(self, weight: float, cue: Span, sentence: Span) -> None:
        weight = min(0.95, weight)
        self.doubt *= 1 - weight
        if weight > self.best:
            self.best, self.cue, self.sentence = weight, cue, sentence

    @property
    def score(self) -> float:
        return 1 - self.doubt


def find_kinds(
    context: Context, demands: Sequence[Demand], attributions: Sequence[Attribution] = ()
) -> tuple[Kind, ...]:
    """Return one to three kinds, the surest first.

    Args:
        context: the document and what was found in it so far.
        demands: what the statement asks for, the evidence of an appeal.
        attributions: who makes the statement.
    """
    scores = evidence_of_kinds(context, demands, attributions)
    ranked = sorted(scores.items(), key=lambda item: (-item[1].score, KINDS.index(item[0])))
    pairs = zip(ranked, THRESHOLDS, strict=False)
    kept = [ranked_kind for ranked_kind, _ in takewhile(lambda pair: pair[0][1].score >= pair[1], pairs)]
    if not kept:
        return (Kind("position" if _first_person(context) else "report", _opening(context), None, 0.3),)
    return tuple(Kind(kind, e.sentence or _opening(context), e.cue, round(min(0.95, e.score), 2)) for kind, e in kept)


def evidence_of_kinds(
    context: Context, demands: Sequence[Demand], attributions: Sequence[Attribution] = ()
) -> dict[str, _Evidence]:
    """Return the evidence of every kind that has any; words said again and again say less each time."""
    issuer = attributions[0].issuer if attributions else None
    found: dict[str, _Evidence] = {}
    pieces = [*_from_cues(context, attributions), *_from_demands(context, demands, issuer), *_from_plans(context)]
    seen: Counter[tuple[str, str]] = Counter()
    for kind, weight, cue, sentence in sorted(pieces, key=lambda p: -p[1]):
        words_of = (kind, context.text.of(cue).lower())
        found.setdefault(kind, _Evidence()).add(weight * _DECAY ** seen[words_of], cue, sentence)
        seen[words_of] += 1
    return found


@cache
def _table() -> PhraseTable[_Cue]:
    return PhraseTable(
        (row["cue"], _Cue(row["kind"], float(row["weight"]), row["scope"])) for row in lexicon("kind_cues")
    )


def _from_cues(context: Context, attributions: Sequence[Attribution]) -> Iterator[_Piece]:
    """Yield kind, weight, cue and sentence of each occurrence."""
    title = context.header.title
    own = _Own(context, attributions)
    dilution = _DILUTION * min(1.0, _USUAL_LENGTH / max(1, len(context.body)))
    readout = title is not None and _READOUT.search(context.text.of(title)) is not None
    position = 0
    for sentence in context.text.sentences:
        heading = title is not None and title.overlaps(sentence.span)
        if not heading and not context.header.body.overlaps(sentence.span):
            continue
        gain = _TITLE_GAIN if heading else _OPENING_GAIN if position < _OPENING_SENTENCES else dilution
        position += not heading
        if position > _LONGEST:
            return
        for first, after, cues in _table().find(sentence.tokens):
            if after < len(sentence.tokens) and sentence.tokens[after].lower == "if":
                continue  # "should be grateful if you would": a request
            span = Span(sentence.tokens[first].begin, sentence.tokens[after - 1].end)
            for cue in cues:
                if not heading and cue.scope == "title":
                    continue
                act, share = own.share(sentence.tokens, first, cue)
                weight = cue.weight * (max(gain, act) if act else gain) * share
                yield cue.kind, weight * (_IN_READOUT if readout and cue.kind == "position" else 1), span, sentence.span


class _Own:
    """Tells whose an act of speech is: the statement's own, or one that it tells of somebody else."""

    def __init__(self, context: Context, attributions: Sequence[Attribution]) -> None:
        self._context = context
        self._issuer = attributions[0].issuer if attributions else None
        roles = [r for a in attributions for r in (a.issuer, a.capacity, a.on_behalf_of) if r is not None]
        self._words = [set(r.mention.name.lower().split()) for r in roles]
        self._countries = {r.mention.country for r in roles} - {""}

    def share(self, tokens: Sequence[Token], first: int, cue: _Cue) -> tuple[float, float]:
        """Return the least gain of an act that the issuer itself performs, and how much of it is its own."""
        if cue.scope != "act":
            return 0.0, 1.0
        if _opens_point(tokens, first):
            return 1.0, 1.0
        at = first - 1
        while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in {"also", "has", "have", "had"}):
            at -= 1
        if at >= 0 and tokens[at].lower in word_set("others"):
            return 0.0, _THIRD_PARTY
        if at >= 0 and tokens[at].lower in {"we", "i"}:
            return _PERFORMED, 1.0
        if at >= 0 and self._is_other(tokens[at], cue.kind):
            return 0.0, _THIRD_PARTY
        cue_span = Span(tokens[first].begin, tokens[first].end)
        own = self._issuer is None or own_words(self._context, cue_span, self._issuer)
        return 0.0, 1.0 if own else _THIRD_PARTY

    def _is_other(self, subject: Token, kind: str) -> bool:
        """Return whether the subject of an act is somebody else than who makes the statement."""
        mention = self._context.mention_at(subject.begin)
        if mention is None:
            noun = subject.lower in words("actor_nouns") or subject.lower in words("people_nouns")
            own = self._issuer is not None and subject.lower in self._issuer.mention.name.lower().split()
            described = noun and subject.text.islower() and not own and subject.lower not in word_set("own_bodies")
            return kind in _JUDGING and described
        if not self._words or mention.type not in _BODIES:
            return False
        if mention.country and mention.country in self._countries:
            return False
        name = set(mention.name.lower().split())
        return not any(name <= own or own <= name for own in self._words)


def _from_plans(context: Context) -> Iterator[_Piece]:
    """Yield the evidence that most of a text tells of what will be done: it announces it."""
    body = context.body[:_PLANNED_SENTENCES]
    planned = [(s, t) for s in body for t in s.tokens if t.lower == "will"]
    share = len({s.index for s, _ in planned}) / max(1, len(body))
    if share >= _PLANNED_SHARE and len(body) > 1:
        sentence, token = planned[0]
        yield "announcement", _PLANS * min(1.0, share / (2 * _PLANNED_SHARE)), token.span, sentence.span


def _opens_point(tokens: Sequence[Token], first: int) -> bool:
    """Return whether an act of speech opens a numbered point ("2. Deny that ..."): whoever lists it performs it."""
    marks = [t for t in tokens[:first] if t.text not in {".", ")", "(", ",", "-", "•", "*", "–"}]
    numbered = len(marks) == 1 and (marks[0].text.isdigit() or len(marks[0].text) == 1 or marks[0].lower in _ROMAN)
    return numbered and tokens[first].text[0].isupper()


def _from_demands(context: Context, demands: Sequence[Demand], issuer: Role | None) -> Iterator[_Piece]:
    title = context.header.title
    for demand in demands:
        own = is_own_appeal(context, demand, issuer)
        weight = _OWN_APPEAL if own else _TOLD_EARLY if _is_early(context, demand) else _OTHER_DEMAND
        if title is not None and title.overlaps(demand.action):
            weight = _TITLE_APPEAL
        yield "appeal", weight, demand.cue or demand.action, demand.evidence


def _is_early(context: Context, demand: Demand) -> bool:
    """Return whether a text opens with what a state, body or person must do."""
    opening = context.body[:_OPENING_SENTENCES]
    named = any(r.mention.type is not EntityType.GROUP for r in demand.addressees)
    return named and any(s.span.overlaps(demand.action) for s in opening)


def _first_person(context: Context) -> bool:
    """Return whether somebody speaks for themselves in the body: a view, where a text otherwise reports."""
    area = context.header.body
    spoken = QUOTED.sub(" ", context.text.string[area.begin : min(area.end, area.begin + _FAR)])
    return re.search(r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b", spoken) is not None


def _opening(context: Context) -> Span:
    body = context.body
    return body[0].span if body else Span(0, len(context.text.string))
