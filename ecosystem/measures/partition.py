"""The groups of actors that a measure speaks of: a column of theirs, or communities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.measures.communities import communities
from ecosystem.measures.registry import remembered
from ecosystem.networks.network import UNKNOWN, Network

COMMUNITY = "community"
"""The partition that is computed, not read: Leiden communities of the network."""


def groups_of(network: Network, partition: str) -> pd.Series[str]:
    """The group of each actor.

    Parameters
    ----------
    partition
        A column of the actors, its empty cells as `unknown`; or `community`, unless the
        actors have a column of that name.

    Raises
    ------
    UnknownName
        If there is no such column; it lists those that exist.
    """
    if partition == COMMUNITY and COMMUNITY not in network.actors.columns:
        return network.series(communities(network)["community"].to_numpy().astype(str), COMMUNITY)
    try:
        return network.groups(partition)
    except UnknownName as error:
        known = [c for c in network.actors.columns if network.actors[c].dtype == "str"]
        raise UnknownName(error.what, partition, [*known, COMMUNITY]) from None


@remembered
def group_codes(network: Network, partition: str) -> tuple[Any, list[str]]:
    """Groups as whole numbers by actor, and their names in the order of the numbers."""
    codes, names = pd.factorize(groups_of(network, partition), sort=True)
    return np.asarray(codes, dtype=np.int64), [str(name) for name in names]


def ungrouped(network: Network, partition: str) -> int:
    """How many actors have an empty cell in the column of a partition."""
    if partition not in network.actors.columns:
        return 0
    return int(network.actors[partition].isna().sum())


__all__ = ["COMMUNITY", "UNKNOWN", "group_codes", "groups_of", "ungrouped"]
