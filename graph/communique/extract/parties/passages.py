"""Quotation marks: the passages that stand between them.

The marks of every paragraph are paired (straight, curly, angled, nested, left open where the speech runs on into the
next paragraph). A mark of another kind closes a passage only where its own kind never comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.extract.text import Context
from communique.model import Span

_MARK = re.compile(r"[“”„‟«»\"]|``|''")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[^\W_])((?:[^‘’'\n]|(?<=\w)[’'](?=\w)){10,600}?)(?:(?<=[^\s])[’'](?!\w))")
_SINGLE_CLOSE = re.compile(r"(?<=[,.!?…])[’'](?=\s|$)")
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=\w)")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch between quotation marks: what is inside, whether each mark stands, its paragraph, what holds it."""

    span: Span
    paragraph: Span
    opened: bool = True
    closed: bool = True
    outer: int = -1

    @property
    def starts_paragraph(self) -> bool:
        """Whether nothing but marks stands before it in its paragraph."""
        return self.span.begin - self.paragraph.begin <= 3


def passages_of(context: Context) -> list[Passage]:
    """Pair the marks of all paragraphs; a passage left open runs on into the next paragraph.

    Args:
        context: the document and what was found in it so far.
    """
    string = context.text.string
    paragraphs = [block for paragraph in context.text.paragraphs for block in _blocks(string, paragraph)]
    found: list[Passage] = []
    running = False
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        here, running = _pair(string, paragraph, running, following)
        base = len(found)
        found += [replace(p, outer=p.outer + base if p.outer >= 0 else -1) for p in here]
    return _with_singles(string, found, paragraphs)


