"""Key players: the best set of actors, which is seldom the set of the best actors.

Borgatti, S. P. (2006). Identifying sets of key players in a social network.
doi:10.1007/s10588-006-7084-x
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.errors import EcosystemError
from ecosystem.measures.options import Option, Whole
from ecosystem.measures.registry import (
    DIRECTED,
    DOES_NOT_APPLY,
    UNDIRECTED,
    UNWEIGHTED,
    measure,
)
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

EXHAUSTIVE_UP_TO = 20_000
"""Number of sets up to which every one is tried; above, a greedy search from several starts."""
RESTARTS = 20
LARGEST = 5_000
"""Number of actors up to which sets that reach are searched: all distances are held."""

_BORGATTI = (
    "Borgatti, S. P. (2006). Identifying sets of key players in a social network. "
    "doi:10.1007/s10588-006-7084-x"
)
_COLUMNS = {
    "rank": Label("rang dans l'ensemble : qui compte le plus sans les autres", "place in the set: who counts most alone"),
    "score": Label("ce que vaut l'ensemble", "what the set is worth"),
    "baseline": Label("ce que vaut le réseau sans l'ensemble choisi", "the value with nobody chosen"),
    "method": Label("exhaustive : tous les ensembles ont été essayés ; greedy : recherche par échanges",
                    "exhaustive: every set was tried; greedy: a search by swaps"),
    "sets_as_good": Label("ensembles de même valeur (recherche exhaustive)", "sets of the same value (exhaustive search)"),
}  # fmt: skip

_SIZE: dict[str, Option] = {
    "k": Whole(0, 1_000, Label("de 1 à n − 2, n acteurs en tout", "1 to n − 2, n actors in all"))
}

Value = Callable[[tuple[int, ...]], float]


@dataclass(frozen=True)
class KeyPlayers:
    """The best set that was found.

    Attributes
    ----------
    actors
        Codes, in increasing order.
    score
        What the set is worth.
    method
        `exhaustive` (there is no better set) or `greedy` (there may be).
    sets_as_good
        How many sets have this value; None where not all were tried.
    """

    actors: tuple[int, ...]
    score: float
    method: str
    sets_as_good: int | None


@measure(
    of="set",
    label=Label("acteurs clés dont le départ fragmente", "key players whose departure fragments"),
    reading=Label(
        "l'ensemble de k acteurs dont le départ laisse le plus d'autres sans lien entre eux",
        "the set of k actors whose departure leaves most others without a link to one another",
    ),
    formula="max over |K| = k of F(G − K) (KPP-Neg)",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=DOES_NOT_APPLY,
    unit=Label("part des paires d'autres acteurs non reliées, de 0 à 1", "share of pairs of others not linked, 0 to 1"),
    reference=_BORGATTI, columns=_COLUMNS, takes=_SIZE,
)  # fmt: skip
def key_players_negative(network: Network, *, k: int = 3, seed: int = 1) -> pd.DataFrame:
    """The set whose removal leaves the highest fragmentation F."""
    _checked(network, k)
    both = sparse.csr_array(network.matrix + network.matrix.T)

    def value(chosen: tuple[int, ...]) -> float:
        kept = np.delete(np.arange(network.n), chosen)
        return _fragmentation(both[kept][:, kept])

    return _table(network, k, value, _fragmentation(both), seed)


@measure(
    of="set",
    label=Label("acteurs clés qui atteignent", "key players who reach"),
    reading=Label(
        "l'ensemble de k acteurs depuis lequel une donnée atteint le plus d'autres, le plus vite",
        "the set of k actors from which data reach most others, soonest",
    ),
    formula="max over |K| = k of R(K) = Σ_j 1/d(K, j) / n, 1 for members of K (KPP-Pos)",
    direction=DIRECTED, weight=Label("ignoré : des étapes", "ignored: steps"),
    isolates=DOES_NOT_APPLY,
    unit=Label("part des acteurs, les proches comptant le plus, de k/n à 1",
               "share of actors, the nearer counting most, k/n to 1"),
    reference=_BORGATTI, columns=_COLUMNS, takes=_SIZE,
)  # fmt: skip
def key_players_positive(network: Network, *, k: int = 3, seed: int = 1) -> pd.DataFrame:
    """The set that reaches most along the flows, distance-weighted."""
    if network.n > LARGEST:
        raise EcosystemError(
            Label(f"la recherche va jusqu'à {LARGEST} acteurs ; il y en a {network.n}",
                  f"the search goes up to {LARGEST} actors; there are {network.n}"),
            Label("choisissez un territoire avec --territory", "choose a territory with --territory"),
        )  # fmt: skip
    _checked(network, k)
    nearness = _nearness(network)

    def value(chosen: tuple[int, ...]) -> float:
        return float(nearness[list(chosen)].max(axis=0).sum()) / network.n

    return _table(network, k, value, 0.0, seed)


def best_set(n: int, k: int, value: Value, *, seed: int = 1) -> KeyPlayers:
    """The set of `k` out of `n` with the highest value.

    Every set is tried up to 20,000 sets; above, swaps one for one from the actors that are
    best one by one, then from 20 seeded random starts, until none helps (Borgatti 2006).
    Equal sets: the first in the order of the actors.
    """
    if comb(n, k) <= EXHAUSTIVE_UP_TO:
        scored = [(value(chosen), chosen) for chosen in combinations(range(n), k)]
        top = max(score for score, _ in scored)
        as_good = [chosen for score, chosen in scored if score >= top - 1e-12]
        return KeyPlayers(as_good[0], top, "exhaustive", len(as_good))
    rng = np.random.default_rng(seed)
    alone = np.array([value((i,)) for i in range(n)])
    starts = [np.argsort(-alone, kind="stable")[:k]]
    starts += [rng.choice(n, k, replace=False) for _ in range(RESTARTS)]
    found = [_climbed(tuple(sorted(int(i) for i in start)), n, value) for start in starts]
    top = max(score for score, _ in found)
    chosen = min(chosen for score, chosen in found if score >= top - 1e-12)
    return KeyPlayers(chosen, top, "greedy", None)


def _climbed(chosen: tuple[int, ...], n: int, value: Value) -> tuple[float, tuple[int, ...]]:
    """A set improved by the first swap that helps, until none does."""
    score = value(chosen)
    improved = True
    while improved:
        improved = False
        for out in chosen:
            for new in range(n):
                if new in chosen:
                    continue
                other = tuple(sorted({*chosen, new} - {out}))
                if (found := value(other)) > score + 1e-12:
                    chosen, score, improved = other, found, True
                    break
            if improved:
                break
    return score, chosen


def _checked(network: Network, k: int) -> None:
    """Raise if no set of `k` can be chosen so that others remain."""
    if not 1 <= k < max(network.n - 1, 2) or network.n < 3:
        raise EcosystemError(
            Label(f"k vaut {k} : il faut de 1 à n − 2 acteurs, et le réseau en a {network.n}",
                  f"k is {k}: 1 to n − 2 actors are needed, and the network has {network.n}"),
            Label("donnez un autre -k", "give another -k"),
        )  # fmt: skip


def _table(network: Network, k: int, value: Value, baseline: float, seed: int) -> pd.DataFrame:
    """The best set, one row a member, who counts most alone first."""
    best = best_set(network.n, k, value, seed=seed)
    order = sorted(best.actors, key=lambda i: (-value((i,)), i))
    return pd.DataFrame(
        {
            "id": network.ids[order],
            "rank": range(1, k + 1),
            "score": best.score,
            "baseline": baseline,
            "method": best.method,
            "sets_as_good": pd.array([best.sets_as_good] * k, dtype="Int64"),
        }
    )


def _fragmentation(both: sparse.csr_array[Any]) -> float:
    """Borgatti's F: the share of pairs that are not linked, even indirectly."""
    from scipy.sparse import csgraph  # slow to import

    n = both.shape[0]
    _, member = csgraph.connected_components(both, directed=False)
    sizes = np.bincount(member)
    return 1 - float((sizes * (sizes - 1)).sum()) / (n * (n - 1))


def _nearness(network: Network) -> NDArray[np.float64]:
    """1 / steps from each actor (row) to each other, 1 to itself, 0 where there is no way."""
    from scipy.sparse import csgraph  # slow to import

    steps = csgraph.shortest_path(network.matrix, unweighted=True)
    np.fill_diagonal(steps, 1.0)
    return 1 / steps
