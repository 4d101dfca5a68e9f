"""Bytes to text, and text to rows of cells: which encoding, which separator, and how one knows."""

from __future__ import annotations

import csv
import io

from ecosystem.errors import DataError
from ecosystem.formats.material import Grid, Material
from ecosystem.formats.opening import Entry, damaged, refused
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair

SAMPLE = 200_000
"""Bytes that an encoding is guessed from."""

SEPARATORS = {
    ",": Label("virgules", "commas"),
    ";": Label("points-virgules", "semicolons"),
    "\t": Label("tabulations", "tabs"),
    "|": Label("barres verticales", "vertical bars"),
    " ": Label("espaces", "blanks"),
}

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 (BOM)"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_OLD = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}
"""What French files were written in before UTF-8; Latin-1 is a part of Windows-1252."""


_WESTERN = frozenset("éèêëàâäçùûüîïôöœæÿñáíóúßÉÈÊËÀÂÄÇÙÛÜÎÏÔÖŒÆŸÑ’‘“”«»–—…€°\u00a0")


def decoded(entry: Entry) -> tuple[str, str]:
    """The text of a file, and the name of its encoding.

    Raises
    ------
    DataError
        If it is no text.
    """
    data = entry.data
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _as(entry, encoding), name
    if b"\0" in data[:400]:
        for encoding, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if data[at:400:2].count(0) > len(data[:400]) // 4:
                return _as(entry, encoding), "UTF-16"
        raise refused(
            entry.name, "ce n'est ni un texte ni un classeur", "this is neither text nor a workbook",
            Label("enregistrez-le en .xlsx, .ods ou .csv", "save it as .xlsx, .ods or .csv"),
        )  # fmt: skip
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    encoding = "cp1252" if _is_western(data) else _guessed(data)
    try:
        return data.decode(encoding), _OLD[encoding]
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def _is_western(data: bytes) -> bool:
    """Whether most signs beyond ASCII are letters and marks of Western languages, read as Windows-1252.

    A guess that counts bytes takes such a file for one of a Mac when a few bytes of it are spoilt.
    """
    signs = [sign for sign in _sample(data).decode("cp1252", "replace") if not sign.isascii()]
    return sum(sign in _WESTERN for sign in signs) * 2 > len(signs)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(_sample(data), cp_isolation=[*_OLD]).best()
    return best.encoding if best is not None and best.encoding in _OLD else "cp1252"


def _as(entry: Entry, encoding: str) -> str:
    try:
        return entry.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged(entry.name) from error


def _sample(data: bytes) -> bytes:
    """The lines that are not plain ASCII, as far as a sample goes."""
    if len(data) <= SAMPLE:
        return data
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def separator(text: str) -> str:
    """What separates the cells of a text: a sign of `SEPARATORS`."""
    import clevercsv

    sample = "".join(text[:40_000].splitlines(keepends=True)[:60])
    try:
        dialect = clevercsv.Sniffer().sniff(sample, delimiters=",;\t|")
        found = dialect.delimiter if dialect else ""
    except (clevercsv.Error, RecursionError):
        found = ""
    return found or _by_count(sample)


def _by_count(sample: str) -> str:
    first = next((line for line in sample.splitlines() if line.strip()), "")
    best = max(",;\t|", key=first.count)
    return best if first.count(best) else ","


def read_text(entry: Entry) -> Material:
    """Delimited text as one grid.

    Raises
    ------
    DataError
        If it is no text, or a quote is never closed.
    """
    text, encoding = decoded(entry)
    place = Place(entry.name)
    repairs: list[Repair] = []
    skipped = 0
    if text[:4].lower() == "sep=":
        sep, _, text = text[4:].partition("\n")
        sign, skipped = sep.strip("\r") or "\t", 1
    else:
        sign = separator(text)
    rows, lines = _rows(entry, text, sign)
    if skipped:
        lines = [line + 1 for line in lines]
        repairs.append(Repair("title-rows", place, (1,), None, f"sep={sign}"))
    words = SEPARATORS.get(sign, Label(f"« {sign} »", f"'{sign}'"))
    how = Label(
        f"texte délimité, {encoding}, cellules séparées par des {words.fr}",
        f"delimited text, {encoding}, cells separated by {words.en}",
    )
    return Material(how, place, grids=[Grid(place, rows, lines)], repairs=repairs)


def _rows(entry: Entry, text: str, sign: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a delimited text that hold something, and the lines on which each begins."""
    if len(sign) != 1 or sign in '"\r\n':
        sign = ","
    limit = csv.field_size_limit(len(text) + 1)
    try:
        if '"' not in text and "\r" not in text.replace("\r\n", ""):
            rows = list(csv.reader(io.StringIO(text), delimiter=sign, quoting=csv.QUOTE_NONE))
            return rows, list(range(1, len(rows) + 1))
        rows, lines, begins = [], [], 1
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        try:
            for row in reader:
                rows.append(row)
                lines.append(begins)
                begins = reader.line_num + 1
        except csv.Error as error:
            raise _unclosed(entry, begins) from error
        return rows, lines
    finally:
        csv.field_size_limit(limit)


def _unclosed(entry: Entry, line: int) -> DataError:
    return refused(
        entry.name, f"ligne {line} : un guillemet n'y est pas fermé, ou suivi d'autre chose",
        f"line {line}: a quote is not closed there, or followed by something else",
        Label("doublez les guillemets dans les cellules, ou enregistrez à nouveau depuis le tableur",
              "double the quotes inside cells, or save it from the spreadsheet again"),
    )  # fmt: skip
