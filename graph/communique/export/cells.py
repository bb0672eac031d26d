"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: object) -> str:
    """Return a cell of a CSV file; text that a spreadsheet would run as a formula gets an apostrophe before it.

    Titles and names come from documents that anybody can write. Numbers are written as they are.
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return str(cell)
