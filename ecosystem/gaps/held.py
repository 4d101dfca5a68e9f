"""Datasets that are held and never shared."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.needs import NOT_STATED, PENDING
from ecosystem.gaps.registry import Finding, Scene, detector
from ecosystem.vocabulary import BARRIERS, Label

_REASONS = {
    "only-blocked": Label("un partage est bloqué", "sharing is blocked"),
    "only-planned": Label("un partage est seulement prévu", "sharing is only planned"),
    "only-wished": Label("un partage est seulement souhaité", "sharing is only wished for"),
    "only-ended": Label("un partage a cessé", "sharing has ended"),
    "closed": Label("le jeu est fermé", "the dataset is closed"),
    "open-no-flow": Label("ouvert, mais aucun usage n'est documenté", "open, but no use is documented"),
    "not-documented": Label("aucun partage n'est documenté", "no sharing is documented"),
}  # fmt: skip

_STEPS = {
    "only-blocked": Label("Réunir {holder} et {other} sur l'obstacle ({barrier}).", "Bring {holder} and {other} together on the barrier ({barrier})."),
    "only-planned": Label("Fixer avec {other} une date pour le partage prévu.", "Agree with {other} on a date for the planned sharing."),
    "only-wished": Label("Demander à {holder} à quelles conditions le partage souhaité avec {other} serait possible.", "Ask {holder} on what conditions the sharing wished for with {other} would be possible."),
    "only-ended": Label("Demander à {holder} si le partage avec {other} peut reprendre.", "Ask {holder} whether sharing with {other} can resume."),
    "closed": Label("Demander à {holder} ce qui justifie la fermeture, et si un accès encadré est possible.", "Ask {holder} what calls for the closure, and whether framed access is possible."),
    "open-no-flow": Label("Chercher qui réutilise le jeu, ou qui pourrait le réutiliser.", "Find out who re-uses the dataset, or who could."),
    "not-documented": Label("Demander à {holder} si le jeu est partagé, et noter la réponse.", "Ask {holder} whether the dataset is shared, and write down the answer."),
}  # fmt: skip


@detector(
    "never-shared",
    label=Label("jeu de données détenu et jamais partagé", "dataset held and never shared"),
    definition=Label(
        "Le jeu a un détenteur, et aucun flux actif ne le porte à personne.",
        "The dataset has a holder, and no active flow takes it to anybody.",
    ),
    population=Label("jeux de données qui ont un détenteur", "datasets that have a holder"),
    reasons=_REASONS,
)
def never_shared(scene: Scene) -> Iterator[Finding]:
    """Datasets with a holder and no active flow to anybody."""
    held = [row for row in scene.datasets if row["holder"] is not None]
    for row in held:
        flows = [
            f for f in scene.flows_by_dataset.get(row["id"], []) if f["provider"] != f["recipient"]
        ]
        if any(f["status"] == "active" for f in flows):
            continue
        status = next((s for s in PENDING if any(f["status"] == s for f in flows)), None)
        shown = [f for f in flows if f["status"] == status]
        if status:
            reason = f"only-{status}"
        else:
            reason = {"closed": "closed", "open": "open-no-flow"}.get(
                row["access"], "not-documented"
            )
        barrier = next((f["barrier"] for f in shown if f["barrier"]), None)
        others = [a for f in shown for a in (f["provider"], f["recipient"]) if a != row["holder"]]
        words = {
            "title": scene.title(row["id"]),
            "holder": scene.actor(row["holder"]),
            "other": scene.actor(others[0]) if others else "?",
            "barrier": BARRIERS.label(barrier) if barrier else NOT_STATED,
            "why": _REASONS[reason],
        }
        yield Finding(
            id=f"never-shared:{row['id']}",
            detector="never-shared",
            reason=reason,
            actors=tuple(dict.fromkeys([row["holder"], *others])),
            datasets=(row["id"],),
            sentence=Label(
                "« {title} », détenu par {holder}, n'est transmis à personne : {why}.",
                "'{title}', held by {holder}, is passed to nobody: {why}.",
            ).format(**words),
            next_step=_STEPS[reason].format(**words),
            evidence=(("datasets", row["id"]), *(("flows", f["id"]) for f in shown)),
            population=len(held),
            barrier=barrier,
        )
