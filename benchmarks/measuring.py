"""Time and peak memory, as medians of interleaved runs."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Cost:
    """Median seconds and peak resident memory of a process; processor seconds of all it started."""

    seconds: float
    megabytes: float
    processor: float


def processes(commands: dict[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """Run commands in turn, `rounds` times each, so that noise falls on all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    processor: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = dict.fromkeys(commands, 0.0)
    for _ in range(rounds):
        for name, command in commands.items():
            launcher = [sys.executable, "-I", "-S", str(LAUNCHER), *command]
            done = subprocess.run(launcher, capture_output=True, text=True, check=True)
            code, took, megabytes, worked = json.loads(done.stdout)
            if code:
                sys.exit(f"{name} failed: {' '.join(command)}")
            seconds[name].append(took)
            processor[name].append(worked)
            memory[name] = max(memory[name], megabytes)
    return {
        name: Cost(
            statistics.median(seconds[name]), memory[name], statistics.median(processor[name])
        )
        for name in commands
    }


def timed(function: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _shown(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3g}"
    return str(value)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print("| " + " | ".join(header) + " |")
    print("|" + " --- |" * len(header))
    for row in rows:
        print("| " + " | ".join(_shown(value) for value in row) + " |")
    print()


def in_process(module: str, name: str, *sizes: int) -> tuple[float, int]:
    """Seconds and peak megabytes of `benchmarks.<module>.alone(name, *sizes)`, in a process of its own."""
    code = (
        "import resource\n"
        f"from benchmarks.{module} import alone\n"
        f"took = alone({name!r}, *{sizes!r})\n"
        "print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr}")
    seconds, megabytes = done.stdout.split()
    return float(seconds), round(float(megabytes))
