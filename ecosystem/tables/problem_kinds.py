"""What may be wrong with a table: every kind of problem a check can report, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ecosystem.vocabulary import Label

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class ProblemKind:
    """A problem as the catalogue knows it; `{names}` are filled in when it is found."""

    code: str
    severity: Severity
    message: Label
    hint: Label


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
    "duplicate-column", "error",
    Label("la colonne apparaît {count} fois : {written}", "the column appears {count} times: {written}"),
    Label("Gardez-en une", "Keep one of them"),
)  # fmt: skip
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


_kind(
    "control-character",
    "error",
    Label(
        "la cellule contient un caractère de commande ({sign})",
        "the cell holds a control character ({sign})",
    ),
    Label(
        "Retapez la cellule : ce caractère ne se voit pas",
        "Type the cell again: this character cannot be seen",
    ),
)
_kind(
    "two-files",
    "error",
    Label("deux fichiers pour une table : {files}", "two files for one table: {files}"),
    Label("Gardez-en un, renommez ou déplacez l'autre", "Keep one, rename or move the other"),
)
_kind(
    "not-read",
    "warning",
    Label(
        "le fichier n'est pas lu : il ne s'appelle pas {expected}",
        "the file is not read: its name is not {expected}",
    ),
    Label(
        "S'il contient cette table, enregistrez-le en CSV sous ce nom",
        "If it holds that table, save it as CSV under that name",
    ),
)
_kind(
    "header-only",
    "warning",
    Label("la table n'a qu'un en-tête", "the table has a header only"),
    Label("Remplissez-la, ou retirez le fichier", "Fill it in, or remove the file"),
)
_kind(
    "duplicate-row",
    "warning",
    Label("la ligne répète la ligne {first}", "the row repeats line {first}"),
    Label(
        "Retirez-la si c'est la même chose dite deux fois : elle compte deux fois",
        "Remove it if it says the same twice: it counts twice",
    ),
)
_kind(
    "same-name",
    "warning",
    Label(
        "« {value} » est aussi le nom de {other} (ligne {first})",
        "'{value}' is also the name of {other} (line {first})",
    ),
    Label(
        "Distinguez-les par leur nom, ou gardez-en un si c'est le même acteur",
        "Tell them apart by their names, or keep one if they are one actor",
    ),
)
_kind(
    "look-alike",
    "warning",
    Label(
        "« {value} » s'écrit presque comme « {other} » (ligne {first}) : la casse, la largeur ou des caractères invisibles diffèrent",
        "'{value}' is written almost as '{other}' (line {first}): case, width or characters that cannot be seen differ",
    ),
    Label(
        "Si c'est la même chose, donnez-lui partout le même identifiant",
        "If it is one thing, give it the same identifier everywhere",
    ),
)
_kind(
    "out-of-range",
    "error",
    Label(
        "« {value} » n'est pas possible ici : de {least} à {most}",
        "'{value}' is not possible here: {least} to {most}",
    ),
    Label(
        "Corrigez la cellule ou videz-la si la valeur est inconnue",
        "Mend the cell, or empty it if the value is not known",
    ),
)
_kind(
    "reversed-period",
    "error",
    Label("« {value} » finit avant de commencer", "'{value}' ends before it begins"),
    Label("Mettez le début d'abord", "Put the beginning first"),
)
_kind(
    "no-scheme",
    "warning",
    Label("« {value} » est lu comme {read}", "'{value}' is read as {read}"),
    Label("Écrivez l'adresse entière", "Write the whole address"),
)
_kind(
    "wrong-address",
    "warning",
    Label(
        "« {value} » n'est pas une adresse web : la cellule est laissée de côté",
        "'{value}' is no web address: the cell is left out",
    ),
    Label(
        "Donnez une adresse qui commence par https://, une seule",
        "Give one address that begins with https://",
    ),
)
_kind(
    "shortened-number",
    "warning",
    Label(
        "« {value} » est un nombre qu'un tableur a raccourci : des chiffres sont perdus",
        "'{value}' is a number that a spreadsheet has shortened: digits are lost",
    ),
    Label(
        "Retapez-le dans une colonne au format texte", "Type it again in a column formatted as text"
    ),
)
_kind(
    "repaired",
    "warning",
    Label("{what}", "{what}"),
    Label(
        "« ecosystem import » écrit les tables réparées et la liste des réparations",
        "'ecosystem import' writes the repaired tables and the list of repairs",
    ),
)
_kind(
    "wrong-identifier",
    "warning",
    Label(
        "« {value} » n'est pas un numéro officiel : {why}", "'{value}' is no official number: {why}"
    ),
    Label(
        "Reprenez-le à sa source (annuaire-entreprises.data.gouv.fr, uid.admin.ch)",
        "Take it from its source again (annuaire-entreprises.data.gouv.fr, uid.admin.ch)",
    ),
)
_kind(
    "no-weight",
    "error",
    Label("le poids est 0", "the weight is 0"),
    Label(
        "Sans échange, supprimez la ligne ; sans poids connu, laissez la cellule vide",
        "If there is no exchange, delete the row; if the weight is not known, leave the cell empty",
    ),
)
