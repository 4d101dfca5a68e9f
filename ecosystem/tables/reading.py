"""A folder of CSV files to typed tables.

Reading never raises for what is inside a file: whatever is wrong becomes a
`Problem` of the tables, so that everything can be reported at once.
`ecosystem.tables.checks.check` adds what can be seen only across tables.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ecosystem.errors import DataError, redacted
from ecosystem.schema import KINDS, TABLES, Field, Kind, Table
from ecosystem.tables.frames import Tables, typed
from ecosystem.tables.problems import Problem, nearest, problem
from ecosystem.vocabulary import Label

CELL_LIMIT = 32_767
"""Longest cell accepted, in characters: what a spreadsheet can hold."""

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_FORMS: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(rf"{_DATE}(/{_DATE})?"),
    "url": re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE),
    "integer": re.compile(r"[+-]?\d{1,18}"),
    "number": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"),
    "boolean": re.compile(r"true|false", re.IGNORECASE),
}

Raw = tuple[list[str], dict[str, list[str]], list[int], set[str]]
"""Header, cells by column, line numbers, and the keys of rows that were left out."""


def read_tables(folder: str | Path) -> Tables:
    """Read a folder of CSV files.

    Parameters
    ----------
    folder
        Holds at least `actors.csv` and `flows.csv`; the other tables may be missing.

    Returns
    -------
    Tables
        With every problem of reading in `problems`; nothing is raised for what a file holds.

    Raises
    ------
    DataError
        If the folder does not exist, is not a folder, cannot be read, or holds no table.
    """
    path = Path(folder)
    files = _csv_files(path)
    frames: dict[str, pd.DataFrame] = {}
    headers: dict[str, list[str]] = {}
    lines: dict[str, list[int]] = {}
    rejected: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for name, table in TABLES.items():
        if name not in files:
            frames[name] = typed(table, {}, 0)
            if table.required:
                required = ", ".join(f.name for f in table.fields if _must_be_there(table, f))
                problems.append(problem("missing-table", table.file, required=required))
            continue
        raw = _read_csv(files[name], table, problems)
        if raw is None:
            frames[name] = typed(table, {}, 0)
            continue
        headers[name], columns, lines[name], rejected[name] = raw
        frames[name] = _typed(table, columns, lines[name], problems)
    for name in sorted(set(files) - set(TABLES)):
        problems.append(
            problem(
                "unknown-table",
                files[name].name,
                known=", ".join(TABLES),
                nearest=nearest(name, TABLES),
            )
        )
    return Tables(frames, str(folder), headers, lines, tuple(problems), rejected)


def read_file(path: Path, name: str) -> Tables:
    """Read one CSV file as a table; the others have no rows.

    Returns
    -------
    Tables
        With every problem of the file in `problems`; nothing is raised for what it holds.
    """
    problems: list[Problem] = []
    table = TABLES[name]
    raw = _read_csv(path, table, problems)
    header, columns, numbers, rejected = raw or ([], {}, [], set())
    frames = {other: typed(TABLES[other], {}, 0) for other in TABLES}
    frames[name] = _typed(table, columns, numbers, problems) if raw else frames[name]
    return Tables(
        frames, str(path), {name: header}, {name: numbers}, tuple(problems), {name: rejected}
    )


def _csv_files(path: Path) -> dict[str, Path]:
    """The CSV files of a folder, by table name."""
    try:
        if not path.exists():
            raise DataError(
                Label(
                    f"le dossier {redacted(str(path))} n'existe pas",
                    f"there is no folder {redacted(str(path))}",
                ),
                Label(
                    "donnez un dossier de CSV, ou une adresse Bolt (bolt://…)",
                    "give a folder of CSV files, or a Bolt address (bolt://…)",
                ),
            )
        files = {f.stem: f for f in sorted(path.iterdir()) if f.suffix.lower() == ".csv"}
    except NotADirectoryError as error:
        raise DataError(
            Label(f"{path} n'est pas un dossier", f"{path} is not a folder"),
            Label(
                "donnez le dossier qui contient actors.csv", "give the folder that holds actors.csv"
            ),
        ) from error
    except OSError as error:
        raise DataError(
            Label(f"le dossier {path} ne peut pas être lu ({error.strerror})",
                  f"the folder {path} cannot be read ({error.strerror})"),
            Label("vérifiez les droits du dossier", "check the folder's permissions"),
        ) from error  # fmt: skip
    if not files:
        raise DataError(
            Label(
                f"le dossier {path} ne contient aucun CSV", f"the folder {path} holds no CSV file"
            ),
            Label(
                "il faut au moins actors.csv et flows.csv",
                "at least actors.csv and flows.csv are needed",
            ),
        )
    return files


def _read_csv(path: Path, table: Table, problems: list[Problem]) -> Raw | None:
    """What a file holds; None when it cannot be used at all."""
    file = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(problem("unreadable", file, reason=error.strerror))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = f"0x{data[error.start]:02x}"
        problems.append(problem("not-utf8", file, line, byte=byte, looks=_encoding(data)))
        return None
    if "\0" in text[:2]:  # UTF-16 without a mark is valid UTF-8 as long as it is ASCII
        problems.append(problem("not-utf8", file, 1, byte="0x00", looks=_encoding(data)))
        return None
    rows: list[list[str]] = []
    starts: list[int] = []
    limit = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        begins = 1
        for row in reader:
            if row:
                rows.append(row)
                starts.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        problems.append(problem("malformed", file, reader.line_num, reason=str(error)))
        return None
    finally:
        csv.field_size_limit(limit)
    if not rows:
        problems.append(problem("empty-file", file, columns=", ".join(table.columns)))
        return None
    return _columns(table, file, rows, starts, problems)


def _encoding(data: bytes) -> str:
    """What bytes that are not UTF-8 look like."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "UTF-16" if marked or b"\0" in data[:2] else "Windows-1252"


