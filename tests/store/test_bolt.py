"""The contract of a store, on the embedded engine and on a real Neo4j: it gives back what it took."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from ecosystem.errors import DataError, StoreError
from ecosystem.store import embedded
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.store.stores import temporary_store
from ecosystem.tables.checks import check
from ecosystem.tables.frames import Tables, write_tables
from ecosystem.tables.reading import read_tables
from tests.neo4j_server import InUse, neo4j_server

pytestmark = pytest.mark.xdist_group("stores")


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_read_gives_back_exactly_what_load_took(store: Store, shipped_tables: Tables) -> None:
    found = store.read()
    for name, frame in shipped_tables.items():
        pd.testing.assert_frame_equal(found[name], frame)
    assert found.equals(shipped_tables)


def test_loading_twice_changes_nothing(store: Store, shipped_tables: Tables) -> None:
    def counts() -> list[list[object]]:
        nodes = "MATCH (n) RETURN labels(n)[0] AS label, count(n) AS n ORDER BY label"
        ties = "MATCH ()-[r]->() RETURN type(r) AS type, count(r) AS n ORDER BY type"
        return [store.run(nodes).to_numpy().tolist(), store.run(ties).to_numpy().tolist()]

    before = counts()
    # by hand from the README of the data: 190 actors, 275 flows; one PROVIDES a flow
    assert ["Actor", 190] in before[0]
    assert ["Flow", 275] in before[0]
    assert ["PROVIDES", 275] in before[1]
    store.load(shipped_tables)
    assert counts() == before


def test_load_removes_what_the_source_no_longer_has(
    store: Store, shipped_folder: Path, tmp_path: Path
) -> None:
    smaller = tmp_path / "smaller"
    shutil.copytree(shipped_folder, smaller)
    flows = (smaller / "flows.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (smaller / "flows.csv").write_text("".join(flows[:100]), encoding="utf-8")
    actors = (smaller / "actors.csv").read_text(encoding="utf-8")
    moved = actors.replace("antony-fluides,Gestion", "antony-fluides,Renommée, et Gestion", 1)
    moved = moved.replace("Renommée, et Gestion des", "Renommée des", 1)
    assert moved != actors
    (smaller / "actors.csv").write_text(moved, encoding="utf-8")
    ties = (smaller / "ties.csv").read_text(encoding="utf-8")
    assert "ant-t05,antony-fluides,ville-antony" in ties
    turned = ties.replace(
        "ant-t05,antony-fluides,ville-antony", "ant-t05,ville-antony,antony-fluides"
    )
    (smaller / "ties.csv").write_text(turned, encoding="utf-8")
    tables = read_tables(smaller)
    store.load(tables)
    assert store.read().equals(tables)
    assert store.run("MATCH (f:Flow) RETURN count(f) AS n")["n"].tolist() == [99]
    ends = store.run(
        "MATCH (a)-[r:TIED_TO]->(b) WHERE r.id = 'ant-t05' RETURN a.id AS a, b.id AS b"
    )
    assert ends.to_numpy().tolist() == [["ville-antony", "antony-fluides"]]


def test_nodes_of_other_programs_are_left_alone(store: Store, shipped_tables: Tables) -> None:
    with store._driver.session() as session:
        session.execute_write(lambda tx: tx.run("CREATE (:Foreign {id: 'mine'})").consume())
    store.load(shipped_tables)
    assert store.run("MATCH (n:Foreign) RETURN n.id AS id")["id"].tolist() == ["mine"]
    assert store.read().equals(shipped_tables)


def test_tables_with_errors_are_refused_and_leave_what_was_there(
    store: Store, shipped_tables: Tables, tmp_path: Path
) -> None:
    bad = write(
        tmp_path / "bad",
        actors="id,name\na,A\n",
        flows="id,provider,recipient,status\nf,a,nobody,active\n",
    )
    with pytest.raises(DataError, match=r"flows\.csv:2:recipient: dangling-reference"):
        store.load(read_tables(bad))
    assert store.read().equals(shipped_tables)


def test_a_load_that_fails_half_way_leaves_what_was_there(
    store: Store, shipped_tables: Tables, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The last statements of the transaction are made to fail in the database itself."""
    small = write(
        tmp_path / "small", actors="id\na\nb\n", flows="provider,recipient,status\na,b,active\n"
    )
    from ecosystem.store import cypher

    broken = [*cypher.sweeps(), "MATCH (n:Actor RETURN n"]
    with monkeypatch.context() as patch, pytest.raises(StoreError):
        patch.setattr(cypher, "sweeps", lambda: broken)
        store.load(read_tables(small))
    assert store.read().equals(shipped_tables)


