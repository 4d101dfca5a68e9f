"""On which instrument like flows rest."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ecosystem.gaps.known import Known, Row
from ecosystem.tables.territories import is_public

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

    def mode(self, row: Row, provider: str, recipient: str) -> tuple[str | None, int, int]:
        """The instrument of like flows, how many rest on it, of how many; none inside one authority."""
        own = self._known.authority
        if own.get(provider, provider) == own.get(recipient, recipient):
            return None, 0, 0
        for key in self._keys(row, provider, recipient):
            modes = Counter(self._modes.get(key, Counter()))
            wider = row["access"] == "shared" and row["access"] not in key
            if row["personal_data"] == "yes" or row["access"] == "closed" or wider:
                del modes["open_licence"]
            mode = min(modes, key=lambda m: (-modes[m], _INSTRUMENTS.index(m)), default=None)
            if mode and modes[mode] >= LIKE:
                return mode, modes[mode], modes.total()
        return None, 0, 0
