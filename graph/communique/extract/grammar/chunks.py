"""Shallow grammar without a model: word classes from closed-class words and verb forms, noun phrases, clauses.

A class is one letter: D determiner, P preposition, C conjunction, R personal pronoun, W relative pronoun,
F subordinator, M modal, B be, H have, O do, X negation, T the particle "to", A adverb, U numeral, S mark,
V finite verb or infinitive, E past or participle, G -ing form of a verb, N everything else (nouns, adjectives, names).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.extract.grammar.inflections import BASE, GERUND, PARTICIPLE, PAST, mostly_nouns, noun_like, verb_index
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Sentence, Token
from communique.model import EntityType, Mention, Span, TimeRef
from communique.resources import lexicon, words

_SUFFIXES = frozenset({"Jr", "Sr", "JR", "SR"})
_REMEMBERED = 50_000  # words: all but the rarest of a language
_VERBAL_BEFORE = frozenset("MXOTR")
_NOMINAL_BEFORE = frozenset("DPU")
_NAMED = frozenset(
    {EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.PLACE, EntityType.INSTRUMENT}
)
_TIME_WORDS = frozenset({"last", "next", "earlier", "later", "late", "early", "past"})
_AS_WELL_AS = ["as", "well", "as"]
_BOUNDS = frozenset({"over", "around", "about", "under", "approximately", "roughly", "nearly", "almost"})
_BOUND_PAIRS = {
    "up": frozenset({"to"}),
    "at": frozenset({"least", "most"}),
    "more": frozenset({"than"}),
    "fewer": frozenset({"than"}),
    "less": frozenset({"than"}),
}
_ANY_BOUND = _BOUNDS | frozenset(_BOUND_PAIRS)
_UNKNOWN_ING = frozenset({GERUND, "unknown"})
_UNKNOWN_ED = frozenset({PAST, "unknown"})
_COMPLEMENT = {
    "calls": frozenset({"on", "upon", "for"}),
    "call": frozenset({"on", "upon", "for"}),
    "appeals": frozenset({"to"}),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``[begin, end)`` of its sentence, its head, and the class of the token before it."""

    begin: int
    end: int
    before: str

    @property
    def head(self) -> int:
        """The index of the last token."""
        return self.end - 1


@dataclass(frozen=True, slots=True, eq=False)
class Parse:
    """A sentence: its tokens, each with its lower-case word, its class and the mention that covers it."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    classes: str
    mentions: tuple[Mention | None, ...]
    phrases: tuple[Phrase, ...]
    phrase_of: tuple[int, ...]

    def span(self, begin: int, end: int) -> Span:
        """Return the span of tokens ``[begin, end)``."""
        return Span(self.tokens[begin].begin, self.tokens[end - 1].end)

    def phrase_at(self, index: int) -> Phrase | None:
        """Return the noun phrase that a token stands in."""
        at = self.phrase_of[index]
        return self.phrases[at] if at >= 0 else None

    def phrase_from(self, index: int) -> Phrase | None:
        """Return the noun phrase that begins at a token."""
        if not 0 <= index < len(self.classes):
            return None
        phrase = self.phrase_at(index)
        return phrase if phrase is not None and phrase.begin == index else None

    def previous(self, index: int) -> int:
        """Return the index of the last token before ``index`` that is no adverb, or -1."""
        index -= 1
        while index >= 0 and self.classes[index] == "A":
            index -= 1
        return index

    def following(self, index: int) -> int:
        """Return the index of the first token after ``index`` that is no adverb, or the number of tokens."""
        index += 1
        while index < len(self.classes) and self.classes[index] == "A":
            index += 1
        return index


def parse(context: Context, sentence: Sentence, times: Sequence[TimeRef] = ()) -> Parse:
    """Return a sentence with word classes, mentions and noun phrases.

    ``times`` are the time expressions of the document, sorted: one that stands as an adverbial ("on Sunday") is read
    as an adverb, so that it parts no verb from its subject.
    """
    tokens = sentence.tokens
    mentions = _mentions(context, sentence)
    classes = _classes(tokens, mentions, _adverbials(sentence, mentions, times))
    phrases = _phrases(tokens, classes, mentions)
    owner = [-1] * len(classes)
    for number, phrase in enumerate(phrases):
        owner[phrase.begin : phrase.end] = [number] * (phrase.end - phrase.begin)
    lowered = tuple([t.lower for t in tokens])
    return Parse(sentence, tokens, lowered, "".join(classes), mentions, tuple(phrases), tuple(owner))


def _mentions(context: Context, sentence: Sentence) -> tuple[Mention | None, ...]:
    out: list[Mention | None] = [None] * len(sentence.tokens)
    held = [m for m in context.mentions_in(sentence.span) if m.type in _NAMED]
    at = 0
    for mention in held:
        while at < len(sentence.tokens) and sentence.tokens[at].begin < mention.span.begin:
            at += 1
        begin = at
        while at < len(sentence.tokens) and sentence.tokens[at].end <= mention.span.end:
            out[at] = mention
            at += 1
        if at == begin and at < len(sentence.tokens):
            out[at] = mention
    if held:
        _name_suffixes(sentence.tokens, out)
    if held and context.text.string.find("(", sentence.span.begin, sentence.span.end) >= 0:
        _bracket_acronyms(sentence.tokens, out)
    return tuple(out)


def _name_suffixes(tokens: tuple[Token, ...], mentions: list[Mention | None]) -> None:
    """Let a person's name run on over "Jr." behind it, with or without a comma and a full stop."""
    for at in range(1, len(tokens)):
        if tokens[at].text not in _SUFFIXES:
            continue
        begin = at - (tokens[at - 1].text == ",")
        name = mentions[begin - 1] if begin else None
        if name is not None and name.type is EntityType.PERSON:
            end = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text == ".")
            mentions[begin:end] = [name] * (end - begin)


