"""Planted gaps: every one is found with its reason, and the twin without gaps has none."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.gaps import DETECTORS, Finding, find_gaps
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import SEVERITIES
from tests.planted import PLANTS, TWINS, gap_free

SEEDS = st.integers(min_value=0, max_value=10**9)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found_for(found: list[Finding], detector: str, row: tuple[str, str]) -> list[Finding]:
    return [f for f in found if f.detector == detector and row in f.evidence]


def sound(found: list[Finding]) -> None:
    """What must hold of any findings: identities, denominators, severities, both languages."""
    assert len({f.id for f in found}) == len(found)
    counts: dict[str, int] = {}
    for finding in found:
        assert finding.severity in SEVERITIES
        assert finding.reason in DETECTORS[finding.detector].reasons
        assert finding.actors and finding.evidence
        assert finding.sentence.fr and finding.sentence.en
        counts[finding.detector] = counts.get(finding.detector, 0) + 1
        assert counts[finding.detector] <= finding.population
    order = [*SEVERITIES]
    ranks = [(order.index(f.severity), f.id) for f in found]
    assert ranks == sorted(ranks)


def test_there_is_a_plant_for_every_reason_of_every_detector() -> None:
    assert set(PLANTS) == {(name, r) for name, kind in DETECTORS.items() for r in kind.reasons}


@given(SEEDS)
@SLOW
def test_the_twin_without_gaps_has_no_finding(seed: int) -> None:
    rows = gap_free(seed)
    tables = rows.made()
    assert find_gaps(tables) == []
    assert [f for place in rows.places for f in find_gaps(tables, place)] == []


@pytest.mark.parametrize(("detector", "reason"), PLANTS, ids=":".join)
@given(seed=SEEDS)
@settings(max_examples=4, deadline=None)
def test_a_planted_gap_is_found_with_its_reason(detector: str, reason: str, seed: int) -> None:
    rows = gap_free(seed)
    rows.plant = "planted-"
    row = PLANTS[detector, reason](rows)
    found = find_gaps(rows.made())
    sound(found)
    told = found_for(found, detector, row)
    assert [f.reason for f in told] == [reason]
    assert told[0].population >= 1
    # Nothing is told of what was there before: every finding rests on a planted row.
    for finding in found:
        named = {*finding.actors, *finding.datasets, *(key for _, key in finding.evidence)}
        assert any("planted-" in name for name in named) or row in finding.evidence, finding


@given(
    seed=SEEDS,
    names=st.lists(st.sampled_from(sorted(PLANTS)), min_size=5, max_size=25, unique=True),
)
@settings(max_examples=25, deadline=None)
def test_gaps_planted_together_are_all_found(seed: int, names: list[tuple[str, str]]) -> None:
    rows = gap_free(seed)
    expected = []
    for n, (detector, reason) in enumerate(names):
        rows.plant = f"planted{n}-"
        expected.append((detector, reason, PLANTS[detector, reason](rows)))
    found = find_gaps(rows.made())
    sound(found)
    for detector, reason, row in expected:
        assert reason in [f.reason for f in found_for(found, detector, row)], (detector, reason)


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_changes_no_finding(seed: int) -> None:
    rows = gap_free(seed)
    for n, plant in enumerate(PLANTS.values()):
        rows.plant = f"planted{n}-"
        plant(rows)
    before = {f.id: (f.reason, f.severity) for f in find_gaps(rows.made())}
    for table in rows.tables.values():
        rows.draw.shuffle(table)
    after = {f.id: (f.reason, f.severity) for f in find_gaps(rows.made())}
    assert before.keys() == after.keys()
    assert before == after


def test_unknown_access_is_never_told_as_closed() -> None:
    """Every access emptied: no reason may say `closed`."""
    rows = gap_free(1)
    for n, plant in enumerate(PLANTS.values()):
        rows.plant = f"planted{n}-"
        plant(rows)
    for dataset in rows.tables["datasets"]:
        dataset["access"] = None
    found = find_gaps(rows.made())
    assert found
    assert {f.reason for f in found} & {"closed"} == set()


def test_there_is_a_twin_for_every_detector() -> None:
    assert set(TWINS) == set(DETECTORS)


@pytest.mark.parametrize("detector", TWINS)
def test_the_twin_of_a_planted_gap_has_none(detector: str) -> None:
    """One cell of the planted rows is another: the same rows, and no finding of the kind."""
    reason, table, column, value = TWINS[detector]
    for seed in (7,):
        rows = gap_free(seed)
        rows.plant = "planted-"
        row = PLANTS[detector, reason](rows)
        assert found_for(find_gaps(rows.made()), detector, row)
        place = row[1].partition("/")[0]  # a reading of maturity has no id of its own
        for each in rows.tables[table]:
            if each["id"].startswith("planted-") or each.get("territory") == place:
                each[column] = value
        assert not [f for f in find_gaps(rows.made()) if f.detector == detector]


def _tables_of(seed: int) -> Tables:
    return gap_free(seed).made()


def test_findings_are_the_same_from_run_to_run() -> None:
    assert find_gaps(_tables_of(7)) == find_gaps(_tables_of(7))
