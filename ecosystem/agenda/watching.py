"""What hangs on one actor: needs and services that only it serves, and what would come apart without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from ecosystem.agenda.conversations import Conversation, Part, called
from ecosystem.agenda.kinds import KINDS
from ecosystem.agenda.names import Words, joined
from ecosystem.agenda.rows import ordered, rows_part
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.known import Row
from ecosystem.gaps.needs import met
from ecosystem.gaps.registry import Finding
from ecosystem.measures.fragility import detached
from ecosystem.networks.network import Network
from ecosystem.ranking.meeting import serves
from ecosystem.scenarios.gains import NO_GAIN, Change
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import Label


def watched(
    sight: Sight, findings: dict[str, list[Finding]], network: Callable[[], Network]
) -> Iterator[Conversation]:
    """One conversation for each actor that something hangs on.

    Parameters
    ----------
    findings
        The findings about each actor.
    network
        Gives the share network, when it is asked what would come apart.
    """
    alone = _served_alone(sight)
    cut = cache(lambda: detached(network()))
    for actor in sorted({*findings, *alone}, key=sight.called):
        yield _conversation(sight, actor, findings.get(actor, []), alone.get(actor, []), cut)


def _served_alone(sight: Sight) -> dict[str, list[tuple[Row, Row]]]:
    """For each giver, the met needs of other houses to which its one flow alone brings the data.

    Not where passing them on is its mandate: a service of its own house uses the dataset.
    """
    known = sight.known
    found: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for need in sight.lookups.needs:
        actor, dataset = need["actor"], need["dataset"]
        if not dataset or met(known, actor, dataset) != "received":
            continue
        serving = [f for f in known.transfers.get(dataset, ()) if serves(f, actor)]
        if len(serving) != 1:
            continue
        giver = serving[0]["provider"]
        house = sight.house(giver)
        operated = any(
            sight.house(s["operator"] or "") == house
            for s in known.services_by_dataset.get(dataset, ())
        )
        if house == sight.house(known.holder(dataset) or ""):
            continue  # whoever holds data is their source: that says nothing of a route
        if house != sight.house(actor) and not sight.is_people(giver) and not operated:
            found[giver].append((need, serving[0]))
    return dict(found)


def _conversation(
    sight: Sight, actor: str, findings: list[Finding], alone: list[tuple[Row, Row]],
    cut: Callable[[], dict[str, tuple[str, ...]]],
) -> Conversation:  # fmt: skip
    known = sight.known
    datasets = dict.fromkeys([
        *(d for f in findings for d in f.datasets), *(need["dataset"] for need, _ in alone)
    ])  # fmt: skip
    evidence = ordered([
        *(row for f in findings for row in f.evidence),
        *(pair for need, flow in alone for pair in (("needs", need["id"]), ("flows", flow["id"]))),
    ])  # fmt: skip
    hanging = [f for f in findings if f.detector == "hangs-on-one"]
    passed = tuple(
        (f.datasets[0], f.path[0], f.actors[0]) for f in hanging if f.path and f.path[0] != actor
    )
    change = Change(passed=passed)
    title = KINDS["depends"].title.filled(lambda: _title(sight, actor, datasets))

    def tell() -> list[Part]:
        return [
            Part("who", (_who(sight, actor),)),
            Part(
                "what",
                (
                    *(f.sentence for f in findings),
                    *_told(sight, actor, alone, cut().get(actor, ())),
                ),
            ),
            Part("propose", (_PROPOSE.format(**sight.names.words(actor=actor)),)),
            rows_part(sight, evidence),
        ]

    return Conversation(
        id=f"depends:{actor}", kind="depends", title=title, actors=(actor,),
        datasets=tuple(datasets), flows=tuple(row for table, row in evidence if table == "flows"),
        findings=tuple(f.id for f in findings), evidence=evidence, sources=known.sources(evidence),
        tell=tell, change=change, gain=sight.gains.of(change) if passed else NO_GAIN,
        called=called(sight, (), (actor,)),
    )  # fmt: skip


def _title(sight: Sight, actor: str, datasets: Iterable[str]) -> Words:
    words: Words = sight.names.words(house=actor)
    known = sight.known
    titles = [Label(t, t) for t in map(known.title, sorted(datasets, key=sight.titled))]
    return {**words, "titles": joined(titles, 3)}


def _who(sight: Sight, actor: str) -> Label:
    words: Words = sight.names.words(house=actor)
    return KINDS["depends"].who.format(all=words["house"], **words)


_PROPOSE = Label("Convenir avec {actor} de la continuité (qui prend le relais, quel préavis), ou prévoir une seconde voie.",
                 "Agree with {actor} on continuity (who takes over, what notice), or plan a second route.")  # fmt: skip


def _told(
    sight: Sight, actor: str, alone: list[tuple[Row, Row]], apart: tuple[str, ...]
) -> Iterator[Label]:
    for need, _ in sorted(alone, key=lambda pair: (sight.called(pair[0]["actor"]), pair[0]["id"])):
        words: Words = sight.names.words(actor=need["actor"])
        words["title"] = sight.known.quoted(need["dataset"])
        yield _ALONE.format(**words)
    if apart and sight.house(actor) != sight.lookups.lead:  # a lead links others: its mandate
        shown = sorted((a for a in apart if not is_public(a)), key=sight.called)
        yield _APART.format(n=len(apart), who=sight.names.listed(shown))


_ALONE = Label(
    "Un seul flux apporte {title}, dont le besoin est exprimé, {to_actor}.",
    "One flow alone brings {title} to {actor}, which needs it.",
)
_APART = Label("Sans lui, {n} {n:acteur serait coupé|acteurs seraient coupés} du reste du réseau : {who}.",
                  "Without it, {n} {n:actor|actors} would be cut off from the rest of the network: {who}.")  # fmt: skip
