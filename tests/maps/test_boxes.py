"""Boxes around actors: what evening, exchanging and pushing apart promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial import cKDTree
from scipy.spatial.distance import pdist

from ecosystem.maps.boxes import BOX, Positions, evened, exchanged, spread


def crowd(n: int) -> Positions:
    """Four in five in a dense heap, the others thinly around another place."""
    draw = np.random.default_rng(0)
    thin = np.arange(n) % 5 == 4
    return np.asarray(
        np.outer(thin, [9.0, 3.0]) + draw.normal(size=(n, 2)) * (1 + 3 * thin[:, None])
    )


def links_of(pairs: np.ndarray, n: int) -> sparse.csr_array:  # type: ignore[type-arg]
    links = sparse.csr_array((np.ones(len(pairs)), pairs.T), shape=(n, n))
    return sparse.csr_array(links + links.T)


def pushed(found: Positions, boxes: Positions, fixed: np.ndarray, rounds: int) -> Positions:  # type: ignore[type-arg]
    """What `spread` says it does, pair by pair, looking at every pair in every round."""
    found = found.copy()
    reach = boxes.max(axis=0)
    for _ in range(rounds):
        moved = np.zeros_like(found)
        for a in range(len(found)):
            for b in range(a + 1, len(found)):
                gap = found[b] - found[a]
                overlap = (boxes[a] + boxes[b]) / 2 - np.abs(gap)
                if (overlap <= 0.5).any() or (fixed[a] and fixed[b]):
                    continue
                side = int(np.argmin(overlap / reach))
                push = 0.6 * overlap[side] * (1 if gap[side] >= 0 else -1)
                moved[a, side] -= 0 if fixed[a] else push * (1 if fixed[b] else 0.5)
                moved[b, side] += 0 if fixed[b] else push * (1 if fixed[a] else 0.5)
        if not moved.any():
            break
        found += moved
    return found


@pytest.mark.parametrize("seed", range(4))
def test_spread_is_what_looking_at_every_pair_gives(seed: int) -> None:
    draw = np.random.default_rng(seed)
    found = draw.uniform(size=(40, 2)) * 500
    boxes = draw.uniform(20, 90, size=(40, 2))
    fixed = draw.random(40) < 0.3
    ours = spread(found, boxes, fixed=fixed, rounds=12)
    assert ours == pytest.approx(pushed(found, boxes, fixed, 12), abs=1e-6)
    assert np.array_equal(ours[fixed], found[fixed])


def test_spread_leaves_no_box_on_another_where_there_is_room() -> None:
    found = spread(np.random.default_rng(2).normal(size=(60, 2)) * 900, np.tile(BOX, (60, 1)))
    a, b = np.triu_indices(60, 1)
    assert ((BOX - np.abs(found[a] - found[b])) > 0.5).all(axis=1).sum() == 0


@pytest.mark.parametrize("n", [1, 2, 3, 7, 200, 801])
@pytest.mark.parametrize("aspect", [0.8, 1.55, 3.0])
def test_evened_thins_the_crowd_and_keeps_its_order(n: int, aspect: float) -> None:
    found = crowd(n)
    even = evened(found, 2.6, aspect)
    assert even.shape == (n, 2)
    assert np.isfinite(even).all()
    area = n * 2.6 * BOX.prod()
    whole = np.sqrt([area * aspect, area / aspect])
    assert (np.ptp(even, axis=0) <= 1.01 * whole).all()
    if n < 100:
        return
    stretched = (found - found.min(axis=0)) / np.ptp(found, axis=0) * whole
    pairs = [len(cKDTree(each / BOX).query_pairs(1.0, p=np.inf)) for each in (even, stretched)]
    assert pairs[0] < 0.4 * pairs[1]
    for side in (0, 1):
        ranks = [np.argsort(np.argsort(points[:, side])) for points in (found, even)]
        assert np.corrcoef(*ranks)[0, 1] > 0.9


def test_exchanged_makes_links_shorter_and_keeps_the_places() -> None:
    """A ring of 60 in random places of a grid: no better than chance before."""
    n = 60
    draw = np.random.default_rng(5)
    grid = np.array([(x * BOX[0], y * BOX[1]) for x in range(10) for y in range(6)])
    found = grid[draw.permutation(n)]
    ring = np.array([(i, (i + 1) % n) for i in range(n)])
    better = exchanged(found, links_of(ring, n), rounds=40)
    assert {tuple(row) for row in better} == {tuple(row) for row in grid}
    assert np.array_equal(better, exchanged(found, links_of(ring[::-1, ::-1], n), rounds=40))

    def length(points: Positions) -> float:
        return float(np.hypot(*(points[ring[:, 0]] - points[ring[:, 1]]).T).sum())

    assert length(better) < 0.6 * length(found)


def test_exchanged_by_hand() -> None:
    """A path a-b-c-d that stands in the order a, c, b, d: b and c exchange."""
    found = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0], [3.0, 0.0]]) * BOX
    path = links_of(np.array([(0, 1), (1, 2), (2, 3)]), 4)
    better = exchanged(found, path, rounds=5)
    assert np.abs(np.diff(better[:, 0])).tolist() == pytest.approx([BOX[0]] * 3)
    assert np.array_equal(exchanged(found[:2], links_of(np.array([(0, 1)]), 2), 5), found[:2])


@pytest.mark.parametrize("n", [151, 400])
@pytest.mark.parametrize("kind", ["star", "path", "complete", "wheel of cliques"])
def test_large_components_of_any_kind_are_drawn(kind: str, n: int) -> None:
    from ecosystem.maps.layout import layout

    pairs = {
        "star": [(0, i) for i in range(1, n)],
        "path": [(i, i + 1) for i in range(n - 1)],
        "complete": [(i, j) for i in range(n) for j in range(i)] if n < 200 else [(0, 1)],
        "wheel of cliques": [(i, j) for i in range(n) for j in range(i // 10 * 10, i)]
        + [(i, (i + 10) % n) for i in range(0, n, 10)],
    }[kind]
    found = layout(pairs, n, seed=2)
    assert np.isfinite(found).all()
    assert np.array_equal(found, layout(pairs[::-1], n, seed=2))
    assert pdist(found).min() > 25
