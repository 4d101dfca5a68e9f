"""Tables to networks of actors: the stated projections of flows and ties.

A `Network` is a table of actors and a table of edges between their positions; the
same network is a NetworkX graph, a sparse matrix or an igraph graph, each built when
first asked for. What was counted and what was not travels with it, in `conventions`
and in `G.graph`.

Conventions
-----------
An edge goes from the provider of data to its recipient. The share network counts
active flows only unless asked otherwise, collapses parallel flows into one edge with
`weight` = number of flows (or, where flows have a weight, the sum of theirs, an empty one
counting 1) and `distance` = 1 / weight, drops loops, and leaves the general public out unless asked: publishing to everybody makes nobody a broker.
A flow concerns a territory if its dataset is in it, or its provider or recipient is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.errors import UnknownName
from ecosystem.networks.weights import SUMMED, row_weights
from ecosystem.tables.declarations import Declared, reported
from ecosystem.tables.frames import Tables
from ecosystem.tables.notebook import html_table
from ecosystem.tables.territories import actors_of, check_territory, flows_of, is_empty
from ecosystem.vocabulary import STATUSES, TIE_KINDS, Label

if TYPE_CHECKING:
    import networkx as nx
    from igraph import Graph as IGraph

UNKNOWN = "unknown"
"""The group of actors whose cell is empty in the column of a partition."""


class Edges(NamedTuple):
    """The edges of a network of `n` actors, as plain arrays."""

    n: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    distance: NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """A directed, weighted network of actors.

    Attributes
    ----------
    actors : DataFrame
        One row an actor, in the order of their codes 0 … n-1; at least `id`.
    edges : DataFrame
        `source`, `target` (codes), `weight` (strength), `distance` (for shortest paths),
        `flows` (tuple of the ids of the rows behind the edge). No loops, no repeated pair.
    row_weights : dict or None
        The weight of each row behind the edges, by its id, where rows have weights; None where
        each counts 1.
    conventions : dict
        What was counted, in plain values; also `G.graph` of `networkx`.
    shared : dict
        What several measures need of it and one of them has computed; never changed, only added to.
    """

    actors: pd.DataFrame
    edges: pd.DataFrame
    conventions: dict[str, Any] = field(default_factory=dict)
    row_weights: dict[str, float] | None = field(default=None, repr=False, compare=False)
    shared: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _repr_html_(self) -> str:
        """In a notebook: its size, and what was counted."""
        title = f"Network of {self.n} actors and {len(self.edges)} edges"
        rows = [(name.replace("_", " "), value) for name, value in self.conventions.items()]
        return html_table(title, ("convention", "value"), rows)

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.actors)

    @property
    def ids(self) -> pd.Index[str]:
        """The actors' identifiers, in the order of their codes."""
        ids: pd.Index[str] = pd.Index(self.actors["id"], name="id")
        return ids

    def series(self, values: Any, name: str) -> pd.Series[Any]:
        """Values by code, as a Series by actor."""
        return pd.Series(values, index=self.ids, name=name)

    def groups(self, partition: str) -> pd.Series[str]:
        """The group of each actor: a column of `actors`, empty cells as `unknown`.

        Raises
        ------
        UnknownName
            If there is no such column.
        """
        if partition not in self.actors.columns:
            known = [c for c in self.actors.columns if self.actors[c].dtype == "str"]
            raise UnknownName(Label("colonne d'acteurs", "column of actors"), partition, known)
        return self.series(self.actors[partition].fillna(UNKNOWN).to_numpy(), partition)

    @cached_property
    def matrix(self) -> sparse.csr_array[Any]:
        """Weights as an n by n sparse matrix, rows to columns (provider to recipient)."""
        ends = (self.edges["source"].to_numpy(), self.edges["target"].to_numpy())
        weights = self.edges["weight"].to_numpy(dtype=float)
        return sparse.csr_array((weights, ends), shape=(self.n, self.n))

    @cached_property
    def networkx(self) -> nx.DiGraph[Any]:
        """The network as a NetworkX graph; nodes are actor ids, `G.graph` the conventions.

        Attributes are texts and numbers, the ids of the rows behind an edge joined by `;`: so
        that `networkx.write_gexf` and `networkx.write_graphml` can write it.
        """
        import networkx as nx  # slow to import, and few need it

        G: nx.DiGraph[Any] = nx.DiGraph(**self.conventions)
        for row in self.actors.to_dict("records"):
            G.add_node(
                row["id"], **{str(k): v for k, v in row.items() if k != "id" and not is_empty(v)}
            )
        ids = self.ids
        names = [str(name) for name in self.edges.columns[2:]]
        for source, target, *facts in self.edges.itertuples(index=False, name=None):
            said = {
                k: ";".join(v) if isinstance(v, tuple) else v
                for k, v in zip(names, facts, strict=True)
            }
            G.add_edge(ids[source], ids[target], **said)
        return G

    @cached_property
    def igraph(self) -> IGraph:
        """The network as an igraph graph; vertex i is the actor with code i, its `name` the id."""
        G = igraph_of(self.n, *(self.edges[end].to_numpy() for end in ("source", "target")))
        G.vs["name"] = [str(key) for key in self.ids]
        for name in ("weight", "distance"):
            G.es[name] = self.edges[name].to_numpy(dtype=float).tolist()
        return G

    @cached_property
    def undirected(self) -> IGraph:
        """The undirected igraph graph; `weight` is the mutual strength w_ij + w_ji."""
        return self.igraph.as_undirected(
            mode="collapse", combine_edges={"weight": "sum", "distance": "ignore"}
        )

    @classmethod
    def wrap(cls, G: nx.Graph[Any] | Network) -> Network:
        """Any NetworkX graph as a Network: undirected edges count both ways, loops are dropped.

        Parallel edges of a multigraph collapse: their weights add up. `distance` is
        1 / weight unless the edges have one.
        """
        if isinstance(G, Network):
            return G
        ids = list(G.nodes)
        code = {node: i for i, node in enumerate(ids)}
        pairs: dict[tuple[int, int], float] = {}
        far: dict[tuple[int, int], float] = {}
        for a, b, data in G.edges(data=True):
            for u, w in [(a, b)] if G.is_directed() else [(a, b), (b, a)]:
                if u != w:
                    pair = (code[u], code[w])
                    pairs[pair] = pairs.get(pair, 0.0) + float(data.get("weight", 1))
                    if "distance" in data:
                        far[pair] = min(far.get(pair, np.inf), float(data["distance"]))
        actors = pd.DataFrame([{"id": node, **G.nodes[node]} for node in ids])
        if actors.empty:
            actors = pd.DataFrame({"id": pd.Series(dtype="str")})
        edges = _edges(
            [a for a, _ in pairs], [b for _, b in pairs], list(pairs.values()), [()] * len(pairs)
        )
        if far:
            edges["distance"] = [far.get(p, 1 / w) for p, w in pairs.items()]
        return cls(actors, edges, {str(k): v for k, v in G.graph.items()})


