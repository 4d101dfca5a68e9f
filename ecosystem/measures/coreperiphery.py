"""Core and periphery: whether the network is a dense core with satellites around it.

Borgatti, S. P. & Everett, M. G. (2000). Models of core/periphery structures.
doi:10.1016/S0378-8733(99)00019-2
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.measures.canonical_order import canonical_order
from ecosystem.measures.registry import DOES_NOT_APPLY, UNDIRECTED, UNWEIGHTED, measure, remembered
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


@measure(
    label=Label("au cœur", "in the core"),
    reading=Label("fait partie du cœur, où presque tous échangent entre eux", "belongs to the core, where nearly all exchange with one another"),
    formula=_FORMULA, direction=UNDIRECTED, weight=UNWEIGHTED, isolates=Label("faux", "false"),
    unit=Label("vrai ou faux", "true or false"), reference=_BORGATTI,
)  # fmt: skip
def in_core(network: Network) -> pd.Series[Any]:
    """Whether the actor is in the core of the best fit. Isolates, or no fit: False."""
    return network.series(core_periphery_fit(network)[1], "in_core")


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
    """Correlation with the ideal pattern, size of the core, densities inside and outside."""
    fit, core = core_periphery_fit(network)
    contact = _contact(network)
    inside, outside = int(core.sum()), int((~core).sum())
    ties_in = contact[core][:, core].sum() / 2
    ties_out = contact[~core][:, ~core].sum() / 2
    pairs_in, pairs_out = inside * (inside - 1) / 2, outside * (outside - 1) / 2
    rows = {
        "fit": fit,
        "core": inside,
        "periphery": outside,
        "density_core": ties_in / pairs_in if pairs_in else np.nan,
        "density_periphery": ties_out / pairs_out if pairs_out else np.nan,
    }
    return pd.DataFrame({"statistic": list(rows), "value": [float(v) for v in rows.values()]})


@remembered
def core_periphery_fit(network: Network) -> tuple[float, NDArray[np.bool_]]:
    """The best fit found, and who is in the core.

    Every core made of the actors with most contacts is tried; from the ten best of them,
    actors move in and out one at a time while that helps. It need not be the best of all
    cores. A core has at least two actors. No fit (nan): nothing, or everything, is linked.
    """
    n = network.n
    nobody = np.zeros(n, dtype=bool)
    if n < 4 or network.edges.empty:
        return float("nan"), nobody
    turn = canonical_order(network)
    fit, found = _fitted(_contact(network)[turn][:, turn])
    nobody[turn[found]] = True
    return fit, nobody


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
