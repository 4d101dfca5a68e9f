"""What a finding may call for: a matter that would treat it, a question, a watch, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from ecosystem.agenda.sight import Sight
from ecosystem.gaps.registry import Finding
from ecosystem.vocabulary import Label

STEPS = {
    "unblock": Label("débloquer", "unblock"),
    "complete": Label("compléter", "complete"),
    "start": Label("commencer", "start"),
    "resume": Label("reprendre", "resume"),
    "give": Label("donner accès", "give access"),
    "link": Label("relier en interne", "link inside"),
    "sign": Label("écrire l'accord", "put in writing"),
}
"""What a matter asks for, the most pressing first."""

_BY_STATUS = {"blocked": "unblock", "active": "complete", "planned": "start", "wished": "start",
              "ended": "resume"}  # fmt: skip


class Matter(NamedTuple):
    """One thing to bring about: a dataset, from whom, to whom, by which recorded flows.

    Attributes
    ----------
    step
        A key of `STEPS`.
    flows
        Ids of the flows that would change; none where no flow is recorded yet.
    """

    step: str
    dataset: str | None
    giver: str
    taker: str
    flows: tuple[str, ...] = ()


class Act(NamedTuple):
    """The finding is treated by bringing these matters about; the first says where it is told."""

    matters: tuple[Matter, ...]


class Ask(NamedTuple):
    """The finding is a question to one person."""

    person: str
    words: Label


class Watch(NamedTuple):
    """The finding is a dependence on one actor."""

    actor: str


class Leave(NamedTuple):
    """The finding is on no list: a key of `LEFT_OUT`."""

    why: str


class Follow(NamedTuple):
    """The finding goes where one of its needs, flows or datasets is treated; else it is read otherwise."""

    needs: tuple[str, ...]
    flows: tuple[str, ...]
    datasets: tuple[str, ...]
    otherwise: Ask | Leave


Reading = Act | Ask | Watch | Leave | Follow
"""What a finding calls for."""


def rows_of(finding: Finding, table: str) -> tuple[str, ...]:
    """The ids of the rows of one table that a finding rests on."""
    return tuple(row for name, row in finding.evidence if name == table)


def by_flow(sight: Sight, flow: str) -> Matter:
    """The matter of one recorded flow."""
    row = sight.flow[flow]
    return Matter(
        _BY_STATUS[row["status"]], row["dataset"], row["provider"], row["recipient"], (flow,)
    )
