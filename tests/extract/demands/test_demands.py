from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extract.demands.appeals import appealed, is_own_appeal
from communique.extract.demands.demands import find_demands
from communique.extract.parties.own import Own
from communique.extract.text import Context, Text
from communique.model import Document, Header, Span

Make = Callable[[str], Context]


def actions(context: Context) -> list[str]:
    return [d.action.of(context.text.string) for d in find_demands(context, None)]


def addressees(context: Context) -> list[list[str]]:
    return [[r.mention.text for r in d.addressees] for d in find_demands(context, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We urge all parties to open the road.", ["open the road"]),
        ("We call upon the relevant authorities to open the road.", ["open the road"]),
        ("The Union appeals to the world community to open the road.", ["open the road"]),
        ("We ask the OSCE not to leave the valley.", ["not to leave the valley"]),
        ("The guards should open the road.", ["open the road"]),
        ("We join others in urging the guards to open the road.", ["open the road"]),
        ("We urge the guards to open the road, allow access, and leave.", ["open the road", "allow access", "leave"]),
        (
            "She said that the road must be opened, and that all talks must be held in peace.",
            ["the road must be opened", "all talks must be held in peace"],
        ),
        ("The army gave them the skills that they need to defend the road.", []),
        ("We give Varenia the boats it needs to defend itself.", []),
        ("The guards should know that we will open the road.", []),
        ("All parties must refrain from shelling the road.", ["refrain from shelling the road"]),
        ("The authorities need to open the road.", ["open the road"]),
        ("The OSCE has a responsibility to protect the road.", ["protect the road"]),
        ("The observers were asked to leave the valley.", ["leave the valley"]),
        ("We request that the authorities open the road.", ["open the road"]),
        ("It is essential that the authorities open the road.", ["open the road"]),
        ("The mayor told the guards to open the road.", ["open the road"]),
        ("In these circumstances, the OSCE must open the road.", ["open the road"]),
        ("We call on towns that have a pier to open the road.", ["open the road"]),
        ("We urge all parties to open the road and emphasised that it is wide.", ["open the road"]),
        ("We urge all parties to open the road and said the town was slow.", ["open the road"]),
        ("The guards must open the road, Tamm said.", ["open the road"]),
        ("The guards must open the road, Tamm said on Monday, and left.", ["open the road"]),
        ('Tamm came. "The guards must open the road," she said.', ["open the road"]),
        ("We call on Hungary, despite the fact that it is late, to open the road.", ["open the road"]),
    ],
)
def test_a_cue_opens_the_action(context: Make, text: str, expected: list[str]) -> None:
    assert actions(context(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We urge all parties to open the road and to free the drivers.", ["open the road", "free the drivers"]),
        (
            "We urge all parties to open the road, free the drivers, and respect the truce.",
            ["open the road", "free the drivers", "respect the truce"],
        ),
        ("We urge all parties to respect and protect the hospitals.", ["respect and protect the hospitals"]),
        ("We urge all parties to end the fighting and violence.", ["end the fighting and violence"]),
        (
            "The OSCE must stand by the drivers, demand the release of the boats, and open the road.",
            ["stand by the drivers", "demand the release of the boats", "open the road"],
        ),
        ("They urged the guards to stop acts that hurt people, divide towns, or break the law.", None),
    ],
    ids=["and to", "series", "shared object", "nouns", "asks for a thing", "relative clause"],
)
def test_each_separate_action_is_one(context: Make, text: str, expected: list[str] | None) -> None:
    found = actions(context(text))
    assert found == expected if expected is not None else len(found) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We call for an inquiry into the fire and the release of the drivers.",
            ["an inquiry into the fire", "the release of the drivers"],
        ),
        ("We demand the release of the drivers.", ["the release of the drivers"]),
        (
            "We call for calm in the valley, as well as the release of the drivers.",
            ["calm in the valley", "the release of the drivers"],
        ),
        ("We urge restraint.", ["restraint"]),
        (
            "The Union calls for further trade and dialogue with all neighbours.",
            ["further trade and dialogue with all neighbours"],
        ),
        (
            "We call for the release of the drivers, free passage through the valley, freedom of speech including for "
            "teachers, and an end to the raids.",
            [
                "the release of the drivers",
                "free passage through the valley",
                "freedom of speech including for teachers",
                "an end to the raids",
            ],
        ),
    ],
)
def test_a_thing_is_asked_for(context: Make, text: str, expected: list[str]) -> None:
    assert actions(context(text)) == expected


