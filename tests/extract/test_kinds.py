from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.extract.demands.demands import find_demands
from communique.extract.kinds import find_kinds
from communique.extract.text import Context
from communique.model import Attribution, Role
from communique.resources import lexicon
from communique.vocab import KINDS

Make = Callable[[str], Context]


def kinds(context: Context) -> list[str]:
    return [k.name for k in find_kinds(context, find_demands(context, None))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We strongly condemn the shelling of the market.", "condemnation"),
        ("We are deeply concerned about the closed road.", "concern"),
        ("We call on all parties to open the road.", "appeal"),
        ("We offer our condolences to the families of the drowned.", "condolence"),
        ("The Union congratulates the new Secretary-General on his election.", "congratulation"),
        ("We warmly welcome the truce, an important step.", "welcome"),
        ("The Union refutes the reports as baseless.", "denial"),
        ("We warn the guards that there will be grave consequences.", "warning"),
        ("The Union will provide a further $2 million to the valley.", "announcement"),
        (
            "Readout of the talks with the OSCE\n\nMay 2, 2023\n\n"
            "The Secretary met with the head of the OSCE. They discussed trade.",
            "report",
        ),
        ("Today we commemorate the tenth anniversary of the flood.", "commemoration"),
        ("The Union wrote to all as a protest against the closure.", "protest"),
    ],
    ids=lambda value: value if value in KINDS else "",
)
def test_each_kind_has_its_words(context: Make, text: str, expected: str) -> None:
    assert expected in kinds(context(text))


def test_what_nothing_tells_is_a_view_where_somebody_speaks_and_a_report_elsewhere(context: Make) -> None:
    assert kinds(context("Our river is long and the valley is wide.")) == ["position"]
    assert kinds(context("The river is long and the valley is wide.")) == ["report"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are appalled by the raid on the mill.", "condemnation"),
        ("The Union repudiates the raid on the mill.", "condemnation"),
        ("Mill Owners Fail the Valley Again\n\nMay 2, 2023\n\nThe gates stay shut, the Union said.", "condemnation"),
        ("The Union strongly rejects any allegations of bribery.", "denial"),
        ("The Union denies that a dam was opened.", "denial"),
        ("The envoys spoke by phone and discussed the ferry.", "report"),
        ("The ferry ministers held a strategic dialogue on Monday, and the talks covered the locks.", "report"),
        ("We mark one year since the flood.", "commemoration"),
        ("Mill Workers March against Closure\n\nMay 2, 2023\n\nThey demonstrated on Monday to protest.", "protest"),
        ("The Union donated USD 2 million to the valley.", "announcement"),
        ("Mr President, we believe in open rivers.", "position"),
    ],
)
def test_other_words_do_the_same(context: Make, text: str, expected: str) -> None:
    assert expected in kinds(context(text))


@pytest.mark.parametrize("text", ["The guards denied the drivers access.", "The camp denied entry to all nurses."])
def test_denying_somebody_something_denies_no_claim(context: Make, text: str) -> None:
    assert "denial" not in kinds(context(text))


def test_an_act_of_speech_of_somebody_else_counts_less(context: Make) -> None:
    made = context(
        "The Union of River Towns met in Hungary. It spoke of the ferry. "
        "Trade is slow. The Lock Keepers Guild condemned the toll."
    )
    (issuer,) = [m for m in made.mentions if m.name == "Union of River Towns"]
    own = Role(issuer, made.body[0].span)
    assert "condemnation" in [k.name for k in find_kinds(made, [])]
    assert "condemnation" not in [k.name for k in find_kinds(made, [], [Attribution(own)])]


def test_a_polite_request_is_an_appeal_and_no_thanks(context: Make) -> None:
    assert kinds(context("I should be grateful if you would send the present letter to the members.")) == ["appeal"]


@pytest.mark.parametrize(
    "text",
    [
        "The police deny that a shot was fired. The ferry ran, and the ferry stopped.",
        "The ferry was late on Monday. The guards denied any involvement.",
    ],
)
def test_a_denial_that_a_text_reports_is_not_its_own(context: Make, text: str) -> None:
    assert "denial" not in kinds(context(text))


