"""The agenda of the five territories: whole, stable, and within what an officer can read."""

from __future__ import annotations

import pickle
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from ecosystem.agenda import Agenda
from ecosystem.errors import UnknownName
from ecosystem.study import Study
from ecosystem.tables.frames import Tables
from tests.agenda.test_planted import bare

TERRITORIES = ["antony", "geneve", "la-rochelle", "poitiers", "pompey"]
PER_TERRITORY = pytest.mark.parametrize("territory", TERRITORIES)


def text(agenda: Agenda) -> list[tuple[str, str]]:
    """All that an agenda says, in both languages, ids and rows left out."""
    return [
        (talk.title.fr + talk.title.en, f"{part.name}: {line.fr} / {line.en}")
        for talk in agenda
        for part in talk.parts
        if part.name != "rows"
        for line in part.lines
    ]


@pytest.fixture(scope="module")
def studies(shipped_tables: Tables) -> dict[str | None, Study]:
    whole = Study(shipped_tables, draws=0, permutations=0)
    return {None: whole} | {place: whole.of(place) for place in TERRITORIES}


@pytest.mark.parametrize("territory", [None, *TERRITORIES])
def test_every_finding_is_treated_once_or_left_out(
    studies: dict[str | None, Study], territory: str | None
) -> None:
    study = studies[territory]
    treated = Counter(f for talk in study.agenda for f in talk.findings)
    assert set(treated.values()) == {1}
    assert treated.keys() | study.agenda.left_out.keys() == {f.id for f in study.findings}
    heavy = {f.id for f in study.findings if f.severity == "high"}
    assert heavy & study.agenda.left_out.keys() == set()
    for finding in study.findings:
        assert study.agenda.why_not(finding.id).fr


@PER_TERRITORY
def test_there_are_no_more_than_an_officer_can_take(
    studies: dict[str | None, Study], territory: str
) -> None:
    told = studies[territory].agenda.of("bring-about")
    assert 1 <= len(told) <= 20
    assert len({talk.id for talk in studies[territory].agenda}) == len(studies[territory].agenda)


@PER_TERRITORY
def test_a_whole_and_its_own_department_are_not_brought_together(
    studies: dict[str | None, Study], territory: str
) -> None:
    authority = studies[territory].lookups.known.authority
    for talk in studies[territory].agenda:
        assert not any(authority[a] in talk.actors for a in talk.actors if authority[a] != a), (
            talk.id
        )


@PER_TERRITORY
def test_sentences_read_well(studies: dict[str | None, Study], territory: str) -> None:
    said = [line for _, line in text(studies[territory].agenda)]
    for line in said:
        french = line.partition(" / ")[0]
        assert not re.search(r"\b(de|à) (les |le [A-ZÉ])", french), line
        assert (
            not re.search(r"\b(de|que) (?=[aeiouéèêàâîôû])", french, re.IGNORECASE)
            or "« " in french
        ), line
        assert "None" not in line and "  " not in line and "{" not in line, line


def test_what_experts_would_bring_together_is_there(studies: dict[str | None, Study]) -> None:
    """Read from the tables by hand: who should talk to whom, and about what."""
    ids = {
        place: {talk.id for talk in studies[place].agenda.of("bring-about")}
        for place in TERRITORIES
    }
    assert {"bargain:ca-la-rochelle:entreprises-la-rochelle", "bargain:ca-la-rochelle:la-rochelle-universite",
            "dataset:lr-traces", "pair:grd-energie:ca-la-rochelle"} <= ids["la-rochelle"]  # fmt: skip
    assert {
        "dataset:ge-dossier-patient",
        "dataset:ge-stationnement-650",
        "publish:canton-geneve",
    } <= ids["geneve"]
    assert "cause:ville-antony:organisational" in ids["antony"]
    assert "bargain:entreprises-grand-poitiers:grand-poitiers" in ids["poitiers"]
    assert "house:cc-bassin-pompey:ENVI" in ids["pompey"]
    (bargain,) = [
        t for t in studies["la-rochelle"].agenda if t.id.endswith("entreprises-la-rochelle")
    ]
    assert {"lr-dechets-entreprises", "lr-mobilite-entreprises", "lr-indicateurs"} == {
        *bargain.datasets
    }
    (refused,) = [
        t for t in studies["la-rochelle"].agenda if t.id == "pair:grd-energie:ca-la-rochelle"
    ]
    assert (
        "est déjà donné par les gestionnaires" in refused.part("round")[0].fr
        and "l'IRIS" in refused.part("round")[0].fr
    )
    assert any("Contre-exemple" in line.fr for line in refused.part("propose"))
    (asked,) = [t for t in studies["geneve"].agenda if t.id == "ask:sitg"]
    became = [line.fr for line in asked.part("ask") if "devenu" in line.fr]
    assert len(became) == 2 and "(2017)" in became[0] and "(2019)" in became[1]


@PER_TERRITORY
def test_the_order_of_rows_changes_nothing(
    shipped_tables: Tables, studies: dict[str | None, Study], territory: str
) -> None:
    draw = np.random.default_rng(7)
    frames = {name: frame.iloc[draw.permutation(len(frame))].reset_index(drop=True)
              for name, frame in shipped_tables.items()}  # fmt: skip
    other = Study(Tables(frames, "shuffled"), territory, draws=0, permutations=0)
    assert text(other.agenda) == text(studies[territory].agenda)
    assert [t.id for t in other.agenda] == [t.id for t in studies[territory].agenda]


