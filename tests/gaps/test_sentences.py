"""Sentences that somebody acts on: what misleads, by kind, on planted tables and on the shipped data."""

from __future__ import annotations

import pytest

from ecosystem.gaps import Finding, find_gaps
from ecosystem.matching import match_needs
from ecosystem.matching.proposals import LEVELS
from ecosystem.tables.frames import Tables
from tests.toy import actors, flows, make_tables


@pytest.fixture(scope="module")
def found(shipped_tables: Tables) -> dict[str, Finding]:
    return {finding.id: finding for finding in find_gaps(shipped_tables)}


def test_a_department_and_its_whole_are_one_house(found: dict[str, Finding]) -> None:
    """Nobody asks an authority for what is its own, nor is it brought together with its department."""
    assert "silo:ca-la-rochelle" not in found
    need = found["unmet-need:lr-n10"]
    assert need.reason == "inside-whole"
    assert need.next_step.en.startswith(
        "Ask inside Communauté d'agglomération de La Rochelle which department"
    )
    for finding in found.values():
        names = [finding.next_step.en.count(word) for word in ("Bring ", " together on ")]
        if all(names) and len(finding.actors) > 1:
            assert "Service déchets du Bassin de Pompey" not in finding.next_step.en
    stuck = make_tables(
        actors=[*actors("city"), {"id": "dept", "parent": "city"}],
        flows=flows("dept>city", dataset="d", status="blocked", barrier="skills"),
        datasets=[{"id": "d", "holder": "dept"}],
        needs=[{"id": "n", "actor": "city", "dataset": "d"}],
    )
    (unmet,) = [f for f in find_gaps(stuck) if f.detector == "unmet-need"]
    assert (
        unmet.next_step.en
        == "See with the management of city and dept who can lift the barrier (skills), inside."
    )


def test_an_example_is_one_of_what_the_finding_says(
    found: dict[str, Finding], shipped_tables: Tables
) -> None:
    """The pair that is named shares nothing yet; two active flows stand between the owners and the office."""
    frame = shipped_tables["flows"]
    active = frame[frame["status"] == "active"]
    pairs = set(zip(active["provider"], active["recipient"], strict=True))
    told = found["public-private:geneve:private-to-public"]
    assert ("ge-proprietaires", "ge-ocen") in pairs or "Propriétaires" not in told.next_step.fr
    assert "Propriétaires de bâtiments genevois et Office" not in told.next_step.fr


def test_a_note_that_names_the_tie_is_not_asked_for_it(found: dict[str, Finding]) -> None:
    """ge-f044: « Convention spécifique sur les dossiers historiques. »"""
    assert "flow-without-tie:ge-archives" not in found
    ties = [{"id": "t", "from": "c", "to": "d", "kind": "contract"}]
    for note, flagged in (
        ("Convention de 2020.", False),
        ("A formal agreement", False),
        ("Chaque mois.", True),
    ):
        rows = flows("a>b", dataset="d", mode="agreement", note=note)
        kinds = {
            f.detector
            for f in find_gaps(make_tables(actors=actors("a b c d"), flows=rows, ties=ties))
        }
        assert ("flow-without-tie" in kinds) is flagged, note


def test_a_service_that_is_over_lacks_nothing(found: dict[str, Finding]) -> None:
    assert not {"service-lacks-data:tracemob", "service-lacks-data:sortir-le-bac"} & found.keys()


def test_what_is_planned_is_told_before_what_is_not_known(found: dict[str, Finding]) -> None:
    """lr-f002 plans it."""
    need = found["unmet-need:lr-n21"]
    assert need.reason == "towards-others"
    assert (
        "passing it to Communauté d'agglomération de La Rochelle is 'planned'" in need.sentence.en
    )
    assert ("flows", "lr-f002") in need.evidence


def test_an_aim_is_no_data(found: dict[str, Finding]) -> None:
    step = found["asks-gets-nothing:unige"].next_step
    assert step.en == (
        "Ask Université de Genève whether data would help (stated aim: 'Dépasser la connectivité pour une ville "
        "réellement intelligente') and, if so, which."
    )


def test_a_barrier_that_is_not_stated_is_asked_for(found: dict[str, Finding]) -> None:
    for finding in found.values():
        for label in (finding.sentence, finding.next_step):
            assert "not stated" not in label.en, finding.id
            assert "non précisé)" not in label.fr, finding.id
    rows = flows("a>b", dataset="d", status="blocked")
    tables = make_tables(
        actors=actors("a b"), flows=rows, datasets=[{"id": "d", "holder": "a"}],
        needs=[{"id": "n", "actor": "b", "dataset": "d"}],
    )  # fmt: skip
    (unmet,) = [f for f in find_gaps(tables) if f.detector == "unmet-need"]
    assert unmet.next_step.en == "Ask a and b which barrier blocks the sharing, and note it."


def test_needs_that_name_no_dataset_are_counted_apart(
    found: dict[str, Finding], shipped_tables: Tables
) -> None:
    needs = shipped_tables["needs"]
    unnamed = set(needs.loc[needs["dataset"].isna(), "id"])
    apart = {f.id.partition(":")[2] for f in found.values() if f.detector == "no-dataset-named"}
    unmet = [f for f in found.values() if f.detector == "unmet-need"]
    assert apart == unnamed
    assert {f.population for f in unmet} == {len(needs) - len(unnamed)}


def test_proposals_begin_with_what_the_pair_does_already() -> None:
    base = {"actors": actors("a b c d", sector="public"),
            "datasets": [{"id": i, "holder": "a", "access": "shared", "theme": "ENER", "title": i} for i in ("d", "e")],
            "needs": [{"id": "n", "actor": "b", "dataset": "d"}]}  # fmt: skip
    law, contract = {"mode": "legal_obligation"}, {"mode": "contract"}
    cases = {
        "by which they exchange other data already": flows("a>b", dataset="e", **law),
        "by which the dataset passes to others already": flows("a>c", dataset="d", **contract),
    }
    for how, rows in cases.items():
        (proposal,) = match_needs(make_tables(**base, flows=rows))
        assert how in proposal.sentence.en
        assert proposal.mode == rows[0]["mode"]
    rows = flows("a>b", dataset="d", barrier="technical", **law)
    (proposal,) = match_needs(make_tables(**base, flows=rows))
    assert proposal.sentence.en == (
        "a already passes 'd' to b, with an obstacle (barrier: technical): find what would lift it."
    )


def test_a_theme_alone_is_no_proposal(shipped_tables: Tables) -> None:
    assert "theme" not in LEVELS
    tables = make_tables(
        actors=actors("a b", territory="x"),
        datasets=[
            {"id": "d", "holder": "a", "theme": "ENER", "title": "Électeurs", "territory": "x"}
        ],
        needs=[{"id": "n", "actor": "b", "theme": "ENER", "purpose": "Inclure le citoyen"}],
    )
    assert match_needs(tables) == []
    assert all(p.level in LEVELS for p in match_needs(shipped_tables))


def test_datasets_that_only_flows_name_count_and_are_named() -> None:
    """From the first flow on: in findings, in the story of an actor, on the map."""
    from ecosystem.study import Study

    study = Study(make_tables(actors=actors("a b c"), flows=flows("a>b", "b>c", dataset="stops")))
    assert "'stops'" in study.explain("b").to("en")
    assert study.tables["datasets"]["id"].tolist() == ["stops"]
    assert any("'stops'" in f.sentence.en for f in study.findings)
    assert study.brokers.set_index("id").loc["b", "datasets_relayed"] == ("stops",)
