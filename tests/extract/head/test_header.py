"""The head and foot of a document."""

import pytest

from communique.extract.head.header import read_header
from communique.model import Document, Header, Metadata

BODY = (
    "The Ministry of Foreign Affairs of the Republic of Varenia condemned the shelling of Port Selm "
    "by Ostmark's artillery.\n\n"
    "It asked the United Nations to send observers, and said that it would report to the OSCE in due course.\n"
)


def head(text: str, **metadata: str) -> Header:
    return read_header(Document("", "", "a.txt", text, metadata=Metadata(**metadata)))


def title(text: str) -> str | None:
    header = head(text)
    return header.title.of(text) if header.title else None


@pytest.mark.parametrize(
    "above",
    [
        "Varenia condemns shelling of Port Selm\n\n",
        "# Varenia condemns shelling of Port Selm\n\n2021-05-27\n\n",
        "Varenia condemns shelling of Port Selm\n======\n\nThursday, 27 May 2021, 5:33 pm\n",
        "MEDIA RELEASE\n\n27 May 2021\n\nVarenia condemns shelling of Port Selm\n\n",
        "MINISTRY OF FOREIGN AFFAIRS\n\nFor immediate release\n\nVarenia condemns shelling of Port Selm\n\n",
        "The Hon Ada Brant MP\nMinister for Foreign Affairs\n\nNo. 15/21\n\nVarenia condemns shelling of Port Selm\n\n",
        "P R E S S  R E L E A S E\n\nVarenia condemns shelling of Port Selm\n\n",
        "Embargoed until: Thursday 27 May 2021\n\nVarenia condemns shelling of Port Selm\n\n",
        "www.mfa.example\n\nVarenia condemns shelling of Port Selm\n\nBy Carl Dorn\n\n",
    ],
)
def test_the_headline_is_what_is_no_date_label_or_letterhead(above: str) -> None:
    assert title(above + BODY) == "Varenia condemns shelling of Port Selm"


@pytest.mark.parametrize(
    "headline",
    [
        "Statement by President Ada Brant on the Crisis in Ostmark",
        "Minister Condemns Shelling of Port Selm",
        "Joint Communiqué of the Governments of Varenia, Ostmark, Selmland, Brennia, Kaldova and the Free City of Noor",
        "QUESTION PUT BY THE SPEAKER OF THE ASSEMBLY, 4/11/79",
        "Foreign Minister Ada Brant and Secretary-General Carl Dorn at the Signing of a Memorandum",
    ],
)
def test_a_headline_may_name_offices(headline: str) -> None:
    assert title(f"{headline}\n\n27 May 2021\n\n{BODY}") == headline


def test_running_text_without_a_headline_has_none() -> None:
    header = head(BODY)
    assert header.title is None
    assert header.body.begin == 0


def test_a_headline_that_runs_over_lines_is_one() -> None:
    text = f"Varenia condemns shelling of Port Selm\nand asks for observers\n\n{BODY}"
    assert title(text) == "Varenia condemns shelling of Port Selm\nand asks for observers"


def test_a_paragraph_with_fixed_line_breaks_is_no_headline() -> None:
    lines = (
        "The Ministry of Foreign Affairs of the Republic of Varenia has",
        "Condemned the shelling of Port Selm by the artillery of Ostmark",
        "and asked for observers.\n",
    )
    assert title("\n".join(lines)) is None


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("2021-05-27", "2021-05-27"),
        ("27 May 2021 17:33 (UTC +04:00)", "2021-05-27T17:33:00+04:00"),
        ("Thursday, 27 May 2021, 5:33 pm", "2021-05-27T17:33:00"),
        ("May 27, 2021 - 17:33 AZT", "2021-05-27T17:33:00+04:00"),
        ("Embargo: 27 May 2021 16:00 GMT", "2021-05-27T16:00:00+00:00"),
        ("17:33, 27 May 2021 (CEST)", "2021-05-27T17:33:00+02:00"),
        ("FA 184 - 27 May 2021", "2021-05-27"),
        ("Dated: 27th of May, 2021", "2021-05-27"),
        ("Published: 27/05/2021", "2021-05-27"),
        ("SELM 27 MAY 2021", "2021-05-27"),
    ],
)
def test_the_date_is_read_from_the_head_with_time_and_zone(line: str, issued: str) -> None:
    text = f"Varenia condemns shelling\n\n{line}\n\n{BODY}"
    header = head(text)
    assert header.issued == issued
    assert header.issued_span is not None


