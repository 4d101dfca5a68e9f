"""The printed broker table: what a reader concludes from it holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ecosystem.measures.stability import VERDICTS
from ecosystem.ranking.sentences import p_words
from tests.cli.running import parsed, run


def source(folder: Path, *pairs: str) -> Path:
    """Public actors and an active flow for each `a>b`."""
    ends = [pair.split(">") for pair in pairs]
    ids = sorted({end for pair in ends for end in pair})
    actors = ["id,name,sector", *(f"{i},{i},public" for i in ids)]
    flows = ["id,provider,recipient,status"]
    flows += [f"f{n},{a},{b},active" for n, (a, b) in enumerate(ends)]
    folder.mkdir(exist_ok=True)
    (folder / "actors.csv").write_text("\n".join(actors) + "\n", encoding="utf-8")
    (folder / "flows.csv").write_text("\n".join(flows) + "\n", encoding="utf-8")
    return folder


def test_one_path_is_no_robust_broker(tmp_path: Path) -> None:
    """Ten flows; in one draw in five, one of the two behind the only path is gone, and nobody connects anybody."""
    pairs = [f"p{i}>q{i}" for i in range(8)]
    ran = run("brokers", source(tmp_path, "a>b", "b>c", *pairs), COLUMNS="200")
    assert "cannot say (1 – none)" in ran.out.replace("\u00a0", " ")
    assert "robust" not in ran.out


def test_leaves_of_a_star_are_given_no_verdict(tmp_path: Path) -> None:
    """Five leaves and a hub, each way: with six actors everybody is "among the first six"."""
    folder = source(tmp_path, *(f"{a}>{b}" for x in "abcde" for a, b in (("h", x), (x, "h"))))
    ran = run("brokers", folder, "--all", "--top", "6", COLUMNS="200")
    assert ran.out.count("robust") == 1
    rows = parsed(run("brokers", folder, "--top", "6", "--format", "json"))
    assert [row["verdict"] for row in rows] == ["robust", *[None] * 5]


@pytest.mark.parametrize("territory", ["la-rochelle", "geneve", "poitiers"])
def test_every_printed_broker_says_how_sure_it_is(territory: str) -> None:
    """The rows that are printed are those that have a rank, beyond the first five too."""
    rows = [
        row for row in parsed(run("brokers", "-t", territory, "-f", "json")) if row["rank"] is not None
    ]  # fmt: skip
    assert len(rows) > 2
    for row in rows:
        assert row["verdict"] in VERDICTS
        assert row["rank_low"] <= row["rank"]
        assert row["rank_high"] is None or row["rank"] <= row["rank_high"]
        assert row["rank_high"] is not None or row["verdict"] != "robust", (
            "nobody's broker at times"
        )
    text = run("brokers", "-t", territory, COLUMNS="250").out.replace("\u00a0", " ")
    words = "|".join(label.en.split()[0] for label in VERDICTS.values())
    assert len(re.findall(rf"\b(?:{words})\b", text)) >= len(rows)


def test_no_p_is_printed_as_zero(tmp_path: Path) -> None:
    """A relay between two small sectors, in a third, among eighty actors of another: no dealing does as much."""
    pairs = [f"s{i}>h" for i in range(12)] + [f"h>t{i}" for i in range(12)]
    folder = source(tmp_path, *pairs, *(f"x{i}>y{i}" for i in range(40)))
    actors = folder / "actors.csv"
    text = actors.read_text("utf-8")
    for letter, sector in (("h", "mixed"), ("s", "private"), ("t", "research")):
        text = re.sub(rf"^({letter}\d*),\1,public", rf"\1,\1,{sector}", text, flags=re.M)
    actors.write_text(text, encoding="utf-8")
    out = run("brokers", folder, "--permutations", "1999", COLUMNS="200").out.replace("\u00a0", " ")
    assert "(p < 0.001)" in out
    assert not re.search(r"p 0(\.0+)?\b(?!\.)", out)


def test_a_p_is_told_in_two_digits() -> None:
    assert [p_words(p).en for p in (1.0, 0.25, 0.046, 0.001, 0.0005)] == [
        "1", "0.25", "0.046", "0.001", "< 0.001",
    ]  # fmt: skip
    assert p_words(0.25).fr == "0,25"
