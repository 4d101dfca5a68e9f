"""The command line, run as a user runs it: what it prints where, how it ends, what it refuses."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from ecosystem.cli import main
from ecosystem.cli.bilingual import Option
from ecosystem.gaps import DETECTORS
from ecosystem.measures import MEASURES
from ecosystem.schema import TABLES
from ecosystem.store.queries import queries
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import LANGUAGES, SEVERITIES

ECOSYSTEM = Path(sys.executable).with_name("ecosystem")

# Two actors and a flow, nothing to complain about.
ACTORS = "id,name\na,Alpha\nb,Beta\n"
FLOWS = "id,provider,recipient,status\nf1,a,b,active\n"


@dataclass(frozen=True)
class Ran:
    """How a run of the command line ended and what it said."""

    code: int
    out: str
    err: str


def run(*args: str | Path, preexec: Callable[[], None] | None = None, **environment: str) -> Ran:
    done = subprocess.run(
        [ECOSYSTEM, *map(str, args)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        preexec_fn=preexec,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


once = cache(run)
"""The same run, started once for several tests: only for what writes nothing."""


def plain(text: str) -> str:
    """Words with ordinary spaces: French has no-break ones before its marks."""
    return text.replace("\u00a0", " ")


def squeezed(text: str) -> str:
    """Text without its spaces: help pages break lines at hyphens too."""
    return "".join(text.split())


def sound(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (folder / "flows.csv").write_text(FLOWS, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below, hidden ones too, with what files hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


# ---------------------------------------------------------------- help


def commands(
    group: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())
EACH_COMMAND = pytest.mark.parametrize("path", COMMANDS, ids=lambda p: "-".join(p) or "main")


def test_the_commands_are_those_that_are_promised() -> None:
    names = {" ".join(path) for path in COMMANDS}
    assert names == {
        *("", "check", "load", "run", "brokers", "gaps", "match", "map", "what-if"),
        *("query", "query list", "query show", "query run"),
        *("measures", "measures list", "measures show", "measures run"),
        *("store", "store start", "store stop", "store status"),
    }


@EACH_COMMAND
def test_help_is_given_in_both_languages_and_ends_with_an_example(path: tuple[str, ...]) -> None:
    """`-h` by the language of the environment; `--lang` has its own test below."""
    command: Any = COMMANDS[path]
    pages = {language: once(*path, "-h", ECOSYSTEM_LANG=language) for language in LANGUAGES}
    for language, page in pages.items():
        assert page.code == 0
        assert page.err == ""
        shown = squeezed(page.out)
        for text in command.words.to(language).split("\n\n"):
            assert squeezed(text) in shown
        for param in command.params:
            if isinstance(param, Option):
                # The wrapped column of a help page loses no word.
                assert squeezed(param.words.to(language)) in shown, param.name
        assert ("Exemple:" if language == "fr" else "Example:") in shown
        *_, last = page.out.strip().splitlines()
        assert last.strip() and shown.endswith(squeezed(command.example))
    assert pages["fr"].out != pages["en"].out


@EACH_COMMAND
def test_every_option_is_explained_in_both_languages(path: tuple[str, ...]) -> None:
    for param in COMMANDS[path].params:
        if isinstance(param, click.Option):
            assert isinstance(param, Option), f"{param.name} has help in one language only"
            assert param.words.fr and param.words.en and param.words.fr != param.words.en


def test_the_language_may_be_given_before_or_after_the_command() -> None:
    french = once("brokers", "-h", ECOSYSTEM_LANG="fr")
    assert once("--lang", "fr", "brokers", "-h") == french
    assert once("brokers", "--lang", "fr", "-h") == french
    assert once("brokers", "--lang", "en", "-h", ECOSYSTEM_LANG="fr") == once("brokers", "-h")


def test_help_and_lang_may_come_in_any_order() -> None:
    assert once("brokers", "-h", "--lang", "fr") == once("brokers", "--lang", "fr", "-h")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_CH.UTF-8"}, "fr"),
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"ECOSYSTEM_LANG": "en", "LC_ALL": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_without_a_choice_the_language_is_that_of_the_locale(
    environment: dict[str, str], language: str
) -> None:
    word = {"fr": "Exemple", "en": "Example"}[language]
    assert re.search(rf"^{word}", run("store", "stop", "-h", **environment).out, re.MULTILINE)


def test_long_and_short_help_are_the_same() -> None:
    assert once("--help") == once("-h")
    assert "ecosystem run -o results" in once("-h").out


def test_the_version_is_that_of_the_package() -> None:
    from ecosystem import __version__

    assert once("--version") == Ran(0, f"ecosystem {__version__}\n", "")


@pytest.mark.parametrize("statement", ["from ecosystem.cli import main as x", "import ecosystem"])
def test_help_imports_nothing_heavy(statement: str) -> None:
    """The help answers in the time of importing click."""
    script = f"""
import sys
{statement}
if "x" in globals():
    try:
        x(["--help"])
    except SystemExit as end:
        assert end.code == 0