def test_the_first_date_above_the_text_counts() -> None:
    assert head(f"Varenia condemns shelling\n\n2021-05-28\n\n27 May 2021\n\n{BODY}").issued == "2021-05-28"


def test_a_date_inside_the_running_text_is_not_the_date_of_issue() -> None:
    assert (
        head(
            f"Varenia condemns shelling\n\nOn 3 May 2021 shells fell on the harbour of Port Selm, it said.\n\n{BODY}"
        ).issued
        == ""
    )


def test_the_container_s_date_goes_first() -> None:
    assert head(f"Varenia condemns shelling\n\n28 May 2021\n\n{BODY}", issued="2021-05-27").issued == "2021-05-27"


def test_a_signature_line_dates_a_text_that_has_no_other_date() -> None:
    text = f"CRISIS AT PORT SELM\n\n{BODY}\nSELM 27 MAY 2021\n\nPRESS OFFICE 555 0100\n"
    assert head(text).issued == "2021-05-27"


def test_a_last_change_of_the_page_is_no_date_of_issue() -> None:
    assert head(f"Varenia condemns shelling\n\n{BODY}\nLast updated 2 December 2001\n").issued == ""


def test_the_introduction_of_a_speech_dates_it() -> None:
    intro = "National statement delivered by Ambassador Ada Brant at the Council on 4 September 2017."
    text = f"Statement on Ostmark\n\n{intro}\n\nMr President,\n\n{BODY}"
    assert head(text).issued == "2017-09-04"


@pytest.mark.parametrize(
    ("line", "place", "issued", "publisher"),
    [
        ("SELM, 12 DEC 89 (RADIO NOOR) -- ", "SELM", "1989-12-12", "RADIO NOOR"),
        ("PORT SELM (VARENIA), 12 DEC 89 (RADIO NOOR) -- ", "PORT SELM", "1989-12-12", "RADIO NOOR"),
        ("CLANDESTINE, 12 DEC 89 (RADIO NOOR) -- ", None, "1989-12-12", "RADIO NOOR"),
        ("(Selm, 3 August 2016) - ", "Selm", "2016-08-03", ""),
        ("Port Selm (August 3, 2016): ", "Port Selm", "2016-08-03", ""),
        ("SELM – 3 August 2016: ", "SELM", "2016-08-03", ""),
        ("Selm, Varenia – ", "Selm", "", ""),
        ("SELM — ", "SELM", "", ""),
        ("SELM (Reuters) - ", "SELM", "", "Reuters"),
        ("SELM, Varenia, Aug 3 2016 (IPS) - ", "SELM", "2016-08-03", "IPS"),
        ("Noor News, 3 August 2016 - ", None, "2016-08-03", "Noor News"),
    ],
)
def test_a_dateline_gives_place_date_and_sender(line: str, place: str | None, issued: str, publisher: str) -> None:
    text = line + BODY
    header = head(text)
    found = header.dateline_place.of(text) if header.dateline_place else None
    assert (found, header.issued, header.publisher) == (place, issued, publisher)
    assert text[header.body.begin :].startswith("The Ministry")


def test_a_dateline_s_year_is_taken_from_a_date_near_it_in_the_text() -> None:
    line = (
        "SELM, Varenia, Sept. 21 (Reuters) — The cabinet of Varenia met to discuss the shelling of "
        "September 19, 2016, at the port.\n"
    )
    assert head(line).issued == "2016-09-21"
    assert head(line.replace(", 2016", "")).issued == ""


@pytest.mark.parametrize("start", ["Varenia – which borders Ostmark – ", "The minister: ", "“Never again” - "])
def test_a_dash_or_colon_alone_makes_no_dateline(start: str) -> None:
    assert head(start + BODY).dateline_place is None


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"Varenia protests\n\n© APA | Ada Brant\n\n{BODY}", "APA"),
        (f"Varenia protests\n\n© Carl Dorn/Getty Images\n\n{BODY}", ""),
        (
            f"Varenia protests\n\nMinistry of Foreign Affairs of Varenia\n\n2021-05-27\n\n{BODY}",
            "Ministry of Foreign Affairs of Varenia",
        ),
        (f"Varenia protests\n\n2021-05-27\n\nAda Brant, Ministry Spokesperson\n\n{BODY}", ""),
        (f"VARENIAN GREENS MEDIA RELEASE\n\nVarenia must protest\n\n{BODY}", "VARENIAN GREENS"),
        (f"Varenia protests\n\n27 May 2021\nPress Release: Varenian Peace League\n\n{BODY}", "Varenian Peace League"),
        (f"Varenia protests\n\n{BODY}\nENDS\n\n© Selm Media\n", "Selm Media"),
        (
            "Varenia protests\n\nThe shelling of the port by Ostmark was condemned by the ministry, its spokesman "
            f"told APA.\n\n{BODY}",
            "APA",
        ),
        (f"Varenia protests\n\n{BODY.strip()} - Reuters\n", "Reuters"),
        (f"Varenia protests\n\n{BODY}", ""),
    ],
)
def test_the_publisher_is_who_signs_the_text(text: str, publisher: str) -> None:
    header = head(text)
    assert header.publisher == publisher
    assert header.publisher_span is None or header.publisher_span.of(text) == publisher


