"""Load and read back 2,000 actors, 10,000 datasets and 100,000 flows, against a bare UNWIND loop.

The bare loop writes the same nodes and relationships over the same driver, in one
explicit transaction and batches of the same size, with CREATE and nothing else: no
check of the tables, no tags, no order, no sweep; it can load an empty database only.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import neo4j

from benchmarks.measuring import table, timed
from ecosystem.schema import TABLES
from ecosystem.store import cypher, embedded
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.store.loading import BATCH
from ecosystem.tables.frames import Tables, records, typed

ACTORS, DATASETS, FLOWS = 2_000, 10_000, 100_000
ROUNDS = 3


def generated(seed: int = 1) -> Tables:
    draw = random.Random(seed)
    actors = [f"a{i}" for i in range(ACTORS)]
    datasets = [f"d{i}" for i in range(DATASETS)]
    columns: dict[str, dict[str, list[Any]]] = {
        "actors": {
            "id": actors,
            "name": [f"Actor {a}" for a in actors],
            "sector": [draw.choice(["public", "private", "mixed"]) for _ in actors],
        },
        "datasets": {
            "id": datasets,
            "title": [f"Dataset {d}" for d in datasets],
            "holder": [draw.choice(actors) for _ in datasets],
            "theme": [draw.choice(["ENER", "TRAN", "ENVI"]) for _ in datasets],
        },
        "flows": {
            "id": [f"f{i}" for i in range(FLOWS)],
            "dataset": draw.choices(datasets, k=FLOWS),
            "provider": draw.choices(actors, k=FLOWS),
            "recipient": draw.choices(actors, k=FLOWS),
            "status": draw.choices(["active", "wished", "blocked"], k=FLOWS),
            "mode": draw.choices(["contract", "agreement", "informal"], k=FLOWS),
            "note": [f"Note {i}" for i in range(FLOWS)],
        },
    }
    frames = {
        name: typed(t, columns.get(name, {}), len(columns.get(name, {}).get("id", [])))
        for name, t in TABLES.items()
    }
    return Tables(frames, "generated")


BARE = {
    "actors": ["UNWIND $rows AS row CREATE (n:Actor) SET n = row"],
    "datasets": [
        "UNWIND $rows AS row MATCH (a:Actor {id: row.holder}) "
        "CREATE (n:Dataset {id: row.id, title: row.title, theme: row.theme})<-[:HOLDS]-(a)"
    ],
    "flows": [
        "UNWIND $rows AS row MATCH (a:Actor {id: row.provider}) MATCH (b:Actor {id: row.recipient}) "
        "MATCH (d:Dataset {id: row.dataset}) "
        "CREATE (n:Flow {id: row.id, status: row.status, mode: row.mode, note: row.note}) "
        "CREATE (a)-[:PROVIDES]->(n) CREATE (n)-[:TO]->(b) CREATE (n)-[:OF]->(d)"
    ],
}

BARE_READ = (
    "MATCH (f:Flow) MATCH (f)<-[:PROVIDES]-(a:Actor) MATCH (f)-[:TO]->(b:Actor) "
    "MATCH (f)-[:OF]->(d:Dataset) RETURN f.id, f.status, f.mode, f.note, a.id, b.id, d.id"
)


def bare_load(driver: neo4j.Driver, rows: dict[str, list[dict[str, Any]]]) -> None:
    def work(transaction: neo4j.ManagedTransaction) -> None:
        for name, statements in BARE.items():
            for start in range(0, len(rows[name]), BATCH):
                for statement in statements:
                    transaction.run(statement, rows=rows[name][start : start + BATCH]).consume()

    with driver.session() as session:
        session.execute_write(work)


def bare_read(driver: neo4j.Driver) -> int:
    with driver.session() as session:
        return len(session.execute_read(lambda tx: [r.values() for r in tx.run(BARE_READ)]))


def empty(driver: neo4j.Driver) -> None:
    """Remove everything, in slices: one transaction for all would need more heap than a load."""
    for label in ("Flow", "Dataset", "Actor", "Load"):
        while (
            driver.execute_query(
                f"MATCH (n:{label}) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone"
            ).records[0]["gone"]
            > 0
        ):
            pass


@contextmanager
def stores() -> Iterator[dict[str, Address]]:
    from tests.neo4j_server import Unavailable, neo4j_server

    with embedded.temporary() as engine:
        found = {"embedded": Address(engine.uri, engine.user, engine.password)}
        try:
            with neo4j_server(brief=False) as server:
                found["Neo4j"] = Address(server.uri, server.user, server.password)
                yield found
        except Unavailable as error:
            print(f"(without Neo4j: {error})\n")
            yield found


def run() -> None:
    print(
        f"## Stores: {ACTORS:,} actors, {DATASETS:,} datasets, {FLOWS:,} flows, medians of {ROUNDS}\n"
    )
    tables = generated()
    rows = {name: records(tables[name].dropna(axis=1, how="all")) for name in BARE}
    results = []
    with stores() as addresses:
        for name, address in addresses.items():
            with Store(address) as store:
                driver = store._driver
                for statement in cypher.constraints() + cypher.indexes():
                    driver.execute_query(statement)
                taken: dict[str, list[float]] = {
                    k: [] for k in ("bare", "load", "again", "bare read", "read")
                }
                for turn in range(ROUNDS):
                    print(f"{name}, round {turn + 1} of {ROUNDS}", file=sys.stderr)
                    empty(driver)
                    taken["bare"].append(timed(lambda d=driver: bare_load(d, rows)))
                    taken["bare read"].append(timed(lambda d=driver: bare_read(d)))
                    empty(driver)
                    taken["load"].append(timed(lambda s=store: s.load(tables)))
                    taken["read"].append(timed(store.read))
                    taken["again"].append(timed(lambda s=store: s.load(tables)))
                    print({k: round(v[-1], 2) for k, v in taken.items()}, file=sys.stderr)
                if not store.read().equals(tables):
                    raise SystemExit(f"{name} did not give back what it took")
                seconds = {k: statistics.median(v) for k, v in taken.items()}
                results += [
                    (
                        name,
                        "load into an empty store",
                        seconds["load"],
                        seconds["bare"],
                        seconds["bare"] / seconds["load"],
                    ),
                    (
                        name,
                        "load again, nothing changed",
                        seconds["again"],
                        seconds["bare"],
                        seconds["bare"] / seconds["again"],
                    ),
                    (
                        name,
                        "read back",
                        seconds["read"],
                        seconds["bare read"],
                        seconds["bare read"] / seconds["read"],
                    ),
                ]
    table(["store", "what", "ours, s", "bare loop, s", "rate of the bare loop"], results)
