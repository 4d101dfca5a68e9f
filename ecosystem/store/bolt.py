"""The graph store, over Bolt: Neo4j, or the embedded engine, through one driver.

The contract: `Store.read()` gives back exactly the tables that `Store.load()` took.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, LiteralString, Self

import neo4j
import pandas as pd
from neo4j import exceptions

from ecosystem.errors import StoreError
from ecosystem.store import cypher
from ecosystem.store.address import Address
from ecosystem.store.answers import column, plain
from ecosystem.store.apart import apart
from ecosystem.store.embedded_process import Engine
from ecosystem.store.loading import batches
from ecosystem.store.readback import tables_back
from ecosystem.store.rollback import outlives_rollback
from ecosystem.tables.checks import checked
from ecosystem.tables.frames import Tables, filled_columns, own_columns
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    from ecosystem.store import embedded

_WOULD_CHANGE = Label(
    "la requête modifierait la base ; rien n'a été gardé",
    "the query would change the store; nothing was kept",
)
_ONLY_READING = Label(
    "seules les lectures sont permises ; chargez avec « ecosystem load »",
    "only reading is allowed; load with 'ecosystem load'",
)
_FOREIGN = Label(
    "{uri} contient des nœuds :{label} que « ecosystem load » n'a pas écrits ; rien n'a été changé",
    "{uri} holds :{label} nodes that 'ecosystem load' did not write; nothing was changed",
)
_FOREIGN_HINT = Label(
    "désignez dans NEO4J_URI (et NEO4J_DATABASE) une base vide, ou donnez à ces nœuds un autre nom",
    "name an empty database in NEO4J_URI (and NEO4J_DATABASE), or give those nodes another label",
)


_SMALL = 500  # rows up to which looking through a table costs less than making its index


class Store:
    """A graph store at a Bolt address.

    Parameters
    ----------
    address
        Where it is. The connection is verified at once.

    Raises
    ------
    StoreError
        If nothing answers, or the password is refused.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.left = False
        with _translated(address):
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                connection_timeout=10,
                connection_acquisition_timeout=20,
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

    @apart
    def load(self, tables: Tables, *, alone: bool = False) -> dict[str, int]:
        """Make the store hold these tables, and nothing of what earlier loads wrote.

        One transaction: a reader sees all of it or none; if it fails, the store holds
        what it held. Nodes that other programs made are left alone; if they bear one of
        our labels, so that they could not be told from ours, the load is refused.

        Parameters
        ----------
        alone
            Whether the store is empty and nobody else writes into it: then only what these
            tables need is made ready.

        Returns
        -------
        dict
            Rows loaded, by table.

        Raises
        ------
        DataError
            If the tables have errors; nothing is written.
        StoreError
            If the store refuses, or holds nodes with our labels that no load wrote.
        """
        checked(tables)
        with _translated(self.address), self._session() as session:
            if not alone and (foreign := session.execute_read(_foreign)):
                raise StoreError(
                    _FOREIGN.format(uri=self.address.uri, label=foreign), _FOREIGN_HINT
                )
            for statement in _schema(tables, alone=alone):
                session.execute_write(_run, statement)
            session.execute_write(_load, tables, alone=alone)
        return {name: len(frame) for name, frame in tables.items() if len(frame)}

    @apart
    def read(self) -> Tables:
        """The tables as they were loaded: same rows, order, columns and types.

        Raises
        ------
        StoreError
            If nothing was loaded, or the store does not answer.
        """
        with _translated(self.address), self._session() as session:
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
        stays, on either store; what no rollback would undo is refused before it runs.

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
            raise StoreError(_WOULD_CHANGE, _ONLY_READING)
        with _translated(self.address), self._session(neo4j.READ_ACCESS) as session:
            with session.begin_transaction() as transaction:
                result = transaction.run(_literal(query), dict(parameters or {}))
                names = list(result.keys())
                rows = [[plain(value) for value in record] for record in result]
                summary = result.consume()
                transaction.rollback()
            if summary.counters.contains_updates or summary.counters.contains_system_updates:
                raise StoreError(_WOULD_CHANGE, _ONLY_READING)
        names = names or list(columns or [])
        cells = zip(*rows, strict=True) if rows else ((),) * len(names)
        data = {name: column(values) for name, values in zip(names, cells, strict=True)}
        return pd.DataFrame(data, columns=pd.Index(names, dtype="str"))

    def _session(self, mode: str = neo4j.WRITE_ACCESS) -> neo4j.Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode)


