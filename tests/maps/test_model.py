"""The map as a file: whole, offline, the same every time. `test_maps_browser` opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist

import ecosystem
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.files import shipped
from ecosystem.gaps import find_gaps
from ecosystem.maps import Map, render
from ecosystem.maps.layout import layout, place_datasets
from ecosystem.maps.render import embedded_json
from ecosystem.maps.words import WORDS
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables
from ecosystem.vocabulary import LANGUAGES, Language
from tests.browser import Page
from tests.toy import make_tables

pytestmark = pytest.mark.xdist_group("model")  # each map is drawn once, in one process

FIVE = ("antony", "pompey", "poitiers", "la-rochelle", "geneve")
EACH_MAP = pytest.mark.parametrize("territory", [*FIVE, None], ids=[*FIVE, "all"])
LIMIT = 1_500_000
LEAST_DISTANCE = 45.0
"""Between two actors, in the pixels of the layout: two markers and a gap."""


@cache
def drawn(territory: str | None, language: Language = "en") -> Map:
    return ecosystem.map(read_tables(shipped("data")), territory, language=language)


@cache
def parsed(territory: str | None, language: Language = "en") -> Page:
    return Page(drawn(territory, language).html)


# ---------------------------------------------------------------- the file


def test_same_tables_give_the_same_bytes() -> None:
    script = (
        "import hashlib, ecosystem; tables = ecosystem.read(); "
        "pages = [ecosystem.map(tables, t).html for t in ('la-rochelle', None)]; "
        "print(*(hashlib.sha256(p.encode()).hexdigest() for p in pages))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "17"},
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [hashlib.sha256(drawn(t).html.encode()).hexdigest() for t in ("la-rochelle", None)]
    assert run.stdout.split() == ours


def test_another_seed_moves_things_and_changes_no_fact(shipped_tables: Tables) -> None:
    models = [
        parsed("antony").model,
        Page(ecosystem.map(shipped_tables, "antony", seed=2).html).model,
    ]
    places = []
    for model in models:
        del model["drawing"]
        spots = [*model["actors"], *model["datasets"]]
        places.append([(spot.pop("x"), spot.pop("y")) for spot in spots])
    assert places[0] != places[1]
    assert models[0] == models[1]


def test_order_of_rows_changes_no_fact(shipped_tables: Tables) -> None:
    mixed = shipped_tables.replace(
        **{
            name: frame.sample(frac=1, random_state=7).reset_index(drop=True)
            for name, frame in shipped_tables.items()
        }
    )
    for territory in ("geneve", None):
        before = parsed(territory).model
        after = Page(ecosystem.map(mixed, territory).html).model
        for kind in ("actors", "datasets", "flows", "needs", "findings", "conversations"):
            assert {row["id"] for row in before[kind]} == {row["id"] for row in after[kind]}
        sizes = [{a["id"]: a["value"] for a in model["actors"]} for model in (before, after)]
        assert sizes[0] == pytest.approx(sizes[1])


@EACH_MAP
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_what_it_is(territory: str | None, language: Language) -> None:
    shown = drawn(territory, language)
    page = parsed(territory, language)
    assert len(shown.html.encode()) < LIMIT
    assert shown.html.startswith("<!doctype html>\n")
    assert ("html", {"lang": language}) in page.tags
    assert page.meta(name="viewport") == "width=device-width, initial-scale=1"
    assert page.texts["title"] == [shown.title]
    assert len(page.meta(name="description") or "") > 100
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert page.tags.index(("meta", {"charset": "utf-8"})) == 2


@EACH_MAP
def test_policy_allows_the_scripts_of_the_page_only(territory: str | None) -> None:
    page = parsed(territory)
    policy = page.meta(http_equiv="Content-Security-Policy") or ""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    _, *scripts = page.texts["script"]
    assert "unsafe" not in policy
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [_hash(script) for script in scripts]
    assert rules["style-src"] == [_hash(page.texts["style"][0])]
    assert rules["img-src"] == ["data:"]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@EACH_MAP
def test_nothing_is_fetched(territory: str | None) -> None:
    page = parsed(territory)
    for tag, attributes in page.tags:
        for name in ("src", "srcset", "href", "poster", "data", "action", "background"):
            if tag != "a" and name in attributes:
                assert attributes[name] == "data:,", f"<{tag} {name}>"
        assert not [name for name in attributes if name.startswith("on")]
    style, script = page.texts["style"][0], page.texts["script"][-1]
    assert not re.search(r"url\(|@import|//", style)
    loads = r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import)\s*\("
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    assert not re.search(f"{loads}|{markup}", script)


@EACH_MAP
def test_without_javascript_every_actor_and_flow_is_read(
    territory: str | None, shipped_tables: Tables
) -> None:
    ordered = shipped_tables.in_order
    actors, flows, datasets = (ordered[name] for name in ("actors", "flows", "datasets"))
    if territory is not None:
        own = set(actors.loc[actors["territory"] == territory, "id"])
        of = datasets.loc[datasets["territory"] == territory, "id"]
        touch = flows["provider"].isin(own) | flows["recipient"].isin(own)
        flows = flows[touch | flows["dataset"].isin(of)]
        actors = actors[actors["id"].isin(own | set(flows["provider"]) | set(flows["recipient"]))]
    name = shipped_tables["actors"].set_index("id")["name"]
    title = datasets.set_index("id")["title"]
    rows = [row for row in parsed(territory).rows if row]
    listed, passed = rows[: len(actors)], rows[len(actors) :]
    assert sorted(row[0] for row in listed) == sorted(actors["name"])
    assert [row[:3] for row in passed] == [
        [name[f.provider], name[f.recipient], "" if pd.isna(f.dataset) else title[f.dataset]]
        for f in flows.itertuples()
    ]


def test_notebook_holds_the_page_in_a_sandbox() -> None:
    shown = drawn("antony")
    ((tag, attributes),) = Page(shown._repr_html_()).tags
    assert tag == "iframe"
    assert attributes["srcdoc"] == shown.html
    assert attributes["title"] == shown.title
    assert set((attributes["sandbox"] or "").split()) == {
        "allow-scripts",
        "allow-popups",
        "allow-downloads",
    }
    assert len(repr(shown)) < 200


def test_save(tmp_path: Path) -> None:
    path = tmp_path / "new" / "map.html"
    assert drawn("antony").save(path) == path
    assert path.read_bytes().decode("utf-8") == drawn("antony").html


def test_save_where_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    for place in (tmp_path / "file" / "map.html", tmp_path):
        with pytest.raises(EcosystemError, match="cannot be written"):
            drawn("antony").save(place)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "kept"


def test_a_list_of_flows_is_enough(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id\na\nb\nc\n")
    (tmp_path / "flows.csv").write_text("provider,recipient\na,b\nb,c\n")
    tables = read_tables(tmp_path)
    for language in LANGUAGES:
        page = Page(ecosystem.map(tables, language=language).html)
        model = page.model
        assert [actor["name"] for actor in model["actors"]] == ["a", "b", "c"]
        assert [row[:3] for row in page.rows if len(row) == 4][3:] == [
            ["a", "b", ""],
            ["b", "c", ""],
        ]
        assert model["actors"][1]["broker"]["rank"] == 1
        assert not model["datasets"]
        assert not model["sources"]
    assert len(page.rows) == 3 + 2 + 2


def test_actors_without_flows(shipped_tables: Tables) -> None:
    for count in (1, 2, 30):
        actors = shipped_tables["actors"].head(count)
        rest = {name: frame.head(0) for name, frame in shipped_tables.items()}
        model = Page(ecosystem.map(Tables({**rest, "actors": actors})).html).model
        assert len(model["actors"]) == count
        assert not [actor for actor in model["actors"] if actor["broker"]]


def test_names_that_do_not_exist(shipped_tables: Tables) -> None:
    with pytest.raises(UnknownName, match="nearest: la-rochelle"):
        ecosystem.map(shipped_tables, "la-rochele")
    with pytest.raises(UnknownName, match="nearest: betweenness"):
        ecosystem.map(shipped_tables, "antony", size="betwenness")


SCALED = [n for n, m in ecosystem.MEASURES.items() if m.of == "actor" and not m.nominal]


@pytest.mark.parametrize("size", SCALED)
def test_any_measure_gives_sizes(shipped_tables: Tables, size: str) -> None:
    model = Page(ecosystem.map(shipped_tables, "pompey", size=size).html).model
    assert all(0 <= actor["size"] <= 1 for actor in model["actors"])
    assert model["measure"]["name"] == size


def test_text_cannot_leave_its_place(shipped_tables: Tables) -> None:
    hostile = "</script></noscript></title><!--\u2028\u2029\"'><script>alert(1)</script>"
    actors = shipped_tables["actors"].assign(name=hostile, description=hostile, url=hostile)
    territories = shipped_tables["territories"].assign(name=hostile)
    clean = parsed("antony")
    tables = shipped_tables.replace(actors=actors, territories=territories)
    page = Page(ecosystem.map(tables, "antony").html)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in clean.tags]
    assert {actor["name"] for actor in page.model["actors"]} == {hostile}
    assert json.loads(embedded_json({hostile: hostile})) == {hostile: hostile}
    assert page.texts["title"] == [f"{hostile}: who shares which data"]


PRIVATE = "\ue000 one \ue401"


def unpacked(model: dict[str, Any]) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Sentence and next step of every finding, as the page puts them together."""
    names = {"actors": "name", "datasets": "title"}

    def said(number: int, finding: dict[str, Any]) -> dict[str, str]:
        def name(mark: re.Match[str]) -> str:
            kind, at = divmod(ord(mark[0]) - 0xE000, 0x400)
            table = ("actors", "datasets")[kind]
            rows = finding[table]
            return str(model[table][rows[at]][names[table]]) if at < len(rows) else mark[0]

        words = model["phrases"][number]
        if words.get("plain"):
            return {lang: words[lang] for lang in LANGUAGES}
        return {lang: re.sub("[\ue000-\ue7ff]", name, words[lang]) for lang in LANGUAGES}

    return [(said(f["sentence"], f), said(f["next_step"], f)) for f in model["findings"]]


