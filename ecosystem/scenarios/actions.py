"""What each step of a scenario does to the tables."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd

from ecosystem.errors import DataError
from ecosystem.scenarios.files import Step
from ecosystem.scenarios.registry import (
    PENDING,
    World,
    action,
    bilateral,
    flows_in,
    public_of,
)
from ecosystem.schema import TABLES
from ecosystem.tables.checks import check
from ecosystem.tables.frames import Tables, records, typed
from ecosystem.tables.reading import read_file
from ecosystem.tables.territories import names
from ecosystem.vocabulary import STATUSES, Label


@action(
    "remove-actor",
    label=Label(
        "retire un acteur, avec ses flux, besoins, liens et services ; ses jeux restent, sans détenteur ni accès",
        "removes an actor, with its flows, needs, ties and services; its datasets stay, without a holder or access",
    ),
    keys={"actor": "actor"},
    needed=("actor",),
)
def remove_actor(world: World, step: Step, _: Path) -> World:
    """Take an actor out of every table."""
    actor, tables = step.values["actor"], world.tables
    people, flows, ties = tables["actors"], tables["flows"], tables["ties"]
    held = (tables["datasets"]["holder"] == actor).fillna(False)
    access = tables["datasets"]["access"].mask(held, "unknown")
    left = flows[(flows["provider"] != actor) & (flows["recipient"] != actor)]
    note = Label(
        f"acteur retiré : « {names(people)[actor]} », avec {len(flows) - len(left)} flux",
        f"'{names(people)[actor]}' is removed, with {len(flows) - len(left)} flows",
    )
    return world.noting(
        note,
        tables=tables.replace(
            actors=_without(people[people["id"] != actor], "parent", actor),
            flows=left.reset_index(drop=True),
            needs=_rows(tables, "needs", "actor", actor),
            services=_rows(tables, "services", "operator", actor),
            ties=ties[(ties["from"] != actor) & (ties["to"] != actor)].reset_index(drop=True),
            datasets=_without(
                tables["datasets"].assign(access=access.astype("str")), "holder", actor
            ),
        ),
    )


def _rows(tables: Tables, name: str, column: str, value: str) -> pd.DataFrame:
    """A table without the rows of a value; empty cells stay."""
    frame = tables[name]
    return frame[(frame[column] != value).fillna(True)].reset_index(drop=True)


def _without(frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    """A table whose column is emptied where it has a value."""
    cells = frame[column].mask((frame[column] == value).fillna(False))
    return frame.assign(**{column: cells.astype("str")}).reset_index(drop=True)


@action(
    "open-dataset",
    label=Label(
        "ouvre un jeu : accès ouvert, et publication par son détenteur sous licence ouverte",
        "opens a dataset: open access, and publication by its holder under an open licence",
    ),
    keys={"dataset": "dataset"},
    needed=("dataset",),
)
def open_dataset(world: World, step: Step, _: Path) -> World:
    """Make a dataset open to all."""
    dataset = step.values["dataset"]
    title = names(world.tables["datasets"], "title")[dataset]
    note = Label(f"« {title} » est ouvert à tous", f"'{title}' is open to all")
    return world.noting(note, tables=opened(world.tables, [dataset]))


def opened(tables: Tables, datasets: list[str]) -> Tables:
    """Tables in which datasets are open, and published where there is a public to publish to."""
    frame, flows = tables["datasets"], tables["flows"]
    chosen = frame["id"].isin(datasets)
    rows = []
    for row in records(frame[chosen]):
        public = public_of(tables, row["territory"])
        if row["holder"] is None or public is None:
            continue
        known = (flows["dataset"] == row["id"]) & (flows["recipient"] == public)
        if (known & (flows["status"] == "active")).any():
            continue
        rows.append({"dataset": row["id"], "provider": row["holder"], "recipient": public,
                     "status": "active", "mode": "open_licence"})  # fmt: skip
    access = frame["access"].mask(chosen, "open")
    grown = tables.replace(datasets=frame.assign(access=access.astype("str")))
    return with_flows(grown, rows)


def with_flows(tables: Tables, rows: list[dict[str, Any]]) -> Tables:
    """Tables with more flows, each with an id of its own."""
    if not rows:
        return tables
    flows = tables["flows"]
    taken, number, ids = set(flows["id"]), 0, []
    for row in rows:
        if row.get("id"):
            ids.append(row["id"])
            continue
        while (name := f"what-if-{(number := number + 1)}") in taken:
            pass
        ids.append(name)
    columns = {c: [row.get(c) for row in rows] for c in flows.columns if c != "id"}
    more = typed(TABLES["flows"], {"id": ids, **columns}, len(rows))
    return tables.replace(flows=pd.concat([flows, more], ignore_index=True))


@action(
    "activate",
    label=Label(
        "rend actifs, sans obstacle, les flux souhaités, prévus ou bloqués d'une portée",
        "makes the wished, planned or blocked flows of a scope active, without a barrier",
    ),
    keys={"statuses": "status", "flows": "flow", "territory": "territory", "theme": "theme",
          "actors": "actor", "datasets": "dataset"},
)  # fmt: skip
def activate(world: World, step: Step, _: Path) -> World:
    """Make pending flows active."""
    tables, values = world.tables, step.values
    statuses = values.get("statuses", list(PENDING))
    chosen = tables["flows"]["status"].isin(statuses) & flows_in(
        tables, territory=values.get("territory"), theme=values.get("theme"),
        actors=values.get("actors"), datasets=values.get("datasets"),
    )  # fmt: skip
    if "flows" in values:
        chosen &= tables["flows"]["id"].isin(values["flows"])
    said = [STATUSES[status].label for status in statuses]
    words = (", ".join(s.fr for s in said), ", ".join(s.en for s in said))
    count = int(chosen.sum())
    note = Label(
        f"flux rendus actifs ({words[0]}) : {count}", f"flows made active ({words[1]}): {count}"
    )
    return world.noting(note, tables=activated(tables, chosen))


def activated(tables: Tables, chosen: pd.Series[bool]) -> Tables:
    """Tables in which the chosen flows are active, without a barrier."""
    if not chosen.any():
        return tables
    flows = tables["flows"]
    status = flows["status"].mask(chosen, "active").astype("str")
    barrier = flows["barrier"].mask(chosen).astype("str")
    return tables.replace(flows=flows.assign(status=status, barrier=barrier))


@action(
    "add-flows",
    label=Label(
        "ajoute les flux d'un fichier CSV aux colonnes de flows.csv, à côté du scénario",
        "adds the flows of a CSV file with the columns of flows.csv, beside the scenario",
    ),
    keys={"file": "file"},
    needed=("file",),
)
def add_flows(world: World, step: Step, folder: Path) -> World:
    """Add flows from a file."""
    path = folder / step.values["file"]
    given = read_file(path, "flows")
    rows = given["flows"]
    taken = set(world.tables["flows"]["id"])
    own = [f"{path.stem}-{n}" for n in range(1, len(rows) + 1)]
    if "id" not in given.headers["flows"]:
        rows = rows.assign(id=pd.Series(own, dtype="str"))
    whole = Tables(
        {**world.tables.frames, "flows": rows}, given.origin, lines=given.lines, problems=given.problems
    )  # fmt: skip
    found = [
        dataclasses.replace(p, file=path.name)
        for p in check(whole)
        if p.severity == "error" and p.file in (path.name, "flows.csv", "flows")
    ]
    clash = sorted(taken & set(rows["id"]))
    if found or clash:
        told = [f"{step.place.fr} : file : {p.to('fr')}" for p in found]
        said = [f"{step.place.en}: file: {p.to('en')}" for p in found]
        if clash:
            told.append(f"{step.place.fr} : file : {path.name} : flux déjà là : {', '.join(clash)}")
            said.append(
                f"{step.place.en}: file: {path.name}: flows already there: {', '.join(clash)}"
            )
        raise DataError(
            Label("\n".join(told), "\n".join(said)),
            Label("colonnes : celles de flows.csv", "columns: those of flows.csv"),
        )  # fmt: skip
    note = Label(
        f"flux ajoutés de {path.name} : {len(rows)}", f"flows added from {path.name}: {len(rows)}"
    )
    return world.noting(note, tables=with_flows(world.tables, records(rows)))


@action(
    "replace-agreements",
    label=Label(
        "remplace les conventions et contrats entre acteurs d'une portée, selon « by » : une plateforme "
        "(platform), un tiers de confiance (third-party), la publication ouverte (open)",
        "replaces the agreements and contracts between actors of a scope, as 'by' says: a shared platform "
        "(platform), a trusted third party (third-party), open publication (open)",
    ),
    keys={"by": "by", "hub": "hub", "territory": "territory", "theme": "theme", "actors": "actor",
          "datasets": "dataset"},
    needed=("by",),
)  # fmt: skip
def replace_agreements(world: World, step: Step, _: Path) -> World:
    """Replace bilateral agreements by one arrangement for all."""
    tables, values = world.tables, step.values
    chosen = bilateral(tables) & flows_in(
        tables, territory=values.get("territory"), theme=values.get("theme"),
        actors=values.get("actors"), datasets=values.get("datasets"), between=True,
    )  # fmt: skip
    count = int(chosen.sum())
    note = Label(
        f"flux dont la convention est remplacée ({values['by']}) : {count}",
        f"flows whose agreement is replaced ({values['by']}): {count}",
    )
    if values["by"] == "open":
        return world.noting(note, tables=_published(tables, chosen, step))
    tables, hub = _with_hub(tables, values["hub"]), values["hub"]
    if values["by"] == "third-party":
        under = {flow: hub for flow in tables["flows"].loc[chosen, "id"]}
        return world.noting(note, tables=tables, frameworks={**world.frameworks, **under})
    return world.noting(note, tables=_through(tables, chosen, hub))


def _with_hub(tables: Tables, hub: str) -> Tables:
    """Tables in which the hub is an actor: it may be a new one."""
    actors = tables["actors"]
    if hub in set(actors["id"]):
        return tables
    row = typed(TABLES["actors"], {"id": [hub], "name": [hub], "type": ["network"]}, 1)
    extra = [c for c in actors.columns if c not in row.columns]
    row = row.assign(**{c: pd.Series([None], dtype=actors[c].dtype) for c in extra})
    return tables.replace(actors=pd.concat([actors, row[actors.columns]], ignore_index=True))


def _through(tables: Tables, chosen: pd.Series[bool], hub: str) -> Tables:
    """Tables in which the chosen flows pass through the hub, one flow in and one out a dataset."""
    flows = tables["flows"]
    kept = flows[~chosen | (flows["provider"] == hub) | (flows["recipient"] == hub)]
    legs: dict[tuple[str, str, str | None], None] = {}
    for row in records(flows[chosen]):
        if hub not in (row["provider"], row["recipient"]):
            legs[row["provider"], hub, row["dataset"]] = None
            legs[hub, row["recipient"], row["dataset"]] = None
    active = kept[kept["status"] == "active"]
    there = {(r["provider"], r["recipient"], r["dataset"]) for r in records(active)}
    rows = [
        {"provider": a, "recipient": b, "dataset": d, "status": "active", "mode": "agreement"}
        for a, b, d in legs
        if (a, b, d) not in there
    ]
    return with_flows(tables.replace(flows=kept.reset_index(drop=True)), rows)


def _published(tables: Tables, chosen: pd.Series[bool], step: Step) -> Tables:
    """Tables in which the datasets of the chosen flows are open."""
    flows, frame = tables["flows"], tables["datasets"]
    datasets = set(flows.loc[chosen, "dataset"].dropna())
    personal = sorted(
        frame.loc[frame["id"].isin(datasets) & (frame["personal_data"] == "yes"), "id"]
    )
    if personal:
        raise DataError(
            Label(f"{step.place.fr} : by : des jeux contiennent des données personnelles : {', '.join(personal)}",
                  f"{step.place.en}: by: datasets hold personal data: {', '.join(personal)}"),
            Label("nommez les jeux à ouvrir avec « datasets »", "name the datasets to open with 'datasets'"),
        )  # fmt: skip
    open_now = chosen & flows["dataset"].notna()
    mode = flows["mode"].mask(open_now, "open_licence").astype("str")
    return opened(tables.replace(flows=flows.assign(mode=mode)), sorted(datasets))
