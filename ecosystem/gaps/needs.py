"""Needs that are not met, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ecosystem.gaps.known import Known, Row, Why
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.phrases import because, first_barrier
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.steps import above, unblocking
from ecosystem.gaps.titles import words_of
from ecosystem.ranking.meeting import MET, how_met
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import STATUSES, THEMES, Label

PENDING = ("blocked", "planned", "wished", "ended")
"""Statuses of a flow that does not deliver, the one that tells most first."""

PUBLISHING = Label(
    "Demander à {provider} ce qui retient la publication{because}, et une date.",
    "Ask {provider} what keeps it from publishing{because}, and for a date.",
)
"""The next step where the data would go to the general public, which nobody can meet."""

PASSING = Label(
    "Demander à {provider} ce qui retient la transmission à {taker}{because}, et une date.",
    "Ask {provider} what keeps the data from {taker}{because}, and for a date.",
)
"""The next step where it is up to the provider: the recipient is people, or has not asked."""

NO_NEEDS = Label(
    "aucun besoin ne nomme de jeu : remplissez la table needs (colonnes actor et dataset) pour dire qui a besoin de quoi",
    "no need names a dataset: fill in the table needs (columns actor and dataset) to say who needs what",
)
"""What is said where a command finds no need to work on."""

WORDS_SHARED = 2
"""Words that a dataset of another territory must share with a need to be told as like it."""


@dataclass(frozen=True)
class Reason:
    """Why a need is not met: in a word, as the end of a sentence, what to do next, its weight."""

    label: Label
    ending: Label
    step: Label
    severity: str


REASONS: dict[str, Reason] = {
    "blocked": Reason(
        Label("le partage est bloqué", "sharing is blocked"),
        Label("la transmission par {provider} à {taker} est bloquée{because}",
              "passing it from {provider} to {taker} is blocked{because}"),
        Label("{unblocking}", "{unblocking}"),
        "high",
    ),
    "planned": Reason(
        Label("le partage est prévu", "sharing is planned"),
        Label("la transmission par {provider} à {taker} n'est que prévue",
              "passing it from {provider} to {taker} is only planned"),
        Label("Fixer avec {provider} une date et un instrument pour le partage prévu.",
              "Agree with {provider} on a date and an instrument for the planned sharing."),
        "medium",
    ),
    "wished": Reason(
        Label("le partage est souhaité", "sharing is wished for"),
        Label("la transmission par {provider} à {taker} n'est que souhaitée",
              "passing it from {provider} to {taker} is only wished for"),
        Label("Demander à {provider} à quelles conditions le partage serait possible.",
              "Ask {provider} on what conditions sharing would be possible."),
        "medium",
    ),
    "ended": Reason(
        Label("le partage a cessé", "sharing has ended"),
        Label("la transmission par {provider} à {taker} a cessé",
              "passing it from {provider} to {taker} has ended"),
        Label("Demander à {provider} si le partage a cessé comme prévu, et sinon ce qui permettrait de le reprendre.",
              "Ask {provider} whether sharing ended as planned and, if not, what would let it resume."),
        "medium",
    ),
    "partly": Reason(
        Label("la donnée arrive en partie ou avec un obstacle", "data arrive in part or with an obstacle"),
        Label("la transmission par {provider} à {taker} n'est que partielle ou rencontre un obstacle{because}",
              "passing it from {provider} to {taker} is only partial or meets an obstacle{because}"),
        Label("Revoir avec {provider} ce qui manque encore à {actor}.",
              "Go over with {provider} what {actor} still lacks."),
        "high",
    ),
    "inside-authority": Reason(
        Label("la donnée est déjà dans la même autorité", "the data are already within the same authority"),
        Label("il est déjà dans la même autorité : {other}", "it is already within the same authority: {other}"),
        Label("Demander la donnée à {other}, en interne.", "Ask {other} for the data, inside the authority."),
        "medium",
    ),
    "inside-whole": Reason(
        Label("l'autorité du service la détient", "the authority of the department holds it"),
        Label("{other}, dont {actor} fait partie, le détient ; par quel service, ce n'est pas dit",
              "{other}, which {actor} is part of, holds it; by which department is not said"),
        Label("Demander au sein de {other} quel service détient « {title} », et le transmettre à {actor} en interne.",
              "Ask inside {other} which department holds '{title}', and pass it to {actor} inside."),
        "medium",
    ),
    "closed": Reason(
        Label("la donnée est détenue mais fermée", "the data are held but closed"),
        Label("il est fermé, détenu par {holder}", "it is closed, held by {holder}"),
        Label("Demander à {holder} si un accès encadré (convention, agrégation) est possible.",
              "Ask {holder} whether access is possible on conditions (agreement, aggregation)."),
        "medium",
    ),
    "shared-with-others": Reason(
        Label("la donnée est partagée avec d'autres", "the data are shared with others"),
        Label("il est partagé par {holder} avec d'autres seulement", "it is shared by {holder} with others only"),
        Label("Demander à {holder} l'accès qu'ont déjà d'autres acteurs.",
              "Ask {holder} for the access that others already have."),
        "medium",
    ),
    "one-broker": Reason(
        Label("la donnée n'est à portée que par un intermédiaire", "the data are within reach through one broker only"),
        Label("un seul intermédiaire l'a déjà et transmet des données à {actor} : {other}",
              "one broker only has it already and passes data to {actor}: {other}"),
        Label("Demander à {holder} d'autoriser la transmission par {other}, ou un accès direct.",
              "Ask {holder} to let {other} pass it on, or for direct access."),
        "medium",
    ),
    "elsewhere": Reason(
        Label("un jeu semblable existe dans un autre territoire", "a like dataset exists in another territory"),
        Label("aucun n'est connu ici, un semblable l'est ailleurs : « {like} », détenu par {holder}{place}",
              "none is known here, one like it is elsewhere: '{like}', held by {holder}{place}"),
        Label("Demander à {holder} comment « {like} » est produit, et qui pourrait faire de même ici.",
              "Ask {holder} how '{like}' is produced, and who could do the same here."),
        "medium",
    ),
    "towards-others": Reason(
        Label("un partage avec d'autres est en attente", "sharing with others is pending"),
        Label("il est détenu par {holder} ; la transmission à {taker} est à l'état « {status} »",
              "it is held by {holder}; passing it to {taker} is '{status}'"),
        Label("Demander à {holder} si {actor} pourrait l'avoir par le partage avec {taker} (à l'état « {status} »).",
              "Ask {holder} whether {actor} could get it by the sharing with {taker} ('{status}')."),
        "low",
    ),
    "not-documented": Reason(
        Label("détenteur connu, accès non documenté", "holder known, access not documented"),
        Label("il est détenu par {holder}, aucun accès n'est documenté",
              "it is held by {holder}, no access is documented"),
        Label("Demander à {holder} si « {title} » peut être partagé, et noter la réponse.",
              "Ask {holder} whether '{title}' can be shared, and write down the answer."),
        "low",
    ),
    "no-holder": Reason(
        Label("aucun détenteur n'est connu", "no holder is known"),
        Label("aucun détenteur n'est connu", "no holder is known"),
        Label("Chercher qui produit « {title} », ou qui pourrait le produire.",
              "Find out who produces '{title}', or who could."),
        "low",
    ),
    "no-dataset": Reason(
        Label("aucun jeu de données n'est nommé", "no dataset is named"),
        Label("aucun jeu de données n'est nommé", "no dataset is named"),
        Label("Demander à {actor} si des données répondraient à ce besoin, et si oui lesquelles.",
              "Ask {actor} whether data would meet this need and, if so, which."),
        "low",
    ),
}  # fmt: skip


@detector(
    "unmet-need",
    label=Label("besoin non couvert", "unmet need"),
    definition=MET,
    population=Label("besoins qui nomment un jeu", "needs that name a dataset"),
    reasons={name: reason.label for name, reason in REASONS.items() if name != "no-dataset"},
    severity=Label(
        "Élevée si le partage est bloqué, partiel ou freiné ; moyenne si quelqu'un de connu a la donnée ou une "
        "semblable ; faible si aucun détenteur ou accès n'est documenté.",
        "High if sharing is blocked, partial or hindered; medium if somebody known has the data or the like; low "
        "if no holder or access is documented.",
    ),
)
def unmet_needs(lookups: Lookups) -> Iterator[Finding]:
    """Needs that nothing meets, each with the reason that says most about what to do."""
    named = [need for need in lookups.needs if need["dataset"]]
    for need in named:
        if found := why_unmet(lookups.known, need):
            yield unmet(lookups, need, found, "unmet-need", len(named))


def why_unmet(known: Known, need: Row) -> Why | None:
    """Why a need is not met; None if it is met."""
    asked = need["actor"], need["dataset"], need["theme"], need["purpose"]
    if asked not in known.answers:
        known.answers[asked] = _why_unmet(known, need)
    return known.answers[asked]


def met(known: Known, actor: str, dataset: str) -> str | None:
    """How a need of an actor for a dataset is met, if it is; see `ecosystem.ranking.meeting`."""
    row = known.dataset.get(dataset, {})
    return how_met(actor, row.get("holder"), row.get("access"), known.transfers.get(dataset, ()))


def _why_unmet(known: Known, need: Row) -> Why | None:
    actor, dataset = need["actor"], need["dataset"]
    if dataset is None:
        like = _elsewhere(known, need)
        return Why("elsewhere", [], like) if like else Why("no-dataset", [])
    access = known.dataset.get(dataset, {}).get("access")
    holder = known.holder(dataset)
    if met(known, actor, dataset):
        return None
    flows = known.transfers.get(dataset, [])
    to_actor = [f for f in flows if f["recipient"] == actor]
    if any(f["status"] == "active" for f in to_actor):
        return Why("partly", [f for f in to_actor if f["status"] in ("active", "blocked")])
    own = known.authority.get(actor, actor)
    to_own = [f for f in flows if known.authority.get(f["recipient"]) == own]
    inside = [f["recipient"] for f in to_own if f["status"] == "active"]
    for towards in (to_actor, [] if inside else to_own):
        for status in PENDING:
            if pending := [f for f in towards if f["status"] == status]:
                return Why(status, pending)
    if holder is not None and known.authority.get(holder) == own:
        whole = above(known, holder, actor) == holder
        return Why("inside-whole" if whole else "inside-authority", [], holder)
    if inside:
        return Why("inside-authority", [f for f in to_own if f["status"] == "active"], inside[0])
    if holder is None:
        like = _elsewhere(known, need)
        return Why("elsewhere", [], like) if like else Why("no-holder", [])
    if access == "closed":
        return Why("closed", [])
    active = known.deliveries.get(dataset, [])
    if broker := _only_broker(known, actor, holder, active):
        return Why("one-broker", [f for f in active if f["recipient"] == broker], broker)
    if active or access == "shared":
        return Why("shared-with-others", active)
    for status in PENDING[:-1]:
        if pending := [f for f in flows if f["status"] == status and f["recipient"] != holder]:
            return Why("towards-others", pending)
    return Why("not-documented", [])


def _only_broker(known: Known, actor: str, holder: str, active: list[Row]) -> str | None:
    """The one actor that has the dataset and already passes data to the actor, if it is one.

    None too if the holder itself already passes data to the actor: then nobody is needed.
    """
    givers = known.gets_from.get(actor, {})
    if holder in givers:
        return None
    having = {f["recipient"] for f in active} - {actor, holder}
    between = sorted(having & givers.keys())
    return between[0] if len(between) == 1 else None


def _elsewhere(known: Known, need: Row) -> str | None:
    """A dataset of another territory that shares words with the need, and can be reached there."""
    here = known.actor_row.get(need["actor"], {}).get("territory")
    title = known.title(need["dataset"]) if need["dataset"] else ""
    words = words_of(need["purpose"]) | words_of(title)
    for dataset in known.held_titles.nearest(need["theme"], words, WORDS_SHARED):
        row = known.dataset[dataset]
        if row["territory"] in (None, here):
            continue
        flows = known.flows_by_dataset.get(dataset, [])
        if row["access"] == "open" or any(f["status"] == "active" for f in flows):
            return dataset
    return None


_NAMED = Label(
    "{actor} : besoin de « {title} »{aim} ; {ending}.", "{actor}: need of '{title}'{aim}; {ending}."
)
_ABOUT = Label("{actor} : besoin sur le thème « {theme} »{aim} ; {ending}.",
               "{actor}: need about '{theme}'{aim}; {ending}.")  # fmt: skip


def unmet(lookups: Lookups, need: Row, why: Why, kind: str, population: int) -> Finding:
    """The finding that tells why a need is not met."""
    known = lookups.known
    reason, dataset, flows = REASONS[why.reason], need["dataset"], why.flows
    like = why.other if why.reason == "elsewhere" and why.other else None
    holder = known.holder(like or dataset)
    words = partial(_words, known, need, why, like, holder)
    between = None if like else why.other
    involved = [need["actor"], *(f["provider"] for f in flows), holder, between]
    named = [d for d in (dataset, like) if d]
    path = (holder, between, need["actor"]) if why.reason == "one-broker" else ()
    return Finding(
        id=f"{kind}:{need['id']}",
        detector=kind,
        reason=why.reason,
        actors=tuple(dict.fromkeys(a for a in involved if a)),
        datasets=tuple(named),
        sentence=(_NAMED if dataset else _ABOUT).filled(words),
        next_step=_step(known, need["actor"], why).filled(words),
        evidence=(
            ("needs", need["id"]),
            *(("datasets", d) for d in named if d in known.dataset),
            *(("flows", f["id"]) for f in flows),
        ),
        population=population,
        severity=reason.severity,
        barrier=first_barrier(flows),
        path=tuple(a for a in path if a),
    )


def _words(
    known: Known, need: Row, why: Why, like: str | None, holder: str | None
) -> dict[str, object]:
    """The words for a need and for why it is not met."""
    first: Row = why.flows[0] if why.flows else {}
    words: dict[str, object] = {
        "actor": known.actor(need["actor"]),
        "title": known.title(need["dataset"]) if need["dataset"] else "",
        "aim": aim(need),
        "holder": known.actor(holder or ""),
        "other": known.actor(why.other or ""),
        "like": known.title(like or ""),
        "place": known.within(holder or "", known.dataset[like]["territory"]) if like else "",
        "provider": known.actor(first.get("provider", "")),
        "taker": known.actor(first.get("recipient", "")),
        "theme": THEMES.label(need["theme"]),
        "status": STATUSES.label(first["status"]) if first else "",
        "because": because(first_barrier(why.flows)),
    }
    if why.reason == "blocked":
        words["unblocking"] = unblocking(
            known, first["provider"], need["actor"], first_barrier(why.flows)
        )
    return {**words, "ending": REASONS[why.reason].ending.filled(words)}


def _step(known: Known, actor: str, why: Why) -> Label:
    """What to do next: nobody can bring people and a provider together on a barrier."""
    if why.flows and is_public(actor):
        return PUBLISHING
    people = why.reason == "blocked" and known.is_people(actor)
    return PASSING if people else REASONS[why.reason].step


def aim(need: Row) -> str:
    """The purpose of a need in brackets, or nothing."""
    return f" ({str(need['purpose']).rstrip('.')})" if need["purpose"] else ""
