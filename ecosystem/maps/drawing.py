"""The drawing of a map as a pyvis network: the page is made from it, and a notebook goes on from it.

The only module that imports pyvis. Its traps: it builds lists anew at each `add_edge`; as soon as
one title says "href" it shows every title of the network as markup; it writes ids and headings
unescaped. So lists are set at once, titles hold no markup and not that word, ids are numbers of
our own, and there is no heading.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.audience import Copy
from ecosystem.errors import spoken
from ecosystem.maps.contract import Actor, Dataset, PageModel
from ecosystem.maps.model import of_flows, page_model
from ecosystem.maps.words import WORDS
from ecosystem.study import Study
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Language

if TYPE_CHECKING:
    from pyvis.network import Network

SHAPES = {
    "public": "dot",
    "private": "square",
    "mixed": "diamond",
    "civil_society": "triangle",
    "research": "star",
    "": "hexagon",
}
"""By sector, as in the page."""
BROKER_SHAPE = "box"
"""Of the brokers that a map lists: their name stands inside."""
DASHES: dict[str, bool | list[int]] = {
    "active": False,
    "planned": [9, 5],
    "wished": [2, 4],
    "blocked": [10, 4, 2, 4],
    "ended": False,
}
"""By status of a flow, as in the page."""
OUTSIDE_DASHES = [4, 3]
"""Of the border of a partner from outside the territory."""
LEAST, MOST = 8, 25
"""Size of the actor with the least and the most of what size shows."""
FONT, WIDEST = 11, 130
"""Size of a name, and where it is broken into lines, in pixels of the layout."""
NAMED = 5
"""How many datasets the title of an edge names."""


def pyvis_network(
    source: Tables | Copy | Study,
    territory: str | None = None,
    *,
    size: str = "betweenness",
    seed: int = 1,
    language: Language = "en",
) -> Network:
    """The map as a `pyvis.network.Network`, for those who want to go on from there with pyvis.

    Actors have the places, colours and shapes of the map, physics is off, and titles are
    plain text; see `network_of_page`. Parameters as in `map`.

    Examples
    --------
    >>> import ecosystem
    >>> network = ecosystem.pyvis_network(ecosystem.read(), "antony")
    >>> sorted({node["layer"] for node in network.nodes})
    ['actors', 'datasets']
    """
    spoken(language)
    study = of_flows(source, territory, size)
    model = page_model(study, size=size, colour="sector", seed=seed, language=language)
    return network_of_page(model, language)


def network_of_page(page: PageModel, language: Language | None = None) -> Network:
    """What a page draws, as a `pyvis.network.Network` to change, show or write on.

    Nodes of the layer `actors` have the number of the actor as id, its name as label, the place,
    colour and shape it has on the page; brokers are boxes, partners from outside have a dashed
    border. Edges between them hold flows of one status: `weight` says how many, `flows` which.
    Datasets and their edges (layers `datasets` and `holds`) are there, hidden: set `hidden` to
    False to see them. Physics is off: places are those of the map.

    Parameters
    ----------
    language
        Of titles; None: that in which the page opens.
    """
    tongue = spoken(language or page["language"])
    network = bare_network(page)
    network.height = "750px"
    network.cdn_resources = "in_line"
    network.toggle_physics(False)
    of = _flow_counts(page)
    actors = len(page["actors"])
    for node, actor in zip(network.nodes[:actors], page["actors"], strict=True):
        node |= _actor(page, actor, of[actor["n"]], tongue)
    for node, dataset in zip(network.nodes[actors:], page["datasets"], strict=True):
        node |= _dataset(page, dataset, tongue)
    _dress(page, network.edges, tongue)
    network.node_ids = [node["id"] for node in network.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    return network


def bare_network(page: PageModel) -> Network:
    """What a page takes of the drawing: who stands where, linked to whom.

    The page styles and names things by itself, in both languages and by day and night.
    """
    from pyvis.network import Network

    network = Network(directed=True)
    network.nodes = [
        {"id": actor["n"], "layer": "actors", "x": actor["x"], "y": actor["y"]}
        for actor in page["actors"]
    ] + [
        {"id": f"d{dataset['n']}", "layer": "datasets", "x": dataset["x"], "y": dataset["y"]}
        for dataset in page["datasets"]
    ]
    network.edges = _edges(page)
    return network


def pyvis_package() -> Any:
    """The package itself, for the files that it brings."""
    import pyvis

    return pyvis


def plain(text: str) -> str:
    """A text that stays text, whichever way pyvis shows it: no markup, and not its magic word."""
    text = text.replace("<", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}")
    text = text.replace(">", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    return text.replace("href", "h\N{WORD JOINER}ref")


@cache
def palette() -> Mapping[str, str]:
    """The colours of the page in daylight, by name."""
    style = (Path(__file__).parent / "page" / "page.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", style.split("}")[0]))


# ---------------------------------------------------------------- nodes


def _flow_counts(page: PageModel) -> list[list[int]]:
    """For each actor, how many flows it gives and how many it receives."""
    counts = [[0, 0] for _ in page["actors"]]
    for flow in page["flows"]:
        counts[flow["provider"]][0] += 1
        counts[flow["recipient"]][1] += 1
    return counts


def _actor(page: PageModel, actor: Actor, flows: list[int], language: Language) -> dict[str, Any]:
    colour = palette()
    sector = actor["sector"] if actor["sector"] in SHAPES else ""
    tint = f"s-{sector or 'none'}"
    node: dict[str, Any] = {
        "label": actor["name"],
        "title": _actor_title(page, actor, flows, language),
        "shape": SHAPES[sector or ""],
        "size": round(LEAST + (MOST - LEAST) * actor["size"], 1),
        "color": {"background": colour[tint], "border": colour[f"{tint}-line"]},
        "borderWidth": 1.4,
        "physics": False,
        "font": {"size": FONT},
        "widthConstraint": {"maximum": WIDEST},
        "actor": actor["id"],
    }
    if actor["broker"]:
        node |= {
            "label": f"{actor['broker']['rank']}. {actor['name']}",
            "shape": BROKER_SHAPE,
            "borderWidth": 3,
            "font": {"size": FONT, "color": _legible(colour[tint])},
        }
    if actor["outside"]:
        node["shapeProperties"] = {"borderDashes": OUTSIDE_DASHES}
    return node


def _legible(background: str) -> str:
    """Black or white, whichever stands out more (relative luminance of WCAG 2)."""
    parts = [int(background[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > 0.179 else "#ffffff"


def _actor_title(page: PageModel, actor: Actor, flows: list[int], language: Language) -> str:
    about = [
        _code(page, "type", actor["type"], language),
        _code(page, "sector", actor["sector"], language),
        page["territories"].get(actor["territory"] or "", actor["territory"]),
        WORDS["outside"].to(language) if actor["outside"] else None,
    ]
    given, received = (WORDS[key].to(language) for key in ("flows_out", "flows_in"))
    broker, gaps = actor["broker"], actor["gaps"]
    return _title(
        actor["name"],
        " · ".join(text for text in about if text),
        f"{flows[0]} {given}, {flows[1]} {received}",
        broker["text"][language] if broker else None,
        f"{WORDS['gaps_here'].to(language)} ({len(gaps)})" if gaps else None,
    )


def _dataset(page: PageModel, dataset: Dataset, language: Language) -> dict[str, Any]:
    colour = palette()
    holder = dataset["holder"]
    about = [_code(page, kind, dataset[kind], language) for kind in ("theme", "access")]
    return {
        "label": dataset["title"],
        "title": _title(
            dataset["title"],
            " · ".join(text for text in about if text),
            page["actors"][holder]["name"] if holder is not None else None,
        ),
        "shape": "square",
        "size": 5,
        "color": {"background": colour["ground"], "border": colour["soft"]},
        "physics": False,
        "hidden": True,
        "font": {"size": FONT},
        "widthConstraint": {"maximum": WIDEST},
        "dataset": dataset["id"],
    }


def _title(*lines: str | None) -> str:
    return plain("\n".join(line for line in lines if line))


def _code(page: PageModel, kind: str, code: str | None, language: Language) -> str:
    words = page["codes"].get(kind, {}).get(code or "")
    return words[language] if words else code or ""


# ---------------------------------------------------------------- edges


def _edges(page: PageModel) -> list[dict[str, Any]]:
    """Flows of the same status between the same two ends are one edge that lists its flows.

    An edge is in layer `actors` (actor to actor), or `datasets` (through a dataset), or `holds`.
    """
    Key = tuple[str, "int | str", "int | str", str]
    merged: dict[Key, list[int]] = {}
    for index, flow in enumerate(page["flows"]):
        provider, recipient, status = flow["provider"], flow["recipient"], flow["status"]
        merged.setdefault(("actors", provider, recipient, status), []).append(index)
        if flow["dataset"] is None:
            continue
        middle = f"d{flow['dataset']}"
        merged.setdefault(("datasets", middle, recipient, status), []).append(index)
        if provider != page["datasets"][flow["dataset"]]["holder"]:
            merged.setdefault(("datasets", provider, middle, status), []).append(index)
    for dataset in page["datasets"]:
        if dataset["holder"] is not None:
            merged[("holds", dataset["holder"], f"d{dataset['n']}", "")] = []
    return [
        {"id": f"e{k}", "layer": layer, "from": a, "to": b, "status": status, "flows": flows}
        for k, ((layer, a, b, status), flows) in enumerate(merged.items())
    ]


def _dress(page: PageModel, edges: list[dict[str, Any]], language: Language) -> None:
    """Give edges what pyvis shows of them."""
    names: dict[int | str, str] = {actor["n"]: actor["name"] for actor in page["actors"]}
    names |= {f"d{dataset['n']}": dataset["title"] for dataset in page["datasets"]}
    bends: dict[tuple[str, int | str, int | str], int] = {}
    for edge in edges:
        layer, a, b, status, flows = (edge[k] for k in ("layer", "from", "to", "status", "flows"))
        # Flows of several statuses between the same two ends bend apart.
        before = bends[layer, a, b] = bends.get((layer, a, b), -1) + 1
        edge |= {
            "weight": len(flows),
            **_line(status, len(flows), 0.1 + 0.13 * before),
            "title": _edge_title(page, f"{names[a]} → {names[b]}", status, flows, language),
            "hidden": layer != "actors",
        }


def _line(status: str, count: int, bend: float) -> dict[str, Any]:
    """How the page draws an edge; one that holds no flow says who holds a dataset."""
    colour = palette()
    opacity = 0.35 if not count else 0.32 if status == "ended" else 0.78
    return {
        "arrows": "to" if count else "",
        "width": round(min(1.2 + 0.75 * math.log2(count), 7), 2) if count else 0.8,
        "dashes": DASHES.get(status, False) if count else [1, 3],
        "color": {
            "color": colour["blocked" if status == "blocked" else "flow"],
            "opacity": opacity,
        },
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": round(bend, 2)},
    }


def _edge_title(
    page: PageModel, ends: str, status: str, flows: list[int], language: Language
) -> str:
    if not flows:
        return _title(ends, WORDS["holds"].to(language))
    carried = dict.fromkeys(page["flows"][index]["dataset"] for index in flows)
    named = [
        WORDS["no_dataset"].to(language) if n is None else page["datasets"][n]["title"]
        for n in carried
    ]
    more = len(named) - NAMED
    return _title(
        ends,
        f"{_code(page, 'status', status, language)} × {len(flows)}",
        *(f"– {title}" for title in named[:NAMED]),
        WORDS["more"].format(count=more).to(language) if more > 0 else None,
    )
