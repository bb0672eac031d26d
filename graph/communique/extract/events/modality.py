"""Whether a statement gives an event as a fact, denies it, plans it, or only supposes it.

To give a denial as a fact is the worst error, so denials win over every other cue.
"""

from __future__ import annotations

from functools import cache

from communique.extract.events.lexicon import NOUN, VERB
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse
from communique.extract.grammar.inflections import BASE, beside_forms, light_forms, verb_index
from communique.extract.temporal.dates import month_number
from communique.resources import lexicon, words

ASSERTED, DENIED, PLANNED, HYPOTHETICAL = "asserted", "denied", "planned", "hypothetical"
_GROUP = frozenset("MBHOXA")
_GOVERNING = frozenset({"of", "for", "to", "from", "against"})
_NEAR = 4
_DEPTH = 3
_FAR = 20
_SOON = 8
_SPANS = frozenset({"week", "month", "year", "weekend", "monday", "tuesday", "wednesday", "thursday", "friday"})
_WINDOW = 60
_DEFINITE = frozenset({"the", "this", "these", "that", "those"})
_DENYING = frozenset({"deny", "denies", "denied", "denying"})
_TAKEN_PART = frozenset({"involvement", "involved"})
_HAPPENING = frozenset(
    {"happen", "happened", "occur", "occurred", "take", "taken", "place", "held", "begin", "begun", "exist", "existed"}
)


def modality(parse: Parse, at: int, pos: str, harmful: bool) -> str:
    """Return the modality of the trigger at a token; ``harmful`` says whether the deed harms somebody."""
    if _denial(parse, at) or (harmful and pos == NOUN and _denied_object(parse, at)):
        return DENIED
    found = _of_verb(parse, at, 0) if pos == VERB else _of_noun(parse, at)
    if found == ASSERTED and _ahead(parse, at):
        return PLANNED
    return HYPOTHETICAL if found != DENIED and _conditional(parse, at) else found


def _ahead(parse: Parse, at: int) -> bool:
    """Return whether the words behind a trigger, up to a clause mark, date it in the future ("next week")."""
    for index in range(at + 1, min(at + _SOON, len(parse.tokens) - 1)):
        lower = parse.tokens[index].lower
        if parse.classes[index] in "WFVMB" or lower in {",", ";", ":"}:
            return False
        if lower == "tomorrow" or (lower == "next" and parse.tokens[index + 1].lower in _SPANS):
            return parse.classes[at] != "E"
    return False


def _of_verb(parse: Parse, at: int, depth: int) -> str:
    index = at - 1
    found = ASSERTED
    phrase = parse.phrase_at(at)
    if phrase is not None and phrase.head != at:
        return ASSERTED
    while index >= 0 and parse.classes[index] in _GROUP:
        cue = _verb_cue(parse, index)
        if cue == DENIED and not _only(parse, index):
            return DENIED
        found = cue if cue not in {None, DENIED} else found
        index -= 1
    if found != ASSERTED:
        found = _reported_stance(parse, index + 1, at, found)
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
    if parse.classes[at] == "G" and _refused(parse, index):
        return DENIED
    if parse.classes[index] in "VEGP":
        governor = index - 1 if parse.classes[index] == "P" and index else index
        cue = _cues("govern").get(parse.tokens[governor].lower, ASSERTED)
        return found if cue == DENIED else cue
    return found


def _verb_cue(parse: Parse, index: int) -> str | None:
    """Return what a word of a verb group makes of its verb; every contraction with "not" denies."""
    word = parse.tokens[index].lower.replace("’", "'")
    return DENIED if word.endswith("n't") else _cues("verb").get(word)


def _reported_stance(parse: Parse, begin: int, at: int, found: str) -> str:
    """Return what a clause of saying or fearing makes of a modal verb.

    "Said that it would send aid" reports a plan; "fears that it will attack" supposes.
    """
    would = any(t.lower == "would" for t in parse.tokens[begin:at])
    for index in range(begin - 1, max(-1, begin - _WINDOW), -1):
        lower = parse.tokens[index].lower
        if lower in _cues("clause") or parse.tokens[index].text in {";", ":"}:
            return found
        if found == PLANNED and parse.classes[index] == "W" and index:
            return HYPOTHETICAL if _cues("govern").get(parse.tokens[index - 1].lower) == HYPOTHETICAL else found
        if would and lower in _cues("promise"):
            later = parse.tokens[index:]
            return found if any(t.lower in _cues("clause") for t in later) else PLANNED
    return found


