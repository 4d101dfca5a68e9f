"""Results: what commands print where, in which form."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecosystem.gaps import DETECTORS
from ecosystem.measures import MEASURES
from ecosystem.schema import TABLES
from ecosystem.store.queries import queries
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import SEVERITIES
from tests.cli.running import (
    ECOSYSTEM,
    Ran,
    everything,
    launch,
    no_constant,
    once,
    parsed,
    plain,
    rows,
    run,
    sound,
)

pytestmark = pytest.mark.xdist_group("results")  # what is run `once` is run in one process

ACTOR_MEASURES = [n for n, m in MEASURES.items() if m.of == "actor" and n != "betweenness_sampled"]

BROKERS = ("brokers", "--territory", "la-rochelle", "--all-columns", "--format")


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
    everybody = parsed(once("brokers", "--all-columns", "-f", "json"))
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


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_runs_from_the_command_line(name: str) -> None:
    ran = run("measures", "run", name, "-t", "la-rochelle", "-f", "json")
    found = parsed(ran)
    assert found
    if MEASURES[name].of == "actor":
        assert len(found) == len(parsed(once(*BROKERS, "json")))
        assert all(list(row)[:2] == ["id", name] for row in found)
    if MEASURES[name].of == "set":
        assert len(found) == 3
        assert next(iter(found[0])) == "id"
    assert "weight: number of flows" in ran.err
    shown = run("measures", "show", name)
    assert shown.code == 0
    assert MEASURES[name].formula in shown.out and "doi:" in shown.out


def test_a_measure_equals_the_broker_table() -> None:
    table = {row["id"]: row for row in parsed(once(*BROKERS, "json"))}
    alone = run("measures", "run", "constraint", "-t", "la-rochelle", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(alone.out)))
    assert {r["id"]: r["constraint"] for r in rows} == {
        actor: "" if row["constraint"] is None else str(row["constraint"])
        for actor, row in table.items()
    }


def test_measures_take_layers_partitions_options_and_stability() -> None:
    def ids(*more: str) -> set[str]:
        ran = parsed(run("measures", "run", "in_degree", "-t", "poitiers", "-f", "json", *more))
        return {row["id"] for row in ran}

    assert ids("--layer", "both") == ids("--layer", "ties") | ids()
    types = run("measures", "run", "ei_index", "-p", "type", "-f", "json")
    assert {row["scope"] for row in parsed(types)} >= {"network", "administration"}
    two = run("measures", "run", "key_players_negative", "-O", "k=2", "-f", "json")
    assert len(parsed(two)) == 2
    stable = parsed(
        run("measures", "run", "in_degree", "-t", "geneve", "--stability", "40", "-f", "json")
    )
    assert {"rank", "rank_low", "rank_high", "top_share", "verdict"} <= set(stable[0])


def test_empty_cells_of_a_partition_are_told(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,sector\na,public\nb,\nc,\n", encoding="utf-8")
    (tmp_path / "flows.csv").write_text("provider,recipient\na,b\nb,c\n", encoding="utf-8")
    told = "column 'sector': empty for 2 of 3 actors, put together in the group 'unknown'"
    for command in (("brokers", str(tmp_path)), ("measures", "run", "liaison", str(tmp_path))):
        ran = run(*command)
        assert ran.code == 0
        assert told in ran.err
    assert "empty for" not in run("measures", "run", "betweenness", str(tmp_path)).err


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
        (("measures", "run", "key_players_positive", "-O", "k=-1"), "option k is '-1'", "1 to n − 2"),
        (("measures", "run", "constraint", "-O", "model=both"), "'both'", "ego, whole"),
        (("measures", "run", "gatekeeper", "-O", "null=foo"), "null model: 'foo'", "degrees, labels"),
        (("measures", "run", "gatekeeper", "-O", "draws=-3"), "option draws is '-3'", "0 to 1 000"),
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
    ran = run(*args)
    assert ran.code == 1
    assert ran.out == ""
    assert message in ran.err and hint in ran.err
    assert "Traceback" not in ran.err


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
    ran = run("brokers", "-t", "geneve", "--drop", "one-sided", "--draws", "40")
    assert ran.code == 0
    assert "nothing to drop: no flow says that only one side reports it" in ran.err
    assert "robust (" not in ran.out and "cannot" in ran.out


def test_a_source_without_an_active_flow_has_no_broker(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id\na\nb\nc\n", encoding="utf-8")
    flows = "provider,recipient,status\na,b,wished\nb,c,blocked\n"
    (tmp_path / "flows.csv").write_text(flows, encoding="utf-8")
    ran = run("brokers", str(tmp_path))
    assert ran.code == 0
    assert "actors that connect others: 0 of 3" in ran.err
    assert "nothing to drop: the network is empty" in ran.err
    told = run("brokers", str(tmp_path), "--explain", "b")
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
    from ecosystem.measures.draws.resampling import Plan

    draw = Plan.draw

    def tired(self: Plan, number: int) -> Any:
        if number >= 100:
            raise KeyboardInterrupt
        return draw(self, number)

    monkeypatch.setattr(Plan, "draw", tired)
    monkeypatch.setattr(
        "ecosystem.measures.draws.resampling.WORTH_WORKERS", float("inf")
    )  # draw here, not elsewhere
    ran = run("brokers", "-t", "geneve")
    assert ran.code == 0
    assert re.search(r"interrupted: \d+ of 500 draws", ran.err)


def test_a_large_network_says_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped data, taken for large: what is not there, and what to ask to have it."""

    def ran(*more: str) -> Ran:
        done = run("brokers", "-t", "geneve", *more)
        assert done.code == 0
        return done

    monkeypatch.setattr("ecosystem.measures.draws.stopping.SMALL", 0)
    monkeypatch.setattr("ecosystem.measures.draws.stopping.EFFORT", 0)
    some = ran("--permutations", "0")
    assert "100 of 500 draws: the network is large; --draws 500 makes them all" in some.err
    french = plain(ran("--permutations", "0", "--lang", "fr").err)
    assert "100 tirages sur 500 : le réseau est grand ; --draws 500 les fait tous" in french
    monkeypatch.setattr("ecosystem.measures.draws.stopping.LARGE", 1)
    monkeypatch.setattr("ecosystem.measures.paths.EXACT_SIZE", 1)
    monkeypatch.setattr("ecosystem.ranking.table.REWIRED_UP_TO", 1)
    screen = ran("--permutations", "20")
    assert "large network: 48 actors, " in screen.err
    assert "rank, 90 %: left out" in screen.err and "--draws 100" in screen.err
    assert "ecosystem measures run betweenness" in screen.err
    assert "how sure" not in screen.out
    assert "brokerage_p" not in screen.err  # the table for people does not have it anyway
    whole = ran("--all-columns", "-f", "json")
    assert "brokerage_p_adjusted: left empty" in whole.err
    found = parsed(whole)
    assert all(row["brokerage_p"] is None and row["rank_low"] is None for row in found)
    assert any(row["betweenness_error"] is not None for row in found)
    # what is asked for is done
    asked = ran("--draws", "20", "--permutations", "20", "--all-columns", "-f", "json")
    assert "rank, 90 %" not in asked.err and "brokerage_p" not in asked.err
    found = parsed(asked)
    assert any(row["brokerage_p"] is not None for row in found)
    assert any(row["rank_low"] is not None for row in found)


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
        for evidence in row["evidence"]:
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
    assert all(set(row["sources"]) <= sources for row in found)


