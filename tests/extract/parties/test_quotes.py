from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.parties.quotes import find_quotations
from communique.extract.text import Context, Text
from communique.model import Document, EntityType, Header, Mention, Quotation, Role, Span

Make = Callable[[str], Context]


def texts(context: Context, issuer: Role | None = None) -> list[str]:
    return [q.span.of(context.text.string) for q in find_quotations(context, issuer)]


def speakers(context: Context, issuer: Role | None = None) -> list[str]:
    return [q.speaker.mention.name if q.speaker else "" for q in find_quotations(context, issuer)]


def issuer_of(context: Context, name: str) -> Role:
    begin = context.text.string.index(name)
    span = Span(begin, begin + len(name))
    return Role(Mention(span, name, EntityType.ORG, name, "pattern"), context.text.evidence(span))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("“", '"')],
    ids=["curly", "straight", "angled", "low", "mixed"],
)
def test_every_kind_of_mark_is_paired(context: Make, opening: str, closing: str) -> None:
    text = f"Minister Orsolya Tamm said: {opening}The bridge will open again next week.{closing} Nobody objected."
    assert texts(context(text)) == ["The bridge will open again next week."]


def test_fewer_than_five_words_are_no_speech(context: Make) -> None:
    assert texts(context("The paper called the plan “a very bad idea” and left it there.")) == []


def test_a_title_of_a_work_is_no_speech(context: Make) -> None:
    assert texts(context("She was given the “Golden Harbour Prize for Young Reporters” in Varna.")) == []


def test_a_quotation_broken_by_its_attribution_is_two_of_one_speaker(context: Make) -> None:
    made = context("“We have waited long enough,” said Orsolya Tamm. “Now the gates have to open.”")
    assert texts(made) == ["We have waited long enough,", "Now the gates have to open."]
    assert speakers(made) == ["Orsolya Tamm", "Orsolya Tamm"]


def test_each_paragraph_of_a_long_quotation_is_one_and_takes_the_speaker_from_its_end(context: Make) -> None:
    made = context(
        "The port stays shut.\n\n“The strike has gone on for a month.\n\n“Nobody wants it to last.\n\n"
        "“We shall meet again tomorrow,” said Orsolya Tamm."
    )
    assert texts(made) == [
        "The strike has gone on for a month.",
        "Nobody wants it to last.",
        "We shall meet again tomorrow,",
    ]
    assert speakers(made) == ["Orsolya Tamm"] * 3


def test_a_paragraph_without_marks_inside_a_running_quotation_belongs_to_it(context: Make) -> None:
    made = context(
        "The port stays shut.\n\n“The first shipment came on Monday.\n\nThe second never left the harbour.\n\n"
        "“The third is lost for good,” Orsolya Tamm said."
    )
    assert "The second never left the harbour." in texts(made)
    assert speakers(made) == ["Orsolya Tamm"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Orsolya Tamm added, “The water has reached the lower town.”",
        "“The water has reached the lower town,” Orsolya Tamm, head of the rescue service, said.",
        "“The water has reached the lower town,” explained Orsolya Tamm, who had come from Brest.",
        "According to Orsolya Tamm, “the water has reached the lower town.”",
        "“The water has reached the lower town,” according to Orsolya Tamm.",
    ],
    ids=["before", "apposition", "inversion", "source before", "source after"],
)
def test_the_speaker_is_the_subject_of_the_verb_of_speech(context: Make, text: str) -> None:
    assert speakers(context(text)) == ["Orsolya Tamm"]


def test_a_pronoun_means_the_speaker_before(context: Make) -> None:
    made = context(
        "“The dam is safe for now,” said Orsolya Tamm. It rained.\n\nShe added: “We shall look again tonight.”"
    )
    assert speakers(made) == ["Orsolya Tamm", "Orsolya Tamm"]


def test_it_is_emphasized_belongs_to_the_issuer(context: Make) -> None:
    made = context(
        "The Union of River Towns issued a statement. It is emphasized that the mines are a danger to all: "
        "«Every field on the left bank has to be cleared.»"
    )
    assert speakers(made, issuer_of(made, "Union of River Towns")) == ["Union of River Towns"]


def test_the_statement_says_belongs_to_the_issuer(context: Make) -> None:
    made = context(
        "The Union of River Towns met on Monday. “No boat has crossed the line since then,” the statement said."
    )
    assert speakers(made, issuer_of(made, "Union of River Towns")) == ["Union of River Towns"]


def test_a_quotation_inside_a_quotation_is_listed_with_its_own_speaker(context: Make) -> None:
    made = context(
        "“My neighbour Pavel Ring told me, ‘Leave the house before the flood comes.’ "
        "I stayed all the same,” said Orsolya Tamm."
    )
    found = {q.span.of(made.text.string): q.speaker for q in find_quotations(made, None)}
    inner = found["Leave the house before the flood comes."]
    assert inner is not None
    assert inner.mention.name.endswith("Pavel Ring")
    assert len(found) == 2


def test_reported_speech_without_marks_is_no_quotation(context: Make) -> None:
    assert texts(context("Orsolya Tamm said that the water had reached the lower town by noon.")) == []


def test_an_unnamed_speaker_is_a_described_one(context: Make) -> None:
    found = find_quotations(context("“They came at night with trucks,” said a farmer from the valley."), None)
    assert [q.speaker.mention.text for q in found if q.speaker] == ["a farmer from the valley"]


