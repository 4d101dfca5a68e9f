"""Tables, measures and findings -> the model of a page: what the map shows, in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from ecosystem.audience import Copy
from ecosystem.files import shipped
from ecosystem.gaps import DETECTORS, Finding, find_gaps
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import why_unmet
from ecosystem.maps import contract
from ecosystem.maps.layout import place_datasets
from ecosystem.maps.placement import places
from ecosystem.maps.texts import reading, title
from ecosystem.maps.values import (
    coded,
    maturity_of,
    measures_of,
    shown_communities,
    stability_of,
    words,
)
from ecosystem.maps.words import LICENCE, NO_LICENCE
from ecosystem.measures.registry import named
from ecosystem.measures.stability import VERDICTS
from ecosystem.networks.network import share_network
from ecosystem.ranking.sentences import told
from ecosystem.ranking.table import brokers
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import actors_of, flows_of, studied, territory_name
from ecosystem.vocabulary import (
    ACCESS,
    ACTOR_TYPES,
    BARRIERS,
    DIMENSIONS,
    LANGUAGES,
    LEVELS,
    MODES,
    PERSONAL_DATA,
    SECTORS,
    SEVERITIES,
    STATUSES,
    THEMES,
    Label,
    Language,
)

SHOWN_BROKERS = 8
"""How many brokers a map marks and lists."""
SECTOR = "sector"
"""The colour that is no measure."""

_CODES = {
    "sector": SECTORS,
    "type": ACTOR_TYPES,
    "status": STATUSES,
    "mode": MODES,
    "barrier": BARRIERS,
    "access": ACCESS,
    "theme": THEMES,
    "personal_data": PERSONAL_DATA,
    "dimension": DIMENSIONS,
    "level": LEVELS,
}


def page_model(
    copy: Copy,
    territory: str | None,
    *,
    size: str,
    colour: str,
    seed: int,
    language: Language,
    stability: pd.DataFrame | None = None,
) -> contract.PageModel:
    """The model of the page of a territory; see `ecosystem.maps.contract`.

    Raises
    ------
    UnknownName
        If the territory or a measure does not exist.
    """
    tables = copy.tables
    measure = named(size, of="actor", ranked=True)
    actors = actors_of(tables, territory)
    flows = flows_of(tables, territory)
    code = {actor: n for n, actor in enumerate(actors["id"])}
    datasets = _datasets(tables, territory, flows, set(code))
    number = {dataset: n for n, dataset in enumerate(datasets["id"])}
    found = find_gaps(tables, territory)
    ranked = brokers(tables, territory, draws=0, permutations=0)
    offered = measures_of(
        share_network(tables, territory),
        actors["id"].tolist(),
        [size] if colour == SECTOR else [size, colour],
        ranked,
    )
    xy = places(tables, territory, seed=seed)
    pairs = list(zip(flows["provider"].map(code), flows["recipient"].map(code), strict=True))
    together = studied(tables) if territory is None else []
    around = _around(datasets, flows, code)
    spots = place_datasets(xy, around, seed=seed)
    needs = _needs(tables, territory, code, number)
    name = territory_name(tables, territory)
    model: contract.PageModel = {
        "language": language,
        "title": title(tables, territory, name),
        "reading": reading(actors, flows, ranked, found),
        "notice": words(copy.notice) if copy.notice else None,
        "date": None,
        "licence": words(LICENCE if tables.origin == str(shipped("data")) else NO_LICENCE),
        "measure": {
            "name": measure.name,
            "label": words(measure.label),
            "reading": words(measure.reading),
        },
        "measures": offered,
        "colour": colour,
        "compared": together,
        "maturity": maturity_of(tables, together if territory is None else [territory]),
        "codes": _codes(found),
        "territories": {
            t: territory_name(tables, t).fr for t in actors["territory"].dropna().unique()
        },
        "regions": territory is None and bool(actors["territory"].notna().any()),
        "actors": _actors(
            actors,
            code,
            xy,
            offered[0]["values"],
            shown_communities(ranked.set_index("id")["community"], list(code), pairs),
            ranked,
            found,
            stability_of(stability),
        ),
        "datasets": cast(
            list[contract.Dataset],
            [
                {
                    "n": n,
                    "id": row["id"],
                    "title": row["title"] or row["id"],
                    "holder": code.get(row["holder"]),
                    **{
                        k: row[k]
                        for k in ("theme", "access", "personal_data", "format", "licence", "url")
                    },
                    "x": round(float(spots[n][0]), 1),
                    "y": round(float(spots[n][1]), 1),
                    "source": row["source"],
                }
                for n, row in enumerate(records(datasets))
            ],
        ),
        "flows": cast(
            list[contract.Flow],
            [
                {
                    "id": row["id"],
                    "provider": code[row["provider"]],
                    "recipient": code[row["recipient"]],
                    "dataset": number.get(row["dataset"]),
                    **{k: row[k] for k in ("status", "mode", "barrier", "note", "source")},
                }
                for row in records(flows)
            ],
        ),
        "needs": needs,
        "findings": _findings(found, code, number),
        "sources": {},
    }
    cited = {
        row["source"]
        for kind in ("actors", "datasets", "flows", "needs", "maturity")
        for row in model[kind]
    }
    latest = ""
    for row in records(tables["sources"]):
        if row["id"] in cited:
            model["sources"][row["id"]] = {
                "title": row["title"] or row["id"],
                "publisher": row["publisher"],
                "url": row["url"],
                "date": row["date"],
            }
            latest = max(latest, (row["date"] or "").rpartition("/")[2])
    model["date"] = latest or None
    return model


def _datasets(
    tables: Tables, territory: str | None, flows: pd.DataFrame, actors: set[str]
) -> pd.DataFrame:
    """The datasets of a territory, and those of elsewhere that its flows carry."""
    datasets = tables["datasets"]
    if territory is None:
        return datasets
    own = (datasets["territory"] == territory) & (
        datasets["holder"].isin(actors) | datasets["holder"].isna()
    )
    return datasets[own | datasets["id"].isin(flows["dataset"])]


def _around(
    datasets: pd.DataFrame, flows: pd.DataFrame, code: Mapping[str, int]
) -> list[list[int]]:
    """For each dataset, the actors it stands among: its holder first."""
    members: dict[str, list[int]] = {
        d: [code[h]] if h in code else []
        for d, h in zip(datasets["id"], datasets["holder"], strict=True)
    }
    for end in ("recipient", "provider"):
        for dataset, actor in zip(flows["dataset"], flows[end], strict=True):
            if dataset in members and code[actor] not in members[dataset]:
                members[dataset].append(code[actor])
    return list(members.values())


def _actors(
    actors: pd.DataFrame,
    code: Mapping[str, int],
    xy: Any,
    values: Sequence[float | None],
    community: Sequence[int],
    ranked: pd.DataFrame,
    found: Sequence[Finding],
    stability: Mapping[str, contract.Stability],
) -> list[contract.Actor]:
    spoken = {lang: told(ranked, lang).tolist() for lang in LANGUAGES}
    marked = {
        actor: {"rank": int(rank), "text": {"fr": spoken["fr"][i], "en": spoken["en"][i]}}
        for i, (rank, actor) in enumerate(zip(ranked["rank"], ranked["id"], strict=True))
        if i < SHOWN_BROKERS and not pd.isna(rank)
    }
    roles = {
        actor: {"fr": spoken["fr"][i], "en": spoken["en"][i]}
        for i, (rank, actor) in enumerate(zip(ranked["rank"], ranked["id"], strict=True))
        if not pd.isna(rank)
    }
    importance = _importance(actors, ranked)
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    felt: dict[str, list[int]] = {}
    for i, finding in enumerate(found):
        for actor in finding.actors[:1]:
            felt.setdefault(actor, []).append(i)
    rows = []
    for n, row in enumerate(records(actors)):
        value = values[n]
        share = abs(value) / largest if value is not None and largest else 0.0
        rows.append(
            {
                "n": n,
                "id": row["id"],
                "name": row["name"] or row["id"],
                **{
                    k: row[k]
                    for k in ("territory", "sector", "type", "description", "url", "source")
                },
                "parent": code.get(row["parent"]),
                "outside": bool(row["outside"]),
                "public": bool(row["public"]),
                "x": round(float(xy[n][0]), 1),
                "y": round(float(xy[n][1]), 1),
                "size": round(math.sqrt(share), 4),
                "value": None if value is None else round(value, 6),
                "label_rank": importance[row["id"]],
                "broker": marked.get(row["id"]),
                "role": roles.get(row["id"]),
                "community": community[n],
                "stability": stability.get(row["id"]),
                "gaps": felt.get(row["id"], []),
            }
        )
    return cast(list[contract.Actor], rows)


def _importance(actors: pd.DataFrame, ranked: pd.DataFrame) -> dict[str, int]:
    """The order in which names appear as one zooms: brokers, then the most connected."""
    degree = (ranked["in_degree"] + ranked["out_degree"]).rename("degree")
    order = (
        pd.concat([ranked[["id", "rank", "outside"]], degree], axis=1)
        .sort_values(["rank", "degree", "outside", "id"], ascending=[True, False, True, True])["id"]
        .tolist()
    )
    listed = set(order)
    rest = [a for a in actors["id"] if a not in listed]
    return {actor: i for i, actor in enumerate([*order, *rest])}


def _needs(
    tables: Tables, territory: str | None, code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Need]:
    lookups = Lookups(tables, territory)
    return [
        {
            "id": need["id"],
            "actor": code[need["actor"]],
            "theme": need["theme"],
            "dataset": number.get(need["dataset"]),
            "purpose": need["purpose"],
            "source": need["source"],
            "met": why_unmet(lookups, need) is None,
        }
        for need in lookups.needs
    ]


def _findings(
    found: Sequence[Finding], code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Finding]:
    return [
        {
            "id": f.id,
            "reason": f"{f.detector}:{f.reason}",
            "severity": f.severity,
            "detector": f.detector,
            "sentence": words(f.sentence),
            "next_step": words(f.next_step),
            "actors": [code[a] for a in f.actors if a in code],
            "datasets": [number[d] for d in f.datasets if d in number],
            "flows": [row for table, row in f.evidence if table == "flows"],
        }
        for f in found
    ]


def _codes(found: Sequence[Finding]) -> dict[str, dict[str, contract.Words]]:
    codes = {
        kind: {c: words(code.label) for c, code in codes.items()} for kind, codes in _CODES.items()
    }
    severities = {code: each.label for code, each in SEVERITIES.items()}
    codes |= {"verdict": coded(VERDICTS), "severity": coded(severities)}
    codes["reason"] = {
        f"{f.detector}:{f.reason}": words(
            Label("{gap} : {why}", "{gap}: {why}").format(
                gap=DETECTORS[f.detector].label, why=DETECTORS[f.detector].reasons[f.reason]
            )
        )
        for f in found
    }
    return codes
