"""Run every benchmark, or those named: `python -m benchmarks cli store`."""

from __future__ import annotations

import platform
import sys

from benchmarks import cli, gaps, intake, maps, measures, store

ALL = {
    "cli": cli.run,
    "intake": intake.run,
    "store": store.run,
    "measures": measures.run,
    "gaps": gaps.run,
    "maps": maps.run,
}


def main() -> None:
    names = sys.argv[1:] or list(ALL)
    if wrong := [name for name in names if name not in ALL]:
        sys.exit(f"unknown benchmark: {', '.join(wrong)}; there are: {', '.join(ALL)}")
    print(f"Python {platform.python_version()}, {platform.system()}\n")
    for name in names:
        ALL[name]()


if __name__ == "__main__":
    main()
