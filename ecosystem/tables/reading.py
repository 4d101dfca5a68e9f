"""A folder of CSV files to typed tables.

Reading never raises for what is inside a file: whatever is wrong becomes a
`Problem` of the tables, so that everything can be reported at once.
`ecosystem.tables.checks.check` adds what can be seen only across tables.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from ecosystem.errors import DataError, redacted
from ecosystem.labels import printed
from ecosystem.schema import TABLES, Field, Table
from ecosystem.tables.cells import alike, not_a_file
from ecosystem.tables.frames import Tables, typed
from ecosystem.tables.naming import row_ids
from ecosystem.tables.problems import Problem, nearest, problem
from ecosystem.tables.values import typed_columns
from ecosystem.vocabulary import Label

REPORT = "import-report.csv"
"""What `import` writes beside the tables, which is none of them."""

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
    files = table_files(path)
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
        frames[name] = typed_columns(table, columns, lines[name], problems)
    problems += _beside(path, set(files.values()))
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
    frames[name] = typed_columns(table, columns, numbers, problems) if raw else frames[name]
    return Tables(
        frames, str(path), {name: header}, {name: numbers}, tuple(problems), {name: rejected}
    )


def table_files(path: Path) -> dict[str, Path]:
    """The CSV files of a folder that are read, by table: the first, where a table has several.

    Raises
    ------
    DataError
        If the folder does not exist, is not a folder, cannot be read, or holds no CSV file.
    """
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
        found = [f for f in sorted(path.iterdir()) if f.suffix.lower() == ".csv"]
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
    if not found:
        raise DataError(
            Label(
                f"le dossier {path} ne contient aucun CSV", f"the folder {path} holds no CSV file"
            ),
            Label(
                "il faut au moins actors.csv et flows.csv",
                "at least actors.csv and flows.csv are needed",
            ),
        )
    files: dict[str, Path] = {}
    for file in found:
        if (name := alike(file.stem)) in TABLES:
            files.setdefault(name, file)
    return files


def _beside(path: Path, read: set[Path]) -> list[Problem]:
    """The files of a folder that are not read and look as if they were to be."""
    found = []
    for file in sorted(path.iterdir()):
        name, is_csv = alike(file.name.partition(".")[0]), file.suffix.lower() == ".csv"
        if file in read or file.name.startswith((".", "~")) or file.name == REPORT:
            continue
        if is_csv and alike(file.stem) in TABLES:
            both = sorted(f.name for f in path.iterdir() if alike(f.name) == alike(file.name))
            found.append(problem("two-files", TABLES[alike(file.stem)].file, files=", ".join(both)))
        elif name in TABLES:
            found.append(problem("not-read", file.name, expected=TABLES[name].file))
        elif is_csv:
            known = ", ".join(TABLES)
            near = nearest(file.stem, TABLES)
            found.append(problem("unknown-table", file.name, known=known, nearest=near))
    return found


def _read_csv(path: Path, table: Table, problems: list[Problem]) -> Raw | None:
    """What a file holds; None when it cannot be used at all."""
    file = path.name
    try:
        if (what := not_a_file(path)) is not None:
            problems.append(problem("unreadable", file, reason=what))
            return None
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
    declared = {alike(name): name for name in table.columns}
    header = [declared.get(alike(name), name.strip()) for name in rows[0]]
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
            written = ", ".join(
                f"'{printed(rows[0][i])}' ({i + 1})" for i, n in enumerate(header) if n == name
            )
            problems.append(
                problem("duplicate-column", file, 1, name, count=count, written=written)
            )
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
        if not any(cell.strip() for cell in row):
            continue  # spreadsheets write what was once formatted
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
    if not good_rows and not rejected and not table.required:
        problems.append(problem("header-only", file))
    unnamed = [i for i, name in enumerate(header) if not name]
    filled = [i for i in unnamed if any(row[i].strip() for row in good_rows)]
    problems += [problem("unnamed-column", file, 1, number=i + 1) for i in filled]
    cells = zip(*good_rows, strict=True) if good_rows else ([] for _ in header)
    columns = {name: list(values) for name, values in zip(header, cells, strict=True) if name}
    header = [name for name in header if name]  # commas at the end of lines name no column
    if table.numbers_rows and "id" not in columns:
        columns["id"] = row_ids(table, columns, len(good_rows))
    for fld in table.fields:
        if fld.default and fld.name not in columns:
            columns[fld.name] = [fld.default] * len(good_rows)
    return header, columns, good_starts, rejected
