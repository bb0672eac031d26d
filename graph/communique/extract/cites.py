"""Instruments that a statement cites: treaties, resolutions, laws, rulings, declarations, named statements and reports.

Three shapes: a capitalised name ("Convention on the Rights of the Child"), a numbered or attributed resolution
("UNSCR 2254", "relevant Security Council resolutions"), and a described document whose maker, subject or date the text
gives ("the joint report by A and B"). "International law", letters and press stories are none.
"""

from __future__ import annotations

import re
from functools import cache

from communique.extract.actors import bare_name
from communique.extract.phrase_table import word_set
from communique.extract.text import Context, Sentence
from communique.model import EntityType, Mention, Role, Span
from communique.resources import lexicon

_CAPITAL = r"[A-Z0-9À-Þ][\w’'&./-]*"
_JOINT = r"(?:of|on|for|and|against|in|de|de la|of the|on the|for the|against the|to the)"
_BEFORE = rf"(?:{_CAPITAL}(?:\s+{_JOINT})?\s+){{0,9}}"
_PART = r"(?:of|on|for|against|between|concerning|relating to|regarding|to|with)"
_HEAD = r"(?:Convention|Covenant|Protocol|Agreement|Resolution)s?|Treaty"
_AFTER = (
    rf"(?:\s+{_PART}(?:\s+the)?\s+{_CAPITAL}"
    rf"(?:(?:,?\s+{_JOINT}|,)?\s+(?!(?:{_HEAD}|Articles?|Annex)\b){_CAPITAL}){{0,12}})?"
)
_BODY = r"(?:Security Council|General Assembly|Human Rights Council|UNSC|UNGA)"
_NUMBER = re.compile(
    rf"\bUNSCR\s+\d{{3,4}}\b"
    rf"|\b(?:(?:United Nations|UN|U\.N\.)\s+)?{_BODY}\s+[Rr]esolutions?\s+(?:No\.?\s*)?\d+(?:[/-]\w+)*(?:\s*\(\w+\))?"
    r"|\b[Rr]esolutions?\s+(?:No\.?\s*)?\d{2,4}(?:/\d+)?(?:\s*\(\w+\))?"
)
_MAKERS = rf"(?:United Nations|UN|U\.N\.|{_BODY}|OSCE|OAS|African Union|AU|Parliament|Senate|Congress)"
_BODY_RESOLUTIONS = re.compile(
    rf"\b(?:{_MAKERS}(?:[’']s?)?\s+)+(?:\({_CAPITAL}\)\s+)?[Rr]esolutions?\b(?!\s+(?:\d|to|of the crisis))"
    rf"|\b[Rr]esolutions?\s+(?:of|by|adopted by)\s+the\s+(?:{_MAKERS}\s*)+"
)
_DESCRIBED_BEFORE = re.compile(
    r"(?:\b(?:trilateral|tripartite|bilateral|joint|multilateral|quadrilateral|landmark|ceasefire|peace|nuclear|trade|security|cooperation|partnership|"
    r"extradition|boundary|defence|defense|proposed|newly-proposed|full|annual|final|interim|earlier|recent|media|special|inquiry|"
    r"\d{4}|\d{1,2}\s+(?:[A-Z][a-z]+)(?:\s+\d{4})?|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}|"
    r"[A-Z][\w-]*(?:[’']s)?|[a-z]+-level|draft|new)\s+){1,6}$"
)
_TELLING = re.compile(
    r"\b(?:trilateral|tripartite|bilateral|joint|proposed|newly-proposed|earlier|\d{4}|[a-z]+-level)\b"
    r"|[’']s\s+(?:full |earlier |annual |recent |own |first |last )?$"
)
_MADE = (
    r"(?:issued|published|released|signed|adopted|concluded|made|reached|prepared|drawn up)\s+(?:by|between|in|with|at)"
)
_DESCRIBED_AFTER = re.compile(
    rf"\s+(?:{_MADE}|by|between|with|recognising|recognizing|governing|of|on)\s+(?:the\s+)?"
    rf"(?:(?:leaders|governments|presidents|heads|cessation|end)\s+of\s+(?:the\s+)?)?{_CAPITAL}"
    rf"(?:(?:\s+|,\s+|\s+and\s+|\s+of\s+|\s+against\s+)(?:the\s+)?{_CAPITAL})*"
    rf"(?:(?<=[’']s)\s+[a-z]+\s+(?:over|of|in|to|with)\s+{_CAPITAL}(?:\s+{_CAPITAL})*)?"
)
_OWN = re.compile(
    r"\b(?:following|text of the|text of a|this|below)(?:\s+(?:is|was))?(?:\s+(?:the|a))?\s+(?:following\s+)?$",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    r"\b(?:international|humanitarian|human rights|martial|sharia|shari’a|rules? of|criminal|common|civil)"
    r"(?:\s+\w+)?\s+laws?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:AGREEMENTS?|agreements?|TREATY|treaty|ACCORDS?|accords?)\s+(?:IT|THEY|it|they)\s+(?:SIGNED|signed)\s+(?:IN|in|WITH|with)\s+[A-Z][\w]*(?:\s+[A-Z]\w*)*"
)


