"""Measures: equal to R `sna`, to NetworkX, and to what paper says on textbook graphs."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.calls import brokers
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.measures import MEASURES
from ecosystem.measures.brokerage import brokerage_roles
from ecosystem.measures.registry import named
from ecosystem.measures.roles import ROLES
from ecosystem.networks.network import Edges, Network, share_network
from ecosystem.ranking.sentences import role_words, told
from ecosystem.ranking.table import measured
from ecosystem.tables.frames import Tables
from tests.toy import chain, make_tables, random_network, ring, star, two_cliques

REFERENCE = Path(__file__).parents[1] / "reference" / "sna15"
"""15 actors drawn by R 4.2.2, measured by sna 2.7.1: see make_reference.R there."""

SEEDS = range(6)

ACTOR_MEASURES = [name for name, measure in MEASURES.items() if measure.of == "actor"]
LABELS = {name for name in ACTOR_MEASURES if MEASURES[name].nominal}


@pytest.fixture(scope="module")
def sna15() -> Network:
    nodes = pd.read_csv(REFERENCE / "nodes.csv")
    G: nx.DiGraph[str] = nx.DiGraph()
    for node, group in nodes.itertuples(index=False):
        G.add_node(node, sector=group)
    G.add_edges_from(pd.read_csv(REFERENCE / "edges.csv").itertuples(index=False, name=None))
    return Network.wrap(G)


def reference(file: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / file).set_index("id")


@pytest.mark.parametrize(
    ("file", "suffix"),
    [
        ("gf_raw.csv", ""),
        ("gf_expected.csv", "_expected"),
        ("gf_sd.csv", "_sd"),
        ("gf_z.csv", "_z"),
    ],
)
def test_roles_equal_r_sna(sna15: Network, file: str, suffix: str) -> None:
    expected = reference(file)
    found = brokerage_roles(sna15)[[role + suffix for role in ROLES]]
    assert list(expected.columns) == ["w_I", "w_O", "b_IO", "b_OI", "b_O", "t"]
    np.testing.assert_allclose(found.to_numpy(), expected.to_numpy(), atol=1e-8, rtol=0)


@pytest.mark.parametrize(
    ("column", "measure"),
    [
        ("betw_directed", "betweenness"),
        ("betw_endpoints", "betweenness_endpoints"),
        ("cutpoint_strong", "articulation_point_strong"),
        ("indeg", "in_degree"),
        ("outdeg", "out_degree"),
        ("cutpoint_weak", "articulation_point"),
        ("kcore", "core_number"),
    ],
)
def test_node_measures_equal_r_sna(sna15: Network, column: str, measure: str) -> None:
    expected = reference("node_measures.csv")[column]
    found = MEASURES[measure](sna15).reindex(expected.index)
    np.testing.assert_allclose(found.astype(float), expected.astype(float), atol=1e-8, rtol=0)


def test_undirected_betweenness_equals_r_sna(sna15: Network) -> None:
    """R symmetrized it ("weak"): a pair counts once, whether one or both directions are there."""
    expected = reference("node_measures.csv")["betw_undirected"]
    found = MEASURES["betweenness_undirected"](nx.Graph(sna15.networkx)).reindex(expected.index)
    np.testing.assert_allclose(found, expected, atol=1e-8, rtol=0)


def test_measures_of_the_network_equal_r_sna(sna15: Network) -> None:
    lines = (REFERENCE / "graph_measures.txt").read_text(encoding="utf-8").splitlines()
    expected = {name: float(value) for name, value in (line.split() for line in lines)}

    def statistic(measure: str, name: str) -> float:
        return float(MEASURES[measure](sna15).set_index("statistic")["value"][name])

    found = {
        "density": statistic("density", "density"),
        "recip_edgewise": statistic("reciprocity", "edgewise"),
        "recip_dyadic": statistic("reciprocity", "dyadic"),
        "centralization_outdegree": statistic("centralization", "out_degree"),
        "centralization_betweenness_directed": statistic("centralization", "betweenness"),
        "centralization_betweenness_undirected": statistic(
            "centralization", "betweenness_undirected"
        ),
        "connectedness": statistic("connectedness", "connectedness"),
    }
    assert set(expected) - set(found) == {"hierarchy_krackhardt"}  # not a measure of ours
    for name, value in found.items():
        assert value == pytest.approx(expected[name], abs=1e-8), name


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_to_networkx_on_random_networks(seed: int) -> None:
    """Directed, weighted, with isolates and reciprocal edges."""
    G = random_network(seed)
    undirected = nx.Graph(G.to_undirected())
    # exact distances: as floats, 1/3 + 2/3 and 1/2 + 1/2 would not be equal paths for NetworkX
    exact = G.copy()
    for _, _, facts in exact.edges(data=True):
        facts["distance"] = Fraction(1, facts["weight"])
    mutual: nx.Graph[str] = nx.Graph()
    mutual.add_nodes_from(G)
    for a, b, facts in G.edges(data=True):
        known = mutual.get_edge_data(a, b, {}).get("weight", 0)
        mutual.add_edge(a, b, weight=known + facts["weight"])
    for _, _, facts in mutual.edges(data=True):
        facts["distance"] = Fraction(1, facts["weight"])
    reach = {v: len(nx.descendants(G, v)) + len(nx.ancestors(G, v)) for v in G}
    between = nx.betweenness_centrality(exact, weight="distance", normalized=False)
    strong = [set(part) for part in nx.strongly_connected_components(G)]
    expected = {
        "in_degree": dict(G.in_degree()),
        "out_degree": dict(G.out_degree()),
        "in_strength": dict(G.in_degree(weight="weight")),
        "out_strength": dict(G.out_degree(weight="weight")),
        "betweenness": between,
        "betweenness_endpoints": {v: between[v] + reach[v] for v in G},
        "betweenness_undirected": nx.betweenness_centrality(
            mutual, weight="distance", normalized=False
        ),
        "betweenness_sampled": between,
        "harmonic_in": nx.harmonic_centrality(G),
        "harmonic_out": nx.harmonic_centrality(G.reverse()),
        "pagerank": nx.pagerank(G, weight="weight", tol=1e-13, max_iter=1000),
        "current_flow_betweenness": {
            v: value
            for part in nx.connected_components(mutual)
            for v, value in (
                nx.current_flow_betweenness_centrality(
                    mutual.subgraph(part), normalized=False, weight="weight"
                )
                if len(part) > 2
                else dict.fromkeys(part, 0.0)
            ).items()
        },
        "constraint": nx.constraint(G, weight="weight"),
        "core_number": nx.core_number(undirected),
        "articulation_point": {v: v in set(nx.articulation_points(undirected)) for v in G},
        "articulation_point_strong": {
            v: _parts_without(G, v) > len(strong) - ({v} in strong) for v in G
        },
        "bridges": {v: sum(v in e for e in nx.bridges(undirected)) for v in G},
        "pairs_parted": {v: _linked(undirected, v)[0] for v in G},
        "fragmentation": {v: 1 - _linked(undirected, v)[1] / math.comb(len(G) - 1, 2) for v in G},
        "fragmentation_distance": {v: _far(undirected, v) for v in G},
    }
    for name, values in expected.items():
        found = MEASURES[name](G)
        np.testing.assert_allclose(
            found.astype(float),
            pd.Series(values).reindex(found.index).astype(float),
            atol=1e-9, err_msg=name,
        )  # fmt: skip


def _parts_without(G: nx.DiGraph[str], v: str) -> int:
    return nx.number_strongly_connected_components(G.subgraph(set(G) - {v}))


def _linked(G: nx.Graph[str], v: str) -> tuple[int, int]:
    """Pairs of others that v keeps linked, and pairs of others still linked without it."""
    after = sum(math.comb(len(c), 2) for c in nx.connected_components(G.subgraph(set(G) - {v})))
    before = sum(math.comb(len(c - {v}), 2) for c in nx.connected_components(G))
    return before - after, after


def _far(G: nx.Graph[str], v: str) -> float:
    """Borgatti's distance-weighted F without v, from its definition."""
    rest = G.subgraph(set(G) - {v})
    near = sum(
        1 / d
        for _, lengths in nx.all_pairs_shortest_path_length(rest)
        for d in lengths.values()
        if d
    )
    return 1 - near / (len(rest) * (len(rest) - 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_effective_size_equals_burts_definition(seed: int) -> None:
    """The double loop of Burt (1992), since NetworkX 3.6 is wrong on directed or weighted graphs."""
    G = random_network(seed, n=18)
    z = {(a, b): G.get_edge_data(a, b, {}).get("weight", 0) + G.get_edge_data(b, a, {}).get("weight", 0)
         for a in G for b in G if a != b}  # fmt: skip
    found = MEASURES["effective_size"](G)
    for i in G:
        contacts = [j for j in G if j != i and z[i, j]]
        if not contacts:
            assert math.isnan(found[i])
            continue
        total = sum(z[i, k] for k in contacts)
        size = 0.0
        for j in contacts:
            top = max(z[j, k] for k in G if k != j)
            size += 1 - sum(z[i, q] / total * z[j, q] / top for q in G if q not in (i, j))
        assert found[i] == pytest.approx(size, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_roles_equal_a_count_by_hand(seed: int) -> None:
    """Every triple i -> j -> k is looked at, one by one."""
    G = random_network(seed, n=16, p=0.25)
    group = nx.get_node_attributes(G, "sector")
    counts = {node: dict.fromkeys(ROLES, 0) for node in G}
    for j in G:
        for i in G.predecessors(j):
            for k in G.successors(j):
                if i == k or G.has_edge(i, k):
                    continue
                a, b, c = group[i], group[j], group[k]
                if a == b == c:
                    role = "coordinator"
                elif a == c:
                    role = "itinerant"
                elif a == b:
                    role = "representative"
                elif b == c:
                    role = "gatekeeper"
                else:
                    role = "liaison"
                counts[j][role] += 1
                counts[j]["brokerage"] += 1
    found = brokerage_roles(Network.wrap(G))[list(ROLES)]
    pd.testing.assert_frame_equal(
        found, pd.DataFrame(counts).T.rename_axis("id"), check_dtype=False, check_index_type=False
    )


def test_expectations_of_roles_agree_with_simulation() -> None:
    """4,000 random networks of given density: mean and deviation within four standard errors."""
    rng = np.random.default_rng(7)
    groups = ["a"] * 4 + ["b"] * 3 + ["c"]
    n, edges, draws = len(groups), 20, 4000
    expected = None
    totals = []
    for _ in range(draws):
        G: nx.DiGraph[int] = nx.DiGraph()
        for i, g in enumerate(groups):
            G.add_node(i, sector=g)
        present = rng.random((n, n)) < edges / (n * (n - 1))
        G.add_edges_from((i, j) for i in range(n) for j in range(n) if i != j and present[i, j])
        totals.append(brokerage_roles(Network.wrap(G))[list(ROLES)].to_numpy())
        if expected is None and G.number_of_edges() == edges:
            expected = brokerage_roles(Network.wrap(G))
    assert expected is not None
    samples = np.array(totals)
    mean = expected[[f"{r}_expected" for r in ROLES]].to_numpy()
    sd = expected[[f"{r}_sd" for r in ROLES]].to_numpy()
    error = samples.std(axis=0) / math.sqrt(draws)
    assert (np.abs(samples.mean(axis=0) - mean) <= 4 * error + 1e-12).all()
    possible = sd > 0
    np.testing.assert_allclose(samples.std(axis=0)[possible], sd[possible], rtol=0.1)


def test_star() -> None:
    """n leaves: the hub is on every path between two leaves, n(n-1) of them; contacts do not meet."""
    n = 6
    G = star(n)
    assert MEASURES["betweenness"](G)["hub"] == n * (n - 1)
    assert MEASURES["constraint"](G)["hub"] == pytest.approx(1 / n)
    assert MEASURES["effective_size"](G)["hub"] == pytest.approx(n)
    assert MEASURES["efficiency"](G)["hub"] == pytest.approx(1)
    assert MEASURES["hierarchy"](G)["hub"] == pytest.approx(0)  # every leaf alike
    assert math.isnan(MEASURES["hierarchy"](G)["leaf0"])  # one contact
    assert MEASURES["pairs_parted"](G)["hub"] == n * (n - 1) / 2
    assert MEASURES["fragmentation"](G)[["hub", "leaf0"]].tolist() == [1, 0]
    assert MEASURES["current_flow_betweenness"](G)["hub"] == pytest.approx(n * (n - 1) / 2)
    # every leaf at one step from the hub, the others at two
    assert MEASURES["harmonic_in"](G)[["hub", "leaf0"]].tolist() == [n, 1 + (n - 1) / 2]
    assert MEASURES["constraint"](G)["leaf0"] == 1
    assert MEASURES["articulation_point"](G).to_dict() == {
        "hub": True,
        **{f"leaf{i}": False for i in range(n)},
    }
    assert MEASURES["bridges"](G)["hub"] == n
    assert set(MEASURES["core_number"](G)) == {1}


def test_chain() -> None:
    """Actor i of n is between i before and n-1-i after."""
    n = 7
    found = MEASURES["betweenness"](chain(n))
    assert found.tolist() == [i * (n - 1 - i) for i in range(n)]
    assert MEASURES["bridges"](chain(n)).tolist() == [1, *[2] * (n - 2), 1]


def test_ring() -> None:
    """Each of n actors lies inside (n-1)(n-2)/2 of the directed shortest paths of a ring."""
    n = 8
    assert set(MEASURES["betweenness"](ring(n))) == {(n - 1) * (n - 2) / 2}
    assert not MEASURES["articulation_point"](ring(n)).any()
    assert set(MEASURES["core_number"](ring(n))) == {2}


def test_two_cliques_and_a_bridge() -> None:
    n = 4
    G = two_cliques(n)
    between = MEASURES["betweenness"](G)
    # a0: from the n-1 others of its clique to the n of the other; the reverse has no path
    assert between["a0"] == between["b0"] == (n - 1) * n
    assert MEASURES["articulation_point"](G)[lambda s: s].index.tolist() == ["a0", "b0"]
    assert MEASURES["bridges"](G)[["a0", "b0", "a1"]].tolist() == [1, 1, 0]


def test_stronger_ties_are_shorter() -> None:
    """a -> c costs 1, a -> b -> c costs 1/4 + 1/4: the strong detour is the shortest path."""
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_weighted_edges_from([("a", "c", 1), ("a", "b", 4), ("b", "c", 4)])
    assert MEASURES["betweenness"](G)["b"] == 1


EMPTY: nx.DiGraph[str] = nx.DiGraph()
ALONE: nx.DiGraph[str] = nx.DiGraph()
ALONE.add_node("a", sector="public")
LOOP: nx.DiGraph[str] = nx.DiGraph([("a", "a"), ("a", "b")])
APART: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("c", "d")])
SILENT: nx.DiGraph[str] = nx.DiGraph()
SILENT.add_nodes_from("abc")
MULTI: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "c")])


