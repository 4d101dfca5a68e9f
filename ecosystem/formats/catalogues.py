"""Catalogues of data: holders and datasets, and a flow "published to all" for each that is open.

What is common to DCAT, CKAN, udata, Opendatasoft and the SCDL catalogue.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ecosystem.formats.material import Material, Sheet
from ecosystem.labels import Label
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.repairs import Place, Repair

EVERYBODY = "Réutilisateurs de données ouvertes"
"""The actor that stands for all who may re-use what is published."""

PREFERRED = ("fr", "en", "de", "it", "rm")
"""Languages of titles, the first that there is is kept."""

_OPEN = (
    *("licence ouverte", "open licence", "lov2", "fr-lo", "etalab", "odbl", "odc-", "opendatacommons", "com-reuse", "dl-by-de", "dl-de/by", "dl-de-by", "dl-zero", "cc-by", "cc by", "creativecommons"),
    *("cc0", "cc-zero", "pddl", "public domain", "domaine public", "open government", "other-open", "other-at", "other-pd", "terms-open", "-commercialallowed"),
    *("terms-by", "opendata.swiss/terms-of-use", "notice-open", "gpl", "mit license", "apache"),
)  # fmt: skip
_NOT_OPEN = (
    "-nc",
    "by-nc",
    "-nd",
    "noncommercial",
    "non-commercial",
    "notspecified",
    "closed",
    "other-closed",
)


@dataclass
class Dataset:
    """A dataset of a catalogue, as its columns."""

    id: str
    title: str
    holder: str = ""
    theme: str = ""
    access: str = ""
    format: str = ""
    licence: str = ""
    frequency: str = ""
    url: str = ""


@dataclass
class Catalogue:
    """Datasets and holders on their way into sheets.

    Attributes
    ----------
    holders
        By name, the official number where there is one.
    said
        What is to be told, beside what every catalogue tells.
    """

    place: Place
    how: Label
    datasets: list[Dataset] = field(default_factory=list)
    holders: dict[str, str] = field(default_factory=dict)
    said: list[Repair] = field(default_factory=list)
    total: int | None = None
    """How many datasets the portal has, where it says so."""

    def hold(self, name: str, identifier: str = "") -> str:
        """A holder, once."""
        name = " ".join(name.split())
        if name and (identifier or name not in self.holders):
            self.holders[name] = identifier or self.holders.get(name, "")
        return name

    def left(self, what: str, why: Label) -> None:
        """Something that is not carried over."""
        self.said.append(Repair("attribute", self.place, before=what, words={"why": why}))

    def material(self) -> Material:
        """The catalogue as sheets of actors, datasets and flows."""
        said = list(self.said)
        if self.total is not None and self.total > len(self.datasets):
            count = f"{len(self.datasets)} / {self.total}"
            said.append(
                Repair(
                    "one-page",
                    self.place,
                    before=count,
                    words={"found": len(self.datasets), "total": self.total},
                )
            )
        for one in self.datasets:
            if not one.holder:
                said.append(Repair("no-holder", self.place, before=one.title))
        public = [d for d in self.datasets if d.access == "open" and d.holder]
        actors: list[dict[str, object]] = [
            {"name": name, "identifier": number} for name, number in self.holders.items()
        ]
        if public:
            actors.append(
                {
                    "id": PUBLIC_PREFIX,
                    "name": EVERYBODY,
                    "type": "citizens",
                    "sector": "civil_society",
                }
            )
            said.append(
                Repair(
                    "made-flows",
                    self.place,
                    before=f"{len(public)}",
                    after=EVERYBODY,
                    words={"n": len(public)},
                )
            )
        flows = [
            {"dataset": d.id, "provider": d.holder, "recipient": PUBLIC_PREFIX, "status": "active", "mode": "open_licence" if d.licence else "unknown"}
            for d in public
        ]  # fmt: skip
        sheets = [
            _sheet(self.place, actors, "actors"),
            _sheet(self.place, [vars(d) for d in self.datasets], "datasets"),
        ]
        if flows:
            sheets.append(_sheet(self.place, flows, "flows"))
        return Material(self.how, self.place, sheets=[s for s in sheets if s.lines], repairs=said)


def _sheet(place: Place, rows: Sequence[Mapping[str, object]], table: str) -> Sheet:
    names = dict.fromkeys(name for row in rows for name in row)
    used = [name for name in names if any(row.get(name) for row in rows)]
    return Sheet.of(place, rows, table, names=used, fields={name: name for name in used})


@functools.lru_cache(maxsize=1 << 12)
def is_open(licence: str) -> bool:
    """Whether a licence, by its name, its code or its address, lets everybody re-use data."""
    text = licence.casefold()
    # opendata.swiss says of non-commercial and of commercial use whether each is allowed.
    text = text.replace("_", "-").replace("noncommercialallowed", "")
    said = any(word in text for word in _OPEN) or re.search(r"\bogl\b", text) is not None
    return said and not any(word in text for word in _NOT_OPEN)


def formats_of(names: Sequence[str]) -> str:
    """Formats of distributions, each once."""
    return ";".join(dict.fromkeys(name.strip() for name in names if name and name.strip()))


def preferred(texts: dict[str, str]) -> str:
    """Of a text in several languages, by their codes, the one that is kept."""
    for language in (*PREFERRED, ""):
        for code, text in texts.items():
            if text and code.split("-")[0].lower() == language:
                return text
    return next((text for text in texts.values() if text), "")
