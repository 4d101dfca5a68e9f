"""Flows that rest on nothing written, personal data among them, and flows that have stalled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ecosystem.gaps.datasets import never_left
from ecosystem.gaps.known import STALLED, UNWRITTEN, Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import PUBLISHING, met
from ecosystem.gaps.phrases import because
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.steps import unblocking
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import STATUSES, Label

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
    "to-people": Label(
        "Demander à {provider} de dire à quelles conditions ces données peuvent être utilisées.",
        "Ask {provider} to say on what conditions these data may be used.",
    ),
    "from-people": Label(
        "Demander à {recipient} ce qui est dit de leur usage aux personnes qui donnent ces données.",
        "Ask {recipient} what those who give these data are told about their use.",
    ),
}

_PERSONAL_STEPS = {
    "bodies": Label(
        "Demander à {provider} et {recipient} la base légale et l'accord écrit, et les noter.",
        "Ask {provider} and {recipient} for the legal basis and the written agreement, and note them.",
    ),
    "to-people": Label(
        "Demander à {provider} si ces personnes reçoivent leurs propres données, et noter le droit (accès, "
        "portabilité) ou l'accord qui le permet.",
        "Ask {provider} whether these persons receive their own data, and note the right (access, portability) or "
        "the agreement by which they do.",
    ),
    "from-people": Label(
        "Demander à {recipient} sur quelle base légale ces données sont recueillies, et ce qui en est dit aux personnes.",
        "Ask {recipient} on what legal basis these data are collected, and what the persons are told.",
    ),
}
"""The next step by who is at the ends: persons sign no agreement."""


def _people(known: Known, flow: Row) -> str | None:
    """Which end of a flow stands for persons, if one does."""
    if known.is_people(flow["recipient"]):
        return "to-people"
    return "from-people" if known.is_people(flow["provider"]) else None


def _personal(known: Known) -> set[str]:
    """The datasets that hold personal data."""
    return {d for d, row in known.dataset.items() if row["personal_data"] == "yes"}


def _words(known: Known, flow: Row, why: Label) -> dict[str, object]:
    """The words for a flow that rests on nothing written."""
    return {**known.flow_words(flow), "why": why}


_PERSONAL = Label(
    "{provider} vers {recipient}, {title}, qui contient des données personnelles : {why}.",
    "{provider} passes {title}, which holds personal data, to {recipient}: {why}.",
)
_UNWRITTEN_FLOW = Label(
    "{provider} vers {recipient}, {title} : {why}.",
    "{provider} passes {title} to {recipient}: {why}.",
)


@detector(
    "personal-without-instrument",
    label=Label(
        "données personnelles sans instrument documenté",
        "personal data without a documented instrument",
    ),
    definition=Label(
        "Le flux est actif, son jeu contient des données personnelles, et son instrument est informel, inconnu "
        "ou vide. Un jeu dont la table ne dit pas s'il en contient n'est pas compté.",
        "The flow is active, its dataset holds personal data, and its instrument is informal, unknown or empty. "
        "A dataset of which the table does not say whether it does is not counted.",
    ),
    population=Label("flux actifs de données personnelles", "active flows of personal data"),
    reasons={name: why for name, why in _REASONS.items() if name != "publication-without-licence"},
    severity=Label(
        "Élevée entre deux organismes ; moyenne si des personnes donnent les données ; faible si elles les reçoivent.",
        "High between two bodies; medium if persons give the data; low if they receive them.",
    ),
)
def personal_without_instrument(lookups: Lookups) -> Iterator[Finding]:
    """Active flows of personal data that rest on nothing documented."""
    known = lookups.known
    personal = _personal(known)
    active = [f for f in lookups.active if f["dataset"] in personal]
    for flow in active:
        if flow["mode"] not in UNWRITTEN:
            continue
        reason = "informal" if flow["mode"] == "informal" else "not-documented"
        people = None if is_public(flow["recipient"]) else _people(known, flow)
        words = partial(_words, known, flow, _REASONS[reason])
        yield Finding(
            id=f"personal-without-instrument:{flow['id']}",
            detector="personal-without-instrument",
            reason=reason,
            actors=(flow["provider"], flow["recipient"]),
            datasets=(flow["dataset"],),
            sentence=_PERSONAL.filled(words),
            next_step=_PERSONAL_STEPS[people or "bodies"].filled(words),
            evidence=(("flows", flow["id"]), ("datasets", flow["dataset"])),
            population=len(active),
            severity={"to-people": "low", "from-people": "medium"}.get(people or "", "high"),
        )


@detector(
    "no-instrument",
    label=Label("flux sans instrument", "flow without an instrument"),
    definition=Label(
        "Le flux est actif et son instrument est informel, inconnu ou vide. Les données personnelles sont dites "
        "par `personal-without-instrument`.",
        "The flow is active and its instrument is informal, unknown or empty. Personal data are told by "
        "`personal-without-instrument`.",
    ),
    population=Label("flux actifs", "active flows"),
    reasons=_REASONS,
    severity=Label(
        "Moyenne si le partage est informel entre deux organismes distincts (ni habitants, ni grand public) et qu'un "
        "besoin ou un service nomme le jeu, "
        "sinon faible.",
        "Medium if sharing is informal between two separate bodies (neither citizens nor the general public) and a "
        "need or a service names the dataset, else low.",
    ),
)
def no_instrument(lookups: Lookups) -> Iterator[Finding]:
    """Active flows without licence, agreement, contract or legal obligation."""
    known = lookups.known
    personal = _personal(known)
    wanted = {*known.needs_by_dataset, *known.services_by_dataset}
    active = lookups.active
    for flow in active:
        mode, dataset = flow["mode"], flow["dataset"]
        if mode not in UNWRITTEN or dataset in personal:
            continue
        ends = (flow["provider"], flow["recipient"])
        severity = "low"
        if mode == "informal":
            reason = "informal"
            people = _people(known, flow)
            step = people or reason
            if dataset in wanted and not people:
                apart = known.authority.get(ends[0]) != known.authority.get(ends[1])
                severity = "medium" if apart else "low"
        else:
            public = is_public(flow["recipient"])
            step = reason = "publication-without-licence" if public else "not-documented"
        words = partial(_words, known, flow, _REASONS[reason])
        yield Finding(
            id=f"no-instrument:{flow['id']}",
            detector="no-instrument",
            reason=reason,
            actors=ends,
            datasets=(dataset,) if dataset else (),
            sentence=_UNWRITTEN_FLOW.filled(words),
            next_step=_STEPS[step].filled(words),
            evidence=(("flows", flow["id"]),),
            population=len(active),
            severity=severity,
        )


@detector(
    "stalled-flow",
    label=Label("flux bloqué, souhaité ou abandonné", "flow blocked, wished for or abandoned"),
    definition=Label(
        "Le flux est bloqué, souhaité ou terminé, et son destinataire ne reçoit pas le jeu autrement. N'y sont "
        "pas ceux que disent déjà un besoin ou un service du destinataire (`unmet-need`, `service-lacks-data`), le besoin du fournisseur "
        "(`held-not-passed-on`) un jeu jamais partagé (`never-shared`) ou une cloison (`silo`).",
        "The flow is blocked, wished for or ended, and its recipient does not get the dataset otherwise. Those "
        "already told by a need or a service of the recipient (`unmet-need`, `service-lacks-data`), the need of the provider "
        "(`held-not-passed-on`) a dataset never shared (`never-shared`) or a `silo` are not here.",
    ),
    population=Label("flux, quel que soit leur état", "flows, whatever their status"),
    reasons={
        status: Label("le flux est à l'état « {s} »", "the flow is '{s}'").format(
            s=STATUSES[status].label
        )
        for status in STALLED
    },
    severity=Label(
        "Élevée si le flux est bloqué entre deux acteurs nommés ; moyenne s'il est souhaité ou si une publication est "
        "bloquée ; faible s'il est terminé.",
        "High if the flow is blocked between two named actors; medium if it is wished for or if publication is "
        "blocked; low if it has ended.",
    ),
)
def stalled_flows(lookups: Lookups) -> Iterator[Finding]:
    """Flows that do not deliver and that no other finding tells."""
    known = lookups.known
    for flow in lookups.flows:
        status, dataset = flow["status"], flow["dataset"]
        if status not in STALLED or flow["provider"] == flow["recipient"]:
            continue
        if dataset is not None and _told_otherwise(known, flow):
            continue
        barrier = flow["barrier"]
        words = partial(_stalled_words, known, flow)
        to_public = is_public(flow["recipient"])
        yield Finding(
            id=f"stalled-flow:{flow['id']}",
            detector="stalled-flow",
            reason=status,
            actors=(flow["recipient"], flow["provider"]),
            datasets=(dataset,) if dataset else (),
            sentence=_STALLED.filled(words),
            next_step=(PUBLISHING if to_public else _STALLED_STEPS[status]).filled(words),
            evidence=(("flows", flow["id"]),),
            population=len(lookups.flows),
            severity="low"
            if status == "ended"
            else "high"
            if status == "blocked" and not to_public
            else "medium",
            barrier=barrier,
        )


def _stalled_words(known: Known, flow: Row) -> dict[str, object]:
    """The words for a flow that does not deliver."""
    return {
        **known.flow_words(flow),
        "status": STATUSES[flow["status"]].label,
        "because": because(flow["barrier"]),
        "unblocking": unblocking(known, flow["provider"], flow["recipient"], flow["barrier"]),
    }


_STALLED = Label(
    "Le passage de {title}, de {provider} à {recipient}, est à l'état « {status} »{because}.",
    "Passing {title} from {provider} to {recipient} is '{status}'{because}.",
)

_STALLED_STEPS = {
    "blocked": Label("{unblocking}", "{unblocking}"),
    "wished": Label(
        "Demander à {provider} à quelles conditions le partage serait possible.",
        "Ask {provider} on what conditions sharing would be possible.",
    ),
    "ended": Label(
        "Demander à {recipient} si le flux manque encore ; sinon, clore la question.",
        "Ask {recipient} whether the flow is still missed; if not, close the question.",
    ),
}


def _told_otherwise(known: Known, flow: Row) -> bool:
    """Whether the recipient has the dataset, or another kind of finding tells the flow."""
    dataset, provider, recipient = flow["dataset"], flow["provider"], flow["recipient"]
    authority = known.authority
    own = authority.get(recipient)
    if authority.get(provider) == own:
        return True
    if met(known, recipient, dataset) or never_left(known, dataset):
        return True
    asking = known.asking.get(dataset)
    if not asking:
        return False
    if own in map(authority.get, asking):
        return True
    onward = (f["provider"] == provider for f in known.deliveries.get(dataset, ()))
    return known.holder(dataset) == provider and provider in asking and not any(onward)
