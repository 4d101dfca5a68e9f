"""Maps in a real browser: size, first frame, ready, frames while moving; against two other pages.

Ours is measured as a reader meets it: the file is opened without a network, then dragged with the
mouse. The others draw the same actors and lines: pyvis as its documentation shows it, physics
and all, and Cytoscape.js with our positions. Frames are counted by the page's own animation
clock while the mouse drags for two seconds.
"""

from __future__ import annotations

import cProfile
import itertools
import json
import pstats
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks.measuring import table, timed
from ecosystem.maps import map as make_map
from ecosystem.maps.placement import places
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables, typed
from tests.node_packages import Unavailable, file_of

SIZES = ((50, 150), (300, 1_000), (2_000, 6_000), (5_000, 15_000), (20_000, 60_000))
BUILT = ((300, 1_000), (2_000, 10_000), (5_000, 20_000))
"""Actors and flows of the maps whose building is timed part by part."""
PARTS = {
    "stability of ranks": ("stability.py", "resample"),
    "broker table": ("table.py", "broker_table"),
    "gaps": ("registry.py", "find_gaps"),
    "places": ("placement.py", "places"),
    "page": ("render.py", "render_page"),
}
"""File and function of each part."""
CYTOSCAPE = "3.34.0"
PATIENCE = 40_000
"""How long a page may take, in milliseconds."""
COMPARED = 5_000
"""Above, only ours is opened: the others take minutes or never answer."""
LARGE = 2_000
"""Above, ours shows communities first; switched off, everything."""
ROUNDS = 3


def generated(actors: int, flows: int, seed: int = 1) -> Tables:
    """Actors in communities of very unequal sizes, most flows inside, a few hubs."""
    draw = random.Random(seed)
    count = max(3, round(actors**0.5 / 2.2))
    weights = [1 / (k + 1) ** 0.6 for k in range(count)]
    home = draw.choices(range(count), weights, k=actors)
    members: list[list[int]] = [[i for i in range(actors) if home[i] == k] for k in range(count)]
    linked = [i for i in range(actors) if draw.random() > 0.03]
    names = [f"a{i}" for i in range(actors)]
    rows = []
    for _ in range(flows):
        a = draw.choice(linked)
        kin = members[home[a]]
        # The square of a uniform draw makes the first of each community its hubs.
        b = kin[int(len(kin) * draw.random() ** 2)] if draw.random() < 0.9 else draw.choice(linked)
        rows.append((names[a], names[b]) if draw.random() < 0.5 else (names[b], names[a]))
    columns: dict[str, dict[str, list[Any]]] = {
        "actors": {
            "id": names,
            "name": [f"Organisation {i} of community {home[i]}" for i in range(actors)],
            "sector": [draw.choice(["public", "private", "mixed", "research"]) for _ in names],
        },
        "flows": {
            "id": [f"f{i}" for i in range(flows)],
            "provider": [a for a, _ in rows],
            "recipient": [b for _, b in rows],
            "status": draw.choices(["active", "wished", "blocked"], [8, 1, 1], k=flows),
        },
    }
    frames = {
        name: typed(t, columns.get(name, {}), len(columns.get(name, {}).get("id", [])))
        for name, t in TABLES.items()
    }
    return Tables(frames, "generated")


READY = "Boolean(window.ecosystem && window.ecosystem.ready)"
CLOCK = """
window.__start = performance.now();
window.__frames = [];
const tick = (at) => { window.__frames.push(at); requestAnimationFrame(tick); };
requestAnimationFrame(tick);
"""
DRAWN = """() => [...document.querySelectorAll("canvas")].some((canvas) => {
  if (!canvas.width || !canvas.height) return false;
  const context = canvas.getContext("2d");
  if (!context) return false;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let seen = 0;
  for (let i = 3; i < data.length; i += 4 * 97) if (data[i]) seen += 1;
  return seen > 20;
})"""


