"""Who holds the network together: the broker table, what depends on an actor, its explanation."""
