"""The place of each actor of a territory: the same in every map of it, whoever the map is for.

Places are found for what the public may see; then actors that only partners may see are put
among them, then the internal ones. So what a wider copy holds moves nothing, and the places of
a public copy tell nothing of what is not in it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from ecosystem.audience import AUDIENCES, redact
from ecosystem.maps.boxes import BOX, Positions, spread
from ecosystem.maps.component import Edge
from ecosystem.maps.layout import layout
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import actors_of, flows_of, territories


def places(tables: Tables, territory: str | None = None, *, seed: int = 0) -> Positions:
    """Positions of the actors of a territory, in the order of `actors_of`.

    They depend on the tables and the seed, never on what a map shows of them.
    """
    closed = any(frame["visibility"].notna().any() for frame in tables.values())
    levels = [redact(tables, audience).tables for audience in AUDIENCES[:0:-1]] if closed else []
    found: dict[str, tuple[float, float]] = {}
    for level in [*levels, tables]:
        if territory is None or territory in territories(level):
            found = _placed(level, territory, found, seed)
    return np.array([found[actor] for actor in actors_of(tables, territory)["id"]]).reshape(-1, 2)


def _placed(
    tables: Tables, territory: str | None, known: dict[str, tuple[float, float]], seed: int
) -> dict[str, tuple[float, float]]:
    """Places of the actors of some tables: those known stay."""
    actors, flows = actors_of(tables, territory), flows_of(tables, territory)
    code = {actor: n for n, actor in enumerate(actors["id"])}
    edges = list(zip(flows["provider"].map(code), flows["recipient"].map(code), strict=True))
    groups = None if territory else actors["territory"].fillna("").tolist()
    if known:
        spots = [known.get(actor) for actor in actors["id"]]
        positions = place_newcomers(spots, edges, groups, seed=seed)
    else:
        positions = layout(edges, len(actors), groups, seed=seed)
    new = {actor: (float(x), float(y)) for actor, (x, y) in zip(code, positions, strict=True)}
    return {**known, **new}


def place_newcomers(
    spots: Sequence[tuple[float, float] | None],
    edges: Iterable[Edge],
    groups: Sequence[Hashable] | None = None,
    *,
    seed: int = 0,
) -> Positions:
    """Positions of actors among others that stay where they are.

    `spots` holds the place of an actor, or None for one to be placed: beside those it is linked
    to, those of its group if there are any; linked to nobody, under the map or in its group.
    """
    n = len(spots)
    found = np.array([spot or (np.nan, np.nan) for spot in spots], dtype=float).reshape(n, 2)
    fixed = ~np.isnan(found[:, 0])
    near: list[set[int]] = [set() for _ in range(n)]
    for a, b in edges:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    rng = np.random.default_rng(seed)
    bottom = np.nanmax(found[:, 1]) + 1.6 * BOX[1] if fixed.any() else 0.0
    placed = fixed.copy()
    # Of each group, the sum of the places of its members that have one, and how many they are.
    kin: dict[Hashable, tuple[NDArray[np.float64], int]] = {}

    def settle(index: int) -> None:
        placed[index] = True
        if groups is not None:
            there, count = kin.get(groups[index], (np.zeros(2), 0))
            kin[groups[index]] = (there + found[index], count + 1)

    for index in np.flatnonzero(fixed).tolist():
        settle(index)
    waiting = [i for i in range(n) if not fixed[i]]
    reached = [i for i in waiting if any(placed[j] for j in near[i])]  # sorted, so a heap
    first = 0
    while True:
        # Those with a placed neighbour first, so that a chain of newcomers hangs together.
        while reached and placed[reached[0]]:
            heappop(reached)
        while first < len(waiting) and placed[waiting[first]]:
            first += 1
        if first == len(waiting):
            break
        index = reached[0] if reached else waiting[first]
        linked = [j for j in sorted(near[index]) if placed[j]]
        own = [j for j in linked if groups is None or groups[j] == groups[index]]
        if own:
            centre = found[own].mean(axis=0)
        elif groups is not None and groups[index] in kin:
            there, count = kin[groups[index]]
            centre = there / count
        else:
            centre = np.array([0.0, bottom])
        found[index] = centre + rng.normal(size=2) * BOX / 2
        settle(index)
        for j in near[index]:
            if not placed[j]:
                heappush(reached, j)
    apart = spread(found, np.tile(BOX, (n, 1)), fixed=fixed) if n else found
    apart[fixed] = found[fixed]
    return np.asarray(apart.round(1) + 0.0)
