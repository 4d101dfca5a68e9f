"""Planted sources: one cause is one conversation, two are two, and the twin without gaps has none."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ecosystem
from ecosystem.agenda import KINDS, LEFT_OUT, LISTS, PARTS, Agenda
from ecosystem.agenda.readings import READERS
from ecosystem.gaps import DETECTORS
from ecosystem.tables.frames import Tables
from tests.planted import PLANTS, Rows, gap_free

SEEDS = st.integers(min_value=0, max_value=10**9)


def told(rows: Rows | Tables, territory: str | None = None) -> Agenda:
    return ecosystem.conversations(rows.made() if isinstance(rows, Rows) else rows, territory)


def bare() -> Rows:
    """One territory, nothing in it."""
    return Rows(random.Random(1), ["place"])


def ids(agenda: Agenda, name: str = "bring-about") -> list[str]:
    return [c.id for c in agenda.of(name)]


def named(agenda: Agenda, kind: str) -> Any:
    (found,) = [c for c in agenda if c.kind == kind]
    return found


def test_every_kind_of_gap_is_read() -> None:
    assert set(READERS) == set(DETECTORS)


@pytest.mark.parametrize("labels", [LISTS, PARTS, LEFT_OUT], ids=["lists", "parts", "left out"])
def test_every_code_speaks_both_languages(labels: Any) -> None:
    assert all(label.fr and label.en and label.fr != label.en for label in labels.values())


def test_every_kind_of_conversation_is_declared_whole() -> None:
    for kind in KINDS.values():
        assert kind.agenda in LISTS
        assert all(x.fr and x.en for x in (kind.label, kind.title, kind.gathers, kind.who))


@given(SEEDS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_twin_without_gaps_has_no_conversation(seed: int) -> None:
    rows = gap_free(seed)
    tables = rows.made()
    for place in (None, *rows.places):
        agenda = told(tables, place)
        assert [c.id for c in agenda] == [] and agenda.left_out == {}


@pytest.mark.parametrize(("detector", "reason"), PLANTS, ids=":".join)
@given(seed=SEEDS)
@settings(max_examples=2, deadline=None)
def test_every_finding_is_in_one_conversation_or_left_out(
    detector: str, reason: str, seed: int
) -> None:
    rows = gap_free(seed)
    rows.plant = "planted-"
    PLANTS[detector, reason](rows)
    study = ecosystem.Study(rows.made(), draws=0, permutations=0)
    treated = Counter(f for c in study.agenda for f in c.findings)
    assert set(treated.values()) <= {1}
    assert treated.keys().isdisjoint(study.agenda.left_out)
    assert {*treated, *study.agenda.left_out} == {f.id for f in study.findings}
    for conversation in study.agenda:
        assert conversation.title.fr and conversation.title.en
        assert all(
            line.fr.strip() and line.en.strip() for p in conversation.parts for line in p.lines
        )
        assert conversation.evidence


def test_one_cause_with_five_symptoms_is_one_conversation() -> None:
    rows = bare()
    house = rows.actor(type="authority", sector="public", name="House")
    part = rows.actor(type="administration", sector="public", parent=house, name="Department")
    other = rows.actor(name="Operator")
    dataset = rows.dataset(other, access="closed")
    flow = rows.flow(other, part, dataset, status="blocked", barrier="legal")
    rows.need(part, dataset, purpose="First")
    rows.need(part, dataset, purpose="Second")
    rows.service(part, dataset, status="prototype", name="Service")
    study = ecosystem.Study(rows.made(), draws=0, permutations=0)
    kinds = {f.detector for f in study.findings}
    assert {"unmet-need", "service-lacks-data", "never-shared", "asks-gets-nothing"} <= kinds
    (only,) = study.agenda.of("bring-about")
    assert only.kind == "pair" and only.flows == (flow,)
    assert set(only.findings) == {f.id for f in study.findings} - {*study.agenda.left_out}
    assert len(only.findings) >= 5
    assert only.gain.counts == (2, 1, 1, 0, 0)
    assert set(only.actors) == {part, other}  # the department, not the house beside it


def test_two_causes_are_two_conversations() -> None:
    rows = bare()
    taker, one, other = (rows.actor(name=n) for n in ("Taker", "One", "Other"))
    for giver in (one, other):
        dataset = rows.dataset(giver, title=f"Data of {giver}")
        rows.flow(giver, taker, dataset, status="blocked", barrier="legal")
        rows.need(taker, dataset, purpose="Why")
    agenda = told(rows)
    assert ids(agenda) == [f"pair:{one}:{taker}", f"pair:{other}:{taker}"]


def test_a_bargain_is_one_conversation() -> None:
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    for giver, taker in ((one, other), (other, one)):
        dataset = rows.dataset(giver)
        rows.flow(giver, taker, dataset, status="wished")
        rows.need(taker, dataset, purpose="Why")
    conversation = named(told(rows), "bargain")
    assert conversation.id == f"bargain:{one}:{other}"
    assert conversation.gain.counts[0] == 2
    assert "each waits for data of the other" in conversation.part("who")[0].en


def test_a_return_without_a_need_of_its_own_makes_a_bargain_too() -> None:
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    dataset, back = rows.dataset(one), rows.dataset(other)
    rows.flow(one, other, dataset, status="blocked", barrier="trust")
    rows.need(other, dataset, purpose="Why")
    rows.flow(other, one, back, status="wished")
    assert ids(told(rows)) == [f"bargain:{one}:{other}"]


def test_a_chain_is_one_conversation_in_its_order() -> None:
    rows = bare()
    first, second, third = (rows.actor(name=n) for n in ("C", "B", "A"))
    dataset = rows.dataset(first)
    rows.flow(second, third, dataset, status="planned")
    rows.flow(first, second, dataset, status="planned")
    rows.need(third, dataset, purpose="Why")
    rows.need(second, dataset, purpose="Why too")
    conversation = named(told(rows), "dataset")
    assert conversation.id == f"dataset:{dataset}"
    lines = [line.en for line in conversation.part("what")]
    assert "from C to B" in lines[0] and "from B to A" in lines[1]
    assert conversation.title.en == "Zzz: C → B → A"
    assert conversation.gain.counts[0] == 2  # what only both flows together bring


def test_one_barrier_before_several_datasets_is_talked_over_with_the_management() -> None:
    rows = bare()
    house = rows.actor(type="authority", sector="public", name="House")
    head = rows.actor(
        type="administration", sector="public", parent=house, name="Direction générale"
    )
    people = rows.actor(type="citizens", sector="civil_society", name="People")
    for title in ("One", "Two", "Three"):
        dataset = rows.dataset(house, title=title, theme=title[:1] and "ENER")
        rows.flow(house, people, dataset, status="blocked", barrier="organisational")
        rows.need(house, dataset, purpose=f"Tell {title}")
    conversation = named(told(rows), "cause")
    assert conversation.id == f"cause:{house}:organisational"
    assert len(conversation.datasets) == 3
    who = conversation.part("who")[0].en
    assert "Direction générale" in who and "House" not in who
    assert head in {*conversation.actors} or head not in conversation.ends


def test_a_department_and_its_whole_are_never_brought_together() -> None:
    rows = bare()
    house = rows.actor(type="authority", sector="public", name="House")
    part = rows.actor(type="administration", sector="public", parent=house, name="Department")
    dataset = rows.dataset(house)
    rows.flow(house, part, dataset, status="blocked", barrier="technical")
    rows.need(part, dataset, purpose="Why")
    conversation = named(told(rows), "house")
    assert conversation.actors == (part,)
    who = conversation.part("who")[0]
    assert who.en == "See Department, with whoever holds these data at House."
    assert who.fr == "Voir avec Department, avec qui détient ces données au sein d'House."


def test_what_a_house_would_publish_is_one_conversation() -> None:
    rows = bare()
    house = rows.actor(type="authority", sector="public", name="House")
    public = rows.add(
        "actors", id="reutilisateurs-place", name="Public", territory="place", type="citizens"
    )
    public = "reutilisateurs-place"
    datasets = [
        rows.dataset(house, title=t, access="unknown", personal_data="no") for t in ("One", "Two")
    ]
    for dataset in datasets:
        rows.flow(house, public, dataset, status="wished")
    rows.need(public, datasets[0], purpose="Why")
    conversation = named(told(rows), "publish")
    assert conversation.id == f"publish:{house}" and set(conversation.datasets) == {*datasets}
    assert conversation.gain.needs and set(conversation.gain.opened) == {*datasets}


def test_what_is_not_known_is_asked_of_one_person_in_one_interview() -> None:
    rows = bare()
    asker = rows.actor(name="Asker")
    for purpose in ("Know the traffic", "Know the noise"):
        rows.need(asker, None, purpose=purpose)
    agenda = told(rows)
    (interview,) = agenda.of("find-out")
    assert interview.id == f"ask:{asker}"
    asked = [line.en for line in interview.part("ask")]
    assert len(asked) == 2 and "'Know the noise': would data help?" in asked[0]
    assert agenda.of("bring-about") == []


def test_what_was_announced_years_ago_is_asked_of_one_person_for_all_its_rows() -> None:
    rows = bare()
    giver, *takers = (rows.actor(name=n) for n in ("Giver", "One", "Two"))
    old = rows.add("sources", title="Old", date="2016")
    rows.add("sources", title="New", date="2024-05")
    for taker in takers:
        rows.flow(
            giver, taker, rows.dataset(giver, title=f"For {taker}"), status="planned", source=old
        )
    agenda = told(rows)
    assert agenda.of("bring-about") == []
    (interview,) = agenda.of("find-out")
    assert interview.id == f"ask:{giver}"
    asked = [line.en for line in interview.part("ask")]
    assert len(asked) == 2 and all("(2016): what became of it?" in line for line in asked)


def test_dependence_on_a_broker_is_watched_and_what_a_second_route_would_lift_is_counted() -> None:
    rows = bare()
    holder, broker, asker = (rows.actor(name=n) for n in ("Holder", "Broker", "Asker"))
    dataset = rows.dataset(holder)
    rows.flow(holder, broker, dataset)
    rows.flow(broker, asker, dataset)
    rows.need(asker, dataset, purpose="Why")
    conversation = named(told(rows), "depends")
    assert conversation.id == f"depends:{broker}" and conversation.agenda == "watch"
    assert conversation.gain.counts == (0, 0, 0, 1, 0)


def test_the_hub_of_its_own_portal_is_not_watched() -> None:
    rows = bare()
    holder, hub, asker = (rows.actor(name=n) for n in ("Holder", "Hub", "Asker"))
    dataset = rows.dataset(holder)
    rows.flow(holder, hub, dataset)
    rows.flow(hub, asker, dataset)
    rows.need(asker, dataset, purpose="Why")
    rows.service(hub, dataset, name="Portal")
    agenda = told(rows)
    assert [c.id for c in agenda if c.id == f"depends:{hub}"] == []
    assert "own-portal" in agenda.left_out.values()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"status": "ended", "note": "Capteurs du projet pilote."}, "purpose-ended"),
        ({"status": "ended", "note": "Collecte avant son intégration : intégrée à un autre service."}, "purpose-ended"),
        ({"status": "blocked", "barrier": "legal"}, "nobody-asks"),
    ],
)  # fmt: skip
def test_what_an_officer_is_not_bothered_with(row: dict[str, str], why: str) -> None:
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    dataset = rows.dataset(one)
    rows.flow(one, other, dataset, **row)
    if why == "purpose-ended":
        rows.need(other, dataset, purpose="Why")
    agenda = told(rows)
    assert ids(agenda) == [] and why in agenda.left_out.values()
    told_why = agenda.why_not(next(f for f, code in agenda.left_out.items() if code == why))
    assert told_why == LEFT_OUT[why]


def test_informal_exchange_inside_a_house_and_of_public_data_calls_for_nothing() -> None:
    rows = bare()
    house = rows.actor(type="authority", sector="public", name="House")
    part = rows.actor(type="administration", sector="public", parent=house, name="Department")
    other = rows.actor(name="Other")
    inside, public, bare_data = (
        rows.dataset(house),
        rows.dataset(house, access="open"),
        rows.dataset(house),
    )
    rows.flow(house, part, inside, mode="informal")
    rows.flow(house, other, public, mode="informal")
    sign = rows.flow(house, other, bare_data, mode="informal")
    for actor, dataset in ((part, inside), (other, public), (other, bare_data)):
        rows.need(actor, dataset, purpose="Why")
    rows.tie(house, other)
    agenda = told(rows)
    (only,) = agenda.of("bring-about")
    assert only.flows == (sign,) and only.change.active == ()
    assert {"one-house", "public-anyway"} <= {*agenda.left_out.values()}


def test_a_closed_set_of_personal_data_is_left_alone() -> None:
    rows = bare()
    one, other = rows.actor(name="One"), rows.actor(name="Other")
    dataset = rows.dataset(one, access="closed", personal_data="yes")
    rows.need(other, dataset, purpose="Why")
    agenda = told(rows)
    assert ids(agenda) == [] and set(agenda.left_out.values()) >= {"rightly-closed"}


def test_a_blocked_dataset_comes_with_ways_round_and_counter_precedent() -> None:
    rows = bare()
    holder, taker, neighbour = (
        rows.actor(name=n, type="authority") for n in ("Holder", "Taker", "Neighbour")
    )
    blocked = rows.dataset(
        holder, title="Energy use of each building", theme="ENER", access="closed"
    )
    coarse = rows.dataset(holder, title="Energy use of districts", theme="ENER")
    rows.flow(holder, taker, coarse, mode="legal_obligation")
    rows.flow(holder, taker, blocked, status="blocked", barrier="legal")
    rows.flow(
        holder, neighbour, blocked, status="blocked", barrier="legal", note="Refused in court."
    )
    rows.need(taker, blocked, purpose="Renovate")
    conversation = next(c for c in told(rows) if blocked in c.datasets)
    assert any(
        "'Energy use of districts' is given by Holder already" in line.en
        for line in conversation.part("round")
    )
    said = " ".join(line.en for line in conversation.part("propose"))
    assert "They do so already: 'Energy use of districts', by legal obligation" in said


def test_a_theme_alone_is_no_precedent() -> None:
    rows = bare()
    giver, taker, a, b = (rows.actor(name=n) for n in ("Giver", "Taker", "A", "B"))
    dataset = rows.dataset(giver, access="closed", theme="ENER")
    rows.flow(giver, taker, dataset, status="blocked", barrier="trust")
    rows.need(taker, dataset, purpose="Why")
    rows.flow(a, b, rows.dataset(a, access="open", theme="ENER"), mode="open_licence")
    (only,) = told(rows).of("bring-about")
    assert only.ease is not None and not only.ease.precedent
    rows.flow(a, b, rows.dataset(a, access="closed", theme="ENER"), mode="contract")
    (only,) = told(rows).of("bring-about")
    assert only.ease is not None and only.ease.precedent


def test_what_brings_more_comes_first_then_what_is_easier() -> None:
    rows = bare()
    taker = rows.actor(name="Taker")
    easy, hard, more = (rows.actor(name=n) for n in ("Z easy", "A hard", "M more"))
    for giver, count in ((hard, 1), (easy, 1), (more, 2)):
        dataset = rows.dataset(giver, title=f"Of {giver}")
        rows.flow(giver, taker, dataset, status="wished")
        for n in range(count):
            rows.need(taker, dataset, purpose=f"Why {n}")
    rows.tie(easy, taker)
    assert [c.id.split(":")[1] for c in told(rows).of("bring-about")] == [more, easy, hard]
