"""A store to work with: the one at an address, the embedded one, one of its own for a while."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ecosystem.labels import Label
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.tables.frames import Tables

if TYPE_CHECKING:
    from ecosystem.store import embedded
    from ecosystem.store.embedded_process import Engine


@contextmanager
def open_store(
    address: Address | None = None, say: Callable[[Label], None] | None = None
) -> Iterator[Store]:
    """The store at an address; else at `NEO4J_URI`; else the embedded one.

    The embedded engine is started for the time of the block if it is not running; `say` is told
    if another command that uses it has to be waited for.
    """
    from ecosystem.store import embedded

    if address is None and (uri := os.environ.get("NEO4J_URI")):
        address = Address.parse(uri)
    if address is not None:
        running = embedded.running()
        ours = running is not None and running.uri == address.uri
        with Store(address, home=running.home if running and ours else None) as store:
            yield store
        return
    with embedded.engine(say=say) as engine, engine_store(engine) as store:
        yield store


def engine_store(engine: Engine, source: str | None = None) -> Store:
    """The store of an embedded engine that runs; `source`: which one of those it holds is meant."""
    return Store(Address(engine.uri, engine.user, engine.password, source=source), home=engine.home)


@contextmanager
def temporary_store(tables: Tables, starting: embedded.Starting | None = None) -> Iterator[Store]:
    """An embedded store of its own, holding these tables, gone at the end of the block.

    Parameters
    ----------
    starting
        A temporary engine that was begun before, to save the wait; it holds nothing yet.
    """
    from ecosystem.store import embedded

    with ExitStack() as stack:
        if starting is None:
            starting = stack.enter_context(embedded.begun())
        store = stack.enter_context(engine_store(starting.engine()))
        store.load(tables, alone=True)
        yield store
