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
import signal
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from ecosystem.errors import EcosystemError
from ecosystem.files import Unwritable, grab, umask, unwritable
from ecosystem.labels import Label

MANIFEST = "manifest.json"

_MARK, _NEW, _OLD = "running", "new", "old"
"""In the folder where a run is made: its mark (which place it is for, locked while it runs), what
goes to the place, and what stood there before."""
_OURS = "ecosystem run"

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
    with _translated(folder):
        place = Path(os.path.realpath(folder))
        inside = _stays(place)
        beside = place if inside else place.parent
        if not _holds(place, source):
            _sweep(place)
        _refuse_foreign(folder, place)
        _refuse_source(folder, place, source)
        beside.mkdir(parents=True, exist_ok=True)
        site = Path(tempfile.mkdtemp(dir=beside, prefix=_prefix(place)))
    mark: IO[bytes] | None = None
    try:
        with _translated(folder):
            mark = (site / _MARK).open("wb")
            with suppress(OSError):  # a file system without locks: nothing is swept there
                grab(mark.fileno())
            _write_mark(mark, place)
            work = site / _NEW
            work.mkdir()
        with _named(folder, site):
            yield work
        with _translated(folder), _undisturbed():
            work.chmod(0o777 & ~umask())
            _refuse_foreign(folder, place, but=site)  # it may have been used since
            if inside:
                _fill(place, site, mark)
            else:
                _replace(place, work)
    finally:
        with _undisturbed():
            well = _put_back(site, place)
            if mark is not None:
                mark.close()  # what is open cannot be removed everywhere
            if well:  # or it is kept, for the next run to put back
                _clear(site)


@contextmanager
def _named(folder: Path, site: Path) -> Iterator[None]:
    """What cannot be written where results are made, as an error that names where they were to go."""
    try:
        yield
    except Unwritable as error:
        raise (error.of(folder) if error.path.is_relative_to(site) else error) from error


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """What hinders work on the folder itself, as an error that names it."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal in the middle of moving things: it is told after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ends = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prefix(place: Path) -> str:
    """How the name of the folder begins in which what goes to a place is made."""
    return f".{place.name[:40]}."


def _write_mark(mark: IO[bytes], place: Path, coming: Sequence[str] | None = None) -> None:
    """Say in a mark whose it is; `coming`: names on their way into a folder that stays."""
    said = {"by": _OURS, "place": str(place), "coming": coming}
    mark.seek(0)
    mark.truncate()
    mark.write(json.dumps(said).encode("utf-8"))
    mark.flush()


def _read_mark(path: Path, place: Path) -> dict[str, Any] | None:
    """What a mark says; None if it is not that of a run for this place."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        said = json.loads(path.read_text(encoding="utf-8"))
        ours = said["by"] == _OURS and said["place"] == str(place)
        return said if ours else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _sweep(place: Path) -> None:
    """Remove what killed runs left for a place; what they had moved aside is put back first."""
    for beside in (place.parent, place):
        for site in sorted(beside.glob(f"{glob.escape(_prefix(place))}*")):
            if site.is_symlink() or _read_mark(site / _MARK, place) is None:
                continue
            if {path.name for path in site.iterdir()} - {_MARK, _NEW, _OLD}:
                continue  # somebody's
            with (site / _MARK).open("rb") as mark:
                try:
                    over = grab(mark.fileno())
                except OSError:
                    continue
                well = over and _put_back(site, place)
            if well:
                _clear(site)


def _clear(site: Path) -> None:
    """Remove the folder where a run was made; its mark goes last, or the rest would stay for good."""
    for path in (site / _NEW, site / _OLD, site):
        shutil.rmtree(path, ignore_errors=True)


def _put_back(site: Path, place: Path) -> bool:
    """Put back what was moved aside, unless what came for it stands; whether all is well.

    In a folder that stays, a name that is both aside and there is new, and so is one that was
    coming and is there no more where it came from.
    """
    old, new = site / _OLD, site / _NEW
    said = _read_mark(site / _MARK, place) or {}
    try:
        if said.get("coming") is not None:
            for name in said["coming"]:
                if not (new / name).exists() and (place / name).exists():
                    (place / name).replace(new / name)
            for path in list(old.glob("*")):
                path.replace(place / path.name)
        elif old.exists() and not place.exists():
            old.replace(place)
    except OSError:
        return False
    return True


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, as a manifest holds it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_hash(text: str) -> str:
    """The hash of a file that holds a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _holds(place: Path, source: Path | None) -> bool:
    """Whether the source is a place, or lies in it."""
    real = None if source is None else Path(os.path.realpath(source))
    return real is not None and (place == real or place in real.parents)


def _refuse_source(folder: Path, place: Path, source: Path | None) -> None:
    """Raise if the results would go where the source is, or above it."""
    if _holds(place, source):
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
    if place.exists():
        place.replace(work.with_name(_OLD))
    work.replace(place)


def _fill(place: Path, site: Path, mark: IO[bytes]) -> None:
    """The same for a folder that stays: what it holds is moved aside, then the new comes."""
    new, old = site / _NEW, site / _OLD
    coming = [path.name for path in new.iterdir()]
    _write_mark(mark, place, coming)
    old.mkdir()
    for path in [path for path in place.iterdir() if path != site]:
        path.replace(old / path.name)
    for name in coming:
        (new / name).replace(place / name)
    _write_mark(mark, place)  # from here on it is done
