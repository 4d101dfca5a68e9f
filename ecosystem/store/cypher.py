"""The Cypher that the schema implies: constraints, indexes, loading, sweeping, reading.

Text only: nothing here knows a driver. Every name that is put into a statement
comes from the schema or is quoted by `quoted`.

Properties that begin with `_` are the store's own: `_row` is the number of the
load that wrote a row with its place in its table, `_key` the key, as JSON, of a table whose key
is more than one column, `_stub` marks a node that stands for a row nobody has described
(a territory that actors name while `territories.csv` is missing), and `_positions`
are the places of a value in a list. `_loaded` marks the relationships that stand for a column:
one without it is somebody's own, and is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecosystem.schema import TABLES, Field, Table

CHUNK = 1_000
"""Rows that are read in one record."""

OWN = ("_row", "_key", "_stub", "_positions", "_loaded")
"""The properties that are the store's own."""

OUTDATED = {True: "n._row < $first", False: "r._row < $first"}
"""What is true of rows of earlier loads: as nodes, as relationships."""


@dataclass(frozen=True)
class Edge:
    """One relationship of the graph and the column it stands for.

    `start` and `end` are tables; `by` is the one whose rows name the other.
    """

    by: Table
    field: Field
    type: str
    start: Table
    end: Table

    @property
    def pattern(self) -> str:
        """The relationship with its ends, as a pattern to match."""
        return f"(a:{self.start.node})-[r:{self.type}]->(b:{self.end.node})"

    @property
    def named(self) -> str:
        """Which end is named by the column: `a` or `b`."""
        return (
            "b"
            if self.start is self.by and self.field.reference and not self.field.reference.inward
            else "a"
        )


def place(load: int, row: int) -> int:
    """One number for both, so that a row costs one property: rows of later loads are larger."""
    return (load << 32) + row


def quoted(name: str) -> str:
    """A property name that any text may be."""
    return "`" + name.replace("`", "``") + "`"


def key(table: Table) -> str:
    """The property that identifies a node."""
    return table.key[0] if len(table.key) == 1 else "_key"


def nodes() -> list[Table]:
    """The tables whose rows are nodes."""
    return [table for table in TABLES.values() if table.node]


def relations() -> list[Table]:
    """The tables whose rows are relationships."""
    return [table for table in TABLES.values() if table.relationship]


def edges() -> Iterator[Edge]:
    """Every relationship that a column of a node becomes."""
    for table in nodes():
        for field in table.references:
            reference = field.reference
            assert reference is not None
            other = TABLES[reference.table]
            ends = (other, table) if reference.inward else (table, other)
            yield Edge(table, field, reference.relationship, *ends)


def constraint(table: Table) -> str:
    """What keeps the key of a table of nodes unique, and finds its nodes."""
    assert table.node is not None
    return (
        f"CREATE CONSTRAINT {table.node.lower()}_key IF NOT EXISTS "
        f"FOR (n:{table.node}) REQUIRE n.{quoted(key(table))} IS UNIQUE"
    )


def constraints() -> list[str]:
    """One uniqueness constraint a node label."""
    return [
        *(constraint(table) for table in nodes()),
        "CREATE CONSTRAINT load_key IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE",
    ]


def indexes() -> list[str]:
    """One index a coded column, the columns that queries filter by."""
    return [
        f"CREATE INDEX {table.name}_{field.name} IF NOT EXISTS "
        f"FOR (n:{table.node}) ON (n.{quoted(field.name)})"
        for table in nodes()
        for field in table.fields
        if field.kind == "code" and field.name not in table.key
    ]


def any_row() -> str:
    """One node that bears one of our labels."""
    return f"MATCH (n:{_labels()}) RETURN n LIMIT 1"


def foreign_row() -> str:
    """The label of one node that bears it without having been written by a load."""
    return f"MATCH (n:{_labels()}) WHERE n._row IS NULL RETURN labels(n)[0] LIMIT 1"


def _labels() -> str:
    return "|".join(table.node or "" for table in nodes())


