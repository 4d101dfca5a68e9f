"""Whom a dataset cannot do without on its way to an actor, against removing each actor in turn."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.ranking.dependence import Row, indispensable, sources_of

NAMES = "abcdefg"
FLOWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda ends: ends[0] != ends[1]),
    max_size=14,
)  # fmt: skip


def without(holder: str | None, actor: str, flows: Sequence[Row], gone: str) -> bool:
    """Whether a dataset reaches an actor from one of its sources if one actor is gone."""
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_nodes_from([*NAMES])
    G.add_edges_from((f["provider"], f["recipient"]) for f in flows)
    G.remove_nodes_from([gone])
    return any(nx.has_path(G, source, actor) for source in sources_of(holder, flows) - {gone})


@given(FLOWS, st.sampled_from([None, *NAMES]), st.sampled_from(NAMES))
def test_the_indispensable_are_those_without_whom_nothing_arrives(
    ends: list[tuple[str, str]], holder: str | None, actor: str
) -> None:
    flows = [{"provider": giver, "recipient": taker} for giver, taker in ends]
    found = indispensable(holder, actor, flows)
    if actor in sources_of(holder, flows) or not without(holder, actor, flows, "nobody"):
        assert found == []
        return
    expected = {name for name in NAMES if name != actor and not without(holder, actor, flows, name)}
    assert set(found) == expected
    assert len(found) == len(expected)


def test_they_come_in_the_order_of_the_route() -> None:
    flows = [
        {"provider": a, "recipient": b}
        for a, b in ("sa", "ab", "ac", "bd", "cd", "de", "ef", "eg", "gf", "ft")
    ]
    assert indispensable(None, "t", flows) == ["s", "a", "d", "e", "f"]
