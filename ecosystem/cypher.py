"""The Cypher that the schema implies: constraints, indexes, loading, sweeping, reading.

Text only: nothing here knows a driver. Every name that is put into a statement
comes from the schema or is quoted by `quoted`.

Properties that begin with `_` are the store's own: `_row` is the number of the
load that wrote a row with its place in its table, `_key` the key of a table whose key is more
than one column, `_stub` marks a node that stands for a row nobody has described
(a territory that actors name while `territories.csv` is missing), and `_position`
is the place of a value in a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ecosystem.schema import TABLES, Field, Table


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


def constraints() -> list[str]:
    """One uniqueness constraint a node label."""
    return [
        f"CREATE CONSTRAINT {table.node.lower()}_key IF NOT EXISTS "
        f"FOR (n:{table.node}) REQUIRE n.{quoted(key(table))} IS UNIQUE"
        for table in nodes()
        if table.node
    ] + ["CREATE CONSTRAINT load_key IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE"]


def indexes() -> list[str]:
    """One index a coded column, the columns that queries filter by."""
    return [
        f"CREATE INDEX {table.name}_{field.name} IF NOT EXISTS "
        f"FOR (n:{table.node}) ON (n.{quoted(field.name)})"
        for table in nodes()
        for field in table.fields
        if field.kind == "code" and field.name not in table.key
    ]


def merge_rows(table: Table, named: Sequence[Edge], *, fresh: bool = False) -> str:
    """Rows of `{key, properties, x0, x1 …}`: one node each, tied to the rows it names.

    Parameters
    ----------
    named
        The relationships to tie, one a column; the other ends must exist.
    fresh
        Whether nothing of ours was there before: then no tie can be there already, and
        looking for it among those of an actor with many would cost most of the time.
    """
    others, ties = "", ""
    for i, edge in enumerate(named):
        other = edge.end if edge.named == "b" else edge.start
        others += f"MATCH (x{i}:{other.node} {{{quoted(key(other))}: row.x{i}}}) "
        pattern = (
            f"(n)-[:{edge.type}]->(x{i})" if edge.named == "b" else f"(x{i})-[:{edge.type}]->(n)"
        )
        ties += f" {'CREATE' if fresh else 'MERGE'} {pattern}"
    return (
        f"UNWIND $rows AS row {others}MERGE (n:{table.node} {{{quoted(key(table))}: row.key}}) "
        f"SET n = row.properties{ties}"
    )


def merge_edges(edge: Edge) -> str:
    """Rows of `{start, end, position}`: tie two nodes that exist."""
    position = " SET r._position = row.position" if edge.field.kind == "list" else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{edge.start.node} {{{quoted(key(edge.start))}: row.start}}) "
        f"MATCH (b:{edge.end.node} {{{quoted(key(edge.end))}: row.end}}) "
        f"MERGE (a)-[r:{edge.type}]->(b){position}"
    )


def prune_edges(edge: Edge) -> str:
    """Rows of `{key, named}`: untie a row from what it no longer names."""
    other = edge.end if edge.named == "b" else edge.start
    arrow = f"(n)-[r:{edge.type}]->" if edge.named == "b" else f"(n)<-[r:{edge.type}]-"
    return (
        f"UNWIND $rows AS row MATCH (n:{edge.by.node} {{{quoted(key(edge.by))}: row.key}}) "
        f"MATCH {arrow}(x:{other.node}) WHERE NOT x.{quoted(key(other))} IN row.named DELETE r"
    )


def merge_relations(table: Table) -> str:
    """Rows of `{key, start, end, properties}`: a relationship with facts of its own."""
    return (
        "UNWIND $rows AS row MATCH (a:Actor {id: row.start}) MATCH (b:Actor {id: row.end}) "
        f"MERGE (a)-[r:{table.relationship} {{{quoted(key(table))}: row.key}}]->(b) "
        "SET r = row.properties"
    )


def sweeps() -> list[str]:
    """Remove rows that an earlier load wrote and this one did not."""
    facts = [
        f"MATCH (:Actor)-[r:{table.relationship}]->(:Actor) WHERE r._row < $first DELETE r"
        for table in relations()
    ]
    rest = [f"MATCH (n:{t.node}) WHERE n._row < $first DETACH DELETE n" for t in nodes()]
    return facts + rest


def read_rows(table: Table, columns: Sequence[str], named: Sequence[Edge]) -> str:
    """The rows of a table, in any order: `_key`, `_row`, columns stored, then rows named.

    Parameters
    ----------
    columns
        Properties to read; what is not filled anywhere need not be asked for.
    named
        The relationships that stand for a column of one value.
    """
    ties, ends = "", ""
    for i, edge in enumerate(named):
        other = edge.end if edge.named == "b" else edge.start
        arrow = f"(n)-[:{edge.type}]->" if edge.named == "b" else f"(n)<-[:{edge.type}]-"
        ties += f" OPTIONAL MATCH {arrow}(x{i}:{other.node})"
        ends += f", x{i}.{quoted(key(other))} AS {quoted(edge.field.name)}"
    stored = "".join(f", n.{quoted(name)} AS {quoted(name)}" for name in columns)
    return (
        f"MATCH (n:{table.node}) WHERE n._stub IS NULL{ties} "
        f"RETURN n.{quoted(key(table))} AS _key, n._row AS _row{stored}{ends}"
    )


def read_edges(edge: Edge) -> str:
    """The key of a row and a key it names, in the order of its list."""
    row, named = ("a", "b") if edge.named == "b" else ("b", "a")
    return (
        f"MATCH {edge.pattern} WHERE {row}._stub IS NULL "
        f"RETURN {row}.{quoted(key(edge.by))} AS row, "
        f"{named}.{quoted(key(edge.end if named == 'b' else edge.start))} AS named "
        "ORDER BY row, r._position, named"
    )


def read_relations(table: Table, columns: Sequence[str]) -> str:
    """The rows of a table of relationships, in any order, with both ends."""
    stored = "".join(f", r.{quoted(name)} AS {quoted(name)}" for name in columns)
    return (
        f"MATCH (a:Actor)-[r:{table.relationship}]->(b:Actor) "
        f"RETURN r.{quoted(key(table))} AS _key, r._row AS _row{stored}, a.id AS `from`, b.id AS `to`"
    )
