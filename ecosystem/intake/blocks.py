"""The tables on a sheet: where each begins and ends, its header, its rows.

A sheet of people has titles above the header, blank rows and columns, notes below, sometimes
several tables one under another or side by side. Whatever is not taken as a row is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecosystem.formats.material import Grid, Sheet
from ecosystem.intake.headers import known_cells
from ecosystem.tables.cells import plain
from ecosystem.tables.repairs import Place, Repair

DEEP = 60
"""Rows that are looked at for the first header."""

_EXAMPLE = re.compile(r"\s*(?:exemple|example)\s*:", re.IGNORECASE)
"""How the first cell begins of a row that shows how to fill in the others."""

_CROSSES = {"x", "oui", "o", "yes", "y", "✓", "✔", "✗", "×", "*", "ok"}
"""What people put into a cell of a matrix for: there is an exchange."""

Tell = list[Repair]
Span = tuple[int, int]
"""First row and the row after the last, counted from 0."""


def sheets_of(grid: Grid, told: Tell) -> list[Sheet]:
    """The tables on a sheet.

    Parameters
    ----------
    told
        Takes what was left out or filled in.
    """
    rows = _merged(grid, told)
    filled = [bool("".join(row).strip()) for row in rows]
    last = max((i for i, full in enumerate(filled) if full), default=-1)
    if last < 0:
        return []
    top = filled.index(True)
    bare = known_cells(rows[top]) < 2 and _whole(rows[: last + 1], top)
    heads = [] if bare and _is_bare(rows[top : last + 1]) else _heads(rows, filled)
    if not heads:
        return _without_header(grid.place, rows[: last + 1], filled, grid.lines, told)
    above = [grid.lines[i] for i in range(heads[0]) if filled[i]]
    if above:
        words = " / ".join(c for i in range(heads[0]) for c in rows[i] if c.strip())
        told.append(Repair("title-rows", grid.place, tuple(above), None, words))
    sheets: list[Sheet] = []
    for head, end in zip(heads, [*heads[1:], last + 1], strict=True):
        sheets += _block(grid, rows, filled, (head, end), told)
    return sheets


def _is_bare(rows: list[list[str]]) -> bool:
    """Whether rows without a known header are a matrix, or an edge list without one."""
    cells = [
        [cell.strip() for cell in row] for row in rows[:2_000] if any(cell.strip() for cell in row)
    ]
    width = max(len(row) for row in cells)
    cells = [row + [""] * (width - len(row)) for row in cells]
    while width > 1 and not any(row[-1] for row in cells):
        cells, width = [row[:-1] for row in cells], width - 1
    return _matrix(cells, list(range(len(cells)))) is not None or (width in (2, 3) and _bare(cells))


def _heads(rows: list[list[str]], filled: list[bool]) -> list[int]:
    """The rows that are headers: the first, and those that follow a blank row."""
    looked = [i for i in range(min(len(rows), DEEP)) if filled[i]]
    score = {i: known_cells(rows[i]) for i in looked}
    first = next((i for i in looked if score[i] > 1), None)
    if first is None:
        first = next((i for i in looked if score[i] == 1 and _whole(rows, i)), None)
    if first is None:
        return []
    heads = [first]
    apart = [not full or _title(row) for row, full in zip(rows, filled, strict=True)]
    for i in range(first + 2, len(rows)):
        if (
            apart[i - 1]
            and filled[i]
            and rows[i] != rows[heads[-1]]
            and known_cells(rows[i]) > 1
            and _texts(rows[i])
        ):
            heads.append(i)
    return heads


def _whole(rows: list[list[str]], row: int) -> bool:
    """Whether every row has cells where this one has, and no more: the header of what follows."""

    def width(cells: list[str]) -> int:
        return max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)

    return width(rows[row]) == max(width(other) for other in rows[row:])


def _title(row: list[str]) -> bool:
    """Whether one cell alone holds something."""
    held = 0
    for cell in row:
        if cell and not cell.isspace():
            if held:
                return False
            held = 1
    return bool(held)


def _texts(row: list[str]) -> bool:
    """Whether all cells that hold something are words, each once."""
    cells = [plain(cell) for cell in row if cell.strip()]
    return len(set(cells)) == len(cells) and not any(
        cell.replace(" ", "").isdigit() for cell in cells
    )


def _block(
    grid: Grid, rows: list[list[str]], filled: list[bool], span: Span, told: Tell
) -> Iterator[Sheet]:
    """The tables under one header row: one, or several side by side."""
    head, end = span
    body = [i for i in range(head + 1, end) if filled[i]]
    blank = [grid.lines[i] for i in range(head + 1, end) if not filled[i]]
    while (
        body
        and _title(rows[body[-1]])
        and not (filled[body[-1] - 1] and len([c for c in rows[head] if c.strip()]) == 1)
    ):
        if filled[body[-1] - 1] and not _title(rows[body[-1] - 1]):
            break  # a short row right under the others is a row
        i = body.pop()
        words = next(cell for cell in rows[i] if cell.strip())
        told.append(Repair("note-rows", grid.place, (grid.lines[i],), None, words))
    inner = [line for line in blank if body and line < grid.lines[body[-1]]]
    if inner:
        told.append(Repair("blank-rows", grid.place, tuple(inner)))
    header = rows[head]
    again = [i for i in body if rows[i] == header]
    if again:
        told.append(Repair("repeated-header", grid.place, tuple(grid.lines[i] for i in again)))
        body = [i for i in body if rows[i] != header]
    for i in [i for i in body if _EXAMPLE.match(" ".join(rows[i]).lstrip())]:
        words = next(cell for cell in rows[i] if cell.strip())
        told.append(Repair("example-row", grid.place, (grid.lines[i],), None, words))
        body.remove(i)
    width = len(header)
    for i in body:
        beyond = [cell for cell in rows[i][width:] if cell.strip()]
        if beyond:
            sizes: dict[str, object] = {"found": len(rows[i]), "expected": width}
            at, said = (grid.lines[i],), " / ".join(beyond)
            told.append(Repair("cells-too-many", grid.place, at, None, said, "", sizes))
    short = [grid.lines[i] for i in body if len(rows[i]) < width]
    if short:
        told.append(Repair("short-row", grid.place, tuple(short)))
    even = all(len(rows[i]) == width for i in body)
    cut = [rows[i] if even else (rows[i] + [""] * width)[:width] for i in body]
    once: dict[str, str] = {}  # each value as one text: later steps look at values, not at cells
    columns = [list(map(once.setdefault, column, column)) for column in zip(*cut, strict=True)]
    columns = columns or [[] for _ in header]
    lines = [grid.lines[i] for i in body]
    for part in _side_by_side(header, columns):
        yield _sheet(grid.place, [header[c] for c in part], [columns[c] for c in part], lines, told)


def _side_by_side(header: list[str], columns: list[list[str]]) -> list[list[int]]:
    """The columns of each table under a header row: cut where a column is blank, if both sides are tables."""
    used = [
        bool(name.strip()) or any(cell.strip() for cell in column)
        for name, column in zip(header, columns, strict=True)
    ]
    parts: list[list[int]] = [[]]
    for column, full in enumerate(used):
        if full:
            parts[-1].append(column)
        elif parts[-1]:
            parts.append([])
    parts = [part for part in parts if part]
    if len(parts) > 1 and all(known_cells([header[c] for c in part]) > 1 for part in parts):
        return parts
    return [[column for part in parts for column in part]]


def _sheet(
    place: Place, header: list[str], columns: list[list[str]], lines: list[int], told: Tell
) -> Sheet:
    """One table: columns without a name left out, rows without anything too."""
    keep = []
    for number, (name, column) in enumerate(zip(header, columns, strict=True)):
        if name.strip():
            keep.append(number)
        elif (
            column and all(c.strip().isdigit() for c in column) and len(set(column)) == len(column)
        ):
            told.append(Repair("row-numbers", place))
        else:
            filled = [i for i, cell in enumerate(column) if cell.strip()]
            if filled:
                at = tuple(lines[i] for i in filled)
                told.append(Repair("unnamed-column", place, at, None, column[filled[0]]))
    columns = [columns[number] for number in keep]
    some = [i for i, row in enumerate(zip(*columns, strict=True)) if "".join(row).strip()]
    if len(some) != len(lines):
        columns = [[column[i] for i in some] for column in columns]
        lines = [lines[i] for i in some]
    return Sheet(place, [" ".join(header[number].split()) for number in keep], columns, lines)


def _merged(grid: Grid, told: Tell) -> list[list[str]]:
    """The rows of a sheet, with the value of cells merged over several rows in each of them."""
    if not grid.merged:
        return grid.rows
    rows = [list(row) for row in grid.rows]
    for top, left, bottom, right in grid.merged:
        if bottom == top or top >= len(rows) or left >= len(rows[top]) or right != left:
            continue
        value = rows[top][left]
        filled = [
            r for r in range(top + 1, min(bottom + 1, len(rows))) if not rows[r][left].strip()
        ]
        if value.strip() and filled:
            for row in filled:
                rows[row][left] = value
            lines = tuple(grid.lines[row] for row in filled)
            told.append(Repair("merged-cells", grid.place, lines, None, "", value))
    return rows


def _without_header(
    place: Place, rows: list[list[str]], filled: list[bool], lines: list[int], told: Tell
) -> list[Sheet]:
    """A sheet on which no header is known: a matrix, a bare edge list, or a table nobody knows."""
    body = [i for i in range(len(rows)) if filled[i]]
    width = max(len(rows[i]) for i in body)
    cells = [[c.strip() for c in rows[i]] + [""] * (width - len(rows[i])) for i in body]
    at = [lines[i] for i in body]
    while width > 1 and not any(row[-1] for row in cells):
        cells, width = [row[:-1] for row in cells], width - 1
    if (pairs := _matrix(cells, at)) is not None:
        told.append(Repair("matrix", place))
        columns = [list(column) for column in zip(*(p[:3] for p in pairs), strict=True)] or [
            [],
            [],
            [],
        ]
        return [Sheet(place, ["from", "to", "weight"], columns, [p[3] for p in pairs], "flows",
                      {"from": "provider", "to": "recipient"})]  # fmt: skip
    if width in (2, 3) and _bare(cells):
        told.append(Repair("no-header", place))
        header = ["from", "to", "weight"][:width]
        return [Sheet(place, header, [list(c) for c in zip(*cells, strict=True)], at, "flows",
                      {"from": "provider", "to": "recipient"})]  # fmt: skip
    head = next((i for i, row in enumerate(cells) if sum(map(bool, row)) > 1), 0)
    columns = [list(c) for c in zip(*cells[head + 1 :], strict=True)] or [[] for _ in range(width)]
    if head:
        words = " / ".join(c for row in cells[:head] for c in row if c)
        told.append(Repair("title-rows", place, tuple(at[:head]), None, words))
    return [_sheet(place, cells[head], columns, at[head + 1 :], told)]


def _matrix(cells: list[list[str]], lines: list[int]) -> list[tuple[str, str, str, int]] | None:
    """The pairs of an adjacency matrix; None if it is none."""
    names, side = cells[0][1:], [row[0] for row in cells[1:]]
    if len(names) < 2 or len(side) < 2 or len(set(names) & set(side)) * 5 < 4 * len(set(names)):
        return None
    values = [cell for row in cells[1:] for cell in row[1:] if cell]
    crossed = bool(values) and all(plain(cell) in _CROSSES for cell in values)
    if not crossed and not all(_number(cell) for cell in values):
        return None
    return [
        (row[0], name, "" if crossed else cell, line)
        for row, line in zip(cells[1:], lines[1:], strict=True)
        for name, cell in zip(names, row[1:], strict=True)
        if cell and name and row[0] and (crossed or float(cell.replace(",", ".")))
    ]


def _number(cell: str) -> bool:
    try:
        return float(cell.replace(",", ".")) == float(cell.replace(",", "."))
    except ValueError:
        return False


def _bare(cells: list[list[str]]) -> bool:
    """Whether the first row is an exchange as the others: its ends come again, or its third cell is a number."""
    if len(cells[0]) == 3:
        return _number(cells[0][2]) and all(row[0] and row[1] for row in cells)
    rest = {cell for row in cells[1:] for cell in row[:2]}
    return all(cells[0][:2]) and bool(set(cells[0][:2]) & rest)
