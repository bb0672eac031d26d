"""Measuring how places are linked, on a document of our own and a list with two deliberate mistakes."""

import json
from pathlib import Path

import pytest

from command import Commands
from communique.errors import DataError, UsageError
from communique.evaluate import evaluate_places, load_place_labels, places_json, places_text

HERE = Path(__file__).parent / "places"


def test_right_entries_and_countries_are_counted() -> None:
    found = evaluate_places(load_place_labels(HERE / "places.csv"), HERE)
    assert (found.labelled, found.with_entry, found.found) == (5, 4, 4)
    assert (found.linked, found.right, found.country_right) == (4, 3, 3)
    assert [(m.place, m.what, m.expected, m.found) for m in found.mistakes] == [
        ("Iraq", "country", "IR", "IQ"),
        ("Dohuk", "geonames", "96994", "97270"),
    ]
    assert (found.precision, found.recall, found.country_share) == (0.75, 0.75, 0.75)
    assert "dispatch: Iraq: country is IR, found IQ" in places_text(found, errors=True)
    assert json.loads(places_json(found, errors=True))["errors"][0]["place"] == "Iraq"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("dispatch,Iraq,Irak,99237", "country is 'Irak'"),
        ("dispatch,Iraq,IQ,", "geonames is ''"),
        ("dispatch,,IQ,99237", "no document or no name"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(f"document,name,country,geonames\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"line 2.*{fault}"):
        load_place_labels(path)


def test_a_list_without_a_column_and_a_document_that_is_not_there_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("document,name\n", encoding="utf-8")
    with pytest.raises(DataError, match="no column country"):
        load_place_labels(path)
    with pytest.raises(UsageError, match="no document dispatch"):
        evaluate_places(load_place_labels(HERE / "places.csv"), tmp_path)


def test_the_command_fails_below_the_minimum(tmp_path: Path) -> None:
    commands = Commands()
    done = commands.run(
        "evaluate-places", str(HERE / "places.csv"), str(HERE), "--min", "0.9", "--errors", folder=tmp_path
    )
    commands.close()
    assert done.status == 1
    assert "country right  3 of 4 found  0.750" in done.text
