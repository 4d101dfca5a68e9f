"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.words import language_of, option
from ecosystem.labels import Label
from ecosystem.sources import EMBEDDED, is_bolt, read

if TYPE_CHECKING:
    from ecosystem.tables import Tables

source_argument = click.argument("source", required=False)

territory_option = option(
    "-t", "--territory", metavar="ID",
    words=Label("Un territoire ; sans elle, tous ensemble.", "One territory; without it, all together."),
)  # fmt: skip

format_option = option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True, words=Label("Forme du résultat.", "Form of the result."),
)  # fmt: skip

output_option = option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label("Écrit dans un fichier au lieu de l'écran.", "Write to a file instead of the screen."),
)  # fmt: skip


def password_for(source: str | None) -> str | None:
    """The password of a Bolt address: from the environment, else asked for, never shown."""
    if source is None or not is_bolt(source) or source.rstrip("/") == EMBEDDED:
        return None
    from ecosystem import embedded

    running = embedded.running()
    if "NEO4J_PASSWORD" in os.environ or (running and running.uri == source.rstrip("/")):
        return None
    if not sys.stdin.isatty():
        return None
    words = Label("Mot de passe Neo4j", "Neo4j password")
    language = language_of(click.get_current_context(silent=True))
    asked: str = click.prompt(words.to(language), hide_input=True, err=True)
    return asked


def tables_of(source: str | None) -> Tables:
    """The checked tables of a source, after saying on stderr where they come from."""
    tables = read(source, password=password_for(source))
    say(
        Label("source : {origin}", "source: {origin}").format(
            origin=Label("données livrées", "shipped data") if source is None else tables.origin
        )
    )
    return tables


def say(words: Label) -> None:
    """One line of talk, on stderr."""
    click.echo(words.to(language_of(click.get_current_context(silent=True))), err=True)
