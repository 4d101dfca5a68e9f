"""The registry of formats: how each is recognised, what it carries, how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecosystem.errors import DataError, Registry
from ecosystem.formats import (
    dcat,
    graph_files,
    json_networks,
    network_canvas,
    portals,
    text_networks,
)
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry, damaged
from ecosystem.formats.text import read_text
from ecosystem.formats.workbook import is_workbook, read_workbook
from ecosystem.labels import Label


@dataclass(frozen=True)
class Format:
    """A format of files.

    Attributes
    ----------
    endings
        What its files usually end with; a file is recognised by what it holds, not by these.
    carries
        What is taken from it.
    leaves
        What it may hold that is not carried over.
    recognises, read
        Whether a file is of it, and the reading of one that is.
    """

    name: str
    label: Label
    endings: tuple[str, ...]
    carries: Label
    leaves: Label
    recognises: Callable[[Entry], bool]
    read: Callable[[Entry], Material]


FORMATS: Registry[Format] = Registry(Label("format", "format"))


def add(*formats: Format) -> None:
    """Put formats into the registry: a file is of the first that recognises it."""
    for one in formats:
        FORMATS[one.name] = one


def format_of(entry: Entry) -> Format:
    """The format of a file, by what it holds.

    Raises
    ------
    DataError
        If no format recognises it.
    """
    for one in FORMATS.values():
        if one.recognises(entry):
            return one
    if (
        entry.start[:1] in (b"{", b"[")
        and entry.json is None
        and entry.ending in (".json", ".cyjs", ".jsonld", ".geojson")
    ):
        raise damaged(entry.name)
    known = ", ".join(sorted({ending for one in FORMATS.values() for ending in one.endings}))
    raise DataError(
        Label(f"{entry.name} : format inconnu", f"{entry.name}: a format that is not known"),
        Label(f"sont lus : {known}", f"these are read: {known}"),
    )


def _is_text(entry: Entry) -> bool:
    return entry.start[:1] not in (b"<", b"{", b"[") and entry.ending in _TEXT


_TEXT = {
    "",
    ".csv",
    ".tsv",
    ".txt",
    ".tab",
    ".dat",
    ".xls",
    ".xlsx",
    ".ods",
    ".edgelist",
    ".edges",
    ".ncol",
}
_ACTORS_AND_FLOWS = Label("les nœuds (acteurs), les liens (flux), leurs poids et attributs",
                          "nodes (actors), links (flows), their weights and attributes")  # fmt: skip
_DRAWING = Label("positions, couleurs, tailles, mesures déjà calculées",
                 "positions, colours, sizes, measures computed elsewhere")  # fmt: skip
_CATALOGUE = Label("détenteurs, jeux, thèmes, licences, accès, formats ; un flux « publié pour tous » par jeu ouvert",
                   "holders, datasets, themes, licences, access, formats; a flow 'published to all' for each open dataset")  # fmt: skip
_TEXTS = Label("descriptions, mots-clés, fichiers, personnes à contacter",
               "descriptions, keywords, files, contact points")  # fmt: skip


def _network(
    name: str, label: str, endings: tuple[str, ...], recognises: Callable[[Entry], bool],
    read: Callable[[Entry], Material],
) -> Format:  # fmt: skip
    return Format(name, Label(label, label), endings, _ACTORS_AND_FLOWS, _DRAWING, recognises, read)


def _catalogue(
    name: str, label: Label, endings: tuple[str, ...], recognises: Callable[[Entry], bool],
    read: Callable[[Entry], Material],
) -> Format:  # fmt: skip
    return Format(name, label, endings, _CATALOGUE, _TEXTS, recognises, read)


add(
    Format(
        "workbook", Label("classeur Excel ou LibreOffice", "Excel or LibreOffice workbook"),
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        Label("chaque feuille visible", "each visible sheet"),
        Label("les feuilles masquées, les macros, les formules (leurs valeurs sont lues)",
              "hidden sheets, macros, formulas (their values are read)"),
        is_workbook, read_workbook,
    ),
    _network("graphml", "GraphML", (".graphml",), graph_files.is_graphml, graph_files.read_graphml),
    _network("gexf", "GEXF", (".gexf",), graph_files.is_gexf, graph_files.read_gexf),
    _network("gml", "GML", (".gml",), graph_files.is_gml, graph_files.read_gml),
    _network("kumu", "Kumu JSON", (".json",), json_networks.is_kumu, json_networks.read_kumu),
    _network("cytoscape", "Cytoscape JSON", (".cyjs", ".json"), json_networks.is_cytoscape, json_networks.read_cytoscape),
    _network("node-link", "node-link JSON", (".json",), json_networks.is_node_link, json_networks.read_node_link),
    _catalogue("ckan", Label("CKAN", "CKAN"), (".json",), portals.is_ckan, portals.read_ckan),
    _catalogue("opendatasoft", Label("Opendatasoft", "Opendatasoft"), (".json",), portals.is_opendatasoft, portals.read_opendatasoft),
    _catalogue("udata", Label("udata (data.gouv.fr)", "udata (data.gouv.fr)"), (".json",), portals.is_udata, portals.read_udata),
    _catalogue("dcat", Label("DCAT-AP 2 et 3, DCAT-AP CH", "DCAT-AP 2 and 3, DCAT-AP CH"), (".ttl", ".rdf", ".jsonld", ".nt", ".xml"), dcat.is_dcat, dcat.read_dcat),
    _network("pajek", "Pajek", (".net",), text_networks.is_pajek, text_networks.read_pajek),
    _network("dl", "UCINET DL", (".dl",), text_networks.is_dl, text_networks.read_dl),
    _network("edge-list", "edge list", (".ncol", ".edgelist"), text_networks.is_edge_list, text_networks.read_edge_list),
    _network("network-canvas", "Network Canvas", (".csv",), network_canvas.is_network_canvas, network_canvas.read_network_canvas),
    _catalogue("catalogue-csv", Label("catalogue SCDL, udata ou Opendatasoft en CSV", "SCDL, udata or Opendatasoft catalogue in CSV"),
               (".csv",), portals.is_export, portals.read_export),
    Format(
        "text", Label("texte délimité", "delimited text"), (".csv", ".tsv", ".txt"),
        Label("chaque ligne : tables, liste de liens, matrice", "each row: tables, edge list, matrix"), Label("rien", "nothing"),
        _is_text, read_text,
    ),
)  # fmt: skip
