"""The agenda of one actor on one page: what one takes to a meeting with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ecosystem.agenda.conversations import Conversation
from ecosystem.agenda.listing import Agenda, house_of
from ecosystem.agenda.names import Words, joined, sentence
from ecosystem.agenda.sight import Sight
from ecosystem.errors import UnknownName
from ecosystem.gaps.known import Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import met
from ecosystem.gaps.phrases import quote
from ecosystem.matching import match_needs
from ecosystem.vocabulary import MODES, Label

HEADINGS: dict[str, Label] = {
    "gives": Label("Ce que cet acteur donne", "What this actor gives"),
    "receives": Label("Ce qu'il reçoit", "What it receives"),
    "needs": Label("Ce dont il a besoin", "What it needs"),
    "asked": Label("Ce que d'autres lui demandent", "What others ask of it"),
    "told": Label("Ce qu'on peut lui dire", "What it could be told"),
    "ask": Label("Ce qu'il faut lui demander", "What to ask"),
}
"""The parts of a sheet, in order."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The agenda of one actor.

    Attributes
    ----------
    title
        Whom it is for.
    parts
        Lines by heading: a key of `HEADINGS`.
    conversations
        Those that it is in, in order.
    """

    actor: str
    title: Label
    parts: dict[str, tuple[Label, ...]]
    conversations: tuple[Conversation, ...]


def actor_named(lookups: Lookups, name: str) -> str:
    """The id of an actor given by id or by name.

    Raises
    ------
    UnknownName
        If there is no such actor, or several bear that name.
    """
    known = lookups.known
    if name in known.actor_row:
        return name
    called = [a for a, said in known.actor_names.items() if said.casefold() == name.casefold()]
    if len(called) == 1:
        return called[0]
    raise UnknownName(Label("acteur", "actor"), name, called or known.actor_row)


def sheet_of(lookups: Lookups, agenda: Agenda, actor: str) -> Sheet:
    """The agenda of one actor, given by id or by name; its departments count as itself.

    Raises
    ------
    UnknownName
        If there is no such actor.
    """
    sight = Sight(lookups)
    known = sight.known
    own = actor_named(lookups, actor)
    house = house_of(known, own)
    mine = tuple(c for c in agenda if house & c.involved)
    parts = {
        "gives": tuple(_passed(sight, house, "provider")),
        "receives": tuple(_passed(sight, house, "recipient")),
        "needs": tuple(_needs(sight, house)),
        "asked": tuple(_asked(sight, house)),
        "told": tuple(_told(sight, house, mine)),
        "ask": tuple(
            _about(c, line) for c in mine for line in c.part("ask") if house & {*c.actors}
        ),
    }
    title = Label("Avec {actor}", "With {actor}").format(**sight.names.words(actor=own))
    return Sheet(own, title, {name: _once(lines) for name, lines in parts.items() if lines}, mine)


def _about(conversation: Conversation, line: Label) -> Label:
    """A question, with what it is about where it is not from an interview."""
    if conversation.agenda == "find-out":
        return line
    return _ABOUT.format(title=conversation.title, line=line)


_ABOUT = Label("« {title} » : {line}", "'{title}': {line}")


def _once(lines: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(Label(*words) for words in dict.fromkeys((line.fr, line.en) for line in lines))


def _passed(sight: Sight, house: set[str], end: str) -> Iterator[Label]:
    """What passes by active flows, partner by partner."""
    known, other = sight.known, "recipient" if end == "provider" else "provider"
    flows = [
        f for f in known.flows
        if f["status"] == "active" and f[end] in house and f[other] not in house
    ]  # fmt: skip
    by_partner: dict[str, list[Row]] = {}
    for flow in flows:
        by_partner.setdefault(flow[other], []).append(flow)
    for partner in sorted(by_partner, key=sight.called):
        of = by_partner[partner]
        by_mode: dict[str | None, dict[str, None]] = {}
        for flow in of:
            if flow["dataset"]:
                by_mode.setdefault(flow["mode"], {})[flow["dataset"]] = None
        order = sorted(by_mode, key=lambda mode: [*MODES, None].index(mode))
        told = joined(
            _HOW.format(titles=known.titles(by_mode[mode], 4), mode=MODES.label(mode))
            for mode in order
        )
        yield sentence(_PASSED[end].format(**sight.names.words(partner=partner), told=told))


_HOW = Label("{titles} ({mode})", "{titles} ({mode})")
_PASSED = {
    "provider": Label("{to_partner} : {told}.", "To {partner}: {told}."),
    "recipient": Label("{of_partner} : {told}.", "From {partner}: {told}."),
}


def _needs(sight: Sight, house: set[str]) -> Iterator[Label]:
    known = sight.known
    for need in known.needs:
        if need["actor"] not in house or not need["purpose"]:
            continue
        dataset = need["dataset"]
        state = (
            _NO_DATA if not dataset else _MET if met(known, need["actor"], dataset) else _UNMET
        ).format(title=known.quoted(dataset))
        words = {"purpose": quote(str(need["purpose"]).rstrip(".")), "state": state,
                 "dated": sight.dated("needs", need["id"])}  # fmt: skip
        yield Label("{purpose}{dated} : {state}.", "{purpose}{dated}: {state}.").format(**words)


_NO_DATA = Label("aucune donnée n'est nommée", "no data are named")
_MET = Label("couvert ({title})", "met ({title})")
_UNMET = Label("non couvert ({title})", "not met ({title})")


def _asked(sight: Sight, house: set[str]) -> Iterator[Label]:
    """What others need and this actor is to pass on: it holds it, unless a flow that waits names who gives it."""
    known = sight.known
    for need in known.needs:
        dataset, actor = need["dataset"], need["actor"]
        if not dataset or actor in house or met(known, actor, dataset):
            continue
        own = sight.house(actor)
        named = {
            f["provider"]
            for f in known.flows_by_dataset.get(dataset, ())
            if f["status"] != "active" and sight.house(f["recipient"]) == own
        }
        if house.isdisjoint(named or {known.holder(dataset)}):
            continue
        words: Words = sight.names.words(actor=actor)
        words |= {"title": known.quoted(dataset), "dated": sight.dated("needs", need["id"]),
                  "purpose": quote(str(need["purpose"] or need["id"]).rstrip("."))}  # fmt: skip
        yield sentence(
            Label(
                "{actor} : {title}, pour {purpose}{dated}.",
                "{actor}: {title}, for {purpose}{dated}.",
            ).format(**words)
        )


def _told(sight: Sight, house: set[str], mine: Iterable[Conversation]) -> Iterator[Label]:
    """What would come to this actor, and where data like those it lacks are to be had."""
    for c in mine:
        needs = [n for n in c.gain.needs if sight.need[n]["actor"] in house]
        if needs:
            yield _WOULD.format(title=c.title, n=len(needs))
        services = [s for s in c.gain.services if sight.service[s]["operator"] in house]
        if services:
            names = joined([quote(str(sight.service[s]["name"] or s)) for s in services])
            yield _COMPLETES.format(title=c.title, names=names)
    lookups = sight.lookups
    for actor in sorted(house & {n["actor"] for n in lookups.needs}, key=sight.called):
        for proposal in match_needs(lookups, actor=actor, most=1):
            if proposal.level != "dataset":
                yield proposal.sentence


_WOULD = Label(
    "« {title} » couvrirait {n} de ses {n:besoins|besoins}.",
    "'{title}' would meet {n} of its {n:needs|needs}.",
)
_COMPLETES = Label("« {title} » compléterait {names}.", "'{title}' would complete {names}.")
