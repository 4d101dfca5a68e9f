"""What a load would do to a store, found by reading alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosystem.schema import TABLES
from ecosystem.store import cypher
from ecosystem.store.loading import Earlier, keys_of
from ecosystem.store.readback import Transaction, tables_back
from ecosystem.store.writing import Addition, additions, earlier
from ecosystem.tables.frames import Tables

_BATCH = 5_000  # keys a statement


@dataclass(frozen=True)
class Change:
    """Rows of one table by what happens to them."""

    table: str
    added: int
    changed: int
    removed: int
    same: int


@dataclass(frozen=True)
class Changes:
    """What a load would do: by table, and what others added to rows that it would remove."""

    tables: tuple[Change, ...]
    lost: tuple[Addition, ...] = ()


def compared(before: Tables | None, after: Tables) -> Changes:
    """The changes from what a store holds, None for nothing, to tables that are to be loaded."""
    return Changes(tuple(_change(name, *_both(name, before, after)) for name in TABLES))


def changes(transaction: Transaction, tables: Tables) -> Changes:
    """The changes that a load of these tables would make."""
    before = tables_back(transaction)
    if before is None:
        return compared(None, tables)
    last, lost = earlier(transaction), list[Addition]()
    for name, table in TABLES.items():
        old, new = _both(name, before, tables)
        gone = [key for key in old if key not in new]
        one = "n" if table.node else "r"
        for start in range(0, len(gone), _BATCH):
            lost += additions(
                transaction,
                table,
                last,
                where=f"{one}.{cypher.quoted(cypher.key(table))} IN $gone",
                gone=gone[start : start + _BATCH],
            )
    return Changes(compared(before, tables).tables, tuple(lost))


def _both(name: str, before: Tables | None, after: Tables) -> tuple[dict[Any, Any], dict[Any, Any]]:
    return _rows(before, name) if before is not None else {}, _rows(after, name)


def _rows(tables: Tables, name: str) -> dict[Any, dict[str, str]]:
    """What each row of a table says, by its key: its cells that hold something."""
    frame = tables[name]
    columns = {
        str(column): frame[column].astype(str).where(frame[column].notna(), "").tolist()
        for column in frame.columns
    }
    cells = zip(*columns.values(), strict=True)
    return {
        key: {column: cell for column, cell in zip(columns, row, strict=True) if cell}
        for key, row in zip(keys_of(tables, TABLES[name]), cells, strict=True)
    }


def _change(name: str, old: dict[Any, Any], new: dict[Any, Any]) -> Change:
    both = [key for key in new if key in old]
    changed = sum(old[key] != new[key] for key in both)
    added, removed = len(new) - len(both), len(old) - len(both)
    return Change(name, added, changed, removed, len(both) - changed)
