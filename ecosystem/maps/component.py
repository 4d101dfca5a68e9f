"""One connected component of a map: its shape, and the shape fitted to a rectangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from ecosystem.maps.boxes import BOX, Positions, evened, exchanged, spread
from ecosystem.measures.communities import seeded

if TYPE_CHECKING:
    import igraph

Edge = tuple[int, int]

ROOM = 2.1
"""Area of a component over that of the boxes in it."""
CROWD_ROOM = 2.6
"""The same, above `STRESS_LIMIT`."""
STRESS_LIMIT = 150
"""Up to here Kamada-Kawai draws clearer; above, UMAP keeps groups apart and is faster."""
STRETCH = 1.7
"""How much longer a link between two dense groups is drawn than one inside."""
MANY = 5_000
"""Above, a page shows communities first, and actors need not stand apart to the last one."""
EXCHANGES = 8
"""Rounds of exchanging places in a crowd."""


def split(pairs: Sequence[Edge], n: int) -> list[list[int]]:
    """The connected components, largest first, each in order."""
    import igraph

    graph = igraph.Graph(n=n, edges=pairs)
    return sorted(graph.connected_components(), key=lambda c: (-len(c), c))


@dataclass(frozen=True)
class Shape:
    """A component before it is given its room: `place` in no unit, `links` both ways."""

    place: Positions
    links: sparse.csr_array[Any]

    @classmethod
    def of(cls, pairs: Sequence[Edge], n: int, seed: int) -> Shape:
        """The shape of `n` actors that are all linked by `pairs`."""
        import igraph

        ends = np.array(pairs)
        links: sparse.csr_array[Any] = sparse.csr_array((np.ones(len(ends)), ends.T), shape=(n, n))
        links = sparse.csr_array(links + links.T)
        if n == 2:
            return cls(np.array([[0.0, 0.0], [1.0, 0.0]]), links)
        graph = igraph.Graph(n=n, edges=pairs)
        drawn = _by_stress(graph, seed) if n <= STRESS_LIMIT else _by_umap(graph, links, seed)
        return cls(_clip(_lay_flat(drawn)), links)

    def fitted(self, aspect: float) -> Positions:
        """Long side across in a rectangle of that width over height, boxes pushed apart."""
        n = len(self.place)
        if n == 2:
            return np.asarray(self.place * BOX * 1.3)
        if n > STRESS_LIMIT:
            even = evened(self.place, CROWD_ROOM, aspect)
            rounds = int(np.clip(300_000 // n, 120, 250)) if n <= MANY else 40
            return spread(
                exchanged(even, self.links, EXCHANGES), np.tile(BOX, (n, 1)), rounds=rounds
            )
        area = n * BOX.prod() * ROOM
        target = np.array([np.sqrt(area * aspect), np.sqrt(area / aspect)])
        extent = np.ptp(self.place, axis=0) + 1e-9
        found = (self.place - self.place.min(axis=0)) / extent * target
        return spread(found, np.tile(BOX, (n, 1)))


def _by_stress(graph: igraph.Graph, seed: int) -> Positions:
    with seeded(seed):
        group = graph.community_multilevel().membership
        lengths = [1.0 if group[e.source] == group[e.target] else STRETCH for e in graph.es]
        drawn = graph.layout_kamada_kawai(weights=lengths, maxiter=50 * graph.vcount())
    return np.array(drawn.coords, dtype=float)


def _by_umap(graph: igraph.Graph, links: sparse.csr_array[Any], seed: int) -> Positions:
    """UMAP from a start that is near its end, and so in few rounds.

    Dense groups are drawn first, each as one; then every actor goes half the way from its group
    to its neighbours.
    """
    n = graph.vcount()
    with seeded(seed):
        groups = graph.community_multilevel()
        middle = np.array(groups.cluster_graph().simplify().layout_kamada_kawai().coords)
        middle -= middle.mean(axis=0)
        home = (3 * middle / (middle.std() or 1.0))[groups.membership]
        mean = sparse.csr_array(sparse.diags_array(1 / links.sum(axis=1)) @ links)
        start = home
        for _ in range(10):
            start = (home + mean @ start) / 2
        size = np.array(groups.sizes())[groups.membership, None] / n
        start = start + 0.3 * np.sqrt(size) * np.random.default_rng(seed).normal(size=(n, 2))
        # Fewer rounds for many: they cost as much as there are links.
        drawn = graph.layout_umap(epochs=30 + 24_000 // n, min_dist=0.2, seed=start.tolist())
    return np.array(drawn.coords, dtype=float)


def _lay_flat(found: Positions) -> Positions:
    """Turned so that the longest direction runs across; the sign is fixed, for stability."""
    centred = found - found.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    for axis in axes:
        axis *= 1 if axis[np.argmax(np.abs(axis))] > 0 else -1
    return np.asarray(centred @ axes.T)


def _clip(found: Positions) -> Positions:
    """Outliers brought back, or a few of them set the scale for all."""
    low, high = np.percentile(found, [2, 98], axis=0)
    margin = 0.15 * (high - low)
    return np.asarray(np.clip(found, low - margin, high + margin))
