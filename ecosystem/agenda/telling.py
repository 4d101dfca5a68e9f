"""The words of what is to bring about: who, what, why, what it brings, what stands in the way, what to propose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ecosystem.agenda.conversations import Part
from ecosystem.agenda.ease import Ease
from ecosystem.agenda.gathering import Group
from ecosystem.agenda.kinds import KINDS, OUTWARD
from ecosystem.agenda.matters import Matter
from ecosystem.agenda.names import Words, bare, joined, sentence
from ecosystem.agenda.precedents import Precedent, Precedents
from ecosystem.agenda.proposing import legal_ways, precedents_told, proposed, way_told
from ecosystem.agenda.recommendations import answered
from ecosystem.agenda.rows import rows_part
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.services import over
from ecosystem.scenarios.gains import Gain
from ecosystem.vocabulary import BARRIERS, SERVICE_STATUSES, STATUSES, Label

_MANAGEMENT = re.compile(
    r"(direction générale|secrétariat général|general management|general secretariat|chief executive)\b",
    re.IGNORECASE,
)
"""How the name of the department begins that directs a house."""


def title_of(sight: Sight, group: Group) -> Label:
    """The title of a conversation: the data, from whom, to whom."""
    outward = group.kind == "house" and any(sight.is_people(m.taker) for m in group.matters)
    title = OUTWARD if outward else KINDS[group.kind].title
    return title.filled(lambda: _title_words(sight, group))


def _title_words(sight: Sight, group: Group) -> Words:
    known = sight.known
    titles = [Label(t, t) for t in map(known.title, sorted(group.datasets, key=sight.titled))]
    first, last = _stages(sight, group)
    people = [a for a in ends_of(sight, group, "taker") if sight.is_people(a)]
    one, other = (known.actor(a) for a in (*group.pivot, "", "")[:2])
    words: Words = {
        "titles": joined(titles, 3) if titles else _NOT_NAMED, "givers": first, "takers": last,
        "one": one, "other": other, "barrier": BARRIERS.label(group.barrier), "house": one,
    }  # fmt: skip
    if group.kind == "house":
        words |= sight.names.words(house=group.pivot[0])
        words["takers"] = joined([Label(*2 * (known.actor(a),)) for a in people], 3)
    if people and group.kind == "house":
        words["house"] = one
    return words


_NOT_NAMED = Label("des données non précisées", "data that are not named")


def _stages(sight: Sight, group: Group) -> tuple[Label, Label]:
    """Who gives first and who gets last; who passes on in between stands after the first."""
    givers, takers = (ends_of(sight, group, end) for end in ("giver", "taker"))
    both = [a for a in givers if a in takers]
    first, last = [a for a in givers if a not in both], [a for a in takers if a not in both]
    if not first or not last:
        first, last, both = givers, takers, []
    names = [
        joined([Label(*2 * (sight.known.actor(a),)) for a in of], 3) for of in (first, both, last)
    ]
    start = Label("{a} → {b}", "{a} → {b}").format(a=names[0], b=names[1]) if both else names[0]
    return start, names[2]


def ends_of(sight: Sight, group: Group, end: str) -> list[str]:
    """The givers or takers of a conversation: a department rather than the whole that it is part of."""
    own = {str(getattr(m, end)) for m in group.matters}
    parents = {sight.house(a) for a in own if sight.house(a) != a}
    return sorted(own - parents, key=sight.called)


def meeting(sight: Sight, group: Group) -> list[str]:
    """Whom to see: both ends, no persons where an actor is there, a department rather than its whole."""
    ends = {a for m in group.matters for a in (m.giver, m.taker)}
    bodies = {a for a in ends if not sight.is_people(a)} or ends
    parents = {sight.house(a) for a in bodies if sight.house(a) != a}
    return sorted(bodies - parents or bodies, key=sight.called)


def parts(
    sight: Sight, group: Group, gain: Gain, ease: Ease, needs: Iterable[str], services: Iterable[str],
    precedent: Precedent | None, precedents: Precedents,
    evidence: tuple[tuple[str, str], ...],
) -> list[Part]:  # fmt: skip
    """Every part of a conversation to bring about."""
    asks = [*_asked(sight, group)]
    return [
        Part("who", (_who(sight, group),)),
        Part("what", tuple(_what(sight, group))),
        Part("why", (*_why(sight, needs), *_used(sight, services))),
        Part("brings", tuple(_brings(sight, group, gain))),
        Part("hard", (*_noted(sight, group), _listed(ease.told()))),
        Part(
            "propose",
            (
                *proposed(sight, group),
                *precedents_told(sight, group, precedent, precedents),
            ),
        ),
        Part(
            "round",
            (*(way_told(sight, way) for way in precedents.round(group)), *legal_ways(sight, group)),
        ),
        Part("ask", tuple(asks)),
        rows_part(sight, evidence),
        Part("answers", tuple(answered(sight, group))),
    ]


def _listed(lines: list[Label]) -> Label:
    return sentence(
        Label(" ; ".join(x.fr for x in lines) + ".", "; ".join(x.en for x in lines) + ".")
    )


def management(sight: Sight, house: str) -> str:
    """The department of a house that directs it, by its name; the house itself if none says so."""
    known = sight.known
    own = [r["id"] for r in known.actors if r["parent"] and sight.house(r["id"]) == house]
    directing = [a for a in own if _MANAGEMENT.match(known.actor(a))]
    return min(directing, key=sight.called, default=house)


def _who(sight: Sight, group: Group) -> Label:
    actors = meeting(sight, group)
    house = group.pivot[0]
    head = management(sight, house) if group.kind == "cause" else house
    if group.kind == "cause":
        actors = [a for a in actors if a not in (head, house)]
    if not actors:
        return _WITH.format(all=sight.names.listed([head]))
    people = sorted(
        {a for m in group.matters for a in (m.giver, m.taker) if sight.is_people(a)} - {*actors},
        key=sight.called,
    )
    if group.kind in ("pair", "dataset") and people and len(actors) == 1:
        return _FOR.format(all=sight.names.listed(actors), people=sight.names.listed(people))
    if len(actors) == 1 and group.kind not in ("cause", "publish"):
        return _WITH.format(all=sight.names.listed(actors))
    takers = [a for a in ends_of(sight, group, "taker") if a not in actors]
    words = {
        "all": sight.names.listed(actors, 8),
        "management": _managed(sight, head, house),
        "takers": sight.names.listed(takers),
    }
    return KINDS[group.kind].who.format(**words)


_WITH = Label("Voir avec {all}.", "See {all}.")
_FOR = Label(
    "Voir avec {all} comment associer {people}.", "See with {all} how to involve {people}."
)


def _managed(sight: Sight, head: str, house: str) -> Label:
    words = sight.names.words(head=head)
    if head != house:
        return Label("{head}", "{head}").format(**words)
    return Label("la direction {of_head}", "the management of {head}").format(**words)


def _chain(matters: list[Matter]) -> list[Matter]:
    """Matters in the order in which data go: who gets them from another comes after it."""
    left, told = list(matters), []
    while left:
        takers = {(m.dataset, m.taker) for m in left}
        first = next((m for m in left if (m.dataset, m.giver) not in takers), left[0])
        left.remove(first)
        told.append(first)
    return told


def _what(sight: Sight, group: Group) -> Iterator[Label]:
    for matter in _chain(group.matters):
        words: Words = sight.names.words(giver=matter.giver, taker=matter.taker)
        words |= {"title": sight.known.quoted(matter.dataset), "state": _state(sight, matter)}
        yield _MATTER.format(**words)


_MATTER = Label(
    "{title} : {of_giver} {to_taker}, {state}.", "{title}: from {giver} to {taker}, {state}."
)


def _state(sight: Sight, matter: Matter) -> Label:
    """How far a matter has come, by the most telling of its flows, with its note and its date."""
    if not matter.flows:
        return _STATES[matter.step]
    rows = [sight.flow[flow] for flow in matter.flows]
    order = ("blocked", "active", "planned", "wished", "ended")
    row = min(rows, key=lambda r: order.index(r["status"]))
    note = sight.note.get(row["id"])
    words: Words = {
        "status": STATUSES.label(row["status"]),
        "note": Label(f" : « {bare(note)} »", f": '{bare(note)}'") if note else "",
        "dated": sight.dated("flows", row["id"]),
    }
    return _STATE.format(**words)


_STATE = Label("flux {status}{note}{dated}", "flow {status}{note}{dated}")
_STATES = {
    "give": Label("aucun flux n'est décrit", "no flow is recorded"),
    "link": Label(
        "en interne, aucun flux actif n'est décrit", "inside, no active flow is recorded"
    ),
}


def _why(sight: Sight, needs: Iterable[str]) -> Iterator[Label]:
    for need in sorted(
        needs,
        key=lambda n: (
            sight.known.actor(sight.need[n]["actor"]),
            sight.need[n]["purpose"] or "",
            n,
        ),
    ):
        row = sight.need[need]
        if not row["purpose"]:
            continue
        words: Words = sight.names.words(actor=row["actor"])
        words |= {"purpose": quote(bare(str(row["purpose"]))), "dated": sight.dated("needs", need)}
        yield sentence(
            Label("{actor} : {purpose}{dated}.", "{actor}: {purpose}{dated}.").format(**words)
        )


def _used(sight: Sight, services: Iterable[str]) -> Iterator[Label]:
    for name in sorted(services, key=lambda s: str(sight.service[s]["name"])):
        row = sight.service[name]
        if over(row["description"]):
            continue
        words: Words = {
            "service": quote(str(row["name"] or name)),
            "status": SERVICE_STATUSES.label(row["status"]),
        }
        yield Label(
            "Le service {service} ({status}) en a besoin.",
            "The service {service} ({status}) needs it.",
        ).format(**words)


def _brings(sight: Sight, group: Group, gain: Gain) -> Iterator[Label]:
    known = sight.known
    steps = {m.step for m in group.matters}
    if gain.needs:
        who = dict.fromkeys(sight.need[n]["actor"] for n in gain.needs)
        yield _NEEDS.format(
            n=len(gain.needs), who=sight.names.listed(sorted(who, key=sight.called))
        )
    if gain.services:
        names = [quote(str(sight.service[s]["name"] or s)) for s in gain.services]
        yield _SERVICES.format(n=len(names), names=joined(names))
    if gain.reached:
        yield _REACHED.format(who=sight.names.listed(sorted(gain.reached, key=sight.called)))
    if gain.freed:
        yield _FREED.format(n=len(gain.freed))
    if gain.opened:
        yield _OPENED.format(titles=known.titles(sorted(gain.opened, key=sight.titled)))
    if not any(gain.counts):
        yield _COMPLETED if "complete" in steps else _SIGNED if "sign" in steps else _NOTHING


_NEEDS = Label(
    "{n} {n:besoin couvert|besoins couverts} : {who}.", "{n} {n:need met|needs met}: {who}."
)
_SERVICES = Label(
    "{n} {n:service complété|services complétés} : {names}.",
    "{n} {n:service completed|services completed}: {names}.",
)
_REACHED = Label(
    "Reçoit ses premières données : {who}.", "Receives data for the first time: {who}."
)
_FREED = Label(
    "{n} {n:besoin ne tient plus|besoins ne tiennent plus} à un seul intermédiaire.",
    "{n} {n:need no longer hangs|needs no longer hang} on one broker.",
)
_OPENED = Label("Ouvert à tous : {titles}.", "Open to all: {titles}.")
_COMPLETED = Label("Ce qui arrive déjà serait complet.", "What arrives already would be complete.")
_SIGNED = Label(
    "Un accord écrit là où le partage est informel.",
    "A written agreement where sharing is informal.",
)
_NOTHING = Label("Rien que les tables puissent compter : aucun besoin noté n'en serait couvert.",
                 "Nothing that the tables can count: no recorded need would be met by it.")  # fmt: skip


def _noted(sight: Sight, group: Group) -> Iterator[Label]:
    """Why the data could be closed for good reason: what the law or the persons concerned may want."""
    if any(sight.dataset(d)["personal_data"] == "yes" for d in group.datasets):
        yield _CARE


_CARE = Label("Les personnes concernées ont des droits sur ces données : partir de l'usage, et de ce qu'il faut au moins.",
              "The persons concerned have rights over these data: start from the use, and from the least that it takes.")  # fmt: skip


def _asked(sight: Sight, group: Group) -> Iterator[Label]:
    rows = [sight.flow[f] for f in group.flows]
    if any(r["status"] == "blocked" and not r["barrier"] for r in rows):
        yield Label("Quel obstacle bloque le partage ?", "Which barrier blocks the sharing?")
    if any(r["status"] in ("planned", "wished") for r in rows):
        old = [f for f in group.flows if sight.old("flows", f)]
        years = [year for f in group.flows if (year := sight.year("flows", f))]
        if old and len(old) == len(years):
            yield _STILL.format(year=max(years))
        else:
            yield Label("À quelle date, et avec qui ?", "When, and with whom?")


_STILL = Label("La source la plus récente date de {year} : où en est-on, et est-ce toujours voulu ?",
               "The latest source is of {year}: how far has it come, and is it still wanted?")  # fmt: skip
