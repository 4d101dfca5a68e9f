"""A table as an Excel workbook: one sheet, made to be read, sorted and filtered.

The same table makes the same bytes. Text stays text: no cell becomes a formula or a link.
"""

from __future__ import annotations

import datetime
import io
import json
import math
import numbers
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label
from ecosystem.report.forms import undefined

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet holds, its header included."""
LONGEST_CELL = 32_767
LONGEST_NAME = 31
EXACT = 10**15
"""Whole numbers from here on would lose digits in a spreadsheet: they are written as text."""
NARROWEST, WIDEST = 8, 60
"""Widths of columns, in characters."""
ARROW = 3
"""The room that the arrow of the filter takes in a header, in characters."""


class Book(NamedTuple):
    """A workbook as it is written to a file, and what had to be cut to make it."""

    data: bytes
    cut: list[Label]


def as_workbook(frame: pd.DataFrame, titles: Mapping[str, str], sheet: str) -> Book:
    """A workbook with one sheet; see `book_of`."""
    return book_of({sheet: frame}, titles)


def book_of(sheets: Mapping[str, pd.DataFrame], titles: Mapping[str, str]) -> Book:
    """A workbook: on each sheet frozen titles in bold, a filter, widths that fit.

    Numbers are numbers, what is undefined is an empty cell, lists are separated by `; `.

    Parameters
    ----------
    titles
        By column, the words of its header; a column that has none keeps its name.
    sheets
        Tables by the name of their sheet, of which what such a name may not hold is left out.

    Raises
    ------
    EcosystemError
        If a sheet cannot hold so many rows or columns.
    """
    import xlsxwriter

    for frame in sheets.values():
        if len(frame) < ROWS and len(frame.columns) <= COLUMNS:
            continue
        raise EcosystemError(
            Label(f"{len(frame)} lignes et {len(frame.columns)} colonnes : une feuille en contient {ROWS - 1} et {COLUMNS}",
                  f"{len(frame)} rows and {len(frame.columns)} columns: a sheet holds {ROWS - 1} and {COLUMNS}"),
            Label("choisissez une autre forme : csv ou parquet", "choose another form: csv or parquet"),
        )  # fmt: skip
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        # else the time of writing: two files of one table would differ
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        cut: list[Label] = []
        too_long = 0
        for words, frame in sheets.items():
            name, shortened = _sheet_name(words)
            cut += shortened
            too_long += _fill(book.add_worksheet(name), frame, titles, head, body)
    if too_long:
        cut.append(
            Label("cellules coupées à {most} caractères : {n} ; entières en csv ou json",
                  "cells cut at {most} characters: {n}; whole in csv or json")
            .format(n=too_long, most=LONGEST_CELL)
        )  # fmt: skip
    return Book(written.getvalue(), cut)


def _fill(
    page: Worksheet, frame: pd.DataFrame, titles: Mapping[str, str], head: Format, body: Format
) -> int:
    """Write the header and the cells; how many were too long."""
    too_long = 0
    for at, (column, values) in enumerate(frame.items()):
        title = titles.get(str(column), str(column))
        page.write_string(0, at, _shortened(title), head)
        widest = max((len(word) for word in title.split()), default=0) + ARROW
        for row, value in enumerate(values, start=1):
            told = _told(value)
            if isinstance(told, str):
                kept = _shortened(told)
                too_long += kept != told
                page.write_string(row, at, kept, body)
                widest = max([widest, *map(len, kept[: 20 * WIDEST].splitlines())])
            elif isinstance(told, bool):
                page.write_boolean(row, at, told, body)
            elif told is not None:
                page.write_number(row, at, told, body)
                widest = max(widest, len(f"{told:.10g}"))
        page.set_column(at, at, min(max(widest + 1, NARROWEST), WIDEST))
    page.freeze_panes(1, 0)
    if len(frame.columns):
        page.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    return too_long


def _told(value: Any) -> str | bool | int | float | None:
    """What a cell holds: a text, a number, yes or no, or nothing."""
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value)) or None
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    if undefined(value):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value) if abs(int(value)) < EXACT else str(value)
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else None
    return str(value) or None


def _shortened(text: str) -> str:
    """A text that a cell holds; Excel counts what UTF-16 counts."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _sheet_name(words: str) -> tuple[str, list[Label]]:
    """A name that a sheet may bear, and what is to be said if it had to be cut."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", words).strip("' ") or "1"
    if name.casefold() == "history":  # Excel keeps it for itself
        name = f"{name} 1"
    if len(name) <= LONGEST_NAME:
        return name, []
    kept = name[: LONGEST_NAME - 1].rstrip("' ") + "…"
    return kept, [Label(f"nom de la feuille coupé : {kept}", f"name of the sheet cut: {kept}")]