def with_sector(G: nx.DiGraph[str]) -> Network:
    """The network, every actor in one group."""
    H = G.copy()
    nx.set_node_attributes(H, "public", "sector")
    network = Network.wrap(H)
    if not len(H):
        network.actors["sector"] = pd.Series(dtype="str")
    return network


ODD = pytest.mark.parametrize(
    "G",
    [EMPTY, ALONE, LOOP, APART, MULTI, SILENT],
    ids=["empty", "one", "loop", "apart", "multi", "no-edge"],
)
ISOLATED = {"0": 0.0, "false": 0.0, "not defined": math.nan}
"""What definition cards say of isolates, as a value; other words are checked elsewhere."""


@ODD
@pytest.mark.parametrize("name", ACTOR_MEASURES)
def test_every_measure_of_actors_survives_odd_networks(name: str, G: nx.DiGraph[str]) -> None:
    found = MEASURES[name](with_sector(G))
    assert list(found.index) == list(G)
    assert found.name == name
    if name in LABELS:
        assert found.notna().all()
        return
    assert not np.isinf(found.astype(float)).any()
    said = MEASURES[name].isolates.en
    for v in [v for v in G if G.degree(v) == 0]:
        if said in ISOLATED:
            np.testing.assert_equal(float(found[v]), ISOLATED[said])
        else:
            assert said in ("the smallest share", "like the others"), name
            assert found[v] == found.min() or math.isnan(found[v])


