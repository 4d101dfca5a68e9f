"""The embedded engine: a store that needs no installation, in a process of its own.

ArcadeDB brings its own Java runtime and speaks Bolt, so the rest of the program
sees one more Neo4j address. A child process holds it, because a Java machine
must not take the caller's memory, signals, working directory or exit with it.

An engine is either *shared*, started in the background until it is told to stop,
or *tied* to the process that started it: it reads a pipe from that process and
stops when the pipe closes, however the process ends. Until it answers, every engine
is tied.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ecosystem.errors import StoreError
from ecosystem.files import FULL
from ecosystem.labels import Label
from ecosystem.store import archive
from ecosystem.store.embedded_process import LOCK, STATE, Engine, holder, recorded
from ecosystem.store.starting import (
    PATIENCE,
    InUse,
    Starting,
    answers,
    available,
    full_disk,
    package,
)

__all__ = [
    "Engine",
    "Starting",
    "available",
    "begun",
    "engine",
    "home",
    "running",
    "start",
    "stop",
    "temporary",
]

_TEMPORARY = "ecosystem-engine-"
_DISPOSABLE = "disposable"  # a file that says that a folder is ours to remove
_ABANDONED = 3600.0  # seconds after which a temporary folder that nobody holds is removed

TURN = 60.0
"""Seconds that a command waits for another one that uses the store."""

_WAITING = Label(
    "une autre commande utilise la base ; celle-ci attend sa fin",
    "another command is using the store; this one waits for it to end",
)
_FOLDER = Label(
    "le dossier de la base {home} ne peut pas être écrit : {why}",
    "the store's folder {home} cannot be written: {why}",
)
_FOLDER_HINT = Label(
    "donnez par ECOSYSTEM_HOME un dossier où vous pouvez écrire",
    "give in ECOSYSTEM_HOME a folder you can write to",
)
_NOT_OURS = Label(
    "le moteur embarqué (processus {pid}) ne peut pas être arrêté : {why}",
    "the embedded engine (process {pid}) cannot be stopped: {why}",
)


def home() -> Path:
    """The folder of the persistent store: ECOSYSTEM_HOME, or where the platform keeps data."""
    if chosen := os.environ.get("ECOSYSTEM_HOME"):
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "ecosystem"


def start(home: Path | None = None, *, wait: float = 60) -> Engine:
    """Start an engine that outlives this process, or return the one that runs.

    Parameters
    ----------
    home
        The store's folder; `home()` when none is given.
    wait
        Seconds to wait until the engine answers.

    Raises
    ------
    StoreError
        The engine is not installed, its folder cannot be written or is in use, or it
        did not start. Nothing is left running.
    """
    folder = _folder(home)
    if (found := running(folder)) is not None:
        return found
    starting = Starting(folder, shared=True)
    try:
        engine = starting.engine(wait)
    except BaseException as error:
        starting.end()
        # Two commands may start at once: the one that lost takes the other's engine.
        if isinstance(error, StoreError) and (found := running(folder)) is not None:
            return found
        raise
    _started[engine.pid] = starting.release()
    return engine


def running(home: Path | None = None) -> Engine | None:
    """The shared engine that runs in a folder, if one does; a stale state file is removed."""
    folder = _path(home)
    engine = recorded(folder)
    if engine is None or not answers(engine):
        return None
    return engine


def stop(home: Path | None = None) -> bool:
    """Stop the shared engine of a folder; whether there was one.

    Raises
    ------
    StoreError
        The engine belongs to another user.
    """
    folder = _path(home)
    engine = recorded(folder)
    if engine is None:
        return False
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        try:
            os.kill(engine.pid, number)
        except ProcessLookupError:
            pass
        except OSError as error:
            raise StoreError(_NOT_OURS.format(pid=engine.pid, why=error.strerror)) from error
        if _until_free(folder, PATIENCE):
            break
    if (process := _started.pop(engine.pid, None)) is not None:
        process.wait()
    (folder / STATE).unlink(missing_ok=True)
    return True


@contextmanager
def engine(
    home: Path | None = None, *, say: Callable[[Label], None] | None = None
) -> Iterator[Engine]:
    """The engine that runs in a folder, or one that runs for the time of the block.

    Another command's own engine there is waited for, up to `TURN` seconds, which `say` is told.

    Raises
    ------
    StoreError
        As `start`.
    """
    folder = _folder(home)
    deadline, said = time.monotonic() + TURN, False
    while True:
        if (found := running(folder)) is not None:
            yield found
            return
        late = time.monotonic() > deadline
        if late or holder(folder) is None:
            starting = Starting(folder)
            try:
                made = starting.engine()
            except InUse:
                starting.end()
                if late:
                    raise
            except BaseException:
                starting.end()
                raise
            else:
                break
        if not said and say is not None:
            say(_WAITING)
        said = True
        time.sleep(0.05)
    try:
        yield made
    finally:
        starting.end()


@contextmanager
def temporary() -> Iterator[Engine]:
    """An engine on a folder of its own; both are gone after the block.

    Raises
    ------
    StoreError
        As `start`.
    """
    with begun() as starting:
        yield starting.engine()


@contextmanager
def begun(*, record: Path | None = None) -> Iterator[Starting]:
    """A temporary engine that starts while the block does something else.

    It is not waited for before `Starting.engine` is asked for it, which also says what
    hinders it.

    Parameters
    ----------
    record
        Where it leaves the archive of its classes when it ends; see `archive`.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = _folder(Path(tempfile.mkdtemp(prefix=_TEMPORARY)))
    (folder / _DISPOSABLE).touch()
    try:
        starting = Starting(folder, disposable=True, record=record)
        try:
            yield starting
        finally:
            starting.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if record is None and (brought := package()) is not None:
        archive.used(brought)


_started: dict[int, subprocess.Popen[bytes]] = {}
"""The shared engines this process started, to be reaped when it stops them."""


def _path(given: Path | None) -> Path:
    return home() if given is None else given.expanduser().absolute()


def _folder(given: Path | None) -> Path:
    """The store's folder, made if need be, and found to be writable."""
    folder = _path(given)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / LOCK).open("ab").close()
    except OSError as error:
        if error.errno in FULL:
            raise full_disk(folder) from error
        raise StoreError(
            _FOLDER.format(home=folder, why=error.strerror or error), _FOLDER_HINT
        ) from error
    return folder


def _until_free(folder: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while holder(folder) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _sweep(folder: Path) -> None:
    """Remove temporary folders whose command and engine were killed together."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            age = time.time() - left.lstat().st_mtime
            marked = (left / _DISPOSABLE).is_file() and not left.is_symlink()
            if marked and age > _ABANDONED and holder(left) is None:
                shutil.rmtree(left, ignore_errors=True)
