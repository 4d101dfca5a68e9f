"""Boxes around actors: evened out, exchanged, and pushed apart until none stands on another."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

Positions = NDArray[np.float64]

BOX = np.array([132.0, 62.0])
"""Width and height kept free around an actor: a marker and two short lines."""
SLACK = 0.7
"""Who stands near whom is looked up again once somebody has gone half this far, in boxes."""
BLANK = 0.8
"""Of the area given to the actors in a crowd, in boxes an actor, what stays blank between them."""
EVENING = 0.65
"""How far a crowd is evened out: 0 not at all, 1 every actor in a cell of the same area."""
NEIGHBOURS = 6
"""With how many of those beside it an actor may exchange places."""


def spread(
    found: Positions,
    boxes: NDArray[np.float64],
    *,
    fixed: NDArray[np.bool_] | None = None,
    rounds: int = 300,
) -> Positions:
    """Boxes pushed apart, each pair along the axis where it overlaps least."""
    found = found.copy()
    n = len(found)
    reach = boxes.max(axis=0)
    movable = np.ones(n, dtype=bool) if fixed is None else ~fixed
    before: Positions | None = None
    for _ in range(rounds):
        if before is None or (np.abs(found - before) > reach * SLACK / 2).any():
            before = found.copy()
            tree = cKDTree(found / reach)
            near = tree.query_pairs(1.0 + SLACK, p=np.inf, output_type="ndarray")
            near = near[movable[near].any(axis=1)]
            one, two = near[np.lexsort((near[:, 1], near[:, 0]))].T
        a, b = one, two
        gap = found[b] - found[a]
        overlap = (boxes[a] + boxes[b]) / 2 - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1)
        if not hit.any():
            break
        a, b, gap, overlap = a[hit], b[hit], gap[hit], overlap[hit]
        axis = np.argmin(overlap / reach, axis=1)
        for side in (0, 1):
            along = axis == side
            c, d = a[along], b[along]
            push = 0.6 * np.where(gap[along, side] >= 0, 1.0, -1.0) * overlap[along, side]
            # Two that can move go half the way each; beside one that stays, the other goes it all.
            back = push * np.where(movable[d], 0.5, 1.0) * movable[c]
            forth = push * np.where(movable[c], 0.5, 1.0) * movable[d]
            found[:, side] -= np.bincount(c, back, n)
            found[:, side] += np.bincount(d, forth, n)
    return found


def evened(found: Positions, room: float, aspect: float) -> Positions:
    """A crowd in a rectangle of `room` boxes an actor, thinned where it is dense.

    The plane is cut in two halves of as many actors again and again, across or down, until each
    has a cell of its own (a k-d tree); all cells have the same area, and actors move towards
    theirs. Blank places take cells too, so that the gaps between communities remain.
    """
    n = len(found)
    low, extent = found.min(axis=0), np.ptp(found, axis=0) + 1e-9
    blanks = _blanks(found, low, extent, int(n * BLANK / (room - BLANK)), aspect)
    points = np.vstack([found, blanks])
    area = len(points) * (room - BLANK) * BOX.prod()
    whole = np.array([np.sqrt(area * aspect), np.sqrt(area / aspect)])
    corner, size = np.zeros_like(points), np.tile(whole, (len(points), 1))
    cell = np.zeros(len(points), dtype=np.int64)
    every = np.arange(len(points))
    while (count := np.bincount(cell)).max() > 1:
        side = np.where(size[:, 0] / BOX[0] >= size[:, 1] / BOX[1], 0, 1)
        order = np.lexsort((points[every, side], cell))
        rank = np.empty_like(order)
        rank[order] = every - (np.cumsum(count) - count)[cell[order]]
        inside = count[cell]
        half = (inside + 1) // 2
        second = rank >= half
        share = half / inside
        corner[every, side] += np.where(second, size[every, side] * share, 0.0)
        size[every, side] *= np.where(second, 1 - share, share)
        _, cell = np.unique(2 * cell + second, return_inverse=True)
    there = (corner + size / 2)[:n]
    return np.asarray((1 - EVENING) * (found - low) / extent * whole + EVENING * there)


def _blanks(
    found: Positions, low: Positions, extent: Positions, count: int, aspect: float
) -> Positions:
    """The places of a grid that are farthest from all actors."""
    columns = max(int(np.sqrt(6 * count * aspect)), 1)
    rows = max(6 * count // columns, 1)
    x, y = np.meshgrid((np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows)
    grid = low + np.column_stack([x.ravel(), y.ravel()]) * extent
    distance, _ = cKDTree(found).query(grid)
    return np.asarray(grid[np.sort(np.argsort(-distance, kind="stable")[:count])])


def exchanged(found: Positions, links: sparse.csr_array[Any], rounds: int) -> Positions:
    """Actors that exchange places where that makes their links shorter, and so crosses fewer.

    `links` holds each link both ways; every actor has one at least. Exchanges tried: with those
    beside an actor, and with those in the midst of its neighbours. The places stay the same.
    """
    n, linked = len(found), links.indices
    degree: NDArray[np.int64] = np.diff(links.indptr)
    if n < 3:
        return found
    start = np.repeat(np.arange(n), degree)

    def whole(places: Positions) -> float:
        return float(np.hypot(*(places[start] - places[linked]).T).sum())

    for _ in range(rounds):
        tree = cKDTree(found / BOX)
        beside = np.asarray(tree.query(found / BOX, k=min(NEIGHBOURS + 1, n))[1])
        midst = np.column_stack(
            [np.bincount(start, found[linked, side], n) / degree for side in (0, 1)]
        )
        there = np.asarray(tree.query(midst / BOX, k=2)[1])
        others = np.hstack([beside[:, 1:], there])
        one = np.repeat(np.arange(n), others.shape[1])
        two = others.ravel()
        key = np.unique((np.minimum(one, two) * n + np.maximum(one, two))[one != two])
        a, b = key // n, key % n
        gain = _length(found, links, a, found[a], b) - _length(found, links, a, found[b], b)
        gain += _length(found, links, b, found[b], a) - _length(found, links, b, found[a], a)
        worth = gain > 1
        a, b, gain = a[worth], b[worth], gain[worth]
        best = np.zeros(n)
        np.maximum.at(best, a, gain)
        np.maximum.at(best, b, gain)
        chosen = (gain >= best[a]) & (gain >= best[b])
        a, b, gain = a[chosen], b[chosen], gain[chosen]
        once = np.bincount(np.concatenate([a, b]), minlength=n) == 1
        chosen = once[a] & once[b]
        a, b, gain = a[chosen], b[chosen], gain[chosen]
        if not len(a):
            break
        moved = _swapped(found, a, b)
        if whole(moved) >= whole(found):  # exchanges of neighbours undid each other
            most = int(np.argmax(gain))
            moved = _swapped(found, a[most : most + 1], b[most : most + 1])
        found = moved
    return found


def _swapped(found: Positions, a: NDArray[np.int64], b: NDArray[np.int64]) -> Positions:
    found = found.copy()
    found[np.concatenate([a, b])] = found[np.concatenate([b, a])]
    return found


def _length(
    found: Positions,
    links: sparse.csr_array[Any],
    nodes: NDArray[np.int64],
    at: Positions,
    other: NDArray[np.int64],
) -> NDArray[np.float64]:
    """How long the links of some nodes would be if they stood at `at`, that to `other` left out."""
    start, degree = links.indptr[nodes], np.diff(links.indptr)[nodes]
    owner = np.repeat(np.arange(len(nodes)), degree)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(degree) - degree, degree)
    neighbour = links.indices[start[owner] + step]
    length = np.hypot(*(found[neighbour] - at[owner]).T)
    return np.bincount(owner, length * (neighbour != other[owner]), len(nodes)).astype(float)
