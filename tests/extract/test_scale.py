"""Large and odd texts: the time to read one grows with its length and no faster, whatever it is made of."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import cycle, islice, pairwise
from time import process_time

import pytest

from communique.build import document_quads
from communique.extract.names.casing import truecase
from communique.extract.text import Cover, Text
from communique.model import Document, Span
from communique.vocab import document_id

PROSE = (
    "The Ministry of Foreign Affairs of Varenia condemns the shelling of the town of Sollin by the armed forces of "
    "Ostmark on 3 May 2021. “We call on Ostmark to withdraw its troops and to release all prisoners,” Minister Mara "
    "Orrin said. Dr Orrin added that the Ministry had sent a letter to the UN Security Council, and that resolution "
    "2254 must be kept. "
)
UNITS = {
    "a paragraph": PROSE,
    "paragraphs": PROSE + "\n\n",
    "one sentence": "".join(c for c in PROSE if c.isalnum() or c.isspace()),
    "capitals": PROSE.upper(),
    "names": "Mara Orrin Ilja Dosta Sela Korvi ",
    "surnames": "Mara Orrin said. Orrin added. Mr Orrin said. ",
    "heads": "The Minister said. The Ministry called. The President urged the Council. ",
    "quotations": "“We will not accept this,” said Mara Orrin. ",
    "quotation marks": 'he said "',
    "opening marks": "“he said that «",
    "demands": "We call on Ostmark to stop the attacks and to withdraw its troops, and ",
    "events": "the attack on the killing of the attack by ",
    "instruments": "Resolution 2334 (2016) of the Security Council, Article 5 of the Convention on Rights, ",
    "a list": "- urges the Government of Norway to comply;\n",
    "acronyms": "U.S.A.",
    "brackets": "United Nations (UN) (",
    "blank lines": "\t\n",
    "line breaks": "\n",
    "full stops": ".",
    "one word": "a",
    "a table": "12 May 2003\t11.25%\t2,004\n",
    "numbers": "1",
    "blanks": " ",
    "Cyrillic": "Министерство иностранных дел заявило: «Мы не согласны с этим». ",
    "Arabic": "أعربت وزارة الخارجية عن قلقها البالغ إزاء الأحداث. ",
    "Chinese": "外交部发言人表示：“我们坚决反对这种做法。”",
    "emoji": "😀🇳🇴 é",
}


def filled(unit: str, length: int) -> str:
    return "Statement\n\nThe Ministry said.\n" + "".join(islice(cycle(unit), length)) + "\nEnd."


def document(text: str) -> Document:
    return Document(*document_id(text.encode()), "a.txt", text)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = process_time()
    work()
    return process_time() - begin


@pytest.mark.parametrize("name", UNITS)
def test_time_grows_with_length_and_no_faster(name: str) -> None:
    small, large = (document(filled(UNITS[name], length)) for length in (8_000, 32_000))
    document_quads(small)
    # Four times the text: quadratic work would take sixteen times as long. A busy machine gets further tries.
    ratios = []
    for _ in range(4):
        ratios.append(seconds(lambda: document_quads(large)) / max(0.01, seconds(lambda: document_quads(small))))
        if ratios[-1] < 8:
            return
    pytest.fail(f"four times the text took {min(ratios):.1f} times as long")


@pytest.mark.parametrize("name", UNITS)
def test_a_text_of_anything_keeps_its_words(name: str) -> None:
    text = filled(UNITS[name], 3_000)
    quads = document_quads(document(text))
    assert any(str(quad.object.value) == text for quad in quads if hasattr(quad.object, "value"))


def test_what_no_one_wrote_as_a_sentence_is_cut_at_a_blank() -> None:
    sentences = Text("peace and " * 2_000).sentences
    assert max(len(s.span) for s in sentences) <= 4_000
    assert [t.text for s in sentences for t in s.tokens] == ["peace", "and"] * 2_000


def test_a_text_without_blanks_is_cut_too() -> None:
    spans = [s.span for s in Text("a" * 10_000).sentences]
    assert (spans[0].begin, spans[-1].end) == (0, 10_000)
    assert all(one.end == other.begin for one, other in pairwise(spans))


def test_case_is_made_regular_without_moving_anything() -> None:
    string = filled(PROSE.upper(), 3_000)
    assert len(truecase(string)) == len(string)


def test_a_cover_answers_for_offsets_and_spans() -> None:
    cover = Cover([Span(2, 5), Span(8, 9)])
    assert [i for i in range(12) if i in cover] == [2, 3, 4, 8]
    assert [cover.overlaps(span) for span in (Span(4, 8), Span(5, 8))] == [True, False]
    assert [cover.holds(span) for span in (Span(3, 5), Span(3, 6))] == [True, False]
