"""The registry of gap detectors, and what a finding is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.tables import Tables, records
from ecosystem.territories import check_territory, flows_of, names
from ecosystem.vocabulary import Label, Language

Row = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One gap: a fact with its evidence, not a verdict.

    Attributes
    ----------
    id
        Stable from run to run: the detector and the row it is about.
    reason
        Code of why the gap is there, one of its detector's `reasons`.
    actors, datasets
        Ids of those it is about, the one who feels the gap first.
    evidence
        Rows it comes from, as (table, id).
    population
        How many such things were examined: the denominator.
    """

    id: str
    detector: str
    reason: str
    actors: tuple[str, ...]
    datasets: tuple[str, ...]
    sentence: Label
    next_step: Label
    evidence: tuple[tuple[str, str], ...]
    population: int
    barrier: str | None = None

    def record(self, language: Language) -> dict[str, Any]:
        """The finding as a row of a table."""
        return {
            "id": self.id,
            "kind": self.detector,
            "gap": DETECTORS[self.detector].label.to(language),
            "reason": self.reason,
            "why": DETECTORS[self.detector].reasons[self.reason].to(language),
            "barrier": self.barrier,
            "finding": self.sentence.to(language),
            "next_step": self.next_step.to(language),
            "actors": ";".join(self.actors),
            "datasets": ";".join(self.datasets),
            "evidence": ";".join(f"{table}/{row}" for table, row in self.evidence),
            "out_of": self.population,
        }


@dataclass(frozen=True)
class Detector:
    """A kind of gap: what it is, what it examines, why it may be there.

    Attributes
    ----------
    definition
        When it is there and when not, in a sentence.
    population
        What is counted in the denominator, in words.
    reasons
        Every reason code that its findings may carry.
    """

    name: str
    label: Label
    definition: Label
    population: Label
    reasons: dict[str, Label]
    detect: Callable[[Scene], Iterator[Finding]]


DETECTORS: dict[str, Detector] = {}
"""Every detector by name, in the order in which findings are told."""


def detector(
    name: str, *, label: Label, definition: Label, population: Label, reasons: dict[str, Label]
) -> Callable[[Callable[[Scene], Iterator[Finding]]], Callable[[Scene], Iterator[Finding]]]:
    """Register a generator of findings."""

    def register(
        function: Callable[[Scene], Iterator[Finding]],
    ) -> Callable[[Scene], Iterator[Finding]]:
        DETECTORS[name] = Detector(name, label, definition, population, reasons, function)
        return function

    return register


class Scene:
    """Tables seen from one territory, with the look-ups that detectors share.

    `needs`, `datasets`, `flows` are those of the territory (all without one); look-ups
    know every row, since what a territory lacks may be held elsewhere.
    """

    def __init__(self, tables: Tables, territory: str | None = None) -> None:
        check_territory(tables, territory)
        self.tables = tables
        self.territory = territory
        actors, datasets, needs = tables["actors"], tables["datasets"], tables["needs"]
        self.flows = records(flows_of(tables, territory))
        if territory is not None:
            datasets = datasets[datasets["territory"] == territory]
            own = actors.loc[actors["territory"] == territory, "id"]
            needs = needs[needs["actor"].isin(own)]
        self.datasets = records(datasets)
        self.needs = records(needs)

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Names of actors by id."""
        return names(self.tables["actors"])

    @cached_property
    def dataset(self) -> dict[str, Row]:
        """Every dataset by id."""
        return {row["id"]: row for row in records(self.tables["datasets"])}

    @cached_property
    def flows_by_dataset(self) -> dict[str, list[Row]]:
        """Every flow of each dataset, whatever its status."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in records(self.tables["flows"]):
            if row["dataset"] is not None:
                found[row["dataset"]].append(row)
        return found

    @cached_property
    def receives(self) -> set[str]:
        """Actors with at least one active flow in, from somebody else."""
        flows = self.tables["flows"]
        active = flows[(flows["status"] == "active") & (flows["provider"] != flows["recipient"])]
        return set(active["recipient"])

    @cached_property
    def authority(self) -> dict[str, str]:
        """The top of the chain of parents of every actor: itself if it has none."""
        parent = {r["id"]: r["parent"] for r in records(self.tables["actors"])}
        top = {}
        for actor in parent:
            at, seen = actor, {actor}
            while (above := parent.get(at)) is not None and above not in seen:
                at = above
                seen.add(at)
            top[actor] = at
        return top

    def holder(self, dataset: str) -> str | None:
        """The actor that holds a dataset, as far as it is known."""
        holder: str | None = self.dataset.get(dataset, {}).get("holder")
        return holder

    def actor(self, actor: str) -> str:
        """The name of an actor."""
        return self.actor_names.get(actor, actor)

    def title(self, dataset: str) -> str:
        """The title of a dataset."""
        row = self.dataset.get(dataset)
        return str(row["title"]) if row and row["title"] else dataset


def find_gaps(tables: Tables, territory: str | None = None) -> list[Finding]:
    """Every gap of a territory, in the order of the detectors, then of the rows.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """
    scene = Scene(tables, territory)
    return [finding for kind in DETECTORS.values() for finding in kind.detect(scene)]


def detector_named(name: str) -> Detector:
    """The detector of that name, or UnknownName."""
    if name not in DETECTORS:
        raise UnknownName(Label("sorte de manque", "kind of gap"), name, DETECTORS)
    return DETECTORS[name]


def findings_frame(findings: list[Finding], language: Language = "en") -> pd.DataFrame:
    """Findings as a table, one row each."""
    columns = ["id", "kind", "gap", "reason", "why", "barrier", "finding", "next_step", "actors",
               "datasets", "evidence", "out_of"]  # fmt: skip
    return pd.DataFrame([f.record(language) for f in findings], columns=columns)
