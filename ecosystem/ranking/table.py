"""The broker table: who holds the network together, and how far that can be trusted.

For each actor: its role, its numbers, what chance would give, how stable its rank is, and
what would be lost without it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from ecosystem.labels import Progress
from ecosystem.measures.brokerage import brokerage_roles
from ecosystem.measures.draws.stopping import plenty
from ecosystem.measures.partition import groups_of
from ecosystem.measures.paths import too_large
from ecosystem.measures.registry import MEASURES
from ecosystem.measures.roles import FIVE, ROLES
from ecosystem.measures.significance import DRAWS as PERMUTATIONS
from ecosystem.measures.significance import brokerage_test, total_test
from ecosystem.measures.stability import DRAWS, SHARE, TOP, resample, undrawn
from ecosystem.networks.layers import network_of
from ecosystem.networks.network import Network
from ecosystem.ranking.dependence import dependence
from ecosystem.tables.frames import Tables

ONE_SIDED = ("provider", "recipient")
"""Values of `declared_by` that say that only one side of a flow reports it."""
SCREEN = frozenset({"betweenness", "pairs_parted"})
"""The measures that a table for people shows, beside the roles."""
REWIRED_UP_TO = 50_000
"""Exchanges above which networks are not dealt out again unless a number of permutations is given."""


def brokers(
    tables: Tables,
    territory: str | None = None,
    *,
    partition: str = "sector",
    layer: str = "flows",
    draws: int | None = None,
    permutations: int | None = None,
    drop: str = "flows",
    share: float = SHARE,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    measures: Collection[str] | None = None,
    network: Network | None = None,
    progress: Progress | None = None,
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
        Of the stability of ranks; see `ecosystem.measures.stability.resample`. 0 draws: none;
        None: up to 500, as many as the size of the network allows.
    permutations
        Of the null models; see `ecosystem.measures.significance`. 0: no p; None: 999, and none
        of the exchanges of a network that has more than 50,000.
    measures
        Names of the measures to compute beside the roles; None: all. Without `brokerage` the
        exchanges are not dealt out again. Betweenness is always there.
    network
        That of this territory and layer, where it is there already.
    progress
        Called with what is under way, how many of it are done, and of how many.

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

        `attrs["stability"]` says how ranks were drawn; `attrs["left_out"]` what the size of the
        network left out: `draws`, `same-degrees`, `exact-betweenness`.

    Raises
    ------
    UnknownName
        If the territory, the partition, the layer or what to drop does not exist.
    """
    if network is None:
        network = network_of(tables, territory, layer=layer)
    wanted = None if measures is None else frozenset(measures)
    table = dependent(tables, broker_table(network, partition, wanted), territory)
    rewired = permutations if permutations is not None else PERMUTATIONS
    if permutations is None and len(network.edges) > REWIRED_UP_TO:
        rewired = 0
    chance = [
        _against_groups(
            network,
            partition,
            PERMUTATIONS if permutations is None else permutations,
            seed,
            progress,
        )
    ]
    if wanted is None or "brokerage" in wanted:
        chance.append(_against_partners(network, rewired, seed, progress))
    table = table.merge(pd.concat(chance, axis=1).reset_index(), on="id", how="left")
    told = table["role"].map({role: number for number, role in enumerate(FIVE)}).to_numpy(float)
    known, rows = ~np.isnan(told), np.arange(len(table))
    column = np.where(known, told, 0).astype(int)
    for name, suffix in (
        ("role_count", ""),
        ("role_expected", "_null_expected"),
        ("role_p", "_p_adjusted"),
    ):
        values = table[[role + suffix for role in FIVE]].to_numpy(dtype=float)
        table[name] = np.where(known, values[rows, column], np.nan)
    table["role_count"] = table["role_count"].astype("Int64")
    made = plenty(network, DRAWS).most if draws is None else draws
    if made:
        ranks = resample(
            network, ["betweenness"], drop=drop, share=share, draws=draws, top=top, seed=seed,
            workers=workers, doubtful=one_sided(tables), progress=progress,
        )  # fmt: skip
    else:
        between = table.set_index("id")["betweenness"].reindex(network.ids)
        ranks = undrawn(between, network, drop=drop, asked=DRAWS if draws is None else 0)
    stable = ranks.table("betweenness", top=top)
    columns = ["rank_low", "rank_high", "top_share", "verdict"]
    table = table.merge(stable[columns].reset_index(), on="id", how="left")
    table.attrs["stability"] = stable.attrs
    left_out = {
        "draws": draws is None and not made,
        "same-degrees": len(chance) > 1 and permutations is None and not rewired,
        "exact-betweenness": too_large(network),
    }
    table.attrs["left_out"] = [what for what, out in left_out.items() if out]
    return table


