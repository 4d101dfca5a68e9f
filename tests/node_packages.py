"""Files of packages for Node, fetched by npm once and kept for the next time."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path


class Unavailable(Exception):
    """There is no npm here, or it could not fetch the package."""


def file_of(package: str, version: str, name: str) -> str:
    """The text of a file of a package.

    Raises
    ------
    Unavailable
        If it is not kept here and cannot be fetched.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = base / "ecosystem-tests" / f"{package}-{version}" / Path(name).name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            found = _fetched(package, version, Path(folder)) / "package" / name
            found.replace(kept)
    return kept.read_text(encoding="utf-8")


def _fetched(package: str, version: str, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(f"no npm to fetch {package}: apt-get install npm")
    done = subprocess.run(
        [npm, "pack", f"{package}@{version}", "--silent", "--pack-destination", str(folder)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        last = (done.stderr.strip() or "no answer").splitlines()[-1]
        raise Unavailable(f"npm could not fetch {package} {version}: {last}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    return folder
