"""The title of a map and its reading: one paragraph of what is to be seen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ecosystem.gaps import Finding
from ecosystem.maps import contract
from ecosystem.maps.values import words
from ecosystem.ranking.sentences import WEIGHED
from ecosystem.study import Study
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import LANGUAGES, Label


def title(tables: Tables, territory: str | None, name: Label) -> contract.Words:
    """What the map is of."""
    if territory is None:
        count = len(studied(tables))
        if count > 1:
            return words(
                Label(f"{count} territoires : qui partage quelles données",
                      f"{count} territories: who shares which data")
            )  # fmt: skip
        return words(Label("Qui partage quelles données", "Who shares which data"))
    return words(
        Label("{name} : qui partage quelles données", "{name}: who shares which data").format(
            name=name
        )
    )


def reading(
    actors: pd.DataFrame,
    flows: pd.DataFrame,
    ranked: pd.DataFrame,
    found: Sequence[Finding],
) -> contract.Words:
    """One paragraph: how to read the map, and what stands out on it."""
    active = int((flows["status"] == "active").sum())
    unmet = [f for f in found if f.detector == "unmet-need"]
    told_of = {"active": active, "other": len(flows) - active, "actors": len(actors)}
    parts = [
        Label(
            "Chaque forme est un acteur, chaque flèche des données transmises : {active} flux actifs en trait "
            "plein, {other} prévus, souhaités, bloqués ou terminés en trait interrompu ou pâle.",
            "Each shape is an actor, each arrow data passed on: {active} active flows as solid lines, "
            "{other} planned, wished for, blocked or ended ones as broken or faint lines.",
        ).format(**told_of)
    ]
    first = ranked[ranked["rank"] == 1]
    if not first.empty:
        parts.append(
            Label(
                "Le plus de chemins de données passent par {broker}.",
                "Most data paths run through {broker}.",
            ).format(broker=first["name"].iloc[0])
        )
    if unmet:
        parts.append(
            Label(
                "{count} besoins sur {total} ne sont pas entièrement couverts.",
                "{count} of {total} needs are not fully met.",
            ).format(count=len(unmet), total=unmet[0].population)
        )
    return words(Label(" ".join(p.fr for p in parts), " ".join(p.en for p in parts)))


def caution_of(study: Study) -> Label | None:
    """How what the page says is to be read: of a copy that is not complete, of flows that are weighed."""
    weighed = WEIGHED if study.network.row_weights is not None else None
    said = [label for label in (study.copy.caution, weighed) if label is not None]
    return (
        Label(*(" ".join(label.to(lang) for label in said) for lang in LANGUAGES)) if said else None
    )
