"""Finds the names in a text: persons, bodies, offices, states, places, instruments.

Candidates come from four sources: authority records, a grammar over classes of units (module ``units``), the gazetteer
in context, and further mentions of names already found (acronyms, surnames, "the Ministry"). An arbiter then keeps a
set without overlaps: a longer structural name beats the record inside it, a record beats a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from communique.authority import gazetteer
from communique.authority.records import Authority, Match, Record
from communique.extract.grammar.phrase_table import word_set
from communique.extract.names import aliases, places
from communique.extract.names.casing import truecase
from communique.extract.names.model import proposed
from communique.extract.names.units import Unit, units
from communique.extract.text import Sentence, Text
from communique.model import EntityType, Mention, Ner, Span
from communique.resources import lexicon, words

_SHORT_LINE = 45
_LISTED = re.compile(r"[^\w\n]*(?:\d{1,2}[.)]\s*)?(?:(?!The\s)[A-Z][\w’'-]*\s+)*")
"""What stands in a list of names before the words of a line that are a name's for certain: other capitalised words."""
_BEFORE_OFFICE = r"(?:[SDPG]'?|[AMmHc]|[CN](?=[CMHc]*[MHc][OoMm]))(?:&[cM](?=[cMH]*[Oo]))?"
_CHAIN = (
    r"(?:[fg]m+(?![mho])|[fgp]t?(?:(?:[SPGDA]'?)?[cCMADH]*H(?!MO)|[SPGFAD]?'?[cMHADSPGFI]+(?!(?<=M)O)|"
    r"[CN]{1,2}[SP]?(?![CN]))"
    r"(?:(?:,[cM]+)*,?&(?:[cMH]+(?![cMOoNC])|P+(?![cMHOoNC'])))*)"
)
_OFFICE = re.compile(rf"(?:D?[MH]')?(?:{_BEFORE_OFFICE})*(?:[Oo](?:&?[Oo](?![fg]))?|K){_CHAIN}*(?:\([OoAcMC]+\))?|F")
_BODY_WORD = r"(?:[SDPG]'?|[cCNAMHO](?:&[cCMD](?=[cCMD]*H))?)"
_BODY = re.compile(
    rf"{_BODY_WORD}*H(?:[fg]t?(?:[SPGFD]?'?[cCNMHADSPGFO]+(?:'[cCMH]+)?)(?:(?:,[cCMD]+)*,?&[cCMHD]+(?![cCOoN']))?)*"
    r"|(?:[SDGA]'?)(?:[mMcA])*h"
    r"|[mM]?hft?[SPD]+"
)
_PERSON = re.compile(
    r"T(?:\.?T)*\.?(?:i\.)*(?:r?Nc(?=[OM])|r?[NCc]|i\.|A)(?:-?r{0,2}(?:[NCc]|i\.|O(?![fgNCc])))*"
    r"|N(?:r{0,2}[NC]|i\.|c(?=[NC])|\"[NC]\"){0,4}(?:(?<=[N.])r{0,2}[cM](?![HOocM])|(?<=[NC.])[OH](?![fgNCcH]))?"
    r"|(?:i\.)+r?[NC](?:r?C)?"
    r"|C(?:i\.)*r{0,2}[CN](?:r{0,2}[CN])?"
)
_BODY_BEFORE = re.compile(r"H[fg]t?$")
_HOLDER = re.compile(r"O(?=N[NCc])|(?<=[cCSPD])N[CN](?![NCH])")
"""Somebody behind the name of a body: an office and a name, or a given name and a surname."""
_ONE_NAME = re.compile(r"r?[NCc](?:r{0,2}[NC]|i\.){0,3}")
_SEVERAL_NAMES = re.compile(rf"{_ONE_NAME.pattern}(?:,{_ONE_NAME.pattern})*,?&{_ONE_NAME.pattern}(?![fgHO])")
_SUBJECT = re.compile(r"(g[xm]{1,5}),(?=(?:T\.?)*[NCi])")
_AFTER_OFFICE = re.compile(r",?(?:T\.?)*r?([NCc](?:r{0,2}[NC]|i\.){0,3}(?:(?<=[N.])c|(?<=[N.])[OH](?![fgNCcHOo]))?)")


