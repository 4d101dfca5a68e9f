"""The data dictionary as a page: tables, columns, code lists, and what becomes of them in the graph."""

from __future__ import annotations

from typing import Any

from docs.build.pages import NO, YES, code, coded, rendered, yes
from ecosystem.labels import Label, Language
from ecosystem.schema import KINDS, TABLES, Field, Table, edges
from ecosystem.vocabulary import CODE_LISTS, CodeList


def dictionary(language: Language) -> str:
    """The page of the data dictionary."""
    return rendered(
        "dictionary.md", language,
        needed=code(table.file for table in TABLES.values() if table.required),
        overview=[
            (f"[{t.name}](#{t.name})", t.label, t.meaning, yes(t.required), _graph_place(t))
            for t in TABLES.values()
        ],
        tables=[_table(table, language) for table in TABLES.values()],
        kinds=coded(KINDS),
        code_lists=[_codes(codes) for codes in CODE_LISTS],
        relationships=[[f"`{end}`" for end in edge] for edge in dict.fromkeys(edges())],
    )  # fmt: skip


def _graph_place(table: Table) -> str:
    if table.relationship:
        return f"`(:Actor)-[:{table.relationship}]->(:Actor)`"
    return f"`(:{table.node})`"


def _table(table: Table, language: Language) -> dict[str, Any]:
    return {
        "name": table.name,
        "meaning": table.meaning,
        "file": table.file,
        "key": code(table.key),
        "place": _graph_place(table),
        "columns": [
            (f"`{f.name}`", f.label, f"`{f.kind}`", _required(table, f), f.meaning,
             "; ".join(told.to(language) for told in _values(table, f)))
            for f in table.fields
        ],
    }  # fmt: skip


def _required(table: Table, field: Field) -> Label:
    if not field.required:
        return NO
    if field.name == "id" and table.numbers_rows:
        return Label(
            "oui ; colonne absente : lignes numérotées", "yes; column absent: rows are numbered"
        )
    if field.default:
        return Label(
            f"oui ; colonne absente : `{field.default}`", f"yes; column absent: `{field.default}`"
        )
    return YES


def _values(table: Table, field: Field) -> list[Label]:
    told = []
    if field.codes:
        link = f"[{field.codes.name}](#{field.codes.name})"
        told.append(Label(link, link))
    if reference := field.reference:
        target = TABLES[reference.table]
        link = f"[{target.name}](#{target.name})"
        told.append(Label(f"une ligne de {link}", f"a row of {link}"))
        if table.relationship is None:
            ends = (target.node, table.node) if reference.inward else (table.node, target.node)
            pattern = f"`(:{ends[0]})-[:{reference.relationship}]->(:{ends[1]})`"
            told.append(Label(pattern, pattern))
    if field.unit:
        told.append(Label(f"unité : `{field.unit}`", f"unit: `{field.unit}`"))
    return told


def _codes(codes: CodeList) -> dict[str, Any]:
    used = [
        f"{table.name}.{field.name}"
        for table in TABLES.values()
        for field in table.fields
        if field.codes is codes
    ]
    addressed = any(one.uri for one in codes.values())
    rows: list[list[Any]] = [[f"`{one.code}`", one.label] for one in codes.values()]
    if addressed:
        for row, one in zip(rows, codes.values(), strict=True):
            row.append(f"<{one.uri}>" if one.uri else "")
    everywhere = Label("toutes les tables", "every table")
    return {
        "name": codes.name,
        "used": code(used) if len(used) < len(TABLES) else everywhere,
        "addressed": addressed,
        "rows": rows,
    }
