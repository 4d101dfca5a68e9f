"""Where the rules of gaps begin and end: the last case that is none, the first that is one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ecosystem.gaps import Finding, find_gaps
from ecosystem.gaps.law import INHABITANTS, category
from ecosystem.tables.frames import Tables
from tests.toy import actors, flows, make_tables


def of(tables: Tables, detector: str, territory: str | None = None) -> list[Finding]:
    return [f for f in find_gaps(tables, territory) if f.detector == detector]


def town(
    *, country: str | None = "FR", population: int | None = 50_000, kind: str = "commune",
    dataset: dict[str, Any] | None = None, sector: str = "public",
) -> Tables:  # fmt: skip
    """A town that holds one dataset of addresses, shared with a firm."""
    return make_tables(
        territories=[{"id": "here", "country": country, "population": population, "kind": kind}],
        actors=[{"id": "town", "territory": "here", "type": "authority", "sector": sector},
                {"id": "firm", "territory": "here", "type": "company", "sector": "private"}],
        datasets=[{"id": "d", "title": "Adresses", "theme": "REGI", "holder": "town", "territory": "here",
                   "access": "shared", "personal_data": "no", **(dataset or {})}],
        flows=flows("town>firm", dataset="d", mode="agreement"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["not-open"]),
        ({"population": INHABITANTS + 1}, ["not-open"]),
        ({"population": INHABITANTS}, []),
        ({"population": None}, ["size-not-documented"]),
        ({"country": "CH"}, []),
        ({"country": None}, []),
        ({"kind": "national"}, []),
        ({"sector": "private"}, []),
        ({"dataset": {"access": "open"}}, []),
        ({"dataset": {"access": None}}, ["not-open"]),
        ({"dataset": {"personal_data": "yes"}}, []),
        ({"dataset": {"personal_data": "unknown"}}, []),
        ({"dataset": {"personal_data": None}}, []),
    ],
)
def test_the_duty_to_publish_is_only_raised_where_its_conditions_are_stated(
    given: dict[str, Any], found: list[str]
) -> None:
    assert [f.reason for f in of(town(**given), "open-data-duty")] == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["shared"]),
        ({"country": "DE"}, ["shared"]),
        ({"country": "CH"}, []),
        ({"country": None}, []),
        ({"sector": "private"}, []),
        ({"dataset": {"access": "open"}}, []),
        ({"dataset": {"personal_data": "yes"}}, []),
        ({"dataset": {"title": "Menus"}}, []),
        ({"dataset": {"theme": "EDUC"}}, []),
    ],
)
def test_high_value_is_only_raised_in_the_union_for_public_holders(
    given: dict[str, Any], found: list[str]
) -> None:
    tables = town(**given)
    assert [f.reason for f in of(tables, "high-value-not-open")] == found


@pytest.mark.parametrize(
    ("title", "theme", "expected"),
    [
        ("Bâtiments 3D", "REGI", "geospatial"),
        ("Mesures du bruit", "ENVI", "environment"),
        ("Précipitations quotidiennes", "ENVI", "meteorological"),
        ("Statistiques de l'emploi", "SOCI", "statistics"),
        ("Registre des entreprises", "ECON", "companies"),
        ("Réseau cyclable", "TRAN", "mobility"),
        ("Solde des comptes", "ENVI", None),  # begins like "sol"
        ("Fiches du plan climat", "ENVI", None),
        ("Conditions de trafic routier", "TRAN", None),
    ],
)
def test_the_category_of_a_title(title: str, theme: str, expected: str | None) -> None:
    assert category({"title": title, "theme": theme}) == expected


def served(*pairs: str) -> Tables:
    """Others have the dataset of the holder; pairs say who passes something else to the asker."""
    return make_tables(
        actors=actors("asker holder one two", territory="here"),
        datasets=[{"id": "d", "holder": "holder", "access": "shared"}, {"id": "e", "access": "shared"}],
        flows=[*flows("holder>one", "holder>two", dataset="d", mode="contract"),
               *[{**row, "id": f"e-{row['id']}"} for row in flows(*pairs, dataset="e", mode="contract")]],
        needs=[{"id": "n", "actor": "asker", "dataset": "d"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "reason", "path"),
    [
        ([], "shared-with-others", ()),
        (["one>asker"], "one-broker", ("holder", "one", "asker")),
        (["one>asker", "two>asker"], "shared-with-others", ()),
        (["one>asker", "holder>asker"], "shared-with-others", ()),
    ],
)
def test_one_broker_is_one_and_needed(pairs: list[str], reason: str, path: tuple[str, ...]) -> None:
    found = of(served(*pairs), "unmet-need")
    assert [(f.reason, f.path) for f in found] == [(reason, path)]


def test_one_partner_is_no_asymmetry_nor_are_open_licences_or_the_house() -> None:
    people = [*actors("a b c"), {"id": "a-office", "parent": "a"}]
    two = flows("a>b", "a>c", mode="contract")
    assert [f.reason for f in of(make_tables(actors=people, flows=two), "one-sided")] == [
        "only-gives"
    ]
    for none in (
        two[:1],
        flows("a>b", "a>c", mode="open_licence"),
        [*two[:1], *flows("a>a-office", mode="contract")],
        [*two, *flows("b>a", mode="contract")],
    ):
        assert of(make_tables(actors=people, flows=none), "one-sided") == []


def test_as_many_active_as_stalled_is_no_divide() -> None:
    people = [*actors("p1 p2", sector="private"), *actors("q1 q2", sector="public")]
    active = flows("p1>q1", "p2>q2", mode="contract")
    wished = flows("p1>q2", "p2>q1", status="wished")
    assert of(make_tables(actors=people, flows=[*active, *wished]), "public-private") == []
    more = [*active, *wished, {**wished[0], "id": "more"}]
    found = of(make_tables(actors=people, flows=more), "public-private")
    assert [(f.reason, f.severity, f.population) for f in found] == [
        ("private-to-public", "low", 1)
    ]
    alone = make_tables(actors=people, flows=wished[:1])
    assert of(alone, "public-private") == [], "one on each side is no divide"


def shared_in(places: list[str], count: int = 4) -> Tables:
    """As many territories, a dataset of energy open in those named."""
    every = [f"t{i}" for i in range(count)]
    return make_tables(
        territories=[{"id": t, "name": t, "kind": "commune"} for t in every],
        actors=[{"id": f"city-{t}", "territory": t, "type": "authority"} for t in every],
        datasets=[{"id": f"d-{t}", "territory": t, "theme": "ENER", "holder": f"city-{t}", "access": "open"}
                  for t in places],
    )  # fmt: skip


def test_a_theme_is_missed_from_half_of_the_others_and_two_at_least() -> None:
    assert {f.id for f in of(shared_in(["t1", "t2"]), "theme-in-peers")} == {
        "theme-in-peers:t0:ENER", "theme-in-peers:t3:ENER",
    }  # fmt: skip
    assert of(shared_in(["t1"]), "theme-in-peers") == []
    assert of(shared_in(["t1"], count=2), "theme-in-peers") == []
    only = of(shared_in(["t1", "t2"]), "theme-in-peers", "t0")
    assert [(f.reason, f.population) for f in only] == [("none-held", 1)]


def test_ties_of_departments_and_flows_of_departments_are_those_of_their_authority() -> None:
    people = [*actors("a b"), {"id": "a-office", "parent": "a"}]
    flow = flows("a-office>b", mode="contract")
    tie = [{"id": "t", "from": "a", "to": "b", "kind": "partnership"}]
    tables = make_tables(actors=people, flows=flow, ties=tie)
    assert of(tables, "tie-without-flow") == []
    assert of(tables, "flow-without-tie") == []
    funding = [{**tie[0], "kind": "funding"}]
    assert of(make_tables(actors=people, ties=funding), "tie-without-flow") == []
    assert of(make_tables(actors=people, flows=flow), "flow-without-tie") == [], (
        "no ties were noted"
    )


def test_what_is_known_of_one_end_only_is_no_closure() -> None:
    """A service whose data nobody documents does not lack them: it is not documented."""
    tables = make_tables(
        actors=actors("a b"),
        datasets=[{"id": "d", "holder": "b", "access": None}],
        services=[{"id": "s", "operator": "a", "datasets": ("d",), "status": "live"}],
    )
    found = of(tables, "service-lacks-data")
    assert [(f.reason, f.severity) for f in found] == [("no-access-documented", "low")]
    assert "lacks" not in found[0].sentence.en


def test_what_comes_to_the_holder_is_no_sharing_by_it() -> None:
    given = {"actors": actors("giver holder taker"),
             "datasets": [{"id": "d", "holder": "holder", "access": "closed"}]}  # fmt: skip
    to_it = flows("giver>holder", dataset="d", status="planned")
    away = flows("holder>taker", dataset="d", status="wished")
    for some, reason in ((to_it, "closed"), ([*to_it, *away], "only-wished")):
        found = of(make_tables(**given, flows=some), "never-shared")
        assert [f.reason for f in found] == [reason]
        assert all(
            row in [("datasets", "d"), ("flows", away[0]["id"])] for row in found[0].evidence
        )


def test_what_a_department_receives_its_authority_receives() -> None:
    people = [*actors("town other"), {"id": "office", "parent": "town"}]
    needs = [{"id": "n", "actor": "town"}, {"id": "m", "actor": "office"}]
    for given, asking in (("other>office", []), ("other>town", ["office"])):
        tables = make_tables(actors=people, needs=needs, flows=flows(given))
        assert [f.actors for f in of(tables, "asks-gets-nothing")] == [(a,) for a in asking]


def test_what_has_ended_is_no_wall() -> None:
    people = [*actors("p1 p2", sector="private"), *actors("q1 q2", sector="public")]
    for status, count in (("ended", 0), ("wished", 1)):
        tables = make_tables(actors=people, flows=flows("p1>q1", "p2>q2", status=status))
        assert len(of(tables, "public-private")) == count


def test_people_who_give_or_get_personal_data_weigh_less_than_two_bodies() -> None:
    people = [*actors("a b", type="company"), {"id": "people", "type": "citizens"}]
    for given, severity in (("a>b", "high"), ("people>a", "medium"), ("a>people", "low")):
        tables = make_tables(actors=people, datasets=[{"id": "d", "personal_data": "yes"}],
                             flows=flows(given, dataset="d", mode="informal"))  # fmt: skip
        found = of(tables, "personal-without-instrument")
        assert [f.severity for f in found] == [severity]


def test_the_population_of_a_territory_is_that_of_its_main_authority() -> None:
    tables = town()
    other = make_tables(
        actors=[{"id": "region", "territory": "here", "type": "authority", "sector": "public"}],
        datasets=[{"id": "e", "holder": "region", "territory": "here", "personal_data": "no"}],
    )
    both = tables.replace(**{
        name: pd.concat([tables[name], other[name]], ignore_index=True)
        for name in ("actors", "datasets")
    })  # fmt: skip
    assert {f.actors[0]: f.reason for f in of(both, "open-data-duty")} == {
        "town": "not-open", "region": "size-not-documented",
    }  # fmt: skip
