"""Whether a statement gives an event as a fact, denies it, plans it, or only supposes it.

To give a denial as a fact is the worst error, so denials win over every other cue.
"""

from __future__ import annotations

from communique.extract.events.denials import cues, negated_before
from communique.extract.events.lexicon import VERB
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse, Phrase
from communique.extract.grammar.inflections import BASE, beside_forms, light_forms, verb_index
from communique.extract.grammar.phrase_table import word_set
from communique.extract.temporal.dates import month_number
from communique.resources import words

ASSERTED, DENIED, PLANNED, HYPOTHETICAL = "asserted", "denied", "planned", "hypothetical"
_GROUP = frozenset("MBHOXA")
_WARNING = frozenset({"against", "of", "about", "from"})
_GOVERNING = frozenset({"of", "for", "to", "from", "against"})
_MORE = frozenset({"further", "additional", "more"})
_KNOWN = frozenset({"the", "this", "these", "its", "their", "his", "her", "ongoing"})
_POINTING = frozenset({"this", "these", "those"})
_NEAR = 4
_DEPTH = 3
_FAR = 20
_SOON = 8
_SPANS = frozenset({"week", "month", "year", "weekend", "monday", "tuesday", "wednesday", "thursday", "friday"})
_WINDOW = 60
_HAPPENING = frozenset(
    {"happen", "happened", "occur", "occurred", "take", "taken", "place", "held", "begin", "begun", "exist", "existed"}
)


def modality(parse: Parse, at: int, pos: str, denied: bool) -> str:
    """Return the modality of the trigger at a token; ``denied`` says whether something outside its clause denies it.

    What denies that something was not done asserts it.
    """
    found = _of_verb(parse, at, 0) if pos == VERB else _of_noun(parse, at)
    if denied:
        return ASSERTED if found == DENIED and pos == VERB else DENIED
    if pos == VERB and (inverted := _inverted(parse, at)) is not None:
        return inverted
    if found == ASSERTED and _ahead(parse, at):
        return PLANNED
    return HYPOTHETICAL if found != DENIED and _conditional(parse, at) else found


def _inverted(parse: Parse, at: int) -> str | None:
    """Return what an auxiliary before the subject makes of a verb ("Had it bombed ...", "Would it have bombed ...?").

    "Had it not bombed" tells what it did.
    """
    index = at - 1
    while index >= 0 and parse.classes[index] in _GROUP:
        index -= 1
    phrase = parse.phrase_at(index) if index >= 0 else None
    if phrase is None:
        return None
    begin = clauses.chain_begin(parse, phrase)
    aux = begin - 1
    if aux < 0 or parse.classes[aux] not in "MBHO" or parse.phrase_at(aux) is not None:
        return None
    before = parse.words[aux - 1] if aux else ""
    if before in {"nor", "neither", "never"}:
        return DENIED
    if aux and parse.classes[aux - 1] not in "SC" and before != "that":
        return None
    if parse.words[aux] == "had":
        return ASSERTED if "X" in parse.classes[index:at] else HYPOTHETICAL
    asked = any(t.text == "?" for t in parse.tokens[-3:])
    return HYPOTHETICAL if parse.classes[aux] == "M" or asked else None


def _ahead(parse: Parse, at: int) -> bool:
    """Return whether the words behind a trigger, up to a clause mark, date it in the future ("next week")."""
    for index in range(at + 1, min(at + _SOON, len(parse.tokens) - 1)):
        lower = parse.words[index]
        if parse.classes[index] in "WFVMB" or lower in {",", ";", ":"}:
            return False
        if lower == "tomorrow" or (lower == "next" and parse.words[index + 1] in _SPANS):
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
        earlier = _joined_verb(parse, at, index)
        return _of_verb(parse, earlier, depth + 1) if earlier is not None else found
    if parse.classes[at] == "G" and _refused(parse, index):
        return DENIED
    if parse.classes[index] in "VEGP":
        governor = index - 1 if parse.classes[index] == "P" and index else index
        doing = cues("doing").get(parse.words[governor], ASSERTED) if parse.classes[at] == "G" else ASSERTED
        cue = cues("govern").get(parse.words[governor], doing)
        return found if cue == DENIED else cue
    return found


def _verb_cue(parse: Parse, index: int) -> str | None:
    """Return what a word of a verb group makes of its verb; every contraction with "not" denies."""
    word = parse.words[index].replace("’", "'")
    return DENIED if word.endswith("n't") else cues("verb").get(word)