@pytest.mark.parametrize("name", [None, "a", "Town", PRIVATE, "{0}", "Needs", "no dataset"])
def test_phrases_are_put_together_again(shipped_tables: Tables, name: str | None) -> None:
    """Sentences travel once, whatever the names in them."""
    tables = shipped_tables
    if name is not None:
        actors = tables["actors"].copy()
        actors.loc[::2, "name"] = name
        actors.loc[1::3, "name"] = f"{name} of {name}"
        tables = tables.replace(
            actors=actors, datasets=tables["datasets"].assign(title=f"{name} data")
        )
    found = find_gaps(tables)
    model = Page(ecosystem.map(tables).html).model
    assert len(found) > 100
    assert unpacked(model) == [
        tuple({lang: words.to(lang) for lang in LANGUAGES} for words in (f.sentence, f.next_step))
        for f in found
    ]
    if name is None:
        said = sum(len(f.sentence.fr + f.next_step.fr) for f in found)
        own = {f[part] for f in model["findings"] for part in ("sentence", "next_step")}
        assert sum(len(model["phrases"][n]["fr"]) for n in own) < 0.7 * said


def test_a_page_of_300_actors_and_1000_flows_is_small() -> None:
    draw = random.Random(1)
    ids = [f"actor-{i}" for i in range(300)]
    text = "A sentence as long as those that people write in such a cell, not more."
    tables = make_tables(
        actors=[{"id": a, "name": f"Organisation number {a}", "sector": "public", "type": "company",
                 "description": text, "url": f"https://{a}.example.org/", "source": "s"} for a in ids],
        datasets=[{"id": f"d{i}", "title": f"Dataset number {i} of somebody", "holder": draw.choice(ids),
                   "theme": "TRAN", "access": "open", "source": "s"} for i in range(300)],
        flows=[{"id": f"f{i}", "provider": draw.choice(ids), "recipient": draw.choice(ids), "dataset": f"d{i % 300}",
                "status": draw.choice(["active", "wished"]), "note": text, "source": "s"} for i in range(1000)],
        needs=[{"id": f"n{i}", "actor": draw.choice(ids), "theme": "ENER", "purpose": text} for i in range(200)],
        sources=[{"id": "s", "title": "Source"}],
    )  # fmt: skip
    html = ecosystem.map(tables).html
    assert len(Page(html).model["findings"]) > 500
    assert len(html.encode()) < LIMIT


