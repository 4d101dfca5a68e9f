"""What if: numbers computed by hand, sources that never change, and scenarios that are refused."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.cli import main
from ecosystem.errors import DataError, EcosystemError, UnknownName
from ecosystem.files import shipped
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import why_unmet
from ecosystem.scenarios import (
    ACTIONS,
    EFFECTS,
    Scenario,
    Step,
    World,
    best_flows,
    changed,
    read_scenario,
    shipped_scenarios,
    what_if,
)
from ecosystem.scenarios.actions import activated
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables
from ecosystem.vocabulary import Label
from tests.cli.running import parsed, plain, run
from tests.toy import actors, flows, make_tables


def scenario(*steps: dict[str, Any], folder: Path = Path()) -> Scenario:
    made = [
        Step(s["do"], {k: v for k, v in s.items() if k != "do"}, Label(f"étape {n}", f"step {n}"))
        for n, s in enumerate(steps, start=1)
    ]
    return Scenario(Label("essai", "trial"), tuple(made), folder=folder)


def effects(tables: Tables, *steps: dict[str, Any], **more: Any) -> dict[str, tuple[Any, Any, Any]]:
    table = what_if(tables, scenario(*steps, **more)).table
    return {name: tuple(facts) for name, *facts in table.itertuples(index=False, name=None)}


def chain() -> Tables:
    """a → b → c, one dataset that a holds and c needs; the general public looks on."""
    return make_tables(
        territories=[{"id": "here", "name": "Here"}],
        actors=[*actors("a b c", territory="here"), {"id": "reutilisateurs-here", "territory": "here"}],
        datasets=[{"id": "d", "title": "D", "holder": "a", "access": "shared", "theme": "ENER",
                   "territory": "here", "personal_data": "no"}],
        flows=flows("a>b", "b>c", dataset="d", mode="agreement"),
        needs=[{"id": "n", "actor": "c", "dataset": "d"}],
        ties=[{"id": "t", "from": "a", "to": "b", "kind": "partnership"}],
        services=[{"id": "s", "operator": "b", "datasets": ("d",)}],
    )  # fmt: skip


def everyone_with_everyone(n: int) -> Tables:
    """n actors, an agreement for each pair: n(n-1)/2 of them."""
    names = [f"x{i}" for i in range(n)]
    pairs = list(itertools.combinations(names, 2))
    return make_tables(
        actors=actors(" ".join(names)),
        datasets=[{"id": f"d-{a}", "holder": a, "access": "shared"} for a in names],
        flows=[
            {"id": f"{a}-{b}", "provider": a, "recipient": b, "dataset": f"d-{a}", "status": "active",
             "mode": "agreement"}
            for a, b in pairs
        ],
    )  # fmt: skip


def test_without_the_cut_actor_what_is_lost_is_what_paper_says() -> None:
    """Before: a reaches b and c, b reaches c (3 pairs); b is the one broker, cut point, 2 bridges."""
    assert effects(chain(), {"do": "remove-actor", "actor": "b"}) == {
        "needs_met": (1, 0, -1),
        "needs_expressed": (1, 1, 0),
        "reach": (3, 0, -3),
        "received": (2, 0, -2),
        "brokers": (1, 0, -1),
        "first_broker_share": (100, 0, -100),
        "cut_points": (1, 0, -1),
        "bridges": (2, 0, -2),
        "hanging": (1, 0, -1),
        "agreements": (2, 0, -2),
    }


def test_an_actor_leaves_with_its_rows_and_its_datasets_lose_holder_and_access() -> None:
    tables = chain()
    after = changed(tables, scenario({"do": "remove-actor", "actor": "a"})).tables
    assert after["actors"]["id"].tolist() == ["b", "c", "reutilisateurs-here"]
    assert after["flows"]["id"].tolist() == ["f-b>c-active"]
    assert after["ties"].empty
    assert after["datasets"]["holder"].isna().all()
    assert after["datasets"]["access"].tolist() == ["unknown"]
    without_b = changed(tables, scenario({"do": "remove-actor", "actor": "b"})).tables
    assert without_b["services"].empty
    assert changed(tables, scenario({"do": "remove-actor", "actor": "c"})).tables["needs"].empty


@pytest.mark.parametrize("n", range(2, 9))
@pytest.mark.parametrize(("by", "left"), [("platform", "n"), ("third-party", "n"), ("open", "0")])
def test_a_hub_turns_agreements_of_each_pair_into_one_for_each(n: int, by: str, left: str) -> None:
    step = {"do": "replace-agreements", "by": by} | ({} if by == "open" else {"hub": "hub"})
    before, after, _ = effects(everyone_with_everyone(n), step)["agreements"]
    assert before == n * (n - 1) / 2
    assert after == (n if left == "n" else 0)


def test_data_pass_through_a_platform_and_not_through_a_third_party() -> None:
    tables = everyone_with_everyone(4)
    replaced = {"do": "replace-agreements", "hub": "hub"}
    platform = changed(tables, scenario({**replaced, "by": "platform"})).tables["flows"]
    assert {"hub"} == {
        end for row in platform.itertuples() for end in (row.provider, row.recipient)
        if not str(end).startswith("x")
    }  # fmt: skip
    assert all(
        "hub" in ends for ends in zip(platform["provider"], platform["recipient"], strict=True)
    )
    # Three providers bring a dataset in (x3 gives to nobody); they reach 3, 2 and 1 actors.
    assert len(platform) == 3 + 3 + 2 + 1
    third = changed(tables, scenario({**replaced, "by": "third-party"}))
    assert third.tables["flows"].equals(tables["flows"])
    assert set(third.frameworks) == set(tables["flows"]["id"])
    hub_is_one = effects(tables, {**replaced, "by": "third-party", "hub": "x0"})["agreements"]
    assert hub_is_one == (6, 3, -3)


def test_only_agreements_of_the_scope_are_replaced() -> None:
    tables = everyone_with_everyone(4)
    step = {
        "do": "replace-agreements",
        "by": "third-party",
        "hub": "hub",
        "actors": ["x0", "x1", "x2"],
    }
    # Three of the six pairs become three links to the hub; the other three stay.
    assert effects(tables, step)["agreements"] == (6, 6, 0)
    one = {"do": "replace-agreements", "by": "third-party", "hub": "hub", "datasets": ["d-x0"]}
    assert effects(tables, one)["agreements"] == (6, 3 + 4, 1)


@pytest.mark.parametrize(
    "steps", [(), ({"do": "activate"},), ({"do": "activate", "statuses": []},)]
)
def test_activating_nothing_changes_nothing(steps: tuple[dict[str, Any], ...]) -> None:
    for tables in (chain(), everyone_with_everyone(4)):
        assert all(diff == 0 for _, _, diff in effects(tables, *steps).values())
        assert changed(tables, scenario(*steps)).tables.equals(tables)


def test_activating_no_flow_of_the_shipped_data_changes_nothing(shipped_tables: Tables) -> None:
    steps = {"do": "activate", "statuses": []}
    assert changed(shipped_tables, scenario(steps)).tables is shipped_tables
    assert all(diff == 0 for _, _, diff in effects(shipped_tables, steps).values())


def test_a_wished_flow_made_active_meets_the_need() -> None:
    tables = chain()
    tables = tables.replace(flows=tables["flows"].assign(status="wished", barrier="legal"))
    table = effects(tables, {"do": "activate", "statuses": ["wished"], "flows": ["f-b>c-active"]})
    assert table["needs_met"] == (0, 1, 1)
    assert table["reach"] == (0, 1, 1)
    after = changed(tables, scenario({"do": "activate", "datasets": ["d"]})).tables["flows"]
    assert after["status"].tolist() == ["active", "active"]
    assert after["barrier"].isna().all()
    none = changed(tables, scenario({"do": "activate", "theme": "TRAN"})).tables
    assert none.equals(tables)


def test_an_open_dataset_is_published_and_meets_every_need_for_it() -> None:
    tables = chain()
    tables = tables.replace(flows=tables["flows"].iloc[:0])
    after = changed(tables, scenario({"do": "open-dataset", "dataset": "d"})).tables
    assert after["datasets"]["access"].tolist() == ["open"]
    new = after["flows"].iloc[0]
    assert (new["provider"], new["recipient"], new["mode"]) == (
        "a",
        "reutilisateurs-here",
        "open_licence",
    )
    assert effects(tables, {"do": "open-dataset", "dataset": "d"})["needs_met"] == (0, 1, 1)
    again = changed(after, scenario({"do": "open-dataset", "dataset": "d"})).tables
    assert again["flows"].equals(after["flows"])  # already published: not twice


def test_flows_are_added_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("provider,recipient,dataset\nc,a,d\n", encoding="utf-8")
    step = {"do": "add-flows", "file": "more.csv"}
    # c → a closes the ring: six ordered pairs, no cut point.
    table = effects(chain(), step, folder=tmp_path)
    assert table["reach"] == (3, 6, 3)
    assert table["cut_points"] == (1, 0, -1)
    added = changed(chain(), scenario(step, folder=tmp_path)).tables["flows"]
    assert added["id"].tolist()[-1] == "more-1"
    assert added["status"].tolist()[-1] == "active"


EVERY_ACTION: list[dict[str, Any]] = [
    {"do": "open-dataset", "dataset": "d"},
    {"do": "activate"},
    {"do": "add-flows", "file": "more.csv"},
    {"do": "replace-agreements", "by": "platform", "hub": "hub"},
    {"do": "replace-agreements", "by": "third-party", "hub": "hub", "actors": ["a", "b"]},
    {"do": "replace-agreements", "by": "open", "actors": ["a", "b", "c"]},
    {"do": "remove-actor", "actor": "b"},
]


def test_the_source_tables_never_change(tmp_path: Path, shipped_tables: Tables) -> None:
    (tmp_path / "more.csv").write_text("provider,recipient\nc,a\n", encoding="utf-8")
    assert {step["do"] for step in EVERY_ACTION} == set(ACTIONS)
    tables = chain()
    copies = {name: frame.copy(deep=True) for name, frame in tables.items()}
    for steps in (*([step] for step in EVERY_ACTION), EVERY_ACTION):
        what_if(tables, scenario(*steps, folder=tmp_path))
        assert all(tables[name].equals(copy) for name, copy in copies.items())
    shipped_copies = {name: frame.copy(deep=True) for name, frame in shipped_tables.items()}
    for name in shipped_scenarios():
        what_if(shipped_tables, read_scenario(name))
    best_flows(shipped_tables, 4)
    assert all(shipped_tables[name].equals(copy) for name, copy in shipped_copies.items())


def test_every_column_keeps_its_type(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("provider,recipient\nc,a\n", encoding="utf-8")
    tables = chain()
    after = changed(tables, scenario(*EVERY_ACTION, folder=tmp_path)).tables
    for name, frame in tables.items():
        assert list(after[name].dtypes) == list(frame.dtypes), name


def test_shipped_scenarios_say_what_they_are_and_what_they_do(shipped_tables: Tables) -> None:
    assert len(shipped_scenarios()) >= 3
    for name in shipped_scenarios():
        made = read_scenario(name)
        assert made.title.fr != made.title.en
        result = what_if(shipped_tables, made)
        assert result.territory == made.territory
        assert list(result.table["effect"]) == list(EFFECTS)
        assert len(result.notes) == len(made.steps)
        assert (result.table["difference"] != 0).any()
        assert all(line.fr and line.en for line in result.told())
    gone = what_if(shipped_tables, read_scenario("la-rochelle-without-the-agglomeration"))
    held = shipped_tables["flows"]
    lost = (held["provider"] == "ca-la-rochelle") | (held["recipient"] == "ca-la-rochelle")
    assert len(held) - len(gone.after["flows"]) == lost.sum()
    assert gone.gained["needs_met"] == ()


# ---------------------------------------------------------------- the best flows


def drawn(seed: int) -> Tables:
    """A few actors, datasets and needs, flows of every status: small enough to try every choice."""
    draw = random.Random(seed)
    names = [f"x{i}" for i in range(4)]
    sets = [f"d{i}" for i in range(4)]
    statuses = ["active", "wished", "planned", "blocked", "ended"]
    rows = []
    for n in range(draw.randint(3, 9)):
        a, b = draw.sample(names, 2)
        rows.append({"id": f"f{n}", "provider": a, "recipient": b, "dataset": draw.choice(sets),
                     "status": draw.choice(statuses), "barrier": draw.choice([None, None, "legal"])})  # fmt: skip
    needs = [{"id": f"n{n}", "actor": draw.choice(names), "dataset": draw.choice([*sets, None])}
             for n in range(draw.randint(2, 8))]  # fmt: skip
    return make_tables(
        actors=actors(" ".join(names)),
        datasets=[{"id": d, "holder": draw.choice([*names, None]), "access": draw.choice(["shared", "closed"])}
                  for d in sets],
        flows=rows,
        needs=needs,
    )  # fmt: skip


def met(tables: Tables) -> int:
    lookups = Lookups(tables)
    return sum(why_unmet(lookups.known, need) is None for need in lookups.needs)


@given(seed=st.integers(0, 10**9), most=st.integers(1, 4))
@settings(max_examples=120, deadline=None)
def test_the_best_flows_are_those_that_trying_every_choice_finds(seed: int, most: int) -> None:
    tables = drawn(seed)
    lookups = Lookups(tables)
    able = [
        f["id"]
        for f in lookups.flows
        if f["status"] in ("wished", "planned", "blocked")
        and (
            lookups.known.holder(f["dataset"]) in (None, f["provider"])
            or any(
                g["status"] == "active" and g["dataset"] == f["dataset"] and g["recipient"] == f["provider"]
                for g in lookups.flows
            )
        )
    ]  # fmt: skip
    most_met = max(
        met(activated(tables, tables["flows"]["id"].isin(list(chosen))))
        for size in range(min(most, len(able)) + 1)
        for chosen in itertools.combinations(able, size)
    )
    best = best_flows(tables, most)
    assert len(best.flows) <= most
    assert set(best.flows) <= set(able)
    assert met(best.outcome.after) == most_met
    assert len(best.needs) == most_met - met(tables)
    assert set(best.needs) == set(best.outcome.gained["needs_met"])


def test_best_flows_of_a_territory_and_of_none() -> None:
    tables = chain()
    assert best_flows(tables, 3).flows == ()
    with pytest.raises(EcosystemError, match="at least one flow"):
        best_flows(tables, 0)
    with pytest.raises(UnknownName, match="nowhere"):
        best_flows(tables, 1, "nowhere")


# ---------------------------------------------------------------- refused, and nothing runs

GOOD = '[[step]]\ndo = "remove-actor"\nactor = "a"\n'
REFUSED: dict[str, tuple[str, tuple[str, ...]]] = {
    "not TOML": ("[[step]\n", ("trial.toml", "not TOML", "line 1")),
    "unknown key": ("colour = 'red'\n" + GOOD, ("trial.toml", "colour", "title, territory")),
    "step of another type": ("step = 3\n", ("trial.toml", "step", "another type")),
    "no action": ("[[step]]\nactor = 'a'\n", ("trial.toml", "step 1", "'do' is missing")),
    "unknown action": ("[[step]]\ndo = 'remove'\n", ("trial.toml: step 1", "do", "'remove'", "remove-actor")),
    "unknown actor": ("[[step]]\ndo = 'remove-actor'\nactor = 'aa'\n",
                      ("trial.toml: step 1", "actor", "'aa'", "nearest", "there are: a, b, c")),
    "unknown dataset": ("[[step]]\ndo = 'open-dataset'\ndataset = 'e'\n",
                        ("trial.toml: step 1", "dataset", "'e'", "there are: d")),
    "unknown flow": ("[[step]]\ndo = 'activate'\nflows = ['f']\n", ("step 1", "flows", "'f'", "f-a>b-active")),
    "unknown status": ("[[step]]\ndo = 'activate'\nstatuses = ['ended']\n",
                       ("step 1", "statuses", "'ended'", "blocked, planned, wished")),
    "unknown territory of a step": ("[[step]]\ndo = 'activate'\nterritory = 'her'\n",
                                    ("step 1", "territory", "'her'", "here")),
    "unknown territory": ("territory = 'her'\n" + GOOD, ("unknown territory: 'her'", "here")),
    "missing key": ("[[step]]\ndo = 'remove-actor'\n", ("step 1", "actor", "missing")),
    "key too many": (GOOD + "dataset = 'd'\n", ("step 1", "dataset", "unknown key", "keys of remove-actor: actor")),
    "a list where one is meant": ("[[step]]\ndo = 'remove-actor'\nactor = ['a']\n", ("step 1", "actor", "a text")),
    "one where a list is meant": ("[[step]]\ndo = 'activate'\nactors = 'a'\n", ("step 1", "actors", "a list")),
    "every fault at once": (
        "[[step]]\ndo = 'remove-actor'\nactor = 'aa'\n[[step]]\ndo = 'open-dataset'\ndataset = 'e'\n",
        ("step 1", "'aa'", "step 2", "'e'")),
    "removed twice": (GOOD + GOOD, ("trial.toml: step 2", "actor", "already removed", "step 1", "two scenarios")),
    "opened after its holder left": (GOOD + "[[step]]\ndo = 'open-dataset'\ndataset = 'd'\n",
                                     ("step 2", "dataset", "holder of 'd' is removed")),
    "opened twice": (2 * "[[step]]\ndo = 'open-dataset'\ndataset = 'd'\n", ("step 2", "already open")),
    "flow of a removed actor": (GOOD + "[[step]]\ndo = 'activate'\nflows = ['f-a>b-active']\n",
                                ("step 2", "flows", "'a' is already removed")),
    "hub that was removed": (GOOD + "[[step]]\ndo = 'replace-agreements'\nby = 'platform'\nhub = 'a'\n",
                             ("step 2", "hub", "already removed")),
    "platform without a hub": ("[[step]]\ndo = 'replace-agreements'\nby = 'platform'\n", ("step 1", "hub", "missing")),
    "open with a hub": ("[[step]]\ndo = 'replace-agreements'\nby = 'open'\nhub = 'a'\n", ("step 1", "hub", "no 'hub'")),
    "replaced twice": ("[[step]]\ndo = 'replace-agreements'\nby = 'platform'\nhub = 'h'\n"
                       "[[step]]\ndo = 'replace-agreements'\nby = 'open'\n", ("step 2", "already replaced")),
    "personal data opened": ("[[step]]\ndo = 'open-dataset'\ndataset = 'p'\n", ("step 1", "personal data", "aggregated")),
    "personal data published": ("[[step]]\ndo = 'replace-agreements'\nby = 'open'\n", ("step 1", "by", "personal data: p")),
    "no such file of flows": ("[[step]]\ndo = 'add-flows'\nfile = 'none.csv'\n", ("step 1", "file", "none.csv")),
    "flows of unknown actors": ("[[step]]\ndo = 'add-flows'\nfile = 'wrong.csv'\n",
                                ("step 1", "file", "wrong.csv:2:recipient", "'zz' does not exist")),
    "flows already there": ("[[step]]\ndo = 'add-flows'\nfile = 'again.csv'\n",
                            ("step 1", "file", "again.csv", "already there: f-a>b-active")),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The chain as CSV files, with a dataset of personal data passed on by contract."""
    (tmp_path / "source").mkdir()
    texts = {
        "territories": "id,name\nhere,Here\n",
        "actors": "id,territory\na,here\nb,here\nc,here\nreutilisateurs-here,here\n",
        "datasets": "id,holder,access,personal_data\nd,a,shared,no\np,b,closed,yes\n",
        "flows": "id,provider,recipient,dataset,status,mode\nf-a>b-active,a,b,d,active,agreement\n"
                 "f-b>c-active,b,c,d,active,agreement\nf-p,b,c,p,active,contract\n",
        "needs": "id,actor,dataset\nn,c,d\n",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / "source" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("provider,recipient\na,zz\n", encoding="utf-8")
    (tmp_path / "again.csv").write_text(
        "id,provider,recipient\nf-a>b-active,a,b\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_scenario_is_refused_with_its_place_and_what_exists(
    case: str, folder: Path
) -> None:
    text, said = REFUSED[case]
    (folder / "trial.toml").write_text(text, encoding="utf-8")
    args = ["what-if", str(folder / "source"), "-S", str(folder / "trial.toml")]
    ran = CliRunner().invoke(main, args, prog_name="ecosystem")
    assert (ran.exit_code, ran.stdout) == (1, ""), "nothing runs"
    assert isinstance(ran.exception, SystemExit), "no traceback"
    for words in said:
        assert words in ran.stderr, ran.stderr
    with pytest.raises(EcosystemError) as refused:
        what_if(read_tables(folder / "source"), read_scenario(folder / "trial.toml"))
    assert refused.value.to("en") in ran.stderr
    assert refused.value.to("fr") != refused.value.to("en")
    assert refused.value.hint is not None


def test_a_scenario_that_is_nowhere_shows_those_that_exist(folder: Path) -> None:
    ran = run("what-if", folder / "source", "-S", "la-rochele-without")
    assert (ran.code, ran.out) == (1, "")
    assert "la-rochelle-without-the-agglomeration" in ran.err
    ran = run("what-if", folder / "source", "-S", folder / "none.toml")
    assert (ran.code, ran.out) == (1, "")
    assert "none.toml" in ran.err and "cannot be read" in ran.err
    ran = run("what-if", folder / "source")
    assert ran.code == 2
    assert "--scenario" in ran.err and "geneva-third-party" in ran.err
    assert run("what-if", "-S", "geneva-third-party", "-b", "2").code == 2
    assert run("what-if", "-b", "0").code == 2


def test_bytes_that_are_not_utf8_are_refused(folder: Path) -> None:
    (folder / "trial.toml").write_bytes(b'title = "\xe9"\n')
    with pytest.raises(DataError, match="not TOML in UTF-8"):
        read_scenario(folder / "trial.toml")


def test_the_command_prints_before_after_and_difference(folder: Path) -> None:
    (folder / "trial.toml").write_text(
        'title = "No b"\n[[step]]\ndo = "remove-actor"\nactor = "b"\n'
    )
    ran = run("what-if", folder / "source", "-S", folder / "trial.toml", "-f", "json")
    rows = {row["effect"]: row for row in parsed(ran)}
    assert list(rows) == list(EFFECTS)
    assert (rows["needs_met"]["before"], rows["needs_met"]["after"]) == (1, 0)
    assert "No b" in ran.err
    assert "'b' is removed, with 3 flows" in ran.err
    french = run("what-if", folder / "source", "-S", folder / "trial.toml", "--lang", "fr")
    assert "besoins couverts" in french.out
    assert "acteur retiré : « b », avec 3 flux" in plain(french.err)


def test_the_command_finds_the_best_flows(shipped_tables: Tables) -> None:
    ran = run("what-if", "-b", "3", "-t", "poitiers", "-f", "json")
    best = best_flows(shipped_tables, 3, "poitiers")
    assert [row["flow"] for row in parsed(ran)] == list(best.flows)
    assert f"{len(best.flows)} of {best.candidates} possible flows" in ran.err


def test_scenarios_travel_with_the_data() -> None:
    assert (shipped("data") / "scenarios").is_dir()
    world = World(make_tables())
    assert world.frameworks == {} and world.notes == ()
