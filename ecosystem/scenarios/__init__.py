"""What would change if someone acted: change a copy of the tables, measure again, show the difference."""

from ecosystem.scenarios import actions
from ecosystem.scenarios.best_flows import LIMIT, Best, best_flows
from ecosystem.scenarios.effects import EFFECTS, Outcome, outcome, what_if
from ecosystem.scenarios.files import Scenario, Step, read_scenario, shipped_scenarios
from ecosystem.scenarios.registry import ACTIONS, World, changed

__all__ = [
    "ACTIONS",
    "EFFECTS",
    "LIMIT",
    "Best",
    "Outcome",
    "Scenario",
    "Step",
    "World",
    "actions",
    "best_flows",
    "changed",
    "outcome",
    "read_scenario",
    "shipped_scenarios",
    "what_if",
]
