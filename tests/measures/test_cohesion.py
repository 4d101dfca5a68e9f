"""Mixing, cores, communities, key players: closed forms, NetworkX, and every set tried."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import EcosystemError
from ecosystem.measures import MEASURES
from ecosystem.measures.coreperiphery import core_periphery_fit
from ecosystem.measures.currents import LARGEST
from ecosystem.measures.keyplayers import best_set
from ecosystem.measures.paths import betweenness_sampled
from ecosystem.networks.network import Network
from tests.toy import random_network, star, two_cliques


def statistics(measure: str, G: nx.Graph[str] | Network, **options: object) -> dict[str, float]:
    table = MEASURES[measure](G, **options)
    return dict(zip(table["statistic"], table["value"], strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_assortativity_equals_networkx(seed: int) -> None:
    G = random_network(seed)
    expected = nx.attribute_assortativity_coefficient(G, "sector")
    assert statistics("assortativity", G, draws=20)["assortativity"] == pytest.approx(expected)


def test_ei_index_by_hand() -> None:
    """x: a b c, y: d. Contacts a-b inside, a-d and b-d across: (2 - 1) / 3.

    Three contacts, three pairs inside, three across: from -1 to 1 possible, so rescaled alike.
    """
    G: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "d"), ("d", "b")])
    G.add_node("c")
    nx.set_node_attributes(G, {"a": "x", "b": "x", "c": "x", "d": "y"}, "sector")
    table = MEASURES["ei_index"](G).set_index("scope")
    assert table.loc["network", "ei"] == pytest.approx(1 / 3)
    assert table.loc["network", "ei_rescaled"] == pytest.approx(1 / 3)
    assert table.loc["x", ["internal", "external"]].tolist() == [1, 2]
    assert table.loc["y", "ei"] == 1
    actors = MEASURES["ei_actor"](G)
    assert actors[["a", "b", "d"]].tolist() == [0, 0, 1]
    assert np.isnan(actors["c"])


def test_ei_rescaled_reads_what_the_sizes_allow() -> None:
    """Groups of 2 and 1 and three contacts: one inside at most, two across at most; all are there.

    ei = (2 - 1) / 3 is both the least and the most possible: nothing to rescale.
    """
    G: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    nx.set_node_attributes(G, {"a": "x", "b": "x", "c": "y"}, "sector")
    table = MEASURES["ei_index"](G).set_index("scope")
    assert table.loc["network", "ei"] == pytest.approx(1 / 3)
    assert np.isnan(table.loc["network", "ei_rescaled"])
    assert table.loc["network", "expected"] == pytest.approx(1 / 3)
    assert table.loc["network", "p"] == 1


def test_silos_are_told_from_chance() -> None:
    G = two_cliques(6)
    nx.set_node_attributes(G, {v: v[0] for v in G}, "sector")
    table = MEASURES["ei_index"](G).set_index("scope")
    assert table.loc["network", "ei"] == pytest.approx((1 - 30) / 31)
    assert table.loc["network", "p"] <= 0.01
    assert statistics("assortativity", G)["p"] <= 0.01


def test_centralization_of_a_star_is_one_and_of_a_clique_zero() -> None:
    assert statistics("centralization", star(5))["betweenness"] == pytest.approx(1)
    clique = nx.complete_graph(5, create_using=nx.DiGraph)
    assert set(statistics("centralization", clique).values()) == {0}
    inward = nx.DiGraph([(i, "hub") for i in range(4)])
    assert statistics("centralization", inward)["in_degree"] == pytest.approx(1)


def test_density_and_what_stays_when_networks_grow() -> None:
    found = statistics("density", star(4))
    assert found["density"] == pytest.approx(8 / 20)
    assert found["exchanges_per_actor"] == pytest.approx(8 / 5)


def test_connectedness_and_components() -> None:
    G: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("d", "e")])
    found = statistics("connectedness", G)
    assert found["connectedness"] == pytest.approx((3 * 2 + 2) / 20)
    assert found["fragmentation"] == pytest.approx(1 - 8 / 20)
    assert [found["components"], found["strong_components"]] == [2, 3]


def test_an_ideal_core_is_found() -> None:
    """A clique of four, each with two satellites of its own: the ideal pattern, correlation 1."""
    G: nx.DiGraph[str] = nx.DiGraph(nx.complete_graph(list("abcd"), create_using=nx.DiGraph))
    for v in "abcd":
        G.add_edges_from([(v, f"{v}1"), (f"{v}2", v)])
    assert statistics("core_periphery", G)["fit"] == pytest.approx(1)
    assert MEASURES["in_core"](G)[lambda s: s == 1].index.tolist() == list("abcd")
    assert set(MEASURES["in_core"](G)) == {0, 1}


def test_equally_good_cores_are_all_counted() -> None:
    """A star of five leaves: its hub is in each of the five best cores, of two, each leaf in one."""
    share = MEASURES["in_core"](star(5))
    assert share["hub"] == 1
    assert share.drop("hub").tolist() == [pytest.approx(1 / 5)] * 5
    assert statistics("core_periphery", star(5))["equally_good_cores"] == 5
    many = MEASURES["in_core"](star(30))  # found by exchanging actors
    assert many["hub"] == 1
    assert many.drop("hub").tolist() == [pytest.approx(1 / 30)] * 30
    assert MEASURES["in_core"](star(600)).drop("hub").isna().all()  # too many to look at


def test_turning_all_flows_round_changes_no_undirected_result() -> None:
    for seed in range(20):
        G = random_network(seed, n=16, p=0.12)
        for name in ("in_core", "community"):
            pd.testing.assert_series_equal(MEASURES[name](G), MEASURES[name](G.reverse()))


def _best_core(G: nx.Graph[int]) -> float:
    """The best fit over all cores of two or more, by NumPy's correlation."""
    A = nx.to_numpy_array(G)
    n = len(G)
    fits = []
    for size in range(2, n):
        for core in combinations(range(n), size):
            inside = np.isin(range(n), core)
            pairs = [(i, j) for i, j in combinations(range(n), 2) if inside[i] == inside[j]]
            x = np.array([A[i, j] for i, j in pairs])
            y = np.array([float(inside[i]) for i, _ in pairs])
            if x.std() and y.std():
                fits.append(np.corrcoef(x, y)[0, 1])
    return float(max(fits))


