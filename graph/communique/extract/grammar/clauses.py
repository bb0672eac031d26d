"""Who does what to whom, by position: voice of a verb, its subject, its objects, the complements of a noun."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from communique.extract.grammar.chunks import Parse, Phrase
from communique.model import EntityType

_VERBS = frozenset("VEG")
_FINITE = frozenset("VMBHO")
_REACH = 60
_MOST_COMPLEMENTS = 8
_MOST_HANDED = 8  # how often a subject is handed on, from verb to verb
_CLAUSE_MARKS = frozenset({";", ":", "—", "–", "--", "“", "”", '"', "«", "»", "•"})
_ADVERBIAL = frozenset({"by", "after", "before", "while", "in", "through", "without", "when"})
_TEMPORAL = frozenset({"after", "before", "since", "until"})
_WHERE = frozenset({"in", "at", "near", "across", "throughout", "inside", "outside", "within", "around"})
_PARTICLES = frozenset({"out", "up", "down", "off", "away", "back", "over"})


class Voice(StrEnum):
    """How a verb stands to its noun phrases."""

    ACTIVE = "active"
    PASSIVE = "passive"
    ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True)
class Complement:
    """A preposition (token index) and the noun phrases that it governs."""

    at: int
    preposition: str
    phrases: tuple[Phrase, ...]


def voice(parse: Parse, at: int) -> Voice:
    """Return the voice of the verb at a token; a participle before its noun is an adjective."""
    if parse.classes[at] != "E":
        return Voice.ACTIVE
    phrase = parse.phrase_at(at)
    if phrase is not None and phrase.head != at:
        return Voice.ADJECTIVE
    left = _auxiliary(parse, at)
    letter = parse.classes[left] if left >= 0 else "S"
    if letter == "B":
        return Voice.PASSIVE
    if letter == "D":
        return Voice.ADJECTIVE
    if letter in "HM":
        return Voice.ACTIVE
    if letter == "C" and (earlier := _coordinate_verb(parse, left)) is not None and parse.classes[earlier] == "E":
        return voice(parse, earlier)
    return Voice.PASSIVE if _reduced(parse, at, letter) else Voice.ACTIVE


def headline_passive(parse: Parse, at: int) -> bool:
    """Return whether a participle behind a name has neither auxiliary nor object ("Orrin arrested in Lorn").

    A comma may stand between them ("two sailors, killed on Monday").
    """
    left = _auxiliary(parse, at)
    left -= left > 0 and parse.tokens[left].text == ","
    behind = parse.words[at + 1] if at + 1 < len(parse.words) else ""
    bare = parse.classes[at] == "E" and left >= 0 and parse.classes[left] == "N" and behind != "that"
    return bare and not objects(parse, at)


def subject(parse: Parse, at: int, depth: int = 0) -> Phrase | None:
    """Return the noun phrase that is the subject of the verb at a token, or ``None``."""
    index, fallback = at - 1, None
    if parse.classes[at] == "G" and (handed := _of_gerund(parse, at, depth)) is not None:
        return handed
    while index >= 0 and at - index < _REACH and depth < _MOST_HANDED:
        letter = parse.classes[index]
        phrase = parse.phrase_at(index)
        if phrase is not None:
            if phrase.end == at and _with_absolute(parse, phrase, at):
                return phrase
            if _object_of_earlier(parse, phrase, at):
                return subject(parse, phrase.begin - 1, depth + 1)
            if not _governed_phrase(parse, phrase, at) or _controls(parse, phrase):
                if not _apposed(parse, phrase, at):
                    return fallback if fallback is not None and _holds_post(parse, phrase, fallback) else phrase
                fallback = fallback or phrase
            index = phrase.begin - 1
        elif letter == "W":
            return _antecedent(parse, index) or fallback
        elif letter == "C" and (earlier := _coordinate_verb(parse, index, at)) is not None:
            return subject(parse, earlier, depth + 1)
        elif letter in _VERBS:
            return _governed(parse, index, at, depth) or fallback
        elif letter == "F" or parse.tokens[index].text in _CLAUSE_MARKS:
            return fallback
        else:
            index -= 1
    return fallback


def _of_gerund(parse: Parse, at: int, depth: int) -> Phrase | None:
    """Return who does what an -ing form behind a preposition says ("by bombing", "action by the army in arresting")."""
    before = parse.previous(at)
    if before < 0 or parse.words[before] not in _ADVERBIAL or depth > 3:
        return None
    phrase = parse.phrase_at(before - 1) if before else None
    if phrase is not None and phrase.begin and parse.words[phrase.begin - 1] == "by":
        return phrase
    verb = _coordinate_verb(parse, before)
    if verb is not None:
        return subject(parse, verb, depth + 1)
    return _main_subject(parse, at) if before <= 1 else None


def _main_subject(parse: Parse, at: int) -> Phrase | None:
    """Return the first phrase behind the comma that closes an opening clause ("After shelling it, the army ...")."""
    for index in range(at + 1, min(at + _REACH, len(parse.tokens) - 1)):
        if parse.tokens[index].text == ",":
            return parse.phrase_from(index + 1)
    return None


def objects(parse: Parse, at: int, prepositions: frozenset[str] = frozenset()) -> tuple[Phrase, ...]:
    """Return the object of the verb at a token with its coordinates, directly or behind one of ``prepositions``."""
    index = at + 1
    size = len(parse.classes)
    if index + 1 < size and parse.classes[index] == "C" and parse.classes[index + 1] == parse.classes[at]:
        return objects(parse, index + 1, prepositions)
    while index < size and (parse.classes[index] == "A" or parse.words[index] in _PARTICLES):
        index += 1
    if index < size and parse.words[index] in prepositions:
        index += 1
    phrase = parse.phrase_from(index)
    return coordinated(parse, phrase) if phrase is not None else ()


def by_phrase(parse: Parse, at: int) -> tuple[Phrase, ...]:
    """Return the noun phrases of the next "by" in the clause of the verb at a token."""
    for index in range(at + 1, min(len(parse.classes), at + 16)):
        if parse.words[index] == "by":
            phrase = parse.phrase_from(parse.following(index))
            return coordinated(parse, phrase) if phrase is not None else ()
        if parse.classes[index] in "WFVMBHO" or parse.tokens[index].text in _CLAUSE_MARKS:
            return ()
        if parse.classes[index] == "E" and parse.phrase_at(index) is None and not _joined_participle(parse, index):
            return ()  # "killed, according to reports received by ...": the agent of another verb
    return ()


def _joined_participle(parse: Parse, index: int) -> bool:
    """Return whether a conjunction or a comma of a list joins a participle to one before it ("beaten, and shot by")."""
    before = parse.previous(index)
    return before >= 0 and (parse.classes[before] == "C" or parse.tokens[before].text == ",")


def complements(parse: Parse, at: int) -> list[Complement]:
    """Return the prepositional complements to the right of a token, through "of" chains and reduced clauses."""
    out: list[Complement] = []
    phrase = parse.phrase_at(at)
    index = phrase.end if phrase is not None and parse.classes[at] == "N" else at + 1
    while index < len(parse.classes) and len(out) < _MOST_COMPLEMENTS:
        letter = parse.classes[index]
        if letter == "P" and (governed := parse.phrase_from(parse.following(index))) is not None:
            phrases = coordinated(parse, governed)
            out.append(Complement(index, parse.words[index], phrases))
            index = chain_end(parse, phrases[-1])
        elif letter in "EAU" or (letter == "N" and parse.classes[at] != "N") or parse.tokens[index].text in "()":
            index += 1
        elif letter == "D" and (following := parse.phrase_from(index)) is not None and parse.classes[at] != "N":
            index = following.end
        else:
            break
    return out


def coordinated(parse: Parse, phrase: Phrase) -> tuple[Phrase, ...]:
    """Return a phrase with those joined to its right by commas and conjunctions."""
    out, end = [phrase], chain_end(parse, phrase)
    while len(out) < 20:
        index = end
        if index < len(parse.classes) and parse.tokens[index].text == ",":
            index += 1
        if index < len(parse.classes) and parse.classes[index] == "C":
            index += 1
        following = parse.phrase_from(index) if index > end else None
        if following is None:
            break
        end = chain_end(parse, following)
        if end < len(parse.classes) and parse.classes[end] in _FINITE:
            break
        out.append(following)
    return tuple(out) if len(out) == 1 or _joined(parse, out) else (phrase,)


def coordinated_left(parse: Parse, phrase: Phrase) -> tuple[Phrase, ...]:
    """Return a subject with those joined to its left ("Orrin, Varenia and Ostmark")."""
    out = [phrase]
    index = phrase.begin - 1
    if index < 0 or parse.classes[index] != "C":
        return (phrase,)
    while index > 0 and len(out) < 20:
        if parse.classes[index] == "C" and parse.tokens[index - 1].text == ",":
            index -= 1
        if parse.classes[index] != "C" and parse.tokens[index].text != ",":
            break
        earlier = _ending_at(parse, index)
        if earlier is None:
            break
        out.insert(0, earlier)
        index = earlier.begin - 1
    return tuple(out)


def chain_end(parse: Parse, phrase: Phrase) -> int:
    """Return where a phrase ends with the "of" phrases behind it ("armed forces of Varenia")."""
    end = phrase.end
    while end + 1 < len(parse.classes) and parse.words[end] == "of":
        following = parse.phrase_from(parse.following(end))
        if following is None:
            break
        end = following.end
    return end


def chain_begin(parse: Parse, phrase: Phrase) -> int:
    """Return where the chain of "of" phrases begins that a phrase ends ("the armed forces of Varenia")."""
    first = _ending_at(parse, phrase.end)
    return first.begin if first is not None else phrase.begin


def _ending_at(parse: Parse, end: int) -> Phrase | None:
    """Return the phrase (the head of its "of" chain) that ends before a token."""
    phrase = parse.phrase_at(end - 1)
    while phrase is not None and phrase.before == "P" and parse.words[phrase.begin - 1] == "of":
        earlier = parse.phrase_at(phrase.begin - 2) if phrase.begin >= 2 else None
        if earlier is None:
            break
        phrase = earlier
    return phrase


def _joined(parse: Parse, phrases: list[Phrase]) -> bool:
    """Return whether a list has a conjunction: commas alone are apposition."""
    return any(parse.classes[p.begin - 1] == "C" for p in phrases[1:])


def _auxiliary(parse: Parse, at: int) -> int:
    index = at - 1
    while index >= 0 and parse.classes[index] in "AX":
        index -= 1
    return index


def _reduced(parse: Parse, at: int, left: str) -> bool:
    """Return whether a participle without auxiliary is a shortened passive ("mines planted during ...")."""
    following = parse.following(at)
    right = parse.classes[following] if following < len(parse.classes) else "S"
    if following < len(parse.classes) and parse.words[following] == "by":
        return True
    if left != "N" or right not in "PSC" or _named_subject(parse, at):
        return False
    others = parse.classes[max(0, at - _REACH) : at] + parse.classes[at + 1 : at + _REACH]
    return any(letter in "VMBHE" for letter in others)


def _named_subject(parse: Parse, at: int) -> bool:
    """Return whether a name that no preposition governs stands before a participle: it acts ("Orrin appealed to")."""
    left = _auxiliary(parse, at)
    phrase = parse.phrase_at(left)
    return phrase is not None and phrase.before != "P" and parse.mentions[left] is not None


def _coordinate_verb(parse: Parse, conjunction: int, at: int | None = None) -> int | None:
    """Return the verb that a conjunction joins to the one behind it (at ``at``): -ing forms join -ing forms."""
    gerund = at is not None and parse.classes[at] == "G"
    index = conjunction - 1
    while index >= 0 and conjunction - index < _REACH:
        letter = parse.classes[index]
        alike = at is None or (letter == "G") is gerund
        if letter in _VERBS and parse.phrase_at(index) is None and alike:
            return index
        if letter in "WFS" and parse.tokens[index].text != "," and not _compares(parse, index):
            return None
        index -= 1
    return None


def _with_absolute(parse: Parse, phrase: Phrase, at: int) -> bool:
    """Return whether "with" joins a phrase to the participle behind it ("with his rivals imprisoned")."""
    return phrase.begin > 0 and parse.words[phrase.begin - 1] == "with" and parse.classes[at] == "E"


def _compares(parse: Parse, index: int) -> bool:
    """Return whether "than" stands before a count and opens no clause ("more than 200 people")."""
    return parse.words[index] == "than" and parse.classes[index + 1 : index + 2] == "U"


def _object_of_earlier(parse: Parse, phrase: Phrase, at: int) -> bool:
    """Return whether a phrase is the object of one verb in a list and so no subject of the next ("shot X, hit Y")."""
    verb = phrase.begin - 1
    while verb > 0 and (_compares(parse, verb) or parse.words[verb] == "more"):
        verb -= 1
    if verb < 1 or parse.classes[verb] not in "VEHG" or parse.phrase_at(verb) is not None:
        return False
    following = chain_end(parse, phrase)
    between = range(following, at)
    return any(parse.classes[i] == "C" or parse.tokens[i].text == "," for i in between)


def _governed_phrase(parse: Parse, phrase: Phrase, at: int) -> bool:
    """Return whether a preposition governs a phrase, itself, through phrases joined to it, or through an -ing form.

    "After" and its like open a clause where the verb at ``at`` follows the phrase ("after the army left").
    """
    while phrase.before == "C" or (
        phrase.begin and parse.tokens[phrase.begin - 1].text == "," and _joins(parse, phrase)
    ):
        closing = phrase.before == "C" and phrase.begin >= 3 and parse.tokens[phrase.begin - 2].text == ","
        last = phrase.begin - 2 - closing
        earlier = parse.phrase_at(last) if last >= 0 else None
        if earlier is None or (closing and not _listed(parse, earlier)):
            return False
        phrase = earlier
    if phrase.begin and parse.words[phrase.begin - 1] == "as":
        return any(parse.classes[i] == "C" or parse.tokens[i].text == "," for i in range(phrase.end, at))
    if phrase.before == "G":
        return phrase.begin > 1 and parse.classes[phrase.begin - 2] == "P"
    return phrase.before == "P" and not _opens_clause(parse, phrase, at)


def _listed(parse: Parse, phrase: Phrase) -> bool:
    """Return whether a comma stands before a phrase, so that ", and" behind it closes a list and opens no clause."""
    return phrase.begin > 0 and parse.tokens[phrase.begin - 1].text == ","


def _opens_clause(parse: Parse, phrase: Phrase, at: int) -> bool:
    """Return whether the preposition before a phrase is a conjunction of time and the phrase its verb's subject."""
    between = parse.classes[phrase.end : at].rstrip("BHMXOA")
    return (
        parse.words[phrase.begin - 1] in _TEMPORAL
        and parse.classes[at] in "VE"
        and not any(letter in "VEMBHWF" for letter in between)
        and all(t.text != "," for t in parse.tokens[phrase.end : at])
    )


