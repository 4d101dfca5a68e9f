"""One load at a time: a second one waits for the first, says so, and does not wait for ever.

The embedded engine lets two transactions write and refuses one of them at its end, so there a lock
in the store's folder keeps the second out. Neo4j keeps it waiting itself, without a word.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import neo4j
from neo4j import exceptions

from ecosystem.errors import StoreError
from ecosystem.files import grab
from ecosystem.labels import Label

PATIENCE = 60.0
"""Seconds that a load waits for another."""

LOCK = "load.lock"
MARK = "ecosystem load"
_OFTEN = 1.0  # seconds between looks at who writes into a server

WAITING = Label(
    "un autre chargement est en cours ; celui-ci attend sa fin",
    "another load is under way; this one waits for it to end",
)
_UNDER_WAY = Label(
    "un autre chargement est en cours dans {where} ; rien n'a été changé par celui-ci",
    "another load is under way in {where}; this one changed nothing",
)
_UNDER_WAY_HINT = Label(
    "relancez quand il sera fini ; le dernier chargement remplace le précédent",
    "do it again when it has ended; the last load replaces the one before",
)

Say = Callable[[Label], None]


def under_way(where: object) -> StoreError:
    """The error for a store that somebody else loads."""
    return StoreError(_UNDER_WAY.format(where=where), _UNDER_WAY_HINT)


@contextmanager
def turn(folder: Path, say: Say | None = None) -> Iterator[None]:
    """Load alone into the embedded store of a folder.

    Raises
    ------
    StoreError
        If another load does not end within `PATIENCE`.
    """
    with (folder / LOCK).open("ab") as file:
        with suppress(_NoLocks):
            deadline, said = time.monotonic() + PATIENCE, False
            while not _free(file.fileno()):
                if time.monotonic() > deadline:
                    raise under_way(folder)
                if not said and say is not None:
                    say(WAITING)
                said = True
                time.sleep(0.05)
        yield


class _NoLocks(Exception):
    """A file system without locks: the store itself refuses one of two loads."""


def _free(descriptor: int) -> bool:
    try:
        return grab(descriptor)
    except OSError as error:
        raise _NoLocks from error


def collided(error: exceptions.Neo4jError, *, embedded: bool) -> bool:
    """Whether a server refused one of two loads that wrote at once."""
    said = f"{error.code} {error.message}"
    ours = "Duplicated key" in said or "ConcurrentModification" in said
    return "DeadlockDetected" in said or (embedded and ours)


class Watch:
    """Says that a load waits for another one in a Neo4j server, and ends the wait at last.

    Its transaction bears `metadata`; `begun` tells that it waits no more.
    """

    def __init__(self, driver: neo4j.Driver, database: str | None, say: Say | None) -> None:
        self.metadata = {"program": MARK, "load": secrets.token_hex(8)}
        self.expired = False
        self._driver, self._database, self._say = driver, database, say
        self._begun = threading.Event()

    def __enter__(self) -> Watch:
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.begun()

    def begun(self) -> None:
        """It is this load's turn."""
        self._begun.set()

    def _look(self) -> None:
        deadline, said = time.monotonic() + PATIENCE, False
        # A user who may not see transactions waits without being told.
        with suppress(exceptions.Neo4jError, exceptions.DriverError, OSError):
            while not self._begun.wait(_OFTEN):
                loads = self._loads()
                others = [one for token, one in loads if token != self.metadata["load"]]
                if others and not said and self._say is not None:
                    self._say(WAITING)
                said = said or bool(others)
                if time.monotonic() > deadline:
                    ours = [one for token, one in loads if token == self.metadata["load"]]
                    self.expired = bool(ours)
                    for one in ours:
                        self._driver.execute_query("TERMINATE TRANSACTIONS $one", one=one)
                    return

    def _loads(self) -> list[tuple[str, str]]:
        """The loads that write or wait: what each one bears, and its transaction."""
        records = self._driver.execute_query(
            "SHOW TRANSACTIONS YIELD transactionId, metaData, database "
            "WHERE metaData.program = $mark "
            "RETURN metaData.load AS load, transactionId AS id",
            mark=MARK,
            database_=self._database,
        ).records
        return [(str(record["load"]), str(record["id"])) for record in records]
