"""What the agenda of a territory is made from: look-ups, findings, and rows by id with their dates."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from ecosystem.agenda.names import Names
from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.services import over
from ecosystem.scenarios.gains import Gains
from ecosystem.tables.frames import records
from ecosystem.vocabulary import Label

SILENT_AFTER = 3
"""Years between a source and the newest one of the tables from which what it announced is a question."""

_FULFILLED = re.compile(
    r"\b(projet pilote|projet (?:(?!non\b|pas\b|jamais\b)[\w'’-]+ ){0,4}(terminé|achevé|clos)|fin du projet"
    r"|pendant l'expérimentation|remise? à|pilot project"
    r"|project (?:(?!not\b|never\b)[\w'’-]+ ){0,4}(finished|ended|completed)|end of the project|handed over)\b",
    re.IGNORECASE,
)
"""Words of a note by which a flow ended because what it was for did (see also `gaps.services.over`)."""


_NOTHING_KNOWN: Row = dict.fromkeys(
    ("id", "title", "territory", "holder", "theme", "access", "personal_data")
)


class Sight:
    """Look-ups of a territory, with what conversations ask of rows besides."""

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.known: Known = lookups.known
        self.names = Names(self.known)
        self.gains = Gains(self.known, lookups.needs, lookups.services)

    @cached_property
    def flow(self) -> dict[str, Row]:
        """Every flow by id."""
        return dict(self.gains.flow)

    @cached_property
    def need(self) -> dict[str, Row]:
        """Every need by id."""
        return {row["id"]: row for row in self.known.needs}

    @cached_property
    def service(self) -> dict[str, Row]:
        """Every service by id."""
        return {row["id"]: row for row in self.known.services}

    def dataset(self, dataset: str | None) -> Row:
        """What is known of a dataset; nothing of one that the tables do not describe."""
        return self.known.dataset.get(dataset or "") or _NOTHING_KNOWN

    def publishable(self, dataset: str | None) -> bool:
        """Whether nothing that is noted of a dataset stands against publishing it: neither closed nor personal."""
        row = self.dataset(dataset)
        return bool(row["access"] != "closed" and row["personal_data"] != "yes")

    def house(self, actor: str) -> str:
        """The authority that an actor is a department of, or itself."""
        return self.known.authority.get(actor, actor)

    @cached_property
    def _operators(self) -> set[str]:
        return {row["operator"] for row in self.known.services if row["operator"]}

    def is_people(self, actor: str) -> bool:
        """Whether an actor stands for persons whom nobody can meet: people who run a service can be met."""
        return self.known.is_people(actor) and actor not in self._operators

    def lead_of(self, actor: str) -> str | None:
        """The main authority of the territory of an actor, if that territory is looked at."""
        place = self.known.actor_row.get(actor, {}).get("territory")
        return next((part.lead for part in self.lookups.parts if part.territory == place), None)

    @cached_property
    def exchanging(self) -> set[frozenset[str]]:
        """Pairs of houses between which an active flow is recorded."""
        return {
            frozenset((self.house(giver), self.house(taker)))
            for giver, takers in self.known.gives_to.items()
            for taker in takers
        }

    @cached_property
    def tied(self) -> set[frozenset[str]]:
        """Pairs of houses between which a tie is recorded."""
        return {
            frozenset((self.house(tie["from"]), self.house(tie["to"]))) for tie in self.known.ties
        }

    @cached_property
    def source(self) -> dict[str, dict[str, Any]]:
        """Every source by id."""
        return {row["id"]: row for row in records(self.known.tables["sources"])}

    def source_of(self, table: str, row: str) -> str | None:
        """The source that a row cites."""
        return self.known.cited.get(table, {}).get(row)

    @cached_property
    def recommendations(self) -> list[Row]:
        """The recommendations that the tables hold."""
        return records(self.known.tables["preconisations"])

    @cached_property
    def _years(self) -> dict[str, int]:
        dates = ((name, str(row["date"] or "")) for name, row in self.source.items())
        return {name: int(date[-4:] if "/" in date and len(date) == 9 else date[:4])
                for name, date in dates if date[:4].isdigit()}  # fmt: skip

    @cached_property
    def newest(self) -> int | None:
        """The year of the newest source of the tables."""
        return max(self._years.values(), default=None)

    def year(self, table: str, row: str) -> int | None:
        """The year of the source of a row, if it is known."""
        return self._years.get(self.source_of(table, row) or "")

    def old(self, table: str, row: str) -> bool:
        """Whether the source of a row is so many years older than the newest one of the tables."""
        year = self.year(table, row)
        return year is not None and self.newest is not None and self.newest - year >= SILENT_AFTER

    @cached_property
    def note(self) -> dict[str, str]:
        """The notes of flows, by id."""
        frame = self.known.tables["flows"][["id", "note"]].dropna()
        return dict(frame.itertuples(index=False, name=None))

    @cached_property
    def since(self) -> dict[str, str]:
        """When flows began, by id, as far as the table says."""
        frame = self.known.tables["flows"][["id", "since"]].dropna()
        return {str(flow): str(date) for flow, date in frame.itertuples(index=False, name=None)}

    def fulfilled(self, flow: str) -> bool:
        """Whether a flow ended because its purpose did, as its note says."""
        note = self.note.get(flow)
        return self.flow[flow]["status"] == "ended" and (
            over(note) or (note is not None and _FULFILLED.search(note) is not None)
        )

    def asked(self, dataset: str | None) -> bool:
        """Whether a need or a service names a dataset."""
        known = self.known
        return dataset in known.needs_by_dataset or dataset in known.services_by_dataset

    def called(self, actor: str) -> tuple[str, str]:
        """What actors are sorted by: their name, so that ids change nothing."""
        return self.known.actor(actor), actor

    def titled(self, dataset: str) -> tuple[str, str]:
        """What datasets are sorted by: their title."""
        return self.known.title(dataset), dataset

    def dated(self, table: str, row: str) -> Label:
        """The year of the source of a row in brackets, or nothing."""
        year = self.year(table, row)
        return Label(f" ({year})", f" ({year})") if year else Label("", "")
