"""The embedded engine's own process: what runs in it, and how its folder says that it runs.

Run as a program, it serves the folder it stands in. Imported, it is cheap, and reads what
a running engine left in its folder: the lock it holds and the state it wrote.

What says that an engine runs is the lock, which the operating system drops with the
process, not a number in a file: a process number may belong to someone else later.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

STATE = "engine.json"
LOCK = "engine.lock"
IN_USE = 75  # how the child ends when another engine holds the folder
_LOCK_PATIENCE = 5.0  # seconds: a probe, or a command that is just ending, may hold the lock
_HEAP = "2g"  # a ceiling; a hundred thousand flows need less

_JVM = " ".join(
    (
        "-Xrs",  # leaves the signals to Python, which stops the engine in order
        "-Darcadedb.txWalFlush=1",  # its log is on the disk at each commit
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",  # queries read no local file
    )
)


@dataclass(frozen=True)
class Engine:
    """A running engine, and how to reach it over Bolt."""

    uri: str
    user: str
    password: str = field(repr=False)
    pid: int
    home: Path
    http_port: int


def holder(folder: Path) -> int | None:
    """The process that holds a folder's lock, 0 when it has not said who it is yet."""
    try:
        with (folder / LOCK).open("rb") as file:
            if _grab(file.fileno(), shared=True):
                return None
            text = file.read(20)
    except OSError:
        return None
    return int(text) if text.strip().isdigit() else 0


def _grab(descriptor: int, *, shared: bool = False) -> bool:
    """Take a lock that ends with this process or this descriptor, without waiting."""
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


def recorded(folder: Path, password: str | None = None) -> Engine | None:
    """The engine that the state file names, if it holds the folder's lock.

    Without `password` a shared engine is sought; with it, the one started with it.
    """
    path = folder / STATE
    try:
        state = json.loads(path.read_text("utf-8"))
        shared = state.pop("shared")
        engine = Engine(**{**state, "home": folder})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        engine = None
    held_by = holder(folder)
    if engine is None or held_by != engine.pid:
        # A folder in use may be about to get its new state: only a free one is swept.
        if held_by is None:
            with suppress(OSError):
                path.unlink()
        return None
    if password is None:
        return engine if shared else None
    return engine if engine.password == password else None


def _serve() -> int:
    """The child: hold the folder's lock, run the engine, stop when told to or left alone."""
    order = json.loads(sys.stdin.buffer.readline())
    os.umask(0o077)
    folder = Path.cwd()
    lock = (folder / LOCK).open("r+b")
    deadline = time.monotonic() + _LOCK_PATIENCE
    while not _grab(lock.fileno()):
        if time.monotonic() > deadline:
            return IN_USE
        time.sleep(0.05)
    lock.truncate()
    lock.write(str(os.getpid()).encode())
    lock.flush()
    # One byte down this pipe ends the wait below, from a signal handler or from the watcher.
    until, end = os.pipe()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os.write(end, b"."))
    if not order["shared"]:

        def watch() -> None:
            sys.stdin.buffer.read()
            os.write(end, b".")

        threading.Thread(target=watch, daemon=True).start()
    # The engine takes a root password only while it has no users: each run has a new one.
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    bolt, http = _free_ports(2)
    own_heap = "-Xmx" in os.environ.get("ARCADEDB_JVM_ARGS", "")
    server = importlib.import_module("arcadedb_embedded.server").ArcadeDBServer(
        str(folder),
        order["password"],
        {
            "host": "127.0.0.1",
            "http_port": http,
            "bolt_port": bolt,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            # Production mode would hide from the user what is wrong with a query.
            "mode": "development",
            "server_logsDirectory": str(folder / "log"),
            "support_autoRegister": False,
        },
        jvm_kwargs={"jvm_args": _JVM, **({} if own_heap else {"heap_size": _HEAP})},
    )
    state = folder / STATE
    try:
        server.start()
        server.create_database("neo4j")
        engine = Engine(
            f"bolt://127.0.0.1:{bolt}",
            "root",
            order["password"],
            os.getpid(),
            folder,
            http,
        )
        draft = state.with_suffix(".new")
        draft.write_text(
            json.dumps({**asdict(engine), "home": str(folder), "shared": order["shared"]})
        )
        draft.chmod(0o600)
        draft.replace(state)
        os.read(until, 1)
    finally:
        state.unlink(missing_ok=True)
        server.stop()
        if order["disposable"]:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


if __name__ == "__main__":
    status = 1
    try:
        status = _serve()
    except BaseException:
        # Whatever it was, it goes to the log.
        traceback.print_exc()
    # The Java machine may crash or hang where Python would end it; the engine is closed by now.
    sys.stderr.flush()
    os._exit(status)
