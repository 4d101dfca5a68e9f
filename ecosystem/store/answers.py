"""What a statement gives back, as tables hold it: columns of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def framed(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> pd.DataFrame:
    """The rows of a result as a table."""
    cells = zip(*([plain(value) for value in row] for row in rows), strict=True)
    columns = cells if rows else ((),) * len(names)
    data = {name: column(values) for name, values in zip(names, columns, strict=True)}
    return pd.DataFrame(data, columns=pd.Index(list(names), dtype="str"))


def column(values: Sequence[Any]) -> pd.Series[Any]:
    """A column of a result; whole numbers stay whole where some are missing."""
    known = {type(value) for value in values if value is not None}
    return pd.Series(list(values), dtype="Int64" if known == {int} and None in values else None)


def plain(value: Any) -> Any:
    """A value that a table can hold: no driver types."""
    if hasattr(value, "element_id") and hasattr(value, "items"):  # a node, a relationship
        return {k: plain(v) for k, v in value.items() if not k.startswith("_")}
    if hasattr(value, "nodes"):  # a path
        return [plain(node) for node in value.nodes]
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value.item() if hasattr(value, "item") else value
