"""What is said of a whole territory: themes that its peers share, answers that its network belies."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.registry import Finding, Row, Scene, detector
from ecosystem.tables.frames import records
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import DIMENSIONS, LEVELS, THEMES, Label

HIGH, LOW = 3, 1
"""Levels of maturity from which, and up to which, an answer says something plain."""

ENOUGH = 5
"""Rows that a share must rest on before it is set against an answer."""


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
def theme_in_peers(scene: Scene) -> Iterator[Finding]:
    """Themes that other territories share and this one does not."""
    places = studied(scene.tables)
    shared: dict[str, dict[str, list[Row]]] = {place: {} for place in places}
    held: dict[str, dict[str, list[Row]]] = {place: {} for place in places}
    for row in scene.dataset.values():
        if row["territory"] not in shared or row["theme"] is None:
            continue
        held[row["territory"]].setdefault(row["theme"], []).append(row)
        flows = scene.flows_by_dataset.get(row["id"], ())
        if row["access"] == "open" or any(
            f["status"] == "active"
            and not scene.is_people(f["provider"])  # people who give their own data share no theme
            and scene.authority.get(f["provider"]) != scene.authority.get(f["recipient"])
            for f in flows
        ):
            shared[row["territory"]].setdefault(row["theme"], []).append(row)
    examined = 0
    lacking = []
    for part in scene.parts:
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


def _best(row: Row) -> tuple[bool, str]:
    """The example to show: an open dataset rather than another."""
    return row["access"] != "open", row["id"]


def _theme(
    scene: Scene, lead: str, theme: str, held: list[Row], examples: list[Row], population: int
) -> Finding:
    reason = "none-shared" if held else "none-held"
    needs = [need for need in scene.needs if need["theme"] == theme]
    places = [scene.place(row["territory"]) for row in examples]
    example = min(examples, key=lambda row: (row["access"] != "open", not row["holder"]))
    words = {
        "place": scene.name,
        "theme": THEMES[theme].label,
        "peers": ", ".join(places),
        "title": scene.quoted(example["id"]),
        "holder": scene.actor(example["holder"] or example["id"]),
        "why": Label("des jeux y sont décrits, aucun n'est partagé", "datasets are recorded, none is shared")
        if held
        else Label("aucun jeu n'y est décrit", "no dataset is recorded"),
    }  # fmt: skip
    return Finding(
        id=f"theme-in-peers:{scene.territory}:{theme}",
        detector="theme-in-peers",
        reason=reason,
        actors=tuple(
            dict.fromkeys([lead, *(r["holder"] for r in [*held, example] if r["holder"])])
        ),
        datasets=tuple(row["id"] for row in [*held, *examples]),
        sentence=Label(
            "{place} : rien n'est partagé sur le thème « {theme} » ({why}), qui l'est ailleurs : {peers}.",
            "{place}: nothing is shared about '{theme}' ({why}), which is shared elsewhere: {peers}.",
        ).format(**words),
        next_step=Label(
            "Demander à {holder} comment {title} a pu être partagé.",
            "Ask {holder} how {title} came to be shared.",
        ).format(**words),
        evidence=(
            *(("datasets", row["id"]) for row in [*held, *examples]),
            *(("needs", need["id"]) for need in needs),
        ),
        population=population,
        severity="medium" if needs else "low",
    )


_CLAIMS = {
    "openness": (
        Label("{count} des {every} jeux dont l'accès est documenté sont ouverts",
              "{count} of the {every} datasets whose access is documented are open"),
        "datasets",
    ),
    "sharing": (
        Label("{count} des {every} flux de l'autorité principale avec d'autres acteurs nommés sont actifs",
              "{count} of the {every} flows of the main authority with other named actors are active"),
        "flows",
    ),
    "governance": (
        Label("{count} des {every} flux actifs de l'autorité principale avec d'autres acteurs nommés ont un instrument documenté",
              "{count} of the {every} active flows of the main authority with other named actors have a documented instrument"),
        "flows",
    ),
}  # fmt: skip
"""For each dimension that the network can speak of: what share of which rows speaks of it."""


@detector(
    "maturity-contradicted",
    label=Label("maturité que le réseau contredit", "maturity that the network contradicts"),
    definition=Label(
        f"Le niveau lu est d'au moins {HIGH} et moins de la moitié des lignes vont dans ce sens, ou d'au plus {LOW} "
        f"et plus de la moitié y vont (sur au moins {ENOUGH} lignes). Ouverture : jeux ouverts ; partage : flux "
        "actifs ; gouvernance : flux avec un instrument, tous entre l'autorité principale et d'autres acteurs nommés.",
        f"The level read is at least {HIGH} and fewer than half of the rows go that way, or at most {LOW} and more "
        f"than half do (out of at least {ENOUGH} rows). Openness: open datasets; sharing: active flows; governance: "
        "flows with an instrument, all between the main authority and other named actors.",
    ),
    population=Label("dimensions lues que le réseau peut éclairer", "dimensions read that the network can speak of"),
    reasons={
        "level-above-network": Label("le niveau lu est plus haut que ce que montre le réseau", "the level read is higher than what the network shows"),
        "level-below-network": Label("le niveau lu est plus bas que ce que montre le réseau", "the level read is lower than what the network shows"),
    },
    severity=Label(
        "Moyenne si le niveau lu est plus haut que ce que montre le réseau, sinon faible.",
        "Medium if the level read is higher than what the network shows, else low.",
    ),
)  # fmt: skip
def maturity_contradicted(scene: Scene) -> Iterator[Finding]:
    """Levels of maturity that open datasets, flows and services do not bear out."""
    answers = [
        row
        for row in records(scene.tables["maturity"])
        if row["dimension"] in _CLAIMS and row["level"] is not None
    ]
    found = []
    examined = 0
    for part in scene.parts:
        for answer in answers:
            if answer["territory"] != part.territory or not part.lead:
                continue
            rows, bearing = _bearing(part, answer["dimension"])
            if len(rows) < ENOUGH:
                continue
            examined += 1
            level, share = int(answer["level"]), len(bearing) / len(rows)
            if level >= HIGH and share < 0.5:
                found.append((part, part.lead, answer, "level-above-network", rows, bearing))
            elif level <= LOW and share > 0.5:
                found.append((part, part.lead, answer, "level-below-network", rows, bearing))
    for one in found:
        yield _contradiction(*one, examined)


def _bearing(scene: Scene, dimension: str) -> tuple[list[Row], list[Row]]:
    """The rows that speak of a dimension, and those of them that bear a high level out."""
    named = [f for f in scene.flows if _outward(scene, f)]
    active = [f for f in named if f["status"] == "active"]
    if dimension == "openness":
        rows = [d for d in scene.datasets if d["access"] not in (None, "unknown")]
        return rows, [d for d in rows if d["access"] == "open"]
    if dimension == "sharing":
        return named, active
    return active, [f for f in active if f["mode"] not in ("informal", "unknown", None)]


def _outward(scene: Scene, flow: Row) -> bool:
    """Whether a flow is between the main authority of the territory and another named actor."""
    heads = [scene.authority.get(flow[end]) for end in ("provider", "recipient")]
    return scene.lead in heads and heads[0] != heads[1] and not scene.is_public(flow["recipient"])


def _contradiction(
    scene: Scene,
    lead: str,
    answer: Row,
    reason: str,
    rows: list[Row],
    bearing: list[Row],
    population: int,
) -> Finding:
    claim, table = _CLAIMS[answer["dimension"]]
    ids = {row["id"] for row in bearing}
    above = reason == "level-above-network"
    shown = [row for row in rows if row["id"] not in ids] if above else bearing
    words = {
        "place": scene.name,
        "dimension": DIMENSIONS.label(answer["dimension"]),
        "level": LEVELS.label(str(answer["level"])),
        "claim": claim.format(count=len(bearing), every=len(rows)),
    }
    return Finding(
        id=f"maturity-contradicted:{scene.territory}:{answer['dimension']}",
        detector="maturity-contradicted",
        reason=reason,
        actors=(lead,),
        datasets=tuple(row["id"] for row in shown) if table == "datasets" else (),
        sentence=Label(
            "{place} : {dimension}, niveau lu « {level} », alors que {claim}.",
            "{place}: {dimension}, level read '{level}', whereas {claim}.",
        ).format(**words),
        next_step=Label(
            "Relire ensemble la réponse et les lignes : le niveau est peut-être à revoir, ou des lignes manquent.",
            "Go over the answer and the rows together: the level may be to revise, or rows may be missing.",
        ),
        evidence=(
            ("maturity", f"{scene.territory}/{answer['dimension']}"),
            *((table, row["id"]) for row in shown),
        ),
        population=population,
        severity="medium" if above else "low",
    )