def _reported_stance(parse: Parse, begin: int, at: int, found: str) -> str:
    """Return what a clause of saying or fearing makes of a modal verb.

    "Said that it would send aid" reports a plan; "fears that it will attack" supposes.
    """
    would = any(t.lower == "would" for t in parse.tokens[begin:at])
    for index in range(begin - 1, max(-1, begin - _WINDOW), -1):
        lower = parse.words[index]
        if lower in cues("clause") or parse.tokens[index].text in {";", ":"}:
            return found
        if found == PLANNED and parse.classes[index] == "W" and index:
            return HYPOTHETICAL if cues("govern").get(parse.words[index - 1]) == HYPOTHETICAL else found
        if would and lower in cues("promise"):
            later = parse.tokens[index:]
            return found if any(t.lower in cues("clause") for t in later) else PLANNED
    return found


def _refused(parse: Parse, index: int) -> bool:
    """Return whether a preposition before an -ing form says that it was not done ("without firing", "far from")."""
    if parse.words[index] in cues("refuse"):
        return True
    linked = parse.words[index] in {"of", "than", "from"} and index > 0
    return linked and parse.words[index - 1] in cues("refuse")


def _no_subject(parse: Parse, at: int) -> bool:
    """Return whether the subject is nobody ("no officer has been tried", "not a single one was")."""
    subject = clauses.subject(parse, at)
    if subject is None or _behind_governed(parse, at):
        return False
    subject = clauses.coordinated_left(parse, subject)[0]
    first = parse.words[subject.begin]
    return first in {"no", "nobody", "none", "neither"} or (
        subject.begin > 0 and parse.classes[subject.begin - 1] == "X"
    )


def _behind_governed(parse: Parse, at: int) -> bool:
    """Return whether a participle belongs to a phrase that a preposition governs ("under the law approved in May")."""
    phrase = parse.phrase_at(at - 1) if at else None
    return parse.classes[at] == "E" and phrase is not None and phrase.before == "P"


def _shared_governor(parse: Parse, at: int) -> str | None:
    """Return what the modal or the "to" of coordinated plain verbs makes of them ("will visit X and meet Y")."""
    if BASE not in verb_index().get(parse.words[at], ()):
        return None
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        if parse.classes[index] == "M":
            cue = cues("verb").get(parse.words[index])
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
        if _only(parse, governor):
            return ASSERTED
        asked = any(t.lower in words("asking_words") for t in parse.tokens[max(0, governor - _FAR) : governor])
        return HYPOTHETICAL if asked else DENIED
    phrase = parse.phrase_at(governor)
    if parse.words[governor] == "order" and governor and parse.words[governor - 1] == "in":
        return PLANNED
    cue = cues("govern").get(parse.words[governor])
    if cue is not None:
        return ASSERTED if cue == HYPOTHETICAL and _taken(parse, governor) else cue
    if parse.classes[governor] == "B":
        return HYPOTHETICAL if governor and parse.words[governor - 1] == "it" else PLANNED
    if parse.classes[governor] in "VEG":
        return _of_verb(parse, governor, depth + 1)
    if phrase is not None and parse.classes[to + 1] == "B":
        return PLANNED  # "talks to be held in May"
    if phrase is not None:
        verb = _verb_before(parse, phrase.begin)
        if verb is not None and verb >= phrase.begin - 3:
            return cues("govern").get(parse.words[verb]) or _of_verb(parse, verb, depth + 1)
        return _of_purpose(parse, phrase, depth)
    return ASSERTED


def _of_purpose(parse: Parse, phrase: Phrase, depth: int) -> str:
    """Return what a purpose is where its main verb is not done yet ("will give a million to Varenia to help").

    Behind a common noun the infinitive may be the noun's ("talks to end the siege"); behind a name it is the verb's.
    """
    if parse.mentions[phrase.head] is None:
        return ASSERTED
    while phrase.before == "P" and phrase.begin > 1 and (outer := parse.phrase_at(phrase.begin - 2)) is not None:
        phrase = outer
    verb = parse.previous(phrase.begin)
    if verb < 0 or parse.classes[verb] not in "VEG":
        return ASSERTED
    found = _of_verb(parse, verb, depth + 1)
    return found if found in {PLANNED, HYPOTHETICAL} else ASSERTED


def _taken(parse: Parse, noun: int) -> bool:
    """Return whether somebody had the chance that a noun speaks of, and so took it ("had the opportunity to meet")."""
    phrase = parse.phrase_at(noun)
    before = parse.previous(phrase.begin) if phrase is not None and parse.words[noun] in word_set("chances") else -1
    return before >= 0 and parse.words[before] in word_set("taking")


