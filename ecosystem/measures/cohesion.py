"""Cohesion: how tightly the whole network holds, in numbers that name their variant."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.registry import (
    DIRECTED,
    DOES_NOT_APPLY,
    UNDIRECTED,
    UNWEIGHTED,
    measure,
)
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_SHARES = Label("part, de 0 à 1", "share, 0 to 1")


@measure(
    of="network",
    label=Label("densité", "density"),
    reading=Label(
        "part des échanges possibles qui ont lieu ; pour comparer des tailles, lire les partenaires "
        "par acteur, car la densité baisse quand le réseau grandit",
        "share of the possible exchanges that take place; to compare sizes read the partners per "
        "actor, since density falls as a network grows",
    ),
    formula="m / (n (n−1)); adjusted for size: m / n, exchanges given per actor",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=Label("comptés", "counted"), unit=_SHARES,
    reference="Friedkin, N. E. (1981). The development of structure in random networks. doi:10.1016/0378-8733(81)90016-6",
)  # fmt: skip
def density(network: Network) -> pd.DataFrame:
    """Actors, isolates, exchanges, density, and density adjusted for size."""
    n, m = network.n, len(network.edges)
    linked = len(set(network.edges["source"]) | set(network.edges["target"]))
    within = linked * (linked - 1)
    return _rows(
        actors=n,
        isolates=n - linked,
        exchanges=m,
        density=m / (n * (n - 1)) if n > 1 else np.nan,
        density_without_isolates=m / within if within else np.nan,
        exchanges_per_actor=m / n if n else np.nan,
    )


@measure(
    of="network",
    label=Label("réciprocité", "reciprocity"),
    reading=Label(
        "part des échanges qui vont aussi dans l'autre sens",
        "share of the exchanges that also go the other way",
    ),
    formula="edgewise: |{i → j : j → i}| / m; dyadic: (mutual + null pairs) / all pairs",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=DOES_NOT_APPLY, unit=_SHARES,
    reference="Wasserman, S. & Faust, K. (1994). Social Network Analysis. doi:10.1017/CBO9780511815478",
)  # fmt: skip
def reciprocity(network: Network) -> pd.DataFrame:
    """Edgewise reciprocity, and the dyadic variant of R `sna`, both under their names."""
    n, m = network.n, len(network.edges)
    A = network.matrix.astype(bool)
    mutual = int(A.multiply(A.T).sum()) // 2 if m else 0
    pairs = n * (n - 1) / 2
    one_way = m - 2 * mutual
    return _rows(
        mutual_pairs=mutual,
        one_way_pairs=one_way,
        edgewise=2 * mutual / m if m else np.nan,
        dyadic=(pairs - one_way) / pairs if pairs else np.nan,
    )


@measure(
    of="network",
    label=Label("centralisation", "centralization"),
    reading=Label(
        "combien le réseau tient à un seul acteur : 1, une étoile ; 0, tous égaux",
        "how far the network hangs on one actor: 1 a star, 0 all alike",
    ),
    formula="Σ_i (max C − C_i) / max over graphs of n actors",
    direction=Label("selon l'indice", "depends on the index"), weight=UNWEIGHTED,
    isolates=Label("comptés", "counted"), unit=_SHARES,
    reference="Freeman, L. C. (1978). Centrality in social networks. doi:10.1016/0378-8733(78)90021-7",
)  # fmt: skip
def centralization(network: Network) -> pd.DataFrame:
    """Freeman centralization of degree (in and out) and betweenness (directed and not)."""
    n = network.n
    out = np.bincount(network.edges["source"], minlength=n)
    into = np.bincount(network.edges["target"], minlength=n)
    between = network.igraph.betweenness(directed=True) if n else []
    either = network.undirected.betweenness(directed=False) if n else []
    star = (n - 1.0) ** 2 * (n - 2)
    return _rows(
        in_degree=_centralized(into, (n - 1.0) ** 2),
        out_degree=_centralized(out, (n - 1.0) ** 2),
        betweenness=_centralized(between, star),
        betweenness_undirected=_centralized(either, star / 2),
    )


@measure(
    of="network",
    label=Label("connexité", "connectedness"),
    reading=Label(
        "part des paires d'acteurs qui sont reliées, même indirectement ; F, sa fragmentation, est le reste",
        "share of the pairs of actors that are linked, even indirectly; F, its fragmentation, is the rest",
    ),
    formula="Σ_k s_k (s_k − 1) / (n (n−1)), s_k sizes of the components; F = 1 − that",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=Label("comptés", "counted"), unit=_SHARES,
    reference="Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In Computational Organization Theory. doi:10.4324/9781315806648",
)  # fmt: skip
def connectedness(network: Network) -> pd.DataFrame:
    """Components, connectedness and fragmentation, in the weak sense; how many pairs reach."""
    from scipy.sparse import csgraph  # slow to import

    n = network.n
    weak = strong = np.zeros(0, np.int64)
    if n:
        weak = np.bincount(csgraph.connected_components(network.matrix, directed=False)[1])
        strong = np.bincount(csgraph.connected_components(network.matrix, connection="strong")[1])
    pairs = n * (n - 1)
    linked = float((weak * (weak - 1)).sum()) / pairs if pairs else np.nan
    return _rows(
        components=len(weak),
        largest_component=int(weak.max(initial=0)),
        strong_components=len(strong),
        connectedness=linked,
        fragmentation=1 - linked,
    )


def _centralized(values: Any, largest: float) -> float:
    """Sum of the distances to the most central, over the largest such sum."""
    found = np.asarray(values, dtype=float)
    return float((found.max() - found).sum() / largest) if len(found) > 2 else float("nan")


def _rows(**values: Any) -> pd.DataFrame:
    """One row a statistic."""
    return pd.DataFrame({"statistic": list(values), "value": [float(v) for v in values.values()]})
