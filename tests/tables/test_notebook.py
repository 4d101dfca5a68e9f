"""What things show of themselves in a notebook: sizes and words, never markup of the data."""

from __future__ import annotations

import re

import ecosystem
from ecosystem.gaps.registry import SHOWN, Findings
from ecosystem.networks.network import Network
from ecosystem.tables.frames import Tables
from ecosystem.tables.notebook import html_table
from tests.toy import actors, flows, make_tables

PAYLOAD = "<script>alert('x')</script>"


def harmless(shown: str) -> None:
    assert "<script" not in shown
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in shown


def payloads() -> Tables:
    """An actor, a dataset and a source of that name."""
    tables = make_tables(
        actors=[*actors("a b", sector="public"), {"id": PAYLOAD, "name": PAYLOAD}],
        datasets=[{"id": "d", "title": PAYLOAD, "holder": PAYLOAD}],
        flows=[*flows("a>b", dataset="d"), *flows(f"a>{PAYLOAD}", status="wished", dataset="d")],
    )
    return Tables(tables.frames, PAYLOAD)


def test_every_cell_and_word_is_text() -> None:
    shown = html_table(PAYLOAD, (PAYLOAD,), [(PAYLOAD,), ((PAYLOAD, "&"),)])
    harmless(shown)
    assert shown.count("&lt;script&gt;") == 4


def test_tables_show_their_rows_and_columns() -> None:
    tables = payloads()
    shown = tables._repr_html_()
    harmless(shown)
    rows = re.findall(r"<tr><td[^>]*>(\w+)</td><td[^>]*>(\d+)</td><td[^>]*>([^<]*)</td>", shown)
    assert [(name, int(count)) for name, count, _ in rows] == [
        ("actors", 3), ("datasets", 1), ("flows", 2),
    ]  # fmt: skip
    assert rows[0][2] == "id, name, sector"
    assert repr(tables) == f"<Tables of {PAYLOAD}: 3 actors, 1 datasets, 2 flows>"


def test_a_network_shows_its_size_and_its_conventions() -> None:
    network = ecosystem.share_network(payloads())
    shown = network._repr_html_()
    assert "Network of 3 actors and 1 edges" in shown
    for value in network.conventions.values():
        assert str(value) in shown
    harmless(Network(network.actors, network.edges, {PAYLOAD: "x"})._repr_html_())


def test_findings_are_a_list_that_shows_itself(shipped_tables: Tables) -> None:
    found = ecosystem.find_gaps(payloads())
    assert isinstance(found, list) and found == list(found)
    shown = found._repr_html_()
    harmless(shown)
    assert shown.count("<tr>") == 1 + len(found)
    many = ecosystem.find_gaps(shipped_tables)
    assert f"{len(many)} findings, the first {SHOWN}" in many._repr_html_()
    assert many._repr_html_().count("<tr>") == 1 + SHOWN
    assert "0 findings" in Findings()._repr_html_()
