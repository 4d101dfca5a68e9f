"""The command line: start-up against bare click, and the main jobs on the shipped data."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import processes, table

ECOSYSTEM = str(Path(sys.executable).with_name("ecosystem"))


def run() -> None:
    print("## Command line\n")
    start = processes(
        {"import click": [sys.executable, "-c", "import click"], "--help": [ECOSYSTEM, "--help"]},
        rounds=9,
    )
    with tempfile.TemporaryDirectory() as folder:
        jobs = processes(
            {
                "brokers": [ECOSYSTEM, "brokers"],
                "gaps": [ECOSYSTEM, "gaps"],
                "map": [ECOSYSTEM, "map", "-o", f"{folder}/map.html"],
                "run --no-store": [ECOSYSTEM, "run", "--no-store", "-o", f"{folder}/a"],
                "run": [ECOSYSTEM, "run", "-o", f"{folder}/b"],
            },
            rounds=3,
        )
    base = start["import click"].seconds
    table(
        ["command", "seconds", "ratio to `import click`", "peak MB (without the engine's process)"],
        [
            (n, c.seconds, c.seconds / base, round(c.megabytes))
            for n, c in {**start, **jobs}.items()
        ],
    )
