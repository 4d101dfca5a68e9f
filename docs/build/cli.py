"""The command line as a page, and the line on each command that the help lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click
from click.testing import CliRunner

from docs.build.pages import rendered
from ecosystem.cli import main as command
from ecosystem.cli.short_help import SHORT
from ecosystem.labels import LANGUAGES, Label, Language

HELP_WIDTH = 100


def command_line(language: Language) -> str:
    """The help of every command."""
    return rendered(
        "cli.md", language,
        commands=[
            {"name": " ".join(["ecosystem", *path]),
             "help": printed([*path, "-h"], language, HELP_WIDTH).rstrip()}
            for path in _commands(command, ())
        ],
    )  # fmt: skip


def _commands(of: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(of, click.Group):
        for name in sorted(of.commands):
            yield from _commands(of.commands[name], (*path, name))


def printed(args: Sequence[str], language: Language, width: int) -> str:
    """What a command prints, standard output and error together, at a fixed width."""
    environment = {"COLUMNS": str(width), "ECOSYSTEM_LANG": language, "NO_COLOR": "1"}
    result = CliRunner().invoke(
        command, list(args), prog_name="ecosystem", env=environment, terminal_width=width
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def short_help() -> str:
    """The module with a line on each command, so that the list of them imports none.

    The help printed from now on shows these lines.
    """
    short = {name: _short(of) for name, of in command.commands.items()}
    SHORT.update(short)
    lines = [
        f"    {json.dumps(name)}: Label(\n        {_text(line.fr)},\n        {_text(line.en)},\n    ),\n"
        for name, line in short.items()
    ]
    return (
        '"""A line on each command, written by `docs/build` from the commands themselves."""\n\n'
        "from __future__ import annotations\n\nfrom ecosystem.labels import Label\n\n"
        "SHORT: dict[str, Label] = {\n" + "".join(lines) + "}\n"
    )


def _short(of: Any) -> Label:
    """The first sentence on a command, in both languages."""
    return Label(*(_first_sentence(of.words.to(language)) for language in LANGUAGES))


def _first_sentence(words: str) -> str:
    return words.split("\n\n")[0].partition(". ")[0].removesuffix(".")


def _text(words: str) -> str:
    return json.dumps(words.replace("\u00a0", " "), ensure_ascii=False)
