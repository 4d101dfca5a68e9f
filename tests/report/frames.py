"""A table in which every cell is meant to do harm to some form, or to be lost by it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

TEXTS = [
    '=HYPERLINK("https://evil.example","click")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "https://site.example",
    'two\nlines; "quoted", and so on',
    "001234567",
    "1,5",
    "<script>alert(1)</script>",
    "_x0041_",
    "<NA>",
    "É – œ 🚲",
]
"""What a spreadsheet would obey, link, split, round or decode."""


def hostile() -> pd.DataFrame:
    """A row a text, beside numbers, lists, yes and no, and nothing."""
    n = len(TEXTS)
    lists: list[Any] = [("a", "b;c"), (), ("=1",), *[("d",)] * (n - 3)]
    frame = pd.DataFrame(
        {
            "text": pd.Series(TEXTS, dtype="str"),
            "share": [0.1, np.nan, -2.5, 1e-7, 1e300, *[1 / 3] * (n - 5)],
            "count": pd.array([1, None, -3, 10**9, 0, *[7] * (n - 5)], dtype="Int64"),
            "yes": [True, False] * (n // 2),
            "list": pd.Series(lists, dtype=object),
            "no list": pd.Series([()] * n, dtype=object),
            "nothing": [None] * n,
            "=head": pd.Series([None, *["x"] * (n - 1)], dtype="str"),
        }
    )
    frame.attrs["secret"] = object()
    return frame
