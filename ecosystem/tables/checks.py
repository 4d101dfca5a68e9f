"""What can be wrong across tables: duplicates, dangling references, unknown codes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ecosystem.errors import DataError
from ecosystem.labels import Label, counted
from ecosystem.schema import TABLES, Field, Table
from ecosystem.tables.cells import alike
from ecosystem.tables.frames import Tables
from ecosystem.tables.identifiers import wrong
from ecosystem.tables.problems import Nearest, Problem, problem

ERRORS = Label("erreur", "error"), Label("erreurs", "errors")
WARNINGS = Label("avertissement", "warning"), Label("avertissements", "warnings")

RESERVED = "_"
"""How the names begin that the store keeps for itself."""

_ALMOST = Label(
    " ; « {name} » n'en diffère que par la casse, la largeur ou des caractères invisibles",
    "; '{name}' differs in case, width or characters that cannot be seen only",
)

SHOWN = 10
"""How many problems an error message shows before it points to `ecosystem check`."""


def check(tables: Tables) -> list[Problem]:
    """Every problem of the tables: what reading found, then what the tables say together.

    Returns
    -------
    list of Problem
        By table, line and column; empty if there is nothing to say. Errors stop a load
        or an analysis, warnings do not.
    """
    problems = list(tables.problems)
    unread = {p.file for p in problems if p.severity == "error"}
    for name, table in TABLES.items():
        frame = tables[name]
        if table.required and frame.empty and table.file not in unread:
            problems.append(problem("no-rows", table.file))
        for field in table.fields:
            problems += _missing(tables, table, field)
            problems += _codes(tables, table, field)
            problems += _references(tables, table, field)
        problems += _duplicates(tables, table)
        problems += _repeated(tables, table)
        problems += _look_alikes(tables, table)
        file, line = (table.file, 1) if name in tables.lines else (name, None)
        problems += [
            problem("reserved-column", file, line, column)
            for column in map(str, frame.columns)
            if column.startswith(RESERVED)
        ]
    problems += _identifiers(tables)
    for name in ("flows", "ties"):
        weights = tables[name]["weight"]
        for row in weights.index[(weights == 0).fillna(False).to_numpy(dtype=bool)]:
            file, line = tables.place(name, row)
            problems.append(problem("no-weight", file, line, "weight", "0"))
    problems += _own_part(tables)
    problems += _same_names(tables)
    flows = tables["flows"]
    for row in flows.index[(flows["provider"] == flows["recipient"]).to_numpy()]:
        file, line = tables.place("flows", row)
        problems.append(
            problem("self-flow", file, line, "recipient", str(flows.at[row, "recipient"]))
        )
    order = {table.file: i for i, table in enumerate(TABLES.values())}
    order |= {name: i for i, name in enumerate(TABLES)}
    return sorted(
        problems, key=lambda p: (order.get(p.file, 99), p.line or 0, p.column or "", p.code)
    )


def checked(tables: Tables) -> Tables:
    """The same tables, if they have no error.

    Raises
    ------
    DataError
        If a check finds an error; the message shows the first ones.
    """
    errors = [p for p in check(tables) if p.severity == "error"]
    if not errors:
        return tables
    more = len(errors) - SHOWN

    def lines(language: str) -> str:
        shown = [p.to("fr" if language == "fr" else "en") for p in errors[:SHOWN]]
        if more > 0:
            shown.append(f"… {more} de plus" if language == "fr" else f"… {more} more")
        return "\n  ".join(shown)

    raise DataError(
        Label(
            f"{tables.origin} : {counted(len(errors), ERRORS).fr}\n  {lines('fr')}",
            f"{tables.origin}: {counted(len(errors), ERRORS).en}\n  {lines('en')}",
        ),
        Label("« ecosystem check » les montre toutes", "'ecosystem check' shows them all"),
    )


def _at(
    tables: Tables, table: Table, rows: pd.Index, field: Field
) -> list[tuple[str, int | None, str | None]]:
    column = tables[table.name][field.name]
    found = []
    for row in rows:
        file, line = tables.place(table.name, row)
        value: Any = column.at[row]
        found.append((file, line, None if field.kind == "list" or pd.isna(value) else str(value)))
    return found


def _missing(tables: Tables, table: Table, field: Field) -> list[Problem]:
    if not field.required:
        return []
    column = tables[table.name][field.name]
    reported = {(p.file, p.line, p.column) for p in tables.problems}
    return [
        problem("missing-value", file, line, field.name)
        for file, line, _ in _at(tables, table, column.index[column.isna()], field)
        if (file, line, field.name) not in reported
    ]


def _codes(tables: Tables, table: Table, field: Field) -> list[Problem]:
    if field.codes is None:
        return []
    column = tables[table.name][field.name]
    text = column if field.kind == "code" else column.astype("str")
    wrong = column.index[(column.notna() & ~text.isin(list(field.codes))).to_numpy()]
    near = Nearest(field.codes)
    return [
        problem(
            "unknown-code", file, line, field.name, value,
            known=", ".join(field.codes), nearest=near(value or ""),
        )
        for file, line, value in _at(tables, table, wrong, field)
    ]  # fmt: skip


def _references(tables: Tables, table: Table, field: Field) -> list[Problem]:
    if field.reference is None:
        return []
    column = tables[table.name][field.name]
    if field.kind == "list":
        column = column.explode()
    named = column[column.notna()]
    target = field.reference.table
    known = tables[target][TABLES[target].key[0]]
    if known.empty:
        if TABLES[target].required or named.empty:
            return []
        file = tables.place(table.name, 0)[0]
        count = len(named)
        return [problem("unchecked-reference", file, None, field.name, count=count, table=target)]
    missing = named[~named.isin([*known, *tables.rejected.get(target, ())]).to_numpy()]
    near = Nearest(known.dropna())
    like = {alike(name): name for name in known.dropna()} if len(missing) else {}
    found = []
    for row, value in missing.items():
        file, line = tables.place(table.name, int(str(row)))
        same = like.get(alike(value))
        words = {
            "table": target,
            "nearest": near(value) if same is None else _ALMOST.format(name=same),
        }
        found.append(problem("dangling-reference", file, line, field.name, value, **words))
    return found


def _duplicates(tables: Tables, table: Table) -> list[Problem]:
    keys = tables[table.name][list(table.key)]
    whole = keys[keys.notna().all(axis=1).to_numpy()]
    again = whole[whole.duplicated().to_numpy()]
    if again.empty:
        return []
    first = {
        tuple(key): row
        for row, key in reversed(list(zip(whole.index, whole.to_numpy().tolist(), strict=True)))
    }
    found = []
    for row, key in zip(again.index, again.to_numpy().tolist(), strict=True):
        file, line = tables.place(table.name, row)
        line_of_first = tables.place(table.name, first[tuple(key)])[1]
        value = ", ".join(str(part) for part in key)
        column = table.key[0] if len(table.key) == 1 else "+".join(table.key)
        found.append(
            problem("duplicate-key", file, line, column, value, first=line_of_first or "?")
        )
    return found


def _repeated(tables: Tables, table: Table) -> list[Problem]:
    """Rows that say what another says, where nothing but a number that reading gave tells them apart."""
    frame = tables[table.name]
    if not table.numbers_rows or "id" in tables.headers.get(table.name, ("id",)):
        return []
    cells = frame.drop(columns="id").astype(str).apply(tuple, axis=1)
    first: dict[Any, int] = {}
    found = []
    for row, said in enumerate(cells):
        if (before := first.setdefault(said, row)) != row:
            file, line = tables.place(table.name, row)
            line_of_first = tables.place(table.name, before)[1] or "?"
            found.append(problem("duplicate-row", file, line, first=line_of_first))
    return found


def _look_alikes(tables: Tables, table: Table) -> list[Problem]:
    """Identifiers that only their case, width or invisible characters tell apart."""
    if "id" not in table.columns:
        return []
    first: dict[str, tuple[int, str]] = {}
    found = []
    for row, name in enumerate(tables[table.name]["id"]):
        if not isinstance(name, str):
            continue
        before, other = first.setdefault(alike(name), (row, name))
        if other != name:
            file, line = tables.place(table.name, row)
            at = tables.place(table.name, before)[1] or "?"
            found.append(problem("look-alike", file, line, "id", name, other=other, first=at))
    return found


def _same_names(tables: Tables) -> list[Problem]:
    """Actors of one name."""
    actors = tables["actors"]
    first: dict[str, int] = {}
    found = []
    for row, name in enumerate(actors["name"]):
        if isinstance(name, str) and (before := first.setdefault(alike(name), row)) != row:
            file, line = tables.place("actors", row)
            words = {
                "other": actors["id"].iloc[before],
                "first": tables.place("actors", before)[1] or "?",
            }
            found.append(problem("same-name", file, line, "name", name, **words))
    return found


def _identifiers(tables: Tables) -> list[Problem]:
    """Official numbers that are none: of the wrong length, or with a wrong check digit."""
    found = []
    for name, column in (("actors", "identifier"), ("territories", "official_code")):
        cells = tables[name][column]
        for row, value in cells.dropna().items():
            if (why := wrong(value)) is not None:
                file, line = tables.place(name, int(str(row)))
                found.append(problem("wrong-identifier", file, line, column, value, why=why))
    return found


def _own_part(tables: Tables) -> list[Problem]:
    """Actors that are part of themselves, directly or round a loop."""
    actors = tables["actors"]
    parents = dict(actors.dropna(subset=["id", "parent"])[["id", "parent"]].to_numpy().tolist())
    found = []
    for row, start in actors["id"].dropna().items():
        seen, actor = {start}, parents.get(start)
        while actor is not None and actor not in seen:
            seen.add(actor)
            actor = parents.get(actor)
        if actor == start:
            file, line = tables.place("actors", int(str(row)))
            found.append(problem("part-of-itself", file, line, "parent", start))
    return found
