from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.events.events import find_events
from communique.extract.temporal.times import time_expressions
from communique.extract.text import Context, Text
from communique.model import Document, EntityType, Event, Header, Mention, Quotation, Role, Span
from communique.vocab import EVENT_TYPES, MODALITIES

NAMES = {
    "Republic of Varenia": (EntityType.STATE, "QA"),
    "Varenia": (EntityType.STATE, "QA"),
    "Ostmark": (EntityType.STATE, "QB"),
    "Lantern League": (EntityType.ORG, ""),
    "Mara Orrin": (EntityType.PERSON, ""),
    "Kessel": (EntityType.PLACE, "QB"),
    "Dunmore": (EntityType.PLACE, "QA"),
}


def sample(text: str, issued: str = "2023-05-10") -> Context:
    """Make a context with the invented names above as its mentions."""
    mentions: list[Mention] = []
    for name, (kind, country) in NAMES.items():
        begin = text.find(name)
        while begin >= 0:
            span = Span(begin, begin + len(name))
            if not any(m.span.overlaps(span) for m in mentions):
                key = f"place/{name.lower()}" if country else ""
                mentions.append(Mention(span, name, kind, name, "authority", 0.9, key, country))
            begin = text.find(name, span.end)
    header = Header(Span(0, len(text)), issued=issued)
    return Context(Document("d", "s", "t.txt", text), header, Text(text), sorted(mentions, key=lambda m: m.span))


def events_of(text: str, speakers: Sequence[str] = (), exclude: Sequence[str] = ()) -> list[Event]:
    context = sample(text)
    times = time_expressions(context.text, context.header.issued, context.header.body)
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in exclude]
    said = [m for m in context.mentions if m.name in speakers]
    return find_events(context, times, spans, said)


def only(text: str, trigger: str, speakers: Sequence[str] = ()) -> Event:
    found = [e for e in events_of(text, speakers) if text[e.trigger.begin : e.trigger.end] == trigger]
    assert len(found) == 1, [text[e.trigger.begin : e.trigger.end] for e in events_of(text, speakers)]
    return found[0]


def names(roles: Sequence[object]) -> list[str]:
    return [r.mention.name for r in roles]  # type: ignore[attr-defined]


def test_active_verb_gives_subject_and_object() -> None:
    event = only("On Monday the army of Varenia shelled two villages near Kessel.", "shelled")
    assert (event.type, event.modality) == ("assault", "asserted")
    assert names(event.agents) == ["army of Varenia"]
    assert names(event.patients) == ["two villages"]
    assert names(event.places) == ["Kessel"]


def test_passive_with_by_turns_the_roles_round() -> None:
    event = only("Three fishermen were detained by the coast guard of Ostmark in Dunmore.", "detained")
    assert names(event.agents) == ["coast guard of Ostmark"]
    assert names(event.patients) == ["Three fishermen"]


def test_noun_takes_agent_and_patient_from_its_complements() -> None:
    event = only("The council spoke of the occupation of Kessel by Varenia.", "occupation")
    assert event.type == "coerce"
    assert names(event.agents) == ["Varenia"]
    assert names(event.patients) == ["Kessel"]


def test_possessor_of_an_attack_is_its_agent() -> None:
    event = only("Witnesses described Varenia's bombardment of Kessel last week.", "bombardment")
    assert names(event.agents) == ["Varenia"]
    assert names(event.patients) == ["Kessel"]


def test_real_demonym_is_an_agent(context: Callable[[str], Context]) -> None:
    made = context("The Norwegian withdrawal from the treaty surprised its partners.")
    event = find_events(made, [], [])[0]
    assert event.agents[0].mention.key == "place/no"


