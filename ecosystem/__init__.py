"""Who holds which data in a territory, who passes it to whom, what is missing, who holds it together.

The few names one needs in a notebook::

    import ecosystem

    tables = ecosystem.read()                      # the shipped data, a folder, or a Bolt address
    ecosystem.brokers(tables, "la-rochelle")       # DataFrame, brokers first
    ecosystem.find_gaps(tables, "la-rochelle")     # findings with reason, evidence, next step
    ecosystem.conversations(tables, "la-rochelle") # whom to bring together, about what, and why
    ecosystem.map(tables, "la-rochelle")           # shows itself; .save("map.html")

Everything else is in the modules, named after what they hold. Names are imported when
first used, so that `import ecosystem` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecosystem.audience import redact as redact
    from ecosystem.calls import brokers as brokers
    from ecosystem.calls import conversations as conversations
    from ecosystem.calls import explain as explain
    from ecosystem.calls import find_gaps as find_gaps
    from ecosystem.errors import EcosystemError as EcosystemError
    from ecosystem.gaps import Finding as Finding
    from ecosystem.gaps import findings_frame as findings_frame
    from ecosystem.intake.objects import from_edges as from_edges
    from ecosystem.intake.objects import from_frames as from_frames
    from ecosystem.intake.objects import from_igraph as from_igraph
    from ecosystem.intake.objects import from_networkx as from_networkx
    from ecosystem.maps import Map as Map
    from ecosystem.maps import map as map
    from ecosystem.maps import pyvis_network as pyvis_network
    from ecosystem.maps.network_files import export_network as export_network
    from ecosystem.matching import match_needs as match_needs
    from ecosystem.matching import proposals_frame as proposals_frame
    from ecosystem.measures import MEASURES as MEASURES
    from ecosystem.measures.stability import rank_stability as rank_stability
    from ecosystem.networks.flowgraphs import flow_multigraph as flow_multigraph
    from ecosystem.networks.layers import network_of as network_of
    from ecosystem.networks.network import Network as Network
    from ecosystem.networks.network import share_network as share_network
    from ecosystem.networks.network import tie_network as tie_network
    from ecosystem.options import Options as Options
    from ecosystem.scenarios import read_scenario as read_scenario
    from ecosystem.scenarios import what_if as what_if
    from ecosystem.scenarios.best_flows import best_flows as best_flows
    from ecosystem.sources import read as read
    from ecosystem.study import Study as Study
    from ecosystem.tables.checks import check as check
    from ecosystem.tables.declarations import disagreements as disagreements
    from ecosystem.tables.frames import Tables as Tables
    from ecosystem.tables.frames import write_tables as write_tables
    from ecosystem.tables.reading import read_tables as read_tables

__version__ = "0.1.0"

_HOME = {
    "EcosystemError": "errors",
    "Finding": "gaps",
    "MEASURES": "measures",
    "Map": "maps",
    "Network": "networks",
    "Options": "options",
    "Study": "study",
    "Tables": "tables",
    "best_flows": "scenarios.best_flows",
    "brokers": "calls",
    "check": "tables.checks",
    "conversations": "calls",
    "disagreements": "tables.declarations",
    "explain": "calls",
    "export_network": "maps.network_files",
    "findings_frame": "gaps",
    "flow_multigraph": "networks.flowgraphs",
    "find_gaps": "calls",
    "from_edges": "intake.objects",
    "from_frames": "intake.objects",
    "from_igraph": "intake.objects",
    "from_networkx": "intake.objects",
    "map": "maps",
    "match_needs": "matching",
    "network_of": "networks.layers",
    "proposals_frame": "matching",
    "pyvis_network": "maps",
    "rank_stability": "measures.stability",
    "read": "sources",
    "read_scenario": "scenarios",
    "read_tables": "tables.reading",
    "redact": "audience",
    "share_network": "networks",
    "tie_network": "networks",
    "what_if": "scenarios",
    "write_tables": "tables.frames",
}

_TAKES = {
    **dict.fromkeys(
        ("check", "disagreements", "flow_multigraph", "network_of", "redact"), "of_tables"
    ),
    **dict.fromkeys(("share_network", "tie_network", "write_tables"), "of_tables"),
    **dict.fromkeys(("best_flows", "match_needs", "what_if"), "of_study"),
    "rank_stability": "of_network",
}
"""How a function takes its first argument: given a path, a study or a graph, it makes of it what it needs."""

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'ecosystem' has no attribute '{name}'")
    value = getattr(import_module(f"ecosystem.{_HOME[name]}"), name)
    if (take := _TAKES.get(name)) is not None:
        value = getattr(import_module("ecosystem.taking"), take)(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
