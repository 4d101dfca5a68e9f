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
from ecosystem.networks.network import Network
from ecosystem.ranking.dependence import dependence
from ecosystem.tables.frames import Tables

ONE_SIDED = ("provider", "recipient")
"""Values of `declared_by` that say that only one side of a flow reports it."""
SCREEN = frozenset({"betweenness", "pairs_parted"})
"""The measures that a table for people shows, beside the roles."""
REWIRED_UP_TO = 50_000
"""Exchanges above which networks are not dealt out again unless a number of permutations is given."""


def broker_table(
    tables: Tables,
    network: Network,
    territory: str | None = None,
    partition: str = "sector",
    measures: Collection[str] | None = None,
) -> pd.DataFrame:
    """Every actor of a network of a territory, brokers first, and what hangs on each."""
    table = measured(network, partition, measures)
    hanging = dependence(tables, table["id"], territory).reset_index()
    return table.merge(hanging, on="id", how="left")


def against_chance(
    network: Network,
    partition: str = "sector",
    *,
    permutations: int | None = None,
    seed: int = 1,
    totals: bool = True,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """By actor: what null models say of its roles, and of their total.

    Parameters
    ----------
    permutations
        0: no p; None: 999, and none of the exchanges of a network that has more than 50,000.
    totals
        Whether networks are dealt out again too, for the total of the roles.
    """
    asked = PERMUTATIONS if permutations is None else permutations
    found = [_against_groups(network, partition, asked, seed, progress)]
    if totals:
        rewired = 0 if _not_rewired(network, permutations) else asked
        found.append(_against_partners(network, rewired, seed, progress))
    return pd.concat(found, axis=1)


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


def trust(
    tables: Tables,
    network: Network,
    ranked: pd.DataFrame,
    *,
    draws: int | None = None,
    drop: str = "flows",
    share: float = SHARE,
    top: int = TOP,
    seed: int = 1,
    workers: int | None = 1,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """By actor, how far its rank by betweenness can be trusted; see `Resampled.table`.

    Parameters
    ----------
    ranked
        The broker table of the network as it is. Where brokerage tells actors of one betweenness
        apart, the interval of each is widened to the rank that the table gives it.
    draws
        0: none; None: up to 500, as many as the size of the network allows.
    """
    known = ranked.set_index("id")
    between = known["betweenness"]
    if not (plenty(network, DRAWS).most if draws is None else draws):
        ranks = undrawn(
            between.reindex(network.ids), network, drop=drop, asked=DRAWS if draws is None else 0
        )
    else:
        ranks = resample(
            network, ["betweenness"], drop=drop, share=share, draws=draws, top=top, seed=seed,
            workers=workers, doubtful=one_sided(tables), progress=progress,
        )  # fmt: skip
    table = ranks.table("betweenness", top=top)
    own = known["rank"].reindex(table.index).astype(float)
    for end, widest in (("rank_low", np.fmin), ("rank_high", np.fmax)):
        table[end] = table[end].where(table[end].isna(), widest(table[end], own))
    return table


def with_trust(table: pd.DataFrame, stable: pd.DataFrame) -> pd.DataFrame:
    """A broker table with how far each rank can be trusted; `attrs["stability"]` says how drawn."""
    columns = ["rank_low", "rank_high", "top_share", "verdict"]
    table = table.merge(stable[columns].reset_index(), on="id", how="left")
    table.attrs["stability"] = stable.attrs
    return table


def left_out(
    network: Network, draws: int | None, permutations: int | None, *, totals: bool = True
) -> list[str]:
    """What the size of a network leaves out: `draws`, `same-degrees`, `exact-betweenness`."""
    out = {
        "draws": draws is None and not plenty(network, DRAWS).most,
        "same-degrees": totals and _not_rewired(network, permutations),
        "exact-betweenness": too_large(network),
    }
    return [what for what, is_out in out.items() if is_out]


def _not_rewired(network: Network, permutations: int | None) -> bool:
    """Whether networks are not dealt out again, since nobody asked for it by a number."""
    return permutations is None and len(network.edges) > REWIRED_UP_TO


def measured(
    network: Network, partition: str = "sector", measures: Collection[str] | None = None
) -> pd.DataFrame:
    """The measures of any network side by side, brokers first; see `ecosystem.brokers`.

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
    table = pd.concat([table, _columns(network, partition, measures)], axis=1)
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


def _columns(network: Network, partition: str, measures: Collection[str] | None) -> pd.DataFrame:
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