def _must_be_there(table: Table, fld: Field) -> bool:
    """Whether a file without the column cannot be used: nothing takes its place."""
    return fld.required and not (fld.default or (fld.name == "id" and table.numbers_rows))


def _columns(
    table: Table, file: str, rows: list[list[str]], starts: list[int], problems: list[Problem]
) -> Raw | None:
    """Check the header and the length of every row, and turn rows into columns."""
    header = [name.strip() for name in rows[0]]
    for found, words in ((";", Label("des points-virgules", "semicolons")),
                         ("\t", Label("des tabulations", "tabs"))):  # fmt: skip
        if len(header) == 1 and found in header[0]:
            problems.append(problem("wrong-delimiter", file, 1, found=words))
            return None
    fatal = False
    for name in dict.fromkeys(header):
        if not name:
            continue
        if (count := header.count(name)) > 1:
            problems.append(problem("duplicate-column", file, 1, name, count=count))
            fatal = True
        elif name not in table.columns and not name.startswith("_"):  # `checks` tells of those
            known = ", ".join(table.columns)
            near = nearest(name, set(table.columns) - set(header))
            problems.append(problem("unknown-column", file, 1, name, known=known, nearest=near))
    for fld in table.fields:
        if fld.name in header:
            continue
        if _must_be_there(table, fld):
            found_columns = ", ".join(header)
            problems.append(problem("missing-column", file, 1, fld.name, found=found_columns))
            fatal = True
        elif fld.default:
            problems.append(problem("default-value", file, 1, fld.name, fld.default))
    if fatal:
        return None
    good_rows, good_starts = [], []
    rejected: set[str] = set()
    key = header.index(table.key[0]) if table.key[0] in header else None
    for row, start in zip(rows[1:], starts[1:], strict=True):
        if len(row) == len(header):
            good_rows.append(row)
            good_starts.append(start)
        else:
            problems.append(
                problem("cell-count", file, start, found=len(row), expected=len(header))
            )
            if key is not None:  # the cells too many may stand before it or after
                rejected |= {
                    row[i].strip() for i in (key, key - len(header)) if -len(row) <= i < len(row)
                }
    unnamed = [i for i, name in enumerate(header) if not name]
    filled = [i for i in unnamed if any(row[i].strip() for row in good_rows)]
    problems += [problem("unnamed-column", file, 1, number=i + 1) for i in filled]
    cells = zip(*good_rows, strict=True) if good_rows else ([] for _ in header)
    columns = {name: list(values) for name, values in zip(header, cells, strict=True) if name}
    header = [name for name in header if name]  # commas at the end of lines name no column
    if table.numbers_rows and "id" not in columns:
        stem = table.name.removesuffix("s")
        columns["id"] = [f"{stem}-{i}" for i in range(1, len(good_rows) + 1)]
    for fld in table.fields:
        if fld.default and fld.name not in columns:
            columns[fld.name] = [fld.default] * len(good_rows)
    return header, columns, good_starts, rejected


def _typed(
    table: Table, columns: dict[str, list[str]], lines: list[int], problems: list[Problem]
) -> pd.DataFrame:
    """Typed columns; a cell that does not fit becomes missing and a problem."""
    values: dict[str, Sequence[Any]] = {}
    for name, cells in columns.items():
        for row, cell in enumerate(cells):
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
    if kind == "text":
        return [cell if cell.strip() else None for cell in cells]
    if kind == "list":
        return [tuple(x.strip() for x in cell.split(";") if x.strip()) for cell in cells]
    stripped = [cell.strip() or None for cell in cells]
    if (form := _FORMS.get(kind)) is None:
        return stripped
    for row, cell in enumerate(stripped):
        if cell is not None and not (form.fullmatch(cell) and (kind != "date" or _exists(cell))):
            problems.append(
                problem("wrong-type", table.file, lines[row], name, cell, kind=KINDS[kind])
            )
            stripped[row] = None
    if kind == "integer":
        return [None if cell is None else int(cell) for cell in stripped]
    if kind == "number":
        return [None if cell is None else float(cell) for cell in stripped]
    if kind == "boolean":
        return [None if cell is None else cell.lower() == "true" for cell in stripped]
    return stripped


def _exists(text: str) -> bool:
    """Whether a date of the right form, or both of two, is in the calendar."""
    for part in text.split("/"):
        try:
            date(*map(int, f"{part}-01-01"[:10].split("-")))
        except ValueError:
            return False
    return True
