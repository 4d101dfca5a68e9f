"""Who holds the network together: the broker table, what depends on an actor, its explanation."""

from ecosystem.ranking.table import brokers

__all__ = ["brokers"]
