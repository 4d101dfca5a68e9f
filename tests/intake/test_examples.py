"""The files that the documentation shows: what a person has, and what comes of it.

Counts and cells are those that one reads in the files themselves; places and bodies are invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecosystem.intake.answers import Answers
from ecosystem.intake.importing import Imported, import_files
from ecosystem.tables.checks import check
from ecosystem.tables.frames import records

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
AGGLO = "Communauté d'agglomération du Val d'Ourle"
SDEO = "Syndicat d'énergie de l'Ourle"


def answered(name: str, **no: str) -> Imported:
    """An example with the proposed answers, or with others by the value that is asked about."""
    found = import_files([EXAMPLES / name])
    answers = Answers()
    for _ in range(3):
        for question in found.open:
            given = no.get("every") or question.proposed or ""
            answers = answers.with_(question.key, given)
        found = import_files([EXAMPLES / name], answers)
    assert found.open == []
    assert [p for p in check(found.tables) if p.severity == "error"] == []
    return found


def cell(found: Imported, table: str, column: str, **key: str) -> set[Any]:
    """The cells of a column in the rows that match, references by name."""
    names = {
        row[key]: row[name]
        for other, key, name in (("actors", "id", "name"), ("datasets", "id", "title"))
        for row in records(found.tables[other])
    }
    shown = [{c: names.get(v, v) if c != "id" else v for c, v in row.items() if not isinstance(v, tuple)}
             for row in records(found.tables[table])]  # fmt: skip
    return {row[column] for row in shown if all(row[k] == v for k, v in key.items())}


def sizes(found: Imported) -> tuple[int, int, int]:
    return tuple(len(found.tables[n]) for n in ("actors", "flows", "datasets"))  # type: ignore[return-value]


def told(found: Imported) -> str:
    return "\n".join(repair.why.en for repair in found.repairs)


def test_a_french_workbook_of_interviews_goes_in_with_no_question() -> None:
    found = import_files([EXAMPLES / "enquete.xlsx"])
    assert found.questions == []
    assert sizes(found) == (40, 60, 14)
    assert [p for p in check(found.tables) if p.severity == "error"] == []
    assert cell(found, "actors", "type", name=AGGLO) == {"authority"}
    assert set(found.tables["flows"]["status"]) == {
        "active",
        "wished",
        "planned",
        "blocked",
        "ended",
    }
    assert "title row above the header" in told(found)


def test_two_files_of_a_french_excel() -> None:
    found = import_files([EXAMPLES / "excel-csv"])
    assert (found.questions, sizes(found)) == ([], (18, 22, 11))
    assert cell(found, "flows", "weight", provider="Enedis", recipient=SDEO) == {4.5}
    # œ, – and ’ are of Windows-1252 and not of Latin-1
    assert cell(found, "actors", "sector", name="Maison de l’énergie – Cœur d’Ourle") == {"mixed"}
    assert "the column 'Budget (k€)' is none of the dictionary" in told(found)
    assert found.tables["actors"]["Budget (k€)"].tolist()[0] == "123,4"


def test_kumu() -> None:
    found = answered("kumu.xlsx")
    assert sizes(found) == (17, 21, 0)
    (question,) = found.questions
    assert question.key[:2] == ("column", "flows")
    assert set(question.choices) == {"dataset", "note", "keep", "leave out"}
    for said in ("a mutual link: two flows", "without direction: read as two flows", "names 2: a row for each",
                 "'Observatoire de l'eau' is in no row of Actors: added", "it is not to be read", "'Tags' is none"):  # fmt: skip
        assert said in told(found)
    assert cell(found, "flows", "status", provider="INSEE", recipient="Département de l'Ourle") == {
        "active"
    }
    assert cell(found, "flows", "weight", provider="Université d'Évrigny",
                recipient="Agence d'urbanisme du Val d'Ourle") == {2}  # fmt: skip
    assert sizes(answered("kumu.xlsx", every="dataset")) == (17, 21, 8)


def test_gephi() -> None:
    found = import_files([EXAMPLES / "gephi.graphml"])
    assert (found.questions, sizes(found)) == ([], (17, 22, 0))
    assert cell(
        found, "flows", "weight", provider="Ville de Saint-Aubin-le-Vieux", recipient=AGGLO
    ) == {4}
    assert cell(found, "actors", "sector", name="SEM Ourle Énergies") == {"mixed"}
    assert "b, g, r, size, x, y: how it is drawn" in told(found)


def test_an_edge_list_of_r() -> None:
    found = import_files([EXAMPLES / "r-edges.csv"])
    assert (found.questions, sizes(found)) == ([], (21, 26, 13))
    assert "a column without a name that numbers the rows" in told(found)
    assert None in cell(found, "flows", "dataset", provider="GRDF", recipient=SDEO)
    assert "NA" not in set(found.tables["actors"]["name"]) | set(found.tables["datasets"]["title"])


def test_a_survey_of_valued_ties() -> None:
    found = answered("liens.xlsx")
    assert sizes(found) == (18, 21, 0)
    assert cell(found, "flows", "since", provider="TransOurle Mobilités", recipient=AGGLO) == {
        "2021"
    }
    assert cell(
        found, "flows", "weight", provider="Régie des eaux du Val d'Ourle", recipient=AGGLO
    ) == {None}
    assert "'NSP' is no number: left empty" in told(found)
    assert "(4, 1)' comes 2 times: as many rows, their weights add" in told(found)
    kept = answered("liens.xlsx", every="no weight")
    assert sizes(kept) == (20, 22, 0)


def test_an_answer_of_ckan() -> None:
    found = answered("ckan.json")
    assert sizes(found) == (6, 10, 12)
    assert {q.key.value: q.proposed for q in found.questions} == {
        "administration": "GOVE",
        "urbanisme": "REGI",
    }
    assert cell(found, "datasets", "access", title="Tracé du réseau d'eau potable") == {"closed"}
    assert cell(found, "datasets", "licence", title="Horaires des bus (GTFS)") == {
        "Open Data Commons Open Database License (ODbL)"
    }
    assert cell(found, "datasets", "holder", title="Vieux fichier sans organisation") == {None}
    assert "12 of the portal's 57 datasets are in the file (one page)" in told(found)


def test_a_catalogue_in_turtle() -> None:
    found = import_files([EXAMPLES / "catalog.ttl"])
    assert (found.questions, sizes(found)) == ([], (6, 9, 11))
    assert cell(found, "datasets", "access", title="Bornes de recharge") == {"shared"}
    assert cell(found, "datasets", "holder", title="Qualité de l'eau potable") == {
        "Régie des eaux du Val d'Ourle"
    }
    assert cell(found, "datasets", "theme", title="Arrêts de bus") == {"TRAN"}
    assert "titles in 2 languages: fr is kept" in told(found)
    assert "contact points are not carried over" in told(found)


def test_names_that_are_nearly_alike_are_asked_about_and_false_friends_are_not() -> None:
    found = answered("doublons")
    assert sizes(found) == (11, 12, 0)
    asked = {question.key.value: set(question.choices) - {"new"} for question in found.questions}
    assert asked == {
        "ENEDIS": {"Enedis"}, "Enedis SA": {"Enedis"}, "Énedis": {"Enedis"}, "GrDF": {"GRDF"},
        "Regie des eaux du val d'Ourle": {"Régie des eaux du Val d'Ourle"},
        "Universite d'Evrigny": {"Université d'Évrigny"}, "DataVert SAS": {"DataVert"},
        "CA du Val d'Ourle": {AGGLO}, "Syndicat d'énergie de l'Ourle (SDEO)": {SDEO},
    }  # fmt: skip
    assert "'Engie' is in no row of Actors: added" in told(found)
    assert cell(found, "flows", "status", provider="Enedis", recipient="DataVert") == {"planned"}
    assert sizes(answered("doublons", every="new")) == (20, 12, 0)


def ids_by_what_is_said(found: Imported) -> dict[tuple[Any, ...], str]:
    return {
        (row["provider"], row["recipient"], row["dataset"], row["status"]): row["id"]
        for row in records(found.tables["flows"])
    }


def test_an_identifier_hangs_on_what_a_row_says_and_not_on_where_it_stands(tmp_path: Path) -> None:
    lines = (EXAMPLES / "r-edges.csv").read_text().splitlines()
    before = ids_by_what_is_said(import_files([EXAMPLES / "r-edges.csv"]))
    assert len(set(before.values())) == 26
    new = '"27","Musée","Ville de Saint-Aubin-le-Vieux",1,NA'
    (tmp_path / "edges.csv").write_text("\n".join([lines[0], new, *reversed(lines[1:])]) + "\n")
    after = ids_by_what_is_said(import_files([tmp_path / "edges.csv"]))
    assert before.items() <= after.items()
    assert len(after) == 27


def test_actors_keep_their_identifiers_whoever_comes_beside_them(tmp_path: Path) -> None:
    found = import_files([EXAMPLES / "enquete.xlsx"])
    own = dict(found.tables["actors"][["name", "id"]].to_numpy().tolist())
    rows = ["De;Vers", *(f"{name};Musée" for name in sorted(own)), "Zoo;Musée"]
    (tmp_path / "flux.csv").write_text("\n".join(rows))
    other = import_files([tmp_path / "flux.csv"])
    again = dict(other.tables["actors"][["name", "id"]].to_numpy().tolist())
    assert own.items() <= again.items()
