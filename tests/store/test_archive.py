"""The archive of the engine's classes: made at the second use, taken when it fits, never in the way."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from ecosystem.store import archive, archive_making, embedded
from ecosystem.store.starting import package

BROUGHT = package()
pytestmark = [
    pytest.mark.embedded,
    pytest.mark.skipif(
        BROUGHT is None, reason="no embedded engine: pip install 'ecosystem[embedded]'"
    ),
]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of caches of its own, on a machine that is kept."""
    monkeypatch.setattr(archive, "folder", lambda: tmp_path / "ecosystem")
    monkeypatch.setattr(archive_making, "folder", lambda: tmp_path / "ecosystem")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv(archive.SWITCH, raising=False)
    return tmp_path / "ecosystem"


@pytest.fixture
def brought() -> Path:
    assert BROUGHT is not None
    return BROUGHT


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc here")
def test_the_second_use_makes_an_archive_that_the_third_one_takes(
    cache: Path, brought: Path
) -> None:
    with embedded.temporary() as engine:
        assert ".aot" not in Path(f"/proc/{engine.pid}/cmdline").read_text()
    made = archive.place(brought)
    note = made.with_suffix(".used")
    assert [*cache.iterdir()] == [note]

    for age in range(1, 4):
        (cache / f"engine-{age}.aot").touch()
        os.utime(cache / f"engine-{age}.aot", (1000 - age, 1000 - age))
    (cache / "engine-0.new.config").touch()  # of a making that was killed
    with archive_making._alone() as alone:
        assert alone
        assert archive_making.make(brought) is None, "one process makes it at a time"
    archive.used(brought)
    deadline = time.monotonic() + 300
    while note.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert archive.usable(brought) == made
    assert made.stat().st_mode & 0o077 == 0
    assert cache.stat().st_mode & 0o077 == 0
    assert archive_making.make(brought) == made, "it is not made again"
    assert sorted(cache.glob("engine-*")) == sorted([cache / "engine-1.aot", made])

    with embedded.temporary() as engine:
        assert str(made) in Path(f"/proc/{engine.pid}/maps").read_text(), "it is not only named"


def test_a_file_that_is_no_archive_does_not_keep_an_engine_from_starting(
    cache: Path, brought: Path
) -> None:
    cache.mkdir()
    archive.place(brought).write_bytes(b"no archive" * 1000)
    with embedded.temporary() as engine:
        assert str(archive.place(brought)) in Path(f"/proc/{engine.pid}/cmdline").read_text()


@pytest.mark.parametrize(
    ("variable", "value"), [(archive.SWITCH, "never"), ("CI", "true"), (None, None)]
)
def test_nothing_is_made_where_it_is_not_wanted(
    variable: str | None,
    value: str,
    cache: Path,
    brought: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **_: started.append(words))
    if variable is not None:
        monkeypatch.setenv(variable, value)
    archive.used(brought)
    archive.used(brought)
    assert len(started) == (variable is None)
    assert cache.exists() == (variable is None)


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, brought: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(archive, "folder", lambda: tmp_path / "file" / "ecosystem")
    archive.used(brought)
    assert archive.usable(brought) is None


def test_other_jars_or_flags_have_another_archive(
    brought: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "package"
    (copy / "jre").mkdir(parents=True)
    (copy / "jars").mkdir()
    (copy / "jre" / "release").write_text("JAVA_VERSION=25")
    (copy / "jars" / "engine-1.jar").write_bytes(b"one")
    places = {archive.place(copy)}
    monkeypatch.setenv("ARCADEDB_JVM_ARGS", "-Xmx1g")
    places.add(archive.place(copy))
    (copy / "jars" / "engine-1.jar").write_bytes(b"other")
    places.add(archive.place(copy))
    (copy / "jre" / "release").write_text("JAVA_VERSION=26")
    places.add(archive.place(copy))
    assert len(places) == 4
