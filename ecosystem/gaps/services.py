"""Services whose data are missing, and datasets on which services hang by one actor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row, Why
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import PENDING, REASONS, why_unmet
from ecosystem.gaps.phrases import because, first_barrier, quote
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.steps import unblocking
from ecosystem.ranking.dependence import sources_of
from ecosystem.vocabulary import SERVICE_STATUSES, Label

_MISSING = {
    **{name: REASONS[name].label for name in (*PENDING, "partly", "closed", "no-holder")},
    "no-access-documented": Label(
        "on ne sait pas comment la donnée parvient au porteur",
        "how the data reach the operator is not documented",
    ),
    "no-dataset": Label("les données du service ne sont pas nommées", "the data of the service are not named"),
}  # fmt: skip

_STEPS = {
    **{name: REASONS[name].step for name in (*PENDING, "partly", "closed", "no-holder")},
    "no-access-documented": Label(
        "Demander à {actor} d'où viennent les données de {service}, et noter la réponse.",
        "Ask {actor} where the data of {service} come from, and write down the answer.",
    ),
    "no-dataset": Label(
        "Demander à {actor} si {service} utilise des données, et lesquelles.",
        "Ask {actor} whether {service} uses data, and which.",
    ),
}


_LACKS = Label(
    "Il manque à {service} ({actor}, {status}) : {titles} ({why}).",
    "{service} ({actor}, {status}) lacks: {titles} ({why}).",
)
_SENTENCES = {
    "no-access-documented": Label(
        "{service} ({actor}, {status}) utilise {titles} : rien ne dit comment la donnée lui parvient.",
        "{service} ({actor}, {status}) uses {titles}: nothing says how the data reach it.",
    ),
    "no-dataset": Label(
        "{service} ({actor}, {status}) : {why}.", "{service} ({actor}, {status}): {why}."
    ),
}


@detector(
    "service-lacks-data",
    label=Label("service dont des données manquent", "service that lacks data"),
    definition=Label(
        "Un jeu que le service utilise n'est ni ouvert, ni détenu par le porteur ou son autorité, ni transmis à "
        "lui par un flux actif sans obstacle ; ou le service ne nomme aucun jeu. Un constat par service.",
        "A dataset that the service uses is neither open, nor held by the operator or its authority, nor passed "
        "to it by an active flow without an obstacle; or the service names no dataset. One finding for each "
        "service.",
    ),
    population=Label(
        "services qui ont un porteur, et que leur description ne dit ni arrêtés ni intégrés à un autre",
        "services that have an operator, and that their description does not say to be over or part of another",
    ),
    reasons=_MISSING,
    severity=Label(
        "Élevée si le partage est bloqué ou n'est que partiel et que le service est en service ou en prototype ; "
        "faible si rien n'est documenté ; sinon moyenne.",
        "High if sharing is blocked or only partial and the service is live or a prototype; low if nothing is "
        "documented; else medium.",
    ),
)
def service_lacks_data(lookups: Lookups) -> Iterator[Finding]:
    """Services with a dataset that does not reach their operator, by the gravest reason."""
    served = [s for s in lookups.services if s["operator"] and not over(s["description"])]
    order = [*_MISSING]
    for service in served:
        missing = []
        for dataset in service["datasets"] or ():
            why = why_missing(lookups.known, service, dataset)
            if why is not None:
                missing.append((order.index(why.reason), dataset, why))
        if missing:
            missing.sort(key=lambda found: found[0])
            yield _lacking(lookups.known, service, [(d, w) for _, d, w in missing], len(served))
        elif not service["datasets"]:
            yield _lacking(lookups.known, service, [], len(served))


_OVER = re.compile(
    r"\b(intégrée?s? (à|dans|au)|fusionnée?s?|remplacée?s? par|abandonnée?s?|arrêtée?s?|fermée?s?|clos|close"
    r"|merged (with|into)|replaced by|integrated into|discontinued|abandoned|shut down|closed down)\b",
    re.IGNORECASE,
)
"""Words of a description by which a service is no more, or is another."""


def over(text: str | None) -> bool:
    """Whether a text says that a service is no more, or is part of another."""
    return text is not None and _OVER.search(text) is not None


def still_missing(known: Known, service: Row) -> list[str]:
    """The datasets of a service that do not reach its operator."""
    return [d for d in service["datasets"] or () if why_missing(known, service, d)]


def why_missing(known: Known, service: Row, dataset: str) -> Why | None:
    """Why a dataset does not reach the operator of a service; None if it does."""
    need = {"actor": service["operator"], "dataset": dataset, "theme": None, "purpose": None}
    why = why_unmet(known, need)
    if why is None or why.reason in ("inside-authority", "inside-whole"):
        return None
    if why.reason in ("shared-with-others", "one-broker", "not-documented", "towards-others"):
        return why._replace(reason="no-access-documented")
    return why._replace(reason="no-holder") if why.reason == "elsewhere" else why


def reason_missing(known: Known, service: Row, dataset: str) -> Label:
    """Why a dataset does not reach the operator of a service, in words."""
    if service["operator"] is None:
        return _NO_OPERATOR
    why = why_missing(known, service, dataset)
    return _MISSING[why.reason] if why else _NOT_MISSING


_NO_OPERATOR = Label("personne ne porte le service", "nobody runs the service")
_NOT_MISSING = Label("il arrive", "it arrives")


def _lacking(
    known: Known, service: Row, missing: list[tuple[str, Why]], population: int
) -> Finding:
    reason, flows, barrier = "no-dataset", [], None
    datasets = tuple(dataset for dataset, _ in missing)
    if missing:
        reason, flows = missing[0][1].reason, [f for _, why in missing for f in why.flows]
        barrier = first_barrier(missing[0][1].flows)
    first: Row = flows[0] if flows else {}
    words: dict[str, object] = {
        "service": quote(str(service["name"] or service["id"])),
        "actor": known.actor(service["operator"]),
        "status": SERVICE_STATUSES.label(service["status"]),
        "titles": known.titles(datasets),
        "title": known.title(datasets[0]) if datasets else "",
        "holder": known.actor(known.holder(datasets[0]) or "") if datasets else "",
        "provider": known.actor(first.get("provider", "")),
        "because": because(barrier),
        "why": _MISSING[reason],
    }
    if reason == "blocked":
        words["unblocking"] = unblocking(known, first["provider"], service["operator"], barrier)
    live = service["status"] in ("live", "prototype")
    severity = "medium"
    if reason in ("blocked", "partly") and live:
        severity = "high"
    elif reason in ("no-access-documented", "no-dataset"):
        severity = "low"
    others = [f["provider"] for f in flows]
    return Finding(
        id=f"service-lacks-data:{service['id']}",
        detector="service-lacks-data",
        reason=reason,
        actors=tuple(dict.fromkeys([service["operator"], *others])),
        datasets=datasets,
        sentence=_SENTENCES.get(reason, _LACKS).filled(words),
        next_step=_STEPS[reason].filled(words),
        evidence=(
            ("services", service["id"]),
            *(("datasets", d) for d in datasets if d in known.dataset),
            *dict.fromkeys(("flows", f["id"]) for f in flows),
        ),
        population=population,
        severity=severity,
        barrier=barrier,
    )


@detector(
    "one-actor-for-services",
    label=Label("services suspendus à un seul acteur", "services that hang on one actor"),
    definition=Label(
        "Le jeu n'est ni ouvert, ni détenu par des habitants ; le service d'un autre acteur que ceux qui l'ont l'utilise, et il n'a qu'une "
        "source (son détenteur, ou qui le donne sans l'avoir reçu), ou un seul acteur le reçoit (hors habitants et grand public).",
        "The dataset is neither open nor held by citizens; the service of an actor other than those that have it uses it, and it has one "
        "source only (its holder, or who gives it without having received it), or one actor only receives it (citizens and the general public aside).",
    ),
    population=Label("jeux utilisés par un service", "datasets that a service uses"),
    reasons={
        "single-source": Label("une seule source", "one source only"),
        "single-recipient": Label("un seul destinataire", "one recipient only"),
    },
    severity=Label(
        "Élevée si au moins deux services en service l'utilisent ; moyenne si un l'est ; sinon faible.",
        "High if at least two live services use it; medium if one is live; else low.",
    ),
)
def one_actor_for_services(lookups: Lookups) -> Iterator[Finding]:
    """Datasets of services that one actor could take away."""
    known = lookups.known
    used = [row for row in lookups.datasets if row["id"] in known.services_by_dataset]
    for row in used:
        dataset = row["id"]
        if row["access"] == "open" or known.is_people(row["holder"] or ""):
            continue
        services = known.services_by_dataset[dataset]
        flows = known.deliveries.get(dataset, [])
        givers = sources_of(row["holder"], flows)
        takers = {f["recipient"] for f in flows if not known.is_people(f["recipient"])}
        near = {known.authority.get(a) for a in givers if not known.is_people(a)}
        others = [
            s for s in services if s["operator"] and known.authority.get(s["operator"]) not in near
        ]
        apart = [s for s in others if known.authority.get(s["operator"]) not in map(known.authority.get, takers)]  # fmt: skip
        if len(givers) == 1 and near and others:
            reason, actor, services = "single-source", next(iter(givers)), others
        elif len(takers) == 1 and apart:
            reason, actor, services = "single-recipient", next(iter(takers)), apart
        else:
            continue
        live = sum(service["status"] == "live" for service in services)
        names = [service["name"] or service["id"] for service in services]
        words = {
            "title": known.quoted(dataset),
            "services": ", ".join(names),
            "actor": known.actor(actor),
        }
        operators = [s["operator"] for s in services if s["operator"]]
        yield Finding(
            id=f"one-actor-for-services:{dataset}",
            detector="one-actor-for-services",
            reason=reason,
            actors=tuple(dict.fromkeys([actor, *operators])),
            datasets=(dataset,),
            sentence=(
                Label("{title} (utile à : {services}) n'a qu'une source : {actor}.",
                      "{title} (of use to: {services}) has one source only: {actor}.")
                if reason == "single-source"
                else Label("{title} (utile à : {services}) a un seul destinataire : {actor}.",
                           "{title} (of use to: {services}) has one recipient only: {actor}.")
            ).filled(words),
            next_step=Label(
                "Convenir avec {actor} de la continuité, ou trouver une seconde voie.",
                "Agree on continuity with {actor}, or find a second route.",
            ).filled(words),
            evidence=(
                ("datasets", dataset),
                *(("services", s["id"]) for s in services),
                *(("flows", f["id"]) for f in flows),
            ),
            population=len(used),
            severity="high" if live >= 2 else "medium" if live else "low",
        )  # fmt: skip
