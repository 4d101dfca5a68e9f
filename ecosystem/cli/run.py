"""`run`: everything at once, in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.network_options import weight_option
from ecosystem.cli.options import (
    asked,
    audience_options,
    password_for,
    say,
    source_argument,
)
from ecosystem.cli.progress import drawn
from ecosystem.vocabulary import Label


@click.command(
    cls=Command,
    words=Label(
        "Fait tout : cartes, tables, requêtes et constats de chaque territoire dans un dossier.",
        "Do it all: maps, tables, queries and findings of every territory in a folder.",
    ),
    example="ecosystem run my-territory -o results",
)
@source_argument
@option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=True), metavar="FOLDER",
    default=Path("ecosystem-run"), show_default=True,
    words=Label("Dossier des résultats ; un dossier écrit par « run » est remplacé.",
                "Folder of results; a folder written by 'run' is replaced."),
)  # fmt: skip
@option(
    "--no-store", is_flag=True,
    words=Label("Sans base de graphe, donc sans les requêtes.", "Without a graph store, so without the queries."),
)  # fmt: skip
@option(
    "--seed", default=1, show_default=True,
    words=Label("Graine de la mise en place.", "Seed of the layout."),
)  # fmt: skip
@option(
    "--workers", type=click.IntRange(min=1), metavar="N",
    words=Label("Processus qui se partagent les territoires ; sinon autant que de processeurs.",
                "Processes that share the territories; else as many as there are processors."),
)  # fmt: skip
@weight_option
@audience_options
@language_option
@click.pass_context
def run(
    ctx: click.Context, source: str | None, output: Path, no_store: bool, seed: int, weight: str,
    workers: int | None,
) -> None:  # fmt: skip
    """Leave a folder with everything, and say what it holds."""
    from ecosystem.runs.pipeline import run as run_all

    with drawn() as progress:
        written = run_all(
            source, output, language=language_of(ctx), seed=seed, weight=weight, use_store=not no_store,
            password=password_for(source), workers=workers, say=say, progress=progress,
            **asked()._asdict(),
        )  # fmt: skip
    for path in written:
        click.echo(path)
