from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.authority.records import Authority
from communique.extract.parties.issuer import find_issuers
from communique.extract.statement import read_context
from communique.extract.text import Context
from communique.model import Document, Metadata
from communique.vocab import document_id

Make = Callable[[str], Context]


def issuers(context: Context) -> list[tuple[str, str, str]]:
    """Return issuer, office and body of each attribution, as names."""
    return [
        (
            a.issuer.mention.name,
            a.capacity.mention.name if a.capacity else "",
            a.on_behalf_of.mention.name if a.on_behalf_of else "",
        )
        for a in find_issuers(context)
    ]


def test_a_person_speaks_in_an_office_for_a_body(context: Make) -> None:
    text = (
        "Ombudsman protests against arrests\n\n2 May 2023\n\nThe Ombudsman of Norway, Irma Dosta, has issued a "
        "statement protesting against the arrests in Oslo.\n\nIrma Dosta said that four people were held."
    )
    assert issuers(context(text)) == [("Irma Dosta", "Ombudsman of Norway", "Norway")]


def test_a_body_that_speaks_for_itself_is_issuer_and_body(context: Make) -> None:
    text = (
        "Observers alarmed\n\n2 May 2023\n\nThe Network of Citizen Observers (NCO) condemns the attack on its office.\n"
    )
    assert issuers(context(text)) == [("Network of Citizen Observers", "", "Network of Citizen Observers")]


def test_the_speaker_named_in_the_headline_issues_it(context: Make) -> None:
    text = (
        "Statement by President Anselm Corvo on the floods\n\n2 May 2023\n\nOur hearts are with the people of Norway.\n"
    )
    assert issuers(context(text))[0][:2] == ("Anselm Corvo", "President")


def test_a_byline_outweighs_the_state_it_speaks_of(context: Make) -> None:
    text = (
        "Detentions in Norway\n\nU.S. Department of State\n\n2022-02-03\n\nDora Castell, Department Spokesperson\n\n"
        "The United States is concerned by the detentions in Oslo. We call on Norway to free them.\n"
    )
    assert issuers(context(text)) == [("Dora Castell", "Department Spokesperson", "United States Department of State")]


def test_every_party_of_a_joint_statement_issues_it(context: Make) -> None:
    text = (
        "Joint Statement by the Governments of Norway, Chile and Japan\n\n3 May 2023\n\n"
        "We welcome the agreement on fish that was reached in Oslo.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Norway", "Chile", "Japan"]


def test_whom_the_report_is_about_outweighs_who_is_mentioned_often(context: Make) -> None:
    text = (
        "Party demands answer on prisoner\n\n3 May 2023\n\nGreen Party MP Keith Orrin today called on the government "
        'to ask for the release of Tadeo Marsh.\n\n"Tadeo Marsh said what all know. Marsh has warned for years."\n\n'
        "Mr Orrin said that time was short.\n"
    )
    assert issuers(context(text))[0][0] == "Keith Orrin"


def test_no_sign_of_a_speaker_means_no_issuer(context: Make) -> None:
    assert issuers(context("It rained for days and the roads were closed.")) == []


@pytest.mark.parametrize("quote", ['"{}"', "“{}”"])
def test_who_speaks_inside_a_quotation_is_not_the_issuer(context: Make, quote: str) -> None:
    inner = quote.format("Tadeo Marsh condemned the court and urged all to resist it, again and again, for years.")
    text = f"Party on court\n\n3 May 2023\n\nThe Orrin Farmers Party has issued a statement on the court.\n\n{inner}\n"
    assert issuers(context(text))[0][0] == "Orrin Farmers Party"


def test_who_is_said_to_have_said_all_of_it_outweighs_whom_it_is_about(context: Make) -> None:
    text = (
        "Harbours left to rot\n\nMonday, 2 May 2022, 9:14 am\nPress Release: Selkie Party\n\n"
        "A report of the Coast Commission has found that three harbours are closed, the Selkie Party said today.\n\n"
        "The Coast Commission published forty proposals on Friday.\n\n"
        "“Nobody can land a boat there,” said Selkie Party transport spokesperson Jan Orrin today.\n"
    )
    assert issuers(context(text)) == [("Jan Orrin", "Selkie Party transport spokesperson", "Selkie Party")]


