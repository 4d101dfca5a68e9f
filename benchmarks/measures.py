"""The broker table and its measures, against plain NetworkX and igraph.

Networks are directed, with whole weights, reciprocal edges and unequal degrees.
NetworkX is timed where it ends in a few minutes; every value it gives is compared.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.measuring import in_process, table, timed
from ecosystem.measures import MEASURES
from ecosystem.measures.brokerage import brokerage_roles
from ecosystem.measures.significance import brokerage_test, total_test
from ecosystem.measures.stability import resample
from ecosystem.networks.network import Network
from ecosystem.ranking.table import measured

SIZES = {"200 / 1,000": (200, 1_000), "2,000 / 20,000": (2_000, 20_000),
         "5,000 / 50,000": (5_000, 50_000)}  # fmt: skip
HUGE = (100_000, 2_000_000)
ROUNDS = 3
NETWORKX_UP_TO = 2_000


def generated(n: int, m: int, seed: int = 1) -> Network:
    """A network of `n` actors in five sectors and `m` edges."""
    rng = np.random.default_rng(seed)
    gives, gets = (rng.pareto(2.5, n) + 0.3 for _ in range(2))
    source = rng.choice(n, 2 * m, p=gives / gives.sum())
    target = rng.choice(n, 2 * m, p=gets / gets.sum())
    back = rng.random(2 * m) < 0.1
    source, target = (np.concatenate([a, b[back]]) for a, b in ((source, target), (target, source)))
    pairs = np.unique((source * n + target)[source != target])
    pairs = np.sort(rng.permutation(pairs)[:m])
    # powers of two, so that distances add up exactly and equal paths are equal for NetworkX too
    weight = 2.0 ** np.minimum(rng.poisson(0.6, len(pairs)), 4)
    edges = pd.DataFrame({"source": pairs // n, "target": pairs % n, "weight": weight})
    edges["distance"] = 1 / edges["weight"]
    edges["flows"] = pd.Series([()] * len(edges), dtype=object)
    sectors = rng.choice(["public", "private", "mixed", "research", "civil_society"], n)
    return Network(pd.DataFrame({"id": [f"a{i}" for i in range(n)], "sector": sectors}), edges)


def undirected(G: nx.DiGraph[Any]) -> nx.Graph[Any]:
    H: nx.Graph[Any] = nx.Graph()
    H.add_nodes_from(G)
    for a, b, facts in G.edges(data=True):
        weight = facts["weight"] + H.get_edge_data(a, b, {}).get("weight", 0)
        H.add_edge(a, b, weight=weight, distance=1 / weight)
    return H


def networkx_roles(G: nx.DiGraph[Any]) -> dict[str, int]:
    """Brokerage as one writes it with NetworkX: a loop over pairs of neighbours."""
    sector = nx.get_node_attributes(G, "sector")
    counts: dict[str, list[int]] = {v: [0] * 5 for v in G}
    for j in G:
        for i in G.pred[j]:
            for k in G.succ[j]:
                if i != k and k not in G.succ[i]:
                    a, b, c = sector[i], sector[j], sector[k]
                    role = (a == b) * 4 + (b == c) * 2 + (a == c)
                    counts[j][{7: 0, 1: 1, 4: 2, 2: 3, 0: 4}[role]] += 1
    return {v: sum(c) for v, c in counts.items()}


def currents(H: nx.Graph[Any]) -> dict[str, float]:
    """Current-flow betweenness, component by component: NetworkX wants one."""
    found = dict.fromkeys(H, 0.0)
    for part in nx.connected_components(H):
        if len(part) > 2:
            found |= nx.current_flow_betweenness_centrality(
                H.subgraph(part), normalized=False, weight="weight"
            )
    return found


NETWORKX: dict[str, Callable[[nx.DiGraph[Any]], Any]] = {
    "betweenness": lambda G: nx.betweenness_centrality(G, weight="distance", normalized=False),
    "betweenness_undirected": lambda G: nx.betweenness_centrality(
        undirected(G), weight="distance", normalized=False
    ),
    "current_flow_betweenness": lambda G: currents(undirected(G)),
    "harmonic_in": nx.harmonic_centrality,
    "harmonic_out": lambda G: nx.harmonic_centrality(G.reverse()),
    "pagerank": lambda G: nx.pagerank(G, tol=1e-12, max_iter=1000),
    "constraint": lambda G: nx.constraint(G, weight="weight"),
    "core_number": lambda G: nx.core_number(undirected(G)),
    "articulation_point": lambda G: list(nx.articulation_points(undirected(G))),
    "bridges": lambda G: list(nx.bridges(undirected(G))),
    "brokerage": networkx_roles,
}
"""What plain NetworkX has of the table; the rest of the table is not in it."""

IGRAPH: dict[str, Callable[[Network], Any]] = {
    "betweenness": lambda N: N.igraph.betweenness(weights="distance"),
    "betweenness_undirected": lambda N: N.undirected.betweenness(
        weights=[1 / w for w in N.undirected.es["weight"]]
    ),
    "harmonic_in": lambda N: N.igraph.harmonic_centrality(mode="in"),
    "harmonic_out": lambda N: N.igraph.harmonic_centrality(mode="out"),
    "pagerank": lambda N: N.igraph.pagerank(weights="weight"),
    "constraint": lambda N: N.igraph.constraint(weights="weight"),
    "core_number": lambda N: N.igraph.as_undirected().coreness(),
    "articulation_point": lambda N: N.igraph.articulation_points(),
    "bridges": lambda N: N.igraph.as_undirected().bridges(),
}


def run() -> None:
    print("## Measures\n")
    rows: list[tuple[object, ...]] = []
    whole: list[tuple[object, ...]] = []
    for label, (n, m) in SIZES.items():
        own, table_row = compared(label, generated(n, m))
        rows += own
        whole.append((*table_row, in_process("measures", "broker_table", n, m)[1]))
        print(f"{label} done", file=sys.stderr)
    table(["actors / edges", "measure", "NetworkX s", "igraph s", "ours s", "NetworkX / ours",
           "largest difference"], rows)  # fmt: skip
    print("The whole broker table, no resampling; NetworkX is the sum of the measures above:\n")
    table(["actors / edges", "NetworkX s", "ours s", "ratio", "peak MB"], whole)
    small = generated(200, 1_000)
    names = ["betweenness", "coordinator", "itinerant", "representative", "gatekeeper", "liaison"]
    print("500 resamples of betweenness and the five roles, 200 actors, 1,000 edges:\n")
    table(
        ["workers", "seconds"],
        [(w, timed(lambda w=w: resample(small, names, draws=500, workers=w))) for w in (1, 2)],
    )
    middle = generated(*SIZES["2,000 / 20,000"])
    print("Against chance and against what is missing, 2,000 actors, 20,000 edges:\n")
    table(
        ["what", "seconds"],
        [(name, timed(lambda w=w: w(fresh(middle)))) for name, w in DRAWN.items()],
    )
    print("100,000 actors, 2,000,000 edges, each in a process of its own:\n")
    table(
        ["measure", "seconds", "peak MB"],
        [(name, *in_process("measures", name, *HUGE)) for name in HEAVY],
    )


def compared(
    label: str, network: Network
) -> tuple[list[tuple[object, ...]], tuple[str, float, float, float]]:
    """Every measure of one network side by side, and the whole table; each value compared."""
    G = network.networkx if network.n <= NETWORKX_UP_TO else None
    rows: list[tuple[object, ...]] = []
    total = 0.0 if G is not None else float("nan")
    rounds = ROUNDS if G is not None else 1
    for name, plain in NETWORKX.items():
        if G is None and name == "current_flow_betweenness":
            continue  # left out of the broker table at this size
        ours = middle_of(lambda name=name: MEASURES[name](fresh(network)), rounds)
        igraph = (
            middle_of(lambda name=name: IGRAPH[name](fresh(network)), rounds)
            if name in IGRAPH
            else float("nan")
        )
        took, off = float("nan"), float("nan")
        if G is not None:
            found: list[Any] = []
            took = timed(lambda plain=plain, found=found: found.append(plain(G)))
            total += took
            off = difference(MEASURES[name](network), found[0])
        rows.append((label, name, took, igraph, ours, took / ours, off))
    table_took = timed(lambda: measured(fresh(network)))
    return rows, (label, total, table_took, total / table_took)


def middle_of(work: Callable[[], object], rounds: int) -> float:
    """Median seconds of a few calls."""
    return statistics.median(timed(work) for _ in range(rounds))


def fresh(network: Network) -> Network:
    """The same network with nothing computed yet."""
    return Network(network.actors, network.edges, network.conventions)


def difference(ours: pd.Series[Any], theirs: Any) -> float:
    """The largest difference between values, actor by actor."""
    if isinstance(theirs, list):
        if theirs and isinstance(theirs[0], tuple):
            counts = dict.fromkeys(ours.index, 0)
            for edge in theirs:
                for end in edge:
                    counts[end] += 1
            theirs = counts
        else:
            theirs = {v: v in set(theirs) for v in ours.index}
    other = pd.Series(theirs).reindex(ours.index).astype(float)
    return float((ours.astype(float) - other).abs().max())


HEAVY: dict[str, Callable[[Network], object]] = {
    "roles": brokerage_roles,
    "constraint and effective size": lambda N: MEASURES["constraint"](N),
    "articulation points and pairs parted": lambda N: MEASURES["pairs_parted"](N),
    "sampled betweenness (1,024 sources)": lambda N: MEASURES["betweenness_sampled"].table(N),
}
"""What must end on the largest network."""


DRAWN: dict[str, Callable[[Network], object]] = {
    "roles, exact moments and 999 dealings of groups": brokerage_test,
    "brokerage, 99 networks with as many partners": lambda N: total_test(N, draws=99),
    "ranks, as many draws as the size allows, 1 worker": lambda N: resample(
        N, ["betweenness"], draws=None
    ),
    "ranks, as many draws as the size allows, 2 workers": lambda N: resample(
        N, ["betweenness"], draws=None, workers=2
    ),
}
"""What `ecosystem brokers` draws where nobody says how much."""


def alone(name: str, n: int, m: int) -> float:
    """Seconds of one piece of work in a process of its own, for its peak of memory."""
    network = generated(n, m)
    work = measured if name == "broker_table" else HEAVY[name]
    return timed(lambda: work(network))
