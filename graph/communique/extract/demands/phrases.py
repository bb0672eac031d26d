"""Where the phrases of a sentence begin and end: verb phrases, noun phrases, subjects and infinitives after a cue.

There is no tagger and no parse: a list of plain verbs, closed classes of words and the mentions decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from communique.extract.demands.cues import action_verbs, asking_verbs, is_adverb, third_person_verbs
from communique.extract.grammar.actors import acting_head, shares_head
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Sentence, Token
from communique.model import Span

MOST_WORDS = 90
OWN = frozenset({"we", "i", "us", "me", "one"})
DASHES = frozenset({"–", "—", "-"})
_CLOSING = frozenset({"”", "»", '"'})
_BREAKS = frozenset({";", ":", "“", '"', "«", "”", "("})
_OPENING = frozenset({"“", "«", '"'})
_SAID = re.compile(
    r",\s*(?:said|says|added|adds|stated|according to)\b"
    r"|,?\s*(?:[\w.’'-]+\s+){0,5}(?:said|says|added|adds|stated|told|stressed|noted|suggested)\b"
    r"(?:[^,]*$|\s*(?:[,;]|(?:in|on|at|during|after|today|yesterday|\w+day)\b))"
)


@cache
def _clause_openers() -> frozenset[str]:
    """The words after which a clause of its own begins."""
    return word_set("subordinate") | word_set("reporting") | {"that", "but", "while", "which", "who", "as", "so"}


@cache
def _verb_forms() -> frozenset[str]:
    """The words that show that a clause has its verb."""
    auxiliaries = {"has", "have", "had", "can", "will", "should", "must", "to"}
    return word_set("be") | frozenset(action_verbs()) | third_person_verbs() | auxiliaries


class SentencePhrases:
    """The tokens of one sentence and the limits of the phrases in it; places are indices of tokens."""

    def __init__(self, context: Context, sentence: Sentence) -> None:
        """Read ``sentence`` in the light of the mentions of ``context``."""
        self.context, self.sentence = context, sentence
        self.tokens = sentence.tokens
        self._subjects: dict[int, int] = {}

    def _joint(self, at: int) -> bool:
        return self.tokens[at].lower in {"and", ";"} or self.tokens[at].text == ","

    def _verb_cuts(self, start: int, limit: int) -> list[int]:
        """Return where further actions begin in a verb phrase."""
        head = start
        while head < limit and (is_adverb(self.tokens[head]) or self.tokens[head].lower in {"not", "to"}):
            head += 1
        if head >= limit or self._asks_again(head):
            return []
        finite = self.tokens[head].lower in third_person_verbs() and self.tokens[head].lower not in action_verbs()
        cuts: list[int] = []
        relative = asked = False
        depth = 0
        for at in range(head + 1, limit):
            token = self.tokens[at]
            depth += (token.text in "([") - (token.text in ")]")
            if (
                token.lower in {"that", "which", "who"}
                and at + 1 < limit
                and (self.tokens[at + 1].lower in action_verbs() or self.tokens[at + 1].lower in word_set("be"))
            ):
                relative = True
            if depth or not self._joint(at) or (asked and not self._resumes(cuts[-1], at, limit)):
                continue
            verb, marked = self._verb_after(at, limit, finite)
            if verb is None or (relative and not marked) or self._shares_object(cuts[-1] + 1 if cuts else head, at):
                continue
            if token.text == "," and not (marked or self._series(at, limit, finite)):
                continue
            if not cuts or at > cuts[-1] + 1:
                cuts.append(at)
                relative = relative and not marked
            asked = self.tokens[verb].lower in asking_verbs()
        return cuts

    def _resumes(self, begin: int, at: int, limit: int) -> bool:
        """Return whether ", and" takes up the series again after an action that asks for a thing, not for a deed."""
        closes = self.tokens[at].text == "," and self.tokens[min(at + 1, limit - 1)].lower == "and"
        return closes and self._infinitive(begin, at) is None

    def _shares_object(self, begin: int, end: int) -> bool:
        """Return whether only verbs and joints stand in a range: "respect, protect and promote X" is one action."""
        held = self.tokens[begin:end]
        verbs = [t.lower in action_verbs() or t.lower in third_person_verbs() for t in held]
        if any(a and b for a, b in pairwise(verbs)):
            return False  # "allow access, and come": the second of two is the object of the first
        joints = {"and", "or", "to", "not", ","}
        others = (t for t, verb in zip(held, verbs, strict=True) if not verb)
        return end - begin < 8 and all(t.lower in joints or is_adverb(t) for t in others)

    def _asks_again(self, head: int) -> bool:
        """Return whether the action is itself a demand ("ask X to urge Y to ..."), which is then one demand."""
        return self.tokens[head].lower in asking_verbs()

    def _verb_after(self, at: int, limit: int, finite: bool) -> tuple[int | None, bool]:
        """Return the place of the verb that a joint leads to, and whether "to" or an adverb marks it as one."""
        marked = False
        conjoined = "and" in {self.tokens[at].lower, self.tokens[min(at + 1, limit - 1)].lower}
        at += 1
        while at < limit and (
            self.tokens[at].lower in {"and", "to", "not", "in", "particular", ",", "must", "should"}
            or is_adverb(self.tokens[at])
        ):
            word = self.tokens[at].lower
            if word == "in" and self.tokens[at + 1].lower != "particular":
                return None, False
            marked = marked or word in {"to", "not", "must", "should"} or is_adverb(self.tokens[at])
            at += 1
        if at + 2 < limit and self.tokens[at].lower == "that" and self.tokens[at + 1].lower in word_set("pronouns"):
            at, marked = at + 2, True
        if at >= limit:
            return None, False
        low = self.tokens[at].lower
        known = low in third_person_verbs() if finite else low in action_verbs()
        if (
            self.tokens[at - 1].lower == "to"
            and conjoined
            and low not in word_set("no_verb")
            and low.isalpha()
            and self.tokens[at].text[0].islower()
        ):
            return at, True
        if not known or (
            self.context.mention_at(self.tokens[at].begin) is not None and not self.context.text.mostly_upper
        ):
            return None, False
        noun = action_verbs().get(low, False) or finite
        following = self.tokens[at + 1].lower if at + 1 < limit else "."
        if noun and not marked and (following in word_set("complement") | {"and", "or"} or not following[0].isalnum()):
            return None, False
        return at, marked

    def _series(self, at: int, limit: int, finite: bool) -> bool:
        """Return whether a comma belongs to a series of verbs that "and" closes, not one that "or" does."""
        for later in range(at + 1, limit):
            word = self.tokens[later].lower
            if word == "or" and self.tokens[later - 1].text == ",":
                return False
            if word in {"and", ";"} and self._verb_after(later, limit, finite)[0] is not None:
                return True
        return False

    def _skip_joints(self, at: int) -> int:
        while at < len(self.tokens) and (self.tokens[at].lower in {",", ";", "and", "to", "must", "should", "also"}):
            at += 1
        pair = [token.lower for token in self.tokens[at : at + 2]]
        if pair[:1] == ["that"] and pair[-1] in word_set("pronouns"):
            at += 2
        if [token.lower for token in self.tokens[at : at + 2]] == ["in", "particular"]:
            return self._skip_joints(at + 2)
        return at

    def _infinitive_joins(self, at: int) -> bool:
        """Return whether "and to" + verb follows: a further verb beside the cue, no part of what is asked for."""
        at += self.tokens[at + 1].lower == "and"
        return (
            self.tokens[at + 1].lower == "to"
            and at + 2 < len(self.tokens)
            and self.tokens[at + 2].lower not in word_set("no_verb")
        )

    def _as_well(self, at: int) -> bool:
        return [t.lower for t in self.tokens[at : at + 3]] == ["as", "well", "as"]

    def _skip_things(self, at: int) -> int:
        while at < len(self.tokens) - 1 and self.tokens[at].lower in {",", ";", "and", "for", "as", "well", "also"}:
            at += 1
        return at

    def _new_thing(self, begin: int, at: int, limit: int) -> bool:
        """Return whether a conjunction leads to a further thing with a complement of its own."""
        rest = [t.lower for t in self.tokens[at + 1 : min(limit, at + 9)]]
        if self._as_well(at):
            noun = rest[2:3] in (["the"], ["a"], ["an"]) and any(w in word_set("complement") for w in rest[3:7])
            return rest[2:3] == ["for"] or noun
        if not rest or (
            rest[0] not in {"the", "a", "an", "for", "full", "immediate", "respect", "release"}
            and self.tokens[at].text == ","
        ):
            return False
        if self.tokens[at].lower != "and" and rest[0] != "and":
            return False
        rest = rest[1:] if rest[0] == "and" else rest
        before = [t.lower for t in self.tokens[begin:at]]
        if rest[:1] == ["for"]:
            return True
        if "between" in before and "and" not in before:
            return False
        if not any(w in word_set("complement") for w in rest[1:6]):
            return False
        complete = (
            any(w in word_set("complement") for w in before) or before[:1] in (["a"], ["an"], ["the"]) or "," in before
        )
        return (rest[0] in {"the", "a", "an"} and complete) or bool(
            complete and rest[1:2] and rest[1] in {"for", "of", "to"}
        )

    def _list_commas(self, cuts: Sequence[int]) -> list[int]:
        """Return the commas of a list whose last item stands apart: "democracy, respect for X, and the end of Y".

        Behind "including" or the like commas part examples, not what is asked for.
        """
        first, last = cuts[0], cuts[-1]
        examples = {"including", "such", "especially"}
        last = next((at for at in range(first, last) if self.tokens[at].lower in examples), last)
        return [
            at
            for at in range(first + 1, last - 1)
            if self.tokens[at].text == "," and self.tokens[at + 1].lower != "and"
        ]

    def _phrase_end(self, start: int, limit: int) -> int:
        """Return where a phrase ends: at a closing quotation mark, a dash, or a clause that comments on it."""
        quoted = 0
        for at in range(start, min(limit, start + MOST_WORDS)):
            token = self.tokens[at]
            if token.text in _OPENING and not (token.text == '"' and (quoted or self._closes(token))):
                quoted += 1
            elif token.text in _CLOSING or token.text == '"':
                if not quoted:
                    return at
                quoted -= 1
            elif at > start and self._comments(at, limit):
                return at
        return min(limit, start + MOST_WORDS)

    def _closes(self, token: Token) -> bool:
        """Return whether a straight mark stands behind a word and so closes what a sentence before it opened."""
        string = self.context.text.string
        return not string[token.begin - 1 : token.begin].isspace() and not string[token.end : token.end + 1].isalnum()

    def _comments(self, at: int, limit: int) -> bool:
        token = self.tokens[at]
        if token.text in DASHES:
            text = self.context.text.string
            return text[token.begin - 1].isspace() and text[token.end : token.end + 1].isspace()
        if token.lower == "and" and at + 2 < limit:
            following = self.tokens[at + 1].lower
            return following in word_set("said") or (following.endswith("ed") and self.tokens[at + 2].lower == "that")
        if token.text != "," or at + 1 >= limit:
            return False
        following = self.tokens[at + 1].lower
        then = self.tokens[at + 2].lower if at + 2 < limit else ""
        if following in word_set("relative") or (following == "and" and then in {"we", "i"}):
            return True
        rest = self.context.text.string[token.begin : min(self.sentence.span.end, token.begin + 200)]
        return bool(_SAID.match(rest.rstrip('.!?"”» ')))

    def _span(self, begin: int, end: int) -> Span:
        """Return the span of tokens, closing punctuation left out."""
        last = end - 1
        while last > begin and self.tokens[last].text in {
            ".",
            ",",
            ";",
            ":",
            "!",
            "?",
            "”",
            '"',
            "»",
            "“",
            "_",
            "and",
            "-",
            "–",
            "—",
        }:
            last -= 1
        while begin < last and self.tokens[begin].text in {"“", '"', "«", ",", ":"}:
            begin += 1
        return Span(self.tokens[begin].begin, self.tokens[last].end) if begin <= last else Span(0, 0)

    def _is_passive(self, start: int, limit: int) -> bool:
        if self.tokens[start].lower not in {"be", "get"}:
            return False
        for token in self.tokens[start + 1 : min(limit, start + 4)]:
            if not is_adverb(token):
                return token.lower.endswith(
                    ("ed", "en", "held", "brought", "made", "put", "met", "kept", "done", "sent")
                ) and token.lower not in {
                    "prepared",
                    "concerned",
                    "committed",
                    "united",
                }
        return False

    def _passive_clause(self, begin: int, end: int) -> bool:
        low = [t.lower for t in self.tokens[begin : min(end, begin + 10)]]
        return "be" in low or "are" in low or "is" in low

    def _finite(self, begin: int, limit: int) -> int | None:
        """Return the place of the verb of a clause: a modal, a form of "be", or a verb after an actor."""
        for at in range(begin + 1, min(limit, begin + 25)):
            token = self.tokens[at]
            if self.context.mention_at(token.begin) is not None and not self.context.text.mostly_upper:
                continue
            low = token.lower
            if low in word_set("be") or low in word_set("modals"):
                return at
            known = low in action_verbs() or low in third_person_verbs() or low in {"does", "do"}
            if (
                known
                and acting_head(self.context, bare_phrase(self.tokens[begin:at]))
                and self.tokens[at - 1].lower not in word_set("complement") | {"the", "and"}
            ):
                return at - 1 if is_adverb(self.tokens[at - 1]) else at
        return None

    def _infinitive(self, begin: int, limit: int) -> int | None:
        """Return the place after the first "to" that leads to a verb ("not" and adverbs included)."""
        for at in range(begin, min(limit, begin + 45)):
            if self.tokens[at].lower == "to" and not self._inside_name(at):
                verb = at + 1
                while verb < limit and (
                    is_adverb(self.tokens[verb])
                    or self.tokens[verb].lower in {"not", ",", "if", "necessary", "and"}
                    or self.tokens[verb].text in _OPENING
                ):
                    verb += 1
                if verb < limit and self._verbal(verb):
                    return at - 1 if at > begin and self.tokens[at - 1].lower == "not" else at + 1
        return None

    def _verbal(self, at: int) -> bool:
        token = self.tokens[at]
        if token.lower in action_verbs():
            following = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
            return not (action_verbs()[token.lower] and following == "of")
        if (
            token.lower in word_set("no_verb")
            or not token.text[0].isalpha()
            or self.context.mention_at(token.begin) is not None
        ):
            return False
        return token.text[0].islower() and token.lower.endswith(("ate", "ise", "ize", "ify", "en", "fully"))

    def _inside_name(self, at: int) -> bool:
        mention = self.context.mention_at(self.tokens[at].begin)
        return (
            mention is not None
            and mention.span.begin < self.tokens[at].begin
            and mention.span.end > self.tokens[at].end
        )

    def _to_before(self, start: int) -> int:
        """Return the place of the "to" (or "not to") before an action."""
        return start - 1 if self.tokens[start - 1].lower == "to" else start

    def _find(self, begin: int, limit: int, wanted: set[str]) -> int | None:
        return next(
            (
                at
                for at in range(begin, min(limit, begin + 30))
                if self.tokens[at].lower in wanted and not self._inside_name(at)
            ),
            None,
        )

    def _subject_begin(self, end: int) -> int:
        """Return the place where the subject before a modal begins."""
        if end not in self._subjects:
            self._subjects[end] = self._find_subject(end)
        return self._subjects[end]

    def _find_subject(self, end: int) -> int:
        at, least = end, max(0, end - MOST_WORDS)
        while at > least:
            token = self.tokens[at - 1]
            if token.text == ")" and (opening := self._opening(at - 1)) is not None:
                at = opening
                continue
            if not self._inside_name(at - 1) and self._bounds_subject(at, end):
                return at
            at -= 1
        return 0

    def _bounds_subject(self, at: int, end: int) -> bool:
        """Return whether the token before ``at`` parts the subject that ends at ``end`` from what stands before it."""
        token, low = self.tokens[at - 1], self.tokens[at - 1].lower
        if token.text in _BREAKS or low in _clause_openers():
            return True
        if low in DASHES:
            return self._comments(at - 1, len(self.tokens))
        if at == end:
            return False
        if token.text == "," or low in {"and", "or"}:
            return self._stands_alone(at, end)
        return low in word_set("be") and self.tokens[end - 1].lower != "and"

    def _opening(self, at: int) -> int | None:
        """Return the place of the bracket that the one at ``at`` closes."""
        return next((i for i in range(at, max(-1, at - 25), -1) if self.tokens[i].text == "("), None)

    def _stands_alone(self, at: int, end: int) -> bool:
        """Return whether a whole subject follows a comma or "and": an actor, the clause before it having its verb."""
        subject = bare_phrase([t for t in self.tokens[at:end] if t.text != ","])
        if not subject or self.tokens[at].lower in {"in", "including", "particularly", "especially"}:
            return False
        if at > 1 and shares_head(self.context, self.tokens[at - 2]):
            return False
        if subject[0].lower in word_set("pronouns") | OWN | {"there"}:
            return True
        earlier = self.tokens[max(0, at - 30) : at - 1]
        verbal = any(t.lower in _verb_forms() or t.lower.endswith("ed") for t in earlier)
        return verbal and acting_head(self.context, subject)

    def _before(self, at: int) -> str:
        at -= 1
        while at >= 0 and is_adverb(self.tokens[at]):
            at -= 1
        return self.tokens[at].lower if at >= 0 else ""

    def _thing_cuts(self, begin: int, limit: int) -> tuple[list[int], int]:
        """Return where the noun phrases asked for begin, and where the last ends."""
        limit = self._phrase_end(begin, limit)
        limit = next((i for i in range(begin + 1, limit - 2) if self._joint(i) and self._infinitive_joins(i)), limit)
        cuts = [begin]
        for at in range(begin + 1, limit):
            if (self._joint(at) or self._as_well(at)) and self._new_thing(cuts[-1], at, limit):
                cuts.append(at)
        if len(cuts) == 1:
            return cuts, limit
        commas = self._list_commas(cuts)
        ends = [*commas, cuts[-1] - (self.tokens[cuts[-1] - 1].text == ",")]
        if any(b - a < 3 for a, b in pairwise(ends)):
            return [begin], limit
        return sorted({*cuts, *commas}), limit


def bare_phrase(tokens: Sequence[Token]) -> list[Token]:
    """Drop articles, joints and adverbs before a noun phrase."""
    out = list(tokens)
    while out and (
        out[0].lower
        in {"the", "a", "an", "and", "also", "therefore", ",", "that", "both", "those", "second", "first", "third", ":"}
        or is_adverb(out[0])
    ):
        out.pop(0)
    while out and (out[-1].text == "," or is_adverb(out[-1])):
        out.pop()
    return out
