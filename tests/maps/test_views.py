"""Filters, steps, measures, overlays, views, pictures and communities, in a real browser.

What the page should show is counted from the tables here, not taken from the map's own code.
"""

from __future__ import annotations

import itertools
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser

import ecosystem
from ecosystem import vocabulary
from ecosystem.audience import redact
from ecosystem.gaps import find_gaps
from ecosystem.maps import model as map_model
from ecosystem.maps.values import CHOICES
from ecosystem.maps.words import WORDS
from ecosystem.measures import MEASURES
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import LANGUAGES, SEVERITIES, Language
from tests.audience.test_redaction import HIDDEN, holds, planted
from tests.browser import PAYLOADS, OpenMap, Page, open_map
from tests.maps.test_browser import Expected, hostile_tables
from tests.toy import make_tables

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("views")]

TERRITORY = "la-rochelle"


@pytest.fixture(scope="module")
def one(shipped_tables: Tables, shipped_map: Callable[[str | None], Path]) -> Expected:
    return Expected(shipped_tables.in_order, TERRITORY, shipped_map(TERRITORY))


@pytest.fixture(scope="module")
def every(shipped_tables: Tables, shipped_map: Callable[[str | None], Path]) -> Expected:
    return Expected(shipped_tables.in_order, None, shipped_map(None))


def flows_with_datasets(expected: Expected) -> pd.DataFrame:
    facts = expected.tables["datasets"].set_index("id")[["theme", "access"]]
    return expected.flows.join(facts, on="dataset")


# ---------------------------------------------------------------- filters

