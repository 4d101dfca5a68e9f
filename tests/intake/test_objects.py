"""Tables of data frames, graphs and lists of edges; whatever takes tables takes these."""

from __future__ import annotations

import doctest
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import ecosystem
import ecosystem.intake.objects
from ecosystem.errors import DataError, EcosystemError
from ecosystem.measures.draws.resampling import Plan
from tests.toy import make_tables

EDGES = [("Ville", "Régie"), ("Régie", "Musée", 2), ("Ville", "Musée", 0.5)]


def pairs(tables: ecosystem.Tables) -> list[tuple[Any, ...]]:
    flows = tables["flows"]
    weights = flows["weight"].astype(object).where(flows["weight"].notna(), None)
    return sorted(zip(flows["provider"], flows["recipient"], weights, strict=True), key=str)


EXPECTED = [("regie", "musee", 2.0), ("ville", "musee", 0.5), ("ville", "regie", None)]


def test_examples_of_docstrings_run() -> None:
    failed, done = doctest.testmod(ecosystem.intake.objects)
    assert (failed, done >= 4) == (0, True)


def test_edges_frames_and_graphs_give_the_same_tables() -> None:
    assert pairs(ecosystem.from_edges(EDGES)) == EXPECTED
    frame = pd.DataFrame(
        [(*e, None)[:3] for e in EDGES], columns=["Qui donne ?", "À qui ?", "Poids"]
    )
    assert pairs(ecosystem.from_edges(frame)) == EXPECTED
    assert pairs(ecosystem.from_frames(flows=frame)) == EXPECTED
    G: nx.DiGraph[Any] = nx.DiGraph()
    for a, b, *weight in EDGES:
        G.add_edge(a, b, **({"weight": weight[0]} if weight else {}))
    assert pairs(ecosystem.from_networkx(G)) == EXPECTED
    g = igraph.Graph(directed=True)
    g.add_vertices(["Ville", "Régie", "Musée"])
    g.add_edges([(0, 1), (1, 2), (0, 2)], {"weight": [None, 2, 0.5]})
    assert pairs(ecosystem.from_igraph(g)) == EXPECTED
    study = ecosystem.Study.from_edges(EDGES, draws=0, permutations=0)
    assert study.network.row_weights is not None
    assert next(iter(study.brokers["id"])) == "regie"


def test_undirected_graphs_go_both_ways() -> None:
    assert len(ecosystem.from_networkx(nx.Graph([("A", "B")]))["flows"]) == 2
    assert len(ecosystem.from_edges([("A", "B")], directed=False)["flows"]) == 2
    assert len(ecosystem.from_igraph(igraph.Graph.Formula("A-B"))["flows"]) == 2


def test_frames_of_any_types_are_read() -> None:
    actors = pd.DataFrame({"Nom": ["Ville", "Régie"], "Secteur": pd.Categorical(["Public", "mixte"]),
                           "SIREN": [211703004, np.nan], "Effectif": [12.0, np.nan]})  # fmt: skip
    flows = pd.DataFrame({"De": ["Ville"], "À": ["Régie"], "Depuis": [pd.Timestamp("2021-03-04")]})
    tables = ecosystem.from_frames(actors=actors, flows=flows)
    assert tables["actors"]["sector"].tolist() == ["public", "mixed"]
    assert tables["actors"]["identifier"].tolist()[0] == "211703004"
    assert tables["flows"]["since"].tolist() == ["2021-03-04"]
    assert any(p.code == "repaired" for p in ecosystem.check(tables))
    assert actors["Secteur"].tolist() == ["Public", "mixte"]  # what is given is not changed


def test_what_must_be_decided_is_told_with_how_to_answer() -> None:
    flows = pd.DataFrame({"De": ["A1"], "Vers": ["B1"], "Statut": ["en discussion"]})
    with pytest.raises(DataError, match="'en discussion' in 1 cell") as error:
        ecosystem.from_frames(flows=flows)
    assert "answers={('code', 'flows.status', 'en discussion'): None}" in str(error.value)
    answers = {("code", "flows.status", "en discussion"): "planned"}
    assert ecosystem.from_frames(flows=flows, answers=answers)["flows"]["status"].tolist() == [
        "planned"
    ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ecosystem.from_frames(), "nothing is given"),
        (lambda: ecosystem.from_frames(people=pd.DataFrame()), "from_frames: people = DataFrame"),
        (lambda: ecosystem.from_edges([("A",)]), "edge 1 is neither a pair nor a triple"),
        (lambda: ecosystem.from_edges(["AB"]), "edge 1 is neither a pair nor a triple"),
    ],
)
def test_what_is_given_wrongly_is_told(call: Any, said: str) -> None:
    with pytest.raises(EcosystemError, match=said):
        call()


