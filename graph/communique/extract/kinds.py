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

from communique.extract.demands.appeals import is_own_appeal
from communique.extract.grammar.phrase_table import PhraseTable, word_set
from communique.extract.head.topmatter import RELEASE
from communique.extract.parties.own import Own
from communique.extract.text import QUOTED, Context, Sentence, Token
from communique.model import Attribution, Demand, EntityType, Kind, Span
from communique.resources import lexicon, words
from communique.vocab import KINDS

# How sure the first, second and third kind must be: most statements have two, so the second may be less sure.
THRESHOLDS = (0.4, 0.25, 0.4)
SHARES = (0.0, 0.4, 0.6)
"""How sure each must be beside the surest one."""
_TITLE_GAIN, _OPENING_GAIN, _THIRD_PARTY, _DILUTION = 1.35, 1.15, 0.35, 0.8
_OPENING_SENTENCES = 3
# A body of more sentences than this says more of everything, so that each of its words says less of its purpose.
_USUAL_LENGTH = 16
_LONGEST = 120
# Acts that reports of a quarrel relay from the other side as often as a statement performs them.
_JUDGING = frozenset({"denial", "condemnation"})
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
_OWN_APPEAL, _OTHER_DEMAND, _TITLE_APPEAL, _TOLD_EARLY = 0.6, 0.2, 0.6, 0.4
_OWN_MODAL = 0.25
"""What "must" and "should" count in a text that is somebody's own, and not a report."""
_TELLING = 0.3
_HEAD = 120
_SPEECH, _SALUTATION = 0.35, 400
_SALUTED = re.compile(
    r"(?m)^\W*(?:Mr\.?\s+|Madame?\s+)?"
    r"(President|Chair(?:man|person)?|Speaker|Excellenc(?:y|ies)|Ladies and [Gg]entlemen|"
    r"Distinguished \w+|[A-Z]{3,}(?: [A-Z.]+){0,3}(?=:))\s*[,:]"
)
_STATEMENT = re.compile(
    r"(?i)\b(?:statement|communiqu[eé]|declaration|remarks|letter|message|appeal|speech|address)\b|\[TEXT\]"
)
_MODALS, _MODAL_DECAY = ("appeal", "(modal)"), 0.8
_DECAY = 0.6
"""What each further occurrence of the same words counts: they are no independent evidence."""
_PERFORMED = 0.85
"""What an act that the issuer performs ("we condemn") gains at least, however late and long the text."""
_NEAR_SUBJECT = 14
_READOUT = re.compile(r"(?i)\b(?:readout|call with|meeting|meets|travel|talks)\b")
_IN_READOUT = {"position": 0.5, "welcome": 0.7, "concern": 0.7, "condemnation": 0.7, "congratulation": 0.4}
"""What views and judgements count in the readout of a meeting, which reports them."""
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
    surest = ranked[0][1].score if ranked else 0.0
    least = [max(threshold, share * surest) for threshold, share in zip(THRESHOLDS, SHARES, strict=True)]
    pairs = zip(ranked, least, strict=False)
    kept = [ranked_kind for ranked_kind, _ in takewhile(lambda pair: pair[0][1].score >= pair[1], pairs)]
    if not kept:
        return (Kind("position" if _first_person(context) else "report", _opening(context), None, 0.3),)
    return tuple(Kind(kind, e.sentence or _opening(context), e.cue, round(min(0.95, e.score), 2)) for kind, e in kept)


def evidence_of_kinds(
    context: Context, demands: Sequence[Demand], attributions: Sequence[Attribution] = ()
) -> dict[str, _Evidence]:
    """Return the evidence of every kind that has any; words said again and again say less each time."""
    own = Own(context, attributions)
    found: dict[str, _Evidence] = {}
    told = not _is_own(context)
    pieces = [*_from_cues(context, own), *_from_demands(context, demands, own, told=told)]
    pieces += [*_from_plans(context), *_from_telling(context, told=told), *_from_speech(context)]
    seen: Counter[tuple[str, str]] = Counter()
    for kind, weight, cue, sentence in sorted(pieces, key=lambda p: -p[1]):
        words_of = (kind, context.text.of(cue).lower())
        share = _DECAY ** seen[words_of]
        if kind == "appeal" and weight <= _OWN_MODAL:  # "must", "should", "need to": of one sort
            share = min(share, _MODAL_DECAY ** seen[_MODALS])
            seen[_MODALS] += 1
        found.setdefault(kind, _Evidence()).add(weight * share, cue, sentence)
        seen[words_of] += 1
    return found


@cache
def _table() -> PhraseTable[_Cue]:
    return PhraseTable(
        (row["cue"], _Cue(row["kind"], float(row["weight"]), row["scope"])) for row in lexicon("kind_cues")
    )


def _from_cues(context: Context, own: Own) -> Iterator[_Piece]:
    """Yield kind, weight, cue and sentence of each occurrence."""
    title = context.header.title
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
                share = 1.0 if readout else _share(context, sentence, first, after, cue, own)
                least = _PERFORMED if share == 1 and _is_performed(context, sentence, first, own) else 0.0
                weight = cue.weight * max(gain, least) * share
                yield cue.kind, weight * (_IN_READOUT.get(cue.kind, 1.0) if readout else 1.0), span, sentence.span


