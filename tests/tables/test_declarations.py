"""Who reported a flow: the union, mutual assent, and the list of disagreements."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.errors import UnknownName
from ecosystem.gaps import find_gaps
from ecosystem.networks.network import share_network
from ecosystem.tables.declarations import disagreements, mutual, mutual_only
from ecosystem.tables.frames import Tables, write_tables
from tests.cli.running import parsed, run
from tests.toy import actors, make_tables

# provider, recipient, dataset, status, declared_by: what each says of seven exchanges.
SAID = [
    ("a", "b", "d", "active", "both"),
    ("b", "c", "d", "active", "provider"),
    ("b", "c", "d", "active", "recipient"),
    ("a", "c", "d", "active", "provider"),  # c was asked and says nothing of it
    ("c", "a", None, "active", "recipient"),  # c again
    ("c", "b", "d", "active", "provider"),
    ("c", "b", "d", "wished", "recipient"),  # the two differ
    ("a", "mute", "d", "active", "provider"),  # mute was not asked
    ("b", "a", "d", "active", "third_party"),
    ("a", "b", "e", "active", None),
]
COLUMNS = ["provider", "recipient", "dataset", "status", "declared_by"]


@pytest.fixture
def tables() -> Tables:
    return make_tables(
        actors=actors("a b c mute", territory="here"),
        datasets=[{"id": "d", "holder": "a", "access": "shared"}, {"id": "e", "holder": "a"}],
        flows=[{"id": f"f{n}", "mode": "contract", **dict(zip(COLUMNS, row, strict=True))}
               for n, row in enumerate(SAID)],
    )  # fmt: skip


def test_a_flow_is_mutual_if_both_ends_report_the_same(tables: Tables) -> None:
    assert tables["flows"].loc[mutual(tables["flows"]), "id"].tolist() == ["f0", "f1", "f2"]


def test_the_mutual_network_has_the_edges_that_both_ends_report(tables: Tables) -> None:
    every, both = share_network(tables), share_network(tables, declared="mutual")
    assert set(every.networkx.edges) == {
        ("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("c", "b"), ("a", "mute"), ("b", "a"),
    }  # fmt: skip
    assert set(both.networkx.edges) == {("a", "b"), ("b", "c")}
    assert every.n == both.n == 4
    # Two rows that report one flow are one flow.
    assert both.networkx.edges["b", "c"]["weight"] == 1
    assert "both ends" in both.conventions["statuses"]
    assert "both ends" not in every.conventions["statuses"]


def test_another_kind_of_declaration_is_unknown(tables: Tables) -> None:
    with pytest.raises(UnknownName, match="mutual"):
        share_network(tables, declared="mutuel")  # type: ignore[arg-type]


def test_disagreements_are_listed_but_not_the_silence_of_who_was_not_asked(tables: Tables) -> None:
    found = disagreements(tables)
    assert found[["provider", "recipient", "disagreement"]].to_numpy().tolist() == [
        ["a", "c", "recipient-silent"],
        ["c", "a", "provider-silent"],
        ["c", "b", "statuses-differ"],
    ]
    assert found["flows"].tolist() == [("f3",), ("f4",), ("f5", "f6")]
    assert found["dataset"].isna().tolist() == [False, True, False]
    assert disagreements(tables, "here").equals(found)
    with pytest.raises(UnknownName, match="here"):
        disagreements(tables, "her")


def test_disagreements_are_findings_too(tables: Tables) -> None:
    found = [f for f in find_gaps(tables) if f.detector == "disputed-flow"]
    assert [(f.reason, f.severity) for f in found] == [
        ("statuses-differ", "medium"),
        ("recipient-silent", "low"),
        ("provider-silent", "low"),
    ]
    assert [f.datasets for f in found] == [("d",), ("d",), ()]
    # f8 (a third party) and f9 (nobody) are declared by none of their ends.
    assert {f.population for f in found} == {8}


def test_without_declarations_nothing_is_mutual_and_nothing_disputed(
    shipped_tables: Tables,
) -> None:
    """The shipped data do not say who reported a flow."""
    assert shipped_tables["flows"]["declared_by"].isna().all()
    assert mutual_only(shipped_tables)["flows"].empty
    assert disagreements(shipped_tables).empty
    assert share_network(shipped_tables, declared="mutual").edges.empty


def test_the_command_says_how_findings_differ(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path)
    union, both = (run("gaps", tmp_path, "--declared", d, "-f", "json") for d in ("any", "mutual"))
    before, after = ({row["id"] for row in parsed(ran)} for ran in (union, both))
    assert before != after
    said = f"flows declared by both ends: 2 of 10; findings more: {len(after - before)}, fewer: {len(before - after)}"
    assert said in both.err
    assert "declared by both ends" not in union.err
