"""The graph store, over Bolt: Neo4j, or the embedded engine, through one driver.

The contract: `Store.read()` gives back exactly the tables that `Store.load()` took.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pandas as pd
from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    GraphDatabase,
    ManagedTransaction,
    Session,
    exceptions,
    unit_of_work,
)

from ecosystem.errors import StoreError
from ecosystem.store.address import Address
from ecosystem.store.answers import column, plain
from ecosystem.store.apart import apart
from ecosystem.store.embedded_process import Engine
from ecosystem.store.readback import tables_back
from ecosystem.store.refusals import expect_bolt, translated
from ecosystem.store.statements import (
    BEYOND,
    ONLY_GRAPH,
    ONLY_READING,
    WOULD_CHANGE,
    beyond_graph,
    outlives_rollback,
)
from ecosystem.store.turns import Watch, turn, under_way
from ecosystem.store.writing import Changes, changes, refuse_foreign, schema, write
from ecosystem.tables.checks import checked
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    from ecosystem.store import embedded

# The driver tells of each retry, which is for programmers: whoever listens to its log still hears.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Store:
    """A graph store at a Bolt address.

    Parameters
    ----------
    address
        Where it is. The connection is verified at once.
    home
        The folder of the embedded engine, if it is one.

    Raises
    ------
    StoreError
        If nothing answers, something else than a Neo4j does, or the password is refused.
    """

    def __init__(self, address: Address, *, home: Path | None = None) -> None:
        self.address = address
        self.left = False
        self._home = home
        if home is None:
            expect_bolt(address)
        with translated(address, reached=False, home=home):
            self._driver = GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                connection_timeout=5,
                connection_acquisition_timeout=10,
                max_transaction_retry_time=10,
                notifications_min_severity="OFF",
            )
            try:
                self._verify()
            except BaseException:
                self.close()
                raise

    @apart
    def _verify(self) -> None:
        self._driver.verify_connectivity()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless one was left in the middle of an answer."""
        if not self.left:
            self._driver.close()

    @property
    def name(self) -> str:
        """What kind of store answers: `Neo4j/5.26.31` or `embedded`."""
        agent = str(self._driver.get_server_info().agent)
        return "embedded" if "ArcadeDB" in agent else agent

    @property
    def title(self) -> Label:
        """The same in words."""
        name = self.name
        return (
            Label("le stockage embarqué", "the embedded store")
            if name == "embedded"
            else Label(name, name)
        )

    @apart
    def load(
        self,
        tables: Tables,
        *,
        alone: bool = False,
        discard: bool = False,
        say: Callable[[Label], None] | None = None,
    ) -> dict[str, int]:
        """Make the store hold these tables, and nothing of what earlier loads wrote.

        One transaction: a reader sees all of it or none; if it fails, the store holds
        what it held. A load that is under way is waited for, up to a minute. What others added
        stays: nodes, and properties, labels and relationships of our nodes. Nodes that bear one of
        our labels without being ours, and additions to rows that would go, refuse the load.

        Parameters
        ----------
        alone
            Whether the store is empty and nobody else writes into it: then only what these
            tables need is made ready.
        discard
            Whether rows that the source no longer has go even with what others added to them.
        say
            Told what is waited for, and what is going to be removed.

        Returns
        -------
        dict
            Rows loaded, by table.

        Raises
        ------
        DataError
            If the tables have errors; nothing is written.
        StoreError
            If the store refuses, is loaded by somebody else for long, or what others added is in
            the way; nothing is written.
        """
        checked(tables)
        with ExitStack() as stack:
            if self._home is not None and not alone:
                stack.enter_context(turn(self._home, say))
            session = stack.enter_context(self._session())
            stack.enter_context(self._translated())
            if not alone:
                session.execute_read(refuse_foreign, self.address.uri)
            watch = Watch(self._driver, self.address.database, say)
            if not alone and self.name != "embedded":
                stack.enter_context(watch)
            try:
                for statement in schema(tables, alone=alone):
                    session.execute_write(_run, statement)
                work = unit_of_work(metadata=watch.metadata)(write)
                session.execute_write(
                    work, tables, alone=alone, discard=discard, say=say, begun=watch.begun
                )
            except exceptions.Neo4jError as error:
                if watch.expired or _collided(error, embedded=self.name == "embedded"):
                    raise under_way(self.address.uri) from error
                raise
        return {name: len(frame) for name, frame in tables.items() if len(frame)}

    @apart
    def preview(self, tables: Tables) -> Changes:
        """What `load` would add, change and remove; nothing is written.

        Raises
        ------
        DataError
            If the tables have errors.
        StoreError
            If the store does not answer, or holds nodes with our labels that no load wrote.
        """
        checked(tables)
        with self._session(READ_ACCESS) as session, self._translated():
            session.execute_read(refuse_foreign, self.address.uri)
            return session.execute_read(changes, tables)

    @apart
    def read(self) -> Tables:
        """The tables as they were loaded: same rows, order, columns and types.

        Raises
        ------
        StoreError
            If nothing was loaded, or the store does not answer.
        """
        with self._translated(), self._session() as session:
            found = session.execute_read(tables_back)
        if found is None:
            raise StoreError(
                Label(
                    f"rien n'a été chargé dans {self.address.uri}",
                    f"nothing was loaded into {self.address.uri}",
                ),
                Label(
                    "chargez des tables avec « ecosystem load »",
                    "load tables with 'ecosystem load'",
                ),
            )
        return found

    def is_empty(self) -> bool:
        """Whether nothing was ever loaded."""
        return bool(
            self.run("MATCH (n:Load {id: 'last'}) RETURN count(n) AS loads")["loads"].iloc[0] == 0
        )

    @apart
    def run(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Run one reading statement and return its rows.

        It runs in a transaction that is always rolled back, so that nothing it might write
        stays, on either store; what no rollback would undo is refused before it runs, and what
        would read a file, an address or another database.

        Parameters
        ----------
        columns
            Names to give the columns of an empty result: the embedded engine gives none.

        Raises
        ------
        StoreError
            If the statement is refused, or would change the data.
        """
        if outlives_rollback(query):
            raise StoreError(WOULD_CHANGE, ONLY_READING)
        if (what := beyond_graph(query)) is not None:
            raise StoreError(BEYOND.format(what=what), ONLY_GRAPH)
        with self._translated(), self._session(READ_ACCESS) as session:
            with session.begin_transaction() as transaction:
                result = transaction.run(query, dict(parameters or {}))
                names = list(result.keys())
                rows = [[plain(value) for value in record] for record in result]
                summary = result.consume()
                transaction.rollback()
            if summary.counters.contains_updates or summary.counters.contains_system_updates:
                raise StoreError(WOULD_CHANGE, ONLY_READING)
        names = names or list(columns or [])
        cells = zip(*rows, strict=True) if rows else ((),) * len(names)
        data = {name: column(values) for name, values in zip(names, cells, strict=True)}
        return pd.DataFrame(data, columns=pd.Index(names, dtype="str"))

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self.address, home=self._home)

    def _session(self, mode: str = WRITE_ACCESS) -> Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode)


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


def engine_store(engine: Engine) -> Store:
    """The store of an embedded engine that runs."""
    return Store(Address(engine.uri, engine.user, engine.password), home=engine.home)


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


def _run(transaction: ManagedTransaction, statement: str) -> None:
    transaction.run(statement).consume()


def _collided(error: exceptions.Neo4jError, *, embedded: bool) -> bool:
    """Whether a server refused one of two loads that wrote at once."""
    said = f"{error.code} {error.message}"
    ours = "Duplicated key" in said or "ConcurrentModification" in said
    return "DeadlockDetected" in said or (embedded and ours)
