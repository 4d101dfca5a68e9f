"""What rows behind an edge weigh: the rule, and whether it changes anything."""

from __future__ import annotations

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.labels import Label

WEIGHTS = ("sum", "count")
"""How parallel rows become one edge: their weights add up, or each counts 1."""

SUMMED = "sum of weights, an empty one counts 1"
"""The convention of a network whose rows have weights."""


def weighs(rows: pd.DataFrame, weight: str) -> bool:
    """Whether the weights of some rows count.

    Raises
    ------
    UnknownName
        If there is no such way to weigh.
    """
    if weight not in WEIGHTS:
        raise UnknownName(Label("façon de peser", "way to weigh"), weight, WEIGHTS)
    return weight == "sum" and "weight" in rows and bool(rows["weight"].notna().any())


def row_weights(rows: pd.DataFrame, weight: str) -> dict[str, float] | None:
    """The weight of each row, an empty one 1; None where none counts."""
    if not weighs(rows, weight):
        return None
    values = rows["weight"].astype("Float64").fillna(1.0).to_numpy(dtype=float)
    return dict(zip(rows["id"], values.tolist(), strict=True))
