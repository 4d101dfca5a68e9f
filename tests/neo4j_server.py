"""A real Neo4j for the tests: the one that is named, one from Maven, or one from Docker.

The one from Maven has Graph Data Science, as its parts are published; the one from Docker too.

Run as a program, it runs a server in a folder, and ends the one and removes the other
when its standard input closes: a test run that is killed leaves neither behind.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "5.26.31"
GDS = "2.13.9"
_GDS_PARTS = (
    "proc",
    "proc-sysinfo",
    "opengds-extension",
    "open-model-catalog",
    "open-write-services",
)
IMAGE = "neo4j:5.26-community"
_PATIENCE = 90.0  # seconds for a server to answer
_JAVA_OPTIONS = (
    "-Xms512m",
    "-Xmx2g",
    # It lives for minutes: compiling for speed in the long run costs half of its time.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a server that lives for some tests: compiling its code well costs more than running it."""

_POM = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>ecosystem.tests</groupId>
  <artifactId>neo4j-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
{dependencies}
  </dependencies>
</project>
"""
_DEPENDENCY = """    <dependency>
      <groupId>{}</groupId>
      <artifactId>{}</artifactId>
      <version>{}</version>
    </dependency>"""


@dataclass(frozen=True)
class Address:
    """How to reach a Neo4j server."""

    uri: str
    user: str
    password: str = field(repr=False)


class Unavailable(Exception):
    """No Neo4j server could be had; the message is one line that says how to get one."""


class InUse(Exception):
    """The server that is named holds data, which a test would replace."""


@contextmanager
def _borrowed(address: Address) -> Iterator[Address]:
    """Somebody's server: only if it is empty, and left so."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        if driver.execute_query("MATCH (n) RETURN 1 LIMIT 1").records:
            raise InUse(
                f"the Neo4j at {address.uri} holds data, which this would replace: unset NEO4J_URI, "
                "or name an empty one"
            )
        yield address
        while driver.execute_query(
            "MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone"
        ).records[0]["gone"]:
            pass


@contextmanager
def neo4j_server(*, brief: bool = True) -> Iterator[Address]:
    """A Neo4j server; one that was started here is stopped and removed after the block.

    One that is named must be empty, since what it holds is replaced, and is emptied again.

    Parameters
    ----------
    brief
        Whether it need not be as fast as it gets when it has run for a while.

    Raises
    ------
    Unavailable
        None is named in NEO4J_URI, and neither Java with Maven nor Docker gave one.
    InUse
        The one that is named holds something.
    """
    if uri := os.environ.get("NEO4J_URI"):
        user = os.environ.get("NEO4J_USER", "neo4j")
        with _borrowed(Address(uri, user, os.environ.get("NEO4J_PASSWORD", ""))) as address:
            yield address
        return
    reason = "no Java 17 or 21 with Maven, no Docker"
    if _java_fits() and shutil.which("mvn"):
        try:
            found = jars()
        except Unavailable as error:
            reason = str(error)
        else:
            with _from_jars(found, _BRIEF if brief else ()) as address:
                yield address
            return
    if _docker_runs():
        with _from_docker() as address:
            yield address
        return
    raise Unavailable(
        f"no Neo4j ({reason}): set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD, "
        "or install Maven and a Java 17 or 21 runtime, or start Docker"
    )


def _java_fits() -> bool:
    if shutil.which("java") is None:
        return False
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return found is not None and found[1] in ("17", "21")


