"""When a need for a dataset is met: the one rule, for everything that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ecosystem.vocabulary import Label

Row = Mapping[str, Any]
AnyRow = TypeVar("AnyRow", bound=Row)

MET = Label(
    "Un besoin est couvert si son acteur détient le jeu, le reçoit par au moins un flux actif sans "
    "obstacle, quoi que disent les autres flux, ou peut l'atteindre parce qu'il est ouvert à tous.",
    "A need is met if its actor holds the dataset, receives it by at least one active flow without an "
    "obstacle, whatever other flows say, or can reach it because it is open to all.",
)
"""The rule in words."""


def how_met(actor: str, holder: str | None, access: str | None, flows: Iterable[Row]) -> str | None:
    """How a need of an actor for a dataset is met: `held`, `open` or `received`; None if it is not.

    Parameters
    ----------
    holder, access
        Of the dataset, as far as they are known.
    flows
        Its flows, whatever their status.
    """
    if holder == actor:
        return "held"
    if access == "open":
        return "open"
    return "received" if any(serves(flow, actor) for flow in flows) else None


def serves(flow: Row, actor: str) -> bool:
    """Whether a flow brings what it carries to an actor: active, from another, no obstacle noted."""
    return (
        flow["recipient"] == actor
        and flow["provider"] != actor
        and flow["status"] == "active"
        and not flow["barrier"]
    )


def routes(actor: str, flows: Iterable[AnyRow]) -> list[AnyRow]:
    """Of the active flows of a dataset, those that a route which meets a need of an actor may take.

    On the way an obstacle does not stop the data; at the end it leaves the need unmet.
    """
    return [flow for flow in flows if flow["recipient"] != actor or serves(flow, actor)]
