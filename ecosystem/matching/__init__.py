"""Who could meet a need: holders of matching data, the best usable route, what stands in the way.

The rules, in order:

1. Candidates are the dataset that the need names; then held datasets of its theme that share
   words with its purpose and with the title of the named dataset (accents and plural marks
   folded); only where there are none, one dataset of the theme held in its territory.
2. A route starts at the holder and follows active flows of the dataset. It may go on from who
   received it only if passing on is allowed: the dataset is open, it came under an open licence,
   or who received it is of the authority in need, where nothing is shared again. It ends with
   an actor that already passes data to the one in need; else it is straight from the holder.
3. The instrument is the one on which like flows (two at least) rest most often: of the same theme, access and
   sectors at both ends; else of the same theme and sectors; else of the same sectors.
4. Proposals are ordered by rule 1, then fewest obstacles, widest access, same territory, words
   shared, shortest route. Only what is still equal is ordered by the resource allocation index
   of the holder and the one in need on the undirected share network, then by name.
"""

from ecosystem.matching.proposals import LEVELS, MOST, Proposal, match_needs, proposals_frame
from ecosystem.matching.routes import OBSTACLES

__all__ = ["LEVELS", "MOST", "OBSTACLES", "Proposal", "match_needs", "proposals_frame"]
