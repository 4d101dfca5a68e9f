"""`run`: a folder of results that two runs make alike, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ecosystem.errors import DataError, EcosystemError, StoreError
from ecosystem.options import Options
from ecosystem.report.markdown import _rounded
from ecosystem.runs.folder import MANIFEST
from ecosystem.runs.pipeline import run
from ecosystem.store import embedded
from ecosystem.store.bolt import Store
from ecosystem.store.queries import queries
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import Label
from tests.cli.running import ECOSYSTEM
from tests.cli.running import run as command
from tests.conftest import lacking


def _hear_interruptions() -> None:
    """A shell leaves what it starts in the background deaf to them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(*args: str | Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [ECOSYSTEM, *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **environment},
        preexec_fn=None if sys.platform == "win32" else _hear_interruptions,
    )


def ended(process: subprocess.Popen[str], code: int = 0) -> tuple[str, str]:
    """What it said on stdout and stderr."""
    out, err = process.communicate(timeout=600)
    assert process.returncode == code, err
    assert "Traceback" not in err
    return out, err


def told(*args: str | Path, code: int = 0) -> str:
    """What the command line says on stderr, in this process."""
    ran = command(*args)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    return ran.err


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def without_date(files: dict[str, bytes]) -> dict[str, Any]:
    manifest = json.loads(files[MANIFEST])
    assert manifest.pop("date")
    return {**files, MANIFEST: manifest}


@pytest.fixture
def edge_list(tmp_path: Path) -> Path:
    """An edge list of two territories: enough for everything that a run does."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,territory,sector\na,x,public\nb,x,private\nc,y,\nd,y,\n")
    (folder / "flows.csv").write_text("provider,recipient\na,b\nb,c\nc,d\n")
    return folder


@pytest.fixture
def source(edge_list: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edge list, and runs of few draws: for what is about folders, not about ranks."""
    few = partial(Options, draws=20, permutations=19)
    monkeypatch.setattr("ecosystem.runs.pipeline.Options", few)
    return edge_list


