"""One row a statement, as CSV or as a spreadsheet (XLSX): what most researchers open first."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from communique.export.cells import as_text
from communique.export.options import Options
from communique.export.statements import Statement, read_statements
from communique.export.xmltext import clean
from communique.store import Store

COLUMNS = ("date", "issuer", "office", "body", "recipients", "kinds", "title", "source", "statement")
_WIDTHS = (11, 26, 30, 32, 48, 22, 48, 36, 20)
_LONGEST = 32_767  # characters that a cell of a spreadsheet can hold
_FIRST_DAY = datetime.datetime(2000, 1, 1)  # a fixed mark, so that equal tables are equal files


def write_csv(store: Store, out: BinaryIO, options: Options) -> None:
    """Write CSV (UTF-8, one header line)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([as_text(cell) for cell in _row(statement)] for statement in _chosen(store, options))
    out.write(text.getvalue().encode())


def files(store: Store, path: Path, options: Options) -> dict[Path, bytes]:
    """Return a spreadsheet where the file's name ends in ``.xlsx``, else CSV."""
    out = io.BytesIO()
    (_write_xlsx if path.suffix.lower() == ".xlsx" else write_csv)(store, out, options)
    return {path: out.getvalue()}


def _chosen(store: Store, options: Options) -> list[Statement]:
    return read_statements(store, only=options.statements(store))


def _row(statement: Statement) -> tuple[str, ...]:
    return (
        statement.date,
        *("; ".join(names) for names in (statement.issuers, statement.offices, statement.bodies, statement.recipients)),
        "; ".join(statement.kinds),
        statement.title,
        "; ".join(statement.sources),
        statement.iri,
    )


def _write_xlsx(store: Store, out: BinaryIO, options: Options) -> None:
    book = Workbook()
    book.properties.created = book.properties.modified = _FIRST_DAY
    sheet = book.worksheets[0]
    sheet.title = "Statements"
    for row, cells in enumerate([COLUMNS, *map(_row, _chosen(store, options))], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, clean(value)[:_LONGEST])
            cell.data_type = "s"  # text, also where it begins like a formula
            cell.quotePrefix = True
            cell.font = Font(bold=row == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=row > 1)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _save(book, out)


def _save(book: Workbook, out: BinaryIO) -> None:
    """Write a workbook without the clock: not in its properties, not in its archive."""
    packed = io.BytesIO()
    ExcelWriter(book, ZipFile(packed, "w", ZIP_DEFLATED)).save()
    with ZipFile(packed) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _FIRST_DAY.timetuple()[:6]), source.read(name), ZIP_DEFLATED)
