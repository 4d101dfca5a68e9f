"""Rows of tables and of results -> rows of the page model, each actor and dataset by its number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from ecosystem.agenda import LISTS, Agenda
from ecosystem.gaps import Finding
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import why_unmet
from ecosystem.maps import contract
from ecosystem.maps.values import words
from ecosystem.ranking.sentences import told
from ecosystem.tables.frames import Tables, records
from ecosystem.vocabulary import LANGUAGES

TOLD = 60
"""How many conversations of each list a map tells; the rest are in the agenda."""
SHOWN_BROKERS = 8
"""How many brokers a map marks and lists."""


def datasets_of(
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


def around(datasets: pd.DataFrame, flows: pd.DataFrame, code: Mapping[str, int]) -> list[list[int]]:
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


def actor_rows(
    actors: pd.DataFrame,
    code: Mapping[str, int],
    xy: Any,
    values: Sequence[float | None],
    community: Sequence[int],
    ranked: pd.DataFrame,
    found: Sequence[Finding],
    stability: Mapping[str, contract.Stability],
) -> list[contract.Actor]:
    """Actors, each with its place, what it does as a broker and the findings that it feels first."""
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


def need_rows(
    lookups: Lookups, code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Need]:
    """Needs, and whether each is met."""
    return [
        {
            "id": need["id"],
            "actor": code[need["actor"]],
            "theme": need["theme"],
            "dataset": number.get(need["dataset"]),
            "purpose": need["purpose"],
            "source": need["source"],
            "met": why_unmet(lookups.known, need) is None,
        }
        for need in lookups.needs
    ]


def finding_rows(
    found: Sequence[Finding], code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Finding]:
    """Findings, about actors and datasets that the page shows."""
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


def conversation_rows(
    agenda: Agenda, found: Sequence[Finding], code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Conversation]:
    """Conversations, the first of each list: those that a page has room for."""
    place = {finding.id: n for n, finding in enumerate(found)}
    rows: list[contract.Conversation] = []
    for name in LISTS:
        for n, talk in enumerate(agenda.of(name)[:TOLD], 1):
            rows.append(
                {
                    "id": talk.id,
                    "list": name,
                    "number": n if name == "bring-about" else None,
                    "title": words(talk.title),
                    "parts": [
                        (part.name, [words(line) for line in part.lines])
                        for part in talk.parts
                        if part.name != "rows"  # the page tells flows and sources itself
                    ],
                    "actors": [code[a] for a in sorted(talk.involved) if a in code],
                    "met": [code[a] for a in (*talk.actors, *talk.wholes) if a in code],
                    "datasets": [number[d] for d in talk.datasets if d in number],
                    "flows": [*talk.flows],
                    "findings": [place[f] for f in talk.findings],
                }
            )
    return rows


def dataset_rows(
    datasets: pd.DataFrame, code: Mapping[str, int], spots: Any
) -> list[contract.Dataset]:
    """Datasets, each with its place."""
    kept = ("theme", "access", "personal_data", "format", "licence", "url")
    return cast(
        list[contract.Dataset],
        [
            {
                "n": n,
                "id": row["id"],
                "title": row["title"] or row["id"],
                "holder": code.get(row["holder"]),
                **{k: row[k] for k in kept},
                "x": round(float(spots[n][0]), 1),
                "y": round(float(spots[n][1]), 1),
                "source": row["source"],
            }
            for n, row in enumerate(records(datasets))
        ],
    )


def flow_rows(
    flows: pd.DataFrame, code: Mapping[str, int], number: Mapping[str, int]
) -> list[contract.Flow]:
    """Flows between actors, with their dataset where it is drawn."""
    kept = ("status", "mode", "barrier", "note", "source")
    return cast(
        list[contract.Flow],
        [
            {
                "id": row["id"],
                "provider": code[row["provider"]],
                "recipient": code[row["recipient"]],
                "dataset": number.get(row["dataset"]),
                **{k: row[k] for k in kept},
            }
            for row in records(flows)
        ],
    )


def source_rows(tables: Tables, cited: set[str | None]) -> dict[str, contract.Source]:
    """The sources that are cited, by id."""
    return {
        row["id"]: {
            "title": row["title"] or row["id"],
            "publisher": row["publisher"],
            "url": row["url"],
            "date": row["date"],
        }
        for row in records(tables["sources"])
        if row["id"] in cited
    }