def test_a_bare_edge_list_survives_the_round_trip(store: Store, tmp_path: Path) -> None:
    """No dataset, no territory, no source table: what is named but not described is a stub."""
    folder = write(
        tmp_path / "edges",
        actors="id,territory,own column\n01,here,x\n02,here,\n03,,\n",
        flows="provider,recipient,dataset\n01,02,d1\n02,03,\n",
        services="id,operator,datasets\ns1,01,d2;d1\n",
    )
    tables = read_tables(folder)
    store.load(tables)
    found = store.read()
    assert found.equals(tables)
    assert found["actors"]["id"].tolist() == ["01", "02", "03"]
    assert found["actors"]["own column"].tolist()[:1] == ["x"]
    assert found["services"]["datasets"].tolist() == [("d2", "d1")]
    assert found["territories"].empty
    assert store.run("MATCH (t:Territory) RETURN t.id AS id")["id"].tolist() == ["here"]


def test_what_is_odd_survives_the_round_trip(store: Store, tmp_path: Path) -> None:
    """Repeats in a list, own columns that hold nothing, keys that contain what separates them."""
    folder = write(
        tmp_path / "odd",
        actors="id,empty,own,nothing\na,,x,\nb,,,\n",
        flows="provider,recipient,status\na,b,active\n",
        datasets="id\nd1\nd2\n",
        services="id,datasets\ns1,d1;d2;d1\ns2,d2;d2\ns3,\n",
        needs="id,actor,of nobody\n",
        enseignements='edition,title\na|b,c\na,b|c\n"[""a",c\n',
    )
    tables = read_tables(folder)
    assert [p for p in check(tables) if p.severity == "error"] == []
    for _ in range(2):
        store.load(tables)
        found = store.read()
        for name, frame in tables.items():
            pd.testing.assert_frame_equal(found[name], frame)
        assert found.equals(tables)
    assert found["services"]["datasets"].tolist() == [("d1", "d2", "d1"), ("d2", "d2"), ()]
    assert len(found["enseignements"]) == 3
    written = write_tables(found, tmp_path / "again")
    for path in written:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_nodes_of_others_with_our_labels_are_not_overwritten(
    store: Store, shipped_tables: Tables
) -> None:
    """They could not be told from ours: the load says so and changes nothing."""

    def write(statement: str) -> None:
        with store._driver.session() as session:
            session.execute_write(lambda tx: tx.run(statement).consume())

    write("CREATE (:Actor {id: 'ville-nouvelle', mine: 'years of work'})")
    try:
        with pytest.raises(StoreError, match="holds :Actor nodes that 'ecosystem load' did not"):
            store.load(shipped_tables)
        mine = store.run("MATCH (a:Actor {id: 'ville-nouvelle'}) RETURN a.mine AS mine")
        assert mine["mine"].tolist() == ["years of work"]
        assert store.read().equals(shipped_tables), "what is not ours is not read"
    finally:
        write("MATCH (a:Actor {id: 'ville-nouvelle'}) DELETE a")


def test_run_returns_rows_in_columns_and_takes_parameters(store: Store) -> None:
    frame = store.run(
        "MATCH (a:Actor)-[:IN]->(t:Territory {id: $territory}) RETURN t.id AS territory, count(a) AS actors",
        {"territory": "geneve"},
    )
    assert frame.to_dict("records") == [{"territory": "geneve", "actors": 40}]  # README of the data


