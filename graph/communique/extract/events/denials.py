"""Whether something outside its clause denies a trigger: a verb of denying, a claim called untrue, proof that lacks.

A word of denial or claim reaches a trigger only where it governs it, through "that", "of" or an -ing form, and never
beyond the clause that it opens: else a fact beside a denial would be given as denied.
"""

from __future__ import annotations

from functools import cache

from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse
from communique.extract.grammar.clauses import Voice
from communique.extract.grammar.inflections import beside_forms, light_forms, verb_forms
from communique.resources import lexicon, words

WINDOW = 60
DENIALS = frozenset({"denial", "denials"})
_NEAR = 4
_GROUP = frozenset("MBHOXA")
_FINITE = frozenset("VMBHO")
_LINKS = frozenset({"of", "about", "for", "regarding", "concerning"})
_TEMPORAL = frozenset({"after", "before", "since", "when", "as", "until"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
_NEGATIVE = frozenset({"no", "not", "without", "lack", "absence", "never", "cannot", "nor"})
_DEFINITE = frozenset({"the", "this", "these", "that", "those"})
_DENYING = frozenset({"deny", "denies", "denied", "denying"})


@cache
def cues(where: str) -> dict[str, str]:
    """Return the cues of one place of ``modality_cues.csv`` with what they make of a trigger."""
    return {row["cue"]: row["modality"] for row in lexicon("modality_cues") if row["where"] == where}


@cache
def claim_verbs(*frames: str) -> frozenset[str]:
    """Return the forms of the verbs of claiming in some frames of ``claiming_words.csv``, of all if none is given."""
    held = frames or ("told", "verb", "that", "accuse")
    lemmas = [row["word"] for row in lexicon("claiming_words") if row["frame"] in held]
    return frozenset(form for lemma in lemmas for form, _ in verb_forms(lemma))


def denial(parse: Parse, at: int, deed: bool) -> int | None:
    """Return the word that denies the trigger at a token, or ``None``.

    ``deed`` says whether the trigger is a noun for what one is accused of: who denies "the killing" or "the troop
    movements" says there were none, who denies "the appeal" refuses it.
    """
    if deed and (verb := _denied_object(parse, at)) is not None:
        return verb
    signals = _signals()
    if signals.isdisjoint(parse.words[max(0, at - WINDOW) : at]):
        return None
    for index in range(at - 1, max(-1, at - WINDOW), -1):
        if breaks(parse, index):
            return None
        if parse.words[index] in signals and _denies(parse, index, at):
            return index
    return None


@cache
def _signals() -> frozenset[str]:
    """Return the words without one of which before a trigger nothing denies it."""
    held = [word for place in ("deny", "true", "untrue", "proof", "claim", "falsely") for word in cues(place)]
    return frozenset(held) | DENIALS


@cache
def _bounds() -> frozenset[str]:
    return frozenset(cues("bound"))


def breaks(parse: Parse, index: int) -> bool:
    """Return whether a token closes the clause before it: "but", ";", or the comma of ", a day after"."""
    word = parse.words[index]
    if word == ";" or word in _bounds():
        return True
    if word != "," or (index and parse.classes[index - 1] == "W"):
        return False
    for later in range(index + 1, min(index + 5, len(parse.tokens))):
        if parse.words[later] in _TEMPORAL:
            return True
        if parse.classes[later] not in "DUNA" or parse.mentions[later] is not None:
            return False
    return False


def negated_verb(parse: Parse, verb: int) -> bool:
    """Return whether a verb is negated in its group or by its subject ("cannot deny", "nobody denies")."""
    index = verb - 1
    while index >= 0 and parse.classes[index] in _GROUP:
        if parse.classes[index] == "X" or negative(parse.words[index]):
            return True
        index -= 1
    if index >= 0 and parse.words[index] in {"nobody", "none", "nothing"}:
        return True
    phrase = parse.phrase_at(index) if index >= 0 else None
    return phrase is not None and parse.words[phrase.begin] in _NOBODY


def negative(lower: str) -> bool:
    """Return whether a word negates ("no", "cannot", "didn't")."""
    return lower in _NEGATIVE or lower.endswith(("n't", "n’t"))


def negated_before(parse: Parse, index: int) -> bool:
    """Return whether "no", "not", "without" or "lack of" stands shortly before a word ("no credible evidence")."""
    for token in reversed(parse.tokens[max(0, index - _NEAR) : index]):
        if negative(token.lower):
            return True
        if token.text in {",", ";"} or token.lower == "doubt":
            return False
    return False


def governs(parse: Parse, noun: int, at: int) -> bool:
    """Return whether a noun of claim or proof governs a trigger ("claims by Varenia that", "evidence of")."""
    index = noun + 1
    while index < at:
        lower, letter = parse.words[index], parse.classes[index]
        phrase = parse.phrase_from(index + 1)
        if lower == "that":
            return in_clause(parse, index, at)
        if lower in _LINKS and _of(parse, noun, index, at):
            return True
        if phrase is not None and letter in "PVG" and phrase.head < at and parse.words[phrase.head] in _claims():
            return governs(parse, phrase.head, at)  # "evidence to support claims that", "truth in reports of"
        if letter == "P" and phrase is not None:
            index = phrase.end
        elif letter in "EATV" or parse.tokens[index].text in {",", "(", ")"} or lower == "whatsoever":
            index += 1
        else:
            return False
    return False


def in_clause(parse: Parse, begin: int, at: int, allowed: int = 1) -> bool:
    """Return whether a trigger stands in the clause that a token opens.

    A clause has one finite verb (``allowed``), and one more for each clause within or joined to it: the next is the
    verb of the sentence around it ("the claim that Varenia bombed it is a sign of war").
    """
    closed = allowed == 0
    for index in range(begin + 1, at + 1):
        letter = parse.classes[index]
        if breaks(parse, index) or (letter == "C" and _speaks_next(parse, index, at)):
            return False
        if letter in "WF" or (letter == "C" and not closed) or _listed_verb(parse, index):
            allowed += 1
        elif _finite(parse, index):
            allowed -= 1
            if allowed < 0:
                return False
    return not _takes_part(parse, begin, at)


def closed_relative(parse: Parse, verb: int, at: int) -> bool:
    """Return whether the relative clause of a verb ends at a comma before a trigger ("who denies it, shelled")."""
    return parse.classes[verb - 1 : verb] == "W" and any(t.text == "," for t in parse.tokens[verb:at])


def _finite(parse: Parse, index: int) -> bool:
    """Return whether a finite verb group begins at a token."""
    if parse.phrase_at(index) is not None:
        return False
    letter, before = parse.classes[index], parse.previous(index)
    opens = before < 0 or parse.classes[before] not in "MBHOTX"
    return opens and (letter in _FINITE or (letter == "E" and clauses.voice(parse, index) is Voice.ACTIVE))


def _listed_verb(parse: Parse, index: int) -> bool:
    following = parse.following(index)
    return parse.tokens[index].text == "," and following < len(parse.classes) and parse.classes[following] in "VE"


def _speaks_next(parse: Parse, conjunction: int, at: int) -> bool:
    """Return whether a conjunction goes on with what somebody says, beside the clause before it ("and condemns")."""
    index = parse.following(conjunction)
    phrase = parse.phrase_from(index)
    index = clauses.chain_end(parse, phrase) if phrase is not None else index
    return index < at and parse.words[index] in words("statement_verbs", "verb")


def _takes_part(parse: Parse, begin: int, at: int) -> bool:
    """Return whether only a part in a given deed is spoken of ("involvement in the attack", "guilty of the murder")."""
    phrase = parse.phrase_at(at)
    given = phrase is not None and parse.words[phrase.begin] in _DEFINITE
    before = parse.tokens[begin:at]
    return given and any(t.lower in cues("part") for t in before)


def _of(parse: Parse, noun: int, link: int, at: int) -> bool:
    """Return whether "of" and the like join a trigger to a noun; the report of a visit is no claim of one."""
    between = parse.tokens[link:at]
    finite = (
        letter in "VMBHOWF" and token.lower not in {"having", "being"}
        for letter, token in zip(parse.classes[link:at], between, strict=True)
    )
    if parse.words[noun] == "report" or any(finite):
        return False
    return not _takes_part(parse, noun, at)


def _denies(parse: Parse, index: int, at: int) -> bool:
    """Return whether the word at ``index`` denies the trigger."""
    lower = parse.words[index]
    follower = parse.words[index + 1]
    if lower in cues("deny") and parse.classes[index] in "VEG":
        unsaid = negated_verb(parse, index) or closed_relative(parse, index, at)
        return not unsaid and _denied_by(parse, index, at)
    if lower in DENIALS:
        return governs(parse, index, at)
    if lower in cues("falsely") and parse.words[index + 1] in claim_verbs():
        links = (i for i in range(index + 2, at) if parse.words[i] in {"of", "that"})
        link = next(links, None)
        return link is not None and in_clause(parse, link, at)
    if follower == "that" and (lower in cues("true") and negated_before(parse, index)):
        return in_clause(parse, index + 1, at)
    if follower == "that" and lower in cues("untrue") and not negated_before(parse, index):
        return in_clause(parse, index + 1, at)
    if lower in _claims() and parse.classes[index] == "N":
        return _untrue(parse, index, at) and governs(parse, index, at)
    return lower in cues("proof") and negated_before(parse, index) and governs(parse, index, at)


def _denied_by(parse: Parse, verb: int, at: int) -> bool:
    """Return whether what a verb of denying denies is the trigger: a clause, an -ing form, a claim of it."""
    index = _object_from(parse, verb, at)
    if parse.words[index] == "that" and index < at:
        return in_clause(parse, index, at)
    if parse.classes[index] == "G" or parse.words[index] == "having":
        return in_clause(parse, index if parse.classes[index] == "H" else verb, at, 0) and (
            index == at or not _other_verb(parse, index, at)
        )
    phrase = parse.phrase_from(index)
    if phrase is None:
        return False
    head = parse.words[phrase.head]
    if phrase.begin <= at < phrase.end:
        return head in _claims() or parse.words[phrase.begin] == "any"  # "denies torture reports"
    if head in cues("part"):
        return not _takes_part(parse, verb, at) and parse.words[phrase.end] == "in"
    if head in _claims():
        return governs(parse, phrase.head, at)
    end = clauses.chain_end(parse, phrase)
    return end <= at and parse.words[verb] in _DENYING and _clause_from(parse, end) and in_clause(parse, verb, at)


def _object_from(parse: Parse, verb: int, at: int) -> int:
    """Return where what a verb governs begins, past "on Monday" and "as baseless"."""
    index = parse.following(verb)
    while index < at:
        phrase = parse.phrase_from(index + 1)
        untrue = parse.words[index] in cues("untrue") and parse.classes[index + 1] == "D"
        if untrue or parse.words[index] == "as":
            index = parse.following(index)
        elif parse.classes[index] == "P" and phrase is not None and phrase.end <= at:
            index = clauses.chain_end(parse, phrase)
        else:
            break
    return index


def _other_verb(parse: Parse, gerund: int, at: int) -> bool:
    """Return whether the -ing form is but what happened beside the trigger ("denied seeing the attack")."""
    phrase = parse.phrase_at(at)
    given = phrase is not None and parse.words[phrase.begin] in _DEFINITE
    verb = parse.following(gerund) if parse.words[gerund] == "having" else gerund
    carried = verb == at or parse.words[verb] in light_forms() - beside_forms()
    return given and not carried


def _clause_from(parse: Parse, index: int) -> bool:
    """Return whether the verb of a clause without "that" stands at a token ("denied its troops had bombed")."""
    while index < len(parse.classes) and parse.classes[index] == "A":
        index += 1
    return index < len(parse.classes) and _finite(parse, index)


def _untrue(parse: Parse, claim: int, at: int) -> bool:
    """Return whether a claim is called untrue, before its noun ("false reports that") or behind what it claims."""
    phrase = parse.phrase_at(claim)
    begin = phrase.begin if phrase is not None else claim
    if any(t.lower in cues("untrue") for t in parse.tokens[begin:claim]):
        return True
    said = -WINDOW
    for index in range(at + 1, min(at + WINDOW, len(parse.tokens))):
        if breaks(parse, index) or parse.classes[index] in "WF":
            return False
        if parse.classes[index] in "BVE" and parse.phrase_at(index) is None:
            said = index
        if parse.words[index] in cues("untrue") and index - said <= _NEAR:
            return not negated_before(parse, index)
    return False


def _denied_object(parse: Parse, at: int) -> int | None:
    """Return the form of "deny" whose object a noun is ("denied the killing")."""
    phrase = parse.phrase_at(at)
    verb = parse.previous(phrase.begin if phrase is not None else at)
    denied = verb >= 0 and parse.classes[verb] in "VEG" and parse.words[verb] in _DENYING
    return verb if denied and not negated_verb(parse, verb) else None


def _claims() -> dict[str, str]:
    return cues("claim")
