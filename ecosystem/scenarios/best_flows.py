"""The K pending flows that would meet most needs.

Whether a need is met depends only on the flows of its dataset to its actor: it takes one of
them active without a barrier, and none blocked. Needs of one actor for one dataset therefore
make a bundle, bundles share no flow, and choosing K flows is a knapsack: a bundle costs the
flows it takes and is worth the needs it meets. It is solved exactly, by dynamic programming.

Only flows whose provider has the dataset count (it holds it, receives it by an active flow, or
nobody is known to hold it): a chain of two wished flows is not looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ecosystem.errors import EcosystemError
from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups, Seen, lookups_of
from ecosystem.gaps.needs import why_unmet
from ecosystem.scenarios.actions import activated
from ecosystem.scenarios.effects import Outcome, outcome
from ecosystem.scenarios.registry import PENDING, World
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import STATUSES, Label, Language


@dataclass(frozen=True)
class Bundle:
    """Flows that together meet the needs of one actor for one dataset."""

    actor: str
    dataset: str
    flows: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Best:
    """The flows to activate, in bundles, and what activating them all changes.

    Attributes
    ----------
    asked
        How many flows were allowed; fewer are named where more would meet no need.
    candidates
        How many flows could have been chosen.
    """

    asked: int
    candidates: int
    bundles: tuple[Bundle, ...]
    outcome: Outcome

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
                        "needs": ";".join(bundle.needs),
                    }
                )
        columns = ["flow", "status", "provider", "recipient", "dataset", "needs"]
        return pd.DataFrame(rows, columns=columns)


def best_flows(tables: Tables | Lookups | Seen, most: int, territory: str | None = None) -> Best:
    """The wished, planned and blocked flows, at most `most`, that meet most needs of a territory.

    Exact among the flows that count; of sets that meet as many needs, the one with fewest flows,
    then the first in the order of the needs.

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
    chosen = _chosen(bundles, most)
    ids = {flow for bundle in chosen for flow in bundle.flows}
    after = World(activated(tables, tables["flows"]["id"].isin(ids)))
    title = Label("les flux qui couvrent le plus de besoins", "the flows that meet most needs")
    changes = outcome(World(tables), after, title, lookups.territory, lookups=lookups)
    return Best(most, candidates, tuple(chosen), changes)


def _bundles(lookups: Lookups) -> tuple[list[Bundle], int]:
    """Every bundle that could meet a need, and how many flows they are made of."""
    unmet: dict[tuple[str, str], list[str]] = {}
    for need in lookups.needs:
        if need["dataset"] and why_unmet(lookups, need):
            unmet.setdefault((need["actor"], need["dataset"]), []).append(need["id"])
    bundles = []
    seen: set[str] = set()
    for (actor, dataset), needs in unmet.items():
        towards = [
            f
            for f in lookups.known.flows_by_dataset.get(dataset, ())
            if f["recipient"] == actor and f["provider"] != actor
        ]
        able = [f for f in towards if f["status"] in PENDING and _has(lookups, dataset, f)]
        seen |= {f["id"] for f in able}
        if flows := _fewest(towards, able):
            bundles.append(Bundle(actor, dataset, tuple(flows), tuple(needs)))
    return bundles, len(seen)


def _has(lookups: Lookups, dataset: str, flow: Row) -> bool:
    """Whether the provider of a flow has its dataset, as far as it is known."""
    holder = lookups.known.holder(dataset)
    return holder in (None, flow["provider"]) or any(
        f["recipient"] == flow["provider"] and f["status"] == "active"
        for f in lookups.known.flows_by_dataset[dataset]
    )


def _fewest(towards: list[Row], able: list[Row]) -> list[str]:
    """The fewest flows whose activation lets a dataset reach an actor unhindered; none if none do."""
    blocked = [f for f in towards if f["status"] == "blocked"]
    if any(f not in able for f in blocked):
        return []
    free = any(f["status"] == "active" and not f["barrier"] for f in towards)
    if blocked or free:
        return [f["id"] for f in blocked]
    return [f["id"] for f in able[:1]]


def _chosen(bundles: list[Bundle], most: int) -> list[Bundle]:
    """The bundles of at most `most` flows that meet most needs: a knapsack, solved exactly."""
    best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())] * (most + 1)
    for n, bundle in enumerate(bundles):
        cost, worth = len(bundle.flows), len(bundle.needs)
        for room in range(most, cost - 1, -1):
            met, spent, picked = best[room - cost]
            if (met + worth, -(spent + cost)) > (best[room][0], -best[room][1]):
                best[room] = (met + worth, spent + cost, (*picked, n))
    return [bundles[n] for n in best[most][2]]
