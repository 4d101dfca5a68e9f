"""The broker table with its trust, layers, what hangs on an actor, and the story of one."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.calls import brokers, explain
from ecosystem.errors import UnknownName
from ecosystem.measures.stability import VERDICTS
from ecosystem.networks.layers import LAYERS, network_of
from ecosystem.networks.network import Network, share_network, tie_network
from ecosystem.ranking.dependence import dependence, indispensable, sources_of
from ecosystem.ranking.explanation import pairs_of
from ecosystem.ranking.sentences import role_words
from ecosystem.ranking.table import SCREEN, against_chance, beside_chance, measured
from ecosystem.tables.frames import Tables
from tests.toy import actors, flows, make_tables, random_network


@pytest.fixture
def toy() -> Tables:
    """h holds d and gives it to m, who gives it to n, who needs it, and to the public.

    s gives e to m and nobody else gives e. t is tied to m and to n and shares nothing.
    """
    return make_tables(
        actors=[
            *actors("h s", sector="private"), *actors("m n t", sector="public"),
            *actors("reutilisateurs"),
        ],
        datasets=[
            {"id": "d", "title": "Déchets", "holder": "h"},
            {"id": "e", "title": "Énergie", "holder": "s"},
        ],
        flows=[
            *flows("h>m", "m>n", "m>reutilisateurs", dataset="d"),
            *flows("s>m", dataset="e"),
        ],
        needs=[
            {"id": "need-n", "actor": "n", "dataset": "d", "purpose": "trier"},
            {"id": "need-t", "actor": "t", "dataset": "e", "purpose": "chauffer"},
        ],
        ties=[
            {"id": "t1", "from": "m", "to": "t", "kind": "contract"},
            {"id": "t2", "from": "t", "to": "n", "kind": "contract"},
        ],
    )  # fmt: skip


def test_what_hangs_on_an_actor(toy: Tables) -> None:
    found = dependence(toy, ["h", "m", "n", "s", "t"])
    # d comes from h only and reaches n through m only; t's need is met by nothing, so not lost
    assert found["needs_lost"].to_dict() == {
        "h": ("need-n",), "m": ("need-n",), "n": (), "s": (), "t": (),
    }  # fmt: skip
    assert found.loc["m", "datasets_relayed"] == ("d",)
    assert found["datasets_single_source"].to_dict() == {
        "h": (), "m": (), "n": (), "s": ("e",), "t": (),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_who_every_route_runs_through_is_a_dominator(seed: int) -> None:
    """Random flows of one dataset among eight actors, against the dominators of NetworkX."""
    rng = np.random.default_rng(seed)
    pairs = {(a, b) for a, b in rng.integers(0, 8, (rng.integers(1, 16), 2)).tolist() if a != b}
    rows = [{"provider": f"a{a}", "recipient": f"a{b}"} for a, b in sorted(pairs)]
    holder = f"a{rng.integers(8)}" if seed % 3 else None
    sources = sources_of(holder, rows)
    G: nx.DiGraph[str] = nx.DiGraph((r["provider"], r["recipient"]) for r in rows)
    G.add_edges_from(("", source) for source in sources)
    above = nx.immediate_dominators(G, "") if sources else {}
    for actor in sorted({r["recipient"] for r in rows} - sources):
        expected, at = [], above.get(actor, "")
        while at:
            expected.insert(0, at)
            at = above[at]
        assert indispensable(holder, actor, rows) == expected


def test_publishing_is_not_relaying(toy: Tables) -> None:
    rows = toy["flows"]
    published = toy.replace(flows=rows[rows["id"] != "f-m>n-active"].reset_index(drop=True))
    assert dependence(published, ["m"]).loc["m", "datasets_relayed"] == ()


def test_a_relay_counts_in_the_territory_of_its_flows() -> None:
    tables = make_tables(
        actors=[*actors("a b", territory="here"), *actors("c d e", territory="there")],
        datasets=[{"id": "x", "territory": "here"}, {"id": "y", "territory": "there"}],
        flows=[*flows("a>c", "c>b", dataset="x"), *flows("d>c", "c>e", dataset="y")],
    )
    assert dependence(tables, ["c"]).loc["c", "datasets_relayed"] == ("x", "y")
    assert dependence(tables, ["c"], "here").loc["c", "datasets_relayed"] == ("x",)


def test_layers(toy: Tables) -> None:
    share, ties = share_network(toy), tie_network(toy)
    both = network_of(toy, layer="both")
    matrix = {name: pd.DataFrame(n.matrix.toarray(), n.ids, n.ids) for name, n in
              (("flows", share), ("ties", ties), ("both", both))}  # fmt: skip
    everyone = both.ids
    added = matrix["flows"].reindex(everyone, columns=everyone, fill_value=0) + matrix[
        "ties"
    ].reindex(everyone, columns=everyone, fill_value=0)
    pd.testing.assert_frame_equal(matrix["both"], added)
    assert both.conventions["layer"] == "flows and ties"
    assert network_of(toy, layer="ties").conventions["layer"] == "ties"
    np.testing.assert_allclose(both.edges["distance"], 1 / both.edges["weight"])
    with pytest.raises(UnknownName, match=r"nearest: ties(.|\n)*both, flows, ties"):
        network_of(toy, layer="tie")


def test_a_social_broker_shows_in_the_ties(toy: Tables) -> None:
    """t passes no data, and is the only way from m to n among the ties."""
    flows_only = brokers(toy, draws=0, permutations=0).set_index("id")
    assert pd.isna(flows_only.loc["t", "rank"])
    ties = brokers(toy, layer="ties", draws=0, permutations=0).set_index("id")
    assert ties.loc["t", "rank"] == 1
    assert ties.loc["t", "brokerage"] == 2  # both ways
    words = role_words(ties.loc["t", "role"], "public", layer="ties")
    assert words is not None and words.en == "links actors within the public sector"


@pytest.mark.parametrize("layer", list(LAYERS))
@pytest.mark.parametrize("territory", [None, "la-rochelle"])
def test_the_whole_table_on_real_data(
    shipped_tables: Tables, layer: str, territory: str | None
) -> None:
    table = brokers(shipped_tables, territory, layer=layer, draws=60, permutations=99)
    assert set(table["id"]) == set(network_of(shipped_tables, territory, layer=layer).ids)
    assert table["id"].is_unique
    ranked = table[table["rank"].notna()]
    assert len(ranked) > 3
    sure = ranked[ranked["betweenness"] > 0]
    for name in ("rank_low", "top_share", "verdict"):
        assert sure[name].notna().all()
    assert (sure["rank_low"] <= sure["rank"]).all()
    assert (sure["rank"] <= sure["rank_high"].fillna(np.inf)).all()
    assert set(table["verdict"].dropna()) <= set(VERDICTS)
    assert table.loc[table["rank"].isna(), ["verdict", "rank_low"]].isna().all(axis=None)
    assert ranked["verdict"].iloc[0] == "robust"
    p = table.filter(regex=r"_p(_adjusted)?$|^role_p$")
    assert ((p >= 0) & (p <= 1) | p.isna()).all().all()
    assert (table["role_p"].dropna() >= 1 / 100).all()
    for role, own in ranked[ranked["role"].notna()].groupby("role"):
        assert (own["role_count"] == own[role]).all()
        expected = own[f"{role}_null_expected"].astype(float)
        np.testing.assert_array_equal(own["role_expected"], expected)


def test_what_a_screen_shows_is_what_the_whole_table_has(shipped_tables: Tables) -> None:
    """Measures that nobody asked for are not computed; the others are the same."""
    drawn = {"draws": 40, "permutations": 40}
    whole = brokers(shipped_tables, "geneve", **drawn)
    some = brokers(shipped_tables, "geneve", **drawn, measures=SCREEN)
    assert SCREEN <= set(some) < set(whole)
    assert "pagerank" not in some and "brokerage_p" not in some
    pd.testing.assert_frame_equal(some, whole[list(some)])
    assert some.attrs == whole.attrs


def test_two_builds_are_the_same_and_seeds_matter(shipped_tables: Tables) -> None:
    one, two = (brokers(shipped_tables, "geneve", draws=40, permutations=40) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    other = brokers(shipped_tables, "geneve", draws=40, permutations=40, seed=2)
    assert not one["role_p"].equals(other["role_p"])


def test_sitg_coordinates_more_than_chance(shipped_tables: Tables) -> None:
    """Geneva's SITG relays inside the public sector: the one role that no dealing of sectors explains.

    By hand: 6 actors give to it, 3 receive from it (flows of `flows.csv`), all public.
    """
    table = brokers(shipped_tables, "geneve", draws=0).set_index("id")
    sitg = table.loc["sitg"]
    assert sitg["role"] == "coordinator"
    assert sitg["role_count"] == sitg["brokerage"] == 18
    assert sitg["role_p"] <= 0.02


def test_pairs_of_an_actor_are_its_roles(shipped_tables: Tables) -> None:
    network = share_network(shipped_tables, "la-rochelle")
    table = brokers(shipped_tables, "la-rochelle", draws=0, permutations=0).set_index("id")
    flows_by_id = shipped_tables["flows"].set_index("id")
    for actor in table.index[table["brokerage"] > 0]:
        pairs = pairs_of(network, actor)
        assert len(pairs) == table.loc[actor, "brokerage"]
        for role, own in pairs.groupby("role"):
            assert len(own) == table.loc[actor, role]
        for _, pair in pairs.iterrows():
            for flow in pair["rows_in"]:
                ends = flows_by_id.loc[flow, ["provider", "recipient", "status"]].tolist()
                assert ends == [pair["from"], actor, "active"]
            for flow in pair["rows_out"]:
                ends = flows_by_id.loc[flow, ["provider", "recipient", "status"]].tolist()
                assert ends == [actor, pair["to"], "active"]
    assert len(pairs_of(network, "lr-agd")) == 0


def test_the_story_tells_the_flows_and_what_would_be_lost(toy: Tables) -> None:
    table = brokers(toy, draws=40, permutations=40)
    story = explain(toy, "m", table)
    english, french = story.to("en"), story.to("fr")
    for text in (english, french):
        assert "f-h>m-active" in text and "f-m>n-active" in text and "need-n" in text
    assert "The pairs it connects (2)" in english
    assert "brings outside data into the public sector: 2 pairs" in english
    assert "cannot say" in english  # four flows are too few for a verdict
    assert "need of n: trier [need-n]" in english
    assert "3 pairs of other actors would no longer be linked" in english
    assert "Les jeux qu'il reçoit et repasse\n  «\u00a0Déchets\u00a0»" in french
    assert story == explain(toy, "m", table)
    assert story != explain(toy, "t", table)
    quiet = explain(toy, "t", table).to("en")
    assert "stands between no other actors" in quiet
    assert "nothing of what is recorded would be lost" in quiet


def test_an_actor_may_be_named_and_an_unknown_one_gives_the_nearest(
    shipped_tables: Tables,
) -> None:
    table = brokers(shipped_tables, "la-rochelle", draws=0, permutations=0)
    by_name = explain(shipped_tables, "ville de la rochelle", table, territory="la-rochelle")
    assert by_name.actor == "ville-la-rochelle"
    with pytest.raises(UnknownName, match="nearest: ville-la-rochelle"):
        explain(shipped_tables, "ville-la-rochele", table, territory="la-rochelle")


@pytest.mark.corpus
def test_chance_alone_seldom_looks_like_a_finding(of_corpus: Callable[[int, int], int]) -> None:
    """Groups dealt out at random: a table in which any p is 0.05 or less is one in twenty.

    500 networks: between 3 and 7 % of the tables (5 % and twice the deviation of such a share).
    A sample can only be held to the upper side: 5 % and three deviations. The sparser a network,
    the more often the highest z of two dealings are equal, and the fewer tables mislead.
    """
    networks = of_corpus(500, 40)
    misled = 0
    for seed in range(networks):
        network = Network.wrap(random_network(seed, n=30, p=0.12))
        chance = against_chance(network, permutations=499, totals=False)
        table = beside_chance(measured(network, measures=SCREEN), chance)
        misled += bool((table["role_p"] <= 0.05).any())
    share = misled / networks
    assert share <= (0.07 if networks == 500 else 0.05 + 3 * (0.05 * 0.95 / networks) ** 0.5)
    assert networks < 500 or share >= 0.03, "a test that hardly ever rejects misses what there is"
