"""What an actor does as a broker, in words."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ecosystem.errors import spoken
from ecosystem.labels import Label, Language, decimal
from ecosystem.networks.weights import weighs
from ecosystem.tables.frames import Tables

WEIGHED = Label(
    "Les poids comptent : ceux des flux d'une paire s'ajoutent, un poids vide compte 1, une distance vaut 1 / poids.",
    "Weights count: those of the flows of a pair add up, an empty one counts 1, a distance is 1 / weight.",
)
"""How a network is to be read whose rows have weights."""


def weighed(tables: Tables, weight: str) -> bool:
    """Whether that is to be said of the active flows of tables."""
    flows = tables["flows"]
    return weighs(flows[flows["status"] == "active"], weight)


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


LEAST_P = 0.001
"""Below it, a p is printed as less than it."""


def whole(rank: float) -> int:
    """A rank as people read it: where actors were dropped, ranks are stretched, and a half goes up."""
    return math.floor(rank + 0.5)


def ranked_in(table: pd.DataFrame) -> int:
    """How many actors of a broker table have a rank: those that connect others."""
    return int(table["rank"].notna().sum())


def last_rank(high: float) -> Label:
    """The upper end of an interval of ranks: none where the actor is at times nobody's broker."""
    if math.isnan(high):
        return Label("aucun", "none")
    return Label(str(whole(high)), str(whole(high)))


def number_words(value: float | None) -> Label:
    """A number in two digits; a dash where there is none."""
    return Label("–", "–") if value is None or value != value else decimal(value, ".2g")


def p_words(p: float | None) -> Label:
    """A p value as people read it: two digits, and never zero."""
    if p is None or p != p:
        return number_words(p)
    return decimal(p, ".2g") if p >= LEAST_P else Label("< 0,001", "< 0.001")


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
    spoken(language)

    def words(role: object, group: object, rank: Any) -> str | None:
        label = role_words(role, group, partition, layer)
        if label is None and not pd.isna(rank):
            label = _RELAY
        return label.to(language) if label else None

    values = [words(*row) for row in table[["role", "group", "rank"]].itertuples(index=False)]
    return pd.Series(values, index=table.index, dtype="str")
