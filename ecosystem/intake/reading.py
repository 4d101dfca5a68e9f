"""Sheets to parts of tables: which table each is, which field each column is, each cell cleaned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ecosystem.formats.material import Sheet
from ecosystem.intake.answers import LEFT, Key, Question
from ecosystem.intake.cells import Cells
from ecosystem.intake.headers import matched, missing, nearest, table_of
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.links import Link, link_of, linked
from ecosystem.intake.piles import Part
from ecosystem.intake.values import cleaned
from ecosystem.labels import Label
from ecosystem.schema import TABLES, Table
from ecosystem.tables.cells import alike, plain, stem

KEEP = "keep"
"""The answer that a column stays as it is, beside those of the dictionary."""

BOTH_WAYS = {"mutual": "mutual", "both": "mutual", "bidirectional": "mutual", "reciprocal": "mutual",
             "reciproque": "mutual", "mutuel": "mutual", "bidirectionnel": "mutual", "deux sens": "mutual",
             "undirected": "undirected", "non dirige": "undirected", "non oriente": "undirected",
             "none": "undirected", "sans direction": "undirected"}  # fmt: skip
ONE_WAY = {
    "directed",
    "dirige",
    "oriente",
    "one way",
    "forward",
    "unidirectionnel",
    "sens unique",
    "forwards",
}
_VAGUE = {stem(word) for word in ("type", "label", "kind", "nature", "name", "nom", "libellé", "relation", "relationship", "category", "catégorie", "edge label", "interaction")}  # fmt: skip
"""Headers that may say what passes, what kind of link it is, or nothing of use."""


def parts_of(sheet: Sheet, ledger: Ledger, *, alone: bool = False) -> list[Part]:
    """A sheet as a part of a table, and of those whose rows its columns say; none if nothing is known, which is told.

    Parameters
    ----------
    alone
        Whether there is no other: then columns that nobody knows are asked about.
    """
    table = _table(sheet, ledger, alone)
    if table is None:
        return []
    header = _unique(sheet.header)
    fields = matched(table, header, dict(sheet.fields))
    direction = _direction(sheet, header, fields)
    asked = _asked(sheet, table, header, fields, direction, ledger)
    if asked is None:
        return []
    fields = asked
    if direction is not None and fields[direction] is not None:
        direction = None  # a person said that it is something else
    ledger.tell("table", sheet.place, after=table.label)
    part = Part(table, sheet.place, list(sheet.lines), {})
    links: list[tuple[Link, str, list[str]]] = []
    for at, (name, found) in enumerate(zip(header, fields, strict=True)):
        if sheet.fields.get(name) == "" or at == direction:
            continue
        if found is None and not any(cell.strip() for cell in sheet.columns[at]):
            ledger.tell("empty-column", sheet.place, (), None, name)
            continue
        if found == LEFT:
            ledger.tell(
                "column-left",
                sheet.place,
                (),
                None,
                name,
                why=Label("ainsi répondu", "so answered"),
            )
            continue
        if found is None and (link := _link(sheet, table, name, at, ledger)) is not None:
            links.append((link, name, sheet.columns[at]))
            continue
        if found is not None and found != name:
            ledger.tell("column", sheet.place, (), None, name, found)
        known = table.field(found) if found in table.columns else None
        column = Cells(ledger, table, known, sheet.place, name, sheet.columns[at], part.lines)
        key = found if known is not None and found is not None else _own(name, part, table)
        if known is None:
            ledger.tell("own-column", sheet.place, (), None, name)
        part.columns[key] = cleaned(column)
        part.headers[key] = name
    if table.name in ("flows", "ties"):
        _zeros(part, ledger)
        if table.name == "flows":
            _both_ways(sheet, part, None if direction is None else sheet.columns[direction], ledger)
    return [part, *(linked(part, *link, ledger) for link in links)]


def _link(sheet: Sheet, table: Table, name: str, at: int, ledger: Ledger) -> Link | None:
    """What a column of a sheet of actors says of others, unless a person said what it is."""
    if (
        table.name != "actors"
        or ledger.answers.given.get(_key(table, name))
        or name in sheet.fields
    ):
        return None
    return link_of(name, sheet.columns[at])


def _unique(header: Sequence[str]) -> list[str]:
    """Headers, those that come again with a number."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _own(name: str, part: Part, table: Table) -> str:
    """A name for a column of the file's own: none that the store or the schema keeps."""
    own = name.lstrip("_") or "column"
    taken = {*part.columns, *table.columns}
    number = 1
    while (own if number == 1 else f"{own} ({number})") in taken:
        number += 1
    return own if number == 1 else f"{own} ({number})"


