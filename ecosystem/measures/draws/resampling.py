"""Networks from which something is missing, and the ranks on them: the draws behind stability.

Draw number i depends on the seed and on i only, so results do not depend on how the work
is shared between processes.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.measures.registry import Measure, named
from ecosystem.networks.network import Edges, Network
from ecosystem.processes import as_done, can_start, pool, processors

WORTH_WORKERS = 3.0
"""Seconds of work that are worth the start of other processes."""
A_PART = 0.5
"""Seconds of work that a process takes on at a time, so that what was done can be told."""


@dataclass(frozen=True)
class Plan:
    """All that one draw needs to know."""

    network: Network
    measures: tuple[str, ...]
    options: tuple[dict[str, Any], ...]
    drop: str
    share: float
    seed: int
    doubtful: frozenset[str]

    def draw(self, number: int) -> NDArray[np.float64]:
        """Ranks on one thinned network: measures by actors."""
        rng = np.random.default_rng([self.seed, number])
        n = self.network.n
        kept, edges = self._thinned(rng)
        # as if nobody had been dropped: the first stays first, the last stays last
        stretch = (n - 1) / (edges.n - 1) if edges.n > 1 else 1.0
        ranks = np.full((len(self.measures), n), np.nan)
        thinned: Network | None = None
        for row, name, options in zip(ranks, self.measures, self.options, strict=True):
            measure = named(name)
            if measure.of_edges is not None and not options:
                values = measure.of_edges(edges)
            else:
                thinned = thinned or self._network(kept, edges)
                values = measure(thinned, **options).to_numpy(dtype=float)
            row[kept] = (ranks_of(measure, values) - 1) * stretch + 1
        return ranks

    def _network(self, kept: NDArray[np.int64], edges: Edges) -> Network:
        """Thinned edges as a network of the actors that are left."""
        actors = self.network.actors
        if len(kept) < len(actors):
            actors = actors.iloc[kept].reset_index(drop=True)
        columns = {name: getattr(edges, name) for name in Edges._fields[1:]}
        return Network(actors, pd.DataFrame(columns), self.network.conventions)

    def _thinned(self, rng: np.random.Generator) -> tuple[NDArray[np.int64], Edges]:
        """The actors that are left, and the edges among them, as codes of those."""
        whole = self._edges
        if self.drop == "actors":
            size = whole.n - round(self.share * whole.n)
            kept = np.sort(rng.permutation(whole.n)[:size])
            code = np.full(whole.n, -1)
            code[kept] = np.arange(size)
            source, target = code[whole.source], code[whole.target]
            rest = (source >= 0) & (target >= 0)
            return kept, Edges(
                size, source[rest], target[rest], whole.weight[rest], whole.distance[rest]
            )
        edge, row, known = self._rows
        stays = self._staying(known, rng)[row]
        weighs = self._weighs[stays]
        left: NDArray[np.float64] = np.bincount(
            edge[stays], weights=weighs, minlength=len(whole.weight)
        ).astype(float)
        if not self._counted:
            left = np.where(left > 0, whole.weight, 0.0)
        some = left > 0
        longer = whole.weight[some] / left[some]
        return np.arange(whole.n), Edges(
            whole.n, whole.source[some], whole.target[some], left[some],
            whole.distance[some] * longer,
        )  # fmt: skip

    @cached_property
    def _edges(self) -> Edges:
        columns = (self.network.edges[name].to_numpy() for name in Edges._fields[1:])
        return Edges(self.network.n, *columns)

    @property
    def flows(self) -> int:
        """How many flows (or ties) there are to drop."""
        return len(self._rows[2])

    @property
    def droppable(self) -> int:
        """How many flows, or actors, a draw may drop; 0: nothing, so draws tell nothing."""
        if self.drop == "actors":
            return self.network.n
        known = self._rows[2]
        return sum(f in self.doubtful for f in known) if self.drop == "one-sided" else len(known)

    @cached_property
    def _counted(self) -> bool:
        """Whether one knows what flows weigh, or how many they are; else an edge stays or goes as one."""
        if self.network.row_weights is not None:
            return True
        weight = self.network.edges["weight"]
        return bool(np.all(weight == np.round(weight)))

    @cached_property
    def _rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64], list[Hashable]]:
        """The flows behind the edges: for each its edge and its number, and the flows by number.

        A tie is behind two edges, one each way, and goes from both. Where a network does not
        say which flows its edges are made of, they are numbered.
        """
        edges = self.network.edges
        told = edges["flows"] if "flows" in edges else pd.Series([()] * len(edges))
        counts = edges["weight"].round().astype(int) if self._counted else [1] * len(edges)
        number: dict[Hashable, int] = {}
        edge: list[int] = []
        row: list[int] = []
        for at, (ids, count) in enumerate(zip(told, counts, strict=True)):
            known = len(ids) == count or (ids and self.network.row_weights is not None)
            for flow in ids if known else [(at, k) for k in range(count)]:
                edge.append(at)
                row.append(number.setdefault(flow, len(number)))
        return np.array(edge, np.int64), np.array(row, np.int64), list(number)

    @cached_property
    def _weighs(self) -> NDArray[np.float64]:
        """What each flow behind an edge weighs, in the order of `_rows`."""
        _, row, known = self._rows
        own = self.network.row_weights
        if own is None:
            return np.ones(len(row))
        return np.array([own.get(str(known[at]), 1.0) for at in row], dtype=float)

    def _staying(self, known: list[Hashable], rng: np.random.Generator) -> NDArray[np.bool_]:
        """Which flows stay in a draw."""
        total = len(known)
        stays = np.ones(total, dtype=bool)
        if self.drop == "one-sided":
            unsure = np.array([flow in self.doubtful for flow in known], dtype=bool)
            stays[unsure] = rng.random(int(unsure.sum())) < 0.5
        else:
            stays[rng.permutation(total)[: round(self.share * total)]] = False
        return stays


def ranks_of(measure: Measure, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks, 1 for who comes first on a measure; equal actors share the best of theirs.

    Who has nothing of a measure whose high values come first has no place: an infinite rank,
    however few others there are. nan where the measure is not defined.
    """
    signed = values if measure.low_first else -values
    ranks = np.full(len(signed), np.nan)
    there = ~np.isnan(signed)
    _, place, counts = np.unique(signed[there].round(9), return_inverse=True, return_counts=True)
    ranks[there] = (np.cumsum(counts) - counts + 1.0)[place.ravel()]
    if not measure.low_first:
        ranks[there & (values.round(9) <= 0)] = np.inf
    return ranks