def find_mentions(
    text: Text, authority: Authority, given: Sequence[Mention] = (), issued: str = "", ner: Ner = Ner.NONE
) -> list[Mention]:
    """Return the mentions of a text, in order and without overlaps; see the module for where they come from.

    ``given`` are mentions known from what stands around the text (its publisher); they compete with those found.
    ``ner`` says which statistical model may propose more (module ``model``).
    ``issued`` is the day of the text: of several bearers of a name, those that existed then are meant.
    """
    cased = truecase(text.string)
    matches = authority.matches(text.string, upper=text.mostly_upper)
    if cased != text.string:
        matches = _merge(matches, authority.matches(cased))
    matches = _supported([m for m in matches if not (m.acronym and cased[m.begin : m.end].islower())])
    starts = [m.begin for m in matches]
    chosen = _chosen(matches, issued)
    candidates: list[Mention] = []
    rows: list[tuple[Sentence, list[Unit]]] = []
    for sentence in text.sentences:
        inside = matches[bisect_left(starts, sentence.span.begin) : bisect_left(starts, sentence.span.end)]
        row = units(sentence, cased, [m for m in inside if m.end <= sentence.span.end], authority)
        rows.append((sentence, row))
        candidates += _from_units(text, row, authority, chosen)
    kept = arbitrate([*candidates, *given])
    more = [*places.find_places(text, rows, kept, authority), *(proposed(text) if ner is Ner.SM else ())]
    kept = arbitrate([*kept, *more])
    return arbitrate(aliases.find_aliases(text, rows, kept))


def arbitrate(candidates: Sequence[Mention]) -> list[Mention]:
    """Return the candidates that win where they overlap: the surer source first, then the longer name, then the first.

    The order of sources is the one that was measured to serve best: a structural name that holds a record's name is
    longer than it and tells more ("Permanent Mission of X" holds "X"), so both share a rank and length decides.
    """
    ordered = sorted(candidates, key=_precedence)
    taken: list[Mention] = []
    begins: list[int] = []
    beaten: dict[int, list[Mention]] = {}
    for mention in ordered:
        at = bisect_left(begins, mention.span.end)
        if at and taken[at - 1].span.end > mention.span.begin:
            beaten.setdefault(begins[at - 1], []).append(mention)
            continue
        begins.insert(at, mention.span.begin)
        taken.insert(at, mention)
    return [_with_reason(m, beaten[m.span.begin]) if m.span.begin in beaten else m for m in taken]


def _with_reason(winner: Mention, losers: Sequence[Mention]) -> Mention:
    """Return a mention that tells which other readings of its words it won against."""
    others = (m for m in losers if (m.text, m.type) != (winner.text, winner.type))
    told = [winner.reason] if winner.reason else []
    told += [each for m in others if (each := f"{m.type} “{m.name}” ({m.source})") not in winner.reason]
    reason = "; ".join(dict.fromkeys(told[:_MOST_REASONS]))
    return winner if reason == winner.reason else replace(winner, reason=reason)


def _precedence(mention: Mention) -> tuple[int, int, int, bool, EntityType]:
    introduced = mention.source == "introduced"  # of two of one length, what has a record wins
    return _RANK[mention.source], -len(mention.span), mention.span.begin, introduced, mention.type


_MOST_REASONS = 2
_RANK = {
    "authority": 0,
    "office": 0,
    "pattern": 0,
    "introduced": 0,
    "title": 1,
    "apposition": 1,
    "given-name": 2,
    "gazetteer": 3,
    "alias": 4,
    "model": 5,
    "guess": 6,
}


def _merge(first: list[Match[Record]], second: list[Match[Record]]) -> list[Match[Record]]:
    """Join two lists of matches; of two that overlap the longer stays."""
    out: list[Match[Record]] = []
    for match in sorted([*first, *second], key=lambda m: (m.begin, -m.end)):
        if not out or match.begin >= out[-1].end:
            out.append(match)
    return out


def _supported(matches: list[Match[Record]]) -> list[Match[Record]]:
    """Drop the matches of weak names ("the Council") whose record the text names in no other way."""
    strong = {r.key for m in matches if not m.weak for r in m.records}
    return [m for m in matches if not m.weak or any(r.key in strong for r in m.records)]


def _chosen(matches: list[Match[Record]], issued: str) -> dict[str, Record]:
    """Return for each name that several records bear the one that the text names in full elsewhere.

    What no longer existed on the day of the text, or not yet, is meant only where nothing else bears the name.
    """
    full = {m.records[0].key for m in matches if not m.acronym}
    out: dict[str, Record] = {}
    for match in matches:
        if len(match.records) > 1:
            living = [r for r in match.records if r.existed(issued)] or match.records
            out[match.name] = next((r for r in living if r.key in full), living[0])
    return out


