"""Gaps: each planted one is found with its reason, and none where there is none."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import ecosystem
from ecosystem.errors import UnknownName
from ecosystem.gaps import DETECTORS, Finding, find_gaps, findings_frame
from ecosystem.gaps.registry import detector_named, evidence_rows, selected
from ecosystem.maps.rows import need_rows
from ecosystem.matching import match_needs
from ecosystem.scenarios import best_flows
from ecosystem.scenarios.effects import View
from ecosystem.scenarios.registry import World
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import SEVERITIES
from tests.toy import actors, flows, make_tables

NEED = {"id": "n", "actor": "city", "dataset": "d", "theme": "ENER", "purpose": "Renovate."}


def world(
    *, need: dict[str, Any] | None = None, dataset: dict[str, Any] | None = None,
    extra: list[dict[str, Any]] | None = None,
) -> Tables:  # fmt: skip
    """A city with a department, a utility that holds one dataset, and somebody else."""
    return make_tables(
        territories=[{"id": "here", "name": "Here"}],
        actors=[
            *actors("city utility other", territory="here", sector="public"),
            {"id": "energy-office", "territory": "here", "sector": "public", "parent": "city"},
        ],
        datasets=[{"id": "d", "title": "Consumption", "holder": "utility", "access": "unknown",
                   "territory": "here", **(dataset or {})}],
        needs=[{**NEED, **(need or {})}],
        flows=extra or [],
    )  # fmt: skip


def unmet(tables: Tables) -> Finding | None:
    found = [f for f in find_gaps(tables) if f.detector == "unmet-need"]
    assert len(found) <= 1
    return found[0] if found else None


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "nobody is known to hold it": ({"dataset": {"holder": None}}, "no-holder"),
    "held and closed": ({"dataset": {"access": "closed"}}, "closed"),
    "unknown is not closed": ({}, "not-documented"),
    "shared with others": ({"extra": flows("utility>other", dataset="d")}, "shared-with-others"),
    "said to be shared": ({"dataset": {"access": "shared"}}, "shared-with-others"),
    "wished": ({"extra": flows("utility>city", dataset="d", status="wished")}, "wished"),
    "planned": ({"extra": flows("utility>city", dataset="d", status="planned")}, "planned"),
    "ended": ({"extra": flows("utility>city", dataset="d", status="ended")}, "ended"),
    "blocked": ({"extra": flows("utility>city", dataset="d", status="blocked", barrier="legal")}, "blocked"),
    "blocked tells more than wished": (
        {"extra": [*flows("utility>city", dataset="d", status="wished"),
                   *flows("utility>city", dataset="d", status="blocked", id="b")]}, "blocked"),
    "hindered one way, blocked another": (
        {"extra": [*flows("utility>city", dataset="d", barrier="technical"),
                   *flows("utility>city", dataset="d", status="blocked", id="b")]}, "partly"),
    "delivered with an obstacle": (
        {"extra": flows("utility>city", dataset="d", barrier="technical")}, "partly"),
    "a department has it": ({"extra": flows("utility>energy-office", dataset="d")}, "inside-authority"),
    "a department holds it": ({"dataset": {"holder": "energy-office"}}, "inside-authority"),
    "wished by the authority of the department": (
        {"need": {"actor": "energy-office"},
         "extra": flows("utility>city", dataset="d", status="wished")}, "wished"),
}  # fmt: skip


@pytest.mark.parametrize("case", list(CASES))
def test_a_planted_gap_is_found_with_its_reason(case: str) -> None:
    given, reason = CASES[case]
    found = unmet(world(**given))
    assert found is not None
    assert found.reason == reason
    assert found.population == 1
    assert found.evidence[0] == ("needs", "n")


MET: dict[str, dict[str, Any]] = {
    "an active flow": {"extra": flows("utility>city", dataset="d")},
    "it holds the dataset": {"dataset": {"holder": "city"}},
    "it holds it and passes it on": {
        "dataset": {"holder": "city"},
        "extra": flows("city>other", dataset="d"),
    },
    "open to all": {"dataset": {"access": "open"}},
}


def test_a_need_that_names_no_dataset_is_no_unmet_need() -> None:
    tables = world(need={"dataset": None})
    assert unmet(tables) is None
    assert [f.reason for f in kinds(tables)["no-dataset-named"]] == ["no-dataset"]


@pytest.mark.parametrize("case", list(MET))
def test_a_need_that_is_met_is_no_gap(case: str) -> None:
    assert unmet(world(**MET[case])) is None


def test_the_barrier_and_the_flow_are_told() -> None:
    found = unmet(world(**CASES["blocked"][0]))
    assert found is not None
    assert found.barrier == "legal"
    assert ("flows", "f-utility>city-blocked") in found.evidence
    assert found.actors[:2] == ("city", "utility")
    assert "legal" in found.sentence.en
    assert "juridique" in found.sentence.fr
    assert "utility" in found.next_step.en


def kinds(tables: Tables) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in find_gaps(tables):
        found.setdefault(finding.detector, []).append(finding)
    return found


def test_a_need_hangs_on_the_one_broker_between_it_and_the_holder() -> None:
    chain = world(extra=[*flows("utility>other", dataset="d", mode="contract"),
                         *flows("other>city", dataset="d", mode="contract")])  # fmt: skip
    found = kinds(chain)["hangs-on-one"]
    assert [f.actors for f in found] == [("city", "other")]
    assert found[0].population == 1
    second_way = world(extra=[*flows("utility>other", "utility>city", dataset="d", mode="contract"),
                              *flows("other>city", dataset="d", mode="contract")])  # fmt: skip
    assert "hangs-on-one" not in kinds(second_way)


def test_a_need_met_by_a_ring_without_a_known_source_hangs_on_nobody() -> None:
    ring = flows("utility>city", "city>utility", dataset="d", mode="contract")
    assert "hangs-on-one" not in kinds(world(dataset={"holder": None}, extra=ring))


def test_a_dataset_that_reaches_nobody_is_never_shared() -> None:
    reasons = {
        "closed": world(dataset={"access": "closed"}),
        "open-no-flow": world(dataset={"access": "open"}),
        "not-documented": world(),
        "only-wished": world(extra=flows("utility>city", dataset="d", status="wished")),
        "only-planned": world(extra=flows("utility>city", dataset="d", status="planned")),
        "only-blocked": world(extra=flows("utility>city", dataset="d", status="blocked")),
    }
    for reason, tables in reasons.items():
        found = kinds(tables)["never-shared"]
        assert [f.reason for f in found] == [reason]
    assert set(reasons) == set(DETECTORS["never-shared"].reasons)
    assert "never-shared" not in kinds(world(extra=flows("utility>other", dataset="d")))
    # it was shared, and is told as a flow that has ended
    assert "never-shared" not in kinds(
        world(extra=flows("utility>other", dataset="d", status="ended"))
    )
    assert "never-shared" not in kinds(world(dataset={"holder": None}))  # not held by anybody known


def chain_to(*ends: str, **row: Any) -> list[dict[str, Any]]:
    """Active flows of the dataset along a chain."""
    return flows(*(f"{a}>{b}" for a, b in pairwise(ends)), dataset="d", **row)


WAYS: dict[str, dict[str, Any]] = {
    "it holds it": {"dataset": {"holder": "city"}},
    "it is open": {"dataset": {"access": "open"}},
    "it is open, with an obstacle": {
        "dataset": {"access": "open"}, "extra": chain_to("utility", "city", barrier="technical")},
    "it receives it": {"extra": chain_to("utility", "city")},
    "it receives it twice, once with an obstacle": {
        "extra": [*chain_to("utility", "city"), *chain_to("utility", "other", "city"),
                  *flows("utility>city", dataset="d", barrier="technical", id="c")]},
    "it receives it, and another flow is blocked": {
        "extra": [*chain_to("utility", "city"),
                  *flows("other>city", dataset="d", status="blocked", id="b")]},
    "it receives it by others, and the holder's flow is blocked": {
        "extra": [*chain_to("utility", "other", "city"),
                  *flows("utility>city", dataset="d", status="blocked", barrier="legal", id="b")]},
}  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_one_rule_says_everywhere_that_a_need_is_met(how: str) -> None:
    """The findings, the proposals, what hangs on an actor, the scenarios and the map say the same."""
    tables = world(**WAYS[how])
    found = kinds(tables)
    told = found.keys() & {"unmet-need", "service-lacks-data", "stalled-flow", "asks-gets-nothing"}
    assert not told
    assert match_needs(tables) == []
    assert best_flows(tables, 1).needs == ()
    study = ecosystem.Study(tables)
    assert View(World(tables), study.lookups).met == {"n"}
    code = {row["id"]: n for n, row in enumerate(study.lookups.actors)}
    assert [need["met"] for need in need_rows(study.lookups, code, {"d": 0})] == [True]


def test_obstacles_that_leave_no_need_unmet_are_told_as_such() -> None:
    by = {
        how: [f.reason for f in kinds(world(**case)).get("hindered-flow", [])]
        for how, case in WAYS.items()
    }
    assert {how: reasons for how, reasons in by.items() if reasons} == {
        "it is open, with an obstacle": ["open"],
        "it receives it twice, once with an obstacle": ["received"],
    }
    assert "hindered-flow" not in kinds(world(extra=chain_to("utility", "city", barrier="legal")))


def test_a_need_hangs_on_brokers_once_and_open_data_on_nobody() -> None:
    """Two brokers in a row are one finding of one need; anybody may fetch what is open."""
    way = chain_to("utility", "other", "energy-office", "city")
    (found,) = kinds(world(extra=way))["hangs-on-one"]
    assert found.path == ("utility", "other", "energy-office", "city")
    assert found.population == 1
    assert "hangs-on-one" not in kinds(world(extra=way, dataset={"access": "open"}))
    straight = flows("utility>city", dataset="d", barrier="legal", id="b")
    (found,) = kinds(world(extra=[*chain_to("utility", "other", "city"), *straight]))[
        "hangs-on-one"
    ]
    assert "without an obstacle only through other" in found.sentence.en


@pytest.mark.parametrize("way", ["utility>city", "utility>other other>city"])
def test_a_blocked_flow_to_who_has_the_data_is_not_stalled(way: str) -> None:
    """No need: nobody asks again for what has come, by the same provider or by another."""
    blocked = flows("utility>city", dataset="d", status="blocked", id="b")
    tables = world(extra=[*flows(*way.split(), dataset="d"), *blocked], need={"dataset": None})
    assert "stalled-flow" not in kinds(tables)
    alone = world(extra=[*flows("utility>other", dataset="d"), *blocked], need={"dataset": None})
    assert [f.reason for f in kinds(alone)["stalled-flow"]] == ["blocked"]


def test_persons_do_not_make_an_exchange_one_sided() -> None:
    """One body and citizens: no more than one partner of its kind."""
    people = [{"id": "people", "type": "citizens"}]
    rows = flows("a>b", "a>people", "b>p", "p>q", "q>p")
    tables = make_tables(actors=[*actors("a b p q"), *people], flows=rows)
    assert "one-sided" not in kinds(tables)
    assert "one-sided" in kinds(make_tables(actors=actors("a b p q people"), flows=rows))


def test_data_that_come_back_do_not_make_a_second_source() -> None:
    services = [{"id": "s", "operator": "o", "datasets": ("d",), "status": "live"}]
    dataset = [{"id": "d", "holder": "a", "access": "shared"}]
    for ends in (("a>o",), ("a>o", "o>a"), ("a>m", "m>o", "o>a")):
        tables = make_tables(actors=actors("a m o"), datasets=dataset, services=services,
                             flows=flows(*ends, dataset="d"))  # fmt: skip
        assert [f.reason for f in kinds(tables)["one-actor-for-services"]] == ["single-source"]
    two = flows("a>o", "m>o", dataset="d")
    tables = make_tables(actors=actors("a m o"), datasets=dataset, services=services, flows=two)
    assert "single-source" not in [
        f.reason for f in kinds(tables).get("one-actor-for-services", [])
    ]


def test_what_is_held_for_a_need_and_not_passed_on() -> None:
    stuck = flows("city>other", dataset="d", status="blocked", barrier="skills")
    found = kinds(world(dataset={"holder": "city"}, extra=stuck))["held-not-passed-on"]
    assert [(f.reason, f.barrier, f.actors) for f in found] == [
        ("blocked", "skills", ("city", "other"))
    ]
    passed = [*stuck, *flows("city>utility", dataset="d")]
    assert "held-not-passed-on" not in kinds(world(dataset={"holder": "city"}, extra=passed))
    assert "held-not-passed-on" not in kinds(world(dataset={"holder": "city"}))


@pytest.mark.parametrize(
    ("mode", "recipient", "reason"),
    [
        ("informal", "city", "informal"),
        ("unknown", "city", "not-documented"),
        (None, "city", "not-documented"),
        ("unknown", "reutilisateurs-here", "publication-without-licence"),
        ("contract", "city", None),
        ("open_licence", "reutilisateurs-here", None),
    ],
)
def test_an_active_flow_without_an_instrument(
    mode: str | None, recipient: str, reason: str | None
) -> None:
    tables = world(extra=flows(f"utility>{recipient}", dataset="d", mode=mode))
    assert [f.reason for f in kinds(tables).get("no-instrument", [])] == (
        [reason] if reason else []
    )
    wished = world(extra=flows(f"utility>{recipient}", dataset="d", mode=mode, status="wished"))
    assert "no-instrument" not in kinds(wished)


def test_who_asks_and_receives_nothing() -> None:
    found = kinds(world())["asks-gets-nothing"]
    assert [(f.actors, f.population) for f in found] == [(("city",), 1)]
    assert "asks-gets-nothing" not in kinds(world(extra=flows("other>city")))


def test_a_source_of_one_territory_is_looked_at_as_a_territory_too() -> None:
    """What is said of a territory is said without naming it, if it is the only one."""
    wished = [{**row, "id": f"w{i}"} for i in range(6)
              for row in flows("utility>city", dataset="d", status="wished")]  # fmt: skip
    tables = world(extra=wished)
    answers = make_tables(maturity=[{"territory": "here", "dimension": "sharing", "level": 4}])
    tables = tables.replace(maturity=answers["maturity"])
    tables = tables.replace(actors=tables["actors"].assign(type=["authority", *3 * ["company"]]))
    for territory in (None, "here"):
        found = [f for f in find_gaps(tables, territory) if f.detector == "maturity-contradicted"]
        assert [(f.id, f.evidence[0]) for f in found] == [
            ("maturity-contradicted:here:sharing", ("maturity", "here/sharing"))
        ]


def test_a_whole_territory_without_gaps_has_no_finding() -> None:
    passed = flows("utility>city", "city>energy-office", "city>other", dataset="d", mode="contract")
    assert find_gaps(world(extra=passed)) == []


def test_every_reason_found_is_declared_and_every_word_is_in_both_languages(
    shipped_tables: Tables,
) -> None:
    for detector in DETECTORS.values():
        for label in (
            detector.label,
            detector.definition,
            detector.population,
            detector.severity,
            *detector.reasons.values(),
        ):
            assert label.fr
            assert label.en
    for finding in find_gaps(shipped_tables):
        assert finding.reason in DETECTORS[finding.detector].reasons
        for text in (
            finding.sentence.fr,
            finding.sentence.en,
            finding.next_step.fr,
            finding.next_step.en,
        ):
            assert text.endswith(".")
            assert "{" not in text
            assert "?" not in text  # a name that was not found; no text of the data asks a question


def test_every_finding_on_the_shipped_data_comes_from_rows(shipped_tables: Tables) -> None:
    keys = {
        name: {"/".join(map(str, row)) for row in shipped_tables[name][list(table.key)].to_numpy()}
        for name, table in TABLES.items()
    }
    found = find_gaps(shipped_tables)
    assert len({f.id for f in found}) == len(found)
    for finding in found:
        assert finding.evidence
        for table, row in finding.evidence:
            assert row in keys[table]
        assert set(finding.actors) <= keys["actors"]
        assert finding.actors
        assert finding.population >= 1
        assert set(finding.sources) <= keys["sources"]
        assert finding.sources, "every row of the shipped data cites a source"


def test_counts_on_the_shipped_data_equal_a_plain_count(shipped_tables: Tables) -> None:
    """Counted again here, row by row, without the detectors' look-ups."""
    rows = {name: records(shipped_tables[name]) for name in ("flows", "datasets", "needs")}
    found = Counter(f.detector for f in find_gaps(shipped_tables))
    active = [f for f in rows["flows"] if f["status"] == "active"]
    unwritten = [f for f in active if f["mode"] in ("informal", "unknown", None)]
    personal = {d["id"] for d in rows["datasets"] if d["personal_data"] == "yes"}
    assert found["no-instrument"] == sum(f["dataset"] not in personal for f in unwritten)
    assert found["personal-without-instrument"] == sum(f["dataset"] in personal for f in unwritten)
    shared = {f["dataset"] for f in active}
    holder = {d["id"]: d["holder"] for d in rows["datasets"]}
    ended = [f for f in rows["flows"] if f["status"] == "ended" and f["dataset"]]
    shared |= {f["dataset"] for f in ended if f["recipient"] != holder[f["dataset"]]}
    assert found["never-shared"] == sum(
        d["id"] not in shared for d in rows["datasets"] if d["holder"]
    )
    receivers = {f["recipient"] for f in active}
    above = {a["id"]: a["parent"] for a in records(shipped_tables["actors"])}
    receivers |= {above[actor] for actor in receivers}  # no department has departments
    reached = {d["id"]: d["access"] == "open" for d in rows["datasets"]}
    holders = {d["id"]: d["holder"] for d in rows["datasets"]}
    asking = {
        n["actor"]
        for n in rows["needs"]
        if not n["dataset"] or not (reached[n["dataset"]] or holders[n["dataset"]] == n["actor"])
    }
    assert found["asks-gets-nothing"] == len(asking - receivers)


