"""Tables as an Excel workbook: a sheet a table, a header that stays, filters, numbers as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ecosystem.errors import EcosystemError
from ecosystem.labels import UNPRINTED, Label

if TYPE_CHECKING:
    import pandas as pd

ROWS = 1_048_576
"""Rows that a sheet holds."""

CELL = 32_767
"""Signs that a cell holds."""

_WIDEST = 60


def as_workbook(
    tables: Mapping[str, pd.DataFrame], titles: Mapping[str, str] | None = None
) -> bytes:
    """Tables as the sheets of a workbook, by their names; the same tables give the same bytes.

    Parameters
    ----------
    titles
        What columns are called in the header, where it is not their name.

    Raises
    ------
    EcosystemError
        If a table has more rows than a sheet holds.
    """
    import xlsxwriter

    made = io.BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(made, safe)
    book.set_properties({"created": datetime(2026, 1, 1)})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"}
    )
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for name, frame in tables.items():
        if len(frame) >= ROWS:
            raise EcosystemError(
                Label(f"{len(frame)} lignes : une feuille Excel en tient {ROWS - 1}",
                      f"{len(frame)} rows: a sheet of Excel holds {ROWS - 1}"),
                Label("écrivez en .csv ou en .parquet", "write .csv or .parquet"),
            )  # fmt: skip
        sheet = book.add_worksheet(sheet_name(name))
        _fill(sheet, frame, titles or {}, head, wrap)
    book.close()
    return made.getvalue()


def sheet_name(name: str) -> str:
    """A name that a sheet may have: 31 signs, none of those that Excel keeps for itself."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1"


def _fill(sheet: Any, frame: pd.DataFrame, titles: Mapping[str, str], head: Any, wrap: Any) -> None:
    for column, name in enumerate(map(str, frame.columns)):
        title = titles.get(name, name)
        sheet.write_string(0, column, title, head)
        cells = [_cell(value) for value in frame.iloc[:, column]]
        width = max([len(title) + 3, *(len(str(cell)) + 1 for cell in cells[:500])])
        sheet.set_column(column, column, min(width, _WIDEST))
        for row, cell in enumerate(cells, 1):
            if isinstance(cell, bool):
                sheet.write_boolean(row, column, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(row, column, cell)
            elif cell:
                sheet.write_string(row, column, cell, wrap if len(cell) > _WIDEST else None)
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _cell(value: Any) -> str | int | float | bool:
    """A value as a cell holds it: nothing for what is undefined, text that no sheet obeys."""
    if isinstance(value, tuple | list):
        value = "; ".join(map(str, value))
    if hasattr(value, "item"):
        value = value.item()
    if value is None or str(value) == "<NA>" or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) != float("inf") else str(value)
    return UNPRINTED.sub("", str(value))[:CELL]