def igraph_of(n: int, source: NDArray[np.int64], target: NDArray[np.int64]) -> IGraph:
    """A directed igraph graph from edges as codes 0 … n-1, without attributes."""
    import igraph

    # Lists, never numpy integers: igraph would silently compute other values from those.
    edges = list(zip(source.tolist(), target.tolist(), strict=True))
    return igraph.Graph(n=n, edges=edges, directed=True)


def share_network(
    tables: Tables,
    territory: str | None = None,
    *,
    statuses: Sequence[str] = ("active",),
    public: bool = False,
    declared: Declared = "any",
    weight: str = "sum",
) -> Network:
    """Who passes data to whom: flows collapsed to one edge a pair of actors.

    Parameters
    ----------
    territory
        Keep the flows that concern it, its actors (isolated ones too) and the outside
        partners at the other end; None for all.
    statuses
        Which flows count.
    public, declared
        Whether the general public is an actor like the others; whether flows count whoever reports
        them (`any`), or only if both ends do (`mutual`).
    weight
        `sum`: the weights of flows add up, an empty one counts 1; `count`: each flow counts 1.

    Returns
    -------
    Network
        `weight` is the number of flows, or the sum of their weights; `distance` is 1 / weight.

    Raises
    ------
    UnknownName
        If the territory, a status or the way to weigh does not exist.
    """
    for status in statuses:
        if status not in STATUSES:
            raise UnknownName(Label("état", "status"), status, STATUSES)
    flows = reported(flows_of(tables, territory), declared)
    flows = flows[flows["status"].isin(list(statuses))]
    actors = actors_of(tables, territory)
    if not public:
        actors = actors[~actors["public"]].reset_index(drop=True)
    conventions = {
        "layer": "flows",
        "direction": "provider to recipient",
        "territory": territory or "all",
        "statuses": ", ".join(statuses) + ("" if declared == "any" else "; declared by both ends"),
        "weight": SUMMED if (weights := row_weights(flows, weight)) else "number of flows",
        "distance": "1 / weight",
        "public": "included" if public else "left out",
        "loops": "dropped",
        "outside_partners": "included" if territory else "does not apply",
    }
    edges = _collapsed(actors, flows, "provider", "recipient", weights)
    return Network(actors, edges, conventions, weights)


