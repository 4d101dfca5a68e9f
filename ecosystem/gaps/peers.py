"""Themes that a territory lacks and that its peers share."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, detector
from ecosystem.vocabulary import THEMES, Label


@detector(
    "theme-in-peers",
    label=Label("thème partagé ailleurs et pas ici", "theme shared elsewhere and not here"),
    definition=Label(
        "Dans au moins la moitié des autres territoires étudiés (et deux au moins), un jeu du thème est ouvert ou "
        "transmis par un flux actif d'une autorité ou d'un organisme à un autre ; ici, aucun ne l'est.",
        "In at least half of the other territories studied (and in two at least), a dataset of the theme is open or "
        "passed on by an active flow from one authority or body to another; here, none is.",
    ),
    population=Label("couples d'un territoire et d'un thème partagé dans assez d'autres", "pairs of a territory and a theme shared in enough others"),
    reasons={
        "none-held": Label("aucun jeu du thème n'est décrit ici", "no dataset of the theme is recorded here"),
        "none-shared": Label("des jeux du thème sont décrits, aucun n'est partagé", "datasets of the theme are recorded, none is shared"),
    },
    severity=Label(
        "Moyenne si un besoin d'ici porte sur ce thème, sinon faible.",
        "Medium if a need here is about the theme, else low.",
    ),
)  # fmt: skip
def theme_in_peers(lookups: Lookups) -> Iterator[Finding]:
    """Themes that other territories share and this one does not."""
    known = lookups.known
    places = known.studied
    shared: dict[str, dict[str, list[Row]]] = {place: {} for place in places}
    held: dict[str, dict[str, list[Row]]] = {place: {} for place in places}
    for row in known.dataset.values():
        if row["territory"] not in shared or row["theme"] is None:
            continue
        held[row["territory"]].setdefault(row["theme"], []).append(row)
        if row["access"] == "open" or _passed_on(known, row["id"]):
            shared[row["territory"]].setdefault(row["theme"], []).append(row)
    examined = 0
    lacking = []
    for part in lookups.parts:
        here = part.territory
        if here not in shared:
            continue
        peers = [place for place in places if place != here]
        having = {theme: [place for place in peers if theme in shared[place]] for theme in THEMES}
        enough = [t for t in THEMES if len(having[t]) >= max(2, len(peers) / 2)]
        examined += len(enough)
        for theme in enough:
            if theme not in shared[here] and part.lead:
                examples = [min(shared[place][theme], key=_best) for place in having[theme]]
                lacking.append((part, part.lead, theme, held[here].get(theme, []), examples))
    for part, lead, theme, rows, examples in lacking:
        yield _theme(part, lead, theme, rows, examples, examined)


def _passed_on(known: Known, dataset: str) -> bool:
    """Whether somebody passes a dataset on to another authority; people who give their own do not."""
    for flow in known.deliveries.get(dataset, ()):
        giver, taker = flow["provider"], flow["recipient"]
        if known.authority.get(giver) != known.authority.get(taker) and not known.is_people(giver):
            return True
    return False


def _best(row: Row) -> tuple[bool, str, str]:
    """The example to show: an open dataset rather than another, then by title."""
    return row["access"] != "open", str(row["title"] or ""), row["id"]


def _theme(
    lookups: Lookups, lead: str, theme: str, held: list[Row], examples: list[Row], population: int
) -> Finding:
    known = lookups.known
    reason = "none-shared" if held else "none-held"
    needs = [need for need in lookups.needs if need["theme"] == theme]
    places = [known.place(row["territory"]) for row in examples]
    example = min(examples, key=lambda row: (row["access"] != "open", not row["holder"]))
    words = {
        "place": lookups.name,
        "theme": THEMES[theme].label,
        "peers": ", ".join(places),
        "title": known.quoted(example["id"]),
        "holder": known.actor(example["holder"] or example["id"]),
        "why": Label("des jeux y sont décrits, aucun n'est partagé", "datasets are recorded, none is shared")
        if held
        else Label("aucun jeu n'y est décrit", "no dataset is recorded"),
    }  # fmt: skip
    return Finding(
        id=f"theme-in-peers:{lookups.territory}:{theme}",
        detector="theme-in-peers",
        reason=reason,
        actors=tuple(
            dict.fromkeys([lead, *(r["holder"] for r in [*held, example] if r["holder"])])
        ),
        datasets=tuple(row["id"] for row in [*held, *examples]),
        sentence=Label(
            "{place} : rien n'est partagé sur le thème « {theme} » ({why}), qui l'est ailleurs : {peers}.",
            "{place}: nothing is shared about '{theme}' ({why}), which is shared elsewhere: {peers}.",
        ).filled(words),
        next_step=Label(
            "Demander à {holder} comment {title} a pu être partagé.",
            "Ask {holder} how {title} came to be shared.",
        ).filled(words),
        evidence=(
            *(("datasets", row["id"]) for row in [*held, *examples]),
            *(("needs", need["id"]) for need in needs),
        ),
        population=population,
        severity="medium" if needs else "low",
    )
