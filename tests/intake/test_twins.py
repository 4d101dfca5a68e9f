"""Actors that may be one: what is proposed, and what joining them does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.intake.twins import merged, read_decisions, twins
from ecosystem.tables.checks import check
from ecosystem.tables.reading import read_tables
from tests.cli.running import run
from tests.toy import make_tables

TABLES = make_tables(
    actors=[
        {"id": "enedis", "name": "Enedis", "identifier": "444608442"},
        {"id": "enedis-sa", "name": "Enedis SA", "sector": "private"},
        {"id": "erdf", "name": "Ancien nom", "identifier": "444 608 442"},
        {"id": "commune", "name": "Commune d'Évrigny"},
        {"id": "cc", "name": "Communauté de communes d'Évrigny"},
        {"id": "direction", "name": "Régie", "parent": "regie"},
        {"id": "regie", "name": "Régie"},
    ],
    flows=[
        {"id": "f1", "provider": "enedis", "recipient": "commune", "status": "active"},
        {"id": "f2", "provider": "enedis-sa", "recipient": "cc", "status": "active"},
        {"id": "f3", "provider": "enedis", "recipient": "cc", "status": "active"},
    ],
    ties=[{"id": "t", "from": "enedis-sa", "to": "cc"}],
)


def test_twins_are_proposed_with_a_reason_and_false_friends_are_not() -> None:
    found = {(pair.keep, pair.merge): (pair.score, pair.why.en) for pair in twins(TABLES)}
    assert found == {
        ("enedis", "erdf"): (99, "the same official number"),
        ("enedis", "enedis-sa"): (94, "the same words, without legal form and acronym"),
    }


def test_joined_actors_keep_what_either_said() -> None:
    joined = merged(TABLES, {"enedis-sa": "enedis", "erdf": "enedis-sa"})
    actors = joined["actors"].set_index("id")
    assert list(actors.index) == ["enedis", "commune", "cc", "direction", "regie"]
    assert actors.loc["enedis", ["name", "sector"]].tolist() == ["Enedis", "private"]
    assert joined["flows"]["provider"].tolist() == ["enedis"] * 3
    assert joined["ties"]["from"].tolist() == ["enedis"]
    assert [p.code for p in check(joined) if p.severity == "error"] == []
    assert TABLES["flows"]["provider"].tolist() == ["enedis", "enedis-sa", "enedis"]


@pytest.mark.parametrize(
    ("joins", "said"),
    [
        ({"nobody": "enedis"}, "there is no actor 'nobody'"),
        ({"enedis": "erdf", "erdf": "enedis"}, "in a circle"),
    ],
)
def test_what_cannot_be_joined_is_told(joins: dict[str, str], said: str) -> None:
    with pytest.raises(DataError, match=said):
        merged(TABLES, joins)


def test_a_reviewed_list_is_applied(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "actors.csv").write_text("id,name\nenedis,Enedis\nenedis-sa,Enedis SA\nville,Ville\n")
    (source / "flows.csv").write_text(
        "provider,recipient,status\nenedis-sa,ville,active\nenedis,ville,active\n"
    )
    reviewed = tmp_path / "twins.csv"
    assert "Enedis SA" in run("merge-actors", source).out
    ran = run("merge-actors", source, "-o", reviewed)
    assert ran.code == 0 and "1 pair" in ran.err
    rows = list(csv.DictReader(reviewed.read_text().splitlines()))
    assert [(r["keep"], r["merge"], r["decision"]) for r in rows] == [("enedis-sa", "enedis", "")]
    assert read_decisions(reviewed) == {}
    reviewed.write_text(reviewed.read_text().rstrip("\n") + "yes\n")
    ran = run("merge-actors", source, "--apply", reviewed, "-o", tmp_path / "out")
    assert ran.code == 0 and "1 actor joined" in ran.err
    assert read_tables(tmp_path / "out")["flows"]["provider"].tolist() == ["enedis-sa"] * 2
    assert run("merge-actors", source, "--apply", reviewed).code == 2
    reviewed.write_text(reviewed.read_text().replace("yes", "perhaps"))
    ran = run("merge-actors", source, "--apply", reviewed, "-o", tmp_path / "again")
    assert ran.code == 1 and "'perhaps' is neither yes nor no" in ran.err