def _from_units(text: Text, row: list[Unit], authority: Authority, chosen: dict[str, Record]) -> Iterator[Mention]:
    symbols = "".join(u.symbol for u in row)
    for unit in row:
        if unit.match:
            yield _of_record(text, unit, chosen)
    offices = list(_offices(text, row, symbols, authority))
    yield from offices
    yield from _bodies(text, row, symbols, authority)
    yield from (m for m in _persons(text, row, symbols, offices) if _is_one_person(m))


def _of_record(text: Text, unit: Unit, chosen: dict[str, Record]) -> Mention:
    """Return the mention of a record's name; an office's ``within`` is the key of the body it is held in."""
    match = unit.match
    assert match is not None
    record = chosen.get(match.name, match.records[0])
    words = text.of(unit.span)
    return Mention(
        unit.span, words, record.type, record.label, "authority", 0.95, record.key, record.country, record.post_in
    )


def _span(row: list[Unit], begin: int, end: int) -> Span:
    return Span(row[begin].span.begin, row[end - 1].span.end)


def _offices(text: Text, row: list[Unit], symbols: str, authority: Authority) -> Iterator[Mention]:
    for m in _OFFICE.finditer(symbols):
        begin, end = m.span()
        if m.group() == "F" or text.of(row[end - 1].span) == "":
            continue
        begin, end = _past_person(symbols, begin, end), _without_owner(symbols, begin, end)
        end = _with_subject(symbols, _without_part(text, row, symbols, begin, end))
        end = _with_whole_place(text, row, symbols, _before_topic(row, symbols, begin, end))
        while begin < end - 1 and symbols[begin] in "HNCc" and not re.search(r"[MmOoSDG]", symbols[begin + 1 : end]):
            begin += 1
        if (body := _BODY_BEFORE.search(symbols, 0, begin)) and symbols[end : end + 1] in ("N", "T"):
            begin = body.start()  # "Ministry of Foreign Affairs Spokesperson Dora Orrin"
        named = re.search(r"[SDPGAMHF]|[fgp]", symbols[begin:end]) is not None
        person = _AFTER_OFFICE.match(symbols, end)
        if not named and not person and not _stands_alone(symbols, begin, end):
            continue
        span = _span(row, begin, end)
        within, country = _within(text, row, symbols, begin, end, authority)
        score = 0.85 if named else 0.6
        yield Mention(
            span, text.of(span), EntityType.OFFICE, clean_name(text.of(span)), "office", score, "", country, within
        )


def _past_person(symbols: str, begin: int, end: int) -> int:
    """Return where an office begins that stands straight behind a person's name ("Dora Orrin Labour Spokesperson")."""
    titled = begin > 0 and symbols[begin - 1] in "T."  # "The Hon Dora Field Leader of the House"
    named = re.match(r"N(?:c(?=[OM])|[NC]{0,2})" if titled else r"N[NC]{0,2}", symbols[begin:end]) or (
        re.match(r"C{1,2}", symbols[begin:end]) if begin and symbols[begin - 1] in "NTi.O" else None
    )
    after = begin + named.end() if named else begin
    return after if after < end - 1 else begin


def _without_owner(symbols: str, begin: int, end: int) -> int:
    """Return where an office ends whose last part owns what follows, or qualifies it: "head of Varenia's ...".

    What it is of has then not been read to its end, and the country alone would say something else.
    """
    cut = re.search(r"[fgp]t?(?:[SPD]|[cMC]*D)$", symbols[begin:end])
    owns = symbols[end : end + 1] == "'" or symbols[end - 1] == "D"
    return begin + cut.start() if cut and cut.start() and owns else end


def _without_part(text: Text, row: list[Unit], symbols: str, begin: int, end: int) -> int:
    """Return where an office ends "of" an unknown name that was not read to its end ("head of Orrin Pre-...")."""
    cut = re.search(r"[fgp]t?[CN]$", symbols[begin:end])
    goes_on = end < len(row) and symbols[end] not in "NT" and row[end - 1].span.end + 1 == row[end].span.begin
    goes_on = goes_on and text.of(row[end].span)[:1].isupper()
    return begin + cut.start() if cut and cut.start() and goes_on else end


