"""Networks as nodes and edges: what is common to the files of Gephi, NetworkX, igraph, Kumu, Cytoscape.

A node is an actor, an edge a flow; how a program draws them and what it has computed stays behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ecosystem.formats.material import Material, Sheet
from ecosystem.labels import Label
from ecosystem.tables.cells import plain
from ecosystem.tables.repairs import Place, Repair

DRAWN = {
    *("x", "y", "z", "r", "g", "b", "a", "alpha", "size", "color", "colour", "colors", "shape", "viz", "width", "height", "radius", "border"),
    *("font", "position", "fixed", "hidden", "image", "thickness", "visible", "opacity", "shadow", "smooth", "dashes", "arrows", "title html"),
}  # fmt: skip
"""Attributes of how nodes and edges are drawn."""

COMPUTED = {
    *("degree", "indegree", "outdegree", "in degree", "out degree", "weighted degree", "weighted indegree", "weighted outdegree"),
    *("modularity class", "pagerank", "pageranks", "betweenesscentrality", "betweennesscentrality", "betweenness centrality"),
    *("closnesscentrality", "closenesscentrality", "closeness centrality", "harmonicclosnesscentrality", "eccentricity", "eigencentrality"),
    *("eigenvector centrality", "authority", "hub", "component id", "componentnumber", "strongcompnum", "clustering", "triangles"),
    *("clustering coefficient", "componentid", "suid", "selected", "shared name", "shared interaction", "is loop", "edgebetweenness"),
}  # fmt: skip
"""Attributes that a program has computed: they are computed again here."""

_NAMES = ("label", "name", "Label", "Name", "nom", "Nom", "title", "id")
_ENDS = (
    ("source", "target"),
    ("from", "to"),
    ("Source", "Target"),
    ("From", "To"),
    ("node1", "node2"),
)
_WEIGHTS = ("weight", "value", "strength")


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with what it nests under `attributes` or `data` beside the rest."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        if name in ("attributes", "data") and isinstance(value, Mapping):
            found |= {inner: v for inner, v in value.items() if inner not in found}
        elif not isinstance(value, Mapping):
            found[str(name)] = value
    return found


def material(
    how: Label, place: Place, nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]],
    *, directed: bool = True, left: Iterable[str] = (),
) -> Material:  # fmt: skip
    """Nodes and edges as sheets.

    Parameters
    ----------
    nodes
        Each with an `id`, and what else is known of it.
    edges
        Each with `source` and `target`, identifiers of nodes.
    left
        Attributes that are not to be carried over, beside those of drawing and computing.
    """
    repairs: list[Repair] = []
    skip = set(left)
    nodes, repairs_of_nodes = _without(nodes, skip, place)
    edges, repairs_of_edges = _without(edges, skip | {"id", "Id", "key", "flows"}, place)
    repairs += repairs_of_nodes + repairs_of_edges
    actors = [_node(node) for node in nodes]
    flows = [{"provider": e.get("source"), "recipient": e.get("target"),
              **{k: v for k, v in e.items() if k not in ("source", "target")}} for e in edges]  # fmt: skip
    sheets = []
    if actors:
        sheets.append(Sheet.of(place, actors, "actors", fields={"id": "id", "name": "name"}))
    known = {"provider": "provider", "recipient": "recipient"}
    sheets.append(Sheet.of(place, flows, "flows", fields=known, directed=directed)
                  if flows else Sheet(place, ["provider", "recipient"], [[], []], [], "flows", known))  # fmt: skip
    return Material(how, place, sheets=sheets, repairs=repairs)


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    """A node as an actor: what it is called, and its identifier where it is not its name."""
    key = node.get("id")
    name = next((node[n] for n in _NAMES if node.get(n) not in (None, "")), key)
    rest = {k: v for k, v in node.items() if k not in ("id", "label", "name", "Label")}
    shown = {"name": name} if str(name) == str(key) else {"id": key, "name": name}
    return {**shown, **rest}


def _without(
    records: Sequence[Mapping[str, Any]], left: set[str], place: Place
) -> tuple[list[dict[str, Any]], list[Repair]]:
    """Records without what is drawn or computed, and what that was."""
    names = {name for record in records for name in record}
    out = {
        name for name in names
        if name in left or plain(name) in COMPUTED or plain(name) in DRAWN or plain(name) == ""
    }  # fmt: skip
    kept = [
        {name: value for name, value in record.items() if name not in out} for record in records
    ]
    repairs = []
    for kind, words in (
        (
            DRAWN,
            Label("la façon de dessiner n'est pas reprise", "how it is drawn is not carried over"),
        ),
        (
            COMPUTED,
            Label(
                "déjà calculé ailleurs, calculé à nouveau ici",
                "computed elsewhere, computed again here",
            ),
        ),
    ):
        mine = sorted(name for name in out if plain(name) in kind)
        if mine:
            repairs.append(Repair("attribute", place, before=", ".join(mine), words={"why": words}))
    return kept, repairs


def ends_of(edge: Mapping[str, Any]) -> tuple[str, str] | None:
    """How the ends of an edge are called; None if it has none that are known."""
    for start, end in _ENDS:
        if start in edge and end in edge:
            return start, end
    return None
