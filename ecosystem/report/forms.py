"""Tables as text: columns for people, CSV and JSON for programs."""

from __future__ import annotations

import io
import itertools
import json
import math
import re
import shutil
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label, Language, decimal, printed
from ecosystem.tables.frames import csv_text

if TYPE_CHECKING:
    import pandas as pd


LONGEST_WORD = 20
"""A word of a screen table is not broken below this length, in characters."""


def as_csv(frame: pd.DataFrame) -> str:
    """CSV with a header; lists separated by `;`, nothing for what is undefined."""
    columns = [[_cell(value) for value in frame[name]] for name in frame.columns]
    return csv_text([str(name) for name in frame.columns], zip(*columns, strict=True))


_OBEYED = re.compile(r"[=+\-@\t\r]")
"""How a text begins that a spreadsheet takes for a formula."""


def as_french_csv(frame: pd.DataFrame) -> str:
    """CSV as a French Excel opens it: a mark of UTF-8, semicolons, decimal commas, no formulas.

    Lists are separated by `, `; a text that a spreadsheet would obey begins with an apostrophe.
    """
    columns = [[_french(value) for value in frame[name]] for name in frame.columns]
    names = [_french(str(name)) for name in frame.columns]
    text = csv_text(names, zip(*columns, strict=True), separator=";")
    return "\ufeff" + text


def _french(value: Any) -> object:
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    if hasattr(value, "item"):
        value = value.item()
    if str(value) == "<NA>" or value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else repr(value).replace(".", ",")
        )
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if _OBEYED.match(text) else text


def as_parquet(frame: pd.DataFrame) -> bytes:
    """A Parquet file, lists as lists, by pyarrow.

    Raises
    ------
    EcosystemError
        If pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise EcosystemError(
            Label("pyarrow, qui écrit le Parquet, n'est pas installé", "pyarrow, which writes Parquet, is not installed"),
            Label("pip install 'ecosystem[parquet]'", "pip install 'ecosystem[parquet]'"),
        ) from error  # fmt: skip
    made = io.BytesIO()
    whole = frame.copy()
    for name in frame.columns:
        if frame[name].dtype == object:
            whole[name] = frame[name].map(
                lambda value: list(value) if isinstance(value, tuple) else value
            )
    whole.to_parquet(made, index=False)
    return made.getvalue()


def as_json(frame: pd.DataFrame) -> str:
    """A list of objects, one a row; null for what is undefined."""
    rows = [{str(k): _json(v) for k, v in row.items()} for row in frame.to_dict("records")]
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


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, tuple | list):
        return printed(", ".join(map(str, value)))
    if str(value) == "<NA>" or value is None or value != value:
        return "–"
    if isinstance(value, float):
        spec = ".0f" if value == round(value) else ".3g" if abs(value) < 100 else ".1f"
        return decimal(value, spec).to(language)
    return printed(str(value))


def _cell(value: Any) -> object:
    """A cell of a CSV file: nothing for what is undefined."""
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return "" if str(value) == "<NA>" or value is None or value != value else value


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if (
        value is None
        or str(value) == "<NA>"
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        return None
    return value
