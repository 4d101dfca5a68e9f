"""Centrality: how much an actor gives and gets, and how deep in the network it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures.registry import DIRECTED, UNDIRECTED, UNWEIGHTED, ZERO, measure
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_FREEMAN = "Freeman, L. C. (1978). Centrality in social networks. doi:10.1016/0378-8733(78)90021-7"
_BARRAT = "Barrat, A. et al. (2004). The architecture of complex weighted networks. doi:10.1073/pnas.0400087101"
_ALPHA = 0.85
_COUNT = Label("acteurs, de 0 à n-1", "actors, 0 to n-1")
_FLOWS = Label("flux, à partir de 0", "flows, from 0")


@measure(
    label=Label("degré entrant", "in-degree"),
    reading=Label("nombre d'acteurs dont il reçoit des données", "how many actors it receives data from"),
    formula="|{j : j → i}|",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_COUNT, reference=_FREEMAN,
)  # fmt: skip
def in_degree(network: Network) -> pd.Series[Any]:
    """Number of actors that an actor receives data from. Isolates: 0."""
    return _counted(network, "target", None)


@measure(
    label=Label("degré sortant", "out-degree"),
    reading=Label("nombre d'acteurs à qui il donne des données", "how many actors it gives data to"),
    formula="|{j : i → j}|",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_COUNT, reference=_FREEMAN,
)  # fmt: skip
def out_degree(network: Network) -> pd.Series[Any]:
    """Number of actors that an actor gives data to. Isolates: 0."""
    return _counted(network, "source", None)


@measure(
    label=Label("flux reçus", "in-strength"),
    reading=Label("nombre de flux qu'il reçoit", "how many flows it receives"),
    formula="Σ_j w(j → i)",
    direction=DIRECTED, weight=Label("nombre de flux", "number of flows"), isolates=ZERO,
    unit=_FLOWS, reference=_BARRAT,
)  # fmt: skip
def in_strength(network: Network) -> pd.Series[Any]:
    """Number of flows an actor receives. Isolates: 0."""
    return _counted(network, "target", "weight")


@measure(
    label=Label("flux donnés", "out-strength"),
    reading=Label("nombre de flux qu'il donne", "how many flows it gives"),
    formula="Σ_j w(i → j)",
    direction=DIRECTED, weight=Label("nombre de flux", "number of flows"), isolates=ZERO,
    unit=_FLOWS, reference=_BARRAT,
)  # fmt: skip
def out_strength(network: Network) -> pd.Series[Any]:
    """Number of flows an actor gives. Isolates: 0."""
    return _counted(network, "source", "weight")


@measure(
    label=Label("indice de cœur", "core number"),
    reading=Label(
        "plus grand k tel qu'il appartient à un groupe où chacun échange avec k autres du groupe",
        "largest k such that it belongs to a group where everyone exchanges with k others of the group",
    ),
    formula="max {k : i ∈ k-core}",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_COUNT,
    reference="Seidman, S. B. (1983). Network structure and minimum degree. doi:10.1016/0378-8733(83)90028-X",
)  # fmt: skip
def core_number(network: Network) -> pd.Series[Any]:
    """Core number in the simple undirected network. Isolates: 0."""
    coreness = np.asarray(network.undirected.coreness(), dtype=np.int64)
    return network.series(coreness, "core_number")


@measure(
    label=Label("PageRank", "PageRank"),
    reading=Label(
        "part de la donnée qui finirait chez lui si chacun repassait ce qu'il reçoit",
        "share of the data that would end with it if everyone passed on what it receives",
    ),
    formula="p_i = (1 − α)/n + α Σ_j p_j w(j → i) / Σ_k w(j → k), α = 0.85",
    direction=DIRECTED, weight=Label("nombre de flux", "number of flows"),
    isolates=Label("la part la plus petite", "the smallest share"),
    unit=Label("part, leur somme est 1", "share, they add up to 1"),
    reference="Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. doi:10.1016/S0169-7552(98)00110-X",
)  # fmt: skip
def pagerank(network: Network) -> pd.Series[Any]:
    """PageRank along the flows, damping 0.85; who gives to nobody gives to all. Isolates: the least."""
    n = network.n
    given = np.asarray(network.matrix.sum(axis=1)).ravel()
    share = np.divide(1.0, given, out=np.zeros(n), where=given > 0)
    onward = (sparse.diags_array(share) @ network.matrix).T.tocsr() if n else network.matrix
    rank = np.full(n, 1.0 / max(n, 1))
    for _ in range(1000 if n else 0):
        before = rank
        rank = _ALPHA * (onward @ before + before[given == 0].sum() / n) + (1 - _ALPHA) / n
        if np.abs(rank - before).sum() < 1e-14:
            break
    return network.series(rank, "pagerank")


def _counted(network: Network, end: str, weight: str | None) -> pd.Series[Any]:
    """Edges or weights by the code at one end."""
    weights = network.edges[weight].to_numpy() if weight else None
    counts = np.bincount(network.edges[end].to_numpy(), weights=weights, minlength=network.n)
    whole = weights is None or bool(np.all(counts == np.round(counts)))
    return network.series(counts.astype(np.int64) if whole else counts, end)
