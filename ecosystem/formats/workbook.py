"""Workbooks of Excel and LibreOffice, whatever their ending says: each sheet as a grid."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from ecosystem.errors import DataError
from ecosystem.formats.material import Grid, Material, text
from ecosystem.formats.opening import Entry, damaged, member, refused
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELLS = 50_000_000
"""Cells of a sheet, used or between used ones: what fits into memory."""

_NOT_READ = re.compile(
    r"\((?:ignore|ignorer)\)|^(?:mode d['’]emploi|how to fill|lisez[- ]?moi|read ?me|notice|instructions)$",
    re.IGNORECASE,
)
_LAST = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*><f[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


def is_workbook(entry: Entry) -> bool:
    """Whether a file is a workbook, or a document that one might take for one."""
    return bool(entry.members) or entry.data.startswith(_OLE)


def read_workbook(entry: Entry) -> Material:
    """Every sheet of a workbook as a grid.

    Raises
    ------
    DataError
        If it has a password, is of another program, is damaged, or too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    _refuse_others(entry)
    place = Place(entry.name)
    repairs: list[Repair] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(entry.data))
        grids = []
        for sheet in book.sheets_metadata:
            at = Place(entry.name, sheet.name)
            if "WorkSheet" not in str(sheet.typ):
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                repairs.append(
                    Repair("sheet", at, words={"why": Label("elle est masquée", "it is hidden")})
                )
            elif _NOT_READ.search(sheet.name):
                repairs.append(
                    Repair(
                        "sheet",
                        at,
                        words={
                            "why": Label(
                                "son nom dit qu'elle n'est pas à lire",
                                "its name says that it is not to be read",
                            )
                        },
                    )
                )
            else:
                grids.append(_grid(book.get_sheet_by_name(sheet.name), at))
    except PasswordError as error:
        raise _locked(entry.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(entry.name) from error
    repairs += _formulas(entry)
    name = (
        "ODS"
        if "content.xml" in entry.members
        else "XLS"
        if not entry.members
        else "XLSB"
        if "xl/workbook.bin" in entry.members
        else "XLSX"
    )
    how = Label(f"classeur {name}", f"{name} workbook")
    if any(member.endswith("vbaProject.bin") for member in entry.members):
        how = Label(f"{how.fr}, macros laissées de côté", f"{how.en}, macros left alone")
    return Material(how, place, grids=grids, repairs=repairs)


def _grid(sheet: Any, place: Place) -> Grid:
    rows = [
        [cell if cell.__class__ is str else text(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    return Grid(place, rows, list(range(1, len(rows) + 1)), merged)


def _refuse_others(entry: Entry) -> None:
    """Say what is no workbook that can be read, before anything is unpacked."""
    members = entry.members
    if entry.data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in entry.data:
            raise _locked(entry.name)
        return
    if any(name.endswith(".iwa") for name in members):
        raise refused(
            entry.name, "un document Numbers", "a Numbers document",
            Label("dans Numbers : Fichier, Exporter vers, Excel ; donnez le .xlsx",
                  "in Numbers: File, Export To, Excel; give the .xlsx"),
        )  # fmt: skip
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & set(members):
        raise refused(
            entry.name, "ce n'est pas un classeur", "this is no workbook",
            Label("donnez un .xlsx, .xlsb, .xls, .ods ou .csv", "give an .xlsx, .xlsb, .xls, .ods or .csv"),
        )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(entry.data)) as archive:
        for info in archive.infolist():
            if info.flag_bits & 1:
                raise _locked(entry.name)
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                _refuse_wide(entry.name, archive, info)


def _refuse_wide(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose corners span more cells than memory holds: a reader makes room for all."""
    data = member(archive, info, name)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
        raise damaged(name)
    corners = _LAST.findall(data)
    deep = max(map(int, {row for _, row in corners}), default=0)
    columns = max((_number(letters) for letters in {letters for letters, _ in corners}), default=0)
    if columns * deep > _CELLS:
        raise refused(
            name, f"une feuille s'étend sur {deep} lignes et {columns} colonnes",
            f"a sheet spans {deep} rows and {columns} columns",
            Label("effacez les cellules égarées loin de la table (Ctrl+Fin les montre), ou enregistrez la table en CSV",
                  "clear the cells that stand far from the table (Ctrl+End shows them), or save the table as CSV"),
        )  # fmt: skip


def _number(letters: bytes) -> int:
    """The number of a column from its letters: `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _formulas(entry: Entry) -> list[Repair]:
    """What formulas there are: their last values are read, and some have none."""
    found: list[Repair] = []
    if "xl/workbook.xml" not in entry.members:
        return found
    with zipfile.ZipFile(io.BytesIO(entry.data)) as archive:
        for name in entry.members:
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                continue
            data = member(archive, archive.getinfo(name), entry.name)
            if b"<f" not in data or not re.search(rb"<f[ >/]", data):
                continue
            found.append(Repair("formula", Place(entry.name, name.rsplit("/", 1)[-1])))
            empty = [cell.decode() for cell in _EMPTY_FORMULA.findall(data)]
            if empty:
                shown = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
                found.append(
                    Repair(
                        "formula-empty", Place(entry.name, name.rsplit("/", 1)[-1]), before=shown
                    )
                )
    return found


def _locked(name: str) -> DataError:
    return refused(
        name, "le classeur est protégé par un mot de passe", "the workbook has a password",
        Label("ouvrez-le, enlevez le mot de passe (Fichier, Informations) et enregistrez",
              "open it, take the password off (File, Info) and save"),
    )  # fmt: skip
