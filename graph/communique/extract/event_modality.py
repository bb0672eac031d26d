"""Whether a statement gives an event as a fact, denies it, plans it, or only supposes it.

To give a denial as a fact is the worst error, so denials win over every other cue.
"""

from __future__ import annotations

from functools import cache

from communique.extract import clauses
from communique.extract.chunks import Parse
from communique.extract.event_lexicon import VERB
from communique.extract.inflections import BASE, light_forms, verb_index
from communique.resources import lexicon

ASSERTED, DENIED, PLANNED, HYPOTHETICAL = "asserted", "denied", "planned", "hypothetical"
_GROUP = frozenset("MBHOXA")
_GOVERNING = frozenset({"of", "for", "to", "from", "against"})
_NEAR = 4
_DEPTH = 3
_WINDOW = 60
_HAPPENING = frozenset({"happen", "happened", "occur", "occurred", "take", "taken", "place", "exist", "existed"})


def modality(parse: Parse, at: int, pos: str) -> str:
    """Return the modality of the trigger at a token."""
    if _denial(parse, at):
        return DENIED
    found = _of_verb(parse, at, 0) if pos == VERB else _of_noun(parse, at)
    return HYPOTHETICAL if found != DENIED and _conditional(parse, at) else found


def _of_verb(parse: Parse, at: int, depth: int) -> str:
    index = at - 1
    found = ASSERTED
    phrase = parse.phrase_at(at)
    if phrase is not None and phrase.head != at:
        return ASSERTED
    while index >= 0 and parse.classes[index] in _GROUP:
        cue = _cues("verb").get(parse.tokens[index].lower)
        if cue == DENIED and not _only(parse, index):
            return DENIED
        found = cue if cue not in {None, DENIED} else found
        index -= 1
    if depth == 0 and parse.classes[at] != "G" and _no_subject(parse, at):
        return DENIED
    if index < 0 or found != ASSERTED or depth > _DEPTH:
        return found
    if (
        parse.classes[at] == "V"
        and parse.classes[index] in "CS"
        and (shared := _shared_governor(parse, at)) is not None
    ):
        return shared
    if parse.classes[index] == "T":
        return _of_infinitive(parse, index, depth)
    if parse.classes[index] == "C":
        earlier = _verb_before(parse, index)
        return _of_verb(parse, earlier, depth + 1) if earlier is not None else found
    if parse.classes[index] in "VEGP":
        governor = index - 1 if parse.classes[index] == "P" and index else index
        cue = _cues("govern").get(parse.tokens[governor].lower, ASSERTED)
        return found if cue == DENIED else cue
    return found


def _no_subject(parse: Parse, at: int) -> bool:
    """Return whether the subject is nobody ("no officer has been tried", "not a single one was")."""
    subject = clauses.subject(parse, at)
    if subject is None:
        return False
    subject = clauses.coordinated_left(parse, subject)[0]
    first = parse.tokens[subject.begin].lower
    return first in {"no", "nobody", "none", "neither"} or (
        subject.begin > 0 and parse.classes[subject.begin - 1] == "X"
    )


def _shared_governor(parse: Parse, at: int) -> str | None:
    """Return what the modal or the "to" of coordinated plain verbs makes of them ("will visit X and meet Y")."""
    if BASE not in verb_index().get(parse.tokens[at].lower, ()):
        return None
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        if parse.classes[index] == "M":
            cue = _cues("verb").get(parse.tokens[index].lower)
            return cue if cue in {PLANNED, HYPOTHETICAL} else None
        if parse.classes[index] == "T":
            return _of_infinitive(parse, index, 1)
        if parse.tokens[index].text in {";", ":"}:
            return None
    return None


def _of_infinitive(parse: Parse, to: int, depth: int) -> str:
    """Return what "to" before a verb makes of it: what governs it decides ("plans to", "continues to")."""
    governor = parse.previous(to)
    if governor < 0:
        return ASSERTED
    if parse.classes[governor] == "X":
        return DENIED
    phrase = parse.phrase_at(governor)
    cue = _cues("govern").get(parse.tokens[governor].lower)
    if cue is not None:
        return cue
    if parse.classes[governor] == "B":
        return PLANNED
    if parse.classes[governor] in "VEG":
        return _of_verb(parse, governor, depth + 1)
    if phrase is not None:
        verb = _verb_before(parse, phrase.begin)
        if verb is not None and verb >= phrase.begin - 3:
            return _cues("govern").get(parse.tokens[verb].lower) or _of_verb(parse, verb, depth + 1)
    return ASSERTED