def tie_network(
    tables: Tables, territory: str | None = None, *, kinds: Sequence[str] | None = None,
    weight: str = "sum",
) -> Network:  # fmt: skip
    """Who is tied to whom by partnership, contract, funding, membership, governance, regulation.

    Ties are read as undirected: each counts both ways. `weight` is the number of ties
    between the two actors, or the sum of their weights (see `share_network`). A tie concerns a territory if one of its ends is in it.
    """
    check_territory(tables, territory)
    ties = tables["ties"]
    if kinds is not None:
        for kind in kinds:
            if kind not in TIE_KINDS:
                raise UnknownName(Label("nature de lien", "kind of tie"), kind, TIE_KINDS)
        ties = ties[ties["kind"].isin(list(kinds))]
    actors = tables["actors"].assign(outside=False)
    if territory is not None:
        own = actors["territory"] == territory
        inside = actors.loc[own, "id"]
        ties = ties[ties["from"].isin(inside) | ties["to"].isin(inside)]
        ends = set(ties["from"]) | set(ties["to"])
        actors["outside"] = ~own
        actors = actors[own | actors["id"].isin(ends)]
    actors = actors.reset_index(drop=True)
    turned = ties.rename(columns={"from": "to", "to": "from"})
    weights = row_weights(ties, weight)
    both = pd.concat([ties, turned], ignore_index=True)
    edges = _collapsed(actors, both, "from", "to", weights)
    conventions = {
        "layer": "ties",
        "direction": "none (each tie counts both ways)",
        "territory": territory or "all",
        "kinds": ", ".join(kinds) if kinds else "all",
        "weight": SUMMED if weights else "number of ties",
        "distance": "1 / weight",
        "loops": "dropped",
    }
    return Network(actors, edges, conventions, weights)


def _collapsed(
    actors: pd.DataFrame, rows: pd.DataFrame, start: str, end: str, weights: dict[str, float] | None
) -> pd.DataFrame:
    """One edge a pair of actors: how many rows are behind it, or what they weigh, and which."""
    code = pd.Series(np.arange(len(actors)), index=actors["id"])
    known = rows[start].isin(code.index) & rows[end].isin(code.index) & (rows[start] != rows[end])
    rows = rows[known]
    source, target = (code.reindex(rows[e]).to_numpy(dtype=np.int64) for e in (start, end))
    order = np.lexsort([target, source])  # stable: the rows of an edge stay in their order
    source, target = source[order], target[order]
    ids = rows["id"].to_numpy()[order].tolist()
    starts = np.flatnonzero(np.diff(source, prepend=-1) | np.diff(target, prepend=-1))
    parts = zip(starts.tolist(), [*starts[1:].tolist(), len(ids)], strict=True) if ids else ()
    flows = [tuple(ids[a:b]) for a, b in parts]
    weight = [
        float(len(part)) if weights is None else math.fsum(weights[f] for f in part)
        for part in flows
    ]
    return _edges(source[starts], target[starts], weight, flows)


def _edges(
    source: Iterable[int], target: Iterable[int], weight: Sequence[float], flows: Sequence[Any]
) -> pd.DataFrame:
    weights = np.asarray(weight, dtype=float)
    return pd.DataFrame(
        {
            "source": np.asarray(list(source), dtype=np.int64),
            "target": np.asarray(list(target), dtype=np.int64),
            "weight": weights,
            "distance": 1 / weights,
            "flows": pd.Series(list(flows), dtype=object),
        }
    )
