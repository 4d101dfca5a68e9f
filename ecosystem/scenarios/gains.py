"""What one change of a few rows would bring, without making the tables anew.

The same rules as the effects of a scenario, on the rows that the change touches: the tests hold
both to the same answer, on tables edited by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecosystem.gaps.changed import Changed
from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.needs import met
from ecosystem.gaps.services import over, still_missing
from ecosystem.gaps.single_broker import hanging_on
from ecosystem.scenarios.actions import activated, opened, with_flows
from ecosystem.scenarios.registry import World, public_of
from ecosystem.tables.frames import Tables


@dataclass(frozen=True)
class Change:
    """A few rows that would change.

    Attributes
    ----------
    active
        Ids of flows that would be active, without a barrier.
    passed
        Flows that would begin: dataset, provider, recipient.
    opened
        Datasets that would be open to all.
    """

    active: tuple[str, ...] = ()
    passed: tuple[tuple[str, str, str], ...] = ()
    opened: tuple[str, ...] = ()

    def world(self, tables: Tables) -> World:
        """The tables with the change made, as the steps of a scenario make it."""
        tables = activated(tables, tables["flows"]["id"].isin(self.active))
        rows: list[dict[str, Any]] = [
            {"dataset": d, "provider": a, "recipient": b, "status": "active"}
            for d, a, b in self.passed
        ]
        return World(opened(with_flows(tables, rows), [*self.opened]))


@dataclass(frozen=True)
class Gain:
    """What a change brings, as ids in order.

    Attributes
    ----------
    needs
        Needs that are not met, and would be.
    services
        Services that lack a dataset, and would lack none.
    reached
        Actors, no persons, that receive no data (nor, for an authority, one of its departments), and would.
    freed
        Met needs that hang on one broker, and would no more.
    opened
        Datasets that would be open to all.
    """

    needs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    freed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of each, in the order in which conversations are sorted."""
        return tuple(map(len, (self.needs, self.services, self.reached, self.freed, self.opened)))


NO_CHANGE, NO_GAIN = Change(), Gain()


class Gains:
    """What changes bring, on the rows of one territory or of all.

    Parameters
    ----------
    known
        What the rows say.
    needs, services
        Those that count.
    """

    def __init__(self, known: Known, needs: Iterable[Row], services: Iterable[Row]) -> None:
        self._known = known
        self._needs = {row["id"] for row in needs}
        self._services = {row["id"] for row in services if not over(row["description"])}
        self._publics: dict[str | None, str | None] = {}

    @cached_property
    def flow(self) -> Mapping[str, Row]:
        """Every flow by id."""
        return {row["id"]: row for row in self._known.flows}

    def _public(self, territory: str | None) -> str | None:
        """The actor that stands for the general public of a territory."""
        if territory not in self._publics:
            self._publics[territory] = public_of(self._known.tables, territory)
        return self._publics[territory]

    @cached_property
    def _receiving(self) -> set[str | None]:
        """The actors that receive data, and the authorities of which a department does."""
        known = self._known
        return {*known.getters, *(known.authority.get(actor) for actor in known.getters)}

    def of(self, change: Change) -> Gain:
        """What one change brings."""
        known = self._known
        flows: dict[str, Row] = {
            name: {**self.flow[name], "status": "active", "barrier": None} for name in change.active
        }
        for n, (dataset, giver, taker) in enumerate(change.passed):
            flows[f"\0{n}"] = _flow(f"\0{n}", dataset, giver, taker)
        became = [{**known.dataset[d], "access": "open"} for d in change.opened]
        for row in became:
            public = self._public(row["territory"])
            if row["holder"] and public:
                name = f"\0{row['id']}"
                flows[name] = {
                    **_flow(name, row["id"], row["holder"], public),
                    "mode": "open_licence",
                }
        after = Changed(known, flows, became)
        touched = dict.fromkeys(
            [*(f["dataset"] for f in flows.values() if f["dataset"]), *change.opened]
        )
        needs = [
            need
            for dataset in touched
            for need in known.needs_by_dataset.get(dataset, ())
            if need["id"] in self._needs
        ]
        services = {
            s["id"]: s
            for dataset in touched
            for s in known.services_by_dataset.get(dataset, ())
            if s["id"] in self._services
        }
        takers = dict.fromkeys(
            f["recipient"] for f in flows.values() if f["provider"] != f["recipient"]
        )
        return Gain(
            needs=tuple(n["id"] for n in needs if _met(after, n) and not _met(known, n)),
            services=tuple(
                name
                for name, row in services.items()
                if row["operator"] and still_missing(known, row) and not still_missing(after, row)
            ),
            reached=tuple(
                a for a in takers if a not in self._receiving and not known.is_people(a)
            ),
            freed=tuple(
                n["id"] for n in needs if hanging_on(known, n) and not hanging_on(after, n)
            ),
            opened=change.opened,
        )  # fmt: skip


def _met(known: Known, need: Row) -> bool:
    return met(known, need["actor"], need["dataset"]) is not None


def _flow(name: str, dataset: str, giver: str, taker: str) -> Row:
    return {"id": name, "dataset": dataset, "provider": giver, "recipient": taker, "status": "active",
            "mode": None, "barrier": None, "declared_by": None}  # fmt: skip
