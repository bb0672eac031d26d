"""Whether a text vouches that words are the name of one person, body, office, place or instrument.

An entity that has no authority record becomes a node that other documents may be joined with only if its form and
what stands around it speak for it: a given name or a title; a body's head word with a whole complement, or an acronym
that the text explains; an instrument's title or number; an office with its body or state. All else is described, not
named, and stays local to its document: a node that names nothing is worse than one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from communique.authority import gazetteer
from communique.authority.naming import is_telling
from communique.model import EntityType, Mention
from communique.resources import lexicon, table, words, words_of

_WORD = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*\.?")
_BEFORE = re.compile(r"(?<!\S)[\"“(\[]?([^\W\d_][\w.’'-]*) ?$")
_AFTER = re.compile(r"[ \u00a0]?([^\W_][\w’'-]*)")
_GLUED = re.compile(r"[-–/.@][^\W_]")
_RUNS_ON = re.compile(r" (?:(?:of|for|on|to) (?:the )?|in the |& ?|and (?:the )?)[A-Z]")
_LINK = re.compile(r"\b(?:of|for|on|to|in|at|and|against|with|de|del|des)\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:of|for|on|to|against|with)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}[a-z]?s?|[A-Z]+[a-z]?[A-Z]+")
_SENTENCE = re.compile(r"(?:^|[.!?:;\n•–—\"“*]\s*|\n\s*-\s*)$")
_AROUND = 60
_NO_TITLE = re.compile(r"\b(?:with|between|on behalf|by|concluded|signed) ")
_NUMBERED = re.compile(
    r"(?:Order|[Rr]esolution|Proclamation|Directive|Decree|E\.O\.)\)? (?:\([A-Z.]+\) )?(?:No\.? ?)?\d"
)
_JOINERS = ("-", "–", "\u2011", "\u2060")
_DATED = re.compile(r"\d{4}-\d\d|\d The ")
_POSSESSIVE = re.compile(r"’s\b|'s\b")
_CUT = re.compile(r"[A-Z][\w’'-]*[,)]* (?:to|for|on|with|and|in|&) $")
_COUNTED = re.compile(r"(?:[\d$€£%]|\d(?:st|nd|rd|th)) ?$")
_COUNTY_LIST = 900
_COUNTIES = re.compile(r"\b(?:[Cc]ounties|[Pp]arishes|[Dd]istricts|[Mm]unicipalities|[Tt]owns|[Cc]ities) of\b")
_TOWN = 100_000
_SHORT = 6
_TWO, _LONG = 2, 3
"""A body's name of common words alone needs so many of them."""


def named(mentions: Iterable[Mention], text: str) -> bool:
    """Return whether one of the mentions of an entity without a record shows that it is named, not only described.

    Args:
        mentions: all mentions of it.
        text: the text of its document.
    """
    listed = list(mentions)
    return any(_is_named(each, text) for each in listed) or _explained(listed)


def located(mentions: Iterable[Mention], text: str) -> bool:
    """Return whether a text speaks of a town or region of the gazetteer where it names it, not of what is so called.

    Large places are taken for granted; of others "in", "of" or "from" stands before the name, or what it lies in behind
    it, or it stands in a list of counties; and the name is no part of a longer one ("Webb Space Telescope").
    """
    return any(_is_located(each, text) for each in mentions)


def _is_located(mention: Mention, text: str) -> bool:
    begin, end = mention.span.begin, mention.span.end
    before, after = text[max(0, begin - _COUNTY_LIST) : begin], text[end : end + _AROUND]
    parts = [part.lower() for part in _WORD.findall(mention.text)]
    place = gazetteer.get(mention.key)
    if place is None:
        return True
    if words_of("calendar", "compass_words", "place_heads", "common_words", "calendar_forms").issuperset(parts):
        return False
    if len(parts) == 1 and before.endswith(" the ") and place.feature == "town":
        return False  # "the Orange Book"
    if after.startswith((" v. ", " vs. ", " & ")):
        return False  # a case or a firm
    heads = words("place_heads")
    short = place.label.split()[-1].lower() in heads and parts[-1] not in heads  # "Brown" for "Brown County"
    if not short and (place.population >= _TOWN or place.feature in ("capital", "region")):
        return True
    following, previous = _AFTER.match(after), _BEFORE.search(before)
    word = previous[1] if previous is not None else ""
    if after.startswith((f" and {mention.text}", f" & {mention.text}")):
        return False  # "Johnson and Johnson"
    if before.endswith(("& ", "District of ")) or (mention.text.isupper() and not (before + after).isupper()):
        return False
    if not mention.text.isupper():
        led = word[:1].isupper() and word.lower() not in _function_words()
        if led or (following is not None and following[1][0].isupper()):
            return False
    within = re.match(r", (?:[A-Z][a-z]|[A-Z][A-Z]\b)", after) is not None or _COUNTIES.search(before) is not None
    return within or len(parts) > 1 or word.lower() in words_of("locative_prepositions", "place_prepositions")


