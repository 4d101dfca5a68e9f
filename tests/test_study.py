"""A study computes each thing once, keeps it, and tells one figure wherever it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ecosystem
from ecosystem.audience import redact
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.gaps import lookups, registry
from ecosystem.maps import placement
from ecosystem.measures import significance, stability
from ecosystem.networks import network
from ecosystem.runs.pipeline import run
from ecosystem.study import Options, Study
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import studied
from tests.browser import Page

TERRITORY = "antony"


@pytest.fixture
def few(shipped_tables: Tables) -> Study:
    return Study(shipped_tables, TERRITORY, draws=20, permutations=19)


@pytest.mark.parametrize(
    "name",
    ["name", "network", "ranked", "chance", "stability", "brokers", "lookups", "findings",
     "proposals"],
)  # fmt: skip
def test_what_is_asked_twice_is_computed_once(few: Study, name: str) -> None:
    assert getattr(few, name) is getattr(few, name)


def test_a_study_gives_what_the_plain_functions_give(few: Study, shipped_tables: Tables) -> None:
    table = ecosystem.brokers(shipped_tables, TERRITORY, draws=20, permutations=19)
    pd.testing.assert_frame_equal(few.brokers, table)
    assert few.findings == ecosystem.find_gaps(shipped_tables, TERRITORY)
    assert few.proposals == ecosystem.match_needs(shipped_tables, TERRITORY)
    actor = table["id"].iloc[0]
    told = ecosystem.explain(shipped_tables, actor, table, territory=TERRITORY)
    assert few.explain(actor).pairs.equals(told.pairs)


def test_a_study_is_taken_where_tables_are(few: Study) -> None:
    assert ecosystem.brokers(few) is few.brokers
    assert ecosystem.find_gaps(few) is few.findings
    assert ecosystem.brokers(few, TERRITORY) is few.brokers
    assert "Antony" in ecosystem.map(few).title
    assert ecosystem.match_needs(few) == few.proposals
    scenario = ecosystem.read_scenario("la-rochelle-keeps-its-promises")
    told = ecosystem.what_if(few.copy.tables, scenario, TERRITORY).table
    pd.testing.assert_frame_equal(ecosystem.what_if(few, scenario, TERRITORY).table, told)
    pd.testing.assert_frame_equal(few.what_if(scenario).table, told)
    best = ecosystem.best_flows(few.copy.tables, 2, TERRITORY).flows
    assert ecosystem.best_flows(few, 2).flows == few.best_flows(2).flows == best
    with pytest.raises(EcosystemError, match="has its options already"):
        ecosystem.brokers(few, layer="ties")


def test_parts_of_a_study_are_those_of_a_study_of_their_own(shipped_tables: Tables) -> None:
    whole = Study(shipped_tables, draws=0, permutations=0)
    assert [part.territory for part in whole.territories] == studied(shipped_tables)
    for part in whole.territories:
        alone = Study(shipped_tables, part.territory, draws=0, permutations=0)
        assert part.findings == alone.findings
        pd.testing.assert_frame_equal(part.brokers, alone.brokers)


def test_changing_an_option_keeps_what_does_not_depend_on_it(few: Study) -> None:
    assert few.findings and few.network.n
    other = few.but(layer="both")
    assert few.but(seed=2).network is few.network
    assert not few.has("brokers") and few.has("findings")
    assert other.findings is few.findings and other.lookups is few.lookups
    assert other.network.conventions["layer"] == "flows and ties"
    assert few.network.conventions["layer"] == "flows"
    assert other.options == Options(layer="both", draws=20, permutations=19)


def test_a_study_is_for_an_audience(shipped_tables: Tables) -> None:
    closed = shipped_tables["actors"].copy()
    hidden = closed.loc[closed["territory"] == TERRITORY, "id"].iloc[1]
    closed["visibility"] = ["internal" if a == hidden else None for a in closed["id"]]
    tables = shipped_tables.replace(actors=closed)
    assert hidden in Study(tables, TERRITORY).network.ids
    public = Study(tables, TERRITORY, audience="public")
    assert public.copy.audience == "public" and hidden not in public.network.ids
    copy = redact(tables, "public")
    assert Study(copy, TERRITORY).network.ids.equals(public.network.ids)


def test_unknown_names_are_told(shipped_tables: Tables) -> None:
    with pytest.raises(UnknownName, match="nearest: antony"):
        Study(shipped_tables, "antonny")
    with pytest.raises(UnknownName, match="layer"):
        Study(shipped_tables, TERRITORY, layer="flow").network  # noqa: B018
    with pytest.raises(TypeError, match="layers"):
        Study(shipped_tables, TERRITORY, layers="flows")


def test_the_map_tells_the_figures_of_the_broker_table(shipped_tables: Tables) -> None:
    study = Study(shipped_tables, "la-rochelle")
    table = study.brokers.set_index("id")
    shown = {a["id"]: a for a in Page(ecosystem.map(study).html).model["actors"]}
    again = {
        a["id"]: a["stability"]
        for a in Page(ecosystem.map(shipped_tables, "la-rochelle").html).model["actors"]
    }
    ranked = table[table["rank"].notna()]
    assert (ranked["rank_low"] % 1 == 0.5).any(), "ranks that are shared are among them"
    for actor in ranked.index:
        assert shown[actor]["stability"]["top_share"] == pytest.approx(table["top_share"][actor])
        low, high = (Decimal(table[c][actor]).quantize(Decimal(1), ROUND_HALF_UP)
                     for c in ("rank_low", "rank_high"))  # fmt: skip
        assert (shown[actor]["stability"]["low"], shown[actor]["stability"]["high"]) == (low, high)
        assert shown[actor]["stability"] == again[actor]


def test_a_run_computes_each_thing_once(
    shipped_tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One part for all territories together and one for each: six networks, six of everything."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            counts[name] += 1
            return function(*args, **more)

        return call

    def watch(owner: Any, name: str, *elsewhere: str) -> None:
        wrapped = counted(name, getattr(owner, name))
        monkeypatch.setattr(owner, name, wrapped)
        for place in elsewhere:
            monkeypatch.setattr(f"{place}.{name}", wrapped)

    watch(network, "share_network", "ecosystem.networks.layers")
    watch(lookups.Lookups, "__init__")
    watch(registry, "find_gaps", "ecosystem.gaps")
    for null in ("brokerage_test", "total_test"):
        watch(significance, null, "ecosystem.ranking.table")
    watch(stability, "resample", "ecosystem.ranking.table")
    watch(placement, "places", "ecosystem.maps.model")
    monkeypatch.setattr(
        "ecosystem.study.broker_table",
        counted("broker_table", ecosystem.study.broker_table),  # type: ignore[attr-defined]
    )
    run(None, tmp_path / "out", use_store=False, workers=1)
    parts = 1 + len(studied(shipped_tables))
    assert parts == 6
    once = ("share_network", "__init__", "find_gaps", "resample", "places", "broker_table",
            "brokerage_test", "total_test")  # fmt: skip
    assert {name: counts[name] for name in once} == dict.fromkeys(once, parts)
