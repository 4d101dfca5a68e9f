"""Cells as people write them to cells as the tables hold them: blanks, nothing, codes, numbers, dates."""

from __future__ import annotations

import re
from functools import cache

from ecosystem.intake.answers import LEFT, Key, Question
from ecosystem.intake.cells import Cells
from ecosystem.intake.numbers import numbers
from ecosystem.labels import Label
from ecosystem.schema import Field
from ecosystem.tables.cells import alike, composed, plain, stem
from ecosystem.tables.identifiers import with_zeros
from ecosystem.vocabulary import CODE_LISTS, CodeList

NOTHING = {"NA", "N/A", "n/a", "#N/A", "#NA", "NULL", "null", "None", "nan", "NaN", "<NA>", "-", "–", "—", "--", "/", ".", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#VALEUR!", "#NOM?", "NC", "N.C.", "n.c.", "nc", "NR", "n.r.", "s.o.", "S.O.", "sans objet", "RAS", "Ø"}  # fmt: skip
"""What people and programs write for nothing."""

_NEGATIONS = {"sans", "non", "pas", "no", "not", "without", "aucun", "aucune", "ni"}

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")
_YEARS = re.compile(r"(?:de |from )?(\d{4}) ?(?:-|–|/|à|to) ?(\d{4})")
_MONTHS = {name: n for n, names in enumerate((
    "janvier january janv jan", "fevrier february fev feb", "mars march mar", "avril april avr apr", "mai may", "juin june jun",
    "juillet july juil jul", "aout august aug", "septembre september sept sep", "octobre october oct",
    "novembre november nov", "decembre december dec"), 1) for name in names.split()}  # fmt: skip


def cleaned(column: Cells) -> list[str]:
    """The cells of a column as the tables hold them; what cannot be one is asked or told."""
    kind = column.field.kind if column.field else "text"
    _blanks(column, whole=kind != "text" or (column.field is not None and _is_name(column)))
    if kind == "code" or (column.field and column.field.codes):
        _codes(column)
        return column.cells
    name = column.field.name if column.field else ""
    if kind != "text" or _is_name(column):
        column.change("nothing", {v: "" for v in column.values if v in NOTHING})
    if kind in ("number", "integer"):
        numbers(column)
    elif kind == "date":
        _dates(column)
    elif name in ("identifier", "official_code"):
        _identifiers(column)
    return column.cells


def _is_name(column: Cells) -> bool:
    return column.field is not None and column.field.name in ("name", "title", "licence", "country")


def _blanks(column: Cells, *, whole: bool) -> None:
    """Blanks around a cell, and in names those that are several or of another kind."""
    changed = {}
    for value in set(column.cells):
        bare = composed(value).strip()
        if whole and ("\n" not in bare or (column.field and column.field.kind == "text")):
            bare = " ".join(bare.split())
        if bare != value:
            changed[value] = bare
    seen = {v: c for v, c in changed.items() if v.strip() and c != composed(v)}
    column.change("blanks", {v: c for v, c in seen.items()})
    if changed:
        column.cells = [changed.get(cell, cell) for cell in column.cells]


def _stems(codes: CodeList) -> dict[str, str]:
    """The code that each stem means."""
    return _stems_of(codes.name)


@cache
def _stems_of(name: str) -> dict[str, str]:
    codes = next(codes for codes in CODE_LISTS if codes.name == name)
    return {
        stem(name): code.code
        for code in codes.values()
        for name in (*code.synonyms, code.label.fr, code.label.en, code.code)
    }


def _codes(column: Cells) -> None:
    field, codes = column.field, column.field.codes if column.field else None
    assert field and codes
    stems = _stems(codes)
    changed: dict[str, str] = {}
    for value in column.values:
        if value in codes:
            continue
        bare = value.rstrip(".0") if field.kind == "integer" and value.endswith(".0") else value
        found = stems.get(stem(bare)) or stems.get(stem(re.sub(r"\(.*?\)", " ", bare)))
        if found is None and (uri := value.rsplit("/", 1)[-1]) and value.startswith("http"):
            found = next(
                (c.code for c in codes.values() if c.uri and c.uri.endswith("/" + uri)), None
            )
            found = found or stems.get(stem(uri.replace("-", " ")))
        if found is not None:
            changed[value] = found
    column.change("code", changed)
    nothing = {v: "" for v in column.values if v not in codes and v in NOTHING}
    column.change("nothing", nothing)
    asked: dict[str, str] = {}
    for value in column.values:
        if value in codes:
            continue
        answer = _ask_code(column, field, codes, value)
        if answer is not None:
            asked[value] = "" if answer == LEFT else answer
    column.change("answered", asked)


def _ask_code(column: Cells, field: Field, codes: CodeList, value: str) -> str | None:
    from rapidfuzz import fuzz, process

    stems = _stems(codes)
    near = process.extractOne(stem(value), list(stems), scorer=fuzz.ratio, score_cutoff=75)
    perhaps = next(
        (c.code for c in codes.values() if stem(value) in map(stem, c.perhaps.split(" / "))), None
    )
    if near and _negated(value) != _negated(near[0]):
        near = None  # `sans convention` is no `convention`
    proposed = perhaps or (stems[near[0]] if near else None)
    rows = column.rows(value)
    name = f"{column.table.name}.{field.name}"
    choices = {code.code: code.label for code in codes.values()}
    choices[LEFT] = Label("laisser la cellule vide", "leave the cell empty")
    known = proposed is not None
    if proposed is None and not field.required:
        proposed = LEFT  # what is not known stays unknown
    means = choices[proposed] if proposed else Label("?", "?")
    words = Label(
        "« {value} » dans {n} {n:cellule|cellules} de « {column} » ({place}) : veut dire {means} ?"
        if known else "« {value} » dans {n} {n:cellule|cellules} de « {column} » ({place}) : que veut-il dire ?",
        "'{value}' in {n} {n:cell|cells} of '{column}' ({place}): means {means}?"
        if known else "'{value}' in {n} {n:cell|cells} of '{column}' ({place}): what does it mean?",
    ).format(value=value, n=len(rows), column=column.header, place=column.place, means=means)  # fmt: skip
    return column.ledger.ask(
        Question(Key("code", name, alike(value)), words, choices, proposed, column.place, rows)
    )


def _negated(value: str) -> bool:
    return any(word in _NEGATIONS for word in plain(value).split())


def _dates(column: Cells) -> None:
    changed: dict[str, str] = {}
    wrong: dict[str, str] = {}
    days = [found for v in column.values if (found := _DAY.fullmatch(v))]
    first = any(int(d[1]) > 12 for d in days)
    second = any(int(d[2]) > 12 for d in days)
    unsure = [d[0] for d in days if d[1] != d[2]]
    american = second and not first
    if unsure and not first and not second:
        american = _ask_order(column, unsure) == "month first"
    for value in column.values:
        read = _date(value, american)
        if read is None:
            wrong[value] = ""
        elif read != value:
            changed[value] = read
    column.change("date", changed)
    column.change("no-date", wrong)


def _date(value: str, american: bool) -> str | None:
    """A date of a sheet as ISO 8601; None if it is none."""
    if (
        "/" in value
        and (parts := value.split("/"))
        and len(parts) == 2
        and all(_ISO.fullmatch(p) for p in parts)
    ):
        return value
    if found := _DAY.fullmatch(value):
        day, month = (found[2], found[1]) if american else (found[1], found[2])
        return f"{found[3]}-{int(month):02d}-{int(day):02d}"
    if found := _MONTH.fullmatch(value):
        return f"{found[2]}-{int(found[1]):02d}"
    if found := _ISO.fullmatch(value):
        return "-".join(part for part in found.groups() if part)
    if (found := _YEARS.fullmatch(value)) and found[1] < found[2]:
        return f"{found[1]}/{found[2]}"
    words = plain(value).split()
    if 1 < len(words) < 4 and words[-1].isdigit() and len(words[-1]) == 4 and words[-2] in _MONTHS:
        month = f"{words[-1]}-{_MONTHS[words[-2]]:02d}"
        day = re.sub(r"\D", "", words[0]) if len(words) == 3 else ""
        return f"{month}-{int(day):02d}" if day else month
    if re.fullmatch(r"(depuis|since|en|in|vers|about|circa|ca)? ?\d{4}", plain(value)):
        return plain(value)[-4:]
    return None


def _ask_order(column: Cells, unsure: list[str]) -> str | None:
    words = Label(
        "« {value} » dans « {column} » ({place}) : le jour d'abord, ou le mois ?",
        "'{value}' in '{column}' ({place}): the day first, or the month?",
    ).format(value=unsure[0], column=column.header, place=column.place)
    choices = {
        "day first": Label("le jour d'abord", "the day first"),
        "month first": Label("le mois d'abord", "the month first"),
    }
    key = Key("date", f"{column.table.name}.{column.field.name if column.field else ''}", "")
    return column.ledger.ask(Question(key, words, choices, "day first", column.place))


def _identifiers(column: Cells) -> None:
    """Official numbers: blanks between their figures, zeros that a spreadsheet took off."""
    bare = {
        v: re.sub(r"[  \u202f]", "", v)
        for v in column.values
        if re.fullmatch(r"\d[\d  \u202f]*", v)
    }
    column.change("blanks", {v: b for v, b in bare.items() if v != b})
    column.change("nothing", {v: "" for v in column.values if v in NOTHING})
    insee = any(re.fullmatch(r"(\d\d|2[AB])\d{3}", v) for v in column.values)
    zeros = {v: z for v in column.values if (z := with_zeros(v, insee=insee)) != v}
    column.change("leading-zero", zeros)