def test_the_evidence_holds_words_and_attribution(context: Make) -> None:
    made = context("Rain fell. “The dam is safe for now,” said Orsolya Tamm. Night came.")
    (quotation,) = find_quotations(made, None)
    assert quotation.evidence.of(made.text.string).startswith("“The dam")
    assert "Orsolya Tamm" in quotation.evidence.of(made.text.string)
    assert quotation.speaker is not None
    assert quotation.speaker.cue is not None
    assert quotation.speaker.cue.of(made.text.string) == "said"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Tamm gave out copies of Pavel Ring\'s "Tides" at the fair, stating "this book is about your own town".',
            "Tamm",
        ),
        ("Orsolya Tamm thanked Pavel Ring at the gate, adding “we shall mend the whole dam”.", "Orsolya Tamm"),
        (
            "Orsolya Tamm spoke first. She warned that time will show whether Hungary “loses the trust of all others”.",
            "Orsolya Tamm",
        ),
        (
            "Orsolya Tamm said that he was held “solely for criticising the famous painter Pavel Ring in a letter”.",
            "Orsolya Tamm",
        ),
        ("The Foreign Ministry of Hungary issued the following note: “The bridge will open again next week.”", None),
        ("The Lock Keepers Guild asserted that the charges were “plainly made up to silence him”.", None),
        ("Orsolya Tamm met Pavel Ring and later said that “the toll is far too high”.", "Orsolya Tamm"),
    ],
    ids=["possessive", "object", "whether", "inside the words", "a ministry", "a union", "coordinate verb"],
)
def test_a_name_speaks_only_where_it_is_the_subject(context: Make, text: str, speaker: str | None) -> None:
    (found,) = speakers(context(text))
    assert found == speaker if speaker is not None else text.startswith(f"The {found}")


def test_people_of_a_body_are_a_described_group(context: Make) -> None:
    text = "Pavel Ring came home. Government officials met in Brest, claiming those “have been held to account”."
    (quotation,) = find_quotations(context(text), None)
    assert quotation.speaker is not None
    assert quotation.speaker.mention.name == "Government officials"
    assert quotation.speaker.mention.type is EntityType.GROUP


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the family of Pavel Ring, “he is very ill and needs rest”.", "family of Pavel Ring"),
        ("“He is very ill and needs rest,” the daughter of Pavel Ring told the press.", "daughter of Pavel Ring"),
        ("“He is very ill and needs rest,” Pavel Ring's lawyer said.", "Pavel Ring's lawyer"),
    ],
)
def test_who_belongs_to_a_person_is_not_that_person(context: Make, text: str, speaker: str) -> None:
    assert speakers(context(text)) == [speaker]


def test_a_relative_speaks_and_not_whom_the_words_are_about(context: Make) -> None:
    made = context("Pavel Ring was held in May. “He had often asked the court for help,” his wife stated.")
    assert speakers(made) == ["his wife"]


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Ring sells boats. He received a threat stating “You will be sorry for what you wrote”.",
        "Pavel Ring came. They told the press that the raid was “the worst thing that we ever saw”.",
        "Pavel Ring came. Article 13 states that “everyone has the right to leave any country”.",
        "Pavel Ring came. Group also said that “the bridge will open again next week”.",
        "Pavel Ring came. REPORT says that “the bridge will open again next week”.",
    ],
    ids=["received", "they", "article", "bare noun", "capitals"],
)
def test_where_another_speaks_no_name_from_elsewhere_does(context: Make, text: str) -> None:
    assert speakers(context(text)) == [""]


def test_what_an_unknown_speaker_goes_on_to_say_is_nobody_elses(context: Make) -> None:
    made = context(
        "Orsolya Tamm came. “The camp is closed to all of us,” the source said. “Many are afraid to go back.”"
    )
    assert speakers(made) == ["", ""]


def test_the_single_mark_closes_where_the_double_one_never_comes(context: Make) -> None:
    made = context(
        "Orsolya Tamm said, \"The road is shut for now,' and went home. The guards came. They took the boats. "
        'The mayor called it "a sad day for all of the town".'
    )
    assert texts(made) == ["The road is shut for now,", "a sad day for all of the town"]


@given(st.text(alphabet="aB “”\"«»'’.,\n:", max_size=120))
def test_any_text_yields_spans_of_at_least_five_words_in_order(text: str) -> None:
    made = Context(Document("x", "x", "x", text), Header(Span(0, len(text))), Text(text), [])
    found: list[Quotation] = find_quotations(made, None)
    assert [q.span for q in found] == sorted(q.span for q in found)
    for quotation in found:
        assert 0 <= quotation.span.begin < quotation.span.end <= len(text)
        assert len(quotation.span.of(text).split()) >= 1
        assert quotation.evidence.holds(quotation.span)


def test_single_marks_that_each_paragraph_opens_and_the_last_one_closes(context: Make) -> None:
    text = (
        "‘The ferry will carry forty people a day from May,’ Mr Tamm said.\n\n"
        "‘Poor roads have made the journey long, and the village’s only bridge is gone.\n\n"
        "‘The council will pay for half of it,’ Mr Tamm said."
    )
    assert texts(context(text)) == [
        "The ferry will carry forty people a day from May,",
        "Poor roads have made the journey long, and the village’s only bridge is gone.",
        "The council will pay for half of it,",
    ]
