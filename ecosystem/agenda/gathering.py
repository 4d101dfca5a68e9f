"""Matters gathered into conversations: by the houses that bargain, the dataset, the cause, the pair.

Nothing is joined by way of something else: each matter goes by the first of these rules that holds
for it, so that no conversation grows without end.

1. Inside one house, or from a house to people: by the cause where the same barrier, one that its
   management can lift, stands before several datasets; what goes to the public together; what departments
   pass one another, by service or by theme.
2. Between two houses that each want data of the other: a bargain.
3. A dataset that several pairs of houses wait for: one conversation, chains of it in their order.
4. What is left between two houses: with the conversation of a dataset that they already have, else alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ecosystem.agenda.matters import STEPS, Matter
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.needs import why_unmet
from ecosystem.tables.territories import is_public

LIFTED = ("organisational", "skills", "cultural")
"""Barriers that the management of a house can lift."""

MOST = 7
"""Datasets that one conversation about publishing may have; more are told theme by theme."""


@dataclass
class Group:
    """Matters of one conversation.

    Attributes
    ----------
    kind
        A key of `ecosystem.agenda.kinds.KINDS`.
    pivot
        What it turns on, as ids: with the kind, its identity.
    barrier
        The barrier that it is about, where it is about one.
    """

    kind: str
    pivot: tuple[str, ...]
    matters: list[Matter] = field(default_factory=list)
    barrier: str | None = None

    @property
    def id(self) -> str:
        """Its identity, stable from run to run: what it turns on, not how far it has come."""
        return ":".join([self.kind, *self.pivot])

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets it is about."""
        return tuple(dict.fromkeys(m.dataset for m in self.matters if m.dataset))

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows it would change."""
        return tuple(dict.fromkeys(flow for m in self.matters for flow in m.flows))


def gathered(
    sight: Sight, matters: Iterable[Matter], waiting: Iterable[Matter] = ()
) -> tuple[list[Group], list[Matter]]:
    """Matters by conversation, each in one; and what of `waiting` no conversation takes.

    Parameters
    ----------
    waiting
        Flows that are planned or wished though nobody is known to ask for their data: they go with
        those that are about the same data or the same two houses.
    """
    own: dict[str, list[Matter]] = defaultdict(list)
    between: list[Matter] = []
    for matter in _once(sight, matters):
        (own[sight.house(matter.giver)] if _is_own(sight, matter) else between).append(matter)
    groups, left = _between(sight, between, _once(sight, waiting))
    chains = {d: g for g in groups if g.kind in ("dataset", "pair") for d in g.datasets}
    about = {(house, m.dataset) for house, of in own.items() for m in of}
    silent = []
    for matter in left:
        house = sight.house(matter.giver)
        if _is_own(sight, matter) and ((house, matter.dataset) in about or _wanted(sight, matter)):
            own[house].append(matter)
        else:
            silent.append(matter)
    for house in sorted(own, key=sight.called):
        kept = []
        for matter in own[house]:
            chain = chains.get(matter.dataset or "")
            if chain is None or sight.house(matter.taker) == house:
                kept.append(matter)
            else:  # the last link of a chain: to persons
                chain.matters.append(matter)
        groups += _own(sight, house, kept)
    return groups, silent


def _is_own(sight: Sight, matter: Matter) -> bool:
    """Whether a matter is up to one house: between its departments, or from it to persons."""
    inside = sight.house(matter.giver) == sight.house(matter.taker)
    return inside or (sight.is_people(matter.taker) and not sight.is_people(matter.giver))


def _wanted(sight: Sight, matter: Matter) -> bool:
    """Whether publishing data that are not closed would meet somebody's need."""
    known, dataset = sight.known, matter.dataset or ""
    return (
        is_public(matter.taker)
        and sight.dataset(dataset)["access"] != "closed"
        and any(why_unmet(known, need) for need in known.needs_by_dataset.get(dataset, ()))
    )


def _once(sight: Sight, matters: Iterable[Matter]) -> list[Matter]:
    """Each matter once, the same ends and dataset together, in an order that ids do not change."""
    found: dict[tuple[str | None, str, str], Matter] = {}
    for matter in matters:
        key = (matter.dataset, matter.giver, matter.taker)
        if (first := found.get(key)) is None:
            found[key] = matter
        else:
            step = min(first.step, matter.step, key=_ORDER.index)
            flows = tuple(dict.fromkeys((*first.flows, *matter.flows)))
            found[key] = first._replace(step=step, flows=flows)
    names = sight.known.actor

    def key_of(m: Matter) -> tuple[str, ...]:
        return (
            sight.known.title(m.dataset or ""),
            names(m.giver),
            names(m.taker),
            m.giver,
            m.taker,
        )

    return sorted(found.values(), key=key_of)


