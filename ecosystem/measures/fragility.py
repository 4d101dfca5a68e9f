"""Fragility: where the network would come apart, and how far."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.measures.paths import levels
from ecosystem.measures.registry import DIRECTED, UNDIRECTED, UNWEIGHTED, ZERO, measure, remembered
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_CUT = "Hopcroft, J. & Tarjan, R. (1973). Efficient algorithms for graph manipulation. doi:10.1145/362248.362272"

_BORGATTI = "Borgatti, S. P. (2006). Identifying sets of key players in a social network. doi:10.1007/s10588-006-7084-x"


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
        cut[network.undirected.articulation_points()] = True
    return network.series(cut, "articulation_point")


@measure(
    label=Label("point d'articulation fort", "strong articulation point"),
    reading=Label(
        "s'il part, des acteurs qui pouvaient s'atteindre dans les deux sens ne le peuvent plus",
        "if it leaves, actors that could reach each other both ways no longer can",
    ),
    formula="s(G − i) > s(G), s the number of strong components",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=Label("faux", "false"),
    unit=Label("vrai ou faux", "true or false"),
    reference="Italiano, G. F., Laura, L. & Santaroni, F. (2012). Finding strong bridges and strong articulation points in linear time. doi:10.1016/j.tcs.2011.11.011",
)  # fmt: skip
def articulation_point_strong(network: Network) -> pd.Series[Any]:
    """Whether removing the actor splits its strong component. Isolates: False.

    In a strong component, these are the dominators of the paths from any actor or to it,
    and that actor itself if the others do not hold together without it.
    """
    from scipy.sparse import csgraph  # slow to import

    cut = np.zeros(network.n, dtype=bool)
    matrix = network.matrix
    _, member = csgraph.connected_components(matrix, connection="strong") if network.n else (0, cut)
    sizes = np.bincount(member)
    for component in np.flatnonzero(sizes > 2):
        inside = np.flatnonzero(member == component)
        graph = network.igraph.induced_subgraph(inside.tolist())
        found = {d for way in ("out", "in") for d in graph.dominator(0, mode=way) if d > 0}
        rest = matrix[inside[1:]][:, inside[1:]]
        if csgraph.connected_components(rest, connection="strong")[0] > 1:
            found.add(0)
        cut[inside[list(found)]] = True
    return network.series(cut, "articulation_point_strong")


@measure(
    label=Label("paires séparées", "pairs parted"),
    reading=Label(
        "paires d'autres acteurs qui ne seraient plus reliées, même indirectement, s'il partait",
        "pairs of other actors that would no longer be linked, even indirectly, if it left",
    ),
    formula="|{{j, k} : linked in G, not in G − i, j ≠ i ≠ k}|",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=ZERO,
    unit=Label("paires, de 0 à (n-1)(n-2)/2", "pairs, 0 to (n-1)(n-2)/2"), reference=_BORGATTI,
)  # fmt: skip
def pairs_parted(network: Network) -> pd.Series[Any]:
    """Pairs of others in one weak component that removing the actor puts in two. Isolates: 0."""
    sizes, linked = _departures(network)
    return network.series(((sizes - 1) * (sizes - 2) - linked) // 2, "pairs_parted")


@measure(
    label=Label("fragmentation après départ", "fragmentation on departure"),
    reading=Label(
        "part des paires des autres acteurs qui ne seraient pas reliées, même indirectement, sans lui",
        "share of the pairs of other actors that would not be linked, even indirectly, without it",
    ),
    formula="F(G − i) = 1 − Σ_k s_k (s_k − 1) / ((n−1)(n−2)), s_k sizes of the components of G − i",
    direction=UNDIRECTED, weight=UNWEIGHTED,
    isolates=Label("comme les autres", "like the others"),
    unit=Label("part, de 0 à 1", "share, 0 to 1"), reference=_BORGATTI,
)  # fmt: skip
def fragmentation(network: Network) -> pd.Series[Any]:
    """Borgatti's F of the network without the actor. With fewer than three actors: nan."""
    n = network.n
    sizes, inside = _departures(network)
    # each of the s actors of a component has s - 1 others in it
    linked = (sizes - 1).sum() - sizes * (sizes - 1) + inside
    pairs = (n - 1) * (n - 2)
    values = 1 - linked / pairs if pairs > 0 else np.full(n, np.nan)
    return network.series(values, "fragmentation")


