"""A folder of results: made whole or not at all, and only where nothing but an earlier one stood.

What tells that a folder is an earlier one is its manifest: it names every file that was left,
with its hash. A file more, or one that was changed since, is somebody's work.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ecosystem.errors import EcosystemError
from ecosystem.files import grab, umask, unwritable
from ecosystem.labels import Label

MANIFEST = "manifest.json"

_MARK, _NEW, _OLD = "running", "new", "old"
"""In the folder where a run is made: a file that it holds locked (the system drops the lock with
the process), what goes to the place, and what stood there before."""

_SHOWN = 5
_OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a file manager leaves by itself wherever somebody looks."""


@contextmanager
def whole_folder(folder: Path, source: Path | None = None) -> Iterator[Path]:
    """A folder to fill, that is put in the place of `folder` at the end of the block.

    If the block fails, what was there before is untouched.

    Parameters
    ----------
    source
        The folder that is read, which cannot be where the results go.

    Raises
    ------
    EcosystemError
        If the folder cannot be written, holds something that is not an earlier run, or
        holds the source.
    """
    try:
        place = Path(os.path.realpath(folder))
        inside = _stays(place)
        beside = place if inside else place.parent
        _sweep(beside, place)
        _refuse_foreign(folder, place)
        _refuse_source(folder, place, source)
        beside.mkdir(parents=True, exist_ok=True)
        site = Path(tempfile.mkdtemp(dir=beside, prefix=_prefix(place)))
        mark = (site / _MARK).open("wb")
        grab(mark.fileno())
        work = site / _NEW
        work.mkdir()
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield work
        work.chmod(0o777 & ~umask())
        _refuse_foreign(folder, place, but=site)  # it may have been used since
        if inside:
            _fill(place, work)
        else:
            _replace(place, work)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        mark.close()
        shutil.rmtree(site, ignore_errors=True)


def _prefix(place: Path) -> str:
    """How the name of the folder begins in which what goes to a place is made."""
    return f".{place.name[:40]}."


def _sweep(beside: Path, place: Path) -> None:
    """Remove what killed runs left beside a place; what they had moved aside is put back first."""
    for site in sorted(beside.glob(f"{glob.escape(_prefix(place))}*")):
        if not _is_over(site / _MARK):
            continue
        old = site / _OLD
        if old.is_dir() and not place.exists():
            old.replace(place)
        elif old.is_dir() and beside == place:
            for path in old.iterdir():
                if not (place / path.name).exists():
                    path.replace(place / path.name)
        shutil.rmtree(site, ignore_errors=True)


def _is_over(mark: Path) -> bool:
    """Whether there is a mark of a run, and nobody holds it any more."""
    try:
        with mark.open("rb") as file:
            return grab(file.fileno())
    except OSError:
        return False


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, as a manifest holds it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_hash(text: str) -> str:
    """The hash of a file that holds a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse_source(folder: Path, place: Path, source: Path | None) -> None:
    """Raise if the results would go where the source is, or above it."""
    if source is None:
        return
    real = Path(os.path.realpath(source))
    if place == real or place in real.parents:
        raise EcosystemError(
            Label(f"{folder} contient la source {source}", f"{folder} holds the source {source}"),
            Label("choisissez un autre dossier avec -o", "choose another folder with -o"),
        )


def _refuse_foreign(folder: Path, place: Path, but: Path | None = None) -> None:
    """Raise if the folder holds something that an earlier run did not leave."""
    if not place.exists():
        return
    if place.is_dir():
        outputs = _outputs(place)
        foreign = [
            path.relative_to(place).as_posix()
            for path in _files(place, but)
            if not _left_by_a_run(path, place, outputs)
        ]
        if not foreign:
            return
    else:
        foreign = []
    shown = ", ".join(foreign[:_SHOWN]) + (" …" if len(foreign) > _SHOWN else "")
    raise EcosystemError(
        Label(
            f"{folder} existe et n'est pas le résultat d'un « ecosystem run »"
            + (f" (ajouté ou modifié : {shown})" if shown else ""),
            f"{folder} exists and was not left by 'ecosystem run'"
            + (f" (added or changed: {shown})" if shown else ""),
        ),
        Label("choisissez un autre dossier avec -o", "choose another folder with -o"),
    )


def _outputs(place: Path) -> dict[str, Any]:
    """The files that a manifest of ours names, by path; empty if there is none."""
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        ours = isinstance(manifest["ecosystem"], str)
        return dict(manifest["outputs"]) if ours else {}
    except (FileNotFoundError, IsADirectoryError, ValueError, TypeError, KeyError):
        return {}


def _files(place: Path, but: Path | None) -> Iterator[Path]:
    """Everything below a folder that is not a folder; links are not followed."""
    for parent, folders, files in os.walk(place, onerror=_raise):
        if but is not None and but.name in folders and Path(parent) == but.parent:
            folders.remove(but.name)
        yield from (Path(parent) / name for name in sorted(files))
        yield from (p for name in sorted(folders) if (p := Path(parent) / name).is_symlink())


def _raise(error: OSError) -> None:
    raise error


def _left_by_a_run(path: Path, place: Path, outputs: dict[str, Any]) -> bool:
    if path.name in _OF_THE_SYSTEM:
        return True
    name = path.relative_to(place).as_posix()
    if path.is_symlink() or not path.is_file():
        return False
    if name == MANIFEST:
        return bool(outputs)
    return name in outputs and outputs[name] == file_hash(path)


def _stays(place: Path) -> bool:
    """Whether a folder must be filled where it is: a shell stands in it, or a disk is mounted there."""
    return place.is_dir() and (place.samefile(Path.cwd()) or os.path.ismount(place))


def _replace(place: Path, work: Path) -> None:
    """Put the finished folder in place; the old one goes only when the new one stands."""
    old = work.with_name(_OLD)
    try:
        if place.exists():
            place.replace(old)
        work.replace(place)
    except BaseException:
        if old.exists():
            old.replace(place)
        raise


def _fill(place: Path, work: Path) -> None:
    """The same for a folder that stays: what it holds is moved aside, and back if that fails."""
    site, old = work.parent, work.with_name(_OLD)
    old.mkdir()
    moves = [(path, old / path.name) for path in place.iterdir() if path != site]
    moves += [(path, place / path.name) for path in work.iterdir()]
    begun = []
    try:
        for source, target in moves:
            begun.append((source, target))
            source.replace(target)
    except BaseException:
        for source, target in reversed(begun):
            with suppress(OSError):
                target.replace(source)
        raise
