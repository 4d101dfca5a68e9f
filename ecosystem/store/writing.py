"""What a load does inside its one transaction, and what it would do, found by reading alone.

It keeps what others added, and says what goes before it goes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ecosystem.errors import StoreError
from ecosystem.labels import Label
from ecosystem.schema import TABLES, Table
from ecosystem.store import cypher, direct
from ecosystem.store.holding import Transaction, load_of
from ecosystem.store.loading import Earlier, batches, keys_of
from ecosystem.store.readback import tables_back
from ecosystem.tables.frames import Tables, filled_columns, own_columns

_LOST = Label(
    "ce chargement retirerait ce que quelqu'un a ajouté à la base ; rien n'a été changé :\n{what}",
    "this load would remove what somebody added to the store; nothing was changed:\n{what}",
)
_LOST_HINT = Label(
    "remettez ces lignes dans la source, ou déplacez ces ajouts ; discard=True (--discard) les retire avec leurs lignes",
    "put those rows back into the source, or move those additions; discard=True (--discard) removes them with their rows",
)
_REMOVES = Label(
    "retire ce que la source n'a plus : {what}", "removes what the source no longer has: {what}"
)
_FOREIGN = Label(
    "{uri} contient des nœuds :{label} que « ecosystem load » n'a pas écrits ; rien n'a été changé",
    "{uri} holds :{label} nodes that 'ecosystem load' did not write; nothing was changed",
)
_FOREIGN_HINT = Label(
    "désignez dans NEO4J_URI (et NEO4J_DATABASE) une base vide, ou donnez à ces nœuds un autre nom",
    "name an empty database in NEO4J_URI (and NEO4J_DATABASE), or give those nodes another label",
)
_SMALL = 500  # rows up to which looking through a table costs less than making its index
_SHOWN = 10  # additions that a message names
_BATCH = 5_000  # keys a statement


@dataclass(frozen=True)
class Addition:
    """What somebody added to a row that a load removes.

    `what` are names: of labels with `:`, of properties with `.`, of relationships with `-`.
    """

    table: str
    key: str
    what: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {', '.join(self.what)}"


def listed(additions: Sequence[Addition]) -> Label:
    """Additions, one a line, the first ones by name."""
    lines = [f"  {each}" for each in additions[:_SHOWN]]
    more = len(additions) - len(lines)
    fr, en = [f"  et {more} de plus"] * (more > 0), [f"  and {more} more"] * (more > 0)
    return Label("\n".join(lines + fr), "\n".join(lines + en))


def refuse_foreign(transaction: Transaction, uri: str) -> None:
    """See that no node bears one of our labels without having been written by a load.

    Raises
    ------
    StoreError
        If one does.
    """
    if (record := transaction.run(cypher.foreign_row()).single()) is not None:
        raise StoreError(_FOREIGN.format(uri=uri, label=record[0]), _FOREIGN_HINT)


def schema(tables: Tables, *, alone: bool) -> list[str]:
    """What makes a store ready; in one of one's own, only what finds nodes of large tables."""
    if not alone:
        return [*cypher.constraints(), *cypher.indexes()]
    large = [table for table in cypher.nodes() if len(tables[table.name]) > _SMALL]
    return [make(table) for table in large for make in (cypher.constraint, cypher.key_index)]


def counted(counts: dict[str, int]) -> Label:
    """Rows by table, as words."""
    text = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return Label(text, text)


def earlier(transaction: Transaction, source: str) -> Earlier:
    """What the last load of a source left, as the next one must know it; the next one writes nothing."""
    record = transaction.run(
        f"{load_of(source)} RETURN n.number, n.filled, n.own, n.marked", source=source
    ).single()
    return _earlier(record) if record is not None else Earlier()


