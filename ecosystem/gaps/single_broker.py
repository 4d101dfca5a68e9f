"""Needs that are met by a thread: one intermediary between the holder and the need."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import met
from ecosystem.gaps.registry import Finding, detector
from ecosystem.ranking.dependence import indispensable, sources_of
from ecosystem.ranking.meeting import routes
from ecosystem.vocabulary import Label


@detector(
    "hangs-on-one",
    label=Label("besoin suspendu à un seul intermédiaire", "need that hangs on one broker"),
    definition=Label(
        "Le besoin n'est couvert que par des flux actifs (le jeu n'est pas ouvert à tous), et toutes les voies "
        "décrites depuis la source du jeu passent par un même intermédiaire, ou par plusieurs à la suite. Un "
        "constat par besoin.",
        "The need is met by active flows only (the dataset is not open to all), and every recorded route from the "
        "source of the dataset runs through one intermediary, or through several in turn. One finding for each "
        "need.",
    ),
    population=Label("besoins qu'un flux seul couvre", "needs met by a flow alone"),
    reasons={"single-broker": Label("un seul intermédiaire", "one broker only")},
    severity=Label(
        "Élevée si un intermédiaire n'est pas de l'autorité du besoin, sinon moyenne.",
        "High if a broker is not of the authority in need, else medium.",
    ),
)
def needs_on_one_broker(lookups: Lookups) -> Iterator[Finding]:
    """Needs met by a chain of active flows that breaks if one intermediary leaves."""
    known = lookups.known
    served = [
        need
        for need in lookups.needs
        if need["dataset"] and met(known, need["actor"], need["dataset"]) == "received"
    ]
    for need in served:
        holder, actor = known.holder(need["dataset"]), need["actor"]
        active = known.deliveries[need["dataset"]]
        ways = routes(actor, active)
        brokers = _sole_brokers(holder, actor, ways)
        if not brokers:
            continue
        words = {
            "actor": known.actor(actor),
            "brokers": known.listed(brokers),
            "title": known.title(need["dataset"]),
            "holder": known.actor(holder) if holder else Label("sa source", "its source"),
        }
        own = known.authority.get(actor, actor)
        yield Finding(
            id=f"hangs-on-one:{need['id']}",
            detector="hangs-on-one",
            reason="single-broker",
            actors=(actor, *brokers),
            datasets=(need["dataset"],),
            sentence=_SENTENCES[len(ways) == len(active)].filled(words),
            next_step=Label(
                "Prévoir une seconde voie depuis {holder}, ou une clause de continuité avec {brokers}.",
                "Plan a second route from {holder}, or a continuity clause with {brokers}.",
            ).filled(words),
            evidence=(("needs", need["id"]), *(("flows", f["id"]) for f in ways)),
            population=len(served),
            severity="medium"
            if all(known.authority.get(broker, broker) == own for broker in brokers)
            else "high",
            path=tuple(a for a in (holder, *brokers, actor) if a),
        )


_SENTENCES = {
    True: Label(
        "« {title} » ne va de {holder} à {actor} que par {brokers}.",
        "'{title}' reaches {actor} from {holder} only through {brokers}.",
    ),
    False: Label(
        "« {title} » ne va sans obstacle de {holder} à {actor} que par {brokers}.",
        "'{title}' reaches {actor} from {holder} without an obstacle only through {brokers}.",
    ),
}
"""By whether no other flow brings it, or only one that meets an obstacle."""


def hanging_on(known: Known, need: Row) -> list[str]:
    """The intermediaries without whom a met need would not be; none of a need that is unmet or safe."""
    actor, dataset = need["actor"], need["dataset"]
    if not dataset or met(known, actor, dataset) != "received":
        return []
    return _sole_brokers(known.holder(dataset), actor, routes(actor, known.deliveries[dataset]))


def _sole_brokers(holder: str | None, actor: str, active: list[Row]) -> list[str]:
    """Intermediaries through whom every recorded chain to the actor runs; sources are none."""
    sources = sources_of(holder, active)
    if any(f["recipient"] == actor and f["provider"] in sources for f in active):
        return []  # straight from a source
    return [a for a in indispensable(holder, actor, active) if a not in sources]
