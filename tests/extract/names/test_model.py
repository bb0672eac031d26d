"""Names that a statistical model proposes, and the reasons of the arbiter between readings of the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError

import pytest

from communique.authority.records import Authority
from communique.build import build, fingerprint
from communique.errors import UsageError
from communique.extract.names import model
from communique.extract.names.mentions import arbitrate
from communique.extract.statement import read_context
from communique.extract.text import Context
from communique.model import Document, EntityType, Mention, Ner, Span
from communique.vocab import document_id

Make = Callable[[str], Context]


@dataclass
class _Named:
    """What spaCy gives for a name: its words, where they begin, what it takes them for."""

    text: str
    start_char: int
    label_: str


@dataclass
class _Seen:
    ents: list[_Named]


def _recogniser(text: str) -> _Seen:
    """Stand in for the model: two capitalised words in a row are a person, whatever they are."""
    return _Seen([_Named(m, text.index(m), "PERSON") for m in ("Varra Ostmo", "Council of Europe") if m in text])


@pytest.fixture
def proposing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(model, "_model", lambda: _recogniser)
    return


def _mentions(text: str, authority: Authority, ner: Ner) -> list[Mention]:
    name, digest = document_id(text.encode())
    return read_context(Document(name, digest, "a.txt", text), authority, ner).mentions


@pytest.mark.usefixtures("proposing")
def test_the_model_proposes_and_the_rules_dispose(authority: Authority) -> None:
    text = "It was told to Varra Ostmo by the Council of Europe."
    found = {m.text: m.source for m in _mentions(text, authority, Ner.SM)}
    assert found["Varra Ostmo"] == "model"
    assert found["Council of Europe"] == "authority"


@pytest.mark.usefixtures("proposing")
def test_without_the_option_no_model_is_asked(authority: Authority) -> None:
    sources = {m.source for m in _mentions("It was told to Varra Ostmo.", authority, Ner.NONE)}
    assert "model" not in sources


def test_a_missing_model_is_told_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(model, "version", missing)
    with pytest.raises(UsageError, match=r"not installed \(pip install 'communique\[ner\]'"):
        build("nowhere", ner="sm")


def test_a_model_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="choose none or sm"):
        build("nowhere", ner="huge")


def test_documents_are_read_again_with_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "version", lambda name: "1.0")
    assert fingerprint((), Ner.SM) != fingerprint()


def test_a_mention_keeps_what_it_was_preferred_to() -> None:
    office = Mention(Span(0, 19), "Ombudsman of Norway", EntityType.OFFICE, "Ombudsman of Norway", "office")
    state = Mention(Span(13, 19), "Norway", EntityType.STATE, "Norway", "authority")
    (kept,) = arbitrate([state, office])
    assert kept.reason == "state “Norway” (authority)"
    assert arbitrate([kept, state])[0].reason == kept.reason


def test_the_graph_says_by_what_rule_a_name_was_found(context: Make) -> None:
    text = "The Ombudsman of Norway, Irma Dosta, condemned the arrests.\n"
    found = {m.text: (m.source, m.reason) for m in context(text).mentions}
    assert found["Ombudsman of Norway"] == ("office", "state “Norway” (authority)")