def test_what_takes_tables_takes_whatever_they_can_be_made_of(tmp_path: Any) -> None:
    (tmp_path / "flux.csv").write_text("De;Vers\nVille;Régie\nRégie;Musée\n")
    tables = ecosystem.from_edges([("Ville", "Régie"), ("Régie", "Musée")])
    study = ecosystem.Study(tables, draws=0, permutations=0)
    sources = (
        str(tmp_path), tmp_path / "flux.csv", tables, study, study.copy,
        nx.DiGraph([("Ville", "Régie"), ("Régie", "Musée")]), {"flows": tables["flows"].drop(columns="id")},
    )  # fmt: skip
    for source in sources:
        assert len(ecosystem.share_network(source).edges) == 2
        assert len(ecosystem.find_gaps(source)) > 0
        assert ecosystem.map(source).title
        assert len(ecosystem.rank_stability(source, draws=20)) == 3
        assert ecosystem.match_needs(source) == []


def test_weights_of_rows_count_unless_rows_are_to_be_counted() -> None:
    """By the heavy way a to b to d (1/10 + 1/10), not by the light one (1 + 1)."""
    flows = [
        {"id": f"{a}{b}", "provider": a, "recipient": b, "status": "active", "weight": w}
        for a, b, w in (("a", "b", 10.0), ("b", "d", 10.0), ("a", "c", 1.0), ("c", "d", None))
    ]
    tables = make_tables(actors=[{"id": x} for x in "abcd"], flows=flows)
    summed = ecosystem.MEASURES["betweenness"](ecosystem.share_network(tables))
    assert summed.to_dict() == {"a": 0, "b": 1, "c": 0, "d": 0}
    counted = ecosystem.MEASURES["betweenness"](ecosystem.share_network(tables, weight="count"))
    assert counted.to_dict() == {"a": 0, "b": 0.5, "c": 0.5, "d": 0}
    with pytest.raises(EcosystemError, match="unknown way to weigh: 'mean'"):
        ecosystem.share_network(tables, weight="mean")


def test_the_published_list_of_media_in_its_order() -> None:
    """Katya Ognyanova's example of media (17 actors, 52 rows), as stepthom/sandbox keeps it.

    The first five as networkx has them, with the weights of parallel rows added and a distance of 1 / weight.
    """
    from pathlib import Path

    path = Path(__file__).resolve().parents[1] / "data" / "media-edges.csv"
    rows = pd.read_csv(path)
    G: nx.DiGraph[Any] = nx.DiGraph()
    for (a, b), weight in rows.groupby(["from", "to"])["weight"].sum().items():
        if a != b:
            G.add_edge(a, b, weight=weight, distance=1 / weight)
    expected = pd.Series(
        nx.betweenness_centrality(G, weight="distance", normalized=False)
    ).sort_index()
    network = ecosystem.share_network(ecosystem.from_edges(rows[["from", "to", "weight"]]))
    ours = ecosystem.MEASURES["betweenness"](network).sort_index()
    pd.testing.assert_series_equal(
        ours, expected, check_names=False, check_index_type=False, check_dtype=False
    )
    first = ours.sort_values(ascending=False).head(5)
    assert first.to_dict() == {"s03": 120, "s04": 101, "s01": 75, "s17": 61, "s06": 60}
    count = ecosystem.share_network(
        ecosystem.from_edges(rows[["from", "to", "weight"]]), weight="count"
    )
    by_count = (
        ecosystem.MEASURES["betweenness"](count).sort_values(ascending=False).head(5).round(2)
    )
    assert by_count.to_dict() == {
        "s03": 125.5,
        "s04": 91.17,
        "s17": 58.5,
        "s12": 33.5,
        "s01": 32.33,
    }


def test_draws_drop_rows_with_what_they_weigh() -> None:
    tables = ecosystem.from_edges([("A", "B", 3), ("A", "B", 4), ("B", "C", 0.5)])
    network = ecosystem.share_network(tables)
    assert sorted(network.edges["weight"]) == [0.5, 7]
    assert network.conventions["weight"] == "sum of weights, an empty one counts 1"
    plan = Plan(network, ("in_strength",), ({},), "flows", 0.34, 1, frozenset())
    left = {tuple(sorted(plan._thinned(np.random.default_rng(i))[1].weight)) for i in range(40)}
    assert left == {
        (7.0,),
        (0.5, 3.0),
        (0.5, 4.0),
    }  # one row of three is dropped, with its own weight


def test_what_is_shown_in_a_notebook_is_escaped() -> None:
    tables = ecosystem.from_edges([("<script>alert(1)</script>", "B & C"), ("B & C", "D")])
    study = ecosystem.Study(tables, draws=0, permutations=0)
    for shown in (tables, study.network, study.findings):
        text = shown._repr_html_()  # type: ignore[attr-defined]
        assert "<table>" in text and "<script" not in text
    assert "&lt;script&gt;" in study.findings._repr_html_()  # type: ignore[attr-defined]
    assert "flows" in tables._repr_html_()