def find_cites(context: Context) -> list[Role]:
    """Return the instruments that a document cites, each once, in the order of the text."""
    spans = _arbitrated([*_named(context), *_numbered(context), *_described(context)])
    mentions = [_mention(context, span) for span in spans]
    mentions += [
        m for m in context.mentions if m.type is EntityType.INSTRUMENT and not any(m.span.overlaps(s) for s in spans)
    ]
    found: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.span.begin >= context.header.body.end:
            break
        label = " ".join(mention.name.casefold().split())
        if label in found:
            continue
        same = next((other for other in found if _same(found[other], mention)), None)
        if same is None:
            found[label] = mention
        elif len(mention.name) > len(found[same].name) and mention.source != "chunk":
            found[same] = mention
    return [Role(m, context.text.evidence(m.span), None, m.score) for m in found.values()]


@cache
def _heads(column: str) -> str:
    """Return an alternation of the heads for which a column of the lexicon says yes, the longest first."""
    heads = sorted(
        (row["head"] for row in lexicon("instrument_heads") if row[column] == "yes"), key=lambda h: (-len(h), h)
    )
    return "|".join(re.escape(h) for h in heads)


@cache
def _name_pattern() -> re.Pattern[str]:
    titled = "|".join(
        re.escape(" ".join(w if w in {"of"} else w.capitalize() for w in h.replace("\\", "").split(" ")))
        for h in _heads("name").split("|")
    )
    upper = "|".join(re.escape(h.replace("\\", "").upper()) for h in _heads("name").split("|"))
    return re.compile(
        rf"(?<![\w’'-])(?P<before>{_BEFORE})(?P<head>{titled}|{upper})\b(?P<after>{_AFTER})(?:\s+of\s+\d{{1,2}}\s+[A-Z][a-z]+\s+\d{{4}})?"
    )


@cache
def _described_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<head>{_heads('described')})\b")


def _named(context: Context) -> list[Span]:
    """Return capitalised names of instruments."""
    string = context.text.string
    spans: list[Span] = []
    upper = context.text.mostly_upper
    for sentence in _with_heads(context):
        for match in _name_pattern().finditer(string, sentence.span.begin, sentence.span.end):
            span = _upper_span(string, match) if upper else _name_span(context, match)
            if span is not None:
                spans.append(span)
    return spans


@cache
def _head_words() -> frozenset[str]:
    return frozenset(row["head"].split()[0] for row in lexicon("instrument_heads"))


def _with_heads(context: Context) -> list[Sentence]:
    """Return the sentences of document and headline that hold a head noun of an instrument at all."""
    heads = _head_words()
    return [
        s
        for s in context.text.sentences
        if s.span.begin < context.header.body.end and any(t.lower in heads for t in s.tokens)
    ]


def _name_span(context: Context, match: re.Match[str]) -> Span | None:
    string = context.text.string
    before, head, after = match["before"], match["head"], match["after"]
    begin, end = match.span()
    if (head.isupper() and head.lower() in word_set("short")) or (
        head == "Resolution" and re.match(r"\s+of\s+the\s+[A-Z][a-z]+(?:\s|$)", after) and not before.strip()
    ):
        return None
    if part := _PROVISION.match(string[begin:end]):
        begin += part.end()
        before = string[begin : match.start("head")] if begin < match.start("head") else ""
    words_before = before.split()
    while words_before and (
        words_before[0].lower() in word_set("before_instrument")
        or (not words_before[0][0].isupper() and not words_before[0][0].isdigit())
    ):
        begin += len(string[begin:].split(maxsplit=1)[0])
        begin += len(string[begin:]) - len(string[begin:].lstrip()) if string[begin : begin + 1].isspace() else 0
        words_before.pop(0)
    if not after and not [w for w in words_before if w[0].isupper()]:
        return None
    if not after and (head.lower() in _complement_only() or _followed_by_name(string, end, head)):
        return None
    if _EXCLUDED.search(string[begin:end]) or _organ(string, begin, end):
        return None
    return Span(begin, end - 1 if string[end - 1] == "." else end)


