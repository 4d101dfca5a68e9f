"""A rectangle cut into one block a group, groups with many links side by side."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Block = tuple[float, float, float, float]
"""Left, top, width, height."""
FEW = 7
"""Up to here every order of the groups is tried; 5,040 take a second."""


def treemap(
    areas: NDArray[np.float64], links: NDArray[np.float64], aspect: float
) -> dict[int, Block]:
    """Blocks of the given areas that fill a rectangle of the given width over height.

    Of all orders of the groups, the one that leaves linked groups close and blocks in a shape
    that a drawing fits. `links[a, b]` counts the links between two groups.
    """
    orders = _orders(len(areas))
    best = min(orders, key=lambda order: _cost(_cut(order, areas, aspect), links, order))
    return _cut(best, areas, aspect)


def _orders(count: int) -> Iterable[tuple[int, ...]]:
    """Every order of a few groups; of many, the given one only."""
    return itertools.permutations(range(count)) if count <= 7 else [tuple(range(count))]


def _cut(order: tuple[int, ...], areas: NDArray[np.float64], aspect: float) -> dict[int, Block]:
    """The row of groups cut in two where both parts weigh most alike, and each part again.

    Each cut is made across or down, whichever leaves both parts in better shape.
    """
    placed: dict[int, Block] = {}
    total = float(areas.sum())
    width = float(np.sqrt(total * aspect))
    waiting = [(order, (0.0, 0.0, width, total / width))]
    while waiting:
        part, (x, y, w, h) = waiting.pop()
        if len(part) == 1:
            placed[part[0]] = (x, y, w, h)
            continue
        sums = list(itertools.accumulate(float(areas[group]) for group in part))
        cut = min(range(len(part) - 1), key=lambda k: abs(sums[k] - sums[-1] / 2))
        first = sums[cut] / sums[-1]
        across = [(x, y, w * first, h), (x + w * first, y, w * (1 - first), h)]
        down = [(x, y, w, h * first), (x, y + h * first, w, h * (1 - first))]
        one, two = min(across, down, key=lambda cut: max(_oddness(a, b) for *_, a, b in cut))
        waiting += [(part[: cut + 1], one), (part[cut + 1 :], two)]
    return placed


def _cost(
    placed: dict[int, Block], links: NDArray[np.float64], order: tuple[int, ...]
) -> tuple[float, tuple[int, ...]]:
    """How far linked groups stand from each other, plus how odd the blocks' shapes are."""
    boxes = np.array([placed[group] for group in range(len(placed))])
    centres = boxes[:, :2] + boxes[:, 2:] / 2
    apart = np.hypot(*(centres[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    size = np.sqrt(boxes[:, 2] @ boxes[:, 3])
    length = (links * apart).sum() / max(links.sum(), 1) / size
    shape = sum(_oddness(width, height) ** 2 for *_, width, height in placed.values())
    return round(float(length + shape / len(placed)), 9), order


def _oddness(width: float, height: float) -> float:
    """0 for a block a little wider than high, more for any other shape."""
    return abs(float(np.log(width / height / 1.3)))
