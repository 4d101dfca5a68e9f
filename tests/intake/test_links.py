"""Sheets of actors whose columns say rows of other tables, and names as people write them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.intake.answers import Answers
from ecosystem.intake.importing import Imported, import_files
from ecosystem.intake.links import LINKS, link_of


def imported(folder: Path, answers: Answers | None = None, **files: str) -> Imported:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return import_files([folder], answers)


def pairs(found: Imported, table: str, *columns: str) -> list[tuple[str, ...]]:
    return list(found.tables[table][list(columns)].itertuples(index=False, name=None))


SHEET = """Structure,De qui recevez-vous des données ?,À qui donnez-vous des données ?,Données détenues,Vos besoins,Partenaires
Ville de Valmont,Keolis,CA Valmont,Cadastre; Adresses,"Connaître les flux de vélos
Consommations des écoles",Région
Keolis,,"Ville de Valmont, CA Valmont",Horaires,,non
CA Valmont,"Keolis, Région Est",Tout le monde,,aucun,
"""


def test_an_interview_sheet_says_flows_datasets_needs_and_ties(tmp_path: Path) -> None:
    (question,) = imported(tmp_path, acteurs=SHEET).open
    assert question.words.en == "'Keolis, Région Est' (acteurs.csv): one name, or 2?"
    found = imported(tmp_path, Answers({question.key: "several"}))
    assert found.open == []
    assert pairs(found, "flows", "provider", "recipient", "declared_by") == [
        ("keolis", "ville-de-valmont", "both"),
        ("keolis", "ca-valmont", "both"),
        ("region-est", "ca-valmont", "recipient"),
        ("ville-de-valmont", "ca-valmont", "provider"),
        ("ca-valmont", "reutilisateurs", "provider"),
    ]
    assert pairs(found, "datasets", "title", "holder") == [
        ("Cadastre", "ville-de-valmont"),
        ("Adresses", "ville-de-valmont"),
        ("Horaires", "keolis"),
    ]
    assert pairs(found, "needs", "actor", "purpose") == [
        ("ville-de-valmont", "Connaître les flux de vélos"),
        ("ville-de-valmont", "Consommations des écoles"),
    ]
    assert pairs(found, "ties", "from", "to", "kind") == [
        ("ville-de-valmont", "region", "partnership")
    ]
    told = [repair.before for repair in found.repairs if repair.code == "column-rows"]
    assert len(told) == 5


def test_a_column_of_numbers_or_of_yes_and_no_is_no_list_of_partners(tmp_path: Path) -> None:
    found = imported(tmp_path, acteurs="Nom,Partenaires,Besoins\nA,12,oui\nB,3,non\n")
    assert len(found.tables["ties"]) == len(found.tables["needs"]) == 0
    assert pairs(found, "actors", "Partenaires", "Besoins") == [("12", "oui"), ("3", "non")]
    kept = [repair.before for repair in found.repairs if repair.code == "own-column"]
    assert kept == ["Partenaires", "Besoins"]


@pytest.mark.parametrize(
    "header", ["Reçoit de", "reçoit des données de", "RECEIVES FROM", "Data received from"]
)
def test_headers_are_understood_as_they_are_asked(header: str) -> None:
    assert link_of(header, ["Ville"]) is LINKS[0]


def test_commas_between_data_are_asked_about_once_a_column(tmp_path: Path) -> None:
    sheet = 'Nom,Données détenues\nA,"Cadastre, Adresses"\nB,"Horaires, Arrêts"\nC,Écoles\n'
    found = imported(tmp_path, acteurs=sheet)
    (question,) = found.open
    assert question.rows == (2, 3)
    counts = {}
    for answer in question.choices:
        counts[answer] = len(imported(tmp_path, Answers({question.key: answer})).tables["datasets"])
    assert counts == {"several": 5, "one": 3}


@pytest.mark.parametrize("header", ["Reçoit des données", "De", "Remarques", "Type de données"])
def test_other_headers_are_no_links(header: str) -> None:
    assert link_of(header, ["Ville"]) is None


def test_flows_that_say_more_than_their_ends_are_not_joined(tmp_path: Path) -> None:
    flows = (
        "provider,recipient,declared_by,note\nA,B,provider,paper\nA,B,recipient,\nA,B,provider,\n"
    )
    found = imported(tmp_path, flows=flows)
    said = [(by, str(note)) for by, note in pairs(found, "flows", "declared_by", "note")]
    assert said == [("provider", "paper"), ("both", "nan")]


def test_names_between_commas_are_asked_about_where_some_are_known(tmp_path: Path) -> None:
    flows = (
        'De,Vers\nVille,Région\n"Ville, Parc naturel",Région\n"Dupont, Martin et associés",Région\n'
    )
    found = imported(tmp_path, flux=flows)
    (question,) = found.open
    assert question.words.en == "'Ville, Parc naturel' (flux.csv): one name, or 2?"
    assert set(question.choices) == {"several", "one"}
    for answer, names in (
        ("several", {"Ville", "Région", "Parc naturel", "Dupont, Martin et associés"}),
        ("one", {"Ville", "Région", "Ville, Parc naturel", "Dupont, Martin et associés"}),
    ):
        replayed = imported(tmp_path, Answers({question.key: answer}))
        assert replayed.open == []
        assert set(replayed.tables["actors"]["name"]) == names


@pytest.mark.parametrize("name", ["Tout le monde", "Grand public", "open data", "Everyone"])
def test_everybody_is_the_general_public_where_it_receives(name: str, tmp_path: Path) -> None:
    found = imported(tmp_path, flux=f"De,Vers\nVille,{name}\n{name},Région\n")
    assert found.open == []
    (given, taken) = pairs(found, "flows", "provider", "recipient")
    assert given == ("ville", "reutilisateurs")
    who = found.tables["actors"].set_index("id").loc["reutilisateurs"]
    assert who["name"] == name
    assert taken == ("reutilisateurs", "region"), "and is the same where it gives"
    alone = tmp_path / "more"
    alone.mkdir()
    own = imported(alone, acteurs=f"Nom\nVille\n{name}\n", flux=f"De,Vers\nVille,{name}\n")
    assert pairs(own, "flows", "provider", "recipient") == [("ville", "reutilisateurs")]


def test_a_word_that_denies_a_code_is_not_proposed_as_it(tmp_path: Path) -> None:
    flows = "De,Vers,Cadre,Depuis\nA,B,sans convention,2017-2020\nA,C,sans conventions signées,2019\nA,D,convention,\n"
    found = imported(tmp_path, flux=flows)
    assert [str(v) for v in found.tables["flows"]["mode"]][::2] == ["informal", "agreement"]
    assert [str(v) for v in found.tables["flows"]["since"]][:2] == ["2017/2020", "2019"]
    (question,) = found.open
    assert question.key.value == "sans conventions signées"
    assert question.proposed != "agreement"


def test_a_word_of_a_weight_is_given_a_number(tmp_path: Path) -> None:
    flows = "De,Vers,Fréquence\nA,B,souvent\nA,C,mensuel\nB,C,souvent\nC,A,3\n"
    found = imported(tmp_path, flux=flows)
    (question,) = found.open
    assert question.words.en == "'souvent' in 2 cells of 'Fréquence' (flux.csv): which number?"
    for answer, weights in (("24", ["24.0", "12.0", "24.0", "3.0"]), ("2,5", ["2.5", "12.0", "2.5", "3.0"]),
                            ("leave out", ["nan", "12.0", "nan", "3.0"])):  # fmt: skip
        replayed = imported(tmp_path, Answers({question.key: answer}))
        assert replayed.open == []
        told = [str(w).replace("<NA>", "nan") for w in replayed.tables["flows"]["weight"]]
        assert told == weights
    with pytest.raises(DataError, match="'many' is no number, for: 'souvent'"):
        imported(tmp_path, Answers({question.key: "many"}))


def test_the_order_of_the_rows_of_an_interview_sheet_does_not_matter(tmp_path: Path) -> None:
    head, *body = list(csv.reader(io.StringIO(SHEET)))
    seen = set()
    for seed in range(6):
        random.Random(seed).shuffle(body)
        text = io.StringIO()
        csv.writer(text).writerows([head, *body])
        found = imported(tmp_path, acteurs=text.getvalue())
        rows = {
            name: tuple(sorted(map(str, frame.astype(str).itertuples(index=False))))
            for name, frame in found.tables.items()
        }
        seen.add((tuple(rows.items()), tuple(sorted(q.key for q in found.questions))))
    assert len(seen) == 1
