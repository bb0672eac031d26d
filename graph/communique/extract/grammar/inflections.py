"""Inflected forms of English verbs and nouns, and which verbs the lexicons know."""

from __future__ import annotations

import re
from functools import cache

from communique.resources import lexicon

BASE, THIRD, PAST, PARTICIPLE, GERUND = "base", "s", "ed", "en", "ing"
_VOWELS = "aeiou"
_SHORT = re.compile(r"(?:qu|[^aeiou])*[aeiou][^aeiouwxy]")


def verb_forms(lemma: str) -> list[tuple[str, str]]:
    """Return the inflected forms of a verb as pairs of form and name (base, s, ed, en, ing)."""
    irregular = _irregular().get(lemma)
    past, participle, gerund = irregular or _regular(lemma)
    forms = [(lemma, BASE), (_third(lemma), THIRD)]
    forms += [(form, PAST) for form in past.split("|")]
    forms += [(form, PARTICIPLE) for form in participle.split("|")]
    forms += [(form, GERUND) for form in gerund.split("|")]
    return forms


def noun_forms(lemma: str) -> list[str]:
    """Return singular and plural of a noun; a noun that already is a plural stands alone."""
    if lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")):
        return [lemma]
    if lemma.endswith("is") and len(lemma) > 4:
        return [lemma, lemma[:-2] + "es"]
    return [lemma, _third(lemma)]


@cache
def verb_index() -> dict[str, frozenset[str]]:
    """Return every form of every known verb with the names of that form ("killed" is past and participle)."""
    index: dict[str, set[str]] = {}
    for lemma in _known_verbs():
        for form, name in verb_forms(lemma):
            index.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in index.items()}


@cache
def noun_like() -> frozenset[str]:
    """Return plain and -s forms of verbs that are nouns as often ("attack", "calls")."""
    lemmas = {row["lemma"] for row in lexicon("event_triggers") if row["pos"] == "noun"}
    for name in ("action_verbs", "common_verbs"):
        lemmas |= {row["word"] for row in lexicon(name) if row["noun"] in {"yes", "mostly"}}
    return frozenset(form for lemma in lemmas for form in noun_forms(lemma))


@cache
def mostly_nouns() -> frozenset[str]:
    """Return plain and -s forms of verbs that are nouns nearly always ("forces", "steps")."""
    lemmas = [row["word"] for row in lexicon("common_verbs") if row["noun"] == "mostly"]
    return frozenset(form for lemma in lemmas for form in noun_forms(lemma))


@cache
def light_forms() -> frozenset[str]:
    """Return the forms of verbs that carry an event noun and add nothing to it ("hold talks", "launch an attack")."""
    return frozenset(form for row in lexicon("light_verbs") for form, _ in verb_forms(row["lemma"]))


@cache
def harming_forms() -> frozenset[str]:
    """Return the forms of those light verbs whose subject does the harm that the object names ("launch an attack")."""
    rows = [row for row in lexicon("light_verbs") if row["harms"] == "yes"]
    return frozenset(form for row in rows for form, _ in verb_forms(row["lemma"]))


@cache
def beside_forms() -> frozenset[str]:
    """Return the forms of those light verbs whose subject only stands beside the event ("attend", "witness")."""
    rows = [row for row in lexicon("light_verbs") if row["harms"] == "beside"]
    return frozenset(form for row in rows for form, _ in verb_forms(row["lemma"]))


@cache
def _known_verbs() -> tuple[str, ...]:
    lemmas = {row["lemma"] for row in lexicon("event_triggers") if row["pos"] == "verb"}
    lemmas |= {row["word"] for name in ("action_verbs", "common_verbs") for row in lexicon(name)}
    lemmas |= {row["lemma"] for row in lexicon("speech_acts")}
    return tuple(sorted(lemmas))


@cache
def _irregular() -> dict[str, tuple[str, str, str]]:
    return {row["lemma"]: (row["past"], row["participle"], row["ing"]) for row in lexicon("verb_forms")}


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _regular(lemma: str) -> tuple[str, str, str]:
    if lemma.endswith("ee"):
        return lemma + "d", lemma + "d", lemma + "ing"
    if lemma.endswith("e"):
        return lemma + "d", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    if _SHORT.fullmatch(lemma):
        lemma += lemma[-1]
    return lemma + "ed", lemma + "ed", lemma + "ing"
