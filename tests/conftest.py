"""Fixtures: the shipped tables, both stores, a browser.

Under CI=true a store or a browser that is missing is a failure, not a skip. Tests on a corpus take
a sample of it, and all of it with `--whole` (`make test-slow`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from ecosystem.files import shipped
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.store.stores import temporary_store
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables
from tests.neo4j_server import Unavailable, neo4j_server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def lacking(reason: str) -> None:
    """Skip, or fail where everything is required."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


_HOMES = count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="corpora whole, not a sample of each")


@pytest.fixture
def of_corpus(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How many cases of a corpus to try: `of_corpus(whole, sample)`."""
    whole = request.config.getoption("--whole")
    return lambda full, sample: full if whole else sample


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask a real Neo4j are for one process, so that one is started, not several."""
    for item in items:
        if "neo4j_address" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("stores"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's store, Neo4j or language."""
    # Made by whoever needs it: few do, and `mktemp` reads the names of all that were made before.
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_HOMES))
    monkeypatch.setenv("ECOSYSTEM_HOME", str(home))
    monkeypatch.setenv("ECOSYSTEM_LANG", "en")
    for name in ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    return shipped("data")


@pytest.fixture(scope="session")
def shipped_tables(shipped_folder: Path) -> Tables:
    return read_tables(shipped_folder)


@pytest.fixture(scope="session")
def embedded_store(shipped_tables: Tables) -> Iterator[Store]:
    """The embedded store, holding the shipped data."""
    from ecosystem.store import embedded

    if not embedded.available():
        lacking("the embedded engine has no wheel for this machine")
    with temporary_store(shipped_tables) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[Address]:
    """A real Neo4j, empty or not."""
    try:
        with neo4j_server() as server:
            yield Address(server.uri, server.user, server.password)
    except Unavailable as error:
        lacking(str(error))


@pytest.fixture(scope="session")
def neo4j_store(neo4j_address: Address, shipped_tables: Tables) -> Iterator[Store]:
    """A real Neo4j, holding the shipped data."""
    with Store(neo4j_address) as store:
        store.load(shipped_tables)
        yield store


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    found = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium")
    if not found:
        lacking("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    assert found
    return found
