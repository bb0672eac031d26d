"""Who published a document that carries no name of a publisher: its issuer, where the text is the issuer's own."""

from __future__ import annotations

import pytest

from communique.authority.records import Authority
from communique.extract.statement import read_statement
from communique.model import Document
from communique.vocab import document_id


def publisher(authority: Authority, text: str) -> str | None:
    name, digest = document_id(text.encode())
    found = read_statement(Document(name, digest, "a.txt", text), authority).publisher
    return found.mention.name if found else None


@pytest.mark.parametrize(
    "sentence",
    [
        "The League of Valley Readers (LVR) condemns the closing of the archive.",
        "The League of Valley Readers was appalled by the closing of the archive. We ask all to protest.",
    ],
    ids=["verb of now", "we"],
)
def test_a_body_publishes_what_it_says_itself(authority: Authority, sentence: str) -> None:
    text = f"Readers on the closed archive\n\n2 May 2023\n\n{sentence}\n"
    assert publisher(authority, text) == "League of Valley Readers"


def test_a_report_of_what_a_body_said_is_not_published_by_it(authority: Authority) -> None:
    text = (
        "Readers on the closed archive\n\n2 May 2023\n\nThe League of Valley Readers condemned the closing of the "
        "archive on Monday. “We ask all to protest,” it said in a statement.\n"
    )
    assert publisher(authority, text) is None


def test_the_office_in_the_letterhead_publishes_the_release(authority: Authority) -> None:
    text = (
        "DORA ORRIN MP SHADOW MINISTER FOR FOREIGN AFFAIRS\n\n29 September 2001\n\nFLOODS IN THE VALLEY\n\n"
        "The Shadow Minister for Foreign Affairs, Dora Orrin, today called for dry boots for everybody.\n"
    )
    assert (publisher(authority, text) or "").casefold() == "shadow minister for foreign affairs"
