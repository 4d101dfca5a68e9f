"""The registry of gap detectors, and what a finding is."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from ecosystem.errors import Registry, UnknownName, spoken
from ecosystem.gaps.known import Known
from ecosystem.gaps.lookups import Lookups, Seen, lookups_of
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.notebook import html_table
from ecosystem.vocabulary import SEVERITIES, THEMES, Label, Language

COLUMNS = ["id", "severity", "kind", "gap", "reason", "why", "barrier", "finding", "next_step",
           "actors", "datasets", "path", "evidence", "sources", "out_of"]  # fmt: skip
"""The columns of a table of findings."""
SHOWN = 20
"""Findings that a notebook shows of a longer list."""


class Finding(
    NamedTuple
):  # made by the hundred thousand: a frozen dataclass takes three times as long
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
        Rows it comes from, as (table, id); a row with a key of two columns as `a/b`.
    population
        How many such things were examined: the denominator.
    severity
        How much it weighs, by its detector's visible rule: a code of `SEVERITIES`.
    path
        Ids of the actors on the route it is about, from the holder on; empty without one.
    sources
        Ids of the sources that its evidence cites.
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
    severity: str
    barrier: str | None = None
    path: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def record(self, language: Language) -> dict[str, Any]:
        """The finding as a row of a table."""
        spoken(language)
        kind = DETECTORS[self.detector]
        return {
            "id": self.id,
            "severity": self.severity,
            "kind": self.detector,
            "gap": kind.label.to(language),
            "reason": self.reason,
            "why": kind.reasons[self.reason].to(language),
            "barrier": self.barrier,
            "finding": self.sentence.to(language),
            "next_step": self.next_step.to(language),
            "actors": self.actors,
            "datasets": self.datasets,
            "path": self.path,
            "evidence": tuple(f"{table}/{row}" for table, row in self.evidence),
            "sources": self.sources,
            "out_of": self.population,
        }


class Findings(list[Finding]):
    """A list of findings, which shows the heaviest as a table in a notebook."""

    def _repr_html_(self) -> str:
        told = self[:SHOWN]
        caption = f"{len(self)} findings" + (f", the first {SHOWN}" if len(self) > SHOWN else "")
        return html_table(
            caption,
            ("severity", "gap", "finding", "next step", "id"),
            [
                (f.severity, DETECTORS[f.detector].label, f.sentence, f.next_step, f.id)
                for f in told
            ],
        )


@dataclass(frozen=True)
class Detector:
    """A kind of gap: what it is, what it examines, why it may be there, how much it weighs.

    Attributes
    ----------
    definition
        When it is there and when not, in a sentence.
    population
        What is counted in the denominator, in words.
    reasons
        Every reason code that its findings may carry.
    severity
        The rule that gives each finding its severity, in words.
    """

    name: str
    label: Label
    definition: Label
    population: Label
    reasons: dict[str, Label]
    severity: Label
    detect: Callable[[Lookups], Iterator[Finding]]


DETECTORS: Registry[Detector] = Registry(Label("sorte de manque", "kind of gap"))
"""Every detector by name."""

Detect = Callable[[Lookups], Iterator[Finding]]


def detector(
    name: str,
    *,
    label: Label,
    definition: Label,
    population: Label,
    reasons: dict[str, Label],
    severity: Label,
) -> Callable[[Detect], Detect]:
    """Register a generator of findings."""

    def register(function: Detect) -> Detect:
        DETECTORS[name] = Detector(name, label, definition, population, reasons, severity, function)
        return function

    return register


def find_gaps(tables: Tables | Lookups | Seen, territory: str | None = None) -> Findings:
    """Every gap of a territory: the heaviest first, then by id.

    Parameters
    ----------
    tables
        The tables, look-ups that are made already, or what holds them: a study.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """
    with uncollected():
        lookups = lookups_of(tables, territory)
        found = [finding for kind in DETECTORS.values() for finding in kind.detect(lookups)]
        return Findings(in_order(_with_sources(found, lookups.known)))


def _with_sources(found: Iterable[Finding], known: Known) -> Iterator[Finding]:
    """Findings with the sources that their evidence cites."""
    if not known.cited:
        yield from found
        return
    for finding in found:
        sources = known.sources(finding.evidence)
        yield Finding(*finding[:-1], sources) if sources else finding


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: it would walk again and again over findings that all stay.

    Nor at once afterwards: what is there counts as old, and is searched when Python searches all.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # else somebody wants things to stay frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings with the heaviest first, then by id: whatever the order of the rows they come from."""
    rank = {severity: i for i, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda finding: (rank[finding.severity], finding.id))