def speaks(mention: Mention, text: str = "") -> bool:
    """Return whether what speaks is called by a name, if an odd one, and not by a heading that was taken for one."""
    if mention.type is EntityType.PERSON:
        return True
    if text[max(0, mention.span.begin - 1) : mention.span.begin] in _JOINERS:
        return False  # the end of a longer name
    parts = _WORD.findall(mention.name)
    lower = [part.lower() for part in parts]
    if not parts or (
        len(parts) == 1 and _ACRONYM.fullmatch(parts[0]) and len(parts[0]) < _SHORT and mention.source != "alias"
    ):
        return False
    if len(parts) > 1 and (_head(mention.name) in words("unnamed_heads") or words("no_body").intersection(lower)):
        return False
    if " in " in mention.name and words("body_heads").isdisjoint(lower):
        return False
    titled = len(parts) > 1 and (lower[0] in words_of("office_titles", "first_names") or lower[0] in _function_words())
    return _capitals(_content(parts)) and not (is_heading(mention.name) or titled)


def _is_named(mention: Mention, text: str) -> bool:
    parts = _WORD.findall(mention.name)
    if not parts or not is_telling(mention) or not (parts[-1][0].isupper() or parts[-1][0].isdigit()):
        return False
    if _DATED.search(mention.name) or (" The " in mention.name and mention.type is not EntityType.INSTRUMENT):
        return False
    match mention.type:
        case EntityType.PERSON:
            after = text[mention.span.end : mention.span.end + _AROUND]
            return _is_person(mention, parts, text) and _ends(mention, after)
        case EntityType.ORG:
            single = mention.source == "introduced" and mention.name.lower() not in words_of(
                "common_words", "office_titles"
            )
            return (single if len(parts) == 1 else is_body(mention.name, mention.country)) and _is_whole(mention, text)
        case EntityType.OFFICE:
            return _is_office(mention, parts) and _is_whole(mention, text)
        case EntityType.PLACE:
            return _is_place(mention, parts) and _is_whole(mention, text)
        case EntityType.INSTRUMENT:
            return _is_instrument(mention, parts) and _is_whole(mention, text)
        case _:
            return True


# -- forms ----------------------------------------------------------------------------------------------------------


def _is_person(mention: Mention, parts: list[str], text: str) -> bool:
    """Return whether a given name or a title stands before a surname, and nothing in it is another kind of word."""
    plain = [part.strip(".").lower() for part in parts]
    names, common = words("first_names"), words("common_words")
    first, last = plain[0], plain[-1]
    if (
        len(last) < _TWO
        or last in _function_words()
        or last in _no_surname()
        or " ".join(plain) in words("namesake_companies")
    ):
        return False
    if not words("demonym_parts").isdisjoint(plain) or _is_town(mention.name) or len(set(plain)) < len(plain):
        return False
    if (last in common or (len(plain) == _TWO and len(first) == 1)) and mention.source == "given-name":
        return False  # "Jenny Internet": the given name alone does not vouch for it
    if len(plain) == 1:
        zone = parts[0] in words("timezones", "zone")  # "9:49 A.M. EDT"
        return not zone and common.isdisjoint((last, last.removesuffix("s"))) and _is_titled(mention, text)
    begins = {first, first.removesuffix("s"), first.partition("-")[0]}
    if first not in names and not begins.isdisjoint(words_of("common_words", "untelling_words", "office_titles")):
        return False
    vouched = mention.source in ("title", "apposition", "given-name")
    if len(plain) > _TWO and mention.source == "given-name" and first not in names and len(first) > 1:
        return False
    return (vouched or not names.isdisjoint(plain[:-1])) and not (first in common and last in common)


