"""Communities: circles of actors that exchange more among themselves than with others.

Leiden, started from many seeds: the best division is kept, and how far the others
agree with it says how much to trust it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures.canonical_order import canonical_order
from ecosystem.measures.registry import DOES_NOT_APPLY, UNDIRECTED, measure, remembered
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    import igraph

RUNS = 10
"""How many seeds are tried."""

_LEIDEN = (
    "Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing "
    "well-connected communities. doi:10.1038/s41598-019-41695-z"
)
_STRENGTH = Label(
    "force mutuelle, nombre de flux dans les deux sens", "mutual strength, flows both ways"
)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of our own, and from Python's after."""
    import igraph

    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


@measure(
    label=Label("communauté", "community"),
    reading=Label(
        "numéro du cercle d'acteurs qui échangent surtout entre eux, 1 pour le plus grand",
        "number of the circle of actors that exchange mostly among themselves, 1 for the largest",
    ),
    formula="argmax Q = Σ_c (W_c / W − (S_c / 2W)²), W_c the weight inside c, S_c its strength",
    direction=UNDIRECTED, weight=_STRENGTH,
    isolates=Label("une communauté à lui seul", "a community of its own"),
    unit=Label("numéro, à partir de 1", "number, from 1"), reference=_LEIDEN, nominal=True,
    columns={
        "community_stability": Label(
            "part de ses voisins de communauté qui le restent d'une graine à l'autre, de 0 à 1",
            "share of its fellows that stay its fellows from seed to seed, 0 to 1",
        )
    },
)  # fmt: skip
def community(network: Network, *, seed: int = 1) -> pd.DataFrame:
    """Leiden communities of the undirected network, best of ten seeds. Isolates: alone."""
    return communities(network, seed=seed)


@measure(
    of="network",
    label=Label("découpage en communautés", "division into communities"),
    reading=Label(
        "modularité haute : des cercles nets ; accord haut : le découpage ne dépend pas du hasard",
        "high modularity: clear circles; high agreement: the division does not depend on chance",
    ),
    formula="Q, and the mean adjusted Rand index between the best division and the others",
    direction=UNDIRECTED, weight=_STRENGTH, isolates=DOES_NOT_APPLY,
    unit=Label("Q de -1/2 à 1, accord jusqu'à 1", "Q from -1/2 to 1, agreement up to 1"),
    reference=_LEIDEN,
)  # fmt: skip
def community_structure(network: Network, *, seed: int = 1) -> pd.DataFrame:
    """Number of communities, modularity, and agreement between seeds."""
    divisions, quality = _divisions(network, seed)
    best = divisions[0] if divisions else []
    sizes = np.bincount(best) if len(best) else np.zeros(0, int)
    rows: dict[str, Any] = {
        "communities": len(sizes),
        "communities_of_one": int((sizes == 1).sum()),
        "modularity": quality,
        "agreement": _agreement(divisions),
        "seeds": len(divisions),
    }
    return pd.DataFrame({"statistic": list(rows), "value": list(rows.values())})


def communities(network: Network, *, seed: int = 1) -> pd.DataFrame:
    """The community of every actor, and how stable its company is.

    Parameters
    ----------
    seed
        The first of ten; the division with the highest modularity is kept.

    Returns
    -------
    DataFrame
        By actor: `community` (1 is the largest), `community_stability` (mean over the seeds of
        the Jaccard index of the actor's community with its community in the best division).
    """
    divisions, _ = _divisions(network, seed)
    if not divisions:
        return pd.DataFrame(
            {"community": np.zeros(0, np.int64), "community_stability": np.zeros(0)},
            index=network.ids,
        )
    best = divisions[0]
    stability = np.mean([_jaccard(best, other) for other in divisions], axis=0)
    return pd.DataFrame(
        {"community": best + 1, "community_stability": stability}, index=network.ids
    )


@remembered
def _divisions(network: Network, seed: int) -> tuple[list[Any], float]:
    """The divisions found, the best first, by actor code from 0, largest community first."""
    if network.n == 0:
        return [], float("nan")
    order = canonical_order(network)
    graph = _mutual_graph(network, order)
    weights = graph.es["weight"] if graph.ecount() else None
    found = []
    for run in range(RUNS):
        with seeded(seed + run):
            division = graph.community_leiden(
                objective_function="modularity", weights=weights, n_iterations=-1
            ).membership
        quality = graph.modularity(division, weights=weights) if weights else float("nan")
        found.append((quality, np.asarray(division)))
    found.sort(key=lambda pair: -pair[0] if pair[0] == pair[0] else 0.0)
    place = np.argsort(order)
    return [_by_size(division)[place] for _, division in found], float(found[0][0])


def _mutual_graph(network: Network, order: Any) -> igraph.Graph:
    """The undirected network with mutual weights, its vertices and edges in a given order."""
    import igraph

    both = sparse.csr_array(network.matrix + network.matrix.T)[order][:, order]
    upper = sparse.csr_array(sparse.triu(both, k=1)).tocoo()
    graph = igraph.Graph(n=network.n, edges=np.column_stack(upper.coords).tolist())
    graph.es["weight"] = upper.data.tolist()
    return graph


def _by_size(division: Any) -> Any:
    """Communities numbered from 0 by size, equal ones by their first member."""
    names, first, counts = np.unique(division, return_index=True, return_counts=True)
    number = np.empty(names.max() + 1, dtype=np.int64)
    number[names[np.lexsort([first, -counts])]] = np.arange(len(names))
    return number[division]


def _jaccard(best: Any, other: Any) -> Any:
    """For each actor, the Jaccard index of its two communities."""
    pairs, inverse, shared = np.unique(
        np.column_stack([best, other]), axis=0, return_inverse=True, return_counts=True
    )
    sizes = np.bincount(best)[pairs[:, 0]] + np.bincount(other)[pairs[:, 1]]
    return (shared / (sizes - shared))[inverse.ravel()]


def _agreement(divisions: list[Any]) -> float:
    """Mean adjusted Rand index of the best division with the others."""
    import igraph

    if len(divisions) < 2 or len(divisions[0]) < 2:
        return float("nan")
    best = divisions[0].tolist()
    return float(
        np.mean(
            [
                igraph.compare_communities(best, other.tolist(), method="adjusted_rand")
                for other in divisions[1:]
            ]
        )
    )
