"""The words of what is to bring about: who, what, why, what it brings, what stands in the way, what to propose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ecosystem.agenda.asking import asked
from ecosystem.agenda.attending import ends_of, who
from ecosystem.agenda.conversations import Part
from ecosystem.agenda.ease import Ease, one_line
from ecosystem.agenda.gathering import Group
from ecosystem.agenda.kinds import KINDS, OUTWARD
from ecosystem.agenda.matters import Matter
from ecosystem.agenda.names import Words, joined, noted
from ecosystem.agenda.precedents import Precedent, Precedents
from ecosystem.agenda.proposing import legal_ways, precedents_told, proposed, way_told
from ecosystem.agenda.recommendations import answered
from ecosystem.agenda.rows import ordered, rows_part
from ecosystem.agenda.sight import Sight
from ecosystem.agenda.worth import brings, used, why
from ecosystem.gaps.known import Row
from ecosystem.scenarios.gains import Gain
from ecosystem.vocabulary import BARRIERS, STATUSES, Label


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


def parts(
    sight: Sight, group: Group, gain: Gain, ease: Ease, needs: Iterable[str], services: Iterable[str],
    precedent: Precedent | None, precedents: Precedents, also: Iterable[Label],
    evidence: tuple[tuple[str, str], ...],
) -> list[Part]:  # fmt: skip
    """Every part of a conversation to bring about."""
    return [
        Part("who", (who(sight, group),)),
        Part("what", tuple(_what(sight, group))),
        Part("why", (*why(sight, needs), *used(sight, group, services))),
        Part("brings", tuple(brings(sight, group, gain))),
        Part("hard", (*_noted(sight, group), *one_line(ease.against(sight)))),
        Part("helps", one_line(ease.helping())),
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
        Part("ask", tuple(asked(sight, group))),
        Part("also", tuple(also)),
        rows_part(sight, ordered([*evidence, *(("needs", need) for need in needs)])),
        Part("answers", tuple(answered(sight, group))),
    ]


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
    words: Words = {
        "status": STATUSES.label(row["status"]),
        "how": _how(sight, matter, row) if row["status"] == "active" else "",
        "note": noted(sight.note.get(row["id"])),
        "dated": sight.dated("flows", row["id"]),
    }
    return _STATE.format(**words)


def _how(sight: Sight, matter: Matter, flow: Row) -> Label:
    """What is wrong with a flow that is active: no written agreement, or a barrier."""
    told = []
    if flow["barrier"]:
        told.append(_HINDERED.format(barrier=BARRIERS.label(flow["barrier"])))
    if matter.step == "sign":
        told.append(_INFORMAL)
        if sight.dataset(matter.dataset)["personal_data"] == "yes":
            told.append(_OF_PERSONS)
    return Label("".join(f", {x.fr}" for x in told), "".join(f", {x.en}" for x in told))


_HINDERED = Label("gêné par un obstacle {barrier}", "hindered by a {barrier} barrier")
_INFORMAL = Label("mais sans accord écrit", "but without a written agreement")
_OF_PERSONS = Label("alors que ce sont des données personnelles", "though these are personal data")

_STATE = Label("flux {status}{how}{note}{dated}", "flow {status}{how}{note}{dated}")
_STATES = {
    "give": Label("aucun flux n'est décrit", "no flow is recorded"),
    "link": Label(
        "en interne, aucun flux actif n'est décrit", "inside, no active flow is recorded"
    ),
}


def _noted(sight: Sight, group: Group) -> Iterator[Label]:
    """Why the data could be closed for good reason: what the law or the persons concerned may want."""
    if any(sight.dataset(d)["personal_data"] == "yes" for d in group.datasets):
        yield _CARE


_CARE = Label("Les personnes concernées ont des droits sur ces données : partir de l'usage, et du strict nécessaire.",
              "The persons concerned have rights over these data: start from the use, and from the least that it takes.")  # fmt: skip
