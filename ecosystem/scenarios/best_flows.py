"""The K pending flows that would meet most needs.

A need is met by one active flow of its dataset to its actor (`ecosystem.ranking.meeting`), so
the needs of one actor for one dataset make a bundle that takes one flow, and bundles share no
flow: the K bundles of most needs are the best choice, exactly. Equal bundles are taken in the
order of their ids, and how many other choices do as well is counted, exactly too.

Only flows whose provider has the dataset count (it holds it, receives it by an active flow, or
nobody is known to hold it): chains of two pending flows are not looked for, and `LIMIT` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import pandas as pd

from ecosystem.errors import EcosystemError
from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups, Seen, lookups_of
from ecosystem.gaps.needs import NO_NEEDS, why_unmet
from ecosystem.scenarios.actions import activated
from ecosystem.scenarios.effects import Outcome, outcome
from ecosystem.scenarios.registry import PENDING, World
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import STATUSES, Label, Language

LIMIT = Label(
    "les chaînes de deux flux en attente (l'un donne le jeu à qui doit encore le transmettre) ne sont pas cherchées",
    "chains of two pending flows (one gives the dataset to who is still to pass it on) are not looked for",
)
"""What a choice of flows does not consider."""


@dataclass(frozen=True)
class Bundle:
    """The needs of one actor for one dataset, and the flows of which any one would meet them.

    Attributes
    ----------
    flows
        The flow that is chosen: the first of `choices`.
    choices
        Ids of the pending flows of which one is enough, in order.
    """

    actor: str
    dataset: str
    needs: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def flows(self) -> tuple[str, ...]:
        """The flow that is chosen."""
        return self.choices[:1]


@dataclass(frozen=True)
class Best:
    """The flows to activate, in bundles, and what activating them all changes.

    Attributes
    ----------
    asked
        How many flows were allowed; fewer are named where more would meet no need.
    candidates
        How many flows could have been chosen.
    as_good
        How many choices of as many flows meet as many needs, this one included.
    lacking
        Where there is nothing to choose from: which table and column would help.
    """

    asked: int
    candidates: int
    bundles: tuple[Bundle, ...]
    outcome: Outcome
    as_good: int
    lacking: Label | None = None

    @property
    def flows(self) -> tuple[str, ...]:
        """Ids of the flows."""
        return tuple(flow for bundle in self.bundles for flow in bundle.flows)

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of the needs that they meet."""
        return tuple(need for bundle in self.bundles for need in bundle.needs)

    def frame(self, language: Language) -> pd.DataFrame:
        """One row a flow, with the needs that its bundle meets."""
        known = Known(self.outcome.before)
        rows: list[dict[str, Any]] = []
        flows = {f["id"]: f for f in known.flows}
        for bundle in self.bundles:
            for flow in bundle.flows:
                row = flows[flow]
                rows.append(
                    {
                        "flow": flow,
                        "status": STATUSES.label(row["status"]).to(language),
                        "provider": known.actor(row["provider"]),
                        "recipient": known.actor(row["recipient"]),
                        "dataset": known.title(bundle.dataset),
                        "needs": bundle.needs,
                    }
                )
        columns = ["flow", "status", "provider", "recipient", "dataset", "needs"]
        return pd.DataFrame(rows, columns=columns)


def best_flows(tables: Tables | Lookups | Seen, most: int, territory: str | None = None) -> Best:
    """The wished, planned and blocked flows, at most `most`, that meet most needs of a territory.

    Exact among the flows that count; of choices that meet as many needs, the one with fewest
    flows, then the first by the ids of actors and datasets, then of flows.

    Parameters
    ----------
    tables
        The tables, look-ups that are made already, or what holds them: a study.

    Raises
    ------
    EcosystemError
        If `most` is below 1.
    UnknownName
        If the territory does not exist.
    """
    if most < 1:
        raise EcosystemError(
            Label(
                f"il faut au moins un flux, pas {most}", f"at least one flow is needed, not {most}"
            )
        )
    lookups = lookups_of(tables, territory)
    tables = lookups.tables
    bundles, candidates = _bundles(lookups)
    chosen = bundles[:most]
    ids = {flow for bundle in chosen for flow in bundle.flows}
    after = World(activated(tables, tables["flows"]["id"].isin(ids)))
    title = Label("les flux qui couvrent le plus de besoins", "the flows that meet most needs")
    changes = outcome(World(tables), after, title, lookups.territory, lookups=lookups)
    lacking = None if bundles else _lacking(lookups)
    return Best(most, candidates, tuple(chosen), changes, _as_good(bundles, most), lacking)


def _bundles(lookups: Lookups) -> tuple[list[Bundle], int]:
    """Every bundle that could meet a need, those of most needs first, and of how many flows."""
    unmet: dict[tuple[str, str], list[str]] = {}
    for need in lookups.needs:
        if need["dataset"] and why_unmet(lookups.known, need):
            unmet.setdefault((need["actor"], need["dataset"]), []).append(need["id"])
    bundles = []
    for (actor, dataset), needs in sorted(unmet.items()):
        able = sorted(
            flow["id"]
            for flow in lookups.known.transfers.get(dataset, ())
            if flow["recipient"] == actor
            and flow["status"] in PENDING
            and _has(lookups, dataset, flow)
        )
        if able:
            bundles.append(Bundle(actor, dataset, tuple(sorted(needs)), tuple(able)))
    bundles.sort(key=lambda bundle: -len(bundle.needs))
    return bundles, sum(len(bundle.choices) for bundle in bundles)


def _lacking(lookups: Lookups) -> Label:
    """What the tables would have to say for a flow to be worth choosing."""
    if not any(need["dataset"] for need in lookups.needs):
        return NO_NEEDS
    return Label(
        "aucun flux souhaité, prévu ou bloqué, d'un fournisseur qui a le jeu, ne va vers un besoin non couvert : "
        "notez dans la table flows (colonne status) ce qui est souhaité, prévu ou bloqué",
        "no wished, planned or blocked flow, from a provider that has the dataset, goes to an unmet need: note in "
        "the table flows (column status) what is wished, planned or blocked",
    )


def _has(lookups: Lookups, dataset: str, flow: Row) -> bool:
    """Whether the provider of a flow has its dataset, as far as it is known."""
    holder = lookups.known.holder(dataset)
    return holder in (None, flow["provider"]) or any(
        f["recipient"] == flow["provider"] and f["status"] == "active"
        for f in lookups.known.flows_by_dataset[dataset]
    )


def _as_good(bundles: list[Bundle], most: int) -> int:
    """How many choices of at most `most` flows meet as many needs with as few flows as the best.

    Bundles that meet more needs than the last one chosen are in every best choice, each by any
    of its flows; of those that meet as many, any that there is room for.
    """
    if not bundles:
        return 0
    worth = [len(bundle.needs) for bundle in bundles]
    least = worth[min(most, len(bundles)) - 1]
    ways = prod(len(b.choices) for b, w in zip(bundles, worth, strict=True) if w > least)
    room = min(most, len(bundles)) - sum(w > least for w in worth)
    picked = [1] + [0] * room  # ways to take 0, 1, … of the equal bundles
    for bundle in (b for b, w in zip(bundles, worth, strict=True) if w == least):
        for size in range(room, 0, -1):
            picked[size] += picked[size - 1] * len(bundle.choices)
    return ways * picked[room]
