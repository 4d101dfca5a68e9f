"""Every gap detector on 5,000 actors, 50,000 datasets, 200,000 flows and 20,000 needs.

The machine is measured too, by a plain loop over the same rows: one dictionary look-up a cell.
Both are seconds of one processor, and their ratio says more than seconds where other work runs
beside. A finding is found without its words, which are put together when they are first read.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.measuring import table
from ecosystem.agenda import agenda_of
from ecosystem.gaps import DETECTORS, find_gaps
from ecosystem.gaps.lookups import Lookups
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, records, typed
from ecosystem.vocabulary import BARRIERS, THEMES

ACTORS, DATASETS, FLOWS, NEEDS = 5_000, 50_000, 200_000, 20_000
SERVICES, TIES, TERRITORIES = 2_000, 10_000, 10
BOUND = 30.0
"""Seconds of one processor that all detectors may take together: the time on a quiet machine."""

_WORDS = (
    *("air", "eau", "bruit", "trafic", "velo", "bus", "parking", "energie", "gaz", "chauffage"),
    *("solaire", "dechet", "arbre", "batiment", "parcelle", "adresse", "budget", "ecole", "menu"),
    *("election", "emploi", "entreprise", "logement", "sante", "population", "tourisme"),
    *("chantier", "eclairage", "capteur", "carte"),
)
ENDS = ("active", "planned", "wished", "blocked", "ended")


AGENDA_AIM = 2
"""How many times the detectors the agenda may take."""


def generated(seed: int = 1) -> Tables:
    """Ten territories where a third of actors are departments and every kind of gap occurs."""
    draw = random.Random(seed)
    places = [f"t{i}" for i in range(TERRITORIES)]
    actors = [f"reutilisateurs-{place}" for place in places]
    actors += [f"a{i}" for i in range(ACTORS - TERRITORIES)]
    datasets = [f"d{i}" for i in range(DATASETS)]
    themes = [*THEMES]
    holders = draw.choices([*actors[TERRITORIES:], None], k=DATASETS)
    given = [draw.randrange(DATASETS) for _ in range(FLOWS)]
    providers, recipients = _ends(draw, actors, holders, given)
    wanted = [draw.randrange(FLOWS) for _ in range(NEEDS)]
    columns: dict[str, dict[str, list[Any]]] = {
        "territories": {
            "id": places,
            "name": places,
            "kind": ["commune"] * TERRITORIES,
            "country": ["FR"] * TERRITORIES,
            "population": draw.choices([2_000, 50_000, None], k=TERRITORIES),
        },
        "actors": {
            "id": actors,
            "name": [f"Actor {a}" for a in actors],
            "territory": [places[i % TERRITORIES] for i in range(ACTORS)],
            "type": draw.choices(["authority", "administration", "company", "citizens"], k=ACTORS),
            "sector": draw.choices(["public", "private", "mixed"], k=ACTORS),
            "parent": [f"a{i - i % 30}" if i % 3 == 1 and i > 30 else None for i in range(ACTORS)],
        },
        "datasets": {
            "id": datasets,
            "title": [" ".join(draw.sample(_WORDS, 3)) + f" {d}" for d in datasets],
            "territory": draw.choices(places, k=DATASETS),
            "holder": holders,
            "theme": draw.choices(themes, k=DATASETS),
            "access": draw.choices(["open", "shared", "closed", "unknown"], k=DATASETS),
            "personal_data": draw.choices(["yes", "no", "unknown"], k=DATASETS),
        },
        "flows": {
            "id": [f"f{i}" for i in range(FLOWS)],
            "dataset": [datasets[d] for d in given],
            "provider": providers,
            "recipient": recipients,
            "status": draw.choices(ENDS, [6, 1, 1, 1, 1], k=FLOWS),
            "mode": draw.choices(["contract", "agreement", "informal", "open_licence"], k=FLOWS),
            "barrier": draw.choices([None, *BARRIERS], [20, *[1] * len(BARRIERS)], k=FLOWS),
            "declared_by": draw.choices(["provider", "recipient", "both", None], k=FLOWS),
        },
        "needs": {
            "id": [f"n{i}" for i in range(NEEDS)],
            "actor": [
                recipients[f] if i % 2 else draw.choice(actors) for i, f in enumerate(wanted)
            ],
            "theme": draw.choices(themes, k=NEEDS),
            "dataset": [datasets[given[f]] if i % 4 else None for i, f in enumerate(wanted)],
            "purpose": [" ".join(draw.sample(_WORDS, 4)) for _ in range(NEEDS)],
        },
        "services": {
            "id": [f"s{i}" for i in range(SERVICES)],
            "name": [f"Service {i}" for i in range(SERVICES)],
            "territory": draw.choices(places, k=SERVICES),
            "operator": draw.choices(actors, k=SERVICES),
            "datasets": [tuple(draw.sample(datasets, 3)) for _ in range(SERVICES)],
            "status": draw.choices(["idea", "prototype", "live"], k=SERVICES),
        },
        "ties": {
            "id": [f"l{i}" for i in range(TIES)],
            "from": draw.choices(actors, k=TIES),
            "to": draw.choices(actors, k=TIES),
            "kind": draw.choices(["partnership", "contract", "membership"], k=TIES),
        },
        "maturity": {
            "territory": places,
            "dimension": ["sharing"] * TERRITORIES,
            "level": draw.choices([0, 1, 2, 3, 4], k=TERRITORIES),
        },
    }
    frames = {
        name: typed(t, columns.get(name, {}), len(next(iter(columns.get(name, {}).values()), [])))
        for name, t in TABLES.items()
    }
    return Tables(frames, "generated")


def _ends(
    draw: random.Random, actors: list[str], holders: list[str | None], given: list[int]
) -> tuple[list[str], list[str]]:
    """Who passes what on: half the time the holder, else somebody who got it, else anybody."""
    providers, recipients = [], []
    last: dict[int, str] = {}
    for dataset in given:
        chance = draw.random()
        giver = holders[dataset] if chance < 0.5 else last.get(dataset) if chance < 0.8 else None
        providers.append(giver or draw.choice(actors))
        taker = draw.choice(actors[:TERRITORIES] if draw.random() < 0.2 else actors)
        recipients.append(taker)
        last[dataset] = taker
    return providers, recipients


def plain_loop(tables: Tables) -> int:
    """The measure of the machine: every row of flows, needs and datasets looked up by its ids."""
    known = {row["id"]: row for name in ("actors", "datasets") for row in records(tables[name])}
    found = 0
    for name, ends in (("flows", ("provider", "recipient", "dataset")), ("needs", ("actor", "dataset")),
                       ("datasets", ("holder",))):  # fmt: skip
        for row in records(tables[name]):
            found += sum(known.get(row[end]) is not None for end in ends)
    return found


def processor(function: Callable[[], object]) -> float:
    """Seconds of one processor that a call takes."""
    start = time.process_time()
    function()
    return time.process_time() - start


def run() -> None:
    print(f"## Gaps: {ACTORS:,} actors, {DATASETS:,} datasets, {FLOWS:,} flows, {NEEDS:,} needs\n")
    tables = generated()
    base = min(processor(lambda: plain_loop(tables)) for _ in range(3))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: list[Any] = []
    held = Lookups(tables)  # as a study holds them, for findings and agenda
    whole = processor(lambda: found.extend(find_gaps(held)))
    words = processor(lambda: [finding.record("fr") for finding in found])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = Counter(f.detector for f in found)
    agenda: list[Any] = []
    talked = processor(lambda: agenda.extend(agenda_of(held, found)))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = processor(lambda: [talk.parts for talk in agenda[:1000]])
    talks = len(agenda)
    agenda.clear()
    found.clear()  # else the collector walks them again and again beside the detectors
    lookups = Lookups(tables)
    rows: list[tuple[object, ...]] = []
    for name, kind in DETECTORS.items():
        seconds = processor(lambda kind=kind: sum(1 for _ in kind.detect(lookups)))
        rows.append((name, counts[name], seconds, seconds / base))
    rows.sort(key=lambda row: -float(str(row[2])))
    rows.append(("**all, with their sources, in order**", counts.total(), whole, whole / base))
    table(
        ["detector", "findings", "processor seconds", "ratio to a plain loop over the rows"], rows
    )
    print(
        f"{whole:.1f} s of one processor (bound: {BOUND:.0f} s); plain loop {base:.2f} s; words of every finding, "
        f"in both languages, when they are read: {words:.1f} s; "
        f"peak {peak:,.0f} MB, of which {before:,.0f} MB are the tables and Python\n"
    )
    print(
        f"Agenda of these findings: {talks:,} conversations in {talked:.1f} s, {talked / whole:.2f} times the detectors "
        f"(aim: {AGENDA_AIM}); what a thousand of them say, when read: {told:.1f} s; peak {most:,.0f} MB\n"
    )
    if whole > BOUND:
        raise SystemExit(f"all detectors took {whole:.1f} s, more than {BOUND:.0f} s")
