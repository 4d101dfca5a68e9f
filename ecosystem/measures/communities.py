"""Communities: circles of actors that exchange more among themselves than with others.

The best division of a small network is found exactly; of a larger one, Leiden is started from
many seeds and the best division is kept. How far the divisions of the other seeds agree with it
says how much to trust it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures.canonical_order import by_id, canonical_order
from ecosystem.measures.registry import DOES_NOT_APPLY, UNDIRECTED, measure, remembered
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    import igraph

RUNS = 10
"""How many seeds are tried on a large network."""
MORE_RUNS = 50
"""How many are tried up to `MORE_UP_TO` actors."""
MORE_UP_TO = 400
ITERATIONS = 4
"""Of a run: the first two do nearly all. Until nothing changes (-1) may be never, where rounding makes
equal divisions take turns."""
EXACT_UP_TO = 20
"""Actors with a contact up to which the best of all divisions is found: it takes a second at most."""

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
    """Communities of highest modularity of the undirected network. Isolates: alone.

    Exact up to 20 actors with a contact (Brandes et al. 2008, doi:10.1109/TKDE.2007.190689);
    else the best of Leiden from 50 seeds, of 10 above 400 actors. Neither the order of rows nor
    the direction of flows changes it.
    """
    return communities(network, seed=seed)


@measure(
    of="network",
    label=Label("découpage en communautés", "division into communities"),
    reading=Label(
        "modularité haute : des cercles nets ; accord haut : le découpage ne dépend pas du hasard",
        "high modularity: clear circles; high agreement: the division does not depend on chance",
    ),
    formula="Q, and the mean adjusted Rand index of the best division with those of the other seeds",
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
        "seeds": len(divisions) - 1,
        "exact": float(_exact(network)),
    }
    return pd.DataFrame({"statistic": list(rows), "value": list(rows.values())})


def communities(network: Network, *, seed: int = 1) -> pd.DataFrame:
    """The community of every actor, and how stable its company is.

    Parameters
    ----------
    seed
        The first of the seeds that are tried.

    Returns
    -------
    DataFrame
        By actor: `community` (1 is the largest; of equal ones, the one of the smallest id
        first), `community_stability` (mean over the other seeds of the Jaccard index of the
        actor's community with its community in the best division, which is not one of them).
    """
    divisions, _ = _divisions(network, seed)
    if not divisions:
        return pd.DataFrame(
            {"community": np.zeros(0, np.int64), "community_stability": np.zeros(0)},
            index=network.ids,
        )
    best = divisions[0]
    stability = np.mean([_jaccard(best, other) for other in divisions[1:]], axis=0)
    return pd.DataFrame(
        {"community": best + 1, "community_stability": stability}, index=network.ids
    )


@remembered
def _divisions(network: Network, seed: int) -> tuple[list[Any], float]:
    """The best division, then those of the other seeds, by actor code from 0; and its modularity."""
    if network.n == 0:
        return [], float("nan")
    order = canonical_order(network, directed=False)
    place = np.argsort(order)
    graph = _mutual_graph(network, order)
    weights = graph.es["weight"] if graph.ecount() else None
    found: list[tuple[float, Any]] = []

    def add(division: list[int]) -> None:
        quality = graph.modularity(division, weights=weights) if weights else float("nan")
        found.append((quality, _numbered(np.asarray(division)[place], by_id(network))))

    for run in range(MORE_RUNS if network.n <= MORE_UP_TO else RUNS):
        with seeded(seed + run):
            add(
                graph.community_leiden(
                    objective_function="modularity", weights=weights, n_iterations=ITERATIONS
                ).membership
            )
    if _exact(network):
        add(graph.community_optimal_modularity(weights=weights).membership)
    # of equally good divisions, the first by its numbers: they say the same in any order of rows
    ids = np.argsort(by_id(network))
    best = min(
        range(len(found)),
        key=lambda i: (-round(found[i][0], 9) if weights else 0.0, found[i][1][ids].tolist()),
    )
    rest = found[:best] + found[best + 1 :]
    return [division for _, division in [found[best], *rest]], float(found[best][0])


def _exact(network: Network) -> bool:
    """Whether the best of all divisions is found, not the best of some."""
    linked = np.union1d(network.edges["source"], network.edges["target"])
    return 0 < len(linked) <= EXACT_UP_TO


def _mutual_graph(network: Network, order: Any) -> igraph.Graph:
    """The undirected network with mutual weights, its vertices and edges in a given order."""
    import igraph

    both = sparse.csr_array(network.matrix + network.matrix.T)[order][:, order]
    upper = sparse.csr_array(sparse.triu(both, k=1)).tocoo()
    graph = igraph.Graph(n=network.n, edges=np.column_stack(upper.coords).tolist())
    graph.es["weight"] = upper.data.tolist()
    return graph


def _numbered(division: Any, places: Any) -> Any:
    """Communities numbered from 0 by size, equal ones by their member of the smallest id."""
    names, counts = np.unique(division, return_counts=True)
    first = np.full(len(names), len(division))
    np.minimum.at(first, np.searchsorted(names, division), places)
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
    agreed = [
        igraph.compare_communities(best, other.tolist(), method="adjusted_rand")
        for other in divisions[1:]
    ]
    return round(float(np.mean(agreed)), 12)
