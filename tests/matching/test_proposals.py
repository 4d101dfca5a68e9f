"""Who could meet a need: candidates, routes that may be used, obstacles, instruments, order."""

from __future__ import annotations

from typing import Any

import pytest

from ecosystem.errors import UnknownName
from ecosystem.gaps.titles import Titles, words_of
from ecosystem.matching import LEVELS, OBSTACLES, Proposal, match_needs, proposals_frame
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import MODES
from tests.cli.running import parsed, run
from tests.toy import actors, flows, make_tables

NEED = {"id": "n", "actor": "city", "dataset": "d", "theme": "ENER", "purpose": "Rénover."}


def world(
    *, datasets: list[dict[str, Any]] | None = None, given: list[dict[str, Any]] | None = None,
    people: list[dict[str, Any]] | None = None, need: dict[str, Any] | None = None,
) -> Tables:  # fmt: skip
    """A city that needs the dataset of a utility; others stand between."""
    return make_tables(
        actors=[*actors("city utility portal other", territory="here", sector="public"), *(people or [])],
        datasets=[{"id": "d", "title": "Consommations", "holder": "utility", "theme": "ENER",
                   "access": "shared", "territory": "here"}, *(datasets or [])],
        flows=given or [],
        needs=[{**NEED, **(need or {})}],
    )  # fmt: skip


def first(tables: Tables) -> Proposal:
    return match_needs(tables)[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Émissions de gaz à effet de SERRE", {"emission", "gaz", "effet", "serre"}),
        ("L'occupation des parkings, en temps réel", {"occupation", "parking"}),
        ("Bâtiments 3D", {"batiment"}),
        ("Noise of the road networks", {"noise", "road", "network"}),
        (None, set()),
    ],
)
def test_words_are_folded_and_empty_ones_left_out(text: str | None, words: set[str]) -> None:
    assert words_of(text) == words


def test_titles_are_looked_up_by_theme_and_word_and_common_words_tell_nothing() -> None:
    rows = [
        {"id": f"d{i}", "title": "Compteurs", "theme": "ENER", "holder": "a"} for i in range(60)
    ]
    rows += [{"id": "x", "title": "Compteurs de chaleur", "theme": "ENER", "holder": "a"},
             {"id": "y", "title": "Chaleur", "theme": "ENER", "holder": None},
             {"id": "z", "title": "Chaleur", "theme": "TRAN", "holder": "a"}]  # fmt: skip
    titles = Titles(rows)
    assert titles.like("ENER", words_of("la chaleur des compteurs")) == {"x": 1}
    assert titles.like("TRAN", words_of("chaleur")) == {"z": 1}
    assert titles.of_theme("TRAN") == ["z"]


def test_the_holder_of_the_dataset_asked_for_comes_first() -> None:
    like = {
        "id": "e",
        "title": "Consommation à rénover",
        "holder": "other",
        "theme": "ENER",
        "access": "open",
    }
    elsewhere = {**like, "id": "f", "theme": "TRAN"}
    found = match_needs(world(datasets=[like, elsewhere]))
    assert [(p.rank, p.level, p.dataset, p.holder) for p in found] == [
        (1, "dataset", "d", "utility"),
        (2, "title", "e", "other"),
    ]
    assert found[0].route == ("utility", "city")
    assert found[0].obstacles == ("no-exchange-yet",)
    assert "consommation, rénover" in found[1].why.fr


def test_a_need_that_is_met_has_no_proposal() -> None:
    assert match_needs(world(given=flows("utility>city", dataset="d"))) == []
    assert match_needs(world(datasets=[], need={"actor": "utility"})) == []


CHANNEL = flows("portal>city", mode="agreement")
"""The portal already passes something to the city."""


@pytest.mark.parametrize(
    ("mode", "access", "route"),
    [
        ("open_licence", "shared", ("utility", "portal", "city")),
        ("agreement", "shared", ("utility", "city")),
        ("informal", "shared", ("utility", "city")),
        (None, "shared", ("utility", "city")),
        ("contract", "closed", ("utility", "city")),
    ],
)
def test_a_route_goes_on_only_where_passing_on_is_allowed(
    mode: str | None, access: str, route: tuple[str, ...]
) -> None:
    tables = world(given=[*flows("utility>portal", dataset="d", mode=mode), *CHANNEL])
    tables = tables.replace(datasets=tables["datasets"].assign(access=access))
    assert first(tables).route == route