@ODD
@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if m.of == "network"])
def test_every_measure_of_the_network_survives_odd_networks(name: str, G: nx.DiGraph[str]) -> None:
    table = MEASURES[name](with_sector(G))
    assert len(table)
    numbers = table.select_dtypes("number")
    assert len(numbers.columns)
    assert not np.isinf(numbers.to_numpy(dtype=float)).any()


@ODD
@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if m.of == "set"])
def test_a_set_that_cannot_be_chosen_is_an_error(name: str, G: nx.DiGraph[str]) -> None:
    with pytest.raises(EcosystemError, match="1 to n − 2 actors"):
        MEASURES[name](G, k=max(len(G) - 1, 2))


@ODD
def test_the_broker_table_survives_odd_networks(G: nx.DiGraph[str]) -> None:
    table = measured(with_sector(G))
    assert sorted(table["id"]) == sorted(G)
    assert table["rank"].notna().sum() == (G is MULTI)


@pytest.mark.parametrize("name", list(MEASURES))
def test_every_measure_has_a_whole_card(name: str) -> None:
    card = MEASURES[name]
    for label in (card.label, card.reading, card.direction, card.weight, card.isolates, card.unit):
        assert label.fr.strip()
        assert label.en.strip()
    assert card.formula
    assert "doi:" in card.reference
    assert card.compute.__doc__


