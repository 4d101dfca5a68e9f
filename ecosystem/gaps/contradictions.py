"""What a territory says of its maturity, where its flows show otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import UNWRITTEN, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, detector
from ecosystem.tables.frames import records
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import DIMENSIONS, LEVELS, Label

HIGH, LOW = 3, 1
"""Levels of maturity from which, and up to which, an answer says something plain."""

ENOUGH = 5
"""Rows that a share must rest on before it is set against an answer."""


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
def maturity_contradicted(lookups: Lookups) -> Iterator[Finding]:
    """Levels of maturity that open datasets, flows and services do not bear out."""
    answers = [
        row
        for row in records(lookups.tables["maturity"])
        if row["dimension"] in _CLAIMS and row["level"] is not None
    ]
    found = []
    examined = 0
    outward = _outward(lookups) if answers else {}
    for part in lookups.parts:
        for answer in answers:
            if answer["territory"] != part.territory or not part.lead:
                continue
            rows, bearing = _bearing(part, answer["dimension"], outward.get(part.territory, []))
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


def _outward(lookups: Lookups) -> dict[str | None, list[Row]]:
    """For each territory, its flows between two authorities of which one is a lead, here or elsewhere."""
    authority, leads = lookups.known.authority, {part.lead for part in lookups.parts}
    flows = []
    for flow in lookups.flows:
        giver, taker = authority.get(flow["provider"]), authority.get(flow["recipient"])
        if giver != taker and (giver in leads or taker in leads):
            flows.append(flow)
    return lookups.by_part(flows)


def _bearing(lookups: Lookups, dimension: str, outward: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that speak of a dimension, and those of them that bear a high level out."""
    if dimension == "openness":
        rows = [d for d in lookups.datasets if d["access"] not in (None, "unknown")]
        return rows, [d for d in rows if d["access"] == "open"]
    house = {a for a, head in lookups.known.authority.items() if head == lookups.lead}
    named = [
        f
        for f in outward
        if (f["provider"] in house) != (f["recipient"] in house) and not is_public(f["recipient"])
    ]
    active = [f for f in named if f["status"] == "active"]
    if dimension == "sharing":
        return named, active
    return active, [f for f in active if f["mode"] not in UNWRITTEN]


def _contradiction(
    lookups: Lookups,
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
        "place": lookups.name,
        "dimension": DIMENSIONS.label(answer["dimension"]),
        "level": LEVELS.label(str(answer["level"])),
        "claim": claim.format(count=len(bearing), every=len(rows)),
    }
    return Finding(
        id=f"maturity-contradicted:{lookups.territory}:{answer['dimension']}",
        detector="maturity-contradicted",
        reason=reason,
        actors=(lead,),
        datasets=tuple(row["id"] for row in shown) if table == "datasets" else (),
        sentence=Label(
            "{place} : {dimension}, niveau lu « {level} », alors que {claim}.",
            "{place}: {dimension}, level read '{level}', whereas {claim}.",
        ).filled(words),
        next_step=Label(
            "Relire ensemble la réponse et les lignes : le niveau est peut-être à revoir, ou des lignes manquent.",
            "Go over the answer and the rows together: the level may be to revise, or rows may be missing.",
        ),
        evidence=(
            ("maturity", f"{lookups.territory}/{answer['dimension']}"),
            *((table, row["id"]) for row in shown),
        ),
        population=population,
        severity="medium" if above else "low",
    )
