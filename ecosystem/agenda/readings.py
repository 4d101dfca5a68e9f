"""How the findings of each kind of gap are read: what step each calls for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ecosystem.agenda.matters import (
    Act,
    Ask,
    Follow,
    Leave,
    Matter,
    Reading,
    Watch,
    by_flow,
    rows_of,
)
from ecosystem.agenda.questions import alike, question
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.needs import met
from ecosystem.gaps.registry import Finding
from ecosystem.tables.territories import is_public

Reader = Callable[[Sight, Finding], Reading]

READERS: dict[str, Reader] = {"flow-without-tie": lambda *_: Leave("only-noted")}
"""For each kind of gap, how its findings are read."""


def reads(*kinds: str) -> Callable[[Reader], Reader]:
    """Register how findings of some kinds are read."""

    def register(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(kinds, function))
        return function

    return register


def reading(sight: Sight, finding: Finding) -> Reading:
    """What a finding calls for."""
    return READERS[finding.detector](sight, finding)


def _pending(sight: Sight, flows: Iterable[str]) -> tuple[Matter, ...]:
    """The matters of flows that would change, without those that ended with their purpose."""
    kept = [f for f in flows if not sight.fulfilled(f)]
    return tuple(
        by_flow(sight, f)
        for f in kept
        if sight.flow[f]["status"] != "active" or sight.flow[f]["barrier"]
    )


def _follow(finding: Finding, otherwise: Ask | Leave) -> Follow:
    return Follow(rows_of(finding, "needs"), rows_of(finding, "flows"), finding.datasets, otherwise)


def _first_asked(sight: Sight, finding: Finding) -> Ask:
    """A question to the actor that a finding is about first."""
    return Ask(finding.actors[0], question(sight, finding))


def _given(sight: Sight, dataset: str, taker: str) -> Act | Leave:
    """The matter of data that their holder could give, on conditions."""
    row = sight.dataset(dataset)
    if row["access"] == "closed" and row["personal_data"] == "yes":
        return Leave("rightly-closed")
    return Act((Matter("give", dataset, str(row["holder"]), taker),))


@reads("unmet-need", "no-dataset-named")
def _need(sight: Sight, finding: Finding) -> Reading:
    need = sight.need[rows_of(finding, "needs")[0]]
    actor, dataset, reason = need["actor"], need["dataset"], finding.reason
    flows = rows_of(finding, "flows")
    if reason in ("blocked", "planned", "wished", "ended", "partly"):
        matters = _pending(sight, flows)
        return Act(matters) if matters else Leave("purpose-ended")
    if reason in ("inside-authority", "inside-whole"):
        giver = finding.actors[-1]
        return Act((Matter("link", dataset, giver, actor),))
    if reason in ("closed", "shared-with-others", "one-broker"):
        return _given(sight, dataset, actor)
    if reason == "towards-others":
        matters = _pending(sight, flows)
        onward = Matter("give", dataset, matters[0].taker, actor) if matters else None
        return Act((*matters, onward)) if onward else Leave("purpose-ended")
    if reason == "not-documented":
        return Ask(str(sight.known.holder(dataset)), question(sight, finding, need=need))
    person = actor
    if sight.is_people(
        actor
    ):  # nobody can interview them all: the authority of the territory is asked
        person = sight.lead_of(actor) or actor
    return Ask(person, question(sight, finding, need=need))


@reads("service-lacks-data")
def _service(sight: Sight, finding: Finding) -> Reading:
    service = sight.service[rows_of(finding, "services")[0]]
    if matters := _pending(sight, rows_of(finding, "flows")):
        return Act(matters)
    if finding.reason == "ended":
        return Leave("purpose-ended")
    if finding.reason == "closed":
        return _given(sight, finding.datasets[0], service["operator"])
    if finding.reason == "no-dataset" and service["status"] == "live":
        return Leave("only-noted")
    return Ask(service["operator"], question(sight, finding, service=service))


@reads("held-not-passed-on", "stalled-flow")
def _stalled(sight: Sight, finding: Finding) -> Reading:
    flows = rows_of(finding, "flows")
    matters = _pending(sight, flows)
    if not matters:
        return Leave("purpose-ended")
    if finding.reason == "ended":
        return Ask(matters[0].giver, question(sight, finding))
    if all(m.step == "start" and arrives(sight, m) for m in matters):
        return Leave("arrives")
    if all(m.step == "start" and _silent(sight, m) for m in matters):
        return _follow(finding, Ask(matters[0].giver, question(sight, finding)))
    blocked = finding.detector == "stalled-flow" and finding.reason == "blocked"
    return Leave("nobody-asks") if blocked and not sight.asked(matters[0].dataset) else Act(matters)


def _dated(sight: Sight, matter: Matter) -> bool:
    """Whether what announced it is years old."""
    return any(sight.old("flows", flow) for flow in matter.flows)


def _silent(sight: Sight, matter: Matter) -> bool:
    """Whether what was announced is a question: years ago, to somebody who is not known to ask for it.

    What would go to persons is asked for by whoever needs it.
    """
    if not _dated(sight, matter):
        return False
    needs = sight.known.needs_by_dataset.get(matter.dataset or "", ())
    if sight.is_people(matter.taker):
        return not needs
    house = sight.house(matter.taker)
    return not any(sight.house(need["actor"]) == house for need in needs)


def arrives(sight: Sight, matter: Matter) -> bool:
    """Whether what was announced to all is open by now."""
    row = sight.dataset(matter.dataset)
    return is_public(matter.taker) and row["access"] == "open"


@reads("never-shared")
def _never_shared(sight: Sight, finding: Finding) -> Reading:
    dataset = finding.datasets[0]
    if finding.reason.startswith("only-"):
        matters = _pending(sight, rows_of(finding, "flows"))
        if finding.reason == "only-blocked" and not sight.asked(dataset):
            return Leave("nobody-asks")
        if matters and all(m.step == "start" and arrives(sight, m) for m in matters):
            return Leave("open-unused")
        unasked = not sight.asked(dataset)
        if all(
            m.step == "start" and (_silent(sight, m) or (unasked and _dated(sight, m)))
            for m in matters
        ):
            return _follow(finding, Ask(str(sight.known.holder(dataset)), question(sight, finding)))
        return Act(matters)
    if finding.reason == "open-no-flow":
        return Leave("open-unused")
    if finding.reason == "closed" and sight.dataset(dataset)["personal_data"] == "yes":
        return Leave("rightly-closed")
    if not sight.asked(dataset):
        return Leave("nobody-asks")
    holder = str(sight.known.holder(dataset))
    return _follow(finding, Ask(holder, question(sight, finding)))


@reads("hindered-flow")
def _hindered(sight: Sight, finding: Finding) -> Reading:
    flow = sight.flow[rows_of(finding, "flows")[0]]
    needs = sight.known.needs_by_dataset.get(flow["dataset"] or "", ())
    own = sight.house(flow["recipient"])
    if any(sight.house(need["actor"]) == own for need in needs):
        return Act((by_flow(sight, flow["id"]),))
    return Leave("arrives")


@reads("silo")
def _silo(sight: Sight, finding: Finding) -> Reading:
    matters = [*_pending(sight, rows_of(finding, "flows"))]
    for need in map(sight.need.__getitem__, rows_of(finding, "needs")):
        holder = sight.known.holder(need["dataset"])
        if holder and not any(m.dataset == need["dataset"] for m in matters):
            matters.append(Matter("link", need["dataset"], holder, need["actor"]))
    asked = tuple(m for m in matters if sight.asked(m.dataset) or m.step != "unblock")
    return Act(asked) if asked else Leave("nobody-asks")


@reads("tie-without-flow")
def _tie(sight: Sight, finding: Finding) -> Reading:
    if finding.reason == "no-flow":
        return Leave("its-role")
    return _follow(finding, _first_asked(sight, finding))


@reads("asks-gets-nothing", "high-value-not-open")
def _followed(sight: Sight, finding: Finding) -> Reading:
    return _follow(finding, _first_asked(sight, finding))


@reads("isolated")
def _isolated(sight: Sight, finding: Finding) -> Reading:
    if finding.reason != "pending-only":
        return Leave("its-role")
    return _follow(finding, _first_asked(sight, finding))


@reads("one-sided")
def _one_sided(sight: Sight, finding: Finding) -> Reading:
    if finding.severity == "low":
        return Leave("balanced-by-role")
    needs = tuple(n["id"] for n in sight.known.needs if n["actor"] == finding.actors[0])
    return Follow(needs, (), (), _first_asked(sight, finding))


@reads("public-private")
def _divide(_: Sight, finding: Finding) -> Reading:
    return _follow(finding, Leave("nobody-asks"))


@reads("disputed-flow")
def _disputed(sight: Sight, finding: Finding) -> Reading:
    provider, recipient = finding.actors
    person = recipient if finding.reason == "recipient-silent" else provider
    return Ask(person, question(sight, finding))


@reads("no-instrument", "personal-without-instrument")
def _unwritten(sight: Sight, finding: Finding) -> Reading:
    flow = sight.flow[rows_of(finding, "flows")[0]]
    giver, taker, known = flow["provider"], flow["recipient"], sight.known
    personal = finding.detector == "personal-without-instrument"
    if not personal:
        if is_public(taker) or known.dataset.get(flow["dataset"] or "", {}).get("access") == "open":
            return Leave("public-anyway")
        if sight.house(giver) == sight.house(taker):
            return Leave("one-house")
        if known.is_people(giver) or known.is_people(taker):
            return Leave("people")
    if known.is_people(taker):
        return (
            Leave("people") if finding.severity == "low" else Ask(giver, question(sight, finding))
        )
    if finding.reason == "informal" and not known.is_people(giver):
        if finding.severity == "low":
            return Leave("nobody-asks")
        return Act((Matter("sign", flow["dataset"], giver, taker, (flow["id"],)),))
    return Ask(taker if known.is_people(giver) else giver, question(sight, finding))


@reads("theme-in-peers")
def _peers(sight: Sight, finding: Finding) -> Reading:
    if finding.severity == "low":
        return Leave("no-need-here")
    example = alike(sight, finding)
    holder = sight.known.holder(example)
    if example is None or holder is None:
        return Leave("nothing-alike")
    return Ask(holder, question(sight, finding))


@reads("open-data-duty", "maturity-contradicted")
def _examined(sight: Sight, finding: Finding) -> Reading:
    return _first_asked(sight, finding)


@reads("never-reused")
def _reused(sight: Sight, finding: Finding) -> Reading:
    if finding.severity == "low":
        return Leave("open-unused")
    return _first_asked(sight, finding)


@reads("hangs-on-one", "one-actor-for-services")
def _hangs(sight: Sight, finding: Finding) -> Reading:
    if finding.detector == "hangs-on-one":
        actor, broker = finding.actors[0], finding.actors[1]
        own = any(
            sight.house(s["operator"] or "") == sight.house(broker)
            for s in sight.known.services_by_dataset.get(finding.datasets[0], ())
        )
        if own or sight.house(actor) == sight.house(broker):
            return Leave("own-portal")
        return Watch(broker)
    return Watch(finding.actors[0])


def asked_and_blocked(sight: Sight) -> Iterator[Matter]:
    """Blocked flows that one of their ends asks for or uses, though no finding tells them.

    A part of the data that is blocked beside a part that arrives counts if the recipient has a need.
    """
    known = sight.known
    for flow in sight.lookups.flows:
        dataset, giver, taker = flow["dataset"], flow["provider"], flow["recipient"]
        if flow["status"] != "blocked" or giver == taker or not dataset:
            continue
        houses = {sight.house(giver), sight.house(taker)}
        wants = {sight.house(n["actor"]) for n in known.needs_by_dataset.get(dataset, ())}
        uses = {
            sight.house(s["operator"] or "") for s in known.services_by_dataset.get(dataset, ())
        }
        if met(known, taker, dataset) is None:
            if houses & (wants | uses):
                yield by_flow(sight, flow["id"])
        elif (dataset, taker) in known.delivered and sight.house(taker) in wants:
            yield by_flow(sight, flow["id"])._replace(step="complete")
