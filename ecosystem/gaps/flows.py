"""Flows that rest on nothing written."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.registry import Finding, Scene, detector
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.vocabulary import Label

_REASONS = {
    "informal": Label("le partage est informel", "sharing is informal"),
    "publication-without-licence": Label(
        "la publication n'a pas de licence documentée", "the publication has no documented licence"
    ),
    "not-documented": Label("l'instrument n'est pas documenté", "the instrument is not documented"),
}

_STEPS = {
    "informal": Label(
        "Écrire avec {recipient} ce qui est transmis, à quel rythme et pour quel usage.",
        "Write down with {recipient} what is passed on, how often and for what use.",
    ),
    "publication-without-licence": Label(
        "Demander à {provider} sous quelle licence la donnée est publiée.",
        "Ask {provider} under which licence the data are published.",
    ),
    "not-documented": Label(
        "Demander à {provider} sur quoi repose le partage, et noter la réponse.",
        "Ask {provider} what the sharing rests on, and write down the answer.",
    ),
}


@detector(
    "no-instrument",
    label=Label("flux sans instrument", "flow without an instrument"),
    definition=Label(
        "Le flux est actif et son instrument est informel, inconnu ou vide.",
        "The flow is active and its instrument is informal, unknown or empty.",
    ),
    population=Label("flux actifs", "active flows"),
    reasons=_REASONS,
)
def no_instrument(scene: Scene) -> Iterator[Finding]:
    """Active flows without licence, agreement, contract or legal obligation."""
    active = [f for f in scene.flows if f["status"] == "active"]
    for flow in active:
        mode = flow["mode"]
        if mode not in ("informal", "unknown", None):
            continue
        reason = "informal" if mode == "informal" else "not-documented"
        if reason == "not-documented" and str(flow["recipient"]).startswith(PUBLIC_PREFIX):
            reason = "publication-without-licence"
        dataset = flow["dataset"]
        words = {
            "provider": scene.actor(flow["provider"]),
            "recipient": scene.actor(flow["recipient"]),
            "title": Label(f"« {scene.title(dataset)} »", f"'{scene.title(dataset)}'")
            if dataset
            else Label("des données non précisées", "data that are not named"),
            "why": _REASONS[reason],
        }
        yield Finding(
            id=f"no-instrument:{flow['id']}",
            detector="no-instrument",
            reason=reason,
            actors=(flow["provider"], flow["recipient"]),
            datasets=(dataset,) if dataset else (),
            sentence=Label(
                "{provider} transmet {title} à {recipient} : {why}.",
                "{provider} passes {title} to {recipient}: {why}.",
            ).format(**words),
            next_step=_STEPS[reason].format(**words),
            evidence=(("flows", flow["id"]),),
            population=len(active),
        )