@contextmanager
def open_store(address: Address | None = None) -> Iterator[Store]:
    """The store at an address; else at `NEO4J_URI`; else the embedded one.

    The embedded engine is started for the time of the block if it is not running.
    """
    if address is None and (uri := os.environ.get("NEO4J_URI")):
        address = Address.parse(uri)
    if address is not None:
        with Store(address) as store:
            yield store
        return
    from ecosystem.store import embedded

    with embedded.engine() as engine, engine_store(engine) as store:
        yield store


def engine_store(engine: Engine) -> Store:
    """The store of an embedded engine that runs."""
    return Store(Address(engine.uri, engine.user, engine.password))


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


def _literal(statement: str) -> LiteralString:
    """A statement that came from the schema or from the user, for a driver that asks for literals."""
    return statement  # type: ignore[return-value,unused-ignore]


def _run(transaction: neo4j.ManagedTransaction, statement: str) -> None:
    transaction.run(_literal(statement)).consume()


def _foreign(transaction: neo4j.ManagedTransaction) -> str | None:
    """The label, one of ours, of a node that no load wrote."""
    record = transaction.run(_literal(cypher.foreign_row())).single()
    return None if record is None else str(record[0])


def _schema(tables: Tables, *, alone: bool) -> list[str]:
    """What makes a store ready; in one of one's own, only what finds nodes of large tables."""
    if not alone:
        return [*cypher.constraints(), *cypher.indexes()]
    large = [table for table in cypher.nodes() if len(tables[table.name]) > _SMALL]
    return [cypher.constraint(table) for table in large]


def _load(transaction: neo4j.ManagedTransaction, tables: Tables, *, alone: bool) -> None:
    """The whole load. The node it begins with keeps a second load waiting until the end."""
    record = transaction.run(
        "MERGE (n:Load {id: 'last'}) SET n.number = coalesce(n.number, 0) + 1, "
        "n.at = $at, n.origin = $origin, n.headers = $headers, n.filled = $filled, n.own = $own "
        "RETURN n.number",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        origin=tables.origin,
        headers=json.dumps(tables.headers, ensure_ascii=False),
        filled=json.dumps({name: filled_columns(frame) for name, frame in tables.items()}),
        own=json.dumps({name: own_columns(name, frame) for name, frame in tables.items()}),
    ).single(strict=True)
    number: int = record[0]
    fresh = alone or transaction.run(_literal(cypher.any_row())).single() is None
    for statement, rows in batches(tables, number, fresh=fresh):
        transaction.run(_literal(statement), rows=rows).consume()
    if number > 1:
        for statement in cypher.sweeps():
            transaction.run(_literal(statement), first=cypher.place(number, 0)).consume()


@contextmanager
def _translated(address: Address) -> Iterator[None]:
    """Driver errors as sentences."""
    try:
        yield
    except exceptions.AuthError as error:
        raise StoreError(
            Label(f"{address.uri} refuse l'utilisateur « {address.user} » ou son mot de passe",
                  f"{address.uri} refuses user '{address.user}' or its password"),
            Label("donnez le mot de passe dans NEO4J_PASSWORD", "give the password in NEO4J_PASSWORD"),
        ) from error  # fmt: skip
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError) as error:
        raise StoreError(
            Label(f"aucun Neo4j ne répond à {address.uri}", f"no Neo4j answers at {address.uri}"),
            Label("démarrez-le (docker compose up -d), ou retirez NEO4J_URI pour le stockage embarqué",
                  "start it (docker compose up -d), or unset NEO4J_URI to use the embedded store"),
        ) from error  # fmt: skip
    except exceptions.Neo4jError as error:
        if (error.code or "").endswith(".AccessMode"):
            raise StoreError(_WOULD_CHANGE, _ONLY_READING) from error
        detail = (error.message or str(error)).splitlines()[0]
        raise StoreError(
            Label(f"{address.uri} a refusé : {detail}", f"{address.uri} refused: {detail}")
        ) from error
    except exceptions.DriverError as error:
        raise StoreError(
            Label(f"{address.uri} : {error}", f"{address.uri}: {error}"),
        ) from error
