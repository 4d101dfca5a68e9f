"""Folders of results when a run is ended by force: nothing is left, or the next run sweeps it."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from ecosystem.errors import EcosystemError
from ecosystem.files import grab, write_text
from ecosystem.options import Options
from ecosystem.runs.folder import MANIFEST, _sweep, _write_mark, file_hash, whole_folder
from ecosystem.runs.pipeline import run

MAIN = "from ecosystem.cli import main; main(prog_name='ecosystem')"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")


def left(folder: Path, names: dict[str, str]) -> None:
    """A folder as a run leaves it."""
    for name, text in names.items():
        (folder / name).write_text(text)
    outputs = {name: file_hash(folder / name) for name in names}
    (folder / MANIFEST).write_text(json.dumps({"ecosystem": "0.1.0", "outputs": outputs}))


def begun(parent: Path, name: str = ".out.abcd1234", place: str = "out") -> Path:
    """What a killed run leaves beside its place: a mark that nobody holds, and what was made."""
    site = parent / name
    (site / "new" / "maps").mkdir(parents=True)
    (site / "new" / "maps" / "all.html").write_text("half")
    with (site / "running").open("wb") as mark:
        _write_mark(mark, parent / place)
    return site


def in_session(*args: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def until_begun(process: subprocess.Popen[bytes], parent: Path) -> None:
    deadline = time.monotonic() + 120
    while not list(parent.glob(".out.*/new/maps/*.html")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)


def others(session: int) -> list[int]:
    """Processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(path.parent.name))
    return found


@POSIX
@pytest.mark.parametrize("workers", [1, 2])
def test_closing_the_terminal_leaves_nothing(tmp_path: Path, workers: int) -> None:
    process = in_session("run", "--no-store", "-o", tmp_path / "out", "--workers", str(workers))
    until_begun(process, tmp_path)
    os.killpg(process.pid, signal.SIGHUP)  # as a terminal does: everyone in it is told
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGHUP
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_a_killed_run_leaves_no_process_and_the_next_sweeps_its_folder(tmp_path: Path) -> None:
    process = in_session("run", "--no-store", "-o", tmp_path / "out", "--workers", "2")
    until_begun(process, tmp_path)
    assert len(others(process.pid)) > 2, "workers are under way"
    process.kill()
    process.communicate(timeout=60)  # its pipes close when its workers are gone too
    deadline = time.monotonic() + 30
    while others(process.pid):
        assert time.monotonic() < deadline, "workers outlive the run"
        time.sleep(0.05)
    assert [path.name[:5] for path in tmp_path.iterdir()] == [".out."]
    with whole_folder(tmp_path / "out") as work:
        (work / "one").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_run_is_at_or_what_is_not_of_a_run_is_not_swept(tmp_path: Path) -> None:
    active, over = begun(tmp_path), begun(tmp_path, ".out.efgh5678")
    foreign = [tmp_path / name for name in (".out.notes", ".out.old", ".out.mine", ".out.pipe")]
    for folder in foreign:
        folder.mkdir()
    (foreign[1] / "running").write_text("notes of mine")
    (foreign[1] / "thesis.txt").write_text("years of work")
    begun(tmp_path, ".out.mine/x").rename(tmp_path / "aside")
    (tmp_path / "aside" / "running").rename(foreign[2] / "running")  # ours, in a folder with more
    (foreign[2] / "thesis.txt").write_text("years of work")
    others = [begun(tmp_path, ".out.more.abcd1234", "out.more"), foreign[0].with_name(".out.link")]
    others[1].symlink_to(active)
    if hasattr(os, "mkfifo"):
        os.mkfifo(foreign[3] / "running")
    with (active / "running").open("rb") as mark:
        assert grab(mark.fileno())
        with whole_folder(tmp_path / "out") as work:
            (work / "one").touch()
    assert not over.exists()
    assert all(folder.exists() for folder in (active, *foreign, *others))
    assert (foreign[1] / "thesis.txt").exists() and (foreign[2] / "thesis.txt").exists()


