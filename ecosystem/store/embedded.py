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

import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ecosystem.errors import StoreError
from ecosystem.labels import Label
from ecosystem.store.embedded_process import (
    IN_USE,
    LOCK,
    LOG,
    STATE,
    STAY,
    Engine,
    holder,
    recorded,
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

_PATIENCE = 20.0  # seconds before an engine that was asked to stop is killed
_TEMPORARY = "ecosystem-engine-"
_ABANDONED = 3600.0  # seconds after which a temporary folder that nobody holds is removed

_MISSING = Label(
    "le moteur embarqué n'est pas installé",
    "the embedded engine is not installed",
)
_MISSING_HINT = Label(
    "`pip install 'ecosystem[embedded]'` l'apporte là où il existe (pas sous musl, Mac Intel ni "
    "Windows sur ARM). Avec un serveur Neo4j : donnez son adresse dans NEO4J_URI, chargez-y un "
    "dossier avec `ecosystem load`, puis donnez cette adresse comme SOURCE à la place du dossier. "
    "Tout ce qui ne demande que des tables marche sans l'un ni l'autre",
    "`pip install 'ecosystem[embedded]'` brings it where it exists (not on musl, Intel Macs or "
    "Windows on ARM). With a Neo4j server: give its address in NEO4J_URI, load a folder into it "
    "with `ecosystem load`, then give that address as SOURCE in place of the folder. Everything "
    "that needs only tables works without either",
)
_USED = Label(
    "la base dans {home} est utilisée par une autre commande{who}",
    "the store in {home} is in use by another command{who}",
)
_USED_HINT = Label(
    "attendez sa fin, ou partagez la base entre commandes avec `ecosystem store start`",
    "wait for it to end, or share the store between commands with `ecosystem store start`",
)
_FAILED = Label(
    "le moteur embarqué n'a pas démarré dans {home} ({why}) :\n{log}",
    "the embedded engine did not start in {home} ({why}):\n{log}",
)
_FAILED_HINT = Label(
    "lisez les lignes ci-dessus, puis réessayez ; ECOSYSTEM_HOME désigne un autre dossier, "
    "NEO4J_URI un serveur Neo4j",
    "read the lines above, then try again; ECOSYSTEM_HOME names another folder, NEO4J_URI a "
    "Neo4j server",
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


def available() -> bool:
    """Whether the engine is installed; it has no wheel for some platforms."""
    return _package() is not None


def _package() -> Path | None:
    """The folder of the engine's package, which need not be imported."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) if places else None


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
    if engine is None or not _answers(engine):
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
        if _until_free(folder, _PATIENCE):
            break
    if (process := _started.pop(engine.pid, None)) is not None:
        process.wait()
    (folder / STATE).unlink(missing_ok=True)
    return True


@contextmanager
def engine(home: Path | None = None) -> Iterator[Engine]:
    """The engine that runs in a folder, or one that runs for the time of the block.

    Raises
    ------
    StoreError
        As `start`.
    """
    folder = _folder(home)
    if (found := running(folder)) is not None:
        yield found
        return
    starting = Starting(folder)
    try:
        yield starting.engine()
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
def begun() -> Iterator[Starting]:
    """A temporary engine that starts while the block does something else.

    It is not waited for before `Starting.engine` is asked for it, which also says what
    hinders it.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = _folder(Path(tempfile.mkdtemp(prefix=_TEMPORARY)))
    try:
        starting = Starting(folder, disposable=True)
        try:
            yield starting
        finally:
            starting.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Starting:
    """An engine that was told to start, tied to this process until it is released.

    Parameters
    ----------
    folder
        The folder it serves.
    shared
        Whether it is to be found by other commands.
    disposable
        Whether its folder goes with it.
    """

    def __init__(self, folder: Path, *, shared: bool = False, disposable: bool = False) -> None:
        self._folder = folder
        self._password = secrets.token_urlsafe(24)
        self._process: subprocess.Popen[bytes] | None = None
        package = _package()
        if package is None:
            return
        order = {
            "package": str(package),
            "password": self._password,
            "shared": shared,
            "disposable": disposable,
        }
        own = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, [own, os.environ.get("PYTHONPATH")]))
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        with (folder / LOG).open("wb") as log:
            # Its own session: Ctrl-C reaches the caller only, which then stops it in order. The
            # engine writes where it stands, so it stands in its folder; -P keeps what lies there
            # from being imported. The password goes through the pipe, where no `ps` sees it.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ecosystem.store.embedded_process"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, creationflags=flags,
                start_new_session=True, env={**os.environ, "PYTHONPATH": paths},
            )  # fmt: skip
        self._tell(json.dumps(order).encode() + b"\n")

    def engine(self, wait: float = 60) -> Engine:
        """The engine, once it answers; `wait` is the number of seconds to wait at most.

        Raises
        ------
        StoreError
            As `start`.
        """
        if self._process is None:
            raise StoreError(_MISSING, _MISSING_HINT)
        deadline = time.monotonic() + wait
        while (engine := recorded(self._folder, self._password)) is None or not _answers(engine):
            if self._process.poll() is not None:
                raise _failure(self._folder, self._process.returncode)
            if time.monotonic() > deadline:
                raise _failure(self._folder, None)
            time.sleep(0.02)
        return engine

    def release(self) -> subprocess.Popen[bytes]:
        """Let an engine that answers outlive this process; its process."""
        assert self._process is not None
        self._tell(STAY)
        self._close()
        return self._process

    def end(self) -> None:
        """Close the pipe that the child listens to, and see it end."""
        if self._process is None:
            return
        self._close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell(self, words: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(OSError):  # it may have ended: `engine` says why
            self._process.stdin.write(words)
            self._process.stdin.flush()

    def _close(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()


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


def _answers(engine: Engine) -> bool:
    port = int(engine.uri.rpartition(":")[2])
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def _sweep(folder: Path) -> None:
    """Remove temporary folders whose command and engine were killed together."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            age = time.time() - left.stat().st_mtime
            if age > _ABANDONED and holder(left) is None:
                shutil.rmtree(left, ignore_errors=True)


def _failure(folder: Path, status: int | None) -> StoreError:
    log = ""
    with suppress(OSError):
        log = (folder / LOG).read_text("utf-8", "replace")
    if status == IN_USE or "LockException" in log:
        pid = holder(folder)
        who = Label(f" (processus {pid})", f" (process {pid})") if pid else Label("", "")
        return StoreError(_USED.format(home=folder, who=who), _USED_HINT)
    why = (
        Label("il n'a pas répondu à temps", "it did not answer in time")
        if status is None
        else Label(f"code de sortie {status}", f"exit code {status}")
    )
    lines = [line for line in log.splitlines() if line.strip()][-8:]
    return StoreError(_FAILED.format(home=folder, why=why, log="\n".join(lines)), _FAILED_HINT)
