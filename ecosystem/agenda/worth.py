"""Why a conversation is worth it: the needs and services that wait for it, and what it would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.names import Words, bare, joined, sentence
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.needs import met
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.services import over
from ecosystem.scenarios.gains import Gain
from ecosystem.vocabulary import SERVICE_STATUSES, Label


def why(sight: Sight, needs: Iterable[str]) -> Iterator[Label]:
    """The needs, whose and of when; for which of them the data arrive."""
    for need in sorted(
        needs,
        key=lambda n: (
            sight.known.actor(sight.need[n]["actor"]),
            sight.need[n]["purpose"] or "",
            n,
        ),
    ):
        row = sight.need[need]
        if not row["purpose"]:
            continue
        words: Words = sight.names.words(actor=row["actor"])
        words |= {"purpose": quote(bare(str(row["purpose"]))), "dated": sight.dated("needs", need)}
        words["met"] = (
            _ARRIVES if met(sight.known, row["actor"], row["dataset"]) == "received" else ""
        )
        yield sentence(
            Label("{actor} : {purpose}{dated}{met}.", "{actor}: {purpose}{dated}{met}.").format(
                **words
            )
        )


_ARRIVES = Label(" ; la donnée arrive aujourd'hui", "; the data arrive today")


def used(sight: Sight, group: Group, services: Iterable[str]) -> Iterator[Label]:
    """The services, and which of the data each waits for."""
    for name in sorted(services, key=lambda s: str(sight.service[s]["name"])):
        row = sight.service[name]
        if over(row["description"]):
            continue
        words: Words = {
            "service": quote(str(row["name"] or name)),
            "status": SERVICE_STATUSES.label(row["status"]),
        }
        lacking = {*(row["datasets"] or ())} & {*group.datasets}
        if lacking and len(group.datasets) > 1:
            words["titles"] = sight.known.titles(sorted(lacking, key=sight.titled))
            yield _NEEDS_THESE.format(**words)
        else:
            yield _NEEDS_IT.format(**words)


_NEEDS_IT = Label(
    "Le service {service} ({status}) en a besoin.", "The service {service} ({status}) needs it."
)
_NEEDS_THESE = Label(
    "Le service {service} ({status}) a besoin de : {titles}.",
    "The service {service} ({status}) needs: {titles}.",
)


def brings(sight: Sight, group: Group, gain: Gain) -> Iterator[Label]:
    """What would change, counted, and whose."""
    known = sight.known
    steps = {m.step for m in group.matters}
    if gain.needs:
        asking = {sight.need[n]["actor"] for n in gain.needs}
        yield _NEEDS.format(
            n=len(gain.needs), who=sight.names.listed(sorted(asking, key=sight.called))
        )
    if gain.services:
        names = [quote(str(sight.service[s]["name"] or s)) for s in gain.services]
        yield _SERVICES.format(n=len(names), names=joined(names))
    if gain.reached:
        who = sight.names.listed(sorted(gain.reached, key=sight.called))
        yield _REACHED.format(n=len(gain.reached), who=who)
    if gain.freed:
        yield _FREED.format(n=len(gain.freed))
    if gain.opened:
        sure = [d for d in gain.opened if sight.dataset(d)["personal_data"] == "no"]
        unsure = [d for d in gain.opened if d not in sure]
        for label, of in ((_OPENED, sure), (_OPENED_IF, unsure)):
            if of:
                yield label.format(titles=known.titles(sorted(of, key=sight.titled)))
    if "complete" in steps:
        yield _COMPLETED
    if "sign" in steps:
        yield _SIGNED
    if not any(gain.counts) and steps.isdisjoint(("complete", "sign")):
        yield _NOTHING


_NEEDS = Label(
    "{n} {n:besoin couvert|besoins couverts} : {who}.", "{n} {n:need met|needs met}: {who}."
)
_SERVICES = Label(
    "{n} {n:service complété|services complétés} : {names}.",
    "{n} {n:service completed|services completed}: {names}.",
)
_REACHED = Label(
    "Ne {n:reçoit|reçoivent} aujourd'hui aucune donnée, et en {n:recevrait|recevraient} : {who}.",
    "{n:Receives|Receive} no data today, and would: {who}.",
)
_FREED = Label(
    "{n} {n:besoin ne tient plus|besoins ne tiennent plus} à un seul intermédiaire.",
    "{n} {n:need no longer hangs|needs no longer hang} on one broker.",
)
_OPENED = Label("Ouvert à tous : {titles}.", "Open to all: {titles}.")
_OPENED_IF = Label(
    "Ouvert à tous, si l'on vérifie qu'il n'y a là rien de personnel : {titles}.",
    "Open to all, once it is checked that nothing in it is personal: {titles}.",
)
_COMPLETED = Label("Ce qui arrive déjà serait complet.", "What arrives already would be complete.")
_SIGNED = Label(
    "Un accord écrit là où le partage est informel.",
    "A written agreement where sharing is informal.",
)
_NOTHING = Label("Rien que les tables puissent compter : aucun besoin noté n'en serait couvert.",
                 "Nothing that the tables can count: no recorded need would be met by it.")  # fmt: skip
