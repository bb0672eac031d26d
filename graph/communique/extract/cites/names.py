"""Instruments by name: capitalised names, numbers, cases, and titles in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context, Sentence
from communique.model import Span
from communique.resources import lexicon, words

_CAPITAL = r"[A-Z0-9À-Þ][\w’'&./-]{0,60}+"
_JOINT = r"(?:of|on|for|and|against|in|into|de|de la|of the|on the|for the|against the|to the)"
_BEFORE = rf"(?:{_CAPITAL}(?:\s+{_JOINT})?\s+){{0,9}}"
_PART = (
    r"(?:of|on|for|against|between|concerning|relating to|regarding|to|with|"
    r"(?:(?:issued|published|released|adopted|signed|prepared)\s+)?by)"
)
_HEAD = r"(?:Convention|Covenant|Protocol|Agreement|Resolution)s?|Treaty"
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_AFTER = (
    rf"(?:\s+{_PART}(?:\s+the)?\s+(?!{_DAY_NAME}){_CAPITAL}"
    rf"(?:(?:,?\s+{_JOINT}|,)?\s+(?!(?:{_HEAD}|Articles?|Annex)\b){_CAPITAL}){{0,12}})?"
)
_LOWER_PART = re.compile(
    r"\s+(?:on|for|against)\s+(?:the\s+)?(?!(?:its|their|our|his|her|a|an|this|that|the)\b)[a-z][a-z-]+(?=[\s,.;:)”\"’])"
)
_ORDER = r"(?:Law|Decree|Act|Order|Directive|Regulation|Decision|Ordinance|Proclamation)"
_BODY = r"(?:Security Council|General Assembly|Human Rights Council|UNSC|UNGA)"
_NUMBER = re.compile(
    rf"\bUNSCR\s+\d{{3,4}}\b"
    rf"|\b(?:(?:United Nations|UN|U\.N\.)\s+)?{_BODY}\s+(?:[Rr]esolution|RESOLUTION)[sS]?\s+"
    r"(?:No\.?\s*)?\d+(?:[/-]\w+)*(?:\s*\(\w+\))?(?:(?:,\s+\d+)*\s+and\s+\d{3,4}\b)?"
    r"|\b(?:[Rr]esolution|RESOLUTION)[sS]?\s+(?:No\.?\s*)?\d{2,4}(?:/\d+)?(?:\s*\(\w+\))?"
    rf"|\b(?:[A-Z][\w’'.-]{{0,60}}+\s+)?{_ORDER}\s+(?:\([A-Z.]+\)\s*)?(?:(?:No\.?|Nr\.?|[Nn]umber)\s*\d+(?:[/-]\w+)*|\d+/\d+)"
    r"|\b(?:Executive Order|General Comment)\s+(?:\([A-Z.]+\)\s*)?(?:No\.?\s*)?\d+"
    r"|\bE\.O\.\s+\d{4,5}\b"
    r"|\b(?:H\.\s?R\.|[SH]\.\s?(?:J\.\s?|Con\.\s?)?Res\.|S\.)\s?\d{1,5}\b"
    r"|\b(?:UN|U\.N\.|United Nations|OAS|AU|African Union|ASEAN|EU|OSCE|Olympic)\s+charter\b"
)
_MAKERS = rf"(?:United Nations|UN|U\.N\.|{_BODY}|OSCE|OAS|African Union|AU|Parliament|Senate|Congress)"
_BODY_RESOLUTIONS = re.compile(
    rf"\b(?:{_MAKERS}(?:[’']s?)?\s+){{1,4}}(?:\({_CAPITAL}\)\s+)?[Rr]esolutions?\b(?!\s+(?:\d|to|of the crisis))"
    rf"(?:\s+on\s+(?:the\s+)?{_CAPITAL}(?:\s+{_CAPITAL})*)?"
    rf"|\b[Rr]esolutions?\s+(?:of|by|adopted by)\s+the\s+(?:{_MAKERS}\s*)+"
)
_BY_WHAT_IT_DOES = re.compile(
    rf"\b[Rr]esolution\s+(?:condemning|demanding|deploring|suspending|establishing|denouncing|recogni[sz]ing|"
    rf"calling\s+(?:for|on)|to\s+(?:address|condemn|suspend|establish|extend|end))\s+(?:\w+\s+){{0,3}}?{_CAPITAL}"
    rf"(?:\s+(?:{_CAPITAL}|[a-z]{{4,}}))?"
    r"|\b[Rr]esolution\s+(?:condemning|to\s+(?:address|condemn|suspend|end))\s+(?:the\s+)?[a-z-]+\s+[a-z-]+"
)
_MAKER_NEAR = re.compile(rf"\b(?:{_MAKERS}|Council|Assembly)\b")
_CASE = re.compile(
    r"\b[A-Z][\w’'-]{1,60}+(?:\s+(?:and\s+)?[A-Z][\w’'-]{1,60}+){0,4}\s+vs?\.?\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3}"
)
_VERSUS = re.compile(r"\svs?\.?\s")
_COURT_DECISION = re.compile(
    r"\b(?:(?:[12]\d{3}|arbitration|interim|landmark|advisory|final)\s+){0,2}(?:rulings?|decisions?|judge?ments?|verdicts?|opinion)"
    r"\s+(?:by|of|from|in)\s+the\s+(?:[A-Z][\w’'-]*\s+|of\s+|for\s+|the\s+)*(?:Court|Tribunal)\b"
    r"(?:\s+(?:of|on|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)?"
)
_COURT = re.compile(r"\b(?:court|courts|judgments?|rulings?|tribunal|decided|decision|case of)\b", re.IGNORECASE)
_CASE_REACH = 150
_TITLED = re.compile(
    r"\b(?:report|study|paper|statement|statements|declaration|resolution|bill|law|act|communiqu[eé]|survey)\b"
    r"(?:,?\s+(?:titled|entitled|called|named|headed)|\s+(?:on|of|from|dated)\s+[^\s“”\"]+(?:\s+[^\s“”\"]+){0,3}|,)?,?\s*"
    r"[“\"](?P<title>\s?[A-ZÀ-Þ][^“”\"\n]{12,180}?(?<!\s))[.,;]?[”\"]",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b[Aa]\s+(?:national|federal|new|comprehensive|proper|strong|dedicated)\s+$")
"""What stands before an instrument that there is none of yet ("a national Ferry Safety Act")."""
_PROVISION = re.compile(
    r"(?:(?:Article|Chapter|Section|Paragraph|Point|Part|Annex)s?\s+)?(?:\d+|[IVX]+)(?:\(\w+\))?"
    r"(?:\s*(?:,|and|&|to)\s*(?:Articles?\s+)?(?:\d+|[IVX]+)(?:\(\w+\))?)*\s+(?:of|to)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_GENERAL_LAW = re.compile(
    r"\b(?:international|humanitarian|human rights|martial|sharia|shari’a|rules? of|criminal|common|civil)"
    r"(?:\s+\w+)?\s+laws?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s+(?:and|&)\s+[A-Z][a-z]+\s+(\w+)")
_DATE_OF = r"(?:\s+of\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|\s+(?:of\s+)?(?:1[89]|20)\d\d\b)?"
_TITLE_SHARE = 0.6
_TELLING_WORDS = 2
"""So many capitalised words make a name of a head that one alone does not ("World Drug Report", "Annual Report")."""


def named(context: Context) -> list[Span]:
    """Return capitalised names of instruments; in a headline whose words are all capitalised, none can be told."""
    string = context.text.string
    title = context.header.title if _all_capitals(context) else None
    upper = context.text.mostly_upper
    spans: list[Span] = []
    for sentence in sentences_with_heads(context):
        if title is not None and title.overlaps(sentence.span) and not upper:
            continue
        for match in _name_pattern().finditer(string, sentence.span.begin, sentence.span.end):
            span = _upper_span(string, match) if upper else _name_span(context, match)
            if span is not None:
                spans.append(span)
    return spans


def numbered(context: Context) -> Iterator[Span]:
    """Yield what is known by its number or its maker, cases by their parties, and titles in quotation marks."""
    string = context.text.string
    for match in _NUMBER.finditer(string):
        yield Span(*match.span())
    if "esolution" in string:  # the words that a pattern needs are looked for first: most texts have none
        yield from _resolutions(context)
    for match in _CASE.finditer(string) if _VERSUS.search(string) else ():
        if _COURT.search(string, max(0, match.start() - _CASE_REACH), match.end() + _CASE_REACH):
            yield _trimmed(string, Span(*match.span()))
    if "Court" in string or "Tribunal" in string:
        for match in _COURT_DECISION.finditer(string):
            yield Span(*match.span())
    for match in _TITLED.finditer(string):
        if _is_title(match["title"]):
            yield _trimmed(string, Span(*match.span("title")))


def _resolutions(context: Context) -> Iterator[Span]:
    """Yield resolutions known by their maker or by what they do."""
    string = context.text.string
    for match in _BODY_RESOLUTIONS.finditer(string):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))
    for sentence in sentences_with_heads(context):
        if _MAKER_NEAR.search(string, sentence.span.begin, sentence.span.end):
            for match in _BY_WHAT_IT_DOES.finditer(string, sentence.span.begin, sentence.span.end):
                yield Span(match.start(), match.start() + len(match.group().rstrip(".")))


def sentences_with_heads(context: Context) -> list[Sentence]:
    """Return the sentences of document and headline that hold a head noun of an instrument at all."""
    heads = _head_words()
    return [
        s
        for s in context.text.sentences
        if s.span.begin < context.header.body.end and not heads.isdisjoint([t.lower for t in s.tokens])
    ]


def is_general_law(text: str) -> bool:
    """Return whether a phrase only speaks of law in general: "international humanitarian law"."""
    return _GENERAL_LAW.search(text) is not None


@cache
def heads_with(column: str, *values: str) -> tuple[str, ...]:
    """Return the heads for which a column of the lexicon holds one of the values, the longest first."""
    found = (row["head"] for row in lexicon("instrument_heads") if row[column] in values)
    return tuple(sorted(found, key=lambda h: (-len(h), h)))


@cache
def _head_words() -> frozenset[str]:
    return frozenset(row["head"].split()[0] for row in lexicon("instrument_heads"))


@cache
def _name_pattern() -> re.Pattern[str]:
    heads = heads_with("name", "yes")
    titled = "|".join(re.escape(" ".join(w if w == "of" else w.capitalize() for w in h.split(" "))) for h in heads)
    upper = "|".join(re.escape(h.upper()) for h in heads)
    return re.compile(
        rf"(?<![\w’'-])(?P<before>{_BEFORE}(?:\([A-Z]\w*\s[^()]{{2,50}}\)\s+)?)(?P<head>{titled}|{upper})\b(?P<after>{_AFTER}){_DATE_OF}"
    )


def _all_capitals(context: Context) -> bool:
    """Return whether the headline capitalises its words, names or not."""
    title = context.header.title
    if title is None or context.text.of(title).endswith("."):
        return False
    return _mostly_capitalised(re.findall(r"[^\W\d_]{4,}", context.text.of(title)))


def _trimmed(string: str, span: Span) -> Span:
    """Drop the article or preposition that a capital at the start of a sentence or title brings along."""
    begin, _ = _without_openers(string, span.begin, string[span.begin : span.end].split())
    return Span(begin, span.end)


def _is_title(title: str) -> bool:
    """Return whether quoted words are a title: three words or more, the long ones capitalised."""
    return len(title.split()) >= 3 and _mostly_capitalised(re.findall(r"[^\W\d_]{5,}", title))


def _mostly_capitalised(found: list[str]) -> bool:
    return sum(word[0].isupper() for word in found) > _TITLE_SHARE * len(found)


def _name_span(context: Context, match: re.Match[str]) -> Span | None:
    string = context.text.string
    before, head, after = match["before"], match["head"], match["after"]
    begin, end = match.span()
    if (
        (head.isupper() and head.lower() in word_set("short"))
        or _NOT_YET.search(string, max(0, begin - 16), begin)
        or (head == "Resolution" and re.match(r"\s+of\s+the\s+[A-Z][a-z]+(?:\s|$)", after) and not before.strip())
    ):
        return None
    if part := _PROVISION.match(string[begin:end]):
        begin += part.end()
        before = string[begin : match.start("head")] if begin < match.start("head") else ""
    begin, words_before = _without_openers(string, begin, before.split())
    if not after and (part := _LOWER_PART.match(string, end)) and _is_capitalised_inside(context, match.start("head")):
        end, after = part.end(), part.group()
    whole = " " in head and _is_capitalised_inside(context, match.start("head"))  # "the Outcome Document"
    if not after and not words_before and re.search(r"\b[Aa]n?\s+$", string[max(0, begin - 4) : begin]):
        return None  # "an Executive Order": one of many
    if not after and not whole and not [w for w in words_before if w[0].isupper()]:
        return None
    alone = (
        head.lower() in _complement_only()
        and sum(1 + ("-" in w) for w in words_before if w[0].isupper()) < _TELLING_WORDS
    )
    if not after and not whole and not _made(words_before) and (alone or _opens_name(string, end)):
        return None
    if re.match(r"\s+with\b", after) and set(re.findall(r"[a-z]+", after.lower())) & word_set("personal"):
        end = match.start("after")  # "the Agreement with Secretary Orrin": with whom somebody signed it
    if is_general_law(string[begin:end]) or _organ(string, begin, match.end("head")):
        return None
    return Span(begin, end - 1 if string[end - 1] == "." else end)


def _without_openers(string: str, begin: int, words: list[str]) -> tuple[int, list[str]]:
    """Drop articles, prepositions and other words that only lead up to a name."""
    while words and (
        words[0].lower() in word_set("before_instrument") or (not words[0][0].isupper() and not words[0][0].isdigit())
    ):
        begin += len(words.pop(0))
        begin += len(string[begin:]) - len(string[begin:].lstrip())
    return begin, words


def _made(words_before: list[str]) -> bool:
    """Return whether a maker is named: "Amnesty International's Annual Report"."""
    return any(re.search(r"[’']s?$", word) for word in words_before)


def _is_capitalised_inside(context: Context, at: int) -> bool:
    """Return whether a word stands inside its sentence, where a capital means a name."""
    sentence = context.text.sentence_at(at)
    return sentence is not None and sentence.span.begin < at


def _upper_span(string: str, match: re.Match[str]) -> Span | None:
    """Cut a name out of a text in capitals: up to three words before the head, none of them a function word."""
    head_begin = match.start("head")
    if match["head"].lower() in word_set("short"):
        return None
    kept: list[str] = []
    for word in reversed(match["before"].split()):
        if (
            len(kept) == 3
            or word.lower() in word_set("before_instrument") | word_set("before_upper")
            or not word[0].isalpha()
        ):
            break
        kept.insert(0, word)
    if all(word.lower() in word_set("generic") for word in kept):
        return None
    begin = string.rfind(kept[0], match.start(), head_begin)
    if is_general_law(string[begin : match.end("head")].lower()):
        return None
    return Span(begin, match.end("head"))


@cache
def _complement_only() -> frozenset[str]:
    return frozenset(heads_with("complement_only", "yes"))


def _opens_name(string: str, end: int) -> bool:
    """Return whether the head only begins a longer name: "Bill Smith", "Law Society", "Law and Justice Minister"."""
    joined = _JOINED.match(string, end)
    if joined is not None and joined[1].lower() in word_set("personal") | word_set("organs"):
        return True
    following = re.match(r"\s+([A-Z][a-z]+)", string[end : end + 30])
    return following is not None and not re.match(r"\s+(?:Article|Section|No)\b", string[end : end + 12])


def _organ(string: str, begin: int, end: int) -> bool:
    """Return whether the words up to the head name a body or an office: "Charter Commission", "Spokesperson on Law"."""
    words_before = string[begin:end].split()[:-1]
    if words_before[-1:] == ["of"] and words_before[-2:-1] and words_before[-2].lower() in words("body_heads"):
        return True  # "Department of Law", "Faculty of Law"
    found = {w.lower() for w in re.findall(r"\w+", string[begin:end])}
    if found & word_set("personal") and not re.search(r"[’']", string[begin:end]):
        return True
    return bool(found & word_set("organs")) and not re.search(r"\b(?:on|of the)\b|[’']s\s", string[begin:end])
