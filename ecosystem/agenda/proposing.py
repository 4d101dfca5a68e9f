"""What to propose in a conversation: by its barriers, by what was done, and by ways round."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.matters import STEPS
from ecosystem.agenda.names import Words, noted, sentence
from ecosystem.agenda.precedents import Precedent, Precedents, Way
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.known import Row
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import BARRIERS, MODES, Label

PROPOSALS: dict[str, Label] = {
    "legal": Label(
        "Chercher ensemble une forme que la loi permet : des données agrégées au-dessus d'un seuil, l'accord des personnes, une convention qui fixe les usages.",
        "Look together for a form that the law allows: data aggregated above a threshold, the consent of those concerned, an agreement that sets the uses.",
    ),
    "technical": Label(
        "Convenir d'un format et d'un point d'accès, en commençant par un extrait.",
        "Agree on a format and a point of access, starting with an extract.",
    ),
    "organisational": Label(
        "Donner à une personne nommée le mandat et le temps de le faire.",
        "Give one named person the mandate and the time to do it.",
    ),
    "economic": Label(
        "Partager les coûts, ou convenir d'une contrepartie.",
        "Share the costs, or agree on something in return.",
    ),
    "cultural": Label(
        "Partir d'un usage utile à celles et ceux qui détiennent les données.",
        "Start from a use that serves those who hold the data.",
    ),
    "trust": Label(
        "Écrire un cadre de confiance : usages permis, contrôle, retour à ceux qui donnent.",
        "Write down a framework of trust: uses allowed, control, return to those who give.",
    ),
    "skills": Label(
        "Prévoir un appui ou une formation, si possible à plusieurs.",
        "Plan support or training, together with others if possible.",
    ),
    "bargain": Label(
        "Mettre les deux sens dans un même accord : ce que chacun donne, ce que chacun reçoit.",
        "Put both ways into one agreement: what each gives, what each gets back.",
    ),
    "unblock": Label(
        "Chercher ensemble ce qui bloque, et le noter.", "Find out together what blocks it, and note it."
    ),
    "complete": Label(
        "Revoir ensemble ce qui manque encore, et le compléter.",
        "Go over together what is still lacking, and complete it.",
    ),
    "start": Label(
        "Fixer une date, une personne et un instrument.", "Set a date, a person and an instrument."
    ),
    "resume": Label(
        "Voir si le flux manque encore et, si oui, sous quelle forme le reprendre.",
        "See whether the flow is still missed and, if so, in which form to resume it.",
    ),
    "give": Label(
        "Proposer un accès encadré : à qui, pour quel usage, à quelle maille.",
        "Propose access on conditions: to whom, for what use, at what grain.",
    ),
    "link": Label(
        "Désigner un correspondant de chaque côté et passer la donnée en interne, sans attendre d'outil.",
        "Name a correspondent on each side and pass the data inside, without waiting for a tool.",
    ),
    "sign": Label(
        "Écrire en une page ce qui est transmis, à quel rythme et pour quel usage.",
        "Write down on one page what is passed on, how often and for what use.",
    ),
    "publish": Label(
        "Publier d'abord ce qui est prêt, sous licence ouverte, et dire une date pour le reste.",
        "Publish first what is ready, under an open licence, and give a date for the rest.",
    ),
    "inform": Label(
        "Dire aux personnes ce qui les concerne, sous une forme simple et sans rien de personnel ; n'ouvrir les données qu'une fois vérifié que rien ne s'y oppose.",
        "Tell persons what concerns them, in a simple form and with nothing personal; open the data only once it is checked that nothing stands against it.",
    ),
}  # fmt: skip
"""What to propose, by barrier, kind of conversation or step."""

_PRECEDENTS = {
    "pair": Label("Ils le font déjà entre eux : {title}, {mode}{ends}{dated}.",
                  "They do so already: {title}, {mode}{ends}{dated}."),
    "dataset": Label("{title} passe déjà {of_provider} {to_recipient}, {mode}{dated}.",
                     "{title} passes already from {provider} to {recipient}, {mode}{dated}."),
    "kind": Label("Comme {provider} et {recipient} pour {title}, {mode}{dated}.",
                  "As {provider} and {recipient} do for {title}, {mode}{dated}."),
}  # fmt: skip
_ENDS = Label(" ({of_provider} {to_recipient})", " (from {provider} to {recipient})")
"""Between whom, where several are to be brought together."""
_REFUSED = Label("Contre-exemple : {title}, {of_provider} {to_recipient}, est bloqué ({barrier}){note}{dated}{more}.",
                 "Counter-example: {title}, from {provider} to {recipient}, is blocked ({barrier}){note}{dated}{more}.")  # fmt: skip
_WAYS = {
    "same": Label(
        "{title} est déjà donné par {holder} : à une maille plus large, ou sous une autre forme.",
        "{title} is given by {holder} already: at a coarser grain, or in another form.",
    ),
    "arrives": Label("{title} ({holder}) arrive déjà.", "{title} ({holder}) arrives already."),
    "own": Label("{title} : {holder} en a sa propre part.", "{title}: {holder} has its own share."),
    "open": Label("{title} ({holder}) est ouvert à tous.", "{title} ({holder}) is open to all."),
    "elsewhere": Label("Un autre territoire l'a fait pour lui : {title} ; demander {to_holder} comment.",
                       "Another territory did it for itself: {title}; ask {holder} how."),
}  # fmt: skip


def proposed(sight: Sight, group: Group) -> Iterator[Label]:
    """What to propose: by the barriers that are noted, else by the kind of conversation, else by the step."""
    steps = {m.step for m in group.matters}
    barriers = {sight.flow[f]["barrier"] for f in group.flows}
    if group.kind == "bargain":
        yield PROPOSALS["bargain"]
    told = [code for code in BARRIERS if code in barriers]
    if group.kind == "house":
        yield PROPOSALS["link"]
        yield from _outward(sight, group)
    if steps == {"complete"}:
        yield PROPOSALS["complete"]
        return
    for code in told:
        yield PROPOSALS[code]
    if group.kind == "publish" and not told:
        yield from _outward(sight, group)
    yield from (PROPOSALS[step] for step in ("complete", "sign") if step in steps)
    if told or group.kind in ("bargain", "house", "publish") or steps & {"complete", "sign"}:
        return
    yield PROPOSALS[next(step for step in STEPS if step in steps)]


def _outward(sight: Sight, group: Group) -> Iterator[Label]:
    """To publish what can be published, and to tell persons of the rest."""
    told = [m for m in group.matters if sight.is_people(m.taker)]
    published = {is_public(m.taker) and sight.publishable(m.dataset) for m in told}
    yield from (PROPOSALS[name] for name, is_so in (("publish", True), ("inform", False))
                if is_so in published)  # fmt: skip


def precedents_told(
    sight: Sight, group: Group, precedent: Precedent | None, precedents: Precedents
) -> Iterator[Label]:
    """How the like was done, and where it was refused."""
    if precedent is not None:
        words = _precedent(sight, precedent.flow)
        several = len({frozenset((m.giver, m.taker)) for m in group.matters}) > 1
        words["ends"] = _ENDS.format(**words) if several else ""
        yield sentence(_PRECEDENTS[precedent.near].format(**words))
    if (refused := precedents.nearest(group, done=False)) is not None:
        n = precedents.others_refused(group, refused)
        more = _MORE.format(n=n) if n else ""
        yield sentence(_REFUSED.format(more=more, **_precedent(sight, refused.flow)))


_MORE = Label(" ; {n} {n:autre|autres} de même", "; {n} {n:other|others} alike")


def _precedent(sight: Sight, flow: Row) -> Words:
    words: Words = sight.names.words(provider=flow["provider"], recipient=flow["recipient"])
    since = sight.since.get(flow["id"])
    return {
        **words,
        "title": sight.known.quoted(flow["dataset"]),
        "mode": Label("par {m}", "by {m}").format(m=MODES.label(flow["mode"])),
        "barrier": BARRIERS.label(flow["barrier"]),
        "note": noted(sight.note.get(flow["id"])),
        "dated": Label(f", depuis {since}", f", since {since}") if since else sight.dated("flows", flow["id"]),
    }  # fmt: skip


def legal_ways(sight: Sight, group: Group) -> Iterator[Label]:
    """The legal channel, where the rows of what is blocked name one."""
    blocked = (sight.flow[flow] for flow in group.flows)
    if any(f["status"] == "blocked" and f["mode"] == "legal_obligation" for f in blocked):
        yield _BY_LAW


_BY_LAW = Label(
    "Une obligation légale est notée comme instrument de ce passage : demander ce qu'elle donne, et sous quelle forme.",
    "A legal obligation is noted as the instrument of this passing: ask what it gives, and in which form.",
)


def way_told(sight: Sight, way: Way) -> Label:
    """A way round what is blocked, in words."""
    words: Words = sight.names.words(holder=sight.known.holder(way.dataset))
    words["title"] = sight.known.quoted(way.dataset)
    return sentence(_WAYS[way.how].format(**words))
