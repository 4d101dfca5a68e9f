"""Files as people break them: each with exactly the repairs, questions and problems that it should have.

Each line of `tests/broken/expected.json` was read against what its file holds; the numbers of SIREN
and SIRET in the files are computed with the formula of Luhn. Repairs are [kind, rows, column, before, after],
questions [about, field, value, proposed, rows], problems [kind, row, column, value].
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ecosystem.errors import DataError
from ecosystem.intake.answers import Answers
from ecosystem.intake.importing import Imported, import_files
from ecosystem.tables.checks import check
from ecosystem.tables.repairs import REPAIRS, gathered

BROKEN = Path(__file__).resolve().parents[1] / "broken"
EXPECTED: dict[str, dict[str, Any]] = json.loads((BROKEN / "expected.json").read_text())
SAID_APART = ("format", "table", "column", "made-row", "made-id", "default")


def seen(found: Imported) -> dict[str, Any]:
    """What came of a file, as `expected.json` has it."""
    told = {
        "repairs": [
            [r.code, list(r.rows), r.column, r.before, r.after]
            for r in found.repairs
            if r.code not in SAID_APART
        ],
        "columns": {r.before: r.after for r in found.repairs if r.code == "column"},
        "made": sorted(r.before for r in found.repairs if r.code == "made-row"),
        "questions": [[*q.key, q.proposed, list(q.rows)] for q in found.questions],
        "problems": [
            [p.code, p.line, p.column, p.value]
            for p in check(found.tables)
            if p.code != "unknown-column"  # `own-column` says it of the file
        ],
    }
    return {
        "rows": {name: len(frame) for name, frame in found.tables.items() if len(frame)},
        "how": next(r.after for r in found.repairs if r.code == "format"),
        **{name: value for name, value in told.items() if value},
    }


def test_the_corpus_is_whole() -> None:
    assert {path.name for path in BROKEN.iterdir()} - {"expected.json"} == set(EXPECTED)
    assert len(EXPECTED) > 100


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_is_repaired_asked_about_or_refused(name: str) -> None:
    expected = EXPECTED[name]
    if "error" in expected:
        with pytest.raises(DataError) as error:
            import_files([BROKEN / name])
        said = str(error.value)
        assert said.replace(f"{BROKEN}/", "").startswith(expected["error"])
        assert "hint: " in said
        return
    assert seen(import_files([BROKEN / name])) == expected


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if "questions" in e])
def test_answers_leave_no_question_and_are_told(name: str) -> None:
    found = import_files([BROKEN / name])
    answers = Answers()
    for _ in range(3):
        for question in found.open:
            answer = question.proposed or next(iter(question.choices), "Somebody")
            answers = answers.with_(question.key, answer)
        found = import_files([BROKEN / name], answers)
    assert found.open == []
    assert {q.key for q in found.questions} <= set(answers.given)


def test_every_kind_of_repair_is_told_in_both_languages() -> None:
    kinds = set()
    for name, expected in EXPECTED.items():
        if "error" not in expected:
            for repair in import_files([BROKEN / name]).repairs:
                kinds.add(repair.code)
                assert repair.why.fr
                assert repair.why.en
                assert "{" not in repair.why.fr + repair.why.en
                assert len(list(repair.lines("fr"))) == max(1, len(repair.rows))
    others = {
        "answered",
        "file",
        "languages",
        "list",
        "no-holder",
        "one-page",
        "row-left",
        "column-left",
    }
    assert kinds | others >= set(REPAIRS)


def test_repairs_alike_are_one_with_all_their_rows() -> None:
    found = import_files([BROKEN / "status-unknown.csv"])
    assert gathered(found.repairs) == found.repairs
    (question,) = found.questions
    assert question.rows == (3, 4)
    assert "in 2 cells of 'Statut'" in question.words.en


def test_a_byte_more_or_less_changes_nothing_but_itself(tmp_path: Path) -> None:
    """The same input twice gives the same tables, whatever the name of its folder."""
    for name in ("two-files.zip", "names-near.csv", "kumu.json"):
        (tmp_path / name).write_bytes((BROKEN / name).read_bytes())
        first, second = import_files([BROKEN / name]), import_files([tmp_path / name])
        assert first.tables.equals(second.tables)
        assert first.repairs == second.repairs
