"""The tables that a load took, read back from its nodes and relationships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from ecosystem.schema import TABLES, Table
from ecosystem.store import cypher, reading
from ecosystem.store.holding import Transaction, load_of
from ecosystem.tables.frames import Tables, typed

ENDS = ("from", "to")
"""The columns of a table of relationships that are its ends."""


def tables_back(transaction: Transaction, source: str) -> Tables | None:
    """The tables that the last load of a source took; None if there was none."""
    load = transaction.run(
        f"{load_of(source)} RETURN n.headers, n.origin, n.filled, n.own, n.marked", source=source
    ).single()
    if load is None:
        return None
    headers: dict[str, list[str]] = json.loads(load[0])
    filled: dict[str, list[str]] = json.loads(load[2])
    own: dict[str, list[str]] = json.loads(load[3])
    frames = {
        name: _read_table(
            transaction,
            source,
            table,
            filled.get(name, []),
            own.get(name, []),
            marked=bool(load[4]),
        )
        for name, table in TABLES.items()
    }
    return Tables(frames, str(load[1]), headers)


def _read_table(
    transaction: Transaction,
    source: str,
    table: Table,
    filled: Sequence[str],
    own: Sequence[str],
    *,
    marked: bool,
) -> pd.DataFrame:
    """The rows of a table as they were: only columns that hold something are asked for.

    `own` are the columns that the schema does not know, in order; `marked` says whether the
    load has marked its relationships.
    """
    if not filled:
        return typed(table, {name: () for name in own}, 0)
    references = {field.name for field in table.references}
    key = cypher.key(table)
    stored = [
        name
        for name in filled
        if name != key and (name not in references or (table.relationship and name not in ENDS))
    ]
    if "visibility" not in stored:  # it may be set in the graph alone
        stored.append("visibility")
    edges = [e for e in cypher.edges() if e.by is table and e.field.name in filled]
    single = [edge for edge in edges if edge.field.kind != "list"]
    if table.relationship:
        statement = reading.read_relations(table, stored)
    else:
        statement = reading.read_rows(table, stored, single, marked=marked)
    ends = [*ENDS] if table.relationship else [edge.field.name for edge in single]
    chunks = sorted(transaction.run(statement, source=source), key=itemgetter(0))
    # A row comes twice if somebody tied it twice by hand.
    rows = {row[0]: row for _, chunk in chunks for row in chunk}
    ordered = [rows[place] for place in sorted(rows)]
    _, keys, *values = zip(*ordered, strict=True) if ordered else ((), ())
    columns = dict(zip([*stored, *ends], values, strict=False)) | {key: keys}
    for edge in edges:
        if edge.field.kind == "list":
            lists: dict[Any, dict[int, Any]] = {}
            for row, name, places in transaction.run(reading.read_edges(edge), source=source):
                lists.setdefault(row, {}).update(dict.fromkeys(places, name))
            found = (lists.get(k, {}) for k in keys)
            columns[edge.field.name] = tuple(tuple(x[i] for i in sorted(x)) for x in found)
    known = {name: columns[name] for name in table.columns if name in columns}
    nothing = (None,) * len(ordered)
    return typed(table, known | {name: columns.get(name, nothing) for name in own}, len(ordered))