heavy = "pandas numpy networkx neo4j pyvis igraph scipy jinja2 tabulate arcadedb_embedded".split()
sys.stderr.write(" ".join(m for m in heavy if m in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode() == ""


# ---------------------------------------------------------------- results


def rows(name: str, folder: Path) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def no_constant(word: str) -> None:
    raise AssertionError(f"{word} is not JSON")


def parsed(ran: Ran) -> list[dict[str, Any]]:
    """The objects of a JSON output, which must be JSON without NaN or Infinity."""
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out, parse_constant=no_constant)
    return found


ACTOR_MEASURES = [n for n, m in MEASURES.items() if m.of == "actor" and n != "betweenness_sampled"]

BROKERS = ("brokers", "--territory", "la-rochelle", "--format")


def test_brokers_gives_one_object_an_actor_keyed_by_the_measures(shipped_folder: Path) -> None:
    found = parsed(once(*BROKERS, "json"))
    # By hand from the files: the actors of the territory, and those at the other end of a flow
    # that concerns it (its dataset, provider or recipient is there), but for the general public.
    own = {r["id"] for r in rows("actors", shipped_folder) if r["territory"] == "la-rochelle"}
    data = {r["id"] for r in rows("datasets", shipped_folder) if r["territory"] == "la-rochelle"}
    expected = set(own)
    for flow in rows("flows", shipped_folder):
        ends = {flow["provider"], flow["recipient"]}
        if ends & own or flow["dataset"] in data:
            expected |= ends
    expected = {actor for actor in expected if not actor.startswith("reutilisateurs")}
    assert len(found) == len(expected) > 20
    assert {row["id"] for row in found} == expected
    for row in found:
        assert set(ACTOR_MEASURES) <= set(row), row["id"]
        assert list(row) == list(found[0])
        assert row["outside"] == (row["id"] not in own)
    ranks = [row["rank"] for row in found]
    placed = [rank for rank in ranks if rank is not None]
    assert placed == sorted(placed) and ranks[len(placed) :] == [None] * (len(ranks) - len(placed))


def test_undefined_is_null_and_counts_are_numbers() -> None:
    found = parsed(once(*BROKERS, "json"))
    alone = [row for row in found if row["in_degree"] == row["out_degree"] == 0]
    assert alone, "an actor without a flow keeps its place in the table"
    for row in alone:
        # Without a neighbour there is no structural hole to measure: not defined, not zero.
        assert row["constraint"] is None
        assert row["betweenness"] == 0
        assert row["rank"] is None
    for row in found:
        for name in ("in_degree", "out_degree", "in_strength", "core_number", "brokerage"):
            assert type(row[name]) is int, name
        assert type(row["articulation_point"]) is bool
        assert type(row["outside"]) is bool
        assert type(row["datasets_relayed"]) is list


def test_degrees_are_those_that_can_be_counted_in_the_files(shipped_folder: Path) -> None:
    everybody = parsed(once("brokers", "-f", "json"))
    public = {r["id"] for r in rows("actors", shipped_folder) if r["id"].startswith("reutil")}
    assert len(everybody) == len(rows("actors", shipped_folder)) - len(public)
    flows = [
        (r["provider"], r["recipient"])
        for r in rows("flows", shipped_folder)
        if r["status"] == "active"
        and r["provider"] != r["recipient"]
        and not {r["provider"], r["recipient"]} & public
    ]
    for row in everybody:
        assert row["in_degree"] == len({a for a, b in flows if b == row["id"]})
        assert row["out_degree"] == len({b for a, b in flows if a == row["id"]})
        assert row["in_strength"] == sum(b == row["id"] for _, b in flows)
        assert row["out_strength"] == sum(a == row["id"] for a, _ in flows)


def test_csv_has_the_rows_and_columns_of_json() -> None:
    objects = parsed(once(*BROKERS, "json"))
    table = once(*BROKERS, "csv")
    assert table.code == 0
    found = list(csv.DictReader(io.StringIO(table.out, newline="")))
    assert list(found[0]) == list(objects[0])
    assert len(found) == len(objects)
    for line, row in zip(found, objects, strict=True):
        for name, value in row.items():
            if value is None:
                assert line[name] == ""
            elif isinstance(value, list):
                assert line[name] == ";".join(value)
            elif isinstance(value, float):
                assert float(line[name]) == value
            else:
                assert line[name] == str(value)
    assert "nan" not in table.out.lower().split(",")


def test_results_are_on_stdout_and_talk_on_stderr() -> None:
    table = once("brokers", "-t", "la-rochelle")
    assert table.code == 0
    ranks = [row["rank"] for row in parsed(once(*BROKERS, "json"))]
    placed = [rank for rank in ranks if rank is not None]
    header, body = re.split(r"^─[─ ]+\n", table.out, flags=re.MULTILINE)
    assert header.split()[:2] == ["rank", "actor"]
    # A wide cell goes on below, on lines without a rank.
    found = [re.match(r" {0,3}(\d+) ", row) for row in body.splitlines()]
    assert [int(match[1]) for match in found if match] == placed
    assert table.err.startswith("source: shipped data\n")
    assert f"actors that connect others: {len(placed)} of {len(ranks)} " in table.err
    french = once("brokers", "-t", "la-rochelle", "--lang", "fr")
    assert plain(french.err).startswith("source : données livrées\n")
    assert "relayés" in french.out
    for form in ("json", "csv"):
        assert once(*BROKERS, form).err == "source: shipped data\n"
    assert "\x1b[" not in table.out + table.err, "colours in a pipe"


# ---------------------------------------------------------------- measures


def quick(*args: str) -> Ran:
    """The command line without a process of its own, where only what is computed matters."""
    from click.testing import CliRunner

    ran = CliRunner().invoke(main, list(args), env={"ECOSYSTEM_LANG": "en"})
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_runs_from_the_command_line(name: str) -> None:
    ran = quick("measures", "run", name, "-t", "la-rochelle", "-f", "json")
    found = parsed(ran)
    assert found
    if MEASURES[name].of == "actor":
        assert len(found) == len(parsed(once(*BROKERS, "json")))
        assert all(list(row)[:2] == ["id", name] for row in found)
    if MEASURES[name].of == "set":
        assert len(found) == 3
        assert next(iter(found[0])) == "id"
    assert "weight: number of flows" in ran.err
    shown = quick("measures", "show", name)
    assert shown.code == 0
    assert MEASURES[name].formula in shown.out and "doi:" in shown.out


def test_a_measure_equals_the_broker_table() -> None:
    table = {row["id"]: row for row in parsed(once(*BROKERS, "json"))}
    alone = quick("measures", "run", "constraint", "-t", "la-rochelle", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(alone.out)))
    assert {r["id"]: r["constraint"] for r in rows} == {
        actor: "" if row["constraint"] is None else str(row["constraint"])
        for actor, row in table.items()
    }


