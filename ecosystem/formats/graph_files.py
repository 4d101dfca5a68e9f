"""GraphML, GEXF and GML, as Gephi, NetworkX, igraph and yEd write them; read by NetworkX."""

from __future__ import annotations

import io
import re
from typing import Any

from ecosystem.errors import DataError
from ecosystem.formats import networks
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry, refused
from ecosystem.formats.text import decoded
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place

_COMPUTED = re.compile(rb"<description>computed=([^<]*)</description>")
"""How `export` tells in GEXF, which keeps no attributes of a graph, what it has computed."""


def is_graphml(entry: Entry) -> bool:
    """Whether a file is GraphML."""
    return entry.start[:1] == b"<" and b"<graphml" in entry.data[:4096]


def is_gexf(entry: Entry) -> bool:
    """Whether a file is GEXF."""
    return entry.start[:1] == b"<" and b"<gexf" in entry.data[:4096]


def is_gml(entry: Entry) -> bool:
    """Whether a file is GML."""
    return entry.ending == ".gml" and b"graph" in entry.data[:4096]


def read_graphml(entry: Entry) -> Material:
    """A GraphML file as nodes and edges.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    import networkx as nx

    _refuse_entities(entry)
    with_label = Label("GraphML", "GraphML")
    return _material(
        entry, _read(entry, lambda data: nx.read_graphml(io.BytesIO(data))), with_label
    )


def read_gexf(entry: Entry) -> Material:
    """A GEXF file as nodes and edges.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    import networkx as nx

    _refuse_entities(entry)
    # Programs write other addresses for the same language than the reader knows: it takes one.
    known, data = nx.readwrite.gexf.GEXF.versions["1.2draft"], entry.data
    if (root := _GEXF.search(data[:5_000])) is not None:
        head = _NAMESPACE.sub(f' xmlns="{known["NS_GEXF"]}"'.encode(), root[0])
        head = _VIZ.sub(f' xmlns:viz="{known["NS_VIZ"]}"'.encode(), head)
        data = data[: root.start()] + head + data[root.end() :]
    read = _read(entry, lambda _: nx.read_gexf(io.BytesIO(data), version="1.2draft"))
    return _material(entry, read, Label("GEXF", "GEXF"))


def read_gml(entry: Entry) -> Material:
    """A GML file as nodes and edges.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    import networkx as nx

    text, _ = decoded(entry)
    read = _read(entry, lambda _: nx.parse_gml(text.splitlines(), label="id"))
    return _material(entry, read, Label("GML", "GML"))


_GEXF = re.compile(rb"<gexf\b[^>]*>")
_NAMESPACE = re.compile(rb"""\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')""")
_VIZ = re.compile(rb"""\sxmlns:viz\s*=\s*(?:"[^"]*"|'[^']*')""")


def _read(entry: Entry, read: Any) -> Any:
    try:
        return read(entry.data)
    except DataError:
        raise
    except Exception as error:  # readers of XML raise whatever they stumble on
        first = str(error).strip().split("\n")[0][:200] or type(error).__name__
        raise refused(
            entry.name, f"le graphe ne peut pas être lu ({first})", f"the graph cannot be read ({first})",
            Label("exportez-le à nouveau de son programme, en GraphML ou en CSV",
                  "export it from its program again, as GraphML or CSV"),
        ) from error  # fmt: skip


def _material(entry: Entry, graph: Any, how: Label) -> Material:
    # What a file declares of all nodes and edges that do not say otherwise.
    both = [graph.graph.get(name) or {} for name in ("node_default", "edge_default")]
    nodes = [{"id": key, **_plain({**both[0], **data})} for key, data in graph.nodes(data=True)]
    edges = [
        {**_plain({**both[1], **data}), "source": a, "target": b}
        for a, b, data in graph.edges(data=True)
    ]
    own = _COMPUTED.search(entry.data[:50_000])
    told = own[1].decode("utf-8", "replace") if own else str(graph.graph.get("computed", ""))
    computed = told.split(";")
    return networks.material(
        how,
        Place(entry.name),
        nodes,
        edges,
        directed=graph.is_directed(),
        left=[c for c in computed if c],
    )


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The attributes that are values; lists and tables of drawing programs are none."""
    return {
        str(name): value
        for name, value in data.items()
        if isinstance(value, str | int | float | bool)
    }


def _refuse_entities(entry: Entry) -> None:
    """Refuse what XML can be made to swell with; no program of networks writes it."""
    if b"<!ENTITY" in entry.data:
        raise refused(
            entry.name, "le XML déclare des entités, ce qui n'est pas lu", "the XML declares entities, which are not read",
            Label("exportez-le à nouveau de son programme", "export it from its program again"),
        )  # fmt: skip
