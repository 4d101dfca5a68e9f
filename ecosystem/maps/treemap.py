"""A rectangle cut into one block a group, groups with many links side by side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Block = tuple[float, float, float, float]
"""Left, top, width, height."""
FEW = 7
"""Up to here every order of the groups is tried."""


def treemap(
    areas: NDArray[np.float64], links: NDArray[np.float64], aspect: float
) -> dict[int, Block]:
    """Blocks of the given areas that fill a rectangle of the given width over height.

    Of all orders of the groups, the one that leaves linked groups close and blocks in a shape
    that a drawing fits. `links[a, b]` counts the links between two groups, the same both ways.
    """
    given: list[float] = areas.tolist()
    width = math.sqrt(sum(given) * aspect)
    height = sum(given) / width

    @cache
    def cut(part: tuple[int, ...], w: float, h: float) -> list[tuple[float, ...]]:
        """The row of groups cut in two where both parts weigh most alike, and each part again.

        Each cut is made across or down, whichever leaves both parts in better shape. Orders
        share most of their parts: each is cut once. Blocks come in the order of the row.
        """
        if len(part) == 1:
            return [(0.0, 0.0, w, h)]
        sums = list(itertools.accumulate([given[group] for group in part]))
        half = sums[-1] / 2
        apart = [abs(each - half) for each in sums[:-1]]
        at = apart.index(min(apart))
        first = sums[at] / sums[-1]
        across = max(_oddness(w * first, h), _oddness(w * (1 - first), h))
        down = max(_oddness(w, h * first), _oddness(w, h * (1 - first)))
        one, two = part[: at + 1], part[at + 1 :]
        if across <= down:
            x = w * first
            right = cut(two, w * (1 - first), h)
            return cut(one, x, h) + [(a + x, b, c, d) for a, b, c, d in right]
        y = h * first
        below = cut(two, w, h * (1 - first))
        return cut(one, w, y) + [(a, b + y, c, d) for a, b, c, d in below]

    orders = np.array(list(_orders(len(given))))
    boxes = np.array([cut(tuple(order), width, height) for order in orders.tolist()])
    # How far linked groups stand from each other, plus how odd the blocks' shapes are.
    centres = np.empty((*orders.shape, 2))
    np.put_along_axis(centres, orders[:, :, None], boxes[:, :, :2] + boxes[:, :, 2:] / 2, axis=1)
    length = np.zeros(len(orders))
    for a, b in np.argwhere(links):
        length += links[a, b] * np.hypot(*(centres[:, a] - centres[:, b]).T)
    odd = np.log(boxes[:, :, 2] / boxes[:, :, 3] / 1.3) ** 2
    cost = length / max(links.sum(), 1) / np.sqrt(width * height) + odd.mean(axis=1)
    best = int(np.argmin(cost.round(9)))  # the first of equals
    return {
        group: (x, y, w, h)
        for group, (x, y, w, h) in zip(orders[best].tolist(), boxes[best].tolist(), strict=True)
    }


def _orders(count: int) -> Iterable[tuple[int, ...]]:
    """Every order of a few groups; of many, the given one only."""
    return itertools.permutations(range(count)) if count <= FEW else [tuple(range(count))]


def _oddness(width: float, height: float) -> float:
    """0 for a block a little wider than high, more for any other shape."""
    return abs(math.log(width / height / 1.3))
