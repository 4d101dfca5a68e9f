"""Walls inside a territory: between departments of one authority, between public and private."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import STALLED, Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.steps import above
from ecosystem.vocabulary import Label

ENOUGH = 2
"""Public and private actors that a territory must have before their exchanges are looked at."""


@detector(
    "silo",
    label=Label("cloison dans une autorité", "silo inside an authority"),
    definition=Label(
        "Un service d'une autorité a besoin d'un jeu que détient un autre membre de la même autorité, ou un flux "
        "entre eux est souhaité, bloqué ou terminé, et le jeu n'arrive pas. Un constat par autorité.",
        "A department needs a dataset that another member of the same authority holds, or a flow between them is "
        "wished for, blocked or ended, and the dataset does not arrive. One finding for each authority.",
    ),
    population=Label("autorités qui ont des services", "authorities that have departments"),
    reasons={
        "needed": Label(
            "un service a besoin de données d'un autre", "a department needs data of another"
        ),
        "stalled": Label(
            "un flux entre services n'a pas lieu", "a flow between departments does not happen"
        ),
    },
    severity=Label(
        "Élevée si un flux entre services est bloqué ; moyenne si un besoin est exprimé ; sinon faible.",
        "High if a flow between departments is blocked; medium if a need is expressed; else low.",
    ),
)
def silos(lookups: Lookups) -> Iterator[Finding]:
    """Authorities whose members lack one another's data."""
    known = lookups.known
    own = {row["id"] for row in lookups.actors}
    heads = sorted({known.authority[a] for a in own if known.authority[a] != a})
    lacking: dict[str, list[tuple[str, str, str, tuple[str, str]]]] = {}
    for need in lookups.needs:
        holder = known.holder(need["dataset"])
        if holder is None or above(known, holder, need["actor"]) == holder:
            continue  # held by the whole that the department is part of: `unmet-need` tells it
        if _walled(known, holder, need["actor"], need["dataset"]):
            head = known.authority[holder]
            lacking.setdefault(head, []).append(
                (holder, need["actor"], need["dataset"], ("needs", need["id"]))
            )
    blocked = set()
    for flow in lookups.flows:
        giver, taker = flow["provider"], flow["recipient"]
        if flow["status"] in STALLED and _walled(known, giver, taker, flow["dataset"]):
            lacking.setdefault(known.authority[giver], []).append(
                (giver, taker, flow["dataset"], ("flows", flow["id"]))
            )
            if flow["status"] == "blocked":
                blocked.add(known.authority[giver])
                lacking[known.authority[giver]].insert(0, lacking[known.authority[giver]].pop())
    for head in heads:
        if head not in lacking:
            continue
        rows = lacking[head]
        told = dict.fromkeys((giver, taker, dataset) for giver, taker, dataset, _ in rows)
        shown = [
            Label("{g} vers {t} ({d})", "{g} to {t} ({d})").format(
                g=known.actor(g), t=known.actor(t), d=known.quoted(d)
            )
            for g, t, d in list(told)[:3]
        ]
        more = len(told) - len(shown)
        # a department and the whole that it is part of are one house: they are not brought together
        apart = next((row for row in told if above(known, *row[:2]) is None), None)
        words = {
            "head": known.actor(head),
            "shown": Label(" ; ".join(s.fr for s in shown), "; ".join(s.en for s in shown)),
            "more": Label(f" ; et {more} de plus", f"; and {more} more") if more else "",
            "giver": known.actor((apart or next(iter(told)))[0]),
            "taker": known.actor((apart or next(iter(told)))[1]),
        }
        needed = any(table == "needs" for *_, (table, _) in rows)
        members = [actor for giver, taker, _ in told for actor in (taker, giver)]
        yield Finding(
            id=f"silo:{head}",
            detector="silo",
            reason="needed" if needed else "stalled",
            actors=tuple(dict.fromkeys([head, *members])),
            datasets=tuple(dict.fromkeys(d for _, _, d in told if d)),
            sentence=Label(
                "Dans l'autorité {head}, des données ne passent pas : {shown}{more}.",
                "Inside {head}, data do not pass: {shown}{more}.",
            ).filled(words),
            next_step=_STEPS[apart is None].filled(words),
            evidence=tuple(dict.fromkeys(row for *_, row in rows)),
            population=len(heads),
            severity="high" if head in blocked else "medium" if needed else "low",
        )


_STEPS = {
    False: Label(
        "Réunir {giver} et {taker} autour de la donnée, en interne, avant tout partage au dehors.",
        "Bring {giver} and {taker} together about the data, inside, before any sharing outside.",
    ),
    True: Label(
        "Demander à la direction de {head} ce qui empêche la donnée de passer en interne, avant tout partage au dehors.",
        "Ask the management of {head} what keeps the data from passing inside, before any sharing outside.",
    ),
}
"""By whether data are missing between the authority itself and its departments only."""


