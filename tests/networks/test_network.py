"""Projections of the flows, and the conventions they state."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from ecosystem.errors import UnknownName
from ecosystem.networks.flowgraphs import actor_dataset_network, flow_multigraph
from ecosystem.networks.network import Network, share_network, tie_network
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import actors_of, flows_of, studied
from tests.toy import actors, flows, make_tables


@pytest.fixture
def toy() -> Tables:
    """Two territories; a gives b two datasets, b gives c one; a wish, a loop, a publication."""
    return make_tables(
        actors=[
            *actors("a b lonely", territory="here", sector="public"),
            *actors("c", territory="there", sector="private"),
            *actors("reutilisateurs-here", territory="here"),
        ],
        datasets=[
            {"id": "d1", "holder": "a", "territory": "here"},
            {"id": "d2", "holder": "a", "territory": "there"},
        ],
        flows=[
            *flows("a>b", dataset="d1"),
            *flows("a>b", dataset="d2", id="second"),
            *flows("b>c", dataset="d1"),
            *flows("c>a", status="wished"),
            *flows("b>b"),
            *flows("a>reutilisateurs-here", dataset="d1"),
        ],
        ties=[
            {"id": "t1", "from": "a", "to": "b", "kind": "contract"},
            {"id": "t2", "from": "b", "to": "a", "kind": "funding"},
            {"id": "t3", "from": "c", "to": "c", "kind": "funding"},
        ],
    )


def test_parallel_flows_collapse_with_weight_and_distance(toy: Tables) -> None:
    G = share_network(toy).networkx
    assert dict(G.edges["a", "b"]) == {
        "weight": 2.0,
        "distance": 0.5,
        "flows": "f-a>b-active;second",
    }
    assert dict(G.edges["b", "c"])["weight"] == 1
    assert set(G.edges) == {("a", "b"), ("b", "c")}  # no wish, no loop, no public
    assert "reutilisateurs-here" not in G


def test_the_conventions_travel_with_the_graph(toy: Tables) -> None:
    G = share_network(toy, "here").networkx
    assert G.graph["direction"] == "provider to recipient"
    assert G.graph["statuses"] == "active"
    assert G.graph["public"] == "left out"
    assert G.graph["weight"] == "number of flows"
    assert G.graph["distance"] == "1 / weight"
    assert G.graph["territory"] == "here"


def test_other_statuses_and_the_public_count_when_asked(toy: Tables) -> None:
    G = share_network(toy, statuses=("active", "wished"), public=True).networkx
    assert set(G.edges) == {("a", "b"), ("b", "c"), ("c", "a"), ("a", "reutilisateurs-here")}


def test_a_territory_keeps_its_isolates_and_its_outside_partners(toy: Tables) -> None:
    network = share_network(toy, "here")
    outside = network.actors.set_index("id")["outside"]
    assert outside.to_dict() == {"a": False, "b": False, "lonely": False, "c": True}
    # there: its own actor c, and a flow of its dataset d2 between two others
    assert set(share_network(toy, "there").networkx.edges) == {("a", "b"), ("b", "c")}


def test_a_flow_concerns_a_territory_by_either_end_or_by_its_dataset(
    shipped_tables: Tables,
) -> None:
    """The counts of the shipped data's README, by prefix of the flow: those alone touch Pompey."""
    found = flows_of(shipped_tables, "pompey")
    assert found["id"].str.startswith("pom-").all()
    assert len(found) == 32
    assert flows_of(shipped_tables, None) is shipped_tables["flows"]


def test_studied_territories_are_the_five(shipped_tables: Tables) -> None:
    assert studied(shipped_tables) == ["antony", "pompey", "poitiers", "la-rochelle", "geneve"]


def test_multigraph_has_every_flow_with_its_facts(shipped_tables: Tables) -> None:
    G = flow_multigraph(shipped_tables)
    assert G.number_of_edges() == 275  # README of the data
    assert G.number_of_nodes() == 190
    edge = G.edges["atmotrack", "ville-antony", "ant-f001"]
    assert edge["dataset"] == "ant-capteurs-air"
    assert edge["mode"] == "contract"
    assert "barrier" not in edge  # an empty cell is no fact


def test_ties_count_both_ways(toy: Tables) -> None:
    network = tie_network(toy)
    G = network.networkx
    assert set(G.edges) == {("a", "b"), ("b", "a")}
    assert G.edges["a", "b"]["weight"] == 2
    assert set(tie_network(toy, kinds=["funding"]).networkx.edges) == {("a", "b"), ("b", "a")}
    with pytest.raises(UnknownName, match="funding"):
        tie_network(toy, kinds=["fundin"])


def test_two_mode_network_says_who_holds_provides_and_receives(toy: Tables) -> None:
    G = actor_dataset_network(toy)
    assert G.edges[("actor", "a"), ("dataset", "d1")]["kinds"] == {"holds", "provides"}
    assert G.edges[("actor", "b"), ("dataset", "d1")]["kinds"] == {"provides"}
    assert G.edges[("dataset", "d1"), ("actor", "c")]["kinds"] == {"receives"}
    assert nx.is_bipartite(G)


def test_the_three_views_are_one_network(shipped_tables: Tables) -> None:
    network = share_network(shipped_tables)
    G = network.networkx
    matrix = nx.to_scipy_sparse_array(G, nodelist=list(network.ids), weight="weight")
    assert (abs(matrix - network.matrix)).max() == 0
    assert network.igraph.vcount() == G.number_of_nodes()
    assert sorted(network.igraph.es["weight"]) == sorted(
        nx.get_edge_attributes(G, "weight").values()
    )


def test_any_networkx_graph_can_be_wrapped() -> None:
    M = nx.MultiGraph()
    M.add_node("alone", sector="public")
    M.add_edges_from([("a", "b"), ("a", "b"), ("b", "b")])
    network = Network.wrap(M)
    edges = {
        (network.ids[r.source], network.ids[r.target]): r.weight for r in network.edges.itertuples()
    }
    assert edges == {("a", "b"): 2, ("b", "a"): 2}
    assert network.groups("sector").to_dict() == {"alone": "public", "a": "unknown", "b": "unknown"}
    assert Network.wrap(network) is network


@pytest.mark.parametrize("territory", ["nowhere", "La-Rochelle", ""])
def test_an_unknown_territory_lists_those_that_exist(
    shipped_tables: Tables, territory: str
) -> None:
    with pytest.raises(UnknownName, match="la-rochelle"):
        share_network(shipped_tables, territory)


def test_an_unknown_status_or_partition_lists_those_that_exist(toy: Tables) -> None:
    with pytest.raises(UnknownName, match="active"):
        share_network(toy, statuses=("activ",))
    with pytest.raises(UnknownName, match="sector"):
        share_network(toy).groups("sectors")


def test_tables_are_never_changed(shipped_tables: Tables) -> None:
    before = {name: frame.copy() for name, frame in shipped_tables.items()}
    share_network(shipped_tables, "geneve")
    actors_of(shipped_tables, "geneve")
    flow_multigraph(shipped_tables)
    tie_network(shipped_tables)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, shipped_tables[name])
