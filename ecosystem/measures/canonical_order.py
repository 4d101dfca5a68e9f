"""An order of the actors that their names do not change, for methods that must take them in turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.registry import remembered
from ecosystem.networks.network import Network


@remembered
def canonical_order(network: Network, *, directed: bool = True) -> NDArray[np.int64]:
    """Actors in an order that their rows do not change: by how they are linked, then by id.

    Colours are refined by those of the neighbours until nothing more can be told apart
    (Weisfeiler-Lehman); what stays equal is interchangeable, but for rare symmetries.

    Parameters
    ----------
    directed
        Whether it matters which way the edges go; if not, turning them all round changes nothing.

    Returns
    -------
    array (n,)
        Codes of the actors, the first of the order first.
    """
    source = network.edges["source"].to_numpy()
    target = network.edges["target"].to_numpy()
    weight = network.edges["weight"].to_numpy()
    n = network.n
    if not directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
        weight = np.concatenate([weight, weight])
    colour: NDArray[np.float64] = np.zeros(n)
    for _ in range(max(n, 1)):
        mixed = np.sin(colour * 12.9898 + 1.0)  # spreads the colours, so that sums differ
        sent = np.bincount(target, weights=weight * (2 + mixed[source]), minlength=n)
        back = np.bincount(source, weights=weight * (3 + mixed[target]) * 1.618, minlength=n)
        keys = np.column_stack([colour, sent.round(8), back.round(8) if directed else sent * 0])
        _, places = np.unique(keys, axis=0, return_inverse=True)
        fresh = np.asarray(places.ravel(), dtype=float)
        if fresh.max(initial=0) == colour.max(initial=0):
            break
        colour = fresh
    return np.asarray(np.lexsort([by_id(network), colour]))


@remembered
def by_id(network: Network) -> NDArray[np.int64]:
    """The place of each actor in the order of the ids."""
    ids = [str(name) for name in network.ids]
    places = np.empty(network.n, dtype=np.int64)
    places[sorted(range(network.n), key=ids.__getitem__)] = np.arange(network.n)
    return places
