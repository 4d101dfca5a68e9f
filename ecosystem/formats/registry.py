"""The registry of formats: how each is recognised, what it carries, how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecosystem.errors import DataError, Registry
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry
from ecosystem.formats.text import read_text
from ecosystem.formats.workbook import is_workbook, read_workbook
from ecosystem.labels import Label


@dataclass(frozen=True)
class Format:
    """A format of files.

    Attributes
    ----------
    endings
        What its files usually end with; a file is recognised by what it holds, not by these.
    carries
        What is taken from it.
    leaves
        What it may hold that is not carried over.
    recognises, read
        Whether a file is of it, and the reading of one that is.
    """

    name: str
    label: Label
    endings: tuple[str, ...]
    carries: Label
    leaves: Label
    recognises: Callable[[Entry], bool]
    read: Callable[[Entry], Material]


FORMATS: Registry[Format] = Registry(Label("format", "format"))


def add(*formats: Format) -> None:
    """Put formats into the registry: a file is of the first that recognises it."""
    for one in formats:
        FORMATS[one.name] = one


def format_of(entry: Entry) -> Format:
    """The format of a file, by what it holds.

    Raises
    ------
    DataError
        If no format recognises it.
    """
    for one in FORMATS.values():
        if one.recognises(entry):
            return one
    known = ", ".join(sorted({ending for one in FORMATS.values() for ending in one.endings}))
    raise DataError(
        Label(f"{entry.name} : format inconnu", f"{entry.name}: a format that is not known"),
        Label(f"sont lus : {known}", f"these are read: {known}"),
    )


def _is_text(entry: Entry) -> bool:
    return entry.ending in (
        "",
        ".csv",
        ".tsv",
        ".txt",
        ".tab",
        ".dat",
        ".edgelist",
        ".edges",
        ".xls",
        ".xlsx",
    ) and entry.start[:1] not in (b"<", b"{", b"[")


add(
    Format(
        "workbook", Label("classeur Excel ou LibreOffice", "Excel or LibreOffice workbook"),
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        Label("chaque feuille visible", "each visible sheet"),
        Label("les feuilles masquées, les macros, les formules (leurs valeurs sont lues)",
              "hidden sheets, macros, formulas (their values are read)"),
        is_workbook, read_workbook,
    ),
    Format(
        "text", Label("texte délimité", "delimited text"), (".csv", ".tsv", ".txt"),
        Label("chaque ligne", "each row"), Label("rien", "nothing"), _is_text, read_text,
    ),
)  # fmt: skip
