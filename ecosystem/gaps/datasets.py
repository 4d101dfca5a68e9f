"""Datasets that are held and not passed on, or open and never reused."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import PASSING, PENDING, PUBLISHING, REASONS, aim
from ecosystem.gaps.phrases import because, first_barrier
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.steps import unblocking
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import STATUSES, Label

_REASONS = {
    "only-blocked": Label("un partage est bloqué", "sharing is blocked"),
    "only-planned": Label("un partage est seulement prévu", "sharing is only planned"),
    "only-wished": Label("un partage est seulement souhaité", "sharing is only wished for"),
    "closed": Label("le jeu est fermé", "the dataset is closed"),
    "open-no-flow": Label("ouvert, mais aucun usage n'est documenté", "open, but no use is documented"),
    "not-documented": Label("aucun partage n'est documenté", "no sharing is documented"),
}  # fmt: skip

_STEPS = {
    "only-blocked": Label("{unblocking}", "{unblocking}"),
    "only-planned": Label("Fixer avec {holder} et {other} une date pour le partage prévu.", "Agree with {holder} and {other} on a date for the planned sharing."),
    "only-wished": Label("Demander à {holder} à quelles conditions le partage souhaité avec {other} serait possible.", "Ask {holder} on what conditions the sharing wished for with {other} would be possible."),
    "closed": Label("Demander à {holder} ce qui justifie la fermeture, et si un accès encadré est possible.", "Ask {holder} what calls for the closure, and whether access is possible on conditions."),
    "open-no-flow": Label("Chercher qui réutilise le jeu, ou qui pourrait le réutiliser.", "Find out who re-uses the dataset, or who could."),
    "not-documented": Label("Demander à {holder} si le jeu est partagé, et noter la réponse.", "Ask {holder} whether the dataset is shared, and write down the answer."),
}  # fmt: skip


@detector(
    "never-shared",
    label=Label("jeu de données détenu et jamais partagé", "dataset held and never shared"),
    definition=Label(
        "Le jeu a un détenteur, et aucun flux, actif ou terminé, ne l'a jamais porté à quelqu'un d'autre. Un partage "
        "qui a cessé est dit par `stalled-flow`.",
        "The dataset has a holder, and no flow, active or ended, has ever taken it to anybody else. Sharing that has "
        "ended is told by `stalled-flow`.",
    ),
    population=Label("jeux de données qui ont un détenteur", "datasets that have a holder"),
    reasons=_REASONS,
    severity=Label(
        "Faible si un besoin le nomme (ce que dit `unmet-need` ou `held-not-passed-on`, avec son poids) ; moyenne si "
        "un service l'utilise ou si un partage est bloqué ou souhaité ; sinon faible.",
        "Low if a need names it (which `unmet-need` or `held-not-passed-on` tells, with its weight); medium if a "
        "service uses it or if sharing is blocked or wished for; else low.",
    ),
)
def never_shared(lookups: Lookups) -> Iterator[Finding]:
    """Datasets with a holder that no flow has taken to anybody."""
    known = lookups.known
    held = [row for row in lookups.datasets if row["holder"] is not None]
    for row in held:
        dataset, holder = row["id"], row["holder"]
        if not never_left(known, dataset):
            continue
        flows = known.transfers.get(dataset, [])
        away = [f for f in flows if f["recipient"] != holder]  # the others bring it to its holder
        away = [f for f in away if f["provider"] == holder] or away
        status = next((s for s in _NOT_YET if any(f["status"] == s for f in away)), None)
        shown = [f for f in away if f["status"] == status]
        if status:
            reason = f"only-{status}"
        else:
            reason = {"closed": "closed", "open": "open-no-flow"}.get(
                row["access"], "not-documented"
            )
        barrier = first_barrier(shown)
        asking = {n["actor"] for n in known.needs_by_dataset.get(dataset, ())}
        told = asking - {holder} or (asking and shown)
        wanted = dataset in known.services_by_dataset or status in ("blocked", "wished")
        others = [a for f in shown for a in (f["recipient"], f["provider"]) if a != holder]
        named, other = known.actor(holder), known.actor(others[0]) if others else "?"
        words = {
            "title": known.title(dataset),
            "holder": named,
            "provider": named,
            "other": other,
            "taker": other,
            "because": because(barrier),
            "why": _REASONS[reason],
        }
        if others:
            words["unblocking"] = unblocking(known, holder, others[0], barrier)
        yield Finding(
            id=f"never-shared:{dataset}",
            detector="never-shared",
            reason=reason,
            actors=tuple(dict.fromkeys([holder, *others])),
            datasets=(dataset,),
            sentence=_SENTENCE.filled(words),
            next_step=_step(known, reason, others).filled(words),
            evidence=(("datasets", dataset), *[("flows", f["id"]) for f in shown]),
            population=len(held),
            severity="medium" if wanted and not told else "low",
        )


_NOT_YET = tuple(status for status in PENDING if status != "ended")


def never_left(known: Known, dataset: str) -> bool:
    """Whether a dataset has a holder, no flow of it is active, and none that ended had left its holder."""
    holder = known.holder(dataset)
    return holder is not None and not any(
        f["status"] == "active" or (f["status"] == "ended" and f["recipient"] != holder)
        for f in known.transfers.get(dataset, ())
    )


_SENTENCE = Label(
    "Aucun flux actif ne transmet « {title} », détenu par {holder} : {why}.",
    "No active flow passes on '{title}', held by {holder}: {why}.",
)


def _step(known: Known, reason: str, others: list[str]) -> Label:
    """What to do next: nobody can bring people and a holder together on a barrier."""
    if others and is_public(others[0]):
        return PUBLISHING
    people = others and known.is_people(others[0])
    return PASSING if people and reason == "only-blocked" else _STEPS[reason]


@detector(
    "never-reused",
    label=Label(
        "jeux ouverts dont aucun réutilisateur n'est nommé", "open datasets with no named re-user"
    ),
    definition=Label(
        "L'acteur détient des jeux ouverts et publiés, qu'aucun flux actif ne porte à un acteur nommé "
        "(sauf s'il ne fait que les transmettre), et qu'aucun service ni besoin ne nomme. Un constat par détenteur.",
        "The actor holds datasets that are open and published, that no active flow takes to a named actor "
        "(unless it only passes them on), and that no service and no need names. One finding for each holder.",
    ),
    population=Label(
        "détenteurs de jeux ouverts et publiés", "holders of open, published datasets"
    ),
    reasons={
        "published-only": Label(
            "publié, aucun réutilisateur n'est nommé", "published, no re-user is named"
        )
    },
    severity=Label(
        "Moyenne si la plupart des jeux ouverts du détenteur (au moins trois) sont dans ce cas, sinon faible.",
        "Medium if most open datasets of the holder (three at least) are so, else low.",
    ),
)
def never_reused(lookups: Lookups) -> Iterator[Finding]:
    """Open datasets whose only recipient is the general public, by holder."""
    known = lookups.known
    published: dict[str, list[tuple[str, list[Row]]]] = {}
    unused: dict[str, list[tuple[str, list[Row]]]] = {}
    for row in lookups.datasets:
        if row["holder"] is None or row["access"] != "open":
            continue
        flows = [f for f in known.flows_by_dataset.get(row["id"], []) if f["status"] == "active"]
        to_public = [f for f in flows if is_public(f["recipient"])]
        if not to_public:
            continue
        published.setdefault(row["holder"], []).append((row["id"], to_public))
        givers = {f["provider"] for f in flows}
        named = any(
            not is_public(f["recipient"])
            and f["recipient"] != f["provider"]
            and f["recipient"] not in givers
            for f in flows
        )
        used = row["id"] in known.services_by_dataset or row["id"] in known.needs_by_dataset
        if not named and not used:
            unused.setdefault(row["holder"], []).append((row["id"], to_public))
    for holder, rows in unused.items():
        datasets, every = tuple(d for d, _ in rows), len(published[holder])
        words = {
            "holder": known.actor(holder),
            "titles": known.titles(datasets),
            "count": len(datasets),
            "every": every,
            "these": Label("ce jeu", "this dataset")
            if len(rows) == 1
            else Label("ces jeux", "these datasets"),
        }
        yield Finding(
            id=f"never-reused:{holder}",
            detector="never-reused",
            reason="published-only",
            actors=(holder,),
            datasets=datasets,
            sentence=Label(
                "{holder} : jeux ouverts dont aucun réutilisateur n'est nommé, {count} sur {every} : {titles}.",
                "{holder}: open datasets with no named re-user, {count} of {every}: {titles}.",
            ).filled(words),
            next_step=Label(
                "Demander à {holder} qui télécharge {these}, et aux usagers possibles ce qui manque.",
                "Ask {holder} who downloads {these}, and possible users what is missing.",
            ).filled(words),
            evidence=tuple(
                pair
                for dataset, flows in rows
                for pair in [("datasets", dataset), *(("flows", f["id"]) for f in flows)]
            ),
            population=len(published),
            severity="medium" if len(rows) >= 3 and 2 * len(rows) > every else "low",
        )


@detector(
    "held-not-passed-on",
    label=Label("détenu pour un besoin, pas encore transmis", "held for a need, not yet passed on"),
    definition=Label(
        "L'acteur détient le jeu que son besoin nomme, des flux sont décrits vers d'autres, et aucun n'est actif.",
        "The actor holds the dataset that its need names, flows to others are described, and none is active.",
    ),
    population=Label(
        "besoins dont l'acteur détient le jeu nommé",
        "needs whose actor holds the dataset they name",
    ),
    reasons={
        status: Label("la transmission est à l'état « {s} »", "passing it on is '{s}'").format(
            s=STATUSES[status].label
        )
        for status in PENDING
    },
    severity=Label(
        "Élevée si la transmission est bloquée et que le destinataire n'en exprime pas lui-même le besoin (ce que "
        "dirait `unmet-need`) ; faible si elle a cessé ; sinon moyenne.",
        "High if passing it on is blocked and the recipient does not express the need itself (which `unmet-need` "
        "would tell); low if it has ended; else medium.",
    ),
)
def held_not_passed_on(lookups: Lookups) -> Iterator[Finding]:
    """Needs to inform or to serve others, where the data do not leave their holder."""
    known = lookups.known
    own = [n for n in lookups.needs if n["dataset"] and known.holder(n["dataset"]) == n["actor"]]
    for need in own:
        actor, dataset = need["actor"], need["dataset"]
        onward = [f for f in known.transfers.get(dataset, []) if f["provider"] == actor]
        if not onward or any(f["status"] == "active" for f in onward):
            continue
        status = next(s for s in PENDING if any(f["status"] == s for f in onward))
        shown = [f for f in onward if f["status"] == status]
        barrier = first_barrier(shown)
        words = {
            "actor": known.actor(actor),
            "title": known.title(dataset),
            "taker": known.actor(shown[0]["recipient"]),
            "status": STATUSES.label(status),
            "aim": aim(need),
            "provider": known.actor(actor),
            "because": because(barrier),
        }
        yield Finding(
            id=f"held-not-passed-on:{need['id']}",
            detector="held-not-passed-on",
            reason=status,
            actors=tuple(dict.fromkeys([actor, *(f["recipient"] for f in shown)])),
            datasets=(dataset,),
            sentence=Label(
                "« {title} », détenu par {actor}{aim} : la transmission à {taker} est à l'état « {status} ».",
                "'{title}', held by {actor}{aim}: passing it to {taker} is '{status}'.",
            ).filled(words),
            next_step=(
                PUBLISHING
                if is_public(shown[0]["recipient"])
                else REASONS["ended"].step
                if status == "ended"
                else PASSING
            ).filled(words),
            evidence=(
                ("needs", need["id"]),
                ("datasets", dataset),
                *(("flows", f["id"]) for f in shown),
            ),
            population=len(own),
            severity="low"
            if status == "ended"
            else "high"
            if status == "blocked"
            and not {f["recipient"] for f in shown}
            & {n["actor"] for n in known.needs_by_dataset[dataset]}
            else "medium",
            barrier=barrier,
        )
