"""A document's text cut into paragraphs, sentences and tokens, by offset; and the context that every stage reads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from communique.model import Document, Header, Mention, Span
from communique.resources import words

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|(?:[A-Z]\.){2,}|[^\W\d_]+\d\w*|[^\W\d_]+(?:[-’'`][^\W\d_]+)*(?<![’'`][sS])|[’'`][sS]\b|\w+|[^\w\s]"
)
# Runs of blanks and of marks are walked through once, however long they are.
_PARAGRAPH = re.compile(r"[^\n]++(?:\n(?![^\S\n]*+\n)[^\n]++)*+")
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?=\s|$)|[:;](?=[^\S\n]*+\n)"
    r"|\n(?=\s*(?:[-•*–·]|\d{1,2}[.)]|\([a-z\d]{1,3}\))\s)"
)
QUOTED = re.compile(r"[“\"«][^“”\"«»\n]*(?:[”\"»]|$)", re.MULTILINE)
"""A passage between quotation marks, or open up to the end of its line."""
_FILLED = 40
_CUT_OFF = re.compile(r"[^\n]{39}[^\W\d_]\s*$|[^\n]{39},\s*$")
_GOES_ON = re.compile(r"\s*[a-zß-ÿ]+[\s,.’'-]")
"""A line so long that ends in a word, and one that begins with a small letter: what stands between is no end."""
_LONGEST = 4000
"""What is longer, in code points, nobody wrote as one sentence: it is cut at a blank, so that no stage looks far."""
_OPENER = re.compile(r"\s*[\"“‘«'(\[]*[A-Z0-9À-ÞĀ-ŽА-Я•*–-]")


@dataclass(slots=True, unsafe_hash=True)
class Token:
    """One word, number or mark; ``lower`` is its lower-case form. Unchanging as a :class:`Span` is."""

    begin: Final[int]
    end: Final[int]
    text: Final[str]
    lower: Final[str]

    @property
    def span(self) -> Span:
        """The token's place."""
        return Span(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span (white space trimmed), its place in order, the paragraph it stands in, its tokens."""

    span: Span
    index: int
    paragraph: int
    tokens: tuple[Token, ...]


class Text:
    """A string with its paragraphs, sentences and tokens."""

    def __init__(self, string: str, within: Span | None = None, cuts: Sequence[int] = ()) -> None:
        """Cut ``string``, or the part of it given by ``within``; offsets always count from the start of ``string``.

        ``cuts`` are places that no sentence runs across: where a headline ends and the text goes on in the same line.
        """
        self.string = string
        area = within or Span(0, len(string))
        self.paragraphs: list[Span] = [
            _trim(string, part)
            for paragraph in _joined(string, _PARAGRAPH.finditer(string, area.begin, area.end))
            for part in _parted(paragraph, cuts)
        ]
        self.sentences: list[Sentence] = []
        for number, paragraph in enumerate(self.paragraphs):
            for span in _sentences(string, paragraph):
                tokens = _tokens(string, span)
                if tokens:
                    self.sentences.append(Sentence(span, len(self.sentences), number, tokens))
        self._begins = [s.span.begin for s in self.sentences]

    def of(self, span: Span) -> str:
        """Return the words of a span."""
        return self.string[span.begin : span.end]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds an offset, else the nearest one before it, else ``None``."""
        at = bisect_right(self._begins, offset) - 1
        return self.sentences[at] if at >= 0 else None

    def evidence(self, span: Span) -> Span:
        """Return the span of the sentence(s) that a span lies in, else the span itself."""
        first, last = self.sentence_at(span.begin), self.sentence_at(max(span.begin, span.end - 1))
        if first is None or last is None or not first.span.overlaps(span):
            return span
        return Span(first.span.begin, max(last.span.end, span.end))

    @cached_property
    def mostly_upper(self) -> bool:
        """Whether the text is written in capitals (wire copy, old teleprinter bulletins)."""
        letters = list(filter(str.isalpha, self.string))
        return len(letters) > 40 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


@dataclass
class Context:
    """What every stage of extraction reads: the document, its header, its text cut up, the mentions found in it.

    ``mentions`` is sorted and free of overlaps. The text covers headline and body; ``text.sentences`` runs over the
    whole document, so a stage that wants the running text alone keeps to ``header.body``.
    """

    document: Document
    header: Header
    text: Text
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def _starts(self) -> list[int]:
        return [m.span.begin for m in self.mentions]

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the mentions that begin inside a span, in order."""
        return self.mentions[bisect_left(self._starts, span.begin) : bisect_left(self._starts, span.end)]

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that covers an offset, if any."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and self.mentions[at].span.end > offset:
            return self.mentions[at]
        return None

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences of the running text."""
        return [s for s in self.text.sentences if self.header.body.overlaps(s.span)]


class Cover:
    """Which offsets lie inside some spans; the spans are sorted and free of overlaps."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Index the spans."""
        pairs = [(span.begin, span.end) for span in spans]
        self._begins = [begin for begin, _ in pairs]
        self._ends = [end for _, end in pairs]

    def __contains__(self, offset: int) -> bool:
        """Return whether an offset lies inside one of the spans."""
        at = bisect_right(self._begins, offset) - 1
        return at >= 0 and offset < self._ends[at]

    def overlaps(self, span: Span) -> bool:
        """Return whether a span shares an offset with one of the spans."""
        at = bisect_left(self._begins, span.end) - 1
        return at >= 0 and self._ends[at] > span.begin

    def holds(self, span: Span) -> bool:
        """Return whether a span lies wholly inside one of the spans."""
        at = bisect_right(self._begins, span.begin) - 1
        return at >= 0 and span.end <= self._ends[at]


def _joined(string: str, blocks: Iterable[re.Match[str]]) -> list[Span]:
    """Return the paragraphs, those joined that a blank line cuts in mid-sentence (text taken from printed pages)."""
    out: list[Span] = []
    for block in blocks:
        if (
            out
            and _CUT_OFF.search(string, max(out[-1].begin, out[-1].end - _FILLED), out[-1].end)
            and _GOES_ON.match(string, block.start())
        ):
            out[-1] = Span(out[-1].begin, block.end())
        else:
            out.append(Span(block.start(), block.end()))
    return out


def _parted(span: Span, cuts: Sequence[int]) -> Iterable[Span]:
    """Yield the parts of a span between the places inside it where it is to be cut."""
    inner = [cut for cut in sorted(cuts) if span.begin < cut < span.end]
    return (Span(a, b) for a, b in pairwise([span.begin, *inner, span.end]))


def _tokens(string: str, span: Span) -> tuple[Token, ...]:
    found = _TOKEN.finditer(string, span.begin, span.end)
    return tuple([Token(m.start(), m.end(), word := m.group(), word.lower()) for m in found])


def _trim(string: str, span: Span) -> Span:
    part = string[span.begin : span.end]
    begin = span.begin + len(part) - len(part.lstrip())
    return Span(begin, max(begin, span.end - (len(part) - len(part.rstrip()))))


def _sentences(string: str, paragraph: Span) -> list[Span]:
    """Cut one paragraph at its sentence ends; abbreviations, initials and decimals do not end a sentence."""
    cuts: list[int] = []
    out: list[Span] = []
    for m in _END.finditer(string, paragraph.begin, paragraph.end):
        if m.group()[0] in ".?!…" and (_abbreviated(string, m.start()) or not _OPENER.match(string, m.end())):
            continue
        cuts.append(m.end())
    begin = paragraph.begin
    for end in [*cuts, paragraph.end]:
        while end - begin > _LONGEST:
            blank = max(string.rfind(" ", begin + 1, begin + _LONGEST), string.rfind("\n", begin + 1, begin + _LONGEST))
            cut = blank if blank > begin else begin + _LONGEST
            _add(string, begin, cut, out)
            begin = cut
        _add(string, begin, end, out)
        begin = end
    return out


def _add(string: str, begin: int, end: int, out: list[Span]) -> None:
    span = _trim(string, Span(begin, end))
    if span.end > span.begin:
        out.append(span)


def _abbreviated(string: str, dot: int) -> bool:
    """Return whether the full stop at ``dot`` belongs to an abbreviation or an initial."""
    if string[dot] != "." or string[dot : dot + 3] == "...":
        return False
    begin = dot
    while begin > 0 and (string[begin - 1].isalpha() or string[begin - 1] == "."):
        begin -= 1
    word = string[begin:dot]
    if len(word) == 1:
        return word.isupper()
    return word.lower() in words("abbreviations") or (
        bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word)) and not _ends_after(string, dot)
    )


def _ends_after(string: str, dot: int) -> bool:
    """Return whether a dotted acronym ("U.S.") ends its sentence: a new paragraph or a plain function word follows."""
    follow = re.match(r"\s+(\w+)", string[dot + 1 : dot + 40])
    return follow is None or follow.group(1) in {
        "The",
        "He",
        "She",
        "It",
        "They",
        "This",
        "These",
        "In",
        "On",
        "We",
        "But",
        "A",
        "An",
        "I",
    }
