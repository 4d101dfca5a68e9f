"""What a user may name as a source: nothing, a folder, or a Bolt address."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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


def read(source: str | Path | None = None, *, password: str | None = None) -> Tables:
    """Read the tables of a source and check them.

    Parameters
    ----------
    source
        A folder of CSV files; a Bolt address (`bolt://embedded` is the embedded store);
        None for the shipped data on five territories.
    password
        For a Bolt address; else `NEO4J_PASSWORD`.

    Raises
    ------
    DataError
        If the folder cannot be read or its tables have errors.
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
    return read_tables(source)


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
    from ecosystem.store.bolt import engine_store, open_store

    if source is None:
        with open_store(say=say) as store:
            yield store
        return
    if source.rstrip("/") == EMBEDDED:
        with embedded.engine(say=say) as engine, engine_store(engine) as store:
            yield store
        return
    if (running := embedded.running()) is not None and running.uri == source.rstrip("/"):
        address = Address(running.uri, running.user, running.password)
    else:
        address = Address.parse(source, password)
    with open_store(address) as store:
        yield store


def filled() -> bool:
    """Whether there may be a store that `load` filled: none is started for nothing."""
    from ecosystem.store import embedded

    return bool(os.environ.get("NEO4J_URI")) or (embedded.home() / "databases").exists()