def renamed(G: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The same network under other names, its rows in another order."""
    H: nx.DiGraph[str] = nx.DiGraph()
    H.add_nodes_from((f"new-{v}", G.nodes[v]) for v in sorted(G, reverse=True))
    H.add_edges_from((f"new-{a}", f"new-{b}", d) for a, b, d in reversed(list(G.edges(data=True))))
    return H


@pytest.mark.parametrize("name", list(MEASURES))
def test_renaming_and_reordering_actors_changes_no_value(name: str) -> None:
    G = random_network(3)
    # permutations are dealt out by row: their draws differ, what is observed does not
    options = {"draws": 0} if "draws" in MEASURES[name].options else {}
    before = MEASURES[name].table(G, **options)
    after = MEASURES[name].table(renamed(G), **options)
    if MEASURES[name].of == "set":
        # of the sets that are equally good, one is told
        assert before["score"].tolist() == pytest.approx(after["score"].tolist())
        assert before["sets_as_good"].tolist() == after["sets_as_good"].tolist()
        return
    if MEASURES[name].of == "actor":
        after = after.set_index("id").loc[[f"new-{v}" for v in before["id"]]]
        before = before.set_index("id")
    if name == "community":  # the same circles, whatever their numbers
        pairs = set(zip(before["community"], after["community"], strict=True))
        assert len(pairs) == before["community"].nunique() == after["community"].nunique()
        before, after = before[["community_stability"]], after[["community_stability"]]
    for column in before:
        if before[column].dtype.kind in "biuf":
            np.testing.assert_allclose(
                after[column].astype(float), before[column].astype(float), atol=1e-12
            )
        else:
            assert after[column].tolist() == before[column].tolist()


def test_a_group_of_one_has_no_coordinator() -> None:
    G = chain(4)
    nx.set_node_attributes(G, {"n0": "a", "n1": "solo", "n2": "a", "n3": "a"}, "sector")
    roles = brokerage_roles(Network.wrap(G))
    assert roles.loc["n1", "coordinator_expected"] == 0
    assert math.isnan(roles.loc["n1", "coordinator_z"])
    assert roles.loc["n1", "itinerant"] == 1


def test_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="nearest: betweenness"):
        named("betweeness")


def test_broker_table_of_la_rochelle(shipped_tables: Tables) -> None:
    table = brokers(shipped_tables, "la-rochelle").set_index("id")
    network = share_network(shipped_tables.in_order, "la-rochelle")
    assert set(table.index) == set(network.ids)
    for name in set(ACTOR_MEASURES) - {"betweenness_sampled"}:
        np.testing.assert_array_equal(table[name], MEASURES[name](network).reindex(table.index))
    assert table["rank"].iloc[0] == 1
    # lr-f001 and lr-f043: the city gives its parking data to the agglomeration, which passes them on
    assert "lr-parkings-tr" in table.loc["ca-la-rochelle", "datasets_relayed"]
    assert table.loc["lr-agd", "rank"] is pd.NA


def test_ranks_are_shared_by_equals_and_given_only_to_brokers() -> None:
    table = measured(Network.wrap(two_cliques(3)), partition="id").set_index("id")
    assert table["rank"].dropna().to_dict() == {"a0": 1, "b0": 1}
    assert table["role"].dropna().index.tolist() == ["a0", "b0"]


def test_role_words_are_good_in_both_languages() -> None:
    words = role_words("gatekeeper", "public")
    assert words is not None
    assert words.en == "brings outside data into the public sector"
    assert (
        role_words("representative", "civil_society").fr
        == "porte la donnée hors de la société civile"
    )  # type: ignore[union-attr]
    assert role_words("representative", "public").fr == "porte la donnée hors du secteur public"  # type: ignore[union-attr]
    assert role_words(None, "public") is None


def test_who_stands_between_nobody_is_told_nothing() -> None:
    tables = make_tables(
        actors=[{"id": "a"}, {"id": "b"}],
        flows=[{"id": "f", "provider": "a", "recipient": "b", "status": "active"}],
    )
    assert told(brokers(tables), "en").isna().all()


@pytest.mark.parametrize("equal", [True, False], ids=["equal", "unequal"])
@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if m.of_edges is not None])
def test_values_from_plain_edges_are_those_of_the_network(name: str, equal: bool) -> None:
    """Also where all distances are equal, and steps are counted instead."""
    G = random_network(7, n=30, p=0.15)
    for number, (a, b) in enumerate(G.edges):
        G.edges[a, b]["distance"] = 0.5 if equal else 1 / 2 ** (number % 3)
    network = Network.wrap(G)
    edges = Edges(network.n, *(network.edges[c].to_numpy() for c in Edges._fields[1:]))
    of_edges = MEASURES[name].of_edges
    assert of_edges is not None
    np.testing.assert_array_equal(of_edges(edges), MEASURES[name](network).to_numpy())
    plain = nx.betweenness_centrality(G, weight="distance", normalized=False)
    np.testing.assert_allclose(of_edges(edges), [plain[v] for v in G], atol=1e-9)


def test_what_is_too_heavy_depends_on_actors_and_exchanges() -> None:
    def sized(n: int, exchanges: int) -> Network:
        return cast(Network, SimpleNamespace(n=n, edges=range(exchanges)))

    both = MEASURES["betweenness_undirected"]
    assert not both.too_heavy(sized(20_000, 100_000))
    assert both.too_heavy(sized(20_000, 100_001))
    assert both.too_heavy(sized(20_001, 1))
    distance = MEASURES["fragmentation_distance"]
    assert [distance.too_heavy(sized(n, 10**9)) for n in (500, 501)] == [False, True]
    assert not MEASURES["in_degree"].too_heavy(sized(10**6, 10**8))


@pytest.mark.corpus
def test_the_error_of_a_sample_is_read_as_its_card_says(
    of_corpus: Callable[[int, int], int],
) -> None:
    """Twice the error holds the true value in three to four cases of five, whatever the size."""
    for n, p, sources in ((60, 0.05, 15), (60, 0.05, 30), (300, 0.01, 100)):
        held = []
        for seed in range(of_corpus(40, 5)):
            network = Network.wrap(random_network(seed, n=n, p=p))
            true = MEASURES["betweenness"](network).to_numpy()
            told = MEASURES["betweenness_sampled"].table(network, sources=sources, seed=seed)
            off = np.abs(told["betweenness_sampled"].to_numpy() - true)
            within = off <= 1.96 * told["standard_error"].to_numpy() + 1e-9
            held.append(within[true > 0].mean())
        assert 0.6 <= np.mean(held) <= 0.88
