"""The drawing of the wings: what it shows is what the code imports, and it can be read."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.build import house
from docs.build.drawing import APART, WIDTH, Spot, _apart, _ordered, _spots, _tangle, drawn, layers
from ecosystem.labels import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
# a rests on all; d on c only
STEPS = {"a": {"b", "c", "d"}, "b": {"d"}, "c": set[str](), "d": {"c"}}


def test_an_arrow_that_others_make_up_for_is_left_out() -> None:
    assert house.reduced(STEPS) == {"a": {"b"}, "b": {"d"}, "c": set(), "d": {"c"}}
    two_ways = {"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set[str]()}
    assert house.reduced(two_ways) == two_ways


def test_the_arrows_say_all_that_is_imported_and_no_more() -> None:
    every, few = house.uses(), house.reduced(house.uses())
    for wing in every:
        assert few[wing] <= every[wing]
        assert house.reached(wing, few) == house.reached(wing, every)
        for end in few[wing]:
            without = {**few, wing: few[wing] - {end}}
            assert end not in house.reached(wing, without)


def test_a_layer_is_above_what_it_leads_to() -> None:
    steps = house.reduced(house.uses())
    level = layers(steps)
    assert all(level[wing] > level[end] for wing, ends in steps.items() for end in ends)
    assert min(level.values()) == 0
    # e, at the ground, is used by one box only: it is drawn just below it.
    assert layers({**STEPS, "a": {"b", "e"}, "e": set()}) == {
        "c": 0,
        "d": 1,
        "b": 2,
        "e": 2,
        "a": 3,
    }


def test_arrows_cross_no_more_than_they_must() -> None:
    # Two pairs side by side, given crosswise; a square in which each above leads to each below.
    for steps, crossings in (
        ({"a": {"d"}, "b": {"c"}, "c": set[str](), "d": set[str]()}, 0),
        ({"a": {"c", "d"}, "b": {"c", "d"}, "c": set[str](), "d": set[str]()}, 1),
    ):
        rows, links, _ = _spots(layers(steps), steps)
        assert _tangle(_ordered(rows, links), links)[0] == crossings


def test_neighbours_that_wish_for_the_same_place_share_the_way() -> None:
    row = [Spot(0, "a"), Spot(0, "b"), Spot(0, "c")]
    side = WIDTH + APART
    assert _apart(row, [0, 0, 0]) == [-side, 0, side]
    assert _apart(row, [0, 0, 5000]) == [-side / 2, side / 2, 5000]
    assert _apart(row, [-1000, 0, 1000]) == [-1000, 0, 1000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wing_is_a_box_with_its_words(language: Language) -> None:
    text = house.drawing(language)
    tree = ElementTree.fromstring(text)
    inside, steps = house.inside(), house.reduced(house.uses())
    boxes = [part for part in tree.iter(f"{SVG}rect") if part.get("class") == "box"]
    paths = [part for part in tree.iter(f"{SVG}path") if part.get("class") == "arrow"]
    assert {part.text for part in tree.iter(f"{SVG}text") if part.get("class") == "name"} == set(
        inside
    )
    assert len(boxes) == len(inside)
    assert len(paths) == sum(map(len, steps.values()))
    told = " ".join(p.text or "" for p in tree.iter(f"{SVG}text") if p.get("class") == "inside")
    for sentence in inside.values():
        assert " ".join(sentence.to(language).split()) in " ".join(told.split())
    places = [[int(box.get(k, "")) for k in ("x", "y", "width", "height")] for box in boxes]
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(places, 2):
        assert x + w < x2 or x2 + w2 < x or y + h < y2 or y2 + h2 < y, "boxes overlap"
    wide, high = int(tree.get("width", "")), int(tree.get("height", ""))
    assert all(x > 0 and y > 0 and x + w < wide and y + h < high for x, y, w, h in places)


def test_arrows_go_from_box_to_box_and_through_none() -> None:
    steps = {"top": {"middle", "ground"}, "middle": {"ground"}, "ground": set[str]()}
    steps["side"] = {"ground"}
    tree = ElementTree.fromstring(drawn("t", dict.fromkeys(steps, "words"), steps))
    boxes = [
        [int(box.get(key, "")) for key in ("x", "y", "width", "height")]
        for box in tree.iter(f"{SVG}rect")
        if box.get("class") == "box"
    ]
    passed = 0
    for path in tree.iter(f"{SVG}path"):
        if path.get("class") == "arrow":
            numbers = [int(n) for n in re.findall(r"-?\d+", path.get("d", ""))]
            start, end = numbers[:2], numbers[-2:]
            assert any(y + h == start[1] and x < start[0] < x + w for x, y, w, h in boxes)
            assert any(y == end[1] and x < end[0] < x + w for x, y, w, h in boxes)
            # Straight down where it passes a layer: beside every box of it.
            passes = re.findall(r"(-?\d+) (-?\d+)V(-?\d+)", path.get("d", ""))
            passed += len(passes)
            for at, first, last in (map(int, numbers) for numbers in passes):
                for x, y, w, h in boxes:
                    assert last <= y or y + h <= first or not x <= at <= x + w
    assert passed == 1  # from the top to the ground


def test_a_sentence_without_its_french_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = house.FRENCH.read_text("utf-8").splitlines()
    changed = tmp_path / "wings.toml"
    monkeypatch.setattr(house, "FRENCH", changed)
    said = house.first_sentence("report")
    changed.write_text("\n".join(x for x in lines if not x.startswith(f'"{said}"')), "utf-8")
    with pytest.raises(SystemExit, match=re.escape(f"no French for: {said}")):
        house.inside()
    changed.write_text("\n".join([*lines, '"Nothing of the sort." = "Rien de tel."']), "utf-8")
    with pytest.raises(SystemExit, match="no wing says any more: Nothing of the sort"):
        house.inside()
