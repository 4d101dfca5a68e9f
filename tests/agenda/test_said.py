"""What a conversation says is so of everyone and everything that it names: sentences against planted rows."""

from __future__ import annotations

import pytest

from ecosystem.maps.rows import conversation_rows
from ecosystem.study import Study
from tests.agenda.test_planted import bare, ids, named, told
from tests.planted import Rows


def house_with(rows: Rows, name: str, *departments: str) -> tuple[str, ...]:
    """An authority and its departments."""
    house = rows.actor(type="authority", sector="public", name=name)
    return house, *(
        rows.actor(type="administration", sector="public", parent=house, name=d)
        for d in departments
    )


def said(conversation: object, part: str) -> str:
    return " ".join(line.en for line in conversation.part(part))  # type: ignore[attr-defined]


def test_a_bargain_names_both_houses_and_the_departments_that_give_or_get() -> None:
    rows = bare()
    city, roads = house_with(rows, "City", "Roads")
    metro, water = house_with(rows, "Metro", "Water")
    ways, power = rows.dataset(roads, title="Ways"), rows.dataset(metro, title="Power")
    rows.flow(roads, water, ways, status="wished")
    rows.flow(metro, city, power, status="planned")
    rows.need(water, ways, purpose="Dig")
    rows.need(city, power, purpose="Light")
    bargain = named(told(rows), "bargain")
    assert said(bargain, "who") == (
        "Bring City (Roads) and Metro (Water) together: each waits for data of the other."
    )
    assert {*bargain.actors} == {roads, water} and {*bargain.wholes} == {city, metro}
    code = {actor: n for n, actor in enumerate((city, roads, metro, water))}
    study = Study(rows.made(), draws=0, permutations=0)
    talks = conversation_rows(study.agenda, study.findings, code, {})
    (row,) = [talk for talk in talks if talk["id"] == bargain.id]
    assert sorted(row["met"]) == [0, 1, 2, 3]  # all four bear its number on the map


def test_personal_data_that_pass_without_an_agreement_are_told_in_a_bargain_with_what_to_do() -> (
    None
):
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    files = rows.dataset(one, title="Files", personal_data="yes", access="closed")
    back = rows.dataset(other, title="Back", personal_data="no")
    rows.flow(one, other, files, mode="informal")
    rows.flow(other, one, back, status="blocked", barrier="trust")
    rows.need(one, back, purpose="Know")
    (bargain,) = [c for c in told(rows) if c.kind == "bargain"]
    assert any(f.startswith("personal-without-instrument") for f in bargain.findings)
    assert "flow active, but without a written agreement, though these are personal data" in said(
        bargain, "what"
    )
    assert "Write down on one page" in said(bargain, "propose")
    assert "A written agreement" in said(bargain, "brings")
    assert "personal data: 'Files'" in said(bargain, "hard")  # of one of the two only


@pytest.mark.parametrize(
    ("row", "proposed", "asked"),
    [
        ({"access": "closed", "personal_data": "unknown"}, "Tell persons", ["Are there personal data", "Why is access closed"]),
        ({"access": "unknown", "personal_data": "no"}, "Publish first", []),
        ({"access": "unknown", "personal_data": "unknown"}, "Publish first", ["Are there personal data"]),
    ],
)  # fmt: skip
def test_an_open_licence_is_proposed_only_for_what_nothing_stands_against(
    row: dict[str, str], proposed: str, asked: list[str]
) -> None:
    rows = bare()
    (house,) = house_with(rows, "House")
    rows.add("actors", id="reutilisateurs-place", name="Public", territory="place", type="citizens")
    dataset = rows.dataset(house, title="Bins", **row)
    rows.flow(house, "reutilisateurs-place", dataset, status="wished")
    rows.need("reutilisateurs-place", dataset, purpose="See")
    talk = named(told(rows), "publish")
    assert said(talk, "propose").startswith(proposed)
    assert [words for words in ("Are there personal data", "Why is access closed")
            if words in said(talk, "ask")] == asked  # fmt: skip
    assert (dataset in talk.gain.opened) == (row["access"] != "closed")
    checked = "once it is checked that nothing in it is personal: 'Bins'" in said(talk, "brings")
    assert checked == (row == {"access": "unknown", "personal_data": "unknown"})


def test_what_is_true_of_one_pair_is_not_said_of_all() -> None:
    rows = bare()
    giver, near, far = (rows.actor(name=n) for n in ("Giver", "Near", "Far"))
    dataset = rows.dataset(giver)
    for taker in (near, far):
        rows.flow(giver, taker, dataset, status="planned")
        rows.need(taker, dataset, purpose="Why")
    rows.flow(giver, near, rows.dataset(giver), mode="contract")
    rows.tie(giver, near)
    talk = named(told(rows), "dataset")
    assert "nly some of them exchange data already" in said(talk, "hard")
    assert "a tie is recorded between some of them only" in said(talk, "hard")
    assert said(talk, "helps") == "There is a precedent."
    assert talk.ease is not None and talk.ease.hurdles == 2


