"""What a user may name as a source: nothing, a folder, a file of any known format, an address."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.errors import DataError, EcosystemError
from ecosystem.files import shipped
from ecosystem.labels import Label

if TYPE_CHECKING:
    from ecosystem.store.bolt import Store
    from ecosystem.tables.frames import Tables

EMBEDDED = "bolt://embedded"
"""The address that means the embedded store, wherever it listens today."""


def is_bolt(source: str) -> bool:
    """Whether a source is an address of a store, not a folder."""
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.split("+")[0] in ("bolt", "neo4j")


def is_embedded(source: str) -> bool:
    """Whether an address is the embedded store's, whichever of its sources is meant."""
    return source.partition("#")[0].rstrip("/") == EMBEDDED


def with_name(source: str | None, name: str) -> str:
    """The address of one of the sources that a store holds; without an address, of the usual store.

    Raises
    ------
    EcosystemError
        If it is no address of a store, or the name cannot be one.
    """
    from ecosystem.store.holding import named

    usual = os.environ.get("NEO4J_URI") or EMBEDDED
    if source is not None and not is_bolt(source):
        raise EcosystemError(
            Label(f"« {source} » n'est pas une base : un dossier ou un fichier n'a qu'une source",
                  f"'{source}' is no store: a folder or a file is one source"),
            Label("--as va avec une adresse Bolt, par exemple bolt://127.0.0.1:7687",
                  "--as goes with a Bolt address, for example bolt://127.0.0.1:7687"),
        )  # fmt: skip
    return f"{(source or usual).partition('#')[0]}#{named(name)}"


def read(source: str | Path | None = None, *, password: str | None = None) -> Tables:
    """Read the tables of a source and check them.

    Parameters
    ----------
    source
        A folder of tables, or a folder or file that `ecosystem import` understands where nothing
        needs deciding; a Bolt address (`bolt://embedded` is the embedded store), with `#NAME` for
        one of the sources that it holds side by side; None for the shipped data on five territories.
    password
        For a Bolt address; else `NEO4J_PASSWORD`.

    Raises
    ------
    DataError
        If it cannot be read, its tables have errors, or something needs deciding.
    StoreError
        If no store answers there, or it holds nothing.
    """
    from ecosystem.tables.checks import checked

    return checked(read_unchecked(source, password=password))


def read_unchecked(source: str | Path | None = None, *, password: str | None = None) -> Tables:
    """Read the tables of a source, whatever is wrong with them."""
    from ecosystem.tables.reading import read_tables

    if source is None:
        return read_tables(shipped("data"))
    if is_bolt(str(source)):
        with opened(str(source), password=password) as store:
            return store.read()
    return _read_path(source)


_UNREAD = {
    *(
        "missing-table",
        "not-utf8",
        "wrong-delimiter",
        "malformed",
        "missing-column",
        "duplicate-column",
    ),
    *("empty-file", "unknown-table", "not-read"),
}
"""Problems after which a folder may be one that was not made for this tool."""


def _read_path(source: str | Path) -> Tables:
    """A folder of tables as it is; else what importing makes of it, where nothing needs deciding."""
    from ecosystem.tables.checks import check
    from ecosystem.tables.reading import read_tables

    strict: Tables | None = None
    sound = False
    from ecosystem.formats.address import is_address

    if is_address(str(source)):
        return _imported(source, False)
    try:
        there = Path(source).exists()
    except OSError:
        there = False
    if not there:
        return read_tables(source)  # says so
    try:
        strict = read_tables(source)
        problems = check(strict)
        unread = any(problem.code in _UNREAD for problem in problems)
        sound = all(problem.severity == "warning" for problem in problems)
        if sound and not unread:
            return strict
    except DataError:
        unread = True
    ours = strict is not None and not unread
    try:
        found = _imported(source, ours)
    except DataError:
        if strict is not None and (sound or ours):
            return strict
        raise
    if strict is not None and ours and any(p.severity == "error" for p in check(found)):
        return strict  # its errors are those of the files, as they are
    return found


def _imported(source: str | Path, ours: bool) -> Tables:
    """What importing makes of a source.

    Parameters
    ----------
    ours
        Whether it was read as tables of this tool, and has errors: then a name that no table has is
        one of them, and not somebody new.

    Raises
    ------
    DataError
        If something needs deciding, or what comes out has errors that the source alone does not show.
    """
    from ecosystem.formats.opening import KEPT
    from ecosystem.intake.answers import read_answers
    from ecosystem.intake.importing import import_files
    from ecosystem.intake.told import undecided, with_warnings

    found = import_files(
        [source], read_answers(Path(source) / KEPT) if Path(source).is_dir() else None
    )
    if found.open or (ours and found.made_beside):
        raise undecided(found, str(source))
    return with_warnings(found)


@contextmanager
def opened(
    source: str | None = None,
    *,
    password: str | None = None,
    say: Callable[[Label], None] | None = None,
) -> Iterator[Store]:
    """The store at a Bolt address; without one, at `NEO4J_URI`, else the embedded store.

    `say` is told if another command that uses the embedded store has to be waited for.
    """
    from ecosystem.store import embedded
    from ecosystem.store.address import Address
    from ecosystem.store.stores import engine_store, open_store

    if source is None:
        with open_store(say=say) as store:
            yield store
        return
    where, _, name = source.partition("#")
    if is_embedded(where):
        with embedded.engine(say=say) as engine, engine_store(engine, name or None) as store:
            yield store
        return
    if (running := embedded.running()) is not None and running.uri == where.rstrip("/"):
        address = Address(running.uri, running.user, running.password, source=name or None)
    else:
        address = Address.parse(source, password)
    with open_store(address) as store:
        yield store


def filled() -> bool:
    """Whether there may be a store that `load` filled: none is started for nothing."""
    from ecosystem.store import embedded

    return bool(os.environ.get("NEO4J_URI")) or (embedded.home() / "databases").exists()
