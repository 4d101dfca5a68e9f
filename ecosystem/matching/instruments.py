"""On which instrument like flows rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ecosystem.gaps.known import Known, Row
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import Label

NEAR = {
    "same": Label("par lequel ils l'échangent déjà", "by which they exchange it already"),
    "pair": Label("par lequel ils échangent déjà d'autres données", "by which they exchange other data already"),
    "dataset": Label("par lequel le jeu passe déjà à d'autres", "by which the dataset passes to others already"),
    "like": Label("comme {like} des {total} flux semblables", "as {like} of {total} like flows"),
}  # fmt: skip
"""Which flows an instrument is taken from, the nearest first."""

LIKE = 2
"""Like flows that rest on an instrument from which it is worth telling."""

_INSTRUMENTS = ("open_licence", "agreement", "contract", "legal_obligation")


class Usual:
    """On which instrument flows rest, by theme, access and sectors, then by less and less of it."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._modes: dict[tuple[Any, ...], Counter[str]] = {}
        for flow in known.flows:
            if (
                flow["status"] == "active"
                and flow["mode"] in _INSTRUMENTS
                and not is_public(flow["recipient"])
            ):
                row = known.dataset.get(flow["dataset"], {})
                for key in self._keys(row, flow["provider"], flow["recipient"]):
                    self._modes.setdefault(key, Counter())[flow["mode"]] += 1

    def _keys(self, row: Row, provider: str, recipient: str) -> list[tuple[Any, ...]]:
        actors = self._known.actor_row
        sectors = (
            actors.get(provider, {}).get("sector"),
            actors.get(recipient, {}).get("sector"),
        )
        theme, access = row.get("theme"), row.get("access")
        return [(*sectors, theme, access), (*sectors, theme), sectors]

    def mode(
        self, row: Row, provider: str, recipient: str
    ) -> tuple[str | None, int, int, Label | None]:
        """The instrument of the nearest flows, how many rest on it, of how many, and which they are.

        None inside one authority.
        """
        own = self._known.authority
        if own.get(provider, provider) == own.get(recipient, recipient):
            return None, 0, 0, None
        for near, flows in self._nearest(row["id"], provider, recipient):
            modes = Counter(f["mode"] for f in flows if f["mode"] in _INSTRUMENTS)
            if row["personal_data"] == "yes" or row["access"] in ("closed", "shared"):
                del modes["open_licence"]
            if modes:
                mode = min(modes, key=lambda m: (-modes[m], _INSTRUMENTS.index(m)))
                return mode, modes[mode], modes.total(), NEAR[near]
        for key in self._keys(row, provider, recipient):
            modes = Counter(self._modes.get(key, Counter()))
            wider = row["access"] == "shared" and row["access"] not in key
            if row["personal_data"] == "yes" or row["access"] == "closed" or wider:
                del modes["open_licence"]
            mode = min(modes, key=lambda m: (-modes[m], _INSTRUMENTS.index(m)), default=None)
            if mode and modes[mode] >= LIKE:
                return mode, modes[mode], modes.total(), NEAR["like"]
        return None, 0, 0, None

    def _nearest(
        self, dataset: str, provider: str, recipient: str
    ) -> Iterator[tuple[str, list[Row]]]:
        """The active flows that say most of how this dataset would pass between these two."""
        known = self._known
        between = known.gives_to.get(provider, {}).get(recipient, [])
        yield "same", [flow for flow in between if flow["dataset"] == dataset]
        yield "pair", between
        yield (
            "dataset",
            [f for f in known.deliveries.get(dataset, ()) if not is_public(f["recipient"])],
        )
