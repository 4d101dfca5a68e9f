"""Whether an actor brokers more than chance would have it: two null models, stated.

`labels`: the same exchanges, with the groups dealt out again among the actors. It asks
whether a role comes from the groups. The total of the five roles cannot differ under it.
Means and deviations are exact; draws serve for p only. What is compared with the draws, how
far an actor is above its mean in deviations, does not depend on the draws then, so the
observed labelling is one among equals, and an adjusted p <= a anywhere in the table of actors
and roles happens at most in a share a of the cases.
`degrees`: other networks in which everyone gives to and receives from as many actors as
here. It asks whether brokerage is more than what many partners bring by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.errors import UnknownName
from ecosystem.labels import Progress
from ecosystem.measures.draws.relabelling import Relabelled
from ecosystem.measures.draws.rewiring import brokered, rewirings
from ecosystem.measures.open_paths import open_paths, tally
from ecosystem.measures.partition import group_codes
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

DRAWS = 999

NULL = Label("modèle nul", "null model")
NULLS: dict[str, Label] = {
    "labels": Label("groupes redistribués au hasard", "groups dealt out at random"),
    "degrees": Label("mêmes nombres de partenaires", "same numbers of partners"),
}
"""The null models, by name."""

UNDER_WAY: dict[str, Label] = {
    "labels": Label("groupes redistribués", "groups dealt out"),
    "degrees": Label("échanges redistribués", "exchanges dealt out"),
}
"""What is under way, for who watches."""

Values = NDArray[np.float64]


def brokerage_test(
    network: Network,
    partition: str = "sector",
    *,
    null: str = "labels",
    draws: int = DRAWS,
    seed: int = 1,
    partial: bool = False,
    progress: Progress | None = None,
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
    progress
        Called after each draw with what is under way, the draws done, and of how many.

    Returns
    -------
    DataFrame
        By actor; for each role and their total: the count, `_expected` and `_sd` (mean and
        standard deviation under the null: exact for `labels`, unless credit is shared; else of
        the draws), `_z`, `_p` (share of draws, the observed one included, with at least as
        much), `_p_adjusted` (chance that any actor would reach such a z in any of the five
        roles, so that a reader may look at all of them: single-step maxT, Westfall & Young 1993,
        isbn 978-0-471-55761-6; of the total, that any actor would in its total). nan where
        nothing can vary.

    Raises
    ------
    UnknownName
        If the null model or the partition does not exist.
    """
    if null not in NULLS:
        raise UnknownName(NULL, null, NULLS)
    codes, _ = group_codes(network, partition)
    source, target = (network.edges[end].to_numpy() for end in ("source", "target"))
    rng = np.random.default_rng(seed)
    if null == "labels" and draws and not partial:
        paths = Relabelled(source, target, network.n)
        dealt = (paths.counts(rng.permutation(codes)) for _ in range(draws))
        watched = _watched(dealt, null, draws, progress)
        found = _placed(paths.counts(codes), *paths.moments(codes), watched, draws)
        found = {name: _with_total(values, name) for name, values in found.items()}
    else:
        observed = _with_total(_roles(source, target, codes, network.n, partial))
        sample = _dealt if null == "labels" else _rewired
        drawn = sample(source, target, codes, network.n, partial, draws, rng)
        rows = np.array(list(_watched(drawn, null, draws, progress)))
        found = _compared(observed, rows.reshape(-1, network.n, len(ROLES)))
    impossible = _impossible(codes)
    table = {}
    for number, role in enumerate(ROLES):
        for name, values in found.items():
            column = values[:, number].copy()
            if name in ("_z", "_p", "_p_adjusted"):
                column[impossible[:, number]] = np.nan
            table[role + name] = column
    return pd.DataFrame(table, index=network.ids)


