"""Who did the like and by which instrument, who tried and was refused, and what ways there are round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.matters import Matter
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.known import UNWRITTEN, Row
from ecosystem.gaps.needs import WORDS_SHARED
from ecosystem.gaps.titles import words_of
from ecosystem.matching.proposals import elsewhere

NEAREST = ("pair", "dataset", "kind")
"""How near a precedent is: the same two houses; the same dataset; the same kind of data between the
same kinds of actor. A theme alone is none."""

ROUND = 3
"""Ways round that are told."""


class Precedent(NamedTuple):
    """A flow that shows how the like was done, or that it was refused.

    Attributes
    ----------
    near
        One of `NEAREST`.
    flow
        Its row.
    """

    near: str
    flow: Row


class Way(NamedTuple):
    """A dataset by which one could do without a blocked one.

    Attributes
    ----------
    dataset
        Its id.
    how
        `same` (the same giver passes it to the taker already), `arrives` (the taker's house has it), `own` (its house holds it), `open` (to all, of here or
        of the country), `elsewhere` (another territory did it for itself).
    """

    dataset: str
    how: str


class Precedents:
    """What the flows of the tables show of how things like a matter went."""

    def __init__(self, sight: Sight, told: set[str]) -> None:
        """`told`: ids of the flows of all conversations: what is still to be talked over refutes none of them."""
        self._sight = sight
        self._told_of = told

    @cached_property
    def _settled(self) -> list[tuple[bool, Row]]:
        """Flows that are active and written, and flows that were refused, in the order in which they are told."""
        of = ((_done(flow), flow) for flow in self._sight.known.flows)
        settled = [(done, flow) for done, flow in of if done is not None]
        return sorted(settled, key=lambda pair: self._told(pair[1]))

    def _by(self, key: Callable[[Row], Any]) -> dict[tuple[Any, bool], list[Row]]:
        """The settled flows by what `key` says of them, and by how they went."""
        found: dict[tuple[Any, bool], list[Row]] = defaultdict(list)
        for done, flow in self._settled:
            found[key(flow), done].append(flow)
        return found

    @cached_property
    def _between(self) -> dict[tuple[Any, bool], list[Row]]:
        house = self._sight.house
        return self._by(lambda flow: frozenset((house(flow["provider"]), house(flow["recipient"]))))

    @cached_property
    def _of_dataset(self) -> dict[tuple[Any, bool], list[Row]]:
        return self._by(lambda flow: flow["dataset"])

    @cached_property
    def _of_kind(self) -> dict[tuple[Any, bool], list[Row]]:
        return self._by(
            lambda flow: self._kind(flow["dataset"], flow["provider"], flow["recipient"])
        )

    def _kind(self, dataset: str | None, giver: str, taker: str) -> tuple[Any, ...]:
        """The kind of data (theme, access, whether personal) and the types of both ends."""
        known = self._sight.known
        row = self._sight.dataset(dataset)
        actors = known.actor_row
        return (
            row.get("theme"), row.get("access"), row.get("personal_data"),
            actors.get(giver, {}).get("type"), actors.get(taker, {}).get("type"),
        )  # fmt: skip

    def _near(self, matter: Matter, done: bool) -> Iterator[tuple[int, Row]]:
        """Flows that show how the like of a matter went, with how near they are, the nearest first."""
        sight = self._sight
        a, b = matter.giver, matter.taker
        houses = frozenset((sight.house(a), sight.house(b)))
        yield from ((0, flow) for flow in self._between.get((houses, done), ()))
        if not matter.dataset:
            return
        yield from ((1, flow) for flow in self._of_dataset.get((matter.dataset, done), ()))
        for flow in self._of_kind.get((self._kind(matter.dataset, a, b), done), ()):
            if not houses >= {sight.house(flow["provider"]), sight.house(flow["recipient"])}:
                yield 2, flow

    def nearest(self, group: Group, *, done: bool) -> Precedent | None:
        """The nearest flow that was done with an instrument, or the nearest that was refused."""
        sight, own = self._sight, ({*group.flows} if done else self._told_of)
        best: tuple[int, tuple[Any, ...], Row] | None = None
        for matter in group.matters:
            if sight.house(matter.giver) == sight.house(matter.taker) or sight.is_people(
                matter.taker
            ):
                continue
            for n, flow in self._near(matter, done):
                if (
                    flow["id"] in own
                    or self._same(flow, matter, done)
                    or not self._shows(flow, matter)
                ):
                    continue
                if best is None or (n, self._told(flow)) < best[:2]:
                    best = n, self._told(flow), flow
                break
        return Precedent(NEAREST[best[0]], best[2]) if best else None

    def others_refused(self, group: Group, refused: Precedent) -> int:
        """How many other flows of the same dataset are blocked as well, outside the conversation."""
        own = {*group.flows, refused.flow["id"]}
        flows = self._sight.known.transfers.get(refused.flow["dataset"] or "", ())
        return sum(flow["status"] == "blocked" and flow["id"] not in own for flow in flows)

    def _shows(self, flow: Row, matter: Matter) -> bool:
        """Whether a flow can show how a matter goes: between two houses, persons only where it has some."""
        sight = self._sight
        ends = ((flow["provider"], matter.giver), (flow["recipient"], matter.taker))
        apart = sight.house(flow["provider"]) != sight.house(flow["recipient"])
        return apart and all(not sight.is_people(a) or sight.is_people(b) for a, b in ends)

    def _same(self, flow: Row, matter: Matter, done: bool) -> bool:
        """Whether a flow is the matter itself: no precedent of its own refusal."""
        ends = (flow["dataset"], flow["provider"], flow["recipient"])
        return not done and ends == (matter.dataset, matter.giver, matter.taker)

    def _told(self, flow: Row) -> tuple[Any, ...]:
        """The latest first, then by names."""
        known = self._sight.known
        return (
            -(self._sight.year("flows", flow["id"]) or 0),
            known.title(flow["dataset"] or ""), known.actor(flow["provider"]),
            known.actor(flow["recipient"]), flow["id"],
        )  # fmt: skip

    def round(self, group: Group) -> list[Way]:
        """Datasets of the same theme by which one could do without the ones that are blocked."""
        known, sight = self._sight.known, self._sight
        found: dict[str, tuple[Any, ...]] = {}
        for matter in group.matters:
            if matter.step not in ("unblock", "give") or not matter.dataset:
                continue
            row, house = sight.dataset(matter.dataset), sight.house(matter.taker)
            words = words_of(row["title"])
            like = known.held_titles.like(row["theme"], words)
            given = {
                f["dataset"] for f in known.gives_to.get(matter.giver, {}).get(matter.taker, ())
            }
            near = {dataset for dataset, shared in like.items() if shared >= WORDS_SHARED}
            for dataset in (near | given) - {*group.datasets, None}:
                other = known.dataset.get(dataset or "", {})
                shared = like.get(dataset or "", 0)
                if other.get("theme") != row["theme"] or not other:
                    continue
                how = self._how(other, house, dataset in given, matter.taker)
                if how and (dataset not in found or found[str(dataset)][1] < shared):
                    found[str(dataset)] = (how, shared)
        order = ("same", "arrives", "own", "open", "elsewhere")
        best = sorted(
            found, key=lambda d: (order.index(found[d][0]), -found[d][1], sight.titled(d))
        )
        ways = [Way(dataset, found[dataset][0]) for dataset in best]
        first = next((way for way in ways if way.how == "elsewhere"), None)  # one is enough to ask
        return [way for way in ways if way.how != "elsewhere" or way is first][:ROUND]

    def _how(self, row: Row, house: str, given: bool, taker: str) -> str | None:
        known, sight = self._sight.known, self._sight
        if given:
            return "same"
        if any(sight.house(f["recipient"]) == house for f in known.deliveries.get(row["id"], ())):
            return "arrives"
        if row["holder"] and sight.house(row["holder"]) == house:
            return "own"
        here = known.actor_row.get(taker, {}).get("territory")
        apart = row["territory"] in elsewhere(known, here)
        if row["access"] == "open":
            return "elsewhere" if apart else "open"
        passed = any(
            not sight.is_people(f["recipient"])
            and sight.house(f["provider"]) != sight.house(f["recipient"])
            for f in known.deliveries.get(row["id"], ())
        )
        return "elsewhere" if passed and apart else None


def _done(flow: Row) -> bool | None:
    """Whether a flow is active with an instrument, or was refused; None of others."""
    if flow["status"] == "active" and flow["mode"] not in UNWRITTEN and not flow["barrier"]:
        return True
    return False if flow["status"] == "blocked" else None
