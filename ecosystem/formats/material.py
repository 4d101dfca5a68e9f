"""What a file holds before it is understood: grids of cells, and sheets with a header.

A grid is a sheet as it was found; finding the tables on it is the work of `ecosystem.intake.blocks`.
A format that knows what its parts are (nodes, edges, datasets) hands over sheets instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair

Rows = list[list[str]]


@dataclass(frozen=True)
class Grid:
    """A sheet as it was found: rows of cells as text, each row with its number in the file."""

    place: Place
    rows: Rows
    lines: list[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Ranges of merged cells: first row, first column, last row, last column, counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """A table as it was found: a header, columns of cells as text, the rows' numbers in the file.

    Attributes
    ----------
    table
        The table of the schema that it is, where the format knows.
    fields
        The field that a header is, where the format knows; `""` for what is not to be read.
    directed
        Whether the rows have a direction, where it is no column of theirs.
    """

    place: Place
    header: list[str]
    columns: list[list[str]]
    lines: Sequence[int]
    table: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    directed: bool = True

    @classmethod
    def of(cls, place: Place, records: Sequence[Mapping[str, object]], table: str | None = None, *,
           names: Sequence[str] | None = None, fields: Mapping[str, str] | None = None, directed: bool = True) -> Sheet:  # fmt: skip
        """A sheet of records: the columns named, else each that some record has, in the order in which they come."""
        header = list(names or dict.fromkeys(name for record in records for name in record))
        columns = [[text(record.get(name)) for record in records] for name in header]
        return cls(
            place, header, columns, range(1, len(records) + 1), table, fields or {}, directed
        )


@dataclass(frozen=True)
class Material:
    """What a file was read into, how it was recognised, and what was left out or repaired on the way."""

    how: Label
    place: Place
    grids: list[Grid] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def text(value: object) -> str:
    """A value of a file as the text of a cell: whole numbers without a point, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(text(item) for item in value)
    return str(value)
