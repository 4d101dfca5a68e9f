"""Numbers as people write them: commas, blanks between thousands, words of frequency."""

from __future__ import annotations

import re

from ecosystem.errors import DataError
from ecosystem.intake.answers import LEFT, Key, Question
from ecosystem.intake.cells import Cells
from ecosystem.labels import Label
from ecosystem.tables.cells import plain

TIMES_A_YEAR = {
    "jamais": 0, "never": 0, "annuel": 1, "annuellement": 1, "par an": 1, "chaque annee": 1, "annual": 1, "yearly": 1,
    "une fois par an": 1, "once a year": 1, "every year": 1, "semestriel": 2, "twice a year": 2, "biannual": 2,
    "trimestriel": 4, "par trimestre": 4, "quarterly": 4, "every quarter": 4, "mensuel": 12, "par mois": 12,
    "chaque mois": 12, "monthly": 12, "every month": 12, "une fois par mois": 12, "hebdomadaire": 52, "par semaine": 52,
    "chaque semaine": 52, "weekly": 52, "every week": 52, "une fois par semaine": 52, "quotidien": 365,
    "par jour": 365, "chaque jour": 365, "tous les jours": 365, "daily": 365, "every day": 365, "temps reel": 8760,
    "en temps reel": 8760, "une fois": 1, "once": 1, "ponctuel": 1, "ponctuellement": 1, "one off": 1, "real time": 8760, "continu": 8760, "en continu": 8760, "horaire": 8760, "hourly": 8760,
}  # fmt: skip
"""How often, in words, as times a year."""

_NOT_KNOWN = {"nsp", "ne sait pas", "inconnu", "unknown", "don t know", "not known", "na"}
_GROUPS = re.compile(r"[+-]?\d{1,3}([  \u202f'’]\d{3})+(?=\D|$)")
_POINT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+")
_GERMAN = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+")
_COMMA = re.compile(r"[+-]?\d+,\d+")


def numbers(column: Cells) -> None:
    """Numbers with a comma, with blanks between thousands, or in words of frequency."""
    field = column.field
    assert field
    changed: dict[str, str] = {}
    often: dict[str, str] = {}
    said: dict[str, str] = {}
    filled = [cell for cell in column.cells if cell]
    spoken = sum(re.search(r"\d", c) is None and plain(c) not in _NOT_KNOWN for c in filled)
    scale = field.name == "weight" and spoken * 2 >= len(filled)  # in words: souvent, parfois
    wrong: dict[str, str] = {}
    unsure = [v for v in column.values if re.fullmatch(r"\d{1,3},\d{3}", v)]
    commas = [v for v in column.values if _COMMA.fullmatch(v) and v not in unsure]
    thousands = bool(unsure) and not commas and _ask_thousands(column, unsure)
    for value in column.values:
        read = value
        if _GROUPS.match(read):
            read = re.sub(r"[  \u202f'’]", "", read)
        if _ENGLISH.fullmatch(read) or (thousands and value in unsure):
            read = read.replace(",", "")
        elif _GERMAN.fullmatch(read):
            read = read.replace(".", "").replace(",", ".")
        elif _COMMA.fullmatch(read):
            read = read.replace(",", ".")
        if field.kind == "integer" and re.fullmatch(r"[+-]?\d+\.0*", read):
            read = read.split(".")[0]
        if not _POINT.fullmatch(read):
            times = TIMES_A_YEAR.get(plain(read)) if field.name == "weight" else None
            if times is not None:
                often[value] = str(times)
            elif scale and re.search(r"[^\W\d]", value):
                said[value] = _ask_weight(column, value)
            else:
                wrong[value] = ""
        elif read != value:
            changed[value] = read
    column.change("number", changed)
    column.change("weights-of-words", often)
    column.change("answered", said)
    column.change("no-number", wrong)


def _ask_weight(column: Cells, value: str) -> str:
    """What a word weighs, such as `souvent`; nothing, which counts 1, while nobody has said."""
    rows = column.rows(value)
    words = Label(
        "« {value} » dans {n} {n:cellule|cellules} de « {column} » ({place}) : quel nombre ?",
        "'{value}' in {n} {n:cell|cells} of '{column}' ({place}): which number?",
    ).format(value=value, n=len(rows), column=column.header, place=column.place)
    choices = {
        LEFT: Label(
            "laisser vide : compte pour 1 ; ou un nombre", "leave it empty: counts 1; or a number"
        )
    }
    key = Key("weight", f"{column.table.name}.weight", plain(value))
    answer = column.ledger.ask(Question(key, words, choices, LEFT, column.place, rows, free=True))
    if answer in (None, LEFT):
        return ""
    assert answer is not None
    number = answer.strip().replace(",", ".")
    if not _POINT.fullmatch(number):
        raise DataError(
            Label(f"{column.ledger.answers.origin} : « {answer} » n'est pas un nombre, pour : {words.fr}",
                  f"{column.ledger.answers.origin}: '{answer}' is no number, for: {words.en}"),
            Label("répondez par un nombre, ou « leave out »", "answer with a number, or 'leave out'"),
        )  # fmt: skip
    return number


def _ask_thousands(column: Cells, unsure: list[str]) -> bool:
    value = unsure[0]
    words = Label(
        "« {value} » dans « {column} » ({place}) : une virgule décimale, ou des milliers ?",
        "'{value}' in '{column}' ({place}): a decimal comma, or thousands?",
    ).format(value=value, column=column.header, place=column.place)
    choices = {
        "decimal": Label("virgule décimale", "decimal comma"),
        "thousands": Label("milliers", "thousands"),
    }
    key = Key("comma", f"{column.table.name}.{column.field.name if column.field else ''}", "")
    return column.ledger.ask(Question(key, words, choices, "decimal", column.place)) == "thousands"
