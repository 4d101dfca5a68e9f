"""Tables seen from one territory, with the look-ups that detectors share."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from ecosystem.gaps.known import Known, Row
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import check_territory, is_public, territory_name
from ecosystem.vocabulary import Label


class Lookups:
    """Tables seen from one territory, with the look-ups that detectors share.

    `actors`, `needs`, `datasets`, `services`, `flows`, `ties` are those of the territory (all
    without one); `known` knows every row, since what a territory lacks may be held elsewhere.
    A tie concerns a territory if one of its ends is in it.

    Parameters
    ----------
    tables
        The tables, or what is known of them already: look-ups of several territories share it.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """

    def __init__(self, tables: Tables | Known, territory: str | None = None) -> None:
        self.known = known = tables if isinstance(tables, Known) else Known(tables)
        self.tables = known.tables
        self.territory = territory
        if territory is None:
            self.actors, self.datasets, self.services = known.actors, known.datasets, known.services
            self.flows, self.needs, self.ties = known.flows, known.needs, known.ties
            return
        check_territory(known.tables, territory)
        self.actors = [row for row in known.actors if row["territory"] == territory]
        self.datasets = known.datasets_by_territory.get(territory, [])
        self.services = [row for row in known.services if row["territory"] == territory]
        own = {row["id"] for row in self.actors}
        self.flows = known.flows_by_territory.get(territory, [])
        self.needs = [row for row in known.needs if row["actor"] in own]
        self.ties = [row for row in known.ties if row["from"] in own or row["to"] in own]

    @cached_property
    def parts(self) -> list[Lookups]:
        """Look-ups of each studied territory, for what is said of one; only itself if it is one."""
        inside = self.known.studied if self.territory is None else []
        return [Lookups(self.known, territory) for territory in inside] or [self]

    def by_part(self, flows: list[Row]) -> dict[str | None, list[Row]]:
        """Of some of its flows, those that concern each of the parts, by territory."""
        if self.parts == [self]:
            return {self.territory: flows}
        return self.known.by_territory(flows)

    @cached_property
    def active(self) -> list[Row]:
        """The active flows of the territory."""
        return [flow for flow in self.flows if flow["status"] == "active"]

    @cached_property
    def name(self) -> Label:
        """The name of the territory."""
        return territory_name(self.tables, self.territory)

    @cached_property
    def lead(self) -> str | None:
        """The actor that findings about the whole territory are told to.

        Among the public authorities of the territory, the one at an end of most of its flows,
        its departments included; without an authority, among all its actors.
        """
        own = [row for row in self.actors if not is_public(row["id"])]
        candidates = [row["id"] for row in own if row["type"] == "authority"] or [
            row["id"] for row in own
        ]
        ends = dict.fromkeys(candidates, 0)
        away = {}  # departments elsewhere, of which not every flow concerns the territory
        for actor, head in self.known.authority.items():
            if head in ends:
                if self.territory in (None, self.known.actor_row[actor]["territory"]):
                    ends[head] += self.known.ends[actor]
                else:
                    away[actor] = head
        for flow in self.flows if away else ():
            for end in (flow["provider"], flow["recipient"]):
                if end in away:
                    ends[away[end]] += 1
        return min(ends, key=lambda actor: (-ends[actor], actor), default=None)


class Seen(Protocol):
    """What holds look-ups, as a study does."""

    @property
    def lookups(self) -> Lookups:
        """Its tables as detectors see them."""
        ...

    @property
    def tables(self) -> Tables:
        """Its tables."""
        ...


def lookups_of(tables: Tables | Lookups | Seen, territory: str | None = None) -> Lookups:
    """Look-ups of a territory: those given, if they are its own, else made from what they know.

    Look-ups given without a territory are taken as they are.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """
    if isinstance(tables, Tables):
        return Lookups(tables, territory)
    if not isinstance(tables, Lookups):
        if not hasattr(tables, "lookups"):  # the copy for an audience
            return Lookups(tables.tables, territory)
        tables = tables.lookups
    if territory in (None, tables.territory):
        return tables
    return Lookups(tables.known, territory)
