"""Graphs that keep every flow, or every dataset: nothing is collapsed, nothing is left out.

The networks of actors that measures take are in `ecosystem.networks.network`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import networkx as nx

from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import actors_of, flows_of, is_empty, label


def flow_multigraph(tables: Tables, territory: str | None = None) -> nx.MultiDiGraph[Any]:
    """Every flow, whatever its status, as an edge of its own from provider to recipient.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are actor ids with their facts; edge keys are flow ids; edges carry the
        columns of the flow that are not empty. `G.graph` states the conventions.
    """
    G: nx.MultiDiGraph[Any] = nx.MultiDiGraph(
        direction="provider to recipient", statuses="all", territory=territory or "all"
    )
    for row in actors_of(tables, territory).to_dict("records"):
        G.add_node(
            row["id"], **{str(k): v for k, v in row.items() if k != "id" and not is_empty(v)}
        )
    for row in flows_of(tables, territory).to_dict("records"):
        facts = {
            str(k): v
            for k, v in row.items()
            if k not in ("id", "provider", "recipient") and not is_empty(v)
        }
        G.add_edge(row["provider"], row["recipient"], key=row["id"], **facts)
    return G


def actor_dataset_network(
    tables: Tables, territory: str | None = None, *, statuses: Sequence[str] = ("active",)
) -> nx.DiGraph[Any]:
    """The two-mode network: actors and the datasets they hold, provide and receive.

    Returns
    -------
    networkx.DiGraph
        Nodes are `("actor", id)` and `("dataset", id)` with `bipartite` 0 and 1. An edge
        from an actor to a dataset says it holds or provides it, an edge from a dataset to
        an actor says the actor receives it; `kinds` is the set of these words.
    """
    flows = flows_of(tables, territory)
    flows = flows[flows["status"].isin(list(statuses)) & flows["dataset"].notna()]
    G: nx.DiGraph[Any] = nx.DiGraph(
        layer="actors and datasets", statuses=", ".join(statuses), territory=territory or "all"
    )
    actors = actors_of(tables, territory)
    datasets = tables["datasets"]
    if territory is not None:
        used = set(flows["dataset"])
        datasets = datasets[(datasets["territory"] == territory) | datasets["id"].isin(used)]
    for row in actors.to_dict("records"):
        G.add_node(("actor", row["id"]), bipartite=0, label=label(row, "name"))
    for row in datasets.to_dict("records"):
        G.add_node(("dataset", row["id"]), bipartite=1, label=label(row, "title"))

    def link(a: Hashable, b: Hashable, kind: str) -> None:
        if a in G and b in G:
            G.add_edge(a, b)
            G.edges[a, b].setdefault("kinds", set()).add(kind)

    for dataset, holder in datasets[["id", "holder"]].itertuples(index=False):
        link(("actor", holder), ("dataset", dataset), "holds")
    for dataset, giver, taker in flows[["dataset", "provider", "recipient"]].itertuples(
        index=False
    ):
        link(("actor", giver), ("dataset", dataset), "provides")
        link(("dataset", dataset), ("actor", taker), "receives")
    return G
