"""The typed tables of a source, and writing them back as CSV files.

`ecosystem.tables.reading` reads them from a folder, `ecosystem.tables.checks` says what is wrong with them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ecosystem.files import write_text
from ecosystem.schema import TABLES, Kind, Table
from ecosystem.tables.notebook import html_table
from ecosystem.tables.problems import Problem

DTYPES: dict[Kind, str] = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""pandas dtype of a kind; a `list` is an object column of tuples, all others are `str`."""


@dataclass(frozen=True)
class Tables(Mapping[str, pd.DataFrame]):
    """The typed tables of a source: reads like a dictionary from name to DataFrame.

    Every table of the schema is there, with all its declared columns; a table that
    the source lacks has no rows. Frames are never changed in place.

    Attributes
    ----------
    origin
        Where they come from, in words for people.
    headers
        For each table of the source, its columns in the order in which they were written.
    lines
        For each table read from a file, the line on which each row begins.
    problems
        What reading found wrong.
    rejected
        For each table read from a file, the keys of the rows that could not be taken.
    files
        For each table whose rows are of several files or sheets, which one each row is of.
    """

    frames: dict[str, pd.DataFrame]
    origin: str = ""
    headers: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    rejected: dict[str, set[str]] = field(default_factory=dict, repr=False)
    files: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(frame)} {name}" for name, frame in self.items() if len(frame))
        return f"<Tables of {self.origin or 'memory'}: {sizes or 'empty'}>"

    def _repr_html_(self) -> str:
        """In a notebook: the tables that have rows, with how many, and what their columns hold."""
        rows = [
            (name, len(frame), tuple(filled_columns(frame)))
            for name, frame in self.items()
            if len(frame)
        ]
        return html_table(
            f"Tables of {self.origin or 'memory'}", ("table", "rows", "columns"), rows
        )

    def equals(self, other: Tables) -> bool:
        """Same tables, rows, order, columns, types and headers."""
        return self.headers == other.headers and all(
            list(self[name].columns) == list(other[name].columns)
            and list(self[name].dtypes) == list(other[name].dtypes)
            and self[name].equals(other[name])
            for name in TABLES
        )

    def replace(self, **frames: pd.DataFrame) -> Tables:
        """A copy with some tables replaced; line numbers of the replaced ones are dropped."""
        return Tables(
            {**self.frames, **frames},
            self.origin,
            {**self.headers, **{name: list(frame.columns) for name, frame in frames.items()}},
            {name: lines for name, lines in self.lines.items() if name not in frames},
            self.problems,
            {name: keys for name, keys in self.rejected.items() if name not in frames},
            {name: files for name, files in self.files.items() if name not in frames},
        )

    @cached_property
    def in_order(self) -> Tables:
        """The same rows by their keys, numbers in them as numbers: whatever the order of the files.

        What is measured, drawn and told comes from these, so that the order of rows never shows.
        """
        frames, lines, files = dict(self.frames), dict(self.lines), dict(self.files)
        for name, table in TABLES.items():
            frame = self.frames[name]
            keys = [
                tuple(map(_natural, key))
                for key in zip(*(frame[c].tolist() for c in table.key), strict=True)
            ]
            order = sorted(range(len(keys)), key=keys.__getitem__)
            if order != list(range(len(keys))):
                frames[name] = frame.iloc[order].reset_index(drop=True)
                if name in lines:
                    lines[name] = [self.lines[name][row] for row in order]
                if name in files:
                    files[name] = [self.files[name][row] for row in order]
        same = all(frames[name] is frame for name, frame in self.frames.items())
        return self if same else replace(self, frames=frames, lines=lines, files=files)

    @cached_property
    def complete(self) -> Tables:
        """The rows in order and, where there is no table of datasets, those that other tables name."""
        tables = self.in_order
        if not tables.frames["datasets"].empty:
            return tables
        columns = [tables.frames[name]["dataset"] for name in ("flows", "needs")]
        columns.append(tables.frames["services"]["datasets"].explode())
        named = sorted({str(dataset) for column in columns for dataset in column.dropna()})
        stubs = typed(TABLES["datasets"], {"id": named}, len(named))
        return replace(tables, frames={**tables.frames, "datasets": stubs}) if named else tables

    def place(self, name: str, row: int) -> tuple[str, int | None]:
        """The file and line of a row, or the table's name where there is no file."""
        lines = self.lines.get(name)
        if not lines:
            return name, None
        files = self.files.get(name)
        return (
            (TABLES[name].file, lines[row]) if files is None else (files[row], lines[row] or None)
        )


