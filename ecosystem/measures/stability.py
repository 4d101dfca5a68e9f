"""How far a rank can be trusted: the same measure on networks from which something is missing.

What interviews and documents tell of a territory is part of what there is. Each draw drops
something more, at random, and ranks again. An actor that keeps its place whatever is dropped
is robustly there; one that owes its place to a flow or two is not.

Over draws, 5 % to 95 % of the ranks give an interval. On simulated networks of which a part
was hidden, intervals of actors that have a rank held their true one in about nine cases of ten
(the tests do it again). The reasons are those of Smith & Moody (2013).

Smith, J. A. & Moody, J. (2013). Structural effects of network sampling coverage I: nodes
missing at random. doi:10.1016/j.socnet.2013.09.003
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.labels import Progress
from ecosystem.measures.draws.resampling import Plan, drawn, ranks_of
from ecosystem.measures.draws.stopping import Plenty, checkpoints, plenty, settled
from ecosystem.measures.registry import named
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

DRAWS = 500
SHARE = 0.1
TOP = 5
INTERVAL = 0.9
LEAST_FLOWS = 10
"""Under so many flows, nothing is said of stability."""
LEAST_DRAWS = 20
"""An interrupted run with fewer draws has no result."""
ROBUST, FRAGILE = 0.95, 0.5
"""Shares of the draws; so whoever is robust has a rank at both ends of its interval, 5 % and 95 %."""

DROPS: dict[str, Label] = {
    "flows": Label("une part des flux, au hasard", "a share of the flows, at random"),
    "actors": Label("une part des acteurs, au hasard", "a share of the actors, at random"),
    "one-sided": Label(
        "chaque flux qu'un seul des deux côtés déclare, une fois sur deux",
        "each flow that only one of its two sides reports, every other time",
    ),
}
"""What may be dropped, by name."""

DRAWING = Label("tirages", "draws")
"""What is under way, for who watches."""

ENDS: dict[str, Label] = {
    "all": Label("tous les tirages demandés", "all the draws that were asked for"),
    "settled": Label("les verdicts ne changent plus", "verdicts no longer change"),
    "large": Label("le réseau est grand", "the network is large"),
    "interrupted": Label("interrompu", "interrupted"),
}
"""Why the draws ended."""

VERDICTS: dict[str, Label] = {
    "robust": Label("solide", "robust"),
    "fragile": Label("fragile", "fragile"),
    "below": Label("plus bas", "lower down"),
    "cannot-say": Label("on ne peut pas dire", "cannot say"),
}
"""What is said of an actor that connects others: of its place among the first, or below them."""

RULE = Label(
    "solide : reste parmi les {top} premiers, et relie quelqu'un, dans au moins 95 % des tirages ; "
    "fragile : dans moins de la moitié ; plus bas : pas parmi les {top} premiers, et dans au moins "
    "95 % des tirages non plus ; sinon, ou avec moins de 10 flux : on ne peut pas dire",
    "robust: stays among the first {top}, and connects somebody, in at least 95 % of the draws; "
    "fragile: in fewer than half; lower down: not among the first {top}, nor in at least 95 % of the "
    "draws; else, or with fewer than 10 flows: cannot say",
)


@dataclass(frozen=True)
class Resampled:
    """Ranks of every actor in every draw.

    Attributes
    ----------
    values
        The measure on the whole network, by actor.
    ranks
        For each measure an array (draws, actors), 1 first, equal actors sharing the best of
        their ranks; infinite where the actor has nothing of it, nan where the actor was dropped
        or the measure is not defined.
    asked, drop, share, seed
        How it was done.
    ended
        Why there are so many rows, and no more: a code of `ENDS`.
    """

    network: Network
    values: dict[str, pd.Series[Any]]
    ranks: dict[str, NDArray[np.float64]]
    asked: int
    drop: str
    share: float
    seed: int
    facts: dict[str, Any] = field(default_factory=dict)
    ended: str = "all"

    def table(self, measure: str, *, top: int = TOP) -> pd.DataFrame:
        """What the draws say of each actor.

        Returns
        -------
        DataFrame
            By actor: `value`, `rank` (competition rank: equal actors share the best; nan for
            who has nothing of the measure, and so has no place), `rank_low` and `rank_high`
            (5 % and 95 % of the draws, widened to `rank` where that lies outside; `rank_high` is
            nan where the actor has no place in more than 5 % of them; both are for who has no
            rank), `top_share` (share of the draws in which it is among the first `top`, and has
            something of the measure), `verdict` (a code of `VERDICTS`; None for who has no
            rank). Its `attrs` say how many draws there were.
        """
        values, ranks = self.values[measure], self.ranks[measure]
        rank = self._observed(measure)
        placed = np.isfinite(rank)
        drawn = placed & (~np.isnan(ranks)).any(axis=0)
        low, high = (np.full(len(values), np.nan) for _ in range(2))
        if drawn.any():
            tails = [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2]
            ends = np.nanquantile(ranks[:, drawn], tails, axis=0, method="inverted_cdf")
            low[drawn] = np.minimum(ends[0], rank[drawn])
            high[drawn] = np.maximum(ends[1], rank[drawn])
        first, among, counts = self.among(measure, top)
        share = np.divide(among, counts, out=np.full(len(values), np.nan), where=counts > 0)
        verdict = [
            self.verdict(bool(f), float(s)) if p else None
            for p, f, s in zip(placed, first, share, strict=True)
        ]
        table = pd.DataFrame(
            {
                "value": values,
                "rank": np.where(placed, rank, np.nan),
                "rank_low": low,
                "rank_high": np.where(np.isfinite(high), high, np.nan),
                "top_share": share,
                "verdict": pd.Series(verdict, index=values.index, dtype="str"),
            }
        )
        table.attrs = {"draws": len(ranks), "asked": self.asked, "drop": self.drop,
                       "share": self.share, "top": top, "seed": self.seed,
                       "ended": self.ended}  # fmt: skip
        table.attrs.update(self.facts)
        return table

    def among(
        self, measure: str, top: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
        """Who is among the first `top`; in how many draws each is; in how many it is there.

        Nobody is where it has nothing of the measure.
        """
        ranks = self.ranks[measure]
        there = ~np.isnan(ranks)
        among = (np.where(there, ranks, np.inf) <= top).sum(axis=0)
        return self._observed(measure) <= top, among, there.sum(axis=0)

    def placed(self, measure: str) -> NDArray[np.bool_]:
        """Who has a rank on the whole network: only of these is anything said."""
        return np.isfinite(self._observed(measure))

    def _observed(self, measure: str) -> NDArray[np.float64]:
        return ranks_of(named(measure), self.values[measure].to_numpy(dtype=float))

    def verdict(self, first: bool, share: float) -> str:
        """What is said of a ranked actor, among the first or not, and in a share of the draws."""
        enough = self.facts["flows"] >= LEAST_FLOWS and self.facts["droppable"] > 0
        return _verdict(first, share, enough)


def rank_stability(
    network: Network,
    measure: str = "betweenness",
    *,
    drop: str = "flows",
    share: float = SHARE,
    draws: int | None = DRAWS,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    doubtful: Collection[str] = (),
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """How stable the rank of every actor is on one measure; see `resample` and `Resampled.table`.

    Examples
    --------
    >>> import networkx as nx
    >>> from ecosystem.networks.network import Network
    >>> star = nx.DiGraph([("hub", i) for i in range(9)] + [(i, "hub") for i in range(9)])
    >>> rank_stability(Network.wrap(star), draws=50).loc["hub", "verdict"]
    'robust'
    """
    return resample(
        network, [measure], drop=drop, share=share, draws=draws, top=top, seed=seed,
        workers=workers, doubtful=doubtful, options=options, progress=progress,
    ).table(measure, top=top)  # fmt: skip


def resample(
    network: Network,
    measures: Sequence[str],
    *,
    drop: str = "flows",
    share: float = SHARE,
    draws: int | None = DRAWS,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    doubtful: Collection[str] = (),
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Resampled:
    """Rank the actors again and again, each time with something missing.

    Parameters
    ----------
    measures
        Names of measures of actors; all see the same draws.
    drop
        `flows`, `actors` or `one-sided`.
    share
        Of the flows or of the actors, between 0 and 1. Whole numbers of flows are drawn; an
        edge whose weight is not a whole number stays or goes as one.
    draws
        How many; None: up to 500, fewer on a large network (`ecosystem.measures.draws.stopping`).
    top
        The verdicts that must be settled for draws to stop early are those on the first `top`.
    seed
        Draw number i depends on the seed and on i only: not on the number of workers.
    workers
        Processes; None: one, or all the processors where the first draws say that it pays.
        More than one needs a main module that can be imported again (a script with
        `if __name__ == "__main__":`, a notebook, the command line).
    doubtful
        Ids of the flows that only one side reports, for `one-sided`.
    options
        Options of the measures, given to those that take them.
    progress
        Called after each part with what is under way, the draws done, and of how many.

    Raises
    ------
    UnknownName
        If a measure or what to drop does not exist.
    EcosystemError
        If the share is not between 0 and 1.
    KeyboardInterrupt
        If interrupted before 20 draws; later, what was drawn is returned.
    """
    if drop not in DROPS:
        raise UnknownName(Label("chose à retirer", "thing to drop"), drop, DROPS)
    if not 0 < share < 1:
        raise EcosystemError(
            Label(f"la part à retirer vaut {share}", f"the share to drop is {share}"),
            Label("donnez un nombre entre 0 et 1, par exemple 0.1", "give a number between 0 and 1, such as 0.1"),
        )  # fmt: skip
    known = [named(name, of="actor", ranked=True) for name in measures]
    given = [{k: v for k, v in (options or {}).items() if k in m.options} for m in known]
    bare = Network(network.actors, network.edges, network.conventions)  # nothing to send along
    plan = Plan(bare, tuple(measures), tuple(given), drop, share, seed, frozenset(doubtful))
    values = {m.name: m(network, **o) for m, o in zip(known, given, strict=True)}
    facts = {"flows": plan.flows, "droppable": plan.droppable}
    much = Plenty(draws, early=False) if draws is not None else plenty(network, DRAWS)
    asked = DRAWS if draws is None else draws
    looks = list(checkpoints(much.most)) if much.early else []
    rows: dict[int, NDArray[np.float64]] = {}
    in_order, ended = 0, "all" if much.most == asked else "large"

    def said(upto: int) -> Resampled:
        ranks = np.array([rows[i] for i in sorted(rows)[:upto]])
        ranks = ranks.reshape(upto, len(known), network.n)
        by_measure = {m.name: ranks[:, i] for i, m in enumerate(known)}
        return Resampled(network, values, by_measure, asked, drop, share, seed, facts, ended)

    try:
        for numbers, found in drawn(plan, much.most, workers):
            rows.update(zip(numbers, found, strict=True))
            if progress:
                progress(DRAWING, len(rows), much.most)
            while in_order in rows:
                in_order += 1
                if looks and in_order == looks[0]:
                    look = looks.pop(0)
                    if all(_settled(said(look), m.name, top) for m in known):
                        ended = "settled"
                        return said(look)
    except KeyboardInterrupt:
        if len(rows) < LEAST_DRAWS:
            raise
        ended = "interrupted"
    return said(len(rows))


def undrawn(
    values: pd.Series[Any], network: Network, *, drop: str = "flows", asked: int = DRAWS
) -> Resampled:
    """What there is to say of a measure where nothing is drawn."""
    ranks = np.zeros((0, network.n))
    facts = {"flows": 0, "droppable": 0}
    name = str(values.name)
    ended = "large" if asked else "all"
    return Resampled(network, {name: values}, {name: ranks}, asked, drop, SHARE, 1, facts, ended)


def _settled(drawn: Resampled, measure: str, top: int) -> bool:
    """Whether all the draws asked for would give the verdicts of those made so far."""
    placed = drawn.placed(measure)
    first, among, counts = drawn.among(measure, top)
    told = first[placed], among[placed], counts[placed]
    return settled(*told, len(drawn.ranks[measure]), drawn.asked, drawn.verdict)


def _verdict(first: bool, share: float, enough: bool) -> str:
    if not enough or np.isnan(share):
        return "cannot-say"
    if first:
        return "robust" if share >= ROBUST else "fragile" if share < FRAGILE else "cannot-say"
    return "below" if share <= 1 - ROBUST else "cannot-say"