def total_test(
    network: Network, *, draws: int = DRAWS, seed: int = 1, progress: Progress | None = None
) -> pd.DataFrame:
    """The total of the roles under `degrees`: what `brokerage_test` says of it, much sooner.

    Returns
    -------
    DataFrame
        By actor: `brokerage` and, with the same suffixes, its test.
    """
    source, target = (network.edges[end].to_numpy() for end in ("source", "target"))
    n = network.n
    rng = np.random.default_rng(seed)
    totals = (brokered(a, b, n) for a, b in rewirings(source, target, n, draws, rng))
    rows = np.array(list(_watched(totals, "degrees", draws, progress))).reshape(-1, n, 1)
    found = _compared(brokered(source, target, n)[:, None], rows)
    table = {f"brokerage{name}": values[:, 0] for name, values in found.items()}
    return pd.DataFrame(table, index=network.ids)


def _watched(
    drawn: Iterable[Values], null: str, draws: int, progress: Progress | None
) -> Iterator[Values]:
    """The draws of a null model; who watches is told after each."""
    for done, values in enumerate(drawn, start=1):
        yield values
        if progress:
            progress(UNDER_WAY[null], done, draws)


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


def _with_total(roles: Values, name: str = "") -> Values:
    """The five roles and their total; what groups alone cannot change has a mean, and no test."""
    total = roles.sum(axis=1)
    if name == "_sd":
        total = np.zeros(len(roles))
    elif name in ("_z", "_p", "_p_adjusted"):
        total = np.full(len(roles), np.nan)
    return np.column_stack([roles, total])


def _placed(
    observed: Values, mean: Values, sd: Values, drawn: Iterable[Values], draws: int
) -> dict[str, Values]:
    """Where counts by actor (rows) and role (columns) stand among draws, with known moments."""
    varies = sd > 0
    scale = np.where(varies, sd, 1.0)
    above = np.zeros(observed.shape, np.int64)
    heights = np.full((draws, 1), -np.inf)
    for row, counts in zip(heights, drawn, strict=True):
        above += counts >= observed - 1e-9
        row[:] = np.where(varies, (counts - mean) / scale, -np.inf).max(initial=-np.inf)
    z = np.where(varies, (observed - mean) / scale, np.nan)
    return {
        "": observed,
        "_expected": mean,
        "_sd": sd,
        "_z": z,
        "_p": np.where(varies, (1 + above) / (1 + draws), np.nan),
        "_p_adjusted": adjusted(z, heights),
    }


def adjusted(z: Values, heights: Values) -> Values:
    """Chance that anything tested would reach such a z: single-step maxT.

    Parameters
    ----------
    z
        Any shape; nan where nothing can vary.
    heights
        The highest z of each draw, over all that is tested together.
    """
    draws = heights.size
    below = np.searchsorted(np.sort(heights, axis=None), z - 1e-9, side="left")
    return np.where(np.isnan(z), np.nan, (1 + draws - below) / (1 + draws))


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
    standing = np.where(varies, (drawn - mean) / scale, -np.inf)
    # the roles are tested together; their total, the last of six, asks something else
    tested = [slice(0, len(FIVE)), slice(len(FIVE), None)] if roles > 1 else [slice(None)]
    return {
        "": observed,
        "_expected": mean,
        "_sd": sd,
        "_z": z,
        "_p": np.where(varies, p, np.nan),
        "_p_adjusted": np.hstack(
            [
                adjusted(z[:, part], standing[:, :, part].max(axis=(1, 2), initial=-np.inf))
                for part in tested
            ]
        ),
    }


def _impossible(codes: Any) -> NDArray[np.bool_]:
    """Roles that an actor cannot have: who is alone in its group has nobody of its own."""
    alone = (np.bincount(codes, minlength=1)[codes] == 1) if len(codes) else np.zeros(0, bool)
    needs_own = np.array(
        [role in ("coordinator", "representative", "gatekeeper") for role in ROLES]
    )
    return np.asarray(alone[:, None] & needs_own)