def _rows_of(table: Tables, row: dict[str, Any]) -> list[tuple[str, str]]:
    return [tuple(e.split("/", 1)) for e in row["evidence"]]  # type: ignore[misc]


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
        "-a": lambda row: value in row["actors"],
        "--theme": lambda row: bool(
            {("datasets", d) for d in row["datasets"]} & themed
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
    assert "needs that name a dataset" in said["out of"]
    assert "Entreprises de Grand Poitiers could pass" in said["proposal 1"]
    path = once("gaps", "-e", "unmet-need:pom-n15", "-f", "json")
    assert (
        "route",
        "cc-bassin-pompey → entreprises-eiffel-energie → val-lorraine-entreprendre",
    ) in [(row["what"], row["says"]) for row in parsed(path)]
    french = once("gaps", "-e", "unmet-need:poi-n02", "--lang", "fr")
    assert "prochaine étape" in french.out and "règle" in french.out


def test_check_of_sound_tables_says_so() -> None:
    ran = once("check")
    assert (ran.code, ran.out) == (0, "")
    assert "0 errors, 0 warnings" in ran.err
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
        assert "2 errors, 1 warning" in ran.err
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
    assert "2 erreurs, 1 avertissement" in ran.err


def test_check_writes_its_report_to_a_file(flawed: Path, tmp_path: Path) -> None:
    ran = run("check", flawed, "-f", "json", "-o", tmp_path / "report.json")
    assert (ran.code, ran.out) == (1, "")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [row["code"] for row in report] == [flaw[1] for flaw in FLAWS]


def test_warnings_do_not_stop_an_analysis(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    (folder / "flows.csv").write_text("provider,recipient\na,b\n")
    assert run("check", folder).code == 0
    found = parsed(run("brokers", folder, "--all-columns", "-f", "json"))
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
        ran = launch("query", "list", "-f", "csv", "-o", name)
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
        assert row["parameters"] == [p.name for p in query.params]


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
