"""Instruments that a text describes: a lower-case head with who made it, what it is about, or when.

"The joint report by A and B", "the 2019 ceasefire agreement", "the law on foreign agents".
"""

from __future__ import annotations

import re
from functools import cache

from communique.extract.cites.names import heads_with, is_general_law, sentences_with_heads
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context
from communique.model import Span

_CAPITAL = r"[A-Z0-9À-Þ][\w’'&./-]*"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}}\s+[A-Z][a-z]+(?:\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}}|\d{{4}})"
_LOWER = (
    r"(?!(?:its|their|the|our|a|an|his|her|this|that|who|which|and|or|of|in|on|by|to|for|from|with|as|at)\b)[a-z-]+"
)
_LOOK_BACK, _LOOK_AHEAD = 90, 160
_TELLING = re.compile(
    r"\b(?:trilateral|tripartite|bilateral|joint|proposed|newly-proposed|periodic|earlier|previous|preliminary|pre-election|"
    r"concluding|presidential|\d{4}|[a-z]+-level|(?:\d+|[a-z]+)-point)\b"
    r"|[’']s\s+(?:full |earlier |annual |recent |own |first |last |latest |new )?$"
)
_ISSUED = r"(?:issued|published|released|signed|adopted|concluded|made|reached|prepared|drawn up)"
_PREPOSITION = r"(?:by|between|in|with|at|on)"
# "of human rights abuses by": what is told before who tells it; "of abuses committed by" tells who did it.
_TOLD_BY = r"of\s+(?:an?\s+|the\s+)?(?:(?!\w+ed\b)[a-z-]+\s+){1,5}?by"
_NAMES = (
    rf"(?:(?:leaders|governments|presidents|heads)\s+of\s+(?:the\s+)?)?{_CAPITAL}"
    rf"(?:(?:\s+|,\s+|\s+and\s+|\s+of\s+|\s+for\s+|\s+against\s+)(?:the\s+)?{_CAPITAL})*"
    r"(?:\s+(?:[a-z]+\s+)?(?:ministry|governments?|authorities|parliament|court|army|parties|sides|leaders)\b)?"
)
_AFTER = re.compile(
    rf"\s+(?:{_ISSUED}\s+{_PREPOSITION}|{_TOLD_BY}|by|between|with|recogni[sz]ing|governing|of|on|dated|from)\s+"
    rf"(?:the\s+)?{_NAMES}"
    rf"(?:(?<=[’']s)\s+[a-z]+\s+(?:over|of|in|to|with)\s+{_CAPITAL}(?:\s+{_CAPITAL})*)?"
)
_IS_MADE = re.compile(rf"\s+(?:{_TOLD_BY}|{_ISSUED}|by|governing)\b")
_NAMED_MAKER = re.compile(r"\b[A-Z]{2,}\s|\b[A-Z][a-z]\w*\s+[A-Z]\w+\s")
_TYPED_STATEMENT = re.compile(
    r"\b(?:joint|trilateral|tripartite|bilateral|preliminary|pre-election|concluding|presidential|\d{4}|[a-z]+-level)\b"
)
_IS_DATED = re.compile(rf"\s+(?:of|dated|from)\s+{_DAY}")
_LAW_ON = re.compile(
    r"\s+(?:on|targeting|banning|outlawing|criminali[sz]ing|legali[sz]ing|decriminali[sz]ing|governing|"
    r"regulating|restricting|prohibiting|punishing|protecting|recogni[sz]ing)\s+(?:the\s+)?"
    r"(?:[a-z][a-z-]+|[A-Z][\w-]+)(?:\s+(?:of\s+|and\s+)?(?:[a-z-]+s|[a-z]+(?:tion|ty|cy|ism|ment))\b)?"
)
_OF_A_DAY = re.compile(r"(?i)(?:today|yesterday|tomorrow|this\s+week|last\s+week)[’']s\s")
_ONE_OF_MANY = re.compile(r"\b[Aa]n?\s+(?:\w+\s+)?$")
_JOINS_IN = re.compile(r"(?i)\b(?:align|associat|subscrib|endors|support)\w*\b[^.]{0,40}$")
_VERB = re.compile(r"\b(?:to|and|will|must|should|can|we|they)\s+$")
"""What stands before "report" where it is a verb ("to inquire and report on ...")."""
_PUBLISHES = re.compile(
    r"\b[A-Z]\w[^,;.]{0,60}\b(?:released|published|issued|launched|presented)\s+(?:an?|its|the|their)\s+(?:[a-z]+\s+)?$"
)
"""What somebody named does with a report."""
_ON = re.compile(
    r"\s+(?:on|into|about)\s+(?:(?!(?:which|that|who|at|by|with|in|today|yesterday|last)\b)[\w’'-]+\s){0,8}[\w’'-]+"
)
_NOT_YET = re.compile(
    r"\b(?:for|towards?|about|reach|conclude|negotiate|negotiating|seek|seeks|seeking|sign|achieve|without)\s+an?\s+(?:\w+\s+)?$"
)
"""What stands before an agreement that there is none of yet."""
_GIVEN_OUT = re.compile(
    r"\b(?:issued?|issues|issuing|released?|releases|releasing|published?|publishes|made|makes|said|says|added|wrote|in)"
    r"\s+(?:in\s+)?an?\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""What stands before a statement that the text reports, and does not cite ("issued a statement dated ...")."""
_OWN = re.compile(
    r"\b(?:following|text of the|text of a|this|below)(?:\s+(?:is|was))?(?:\s+(?:the|a))?\s+(?:following\s+)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:AGREEMENTS?|agreements?|TREATY|treaty|ACCORDS?|accords?)\s+(?:(?:IT|THEY|it|they)\s+)?(?:SIGNED|REACHED|CONCLUDED|signed)\s+"
    r"(?:IN|in|WITH|with|BY\s+THE|BY)\s+[A-Z]\w*(?:\s+[A-Z]\w*){0,2}"
)
_ARTICLE = re.compile(r"(?:The|This|Our|With|In|As|By|On|Its|A|An|Under|Per|Following)\s+")
_DEFINITE = re.compile(
    r"(?:\b(?:the|its|their|our|his|country[’']s|nation[’']s)|\b[A-Z]\w*(?:[’']s|[’']))\s+$", re.IGNORECASE
)


def described(context: Context) -> list[Span]:
    """Return described documents, one span for each."""
    string = context.text.string
    spans = [Span(*m.span()) for m in _SIGNED.finditer(string)]
    for sentence in sentences_with_heads(context):
        for match in _pattern().finditer(string, sentence.span.begin, sentence.span.end):
            span = _Description(string, sentence.span, match).span()
            if span is not None:
                spans.append(span)
    return spans


@cache
def _pattern() -> re.Pattern[str]:
    heads = heads_with("described", "agreement", "document", "statement", "law", "constitution")
    return re.compile(rf"\b(?P<head>{'|'.join(re.escape(h) for h in heads)})\b(?![-’'])")


@cache
def _sort(head: str) -> str:
    """Return the sort of instrument that a head noun is."""
    sorts = ("agreement", "document", "statement", "law", "constitution")
    return next(sort for sort in sorts if head in heads_with("described", sort))


@cache
def _before_pattern() -> re.Pattern[str]:
    """The words that may stand before a head: what sort of thing it is, its date, its makers."""
    sorts = "|".join(sorted(map(re.escape, word_set("instrument_modifiers")), key=lambda w: (-len(w), w)))
    word = rf"(?:{sorts}|{_DAY}|[A-Z][\w.-]*(?:[’']s?)?|[a-z]+-level|(?:\d+|[a-z]+)-point|anti-[a-z-]+)"
    return re.compile(rf"(?:\b{word}\s+){{1,6}}$|\b(?:[A-Z]{{2,}}[\w-]*|\d{{4}})\s+(?:{_LOWER}\s+){{1,2}}$")


class _Description:
    """A head noun with what stands around it."""

    def __init__(self, string: str, sentence: Span, match: re.Match[str]) -> None:
        self.string, self.head = string, match["head"]
        lead = string[max(sentence.begin, match.start() - _LOOK_BACK) : match.start()]
        found = _before_pattern().search(lead)
        self.before = found.group() if found else ""
        self.begin = match.start() - len(self.before)
        self.lead = lead[: len(lead) - len(self.before)]
        self.after = _AFTER.match(string, match.end(), min(sentence.end, match.end() + _LOOK_AHEAD))
        self.end = match.end()
        self.telling = _TELLING.search(self.before) is not None
        self.made = self.after is not None and _IS_MADE.match(self.after.group()) is not None

    def span(self) -> Span | None:
        """Return the words that tell which document is meant, or ``None`` where they tell none."""
        if _OWN.search(self.lead[-40:]) or (self.head == "report" and _VERB.search(self.lead[-40:])):
            return None
        sort = _sort(self.head)
        if sort == "statement" and _GIVEN_OUT.search(self.lead[-40:]) and not re.search(r"\d", self.before):
            return None
        tells = {
            "agreement": self._tells_agreement,
            "document": self._tells_document,
            "statement": self._tells_statement,
            "law": self._tells_law,
            "constitution": self._tells_constitution,
        }
        if not tells[sort]():
            return None
        end = self.after.end() if self.after else self.end
        begin = self.begin
        while article := _ARTICLE.match(self.string, begin, self.end):
            begin = article.end()
        return Span(begin, end - 1 if self.string[end - 1] == "." else end)

    def _tells_agreement(self) -> bool:
        """Tell "the security agreement with X", "the 2015 nuclear deal", "the X-Y agreement"; not "an agreement"."""
        if _NOT_YET.search(self.lead[-40:]):
            return False
        if self.after is not None:
            opener = self.after.group().split()[0]
            if opener != "of" or _IS_DATED.match(self.after.group()):
                return not self.head.endswith("s") or self.made or opener in {"between", "with"}
            self.after = None
        if self.head.endswith("s"):
            return False
        if _TELLING.search(re.sub(r"[’']s\s+", " ", self.before)) or re.match(r"[A-Z]{2,}[\w-]*\s+\w", self.before):
            return True
        kinds = {w for w in self.before.lower().split() if w in word_set("agreement_subjects")}
        return bool(kinds) and bool(_DEFINITE.search(self.lead) or re.search(r"[’']s?\s", self.before))

    def _tells_document(self) -> bool:
        """Tell "the report by X", "X's report", "the OSCE report", "the report on Y"; not "reports of fighting"."""
        if _OF_A_DAY.match(self.before):
            return False
        if self.made or self.telling:
            return self.made or not self.head.endswith("s")
        if _NAMED_MAKER.search(self.before):
            return not self.head.endswith("s")
        if self.head == "report" and _PUBLISHES.search(self.lead) and (subject := _ON.match(self.string, self.end)):
            self.after = self.after or subject
            return True
        about = self.after is not None and self.after.group().split()[0] in {"of", "on"}
        return about and not self.head.endswith("s")

    def _tells_statement(self) -> bool:
        """Tell "the trilateral statement", "X's earlier statement", "the statement by X"; not "in a statement"."""
        if (self.made and self.head != "statements") or _IS_DATED.match(self.string, self.end):
            self.after = self.after or _IS_DATED.match(self.string, self.end)
            return True
        if self.after is not None and self.after.group().split()[0] == "of" and _JOINS_IN.search(self.lead):
            return True  # "is aligned with the statement of the Union"
        typed = _TYPED_STATEMENT.search(self.before)
        again = re.search(r"\b(?:earlier|previous)\b", self.before) is not None
        return typed is not None or (again and re.search(r"[’']s?\s", self.before) is not None)

    def _tells_law(self) -> bool:
        """Tell "the law on foreign agents", "X's foreign agents law"; not "international law" nor "under the law"."""
        if is_general_law(f"{self.lead[-40:]}{self.before}{self.head}"):
            return False
        on = _LAW_ON.match(self.string, self.end)
        if on is not None and not self.head.endswith("s"):
            self.after = on
            return True
        subject = self.before.lower().split()
        self.after = None
        if not self.before[:1].isupper() and _ONE_OF_MANY.search(self.lead):
            return False
        known = bool(subject) and (subject[-1] in word_set("law_subjects") or subject[-1].startswith("anti-"))
        return known and not is_general_law(self.before + self.head)

    def _tells_constitution(self) -> bool:
        """Tell "X's constitution", "the proposed constitution": a state has one."""
        self.after = None
        return bool(_DEFINITE.search(self.lead) or re.search(r"[’']s?\s", self.before) or self.telling)
