"""Mixing: whether exchanges stay inside groups or cross them, against chance.

A contact is a pair of actors with a flow either way. Chance is the same contacts with the
groups dealt out again among the actors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.measures.partition import group_codes
from ecosystem.measures.registry import (
    DIRECTED,
    DOES_NOT_APPLY,
    UNDEFINED,
    UNDIRECTED,
    UNWEIGHTED,
    measure,
)
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

DRAWS = 999

_KRACKHARDT = "Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises. doi:10.2307/2786835"
_READING = Label(
    "1 : tous les contacts sont avec d'autres groupes ; −1 : tous sont dans le même groupe",
    "1: all contacts are with other groups; −1: all are within the group",
)
_CHANCE = {
    "internal": Label("contacts dans le groupe", "contacts within the group"),
    "external": Label("contacts avec d'autres groupes", "contacts with other groups"),
    "expected": Label("moyenne quand les groupes sont redistribués au hasard",
                      "mean when the groups are dealt out at random"),
    "sd": Label("écart type de même", "standard deviation likewise"),
    "p": Label("part des tirages au moins aussi loin de l'attente, des deux côtés ; chaque ligne pour elle seule : "
               "sur vingt lignes, une passe sous 0,05 par hasard",
               "share of draws at least as far from the expectation, both sides; each row by itself: of twenty "
               "rows, one is below 0.05 by chance"),
    "undefined_draws": Label("tirages où la valeur n'est pas définie, laissés de côté",
                             "draws in which the value is not defined, left out"),
}  # fmt: skip


@measure(
    of="network",
    label=Label("indice E-I", "E-I index"),
    reading=Label(
        "1 : les contacts vont tous vers d'autres groupes ; −1 : tous restent dedans ; à lire avec "
        "l'attente, car de petits groupes ont surtout des contacts au dehors",
        "1: all contacts go to other groups; −1: all stay inside; read it with the expectation, since "
        "small groups have mostly outside contacts",
    ),
    formula="(E − I) / (E + I); rescaled: −1 + 2 (EI − min) / (max − min), given the sizes of the groups",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=DOES_NOT_APPLY,
    unit=Label("sans unité, de −1 à 1", "no unit, −1 to 1"), reference=_KRACKHARDT,
)  # fmt: skip
def ei_index(
    network: Network, *, partition: str = "sector", draws: int = DRAWS, seed: int = 1
) -> pd.DataFrame:
    """E-I index of the network and of each group, rescaled, with a permutation test.

    Returns
    -------
    DataFrame
        A row for the network, then one a group: `scope`, `actors`, `internal`, `external`,
        `ei`, `ei_rescaled` (of the network), `expected`, `sd`, `p` (two-sided). A contact
        between two groups is external to both.
    """
    codes, names = group_codes(network, partition)
    a, b = _contacts(network)
    groups = len(names)

    def scores(dealt: Any) -> NDArray[np.float64]:
        inside = dealt[a] == dealt[b]
        internal = np.bincount(dealt[a][inside], minlength=groups)
        ends = np.bincount(dealt[a][~inside], minlength=groups)
        external = ends + np.bincount(dealt[b][~inside], minlength=groups)
        counts = np.column_stack([internal, external]).astype(float)
        return np.vstack([[inside.sum(), (~inside).sum()], counts])

    observed = scores(codes)
    ei = _ei(observed)
    rng = np.random.default_rng(seed)
    drawn = np.array([_ei(scores(rng.permutation(codes))) for _ in range(draws)])
    drawn = drawn.reshape(draws, groups + 1)
    sizes = np.bincount(codes, minlength=groups)
    return pd.DataFrame(
        {
            "scope": ["network", *names],
            "actors": [network.n, *sizes],
            "internal": observed[:, 0].astype(np.int64),
            "external": observed[:, 1].astype(np.int64),
            "ei": ei,
            "ei_rescaled": [_rescaled(ei[0], len(a), sizes), *[np.nan] * groups],
            **_against(ei, drawn),
        }
    )


@measure(
    label=Label("indice E-I de l'acteur", "E-I index of the actor"),
    reading=_READING,
    formula="(E_i − I_i) / (E_i + I_i), over the contacts of i",
    direction=UNDIRECTED, weight=UNWEIGHTED, isolates=UNDEFINED,
    unit=Label("sans unité, de −1 à 1", "no unit, −1 to 1"), reference=_KRACKHARDT,
    columns=_CHANCE,
)  # fmt: skip
def ei_actor(
    network: Network, *, partition: str = "sector", draws: int = DRAWS, seed: int = 1
) -> pd.DataFrame:
    """E-I index of each actor over its contacts, with a permutation test. Isolates: nan."""
    codes, _ = group_codes(network, partition)
    a, b = _contacts(network)
    n = network.n

    def scores(dealt: Any) -> NDArray[np.float64]:
        inside = dealt[a] == dealt[b]
        internal = np.bincount(a[inside], minlength=n) + np.bincount(b[inside], minlength=n)
        external = np.bincount(a[~inside], minlength=n) + np.bincount(b[~inside], minlength=n)
        return np.column_stack([internal, external]).astype(float)

    observed = scores(codes)
    rng = np.random.default_rng(seed)
    drawn = np.array([_ei(scores(rng.permutation(codes))) for _ in range(draws)])
    values = _ei(observed)
    return pd.DataFrame(
        {
            "ei_actor": values,
            "internal": observed[:, 0].astype(np.int64),
            "external": observed[:, 1].astype(np.int64),
            **_against(values, drawn.reshape(draws, n)),
        },
        index=network.ids,
    )


@measure(
    of="network",
    label=Label("assortativité", "assortativity"),
    reading=Label(
        "1 : on échange dans son groupe seulement ; 0 : comme au hasard ; négatif : plutôt avec les autres",
        "1: exchanges stay within groups; 0: as by chance; negative: rather with others",
    ),
    formula="(Σ_g e_gg − Σ_g a_g b_g) / (1 − Σ_g a_g b_g), e the shares of exchanges from group to group",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=DOES_NOT_APPLY,
    unit=Label("sans unité, jusqu'à 1", "no unit, up to 1"),
    reference="Newman, M. E. J. (2003). Mixing patterns in networks. doi:10.1103/PhysRevE.67.026126",
)  # fmt: skip
def assortativity(
    network: Network, *, partition: str = "sector", draws: int = DRAWS, seed: int = 1
) -> pd.DataFrame:
    """Newman's assortativity by an attribute of the actors, with a permutation test."""
    codes, names = group_codes(network, partition)
    source, target = (network.edges[end].to_numpy() for end in ("source", "target"))
    groups = max(len(names), 1)

    def score(dealt: Any) -> float:
        if not len(source):
            return float("nan")
        pairs = np.bincount(dealt[source] * groups + dealt[target], minlength=groups**2)
        e = pairs.reshape(groups, groups) / len(source)
        chance = float(e.sum(axis=1) @ e.sum(axis=0))
        return (float(np.trace(e)) - chance) / (1 - chance) if chance < 1 else float("nan")

    rng = np.random.default_rng(seed)
    drawn = np.array([[score(rng.permutation(codes))] for _ in range(draws)]).reshape(draws, 1)
    found = _against(np.array([score(codes)]), drawn)
    values = {"assortativity": score(codes), **{k: v[0] for k, v in found.items()}}
    return pd.DataFrame({"statistic": list(values), "value": list(values.values())})


