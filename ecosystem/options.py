"""How a study measures: every option in one place, and what each may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.labels import Label
from ecosystem.measures import MEASURES
from ecosystem.measures.stability import SHARE, TOP

_LEAST = {"draws": 0, "permutations": 0, "top": 1, "seed": 0}
"""Options that are whole numbers, and the least that each may be."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a study measures.

    Attributes
    ----------
    weight
        What parallel rows add up to: the `sum` of their weights, or their `count`.
    layer, partition
        Whose network (`flows`, `ties` or `both`); which column of actors (or `community`) gives
        the groups that define the roles of brokers.
    measures
        Names of the measures that the broker table has beside the roles; None: all.
    draws, drop, share, top
        Of the stability of ranks; see `ecosystem.measures.stability.resample`. 0 draws: none;
        None: up to 500, as many as the size of the network allows.
    permutations
        Of the null models; see `ecosystem.ranking.table.against_chance`. 0: no p; None: 999, and
        none of the exchanges of a network that has more than 50,000.
    seed
        Of everything that is drawn.

    Raises
    ------
    EcosystemError
        If a number is not whole, or below what it may be.
    UnknownName
        If a measure does not exist. A layer, a partition or what to drop is told when it is used.
    """

    layer: str = "flows"
    weight: str = "sum"
    partition: str = "sector"
    measures: Collection[str] | None = None
    draws: int | None = None
    permutations: int | None = None
    drop: str = "flows"
    share: float = SHARE
    top: int = TOP
    seed: int = 1

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if value is not None and (not isinstance(value, int) or value < least):
                raise EcosystemError(
                    Label(f"l'option {name} vaut {value!r}", f"option {name} is {value!r}"),
                    Label(f"donnez un nombre entier, {least} au moins", f"give a whole number, {least} at least"),
                )  # fmt: skip
        wanted = [self.measures] if isinstance(self.measures, str) else self.measures or ()
        for name in wanted:
            if name not in MEASURES:
                raise UnknownName(Label("mesure", "measure"), name, MEASURES)
        if isinstance(self.measures, str):
            object.__setattr__(self, "measures", frozenset(wanted))

    def but(self, single: Mapping[str, Any]) -> Options:
        """The same options but for some.

        Raises
        ------
        UnknownName
            If there is no such option.
        """
        known = [field.name for field in fields(self)]
        for name in single:
            if name not in known:
                raise UnknownName(Label("option d'étude", "option of a study"), name, known)
        return replace(self, **single)
