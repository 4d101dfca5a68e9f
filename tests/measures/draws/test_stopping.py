"""When draws stop: by size and by what was drawn, the same whoever draws."""

from __future__ import annotations

from math import comb

import networkx as nx
import numpy as np
import pytest

from ecosystem.measures.draws import stopping
from ecosystem.measures.draws.stopping import LARGE, LEAST, SMALL, STEP, plenty, settled
from ecosystem.measures.stability import DRAWS, rank_stability, resample
from ecosystem.networks.network import Network
from tests.toy import chain, star


class Sized:
    """As much of a network as the rule reads."""

    def __init__(self, n: int, edges: int) -> None:
        self.n, self.edges = n, range(edges)


@pytest.mark.parametrize(
    ("n", "edges", "most", "early"),
    [
        (185, 235, 500, False),  # the shipped data
        (200, 500, 500, False),
        (200, 501, 500, True),
        (2_000, 20_000, 100, True),
        (1_000, 20_000, 200, True),
        (5_000, 50_000, 100, True),
        (5_000, 50_001, 0, False),
        (20_000, 200_000, 0, False),
    ],
)
def test_how_much_is_drawn_depends_on_the_size(n: int, edges: int, most: int, early: bool) -> None:
    found = plenty(Sized(n, edges), DRAWS)  # type: ignore[arg-type]
    assert (found.most, found.early) == (most, early)
    assert SMALL < LARGE


def verdict(first: bool, share: float) -> str | None:
    return ("robust" if share >= 0.9 else "not") if first else None


def test_a_verdict_is_settled_when_the_rest_can_hardly_change_it() -> None:
    def said(hits: int, draws: int, of: int) -> bool:
        values = np.array([hits]), np.array([draws])
        return settled(np.array([True]), *values, draws, of, verdict)

    assert said(100, 100, 500)
    assert said(20, 100, 500)
    assert not said(90, 100, 500)  # on the line
    assert not said(95, 100, 500)
    assert said(452, 500, 500)  # nothing is left
    # 18 of 18, 2 to come: "robust" (18 of 20) whatever they are
    assert said(18, 18, 20)
    # who is not among the first has no verdict to change here
    assert settled(np.array([False]), np.array([90]), np.array([100]), 100, 500, verdict)


def test_what_is_to_come_is_predicted_from_what_came() -> None:
    """3 hits of 4; of 2 more, k hits have the chance C(2,k) B(4+k, 4-k) / B(4, 2), by hand.

    With B(a, b) = (a-1)! (b-1)! / (a+b-1)!: 3/28 + ... the three add up to one.
    """
    from math import exp, factorial

    def beta(a: int, b: int) -> float:
        return factorial(a - 1) * factorial(b - 1) / factorial(a + b - 1)

    for k in range(3):
        by_hand = comb(2, k) * beta(4 + k, 2 + 2 - k) / beta(4, 2)
        assert exp(stopping._log_chance(k, 2, 3, 4)) == pytest.approx(by_hand)


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every network counts as one whose draws may stop."""
    monkeypatch.setattr(stopping, "SMALL", 0)


@pytest.mark.usefixtures("early")
def test_draws_stop_once_verdicts_no_longer_change() -> None:
    """The hub of a star of 12 is first whatever is dropped: settled at the first look."""
    network = Network.wrap(star(12))
    found = resample(network, ["betweenness"], draws=None, top=1)
    assert (len(found.ranks["betweenness"]), found.ended, found.asked) == (LEAST, "settled", DRAWS)
    # a number that is given is made, whatever the verdicts
    given = resample(network, ["betweenness"], draws=130, top=1)
    assert (len(given.ranks["betweenness"]), given.ended) == (130, "all")
    # the first draws are the same ones
    np.testing.assert_array_equal(found.ranks["betweenness"], given.ranks["betweenness"][:LEAST])


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("share", [0.1, 0.06])
def test_where_draws_stop_does_not_depend_on_who_draws(share: float) -> None:
    """The middle of a chain of 41 among the first 15: its share is near a line, so looks are several."""
    network = Network.wrap(chain(41))
    one = resample(network, ["betweenness"], draws=None, share=share, top=12, seed=4)
    two = resample(network, ["betweenness"], draws=None, share=share, top=12, seed=4, workers=2)
    timed = resample(
        network, ["betweenness"], draws=None, share=share, top=12, seed=4, workers=None
    )
    for other in (two, timed):
        assert one.ended == other.ended
        np.testing.assert_array_equal(one.ranks["betweenness"], other.ranks["betweenness"])
    made = len(one.ranks["betweenness"])
    assert made == DRAWS or (made - LEAST) % STEP == 0


@pytest.mark.usefixtures("early")
def test_verdicts_of_a_stopped_run_are_those_of_all_draws() -> None:
    """Settled means 99 % sure for each actor: over 6 networks, next to none may differ."""
    differ, compared, stopped = 0, 0, 0
    for seed in range(6):
        G = nx.gnp_random_graph(25, 0.12, seed=seed, directed=True)
        network = Network.wrap(G)
        some = resample(network, ["betweenness"], draws=None, seed=seed)
        every = resample(network, ["betweenness"], draws=DRAWS, seed=seed)
        a, b = (r.table("betweenness")["verdict"] for r in (some, every))
        told = a.notna() | b.notna()
        differ += int((a[told].fillna("") != b[told].fillna("")).sum())
        compared += int(told.sum())
        stopped += some.ended == "settled"
    assert stopped > 0
    # at 1 % each, more than three of some thirty would be a chance of one in a thousand
    assert differ <= 3, f"{differ} of {compared}"


def test_without_a_number_a_small_network_has_all_draws() -> None:
    table = rank_stability(Network.wrap(star(12)), draws=None)
    assert (table.attrs["draws"], table.attrs["ended"]) == (DRAWS, "all")


def test_a_large_network_says_why_there_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "SMALL", 0)
    monkeypatch.setattr(stopping, "EFFORT", 0)
    found = resample(Network.wrap(chain(41)), ["betweenness"], draws=None, top=12, seed=4)
    assert (len(found.ranks["betweenness"]), found.ended) == (LEAST, "large")
    monkeypatch.setattr(stopping, "LARGE", 1)
    found = resample(Network.wrap(chain(41)), ["betweenness"], draws=None)
    assert (len(found.ranks["betweenness"]), found.ended) == (0, "large")
