"""The embedded engine: it starts, keeps what it was given, and never outstays its welcome."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase, ManagedTransaction

from ecosystem.errors import StoreError
from ecosystem.files import grab
from ecosystem.store import embedded
from ecosystem.store.embedded_process import holder, shut_down

ROOT = Path(__file__).resolve().parents[2]


def needs_engine(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test that starts the engine, which has no wheel for some platforms."""
    reason = "no embedded engine: pip install 'ecosystem[embedded]'"
    return pytest.mark.embedded(pytest.mark.skipif(not embedded.available(), reason=reason)(test))


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store's folder of its own, which is also the default one; no engine survives the test."""
    path = tmp_path / "store"
    monkeypatch.setenv("ECOSYSTEM_HOME", str(path))
    yield path
    embedded.stop()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]


def names(engine: embedded.Engine, create: str | None = None) -> list[str]:
    """The names of the actors in the store, after adding one if asked to."""

    def work(tx: ManagedTransaction) -> list[str]:
        if create is not None:
            tx.run("CREATE (:Actor {name: $name})", name=create).consume()
        return [row["name"] for row in tx.run("MATCH (a:Actor) RETURN a.name AS name")]

    with (
        GraphDatabase.driver(engine.uri, auth=(engine.user, engine.password)) as driver,
        driver.session() as session,
    ):
        return session.execute_write(work)


def answers(engine: embedded.Engine) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(engine.uri.rpartition(":")[2])), 1).close()
    except OSError:
        return False
    return True


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not reaped by its parent does not."""
    if Path("/proc/self/stat").exists():
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False
    command = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def eventually(happened: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.05)
    return happened()


def ends(pid: int) -> bool:
    return eventually(lambda: not alive(pid))


def listening(pid: int) -> set[str]:
    """The addresses a process listens on, as the kernel writes them."""
    links = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(str(entry.readlink()))
        except FileNotFoundError:
            continue
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return {
        row[1].split(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in links
    }


@needs_engine
@needs_proc
def test_a_started_engine_outlives_its_parent_and_keeps_what_it_was_given(folder: Path) -> None:
    code = "from ecosystem.store import embedded; print(embedded.start().pid)"
    # run() returns only when the pipe closes: the engine does not hold its parent's output.
    parent = subprocess.run(python(code), capture_output=True, text=True, check=True, timeout=60)
    engine = embedded.running()
    assert engine is not None
    assert engine.pid == int(parent.stdout)
    assert engine.home == folder
    assert embedded.start() == engine
    assert stat.S_IMODE((folder / "engine.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert engine.password not in Path(f"/proc/{engine.pid}/cmdline").read_text()
    assert engine.password not in repr(engine)
    assert engine.password not in (folder / "engine.log").read_text()
    loopback = {"0100007F", "0000000000000000FFFF00000100007F"}  # 127.0.0.1, and as IPv6 has it
    assert listening(engine.pid)
    assert listening(engine.pid) <= loopback

    assert names(engine, create="Sémaphore") == ["Sémaphore"]
    with embedded.engine() as same:
        assert same == engine
    assert embedded.running() == engine, "a block that found an engine leaves it"

    assert embedded.stop()
    assert ends(engine.pid)
    assert not answers(engine)
    assert embedded.running() is None
    assert not embedded.stop()
    assert not (folder / "engine.json").exists()

    with embedded.engine() as again:
        assert again.password != engine.password
        assert names(again) == ["Sémaphore"]
        assert embedded.running() is None, "an engine tied to a block is nobody else's"
        with pytest.raises(StoreError) as refused:
            embedded.start()
        assert "in use by another command" in refused.value.message.en
        assert str(again.pid) in refused.value.message.fr
        assert names(again) == ["Sémaphore"]
    assert ends(again.pid)


@needs_engine
def test_a_temporary_engine_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with embedded.temporary() as engine:
        assert names(engine, create="a") == ["a"]
    assert not engine.home.exists()
    assert not alive(engine.pid)
    assert list(tmp_path.iterdir()) == []


@needs_engine
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_engine_does_not_survive_the_parent_it_is_tied_to(number: signal.Signals) -> None:
    code = """
