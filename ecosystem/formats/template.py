"""A workbook to fill in: a sheet a table, with drop-downs, notes and an example, made from the schema."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ecosystem.errors import UnknownName
from ecosystem.labels import Label, Language
from ecosystem.schema import TABLES, Field, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

USUAL = ("actors", "datasets", "flows", "needs")
"""The tables of a template unless others are asked for."""

ROWS = 1_000
"""Rows that have drop-downs."""

_HOW_TO = Label("Mode d'emploi", "How to fill")
_LISTS = Label("Listes", "Lists")
_EXAMPLE = Label("Exemple : ", "Example: ")

_EXAMPLES: dict[str, dict[str, Label]] = {
    "territories": {
        "name": Label("Val d'Ourle", "Ourle Valley"), "country": Label("FR", "FR"), "population": Label("52000", "52000"),
    },
    "actors": {
        "name": Label("Syndicat d'énergie de l'Ourle", "Ourle energy board"),
        "type": Label("authority", "authority"), "sector": Label("public", "public"),
        "description": Label("Organise la distribution d'électricité.", "Organises the supply of electricity."),
        "url": Label("https://www.exemple.fr", "https://www.example.org"),
    },
    "datasets": {
        "title": Label("Consommations d'électricité par quartier", "Electricity use by district"),
        "holder": Label("Syndicat d'énergie de l'Ourle", "Ourle energy board"), "theme": Label("ENER", "ENER"),
        "access": Label("shared", "shared"), "personal_data": Label("no", "no"), "format": Label("CSV", "CSV"),
    },
    "flows": {
        "dataset": Label("Consommations d'électricité par quartier", "Electricity use by district"),
        "provider": Label("Syndicat d'énergie de l'Ourle", "Ourle energy board"),
        "recipient": Label("Ville de Saint-Aubin", "City of Saint-Aubin"), "status": Label("wished", "wished"),
        "barrier": Label("legal", "legal"), "note": Label("Demandé en 2024, sans réponse.", "Asked for in 2024, no answer."),
    },
    "needs": {
        "actor": Label("Ville de Saint-Aubin", "City of Saint-Aubin"), "theme": Label("ENER", "ENER"),
        "dataset": Label("Consommations d'électricité par quartier", "Electricity use by district"),
        "purpose": Label("Repérer les logements à rénover.", "Find homes to be renovated."),
    },
    "services": {
        "name": Label("Carte de la rénovation", "Renovation map"), "operator": Label("Ville de Saint-Aubin", "City of Saint-Aubin"),
        "datasets": Label("Consommations d'électricité par quartier", "Electricity use by district"), "status": Label("idea", "idea"),
    },
    "ties": {
        "from": Label("Ville de Saint-Aubin", "City of Saint-Aubin"), "to": Label("Syndicat d'énergie de l'Ourle", "Ourle energy board"),
        "kind": Label("membership", "membership"),
    },
    "sources": {"title": Label("Entretien du 3 mars", "Interview of 3 March"), "date": Label("2026-03-03", "2026-03-03")},
}  # fmt: skip

_ADVICE = (
    Label("Une feuille par table ; une ligne par acteur, par jeu de données, par flux, par besoin.",
          "A sheet a table; a row an actor, a dataset, a flow, a need."),
    Label("Écrivez les noms partout de la même façon : les listes déroulantes proposent ceux qui sont déjà là.",
          "Write names the same way everywhere: the drop-downs offer those that are there already."),
    Label("Un flux dit qui passe quelle donnée à qui. Un souhait, un refus, un abandon sont des flux aussi : choisissez leur état.",
          "A flow says who passes which data to whom. A wish, a refusal, an abandoned flow are flows too: choose their status."),
    Label("Ce que vous ne savez pas reste vide : ne devinez pas. Laissez les colonnes inutiles telles quelles.",
          "What you do not know stays empty: do not guess. Leave columns that you do not need as they are."),
    Label("Ce qui ne doit pas être publié : mettez « interne » ou « partenaires » dans la colonne « visibilité ».",
          "What must not be published: put 'internal' or 'partners' in the column 'visibility'."),
    Label("Les lignes grises qui commencent par « Exemple : » ne sont pas lues ; vous pouvez les effacer.",
          "The grey rows that begin with 'Example:' are not read; you may delete them."),
    Label("Ensuite : ecosystem import CE-FICHIER.xlsx -o mon-territoire",
          "Then: ecosystem import THIS-FILE.xlsx -o my-territory"),
)  # fmt: skip


def template(tables: Sequence[str] = USUAL, language: Language = "en") -> bytes:
    """A workbook to fill in, which `import` reads without a question.

    Parameters
    ----------
    tables
        The tables to be filled in, by name.

    Raises
    ------
    UnknownName
        If there is no such table.
    """
    import xlsxwriter

    for name in tables:
        if name not in TABLES:
            raise UnknownName(Label("table", "table"), name, TABLES)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2026, 1, 1)})
    wanted = [table for name, table in TABLES.items() if name in tables]
    _how_to(book, wanted, language)
    sheets = [(table, book.add_worksheet(table.label.to(language)[:31])) for table in wanted]
    lists = _Lists(book, language)
    for table, sheet in sheets:
        _sheet(book, sheet, table, wanted, lists, language)
    lists.sheet.hide()
    book.close()
    return made.getvalue()


def columns_of(table: Table) -> list[Field]:
    """The columns of a template: all but the identifier, which is made of the name."""
    return [field for field in table.fields if field.name != "id"]


def _how_to(book: Workbook, tables: Sequence[Table], language: Language) -> None:
    sheet = book.add_worksheet(_HOW_TO.to(language))
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    bold, wrap = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    head = book.add_format({"bold": True, "top": 1, "valign": "top"})
    sheet.write(0, 0, _HOW_TO.to(language), bold)
    row = 1
    for words in _ADVICE:
        sheet.write(row, 1, words.to(language), wrap)
        row += 1
    for table in tables:
        row += 1
        sheet.write(row, 0, table.label.to(language), head)
        sheet.write(row, 1, table.meaning.to(language), head)
        for field in columns_of(table):
            row += 1
            sheet.write(row, 0, field.label.to(language) + (" *" if field.required else ""))
            sheet.write(row, 1, _note(field, language), wrap)
        row += 1


def _note(field: Field, language: Language) -> str:
    words = field.meaning.to(language)
    if field.codes is not None:
        words += f" ({', '.join(code.label.to(language) for code in field.codes.values())})"
    return words


class _Lists:
    """The hidden sheet of the values that drop-downs offer."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self.name = _LISTS.to(language)
        self.sheet = book.add_worksheet(self.name)
        self.language = language
        self._at: dict[str, str] = {}

    def of(self, field: Field) -> str:
        """Where the labels of a column's codes stand."""
        assert field.codes is not None
        codes = field.codes
        if codes.name not in self._at:
            column = len(self._at)
            for row, code in enumerate(codes.values()):
                self.sheet.write(row, column, code.label.to(self.language))
            letter = chr(ord("A") + column)
            self._at[codes.name] = f"='{self.name}'!${letter}$1:${letter}${len(codes)}"
        return self._at[codes.name]


