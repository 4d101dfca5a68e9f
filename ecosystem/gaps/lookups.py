"""Tables seen from one territory, with the look-ups that detectors share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from ecosystem.gaps.titles import Titles
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import check_territory, flows_of, names, studied, territory_name
from ecosystem.vocabulary import Label

Row = dict[str, Any]


class Lookups:
    """Tables seen from one territory, with the look-ups that detectors share.

    `actors`, `needs`, `datasets`, `services`, `flows`, `ties` are those of the territory
    (all without one); look-ups know every row, since what a territory lacks may be held
    elsewhere. A tie concerns a territory if one of its ends is in it.
    """

    def __init__(
        self, tables: Tables, territory: str | None = None, *, whole: Lookups | None = None
    ) -> None:
        check_territory(tables, territory)
        self.tables = tables
        self.territory = territory
        self._quotes: dict[str, Label] = {}
        self.all_flows: list[Row] = whole.all_flows if whole else records(tables["flows"])
        if whole:  # what is known of every row is the same seen from anywhere
            self.__dict__ |= {name: getattr(whole, name) for name in _SHARED}
        self.flows = self._kept(self.all_flows, tables["flows"], flows_of(tables, territory))
        actors, needs, ties = tables["actors"], tables["needs"], tables["ties"]
        datasets, services = tables["datasets"], tables["services"]
        if territory is not None:
            actors = actors[actors["territory"] == territory]
            datasets = datasets[datasets["territory"] == territory]
            services = services[services["territory"] == territory]
            needs = needs[needs["actor"].isin(actors["id"])]
            ties = ties[ties["from"].isin(actors["id"]) | ties["to"].isin(actors["id"])]
        self.actors = records(actors)
        self.datasets = records(datasets)
        self.services = records(services)
        self.needs = records(needs)
        self.ties = records(ties)

    @staticmethod
    def _kept(rows: list[Row], every: pd.DataFrame, some: pd.DataFrame) -> list[Row]:
        """The rows of `every` that are in `some`, so that a row is one object everywhere."""
        if len(some) == len(every):
            return rows
        return [row for row, kept in zip(rows, every.index.isin(some.index), strict=True) if kept]

    @cached_property
    def parts(self) -> list[Lookups]:
        """One lookups a studied territory, for what is said of a territory; itself if it is one."""
        inside = studied(self.tables) if self.territory is None else []
        if not inside:
            return [self]
        return [Lookups(self.tables, territory, whole=self) for territory in inside]

    @cached_property
    def name(self) -> Label:
        """The name of the territory."""
        return territory_name(self.tables, self.territory)

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Names of actors by id."""
        return names(self.tables["actors"])

    @cached_property
    def actor_row(self) -> dict[str, Row]:
        """Every actor by id."""
        return {row["id"]: row for row in records(self.tables["actors"])}

    @cached_property
    def dataset(self) -> dict[str, Row]:
        """Every dataset by id."""
        return {row["id"]: row for row in records(self.tables["datasets"])}

    @cached_property
    def all_needs(self) -> list[Row]:
        """Every need, wherever it is felt."""
        return self.needs if self.territory is None else records(self.tables["needs"])

    @cached_property
    def all_services(self) -> list[Row]:
        """Every service, wherever it is."""
        return self.services if self.territory is None else records(self.tables["services"])

    @cached_property
    def flows_by_dataset(self) -> dict[str, list[Row]]:
        """Every flow of each dataset, whatever its status."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.all_flows:
            if row["dataset"] is not None:
                found[row["dataset"]].append(row)
        return found

    @cached_property
    def needs_by_dataset(self) -> dict[str, list[Row]]:
        """Every need that names a dataset, by dataset."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.all_needs:
            if row["dataset"] is not None:
                found[row["dataset"]].append(row)
        return found

    @cached_property
    def services_by_dataset(self) -> dict[str, list[Row]]:
        """Every service that uses a dataset, by dataset."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.all_services:
            for dataset in row["datasets"] or ():
                found[dataset].append(row)
        return found

    @cached_property
    def held_titles(self) -> Titles:
        """The datasets that somebody holds, by theme and by word of their title."""
        return Titles(self.dataset.values())

    @cached_property
    def gives_to(self) -> dict[str, dict[str, list[Row]]]:
        """For each actor, whom it gives data to by active flows, and these flows; no loops."""
        return self._exchanges("provider", "recipient")

    @cached_property
    def gets_from(self) -> dict[str, dict[str, list[Row]]]:
        """For each actor, whom it gets data from by active flows, and these flows; no loops."""
        return self._exchanges("recipient", "provider")

    def _exchanges(self, one: str, other: str) -> dict[str, dict[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {}
        for row in self.all_flows:
            if row["status"] == "active" and row[one] != row[other]:
                found.setdefault(row[one], {}).setdefault(row[other], []).append(row)
        return found

    @cached_property
    def authority(self) -> dict[str, str]:
        """The top of the chain of parents of every actor: itself if it has none."""
        parent = {a: r["parent"] for a, r in self.actor_row.items()}
        top = {}
        for actor in parent:
            at, seen = actor, {actor}
            while (above := parent.get(at)) is not None and above not in seen:
                at = above
                seen.add(at)
            top[actor] = at
        return top

    @cached_property
    def lead(self) -> str | None:
        """The actor that findings about the whole territory are told to.

        Among the public authorities of the territory, the one at an end of most of its flows,
        its departments included; without an authority, among all its actors.
        """
        rows: Counter[str] = Counter(flow["provider"] for flow in self.flows)
        rows.update(flow["recipient"] for flow in self.flows)
        ends: Counter[str] = Counter()
        for actor, count in rows.items():
            ends[self.authority.get(actor, actor)] += count
        own = [row for row in self.actors if not self.is_public(row["id"])]
        candidates = [row for row in own if row["type"] == "authority"] or own
        ranked = sorted(candidates, key=lambda row: (-ends[row["id"]], row["id"]))
        return ranked[0]["id"] if ranked else None

    def holder(self, dataset: str | None) -> str | None:
        """The actor that holds a dataset, as far as it is known."""
        holder: str | None = self.dataset.get(dataset or "", {}).get("holder")
        return holder

    def actor(self, actor: str) -> str:
        """The name of an actor."""
        return self.actor_names.get(actor, actor)

    def title(self, dataset: str) -> str:
        """The title of a dataset."""
        row = self.dataset.get(dataset)
        return str(row["title"]) if row and row["title"] else dataset

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Names of territories by id."""
        return names(self.tables["territories"])

    def place(self, territory: str) -> str:
        """The name of a territory."""
        return self.place_names.get(territory, territory)

    def within(self, actor: str, territory: str | None) -> str:
        """The name of a territory in brackets, if that of the actor does not tell it already."""
        place = self.place(territory or "")
        return "" if place in ("", self.actor(actor)) else f" ({place})"

    def quoted(self, dataset: str | None) -> Label:
        """The title of a dataset in quotation marks, or words for data that are not named."""
        if dataset is None:
            return Label("des données non précisées", "data that are not named")
        if dataset not in self._quotes:
            self._quotes[dataset] = quote(self.title(dataset))
        return self._quotes[dataset]

    def listed(self, actors: Iterable[str], most: int = 4) -> Label:
        """Names of actors in a row, the first few and how many more."""
        return listed([self.actor(actor) for actor in actors], most)

    def titles(self, datasets: Iterable[str], most: int = 3) -> Label:
        """Titles of datasets in a row, the first few and how many more."""
        found = list(datasets)
        quoted = [self.quoted(dataset) for dataset in found[:most]]
        more = len(found) - len(quoted)
        return Label(
            ", ".join(q.fr for q in quoted) + (f" et {more} de plus" if more else ""),
            ", ".join(q.en for q in quoted) + (f" and {more} more" if more else ""),
        )

    @staticmethod
    def is_public(actor: object) -> bool:
        """Whether an actor stands for the general public as re-user of open data."""
        return str(actor).startswith(PUBLIC_PREFIX)

    def is_people(self, actor: str) -> bool:
        """Whether an actor stands for persons: the general public, citizens, users."""
        return self.is_public(actor) or self.actor_row.get(actor, {}).get("type") == "citizens"


_SHARED = (
    "actor_names",
    "actor_row",
    "all_needs",
    "all_services",
    "authority",
    "dataset",
    "flows_by_dataset",
    "gets_from",
    "gives_to",
    "held_titles",
    "needs_by_dataset",
    "services_by_dataset",
)
"""The look-ups over every row, which look-ups of the same tables share."""


def listed(words: list[str], most: int = 4) -> Label:
    """Words in a row, the first few and how many more."""
    more = len(words) - most
    shown = ", ".join(words[:most])
    if more <= 0:
        return Label(shown, shown)
    return Label(f"{shown} et {more} de plus", f"{shown} and {more} more")


def quote(text: str) -> Label:
    """A text in the quotation marks of each language."""
    return Label(f"« {text} »", f"'{text}'")