def _is_town(name: str) -> bool:
    return any(place.population >= _TOWN for place in gazetteer.lookup(name))


def _is_titled(mention: Mention, text: str) -> bool:
    """Return whether a title stands right before a surname ("President Orrin"), in the text or in the name's words."""
    if mention.source == "title":
        return True
    before = _BEFORE.search(text[max(0, mention.span.begin - _AROUND) : mention.span.begin])
    return before is not None and before[1].strip(".").lower() in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("office_titles") if row["before_name"] == "yes")


@cache
def _no_surname() -> frozenset[str]:
    heads = words_of("no_person", "place_heads", "untelling_words", "office_tails", "body_heads")
    return heads - words("surname_heads")


def is_body(name: str, country: str = "") -> bool:
    """Return whether words have the form of the name of one body: a head word with a whole and telling complement."""
    owner, _, name = name.rpartition("’s ")
    parts = _WORD.findall(name)
    country = country or owner
    content = _content(parts)
    if len(content) < _TWO or not _capitals(content) or not _has_head(name):
        return False
    titles, head = words("office_titles"), _head(name)
    first, last = parts[0].lower(), parts[-1].lower()
    if first in titles | words("passing_words") or last in titles | words("cut_words"):
        return False
    if any(map(_tells_how, parts)) or name.lower() in words("no_body"):
        return False
    if not country and first in words("part_heads") and parts[1] in ("of", "for"):
        return False  # a university's "School of Law"
    several = not country and (_singular(head) or "") in words("body_heads")
    if several or head in words("unnamed_heads") or is_heading(name) or _two_in_one(name):
        return False
    if not country and _runs_into_person(parts, content):
        return False
    telling = _telling(name)
    if name.isupper():
        return len(content) > _LONG and bool(telling)
    if country or head == "ministry":
        return bool(country)
    return bool(telling) or (len(content) >= _LONG and head not in words("common_heads"))


def _tells_how(part: str) -> bool:
    """Return whether a word tells how something is run or made ("school-led")."""
    return "-" in part and part.rpartition("-")[2] in words("hyphened_tails")


def _singular(noun: str) -> str | None:
    """Return what a regular plural is one of ("authorities"), or None where a word has not its form."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun.removesuffix("s") if noun.endswith("s") else None


def is_heading(name: str) -> bool:
    """Return whether words tell what happened or was said rather than who ("Meeting with the Pilots Union")."""
    verbs = words("headline_verbs")
    return bool(_NO_TITLE.search(name)) or any(part.lower() in verbs for part in _WORD.findall(name))


def _two_in_one(name: str) -> bool:
    """Return whether "and" joins two bodies in what looks like one name ("Pilots Union and Harbour Board")."""
    before, joined, after = name.partition(" and ")
    heads = words("body_heads")
    first = heads.intersection(map(str.lower, _WORD.findall(before)))
    other = _head(after)
    posts = words("office_titles").intersection(map(str.lower, _WORD.findall(before)[-1:]))
    if joined and posts and not _JOINED.search(before):
        return True  # "Aid Coordinator and Senior Bureau" Official
    return bool(joined) and bool(first) and other in heads and not other.endswith(("s", "service"))


def _runs_into_person(parts: list[str], content: list[str]) -> bool:
    """Return whether a person's name stands before a body's without a mark between them, as in lists."""
    lower = [part.lower() for part in parts]
    at = next((at for at, part in enumerate(lower) if part in words("body_heads")), 0)
    listed = at == _TWO and lower[at + 1 : at + 2] in (["of"], ["for"])
    if listed and words("common_words").isdisjoint(lower[:at]):
        return True
    given = lower[0] in words("first_names") and lower[0] not in words("common_words")
    return given and (len(content) > _LONG + 1 or bool(words("common_heads").intersection(lower)))


def _is_office(mention: Mention, parts: list[str]) -> bool:
    """Return whether a post says of which state or body it is."""
    name = mention.name
    if not _capitals(_content(parts)) or parts[0].lower() in words("office_tails"):
        return False
    if " under " in name or (" and " in name and parts[-1].lower() in words("office_titles")):
        return False  # "Varenia and Prime Minister" Orrin
    if parts[-1].lower() in words_of("cut_words", "cut_places"):
        return False
    title, linked, rest = _split(name)
    if linked == "to" and (_WORD.findall(rest) or [""])[0].lower() in words_of("common_verbs", "action_verbs"):
        return False
    if rest.strip(". ").removeprefix("the ") in ("U.S", "US", "U.N"):
        return False  # "Director of the U.S. ..." goes on
    if linked != "to" and title.rpartition(" ")[2].lower() in _held_by_many(linked):
        return False
    if not linked and parts[-1].lower() not in words("office_titles"):
        return False
    if mention.country or mention.within.partition("/")[0] in ("org", "place"):
        return True
    if name.isupper():
        return bool(linked) and len(_content(_WORD.findall(rest))) > _LONG
    if linked:
        return is_body(rest) or (linked == "of" and _tells_where(rest))
    first = parts[0].removesuffix("’s").removesuffix("'s")
    acronym = (
        "." not in first
        and _ACRONYM.fullmatch(first) is not None
        and (len(first) > _TWO or first.lower() in words("two_letter_names"))
    )
    return acronym or is_body(_before_title(name))


def _held_by_many(linked: str) -> frozenset[str]:
    """Return the titles that tell no post: with "for" fewer, as an envoy for something is one."""
    return words("many_holders") if linked != "for" else frozenset({"candidate", "nominee", "member"})


def _tells_where(name: str) -> bool:
    """Return whether a post's complement names a body or place without a head word ("In-Q-Tel", "Los Angeles")."""
    telling = _telling(name)
    inner = any(letter.isupper() for part in telling for letter in part[1:])
    return bool(telling) and (inner or len(telling) > 1 or bool(gazetteer.lookup(name)))


