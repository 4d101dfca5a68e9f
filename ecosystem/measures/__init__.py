"""Network measures, each with its definition card, in one registry.

A measure takes a `Network` (or any NetworkX graph) and returns a Series by actor.
Undefined is nan, never 0.

Examples
--------
>>> import networkx as nx
>>> from ecosystem.measures import MEASURES
>>> MEASURES["in_degree"](nx.DiGraph([("a", "b")])).to_dict()
{'a': 0, 'b': 1}
"""

from ecosystem.measures import brokerage, centrality, fragility, holes
from ecosystem.measures.registry import MEASURES, Measure

__all__ = ["MEASURES", "Measure", "brokerage", "centrality", "fragility", "holes"]
