"""What a user names to be read, as files in memory: a folder, a file, the members of an archive.

Nothing is unpacked on disk, and nothing larger than a machine can hold is begun.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ecosystem.errors import DataError
from ecosystem.labels import Label, printed
from ecosystem.tables.cells import not_a_file
from ecosystem.tables.reading import REPORT

LARGEST = 1 << 30
"""Bytes of a file, or of all that an archive holds once unpacked."""

RATIO = 200
"""How many times larger than itself an archive may become: text in earnest is at about ten."""

MEMBERS = 2_000
"""Files of a folder or an archive."""

KEPT = "mapping.toml"
"""What keeps the answers beside the tables."""

PACKAGE = "datapackage.json"
"""What a Frictionless data package says of its files, which are read by themselves."""

_LEFT = (".md", ".py", ".r", ".png", ".jpg", ".jpeg", ".svg", ".html", ".htm", ".css", ".js", ".toml", ".yaml", ".yml", ".bib", ".docx", ".pptx", ".doc", ".gif", ".log")  # fmt: skip
"""Endings of files that stand beside data and hold none."""


@dataclass(frozen=True)
class Entry:
    """A file to be read.

    Attributes
    ----------
    name
        As it is shown: its name, and the archive before it.
    alone
        Whether it was named itself, and not found in a folder or an archive.
    """

    name: str
    data: bytes
    alone: bool = True

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return Path(self.name.rsplit("!", 1)[-1]).stem

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters, with its dot."""
        return Path(self.name).suffix.lower()

    @property
    def start(self) -> bytes:
        """How it begins, without a byte order mark and blanks."""
        return self.data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()

    @cached_property
    def json(self) -> Any:
        """What it holds as JSON; None if it is none."""
        if self.start[:1] not in (b"{", b"["):
            return None
        try:
            return json.loads(self.data)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def members(self) -> list[str]:
        """The names in it, if it is a zip archive, whatever it is called."""
        if not self.data.startswith(b"PK"):
            return []
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return []


def refused(name: str, fr: str, en: str, hint: Label) -> DataError:
    """The error for a file that cannot be taken as it is."""
    shown = printed(name)
    return DataError(Label(f"{shown} : {fr}", f"{shown}: {en}"), hint)


def opened(path: Path) -> Iterator[Entry]:
    """The files that a path names: itself, those of a folder, the members of an archive.

    Raises
    ------
    DataError
        If there is nothing there, it cannot be read, or it is too large.
    """
    try:
        if not path.exists():
            raise DataError(
                Label(f"{path} n'existe pas", f"there is no {path}"),
                Label("donnez un dossier, un fichier ou une adresse (http, bolt)",
                      "give a folder, a file or an address (http, bolt)"),
            )  # fmt: skip
        if path.name == PACKAGE and path.is_file():
            for file in _resources(path):
                yield from _entries(file.name, _bytes(file), alone=False)
        elif path.is_dir():
            files = sorted(f for f in path.iterdir() if f.is_file() and _wanted(f.name))
            if len(files) > MEMBERS:
                raise _too_many(str(path), len(files))
            for file in files:
                yield from _entries(file.name, _bytes(file), alone=False)
        else:
            yield from _entries(path.name, _bytes(path), alone=True)
    except OSError as error:
        raise DataError(
            Label(f"{_what(path).fr} {path} ne peut pas être lu ({error.strerror})",
                  f"{_what(path).en} {path} cannot be read ({error.strerror})"),
            Label("vérifiez le chemin et les droits", "check the path and the permissions"),
        ) from error  # fmt: skip


def _what(path: Path) -> Label:
    return Label("le dossier", "the folder") if path.is_dir() else Label("le fichier", "the file")