def _joins(parse: Parse, phrase: Phrase) -> bool:
    """Return whether a list goes on behind a phrase, so that the comma before it joins and does not set apart."""
    end = phrase.end
    if end < len(parse.tokens) and parse.tokens[end].text == ",":
        end += 1
    return end < len(parse.classes) and parse.classes[end] == "C"


def _controls(parse: Parse, phrase: Phrase) -> bool:
    """Return whether an infinitive right behind a phrase says what it does ("an attempt by the group to ...").

    Not where it says what for: "gave aid to the camp to feed its people".
    """
    if not parse.classes[chain_end(parse, phrase) :].lstrip("X").startswith("T"):
        return False
    preposition = parse.words[phrase.begin - 1] if phrase.begin else ""
    asked = parse.tokens[max(0, phrase.begin - 8) : phrase.begin]
    if preposition in _WHERE:
        return False  # "met in Dunmore to discuss it"
    return preposition != "to" or any(t.lower.startswith("appeal") for t in asked)


def _apposed(parse: Parse, phrase: Phrase, at: int) -> bool:
    """Return whether commas set a phrase apart from the verb at ``at`` ("Orrin, head of the union, was ...")."""
    if phrase.begin < 2 or parse.tokens[phrase.begin - 1].text != ",":
        return False
    end = chain_end(parse, phrase)
    group = at
    while group > end and parse.classes[group - 1] in "BHMXOA":
        group -= 1
    return parse.tokens[end].text == "," or (group > end and parse.tokens[group - 1].text == ",")


def _holds_post(parse: Parse, post: Phrase, apposed: Phrase) -> bool:
    """Return whether an apposition names whom a post only describes ("the head of the union, Mara Orrin, ...")."""
    person, described = parse.mentions[apposed.head], parse.mentions[post.head]
    unnamed = described is None or described.type is EntityType.OFFICE
    return person is not None and person.type is EntityType.PERSON and unnamed and parse.classes[post.begin] != "R"


def _antecedent(parse: Parse, relative: int) -> Phrase | None:
    index = relative - 1
    while index >= 0 and (parse.tokens[index].text == "," or parse.classes[index] == "P"):
        index -= 1
    found = _ending_at(parse, index + 1) if index >= 0 else None
    if found is not None and all(letter == "D" for letter in parse.classes[found.begin : found.end]):
        return parse.phrase_at(index)  # "with those of the many who were killed"
    return found


def _governed(parse: Parse, verb: int, at: int, depth: int) -> Phrase | None:
    """Return the subject that a verb hands down to an infinitive, a gerund or a participle behind it."""
    if parse.classes[at] in "GV" or "T" in parse.classes[verb:at] or parse.classes[verb] == "G":
        return subject(parse, verb, depth + 1)
    return None
