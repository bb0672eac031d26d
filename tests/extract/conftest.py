from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.authority.records import Authority
from communique.extract.statement import read_context
from communique.extract.text import Context
from communique.model import Document
from communique.vocab import document_id


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.load()


@pytest.fixture(scope="session")
def context(authority: Authority) -> Callable[[str], Context]:
    """Make the context of a text, with the package's own authority records."""

    def make(text: str) -> Context:
        name, digest = document_id(text.encode())
        return read_context(Document(name, digest, "sample.txt", text), authority)

    return make