@measure(
    label=Label("fragmentation pondérée par la distance", "distance-weighted fragmentation"),
    reading=Label(
        "combien les autres acteurs seraient loin les uns des autres sans lui, en étapes",
        "how far from one another the other actors would be without it, in steps",
    ),
    formula="DF(G − i) = 1 − Σ_{j ≠ k} 1/d_jk / ((n−1)(n−2)), d in G − i",
    direction=UNDIRECTED, weight=Label("ignoré : des étapes", "ignored: steps"),
    isolates=Label("comme les autres", "like the others"),
    unit=Label("part, de 0 à 1", "share, 0 to 1"), reference=_BORGATTI, heavy_above=500,
)  # fmt: skip
def fragmentation_distance(network: Network) -> pd.Series[Any]:
    """Borgatti's distance-weighted F of the network without the actor. Under three actors: nan."""
    n = network.n
    values = np.full(n, np.nan)
    if n > 2:
        both = sparse.csr_array(network.matrix + network.matrix.T)
        everyone = np.arange(n)
        for i in range(n):
            values[i] = distance_fragmentation(both, np.delete(everyone, i))
    return network.series(values, "fragmentation_distance")


def distance_fragmentation(both: sparse.csr_array[Any], kept: Any) -> float:
    """Distance-weighted F among the actors kept, in a symmetric matrix."""
    rest = both[kept][:, kept]
    near = sum(c.sum() / steps for steps, c in levels(rest.indptr, rest.indices, len(kept)))
    return 1 - float(near) / (len(kept) * (len(kept) - 1))


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
    """The bridges of the undirected network, as sorted pairs of actor codes."""
    return sorted(
        tuple(sorted(network.undirected.es[e].tuple)) for e in network.undirected.bridges()
    )


def detached(network: Network) -> dict[str, tuple[str, ...]]:
    """For each articulation point, the actors that lose the largest part of its component without it.

    Of several largest parts the one that holds the first actor counts as the rest.
    """
    graph, ids = network.undirected, network.ids
    found = {}
    for cut in graph.articulation_points():
        member = graph.subcomponent(cut)
        left = graph.induced_subgraph([v for v in member if v != cut])
        kept = [v for v in sorted(member) if v != cut]
        parts = sorted(left.connected_components(), key=lambda part: (-len(part), part[0]))
        found[ids[cut]] = tuple(ids[kept[v]] for part in parts[1:] for v in sorted(part))
    return found


@remembered
def _departures(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Size of each actor's weak component, and the ordered pairs in it still linked without it.

    The pieces that an articulation point leaves are read off the tree of blocks (maximal
    parts without an articulation point): one for each of its blocks.
    """
    if network.n == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    graph = network.undirected
    member = np.asarray(graph.connected_components().membership)
    sizes = np.bincount(member)[member].astype(np.int64)
    linked = (sizes - 1) * (sizes - 2)
    parts = [list(part) for part in graph.biconnected_components()]
    for cut, pieces in _hanging(parts, graph.articulation_points(), sizes.tolist()).items():
        linked[cut] = sum(size * (size - 1) for size in pieces)
    return sizes, linked


def _hanging(parts: list[list[int]], cuts: list[int], sizes: list[int]) -> dict[int, list[int]]:
    """For each articulation point, the sizes of the pieces that its removal leaves."""
    of: dict[int, list[int]] = {cut: [] for cut in cuts}
    for number, part in enumerate(parts):
        for actor in part:
            if actor in of:
                of[actor].append(number)
    pieces: dict[int, list[int]] = {cut: [] for cut in cuts}
    visited: set[int] = set()
    for root in range(len(parts)):
        if root in visited:
            continue
        # Down the tree from a block to its points and to their other blocks, then back up.
        order: list[tuple[int, int | None]] = [(root, None)]
        visited.add(root)
        for block, above in order:
            for actor in parts[block]:
                if actor in of and actor != above:
                    order += [(b, actor) for b in of[actor] if b != block]
                    visited.update(of[actor])
        hangs: dict[int, int] = {}  # an articulation point and all that hangs on it
        for block, above in reversed(order):
            held = sum(hangs.get(actor, 1) for actor in parts[block] if actor != above)
            if above is not None:
                pieces[above].append(held)
                hangs[above] = hangs.get(above, 1) + held
        for cut, size in hangs.items():
            pieces[cut].append(sizes[cut] - size)
    return pieces
