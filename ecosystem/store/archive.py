"""The engine's classes as its Java machine has them once they are loaded and linked, kept in a file.

An engine that lives for one command spends more than half of its time on loading classes;
with the file it takes half. It is made from the shipped data, never from a user's, in the
background and at the lowest priority, when temporary engines of a version have been used
twice: a machine that is thrown away after one command never makes one. Java checks that the
file fits the engine's jars and its own version, and does without one that does not.

It lies in the user's folder of caches, and may be removed at any time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from ecosystem.store.embedded_process import flags

SWITCH = "ECOSYSTEM_ENGINE_ARCHIVE"
"""The environment variable that keeps archives from being made or used, by the value `never`."""


def folder() -> Path:
    """Where archives are kept: where the platform keeps caches of a user."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else Path.home() / "AppData" / "Local"
        return base / "ecosystem" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ecosystem"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ecosystem"


def place(package: Path) -> Path:
    """Where the archive of an engine is or would be: another one for other jars or flags."""
    words = [
        str(package),
        *flags(shared=False, disposable=True),
        (package / "jre" / "release").read_text(),
    ]
    for jar in sorted((package / "jars").glob("*.jar")):
        known = jar.stat()
        words.append(f"{jar.name} {known.st_size} {known.st_mtime_ns}")
    return folder() / f"engine-{hashlib.sha256(repr(words).encode()).hexdigest()[:16]}.aot"


def usable(package: Path) -> Path | None:
    """The archive of an engine, if there is one that nobody else wrote."""
    if os.environ.get(SWITCH) == "never":
        return None
    with suppress(OSError):
        found = place(package)
        known = found.stat()
        if sys.platform == "win32" or known.st_uid == os.getuid():
            return found
    return None


def used(package: Path) -> None:
    """Take note that an engine was used; from the second time on, see that it has an archive.

    Nothing of this may keep a command from its end: what cannot be written is not.
    """
    if os.environ.get(SWITCH) == "never" or os.environ.get("CI") == "true":
        return
    with suppress(OSError):
        made = place(package)
        if made.exists():
            return
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        note = made.with_suffix(".used")
        if not note.exists():
            note.touch()
            return
        own = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, [own, os.environ.get("PYTHONPATH")]))
        apart = 0
        if sys.platform == "win32":
            apart = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        subprocess.Popen(
            [sys.executable, "-P", "-m", "ecosystem.store.archive_making"], cwd=folder(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, creationflags=apart, env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
