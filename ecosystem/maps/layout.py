"""Where each actor stands on the map: seeded, stable, without overlaps.

Every position is computed here, so a page opens at once and the same tables always give the
same picture. Communities are kept apart, small components and actors without any flow stand
under the main one, and boxes the size of a short label do not overlap. Units are pixels at the
scale at which labels fit; the page stretches the whole to its window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecosystem.maps.treemap import treemap
from ecosystem.measures.communities import seeded

if TYPE_CHECKING:
    import igraph

Positions = NDArray[np.float64]
Edge = tuple[int, int]

BOX = np.array([132.0, 62.0])
"""Width and height kept free around an actor: a marker and two short lines."""
DATASET_BOX = np.array([54.0, 34.0])
ISOLATE_BOX = np.array([118.0, 66.0])
ROOM = 2.1
"""Area of a component over that of the boxes in it."""
ASPECT = 1.55
"""Width over height of a screen less its panel."""
STRESS_LIMIT = 150
"""Up to here Kamada-Kawai draws clearer; above, UMAP keeps communities apart and is faster."""
COMMUNITY_STRETCH = 1.7
"""How much longer a link between two communities is drawn than one inside."""
BLOCK = {"side": 96.0, "above": 104.0, "below": 56.0}
"""From the outermost actors of a group to the border of its block, its caption included."""
GUTTER = 14.0
MANY = 5_000
"""Above, a page shows communities first, and actors need not stand apart to the last one."""
FEWEST = 4
"""Smaller communities are counted together."""
SQUEEZE = 0.75
"""A drawing is made no smaller than this to fit its block; all blocks grow instead."""


def layout(
    edges: Iterable[Edge],
    n: int,
    groups: Sequence[Hashable] | None = None,
    *,
    seed: int = 0,
) -> Positions:
    """Positions of `n` actors linked by `edges`, one row an actor.

    Parameters
    ----------
    edges
        Pairs of actor numbers; direction, repetition and loops make no difference.
    n
        Number of actors.
    groups
        One label an actor (its territory): each group gets a block of its own, and groups with
        many links between them stand close. None: one drawing.
    seed
        The same seed and the same input give the same positions.

    Returns
    -------
    array (n, 2), rounded to a tenth, centred on 0; x to the right and y down as on a screen.

    Examples
    --------
    >>> layout([(0, 1), (1, 2)], 4).shape
    (4, 2)
    """
    if n == 0:
        return np.zeros((0, 2))
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    if groups is None or len(set(groups)) < 2:
        found = _drawing(pairs, n, seed)
    else:
        found = _blocks(pairs, n, groups, seed)
    middle = (found.min(axis=0) + found.max(axis=0)) / 2
    return np.asarray((found - middle).round(1) + 0.0)


def place_datasets(
    actors: Positions, around: Sequence[Sequence[int]], *, seed: int = 0
) -> Positions:
    """Positions of datasets among actors that stay where they are.

    `around[i]` lists the actors of dataset `i`, its holder first, then those who receive it; a
    dataset with none stands under the map.
    """
    if not around:
        return np.zeros((0, 2))
    rng = np.random.default_rng(seed)
    bottom = actors[:, 1].max() + 2 * BOX[1] if len(actors) else 0.0
    found = np.zeros((len(around), 2))
    for index, members in enumerate(around):
        if members:
            holder = actors[members[0]]
            rest = actors[list(members[1:])].mean(axis=0) if len(members) > 1 else holder
            found[index] = 0.62 * holder + 0.38 * rest
        else:
            found[index] = (0.0, bottom)
    # A tiny seeded shift separates datasets with the same holder and recipients.
    found += rng.normal(size=found.shape) * DATASET_BOX / 2
    together = np.vstack([actors, found])
    boxes = np.vstack(
        [np.tile(BOX * (0.75, 0.9), (len(actors), 1)), np.tile(DATASET_BOX, (len(found), 1))]
    )
    fixed = np.arange(len(together)) < len(actors)
    return np.asarray(spread(together, boxes, fixed=fixed)[len(actors) :].round(1) + 0.0)


def communities(edges: Iterable[Edge], n: int, *, seed: int = 0) -> list[int]:
    """The community of each actor, numbered from the largest.

    Actors without any flow make one community, as do communities of fewer than `FEWEST` actors.
    """
    import igraph

    graph = igraph.Graph(n=n, edges=sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    with seeded(seed):
        found = graph.community_leiden("modularity", n_iterations=4).membership
    sizes = Counter(found)
    kind = [
        ("alone",) if not degree else ("few",) if sizes[c] < FEWEST else ("", c)
        for c, degree in zip(found, graph.degree(), strict=True)
    ]
    first = {k: i for i, k in reversed(list(enumerate(kind)))}
    count = Counter(kind)
    order = {
        k: i for i, k in enumerate(sorted(count, key=lambda k: (len(k) < 2, -count[k], first[k])))
    }
    return [order[k] for k in kind]


# ---------------------------------------------------------------- one drawing


def _drawing(pairs: list[Edge], n: int, seed: int, aspect: float = ASPECT) -> Positions:
    """Components side by side, the largest on top, actors without flow in rows under all.

    The whole comes near `aspect`: what stands below makes the largest component flatter.
    """
    import igraph

    graph = igraph.Graph(n=n, edges=pairs)
    components = sorted(graph.connected_components(), key=lambda c: (-len(c), c))
    linked = [c for c in components if len(c) > 1]
    alone = [c[0] for c in components if len(c) == 1]
    area = sum(map(len, linked)) * ROOM * BOX.prod() + len(alone) * ISOLATE_BOX.prod()
    width = float(np.sqrt(area * aspect))
    parts: list[tuple[list[int], Positions]] = []
    for component in linked:
        own = width**2 / (len(component) * ROOM * BOX.prod()) if component is linked[0] else ASPECT
        shape = float(np.clip(own, 0.8, 3.0))
        parts.append((component, _component(graph.induced_subgraph(component), seed, shape)))
    found = np.zeros((n, 2))
    bottom = _pack(parts, found, width)
    if alone:
        if linked:
            width = max(width, float(np.ptp(found[[i for c in linked for i in c], 0])) + BOX[0])
        columns = max(int(width // ISOLATE_BOX[0]), 1)
        rows = -(-len(alone) // columns)
        columns = -(-len(alone) // rows)
        step = max(ISOLATE_BOX[0], width / columns)
        for index, node in enumerate(alone):
            row, column = divmod(index, columns)
            found[node] = (step * (column + 0.5), bottom + 40 + row * ISOLATE_BOX[1])
    return found


def _component(graph: igraph.Graph, seed: int, aspect: float) -> Positions:
    """One connected component: long side across, no two boxes over each other."""
    n = graph.vcount()
    if n == 2:
        return np.array([[0.0, 0.0], [BOX[0] * 1.3, 0.0]])
    with seeded(seed):
        if n <= STRESS_LIMIT:
            membership = graph.community_multilevel().membership
            lengths = [
                1.0 if membership[e.source] == membership[e.target] else COMMUNITY_STRETCH
                for e in graph.es
            ]
            drawn = graph.layout_kamada_kawai(weights=lengths, maxiter=50 * n)
        else:
            drawn = graph.layout_umap(epochs=300, min_dist=0.2)
    found = np.array(drawn.coords, dtype=float)
    found = _clip(_lay_flat(found))
    area = n * BOX.prod() * ROOM
    extent = np.ptp(found, axis=0) + 1e-9
    target = np.array([np.sqrt(area * aspect), np.sqrt(area / aspect)])
    found = (found - found.min(axis=0)) / extent * target
    return spread(found, np.tile(BOX, (n, 1)), rounds=300 if n <= MANY else 40)


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


def _pack(parts: list[tuple[list[int], Positions]], found: Positions, width: float) -> float:
    """Components in rows of a width, each row centred; fills `found` and gives the bottom."""
    y = 0.0
    rows: list[list[tuple[list[int], Positions]]] = []
    taken = 0.0
    for nodes, part in parts:
        wide = float(np.ptp(part[:, 0])) + BOX[0]
        if not rows or taken + wide > width:
            rows.append([])
            taken = 0.0
        rows[-1].append((nodes, part))
        taken += wide
    for row in rows:
        sizes = [np.ptp(part, axis=0) + BOX for _, part in row]
        height = max(size[1] for size in sizes)
        free = max(width - sum(size[0] for size in sizes), 0.0) / (len(row) + 1)
        x = free
        for (nodes, part), size in zip(row, sizes, strict=True):
            found[nodes] = part - part.min(axis=0) + BOX / 2 + (x, y + (height - size[1]) / 2)
            x += size[0] + free
        y += height
    return y


def spread(
    found: Positions,
    boxes: NDArray[np.float64],
    *,
    fixed: NDArray[np.bool_] | None = None,
    rounds: int = 300,
) -> Positions:
    """Boxes pushed apart, each pair along the axis where it overlaps least."""
    from scipy.spatial import cKDTree

    found = found.copy()
    reach = boxes.max(axis=0)
    share = np.full(len(found), 0.5)
    movable = np.ones(len(found), dtype=bool) if fixed is None else ~fixed
    for _ in range(rounds):
        near = cKDTree(found / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
        near = near[np.lexsort((near[:, 1], near[:, 0]))]
        near = near[movable[near].any(axis=1)]
        if not len(near):
            break
        a, b = near[:, 0], near[:, 1]
        gap = found[b] - found[a]
        overlap = (boxes[a] + boxes[b]) / 2 - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1)
        if not hit.any():
            break
        a, b, gap, overlap = a[hit], b[hit], gap[hit], overlap[hit]
        axis = np.argmin(overlap / reach, axis=1)
        rows = np.arange(len(a))
        push = np.zeros_like(gap)
        sign = np.where(gap[rows, axis] >= 0, 1.0, -1.0)
        push[rows, axis] = sign * overlap[rows, axis]
        weight_a = np.where(movable[b], share[a], 1.0) * movable[a]
        weight_b = np.where(movable[a], share[b], 1.0) * movable[b]
        np.add.at(found, a, -push * weight_a[:, None] * 0.6)
        np.add.at(found, b, push * weight_b[:, None] * 0.6)
    return found


# ---------------------------------------------------------------- blocks


def _blocks(pairs: list[Edge], n: int, groups: Sequence[Hashable], seed: int) -> Positions:
    """One block a group in one rectangle; the order keeps linked groups close."""
    names = list(dict.fromkeys(groups))
    members = [[i for i in range(n) if groups[i] == name] for name in names]
    number = {name: k for k, name in enumerate(names)}
    of = [number[group] for group in groups]
    inside: list[list[Edge]] = []
    for nodes in members:
        index = {node: k for k, node in enumerate(nodes)}
        inside.append([(index[a], index[b]) for a, b in pairs if a in index and b in index])

    def drawn(group: int, aspect: float) -> Positions:
        return _drawing(inside[group], len(members[group]), seed, aspect)

    drawings = [drawn(group, ASPECT) for group in range(len(names))]
    margin = np.array([2 * BLOCK["side"], BLOCK["above"] + BLOCK["below"]]) + 2 * GUTTER
    links = np.zeros((len(names), len(names)))
    for a, b in pairs:
        links[of[a], of[b]] += 1
        links[of[b], of[a]] += 1
    areas = np.array([(np.ptp(d, axis=0) + margin).prod() for d in drawings])
    # A block is never so small that its caption and its actors do not fit.
    areas = np.maximum(areas, 0.55 * np.median(areas))
    blocks = {group: np.array(block) for group, block in treemap(areas, links, ASPECT).items()}
    grow = 1.0
    for group, block in blocks.items():
        room = np.maximum(block[2:] - margin, 1.0)
        drawings[group] = drawn(group, float(np.clip(room[0] / room[1], 0.5, 3.0)))
        needed = np.ptp(drawings[group], axis=0) * SQUEEZE + margin
        grow = max(grow, float((needed / block[2:]).max()))
    found = np.zeros((n, 2))
    for group, block in blocks.items():
        drawing, (corner, size) = drawings[group], (grow * block).reshape(2, 2)
        room = size - margin
        extent = np.ptp(drawing, axis=0)
        stretch = np.where(extent > 1, room / np.maximum(extent, 1), 1.0)
        corner = np.add(corner, (BLOCK["side"] + GUTTER, BLOCK["above"] + GUTTER))
        shift = np.where(extent > 1, 0, room / 2)
        found[members[group]] = (drawing - drawing.min(axis=0)) * stretch + corner + shift
    return found
