"""An engine that was told to start: its child process, the pipe to it, and what may hinder it."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from ecosystem.errors import StoreError
from ecosystem.files import no_space
from ecosystem.labels import Label
from ecosystem.store import archive
from ecosystem.store.embedded_process import (
    IN_USE,
    LOG,
    RECORD_PATIENCE,
    STAY,
    Engine,
    Order,
    holder,
    recorded,
)

_LEAST = 1 << 20  # bytes without which nothing can be stored

PATIENCE = 20.0
"""Seconds before an engine that was told to stop is killed."""

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


_FULL = Label("le disque de {folder} est plein", "the disk of {folder} is full")
_FULL_HINT = Label(
    "faites de la place, ou donnez par {name} un dossier sur un autre disque",
    "free some space, or give in {name} a folder on another disk",
)


class InUse(StoreError):
    """The folder is held by another command's engine."""


def available() -> bool:
    """Whether the engine is installed; it has no wheel for some platforms."""
    return package() is not None


def package() -> Path | None:
    """The folder of the engine's package, which need not be imported."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) if places else None


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
    record
        Where it leaves the archive of its classes, which makes its end take seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        shared: bool = False,
        disposable: bool = False,
        record: Path | None = None,
    ) -> None:
        self._folder = folder
        self._password = secrets.token_urlsafe(24)
        self._patience = PATIENCE if record is None else RECORD_PATIENCE
        self._process: subprocess.Popen[bytes] | None = None
        brought = package()
        if brought is None:
            return
        found = archive.usable(brought) if not shared and record is None else None
        order: Order = {
            "package": str(brought),
            "password": self._password,
            "shared": shared,
            "disposable": disposable,
            "archive": None if found is None else str(found),
            "record": None if record is None else str(record),
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
        while (engine := recorded(self._folder, self._password)) is None or not answers(engine):
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
            self._process.wait(self._patience)
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


def answers(engine: Engine) -> bool:
    """Whether something listens where an engine said it would."""
    port = int(engine.uri.rpartition(":")[2])
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def _failure(folder: Path, status: int | None) -> StoreError:
    log = ""
    with suppress(OSError):
        log = (folder / LOG).read_text("utf-8", "replace")
    if status == IN_USE or "LockException" in log:
        pid = holder(folder)
        who = Label(f" (processus {pid})", f" (process {pid})") if pid else Label("", "")
        return InUse(_USED.format(home=folder, who=who), _USED_HINT)
    if is_full(folder):
        return full_disk(folder)
    why = (
        Label("il n'a pas répondu à temps", "it did not answer in time")
        if status is None
        else Label(f"code de sortie {status}", f"exit code {status}")
    )
    lines = [line for line in log.splitlines() if line.strip()][-8:]
    return StoreError(_FAILED.format(home=folder, why=why, log="\n".join(lines)), _FAILED_HINT)


def is_full(home: Path) -> bool:
    """Whether the disk of an embedded store is full: its engine has said so, or could not even."""
    log = ""
    with suppress(OSError):
        log = (home / LOG).read_text("utf-8", "replace")[-50_000:]
    with suppress(OSError):
        return no_space(log) or shutil.disk_usage(home).free < _LEAST
    return no_space(log)


def full_disk(home: Path) -> StoreError:
    """The error for an embedded store whose disk is full: it names a folder the user knows."""
    temporary = Path(tempfile.gettempdir())
    ours = home.parent == temporary
    return StoreError(
        _FULL.format(folder=temporary if ours else home),
        _FULL_HINT.format(name="TMPDIR" if ours else "ECOSYSTEM_HOME"),
    )
