"""Tables to the statements and rows that load them, in batches without repeated keys."""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ecosystem import cypher
from ecosystem.schema import TABLES, Table
from ecosystem.tables import Tables

BATCH = 5_000
"""Rows a statement: measured as fast as larger ones, and small enough for a 1 GB heap."""

Batch = tuple[str, list[dict[str, Any]]]


def batches(tables: Tables, load: int, *, fresh: bool = False) -> Iterator[Batch]:
    """Every statement of a load with its rows, in order, no key repeated in a batch.

    Parameters
    ----------
    load
        Number of the load in its store, from 1: the first has nothing to untie.
    fresh
        Whether the store holds no node with one of our labels.
    """
    keys = {table.name: _keys(tables, table) for table in cypher.nodes()}
    yield from _stubs(tables, keys, load)
    for table in _named_first():
        yield from _rows(tables, table, keys[table.name], load, fresh)
    for edge in cypher.edges():
        if load > 1:
            named = zip(keys[edge.by.name], _values(tables, edge), strict=True)
            rows = [{"key": k, "named": list(values)} for k, values in named]
            yield from _sliced(cypher.prune_edges(edge), rows)
        if not _tied_at_once(edge):
            yield from _sliced(cypher.merge_edges(edge), _ends(tables, edge, keys[edge.by.name]))
    for table in cypher.relations():
        frame = tables[table.name]
        yield from _sliced(
            cypher.merge_relations(table),
            [
                {"key": k, "start": a, "end": b, "properties": p}
                for k, a, b, p in zip(
                    _keys(tables, table),
                    frame["from"],
                    frame["to"],
                    _properties(tables, table, load),
                    strict=True,
                )
            ],
        )


def _rows(
    tables: Tables, table: Table, keys: Sequence[Any], load: int, fresh: bool
) -> Iterator[Batch]:
    """The nodes of a table with their ties, a statement for each set of columns that are filled."""
    edges = [edge for edge in cypher.edges() if edge.by is table and _tied_at_once(edge)]
    properties = _properties(tables, table, load)
    columns = [list(_values(tables, edge)) for edge in edges]
    sets: dict[tuple[int, ...], list[dict[str, Any]]] = {}
    for i, k in enumerate(keys):
        if cypher.key(table) == "_key":
            properties[i]["_key"] = k
        filled = tuple(j for j, column in enumerate(columns) if column[i])
        row = {"key": k, "properties": properties[i]}
        row |= {f"x{place}": columns[j][i][0] for place, j in enumerate(filled)}
        sets.setdefault(filled, []).append(row)
    for filled, rows in sets.items():
        statement = cypher.merge_rows(table, [edges[j] for j in filled], fresh=fresh)
        yield from _sliced(statement, rows)


def _named_first() -> list[Table]:
    """The tables of nodes, each after those that its rows name."""
    waiting = {edge.by.name: set[str]() for edge in cypher.edges()}
    for edge in cypher.edges():
        if _tied_at_once(edge):
            assert edge.field.reference is not None
            waiting[edge.by.name].add(edge.field.reference.table)
    order = graphlib.TopologicalSorter(waiting).static_order()
    return [TABLES[name] for name in order]


def _tied_at_once(edge: cypher.Edge) -> bool:
    """Whether a row can be tied when it is written: to one row, of a table written before."""
    return edge.field.kind != "list" and edge.start is not edge.end


def _values(tables: Tables, edge: cypher.Edge) -> Iterator[tuple[Any, ...]]:
    """What each row names, as a tuple of none, one or many."""
    column = tables[edge.by.name][edge.field.name]
    if edge.field.kind == "list":
        yield from column
    else:
        yield from (() if pd.isna(value) else (value,) for value in column)


def _ends(tables: Tables, edge: cypher.Edge, keys: Sequence[Any]) -> list[dict[str, Any]]:
    """Start, end and place in its list of every relationship, none twice."""
    pairs: dict[tuple[Any, Any], int] = {}
    for k, values in zip(keys, _values(tables, edge), strict=True):
        for position, other in enumerate(values):
            pairs.setdefault((k, other) if edge.named == "b" else (other, k), position)
    return [{"start": a, "end": b, "position": i} for (a, b), i in pairs.items()]


def _stubs(tables: Tables, keys: Mapping[str, list[Any]], load: int) -> Iterator[Batch]:
    """Nodes for rows that are named while their whole table is missing."""
    named: dict[str, dict[Any, None]] = {}
    for edge in cypher.edges():
        assert edge.field.reference is not None
        target = edge.field.reference.table
        if not keys[target]:
            column = tables[edge.by.name][edge.field.name]
            values = column.explode() if edge.field.kind == "list" else column
            named.setdefault(target, {}).update(dict.fromkeys(values.dropna()))
    for target, found in named.items():
        name = cypher.key(TABLES[target])
        yield from _sliced(
            cypher.merge_rows(TABLES[target], ()),
            [
                {"key": v, "properties": {name: v, "_stub": True, "_row": cypher.place(load, 0)}}
                for v in found
            ],
        )


def _keys(tables: Tables, table: Table) -> list[Any]:
    frame = tables[table.name]
    if len(table.key) == 1:
        return frame[table.key[0]].tolist()
    return [
        "|".join(map(str, values)) for values in zip(*(frame[c] for c in table.key), strict=True)
    ]


def _properties(tables: Tables, table: Table, load: int) -> list[dict[str, Any]]:
    """What is stored on each node or relationship: what is missing is left out."""
    frame = tables[table.name]
    stored = {f.name for f in table.properties}
    names = [c for c in frame.columns if c in stored or c not in table.columns]
    columns = [
        frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in names
    ]
    rows: list[dict[str, Any]] = [{"_row": cypher.place(load, i)} for i in range(len(frame))]
    for name, values in zip(names, columns, strict=True):
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                row[name] = value
    return rows


def _sliced(statement: str, rows: Sequence[dict[str, Any]]) -> Iterator[Batch]:
    for start in range(0, len(rows), BATCH):
        yield statement, list(rows[start : start + BATCH])
