"""What an import leaves: a folder of tables, the report of what was repaired, the answers."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ecosystem.errors import DataError
from ecosystem.files import umask, unwritable, write_text
from ecosystem.formats.opening import KEPT
from ecosystem.intake.answers import answers_text
from ecosystem.intake.importing import Imported
from ecosystem.labels import Label, Language
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, csv_files, csv_text
from ecosystem.tables.reading import REPORT
from ecosystem.tables.repairs import Repair


def write_result(
    imported: Imported, folder: Path, language: Language = "en", *, over: bool = False
) -> list[Path]:
    """Write tables, report and answers; while a question is open, only the file to answer it in.

    Parameters
    ----------
    over
        Whether tables that are there already, and differ, may be replaced.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    DataError
        If the folder holds tables that differ, and `over` is not given.
    EcosystemError
        If it cannot be written.
    """
    answers = answers_text(imported.questions, imported.answers, language)
    if imported.open:
        return [write_text(folder / KEPT, answers)]
    files = dict(csv_files(imported.tables))
    files[REPORT] = report_text(imported.repairs, language)
    if imported.questions or imported.answers.given:
        files[KEPT] = answers
    return _put(folder, files, over=over)


def write_tables_to(tables: Tables, folder: Path) -> list[Path]:
    """Write tables into a folder that holds no others.

    Raises
    ------
    DataError
        If the folder holds tables that differ.
    """
    return _put(folder, dict(csv_files(tables)), over=False)


def _put(folder: Path, files: dict[str, str], *, over: bool) -> list[Path]:
    stale = _differing(folder, files)
    if stale and not over:
        shown = ", ".join(sorted(path.name for path in stale)[:6])
        raise DataError(
            Label(f"{folder} contient déjà d'autres tables ({shown}) : rien n'est écrit",
                  f"{folder} holds other tables already ({shown}): nothing is written"),
            Label("choisissez un autre dossier, ou --replace pour les remplacer",
                  "choose another folder, or --replace to replace them"),
        )  # fmt: skip
    if folder.exists():
        written = [write_text(folder / name, text) for name, text in files.items()]
        for path in stale:
            if path.name not in files:
                path.unlink()
        return written
    return _fresh(folder, files)


def _differing(folder: Path, files: dict[str, str]) -> list[Path]:
    """The tables of a folder that are not what would be written."""
    tables = [folder / table.file for table in TABLES.values()]
    return [
        path for path in tables
        if path.exists() and path.read_bytes() != files.get(path.name, "\0").encode()
    ]  # fmt: skip


def _fresh(folder: Path, files: dict[str, str]) -> list[Path]:
    """A folder that was not there: made beside its place, and put there whole."""
    try:
        place = Path(os.path.realpath(folder))
        place.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
        try:
            for name, text in files.items():
                write_text(made / name, text)
            made.chmod(0o777 & ~umask())
            made.replace(place)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        raise unwritable(folder, error) from error
    return [folder / name for name in files]


def report_text(repairs: Sequence[Repair], language: Language) -> str:
    """The report as CSV: a line for each repair of each row."""
    header = ["what", "file", "sheet", "row", "column", "before", "after", "why"]
    rows = (line for repair in repairs for line in repair.lines(language))
    return csv_text(header, (["" if line[c] is None else line[c] for c in header] for line in rows))