def _before_holder(row: list[Unit], symbols: str, begin: int, end: int) -> int:
    """Return where a body ends before somebody of it, or a headline's verb, that stands right behind its name.

    "Court of Appeals Judge Dora Orrin", "Ministry of Ferries Dora Orrin", "Office of Rivers Announces Dora Orrin".
    """
    head = symbols.find("H", begin, end)
    if head < 0:
        return end
    holder = _HOLDER.search(symbols, head + 1, end)
    cut = holder.start() if holder else end
    while holder and cut > head + 1 and row[cut - 1].lower in _ranks():
        cut -= 1
    for i in range(head + 1, cut):
        if symbols[i] in "cC" and symbols[i + 1 : i + 2] in ("N", "S") and row[i].lower in words("headline_verbs"):
            return i
    return cut


def _with_whole_place(text: Text, row: list[Unit], symbols: str, end: int) -> int:
    """Return where a name ends whose last word only opens a place's ("District of New" before "Jersey")."""
    if end >= len(row) or symbols[end] not in "NCcP" or symbols[end - 1] in "HO":
        return end
    opens = row[end - 1].lower in word_set("place_prefixes") and text.string[row[end - 1].span.begin].isupper()
    return end + 1 if opens and row[end - 1].span.end + 1 == row[end].span.begin else end


def _before_topic(row: list[Unit], symbols: str, begin: int, end: int) -> int:
    """Return where a name in the headline of a statement ends before "on", which opens what the statement is about.

    "Message to the Senate on Ferries", but "Statement of the Committee on Ferries": there the subject is in the name.
    """
    if row[0].lower not in word_set("documents") | word_set("heading_documents"):
        return end
    on = [i for i in range(begin + 1, end) if symbols[i] == "g" and row[i].lower == "on"]
    if not on:
        return end
    with_subject = any(unit.lower in word_set("with_subject") for unit in row[begin : on[0]])
    return on[0] if not with_subject else on[-1] if len(on) > 1 else end


def _with_subject(symbols: str, end: int) -> int:
    """Return where an office ends whose subject is told in small letters before its holder ("on fair trials, Dora")."""
    found = _SUBJECT.match(symbols, end)
    return found.end(1) if found else end


def _stands_alone(symbols: str, begin: int, end: int) -> bool:
    """Return whether a bare title is a mention: capitalised behind "the", or alone in its line."""
    before = symbols[begin - 1] if begin else ""
    alone = not before and (end == len(symbols) or (len(symbols) < 12 and symbols[end] in ",AG"))
    return symbols[begin] in "OM" and (before == "t" or alone or (before == "K" and symbols[end : end + 1] == ","))


def _within(text: Text, row: list[Unit], symbols: str, begin: int, end: int, authority: Authority) -> tuple[str, str]:
    """Return the body or state an office belongs to, verbatim, and its country.

    "Minister of X of the Republic of Y" belongs to Y, "Y's Minister" and "Yish Minister" too, "Chair of the B" to B.
    """
    country = _office_country(row[begin:end], authority)
    inner = symbols[begin:end].split("(")[0]
    chain = re.search(r"[Oo][fgp]", inner)
    head = chain.start() if chain else max((i for i, s in enumerate(inner) if s in "OoK"), default=0)
    lead = re.match(r"(?:[SGA]|[CcMNAD&SG]*H|[MH](?=')|D)+", inner[:head])
    spokes = row[begin + head].lower.startswith("spokes")
    segments = [
        m for m in re.finditer(r"[fgp]t?([^fgp]+)", inner[head:]) if _names_holder(m.group(), bool(lead), spokes)
    ]
    if segments:
        first, last = begin + head + segments[-1].start(1), begin + len(inner)
        if inner[head + segments[-1].end() :].startswith("p"):  # "of Varenia to the United Nations"
            last = begin + head + segments[-1].end()
        if "H" in segments[-1].group(1) or len(segments) == 1 or re.search("[HGA]", segments[0].group(1)):
            first = begin + head + segments[0].start(1)
        return clean_name(text.of(_span(row, first, last))), country
    if lead:
        return clean_name(text.of(_span(row, begin, begin + lead.end()))), country
    return "", country