def _walled(known: Known, giver: str, taker: str, dataset: str | None) -> bool:
    """Whether two members of one authority do not pass a dataset that is not open."""
    if giver == taker or known.authority.get(giver) != known.authority.get(taker):
        return False
    if dataset is None:
        return True
    if known.dataset.get(dataset, {}).get("access") == "open":
        return False
    return known.holder(dataset) != taker and not any(
        f["status"] == "active" and f["recipient"] == taker
        for f in known.flows_by_dataset.get(dataset, ())
    )


@detector(
    "public-private",
    label=Label("public et privé ne partagent pas", "public and private do not share"),
    definition=Label(
        f"Le territoire a au moins {ENOUGH} acteurs publics et {ENOUGH} privés qui échangent ou voudraient "
        "échanger, et dans un sens les flux bloqués ou souhaités entre eux sont plus nombreux que les flux actifs. "
        "Ce qui est terminé a eu lieu, et ne compte pas.",
        f"The territory has at least {ENOUGH} public and {ENOUGH} private actors that exchange data or would "
        "like to, and in one direction more flows between them are blocked or wished for than active. What has ended "
        "did take place, and does not count.",
    ),
    population=Label("sens d'échange examinés", "directions of exchange examined"),
    reasons={
        "private-to-public": Label("du privé vers le public", "from private to public"),
        "public-to-private": Label("du public vers le privé", "from public to private"),
    },
    severity=Label(
        "Moyenne si aucun flux n'est actif dans ce sens, sinon faible.",
        "Medium if no flow is active in that direction, else low.",
    ),
)
def public_private(lookups: Lookups) -> Iterator[Finding]:
    """Territories where sharing between public and private actors is more often stalled than active."""
    known = lookups.known
    public, private = ({row["id"] for row in known.actors if row["sector"] == side}
                       for side in ("public", "private"))  # fmt: skip
    crossing = {
        reason: [f for f in lookups.flows if f["provider"] in givers and f["recipient"] in takers]
        for reason, givers, takers in (
            ("private-to-public", private, public),
            ("public-to-private", public, private),
        )
    }
    examined = 0
    found = []
    by_part = {reason: lookups.by_part(flows) for reason, flows in crossing.items()}
    for part in lookups.parts:
        for reason, of in by_part.items():
            flows = of.get(part.territory, [])
            ends = [{f[end] for f in flows} for end in ("provider", "recipient")]
            if min(map(len, ends)) < ENOUGH:
                continue
            examined += 1
            active = sum(f["status"] == "active" for f in flows)
            stalled = [f for f in flows if f["status"] in ("blocked", "wished")]
            if len(stalled) > active:
                found.append((part, reason, active, stalled))
    for part, reason, active, stalled in found:
        yield _divide(part, reason, active, stalled, examined)


def _divide(
    lookups: Lookups, reason: str, active: int, stalled: list[Row], population: int
) -> Finding:
    known = lookups.known
    to_public = reason == "private-to-public"
    # an example of what does not pass: not of a pair between which data pass already
    silent = (f for f in stalled if f["recipient"] not in known.gives_to.get(f["provider"], {}))
    example = next(silent, stalled[0])
    words = {
        "place": lookups.name,
        "active": active,
        "stalled": len(stalled),
        "first": known.actor(example["provider"]),
        "other": known.actor(example["recipient"]),
    }
    lead = [lookups.lead] if lookups.lead else []
    ends = [a for f in stalled for a in (f["provider"], f["recipient"])]
    return Finding(
        id=f"public-private:{lookups.territory or 'all'}:{reason}",
        detector="public-private",
        reason=reason,
        actors=tuple(dict.fromkeys([*lead, *ends])),
        datasets=tuple(dict.fromkeys(f["dataset"] for f in stalled if f["dataset"])),
        sentence=(
            Label("{place} : du privé vers le public, flux bloqués ou souhaités : {stalled} ; actifs : {active}.",
                  "{place}: from private to public, flows blocked or wished for: {stalled}; active: {active}.")
            if to_public
            else Label("{place} : du public vers le privé, flux bloqués ou souhaités : {stalled} ; actifs : {active}.",
                       "{place}: from public to private, flows blocked or wished for: {stalled}; active: {active}.")
        ).filled(words),
        next_step=Label(
            "Choisir un de ces flux, par exemple entre {first} et {other}, et chercher ce qui le permettrait : "
            "instrument, contrepartie, garanties.",
            "Choose one of these flows, for example between {first} and {other}, and find what would make it possible: "
            "instrument, return, guarantees.",
        ).filled(words),
        evidence=tuple(("flows", f["id"]) for f in stalled),
        population=population,
        severity="low" if active else "medium",
    )  # fmt: skip