def _docker_runs() -> bool:
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def jars() -> Path:
    """The folder of Neo4j's jars, filled once for every checkout of this user.

    Asks for no other package than Python's own: `.ci/run` has it done before there is one.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = base / "ecosystem-tests" / f"neo4j-{VERSION}-gds-{GDS}"
    cache.mkdir(parents=True, exist_ok=True)
    folder, complete = cache / "jars", cache / "complete"
    with _alone(cache / "lock"):
        # The marker comes last, so that half a download is not taken for a whole one.
        if complete.exists():
            return folder
        server = ("org.neo4j", "neo4j", VERSION)
        parts = [("org.neo4j.gds", part, GDS) for part in _GDS_PARTS]
        if _fetched(cache, folder, [server, *parts]) is None:
            complete.touch()
        elif (why := _fetched(cache, folder, [server])) is not None:  # without, until the next time
            raise Unavailable(f"Maven could not fetch it: {why}")
    return folder


def _fetched(cache: Path, folder: Path, wanted: Sequence[tuple[str, str, str]]) -> str | None:
    """Fill a folder with jars and all that they need; what Maven says if it cannot."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = "\n".join(_DEPENDENCY.format(*each) for each in wanted)
    (cache / "pom.xml").write_text(_POM.format(dependencies=listed), "utf-8")
    command = [
        "mvn", "-q", "-B", "-f", str(cache / "pom.xml"), "dependency:copy-dependencies",
        f"-DoutputDirectory={folder}", "-DincludeScope=runtime",
    ]  # fmt: skip
    got = subprocess.run(command, capture_output=True, text=True, check=False)
    if got.returncode == 0 and any(folder.glob("neo4j-5*.jar")):
        return None
    return ((got.stdout + got.stderr).strip().splitlines() or ["no output"])[0]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out of the block; the system forgets the lock with the process."""
    with path.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _from_jars(jars: Path, options: Sequence[str]) -> Iterator[Address]:
    home = Path(tempfile.mkdtemp(prefix="ecosystem-neo4j-"))
    try:
        with _java(jars, home, options) as address:
            yield address
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _java(jars: Path, home: Path, options: Sequence[str]) -> Iterator[Address]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    conf = home / "conf"
    conf.mkdir()
    # Procedures are looked for in a folder of their own; what they are made of is on the class path.
    plugins = home / "plugins"
    plugins.mkdir()
    for jar in jars.glob(f"*-{GDS}.jar"):
        (plugins / jar.name).symlink_to(jar)
    (conf / "neo4j.conf").write_text(
        "server.default_listen_address=127.0.0.1\n"
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "server.memory.pagecache.size=256m\n"
        "dbms.security.procedures.unrestricted=gds.*\n"
        "dbms.usage_report.enabled=false\n",
        "utf-8",
    )
    password = secrets.token_hex(16)
    java = ["java", *_JAVA_OPTIONS, *options, "-cp", str(jars / "*")]
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    subprocess.run(
        [*java, *_BRIEF, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password],
        env=environment, cwd=home, check=True, capture_output=True,
    )  # fmt: skip
    serve = [f"--home-dir={home}", f"--config-dir={conf}"]
    with (home / "output.log").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, __file__, str(home), *java, "org.neo4j.server.CommunityEntryPoint", *serve],
            env=environment, cwd=home, start_new_session=True,
            stdin=subprocess.PIPE, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password)
        _wait(address, lambda: server.poll() is None, lambda: (home / "output.log").read_text())
        yield address
    finally:
        assert server.stdin is not None
        with suppress(OSError):
            server.stdin.close()
        server.wait()


@contextmanager
def _from_docker() -> Iterator[Address]:
    def docker(*words: str) -> str:
        done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Unavailable(f"docker {words[0]} failed: {done.stderr.strip()}")
        return done.stdout.strip()

    password = secrets.token_hex(16)
    login = f"NEO4J_AUTH=neo4j/{password}"
    gds = 'NEO4J_PLUGINS=["graph-data-science"]'
    name = docker(
        "run", "--detach", "--rm", "--publish", "127.0.0.1::7687", "--env", login, "--env", gds, IMAGE
    )  # fmt: skip
    try:
        port = docker("port", name, "7687/tcp").splitlines()[0].rpartition(":")[2]
        address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password)

        def runs() -> bool:
            return docker("inspect", "--format", "{{.State.Running}}", name) == "true"

        _wait(address, runs, lambda: docker("logs", name))
        yield address
    finally:
        with suppress(Unavailable):
            docker("rm", "--force", "--volumes", name)


def _wait(address: Address, runs: Callable[[], bool], log: Callable[[], str]) -> None:
    """Return when the server answers; fail with its last words when it does not."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    deadline = time.monotonic() + _PATIENCE
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        while True:
            try:
                driver.verify_connectivity()
            except AuthError:
                raise
            except (DriverError, Neo4jError, OSError) as error:
                if not runs() or time.monotonic() > deadline:
                    words = "\n".join(log().splitlines()[-15:])
                    raise RuntimeError(f"Neo4j did not start ({error}):\n{words}") from error
                time.sleep(0.2)
            else:
                return


def _run_until_input_closes(home: Path, command: list[str]) -> int:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def watch() -> None:
        sys.stdin.buffer.read()
        # Its data goes with it: it need not take the ten seconds of a stop in order.
        process.kill()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)
        os._exit(0)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    status = process.wait()
    if status == -signal.SIGKILL:
        watcher.join(10)
    return status & 0xFF


if __name__ == "__main__":
    # Not sys.exit, which would wait for the watcher's read.
    os._exit(_run_until_input_closes(Path(sys.argv[1]), sys.argv[2:]))