def _telling(name: str) -> list[str]:
    """Return the words of a name that other names of its kind do not have."""
    known = words_of(
        "common_words", "untelling_words", "office_titles", "name_modifiers", "generic_bodies", "body_heads"
    )
    return [part for part in _content(_WORD.findall(name)) if part.lower() not in known]


def _before_title(name: str) -> str:
    """Return what stands before the title in a post's name ("Harbour Pilots Council Director")."""
    parts = name.split()
    while parts and parts[-1].lower() in words_of("office_titles", "name_modifiers"):
        parts.pop()
    return " ".join(parts)


def _is_place(mention: Mention, parts: list[str]) -> bool:
    known = words_of("common_words", "place_heads", "region_words", "compass_words", "name_modifiers")
    if parts[-1].lower() in words_of("rooms", "cut_places"):
        return False
    return not mention.name.isupper() and any(part.lower() not in known for part in parts)


def _is_instrument(mention: Mention, parts: list[str]) -> bool:
    """Return whether a treaty, law or report is called by its title or its number."""
    name, lower = mention.name, [part.lower() for part in parts]
    heads = words("instrument_heads", "head")
    if name.isupper() or _POSSESSIVE.search(name) or is_heading(name) or lower[0] in _function_words() | {"jr"}:
        return False
    if sum(part in heads for part in lower) > 1 and re.search(r" (?:and|to|or) ", name):
        return False  # "the Harbour Act and the Pilots Act" are two
    if lower[-2:] == ["executive", "order"]:
        return False
    if _NUMBERED.search(name):
        return parts[0][0].isupper()
    content = [part for part in _content(parts) if not part[0].isdigit()]
    shouted = sum(part.isupper() and len(part) > _LONG for part in content)
    if not _capitals(content) or shouted > 1 or lower[-1].endswith("ing") or "school" in lower:
        return False
    joined = re.search(r" (?:of|for|on) ", name)
    head = _head(name[: joined.start()] if joined else name)
    if head not in heads and (joined or " ".join(lower[-2:]) not in heads):
        return False
    known = words_of("common_words", "body_heads", "office_titles", "calendar") | heads | _common_in_titles()
    telling = [part for part in content if part.lower() not in known]
    if head.endswith("s") and head.removesuffix("s") in heads and head != "accords":
        return False  # several
    specific = [part for part in content if part.lower() not in _common_in_titles() | heads]
    return (len(content) >= _LONG and bool(specific)) or (bool(telling) and len(content) == _TWO and head != "law")


@cache
def _common_in_titles() -> frozenset[str]:
    return frozenset(row["word"] for row in table("resolve", "generic_titles"))


# -- what stands around ---------------------------------------------------------------------------------------------


