"""Workbooks: read back they hold the same cells, and nothing in them is a formula or a link."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from ecosystem.errors import EcosystemError
from ecosystem.report import workbook
from ecosystem.report.workbook import LONGEST_CELL, as_workbook
from tests.report.frames import TEXTS, hostile


def cells(data: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode("utf-8")


def test_cells_come_back_as_what_they_are() -> None:
    header, *rows = cells(as_workbook(hostile(), {"text": "le texte"}, "x").data)
    assert header == ["le texte", *hostile().columns[1:]]
    assert [row[0] for row in rows] == TEXTS
    shares = [None if row[1] == "" else row[1] for row in rows]
    assert shares == [None if x != x else x for x in hostile()["share"]]
    counts = [None if row[2] == "" else row[2] for row in rows]
    assert counts == [None if x is pd.NA else x for x in hostile()["count"]]
    assert [row[3] for row in rows[:2]] == [True, False]
    assert [row[4] for row in rows[:3]] == ["a; b;c", "", "=1"]
    assert {row[6] for row in rows} == {""}


def test_no_cell_is_a_formula_or_a_link() -> None:
    data = as_workbook(hostile(), {}, "x").data
    page = part(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in page and "hyperlink" not in page
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "sheet1.xml.rels" in name]
    assert "<script>" not in part(data, "xl/sharedStrings.xml")


def test_the_sheet_is_made_to_be_read() -> None:
    data = as_workbook(hostile(), {}, "x").data
    page = part(data, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in page and 'ySplit="1"' in page
    assert f'<autoFilter ref="A1:H{len(TEXTS) + 1}"/>' in page
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', page)]
    assert len(widths) >= 2 and all(8 <= width <= 61 for width in widths)
    styles = part(data, "xl/styles.xml")
    assert "<b/>" in styles and 'wrapText="1"' in styles


def test_the_same_table_makes_the_same_bytes() -> None:
    """No time of writing is in the file."""
    data = as_workbook(hostile(), {}, "x").data
    assert as_workbook(hostile(), {}, "x").data == data
    dates = re.findall(r">(\d{4}-[^<]*)<", part(data, "docProps/core.xml"))
    assert dates == ["2000-01-01T00:00:00Z"] * 2
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("manques", "manques"),
        ("a[b]:c*d?e/f\\g", "a b c d e f g"),
        ("'quoted'", "quoted"),
        ("History", "History 1"),
        ("///", "1"),
        ("x" * 31, "x" * 31),
        ("y" * 40, "y" * 30 + "…"),
    ],
)
def test_a_sheet_bears_a_name_that_excel_takes(words: str, name: str) -> None:
    book = as_workbook(hostile(), {}, words)
    assert CalamineWorkbook.from_filelike(io.BytesIO(book.data)).sheet_names == [name]
    assert [name in told.en for told in book.cut] == [True] * (len(words) > 31)


def test_a_cell_too_long_is_cut_and_said() -> None:
    fits, long = "x" * LONGEST_CELL, "🚲" * LONGEST_CELL
    book = as_workbook(pd.DataFrame({"a": [fits, long]}), {}, "x")
    (told,) = book.cut
    assert "cells cut at 32767 characters: 1" in told.en and "coupées" in told.fr
    _, (one,), (two,) = cells(book.data)
    assert one == fits
    assert two.endswith("🚲…") and len(two.encode("utf-16-le")) // 2 <= LONGEST_CELL


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 15)
    as_workbook(hostile(), {}, "x")
    more = pd.concat([hostile(), hostile()])
    with pytest.raises(EcosystemError, match=r"28 rows .* a sheet holds 14(.|\n)*csv or parquet"):
        as_workbook(more, {}, "x")


def test_long_whole_numbers_keep_their_digits() -> None:
    frame = pd.DataFrame({"n": [2**60 + 1, 10**14 + 1]})
    assert cells(as_workbook(frame, {}, "x").data)[1:] == [[str(2**60 + 1)], [10**14 + 1]]


@pytest.mark.parametrize("frame", [hostile().head(0), pd.DataFrame()], ids=["no row", "no column"])
def test_an_empty_table(frame: pd.DataFrame) -> None:
    found = cells(as_workbook(frame, {}, "x").data)
    assert found == ([list(frame.columns)] if len(frame.columns) else [])
