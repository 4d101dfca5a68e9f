"""The map for everybody: what axe-core finds, keys alone, a screen reader's tables, large print."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ecosystem.maps.words import WORDS
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import LANGUAGES, Language
from tests.browser import OpenMap, open_map
from tests.conftest import lacking
from tests.node_packages import Unavailable, file_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = "4.14.1"


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility checker."""
    try:
        return file_of("axe-core", AXE, "axe.min.js")
    except Unavailable as error:
        lacking(str(error))
        raise


@pytest.fixture(scope="module")
def paths(shipped_map: Callable[[str | None], Path]) -> dict[str | None, Path]:
    return {territory: shipped_map(territory) for territory in ("la-rochelle", None)}


def violations(page: OpenMap, axe: str) -> list[str]:
    """Every rule that axe-core finds broken, with where."""
    page.tab.evaluate(axe)
    found = page.tab.evaluate(
        """async () => (await axe.run(document)).violations.flatMap((rule) =>
          rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`))"""
    )
    return [str(each) for each in found]


VIEWS = {
    "overview": "",
    "actor": "actor=ca-la-rochelle",
    "steps": "actor=ca-la-rochelle&steps=2",
    "filtered": "without=public,research&status=active&datasets=1",
    "overlays": "maturity=1&wanted=1&brokers=0",
    "measures": "size=in_degree&colour=betweenness",
    "tables": "view=table",
    "dataset": "dataset=lr-parkings-tr",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    browser: Browser, paths: dict[Any, Path], axe: str, view: str, scheme: Any
) -> None:
    with open_map(browser, paths["la-rochelle"], VIEWS[view], color_scheme=scheme) as page:
        assert violations(page, axe) == []


@pytest.mark.parametrize("view", ["", "view=compare", "maturity=1", "view=table"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_all_territories(
    browser: Browser, paths: dict[Any, Path], axe: str, view: str, language: Language
) -> None:
    with open_map(browser, paths[None], f"lang={language}&{view}") as page:
        assert violations(page, axe) == []


@pytest.mark.parametrize(
    "size", [(390, 844), (320, 640), (700, 450)], ids=["phone", "320", "200 %"]
)
def test_axe_finds_nothing_on_a_small_screen(
    browser: Browser, paths: dict[Any, Path], axe: str, size: tuple[int, int]
) -> None:
    """1400 by 900 at 200 % is 700 by 450; 320 is what WCAG asks to reflow at."""
    viewport = {"width": size[0], "height": size[1]}
    with open_map(browser, paths[None], viewport=viewport) as page:
        tab = page.tab
        steps = (
            lambda: None,
            lambda: tab.click("#legend summary"),
            lambda: tab.click(".more-filters summary"),
            lambda: tab.click("#legend summary"),
            lambda: page.find("Ville de La Rochelle"),
            lambda: tab.click("#views [data-view=table]"),
        )
        for step in steps:
            step()
            assert violations(page, axe) == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
            cut = "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"
            assert tab.eval_on_selector_all(".legend-body, .filter-sheet, #panel", cut) == []


def test_what_has_the_focus_is_seen(browser: Browser, paths: dict[Any, Path]) -> None:
    """Every stop of the tabulator has an outline, in order, and is in the window."""
    with open_map(browser, paths["la-rochelle"]) as page:
        tab = page.tab
        seen: list[str] = []
        for _ in range(60):
            tab.keyboard.press("Tab")
            at = tab.evaluate(
                """() => {
                  const at = document.activeElement;
                  if (at === document.body) return null;
                  const box = at.getBoundingClientRect();
                  const style = getComputedStyle(at);
                  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                  const inside = box.width > 0 && box.right > 0 && box.bottom > 0
                    && box.left < innerWidth && box.top < innerHeight;
                  return { outlined, inside, text: at.id || at.textContent.trim().slice(0, 40) };
                }"""
            )
            if at is None:
                break
            assert at["outlined"] and at["inside"], at
            seen.append(at["text"])
        assert seen[0] == "query"
        assert len(seen) > 30
        assert seen.index("Map") < seen.index("EN") < seen.index("size-by")


def test_keys_alone_search_select_focus_filter_and_read(
    browser: Browser, paths: dict[Any, Path]
) -> None:
    with open_map(browser, paths["la-rochelle"]) as page:
        tab = page.tab
        press = tab.keyboard.press

        def to(selector: str) -> None:
            for _ in range(80):
                press("Tab")
                if tab.evaluate("s => document.activeElement.matches(s)", selector):
                    return
            raise AssertionError(f"no key reaches {selector}")

        everything = page.of("nodes")
        press("/")
        tab.keyboard.type("ville de la rochelle")
        press("Enter")
        assert page.of("selected")["id"] == "ville-la-rochelle"
        to("[data-steps='1']")
        press("Enter")
        near = page.of("nodes")
        assert 1 < near < everything
        to("[data-steps='2']")
        press("Space")
        assert near < page.of("nodes") < everything
        press("Escape")
        assert page.of("nodes") == everything
        to(".more-filters > summary")
        press("Enter")
        to(".filter-sheet .chip")
        name = tab.evaluate("document.activeElement.textContent")
        press("Space")
        count = int(re.findall(r"\d+$", name)[0])
        assert page.of("nodes") == everything - count
        assert tab.evaluate("document.activeElement.textContent") == name
        tab.locator("#size-by").focus()
        press("ArrowDown")
        assert tab.evaluate("document.activeElement.id") == "size-by"
        to("#views [data-view=table]")
        press("Enter")
        assert tab.locator("#actors-table tbody tr").count() == page.of("nodes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_say_what_the_map_shows(
    browser: Browser, paths: dict[Any, Path], shipped_tables: Tables, language: Language
) -> None:
    actors, flows = (shipped_tables[name].set_index("id") for name in ("actors", "flows"))
    with open_map(browser, paths[None], f"lang={language}") as page:
        tab = page.tab
        tab.click("#views [data-view=table]")
        assert tab.locator("#frame").get_attribute("inert") is not None
        rows = tab.locator("#actors-table tbody th").all_text_contents()
        assert sorted(rows) == sorted(actors["name"])
        assert tab.locator("#flows-table tbody tr").count() == len(flows)
        heads = tab.locator("#flows-table thead th").all_text_contents()
        assert heads[:2] == [WORDS[k].to(language).capitalize() for k in ("from", "to")]
        page.chip({"fr": "actif", "en": "active"}[language]).click()
        kept = flows[flows["status"] != "active"]
        assert tab.locator("#flows-table tbody tr").count() == len(kept)
        first = tab.locator("#flows-table tbody tr").first.locator("th, td").all_text_contents()
        row = kept.iloc[0]
        assert first[0] == actors.loc[row["provider"], "name"]
        assert first[1] == actors.loc[row["recipient"], "name"]
        tab.locator("#flows-table tbody .go").first.click()
        assert page.of("selected") == {"kind": "actor", "id": row["provider"]}
        assert tab.locator("#table").is_visible()
        tab.click("#views [data-view=map]")
        assert tab.locator("#table").is_hidden()
        assert tab.locator("#frame").get_attribute("inert") is None
