"""What a page adds to the tables, by hand and against the measures themselves."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

import ecosystem
from ecosystem.maps.values import shown_communities
from ecosystem.networks.network import share_network
from ecosystem.tables.frames import Tables
from tests.browser import Page


def test_small_communities_and_actors_without_flow_are_shown_together() -> None:
    """By hand: five actors and four in communities of their own, two of two, two without flow."""
    number = {
        **dict.fromkeys("abcde", 1),
        **dict.fromkeys("fghi", 2),
        **dict(zip("jklmno", (3, 3, 4, 4, 5, 6), strict=True)),
    }
    actors = [*"anbfcgdhei", "all", *"jklmo"]
    chains = ["abcde", "fghi", "jk", "lm"]
    at = {actor: n for n, actor in enumerate(actors)}
    pairs = [(at[a], at[b]) for chain in chains for a, b in pairwise(chain)]
    pairs += [(at["a"], at["all"]), (at["o"], at["o"])]
    shown = shown_communities(pd.Series(number), actors, pairs)
    assert dict(zip(actors, shown, strict=True)) == {
        **dict.fromkeys("abcde", 0),
        **dict.fromkeys("fghi", 1),
        **dict.fromkeys(["j", "k", "l", "m", "all"], 2),
        **dict.fromkeys("no", 3),
    }


def test_without_small_communities_actors_without_flow_come_next() -> None:
    shown = shown_communities(
        pd.Series({**dict.fromkeys("abcd", 1), "e": 2}), "abcde", [(0, 1), (1, 2), (2, 3)]
    )
    assert shown == [0, 0, 0, 0, 1]
    assert shown_communities(pd.Series(dtype=float), [], []) == []


@pytest.mark.parametrize("territory", ["la-rochelle", None], ids=["la-rochelle", "all"])
def test_a_map_shows_the_communities_that_the_measure_finds(
    shipped_tables: Tables, territory: str | None
) -> None:
    found = ecosystem.MEASURES["community"](share_network(shipped_tables, territory)).astype(int)
    large = found.value_counts().loc[lambda sizes: sizes >= 4].index
    shown = {
        actor["id"]: actor["community"]
        for actor in Page(ecosystem.map(shipped_tables, territory).html).model["actors"]
    }
    kept = found[found.isin(large)]
    assert len(kept) > 10
    assert {actor: shown[actor] + 1 for actor in kept.index} == kept.to_dict()
    rest = {place for actor, place in shown.items() if actor not in kept.index}
    assert rest <= {len(large), len(large) + 1}
