"""Needs that name no dataset: an aim, of which nobody has said which data would serve it."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import REASONS, unmet, why_unmet
from ecosystem.gaps.registry import Finding, detector
from ecosystem.vocabulary import Label


@detector(
    "no-dataset-named",
    label=Label("besoin sans jeu nommé", "need that names no dataset"),
    definition=Label(
        "Le besoin dit un thème ou un but, et aucun jeu : on ne peut pas dire s'il est couvert, et il n'est pas "
        "compté parmi les besoins non couverts (`unmet-need`).",
        "The need says a theme or an aim, and no dataset: whether it is met cannot be said, and it is not counted "
        "among unmet needs (`unmet-need`).",
    ),
    population=Label("besoins exprimés", "needs expressed"),
    reasons={name: REASONS[name].label for name in ("elsewhere", "no-dataset")},
    severity=Label(
        "Moyenne si un jeu semblable existe dans un autre territoire, sinon faible.",
        "Medium if a like dataset exists in another territory, else low.",
    ),
)
def no_dataset_named(lookups: Lookups) -> Iterator[Finding]:
    """Needs that name no dataset, each with what to ask."""
    for need in lookups.needs:
        if not need["dataset"] and (why := why_unmet(lookups.known, need)):
            yield unmet(lookups, need, why, "no-dataset-named", len(lookups.needs))
