"""Sources side by side in one store, each replaced alone; actors tied directly."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ecosystem
from ecosystem.errors import EcosystemError, StoreError, UnknownName
from ecosystem.networks.network import share_network
from ecosystem.sources import with_name
from ecosystem.store.bolt import Store
from ecosystem.store.cypher import MAIN, nodes
from ecosystem.store.stores import temporary_store
from ecosystem.tables.frames import Tables
from tests.cli.running import run
from tests.conftest import lacking
from tests.store.test_queries import QUERIES, rows, variants
from tests.toy import actors, flows, make_tables

pytestmark = pytest.mark.xdist_group("stores")

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="session")
def fewer(shipped_tables: Tables) -> Tables:
    """Another state of the same territories: the same ids, fewer rows."""
    return shipped_tables.replace(
        flows=shipped_tables["flows"].iloc[::2].reset_index(drop=True),
        ties=shipped_tables["ties"].iloc[1::2].reset_index(drop=True),
        needs=shipped_tables["needs"].iloc[::3].reset_index(drop=True),
    )


def names(store: Store) -> list[str]:
    return [each["source"] for each in store.sources()]


def write(store: Store, statement: str, **given: Any) -> None:
    with store._driver.session() as session:
        session.execute_write(lambda tx: tx.run(statement, given).consume())


def test_sources_stand_side_by_side_and_each_is_replaced_alone(
    store: Store, shipped_tables: Tables, fewer: Tables
) -> None:
    store.load(shipped_tables)
    store.load(fewer, source="2026")
    assert names(store) == ["2026", MAIN]
    assert store.read("2026").equals(fewer)
    assert store.read(MAIN).equals(shipped_tables)
    assert store.read().equals(shipped_tables), "the main one, where none is named"

    # What somebody adds to one survives a load of either.
    write(store, "MATCH (a:Actor {id: 'sitg', _source: '2026'}) SET a.mine = 'x'")
    said: list[str] = []
    store.load(
        shipped_tables.replace(needs=fewer["needs"]), say=lambda words: said.append(words.en)
    )
    assert said == ["removes what the source no longer has: 68 needs"]  # 102 of the data, 34 left
    assert store.read("2026").equals(fewer)
    store.load(shipped_tables, source="2026")
    assert store.read("2026").equals(shipped_tables)
    mine = store.run("MATCH (a:Actor) WHERE a.mine IS NOT NULL RETURN a._source AS s, a.id AS a")
    assert mine.to_numpy().tolist() == [["2026", "sitg"]]

    foretold = {each.table: each for each in store.preview(fewer, source="2026").tables}
    assert (foretold["flows"].removed, foretold["actors"].same) == (
        137,
        190,
    )  # of 275 flows, of 190
    across = "MATCH (a)-[r]->(b) WHERE a._source <> b._source RETURN count(r) AS n"
    assert store.run(across)["n"].tolist() == [0]


def test_a_source_is_removed_alone_and_not_with_what_others_added(
    store: Store, shipped_tables: Tables, fewer: Tables
) -> None:
    store.load(fewer, source="2026", shares=True)
    write(store, "MATCH (a:Actor {id: 'sitg', _source: '2026'}) SET a.mine = 'x'")
    with pytest.raises(StoreError, match=r"somebody added.*\n  actors sitg: \.mine"):
        store.remove("2026")
    assert store.read("2026").equals(fewer)
    store.remove("2026", discard=True)
    assert names(store) == [MAIN]
    assert store.read().equals(shipped_tables)
    left = store.run("MATCH (n) WHERE n._source = '2026' RETURN count(n) AS n")
    assert left["n"].tolist() == [0]
    with pytest.raises(UnknownName, match="2026"):
        store.remove("2026")


def test_which_source_is_meant(store: Store, fewer: Tables) -> None:
    assert store.scope() == "", "one is all there is"
    store.load(fewer, source="2025")
    store.load(fewer, source="2026")
    assert store.scope() == MAIN
    with pytest.raises(UnknownName, match=r"unknown source in bolt.*'2027'"):
        store.read("2027")
    store.remove(MAIN)
    with pytest.raises(StoreError, match="several sources: 2025, 2026") as caught:
        store.read()
    assert "--as 2025" in str(caught.value)
    with pytest.raises(StoreError, match="several sources"):
        store.scope()
    store.remove("2025")
    assert store.read().equals(fewer), "the only one there is"


@pytest.mark.parametrize("name", ["", "a b", "last", "-a", "_a", "a:b", "a/b", "é" * 65, "a\n"])
def test_a_name_that_cannot_be_one_is_said(name: str) -> None:
    with pytest.raises(EcosystemError, match="cannot name a source"):
        with_name("bolt://127.0.0.1:7687", name)


def test_names_go_with_addresses_of_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_name("bolt://h:7687/db", "été-2026") == "bolt://h:7687/db#été-2026"
    assert with_name("bolt://h:7687#2025", "2026") == "bolt://h:7687#2026"
    assert with_name(None, "2026") == "bolt://embedded#2026"
    monkeypatch.setenv("NEO4J_URI", "bolt://h:7687")
    assert with_name(None, "2026") == "bolt://h:7687#2026"
    with pytest.raises(EcosystemError, match="'data' is no store"):
        with_name("data", "2026")


@pytest.mark.corpus
def test_a_question_of_one_source_is_answered_as_if_it_were_alone(
    store: Store, shipped_tables: Tables, fewer: Tables, of_corpus: Callable[[int, int], int]
) -> None:
    """Every query, on a store that holds two sources with the same ids."""

    def answers(of: Store, source: str) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
        return {
            (name, str(values)): rows(
                of.run(
                    q.text,
                    q.bind({**q.examples, **values, "source": source}),
                    columns=[c.name for c in q.columns],
                )
            )
            for name, q in QUERIES.items()
            for values in variants(q)[: of_corpus(99, 1)]
        }

    store.load(shipped_tables)
    whole = answers(store, "")
    with temporary_store(fewer) as alone:
        less = answers(alone, "")
    store.load(fewer, source="2026")
    assert answers(store, "2026") == less
    assert answers(store, MAIN) == whole
    assert sum(less[each] != whole[each] for each in less) > len(less) / 2, (
        "else this would show nothing"
    )


def test_what_a_version_before_names_loaded_is_read_and_replaced(
    store: Store, shipped_tables: Tables, fewer: Tables
) -> None:
    """It kept ids unique among all nodes, and named no source."""
    for table in nodes():
        statement = f"MATCH (n:{table.node}) REMOVE n._source"
        write(store, statement + ("" if len(table.key) > 1 else ", n._key"))
        if len(table.key) > 1:
            write(store, f"MATCH (n:{table.node}) SET n._key = substring(n._key, 5)")  # main:
        else:
            write(store, f"DROP CONSTRAINT {str(table.node).lower()}_loaded IF EXISTS")
    write(store, "MATCH (n:Load) SET n.id = 'last' REMOVE n.direct")
    write(store, "DROP INDEX actors_id IF EXISTS")
    old = "CREATE CONSTRAINT actor_key IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE"
    write(store, old)
    assert names(store) == [MAIN]
    assert store.read().equals(shipped_tables)
    assert {each.same for each in store.preview(shipped_tables).tables} == {
        len(frame) for frame in shipped_tables.values()
    }
    store.load(fewer, source="2026")
    assert names(store) == ["2026", MAIN]
    assert store.read().equals(shipped_tables)
    assert store.read("2026").equals(fewer)
    store.load(fewer)
    assert store.read().equals(fewer)


def test_actors_are_tied_directly_as_the_share_network_counts(store: Store, fewer: Tables) -> None:
    def shares(source: str) -> dict[tuple[str, str], tuple[int, float, float]]:
        found = store.run(
            "MATCH (a:Actor {_source: $s})-[r:SHARES {status: 'active'}]->(b:Actor) "
            "RETURN a.id, b.id, r.flows, r.weight, r.distance",
            {"s": source},
        )
        return {(a, b): (f, w, d) for a, b, f, w, d in found.itertuples(index=False)}

    def expected(tables: Tables) -> dict[tuple[str, str], tuple[int, float, float]]:
        network = share_network(tables)
        ids, edges = network.ids, network.edges
        return {
            (ids[e.source], ids[e.target]): (len(e.flows), e.weight, e.distance)
            for e in edges.itertuples()
        }

    store.load(fewer, shares=True)
    assert shares(MAIN) == expected(fewer)
    assert store.read().equals(fewer), "they are no row of any table"
    assert store.sources()[0]["direct"] is True
    said: list[str] = []
    store.load(
        fewer.replace(flows=fewer["flows"].head(40)), say=lambda words: said.append(words.en)
    )
    assert len(shares(MAIN)) < 40, "kept up to date, without being asked again"
    assert all("SHARES" not in words for words in said)
    store.load(fewer, shares=False)
    assert shares(MAIN) == {}

    # By hand: a>b weighs 2 + 1 (an empty weight is 1), the loop and the public do not count.
    toy = make_tables(
        actors=actors("a b reutilisateurs"),
        flows=[
            *({**row, "id": f"f{i}", "weight": w} for i, w in enumerate((2.0, None)) for row in flows("a>b")),
            *flows("a>b", status="wished"),
            *flows("a>a", "a>reutilisateurs"),
        ],
    )  # fmt: skip
    store.load(toy, source="toy", shares=True)
    assert shares("toy") == {("a", "b"): (2, 3.0, 1 / 3)}
    every = store.run(
        "MATCH (:Actor {_source: 'toy'})-[r:SHARES]->() RETURN r.status AS s, r.weight AS w ORDER BY s"
    )
    assert every.to_numpy().tolist() == [["active", 3.0], ["wished", 1.0]]


def test_direct_ties_of_others_are_left(store: Store, fewer: Tables) -> None:
    store.load(fewer, shares=True)
    write(
        store,
        "MATCH (a:Actor {id: 'sitg'}), (b:Actor {id: 'tpg'}) CREATE (a)-[:SHARES {mine: 1}]->(b)",
    )
    store.load(fewer, shares=False)
    left = store.run("MATCH (a)-[r:SHARES]->(b) RETURN a.id AS a, b.id AS b, r.mine AS mine")
    assert left.to_numpy().tolist() == [["sitg", "tpg", 1]]


def test_loads_of_two_sources_at_once_both_end_well(
    store: Store, shipped_tables: Tables, fewer: Tables
) -> None:
    failed: list[BaseException] = []

    def load(tables: Tables, source: str) -> None:
        try:
            with Store(store.address, home=store._home) as other:
                other.load(tables, source=source)
        except BaseException as error:
            failed.append(error)

    pair = [
        threading.Thread(target=load, args=each)
        for each in ((fewer, "2025"), (shipped_tables, "2026"))
    ]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    assert failed == []
    assert store.read("2025").equals(fewer)
    assert store.read("2026").equals(shipped_tables)


def test_commands_take_the_name_of_a_source(
    store: Store, fewer: Tables, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As typed: load, status, brokers, query, remove."""
    address = store.address
    monkeypatch.setenv("NEO4J_URI", address.uri)
    monkeypatch.setenv("NEO4J_USER", address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)
    folder = tmp_path / "tables"
    ecosystem.write_tables(fewer, folder)
    loaded = run("load", str(folder), "--as", "2026", "--shares")
    assert f"({address.uri}) as 2026" in loaded.err
    status = run("store", "status", address.uri)
    assert re.search(r"holds 2026: .*tables, loaded .*, with SHARES", status.err)
    assert "holds main: " in status.err
    expected = run("brokers", str(folder), "--format", "csv", "--draws", "0").out
    for named in ((address.uri, "--as", "2026"), ("--as", "2026"), (f"{address.uri}#2026",)):
        assert run("brokers", *named, "--format", "csv", "--draws", "0").out == expected
    asked = run("query", "run", "flows-not-active", "--as", "2026", "--format", "csv")
    other = run("query", "run", "flows-not-active", "--format", "csv")
    assert 0 < asked.out.count("\n") < other.out.count("\n")
    own = tmp_path / "own.cypher"
    own.write_text("MATCH (a:Actor) RETURN count(a) AS n", encoding="utf-8")
    told = run("query", "run", str(own), "--format", "csv")
    assert told.out.split() == ["n", "380"]  # 190 of each
    assert "reads all 2 sources of the store together (2026, main)" in told.err
    assert run("brokers", "--as", "2027").err.startswith("error: unknown source in bolt")
    assert run("load", "--remove").code == 2
    assert "2026 is no longer in the store" in run("load", "--remove", "--as", "2026").err
    assert names(store) == [MAIN]