def merge_rows(
    table: Table,
    columns: Sequence[str],
    named: Sequence[Edge],
    *,
    fresh: bool = False,
    gone: Sequence[str] = (),
) -> str:
    """Rows as lists of values: one node each, tied to the rows it names.

    Lists, since a driver takes most of its time to write the names of values, once a row.

    Parameters
    ----------
    columns
        The properties that the values are, the key among them; a missing one is left out.
    named
        The relationships to tie, one a column, after those; the other ends must exist.
    fresh
        Whether nothing of ours was there before: then no node and no tie can be there
        already, and looking for them would cost most of the time.
    gone
        Properties to take away; any other that is there stays, somebody has added it.
    """
    others, ties = "", ""
    for i, edge in enumerate(named):
        other, place = edge.end if edge.named == "b" else edge.start, len(columns) + i
        others += f"MATCH (x{i}:{other.node} {{{quoted(key(other))}: row[{place}]}}) "
        start, end = ("n", f"x{i}") if edge.named == "b" else (f"x{i}", "n")
        ties += (
            f" CREATE ({start})-[:{edge.type} {{_loaded: true}}]->({end})"
            if fresh
            else f" MERGE ({start})-[r{i}:{edge.type}]->({end}) SET r{i}._loaded = true"
        )
    values = ", ".join(f"{quoted(name)}: row[{i}]" for i, name in enumerate(columns))
    identity = f"{quoted(key(table))}: row[{list(columns).index(key(table))}]"
    node = (
        f"CREATE (n:{table.node} {{{values}}})"
        if fresh
        else f"MERGE (n:{table.node} {{{identity}}}) SET n += {{{values}{_without(gone)}}}"
    )
    return f"UNWIND $rows AS row {others}{node}{ties}"


def _without(gone: Sequence[str]) -> str:
    """The end of a map that takes properties away."""
    return "".join(f", {quoted(name)}: null" for name in gone)


def merge_edges(edge: Edge) -> str:
    """Rows of `{start, end, positions}`: tie two nodes that exist."""
    positions = ", r._positions = row.positions" if edge.field.kind == "list" else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{edge.start.node} {{{quoted(key(edge.start))}: row.start}}) "
        f"MATCH (b:{edge.end.node} {{{quoted(key(edge.end))}: row.end}}) "
        f"MERGE (a)-[r:{edge.type}]->(b) SET r._loaded = true{positions}"
    )


def prune_edges(edge: Edge, *, marked: bool = True) -> str:
    """Rows of `{key, named}`: untie a row from what it no longer names.

    `marked`: whether the loads before have marked the relationships that were theirs.
    """
    theirs = "r._loaded AND " * marked
    other = edge.end if edge.named == "b" else edge.start
    arrow = f"(n)-[r:{edge.type}]->" if edge.named == "b" else f"(n)<-[r:{edge.type}]-"
    return (
        f"UNWIND $rows AS row MATCH (n:{edge.by.node} {{{quoted(key(edge.by))}: row.key}}) "
        f"MATCH {arrow}(x:{other.node}) "
        f"WHERE {theirs}NOT x.{quoted(key(other))} IN row.named DELETE r"
    )


def merge_relations(table: Table, gone: Sequence[str] = ()) -> str:
    """Rows of `{key, start, end, properties}`: a relationship with facts of its own.

    `gone`: properties to take away first; any other that is there stays.
    """
    before = _without([name for name in gone if name != key(table)])[2:]
    return (
        "UNWIND $rows AS row MATCH (a:Actor {id: row.start}) MATCH (b:Actor {id: row.end}) "
        f"MERGE (a)-[r:{table.relationship} {{{quoted(key(table))}: row.key}}]->(b) "
        f"SET r += {{{before}}} SET r += row.properties"
    )


def outdated(table: Table) -> str:
    """How many rows of a table an earlier load wrote and this one did not."""
    one = f"(n:{table.node})" if table.node else f"(:Actor)-[r:{table.relationship}]->(:Actor)"
    return f"MATCH {one} WHERE {OUTDATED[bool(table.node)]} RETURN count(*)"


