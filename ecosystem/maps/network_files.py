"""The network for other programs: Gephi, igraph, NetworkX, Pajek, UCINET, a spreadsheet; with its measures."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.errors import EcosystemError
from ecosystem.files import write_bytes
from ecosystem.labels import UNPRINTED, Label
from ecosystem.maps.layout import layout
from ecosystem.tables.frames import csv_files, records
from ecosystem.tables.territories import is_empty

if TYPE_CHECKING:
    import networkx as nx

    from ecosystem.study import Study


def export_network(study: Study, path: str | Path) -> Path:
    """Write the network of a study as its ending says, whole or not at all.

    Nodes carry name, territory, sector, type, where they stand on the map (`x`, `y`), their
    community, their role and every measure of the broker table; edges their weight, distance, the
    ids of the flows behind them and how many there are. Undefined values are left out.

    Parameters
    ----------
    path
        Ends with `.gexf` or `.graphml` (Gephi, igraph), `.json` (node-link: NetworkX, d3), `.net`
        (Pajek), `.dl` (UCINET), `.xlsx` (nodes and edges), or `.zip`: all the tables as a
        Frictionless data package.

    Raises
    ------
    EcosystemError
        If the ending is another, or the file cannot be written.
    """
    path = Path(path)
    return write_bytes(path, WRITERS[known_ending(path)](study))


def known_ending(path: Path) -> str:
    """The ending of a file, if a network can be written so.

    Raises
    ------
    EcosystemError
        If it cannot.
    """
    ending = path.suffix.lower()
    if ending not in WRITERS:
        known = ", ".join(WRITERS)
        raise EcosystemError(
            Label(f"{path} : fin de nom inconnue", f"{path}: an ending that is not known"),
            Label(f"sont écrits : {known}", f"these are written: {known}"),
        )
    return ending


def network_graph(study: Study) -> nx.DiGraph[Any]:
    """The network with its positions, communities, roles and measures, as a NetworkX graph.

    Every attribute is a text, a number or a truth value; `G.graph` has the conventions, and under
    `computed` which attributes are no data but computed.
    """
    import networkx as nx

    network = study.network
    G: nx.DiGraph[Any] = nx.DiGraph()
    G.graph.update({k: _plain(v) for k, v in network.conventions.items() if not is_empty(v)})
    groups = None if study.territory else [str(t) for t in network.actors["territory"].fillna("")]
    ends = zip(network.edges["source"].tolist(), network.edges["target"].tolist(), strict=True)
    places = layout(ends, network.n, groups)
    said = {row["id"]: row for row in records(study.brokers)}
    given = [str(c) for c in network.actors.columns]
    computed = [c for c in study.brokers.columns if c not in given]
    G.graph["computed"] = ";".join(["x", "y", "distance", "count", "outside", "public", *computed])
    for row, (x, y) in zip(records(network.actors), places.tolist(), strict=True):
        facts = {
            **{k: row[k] for k in given},
            **{k: v for k, v in said.get(row["id"], {}).items() if k in computed},
        }
        kept = {str(k): _plain(v) for k, v in facts.items() if k != "id" and not _undefined(v)}
        G.add_node(
            _clean(str(row["id"])),
            label=_clean(str(row.get("name") or row["id"])),
            **kept,
            x=x,
            y=y,
        )
    ids = [_clean(str(key)) for key in network.ids]
    columns = (
        network.edges[name].tolist() for name in ("source", "target", "weight", "distance", "flows")
    )
    for a, b, weight, distance, flows in zip(*columns, strict=True):
        said_by = _clean(";".join(flows))
        G.add_edge(
            ids[a], ids[b], weight=weight, distance=distance, flows=said_by, count=len(flows)
        )
    return G


def _undefined(value: Any) -> bool:
    return is_empty(value) or (isinstance(value, float) and not math.isfinite(value))


def _plain(value: Any) -> str | int | float | bool:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, tuple | list):
        return _clean(";".join(map(str, value)))
    return value if isinstance(value, bool | int | float) else _clean(str(value))


def _clean(text: str) -> str:
    """A text without the signs that XML has no place for."""
    bare = UNPRINTED.sub("", text)
    return "".join(
        sign for sign in bare if not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    )


def _gexf(study: Study) -> bytes:
    from xml.etree.ElementTree import SubElement

    import networkx as nx
    from networkx.readwrite.gexf import GEXFWriter

    G = network_graph(study)
    for _, facts in G.nodes(data=True):
        facts["viz"] = {"position": {"x": facts["x"], "y": -facts["y"], "z": 0.0}}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(nx.DiGraph(G))
    for meta in writer.xml.iter():
        if "lastmodifieddate" in meta.attrib:
            del meta.attrib["lastmodifieddate"]  # the same network gives the same bytes
            SubElement(meta, "description").text = f"computed={G.graph['computed']}"
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _graphml(study: Study) -> bytes:
    import networkx as nx

    made = io.BytesIO()
    nx.write_graphml(network_graph(study), made, named_key_ids=True)
    return made.getvalue()


def _json(study: Study) -> bytes:
    import networkx as nx

    held = nx.node_link_data(network_graph(study), edges="links")
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def _pajek(study: Study) -> bytes:
    G = network_graph(study)
    number = {key: at for at, key in enumerate(G, 1)}
    lines = [f"*Vertices {len(G)}"]
    for key, facts in G.nodes(data=True):
        lines.append(f"{number[key]} {_quoted(facts['label'])} {facts['x']} {facts['y']}")
    lines.append("*Arcs")
    lines += [f"{number[a]} {number[b]} {facts['weight']:g}" for a, b, facts in G.edges(data=True)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _dl(study: Study) -> bytes:
    G = network_graph(study)
    names = [_quoted(facts["label"]) for _, facts in G.nodes(data=True)]
    number = {key: at for at, key in enumerate(G, 1)}
    lines = [f"dl n={len(G)} format=edgelist1", "labels:", *names, "data:"]
    lines += [f"{number[a]} {number[b]} {facts['weight']:g}" for a, b, facts in G.edges(data=True)]
    return ("\r\n".join(lines) + "\r\n").encode()


def _quoted(name: str) -> str:
    return '"' + " ".join(name.replace('"', "'").split()) + '"'


def _xlsx(study: Study) -> bytes:
    import pandas as pd

    from ecosystem.report.workbook import book_of

    G = network_graph(study)
    nodes = pd.DataFrame([{"id": key, **facts} for key, facts in G.nodes(data=True)])
    edges = pd.DataFrame(
        [{"source": a, "target": b, **facts} for a, b, facts in G.edges(data=True)]
    )
    if edges.empty:
        edges = pd.DataFrame(columns=["source", "target", "weight", "distance", "flows", "count"])
    return book_of({"nodes": nodes, "edges": edges}, {}).data


def _package(study: Study) -> bytes:
    """All the tables, as they are, as a Frictionless data package: what each column is stands beside."""
    import zipfile

    from ecosystem.schema import TABLES

    files = dict(csv_files(study.tables))
    types = {"integer": "integer", "number": "number", "boolean": "boolean"}
    resources = []
    for table in TABLES.values():
        if table.file not in files:
            continue
        header = files[table.file].split("\n", 1)[0].rstrip("\r").split(",")
        known = {f.name: f for f in table.fields}
        fields = [
            {"name": name, "type": types.get(known[name].kind, "string") if name in known else "string",
             **({"title": known[name].label.en, "description": known[name].meaning.en} if name in known else {})}
            for name in header
        ]  # fmt: skip
        keys = [
            {
                "fields": f.name,
                "reference": {
                    "resource": f.reference.table,
                    "fields": TABLES[f.reference.table].key[0],
                },
            }
            for f in table.references
            if f.name in header
            and f.kind != "list"
            and f.reference
            and TABLES[f.reference.table].file in files
        ]
        schema = {
            "fields": fields,
            "primaryKey": list(table.key),
            **({"foreignKeys": keys} if keys else {}),
        }
        resources.append({
            "name": table.name, "path": table.file, "title": table.label.en, "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "profile": "tabular-data-resource", "schema": schema,
        })  # fmt: skip
    files["datapackage.json"] = json.dumps(
        {"profile": "tabular-data-package", "name": "ecosystem", "resources": resources}, ensure_ascii=False, indent=1
    ) + "\n"  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return made.getvalue()


WRITERS: dict[str, Callable[[Study], bytes]] = {
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".json": _json,
    ".net": _pajek,
    ".dl": _dl,
    ".xlsx": _xlsx,
    ".zip": _package,
}
"""What writes a network, by the ending of its file."""