def test_measures_take_layers_partitions_options_and_stability() -> None:
    def ids(*more: str) -> set[str]:
        ran = parsed(quick("measures", "run", "in_degree", "-t", "poitiers", "-f", "json", *more))
        return {row["id"] for row in ran}

    assert ids("--layer", "both") == ids("--layer", "ties") | ids()
    types = quick("measures", "run", "ei_index", "-p", "type", "-f", "json")
    assert {row["scope"] for row in parsed(types)} >= {"network", "administration"}
    two = quick("measures", "run", "key_players_negative", "-O", "k=2", "-f", "json")
    assert len(parsed(two)) == 2
    stable = parsed(
        quick("measures", "run", "in_degree", "-t", "geneve", "--stability", "40", "-f", "json")
    )
    assert {"rank", "rank_low", "rank_high", "top_share", "verdict"} <= set(stable[0])


def test_empty_cells_of_a_partition_are_told(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,sector\na,public\nb,\nc,\n", encoding="utf-8")
    (tmp_path / "flows.csv").write_text("provider,recipient\na,b\nb,c\n", encoding="utf-8")
    told = "column 'sector': empty for 2 of 3 actors, put together in the group 'unknown'"
    for command in (("brokers", str(tmp_path)), ("measures", "run", "liaison", str(tmp_path))):
        ran = quick(*command)
        assert ran.code == 0
        assert told in ran.err
    assert "empty for" not in quick("measures", "run", "betweenness", str(tmp_path)).err


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (("measures", "run", "betweeness"), "unknown measure: 'betweeness'", "nearest: betweenness"),
        (("measures", "show", "nope"), "unknown measure: 'nope'", "there are: "),
        (("measures", "run", "liaison", "-p", "sectors"), "'sectors'", "nearest: sector"),
        (("measures", "run", "liaison", "-l", "tie"), "unknown layer: 'tie'", "nearest: ties"),
        (("measures", "run", "liaison", "-t", "rochelle"), "'rochelle'", "nearest: la-rochelle"),
        (("measures", "run", "in_degree", "-p", "type"), "no option 'partition'", "it has none"),
        (("measures", "run", "key_players_positive", "-O", "k"), "'k' is not NAME=VALUE", "k=3"),
        (("measures", "run", "key_players_positive", "-O", "k=x"), "option k is 'x'", "whole"),
        (("measures", "run", "key_players_positive", "-O", "k=0"), "k is 0", "another"),
        (("measures", "run", "constraint", "-O", "model=both"), "'both'", "ego, whole"),
        (("measures", "run", "density", "--stability", "20"), "measure of each actor", "there are"),
        (("brokers", "-p", "sektor"), "unknown column of actors: 'sektor'", "nearest: sector"),
        (("brokers", "-l", "flow"), "unknown layer: 'flow'", "nearest: flows"),
        (("brokers", "--drop", "ties"), "unknown thing to drop: 'ties'", "actors, flows"),
        (("brokers", "--share", "2"), "the share to drop is 2", "between 0 and 1"),
        (("brokers", "--explain", "stig"), "unknown actor of the network: 'stig'", "nearest: sitg"),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_unknown_names_list_what_exists_and_the_nearest(
    args: tuple[str, ...], message: str, hint: str
) -> None:
    ran = quick(*args)
    assert ran.code == 1
    assert ran.out == ""
    assert message in ran.err and hint in ran.err
    assert "Traceback" not in ran.err


def test_names_shown_in_help_are_those_that_exist() -> None:
    from ecosystem.cli import network_options
    from ecosystem.measures.stability import DROPS
    from ecosystem.networks.layers import LAYERS

    assert tuple(LAYERS) == network_options.LAYERS
    assert tuple(DROPS) == network_options.DROPS


def test_the_story_of_an_actor_and_its_pairs(tmp_path: Path) -> None:
    told = once("brokers", "-t", "la-rochelle", "--explain", "ca-la-rochelle")
    assert told.code == 0
    assert told.out.startswith("Communauté d'agglomération de La Rochelle\n")
    assert "[lr-f001]" in told.out
    pairs = parsed(
        once("brokers", "-t", "la-rochelle", "--explain", "ca-la-rochelle", "-f", "json")
    )
    own = {row["id"]: row for row in parsed(once(*BROKERS, "json"))}["ca-la-rochelle"]
    assert len(pairs) == own["brokerage"]
    assert set(pairs[0]) == {"from", "to", "role", "others", "rows_in", "rows_out"}
    file = tmp_path / "story.txt"
    assert run("brokers", "-t", "la-rochelle", "--explain", "lr-agd", "-o", str(file)).code == 0
    assert "stands between no other actors" in file.read_text(encoding="utf-8")


def test_what_cannot_be_doubted_gives_no_verdict() -> None:
    """No flow of the shipped data says who reported it."""
    ran = quick("brokers", "-t", "geneve", "--drop", "one-sided", "--draws", "40")
    assert ran.code == 0
    assert "nothing to drop: no flow says that only one side reports it" in ran.err
    assert "robust (" not in ran.out and "cannot" in ran.out


def test_a_source_without_an_active_flow_has_no_broker(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id\na\nb\nc\n", encoding="utf-8")
    flows = "provider,recipient,status\na,b,wished\nb,c,blocked\n"
    (tmp_path / "flows.csv").write_text(flows, encoding="utf-8")
    ran = quick("brokers", str(tmp_path))
    assert ran.code == 0
    assert "actors that connect others: 0 of 3" in ran.err
    assert "nothing to drop: the network is empty" in ran.err
    told = quick("brokers", str(tmp_path), "--explain", "b")
    assert "stands between no other actors" in told.out


def test_draws_may_be_left_out() -> None:
    bare = run("brokers", "-t", "geneve", "--draws", "0", "--permutations", "0")
    assert bare.code == 0
    assert "how sure" not in bare.out.replace("\n", " ")
    assert "draws" not in bare.err
    row = parsed(
        run("brokers", "-t", "geneve", "--draws", "0", "--permutations", "0", "-f", "json")
    )
    assert row[0]["rank_low"] is None and row[0]["role_p"] is None


def test_an_interruption_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from ecosystem.measures.resampling import Plan

    draw = Plan.draw

    def tired(self: Plan, number: int) -> Any:
        if number >= 100:
            raise KeyboardInterrupt
        return draw(self, number)

    monkeypatch.setattr(Plan, "draw", tired)
    monkeypatch.setattr(
        "ecosystem.measures.resampling.WORTH_WORKERS", float("inf")
    )  # draw here, not elsewhere
    ran = CliRunner().invoke(main, ["brokers", "-t", "geneve"], env={"ECOSYSTEM_LANG": "en"})
    assert ran.exit_code == 0
    assert re.search(r"interrupted: \d+ of 500 draws", ran.stderr)


def test_gaps_have_a_reason_evidence_and_a_next_step(shipped_tables: Tables) -> None:
    ran = once("gaps", "-t", "poitiers", "-f", "json")
    found = parsed(ran)
    ids = {
        name: {"/".join(map(str, key)) for key in shipped_tables[name][list(table.key)].to_numpy()}
        for name, table in TABLES.items()
    }
    assert len(found) > 5
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert row["finding"] and row["next_step"] and row["why"] and row["reason"]
        assert row["out_of"] >= 1
        for evidence in row["evidence"].split(";"):
            table, _, name = evidence.partition("/")
            assert name in ids[table], evidence
    french = parsed(once("gaps", "-t", "poitiers", "-f", "json", "--lang", "fr"))
    assert [row["id"] for row in french] == [row["id"] for row in found]
    assert all(a["finding"] != b["finding"] for a, b in zip(found, french, strict=True))
    # What is said on stderr is counted from the rows: "N of M".
    for kind in {row["gap"] for row in found}:
        some = [row for row in found if row["gap"] == kind]
        assert f"{kind}: {len(some)} of {some[0]['out_of']} " in ran.err


def test_one_kind_of_gap_may_be_asked_for() -> None:
    every = parsed(once("gaps", "-t", "poitiers", "-f", "json"))
    one = parsed(once("gaps", "-t", "poitiers", "-k", "unmet-need", "-f", "json"))
    assert one == [row for row in every if row["gap"] == "unmet need"]
    assert 0 < len(one) < len(every)


def test_a_question_mark_shows_every_kind_of_gap() -> None:
    ran = once("gaps", "-k", "?")
    assert (ran.code, ran.out) == (1, "")
    for name in DETECTORS:
        assert name in ran.err


def test_the_heaviest_gaps_come_first_with_their_sources(shipped_tables: Tables) -> None:
    found = parsed(once("gaps", "-t", "poitiers", "-f", "json"))
    order = [*SEVERITIES]
    ranks = [order.index(row["severity"]) for row in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3
    sources = set(shipped_tables["sources"]["id"])
    assert all(set(row["sources"].split(";")) <= sources for row in found)


def _rows_of(table: Tables, row: dict[str, Any]) -> list[tuple[str, str]]:
    return [tuple(e.split("/", 1)) for e in row["evidence"].split(";")]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("option", "value"),
    [("-s", "high"), ("-r", "blocked"), ("-a", "poitiers-transition"), ("--theme", "ENER")],
)
def test_gaps_are_narrowed_down(option: str, value: str, shipped_tables: Tables) -> None:
    every = parsed(once("gaps", "-t", "poitiers", "-f", "json"))
    some = parsed(once("gaps", "-t", "poitiers", option, value, "-f", "json"))
    themed = {
        (name, row_id)
        for name, frame in shipped_tables.items()
        if {"id", "theme"} <= set(frame.columns)
        for row_id in frame.loc[frame["theme"] == "ENER", "id"]
    }
    keep: dict[str, Callable[[dict[str, Any]], bool]] = {
        "-s": lambda row: row["severity"] == value,
        "-r": lambda row: row["reason"] == value,
        "-a": lambda row: value in row["actors"].split(";"),
        "--theme": lambda row: bool(
            {("datasets", d) for d in row["datasets"].split(";")} & themed
            or set(_rows_of(shipped_tables, row)) & themed
        ),
    }
    assert some == [row for row in every if keep[option](row)]
    assert 0 < len(some) < len(every)


def test_conditions_add_up_and_names_of_one_condition_do_not() -> None:
    two = parsed(once("gaps", "-s", "high", "-s", "medium", "-r", "blocked", "-f", "json"))
    assert {row["severity"] for row in two} == {"high", "medium"}
    assert {row["reason"] for row in two} == {"blocked"}


def test_one_finding_is_explained_to_its_rows_sources_and_proposals() -> None:
    ran = once("gaps", "-e", "unmet-need:poi-n02", "-f", "json")
    told = [(row["what"], row["says"]) for row in parsed(ran)]
    said = dict(told)
    # data/flows.csv: poi-f018; data/sources.csv: dc-poitiers-a3.
    assert "Entreprises peu enclines à s'ouvrir" in said["evidence: flows"]
    assert "Bâtir une communauté" in said["evidence: needs"]
    assert said["source"].startswith("dc-poitiers-a3: ")
    assert said["severity"].startswith("high. ")
    assert "needs expressed" in said["out of"]
    assert "Entreprises de Grand Poitiers could pass" in said["proposal 1"]
    path = once("gaps", "-e", "hangs-on-one:poi-n15:grand-poitiers", "-f", "json")
    assert ("route", "vitalis-rtp → grand-poitiers → developpeurs-poitiers") in [
        (row["what"], row["says"]) for row in parsed(path)
    ]
    french = once("gaps", "-e", "unmet-need:poi-n02", "--lang", "fr")
    assert "prochaine étape" in french.out and "règle" in french.out


def test_check_of_sound_tables_says_so() -> None:
    ran = once("check")
    assert (ran.code, ran.out) == (0, "")
    assert "0 error(s), 0 warning(s)" in ran.err
    assert "actors: 190" in ran.err  # the rows of data/actors.csv


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two errors and a warning."""
    folder = sound(tmp_path_factory.mktemp("flawed"))
    (folder / "flows.csv").write_text(
        "id,provider,recipient,status,colour\nf1,a,zz,active,\nf2,a,b,activ,\n"
    )
    return folder


FLAWS = [
    ("warning", "unknown-column", "flows.csv", 1, "colour", None),
    ("error", "dangling-reference", "flows.csv", 2, "recipient", "zz"),
    ("error", "unknown-code", "flows.csv", 3, "status", "activ"),
]
KEYS = ("severity", "code", "file", "line", "column", "value")


def test_check_reports_every_problem_in_three_forms(flawed: Path) -> None:
    for form in ("table", "csv", "json"):
        ran = run("check", flawed, "-f", form)
        assert ran.code == 1
        assert "2 error(s), 1 warning(s)" in ran.err
        if form == "table":
            lines = ran.out.splitlines()
            assert [line.split(": ")[:2] for line in lines] == [
                ["flows.csv:1:colour", "unknown-column"],
                ["flows.csv:2:recipient", "dangling-reference"],
                ["flows.csv:3:status", "unknown-code"],
            ]
        elif form == "csv":
            found = csv.DictReader(io.StringIO(ran.out, newline=""))
            assert [tuple(row[k] for k in KEYS) for row in found] == [
                tuple("" if x is None else str(x) for x in flaw) for flaw in FLAWS
            ]
        else:
            objects = json.loads(ran.out, parse_constant=no_constant)
            assert [tuple(row[k] for k in KEYS) for row in objects] == FLAWS
            assert all(row["message"] and row["hint"] for row in objects)


def test_check_speaks_french(flawed: Path) -> None:
    ran = run("check", flawed, "--lang", "fr")
    assert "« activ » n'est pas un code connu" in plain(ran.out)
    assert "le plus proche : active" in plain(ran.out)
    assert "2 erreur(s), 1 avertissement(s)" in ran.err


def test_check_writes_its_report_to_a_file(flawed: Path, tmp_path: Path) -> None:
    ran = run("check", flawed, "-f", "json", "-o", tmp_path / "report.json")
    assert (ran.code, ran.out) == (1, "")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [row["code"] for row in report] == [flaw[1] for flaw in FLAWS]


def test_warnings_do_not_stop_an_analysis(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    (folder / "flows.csv").write_text("provider,recipient\na,b\n")
    assert run("check", folder).code == 0
    found = parsed(run("brokers", folder, "-f", "json"))
    assert {(row["id"], row["in_degree"], row["out_degree"]) for row in found} == {
        ("a", 0, 1),
        ("b", 1, 0),
    }


def test_a_result_goes_whole_to_a_file(tmp_path: Path) -> None:
    place = tmp_path / "new" / "brokers.json"
    ran = run(*BROKERS, "json", "-o", place)
    assert (ran.code, ran.out) == (0, "")
    assert f"written: {place}" in ran.err
    assert place.read_bytes() == once(*BROKERS, "json").out.encode("utf-8")
    assert list(everything(tmp_path)) == ["new", "new/brokers.json"]
    assert place.stat().st_mode & 0o777 == 0o666 & ~_umask()


def test_a_link_is_followed_and_what_it_names_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    place = tmp_path / "private" / "brokers.json"
    link = tmp_path / "link.json"
    link.symlink_to(place)
    for mode in (None, 0o600):
        if mode is not None:
            place.chmod(mode)
        assert run(*BROKERS, "json", "-o", link).code == 0
        assert link.is_symlink()
        assert place.read_bytes() == once(*BROKERS, "json").out.encode("utf-8")
        assert mode is None or place.stat().st_mode & 0o777 == mode
    assert sorted(everything(tmp_path)) == ["link.json", "private", "private/brokers.json"]


def test_what_is_not_a_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """A named pipe, and a terminal: what /dev/stdout and /dev/full are too."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert run(*BROKERS, "csv", "-o", pipe).code == 0
        assert reader.stdout is not None
        assert reader.stdout.read().decode("utf-8") == once(*BROKERS, "csv").out
    assert pipe.is_fifo()
    screen, terminal = os.openpty()
    try:
        name = os.ttyname(terminal)
        ran = run("query", "list", "-f", "csv", "-o", name)
        assert ran.code == 0, ran.err
        assert os.read(screen, 5) == b"name,"
        assert Path(name).is_char_device()
    finally:
        os.close(screen)
        os.close(terminal)
    assert list(everything(tmp_path)) == ["pipe"]


def test_standard_output_may_be_named(tmp_path: Path) -> None:
    """A shell that goes on writing to the same file finds what was there."""
    place = tmp_path / "log"
    command = f"echo before; '{ECOSYSTEM}' query list -f csv -o /dev/stdout; echo after"
    with place.open("ab") as log:
        subprocess.run(["bash", "-c", command], stdout=log, check=True)
    first, *_, last = place.read_text(encoding="utf-8").splitlines()
    assert (first, last) == ("before", "after")
    assert once("query", "list", "-f", "csv").out in place.read_text(encoding="utf-8")


def test_a_map_of_a_territory_of_any_name_is_written_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = sound(tmp_path / "in")
    here = tmp_path / "deep" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    for name in ("../../x", "all", "y" * 300):
        (source / "actors.csv").write_text(f"id,territory\na,{name}\nb,{name}\n")
        ran = run("map", source, "-t", name)
        assert ran.code == 0, ran.err
        assert (here / ran.out.strip()).is_file()
    assert len(everything(here)) == 3 and "map-all.html" not in everything(here)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep", "in"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_map_is_one_file_and_its_path_is_the_result(tmp_path: Path) -> None:
    place = tmp_path / "map.html"
    ran = run("map", sound(tmp_path / "in"), "-o", place)
    assert (ran.code, ran.out) == (0, f"{place}\n")
    assert place.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(everything(tmp_path)) == ["in", "in/actors.csv", "in/flows.csv", "map.html"]


def test_queries_are_listed_with_their_titles_and_parameters() -> None:
    found = parsed(once("query", "list", "-f", "json"))
    assert [row["name"] for row in found] == list(queries())
    assert len(found) >= 15
    french = parsed(once("query", "list", "-f", "json", "--lang", "fr"))
    for row, other in zip(found, french, strict=True):
        query = queries()[row["name"]]
        assert (row["title"], other["title"]) == (query.title.en, query.title.fr)
        assert row["parameters"] == ", ".join(p.name for p in query.params)


def test_a_query_is_shown_as_it_is_in_its_file() -> None:
    query = queries()["needs-without-flow"]
    assert once("query", "show", query.name).out == query.path.read_text(encoding="utf-8")


def test_a_store_that_does_not_run_is_said_and_is_exit_1() -> None:
    ran = run("store", "status")
    assert (ran.code, ran.out) == (1, "")
    assert "not running" in ran.err
    assert run("store", "stop").code == 0


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`ecosystem brokers -f json | head -1` on more rows than a pipe holds."""
    done = subprocess.run(
        ["bash", "-c", f"'{ECOSYSTEM}' gaps -f json | head -c 10"], capture_output=True, text=True
    )
    assert done.stdout.startswith("[\n")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


# ---------------------------------------------------------------- usage: exit 2


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("brokers", "--nonsense"),
        ("brokers", "-f", "xml"),
        ("brokers", "--lang", "de"),
        ("brokers", "data", "more"),
        ("query", "show"),
        ("run", "--seed", "one"),
        ("brokers", "-o", os.sep),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_exit_2(args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err
    assert "Traceback" not in ran.err


# ---------------------------------------------------------------- names: exit 1, nearest shown


@pytest.mark.parametrize(
    ("args", "wrong", "nearest"),
    [
        (("brokers", "-t", "la-rochele"), "unknown territory: 'la-rochele'", "la-rochelle"),
        (("gaps", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("gaps", "-r", "bloked"), "unknown reason: 'bloked'", "blocked"),
        (("gaps", "-s", "hihg"), "unknown severity: 'hihg'", "high"),
        (("gaps", "--theme", "ENERG"), "unknown theme: 'ENERG'", "ENER"),
        (("gaps", "-a", "ville-anthony"), "unknown actor: 'ville-anthony'", "ville-antony"),
        (
            ("gaps", "-e", "unmet-need:poi-n102"),
            "unknown finding: 'unmet-need:poi-n102'",
            "unmet-need:poi-n10",
        ),
        (("match", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("what-if", "-b", "1", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("map", "-t", "antoni", "-o", "never.html"), "unknown territory: 'antoni'", "antony"),
        (("brokers", "-p", "sectors"), "unknown column of actors: 'sectors'", "sector"),
        (("gaps", "-k", "unmet-needs"), "unknown kind of gap: 'unmet-needs'", "unmet-need"),
        (
            ("map", "-s", "betweeness", "-o", "never.html"),
            "measure of each actor: 'betweeness'",
            "betweenness",
        ),
        (("query", "show", "who-holds"), "'who-holds'", "who-holds-what"),
        (("query", "run", "who-conects"), "'who-conects'", "who-connects"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_unknown_name_shows_the_nearest(
    args: tuple[str, ...], wrong: str, nearest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*args)
    assert (ran.code, ran.out) == (1, "")
    assert wrong in ran.err
    assert re.search(rf"^hint: nearest: {nearest}\b", ran.err, re.MULTILINE)
    assert everything(tmp_path) == {}


def test_an_unknown_name_in_french() -> None:
    ran = run("brokers", "-t", "la-rochele", "--lang", "fr")
    assert ran.code == 1
    assert "erreur: territoire inconnu" in ran.err
    assert "conseil: le plus proche : la-rochelle" in plain(ran.err)


# ---------------------------------------------------------------- bad input: exit 1, one message


def refused(ran: Ran, *words: str, language: str = "en") -> None:
    """One message, no traceback, nothing on stdout."""
    assert ran.code == 1, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    err = plain(ran.err)
    said = [line for line in err.splitlines() if not line.startswith(("source:", "source :"))]
    word = "erreur" if language == "fr" else "error"
    assert [line for line in said if line.startswith(f"{word}: ")] == said[:1], err
    for text in words:
        assert text in err, err
    assert len(err) < 2500


def _cp1252(folder: Path) -> None:
    (folder / "actors.csv").write_bytes("id,name\na,Alpha\nb,Métropole\n".encode("cp1252"))


def _write(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text(ACTORS)


# What is done to a sound folder, and the words of the message in English and in French.
BAD: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "empty-folder": (_emptied, "holds no CSV file", "ne contient aucun CSV"),
    "no-actors": (
        lambda folder: (folder / "actors.csv").unlink(),
        "1 error(s)\n  actors.csv: missing-table: the table is missing",
        "1 erreur(s)\n  actors.csv: missing-table: la table est absente",
    ),
    "cp1252": (
        _cp1252,
        "1 error(s)\n  actors.csv:3: not-utf8: the file is not UTF-8 (byte 0xe9). Save it as",
        "1 erreur(s)\n  actors.csv:3: not-utf8: le fichier n'est pas en UTF-8",
    ),
    "semicolons": (
        _write("actors.csv", ACTORS.replace(",", ";")),
        "1 error(s)\n  actors.csv:1: wrong-delimiter: cells are separated by semicolons",
        "1 erreur(s)\n  actors.csv:1: wrong-delimiter: les cellules sont séparées par des points",
    ),
    "dangling-id": (
        _write("flows.csv", FLOWS.replace("a,b", "a,c")),
        "1 error(s)\n  flows.csv:2:recipient: dangling-reference: 'c' does not exist in actors",
        "1 erreur(s)\n  flows.csv:2:recipient: dangling-reference: « c » n'existe pas",
    ),
    "duplicate-id": (
        _write("actors.csv", ACTORS + "a,Again\n"),
        "1 error(s)\n  actors.csv:4:id: duplicate-key: 'a' is already taken on line 2",
        "1 erreur(s)\n  actors.csv:4:id: duplicate-key: « a » est déjà pris ligne 2",
    ),
    "unknown-code": (
        _write("flows.csv", FLOWS.replace("active", "activ")),
        "1 error(s)\n  flows.csv:2:status: unknown-code: 'activ' is not a known code",
        "1 erreur(s)\n  flows.csv:2:status: unknown-code: « activ » n'est pas",
    ),
    "cell-of-1-MB": (
        _write("actors.csv", ACTORS + f"c,{'x' * 1_000_000}\n"),
        "1 error(s)\n  actors.csv:4:name: cell-too-long: the cell has 1000000 characters",
        "1 erreur(s)\n  actors.csv:4:name: cell-too-long: la cellule a 1000000 caractères",
    ),
    "a-file": (_a_file, "is not a folder", "n'est pas un dossier"),
    "absent": (shutil.rmtree, "there is no folder", "n'existe pas"),
}  # fmt: skip
IN_FRENCH = ("empty-folder", "no-actors", "semicolons", "cell-of-1-MB", "absent")


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_source_is_refused_with_one_message(kind: str, tmp_path: Path) -> None:
    spoil, words, _ = BAD[kind]
    source = sound(tmp_path / "source")
    spoil(source)
    before = everything(tmp_path)
    refused(run("brokers", source, "-o", tmp_path / "out" / "brokers.csv"), words, str(source))
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", IN_FRENCH)
def test_a_bad_source_is_refused_in_french_and_leaves_no_results(kind: str, tmp_path: Path) -> None:
    spoil, _, words = BAD[kind]
    source = sound(tmp_path / "source")
    spoil(source)
    before = everything(tmp_path)
    ran = run("run", source, "--no-store", "-o", tmp_path / "results", "--lang", "fr")
    refused(ran, words, str(source), "\nconseil: ", language="fr")
    assert everything(tmp_path) == before


def test_a_bad_source_is_not_loaded(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    (source / "flows.csv").write_text(FLOWS.replace("a,b", "a,c"))
    home = tmp_path / "home"
    refused(run("load", source, ECOSYSTEM_HOME=str(home)), "dangling-reference")
    assert not home.exists()


def test_many_problems_are_one_message(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    wrong = "".join(f"f{i},a,x{i},active\n" for i in range(2, 40))
    (source / "flows.csv").write_text(FLOWS + wrong)
    ran = run("gaps", source)
    # 38 rows; ten are shown, then how many more, then what shows them all.
    refused(ran, "38 error(s)", "… 28 more", "hint: 'ecosystem check' shows them all")
    assert ran.err.count("dangling-reference") == 10
    assert run("check", source).out.count("dangling-reference") == 38


# ---- what the user may not read or write; root may, until it gives that up

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def _obey_permissions() -> None:
    """In a child of root: from the next exec on, permissions count for root too."""
    libc = ctypes.CDLL(None)
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.fixture
def ordinary(tmp_path: Path) -> Callable[[], None] | None:
    """How to start a child that permissions hold back."""
    if sys.platform == "win32":
        pytest.skip("permissions of another kind")
    preexec = _obey_permissions if os.geteuid() == 0 else None
    locked = tmp_path / "locked-probe"
    locked.mkdir(mode=0)
    probe = [sys.executable, "-c", f"import os; os.listdir({str(locked)!r})"]
    done = subprocess.run(probe, preexec_fn=preexec, capture_output=True)
    locked.rmdir()
    if done.returncode == 0:
        pytest.skip("nothing holds this user back")
    return preexec


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Change permissions, and give them back at the end so that the folder can be removed."""
    changed: list[Path] = []

    def lock(path: Path, mode: int) -> None:
        changed.append(path)
        path.chmod(mode)

    yield lock
    for path in changed:
        path.chmod(0o755)


Lock = Callable[[Path, int], None]
Preexec = Callable[[], None] | None


def test_a_folder_that_cannot_be_read(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    locked(source, 0)
    ran = run("check", source, preexec=ordinary)
    refused(ran, f"the folder {source} cannot be read (Permission denied)", "hint: check")
    ran = run("gaps", source, "--lang", "fr", preexec=ordinary)
    refused(ran, f"le dossier {source} ne peut pas être lu", "conseil: ", language="fr")


def test_a_folder_inside_one_that_cannot_be_entered(
    tmp_path: Path, ordinary: Preexec, locked: Lock
) -> None:
    source = sound(tmp_path / "closed" / "source")
    locked(tmp_path / "closed", 0)
    ran = run("brokers", source, preexec=ordinary)
    refused(ran, str(source), "cannot be read")


def test_a_table_that_cannot_be_read(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    locked(source / "actors.csv", 0)
    ran = run("brokers", source, preexec=ordinary)
    refused(ran, "1 error(s)\n  actors.csv: unreadable: ", "(Permission denied)", "permissions")


def test_a_place_that_cannot_be_written(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    place = tmp_path / "locked"
    place.mkdir()
    (place / "old.csv").write_text("what was there")
    locked(place, 0o555)
    before = everything(tmp_path)
    for args in (
        ("brokers", source, "-p", "id", "-o", place / "old.csv"),
        ("check", source, "-f", "csv", "-o", place / "new.csv"),
        ("map", source, "-o", place / "map.html"),
        ("run", source, "--no-store", "-o", place / "results"),
    ):
        ran = run(*args, preexec=ordinary)
        refused(ran, "cannot be written (Permission denied)", str(place), "hint: choose another")
    assert everything(tmp_path) == before


def test_a_store_whose_folder_cannot_be_written(
    tmp_path: Path, ordinary: Preexec, locked: Lock
) -> None:
    source = sound(tmp_path / "source")
    home = tmp_path / "home"
    home.mkdir()
    locked(home, 0o555)
    ran = run("load", source, preexec=ordinary, ECOSYSTEM_HOME=str(home))
    refused(ran, str(home), "hint: ")


def test_a_file_where_a_folder_should_be_made(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    (tmp_path / "taken").write_text("mine")
    before = everything(tmp_path)
    refused(
        run("brokers", source, "-p", "id", "-o", tmp_path / "taken" / "b.csv"), "cannot be written"
    )
    refused(run("run", source, "--no-store", "-o", tmp_path / "taken"), "was not left by")
    assert everything(tmp_path) == before


def test_run_leaves_a_folder_alone_that_it_did_not_make(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    thesis = tmp_path / "thesis"
    (thesis / "drafts").mkdir(parents=True)
    (thesis / "chapter.md").write_text("years of work")
    before = everything(tmp_path)
    ran = run("run", source, "--no-store", "-o", thesis)
    refused(ran, f"{thesis} exists and was not left by 'ecosystem run'", "hint: choose another")
    ran = run("run", source, "--no-store", "-o", thesis, "--lang", "fr")
    refused(ran, "n'est pas le résultat", language="fr")
    assert everything(tmp_path) == before


# ---- stores that are not there


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that nobody can listen on as long as it is held, and that refuses connections."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_neo4j_that_is_down(closed_port: int, tmp_path: Path) -> None:
    uri = f"bolt://127.0.0.1:{closed_port}"
    source = sound(tmp_path / "source")
    secret = "s3cret-of-mine"
    started = time.monotonic()
    runs = [
        run("load", source, NEO4J_URI=uri, NEO4J_PASSWORD=secret),
        run("brokers", uri, "-o", tmp_path / "brokers.csv", NEO4J_PASSWORD=secret),
        run("run", uri, "-o", tmp_path / "results", NEO4J_PASSWORD=secret),
    ]
    for ran in runs:
        refused(ran, f"no Neo4j answers at {uri}", "hint: start it")
        assert secret not in ran.err
    ran = run("query", "run", "who-holds-what", uri, "--lang", "fr", NEO4J_PASSWORD=secret)
    refused(ran, f"aucun Neo4j ne répond à {uri}", "conseil: démarrez-le", language="fr")
    assert time.monotonic() - started < 90, "nobody waits for a port that is closed"
    assert list(everything(tmp_path)) == ["source", "source/actors.csv", "source/flows.csv"]


def test_a_server_that_speaks_something_else(tmp_path: Path) -> None:
    """An address of the right form where no Bolt is spoken: the connection is closed at once."""
    script = (
        "import socket\ns = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
        "print(s.getsockname()[1], flush=True)\n"
        "while True:\n c, _ = s.accept(); c.sendall(b'HTTP/1.1 400 Bad Request\\r\\n\\r\\n'); c.close()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            uri = f"bolt://127.0.0.1:{int(server.stdout.readline())}"
            refused(run("brokers", uri), uri)
        finally:
            server.kill()


NONSENSE = (
    "bolt://",
    "bolt://127.0.0.1:port",
    "bolt://127.0.0.1:999999",
    "bolt://[::1",
    "neo4j+nonsense://127.0.0.1",
)


@pytest.mark.parametrize("uri", NONSENSE)
def test_a_nonsense_address(uri: str, tmp_path: Path) -> None:
    refused(run("brokers", uri, "-o", tmp_path / "brokers.csv"), uri)
    assert everything(tmp_path) == {}


def test_an_address_that_is_not_bolt_is_no_folder_and_no_store(tmp_path: Path) -> None:
    refused(run("brokers", "http://127.0.0.1:7474"), "no folder", "bolt://")
    refused(run("load", sound(tmp_path), NEO4J_URI="127.0.0.1:7687"), "is not a Bolt address")


@pytest.mark.parametrize(
    ("command", "uri"),
    [
        ("check", "bolt://neo4j:SECRET@127.0.0.1:notaport"),
        ("brokers", "http://neo4j:SECRET@127.0.0.1:7474"),
        ("brokers", "bolt://neo4j:SECRET@127.0.0.1:1"),
        ("run", "bolt://neo4j:SECRET@127.0.0.1:1"),
    ],
)
def test_a_password_in_an_address_is_not_shown(command: str, uri: str, tmp_path: Path) -> None:
    for language in LANGUAGES:
        ran = run(command, uri, "-o", tmp_path / "out", "--lang", language)
        assert ran.code == 1
        assert "SECRET" not in ran.out + ran.err
        assert "127.0.0.1" in ran.err
    assert everything(tmp_path) == {}


# ---- what click says by itself

ENGLISH = re.compile(r"\b(Error|Invalid|Missing|No such|Got|Try|value|requires|not one of)\b")
WRONG: list[tuple[str, ...]] = [
    ("nonsense",),
    ("brokers", "--nonsense"),
    ("brokers", "-f", "xml"),
    ("brokers", "data", "more"),
    ("brokers", "-f"),
    ("query", "show"),
    ("run", "--seed", "one"),
    ("brokers", "-o", os.sep),
    ("query", "run", "who-connects", "-P", "foo"),
]


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_told_in_french(args: tuple[str, ...]) -> None:
    ran = run(*args, "--lang", "fr") if args[-1] != "-f" else run(*args, ECOSYSTEM_LANG="fr")
    assert (ran.code, ran.out) == (2, "")
    assert "Erreur : " in plain(ran.err)
    assert not ENGLISH.search(ran.err), ran.err


def test_a_parameter_without_a_value_is_a_wrong_command_line() -> None:
    ran = run("query", "run", "who-connects", "-P", "foo")
    assert (ran.code, ran.out) == (2, "")
    assert "'foo' is not NAME=VALUE, for example -P territory=poitiers" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to ask in")
@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Mot de passe Neo4j"), ("en", "Neo4j password")]
)
def test_the_password_is_asked_for_in_the_language_of_the_run(
    language: str, words: str, closed_port: int
) -> None:
    screen, terminal = os.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NEO4J_PASSWORD"}
    with subprocess.Popen(
        [ECOSYSTEM, "brokers", f"bolt://127.0.0.1:{closed_port}", "--lang", language],
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        err = process.stderr.read(len(words))  # what is typed before the question is thrown away
        time.sleep(0.5)
        os.write(screen, b"s3cret\n")
        out, rest = process.communicate(timeout=60)
        err += rest
    os.close(screen)
    os.close(terminal)
    assert words in err
    assert (process.returncode, out) == (1, "")
    assert "s3cret" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("args", [("query", "list"), ("--help",), ("check", "-h")], ids=" ".join)
def test_a_full_standard_output_is_one_message(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [ECOSYSTEM, *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "error: cannot write the result (No space left on device)\n"


# ---- help


def test_the_list_of_commands_imports_none_of_them() -> None:
    script = """
import sys
from ecosystem.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
print(*sorted(m for m in sys.modules if m.startswith("ecosystem")), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().split() == [
        *("ecosystem", "ecosystem.cli", "ecosystem.cli.short_help", "ecosystem.cli.bilingual"),
        *("ecosystem.errors", "ecosystem.labels"),
    ]
    lines = done.stdout.decode()
    for name, command in main.commands.items():
        assert re.search(rf"^  {name} ", lines, re.MULTILINE), command
