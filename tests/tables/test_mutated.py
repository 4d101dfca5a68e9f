"""Sources that something went wrong with: no traceback, and no cell that changes unsaid."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ecosystem.errors import DataError
from ecosystem.schema import TABLES
from ecosystem.tables.cells import alike
from ecosystem.tables.checks import check, checked
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables

Rows = list[list[str]]
Sources = dict[str, bytes]

ODD = [
    "", " ", "\u00a0", "\u200b", "\x00", "\x1b[2J", "\u202eabc", "é", "e\u0301", "ａ", "🙂", "-5", "1e400", "nan", "inf",
    "2,13502E+13", "٢٠٢٠", "2020-02-30", "2021/2020", "20", "0000", "99999", "9" * 30, "1.5", "true", "TRUE", "oui",
    "http://[::1", "www.ville.fr", "javascript:alert(1)", "https://a.fr https://b.fr", "http://", "=1+1", "@SUM(A1)",
    "a;b;c", ";", "a,b", '"', "'", "\n", "\r", "\r\n", "\t", "x" * 40_000, "active", "Actif", "ACTIVE", "public", "interne",
    "ca-la-rochelle", "CA-La-Rochelle", "ca-la-rochelle ", "lr-f001", "None", "NULL", "N/A", "-", "#REF!", "\ufeff", "\\",
]  # fmt: skip
HEADERS = [
    "",
    "ID",
    " id ",
    "\ufeffid",
    "Visibility",
    "visibilité",
    "_x",
    "id",
    "name",
    "x" * 300,
    "a\nb",
    "a,b",
    "\x00",
    "№",
]


def rows_of(data: bytes) -> Rows:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def bytes_of(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def cells(rows: Rows, draw: random.Random) -> Rows:
    """One to five cells are something else."""
    for _ in range(draw.randint(1, 5)):
        row = draw.choice(rows[1:] or rows)
        row[draw.randrange(len(row))] = draw.choice(ODD)
    return rows


def header(rows: Rows, draw: random.Random) -> Rows:
    rows[0][draw.randrange(len(rows[0]))] = draw.choice(HEADERS)
    return rows


def without_column(rows: Rows, draw: random.Random) -> Rows:
    at = draw.randrange(len(rows[0]))
    return [row[:at] + row[at + 1 :] for row in rows]


def column_twice(rows: Rows, draw: random.Random) -> Rows:
    at = draw.randrange(len(rows[0]))
    return [[*row, row[at]] for row in rows]


def lengths(rows: Rows, draw: random.Random) -> Rows:
    row = draw.choice(rows)
    if draw.random() < 0.5:
        row.append(draw.choice(ODD))
    else:
        row.pop()
    return rows


def order(rows: Rows, draw: random.Random) -> Rows:
    body = rows[1:]
    draw.shuffle(body)
    return [rows[0], *body]


def again(rows: Rows, draw: random.Random) -> Rows:
    rows.insert(draw.randint(1, len(rows)), list(draw.choice(rows)))
    return rows


def blank(rows: Rows, draw: random.Random) -> Rows:
    rows.insert(draw.randint(1, len(rows)), [draw.choice(["", " "])] * len(rows[0]))
    return rows


def only_header(rows: Rows, draw: random.Random) -> Rows:
    return rows[: draw.randint(0, 1)]


def swapped(rows: Rows, draw: random.Random) -> Rows:
    a, b = (draw.randrange(len(rows[0])) for _ in range(2))
    for row in rows[1:]:
        row[a], row[b] = row[b], row[a]
    return rows


OF_ROWS = [
    cells,
    cells,
    cells,
    header,
    without_column,
    column_twice,
    lengths,
    order,
    again,
    blank,
    only_header,
    swapped,
]


def truncated(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def noise(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def encoded(data: bytes, draw: random.Random) -> bytes:
    form = draw.choice(["utf-16", "utf-16-le", "cp1252", "latin-1", "utf-8-sig", "utf-32"])
    return data.decode("utf-8", "replace").encode(form, "replace")


def separated(data: bytes, draw: random.Random) -> bytes:
    return data.replace(b",", draw.choice([b";", b"\t", b"|", b",,"]))


def quoted(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + b'"' + data[at:]


def decomposed(data: bytes, draw: random.Random) -> bytes:
    return unicodedata.normalize(
        draw.choice(["NFD", "NFKD"]), data.decode("utf-8", "replace")
    ).encode()


def line_ends(data: bytes, draw: random.Random) -> bytes:
    return data.replace(b"\n", draw.choice([b"\r\n", b"\r", b"\n\n"]))


OF_BYTES = [truncated, noise, encoded, separated, quoted, decomposed, line_ends]


def mutated(whole: Sources, seed: int) -> Sources:
    """A source in which one or two things went wrong."""
    draw = random.Random(seed)
    sources = dict(whole)
    for _ in range(draw.randint(1, 2)):
        file = draw.choice(sorted(sources))
        kind = draw.choice([*OF_ROWS, *OF_BYTES, "renamed", "gone"])
        if kind == "renamed":
            name = draw.choice(
                [file.upper(), file + ".txt", "copy of " + file, file.replace(".csv", ".CSV")]
            )
            sources[name] = sources[file] if draw.random() < 0.5 else sources.pop(file)
        elif kind == "gone":
            del sources[file]
        elif kind in OF_BYTES:
            sources[file] = kind(sources[file], draw) if sources[file] else b""
        else:
            try:
                rows = rows_of(sources[file])
            except (UnicodeDecodeError, csv.Error):
                continue
            if len(rows) > 1:
                sources[file] = bytes_of(kind(rows, draw))
    return sources


def told(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None or pd.isna(value) else str(value)


def said_of(cell: str) -> str:
    """A cell as the documentation says that it is read: composed, blanks around it aside."""
    return unicodedata.normalize(
        "NFC", ";".join(x.strip() for x in cell.split(";") if x.strip())
    ).strip()


def changed_unsaid(tables: Tables, sources: Sources) -> list[tuple[str, int, str, str, str]]:
    """Cells of a file that are not in its table as they were, and of which no problem tells."""
    spoken = {(p.file, p.line, p.column) for p in check(tables)}
    whole = {p.file for p in tables.problems if p.severity == "error" and p.line in (None, 1)}
    unread = {p.file for p in tables.problems if p.code in ("not-utf8", "malformed", "unreadable")}
    found = []
    for name, table in TABLES.items():
        files = sorted(f for f in sources if alike(f) == table.file)
        frame = tables[name]
        if not files or {table.file, files[0]} & (whole | unread):
            continue
        text = sources[files[0]].decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines, begins = {}, 1
        for row in reader:
            if row:
                lines[begins] = row
            begins = reader.line_num + 1
        first, *body = sorted(lines)
        columns = {alike(c): c for c in frame.columns}
        taken = dict(zip(tables.lines[name], range(len(frame)), strict=True))
        for line in body:
            if line not in taken:
                if any(c.strip() for c in lines[line]) and (table.file, line, None) not in spoken:
                    found.append((table.file, line, "", ",".join(lines[line]), "left out"))
                continue
            for head, cell in zip(lines[first], lines[line], strict=True):
                column = columns.get(alike(head), head.strip())
                if not head.strip():
                    continue
                value = told(frame[column].iloc[taken[line]])
                same = said_of(cell) == said_of(value) or (table.file, line, column) in spoken
                if not same and cell.strip().lstrip("+0") != value.lstrip("0"):  # 007 is 7
                    found.append((table.file, line, column, cell, value))
    return found


@pytest.mark.corpus
def test_no_traceback_and_no_cell_changed_unsaid(
    shipped_folder: Path, tmp_path: Path, of_corpus: Callable[[int, int], int]
) -> None:
    """1,200 sources; problems are said in both languages, and an error stops what follows."""
    whole = {path.name: path.read_bytes() for path in shipped_folder.glob("*.csv")}
    for seed in range(of_corpus(1200, 12)):
        sources = mutated(whole, seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        for file, data in sources.items():
            (folder / file).write_bytes(data)
        try:
            tables = read_tables(folder)
            problems = check(tables)
        except DataError:
            assert not any(f.lower().endswith(".csv") for f in sources)
            continue
        for problem in problems:
            assert problem.to("fr") and problem.to("en")
        if any(p.severity == "error" for p in problems):
            with pytest.raises(DataError):
                checked(tables)
        else:
            assert checked(tables) is tables
        assert changed_unsaid(tables, sources) == [], f"seed {seed}"