def _contacts(network: Network) -> tuple[Any, Any]:
    """Pairs of actors with a flow either way, each once."""
    ends = network.edges[["source", "target"]].to_numpy()
    pairs = np.unique(np.sort(ends, axis=1), axis=0) if len(ends) else np.zeros((0, 2), np.int64)
    return pairs[:, 0], pairs[:, 1]


def _ei(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    internal, external = counts[:, 0], counts[:, 1]
    total = internal + external
    undefined = np.full(len(total), np.nan)
    return np.asarray(np.divide(external - internal, total, out=undefined, where=total > 0))


def _rescaled(ei: float, contacts: int, sizes: Any) -> float:
    """The index from −1 to 1 between the least and the most that these group sizes allow."""
    n = int(sizes.sum())
    inside = int((sizes * (sizes - 1)).sum()) // 2
    across = n * (n - 1) // 2 - inside
    if not contacts:
        return float("nan")
    most = (2 * min(contacts, across) - contacts) / contacts
    least = (2 * max(0, contacts - inside) - contacts) / contacts
    return -1 + 2 * (ei - least) / (most - least) if most > least else float("nan")


def _against(values: Any, drawn: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Expectation, deviation and two-sided p of each value among draws (rows).

    p is the share of draws, the observed one included, at least as far from the expectation.
    Draws in which a value is not defined are left out, and counted.
    """
    there = ~np.isnan(drawn)
    told = ~np.isnan(values) & there.any(axis=0)
    found = {k: np.full(len(values), np.nan) for k in ("expected", "sd", "p")}
    found["undefined_draws"] = (~there).sum(axis=0).astype(float)
    if told.any():
        sample = drawn[:, told]
        found["expected"][told] = expected = np.nanmean(sample, axis=0)
        found["sd"][told] = np.nanstd(sample, axis=0)
        far = np.abs(sample - expected) >= np.abs(values[told] - expected) - 1e-9
        found["p"][told] = (1 + far.sum(axis=0)) / (1 + there[:, told].sum(axis=0))
    return found