_ORDER = (*STEPS,)


def _pair(sight: Sight, matter: Matter) -> tuple[str, str]:
    ends = sorted((sight.house(matter.giver), sight.house(matter.taker)), key=sight.called)
    return ends[0], ends[1]


def _between(
    sight: Sight, matters: list[Matter], waiting: list[Matter]
) -> tuple[list[Group], list[Matter]]:
    pairs: dict[tuple[str, str], list[Matter]] = defaultdict(list)
    for matter in matters:
        pairs[_pair(sight, matter)].append(matter)
    left = []
    for matter in waiting:
        pair = _pair(sight, matter)
        if pair in pairs:
            pairs[pair].append(matter)
        else:
            left.append(matter)
    groups = []
    rest: list[Matter] = []
    for pair, of in pairs.items():
        if len({sight.house(m.giver) for m in of}) > 1:
            groups.append(Group("bargain", pair, of))
        else:
            rest += of
    by_dataset: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for matter in [*rest, *(m for m in left if not _is_own(sight, m))]:
        if matter.dataset:
            by_dataset[matter.dataset][_pair(sight, matter)] = None
    sought = {m.dataset for m in rest}
    shared = {
        dataset: Group("dataset", (dataset,))
        for dataset in sorted(by_dataset, key=sight.titled)
        if dataset in sought and len(by_dataset[dataset]) > 1
    }
    alone: dict[tuple[str, str], list[Matter]] = defaultdict(list)
    for matter in rest:
        if matter.dataset in shared:
            shared[matter.dataset].matters.append(matter)
        else:
            alone[_pair(sight, matter)].append(matter)
    for matter in left:
        if matter.dataset in shared:
            shared[matter.dataset].matters.append(matter)
    left = [matter for matter in left if matter.dataset not in shared]
    having: dict[tuple[str, str], Group] = {}
    for group in shared.values():
        for pair in dict.fromkeys(_pair(sight, m) for m in group.matters):
            having.setdefault(pair, group)
    for pair, of in alone.items():
        if (joined := having.get(pair)) is not None:
            joined.matters += of
        else:
            groups.append(Group("pair", (sight.house(of[0].giver), sight.house(of[0].taker)), of))
    return [*groups, *shared.values()], left


def _own(sight: Sight, house: str, matters: list[Matter]) -> list[Group]:
    """What one house settles with itself: causes first, then what it publishes, then its departments."""
    units: dict[str | None, list[Matter]] = defaultdict(list)
    for matter in matters:
        units[matter.dataset].append(matter)
    barrier = {dataset: _barrier(sight, of) for dataset, of in units.items()}
    often = Counter(b for b in barrier.values() if b in LIFTED)
    groups: dict[tuple[str, ...], Group] = {}
    for dataset, of in units.items():
        code = barrier[dataset]
        people = all(sight.is_people(m.taker) for m in of)
        theme = str(sight.dataset(dataset)["theme"] or "")
        if code and often[code] > 1:
            kind, pivot = "cause", [house, code]
        elif people:
            kind, pivot = "publish", [house]
        else:
            kind, pivot = "house", [house, theme]
        groups.setdefault((kind, *pivot), Group(kind, tuple(pivot), barrier=code)).matters.extend(
            of
        )
    return [part for group in groups.values() for part in _by_theme(sight, group)]


def _by_theme(sight: Sight, group: Group) -> list[Group]:
    """A conversation about publishing, theme by theme if it is about too many datasets."""
    if group.kind != "publish" or len(group.datasets) <= MOST:
        return [group]
    parts: dict[str, Group] = {}
    for matter in group.matters:
        theme = str(sight.dataset(matter.dataset)["theme"] or "")
        part = parts.setdefault(theme, Group(group.kind, (*group.pivot, theme)))
        part.matters.append(matter)
    return list(parts.values())


def _barrier(sight: Sight, matters: Iterable[Matter]) -> str | None:
    """The barrier that stands before a dataset: that of its most pressing matter, else the commonest."""
    noted = [
        (_ORDER.index(m.step), sight.flow[flow]["barrier"])
        for m in matters
        for flow in m.flows
        if sight.flow[flow]["barrier"]
    ]
    if not noted:
        return None
    first = min(step for step, _ in noted)
    counts = Counter(str(code) for step, code in noted if step == first)
    return min(counts, key=lambda code: (-counts[code], code))