def test_a_flow_that_is_not_active_is_no_route() -> None:
    wished = flows("utility>portal", dataset="d", mode="open_licence", status="wished")
    assert first(world(given=[*wished, *CHANNEL])).route == ("utility", "city")


def test_inside_the_authority_nothing_is_shared_again() -> None:
    office = {"id": "office", "territory": "here", "parent": "city"}
    given = flows("utility>office", dataset="d", mode="agreement")
    found = first(world(people=[office], given=given))
    assert found.route == ("utility", "office", "city")
    assert found.obstacles == ()


def test_the_holder_that_already_passes_data_needs_nobody() -> None:
    given = [*flows("utility>portal", dataset="d", mode="open_licence"), *CHANNEL,
             *flows("utility>city", mode="contract")]  # fmt: skip
    found = first(world(given=given))
    assert found.route == ("utility", "city")
    assert found.obstacles == ()


def test_obstacles_are_those_that_the_rows_state() -> None:
    given = flows("utility>city", dataset="d", status="blocked", barrier="trust")
    tables = world(given=given)
    tables = tables.replace(
        datasets=tables["datasets"].assign(access="closed", personal_data="yes")
    )
    assert first(tables).obstacles == (
        "closed", "personal-data", "no-exchange-yet", "blocked", "barrier-trust",
    )  # fmt: skip
    unknown = tables.replace(datasets=tables["datasets"].assign(access=None, personal_data=None))
    assert first(unknown).obstacles[0] == "access-not-documented"


def test_the_instrument_is_that_of_like_flows() -> None:
    """Three like flows of public to public about energy: two contracts, one agreement."""
    others = [{"id": "e", "title": "Zzz", "holder": "other", "theme": "ENER", "access": "shared"}]
    given = [*flows("other>portal", "portal>utility", dataset="e", mode="contract"),
             *flows("utility>other", dataset="e", mode="agreement")]  # fmt: skip
    found = first(world(datasets=others, given=given))
    assert (found.mode, found.like, found.out_of) == ("contract", 2, 3)
    assert MODES["contract"].label.en in found.sentence.en
    one = first(world(datasets=others, given=given[:1]))
    assert (one.mode, one.like, one.out_of) == (None, 0, 0), "one flow is no custom"
    wished = first(world(datasets=others, given=[{**row, "status": "wished"} for row in given]))
    assert wished.mode is None


def test_an_open_licence_is_never_proposed_for_personal_or_closed_data() -> None:
    others = [{"id": "e", "title": "Zzz", "holder": "other", "theme": "ENER", "access": "shared"}]
    given = flows(
        "other>portal", "portal>utility", "utility>other", dataset="e", mode="open_licence"
    )
    tables = world(datasets=others, given=given)
    assert first(tables).mode == "open_licence"
    for facts in ({"personal_data": "yes"}, {"access": "closed"}):
        changed = tables.replace(datasets=tables["datasets"].assign(**facts))
        assert first(changed).mode is None


def test_a_like_dataset_of_another_territory_shows_whom_to_ask() -> None:
    like = {
        "id": "e",
        "title": "Consommation à rénover",
        "holder": "far",
        "theme": "ENER",
        "territory": "there",
    }
    people = [{"id": "far", "territory": "there", "sector": "public"}]
    tables = world(datasets=[like], people=people)
    places = make_tables(
        territories=[{"id": t, "name": t, "kind": "commune"} for t in ("here", "there")]
    )
    tables = tables.replace(territories=places["territories"])
    found = match_needs(tables)
    assert [(p.level, p.dataset, p.mode, p.obstacles) for p in found[1:]] == [
        ("elsewhere", "e", None, ())
    ]
    assert found[1].sentence.en.startswith("Ask far (there) how")


def test_a_theme_alone_never_points_to_closed_or_personal_data() -> None:
    for facts in ({"access": "closed"}, {"personal_data": "yes"}):
        tables = world(need={"dataset": None})
        tables = tables.replace(datasets=tables["datasets"].assign(**facts))
        assert match_needs(tables) == []


