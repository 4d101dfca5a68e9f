"""The map as a pyvis network: the same as the page draws, and text stays text when it is shown."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import ecosystem
from ecosystem.maps import drawing
from ecosystem.maps.drawing import palette, plain, pyvis_network
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import LANGUAGES, SECTORS, STATUSES, Language
from tests.browser import PAYLOADS, Page
from tests.maps.test_browser import hostile_tables
from tests.toy import actors, flows, make_tables

PAGE = Path(drawing.__file__).parent / "page"


@pytest.mark.parametrize("territory", ["la-rochelle", None], ids=["la-rochelle", "all"])
def test_page_and_network_hold_the_same(shipped_tables: Tables, territory: str | None) -> None:
    drawn = Page(ecosystem.map(shipped_tables, territory).html).model["drawing"]
    network = pyvis_network(shipped_tables, territory)
    keys_of = {
        "nodes": ("id", "layer", "x", "y"),
        "edges": ("id", "layer", "from", "to", "status", "flows"),
    }
    for kind, keys in keys_of.items():
        rows = [dict(zip(drawn[kind]["keys"], row, strict=True)) for row in drawn[kind]["rows"]]
        assert len(rows) > 30
        assert rows == [{key: row[key] for key in keys} for row in getattr(network, kind)]


def toy() -> Tables:
    """Two flows of one status from a to b, one of another, one from outside; a dataset of b's."""
    return make_tables(
        territories=[{"id": "t", "name": "Town"}],
        actors=[
            *actors("a", territory="t", sector="public", type="company", name="Name of a"),
            *actors("b", territory="t", sector="private"),
            *actors("c", sector="research"),
            *actors("d", territory="t"),
        ],
        datasets=[{"id": "s", "title": "Stops", "holder": "b", "territory": "t"}],
        flows=[
            *flows("a>b", "c>a"),
            {"id": "again", "provider": "a", "recipient": "b", "dataset": "s", "status": "active"},
            *flows("a>b", status="blocked"),
        ],
    )


def test_the_toy_by_hand() -> None:
    network = pyvis_network(toy(), "t")
    a, b, c, d, stops = (network.get_node(n) for n in (0, 1, 3, 2, "d0"))
    assert [node["actor"] for node in (a, b, c, d)] == [*"abcd"]
    assert stops["hidden"]
    assert stops["dataset"] == "s"
    # a stands between c and b, and is the only broker.
    assert (a["label"], a["shape"]) == ("1. Name of a", "box")
    assert [node["shape"] for node in (b, c, d)] == ["square", "star", "hexagon"]
    assert "borderDashes" in c["shapeProperties"]
    assert not any("shapeProperties" in node for node in (a, b, d))
    assert a["title"].split("\n")[:3] == [
        "Name of a", "company · public · Town", "3 flows out, 1 flows in",
    ]  # fmt: skip
    shown = {
        (edge["from"], edge["to"], edge["status"]): edge
        for edge in network.edges
        if not edge["hidden"]
    }
    assert {key: edge["weight"] for key, edge in shown.items()} == {
        (0, 1, "active"): 2, (3, 0, "active"): 1, (0, 1, "blocked"): 1,
    }  # fmt: skip
    assert shown[0, 1, "active"]["title"].split("\n") == [
        "Name of a → b", "active × 2", "– Stops", "– data not specified",
    ]  # fmt: skip
    assert shown[0, 1, "active"]["smooth"] != shown[0, 1, "blocked"]["smooth"]
    assert {edge["arrows"] for edge in shown.values()} == {"to"}
    assert network.neighbors(0) == {1, "d0"}


def test_a_notebook_goes_on_from_it() -> None:
    network = pyvis_network(toy(), "t")
    assert network.options.physics.enabled is False
    assert network.num_nodes() == len(network.get_nodes()) == 5
    before = network.num_edges()
    network.add_node("mine", label="Mine")
    network.add_edge("mine", 0, title="a guess")
    assert network.num_edges() == before + 1
    assert network.get_adj_list()["mine"] == {0}
    with pytest.raises(AssertionError):
        network.add_edge(0, 17)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_written(shipped_tables: Tables, language: Language) -> None:
    network = pyvis_network(shipped_tables, "pompey", language=language)
    page = network.generate_html()
    found = re.search(r"nodes = new vis.DataSet\((.*)\);", page)
    assert found
    assert len(json.loads(found[1])) == network.num_nodes() > 20
    assert '"enabled": false' in page.split('"physics"')[-1][:200]
    words = {"fr": "flux fournis", "en": "flows out"}
    assert all(words[language] in node["title"] for node in network.nodes if node["id"] in range(5))