def test_run_refuses_to_write_and_keeps_nothing(store: Store, shipped_tables: Tables) -> None:
    with pytest.raises(StoreError):
        store.run("CREATE (a:Actor {id: 'intruder'}) RETURN a.id AS id")
    with pytest.raises(StoreError):
        store.run("MATCH (a:Actor) DETACH DELETE a")
    assert store.read().equals(shipped_tables)


CHANGING = [
    "MATCH (n:Flow) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "MATCH (n:Flow) CALL (n) { DETACH DELETE n } /* ; */ in 2 concurrent\n transactions",
    "CREATE INDEX mine FOR (n:Actor) ON (n.name)",
    "// a remark\ndrop constraint actor_key",
    "DROP INDEX flows_status",
    "EXPLAIN CREATE INDEX mine FOR (n:Actor) ON (n.name)",
    "CYPHER runtime=slotted DROP INDEX flows_status",
    "RETURN 1 AS one; DROP INDEX flows_status",
    "CREATE USER mine SET PASSWORD 'of eight characters'",
    "ALTER USER neo4j SET PASSWORD 'of eight characters'",
    "MATCH (f:Flow) SET f.status = 'ended'",
    "MERGE (a:Actor {id: 'intruder'}) RETURN a.id AS id",
]


def test_what_would_change_the_store_is_refused_and_changes_nothing(
    store: Store, shipped_tables: Tables
) -> None:
    """Also what no rollback undoes: schema, users, and subqueries that commit by themselves."""

    def schema() -> list[list[object]]:
        return [
            store.run(f"SHOW {what} YIELD name RETURN name ORDER BY name").to_numpy().tolist()
            for what in ("CONSTRAINTS", "INDEXES")
        ]

    before = schema()
    for statement in CHANGING:
        with pytest.raises(StoreError, match="would change the store; nothing was kept"):
            store.run(statement)
        assert schema() == before, statement
    assert store.read().equals(shipped_tables)


def test_words_in_remarks_strings_and_names_are_no_commands(store: Store) -> None:
    for statement in (
        "// CREATE INDEX\nMATCH (a:Actor) RETURN count(a) AS n",
        "MATCH (a:Actor) WHERE a.id <> '; DROP INDEX x' RETURN count(a) AS n",
        "MATCH (a:Actor) WHERE NOT a.id IN ['} IN TRANSACTIONS'] RETURN count(a) AS n;",
        "WITH ['x'] AS transactions MATCH (a:Actor) WHERE NOT a.id IN transactions "
        "RETURN count(a) AS n",
        "MATCH (`CREATE`:Actor) RETURN count(`CREATE`) AS n",
    ):
        assert store.run(statement)["n"].tolist() == [190], statement
    assert store.run("EXPLAIN MATCH (a:Actor) RETURN a.id AS id", columns=["id"]).empty


def test_a_statement_that_cannot_be_run_says_what_is_wrong_with_it(store: Store) -> None:
    for statement, word in (
        ("MATCH (a:Actor RETURN a", "RETURN"),
        ("MATCH (a:Actor) RETURN b.id AS id", "b"),
        ("MATCH (a:Actor {id: $actor}) RETURN a.id AS id", "actor"),
    ):
        with pytest.raises(StoreError, match=rf"refused: .*\b{word}\b") as caught:
            store.run(statement)
        assert "server log" not in str(caught.value)


