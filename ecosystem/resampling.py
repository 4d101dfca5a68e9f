"""Networks from which something is missing, and the ranks on them: the draws behind stability.

Draw number i depends on the seed and on i only, so results do not depend on how the work
is shared between processes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from ecosystem.measures.registry import Measure, named
from ecosystem.networks import Network

WORTH_WORKERS = 3.0
"""Seconds of work that are worth the start of other processes."""


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
        kept, thinned = self._thinned(rng)
        ranks = np.full((len(self.measures), n), np.nan)
        for row, name, options in zip(ranks, self.measures, self.options, strict=True):
            measure = named(name)
            values = measure(thinned, **options).to_numpy(dtype=float)
            # as if nobody had been dropped: the first stays first, the last stays last
            stretch = (n - 1) / (len(kept) - 1) if len(kept) > 1 else 1.0
            row[kept] = (ranks_of(measure, values) - 1) * stretch + 1
        return ranks

    def _thinned(self, rng: np.random.Generator) -> tuple[NDArray[np.int64], Network]:
        network, edges = self.network, self.network.edges
        everyone = np.arange(network.n)
        if self.drop == "actors":
            size = network.n - round(self.share * network.n)
            kept = np.sort(rng.permutation(network.n)[:size])
            code = np.full(network.n, -1)
            code[kept] = np.arange(len(kept))
            source, target = code[edges["source"]], code[edges["target"]]
            rest = (source >= 0) & (target >= 0)
            among = edges[rest].assign(source=source[rest], target=target[rest])
            actors = network.actors.iloc[kept].reset_index(drop=True)
            return kept, Network(actors, among.reset_index(drop=True), network.conventions)
        weight = edges["weight"].to_numpy()
        left = self._fewer(weight, rng)
        some = left > 0
        return everyone, Network(
            network.actors,
            pd.DataFrame(
                {
                    "source": edges["source"].to_numpy()[some],
                    "target": edges["target"].to_numpy()[some],
                    "weight": left[some],
                    "distance": (edges["distance"].to_numpy() * weight / np.where(some, left, 1))[
                        some
                    ],
                }
            ),
            network.conventions,
        )

    def _fewer(self, weight: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
        """The weights that are left of those of the edges."""
        if self.drop == "one-sided":
            unsure = np.array(
                [sum(flow in self.doubtful for flow in ids) for ids in self.network.edges["flows"]]
            ).astype(np.int64)
            return weight - rng.binomial(unsure, 0.5)
        whole = bool(np.all(weight == np.round(weight)))
        units = weight.astype(np.int64) if whole else np.ones(len(weight), np.int64)
        total = int(units.sum())
        flows = np.repeat(np.arange(len(units)), units)
        stay = rng.permutation(total)[: total - round(self.share * total)]
        left = np.bincount(flows[stay], minlength=len(units))
        return left.astype(float) if whole else np.where(left > 0, weight, 0.0)


def ranks_of(measure: Measure, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks, 1 for who comes first on a measure, the mean of their ranks for equal actors."""
    signed = values if measure.low_first else -values
    return np.asarray(rankdata(signed.round(9), nan_policy="omit"))


def drawn(
    plan: Plan, draws: int, workers: int | None
) -> Iterator[tuple[list[int], list[NDArray[np.float64]]]]:
    """Numbers of draws and their ranks, in parts, as they are done."""
    size = 25 if workers == 1 else max(1, min(25, draws // 40))
    parts = [list(range(i, min(i + size, draws))) for i in range(0, draws, size)]
    if workers is None and parts:
        began = time.perf_counter()
        first = parts.pop(0)
        yield first, [plan.draw(i) for i in first]
        left = (time.perf_counter() - began) * len(parts)
        workers = processors() if left > WORTH_WORKERS else 1
    if workers == 1:
        for part in parts:
            yield part, [plan.draw(i) for i in part]
        return
    with _pool(plan, workers or 1) as pool:
        waiting = {pool.submit(_part, part): part for part in parts}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


@contextmanager
def _pool(plan: Plan, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that know the plan; an interruption stops them at once."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_learn, initargs=(plan,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_KNOWN: list[Plan] = []


def _learn(plan: Plan) -> None:
    """In a worker: keep the plan; leave interruptions to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _KNOWN[:] = [plan]


def _part(numbers: list[int]) -> list[NDArray[np.float64]]:
    """In a worker: some draws."""
    return [_KNOWN[0].draw(i) for i in numbers]


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