def _table(sheet: Sheet, ledger: Ledger, alone: bool) -> Table | None:
    """The table that a sheet is; what is none is told."""
    if sheet.table is not None:
        return TABLES[sheet.table]
    stem_of_file = Path(sheet.place.file.rsplit("!", 1)[-1]).stem
    names = [name for name in (sheet.place.sheet, stem_of_file) if name]
    key = Key("table", "", alike(names[0]))
    if (answer := ledger.answers.given.get(key)) in TABLES:
        return TABLES[str(answer)]
    found, whole = table_of(sheet.header, names)
    if found is not None and (whole or len(sheet.header) > 1):
        return TABLES[found]
    words = [name for name in sheet.header if re.search(r"[^\W\d]", name)]
    if (
        found is None
        and alone
        and sheet.lines
        and len(sheet.header) in (2, 3, 4)
        and len(words) > 1
    ):
        return TABLES["flows"]  # two columns of names and little else: asked which gives
    shown = ", ".join(sheet.header[:8])
    why = Label(
        f"aucune table connue n'a ces colonnes ({shown})",
        f"no known table has these columns ({shown})",
    )
    ledger.tell("sheet", sheet.place, why=why)
    return None


_WAYS = {
    stem(word)
    for word in (
        "direction",
        "sens",
        "type",
        "orientation",
        "directed",
        "sens du lien",
        "edge type",
        "directionality",
    )
}
"""Headers of columns that say whether a link goes one way."""


def _direction(sheet: Sheet, header: Sequence[str], fields: list[str | None]) -> int | None:
    """The column that says whether a link goes one way or both."""
    for at, name in enumerate(header):
        if fields[at] is None and sheet.fields.get(name) != "" and stem(name) in _WAYS:
            values = {plain(cell) for cell in set(sheet.columns[at]) if cell.strip()}
            if values and values <= {*BOTH_WAYS, *ONE_WAY} | {
                plain(v) for v in ("->", "<->", "--")
            }:
                return at
    return None


def _asked(
    sheet: Sheet, table: Table, header: list[str], fields: list[str | None],
    direction: int | None, ledger: Ledger,
) -> list[str | None] | None:  # fmt: skip
    """The fields, with what a person said of headers that nobody can be sure of; None if the sheet is of no use."""
    fields = list(fields)
    for at, name in enumerate(header):
        if fields[at] is not None or at == direction or sheet.fields.get(name) == "":
            continue
        if not any(cell.strip() for cell in sheet.columns[at]):
            continue
        if _link(sheet, table, name, at, ledger) is not None:
            continue
        near = nearest(table, name, fields)
        if near is not None:
            answer: str | None = _ask_column(sheet, table, name, near.name, ledger) or near.name
        elif table.name == "flows" and "dataset" not in fields and stem(name) in _VAGUE:
            answer = _ask_vague(sheet, table, name, at, ledger)
        else:
            answer = ledger.answers.given.get(_key(table, name)) or None
            if answer is not None and answer not in (*table.columns, KEEP, LEFT):
                answer = None
        if answer not in (None, KEEP) and (answer == LEFT or answer not in fields):
            fields[at] = answer
    for lacks in missing(table, fields):
        name = next(f.name for f in table.fields if f.name in lacks)
        free = [h for h, f in zip(header, fields, strict=True) if f is None]
        if not free:
            ledger.tell("sheet", sheet.place, why=Label(
                f"aucune colonne n'y dit : {table.field(name).label.fr}",
                f"no column of it says: {table.field(name).label.en}"))  # fmt: skip
            return None
        chosen = _ask_which(sheet, table, name, free, ledger)
        fields[header.index(chosen)] = name
    return fields


def _key(table: Table, header: str) -> Key:
    return Key("column", table.name, plain(header))


def _ask_column(sheet: Sheet, table: Table, header: str, name: str, ledger: Ledger) -> str | None:
    label = table.field(name).label
    words = Label(
        f"la colonne « {header} » ({sheet.place}) est-elle {name} ({label.fr}) ?",
        f"is the column '{header}' ({sheet.place}) {name} ({label.en})?",
    )
    choices = {f.name: f.label for f in table.fields if f.name == name}
    choices |= {KEEP: Label("une colonne à part, gardée telle quelle", "a column of its own, kept as it is"),
                LEFT: Label("ne pas la lire", "do not read it")}  # fmt: skip
    choices |= {f.name: f.label for f in table.fields}
    return ledger.ask(Question(_key(table, header), words, choices, name, sheet.place))