def test_a_denial_of_a_body_other_than_the_issuer_is_not_its_own(context: Make) -> None:
    made = context("The Union of River Towns met the OSCE. Trade is slow. The OSCE denied any involvement in it.")
    (issuer,) = [m for m in made.mentions if m.name == "Union of River Towns"]
    assert "denial" not in [k.name for k in find_kinds(made, [], [Attribution(Role(issuer, made.body[0].span))])]


def test_the_numbered_points_of_a_joint_statement_are_its_own_acts(context: Make) -> None:
    points = "\n\n".join(f"{n}. Note the ferry of the valley." for n in range(1, 30))
    text = f"The Presidents of Hungary and Poland,\n\n{points}\n\n30. Deny that the border was closed.\n\n"
    text += "31. Express their gratitude to the OSCE."
    assert kinds(context(text))[:2] == ["denial", "welcome"]


def test_a_long_text_weighs_each_of_its_words_less(context: Make) -> None:
    filler = "The ferry ran. " * 4
    short = context(filler + "The toll is outrageous and unacceptable.")
    long = context(filler * 12 + "The toll is outrageous and unacceptable.")
    assert "condemnation" in [k.name for k in find_kinds(short, [])]
    assert "condemnation" not in [k.name for k in find_kinds(long, [])]


def test_there_are_at_most_three(context: Make) -> None:
    text = "We condemn the raid, welcome the truce, express our condolences, warn the guards, "
    text += "and call on all parties to act."
    assert len(kinds(context(text))) == 3


def test_what_a_third_party_does_counts_less(context: Make) -> None:
    own = kinds(context("We condemn the raid."))
    other = find_kinds(
        made := context("The raid was condemned. Trade goes on as before in the valley."), find_demands(made, None)
    )
    assert own == ["condemnation"]
    assert [k for k in other if k.name == "condemnation" and k.confidence > 0.5] == []


def test_a_kind_shows_its_words(context: Make) -> None:
    made = context("Rain fell. We condemn the raid.")
    (kind,) = find_kinds(made, [])
    assert kind.cue is not None
    assert kind.cue.of(made.text.string) == "condemn"
    assert kind.evidence.of(made.text.string) == "We condemn the raid."


def test_the_lexicon_names_only_known_kinds() -> None:
    rows = lexicon("kind_cues")
    assert {row["kind"] for row in rows} == set(KINDS)
    assert all(0 < float(row["weight"]) < 1 and row["scope"] in {"any", "title", "act"} for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "We met on the river. The toll was condemned by the guilds.",
        "We met on the river. A letter of the guilds and a resolution condemning the toll came.",
    ],
)
def test_what_others_condemn_is_no_condemnation(context: Make, text: str) -> None:
    assert "condemnation" not in kinds(context(text))


def test_a_text_of_what_will_be_done_announces_it(context: Make) -> None:
    text = "Statement on the ferry\n\nThe envoys will sail on Monday. They will see the locks. Dosta will stay."
    assert kinds(context(text)) == ["announcement"]


def test_a_text_in_which_nobody_speaks_reports(context: Make) -> None:
    assert kinds(context("The ferry ran. The locks were open. Ice fell on the valley.")) == ["report"]


def test_the_same_words_again_say_less(context: Make) -> None:
    once = find_kinds(context("Statement\n\nThe toll is outrageous."), [])
    thrice = find_kinds(context("Statement\n\nThe toll is outrageous, outrageous, outrageous."), [])
    assert once[0].confidence < thrice[0].confidence < 1 - (1 - once[0].confidence) ** 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am returning the bill without my approval. I am vetoing it.", "announcement"),
        ("The two sides exchanged views on ferries and convened the second meeting of the group.", "report"),
        ("Today we observe the International Day of Rivers.", "commemoration"),
        ("The Secretary is traveling to Oslo. A notice ends ninety days before its anniversary date.", "announcement"),
    ],
)
def test_acts_of_office_and_days_observed(context: Make, text: str, expected: str) -> None:
    assert kinds(context(text))[0] == expected
