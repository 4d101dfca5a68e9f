"""Who holds the network together, in which role, with which numbers: the measures, side by side.

How far each rank can be trusted is added in `ecosystem.ranking`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.brokerage import ROLES, brokerage_roles
from ecosystem.measures.dependence import dependence
from ecosystem.measures.partition import groups_of
from ecosystem.measures.paths import EXACT_UP_TO
from ecosystem.measures.registry import MEASURES
from ecosystem.networks.layers import network_of
from ecosystem.networks.network import Network
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label, Language

_GROUP = {
    "public": Label("le secteur public", "the public sector"),
    "private": Label("le secteur privé", "the private sector"),
    "mixed": Label("le secteur mixte", "the mixed sector"),
    "civil_society": Label("la société civile", "civil society"),
    "research": Label("la recherche", "research"),
}
_OUT_OF = {
    "public": Label("du secteur public", "the public sector"),
    "private": Label("du secteur privé", "the private sector"),
    "mixed": Label("du secteur mixte", "the mixed sector"),
    "civil_society": Label("de la société civile", "civil society"),
    "research": Label("de la recherche", "research"),
}
_WORDS = {
    "coordinator": Label("fait circuler la donnée dans {group}", "moves data within {group}"),
    "itinerant": Label(
        "relie, de l'extérieur, des acteurs d'un même autre groupe",
        "connects, from outside, actors of one other group",
    ),
    "representative": Label("porte la donnée hors {out_of}", "takes data out of {out_of}"),
    "gatekeeper": Label("fait entrer la donnée dans {group}", "brings outside data into {group}"),
    "liaison": Label(
        "relie des groupes dont il n'est pas", "connects groups it does not belong to"
    ),
}
_LINKS = {
    "coordinator": Label("relie des acteurs dans {group}", "links actors within {group}"),
    "itinerant": Label("relie des acteurs d'un même autre groupe", "links actors of one other group"),
    "representative": Label("relie {group} à d'autres", "links {group} with others"),
    "gatekeeper": Label("relie {group} à d'autres", "links {group} with others"),
    "liaison": Label("relie des groupes dont il n'est pas", "links groups it does not belong to"),
}  # fmt: skip
"""The same where ties count: they carry no data, and have no direction."""
_RELAY = Label(
    "se trouve sur des plus courts chemins entre d'autres",
    "stands on shortest paths between others",
)


def brokers(
    tables: Tables,
    territory: str | None = None,
    *,
    partition: str = "sector",
    layer: str = "flows",
) -> pd.DataFrame:
    """Every actor of a territory with its measures, brokers first.

    Parameters
    ----------
    territory
        None for all territories together.
    partition
        The column of actors whose groups define the five roles, or `community`.
    layer
        `flows`, `ties` or `both`; see `ecosystem.networks.layers`.

    Returns
    -------
    DataFrame
        `rank`, `id`, `name`, `territory`, `sector`, `type`, `outside`, `role` (the role it
        plays most, None if it stands between nobody), then every measure of actors under its
        name; each role also with `_expected` and `_z`; then `group` and what hangs on the
        actor (see `ecosystem.measures.dependence`). Ranked by betweenness, then brokerage;
        equal actors share a rank; actors that stand between nobody have none.

    Raises
    ------
    UnknownName
        If the territory, the layer or the partition does not exist.
    """
    network = network_of(tables, territory, layer=layer)
    return dependent(tables, broker_table(network, partition), territory)


def dependent(tables: Tables, table: pd.DataFrame, territory: str | None) -> pd.DataFrame:
    """A broker table with what hangs on each actor; see `ecosystem.measures.dependence`."""
    hanging = dependence(tables, table["id"], territory).reset_index()
    return table.merge(hanging, on="id", how="left")


def broker_table(network: Network, partition: str = "sector") -> pd.DataFrame:
    """The broker table of any network; see `brokers`.

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
    five = [role for role in ROLES if role != "brokerage"]
    most = roles[five].to_numpy().argmax(axis=1) if network.n else np.zeros(0, int)
    table.insert(1 + len(facts), "role", [five[i] for i in most])
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


def role_words(
    role: object, group: object, partition: str = "sector", layer: str = "flows"
) -> Label | None:
    """What an actor does, in words: `brings outside data into the public sector`."""
    words = _WORDS if layer == "flows" else _LINKS
    if not isinstance(role, str) or role not in words:
        return None
    plain = Label(f"« {group} »", f"'{group}'")
    sectors = partition == "sector"
    return words[role].format(
        group=_GROUP.get(str(group), plain) if sectors else plain,
        out_of=_OUT_OF.get(str(group), plain) if sectors else Label(f"de « {group} »", plain.en),
    )


def told(
    table: pd.DataFrame, language: Language, partition: str = "sector", layer: str = "flows"
) -> pd.Series[Any]:
    """The words of every row of a broker table: its role, or that it only relays."""

    def words(role: object, group: object, rank: Any) -> str | None:
        label = role_words(role, group, partition, layer)
        if label is None and not pd.isna(rank):
            label = _RELAY
        return label.to(language) if label else None

    values = [words(*row) for row in table[["role", "group", "rank"]].itertuples(index=False)]
    return pd.Series(values, index=table.index, dtype="str")
