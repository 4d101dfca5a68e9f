"""Network measures, each with its definition card, in one registry.

A measure takes a `Network` (or any NetworkX graph) and returns a Series by actor, or a
table of the network or of a set of actors. Undefined is nan, never 0.

Examples
--------
>>> import networkx as nx
>>> from ecosystem.measures import MEASURES
>>> MEASURES["in_degree"](nx.DiGraph([("a", "b")])).to_dict()
{'a': 0, 'b': 1}
"""

from ecosystem.measures import (
    brokerage,
    centrality,
    cohesion,
    communities,
    coreperiphery,
    currents,
    exclusivity,
    fragility,
    holes,
    keyplayers,
    mixing,
    paths,
)
from ecosystem.measures.registry import MEASURES, Measure

FAMILIES = (
    centrality, paths, currents, brokerage, exclusivity, holes, fragility, keyplayers,
    cohesion, mixing, coreperiphery, communities,
)  # fmt: skip
"""The modules of measures, in the order in which lists and pages show them."""

_PLACE = {family.__name__: place for place, family in enumerate(FAMILIES)}
_ORDERED = sorted(MEASURES.items(), key=lambda item: _PLACE[item[1].compute.__module__])
MEASURES.clear()
MEASURES.update(_ORDERED)

__all__ = ["FAMILIES", "MEASURES", "Measure"]