Part = tuple[list[int], list[NDArray[np.float64]]]
"""Numbers of draws, and the ranks of each."""


def drawn(plan: Plan, draws: int, workers: int | None) -> Iterator[Part]:
    """Numbers of draws and their ranks, in parts, as they are done; with workers, in any order."""
    todo, size = range(draws), 25
    if workers is None and draws > 1:
        yield [0], [plan.draw(0)]  # the first one also builds what the others share
        began = time.process_time()
        yield [1], [plan.draw(1)]
        each = time.process_time() - began
        todo = range(2, draws)
        worth = each * len(todo) > WORTH_WORKERS
        workers = processors() if worth else 1
        size = max(1, min(25, round(A_PART / max(each, 1e-6))))
    parts = [list(todo[i : i + size]) for i in range(0, len(todo), size)]
    if workers in (1, None) or not parts or not can_start():
        for part in parts:
            yield part, [plan.draw(i) for i in part]
        return
    with pool(workers, _learn, plan) as others:
        waiting = {others.submit(_part, part): part for part in parts}
        for done in as_done(waiting):
            yield waiting[done], done.result()


_KNOWN: list[Plan] = []


def _learn(plan: Plan) -> None:
    """In a worker: keep the plan."""
    _KNOWN[:] = [plan]


def _part(numbers: list[int]) -> list[NDArray[np.float64]]:
    """In a worker: some draws."""
    return [_KNOWN[0].draw(i) for i in numbers]
