"""Roles against chance, shared credit, exclusivity: by hand, by enumeration, by simulation."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import UnknownName
from ecosystem.labels import Label
from ecosystem.measures import MEASURES
from ecosystem.measures.brokerage import brokerage_roles, role_counts
from ecosystem.measures.draws.rewiring import brokered, rewirings
from ecosystem.measures.exclusivity import activity_and_exclusivity
from ecosystem.measures.open_paths import blocks
from ecosystem.measures.partition import group_codes, groups_of, ungrouped
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.measures.significance import brokerage_test, total_test
from ecosystem.networks.network import Network
from tests.toy import chain, random_network


def rivals() -> nx.DiGraph[str]:
    """a -> b -> d and a -> c -> d: b and c share a pair; c alone connects a to e."""
    G: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("b", "d"), ("a", "c"), ("c", "d"), ("c", "e")])
    nx.set_node_attributes(G, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "x"}, "sector")
    return G


def test_rival_brokers_share_the_credit_of_a_pair() -> None:
    table = MEASURES["brokerage_partial"].table(rivals()).set_index("id")
    assert table["brokerage_partial"].to_dict() == {"a": 0, "b": 0.5, "c": 1.5, "d": 0, "e": 0}
    # a (x) -> b (x) -> d (y) takes out of x; a (x) -> c (y) -> d (y) brings into y; a -> c -> e returns to x
    assert table.loc["b", "representative_partial"] == 0.5
    assert table.loc["c", "gatekeeper_partial"] == 0.5
    assert table.loc["c", "itinerant_partial"] == 1


def test_activity_and_exclusivity_count_pairs_of_two_groups() -> None:
    """(a, d) joins x and y, by b and by c; (a, e) stays in x and does not count."""
    found = activity_and_exclusivity(Network.wrap(rivals()))
    assert found["activity"].to_dict() == {"a": 0, "b": 1, "c": 1, "d": 0, "e": 0}
    assert found["exclusivity"].to_dict() == dict.fromkeys("abcde", 0)
    assert found.loc[["b", "c"], "broker_class"].tolist() == ["connector", "connector"]
    assert found.loc["a", "broker_class"] == "sideliner"


def test_the_four_classes() -> None:
    """Means over 11 actors: activity 7/11, exclusivity 4/11; h has 4 and 3, l 1 and 1, r and s 1 and 0."""
    G: nx.DiGraph[str] = nx.DiGraph([("p1", "h"), ("h", "q1"), ("h", "q2"), ("p2", "h")])
    G.add_edges_from([("p2", "m"), ("m", "q3"), ("h", "q3"), ("p1", "m2"), ("m2", "q4")])
    for v in G:
        G.nodes[v]["sector"] = "out" if v.startswith("q") else "in"
    found = activity_and_exclusivity(Network.wrap(G))
    # h connects p1 and p2 with q1, q2, q3: six pairs, of which (p2, q3) is m's too
    assert found.loc["h", ["activity", "exclusivity"]].tolist() == [6, 5]
    assert found.loc["m", ["activity", "exclusivity"]].tolist() == [1, 0]
    assert found.loc["m2", ["activity", "exclusivity"]].tolist() == [1, 1]
    classes = found["broker_class"]
    assert classes["h"] == "powerhouse"
    assert classes["m"] == ("connector" if found["activity"].mean() < 1 else "sideliner")
    assert classes["m2"] == ("powerhouse" if found["activity"].mean() < 1 else "linchpin")
    assert found["exclusivity"].mean() < 1


@pytest.mark.parametrize("seed", range(8))
def test_both_ways_of_counting_roles_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network.wrap(random_network(seed, n=40, p=0.2))
    codes, _ = group_codes(network, "sector")
    few = role_counts(network, codes)
    ends = (network.edges["source"].to_numpy(), network.edges["target"].to_numpy())
    np.testing.assert_array_equal(brokered(*ends, network.n), few["brokerage"])
    monkeypatch.setattr("ecosystem.measures.open_paths.FEW_PATHS", -1)
    monkeypatch.setattr("ecosystem.measures.open_paths.BLOCK", 50)  # many blocks
    many = role_counts(network, codes)
    np.testing.assert_array_equal(brokered(*ends, network.n), few["brokerage"])
    for role in ROLES:
        np.testing.assert_array_equal(few[role], many[role])
    # without rivals sharing, partial credit cannot exceed the count
    partial = MEASURES["brokerage_partial"](network)
    assert (partial <= few["brokerage"] + 1e-12).all()


def test_blocks_cover_all_rows_and_keep_to_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecosystem.measures.open_paths.BLOCK", 10)
    cost = [3, 3, 3, 3, 50, 0, 0, 10, 1]
    parts = list(blocks(cost))
    assert [i for part in parts for i in range(part.start, part.stop)] == list(range(len(cost)))
    for part in parts:
        assert sum(cost[part]) <= 10 or part.stop - part.start == 1


@pytest.mark.parametrize("seed", range(3))
def test_rewiring_keeps_what_everyone_gives_and_gets(seed: int) -> None:
    G = random_network(seed, n=25, p=0.2)
    edges = Network.wrap(G).edges
    source, target = edges["source"].to_numpy(), edges["target"].to_numpy()
    changed = 0
    for a, b in rewirings(source, target, 25, 30, np.random.default_rng(seed)):
        assert (np.bincount(a, minlength=25) == np.bincount(source, minlength=25)).all()
        assert (np.bincount(b, minlength=25) == np.bincount(target, minlength=25)).all()
        assert (a != b).all()
        assert len(set(zip(a.tolist(), b.tolist(), strict=True))) == len(source)
        changed += (b != target).any()
    assert changed == 30


def test_rewiring_reaches_every_network_equally_often() -> None:
    """Four actors that each give to one and get from one: the nine derangements, one in nine each."""
    source = np.arange(4)
    target = np.array([1, 0, 3, 2])
    draws = 4500
    seen = Counter(
        tuple(b[np.argsort(a)].tolist())
        for a, b in rewirings(source, target, 4, draws, np.random.default_rng(5))
    )
    derangements = {p for p in permutations(range(4)) if all(p[i] != i for i in range(4))}
    assert set(seen) == derangements
    expected = draws / 9
    # draws of a chain are a little alike: six standard deviations of independent ones
    assert max(abs(count - expected) for count in seen.values()) < 6 * np.sqrt(expected)


def test_dealing_out_labels_equals_all_permutations() -> None:
    """Six actors have 720 ways to be labelled: the exact p of the gatekeeper role, by enumeration."""
    G = nx.DiGraph([("a", "b"), ("b", "c"), ("d", "b"), ("b", "e"), ("e", "f")])
    groups = {"a": "x", "b": "y", "c": "y", "d": "x", "e": "y", "f": "x"}
    nx.set_node_attributes(G, groups, "sector")
    network = Network.wrap(G)
    observed = brokerage_roles(network)["gatekeeper"]
    assert observed["b"] == 4
    at_least, total, counts = 0, 0, []
    for dealt in permutations(groups.values()):
        H = G.copy()
        nx.set_node_attributes(H, dict(zip(groups, dealt, strict=True)), "sector")
        count = brokerage_roles(Network.wrap(H)).loc["b", "gatekeeper"]
        at_least += count >= 4
        total += 1
        counts.append(count)
    exact = at_least / total
    test = brokerage_test(network, draws=4000, seed=2)
    assert test.loc["b", "gatekeeper_p"] == pytest.approx(exact, abs=4 * np.sqrt(exact / 4000))
    assert test.loc["b", "gatekeeper_expected"] == pytest.approx(np.mean(counts))
    assert test.loc["b", "gatekeeper_sd"] == pytest.approx(np.std(counts))
    assert test.loc["b", "gatekeeper"] == 4
    # the total cannot differ when only groups move
    assert np.isnan(test.loc["b", "brokerage_p"])


def test_adjusted_p_keeps_its_promise_where_there_is_nothing_to_find() -> None:
    """Groups dealt at random: in at most about 10 % of the networks does anyone get p_adjusted <= 0.1."""
    false, networks = 0, 150
    for seed in range(networks):
        G = random_network(seed, n=20, p=0.12)
        test = brokerage_test(Network.wrap(G), draws=99, seed=seed)
        false += bool((test.filter(like="_p_adjusted") <= 0.1).any(axis=None))
    assert false / networks <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / networks)
    assert false > 0, "a test that never rejects would tell nothing"


def test_the_total_alone_is_tested_as_with_its_roles() -> None:
    """Counted from partners and closed triads, or path by path, over the same networks."""
    network = Network.wrap(random_network(4, n=30, p=0.2))
    whole = brokerage_test(network, null="degrees", draws=60, seed=2)
    alone = total_test(network, draws=60, seed=2)
    assert list(alone) == [c for c in whole if c.startswith("brokerage")]
    pd.testing.assert_frame_equal(alone, whole[list(alone)])


def test_who_watches_is_told_of_every_draw() -> None:
    told = []

    def progress(what: Label, done: int, total: int) -> None:
        told.append((what.en, done, total))

    network = Network.wrap(rivals())
    brokerage_test(network, draws=3, progress=progress)
    total_test(network, draws=2, progress=progress)
    assert told == [
        *(("groups dealt out", k, 3) for k in (1, 2, 3)),
        *(("exchanges dealt out", k, 2) for k in (1, 2)),
    ]


def test_a_broker_by_design_is_found() -> None:
    """One actor carries everything from four groups to four others, among edges inside groups."""
    G: nx.DiGraph[str] = nx.DiGraph()
    for g in "abcdefgh":
        G.add_edges_from([(f"{g}1", f"{g}2"), (f"{g}2", f"{g}3"), (f"{g}3", f"{g}1")])
    for g in "abcd":
        G.add_edge(f"{g}1", "hub")
    for g in "efgh":
        G.add_edge("hub", f"{g}1")
    for v in G:
        G.nodes[v]["sector"] = v if v == "hub" else v[0]
    test = brokerage_test(Network.wrap(G), draws=999)
    assert test.loc["hub", "liaison"] == 16
    # the six open paths inside triangles are coordination, more than groups at random would give
    assert test.loc["a2", "coordinator_p"] < 0.05
    # with as many partners, a hub connects as many: nothing beyond its partners
    same = brokerage_test(Network.wrap(G), null="degrees", draws=199)
    assert same.loc["hub", "brokerage_p"] > 0.05


def test_a_group_of_one_has_no_role_of_its_own() -> None:
    G = chain(5)
    groups = dict.fromkeys(G, "a") | {"n2": "solo"}
    nx.set_node_attributes(G, groups, "sector")
    for null in ("labels", "degrees"):
        test = brokerage_test(Network.wrap(G), null=null, draws=99)
        for role in ("coordinator", "representative", "gatekeeper"):
            assert np.isnan(test.loc["n2", f"{role}_p"])
            assert np.isnan(test.loc["n2", f"{role}_z"])
        assert test.loc["n2", "itinerant"] == 1


def test_shared_credit_can_be_tested_too() -> None:
    test = brokerage_test(Network.wrap(rivals()), partial=True, draws=50)
    assert test["brokerage"].to_dict() == {"a": 0, "b": 0.5, "c": 1.5, "d": 0, "e": 0}


def test_a_role_may_be_asked_with_its_test() -> None:
    network = Network.wrap(rivals())
    table = MEASURES["gatekeeper"].table(network, null="degrees", draws=40, seed=3).set_index("id")
    test = brokerage_test(network, null="degrees", draws=40, seed=3)
    for ours, theirs in (("gatekeeper_p", "gatekeeper_p"), ("gatekeeper_null_z", "gatekeeper_z")):
        np.testing.assert_array_equal(table[ours], test[theirs])
    assert set(table) == {"gatekeeper", *MEASURES["gatekeeper"].columns}
    assert "gatekeeper_p" not in MEASURES["gatekeeper"].table(network)


def test_without_draws_there_is_no_p() -> None:
    test = brokerage_test(Network.wrap(rivals()), draws=0)
    assert test["gatekeeper"].to_dict()["c"] == 1
    assert test["gatekeeper_p"].isna().all()


def test_unknown_null_model_and_partition_name_what_exists() -> None:
    network = Network.wrap(rivals())
    with pytest.raises(UnknownName, match=r"nearest: labels(.|\n)*there are: degrees, labels"):
        brokerage_test(network, null="label")
    with pytest.raises(UnknownName, match=r"nearest: sector(.|\n)*community"):
        groups_of(network, "sectors")


def test_communities_are_a_partition() -> None:
    """Two triangles joined by one edge: two communities, whatever the sectors."""
    G: nx.DiGraph[str] = nx.DiGraph()
    for side in "ab":
        nx.add_cycle(G, [f"{side}{i}" for i in range(3)])
    G.add_edge("a0", "b0")
    groups = groups_of(Network.wrap(G), "community")
    assert groups.nunique() == 2
    assert groups["a0"] == groups["a1"] == groups["a2"] != groups["b0"]
    # a2 -> a0 -> b0 leaves a community through a0, and enters the other through b0
    roles = brokerage_roles(Network.wrap(G), "community")
    assert roles.loc["a0", "representative"] == 1
    assert roles.loc["b0", "gatekeeper"] == 1
    assert MEASURES["community"].table(G)["community_stability"].tolist() == [1.0] * 6


def test_empty_cells_of_a_partition_are_counted_and_grouped() -> None:
    G = chain(4)
    nx.set_node_attributes(G, {"n0": "a", "n1": "a"}, "sector")
    network = Network.wrap(G)
    assert ungrouped(network, "sector") == 2
    assert groups_of(network, "sector").tolist() == ["a", "a", "unknown", "unknown"]
    assert ungrouped(network, "community") == 0


def test_five_roles_are_those_of_the_table() -> None:
    assert (*FIVE, "brokerage") == tuple(ROLES)
