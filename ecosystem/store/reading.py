"""The Cypher that reads the tables of one source back: `$source` is its name.

Text only, as in `cypher`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ecosystem.schema import Table
from ecosystem.store import cypher

CHUNK = 1_000
"""Rows that are read in one record."""


def read_rows(
    table: Table, columns: Sequence[str], named: Sequence[cypher.Edge], *, marked: bool = True
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
        ends += f", x{i}.{cypher.quoted(cypher.key(other))}"
    stored = "".join(f", n.{cypher.quoted(name)}" for name in columns)
    return (
        f"MATCH (n:{table.node}) WHERE n._stub IS NULL AND n._row IS NOT NULL "
        f"AND {cypher.of_source('n')}{ties} "
        f"RETURN n._row / {CHUNK} AS chunk, "
        f"collect([n._row, n.{cypher.quoted(cypher.key(table))}{stored}{ends}]) AS rows"
    )


def read_edges(edge: cypher.Edge) -> str:
    """The key of a row, a key it names and its places in the list of the row.

    Only a load says places: a relationship without them is somebody's own.
    """
    row, named = ("a", "b") if edge.named == "b" else ("b", "a")
    return (
        f"MATCH {edge.pattern} WHERE {row}._stub IS NULL AND r._positions IS NOT NULL "
        f"AND {cypher.of_source(row)} "
        f"RETURN {row}.{cypher.quoted(cypher.key(edge.by))} AS row, "
        f"{named}.{cypher.quoted(cypher.key(edge.end if named == 'b' else edge.start))} AS named, "
        "r._positions AS positions"
    )


def read_relations(table: Table, columns: Sequence[str]) -> str:
    """The same for a table of relationships, with both ends last."""
    stored = "".join(f", r.{cypher.quoted(name)}" for name in columns)
    return (
        f"MATCH (a:Actor)-[r:{table.relationship}]->(b:Actor) WHERE r._row IS NOT NULL "
        f"AND {cypher.of_source('a')} "
        f"RETURN r._row / {CHUNK} AS chunk, "
        f"collect([r._row, r.{cypher.quoted(cypher.key(table))}{stored}, a.id, b.id]) AS rows"
    )
