"""A study computes each thing once, keeps it, and tells one figure wherever it is asked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
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
from ecosystem.options import Options
from ecosystem.runs.pipeline import run
from ecosystem.study import Study
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
    assert [part.territory for part in whole.territories] == studied(shipped_tables.in_order)
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
    with pytest.raises(UnknownName, match="nearest: layer"):
        Study(shipped_tables, TERRITORY, layers="flows")
    with pytest.raises(UnknownName, match="nearest: layer"):
        ecosystem.brokers(shipped_tables, layr="ties")
    with pytest.raises(UnknownName, match="nearest: betweenness"):
        Study(shipped_tables, measures=["betweeness"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"draws": -3}, "option draws is -3\nhint: give a whole number, 0 at least"),
        ({"draws": 20.5}, "option draws is 20.5"),
        ({"permutations": "many"}, "option permutations is 'many'"),
        ({"top": 0}, "option top is 0\nhint: give a whole number, 1 at least"),
        ({"workers": 0}, "0 processes"),
    ],
)
def test_what_an_option_may_not_be_is_told(
    shipped_tables: Tables, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(EcosystemError) as error:
        Study(shipped_tables, **wrong)
    assert said in error.value.to("en")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("my-territory", "there is no folder my-territory"),
        (None, "no tables can be made of 'NoneType'"),
        (
            3,
            r"no tables can be made of 'int'\nhint: give a path, Tables \(ecosystem\.read\), a Study",
        ),
        ({1: 2}, "no tables can be made of 'dict'"),
        ({"people": 2}, "from_frames: people = int"),
    ],
)
def test_what_is_no_source_is_told(source: Any, said: str) -> None:
    takers = (
        *(Study, ecosystem.brokers, ecosystem.find_gaps, ecosystem.map, ecosystem.share_network),
        *(ecosystem.check, ecosystem.match_needs, ecosystem.rank_stability, ecosystem.network_of),
    )
    for ask in takers:
        with pytest.raises(EcosystemError, match=said):
            ask(source)


def test_a_copy_for_an_audience_is_taken_where_tables_are(shipped_tables: Tables) -> None:
    copy = redact(shipped_tables, "public")
    assert ecosystem.match_needs(copy, TERRITORY) == ecosystem.match_needs(copy.tables, TERRITORY)
    best = ecosystem.best_flows(copy, 2, TERRITORY).flows
    assert best == ecosystem.best_flows(copy.tables, 2, TERRITORY).flows
    assert ecosystem.find_gaps(copy, TERRITORY) == ecosystem.find_gaps(copy.tables, TERRITORY)


def test_a_story_does_not_change_the_options_of_a_study_in_silence(few: Study) -> None:
    with pytest.raises(EcosystemError, match="has its options already"):
        ecosystem.explain(few, "ville-antony", layer="ties")


SCRIPT = """
import ecosystem
table = ecosystem.brokers(ecosystem.read(), "antony", draws=60, permutations=0, workers=2)
print(len(table))
"""


def test_a_script_without_its_guard_is_told_what_it_lacks(tmp_path: Path) -> None:
    """Each worker imports the script again, which would start workers of its own."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert 'put what runs under `if __name__ == "__main__":`' in done.stderr.splitlines()[-1]


def test_a_program_from_standard_input_does_the_work_by_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-"], input=SCRIPT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "29\n", "")


def test_the_map_tells_the_figures_of_the_broker_table(shipped_tables: Tables) -> None:
    study = Study(shipped_tables, "la-rochelle")
    table = study.brokers.set_index("id")
    shown = {a["id"]: a for a in Page(ecosystem.map(study).html).model["actors"]}
    again = {
        a["id"]: a["stability"]
        for a in Page(ecosystem.map(shipped_tables, "la-rochelle").html).model["actors"]
    }
    ranked = table[table["rank"].notna()]
    for actor in ranked.index:
        assert shown[actor]["stability"]["top_share"] == pytest.approx(table["top_share"][actor])
        low, high = table.loc[actor, ["rank_low", "rank_high"]]
        last = None if pd.isna(high) else high  # as the table says: at times nobody's broker
        assert (shown[actor]["stability"]["low"], shown[actor]["stability"]["high"]) == (low, last)
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
    for name in ("broker_table", "agenda_of"):
        monkeypatch.setattr(
            f"ecosystem.study.{name}", counted(name, getattr(ecosystem.study, name))
        )
    run(None, tmp_path / "out", use_store=False, workers=1)
    parts = 1 + len(studied(shipped_tables))
    assert parts == 6
    once = ("share_network", "__init__", "find_gaps", "agenda_of", "resample", "places", "broker_table",
            "brokerage_test", "total_test")  # fmt: skip
    assert {name: counts[name] for name in once} == dict.fromkeys(once, parts)