def write(
    transaction: Transaction,
    tables: Tables,
    source: str,
    *,
    alone: bool = False,
    discard: bool = False,
    shares: bool | None = None,
    say: Callable[[Label], None] | None = None,
    begun: Callable[[], None] = lambda: None,
) -> None:
    """The whole load. The node it begins with keeps a second load waiting until the end.

    `shares`: whether actors are tied directly too; None: as they were before.
    """
    record = transaction.run(
        "MERGE (n:Load {id: $source}) "
        "SET n.number = coalesce(n.number, 0) + 1, n.direct = coalesce($shares, n.direct, false) "
        "RETURN n.number, n.filled, n.own, n.marked, n.direct",
        source=source,
        shares=shares,
    ).single()
    begun()
    *left, tied = record
    number, before = int(record[0]), _earlier(left)
    transaction.run(
        "MATCH (n:Load {id: $source}) SET n.at = $at, n.origin = $origin, n.headers = $headers, "
        "n.filled = $filled, n.own = $own, n.marked = true",
        source=source,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        origin=tables.origin,
        headers=json.dumps(tables.headers, ensure_ascii=False),
        filled=json.dumps({name: filled_columns(frame) for name, frame in tables.items()}),
        own=json.dumps({name: own_columns(name, frame) for name, frame in tables.items()}),
    ).consume()
    fresh = alone or transaction.run(cypher.any_row(), source=source).single() is None
    for statement, rows in batches(tables, number, before, source=source, fresh=fresh):
        transaction.run(statement, rows=rows).consume()
    if number > 1:
        _sweep(transaction, source, cypher.place(number, 0), before, discard=discard, say=say)
    if tied or number > 1:
        direct.make(transaction, source, wanted=tied)


def remove(
    transaction: Transaction,
    source: str,
    *,
    discard: bool = False,
    say: Callable[[Label], None] | None = None,
) -> None:
    """Take away all that the loads of a source wrote, unless it bears what others added."""
    record = transaction.run(
        "MATCH (n:Load {id: $source}) SET n.number = n.number + 1 "
        "RETURN n.number, n.filled, n.own, n.marked",
        source=source,
    ).single()
    direct.make(transaction, source, wanted=False)
    first = cypher.place(int(record[0]), 0)
    _sweep(transaction, source, first, _earlier(record), discard=discard, say=say)
    transaction.run("MATCH (n:Load {id: $source}) DELETE n", source=source).consume()


def additions(
    transaction: Transaction, table: Table, before: Earlier, *, where: str, **given: Any
) -> Iterator[Addition]:
    """What somebody added to rows of a table, those that a condition on `n` (or `r`) names."""
    known = [*(f.name for f in table.fields), *before.columns(table.name), *cypher.OWN]
    statement = cypher.additions(table, where, marked=before.marked)
    for stored, labels, names, ties in transaction.run(statement, known=known, **given):
        key = str(stored)
        if cypher.key(table) == cypher.KEY:  # it bears the name of its source
            key = key.partition(":")[2]
        what = (
            *(f":{label}" for label in sorted(labels) if label != table.node),
            *(f".{name}" for name in sorted(names)),
            *(f"-[:{tie}]-" for tie in sorted(ties)),
        )
        if what:
            yield Addition(table.name, key, what)


def _earlier(record: Any) -> Earlier:
    _, filled, own, marked = record
    return Earlier(
        {name: tuple(columns) for name, columns in json.loads(filled or "{}").items()},
        {name: tuple(columns) for name, columns in json.loads(own or "{}").items()},
        marked=bool(marked) or filled is None,
    )


def _sweep(
    transaction: Transaction,
    source: str,
    first: int,
    before: Earlier,
    *,
    discard: bool,
    say: Callable[[Label], None] | None,
) -> None:
    """Remove what earlier loads wrote and this one did not, unless it bears what others added."""
    removed, added = dict[str, int](), list[Addition]()
    for table in TABLES.values():
        if not (table.node or table.relationship):
            continue
        found = transaction.run(cypher.outdated(table), source=source, first=first).single()
        if removed.setdefault(table.name, int(found[0])):
            where = cypher.outdated_rows(table)
            added += additions(transaction, table, before, where=where, source=source, first=first)
    if added and not discard:
        raise StoreError(_LOST.format(what=listed(added)), _LOST_HINT)
    if say is not None and any(removed.values()):
        say(_REMOVES.format(what=counted(removed)))
    for statement in cypher.sweeps():
        transaction.run(statement, source=source, first=first).consume()


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


def changes(transaction: Transaction, tables: Tables, source: str) -> Changes:
    """The changes that a load of these tables as a source would make."""
    before = tables_back(transaction, source)
    if before is None:
        return compared(None, tables)
    last, lost = earlier(transaction, source), list[Addition]()
    for name, table in TABLES.items():
        old, new = _both(name, before, tables)
        gone = [key for key in old if key not in new]
        key = f"{'n' if table.node else 'r'}.{cypher.quoted(cypher.key(table))}"
        if key.endswith(cypher.quoted(cypher.KEY)):
            gone = [cypher.stored_key(source, each) for each in gone]
        for start in range(0, len(gone), _BATCH):
            lost += additions(
                transaction,
                table,
                last,
                where=f"{cypher.of_source('n' if table.node else 'a')} AND {key} IN $gone",
                source=source,
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
