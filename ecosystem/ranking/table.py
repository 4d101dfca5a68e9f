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
from ecosystem.measures.significance import NULLS, brokerage_test
from ecosystem.measures.stability import DRAWS, SHARE, TOP, resample
from ecosystem.networks.network import Network
from ecosystem.ranking.dependence import dependence
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label

ONE_SIDED = ("provider", "recipient")
"""Values of `declared_by` that say that only one side of a flow reports it."""


def broker_table(
    tables: Tables, network: Network, territory: str | None = None, partition: str = "sector"
) -> pd.DataFrame:
    """Every actor of a network of a territory, brokers first, and what hangs on each."""
    table = measured(network, partition)
    hanging = dependence(tables, table["id"], territory).reset_index()
    return table.merge(hanging, on="id", how="left")


def beside_chance(table: pd.DataFrame, chance: pd.DataFrame) -> pd.DataFrame:
    """A broker table with what null models say, and of the role that each actor plays most.

    Parameters
    ----------
    chance
        Of the same network; see `against_chance`.
    """
    table = table.merge(chance.reset_index(), on="id", how="left")
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
    return table


def with_trust(table: pd.DataFrame, stable: pd.DataFrame) -> pd.DataFrame:
    """A broker table with how far each rank can be trusted; `attrs["stability"]` says how drawn."""
    columns = ["rank_low", "rank_high", "top_share", "verdict"]
    table = table.merge(stable[columns].reset_index(), on="id", how="left")
    table.attrs["stability"] = stable.attrs
    return table


def measured(network: Network, partition: str = "sector") -> pd.DataFrame:
    """The measures of any network side by side, brokers first; see `ecosystem.brokers`.

    A measure that is too heavy for so many actors is left empty. Above 20,000 actors,
    betweenness is sampled, and a column `betweenness_error` holds its standard error.
    """
    roles = brokerage_roles(network, partition)
    facts = [c for c in ("name", "territory", "sector", "type", "outside") if c in network.actors]
    table = network.actors[["id", *facts]].copy()
    if "name" in table:
        table["name"] = table["name"].fillna(table["id"])
    table = pd.concat([table, _columns(network, partition)], axis=1)
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


def _columns(network: Network, partition: str) -> pd.DataFrame:
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


def against_chance(
    network: Network,
    partition: str,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    *,
    progress: Callable[[Label, int, int], None] | None = None,
) -> pd.DataFrame:
    """By actor: what the two null models say of its roles and of their total."""
    found = {}
    for done, null in enumerate(NULLS):
        if progress:
            progress(Label("modèles nuls", "null models"), done, len(NULLS))
        found[null] = brokerage_test(network, partition, null=null, draws=permutations, seed=seed)
    labels, degrees = found["labels"], found["degrees"]
    columns: dict[str, Any] = {}
    for role in FIVE:
        columns[f"{role}_null_expected"] = labels[f"{role}_expected"]
        columns[f"{role}_p"] = labels[f"{role}_p"]
        columns[f"{role}_p_adjusted"] = labels[f"{role}_p_adjusted"]
    columns["brokerage_same_degrees"] = degrees["brokerage_expected"]
    columns["brokerage_p"] = degrees["brokerage_p"]
    columns["brokerage_p_adjusted"] = degrees["brokerage_p_adjusted"]
    return pd.DataFrame(columns)


def trust(
    tables: Tables,
    network: Network,
    *,
    draws: int = DRAWS,
    drop: str = "flows",
    share: float = SHARE,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    progress: Callable[[Label, int, int], None] | None = None,
) -> pd.DataFrame:
    """By actor, how far its rank by betweenness can be trusted; see `Resampled.table`."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(Label("tirages", "draws"), done, draws)

    return resample(
        network, ["betweenness"], drop=drop, share=share, draws=draws, seed=seed,
        workers=workers, doubtful=one_sided(tables), progress=count,
    ).table("betweenness", top=top)  # fmt: skip


def one_sided(tables: Tables) -> frozenset[str]:
    """Ids of the flows that only one of their two sides reports."""
    flows = tables["flows"]
    return frozenset(flows.loc[flows["declared_by"].isin(ONE_SIDED), "id"])