def test_two_spokespersons_whom_a_party_quotes_issue_its_release(context: Make) -> None:
    text = (
        "SELKIE PARTY MEDIA RELEASE\n\n7 May 2022\n\nFerries sold too cheap\n\n"
        "“The price is a joke,” Selkie Party transport spokesperson, Senator Dora Orrin, said today.\n\n"
        "Selkie Party Leader, Senator Anselm Corvo, said:\n\n“We will buy them back.”\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Dora Orrin", "Anselm Corvo"]


def test_two_ministers_named_with_commas_issue_a_release_together(context: Make) -> None:
    text = (
        "Joint Media Release\n\n13 December 2002\n\nRivers to be dredged\n\n"
        "The Minister for Foreign Affairs, Dora Orrin and the Minister for Water and Multicultural and Indigenous "
        "Affairs, Anselm Corvo today rejected the report. Norway will dredge its rivers. Norway has the ships.\n"
    )
    assert issuers(context(text)) == [
        ("Dora Orrin", "Minister for Foreign Affairs", "Norway"),
        ("Anselm Corvo", "Minister for Water and Multicultural and Indigenous Affairs", "Norway"),
    ]


@pytest.mark.parametrize(
    "head",
    ["MINISTER FOR FOREIGN AFFAIRS\n\nThe Hon Dora Orrin MP", "Dora Orrin MP\nMinister for Foreign Affairs"],
    ids=["two lines", "name first"],
)
def test_a_letterhead_gives_person_office_and_by_its_words_the_state(context: Make, head: str) -> None:
    text = (
        f"{head}\n\n10 September 2014\n\nHELP FOR THE ISLANDS\n\nThe Norwegian Government will send four ships. "
        "Norway welcomes the pledges made in Oslo.\n"
    )
    [(name, office, body)] = issuers(context(text))
    assert (name.casefold(), office.casefold()) == ("dora orrin", "minister for foreign affairs")
    assert body in ("Norwegian Government", "Norway")


def test_the_members_of_a_group_in_brackets_issue_its_statement(context: Make) -> None:
    text = (
        "Troika Statement on the Floods\n\n8 July 2021\n\n"
        "The Troika (Norway, Chile, and Japan) and the European Union extend their sympathy to all in the valley.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Norway", "Chile", "Japan", "European Union"]


def test_those_who_sign_as_the_undersigned_issue_the_statement(context: Make) -> None:
    text = (
        "Joint Statement on the Closed Archive\n\n16 June 2022\n\n"
        "We, the undersigned archivists, denounce the closing of the archive.\n\nIt holds a thousand letters.\n\n"
        "Signed by,\n\nSociety of Orrinian Archivists (SOA)\n\nLeague of Valley Readers\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == [
        "Society of Orrinian Archivists",
        "League of Valley Readers",
    ]


def test_a_president_of_a_state_named_behind_the_name_speaks_for_it(context: Make) -> None:
    text = (
        "Joint Statement on the Strait\n\n22 October 2023\n\nToday, Prime Minister Orrin of Norway, President Anselm "
        "Corvo of Chile, and Chancellor Irma Dosta of Japan spoke about the strait.\n"
    )
    assert issuers(context(text)) == [
        ("Orrin", "Prime Minister of Norway", "Norway"),
        ("Anselm Corvo", "President of Chile", "Chile"),
        ("Irma Dosta", "Chancellor of Japan", "Japan"),
    ]


def test_two_who_appear_together_in_a_headline_both_speak(context: Make) -> None:
    text = (
        "President Anselm Corvo and Norwegian Prime Minister Dora Orrin at a Signing Ceremony for the Fish Treaty\n\n"
        "2 May 2022\n\nPRESIDENT CORVO: Good morning, everyone. It is good to see so many of you here in the port.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Anselm Corvo", "Dora Orrin"]


def test_the_speaker_that_a_radio_monitor_names_in_brackets_is_read_whole(context: Make) -> None:
    text = (
        "OSLO, 1 DEC 89 (RADIO FJORD) -- [COMMUNIQUE] [NORWEGIAN NATIONAL COMMUNICATION SECRETARIAT] [TEXT] "
        "GUNMEN FIRED A ROCKET FROM THE HILLS ON WEDNESDAY AND MISSED THE AIRFIELD BY A MILE.\n"
    )
    assert issuers(context(text))[0][0] == "NORWEGIAN NATIONAL COMMUNICATION SECRETARIAT"