def test_persons_do_not_make_bodies_exchange() -> None:
    rows = bare()
    people = rows.actor(type="citizens", sector="civil_society", name="Patients")
    clinic, hub = rows.actor(name="Clinic"), rows.actor(name="Hub")
    dataset = rows.dataset(clinic)
    rows.flow(clinic, hub, dataset, status="blocked", barrier="trust")
    rows.flow(people, hub, dataset, status="blocked", barrier="trust")
    rows.flow(hub, people, rows.dataset(hub), mode="contract")
    rows.need(hub, dataset, purpose="Why")
    talk = next(c for c in told(rows) if dataset in c.datasets)
    assert talk.ease is not None and talk.ease.pairs == 1 and talk.ease.sharing == 0
    assert "no exchange between them is recorded today" in said(talk, "hard")


def test_a_precedent_of_the_same_two_houses_counts_by_their_departments() -> None:
    rows = bare()
    city, roads = house_with(rows, "City", "Roads")
    firm = rows.actor(name="Firm")
    dataset = rows.dataset(city, title="New")
    rows.flow(city, firm, dataset, status="planned")
    rows.need(firm, dataset, purpose="Why")
    rows.flow(firm, roads, rows.dataset(firm, title="Old"), mode="contract")
    talk = next(c for c in told(rows) if dataset in c.datasets)
    assert "They do so already: 'Old', by contract." in said(talk, "propose")


def test_what_is_in_another_conversation_is_named_there_and_refutes_nothing() -> None:
    rows = bare()
    giver, one, other = (rows.actor(name=n) for n in ("Giver", "One", "Other"))
    wanted = rows.dataset(giver, title="Wanted")
    for taker in (one, other):
        rows.flow(giver, taker, wanted, status="blocked", barrier="organisational")
        rows.need(taker, wanted, purpose="Why")
        back = rows.dataset(taker, title=f"Back {taker}")
        rows.flow(taker, giver, back, status="wished")
        rows.need(giver, back, purpose="Why")
    talks = told(rows).of("bring-about")
    assert {t.kind for t in talks} == {"bargain"} and len(talks) == 2
    for talk, twin in (talks, talks[::-1]):
        assert "Counter-example" not in said(talk, "propose")
        assert said(talk, "also") == f"'{twin.title.en}', which is about 'Wanted' too."


def test_needs_that_count_twice_are_said_to() -> None:
    rows = bare()
    (house,) = house_with(rows, "House")
    rows.add("actors", id="reutilisateurs-place", name="Public", territory="place", type="citizens")
    firm = rows.actor(name="Firm")
    dataset = rows.dataset(house, title="Twice", access="unknown", personal_data="no")
    rows.flow(house, firm, dataset, status="blocked", barrier="trust")
    rows.flow(house, "reutilisateurs-place", dataset, status="wished")
    rows.need(firm, dataset, purpose="Why")
    rows.need("reutilisateurs-place", dataset, purpose="See")
    talks = told(rows).of("bring-about")
    if len(talks) == 2:
        assert all("1 need counts in both" in said(t, "also") for t in talks)
    else:  # one conversation about one dataset says it once
        assert talks[0].gain.counts[0] == 2 and said(talks[0], "also") == ""


def test_a_department_is_reached_though_the_data_are_opened_too() -> None:
    rows = bare()
    house, part = house_with(rows, "House", "Department")
    rows.add("actors", id="reutilisateurs-place", name="Public", territory="place", type="citizens")
    other = rows.actor(name="Other")
    dataset = rows.dataset(house, access="unknown", personal_data="no")
    rows.flow(house, other, dataset, mode="contract")
    rows.flow(house, "reutilisateurs-place", dataset, status="wished")
    rows.need(part, dataset, purpose="Use")
    rows.need("reutilisateurs-place", dataset, purpose="See")
    talk = next(c for c in told(rows) if c.agenda == "bring-about")
    assert (dataset, house, part) in talk.change.passed
    assert part in talk.gain.reached


