"""Gould-Fernandez brokerage: who passes between whom, by the groups of the three.

A broker j stands on i -> j -> k where i does not pass to k directly. The groups of the
three name the role. Counts, expectations and variances are those of R `sna::brokerage`
(`raw.nli`, `exp.nli`, `sd.nli`): given the sizes of the groups and the density, if
every edge were present independently.

Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation: a formal approach to
brokerage in transaction networks. doi:10.2307/270949
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures.open_paths import blocks, few_paths, open_paths, tally
from ecosystem.measures.options import OneOf
from ecosystem.measures.partition import group_codes
from ecosystem.measures.registry import DIRECTED, UNWEIGHTED, ZERO, measure, remembered
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.measures.significance import NULL, NULLS, brokerage_test
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_GOULD = "Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation. doi:10.2307/270949"

_GROUPS = {
    "coordinator": ", g_i = g_j = g_k",
    "itinerant": ", g_i = g_k ≠ g_j",
    "representative": ", g_i = g_j ≠ g_k",
    "gatekeeper": ", g_i ≠ g_j = g_k",
    "liaison": ", g_i ≠ g_j ≠ g_k ≠ g_i",
}


@remembered
def brokerage_roles(network: Network, partition: str = "sector") -> pd.DataFrame:
    """The five roles and their total for every actor, with expectation, deviation and z.

    Parameters
    ----------
    network
        Direction and presence of edges count, weights do not.
    partition
        The column of actors that gives the groups, or `community`; empty cells are the group
        `unknown`.

    Returns
    -------
    DataFrame
        By actor; for each role four columns: the count, `_expected`, `_sd`, `_z`.
        z is nan where the role cannot occur (a group of one has no coordinator).
    """
    codes, _ = group_codes(network, partition)
    counts = role_counts(network, codes)
    expected, deviation = _moments(network, codes)
    table = {}
    for role in ROLES:
        with np.errstate(divide="ignore", invalid="ignore"):
            z = np.where(
                deviation[role] > 0, (counts[role] - expected[role]) / deviation[role], np.nan
            )
        table[role] = counts[role]
        table[f"{role}_expected"] = expected[role]
        table[f"{role}_sd"] = deviation[role]
        table[f"{role}_z"] = z
    return pd.DataFrame(table, index=network.ids)


def role_counts(network: Network, codes: Any) -> dict[str, Any]:
    """Open two-paths through each actor, by role.

    Paths i -> j -> k are counted from degrees by group; those closed by i -> k are
    taken away. With S the edges inside groups and D those across, the closed ones
    through j are the column sums of products such as D * (S D^T), element by element.
    Products are formed a block of rows at a time.

    Returns
    -------
    dict
        For each role, whole numbers by actor code.
    """
    n = network.n
    source, target = (network.edges[end].to_numpy() for end in ("source", "target"))
    if few_paths(source, target, n):
        return _one_by_one(network, codes)
    same = codes[source] == codes[target]
    S = sparse.csr_array((np.ones(same.sum(), np.int64), (source[same], target[same])), (n, n))
    D = sparse.csr_array((np.ones((~same).sum(), np.int64), (source[~same], target[~same])), (n, n))

    def through(paths: Any, first: Any, last: Any, shortcut: Any) -> Any:
        """Paths less those closed by a shortcut i -> k, by j."""
        back = last.T.tocsr()
        cost = np.asarray(shortcut @ np.diff(back.indptr)).ravel()
        for part in blocks(cost):
            closed = first[part].multiply(shortcut[part] @ back).sum(axis=0)
            paths = paths - np.asarray(closed).ravel()
        return paths

    s_in, s_out = S.sum(axis=0), S.sum(axis=1)
    d_in, d_out = D.sum(axis=0), D.sum(axis=1)
    member = sparse.csr_array(
        (np.ones(n, np.int64), (np.arange(n), codes)), (n, codes.max(initial=0) + 1)
    )
    # by group, in times out: two-paths whose two ends are in one group, other than j's
    one_group = np.asarray((D.T @ member).multiply(D @ member).sum(axis=1)).ravel()
    back_s = np.asarray(S.multiply(S.T).sum(axis=1)).ravel()  # i = k is not a path between two
    back_d = np.asarray(D.multiply(D.T).sum(axis=1)).ravel()
    counts = {
        "coordinator": through(s_in * s_out - back_s, S, S, S),
        "itinerant": through(one_group - back_d, D, D, S),
        "representative": through(s_in * d_out, S, D, D),
        "gatekeeper": through(d_in * s_out, D, S, D),
        "liaison": through(d_in * d_out - one_group, D, D, D),
    }
    counts["brokerage"] = sum(counts.values(), start=np.zeros(n, np.int64))
    return counts


def _one_by_one(network: Network, codes: Any) -> dict[str, Any]:
    """The same counts path by path: faster where there are few."""
    n = network.n
    counts = np.zeros((n, len(FIVE)))
    for paths in open_paths(network.edges["source"], network.edges["target"], n):
        counts += tally(paths, codes, n)
    roles = dict(zip(FIVE, counts.astype(np.int64).T, strict=True))
    return {**roles, "brokerage": counts.sum(axis=1).astype(np.int64)}


def _moments(network: Network, codes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Expectation and standard deviation of each role, if edges were independent.

    A pair (i, k) makes j a broker with probability q = d^2 (1 - d). Two pairs that
    share an end are not independent: their covariance is d^3 (1 - d)^3.
    """
    n = network.n
    d = len(network.edges) / (n * (n - 1)) if n > 1 else np.nan
    sizes = np.bincount(codes, minlength=1).astype(float)
    own = sizes[codes] - 1.0  # others in the group of j
    rest = n - sizes[codes]
    other_pairs = (sizes * (sizes - 1)).sum() - sizes[codes] * (sizes[codes] - 1)
    cubes = (sizes * (sizes - 1) * (sizes - 2)).sum()
    other_cubes = cubes - sizes[codes] * (sizes[codes] - 1) * (sizes[codes] - 2)
    squares = (sizes**2).sum() - sizes[codes] ** 2  # of the groups other than j's
    cubed = (sizes**3).sum() - sizes[codes] ** 3
    # ordered pairs (i, k), and ordered pairs of those that share one end
    pairs = {
        "coordinator": own * (own - 1),
        "itinerant": other_pairs,
        "representative": own * rest,
        "gatekeeper": rest * own,
        "liaison": rest**2 - squares,
        "brokerage": np.full(n, (n - 1.0) * (n - 2.0)),
    }
    # for the liaison: i in group g meets any two distinct k outside g and outside j's group
    liaison = (rest**2 - rest) * rest - 2 * rest * squares + squares + cubed
    sharing = {
        "coordinator": 2 * own * (own - 1) * (own - 2),
        "itinerant": 2 * other_cubes,
        "representative": own * rest * (rest - 1) + rest * own * (own - 1),
        "gatekeeper": own * rest * (rest - 1) + rest * own * (own - 1),
        "liaison": 2 * liaison,
        "brokerage": np.full(n, 2 * (n - 1.0) * (n - 2.0) * (n - 3.0)),
    }
    q, c = d**2 * (1 - d), (d * (1 - d)) ** 3
    expected = {role: pairs[role] * q for role in ROLES}
    deviation = {
        role: np.sqrt(np.maximum(pairs[role] * q * (1 - q) + sharing[role] * c, 0.0))
        for role in ROLES
    }
    return expected, deviation


