"""Networks of actors: the stated projections of flows and ties, and what they are made into."""

from ecosystem.networks.network import Network, share_network, tie_network

__all__ = ["Network", "share_network", "tie_network"]