_PROVISION = re.compile(
    r"(?:(?:Article|Chapter|Section|Paragraph|Point|Part|Annex)s?\s+)?(?:\d+|[IVX]+)(?:\(\w+\))?\s+(?:of|to)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _upper_span(string: str, match: re.Match[str]) -> Span | None:
    """Cut a name out of a text in capitals: up to three words before the head, none of them a function word."""
    head_begin = match.start("head")
    if match["head"].lower() in word_set("short"):
        return None
    kept: list[str] = []
    for word in reversed(match["before"].split()):
        if (
            len(kept) == 3
            or word.lower()
            in word_set("before_instrument") | {"from", "signing", "signed", "rejects", "that", "amended"}
            or not word[0].isalpha()
        ):
            break
        kept.insert(0, word)
    if all(word.lower() in word_set("generic") for word in kept):
        return None
    begin = string.rfind(kept[0], match.start(), head_begin)
    if _EXCLUDED.search(string[begin : match.end("head")].lower()):
        return None
    return Span(begin, match.end("head"))


@cache
def _complement_only() -> frozenset[str]:
    return frozenset(row["head"] for row in lexicon("instrument_heads") if row["complement_only"] == "yes")


def _followed_by_name(string: str, end: int, head: str) -> bool:
    """Return whether the head only begins a longer name: "Bill Smith", "Law Society", "Charter 77"."""
    following = re.match(r"\s+([A-Z][a-z]+)", string[end : end + 30])
    return following is not None and not re.match(r"\s+(?:Article|Section|No)\b", string[end : end + 12])


def _organ(string: str, begin: int, end: int) -> bool:
    return any(w.lower() in word_set("organs") for w in re.findall(r"\w+", string[begin:end])) and not re.search(
        r"\b(?:on|of the)\b", string[begin:end]
    )


def _numbered(context: Context) -> list[Span]:
    string = context.text.string
    spans = [Span(*m.span()) for m in _NUMBER.finditer(string)]
    return spans + [Span(m.start(), m.start() + len(m.group().rstrip())) for m in _BODY_RESOLUTIONS.finditer(string)]


def _described(context: Context) -> list[Span]:
    """Return described documents: a lower-case head with a maker, a subject or a date."""
    string = context.text.string
    spans = [Span(*m.span()) for m in _SIGNED.finditer(string)]
    for sentence in _with_heads(context):
        for match in _described_pattern().finditer(string, sentence.span.begin, sentence.span.end):
            span = _description(string, sentence.span, match)
            if span is not None:
                spans.append(span)
    return spans


def _description(string: str, sentence: Span, match: re.Match[str]) -> Span | None:
    lead = string[max(sentence.begin, match.start() - 90) : match.start()]
    before = _DESCRIBED_BEFORE.search(lead)
    begin = match.start() - len(before.group()) if before else match.start()
    if _OWN.search(string[max(sentence.begin, begin - 40) : begin]):
        return None
    while string[begin : begin + 4] in {"The ", "This", "Our ", "With"} or string[begin : begin + 3] in {
        "In ",
        "As ",
        "By ",
        "On ",
    }:
        begin = string.find(" ", begin) + 1
    after = _DESCRIBED_AFTER.match(string, match.end(), min(sentence.end, match.end() + 160))
    telling = bool(before and _TELLING.search(before.group()))
    if match["head"] in {
        "statement",
        "report",
        "reports",
        "assessment",
        "legislation",
        "ruling",
        "judgment",
        "decree",
        "declaration",
        "declarations",
    }:
        made = (
            after is not None
            and re.match(r"\s+(?:issued|published|released|signed|adopted|by|made|prepared|governing)", after.group())
            is not None
        )
        about = (
            after is not None
            and after.group().lstrip().startswith(("of ", "on "))
            and (telling or match["head"] != "statement")
        )
        if match["head"] == "statement":
            if not (
                (
                    telling
                    and (
                        after
                        or "earlier" in lead
                        or "trilateral" in lead
                        or re.search(r"joint|\d{4}|level", before.group() if before else "")
                    )
                )
                or made
            ):
                return None
        elif not (
            made
            or about
            or (telling and match["head"] in {"report", "assessment", "declaration", "ruling", "judgment"})
        ):
            return None
    elif after is None and not (
        before is not None
        and _TELLING.search(re.sub(r"[’']s\s+", " ", before.group()))
        and not match["head"].endswith("s")
    ):
        return None
    end = after.end() if after else match.end()
    return Span(begin, end - 1 if string[end - 1] == "." else end)


def _arbitrated(spans: list[Span]) -> list[Span]:
    """Keep the longer of two spans that overlap."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or not span.overlaps(kept[-1]):
            kept.append(span)
        elif len(span) > len(kept[-1]):
            kept[-1] = span
    return kept


def _mention(context: Context, span: Span) -> Mention:
    own = next((m for m in context.mentions_in(span) if m.type is EntityType.INSTRUMENT and span.holds(m.span)), None)
    if own is not None and own.key:
        return own
    text = context.text.of(span)
    named = text[0].isupper() or any(w[0].isupper() for w in text.split()[-1:])
    return Mention(
        span, text, EntityType.INSTRUMENT, bare_name(text), "pattern" if named else "chunk", 0.8 if named else 0.6
    )


def _same(one: Mention, other: Mention) -> bool:
    """Return whether two names are one instrument's: the same key, or the words of one among those of the other."""
    if one.key and other.key:
        return one.key == other.key
    a, b = _words(one.name), _words(other.name)
    return bool(a and b) and (a <= b or b <= a)


def _words(name: str) -> frozenset[str]:
    found = re.findall(r"\w+", name.lower().replace("united nations", "un").replace("unsc ", "un security council "))
    return frozenset(
        w.rstrip("s")
        for w in found
        if w not in {"the", "of", "on", "and", "for", "s", "a", "relevant", "international"}
    )
