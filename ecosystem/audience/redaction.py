"""The steps of a redaction, on the rows of all tables at once.

Whatever is not known to be visible is hidden: a visibility that is no code counts as internal,
and a column that the dictionary does not know is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher

import pandas as pd

from ecosystem.audience.disguise import Row, Rows, cast_actors, disguise, key_of
from ecosystem.audience.ledger import Ledger, Removed
from ecosystem.audience.mentions import Mentions, folded, secrets_of
from ecosystem.audience.policy import AUDIENCES, Policy
from ecosystem.errors import DataError
from ecosystem.schema import TABLES, Field
from ecosystem.tables.frames import Tables, records, typed
from ecosystem.vocabulary import VISIBILITIES, Label

RARE = 3
"""Fewer identifiers of one form are names, not numbers."""
DENSE = 3
"""Identifiers of one form count rows if their largest number is at most this times their count."""


def redacted(
    tables: Tables, audience: str, policy: Policy
) -> tuple[dict[str, pd.DataFrame], dict[str, list[str]], tuple[Removed, ...]]:
    """Frames and headers of a copy, and what is not in it as it was; see `redact`."""
    _sure_of_visibility(tables)
    ledger = Ledger()
    rules = policy.rules(audience)
    complete: Rows = {name: records(tables[name]) for name in TABLES}
    _undeclared(tables, ledger)
    rows = {
        name: [dict(r) for r in complete[name] if _visible(name, r, audience, ledger)]
        for name in TABLES
    }
    cast = cast_actors(rows["actors"], rules, policy.minimum_group, key_of(complete))
    for row in rows["actors"]:
        if row["id"] in cast.too_small:
            ledger.row("actors", row, "small-group")
    rows["actors"] = [row for row in rows["actors"] if row["id"] not in cast.too_small]
    rows = _without_dangling(rows, complete, ledger)
    rows = disguise(rows, cast, policy.minimum_group, ledger)
    rows = _without_orphans(rows, complete, ledger)
    _drop(rows, rules.drop, ledger)
    _without_mentions(rows, _secrets(complete, rows), ledger)
    _renumber(rows, complete, ledger)
    if audience == "public":
        _untold(rows, ledger)
    untold = {"visibility"} if audience == "public" else set()
    headers = {
        name: [
            c
            for c in header
            if c in TABLES[name].columns and c not in untold and (name, c) not in rules.drop
        ]
        for name, header in tables.headers.items()
    }
    return {name: _frame(name, rows[name]) for name in TABLES}, headers, tuple(ledger.entries)


def _frame(name: str, rows: list[Row]) -> pd.DataFrame:
    columns = {c: [row[c] for row in rows] for c in TABLES[name].columns}
    return typed(TABLES[name], columns, len(rows))


NEAR = 0.85
"""Likeness to a name of `visibility` (0 to 1) from which a column that is none is taken for it."""
_CALLED = ("visibility", "visible", "visibilite")
_CLOSED = frozenset({
    *(folded(text) for code in VISIBILITIES if code != "public"
      for text in (code, VISIBILITIES.label(code).fr, VISIBILITIES.label(code).en)),
    "partner", "partenaire", "confidential", "confidentiel", "confidentielle", "restricted", "restreint", "restreinte",
})  # fmt: skip
"""What a column says of rows that are not for everybody, whatever its name."""
_OPEN = frozenset(
    map(folded, ("public", "publique", "private", "privé", "privée", "open", "ouvert"))
)


def _sure_of_visibility(tables: Tables) -> None:
    """Refuse to copy a table whose `visibility` may stand under another name: it would be taken for none."""
    found = [
        f"{name}.{column}"
        for name, table in TABLES.items()
        for column in map(str, tables[name].columns)
        if column not in table.columns
        and (_like_visibility(column) or _says_visibility(tables[name][column]))
    ]
    if found:
        raise DataError(
            Label("{columns} : peut-être la colonne visibility, écrite autrement",
                  "{columns}: perhaps the column visibility, written otherwise").format(columns=", ".join(found)),
            Label("rien n'a été écrit ; nommez-la visibility, ou donnez-lui un nom et des valeurs qui n'y ressemblent pas",
                  "nothing was written; name it visibility, or give it a name and values that are not like it"),
        )  # fmt: skip


def _like_visibility(column: str) -> bool:
    name = folded(column)
    return any(part in name for part in ("visib", "confiden")) or any(
        SequenceMatcher(None, name, called).ratio() >= NEAR for called in _CALLED
    )


def _says_visibility(values: pd.Series) -> bool:
    """Whether a column says of its rows who may see them, and nothing else."""
    said = {folded(str(value)) for value in values.dropna().unique()} - {""}
    return bool(said & _CLOSED) and said <= _CLOSED | _OPEN


def _undeclared(tables: Tables, ledger: Ledger) -> None:
    for name, table in TABLES.items():
        for column in tables[name].columns:
            if column not in table.columns:
                ledger.column(name, str(column), "undeclared-column")


def _visible(name: str, row: Row, audience: str, ledger: Ledger) -> bool:
    told = row["visibility"] or "public"
    level = AUDIENCES.index(str(told)) if told in AUDIENCES else 0
    if AUDIENCES.index(audience) <= level:
        return True
    ledger.row(name, row, "visibility")
    return False


# ---------------------------------------------------------------- what names a removed row


def _ids(rows: Rows) -> dict[str, set[object]]:
    return {name: {row["id"] for row in rows[name] if "id" in row} for name in TABLES}


def _without_dangling(rows: Rows, complete: Rows, ledger: Ledger) -> Rows:
    """Rows that need a removed row are removed too, round by round; other cells are emptied."""
    known = _ids(complete)
    while True:
        kept = _ids(rows)
        removed = {table: known[table] - kept[table] for table in TABLES}
        before = sum(map(len, rows.values()))
        rows = {name: [r for r in rows[name] if _stands(name, r, removed, ledger)] for name in rows}
        if sum(map(len, rows.values())) == before:
            break
    for name, table in TABLES.items():
        for row in rows[name]:
            for field in table.references:
                _empty(name, row, field, removed, ledger)
    return rows


def _stands(name: str, row: Row, removed: dict[str, set[object]], ledger: Ledger) -> bool:
    for field in TABLES[name].references:
        assert field.reference
        if field.required and row[field.name] in removed[field.reference.table]:
            ledger.row(name, row, "end-removed")
            return False
    return True


def _empty(
    name: str, row: Row, field: Field, removed: dict[str, set[object]], ledger: Ledger
) -> None:
    assert field.reference
    gone = removed[field.reference.table]
    value = row[field.name]
    if field.kind == "list":
        assert isinstance(value, tuple)
        left = tuple(item for item in value if item not in gone)
        if left != value:
            ledger.cell(name, row, field.name, "reference")
            row[field.name] = left
    elif value in gone:
        ledger.cell(name, row, field.name, "reference")
        row[field.name] = None


def _without_orphans(rows: Rows, complete: Rows, ledger: Ledger) -> Rows:
    """Sources that were cited, and are cited by no row of the copy."""

    def cited(of: Rows) -> set[object]:
        return {row["source"] for name in of for row in of[name] if row.get("source")}

    orphans = cited(complete) - cited(rows)
    for row in rows["sources"]:
        if row["id"] in orphans:
            ledger.row("sources", row, "only-source-of-removed")
    return {**rows, "sources": [r for r in rows["sources"] if r["id"] not in orphans]}


# ---------------------------------------------------------------- columns and texts


def _drop(rows: Rows, columns: tuple[tuple[str, str], ...], ledger: Ledger) -> None:
    for name, column in columns:
        empty = () if TABLES[name].field(column).kind == "list" else None
        ledger.column(name, column, "column")
        for row in rows[name]:
            row[column] = empty


def _secrets(complete: Rows, rows: Rows) -> Mentions:
    """Whatever the complete tables say of a row and the copy does not say in the same column.

    What a shown row says in the same column of the same table is no secret.
    """
    found: set[str] = set()
    told: set[str] = set()
    for name, table in TABLES.items():
        said = {c: {row[c] for row in rows[name]} for c in table.columns}
        texts = [
            f.name for f in table.fields if f.kind in ("id", "text", "url") and not f.reference
        ]
        for row in complete[name]:
            found |= secrets_of(table, row, [c for c in texts if row[c] not in said[c]])
        for column in {"url", "identifier"}.intersection(table.columns):
            for row in rows[name]:  # a site or a number that somebody shown has too
                told |= secrets_of(table, row, [column])
    found -= told
    shown = [str(row["name"] or row["id"]) for t in ("actors", "territories") for row in rows[t]]
    return Mentions(found, shown)


def _without_mentions(rows: Rows, secrets: Mentions, ledger: Ledger) -> None:
    """Texts that name a secret are emptied whole; a name cut out would still be told by the rest."""
    if not secrets:
        return
    for name, table in TABLES.items():
        texts = [
            f.name
            for f in table.fields
            if f.kind in ("text", "url", "date") or (f.kind == "id" and not f.reference)
        ]
        used = {str(row["id"]) for row in rows[name] if "id" in row}
        new: dict[object, object] = {}
        for row in rows[name]:
            for column in texts:
                text = row[column]
                if not isinstance(text, str) or not secrets.found_in(
                    text, identifier=column == "id"
                ):
                    continue
                ledger.cell(name, row, column, "mention")
                if column == "id":
                    new[text] = _free(table.node or name, used)
                else:
                    row[column] = "–" if table.field(column).required else None
        _rename(rows, name, new)


def _free(stem: str, used: set[str]) -> str:
    number = 1
    while f"{stem.lower()}-{number}" in used:
        number += 1
    used.add(f"{stem.lower()}-{number}")
    return f"{stem.lower()}-{number}"


def _rename(rows: Rows, name: str, new: dict[object, object]) -> None:
    """Give rows of a table other identifiers, wherever they are named."""
    if not new:
        return
    for row in rows[name]:
        row["id"] = new.get(row["id"], row["id"])
    for other, table in TABLES.items():
        for field in table.references:
            if field.reference and field.reference.table == name:
                for row in rows[other]:
                    value = row[field.name]
                    row[field.name] = (
                        tuple(new.get(v, v) for v in value)
                        if isinstance(value, tuple)
                        else new.get(value, value)
                    )


# ---------------------------------------------------------------- numbers


_NUMBERED = re.compile(r"(.*?)(\d+)")


def _renumber(rows: Rows, complete: Rows, ledger: Ledger) -> None:
    """Number rows anew, from 1: a hole would tell how many rows are hidden, and where.

    Whether something is hidden or not, so that numbers tell nothing; no number of the complete
    tables is given again.
    """
    for name, table in TABLES.items():
        if "id" not in table.columns:
            continue
        taken = [str(row["id"]) for row in complete[name]]
        stem = f"{(table.node or 'tie').lower()}-"
        while any(each.startswith(stem) for each in taken):
            stem = f"copy-{stem}"
        shown = {str(row["id"]) for row in rows[name]}
        numbered = shown if table.numbers_rows else _sequences(taken)
        new: dict[object, object] = {}
        for row in rows[name]:
            if row["id"] in numbered:
                ledger.cell(name, row, "id", "renumbered")
                new[row["id"]] = f"{stem}{len(new) + 1}"
        _rename(rows, name, new)


def _sequences(identifiers: list[str]) -> set[str]:
    """The identifiers that only count rows: d1, d2, d3 …, but not sdis-17."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in identifiers:
        if parts := _NUMBERED.fullmatch(each):
            found[parts[1]].append((int(parts[2]), each))
    return {
        each
        for numbers in found.values()
        if len(numbers) >= RARE and max(numbers)[0] <= DENSE * len(numbers)
        for _, each in numbers
    }


def _untold(rows: Rows, ledger: Ledger) -> None:
    """The public is not told that some rows are for others."""
    for name in TABLES:
        if any(row["visibility"] for row in rows[name]):
            ledger.column(name, "visibility", "not-passed-on")
        for row in rows[name]:
            row["visibility"] = None
