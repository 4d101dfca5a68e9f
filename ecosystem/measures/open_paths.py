"""Open two-paths, one by one: i passes to j, j passes to k, i passes nothing to k directly.

Counting does not need them one by one (see `brokerage.role_counts`); sharing the credit
between rival brokers, exclusivity and permutations do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 2**22
"""How many paths, or products, are held at once."""

# which of the pairs ij, jk, ik are of one group, as bits -> the number of the role in `roles.FIVE`
_ROLE_OF = np.array([4, 1, 3, -1, 2, -1, -1, 0])

Codes = NDArray[np.int64]


FEW_PATHS = 20_000
"""Number of two-paths up to which they are looked at one by one: products take longer to set up."""


def few_paths(source: Any, target: Any, n: int) -> bool:
    """Whether a network has so few two-paths that looking at each is faster than products."""
    return bool(np.bincount(source, minlength=n)[target].sum() <= FEW_PATHS)


class Paths(NamedTuple):
    """Open two-paths as codes of first, broker and last actor; all paths of a pair stand together."""

    first: Codes
    broker: Codes
    last: Codes

    def rivals(self, n: int) -> NDArray[np.int64]:
        """For each path, how many brokers its pair (first, last) has."""
        _, inverse, counts = np.unique(
            self.first * n + self.last, return_inverse=True, return_counts=True
        )
        return np.asarray(counts[inverse.ravel()])


def open_paths(source: Any, target: Any, n: int) -> Iterator[Paths]:
    """Every open two-path of a network without loops or repeated edges, in blocks.

    Parameters
    ----------
    source, target
        The edges, as actor codes 0 … n-1.
    """
    for paths, is_open, _ in _two_paths(source, target, n):
        yield _those(paths, is_open)


def closed_paths(source: Any, target: Any, n: int) -> Paths:
    """The two-paths i → j → k that i → k closes, all at once: they are few in a sparse network."""
    found = [_those(paths, closed) for paths, _, closed in _two_paths(source, target, n)]
    nothing = np.zeros(0, np.int64)
    parts = zip(*found, strict=True) if found else [[nothing]] * 3
    return Paths(*(np.concatenate(part) for part in parts))


def _those(paths: Paths, which: NDArray[np.bool_]) -> Paths:
    return Paths(paths.first[which], paths.broker[which], paths.last[which])


def _two_paths(
    source: Any, target: Any, n: int
) -> Iterator[tuple[Paths, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Two-paths in blocks, with those that are open and those that are closed; i → j → i is neither."""
    order = np.lexsort([target, source])
    source, target = np.asarray(source)[order], np.asarray(target)[order]
    keys = source * n + target
    out = np.bincount(source, minlength=n)
    begin = np.concatenate([[0], np.cumsum(out)])
    cost = np.bincount(source, weights=out[target], minlength=n).astype(np.int64)
    for rows in blocks(cost):
        edges = slice(begin[rows.start], begin[rows.stop])
        middle = target[edges]
        counts = out[middle]
        first, broker = np.repeat(source[edges], counts), np.repeat(middle, counts)
        within = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
        last = target[np.repeat(begin[middle], counts) + within]
        pairs = first * n + last
        at = np.minimum(np.searchsorted(keys, pairs), max(len(keys) - 1, 0))
        shortcut = keys[at] == pairs if len(pairs) else np.zeros(0, bool)
        between = first != last
        yield Paths(first, broker, last), between & ~shortcut, between & shortcut


def tally(paths: Paths, codes: Any, n: int, weights: Any = None) -> NDArray[np.float64]:
    """Paths through each actor by role: n rows, five columns; weighted if asked."""
    a, b, c = codes[paths.first], codes[paths.broker], codes[paths.last]
    role = _ROLE_OF[4 * (a == b) + 2 * (b == c) + (a == c)]
    counts = np.bincount(paths.broker * 5 + role, weights=weights, minlength=5 * n)
    return counts.reshape(n, 5).astype(float)


def blocks(cost: Any) -> Iterator[slice]:
    """Consecutive rows whose costs add up to no more than a block, or one dear row alone."""
    total = np.cumsum(cost)
    start = 0
    while start < len(total):
        before = total[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(total, before + BLOCK, side="right")))
        yield slice(start, stop)
        start = stop
