"""What may be wrong with a table: every problem a check can report, declared once.

A problem is data: a stable code, a place (file, line, column), the value found,
what is wrong and what to do, in French and English.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ecosystem.vocabulary import Label, Language

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class ProblemKind:
    """A problem as the catalogue knows it; `{names}` are filled in when it is found."""

    code: str
    severity: Severity
    message: Label
    hint: Label


@dataclass(frozen=True)
class Problem:
    """One problem, where it is, and what to do about it.

    Attributes
    ----------
    file
        The file's name, or the table's name when the rows come from a store.
    line
        The line of the file where the row begins (the header is line 1); None for a whole file.
    column
        The column, or None.
    value
        The cell as it was read, shortened; None where there is no cell.
    """

    code: str
    severity: Severity
    file: str
    line: int | None
    column: str | None
    value: str | None
    message: Label
    hint: Label

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(x) for x in (self.file, self.line, self.column) if x is not None)

    def to(self, language: Language) -> str:
        """One line: place, code, message, hint."""
        return f"{self.place}: {self.code}: {self.message.to(language)}. {self.hint.to(language)}."

    def record(self, language: Language) -> dict[str, object]:
        """The problem as a row of a table."""
        return {
            "severity": self.severity,
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "message": self.message.to(language),
            "hint": self.hint.to(language),
        }


COMPARISONS = 200_000
"""Of names, at a few microseconds each: a hint is worth a second, not ten minutes."""

CATALOGUE: dict[str, ProblemKind] = {}


def _kind(code: str, severity: Severity, message: Label, hint: Label) -> None:
    CATALOGUE[code] = ProblemKind(code, severity, message, hint)


_kind(
    "missing-table",
    "error",
    Label("la table est absente", "the table is missing"),
    Label(
        "Ajoutez {file} ; colonnes requises : {required}",
        "Add {file}; required columns: {required}",
    ),
)
_kind(
    "unreadable",
    "error",
    Label("le fichier ne peut pas être lu ({reason})", "the file cannot be read ({reason})"),
    Label("Vérifiez les droits du fichier", "Check the file's permissions"),
)
_kind(
    "not-utf8",
    "error",
    Label("le fichier n'est pas en UTF-8 (octet {byte})", "the file is not UTF-8 (byte {byte})"),
    Label(
        "Enregistrez-le en « CSV UTF-8 » ; il semble être en {looks}",
        "Save it as 'CSV UTF-8'; it looks like {looks}",
    ),
)
_kind(
    "wrong-delimiter",
    "error",
    Label(
        "les cellules sont séparées par {found}, pas par une virgule",
        "cells are separated by {found}, not by a comma",
    ),
    Label(
        "Enregistrez le fichier avec la virgule comme séparateur",
        "Save the file with the comma as separator",
    ),
)
_kind(
    "malformed",
    "error",
    Label("le CSV est mal formé : {reason}", "the CSV is malformed: {reason}"),
    Label(
        "Cherchez un guillemet non fermé sur cette ligne ou avant",
        "Look for an unclosed quote on this line or before",
    ),
)
_kind(
    "empty-file",
    "error",
    Label("le fichier n'a pas de ligne d'en-tête", "the file has no header row"),
    Label(
        "La première ligne doit nommer les colonnes : {columns}",
        "The first line must name the columns: {columns}",
    ),
)
_kind(
    "no-rows",
    "error",
    Label("la table n'a aucune ligne", "the table has no rows"),
    Label("Ajoutez au moins une ligne à {file}", "Add at least one row to {file}"),
)
_kind(
    "missing-column",
    "error",
    Label("la colonne requise est absente", "the required column is missing"),
    Label(
        "Ajoutez-la à la première ligne ; trouvées : {found}",
        "Add it to the first line; found: {found}",
    ),
)
_kind(
    "duplicate-column",
    "error",
    Label("la colonne apparaît {count} fois", "the column appears {count} times"),
    Label("Gardez-en une", "Keep one of them"),
)
_kind(
    "unknown-column",
    "warning",
    Label("colonne inconnue, gardée telle quelle", "unknown column, kept as it is"),
    Label("Colonnes connues : {known}{nearest}", "Known columns: {known}{nearest}"),
)
_kind(
    "reserved-column",
    "error",
    Label("les noms qui commencent par _ sont réservés", "names that begin with _ are reserved"),
    Label("Donnez un autre nom à la colonne", "Give the column another name"),
)
_kind(
    "unnamed-column",
    "error",
    Label("la colonne {number} n'a pas de nom", "column {number} has no name"),
    Label(
        "Nommez-la à la première ligne, ou supprimez-la",
        "Name it in the first line, or remove it",
    ),
)
_kind(
    "unknown-table",
    "warning",
    Label("fichier inconnu, ignoré", "unknown file, ignored"),
    Label("Tables connues : {known}{nearest}", "Known tables: {known}{nearest}"),
)
_kind(
    "cell-count",
    "error",
    Label(
        "la ligne a {found} cellules au lieu de {expected}",
        "the row has {found} cells instead of {expected}",
    ),
    Label(
        "Mettez entre guillemets le texte qui contient une virgule",
        "Put quotes around text that holds a comma",
    ),
)
_kind(
    "cell-too-long",
    "error",
    Label(
        "la cellule a {length} caractères (au plus {limit})",
        "the cell has {length} characters (at most {limit})",
    ),
    Label(
        "Raccourcissez-la, ou cherchez un guillemet non fermé",
        "Shorten it, or look for an unclosed quote",
    ),
)
_kind(
    "missing-value",
    "error",
    Label("la cellule est vide", "the cell is empty"),
    Label(
        "Cette colonne doit être remplie à chaque ligne", "This column must be filled in every row"
    ),
)
_kind(
    "wrong-type",
    "error",
    Label(
        "« {value} » n'est pas de la forme attendue : {kind}",
        "'{value}' is not of the expected form: {kind}",
    ),
    Label(
        "Corrigez la cellule ou videz-la si la valeur est inconnue",
        "Mend the cell, or empty it if the value is not known",
    ),
)
_kind(
    "unknown-code",
    "error",
    Label("« {value} » n'est pas un code connu", "'{value}' is not a known code"),
    Label("Codes : {known}{nearest}", "Codes: {known}{nearest}"),
)
_kind(
    "duplicate-key",
    "error",
    Label("« {value} » est déjà pris ligne {first}", "'{value}' is already taken on line {first}"),
    Label(
        "Donnez à chaque ligne un identifiant qui lui est propre",
        "Give each row an identifier of its own",
    ),
)
_kind(
    "dangling-reference",
    "error",
    Label("« {value} » n'existe pas dans {table}", "'{value}' does not exist in {table}"),
    Label(
        "Ajoutez la ligne à {table} ou corrigez l'identifiant{nearest}",
        "Add the row to {table}, or correct the identifier{nearest}",
    ),
)
_kind(
    "part-of-itself",
    "error",
    Label("« {value} » fait partie de lui-même", "'{value}' is part of itself"),
    Label(
        "Un service fait partie d'une autorité, sans boucle",
        "A department is part of an authority, without a loop",
    ),
)
_kind(
    "self-flow",
    "warning",
    Label("le fournisseur est aussi le destinataire", "the provider is also the recipient"),
    Label("Le flux est gardé mais ne relie personne", "The flow is kept but connects nobody"),
)
_kind(
    "unchecked-reference",
    "warning",
    Label(
        "{count} lignes nomment {table}, table absente ou vide",
        "{count} rows name {table}, a table that is missing or empty",
    ),
    Label(
        "Ajoutez {table}.csv pour que ces identifiants soient vérifiés",
        "Add {table}.csv to have these identifiers checked",
    ),
)
_kind(
    "default-value", "warning",
    Label("colonne absente : chaque ligne vaut « {value} »", "column absent: every row is taken as '{value}'"),
    Label("Ajoutez la colonne si ce n'est pas vrai de toutes les lignes", "Add the column if that is not true of every row"),
)  # fmt: skip


def problem(
    code: str,
    file: str,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **words: object,
) -> Problem:
    """A problem of the catalogue, found at a place."""
    kind = CATALOGUE[code]
    shown = None if value is None else (value if len(value) <= 80 else value[:79] + "…")
    values = {"value": shown, "file": file, **words}
    return Problem(
        code,
        kind.severity,
        file,
        line,
        column,
        shown,
        kind.message.format(**values),
        kind.hint.format(**values),
    )


def nearest(name: str, known: Iterable[str]) -> Label:
    """`; nearest: x`, or nothing, to end a hint with."""
    return Nearest(known)(name)


class Nearest:
    """The same for many names: each is compared once, and no more of them than a second allows.

    Parameters
    ----------
    known
        The names that exist.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._found: dict[str, Label] = {}
        self._left = COMPARISONS

    def __call__(self, name: str) -> Label:
        """`; nearest: x`, or nothing."""
        if name not in self._found:
            match: list[str] = []
            if self._left > 0:
                self._left -= len(self._known)
                match = difflib.get_close_matches(name, self._known, n=1, cutoff=0.6)
            self._found[name] = (
                Label(f" ; le plus proche : {match[0]}", f"; nearest: {match[0]}")
                if match
                else Label("", "")
            )
        return self._found[name]