def test_a_court_that_decides_is_the_issuer_of_a_report_of_its_ruling(context: Make) -> None:
    text = (
        "Ruling on the ferry\n\n2025-07-09\n\nOslo – In a step awaited for years, the Oslo City Court on July 3 "
        "overturned a ban on the ferry. The case goes back to the harbour board.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Oslo City Court"]


def test_the_body_that_says_we_is_the_issuer_of_an_article(context: Make) -> None:
    text = (
        "The rains have failed for a third year in the valley, and herds are being sold off. Wells are dry.\n\n"
        "At the Orrin Herders Foundation we have drilled wells since 1990. It is not enough.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Orrin Herders Foundation"]


def test_a_line_that_says_from_names_the_issuer(context: Make) -> None:
    text = (
        "Papers on the river\n\n4 May 2016\n\n"
        "Two papers were handed over in the Senate on Wednesday, both of them here.\n\n"
        "TO: MEMBERS OF THE STANDING COMMITTEE ON RIVERS\n\nFROM: DORA ORRIN\nCHAIRMAN, FEDERATION OF VALLEY CLUBS\n"
    )
    assert issuers(context(text))[0][0] == "DORA ORRIN"


def test_a_foreign_minister_speaks_for_the_state_and_not_for_its_rebels(context: Make) -> None:
    text = (
        "MANAGUA, 15 JUN 89 (RADIO FJORD) -- [COMMUNIQUE] [NORWEGIAN FOREIGN MINISTER ANSELM CORVO] [TEXT] "
        "THE NORWEGIAN RESISTANCE FRONT HAS ATTACKED THE PORT. WE PROTEST AGAINST THE USE OF THE PORT.\n"
    )
    made = find_issuers(context(text))
    assert made[0].on_behalf_of is not None
    assert made[0].on_behalf_of.mention.key == "place/no"


def test_who_sends_a_protest_issues_it(context: Make) -> None:
    text = (
        "The Ombudsman of Norway, Irma Dosta, sent a protest to the UN Security Council and the OSCE on 3 May 2022.\n"
    )
    assert issuers(context(text)) == [("Irma Dosta", "Ombudsman of Norway", "Norway")]
    assert issuers(context("The King of Norway, Olaf Dosta, sent a ship to Oslo on 3 May 2022.\n")) == []


@pytest.mark.parametrize(
    "head",
    [
        "Open Border press release\n\n2 May 2023",
        "Press release: Open Border\n\n2 May 2023",
        "Open Border\n\n2 May 2023",
    ],
    ids=["label behind", "label before", "line of its own"],
)
def test_an_unknown_body_that_opens_its_own_release_outweighs_whom_it_accuses(context: Make, head: str) -> None:
    text = (
        f"{head}\n\nOpen Border today called on the police of Varenia to release four harbour workers.\n\n"
        "The group said that all four had been beaten.\n\n"
        "The Interior Minister, Tam Orwell, rejected the allegations. Mr Orwell said that nobody was beaten.\n"
    )
    assert issuers(context(text)) == [("Open Border", "", "Open Border")]


def test_an_unknown_body_is_known_by_the_publisher_of_the_page(authority: Authority) -> None:
    text = (
        "Varenia: free the harbour workers\n\nOpen Border is alarmed by the arrest of four harbour workers.\n\n"
        "The Interior Minister, Tam Orwell, rejected the allegations.\n"
    )
    name, digest = document_id(text.encode())
    page = Document(name, digest, "page.html", text, "text/html", Metadata(publisher="Open Border"))
    assert issuers(read_context(page, authority)) == [("Open Border", "", "Open Border")]


