"""Cells to values: what does not fit its column becomes missing, and a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from ecosystem.labels import UNPRINTED
from ecosystem.schema import KINDS, YEARS, Field, Kind, Table
from ecosystem.tables.cells import address, composed, shortened, unprinted
from ecosystem.tables.frames import typed
from ecosystem.tables.problems import Problem, problem

CELL_LIMIT = 32_767
"""Longest cell accepted, in characters: what a spreadsheet can hold."""

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_FORMS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(rf"{_DATE}(/{_DATE})?", re.ASCII),
    "integer": re.compile(r"[+-]?\d{1,18}", re.ASCII),
    "number": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII),
    "boolean": re.compile(r"true|false", re.IGNORECASE),
}

_NUMBERS = ("identifier", "official_code")
"""Columns of numbers that are text: their zeros count."""


def typed_columns(
    table: Table, columns: dict[str, list[str]], lines: list[int], problems: list[Problem]
) -> pd.DataFrame:
    """Typed columns; a cell that does not fit becomes missing and a problem."""
    values: dict[str, Sequence[Any]] = {}
    for name, cells in columns.items():
        odd = UNPRINTED.search("".join(cells)) or max(map(len, cells), default=0) > CELL_LIMIT
        for row, cell in enumerate(cells if odd else ()):
            if (sign := unprinted(cell)) is not None:
                problems.append(
                    problem("control-character", table.file, lines[row], name, cell, sign=sign)
                )
            if len(cell) > CELL_LIMIT:
                problems.append(
                    problem("cell-too-long", table.file, lines[row], name, cell,
                            length=len(cell), limit=CELL_LIMIT)
                )  # fmt: skip
        fld = table.field(name) if name in table.columns else None
        values[name] = _convert(table, fld, name, cells, lines, problems)
    return typed(table, values, len(lines))


def _convert(
    table: Table,
    fld: Field | None,
    name: str,
    cells: list[str],
    lines: list[int],
    problems: list[Problem],
) -> Sequence[Any]:
    kind = fld.kind if fld else "text"
    if not "".join(cells).isascii():
        cells = [composed(cell) for cell in cells]
    if name in _NUMBERS:
        problems += [
            problem("shortened-number", table.file, lines[row], name, cell)
            for row, cell in enumerate(cells)
            if shortened(cell.strip())
        ]
    if kind == "text":
        return [cell if cell.strip() else None for cell in cells]
    if kind == "list":
        return [tuple(x.strip() for x in cell.split(";") if x.strip()) for cell in cells]
    stripped = [cell.strip() or None for cell in cells]
    if kind == "url":
        return _addresses(table, name, stripped, lines, problems)
    if (form := _FORMS.get(kind)) is None:
        return stripped
    for row, cell in enumerate(stripped):
        if cell is not None and not (form.fullmatch(cell) and (kind != "date" or _exists(cell))):
            problems.append(
                problem("wrong-type", table.file, lines[row], name, cell, kind=KINDS[kind])
            )
            stripped[row] = None
        elif cell is not None and kind == "date" and _reversed(cell):
            problems.append(problem("reversed-period", table.file, lines[row], name, cell))
            stripped[row] = None
    if kind in ("integer", "number"):
        return _numbers(table, fld, stripped, lines, problems)
    if kind == "boolean":
        return [None if cell is None else cell.lower() == "true" for cell in stripped]
    return stripped


def _numbers(
    table: Table, fld: Field | None, cells: list[str | None], lines: list[int],
    problems: list[Problem],
) -> list[int | float | None]:  # fmt: skip
    """Numbers; one that is not possible in its column becomes missing and a problem."""
    assert fld
    read = int if fld.kind == "integer" else float
    values: list[int | float | None] = [None if cell is None else read(cell) for cell in cells]
    least, most = fld.between or (-float("inf"), float("inf"))
    for row, value in enumerate(values):
        if value is not None and not (least <= value <= most and abs(value) != float("inf")):
            problems.append(
                problem("out-of-range", table.file, lines[row], fld.name, cells[row],
                        least=least, most=most)
            )  # fmt: skip
            values[row] = None
    return values


def _addresses(
    table: Table, name: str, cells: list[str | None], lines: list[int], problems: list[Problem]
) -> list[str | None]:
    """Web addresses; no measure needs one, so what is none is left out and said, and stops nothing."""
    found: list[str | None] = []
    for row, cell in enumerate(cells):
        read = None if cell is None else address(cell)
        if cell is not None and read is None:
            problems.append(problem("wrong-address", table.file, lines[row], name, cell))
        elif read != cell:
            problems.append(problem("no-scheme", table.file, lines[row], name, cell, read=read))
        found.append(read)
    return found


def _exists(text: str) -> bool:
    """Whether a date of the right form, or both of two, is in the calendar, and of years of data."""
    for part in text.split("/"):
        try:
            day = date(*map(int, f"{part}-01-01"[:10].split("-")))
        except ValueError:
            return False
        if not YEARS[0] <= day.year <= YEARS[1]:
            return False
    return True


def _reversed(text: str) -> bool:
    """Whether a period ends before it begins, as far as both ends are told."""
    begin, _, end = text.partition("/")
    told = min(len(begin), len(end)) if end else 0
    return begin[:told] > end[:told]
