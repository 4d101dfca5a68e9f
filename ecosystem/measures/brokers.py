"""One table of brokers: who holds the network together, in which role, with which numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.brokerage import ROLES, brokerage_roles
from ecosystem.measures.registry import MEASURES
from ecosystem.networks import Network, share_network
from ecosystem.tables import Tables
from ecosystem.vocabulary import Label, Language

COLUMNS = (
    "betweenness",
    "in_degree",
    "out_degree",
    "in_strength",
    "out_strength",
    "constraint",
    "effective_size",
    "articulation_point",
    "bridges",
    "core_number",
)
"""The measures of the table, after the five roles."""

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
_RELAY = Label(
    "se trouve sur des plus courts chemins entre d'autres",
    "stands on shortest paths between others",
)


def brokers(
    tables: Tables, territory: str | None = None, *, partition: str = "sector"
) -> pd.DataFrame:
    """Every actor of a territory's share network with its measures, brokers first.

    Parameters
    ----------
    territory
        None for all territories together.
    partition
        The column of actors whose groups define the five roles.

    Returns
    -------
    DataFrame
        `rank`, `id`, `name`, `territory`, `sector`, `type`, `outside`, `role` (the role it
        plays most, None if it stands between nobody), then every measure under its name;
        each role also with `_expected` and `_z`; `datasets_relayed` (ids of the datasets it
        both receives and passes on). Ranked by betweenness, then brokerage; equal actors
        share a rank; actors that stand between nobody have none.

    Raises
    ------
    UnknownName
        If the territory or the partition does not exist.
    """
    network = share_network(tables, territory)
    table = broker_table(network, partition)
    return table.assign(datasets_relayed=_relayed(tables, network).reindex(table["id"]).to_numpy())


def broker_table(network: Network, partition: str = "sector") -> pd.DataFrame:
    """The broker table of any network; see `brokers`."""
    roles = brokerage_roles(network, partition)
    facts = [c for c in ("name", "territory", "sector", "type", "outside") if c in network.actors]
    table = network.actors[["id", *facts]].copy()
    if "name" in table:
        table["name"] = table["name"].fillna(table["id"])
    for name in COLUMNS:
        table[name] = MEASURES[name](network).to_numpy()
    for role in ROLES:
        for suffix in ("", "_expected", "_z"):
            table[role + suffix] = roles[role + suffix].to_numpy()
    five = [role for role in ROLES if role != "brokerage"]
    most = roles[five].to_numpy().argmax(axis=1) if network.n else np.zeros(0, int)
    table.insert(1 + len(facts), "role", [five[i] for i in most])
    table["role"] = table["role"].where(table["brokerage"] > 0, None).astype("str")
    table["group"] = network.groups(partition).to_numpy()
    between = (table["betweenness"] > 0) | (table["brokerage"] > 0)
    better_first = (-table[["betweenness", "brokerage"]]).round(9)
    places = better_first.groupby(["betweenness", "brokerage"]).ngroup().rank(method="min")
    table.insert(0, "rank", places.where(between).astype("Int64"))
    return table.sort_values(["rank", "id"], na_position="last", ignore_index=True)


def role_words(role: object, group: object, partition: str = "sector") -> Label | None:
    """What an actor does, in words: `brings outside data into the public sector`."""
    if not isinstance(role, str) or role not in _WORDS:
        return None
    plain = Label(f"« {group} »", f"'{group}'")
    sectors = partition == "sector"
    return _WORDS[role].format(
        group=_GROUP.get(str(group), plain) if sectors else plain,
        out_of=_OUT_OF.get(str(group), plain) if sectors else Label(f"de « {group} »", plain.en),
    )


def told(table: pd.DataFrame, language: Language, partition: str = "sector") -> pd.Series[Any]:
    """The words of every row of a broker table: its role, or that it only relays."""

    def words(role: object, group: object, rank: Any) -> str | None:
        label = role_words(role, group, partition) or (None if pd.isna(rank) else _RELAY)
        return label.to(language) if label else None

    values = [words(*row) for row in table[["role", "group", "rank"]].itertuples(index=False)]
    return pd.Series(values, index=table.index, dtype="str")


def _relayed(tables: Tables, network: Network) -> pd.Series[Any]:
    """For each actor, the datasets that it receives and passes on by active flows."""
    ids = set(network.ids)
    flows = tables["flows"]
    flows = flows[(flows["status"] == "active") & flows["dataset"].notna()]
    flows = flows[flows["provider"] != flows["recipient"]]
    given = set(zip(flows["provider"], flows["dataset"], strict=True))
    taken = set(zip(flows["recipient"], flows["dataset"], strict=True))
    relayed: dict[str, list[str]] = {actor: [] for actor in network.ids}
    for actor, dataset in sorted(given & taken):
        if actor in ids:
            relayed[actor].append(dataset)
    return pd.Series(
        {a: tuple(d) for a, d in relayed.items()}, name="datasets_relayed", dtype=object
    )