def opened(browser: Browser, path: Path, ready: str, fragment: str = "") -> dict[str, float | None]:
    """Milliseconds to the first drawing and to ready, and frames a second while dragging."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    tab.add_init_script(CLOCK)
    found: dict[str, float | None] = {"first": None, "ready": None, "frames": None, "worst": None}
    try:
        start = time.perf_counter()
        tab.goto(path.as_uri() + fragment, wait_until="commit")
        tab.wait_for_function(DRAWN, polling=50)
        found["first"] = (time.perf_counter() - start) * 1000
        tab.wait_for_function(ready, polling=50)
        found["ready"] = (time.perf_counter() - start) * 1000
        found |= _dragged(tab)
    except Error:
        print(f"  {path.name}: stopped after {PATIENCE / 1000:.0f} s", file=sys.stderr)
    finally:
        context.close()
    return found


def _dragged(tab: Any) -> dict[str, float | None]:
    """Frames a second while the mouse drags from an empty place, and the longest of them in ms."""
    x, y = 520.0, 560.0
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate("window.__frames = []")
    end = time.perf_counter() + 2
    step = 0
    while time.perf_counter() < end:
        step += 1
        tab.mouse.move(x + 3 * (step % 60), y + 2 * (step % 40))
    times = tab.evaluate("window.__frames")
    tab.mouse.up()
    gaps = [b - a for a, b in itertools.pairwise(times)]
    if not gaps:
        return {"frames": 0.0, "worst": None}
    return {"frames": 1000 / statistics.mean(gaps), "worst": max(gaps)}


def pyvis_page(tables: Tables, path: Path) -> None:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for row in tables["actors"].itertuples():
        network.add_node(row.id, label=row.name)
    for row in tables["flows"].itertuples():
        network.add_edge(row.provider, row.recipient)
    text = network.generate_html().replace('"https://cdn.jsdelivr', '"data:,')
    done = "network.on('stabilizationIterationsDone', () => { window.__ready = true; });"
    path.write_text(text.replace("return network;", f"{done} return network;"), encoding="utf-8")


def cytoscape_page(tables: Tables, path: Path, library: str) -> None:
    spots = places(tables, seed=1)
    number = {actor: i for i, actor in enumerate(tables["actors"]["id"])}
    elements = [
        {"data": {"id": a, "label": n}, "position": {"x": float(x), "y": float(y)}}
        for a, n, (x, y) in zip(
            tables["actors"]["id"], tables["actors"]["name"], spots, strict=True
        )
    ] + [
        {"data": {"id": f"e{i}", "source": row.provider, "target": row.recipient}}
        for i, row in enumerate(tables["flows"].itertuples())
        if row.provider in number
    ]
    path.write_text(
        "<!doctype html><meta charset=utf-8><style>html,body,#c{height:100%;margin:0}</style>"
        f"<div id=c></div><script>{library}</script><script>"
        f"const elements = {json.dumps(elements)};"
        "const c = cytoscape({container: document.getElementById('c'), elements, "
        "layout: {name: 'preset'}, style: [{selector: 'node', style: {label: 'data(label)', width: 20, "
        "height: 20, 'font-size': 10}}, {selector: 'edge', style: {width: 1, 'curve-style': 'bezier', "
        "'target-arrow-shape': 'triangle', 'line-opacity': 0.4}}], hideEdgesOnViewport: true, "
        "textureOnViewport: true});"
        "c.ready(() => requestAnimationFrame(() => { window.__ready = true; }));</script>",
        encoding="utf-8",
    )


def building() -> None:
    """Processor seconds of a map, and the share of each part under the profiler."""
    print("## Building a map: processor seconds, and the share of each part in % (profiled)\n")
    rows = []
    for actors, flows in BUILT:
        tables = generated(actors, flows)
        start = time.process_time()
        make_map(tables)
        seconds = time.process_time() - start
        profile = cProfile.Profile(time.process_time)
        profile.runcall(make_map, tables)
        cost = {
            (Path(file).name, function): cumulative
            for (file, _, function), (_, _, _, cumulative, _) in pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
        }
        whole = cost["__init__.py", "map"]
        shares = [100 * cost.get(part, 0.0) / whole for part in PARTS.values()]
        rows.append((f"{actors:,} / {flows:,}", seconds, *(round(share) for share in shares)))
    table(["actors / flows", "made in, processor s", *PARTS], rows)


def run() -> None:
    building()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("(maps: no Chromium)\n")
        return
    try:
        library: str | None = file_of("cytoscape", CYTOSCAPE, "dist/cytoscape.min.js")
    except Unavailable as error:
        library = None
        print(f"(without Cytoscape.js: {error})\n")
    print(f"## Maps in Chromium, medians of {ROUNDS}; milliseconds from opening the file\n")
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for actors, flows in SIZES:
            tables = generated(actors, flows)
            folder = Path(name)
            pages: list[tuple[str, Path, str, float, str]] = []
            path = folder / f"ours-{actors}.html"
            taken = timed(lambda t=tables, p=path: make_map(t).save(p))
            pages.append(("ecosystem", path, READY, taken, ""))
            if LARGE < actors <= COMPARED:
                pages.append(("ecosystem, everything shown", path, READY, taken, "#groups=0"))
            if actors <= COMPARED:
                path = folder / f"pyvis-{actors}.html"
                taken = timed(lambda t=tables, p=path: pyvis_page(t, p))
                pages.append(("pyvis, as documented", path, "Boolean(window.__ready)", taken, ""))
            if library and actors <= COMPARED:
                path = folder / f"cytoscape-{actors}.html"
                taken = timed(lambda t=tables, p=path: cytoscape_page(t, p, library))
                pages.append(
                    ("Cytoscape.js, our places", path, "Boolean(window.__ready)", taken, "")
                )
            for what, path, ready, taken, fragment in pages:
                print(f"{what}, {actors}", file=sys.stderr)
                rounds = 1 if what.startswith("pyvis") and actors > 50 else ROUNDS
                found = [opened(browser, path, ready, fragment) for _ in range(rounds)]
                rows.append((
                    f"{actors:,} / {flows:,}", what, taken, path.stat().st_size / 1e6,
                    *(_median([each[key] for each in found])
                      for key in ("first", "ready", "frames", "worst")),
                ))  # fmt: skip
        browser.close()
    table(
        ["actors / flows", "page", "made in, s", "MB", "first drawing", "ready",
         "frames a second, dragging", "longest frame, ms"],
        rows,
    )  # fmt: skip


def _median(values: list[float | None]) -> float | str:
    known = [value for value in values if value is not None]
    return float(round(statistics.median(known))) if known else f"> {PATIENCE:,}"
