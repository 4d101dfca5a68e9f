"""What is said of repairs and questions: lines for people, warnings of a check, the error that asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ecosystem.errors import DataError
from ecosystem.intake.importing import Imported
from ecosystem.labels import Label, Language, printed
from ecosystem.tables.frames import Tables
from ecosystem.tables.problems import problem
from ecosystem.tables.repairs import GROUPS, Group, Place, Repair

SHOWN = 6
"""How many questions an error shows, and examples a line."""

_FEW = 3
"""Repairs of one kind in one column that are told one by one; more are told together."""

_SEEN = 8
"""Warnings of one kind in one column that are told one by one."""

PLAIN = "delimited text, UTF-8, cells separated by commas"
"""How the files of this tool are recognised."""

_TOGETHER = {
    "made-row": Label("{n} noms qui ne sont dans aucune ligne de la table {table}, ajoutés : {few}",
                      "{n} names that are in no row of the table {table}, added: {few}"),
    "column": Label("{n} colonnes reconnues : {few}", "{n} columns recognised: {few}"),
    "column-rows": Label("{n} colonnes disent les lignes d'autres tables : {few}",
                         "{n} columns say the rows of other tables: {few}"),
}  # fmt: skip
_OTHERS = Label("{n} valeurs, dans {rows} cellules : {few}", "{n} values, in {rows} cells: {few}")


class Line(NamedTuple):
    """One line of a report: of which group, of which file and column, in which words."""

    group: Group
    place: Place
    column: str | None
    words: Label

    def to(self, language: Language) -> str:
        """The line, its place first."""
        where = str(self.place) + (
            f" « {self.column} »"
            if self.column and language == "fr"
            else f" '{self.column}'"
            if self.column
            else ""
        )
        colon = "\u00a0: " if language == "fr" else ": "
        return printed(f"{where}{colon}{self.words.to(language)}")


def lines_of(repairs: Sequence[Repair]) -> Iterator[Line]:
    """Repairs as lines, by group; many of one kind in one column are one line."""
    for group in GROUPS:
        sets: dict[tuple[object, ...], list[Repair]] = {}
        for repair in repairs:
            if repair.group == group:
                table = str(repair.words.get("table", ""))
                sets.setdefault((repair.code, repair.place, repair.column, table), []).append(
                    repair
                )
        for alike in sets.values():
            first = alike[0]
            if len(alike) <= (_SEEN if group == "warning" else _FEW):
                yield from (
                    Line(group, one.place, one.column, one.words_with_rows) for one in alike
                )
            else:
                yield Line(group, first.place, first.column, _together(alike))


def _together(alike: Sequence[Repair]) -> Label:
    """Repairs of one kind in one column in one line."""
    first = alike[0]
    few = ", ".join(
        f"{r.before} → {r.after}" if r.before and r.after and first.code != "made-row" else r.before or r.after
        for r in alike[:SHOWN]
    )  # fmt: skip
    rows = sum(len(repair.rows) or 1 for repair in alike)
    words = _TOGETHER.get(first.code, _OTHERS)
    return words.format(
        n=len(alike), rows=rows, few=few + " …" * (len(alike) > SHOWN),
        table=first.words.get("table", ""),
    )  # fmt: skip


def report_lines(repairs: Sequence[Repair], language: Language) -> Iterator[str]:
    """The report for people, each group under its heading."""
    before = None
    for line in lines_of(repairs):
        if line.group != before:
            yield GROUPS[line.group].to(language)
            before = line.group
        yield f"  {line.to(language)}"


def undecided(found: Imported, origin: str) -> DataError:
    """The error that says what has to be decided before a source can be used."""
    told = [question.words for question in found.open]
    if not told:
        made = [repair for repair in found.repairs if repair.words.get("beside")]
        told = [line.words for line in lines_of(made)]
    fr, en = ("\n  ".join([*(words.to(language) for words in told[:SHOWN]),
                           *([f"… {len(told) - SHOWN}"] if len(told) > SHOWN else [])])
              for language in ("fr", "en"))  # fmt: skip
    return DataError(
        Label(f"{origin} : à décider d'abord\n  {fr}", f"{origin}: to be decided first\n  {en}"),
        Label(f"« ecosystem import {origin} -o mon-territoire » pose ces questions et garde les réponses",
              f"'ecosystem import {origin} -o my-territory' asks these questions and keeps the answers"),
    )  # fmt: skip


def with_warnings(found: Imported) -> Tables:
    """The tables, with a warning for each line of the report that a reader should know, so that `check` tells it."""
    warnings = []
    said = [r for r in found.repairs if r.code not in ("table", "column") and not _plain(r)]
    for line in lines_of(said):
        warnings.append(problem("repaired", str(line.place), None, line.column, what=line.words))
    return replace(found.tables, problems=(*found.tables.problems, *warnings))


def _plain(repair: Repair) -> bool:
    """Whether a file was read as the files of this tool are: nothing to be told of."""
    return repair.code == "format" and repair.after == PLAIN
