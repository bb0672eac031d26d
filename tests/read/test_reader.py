"""From a file's bytes to a document, or to an error that says what is wrong."""

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import ReadError
from communique.model import Document
from communique.read import Source, read
from communique.read.decoding import decoded

STATEMENT = "The Republic of Varenia protests.\nIt calls on Ostmark to withdraw.\n"


def one(path: Path, limit: int = 100_000) -> Document:
    (document,) = read(Source(path.name, str(path), path.suffix), limit)
    return document


def made(tmp_path: Path, data: bytes, name: str = "a.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return one(path)


def test_the_document_is_named_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + STATEMENT.encode()
    document = made(tmp_path, data)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == document.sha256[:32]
    assert document.source == "a.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_the_same_text_without_a_note(tmp_path: Path, encoding: str) -> None:
    document = made(tmp_path, f"Größe, Bəyanat: {STATEMENT}".encode(encoding))
    assert document.text == f"Größe, Bəyanat: {STATEMENT}"
    assert document.findings == ()


def test_line_ends_become_lf_and_nothing_else_changes(tmp_path: Path) -> None:
    document = made(tmp_path, "one\r\n\r\ntwo \rthree\t\u00a0\u2028four\n\n".encode())
    assert document.text == "one\n\ntwo \nthree\t\u00a0\u2028four\n\n"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_through_unchanged_but_for_line_ends(text: str) -> None:
    got, findings = decoded(text.encode(), "x")
    assert got == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert findings == ()


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_fail_with_a_read_error(data: bytes) -> None:
    try:
        text, _ = decoded(data, "x", declared=True)
    except ReadError:
        return
    assert "\r" not in text


def test_western_bytes_are_read_as_windows_1252_and_noted(tmp_path: Path) -> None:
    document = made(tmp_path, "The café “Róża” – closed".encode("cp1252", errors="replace"))
    assert document.text.startswith("The café “R")
    assert [(f.severity, f.message) for f in document.findings] == [("info", "not UTF-8; read as Windows-1252")]


def test_cyrillic_bytes_are_guessed_and_the_guess_is_a_warning(tmp_path: Path) -> None:
    sentence = "Министерство сообщило, что переговоры в столице продолжаются. "
    document = made(tmp_path, (sentence * 5).encode("cp1251"))
    assert document.text == sentence * 5
    assert document.findings[0].severity == "warning"


def test_damaged_utf_8_is_mended_and_the_damage_counted(tmp_path: Path) -> None:
    document = made(tmp_path, "Déclaration à Genève, été, août".encode() + b"\xff.")
    assert document.text == "Déclaration à Genève, été, août\ufffd."
    assert "1 damaged place" in document.findings[0].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n ", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"abc\0def", "binary data"),
        (b"%PDF-1.7 ...", "not a text but a PDF"),
        (b"\x89PNG\r\n\x1a\n", "not a text but a picture"),
        (b"PK\x03\x04....", "office document"),
        (b"\xff\xfeabc", "not valid UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        made(tmp_path, data, "odd.txt")
    assert caught.value.where.endswith("odd.txt")
    assert caught.value.remedy


def test_a_file_over_the_limit_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ReadError, match="larger than the 5,000,000 bytes allowed"):
        list(read(Source("huge.txt", str(path), ".txt")))


def test_a_file_that_cannot_be_opened_is_a_read_error(tmp_path: Path) -> None:
    os.symlink(tmp_path / "gone", tmp_path / "link.txt")
    with pytest.raises(ReadError, match=r"link\.txt: cannot be read: no such file"):
        one(tmp_path / "link.txt")


def test_standard_input_is_read_and_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<!DOCTYPE html><html><body><p>Varenia condemns the attack on the harbour of Ostmark.</p></body></html>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page)))
    (document,) = read(Source("stdin", "-"))
    assert document.media_type == "text/html"
    assert document.text == "Varenia condemns the attack on the harbour of Ostmark."


def test_a_file_without_a_known_suffix_is_plain_text(tmp_path: Path) -> None:
    assert made(tmp_path, STATEMENT.encode(), "letter").media_type == "text/plain"


FRONT_MATTER = """---
title: "Varenia protests: a note"
date: 2021-05-27 17:33:00 +0400
publisher: Varenian Press Bureau   # the agency
lang: en
url: https://example.org/note
tags: [a, b]
---

The Republic of Varenia protests.
"""


def test_front_matter_becomes_metadata_and_stays_in_the_text(tmp_path: Path) -> None:
    document = made(tmp_path, FRONT_MATTER.encode(), "note.md")
    assert document.text == FRONT_MATTER
    metadata = document.metadata
    assert (metadata.title, metadata.issued) == ("Varenia protests: a note", "2021-05-27T17:33:00+04:00")
    assert (metadata.publisher, metadata.language) == ("Varenian Press Bureau", "en")
    assert document.source == "https://example.org/note"
    assert document.media_type == "text/markdown"


def test_a_rule_without_a_second_one_is_no_front_matter(tmp_path: Path) -> None:
    assert made(tmp_path, b"---\ntitle: x\n\nNo end to it.\n").metadata.title == ""
