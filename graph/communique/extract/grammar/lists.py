"""Reads coordinated lists of names ("the heads of A, B and C, as well as D")."""

from __future__ import annotations

import re
from bisect import bisect_right

from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Token
from communique.model import EntityType, Mention
from communique.resources import words

_BEFORE = 40
_BRACKET = re.compile(r"\s*\([A-Z][A-Z&-]{1,11}\)(?=[\s,])")
_ACRONYM = re.compile(r"(?:\s*\([A-Z][\w-]{1,12}\))?\s+")
_OFFICE_OF = re.compile(r"\b(?:rapporteurs?|chairs?|heads?|leaders?|members?|presidents?)\s+of\s+(?:the\s+)?$")


def coordinated(context: Context, offset: int, limit: int) -> list[Mention]:
    """Return the mentions of the list that begins at ``offset``, up to ``limit``.

    The list ends at the first word that neither joins names nor stands before one ("heads of", "President",
    "a number of"). A person and the office before it are one item, the person.
    """
    out: list[Mention] = []
    at = offset
    while at < limit:
        token = _token_at(context, at)
        if token is None or not at <= token.begin < limit:  # a name may end inside a token
            break
        mention = context.mention_at(token.begin)
        if mention is not None and mention.span.begin >= offset:
            _add(out, mention, context)
            bracket = _BRACKET.match(context.text.string, mention.span.end)
            at = bracket.end() if bracket is not None else mention.span.end
        elif _joins(token):
            at = token.end
        else:
            break
    return out


def _add(out: list[Mention], mention: Mention, context: Context) -> None:
    if out and context.text.string[out[-1].span.end : mention.span.begin].strip() in ("of", "of the"):
        return  # "President Orrin of Varenia" is one
    if out and mention.type == EntityType.PERSON and _holds_office_of(context, out[-1], mention):
        out.pop()
    if out and mention.type == EntityType.PERSON and out[-1].type == EntityType.OFFICE:
        between = context.text.string[out[-1].span.end : mention.span.begin]
        if all(_leads_to_name(part.lower().strip(".,")) for part in between.replace(",", " ").split()):
            title = out.pop()
            if out and out[-1].type == EntityType.OFFICE and _joined_by(context, out[-1], title) == ",":
                out.pop()  # "the Party Spokesperson, Senator Orrin"
    if mention.type in (EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.PLACE):
        out.append(mention)


def has_holder(context: Context, body: Mention) -> bool:
    """Return whether a body is only what somebody's office is of ("co-rapporteurs of the Assembly (PA) Dora Orrin")."""
    found = _ACRONYM.match(context.text.string, body.span.end)
    holder = context.mention_at(found.end()) if found is not None else None
    return holder is not None and holder.type == EntityType.PERSON and _holds_office_of(context, body, holder)


def _holds_office_of(context: Context, body: Mention, person: Mention) -> bool:
    string = context.text.string
    if body.type != EntityType.ORG or not _ACRONYM.fullmatch(string, body.span.end, person.span.begin):
        return False
    return _OFFICE_OF.search(string, max(0, body.span.begin - _BEFORE), body.span.begin) is not None


def _leads_to_name(word: str) -> bool:
    """Return whether a word may stand between an office and its holder: "Dr", "and activist"."""
    return word in words("honorifics") or word in words("people_nouns") or word == "and"


def _joined_by(context: Context, first: Mention, second: Mention) -> str:
    return context.text.string[first.span.end : second.span.begin].strip()


def _joins(token: Token) -> bool:
    low = token.lower
    described = low in words("people_nouns") and token.text.islower() and not low.endswith("s")
    return low in word_set("list_joints") or low in words("list_fillers") or low in words("honorifics") or described


def _token_at(context: Context, offset: int) -> Token | None:
    sentence = context.text.sentence_at(offset)
    if sentence is None:
        return None
    at = bisect_right(sentence.tokens, offset, key=lambda token: token.end)
    return sentence.tokens[at] if at < len(sentence.tokens) else None
