"""The Cypher that the schema implies: constraints, indexes, loading, sweeping.

Text only: nothing here knows a driver. Every name that is put into a statement
comes from the schema or is quoted by `quoted`.

A store holds sources side by side, each under a name, and no relationship of a load leads from one
to another. Properties that begin with `_` are the store's own: `_source` is that name, `_key` the
name with the key of the row, which is what finds a node, `_row` the number of the load of that
source that wrote a row with its place in its table, `_stub` marks a node that stands for a row nobody has described
(a territory that actors name while `territories.csv` is missing), and `_positions`
are the places of a value in a list. `_loaded` marks the relationships that stand for a column:
one without it is somebody's own, and is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecosystem.schema import TABLES, Field, Table

MAIN = "main"
"""The source that a load without a name fills."""

KEY = "_key"
"""The property that identifies a node among all sources."""

OWN = ("_row", KEY, "_source", "_stub", "_positions", "_loaded")
"""The properties that are the store's own."""


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
    """The property that identifies a node among those of its source."""
    return table.key[0] if len(table.key) == 1 else KEY


def stored_key(source: str, key: object) -> str:
    """What identifies a row among all sources: no name of a source holds a colon."""
    return f"{source}:{key}"


def of_source(variable: str) -> str:
    """True of what is of `$source`; what versions before names loaded is of the main one."""
    return f"coalesce({variable}._source, '{MAIN}') = $source"


def outdated_rows(table: Table) -> str:
    """True of rows, as `n` or `r`, that earlier loads of `$source` wrote."""
    return f"{of_source('n' if table.node else 'a')} AND {'n' if table.node else 'r'}._row < $first"


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
        f"CREATE CONSTRAINT {table.node.lower()}_loaded IF NOT EXISTS "
        f"FOR (n:{table.node}) REQUIRE n.{KEY} IS UNIQUE"
    )


def key_index(table: Table) -> str:
    """What finds the nodes of a table by the identifier that its rows bear."""
    return (
        f"CREATE INDEX {table.name}_{table.key[0]} IF NOT EXISTS "
        f"FOR (n:{table.node}) ON (n.{quoted(table.key[0])})"
    )


def constraints() -> list[str]:
    """One uniqueness constraint a node label."""
    return [
        *(constraint(table) for table in nodes()),
        "CREATE CONSTRAINT load_key IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE",
    ]


def indexes() -> list[str]:
    """One index an identifier and a coded column, the columns that queries look up and filter by."""
    return [key_index(table) for table in nodes() if len(table.key) == 1] + [
        f"CREATE INDEX {table.name}_{field.name} IF NOT EXISTS "
        f"FOR (n:{table.node}) ON (n.{quoted(field.name)})"
        for table in nodes()
        for field in table.fields
        if field.kind == "code" and field.name not in table.key
    ]


def any_row() -> str:
    """One node of a source."""
    return f"MATCH (n:{_labels()}) WHERE {of_source('n')} RETURN n LIMIT 1"


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
        The properties that the values are, `_key` among them; a missing one is left out.
    named
        The relationships to tie, one a column, after those; the other ends must exist.
    fresh
        Whether nothing of the source was there before: then no node and no tie can be there
        already, and looking for them would cost most of the time.
    gone
        Properties to take away; any other that is there stays, somebody has added it.
    """
    others, ties = "", ""
    for i, edge in enumerate(named):
        other, place = edge.end if edge.named == "b" else edge.start, len(columns) + i
        others += f"MATCH (x{i}:{other.node} {{{KEY}: row[{place}]}}) "
        start, end = ("n", f"x{i}") if edge.named == "b" else (f"x{i}", "n")
        ties += (
            f" CREATE ({start})-[:{edge.type} {{_loaded: true}}]->({end})"
            if fresh
            else f" MERGE ({start})-[r{i}:{edge.type}]->({end}) SET r{i}._loaded = true"
        )
    values = ", ".join(f"{quoted(name)}: row[{i}]" for i, name in enumerate(columns))
    identity = f"{KEY}: row[{list(columns).index(KEY)}]"
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
        f"MATCH (a:{edge.start.node} {{{KEY}: row.start}}) "
        f"MATCH (b:{edge.end.node} {{{KEY}: row.end}}) "
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
        f"UNWIND $rows AS row MATCH (n:{edge.by.node} {{{KEY}: row.key}}) "
        f"MATCH {arrow}(x:{other.node}) WHERE {theirs}NOT x.{KEY} IN row.named DELETE r"
    )


def merge_relations(table: Table, gone: Sequence[str] = ()) -> str:
    """Rows of `{key, start, end, properties}`: a relationship with facts of its own.

    `gone`: properties to take away first; any other that is there stays.
    """
    before = _without([name for name in gone if name != key(table)])[2:]
    return (
        f"UNWIND $rows AS row MATCH (a:Actor {{{KEY}: row.start}}) "
        f"MATCH (b:Actor {{{KEY}: row.end}}) "
        f"MERGE (a)-[r:{table.relationship} {{{quoted(key(table))}: row.key}}]->(b) "
        f"SET r += {{{before}}} SET r += row.properties"
    )


def outdated(table: Table) -> str:
    """How many rows of a table an earlier load wrote and this one did not."""
    one = f"(n:{table.node})" if table.node else f"(a:Actor)-[r:{table.relationship}]->(:Actor)"
    return f"MATCH {one} WHERE {outdated_rows(table)} RETURN count(*)"


def additions(table: Table, where: str, *, marked: bool = True) -> str:
    """What is not of a load on some rows: key, labels, names of properties and of relationships.

    Parameters
    ----------
    where
        The rows, as a condition on `n`, or on `r` and its start `a` for a table of relationships.
    marked
        Whether the loads have marked the relationships that were theirs.

    `$known` are the names of properties that loads write.
    """
    if not table.node:
        return (
            f"MATCH (a:Actor)-[r:{table.relationship}]->(:Actor) WHERE {where} "
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
        f"MATCH (a:Actor)-[r:{t.relationship}]->(:Actor) WHERE {outdated_rows(t)} DELETE r"
        for t in relations()
    ]
    rest = [f"MATCH (n:{t.node}) WHERE {outdated_rows(t)} DETACH DELETE n" for t in nodes()]
    return facts + rest
