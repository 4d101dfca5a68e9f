"""Words that many findings are made of: names in a row, barriers, titles in quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ecosystem.vocabulary import BARRIERS, Label


def listed(words: Sequence[str | Label], most: int = 4) -> Label:
    """Words in a row, the first few and how many more."""
    shown = {f"word{n}": word for n, word in enumerate(words[:most])}
    row = ", ".join(f"{{{name}}}" for name in shown)
    more = len(words) - most
    template = (
        Label(f"{row} et {more} de plus", f"{row} and {more} more") if more > 0 else Label(row, row)
    )
    return template.filled(shown)


def first_barrier(flows: Iterable[Mapping[str, Any]]) -> str | None:
    """The first barrier that flows state, if one does."""
    return next((flow["barrier"] for flow in flows if flow["barrier"]), None)


def obstacle(barrier: str | None) -> Label:
    """A barrier in words."""
    return BARRIERS.label(barrier) if barrier else _NOT_STATED


def because(barrier: str | None) -> Label:
    """A barrier in brackets, to follow what it hinders; nothing where none is stated."""
    return _BARRIER.format(barrier=obstacle(barrier)) if barrier else _NOTHING


_NOT_STATED = Label("non précisé", "not stated")
_BARRIER = Label(" (obstacle {barrier})", " (barrier: {barrier})")
_NOTHING = Label("", "")
_QUOTED = Label("« {text} »", "'{text}'")
NOT_NAMED = Label("des données non précisées", "data that are not named")


def quote(text: str) -> Label:
    """A text in the quotation marks of each language."""
    return _QUOTED.filled({"text": text})
