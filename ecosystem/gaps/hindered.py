"""Flows that deliver and meet an obstacle, where no need is left unmet by it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import met
from ecosystem.gaps.phrases import obstacle
from ecosystem.gaps.registry import Finding, detector
from ecosystem.vocabulary import Label

_REASONS = {
    "received": Label("le jeu arrive aussi autrement", "the dataset arrives by another flow too"),
    "held": Label("le destinataire détient le jeu", "the recipient holds the dataset"),
    "open": Label("le jeu est ouvert à tous", "the dataset is open to all"),
    "no-need": Label(
        "personne n'en exprime le besoin à l'arrivée", "nobody at its end expresses a need for it"
    ),
}


@detector(
    "hindered-flow",
    label=Label("flux actif qui rencontre un obstacle", "active flow that meets an obstacle"),
    definition=Label(
        "Le flux est actif et un obstacle y est noté. N'y sont pas ceux qui laissent un besoin ou un service de leur "
        "destinataire sans la donnée, que disent `unmet-need` et `service-lacks-data`.",
        "The flow is active and notes an obstacle. Those that leave a need or a service of their recipient without "
        "the data are told by `unmet-need` and `service-lacks-data`, and are not here.",
    ),
    population=Label("flux actifs", "active flows"),
    reasons=_REASONS,
    severity=Label("Faible : la donnée arrive.", "Low: the data arrive."),
)
def hindered_flows(lookups: Lookups) -> Iterator[Finding]:
    """Active flows with an obstacle that leaves no need unmet."""
    known = lookups.known
    active = lookups.active
    for flow in active:
        dataset, recipient = flow["dataset"], flow["recipient"]
        if not flow["barrier"] or flow["provider"] == recipient:
            continue
        how = met(known, recipient, dataset) if dataset else None
        if how is None and dataset and recipient in known.asking.get(dataset, ()):
            continue
        yield Finding(
            id=f"hindered-flow:{flow['id']}",
            detector="hindered-flow",
            reason=how or "no-need",
            actors=(recipient, flow["provider"]),
            datasets=(dataset,) if dataset else (),
            sentence=_SENTENCE.filled(partial(_words, known, flow, _REASONS[how or "no-need"])),
            next_step=_STEP.filled(partial(known.flow_words, flow)),
            evidence=(("flows", flow["id"]),),
            population=len(active),
            severity="low",
            barrier=flow["barrier"],
        )


def _words(known: Known, flow: Row, why: Label) -> dict[str, object]:
    return {**known.flow_words(flow), "barrier": obstacle(flow["barrier"]), "why": why}


_SENTENCE = Label(
    "{provider} transmet {title} à {recipient}, avec un obstacle ({barrier}) ; {why}.",
    "{provider} passes {title} to {recipient}, with an obstacle ({barrier}); {why}.",
)
_STEP = Label(
    "Demander à {recipient} ce que l'obstacle empêche encore et, s'il gêne, à {provider} ce qui le lèverait.",
    "Ask {recipient} what the obstacle still prevents and, if it hinders, {provider} what would lift it.",
)