def test_the_barrier_of_a_hindered_flow_is_an_obstacle() -> None:
    hindered = flows("utility>city", dataset="d", mode="contract", barrier="technical")
    assert first(world(given=hindered)).obstacles == ("barrier-technical",)


def test_no_instrument_inside_an_authority() -> None:
    office = {"id": "office", "territory": "here", "parent": "city", "sector": "public"}
    given = flows("utility>portal", "portal>other", mode="agreement")
    tables = world(people=[office], given=given)
    assert first(tables).mode == "agreement"
    inside = tables.replace(datasets=tables["datasets"].assign(holder="office"))
    assert first(inside).mode is None


def test_topology_only_breaks_ties() -> None:
    """Two equal datasets: the one whose holder shares a partner with the city comes first."""
    like = [
        {"id": f"e-{holder}", "title": "Rénover la chaleur", "holder": holder, "theme": "ENER",
         "access": "shared", "territory": "here"}
        for holder in ("far", "near")
    ]  # fmt: skip
    people = actors("far near", territory="here", sector="public")
    given = flows("near>portal", "city>portal", mode="contract")
    need = {"dataset": None, "purpose": "Rénover la chaleur"}
    found = match_needs(world(datasets=like, people=people, given=given, need=need))
    assert [p.dataset for p in found] == ["e-near", "e-far"]
    # A word more weighs more than any partner in common.
    like[0]["title"] = "Rénover la chaleur des chaudières"
    need["purpose"] = "Rénover la chaleur des chaudières"
    found = match_needs(world(datasets=like, people=people, given=given, need=need))
    assert [p.dataset for p in found] == ["e-far", "e-near"]


def test_proposals_on_the_shipped_data_rest_on_what_the_tables_say(shipped_tables: Tables) -> None:
    found = match_needs(shipped_tables)
    people = set(shipped_tables["actors"]["id"])
    holders = dict(shipped_tables["datasets"][["id", "holder"]].itertuples(index=False, name=None))
    assert len(found) > 40
    for proposal in found:
        assert proposal.holder == holders[proposal.dataset]
        assert proposal.route[0] == proposal.holder and proposal.route[-1] == proposal.actor
        assert set(proposal.route) <= people
        assert set(proposal.obstacles) <= set(OBSTACLES)
        assert proposal.level in LEVELS
        assert "{" not in proposal.sentence.fr + proposal.sentence.en + proposal.why.fr
        assert proposal.like <= proposal.out_of
    by_need = [(p.need, p.rank) for p in found]
    assert len(set(by_need)) == len(by_need)
    frame = proposals_frame(found, "fr")
    assert len(frame) == len(found)
    assert proposals_frame([]).columns.tolist() == frame.columns.tolist()


def test_only_one_need_or_actor_may_be_asked_about(shipped_tables: Tables) -> None:
    one = match_needs(shipped_tables, need="poi-n02", most=1)
    # data/needs.csv: the direction needs what the firms hold; poi-f018 says it is blocked by trust.
    assert [(p.holder, p.actor) for p in one] == [
        ("entreprises-grand-poitiers", "poitiers-transition")
    ]
    assert {"closed", "blocked", "barrier-trust"} <= set(one[0].obstacles)
    own = match_needs(shipped_tables, "poitiers", actor="poitiers-transition")
    assert {p.actor for p in own} == {"poitiers-transition"}
    with pytest.raises(UnknownName, match="poi-n02"):
        match_needs(shipped_tables, need="poi-n2")
    with pytest.raises(UnknownName, match="poitiers-transition"):
        match_needs(shipped_tables, actor="poitier-transition")


def test_the_command_tells_the_same(shipped_tables: Tables) -> None:
    ran = run("match", "-t", "poitiers", "-f", "json")
    rows = parsed(ran)
    assert [(r["need"], r["rank"]) for r in rows] == [
        (p.need, p.rank) for p in match_needs(shipped_tables, "poitiers")
    ]
    needs = len({r["need"] for r in rows})
    assert f"needs that have a proposal: {needs}" in ran.err
    wrong = run("match", "-n", "poi-n2")
    assert (wrong.code, wrong.out) == (1, "")
    assert "poi-n02" in wrong.err