def renamed(tables: Tables) -> Tables:
    """The same tables with the ids of actors, datasets, flows and needs in another alphabetical order."""
    names: dict[str, str] = {}
    for table in ("actors", "datasets", "flows", "needs", "services", "sources", "ties"):
        ids = sorted(tables[table]["id"])
        for n, name in enumerate(reversed(ids)):
            keep = "reutilisateurs-" if name.startswith("reutilisateurs") else ""
            names[name] = f"{keep}{table[:2]}{n:04d}"
    frames = {}
    columns = (
        "id",
        "actor",
        "dataset",
        "provider",
        "recipient",
        "holder",
        "operator",
        "parent",
        "from",
        "to",
        "source",
    )
    for name, frame in tables.items():
        made = frame.copy()
        for column in columns:
            if column in made.columns and name != "territories":
                made[column] = (
                    made[column].map(lambda v: names.get(v, v), na_action="ignore").astype("str")
                )
        if "datasets" in made.columns:
            made["datasets"] = made["datasets"].map(
                lambda v: tuple(names[d] for d in v) if isinstance(v, tuple) else v
            )
        frames[name] = made
    return Tables(frames, "renamed")


@PER_TERRITORY
def test_ids_change_nothing(
    shipped_tables: Tables, studies: dict[str | None, Study], territory: str
) -> None:
    other = Study(renamed(shipped_tables), territory, draws=0, permutations=0)
    assert text(other.agenda) == text(studies[territory].agenda)
    for study in (other, studies[territory]):
        assert len(study.findings) == len({f.id for f in study.findings})
    assert Counter(f.detector for f in other.findings) == Counter(
        f.detector for f in studies[territory].findings
    )


def test_it_travels_as_what_it_says(studies: dict[str | None, Study]) -> None:
    agenda = studies["pompey"].agenda
    sent: Agenda = pickle.loads(pickle.dumps(agenda))
    assert text(sent) == text(agenda) and sent.left_out == agenda.left_out
    pd.testing.assert_frame_equal(sent.frame("fr"), agenda.frame("fr"))


def test_lists_themes_and_actors_narrow_it_down(studies: dict[str | None, Study]) -> None:
    study = studies["la-rochelle"]
    agenda = study.agenda
    themed = agenda.selected(study.lookups, theme="TRAN")
    transport = set(study.tables["datasets"].query("theme == 'TRAN'")["id"])
    assert themed and all(transport & {*t.datasets} for t in themed)
    both = agenda.selected(study.lookups, actors=["ca-la-rochelle", "la-rochelle-universite"])
    assert [t.id for t in both] == ["bargain:ca-la-rochelle:la-rochelle-universite"]
    assert {t.agenda for t in agenda.selected(study.lookups, agenda="watch")} == {"watch"}
    for wrong in ({"agenda": "x"}, {"theme": "x"}):
        with pytest.raises(UnknownName):
            agenda.selected(study.lookups, **wrong)
    with pytest.raises(UnknownName):
        agenda.named("nothing")
    with pytest.raises(UnknownName):
        agenda.why_not("nothing")
    assert agenda.named("unmet-need:lr-n09").id == "pair:grd-energie:ca-la-rochelle"


def test_a_page_for_one_actor(studies: dict[str | None, Study]) -> None:
    sheet = studies["la-rochelle"].sheet("La Rochelle Université")
    assert (
        sheet.actor == "la-rochelle-universite" and sheet.title.fr == "Avec La Rochelle Université"
    )
    assert (
        next(t.id for t in sheet.conversations) == "bargain:ca-la-rochelle:la-rochelle-universite"
    )
    asked = [line.fr for line in sheet.parts["asked"]]
    assert len(asked) == 1 and "Données scientifiques de l'université" in asked[0]
    needs = [line.fr for line in sheet.parts["needs"]]
    assert len(needs) == 1 and "non couvert" in needs[0]
    with pytest.raises(UnknownName):
        studies["la-rochelle"].sheet("nobody")


def test_what_a_prototype_rests_on(studies: dict[str | None, Study]) -> None:
    found = {p.service: p for p in studies["poitiers"].prototypes}
    assert set(found) == {"communaute-energie-gp", "appel-coproprietes-gp", "hackaviz-energie"}
    energy = found["communaute-energie-gp"]
    assert energy.missing == ("gp-energie-entreprises",) and energy.arriving == (
        "gp-reseaux-energie",
    )
    assert energy.conversations == ("bargain:entreprises-grand-poitiers:grand-poitiers",)
    assert found["hackaviz-energie"].missing == () and found["hackaviz-energie"].conversations == ()


def test_needs_of_several_actors_for_the_same_data_call_for_a_service() -> None:
    rows = bare()
    holder, one, other = (rows.actor(name=n) for n in ("Holder", "One", "Other"))
    dataset = rows.dataset(holder, title="Noise of streets", access="closed")
    needs = [rows.need(actor, dataset, purpose="Quiet") for actor in (one, other)]
    rows.need(one, rows.dataset(holder, access="closed"), purpose="Alone")
    (only,) = Study(rows.made(), draws=0, permutations=0).prototypes
    assert only.id == f"needs:{dataset}" and only.needs == tuple(needs) and only.service is None
    assert only.conversations
