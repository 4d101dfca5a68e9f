"""Roles under dealt-out groups: counts path by path, moments by all labellings there are."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from ecosystem.measures.draws import relabelling
from ecosystem.measures.draws.relabelling import Relabelled, falling
from ecosystem.measures.open_paths import open_paths, tally
from ecosystem.measures.significance import adjusted, brokerage_test
from ecosystem.networks.network import Network
from tests.toy import random_network


def drawn_network(seed: int, n: int) -> tuple[Any, Any, Any]:
    """Edges and groups of a small random network, sparse or dense, with one to n groups."""
    rng = np.random.default_rng(seed)
    linked = rng.random((n, n)) < rng.uniform(0.1, 0.9)
    np.fill_diagonal(linked, False)
    source, target = np.nonzero(linked)
    groups = np.unique(rng.integers(0, rng.integers(1, n + 1), n), return_inverse=True)[1]
    return source, target, groups


def path_by_path(source: Any, target: Any, codes: Any, n: int) -> Any:
    return sum((tally(p, codes, n) for p in open_paths(source, target, n)), np.zeros((n, 5)))


@pytest.mark.parametrize("seed", range(24))
def test_moments_are_those_of_all_labellings(seed: int) -> None:
    """Every way to deal out the groups among 1 to 6 actors, counted path by path."""
    n = 1 + seed % 6
    source, target, groups = drawn_network(seed, n)
    every = np.array(
        [path_by_path(source, target, np.array(p), n) for p in set(permutations(groups.tolist()))]
    )
    mean, sd = Relabelled(source, target, n).moments(groups)
    np.testing.assert_allclose(mean, every.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(sd, every.std(axis=0), atol=1e-9)
    np.testing.assert_array_equal(sd > 0, every.std(axis=0) > 1e-9)


@pytest.mark.parametrize("cells", [None, 0], ids=["table", "pairs"])
@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_path_by_path(
    seed: int, cells: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where groups are so many that partners are not counted in a full table."""
    if cells is not None:
        monkeypatch.setattr(relabelling, "_CELLS", cells)
    n = 30
    source, target, groups = drawn_network(seed, n)
    paths = Relabelled(source, target, n)
    for dealt in (groups, np.random.default_rng(seed).permutation(groups)):
        expected = path_by_path(source, target, dealt, n)
        np.testing.assert_array_equal(paths.counts(dealt), expected)


def test_moments_agree_with_draws() -> None:
    """4,000 dealt labellings of 40 actors: within five standard errors, everywhere."""
    source, target, groups = drawn_network(3, 40)
    paths = Relabelled(source, target, 40)
    rng = np.random.default_rng(1)
    drawn = np.array([paths.counts(rng.permutation(groups)) for _ in range(4000)])
    mean, sd = paths.moments(groups)
    assert (np.abs(drawn.mean(axis=0) - mean) <= 5 * sd / np.sqrt(4000) + 1e-9).all()
    varies = sd > 0
    assert (np.abs(drawn.std(axis=0)[varies] / sd[varies] - 1) < 0.15).all()


def test_falling_powers() -> None:
    assert falling(np.array([5.0, 2.0, 1.0, 0.0]), 3).tolist() == [60, 0, 0, 0]
    assert falling(np.array([3.0]), 0).tolist() == [1]


def test_an_empty_network_has_moments() -> None:
    nothing = np.zeros(0, np.int64)
    for n in (0, 1, 3):
        mean, sd = Relabelled(nothing, nothing, n).moments(np.zeros(n, np.int64))
        assert mean.shape == sd.shape == (n, 5)
        assert not mean.any() and not sd.any()


def test_p_is_as_small_as_it_says_no_more_often_than_it_says() -> None:
    """Groups that mean nothing, 300 networks of 16 actors: shares of p <= a within chance of a or below.

    Of the p of one actor and role (every actor is alike by construction) and of the smallest
    adjusted p over all actors and roles. Four standard deviations of a share of 300.
    """
    networks = 300
    single, smallest = [], []
    for seed in range(networks):
        network = Network.wrap(random_network(seed, n=16, p=0.15))
        test = brokerage_test(network, draws=39, seed=seed)
        single.append(test["liaison_p"].iloc[0])
        smallest.append(test.filter(like="_p_adjusted").min(axis=None))
    for level in (0.05, 0.1, 0.25):
        allowed = level + 4 * np.sqrt(level * (1 - level) / networks)
        for values in (single, smallest):
            assert np.mean(np.array(values) <= level) <= allowed
    assert np.mean(np.array(smallest) <= 0.25) > 0.05, "a test that never rejects tells nothing"


def test_adjusting_counts_the_draws_in_which_anyone_gets_as_high() -> None:
    """Four draws whose highest z are 1, 2, 3, 4: z = 2.5 is reached in two, so p = 3 / 5."""
    z = np.array([[2.5, 4.0], [np.nan, 0.0]])
    found = adjusted(z, np.array([1.0, 2.0, 3.0, 4.0]))
    np.testing.assert_allclose(found, [[3 / 5, 2 / 5], [np.nan, 1.0]])
