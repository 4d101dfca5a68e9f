"""Random networks in which everyone gives to, and receives from, as many actors as here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.measures.open_paths import blocks, few_paths, open_paths

_SWEEPS = 10
"""Rounds of swaps between two networks; each tries half of the edges."""
_BURN_IN = 100

Codes = NDArray[np.int64]


def rewirings(
    source: Any, target: Any, n: int, draws: int, rng: np.random.Generator
) -> Iterator[tuple[Codes, Codes]]:
    """Random networks with the same in- and out-degrees, no loops, no repeated edges.

    A chain of swaps (a → b, c → d become a → d, c → b). Half of the edges, paired at random,
    swap at once, except those that would meet: a pair swaps only if its four possible edges
    are nobody else's, before or after. A round is then its own inverse, so the chain visits
    all networks that it reaches equally often.
    """
    source, target = np.asarray(source).copy(), np.asarray(target).copy()
    m = len(source)
    for draw in range(draws):
        for _ in range(_SWEEPS + (_BURN_IN if draw == 0 else 0)):
            if m < 2:
                break
            order = rng.permutation(m)
            tossed = rng.random(m // 2) < 0.5  # or some networks would be out of reach
            left, right = order[: m // 2][tossed], order[m // 2 : 2 * (m // 2)][tossed]
            old = source * n + target
            new_left = source[left] * n + target[right]
            new_right = source[right] * n + target[left]
            keys = np.concatenate([old, new_left, new_right])
            _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
            alone = counts[inverse.ravel()] == 1
            swap = (
                (source[left] != target[right])
                & (source[right] != target[left])
                & alone[left]
                & alone[right]
                & alone[m : m + len(left)]
                & alone[m + len(left) :]
            )
            a, b = left[swap], right[swap]
            target[a], target[b] = target[b], target[a]
        yield source, target


def brokered(source: Any, target: Any, n: int) -> NDArray[np.float64]:
    """Open two-paths through each actor, whatever the groups: those there may be, less the closed.

    What an actor gets times what it gives is all the two-paths through it; those that come
    back to where they began, and those that a direct exchange closes, do not count.
    """
    if few_paths(source, target, n):
        total = np.zeros(n)
        for paths in open_paths(source, target, n):
            total += np.bincount(paths.broker, minlength=n)
        return total
    matrix = sparse.csr_array((np.ones(len(source), np.int64), (source, target)), (n, n))
    into, out = (np.bincount(end, minlength=n) for end in (target, source))
    closed = np.zeros(n, np.int64)
    back = matrix.T.tocsr()
    for part in blocks(np.asarray(matrix @ into).ravel()):
        rows = matrix[part]
        closed += np.asarray(rows.multiply(rows @ back).sum(axis=0)).ravel()
    mutual = np.asarray(matrix.multiply(back).sum(axis=1)).ravel()
    return np.asarray(into * out - mutual - closed, dtype=float)
