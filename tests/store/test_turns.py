"""Loads that are killed and loads at the same time: nothing is lost, and each one says how it ended."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.errors import StoreError
from ecosystem.files import grab
from ecosystem.store import turns
from ecosystem.store.bolt import Store
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables

pytestmark = pytest.mark.xdist_group("stores")

OfCorpus = Callable[[int, int], int]


def town(folder: Path, name: str, actors: int = 300) -> Tables:
    """A ring of flows, each actor's name beginning with that of the town."""
    folder.mkdir()
    ids = [f"a{i}" for i in range(actors)]
    rows = [f"{one},{name} {one}" for one in ids]
    (folder / "actors.csv").write_text("\n".join(["id,name", *rows]), encoding="utf-8")
    flows = [f"{a},{b},active" for a, b in zip(ids, [*ids[1:], ids[0]], strict=True)]
    text = "\n".join(["provider,recipient,status", *flows])
    (folder / "flows.csv").write_text(text, encoding="utf-8")
    return read_tables(folder)


def again(store: Store) -> Store:
    """Another connection to the same store, as another command has it."""
    return Store(store.address, home=store._home)


@pytest.mark.corpus
def test_of_two_loads_at_once_each_ends_well_or_says_why(
    store: Store,
    tmp_path: Path,
    of_corpus: OfCorpus,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The store then holds what one of them brought, whole."""
    pair = [town(tmp_path / name, name) for name in ("Alpha", "Beta")]
    store.load(pair[0])
    draws = random.Random(15)
    for _ in range(of_corpus(25, 2)):
        ended: list[str] = []

        def load(tables: Tables, wait: float, ended: list[str] = ended) -> None:
            time.sleep(wait)
            try:
                with again(store) as other:
                    other.load(tables)
                ended.append("well")
            except StoreError as error:
                ended.append(str(error))

        waits = (0.0, draws.choice((0.0, draws.random() * 0.3)))
        both = [threading.Thread(target=load, args=each) for each in zip(pair, waits, strict=True)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert ended == ["well", "well"], "neither is long enough for the other to give up"
        found = store.read()
        assert any(found.equals(tables) for tables in pair)
    assert capfd.readouterr() == ("", ""), "the driver's own log is not for the screen"


KILLED = """
import sys
from pathlib import Path
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.tables.reading import read_tables
tables = read_tables(sys.argv[1])
uri, user, password, home = sys.stdin.readline().split()
with Store(Address(uri, user, password), home=None if home == "-" else Path(home)) as store:
    print("begun", flush=True)
    store.load(tables)
"""


@pytest.mark.corpus
def test_a_load_that_is_killed_loses_nothing(
    store: Store, tmp_path: Path, of_corpus: OfCorpus
) -> None:
    """What was there is there, or what was to come, whole; and the next load is not hindered."""
    before, after = (town(tmp_path / name, name, 800) for name in ("Alpha", "Beta"))
    store.load(before)
    draws = random.Random(16)
    address = store.address
    for _ in range(of_corpus(25, 1)):
        command = [sys.executable, "-c", KILLED, str(tmp_path / "Beta")]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            words = (address.uri, address.user, address.password, str(store._home or "-"))
            child.stdin.write(" ".join(words) + "\n")
            child.stdin.flush()
            assert child.stdout.readline() == "begun\n"
            time.sleep(draws.random() * 0.5)
            child.kill()
        found = store.read()
        assert found.equals(before) or found.equals(after)
        store.load(before)
        assert store.read().equals(before)


@pytest.mark.embedded
def test_a_load_waits_for_another_and_says_so(
    embedded_store: Store,
    shipped_tables: Tables,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, said = embedded_store._home, list[str]()
    assert folder is not None
    with (folder / turns.LOCK).open("ab") as lock:
        assert grab(lock.fileno())
        with monkeypatch.context() as patch, pytest.raises(StoreError, match="is under way in"):
            patch.setattr(turns, "PATIENCE", 0.1)
            embedded_store.load(town(tmp_path / "Alpha", "Alpha"), say=lambda w: said.append(w.en))
        assert said == ["another load is under way; this one waits for it to end"]
        threading.Timer(0.2, lock.close).start()
        embedded_store.load(shipped_tables, say=lambda words: said.append(words.en))
    assert said[1:] == said[:1]
    assert embedded_store.read().equals(shipped_tables)


@pytest.mark.neo4j
def test_a_load_into_neo4j_waits_for_another_and_says_so(
    neo4j_store: Store, shipped_tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that holds what a load begins with, as a load that takes long does."""
    from neo4j import WRITE_ACCESS

    said: list[str] = []
    monkeypatch.setattr(turns, "_OFTEN", 0.2)
    with neo4j_store._driver.session(default_access_mode=WRITE_ACCESS) as session:
        other = session.begin_transaction(metadata={"program": turns.MARK, "load": "other"})
        other.run("MATCH (n:Load {id: 'main'}) SET n.number = n.number").consume()
        with monkeypatch.context() as patch, pytest.raises(StoreError, match="is under way in"):
            patch.setattr(turns, "PATIENCE", 0.1)
            neo4j_store.load(shipped_tables, say=lambda words: said.append(words.en))
        assert said == ["another load is under way; this one waits for it to end"]
        threading.Timer(0.5, other.rollback).start()
        neo4j_store.load(shipped_tables, say=lambda words: said.append(words.en))
    assert said[1:] == said[:1]
    assert neo4j_store.read().equals(shipped_tables)
