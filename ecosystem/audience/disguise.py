"""Actors under a pseudonym, and actors that become one.

Pseudonyms are numbered in an order that only the complete tables give, and stand at the end of
their table: neither the number nor the place says who is who.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from ecosystem.audience.ledger import Ledger
from ecosystem.audience.policy import Disguise, Rules
from ecosystem.schema import TABLES, Table
from ecosystem.tables.territories import is_public

Row = dict[str, object]
Rows = dict[str, list[Row]]

KEPT = ("id", "name", "territory", "sector", "type")
"""All that remains of a disguised actor."""
KNOWN_BY = ("territory", "sector", "type")
"""What may make a disguised actor known if too few share it; given up from the end."""
TOUCHED = {
    "flows": ("note", "source", "since", "declared_by"),
    "needs": ("purpose", "source"),
    "ties": ("description", "source"),
    "datasets": ("url", "source"),
    "services": ("operator",),
    "actors": ("parent",),
}
"""Cells of rows that name a disguised actor and would make it known."""


@dataclass
class Cast:
    """Who is disguised as whom."""

    pseudonyms: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[Disguise, object, list[str]]] = field(default_factory=list)
    too_small: set[str] = field(default_factory=set)

    @property
    def disguised(self) -> set[str]:
        """Actors that do not appear under their own name."""
        return {*self.pseudonyms, *(actor for _, _, members in self.groups for actor in members)}


def cast_actors(actors: Sequence[Row], rules: Rules, least: int, key: bytes) -> Cast:
    """Choose among the actors that an audience may see.

    The first rule that matches an actor decides, pseudonyms before groups. A group holds the
    actors of one territory; those of territories with too few make one without a territory, or
    none. The general public is nobody in particular and stays as it is.
    """
    cast = Cast()
    pseudonym = _stem("pseudonym-", actors)
    free = [row for row in actors if not is_public(row["id"])]
    taken: set[str] = set()
    for rule in rules.pseudonymise:
        found = [str(r["id"]) for r in free if _matches(r, rule) and str(r["id"]) not in taken]
        taken |= set(found)
        found.sort(key=lambda actor: hmac.new(key, actor.encode(), hashlib.sha256).digest())
        for number, actor in enumerate(found, 1):
            cast.pseudonyms[actor] = f"{pseudonym}{len(cast.pseudonyms) + 1}"
            cast.names[actor] = f"{rule.name} {number}"
    for rule in rules.aggregate:
        members: dict[object, list[str]] = {}
        for row in free:
            if _matches(row, rule) and str(row["id"]) not in taken:
                members.setdefault(row["territory"], []).append(str(row["id"]))
        few: list[str] = []
        for territory, found in members.items():
            taken |= set(found)
            if len(found) < least:
                few += found
            else:
                cast.groups.append((rule, territory, found))
        if 0 < len(few) < least:
            cast.too_small |= set(few)
        elif few:
            cast.groups.append((rule, None, few))
    return cast


def key_of(rows: Rows) -> bytes:
    """A key that only the one who has the complete tables can compute."""
    digest = hashlib.sha256()
    for name in TABLES:
        for row in rows[name]:
            digest.update(repr(sorted((k, str(v)) for k, v in row.items())).encode())
    return digest.digest()


def disguise(rows: Rows, cast: Cast, least: int, ledger: Ledger) -> Rows:
    """The rows with disguised actors renamed or counted together; nothing else changes."""
    if not cast.disguised:
        return rows
    new = dict(cast.pseudonyms)
    groups = []
    stem = _stem("group-", rows["actors"])
    for number, (rule, territory, members) in enumerate(cast.groups, 1):
        new |= dict.fromkeys(members, f"{stem}{number}")
        groups.append(_group(rows["actors"], f"{stem}{number}", rule.name, territory, members))
    hidden = cast.disguised
    plain, masked = [], []
    for row in rows["actors"]:
        actor = str(row["id"])
        if actor in cast.pseudonyms:
            ledger.row("actors", row, "pseudonym")
            kept = {c: row[c] if c in KEPT else None for c in row}
            masked.append({**kept, "id": new[actor], "name": cast.names[actor]})
        elif actor in hidden:
            ledger.row("actors", row, "in-group")
        else:
            plain.append(row)
    masked.sort(key=lambda row: int(str(row["id"]).rpartition("-")[2]))
    _blur(masked, [*plain, *masked], least, ledger)
    result = {**rows, "actors": [*plain, *masked, *groups]}
    for name, cells in TOUCHED.items():
        ends = [f.name for f in TABLES[name].references if f.reference and f.reference.table == "actors"]  # fmt: skip
        changed = [
            (row, _touched(name, row, ends, cells, new, hidden, ledger)) for row in result[name]
        ]
        if name == "actors":
            result[name] = [now for _, now in changed if now is not None]
            continue
        # In the order of what they say now: the old order may be that of the names.
        moved = [now for row, now in changed if now is not None and now is not row]
        moved.sort(key=partial(_as_told, TABLES[name], ends))
        result[name] = [row for row, now in changed if now is row] + moved
    return result


def _as_told(table: Table, ends: Sequence[str], row: Row) -> list[str]:
    """What a row says, less a number that says nothing."""
    said = [c for c in table.columns if c != "id" or not table.numbers_rows]
    return [str(row[column]) for column in (*ends, *said)]


def _stem(wanted: str, actors: Sequence[Row]) -> str:
    """What identifiers begin with, where no actor's does already."""
    while any(str(row["id"]).startswith(wanted) for row in actors):
        wanted = f"copy-{wanted}"
    return wanted


def _matches(row: Row, rule: Disguise) -> bool:
    return all(row[column] in values for column, values in rule.where)


def _group(
    actors: Sequence[Row], name: str, label: str, territory: object, members: Iterable[str]
) -> Row:
    own = set(members)
    rows = [row for row in actors if row["id"] in own]
    same = {c: rows[0][c] for c in ("sector", "type") if len({row[c] for row in rows}) == 1}
    empty = dict.fromkeys(rows[0])
    return {**empty, **same, "id": name, "name": label, "territory": territory}


def _blur(masked: list[Row], shown: Sequence[Row], least: int, ledger: Ledger) -> None:
    """Empty what fewer than `least` actors of the copy share with a disguised one."""
    counts = [
        Counter(tuple(row[c] for c in KNOWN_BY[:depth]) for row in shown)
        for depth in range(len(KNOWN_BY) + 1)
    ]
    for row in masked:
        depth = len(KNOWN_BY)
        while depth and counts[depth][tuple(row[c] for c in KNOWN_BY[:depth])] < least:
            depth -= 1
        for column in KNOWN_BY[depth:]:
            if row[column] is not None:
                ledger.cell("actors", row, column, "identifying")
        row.update(dict.fromkeys(KNOWN_BY[depth:]))


def _touched(
    table: str,
    row: Row,
    ends: Sequence[str],
    cells: Sequence[str],
    new: dict[str, str],
    hidden: set[str],
    ledger: Ledger,
) -> Row | None:
    """A row that names a disguised actor, less what would make it known; None within a group."""
    named = [end for end in ends if row[end] in hidden]
    if not named:
        return row
    changed = dict(row)
    for column in cells:
        if row[column] is not None:
            ledger.cell(table, row, column, "identifying")
        changed[column] = None
    for end in named:
        if changed[end] is not None:
            changed[end] = new[str(row[end])]
    if len(ends) == 2 and changed[ends[0]] == changed[ends[1]] and row[ends[0]] != row[ends[1]]:
        ledger.row(table, row, "within-group")
        return None
    return changed