def _bracket_acronyms(tokens: tuple[Token, ...], mentions: list[Mention | None]) -> None:
    """Let a name run on over its acronym in brackets, which parts nothing ("the Lantern League (LL) delegates")."""
    for at in range(1, len(tokens) - 2):
        name = mentions[at - 1]
        if tokens[at].text == "(" and tokens[at + 2].text == ")" and name is not None and tokens[at + 1].text.isupper():
            mentions[at : at + 3] = [name] * 3


@cache
def _closed() -> dict[str, str]:
    return {word: row["class"] for row in lexicon("closed_classes") for word in row["words"].split()}


def _adverbials(sentence: Sentence, mentions: tuple[Mention | None, ...], times: Sequence[TimeRef]) -> set[int]:
    """Return the tokens of time expressions that stand as adverbials, each with the preposition before it."""
    out: set[int] = set()
    low = bisect_left(times, sentence.span.begin, key=_time_begin)
    for time in times[low : bisect_left(times, sentence.span.end, lo=low, key=_time_begin)]:
        begin = bisect_left(sentence.tokens, time.span.begin, key=_token_begin)
        end = bisect_left(sentence.tokens, time.span.end, key=_token_begin)
        if begin < end and not any(mentions[begin:end]) and not _modifies_noun(sentence.tokens, begin, end):
            governed = begin > 0 and sentence.tokens[begin - 1].lower in words("time_prepositions")
            out.update(range(begin - governed, end))
    return out


def _modifies_noun(tokens: tuple[Token, ...], begin: int, end: int) -> bool:
    """Return whether a time expression stands before a noun, within its phrase ("the 4 May talks", "Sunday's vote")."""
    before = _closed().get(tokens[begin - 1].lower, "") if begin else ""
    if before == "D" or (begin and tokens[begin - 1].lower in {"'s", "’s", "of"}):
        return True
    if end == len(tokens):
        return False
    after = tokens[end]
    noun = after.text[0].islower() and after.lower not in _closed() and after.lower not in verb_index()
    return after.lower in {"'s", "’s"} or after.text in {"'", "’", "-"} or (noun and not after.lower.endswith("ly"))


def _time_begin(time: TimeRef) -> int:
    return time.span.begin


def _token_begin(token: Token) -> int:
    return token.begin


def _classes(tokens: tuple[Token, ...], mentions: tuple[Mention | None, ...], adverbials: set[int]) -> list[str]:
    verbs = verb_index()
    classes = [
        "N" if mention is not None else _first_guess(token.text)
        for token, mention in zip(tokens, mentions, strict=True)
    ]
    for at in adverbials:
        classes[at] = "A" if mentions[at] is None else classes[at]
    _bind_counts(tokens, classes)
    for at, letter in enumerate(classes):
        if letter == "?":
            classes[at] = _resolved(tokens, classes, at, verbs)
        elif (
            letter == "N"
            and at
            and classes[at - 1] in "MAX"
            and mentions[at] is None
            and _after_modal(tokens, classes, at)
        ):
            classes[at] = "V"  # a verb that no lexicon knows
        elif letter == "W" and tokens[at].lower == "that":
            classes[at] = _that(classes, at)
        elif letter == "T":
            classes[at] = _to(tokens, classes, at, verbs)
        elif letter == "F" and at > 1 and [t.lower for t in tokens[at - 2 : at + 1]] == _AS_WELL_AS:
            classes[at - 2 : at + 1] = "AAC"
    return classes


