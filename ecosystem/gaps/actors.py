"""Actors that receive nothing, only give or only receive, or take part in no active flow."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import why_unmet
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.registry import Finding, detector
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import Label

PARTNERS = 2
"""An actor is asymmetric from this many partners on one side, and none on the other."""


@detector(
    "asks-gets-nothing",
    label=Label("demande sans rien recevoir", "asks and receives nothing"),
    definition=Label(
        "L'acteur exprime au moins un besoin qui n'est pas couvert, et aucun flux actif, d'aucune donnée, n'arrive à "
        "lui ni, pour une autorité, à l'un de ses services.",
        "The actor expresses at least one need that is not met, and no active flow, of any data, reaches it or, for "
        "an authority, one of its departments.",
    ),
    population=Label("acteurs qui expriment un besoin", "actors that express a need"),
    reasons={"no-inflow": Label("aucun flux actif vers lui", "no active flow to it")},
    severity=Label(
        "Moyenne à partir de deux besoins non couverts, sinon faible.",
        "Medium from two unmet needs on, else low.",
    ),
)
def needs_without_inflow(lookups: Lookups) -> Iterator[Finding]:
    """Actors that express needs and receive no data at all by an active flow."""
    known = lookups.known
    needs: dict[str, list[Row]] = {}
    for need in lookups.needs:
        needs.setdefault(need["actor"], []).append(need)
    reached = {
        *known.getters,
        *(known.authority.get(actor) for actor in known.getters),
    }
    for actor, own in needs.items():
        if actor in reached:
            continue
        unmet = [need for need in own if why_unmet(lookups.known, need)]
        if not unmet:
            continue
        count = len(own)
        yield Finding(
            id=f"asks-gets-nothing:{actor}",
            detector="asks-gets-nothing",
            reason="no-inflow",
            actors=(actor,),
            datasets=tuple(dict.fromkeys(n["dataset"] for n in own if n["dataset"])),
            sentence=Label(
                f"{{actor}} : {count} {'besoin exprimé' if count == 1 else 'besoins exprimés'}, aucune donnée reçue.",
                f"{{actor}}: {count} {'need' if count == 1 else 'needs'} expressed, no data received.",
            ).format(actor=known.actor(actor)),
            next_step=_start(known, actor, unmet),
            evidence=tuple(("needs", need["id"]) for need in own),
            population=len(needs),
            severity="medium" if len(unmet) > 1 else "low",
        )


_STARTS = {
    False: Label(
        "Voir avec {actor} quelles données répondraient à ce besoin : {first}.",
        "See with {actor} which data would meet this need: {first}.",
    ),
    True: Label(
        "Choisir avec {actor} un besoin par lequel commencer, par exemple : {first}.",
        "Choose with {actor} a need to start from, for example: {first}.",
    ),
}
"""The next step by whether several needs are not met."""


_ASKS = Label(
    "Demander à {actor} si des données aideraient (but exprimé : {aim}) et, si oui, lesquelles.",
    "Ask {actor} whether data would help (stated aim: {aim}) and, if so, which.",
)
"""The next step where no need names a dataset: an aim is no data that could be missing."""


def _start(known: Known, actor: str, needs: list[Row]) -> Label:
    """The next step: the dataset that a need names, or the aim of the first need."""
    words: dict[str, object] = {"actor": known.actor(actor)}
    for need in needs:
        if need["dataset"]:
            words["first"] = known.quoted(need["dataset"])
            return _STARTS[len(needs) > 1].format(**words)
    words["aim"] = quote(str(needs[0]["purpose"] or needs[0]["id"]).rstrip("."))
    return _ASKS.format(**words)


@detector(
    "one-sided",
    label=Label("échange à sens unique", "one-sided exchange"),
    definition=Label(
        f"Par des flux actifs, l'acteur donne à au moins {PARTNERS} acteurs et ne reçoit rien de personne, ou "
        f"l'inverse ; parmi ces {PARTNERS}, ni le grand public, ni les habitants, ni les licences ouvertes, ni sa propre autorité ne comptent.",
        f"By active flows, the actor gives to at least {PARTNERS} actors and receives nothing from anybody, or the "
        f"other way round; of these {PARTNERS}, neither the general public, nor citizens, nor open licences, nor its own authority count.",
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
def one_sided(lookups: Lookups) -> Iterator[Finding]:
    """Actors that only give or only receive, with partners enough for it to mean something."""
    known = lookups.known
    needs = {need["actor"] for need in lookups.needs}
    active = [
        row["id"]
        for row in lookups.actors
        if row["id"] in known.givers or row["id"] in known.getters
    ]
    for actor in active:
        if is_public(actor) or known.actor_row[actor]["type"] == "citizens":
            continue
        if (actor in known.givers) == (actor in known.getters):
            continue
        own = known.authority.get(actor)
        gives = _partners(known, own, known.gives_to.get(actor, {}))
        gets = _partners(known, own, known.gets_from.get(actor, {}))
        reason, partners = ("only-gives", gives) if gives else ("only-receives", gets)
        if len(partners) < PARTNERS:
            continue
        words = {"actor": known.actor(actor), "partners": known.listed(partners)}
        yield Finding(
            id=f"one-sided:{actor}",
            detector="one-sided",
            reason=reason,
            actors=(actor, *partners),
            datasets=(),
            sentence=(
                Label("{actor} : données transmises à d'autres ({partners}), aucune reçue.",
                      "{actor}: data passed on to others ({partners}), none received.")
                if reason == "only-gives"
                else Label("{actor} : données reçues d'autres ({partners}), aucune transmise.",
                           "{actor}: data received from others ({partners}), none passed on.")
            ).filled(words),
            next_step=(
                Label("Demander à {actor} quelles données seraient utiles en retour.",
                      "Ask {actor} which data would be of use in return.")
                if reason == "only-gives"
                else Label("Demander à {actor} ce qui pourrait être rendu : données enrichies, corrections, usages.",
                           "Ask {actor} what could be given back: enriched data, corrections, uses.")
            ).filled(words),
            evidence=tuple(("flows", f["id"]) for flows in partners.values() for f in flows),
            population=len(active),
            severity="medium" if reason == "only-gives" and actor in needs else "low",
        )  # fmt: skip


def _partners(
    known: Known, own: str | None, exchanges: dict[str, list[Row]]
) -> dict[str, list[Row]]:
    """Partners outside the authority by flows that bind two bodies: no persons, no open licence."""
    bound = {
        actor: [f for f in flows if f["mode"] != "open_licence"]
        for actor, flows in exchanges.items()
        if not known.is_people(actor) and known.authority.get(actor) != own
    }
    return {actor: flows for actor, flows in bound.items() if flows}


_ISOLATED = {
    "pending-only": Label("aucun flux n'est encore actif", "no flow is active yet"),
    "ended-only": Label("les échanges ont pris fin", "exchanges have ended"),
    "holds-only": Label("des données sont détenues, aucun flux n'est documenté", "data are held, no flow is documented"),
    "nothing-recorded": Label("aucun flux ni lien n'est documenté", "no flow and no tie is documented"),
}  # fmt: skip

_ISOLATED_STEPS = {
    "pending-only": Label("Voir avec {actor} ce qui permettrait d'ouvrir {which}.", "See with {actor} what it would take to start {which}."),
    "ended-only": Label("Demander à {actor} si les échanges ont pris fin comme prévu, et sinon ce qui permettrait de les reprendre.", "Ask {actor} whether exchanges ended as planned and, if not, what would let them resume."),
    "holds-only": Label("Demander à {actor} qui utilise ces données.", "Ask {actor} who uses these data."),
    "nothing-recorded": Label("Demander à {actor} quelles données y sont détenues ou attendues, et le noter.", "Ask {actor} which data are held or looked for there, and write it down."),
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
def isolated(lookups: Lookups) -> Iterator[Finding]:
    """Actors without an active flow."""
    known = lookups.known
    asking = {need["actor"] for need in known.needs}
    tied = {end for tie in lookups.ties for end in (tie["from"], tie["to"])}
    operating = {service["operator"] for service in known.services}
    active = {*known.givers, *known.getters, *asking, *operating}
    alone = [r["id"] for r in lookups.actors if r["id"] not in active and not is_public(r["id"])]
    flows: dict[str, list[Row]] = {actor: [] for actor in alone}
    held: dict[str, list[str]] = {actor: [] for actor in alone}
    for flow in lookups.flows if alone else ():
        for end in dict.fromkeys((flow["provider"], flow["recipient"])):
            if end in flows:
                flows[end].append(flow)
    for row in lookups.datasets if alone else ():
        if row["holder"] in held:
            held[row["holder"]].append(row["id"])
    for actor in alone:
        own = [("flows", f["id"]) for f in flows[actor]]
        waiting = [f for f in flows[actor] if f["status"] != "ended"]
        reason = "pending-only" if waiting else "ended-only"
        if not own:
            own, reason = [("datasets", d) for d in held[actor]], "holds-only"
        if not own:
            reason = "nothing-recorded"
            if actor in tied:
                continue
        words = {
            "actor": known.actor(actor),
            "why": _ISOLATED[reason],
            "which": Label("ce flux", "this flow")
            if len(waiting) == 1
            else Label("l'un de ces flux", "one of these flows"),
        }
        yield Finding(
            id=f"isolated:{actor}",
            detector="isolated",
            reason=reason,
            actors=(actor,),
            datasets=tuple(held[actor]),
            sentence=Label(
                "{actor} : aucun échange de données en cours ; {why}.",
                "{actor}: no exchange of data at present; {why}.",
            ).filled(words),
            next_step=_ISOLATED_STEPS[reason].filled(words),
            evidence=(("actors", actor), *own),
            population=len(lookups.actors),
            severity="medium" if waiting else "low",
        )
