"""Files are written whole or not at all, always in UTF-8; and where the shipped ones are."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label

FULL = {getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EFBIG")} - {None}
"""What a system says of a disk that is full, for everybody or for this user."""

_NO_SPACE = re.compile(
    r"no space left|aucun espace disponible|not enough (?:disk )?space|disk quota exceeded"
    r"|quota d'espace disque|file too large|fichier trop (?:gros|volumineux)",
    re.I,
)


def shipped(folder: str) -> Path:
    """A folder that travels with the package: `data` or `queries`.

    Inside the package when it was installed from a wheel, beside it in a checkout.
    """
    package = Path(__file__).resolve().parent
    inside = package / "_shipped" / folder
    return inside if inside.is_dir() else package.parent / folder


def grab(descriptor: int, *, shared: bool = False) -> bool:
    """Take a lock that ends with this process or this descriptor, without waiting; whether it was free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A locked byte cannot be read there: lock one beyond the text.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        if sys.platform == "win32":
            os.lseek(descriptor, 0, os.SEEK_SET)
        return False
    return True


def write_text(path: Path, text: str) -> Path:
    """Write a text file, whole or not at all; see `write_bytes`."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file through a temporary file beside it, then rename.

    A link is followed to the file it names. What is not a file (a terminal, a pipe, a
    device) is written to as it is, since there is nothing to rename.

    Raises
    ------
    EcosystemError
        If the folder cannot be made or written; what was there before is untouched.
    """
    import tempfile

    try:
        if (mode := _mode_to_write_directly(path)) is not None:
            with path.open(mode) as stream:
                stream.write(data)
            return path
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~umask()
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(kept)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _mode_to_write_directly(path: Path) -> Literal["wb", "ab"] | None:
    """How to open what is no file of a folder, or None for what is one, or is not there yet."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(kind):
        return "wb"
    # /dev/stdout may be a file that the shell has opened and goes on writing to.
    named = Path(os.path.abspath(path)).parts[1:2]  # noqa: PTH100 - must not follow links
    return "ab" if named in (("dev",), ("proc",)) else None


Form = Literal["table", "csv", "json", "xlsx", "parquet"]
"""A form of a table of results: drawn for people, or a kind of file."""
ENDINGS: dict[str, Form] = {
    ".txt": "table", ".md": "table", ".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".parquet": "parquet",
}  # fmt: skip
"""The form of a table of results by the ending of its file."""


def form_of(path: Path) -> Form | None:
    """The form that the ending of a file decides; None for a name without an ending.

    Raises
    ------
    EcosystemError
        If no form has that ending.
    """
    ending = path.suffix
    if ending and ending.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise EcosystemError(
            Label(f"{path} : extension « {ending} » inconnue ; existent : {known}",
                  f"{path}: unknown ending '{ending}'; there are: {known}")
        )  # fmt: skip
    return ENDINGS[ending.lower()] if ending else None


# What Windows keeps for devices, with any ending.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{i}" for d in ("com", "lpt") for i in range(10))}


def safe_names(texts: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A file name for each text: letters, digits, `-`, `_` and dots inside, no two alike.

    A text that is such a name keeps it; any other has a few digits of its hash added,
    so that two texts never share a file, on systems that ignore case either.

    Parameters
    ----------
    taken
        Names that are used for something else.
    """
    import hashlib

    used = {name.casefold() for name in taken}
    names: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        name = re.sub(r"[^\w.-]+", "-", text)[:48].strip(".-")
        if name != text or name.casefold() in used or name.split(".")[0].casefold() in _DEVICES:
            name = (
                f"{name or 'x'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
            )
        used.add(name.casefold())
        names[text] = name
    return names


class Unwritable(EcosystemError):
    """A place that cannot be written: what hinders it, and another place to choose.

    Parameters
    ----------
    path
        The place that was named: never one that only this program knows.
    number
        What the system says, as an `errno`.
    reason
        The same in its words.
    """

    def __init__(self, path: Path, number: int | None, reason: str) -> None:
        self.path, self.number, self.reason = path, number, reason
        if number in FULL:
            super().__init__(
                Label(f"{path} n'a pas été écrit : le disque est plein",
                      f"{path} was not written: the disk is full"),
                Label("faites de la place, ou choisissez avec -o un endroit sur un autre disque",
                      "free some space, or choose with -o a place on another disk"),
            )  # fmt: skip
            return
        super().__init__(
            Label(f"{path} ne peut pas être écrit ({reason})",
                  f"{path} cannot be written ({reason})"),
            Label("choisissez un autre endroit avec -o", "choose another place with -o"),
        )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.number, self.reason)

    def of(self, path: Path) -> Unwritable:
        """The same of another place."""
        return Unwritable(path, self.number, self.reason)


def unwritable(path: Path, error: OSError) -> Unwritable:
    """The error for a place that cannot be written."""
    return Unwritable(path, error.errno, error.strerror or str(error))


def no_space(text: str) -> bool:
    """Whether words of a system, a Java machine or a server say that a disk is full."""
    return bool(_NO_SPACE.search(text))


def umask() -> int:
    """The process's umask; reading it means setting it twice."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