def test_possessor_of_a_release_is_its_patient() -> None:
    event = only("Mara Orrin's release came after two years.", "release")
    assert (event.type, names(event.patients), names(event.agents)) == ("retreat", ["Mara Orrin"], [])


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Soldiers of Ostmark did not attack the village.", "attack", "denied"),
        ("Ostmark denies claims that its soldiers tortured the farmers.", "tortured", "denied"),
        ("Ostmark denied having bombed the harbour.", "bombed", "denied"),
        ("Reports of shelling by Ostmark are false.", "shelling", "denied"),
        ("There is no evidence of torture by the guards.", "torture", "denied"),
        ("No officer of Ostmark was ever prosecuted.", "prosecuted", "denied"),
        ("Mara Orrin will visit Kessel next week.", "visit", "planned"),
        ("Ostmark plans to withdraw its troops.", "withdraw", "planned"),
        ("The upcoming summit takes place in Dunmore.", "summit", "planned"),
        ("The presidents are to meet in Dunmore.", "meet", "planned"),
        ("Ostmark could invade Varenia.", "invade", "hypothetical"),
        ("There is a threat of famine in Varenia.", "famine", "hypothetical"),
        ("If Ostmark attacks Kessel, people will suffer.", "attacks", "hypothetical"),
        ("Not only has Ostmark bombed Kessel, it boasts of it.", "bombed", "asserted"),
        ("Ostmark has bombed Kessel again.", "bombed", "asserted"),
        ("The guards of Ostmark committed war crimes.", "crimes", "asserted"),
        ("Varenia committed to visit Kessel.", "visit", "planned"),
        ("We warn Ostmark against further attacks.", "attacks", "hypothetical"),
        ("We warn Ostmark of the attacks on Kessel.", "attacks", "asserted"),
        ("Varenia will answer, including by further sanctions.", "sanctions", "planned"),
        ("The summit, which is to be held in Dunmore, divides Varenia.", "summit", "planned"),
        ("A visit planned for May worries Ostmark.", "visit", "planned"),
        ("The talks are expected to be held in Dunmore.", "talks", "planned"),
        ("Ostmark warned that Varenia could experience a famine.", "famine", "hypothetical"),
        ("Trust is necessary for talks with Ostmark.", "talks", "hypothetical"),
    ],
)
def test_modality(text: str, trigger: str, modality: str) -> None:
    found = {text[e.trigger.begin : e.trigger.end]: e.modality for e in events_of(text)}
    assert found.get(trigger) == modality


def test_a_day_after_the_issue_makes_a_plan() -> None:
    assert only("The election of 4 June 2023 matters to all.", "election").modality == "planned"


def test_the_time_of_the_clause_is_attached() -> None:
    event = only("Guards of Ostmark arrested Mara Orrin on 3 May 2023.", "arrested")
    assert [t.value for t in event.times] == ["2023-05-03"]


@pytest.mark.parametrize(
    "text",
    [
        "The Lantern League condemns the arrest of Mara Orrin.",
        "We condemn the arrest of Mara Orrin.",
        "The statement condemns the arrest of Mara Orrin.",
    ],
)
def test_the_issuers_own_speech_act_is_no_event(text: str) -> None:
    assert [e.type for e in events_of(text, speakers=["Lantern League"])] == ["coerce"]


def test_a_third_partys_accusation_is_an_event() -> None:
    text = "The Lantern League notes that Ostmark accused Mara Orrin of treason."
    event = only(text, "accused", speakers=["Lantern League"])
    assert (event.type, names(event.agents), names(event.patients)) == ("accuse", ["Ostmark"], ["Mara Orrin"])


def test_what_is_demanded_is_no_event() -> None:
    text = "The League urges Ostmark to release the farmers."
    assert not [e for e in events_of(text, exclude=["release the farmers"]) if e.type == "retreat"]


def test_the_wrong_that_a_demand_wants_ended_is_an_event() -> None:
    text = "The League urges Ostmark to put an end to the shelling of Kessel."
    found = events_of(text, exclude=["put an end to the shelling of Kessel"])
    assert [(e.type, e.modality) for e in found if e.type == "assault"] == [("assault", "asserted")]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The office released a statement.", []),
        ("The office released two prisoners.", ["retreat"]),
        ("Workers began a hunger strike in Dunmore.", ["protest"]),
        ("A missile strike hit Dunmore.", ["assault"]),
        ("The plan meets all requirements.", []),
        ("The envoys met in Dunmore.", ["consult"]),
        ("The board struck a balance.", []),
        ("Fire destroyed the market in Dunmore.", ["assault", "disaster"]),
        ("Ostmark helps election observers.", ["support"]),
    ],
)
def test_context_tells_senses_apart(text: str, types: list[str]) -> None:
    assert sorted(e.type for e in events_of(text)) == types


