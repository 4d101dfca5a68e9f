"""An attack on copies: a word of its own in each column of hidden rows, looked for in all that is made.

What an internal copy shows of the same tables proves that the search would find it.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from ecosystem.audience.mentions import folded
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, write_tables
from tests.cli.running import run
from tests.toy import make_tables

Row = dict[str, object]

COMMANDS = {
    "brokers": ("--all", "--all-columns", "--draws", "0", "--permutations", "0"),
    "gaps": (),
    "agenda": (),
    "match": (),
    "what-if": ("--best", "1"),
    "map": (),
    "export": (),
}
FORMS = {"map": ("html",), "export": ("gexf", "graphml", "json", "dl", "net", "xlsx", "zip")}
"""The endings of what each command writes, where they are not those of a table."""


class Planted:
    """Tables in which each text column of each hidden row holds a word that no other cell has."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        town = self._hidden("territories", kind="commune")
        actor = self._hidden("actors", territory="t", sector="private")
        data = self._hidden("datasets", holder=actor["id"], territory="t", theme="ENER")
        source = self._hidden("sources")
        name, site = str(actor["name"]), str(actor["url"])
        self.tables: Tables = make_tables(
            territories=[{"id": "t", "name": "Town", "kind": "commune"}, town],
            actors=[
                *({"id": x, "name": f"{x.upper()} org", "territory": "t", "sector": s}
                  for x, s in zip("abcd", ("public", "private", "research", "public"), strict=True)),
                actor,
                {"id": "child", "name": "Child", "territory": "t", "parent": actor["id"],
                 "source": source["id"], "description": f"of {name.upper()}"},
            ],
            datasets=[
                {"id": "d1", "title": "D one", "holder": "a", "territory": "t", "theme": "ENER", "access": "closed"},
                {"id": "d2", "title": f"{name} meters", "holder": "b", "territory": "t", "theme": "TRAN",
                 "source": source["id"]},
                data,
            ],
            flows=[
                {"id": "f1", "provider": "a", "recipient": "b", "status": "active", "dataset": "d1"},
                {"id": "f2", "provider": "b", "recipient": "c", "status": "active", "note": f"No. {actor['identifier']}"},
                {"id": "f3", "provider": "c", "recipient": "d", "status": "wished", "note": f"see {site}/x"},
                {"id": "f4", "provider": "c", "recipient": actor["id"], "status": "active"},
                {"id": "f5", "provider": actor["id"], "recipient": "a", "status": "active", "dataset": data["id"]},
                self._hidden("flows", id="f9", provider="a", recipient="d", status="blocked", barrier="legal"),
            ],
            needs=[
                {"id": "n1", "actor": "c", "dataset": data["id"], "theme": "ENER"},
                {"id": "n2", "actor": "d", "dataset": "d2", "theme": "TRAN"},
                self._hidden("needs", id="n9", actor="c", dataset="d1", theme="ENER"),
            ],
            services=[
                {"id": "sv", "name": "Serv", "territory": "t", "operator": actor["id"], "datasets": ("d1", data["id"])},
                self._hidden("services", territory="t", operator="a", datasets=("d1",)),
            ],
            ties=[
                {"id": "t1", "from": "a", "to": "b", "kind": "contract"},
                self._hidden("ties", id="t9", **{"from": "a", "to": "c", "kind": "contract"}),
            ],
            maturity=[
                {"territory": "t", "dimension": "strategy", "level": 1, "evidence": f"by {actor['id']}"},
                self._hidden("maturity", territory="t", dimension="skills", level=3),
            ],
            sources=[{"id": "s1", "title": "S one", "url": f"{site}/report.pdf"}, source],
        )  # fmt: skip

    def _hidden(self, table: str, **fixed: object) -> Row:
        row: Row = {**fixed, "visibility": "internal"}
        for field in TABLES[table].fields:
            if field.name in row or field.reference or field.kind not in ("id", "text", "url"):
                continue
            word = "qz" + "".join("abcdefghij"[int(d)] for d in f"{len(self.words):03}") + "kx"
            self.words[word] = f"{table}.{field.name}"
            row[field.name] = f"https://{word}.example" if field.kind == "url" else word
        return row

    def found_in(self, text: str) -> set[str]:
        """The columns whose word can be read in a text, as it is or decoded."""
        escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        read = "\n".join(map(folded, (text, html.unescape(text), unquote(text), escaped)))
        return {column for word, column in self.words.items() if word in read}


def made(planted: Planted, folder: Path, audience: str) -> dict[str, str]:
    """All that the commands print, write and name, by where it is."""
    source, out = folder / "in", folder / "out"
    write_tables(planted.tables, source)
    ran = run("run", source, "--no-store", "--audience", audience, "-o", out)
    assert ran.code == 0, ran.err
    texts = {str(p): f"{p.name}\n{p.read_text('utf-8')}" for p in out.rglob("*") if p.is_file()}
    for name, given in COMMANDS.items():
        for form in FORMS.get(name, ("txt", "json", "xlsx")):
            file = folder / f"{name}.{form}"
            ran = run(name, source, *given, "--audience", audience, "-o", file)
            assert ran.code == 0, ran.err
            texts[file.name] = (
                unpacked(file) if form in ("xlsx", "zip") else file.read_text("utf-8")
            )
    return texts


def unpacked(book: Path) -> str:
    """Every text that a workbook holds, beside its cells too."""
    with zipfile.ZipFile(book) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def test_the_attack_finds_what_an_internal_copy_shows(tmp_path: Path) -> None:
    planted = Planted()
    texts = made(planted, tmp_path, "internal")
    found = {name: planted.found_in(text) for name, text in texts.items()}
    assert len(set.union(*found.values())) >= 15
    for name in (
        "gaps.json",
        "gaps.xlsx",
        "match.json",
        "map.html",
        "brokers.json",
        "export.gexf",
        "export.zip",
    ):
        assert "actors.name" in found[name], name


@pytest.mark.corpus
def test_no_column_of_a_hidden_row_can_be_read_anywhere(
    tmp_path: Path, of_corpus: Callable[[int, int], int]
) -> None:
    planted = Planted()
    for audience in ("public", "partners")[: of_corpus(2, 1)]:
        folder = tmp_path / audience
        folder.mkdir()
        texts = made(planted, folder, audience)
        assert {n: f for n, text in texts.items() if (f := planted.found_in(text))} == {}