def _share(context: Context, sentence: Sentence, first: int, after: int, cue: _Cue, own: Own) -> float:
    """Return how much of an act of speech is the statement's own."""
    tokens = sentence.tokens
    if cue.scope != "act" or _opens_point(tokens, first):
        return 1.0
    at = first - 1
    while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in word_set("before_act")):
        at -= 1
    subject = tokens[at] if at >= 0 else None
    past = tokens[first].lower.endswith("ed")
    by = past and after < len(tokens) and tokens[after].lower == "by"
    passive = past and any(t.lower in word_set("be") for t in tokens[at + 1 : first])
    if by or (passive and cue.kind != "concern") or (subject is not None and subject.lower in word_set("others")):
        return _THIRD_PARTY
    if subject is None or subject.lower in {"we", "i"}:
        return 1.0
    if tokens[first].lower.endswith("ing") and _says_of_what(context, subject):
        return _THIRD_PARTY
    if cue.kind in _JUDGING and _is_somebody_described(context, subject):
        return _THIRD_PARTY
    return 1.0 if not own.known or own.performs(tokens[first].span) else _THIRD_PARTY


def _says_of_what(context: Context, noun: Token) -> bool:
    """Return whether a participle belongs to the noun before it ("a resolution condemning ..."), no statement's own."""
    low = noun.lower
    plain = noun.text.islower() and noun.text.isalpha() and context.mention_at(noun.begin) is None
    return plain and low not in word_set("documents") | word_set("be") | word_set("joining") and len(low) > 2


def _is_somebody_described(context: Context, subject: Token) -> bool:
    """Return whether the subject of a denial or a condemnation is described ("the guards"), and no issuing body."""
    noun = subject.lower in words("actor_nouns") or subject.lower in words("people_nouns")
    described = context.mention_at(subject.begin) is None and noun and subject.text.islower()
    return described and subject.lower not in word_set("own_bodies")


def _is_performed(context: Context, sentence: Sentence, first: int, own: Own) -> bool:
    """Return whether a sentence opens with "we", "my government" or an issuer, and the cue is what it says of them."""
    if first > _NEAR_SUBJECT:
        return False
    opening = [t.lower for t in sentence.tokens[:3]]
    if set(opening) & {"we", "i"} or (opening[0] in {"my", "our"} and opening[1:2] != [","]):
        return True
    mention = next(iter(context.mentions_in(Span(sentence.span.begin, sentence.span.begin + 5))), None)
    return mention is not None and own.known and own.names(mention)


def _from_plans(context: Context) -> Iterator[_Piece]:
    """Yield the evidence that most of a text tells of what will be done: it announces it."""
    body = context.body[:_PLANNED_SENTENCES]
    planned = [(s, t) for s in body if (t := _first_will(s)) is not None]
    share = len({s.index for s, _ in planned}) / max(1, len(body))
    if share >= _PLANNED_SHARE and len(body) > 1:
        sentence, token = planned[0]
        yield "announcement", _PLANS * min(1.0, share / (2 * _PLANNED_SHARE)), token.span, sentence.span


def _from_telling(context: Context, *, told: bool) -> Iterator[_Piece]:
    """Yield the evidence that a text tells of others, which nobody issues as a release or speaks in: it reports."""
    if context.body and told:
        yield "report", _TELLING, context.body[0].tokens[0].span, context.body[0].span


def _from_speech(context: Context) -> Iterator[_Piece]:
    """Yield the evidence that a text is a speech, in which somebody mostly sets out views."""
    area = context.header.body
    found = _SALUTED.search(context.text.string, max(0, area.begin - _HEAD), min(area.end, area.begin + _SALUTATION))
    if found is not None:
        span = Span(found.start(1), found.end(1))
        yield "position", _SPEECH, span, context.text.evidence(span)


def _is_own(context: Context) -> bool:
    """Return whether a text is a release, or somebody speaks for themselves in it."""
    head = context.text.string[: context.header.body.begin + _HEAD]
    return RELEASE.search(head) is not None or _first_person(context) or _is_statement(context)


def _is_statement(context: Context) -> bool:
    title = context.header.title
    heading = context.text.string[: context.header.body.begin + _HEAD] if title is None else context.text.of(title)
    return _STATEMENT.search(heading) is not None


def _first_will(sentence: Sentence) -> Token | None:
    """Return the "will" of a main clause: before it stands no word that opens another one."""
    for token in sentence.tokens:
        if token.lower == "will":
            return token
        if token.lower in word_set("relative") | word_set("subordinate") | {"that", "if"}:
            return None
    return None


def _opens_point(tokens: Sequence[Token], first: int) -> bool:
    """Return whether an act of speech opens a numbered point ("2. Deny that ..."): whoever lists it performs it."""
    marks = [t for t in tokens[:first] if t.text not in {".", ")", "(", ",", "-", "•", "*", "–"}]
    numbered = len(marks) == 1 and (marks[0].text.isdigit() or len(marks[0].text) == 1 or marks[0].lower in _ROMAN)
    return numbered and tokens[first].text[0].isupper()


def _from_demands(context: Context, demands: Sequence[Demand], own: Own, *, told: bool) -> Iterator[_Piece]:
    title = context.header.title
    for demand in demands:
        weight = _OTHER_DEMAND if told else _OWN_MODAL
        if is_own_appeal(context, demand, own):
            weight = _OWN_APPEAL
        elif _is_early(context, demand):
            weight = _TOLD_EARLY
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