def _resources(path: Path) -> list[Path]:
    """The files of a data package, as far as they are beside it."""
    held = Entry(path.name, _bytes(path)).json
    named = held.get("resources") if isinstance(held, dict) else None
    files = []
    for resource in named if isinstance(named, list) else []:
        file = resource.get("path") if isinstance(resource, dict) else None
        if (
            isinstance(file, str)
            and not Path(file).is_absolute()
            and ".." not in Path(file).parts
            and "://" not in file
        ):
            files.append(path.parent / file)
    if not files:
        raise damaged(path.name)
    return files


def _wanted(name: str) -> bool:
    kept = name.startswith((".", "~")) or name in (KEPT, REPORT, PACKAGE)
    return not kept and "." in name and not name.lower().endswith(_LEFT)


def _bytes(file: Path) -> bytes:
    if (what := not_a_file(file)) is not None:
        raise DataError(
            Label(f"{file} : {what.fr}", f"{file}: {what.en}"),
            Label("donnez un fichier ou un dossier", "give a file or a folder"),
        )
    if (size := file.stat().st_size) > LARGEST:
        raise _too_large(str(file), size)
    return file.read_bytes()


def _entries(name: str, data: bytes, *, alone: bool) -> Iterator[Entry]:
    entry = Entry(name, data, alone)
    if not entry.members:
        yield entry
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > LARGEST or unpacked > max(RATIO * len(data), 50_000_000):
            raise _too_large(name, unpacked)
        if is_document(entry.members):
            yield entry
            return
        infos = [i for i in archive.infolist() if not i.is_dir() and _in_archive(i.filename)]
        if len(infos) > MEMBERS:
            raise _too_many(name, len(infos))
        if any(info.flag_bits & 1 for info in infos):
            raise refused(
                name, "l'archive est protégée par un mot de passe", "the archive has a password",
                Label("décompressez-la d'abord", "unpack it first"),
            )  # fmt: skip
        for info in sorted(infos, key=lambda i: i.filename):
            inside = member(archive, info, f"{name}!{info.filename}")
            yield from _entries_inside(f"{name}!{info.filename}", inside)


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """A member of an archive, unpacked.

    Raises
    ------
    DataError
        If it is not whole.
    """
    try:
        return archive.read(info)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        raise damaged(name) from error


def _entries_inside(name: str, data: bytes) -> Iterator[Entry]:
    entry = Entry(name, data, alone=False)
    if entry.members and not is_document(entry.members):
        raise refused(
            name, "une archive dans une archive", "an archive in an archive",
            Label("décompressez-la d'abord", "unpack it first"),
        )  # fmt: skip
    if entry.members:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if (size := sum(info.file_size for info in archive.infolist())) > LARGEST:
                raise _too_large(name, size)
    yield entry


def _in_archive(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" not in parts and _wanted(parts[-1])


def is_document(members: list[str]) -> bool:
    """Whether the members of an archive are the parts of one document (a workbook, a text)."""
    return any(
        name in ("[Content_Types].xml", "mimetype", "content.xml") or name.endswith(".iwa")
        for name in members
    )


def damaged(name: str) -> DataError:
    """The error for a file that is not whole."""
    return refused(
        name, "le fichier est abîmé ou incomplet", "the file is damaged or not whole",
        Label("ouvrez-le dans son programme et enregistrez-le à nouveau",
              "open it in its program and save it again"),
    )  # fmt: skip


def _too_large(name: str, size: int) -> DataError:
    millions = f"{size / 1e6:,.0f}".replace(",", " ")
    return refused(
        name, f"{millions} Mo : plus que ce qui est lu (1 000 Mo, et {RATIO} fois l'archive)",
        f"{millions} MB: more than is read (1 000 MB, and {RATIO} times the archive)",
        Label("n'en gardez que les feuilles et les colonnes utiles, ou découpez-le",
              "keep only the sheets and columns that are needed, or cut it up"),
    )  # fmt: skip


def _too_many(name: str, count: int) -> DataError:
    return refused(
        name, f"{count} fichiers", f"{count} files",
        Label(f"donnez les fichiers voulus (au plus {MEMBERS})", f"give the files that are wanted (at most {MEMBERS})"),
    )  # fmt: skip
