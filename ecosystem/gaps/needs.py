"""Needs: which are not met, and why; what is held for a purpose and not passed on; who gets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ecosystem.gaps.registry import Finding, Row, Scene, detector
from ecosystem.vocabulary import BARRIERS, STATUSES, THEMES, Label

PENDING = ("blocked", "planned", "wished", "ended")
"""Statuses of a flow that does not deliver, the one that tells most first."""

NOT_STATED = Label("non précisé", "not stated")


@dataclass(frozen=True)
class Reason:
    """Why a need is not met: in a word, as the end of a sentence, and what to do next."""

    label: Label
    ending: Label
    step: Label


REASONS: dict[str, Reason] = {
    "blocked": Reason(
        Label("le partage est bloqué", "sharing is blocked"),
        Label("{provider} ne le transmet pas à {taker} (obstacle : {barrier})",
              "{provider} does not pass it to {taker} (barrier: {barrier})"),
        Label("Réunir {provider} et {actor} sur l'obstacle ({barrier}).",
              "Bring {provider} and {actor} together on the barrier ({barrier})."),
    ),
    "planned": Reason(
        Label("le partage est prévu", "sharing is planned"),
        Label("{provider} prévoit de le transmettre à {taker}", "{provider} plans to pass it to {taker}"),
        Label("Fixer avec {provider} une date et un instrument pour le partage prévu.",
              "Agree with {provider} on a date and an instrument for the planned sharing."),
    ),
    "wished": Reason(
        Label("le partage est souhaité", "sharing is wished for"),
        Label("sa transmission par {provider} à {taker} n'est que souhaitée",
              "passing it from {provider} to {taker} is only wished for"),
        Label("Demander à {provider} à quelles conditions le partage serait possible.",
              "Ask {provider} on what conditions sharing would be possible."),
    ),
    "ended": Reason(
        Label("le partage a cessé", "sharing has ended"),
        Label("{provider} ne le transmet plus à {taker}", "{provider} no longer passes it to {taker}"),
        Label("Demander à {provider} pourquoi le partage a cessé et ce qui permettrait de le reprendre.",
              "Ask {provider} why sharing ended and what would let it resume."),
    ),
    "partly": Reason(
        Label("la donnée arrive en partie ou avec un obstacle", "data arrive in part or with an obstacle"),
        Label("{provider} ne le transmet qu'en partie ou avec un obstacle ({barrier})",
              "{provider} passes it on only in part or with an obstacle ({barrier})"),
        Label("Revoir avec {provider} ce qui manque encore à {actor}.",
              "Go over with {provider} what {actor} still lacks."),
    ),
    "inside-authority": Reason(
        Label("la donnée est déjà dans la même autorité", "the data are already within the same authority"),
        Label("{inside}, de la même autorité, l'a déjà", "{inside}, of the same authority, already has it"),
        Label("Demander la donnée à {inside}, en interne.", "Ask {inside} for the data, inside the authority."),
    ),
    "closed": Reason(
        Label("la donnée est détenue mais fermée", "the data are held but closed"),
        Label("{holder} le détient, fermé", "{holder} holds it, closed"),
        Label("Demander à {holder} si un accès encadré (convention, agrégation) est possible.",
              "Ask {holder} whether framed access (agreement, aggregation) is possible."),
    ),
    "shared-with-others": Reason(
        Label("la donnée est partagée avec d'autres", "the data are shared with others"),
        Label("{holder} le partage, mais pas avec lui", "{holder} shares it, but not with it"),
        Label("Demander à {holder} l'accès qu'ont déjà d'autres acteurs.",
              "Ask {holder} for the access that others already have."),
    ),
    "not-documented": Reason(
        Label("détenteur connu, accès non documenté", "holder known, access not documented"),
        Label("{holder} le détient, aucun accès n'est documenté", "{holder} holds it, no access is documented"),
        Label("Demander à {holder} si « {title} » peut être partagé, et noter la réponse.",
              "Ask {holder} whether '{title}' can be shared, and write down the answer."),
    ),
    "no-holder": Reason(
        Label("aucun détenteur n'est connu", "no holder is known"),
        Label("aucun détenteur n'est connu", "no holder is known"),
        Label("Chercher qui produit « {title} », ou qui pourrait le produire.",
              "Find out who produces '{title}', or who could."),
    ),
    "no-dataset": Reason(
        Label("aucun jeu de données n'est nommé", "no dataset is named"),
        Label("aucun jeu de données n'est nommé", "no dataset is named"),
        Label("Réunir {actor} et des détenteurs de données du thème « {theme} » pour nommer le jeu "
              "qui répondrait au besoin.",
              "Bring {actor} and holders of '{theme}' data together to name the dataset that would "
              "meet the need."),
    ),
}  # fmt: skip


@detector(
    "unmet-need",
    label=Label("besoin non couvert", "unmet need"),
    definition=Label(
        "Un besoin est couvert si son acteur reçoit le jeu par un flux actif sans obstacle, le détient, "
        "ou peut l'atteindre parce qu'il est ouvert à tous.",
        "A need is met if its actor receives the dataset by an active flow without an obstacle, holds "
        "it, or can reach it because it is open to all.",
    ),
    population=Label("besoins exprimés", "needs expressed"),
    reasons={name: reason.label for name, reason in REASONS.items()},
)
def unmet_needs(scene: Scene) -> Iterator[Finding]:
    """Needs that nothing meets, each with the reason that says most about what to do."""
    for need in scene.needs:
        if found := why_unmet(scene, need):
            yield _unmet(scene, need, *found)


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
        status: Label("sa transmission : {s}", "passing it on: {s}").format(
            s=STATUSES[status].label
        )
        for status in PENDING
    },
)
def held_not_passed_on(scene: Scene) -> Iterator[Finding]:
    """Needs to inform or to serve others, where the data do not leave their holder."""
    own = [n for n in scene.needs if n["dataset"] and scene.holder(n["dataset"]) == n["actor"]]
    for need in own:
        actor, dataset = need["actor"], need["dataset"]
        onward = [
            f
            for f in scene.flows_by_dataset.get(dataset, [])
            if f["provider"] == actor and f["recipient"] != actor
        ]
        if not onward or any(f["status"] == "active" for f in onward):
            continue
        status = next(s for s in PENDING if any(f["status"] == s for f in onward))
        shown = [f for f in onward if f["status"] == status]
        barrier = next((f["barrier"] for f in shown if f["barrier"]), None)
        words = {
            "actor": scene.actor(actor),
            "title": scene.title(dataset),
            "recipient": scene.actor(shown[0]["recipient"]),
            "status": STATUSES.label(status),
            "aim": _aim(need),
        }
        yield Finding(
            id=f"held-not-passed-on:{need['id']}",
            detector="held-not-passed-on",
            reason=status,
            actors=tuple(dict.fromkeys([actor, *(f["recipient"] for f in shown)])),
            datasets=(dataset,),
            sentence=Label(
                "{actor} détient « {title} »{aim}, mais sa transmission à {recipient} en est à l'état « {status} ».",
                "{actor} holds '{title}'{aim}, but passing it to {recipient} is only '{status}'.",
            ).format(**words),
            next_step=Label(
                "Voir avec {recipient} ce qui retient la transmission par {actor}.",
                "Settle with {recipient} what keeps {actor} from passing it on.",
            ).format(**words),
            evidence=(
                ("needs", need["id"]),
                ("datasets", dataset),
                *(("flows", f["id"]) for f in shown),
            ),
            population=len(own),
            barrier=barrier,
        )


@detector(
    "asks-gets-nothing",
    label=Label("demande sans rien recevoir", "asks and receives nothing"),
    definition=Label(
        "L'acteur exprime au moins un besoin et aucun flux actif, d'aucune donnée, n'arrive à lui.",
        "The actor expresses at least one need and no active flow, of any data, reaches it.",
    ),
    population=Label("acteurs qui expriment un besoin", "actors that express a need"),
    reasons={"no-inflow": Label("aucun flux actif vers lui", "no active flow to it")},
)
def needs_without_inflow(scene: Scene) -> Iterator[Finding]:
    """Actors that express needs and receive no data at all by an active flow."""
    needs: dict[str, list[Row]] = {}
    for need in scene.needs:
        needs.setdefault(need["actor"], []).append(need)
    for actor, own in needs.items():
        if actor in scene.receives:
            continue
        one = len(own) == 1
        yield Finding(
            id=f"asks-gets-nothing:{actor}",
            detector="asks-gets-nothing",
            reason="no-inflow",
            actors=(actor,),
            datasets=tuple(dict.fromkeys(n["dataset"] for n in own if n["dataset"])),
            sentence=Label(
                f"{{actor}} exprime {'un besoin' if one else f'{len(own)} besoins'} et ne reçoit aucune donnée.",
                f"{{actor}} expresses {'one need' if one else f'{len(own)} needs'} and receives no data.",
            ).format(actor=scene.actor(actor)),
            next_step=Label(
                "Choisir avec lui un besoin par lequel commencer : {first}.",
                "Choose with it a need to start from: {first}.",
            ).format(first=_first(scene, own)),
            evidence=tuple(("needs", need["id"]) for need in own),
            population=len(needs),
        )


def why_unmet(scene: Scene, need: Row) -> tuple[str, list[Row], str | None] | None:
    """Reason, the flows that show it, and who has the data inside the authority; None if met."""
    actor, dataset = need["actor"], need["dataset"]
    if dataset is None:
        return "no-dataset", [], None
    access = scene.dataset.get(dataset, {}).get("access")
    holder = scene.holder(dataset)
    flows = [f for f in scene.flows_by_dataset.get(dataset, []) if f["provider"] != f["recipient"]]
    to_actor = [f for f in flows if f["recipient"] == actor]
    if any(f["status"] == "active" for f in to_actor):
        hindered = [
            f
            for f in to_actor
            if f["status"] == "blocked" or (f["status"] == "active" and f["barrier"])
        ]
        return ("partly", hindered, None) if hindered else None
    if holder == actor or access == "open":
        return None
    own = scene.authority.get(actor, actor)
    to_own = [f for f in flows if scene.authority.get(f["recipient"]) == own]
    inside = [f["recipient"] for f in to_own if f["status"] == "active"]
    for towards in (to_actor, [] if inside else to_own):
        for status in PENDING:
            if pending := [f for f in towards if f["status"] == status]:
                return status, pending, None
    if holder is not None and scene.authority.get(holder) == own:
        return "inside-authority", [], holder
    if inside:
        return "inside-authority", [f for f in to_own if f["status"] == "active"], inside[0]
    if holder is None:
        return "no-holder", [], None
    if access == "closed":
        return "closed", [], None
    active = [f for f in flows if f["status"] == "active"]
    if active or access == "shared":
        return "shared-with-others", active, None
    return "not-documented", [], None


def _unmet(scene: Scene, need: Row, name: str, flows: list[Row], inside: str | None) -> Finding:
    reason, dataset = REASONS[name], need["dataset"]
    holder = scene.holder(dataset) if dataset else None
    first: Row = flows[0] if flows else {}
    barrier = next((f["barrier"] for f in flows if f["barrier"]), None)
    words: dict[str, object] = {
        "actor": scene.actor(need["actor"]),
        "title": scene.title(dataset) if dataset else "",
        "aim": _aim(need),
        "holder": scene.actor(holder or ""),
        "inside": scene.actor(inside or ""),
        "provider": scene.actor(first.get("provider", "")),
        "taker": scene.actor(first.get("recipient", "")),
        "theme": THEMES.label(need["theme"]),
        "barrier": BARRIERS.label(barrier) if barrier else NOT_STATED,
    }
    words["ending"] = reason.ending.format(**words)
    wanted = (
        Label("{actor} a besoin de « {title} »{aim} : {ending}.", "{actor} needs '{title}'{aim}: {ending}.")
        if dataset
        else Label("{actor} a un besoin sur le thème « {theme} »{aim} : {ending}.",
                   "{actor} has a need about '{theme}'{aim}: {ending}.")
    )  # fmt: skip
    involved = [need["actor"], *(f["provider"] for f in flows), holder, inside]
    return Finding(
        id=f"unmet-need:{need['id']}",
        detector="unmet-need",
        reason=name,
        actors=tuple(dict.fromkeys(a for a in involved if a)),
        datasets=(dataset,) if dataset else (),
        sentence=wanted.format(**words),
        next_step=reason.step.format(**words),
        evidence=(
            ("needs", need["id"]),
            *((("datasets", dataset),) if dataset in scene.dataset else ()),
            *(("flows", f["id"]) for f in flows),
        ),
        population=len(scene.needs),
        barrier=barrier,
    )


def _aim(need: Row) -> str:
    """The purpose of a need in brackets, or nothing."""
    return f" ({str(need['purpose']).rstrip('.')})" if need["purpose"] else ""


def _first(scene: Scene, needs: list[Row]) -> Label:
    """The dataset that a need names, or the purpose of the first need."""
    for need in needs:
        if need["dataset"]:
            title = scene.title(need["dataset"])
            return Label(f"« {title} »", f"'{title}'")
    purpose = str(needs[0]["purpose"] or needs[0]["id"]).rstrip(".")
    return Label(f"« {purpose} »", f"'{purpose}'")