def test_the_core_of_a_small_network_is_the_best_of_all() -> None:
    """Thirty networks of eight actors, each with 247 cores, by NumPy's correlation."""
    for seed in range(30):
        G = nx.gnp_random_graph(8, 0.4, seed=seed)
        assert core_periphery_fit(Network.wrap(G)).fit == pytest.approx(_best_core(G))


def test_the_search_finds_nearly_always_the_best_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on networks too large to try every core: never better, and equal in nine of ten."""
    best = [core_periphery_fit(Network.wrap(_random(seed))).fit for seed in range(30)]
    monkeypatch.setattr("ecosystem.measures.coreperiphery.ALL_UP_TO", 2)
    found = [core_periphery_fit(Network.wrap(_random(seed))).fit for seed in range(30)]
    assert all(a <= b + 1e-9 for a, b in zip(found, best, strict=True))
    assert sum(a >= b - 1e-9 for a, b in zip(found, best, strict=True)) >= 27


def _random(seed: int) -> nx.Graph[int]:
    return nx.gnp_random_graph(12, 0.35, seed=seed)


def test_key_players_of_a_textbook_graph() -> None:
    """Two stars joined by a bridge: the two hubs leave no pair linked; each alone does not."""
    G: nx.DiGraph[str] = nx.DiGraph()
    for hub in "hk":
        G.add_edges_from((hub, f"{hub}{i}") for i in range(4))
    G.add_edge("h", "k")
    table = MEASURES["key_players_negative"](G, k=2)
    assert set(table["id"]) == {"h", "k"}
    assert table["score"].tolist() == [1.0, 1.0]
    assert table["method"].tolist() == ["exhaustive"] * 2
    assert table["sets_as_good"].tolist() == [1, 1]
    # h reaches its leaves and k at one step, k's leaves at two; with k: all at one step
    reach = MEASURES["key_players_positive"](G, k=2)
    assert set(reach["id"]) == {"h", "k"}
    assert reach["score"].iloc[0] == pytest.approx(1)
    alone = MEASURES["key_players_positive"](G, k=1)
    assert alone["id"].tolist() == ["h"]
    assert alone["score"].iloc[0] == pytest.approx((1 + 5 + 4 / 2) / 10)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("measure", ["key_players_negative", "key_players_positive"])
def test_the_greedy_search_finds_what_trying_all_finds(
    seed: int, measure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network.wrap(random_network(seed, n=14, p=0.15))
    whole = MEASURES[measure](network, k=3)
    assert whole["method"].iloc[0] == "exhaustive"
    monkeypatch.setattr("ecosystem.measures.keyplayers.EXHAUSTIVE_UP_TO", 0)
    greedy = MEASURES[measure](network, k=3)
    assert greedy["method"].iloc[0] == "greedy"
    assert greedy["score"].iloc[0] == pytest.approx(whole["score"].iloc[0])
    assert greedy["sets_as_good"].isna().all()


def test_the_best_set_is_not_the_set_of_the_best() -> None:
    """Values that overlap: 0 and 1 are best alone, 0 and 2 are best together."""
    covers = [{1, 2, 3, 4}, {1, 2, 3}, {5, 6}]
    best = best_set(3, 2, lambda chosen: len(set().union(*(covers[i] for i in chosen))))
    assert best.actors == (0, 2)
    assert best.score == 6


@pytest.mark.parametrize("k", [0, 9])
def test_a_k_that_leaves_nobody_is_an_error(k: int) -> None:
    with pytest.raises(EcosystemError, match="the network has 7"):
        MEASURES["key_players_negative"](star(6), k=k)


def test_communities_and_how_far_seeds_agree() -> None:
    found = statistics("community_structure", two_cliques(5))
    assert found["communities"] == 2
    assert found["agreement"] == 1
    # 20 + 20 + 1 edges of weight 1 both ways counted: Q by its definition
    G = nx.Graph()
    for a, b in two_cliques(5).edges:
        G.add_edge(a, b, weight=G.get_edge_data(a, b, {}).get("weight", 0) + 1)
    parts = [{v for v in G if v[0] == side} for side in "ab"]
    assert found["modularity"] == pytest.approx(nx.community.modularity(G, parts))


def test_sampled_betweenness_tells_its_error() -> None:
    """60 of 200 sources: within four of its own standard errors for nine actors in ten."""
    G = nx.gnp_random_graph(200, 0.03, seed=4, directed=True)
    exact = MEASURES["betweenness"](G)
    found = betweenness_sampled(Network.wrap(G), sources=60, seed=3)
    assert (found["sources"] == 60).all()
    off = (found["betweenness_sampled"] - exact).abs() / found["standard_error"]
    assert (off[exact > 0] <= 4).mean() >= 0.9
    assert np.corrcoef(found["betweenness_sampled"], exact)[0, 1] > 0.8
    whole = betweenness_sampled(Network.wrap(G), sources=200)
    np.testing.assert_allclose(whole["betweenness_sampled"], exact)
    assert (whole["standard_error"] == 0).all()


def test_current_flow_refuses_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecosystem.measures.currents.LARGEST", 4)
    with pytest.raises(EcosystemError, match="up to 4 connected actors; there are 7"):
        MEASURES["current_flow_betweenness"](star(6))
    assert LARGEST == 5_000


@pytest.mark.parametrize("seed", range(4))
def test_ego_model_is_the_whole_model_of_the_ego_network(seed: int) -> None:
    """What an actor gets in the ego model is what it gets when only its circle exists."""
    G = random_network(seed, n=18)
    for name in ("constraint", "effective_size", "efficiency", "hierarchy"):
        found = MEASURES[name](G, model="ego")
        for v in G:
            circle = {v, *G.predecessors(v), *G.successors(v)}
            alone = MEASURES[name](G.subgraph(circle))[v]
            np.testing.assert_allclose(found[v], alone, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("seed", range(4))
def test_hierarchy_equals_its_definition(seed: int) -> None:
    G = random_network(seed, n=18)
    z = {(a, b): G.get_edge_data(a, b, {}).get("weight", 0) + G.get_edge_data(b, a, {}).get("weight", 0)
         for a in G for b in G if a != b}  # fmt: skip
    total = {v: sum(z[v, u] for u in G if u != v) for v in G}
    found = MEASURES["hierarchy"](G)
    for i in G:
        contacts = [j for j in G if j != i and z[i, j]]
        if len(contacts) < 2:
            assert np.isnan(found[i])
            continue
        p = {(a, b): z[a, b] / total[a] for a in G for b in G if a != b and total[a]}
        c = {
            j: (p[i, j] + sum(p[i, q] * p[q, j] for q in contacts if q != j)) ** 2 for j in contacts
        }
        mean = sum(c.values()) / len(contacts)
        told = sum(x / mean * np.log(x / mean) for x in c.values())
        assert found[i] == pytest.approx(told / (len(contacts) * np.log(len(contacts))), abs=1e-12)
