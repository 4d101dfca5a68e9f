"""A run in this process is what a process of its own would be, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from pathlib import Path

import click
import pytest

from ecosystem.cli import main
from tests.cli.running import Ran, launch, once, plain, run, sound

LIKE: dict[str, tuple[str, ...]] = {
    "version": ("--version",),
    "help-fr": ("--lang", "fr", "-h"),
    "brokers": ("brokers", "-t", "geneve", "--draws", "0", "--permutations", "0"),
    "brokers-fr": ("brokers", "-t", "antony", "--draws", "20", "--lang", "fr", "-f", "json"),
    "gaps": ("gaps", "-t", "antony", "-f", "csv"),
    "check": ("check", "source", "-f", "json"),
    "query": ("query", "list"),
    "nothing": (),
    "no-command": ("nonsense", "--lang", "fr"),
    "no-option": ("brokers", "--nonsense"),
    "no-territory": ("gaps", "-t", "pompei", "--lang", "fr"),
    "no-source": ("match", "nowhere"),
    "refused-source": ("what-if", "source", "-b", "1"),
    "file": ("measures", "run", "density", "-t", "pompey", "-f", "csv", "-o", "out/density.csv"),
}


@pytest.mark.parametrize("args", LIKE.values(), ids=LIKE)
def test_a_run_is_what_a_process_is(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same exit code and the same words, to the byte, in the same streams."""
    monkeypatch.chdir(tmp_path)
    (sound(tmp_path / "source") / "flows.csv").write_text("provider,recipient\na,zz\n")
    ours = run(*args)
    file = tmp_path / "out" / "density.csv"
    written = file.read_bytes() if "-o" in args else None
    assert launch(*args) == ours
    assert (file.read_bytes() if "-o" in args else None) == written


def test_languages_do_not_outlive_their_run() -> None:
    """What click says by itself is in the language of each run, whichever came before."""
    for _ in range(2):
        french = run("nonsense", "--lang", "fr")
        assert "Il n'y a pas de commande 'nonsense'." in plain(french.err)
        english = run("nonsense")
        assert "No such command 'nonsense'." in english.err
        assert "Montre la version." in plain(run("--lang", "fr", "-h").out)
        assert "Show the version." in run("-h").out
        french = run("query", "show", ECOSYSTEM_LANG="fr")
        assert "Il manque l'argument" in plain(french.err)
        assert "Missing argument" in run("query", "show").err


def test_a_run_leaves_this_process_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def state() -> object:
        return (
            *(dict(os.environ), Path.cwd(), sys.argv[:], sys.modules["__main__"]),
            *(sys.stdin, sys.stdout, sys.stderr, warnings.filters[:], warnings.showwarning),
            *(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)),
        )

    @click.command()
    def restless() -> None:
        os.environ["ECOSYSTEM_LANG"] = "fr"
        os.chdir("/")
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        warnings.warn("worn", stacklevel=1)
        warnings.warn("not shown by Python", DeprecationWarning, stacklevel=1)
        os.write(1, b"below Python, ")
        print("and above it")
        assert sys.stdin.read() == ""
        sys.exit("told at the end")

    monkeypatch.setitem(main.commands, "restless", restless)  # type: ignore[attr-defined]
    before = state()
    ran = run("restless", NEO4J_USER="somebody")
    assert state() == before
    assert ran.code == 1
    assert ran.out == "below Python, and above it\n"
    assert "UserWarning: worn" in ran.err
    assert "not shown" not in ran.err
    assert ran.err.endswith("told at the end\n")
    assert capfd.readouterr() == ("", "")


def test_an_error_that_nobody_caught_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def broken() -> None:
        raise ZeroDivisionError("never to be seen by a user")

    monkeypatch.setitem(main.commands, "broken", broken)  # type: ignore[attr-defined]
    ran = run("broken")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Traceback")
    assert ran.err.endswith("ZeroDivisionError: never to be seen by a user\n")


def test_a_run_that_is_made_once_is_not_made_again() -> None:
    first = once("--version")
    assert first is once("--version")
    assert first == Ran(0, first.out, "")