def _sheet(
    book: Workbook, sheet: Any, table: Table, tables: Sequence[Table], lists: _Lists, language: Language
) -> None:  # fmt: skip
    """The sheet of a table: header, notes, drop-downs, an example."""
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE7F0", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    must = book.add_format(
        {"bold": True, "bg_color": "#BFD3E6", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    grey = book.add_format({"italic": True, "font_color": "#777777"})
    fields = columns_of(table)
    sheet.freeze_panes(1, 1)
    example = _EXAMPLES.get(table.name, {})
    first = True
    for column, field in enumerate(fields):
        sheet.set_column(
            column, column, 34 if field.reference or field.name in ("name", "title") else 20
        )
        sheet.write(0, column, field.label.to(language), must if field.required else head)
        sheet.write_comment(0, column, _note(field, language)[:900], {"x_scale": 2, "y_scale": 1.6})
        if field.codes is not None:
            where = lists.of(field)
            _offer(sheet, column, where)
        elif field.reference is not None and (other := _names(field, tables, language)) is not None:
            _offer(sheet, column, other)
        if (value := example.get(field.name)) is not None:
            words = field.codes.label(value.en).to(language) if field.codes else value.to(language)
            sheet.write_string(1, column, (_EXAMPLE.to(language) if first else "") + words, grey)
            first = False


def _offer(sheet: Any, column: int, where: str) -> None:
    """A drop-down that proposes, and lets other words pass: what they mean is asked when they come in."""
    sheet.data_validation(1, column, ROWS, column, {
        "validate": "list", "source": where, "error_type": "information", "show_error": False,
    })  # fmt: skip


def _names(field: Field, tables: Sequence[Table], language: Language) -> str | None:
    """Where the names stand that a column refers to; None if that table is not in the workbook."""
    assert field.reference is not None
    table = TABLES[field.reference.table]
    if table not in tables:
        return None
    names = [f.name for f in columns_of(table)]
    column = next((n for n in ("name", "title") if n in names), None)
    if column is None:
        return None
    letter = chr(ord("A") + names.index(column))
    return f"='{table.label.to(language)[:31]}'!${letter}$3:${letter}${ROWS + 1}"
