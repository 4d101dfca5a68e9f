"""Needs that are met by a thread: one intermediary between the holder and the need."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from ecosystem.gaps.registry import Finding, Row, Scene, detector
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
def needs_on_one_broker(scene: Scene) -> Iterator[Finding]:
    """Needs met by a chain of active flows that breaks if one intermediary leaves."""
    met = []
    for need in scene.needs:
        if need["dataset"] and any(
            f["recipient"] == need["actor"]
            and f["status"] == "active"
            and f["provider"] != need["actor"]
            for f in scene.flows_by_dataset.get(need["dataset"], ())
        ):
            met.append((need, _active(scene, need)))
    for need, active in met:
        holder = scene.holder(need["dataset"])
        for broker in _sole_brokers(holder, need["actor"], active):
            words = {
                "actor": scene.actor(need["actor"]),
                "broker": scene.actor(broker),
                "title": scene.title(need["dataset"]),
                "holder": scene.actor(holder) if holder else Label("sa source", "its source"),
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
                ).format(**words),
                next_step=Label(
                    "Prévoir une seconde voie depuis {holder}, ou une clause de continuité avec {broker}.",
                    "Plan a second route from {holder}, or a continuity clause with {broker}.",
                ).format(**words),
                evidence=(("needs", need["id"]), *(("flows", f["id"]) for f in active)),
                population=len(met),
                severity="medium"
                if scene.authority.get(broker) == scene.authority.get(need["actor"])
                else "high",
                path=tuple(a for a in (holder, broker, need["actor"]) if a),
            )


def _active(scene: Scene, need: Row) -> list[Row]:
    """The active flows of the dataset that a need is about."""
    flows = scene.flows_by_dataset.get(need["dataset"], []) if need["dataset"] else []
    return [f for f in flows if f["status"] == "active" and f["provider"] != f["recipient"]]


def _sole_brokers(holder: str | None, actor: str, active: list[Row]) -> list[str]:
    """Actors through whom every recorded chain from a source of the dataset to the actor runs.

    Sources are the holder and whoever passes the dataset on without a recorded inflow of
    it. The brokers are the actor's dominators but for the sources.
    """
    takers = {f["recipient"] for f in active}
    givers = {f["provider"] for f in active}
    sources = (givers - takers) | ({holder} & (givers | takers))
    if (
        not sources
        or actor in sources
        or any(f["recipient"] == actor and f["provider"] in sources for f in active)
    ):
        return []  # straight from a source: nobody stands between
    G = nx.DiGraph((f["provider"], f["recipient"]) for f in active)
    start = object()
    G.add_edges_from((start, source) for source in sources)
    if actor not in nx.descendants(G, start):
        return []
    above = nx.immediate_dominators(G, start)
    brokers, at = [], above[actor]
    while at is not start:
        if at not in sources:
            brokers.append(at)
        at = above[at]
    return brokers[::-1]
