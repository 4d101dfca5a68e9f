"""The command line: a thin skin over the library, and the one place where errors become messages."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from ecosystem.cli.bilingual import (
    Group,
    click_in_two_languages,
    language_of,
    language_option,
    option,
)
from ecosystem.cli.short_help import SHORT
from ecosystem.errors import EcosystemError
from ecosystem.labels import Label, printed

COMMANDS = (
    *(
        "import",
        "template",
        "merge-actors",
        "check",
        "load",
        "run",
        "brokers",
        "gaps",
        "agenda",
        "match",
        "what-if",
        "map",
        "export",
        "measures",
        "query",
    ),
    "store",
)
"""The commands, each in a module of its name: imported when it is asked for, not when all are listed.

`short_help.py` has a line on each of them, written by `docs/build`.
"""


class Commands(MutableMapping[str, click.Command]):
    """The commands by name; one is imported when it is taken."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(COMMANDS)

    def __getitem__(self, name: str) -> click.Command:
        found = self._known[name]
        if found is None:
            place = name.replace("-", "_") + "_" * iskeyword(name)
            found = self._known[name] = getattr(import_module(f"ecosystem.cli.{place}"), place)
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Main(Group):
    """The group of all commands; turns every EcosystemError into a message and exit code 1."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.commands = Commands()

    def main(self, *args: Any, **more: Any) -> Any:
        """Run the command line; a place that takes no more output is one message too."""
        _write_utf8()
        try:
            with click_in_two_languages():
                return super().main(*args, **more)
        except OSError as error:
            reason = error.strerror or str(error)
            what = Label(
                f"impossible d'écrire le résultat ({reason})", f"cannot write the result ({reason})"
            )
            _complain(what.to(language_of()), language_of())
            # What is left for the full place would be tried again, and complained of, at exit.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            with suppress(OSError, ValueError):
                os.dup2(nowhere, sys.stdout.fileno())
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with _ended_in_order():
                return super().invoke(ctx)
        except EcosystemError as error:
            _complain(error.to(language_of(ctx)), language_of(ctx))
            ctx.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line on each command, without importing any of them."""
        language = language_of(ctx)
        with formatter.section(Label("Commandes", "Commands").to(language)):
            formatter.write_dl(
                [(name, self._line(name).to(language)) for name in self.list_commands(ctx)]
            )

    def _line(self, name: str) -> Label:
        if name in SHORT:
            return SHORT[name]
        command: Any = self.commands[name]  # not listed yet
        words: Label = command.words
        return words


def _write_utf8() -> None:
    """What is printed is UTF-8 wherever it goes, as files are: a system's own code page lacks arrows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(message: str, language: str) -> None:
    word, colon = ("erreur", "\u00a0:") if language == "fr" else ("error", ":")
    with suppress(OSError):
        click.echo(f"{click.style(word, fg='red')}{colon} {printed(message)}", err=True)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Being told to end, or losing the terminal, is an exit like any other: what was begun is put away."""
    import signal
    import threading

    def end(number: int, _: object) -> None:
        for each in ours:  # once is enough: what is put away now must not be cut short
            signal.signal(each, signal.SIG_IGN)
        sys.exit(128 + number)

    main_thread = threading.current_thread() is threading.main_thread()
    told = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    ours = [n for n in told if n and main_thread and signal.getsignal(n) == signal.SIG_DFL]
    for each in ours:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from ecosystem import __version__

        click.echo(f"ecosystem {__version__}")
        ctx.exit()


@click.group(
    cls=Main,
    words=Label(
        "Qui détient quelle donnée dans un territoire, qui la passe à qui, ce qui manque, "
        "et qui tient le réseau.\n\n"
        "SOURCE est un dossier de CSV ou une adresse Bolt ; sans elle, les données livrées "
        "sur cinq territoires.",
        "Who holds which data in a territory, who passes it to whom, what is missing, "
        "and who holds the network together.\n\n"
        "SOURCE is a folder of CSV files or a Bolt address; without it, the shipped data "
        "on five territories.",
    ),
    example="ecosystem run -o results",
)
@language_option
@option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    words=Label("Montre la version.", "Show the version."),
)  # fmt: skip
def main() -> None:
    """Run `ecosystem`."""
