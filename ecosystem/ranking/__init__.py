"""Who holds the network together: the broker table, what depends on an actor, its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecosystem.ranking.table import brokers as brokers

__all__ = ["brokers"]


def __getattr__(name: str) -> Any:
    """The broker table, imported when it is asked for: what depends on an actor needs no network."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ecosystem.ranking.table import brokers

    return brokers
