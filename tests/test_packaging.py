"""What is handed on is whole: the wheel that is installed, and the archive of the sources."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem.tables.frames import Tables

ROOT = Path(__file__).parents[1]
SOURCES = ("ecosystem", "queries", "data", "notebooks", "tests", "docs")


def files(folder: str) -> Iterator[str]:
    """What is written by hand in a folder, or kept from what is generated."""
    for path in (ROOT / folder).rglob("*"):
        name = path.relative_to(ROOT).as_posix()
        made = ("__pycache__", ".ipynb_checkpoints", ".hypothesis", ".egg-info")
        if path.is_file() and not any(part in name for part in made):
            yield name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the archive, as a tool that installs would build them."""
    folder = tmp_path_factory.mktemp("built")
    ask = (
        "import sys; from hatchling import build;"
        "build.build_wheel(sys.argv[1]); build.build_sdist(sys.argv[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask, str(folder)], cwd=ROOT,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_the_archive_holds_all_sources(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    wanted = {name for folder in SOURCES for name in files(folder)}
    assert {"docs/build/__main__.py", "docs/templates/fr/origin.md", "data/LICENSE"} <= wanted
    assert wanted - held == set()
    assert {"LICENSE", "CITATION.cff", "README.md", "README.fr.md", "CHANGELOG.md"} <= held


def test_the_wheel_holds_the_package_and_what_it_ships(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shipped = {f"ecosystem/_shipped/{name}" for part in ("data", "queries") for name in files(part)}
    bundled = files("ecosystem/maps/page/scripts")  # the page holds them in one file
    assert bundled
    assert held == {*files("ecosystem"), *shipped} - {*bundled}


def test_the_wheel_works_away_from_the_sources(
    built: Path, tmp_path: Path, shipped_tables: Tables
) -> None:
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    ask = "import ecosystem; print(ecosystem.__file__); print(len(ecosystem.read()['actors']))"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    place, actors = done.stdout.split()
    assert Path(place).is_relative_to(tmp_path / "installed")
    assert int(actors) == len(shipped_tables["actors"])