FILTERS = {
    "type": vocabulary.ACTOR_TYPES,
    "territory": None,
    "theme": vocabulary.THEMES,
    "access": vocabulary.ACCESS,
    "barrier": vocabulary.BARRIERS,
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_value_of_every_filter_hides_what_it_says(
    browser: Browser, every: Expected, name: str
) -> None:
    flows, actors = flows_with_datasets(every), every.actors
    of_actors = name in ("type", "territory")
    column = (actors if of_actors else flows)[name].fillna("")
    named = every.tables["territories"].set_index("id")["name"]
    codes = FILTERS[name]
    with open_map(browser, every.path) as page:
        tab = page.tab
        tab.click(".more-filters > summary")
        for value in column.unique():
            if value == "":
                label = WORDS["no_barrier" if name == "barrier" else "not_stated"].en
            else:
                label = codes[value].label.en if codes else named[value]
            title = WORDS["barrier_of" if name == "barrier" else name].en
            group = tab.locator(".filter-sheet").get_by_role("group", name=title, exact=True)
            count = int((column == value).sum())
            chip = group.get_by_role("button", name=f"{label} {count}", exact=True)
            chip.click()
            assert chip.get_attribute("aria-pressed") == "false"
            if of_actors:
                kept = actors.loc[column != value, "id"]
                left = flows[flows["provider"].isin(kept) & flows["recipient"].isin(kept)]
                assert page.of("nodes") == len(kept)
                assert set(page.of("shown")) == set(kept)
            else:
                left = flows[column != value]
            assert page.of("edges") == every.edges(left)
            fragment = tab.url.partition("#")[2]
            with open_map(browser, every.path, fragment) as again:
                assert again.of("edges") == every.edges(left)
            chip.click()
        assert page.of("edges") == every.edges(flows)


def test_filters_work_together_and_are_all_undone_at_once(browser: Browser, one: Expected) -> None:
    flows = flows_with_datasets(one)
    with open_map(browser, one.path, "without-theme=_,TRAN&without=private&status=active") as page:
        sector = one.sector
        kept = sector[sector != "private"].index
        left = flows[
            (flows["status"] == "active")
            & flows["provider"].isin(kept)
            & flows["recipient"].isin(kept)
            & ~flows["theme"].fillna("").isin(["", "TRAN"])
        ]
        assert page.of("edges") == one.edges(left)
        assert page.of("nodes") == len(kept)
        assert page.tab.text_content("#active-filters") == " · 1"
        page.tab.click("#reset")
        assert page.of("edges") == one.edges(flows)
        assert page.tab.locator("#reset").is_hidden()
        assert "#" not in page.tab.url


def test_lines_say_how_many_flows_they_are(browser: Browser, one: Expected) -> None:
    parallel = one.flows.groupby(["provider", "recipient", "status"]).size()
    with open_map(browser, one.path, "public=1") as page:
        shown = [int(text) for text in page.of("counts")]
        assert len(shown) >= 3
        assert set(shown) <= set(parallel[parallel > 1])
        page.tab.click("#languages [lang=fr]")
        page.find("Ville de La Rochelle")
        own = one.flows[
            (one.flows["provider"] == "ville-la-rochelle")
            | (one.flows["recipient"] == "ville-la-rochelle")
        ]
        expected = own.groupby(["provider", "recipient", "status"]).size()
        assert sorted(map(int, page.of("counts"))) == sorted(expected[expected > 1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zooms", [0, 2])
def test_no_two_names_cover_each_other(
    browser: Browser, one: Expected, every: Expected, language: Language, zooms: int
) -> None:
    for expected in (one, every):
        with open_map(browser, expected.path, f"lang={language}") as page:
            before = len(page.of("boxes"))
            for _ in range(zooms):
                page.tab.get_by_role("button", name=WORDS["zoom_in"].to(language)).click()
            boxes = page.of("boxes")
            assert len(boxes) >= 25
            for a, b in itertools.combinations(boxes, 2):
                apart = (
                    a["right"] <= b["left"] or b["right"] <= a["left"]
                    or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
                )  # fmt: skip
                assert apart
            if zooms and expected is every:
                assert len(boxes) > before


# ---------------------------------------------------------------- steps


@pytest.mark.parametrize("start", ["ca-la-rochelle", "sncf", "insee"])
def test_steps_around_an_actor(browser: Browser, one: Expected, start: str) -> None:
    G = nx.Graph(zip(one.flows["provider"], one.flows["recipient"], strict=True))
    with open_map(browser, one.path) as page:
        page.find(one.name[start])
        for count in (1, 2, 3):
            page.tab.click(f"[data-steps='{count}']")
            near = nx.single_source_shortest_path_length(G, start, cutoff=count)
            assert set(page.of("shown")) == set(near)
            inside = one.flows["provider"].isin(near) & one.flows["recipient"].isin(near)
            assert page.of("edges") == one.edges(one.flows[inside])
        fragment = page.tab.url.partition("#")[2]
        with open_map(browser, one.path, fragment) as again:
            assert set(again.of("shown")) == set(near)
        page.tab.click("[data-steps='0']")
        assert page.of("nodes") == len(one.actors)
        page.tab.click("[data-steps='1']")
        page.tab.keyboard.press("Escape")
        assert page.of("nodes") == len(one.actors)


def test_steps_follow_what_filters_leave(browser: Browser, one: Expected) -> None:
    active = one.flows[one.flows["status"] == "active"]
    G = nx.Graph(zip(active["provider"], active["recipient"], strict=True))
    with open_map(browser, one.path, "actor=ca-la-rochelle&steps=2&status=active") as page:
        near = nx.single_source_shortest_path_length(G, "ca-la-rochelle", cutoff=2)
        assert set(page.of("shown")) == set(near)
        page.chip("Datasets").click()
        assert page.of("nodes") > len(near)


# ---------------------------------------------------------------- measures


def test_size_and_colour_by_every_measure(browser: Browser, one: Expected) -> None:
    network = ecosystem.share_network(one.tables, TERRITORY)
    # every measure that gives each actor a quantity
    offered = [n for n, m in MEASURES.items() if m.of == "actor" and not m.nominal]
    assert len(offered) > 25
    with open_map(browser, one.path) as page:
        tab = page.tab
        options = tab.locator("#size-by option").evaluate_all("all => all.map((o) => o.value)")
        assert sorted(options) == sorted([*offered, ""])
        for name in offered:
            values = MEASURES[name](network).astype(float).abs()
            tab.select_option("#size-by", name)
            tab.select_option("#colour-by", name)
            assert tab.evaluate("document.activeElement.id") == "colour-by"
            shapes = one.sector
            for sector in ("public", "private"):
                ids = [a for a in values.dropna().index if shapes[a] == sector]
                styles = pd.DataFrame(
                    [tab.evaluate("id => window.ecosystem.style(id)", a) for a in ids], index=ids
                )
                order = values[ids].sort_values(kind="stable").index
                assert (np.diff(styles.loc[order, "size"]) >= -1e-9).all(), name
            top = values.idxmax()
            fill = tab.evaluate("id => window.ecosystem.style(id)", top)["fill"]
            assert fill == ("#0f2d63" if values.max() else "#f4ecb0")
            said = tab.locator(".size-scale").get_attribute("aria-label") or ""
            assert said.startswith(MEASURES[name].label.en)
            assert tab.locator(".colour-scale").is_visible()
            told = tab.locator("#reading-scales").text_content() or ""
            assert told.count(MEASURES[name].reading.en) == 2
        tab.select_option("#size-by", "")
        sizes = {tab.evaluate("id => window.ecosystem.style(id)", a)["size"]
                 for a in one.actors.loc[one.actors["sector"] == "public", "id"]}  # fmt: skip
        assert len(sizes) == 1
        assert tab.locator(".size-scale").count() == 0
        with open_map(browser, one.path, tab.url.partition("#")[2]) as again:
            assert again.tab.input_value("#size-by") == ""
            assert again.tab.input_value("#colour-by") == offered[-1]


def test_a_large_map_offers_the_measures_that_are_quick(shipped_tables: Tables) -> None:
    actors = pd.concat(
        [shipped_tables["actors"].assign(id=lambda a, k=k: a["id"] + "-" * k) for k in range(3)]
    ).assign(parent=None)
    tables = shipped_tables.replace(actors=actors.reset_index(drop=True))
    model = Page(ecosystem.map(tables, size="bridges").html).model
    assert len(model["actors"]) > 400
    offered = [measure["name"] for measure in model["measures"]]
    assert offered == ["bridges", *(name for name in CHOICES if name in MEASURES)]


def test_the_command_chooses_what_is_shown_first(
    browser: Browser, shipped_tables: Tables, tmp_path: Path
) -> None:
    shown = ecosystem.map(shipped_tables, TERRITORY, size="bridges", colour="in_degree")
    with open_map(browser, shown.save(tmp_path / "map.html")) as page:
        assert page.tab.input_value("#size-by") == "bridges"
        assert page.tab.input_value("#colour-by") == "in_degree"
    with pytest.raises(ecosystem.EcosystemError, match="nearest: in_degree"):
        ecosystem.map(shipped_tables, TERRITORY, colour="in_degre")


def test_places_do_not_depend_on_what_is_shown(shipped_tables: Tables) -> None:
    spots = []
    for options in ({}, {"size": "in_degree"}, {"colour": "constraint", "language": "fr"}):
        model = Page(ecosystem.map(shipped_tables, TERRITORY, **options).html).model  # type: ignore[arg-type]
        spots.append({a["id"]: (a["x"], a["y"]) for a in model["actors"]})
    assert spots[0] == spots[1] == spots[2]


def test_stability_and_severity_are_told_where_they_are_known(
    browser: Browser, shipped_tables: Tables, tmp_path: Path
) -> None:
    frame = pd.DataFrame(
        {"rank_low": [1, 2, 3, 7], "rank_high": [1, 5, np.nan, 8], "top_share": [0.97, 0.5, np.nan, 0.0],
         "verdict": ["robust", "fragile", "cannot-say", "below"]},
        index=["ca-la-rochelle", "ville-la-rochelle", "insee", "sncf"],
    )  # fmt: skip
    found = find_gaps(shipped_tables, TERRITORY)
    for n, severity in enumerate(SEVERITIES):
        found[n] = found[n]._replace(severity=severity)
    study = ecosystem.Study(shipped_tables, TERRITORY)
    study.findings, study.stability = found, frame
    path = ecosystem.map(study).save(tmp_path / "map.html")
    with open_map(browser, path) as page:
        for actor, said in (
            ("ca-la-rochelle", "Robust (rank 1 · among the first in 97% of draws)"),
            ("ville-la-rochelle", "Fragile (rank 2–5 · among the first in 50% of draws)"),
            ("insee", "Cannot say (rank 3–none)"),
            ("sncf", "Lower down (rank 7–8 · among the first in 0% of draws)"),
        ):
            page.tab.evaluate("id => { window.location.hash = `actor=${id}` }", actor)
            page.tab.locator("#panel dd", has_text=said).wait_for()
        page.tab.evaluate("id => { window.location.hash = `finding=${id}` }", found[0].id)
        page.tab.locator("#panel .kind", has_text="· high").wait_for()
    with open_map(browser, ecosystem.map(shipped_tables, TERRITORY).save(path)) as page:
        page.find("Communauté d'agglomération de La Rochelle")
        page.tab.locator("#panel dd", has_text="Robust (rank 1").wait_for()  # drawn by the map


# ---------------------------------------------------------------- overlays and views


def test_wished_and_blocked_stand_out(browser: Browser, one: Expected) -> None:
    wanted = one.flows[one.flows["status"].isin(["wished", "blocked"])]
    ends = set(wanted["provider"]) | set(wanted["recipient"])
    with open_map(browser, one.path) as page:
        assert page.of("dimmed") == 0
        page.chip("Wished and blocked").click()
        assert page.of("dimmed") == len(one.actors) - len(ends)
        assert page.of("edges") == one.edges(one.flows)
        assert "wanted=1" in page.tab.url
        page.chip("Wished and blocked").click()
        assert page.of("dimmed") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_maturity_is_a_table_over_the_map(
    browser: Browser, one: Expected, every: Expected, language: Language
) -> None:
    maturity = one.tables["maturity"]
    for expected, rows in ((one, maturity[maturity["territory"] == TERRITORY]), (every, maturity)):
        with open_map(browser, expected.path, f"lang={language}") as page:
            assert page.tab.locator("#maturity").is_hidden()
            page.chip(WORDS["maturity"].to(language)).click()
            cells = page.tab.locator("#maturity tbody td").all_text_contents()
            assert len(cells) == rows["territory"].nunique() * rows["dimension"].nunique()
            for row in rows.itertuples():
                said = (
                    WORDS["not_stated"]
                    if pd.isna(row.level)
                    else vocabulary.LEVELS[str(row.level)].label
                )
                assert any(said.to(language) in cell for cell in cells)
                if expected is one and isinstance(row.evidence, str):
                    assert any(row.evidence in cell for cell in cells)


def test_territories_side_by_side(browser: Browser, every: Expected, one: Expected) -> None:
    tables = every.tables
    names = tables["territories"].set_index("id")["name"]
    with open_map(browser, one.path) as page:
        assert page.tab.locator("#views button").count() == 2
    with open_map(browser, every.path) as page:
        tab = page.tab
        tab.click("#views [data-view=compare]")
        figures = tab.locator("#compare figure")
        shown = figures.evaluate_all("all => all.map((f) => f.dataset.territory)")
        assert shown == studied(tables.in_order)
        for territory in shown:
            own = tables["actors"].loc[tables["actors"]["territory"] == territory, "id"]
            flows = tables["flows"]
            flows = flows[flows["provider"].isin(own) | flows["recipient"].isin(own)]
            figure = tab.locator(f"figure[data-territory={territory}]")
            told = figure.locator("dd").all_text_contents()
            status = flows["status"].value_counts()
            assert told[:3] == [
                str(len(own)),
                str(status.get("active", 0)),
                str(status.get("wished", 0) + status.get("blocked", 0)),
            ]
            assert figure.locator("figcaption").text_content() == names[territory]
            assert figure.locator("svg path").count() == len(own)
        tab.locator("figure[data-territory=antony] figcaption button").click()
        assert tab.locator("#compare").is_hidden()
        assert page.of("scale") > 1
        x, y = page.at("ville-antony")
        assert 0 < x < 1028 and 190 < y < 900


def test_the_address_keeps_where_one_has_moved(browser: Browser, one: Expected) -> None:
    with open_map(browser, one.path) as page:
        tab = page.tab
        tab.locator("#canvas .vis-network").focus()
        tab.keyboard.press("+")
        tab.keyboard.press("ArrowRight")
        spot, scale = page.at("insee"), page.of("scale")
        assert "at=" in tab.url
        with open_map(browser, one.path, tab.url.partition("#")[2]) as again:
            assert again.of("scale") == pytest.approx(scale, rel=0.01)
            assert again.at("insee") == pytest.approx(spot, abs=3)
        tab.keyboard.press("0")
        assert "at=" not in tab.url


def test_a_map_works_inside_a_notebook(
    browser: Browser, shipped_tables: Tables, tmp_path: Path
) -> None:
    """In a sandboxed frame, which has no address of its own and may save pictures."""
    cell = ecosystem.map(shipped_tables, TERRITORY)._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>x</title>{cell}", encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1300, "height": 800})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(path.as_uri())
    frame = tab.frame_locator("iframe")
    frame.locator("#query").fill("insee")
    frame.locator("#query").press("Enter")
    assert frame.locator("#panel h2").first.text_content() == "Insee"
    frame.locator("[data-steps='1']").click()
    with tab.expect_download() as download:
        frame.get_by_role("button", name=WORDS["save_svg"].en).click()
    assert b"Insee" in Path(download.value.path()).read_bytes()
    assert complaints == []
    context.close()


# ---------------------------------------------------------------- pictures

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: OpenMap, kind: str) -> bytes:
    with page.tab.expect_download() as download:
        page.tab.get_by_role("button", name=WORDS[f"save_{kind}"].en).click()
    path = download.value.path()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return Path(path).read_bytes()


def texts_of(svg: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_picture_shows_what_the_map_shows(browser: Browser, one: Expected) -> None:
    with open_map(browser, one.path, "without=private") as page:
        svg = saved(page, "svg")
        root = ET.fromstring(svg)
        assert {each.tag.removeprefix(SVG) for each in root.iter()} == {
            "svg", "title", "defs", "clipPath", "rect", "text", "g", "path", "circle"
        }  # fmt: skip
        assert not [k for each in root.iter() for k in each.attrib if k.startswith("on")]
        titles = {title.text for title in root.iter(f"{SVG}title")}
        kept = one.actors.loc[one.actors["sector"] != "private", "name"]
        assert titles - {root.findtext(f"{SVG}title")} == set(kept)
        lines = root.findall(f".//{SVG}g[@data-edge]")
        assert len(lines) == page.of("edges")
        texts = texts_of(svg)
        assert texts[0] == page.tab.title()
        assert any("Licence" in text for text in texts)
        assert {"public", "active", "wished"} <= set(texts)
        assert "private" not in texts
        assert any(text.startswith("Size: betweenness (0, ") for text in texts)
        png = saved(page, "png")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", png[16:24])
        assert (width, height) == (
            2 * int(float(root.attrib["width"])), 2 * int(float(root.attrib["height"]))
        )  # fmt: skip
        assert len(png) > 40_000
        assert "la-rochelle" in (page.tab.text_content("#said") or "")


def test_pictures_of_hostile_tables_are_text(browser: Browser, tmp_path: Path) -> None:
    path = ecosystem.map(hostile_tables(codes=False)).save(tmp_path / "map.html")
    with open_map(browser, path, start="window.__xss = 0;", bypass_csp=True) as page:
        svg = saved(page, "svg")
        root = ET.fromstring(svg)
        tags = {each.tag.removeprefix(SVG) for each in root.iter()}
        assert tags <= {"svg", "title", "defs", "clipPath", "rect", "text", "g", "path", "circle"}
        assert not [k for each in root.iter() for k in each.attrib if k.startswith("on")]
        shown = {title.text for title in root.iter(f"{SVG}title")}
        assert len(shown & set(PAYLOADS)) > 60
        assert saved(page, "png").startswith(b"\x89PNG")
        for view in ("table", "compare"):
            page.tab.click(f"#views [data-view={view}]")
            assert page.tab.locator(f"#{view}").is_visible()
            strange = "script, iframe, object, embed, form, base, video, audio, img, style"
            assert page.tab.locator(f"#{view} :is({strange})").count() == 0
        page.tab.click("#views [data-view=map]")
        page.chip("Maturity").click()
        page.tab.click(".more-filters > summary")
        shown = page.tab.locator("#maturity").text_content() or ""
        assert len([text for text in PAYLOADS if text in shown]) >= 4
        for box in ("#maturity", ".filter-sheet"):
            assert page.tab.locator(f"{box} :is({strange})").count() == 0
        assert page.tab.evaluate("window.__xss") == 0


# ---------------------------------------------------------------- audiences


@pytest.mark.parametrize("audience", ["public", "partners"])
def test_nothing_hidden_can_be_read_anywhere_in_a_copy(
    browser: Browser, tmp_path: Path, audience: str
) -> None:
    """In the file, in every text a reader can bring up, in the pictures."""
    copy = redact(planted(), audience)
    shown = ecosystem.map(copy, "town")
    path = shown.save(tmp_path / "map.html")
    assert holds(path.read_text(encoding="utf-8"), audience) == set()
    with open_map(browser, path) as page:
        tab = page.tab
        read = [tab.content(), saved(page, "svg").decode("utf-8")]
        for actor in page.of("shown"):
            tab.mouse.move(*page.at(actor))
            read.append(tab.text_content("#tooltip") or "")
            page.tab.evaluate("id => { window.location.hash = `actor=${id}` }", actor)
            tab.wait_for_function("id => window.ecosystem.selected?.id === id", arg=actor)
            read.append(tab.text_content("#panel") or "")
        tab.click("#views [data-view=table]")
        read.append(tab.text_content("#table") or "")
        assert copy.notice is not None
        assert copy.notice.en in (tab.text_content("#standfirst") or "")
        assert copy.caution is not None
        page.tab.evaluate("() => { window.location.hash = '' }")
        tab.click("#views [data-view=map]")
        tab.wait_for_function(
            "text => document.querySelector('#panel').textContent.includes(text)",
            arg=copy.caution.en,
        )
        assert holds("\n".join(read), audience) == set()
        assert "Town hall" in "\n".join(read)
    assert shown.html == ecosystem.map(redact(planted(), audience), "town").html
    assert HIDDEN[audience]


def test_an_internal_copy_says_that_it_is_not_to_be_passed_on(
    browser: Browser, tmp_path: Path
) -> None:
    path = ecosystem.map(planted(), "town").save(tmp_path / "map.html")
    with open_map(browser, path) as page:
        assert "not to be passed on" in (page.tab.text_content("#standfirst") or "")
        assert "not to be passed on" in "".join(texts_of(saved(page, "svg")))


# ---------------------------------------------------------------- large maps


def large(actors: int) -> Tables:
    """Rings of forty, each with a hub, the hubs in a chain; some actors without any flow."""
    pairs = []
    for start in range(0, actors - 60, 40):
        ring = [f"n{i}" for i in range(start, min(start + 40, actors - 60))]
        pairs += [(a, ring[0]) for a in ring[1:]]
        pairs += [(a, b) for a, b in itertools.pairwise(ring)]
        pairs.append((ring[0], f"n{(start + 40) % (actors - 60) // 40 * 40}"))
    return make_tables(
        actors=[{"id": f"n{i}", "name": f"Node {i}", "sector": "public"} for i in range(actors)],
        flows=[{"id": f"f{k}", "provider": a, "recipient": b, "status": "active"}
               for k, (a, b) in enumerate(pairs)],
    )  # fmt: skip


@pytest.fixture
def grid() -> Iterator[None]:
    """Places on a grid: what is tested here is what is shown, not where."""
    with pytest.MonkeyPatch.context() as patch:

        def spots(tables: Tables, *_: Any, **__: Any) -> Any:
            n = np.arange(len(tables["actors"]))
            return np.stack([n % 90 * 60.0, n // 90 * 60.0], axis=1)

        patch.setattr(map_model, "places", spots)
        yield


@pytest.mark.usefixtures("grid")
@pytest.mark.parametrize("actors", [2_000, 2_100, 5_100])
def test_a_large_map_shows_brokers_and_communities_first(
    browser: Browser, tmp_path: Path, actors: int
) -> None:
    path = ecosystem.map(large(actors)).save(tmp_path / "map.html")
    with open_map(browser, path) as page:
        tab = page.tab
        if actors <= 2_000:
            assert page.of("nodes") == actors
            assert page.of("communities") == []
            return
        groups = page.of("communities")
        assert len(groups) >= 20
        assert page.of("nodes") == len(groups) + 8
        assert len(page.of("shown")) == 8
        assert page.chip("Communities").count() == (1 if actors <= 5_000 else 0)
        assert "communities of actors" in (tab.text_content("#panel .reading") or "")
        tab.evaluate("window.location.hash = 'community=1'")
        tab.locator("#open-community").click()
        assert tab.locator("#open-community").get_attribute("aria-expanded") == "true"
        members = tab.locator("#panel h3").first.text_content() or ""
        count = int(members.split("(")[1].rstrip(")"))
        assert len(page.of("shown")) >= 8 + count - 8
        assert 1 not in page.of("communities")
        with open_map(browser, path, tab.url.partition("#")[2]) as again:
            assert again.of("nodes") == page.of("nodes")
        tab.locator("#open-community").click()
        assert 1 in page.of("communities")
        # An actor that is looked for is shown, wherever it is.
        page.find("Node 777")
        assert "n777" in page.of("shown")
        tab.click("#views [data-view=table]")
        assert f"({actors})" in (tab.text_content("#actors-table h2") or "")
        assert tab.locator("#actors-table tbody tr").count() == 500
        tab.click("#views [data-view=map]")
        if actors <= 5_000:
            page.chip("Communities").click()
            assert page.of("nodes") == actors
            assert page.of("communities") == []


@pytest.mark.usefixtures("grid")
def test_a_heavy_map_moves_as_a_picture_and_lands_where_it_was_let_go(
    browser: Browser, tmp_path: Path
) -> None:
    path = ecosystem.map(large(1_900)).save(tmp_path / "map.html")
    with open_map(browser, path) as page:
        tab = page.tab
        before = page.at("n777")
        tab.mouse.move(300, 400)
        tab.mouse.down()
        tab.mouse.move(360, 440, steps=4)
        style = tab.evaluate("document.querySelector('#canvas canvas').style.transform")
        assert style == "translate(60px, 40px) scale(1)"
        assert page.at("n777") == pytest.approx(before)
        tab.mouse.up()
        assert page.at("n777") == pytest.approx((before[0] + 60, before[1] + 40), abs=1)
        assert tab.evaluate("document.querySelector('#canvas canvas').style.transform") == (
            "translate(0px, 0px) scale(1)"
        )
        assert page.of("selected") is None
        scale = page.of("scale")
        under = page.at("n777")
        tab.mouse.move(*under)
        tab.mouse.wheel(0, -120)
        tab.wait_for_function("scale => window.ecosystem.scale > scale * 1.2", arg=scale)
        assert page.at("n777") == pytest.approx(under, abs=2)
