"""Whom a noun phrase means: named mentions where there are any, else described groups ("all parties", "its partners").

Shared by the stages that attach people to what the text says: speakers of quotations, addressees of demands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Token
from communique.model import EntityType, Mention, Role, Span
from communique.resources import words, words_of

ACTING = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE, EntityType.GROUP})
_ARTICLE = re.compile(r"(?:the|a|an|both|those|these|this|that|also|again|once again|upon)\s+", re.IGNORECASE)
_SEPARATORS = frozenset({",", "and", "or", "&", ";", "/"})
_DEMONYM = re.compile(r"[A-Z][\w-]*(?:an|ese|ish|ic|i|ch|ean|ian|TRIAN|AN|ESE|ISH|IC)$")
_PEOPLE = re.compile(r"[A-Z][a-z]+(?:ans|is)$")
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ance|ence|ity|ness|ship|ing|cy|al|sis)s?$")
_MOST_TOKENS = 24
_MOST_DESCRIBED = 5


def described(context: Context, span: Span, score: float = 0.6) -> Mention:
    """Return a mention of a group that the text describes but does not name."""
    text = context.text.of(span)
    kind = EntityType.ORG if _is_body(context, span, text) else EntityType.GROUP
    return Mention(span, text, kind, bare_name(text), "chunk", score)


def _is_body(context: Context, span: Span, text: str) -> bool:
    """Return whether a phrase is one particular body for all its common noun: "the Varenian authorities"."""
    found = re.findall(r"\w+", re.split(r"\sin\s", text, maxsplit=1)[0])
    particular = (
        any(w[0].isupper() and w.lower() not in word_set("determiners") for w in found)
        and not context.text.mostly_upper
    )
    if words_for_people := [w.lower() for w in found if w.lower() in words_of("people_nouns", "actor_nouns")]:
        last = words_for_people[-1]
        if last.endswith("s") and last not in word_set("bodies") and len(found) > 1 and found[-1].lower() == last:
            return False  # "government officials" are people of the body, not the body
    definite = context.text.string[max(0, span.begin - 4) : span.begin].lower() == "the "
    if definite and len(found) > 1 and found[-1].lower() in {"government", "regime", "junta"}:
        return found[0].lower() not in word_set("vague")
    return (particular or any(m.type is not EntityType.PLACE for m in context.mentions_in(span))) and any(
        w.lower() in word_set("bodies") for w in found
    )


def bare_name(text: str) -> str:
    """Return a noun phrase without its article and closing possessive, white space made single."""
    name = " ".join(text.split())
    while match := _ARTICLE.match(name):
        name = name[match.end() :]
    return re.sub(r"[’']s?$", "", name) or text


def tokens_in(context: Context, span: Span) -> list[Token]:
    """Return the tokens that lie inside a span."""
    out: list[Token] = []
    sentence = context.text.sentence_at(span.begin)
    at = sentence.index if sentence else 0
    for following in context.text.sentences[at:]:
        if following.span.begin >= span.end:
            break
        first = bisect_left(following.tokens, span.begin, key=lambda t: t.begin)
        after = bisect_right(following.tokens, span.end, key=lambda t: t.end)
        out += following.tokens[first:after]
    return out


def actors_in(context: Context, phrase: Span, evidence: Span, cue: Span | None = None) -> tuple[Role, ...]:
    """Return those whom a (coordinated) noun phrase names or describes, in order, each once."""
    roles: list[Role] = []
    for piece in _pieces(context, tokens_in(context, phrase)[:_MOST_TOKENS]):
        mention = _actor(context, piece)
        if mention is not None and all(mention.name != r.mention.name for r in roles):
            roles.append(Role(mention, evidence, cue, round(0.9 * mention.score, 2)))
    return tuple(roles)


def acting_head(context: Context, tokens: Sequence[Token]) -> bool:
    """Return whether the head of a noun phrase is somebody who can act: a named actor or a noun such as "parties"."""
    head = list(tokens)
    for at, token in enumerate(tokens):
        if at and token.lower in word_set("after_head"):
            if not _inside_mention(context, token):
                head = head[:at]
                break
        elif token.text == "," and at:
            head = head[:at]
            break
    while len(head) > 1 and head[-1].lower.endswith(("ed", "ing", "ly")) and not _inside_mention(context, head[-1]):
        head.pop()
    if not head:
        return False
    if head[-1].lower in words("actor_nouns") or _PEOPLE.match(head[-1].text):
        return True
    last = context.mention_at(head[-1].begin)
    return last is not None and (last.type in ACTING or last.type is EntityType.PLACE) and last.span.end >= head[-1].end


def shares_head(context: Context, token: Token) -> bool:
    """Return whether an adjective of a state waits for its noun, as in "Varenian and Ostmark forces"."""
    return context.mention_at(token.begin) is None and bool(_DEMONYM.match(token.text))


def means(tokens: Sequence[Token]) -> bool:
    """Return whether the head of a noun phrase is something done or used ("measures", "an inquiry")."""
    head: list[Token] = []
    for token in tokens:
        if token.lower in word_set("after_head") and head:
            break
        head.append(token)
    return bool(head) and (head[-1].lower in words("means_nouns") or bool(_ABSTRACT.search(head[-1].lower)))


def _inside_mention(context: Context, token: Token) -> bool:
    mention = context.mention_at(token.begin)
    return mention is not None and mention.span.begin < token.begin


def _pieces(context: Context, tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut a phrase at its commas and conjunctions, but not inside a name nor between two heads of one phrase."""
    cut: list[list[Token]] = [[]]
    for token in tokens:
        if token.lower in _SEPARATORS and not _inside_mention(context, token):
            cut.append([])
        else:
            cut[-1].append(token)
    merged: list[list[Token]] = []
    for piece in (p for p in cut if p):
        if merged and _continues(context, merged[-1], piece):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _continues(context: Context, before: list[Token], after: list[Token]) -> bool:
    """Return whether two conjuncts are one phrase: "Varenian and Ostmark forces", "its leaders and institutions"."""
    lead = _trimmed(context, before)
    if len(lead) == 1 and shares_head(context, lead[0]):
        return True
    if after[0].lower in word_set("determiners") or context.mention_at(after[0].begin) is not None:
        return False
    shared = before[0].lower in word_set("determiners") - {"the", "all"} or (
        before[-2:-1] and before[-2].text in {"’s", "'s"}
    )
    return bool(shared) and after[0].text[0].islower()


