"""What others added to a store stays; what goes is said before it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.audience import redact
from ecosystem.errors import StoreError
from ecosystem.store.bolt import Store, _run
from ecosystem.store.writing import Change
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables

pytestmark = pytest.mark.xdist_group("stores")

BEFORE = {
    "territories": "id,name\nt,Town\nu,Other town\n",
    "actors": "id,name,territory,sector,own\na,Alpha,t,public,x\nb,Beta,t,,\nc,Gamma,t,,y\n",
    "datasets": "id,title,holder\nd,Data,a\n",
    "flows": "id,provider,recipient,dataset,status\nf,a,b,d,active\ng,c,b,,active\n",
    "ties": "id,from,to,kind\nx,a,b,partnership\n",
}
AFTER = BEFORE | {
    "actors": "id,name,territory,sector\na,Alpha renamed,t,\nb,Beta,t,public\nc,Gamma,t,\n",
    "ties": "id,from,to\nx,a,b\n",
}
WITHOUT_C = AFTER | {
    "actors": "id,name,territory,sector\na,Alpha renamed,t,\nb,Beta renamed,u,\n",
    "flows": "id,provider,recipient,dataset,status\nf,a,b,d,active\n",
}

ADDED = (
    "MATCH (a:Actor {id: 'a'}) SET a.mine = 'years of work', a:Partner",
    "MATCH (a:Actor {id: 'c'}) CREATE (a)<-[:KNOWS {since: 2020}]-(:Foreign {id: 'person'})",
    # As a load would tie them: the source does not say so.
    "MATCH (b:Actor {id: 'b'}), (u:Territory {id: 'u'}) CREATE (b)-[:IN]->(u)",
    "MATCH (b:Actor {id: 'b'}), (d:Dataset {id: 'd'}) CREATE (b)-[:HOLDS {mine: true}]->(d)",
    "MATCH (b:Actor {id: 'b'}), (a:Actor {id: 'a'}) CREATE (b)-[:TIED_TO {mine: true}]->(a)",
    "MATCH (:Actor)-[r:TIED_TO {id: 'x'}]->(:Actor) SET r.mine = true",
)
LEFT = {
    "MATCH (a:Partner) RETURN a.mine AS x": ["years of work"],
    "MATCH (:Foreign)-[r:KNOWS]->(a:Actor) RETURN a.id + r.since AS x": ["c2020"],
    "MATCH (b:Actor {id: 'b'})-[:IN]->(t) RETURN t.id AS x ORDER BY x": ["t", "u"],
    "MATCH (b:Actor)-[r:HOLDS]->(d) WHERE r.mine RETURN b.id + d.id AS x": ["bd"],
    "MATCH (b)-[r:TIED_TO]->(a) WHERE r.mine RETURN b.id + a.id AS x ORDER BY x": ["ab", "ba"],
}


def made(folder: Path, files: dict[str, str]) -> Tables:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_tables(folder)


@pytest.fixture
def before_after(tmp_path: Path) -> list[Tables]:
    return [made(tmp_path / str(i), files) for i, files in enumerate((BEFORE, AFTER, WITHOUT_C))]


def add(store: Store) -> None:
    with store._driver.session() as session:
        for statement in ADDED:
            session.execute_write(_run, statement)


def left(store: Store) -> dict[str, list[object]]:
    return {question: store.run(question, columns=["x"])["x"].tolist() for question in LEFT}


def test_what_others_added_survives_a_load_and_is_never_lost_unsaid(
    store: Store, before_after: list[Tables]
) -> None:
    before, after, without = before_after
    store.load(before, discard=True)
    add(store)
    assert left(store) == LEFT
    assert store.read().equals(before), "what is not ours is not read"
    for tables in (before, after):
        store.load(tables)
        assert left(store) == LEFT
        assert store.read().equals(tables)
    gone = "MATCH (a:Actor {id: 'a'}) RETURN a.own AS own, a.sector AS sector"
    assert store.run(gone).isna().all(axis=None), "what the source no longer says goes"

    said: list[str] = []
    foretold = store.preview(without)
    with pytest.raises(StoreError, match=r"somebody added.*\n  actors c: -\[:KNOWS\]-") as caught:
        store.load(without, say=lambda words: said.append(words.en))
    assert "--discard" in str(caught.value)
    assert [str(each) for each in foretold.lost] == ["actors c: -[:KNOWS]-"]
    assert Change("actors", 0, 1, 1, 1) in foretold.tables
    assert Change("flows", 0, 0, 1, 1) in foretold.tables
    assert said == []
    assert (left(store), store.read().equals(after)) == (LEFT, True), "nothing was changed"

    store.load(without, discard=True, say=lambda words: said.append(words.en))
    assert said == ["removes what the source no longer has: 1 actors, 1 flows"]
    assert store.read().equals(without)
    knows = "MATCH (:Foreign)-[r:KNOWS]->(a:Actor) RETURN a.id + r.since AS x"
    within = "MATCH (b:Actor {id: 'b'})-[:IN]->(t) RETURN t.id AS x ORDER BY x"
    assert left(store) == LEFT | {knows: [], within: ["u"]}
    assert store.run("MATCH (n:Foreign) RETURN n.id AS x")["x"].tolist() == ["person"]


def test_what_an_earlier_version_loaded_is_read_and_replaced(
    store: Store, before_after: list[Tables]
) -> None:
    """Its relationships bear no mark: all of a kind that loads write are taken for its own."""
    before, _, without = before_after
    store.load(before, discard=True)

    def unmark(tx: object) -> None:
        tx.run("MATCH ()-[r]->() WHERE r._loaded SET r._loaded = null").consume()  # type: ignore[attr-defined]
        tx.run("MATCH (n:Load) SET n.marked = null").consume()  # type: ignore[attr-defined]

    with store._driver.session() as session:
        session.execute_write(unmark)
    assert store.read().equals(before)
    assert store.preview(without).lost == ()
    store.load(without)
    assert store.read().equals(without)
    ties = store.run("MATCH (:Actor {id: 'b'})-[:IN]->(t) RETURN t.id AS t")
    assert ties["t"].tolist() == ["u"]


def test_a_preview_writes_nothing(
    store: Store, shipped_tables: Tables, before_after: list[Tables]
) -> None:
    def everything() -> object:
        found = store.run("MATCH (n) RETURN n.id AS id, properties(n) AS p ORDER BY id, p._row")
        return found.to_numpy().tolist()

    as_it_was = everything()
    changes = {each.table: each for each in store.preview(before_after[0]).tables}
    assert changes["actors"] == Change("actors", 3, 0, 190, 0)  # README of the data: 190 actors
    assert changes["flows"] == Change("flows", 2, 0, 275, 0)
    same = store.preview(shipped_tables).tables
    assert {each.same for each in same if each.table == "actors"} == {190}
    assert not any(each.added or each.changed or each.removed for each in same)
    assert everything() == as_it_was


def test_a_visibility_set_in_the_graph_counts(
    embedded_store: Store, shipped_tables: Tables, before_after: list[Tables]
) -> None:
    """Whoever hides a row there, where the source has no such column, must not see it in a copy."""
    try:
        embedded_store.load(before_after[1], discard=True)
        with embedded_store._driver.session() as session:
            for statement in (
                "MATCH (a:Actor {id: 'c'}) SET a.visibility = 'internal'",
                "MATCH (:Actor)-[r:TIED_TO {id: 'x'}]->(:Actor) SET r.visibility = 'partners'",
            ):
                session.execute_write(_run, statement)
        copy = redact(embedded_store.read(), "public").tables
        assert copy["actors"]["id"].tolist() == ["a", "b"]
        assert copy["flows"][["provider", "recipient"]].to_numpy().tolist() == [["a", "b"]]
        assert copy["ties"].empty
        assert len(redact(embedded_store.read(), "partners").tables["ties"]) == 1
    finally:
        embedded_store.load(shipped_tables, discard=True)
