"""Running the command line as a user runs it, and reading what it printed.

`run` takes this process for it, `launch` starts one: only where a process is the point (what it
imports, how it is started, signalled, held back or read), and to check that `run` is like it.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

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


def launch(*args: str | Path, preexec: Callable[[], None] | None = None, **environment: str) -> Ran:
    """The command line in a process of its own."""
    done = subprocess.run(
        [ECOSYSTEM, *map(str, args)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        preexec_fn=preexec,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run(*args: str | Path, **environment: str) -> Ran:
    """The command line in this process, which is given back as it was."""
    with ExitStack() as stack:
        out, err = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        with _as_started([str(ECOSYSTEM), *map(str, args)], environment), _streams(out, err):
            code = _exit_code()
        return Ran(code, *(_whole(file).decode("utf-8") for file in (out, err)))


def _exit_code() -> int:
    """What the script that pip writes ends with; an error that nobody caught is shown."""
    try:
        sys.exit(main())
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    return 1


@contextmanager
def _as_started(argv: list[str], environment: dict[str, str]) -> Iterator[None]:
    """What a new process would find, and what the tests find again after it."""
    variables, place, words, module = (
        dict(os.environ),
        Path.cwd(),
        sys.argv,
        sys.modules["__main__"],
    )
    script = ModuleType("__main__")  # workers of the program import it
    script.__file__ = argv[0]
    handlers = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    if threading.current_thread() is not threading.main_thread():
        handlers = {}
    with warnings.catch_warnings():
        before = {number: signal.signal(number, wanted) for number, wanted in handlers.items()}
        try:
            os.environ.update(environment)
            sys.argv, sys.modules["__main__"] = argv, script
            _warn_as_python_does()
            yield
        finally:
            sys.argv, sys.modules["__main__"] = words, module
            os.chdir(place)
            os.environ.clear()
            os.environ.update(variables)
            for number, handler in before.items():
                signal.signal(number, handler)


def _warn_as_python_does() -> None:
    """The filters that Python begins with, and warnings that are seen, not collected by pytest."""

    def show(message: Any, category: Any, filename: str, lineno: int, *_: Any) -> None:
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno))

    warnings.showwarning = show
    warnings.resetwarnings()
    for category in (
        *(ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning),
    ):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


@contextmanager
def _streams(out: BinaryIO, err: BinaryIO) -> Iterator[None]:
    """Standard input is empty; output and error are files, for what writes below Python too."""
    ours = sys.stdin, sys.stdout, sys.stderr
    for stream in ours[1:]:
        stream.flush()
    kept = [os.dup(number) for number in range(3)]
    try:
        with Path(os.devnull).open("rb") as nothing:
            for number, file in enumerate((nothing, out, err)):
                os.dup2(file.fileno(), number)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        sys.stdin, sys.stdout, sys.stderr = ours
        for number, file in enumerate(kept):
            os.dup2(file, number)
            os.close(file)


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


once = cache(run)
"""The same run, made once for several tests: only for what writes nothing."""


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


def refused(ran: Ran, *words: str, language: str = "en") -> None:
    """One message, no traceback, nothing on stdout."""
    assert ran.code == 1, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    err = plain(ran.err)
    said = [line for line in err.splitlines() if not line.startswith(("source:", "source :"))]
    word = "erreur : " if language == "fr" else "error: "
    assert [line for line in said if line.startswith(word)] == said[:1], err
    for text in words:
        assert text in err, err
    assert len(err) < 2500