from ecosystem.store import embedded
import time
with embedded.temporary() as engine:
    print(engine.pid, engine.home, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen(
        python(code),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        pid, home = parent.stdout.readline().split(maxsplit=1)
        assert alive(int(pid))
        os.killpg(parent.pid, number)  # the whole group, as a terminal does
    assert ends(int(pid))
    # The folder goes right after the engine that wrote in it.
    assert eventually(lambda: not Path(home.strip()).exists())


@needs_engine
def test_an_engine_that_was_begun_and_not_asked_for_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with embedded.begun() as starting:
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
    with embedded.begun() as starting:
        engine = starting.engine()
        assert starting.engine() == engine
        assert names(engine, create="a") == ["a"]
        assert not (engine.home / "root-password").exists()
    assert not alive(engine.pid)
    assert list(tmp_path.iterdir()) == []


@needs_engine
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_command_and_child_killed_together_leave_a_folder_that_is_swept_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
from ecosystem.store import embedded
import time
with embedded.temporary() as engine:
    print(engine.pid, engine.home, flush=True)
    time.sleep(60)
"""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True, env=env) as parent:
        assert parent.stdout is not None
        pid, home = parent.stdout.readline().split(maxsplit=1)
        child = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
        os.kill(int(child), signal.SIGKILL)
        parent.kill()
    assert ends(int(pid))
    left = Path(home.strip())
    assert [*tmp_path.iterdir()] == [left]
    embedded._sweep(tmp_path)
    assert left.exists(), "a new folder may be about to be used"
    os.utime(left, (1, 1))
    # the engine's last threads may still hold the lock when it counts as ended
    assert eventually(lambda: holder(left) is None)
    embedded._sweep(tmp_path)
    assert not left.exists()


def test_folders_in_use_and_of_others_are_not_swept(tmp_path: Path) -> None:
    held, foreign = tmp_path / "ecosystem-engine-held", tmp_path / "other"
    for folder in (held, foreign):
        folder.mkdir()
        (folder / "engine.lock").touch()
        (folder / "disposable").touch()
    notes = tmp_path / "ecosystem-engine-notes"  # somebody's, that is only called so
    notes.mkdir()
    (notes / "mine").touch()
    for folder in (held, foreign, notes):
        os.utime(folder, (1, 1))
    with (held / "engine.lock").open("rb") as lock:
        assert grab(lock.fileno())
        embedded._sweep(tmp_path)
        assert sorted(tmp_path.iterdir()) == [held, notes, foreign]
    embedded._sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == [notes, foreign]


@needs_engine
@pytest.mark.parametrize("how", ["killed", "over HTTP"])
def test_what_a_shared_engine_was_given_is_there_after_any_end(folder: Path, how: str) -> None:
    engine = embedded.start()
    assert names(engine, create="Sémaphore") == ["Sémaphore"]
    if how == "killed":
        os.kill(engine.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    else:  # as where no signal says it
        shut_down(engine)
    assert ends(engine.pid)
    assert eventually(lambda: not (folder / "engine.json").exists())
    assert embedded.running() is None
    with embedded.engine() as again:
        assert names(again) == ["Sémaphore"]


@needs_engine
def test_an_engine_that_cannot_start_says_why_and_is_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="did not answer in time"):
        embedded.start(wait=0.2)
    monkeypatch.setenv("ARCADEDB_JVM_ARGS", "-Xmx1k")
    with pytest.raises(StoreError) as failed:
        embedded.start()
    assert "exit code" in failed.value.message.en
    assert "heap" in failed.value.message.fr, "the last lines of the log are shown"
    assert failed.value.hint is not None
    assert embedded.running() is None
    assert not (folder / "engine.json").exists()


@needs_engine
def test_files_open_in_another_program_are_refused_in_one_sentence(
    folder: Path, tmp_path: Path
) -> None:
    folder.mkdir(mode=0o700)
    code = f"""
import arcadedb_embedded, os, time
database = arcadedb_embedded.create_database({str(folder / "databases" / "neo4j")!r})
print("open", flush=True)
sys.stdin.read()
database.close()
os._exit(0)
"""
    with subprocess.Popen(
        python(code), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as other:
        assert other.stdout is not None
        assert any("open" in line for line in other.stdout)
        with pytest.raises(StoreError) as refused:
            embedded.start()
        assert other.stdin is not None
        other.stdin.close()
    assert refused.value.message.en == f"the store in {folder} is in use by another command"


def test_a_state_file_without_its_engine_is_removed_and_nobody_is_killed(folder: Path) -> None:
    folder.mkdir()
    state = folder / "engine.json"
    state.write_text(
        f'{{"uri": "bolt://127.0.0.1:1", "user": "root", "password": "p", "pid": {os.getpid()}, '
        '"home": "", "http_port": 2, "shared": true}'
    )
    assert not embedded.stop()
    assert not state.exists()
    state.write_text("not json")
    assert embedded.running() is None
    assert not state.exists()


def test_without_the_package_the_error_says_what_to_do(folder: Path) -> None:
    code = """
sys.modules["arcadedb_embedded"] = None
from ecosystem.store import embedded
from ecosystem.errors import StoreError
assert not embedded.available()
for starts in (embedded.start, lambda: embedded.temporary().__enter__()):
    try:
        starts()
    except StoreError as error:
        print(error.to("fr"), error)
"""
    shown = subprocess.run(python(code), capture_output=True, text=True, check=True).stdout
    assert shown.count("pip install 'ecosystem[embedded]'") == 4
    assert "n'est pas installé" in shown
    assert "NEO4J_URI" in shown
    assert "needs only tables" in shown


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ECOSYSTEM_HOME", str(tmp_path / "file" / "store"))
    with pytest.raises(StoreError) as refused:
        embedded.start()
    assert str(tmp_path / "file" / "store") in refused.value.message.fr
    assert refused.value.hint is not None
    assert "ECOSYSTEM_HOME" in refused.value.hint.en
    assert embedded.running() is None
    assert not embedded.stop()


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"ECOSYSTEM_HOME": "/x/y"}, "/x/y"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/ecosystem"),
        ("linux", {}, "~/.local/share/ecosystem"),
        ("darwin", {}, "~/Library/Application Support/ecosystem"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/ecosystem"),
    ],
)
def test_the_store_lives_where_the_platform_keeps_data(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ECOSYSTEM_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert embedded.home() == Path(expected).expanduser()
