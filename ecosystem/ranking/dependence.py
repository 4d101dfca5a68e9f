"""What hangs on an actor: needs that only it serves, datasets that come from it alone.

These read the tables, not a network: a need is met by its own dataset, not by any data
that happen to pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import flows_of

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

        `needs_lost`: needs of other actors that a recorded flow meets, and every recorded
        route of their dataset runs through the actor, as its only source or on the way;
        `datasets_single_source`: datasets that others receive from this actor only;
        `datasets_relayed`: datasets that it receives and passes on, the general public
        not counted: publishing is not relaying.
    """
    by_dataset: dict[str, list[Row]] = defaultdict(list)
    for flow in records(tables["flows"]):
        if flow["status"] == "active" and flow["dataset"] and flow["provider"] != flow["recipient"]:
            by_dataset[flow["dataset"]].append(flow)
    holder = dict(zip(tables["datasets"]["id"], tables["datasets"]["holder"], strict=True))
    needs: dict[str, list[str]] = defaultdict(list)
    for need in records(tables["needs"]):
        flows = by_dataset.get(need["dataset"], [])
        if any(flow["recipient"] == need["actor"] for flow in flows):
            for actor in indispensable(holder.get(need["dataset"]), need["actor"], flows):
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
        onward = {f["provider"] for f in flows if not f["recipient"].startswith(PUBLIC_PREFIX)}
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
    if len(sources) == 1 and any(
        f["recipient"] == actor and f["provider"] in sources for f in flows
    ):
        return list(sources)  # straight from the only source: nobody stands between
    onward: dict[str, list[str]] = defaultdict(list)
    for flow in flows:
        onward[flow["provider"]].append(flow["recipient"])
    # all of them are on any one route, in the same order
    route = _route(sources, actor, onward)
    return [between for between in route if not _route(sources, actor, onward, without=between)]


def _route(
    sources: Iterable[str], actor: str, onward: Mapping[str, Sequence[str]], without: str = ""
) -> list[str]:
    """A shortest route from a source to an actor, the actor itself left out; empty if there is none.

    Parameters
    ----------
    onward
        Who each actor passes data to.
    without
        An actor that no route may run through.
    """
    before = {source: "" for source in sorted(sources) if source != without}
    front = list(before)
    for at in front:
        for to in onward.get(at, ()):
            if to == actor:
                route = [at]
                while before[route[-1]]:
                    route.append(before[route[-1]])
                return route[::-1]
            if to not in before and to != without:
                before[to] = at
                front.append(to)
    return []


def sources_of(holder: str | None, flows: Sequence[Row]) -> set[str]:
    """Where a dataset comes from: its holder, and whoever passes it on without a recorded inflow."""
    givers, takers = ({flow[end] for flow in flows} for end in ("provider", "recipient"))
    return (givers - takers) | ({holder} & (givers | takers) if holder else set())
