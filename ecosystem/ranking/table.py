"""The broker table: who holds the network together, and how far that can be trusted.

For each actor: its role, its numbers, what chance would give, how stable its rank is, and
what would be lost without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.brokerage import brokerage_roles
from ecosystem.measures.partition import groups_of
from ecosystem.measures.paths import EXACT_UP_TO
from ecosystem.measures.registry import MEASURES
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.measures.significance import DRAWS as PERMUTATIONS
from ecosystem.measures.significance import brokerage_test
from ecosystem.measures.stability import DRAWS, SHARE, TOP, Resampled, resample
from ecosystem.networks.layers import network_of
from ecosystem.networks.network import Network
from ecosystem.ranking.dependence import dependence
from ecosystem.tables.frames import Tables

ONE_SIDED = ("provider", "recipient")
"""Values of `declared_by` that say that only one side of a flow reports it."""


def brokers(
    tables: Tables,
    territory: str | None = None,
    *,
    partition: str = "sector",
    layer: str = "flows",
    draws: int = DRAWS,
    permutations: int = PERMUTATIONS,
    drop: str = "flows",
    share: float = SHARE,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Every actor of a territory, brokers first, with how far its place can be trusted.

    Parameters
    ----------
    territory
        None for all territories together.
    partition
        The column of actors whose groups define the five roles, or `community`.
    layer
        `flows`, `ties` or `both`.
    draws, drop, share, top
        Of the stability of ranks; see `ecosystem.measures.stability.resample`. 0 draws: none.
    permutations
        Of the null models; see `ecosystem.measures.significance`. 0: no p.

    Returns
    -------
    DataFrame
        `rank`, `id`, `name`, `territory`, `sector`, `type`, `outside`, `role` (the role it
        plays most, None if it stands between nobody), then every measure of actors under its
        name; each role also with `_expected` and `_z`; then `group` and what hangs on the
        actor (see `ecosystem.ranking.dependence`). Ranked by betweenness, then brokerage;
        equal actors share a rank; actors that stand between nobody have none. Then:

        for each role `_null_expected`, `_p` and `_p_adjusted` (against groups dealt out at random), and
        `role_count`, `role_expected`, `role_p` of the role it plays most (p adjusted for the
        number of actors); `brokerage_same_degrees`, `brokerage_p`, `brokerage_p_adjusted`
        (against networks where everyone has as many partners);
        `rank_low`, `rank_high`, `top_share`, `verdict` of its betweenness.

        `attrs["stability"]` says how ranks were drawn.

    Raises
    ------
    UnknownName
        If the territory, the partition, the layer or what to drop does not exist.
    """
    network = network_of(tables, territory, layer=layer)  # once: what it remembers serves all below
    table = dependent(tables, broker_table(network, partition), territory)
    table = table.merge(
        _against_chance(network, partition, permutations, seed).reset_index(), on="id", how="left"
    )
    told = table["role"].where(table["role"].isin(list(FIVE)))
    for name, suffix in (
        ("role_count", ""),
        ("role_expected", "_null_expected"),
        ("role_p", "_p_adjusted"),
    ):
        table[name] = [
            row[f"{role}{suffix}"] if isinstance(role, str) else None
            for role, (_, row) in zip(told, table.iterrows(), strict=True)
        ]
    table["role_count"] = table["role_count"].astype("Int64")
    table[["role_expected", "role_p"]] = table[["role_expected", "role_p"]].astype(float)
    ranks = _trust(tables, network, draws, drop, share, seed, workers, progress)
    stable = ranks.table("betweenness", top=top)
    columns = ["rank_low", "rank_high", "top_share", "verdict"]
    table = table.merge(stable[columns].reset_index(), on="id", how="left")
    table.attrs["stability"] = stable.attrs
    return table


def dependent(tables: Tables, table: pd.DataFrame, territory: str | None) -> pd.DataFrame:
    """A broker table with what hangs on each actor; see `ecosystem.ranking.dependence`."""
    hanging = dependence(tables, table["id"], territory).reset_index()
    return table.merge(hanging, on="id", how="left")


