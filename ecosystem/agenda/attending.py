"""Whom to see: both ends of what is to come about, each house once, departments by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.kinds import KINDS
from ecosystem.agenda.names import Words, joined
from ecosystem.agenda.sight import Sight
from ecosystem.vocabulary import Label

_MANAGEMENT = re.compile(
    r"(direction générale|secrétariat général|general management|general secretariat|chief executive)\b",
    re.IGNORECASE,
)
"""How the name of the department begins that directs a house."""


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


def management(sight: Sight, house: str) -> str:
    """The department of a house that directs it, by its name; the house itself if none says so."""
    known = sight.known
    own = [r["id"] for r in known.actors if r["parent"] and sight.house(r["id"]) == house]
    directing = [a for a in own if _MANAGEMENT.match(known.actor(a))]
    return min(directing, key=sight.called, default=house)


def who(sight: Sight, group: Group) -> Label:
    """Whom to see or to bring together, in a sentence."""
    actors = meeting(sight, group)
    house = group.pivot[0]
    head = management(sight, house) if group.kind == "cause" else house
    if group.kind == "cause":
        actors = [a for a in actors if a not in (head, house)]
    if not actors:
        return _WITH.format(all=sight.names.listed([head]))
    if group.kind == "house":
        return _inside(sight, group, actors)
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
        "all": joined(_by_house(sight, group, actors), 8),
        "management": _managed(sight, head, house),
        "takers": sight.names.listed(takers),
    }
    return KINDS[group.kind].who.format(**words)


def _by_house(sight: Sight, group: Group, actors: Iterable[str]) -> Iterator[Label]:
    """Names of those to see: departments after the whole, where the whole itself gives or gets or bargains."""
    ends = {a for m in group.matters for a in (m.giver, m.taker)}
    houses: dict[str, list[str]] = {}
    for actor in actors:
        houses.setdefault(sight.house(actor), []).append(actor)
    for house, own in houses.items():
        departments = [a for a in own if a != house]
        between = group.kind in ("bargain", "dataset", "pair")
        if departments and between and (house in ends or group.kind == "bargain"):
            words: Words = sight.names.words(house=house)
            words["departments"] = joined(
                [Label(*2 * (sight.known.actor(a),)) for a in departments], 4
            )
            yield Label("{house} ({departments})", "{house} ({departments})").format(**words)
        else:
            yield from (sight.names.listed([a]) for a in own)


def _inside(sight: Sight, group: Group, actors: list[str]) -> Label:
    """Whom to see inside a house: departments, and whoever has or uses the data where none is named for it."""
    house = group.pivot[0]
    inside = [m for m in group.matters if sight.house(m.taker) == house]
    words: Words = sight.names.words(house=house)
    words["all"] = sight.names.listed(actors, 8)
    who = KINDS["house"].who if len(actors) > 1 else _WITH
    if actors == [house]:
        return who.format(**words)
    ends = (any(m.giver == house for m in inside), any(m.taker == house for m in inside))
    return _NAMELESS[ends].format(
        who=Label(*(text.rstrip(".") for text in (who.format(**words).fr, who.format(**words).en))),
        **words,
    )


_NAMELESS = {
    (False, False): Label("{who}.", "{who}."),
    (True, False): Label(
        "{who}, avec qui détient ces données au sein {of_house}.",
        "{who}, with whoever holds these data at {house}.",
    ),
    (False, True): Label(
        "{who}, avec qui s'en servirait au sein {of_house}.",
        "{who}, with whoever would use them at {house}.",
    ),
    (True, True): Label(
        "{who}, avec qui détient ces données et qui s'en servirait au sein {of_house}.",
        "{who}, with whoever holds these data, and would use them, at {house}.",
    ),
}
"""By whether the house as such gives, and gets."""

_WITH = Label("Voir avec {all}.", "See {all}.")
_FOR = Label(
    "Voir avec {all} comment associer {people}.", "See with {all} how to involve {people}."
)


def _managed(sight: Sight, head: str, house: str) -> Label:
    words = sight.names.words(head=head)
    if head != house:
        return Label("{head}", "{head}").format(**words)
    return Label("la direction {of_head}", "the management of {head}").format(**words)
