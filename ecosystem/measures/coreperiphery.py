"""Core and periphery: whether the network is a dense core with satellites around it.

Borgatti, S. P. & Everett, M. G. (2000). Models of core/periphery structures.
doi:10.1016/S0378-8733(99)00019-2
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.measures.canonical_order import by_id, canonical_order
from ecosystem.measures.registry import (
    DOES_NOT_APPLY,
    UNDIRECTED,
    UNWEIGHTED,
    ZERO,
    measure,
    remembered,
)
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_BORGATTI = (
    "Borgatti, S. P. & Everett, M. G. (2000). Models of core/periphery structures. "
    "doi:10.1016/S0378-8733(99)00019-2"
)
_FORMULA = (
    "max over cores C of the correlation of contacts with the ideal: 1 inside C, 0 outside, "
    "pairs across not counted"
)
MOVES_UP_TO = 2_000
"""Number of actors up to which the best cores by degree are improved one actor at a time."""
STARTS = 10
"""How many of them."""
ALL_UP_TO = 16
"""Actors with a contact up to which every core is looked at."""
MOST_CORES = 500
"""How many other cores as good as the best one found are looked for."""
EXCHANGES = 20_000_000
"""Exchanges of two actors that are looked at, for finding them."""
EQUAL = 1e-9
"""Fits that differ by less are equal."""


@measure(
    label=Label("au cœur", "in the core"),
    reading=Label(
        "part des cœurs aussi bons les uns que les autres dont l'acteur fait partie ; 1 : de tous ; 0 : d'aucun",
        "share of the equally good cores that the actor belongs to; 1: all of them; 0: none",
    ),
    formula=_FORMULA, direction=UNDIRECTED, weight=UNWEIGHTED, isolates=ZERO,
    unit=Label("part, de 0 à 1 ; vide : indéterminé", "share, 0 to 1; empty: undetermined"), reference=_BORGATTI,
)  # fmt: skip
def in_core(network: Network) -> pd.Series[Any]:
    """Share of the best cores that the actor is in. Isolates, or no fit: 0.

    Every core is looked at up to 16 actors with a contact. Above, those that are found from the
    best one by moves that keep the fit; where there are too many to look at all, actors in some
    of them only are undetermined (nan).
    """
    best = core_periphery_fit(network)
    share = best.cores.mean(axis=0)
    if best.more:
        share = np.where((share > 0) & (share < 1), np.nan, share)
    return network.series(share, "in_core")


@measure(
    of="network",
    label=Label("ajustement cœur-périphérie", "core-periphery fit"),
    reading=Label(
        "1 : un cœur où tous échangent, une périphérie sans échange interne ; près de 0 : ni l'un ni l'autre",
        "1: a core where all exchange, a periphery with no exchange inside; near 0: neither",
    ),
    formula=_FORMULA, direction=UNDIRECTED, weight=UNWEIGHTED, isolates=DOES_NOT_APPLY,
    unit=Label("corrélation, de −1 à 1", "correlation, −1 to 1"), reference=_BORGATTI,
)  # fmt: skip
def core_periphery(network: Network) -> pd.DataFrame:
    """Correlation with the ideal pattern, size of the core, densities inside and outside.

    Of equally good cores, sizes and densities are those of the smallest, the first by ids.
    """
    best = core_periphery_fit(network)
    fit, core = best.fit, best.cores[0]
    contact = _contact(network)
    inside, outside = int(core.sum()), int((~core).sum())
    ties_in = contact[core][:, core].sum() / 2
    ties_out = contact[~core][:, ~core].sum() / 2
    pairs_in, pairs_out = inside * (inside - 1) / 2, outside * (outside - 1) / 2
    rows = {
        "fit": fit,
        "equally_good_cores": 0 if np.isnan(fit) else len(best.cores),
        "core": inside,
        "periphery": outside,
        "density_core": ties_in / pairs_in if pairs_in else np.nan,
        "density_periphery": ties_out / pairs_out if pairs_out else np.nan,
    }
    return pd.DataFrame({"statistic": list(rows), "value": [float(v) for v in rows.values()]})


class Best(NamedTuple):
    """The best fit, and the cores that have it.

    Attributes
    ----------
    cores
        One a row, actors in columns; the smallest first, then by ids. Nobody is in the one row
        where there is no fit (nan): nothing, or everything, is linked.
    more
        Whether there may be more of them than were looked at.
    """

    fit: float
    cores: NDArray[np.bool_]
    more: bool


@remembered
def core_periphery_fit(network: Network) -> Best:
    """The best fit, and who is in the core.

    Up to 16 actors with a contact every core is tried. Above, every core made of the actors
    with most contacts is; from the ten best of them, actors move in and out one at a time while
    that helps, and then are exchanged: it need not be the best of all cores. A core has at
    least two actors, each with a contact.
    """
    n = network.n
    nobody = np.zeros((1, n), dtype=bool)
    if n < 4 or network.edges.empty:
        return Best(float("nan"), nobody, more=False)
    turn = canonical_order(network, directed=False)
    contact = _contact(network)[turn][:, turn]
    linked = np.flatnonzero(np.asarray(contact.sum(axis=1)).ravel())
    if len(linked) <= ALL_UP_TO:
        fit, found, more = *_every(contact[linked][:, linked].toarray(), n), False
    else:
        fit, start = _fitted(contact)
        fit, found, more = _as_good(contact, start, fit)
        found = found[:, linked]
    if np.isnan(fit):
        return Best(fit, nobody, more=False)
    cores = np.zeros((len(found), n), dtype=bool)
    cores[:, turn[linked]] = found
    ids = np.argsort(by_id(network))
    order = sorted(range(len(cores)), key=lambda k: (cores[k].sum(), (~cores[k][ids]).tolist()))
    return Best(fit, cores[order], more)


def _every(contact: NDArray[np.int64], n: int) -> tuple[float, NDArray[np.bool_]]:
    """The best of all cores of actors with a contact, and all that are as good."""
    m = len(contact)
    cores = (np.arange(1 << m)[:, None] >> np.arange(m)) & 1
    degree = contact.sum(axis=1)
    within = ((cores @ contact) * cores).sum(axis=1) / 2
    outside = degree.sum() / 2 - (cores @ degree - within)
    size = cores.sum(axis=1)
    fits = _correlation(within, outside, size, n)
    fits = np.where(np.isnan(fits) | (size < 2), -np.inf, fits)
    best = float(fits.max())
    if best == -np.inf:
        return float("nan"), np.zeros((1, m), dtype=bool)
    return best, cores[fits >= best - EQUAL].astype(bool)


def _as_good(
    contact: Any, start: NDArray[np.bool_], fit: float
) -> tuple[float, NDArray[np.bool_], bool]:
    """From a core, all that moves and exchanges of actors lead to without loss; a gain begins anew."""
    n = len(start)
    looks = EXCHANGES // max(int(start.sum()) * int((~start).sum()), 1)
    if np.isnan(fit) or not looks:
        return fit, start[None], not np.isnan(fit)
    table = contact.toarray()
    degree = table.sum(axis=1)
    total = degree.sum() / 2
    found, todo = {start.tobytes(): start}, [start]
    while todo and len(found) < MOST_CORES and looks > 0:
        core, looks = todo.pop(), looks - 1
        size, to_core = int(core.sum()), table @ core
        within = to_core[core].sum() / 2
        outside = total - (degree[core].sum() - within)
        # one actor in or out
        change = np.where(core, -1, 1)
        single = _correlation(
            within + change * to_core, outside - change * (degree - to_core), size + change, n
        )
        single[(size + change < 2) | (degree == 0)] = -np.inf
        # one in, another out
        out, into = np.flatnonzero(core), np.flatnonzero(~core & (degree > 0))
        gained = to_core[into][None, :] - table[np.ix_(out, into)]
        lost = to_core[out][:, None]
        freed = (degree - to_core)[out][:, None] - (
            (degree - to_core)[into][None, :]
            + table[np.ix_(out, into)]
            - 2 * table[np.ix_(out, into)]
        )
        double = _correlation(within - lost + gained, outside + freed, size, n)
        for fits, moves in ((single, None), (double, (out, into))):
            for at in np.argwhere(np.nan_to_num(fits, nan=-np.inf) >= fit - EQUAL):
                other = core.copy()
                flipped = [at[0]] if moves is None else [moves[0][at[0]], moves[1][at[1]]]
                other[flipped] = ~other[flipped]
                value = _fit_of(table, other, n)
                if value > fit + EQUAL:
                    return _as_good(contact, other, value)
                if value >= fit - EQUAL and other.tobytes() not in found:
                    found[other.tobytes()] = other
                    todo.append(other)
    return fit, np.array(list(found.values())), bool(todo)


def _fit_of(table: NDArray[np.int64], core: NDArray[np.bool_], n: int) -> float:
    inside, outside = table[core][:, core].sum() / 2, table[~core][:, ~core].sum() / 2
    return float(_correlation(inside, outside, int(core.sum()), n))


def _fitted(contact: Any) -> tuple[float, NDArray[np.bool_]]:
    """The best fit for a matrix of contacts, and who is in the core."""
    n = contact.shape[0]
    degree = np.asarray(contact.sum(axis=1)).ravel()
    order = np.lexsort([np.arange(n), -degree])
    linked = np.flatnonzero(degree[order] > 0)
    within, total = 0.0, degree.sum() / 2
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    fits = np.full(n + 1, -np.inf)  # by the size of the core
    touched = 0.0  # contacts with at least one end in the core
    for k in linked:
        actor = order[k]
        peers = contact.indices[contact.indptr[actor] : contact.indptr[actor + 1]]
        inner = int((place[peers] < k).sum())
        within += inner
        touched += degree[actor] - inner
        fit = _correlation(within, total - touched, int(k) + 1, n)
        if k >= 1 and np.isfinite(fit):
            fits[int(k) + 1] = fit
    best, core = float("nan"), np.zeros(n, dtype=bool)
    for size in np.argsort(-fits, kind="stable")[: STARTS if n <= MOVES_UP_TO else 1]:
        start = np.isin(np.arange(n), order[:size])
        if fits[size] > -np.inf:
            found = (float(fits[size]), start)
            fit, moved = _moved(contact, start, found[0]) if n <= MOVES_UP_TO else found
            if not fit <= best:
                best, core = fit, moved
    return best, core


def _moved(contact: Any, core: NDArray[np.bool_], fit: float) -> tuple[float, NDArray[np.bool_]]:
    """The core after the move that helps most, again and again, until none helps."""
    n = len(core)
    degree = np.asarray(contact.sum(axis=1)).ravel()
    total = degree.sum() / 2
    while True:
        size = int(core.sum())
        to_core = np.asarray(contact @ core.astype(np.int64)).ravel()
        within = to_core[core].sum() / 2
        outside = total - (degree[core].sum() - within)
        change = np.where(core, -1, 1)
        fits = _correlation(
            within + change * to_core, outside - change * (degree - to_core), size + change, n
        )
        fits = np.where((size + change >= 2) & (degree > 0), fits, -np.inf)
        move = int(np.nanargmax(np.where(np.isnan(fits), -np.inf, fits)))
        if not fits[move] > fit + 1e-12:
            return fit, core
        core = core.copy()
        core[move] = ~core[move]
        fit = float(fits[move])


def _correlation(within: Any, outside: Any, size: Any, n: int) -> Any:
    """Pearson correlation of contacts with the ideal, over pairs inside the core and outside."""
    inner, outer = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    pairs, ties = inner + outer, within + outside
    with np.errstate(divide="ignore", invalid="ignore"):
        return (pairs * within - inner * ties) / np.sqrt(
            inner * (pairs - inner) * ties * (pairs - ties)
        )


def _contact(network: Network) -> Any:
    """Who is a contact of whom, 0 or 1, symmetric."""
    either = (network.matrix + network.matrix.T).tocsr()
    either.data = np.ones_like(either.data, dtype=np.int64)
    return either.astype(np.int64)
