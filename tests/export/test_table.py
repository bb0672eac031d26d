from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl

from communique.export import export
from communique.export.table import COLUMNS
from communique.store import Store

Written = Callable[..., bytes]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_one_row_a_statement_by_date(written: Written) -> None:
    found = rows(written("table"))
    assert [row["date"] for row in found] == ["2021-05-04", "2021-05-06", "2021-05-10"]
    assert found[0] == {
        "date": "2021-05-04",
        "issuer": "Lidia Maren",
        "office": "Commissioner for Human Rights",
        "body": "Commissioner for Human Rights of Varenia",
        "recipients": "OSCE; United Nations Security Council",
        "kinds": "appeal; protest",
        "title": "Ombudswoman of Varenia appeals over shelling in Tarn Valley",
        "source": "https://example.org/varenia/appeal",
        "statement": found[0]["statement"],
    }
    assert found[0]["statement"].startswith("https://w3id.org/communique/id/statement/")


def test_a_title_like_a_formula_is_text_in_csv(written: Written) -> None:
    assert rows(written("table"))[2]["title"] == "'=Maren writes again"


def test_the_spreadsheet_holds_the_same_rows(store: Store, written: Written, tmp_path: Path) -> None:
    (file,) = export(store, "table", tmp_path / "statements.xlsx")
    sheet = openpyxl.load_workbook(file)["Statements"]
    found = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert found[0] == list(COLUMNS)
    plain = [[value.removeprefix("'") for value in row.values()] for row in rows(written("table"))]
    assert found[1:] == plain


def test_a_title_like_a_formula_is_text_in_the_spreadsheet(store: Store, tmp_path: Path) -> None:
    (file,) = export(store, "table", tmp_path / "statements.xlsx")
    cell = openpyxl.load_workbook(file)["Statements"]["G4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=Maren writes again", "s", True)


def test_the_spreadsheet_is_the_same_each_time(store: Store, tmp_path: Path) -> None:
    first, second = (export(store, "table", tmp_path / name)[0].read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second
