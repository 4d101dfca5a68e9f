"""Tables as text: columns for people, CSV for programs or for a spreadsheet, JSON for programs.

`ecosystem.report.workbook` and `ecosystem.report.parquet` make the files that are not text.
"""

from __future__ import annotations

import itertools
import json
import math
import numbers
import shutil
import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ecosystem.labels import Language, decimal, printed
from ecosystem.tables.frames import csv_text

LONGEST_WORD = 20
"""A word of a screen table is not broken below this length, in characters."""


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet would take for a formula."""


def as_csv(frame: pd.DataFrame) -> str:
    """CSV with a header; lists separated by `;`, nothing for what is undefined."""
    columns = [[_cell(value) for value in column] for _, column in frame.items()]
    return csv_text([str(name) for name in frame.columns], zip(*columns, strict=True))


def as_excel_csv(frame: pd.DataFrame) -> str:
    """CSV as a French Excel opens it: `;` between cells, decimal commas, no text that is a formula.

    Lists are separated by commas; true and false are VRAI and FAUX.
    """
    columns = [[_excel_cell(value) for value in column] for _, column in frame.items()]
    header = [_harmless(str(name)) for name in frame.columns]
    return "\ufeff" + csv_text(header, zip(*columns, strict=True), separator=";", end="\r\n")


def as_json(frame: pd.DataFrame) -> str:
    """A list of objects, one a row; null for what is undefined."""
    names = [str(name) for name in frame.columns]
    columns = [[_json(value) for value in column] for _, column in frame.items()]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_text(frame: pd.DataFrame, titles: Mapping[str, str], language: Language = "en") -> str:
    """Columns for a screen: wide cells are wrapped between words to fit it.

    Own code: tabulate and rich break inside words and at no-break spaces; told the least width of
    a column, rich shrinks others below theirs, and the table leaves the screen.
    """
    headers = [titles.get(str(name), str(name)) for name in frame.columns]
    rows = [
        [_shown(value, language) for value in row]
        for row in frame.itertuples(index=False, name=None)
    ]
    right = [frame[name].dtype.kind in "iuf" for name in frame.columns]
    widths = _widths(headers, rows, shutil.get_terminal_size((110, 24)).columns)
    rule = "  ".join("─" * width for width in widths)
    lines = [*_lines(headers, widths, right), rule]
    for row in rows:
        lines += _lines(row, widths, right)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _widths(headers: list[str], rows: list[list[str]], screen: int) -> list[int]:
    """As wide as the widest cell; then the widest shrink to fit, not below their longest word."""
    columns = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in headers]
    words = [
        max(map(len, [word for cell in [h, *cells] for word in cell.split(" ")]), default=1)
        for h, cells in zip(headers, columns, strict=True)
    ]
    least = [min(length, LONGEST_WORD) for length in words]
    widths = [max([low, *map(len, cells)]) for low, cells in zip(least, columns, strict=True)]
    while sum(widths) + 2 * len(widths) - 2 > screen:
        room = [width - low for width, low in zip(widths, least, strict=True)]
        if max(room) <= 0:
            break
        widths[max(range(len(widths)), key=lambda i: (room[i] > 0, widths[i]))] -= 1
    return widths


def _lines(cells: list[str], widths: list[int], right: list[bool]) -> list[str]:
    """One row as lines, each cell wrapped to the width of its column."""
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    return [
        "  ".join(
            text.rjust(width) if aligned else text.ljust(width)
            for text, width, aligned in zip(line, widths, right, strict=True)
        )
        for line in itertools.zip_longest(*wrapped, fillvalue="")
    ]


def undefined(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value is pd.NA or bool(value != value)


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, tuple | list):
        return printed(", ".join(map(str, value)))
    if undefined(value):
        return "–"
    if isinstance(value, float):
        spec = ".0f" if value == round(value) else ".3g" if abs(value) < 100 else ".1f"
        return decimal(value, spec).to(language)
    return printed(str(value))


def _cell(value: Any) -> object:
    """A cell of a CSV file: nothing for what is undefined."""
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return "" if undefined(value) else value


def _excel_cell(value: Any) -> str:
    if isinstance(value, tuple | list):
        return _harmless(", ".join(map(str, value)))
    if undefined(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "VRAI" if value else "FAUX"
    if isinstance(value, numbers.Real):
        return str(value).replace(".", ",")
    return _harmless(str(value))


def _harmless(text: str) -> str:
    """A text with an apostrophe before what would make it a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _json(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if undefined(value) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
