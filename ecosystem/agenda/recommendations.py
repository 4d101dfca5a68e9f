"""Which of the recommendations that the tables hold a conversation answers."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.titles import words_of
from ecosystem.vocabulary import Label

_SPEAKS: dict[str, frozenset[str]] = {
    "house": words_of("directions departments"),
    "cause": words_of("directions departments"),
    "skills": words_of("repères bearings"),
    "cultural": words_of("repères bearings"),
}
"""For each kind of conversation and each barrier, words of which a recommendation that it answers has one."""


def answered(sight: Sight, group: Group) -> Iterator[Label]:
    """The recommendations that a conversation answers, as the table words them."""
    codes = {group.kind, *(sight.flow[flow]["barrier"] for flow in group.flows)}
    stems = frozenset[str]().union(*(_SPEAKS.get(str(code), frozenset()) for code in codes))
    for row in sight.recommendations:
        if stems & words_of(row["title"]):
            number = "" if row["number"] is None else f"{row['number']}. "
            yield quote(f"{number}{str(row['title']).rstrip('.')}")
