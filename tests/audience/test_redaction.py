"""What a copy for partners or for the public holds, and that nothing of the rest can be read of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import ecosystem
from ecosystem.audience import AUDIENCES, Policy, read_policy, redact, removed_frame
from ecosystem.audience.disguise import cast_actors
from ecosystem.audience.ledger import REASONS
from ecosystem.audience.mentions import COMMON, NAMES, TELLING, Mentions, folded
from ecosystem.audience.policy import Disguise, Rules
from ecosystem.cli import main
from ecosystem.errors import DataError, EcosystemError, UnknownName
from ecosystem.files import shipped
from ecosystem.maps.placement import places
from ecosystem.schema import TABLES
from ecosystem.tables.checks import check
from ecosystem.tables.frames import Tables, records, write_tables
from ecosystem.tables.reading import read_tables
from ecosystem.tables.territories import actors_of
from tests.browser import Page
from tests.toy import make_tables

SECRET = "Zyxquon"
"""Stands in every text that only some may read; no shown text has it."""


def planted() -> Tables:
    """A small territory with something to hide in every table, and mentions of it everywhere."""
    return make_tables(
        territories=[
            {"id": "town", "name": "Town", "kind": "commune"},
            {"id": "zyxland", "name": f"{SECRET} land", "visibility": "internal"},
        ],
        actors=[
            {"id": "hall", "name": "Town hall", "territory": "town", "sector": "public", "source": "s1"},
            {"id": "buses", "name": "Bus company", "territory": "town", "sector": "private",
             "description": f"A rival of {SECRET.upper()}  Énergie."},
            {"id": "lab", "name": "Lab", "territory": "town", "sector": "research"},
            {"id": "zyx-energy", "name": f"{SECRET} Energie", "territory": "town", "sector": "private",
             "visibility": "internal", "identifier": "900000042", "url": "https://zyx.example/", "source": "s2"},
            {"id": "friend", "name": "Partner only", "territory": "town", "visibility": "partners"},
            {"id": "desk", "name": "Data desk", "territory": "town", "sector": "public", "parent": "zyx-energy"},
            {"id": "abroad", "name": "Abroad", "territory": "zyxland"},
        ],
        datasets=[
            {"id": "lines", "title": "Bus lines", "holder": "buses", "territory": "town", "theme": "TRAN"},
            {"id": "meters", "title": f"Meters of {SECRET} Energie", "holder": "zyx-energy", "territory": "town"},
            {"id": "plan", "title": f"{SECRET} plan", "holder": "hall", "territory": "town", "visibility": "internal"},
        ],
        flows=[
            {"id": "f1", "provider": "buses", "recipient": "hall", "dataset": "lines", "status": "active"},
            {"id": "f2", "provider": "zyx-energy", "recipient": "hall", "dataset": "meters", "status": "active"},
            {"id": "f3", "provider": "hall", "recipient": "lab", "dataset": "plan", "status": "active",
             "note": "As in the Zyxquon plan."},
            {"id": "f4", "provider": "hall", "recipient": "friend", "status": "active", "source": "s3"},
            {"id": "f5", "provider": "lab", "recipient": "hall", "status": "wished", "visibility": "partners",
             "note": "Between ourselves, hush."},
            {"id": "f6", "provider": "hall", "recipient": "buses", "status": "blocked",
             "note": "See https://zyx.example/ or 900000042"},
        ],
        needs=[
            {"id": "n1", "actor": "lab", "dataset": "plan", "theme": "TRAN", "purpose": "To study."},
            {"id": "n2", "actor": "zyx-energy", "theme": "ENER", "purpose": "To grow quietly."},
            {"id": "n3", "actor": "hall", "theme": "ENER", "purpose": "Ask zyx-energy for meters."},
        ],
        services=[
            {"id": "app", "name": "App", "territory": "town", "operator": "zyx-energy", "datasets": ("lines", "plan")},
        ],
        ties=[{"id": "t1", "from": "hall", "to": "zyx-energy", "kind": "contract"},
              {"id": "t2", "from": "hall", "to": "lab", "kind": "partnership", "description": f"({SECRET} energie)"}],
        maturity=[{"territory": "zyxland", "dimension": "strategy", "level": 1},
                  {"territory": "town", "dimension": "strategy", "level": 2, "evidence": "Led by ZYXQUON énergie"}],
        sources=[
            {"id": "s1", "title": "Annual report", "url": "https://town.example/"},
            {"id": "s2", "title": "Leaked memo", "url": "https://memo.example/"},
            {"id": "s3", "title": "Minutes of the partners", "supports": "flow f4"},
        ],
    )  # fmt: skip


HIDDEN = {
    "public": ("zyx", "900000042", "Leaked memo", "memo.example", "hush", "quietly", "friend",
               "Partner only", "Minutes of the partners"),
    "partners": ("zyx", "900000042", "Leaked memo", "memo.example", "quietly"),
}  # fmt: skip
"""What no copy may hold, in any case."""


def cells(tables: Tables) -> Iterator[str]:
    for frame in tables.values():
        for row in records(frame):
            yield from (" ".join(v) if isinstance(v, tuple) else str(v) for v in row.values())


def holds(text: str, audience: str) -> set[str]:
    low = folded(text)
    return {secret for secret in HIDDEN[audience] if folded(secret) in low}


def cli(*args: object) -> Result:
    """A command on a screen so wide that no name is broken, or it could not be found."""
    return CliRunner(env={"COLUMNS": "400"}).invoke(main, [str(arg) for arg in args])


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("audience", ["public", "partners"])
def test_nothing_hidden_is_left_in_any_cell(audience: str) -> None:
    copy = redact(planted(), audience)
    assert holds("\n".join(cells(copy.tables)), audience) == set()
    assert [p for p in check(copy.tables) if p.severity == "error"] == []


def test_rows_that_need_a_hidden_row_go_and_other_cells_are_emptied() -> None:
    tables = redact(planted(), "public").tables
    ids = {name: tables[name]["id"].tolist() for name in TABLES if "id" in tables[name]}
    assert ids["actors"] == ["abroad", "buses", "desk", "hall", "lab"]
    assert ids["territories"] == ["town"]
    assert ids["datasets"] == ["lines", "meters"]
    assert tables["sources"]["title"].tolist() == ["Annual report"]
    flows = records(tables["flows"])
    assert [(f["provider"], f["recipient"], f["dataset"], f["note"]) for f in flows] == [
        ("buses", "hall", "lines", None), ("hall", "lab", None, None), ("hall", "buses", None, None)
    ]  # fmt: skip
    assert [(n["actor"], n["dataset"], n["purpose"]) for n in records(tables["needs"])] == [
        ("lab", None, "To study."), ("hall", None, None)
    ]  # fmt: skip
    assert [tuple(t.values())[1:4] for t in records(tables["ties"])] == [
        ("hall", "lab", "partnership")
    ]
    (service,) = records(tables["services"])
    assert (service["operator"], service["datasets"]) == (None, ("lines",))
    actors = {row["id"]: row for row in records(tables["actors"])}
    assert actors["desk"]["parent"] is None
    assert actors["abroad"]["territory"] is None
    assert actors["buses"]["description"] is None
    meters = records(tables["datasets"])[1]
    assert (meters["title"], meters["holder"]) == (None, None)
    assert tables["maturity"]["evidence"].isna().all()
    assert len(tables["maturity"]) == 1


def test_partners_see_what_is_for_them() -> None:
    tables = redact(planted(), "partners").tables
    assert "friend" in set(tables["actors"]["id"])
    assert "Between ourselves, hush." in set(tables["flows"]["note"])
    assert set(tables["sources"]["title"]) == {"Annual report", "Minutes of the partners"}
    (cited,) = tables["flows"].loc[tables["flows"]["recipient"] == "friend", "source"]
    assert cited == tables["sources"]["id"].iloc[1]
    assert set(tables["actors"]["visibility"].dropna()) == {"partners"}
    assert redact(planted(), "public").tables["actors"]["visibility"].isna().all()


def test_internal_sees_everything_and_says_so() -> None:
    tables = planted()
    copy = redact(tables, "internal")
    assert copy.tables is tables.in_order
    assert copy.removed == ()
    assert copy.notice is not None
    assert "Internal" in copy.notice.en


def test_shipped_data_have_nothing_to_hide(shipped_tables: Tables) -> None:
    assert redact(shipped_tables, "internal").notice is None
    for audience in ("partners", "public"):
        copy = redact(shipped_tables, audience)
        assert {r.reason for r in copy.removed} == {"renumbered"}
        for name, frame in shipped_tables.in_order.items():
            cut = [c for c in frame.columns if c != "id" or name not in ("flows", "needs", "ties")]
            pd.testing.assert_frame_equal(frame[cut], copy.tables[name][cut])


def test_a_visibility_that_is_no_code_and_an_unknown_column_are_hidden() -> None:
    tables = make_tables(actors=[{"id": "a"}, {"id": "b", "visibility": "Internal "}])
    tables = tables.replace(actors=tables["actors"].assign(memo="psst"))
    copy = redact(tables, "partners").tables
    assert copy["actors"]["id"].tolist() == ["a"]
    assert "memo" not in copy["actors"]
    assert copy.headers["actors"] == TABLES["actors"].columns


def test_numbers_tell_neither_how_many_are_hidden_nor_where() -> None:
    actors = [{"id": f"a{i}"} for i in range(1, 9)]
    pairs = [
        {"id": f"flow-{i}", "provider": f"a{i}", "recipient": f"a{i + 1}"} for i in range(1, 8)
    ]
    few = make_tables(actors=actors[3:], flows=pairs[3:])
    closed = [{**row, "visibility": "internal"} for row in actors[:3]]
    all_of_them = make_tables(actors=closed + actors[3:], flows=pairs)
    copies = [redact(tables, "public").tables for tables in (few, all_of_them)]
    assert [t["flows"]["id"].tolist() for t in copies] == [
        [f"copy-flow-{i}" for i in (1, 2, 3, 4)]
    ] * 2
    assert copies[1]["actors"]["id"].tolist() == [f"actor-{i}" for i in range(1, 6)]
    assert copies[1]["flows"]["provider"].tolist() == [f"actor-{i}" for i in range(1, 5)]
    kept = redact(make_tables(actors=[{"id": "sdis-17"}, {"id": "sdis-86"}]), "public")
    assert kept.tables["actors"]["id"].tolist() == ["sdis-17", "sdis-86"]


def test_copy_of_a_copy_changes_nothing_it_shows() -> None:
    once = redact(planted(), "public")
    twice = redact(once.tables, "public")
    for name, frame in once.tables.items():
        columns = [c for c in frame.columns if c != "id"]
        pd.testing.assert_frame_equal(frame[columns], twice.tables[name][columns])


def test_lines_and_origin_are_not_passed_on(tmp_path: Path) -> None:
    write_tables(planted(), tmp_path / SECRET)
    tables = ecosystem.read(tmp_path / SECRET)
    copy = redact(tables, "public").tables
    assert (copy.origin, copy.lines, copy.problems) == ("", {}, ())
    assert "visibility" not in copy.headers["actors"]


# ---------------------------------------------------------------- mentions


def test_every_text_column_is_a_name_or_a_secret_or_common() -> None:
    """A new column has to say which, or a copy could tell what it holds."""
    texts = {
        field.name
        for table in TABLES.values()
        for field in table.fields
        if field.kind in ("id", "text", "url") and not field.reference
    }
    kinds = [set(NAMES), set(TELLING), set(COMMON)]
    assert set.union(*kinds) == texts
    assert sum(map(len, kinds)) == len(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ask Énergie-Sud now", True), ("ENERGIE  SUD", True), ("energie-sudest", False),
     ("(energie-sud)", True), ("flow_energie-sud_1", True), ("Union Énergie-Sud", False),
     ("Union Énergie-Sud and énergie-sud", True), ("ab", True), ("about ab", False)],
)  # fmt: skip
def test_mentions(text: str, expected: bool) -> None:
    found = Mentions(["Energie-Sud", "ab"], ["Union Energie-Sud", "Nobody"])
    assert found.found_in(text) is expected


def test_the_name_of_a_shown_actor_is_no_secret() -> None:
    tables = make_tables(
        actors=[{"id": "x", "name": "Rochelle", "visibility": "internal"},
                {"id": "y", "name": "Port of Rochelle", "description": "The Port of Rochelle gives."},
                {"id": "z", "name": "Zed", "description": "Rochelle takes."}],
    )  # fmt: skip
    told = {row["id"]: (row["name"], row["description"]) for row in
            records(redact(tables, "public").tables["actors"])}  # fmt: skip
    assert told == {
        "y": ("Port of Rochelle", "The Port of Rochelle gives."), "z": ("Zed", None)
    }  # fmt: skip


# ---------------------------------------------------------------- policy


def crowd() -> Tables:
    firms = [{"id": f"firm{c}", "name": f"Firma {c}", "territory": "t" if c < "g" else "u",
              "sector": "private", "type": "company", "description": f"Sells {c}s.", "url": f"https://{c}.example/"}
             for c in "abcdefgh"]  # fmt: skip
    flows = [{"id": f"f-{f['id']}", "provider": f["id"], "recipient": "hall", "status": "active",
              "note": f"{f['name']} signed.", "source": "s"} for f in firms]  # fmt: skip
    flows.append({"id": "inside", "provider": "firma", "recipient": "firmb", "status": "active"})
    return make_tables(
        territories=[{"id": "t"}, {"id": "u"}],
        actors=[{"id": "hall", "territory": "t", "sector": "public"}, *firms,
                {"id": "part", "territory": "t", "sector": "public", "parent": "firma"}],
        flows=flows, sources=[{"id": "s", "title": "Contracts"}],
        needs=[{"id": "n", "actor": "firmc", "theme": "TRAN", "purpose": "Firma c wants more."}],
    )  # fmt: skip


PRIVATE = (("sector", ("private",)),)


def test_pseudonyms_say_nothing_of_who_is_who() -> None:
    policy = Policy(public=Rules(pseudonymise=(Disguise("Firm", PRIVATE),)))
    copy = redact(crowd(), "public", policy)
    text = "\n".join(cells(copy.tables))
    assert not [c for c in "abcdefgh" if f"firm{c}" in text or f"Firma {c}" in text]
    actors = copy.tables["actors"]
    masked = actors[actors["id"].str.startswith("pseudonym-")]
    assert masked["name"].tolist() == [f"Firm {i}" for i in range(1, 9)]
    assert actors["id"].tolist()[:2] == ["hall", "part"]
    assert masked[["description", "url", "source", "parent", "identifier"]].isna().all(axis=None)
    # Six firms are in t, only two in u: too few to be told apart by their territory.
    assert masked["territory"].value_counts(dropna=False).to_dict() == {"t": 6, None: 2} or (
        masked["territory"].isna().sum() == 2
    )
    assert actors.loc[actors["id"] == "part", "parent"].isna().all()
    flows = copy.tables["flows"]
    assert flows["note"].isna().all()
    assert len(flows) == 9
    assert copy.tables["sources"].empty
    numbers = [redact(crowd(), "public", policy).tables["flows"]["provider"].tolist() for _ in "ab"]
    assert numbers[0] == numbers[1]
    # Neither numbers nor the order of rows follow the names.
    assert numbers[0] == sorted(numbers[0])
    reverse = crowd().replace(flows=crowd()["flows"].iloc[::-1].reset_index(drop=True))
    order = redact(reverse, "public", policy).tables["flows"]["provider"].tolist()
    assert order == sorted(order)


def test_numbers_of_pseudonyms_follow_a_key_that_only_the_complete_tables_give() -> None:
    rules = Rules(pseudonymise=(Disguise("Firm", PRIVATE),))
    actors = records(crowd()["actors"])
    orders = []
    for key in (b"one", b"one", b"two"):
        names = cast_actors(actors, rules, 5, key).names
        orders.append([int(names[f"firm{c}"].split()[1]) for c in "abcdefgh"])
    assert sorted(orders[0]) == list(range(1, 9))
    assert orders[0] == orders[1] != orders[2]
    assert all(order != sorted(order) for order in orders)


def test_groups_are_large_enough_or_not_shown() -> None:
    policy = Policy(public=Rules(aggregate=(Disguise("Firms", PRIVATE),)))
    copy = redact(crowd(), "public", policy)
    actors = copy.tables["actors"]
    assert actors["id"].tolist() == ["group-1", "hall", "part"]
    group = records(actors)[0]
    assert (group["name"], group["territory"], group["sector"], group["type"]) == (
        "Firms", "t", "private", "company"
    )  # fmt: skip
    flows = copy.tables["flows"]
    assert flows["provider"].tolist() == ["group-1"] * 6
    reasons = {r.row: r.reason for r in copy.removed if r.table == "actors" and r.column is None}
    assert reasons["firmg"] == "small-group"
    assert reasons["firma"] == "in-group"
    small = redact(crowd(), "public", Policy(public=policy.public, minimum_group=2))
    assert small.tables["actors"]["territory"].tolist() == ["t", "u", "t", "t"]
    large = redact(crowd(), "public", Policy(public=policy.public, minimum_group=7))
    assert large.tables["actors"]["id"].tolist() == ["group-1", "hall", "part"]
    assert large.tables["actors"]["territory"].isna().tolist() == [True, False, False]
    none = redact(crowd(), "public", Policy(public=policy.public, minimum_group=9))
    assert none.tables["actors"]["id"].tolist() == ["hall", "part"]
    assert none.tables["flows"].empty


def test_the_public_sees_no_more_than_partners() -> None:
    policy = Policy(
        partners=Rules(drop=(("flows", "note"),), pseudonymise=(Disguise("F", PRIVATE),))
    )
    for audience in ("partners", "public"):
        copy = redact(crowd(), audience, policy).tables
        assert copy["flows"]["note"].isna().all()
        assert "firma" not in set(copy["actors"]["id"])


def test_what_a_dropped_column_said_is_not_told_elsewhere() -> None:
    tables = make_tables(
        actors=[{"id": "a", "identifier": "123456789", "description": "No. 123456789, a firm"}]
    )
    copy = redact(tables, "public", Policy(public=Rules(drop=(("actors", "identifier"),))))
    assert "123456789" not in "\n".join(cells(copy.tables))
    assert {(r.column, r.reason) for r in copy.removed} == {
        ("identifier", "column"), ("description", "mention")
    }  # fmt: skip


def test_a_policy_file(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(
        'minimum_group = 3\n[partners]\ndrop = ["flows.note"]\n'
        '[[public.pseudonymise]]\nname = "Firm"\nwhere = { sector = ["private"], territory = ["t"] }\n'
        '[[public.aggregate]]\nname = "Halls"\nwhere = { id = ["hall", "part"] }\n'
    )
    policy = read_policy(path, crowd())
    assert policy.minimum_group == 3
    assert policy.rules("partners").drop == policy.rules("public").drop == (("flows", "note"),)
    (mask,) = policy.public.pseudonymise
    assert (mask.name, dict(mask.where)) == ("Firm", {"sector": ("private",), "territory": ("t",)})
    assert policy.rules("partners").pseudonymise == ()
    assert policy.rules("internal") == Rules()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("minimum_group = 1", ["minimum_group: a whole number, 2 or more, is expected"]),
        ("minimum_group = true", ["minimum_group: a whole number"]),
        ("groups = 3", ["groups: 'groups' does not exist; there are: minimum_group, partners, public"]),
        ("partners = 3", ["partners: a section [ ] is expected"]),
        ("[public]\ndrop = 'x'", ["public.drop: a list [ ] is expected"]),
        ("[public]\ndrop = ['flow.note']", ["public.drop: 'flow.note' does not exist", "nearest: flows"]),
        ("[public]\ndrop = ['flows.notes']", ["'flows.notes' does not exist", "nearest: flows.note"]),
        ("[public]\ndrop = ['flows.provider']", ["'flows.provider' is needed and cannot be emptied"]),
        ("[public]\ndrop = ['actors.visibility']", ["'actors.visibility' is needed"]),
        ("[[public.aggregate]]\nwhere = {id=['hall']}", ["public.aggregate[1].name: a text is expected"]),
        ("[[public.aggregate]]\nname = 'x'", ["aggregate[1].where: a condition is expected: id, territory"]),
        ("[[public.aggregate]]\nname = 'x'\nwhere = {sectr=['private']}",
         ["aggregate[1].where: 'sectr' does not exist; there are: id, territory, type, sector, parent; nearest: sector"]),
        ("[[partners.pseudonymise]]\nname = 'x'\nwhere = {sector=['privat']}",
         ["partners.pseudonymise[1].where.sector: 'privat' does not exist", "nearest: private"]),
        ("[[public.aggregate]]\nname = 'x'\nwhere = {id=['haal']}\nsize = 2",
         ["aggregate[1].size: 'size' does not exist", "where.id: 'haal' does not exist", "nearest: hall"]),
        ("[public", ["is not TOML"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_policy(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(DataError) as error:
        read_policy(path, crowd())
    assert str(path) in str(error.value)
    for part in expected:
        assert part in str(error.value)
    assert str(path) in error.value.to("fr")
    assert error.value.to("fr") != error.value.to("en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_policy_of_the_documentation_works(
    tmp_path: Path, shipped_tables: Tables, language: str
) -> None:
    page = (shipped("data").parent / "docs" / language / "audiences.md").read_text("utf-8")
    path = tmp_path / "policy.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    copy = redact(shipped_tables, "public", path).tables
    names = set(copy["actors"]["name"])
    assert "Firm 1" in names
    assert copy["flows"]["note"].isna().all()


def test_a_policy_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.toml cannot be read"):
        redact(crowd(), "public", tmp_path / "gone.toml")
    with pytest.raises(UnknownName, match="internal, partners, public"):
        redact(crowd(), "pubic")


def test_every_reason_has_words_and_is_given() -> None:
    rules = Rules(
        drop=(("flows", "note"),),
        pseudonymise=(Disguise("M", (("id", ("firma", "firmg")),)),),
        aggregate=(Disguise("G", PRIVATE), Disguise("H", (("id", ("part",)),))),
    )
    tables = crowd().replace(actors=crowd()["actors"].assign(memo="x"))
    given = {
        r.reason for r in redact(tables, "public", Policy(public=rules, minimum_group=3)).removed
    }
    inside = crowd()["flows"].assign(recipient="firmb")
    rules = Rules(aggregate=(Disguise("G", PRIVATE),))
    given |= {
        r.reason
        for r in redact(crowd().replace(flows=inside), "public", Policy(public=rules)).removed
    }
    closed = crowd()["actors"].assign(visibility="public")
    given |= {r.reason for r in redact(crowd().replace(actors=closed), "public").removed}
    given |= {r.reason for r in redact(planted(), "public").removed}
    assert given == set(REASONS)
    for language in ("fr", "en"):
        frame = removed_frame(redact(planted(), "public").removed, language)
        assert frame["why"].str.len().min() > 10
    assert list(frame.columns) == ["table", "row", "column", "reason", "why"]


# ---------------------------------------------------------------- what is made of a copy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tables(planted(), tmp_path / "in")
    return tmp_path / "in"


@pytest.mark.parametrize("audience", ["public", "partners"])
@pytest.mark.parametrize("command", ["brokers", "gaps", "map"])
def test_commands_tell_nothing_hidden(
    tmp_path: Path, folder: Path, audience: str, command: str
) -> None:
    for form in ("table", "csv", "json") if command != "map" else ("html",):
        out = tmp_path / f"out.{form}".replace("table", "txt")
        given = [] if command == "map" else ["--format", form]
        result = cli(command, folder, "--audience", audience, *given, "-o", out)
        assert result.exit_code == 0, result.output
        text = out.read_text(encoding="utf-8")
        assert "Town hall" in " ".join(text.split()) or re.search(r"Town +.*\n +hall ", text)
        assert holds(text, audience) == set()


BROKERS = ("brokers", "--draws", "0", "--permutations", "0")


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    "command", [BROKERS, (*BROKERS, "--explain", "hall"), ("gaps",), ("match",)]
)
def test_a_copy_says_how_what_it_does_not_know_is_to_be_read(
    folder: Path, command: tuple[str, ...], audience: str
) -> None:
    """The same words whether something is hidden or not; none where nothing can be."""
    name, *more = command
    copy = redact(planted(), audience)
    for language in ("fr", "en"):
        given = (name, folder, *more, "--audience", audience, "--lang", language)
        table, program = cli(*given), cli(*given, "-f", "json")
        if copy.caution is None:
            assert "may have been left out" not in table.output
            assert "peuvent avoir été retirées" not in table.output
            continue
        assert table.stdout.endswith(f"\n\n{copy.caution.to(language)}\n")
        assert copy.caution.to(language) in program.stderr
        json.loads(program.stdout)


def test_a_run_for_the_public_tells_nothing_hidden(tmp_path: Path, folder: Path) -> None:
    secret = tmp_path / "mine" / "removed.csv"
    out = tmp_path / "out"
    result = cli(
        "run", folder, "--no-store", "--audience", "public", "--removed", secret, "-o", out
    )
    assert result.exit_code == 0, result.output
    files = sorted(path for path in out.rglob("*") if path.is_file())
    assert len(files) >= 5
    for path in files:
        assert holds(path.read_text(encoding="utf-8"), "public") == set(), path
        assert str(tmp_path) not in path.read_text(encoding="utf-8")
    told = (out / "findings.md").read_text(encoding="utf-8").splitlines()
    copy = redact(planted(), "public")
    assert told[2] == copy.notice.en
    assert told.count(copy.caution.en) == 1
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["audience"] == "public"
    assert (manifest["source"], manifest["inputs"]) == (None, {})
    assert manifest["rows"]["flows"] == 3
    kept = secret.read_text(encoding="utf-8")
    assert kept.startswith("table,row,column,reason,why\n")
    assert "actors,zyx-energy,,visibility," in kept
    assert "taken out: actors: 2 rows: the row is not for this audience" in result.stderr


@pytest.mark.embedded
def test_queries_of_a_copy_are_asked_of_a_store_that_holds_nothing_else(
    tmp_path: Path, folder: Path
) -> None:
    from ecosystem.store import embedded
    from tests.conftest import lacking

    if not embedded.available():
        lacking("the embedded engine has no wheel for this machine")
    query = tmp_path / "all.cypher"
    query.write_text(
        "// title.fr: Tout\n// title.en: All\n// question.fr: Quels acteurs ?\n"
        "// question.en: Which actors?\n// returns: id string  identifiant | identifier\n"
        "MATCH (a:Actor) RETURN a.id AS id ORDER BY id\n"
    )
    result = cli("query", "run", query, folder, "--audience", "public", "--format", "csv")
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["id", "abroad", "buses", "desk", "hall", "lab"]
    out = tmp_path / "out"
    assert cli("run", folder, "--audience", "partners", "-o", out).exit_code == 0
    rows = [path.read_text(encoding="utf-8") for path in (out / "queries").glob("*.csv")]
    assert len(rows) > 3
    assert holds("\n".join(rows), "partners") == set()


def test_what_is_removed_does_not_travel(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "out"
    for removed in (out, out / "removed.csv", out / "a" / "b.csv"):
        result = cli(
            "run", folder, "--no-store", "--audience", "public", "--removed", removed, "-o", out
        )
        assert result.exit_code == 1
        assert "would travel with the result" in result.stderr
        assert not out.exists()
    result = cli("map", folder, "--audience", "public", "--removed", out, "-o", out)
    assert result.exit_code == 1
    assert not out.exists()


@pytest.mark.parametrize("command", ["brokers", "gaps", "map", "run"])
def test_nothing_runs_with_a_wrong_policy(tmp_path: Path, folder: Path, command: str) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[public]\ndrop = ['flows.nte']\n")
    out = tmp_path / "out"
    result = cli(command, folder, "--audience", "public", "--policy", policy, "-o", out)
    assert result.exit_code == 1
    assert f"{policy}: public.drop: 'flows.nte' does not exist" in result.stderr
    assert not out.exists()


def test_nothing_a_policy_hides_can_be_read_in_what_is_made(tmp_path: Path) -> None:
    write_tables(crowd(), tmp_path / "in")
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[partners]\ndrop = ["sources.title"]\n[[partners.pseudonymise]]\nname = "One"\n'
        'where = { id = ["firma", "firmb", "firmc"] }\n'
        '[[public.aggregate]]\nname = "Firms"\nwhere = { sector = ["private"] }\n'
    )
    hidden = {"partners": "abc", "public": "abcdefgh"}
    for audience, letters in hidden.items():
        out = tmp_path / audience
        given = ("--audience", audience, "--policy", policy, "-o", out)
        result = cli("run", tmp_path / "in", "--no-store", *given)
        assert result.exit_code == 0, result.output
        for path in (p for p in out.rglob("*") if p.is_file()):
            text = path.read_text(encoding="utf-8")
            for c in letters:
                for secret in (f"firm{c}", f"Firma {c}", f"Sells {c}s", f"https://{c}.example"):
                    assert secret not in text, (path, secret)
            assert "Contracts" not in text
        maps = "".join(p.read_text(encoding="utf-8") for p in out.glob("maps/*.html"))
        assert "One 3" in maps
        assert ("Firma d" in maps) == (audience == "partners")
        assert ("Firms" in maps) == (audience == "public")


def test_hidden_rows_count_nowhere(folder: Path) -> None:
    """What is told of a copy is what is told of tables that never held the rest."""
    copied = redact(planted(), "public")
    copy = copied.tables
    folder_of_copy = folder.parent / "copy"
    write_tables(copy, folder_of_copy)
    for command in ("brokers", "gaps"):
        ours = cli(command, folder, "--audience", "public", "--format", "json")
        theirs = cli(command, folder_of_copy, "--format", "json")
        assert json.loads(ours.stdout) == json.loads(theirs.stdout)
    page = Page(ecosystem.map(redact(planted(), "public")).html).model
    other = Page(ecosystem.map(ecosystem.read(folder_of_copy)).html).model
    for model in (page, other):
        model.pop("notice")
        model.pop("caution")
    assert page == other
    assert Page(ecosystem.map(redact(planted(), "public")).html).model["caution"] == {
        "fr": copied.caution.fr, "en": copied.caution.en
    }  # fmt: skip
    assert Page(ecosystem.map(planted()).html).model["caution"] is None


# ---------------------------------------------------------------- places


@pytest.mark.parametrize("territory", ["la-rochelle", None])
def test_an_actor_stands_at_the_same_place_for_every_audience(
    shipped_tables: Tables, territory: str | None
) -> None:
    actors, flows = shipped_tables["actors"].copy(), shipped_tables["flows"].copy()
    actors.loc[actors["id"].isin(["insee", "lr-universite"]), "visibility"] = "internal"
    actors.loc[actors["id"] == "atmo-nouvelle-aquitaine", "visibility"] = "partners"
    flows.loc[flows.index[::7], "visibility"] = "partners"
    tables = shipped_tables.replace(actors=actors, flows=flows)
    found: list[dict[str, tuple[float, float]]] = []
    for audience in AUDIENCES:
        model: dict[str, Any] = Page(ecosystem.map(redact(tables, audience), territory).html).model
        found.append({a["id"]: (a["x"], a["y"]) for a in model["actors"]})
    internal, partners, public = found
    assert len(public) < len(partners) < len(internal)
    for narrow, wide in ((public, partners), (partners, internal)):
        assert {actor: wide[actor] for actor in narrow} == narrow
    assert len(set(internal.values())) == len(internal)


def test_places_of_a_public_copy_know_nothing_of_the_rest() -> None:
    copy = redact(planted(), "public").tables
    whole = planted().in_order
    at = dict(zip(actors_of(whole, "town")["id"], places(whole, "town").tolist(), strict=True))
    shown = actors_of(copy, "town")["id"].tolist()
    assert [at[actor] for actor in shown] == places(copy, "town").tolist()
    partners = redact(planted(), "partners").tables
    assert (places(partners)[0] == places(copy)[0]).all()


def test_a_removed_list_that_cannot_be_written(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(EcosystemError):
        from ecosystem.audience import make_copy

        make_copy(planted(), "public", removed=tmp_path / "file" / "removed.csv")


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    "header",
    ["Visibility", "VISIBILITY", "\ufeffvisibility", " visi\u00adbility\u200b", "Ｖisibility"],
)
def test_visibility_is_read_however_it_is_written(tmp_path: Path, header: str) -> None:
    (tmp_path / "actors.csv").write_text(
        f"{header},id,name\n,a,Alpha\ninternal,z,Zeta\nInterne,y,Yota\n", "utf-8"
    )
    (tmp_path / "flows.csv").write_text("provider,recipient,status\na,a,active\n", "utf-8")
    assert redact(read_tables(tmp_path), "public").tables["actors"]["id"].tolist() == ["a"]


@pytest.mark.parametrize(
    "header",
    ["visibilité", "visiblity", "Visibilty", "is_visible", "visibility2", "vіsibility", "visble",
     "confidentialité", "diffusion", "Pour qui ?", "_who"],
)  # fmt: skip
def test_a_column_that_may_be_visibility_stops_a_copy(tmp_path: Path, header: str) -> None:
    (tmp_path / "actors.csv").write_text(f"id,name,{header}\na,Alpha,\nz,Zeta,internal\n", "utf-8")
    (tmp_path / "flows.csv").write_text("provider,recipient,status\na,z,active\n", "utf-8")
    tables = read_tables(tmp_path)
    for audience in ("partners", "public"):
        with pytest.raises(DataError, match="perhaps the column visibility"):
            redact(tables, audience)
    assert len(redact(tables, "internal").tables["actors"]) == 2


@pytest.mark.parametrize("table", [*TABLES])
def test_a_column_of_any_table_may_be_visibility(table: str) -> None:
    tables = make_tables(**{table: [dict.fromkeys(TABLES[table].columns)]})
    for column, value in (("visibilité", None), ("diffusion", "Interne")):
        own = tables.replace(**{table: tables[table].assign(**{column: value})})
        with pytest.raises(DataError, match=rf"{table}\.{column}: perhaps the column visibility"):
            redact(own, "public")


def test_other_columns_of_ones_own_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text(
        "id,name,city,validity,viability,scope,status\n"
        "a,Alpha,x,y,z,internal,public\nb,Beta,x,y,z,external,private\n", "utf-8"
    )  # fmt: skip
    (tmp_path / "flows.csv").write_text("provider,recipient,status\na,a,active\n", "utf-8")
    assert len(redact(read_tables(tmp_path), "public").tables["actors"]) == 2


def test_a_number_that_a_shown_row_has_is_no_secret_of_a_hidden_text() -> None:
    tables = make_tables(
        actors=[
            {"id": "a", "identifier": "732 829 320", "description": "SIREN 732829320"},
            {"id": "z", "description": "Under 732-829-320", "visibility": "internal"},
        ]
    )
    (row,) = records(redact(tables, "public").tables["actors"])
    assert row["description"] == "SIREN 732829320"