def test_a_clause_without_an_actor_is_whole(context: Make) -> None:
    assert actions(context("The drivers’ permits should be returned.")) == ["The drivers’ permits should be returned"]
    assert actions(context("The raids must end.")) == ["The raids must end"]


def test_a_demand_inside_a_demand_is_one(context: Make) -> None:
    made = context("We call on the OSCE to urge the guards to open the road and free the drivers.")
    assert actions(made) == ["urge the guards to open the road and free the drivers"]


def test_two_appeals_in_a_sentence_have_each_their_addressee(context: Make) -> None:
    made = context("We call on the OSCE to return to the valley, and urge all parties to open the road.")
    assert actions(made) == ["return to the valley", "open the road"]
    assert addressees(made) == [["OSCE"], ["all parties"]]


def test_a_list_after_a_colon_gives_its_items(context: Make) -> None:
    made = context(
        "We call on the OSCE to:\n- open an office in the valley;\n- send observers; and\n"
        "- publish a report.\n\nThe end."
    )
    assert actions(made) == ["open an office in the valley", "send observers", "publish a report"]
    assert addressees(made) == [["OSCE"]] * 3


def test_an_item_may_bring_its_own_addressee(context: Make) -> None:
    made = context("The Union calls upon:\n- The OSCE to open an office;\n- All parties to keep the truce.\n\nThe end.")
    assert actions(made) == ["open an office", "keep the truce"]
    assert addressees(made) == [["OSCE"], ["All parties"]]


@pytest.mark.parametrize(
    "opening",
    ["We urge the OSCE to take the following measures:", "We call on the OSCE to"],
)
def test_a_list_says_what_the_measures_are(context: Make, opening: str) -> None:
    made = context(opening + "\n* Open an office in the valley\n* Send observers\n\nThe end.")
    assert actions(made) == ["Open an office in the valley", "Send observers"]
    assert addressees(made) == [["OSCE"]] * 2


def test_the_action_may_stand_in_quotation_marks(context: Make) -> None:
    assert actions(context('We urge Hungary to "open the road".')) == ["open the road"]


def test_what_must_stop_is_named_whole(context: Make) -> None:
    assert actions(context("The attacks of armed groups must stop now.")) == [
        "The attacks of armed groups must stop now"
    ]


def test_the_words_of_the_speaker_end_the_action(context: Make) -> None:
    made = context("“The guards must open the road,” said Orsolya Tamm. “They must free the drivers today,” she said.")
    assert actions(made) == ["open the road", "free the drivers today"]
    assert addressees(made)[0] == addressees(made)[1]


@pytest.mark.parametrize(
    "text",
    [
        "We must admit that the road was bad.",
        "It should be noted that the road is closed.",
        "The guards should have opened the road.",
        "The town felt an urgent need to rest.",
        "There is a growing demand in the valley.",
        "He asked whether the road was open.",
        "She did not ask the guards to leave.",
        "The rules are designed to encourage drivers to slow down.",
        "Please see our page for more.",
        "The road is a thing that the guards should respect.",
        "They were asked to be able to sail.",
        "Many things must be giving Hungary hope.",
        "The mayor told the guards that the flood was near, adding that Hungary made an effort to turn the boats.",
        "The toll made it more challenging for drivers to cross the road.",
    ],
)
def test_what_asks_nobody_is_no_demand(context: Make, text: str) -> None:
    assert actions(context(text)) == []


