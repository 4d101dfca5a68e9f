"""The map in a real browser, without network, used as its readers use it.

What the page should show is counted from the tables here, not taken from the map's own code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest
from playwright.sync_api import Browser

import ecosystem
from ecosystem import vocabulary
from ecosystem.agenda import LISTS
from ecosystem.gaps import find_gaps
from ecosystem.maps.rows import TOLD
from ecosystem.maps.words import WORDS
from ecosystem.ranking.sentences import told
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, records, typed
from ecosystem.vocabulary import LANGUAGES, SEVERITIES, STATUSES, Language
from tests.browser import PAYLOADS, open_map

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TERRITORIES = ("la-rochelle", None)
EACH = pytest.mark.parametrize("territory", TERRITORIES, ids=["la-rochelle", "all"])
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


class Expected:
    """What a map should show, counted from the tables."""

    def __init__(self, tables: Tables, territory: str | None, path: Path) -> None:
        self.tables, self.territory, self.path = tables, territory, path
        actors, flows, datasets = (tables[name] for name in ("actors", "flows", "datasets"))
        if territory is not None:
            own = set(actors.loc[actors["territory"] == territory, "id"])
            of = set(datasets.loc[datasets["territory"] == territory, "id"])
            ends = flows["provider"].isin(own) | flows["recipient"].isin(own)
            flows = flows[ends | flows["dataset"].isin(of)]
            actors = actors[
                actors["id"].isin(own | set(flows["provider"]) | set(flows["recipient"]))
            ]
            known = datasets["holder"].isin(actors["id"]) | datasets["holder"].isna()
            of = set(datasets.loc[(datasets["territory"] == territory) & known, "id"])
            datasets = datasets[datasets["id"].isin(of | set(flows["dataset"].dropna()))]
        needs = tables["needs"]
        if territory is not None:
            needs = needs[needs["actor"].isin(actors.loc[actors["territory"] == territory, "id"])]
        self.actors, self.flows, self.datasets, self.needs = actors, flows, datasets, needs
        self.name = tables["actors"].set_index("id")["name"].to_dict()
        self.title = tables["datasets"].set_index("id")["title"].to_dict()
        self.sector = actors.set_index("id")["sector"]

    def edges(self, flows: pd.DataFrame) -> int:
        """Flows of the same status between the same two ends are one edge."""
        return len(flows[["provider", "recipient", "status"]].drop_duplicates())

    def edges_with_datasets(self) -> int:
        """Provider or holder to dataset, dataset to recipient, and flows without a dataset."""
        flows = self.flows.merge(
            self.datasets[["id", "holder"]], left_on="dataset", right_on="id", how="left"
        )
        through = flows[flows["dataset"].notna()]
        lent = through[through["provider"] != through["holder"]]
        return (
            self.edges(flows[flows["dataset"].isna()])
            + len(through[["dataset", "recipient", "status"]].drop_duplicates())
            + len(lent[["provider", "dataset", "status"]].drop_duplicates())
            + int(self.datasets["holder"].isin(self.actors["id"]).sum())
        )

    def lines(self, actor: str, end: str, other: str, language: Language) -> list[list[str]]:
        """For each flow of an actor: dataset, other actor, status, note."""
        missing = WORDS["no_dataset"].to(language)
        return sorted(
            [
                missing if row["dataset"] is None else self.title[row["dataset"]],
                self.name[row[other]],
                STATUSES[row["status"]].label.to(language),
                row["note"] or "",
            ]
            for row in records(self.flows[self.flows[end] == actor])
        )

    def sources(self, actor: str) -> dict[str, str | None]:
        """Title and address of every source of an actor, its flows and its needs."""
        flows = self.flows
        own = flows[(flows["provider"] == actor) | (flows["recipient"] == actor)]
        cited = {
            *self.actors.loc[self.actors["id"] == actor, "source"],
            *own["source"],
            *self.needs.loc[self.needs["actor"] == actor, "source"],
        }
        return {
            row["title"]: row["url"]
            for row in records(self.tables["sources"])
            if row["id"] in cited
        }

    @cached_property
    def brokers(self) -> pd.DataFrame:
        return ecosystem.brokers(self.tables, self.territory).dropna(subset="rank").head(8)


@pytest.fixture(scope="module")
def maps(
    shipped_tables: Tables, shipped_map: Callable[[str | None], Path]
) -> dict[str | None, Expected]:
    """The maps as files, in English, beside what they should show."""
    return {t: Expected(shipped_tables.in_order, t, shipped_map(t)) for t in TERRITORIES}


@EACH
def test_opens_in_peace(browser: Browser, maps: dict[Any, Expected], territory: str | None) -> None:
    expected = maps[territory]
    with open_map(browser, expected.path) as page:
        assert page.of("nodes") == len(expected.actors)
        assert page.of("edges") == expected.edges(expected.flows)
        assert page.of("language") == "en"
        assert page.of("selected") is None
        assert len(page.of("labels")) >= 20
        assert set(page.of("labels")) <= set(expected.name.values())
        assert set(expected.brokers["name"]) <= set(page.of("labels"))
        counts = (len(expected.actors), len(expected.flows), len(expected.datasets))
        said = page.tab.text_content("#standfirst") or ""
        assert said.startswith("{} actors, {} flows, {} datasets · sources up to ".format(*counts))
        for actor in expected.actors["id"]:
            x, y = page.at(actor)
            assert 0 < x < 1028
            assert 190 < y < 900


FLOW = "> .flow-head, > .flow-ends .go, > .flow-ends .status, > p.soft"


@EACH_LANGUAGE
def test_every_actor_found_by_search_says_its_facts(
    browser: Browser, maps: dict[Any, Expected], language: Language
) -> None:
    expected = maps["la-rochelle"]
    found = find_gaps(expected.tables, "la-rochelle")
    word = {key: label.to(language) for key, label in WORDS.items()}
    with open_map(browser, expected.path, f"lang={language}") as page:
        for actor in expected.actors["id"]:
            page.find(expected.name[actor])
            assert page.of("selected") == {"kind": "actor", "id": actor}
            assert page.heading == expected.name[actor]
            gives = expected.lines(actor, "provider", "recipient", language)
            receives = expected.lines(actor, "recipient", "provider", language)
            assert sorted(page.section(word["gives"], FLOW)) == gives
            assert sorted(page.section(word["receives"], FLOW)) == receives
            needs = expected.needs[expected.needs["actor"] == actor]
            said = page.section(word["needs"], "> p, .met, .unmet")
            assert [purpose for purpose, *_ in said] == needs["purpose"].tolist()
            assert all(bool(met) != bool(unmet) for _, met, unmet in said)
            felt = [
                [f"{SEVERITIES.label(f.severity).to(language)} {f.sentence.to(language)}"]
                for f in found
                if f.actors[0] == actor
            ]
            assert page.section(word["gaps_here"]) == felt
            held = expected.datasets[expected.datasets["holder"] == actor]
            assert page.section(word["holds"]) == [[title] for title in held["title"]]
            sources = page.tab.eval_on_selector_all(
                "#panel .sources li",
                "all => all.map((li) => [li.firstChild.textContent, li.firstChild.href || null])",
            )
            normal = "url => url && new URL(url).href"
            assert {title: link for title, link in sources} == {
                title: page.tab.evaluate(normal, url)
                for title, url in expected.sources(actor).items()
            }
        links = page.tab.eval_on_selector_all("a", "all => all.map((a) => a.href)")
        assert all(link.startswith(("http://", "https://")) for link in links)


@pytest.mark.parametrize(
    ("typed_in", "first"),
    [("reseaux d", "Gestionnaires de réseaux d'énergie (GRD et GRT)"), ("ROCHELLE univ", "La Rochelle Université"),
     ("l’agglomeration rochel", None), ("beta test", "Bêta-testeurs du self data rochelais")],
)  # fmt: skip
def test_search_folds_accents_and_takes_keys(
    browser: Browser, maps: dict[Any, Expected], typed_in: str, first: str | None
) -> None:
    with open_map(browser, maps["la-rochelle"].path) as page:
        tab = page.tab
        tab.keyboard.press("/")
        tab.keyboard.type(typed_in)
        results = tab.locator("#results li")
        names = results.all_text_contents()
        assert first is None or first == names[0]
        chosen = tab.locator("#results [aria-selected=true]")
        assert chosen.text_content() == names[0]
        tab.keyboard.press("ArrowUp")
        assert chosen.text_content() == names[-1]
        tab.keyboard.press("ArrowDown")
        assert chosen.text_content() == names[0]
        tab.keyboard.press("Enter")
        assert page.heading == names[0]
        assert tab.locator("#results").is_hidden()
        assert tab.evaluate("document.activeElement.id") == "panel"
        tab.fill("#query", "zzz")
        assert results.all_text_contents() == ["No result"]
        tab.keyboard.press("Enter")
        tab.keyboard.press("Escape")
        assert page.heading == names[0]


@EACH
def test_legend_hides_and_shows(
    browser: Browser, maps: dict[Any, Expected], territory: str | None
) -> None:
    expected = maps[territory]
    flows, sector = expected.flows, expected.sector
    with open_map(browser, expected.path) as page:
        for status in flows["status"].unique():
            chip = page.chip(status)
            assert chip.locator(".tally").text_content() == str((flows["status"] == status).sum())
            chip.click()
            assert page.of("edges") == expected.edges(flows[flows["status"] != status])
            assert chip.get_attribute("aria-pressed") == "false"
            chip.click()
        for kind in sector.unique():
            chip = page.chip(vocabulary.SECTORS[kind].label.en)
            assert chip.locator(".tally").text_content() == str((sector == kind).sum())
            chip.click()
            kept = sector[sector != kind].index
            ends = flows["provider"].isin(kept) & flows["recipient"].isin(kept)
            assert page.of("edges") == expected.edges(flows[ends])
            assert page.of("nodes") == len(kept)
            chip.click()
        page.chip("Publication to all").click()
        public = flows["provider"].str.startswith("reutilisateurs") | flows[
            "recipient"
        ].str.startswith("reutilisateurs")
        assert page.of("edges") == expected.edges(flows[~public])
        page.chip("active").click()
        page.tab.click("#reset")
        assert page.of("edges") == expected.edges(flows)
        page.chip("Datasets").click()
        assert page.of("nodes") == len(expected.actors) + len(expected.datasets)
        assert page.of("edges") == expected.edges_with_datasets()
        for overlay in ("Brokers", "Conversations"):
            page.chip(overlay).click()
        assert page.of("nodes") == len(expected.actors) + len(expected.datasets)


@EACH
@EACH_LANGUAGE
def test_brokers_are_listed_in_their_order(
    browser: Browser, maps: dict[Any, Expected], territory: str | None, language: Language
) -> None:
    expected = maps[territory]
    table = expected.brokers
    with open_map(browser, expected.path, f"lang={language}") as page:
        read = [
            [item.locator(part).text_content() for part in (".rank", ".go", ".soft")]
            for item in page.tab.locator(".brokers li").all()
        ]
        words = told(table, language)
        ranks = table["rank"].astype(str)
        assert read == [list(row) for row in zip(ranks, table["name"], words, strict=True)]
        page.tab.locator(".brokers .go").first.click()
        assert page.of("selected") == {"kind": "actor", "id": table["id"].iloc[0]}


def test_every_word_of_the_page_changes_language(
    browser: Browser, maps: dict[Any, Expected]
) -> None:
    """In each state of the page: no word of the other language, and both say as much."""
    labels = [
        *WORDS.values(),
        *(c.label for codes in vocabulary.CODE_LISTS for c in codes.values()),
    ]
    plain = [label for label in labels if "{" not in label.fr]
    seen: dict[Language, set[str]] = {"fr": set(), "en": set()}
    with open_map(browser, maps["la-rochelle"].path) as page:
        tab = page.tab
        states = [
            lambda: page.chip("public").click(),
            lambda: page.find("Communauté d'agglomération de La Rochelle"),
            lambda: tab.locator("#panel .flow-head .go").first.click(),
            lambda: tab.keyboard.press("Escape"),
            lambda: tab.locator("#panel .reason > summary").first.click(),
            lambda: tab.locator("#panel .reason .go").first.dispatch_event("click"),
            lambda: tab.mouse.move(*page.at("ca-la-rochelle")),
            lambda: tab.fill("#query", "zzz"),
            lambda: tab.click(".more-filters > summary"),
            lambda: tab.select_option("#colour-by", "in_degree"),
            lambda: page.chip(WORDS["maturity"].to(page.of("language"))).click(),
            lambda: page.find("Insee"),
            lambda: tab.click("[data-steps='1']"),
            lambda: tab.click("#views [data-view=table]"),
        ]
        for state in states:
            state()
            for language in LANGUAGES:
                tab.click(f"#languages [lang={language}]")
                assert page.of("language") == language
                assert tab.get_attribute("html", "lang") == language
                seen[language] |= page.texts()
    for language, other in (("fr", "en"), ("en", "fr")):
        ours = {label.to(language).lower() for label in plain}
        alien = {label.to(other) for label in plain} - {label.to(language) for label in plain}
        found = {t for t in seen[language] if t in alien or t[0].lower() + t[1:] in alien}
        assert {text for text in found if text.lower() not in ours} == set()
    said = [[k for k, label in WORDS.items() if label.to(lang) in seen[lang]] for lang in LANGUAGES]
    assert said[0] == said[1]
    assert len(said[0]) > 40


def test_tooltip_click_and_escape(browser: Browser, maps: dict[Any, Expected]) -> None:
    expected = maps["la-rochelle"]
    actor = expected.brokers["id"].iloc[0]
    with open_map(browser, expected.path) as page:
        tab = page.tab
        tip = tab.locator("#tooltip")
        assert tip.is_hidden()
        tab.mouse.move(*page.at(actor), steps=3)
        tip.wait_for(state="visible")
        said = tip.text_content() or ""
        gives, receives = (
            (expected.flows[end] == actor).sum() for end in ("provider", "recipient")
        )
        assert expected.name[actor] in said
        assert f"{gives} flows out, {receives} flows in" in said
        assert f"Betweenness: {expected.brokers['betweenness'].iloc[0]:.0f}" in said
        box, frame = tip.bounding_box(), tab.locator("#frame").bounding_box()
        assert box and frame and box["x"] + box["width"] <= frame["x"] + frame["width"]
        tab.mouse.click(*page.at(actor))
        assert page.of("selected") == {"kind": "actor", "id": actor}
        assert page.heading == expected.name[actor]
        tab.keyboard.press("Escape")
        assert page.of("selected") is None
        assert page.heading == "What you see"
        tab.mouse.click(*page.at("insee"))
        assert page.of("selected")["id"] == "insee"
        tab.mouse.click(900, 860)
        assert page.of("selected") is None


def test_keys_alone_are_enough(browser: Browser, maps: dict[Any, Expected]) -> None:
    expected = maps["la-rochelle"]
    with open_map(browser, expected.path) as page:
        tab = page.tab
        press = tab.keyboard.press
        press("Tab")
        assert tab.evaluate("document.activeElement.id") == "query"
        tab.keyboard.type("atmo nouvelle")
        press("Enter")
        assert page.of("selected")["id"] == "atmo-nouvelle-aquitaine"
        for _ in range(20):
            press("Tab")
            if tab.evaluate("document.activeElement.matches('.flow-ends .go')"):
                break
        name = tab.evaluate("document.activeElement.textContent")
        press("Enter")
        assert page.heading == name
        press("Escape")
        assert page.of("selected") is None
        page.chip("wished").focus()
        press("Space")
        assert page.of("edges") == expected.edges(
            expected.flows[expected.flows["status"] != "wished"]
        )
        assert tab.evaluate("document.activeElement.matches('.chip')")
        tab.locator("#canvas .vis-network").focus()
        press("0")
        scale, (x, _) = page.of("scale"), page.at("insee")
        press("ArrowRight")
        assert page.at("insee")[0] < x
        press("+")
        assert page.of("scale") > scale
        press("0")
        assert page.of("scale") == scale
        assert page.at("insee")[0] == pytest.approx(x)


def test_address_restores_the_view(browser: Browser, maps: dict[Any, Expected]) -> None:
    path = maps["la-rochelle"].path
    views = ("language", "selected", "nodes", "edges")
    with open_map(browser, path) as page:
        page.tab.click("#languages [lang=fr]")
        for chip in ("souhaité", "privé", "Jeux de données"):
            page.chip(chip).click()
        for select in ("actor", "dataset"):
            if select == "actor":
                page.find("Ville de La Rochelle")
            else:
                page.tab.locator("#panel .flow-head .go").first.click()
            fragment = page.tab.url.partition("#")[2]
            before = [page.of(name) for name in views]
            assert before[1]["kind"] == select
            with open_map(browser, path, fragment) as again:
                assert [again.of(name) for name in views] == before
                assert again.heading == page.heading
        # The same tab, another address: what one pastes over it is shown too.
        page.tab.evaluate("window.location.hash = 'actor=insee'")
        page.tab.locator("#panel h2", has_text="Insee").wait_for()
        assert [page.of("language"), page.of("edges")] == [
            "en",
            maps["la-rochelle"].edges(maps["la-rochelle"].flows),
        ]
    with open_map(browser, path, "actor=nobody&lang=xx&status=&without=zz") as page:
        assert page.of("selected") is None
        assert page.of("edges") == 0


@EACH
def test_fits_a_phone(browser: Browser, maps: dict[Any, Expected], territory: str | None) -> None:
    with open_map(browser, maps[territory].path, viewport={"width": 390, "height": 844}) as page:
        tab = page.tab
        steps = (
            lambda: None,
            lambda: tab.click("#legend summary"),
            lambda: tab.click("#legend summary"),
            lambda: tab.click(".sheet-handle"),
            lambda: page.find(maps[territory].brokers["name"].iloc[0]),
            lambda: tab.click("#languages [lang=fr]"),
        )
        for step in steps:
            step()
            assert tab.evaluate("document.documentElement.scrollWidth") == 390
            cut = "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.id)"
            assert tab.eval_on_selector_all("#masthead, #panel, .legend-body", cut) == []
        x, y = page.at(maps[territory].brokers["id"].iloc[0])
        assert 0 < x < 390
        assert y < (tab.locator("#panel").bounding_box() or {"y": 0})["y"]


def test_prints(browser: Browser, maps: dict[Any, Expected]) -> None:
    with open_map(browser, maps["la-rochelle"].path, color_scheme="dark") as page:
        tab = page.tab
        assert tab.pdf(landscape=True).startswith(b"%PDF")
        assert (tab.get_attribute("#printed", "src") or "").startswith("data:image/png")
        tab.emulate_media(media="print", color_scheme="dark")
        for hidden in (".tools", "#zoom", "#canvas"):
            assert tab.locator(hidden).is_hidden()
        assert tab.locator("#printed").is_visible()
        assert tab.locator("#panel").is_visible()
        tab.emulate_media(media="screen")
        assert not tab.evaluate("document.documentElement.matches('.on-paper')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_schemes(browser: Browser, maps: dict[Any, Expected], scheme: Any) -> None:
    with open_map(browser, maps["la-rochelle"].path, color_scheme=scheme) as page:
        bright = """(name) => getComputedStyle(document.body)[name].match(/\\d+/g)
            .slice(0, 3).reduce((sum, value) => sum + Number(value) / 765, 0)"""
        ground, ink = (page.tab.evaluate(bright, name) for name in ("backgroundColor", "color"))
        assert (ground > 0.9 and ink < 0.2) if scheme == "light" else (ground < 0.15 and ink > 0.8)


# ---------------------------------------------------------------- hostile tables


def hostile_tables(*, codes: bool) -> Tables:
    """Row i of every table holds payload i wherever text goes; `codes`: in coded columns too."""
    count = len(PAYLOADS)
    frames = {}
    for name, table in TABLES.items():
        columns: dict[str, list[Any]] = {}
        for field in table.fields:
            to = field.reference.table if field.reference else None
            # A flow goes from one actor to the next; a dataset is held by the one before.
            step = {"recipient": 1, "holder": -1, "parent": 5, "to": 2}.get(field.name, 0)
            told = [PAYLOADS[(i + step) % count] for i in range(count)]
            if "territories" in (to, name if field.name == "id" else None):
                told = [PAYLOADS[i % 4] for i in range(count)]
            if field.kind == "list":
                columns[field.name] = [(text,) for text in told]
            elif field.codes and not (codes or field.kind == "integer"):
                columns[field.name] = [[*field.codes][i % len(field.codes)] for i in range(count)]
            elif field.kind in ("id", "text", "code", "url", "date"):
                columns[field.name] = list(told)
        if name == "actors":
            columns["parent"] = [None if i < 5 else PAYLOADS[i - 5] for i in range(count)]
        rows = 4 if name == "territories" else count
        frames[name] = typed(table, {key: told[:rows] for key, told in columns.items()}, rows)
    return Tables({name: typed(table, {}, 0) for name, table in TABLES.items()}).replace(**frames)


WATCH = """window.__xss = 0;
window.injected = () => {
  const all = [...document.querySelectorAll("*")];
  const count = (tag) => document.querySelectorAll(tag).length;
  const known = "HTML HEAD META TITLE LINK STYLE BODY NOSCRIPT DIV HEADER H1 H2 H3 P INPUT UL OL LI "
    + "MAIN SECTION DETAILS SUMMARY SPAN BUTTON BR CANVAS IMG ASIDE STRONG EM DL DT DD A SCRIPT "
    + "svg circle rect path line text TABLE THEAD TBODY TR TH TD LABEL SELECT OPTION";
  return {
    xss: window.__xss, title: document.title.length > 0,
    script: count("script"), img: count("img"), iframe: count("iframe"), style: count("style"),
    strangers: all.map((each) => each.tagName).filter((tag) => !known.split(" ").includes(tag)),
    handlers: all.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on")),
    icons: all.filter((each) => each.tagName === "svg" && !each.closest(".size-scale")
      && !each.classList.contains("icon")).length,
    inputs: count("input"), links: [...document.querySelectorAll("a")].map((each) => each.protocol)
      .filter((protocol) => !["http:", "https:"].includes(protocol)),
  };
};
// As a reader does: type a name, look at the results, press on one, read the panel.
window.visit = (name, nth) => {
  const query = document.getElementById("query");
  query.value = name.replace(/\\s+/g, " ");
  query.dispatchEvent(new Event("input"));
  const seen = [window.injected()];
  const all = [...document.querySelectorAll("#results li")];
  const same = all.filter((each) => each.querySelector("span").textContent === name);
  same[nth].dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  seen.push(window.injected());
  const said = document.querySelector("#panel h2").textContent;
  return { seen, said, selected: window.ecosystem.selected };
};"""
NOTHING = {
    "xss": 0, "title": True, "script": 3, "img": 1, "iframe": 0, "style": 1, "strangers": [],
    "handlers": [], "icons": 0, "inputs": 1, "links": [],
}  # fmt: skip


def test_payloads_are_many() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize(
    ("language", "codes"), [("fr", False), ("en", True)], ids=["texts", "codes"]
)
def test_text_of_the_data_stays_text(
    browser: Browser, tmp_path: Path, language: Language, codes: bool
) -> None:
    """Even with the policy of the page switched off, nothing runs and no element appears."""
    tables = hostile_tables(codes=codes)
    path = ecosystem.map(tables, language=language).save(tmp_path / "map.html")
    small = {"width": 960, "height": 640}
    with open_map(browser, path, start=WATCH, bypass_csp=True, viewport=small) as page:
        tab = page.tab
        opened = "all => { for (const each of all) each.open = true; return all.length }"
        assert tab.eval_on_selector_all("#panel details", opened) > 5
        tips = set()
        for actor in PAYLOADS:
            tab.mouse.move(*page.at(actor))
            tips.update(tab.locator("#tooltip strong").all_text_contents())
            assert tab.evaluate("injected()") == NOTHING
        assert len(tips & set(PAYLOADS)) > 60
        page.chip(WORDS["datasets"].to(language)).click()
        # Each page visits half of the datasets.
        for kind, names in (("actor", PAYLOADS), ("dataset", PAYLOADS[codes::2])):
            for name in names:
                visit = "([name, nth]) => visit(name, nth)"
                found = tab.evaluate(visit, [name, int(kind == "dataset")])
                assert found["seen"] == [NOTHING, NOTHING]
                assert found["said"] == name
                assert found["selected"] == {"kind": kind, "id": name}
        tab.click("#languages [aria-pressed=false]")
        assert tab.evaluate("injected()") == NOTHING


def test_text_of_the_data_stays_text_without_javascript(browser: Browser, tmp_path: Path) -> None:
    path = ecosystem.map(hostile_tables(codes=True)).save(tmp_path / "map.html")
    context = browser.new_context(offline=True, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    names = tab.locator(".plain table").first.locator("tbody td:first-child").all_text_contents()
    assert sorted(names) == sorted(PAYLOADS)
    for tag in (
        "iframe",
        "svg",
        "object",
        "embed",
        "form",
        "base",
        "video",
        ".plain img",
        ".plain a",
    ):
        assert tab.locator(tag).count() == 0
    assert tab.locator("script").count() == 3
    context.close()


@EACH
@EACH_LANGUAGE
def test_conversations_are_numbered_on_the_map_and_told_in_the_panel(
    browser: Browser, maps: dict[Any, Expected], territory: str | None, language: Language
) -> None:
    """Each in its list, told part by part as `ecosystem agenda` does; its findings open from it."""
    expected = maps[territory]
    agenda = ecosystem.conversations(expected.tables, territory)
    shown = [talk for name in LISTS for talk in agenda.of(name)[:TOLD]]
    with open_map(browser, expected.path, f"lang={language}") as page:
        titles = page.tab.eval_on_selector_all(
            ".talk-list .go", "all => all.map((button) => button.textContent)"
        )
        assert titles == [talk.title.to(language) for talk in shown]
        for talk in shown[:: max(1, len(shown) // 6)]:
            page.open(f"lang={language}&conversation={quote(talk.id)}")
            assert page.heading == talk.title.to(language)
            said = page.tab.eval_on_selector_all(
                "#panel section > p, #panel .talk-lines li",
                "all => all.map((line) => line.textContent)",
            )
            lines = [
                line.to(language)
                for part in talk.parts
                if part.name != "rows"
                for line in part.lines
            ]
            assert said[: len(lines)] == lines, talk.id
            treated = page.section(WORDS["treats"].to(language))
            assert len(treated) == len(talk.findings)