def test_mentions_of_one_event_are_merged() -> None:
    text = (
        "Troops of Varenia invaded Ostmark in March. The invasion of Ostmark by Varenia goes on.\n\n"
        "People fled the invasion."
    )
    event = only(text, "invaded")
    assert [text[s.begin : s.end] for s in event.also] == ["invasion", "invasion"]


def test_events_of_different_agents_stay_apart() -> None:
    text = "Ostmark attacked Dunmore.\n\nVarenia attacked Kessel."
    assert len([e for e in events_of(text) if e.type == "assault"]) == 2


def test_a_light_verb_belongs_to_its_noun() -> None:
    text = "Ostmark launched an attack on Dunmore."
    found = events_of(text)
    assert [text[e.trigger.begin : e.trigger.end] for e in found] == ["attack"]
    assert names(found[0].agents) == ["Ostmark"]
    assert [text[s.begin : s.end] for s in found[0].also] == ["launched"]


def test_what_is_only_a_judgement_is_no_event_of_its_own() -> None:
    text = "The arrest of Mara Orrin is a violation of the treaty."
    assert [text[e.trigger.begin : e.trigger.end] for e in events_of(text)] == ["arrest"]


def test_at_most_ten_events_in_the_order_of_the_text() -> None:
    deeds = [
        "bombed",
        "shelled",
        "looted",
        "invaded",
        "torched",
        "mined",
        "raided",
        "stormed",
        "kidnapped",
        "occupied",
        "annexed",
        "blockaded",
    ]
    towns = ["Aber", "Bron", "Calt", "Dorn", "Eber", "Falk", "Gorm", "Hald", "Ivor", "Jarl", "Korn", "Lund"]
    text = "\n\n".join(f"Ostmark {deed} {town}." for deed, town in zip(deeds, towns, strict=True))
    found = events_of(text)
    assert len(found) == 10
    assert [e.trigger for e in found] == sorted(e.trigger for e in found)


def test_capitals_are_read_like_other_text() -> None:
    text = "THE ARMY HAS BOMBED THE CIVILIAN POPULATION AND MURDERED PRISONERS IN THE CAPITAL OF THE COUNTRY."
    assert {text[e.trigger.begin : e.trigger.end] for e in events_of(text)} == {"BOMBED", "MURDERED"}


WORDS = st.sampled_from(
    [
        "Varenia",
        "Ostmark",
        "the",
        "a",
        "attacked",
        "attack",
        "of",
        "by",
        "not",
        "will",
        "to",
        "and",
        ",",
        ".",
        "denied",
        "that",
        "arrest",
        "arrested",
        "Kessel",
        "in",
        "on",
        "war",
        "is",
        "are",
        "being",
        "if",
        "release",
        "talks",
        "4",
        "June",
        "2023",
        "'",
        "“",
        "”",
        "\n\n",
    ]
)


@given(st.lists(WORDS, max_size=60))
def test_any_words_give_sound_events(parts: list[str]) -> None:
    text = " ".join(parts)
    for event in events_of(text):
        assert 0 <= event.trigger.begin < event.trigger.end <= len(text)
        assert event.evidence.holds(event.trigger)
        assert event.type in EVENT_TYPES
        assert event.modality in MODALITIES
        assert 0 < event.confidence <= 0.9
        assert event.trigger not in event.also
        assert event.label
        for role in (*event.agents, *event.patients, *event.places):
            assert text[role.mention.span.begin : role.mention.span.end] == role.mention.text