_BESIDE = {
    "expected": Label("attendu si les échanges étaient placés au hasard", "expected if exchanges were placed at random"),
    "sd": Label("écart type de cette attente", "standard deviation of that expectation"),
    "z": Label("écart à l'attente, en écarts types", "distance from the expectation, in standard deviations"),
}  # fmt: skip


_TESTED = {
    "null_expected": Label("avec draws > 0 : moyenne sous le modèle nul (`null` : labels ou degrees)",
                           "with draws > 0: mean under the null model (`null`: labels or degrees)"),
    "null_sd": Label("écart type de même", "standard deviation likewise"),
    "null_z": Label("écart à cette moyenne, en écarts types", "distance from that mean, in standard deviations"),
    "p": Label("part des tirages où l'acteur en fait autant ou plus", "share of draws in which the actor does as much or more"),
    "p_adjusted": Label(
        "de même, pour n'importe quel acteur dans n'importe lequel des cinq rôles",
        "likewise, of any actor in any of the five roles",
    ),
}  # fmt: skip


def _role(name: str, reading: Label) -> Callable[..., pd.Series[Any] | pd.DataFrame]:
    columns = {f"{name}_{suffix}": label for suffix, label in _BESIDE.items()}
    tested = {f"{name}_{suffix}": label for suffix, label in _TESTED.items()}

    def compute(
        network: Network, *, partition: str = "sector", null: str = "labels", draws: int = 0,
        seed: int = 1,
    ) -> pd.DataFrame:  # fmt: skip
        found = brokerage_roles(network, partition)[[name, *columns]]
        if not draws:
            return found
        test = brokerage_test(network, partition, null=null, draws=draws, seed=seed)
        added = {f"{name}_null_{k}": test[f"{name}_{k}"] for k in ("expected", "sd", "z")}
        return found.assign(**added, **{c: test[c] for c in (f"{name}_p", f"{name}_p_adjusted")})

    compute.__name__ = name
    compute.__doc__ = (
        f"Number of open two-paths in which the actor is {ROLES[name].en}. Isolates: 0."
    )
    return measure(
        label=ROLES[name],
        reading=reading,
        formula=f"|{{(i, k) : i → j → k, i ↛ k, i ≠ k{_GROUPS.get(name, '')}}}|",
        direction=DIRECTED,
        weight=UNWEIGHTED,
        isolates=ZERO,
        unit=Label("paires d'acteurs, de 0 à (n-1)(n-2)", "pairs of actors, 0 to (n-1)(n-2)"),
        reference=_GOULD,
        columns=columns | tested,
        takes={"null": OneOf(NULL, NULLS)},
    )(compute)


coordinator = _role(
    "coordinator",
    Label("fait circuler la donnée à l'intérieur de son groupe", "moves data within its own group"),
)
itinerant = _role(
    "itinerant",
    Label("relie deux acteurs d'un même autre groupe", "connects two actors of one other group"),
)
representative = _role(
    "representative",
    Label(
        "porte la donnée de son groupe au dehors", "takes data from its own group to the outside"
    ),
)
gatekeeper = _role(
    "gatekeeper",
    Label(
        "fait entrer la donnée du dehors dans son groupe", "brings outside data into its own group"
    ),
)
liaison = _role(
    "liaison",
    Label("relie deux groupes dont il n'est pas", "connects two groups, being of neither"),
)
brokerage = _role(
    "brokerage",
    Label("toutes les paires d'acteurs qu'il relie, quels que soient les groupes",
          "all the pairs of actors it connects, whatever the groups"),
)  # fmt: skip
