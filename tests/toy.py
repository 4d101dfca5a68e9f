"""Small networks and tables drawn by hand, with values that can be checked on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd

from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, typed


def make_tables(**rows: Sequence[Mapping[str, Any]]) -> Tables:
    """Tables from rows as dictionaries; what is not given is missing."""
    frames = {}
    for name, table in TABLES.items():
        given = rows.get(name, [])
        columns = {
            c: [row.get(c) for row in given] for c in {k: None for row in given for k in row}
        }
        frames[name] = typed(table, columns, len(given))
    return Tables(frames, "toy")


def flows(*pairs: str, **facts: Any) -> list[dict[str, Any]]:
    """`flows("a>b", "b>c", status="active")`: one row a pair."""
    return [
        {"id": f"f-{pair}-{facts.get('status', 'active')}", "provider": pair.split(">")[0],
         "recipient": pair.split(">")[1], "status": "active", **facts}
        for pair in pairs
    ]  # fmt: skip


def actors(names: str, **facts: Any) -> list[dict[str, Any]]:
    """`actors("a b c", sector="public")`."""
    return [{"id": name, **facts} for name in names.split()]


def star(leaves: int) -> nx.DiGraph[str]:
    """A hub that receives from and gives to every leaf."""
    G: nx.DiGraph[str] = nx.DiGraph()
    for i in range(leaves):
        G.add_edges_from([("hub", f"leaf{i}"), (f"leaf{i}", "hub")])
    return G


def chain(n: int) -> nx.DiGraph[str]:
    """n0 -> n1 -> … -> n(n-1)."""
    return nx.DiGraph([(f"n{i}", f"n{i + 1}") for i in range(n - 1)])


def ring(n: int) -> nx.DiGraph[str]:
    """n0 -> n1 -> … -> n0."""
    return nx.DiGraph([(f"n{i}", f"n{(i + 1) % n}") for i in range(n)])


def two_cliques(n: int) -> nx.DiGraph[str]:
    """Two cliques of n, both directions, joined by one bridge a0 -> b0."""
    G: nx.DiGraph[str] = nx.DiGraph()
    for side in "ab":
        G.add_edges_from((f"{side}{i}", f"{side}{j}") for i in range(n) for j in range(n) if i != j)
    G.add_edge("a0", "b0")
    return G


def random_network(seed: int, n: int = 30, p: float = 0.12) -> nx.DiGraph[str]:
    """Directed, whole weights, some reciprocal edges, isolates; `sector` in four groups."""
    import random

    draw = random.Random(seed)
    G: nx.DiGraph[str] = nx.DiGraph()
    for i in range(n):
        G.add_node(f"x{i:02d}", sector=draw.choice(["public", "private", "mixed", "research"]))
    nodes = list(G)[: n - 3]  # the last three stay isolated
    for a in nodes:
        for b in nodes:
            if a != b and draw.random() < p:
                weight = draw.choice([1, 1, 1, 2, 3, 5])
                G.add_edge(a, b, weight=weight, distance=1 / weight)
    return G


def frame_of(records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(records))
