"""When draws may stop: rules that read the size of the network and what was drawn, never the time.

So the same network gives the same result whatever the machine and the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.networks.network import Network

LEAST = 100
"""Draws before which no rule stops."""
STEP = 20
"""Draws between two looks at a rule."""
SURE = 0.99
"""How likely each verdict must be to stay the same through the draws that are left out."""

SMALL = 100_000
"""Size (actors times exchanges) up to which everything is drawn that was asked for."""
LARGE = 250_000_000
"""Size above which nothing is drawn unless a number of draws is given."""
EFFORT = 4_000_000_000
"""Draws times size that are made where no number of draws is given, but for the least of draws."""

Verdict = Callable[[bool, float], str]
"""What is said of an actor, from whether it is among the first and its share of the draws."""


@dataclass(frozen=True)
class Plenty:
    """How much is drawn where nobody says how much.

    Attributes
    ----------
    most
        Draws to make if nothing stops them; 0: none.
    early
        Whether they may stop once they tell enough.
    """

    most: int
    early: bool


def plenty(network: Network, draws: int) -> Plenty:
    """How many of `draws` are made on a network where nobody says how many.

    Up to `SMALL` all of them; above, until the verdicts are settled and no more than `EFFORT`
    allows; above `LARGE` none.
    """
    size = network.n * len(network.edges)
    if size <= SMALL:
        return Plenty(draws, early=False)
    if size > LARGE:
        return Plenty(0, early=False)
    allowed = EFFORT // size // STEP * STEP
    return Plenty(min(draws, max(LEAST, allowed)), early=True)


def checkpoints(most: int) -> range:
    """After how many draws a rule is asked."""
    return range(LEAST, most, STEP)


def settled(
    first: NDArray[np.bool_], among: NDArray[Any], present: NDArray[Any], draws: int, of: int,
    verdict: Verdict,
) -> bool:  # fmt: skip
    """Whether all `of` draws would say of each actor what the first `draws` say.

    Parameters
    ----------
    first
        Which actors are among the first on the whole network.
    among, present
        In how many draws each is among the first, and in how many it is there at all.
    verdict
        What is said of an actor, from both.

    Returns
    -------
    bool
        True if, for every actor, its verdict stays with a probability of at least `SURE`. What
        is left to draw is predicted from what was drawn (beta-binomial, all shares equally
        likely beforehand).
    """
    left = of - draws
    for is_first, hits, there in {
        *zip(first.tolist(), among.tolist(), present.tolist(), strict=True)
    }:
        if there == 0:
            continue
        more = round(left * there / draws)
        now = verdict(is_first, hits / there)
        stays = sum(
            exp(_log_chance(further, more, hits, there))
            for further in range(more + 1)
            if verdict(is_first, (hits + further) / (there + more)) == now
        )
        if stays < SURE:
            return False
    return True


def _log_chance(further: int, more: int, hits: int, draws: int) -> float:
    """Logarithm of the beta-binomial chance of `further` hits in `more` draws after `hits` of `draws`."""
    a, b = hits + 1, draws - hits + 1
    return (
        lgamma(more + 1) - lgamma(further + 1) - lgamma(more - further + 1)
        + lgamma(further + a) + lgamma(more - further + b) - lgamma(more + a + b)
        + lgamma(a + b) - lgamma(a) - lgamma(b)
    )  # fmt: skip
