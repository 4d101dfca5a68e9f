"""The embedded engine's own process: what runs in it, and how its folder says that it runs.

Run as a program, it serves the folder it stands in: it holds the folder's lock, runs the
engine's Java machine and sees it end. Imported, it is cheap, and reads what a running
engine left in its folder: the lock it holds and the state it wrote.

What says that an engine runs is the lock, which the operating system drops with the
processes that hold it, not a number in a file: a process number may belong to someone
else later.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypedDict

from ecosystem.files import grab

STATE = "engine.json"
LOCK = "engine.lock"
LOG = "engine.log"
IN_USE = 75  # how the child ends when another engine holds the folder
STAY = b"stay"  # told to a shared engine that answers: the end of the pipe means nothing now
_SECRET = "root-password"
_LOCK_PATIENCE = 5.0  # seconds: a probe, or a command that is just ending, may hold the lock
_STOP_PATIENCE = 15.0  # seconds before an engine that was told to stop in order is killed
RECORD_PATIENCE = 300.0  # writing an archive of classes at the lowest priority takes a while
_STARTED = b"ArcadeDB Server started"  # said when the database can be asked, after the port opens
_HEAP = "-Xmx2g"  # a ceiling; a hundred thousand flows need less

_JAVA = (
    # What the engine's package gives its Java machine.
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "-XX:+UseCompactObjectHeaders",
    "-XX:ErrorFile=log/hs_err_pid%p.log",
    "-XX:-UsePerfData",  # no file in the system's temporary folder
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",  # queries read no local file
    "-Darcadedb.server.httpIncomingHost=127.0.0.1",
    "-Darcadedb.bolt.host=127.0.0.1",
    "-Darcadedb.server.plugins=Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    "-Darcadedb.server.defaultDatabases=neo4j[]",
    # Production mode would hide from the user what is wrong with a query.
    "-Darcadedb.server.mode=development",
    "-Darcadedb.support.autoRegister=false",
    "-Darcadedb.serverMetrics=false",
    # The password is random and long: rounds of hashing add nothing but time to each start.
    "-Darcadedb.server.saltIterations=1",
)

_BRIEF = (
    # It lives for one command: compiling its code well would cost more than running it does,
    # up to tens of thousands of flows.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Darcadedb.server.healthCheck.enabled=false",
)
_LASTING = ("-Darcadedb.txWalFlush=1",)  # its log is on the disk at each commit
_DISPOSABLE = ("-Darcadedb.txWAL=false",)  # nothing of it is ever opened again


@dataclass(frozen=True)
class Engine:
    """A running engine, and how to reach it over Bolt."""

    uri: str
    user: str
    password: str = field(repr=False)
    pid: int
    home: Path
    http_port: int


class Order(TypedDict):
    """What a child is told to do."""

    package: str
    password: str
    shared: bool
    disposable: bool
    archive: str | None
    record: str | None


def holder(folder: Path) -> int | None:
    """The process that holds a folder's lock, 0 when it has not said who it is yet."""
    try:
        with (folder / LOCK).open("rb") as file:
            if grab(file.fileno(), shared=True):
                return None
            text = file.read(20)
    except OSError:
        return None
    return int(text) if text.strip().isdigit() else 0


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
    order: Order = json.loads(sys.stdin.buffer.readline())
    os.umask(0o077)
    folder = Path.cwd()
    lock = (folder / LOCK).open("r+b")
    deadline = time.monotonic() + _LOCK_PATIENCE
    while not grab(lock.fileno()):
        if time.monotonic() > deadline:
            return IN_USE
        time.sleep(0.05)
    state, secret = folder / STATE, folder / _SECRET
    # The engine takes a root password only while it has no users: each run has a new one.
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    secret.write_text(order["password"], "utf-8")
    bolt, http = _free_ports(2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    java = subprocess.Popen(
        _command(order, folder, bolt, http),
        stdin=subprocess.DEVNULL, preexec_fn=_dies_with_parent(),
        # The engine holds the lock too: it is not free before both are gone.
        pass_fds=() if sys.platform == "win32" else (lock.fileno(),),
    )  # fmt: skip
    engine = Engine(f"bolt://127.0.0.1:{bolt}", "root", order["password"], java.pid, folder, http)

    told = threading.Event()

    def stop() -> None:
        told.set()
        if not state.exists() or (order["disposable"] and not order["record"]):
            java.kill()
            return
        if sys.platform == "win32":
            shut_down(engine)
        else:
            java.terminate()
        with suppress(subprocess.TimeoutExpired):
            java.wait(RECORD_PATIENCE if order["record"] else _STOP_PATIENCE)
        java.kill()

    def watch() -> None:
        if sys.stdin.buffer.read() != STAY:
            stop()

    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop).start())
    threading.Thread(target=watch, daemon=True).start()
    try:
        lock.truncate()
        lock.write(str(java.pid).encode())
        lock.flush()
        if _until_started(folder / LOG, java):
            secret.unlink()
            draft = state.with_suffix(".new")
            draft.write_text(
                json.dumps({**asdict(engine), "home": str(folder), "shared": order["shared"]})
            )
            draft.chmod(0o600)
            draft.replace(state)
        elif order["archive"] and not told.is_set():
            # It may be the archive that keeps it from starting: the next one does without.
            Path(order["archive"]).unlink(missing_ok=True)
        return java.wait()
    finally:
        java.kill()
        java.wait()
        state.unlink(missing_ok=True)
        secret.unlink(missing_ok=True)
        if order["disposable"]:
            shutil.rmtree(folder, ignore_errors=True)