def broker_table(network: Network, partition: str = "sector") -> pd.DataFrame:
    """The measures of any network side by side, brokers first; see `brokers`.

    A measure that is too heavy for so many actors is left empty. Above 20,000 actors,
    betweenness is sampled, and a column `betweenness_error` holds its standard error.
    """
    roles = brokerage_roles(network, partition)
    facts = [c for c in ("name", "territory", "sector", "type", "outside") if c in network.actors]
    table = network.actors[["id", *facts]].copy()
    if "name" in table:
        table["name"] = table["name"].fillna(table["id"])
    table = pd.concat([table, _measured(network, partition)], axis=1)
    for role in ROLES:
        for suffix in ("", "_expected", "_z"):
            table[role + suffix] = roles[role + suffix].to_numpy()
    most = roles[list(FIVE)].to_numpy().argmax(axis=1) if network.n else np.zeros(0, int)
    table.insert(1 + len(facts), "role", [FIVE[i] for i in most])
    table["role"] = table["role"].where(table["brokerage"] > 0, None).astype("str")
    table["group"] = groups_of(network, partition).to_numpy()
    between = (table["betweenness"] > 0) | (table["brokerage"] > 0)
    better_first = (-table[["betweenness", "brokerage"]]).round(9)
    places = better_first.groupby(["betweenness", "brokerage"]).ngroup().rank(method="min")
    table.insert(0, "rank", places.where(between).astype("Int64"))
    return table.sort_values(["rank", "id"], na_position="last", ignore_index=True)


def _measured(network: Network, partition: str) -> pd.DataFrame:
    """Every measure of actors but the roles, one column each."""
    columns: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        if measure.of != "actor" or name in ROLES or name == "betweenness_sampled":
            continue
        given = {"partition": partition, "draws": 0}
        options = {k: v for k, v in given.items() if k in measure.options}
        if name == "betweenness" and network.n > EXACT_UP_TO:
            sampled = MEASURES["betweenness_sampled"].table(network)
            columns[name] = sampled["betweenness_sampled"].to_numpy()
            columns["betweenness_error"] = sampled["standard_error"].to_numpy()
        elif measure.heavy_above is not None and network.n > measure.heavy_above:
            columns[name] = np.full(network.n, np.nan)
        else:
            columns[name] = measure(network, **options).to_numpy()
    return pd.DataFrame(columns, index=network.actors.index)


def _against_chance(network: Network, partition: str, permutations: int, seed: int) -> pd.DataFrame:
    """By actor: what the two null models say of its roles and of their total."""
    labels = brokerage_test(network, partition, null="labels", draws=permutations, seed=seed)
    degrees = brokerage_test(network, partition, null="degrees", draws=permutations, seed=seed)
    columns: dict[str, Any] = {}
    for role in FIVE:
        columns[f"{role}_null_expected"] = labels[f"{role}_expected"]
        columns[f"{role}_p"] = labels[f"{role}_p"]
        columns[f"{role}_p_adjusted"] = labels[f"{role}_p_adjusted"]
    columns["brokerage_same_degrees"] = degrees["brokerage_expected"]
    columns["brokerage_p"] = degrees["brokerage_p"]
    columns["brokerage_p_adjusted"] = degrees["brokerage_p_adjusted"]
    return pd.DataFrame(columns)


def _trust(
    tables: Tables, network: Network, draws: int, drop: str, share: float, seed: int,
    workers: int | None, progress: Callable[[int], None] | None,
) -> Resampled:  # fmt: skip
    return resample(
        network, ["betweenness"], drop=drop, share=share, draws=draws, seed=seed,
        workers=workers, doubtful=one_sided(tables), progress=progress,
    )  # fmt: skip


def one_sided(tables: Tables) -> frozenset[str]:
    """Ids of the flows that only one of their two sides reports."""
    flows = tables["flows"]
    return frozenset(flows.loc[flows["declared_by"].isin(ONE_SIDED), "id"])
