"""Services that are not there yet: what data they rest on, which arrive, what would complete them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ecosystem.agenda.conversations import Conversation, Part
from ecosystem.agenda.kinds import KINDS
from ecosystem.agenda.listing import Agenda
from ecosystem.agenda.names import Words, joined, sentence
from ecosystem.agenda.sight import Sight
from ecosystem.errors import spoken
from ecosystem.gaps.known import Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import met, why_unmet
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.services import over, reason_missing, why_missing
from ecosystem.gaps.titles import words_of
from ecosystem.vocabulary import SERVICE_STATUSES, THEMES, Label, Language

COLUMNS = ["id", "service", "title", "status", "operator", "datasets", "arriving", "missing", "conversations",
           "like", "needs"]  # fmt: skip
"""The columns of a table of prototypes."""

LIKE = 2
"""Services of elsewhere that are told as like one."""


@dataclass(frozen=True, eq=False)
class Prototype:
    """A service to prototype: one that the tables know as an idea or a prototype, or that needs would call for.

    Attributes
    ----------
    id
        The id of the service; `needs:DATASET…` where unmet needs of several actors call for the same data.
    service
        Its id; None where no service is recorded.
    operator
        Who runs it, or None.
    arriving, missing
        Of the datasets it rests on, those that reach the operator and those that do not.
    conversations
        Ids of the conversations that would complete it.
    like
        Ids of services of elsewhere that are like it, live ones first.
    needs
        Ids of the needs that it would serve.
    """

    id: str
    service: str | None
    title: Label
    status: str | None
    operator: str | None
    datasets: tuple[str, ...]
    arriving: tuple[str, ...]
    missing: tuple[str, ...]
    conversations: tuple[str, ...]
    like: tuple[str, ...]
    needs: tuple[str, ...]
    parts: tuple[Part, ...]

    def record(self, language: Language) -> dict[str, Any]:
        """The prototype as a row of a table."""
        spoken(language)
        return {**{name: getattr(self, name) for name in COLUMNS}, "title": self.title.to(language)}


def prototypes_frame(prototypes: Iterable[Prototype], language: Language = "en") -> pd.DataFrame:
    """Prototypes as a table, one row each."""
    return pd.DataFrame([p.record(language) for p in prototypes], columns=COLUMNS)


def prototypes_of(lookups: Lookups, agenda: Agenda) -> list[Prototype]:
    """The services of a territory that are ideas or prototypes, then what needs call for; by title."""
    sight = Sight(lookups)
    services = [
        row for row in lookups.services
        if row["status"] in ("idea", "prototype") and not over(row["description"])
    ]  # fmt: skip
    told = [_of_service(sight, agenda, row) for row in services]
    served = {d for row in lookups.services for d in row["datasets"] or ()}
    told += [
        _of_needs(sight, agenda, dataset, needs) for dataset, needs in _called_for(sight, served)
    ]
    return sorted(told, key=lambda p: (p.service is None, p.title.fr, p.id))


def _called_for(sight: Sight, served: set[str]) -> Iterator[tuple[str, list[Row]]]:
    """Datasets without a service that several actors need and do not get."""
    found: dict[str, list[Row]] = {}
    for need in sight.lookups.needs:
        dataset = need["dataset"]
        if dataset and dataset not in served and why_unmet(sight.known, need):
            found.setdefault(dataset, []).append(need)
    for dataset, needs in found.items():
        if len({need["actor"] for need in needs}) > 1:
            yield dataset, needs


def _treating(agenda: Agenda, datasets: Iterable[str], actors: Iterable[str]) -> list[Conversation]:
    """The conversations to bring about that are about a dataset and one of these actors, or about it."""
    of = [c for c in agenda if KINDS[c.kind].agenda == "bring-about"]
    wanted, ends = set(datasets), set(actors)
    about = [c for c in of if wanted & {*c.datasets}]
    return [c for c in about if ends & c.involved] or about


def _of_service(sight: Sight, agenda: Agenda, row: Row) -> Prototype:
    known = sight.known
    datasets = tuple(row["datasets"] or ())
    operator = row["operator"]
    missing = tuple(d for d in datasets if operator is None or why_missing(known, row, d))
    arriving = tuple(d for d in datasets if d not in missing)
    completing = _treating(agenda, missing, [operator] if operator else [])
    like = _like(sight, row)
    needs = [n for d in datasets for n in known.needs_by_dataset.get(d, ())]
    name = quote(str(row["name"] or row["id"]))
    words: Words = {"service": name, "status": SERVICE_STATUSES.label(row["status"])}
    title = Label("{service} ({status})", "{service} ({status})").format(**words)
    parts = (
        Part(
            "who",
            (
                sentence(
                    Label("{operator}.", "{operator}.").format(
                        **sight.names.words(operator=operator)
                    )
                ),
            )
            if operator
            else (_NOBODY,),
        ),
        Part("why", tuple(_purposes(sight, needs, row))),
        Part("what", tuple(_rests(sight, row, arriving, missing)) or (_UNNAMED,)),
        Part("propose", tuple(_completes(completing))),
        Part("round", tuple(_alike(sight, like))),
    )
    return Prototype(
        row["id"], row["id"], title, row["status"], operator, datasets, arriving, missing,
        tuple(c.id for c in completing), tuple(s["id"] for s in like),
        tuple(dict.fromkeys(n["id"] for n in needs)), tuple(p for p in parts if p.lines),
    )  # fmt: skip


def _of_needs(sight: Sight, agenda: Agenda, dataset: str, needs: list[Row]) -> Prototype:
    """What several unmet needs of one dataset call for."""
    known = sight.known
    row: Row = {"name": known.title(dataset), "theme": sight.dataset(dataset)["theme"], "description": None,
                "territory": sight.dataset(dataset)["territory"], "id": None, "datasets": (dataset,)}  # fmt: skip
    completing = _treating(agenda, [dataset], [need["actor"] for need in needs])
    like = _like(sight, row)
    title = _CALLED.format(title=known.quoted(dataset), n=len(needs))
    parts = (
        Part("why", tuple(_purposes(sight, needs, None))),
        Part("what", (_LACKING.format(title=known.quoted(dataset)),)),
        Part("propose", tuple(_completes(completing))),
        Part("round", tuple(_alike(sight, like))),
    )
    return Prototype(
        f"needs:{dataset}", None, title, None, None, (dataset,), (), (dataset,),
        tuple(c.id for c in completing), tuple(s["id"] for s in like),
        tuple(need["id"] for need in needs), tuple(p for p in parts if p.lines),
    )  # fmt: skip


_CALLED = Label(
    "Un service autour de {title} : {n} besoins l'attendent",
    "A service around {title}: {n} needs wait for it",
)
_NOBODY = Label("Personne n'est noté comme porteur.", "Nobody is recorded as running it.")
_UNNAMED = Label(
    "Les données qu'il lui faudrait ne sont pas nommées.", "The data it would take are not named."
)
_LACKING = Label(
    "{title} n'arrive pas à celles et ceux qui en ont besoin.",
    "{title} does not reach those who need it.",
)


def _purposes(sight: Sight, needs: Iterable[Row], service: Row | None) -> Iterator[Label]:
    if service is not None and service["description"]:
        yield Label("{text}", "{text}").format(text=quote(str(service["description"]).rstrip(".")))
    for need in needs:
        if need["purpose"]:
            words: Words = sight.names.words(actor=need["actor"])
            words["purpose"] = quote(str(need["purpose"]).rstrip("."))
            words["state"] = (
                _MET
                if need["dataset"] and met(sight.known, need["actor"], need["dataset"])
                else _UNMET
            )
            yield sentence(
                Label("{actor} : {purpose} ({state}).", "{actor}: {purpose} ({state}).").format(
                    **words
                )
            )


_MET = Label("besoin couvert", "need met")
_UNMET = Label("besoin non couvert", "need not met")


def _rests(
    sight: Sight, row: Row, arriving: Iterable[str], missing: Iterable[str]
) -> Iterator[Label]:
    known = sight.known
    for dataset in arriving:
        yield Label("{title} arrive.", "{title} arrives.").format(title=known.quoted(dataset))
    for dataset in missing:
        words: Words = sight.names.words(holder=known.holder(dataset))
        words |= {"title": known.quoted(dataset), "why": reason_missing(known, row, dataset)}
        held = known.holder(dataset) is not None
        yield (_MISSES if held else _MISSES_UNHELD).format(**words)


_MISSES = Label(
    "{title} manque : {why} (détenu par {holder}).", "{title} is missing: {why} (held by {holder})."
)
_MISSES_UNHELD = Label("{title} manque : {why}.", "{title} is missing: {why}.")


def _completes(conversations: Iterable[Conversation]) -> Iterator[Label]:
    for c in conversations:
        yield Label("Conversation « {title} » ({id}).", "Conversation '{title}' ({id}).").format(
            title=c.title, id=c.id
        )


def _like(sight: Sight, row: Row) -> list[Row]:
    """Services of other territories of the same theme that share words with one, live ones first."""
    words = words_of(row["name"]) | words_of(row["description"])
    order = ("live", "prototype", "idea", None)
    found = []
    for other in sight.known.services:
        if other["id"] == row["id"] or other["theme"] != row["theme"]:
            continue
        if other["territory"] == row["territory"]:
            continue
        shared = words & (words_of(other["name"]) | words_of(other["description"]))
        if shared:
            found.append(
                (-len(shared), order.index(other["status"]), str(other["name"]), other["id"], other)
            )
    return [other for *_, other in sorted(found, key=lambda f: f[:4])][:LIKE]


def _alike(sight: Sight, like: Iterable[Row]) -> Iterator[Label]:
    for row in like:
        words: Words = sight.names.words(operator=row["operator"])
        words |= {
            "service": quote(str(row["name"] or row["id"])),
            "status": SERVICE_STATUSES.label(row["status"]),
            "theme": THEMES.label(row["theme"]),
        }
        held = joined([sight.known.quoted(d) for d in row["datasets"] or ()], 4)
        yield (_RESTS if row["datasets"] else _LIKE).format(titles=held, **words)


_RESTS = Label(
    "Ailleurs, {service} ({operator}, {status}) repose sur {titles}.",
    "Elsewhere, {service} ({operator}, {status}) rests on {titles}.",
)
_LIKE = Label(
    "Ailleurs : {service} ({operator}, {status}).", "Elsewhere: {service} ({operator}, {status})."
)
