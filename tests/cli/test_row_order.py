"""The order of rows and of columns never shows: shuffled tables print and write the same bytes."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import run

DRAWN = ("--draws", "20", "--permutations", "19")
COMMANDS = {
    "brokers": ("brokers", *DRAWN, "--all-columns", "-f", "csv"),
    "brokers of one": ("brokers", "-t", "la-rochelle", *DRAWN),
    "explain": ("brokers", "-t", "la-rochelle", *DRAWN, "--explain", "ca-la-rochelle"),
    "gaps": ("gaps", "-f", "csv"),
    "gaps, French": ("gaps", "-t", "geneve", "--lang", "fr"),
    "match": ("match", "-f", "json"),
    "what-if": ("what-if", "-S", "la-rochelle-without-the-agglomeration"),
    "best": ("what-if", "-b", "3", "-t", "la-rochelle"),
    **{
        name: ("measures", "run", name, "-f", "json")
        for name in (
            "community", "community_structure", "in_core", "core_periphery", "ei_index", "assortativity",
            "constraint", "key_players_positive", "pagerank", "betweenness",
        )
    },
}  # fmt: skip


def shuffled(source: Path, folder: Path, seed: int) -> Path:
    """Every table with its rows and its columns in another order."""
    draw = random.Random(seed)
    folder.mkdir()
    for path in sorted(source.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        draw.shuffle(rows)
        order = draw.sample(range(len(head)), len(head))
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row[i] for i in order] for row in [head, *rows])
    return folder


@pytest.mark.corpus
def test_the_order_of_rows_and_columns_never_shows(
    shipped_folder: Path, tmp_path: Path, of_corpus: Callable[[int, int], int]
) -> None:
    straight = tmp_path / "straight"
    straight.mkdir()
    for path in shipped_folder.glob("*.csv"):
        (straight / path.name).write_bytes(path.read_bytes())
    for seed in range(of_corpus(5, 1)):
        other = shuffled(shipped_folder, tmp_path / f"shuffled-{seed}", seed)
        for name, words in COMMANDS.items():
            at = 3 if words[0] == "measures" else 1  # where the source stands
            one, two = (run(*words[:at], folder, *words[at:]) for folder in (straight, other))
            assert (one.code, two.code) == (0, 0), (name, one.err, two.err)
            assert one.out == two.out, name


def test_a_map_and_a_run_are_the_same_in_any_order(shipped_folder: Path, tmp_path: Path) -> None:
    """But for the date and the hashes of what went in."""
    other = shuffled(shipped_folder, tmp_path / "other", 7)
    same = tmp_path / "same"
    same.mkdir()
    for path in shipped_folder.glob("*.csv"):
        (same / path.name).write_bytes(path.read_bytes())
    written = []
    for folder in (same, other):
        out = tmp_path / f"out-{folder.name}"
        assert run("map", folder, "-t", "antony", "-o", out / "map.html").code == 0
        written.append((out / "map.html").read_text("utf-8"))
    assert written[0] == written[1]
