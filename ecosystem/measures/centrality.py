"""Centrality: how much an actor gives, gets and stands between others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.registry import DIRECTED, UNDIRECTED, UNWEIGHTED, ZERO, measure
from ecosystem.networks import Network
from ecosystem.vocabulary import Label

_FREEMAN = "Freeman, L. C. (1978). Centrality in social networks. doi:10.1016/0378-8733(78)90021-7"
_BARRAT = "Barrat, A. et al. (2004). The architecture of complex weighted networks. doi:10.1073/pnas.0400087101"
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
    label=Label("intermédiarité", "betweenness"),
    reading=Label(
        "nombre de plus courts chemins de données entre deux autres acteurs qui passent par lui",
        "how many shortest data paths between two other actors run through it",
    ),
    formula="Σ_{s ≠ i ≠ t} σ_st(i) / σ_st",
    direction=DIRECTED,
    weight=Label("une distance de 1 / nombre de flux", "a distance of 1 / number of flows"),
    isolates=ZERO,
    unit=Label("chemins, de 0 à (n-1)(n-2)", "paths, 0 to (n-1)(n-2)"),
    reference="Brandes, U. (2001). A faster algorithm for betweenness centrality. doi:10.1080/0022250X.2001.9990249",
)  # fmt: skip
def betweenness(network: Network) -> pd.Series[Any]:
    """Shortest data paths through an actor, directed, on `distance`, not normalised. Isolates: 0."""
    if network.n == 0:
        return network.series([], "betweenness").astype(float)
    distances = network.edges["distance"].tolist()
    values = network.igraph.betweenness(directed=True, weights=distances or None)
    # igraph leaves rounding dust where networkx has an exact 0
    return network.series(np.where(np.abs(values) < 1e-12, 0.0, values), "betweenness")


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
    simple = network.igraph.as_undirected(mode="collapse")
    return network.series(np.asarray(simple.coreness(), dtype=np.int64), "core_number")


def _counted(network: Network, end: str, weight: str | None) -> pd.Series[Any]:
    """Edges or weights by the code at one end."""
    weights = network.edges[weight].to_numpy() if weight else None
    counts = np.bincount(network.edges[end].to_numpy(), weights=weights, minlength=network.n)
    whole = weights is None or bool(np.all(counts == np.round(counts)))
    return network.series(counts.astype(np.int64) if whole else counts, end)
