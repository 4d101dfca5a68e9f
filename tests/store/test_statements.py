"""What a statement would do, told from its text: reading the graph is all that a query may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem.errors import StoreError
from ecosystem.store.bolt import Store
from ecosystem.store.queries import queries
from ecosystem.store.statements import beyond_graph, looked_up, outlives_rollback, parameters
from tests.cli.running import refused, run

BEYOND = {
    "LOAD CSV": (
        "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
        "load\n csv with headers from 'http://127.0.0.1:1/x.csv' as l return l",
        "LOAD/* */CSV FROM $where AS l RETURN l",
        "LOAD // remark\nCSV FROM 'ftp://x' AS l RETURN l",
        "\\u004C\\u004fAD CSV FROM 'file:///x' AS l RETURN l",
        "L\\u004FAD CS\\u0056 FROM 'file:///x' AS l RETURN l",
        "EXPLAIN LOAD CSV FROM 'file:///x' AS l RETURN l",
        "PROFILE CYPHER runtime=slotted LOAD CSV FROM 'file:///x' AS l RETURN l",
        "MATCH (n) CALL (n) { LOAD CSV FROM 'file:///x' AS l RETURN l } RETURN l",
        "RETURN 1 AS x UNION LOAD CSV FROM 'file:///x' AS x RETURN x",
        # The escape ends the string, the rest is read as words.
        "RETURN '\\u0027 AS a LOAD CSV FROM \"file:///x\" AS l RETURN l //'",
    ),
    "USE": (
        "USE system SHOW USERS",
        "use `other` MATCH (n) RETURN n",
        "EXPLAIN USE other MATCH (n) RETURN n",
        "/* x */ USE other.part MATCH (n) RETURN n",
        "USE graph.byName('other') MATCH (n) RETURN n",
        "CALL { USE other MATCH (n) RETURN n } RETURN n",
        "MATCH (m) CALL (m) { USE other MATCH (n) RETURN n } RETURN n",
        "RETURN 1 AS n UNION ALL USE other MATCH (n) RETURN n",
        "RETURN 1; USE other MATCH (n) RETURN n",
    ),
    "CALL": (
        "CALL apoc.load.json('http://127.0.0.1:1/') YIELD value RETURN value",
        "CALL apoc . load /* */ . csv('file:///x') YIELD map RETURN map",
        "CALL `apoc`.`load`.`jdbc`('x') YIELD row RETURN row",
        "CALL apoc.cypher.runWrite('CREATE (n)', {})",
        "CALL apoc.cypher.doIt('CREATE (n)', {}) YIELD value RETURN value",
        "CALL apoc.periodic.commit('x')",
        "CALL dbms.listConfig()",
        "CALL dbms.security.listUsers",
        "call\ndbms.setConfigValue('a', 'b')",
        "OPTIONAL CALL dbms.killQuery('x') YIELD queryId RETURN queryId",
        "MATCH (n) CALL db.createLabel('X') RETURN n",
        "EXPLAIN CALL apoc.export.csv.all('x', {})",
        "MATCH (n) CALL { CALL apoc.load.xml('x') YIELD value RETURN value } RETURN value",
        "CALL mine()",
        "CALL mine YIELD x RETURN x",
    ),
    "()": (
        "RETURN apoc.cypher.runFirstColumnSingle('MATCH (n) RETURN n', {}) AS x",
        "RETURN apoc.util.sha1(['x']) AS x",
        "RETURN `apoc`.load.json('x') AS x",
        "RETURN gds . version ( ) AS x",
        "C\\u0041LL dbms.listConfig()",
    ),
}
WITHIN = (
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.labels",
    "MATCH (a) WHERE a.name = 'LOAD CSV FROM x' RETURN a",
    "// LOAD CSV, CALL apoc.load.json(), USE other\nMATCH (a) RETURN a",
    "MATCH (a) WITH a AS call RETURN call",
    "MATCH (n:Call) WHERE n.call = 1 RETURN {use: n.use, call: n.call} AS x",
    "MATCH (a:Actor) USING INDEX a:Actor(id) WHERE a.id = 'x' RETURN a",
    "RETURN date('2020-01-01') AS a, date.truncate('year', date()) AS b, point.distance(x, y) AS c",
    "MATCH (f) CALL (f) { MATCH (f)--(g) RETURN count(g) AS n } RETURN n",
    "MATCH (`LOAD CSV`:Actor) RETURN count(`LOAD CSV`) AS n",
    "RETURN 'caf\\u00e9' AS name",
    "MATCH (a) RETURN size((a)--()) AS n, apoc.text.clean(a.name) AS m, count(*) AS k",
)


@pytest.mark.parametrize(
    ("word", "statement"), [(word, each) for word, all_ in BEYOND.items() for each in all_]
)
def test_what_reaches_beyond_the_graph_is_named(word: str, statement: str) -> None:
    found = beyond_graph(statement)
    assert found is not None
    assert word in found


@pytest.mark.parametrize("statement", WITHIN)
def test_what_reads_the_graph_alone_may(statement: str) -> None:
    assert beyond_graph(statement) is None
    assert not outlives_rollback(statement)


def test_every_query_that_travels_with_the_package_reads_the_graph_alone() -> None:
    for query in queries().values():
        assert beyond_graph(query.text) is None, query.name
        assert not outlives_rollback(query.text), query.name


def test_an_escape_hides_no_command() -> None:
    assert outlives_rollback("CRE\\u0041TE INDEX x FOR (n:Actor) ON (n.name)")
    assert outlives_rollback("MATCH (n) CALL (n) { DELETE n } I\\u004e TRANSACTIONS")
    assert outlives_rollback("RETURN '\\u0027; DROP INDEX x //'")


def test_parameters_that_look_a_node_up_are_found() -> None:
    text = (
        "// $remark\nMATCH (a:Actor {id: $who})-->(t:Territory) WHERE ($where = '' OR t.id = $where) "
        "AND a.name = '$text' AND a.sector <> $other RETURN a"
    )
    assert looked_up(text) == {"who": ("Actor", "id"), "where": ("Territory", "id")}
    assert parameters(text) == ["who", "where", "other"]


def test_the_ids_that_travelling_queries_ask_for_are_looked_up() -> None:
    """Each parameter whose name is that of a kind of node, or of an end of a chain."""
    for query in queries().values():
        ids = {p.name for p in query.params} & {
            *("territory", "actor", "authority", "from", "to", "first", "second"),
        }
        assert ids <= set(looked_up(query.text)), query.name


@pytest.fixture(params=["embedded", "neo4j"])
def one_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    yield request.getfixturevalue(f"{request.param}_store")


@pytest.mark.embedded
@pytest.mark.neo4j
@pytest.mark.xdist_group("stores")
def test_a_file_of_ones_own_is_asked_of_either_store(one_store: Store, tmp_path: Path) -> None:
    address = one_store.address
    path = tmp_path / "mine.cypher"
    environment = {"NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}

    def asked(text: str, *more: str):  # type: ignore[no-untyped-def]
        path.write_text(f"// what I want to know\n{text}", encoding="utf-8")
        return run("query", "run", path, address.uri, "-f", "csv", *more, **environment)

    ran = asked(
        "MATCH (a:Actor {id: $who}) WHERE $n > 1 RETURN a.id AS id",
        "-P",
        "who=sdis-17",
        "-P",
        "n=2",
    )
    assert (ran.code, ran.out) == (0, "id\nsdis-17\n")
    nearest = asked("MATCH (a:Actor {id: $who}) RETURN a.id AS id", "-P", "who=sdis17")
    refused(nearest, "unknown id in actors.csv (-P who): 'sdis17'", "nearest: sdis-17")
    refused(asked("RETURN $who AS who"), f"{path}: 'who' is missing", "-P NAME=VALUE")
    refused(asked("CREATE (n:Foreign) RETURN n"), "would change the store; nothing was kept")
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n", encoding="utf-8")
    refused(asked(f"LOAD CSV FROM '{secret.as_uri()}' AS l RETURN l"), "LOAD CSV is refused")
    status = run(
        "query", "run", "who-provides-to-whom", address.uri, "-P", "status=activ", **environment
    )
    refused(status, "unknown value of status (-P status): 'activ'", "nearest: active")
    unknown = run("query", "run", "maturity", address.uri, "-P", "territory=Geneve", **environment)
    refused(unknown, "unknown id in territories.csv (-P territory): 'Geneve'", "nearest: geneve")


@pytest.mark.neo4j
def test_the_server_itself_refuses_to_write(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a statement not understood here, the access mode of the session would still hold."""
    from ecosystem.store import bolt

    monkeypatch.setattr(bolt, "outlives_rollback", lambda _: False)
    for statement in (
        "CREATE (n:Foreign)",
        "MATCH (n:Actor) CALL (n) { SET n.name = 'x' } IN TRANSACTIONS",
        "CREATE INDEX mine FOR (n:Actor) ON (n.name)",
    ):
        with pytest.raises(StoreError):
            neo4j_store.run(statement)
    assert neo4j_store.run("MATCH (n:Foreign) RETURN count(n) AS n")["n"].tolist() == [0]
