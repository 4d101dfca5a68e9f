"""What hangs on an actor: needs that only it serves, datasets that come from it alone.

These read the tables, not a network: a need is met by its own dataset, not by any data
that happen to pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ecosystem.ranking.meeting import how_met, routes
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import flows_of, is_public

Row = Mapping[str, Any]


def dependence(tables: Tables, actors: Iterable[str], territory: str | None = None) -> pd.DataFrame:
    """What would be lost with each actor, as far as active flows are recorded.

    Parameters
    ----------
    actors
        Ids, in the order of the result.
    territory
        Datasets and relays are those of the flows that concern it; needs, and the routes to
        them, are looked for everywhere.

    Returns
    -------
    DataFrame
        By actor, tuples of ids:

        `needs_lost`: needs of other actors that a recorded flow meets, for data that are not open
        to all, and every recorded route of their dataset runs through the actor, as its only
        source or on the way;
        `datasets_single_source`: datasets that others receive from this actor only;
        `datasets_relayed`: datasets that it receives and passes on, the general public
        not counted: publishing is not relaying.
    """
    by_dataset: dict[str, list[Row]] = defaultdict(list)
    for flow in records(tables["flows"]):
        if flow["status"] == "active" and flow["dataset"] and flow["provider"] != flow["recipient"]:
            by_dataset[flow["dataset"]].append(flow)
    known = tables["datasets"][["id", "holder", "access"]].itertuples(index=False)
    about = {row_id: (holder, access) for row_id, holder, access in known}
    needs: dict[str, list[str]] = defaultdict(list)
    for need in records(tables["needs"]):
        flows = by_dataset.get(need["dataset"], [])
        holder, access = about.get(need["dataset"], (None, None))
        if how_met(need["actor"], holder, access, flows) == "received":
            ways = routes(need["actor"], flows)
            for actor in indispensable(holder, need["actor"], ways):
                needs[actor].append(need["id"])
    single: dict[str, list[str]] = defaultdict(list)
    relayed: dict[str, list[str]] = defaultdict(list)
    concerned = set(flows_of(tables, territory)["id"])
    for dataset in sorted(by_dataset):
        flows = [flow for flow in by_dataset[dataset] if flow["id"] in concerned]
        if not flows:
            continue
        if len(givers := {flow["provider"] for flow in by_dataset[dataset]}) == 1:
            single[givers.pop()].append(dataset)
        onward = {f["provider"] for f in flows if not is_public(f["recipient"])}
        for actor in sorted(onward & {flow["recipient"] for flow in flows}):
            relayed[actor].append(dataset)
    lists = {"needs_lost": needs, "datasets_single_source": single, "datasets_relayed": relayed}
    ids = list(actors)
    return pd.DataFrame(
        {
            name: pd.Series([tuple(found.get(actor, ())) for actor in ids], dtype=object)
            for name, found in lists.items()
        }
    ).set_index(pd.Index(ids, name="id"))


def indispensable(holder: str | None, actor: str, flows: Sequence[Row]) -> list[str]:
    """Actors that every recorded route of a dataset to `actor` runs through, from its source on.

    A source counts if it is the only one. They are the dominators of the actor.

    Parameters
    ----------
    flows
        The active flows of the dataset, without loops.
    """
    sources = sources_of(holder, flows)
    if actor in sources or not sources:
        return []
    onward: dict[str | None, list[str]] = {None: [*sources]}  # None: before every source
    for flow in flows:
        onward.setdefault(flow["provider"], []).append(flow["recipient"])
    route = _route(onward, actor)
    place = {at: n for n, at in enumerate(route)}
    found, farthest = [], 0
    for n, at in enumerate(route[:-1]):
        todo: list[str | None] = [at]
        while todo:  # where one gets from here without setting foot on the route
            for to in onward.pop(todo.pop(), ()):
                if to in place:
                    farthest = max(farthest, place[to])
                else:
                    todo.append(to)
        if farthest == n + 1 and (following := route[n + 1]) not in (None, actor):
            found.append(following)  # no way round it from anywhere before
    return found


def _route(onward: Mapping[str | None, Sequence[str]], actor: str) -> list[str | None]:
    """A shortest route from None to an actor, both ends included; empty if there is none."""
    came: dict[str | None, str | None] = {None: None}
    layer: list[str | None] = [None]
    while layer and actor not in came:
        following: list[str | None] = []
        for at in layer:
            for to in onward.get(at, ()):
                if to not in came:
                    came[to] = at
                    following.append(to)
        layer = following
    if actor not in came:
        return []
    route: list[str | None] = [actor]
    while (at := route[-1]) is not None:
        route.append(came[at])
    return route[::-1]


def sources_of(holder: str | None, flows: Sequence[Row]) -> set[str]:
    """Where a dataset comes from: its holder, and whoever passes it on without a recorded inflow."""
    givers, takers = ({flow[end] for flow in flows} for end in ("provider", "recipient"))
    return (givers - takers) | ({holder} & (givers | takers) if holder else set())
