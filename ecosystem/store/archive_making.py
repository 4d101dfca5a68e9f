"""The program that makes the archive of the engine's classes, once for each version of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecosystem.files import grab, shipped
from ecosystem.store import embedded
from ecosystem.store.archive import folder, place
from ecosystem.store.queries import queries
from ecosystem.store.starting import package
from ecosystem.store.stores import temporary_store
from ecosystem.tables.reading import read_tables

KEPT = 2
"""Archives that are kept, of as many versions or environments; one takes 50 MB."""


def make(package: Path) -> Path | None:
    """Make the archive of an engine, from its work on the shipped data; None if another does."""
    made = place(package)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone() as alone:
        if not alone:
            return None
        if made.exists():
            return made
        for rest in folder().glob("engine-*.new*"):
            rest.unlink(missing_ok=True)
        draft = made.with_suffix(".new")
        with (
            embedded.begun(record=draft) as starting,
            temporary_store(read_tables(shipped("data")), starting) as store,
        ):
            store.read()
            for query in queries().values():
                store.run(query.text, query.bind(query.examples))
        draft.chmod(0o600)
        draft.replace(made)
        newest = sorted(folder().glob("engine-*.aot"), key=lambda p: p.stat().st_mtime)
        for old in newest[:-KEPT]:
            old.unlink(missing_ok=True)
        made.with_suffix(".used").unlink(missing_ok=True)
    return made


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process makes an archive; the system forgets the lock with the process."""
    with (folder() / "archive.lock").open("ab") as file:
        yield grab(file.fileno())


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(19)
    if (brought := package()) is not None:
        make(brought)
