"""CSV and JSON: read back, they hold what the table holds, and nothing that a spreadsheet obeys."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from ecosystem.report.forms import FORMULA, as_csv, as_excel_csv, as_json, as_text
from tests.cli.running import no_constant
from tests.report.frames import TEXTS, hostile


def read(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_csv_for_programs_keeps_every_text_and_number() -> None:
    header, *rows = read(as_csv(hostile()))
    assert header == list(hostile().columns)
    assert [row[0] for row in rows] == TEXTS
    assert [row[4] for row in rows[:3]] == ["a;b;c", "", "=1"]
    for row, share in zip(rows, hostile()["share"], strict=True):
        assert (float(row[1]) if row[1] else None) == (None if share != share else share)
    assert rows[1][1] == rows[1][2] == rows[0][6] == ""
    assert [row[3] for row in rows[:2]] == ["True", "False"]


def test_csv_for_a_french_excel_gives_the_same_numbers_and_no_formula() -> None:
    text = as_excel_csv(hostile())
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    header, *rows = read(text.removeprefix("\ufeff"), ";")
    assert header[-1] == "'=head"
    for cells in (header, *rows):
        for at, cell in enumerate(cells):
            assert at in (1, 2) or not cell.startswith(FORMULA), cell
    assert [row[0].removeprefix("'") for row in rows] == TEXTS
    assert [row[0][0] == "'" for row in rows] == [text.startswith(FORMULA) for text in TEXTS]
    assert [row[4] for row in rows[:3]] == ["a, b;c", "", "'=1"]
    assert [row[3] for row in rows[:2]] == ["VRAI", "FAUX"]
    assert rows[2][1:3] == ["-2,5", "-3"], "a number is no text"
    again = pd.read_csv(
        io.BytesIO(text.encode("utf-8")), sep=";", decimal=",", encoding="utf-8-sig"
    )
    pd.testing.assert_series_equal(again["share"], hostile()["share"])
    pd.testing.assert_series_equal(
        again["count"].astype("Int64"), hostile()["count"], check_dtype=True
    )


def test_lines_end_as_the_reader_expects() -> None:
    frame = pd.DataFrame({"a": ["x", "y"]})
    assert as_csv(frame) == "a\nx\ny\n"
    assert as_excel_csv(frame) == "\ufeffa\r\nx\r\ny\r\n"


def test_json_has_lists_nothing_as_null_and_no_nan() -> None:
    rows = json.loads(as_json(hostile()), parse_constant=no_constant)
    assert [row["text"] for row in rows] == TEXTS
    assert [row["list"] for row in rows[:3]] == [["a", "b;c"], [], ["=1"]]
    assert rows[1]["share"] is rows[1]["count"] is rows[0]["nothing"] is rows[0]["=head"] is None
    assert [type(rows[0][name]) for name in ("share", "count", "yes")] == [float, int, bool]


def test_json_of_records_inside_records() -> None:
    inside = {"a": float("nan"), "b": [{"c": pd.NA, "d": (1, float("inf"))}]}
    frame = pd.DataFrame({"x": [inside]})
    found = json.loads(as_json(frame), parse_constant=no_constant)
    assert found == [{"x": {"a": None, "b": [{"c": None, "d": [1, None]}]}}]


def test_a_text_that_reads_as_nothing_is_a_text() -> None:
    frame = pd.DataFrame({"x": pd.Series(["<NA>", None], dtype="str")})
    assert as_csv(frame) == 'x\n<NA>\n""\n'
    assert json.loads(as_json(frame)) == [{"x": "<NA>"}, {"x": None}]
    assert "<NA>" in as_text(frame, {})


@pytest.mark.parametrize("frame", [hostile().head(0), pd.DataFrame()], ids=["no row", "no column"])
def test_an_empty_table(frame: pd.DataFrame) -> None:
    assert as_json(frame) == "[]\n"
    assert len(as_csv(frame).splitlines()) == len(as_excel_csv(frame).splitlines()) == 1
