"""Parquet: types and lists come back."""

from __future__ import annotations

import io
import sys

import pandas as pd
import pytest

from ecosystem.errors import EcosystemError
from ecosystem.report.parquet import as_parquet
from tests.report.frames import TEXTS, hostile

parquet = pytest.importorskip("pyarrow.parquet")


def test_types_and_lists_come_back() -> None:
    again = pd.read_parquet(io.BytesIO(as_parquet(hostile())))
    assert list(again.columns) == list(hostile().columns)
    for name in ("text", "share", "count", "yes", "=head"):
        pd.testing.assert_series_equal(again[name], hostile()[name])
    assert [tuple(cell) for cell in again["list"]] == list(hostile()["list"])
    assert again["nothing"].isna().all()
    assert again.attrs == {} and again["text"].tolist() == TEXTS


def test_lists_are_lists_of_texts_even_where_all_are_empty() -> None:
    schema = parquet.read_schema(io.BytesIO(as_parquet(hostile())))
    kinds = [str(schema.field(name).type) for name in ("list", "no list")]
    assert kinds == ["list<element: string>"] * 2
    assert str(schema.field("nothing").type) == "string"


def test_the_same_table_makes_the_same_bytes() -> None:
    assert as_parquet(hostile()) == as_parquet(hostile())


def test_what_parquet_cannot_hold_is_said() -> None:
    with pytest.raises(EcosystemError, match=r"column mixed(.|\n)*csv or json"):
        as_parquet(pd.DataFrame({"mixed": [1, "a"]}))


def test_an_empty_table() -> None:
    again = pd.read_parquet(io.BytesIO(as_parquet(hostile().head(0))))
    assert (len(again), list(again.columns)) == (0, list(hostile().columns))


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(EcosystemError, match=r"pip install 'ecosystem\[parquet\]'"):
        as_parquet(hostile())
