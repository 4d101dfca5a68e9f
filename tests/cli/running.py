"""Running the command line as a user runs it, and reading what it printed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from ecosystem.cli import main

ECOSYSTEM = Path(sys.executable).with_name("ecosystem")

# Two actors and a flow, nothing to complain about.
ACTORS = "id,name\na,Alpha\nb,Beta\n"
FLOWS = "id,provider,recipient,status\nf1,a,b,active\n"


@dataclass(frozen=True)
class Ran:
    """How a run of the command line ended and what it said."""

    code: int
    out: str
    err: str


def run(*args: str | Path, preexec: Callable[[], None] | None = None, **environment: str) -> Ran:
    done = subprocess.run(
        [ECOSYSTEM, *map(str, args)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        preexec_fn=preexec,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


once = cache(run)
"""The same run, started once for several tests: only for what writes nothing."""


def plain(text: str) -> str:
    """Words with ordinary spaces: French has no-break ones before its marks."""
    return text.replace("\u00a0", " ")


def squeezed(text: str) -> str:
    """Text without its spaces: help pages break lines at hyphens too."""
    return "".join(text.split())


def sound(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (folder / "flows.csv").write_text(FLOWS, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below, hidden ones too, with what files hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def commands(
    group: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())
EACH_COMMAND = pytest.mark.parametrize("path", COMMANDS, ids=lambda p: "-".join(p) or "main")


def rows(name: str, folder: Path) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def no_constant(word: str) -> None:
    raise AssertionError(f"{word} is not JSON")


def parsed(ran: Ran) -> list[dict[str, Any]]:
    """The objects of a JSON output, which must be JSON without NaN or Infinity."""
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out, parse_constant=no_constant)
    return found


def quick(*args: str) -> Ran:
    """The command line without a process of its own, where only what is computed matters."""
    from click.testing import CliRunner

    ran = CliRunner().invoke(main, list(args), env={"ECOSYSTEM_LANG": "en"})
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def refused(ran: Ran, *words: str, language: str = "en") -> None:
    """One message, no traceback, nothing on stdout."""
    assert ran.code == 1, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    err = plain(ran.err)
    said = [line for line in err.splitlines() if not line.startswith(("source:", "source :"))]
    word = "erreur" if language == "fr" else "error"
    assert [line for line in said if line.startswith(f"{word}: ")] == said[:1], err
    for text in words:
        assert text in err, err
    assert len(err) < 2500