def detector_named(name: str) -> Detector:
    """The detector of that name, or UnknownName."""
    if name not in DETECTORS:
        raise UnknownName(Label("sorte de manque", "kind of gap"), name, DETECTORS)
    return DETECTORS[name]


def selected(
    found: Sequence[Finding],
    tables: Tables,
    *,
    kinds: Sequence[str] = (),
    reasons: Sequence[str] = (),
    severities: Sequence[str] = (),
    themes: Sequence[str] = (),
    actors: Sequence[str] = (),
) -> list[Finding]:
    """The findings that match every condition; a condition with several names takes any of them.

    A finding has a theme if one of its datasets or one of the rows of its evidence has it.

    Raises
    ------
    UnknownName
        If a kind, reason, severity, theme or actor does not exist.
    """
    for kind in kinds:
        detector_named(kind)
    asked: list[tuple[Label, Sequence[str], Iterable[str]]] = [
        (Label("raison", "reason"), reasons, {r for d in DETECTORS.values() for r in d.reasons}),
        (Label("gravité", "severity"), severities, SEVERITIES),
        (Label("thème", "theme"), themes, THEMES),
        (Label("acteur", "actor"), actors, tables["actors"]["id"]),
    ]
    for what, names, known in asked:
        for name in names:
            if name not in set(known):
                raise UnknownName(what, name, known)
    themed = _themed(tables, set(themes)) if themes else {}
    return [
        f
        for f in found
        if (not kinds or f.detector in kinds)
        and (not reasons or f.reason in reasons)
        and (not severities or f.severity in severities)
        and (not actors or set(actors) & {*f.actors, *f.path})
        and (
            not themes
            or any(dataset in themed["datasets"] for dataset in f.datasets)
            or any(row in themed.get(table, ()) for table, row in f.evidence)
        )
    ]


def _themed(tables: Tables, themes: set[str]) -> dict[str, set[str]]:
    """For each table that has themes, the ids of the rows of these."""
    return {
        name: set(frame.loc[frame["theme"].isin(themes), "id"])
        for name, frame in tables.items()
        if {"id", "theme"} <= set(frame.columns)
    }


def finding_named(found: Sequence[Finding], name: str) -> Finding:
    """The finding of that id, or UnknownName."""
    for finding in found:
        if finding.id == name:
            return finding
    raise UnknownName(Label("constat", "finding"), name, [f.id for f in found])


def evidence_rows(tables: Tables, finding: Finding) -> list[tuple[str, dict[str, Any]]]:
    """The rows a finding comes from, as (table, row), columns that say nothing left out."""
    rows = []
    for name, key in finding.evidence:
        table, frame = TABLES[name], tables[name]
        parts = key.split("/", len(table.key) - 1)
        for column, part in zip(table.key, parts, strict=True):
            frame = frame[frame[column].astype(str) == part]
        for row in records(frame):
            rows.append((name, {k: v for k, v in row.items() if v not in (None, ())}))
    return rows


def findings_frame(findings: Iterable[Finding], language: Language = "en") -> pd.DataFrame:
    """Findings as a table, one row each."""
    return pd.DataFrame([f.record(language) for f in findings], columns=COLUMNS)