@pytest.mark.parametrize(
    ("note", "over"),
    [
        ("Projet de recherche terminé en 2022.", True),
        ("Projet européen de recherche achevé.", True),
        ("The research project ended in 2022.", True),
        ("Projet non terminé.", False),
        ("Le projet n'est pas achevé.", False),
        ("The project has not ended.", False),
        ("Collecte suspendue.", False),
    ],
)
def test_a_flow_ended_with_its_project_however_the_note_says_so(note: str, over: bool) -> None:
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    source = rows.add("sources", title="Report", date="2024")
    dataset = rows.dataset(one, title="Use")
    rows.flow(one, other, dataset, status="ended", note=note, source=source)
    agenda = told(rows)
    assert ("purpose-ended" in agenda.left_out.values()) == over
    if not over:
        (line,) = named(agenda, "ask").part("ask")
        assert line.en == (
            f"'Use', from One to Other, has ended: '{note.rstrip('.')}' (source of 2024): as planned, or is it still missed?"
        )


def test_what_was_announced_to_all_and_is_open_is_not_asked_about() -> None:
    rows = bare()
    (house,) = house_with(rows, "House")
    rows.add("actors", id="reutilisateurs-place", name="Public", territory="place", type="citizens")
    old = rows.add("sources", title="Old", date="2018")
    rows.add("sources", title="New", date="2024")
    for access in ("open", "shared"):
        dataset = rows.dataset(house, title=f"Trees {access}", access=access, personal_data="no")
        rows.flow(house, "reutilisateurs-place", dataset, status="planned", source=old)
    asked = " ".join(said(c, "ask") for c in told(rows).of("find-out"))
    assert "'Trees shared', announced" in asked and "'Trees open', announced" not in asked


def test_an_old_plan_for_persons_that_nobody_asks_for_is_a_question() -> None:
    rows = bare()
    (house,) = house_with(rows, "House")
    people = rows.actor(type="citizens", sector="civil_society", name="People")
    old = rows.add("sources", title="Old", date="2016")
    rows.add("sources", title="New", date="2024")
    dataset = rows.dataset(house, title="Heat", personal_data="no")
    rows.flow(house, people, dataset, status="wished", source=old)
    rows.service(house, dataset, status="live", name="Own service")
    agenda = told(rows)
    assert ids(agenda) == []
    assert "'Heat', announced from House to People (2016): what became of it?" in said(
        named(agenda, "ask"), "ask"
    )


def test_more_findings_that_weigh_come_first_where_all_else_is_equal() -> None:
    rows = bare()
    taker = rows.actor(name="Taker")
    light, heavy = rows.actor(name="A light"), rows.actor(name="Z heavy")
    third = rows.actor(name="Third")
    rows.flow(third, taker, rows.dataset(third), mode="contract")  # so that it gets something
    for giver in (light, heavy):
        dataset = rows.dataset(giver, title="Same", access="closed")
        rows.flow(giver, taker, dataset, status="wished")
        rows.need(taker, dataset, purpose="Why")
        if giver == heavy:  # a service that lacks these data, and more that nobody has
            rows.service(
                taker, dataset, rows.dataset(None, title="Gone"), status="idea", name="Map"
            )
    talks = told(rows).of("bring-about")
    assert [t.heavy for t in talks] == sorted((t.heavy for t in talks), reverse=True)
    assert talks[0].heavy > talks[1].heavy and f":{heavy}:" in talks[0].id


def test_the_page_of_whoever_gives_has_what_is_asked_and_what_a_service_would_gain() -> None:
    rows = bare()
    holder, city = rows.actor(name="Holder"), rows.actor(name="City")
    metro, water = house_with(rows, "Metro", "Water")
    power, ways = rows.dataset(holder, title="Power"), rows.dataset(city, title="Ways")
    rows.flow(metro, city, power, status="planned")
    rows.need(city, power, purpose="Light")
    rows.flow(city, metro, ways, status="planned")
    rows.service(metro, ways, status="idea", name="Map")
    study = Study(rows.made(), draws=0, permutations=0)
    page = study.sheet(metro)
    assert [line.en for line in page.parts["asked"]] == ["City: 'Power', for 'Light'."]
    assert any("would complete 'Map'" in line.en for line in page.parts["told"])
    assert "asked" not in study.sheet(holder).parts
    through = study.agenda.selected(study.lookups, actors=[metro, city])
    assert through and {c.id for c in through} <= {c.id for c in page.conversations}
    assert water not in {a for c in through for a in c.involved}


def test_departments_count_as_their_authority_when_conversations_are_narrowed_down() -> None:
    rows = bare()
    metro, water = house_with(rows, "Metro", "Water")
    other = rows.actor(name="Other")
    dataset = rows.dataset(water)
    rows.flow(water, other, dataset, status="blocked", barrier="trust")
    rows.need(other, dataset, purpose="Why")
    study = Study(rows.made(), draws=0, permutations=0)
    (only,) = study.agenda.selected(study.lookups, actors=[metro, other], agenda="bring-about")
    assert metro not in only.involved and water in only.involved
