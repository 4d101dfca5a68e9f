"""Tables to the statements and rows that load them, in batches without repeated keys."""

from __future__ import annotations

import graphlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ecosystem.schema import TABLES, Table
from ecosystem.store import cypher
from ecosystem.tables.frames import Tables

BATCH = 5_000
"""Rows a statement: measured as fast as larger ones, and small enough for a 1 GB heap."""

Batch = tuple[str, list[Any]]


@dataclass(frozen=True)
class Earlier:
    """What the load before has left: columns that held something and columns of its own, by table.

    `marked`: whether it marked the relationships that were its own.
    """

    filled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marked: bool = True

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns that may be properties."""
        return tuple(dict.fromkeys((*self.filled.get(table, ()), *self.own.get(table, ()))))


def batches(
    tables: Tables,
    load: int,
    before: Earlier | None = None,
    *,
    source: str = cypher.MAIN,
    fresh: bool = False,
) -> Iterator[Batch]:
    """Every statement of a load with its rows, in order, no key repeated in a batch.

    Parameters
    ----------
    load
        Number of the load of its source, from 1: the first has nothing to untie.
    before
        What the load before has left, and this one takes away.
    source
        The name of the source.
    fresh
        Whether the store holds no node of this source.
    """
    before = before or Earlier()
    stored = _Keys(source)
    keys = {table.name: stored.of(keys_of(tables, table)) for table in cypher.nodes()}
    yield from _stubs(tables, keys, load, before, stored)
    for table in _named_first():
        yield from _rows(tables, table, keys[table.name], load, before, stored, fresh=fresh)
    for edge in cypher.edges():
        if load > 1:
            named = zip(keys[edge.by.name], _values(tables, edge), strict=True)
            rows = [{"key": k, "named": stored.of(values)} for k, values in named]
            yield from _sliced(cypher.prune_edges(edge, marked=before.marked), rows)
        if not _tied_at_once(edge):
            yield from _sliced(
                cypher.merge_edges(edge), _ends(tables, edge, keys[edge.by.name], stored)
            )
    for table in cypher.relations():
        frame = tables[table.name]
        names, values = _properties(tables, table, load)
        facts = [
            {name: v for name, v in zip(names, row, strict=True) if v is not None}
            for row in zip(*values, strict=True)
        ]
        ends = (stored.of(frame[end]) for end in ("from", "to"))
        columns = (keys_of(tables, table), *ends, facts)
        yield from _sliced(
            cypher.merge_relations(table, [*names, *_gone(table, names, before)]),
            [
                {"key": k, "start": a, "end": b, "properties": p}
                for k, a, b, p in zip(*columns, strict=True)
            ],
        )


def _rows(
    tables: Tables,
    table: Table,
    keys: Sequence[Any],
    load: int,
    before: Earlier,
    stored: _Keys,
    *,
    fresh: bool,
) -> Iterator[Batch]:
    """The nodes of a table with their ties, a statement for each set of columns that are filled."""
    frame = tables[table.name]
    edges = [
        edge
        for edge in cypher.edges()
        if edge.by is table and _tied_at_once(edge) and frame[edge.field.name].notna().any()
    ]
    names, values = _properties(tables, table, load)
    names, values = [cypher.KEY, "_source", *names], [keys, [stored.source] * len(frame), *values]
    gone = [*_gone(table, names, before), "_stub"]
    ends = [stored.of(_filled(frame[edge.field.name])) for edge in edges]
    sets: dict[tuple[int, ...], list[list[Any]]] = {}
    if not any(None in column for column in ends):  # as most are: no need to look at each row
        sets[tuple(range(len(ends)))] = list(map(list, zip(*values, *ends, strict=True)))
    else:
        for row, others in zip(zip(*values, strict=True), zip(*ends, strict=True), strict=True):
            filled = tuple(j for j, other in enumerate(others) if other is not None)
            sets.setdefault(filled, []).append([*row, *(others[j] for j in filled)])
    for filled, rows in sets.items():
        statement = cypher.merge_rows(
            table, names, [edges[j] for j in filled], fresh=fresh, gone=gone
        )
        yield from _sliced(statement, rows)


def _gone(table: Table, names: Sequence[str], before: Earlier) -> list[str]:
    """The properties that the load before wrote and this one does not."""
    references = set() if table.relationship else {field.name for field in table.references}
    return [
        name
        for name in before.columns(table.name)
        if name not in names and name not in references and name not in ("from", "to")
    ]


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


def _ends(
    tables: Tables, edge: cypher.Edge, keys: Sequence[Any], stored: _Keys
) -> list[dict[str, Any]]:
    """Start, end and places in its list of every relationship, none twice."""
    pairs: dict[tuple[Any, Any], list[int]] = {}
    for k, values in zip(keys, _values(tables, edge), strict=True):
        for position, other in enumerate(stored.of(values)):
            pairs.setdefault((k, other) if edge.named == "b" else (other, k), []).append(position)
    return [{"start": a, "end": b, "positions": i} for (a, b), i in pairs.items()]


def _stubs(
    tables: Tables, keys: Mapping[str, list[Any]], load: int, before: Earlier, stored: _Keys
) -> Iterator[Batch]:
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
            cypher.merge_rows(
                TABLES[target],
                [cypher.KEY, "_source", name, "_stub", "_row"],
                (),
                gone=_gone(TABLES[target], [name], before),
            ),
            [
                [k, stored.source, v, True, cypher.place(load, 0)]
                for k, v in zip(stored.of(found), found, strict=True)
            ],
        )


class _Keys:
    """The keys of the rows of one source among those of all, each text once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._known: dict[Any, str | None] = {None: None}

    def of(self, keys: Iterable[Any]) -> list[Any]:
        """The stored keys, None for None."""
        known, found = self._known, []
        for key in keys:
            if (stored := known.get(key)) is None and key is not None:
                stored = known[key] = cypher.stored_key(self.source, key)
            found.append(stored)
        return found


def keys_of(tables: Tables, table: Table) -> list[Any]:
    """What identifies each row of a table among those of its source."""
    frame = tables[table.name]
    if len(table.key) == 1:
        return frame[table.key[0]].tolist()
    return [
        json.dumps([str(value) for value in values], ensure_ascii=False)
        for values in zip(*(frame[c] for c in table.key), strict=True)
    ]


def _properties(tables: Tables, table: Table, load: int) -> tuple[list[str], list[Sequence[Any]]]:
    """What is stored on the nodes or relationships of a table: names, and a column of values each."""
    frame = tables[table.name]
    stored = {f.name for f in table.properties}
    names = [
        str(c)
        for c in frame.columns
        if (c in stored or c not in table.columns) and frame[c].notna().any()
    ]
    places = [cypher.place(load, i) for i in range(len(frame))]
    return ["_row", *names], [places, *(_filled(frame[name]) for name in names)]


def _filled(column: pd.Series[Any]) -> list[Any]:
    """The values of a column, None for what is missing."""
    return column.astype(object).where(column.notna(), None).tolist()


def _sliced(statement: str, rows: Sequence[Any]) -> Iterator[Batch]:
    for start in range(0, len(rows), BATCH):
        yield statement, list(rows[start : start + BATCH])
