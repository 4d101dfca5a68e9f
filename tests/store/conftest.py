"""Each store in turn, for tests that write into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ecosystem.store.bolt import Store
from ecosystem.store.cypher import MAIN
from ecosystem.tables.frames import Tables

BOTH = [
    pytest.param("embedded", marks=pytest.mark.embedded),
    pytest.param("neo4j", marks=pytest.mark.neo4j),
]


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, shipped_tables: Tables) -> Iterator[Store]:
    """A store that holds the shipped data, before and after each test."""
    opened: Store = request.getfixturevalue(f"{request.param}_store")
    yield opened
    for held in opened.sources():
        if held["source"] != MAIN:
            opened.remove(held["source"], discard=True)
    opened.load(shipped_tables, discard=True, shares=False)
    with opened._driver.session() as session:
        session.execute_write(lambda tx: tx.run("MATCH (n:Foreign) DETACH DELETE n").consume())
        own = "MATCH (:Actor)-[r:SHARES]->(:Actor) DELETE r"
        session.execute_write(lambda tx: tx.run(own).consume())