def dependent(tables: Tables, table: pd.DataFrame, territory: str | None) -> pd.DataFrame:
    """A broker table with what hangs on each actor; see `ecosystem.ranking.dependence`."""
    hanging = dependence(tables, table["id"], territory).reset_index()
    return table.merge(hanging, on="id", how="left")


def broker_table(
    network: Network, partition: str = "sector", measures: Collection[str] | None = None
) -> pd.DataFrame:
    """The measures of any network side by side, brokers first; see `brokers`.

    Parameters
    ----------
    measures
        Names of the measures to compute beside betweenness and the roles; None: all.

    Returns
    -------
    DataFrame
        A measure that is too heavy for a network of this size is left empty. Where betweenness
        is too heavy (`ecosystem.measures.paths.too_large`) it is sampled, and a column
        `betweenness_error` holds its standard error.
    """
    roles = brokerage_roles(network, partition)
    facts = [c for c in ("name", "territory", "sector", "type", "outside") if c in network.actors]
    table = network.actors[["id", *facts]].copy()
    if "name" in table:
        table["name"] = table["name"].fillna(table["id"])
    table = pd.concat([table, _measured(network, partition, measures)], axis=1)
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


def _measured(network: Network, partition: str, measures: Collection[str] | None) -> pd.DataFrame:
    """The measures of actors that are wanted, all but the roles, one column each."""
    columns: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        if measure.of != "actor" or name in ROLES or name == "betweenness_sampled":
            continue
        if measures is not None and name not in measures and name != "betweenness":
            continue
        given = {"partition": partition, "draws": 0}
        options = {k: v for k, v in given.items() if k in measure.options}
        if name == "betweenness" and too_large(network):
            sampled = MEASURES["betweenness_sampled"].table(network)
            columns[name] = sampled["betweenness_sampled"].to_numpy()
            columns["betweenness_error"] = sampled["standard_error"].to_numpy()
        elif measure.too_heavy(network):
            columns[name] = np.full(network.n, np.nan)
        else:
            columns[name] = measure(network, **options).to_numpy()
    return pd.DataFrame(columns, index=network.actors.index)


def _against_groups(
    network: Network, partition: str, permutations: int, seed: int, progress: Progress | None
) -> pd.DataFrame:
    """By actor: each role against groups dealt out again."""
    test = brokerage_test(
        network, partition, null="labels", draws=permutations, seed=seed, progress=progress
    )
    columns: dict[str, Any] = {}
    for role in FIVE:
        columns[f"{role}_null_expected"] = test[f"{role}_expected"]
        columns[f"{role}_p"] = test[f"{role}_p"]
        columns[f"{role}_p_adjusted"] = test[f"{role}_p_adjusted"]
    return pd.DataFrame(columns)


def _against_partners(
    network: Network, permutations: int, seed: int, progress: Progress | None
) -> pd.DataFrame:
    """By actor: the total of the roles against networks with as many partners for everyone."""
    test = total_test(network, draws=permutations, seed=seed, progress=progress)
    columns = {"same_degrees": "expected", "p": "p", "p_adjusted": "p_adjusted"}
    return pd.DataFrame({f"brokerage_{k}": test[f"brokerage_{v}"] for k, v in columns.items()})


def one_sided(tables: Tables) -> frozenset[str]:
    """Ids of the flows that only one of their two sides reports."""
    flows = tables["flows"]
    return frozenset(flows.loc[flows["declared_by"].isin(ONE_SIDED), "id"])
