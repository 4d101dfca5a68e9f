"""Files that something went wrong with, on the way in: no traceback, and no cell that changes unsaid.

What is held: each cell of the tables is the cell of the file at its row and column, or a repair of that
cell is in the report; each row of the file is in a table, or the report says why not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.formats.opening import Entry
from ecosystem.formats.registry import format_of
from ecosystem.intake.answers import Answers
from ecosystem.intake.importing import Imported, import_files
from ecosystem.intake.likeness import same
from ecosystem.schema import TABLES
from ecosystem.tables.cells import composed
from ecosystem.tables.checks import check
from tests.tables.test_mutated import HEADERS, ODD

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    *(ROOT / "docs" / "examples" / name for name in ("excel-csv/flux.csv", "excel-csv/acteurs.csv", "r-edges.csv", "doublons/flux.csv")),
    *(ROOT / "tests" / "broken" / name for name in ("two-tables.csv", "title-rows.csv", "several-in-a-cell.csv", "needs.csv", "dates-french.csv")),
]  # fmt: skip
WHOLE = [
    p
    for p in (ROOT / "tests" / "broken").iterdir()
    if p.suffix != ".json" or p.name != "expected.json"
]
LEFT_OUT = {
    "unnamed-column",
    "title-rows",
    "note-rows",
    "repeated-header",
    "example-row",
    "cells-too-many",
    "row-left",
    "twice",
    "sheet",
    "file",
}


def spoilt(data: bytes, draw: random.Random) -> bytes:
    """A text with some cells, rows, headers or bytes of it changed."""
    if draw.random() < 0.2:
        spot = draw.randrange(len(data))
        return (
            data[:spot]
            + bytes(draw.randrange(256) for _ in range(draw.randrange(4)))
            + data[spot + draw.randrange(3) :]
        )
    text = data.decode("utf-8-sig", "replace") if data[:1] != b"\xff" else data.decode("utf-16")
    sign = ";" if ";" in text else ","
    rows = [line.split(sign) for line in text.split("\n")]
    for _ in range(draw.randrange(1, 5)):
        row = draw.choice(rows)
        at = draw.randrange(len(row))
        kind = draw.randrange(7)
        if kind < 3:
            row[at] = draw.choice(ODD).replace("\n", " ")
        elif kind == 3:
            rows[0][draw.randrange(len(rows[0]))] = draw.choice(HEADERS).replace("\n", " ")
        elif kind == 4:
            rows.insert(draw.randrange(len(rows) + 1), list(draw.choice(rows)))
        elif kind == 5:
            row.insert(at, "")
        else:
            draw.shuffle(rows)
    return "\n".join(sign.join(row) for row in rows).encode("utf-8", "replace")


def answered(path: Path) -> Imported:
    found = import_files([path])
    answers = Answers()
    for _ in range(4):
        if not found.open:
            break
        for question in found.open:
            answers = answers.with_(
                question.key, question.proposed or next(iter(question.choices), "Somebody")
            )
        found = import_files([path], answers)
    return found


def unsaid(found: Imported, path: Path) -> list[str]:
    """Cells of the tables that are not those of the file, and that no repair tells of."""
    made = format_of(Entry(path.name, path.read_bytes())).read(Entry(path.name, path.read_bytes()))
    if not made.grids:
        return []
    grid = made.grids[0]
    raw = dict(zip(grid.lines, grid.rows, strict=True))
    told: dict[int, set[str]] = {}
    for repair in found.repairs:
        for row in repair.rows:
            told.setdefault(row, set()).add(repair.after)
    everywhere = {r.after for r in found.repairs if not r.rows}
    for line in (row for r in found.repairs if r.code == "twice" for row in r.rows):
        everywhere |= told[line] | {
            composed(cell).strip() for cell in raw.get(line, [])
        }  # rows of one name are one
    kept = {same(r.before): r.after for r in found.repairs if r.code == "made-row"}
    wrong = []
    seen: set[int] = set()
    for name, frame in found.tables.items():
        names = {key: cell for t, key, cell in _names(found) if t}
        for row in range(len(frame)):
            line = found.tables.lines[name][row]
            if not line:
                continue
            made_here = (
                name in ("actors", "datasets", "territories", "sources", "services")
                and frame["id"].iloc[row] in kept.values()
            )
            seen.add(line)
            here = {composed(cell).strip() for cell in raw.get(line, [])}
            plain = {" ".join(cell.split()) for cell in here} | {same(cell) for cell in here}
            for column in frame.columns:
                value = frame[column].iloc[row]
                if (
                    column == "id"
                    or value is None
                    or str(value) in ("<NA>", "nan")
                    or isinstance(value, tuple)
                    or made_here
                ):
                    continue
                field = TABLES[name].field(column) if column in TABLES[name].columns else None
                shown = (
                    ";".join(names.get(v, v) for v in value)
                    if isinstance(value, tuple)
                    else names.get(value, value)
                )
                text = str(shown).strip()
                ours = {text, " ".join(text.split()), same(text), str(value)} | (
                    {f"{float(value):g}", str(value)} if isinstance(value, float) else set()
                )
                numbers = {_number(cell) for cell in here | told.get(line, set())}
                if ours & (here | plain | told.get(line, set()) | everywhere) or (
                    isinstance(value, int | float) and float(value) in numbers
                ):
                    continue
                if field is not None and field.default == value:
                    continue
                parts = {
                    part
                    for repair in found.repairs
                    if repair.code == "several"
                    for part in repair.after.split(" | ")
                }
                if ours & parts:
                    continue
                problems = {(p.line, p.column) for p in found.tables.problems}
                if (line, column) in problems:
                    continue
                wrong.append(f"{name}:{line}:{column}: {value!r} of {sorted(here)}")
    headers = {line for line, cells in raw.items() if _is_header(cells, found)}
    said = {row for r in found.repairs if r.code in LEFT_OUT for row in r.rows}
    answered_rows = {row for r in found.repairs if r.code == "answered" for row in r.rows}
    whole = any(r.code in ("sheet", "matrix", "no-header") for r in found.repairs)
    for line, cells in raw.items():
        if (
            any(c.strip() for c in cells)
            and line not in seen | headers | said | answered_rows
            and not whole
        ):
            named = any(c.strip() for c in cells if not c.strip().isdigit())
            if named:
                wrong.append(f"row {line} is nowhere: {cells}")
    return wrong


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _names(found: Imported) -> list[tuple[str, str, str]]:
    rows = []
    for table, column in (
        ("actors", "name"),
        ("datasets", "title"),
        ("territories", "name"),
        ("sources", "title"),
    ):
        frame = found.tables[table]
        for key, cell in zip(frame["id"], frame[column], strict=True):
            rows.append((table, key, cell if isinstance(cell, str) else key))
    return rows


def _is_header(cells: list[str], found: Imported) -> bool:
    named = {
        r.before
        for r in found.repairs
        if r.code in ("column", "own-column", "empty-column", "column-left")
    }
    named |= {name for table in TABLES.values() for name in table.columns}
    filled = [" ".join(c.split()) for c in cells if c.strip()]
    return bool(filled) and sum(c in named for c in filled) * 2 >= len(filled)


@pytest.mark.corpus
def test_a_spoilt_text_ends_in_tables_questions_or_one_message(
    tmp_path: Path, of_corpus: Callable[[int, int], int]
) -> None:
    number = of_corpus(2000, 150)
    refused = 0
    wrong: list[str] = []
    for case in range(number):
        draw = random.Random(case)
        source = draw.choice(TEXTS)
        path = tmp_path / f"{case}{source.suffix}"
        path.write_bytes(spoilt(source.read_bytes(), draw))
        try:
            found = answered(path)
        except DataError as error:
            assert error.hint is not None, error
            refused += 1
            continue
        check(found.tables)
        if not found.open:
            wrong += [f"{case} ({source.name}): {words}" for words in unsaid(found, path)]
        path.unlink()
    assert wrong == []
    assert refused < number / 2


@pytest.mark.corpus
def test_spoilt_bytes_of_any_format_are_no_traceback(
    tmp_path: Path, of_corpus: Callable[[int, int], int]
) -> None:
    """Bytes taken out, put in and cut off, in workbooks, archives, graphs and catalogues."""
    for case in range(of_corpus(2000, 200)):
        draw = random.Random(case)
        source = draw.choice(sorted(WHOLE))
        data = source.read_bytes()
        for _ in range(draw.randrange(1, 4)):
            spot = draw.randrange(len(data) + 1)
            data = (
                data[:spot]
                + bytes(draw.randrange(256) for _ in range(draw.randrange(3)))
                + data[spot + draw.randrange(4) :]
            )
        if draw.random() < 0.2:
            data = data[: draw.randrange(len(data) + 1)]
        path = tmp_path / f"{case}-{source.name}"
        path.write_bytes(data)
        try:
            check(import_files([path]).tables)
        except DataError as error:
            assert error.hint is not None
        path.unlink()