def test_the_container_s_publisher_goes_first() -> None:
    assert head(f"Varenia protests\n\n© APA |\n\n{BODY}", publisher="Selm Times").publisher == "Selm Times"


def test_a_person_with_an_office_under_the_headline_is_the_byline() -> None:
    text = f"Varenia protests\n\n2021-05-27\n\nAda Brant, Ministry Spokesperson\n\n{BODY}"
    byline = head(text).byline
    assert byline is not None
    assert byline.of(text) == "Ada Brant, Ministry Spokesperson"


@pytest.mark.parametrize(
    "foot", ["ENDS\n", "For further information: Carl Dorn 555 0100\n", "Media contact: x\n", "© Selm Media 2021\n"]
)
def test_the_body_ends_before_the_small_print(foot: str) -> None:
    text = f"Varenia protests\n\n{BODY}\n{foot}\nCall 555 0100.\n"
    body = head(text).body.of(text)
    assert body == BODY.strip()


def test_a_title_in_front_matter_is_found_there_and_the_body_begins_behind_it() -> None:
    text = f"---\ntitle: Varenia protests\ndate: 27 May 2021\n---\n\n{BODY}"
    header = head(text, title="Varenia protests")
    assert header.title is not None
    assert header.title.of(text) == "Varenia protests"
    assert header.issued == "2021-05-27"
    assert header.body.of(text) == BODY.strip()


def test_a_title_that_only_the_container_knows_has_no_span() -> None:
    assert head(BODY, title="Varenia protests").title is None


def test_the_language_is_told_by_small_words_unless_the_container_says_it() -> None:
    assert head(BODY).language == "en"
    assert (
        head("Das Ministerium hat die Angriffe auf den Hafen mit der Artillerie und den Raketen verurteilt.").language
        == "de"
    )
    assert head(BODY, language="fr-CH").language == "fr"


@pytest.mark.parametrize("text", ["x", "Varenia", "---\n", "\n\n2021-05-27\n", "=====\n\n====="])
def test_the_smallest_texts_have_a_header(text: str) -> None:
    body = head(text).body
    assert 0 <= body.begin <= body.end <= len(text)


def test_a_note_of_two_lines_has_its_second_line_for_a_body() -> None:
    text = "Varenia condemns attack\n\nVarenia condemned the attack on Kessel.\n"
    header = read_header(Document("d", "s", "a.txt", text))
    assert header.body.of(text).strip() == "Varenia condemned the attack on Kessel."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NEWS RELEASE Selm Ferry Board 14 May 2004 BOARD CLOSES TWO LOCKS ", "BOARD CLOSES TWO LOCKS"),
        ("Media Release 14 May 2004 Board calls for calm on the river ", "Board calls for calm on the river"),
    ],
)
def test_a_release_in_one_line_is_parted(text: str, expected: str) -> None:
    found = text + "The " + BODY.replace("\n", " ") * 3
    assert title(found) == expected
    assert head(found).issued == "2004-05-14"


def test_a_line_that_goes_on_below_a_blank_line_is_no_headline() -> None:
    text = (
        "Ferries of the valley\n\n14 May 2004\n\nThe board has long kept to its promise of fair prices for the\n\n"
        "people of the valley and of the towns on the other side, and it will go on to do so in the coming years.\n"
    )
    assert title(text) == "Ferries of the valley"
    assert text[head(text).body.begin :].startswith("The board has long")


def test_a_headline_with_its_date_is_no_date() -> None:
    assert title("Council Statement on Varenia, 11 October 2022\n\n" + BODY) == (
        "Council Statement on Varenia, 11 October 2022"
    )
    assert title("Media Statement - 6 September 2001\n\nVarenia condemns shelling\n\n" + BODY) == (
        "Varenia condemns shelling"
    )
