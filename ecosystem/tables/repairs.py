"""What reading a file that was not made for this tool does to it: every kind of repair, declared once.

A repair is data: what was found, what was made of it, where and why. None is silent: whatever
differs between a file and the tables made of it is in a list of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ecosystem.labels import Label, Language

Group = Literal["recognised", "repaired", "made", "left-out", "warning"]

GROUPS: dict[Group, Label] = {
    "recognised": Label("Reconnu", "Recognised"),
    "repaired": Label("Réparé", "Repaired"),
    "made": Label("Ajouté", "Made"),
    "left-out": Label("Laissé de côté", "Left out"),
    "warning": Label("À vérifier", "To be looked at"),
}
"""What a repair does, in the order in which a report tells it."""


class Place(NamedTuple):
    """A file, and a sheet of it where it has several."""

    file: str
    sheet: str | None = None

    def __str__(self) -> str:
        return self.file if self.sheet is None else f"{self.file}[{self.sheet}]"


@dataclass(frozen=True)
class RepairKind:
    """A repair as the catalogue knows it; `{before}`, `{after}`, `{column}` and others are filled in."""

    code: str
    group: Group
    words: Label


REPAIRS: dict[str, RepairKind] = {}


def _kind(code: str, group: Group, fr: str, en: str) -> None:
    REPAIRS[code] = RepairKind(code, group, Label(fr, en))


_kind("format", "recognised", "lu comme {after}", "read as {after}")
_kind("table", "recognised", "lu comme la table {after}", "read as the table {after}")
_kind(
    "column",
    "recognised",
    "la colonne « {before} » est {after}",
    "the column '{before}' is {after}",
)
_kind(
    "column-rows",
    "recognised",
    "la colonne « {before} » dit d'autres lignes : {count} de {after}",
    "the column '{before}' says other rows: {count} of {after}",
)
_kind("both-say", "repaired", "le même flux que la ligne {first}, dit par les deux bouts",
      "the same flow as row {first}, said by both ends")  # fmt: skip
_kind("public", "repaired", "« {before} » est le grand public", "'{before}' is the general public")
_kind(
    "answered",
    "recognised",
    "« {before} » : {after}, comme répondu",
    "'{before}': {after}, as answered",
)
_kind(
    "title-rows",
    "left-out",
    "{n:ligne|lignes} de titre au-dessus de l'en-tête",
    "title {n:row|rows} above the header",
)
_kind("blank-rows", "left-out", "{n:ligne vide|lignes vides}", "blank {n:row|rows}")
_kind(
    "example-row",
    "left-out",
    "« {before} » : l'exemple du modèle",
    "'{before}': the example of the template",
)
_kind(
    "empty-column",
    "left-out",
    "la colonne « {before} », vide et inconnue du dictionnaire",
    "the column '{before}', empty and none of the dictionary",
)
_kind("repeated-header", "left-out", "l'en-tête, répété", "the header, repeated")
_kind(
    "note-rows",
    "left-out",
    "« {before} » : une note sous la table, pas une ligne",
    "'{before}': a note below the table, not a row",
)
_kind(
    "no-header",
    "recognised",
    "sans en-tête : la première colonne donne à la deuxième",
    "without a header: the first column gives to the second",
)
_kind(
    "matrix",
    "recognised",
    "une matrice : la ligne donne à la colonne",
    "a matrix: the row gives to the column",
)
_kind(
    "short-row",
    "repaired",
    "une ligne plus courte que l'en-tête : complétée de vides",
    "a row shorter than the header: filled up with nothing",
)
_kind(
    "row-numbers",
    "left-out",
    "une colonne sans nom qui numérote les lignes",
    "a column without a name that numbers the rows",
)
_kind(
    "unnamed-column",
    "left-out",
    "une colonne sans nom : « {before} »",
    "a column without a name: '{before}'",
)
_kind("sheet", "left-out", "la feuille : {why}", "the sheet: {why}")
_kind("file", "left-out", "le fichier : {why}", "the file: {why}")
_kind("attribute", "left-out", "{before} : {why}", "{before}: {why}")
_kind("column-left", "left-out", "la colonne « {before} » : {why}", "the column '{before}': {why}")
_kind(
    "cells-too-many",
    "left-out",
    "« {before} » : une cellule au-delà de l'en-tête",
    "'{before}': a cell beyond the header",
)
_kind("row-left", "left-out", "la ligne « {before} » : {why}", "the row '{before}': {why}")
_kind(
    "own-column",
    "warning",
    "la colonne « {before} » n'est pas du dictionnaire : gardée telle quelle",
    "the column '{before}' is none of the dictionary: kept as it is",
)
_kind(
    "merged-cells",
    "repaired",
    "cellules fusionnées : « {after} » vaut pour chaque ligne",
    "merged cells: '{after}' stands for each row",
)
_kind("code", "repaired", "« {before} » se lit {after}", "'{before}' reads {after}")
_kind("nothing", "repaired", "« {before} » veut dire : rien", "'{before}' means nothing")
_kind(
    "blanks",
    "repaired",
    "blancs, apostrophes ou accents récrits : « {after} »",
    "blanks, apostrophes or accents rewritten: '{after}'",
)
_kind("number", "repaired", "« {before} » se lit {after}", "'{before}' reads {after}")
_kind(
    "no-number",
    "warning",
    "« {before} » n'est pas un nombre : laissé vide",
    "'{before}' is no number: left empty",
)
_kind("date", "repaired", "« {before} » se lit {after}", "'{before}' reads {after}")
_kind(
    "no-date",
    "warning",
    "« {before} » n'est pas une date : laissé vide",
    "'{before}' is no date: left empty",
)
_kind("leading-zero", "repaired", "zéro de tête rendu : {after}", "leading zero put back: {after}")
_kind(
    "list",
    "repaired",
    "« {before} » se lit comme une liste : {after}",
    "'{before}' reads as a list: {after}",
)
_kind(
    "several",
    "repaired",
    "« {before} » en nomme {n} : une ligne pour chacun",
    "'{before}' names {n}: a row for each",
)
_kind(
    "mutual",
    "repaired",
    "lien réciproque : deux flux, un dans chaque sens",
    "a mutual link: two flows, one each way",
)
_kind(
    "undirected",
    "repaired",
    "lien sans direction : lu comme deux flux, un dans chaque sens",
    "a link without direction: read as two flows, one each way",
)
_kind("same-name", "repaired", "« {before} » est {after}", "'{before}' is {after}")
_kind("twice", "repaired", "la même ligne que la ligne {first}", "the same row as row {first}")
_kind(
    "made-id",
    "made",
    "identifiants faits des noms ({count})",
    "identifiers made of names ({count})",
)
_kind(
    "made-row",
    "made",
    "« {before} » n'est dans aucune ligne de {table} : ajouté",
    "'{before}' is in no row of {table}: added",
)
_kind(
    "made-flows",
    "made",
    "« publié pour tous » : {n} {n:flux|flux} vers « {after} »",
    "'published to all': {n} {n:flow|flows} to '{after}'",
)
_kind(
    "default",
    "made",
    "colonne absente : {after} partout",
    "the column is absent: {after} throughout",
)
_kind(
    "doubled-pair",
    "warning",
    "« {before} » revient {n} fois : autant de lignes, leurs poids s'ajoutent",
    "'{before}' comes {n} times: as many rows, their weights add",
)
_kind(
    "one-page",
    "warning",
    "{found} des {total} jeux du portail sont dans le fichier (une page)",
    "{found} of the portal's {total} datasets are in the file (one page)",
)
_kind("no-holder", "warning", "« {before} » n'a pas de détenteur", "'{before}' has no holder")
_kind(
    "languages",
    "warning",
    "titres en {n} langues : {after} est gardé",
    "titles in {n} languages: {after} is kept",
)
_kind(
    "formula",
    "warning",
    "des formules : leurs dernières valeurs calculées sont lues",
    "formulas: the values that they had last are read",
)
_kind(
    "formula-empty",
    "warning",
    "formules sans valeur calculée, lues comme vides : {before}. Ouvrez le classeur dans un tableur et enregistrez-le",
    "formulas without a value, read as empty: {before}. Open the workbook in a spreadsheet and save it",
)
_kind(
    "weights-of-words",
    "repaired",
    "« {before} » compte {after} fois par an",
    "'{before}' counts {after} times a year",
)


@dataclass(frozen=True)
class Repair:
    """One repair, in one row or in several alike.

    Attributes
    ----------
    rows
        The rows of the file or sheet, as they are counted there; empty for the whole.
    column
        The column as the file names it.
    """

    code: str
    place: Place
    rows: tuple[int, ...] = ()
    column: str | None = None
    before: str = ""
    after: str = ""
    words: dict[str, object] = field(default_factory=dict, compare=False)

    @property
    def group(self) -> Group:
        """What it does."""
        return REPAIRS[self.code].group

    @property
    def why(self) -> Label:
        """The repair in words."""
        values = {"before": _short(self.before), "after": _short(self.after),
                  "column": self.column, "n": len(self.rows) or 1, **self.words}  # fmt: skip
        return REPAIRS[self.code].words.format(**values)

    def lines(self, language: Language) -> Iterator[dict[str, object]]:
        """The repair as rows of a report: one for each row of the file."""
        for row in self.rows or (None,):
            yield {
                "what": self.code,
                "file": self.place.file,
                "sheet": self.place.sheet,
                "row": row,
                "column": self.column,
                "before": self.before or None,
                "after": self.after or None,
                "why": self.why.to(language),
            }

    @property
    def words_with_rows(self) -> Label:
        """The repair in words, and in which rows."""
        if not self.rows:
            return self.why
        few = ", ".join(map(str, self.rows[:5])) + (" …" if len(self.rows) > 5 else "")
        return _IN_ROWS.format(why=self.why, n=len(self.rows), few=few)


_IN_ROWS = Label("{why} ({n:ligne|lignes} {few})", "{why} ({n:row|rows} {few})")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def gathered(repairs: Iterable[Repair]) -> list[Repair]:
    """Repairs that differ only in their rows as one, in the order of the groups, then as they came."""
    found: dict[tuple[object, ...], list[Repair]] = {}
    for repair in repairs:
        key = (repair.code, repair.place, repair.column, repair.before, repair.after)
        found.setdefault((*key, *map(str, repair.words.values())), []).append(repair)
    joined = [
        Repair(
            first.code, first.place, tuple(row for one in alike for row in one.rows),
            first.column, first.before, first.after, first.words,
        )
        for alike in found.values()
        for first in alike[:1]
    ]  # fmt: skip
    order = list(GROUPS)
    return sorted(joined, key=lambda repair: order.index(repair.group))