def _after_modal(tokens: tuple[Token, ...], classes: list[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and classes[before] in "AX":
        before -= 1
    return before >= 0 and classes[before] == "M" and tokens[at].text.isalpha() and tokens[before].lower != "ought"


def _bind_counts(tokens: tuple[Token, ...], classes: list[str]) -> None:
    """Read what bounds a number as an adverb, so that it governs nothing ("over 200 people", "up to a dozen men")."""
    for at, token in enumerate(tokens[:-1]):
        if token.lower not in _ANY_BOUND:
            continue
        first = at + 1
        if token.lower in _BOUND_PAIRS and tokens[first].lower in _BOUND_PAIRS[token.lower]:
            first += 1
        elif token.lower not in _BOUNDS:
            continue
        counted = first + (classes[first : first + 1] == ["D"])
        following = tokens[counted].lower if counted < len(tokens) else ""
        if (
            counted + 1 < len(tokens)
            and (classes[counted] == "U" or following == "half-dozen")
            and not _year(tokens[counted])
        ):
            classes[at:first] = "A" * (first - at)


@lru_cache(maxsize=_REMEMBERED)
def _first_guess(text: str) -> str:
    """Return the class of a word by itself, "?" where it may be a verb; words come again, so they are remembered."""
    lower = text.lower()
    if lower in {"'s", "’s"}:
        return "D"
    letter = _closed().get(lower.replace("n’t", "n't"))
    if letter is not None and text != "May":
        return letter
    if lower in verb_index():
        return "?"
    first = lower[0]
    if first.isdigit():
        return "U"
    if not first.isalpha():
        return "S"
    if lower.endswith(("ing", "ed")) and len(lower) > 5 and text.islower():
        return "?"
    if lower.endswith("ly") and len(lower) > 4 and lower not in word_set("no_adverb"):
        return "A"
    return "N"


def _that(classes: list[str], at: int) -> str:
    """Tell "that" before a noun alone from the relative pronoun and the conjunction."""
    before = classes[at - 1] if at else "S"
    after = classes[at + 1] if at + 1 < len(classes) else "S"
    return "D" if after == "N" and before in "PVGT" else "W"


def _to(tokens: tuple[Token, ...], classes: list[str], at: int, verbs: dict[str, frozenset[str]]) -> str:
    after = at + 1
    while after < len(classes) and classes[after] == "A":
        after += 1
    if after < len(classes) and (
        classes[after] in "BHOX" or (BASE in verbs.get(tokens[after].lower, ()) and classes[after] == "?")
    ):
        return "T"
    return "P"


def _resolved(tokens: tuple[Token, ...], classes: list[str], at: int, verbs: dict[str, frozenset[str]]) -> str:
    """Return V, E, G or N for a word that may be a verb, by what stands around it."""
    names = verbs.get(tokens[at].lower, _UNKNOWN_ING if tokens[at].lower.endswith("ing") else _UNKNOWN_ED)
    before = at - 1
    while before >= 0 and classes[before] == "A":
        before -= 1
    left = classes[before] if before >= 0 else "S"
    right = classes[at + 1] if at + 1 < len(classes) else "S"
    if names is _UNKNOWN_ING:
        return "G" if (left == "N" and right in "DN") or (left in "PB" and right == "D") else "N"
    if names is _UNKNOWN_ED:
        return "E" if left in "BHX" or (left in "NR" and right in "DRPT") else "N"
    if GERUND in names:
        return _gerund(tokens, left, right, at)
    if PAST in names or PARTICIPLE in names:
        return _past(tokens, names, left, at)
    return _plain(tokens, classes, at, before, left, right)


def _gerund(tokens: tuple[Token, ...], left: str, right: str, at: int) -> str:
    of = at + 1 < len(tokens) and tokens[at + 1].lower == "of"
    if left == "D" or (of and left in "NDSUPVG"):
        return "N"
    if left == "N" and right in "PSCBHMOEXT?" and tokens[at].lower in noun_like():
        return "N"
    return "G"


def _past(tokens: tuple[Token, ...], names: frozenset[str], left: str, at: int) -> str:
    if BASE in names and left in _VERBAL_BEFORE:
        return "V"
    if BASE in names and left == "D" and tokens[at].lower in noun_like():
        return "N"
    return "E"


def _plain(tokens: tuple[Token, ...], classes: list[str], at: int, before: int, left: str, right: str) -> str:
    word = tokens[at].lower
    if left in _VERBAL_BEFORE:
        return "V"
    if left in _NOMINAL_BEFORE:
        return "N"
    if left in "BH" and word in noun_like():
        return "N"
    if left == "W":
        return "N" if tokens[before].lower == "that" and word in words("people_nouns") else "V"
    if word not in noun_like():
        return "V" if left in "NSCVAFG" or left == "E" else "N"
    if left in "CAS" and at + 1 < len(tokens) and tokens[at + 1].lower in _COMPLEMENT.get(word, ()):
        return "V"
    if left == "N":
        return _after_noun(tokens, at, before, right)
    if left == "C" and right in "PSC" and word in mostly_nouns():
        return "N"  # "with allies and partners from"
    if left == "C":
        listed = right == "S" and before > 0 and classes[before - 1] == "N"  # "seizures and attacks."
        return "N" if listed or _governs_noun(tokens, at) else _after_conjunction(classes, before)
    if left == "S" and before < 0:
        return "V" if right == "D" else "N"
    return "N"


def _after_noun(tokens: tuple[Token, ...], at: int, before: int, right: str) -> str:
    """Decide for an ambiguous word after a noun: agreement in number, and an object to the right, speak for a verb."""
    plural = tokens[before].lower.endswith("s") and not tokens[before].lower.endswith("ss")
    third = tokens[at].lower.endswith("s") and not tokens[at].lower.endswith("ss")
    if tokens[at].lower in mostly_nouns():
        return "N"
    follower = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if right in "DRTU" or (right in "N?" and third) or follower in _COMPLEMENT.get(tokens[at].lower, ()):
        return "V" if plural != third else "N"
    return "N"


def _governs_noun(tokens: tuple[Token, ...], at: int) -> bool:
    """Return whether a preposition that follows nouns stands behind an ambiguous word ("and abuses of rights")."""
    return at + 1 < len(tokens) and tokens[at + 1].lower in {"of", "by", "against", "between"}


def _after_conjunction(classes: list[str], before: int) -> str:
    at = before - 1
    while at >= 0 and classes[at] in "NDAUP":
        at -= 1
    return "V" if at >= 0 and classes[at] == "V" and before - at <= 12 else "N"


def _phrases(tokens: tuple[Token, ...], classes: list[str], mentions: tuple[Mention | None, ...]) -> list[Phrase]:
    """Cut out runs of determiners, numerals, nouns and adjectival participles; a mention is never cut."""
    out: list[Phrase] = []
    at, size = 0, len(classes)
    while at < size:
        letter = classes[at]
        if letter not in "DNUR" and not (letter == "E" and _adjectival(classes, at)):
            at += 1
            continue
        begin = at
        at += 1
        while at < size and classes[at] in "NUDEAG" and _goes_on(tokens, classes, mentions, at):
            at += 1
        end = at
        while end > begin and classes[end - 1] not in "NUR" and tokens[end - 1].lower not in {"those", "others", "all"}:
            end -= 1
        if end > begin:
            out.append(Phrase(begin, end, classes[begin - 1] if begin else "S"))
    return out


def _goes_on(tokens: tuple[Token, ...], classes: list[str], mentions: tuple[Mention | None, ...], at: int) -> bool:
    letter = classes[at]
    if classes[at - 1] == "R":
        return False
    if letter in "NU":
        if tokens[at].lower in _TIME_WORDS and classes[at - 1] == "N":
            return False
        return not (letter == "N" and mentions[at] is not None and _year(tokens[at - 1]))
    if letter == "D":
        return tokens[at].lower in {"'s", "’s"} or (classes[at - 1] in "DU" and mentions[at - 1] is None)
    if letter == "E":
        return _adjectival(classes, at)
    if letter == "A":
        return (
            at + 1 < len(classes) and classes[at + 1] in "NEU" and classes[at - 1] in "DAN" and _modifies(classes, at)
        )
    return letter == "G" and classes[at - 1] in "DUA" and at + 1 < len(classes) and classes[at + 1] == "N"


def _year(token: Token) -> bool:
    """Return whether a token is a year, behind which a name begins a phrase of its own ("In 1996 Mara Orrin ...")."""
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in {"18", "19", "20"}


def _modifies(classes: list[str], at: int) -> bool:
    """Return whether an adverb stands inside a noun phrase ("the gravely wounded soldiers")."""
    return classes[at - 1] == "D" and (classes[at + 1] != "E" or _adjectival(classes, at + 1))


def _adjectival(classes: list[str], at: int) -> bool:
    """Return whether a participle stands as an adjective before its noun."""
    if at + 1 >= len(classes) or classes[at + 1] != "N":
        return False
    before = at - 1
    while before >= 0 and classes[before] == "A":
        before -= 1
    left = classes[before] if before >= 0 else "S"
    if left == "C":
        return at - before == 1 and before > 0 and classes[before - 1] not in "EVG"
    return left in "DPGVU"