def test_colours_shapes_and_dashes_are_those_of_the_page() -> None:
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    assert f"--s-public: {palette()['s-public']};" in style
    assert {
        f"s-{sector or 'none'}{line}" for sector in drawing.SHAPES for line in ("", "-line")
    } <= set(palette())
    scripts = [path.read_text(encoding="utf-8") for path in sorted(PAGE.rglob("*.js"))]
    for name, ours, keys in (
        ("SHAPES", drawing.SHAPES, SECTORS),
        ("DASHES", drawing.DASHES, STATUSES),
    ):
        (text, *_) = [m[1] for s in scripts for m in re.finditer(rf"\b{name} = ({{[^}}]*}})", s)]
        quoted = re.sub(r"(\w+):", r'"\1":', text).replace("false", "False")
        assert ast.literal_eval(quoted) == ours
        assert {key for key in ours if key} == set(keys)


def test_plain_text_has_no_markup() -> None:
    assert plain("a & b") == "a & b"
    for text in (*PAYLOADS, "<a href='x'>", "hrefhref"):
        assert not re.search(r"[<>]|href", plain(text))


# ---------------------------------------------------------------- in a real browser

OWN = "<img src=x onerror=window.__xss++>"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("linked", [False, True], ids=["as text", "as markup"])
def test_hostile_names_stay_text_when_hovered(
    browser: Browser, tmp_path: Path, linked: bool
) -> None:
    """In both ways in which pyvis shows titles; the second comes from a title that a user adds."""
    network = pyvis_network(hostile_tables(codes=True))
    network.select_menu = network.filter_menu = True
    network.options.interaction.tooltipDelay = 0
    for node in network.nodes:
        # In rows, whatever the layout; labels are not what is hovered here.
        node |= (
            {"x": node["id"] % 12 * 90, "y": node["id"] // 12 * 60}
            if node["id"] in range(len(PAYLOADS))
            else {}
        )
        node |= {"shape": "dot", "size": 12}
    if linked:
        network.add_node(
            10_000, label="own", x=-200, y=0, physics=False, size=20, title=f"{OWN}href"
        )
    path = tmp_path / "network.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    tab.add_init_script("window.__xss = 0")
    tab.goto(path.as_uri())
    tab.wait_for_function("typeof network === 'object' && network !== null")
    box = ".popup" if linked else ".vis-tooltip"

    def hover(node: int) -> str:
        at: dict[str, Any] = tab.evaluate(
            """id => {
                 // The popup of the node before may stand on this one.
                 for (const shown of document.querySelectorAll(".popup")) shown.style.display = "none";
                 const { x, y } = network.canvasToDOM(network.getPositions([id])[id]);
                 const frame = document.querySelector("#mynetwork canvas").getBoundingClientRect();
                 return { x: x + frame.x, y: y + frame.y, title: nodes.get(id).title }; }""",
            node,
        )
        tab.mouse.move(at["x"] - 1, at["y"])
        tab.mouse.move(at["x"], at["y"])
        tab.wait_for_function(
            """([box, title, markup]) => {
                 const shown = document.querySelector(box);
                 const words = (text) => text.replace(/\\s+/g, "");
                 const read = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent;
                 return shown && words(shown.textContent) === words(markup ? read(title) : title); }""",
            arg=[box, at["title"], linked],
        )
        return tab.inner_html(box)

    seen = {hover(node["id"]) for node in network.nodes if node["id"] in range(len(PAYLOADS))}
    assert len(seen) > 0.9 * len(PAYLOADS)
    assert not any(re.search(r"<(?!br>)", html) for html in seen)
    assert tab.evaluate("window.__xss") == 0
    if linked:
        hover(10_000)
        tab.wait_for_function("window.__xss === 1")  # such a title does run: nothing of ours did
    context.close()
