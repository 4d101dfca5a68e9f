"""Help: of every command, in both languages, quick to come."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import click
import pytest

from ecosystem.cli import main
from ecosystem.cli.bilingual import Option
from ecosystem.vocabulary import LANGUAGES
from tests.cli.running import (
    COMMANDS,
    EACH_COMMAND,
    Ran,
    once,
    run,
    squeezed,
)


def test_the_commands_are_those_that_are_promised() -> None:
    names = {" ".join(path) for path in COMMANDS}
    assert names == {
        *(
            "",
            "import",
            "template",
            "merge-actors",
            "export",
            "check",
            "load",
            "run",
            "brokers",
            "gaps",
            "agenda",
            "match",
            "map",
            "what-if",
        ),
        *("query", "query list", "query show", "query run"),
        *("measures", "measures list", "measures show", "measures run"),
        *("store", "store start", "store stop", "store status"),
    }


@EACH_COMMAND
def test_help_is_given_in_both_languages_and_ends_with_an_example(path: tuple[str, ...]) -> None:
    """`-h` by the language of the environment; `--lang` has its own test below."""
    command: Any = COMMANDS[path]
    pages = {language: once(*path, "-h", ECOSYSTEM_LANG=language) for language in LANGUAGES}
    for language, page in pages.items():
        assert page.code == 0
        assert page.err == ""
        shown = squeezed(page.out)
        for text in command.words.to(language).split("\n\n"):
            assert squeezed(text) in shown
        for param in command.params:
            if isinstance(param, Option):
                # The wrapped column of a help page loses no word.
                assert squeezed(param.words.to(language)) in shown, param.name
        assert ("Exemple:" if language == "fr" else "Example:") in shown
        *_, last = page.out.strip().splitlines()
        assert last.strip() and shown.endswith(squeezed(command.example))
    assert pages["fr"].out != pages["en"].out


@EACH_COMMAND
def test_every_option_is_explained_in_both_languages(path: tuple[str, ...]) -> None:
    for param in COMMANDS[path].params:
        if isinstance(param, click.Option):
            assert isinstance(param, Option), f"{param.name} has help in one language only"
            assert param.words.fr and param.words.en and param.words.fr != param.words.en


def test_the_language_may_be_given_before_or_after_the_command() -> None:
    french = once("brokers", "-h", ECOSYSTEM_LANG="fr")
    assert once("--lang", "fr", "brokers", "-h") == french
    assert once("brokers", "--lang", "fr", "-h") == french
    assert once("brokers", "--lang", "en", "-h", ECOSYSTEM_LANG="fr") == once("brokers", "-h")


def test_help_and_lang_may_come_in_any_order() -> None:
    assert once("brokers", "-h", "--lang", "fr") == once("brokers", "--lang", "fr", "-h")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_CH.UTF-8"}, "fr"),
        ({"ECOSYSTEM_LANG": "", "LC_ALL": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"ECOSYSTEM_LANG": "en", "LC_ALL": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_without_a_choice_the_language_is_that_of_the_locale(
    environment: dict[str, str], language: str
) -> None:
    word = {"fr": "Exemple", "en": "Example"}[language]
    assert re.search(rf"^{word}", run("store", "stop", "-h", **environment).out, re.MULTILINE)


def test_long_and_short_help_are_the_same() -> None:
    assert once("--help") == once("-h")
    assert "ecosystem run -o results" in once("-h").out


def test_the_version_is_that_of_the_package() -> None:
    from ecosystem import __version__

    assert once("--version") == Ran(0, f"ecosystem {__version__}\n", "")


@pytest.mark.parametrize("statement", ["from ecosystem.cli import main as x", "import ecosystem"])
def test_help_imports_nothing_heavy(statement: str) -> None:
    """The help answers in the time of importing click."""
    script = f"""
import sys
{statement}
if "x" in globals():
    try:
        x(["--help"])
    except SystemExit as end:
        assert end.code == 0
heavy = "pandas numpy networkx neo4j pyvis igraph scipy jinja2 tabulate arcadedb_embedded".split()
sys.stderr.write(" ".join(m for m in heavy if m in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode() == ""


def test_names_shown_in_help_are_those_that_exist() -> None:
    from ecosystem.cli import network_options
    from ecosystem.measures.stability import DROPS
    from ecosystem.networks.layers import LAYERS

    assert tuple(LAYERS) == network_options.LAYERS
    assert tuple(DROPS) == network_options.DROPS


def test_the_list_of_commands_imports_none_of_them() -> None:
    script = """
import sys
from ecosystem.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
print(*sorted(m for m in sys.modules if m.startswith("ecosystem")), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().split() == [
        *("ecosystem", "ecosystem.cli", "ecosystem.cli.bilingual", "ecosystem.cli.short_help"),
        *("ecosystem.errors", "ecosystem.labels"),
    ]
    lines = done.stdout.decode()
    for name, command in main.commands.items():
        assert re.search(rf"^  {name} ", lines, re.MULTILINE), command
