"""Who could meet a need: holders of matching data, the best usable route, what stands in the way.

The rules are those of `RULES`, in order.
"""

from ecosystem.matching.proposals import (
    LEVELS,
    MOST,
    RULES,
    Proposal,
    match_needs,
    proposals_frame,
)
from ecosystem.matching.routes import OBSTACLES

__all__ = ["LEVELS", "MOST", "OBSTACLES", "RULES", "Proposal", "match_needs", "proposals_frame"]
