"""What a conversation says it brings equals what the tables say once its rows are edited by hand."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

import ecosystem
from ecosystem.agenda import Agenda
from ecosystem.gaps import find_gaps
from ecosystem.scenarios.effects import View
from ecosystem.scenarios.gains import Gain
from ecosystem.scenarios.registry import World
from ecosystem.tables.frames import Tables
from tests.agenda.test_planted import bare

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, list(rows[0]))
        made.writeheader()
        made.writerows(rows)


def edited(source: Path, folder: Path, change: Any) -> Path:
    """The files with the rows of a change edited as one would in a spreadsheet."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("scenarios"))
    flows, datasets = read(folder / "flows.csv"), read(folder / "datasets.csv")
    for row in flows:
        if row["id"] in change.active:
            row["status"], row["barrier"] = "active", ""
    for n, (dataset, giver, taker) in enumerate(change.passed):
        blank = dict.fromkeys(flows[0], "")
        flows.append(blank | {"id": f"new-{n}", "dataset": dataset, "provider": giver, "recipient": taker,
                              "status": "active"})  # fmt: skip
    for row in datasets:
        if row["id"] in change.opened:
            row["access"] = "open"
    write(folder / "flows.csv", flows)
    write(folder / "datasets.csv", datasets)
    return folder


def met(folder: Path, territory: str | None) -> set[str]:
    """The needs that are met, by the rule as the documentation words it, from the files alone."""
    actors = {row["id"]: row for row in read(folder / "actors.csv")}
    datasets = {row["id"]: row for row in read(folder / "datasets.csv")}
    arriving = {
        (row["recipient"], row["dataset"])
        for row in read(folder / "flows.csv")
        if row["status"] == "active" and not row["barrier"] and row["provider"] != row["recipient"]
    }
    return {
        need["id"]
        for need in read(folder / "needs.csv")
        if territory in (None, actors[need["actor"]]["territory"])
        and (data := datasets.get(need["dataset"]))
        and (
            data["holder"] == need["actor"]
            or data["access"] == "open"
            or (need["actor"], need["dataset"]) in arriving
        )
    }


def receiving(folder: Path) -> set[str]:
    """The actors that receive data, and the authorities of which a department does."""
    rows = {row["id"]: row for row in read(folder / "actors.csv")}
    found = {f["recipient"] for f in read(folder / "flows.csv")
             if f["status"] == "active" and f["provider"] != f["recipient"]}  # fmt: skip
    above = set()
    for actor in found:
        while parent := rows[actor]["parent"]:
            actor = parent
        above.add(actor)
    return found | above


def lacking(tables: Tables, territory: str | None) -> set[str]:
    """Services that lack data, as the findings have them."""
    found = find_gaps(tables, territory)
    return {
        row
        for f in found
        if f.detector == "service-lacks-data"
        for table, row in f.evidence
        if table == "services"
    }


TERRITORIES = ["antony", "geneve", "la-rochelle", "poitiers", "pompey"]


@pytest.mark.parametrize("territory", TERRITORIES)
def test_what_it_brings_is_what_the_edited_files_say(
    shipped_tables: Tables, tmp_path: Path, territory: str
) -> None:
    source = Path(ecosystem.__file__).parents[1] / "data"
    agenda = ecosystem.conversations(shipped_tables, territory)
    before, had = met(source, territory), receiving(source)
    lacked = lacking(shipped_tables, territory)
    told = 0
    for n, talk in enumerate(agenda.of("bring-about")):
        folder = edited(source, tmp_path / str(n), talk.change)
        assert {*talk.gain.needs} == met(folder, territory) - before, talk.id
        people = {a["id"] for a in read(folder / "actors.csv") if a["type"] == "citizens"}
        assert {*talk.gain.reached} == receiving(folder) - had - people, talk.id
        after = lacking(ecosystem.read(folder), territory)
        assert {*talk.gain.services} == lacked - after, talk.id
        told += len(talk.gain.needs)
    assert told


@pytest.mark.parametrize("territory", [None, *TERRITORIES])
def test_it_is_what_the_scenario_engine_says(shipped_tables: Tables, territory: str | None) -> None:
    study = ecosystem.Study(shipped_tables, territory)
    before = View(World(study.tables), study.lookups)
    hanging = {f.evidence[0][1] for f in study.findings if f.detector == "hangs-on-one"}
    for talk in study.agenda:
        if talk.change.active or talk.change.passed or talk.change.opened:
            other = ecosystem.Study(talk.change.world(study.tables).tables, territory)
            after = View(World(other.tables), other.lookups)
            assert {*talk.gain.needs} == after.met - before.met, talk.id
            left = {f.evidence[0][1] for f in other.findings if f.detector == "hangs-on-one"}
            assert {*talk.gain.freed} == hanging - left - {n for n in hanging if n not in after.met}


def test_a_second_route_frees_a_need_and_the_engine_agrees() -> None:
    rows = bare()
    holder, broker, asker = (rows.actor(name=n) for n in ("Holder", "Broker", "Asker"))
    dataset = rows.dataset(holder)
    rows.flow(holder, broker, dataset)
    rows.flow(broker, asker, dataset)
    need = rows.need(asker, dataset, purpose="Why")
    study = ecosystem.Study(rows.made(), draws=0, permutations=0)
    (talk,) = study.agenda.of("watch")
    assert talk.gain == Gain(freed=(need,))
    after = ecosystem.Study(talk.change.world(study.tables).tables, draws=0, permutations=0)
    assert not any(f.detector == "hangs-on-one" for f in after.findings)


def test_the_tables_given_are_not_changed(shipped_tables: Tables) -> None:
    before = {name: frame.copy() for name, frame in shipped_tables.items()}
    agenda: Agenda = ecosystem.conversations(shipped_tables, "la-rochelle")
    assert [part for talk in agenda for part in talk.parts]
    assert all(frame.equals(shipped_tables[name]) for name, frame in before.items())
