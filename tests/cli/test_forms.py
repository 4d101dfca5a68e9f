"""The form of a result: what the file or `--format` says, and what is refused before anything is computed."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from ecosystem.files import ENDINGS
from ecosystem.ranking.columns import FEW
from ecosystem.report.forms import FORMULA
from tests.cli.running import COMMANDS, everything, no_constant, parsed, plain, run, sound

pytestmark = pytest.mark.xdist_group("forms")

WITH_FORMS = {
    path
    for path, command in COMMANDS.items()
    if {"form", "output"} <= {param.name for param in command.params}
}
QUICK = ("--draws", "0", "--permutations", "0")
NAMES = ['=HYPERLINK("http://x.example","y")', "+1", "@x", "-2", 'two\nlines; "quoted"']


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Actors whose names a spreadsheet would obey; each gives to the next."""
    folder = tmp_path_factory.mktemp("hostile")
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "name"], *([f"a{i}", n] for i, n in enumerate(NAMES))])
    pairs = "".join(f"a{i},a{i + 1}\n" for i in range(len(NAMES) - 1))
    (folder / "flows.csv").write_text(f"provider,recipient\n{pairs}", encoding="utf-8")
    return folder


def sheet(path: Path) -> tuple[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    (name,) = book.sheet_names
    return name, book.get_sheet_by_name(name).to_python()


def test_every_command_with_a_table_has_the_same_options() -> None:
    assert {path[0] for path in WITH_FORMS} == {
        *("check", "brokers", "gaps", "agenda", "match", "what-if", "measures", "query"),
    }
    for path in WITH_FORMS:
        assert {"form", "reader", "output"} <= {p.name for p in COMMANDS[path].params}, path


def test_the_ending_decides_the_form(hostile: Path, tmp_path: Path) -> None:
    given = ("brokers", hostile, *QUICK)
    for ending, form in ENDINGS.items():
        for name in (f"r{ending}", f"R{ending.upper()}"):
            ran = run(*given, "-o", tmp_path / name)
            assert (ran.code, ran.out) == (0, ""), ran.err
            assert f"written: {tmp_path / name}" in ran.err
        assert (tmp_path / f"r{ending}").read_bytes() == (
            tmp_path / f"R{ending.upper()}"
        ).read_bytes()
        asked = run(*given, "-f", form, "-o", tmp_path / "named" / f"x{ending}")
        assert asked.code == 0
        assert (tmp_path / "named" / f"x{ending}").read_bytes() == (
            tmp_path / f"r{ending}"
        ).read_bytes()
        if form in ("csv", "json"):
            assert run(*given, "-f", form).out.encode() == (tmp_path / f"r{ending}").read_bytes()
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("rank  actor")
    assert (tmp_path / "r.csv").read_text("utf-8").startswith("rank,id,name")


def test_a_name_without_an_ending_leaves_the_choice_to_format(tmp_path: Path) -> None:
    given = ("check", sound(tmp_path / "in"))
    assert run(*given, "-f", "json", "-o", tmp_path / "result").code == 0
    assert json.loads((tmp_path / "result").read_text("utf-8")) == []
    assert run(*given, "-f", "xlsx", "-o", tmp_path / "book").code == 0
    assert sheet(tmp_path / "book")[0] == "problems"


@pytest.mark.parametrize(
    ("args", "english", "french"),
    [
        (("-o", "x.ods"), "unknown ending '.ods'; there are: .txt, .md, .csv, .xlsx",
         "extension « .ods » inconnue ; existent : .txt, .md, .csv, .xlsx"),
        (("-f", "csv", "-o", "x.tsv"), "unknown ending '.tsv'", "extension « .tsv » inconnue"),
        (("-f", "csv", "-o", "x.json"), "the ending says json, --format says csv; endings: .txt (table)",
         "l'extension dit json, --format dit csv ; extensions : .txt (table)"),
        (("-f", "table", "-o", "x.xlsx"), "the ending says xlsx, --format says table", "--format dit table"),
        (("-f", "xlsx"), "give -o, for example -o result.xlsx", "donnez -o"),
        (("-f", "parquet"), "give -o, for example -o result.parquet", "donnez -o"),
        (("--for", "excel-fr", "-f", "json"), "it does not go with the form json", "il ne va pas avec la forme json"),
        (("--for", "excel-fr", "-o", "x.xlsx"), "the form xlsx", "la forme xlsx"),
        (("--for", "excel-fr", "-o", "x.parquet"), "the form parquet", "la forme parquet"),
        (("--for", "excel-fr", "-f", "table"), "the form table", "la forme table"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_contradicts_itself_is_refused_before_anything_is_read(
    args: tuple[str, ...],
    english: str,
    french: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, words, error in (("en", english, "Error: "), ("fr", french, "Erreur : ")):
        ran = run("gaps", "no-such-source", *args, "--lang", language)
        assert (ran.code, ran.out) == (2, "")
        assert words in plain(ran.err) and plain(ran.err).count(error) == 1
        assert "Traceback" not in ran.err and "no-such-source" not in ran.err
    assert everything(tmp_path) == {}


def test_parquet_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("gaps", "no-such-source", "-o", tmp_path / "x.parquet")
    assert (ran.code, ran.out) == (1, "")
    assert "pip install 'ecosystem[parquet]'" in ran.err and "no-such-source" not in ran.err
    assert everything(tmp_path) == {}


def test_a_workbook_reads_in_the_language_of_the_run(tmp_path: Path) -> None:
    for language, name, titles, severity in (
        ("fr", "manques", ["à donner à --explain", "gravité"], "élevée"),
        ("en", "gaps", ["for --explain", "severity"], "high"),
    ):
        file = tmp_path / f"{language}.xlsx"
        assert run("gaps", "-t", "poitiers", "--lang", language, "-o", file).code == 0
        found, (header, *rows) = sheet(file)
        objects = parsed(run("gaps", "-t", "poitiers", "--lang", language, "-f", "json"))
        assert (found, header[:2], rows[0][1]) == (name, titles, severity)
        assert "_" not in "".join(header)
        assert [row[0] for row in rows] == [row["id"] for row in objects]
        assert [row[-1] for row in rows] == [row["out_of"] for row in objects]
        for row, told in zip(rows, objects, strict=True):
            assert "; ".join(told["evidence"]) in row


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("measures", "list"), "measures"),
        (("measures", "run", "constraint", "-t", "geneve"), "constraint"),
        (("query", "list"), "questions"),
        (("what-if", "-b", "2", "-t", "poitiers"), "flows"),
        (("what-if", "-S", "la-rochelle-keeps-its-promises"), "effects"),
        (("match", "-t", "poitiers"), "proposals"),
        (("brokers", "-t", "geneve", *QUICK, "--explain", "sitg"), "pairs"),
        (("gaps", "-e", "unmet-need:poi-n02"), "finding"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_workbook_and_parquet_have_the_rows_of_json(
    args: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    objects = parsed(run(*args, "-f", "json"))
    for ending in ("xlsx", "parquet"):
        assert run(*args, "-o", tmp_path / f"r.{ending}").code == 0
    found, (header, *rows) = sheet(tmp_path / "r.xlsx")
    assert found == name
    assert len(rows) == len(objects) > 0 and len(header) == len(objects[0])
    table = pd.read_parquet(tmp_path / "r.parquet")
    assert list(table.columns) == list(objects[0])
    again = json.loads(table.to_json(orient="records"), parse_constant=no_constant)
    for one, other in zip(again, objects, strict=True):
        for column, value in other.items():
            assert one[column] == (pytest.approx(value) if isinstance(value, float) else value)


def test_lists_are_lists_in_json() -> None:
    assert all(
        type(row["options"]) is list for row in parsed(run("measures", "list", "-f", "json"))
    )
    for row in parsed(run("gaps", "-t", "poitiers", "-f", "json")):
        for name in ("actors", "datasets", "path", "evidence", "sources"):
            assert type(row[name]) is list, name
    for row in parsed(run("match", "-t", "poitiers", "-f", "json")):
        assert all(type(row[name]) is list for name in ("in_the_way", "route", "obstacles"))
    for row in parsed(run("what-if", "-b", "2", "-t", "poitiers", "-f", "json")):
        assert type(row["needs"]) is list


def test_brokers_give_few_columns_unless_asked_for_all(tmp_path: Path) -> None:
    given = ("brokers", "-t", "la-rochelle", "--draws", "40", "--permutations", "99")
    few, every = (parsed(run(*given, *more, "-f", "json")) for more in ((), ("--all-columns",)))
    names = [name for name in FEW if name != "betweenness_error"]
    assert list(few[0]) == names and len(names) <= 22
    assert set(names) < set(every[0]) and len(every[0]) > 80
    for one, other in zip(few, every, strict=True):
        assert one == {name: other[name] for name in names}
    for language, words in (("en", FEW["name"].en), ("fr", FEW["name"].fr)):
        file = tmp_path / f"{language}.xlsx"
        assert run(*given, "--all-columns", "--lang", language, "-o", file).code == 0
        _, (header, *rows) = sheet(file)
        assert header[2] == words and len(header) == len(every[0])
        assert len(set(header)) == len(header)
        assert "_" not in "".join(header)
        assert [row[1] for row in rows] == [row["id"] for row in every]


def test_names_that_a_spreadsheet_would_obey(hostile: Path, tmp_path: Path) -> None:
    given = ("brokers", hostile, *QUICK)
    book, table = tmp_path / "b.xlsx", tmp_path / "b.csv"
    assert run(*given, "-o", book).code == 0
    assert {row[2] for row in sheet(book)[1][1:]} == set(NAMES)
    assert run(*given, "--for", "excel-fr", "-o", table).code == 0
    data = table.read_bytes()
    assert data.startswith("\ufeffrank;id;name".encode())
    assert data.count(b"\r\n") == len(NAMES) + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {row["name"].removeprefix("'") for row in rows} == set(NAMES)
    assert not [row["name"] for row in rows if row["name"].startswith(FORMULA)]
    assert data.decode("utf-8") == run(*given, "--for", "excel-fr").out, "csv without saying so"


def test_csv_for_a_french_excel_gives_the_numbers_of_json(tmp_path: Path) -> None:
    given = ("measures", "run", "constraint", "-t", "geneve")
    file = tmp_path / "c.csv"
    assert run(*given, "--for", "excel-fr", "-o", file).code == 0
    table = pd.read_csv(file, sep=";", decimal=",", encoding="utf-8-sig")
    numbers = [None if x != x else x for x in table["constraint"]]
    objects = parsed(run(*given, "-f", "json"))
    assert table["id"].tolist() == [row["id"] for row in objects]
    assert numbers == [row["constraint"] for row in objects]
    assert None in numbers and any(isinstance(x, float) and 0 < x < 1 for x in numbers)


def test_what_an_audience_is_to_know_is_said_beside_a_file(tmp_path: Path) -> None:
    folder = sound(tmp_path / "in")
    (folder / "actors.csv").write_text("id,visibility\na,public\nb,public\nc,internal\n", "utf-8")
    for ending in ("xlsx", "parquet", "csv", "json"):
        ran = run("gaps", folder, "--audience", "public", "-o", tmp_path / f"g.{ending}")
        assert ran.code == 0 and "may have been left out" in ran.err, ending
        assert b"may have been left out" not in (tmp_path / f"g.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_a_binary_file_is_written_whole_or_not_at_all(
    ending: str, hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / f"r.{ending}"
    place.write_bytes(b"what was there")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        ran = run("brokers", hostile, *QUICK, "-o", place)
    assert ran.code == 1 and "was not written: the disk is full" in ran.err
    assert everything(tmp_path) == {place.name: b"what was there"}
    assert run("brokers", hostile, *QUICK, "-o", place).code == 0
    assert place.read_bytes() != b"what was there"


def test_a_table_without_rows(tmp_path: Path) -> None:
    given = ("check", sound(tmp_path / "in"))
    for ending in ENDINGS:
        assert run(*given, "-o", tmp_path / f"c{ending}").code == 0, ending
    assert sheet(tmp_path / "c.xlsx")[1] == [
        ["severity", "problem", "file", "line", "column", "value", "what is wrong", "what to do"]
    ]
    assert len(pd.read_parquet(tmp_path / "c.parquet")) == 0
    assert (tmp_path / "c.json").read_text("utf-8") == "[]\n"
