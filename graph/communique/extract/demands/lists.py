"""The items of a list that a sentence leads in: "calls on X to:" and what follows, line by line."""

from __future__ import annotations

import re

from communique.extract.text import Context
from communique.model import Span

_ITEM = re.compile(r"\s*(?:[-•*–·.]|\(?[\divxa-h]{1,4}[.)])\s+|\s*(?=to\s)", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_LIST_ITEMS = 25


def items(context: Context, offset: int) -> list[Span]:
    """Return the items after a colon: the lines that carry the same kind of list mark, or begin with "to"."""
    string = context.text.string
    spans: list[Span] = []
    end = min(len(string), context.header.body.end)
    for match in _LINE.finditer(string, offset, end):
        line = match.group()
        mark = _ITEM.match(line)
        if mark is None:
            if line.strip():
                break
            continue
        begin = match.start() + mark.end()
        text = string[begin : match.end()]
        if text.lower().startswith("to "):
            begin, text = begin + 3, text[3:]
        text = re.split(r"(?<=[a-z\d])\.\s+(?=[A-Z])", text, maxsplit=1)[0]
        text = re.sub(r"[\s;,.]*(?:\band)?[\s;,.]*$", "", text)
        if len(text) > 3:
            spans.append(Span(begin, begin + len(text)))
        if len(spans) >= _LIST_ITEMS:
            break
    return spans
