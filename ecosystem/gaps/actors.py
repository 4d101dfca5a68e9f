"""Actors that receive nothing, only give or only receive, or take part in no active flow."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.needs import why_unmet
from ecosystem.gaps.registry import Finding, Row, Scene, detector
from ecosystem.vocabulary import Label

PARTNERS = 2
"""An actor is asymmetric from this many partners on one side, and none on the other."""


@detector(
    "asks-gets-nothing",
    label=Label("demande sans rien recevoir", "asks and receives nothing"),
    definition=Label(
        "L'acteur exprime au moins un besoin qui n'est pas couvert, et aucun flux actif, d'aucune donnée, n'arrive à lui.",
        "The actor expresses at least one need that is not met, and no active flow, of any data, reaches it.",
    ),
    population=Label("acteurs qui expriment un besoin", "actors that express a need"),
    reasons={"no-inflow": Label("aucun flux actif vers lui", "no active flow to it")},
    severity=Label(
        "Moyenne à partir de deux besoins non couverts, sinon faible.",
        "Medium from two unmet needs on, else low.",
    ),
)
def needs_without_inflow(scene: Scene) -> Iterator[Finding]:
    """Actors that express needs and receive no data at all by an active flow."""
    needs: dict[str, list[Row]] = {}
    for need in scene.needs:
        needs.setdefault(need["actor"], []).append(need)
    for actor, own in needs.items():
        if actor in scene.gets_from:
            continue
        unmet = [need for need in own if why_unmet(scene, need)]
        if not unmet:
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
            ).format(first=_first(scene, unmet)),
            evidence=tuple(("needs", need["id"]) for need in own),
            population=len(needs),
            severity="medium" if len(unmet) > 1 else "low",
        )


def _first(scene: Scene, needs: list[Row]) -> Label:
    """The dataset that a need names, or the purpose of the first need."""
    for need in needs:
        if need["dataset"]:
            return scene.quoted(need["dataset"])
    purpose = str(needs[0]["purpose"] or needs[0]["id"]).rstrip(".")
    return Label(f"« {purpose} »", f"'{purpose}'")


@detector(
    "one-sided",
    label=Label("échange à sens unique", "one-sided exchange"),
    definition=Label(
        f"Par des flux actifs, l'acteur donne à au moins {PARTNERS} acteurs et ne reçoit de personne, ou "
        f"l'inverse ; ni le grand public, ni les habitants, ni les licences ouvertes, ni sa propre autorité ne comptent.",
        f"By active flows, the actor gives to at least {PARTNERS} actors and receives from nobody, or the "
        f"other way round; neither the general public, nor citizens, nor open licences, nor its own authority count.",
    ),
    population=Label(
        "acteurs qui donnent ou reçoivent par un flux actif",
        "actors that give or receive by an active flow",
    ),
    reasons={
        "only-gives": Label("il donne et ne reçoit rien", "it gives and receives nothing"),
        "only-receives": Label("il reçoit et ne donne rien", "it receives and gives nothing"),
    },
    severity=Label(
        "Moyenne si l'acteur exprime un besoin et ne fait que donner, sinon faible.",
        "Medium if the actor expresses a need and only gives, else low.",
    ),
)
def one_sided(scene: Scene) -> Iterator[Finding]:
    """Actors that only give or only receive, with partners enough for it to mean something."""
    needs = {need["actor"] for need in scene.needs}
    active = [
        row["id"]
        for row in scene.actors
        if row["id"] in scene.gives_to or row["id"] in scene.gets_from
    ]
    for actor in active:
        if scene.is_public(actor) or scene.actor_row[actor]["type"] == "citizens":
            continue
        own = scene.authority.get(actor)
        gives = _partners(scene, own, scene.gives_to.get(actor, {}))
        gets = _partners(scene, own, scene.gets_from.get(actor, {}))
        if bool(scene.gives_to.get(actor)) == bool(scene.gets_from.get(actor)):
            continue
        reason, partners = ("only-gives", gives) if gives else ("only-receives", gets)
        if len(partners) < PARTNERS:
            continue
        words = {"actor": scene.actor(actor), "partners": scene.listed(partners)}
        yield Finding(
            id=f"one-sided:{actor}",
            detector="one-sided",
            reason=reason,
            actors=(actor, *partners),
            datasets=(),
            sentence=(
                Label("{actor} donne à {partners} et ne reçoit de personne.",
                      "{actor} gives to {partners} and receives from nobody.")
                if reason == "only-gives"
                else Label("{actor} reçoit de {partners} et ne donne à personne.",
                           "{actor} receives from {partners} and gives to nobody.")
            ).format(**words),
            next_step=(
                Label("Demander à {actor} quelles données lui seraient utiles en retour.",
                      "Ask {actor} which data would be of use to it in return.")
                if reason == "only-gives"
                else Label("Demander à {actor} ce qu'il pourrait rendre : données enrichies, corrections, usages.",
                           "Ask {actor} what it could give back: enriched data, corrections, uses.")
            ).format(**words),
            evidence=tuple(("flows", f["id"]) for flows in partners.values() for f in flows),
            population=len(active),
            severity="medium" if reason == "only-gives" and actor in needs else "low",
        )  # fmt: skip


def _partners(
    scene: Scene, own: str | None, exchanges: dict[str, list[Row]]
) -> dict[str, list[Row]]:
    """Partners outside the authority by flows that bind two actors: not the public, not an open licence."""
    bound = {
        actor: [f for f in flows if f["mode"] != "open_licence"]
        for actor, flows in exchanges.items()
        if not scene.is_public(actor) and scene.authority.get(actor) != own
    }
    return {actor: flows for actor, flows in bound.items() if flows}


_ISOLATED = {
    "pending-only": Label("ses flux ne sont que prévus, souhaités, bloqués ou terminés", "its flows are only planned, wished for, blocked or ended"),
    "holds-only": Label("il détient des données et aucun flux n'est documenté", "it holds data and no flow is documented"),
    "nothing-recorded": Label("aucun flux ni lien n'est documenté", "no flow and no tie is documented"),
}  # fmt: skip

_ISOLATED_STEPS = {
    "pending-only": Label("Choisir avec {actor} lequel de ces flux ouvrir d'abord.", "Choose with {actor} which of these flows to start first."),
    "holds-only": Label("Demander à {actor} qui utilise les données qu'il détient.", "Ask {actor} who uses the data that it holds."),
    "nothing-recorded": Label("Vérifier si {actor} a sa place dans l'étude, et ce qu'il détient.", "Check whether {actor} belongs in the study, and what it holds."),
}  # fmt: skip


@detector(
    "isolated",
    label=Label("acteur isolé", "isolated actor"),
    definition=Label(
        "L'acteur n'est à aucun bout d'un flux actif, n'exprime pas de besoin (`asks-gets-nothing`), ne porte pas de "
        "service, et n'a pas que des liens (`tie-without-flow`).",
        "The actor is at no end of an active flow, expresses no need (`asks-gets-nothing`), runs no service, and does "
        "not have ties only (`tie-without-flow`).",
    ),
    population=Label("acteurs", "actors"),
    reasons=_ISOLATED,
    severity=Label(
        "Moyenne si des flux sont prévus, souhaités ou bloqués, sinon faible.",
        "Medium if flows are planned, wished for or blocked, else low.",
    ),
)
def isolated(scene: Scene) -> Iterator[Finding]:
    """Actors without an active flow."""
    asking = {need["actor"] for need in scene.all_needs}
    tied = {end for tie in scene.ties for end in (tie["from"], tie["to"])}
    flows: dict[str, list[Row]] = {}
    for flow in scene.flows:
        for end in {flow["provider"], flow["recipient"]}:
            flows.setdefault(end, []).append(flow)
    held: dict[str, list[str]] = {}
    for row in scene.datasets:
        held.setdefault(row["holder"], []).append(row["id"])
    operating = {service["operator"] for service in scene.all_services}
    for row in scene.actors:
        actor = row["id"]
        if (
            actor in scene.gives_to
            or actor in scene.gets_from
            or actor in asking
            or actor in operating
            or scene.is_public(actor)
        ):
            continue
        own = [("flows", f["id"]) for f in flows.get(actor, [])]
        waiting = any(f["status"] != "ended" for f in flows.get(actor, []))
        reason = "pending-only"
        if not own:
            own, reason = [("datasets", d) for d in held.get(actor, [])], "holds-only"
        if not own:
            reason = "nothing-recorded"
            if actor in tied:
                continue
        words = {"actor": scene.actor(actor), "why": _ISOLATED[reason]}
        yield Finding(
            id=f"isolated:{actor}",
            detector="isolated",
            reason=reason,
            actors=(actor,),
            datasets=tuple(held.get(actor, ())),
            sentence=Label(
                "{actor} n'échange aucune donnée : {why}.", "{actor} exchanges no data: {why}."
            ).format(**words),
            next_step=_ISOLATED_STEPS[reason].format(**words),
            evidence=(("actors", actor), *own),
            population=len(scene.actors),
            severity="medium" if waiting else "low",
        )