def _of_noun(parse: Parse, at: int) -> str:
    phrase = parse.phrase_at(at)
    if phrase is None:
        return ASSERTED
    for index in range(_modifiers_begin(parse, phrase.begin), at):
        cue = cues("modify").get(parse.words[index])
        if cue is not None and not (cue == HYPOTHETICAL and negated_before(parse, phrase.begin)):
            return cue
    governed = _governed(parse, phrase.begin)
    if governed == ASSERTED and parse.words[phrase.begin] in _MORE:
        governed = _of_clause(parse, phrase.begin)
    if governed != ASSERTED:
        return governed
    known = parse.words[phrase.begin] in _POINTING
    return _as_subject(parse, clauses.chain_end(parse, phrase), _leads(parse, phrase), known)


def _modifiers_begin(parse: Parse, begin: int) -> int:
    """Return where the adjectives of a noun begin that commas and "or" part ("any racist, bigoted or sectarian")."""
    first = begin
    while first > 1 and parse.words[first - 1] in {",", "or", "and"}:
        earlier = parse.phrase_at(first - 2)
        if earlier is None or earlier.end - earlier.begin > 2:
            break
        first = earlier.begin
        if parse.words[first] == "any":
            return first
    return begin


def _leads(parse: Parse, phrase: Phrase) -> bool:
    """Return whether a phrase may be the subject: no preposition governs it, or it is what "a round of" counts."""
    if phrase.before != "P" or phrase.begin < 2:
        return True
    counted = parse.phrase_at(phrase.begin - 2)
    of = parse.words[phrase.begin - 1] == "of"
    return of and counted is not None and parse.words[counted.head] in words("shell_nouns")


def _of_clause(parse: Parse, begin: int) -> str:
    """Return what the modal of its clause makes of something new ("we will do so, including by further sanctions")."""
    for index in range(begin - 1, max(-1, begin - _FAR), -1):
        if parse.classes[index] in "WF" or parse.tokens[index].text in {";", ":"}:
            break
        if parse.classes[index] == "M":
            cue = cues("verb").get(parse.words[index])
            return cue if cue in {PLANNED, HYPOTHETICAL} else ASSERTED
    return ASSERTED


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
        preposition = parse.words[before]
        governor = before - 1 if before and parse.words[before - 1] in cues("govern") else parse.previous(before)
        if governor < 0 or parse.words[governor] == "due":
            return ASSERTED
        if preposition in _WARNING and parse.words[begin] not in _KNOWN and _warned_of(parse, before):
            return HYPOTHETICAL
        if preposition == "on" and cues("govern").get(parse.words[governor]) == PLANNED:
            return PLANNED  # "a promise on the withdrawal"
        if preposition not in _GOVERNING:
            brings = preposition == "in" and parse.words[governor] in cues("bring")
            return _verb_stance(parse, governor) if brings else ASSERTED
        outer = parse.phrase_at(governor)
        if preposition == "of" and outer is not None and parse.words[governor] in words("shell_nouns"):
            return _of_noun(parse, governor)
        cue = cues("govern").get(parse.words[governor])
        return cue if cue is not None and cue != DENIED else _verb_stance(parse, governor)
    cue = None if parse.words[before] in words("infinitive_cues") else cues("govern").get(parse.words[before])
    if cue is not None and parse.words[before] in cues("avert") and parse.classes[before] in "VEG":
        return ASSERTED if _of_verb(parse, before, 1) == DENIED else cue  # "failed to prevent the killing"
    return cue if cue is not None and cue != DENIED else _verb_stance(parse, before)


def _warned_of(parse: Parse, preposition: int) -> bool:
    """Return whether a verb of warning or holding back has its object before a preposition ("warns X against")."""
    phrase = parse.phrase_at(preposition - 1) if preposition else None
    verb = parse.previous(clauses.chain_begin(parse, phrase)) if phrase is not None else parse.previous(preposition)
    return verb >= 0 and parse.classes[verb] in "VEG" and parse.words[verb] in cues("warn")


def _verb_stance(parse: Parse, at: int) -> str:
    """Return the stance of a verb that carries an event noun ("will hold talks") or brings it about ("could cause").

    Its negation counts where the subject does what the noun says ("did not launch an attack"), not where it stands
    beside it: who misses a meeting does not deny it. Other verbs presuppose the event ("will end the war").
    """
    lower = parse.words[at]
    if parse.classes[at] not in "VEG" or not (lower in light_forms() or lower in cues("bring")):
        return ASSERTED
    found = _of_verb(parse, at, 1)
    if lower in light_forms():
        return ASSERTED if found in {DENIED, HYPOTHETICAL} and lower in beside_forms() else found
    return found if found == HYPOTHETICAL else ASSERTED