def _refused(parse: Parse, index: int) -> bool:
    """Return whether a preposition before an -ing form says that it was not done ("without firing", "far from")."""
    if parse.tokens[index].lower in _cues("refuse"):
        return True
    linked = parse.tokens[index].lower in {"of", "than", "from"} and index > 0
    return linked and parse.tokens[index - 1].lower in _cues("refuse")


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
        asked = any(t.lower in words("asking_words") for t in parse.tokens[max(0, governor - _FAR) : governor])
        return HYPOTHETICAL if asked else DENIED
    phrase = parse.phrase_at(governor)
    cue = _cues("govern").get(parse.tokens[governor].lower)
    if cue is not None:
        return cue
    if parse.classes[governor] == "B":
        return HYPOTHETICAL if governor and parse.tokens[governor - 1].lower == "it" else PLANNED
    if parse.classes[governor] in "VEG":
        return _of_verb(parse, governor, depth + 1)
    if phrase is not None and parse.classes[to + 1] == "B":
        return PLANNED  # "talks to be held in May"
    if phrase is not None:
        verb = _verb_before(parse, phrase.begin)
        if verb is not None and verb >= phrase.begin - 3:
            return _cues("govern").get(parse.tokens[verb].lower) or _of_verb(parse, verb, depth + 1)
    return ASSERTED


def _of_noun(parse: Parse, at: int) -> str:
    phrase = parse.phrase_at(at)
    if phrase is None:
        return ASSERTED
    for index in range(phrase.begin, at):
        cue = _cues("modify").get(parse.tokens[index].lower)
        if cue is not None and not (cue == HYPOTHETICAL and _negated_before(parse, phrase.begin)):
            return cue
    governed = _governed(parse, phrase.begin)
    return governed if governed != ASSERTED else _as_subject(parse, clauses.chain_end(parse, phrase))


def _governed(parse: Parse, begin: int) -> str:
    """Return what the word that governs a noun phrase makes of it ("threat of", "will hold", "avoid")."""
    before = parse.previous(begin)
    while before > 0 and (parse.classes[before] == "U" or parse.tokens[before].text == "." or _month(parse, before)):
        before -= 1  # "ahead of the Sept. 4 election": a date parts the noun from what governs it
    while before > 0 and parse.classes[before] == "D":
        before -= 1
    if before < 0:
        return ASSERTED
    if parse.classes[before] == "P":
        preposition = parse.tokens[before].lower
        governor = (
            before - 1 if before and parse.tokens[before - 1].lower in _cues("govern") else parse.previous(before)
        )
        if governor < 0 or parse.tokens[governor].lower == "due":
            return ASSERTED
        if preposition not in _GOVERNING:
            brings = preposition == "in" and parse.tokens[governor].lower in _cues("bring")
            return _verb_stance(parse, governor) if brings else ASSERTED
        outer = parse.phrase_at(governor)
        if preposition == "of" and outer is not None and parse.tokens[governor].lower in words("shell_nouns"):
            return _of_noun(parse, governor)
        cue = _cues("govern").get(parse.tokens[governor].lower)
        return cue if cue is not None and cue != DENIED else _verb_stance(parse, governor)
    cue = _cues("govern").get(parse.tokens[before].lower)
    return cue if cue is not None and cue != DENIED else _verb_stance(parse, before)


def _verb_stance(parse: Parse, at: int) -> str:
    """Return the stance of a verb that carries an event noun ("will hold talks") or brings it about ("could cause").

    Its negation counts where the subject does what the noun says ("did not launch an attack"), not where it stands
    beside it: who misses a meeting does not deny it. Other verbs presuppose the event ("will end the war").
    """
    lower = parse.tokens[at].lower
    if parse.classes[at] not in "VEG" or not (lower in light_forms() or lower in _cues("bring")):
        return ASSERTED
    found = _of_verb(parse, at, 1)
    if lower in light_forms():
        return ASSERTED if found == DENIED and lower in beside_forms() else found
    return found if found == HYPOTHETICAL else ASSERTED