def test_territories_share_out_the_findings_of_their_own_rows(shipped_tables: Tables) -> None:
    """Needs and datasets belong to one territory: nothing is lost or counted twice."""
    whole = {
        f.id for f in find_gaps(shipped_tables) if f.detector in ("unmet-need", "never-shared")
    }
    parts = [
        f.id
        for t in [*studied(shipped_tables), "national", "supranational"]
        for f in find_gaps(shipped_tables, t)
        if f.detector in ("unmet-need", "never-shared")
    ]
    assert sorted(parts) == sorted(whole)


def test_a_source_without_needs_or_datasets_still_works() -> None:
    tables = make_tables(actors=actors("a b"), flows=flows("a>b"))
    found = find_gaps(tables)
    assert [f.detector for f in found] == ["no-instrument"]
    frame = findings_frame(found, "fr")
    assert frame["out_of"].tolist() == [1]
    assert findings_frame([]).columns.tolist() == frame.columns.tolist()


def test_unknown_territory_or_kind_lists_what_exists(shipped_tables: Tables) -> None:
    with pytest.raises(UnknownName, match="pompey"):
        find_gaps(shipped_tables, "pompay")
    with pytest.raises(UnknownName, match="unmet-need"):
        detector_named("unmet")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "{} findings: {} high, {} medium, {} low"), ("fr", "{} constats : {} élevés, {} moyens, {} faibles")],
)  # fmt: skip
def test_the_page_of_the_review_counts_what_is_found(
    language: str, words: str, shipped_tables: Tables
) -> None:
    found = Counter(f.severity for f in find_gaps(shipped_tables))
    said = words.format(found.total(), *(found[severity] for severity in SEVERITIES))
    page = Path(__file__).parents[2] / "docs" / language / "reading-gaps.md"
    assert said in " ".join(page.read_text(encoding="utf-8").split())


def test_findings_are_selected_by_what_they_are_about(shipped_tables: Tables) -> None:
    found = find_gaps(shipped_tables)
    some = selected(found, shipped_tables, kinds=["unmet-need", "silo"], severities=["high"])
    assert {f.detector for f in some} == {"unmet-need", "silo"}
    assert selected(found, shipped_tables) == found
    about = selected(
        found, shipped_tables, kinds=["one-actor-for-services"], actors=["lr-communes"]
    )
    assert [f.datasets for f in about] == [("lr-conso-batiments",)]
    with pytest.raises(UnknownName, match="not-documented"):
        selected(found, shipped_tables, reasons=["not-document"])


def test_evidence_is_the_rows_themselves(shipped_tables: Tables) -> None:
    found = find_gaps(shipped_tables)
    for finding in found:
        rows = evidence_rows(shipped_tables, finding)
        assert [table for table, _ in rows] == [table for table, _ in finding.evidence]
        cited = dict.fromkeys(row["source"] for _, row in rows if row.get("source"))
        assert tuple(cited) == finding.sources