_DIGITS = re.compile(r"([0-9]+)")


def _natural(value: object) -> list[tuple[bool, int, str]]:
    """What a cell of a key is ordered by: texts as texts, numbers in them as numbers; the missing last."""
    if not isinstance(value, str | int):
        return [(True, 0, "~")]
    parts = _DIGITS.split(str(value))
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def write_tables(tables: Tables, folder: str | Path) -> list[Path]:
    """Write tables as CSV files, with the columns they were read with.

    A table that the source did not have is written only if it has rows, with the
    columns that hold something.

    Returns
    -------
    list of Path
        The files written.
    """
    return [write_text(Path(folder) / file, text) for file, text in csv_files(tables)]


def csv_files(tables: Tables) -> Iterator[tuple[str, str]]:
    """The files that `write_tables` writes: name and text."""
    for name, table in TABLES.items():
        frame = tables[name]
        header = tables.headers.get(name)
        if header is None:
            if frame.empty:
                continue
            header = [c for c in frame.columns if c in {*table.key, *filled_columns(frame)}]
        rows = zip(*(_cells(frame[c]) for c in header), strict=True)
        yield table.file, csv_text(header, rows)


def csv_text(
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    separator: str = ",",
    end: str = "\n",
) -> str:
    """Rows as CSV, a line end after each; a lone carriage return in a cell is quoted too."""
    table = [header, *rows]
    if end == "\n":
        whole = io.StringIO()
        csv.writer(whole, delimiter=separator, lineterminator=end).writerows(table)
        if "\r" not in (text := whole.getvalue()):
            return text
    lines = []
    for row in table:
        line = io.StringIO()
        # with "\n" as its line end, the writer of Python 3.11 leaves a lone "\r" unquoted
        csv.writer(line, delimiter=separator, lineterminator="\r\n").writerow(row)
        lines.append(line.getvalue().removesuffix("\r\n"))
    return end.join(lines) + end


def typed(table: Table, columns: Mapping[str, Sequence[Any]], rows: int) -> pd.DataFrame:
    """A frame with every declared column of a table, in order and typed, then the others.

    Parameters
    ----------
    columns
        Values by column, `rows` each; None is missing. Columns that are not given are missing.
    """
    data: dict[str, pd.Series[Any]] = {}
    for fld in table.fields:
        values = columns.get(fld.name)
        if fld.kind == "list":
            lists = [()] * rows if values is None else [tuple(x) if x else () for x in values]
            data[fld.name] = pd.Series(lists, dtype=object)
        else:
            data[fld.name] = pd.Series(
                [None] * rows if values is None else list(values), dtype=DTYPES.get(fld.kind, "str")
            )
    for name, values in columns.items():
        if name not in data:
            data[name] = pd.Series(list(values), dtype="str")
    return pd.DataFrame(data)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column, None for what is missing."""
    columns = [str(name) for name in frame.columns]
    values = [
        column.astype(object).where(column.notna(), None).tolist() for _, column in frame.items()
    ]
    if not values:
        return [{} for _ in range(len(frame))]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def filled_columns(frame: pd.DataFrame) -> list[str]:
    """The columns that hold something in some row."""
    return [str(name) for name in frame.columns if _holds_something(frame[name])]


def own_columns(name: str, frame: pd.DataFrame) -> list[str]:
    """The columns of a table that the schema does not know, in order."""
    return [str(column) for column in frame.columns if column not in TABLES[name].columns]


def _holds_something(column: pd.Series[Any]) -> bool:
    return bool(column.map(bool).any() if column.dtype == object else column.notna().any())


def _cells(column: pd.Series[Any]) -> list[str]:
    """The cells of a column as they are written in a CSV file."""
    if column.dtype == object:
        return [";".join(values) for values in column]
    if column.dtype == "boolean":
        return ["" if pd.isna(x) else str(x).lower() for x in column]
    return ["" if pd.isna(x) else str(x) for x in column]
