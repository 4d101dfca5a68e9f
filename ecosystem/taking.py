"""What a public function takes for its tables: tables, a path, a study, data frames, a graph."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from ecosystem.audience import Copy
from ecosystem.errors import EcosystemError
from ecosystem.labels import Label
from ecosystem.tables.frames import Tables

if TYPE_CHECKING:
    from ecosystem.networks.network import Network

F = TypeVar("F", bound=Callable[..., Any])


def taken(source: Any) -> Tables | Copy:
    """The tables of whatever tables can be made of; a copy for an audience stays one.

    Parameters
    ----------
    source
        Tables, or a copy of them for an audience; a study; a path or an address, as `read` takes it;
        data frames by the name of their table; a data frame of edges; a NetworkX or igraph graph.

    Raises
    ------
    DataError
        If something in it has to be decided first, or it cannot be read.
    EcosystemError
        If no tables can be made of it.
    """
    if isinstance(source, Tables | Copy):
        return source
    if isinstance(of_study := getattr(source, "copy", None), Copy):
        return of_study
    if isinstance(source, str | Path):
        from ecosystem.sources import read

        return read(source)
    if (
        isinstance(source, pd.DataFrame | Mapping)
        or hasattr(source, "nodes")
        or hasattr(source, "vs")
    ):
        from ecosystem.intake import objects
        from ecosystem.tables.checks import checked

        if isinstance(source, pd.DataFrame):
            return checked(objects.from_edges(source))
        if isinstance(source, Mapping) and all(isinstance(name, str) for name in source):
            return checked(objects.from_frames(**source))
        if hasattr(source, "nodes") and hasattr(source, "edges"):
            return checked(objects.from_networkx(source))
        if hasattr(source, "vs"):
            return checked(objects.from_igraph(source))
    kind = type(source).__name__
    raise EcosystemError(
        Label(f"de « {kind} » aucune table ne peut être faite", f"no tables can be made of '{kind}'"),
        Label("donnez un chemin, des Tables (ecosystem.read), une Study, un graphe NetworkX ou igraph, "
              "ou des DataFrame (ecosystem.from_frames)",
              "give a path, Tables (ecosystem.read), a Study, a NetworkX or igraph graph, "
              "or DataFrames (ecosystem.from_frames)"),
    )  # fmt: skip


def of_tables(function: F) -> F:
    """The same function, whose first argument may be whatever tables can be made of."""

    @functools.wraps(function)
    def called(*arguments: Any, **options: Any) -> Any:
        if arguments:
            source = taken(arguments[0])
            tables = source.tables if isinstance(source, Copy) else source
            arguments = (tables, *arguments[1:])
        return function(*arguments, **options)

    return called  # type: ignore[return-value]


def of_study(function: F) -> F:
    """The same of a function that takes a study as it is, with all that it has looked up already."""
    of_any = of_tables(function)

    @functools.wraps(function)
    def called(*arguments: Any, **options: Any) -> Any:
        first = arguments[0] if arguments else None
        as_it_is = not isinstance(first, str | Path) and any(
            hasattr(first, n) for n in ("lookups", "parts")
        )
        return (function if as_it_is else of_any)(*arguments, **options)

    return called  # type: ignore[return-value]


def of_network(function: F) -> F:
    """The same function, whose first argument may be a network, a graph, or whatever tables can be made of."""

    @functools.wraps(function)
    def called(*arguments: Any, **options: Any) -> Any:
        if arguments:
            arguments = (_network(arguments[0]), *arguments[1:])
        return function(*arguments, **options)

    return called  # type: ignore[return-value]


def _network(source: Any) -> Network:
    from ecosystem.networks.network import Network, share_network

    if isinstance(source, Network):
        return source
    if hasattr(source, "nodes") and hasattr(source, "edges"):
        return Network.wrap(source)
    if isinstance(own := getattr(source, "network", None), Network):
        return own
    found = taken(source)
    return share_network(found.tables if isinstance(found, Copy) else found)