@pytest.mark.parametrize("body", ["Federation of Harbour Unions", "Federation of Norwegian Harbour Unions"])
def test_a_president_who_answers_a_body_does_not_speak_for_it(context: Make, body: str) -> None:
    text = (
        f"{body} condemns closure\n\n2 May 2023\n\nThe {body} has "
        "condemned the closure of three ports.\n\nPresident Lena Corvo said on Monday that all ports would open.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == [body]


def test_whom_a_joint_statement_is_about_does_not_issue_it(context: Make) -> None:
    text = (
        "Joint statement on the trial of Ola Marsh\n\nWe, the undersigned organisations, are concerned.\n\n"
        "Ola Marsh said in court that he is innocent.\n\n"
        "Open Border\nHarbour Rights Network\nFederation of Harbour Unions\nSelkie Watch\n"
    )
    names = [name for name, _, _ in issuers(context(text))]
    assert names == ["Open Border", "Harbour Rights Network", "Federation of Harbour Unions", "Selkie Watch"]


def test_an_unknown_body_that_opens_with_its_acronym_is_the_issuer(context: Make) -> None:
    text = (
        "Varenia must end siege\n\nOpen Border (OB) said today that the siege must end. OB called on Varenia to open "
        'the road.\n\n"They lie," said President Lena Corvo of Varenia.\n'
    )
    assert issuers(context(text)) == [("Open Border", "", "Open Border")]


@pytest.mark.parametrize("link", [", a day after", " after", ", while", ", hours before"])
def test_the_subject_of_the_main_clause_outweighs_one_in_a_subordinate_clause(context: Make, link: str) -> None:
    text = (
        "Shelling denied\n\nOstmark's Defence Ministry denied on Tuesday that its troops had shelled a hospital"
        f"{link} the Varenian Health Minister, Ivo Pell, accused Ostmark of the attack.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Defence Ministry"]


def test_the_subject_of_the_main_clause_may_follow_the_subordinate_one(context: Make) -> None:
    text = (
        "Shelling denied\n\nA day after the Varenian Health Minister, Ivo Pell, accused Ostmark of the attack, "
        "Ostmark's Defence Ministry denied on Tuesday that its troops had shelled a hospital.\n"
    )
    assert [name for name, _, _ in issuers(context(text))] == ["Defence Ministry"]


@pytest.mark.parametrize("dated", ["", "dated 2 May 2023 "])
def test_who_signs_a_letter_headed_by_an_office_issues_it_in_that_office(context: Make, dated: str) -> None:
    text = (
        f"Letter {dated}from the Permanent Representative of Norway to the United Nations addressed to the President "
        "of the Security Council\n\nI have the honour to bring the following to your attention. Norway has rebuilt a "
        "bridge.\n\n(Signed) Dora Orrin\n"
    )
    office = "Permanent Representative of Norway to the United Nations"
    assert issuers(context(text)) == [("Dora Orrin", office, "Norway")]


def test_a_president_who_signs_below_the_text_speaks_for_the_body(context: Make) -> None:
    text = (
        "Federation of Harbour Unions condemns closure\n\n2 May 2023\n\nThe Federation of Harbour Unions has "
        "condemned the closure of three ports. All lose by it.\n\nLena Corvo\n\nPresident\n"
    )
    assert issuers(context(text))[0][0::2] == ("Lena Corvo", "Federation of Harbour Unions")


def test_a_speaker_says_for_whom_he_speaks(context: Make) -> None:
    text = (
        "Statement by Minister Irma Dosta at the ferry talks\n\n2 May 2023\n\nMr Chair,\n\n"
        "I speak here on behalf of the European Union and all its members. We want open rivers."
    )
    assert issuers(context(text))[0][2] == "European Union"


def test_a_shadow_minister_speaks_for_the_opposition(context: Make) -> None:
    text = (
        "IRMA DOSTA MP\nShadow Minister for Ferries\n\nMEDIA RELEASE\n\nA PLAN FOR THE LOCKS\n\n2 May 2023\n\n"
        "The Shadow Minister for Ferries, Irma Dosta, today called on the Premier to open the locks.\n"
    )
    ((_, office, body),) = issuers(context(text))
    assert (office, body) == ("Shadow Minister for Ferries", "Opposition")


def test_a_statement_told_of_late_still_has_its_issuer(context: Make) -> None:
    text = "The winter was long. " * 9 + "On Monday the Selm Ferry Board issued a statement on the locks. Ice fell."
    assert issuers(context(text))[0][0] == "Selm Ferry Board"


def test_the_organisation_is_the_one_named_before(context: Make) -> None:
    text = (
        "The ferry law worries many. It hits the rights group Open Shore, which was founded last year.\n\n"
        '"This law closes the river to all of us," the organisation says in a statement today.'
    )
    assert issuers(context(text))[0][0] == "Open Shore"


def test_who_joins_a_statement_of_others_is_not_one_of_its_parties(context: Make) -> None:
    text = (
        "Address by Minister Irma Dosta at the ferry talks\n\n2 May 2023\n\nExcellencies,\n\n"
        "We align ourselves with the statement by the European Union and the OSCE. Rivers must be open."
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["Irma Dosta"]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Dora Orrin of Kenya condemned the shelling of the port on Monday.",
        "NAIROBI, 5 May 2022 – Foreign Minister Dora Orrin of Kenya on Tuesday condemned the arrests.",
        "Kenya's Foreign Minister Dora Orrin condemned the shelling of the port on Monday.",
    ],
)
def test_the_state_behind_a_name_parts_it_from_no_verb(context: Make, text: str) -> None:
    (issuer, office, body) = issuers(context(text))[0]
    assert (issuer, body) == ("Dora Orrin", "Kenya")
    assert "Foreign" in office