def additions(table: Table, where: str, *, marked: bool = True) -> str:
    """What is not of a load on some rows: key, labels, names of properties and of relationships.

    Parameters
    ----------
    where
        The rows, as a condition on `n`, or on `r` for a table of relationships.
    marked
        Whether the loads have marked the relationships that were theirs.

    `$known` are the names of properties that loads write.
    """
    if not table.node:
        return (
            f"MATCH (:Actor)-[r:{table.relationship}]->(:Actor) WHERE {where} "
            f"RETURN r.{quoted(key(table))} AS key, [] AS labels, "
            "[k IN keys(r) WHERE NOT k IN $known] AS names, [] AS ties"
        )
    types = sorted({edge.type for edge in edges()} | {t.relationship or "" for t in relations()})
    theirs = (
        "t._loaded IS NULL AND t._row IS NULL"
        if marked
        else f"NOT type(t) IN {json.dumps([name for name in types if name])}"
    )
    return (
        f"MATCH (n:{table.node}) WHERE {where} OPTIONAL MATCH (n)-[t]-() WHERE {theirs} "
        f"WITH n, collect(DISTINCT type(t)) AS ties RETURN n.{quoted(key(table))} AS key, "
        "labels(n) AS labels, [k IN keys(n) WHERE NOT k IN $known] AS names, ties"
    )


def sweeps() -> list[str]:
    """Remove rows that an earlier load wrote and this one did not."""
    facts = [
        f"MATCH (:Actor)-[r:{table.relationship}]->(:Actor) WHERE {OUTDATED[False]} DELETE r"
        for table in relations()
    ]
    rest = [f"MATCH (n:{t.node}) WHERE {OUTDATED[True]} DETACH DELETE n" for t in nodes()]
    return facts + rest


def read_rows(
    table: Table, columns: Sequence[str], named: Sequence[Edge], *, marked: bool = True
) -> str:
    """The rows of a table, in any order: lists of `_row`, the key, columns, rows named.

    Many rows come in one list of lists: a driver takes long for each record.

    Parameters
    ----------
    columns
        Properties to read; what is not filled anywhere need not be asked for.
    named
        The relationships that stand for a column of one value.
    marked
        Whether they are marked as those of a load.
    """
    ties, ends = "", ""
    mark = " {_loaded: true}" * marked
    for i, edge in enumerate(named):
        other = edge.end if edge.named == "b" else edge.start
        tie = f"[:{edge.type}{mark}]"
        arrow = f"(n)-{tie}->" if edge.named == "b" else f"(n)<-{tie}-"
        ties += f"{' OPTIONAL' * (not edge.field.required)} MATCH {arrow}(x{i}:{other.node})"
        ends += f", x{i}.{quoted(key(other))}"
    stored = "".join(f", n.{quoted(name)}" for name in columns)
    return (
        f"MATCH (n:{table.node}) WHERE n._stub IS NULL AND n._row IS NOT NULL{ties} "
        f"RETURN n._row / {CHUNK} AS chunk, "
        f"collect([n._row, n.{quoted(key(table))}{stored}{ends}]) AS rows"
    )


def read_edges(edge: Edge) -> str:
    """The key of a row, a key it names and its places in the list of the row.

    Only a load says places: a relationship without them is somebody's own.
    """
    row, named = ("a", "b") if edge.named == "b" else ("b", "a")
    return (
        f"MATCH {edge.pattern} WHERE {row}._stub IS NULL AND r._positions IS NOT NULL "
        f"RETURN {row}.{quoted(key(edge.by))} AS row, "
        f"{named}.{quoted(key(edge.end if named == 'b' else edge.start))} AS named, "
        "r._positions AS positions"
    )


def read_relations(table: Table, columns: Sequence[str]) -> str:
    """The same for a table of relationships, with both ends last."""
    stored = "".join(f", r.{quoted(name)}" for name in columns)
    return (
        f"MATCH (a:Actor)-[r:{table.relationship}]->(b:Actor) WHERE r._row IS NOT NULL "
        f"RETURN r._row / {CHUNK} AS chunk, "
        f"collect([r._row, r.{quoted(key(table))}{stored}, a.id, b.id]) AS rows"
    )
