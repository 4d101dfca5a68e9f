"""The graph store, over Bolt: Neo4j, or the embedded engine, through one driver.

The contract: `Store.read()` gives back exactly the tables that `Store.load()` took.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

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
from ecosystem.store.answers import framed
from ecosystem.store.apart import apart
from ecosystem.store.cypher import MAIN
from ecosystem.store.holding import (
    chosen,
    forgotten_constraints,
    holding,
    is_of_earlier_version,
    named,
    nothing_loaded,
    renew,
)
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
from ecosystem.store.turns import Watch, collided, turn, under_way
from ecosystem.store.writing import Changes, changes, refuse_foreign, remove, schema, write
from ecosystem.tables.checks import checked
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label

# The driver tells of each retry, which is for programmers: whoever listens to its log still hears.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Store:
    """A graph store at a Bolt address.

    Parameters
    ----------
    address
        Where it is, and which of its sources is meant. The connection is verified at once.
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
        embedded = Label("le stockage embarqué", "the embedded store")
        return embedded if name == "embedded" else Label(name, name)

    @apart
    def load(
        self,
        tables: Tables,
        *,
        source: str | None = None,
        alone: bool = False,
        discard: bool = False,
        shares: bool | None = None,
        say: Callable[[Label], None] | None = None,
    ) -> dict[str, int]:
        """Make a source of the store hold these tables, and nothing of what its earlier loads wrote.

        One transaction: a reader sees all of it or none; if it fails, the store holds
        what it held. A load that is under way is waited for, up to a minute. What others added
        stays: nodes, and properties, labels and relationships of our nodes. Nodes that bear one of
        our labels without being ours, and additions to rows that would go, refuse the load.

        Parameters
        ----------
        source
            Its name among those that stand side by side; else the one of the address, else `main`.
        alone
            Whether the store is empty and nobody else writes into it: then only what these
            tables need is made ready.
        discard
            Whether rows that the source no longer has go even with what others added to them.
        shares
            Whether actors are tied directly too, by `SHARES`; None: as the last load had it.
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
        into = self.into(source)
        with ExitStack() as stack:
            if self._home is not None and not alone:
                stack.enter_context(turn(self._home, say))
            session = stack.enter_context(self._session())
            stack.enter_context(self._translated())
            if not alone:
                session.execute_read(refuse_foreign, self.address.uri)
                self._renew(session)
            watch = Watch(self._driver, self.address.database, say)
            if not alone and self.name != "embedded":
                stack.enter_context(watch)
            try:
                for statement in schema(tables, alone=alone):
                    session.execute_write(_run, statement)
                work = unit_of_work(metadata=watch.metadata)(write)
                session.execute_write(
                    work, tables, into, alone=alone, discard=discard, shares=shares, say=say,
                    begun=watch.begun,
                )  # fmt: skip
            except exceptions.Neo4jError as error:
                if watch.expired or collided(error, embedded=self.name == "embedded"):
                    raise under_way(self.address.uri) from error
                raise
        return {name: len(frame) for name, frame in tables.items() if len(frame)}

    @apart
    def remove(
        self, source: str, *, discard: bool = False, say: Callable[[Label], None] | None = None
    ) -> None:
        """Take away what was loaded as a source; nothing else, and all of it or none.

        Raises
        ------
        UnknownName
            If there is no such source.
        StoreError
            If its rows bear what others added, and it is not to go (`discard`); nothing is written.
        """
        with ExitStack() as stack:
            if self._home is not None:
                stack.enter_context(turn(self._home, say))
            session = stack.enter_context(self._session())
            stack.enter_context(self._translated())
            self._renew(session)
            chosen([each["source"] for each in self._holding()], source, self.address.uri)
            session.execute_write(remove, source, discard=discard, say=say)

    def into(self, source: str | None) -> str:
        """The source that a load fills: the one of the name, else of the address, else `main`."""
        return named(source or self.address.source or MAIN)

    def _renew(self, session: Session) -> None:
        """Give a store that was filled before sources had names what it lacks."""
        if session.execute_read(is_of_earlier_version):
            for statement in forgotten_constraints():
                session.execute_write(_run, statement)
            session.execute_write(renew)

    def _holding(self) -> list[dict[str, Any]]:
        with self._session(READ_ACCESS) as session:
            return session.execute_read(holding)

    @apart
    def sources(self) -> list[dict[str, Any]]:
        """What stands side by side, by name: `source`, `origin`, `at` (ISO 8601), `direct`."""
        with self._translated():
            return self._holding()

    def scope(self) -> str:
        """The source that a question is asked of, as the parameter `source` takes it.

        Empty, for all there is, if there is one source only.

        Raises
        ------
        UnknownName, StoreError
            If there is none of the name, or several of which none is named.
        """
        names = [each["source"] for each in self.sources()]
        found = chosen(names, self.address.source, self.address.uri)
        return found if found is not None and len(names) > 1 else ""

    @apart
    def preview(self, tables: Tables, *, source: str | None = None) -> Changes:
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
            return session.execute_read(changes, tables, self.into(source))

    @apart
    def read(self, source: str | None = None) -> Tables:
        """The tables as they were loaded: same rows, order, columns and types.

        Parameters
        ----------
        source
            Its name; else the one of the address, else `main`, else the only one there is.

        Raises
        ------
        UnknownName
            If there is none of the name.
        StoreError
            If nothing was loaded, several sources are there and none is named, or the store does
            not answer.
        """
        with self._translated(), self._session() as session:
            names = [each["source"] for each in session.execute_read(holding)]
            of = chosen(names, source or self.address.source, self.address.uri)
            found = session.execute_read(tables_back, of) if of is not None else None
        if found is None:
            raise nothing_loaded(self.address.uri)
        return found

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
                rows = [list(record) for record in result]
                summary = result.consume()
                transaction.rollback()
            if summary.counters.contains_updates or summary.counters.contains_system_updates:
                raise StoreError(WOULD_CHANGE, ONLY_READING)
        return framed(rows, names or list(columns or []))

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self.address, home=self._home)

    def _session(self, mode: str = WRITE_ACCESS) -> Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode)


def _run(transaction: ManagedTransaction, statement: str) -> None:
    transaction.run(statement).consume()
