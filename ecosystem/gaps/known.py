"""What tables say of every row, wherever it is: look-ups that all territories share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from ecosystem.gaps.phrases import NOT_NAMED, listed, quote
from ecosystem.gaps.titles import Titles
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import is_public, names, studied
from ecosystem.vocabulary import Label

Row = dict[str, Any]

_OF_FLOWS = ["id", "dataset", "provider", "recipient", "status", "mode", "barrier", "declared_by"]
_OF_DATASETS = ["id", "title", "territory", "holder", "theme", "access", "personal_data"]
"""The columns of the largest tables that rows keep: with all, they take twice the memory."""

UNWRITTEN = ("informal", "unknown", None)
"""Modes of a flow that are no instrument."""

STALLED = ("blocked", "wished", "ended")
"""Statuses of a flow that does not deliver and that nobody has planned."""


class Why(NamedTuple):
    """Why one need is not met: the code, the flows that show it, and who or what else is involved.

    `other` is the actor that has the data inside the authority, the one broker that could
    pass them on, or the like dataset of another territory; else None.
    """

    reason: str
    flows: list[Row]
    other: str | None = None


class Known:
    """What tables say of every row, looked up once for all territories.

    Look-ups of one territory are `Lookups(known, territory)`; what a territory lacks may be
    held elsewhere, and is found here. A row is one object everywhere, and is never changed.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables = tables.complete
        self.answers: dict[tuple[str | None, ...], Why | None] = {}
        """Why needs are not met, by actor, dataset, theme and purpose: kept by `why_unmet`."""
        self._quotes: dict[str, Label] = {}

    @cached_property
    def flows(self) -> list[Row]:
        """Every flow: what is asked of it here and in the wings above."""
        return records(self.tables["flows"][_OF_FLOWS])

    @cached_property
    def actors(self) -> list[Row]:
        """Every actor."""
        return records(self.tables["actors"])

    @cached_property
    def datasets(self) -> list[Row]:
        """Every dataset: what is asked of it here and in the wings above."""
        return records(self.tables["datasets"][_OF_DATASETS])

    @cached_property
    def services(self) -> list[Row]:
        """Every service."""
        return records(self.tables["services"])

    @cached_property
    def needs(self) -> list[Row]:
        """Every need."""
        return records(self.tables["needs"])

    @cached_property
    def ties(self) -> list[Row]:
        """Every tie."""
        return records(self.tables["ties"])

    @cached_property
    def territories(self) -> list[Row]:
        """Every territory that the tables describe."""
        return records(self.tables["territories"])

    @cached_property
    def studied(self) -> list[str]:
        """The territories that findings may be about."""
        return studied(self.tables)

    @cached_property
    def datasets_by_territory(self) -> dict[str, list[Row]]:
        """The datasets of each territory."""
        return _by("territory", self.datasets)

    @cached_property
    def actor_row(self) -> dict[str, Row]:
        """Every actor by id."""
        return {row["id"]: row for row in self.actors}

    @cached_property
    def dataset(self) -> dict[str, Row]:
        """Every dataset by id."""
        return {row["id"]: row for row in self.datasets}

    @cached_property
    def country(self) -> dict[str, str | None]:
        """The country of each territory."""
        return {row["id"]: row["country"] for row in self.territories}

    @cached_property
    def flows_by_territory(self) -> dict[str | None, list[Row]]:
        """The flows that concern each territory: its dataset, provider or recipient is in it."""
        return self.by_territory(self.flows)

    @cached_property
    def _homes(self) -> list[dict[str, str | None]]:
        """The territory of each actor, and that of each dataset."""
        both = self.actors, self.datasets
        return [{row["id"]: row["territory"] for row in rows} for rows in both]

    def by_territory(self, flows: Iterable[Row]) -> dict[str | None, list[Row]]:
        """Those of some flows that concern each territory."""
        home, place = self._homes
        found: dict[str | None, list[Row]] = defaultdict(list)
        for row in flows:
            giver, taker = home.get(row["provider"]), home.get(row["recipient"])
            of = place.get(row["dataset"])
            if giver is not None:
                found[giver].append(row)
            if taker is not None and taker != giver:
                found[taker].append(row)
            if of is not None and of != giver and of != taker:
                found[of].append(row)
        return dict(found)

    @cached_property
    def flows_by_dataset(self) -> dict[str, list[Row]]:
        """Every flow of each dataset, whatever its status."""
        return _by("dataset", self.flows)

    @cached_property
    def transfers(self) -> dict[str, list[Row]]:
        """The flows of each dataset from one actor to another, whatever their status."""
        kept = {row["dataset"] for row in self.flows if row["provider"] == row["recipient"]}
        between = {
            d: [f for f in rows if f["provider"] != f["recipient"]] if d in kept else rows
            for d, rows in self.flows_by_dataset.items()
        }
        return {d: rows for d, rows in between.items() if rows}

    @cached_property
    def deliveries(self) -> dict[str, list[Row]]:
        """The active flows of each dataset from one actor to another."""
        return _by("dataset", self._active)

    @cached_property
    def delivered(self) -> set[tuple[str | None, str]]:
        """Pairs of a dataset and an actor to which another delivers it."""
        return {(row["dataset"], row["recipient"]) for row in self._active}

    @cached_property
    def _active(self) -> list[Row]:
        """The active flows from one actor to another."""
        return [
            row
            for row in self.flows
            if row["status"] == "active" and row["provider"] != row["recipient"]
        ]

    @cached_property
    def needs_by_dataset(self) -> dict[str, list[Row]]:
        """Every need that names a dataset, by dataset."""
        return _by("dataset", self.needs)

    @cached_property
    def services_by_dataset(self) -> dict[str, list[Row]]:
        """Every service that uses a dataset, by dataset."""
        found: dict[str, list[Row]] = {}
        for row in self.services:
            for dataset in row["datasets"] or ():
                found.setdefault(dataset, []).append(row)
        return found

    @cached_property
    def asking(self) -> dict[str, set[str]]:
        """For each dataset, the actors that need it and the operators of services that use it."""
        found: dict[str, set[str]] = {}
        both = [(self.needs_by_dataset, "actor"), (self.services_by_dataset, "operator")]
        for by_dataset, asks in both:
            for dataset, rows in by_dataset.items():
                found.setdefault(dataset, set()).update(row[asks] for row in rows if row[asks])
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
        for row in self._active:
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
    def givers(self) -> set[str]:
        """The actors that give data to another by an active flow."""
        return {row["provider"] for row in self._active}

    @cached_property
    def getters(self) -> set[str]:
        """The actors that get data from another by an active flow."""
        return {row["recipient"] for row in self._active}

    @cached_property
    def ends(self) -> Counter[str]:
        """How many ends of flows each actor is at, whatever their status."""
        ends = Counter(map(itemgetter("provider"), self.flows))
        ends.update(map(itemgetter("recipient"), self.flows))
        return ends

    @cached_property
    def people(self) -> set[str]:
        """The actors that stand for persons: the general public, citizens, users."""
        return {
            row["id"] for row in self.actors if row["type"] == "citizens" or is_public(row["id"])
        }

    def is_people(self, actor: str) -> bool:
        """Whether an actor stands for persons: the general public, citizens, users."""
        return actor in self.people or (actor not in self.actor_row and is_public(actor))

    @cached_property
    def holders(self) -> dict[str, str | None]:
        """The actor that holds each dataset."""
        return {row["id"]: row["holder"] for row in self.datasets}

    def holder(self, dataset: str | None) -> str | None:
        """The actor that holds a dataset, as far as it is known."""
        return self.holders.get(dataset or "")

    @cached_property
    def cited(self) -> dict[str, dict[str, str]]:
        """For each table that cites some, the source of each row by its key; a key of two columns as `a/b`."""
        cited = {}
        for name, table in TABLES.items():
            frame = self.tables[name]
            if "source" in frame.columns and not (frame := frame[frame["source"].notna()]).empty:
                keys = frame[table.key[0]].astype(str)
                for column in table.key[1:]:
                    keys = keys + "/" + frame[column].astype(str)
                cited[name] = dict(zip(keys.tolist(), frame["source"].tolist(), strict=True))
        return cited

    def sources(self, evidence: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The sources that rows cite, each once."""
        cited = self.cited
        found = [cited[table].get(row) for table, row in evidence if table in cited]
        return tuple(dict.fromkeys(filter(None, found))) if found else ()

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Names of actors by id."""
        return names(self.tables["actors"])

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
            return NOT_NAMED
        if dataset not in self._quotes:
            self._quotes[dataset] = quote(self.title(dataset))
        return self._quotes[dataset]

    def flow_words(self, flow: Mapping[str, Any]) -> dict[str, object]:
        """The words for the ends of a flow and for what it carries."""
        names = self.actor_names
        giver, taker = flow["provider"], flow["recipient"]
        return {
            "provider": names.get(giver, giver),
            "recipient": names.get(taker, taker),
            "title": self.quoted(flow["dataset"]),
        }

    def listed(self, actors: Iterable[str], most: int = 4) -> Label:
        """Names of actors in a row, the first few and how many more."""
        return listed([self.actor(actor) for actor in actors], most)

    def titles(self, datasets: Iterable[str], most: int = 3) -> Label:
        """Titles of datasets in a row, the first few and how many more."""
        return listed([*map(self.quoted, datasets)], most)


def _by(column: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by what a column says, without those of which it says nothing."""
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return {value: group for value, group in found.items() if value is not None}
