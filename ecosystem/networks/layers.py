"""Which network is meant: the flows of data, the ties between actors, or both together.

Social brokers often show in the ties only: they meet and fund, they pass no data. With
both layers, each tie counts both ways beside the flows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.networks.network import Network, share_network, tie_network
from ecosystem.networks.weights import SUMMED
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label

LAYERS: dict[str, Label] = {
    "flows": Label("les flux de données", "the flows of data"),
    "ties": Label("les liens entre acteurs, sans direction", "the ties between actors, undirected"),
    "both": Label("les flux et les liens ensemble", "flows and ties together"),
}
"""The layers of a territory, by name."""


def network_of(
    tables: Tables,
    territory: str | None = None,
    *,
    layer: str = "flows",
    statuses: Sequence[str] = ("active",),
    weight: str = "sum",
) -> Network:
    """The network of a layer of a territory.

    Parameters
    ----------
    layer
        `flows`: the share network, directed. `ties`: the tie network, undirected. `both`: their
        union, where the weight of an edge is its number of flows and of ties, or what they weigh.
    statuses
        Which flows count.
    weight
        `sum` of the weights of rows, or `count` of rows.

    Raises
    ------
    UnknownName
        If the layer, the territory or a status does not exist.
    """
    if layer not in LAYERS:
        raise UnknownName(Label("couche", "layer"), layer, LAYERS)
    if layer == "ties":
        return tie_network(tables, territory, weight=weight)
    flows = share_network(tables, territory, statuses=statuses, weight=weight)
    if layer == "flows":
        return flows
    return _together(flows, tie_network(tables, territory, weight=weight))


def _together(flows: Network, ties: Network) -> Network:
    """The union of two networks: actors of either, weights added edge by edge."""
    rest = ties.actors[~ties.actors["id"].isin(flows.ids)]
    actors = pd.concat([flows.actors, rest], ignore_index=True)
    code = pd.Series(range(len(actors)), index=actors["id"])
    moved = ties.edges.assign(
        **{end: code.reindex(ties.ids[ties.edges[end]]).to_numpy() for end in ("source", "target")}
    )
    both = pd.concat([flows.edges, moved], ignore_index=True)
    edges = both.groupby(["source", "target"], as_index=False, sort=True).agg(
        {"weight": "sum", "flows": "sum"}
    )
    edges.insert(3, "distance", 1 / edges["weight"])
    weighed = [network.row_weights for network in (flows, ties)]
    weights = {k: v for own in weighed for k, v in (own or {}).items()} if any(weighed) else None
    conventions = {
        **flows.conventions,
        "layer": "flows and ties",
        "weight": "number of flows and ties" if weights is None else SUMMED,
        "ties": "all kinds, each counts both ways",
    }
    return Network(actors, edges, conventions, weights)
