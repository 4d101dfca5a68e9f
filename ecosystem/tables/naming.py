"""Identifiers made of what rows say: the same for a row wherever it stands and whatever stands beside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.schema import Table
from ecosystem.tables.cells import plain

LONGEST = 60
"""Signs of an identifier before it is shortened."""


def ids_of(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """An identifier for each name: its letters and digits in small, joined by dashes.

    A name that shares it with another, or is too long for it, has a few digits of its hash added; so
    the identifier of a name hangs on that name, and not on the order in which names come.

    Parameters
    ----------
    taken
        Identifiers that are used already.
    """
    made: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        made.setdefault(re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-"), []).append(name)
    used = set(taken)
    found: dict[str, str] = {}
    for short, sharing in made.items():
        for name in sharing:
            alone = len(sharing) == 1 and short not in used and len(short) <= LONGEST
            found[name] = (
                short if alone and short else f"{short[:LONGEST].strip('-') or 'x'}-{_hash(name)}"
            )
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]


def row_ids(table: Table, columns: Mapping[str, Sequence[str | None]], rows: int) -> list[str]:
    """An identifier for each row of a table to which nothing refers, made of what the row says.

    It hangs on the ends of the row (who, what, to whom) and not on where the row stands; of rows with
    the same ends the further ones are numbered, in the order of what else they say.
    """
    ends = [f.name for f in table.references if f.name != "source"]
    ends += [f.name for f in table.fields if f.name in ("kind", "purpose")]
    hashes = {
        name: pd.util.hash_array(
            np.array([cell or "" for cell in column], dtype=object), categorize=True
        )
        for name, column in columns.items()
        if name != "id"
    }
    key = _mixed([hashes[name] for name in ends if name in columns], rows) >> np.uint64(24)
    stem = table.name.removesuffix("s")
    named = [f"{stem}-{value:010x}" for value in key.tolist()]
    again = np.flatnonzero(pd.Series(key).duplicated(keep=False))
    if len(again):
        whole = _mixed([hashes[name] for name in sorted(hashes)], rows)
        frame = pd.DataFrame({"key": key[again], "whole": whole[again]}, index=again)
        order = frame.sort_values(["key", "whole"], kind="stable").groupby("key").cumcount()
        for row, number in order[order > 0].items():
            named[int(str(row))] += f"-{number + 1}"
    return named


def _mixed(hashes: Sequence[NDArray[np.uint64]], rows: int) -> NDArray[np.uint64]:
    """One hash a row of those of its cells."""
    found = np.full(rows, 0x9E3779B97F4A7C15, dtype=np.uint64)
    for each in hashes:
        found = found * np.uint64(0x100000001B3) ^ each
    return found
