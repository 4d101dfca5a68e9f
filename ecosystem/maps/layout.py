"""Where each actor stands on the map: seeded, stable, without overlaps.

Every position is computed here, so a page opens at once and the same tables always give the
same picture. Communities are kept apart, small components and actors without any flow stand
under the main one, and boxes the size of a short label do not overlap. Units are pixels at the
scale at which labels fit; the page stretches the whole to its window.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ecosystem.maps.boxes import BOX, Positions, spread
from ecosystem.maps.component import ROOM, Edge, Shape, split
from ecosystem.maps.treemap import treemap

DATASET_BOX = np.array([54.0, 34.0])
ISOLATE_BOX = np.array([118.0, 66.0])
ASPECT = 1.55
"""Width over height of a screen less its panel."""
BLOCK = {"side": 96.0, "above": 104.0, "below": 56.0}
"""From the outermost actors of a group to the border of its block, its caption included."""
GUTTER = 14.0
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
        found = _Parts.of(pairs, n, seed).drawn()
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


# ---------------------------------------------------------------- one drawing


@dataclass(frozen=True)
class _Parts:
    """Actors to draw together: linked ones by component with their shape, and those without flow."""

    linked: list[tuple[list[int], Shape]]
    alone: list[int]

    @classmethod
    def of(cls, pairs: Sequence[Edge], n: int, seed: int) -> _Parts:
        components = split(pairs, n)
        place = {node: (c, k) for c, nodes in enumerate(components) for k, node in enumerate(nodes)}
        inside: list[list[Edge]] = [[] for _ in components]
        for a, b in pairs:
            inside[place[a][0]].append((place[a][1], place[b][1]))
        return cls(
            [
                (nodes, Shape.of(own, len(nodes), seed))
                for nodes, own in zip(components, inside, strict=True)
                if len(nodes) > 1
            ],
            [nodes[0] for nodes in components if len(nodes) == 1],
        )

    def drawn(self, aspect: float = ASPECT) -> Positions:
        """Components side by side, the largest on top, actors without flow in rows under all.

        The whole comes near `aspect`: what stands below makes the largest component flatter.
        """
        linked, alone = self.linked, self.alone
        boxes = sum(len(nodes) for nodes, _ in linked)
        area = boxes * ROOM * BOX.prod() + len(alone) * ISOLATE_BOX.prod()
        width = float(np.sqrt(area * aspect))
        parts: list[tuple[list[int], Positions]] = []
        for k, (nodes, shape) in enumerate(linked):
            own = width**2 / (len(nodes) * ROOM * BOX.prod()) if not k else ASPECT
            parts.append((nodes, shape.fitted(float(np.clip(own, 0.8, 3.0)))))
        found = np.zeros((boxes + len(alone), 2))
        bottom = _pack(parts, found, width)
        if alone:
            if linked:
                across = found[[i for nodes, _ in linked for i in nodes], 0]
                width = max(width, float(np.ptp(across)) + BOX[0])
            columns = max(int(width // ISOLATE_BOX[0]), 1)
            rows = -(-len(alone) // columns)
            columns = -(-len(alone) // rows)
            step = max(ISOLATE_BOX[0], width / columns)
            for index, node in enumerate(alone):
                row, column = divmod(index, columns)
                found[node] = (step * (column + 0.5), bottom + 40 + row * ISOLATE_BOX[1])
        return found


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


# ---------------------------------------------------------------- blocks


def _blocks(pairs: list[Edge], n: int, groups: Sequence[Hashable], seed: int) -> Positions:
    """One block a group in one rectangle; the order keeps linked groups close."""
    names = list(dict.fromkeys(groups))
    number = {name: k for k, name in enumerate(names)}
    of = [number[group] for group in groups]
    members: list[list[int]] = [[] for _ in names]
    for i, group in enumerate(of):
        members[group].append(i)
    place = [0] * n
    for nodes in members:
        for k, node in enumerate(nodes):
            place[node] = k
    inside: list[list[Edge]] = [[] for _ in names]
    for a, b in pairs:
        if of[a] == of[b]:
            inside[of[a]].append((place[a], place[b]))
    parts = [_Parts.of(own, len(nodes), seed) for own, nodes in zip(inside, members, strict=True)]
    drawings = [part.drawn() for part in parts]
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
        drawings[group] = parts[group].drawn(float(np.clip(room[0] / room[1], 0.5, 3.0)))
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
