"""Shortest paths: who stands on those of others, and how near everybody is.

Betweenness reads `distance` (1 / number of flows); closeness and reach count steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.measures.options import Whole
from ecosystem.measures.registry import DIRECTED, UNDIRECTED, ZERO, measure, remembered
from ecosystem.networks.network import Edges, Network, igraph_of
from ecosystem.vocabulary import Label

EXACT_UP_TO = 20_000
"""Number of actors above which the broker table samples betweenness instead of computing it."""
EXACT_SIZE = 2_000_000_000
"""Actors times exchanges above which it does so too."""
SOURCES = 1024
"""How many actors a sampled betweenness starts from."""
BATCHES = 16
"""In how many parts the sources are counted, to tell the error."""
_WORDS = 2**21
"""How many 64-bit words a step of the search from all actors may hold at once."""

_BRANDES = "Brandes, U. (2001). A faster algorithm for betweenness centrality. doi:10.1080/0022250X.2001.9990249"
_VARIANTS = "Brandes, U. (2008). On variants of shortest-path betweenness centrality. doi:10.1016/j.socnet.2007.11.001"
_PIVOTS = "Brandes, U. & Pich, C. (2007). Centrality estimation in large networks. doi:10.1142/S0218127407018403"
_ROCHAT = "Marchiori, M. & Latora, V. (2000). Harmony in the small-world. doi:10.1016/S0378-4371(00)00311-3"
_DISTANCE = Label("une distance de 1 / nombre de flux", "a distance of 1 / number of flows")
_PATHS = Label("chemins, de 0 à (n-1)(n-2)", "paths, 0 to (n-1)(n-2)")


def betweenness_of_edges(edges: Edges) -> NDArray[np.float64]:
    """Shortest data paths through each actor, by code."""
    if edges.n == 0:
        return np.zeros(0)
    graph = igraph_of(edges.n, edges.source, edges.target)
    return _clean(graph.betweenness(directed=True, weights=lengths(edges.distance)))


@measure(
    label=Label("intermédiarité", "betweenness"),
    reading=Label(
        "nombre de plus courts chemins de données entre deux autres acteurs qui passent par lui",
        "how many shortest data paths between two other actors run through it",
    ),
    formula="Σ_{s ≠ i ≠ t} σ_st(i) / σ_st",
    direction=DIRECTED, weight=_DISTANCE, isolates=ZERO, unit=_PATHS, reference=_BRANDES,
    of_edges=betweenness_of_edges,
)  # fmt: skip
def betweenness(network: Network) -> pd.Series[Any]:
    """Shortest data paths through an actor, directed, on `distance`, not normalised. Isolates: 0."""
    return network.series(_between(network, directed=True), "betweenness")


@measure(
    label=Label("intermédiarité sans direction", "undirected betweenness"),
    reading=Label(
        "paires d'autres acteurs dont le plus court chemin, dans un sens ou l'autre, passe par lui",
        "pairs of other actors whose shortest path, whichever way, runs through it",
    ),
    formula="Σ_{s < t} σ_st(i) / σ_st, d(s, t) on z_st = w_st + w_ts",
    direction=UNDIRECTED,
    weight=Label("une distance de 1 / flux dans les deux sens", "a distance of 1 / flows both ways"),
    isolates=ZERO, unit=Label("paires, de 0 à (n-1)(n-2)/2", "pairs, 0 to (n-1)(n-2)/2"),
    reference=_BRANDES, heavy_above=EXACT_UP_TO, heavy_size=EXACT_SIZE,
)  # fmt: skip
def betweenness_undirected(network: Network) -> pd.Series[Any]:
    """Shortest paths through an actor where every flow counts both ways. Isolates: 0."""
    graph = network.undirected
    distances = lengths(1 / np.asarray(graph.es["weight"], dtype=float))
    values = graph.betweenness(directed=False, weights=distances) if network.n else []
    return network.series(_clean(values), "betweenness_undirected")


@measure(
    label=Label("intermédiarité, extrémités comprises", "betweenness with endpoints"),
    reading=Label(
        "plus courts chemins de données qui passent par lui, commencent ou finissent chez lui",
        "how many shortest data paths run through it, begin with it or end with it",
    ),
    formula="Σ_{s ≠ t} σ_st(i) / σ_st, i ∈ {s, t} too",
    direction=DIRECTED, weight=_DISTANCE, isolates=ZERO,
    unit=Label("chemins, de 0 à n(n-1)", "paths, 0 to n(n-1)"), reference=_VARIANTS,
    heavy_above=EXACT_UP_TO, heavy_size=EXACT_SIZE,
)  # fmt: skip
def betweenness_endpoints(network: Network) -> pd.Series[Any]:
    """Betweenness, plus the paths that begin or end with the actor. Isolates: 0."""
    ends = _from_all(network, "in")[1] + _from_all(network, "out")[1]
    return network.series(_between(network, directed=True) + ends, "betweenness_endpoints")


@measure(
    label=Label("intermédiarité estimée", "sampled betweenness"),
    reading=Label(
        "estimation de l'intermédiarité, avec son erreur, pour les réseaux trop grands pour l'exacte",
        "an estimate of betweenness, with its error, for networks too large for the exact one",
    ),
    formula="n/k Σ_{s ∈ K} Σ_t σ_st(i) / σ_st, K drawn at random, |K| = k",
    direction=DIRECTED, weight=_DISTANCE, isolates=ZERO, unit=_PATHS, reference=_PIVOTS,
    columns={
        "standard_error": Label(
            "erreur type de l'estimation ; 0 : exacte ; deux fois l'erreur, de part et d'autre, contiennent la vraie "
            "valeur trois à quatre fois sur cinq, non dix-neuf sur vingt : peu de sources font l'essentiel",
            "standard error of the estimate; 0: exact; twice the error, to both sides, holds the true value in three to "
            "four cases of five, not in nineteen of twenty: a few sources make up most of it",
        ),
        "sources": Label("acteurs de départ tirés au hasard", "actors drawn at random to start from"),
    },
    takes={"sources": Whole(1, 1_000_000)},
)  # fmt: skip
def betweenness_sampled(network: Network, *, sources: int = SOURCES, seed: int = 1) -> pd.DataFrame:
    """Betweenness from a random sample of sources, with its standard error. Isolates: 0.

    Exact, with error 0, where there are no more actors than `sources`. The error comes from
    16 batches of sources, with the correction for drawing without replacement. It is an order of
    magnitude: what sources contribute is skewed, and plus or minus 1.96 errors held the true
    value of an actor between others in 73 % of cases (15 of 60 sources) to 82 % (30 of 60).
    """
    n = network.n
    if n <= sources:
        exact = _between(network, directed=True)
        return pd.DataFrame(
            {"betweenness_sampled": exact, "standard_error": np.zeros(n), "sources": n},
            index=network.ids,
        )
    drawn = np.random.default_rng(seed).permutation(n)[:sources]
    distances = _lengths(network)
    batches = np.array_split(drawn, min(BATCHES, sources))
    means = np.empty((len(batches), n))
    for row, batch in zip(means, batches, strict=True):
        row[:] = network.igraph.betweenness(
            directed=True, weights=distances, sources=batch.tolist()
        )
        row *= n / len(batch)
    sizes = np.array([len(batch) for batch in batches])
    mean = np.average(means, axis=0, weights=sizes)
    spread = means.std(axis=0, ddof=1) / np.sqrt(len(batches)) if len(batches) > 1 else np.nan
    error = spread * np.sqrt(1 - sources / n)
    return pd.DataFrame(
        {"betweenness_sampled": _clean(mean), "standard_error": error, "sources": sources},
        index=network.ids,
    )


@measure(
    label=Label("proximité harmonique entrante", "harmonic closeness, inward"),
    reading=Label(
        "combien d'acteurs dont les données peuvent lui parvenir, les plus proches comptant le plus",
        "how many actors whose data can reach it, the nearer ones counting most",
    ),
    formula="Σ_{j ≠ i} 1 / d(j, i)",
    direction=DIRECTED, weight=Label("ignoré : des étapes", "ignored: steps"), isolates=ZERO,
    unit=Label("acteurs à une étape, de 0 à n-1", "actors at one step, 0 to n-1"), reference=_ROCHAT,
    heavy_above=EXACT_UP_TO,
)  # fmt: skip
def harmonic_in(network: Network) -> pd.Series[Any]:
    """Sum of 1 / steps from every other actor; 0 for those who cannot reach it. Isolates: 0."""
    return network.series(_from_all(network, "in")[0], "harmonic_in")


@measure(
    label=Label("proximité harmonique sortante", "harmonic closeness, outward"),
    reading=Label(
        "combien d'acteurs que ses données peuvent atteindre, les plus proches comptant le plus",
        "how many actors its data can reach, the nearer ones counting most",
    ),
    formula="Σ_{j ≠ i} 1 / d(i, j)",
    direction=DIRECTED, weight=Label("ignoré : des étapes", "ignored: steps"), isolates=ZERO,
    unit=Label("acteurs à une étape, de 0 à n-1", "actors at one step, 0 to n-1"), reference=_ROCHAT,
    heavy_above=EXACT_UP_TO,
)  # fmt: skip
def harmonic_out(network: Network) -> pd.Series[Any]:
    """Sum of 1 / steps to every other actor; 0 for those it cannot reach. Isolates: 0."""
    return network.series(_from_all(network, "out")[0], "harmonic_out")


def too_large(network: Network) -> bool:
    """Whether the broker table samples the betweenness of a network instead of computing it."""
    return network.n > EXACT_UP_TO or network.n * len(network.edges) > EXACT_SIZE


def levels(indptr: Any, indices: Any, n: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """How many actors reach each actor in exactly 1, 2, … steps, for all starts at once.

    Parameters
    ----------
    indptr, indices
        In CSR form, who passes to each actor.

    Yields
    ------
    steps, counts by actor
        64 starts share a machine word; starts are taken in blocks, so steps come back to 1.
    """
    degrees = np.diff(indptr)
    fed = np.flatnonzero(degrees)
    if not len(fed):
        return
    begins = indptr[:-1][fed]
    block = 64 * max(1, _WORDS // max(len(indices), n))
    for start in range(0, n, block):
        stop = min(start + block, n)
        bits = np.arange(start, stop)
        seen = np.zeros((n, -(-(stop - start) // 64)), dtype=np.uint64)
        seen[bits, (bits - start) // 64] = np.uint64(1) << ((bits - start) % 64).astype(np.uint64)
        front, steps = seen.copy(), 0
        while True:
            steps += 1
            fresh = np.zeros_like(seen)
            fresh[fed] = np.bitwise_or.reduceat(front[indices], begins, axis=0)
            fresh &= ~seen
            counts = np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
            if not counts.any():
                break
            seen |= fresh
            front = fresh
            yield steps, counts


@remembered
def _from_all(network: Network, way: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Harmonic closeness and how many actors are in reach, by actor, inward or outward."""
    towards = network.matrix.T.tocsr() if way == "in" else network.matrix
    harmonic, reach = np.zeros(network.n), np.zeros(network.n, dtype=np.int64)
    for steps, counts in levels(towards.indptr, towards.indices, network.n):
        harmonic += counts / steps
        reach += counts
    return harmonic, reach


@remembered
def _between(network: Network, *, directed: bool) -> NDArray[np.float64]:
    if network.n == 0:
        return np.zeros(0)
    return _clean(network.igraph.betweenness(directed=directed, weights=_lengths(network)))


def _lengths(network: Network) -> list[float] | None:
    return lengths(network.edges["distance"].to_numpy())


def lengths(distances: NDArray[np.float64]) -> list[float] | None:
    """Distances as igraph takes them; None where all are equal: counting steps is faster, and the same."""
    if len(distances) == 0 or (distances == distances[0]).all():
        return None
    found: list[float] = distances.tolist()
    return found


def _clean(values: Any) -> NDArray[np.float64]:
    """Without the rounding dust that igraph leaves where networkx has an exact 0."""
    found = np.asarray(values, dtype=float)
    return np.where(np.abs(found) < 1e-12, 0.0, found)
