"""Gives text in capitals the case it would have in running text, so that one set of rules reads both."""

from __future__ import annotations

import re

from communique.resources import words, words_of

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SPEAKER = re.compile(
    r"\[(?:COMMUNIQUE|STATEMENT|DECLARATION|SPEECH|INTERVIEW|MESSAGE|LETTER|REPORT)[^\]]*\]\s*\[([^\]]{3,120})\]"
)
"""Where radio monitors name the speaker: what stands there is a name throughout."""
_TWO_BEFORE = re.compile(r"(?:([^\W\d_]+)\.?\s)?\b([^\W\d_]+)\.?\s$")
_LONGEST_BEFORE = 40
_KEEP = re.compile(r"(?:[A-Z]\.){2}")


def truecase(string: str) -> str:
    """Return ``string`` with lines of capitals in mixed case; every offset stays as it is.

    A word of a line in capitals becomes lower case where English writes it so inside a sentence (``common_words.csv``)
    and it is no head of a name, else it keeps its first capital only. Words that cannot be English words (no vowel)
    or that stand as acronyms in brackets keep all capitals.
    """
    out: list[str] = []
    at = 0
    for line in _LINE.finditer(string):
        if _in_capitals(line.group()):
            out += [string[at : line.start()], _recase(line.group())]
            at = line.end()
    return "".join([*out, string[at:]])


def _in_capitals(line: str) -> bool:
    letters = list(filter(str.isalpha, line))
    if len(letters) < 4 or sum(map(str.isupper, letters)) < 0.75 * len(letters):
        return False
    found = _WORD.findall(line)
    return len(found) > 1 or len(found[0]) > 6


def _recase(line: str) -> str:
    common, heads = words("common_words"), _name_words()
    acronyms = set(re.findall(r"[(\[]([A-Z]{2,8})[)\]]", line))
    speaker = _SPEAKER.search(line)
    named = range(*speaker.span(1)) if speaker else range(0)

    def one(m: re.Match[str]) -> str:
        word = m.group()
        lower = word.lower()
        if (
            len(lower) != len(word)
            or not word.isupper()
            or word in acronyms
            or lower in words("post_nominals")
            or _KEEP.match(line, m.start())
        ):
            return word
        if lower in common and lower not in heads and not _given_name(line, m) and not _titled(line, m):
            return word[0] + lower[1:] if m.start() in named and len(word) > 3 else lower
        if lower not in heads and len(word) <= 5 and not re.search(r"[AEIOUY]", word):
            return word
        return word[0] + lower[1:]

    return _WORD.sub(one, line)


def _titled(line: str, m: re.Match[str]) -> bool:
    """Return whether a word is a name behind a title, or behind a title and a given name ("THE HON BILL FIELD")."""
    before = _TWO_BEFORE.search(line, max(0, m.start() - _LONGEST_BEFORE), m.start())
    if before is None:
        return False
    first, second = (before[1] or "").lower(), before[2].lower()
    titles = words("honorifics")
    return second in titles or (first in titles and second in words("first_names"))


def _given_name(line: str, m: re.Match[str]) -> bool:
    """Return whether a word is a given name with a word after it that is no English word: a surname."""
    follow = _WORD.match(line, m.end() + 1)
    return (
        m.group().lower() in words("first_names")
        and follow is not None
        and follow.group().lower() not in words("common_words")
    )


def _name_words() -> frozenset[str]:
    return words_of("name_modifiers", "body_heads", "office_titles")
