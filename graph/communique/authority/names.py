"""How names are compared: the keys under which they are indexed and the forms in which they are looked for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from types import MappingProxyType

from communique.resources import lexicon, words

_MARKS = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^the (?=.)")
_POSSESSIVE = re.compile(r"[’'`]s?$|(?<=s)[’'`]$")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|\W|$)")
_MOST_VARIANTS = 12


def _fold_table() -> dict[int, str]:
    """Map each Latin letter with diacritics to its base letter, and typographic marks to plain ones, one to one."""
    table = {ord("ə"): "e", ord("Ə"): "E", ord("ø"): "o", ord("Ø"): "O", ord("ł"): "l", ord("Ł"): "L", ord("đ"): "d"}
    table |= {ord("Đ"): "D", ord("ı"): "i", ord("ħ"): "h", ord("Ħ"): "H", ord("ʻ"): "'", ord("ʼ"): "'"}
    table |= {ord(mark): "'" for mark in "’‘`´"} | {ord(mark): "-" for mark in "‐‑‒–"}
    table |= {ord(blank): " " for blank in "\t\n\r\u00a0\u2009\u202f"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table.setdefault(code, base)
    return table


_FOLD = MappingProxyType(_fold_table())
_BLANKS = str.maketrans("\t\n\r", "   ")


def fold(text: str) -> str:
    """Return a text of the same length with Latin letters stripped of diacritics and marks and blanks made plain."""
    return text.translate(_BLANKS) if text.isascii() else text.translate(_FOLD)


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the spelling variants in lower case: the words looked for, their pattern, what stands for them."""
    rows = [(row["form"].lower(), row["norm"].lower()) for row in lexicon("spellings")]
    return tuple((form, re.compile(rf"\b{re.escape(form)}\b"), norm) for form, norm in rows)


@cache
def _variant_rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the spelling variants in both directions, their case kept."""
    pairs = [(row["form"], row["norm"]) for row in lexicon("spellings")]
    both = [*pairs, *((norm, form) for form, norm in pairs)]
    return tuple((form, re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])"), other) for form, other in both)


@lru_cache(maxsize=16_384)
def plain_key(name: str) -> str:
    """Return a name without case, diacritics, punctuation, leading article and closing possessive."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return _ARTICLE.sub("", " ".join(name.lower().split()))
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", name).strip())
    plain = fold(plain).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _DOTTED.sub("", plain.replace("&", " and ").replace("'", ""))
    return _ARTICLE.sub("", _MARKS.sub(" ", plain).strip())


def name_key(name: str) -> str:
    """Return what two writings of one name have in common: its plain key in the usual spelling."""
    plain = plain_key(name)
    if " " in plain:  # a bare "us" stays what it is
        for form, pattern, norm in _spellings():
            if form in plain:
                plain = pattern.sub(norm, plain)
    return plain


def acronym_key(name: str) -> str:
    """Return an acronym without dots, blanks, article and possessive, its case kept."""
    plain = _POSSESSIVE.sub("", fold(name).strip())
    plain = plain.removeprefix("the ").removeprefix("The ")
    return plain.replace(".", "").replace(" ", "")


def acronym_forms(acronym: str) -> tuple[str, ...]:
    """Return how an acronym is written: as it is, and with dots where it is two to four capitals (U.N.)."""
    if 2 <= len(acronym) <= 4 and acronym.isalpha() and acronym.isupper():
        return (acronym, "".join(f"{letter}." for letter in acronym))
    return (acronym,)


def variants(name: str) -> tuple[str, ...]:
    """Return a name in its usual spellings: organisation and organization, United Nations and UN, and, &."""
    found = {name: None}
    queue = [name] if " " in name else []
    while queue and len(found) < _MOST_VARIANTS:
        at = queue.pop(0)
        for form, pattern, other in _variant_rules():
            new = pattern.sub(other, at) if form in at else at
            if " " in new and new not in found and len(found) < _MOST_VARIANTS:
                found[new] = None
                queue.append(new)
    return tuple(found)


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens (``"São Tomé"`` gives ``"sao-tome"``)."""
    plain = unicodedata.normalize("NFKD", fold(text)).casefold().replace("'", "")
    plain = plain.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def is_name(name: str) -> bool:
    """Return whether a name is none of the words that name nothing: no pronoun, month, heading or bare generic noun."""
    return _ARTICLE.sub("", " ".join(name.split()).casefold()) not in words("no_names")
