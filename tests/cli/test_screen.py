"""What reaches a screen, a pipe or a file: nothing that a terminal obeys, always UTF-8."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ecosystem.labels import printed
from tests.cli.running import launch, parsed, run

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
NASTY = "Ci\x1b]0;OWNED\x07ty\x9b31m\u202elive"


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """Cells and a header that a terminal would obey."""
    (tmp_path / "actors.csv").write_text(
        f"id,name,sector,bar\x1b[2J\na,{NASTY},public,x\nb,B,private,\nc,C,public,\n", "utf-8"
    )
    flows = (
        f"id,provider,recipient,status\nf1,a,b,active\nf2,b,c,{NASTY}\nf\x1b[1m3,b,a\x1bc,active\n"
    )
    (tmp_path / "flows.csv").write_text(flows, "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["check", "brokers", "gaps", "match", "map"])
def test_no_cell_commands_a_terminal(nasty: Path, command: str) -> None:
    ran = run(command, nasty)
    assert ran.code == 1
    assert not OBEYED.search(ran.out.replace("\r\n", "\n") + ran.err)
    assert "\\x1b" in ran.out + ran.err


def test_tables_of_a_sound_source_write_out_what_is_obeyed(tmp_path: Path) -> None:
    """A mark of direction is no error, and is written out on the screen; data formats keep it."""
    (tmp_path / "actors.csv").write_text("id,name\na,A\nb,B\u200fb\nc,C\n", "utf-8")
    flows = "provider,recipient,status\na,b,active\nb,c,active\n"
    (tmp_path / "flows.csv").write_text(flows, "utf-8")
    ran = run("brokers", tmp_path)
    assert "B\\u200fb" in ran.out
    assert parsed(run("brokers", tmp_path, "--format", "json"))[0]["name"] == "B\u200fb"


def test_what_is_obeyed_is_written_out() -> None:
    assert printed("a\x1b[31mb\u202ec\td\ne\rf") == "a\\x1b[31mb\\u202ec\td\ne\\rf"


@pytest.mark.parametrize("command", [("measures", "list"), ("brokers", "--draws", "0")])
def test_output_is_utf8_whatever_the_system_writes_in(command: tuple[str, ...]) -> None:
    """As on a Western Windows, where a redirected output is cp1252: arrows and rules are not in it."""
    ran = launch(*command, PYTHONIOENCODING="cp1252")
    assert ran.code == 0
    assert "─" in ran.out
    assert launch(*command, LC_ALL="C", PYTHONIOENCODING="ascii").out == ran.out


def test_actors_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,name\nv1,Mairie\nv2,mairie\nb,Bus\n", "utf-8")
    (tmp_path / "flows.csv").write_text(
        "provider,recipient,status\nv1,b,active\nb,v2,active\n", "utf-8"
    )
    ran = run("brokers", tmp_path, "--explain", "Mairie")
    assert ran.code == 1
    assert "several actors are called 'Mairie': v1, v2" in ran.err
