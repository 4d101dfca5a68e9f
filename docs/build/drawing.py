"""Boxes in layers, each above those that its arrows lead to, as plain SVG.

The same boxes and arrows always give the same bytes. Layers come first, then the order in a layer
(fewest crossings), then places (near what one is linked to), as Sugiyama, Tagawa and Toda draw them
(1981, doi:10.1109/TSMC.1981.4308636). Where an arrow passes a layer, a point holds its place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.sax.saxutils import escape
from zlib import crc32

WIDTH, LINE, LETTERS = 216, 16, 29
"""A box's width, the height of a line in it, and how many letters the line takes."""
APART, BETWEEN, MARGIN = 22, 48, 20
"""Between boxes of a layer, between layers, and around all."""
STARTS = 60
"""From how many orders the search for few crossings starts."""

STYLE = """\
.ground { fill: #ffffff } .box { fill: #eef3f8; stroke: #52677a }
.name { fill: #10202e; font: 600 15px system-ui, sans-serif }
.inside { fill: #34444f; font: 12px system-ui, sans-serif }
.arrow { fill: none; stroke: #52677a; stroke-width: 1.4 } .head { fill: #52677a }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117 } .box { fill: #1b2631; stroke: #8aa0b4 }
  .name { fill: #f0f4f8 } .inside { fill: #c3ced8 } .arrow { stroke: #8aa0b4 } .head { fill: #8aa0b4 }
}"""


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a layer: a box, or a point where an arrow passes."""

    layer: int
    name: str
    passing: str = ""
    """Where the arrow that passes leads to; empty for a box."""

    @property
    def half(self) -> float:
        """Half of its width."""
        return 0 if self.passing else WIDTH / 2


Links = list[tuple[Spot, Spot]]
"""From a spot to one in the layer just below."""


def drawn(title: str, words: Mapping[str, str], arrows: Mapping[str, set[str]]) -> str:
    """An SVG of boxes with words, and arrows between them."""
    level = layers(arrows)
    rows, links, ways = _spots(level, arrows)
    rows = _ordered(rows, links)
    x = _places(rows, links)
    told = {name: textwrap.wrap(words[name], LETTERS) for name in level}
    heights = [
        max(36 + LINE * len(told[spot.name]) for spot in row if not spot.passing) for row in rows
    ]
    tops = [MARGIN + sum(h + BETWEEN for h in heights[number + 1 :]) for number in range(len(rows))]
    left = MARGIN - min(x[spot] - spot.half for row in rows for spot in row)
    width = round(MARGIN + left + max(x[spot] + spot.half for row in rows for spot in row))
    height = tops[0] + heights[0] + MARGIN
    x = {spot: round(place + left) for spot, place in x.items()}
    leaves, enters = _ends(x, links)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{STYLE}\n</style>",
        '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="head" d="M0 0 8 4 0 8Z"/></marker>',
        f'<rect class="ground" width="{width}" height="{height}"/>',
    ]
    for way in ways:
        path = f"M{leaves[way[0], way[1]]} {tops[way[0].layer] + heights[way[0].layer]}"
        for upper, lower in pairwise(way):
            start, end, top = leaves[upper, lower], enters[upper, lower], tops[lower.layer]
            middle = top - BETWEEN // 2
            path += f"C{start} {middle} {end} {middle} {end} {top}"
            if lower.passing:
                path += f"V{top + heights[lower.layer]}"
        parts.append(f'<path class="arrow" marker-end="url(#head)" d="{path}"/>')
    for row in rows:
        for spot in (spot for spot in row if not spot.passing):
            at, top, tall = x[spot] - WIDTH // 2, tops[spot.layer], heights[spot.layer]
            parts.append(
                f'<rect class="box" x="{at}" y="{top}" width="{WIDTH}" height="{tall}" rx="6"/>'
            )
            parts.append(
                f'<text class="name" x="{at + 12}" y="{top + 22}">{escape(spot.name)}</text>'
            )
            parts += [
                f'<text class="inside" x="{at + 12}" y="{top + 40 + LINE * n}">{escape(line)}</text>'
                for n, line in enumerate(told[spot.name])
            ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def layers(arrows: Mapping[str, set[str]]) -> dict[str, int]:
    """The layer of each box: above all that it leads to; raised where that shortens more arrows."""
    level: dict[str, int] = {}

    def settle(name: str) -> int:
        if name not in level:
            level[name] = 1 + max(map(settle, sorted(arrows[name])), default=-1)
        return level[name]

    for name in arrows:
        settle(name)
    for name in sorted(arrows, key=lambda name: -level[name]):
        users = [level[user] for user, ends in arrows.items() if name in ends]
        if len(users) > len(arrows[name]):
            level[name] = min(users) - 1
    return level


def _spots(
    level: Mapping[str, int], arrows: Mapping[str, set[str]]
) -> tuple[list[list[Spot]], Links, list[list[Spot]]]:
    """Layers with their spots, the links between neighbouring layers, and the way of each arrow."""
    rows: list[list[Spot]] = [[] for _ in range(1 + max(level.values()))]
    for name in level:
        rows[level[name]].append(Spot(level[name], name))
    ways = []
    for name in level:
        for end in sorted(arrows[name]):
            passed = [Spot(n, name, end) for n in range(level[name] - 1, level[end], -1)]
            for spot in passed:
                rows[spot.layer].append(spot)
            ways.append([Spot(level[name], name), *passed, Spot(level[end], end)])
    return rows, [link for way in ways for link in pairwise(way)], ways


def _ordered(rows: Sequence[Sequence[Spot]], links: Links) -> list[list[Spot]]:
    """Layers in the order that has the fewest crossings, then the shortest links.

    One spot after the other is moved while that helps, from several starts: the best end is kept.
    """
    ends = []
    for start in range(STARTS):
        mixed = [
            sorted(row, key=lambda spot: crc32(f"{start} {spot.name} {spot.passing}".encode()))
            for row in rows
        ]
        ends.append((_improve(mixed, links), start, mixed))
    return min(ends)[2]


def _improve(rows: list[list[Spot]], links: Links) -> tuple[int, float]:
    """Move one spot after the other within its layer while that helps; how well it ends."""
    best = _tangle(rows, links)
    better = True
    while better:
        better = False
        for number, row in enumerate(rows):
            for spot in row:
                for place in range(len(row)):
                    before = rows[number]
                    rows[number] = [other for other in before if other != spot]
                    rows[number].insert(place, spot)
                    now = _tangle(rows, links)
                    if now < best:
                        best, better = now, True
                    else:
                        rows[number] = before
    return best


def _tangle(rows: Sequence[Sequence[Spot]], links: Links) -> tuple[int, float]:
    """How many links cross, and how long they are in all."""
    at = {spot: n - (len(row) - 1) / 2 for row in rows for n, spot in enumerate(row)}
    ends: dict[int, list[tuple[float, float]]] = {}
    for upper, lower in links:
        ends.setdefault(lower.layer, []).append((at[upper], at[lower]))
    crossings = sum(
        (a - c) * (b - d) < 0
        for pairs in ends.values()
        for (a, b), (c, d) in combinations(pairs, 2)
    )
    return crossings, sum(abs(at[upper] - at[lower]) for upper, lower in links)


def _places(rows: Sequence[Sequence[Spot]], links: Links) -> dict[Spot, float]:
    """How far to the right each spot is: near those it is linked to, apart from its neighbours."""
    linked: dict[Spot, list[Spot]] = {spot: [] for row in rows for spot in row}
    for upper, lower in links:
        linked[upper].append(lower)
        linked[lower].append(upper)
    x = dict.fromkeys(linked, 0.0)
    for _ in range(40):
        for row in [*rows, *reversed(rows)]:
            wished = [
                sum(x[other] for other in linked[spot]) / len(linked[spot]) if linked[spot] else 0.0
                for spot in row
            ]
            x |= zip(row, _apart(row, wished), strict=True)
    return x


def _apart(row: Sequence[Spot], wished: Sequence[float]) -> list[float]:
    """The places nearest to those wished for (least squares) that keep order and distance."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + left.half + right.half + APART)
    blocks: list[list[float]] = []  # of places that push each other: their mean, how many
    for wish, offset in zip(wished, offsets, strict=True):
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, count = blocks.pop()
            total = blocks[-1][1] + count
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + mean * count) / total, total]
    means = [mean for mean, count in blocks for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _ends(
    x: Mapping[Spot, float], links: Links
) -> tuple[dict[tuple[Spot, Spot], int], dict[tuple[Spot, Spot], int]]:
    """Where each link leaves its upper spot and enters its lower one: side by side, uncrossed."""
    leaves: dict[tuple[Spot, Spot], int] = {}
    enters: dict[tuple[Spot, Spot], int] = {}
    for spot in x:
        out = sorted((x[b], b) for a, b in links if a == spot)
        into = sorted((x[a], a) for a, b in links if b == spot)
        for others, ends, key in ((out, leaves, 1), (into, enters, -1)):
            step = min(26, (WIDTH - 60) / max(1, len(others)))
            for n, (_, other) in enumerate(others):
                at = x[spot] + (0 if spot.passing else (n - (len(others) - 1) / 2) * step)
                ends[(spot, other) if key == 1 else (other, spot)] = round(at)
    return leaves, enters
