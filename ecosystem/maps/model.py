"""A study -> the model of a page: what the map shows, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ecosystem.agenda import LISTS, PARTS
from ecosystem.audience import Copy
from ecosystem.files import shipped
from ecosystem.gaps import DETECTORS, Finding
from ecosystem.maps import contract
from ecosystem.maps.layout import place_datasets
from ecosystem.maps.placement import places
from ecosystem.maps.rows import (
    actor_rows,
    around,
    conversation_rows,
    dataset_rows,
    datasets_of,
    finding_rows,
    flow_rows,
    need_rows,
    source_rows,
)
from ecosystem.maps.texts import caution_of, reading, title
from ecosystem.maps.values import (
    CHOICES,
    FEW,
    coded,
    maturity_of,
    measures_of,
    shown_communities,
    stability_of,
    words,
)
from ecosystem.maps.words import LICENCE, NO_LICENCE
from ecosystem.measures.partition import COMMUNITY
from ecosystem.measures.registry import MEASURES, named
from ecosystem.measures.stability import VERDICTS
from ecosystem.study import Study, given
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import actors_of, flows_of, studied, territory_name
from ecosystem.vocabulary import (
    ACCESS,
    ACTOR_TYPES,
    BARRIERS,
    DIMENSIONS,
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

SECTOR = "sector"
"""The colour that is no measure."""
TRUSTED_UP_TO = 1_000
"""Number of actors up to which a page says how far their ranks can be trusted."""
CITING: tuple[Literal["actors", "datasets", "flows", "needs", "maturity"], ...] = (
    "actors", "datasets", "flows", "needs", "maturity",
)  # fmt: skip
"""What a page holds that cites sources."""

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


def of_flows(source: Tables | Copy | Study, territory: str | None, *asked: str) -> Study:
    """The study of what a map draws: the flows, by the measures that it offers and those asked for.

    A study that has measured more already is taken as it is.
    """
    study = given(source, territory)
    if study.options.layer != "flows":
        study = study.but(layer="flows")
    wanted = {*CHOICES, COMMUNITY, *(name for name in asked if name in MEASURES)}
    needed = None if study.network.n <= FEW else frozenset(wanted)
    if study.options.measures == needed or (study.options.measures is None and study.has("ranked")):
        return study
    return study.but(measures=needed)


def page_model(
    study: Study,
    *,
    size: str,
    colour: str,
    seed: int,
    language: Language,
) -> contract.PageModel:
    """The model of the page of a study; see `ecosystem.maps.contract`.

    Raises
    ------
    UnknownName
        If a measure does not exist.
    """
    tables, territory, found, ranked = study.tables, study.territory, study.findings, study.ranked
    measure = named(size, of="actor", ranked=True)
    actors, flows = actors_of(tables, territory), flows_of(tables, territory)
    code = {actor: n for n, actor in enumerate(actors["id"])}
    datasets = datasets_of(tables, territory, flows, set(code))
    number = {dataset: n for n, dataset in enumerate(datasets["id"])}
    asked = [size] if colour == SECTOR else [size, colour]
    offered = measures_of(study.network, actors["id"].tolist(), asked, ranked)
    xy = places(tables, territory, seed=seed)
    spots = place_datasets(xy, around(datasets, flows, code), seed=seed)
    pairs = list(zip(flows["provider"].map(code), flows["recipient"].map(code), strict=True))
    together = studied(tables) if territory is None else []
    model: contract.PageModel = {
        "language": language,
        "title": title(tables, territory, study.name),
        "reading": reading(actors, flows, ranked, found),
        "notice": words(study.copy.notice) if study.copy.notice else None,
        "caution": words(caution) if (caution := caution_of(study)) else None,
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
        "actors": actor_rows(
            actors,
            code,
            xy,
            offered[0]["values"],
            shown_communities(ranked.set_index("id")["community"], list(code), pairs),
            ranked,
            found,
            stability_of(study.stability if study.network.n <= TRUSTED_UP_TO else None),
        ),
        "datasets": dataset_rows(datasets, code, spots),
        "flows": flow_rows(flows, code, number),
        "needs": need_rows(study.lookups, code, number),
        "findings": finding_rows(found, code, number),
        "conversations": conversation_rows(study.agenda, found, code, number),
        "sources": {},
    }
    cited = {row["source"] for kind in CITING for row in model[kind]}
    model["sources"] = source_rows(tables, cited)
    dates = ((source["date"] or "").rpartition("/")[2] for source in model["sources"].values())
    model["date"] = max(dates, default="") or None
    return model


def _codes(found: Sequence[Finding]) -> dict[str, dict[str, contract.Words]]:
    codes = {
        kind: {c: words(code.label) for c, code in codes.items()} for kind, codes in _CODES.items()
    }
    severities = {code: each.label for code, each in SEVERITIES.items()}
    codes |= {"verdict": coded(VERDICTS), "severity": coded(severities)}
    codes |= {"list": coded(LISTS), "part": coded(PARTS)}
    codes["reason"] = {
        f"{f.detector}:{f.reason}": words(
            Label("{gap} : {why}", "{gap}: {why}").format(
                gap=DETECTORS[f.detector].label, why=DETECTORS[f.detector].reasons[f.reason]
            )
        )
        for f in {(f.detector, f.reason): f for f in found}.values()
    }
    return codes
