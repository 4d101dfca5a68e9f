"""Actors that may be one: proposed with a score and a reason, joined only where a person said so."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ecosystem.errors import DataError
from ecosystem.intake.likeness import Known
from ecosystem.labels import Label, Language
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, csv_text, own_columns, records, typed

HEADER = ("keep", "merge", "keep_name", "merge_name", "score", "why", "decision")
YES = ("yes", "oui", "y", "o", "x", "1", "true", "vrai")
NO = ("", "no", "non", "n", "0", "false", "faux")


class Twins(NamedTuple):
    """Two actors that may be one: `merge` would become `keep`."""

    keep: str
    merge: str
    keep_name: str
    merge_name: str
    score: int
    why: Label


def twins(tables: Tables) -> list[Twins]:
    """Actors that may be one, the likeliest first: by an official number, by their names.

    The one with more flows is proposed to stay; of as many, the one with the longer name.
    """
    actors = {row["id"]: row for row in records(tables["actors"])}
    name = {key: str(row["name"] or key) for key, row in actors.items()}
    often = pd.concat([tables["flows"][end] for end in ("provider", "recipient")]).value_counts()
    found: dict[tuple[str, str], Twins] = {}

    def propose(a: str, b: str, score: int, why: Label) -> None:
        keep, merge = sorted((a, b), key=lambda k: (-int(often.get(k, 0)), -len(name[k]), k))
        if actors[keep]["parent"] == merge or actors[merge]["parent"] == keep:
            return  # a department and its authority are two
        if (before := found.get((keep, merge))) is None or before.score < score:
            found[keep, merge] = Twins(keep, merge, name[keep], name[merge], score, why)

    numbers: dict[str, str] = {}
    for key, row in actors.items():
        if number := "".join(str(row["identifier"] or "").split()):
            if number in numbers:
                propose(
                    numbers[number],
                    key,
                    99,
                    Label("le même numéro officiel", "the same official number"),
                )
            numbers.setdefault(number, key)
    by_name: dict[str, list[str]] = {}
    for key, shown in name.items():
        by_name.setdefault(shown, []).append(key)
    for keys in by_name.values():
        for other in keys[1:]:
            propose(keys[0], other, 100, Label("le même nom", "the same name"))
    known = Known(by_name)
    for shown, keys in by_name.items():
        for one in known.like(shown):
            propose(keys[0], by_name[one.name][0], one.score, one.why)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.keep, pair.merge))


def twins_frame(pairs: Sequence[Twins], language: Language) -> pd.DataFrame:
    """Pairs as rows, with a column for the decision."""
    rows = [(*pair[:5], pair.why.to(language), "") for pair in pairs]
    return pd.DataFrame(rows, columns=list(HEADER))


def decisions_text(pairs: Sequence[Twins], language: Language) -> str:
    """Pairs as a CSV list to be reviewed: `yes` in the column `decision` joins two actors."""
    return csv_text(HEADER, twins_frame(pairs, language).itertuples(index=False, name=None))


def read_decisions(path: Path) -> dict[str, str]:
    """What a reviewed list joins: by the actor that goes, the one that stays.

    Raises
    ------
    DataError
        If the list is not of the form that was written, or a decision is neither yes nor no.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            Label(f"{path} ne peut pas être lu", f"{path} cannot be read"),
            Label("enregistrez la liste en CSV UTF-8", "save the list as CSV in UTF-8"),
        ) from error
    sign = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    found: dict[str, str] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines(), delimiter=sign), 2):
        keep, merge, decision = (
            str(row.get(n) or "").strip() for n in ("keep", "merge", "decision")
        )
        if not keep or not merge or decision.casefold() not in (*YES, *NO):
            raise DataError(
                Label(f"{path}:{number} : « {decision} » n'est ni oui ni non, ou keep et merge manquent",
                      f"{path}:{number}: '{decision}' is neither yes nor no, or keep and merge are missing"),
                Label("gardez les colonnes keep, merge et decision ; écrivez yes pour réunir",
                      "keep the columns keep, merge and decision; write yes to join"),
            )  # fmt: skip
        if decision.casefold() in YES:
            found[merge] = keep
    return found


def merged(tables: Tables, joins: Mapping[str, str]) -> Tables:
    """The tables with some actors joined; what the one that stays does not say is taken from the other.

    Raises
    ------
    DataError
        If an actor does not exist, or joins go round in a circle.
    """
    known = set(tables["actors"]["id"])
    for name in (*joins, *joins.values()):
        if name not in known:
            raise DataError(
                Label(f"l'acteur « {name} » n'existe pas", f"there is no actor '{name}'"),
                Label("refaites la liste : ecosystem merge-actors SOURCE -o liste.csv",
                      "make the list again: ecosystem merge-actors SOURCE -o list.csv"),
            )  # fmt: skip
    final = {name: _end(name, joins) for name in joins}
    rows = {row["id"]: dict(row) for row in records(tables["actors"])}
    for merge, keep in final.items():
        for column, value in rows.pop(merge).items():
            if rows[keep][column] in (None, ()):
                rows[keep][column] = value
    frames = {"actors": _frame("actors", [row for row in rows.values()], tables)}
    for name, table in TABLES.items():
        columns = [f for f in table.references if f.reference and f.reference.table == "actors"]
        source = records(tables[name]) if name != "actors" else list(rows.values())
        if not columns or not source:
            continue
        changed = []
        for row in source:
            now = {f.name: final.get(row[f.name], row[f.name]) for f in columns}
            if now.get("parent") is not None and now["parent"] == row.get("id"):
                now["parent"] = None
            changed.append({**row, **now})
        frames[name] = _frame(name, changed, tables)
    made = tables.replace(**frames)
    headers = {name: tables.headers.get(name, header) for name, header in made.headers.items()}
    return Tables(made.frames, tables.origin, headers)


def _end(name: str, joins: Mapping[str, str]) -> str:
    seen = [name]
    while seen[-1] in joins:
        if joins[seen[-1]] in seen:
            circle = ", ".join(seen)
            raise DataError(
                Label(
                    f"ces acteurs se réunissent en rond : {circle}",
                    f"these actors join in a circle: {circle}",
                ),
                Label("gardez un seul sens", "keep one direction"),
            )
        seen.append(joins[seen[-1]])
    return seen[-1]


def _frame(name: str, rows: Sequence[Mapping[str, object]], tables: Tables) -> pd.DataFrame:
    columns = [*TABLES[name].columns, *own_columns(name, tables[name])]
    return typed(TABLES[name], {c: [row[c] for row in rows] for c in columns}, len(rows))
