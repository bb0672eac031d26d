"""Whether words mean the issuer of the statement: by name, or as "the statement" and "the ministry"."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extract.grammar.chunks import Parse, Phrase
from communique.model import EntityType, Mention
from communique.resources import words


def names_issuer(parsed: Parse, phrase: Phrase) -> bool:
    """Return whether a phrase means the statement or its issuer without a name ("the statement", "the Ministers")."""
    mention = parsed.mentions[phrase.head]
    unnamed = mention is None or (mention.type is EntityType.OFFICE and " of " not in mention.text)
    bare = phrase.end - phrase.begin <= 4 and not any(
        m is not None and m is not mention for m in parsed.mentions[phrase.begin : phrase.end]
    )
    return unnamed and bare and parsed.words[phrase.head] in words("issuer_nouns")


def is_issuer(mention: Mention, speakers: Sequence[Mention]) -> bool:
    """Return whether a mention is one of the issuers: the same record or state, an acronym, or a part of their name."""
    return any(_same_actor(mention, speaker) for speaker in speakers)


def _same_actor(mention: Mention, speaker: Mention) -> bool:
    if mention.key and mention.key == speaker.key:
        return True
    if mention.type is EntityType.STATE and mention.country and speaker.type is not EntityType.PERSON:
        return mention.country == speaker.country
    name, other = mention.name.split(), speaker.name.split()
    if len(name) == 1 and name[0].isupper() and len(name[0]) > 1:
        initials = "".join(w[0] for w in other if w[0].isupper())
        return name[0] == initials or name[0] in speaker.text
    parts, theirs = ({w.strip("()[],").lower() for w in side} for side in (name, other))
    initials = "".join(w[0] for w in other).upper()
    if len(name) > 1 and name[0].isupper() and len(name[0]) > 2 and initials.startswith(name[0]):
        parts.discard(name[0].lower())
    return parts <= theirs or (theirs <= parts and mention.type is EntityType.PERSON)