def test_who_announces_or_sees_harm_has_not_done_it() -> None:
    assert only("The leaders of Varenia announced an end of hostilities.", "hostilities").agents == ()
    assert only("Varenia witnessed an attack on a mosque.", "attack").agents == ()
    assert names(only("Varenia launched an attack on a mosque.", "attack").agents) == ["Varenia"]


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("The army didn’t attack the harbour of Kessel.", "attack", "denied"),
        ("Ostmark did not carry out an attack on the harbour.", "attack", "denied"),
        ("There is no credible evidence that Ostmark bombed the clinic.", "bombed", "denied"),
        ("False reports that Ostmark killed ten sailors were spread in May.", "killed", "denied"),
        ("Baseless claims of torture of prisoners by Ostmark were made.", "torture", "denied"),
        ("The general withdrew without attacking the village of Kessel.", "attacking", "denied"),
        ("Ostmark stopped short of invading Varenia.", "invading", "denied"),
        ("Varenia denied the killing of two farmers in Kessel.", "killing", "denied"),
        ("The claim that Varenia attacked the dam is a lie.", "attacked", "denied"),
        ("The talks will not take place in Dunmore.", "talks", "denied"),
        ("Ostmark denied the charges, but its forces shelled the town of Dunmore.", "shelled", "asserted"),
        ("Ostmark denied involvement in the attack on Dunmore.", "attack", "asserted"),
        ("Ostmark cannot attack the harbour of Dunmore.", "attack", "hypothetical"),
        ("Any further attack on Dunmore will have consequences.", "attack", "hypothetical"),
        ("Varenia fears that Ostmark will invade Dunmore.", "invade", "hypothetical"),
        ("The drought could cause a famine in Varenia.", "famine", "hypothetical"),
        ("The drought could cause a famine in Varenia.", "drought", "asserted"),
        ("The ministry of Varenia said it would send aid to Ostmark.", "aid", "planned"),
        ("The union appealed to Mara Orrin not to carry out the executions in Kessel.", "executions", "hypothetical"),
        ("Varenia prepares for the second round of elections.", "elections", "planned"),
        ("Ahead of the Sept. 4 election in Varenia, Mara Orrin spoke in Dunmore.", "election", "planned"),
        ("Varenia announced the league meeting to be held in Dunmore.", "meeting", "planned"),
        ("Mara Orrin faces an election in Varenia next year.", "election", "planned"),
    ],
)
def test_what_was_not_done_or_not_yet_is_no_fact(text: str, trigger: str, modality: str) -> None:
    assert only(text, trigger).modality == modality


def test_who_did_not_attend_takes_no_part_and_denies_nothing() -> None:
    event = only("Mara Orrin did not attend the summit in Dunmore.", "summit")
    assert (event.modality, names(event.agents)) == ("asserted", [])


def test_an_agent_behind_another_participle_does_not_act() -> None:
    text = "Ten people in Kessel have been killed, according to letters received by the Lantern League."
    assert names(only(text, "killed").agents) == []


def test_the_object_of_one_verb_is_no_subject_of_the_next() -> None:
    text = "Ostmark has killed more than 300 people in Kessel, and maimed several hundred more."
    assert names(only("Ostmark shelled Dunmore, and wounded ten sailors.", "wounded").agents) == ["Ostmark"]
    assert all("300 people" not in name for e in events_of(text) for name in names(e.agents))


def test_a_relative_clause_between_gives_no_subject() -> None:
    event = only("Mara Orrin, who has a permit, was arrested in Dunmore.", "arrested")
    assert (names(event.agents), names(event.patients)) == ([], ["Mara Orrin"])


def test_a_headline_without_auxiliary_is_passive() -> None:
    event = only("Mara Orrin arrested in Dunmore", "arrested")
    assert (names(event.agents), names(event.patients)) == ([], ["Mara Orrin"])


def test_a_past_of_a_verb_without_object_is_no_passive() -> None:
    event = only("Last week Varenia and Ostmark met in Dunmore and agreed on a truce.", "met")
    assert names(event.agents) == ["Varenia", "Ostmark"]


def test_nobody_is_named_by_a_doubtful_possessive_before_harm() -> None:
    text = "Varenia and Ostmark said that the junta of Kessel was judged for its atrocities."
    assert names(only(text, "atrocities").agents) == []


def test_the_possessive_of_an_arrest_is_who_was_arrested() -> None:
    text = "Mara Orrin spoke in Dunmore on Monday. Her arrest on Tuesday was condemned by the Lantern League."
    event = only(text, "arrest")
    assert (names(event.agents), names(event.patients)) == ([], ["Mara Orrin"])


def test_nouns_joined_by_and_share_their_complement() -> None:
    event = only("The Lantern League reported the removal and arrest of Mara Orrin in Dunmore.", "removal")
    assert names(event.patients) == ["Mara Orrin"]