def _of_noun(parse: Parse, at: int) -> str:
    phrase = parse.phrase_at(at)
    if phrase is None:
        return ASSERTED
    for token in parse.tokens[phrase.begin : at]:
        cue = _cues("modify").get(token.lower)
        if cue is not None:
            return cue
    governed = _governed(parse, phrase.begin)
    return governed if governed != ASSERTED else _as_subject(parse, clauses.chain_end(parse, phrase))


def _governed(parse: Parse, begin: int) -> str:
    """Return what the word that governs a noun phrase makes of it ("threat of", "will hold", "avoid")."""
    before = parse.previous(begin)
    if before < 0:
        return ASSERTED
    if parse.classes[before] == "P":
        preposition = parse.tokens[before].lower
        governor = (
            before - 1 if before and parse.tokens[before - 1].lower in _cues("govern") else parse.previous(before)
        )
        if governor < 0 or preposition not in _GOVERNING or parse.tokens[governor].lower == "due":
            return ASSERTED
        cue = _cues("govern").get(parse.tokens[governor].lower)
        return cue if cue is not None and cue != DENIED else _verb_stance(parse, governor)
    cue = _cues("govern").get(parse.tokens[before].lower)
    return cue if cue is not None and cue != DENIED else _verb_stance(parse, before)


def _verb_stance(parse: Parse, at: int) -> str:
    """Return the stance of a verb that carries an event noun ("will hold talks").

    Not its negation: who misses a meeting does not deny it. Other verbs presuppose the event ("will end the war").
    """
    if parse.classes[at] not in "VEG" or parse.tokens[at].lower not in light_forms():
        return ASSERTED
    found = _of_verb(parse, at, 1)
    return ASSERTED if found == DENIED else found


def _as_subject(parse: Parse, end: int) -> str:
    """Return what a modal verb right behind a noun phrase makes of it ("the talks will be held")."""
    index, negated = end, False
    while index < len(parse.classes) and index < end + _NEAR and parse.classes[index] in "MBHOXAS":
        cue = _cues("verb").get(parse.tokens[index].lower)
        if cue in {PLANNED, HYPOTHETICAL}:
            return cue
        negated = negated or parse.classes[index] == "X"
        index += 1
    happens = index < len(parse.tokens) and parse.tokens[index].lower in _HAPPENING
    return DENIED if negated and happens else ASSERTED


def _denial(parse: Parse, at: int) -> bool:
    """Return whether the sentence denies the trigger: "denies claims that ...", "reports of ... are false"."""
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        lower = parse.tokens[index].lower
        if lower in _cues("deny") and parse.classes[index] in "VEG" and _claim_between(parse, index, at):
            return True
        if (
            lower in _cues("claim")
            and lower != "that"
            and any(t.lower in _cues("untrue") for t in parse.tokens[at + 1 : at + _WINDOW])
        ):
            return True
        if lower in {"evidence", "proof"} and index and parse.tokens[index - 1].lower == "no":
            return True
    return False


def _claim_between(parse: Parse, denial: int, at: int) -> bool:
    following = parse.tokens[denial + 1 : min(denial + 1 + _NEAR, len(parse.tokens))]
    claims = any(t.lower in _cues("claim") for t in following if t.begin < parse.tokens[at].begin)
    return claims or parse.classes[denial + 1] == "G" or (parse.classes[at] == "G" and at <= denial + 2)


def _conditional(parse: Parse, at: int) -> bool:
    """Return whether the trigger's clause is opened by "if", "unless" or the like."""
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        if parse.classes[index] in "WF" or parse.tokens[index].text in {",", ";", ":"}:
            return parse.tokens[index].lower in _cues("clause")
    return False


def _only(parse: Parse, negation: int) -> bool:
    return negation + 1 < len(parse.tokens) and parse.tokens[negation + 1].lower == "only"


def _verb_before(parse: Parse, index: int) -> int | None:
    for earlier in range(index - 1, max(-1, index - 12), -1):
        if parse.classes[earlier] in "VEG" and parse.phrase_at(earlier) is None:
            return earlier
        if parse.classes[earlier] in "WF" or parse.tokens[earlier].text in {";", ":"}:
            return None
    return None


@cache
def _cues(where: str) -> dict[str, str]:
    return {row["cue"]: row["modality"] for row in lexicon("modality_cues") if row["where"] == where}
