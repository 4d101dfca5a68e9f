"""The command line: start-up against bare click, the main jobs against what they import.

With `BEFORE=/path/to/another/checkout`, the same commands of that checkout are run in turn with
ours, and ratios to them are printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import generated
from benchmarks.measuring import Cost, processes, table
from ecosystem.networks.network import Network

HERE = str(Path(__file__).parents[1])
MAIN = "from ecosystem.cli import main; main(prog_name='ecosystem')"
IMPORTS = "import pandas, scipy.sparse, igraph"
SIZES = ((2_000, 20_000), (20_000, 200_000))


def command(checkout: str, *args: str) -> Sequence[str]:
    """A command line of a checkout, whatever is installed."""
    return ["env", f"PYTHONPATH={checkout}", sys.executable, "-P", "-c", MAIN, *args]


def write(network: Network, folder: Path) -> str:
    """A network as tables: its actors and one flow an exchange."""
    folder.mkdir()
    ids = network.actors["id"].to_numpy()
    network.actors.to_csv(folder / "actors.csv", index=False)
    flows = network.edges[["source", "target"]].rename(
        columns={"source": "provider", "target": "recipient"}
    )
    flows = flows.apply(lambda codes: ids[codes]).assign(status="active")
    flows.to_csv(folder / "flows.csv", index=False)
    return str(folder)


def run() -> None:
    before = os.environ.get("BEFORE")
    checkouts = {"now": HERE} | ({"before": before} if before else {})
    print("## Command line\n")
    start = processes(
        {
            "import click": [sys.executable, "-c", "import click"],
            IMPORTS: [sys.executable, "-c", IMPORTS],
            **{f"--help, {when}": command(where, "--help") for when, where in checkouts.items()},
        },
        rounds=9,
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "three").mkdir()
        (folder / "three" / "actors.csv").write_text("id,name\na,A\nb,B\nc,C\n")
        (folder / "three" / "flows.csv").write_text("provider,recipient\na,b\nb,c\n")
        jobs = {
            "brokers": ["brokers"],
            "gaps": ["gaps"],
            "map": ["map", "-o", f"{folder}/map.html"],
            "query run, three actors": ["query", "run", "who-provides-to-whom", f"{folder}/three"],
            "run --no-store": ["run", "--no-store", "-o", f"{folder}/a"],
            "run": ["run", "-o", f"{folder}/b"],
        }
        costs = processes(
            {
                f"{job}, {when}": command(where, *args)
                for job, args in jobs.items()
                for when, where in checkouts.items()
            },
            rounds=3,
        )
        _told([*start, *costs], start | costs, before is not None)
        print(
            "`brokers` as it is typed, on larger networks (once each; before: stopped with no result)\n"
        )
        large = {
            f"brokers, {n:,} / {m:,}": command(
                HERE, "brokers", write(generated(n, m), folder / str(n))
            )
            for n, m in SIZES
        }
        found = processes(large, rounds=1)
        _told(list(found), start | found, compared=False)


def _told(names: Sequence[str], costs: dict[str, Cost], compared: bool) -> None:
    base = costs[IMPORTS].processor
    rows = []
    for name in names:
        cost, job = costs[name], name.removesuffix(", now")
        other = costs.get(f"{job}, before") if name.endswith(", now") else None
        ratios = (
            (cost.processor / other.processor, cost.seconds / other.seconds)
            if other
            else (float("nan"),) * 2
        )
        row = (name, cost.processor, cost.processor / base, cost.seconds, round(cost.megabytes))
        rows.append(row + (ratios if compared else ()))
    header = [
        "command",
        "processor s",
        f"ratio to `{IMPORTS}`",
        "seconds",
        "peak MB of its process",
    ]
    table(header + (["processor, now / before", "seconds, now / before"] if compared else []), rows)