def test_what_is_attributable_to_somebody_is_theirs(context: Make) -> None:
    text = (
        "The Secretary meets the Premier\n\nHarbour Ministry\n\n2 May 2023\n\n"
        "The following is attributable to Spokesperson Tam Kell:\n\n"
        "Secretary Irma Dosta met today with Premier Anselm Corvo. Secretary Dosta reaffirmed the friendship."
    )
    made = context(text)
    assert made.header.title is not None
    assert made.text.of(made.header.title) == "The Secretary meets the Premier"
    assert [(issuer, office) for issuer, office, _ in issuers(made)] == [("Tam Kell", "Spokesperson")]


def test_governments_whose_ministers_speak_are_given_the_office(context: Make) -> None:
    text = (
        "Joint Statement on Rivers\n\n2 May 2023\n\nThe statement below was released by the Governments of Kenya, "
        "Norway, and Peru.\n\nWe, the Foreign Ministers of Kenya, Norway, and Peru, condemn the closing of the river."
    )
    found = issuers(context(text))
    assert [issuer for issuer, _, _ in found] == ["Kenya", "Norway", "Peru"]
    assert all("Foreign Ministers" in office for _, office, _ in found)


def test_who_is_criticised_at_the_opening_does_not_issue_it(context: Make) -> None:
    text = (
        "Media Release\n\n2 May 2023\n\nOne rights group has sharply criticised the Australian Government.\n\n"
        "The Australian Government has today released its answer.\n\n"
        "The Ferry Rights Centre's Director of Legal Advocacy, Irma Dosta, said much was left out.\n\n"
        "“It has its head firmly in the sand of the river,” Ms Dosta said.\n\n“We hope for more,” Ms Dosta said."
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["Irma Dosta"]


def test_a_president_is_of_the_state_named_beside_the_holder_anywhere(context: Make) -> None:
    text = (
        "Joint Statement Following the Meeting of President Corvo and President Dosta\n\n2 May 2023\n\n"
        "Today, President Anselm Corvo of Kenya and President Irma Dosta of the Republic of Peru met. "
        "President Corvo and President Dosta agreed to open the river."
    )
    assert [(issuer, body) for issuer, _, body in issuers(context(text))] == [
        ("Anselm Corvo", "Kenya"),
        ("Irma Dosta", "Peru"),
    ]


def test_a_letter_in_the_first_person_is_of_who_signs_it(context: Make) -> None:
    text = (
        "Message to the Senate on Ferries\n\n2 May 2023\n\n"
        "The President declared an emergency in 1994. It is not over. "
        "I am continuing the emergency for one year.\n\nIRMA DOSTA\n"
    )
    assert [issuer.lower() for issuer, _, _ in issuers(context(text))] == ["irma dosta"]


def test_a_speech_is_of_who_delivered_it(context: Make) -> None:
    text = (
        "Öppen debatt om floder\n\nDet svenska anförandet hölls av ambassadör Olof Brand.\n\n"
        "Mr President,\n\nSweden is committed to open rivers. Sweden will support the ferry fund."
    )
    assert [(issuer, body) for issuer, _, body in issuers(context(text))] == [("Olof Brand", "Sweden")]


def test_groups_that_a_later_sentence_names_speak_together(context: Make) -> None:
    text = (
        "Oslo (2 May 2023): The guards hold a sailor without trial, three rights groups said today.\n\n"
        "The groups are Open Border Defenders, World Ferry Organisation (WFO), and the Commission of Jurists.\n"
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == [
        "Open Border Defenders",
        "World Ferry Organisation",
        "Commission of Jurists",
    ]


def test_envoys_who_meet_speak_for_those_that_issue_the_text(context: Make) -> None:
    text = (
        "Communiqué of the Special Envoys for the River\n\n2 May 2023\n\n"
        "The following communiqué has been agreed upon by the Special Envoys for the "
        "River from Kenya, Norway, and Peru.\n\nBegin text:\n\nThe river is open."
    )
    found = issuers(context(text))
    assert [issuer for issuer, _, _ in found] == ["Kenya", "Norway", "Peru"]
    assert all("Special Envoys" in office for _, office, _ in found)


def test_lines_with_an_acronym_below_an_undersigned_text_are_bodies(context: Make) -> None:
    text = (
        "Joint Statement on the Vote\n\n2 May 2023\n\n"
        "The undersigned organizations express their concern over the vote.\n\n"
        "We urge UNESCO to watch it.\n\n1. Network of Ferry Observers (NFO)\n2. Komite Kapal Bersih dan Aman (KKBA)\n"
        "3. Open Border Union (OBU)\n"
    )
    assert len(issuers(context(text))) == 3


def test_an_acronym_that_a_record_knows_names_the_body_of_an_office(context: Make) -> None:
    text = (
        "Rights body criticises ferry rules\n\n2 May 2023\n\n"
        "According to the International Service for Human Rights, the rules are bad. ISHR has read them.\n\n"
        "“There is no ferry for the poor,” said ISHR Director Tam Kell.\n\n“None at all,” Mr Kell said."
    )
    assert issuers(context(text)) == [("Tam Kell", "ISHR Director", "International Service for Human Rights")]


def test_a_president_speaks_for_the_state(context: Make) -> None:
    text = "Russian President Anselm Corvo condemned the arrests of sailors on Monday."
    assert issuers(context(text))[0][2] == "place/ru"


def test_a_minister_speaks_for_the_state_that_acts_in_the_text(context: Make) -> None:
    text = (
        "The Hon Irma Dosta MP\nMinister for Ferries\n\n2 May 2023\n\nNew head of the ferry fund\n\n"
        "I warmly welcome the new head of the fund. Kenya looks forward to its work in Peru."
    )
    assert issuers(context(text))[0][2] == "Kenya"


def test_calls_that_others_ignore_are_nobody_s_speech(context: Make) -> None:
    text = (
        "Council ignores more UN calls to mend ferries\n\n2 May 2023\n\n"
        "“Nothing was done,” the Ferry Rights Centre's Director, Irma Dosta, said."
    )
    assert "United Nations" not in [issuer for issuer, _, _ in issuers(context(text))]


def test_who_head_a_release_together_issue_it_together(context: Make) -> None:
    text = (
        "THE HON BILL FIELD LEADER OF THE OPPOSITION\n\n"
        "THE HON DORA ORRIN DEPUTY LEADER OF THE OPPOSITION\n\nSTATEMENT\n\nTHE FERRIES OF LORN\n\n"
        "The ferries are old, and nobody mends them. We are concerned about all who travel by them."
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["BILL FIELD", "DORA ORRIN"]


def test_an_office_in_apposition_is_no_second_speaker(context: Make) -> None:
    text = "Tolls condemned\n\n2 May 2023\n\nTam Kell, the US Secretary of State, called the tolls “a bad joke”."
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["Tam Kell"]


def test_counterparts_who_say_something_jointly_both_issue_it(context: Make) -> None:
    text = (
        "Prime Minister Dora Orrin and her Kenyan counterpart Peter Kell called the tolls unjust, "
        "they said in a joint statement after talks in Lorn."
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["Dora Orrin", "Peter Kell"]


def test_a_statement_may_stand_between_speaker_and_verb(context: Make) -> None:
    text = (
        "A deal on ferries was signed in Lorn, media reported.\n\n"
        "The Ministry of Ferries in a statement on Monday said that the boats are safe."
    )
    assert [issuer for issuer, _, _ in issuers(context(text))] == ["Ministry of Ferries"]