def _blocks(string: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph at line breaks that are no mere wrapping: after a line longer than anybody wraps at."""
    blocks: list[Span] = []
    begin = paragraph.begin
    for match in re.finditer(r"\n", string[paragraph.begin : paragraph.end]):
        end = paragraph.begin + match.start()
        if end - max(begin, string.rfind("\n", begin, end) + 1) > _LONGEST_LINE:
            blocks.append(Span(begin, end))
            begin = end + 1
    return [*blocks, Span(begin, paragraph.end)] if begin < paragraph.end else blocks


def _pair(string: str, paragraph: Span, running: bool, following: Span | None) -> tuple[list[Passage], bool]:
    marks = _closed_by_single(string, list(_MARK.finditer(string, paragraph.begin, paragraph.end)), paragraph.end)
    found: list[Passage] = []
    stack: list[int] = []
    if running and not _opens_with_mark(string, paragraph):
        if marks and not _may_open(string, marks[0]):
            found.append(_passage(string, paragraph.begin, marks[0].start(), paragraph, opened=False))
            marks = marks[1:]
        elif following is not None and _opens_with_mark(string, following) and _runs_on(string, paragraph):
            return [_passage(string, paragraph.begin, paragraph.end, paragraph, opened=False, closed=False)], True
    for number, mark in enumerate(marks):
        if _opens(string, mark, stack, marks[number + 1 : number + 40]):
            stack.append(mark.end())
        elif stack:
            found.append(_passage(string, stack.pop(), mark.start(), paragraph))
    if stack:
        found.append(_passage(string, stack[0], paragraph.end, paragraph, closed=False))
    found.sort(key=lambda p: (p.span.begin, -p.span.end))
    return _nested([p for p in found if len(p.span)]), bool(stack)


def _closed_by_single(string: str, marks: Sequence[re.Match[str]], end: int) -> list[re.Match[str]]:
    """Add the single marks that close what a double one opened, where no double one does ("...,' she said")."""
    out: list[re.Match[str]] = []
    for at, mark in enumerate(marks):
        following = marks[at + 1] if at + 1 < len(marks) else None
        out.append(mark)
        if not _may_open(string, mark) or not (following is None or _opens_only(string, following)):
            continue
        stop = following.start() if following is not None else end
        single = _SINGLE_CLOSE.search(string, mark.end(), stop)
        if single is not None and _SINGLE_OPEN.search(string, mark.end(), single.start()) is None:
            out.append(single)
    return out


def _opens_only(string: str, mark: re.Match[str]) -> bool:
    """Return whether a mark opens a passage and cannot close one."""
    return _may_open(string, mark) and mark.group() not in {"”", "»", "''"}


def _nested(found: Sequence[Passage]) -> list[Passage]:
    """Set for each passage the place of the one around it."""
    out: list[Passage] = []
    for passage in found:
        outer = next((i for i in range(len(out) - 1, max(-1, len(out) - 8), -1) if out[i].span.holds(passage.span)), -1)
        out.append(replace(passage, outer=outer))
    return out


def _passage(
    string: str, begin: int, end: int, paragraph: Span, *, opened: bool = True, closed: bool = True
) -> Passage:
    """Make a passage, white space and emphasis marks at its ends left out."""
    while begin < end and (string[begin].isspace() or string[begin] in "_*#"):
        begin += 1
    while begin < end and (string[end - 1].isspace() or string[end - 1] in "_*"):
        end -= 1
    return Passage(Span(begin, end), paragraph, opened, closed)


def _opens_with_mark(string: str, paragraph: Span) -> bool:
    return bool(re.match(r"[\s#_*>]{0,4}[“„«\"]", string[paragraph.begin : paragraph.begin + 6]))


def _runs_on(string: str, paragraph: Span) -> bool:
    """Return whether a paragraph without marks between two of one speech belongs to it."""
    text = string[paragraph.begin : paragraph.end]
    return text[-1:] in ".!?…" and not any(w.lower() in {"said", "says", "added", "told"} for w in _WORD.findall(text))


def _before(string: str, mark: re.Match[str]) -> str:
    return string[mark.start() - 1] if mark.start() else ""


def _may_open(string: str, mark: re.Match[str]) -> bool:
    before, after = _before(string, mark), string[mark.end() : mark.end() + 1]
    return (not before or before.isspace() or before in "([{—–-‘'_*#>/") and bool(after) and not after.isspace()


def _opens(string: str, mark: re.Match[str], stack: Sequence[int], later: Sequence[re.Match[str]]) -> bool:
    """Decide whether a mark opens; a straight or doubtful one by its neighbours and by what is open already."""
    sign, can = mark.group(), _may_open(string, mark)
    if sign in "'’":
        return False
    if sign in "”»" or sign == "''":
        # The German and Danish way turns the marks round; OCR does too: only a mark at a word's start may then open.
        return sign == "»" and not stack and can and any(m.group() in "«" for m in later)
    if sign in "“„«``":
        return can or not stack
    if not stack:
        return can or (bool(string[mark.end() : mark.end() + 2].strip()) and not _before(string, mark).strip())
    return can and any(not _may_open(string, m) for m in later) and len(stack) < 2


def _sentence_like(text: str) -> bool:
    """Return whether words inside a quotation are speech again rather than an expression set apart."""
    return text[0] in "[…" or text[0].isupper() or text[-1] in ".!?,…"


def _with_singles(string: str, passages: Sequence[Passage], paragraphs: Sequence[Span]) -> list[Passage]:
    """Add what stands between single marks inside a passage, else on its own."""
    out = list(passages)
    for at, outer in enumerate(passages):
        for match in _SINGLE.finditer(string, outer.span.begin, outer.span.end):
            if not _sentence_like(match.group(1)):
                continue
            out.append(Passage(Span(match.start() + 1, match.end() - 1), outer.paragraph, outer=at))
    if not passages:
        for match in _SINGLE.finditer(string):
            begin = string.rfind("\n\n", 0, match.start()) + 1
            end = string.find("\n\n", match.end())
            paragraph = Span(begin, end if end >= 0 else len(string))
            out.append(Passage(Span(match.start() + 1, match.end() - 1), paragraph))
        out += _left_open(string, paragraphs, {p.span.begin for p in out})
    order = sorted(range(len(out)), key=lambda i: (out[i].span.begin, -out[i].span.end))
    place = {old: new for new, old in enumerate(order)}
    return [replace(out[i], outer=place.get(out[i].outer, -1)) for i in order]


def _left_open(string: str, paragraphs: Sequence[Span], closed: set[int]) -> list[Passage]:
    """Return the paragraphs that a single mark opens and none closes, where the next one opens with such a mark too."""
    openings = [_SINGLE_OPEN.match(string, _text_begin(string, p), p.end) for p in paragraphs]
    return [
        _passage(string, mark.end(), paragraph.end, paragraph, closed=False)
        for paragraph, mark, following in zip(paragraphs, openings, openings[1:], strict=False)
        if mark is not None and following is not None and mark.end() not in closed
    ]


def _text_begin(string: str, paragraph: Span) -> int:
    part = string[paragraph.begin : paragraph.end]
    return paragraph.begin + len(part) - len(part.lstrip())