@pytest.mark.embedded
def test_the_engine_itself_reads_no_local_file(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a statement not understood before it is sent, the engine would still refuse."""
    from ecosystem.store import bolt

    monkeypatch.setattr(bolt, "beyond_graph", lambda _: None)
    (tmp_path / "private.csv").write_text("secret\n")
    with pytest.raises(StoreError, match="disabled"):
        embedded_store.run(f"LOAD CSV FROM '{(tmp_path / 'private.csv').as_uri()}' AS l RETURN l")


def test_every_key_is_unique_in_the_database(store: Store) -> None:
    with (
        pytest.raises(Exception, match=r"(?i)constraint|duplicate|unique"),
        store._driver.session() as session,
    ):
        twin = "CREATE (:Actor {id: 'ville-antony', _key: 'main:ville-antony'})"
        session.execute_write(lambda tx: tx.run(twin).consume())


@pytest.mark.neo4j
def test_tests_do_not_replace_what_somebody_loaded(
    neo4j_store: Store, shipped_tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`. ./.env` then `make test`: the server of the user is not that of the tests."""
    address = neo4j_store.address
    monkeypatch.setenv("NEO4J_URI", address.uri)
    monkeypatch.setenv("NEO4J_USER", address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)
    with pytest.raises(InUse, match="holds data"), neo4j_server():
        pytest.fail("it was given away")
    assert neo4j_store.read().equals(shipped_tables)


@pytest.mark.neo4j
def test_a_wrong_password_is_one_sentence(neo4j_address: Address) -> None:
    wrong = Address(neo4j_address.uri, neo4j_address.user, "not the password")
    with pytest.raises(StoreError, match="refuses user 'neo4j' or its password") as caught:
        Store(wrong)
    assert "not the password" not in str(caught.value) + repr(wrong)


def test_a_store_that_is_down_is_one_sentence() -> None:
    with pytest.raises(StoreError, match=r"no Neo4j answers at bolt://127\.0\.0\.1:9"):
        Store(Address("bolt://127.0.0.1:9"))


def test_user_and_password_of_an_address_are_decoded_and_its_password_never_shown() -> None:
    address = Address.parse("bolt://caf%C3%A9:p%40x%2F1@db.example:7687/data")
    assert (address.user, address.password) == ("café", "p@x/1")
    assert (address.uri, address.database) == ("bolt://db.example:7687", "data")
    for uri in (
        "bolt://neo4j:SECRET@host:notaport",
        "bolt://neo4j:SEC/RET@host",
        "http://neo4j:SECRET@host",
        "bolt://neo4j:a@SECRET@[::1",
    ):
        with pytest.raises(StoreError, match="is not a Bolt address") as caught:
            Address.parse(uri)
        assert "SEC" not in caught.value.to("en") + caught.value.to("fr")
        assert "neo4j@" in str(caught.value)


@pytest.mark.parametrize("text", ["http://127.0.0.1", "bolt://", "127.0.0.1:7687", "my folder"])
def test_what_is_not_a_bolt_address_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(StoreError, match="is not a Bolt address") as caught:
        Address.parse(text)
    assert "bolt://127.0.0.1:7687" in str(caught.value)


def test_user_and_database_come_from_the_address_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEO4J_USER", "reader")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    address = Address.parse("neo4j://db.example:7687")
    assert (address.uri, address.user, address.password) == (
        "neo4j://db.example:7687",
        "reader",
        "secret",
    )
    assert Address.parse("bolt://me@db.example:7687").user == "me"
    assert "secret" not in repr(address)


@pytest.mark.embedded
def test_an_empty_store_says_what_to_do() -> None:
    if not embedded.available():
        pytest.skip("no embedded engine for this machine")
    with (
        embedded.temporary() as engine,
        Store(Address(engine.uri, engine.user, engine.password)) as store,
    ):
        assert not store.sources()
        with pytest.raises(StoreError, match="nothing was loaded"):
            store.read()


@pytest.mark.embedded
def test_a_store_of_ones_own_is_made_ready_for_its_large_tables_only(tmp_path: Path) -> None:
    if not embedded.available():
        pytest.skip("no embedded engine for this machine")
    many = [f"a{i}" for i in range(501)]
    flows = [f"{a},{b},active" for a, b in pairwise(many)]
    folder = write(
        tmp_path / "many",
        actors="\n".join(["id", *many]),
        flows="\n".join(["provider,recipient,status", *flows]),
    )
    tables = read_tables(folder)
    unique = (
        "SHOW CONSTRAINTS YIELD type, labelsOrTypes WHERE type = 'UNIQUENESS' RETURN labelsOrTypes"
    )
    with temporary_store(tables) as store:
        assert store.run(unique).to_numpy().tolist() == [[["Actor"]]]
        assert store.read().equals(tables)
        # Loaded again as any store is, it has all of them: ten tables of nodes, and the load.
        store.load(tables)
        assert len(store.run(unique)) == 11
        assert store.read().equals(tables)