def test_a_clause_behind_a_noun_names_who_carried_it_out() -> None:
    event = only("The bombing of Dunmore, which was carried out by Ostmark, went on for a day.", "bombing")
    assert names(event.agents) == ["Ostmark"]


def test_who_dies_or_receives_threats_is_the_patient() -> None:
    died = only("Mara Orrin died in custody in Dunmore after torture.", "died")
    threatened = only("The Lantern League received death threats on Monday.", "threats")
    assert (names(died.agents), names(died.patients)) == ([], ["Mara Orrin"])
    assert (names(threatened.agents), names(threatened.patients)) == ([], ["Lantern League"])


def test_who_opposes_a_deed_does_not_do_it() -> None:
    text = "Ostmark opposes a ceasefire in Dunmore."
    assert all("Ostmark" not in names(e.agents) for e in events_of(text) if e.type == "retreat")


def test_harm_in_the_title_of_a_plan_has_no_agent() -> None:
    text = "Varenia welcomed the endorsement of the National Plan to Curb Floods along Rivers by Ostmark."
    assert all("Ostmark" not in names(e.agents) for e in events_of(text) if e.type == "assault")


def test_a_deed_as_subject_is_judged() -> None:
    text = "Ostmark arrested ten sailors in Kessel. These arrests violate the charter and threaten the peace."
    assert {e.type for e in events_of(text)} == {"coerce"}


def test_participants_are_those_of_the_first_mention_that_names_any() -> None:
    text = "Ostmark attacked the harbour of Dunmore in May. The attack on the harbour and on a school was long."
    assert names(only(text, "attacked").patients) == ["harbour of Dunmore"]


def test_the_same_word_in_another_sense_is_another_event() -> None:
    text = (
        "Restrictions on political parties in Kessel were extended in May. Ostmark was not asked. "
        "Varenia announced visa restrictions on Monday."
    )
    assert {e.type for e in events_of(text) if "estrictions" in text[e.trigger.begin : e.trigger.end]} == {
        "coerce",
        "sanction",
    }


def test_a_state_acted_upon_is_nearer_than_a_place_of_another_deed() -> None:
    text = "The league spoke of the invasion of Varenia by Ostmark, the arrests in Kessel and a fire in Kessel."
    assert names(only(text, "invasion").places) == ["Varenia"]


@pytest.mark.parametrize(
    ("text", "trigger", "people"),
    [
        ("Kessel lies in Varenia, a state that has bombed Dunmore.", "bombed", ["Varenia"]),
        ("Representatives of the governments of Varenia and Ostmark met in Dunmore.", "met", ["Varenia", "Ostmark"]),
        ("Varenia condemned Mara Orrin's visit to Kessel.", "visit", ["Mara Orrin"]),
        ("Ostmark must end its assault on Kessel.", "assault", ["Ostmark"]),
    ],
)
def test_names_behind_descriptions_are_found(text: str, trigger: str, people: list[str]) -> None:
    assert names(only(text, trigger).agents) == people


def test_who_is_quoted_says_i() -> None:
    text = "The Lantern League reports. “I arrested the guards of Ostmark,” said Mara Orrin."
    context = sample(text)
    speaker = next(m for m in context.mentions if m.name == "Mara Orrin")
    league = next(m for m in context.mentions if m.name == "Lantern League")
    span = Span(text.index("“") + 1, text.index("”"))
    said = Quotation(span, span, "", Role(speaker, span, None, 0.9), 0.9)
    (event,) = [e for e in find_events(context, [], [], [league], [said]) if e.type == "coerce"]
    assert names(event.agents) == ["Mara Orrin"]


def test_a_bodys_own_arrest_is_at_home_and_so_inferred() -> None:
    text = "Varenia spoke. The government of Varenia arrested three fishermen."
    event = only(text, "arrested")
    assert [(r.mention.name, r.confidence) for r in event.places] == [("Varenia", 0.35)]
    abroad = only("Varenia spoke of Ostmark. The army of Varenia shelled farmers of Ostmark.", "shelled")
    assert "Varenia" not in names(abroad.places)


def test_talks_place_no_violence() -> None:
    event = only("Varenia hopes for talks in Dunmore to end the war between the factions.", "war")
    assert event.places == ()
