"""The registry of measures and what a definition card says."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecosystem.errors import EcosystemError, Registry, UnknownName
from ecosystem.measures.options import COMMON, Option
from ecosystem.networks.network import Edges, Network
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    import networkx as nx

Function = Callable[..., "pd.Series[Any] | pd.DataFrame"]
F = TypeVar("F", bound=Function)
Of = Literal["actor", "network", "set"]

SUBJECTS: dict[Of, Label] = {
    "actor": Label("chaque acteur", "each actor"),
    "network": Label("le réseau entier", "the whole network"),
    "set": Label("un groupe d'acteurs", "a set of actors"),
}


@dataclass(frozen=True)
class Measure:
    """A measure: how to compute it, and all one needs to cite it.

    Attributes
    ----------
    formula
        In symbols: w a weight, σ shortest paths, d a distance, c weak components, g groups.
    direction, weight, isolates, unit
        What direction and weight mean to it, what an actor without edges gets, and the
        unit with the range.
    reading
        How to read a high value.
    reference
        Author, year and DOI.
    of
        What it measures: each actor, the network, or a set of actors.
    columns
        The columns that its table has beside the value.
    low_first
        Whether a broker has a low value, so that ranks begin with the lowest.
    nominal
        Whether its value is a name, not a quantity: it has no rank and no scale.
    heavy_above
        Number of actors above which the broker table leaves it empty; None: never.
    heavy_size
        Actors times exchanges above which it does so too; None: never.
    of_edges
        The same values by actor code, from plain edges: draws take it, where there is one.
    takes
        What each of its options takes.
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
    of: Of = "actor"
    columns: dict[str, Label] = field(default_factory=dict)
    heavy_above: int | None = None
    low_first: bool = False
    nominal: bool = False
    heavy_size: int | None = None
    of_edges: Callable[[Edges], NDArray[np.float64]] | None = None
    takes: dict[str, Option] = field(default_factory=dict)

    @property
    def options(self) -> dict[str, Any]:
        """What it can be told, by name, with the value it takes otherwise."""
        parameters = list(inspect.signature(self.compute).parameters.values())[1:]
        return {p.name: p.default for p in parameters}

    @property
    def grouped(self) -> bool:
        """Whether it needs a partition of the actors (`partition=`)."""
        return "partition" in self.options

    def too_heavy(self, network: Network) -> bool:
        """Whether the broker table leaves it empty for this network."""
        size = network.n * len(network.edges)
        return (self.heavy_above is not None and network.n > self.heavy_above) or (
            self.heavy_size is not None and size > self.heavy_size
        )

    def __call__(self, network: Network | nx.Graph[Any], **options: Any) -> Any:
        """Compute it: a Series by actor named after it, or the `table` of a network or a set."""
        if self.of != "actor":
            return self.table(network, **options)
        found = self.compute(Network.wrap(network), **self.check(options))
        values = found[self.name] if isinstance(found, pd.DataFrame) else found
        return values.rename(self.name)

    def table(self, network: Network | nx.Graph[Any], **options: Any) -> pd.DataFrame:
        """Compute it as a table.

        Returns
        -------
        DataFrame
            Of actors: one row each, `id` first, the value under the measure's name, then
            `columns`. Of a set: one row a member. Of the network: one row a statistic.
        """
        found = self.compute(Network.wrap(network), **self.check(options))
        frame = found.to_frame(self.name) if isinstance(found, pd.Series) else found
        return frame.rename_axis("id").reset_index() if self.of == "actor" else frame

    def check(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options, if the measure has them all and takes their values.

        Raises
        ------
        EcosystemError
            If it has not, it lists those that it has; if it does not take a value, it says
            what it takes.
        """
        for name, value in options.items():
            if name not in self.options:
                takes = ", ".join(self.options)
                raise EcosystemError(
                    Label(f"la mesure {self.name} n'a pas d'option « {name} »",
                          f"measure {self.name} has no option '{name}'"),
                    Label(f"elle a : {takes}" if takes else "elle n'en a aucune",
                          f"it has: {takes}" if takes else "it has none"),
                )  # fmt: skip
            self.takes[name].check(name, value)
        return options


MEASURES: Registry[Measure] = Registry(Label("mesure", "measure"))
"""Every measure by name."""

P = ParamSpec("P")
T = TypeVar("T")


def remembered(
    function: Callable[Concatenate[Network, P], T],
) -> Callable[Concatenate[Network, P], T]:
    """Compute once for each network what several measures share; nobody may change the result."""

    @functools.wraps(function)
    def recall(network: Network, *args: P.args, **options: P.kwargs) -> T:
        key = (function.__module__, function.__qualname__, args, tuple(options.items()))
        if key not in network.shared:
            network.shared[key] = function(network, *args, **options)
        found: T = network.shared[key]
        return found

    return cast(Callable[Concatenate[Network, P], T], recall)


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
    of: Of = "actor",
    columns: dict[str, Label] | None = None,
    heavy_above: int | None = None,
    low_first: bool = False,
    nominal: bool = False,
    heavy_size: int | None = None,
    of_edges: Callable[[Edges], NDArray[np.float64]] | None = None,
    takes: dict[str, Option] | None = None,
) -> Callable[[F], F]:
    """Register a function under its own name.

    `takes` says what its options take, but for those that all measures share.
    """

    def register(function: F) -> F:
        given = list(inspect.signature(function).parameters)[1:]
        options = {name: o for name, o in (COMMON | (takes or {})).items() if name in given}
        MEASURES[function.__name__] = Measure(
            function.__name__, label, reading, formula, direction, weight, isolates, unit,
            reference, function, of, columns or {}, heavy_above,
            low_first, nominal, heavy_size, of_edges, options,
        )  # fmt: skip
        return function

    return register


def named(name: str, of: Of | None = None, *, ranked: bool = False) -> Measure:
    """The measure of that name.

    Parameters
    ----------
    of
        What it must measure; None: anything.
    ranked
        Whether its values must be quantities.

    Raises
    ------
    UnknownName
        With the names that exist and the nearest.
    """
    known = {n: m for n, m in MEASURES.items() if of in (None, m.of) and not (ranked and m.nominal)}
    if name not in known:
        what = Label("mesure", "measure")
        if of is not None:
            what = Label("mesure de {of}", "measure of {of}").format(of=SUBJECTS[of])
        raise UnknownName(what, name, known)
    return known[name]


DIRECTED = Label("orientée, du fournisseur au destinataire", "directed, provider to recipient")
UNDIRECTED = Label(
    "non orientée : un flux compte dans les deux sens", "undirected: a flow counts both ways"
)
UNWEIGHTED = Label("ignoré", "ignored")
ZERO = Label("0", "0")
UNDEFINED = Label("non défini", "not defined")
DOES_NOT_APPLY = Label("sans objet", "does not apply")


def card(of: Measure) -> list[tuple[Label, Label]]:
    """The lines of a definition card: what is said, and the words."""
    lines = [
        (Label("mesure", "measures"), SUBJECTS[of.of]),
        (Label("lecture", "reading"), of.reading),
        (Label("formule", "formula"), Label(of.formula, of.formula)),
        (Label("orientation", "direction"), of.direction),
        (Label("poids", "weight"), of.weight),
        (Label("acteur isolé", "isolated actor"), of.isolates),
        (Label("unité", "unit"), of.unit),
    ]
    if of.low_first:
        lines.append(
            (
                Label("rang", "rank"),
                Label("1 pour la valeur la plus basse", "1 for the lowest value"),
            )
        )
    if of.grouped:
        lines.append(
            (
                Label("groupes", "groups"),
                Label("une colonne des acteurs, `sector` sauf autre choix, ou `community`",
                      "a column of actors, `sector` unless another is chosen, or `community`"),
            )
        )  # fmt: skip
    others = {k: v for k, v in of.options.items() if k != "partition"}
    if others:
        told = [
            Label("{k}={v} ({takes})", "{k}={v} ({takes})").format(
                k=k, v=v, takes=of.takes[k].words()
            )
            for k, v in others.items()
        ]
        text = Label(", ".join(t.fr for t in told), ", ".join(t.en for t in told))
        lines.append((Label("options", "options"), text))
    lines += [
        (Label("colonne {n}", "column {n}").format(n=name), words)
        for name, words in of.columns.items()
    ]
    if of.heavy_above is not None:
        words = Label("vide au-dessus de {n} acteurs", "empty above {n} actors").format(
            n=_spaced(of.heavy_above)
        )
        if of.heavy_size is not None:
            words = Label(
                "{words}, ou si acteurs × échanges passe {n}",
                "{words}, or if actors × exchanges exceed {n}",
            ).format(words=words, n=_spaced(of.heavy_size))
        lines.append((Label("table des intermédiaires", "broker table"), words))
    return [*lines, (Label("référence", "reference"), Label(of.reference, of.reference))]


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
