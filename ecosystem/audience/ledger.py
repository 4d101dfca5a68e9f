"""What a copy leaves out and why: for the one who made it, never for those who get it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from ecosystem.schema import TABLES
from ecosystem.vocabulary import Label, Language

REASONS: dict[str, Label] = {
    "visibility": Label("la ligne n'est pas pour ce public", "the row is not for this audience"),
    "end-removed": Label("la ligne nomme une ligne retirée", "the row names a removed row"),
    "small-group": Label("le groupe compte trop peu d'acteurs", "the group has too few actors"),
    "in-group": Label("l'acteur est compté dans un groupe", "the actor is counted in a group"),
    "within-group": Label(
        "le flux ou le lien reste dans un groupe", "the flow or tie stays inside a group"
    ),
    "only-source-of-removed": Label(
        "la source n'est citée que par des lignes retirées",
        "the source is cited by removed rows only",
    ),
    "pseudonym": Label("l'acteur porte un pseudonyme", "the actor bears a pseudonym"),
    "identifying": Label(
        "la cellule ferait reconnaître un acteur", "the cell would make an actor known"
    ),
    "reference": Label("la cellule nomme une ligne retirée", "the cell names a removed row"),
    "column": Label("la politique retire la colonne", "the policy drops the column"),
    "undeclared-column": Label(
        "la colonne n'est pas au dictionnaire", "the column is not in the dictionary"
    ),
    "mention": Label("le texte nomme ce qui est retiré", "the text names what is removed"),
    "renumbered": Label(
        "les numéros se suivent, sans laisser de trou", "numbers follow each other without a gap"
    ),
    "not-passed-on": Label(
        "la visibilité n'est pas dite au public", "visibility is not told to the public"
    ),
}
"""Why a row or a cell is not in a copy as it was."""


@dataclass(frozen=True)
class Removed:
    """One row, or one cell of a row, that is not in the copy as it was.

    Attributes
    ----------
    row
        The key of the row in the complete tables; None for a whole column.
    column
        None for a whole row.
    reason
        A code of `REASONS`.
    """

    table: str
    row: str | None
    column: str | None
    reason: str


class Ledger:
    """Removals, as they happen."""

    def __init__(self) -> None:
        self.entries: list[Removed] = []

    def row(self, table: str, row: dict[str, object], reason: str) -> None:
        """A row is gone."""
        self.entries.append(Removed(table, _key(table, row), None, reason))

    def cell(self, table: str, row: dict[str, object], column: str, reason: str) -> None:
        """A cell is empty, or says something else."""
        self.entries.append(Removed(table, _key(table, row), column, reason))

    def column(self, table: str, column: str, reason: str) -> None:
        """A column is empty in every row."""
        self.entries.append(Removed(table, None, column, reason))


def _key(table: str, row: dict[str, object]) -> str:
    return "/".join(str(row[name]) for name in TABLES[table].key)


def removed_frame(removed: tuple[Removed, ...], language: Language = "en") -> pd.DataFrame:
    """Removals as a table, one row each."""
    rows = [
        {"table": r.table, "row": r.row, "column": r.column, "reason": r.reason,
         "why": REASONS[r.reason].to(language)}
        for r in removed
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["table", "row", "column", "reason", "why"])


_ROWS = Label("{n} {n:ligne|lignes}", "{n} {n:row|rows}")
_CELLS = Label("{n} {n:cellule|cellules}", "{n} {n:cell|cells}")


def removed_summary(removed: tuple[Removed, ...]) -> list[Label]:
    """How many rows and cells of each table are out, and why; one line each."""
    counts = Counter((r.table, r.row is not None and r.column is None, r.reason) for r in removed)
    lines = []
    for (table, whole, reason), count in counts.items():
        what = _ROWS if whole else _CELLS
        lines.append(
            Label("{table} : {told} : {why}", "{table}: {told}: {why}").format(
                table=table, told=what.format(n=count), why=REASONS[reason]
            )
        )
    return lines
