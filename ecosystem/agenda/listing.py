"""The agenda of a territory: its conversations in order, and where each finding is, or why it is nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ecosystem.agenda.conversations import COLUMNS, Conversation, order
from ecosystem.agenda.kinds import LISTS
from ecosystem.agenda.left_out import LEFT_OUT
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.gaps.known import Known
from ecosystem.gaps.lookups import Lookups
from ecosystem.tables.notebook import html_table
from ecosystem.vocabulary import THEMES, Label, Language


class Agenda(list[Conversation]):
    """The conversations of a territory, in order.

    Attributes
    ----------
    left_out
        For each finding that is on no list, why: a key of `LEFT_OUT`.
    where
        For each finding, the conversation that treats it.
    """

    def __init__(
        self, conversations: Iterable[Conversation] = (), left_out: dict[str, str] | None = None
    ) -> None:
        super().__init__(sorted(conversations, key=order))
        self.left_out = left_out or {}
        self.where = {finding: c for c in self for finding in c.findings}

    def __reduce__(self) -> tuple[Any, ...]:
        return Agenda, ([*self], self.left_out)

    def of(self, agenda: str) -> list[Conversation]:
        """The conversations of one list: a key of `LISTS`.

        Raises
        ------
        UnknownName
            If there is no such list.
        """
        if agenda not in LISTS:
            raise UnknownName(Label("liste", "list"), agenda, LISTS)
        return [c for c in self if c.agenda == agenda]

    def named(self, name: str) -> Conversation:
        """The conversation of that id, or the one that treats the finding, or rests on the row, of that id.

        Of several that rest on one row, the first.

        Raises
        ------
        UnknownName
            If there is none.
        """
        for conversation in self:
            if conversation.id == name:
                return conversation
        if name in self.where:
            return self.where[name]
        resting = (c for c in self if any(row == name for _, row in c.evidence))
        if (first := next(resting, None)) is not None:
            return first
        if name in self.left_out:
            raise EcosystemError(_LEFT.format(name=name, why=LEFT_OUT[self.left_out[name]]))
        raise UnknownName(Label("conversation", "conversation"), name, [c.id for c in self])

    def why_not(self, finding: str) -> Label:
        """Why a finding is on no list, or in which conversation it is treated.

        Raises
        ------
        UnknownName
            If there is no such finding.
        """
        if finding in self.where:
            treated = self.where[finding]
            return _TREATED.format(title=treated.title, id=treated.id)
        if finding in self.left_out:
            return LEFT_OUT[self.left_out[finding]]
        raise UnknownName(Label("constat", "finding"), finding, [*self.where, *self.left_out])

    def selected(
        self, lookups: Lookups, *, agenda: str | None = None, theme: str | None = None,
        actors: Sequence[str] = (),
    ) -> list[Conversation]:  # fmt: skip
        """The conversations of a list, of a theme, and that all these actors are in, departments included.

        Parameters
        ----------
        lookups
            Those that it was made from.

        Raises
        ------
        UnknownName
            If the list or the theme does not exist.
        """
        if theme is not None and (theme := theme.upper()) not in THEMES:
            near = [code for code in THEMES if theme.casefold() in THEMES.label(code).fr.casefold()
                    or theme.casefold() in THEMES.label(code).en.casefold()]  # fmt: skip
            raise UnknownName(Label("thème", "theme"), theme, near or THEMES)
        of = self if agenda is None else self.of(agenda)
        houses = [house_of(lookups.known, actor) for actor in actors]
        themed = {d for d, row in lookups.known.dataset.items() if row["theme"] == theme}
        return [
            c
            for c in of
            if (theme is None or not themed.isdisjoint(c.datasets))
            and all(house & c.involved for house in houses)
        ]

    def frame(self, language: Language = "en") -> pd.DataFrame:
        """The conversations as a table, one row each."""
        return conversations_frame(self, language)

    def _repr_html_(self) -> str:
        return html_table(
            f"{len(self)} conversations",
            ("list", "conversation", "who", "what it brings", "id"),
            [
                (LISTS[c.agenda], c.title, *(c.part(name)[:1] or ("",) for name in ("who", "brings")), c.id)
                for c in self[:SHOWN]
            ],
        )  # fmt: skip


def house_of(known: Known, actor: str) -> set[str]:
    """An actor with its departments, which count as itself."""
    return {a for a, top in known.authority.items() if top == actor} | {actor}


SHOWN = 20
"""Conversations that a notebook shows of a longer list."""

_LEFT = Label(
    "« {name} » n'est dans aucune conversation : {why}", "'{name}' is in no conversation: {why}"
)
_TREATED = Label(
    "traité par la conversation « {title} » ({id})", "treated by the conversation '{title}' ({id})"
)


def conversations_frame(conversations: Iterable[Conversation], language: Language) -> pd.DataFrame:
    """Conversations as a table, one row each."""
    return pd.DataFrame([c.record(language) for c in conversations], columns=COLUMNS)
