"""The registry of measures and what a definition card says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.errors import UnknownName
from ecosystem.networks import Network
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Function = Callable[..., "pd.Series[Any]"]


@dataclass(frozen=True)
class Measure:
    """A measure of actors: how to compute it, and all one needs to cite it.

    Attributes
    ----------
    formula
        In symbols: w a weight, σ shortest paths, c weak components, g groups.
    direction, weight, isolates, unit
        What direction and weight mean to it, what an actor without edges gets, and the
        unit with the range.
    reading
        How to read a high value.
    reference
        Author, year and DOI.
    grouped
        Whether it needs a partition of the actors (`partition=`).
    """

    name: str
    label: Label
    reading: Label
    formula: str
    direction: Label
    weight: Label
    isolates: Label
    unit: Label
    reference: str
    compute: Function
    grouped: bool = False

    def __call__(self, network: Network | nx.Graph[Any], **options: Any) -> pd.Series[Any]:
        """Compute it: a Series by actor id, named after the measure."""
        return self.compute(Network.wrap(network), **options).rename(self.name)


MEASURES: dict[str, Measure] = {}
"""Every measure by name."""


def measure(
    *,
    label: Label,
    reading: Label,
    formula: str,
    direction: Label,
    weight: Label,
    isolates: Label,
    unit: Label,
    reference: str,
    grouped: bool = False,
) -> Callable[[Function], Function]:
    """Register a function under its own name."""

    def register(function: Function) -> Function:
        MEASURES[function.__name__] = Measure(
            function.__name__, label, reading, formula, direction, weight, isolates, unit,
            reference, function, grouped,
        )  # fmt: skip
        return function

    return register


def named(name: str) -> Measure:
    """The measure of that name.

    Raises
    ------
    UnknownName
        With the names that exist and the nearest.
    """
    if name not in MEASURES:
        raise UnknownName(Label("mesure", "measure"), name, MEASURES)
    return MEASURES[name]


DIRECTED = Label("orientée, du fournisseur au destinataire", "directed, provider to recipient")
UNDIRECTED = Label(
    "non orientée : un flux compte dans les deux sens", "undirected: a flow counts both ways"
)
UNWEIGHTED = Label("ignoré", "ignored")
ZERO = Label("0", "0")
UNDEFINED = Label("non défini", "not defined")
