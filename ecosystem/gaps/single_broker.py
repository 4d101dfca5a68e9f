"""Needs that are met by a thread: one intermediary between the holder and the need."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, detector
from ecosystem.ranking.dependence import indispensable, sources_of
from ecosystem.vocabulary import Label


@detector(
    "hangs-on-one",
    label=Label("besoin suspendu à un seul intermédiaire", "need that hangs on one broker"),
    definition=Label(
        "Le besoin est couvert par des flux actifs, mais toutes les voies décrites depuis la source du jeu "
        "passent par un même intermédiaire.",
        "The need is met by active flows, but every recorded route from the source of the dataset "
        "runs through one intermediary.",
    ),
    population=Label("besoins couverts par un flux", "needs met by a flow"),
    reasons={"single-broker": Label("un seul intermédiaire", "one broker only")},
    severity=Label(
        "Élevée si l'intermédiaire n'est pas de l'autorité du besoin, sinon moyenne.",
        "High if the broker is not of the authority in need, else medium.",
    ),
)
def needs_on_one_broker(lookups: Lookups) -> Iterator[Finding]:
    """Needs met by a chain of active flows that breaks if one intermediary leaves."""
    known = lookups.known
    met = []
    for need in lookups.needs:
        if need["dataset"] and (need["dataset"], need["actor"]) in known.delivered:
            met.append((need, known.deliveries[need["dataset"]]))
    for need, active in met:
        holder = known.holder(need["dataset"])
        for broker in _sole_brokers(holder, need["actor"], active):
            words = {
                "actor": known.actor(need["actor"]),
                "broker": known.actor(broker),
                "title": known.title(need["dataset"]),
                "holder": known.actor(holder) if holder else Label("sa source", "its source"),
            }
            yield Finding(
                id=f"hangs-on-one:{need['id']}:{broker}",
                detector="hangs-on-one",
                reason="single-broker",
                actors=(need["actor"], broker),
                datasets=(need["dataset"],),
                sentence=Label(
                    "« {title} » ne va de {holder} à {actor} que par {broker}.",
                    "'{title}' reaches {actor} from {holder} only through {broker}.",
                ).filled(words),
                next_step=Label(
                    "Prévoir une seconde voie depuis {holder}, ou une clause de continuité avec {broker}.",
                    "Plan a second route from {holder}, or a continuity clause with {broker}.",
                ).filled(words),
                evidence=(("needs", need["id"]), *(("flows", f["id"]) for f in active)),
                population=len(met),
                severity="medium"
                if known.authority.get(broker) == known.authority.get(need["actor"])
                else "high",
                path=tuple(a for a in (holder, broker, need["actor"]) if a),
            )


def _sole_brokers(holder: str | None, actor: str, active: list[Row]) -> list[str]:
    """Intermediaries through whom every recorded chain to the actor runs; sources are none."""
    sources = sources_of(holder, active)
    if any(f["recipient"] == actor and f["provider"] in sources for f in active):
        return []  # straight from a source
    return [a for a in indispensable(holder, actor, active) if a not in sources]
