"""Names that do not exist, and languages that are none."""

from __future__ import annotations

import pickle

import pytest

import ecosystem
from ecosystem.errors import Registry, UnknownName
from ecosystem.gaps.registry import DETECTORS
from ecosystem.scenarios.registry import ACTIONS
from ecosystem.tables.frames import Tables


@pytest.mark.parametrize(
    ("registry", "name", "nearest"),
    [
        (ecosystem.MEASURES, "betweeness", "betweenness"),
        (DETECTORS, "unmet-needs", "unmet-need"),
        (ACTIONS, "activat", "activate"),
    ],
)
def test_a_name_that_is_not_there_says_the_nearest(
    registry: Registry[object], name: str, nearest: str
) -> None:
    with pytest.raises(UnknownName, match=rf"unknown .*: '{name}'\n.*nearest: {nearest}") as caught:
        registry[name]
    assert isinstance(caught.value, KeyError), "as of any mapping"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert name not in registry
    assert registry.get(name) is None


def test_a_language_that_is_none(shipped_tables: Tables) -> None:
    for what in (
        lambda: ecosystem.map(shipped_tables, "antony", language="de"),
        lambda: ecosystem.pyvis_network(shipped_tables, "antony", language="de"),
        lambda: ecosystem.find_gaps(shipped_tables, "antony")[0].record("de"),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownName, match=r"unknown language: 'de'"):
            what()