def _office_country(row: Sequence[Unit], authority: Authority) -> str:
    """Return the country that an office's name has of its own: not the one that an envoy is sent "to" or is "for"."""
    away = False
    for i, unit in enumerate(row):
        if unit.symbol in "fgp":
            away = unit.symbol != "f"
        elif not away and (code := _country(row, i, authority)):
            return code
    return ""


def _names_holder(part: str, led: bool, spokes: bool) -> bool:
    """Return whether a part of an office's name ("of the B", "to B") names the body or state that it is held in.

    An envoy "to" or "for" a state is not of it; who is of a body named before ("the UN Envoy for B") is of no other.
    """
    if re.search(r"[HhGA]", part):
        return part[0] != "p" and not (led and part[0] != "f")
    if part[0] == "g" and spokes:
        return not led and re.search(r"[CN]", part) is not None
    return part[0] == "f" and not led and re.search(r"[SPFDCN]", part) is not None


def _bodies(text: Text, row: list[Unit], symbols: str, authority: Authority) -> Iterator[Mention]:
    for begin, end in _within_lines(text, row, (m.span() for m in _BODY.finditer(symbols))):
        if end - begin < 2 and row[begin].lower not in words("party_names"):
            continue
        if symbols[begin:end] == "NH" and row[end - 1].lower in words("surname_heads"):
            continue
        begin, end = _past_listed(row, symbols, begin, end), _before_topic(row, symbols, begin, end)
        end = _with_whole_place(text, row, symbols, _before_holder(row, symbols, begin, end))
        span = _span(row, begin, end)
        name = clean_name(text.of(span))
        if name.lower() in words("generic_names"):
            continue
        country = next(filter(None, (_country(row, i, authority) for i in range(begin, end))), "")
        score = 0.8 if "H" in symbols[begin:end] else 0.7
        yield Mention(span, text.of(span), EntityType.ORG, name, "pattern", score, "", country)


def _past_listed(row: list[Unit], symbols: str, begin: int, end: int) -> int:
    """Return where a body begins that stands straight behind a person in a list ("Dora Orrin Ports Administration")."""
    named = re.match(r"N[NCi.]{0,2}[NC](?=[MH])", symbols[begin:end])
    if named is None:
        return begin
    heads = [unit.lower for unit in row[begin:end] if unit.symbol == "H"]
    return begin + named.end() if words("unnamed_after").intersection(heads) else begin


