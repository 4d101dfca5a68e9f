"""Whether an actor brokers more than chance would have it: two null models, stated.

`labels`: the same exchanges, with the groups dealt out again among the actors. It asks
whether a role comes from the groups. The total of the five roles cannot differ under it.
`degrees`: other networks in which everyone gives to and receives from as many actors as
here. It asks whether brokerage is more than what many partners bring by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.errors import UnknownName
from ecosystem.measures.open_paths import open_paths, tally
from ecosystem.measures.partition import group_codes
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

DRAWS = 999

NULLS: dict[str, Label] = {
    "labels": Label("groupes redistribués au hasard", "groups dealt out at random"),
    "degrees": Label("mêmes nombres de partenaires", "same numbers of partners"),
}
"""The null models, by name."""

_SWEEPS = 10
"""Rounds of swaps between two networks of the `degrees` null; each tries half of the edges."""
_BURN_IN = 100


def brokerage_test(
    network: Network,
    partition: str = "sector",
    *,
    null: str = "labels",
    draws: int = DRAWS,
    seed: int = 1,
    partial: bool = False,
) -> pd.DataFrame:
    """The roles of every actor against a null model.

    Parameters
    ----------
    partition
        Column of actors that gives the groups, or `community`.
    null
        `labels` or `degrees`.
    partial
        Share the credit of a pair between the brokers it has (Gould & Fernandez 1989),
        instead of counting 1 for each.

    Returns
    -------
    DataFrame
        By actor; for each role and their total: the count, `_expected` and `_sd` (mean and
        standard deviation under the null), `_z`, `_p` (share of draws, the observed one
        included, with at least as much), `_p_adjusted` (chance that any actor would reach
        such a z: single-step maxT, Westfall & Young 1993). nan where nothing can vary.

    Raises
    ------
    UnknownName
        If the null model or the partition does not exist.
    """
    if null not in NULLS:
        raise UnknownName(Label("modèle nul", "null model"), null, NULLS)
    codes, _ = group_codes(network, partition)
    source, target = (network.edges[end].to_numpy() for end in ("source", "target"))
    observed = _with_total(_roles(source, target, codes, network.n, partial))
    rng = np.random.default_rng(seed)
    sample = _dealt if null == "labels" else _rewired
    drawn = np.array(list(sample(source, target, codes, network.n, partial, draws, rng)))
    drawn = drawn.reshape(-1, network.n, len(ROLES))
    found = _compared(observed, drawn)
    impossible = _impossible(codes)
    table = {}
    for number, role in enumerate(ROLES):
        for name, values in found.items():
            column = values[:, number].copy()
            if name in ("_z", "_p", "_p_adjusted"):
                column[impossible[:, number]] = np.nan
            table[role + name] = column
    return pd.DataFrame(table, index=network.ids)


def rewirings(
    source: Any, target: Any, n: int, draws: int, rng: np.random.Generator
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Random networks with the same in- and out-degrees, no loops, no repeated edges.

    A chain of swaps (a → b, c → d become a → d, c → b). Half of the edges, paired at random,
    swap at once, except those that would meet: a pair swaps only if its four possible edges
    are nobody else's, before or after. A round is then its own inverse, so the chain visits
    all networks that it reaches equally often.
    """
    source, target = np.asarray(source).copy(), np.asarray(target).copy()
    m = len(source)
    for draw in range(draws):
        for _ in range(_SWEEPS + (_BURN_IN if draw == 0 else 0)):
            if m < 2:
                break
            order = rng.permutation(m)
            tossed = rng.random(m // 2) < 0.5  # or some networks would be out of reach
            left, right = order[: m // 2][tossed], order[m // 2 : 2 * (m // 2)][tossed]
            old = source * n + target
            new_left = source[left] * n + target[right]
            new_right = source[right] * n + target[left]
            keys = np.concatenate([old, new_left, new_right])
            _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
            alone = counts[inverse.ravel()] == 1
            swap = (
                (source[left] != target[right])
                & (source[right] != target[left])
                & alone[left]
                & alone[right]
                & alone[m : m + len(left)]
                & alone[m + len(left) :]
            )
            a, b = left[swap], right[swap]
            target[a], target[b] = target[b], target[a]
        yield source, target


def _roles(source: Any, target: Any, codes: Any, n: int, partial: bool) -> NDArray[np.float64]:
    """Counts, or shared credit, of the five roles by actor."""
    total = np.zeros((n, len(FIVE)))
    for paths in open_paths(source, target, n):
        total += tally(paths, codes, n, 1 / paths.rivals(n) if partial else None)
    return total


def _dealt(
    source: Any, target: Any, codes: Any, n: int, partial: bool, draws: int,
    rng: np.random.Generator,
) -> Iterator[NDArray[np.float64]]:  # fmt: skip
    """Roles under `labels`: the paths stay, the groups move."""
    kept = [(p, 1 / p.rivals(n) if partial else None) for p in open_paths(source, target, n)]
    for _ in range(draws):
        dealt = rng.permutation(codes)
        yield _with_total(
            sum((tally(p, dealt, n, w) for p, w in kept), start=np.zeros((n, len(FIVE))))
        )


def _rewired(
    source: Any, target: Any, codes: Any, n: int, partial: bool, draws: int,
    rng: np.random.Generator,
) -> Iterator[NDArray[np.float64]]:  # fmt: skip
    """Roles under `degrees`: the groups stay, the exchanges move."""
    for a, b in rewirings(source, target, n, draws, rng):
        yield _with_total(_roles(a, b, codes, n, partial))


def _with_total(roles: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([roles, roles.sum(axis=1)])


def _compared(
    observed: NDArray[np.float64], drawn: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """What a null model says of counts by actor (rows) and role (columns).

    A tolerance of 1e-9 keeps equal sums of shared credit equal.
    """
    n, roles = observed.shape
    undefined = np.full((n, roles), np.nan)
    if not len(drawn):
        return {
            "": observed,
            **{f"_{k}": undefined for k in ("expected", "sd", "z", "p", "p_adjusted")},
        }
    mean, sd = drawn.mean(axis=0), drawn.std(axis=0)
    varies = sd > 1e-9
    scale = np.where(varies, sd, np.nan)
    z = (observed - mean) / scale
    p = (1 + (drawn >= observed - 1e-9).sum(axis=0)) / (1 + len(drawn))
    adjusted = undefined.copy()
    for role in range(roles):
        if varies[:, role].any():
            heights = np.nanmax((drawn[:, :, role] - mean[:, role]) / scale[:, role], axis=1)
            above = (heights[:, None] >= z[:, role] - 1e-9).sum(axis=0)
            adjusted[:, role] = (1 + above) / (1 + len(drawn))
    return {
        "": observed,
        "_expected": mean,
        "_sd": sd,
        "_z": z,
        "_p": np.where(varies, p, np.nan),
        "_p_adjusted": np.where(varies, adjusted, np.nan),
    }


def _impossible(codes: Any) -> NDArray[np.bool_]:
    """Roles that an actor cannot have: who is alone in its group has nobody of its own."""
    alone = (np.bincount(codes, minlength=1)[codes] == 1) if len(codes) else np.zeros(0, bool)
    needs_own = np.array(
        [role in ("coordinator", "representative", "gatekeeper") for role in ROLES]
    )
    return np.asarray(alone[:, None] & needs_own)