def _as_subject(parse: Parse, end: int, leads: bool, known: bool) -> str:
    """Return what the verb behind a noun phrase makes of it ("the talks will be held", "a visit planned for May").

    Where the phrase does not lead its clause, only what is said of it alone counts ("in the talks that will be held").
    """
    if parse.classes[end : end + 2] == "TB":
        return PLANNED  # "the talks to be held in May"
    if parse.classes[end : end + 1] == "E" and cues("modify").get(parse.words[end]) == PLANNED:
        return PLANNED
    while parse.classes[end : end + 1] == "P" and (behind := parse.phrase_from(end + 1)) is not None:
        end = clauses.chain_end(parse, behind)  # "the talks in Dunmore will be held"
    clause = _past_clause(parse, end)
    if clause == end and not leads:
        return ASSERTED
    end = clause
    index, negated, found = end, False, ASSERTED
    while index < len(parse.classes) and index < end + _NEAR and parse.classes[index] in "MBHOXAS":
        cue = _verb_cue(parse, index)
        found = cue if found == ASSERTED and cue in {PLANNED, HYPOTHETICAL} else found
        negated = negated or cue == DENIED
        index += 1
    if not negated and "B" in parse.classes[end:index] and _called_untrue(parse, index):
        return DENIED
    if index > end and not negated and (ahead := _is_to(parse, index)) is not None:
        index, found = ahead, PLANNED
    verb = parse.words[index] if index < len(parse.tokens) else ""
    if verb not in _HAPPENING and (known or verb not in light_forms()):
        return ASSERTED  # neither "the attack could worsen it" nor "these fines will bring" calls them in question
    return DENIED if negated else found


def _is_to(parse: Parse, index: int) -> int | None:
    """Return the verb behind "is to be", "is due to", "is expected to be" where the token follows "is"."""
    if parse.classes[index - 1] != "B" or index >= len(parse.tokens):
        return None
    if parse.classes[index : index + 1] != "T":
        if cues("govern").get(parse.words[index]) != PLANNED:
            return None
        index += 1
    if parse.classes[index : index + 1] != "T":
        return None
    return index + 2 if parse.classes[index + 1 : index + 2] == "B" else index + 1


def _past_clause(parse: Parse, end: int) -> int:
    """Return where the verb group begins behind "which" or a a short clause ("gifts totalling a million")."""
    opening = end + (end < len(parse.tokens) and parse.tokens[end].text == ",")
    if parse.classes[opening : opening + 1] == "W":
        return opening + 1
    if parse.classes[end : end + 1] != "G":
        return end
    for index in range(end + 1, min(end + _SOON, len(parse.classes))):
        if parse.classes[index] in "MBH":
            return index
        if parse.classes[index] in "WF" or parse.tokens[index].text in {",", ";", ":"}:
            break
    return end


def _called_untrue(parse: Parse, index: int) -> bool:
    """Return whether a predicate calls its subject untrue ("is a pure invention", "was fabricated")."""
    for at in range(index, min(index + _NEAR, len(parse.classes))):
        if parse.words[at] in cues("untrue") and parse.classes[at + 1 : at + 2] != "N":
            return True
        if parse.classes[at] not in "DANE":
            return False
    return False


def _conditional(parse: Parse, at: int) -> bool:
    """Return whether the trigger's clause is opened by "if", "unless" or the like."""
    for index in range(at - 1, max(-1, at - _WINDOW), -1):
        if parse.classes[index] in "WF" or parse.tokens[index].text in {",", ";", ":"}:
            return parse.words[index] in cues("clause")
    return False


def _only(parse: Parse, negation: int) -> bool:
    return negation + 1 < len(parse.tokens) and parse.words[negation + 1] == "only"


def _joined_verb(parse: Parse, at: int, joint: int) -> int | None:
    """Return the verb that a conjunction joins a verb to.

    A past or third-person form continues no "to" and no modal: "repeated its promise to help and condemned the raid".
    """
    earlier = _verb_before(parse, joint)
    if parse.classes[at] == "G" or BASE in verb_index().get(parse.words[at], ()):
        return earlier
    while earlier is not None and parse.classes[earlier - 1 : earlier] in {"T", "M"}:
        earlier = _verb_before(parse, earlier - 1)
    return earlier


def _verb_before(parse: Parse, index: int) -> int | None:
    for earlier in range(index - 1, max(-1, index - 12), -1):
        if parse.classes[earlier] in "VEG" and parse.phrase_at(earlier) is None:
            return earlier
        if parse.classes[earlier] in "WF" or parse.tokens[earlier].text in {";", ":"}:
            return None
    return None


def _month(parse: Parse, index: int) -> bool:
    return month_number(parse.tokens[index].text) > 0