def _within_lines(text: Text, row: list[Unit], found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut names at the ends of short lines, and keep the parts that hold a head: a list has a name in each line.

    A line that was filled before it was broken is another matter: there the name goes on in the next one.
    """
    for begin, end in found:
        start = begin
        for i in range(begin + 1, end + 1):
            if i < end and not _breaks(text.string, row[start].span.begin, row[i - 1].span.end, row[i].span.begin):
                continue
            if (begin, end) == (start, i) or any(u.symbol in "Hh" for u in row[start:i]):
                yield start, i
            start = i


def _breaks(string: str, begin: int, end: int, following: int) -> bool:
    """Return whether the words from ``begin`` to ``end`` fill a short line, and what follows stands in the next."""
    at = string.find("\n", end, following)
    if at < 0 or at - begin >= _SHORT_LINE:
        return False
    line = string.rfind("\n", max(0, begin - _SHORT_LINE), begin) + 1
    if line == 0 and begin >= _SHORT_LINE:
        return False
    return _LISTED.fullmatch(string, line, begin) is not None


def _country(row: Sequence[Unit], at: int, authority: Authority) -> str:
    """Return the country of a state or a people; of a region that is named after one ("New Mexico") its own."""
    unit = row[at]
    if unit.symbol == "D":
        return authority.demonym(unit.lower.title()) or authority.demonym(unit.lower.upper())
    if not unit.match or unit.match.records[0].type != EntityType.STATE:
        return ""
    name = f"{row[at - 1].lower} {unit.lower}" if at else ""
    regions = [
        each.country for each in gazetteer.lookup(name) if each.feature == "region" and each.label.lower() == name
    ]
    return regions[0] if regions else unit.match.records[0].country


def _persons(text: Text, row: list[Unit], symbols: str, offices: list[Mention]) -> Iterator[Mention]:
    ends = {o.span.end for o in offices}
    for i, unit in enumerate(row[:-1]):
        if unit.span.end in ends or unit.symbol == "F":
            m = _AFTER_OFFICE.match(symbols, i + 1)
            if m and not (symbols[i + 1] == "," and m.group(1) in ("C", "c", "N")) and m.group(1) != "c":
                begin, end = m.span(1)
                if symbols[end - 1] in "HO" and row[end - 1].lower not in words("surname_heads"):
                    end -= 1
                if end - begin > 1 or row[begin].lower not in words("people_nouns"):
                    person = _person(text, row, begin, end, "apposition", 0.9 if end - begin > 1 else 0.7)
                    royal = end - begin == 1 and unit.lower in words("royal_titles")
                    yield replace(person, name=f"{unit.lower.title()} {person.name}") if royal else person
    yield from _under_plural_title(text, row, symbols)
    for m in _PERSON.finditer(symbols):
        begin, end = m.span()
        first = symbols[begin]
        if first == "N" and symbols[end - 1] in "HO" and row[end - 1].lower not in words("surname_heads"):
            end -= 1
        if first == "N" and end - begin < 2:
            continue
        if first == "T":
            name = begin + len(re.match(r"[T.]+", m.group()).group())  # type: ignore[union-attr]
            yield replace(_person(text, row, begin, end, "title", 0.9), name=clean_name(text.of(_span(row, name, end))))
        elif first in "Ni":
            yield _person(text, row, begin, end, "given-name", 0.8)
        else:
            cue = _speaks(symbols, row, begin, end)
            yield _person(text, row, begin, end, "given-name" if cue else "guess", 0.6 if cue else 0.4)


def _under_plural_title(text: Text, row: list[Unit], symbols: str) -> Iterator[Mention]:
    """Yield those who share a title in the plural ("Presidents Orrin and Dosta", "Ministers Orrin, Dosta and Kell")."""
    for i, unit in enumerate(row[:-1]):
        if not unit.lower.endswith("s") or unit.lower[:-1] not in _titles() or symbols[i] not in "cCOHx":
            continue
        found = _SEVERAL_NAMES.match(symbols, i + 1) if text.string[unit.span.begin].isupper() else None
        for name in _ONE_NAME.finditer(symbols, i + 1, found.end()) if found else ():
            yield _person(text, row, *name.span(), "apposition", 0.8)


@cache
def _ranks() -> frozenset[str]:
    """Return the words of rank that open an office ("Deputy", "Acting")."""
    return frozenset(row["word"] for row in lexicon("name_modifiers") if row["use"] == "rank")


@cache
def _titles() -> frozenset[str]:
    """Return the titles that stand straight before a name."""
    return frozenset(row["word"] for row in lexicon("office_titles") if row["before_name"])


def _is_one_person(mention: Mention) -> bool:
    """Return whether a name may be a person's: not several people ("Ministers", "Jesuit Priests"), not a place's."""
    last = mention.name.split()[-1].lower() if mention.name else ""
    if last.endswith("s") and last[:-1] in words("office_titles") and last not in words("surname_heads"):
        return False
    if last.endswith(("men", "women")) and len(last) > 5:
        return " " in mention.name and mention.source != "guess"
    return last not in words("people_nouns") and last not in words("place_heads")


def _speaks(symbols: str, row: list[Unit], begin: int, end: int) -> bool:
    """Return whether words around an unknown name say that it is a person: an office, a verb of saying."""
    after = row[end].lower if end < len(row) else ""
    before = row[begin - 1].lower if begin else ""
    return (
        after in words("quote_verbs")
        or before in words("quote_verbs")
        or re.match(r",(?:t|x)?[^,.]{0,4}[Oo]", symbols[end : end + 8]) is not None
    )


def _person(text: Text, row: list[Unit], begin: int, end: int, source: str, score: float) -> Mention:
    while end - begin > 2 and row[end - 1].lower in words("headline_verbs"):  # "Dora Orrin Rejects ..."
        end -= 1
    while end - begin > 1 and source != "title" and row[begin].lower in words("headline_verbs"):  # "Names Dora Orrin"
        begin += 1
    span = _span(row, begin, end)
    return Mention(span, text.of(span), EntityType.PERSON, clean_name(text.of(span)), source, score)


def clean_name(text: str) -> str:
    """Return a name as a label: white space folded, a leading article and a trailing possessive taken off."""
    name = re.sub(r"\s+", " ", text).strip(" ,;:.")
    name = re.sub(r"^(?:the|The|THE)\s+", "", name)
    return re.sub(r"[’'`](?:s|S)?$", "", name).strip()