def _is_whole(mention: Mention, text: str) -> bool:
    """Return whether the words around a name are no part of it."""
    begin, end = mention.span.begin, mention.span.end
    if not text[begin:end]:
        return True
    after = text[end : end + _AROUND]
    if _GLUED.match(after):
        return False
    return _ends(mention, after) and _begins(mention, text[max(0, begin - _AROUND) : begin])


def _ends(mention: Mention, after: str) -> bool:
    following = _AFTER.match(after)
    if after.startswith(", ") and " & " in after:
        return " " in mention.name  # the first name of a firm's
    if mention.name.isupper():
        return following is None or following[1].lower() in _function_words()
    if following is not None and following[1][0].isdigit() and not _NUMBER.search(mention.name):
        return False
    if following is not None and following[1][0].isupper():
        word = following[1].lower()
        if mention.type is EntityType.PERSON:
            return word in _function_words() or word in words_of("headline_verbs", "honorifics")
        if mention.type is EntityType.OFFICE:
            return word in words("first_names") or word not in words_of("common_words", "body_heads", "office_titles")
        return word in words_of("office_titles", "honorifics") or word in _function_words()
    if mention.type is EntityType.PERSON:
        return not after.startswith((" & ", " + "))  # a firm
    run_on = _RUNS_ON.match(after)
    if run_on is None:
        return True
    return run_on[0].startswith((" and", " &")) and not _JOINED.search(mention.name)


def _begins(mention: Mention, before: str) -> bool:
    if before.endswith("District of ") or (before.endswith(") ") and mention.type is EntityType.INSTRUMENT):
        return False
    if _COUNTED.search(before) or (mention.type is EntityType.INSTRUMENT and _CUT.search(before)):
        return False
    found = _BEFORE.search(before)
    if found is None or not before.endswith(" "):
        return not before[-1:].isalnum() and before[-1:] not in ("-", "–", "/", "’", "'", "\u2011", "\u2060")
    word = found[1]
    if mention.name.isupper():
        return word.lower() in _function_words() or word.lower() in words("office_titles")
    if not word[0].isupper():
        return mention.type is EntityType.OFFICE or _CUT.search(before) is None
    titled = mention.type not in (EntityType.OFFICE, EntityType.PLACE)  # "King Orrin Bridge" is not "Orrin Bridge"
    if titled and word.lower() in words_of("office_titles", "honorifics"):
        return True
    if word.lower() in _function_words():
        return True
    return _SENTENCE.search(before[: found.start()]) is not None and word.lower() in words("common_verbs")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for row in lexicon("closed_classes") for word in row["words"].split())


# -- parts of names -------------------------------------------------------------------------------------------------


def _content(parts: list[str]) -> list[str]:
    """Return the words of a name that would have capitals."""
    return [part for part in parts if part.lower() not in _function_words() and not _LINK.fullmatch(part)]


def _capitals(content: list[str]) -> bool:
    return bool(content) and all(part[0].isupper() or part[0].isdigit() for part in content)


def _split(name: str) -> tuple[str, str, str]:
    """Return a name's part before the first preposition, the preposition, and what follows."""
    found = _JOINED.search(name)
    return (name, "", name) if found is None else (name[: found.start()].strip(), found[0], name[found.end() :].strip())


def _head(name: str) -> str:
    """Return the word that says what a name is one of: the last before any "of"."""
    parts: list[str] = _WORD.findall(_split(name)[0])
    return parts[-1].lower() if parts else ""


def _has_head(name: str) -> bool:
    return _head(name) in words("body_heads")


def _explained(mentions: list[Mention]) -> bool:
    """Return whether a text calls a body by a full name and by the acronym of that very name."""
    bodies = [each for each in mentions if each.type is EntityType.ORG and " " in each.name]
    acronyms = {each.text.strip("()").replace(".", "") for each in mentions if each.source == "alias"}
    for name in {each.name for each in bodies if not each.name.isupper()}:
        parts = _WORD.findall(name)
        content = _content(parts)
        plain = _capitals(content) and not is_heading(name) and _head(name) not in words("unnamed_heads")
        if plain and parts[0].lower() not in words_of("office_titles", "passing_words"):
            initials = {"".join(part[0] for part in parts).upper(), "".join(part[0] for part in content).upper()}
            if any(len(each) >= _LONG for each in initials & acronyms):
                return True
    return False
