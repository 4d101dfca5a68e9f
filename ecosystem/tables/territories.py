"""What belongs to a territory: its actors, the flows that concern it, the names of things.

A flow concerns a territory if its dataset is in it, or its provider or recipient is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label


def territories(tables: Tables) -> list[str]:
    """The ids of the territories that tables know, in their order."""
    listed = tables["territories"]["id"].dropna().tolist()
    named = tables["actors"]["territory"].dropna().unique().tolist()
    return list(dict.fromkeys([*listed, *named]))


def studied(tables: Tables) -> list[str]:
    """The territories with actors of their own that are not a level above the others."""
    kinds = dict(tables["territories"][["id", "kind"]].itertuples(index=False, name=None))
    populated = set(tables["actors"]["territory"].dropna())
    above = ("national", "supranational")
    return [t for t in territories(tables) if t in populated and kinds.get(t) not in above]


def territory_name(tables: Tables, territory: str | None) -> Label:
    """The name of a territory; of None, the words for all of them together."""
    if territory is None:
        return Label("tous les territoires", "all territories")
    rows = tables["territories"].set_index("id")["name"]
    name = rows.get(territory)
    return Label(*(2 * (name if isinstance(name, str) else territory,)))


def check_territory(tables: Tables, territory: str | None) -> None:
    """Raise UnknownName if the territory does not exist."""
    if territory is not None and territory not in (known := territories(tables)):
        raise UnknownName(Label("territoire", "territory"), territory, known)


def flows_of(tables: Tables, territory: str | None = None) -> pd.DataFrame:
    """The flows that concern a territory: its dataset, provider or recipient is in it."""
    check_territory(tables, territory)
    flows = tables["flows"]
    if territory is None:
        return flows
    actors = tables["actors"].loc[lambda a: a["territory"] == territory, "id"]
    datasets = tables["datasets"].loc[lambda d: d["territory"] == territory, "id"]
    return flows[
        flows["provider"].isin(actors)
        | flows["recipient"].isin(actors)
        | flows["dataset"].isin(datasets)
    ]


def actors_of(tables: Tables, territory: str | None = None) -> pd.DataFrame:
    """The actors of a territory, then its outside partners; `outside` tells them apart.

    Outside partners are the actors of other territories at an end of its flows,
    whatever their status.
    """
    actors = tables["actors"].assign(
        outside=False, public=are_public(tables["actors"]["id"]).to_numpy()
    )
    if territory is None:
        return actors.reset_index(drop=True)
    flows = flows_of(tables, territory)
    inside = (actors["territory"] == territory).to_numpy()
    ends = set(flows["provider"]) | set(flows["recipient"])
    outside = actors["id"].isin(ends).to_numpy() & ~inside
    return pd.concat([actors[inside], actors[outside].assign(outside=True)], ignore_index=True)


def is_public(actor: object) -> bool:
    """Whether an actor, by its id, stands for the general public as re-user of open data."""
    return isinstance(actor, str) and actor.startswith(PUBLIC_PREFIX)


def are_public(ids: pd.Series[str]) -> pd.Series[bool]:
    """The same for a column of ids."""
    return ids.map(is_public).astype(bool)


def label(row: Mapping[Any, Any], column: str) -> str:
    """The name or title of a row, or its id where there is none."""
    return str(row["id"] if is_empty(row[column]) else row[column])


def names(frame: pd.DataFrame, column: str = "name") -> dict[str, str]:
    """Names (or titles) by id, the id where there is none."""
    return dict(zip(frame["id"], frame[column].fillna(frame["id"]), strict=True))


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing."""
    return value is None or value == () or (not isinstance(value, tuple) and bool(pd.isna(value)))