def _actor(context: Context, piece: Sequence[Token]) -> Mention | None:
    tokens = _trimmed(context, piece)
    if not tokens:
        return None
    named = [
        m
        for m in context.mentions_in(Span(tokens[0].begin, tokens[-1].end))
        if m.type in ACTING or m.type is EntityType.PLACE
    ]
    head = _head_noun(context, tokens)
    if named and head is not None and named[0].type is EntityType.PLACE and named[0].span.begin > head.begin:
        named = []  # "the government in Sollin": the place only says which government
    if named and (head is None or named[0].span.end >= head.end):
        person = next((m for m in named[:3] if m.type is EntityType.PERSON), None)
        lead = named[0].span.begin - tokens[0].begin
        return person or (named[0] if lead < 40 and named[0].type is not EntityType.PLACE else None)
    if head is not None:
        return described(context, Span(tokens[0].begin, _complement_end(context, tokens, head)))
    if _may_describe(tokens):
        return described(context, Span(tokens[0].begin, tokens[-1].end), 0.4)
    return None


def _may_describe(tokens: Sequence[Token]) -> bool:
    """Return whether a short phrase without a noun for an actor may all the same be somebody ("its partners")."""
    low = [t.lower for t in tokens]
    if len(tokens) > _MOST_DESCRIBED or not any(len(t.text) > 2 for t in tokens):
        return False
    if low[0] in {"him", "her", "them", "it", "you", "us", "me"} or set(low) & word_set("no_actor"):
        return False
    shouted = all(t.text.isupper() for t in tokens)
    return not (shouted or low[-1] in words("means_nouns") or low[-1].endswith("ing") or _ABSTRACT.search(low[-1]))


def _trimmed(context: Context, piece: Sequence[Token]) -> list[Token]:
    """Drop articles before the phrase and relative clauses after it."""
    tokens = list(piece)
    while tokens and tokens[0].lower in word_set("leading") and context.mention_at(tokens[0].begin) is None:
        tokens.pop(0)
    for at, token in enumerate(tokens):
        if at and token.lower in word_set("stoppers") and not _inside_mention(context, token):
            return tokens[:at]
    return tokens


def _head_noun(context: Context, tokens: Sequence[Token]) -> Token | None:
    """Return the first noun for an actor that is not part of a name, and no modifier of a further noun."""
    for at, token in enumerate(tokens):
        if token.lower in {"of", "in", "to"} and at and not _inside_mention(context, token):
            return None
        if token.lower in words("actor_nouns") and context.mention_at(token.begin) is None:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is None or following.lower not in words("actor_nouns"):
                return token
    return None


def _complement_end(context: Context, tokens: Sequence[Token], head: Token) -> int:
    """Return where the phrase ends: "members of the Security Council", "all parties to the conflict"."""
    at = next(i for i, t in enumerate(tokens) if t is head) + 1
    own = at + 1 < len(tokens) and tokens[at + 1].lower in {"its", "their", "his", "her", "our"}
    if at < len(tokens) and tokens[at].lower in {"of", "to", "in", "from"} and len(tokens) - at <= 7 and not own:
        mention = context.mention_at(tokens[-1].begin)
        return max(tokens[-1].end, mention.span.end if mention else 0)
    return head.end
