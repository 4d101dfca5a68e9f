"""Networks in JSON: node-link (NetworkX, d3, sigma, vis), Cytoscape, Kumu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ecosystem.formats import networks
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry, refused
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair

Records = list[Mapping[str, Any]]


def _list(held: Any, *names: str) -> Records | None:
    """The list of records under the first of some names."""
    if not isinstance(held, Mapping):
        return None
    for name in names:
        value = held.get(name)
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return value
    return None


def is_node_link(entry: Entry) -> bool:
    """Whether a file is nodes and links."""
    return (
        _list(entry.json, "nodes") is not None and _list(entry.json, "links", "edges") is not None
    )


def read_node_link(entry: Entry) -> Material:
    """Nodes and links; `source` and `target` are identifiers, or places in the list of nodes.

    Raises
    ------
    DataError
        If a link has no ends.
    """
    held = entry.json
    nodes = [networks.flat(node) for node in _list(held, "nodes") or []]
    for number, node in enumerate(nodes):
        key = next(
            (node.pop(n) for n in ("id", "key", "_id", "name") if node.get(n) is not None), number
        )
        node["id"] = key
        if node.get("label") is None and "name" in node:
            node["label"] = node["name"]
    links = [networks.flat(link) for link in _list(held, "links", "edges") or []]
    keys = {node["id"] for node in nodes}
    edges = []
    for number, link in enumerate(links, 1):
        ends = networks.ends_of(link)
        if ends is None:
            raise _without_ends(entry, number)
        edge: dict[str, Any] = {k: v for k, v in link.items() if k not in ends and k != "key"}
        for end, name in zip(ends, ("source", "target"), strict=True):
            value = link[end]
            if isinstance(value, int) and value not in keys and 0 <= value < len(nodes):
                value = nodes[value]["id"]
            edge[name] = value
        edges.append(edge)
    directed = bool(held.get("directed", True))
    graph = held.get("graph")
    computed = str(graph.get("computed", "")).split(";") if isinstance(graph, Mapping) else []
    return networks.material(
        Label("JSON nœuds et liens", "node-link JSON"), Place(entry.name), nodes, edges,
        directed=directed, left=[c for c in computed if c],
    )  # fmt: skip


def _without_ends(entry: Entry, number: int) -> Exception:
    return refused(
        entry.name,
        f"le lien {number} n'a pas de source et de target",
        f"link {number} has no source and target",
        Label("chaque lien nomme ses deux bouts", "each link names its two ends"),
    )


def is_cytoscape(entry: Entry) -> bool:
    """Whether a file is of Cytoscape: elements that hold data."""
    held = entry.json.get("elements") if isinstance(entry.json, Mapping) else None
    if isinstance(held, Mapping):
        return _list(held, "nodes") is not None
    return (
        isinstance(held, list)
        and bool(held)
        and all(isinstance(e, Mapping) and isinstance(e.get("data"), Mapping) for e in held)
    )


def read_cytoscape(entry: Entry) -> Material:
    """The nodes and edges of Cytoscape.

    Raises
    ------
    DataError
        If an edge has no ends.
    """
    held = entry.json["elements"]
    if isinstance(held, Mapping):
        groups = [_list(held, "nodes") or [], _list(held, "edges") or []]
    else:
        groups = [[e for e in held if ("source" in e["data"]) == edge] for edge in (False, True)]
    nodes, edges = (
        [networks.flat({k: v for k, v in e.items() if k == "data"}) for e in group]
        for group in groups
    )
    for node in nodes:
        for old in ("shared name", "name"):
            if node.get("label") is None and node.get(old) is not None:
                node["label"] = node[old]
    for number, edge in enumerate(edges, 1):
        if networks.ends_of(edge) != ("source", "target"):
            raise _without_ends(entry, number)
        edge.pop("name", None)
        edge.pop("shared name", None)
    return networks.material(
        Label("JSON de Cytoscape", "Cytoscape JSON"), Place(entry.name), nodes, edges
    )


def is_kumu(entry: Entry) -> bool:
    """Whether a file is of Kumu: elements and connections."""
    return (
        _list(entry.json, "elements") is not None and _list(entry.json, "connections") is not None
    )


def read_kumu(entry: Entry) -> Material:
    """The elements and connections of Kumu; a connection names labels, or identifiers of an export.

    Raises
    ------
    DataError
        If a connection has no ends.
    """
    place = Place(entry.name)
    nodes = [networks.flat(one) for one in _list(entry.json, "elements") or []]
    names: dict[Any, Any] = {}
    for node in nodes:
        label = next(
            (node.get(n) for n in ("label", "Label", "name") if node.get(n)), node.get("_id")
        )
        names[node.pop("_id", label)] = label
        node["id"] = label
        node.pop("label", None)
        for name, value in list(node.items()):
            if isinstance(value, Sequence) and not isinstance(value, str):
                node[name] = "|".join(map(str, value))
    edges = []
    for number, one in enumerate(_list(entry.json, "connections") or [], 1):
        edge = networks.flat(one)
        ends = networks.ends_of(edge)
        if ends is None:
            raise _without_ends(entry, number)
        start, end = (names.get(edge.pop(name), one.get(name)) for name in ends)
        edge.pop("_id", None)
        tags = {name: "|".join(map(str, v)) for name, v in edge.items() if isinstance(v, list)}
        edges.append({**edge, **tags, "source": start, "target": end})
    made = networks.material(Label("JSON de Kumu", "Kumu JSON"), place, nodes, edges)
    more = [
        k
        for k in ("loops", "views", "perspectives", "maps")
        if isinstance(entry.json, Mapping) and entry.json.get(k)
    ]
    why = Label(
        "les vues et les boucles de Kumu ne sont pas reprises",
        "views and loops of Kumu are not carried over",
    )
    told = [Repair("attribute", place, before=", ".join(more), words={"why": why})] if more else []
    return Material(made.how, place, sheets=made.sheets, repairs=[*made.repairs, *told])