def flags(*, shared: bool, disposable: bool) -> list[str]:
    """What the engine's Java machine is told, whatever folder it serves."""
    own = shlex.split(os.environ.get("ARCADEDB_JVM_ARGS", ""))
    heap = () if any(word.startswith("-Xmx") for word in own) else (_HEAP,)
    brief = () if shared else _BRIEF
    return [*_JAVA, *brief, *(_DISPOSABLE if disposable else _LASTING), *heap, *own]


def _command(order: Order, folder: Path, bolt: int, http: int) -> list[str]:
    """The engine as a Java program: the one its package brings, without the rest of the package."""
    package = Path(order["package"])
    java = package / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    jars = os.pathsep.join(map(str, sorted((package / "jars").glob("*.jar"))))
    return [
        str(java),
        *flags(shared=order["shared"], disposable=order["disposable"]),
        *([f"-XX:AOTCache={order['archive']}"] if order["archive"] else []),
        *([f"-XX:AOTCacheOutput={order['record']}"] if order["record"] else []),
        f"-Darcadedb.server.rootPath={folder}",
        f"-Darcadedb.server.logsDirectory={folder / 'log'}",
        f"-Darcadedb.server.rootPasswordPath={folder / _SECRET}",
        f"-Darcadedb.bolt.port={bolt}",
        f"-Darcadedb.server.httpIncomingPort={http}",
        "-cp",
        jars,
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _dies_with_parent() -> Callable[[], object] | None:
    """What makes a child end with this process even if it is killed; Linux only."""
    if sys.platform != "linux":
        return None
    import ctypes

    prctl, death_signal = ctypes.CDLL(None).prctl, 1
    return lambda: prctl(death_signal, signal.SIGKILL)


def _until_started(log: Path, java: subprocess.Popen[bytes]) -> bool:
    """Wait until the engine's log says that it serves; whether it did before it ended."""
    with log.open("rb") as lines:
        said = b""
        while java.poll() is None:
            said = said[-len(_STARTED) :] + lines.read()
            if _STARTED in said:
                return True
            time.sleep(0.01)
    return False


def shut_down(engine: Engine) -> None:
    """Ask an engine over HTTP to stop in order, where no signal says so."""
    body = b'{"command": "shutdown"}'
    login = base64.b64encode(f"{engine.user}:{engine.password}".encode())
    words = (
        b"POST /api/v1/server HTTP/1.1", b"Host: 127.0.0.1", b"Authorization: Basic " + login,
        b"Content-Type: application/json", b"Content-Length: %d" % len(body), b"", body,
    )  # fmt: skip
    with suppress(OSError), socket.create_connection(("127.0.0.1", engine.http_port), 5) as talk:
        talk.sendall(b"\r\n".join(words))
        talk.recv(1)


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
    # Not sys.exit, which would wait for the watcher's read.
    sys.stderr.flush()
    os._exit(status & 0xFF)