# --- the page on Neo4j --------------------------------------------------------------------

BLOCK = re.compile(r"```cypher\n(.*?)```", re.DOTALL)


def test_both_pages_on_neo4j_give_the_same_statements() -> None:
    pages = [(DOCS / language / "neo4j.md").read_text("utf-8") for language in ("en", "fr")]
    en, fr = (BLOCK.findall(page) for page in pages)
    assert en == fr
    assert len(en) >= 12


@pytest.mark.neo4j
def test_every_statement_of_the_page_on_neo4j_runs(
    neo4j_store: Store, shipped_tables: Tables, fewer: Tables
) -> None:
    """In order, on a real server with Graph Data Science; its scores are those of the tables."""
    if not neo4j_store.run("SHOW FUNCTIONS YIELD name WHERE name = 'gds.version' RETURN name").size:
        lacking("this Neo4j has no Graph Data Science")
    neo4j_store.load(fewer, source="2025")
    neo4j_store.load(shipped_tables, source="2026", shares=True)
    given = {"source": "2026", "actor": "ca-la-rochelle"}
    answers = []
    for statement in BLOCK.findall((DOCS / "en" / "neo4j.md").read_text("utf-8")):
        with neo4j_store._driver.session() as session:
            answers.append(session.execute_write(lambda tx, s=statement: tx.run(s, given).data()))
    new, direct, projected, scores, written, _, communities, cut, dropped, ids, *paths = answers
    assert new == [], "both states have the same actors"
    assert len(direct) == 25
    betweenness = ecosystem.MEASURES["betweenness"](share_network(shipped_tables))
    assert {row["actor"]: row["score"] for row in scores} == pytest.approx(
        betweenness.sort_values(ascending=False).head(10).to_dict()
    )
    assert len(projected) == len(written) == 1
    assert written[0]["nodePropertiesWritten"] > 50
    assert len(communities) > 3
    assert "ca-la-rochelle" in {row["actor"] for row in cut}
    assert [row["graphName"] for row in dropped] == ["sharing", "together"]
    assert len(ids) == 190  # README of the data
    assert [len(found) > 0 for found in paths] == [True, True, True]
    # The scores are somebody's own: the source goes only if that is said.
    with pytest.raises(StoreError, match=r"\.betweenness"):
        neo4j_store.remove("2026")
    neo4j_store.remove("2026", discard=True)
    neo4j_store.remove("2025")