def _as_subject(parse: Parse, end: int) -> str:
    """Return what a modal verb right behind a noun phrase makes of it ("the talks will be held")."""
    if parse.classes[end : end + 2] == "TB":
        return PLANNED  # "the talks to be held in May"
    index, negated, found = end, False, ASSERTED
    while index < len(parse.classes) and index < end + _NEAR and parse.classes[index] in "MBHOXAS":
        cue = _verb_cue(parse, index)
        found = cue if found == ASSERTED and cue in {PLANNED, HYPOTHETICAL} else found
        negated = negated or cue == DENIED
        index += 1
    verb = parse.tokens[index].lower if index < len(parse.tokens) else ""
    if verb not in _HAPPENING and verb not in light_forms():
        return ASSERTED  # "the attack could worsen the crisis" does not call the attack in question
    return DENIED if negated else found


def _denial(parse: Parse, at: int) -> bool:
    """Return whether the sentence denies the trigger: "denies claims that ...", "reports of ... are false"."""
    tokens, bound, deny, claim, proof = parse.tokens, *(_cues(w) for w in ("bound", "deny", "claim", "proof"))
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        lower = tokens[index].lower
        if lower in bound or lower == ";":
            return False
        if lower in deny and parse.classes[index] in "VEG" and _claim_between(parse, index, at):
            return True
        if lower in {"denial", "denials"} and tokens[index + 1].lower == "that":
            return True
        if lower in claim and lower != "that" and _untrue(parse, index, at):
            return True
        if lower in proof and _negated_before(parse, index):
            return True
    return False


def _untrue(parse: Parse, claim: int, at: int) -> bool:
    """Return whether a word of claim is called untrue, before it ("false reports that") or behind what it claims."""
    before = parse.tokens[max(0, claim - 3) : claim]
    return any(t.lower in _cues("untrue") for t in (*before, *parse.tokens[at + 1 : at + _WINDOW]))


def _negated_before(parse: Parse, index: int) -> bool:
    """Return whether "no", "not", "without" or "lack of" stands shortly before a word ("no credible evidence")."""
    for token in reversed(parse.tokens[max(0, index - _NEAR) : index]):
        if token.lower in {"no", "not", "without", "lack", "absence", "never"} or _denies(token.lower):
            return True
        if token.text in {",", ";"} or token.lower == "doubt":
            return False
    return False


def _denies(lower: str) -> bool:
    return lower.endswith(("n't", "n’t"))


def _denied_object(parse: Parse, at: int) -> bool:
    """Return whether a noun is what a form of "deny" denies ("denied the killing", not "denied the appeal")."""
    phrase = parse.phrase_at(at)
    verb = parse.previous(phrase.begin if phrase is not None else at)
    return verb >= 0 and parse.classes[verb] in "VEG" and parse.tokens[verb].lower in _DENYING


def _claim_between(parse: Parse, denial: int, at: int) -> bool:
    """Return whether what a verb of denying denies is the trigger.

    A word of claim follows, or an -ing form. Who denies a part in "the attack" does not deny the attack.
    """
    following = [t.lower for t in parse.tokens[denial + 1 : min(denial + 1 + _NEAR, at)]]
    following += [t.lower for t in parse.tokens[at + 1 : at + 2] if at - denial <= _NEAR]  # "denies torture reports"
    phrase = parse.phrase_at(at)
    given = phrase is not None and parse.tokens[phrase.begin].lower in _DEFINITE
    claims = any(word in _cues("claim") and not (given and word in _TAKEN_PART) for word in following)
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


def _month(parse: Parse, index: int) -> bool:
    return month_number(parse.tokens[index].text) > 0


@cache
def _cues(where: str) -> dict[str, str]:
    return {row["cue"]: row["modality"] for row in lexicon("modality_cues") if row["where"] == where}