def _ask_vague(sheet: Sheet, table: Table, header: str, at: int, ledger: Ledger) -> str | None:
    values = sorted({cell.strip() for cell in sheet.columns[at] if cell.strip()})
    shown = ", ".join(values[:3])
    words = Label(
        f"la colonne « {header} » ({sheet.place}) dit {len(values)} choses ({shown} …) : le jeu de données, une note, ou autre chose ?",
        f"the column '{header}' ({sheet.place}) says {len(values)} things ({shown} …): the dataset, a note, or something else?",
    )
    choices = {
        "dataset": Label("le jeu de données qui passe", "the dataset that is passed"),
        "note": Label("une note sur le flux", "a note on the flow"),
        KEEP: Label(
            "la sorte de lien : une colonne à part", "the kind of link: a column of its own"
        ),
        LEFT: Label("ne pas la lire", "do not read it"),
    }
    return ledger.ask(Question(_key(table, header), words, choices, KEEP, sheet.place))


def _ask_which(sheet: Sheet, table: Table, name: str, free: list[str], ledger: Ledger) -> str:
    """The header that is a field which the table cannot do without; the first, while nobody has said."""
    label = table.field(name).label
    words = Label(
        f"quelle colonne de {sheet.place} est {name} ({label.fr}) ?",
        f"which column of {sheet.place} is {name} ({label.en})?",
    )
    choices = {header: Label(header, header) for header in free}
    key = Key("which", f"{table.name}.{name}", "/".join(sorted(map(plain, sheet.header))))
    return ledger.ask(Question(key, words, choices, free[0], sheet.place)) or free[0]


def _zeros(part: Part, ledger: Ledger) -> None:
    """Weights of nothing: an exchange that is none, or one that was not weighed."""
    cells = part.columns.get("weight", [])
    rows = [i for i, cell in enumerate(cells) if cell and _is_zero(cell)]
    if not rows:
        return
    header = part.header("weight")
    words = Label(
        "{n} {n:cellule|cellules} de « {header} » ({place}) {n:vaut|valent} 0 : pas d'échange, ou un échange sans poids ?",
        "{n} {n:cell|cells} of '{header}' ({place}) {n:is|are} 0: no exchange, or an exchange without weight?",
    ).format(n=len(rows), header=header, place=part.place)  # fmt: skip
    choices = {"no exchange": Label("pas d'échange : la ligne est laissée", "no exchange: the row is left out"),
               "no weight": Label("un échange, sans poids", "an exchange, without weight")}  # fmt: skip
    key = Key("zero", f"{part.table.name}.weight", "0")
    at = tuple(part.lines[i] for i in rows)
    answer = ledger.ask(Question(key, words, choices, "no exchange", part.place, at))
    if answer == "no weight":
        ledger.tell("answered", part.place, at, header, "0", choices[answer])
        part.columns["weight"] = ["" if i in set(rows) else cell for i, cell in enumerate(cells)]
    else:
        if answer:
            ledger.tell("answered", part.place, at, header, "0", choices[answer])
        gone = set(rows)
        part.only([i for i in range(len(part.lines)) if i not in gone])


def _is_zero(cell: str) -> bool:
    try:
        return float(cell) == 0
    except ValueError:
        return False


def _both_ways(sheet: Sheet, part: Part, direction: list[str] | None, ledger: Ledger) -> None:
    """Links that go both ways as two flows, one each way."""
    ways = _ways(sheet, part, direction)
    if not any(ways):
        return
    for way in ("mutual", "undirected"):
        if rows := [line for line, found in zip(part.lines, ways, strict=True) if found == way]:
            ledger.tell(way, part.place, rows)
    count = len(part.lines)
    order = [i for row in range(count) for i in ([row, row] if ways[row] else [row])]
    second = [a == b for a, b in zip(order[1:], order, strict=False)]
    part.only(order)
    ends = list(zip(part.columns["provider"], part.columns["recipient"], strict=True))
    turned = [False, *second]
    if "id" in part.columns:  # the way back has an identifier of its own
        part.columns["id"] = [
            "" if t else key for key, t in zip(part.columns["id"], turned, strict=True)
        ]
    part.columns["provider"] = [b if t else a for (a, b), t in zip(ends, turned, strict=True)]
    part.columns["recipient"] = [a if t else b for (a, b), t in zip(ends, turned, strict=True)]


def _ways(sheet: Sheet, part: Part, direction: list[str] | None) -> list[str | None]:
    """Which rows go both ways, and how they say so; a loop goes one way."""
    if direction is None and sheet.directed:
        return [None] * len(part.lines)
    said = dict(zip(sheet.lines, direction, strict=True)) if direction is not None else {}
    ways: list[str | None] = []
    for line, a, b in zip(
        part.lines, part.columns["provider"], part.columns["recipient"], strict=True
    ):
        way = BOTH_WAYS.get(plain(said.get(line, "")), None if sheet.directed else "undirected")
        ways.append(way if a != b else None)
    return ways
