"""Tables of what a program holds already: data frames, NetworkX and igraph graphs, lists of edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.errors import EcosystemError
from ecosystem.formats import networks
from ecosystem.formats.material import Material, Sheet, text
from ecosystem.intake.answers import Answers, Key
from ecosystem.intake.importing import import_material
from ecosystem.intake.told import undecided, with_warnings
from ecosystem.labels import Label
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables
from ecosystem.tables.repairs import Place

if TYPE_CHECKING:
    import networkx as nx
    from igraph import Graph as IGraph

Given = Mapping[tuple[str, str, str], str]
"""Answers to questions, each by (about, field, value) as `mapping.toml` has them."""


def from_frames(*, answers: Given | None = None, **frames: pd.DataFrame) -> Tables:
    """Tables of data frames, whatever their columns are called, as `ecosystem import` understands them.

    Parameters
    ----------
    answers
        To the questions that were asked before, by (about, field, value).
    **frames
        By the name of the table: `actors`, `flows`, `datasets`, `needs` …

    Returns
    -------
    Tables
        Each repair is a warning of `ecosystem.check`.

    Raises
    ------
    DataError
        If something has to be decided first; the error says what.
    EcosystemError
        If there is no such table, or what is given is no data frame.

    Examples
    --------
    >>> import ecosystem, pandas
    >>> flows = pandas.DataFrame({"De": ["A", "B"], "Vers": ["B", "C"], "Poids": [2, 1]})
    >>> ecosystem.from_frames(flows=flows)
    <Tables of data frames: 3 actors, 2 flows>
    """
    sheets = []
    for name, frame in frames.items():
        if name not in TABLES or not isinstance(frame, pd.DataFrame):
            known = ", ".join(TABLES)
            kind = type(frame).__name__
            raise EcosystemError(
                Label(f"from_frames : {name} = {kind}", f"from_frames: {name} = {kind}"),
                Label(f"donnez des DataFrame, nommés {known}", f"give DataFrames, named {known}"),
            )
        sheets.append(_sheet(name, frame))
    if not sheets:
        raise EcosystemError(
            Label("from_frames : rien n'est donné", "from_frames: nothing is given"),
            Label("par exemple from_frames(flows=flows)", "for instance from_frames(flows=flows)"),
        )
    return _tables(
        Material(Label("", ""), Place("data frames"), sheets=sheets), answers, "data frames"
    )


def _sheet(name: str, frame: pd.DataFrame) -> Sheet:
    columns = []
    for at in range(frame.shape[1]):
        column = frame.iloc[:, at]
        missing = column.isna()
        values = column.astype(object).where(~missing, None).tolist()
        columns.append([value if isinstance(value, str) else _cell(value) for value in values])
    return Sheet(
        Place(name), [str(c) for c in frame.columns], columns, range(1, len(frame) + 1), name
    )


def _cell(value: Any) -> str:
    if hasattr(value, "item") and not isinstance(value, list | tuple):
        value = value.item()
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    return text(value)


def from_networkx(G: nx.Graph[Any], *, answers: Given | None = None) -> Tables:
    """Tables of a NetworkX graph: nodes are actors, edges flows; undirected edges go both ways.

    Parameters
    ----------
    G
        Node and edge attributes become columns where `ecosystem import` understands their names.

    Raises
    ------
    DataError
        If something has to be decided first.

    Examples
    --------
    >>> import ecosystem, networkx
    >>> ecosystem.from_networkx(networkx.DiGraph([("A", "B"), ("B", "C")]))
    <Tables of NetworkX graph: 3 actors, 2 flows>
    """
    nodes = [{"id": node, **_plain(data)} for node, data in G.nodes(data=True)]
    edges = [{**_plain(data), "source": a, "target": b} for a, b, data in G.edges(data=True)]
    left = [name for name in str(G.graph.get("computed", "")).split(";") if name]
    return _tables(
        networks.material(Label("", ""), Place("graph"), nodes, edges, directed=G.is_directed(), left=left),
        answers, "NetworkX graph",
    )  # fmt: skip


def from_igraph(g: IGraph, *, answers: Given | None = None) -> Tables:
    """Tables of an igraph graph: vertices, by their `name` where they have one, are actors, edges flows.

    Raises
    ------
    DataError
        If something has to be decided first.
    """
    named = "name" in g.vs.attributes()
    ids = [str(v["name"]) if named else str(v.index) for v in g.vs]
    nodes = [{"id": key, **_plain({k: x for k, x in v.attributes().items() if k != "name"})}
             for key, v in zip(ids, g.vs, strict=True)]  # fmt: skip
    edges = [
        {**_plain(e.attributes()), "source": ids[e.source], "target": ids[e.target]} for e in g.es
    ]
    made = networks.material(Label("", ""), Place("graph"), nodes, edges, directed=g.is_directed())
    return _tables(made, answers, "igraph graph")


def from_edges(
    edges: pd.DataFrame | Iterable[Sequence[Any]], *, directed: bool = True, answers: Given | None = None
) -> Tables:  # fmt: skip
    """Tables of a list of edges: who gives, who receives, and how much where there is a third.

    Parameters
    ----------
    edges
        Pairs or triples, or a data frame whose columns `ecosystem import` understands.
    directed
        Whether an edge goes one way only.

    Raises
    ------
    DataError
        If something has to be decided first.
    EcosystemError
        If an edge is no pair and no triple.
    """
    if isinstance(edges, pd.DataFrame):
        sheet = _sheet("flows", edges)
        if not directed:
            sheet = Sheet(
                sheet.place, sheet.header, sheet.columns, sheet.lines, "flows", directed=False
            )
        return _tables(Material(Label("", ""), sheet.place, sheets=[sheet]), answers, "edges")
    rows = []
    for number, edge in enumerate(edges, 1):
        if isinstance(edge, str) or not isinstance(edge, Sequence) or len(edge) not in (2, 3):
            raise EcosystemError(
                Label(f"l'arête {number} n'est ni une paire ni un triplet : {edge!r}",
                      f"edge {number} is neither a pair nor a triple: {edge!r}"),
                Label("donnez (qui donne, qui reçoit) ou (qui donne, qui reçoit, poids)",
                      "give (who gives, who receives) or (who gives, who receives, weight)"),
            )  # fmt: skip
        rows.append(dict(zip(("source", "target", "weight"), edge, strict=False)))
    made = networks.material(Label("", ""), Place("edges"), [], rows, directed=directed)
    return _tables(made, answers, "edges")


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {str(k): v for k, v in data.items() if isinstance(v, str | int | float | bool)}


def _tables(made: Material, answers: Given | None, origin: str) -> Tables:
    given = {Key(*key): answer for key, answer in (answers or {}).items()}
    found = import_material([made], Answers(given, "answers"), origin=origin)
    if found.open:
        keys = ", ".join(f"{tuple(q.key)!r}: {q.proposed!r}" for q in found.open[:4])
        error = undecided(found, origin)
        raise type(error)(
            error.message,
            Label(f"répondez avec answers={{{keys}}}", f"answer with answers={{{keys}}}"),
        )
    return with_warnings(found)