# ---------------------------------------------------------------- the layout

NETWORKS: dict[str, tuple[list[tuple[int, int]], int]] = {
    "nobody": ([], 0),
    "one": ([], 1),
    "one, with a loop": ([(0, 0)], 1),
    "two apart": ([], 2),
    "two": ([(0, 1), (1, 0), (0, 1)], 2),
    "isolates": ([], 40),
    "three components": ([(0, 1), (1, 2), (3, 4), (5, 6), (6, 7)], 10),
    "star": ([(0, i) for i in range(1, 60)], 60),
    "path": ([(i, i + 1) for i in range(79)], 80),
    "complete": ([(i, j) for i in range(20) for j in range(i)], 20),
    "500": ([(i, (7 * i * i + 3) % 500) for i in range(500)] + [(i, i // 3) for i in range(500)], 500),
}  # fmt: skip


@pytest.mark.parametrize("groups", [False, True], ids=["one drawing", "blocks"])
@pytest.mark.parametrize("network", NETWORKS)
def test_layout(network: str, groups: bool) -> None:
    edges, n = NETWORKS[network]
    of = [f"t{i % 4}" for i in range(n)] if groups else None
    found = layout(edges, n, of, seed=3)
    assert found.shape == (n, 2)
    assert np.isfinite(found).all()
    assert np.array_equal(found, layout(iter([(b, a) for a, b in edges]), n, of, seed=3))
    if n:
        assert np.abs(found.min(axis=0) + found.max(axis=0)).max() <= 0.2
    if n > 1:
        assert pdist(found).min() >= LEAST_DISTANCE


@EACH_MAP
def test_actors_of_the_shipped_maps_stand_apart(territory: str | None) -> None:
    places = np.array([(a["x"], a["y"]) for a in parsed(territory).model["actors"]])
    assert pdist(places).min() >= LEAST_DISTANCE


def test_groups_have_blocks_of_their_own() -> None:
    edges, n = NETWORKS["500"]
    of = [i % 6 for i in range(n)]
    found = layout(edges, n, of)
    boxes = [(found[i::6].min(axis=0), found[i::6].max(axis=0)) for i in range(6)]
    for i, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:i]:
            assert (high < other_low).any() or (other_high < low).any()


def test_datasets_stand_by_their_actors() -> None:
    edges, n = NETWORKS["three components"]
    actors = layout(edges, n)
    around = [[0], [0, 1], [3, 4], [], [0], [0]]
    found = place_datasets(actors, around, seed=1)
    assert found.shape == (6, 2)
    assert np.isfinite(found).all()
    assert np.array_equal(found, place_datasets(actors, around, seed=1))
    assert pdist(found).min() > 20
    assert found[3, 1] > actors[:, 1].max()
    for spot, members in zip(found, around, strict=True):
        if members:
            assert np.linalg.norm(actors[members[0]] - spot) < 250
    assert place_datasets(actors, []).shape == (0, 2)
    assert place_datasets(np.zeros((0, 2)), [[], []]).shape == (2, 2)


# ---------------------------------------------------------------- the words


def _words_used() -> set[str]:
    """The keys that the scripts and the template ask for."""
    modules = sorted((render.HERE / "scripts").rglob("*.js"))
    script = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    used = set(re.findall(r"words\.(\w+)", (render.HERE / "template.html").read_text("utf-8")))
    used |= set(re.findall(r"\btool\(\s*\"(\w+)\"", script))
    for call in re.finditer(r"\bword\(", script):
        depth, at = 1, call.end()
        while depth and not (depth == 1 and script[at] == ","):
            depth += {"(": 1, ")": -1}.get(script[at], 0)
            at += 1
        used |= set(re.findall(r"\"(\w+)\"", script[call.end() : at]))
    return used


def test_words_are_those_that_are_used() -> None:
    assert _words_used() == set(WORDS)


@pytest.mark.parametrize("key", WORDS)
def test_words_are_complete(key: str) -> None:
    label = WORDS[key]
    assert label.fr.strip()
    assert label.en.strip()
    assert label.fr == label.fr.strip()
    assert re.findall(r"\{\w+\}", label.fr) == re.findall(r"\{\w+\}", label.en)


def test_every_code_of_a_page_has_words_in_both_languages() -> None:
    model = parsed(None).model
    for codes in model["codes"].values():
        assert all(words["fr"] and words["en"] for words in codes.values())
    kinds = {"sector": "actors", "type": "actors", "access": "datasets", "theme": "datasets",
             "status": "flows", "mode": "flows", "barrier": "flows", "reason": "findings"}  # fmt: skip
    for kind, rows in kinds.items():
        assert {row[kind] for row in model[rows] if row[kind]} <= set(model["codes"][kind])
