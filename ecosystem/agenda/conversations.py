"""What a conversation is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NamedTuple

from ecosystem.agenda.ease import Ease
from ecosystem.agenda.kinds import KINDS, LISTS, PARTS
from ecosystem.agenda.sight import Sight
from ecosystem.errors import spoken
from ecosystem.scenarios.gains import NO_CHANGE, NO_GAIN, Change, Gain
from ecosystem.vocabulary import Label, Language

COLUMNS = ["id", "list", "kind", "title", *PARTS, "needs_met", "services_completed", "actors_reached",
           "dependence_removed", "datasets_opened", "hurdles", "actors", "datasets", "flows", "findings",
           "evidence", "sources"]  # fmt: skip
"""The columns of a table of conversations."""


class Part(NamedTuple):
    """Some lines of a conversation under a heading: a key of `PARTS`."""

    name: str
    lines: tuple[Label, ...]


@dataclass(frozen=True, eq=False)
class Conversation:
    """One step to take with somebody, and the findings that it would treat.

    Attributes
    ----------
    id
        Stable from run to run: its kind and what it turns on.
    kind
        A key of `KINDS`, which says the list it belongs to.
    actors
        Ids of those to bring together, to ask or to watch.
    datasets, flows
        What it is about, and the recorded flows that it would change or would hear of.
    findings
        Ids of the findings that it treats.
    evidence
        Rows it comes from, as (table, id).
    ends
        Ids of every actor that gives or gets by it.
    wholes
        Ids of authorities that give or get by it as such, beside their own departments among `actors`.
    heavy
        How many of its findings weigh more than little.
    called
        Titles and names that it is sorted by, where all else is equal.
    change, gain, ease
        What would change, what that brings and what stands against it; only of what is to bring about.
    """

    id: str
    kind: str
    title: Label
    actors: tuple[str, ...]
    datasets: tuple[str, ...]
    flows: tuple[str, ...]
    findings: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    tell: Callable[[], Sequence[Part]] = field(repr=False)
    ends: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    change: Change = NO_CHANGE
    gain: Gain = NO_GAIN
    ease: Ease | None = None
    heavy: int = 0
    called: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and pickled as what it says."""
        said = {f.name: getattr(self, f.name) for f in fields(self)}
        return _said, (said | {"tell": None}, self.parts)

    @property
    def involved(self) -> frozenset[str]:
        """Every actor that it is about: those to see, and the ends of its matters."""
        return frozenset((*self.actors, *self.ends))

    @property
    def agenda(self) -> str:
        """The list it belongs to: a key of `LISTS`."""
        return KINDS[self.kind].agenda

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What it says, part by part; parts that have nothing to say are left out."""
        return tuple(part for part in self.tell() if part.lines)

    def part(self, name: str) -> tuple[Label, ...]:
        """The lines of one part."""
        return next((part.lines for part in self.parts if part.name == name), ())

    def record(self, language: Language) -> dict[str, Any]:
        """The conversation as a row of a table."""
        spoken(language)
        needs, services, reached, freed, opened = self.gain.counts
        return {
            "id": self.id,
            "list": self.agenda,
            "kind": self.kind,
            "title": self.title.to(language),
            **{name: "\n".join(line.to(language) for line in self.part(name)) for name in PARTS},
            "needs_met": needs,
            "services_completed": services,
            "actors_reached": reached,
            "dependence_removed": freed,
            "datasets_opened": opened,
            "hurdles": None if self.ease is None else self.ease.hurdles,
            "actors": self.actors,
            "datasets": self.datasets,
            "flows": self.flows,
            "findings": self.findings,
            "evidence": tuple(f"{table}/{row}" for table, row in self.evidence),
            "sources": self.sources,
        }

    def text(self, language: Language, *, number: int | None = None) -> list[tuple[str, list[str]]]:
        """The conversation as it is read: headings and the lines below each, the title first."""
        spoken(language)
        title = self.title.to(language)
        told: list[tuple[str, list[str]]] = [(f"{number}. {title}" if number else title, [])]
        for part in self.parts:
            told.append((PARTS[part.name].to(language), [line.to(language) for line in part.lines]))
        return told


def _said(values: dict[str, Any], parts: tuple[Part, ...]) -> Conversation:
    return Conversation(**values | {"tell": lambda: parts})


def called(sight: Sight, datasets: Iterable[str], actors: Iterable[str]) -> tuple[str, ...]:
    """The titles of datasets in order, then the names of actors: what conversations are sorted by."""
    known = sight.known
    return (*sorted(map(known.title, datasets)), *map(known.actor, actors))


def order(conversation: Conversation) -> tuple[Any, ...]:
    """What conversations are sorted by: their list, what they bring, how easy, how much, their title."""
    hurdles = conversation.ease.hurdles if conversation.ease else 0
    return (
        [*LISTS].index(conversation.agenda),
        tuple(-count for count in conversation.gain.counts),
        hurdles,
        -conversation.heavy,
        -len(conversation.findings),
        conversation.called,
        conversation.id,
    )