def test_halves_are_rounded_up_in_the_findings() -> None:
    """As a reader does, who finds 38.5 and 17.5 in the table: not to the even neighbour."""
    rounded = [_rounded(value, "1").en for value in (38.5, 17.5, 0.5, 2.4999, 7.0)]
    assert rounded == ["39", "18", "1", "2", "7"]
    tenths = [_rounded(value, "0.1") for value in (0.25, 0.35, 12.04)]
    assert [label.en for label in tenths] == ["0.3", "0.4", "12.0"]
    assert [label.fr for label in tenths] == ["0,3", "0,4", "12,0"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The shipped data without a store: the folder, stdout and stderr."""
    folder = tmp_path_factory.mktemp("plain") / "results"
    out, err = ended(started("run", "--no-store", "-o", folder, PYTHONHASHSEED="1"))
    return folder, out, err


SHIPPED = pytest.mark.xdist_group("stores")  # the tests that share `plain` stay in one process


@SHIPPED
def test_a_run_leaves_everything_for_every_territory(
    plain: tuple[Path, str, str], shipped_tables: Tables
) -> None:
    folder, out, err = plain
    # The territories of data/territories.csv but for the levels above them.
    assert studied(shipped_tables) == ["antony", "pompey", "poitiers", "la-rochelle", "geneve"]
    names = ["all", *studied(shipped_tables)]
    expected = {MANIFEST, "findings.md"}
    expected |= {f"maps/{name}.html" for name in names}
    expected |= {
        f"tables/{kind}-{name}.csv" for kind in ("agenda", "brokers", "gaps") for name in names
    }
    assert set(contents(folder)) == expected
    assert out.splitlines() == [str(folder / name) for name in sorted(expected, key=_parts)]
    assert err.count("map: ") == len(names)
    assert folder.stat().st_mode & 0o777 == 0o755


def _parts(name: str) -> tuple[str, ...]:
    return Path(name).parts


@SHIPPED
def test_findings_tell_every_territory_and_link_its_map(
    plain: tuple[Path, str, str], shipped_tables: Tables
) -> None:
    folder, _, _ = plain
    text = (folder / "findings.md").read_text(encoding="utf-8")
    names = dict(shipped_tables["territories"][["id", "name"]].itertuples(index=False, name=None))
    for territory in studied(shipped_tables):
        assert f"\n## {names[territory]}\n\n[map](maps/{territory}.html)\n" in text
        with (folder / f"tables/brokers-{territory}.csv").open(encoding="utf-8", newline="") as f:
            first = next(csv.DictReader(f))
        assert first["rank"] == "1"
        assert f"\n1. **{first['name']}** " in text
    assert "nan" not in text.split() and "None" not in text


@SHIPPED
def test_findings_open_with_the_agenda_and_stay_short(plain: tuple[Path, str, str]) -> None:
    folder, _, _ = plain
    text = (folder / "findings.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    for name in ("all", "antony", "geneve"):
        with (folder / f"tables/gaps-{name}.csv").open(encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        counts = [sum(row["severity"] == s for row in rows) for s in ("high", "medium", "low")]
        line = "{} findings, of severity high {}, medium {}, low {}.".format(len(rows), *counts)
        assert line in text
    for name in ("antony", "geneve"):
        with (folder / f"tables/agenda-{name}.csv").open(encoding="utf-8", newline="") as f:
            talks = [row for row in csv.DictReader(f) if row["list"] == "bring-about"]
        told = text.replace("\\", "")
        assert (
            f"### To bring about ({len(talks)})\n\n1. **{talks[0]['title']}** *Who:* {talks[0]['who']}"
            in told
        )
    first = text.index("### To bring about")
    assert first < text.index("### Who holds the network together")  # it opens with the agenda


@SHIPPED
def test_two_runs_give_the_same_bytes_but_for_the_date(
    plain: tuple[Path, str, str], tmp_path: Path
) -> None:
    """In processes of different hash seeds, so that no set decides an order."""
    ended(started("run", "--no-store", "-o", tmp_path / "again", PYTHONHASHSEED="2"))
    first, second = contents(plain[0]), contents(tmp_path / "again")
    assert [name for name in first if first[name] != second.get(name)] in ([], [MANIFEST])
    assert without_date(first) == without_date(second)


@SHIPPED
def test_the_manifest_says_what_went_in_and_what_came_out(
    plain: tuple[Path, str, str], shipped_folder: Path, shipped_tables: Tables
) -> None:
    folder, _, _ = plain
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found = contents(folder)
    del found[MANIFEST]
    assert manifest["outputs"] == {n: hashlib.sha256(data).hexdigest() for n, data in found.items()}
    inputs = {path.name: path.read_bytes() for path in shipped_folder.glob("*.csv")}
    assert manifest["inputs"] == {n: hashlib.sha256(d).hexdigest() for n, d in inputs.items()}
    assert manifest["rows"] == {name: len(frame) for name, frame in shipped_tables.items()}
    assert manifest["store"] is None
    assert manifest["source"] == "shipped data"
    assert manifest["seeds"] == {"layout": 1, "draws": 1}
    assert manifest["options"]["language"] == "en"
    libraries = {"igraph", "jinja2", "networkx", "numpy", "pandas", "scipy"}
    libraries |= {"arcadedb-embedded"} if embedded.available() else set()
    assert set(manifest["libraries"]) >= libraries
    assert "password" not in (folder / MANIFEST).read_text(encoding="utf-8").lower()


@SHIPPED
@pytest.mark.embedded
def test_through_the_store_a_run_finds_the_same_and_answers_the_queries(
    plain: tuple[Path, str, str], tmp_path: Path
) -> None:
    if not embedded.available():
        lacking("the embedded engine has no wheel for this machine")
    folder = tmp_path / "results"
    _, err = ended(started("run", "-o", folder, PYTHONHASHSEED="3"))
    assert "read from the embedded store" in err
    with_store, without = contents(folder), contents(plain[0])
    asked = {
        f"queries/{query.name}.csv": query
        for query in queries().values()
        if not any(param.required for param in query.params)
    }
    assert len(asked) >= 15
    assert set(with_store) - set(without) == set(asked)
    for name in set(without) - {MANIFEST}:
        assert with_store[name] == without[name], name
    for name, query in asked.items():
        header, *rows = csv.reader(with_store[name].decode("utf-8").splitlines())
        assert header == [column.name for column in query.columns], name
        assert rows, f"{name} answers nothing on the shipped data"
    manifest, other = json.loads(with_store[MANIFEST]), json.loads(without[MANIFEST])
    assert manifest["store"] == "embedded"
    assert manifest["inputs"] == other["inputs"]
    assert manifest["rows"] == other["rows"]
    assert set(manifest["outputs"]) == set(with_store) - {MANIFEST}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.neo4j
@pytest.mark.xdist_group("stores")
def test_a_run_from_a_store_hashes_what_it_read_and_shows_no_password(
    neo4j_store: Store, plain: tuple[Path, str, str], tmp_path: Path
) -> None:
    address = neo4j_store.address
    host = address.uri.partition("://")[2]
    uri = f"bolt://{address.user}:{address.password}@{host}"
    folder = tmp_path / "results"
    err = told("run", uri, "-o", folder)
    found, without = contents(folder), contents(plain[0])
    assert address.password not in err
    assert not any(address.password.encode() in data for data in found.values())
    manifest = json.loads(found[MANIFEST])
    assert manifest["source"] == f"bolt://{address.user}@{host}"
    assert manifest["store"].startswith("Neo4j/")
    # The shipped files are written as the tables are: the hashes are those of the files.
    assert manifest["inputs"] == json.loads(without[MANIFEST])["inputs"]
    assert found["findings.md"] == without["findings.md"]


# ---------------------------------------------------------------- whole or not at all


def test_an_edge_list_is_enough_for_a_run(edge_list: Path, tmp_path: Path) -> None:
    heard: list[Label] = []
    written = run(
        str(edge_list), tmp_path / "out", language="fr", use_store=False, say=heard.append
    )
    assert [path.name for path in written if path.suffix == ".html"] == [
        "all.html",
        "x.html",
        "y.html",
    ]
    assert all(path.is_file() for path in written)
    assert (tmp_path / "out" / "findings.md").read_text("utf-8").startswith("# Ce que montrent")
    with (tmp_path / "out" / "tables" / "brokers-all.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    # a → b → c → d: b stands on a-c and a-d, c on a-d and b-d; each connects one pair of
    # actors that no flow joins directly.
    betweenness = {name: float(row["betweenness"]) for name, row in rows.items()}
    assert betweenness == {"a": 0, "b": 2, "c": 2, "d": 0}
    pairs = {name: row["brokerage"] for name, row in rows.items() if row["rank"]}
    assert pairs == {"b": "1", "c": "1"}
    assert len(heard) == 3
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert manifest["options"]["language"] == "fr"
    assert set(manifest["inputs"]) == {"actors.csv", "flows.csv"}
    assert (manifest["options"]["draws"], manifest["options"]["permutations"]) == (500, 999)


def test_a_run_replaces_an_earlier_one(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(source), out, use_store=False)
    assert (out / "maps" / "y.html").is_file()  # of a territory that will be gone
    (source / "actors.csv").write_text("id,territory\na,x\nb,x\nc,x\nd,x\n")
    run(str(source), out, use_store=False, seed=2)
    assert sorted(path.name for path in (out / "maps").iterdir()) == ["all.html"]
    assert json.loads((out / MANIFEST).read_text("utf-8"))["seeds"] == {"layout": 2, "draws": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "source"]


def test_an_empty_folder_is_filled(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    run(str(source), tmp_path / "out", use_store=False)
    assert (tmp_path / "out" / MANIFEST).is_file()


def test_a_folder_of_something_else_is_refused(source: Path, tmp_path: Path) -> None:
    before = contents(source)
    with pytest.raises(EcosystemError, match="was not left by 'ecosystem run'"):
        run(str(source), source, use_store=False)
    assert contents(source) == before


def _manifest_of_a_web_application(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"name": "my site", "icons": []}')


def _manifest_that_names_other_files(folder: Path) -> None:
    text = json.dumps({"ecosystem": "0.1.0", "outputs": {"thesis.md": "0" * 64}})
    (folder / "manifest.json").write_text(text)


@pytest.mark.parametrize(
    "manifest", [_manifest_of_a_web_application, _manifest_that_names_other_files]
)
def test_a_manifest_of_something_else_does_not_make_a_folder_ours(
    manifest: Callable[[Path], None], source: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.md").write_text("years of work")
    manifest(site)
    before = contents(tmp_path)
    with pytest.raises(EcosystemError, match="was not left by 'ecosystem run'"):
        run(str(source), site, use_store=False)
    assert contents(tmp_path) == before


def test_what_was_added_to_a_run_or_changed_in_it_is_not_lost(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(source), out, use_store=False)
    whole = contents(out)
    for name, text in (("maps/notes.txt", "mine"), ("findings.md", "# Read, and commented")):
        (out / name).write_text(text)
        before = contents(out)
        with pytest.raises(EcosystemError, match=rf"\(added or changed: {name}\)"):
            run(str(source), out, use_store=False)
        assert contents(out) == before
        (out / name).unlink()
        if name in whole:
            (out / name).write_bytes(whole[name])
    (out / ".DS_Store").write_bytes(b"left by a file manager")
    run(str(source), out, use_store=False)
    assert without_date(contents(out)) == without_date(whole)


def test_what_was_added_during_a_run_is_not_lost(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(source), out, use_store=False)

    def add(_: Label) -> None:
        (out / "notes.txt").write_text("mine")

    with pytest.raises(EcosystemError, match=r"added or changed: notes\.txt"):
        run(str(source), out, use_store=False, say=add)
    assert (out / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "source"]


@pytest.mark.parametrize("where", ["source", "source/..", "../link"])
def test_results_do_not_go_where_the_source_is(where: str, source: Path, tmp_path: Path) -> None:
    """Not even where a run could be replaced: a manifest that names the tables themselves."""
    inside = tmp_path / "inside"
    inside.mkdir()
    source = source.rename(inside / "source")
    (tmp_path / "link").symlink_to(source)
    place = inside / where
    outputs = {n: hashlib.sha256(data).hexdigest() for n, data in contents(place).items()}
    text = json.dumps({"ecosystem": "0.1.0", "outputs": outputs})
    (place / MANIFEST).write_text(text)
    before = contents(tmp_path)
    assert "holds the source" in told("run", source, "--no-store", "-o", place, code=1)
    assert contents(tmp_path) == before


def test_results_may_go_inside_the_source(source: Path) -> None:
    run(str(source), source / "results", use_store=False)
    run(str(source), source / "results", use_store=False)
    assert (source / "results" / MANIFEST).is_file()


def test_a_link_to_a_folder_stays_a_link(source: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "disk")
    for _ in range(2):
        run(str(source), link, use_store=False)
        assert link.is_symlink()
        assert (tmp_path / "disk" / MANIFEST).is_file()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["disk", "link", "source"]


def test_a_folder_that_one_stands_in_is_filled_where_it_is(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    inode = out.stat().st_ino
    told("run", source, "--no-store", "-o", ".")
    first = contents(out)
    assert {name.split("/")[0] for name in first} == {MANIFEST, "findings.md", "maps", "tables"}
    (source / "actors.csv").write_text("id,territory\na,x\nb,x\nc,x\nd,x\n")
    told("run", source, "--no-store", "-o", ".")
    assert sorted(path.name for path in Path("maps").iterdir()) == ["all.html"]
    assert out.stat().st_ino == inode, "a shell that stands there still sees it"
    before = contents(out)
    (source / "flows.csv").write_text("provider,recipient\na,nobody\n")
    told("run", source, "--no-store", "-o", ".", code=1)
    assert contents(out) == before


def test_territories_of_any_name_have_files_of_their_own_inside_the_folder(
    source: Path, tmp_path: Path
) -> None:
    names = ["../../../pwned", "all", "y" * 300, "Y", "y", "nul", "a/b", "a:b", "."]
    actors = "".join(f"a{i},{name}\n" for i, name in enumerate(names))
    flows = "".join(f"a{i},a{i - 1}\n" for i in range(1, len(names)))
    (source / "actors.csv").write_text(f"id,territory\n{actors}")
    (source / "flows.csv").write_text(f"provider,recipient\n{flows}")
    out = tmp_path / "deep" / "out"
    written = run(str(source), out, use_store=False)
    maps = [path.name for path in written if path.suffix == ".html"]
    assert len({name.casefold() for name in maps}) == len(names) + 1
    assert set(contents(tmp_path / "deep")) == {
        path.relative_to(tmp_path / "deep").as_posix() for path in written
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "source"]
    text = (out / "findings.md").read_text("utf-8")
    for name in maps:
        assert f"[map](maps/{name})" in text
    everybody = (out / "tables" / "brokers-all.csv").read_text("utf-8")
    assert everybody.count("\n") == len(names) + 1, "the overall table is not a territory's"


def test_a_run_that_fails_leaves_the_earlier_one(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(source), out, use_store=False)
    before = contents(out)
    (source / "flows.csv").write_text("provider,recipient\na,nobody\n")
    with pytest.raises(DataError, match="dangling-reference"):
        run(str(source), out, use_store=False)
    assert contents(out) == before

    def stop(label: Label) -> None:
        raise KeyboardInterrupt(label.en)

    (source / "flows.csv").write_text("provider,recipient\na,b\n")
    with pytest.raises(KeyboardInterrupt):  # half-way: the first map is made
        run(str(source), out, use_store=False, say=stop)
    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "source"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one child")
def test_a_run_that_is_interrupted_leaves_the_earlier_one(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(str(source), out, use_store=False)
    before = contents(out)
    process = started("run", "--no-store", "-o", out)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".out.*/new/maps/*.html")):  # the shipped data have six maps
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = ended(process, code=1)
    assert "Aborted" in err
    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "source"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_a_run_that_is_told_to_end_leaves_nothing(source: Path, tmp_path: Path) -> None:
    process = started("run", "--no-store", "-o", tmp_path / "out")
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".out.*/new/maps/*.html")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    ended(process, code=128 + signal.SIGTERM)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source"]


@pytest.mark.embedded
def test_a_query_that_fails_fails_the_run(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not some of the queries, and not none in silence."""
    if not embedded.available():
        lacking("the embedded engine has no wheel for this machine")
    found = queries()
    *_, last = [q for q in found.values() if not any(p.required for p in q.params)]
    broken = {**found, last.name: replace(last, text="MATCH (a:Actor RETURN a")}
    monkeypatch.setattr("ecosystem.store.queries.queries", lambda: broken)
    with pytest.raises(StoreError, match="RETURN"):
        run(str(source), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source"]


def test_without_the_engine_a_run_does_the_rest_and_says_so(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    err = told("run", source, "-o", out)
    assert "without a graph store, so without the queries" in err
    assert "the embedded engine is not installed" in err
    assert "pip install 'ecosystem[embedded]'" in err
    assert "give that address as SOURCE in place of the folder" in err
    assert not (out / "queries").exists()
    assert json.loads((out / MANIFEST).read_text("utf-8"))["store"] is None
    run(str(source), tmp_path / "plain", use_store=False)
    assert without_date(contents(out)) == without_date(contents(tmp_path / "plain"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plain", "source"]
    # What needs a store says what is missing and how to get it.
    err = told("load", source, "--lang", "fr", code=1)
    assert "erreur\u00a0: le moteur embarqué n'est pas installé\nconseil\u00a0: " in err
