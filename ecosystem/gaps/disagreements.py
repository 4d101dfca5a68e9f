"""Flows on which the two ends do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ecosystem.gaps.known import Known
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.phrases import listed
from ecosystem.gaps.registry import Finding, detector
from ecosystem.tables.declarations import BY_AN_END, Row, disagreed
from ecosystem.vocabulary import STATUSES, Label

_SENTENCES = {
    "recipient-silent": Label(
        "{provider} dit passer {title} à {recipient}, qui n'en dit rien.",
        "{provider} says that it passes {title} to {recipient}, which says nothing of it.",
    ),
    "provider-silent": Label(
        "{recipient} dit recevoir {title} de {provider}, qui n'en dit rien.",
        "{recipient} says that it receives {title} from {provider}, which says nothing of it.",
    ),
    "statuses-differ": Label(
        "{provider} et {recipient} ne disent pas la même chose du passage de {title} ({statuses}).",
        "{provider} and {recipient} do not say the same of the passing of {title} ({statuses}).",
    ),
}

_STEP = Label(
    "Relire le flux avec {provider} et {recipient}, et noter ce qu'ils en disent tous deux.",
    "Go over the flow with {provider} and {recipient}, and note what both say of it.",
)


@detector(
    "disputed-flow",
    label=Label("flux sur lequel les deux bouts ne s'accordent pas", "flow on which the two ends disagree"),
    definition=Label(
        "Un bout déclare le flux et l'autre, qui en a pourtant déclaré d'autres, ne le déclare pas ; ou les deux "
        "le déclarent dans des états différents. Rien n'est dit des flux sans `declared_by`.",
        "One end declares the flow and the other, which has declared others, does not; or both declare it with "
        "different statuses. Nothing is said of flows without `declared_by`.",
    ),
    population=Label(
        "flux que déclare l'un de leurs bouts", "flows that one of their ends declares"
    ),
    reasons={
        "recipient-silent": Label("le destinataire ne le déclare pas", "the recipient does not declare it"),
        "provider-silent": Label("le fournisseur ne le déclare pas", "the provider does not declare it"),
        "statuses-differ": Label("les états déclarés diffèrent", "the declared statuses differ"),
    },
    severity=Label(
        "Moyenne si les états diffèrent, sinon faible.", "Medium if statuses differ, else low."
    ),
)  # fmt: skip
def disputed_flows(lookups: Lookups) -> Iterator[Finding]:
    """Flows that one end declares and the other does not, or not in the same status."""
    known = lookups.known
    declared = [flow for flow in lookups.flows if flow["declared_by"] in BY_AN_END]
    for provider, recipient, dataset, reason, flows in disagreed(declared, known.flows):
        words = partial(_words, known, flows)
        first = flows[0]["id"] if len(flows) == 1 else min([flow["id"] for flow in flows])
        yield Finding(
            id=f"disputed-flow:{first}",
            detector="disputed-flow",
            reason=reason,
            actors=(provider, recipient),
            datasets=(dataset,) if dataset else (),
            sentence=_SENTENCES[reason].filled(words),
            next_step=_STEP.filled(words),
            evidence=tuple([("flows", flow["id"]) for flow in flows]),
            population=len(declared),
            severity="medium" if reason == "statuses-differ" else "low",
        )


def _words(known: Known, flows: Sequence[Row]) -> dict[str, object]:
    """The words for flows of one dataset between two actors who do not agree on them."""
    told = [STATUSES.label(status) for status in dict.fromkeys(f["status"] for f in flows)]
    return {**known.flow_words(flows[0]), "statuses": listed(told, len(told))}