def test_coordinated_addressees_are_each_one(context: Make) -> None:
    made = context("The Union calls on relief organizations and the world community to clear the mines.")
    assert addressees(made) == [["relief organizations", "world community"]]


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Ring should be released at once.",
        "We call on Pavel Ring to be released.",
        "We call for Pavel Ring to be released.",
        "We urge that Pavel Ring be released.",
    ],
)
def test_who_is_to_be_released_is_not_the_one_asked(context: Make, text: str) -> None:
    made = context(text)
    assert addressees(made) == [[]]
    assert appealed(find_demands(made, None), made) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We call on Hungary, despite the fact that it is late, to open the road.", ["Hungary"]),
        ("If the dam breaks, then drivers must open the road.", ["drivers"]),
        ("We appeal to all parties, insecurity, to open the road.", ["all parties"]),
        ("We urge the leaders in Brest to open the road.", ["leaders in Brest"]),
    ],
    ids=["despite", "then", "abstract noun", "a town"],
)
def test_only_somebody_is_addressed(context: Make, text: str, expected: list[str]) -> None:
    assert addressees(context(text)) == [expected]


def test_a_town_is_no_recipient(context: Make) -> None:
    made = context("We urge the government in Sollin to open the road.")
    assert addressees(made) == [["government in Sollin"]]
    assert appealed(find_demands(made, None), made) == []


def test_a_polite_request_asks_whom_the_letter_greets(context: Make) -> None:
    made = context("Dear Mr Pavel Ring,\n\nThe road is shut. I should be grateful if you would open the road.\n")
    assert actions(made) == ["open the road"]
    assert any(name.endswith("Pavel Ring") for names in addressees(made) for name in names)


def test_you_in_a_letter_is_the_one_greeted(context: Make) -> None:
    made = context("Dear Mr Pavel Ring,\n\nThe road has been shut for a month. We ask you to open the road.\n")
    assert any(name.endswith("Pavel Ring") for names in addressees(made) for name in names)


def test_a_headline_that_the_text_repeats_is_no_demand_of_its_own(context: Make) -> None:
    made = context(
        "Union calls on guards to open the valley road\n\n2 May 2023\n\n"
        "The Union of River Towns today called on the guards to open the valley road at once.\n"
    )
    assert actions(made) == ["open the valley road at once"]


def test_whom_the_statement_calls_on_by_name_is_addressed(context: Make) -> None:
    made = context("We call on the OSCE and all parties to act. The UN must act as well.")
    assert [r.mention.text for r in appealed(find_demands(made, None), made)] == ["OSCE"]


def test_an_appeal_that_others_made_addresses_nobody(context: Make) -> None:
    made = context("The road is shut. Trade has stopped. Nothing moves. They called on the OSCE to act.")
    (demand,) = find_demands(made, None)
    assert not is_own_appeal(made, demand, Own(made))
    assert appealed([demand], made) == []


def test_whom_the_statement_warns_is_addressed_without_a_demand(context: Make) -> None:
    made = context("We warn Hungary against further delays.")
    assert find_demands(made, None) == []
    assert [r.mention.text for r in appealed([], made)] == ["Hungary"]


@given(
    st.lists(
        st.sampled_from(
            [
                "We",
                "urge",
                "call",
                "on",
                "for",
                "must",
                "should",
                "the",
                "OSCE",
                "all",
                "parties",
                "to",
                "and",
                ",",
                ".",
                ":",
                "end",
                "release",
                "not",
                "that",
                "it",
                "(",
                ")",
            ]
        ),
        max_size=40,
    )
)
def test_any_words_yield_actions_inside_their_evidence(parts: list[str]) -> None:
    text = " ".join(parts)
    made = Context(Document("x", "x", "x", text), Header(Span(0, len(text))), Text(text), [])
    for demand in find_demands(made, None):
        assert demand.evidence.holds(demand.action)
        assert demand.action.of(text).strip() == demand.action.of(text) != ""
