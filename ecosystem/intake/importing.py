"""The whole way of a file: opened, recognised, read as tables, joined, checked."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ecosystem.errors import DataError
from ecosystem.formats.address import fetched, is_address
from ecosystem.formats.material import Material, Sheet
from ecosystem.formats.opening import Entry, opened
from ecosystem.formats.registry import format_of
from ecosystem.intake.answers import Answers, Question
from ecosystem.intake.blocks import sheets_of
from ecosystem.intake.joining import joined
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.piles import Pile, piled
from ecosystem.intake.reading import parts_of
from ecosystem.labels import Label
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, typed
from ecosystem.tables.naming import row_ids
from ecosystem.tables.problems import Problem, problem
from ecosystem.tables.repairs import Place, Repair, gathered
from ecosystem.tables.values import typed_columns


@dataclass(frozen=True)
class Imported:
    """What a source was read into.

    Attributes
    ----------
    tables
        The tables, as far as they go: while questions are open, as the likeliest answers have it.
    repairs
        All that differs between the source and the tables.
    questions
        Every question, answered or not.
    open
        Those without an answer.
    """

    tables: Tables
    repairs: list[Repair]
    questions: list[Question]
    open: list[Question]
    answers: Answers = field(default_factory=Answers)

    @property
    def made_beside(self) -> bool:
        """Whether rows were made for names that a table of their kind has not, though it has rows."""
        return any(repair.words.get("beside") for repair in self.repairs)


def import_files(what: Sequence[str | Path], answers: Answers | None = None) -> Imported:
    """Read files of any format that is known into tables.

    Raises
    ------
    DataError
        If there is nothing there, or nothing in it that is known.
    """
    entries = [
        entry
        for path in what
        for entry in (fetched(str(path)) if is_address(str(path)) else opened(Path(path)))
    ]
    origin = ", ".join(map(str, what))
    if not entries:
        raise DataError(
            Label(f"{origin} ne contient aucun fichier qui se lise", f"{origin} holds no file that is read"),
            Label("donnez un classeur, des CSV, un graphe ou un catalogue ; « ecosystem template -o modele.xlsx » fait un classeur à remplir",
                  "give a workbook, CSV files, a graph or a catalogue; 'ecosystem template -o survey.xlsx' makes a workbook to fill in"),
        )  # fmt: skip
    with uncollected():
        return import_material(materials_of(entries), answers, origin=origin)


def materials_of(entries: Iterable[Entry]) -> list[Material]:
    """What each file holds; one of a folder that no format knows is told and left."""
    found: list[Material] = []
    skipped: list[tuple[Entry, DataError]] = []
    for entry in entries:
        try:
            found.append(format_of(entry).read(entry))
        except DataError as error:
            if entry.alone:
                raise
            skipped.append((entry, error))
    if not found and skipped:
        raise skipped[0][1]
    for entry, refusal in skipped:
        place = Place(entry.name)
        left = Repair("file", place, words={"why": refusal.message})
        found.append(Material(Label("", ""), place, repairs=[left]))
    return found


def import_material(
    materials: Sequence[Material], answers: Answers | None = None, *, origin: str = ""
) -> Imported:
    """Read what files hold into tables.

    Raises
    ------
    DataError
        If nothing in them is a table that is known.
    """
    with uncollected():
        return _import(materials, Ledger(answers or Answers()), origin)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for circles among the millions of lists and texts of a large file: there are none."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _import(materials: Sequence[Material], ledger: Ledger, origin: str) -> Imported:
    sheets: list[Sheet] = []
    for material in materials:
        if material.how.en:
            ledger.tell("format", material.place, after=material.how)
        ledger.repairs += material.repairs
        sheets += material.sheets
        for grid in material.grids:
            sheets += sheets_of(grid, ledger.repairs)
    parts = [part for sheet in sheets for part in parts_of(sheet, ledger, alone=len(sheets) == 1)]
    if not parts:
        raise _nothing(origin, ledger)
    piles = piled(parts)
    joined(piles, ledger)
    tables = _tables(piles, origin, ledger)
    tables = replace(tables, problems=(*tables.problems, *_shifted(ledger.repairs)))
    return Imported(
        tables, gathered(ledger.repairs), list(ledger.asked.values()), ledger.open, ledger.answers
    )


def _shifted(repairs: Sequence[Repair]) -> list[Problem]:
    """Rows with more cells than the header: which of them is one too many nobody can tell."""
    return [
        problem("cell-count", str(repair.place), row, found=repair.words["found"], expected=repair.words["expected"])
        for repair in repairs
        if repair.code == "cells-too-many"
        for row in repair.rows
    ]  # fmt: skip


def _nothing(origin: str, ledger: Ledger) -> DataError:
    told = [r for r in ledger.repairs if r.code in ("sheet", "file", "format")]
    fr = "\n  ".join(f"{r.place} : {r.why.fr}" for r in told[:10])
    en = "\n  ".join(f"{r.place}: {r.why.en}" for r in told[:10])
    return DataError(
        Label(f"{origin} : rien n'y est une table connue\n  {fr}", f"{origin}: nothing in it is a known table\n  {en}"),
        Label("« ecosystem template -o modele.xlsx » fait un classeur à remplir",
              "'ecosystem template -o survey.xlsx' makes a workbook to fill in"),
    )  # fmt: skip


def _tables(piles: dict[str, Pile], origin: str, ledger: Ledger) -> Tables:
    """Typed tables; each problem and each row with its place in the files."""
    frames, headers, lines, files = {}, {}, {}, {}
    problems: list[Problem] = []
    for name, table in TABLES.items():
        pile = piles[name]
        if not pile.header:
            frames[name] = typed(table, {}, 0)
            continue
        columns = {c: pile.columns[c] for c in pile.header}
        rows = len(pile)
        if table.numbers_rows and ("id" not in columns or not all(columns["id"])):
            made = row_ids(table, columns, rows)
            columns["id"] = [a or b for a, b in zip(columns.get("id", made), made, strict=True)]
        for fld in table.fields:
            if fld.default and fld.name not in columns and rows:
                columns[fld.name] = [fld.default] * rows
                ledger.tell("default", pile.places[0], (), fld.name, "", fld.default)
        found: list[Problem] = []
        frames[name] = typed_columns(table, columns, list(range(rows)), found)
        words = {place: str(place) for place in set(pile.places)}
        shown = [words[place] for place in pile.places]
        problems += [_placed(p, shown, pile.lines) for p in found]
        order = [c for c in table.columns if c in columns]
        headers[name] = [*order, *(c for c in columns if c not in order)]
        lines[name] = [line or 0 for line in pile.lines]
        files[name] = shown
    return Tables(frames, origin, headers, lines, tuple(problems), files=files)


def _placed(problem: Problem, shown: list[str], lines: list[int | None]) -> Problem:
    """A problem at its place in the file that the row came from."""
    row = problem.line
    if row is None:
        return problem
    return replace(problem, file=shown[row], line=lines[row])
