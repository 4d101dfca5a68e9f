"""Fragility: where the network would come apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.registry import UNDIRECTED, UNWEIGHTED, ZERO, measure
from ecosystem.networks import Network
from ecosystem.vocabulary import Label

_CUT = "Hopcroft, J. & Tarjan, R. (1973). Efficient algorithms for graph manipulation. doi:10.1145/362248.362272"


@measure(
    label=Label("point d'articulation", "articulation point"),
    reading=Label("s'il part, un morceau du réseau se détache", "if it leaves, a part of the network comes away"),
    formula="c(G − i) > c(G)",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=Label("faux", "false"),
    unit=Label("vrai ou faux", "true or false"), reference=_CUT,
)  # fmt: skip
def articulation_point(network: Network) -> pd.Series[Any]:
    """Whether removing the actor splits its weak component. Isolates: False."""
    cut = np.zeros(network.n, dtype=bool)
    if network.n:
        cut[network.igraph.articulation_points()] = True
    return network.series(cut, "articulation_point")


@measure(
    label=Label("ponts", "bridges"),
    reading=Label(
        "nombre d'échanges qui le relient seuls à un morceau du réseau",
        "how many of its exchanges are the only link to a part of the network",
    ),
    formula="|{e ∋ i : c(G − e) > c(G)}|",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=ZERO,
    unit=Label("ponts, de 0 au nombre de contacts", "bridges, 0 to the number of contacts"),
    reference=_CUT,
)  # fmt: skip
def bridges(network: Network) -> pd.Series[Any]:
    """Number of bridges at the actor, a pair of actors counting once. Isolates: 0."""
    counts = np.zeros(network.n, dtype=np.int64)
    for a, b in bridge_pairs(network):
        counts[[a, b]] += 1
    return network.series(counts, "bridges")


def bridge_pairs(network: Network) -> list[tuple[int, int]]:
    """The bridges of the simple undirected network, as sorted pairs of actor codes."""
    simple = network.igraph.as_undirected(mode="collapse")
    return sorted(tuple(sorted(simple.es[e].tuple)) for e in simple.bridges())
