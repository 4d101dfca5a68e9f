"""The way data could take from their holder to a need, and what stands in it."""

from __future__ import annotations

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.needs import PENDING
from ecosystem.vocabulary import BARRIERS, STATUSES, Label

OBSTACLES = {
    "closed": Label("le jeu est fermé", "the dataset is closed"),
    "access-not-documented": Label("l'accès n'est pas documenté", "access is not documented"),
    "personal-data": Label("il contient des données personnelles", "it holds personal data"),
    "no-exchange-yet": Label("aucun échange n'existe encore", "no exchange exists yet"),
    **{
        status: Label("un partage est à l'état « {s} »", "sharing is '{s}'").format(s=STATUSES[status].label)
        for status in PENDING
    },
    **{f"barrier-{code}": Label("obstacle {b}", "{b} barrier").format(b=c.label) for code, c in BARRIERS.items()},
}  # fmt: skip
"""What may stand in the way of a proposal."""


def has(known: Known, dataset: str, actor: str) -> bool:
    """Whether an actor already receives a dataset by an active flow."""
    flows = known.flows_by_dataset.get(dataset, ())
    return any(f["recipient"] == actor and f["status"] == "active" for f in flows)


def route(known: Known, dataset: str, holder: str, actor: str) -> tuple[str, ...]:
    """The shortest way from the holder to the one in need by those who may pass the data on."""
    is_open = known.dataset[dataset]["access"] == "open"
    own = known.authority.get(actor, actor)
    onward: dict[str, list[Row]] = {}
    for flow in known.deliveries.get(dataset, ()):
        onward.setdefault(flow["provider"], []).append(flow)
    givers = known.gets_from.get(actor, {})
    reached: dict[str, tuple[str, ...]] = {holder: (holder,)}
    layer = [holder]
    while layer:
        for at in layer:
            if at in givers or (at != actor and known.authority.get(at, at) == own):
                return (*reached[at], actor)
        following = []
        for at in layer:
            for flow in sorted(onward.get(at, ()), key=lambda f: str(f["recipient"])):
                to = flow["recipient"]
                allowed = (
                    is_open or flow["mode"] == "open_licence" or known.authority.get(to, to) == own
                )
                if allowed and to not in reached and to != actor and not known.is_people(to):
                    reached[to] = (*reached[at], to)
                    following.append(to)
        layer = following
    return (holder, actor)


def obstacles(known: Known, row: Row, route: tuple[str, ...]) -> tuple[str, ...]:
    """What stands in the way of a dataset along a route."""
    found = []
    if row["access"] == "closed":
        found.append("closed")
    elif row["access"] in (None, "unknown"):
        found.append("access-not-documented")
    if row["personal_data"] == "yes":
        found.append("personal-data")
    ends = (route[-2], route[-1])
    near = {known.authority.get(a, a) for a in ends}
    if (
        row["access"] != "open"
        and len(near) > 1
        and ends[0] not in known.gets_from.get(ends[1], {})
    ):
        found.append("no-exchange-yet")
    towards = [f for f in known.flows_by_dataset.get(row["id"], ()) if f["recipient"] == route[-1]]
    status = next((s for s in PENDING if any(f["status"] == s for f in towards)), None)
    if status:
        found.append(status)
    found += sorted({f"barrier-{f['barrier']}" for f in towards if f["barrier"]})
    return tuple(found)


def allocation(known: Known, a: str, b: str) -> float:
    """Resource allocation index (Zhou et al. 2009) on the undirected share network."""

    def around(actor: str) -> set[str]:
        return known.gives_to.get(actor, {}).keys() | known.gets_from.get(actor, {}).keys()

    return sum(1 / len(around(z)) for z in around(a) & around(b))
