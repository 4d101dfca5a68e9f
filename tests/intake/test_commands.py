"""`import` and `template` as they are typed: what is written, what is asked, what is left alone."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ecosystem.formats.template import USUAL, columns_of, template
from ecosystem.intake.importing import import_files
from ecosystem.schema import TABLES
from tests.cli.running import ECOSYSTEM, Ran, plain, run

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def ok(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    return ran


def test_a_dry_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = ok(run("import", EXAMPLES / "enquete.xlsx"))
    assert "nothing is written; -o FOLDER writes the tables" in ran.err
    assert everything(tmp_path) == {}


def test_what_is_written_is_read_back_as_it_is_and_is_the_same_twice(tmp_path: Path) -> None:
    first = ok(run("import", EXAMPLES / "enquete.xlsx", "-o", tmp_path / "a"))
    assert "next: ecosystem run" in first.err
    ok(run("import", EXAMPLES / "enquete.xlsx", "-o", tmp_path / "b"))
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    assert set(everything(tmp_path / "a")) == {
        "actors.csv",
        "datasets.csv",
        "flows.csv",
        "import-report.csv",
    }
    checked = ok(run("check", tmp_path / "a"))
    assert (checked.out, checked.err) == (
        "",
        "actors: 40, datasets: 14, flows: 60\n0 errors, 0 warnings\n",
    )
    ok(run("import", EXAMPLES / "enquete.xlsx", "-o", tmp_path / "a"))  # the same again is no harm
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_the_report_has_a_line_for_each_cell(tmp_path: Path) -> None:
    ok(run("import", EXAMPLES / "excel-csv", "-o", tmp_path / "a"))
    lines = (tmp_path / "a" / "import-report.csv").read_text().splitlines()
    assert lines[0] == "what,file,sheet,row,column,before,after,why"
    assert 'number,flux.csv,,2,Poids,"4,5",4.5,"\'4,5\' reads 4.5"' in lines
    assert sum(line.startswith("code,flux.csv,") for line in lines) == 22


def test_no_table_is_written_while_a_question_is_open_and_answers_are_replayed(
    tmp_path: Path,
) -> None:
    out = tmp_path / "a"
    asked = run("import", EXAMPLES / "doublons", "-o", out)
    assert asked.code == 1
    assert "is 'GrDF' (flux.csv) 'GRDF' (but for case and accents)?" in asked.out
    assert "no table is written while a question is open" in asked.err
    assert set(everything(out)) == {"mapping.toml"}
    text = (out / "mapping.toml").read_text()
    assert len(tomllib.loads(text)["question"]) == 9
    # answered by hand: Enedis SA is somebody else, the rest is as proposed
    for question in tomllib.loads(text)["question"]:
        answer = "new" if question["value"] == "Enedis SA" else question["proposed"]
        said = f"value = {json.dumps(question['value'], ensure_ascii=False)}\n"
        before, found, after = text.partition(said)
        assert found
        text = before + found + after.replace('answer = ""', f'answer = "{answer}"', 1)
    (out / "mapping.toml").write_text(text)
    done = ok(run("import", EXAMPLES / "doublons", "-o", out))
    assert "actors: 12, flows: 12" in done.err
    assert set(everything(out)) == {"actors.csv", "flows.csv", "import-report.csv", "mapping.toml"}
    # next year's file, elsewhere: no question
    again = ok(
        run(
            "import", EXAMPLES / "doublons", "-o", tmp_path / "b", "--mapping", out / "mapping.toml"
        )
    )
    assert "0 open questions" in again.err
    assert everything(tmp_path / "b") == everything(out)


def test_an_answer_that_is_none_is_told_with_what_may_be_answered(tmp_path: Path) -> None:
    key = '[[question]]\nabout = "zero"\nfield = "flows.weight"\nvalue = "0"\nanswer = "perhaps"\n'
    (tmp_path / "mapping.toml").write_text(key)
    ran = run("import", EXAMPLES / "liens.xlsx", "--mapping", tmp_path / "mapping.toml")
    assert (ran.code, ran.out) == (1, "")
    assert "'perhaps' is no answer to: 1 cell of" in ran.err
    assert "hint: answer with one of: no exchange, no weight" in ran.err
    (tmp_path / "mapping.toml").write_text('[[question]\nabout = "zero"')
    ran = run("import", EXAMPLES / "liens.xlsx", "--mapping", tmp_path / "mapping.toml")
    assert ran.code == 1 and "mapping.toml cannot be read" in ran.err and "in quotes" in ran.err
    ran = run("import", EXAMPLES / "liens.xlsx", "--mapping", tmp_path / "none.toml")
    assert ran.code == 1 and "there is no" in ran.err


def test_tables_of_somebody_are_not_replaced_unless_asked(tmp_path: Path) -> None:
    out = tmp_path / "a"
    out.mkdir()
    (out / "needs.csv").write_text("actor,purpose\nsdeo,own work\n")
    before = everything(out)
    ran = run("import", EXAMPLES / "enquete.xlsx", "-o", out)
    assert (
        ran.code == 1
        and "holds other tables already (needs.csv)" in ran.err
        and "--replace" in ran.err
    )
    assert everything(out) == before
    ok(run("import", EXAMPLES / "enquete.xlsx", "-o", out, "--replace"))
    assert "needs.csv" not in everything(out) and "flows.csv" in everything(out)


def test_the_proposed_answers_can_be_taken_at_once(tmp_path: Path) -> None:
    ran = ok(run("import", EXAMPLES / "liens.xlsx", "--yes", "-o", tmp_path / "a", "--lang", "fr"))
    assert "acteurs : 18, flux : 21" in plain(ran.err)
    assert "comme répondu" in plain(ran.out)
    assert 'answer = "no exchange"' in (tmp_path / "a" / "mapping.toml").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_person_at_a_terminal_is_asked(tmp_path: Path) -> None:
    import pexpect

    out = tmp_path / "a"
    asked = pexpect.spawn(
        str(ECOSYSTEM), ["import", str(EXAMPLES / "liens.xlsx"), "-o", str(out)],
        encoding="utf-8", timeout=60, dimensions=(40, 120), env={**os.environ, "ECOSYSTEM_LANG": "en"},
    )  # fmt: skip
    asked.expect("no exchange, or")
    asked.sendline("")  # the proposed answer is chosen already
    asked.expect("0 open questions")
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == 0
    assert 'answer = "no exchange"' in (out / "mapping.toml").read_text()
    assert (out / "flows.csv").exists()


def test_every_command_takes_the_file_itself_where_nothing_is_to_be_decided(tmp_path: Path) -> None:
    whole = ok(
        run(
            "brokers",
            EXAMPLES / "enquete.xlsx",
            "--draws",
            "0",
            "--permutations",
            "0",
            "-f",
            "json",
        )
    )
    assert len(json.loads(whole.out)) == 40
    ok(run("map", EXAMPLES / "gephi.graphml", "-o", tmp_path / "map.html"))
    ok(run("gaps", EXAMPLES / "catalog.ttl"))
    checked = ok(run("check", EXAMPLES / "excel-csv"))
    assert "Windows-1252" in checked.out
    asked = run("gaps", EXAMPLES / "doublons")
    assert asked.code == 1
    assert "to be decided first\n  is 'Syndicat d'énergie de l'Ourle (SDEO)'" in asked.err
    assert "ecosystem import" in asked.err


@pytest.mark.parametrize(
    "command",
    [
        ("check",), ("measures", "run", "in_degree"), ("match",), ("what-if", "--best", "1"), ("gaps",),
        ("run", "--no-store", "--workers", "1", "-o", "{out}"), ("export", "-o", "{out}.gexf"),
        ("map", "-o", "{out}.html"), ("merge-actors", "-o", "{out}.csv"),
        pytest.param(("query", "run", "who-provides-to-whom"), marks=pytest.mark.embedded),
        pytest.param(("run", "--workers", "1", "-o", "{out}"), marks=pytest.mark.embedded),
    ],
    ids=lambda words: "-".join(words[:2]),
)  # fmt: skip
@pytest.mark.parametrize("source", ["enquete.xlsx", "excel-csv", "poids.csv"])
def test_each_command_takes_a_workbook_a_folder_and_an_edge_list(
    command: tuple[str, ...], source: str, tmp_path: Path
) -> None:
    path = EXAMPLES / source
    if source == "poids.csv":
        path = tmp_path / source
        path.write_text("De,Vers,Poids\nVille,Régie,2\nRégie,Région,\nRégion,Ville,3\n", "utf-8")
    words = [word.replace("{out}", str(tmp_path / "out")) for word in command]
    at = 3 if words[0] in ("query", "measures") else 1
    ran = run(*words[:at], path, *words[at:])
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err


def test_weights_that_count_are_said_wherever_somebody_reads(tmp_path: Path) -> None:
    path = tmp_path / "poids.csv"
    path.write_text("De,Vers,Poids\nVille,Régie,2\nRégie,Région,\nRégion,Ville,3\n", "utf-8")
    said = "Weights count: those of the flows of a pair add up"
    for weight, expected in (("sum", True), ("count", False)):
        page, folder = tmp_path / f"{weight}.html", tmp_path / weight
        drawn = ok(run("map", path, "-o", page, "--weight", weight))
        made = ok(
            run("run", path, "-o", folder, "--no-store", "--workers", "1", "--weight", weight)
        )
        seen = [
            drawn.err,
            made.err,
            page.read_text("utf-8"),
            (folder / "findings.md").read_text("utf-8"),
            *(each.read_text("utf-8") for each in (folder / "maps").iterdir()),
        ]
        assert [said in text for text in seen] == [expected] * len(seen)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        assert manifest["options"]["weight"] == weight
        assert list(manifest["inputs"]) == ["poids.csv"]


def test_a_file_that_names_nobody_new_is_told_of_a_name_it_does_not_know(tmp_path: Path) -> None:
    """Tables of this tool that name an actor that is in no row: a slip, and not somebody new."""
    (tmp_path / "actors.csv").write_text("id,name\na,Alpha\nb,Beta\n")
    (tmp_path / "flows.csv").write_text("provider,recipient,status\na,gamma,active\n")
    ran = run("brokers", tmp_path)
    assert ran.code == 1 and "dangling-reference: 'gamma' does not exist" in ran.err


# ---------------------------------------------------------------- the template


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_filled_template_goes_in_with_no_question(language: str, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "survey.xlsx"
    names = ",".join(TABLES)
    ok(run("template", "-o", path, "--lang", language, "--tables", names))
    book = openpyxl.load_workbook(path)
    label = TABLES["actors"].label.fr if language == "fr" else TABLES["actors"].label.en
    fill = {
        "actors": [{"name": "Ville", "type": "authority", "sector": "public"}, {"name": "Régie", "sector": "mixed"}],
        "datasets": [{"title": "Arbres", "holder": "Ville", "theme": "ENVI", "access": "open", "personal_data": "no"}],
        "flows": [{"dataset": "Arbres", "provider": "Ville", "recipient": "Régie", "status": "wished", "barrier": "skills",
                   "mode": "open_licence", "declared_by": "both", "visibility": "internal", "since": "2020"}],
        "needs": [{"actor": "Régie", "theme": "ENVI", "dataset": "Arbres", "purpose": "Planter"}],
        "services": [{"name": "Carte", "operator": "Ville", "datasets": "Arbres", "status": "live"}],
        "ties": [{"from": "Ville", "to": "Régie", "kind": "governance"}],
    }  # fmt: skip
    assert label in book.sheetnames
    for name, rows in fill.items():
        table = TABLES[name]
        sheet = book[table.label.fr if language == "fr" else table.label.en]
        fields = columns_of(table)
        for number, row in enumerate(rows, 3):
            for column, field in enumerate(fields, 1):
                value = row.get(field.name)
                if value is not None and field.codes is not None:
                    value = field.codes.label(value).to(language)  # type: ignore[arg-type]
                sheet.cell(number, column).value = value
    book.save(path)
    found = import_files([path])
    assert found.questions == []
    assert {n: len(t) for n, t in found.tables.items() if len(t)} == {
        n: len(r) for n, r in fill.items()
    }
    (flow,) = found.tables["flows"].to_dict("records")
    told = {
        k: flow[k]
        for k in ("provider", "recipient", "dataset", "status", "barrier", "visibility", "since")
    }
    assert told == {"provider": "ville", "recipient": "regie", "dataset": "arbres", "status": "wished",
                    "barrier": "skills", "visibility": "internal", "since": "2020"}  # fmt: skip
    (tie,) = found.tables["ties"].to_dict("records")
    assert (tie["from"], tie["to"], tie["kind"]) == ("ville", "regie", "governance")
    (service,) = found.tables["services"].to_dict("records")
    assert service["datasets"] == ("arbres",)


def test_a_template_has_the_sheets_that_are_asked_for_and_is_the_same_twice(tmp_path: Path) -> None:
    ok(run("template", "-o", tmp_path / "a.xlsx", "--lang", "fr", "--tables", "flows,needs"))
    assert CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names == [
        "Mode d'emploi", "Flux", "Besoins", "Listes",
    ]  # fmt: skip
    assert (tmp_path / "a.xlsx").read_bytes() == template(["flows", "needs"], "fr")
    assert template(USUAL) == template(USUAL)
    wrong = run("template", "-o", tmp_path / "b.xlsx", "--tables", "flow")
    assert wrong.code == 1 and "unknown table: 'flow'" in wrong.err
    wrong = run("template", "-o", tmp_path / "b.csv")
    assert wrong.code == 2 and "name it .xlsx" in wrong.err


def test_the_codes_offered_are_those_of_the_dictionary() -> None:
    import io

    book = CalamineWorkbook.from_filelike(io.BytesIO(template(tuple(TABLES), "fr")))
    columns = list(zip(*book.get_sheet_by_name("Listes").to_python(), strict=True))
    offered = [{cell for cell in column if cell} for column in columns]
    for table in TABLES.values():
        for field in columns_of(table):
            if field.codes is not None:
                assert {code.label.fr for code in field.codes.values()} in offered, field.name
