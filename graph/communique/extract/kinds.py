"""What a statement does: one to three of the thirteen kinds, from weighted cues.

Each occurrence of a cue is a piece of evidence of its kind, weighed by where it stands (headline, opening, body) and,
for acts of speech, by who performs it. Pieces combine as independent evidence: ``1 - (1 - a)(1 - b)``. Demands are the
evidence of an appeal. The surest kinds are kept, three at most; where none is sure, the text is a view or a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from communique.extract.demands.appeals import is_own_appeal, own_words
from communique.extract.grammar.phrase_table import PhraseTable, word_set
from communique.extract.text import Context, Token
from communique.model import Demand, EntityType, Kind, Role, Span
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
_OWN_APPEAL, _OTHER_DEMAND, _TITLE_APPEAL = 0.6, 0.2, 0.6


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


def find_kinds(context: Context, demands: Sequence[Demand], issuer: Role | None = None) -> tuple[Kind, ...]:
    """Return one to three kinds, the surest first.

    Args:
        context: the document and what was found in it so far.
        demands: what the statement asks for, the evidence of an appeal.
        issuer: who makes the statement.
    """
    scores = evidence_of_kinds(context, demands, issuer)
    ranked = sorted(scores.items(), key=lambda item: (-item[1].score, KINDS.index(item[0])))
    pairs = zip(ranked, THRESHOLDS, strict=False)
    kept = [ranked_kind for ranked_kind, _ in takewhile(lambda pair: pair[0][1].score >= pair[1], pairs)]
    if not kept:
        return (Kind("position" if _first_person(context) else "report", _opening(context), None, 0.3),)
    return tuple(Kind(kind, e.sentence or _opening(context), e.cue, round(min(0.95, e.score), 2)) for kind, e in kept)


def evidence_of_kinds(context: Context, demands: Sequence[Demand], issuer: Role | None = None) -> dict[str, _Evidence]:
    """Return the evidence of every kind that has any."""
    found: dict[str, _Evidence] = {}
    for kind, weight, cue, sentence in [*_from_cues(context, issuer), *_from_demands(context, demands, issuer)]:
        found.setdefault(kind, _Evidence()).add(weight, cue, sentence)
    return found


@cache
def _table() -> PhraseTable[_Cue]:
    return PhraseTable(
        (row["cue"], _Cue(row["kind"], float(row["weight"]), row["scope"])) for row in lexicon("kind_cues")
    )


def _from_cues(context: Context, issuer: Role | None) -> Iterator[tuple[str, float, Span, Span]]:
    """Yield kind, weight, cue and sentence of each occurrence."""
    title = context.header.title
    dilution = _DILUTION * min(1.0, _USUAL_LENGTH / max(1, len(context.body)))
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
                if heading or cue.scope != "title":
                    yield (
                        cue.kind,
                        cue.weight
                        * (max(gain, 1.0) if _opens_point(sentence.tokens, first) else gain)
                        * _share(context, sentence.tokens, first, cue, issuer),
                        span,
                        sentence.span,
                    )


def _share(context: Context, tokens: Sequence[Token], first: int, cue: _Cue, issuer: Role | None) -> float:
    """Return how much of an act of speech is the statement's own."""
    if cue.scope != "act":
        return 1.0
    if _opens_point(tokens, first):
        return 1.0
    at = first - 1
    while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in {"also", "has", "have", "had"}):
        at -= 1
    if at >= 0 and tokens[at].lower in word_set("others"):
        return _THIRD_PARTY
    if at >= 0 and cue.kind in _JUDGING and _is_other(context, tokens[at], issuer):
        return _THIRD_PARTY
    cue_span = Span(tokens[first].begin, tokens[first].end)
    return 1.0 if issuer is None or own_words(context, cue_span, issuer) else _THIRD_PARTY


def _opens_point(tokens: Sequence[Token], first: int) -> bool:
    """Return whether an act of speech opens a numbered point ("2. Deny that ..."): whoever lists it performs it."""
    marks = [t for t in tokens[:first] if t.text not in {".", ")", "(", ",", "-", "•", "*", "–"}]
    numbered = len(marks) == 1 and (marks[0].text.isdigit() or len(marks[0].text) == 1 or marks[0].lower in _ROMAN)
    return numbered and tokens[first].text[0].isupper()


def _is_other(context: Context, subject: Token, issuer: Role | None) -> bool:
    """Return whether the subject of a denial or a condemnation is somebody else than who makes the statement."""
    mention = context.mention_at(subject.begin)
    if mention is None:
        noun = subject.lower in words("actor_nouns") or subject.lower in words("people_nouns")
        own = issuer is not None and subject.lower in issuer.mention.name.lower().split()
        return noun and subject.text.islower() and not own and subject.lower not in word_set("own_bodies")
    if issuer is None or issuer.mention.type is not EntityType.ORG or mention.type not in _BODIES:
        return False
    one, other = set(mention.name.lower().split()), set(issuer.mention.name.lower().split())
    same_state = bool(mention.country) and mention.country == issuer.mention.country
    return not (same_state or one <= other or other <= one)


def _from_demands(
    context: Context, demands: Sequence[Demand], issuer: Role | None
) -> Iterator[tuple[str, float, Span, Span]]:
    title = context.header.title
    for demand in demands:
        own = is_own_appeal(context, demand, issuer)
        weight = _OWN_APPEAL if own else _OTHER_DEMAND
        if title is not None and title.overlaps(demand.action):
            weight = _TITLE_APPEAL
        yield "appeal", weight, demand.cue or demand.action, demand.evidence


def _first_person(context: Context) -> bool:
    """Return whether somebody speaks for themselves in the body: a view, where a text otherwise reports."""
    return any(t.lower in {"we", "our", "i", "my"} for s in context.body[:_LONGEST] for t in s.tokens)


def _opening(context: Context) -> Span:
    body = context.body
    return body[0].span if body else Span(0, len(context.text.string))