AT_A_RENAME = """
import os, sys
from pathlib import Path
from ecosystem.runs import folder
place, inside, end, how = Path(sys.argv[1]), sys.argv[2] == "inside", int(sys.argv[3]), sys.argv[4]
if inside:
    os.chdir(place)
count, rename = 0, Path.replace
def counted(self, target):
    global count
    count += 1
    if how == "killed" and count == end:
        os._exit(9)
    if how == "fails" and count in (end, end + 1):
        raise OSError(5, "Input/output error")
    return rename(self, target)
Path.replace = counted
with folder.whole_folder(Path("." if inside else place)) as work:
    for name in ("manifest.json", "findings.md", "only-new"):
        (work / name).write_text("new")
os._exit(0)
"""


@pytest.mark.parametrize("where", ["inside", "outside"])
@pytest.mark.parametrize("how", ["killed", "fails"])
def test_whenever_it_ends_a_place_holds_all_of_one_run(
    tmp_path: Path, where: str, how: str
) -> None:
    """At every rename: the earlier results or the new ones, whole, at once or after the next sweep."""
    names = ("findings.md", "only-old", "manifest.json")
    ends = []
    for end in range(1, 20):
        place = tmp_path / str(end) / "out"
        place.mkdir(parents=True)
        left(place, {"findings.md": "old", "only-old": "old"})
        old = {name: (place / name).read_text() for name in names}
        new = dict.fromkeys(("manifest.json", "findings.md", "only-new"), "new")
        done = subprocess.run(
            [sys.executable, "-c", AT_A_RENAME, place, where, str(end), how],
            capture_output=True,
            text=True,
        )
        _sweep(place)
        assert [path.name for path in place.parent.iterdir()] == ["out"], done.stderr
        found = {path.name: path.read_text() for path in place.iterdir()}
        assert found in (old, new), (end, found)
        ends.append(found == new)
        if done.returncode == 0:
            break
    assert ends[0] is False and ends[-1] is True, "it was ended before, and came to its end"
    assert len(ends) > 2


def test_earlier_results_that_a_killed_run_had_moved_aside_are_put_back(tmp_path: Path) -> None:
    site = begun(tmp_path)
    (site / "old").mkdir()
    left(site / "old", {"findings.md": "# Earlier"})
    with (  # refused, so that what stands is what was put back
        pytest.raises(ZeroDivisionError),
        whole_folder(tmp_path / "out"),
    ):
        raise ZeroDivisionError
    assert (tmp_path / "out" / "findings.md").read_text() == "# Earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_names_with_marks_of_patterns_are_names(tmp_path: Path) -> None:
    begun(tmp_path, ".o[u]t.abcd1234", "o[u]t")
    begun(tmp_path, ".out.abcd1234")
    with whole_folder(tmp_path / "o[u]t") as work:
        (work / "one").touch()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.abcd1234", "o[u]t"]


def test_any_number_of_workers_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(Options, draws=40, permutations=39)
    monkeypatch.setattr("ecosystem.runs.pipeline.Options", few)
    source = tmp_path / "source"
    source.mkdir()
    actors = "".join(f"a{i},{'xyz'[i % 3]},{('public', 'private')[i % 2]}\n" for i in range(12))
    flows = "".join(f"a{i},a{(5 * i + 1) % 12}\na{i},a{(i + 3) % 12}\n" for i in range(12))
    (source / "actors.csv").write_text(f"id,territory,sector\n{actors}")
    (source / "flows.csv").write_text(f"provider,recipient\n{flows}")
    outputs = []
    for workers in (1, 3):
        out = tmp_path / f"out{workers}"
        run(str(source), out, use_store=False, workers=workers)
        manifest = json.loads((out / MANIFEST).read_text("utf-8"))
        del manifest["date"]
        outputs.append(manifest)
    assert outputs[0] == outputs[1]
    assert {"maps/x.html", "maps/y.html", "maps/z.html"} < set(outputs[0]["outputs"])


def test_a_full_disk_names_the_folder_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the one beside it in which results are made."""
    import tempfile

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(EcosystemError) as caught, whole_folder(tmp_path / "out") as work:
        monkeypatch.setattr(tempfile, "mkstemp", full)
        write_text(work / "brokers.csv", "id\n")
    for language, words in (
        ("en", "was not written: the disk is full"),
        ("fr", "le disque est plein"),
    ):
        told = caught.value.to(language)  # type: ignore[arg-type]
        assert told.startswith(f"{tmp_path / 'out'} ")
        assert words in told
        assert ".out." not in told
